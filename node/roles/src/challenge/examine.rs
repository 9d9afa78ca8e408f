//! The anchor's side: challenges a machine, times it, and verifies what it opens.

use super::{commitment_payload, request_payload, Due};
use crate::{
	address::{AddressError, Endpoint, Resolver},
	metrics::Metrics,
	prober::{self, client, read},
	RoleError,
};
use crypto_box::aead::{rand_core::RngCore, OsRng};
use exabits_challenge::{
	performance, verify, Commitment, DecodeError, Hash, Query, Rejection, Response, Timing,
};
use exabits_primitives::keys::{anchor, machine};
use reqwest::{header::HOST, Client, StatusCode};
use sp_core::{sr25519, Pair};
use sp_keystore::KeystorePtr;
use std::{
	net::SocketAddr,
	time::{Duration, Instant},
};
use tokio::{
	sync::Semaphore,
	time::{sleep, timeout},
};

/// Pause before a request that failed is sent again.
const PAUSE: Duration = Duration::from_millis(200);
/// Pause before asking again what is not computed yet; the measured time may be longer by so much.
const AGAIN: Duration = Duration::from_millis(10);
/// Commitment and signature in hex.
const COMMITTED: usize = 2 * (32 + 64);
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

	/// Challenges the machine with this key at its endpoint. `public` is when the beacon became known to this anchor.
	pub async fn examine(
		&self,
		due: &Due,
		anchor: &anchor::Id,
		machine: &machine::Id,
		endpoint: &[u8],
		public: Instant,
	) -> Result<Examined, Failure> {
		self.metrics.challenges_issued.inc();
		let examined = self.exchange(due, anchor, machine, endpoint, public).await?;
		self.metrics.challenges_passed.inc();
		Ok(examined)
	}

	async fn exchange(
		&self,
		due: &Due,
		anchor: &anchor::Id,
		machine: &machine::Id,
		endpoint: &[u8],
		public: Instant,
	) -> Result<Examined, Failure> {
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
