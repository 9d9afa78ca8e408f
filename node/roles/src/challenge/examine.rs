//! The anchor's side: challenges a machine, times it, and verifies what it opens.

use super::{commitment_payload, request_payload, Due};
use crate::{
	address::{AddressError, Endpoint, Resolver},
	contain,
	metrics::Metrics,
	prober::{self, client, read},
	RoleError,
};
use crypto_box::aead::{rand_core::RngCore, OsRng};
use exabits_challenge::{
	performance, verify, Challenge, Commitment, DecodeError, Hash, Query, Rejection, Response, Timing,
};
use exabits_primitives::keys::{anchor, machine};
use reqwest::{header::HOST, Client, StatusCode};
use sp_core::{sr25519, Pair};
use sp_keystore::KeystorePtr;
use std::{
	collections::HashMap,
	net::SocketAddr,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	sync::{mpsc, watch, Semaphore},
	task::{AbortHandle, JoinSet},
	time::{sleep, timeout},
};

/// Pause before a request that failed is sent again.
const PAUSE: Duration = Duration::from_millis(200);
/// Pause before asking again what is not computed yet; the measured time may be longer by so much.
const AGAIN: Duration = Duration::from_millis(10);
/// Commitment and signature in hex.
const COMMITTED: usize = 2 * (32 + 64);
/// The most challenges at once.
const MAX_ASSIGNMENTS: usize = 1_024;
/// Verifications at once: each takes a core.
const VERIFIED_AT_ONCE: usize = 2;

/// A machine that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Examined {
	/// From when the beacon was public to when the commitment had arrived.
	pub elapsed: Duration,
	/// Performance in parts per million of the class's reference.
	pub performance: u32,
}

/// A challenge that an anchor has to put to a machine.
#[derive(Debug, Clone)]
pub struct Assignment {
	/// The challenge.
	pub due: Due,
	/// The anchor: one of the challenge's.
	pub anchor: anchor::Id,
	/// The machine's key.
	pub machine: machine::Id,
	/// Where the machine answers.
	pub endpoint: Vec<u8>,
	/// When the beacon became known to this anchor.
	pub public: Instant,
}

/// What an anchor found.
#[derive(Debug)]
pub struct Finding {
	/// The challenge.
	pub challenge: Challenge,
	/// The anchor.
	pub anchor: anchor::Id,
	/// The machine's performance, or why it did not pass.
	pub result: Result<Examined, Failure>,
}

