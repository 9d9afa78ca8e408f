//! Runs the collector as a child process and hands on what it says, as far as it can be believed.
//!
//! A vendor's library can crash, hang or print nonsense. In a child process that costs samples and nothing else:
//! the supervisor bounds every line and every wait, checks every number, and starts the child again.

use crate::source::{now_millis, Choice, Inventory, Message, Sample};
use serde::de::DeserializeOwned;
use std::{
	ffi::OsString,
	io::{self, Read},
	path::PathBuf,
	process::Stdio,
	sync::{
		atomic::{AtomicU32, AtomicU64, Ordering::Relaxed},
		Arc,
	},
	time::Duration,
};
use tokio::{
	io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader},
	process::{Child, ChildStderr, Command},
	sync::mpsc::{self, error::TrySendError},
	task::{JoinHandle, JoinSet},
	time::{sleep, timeout, Instant},
};

/// Name of the collector's binary.
pub const BINARY: &str = "exabits-telemetry";

/// Longest line that is read from the child, in bytes: well above what 16 devices need.
const MAX_LINE: usize = 16 * 1024;
/// Longest line of the child's complaints that is logged, in bytes.
const MAX_COMPLAINT: usize = 512;
/// Events that wait for the consumer; further samples are dropped.
const EVENTS: usize = 256;
/// The first wait before a restart; each further one is twice as long.
const FIRST_BACKOFF: Duration = Duration::from_millis(250);
/// How long a child that closed its output may take to end, and its last complaints to arrive.
const GRACE: Duration = Duration::from_secs(1);
/// How long after a kill a child that is still there is worth a warning.
const STUCK: Duration = Duration::from_secs(10);
/// How far a sample's time may be from ours: both processes read the same clock.
const CLOCK_TOLERANCE_MILLIS: u64 = 30_000;
/// Samples that may come earlier than their interval says.
const SLACK: u64 = 3;

/// How to run the collector.
#[derive(Clone, Debug)]
pub struct Config {
	/// The collector's binary.
	pub binary: PathBuf,
	/// What to measure.
	pub source: Choice,
	/// NVML's library, for another than the system's.
	pub nvml_library: Option<PathBuf>,
	/// Time from sample to sample.
	pub interval: Duration,
	/// How long the child may take to its first line. Drivers can take many seconds to wake up.
	pub start_within: Duration,
	/// How long the child may be silent after that; at least two intervals are given.
	pub hang_after: Duration,
	/// The longest wait before a restart.
	pub max_restart_backoff: Duration,
	/// Variables added to the child's environment.
	pub environment: Vec<(OsString, OsString)>,
}

impl Config {
	/// One sample a second from what there is.
	pub fn new(binary: PathBuf) -> Self {
		Self {
			binary,
			source: Choice::Auto,
			nvml_library: None,
			interval: Duration::from_secs(1),
			start_within: Duration::from_secs(60),
			hang_after: Duration::from_secs(5),
			max_restart_backoff: Duration::from_secs(30),
			environment: Vec::new(),
		}
	}

	/// Where the collector's binary is when it was installed beside this program.
	pub fn binary_beside_this() -> io::Result<PathBuf> {
		Ok(std::env::current_exe()?.with_file_name(BINARY))
	}

