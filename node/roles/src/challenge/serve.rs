//! The service node's side: computes each challenge that is due once, and answers its anchors.

use super::{commitment_payload, request_payload, ChallengeConfig, Due};
use crate::{contain, metrics::Metrics, own::Own};
use axum::body::Bytes;
use exabits_challenge::{prove, respond, Challenge, CpuEngine, CudaEngine, Engine, EngineError, Hash, Query};
use exabits_primitives::{
	keys::{anchor, machine},
	MachineId,
};
use serde::Deserialize;
use sp_core::{sr25519, Pair};
use sp_keystore::KeystorePtr;
use std::{
	collections::{BTreeMap, HashMap},
	fmt,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc, Mutex, PoisonError,
	},
	time::Duration,
};
use tokio::{
	sync::{watch, Semaphore},
	task::JoinHandle,
	time::{sleep, timeout},
};

/// How often an anchor may fetch its response: some transfers fail.
const MAX_SENDS: u8 = 4;
/// How much nicer than the node its threads on the processor are.
const NICE: i32 = 10;

type Make = dyn Fn(u32) -> Result<Box<dyn Engine>, EngineError> + Send + Sync;

/// Makes the device for one chain. What it makes is used on one blocking thread, and dropped with the chain.
#[derive(Clone)]
pub struct EngineMaker(Arc<Make>);

impl EngineMaker {
	/// Devices of any kind, by their number in the machine.
	pub fn new(make: impl Fn(u32) -> Result<Box<dyn Engine>, EngineError> + Send + Sync + 'static) -> Self {
		Self(Arc::new(make))
	}

	/// This host's GPUs: device `i` of a machine is the one that comes at place `i` by its PCI address.
	pub fn cuda() -> Self {
		Self::new(|device| Ok(Box::new(CudaEngine::new(device as usize)?)))
	}

	/// The processor, on threads of low priority that exist for the length of a chain, in at most `memory` bytes.
	pub fn cpu(memory: u64) -> Self {
		Self::new(move |_| {
			let lower = |_| {
				// Without it the chain is computed all the same.
				let _ = rustix::process::nice(NICE);
			};
			let pool = rayon::ThreadPoolBuilder::new()
				.thread_name(|index| format!("challenge-{index}"))
				.start_handler(lower)
				.build()
				.map_err(|e| EngineError::Device(e.to_string()))?;
			Ok(Box::new(CpuEngine::bounded(Arc::new(pool), memory)))
		})
	}
}

impl fmt::Debug for EngineMaker {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("EngineMaker")
	}
}

/// The parameters of a request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
	challenge: String,
	anchor: String,
	signature: String,
	nonce: Option<String>,
}

