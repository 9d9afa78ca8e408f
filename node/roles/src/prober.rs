//! The anchor role's prober.
//!
//! All through a round it probes the machines that the chain tells it to measure, at irregular intervals so
//! that nobody can answer only when asked. When the round has ended, the measurement goes to the local
//! storage with all answers that it rests on, where the off-chain worker finds it, commits to it, reveals it and opens the
//! one answer that the chain then asks for.

use crate::{
	address::{AddressError, Endpoint, Resolver},
	chain::{ask, Chain},
	challenge::{Assignments, Examiner},
	contain,
	metrics::Metrics,
	shelf::Shelf,
	AnchorConfig, RoleError,
};
use crypto_box::aead::{rand_core::RngCore, OsRng};
use exabits_primitives::{
	apis::{Duty, Time},
	keys::{anchor, machine, probe_nonce, probe_payload},
	local::{self, Measured},
	MachineId, Measurement, RoundIndex, Sample, MAX_SAMPLES,
};
use reqwest::{header::HOST, redirect::Policy, Client, Response, StatusCode};
use sp_core::{sr25519, Pair};
use sp_keystore::KeystorePtr;
use std::{
	collections::BTreeMap,
	net::SocketAddr,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::{Duration, Instant},
};
use tokio::{
	sync::{watch, Semaphore},
	task::JoinHandle,
};

/// The most machines measured at once.
const MAX_MACHINES: usize = 1_024;
/// The most anchor keys of one keystore that are used.
const MAX_KEYS: usize = 16;
/// Rounds whose measurements stay in the local storage beside the newest.
const KEEP_ROUNDS: u32 = 4;
/// The longest answer to a probe: a signature in hex.
const MAX_ANSWER: usize = 128;
/// Bandwidth samples taken at once, so that they do not measure each other.
const BANDWIDTH_AT_ONCE: usize = 2;

/// Measures for the anchor keys of a keystore.
pub(crate) struct Prober {
	chain: Arc<dyn Chain>,
	keystore: KeystorePtr,
	probing: Arc<Probing>,
	examiner: Arc<Examiner>,
	measurements: Shelf,
}

/// The client of all that an anchor asks: it follows nothing, and every request opens its own connection, which
/// measures whether the machine can be reached now.
pub(crate) fn client(connect_timeout: Duration) -> Result<Client, RoleError> {
	Client::builder()
		.no_proxy()
		.redirect(Policy::none())
		.referer(false)
		.http1_only()
		.pool_max_idle_per_host(0)
		.connect_timeout(connect_timeout)
		.build()
		.map_err(|e| RoleError::Client(e.to_string()))
}

/// What each machine's task shares.
struct Probing {
	config: AnchorConfig,
	metrics: Metrics,
	client: Client,
	resolver: Resolver,
	probes: Semaphore,
	samples: Semaphore,
}

impl Prober {
	pub(crate) fn new(
		chain: Arc<dyn Chain>,
		keystore: KeystorePtr,
		config: AnchorConfig,
		metrics: Metrics,
	) -> Result<Self, RoleError> {
		let client = client(config.timeout)?;
		let examiner =
			Examiner::new(keystore.clone(), config.challenge_timeout, config.allow_local, metrics.clone())?;
		let probing = Probing {
			resolver: Resolver::new(config.allow_local, config.timeout),
			probes: Semaphore::new(config.concurrency.max(1)),
			samples: Semaphore::new(BANDWIDTH_AT_ONCE),
			client,
			metrics,
			config,
		};
		let measurements = Shelf::new(chain.clone(), "measurements", KEEP_ROUNDS);
		Ok(Self { chain, keystore, probing: Arc::new(probing), examiner: Arc::new(examiner), measurements })
	}

	/// Measures for as long as it is polled.
	pub(crate) async fn run(&self) {
		let (assignments, assigned, findings) = Assignments::new();
		tokio::select! {
			() = self.examiner.clone().run(assigned, findings) => {},
			() = self.follow_chain(assignments) => {},
		}
	}