	/// Runs the collector once for its inventory, so that a source which is not there is known at once. Blocks for at
	/// most `patience`; a collector that is still silent then may be waiting for its driver, and counts as good.
	pub fn try_source(&self, patience: Duration) -> Result<(), Failure> {
		let mut command = std::process::Command::new(&self.binary);
		command
			.args(["--source", self.source.as_str(), "--inventory"])
			.envs(self.environment.iter().map(|(name, value)| (name, value)))
			.stdin(Stdio::null())
			.stdout(Stdio::null())
			.stderr(Stdio::piped());
		if let Some(library) = &self.nvml_library {
			command.arg("--nvml-library").arg(library);
		}
		let mut child = command
			.spawn()
			.map_err(|error| Failure::Start { binary: self.binary.clone(), error: error.to_string() })?;
		let follow = |error: io::Error| Failure::Ended { status: error.to_string(), said: String::new() };
		let began = std::time::Instant::now();
		let status = loop {
			match child.try_wait().map_err(follow)? {
				Some(status) => break status,
				None if began.elapsed() < patience => std::thread::sleep(Duration::from_millis(20)),
				None => {
					// Not waited for: one that is stuck in its driver does not end.
					let _ = child.kill();
					return Ok(());
				}
			}
		};
		if status.success() {
			return Ok(());
		}
		let mut said = Vec::new();
		if let Some(stderr) = child.stderr.take() {
			stderr.take(MAX_LINE as u64).read_to_end(&mut said).map_err(follow)?;
		}
		let said = String::from_utf8_lossy(&said);
		let said = said.lines().last().unwrap_or_default().replace(char::is_control, "?");
		Err(Failure::Ended { status: status.to_string(), said: said.chars().take(MAX_COMPLAINT).collect() })
	}

	fn interval_millis(&self) -> u64 {
		u64::try_from(self.interval.as_millis()).unwrap_or(u64::MAX).max(1)
	}
}

/// What the supervisor tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
	/// A child has started and this is what it measures.
	Inventory(Inventory),
	/// A sample, checked.
	Sample(Sample),
	/// The child failed and is started again after a wait.
	Restarted {
		/// How it failed.
		reason: Failure,
	},
}

/// How a child failed.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum Failure {
	/// There is no child: the binary could not be started.
	#[error("cannot start {}: {error}", .binary.display())]
	Start {
		/// The binary.
		binary: PathBuf,
		/// What the system said.
		error: String,
	},
	/// It ended by itself.
	#[error("ended ({status}){}{said}", if .said.is_empty() { "" } else { ": " })]
	Ended {
		/// Exit status or signal.
		status: String,
		/// The last line of its complaints.
		said: String,
	},
	/// It said nothing for too long.
	#[error("silent for {} ms", .0.as_millis())]
	Silent(Duration),
	/// It said what cannot be true.
	#[error("garbage: {0}")]
	Garbage(String),
}

/// What happened so far; shared with whoever wants to show it.
#[derive(Default, Debug)]
pub struct Counters {
	child: AtomicU32,
	samples: AtomicU64,
	gaps: AtomicU64,
	dropped: AtomicU64,
	restarts: AtomicU64,
}

impl Counters {
	/// Process id of the running child.
	pub fn child(&self) -> Option<u32> {
		Some(self.child.load(Relaxed)).filter(|pid| *pid != 0)
	}

	/// Samples accepted from children.
	pub fn samples(&self) -> u64 {
		self.samples.load(Relaxed)
	}

	/// Samples missed between accepted ones, by their times and the interval.
	pub fn gaps(&self) -> u64 {
		self.gaps.load(Relaxed)
	}

	/// Accepted samples that the consumer was too slow for.
	pub fn dropped(&self) -> u64 {
		self.dropped.load(Relaxed)
	}

	/// Failures of children, each followed by a restart.
	pub fn restarts(&self) -> u64 {
		self.restarts.load(Relaxed)
	}
}

/// Supervises one collector.
#[derive(Debug)]
pub struct Supervisor {
	config: Config,
	counters: Arc<Counters>,
	/// Time of the last accepted sample, over all children.
	last_at: Option<u64>,
}

/// A supervisor that runs in a task of its own. Dropping it ends the task and the child.
#[derive(Debug)]
pub struct Handle {
	task: JoinHandle<()>,
	counters: Arc<Counters>,
}

impl Handle {
	/// What happened so far.
	pub fn counters(&self) -> &Counters {
		&self.counters
	}

	/// Ends the task and its child, and waits for the task.
	pub async fn stop(mut self) {
		self.task.abort();
		// An error is the cancellation just asked for.
		let _ = (&mut self.task).await;
	}
}

impl Drop for Handle {
	fn drop(&mut self) {
		self.task.abort();
	}
}