/// Why a machine did not pass.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
	/// It cannot be asked.
	#[error(transparent)]
	Address(#[from] AddressError),
	/// The anchor's key is not in the keystore.
	#[error("the anchor's key is not at hand")]
	Key,
	/// No commitment came within the class's limit.
	#[error("no commitment within {0:?}")]
	Late(Duration),
	/// No response came in time.
	#[error("no response within {0:?}")]
	NoResponse(Duration),
	/// The commitment is not signed by the machine.
	#[error("the commitment is not the machine's")]
	Signature,
	/// The response is not one.
	#[error(transparent)]
	Decode(#[from] DecodeError),
	/// The response was rejected.
	#[error(transparent)]
	Rejected(#[from] Rejection),
	/// Verifying ended by itself.
	#[error("verifying failed: {0}")]
	Verifier(String),
}

/// Challenges machines.
pub struct Examiner {
	client: Client,
	resolver: Resolver,
	keystore: KeystorePtr,
	request: Duration,
	verifying: Semaphore,
	metrics: Metrics,
}

impl Examiner {
	/// `request` bounds one request, the transfer of a response included; `allow_local` is as for probes.
	pub fn new(
		keystore: KeystorePtr,
		request: Duration,
		allow_local: bool,
		metrics: Metrics,
	) -> Result<Self, RoleError> {
		let resolver = Resolver::new(allow_local, request);
		let verifying = Semaphore::new(VERIFIED_AT_ONCE);
		Ok(Self { client: client(request)?, resolver, keystore, request, verifying, metrics })
	}

	/// Puts each challenge to its machine once, all at the same time, and tells what it found, for as long as it is
	/// polled. What is no longer assigned is given up without a finding.
	pub async fn run(
		self: Arc<Self>,
		mut assigned: watch::Receiver<Vec<Assignment>>,
		findings: mpsc::Sender<Finding>,
	) {
		let mut begun: HashMap<(Hash, anchor::Id), AbortHandle> = HashMap::new();
		let mut tasks = JoinSet::new();
		// What is assigned already counts as a change.
		assigned.mark_changed();
		loop {
			tokio::select! {
				changed = assigned.changed() => {
					if changed.is_err() {
						return;
					}
					let now: Vec<Assignment> = assigned.borrow_and_update().clone();
					let now: HashMap<_, _> = now
						.into_iter()
						.map(|assignment| ((assignment.due.challenge.seed(), assignment.anchor.clone()), assignment))
						.collect();
					begun.retain(|known, task| {
						let stays = now.contains_key(known);
						if !stays {
							task.abort();
						}
						stays
					});
					for (key, assignment) in now {
						if begun.len() >= MAX_ASSIGNMENTS {
							log::warn!(target: crate::LOG, "Too many challenges at once: some are left out.");
							break;
						}
						let examiner = self.clone();
						begun.entry(key).or_insert_with(|| {
							tasks.spawn(async move {
								let result = contain::run(examiner.examine(&assignment)).await;
								let result = result.unwrap_or_else(|panic| Err(Failure::Verifier(panic)));
								let Assignment { due, anchor, .. } = assignment;
								Finding { challenge: due.challenge, anchor, result }
							})
						});
					}
				},
				Some(done) = tasks.join_next() => {
					// One that was given up has none.
					if let Ok(finding) = done {
						if findings.send(finding).await.is_err() {
							return;
						}
					}
				},
			}
		}
	}

	/// Puts one challenge to its machine.
	pub async fn examine(&self, assignment: &Assignment) -> Result<Examined, Failure> {
		self.metrics.challenges_issued.inc();
		let examined = self.exchange(assignment).await?;
		self.metrics.challenges_passed.inc();
		Ok(examined)
	}

	async fn exchange(&self, assignment: &Assignment) -> Result<Examined, Failure> {
		let Assignment { due, anchor, machine, endpoint, public } = assignment;
		let limit = due.limit;
		let endpoint = Endpoint::parse(endpoint)?;
		let address = self.resolver.resolve(&endpoint).await?;
		let host = endpoint.authority();
		let challenge = due.challenge;
		let seed = challenge.seed();

		let target = self.target(due, anchor, None)?;
		let left = limit.saturating_sub(public.elapsed());
		let committed = timeout(left, self.ask(address, &host, &target, COMMITTED)).await;
		let elapsed = public.elapsed();
		let committed = committed.map_err(|_| Failure::Late(limit))?;
		let mut bytes = [0; 96];
		hex::decode_to_slice(committed, &mut bytes).map_err(|_| Failure::Signature)?;
		let commitment = Commitment(std::array::from_fn(|i| bytes[i]));
		let signature = sr25519::Signature::from_raw(std::array::from_fn(|i| bytes[32 + i]));
		let payload = commitment_payload(&seed, &commitment);
		if !machine::Pair::verify(&signature.into(), payload, machine) {
			return Err(Failure::Signature);
		}

		let mut nonce = [0; 32];
		OsRng.fill_bytes(&mut nonce);
		let target = self.target(due, anchor, Some(&nonce))?;
		let bytes = Response::bytes(&challenge.size);
		// The device runs the chain once more, perhaps after a run for other anchors.
		let patience = limit.saturating_mul(3).saturating_add(self.request);
		let response = timeout(patience, self.ask(address, &host, &target, bytes)).await;
		let response = response.map_err(|_| Failure::NoResponse(patience))?;

		let _permit = self.verifying.acquire().await;
		let timing = Timing { elapsed, limit };
		let verified = tokio::task::spawn_blocking(move || {
			let response = Response::from_bytes(&response, &challenge.size)?;
			Ok(verify(&challenge, &commitment, timing, &Query { nonce }, &response)?)
		});
		verified.await.unwrap_or_else(|e| Err(Failure::Verifier(e.to_string())))?;
		Ok(Examined { elapsed, performance: performance(due.reference, elapsed) })
	}

	/// Path and query of a request, signed.
	fn target(&self, due: &Due, anchor: &anchor::Id, nonce: Option<&Hash>) -> Result<String, Failure> {
		let payload = request_payload(&due.challenge.seed(), nonce);
		let signature = self.keystore.sr25519_sign(anchor::KEY_TYPE, &anchor.clone().into(), &payload);
		let signature = signature.ok().flatten().ok_or(Failure::Key)?;
		let mut target = format!(
			"/challenge?challenge={}&anchor={}&signature={}",
			hex::encode(due.challenge.to_bytes()),
			hex::encode(anchor),
			hex::encode(signature),
		);
		if let Some(nonce) = nonce {
			target.push_str("&nonce=");
			target.push_str(&hex::encode(nonce));
		}
		Ok(target)
	}

	/// Asks until there is an answer; the caller bounds the time.
	async fn ask(&self, address: SocketAddr, host: &str, target: &str, limit: usize) -> Vec<u8> {
		let url = format!("http://{address}{target}");
		loop {
			let exchange = async {
				let response = self.client.post(&url).header(HOST, host).send().await?;
				read(response, limit).await
			};
			let pause = match timeout(self.request, exchange).await {
				Ok(Ok(answer)) => return answer,
				// It held the request for as long as it could.
				Ok(Err(prober::Failure::Status(StatusCode::ACCEPTED))) => AGAIN,
				Ok(Err(e)) => {
					log::debug!(target: crate::LOG, "Challenging {host}: {e}");
					PAUSE
				}
				Err(_) => PAUSE,
			};
			sleep(pause).await;
		}
	}
}