	/// Goes from round to round.
	///
	/// Each anchor key measures for itself: a machine's answers are to one anchor.
	async fn follow_chain(&self, mut assignments: Assignments) {
		let mut watches = BTreeMap::new();
		let mut waiting = false;
		let mut without_key = false;
		loop {
			let keystore = self.keystore.clone();
			let answer = ask(&self.chain, move |chain| {
				let time = chain.time()?;
				let keys = keystore.sr25519_public_keys(anchor::KEY_TYPE);
				let any = !keys.is_empty();
				let mut duties = Vec::new();
				let mut standings = Vec::new();
				for key in keys.into_iter().take(MAX_KEYS).map(anchor::Id::from) {
					// Only for the metrics: an error here is none of the anchor's duties.
					standings.extend(chain.standing(&key).ok().flatten());
					duties.extend(chain.duties(&key)?.into_iter().map(|duty| (key.clone(), duty)));
				}
				let machines: Vec<_> = duties.iter().map(|(_, duty)| duty.machine).collect();
				// Probing goes on whatever becomes of this one.
				let challenges = chain.challenges(&machines);
				Ok((time, duties, standings, challenges, any))
			})
			.await;
			assignments.take_findings();
			match answer {
				Ok((time, duties, standings, challenges, any)) => {
					self.probing.metrics.follow(&standings);
					if !any && !without_key {
						log::warn!(
							target: crate::LOG,
							"The keystore holds no anchor key (type \"anch\"); the anchor role waits for one.",
						);
					}
					(waiting, without_key) = (false, !any);
					self.follow(&mut watches, time, &duties, &assignments);
					match challenges {
						Ok(open) => assignments.update(time, &duties, &open),
						Err(e) => log::debug!(target: crate::LOG, "Challenges that are due: {e}"),
					}
				}
				Err(e) => {
					if !std::mem::replace(&mut waiting, true) {
						log::warn!(target: crate::LOG, "The anchor role waits for the chain: {e}");
					}
				}
			}
			tokio::time::sleep(self.probing.config.poll).await;
		}
	}

	/// Ends what belongs to past rounds, and starts or updates what belongs to the current one.
	fn follow(
		&self,
		watches: &mut BTreeMap<(anchor::Id, MachineId), Watch>,
		time: Time,
		duties: &[(anchor::Id, Duty)],
		assignments: &Assignments,
	) {
		let current = RoundIndex::at(time.slot, time.round_slots);
		let ended: Vec<_> =
			watches.iter().filter(|(_, watch)| watch.round != current).map(|(key, _)| key.clone()).collect();
		for (anchor, machine) in ended {
			if let Some(watch) = watches.remove(&(anchor.clone(), machine)) {
				let performance = assignments.performance(machine, watch.round);
				self.finish(anchor, machine, watch, performance);
			}
		}
		for (anchor, duty) in duties.iter().filter(|(_, duty)| duty.round == current).cloned() {
			let key = (anchor, duty.machine);
			match watches.get(&key) {
				Some(watch) => {
					// The owner may have moved the machine in the middle of the round.
					watch.duty.send_if_modified(|known| {
						let moved = *known != duty;
						if moved {
							*known = duty;
						}
						moved
					});
				}
				None if watches.len() < MAX_MACHINES => {
					let watch = Watch::start(self.probing.clone(), key.0.clone(), duty, time);
					watches.insert(key, watch);
				}
				None => {
					log::warn!(target: crate::LOG, "Too many machines to measure: {} is left out.", duty.machine);
				}
			}
		}
	}

	/// Hands the round's measurement to the off-chain worker, if the round was seen well enough.
	fn finish(&self, anchor: anchor::Id, machine: MachineId, watch: Watch, performance: Option<u32>) {
		let round = watch.round;
		let covered = watch.started.elapsed();
		// Less than half of it: the node started late, or raced through old blocks. More than twice: the
		// chain stood still, and voids the round itself.
		if covered < watch.length / 2 || covered > watch.length * 2 {
			log::info!(
				target: crate::LOG,
				"Round {round} of machine {machine} was watched for {covered:?} of {:?}: no measurement.",
				watch.length,
			);
			return;
		}
		let Some(mut measured) = watch.tally().measured() else { return };
		measured.measurement.performance = performance;
		log::debug!(target: crate::LOG, "Round {round} of machine {machine}: {:?}", measured.measurement);
		self.measurements.put(round.0, local::measurement_key(&anchor, machine, round), &measured);
		// The worker writes the anchor's salt; the node is the one who prunes.
		self.measurements.note(round.0, [local::salt_key(&anchor, round)]);
		self.probing.metrics.measurements.inc();
	}
}