impl Supervisor {
	/// A supervisor that does not run yet.
	pub fn new(config: Config) -> Self {
		Self { config, counters: Arc::default(), last_at: None }
	}

	/// What happens; can be kept while [`Self::run`] has the supervisor.
	pub fn counters(&self) -> Arc<Counters> {
		self.counters.clone()
	}

	/// Runs in a task of its own, on the tokio runtime this is called in.
	pub fn spawn(self) -> (Handle, mpsc::Receiver<Event>) {
		let (events, receiver) = mpsc::channel(EVENTS);
		let counters = self.counters();
		(Handle { task: tokio::spawn(self.run(events)), counters }, receiver)
	}

	/// Runs until the receiver of `events` is gone; for a task manager to spawn.
	///
	/// When the future is dropped the child is killed.
	pub async fn run(mut self, events: mpsc::Sender<Event>) {
		let first = FIRST_BACKOFF.min(self.config.max_restart_backoff);
		let mut backoff = first;
		loop {
			let started = Instant::now();
			let Err(reason) = self.attend(&events).await else { return };
			self.counters.restarts.fetch_add(1, Relaxed);
			// One that ran for long earned a quick restart.
			if started.elapsed() >= self.config.max_restart_backoff {
				backoff = first;
			}
			log::warn!(target: "telemetry", "collector {reason}; restart in {} ms", backoff.as_millis());
			if events.send(Event::Restarted { reason }).await.is_err() {
				return;
			}
			tokio::select! {
				() = sleep(backoff) => (),
				() = events.closed() => return,
			}
			backoff = backoff.saturating_mul(2).min(self.config.max_restart_backoff);
		}
	}

	/// One child from start to end. `Ok` when nobody listens any more.
	async fn attend(&mut self, events: &mpsc::Sender<Event>) -> Result<(), Failure> {
		let mut child = self.command().spawn().map_err(|error| Failure::Start {
			binary: self.config.binary.clone(),
			error: error.to_string(),
		})?;
		self.counters.child.store(child.id().unwrap_or_default(), Relaxed);
		// The child's standard input stays open as long as `child` lives: it ends when that closes.
		let mut complaints = JoinSet::new();
		if let Some(stderr) = child.stderr.take() {
			complaints.spawn(log_complaints(stderr));
		}
		let outcome = match child.stdout.take() {
			Some(stdout) => tokio::select! {
				outcome = self.listen(stdout, events) => outcome,
				() = events.closed() => Ok(End::Unheard),
			},
			None => Ok(End::Output),
		};
		let status = match outcome {
			Ok(End::Output) => timeout(GRACE, child.wait()).await.ok().and_then(Result::ok),
			_ => None,
		};
		reap(&mut child).await;
		self.counters.child.store(0, Relaxed);
		match outcome {
			Ok(End::Unheard) => Ok(()),
			Ok(End::Output) => Err(Failure::Ended {
				status: status.map_or_else(|| "closed its output".into(), |status| status.to_string()),
				said: match timeout(GRACE, complaints.join_next()).await {
					Ok(Some(Ok(said))) => said,
					_ => String::new(),
				},
			}),
			Err(failure) => Err(failure),
		}
	}

	fn command(&self) -> Command {
		let config = &self.config;
		let mut command = Command::new(&config.binary);
		command
			.args(["--source", config.source.as_str()])
			.args(["--interval-ms", &config.interval_millis().to_string()])
			.envs(config.environment.iter().map(|(name, value)| (name, value)))
			.stdin(Stdio::piped())
			.stdout(Stdio::piped())
			.stderr(Stdio::piped())
			// Keys pressed in the node's terminal are for the node, which ends its child itself.
			.process_group(0)
			.kill_on_drop(true);
		if let Some(library) = &config.nvml_library {
			command.arg("--nvml-library").arg(library);
		}
		command
	}