/// What becomes of a request.
pub(crate) enum Outcome {
	Answer(Bytes),
	NotYet,
	Malformed(&'static str),
	Unknown(&'static str),
	Limited,
	Failed(&'static str),
}

/// Answers challenges; what is computed ends with it.
pub(crate) struct Answerer {
	config: ChallengeConfig,
	due: watch::Receiver<Vec<Due>>,
	devices: Arc<Semaphore>,
	own: watch::Receiver<Own>,
	keystore: KeystorePtr,
	metrics: Metrics,
	jobs: Mutex<HashMap<Hash, Job>>,
}

impl Answerer {
	pub(crate) fn new(
		config: ChallengeConfig,
		due: watch::Receiver<Vec<Due>>,
		own: watch::Receiver<Own>,
		keystore: KeystorePtr,
		metrics: Metrics,
	) -> Self {
		let devices = Arc::new(Semaphore::new(config.devices.get()));
		Self { config, due, devices, own, keystore, metrics, jobs: Default::default() }
	}

	/// Answers within about `hold`.
	pub(crate) async fn answer(&self, asked: &Asked, hold: Duration) -> Outcome {
		let (work, anchor, nonce) = match self.accept(asked) {
			Ok(accepted) => accepted,
			Err(refused) => return refused,
		};
		let done = |progress: &Progress| match nonce {
			None => progress.committed.is_some() || progress.failed,
			Some(_) => progress.responses.contains_key(&anchor) || progress.failed,
		};
		let mut progress = work.progress.subscribe();
		if timeout(hold, progress.wait_for(done)).await.is_err() {
			return Outcome::NotYet;
		}
		let mut outcome = Outcome::Failed("the device did not compute this challenge in time");
		// Nobody waits for how often a response was sent.
		work.progress.send_if_modified(|progress| {
			let response = nonce.and_then(|_| progress.responses.get_mut(&anchor));
			match (&progress.committed, response) {
				(_, Some((0, _))) => outcome = Outcome::Limited,
				(_, Some((sends, response))) => {
					*sends = sends.saturating_sub(1);
					outcome = Outcome::Answer(response.clone());
				}
				(Some(committed), None) if nonce.is_none() => outcome = Outcome::Answer(committed.clone()),
				_ => {}
			}
			false
		});
		outcome
	}

	/// The work that a request asks for, which begins with the first request.
	fn accept(&self, asked: &Asked) -> Result<(Arc<Work>, anchor::Id, Option<Hash>), Outcome> {
		let mut bytes = [0; Challenge::BYTES];
		let decoded = hex::decode_to_slice(&asked.challenge, &mut bytes).ok();
		let challenge = decoded.and_then(|()| Challenge::from_bytes(&bytes).ok());
		let challenge = challenge.ok_or(Outcome::Malformed("this is no challenge"))?;
		let key = sr25519::Public::from_raw(bytes_of(&asked.anchor, "anchor must be 32 bytes in hex")?);
		let signature = bytes_of(&asked.signature, "signature must be 64 bytes in hex")?;
		let signature = anchor::Signature::from(sr25519::Signature::from_raw(signature));
		let nonce = asked.nonce.as_ref().map(|nonce| bytes_of(nonce, "nonce must be 32 bytes in hex"));
		let (anchor, nonce) = (anchor::Id::from(key), nonce.transpose()?);

		let due = {
			let due = self.due.borrow();
			let wanted = |due: &&Due| due.challenge == challenge && due.anchors.contains(&anchor);
			due.iter().find(wanted).cloned()
		};
		let due = due.ok_or(Outcome::Unknown("no challenge that this anchor may ask is due"))?;
		let seed = challenge.seed();
		if !anchor::Pair::verify(&signature, request_payload(&seed, nonce.as_ref()), &anchor) {
			return Err(Outcome::Malformed("the signature is not the anchor's over this request"));
		}
		let machine =
			self.own.borrow().machines.get(&MachineId(challenge.machine)).map(|(key, _)| key.clone());
		let machine = machine.ok_or(Outcome::Unknown("this machine is not served here"))?;

		let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
		let job = jobs.entry(seed).or_insert_with(|| self.start(due, machine));
		let work = job.work.clone();
		drop(jobs);
		if let Some(nonce) = nonce {
			// A nonce that came before the commitment could have shaped it.
			if work.progress.borrow().committed.is_none() {
				return Err(Outcome::Malformed("a query comes after the commitment"));
			}
			let mut other = false;
			work.asked.send_if_modified(|asked| {
				let known = asked.get(&anchor);
				other = known.is_some_and(|known| *known != nonce);
				let new = known.is_none();
				if new {
					asked.insert(anchor.clone(), nonce);
				}
				new
			});
			if other {
				return Err(Outcome::Malformed("an anchor has one query"));
			}
		}
		Ok((work, anchor, nonce))
	}

	fn start(&self, due: Due, machine: machine::Id) -> Job {
		let work = Arc::new(Work {
			due,
			machine,
			progress: Default::default(),
			asked: Default::default(),
			stop: Default::default(),
		});
		let (running, devices) = (work.clone(), self.devices.clone());
		let (keystore, metrics) = (self.keystore.clone(), self.metrics.clone());
		let (engine, gather) = (self.config.engine.clone(), self.config.gather);
		let task = tokio::spawn(async move {
			let result = contain::run(running.run(devices, engine, gather, keystore, &metrics)).await;
			let machine = running.due.challenge.machine;
			match result {
				Ok(Ok(())) => return,
				Ok(Err(e)) => {
					log::warn!(target: crate::LOG, "The challenge of machine {machine} failed: {e}")
				}
				Err(panic) => {
					log::error!(target: crate::LOG, "The challenge of machine {machine} panicked: {panic}")
				}
			}
			metrics.challenges_failed.inc();
			running.progress.send_modify(|progress| progress.failed = true);
		});
		Job { work, task }
	}

	/// Ends challenges as soon as they are no longer due, for as long as it is polled, and all when it is dropped:
	/// requests under way keep the rest of this for a moment longer than the role.
	pub(crate) async fn tidy(&self) {
		let _end = End(&self.jobs);
		let mut due = self.due.clone();
		while due.changed().await.is_ok() {
			let seeds: Vec<Hash> = due.borrow_and_update().iter().map(|due| due.challenge.seed()).collect();
			let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
			jobs.retain(|seed, _| seeds.contains(seed));
		}
		// Whoever knew what is due is gone: nothing changes any more.
		std::future::pending().await
	}
}

/// Ends all challenges when it is dropped.
struct End<'a>(&'a Mutex<HashMap<Hash, Job>>);

impl Drop for End<'_> {
	fn drop(&mut self) {
		self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
	}
}

fn bytes_of<const N: usize>(text: &str, error: &'static str) -> Result<[u8; N], Outcome> {
	let mut bytes = [0; N];
	hex::decode_to_slice(text, &mut bytes).map(|()| bytes).map_err(|_| Outcome::Malformed(error))
}

/// One challenge under way. Dropping it stops the device.
struct Job {
	work: Arc<Work>,
	task: JoinHandle<()>,
}

impl Drop for Job {
	fn drop(&mut self) {
		self.work.stop.store(true, Ordering::Relaxed);
		self.task.abort();
	}
}

/// What one challenge's task and its requests share.
struct Work {
	due: Due,
	machine: machine::Id,
	progress: watch::Sender<Progress>,
	/// The anchors' nonces: one for each.
	asked: watch::Sender<BTreeMap<anchor::Id, Hash>>,
	stop: Arc<AtomicBool>,
}

#[derive(Default)]
struct Progress {
	/// Commitment and signature, in hex.
	committed: Option<Bytes>,
	/// Responses, with how often they may still be sent.
	responses: BTreeMap<anchor::Id, (u8, Bytes)>,
	failed: bool,
}

impl Work {
	/// Commits, and answers queries until every anchor has its response.
	async fn run(
		&self,
		devices: Arc<Semaphore>,
		engine: EngineMaker,
		gather: Duration,
		keystore: KeystorePtr,
		metrics: &Metrics,
	) -> Result<(), EngineError> {
		let challenge = self.due.challenge;
		let compute = move |engine: &mut dyn Engine, stop: &AtomicBool| prove(engine, &challenge, stop);
		let proof = Arc::new(self.compute(&devices, &engine, compute).await?);
		let commitment = proof.commitment();
		let payload = commitment_payload(&challenge.seed(), &commitment);
		let signature = keystore
			.sr25519_sign(machine::KEY_TYPE, &self.machine.clone().into(), &payload)
			.ok()
			.flatten()
			.ok_or_else(|| EngineError::Device("the machine's key is not at hand".into()))?;
		let committed = [hex::encode(commitment.0), hex::encode(signature)].concat();
		self.progress.send_modify(|progress| progress.committed = Some(committed.into()));
		metrics.challenges_committed.inc();

		let mut asked = self.asked.subscribe();
		let mut answered = 0;
		while answered < self.due.anchors.len() {
			// This sender lives as long as the receiver.
			let _ = asked.wait_for(|asked| asked.len() > answered).await;
			let _ = timeout(gather, asked.wait_for(|asked| asked.len() >= self.due.anchors.len())).await;
			let new: Vec<(anchor::Id, Hash)> = {
				let progress = self.progress.borrow();
				let asked = asked.borrow_and_update();
				let unanswered = asked.iter().filter(|(anchor, _)| !progress.responses.contains_key(*anchor));
				unanswered.map(|(anchor, nonce)| (anchor.clone(), *nonce)).collect()
			};
			let queries: Vec<Query> = new.iter().map(|(_, nonce)| Query { nonce: *nonce }).collect();
			let proof = proof.clone();
			let compute = move |engine: &mut dyn Engine, stop: &AtomicBool| {
				let responses = respond(engine, &proof, &queries, stop)?;
				Ok(responses.into_iter().map(|response| Bytes::from(response.to_bytes())).collect::<Vec<_>>())
			};
			let responses = self.compute(&devices, &engine, compute).await?;
			answered = answered.saturating_add(new.len());
			self.progress.send_modify(|progress| {
				let anchors = new.into_iter().map(|(anchor, _)| anchor);
				let limited = responses.into_iter().map(|response| (MAX_SENDS, response));
				progress.responses.extend(anchors.zip(limited));
			});
		}
		Ok(())
	}

	/// Runs on the device when one is free, for no longer than the class's limit: what comes later counts for nothing.
	async fn compute<T: Send + 'static>(
		&self,
		devices: &Arc<Semaphore>,
		engine: &EngineMaker,
		work: impl FnOnce(&mut dyn Engine, &AtomicBool) -> Result<T, EngineError> + Send + 'static,
	) -> Result<T, EngineError> {
		let device = |e: String| EngineError::Device(e);
		let permit = devices.clone().acquire_owned().await.map_err(|e| device(e.to_string()))?;
		let (engine, stop) = (engine.clone(), self.stop.clone());
		let number = self.due.challenge.device;
		let task = tokio::task::spawn_blocking(move || {
			// The device is free when the work has really ended.
			let _permit = permit;
			contain::call(|| work(&mut *(engine.0)(number)?, &stop)).map_err(EngineError::Device)?
		});
		let late = async {
			sleep(self.due.limit).await;
			self.stop.store(true, Ordering::Relaxed);
			std::future::pending::<()>().await
		};
		tokio::select! {
			done = task => done.map_err(|e| device(e.to_string()))?,
			() = late => Err(EngineError::Stopped),
		}
	}
}