/// One machine in one round.
struct Watch {
	round: RoundIndex,
	length: Duration,
	started: Instant,
	duty: watch::Sender<Duty>,
	tally: Arc<Mutex<Tally>>,
	task: JoinHandle<()>,
}

impl Watch {
	fn start(probing: Arc<Probing>, anchor: anchor::Id, duty: Duty, time: Time) -> Self {
		let length = Duration::from_millis(time.slot_millis.saturating_mul(time.round_slots.into()));
		let tally = Arc::new(Mutex::new(Tally::default()));
		let (round, machine) = (duty.round, duty.machine);
		let (sender, receiver) = watch::channel(duty);
		let results = tally.clone();
		let task = tokio::spawn(async move {
			if let Err(panic) = contain::run(probing.measure(anchor, receiver, length, &results)).await {
				log::error!(target: crate::LOG, "Measuring machine {machine} panicked: {panic}");
			}
		});
		Self { round, length, started: Instant::now(), duty: sender, tally, task }
	}

	fn tally(&self) -> MutexGuard<'_, Tally> {
		lock(&self.tally)
	}
}

impl Drop for Watch {
	fn drop(&mut self) {
		self.task.abort();
	}
}

fn lock(tally: &Mutex<Tally>) -> MutexGuard<'_, Tally> {
	tally.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was found so far.
#[derive(Default)]
struct Tally {
	/// Probes that were answered or given up.
	sent: u16,
	/// Probes and bandwidth samples that were answered, and not as they should be.
	wrong: u64,
	/// Bandwidth samples that were answered as they should be.
	samples: u64,
	/// Latencies of those answered, in microseconds.
	latencies: Vec<u32>,
	/// Those answers, at most [`MAX_SAMPLES`].
	answers: Vec<Sample>,
	/// Best bandwidth sample, in kilobits per second.
	bandwidth: u32,
}

impl Tally {
	/// What is known now, with what it rests on. `None` when nothing was sent.
	fn measured(&self) -> Option<Measured> {
		let samples = self.answers.clone().try_into().ok()?;
		Some(Measured { measurement: self.measurement()?, sent: self.sent, samples })
	}

	fn measurement(&self) -> Option<Measurement> {
		let answered = u64::try_from(self.latencies.len()).ok()?;
		let availability = answered.saturating_mul(1_000_000).checked_div(self.sent.into())?;
		let mut latencies = self.latencies.clone();
		latencies.sort_unstable();
		Some(Measurement {
			availability: u32::try_from(availability).ok()?,
			latency_p50: percentile(&latencies, 50),
			latency_p99: percentile(&latencies, 99),
			bandwidth: self.bandwidth,
			error_rate: self.error_rate(answered),
			// No probe finds it.
			performance: None,
		})
	}
}

impl Tally {
	/// Wrong answers in parts per million of all; `None` when there was no answer.
	fn error_rate(&self, answered: u64) -> Option<u32> {
		let answers = answered.saturating_add(self.samples).saturating_add(self.wrong);
		let rate = self.wrong.saturating_mul(1_000_000).checked_div(answers)?;
		u32::try_from(rate).ok()
	}

	/// Counts what was not answered well, when it was answered.
	fn note(&mut self, failure: &Failure) {
		if failure.is_wrong_answer() {
			self.wrong = self.wrong.saturating_add(1);
		}
	}
}

/// Nearest rank: the smallest value that at least `p` % of the sorted values do not exceed.
fn percentile(sorted: &[u32], p: usize) -> u32 {
	let rank = sorted.len().saturating_mul(p).div_ceil(100);
	sorted.get(rank.saturating_sub(1)).copied().unwrap_or(u32::MAX)
}