	/// Hands on lines until the output ends or a line is late or wrong.
	async fn listen(
		&mut self,
		stdout: impl AsyncRead + Unpin,
		events: &mpsc::Sender<Event>,
	) -> Result<End, Failure> {
		let mut lines = BufReader::new(stdout);
		let mut judge = Judge::new(self.config.interval_millis());
		let started = Instant::now();
		let mut patience = self.config.start_within;
		loop {
			let read = timeout(patience, read_line(&mut lines, MAX_LINE)).await;
			let Some(line) = read.map_err(|_| Failure::Silent(patience))?? else { return Ok(End::Output) };
			let elapsed = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
			match judge.hear(&line, now_millis(), elapsed)? {
				Message::Inventory(inventory) => {
					patience = self.config.hang_after.max(self.config.interval.saturating_mul(2));
					if events.send(Event::Inventory(inventory)).await.is_err() {
						return Ok(End::Unheard);
					}
				}
				Message::Sample(sample) => {
					self.count(sample.at_millis);
					match events.try_send(Event::Sample(sample)) {
						Ok(()) => (),
						// Waiting for the consumer would let samples grow old in the pipe.
						Err(TrySendError::Full(_)) => {
							self.counters.dropped.fetch_add(1, Relaxed);
						}
						Err(TrySendError::Closed(_)) => return Ok(End::Unheard),
					}
				}
			}
		}
	}

	/// Counts a sample, and those that should have been between it and the last one.
	fn count(&mut self, at: u64) {
		self.counters.samples.fetch_add(1, Relaxed);
		let missed = self.last_at.map_or(0, |last| missed(last, at, self.config.interval_millis()));
		self.counters.gaps.fetch_add(missed, Relaxed);
		self.last_at = Some(at);
	}
}

/// How listening ended without a fault of the child's words.
enum End {
	/// The child's output is at its end.
	Output,
	/// Nobody receives events any more.
	Unheard,
}

/// Samples that should have been between two, rounded to the nearest.
fn missed(last: u64, at: u64, interval: u64) -> u64 {
	let steps = at.saturating_sub(last).saturating_add(interval / 2).checked_div(interval);
	steps.unwrap_or_default().saturating_sub(1)
}

/// Kills the child where it still runs, and waits until it is gone.
///
/// Without a limit on purpose: a child stuck in its driver cannot be killed, and starting another one beside it
/// each time would pile them up.
async fn reap(child: &mut Child) {
	// Fails only where the child has already ended.
	let _ = child.start_kill();
	if timeout(STUCK, child.wait()).await.is_err() {
		log::warn!(target: "telemetry", "the killed collector is stuck in the system; waiting for it");
		let _ = child.wait().await;
	}
}

/// The next line without its end, or `None` at the end of the output.
///
/// A last line without an end was cut off by the child's death and says nothing.
async fn read_line(
	lines: &mut (impl AsyncBufReadExt + Unpin),
	most: usize,
) -> Result<Option<Vec<u8>>, Failure> {
	let mut line = Vec::new();
	let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
	let read = lines.take(limit).read_until(b'\n', &mut line).await;
	read.map_err(|error| Failure::Garbage(format!("unreadable output: {error}")))?;
	if line.pop_if(|last| *last == b'\n').is_some() {
		Ok(Some(line))
	} else if line.len() > most {
		Err(Failure::Garbage(format!("a line of more than {most} bytes")))
	} else {
		Ok(None)
	}
}

/// Logs what the child complains of, and returns the last line of it.
async fn log_complaints(stderr: ChildStderr) -> String {
	let mut lines = BufReader::new(stderr);
	let mut last = String::new();
	loop {
		let mut line = Vec::new();
		// A longer line goes on as further ones.
		let read = (&mut lines).take(MAX_COMPLAINT as u64).read_until(b'\n', &mut line).await;
		if !matches!(read, Ok(1..)) {
			return last;
		}
		let text = String::from_utf8_lossy(&line);
		let clean = text.trim().replace(char::is_control, "?");
		if !clean.is_empty() {
			log::debug!(target: "telemetry", "collector: {clean}");
			last = clean;
		}
	}
}