/// Why a probe counts as unanswered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
	#[error(transparent)]
	Address(#[from] AddressError),
	#[error("no answer: {0}")]
	Http(#[from] reqwest::Error),
	#[error("no answer within {0:?}")]
	Late(Duration),
	#[error("status {0}")]
	Status(StatusCode),
	#[error("an answer of the wrong length")]
	Length,
	#[error("the signature is not the machine's over this probe")]
	Signature,
}

impl Failure {
	/// Whether there was an answer, only not the right one. A machine that turns away what is too much is not wrong.
	fn is_wrong_answer(&self) -> bool {
		match self {
			Self::Status(status) => *status != StatusCode::TOO_MANY_REQUESTS,
			Self::Length | Self::Signature => true,
			Self::Address(_) | Self::Http(_) | Self::Late(_) => false,
		}
	}
}

/// Where a machine answers, checked.
struct Target {
	endpoint: Vec<u8>,
	host: String,
	address: SocketAddr,
}

impl Probing {
	/// Probes one machine until the round is over.
	async fn measure(
		&self,
		anchor: anchor::Id,
		duty: watch::Receiver<Duty>,
		length: Duration,
		tally: &Mutex<Tally>,
	) {
		let began = Instant::now();
		let interval = self.config.interval.min(length / self.config.probes.get());
		let mut samples = self.sample_times(length);
		let mut target = None;
		let mut pause = interval.mul_f64(unit());
		while began.elapsed() < length * 2 && lock(tally).sent < MAX_SAMPLES {
			tokio::time::sleep(pause).await;
			let duty = duty.borrow().clone();
			// This task alone adds answers: the next one has this place.
			let place = lock(tally).answers.len().try_into().unwrap_or(MAX_SAMPLES);
			let result = match self.target(&duty, &mut target).await {
				Ok(target) => self.probe(&anchor, &duty, target, place).await,
				Err(e) => Err(e.into()),
			};
			self.metrics.probes_sent.inc();
			match &result {
				Ok((latency, _)) => {
					self.metrics.probes_answered.inc();
					self.metrics.probe_latency.observe(latency.as_secs_f64());
				}
				Err(e) => {
					log::debug!(target: crate::LOG, "Probe of machine {} failed: {e}", duty.machine);
					// Its name may lead elsewhere by now.
					target = None;
				}
			}
			{
				let mut tally = lock(tally);
				tally.sent = tally.sent.saturating_add(1);
				match result {
					Ok((latency, sample)) => {
						tally.latencies.push(latency.as_micros().try_into().unwrap_or(u32::MAX));
						tally.answers.push(sample);
					}
					Err(e) => tally.note(&e),
				}
			}
			let due = samples.last().is_some_and(|time| *time <= began.elapsed());
			if let (true, Some(target)) = (due, &target) {
				samples.pop();
				match self.sample(target).await {
					Ok(found) => {
						let mut tally = lock(tally);
						tally.bandwidth = tally.bandwidth.max(found);
						tally.samples = tally.samples.saturating_add(1);
					}
					Err(e) => {
						lock(tally).note(&e);
						log::debug!(target: crate::LOG, "Bandwidth of machine {}: {e}", duty.machine);
					}
				}
			}
			pause = interval.mul_f64(0.5 + unit());
		}
	}

	/// When to sample bandwidth: once in each equal part of the round, early enough to end in it. Latest first.
	fn sample_times(&self, length: Duration) -> Vec<Duration> {
		let parts = self.config.bandwidth_samples;
		let part = length / parts.max(1);
		(0..parts).rev().map(|index| part * index + part.mul_f64(0.6 * unit())).collect()
	}

	/// The machine's address, resolved once for as long as the endpoint stays the same and answers.
	async fn target<'a>(
		&self,
		duty: &Duty,
		known: &'a mut Option<Target>,
	) -> Result<&'a Target, AddressError> {
		if known.as_ref().is_some_and(|target| target.endpoint != duty.endpoint) {
			*known = None;
		}
		let target = match known.take() {
			Some(target) => target,
			None => {
				let endpoint = Endpoint::parse(&duty.endpoint)?;
				let address = self.resolver.resolve(&endpoint).await?;
				Target { endpoint: duty.endpoint.clone(), host: endpoint.authority(), address }
			}
		};
		Ok(known.insert(target))
	}

	/// Time from opening the connection to the last byte of a correctly signed answer, and that answer.
	async fn probe(
		&self,
		anchor: &anchor::Id,
		duty: &Duty,
		target: &Target,
		place: u16,
	) -> Result<(Duration, Sample), Failure> {
		let mut random = [0; 30];
		OsRng.fill_bytes(&mut random);
		let nonce = probe_nonce(place, random);
		let url = format!(
			"http://{}/probe?round={}&machine={}&anchor={}&nonce={}",
			target.address,
			duty.round,
			duty.machine,
			hex::encode(anchor),
			hex::encode(nonce),
		);
		let _permit = self.probes.acquire().await;
		let timeout = self.config.timeout;
		let began = Instant::now();
		let exchange = async {
			let response = self.client.get(url).header(HOST, &target.host).send().await?;
			read(response, MAX_ANSWER).await
		};
		let answer = tokio::time::timeout(timeout, exchange).await.map_err(|_| Failure::Late(timeout))??;
		let latency = began.elapsed();
		let mut signature = [0; 64];
		hex::decode_to_slice(answer, &mut signature).map_err(|_| Failure::Length)?;
		let signature = machine::Signature::from(sr25519::Signature::from_raw(signature));
		let payload = probe_payload(duty.round, duty.machine, anchor, &nonce);
		match machine::Pair::verify(&signature, payload, &duty.key) {
			true => Ok((latency, Sample { nonce, signature })),
			false => Err(Failure::Signature),
		}
	}

	/// Kilobits per second of one transfer, from opening the connection to its last byte.
	async fn sample(&self, target: &Target) -> Result<u32, Failure> {
		let bytes = self.config.bandwidth_bytes;
		let url = format!("http://{}/bandwidth?bytes={bytes}", target.address);
		let _permit = self.samples.acquire().await;
		let timeout = self.config.bandwidth_timeout;
		let began = Instant::now();
		let exchange = async {
			let response = self.client.get(url).header(HOST, &target.host).send().await?;
			read(response, bytes as usize).await.map(|body| body.len())
		};
		let length = tokio::time::timeout(timeout, exchange).await.map_err(|_| Failure::Late(timeout))??;
		if length != bytes as usize {
			return Err(Failure::Length);
		}
		let kilobits = u128::from(bytes).saturating_mul(8_000) / began.elapsed().as_micros().max(1);
		Ok(kilobits.try_into().unwrap_or(u32::MAX))
	}
}

/// The body of a good answer; a longer one is not read to its end.
pub(crate) async fn read(mut response: Response, limit: usize) -> Result<Vec<u8>, Failure> {
	if response.status() != StatusCode::OK {
		return Err(Failure::Status(response.status()));
	}
	let mut body = Vec::new();
	while let Some(chunk) = response.chunk().await? {
		if body.len().saturating_add(chunk.len()) > limit {
			return Err(Failure::Length);
		}
		body.extend_from_slice(&chunk);
	}
	Ok(body)
}

/// A random number in 0..1.
fn unit() -> f64 {
	f64::from(OsRng.next_u32()) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn percentiles_are_of_the_nearest_rank() {
		let hundred: Vec<u32> = (1..=100).collect();
		assert_eq!((percentile(&hundred, 50), percentile(&hundred, 99)), (50, 99));
		let many: Vec<u32> = (1..=101).collect();
		assert_eq!((percentile(&many, 50), percentile(&many, 99)), (51, 100));
		assert_eq!((percentile(&[7], 50), percentile(&[7], 99)), (7, 7));
		assert_eq!((percentile(&[7, 9], 50), percentile(&[7, 9], 99)), (7, 9));
		assert_eq!(percentile(&[], 50), u32::MAX);
	}

	#[test]
	fn a_tally_becomes_a_measurement() {
		assert_eq!(Tally::default().measurement(), None);
		let unreachable = Tally { sent: 3, ..Default::default() };
		assert_eq!(unreachable.measurement(), Some(Measurement::UNREACHABLE));
		let tally = Tally {
			sent: 3,
			wrong: 1,
			samples: 1,
			latencies: vec![900, 100],
			bandwidth: 8,
			..Default::default()
		};
		let expected = Measurement {
			availability: 666_666,
			latency_p50: 100,
			latency_p99: 900,
			bandwidth: 8,
			error_rate: Some(250_000),
			performance: None,
		};
		assert_eq!(tally.measurement(), Some(expected));
	}

	#[test]
	fn only_what_was_answered_can_be_wrong() {
		let mut tally = Tally { sent: 4, ..Default::default() };
		tally.note(&Failure::Late(Duration::from_secs(1)));
		tally.note(&Failure::Status(StatusCode::TOO_MANY_REQUESTS));
		assert_eq!(tally.measurement(), Some(Measurement::UNREACHABLE));
		for failure in [Failure::Signature, Failure::Length, Failure::Status(StatusCode::NOT_FOUND)] {
			tally.note(&failure);
		}
		assert_eq!((tally.wrong, tally.error_rate(1)), (3, Some(750_000)));
	}
}