/// Judges the lines of one child.
struct Judge {
	interval: u64,
	devices: Option<Vec<u32>>,
	last_at: u64,
	samples: u64,
}

impl Judge {
	const fn new(interval: u64) -> Self {
		Self { interval, devices: None, last_at: 0, samples: 0 }
	}

	/// What a line says, if it can be true. `now` is in milliseconds of Unix time, `elapsed` since the start.
	fn hear(&mut self, line: &[u8], now: u64, elapsed: u64) -> Result<Message, Failure> {
		let message = parse(line)?;
		match &message {
			Message::Inventory(inventory) => {
				inventory.check().map_err(garbage)?;
				let devices = inventory.devices.iter().map(|device| device.index).collect();
				if self.devices.replace(devices).is_some() {
					return Err(garbage("a second inventory"));
				}
			}
			Message::Sample(sample) => {
				sample.check().map_err(garbage)?;
				let Some(devices) = &self.devices else {
					return Err(garbage("a sample before the inventory"));
				};
				if !sample.devices.iter().map(|device| device.index).eq(devices.iter().copied()) {
					return Err(garbage("a sample of other devices"));
				}
				if sample.at_millis <= self.last_at {
					return Err(garbage("a sample no later than the one before it"));
				}
				if sample.at_millis.abs_diff(now) > CLOCK_TOLERANCE_MILLIS {
					return Err(garbage("a sample of another time"));
				}
				self.samples = self.samples.saturating_add(1);
				let due = elapsed.checked_div(self.interval).unwrap_or_default().saturating_add(SLACK);
				if self.samples > due {
					return Err(garbage("samples faster than asked for"));
				}
				self.last_at = sample.at_millis;
			}
		}
		Ok(message)
	}
}

fn parse<T: DeserializeOwned>(line: &[u8]) -> Result<T, Failure> {
	serde_json::from_slice(line).map_err(garbage)
}

/// A failure with a reason that is safe to log: what a library printed may be quoted in it.
fn garbage(reason: impl ToString) -> Failure {
	Failure::Garbage(reason.to_string().replace(char::is_control, "?").chars().take(MAX_COMPLAINT).collect())
}

#[cfg(test)]
mod tests {
	use super::*;

	const NOW: u64 = 1_700_000_000_000;

	fn inventory(indices: &[u32]) -> String {
		let device =
			|index: &u32| format!(r#"{{"index":{index},"uuid":null,"serial":null,"name":"GPU","memory":1}}"#);
		let devices: Vec<_> = indices.iter().map(device).collect();
		format!(r#"{{"inventory":{{"source":"nvml","driver":"1","devices":[{}]}}}}"#, devices.join(","))
	}

	fn sample(at: u64, utilisation: u64) -> String {
		format!(
			concat!(
				r#"{{"sample":{{"at_millis":{},"load":null,"devices":[{{"index":0,"utilisation":{},"#,
				r#""memory_used":null,"memory_total":null,"energy_mj":null,"temperature":null,"#,
				r#""ecc_uncorrected":null,"throttle":null,"sm_clock":null,"mem_clock":null}}]}}}}"#,
			),
			at, utilisation
		)
	}

	/// Hears an inventory and the lines; the elapsed time is always enough.
	fn hear(lines: &[String]) -> Result<Message, Failure> {
		let mut judge = Judge::new(1_000);
		judge.hear(inventory(&[0]).as_bytes(), NOW, 0)?;
		let mut last = Err(garbage("no lines"));
		for line in lines {
			last = judge.hear(line.as_bytes(), NOW, 1_000_000);
		}
		last
	}

	fn refused(lines: &[String]) -> String {
		match hear(lines) {
			Err(Failure::Garbage(reason)) => reason,
			other => panic!("{other:?}"),
		}
	}

	#[test]
	fn a_good_sample_is_heard() {
		let Ok(Message::Sample(heard)) = hear(&[sample(NOW - 1, 1), sample(NOW, 1_000_000)]) else {
			panic!("refused")
		};
		assert_eq!((heard.at_millis, heard.devices[0].utilisation), (NOW, Some(1_000_000)));
	}

	#[test]
	fn values_out_of_range_are_refused() {
		assert_eq!(refused(&[sample(NOW, 1_000_001)]), "device 0: utilisation is 1000001");
		assert!(refused(&[sample(NOW, 5_000_000_000)]).contains("invalid value"));
	}

	#[test]
	fn the_time_must_be_now_and_later() {
		assert!(refused(&[sample(NOW, 1), sample(NOW, 1)]).contains("no later"));
		assert!(hear(&[sample(NOW - CLOCK_TOLERANCE_MILLIS, 1)]).is_ok());
		assert!(hear(&[sample(NOW + CLOCK_TOLERANCE_MILLIS, 1)]).is_ok());
		assert!(refused(&[sample(NOW - CLOCK_TOLERANCE_MILLIS - 1, 1)]).contains("another time"));
		assert!(refused(&[sample(NOW + CLOCK_TOLERANCE_MILLIS + 1, 1)]).contains("another time"));
	}

	#[test]
	fn the_inventory_comes_first_and_once() {
		assert!(refused(&[inventory(&[0])]).contains("second inventory"));
		let first = Judge::new(1_000).hear(sample(NOW, 1).as_bytes(), NOW, 0);
		assert_eq!(first, Err(garbage("a sample before the inventory")));
		let empty = Judge::new(1_000).hear(inventory(&[]).as_bytes(), NOW, 0);
		assert_eq!(empty, Err(garbage("no devices")));
	}

	#[test]
	fn other_devices_are_refused() {
		let mut judge = Judge::new(1_000);
		judge.hear(inventory(&[0, 1]).as_bytes(), NOW, 0).expect("fine");
		let heard = judge.hear(sample(NOW, 1).as_bytes(), NOW, 0);
		assert_eq!(heard, Err(garbage("a sample of other devices")));
	}

	#[test]
	fn a_flood_is_refused() {
		let mut judge = Judge::new(1_000);
		judge.hear(inventory(&[0]).as_bytes(), NOW, 0).expect("fine");
		for at in 0..SLACK + 2 {
			judge.hear(sample(NOW + at, 1).as_bytes(), NOW, 2_000).expect("in time");
		}
		let heard = judge.hear(sample(NOW + 100, 1).as_bytes(), NOW, 2_999);
		assert_eq!(heard, Err(garbage("samples faster than asked for")));
	}

	#[test]
	fn what_is_no_message_is_refused() {
		for line in ["", "NVML: warning", "{}", "null", r#"{"sample":1}"#, "\u{1b}[31m"] {
			assert!(matches!(hear(&[line.to_owned()]), Err(Failure::Garbage(_))), "{line}");
		}
	}

	#[test]
	fn gaps_are_rounded() {
		assert_eq!(missed(10_000, 11_000, 1_000), 0);
		assert_eq!(missed(10_000, 11_499, 1_000), 0);
		assert_eq!(missed(10_000, 11_500, 1_000), 1);
		assert_eq!(missed(10_000, 20_000, 1_000), 9);
		assert_eq!(missed(10_000, 9_000, 1_000), 0);
	}

	#[test]
	fn reasons_are_safe_to_log() {
		assert_eq!(garbage("a\nb\u{1b}c"), Failure::Garbage("a?b?c".into()));
		let Failure::Garbage(long) = garbage("x".repeat(10_000)) else { panic!("garbage") };
		assert_eq!(long.len(), MAX_COMPLAINT);
	}

	#[test]
	fn failures_read_well() {
		let ended = |said: &str| Failure::Ended { status: "exit status: 1".into(), said: said.into() };
		assert_eq!(ended("").to_string(), "ended (exit status: 1)");
		assert_eq!(ended("no device").to_string(), "ended (exit status: 1): no device");
		assert_eq!(Failure::Silent(Duration::from_secs(2)).to_string(), "silent for 2000 ms");
	}
}
