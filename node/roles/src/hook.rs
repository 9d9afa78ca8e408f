//! The provision hook: the operator's own command that gives tenants their access and takes it back.

use crate::RoleError;
use exabits_primitives::{apis::PendingLease, MAX_ACCESS};
use rustix::process::{kill_process_group, Pid, Signal};
use std::{
	fmt::Write,
	os::unix::fs::PermissionsExt,
	path::PathBuf,
	process::{ExitStatus, Stdio},
	time::Duration,
};
use tokio::{
	io::{AsyncRead, AsyncReadExt},
	process::{Child, Command},
};

/// What a sealed box adds to its content: an ephemeral key of 32 bytes and a tag of 16.
const SEAL: usize = 48;
/// The most that a hook may print: what fits into an access record once encrypted.
pub const MAX_OUTPUT: usize = MAX_ACCESS as usize - SEAL;
/// How much of a failed hook's standard error is reported.
const MAX_REPORT: usize = 400;
/// How long output is awaited after the hook itself has ended, in case something that it started in the
/// background still holds its standard output.
const GRACE: Duration = Duration::from_millis(300);

/// The hook and its bounds.
#[derive(Debug, Clone)]
pub struct HookConfig {
	/// The command, without arguments.
	pub command: PathBuf,
	/// After this time it is killed with everything in its process group.
	pub timeout: Duration,
	/// How many run at once.
	pub concurrency: usize,
}

impl HookConfig {
	/// A hook with usual bounds: a minute, four at once.
	pub fn new(command: PathBuf) -> Self {
		Self { command, timeout: Duration::from_secs(60), concurrency: 4 }
	}

	/// Whether the command is there and may be run, so that a wrong path is known when the node starts.
	pub fn check(&self) -> Result<(), RoleError> {
		let fail = |reason: String| RoleError::Hook { command: self.command.clone(), reason };
		let found = std::fs::metadata(&self.command).map_err(|e| fail(e.to_string()))?;
		match found.is_file() && found.permissions().mode() & 0o111 != 0 {
			true => Ok(()),
			false => Err(fail("not an executable file".into())),
		}
	}

	/// Runs the hook to its end and returns what it printed. Dropping the future kills it with its group.
	pub(crate) async fn run(&self, event: Event, lease: &PendingLease) -> Result<Vec<u8>, HookError> {
		let mut child = Command::new(&self.command)
			.env_clear()
			.envs(["PATH", "HOME"].into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))))
			.envs(environment(event, lease))
			.stdin(Stdio::null())
			.stdout(Stdio::piped())
			.stderr(Stdio::piped())
			.process_group(0)
			.kill_on_drop(true)
			.spawn()
			.map_err(HookError::Start)?;
		// Declared after the child and so dropped before it: while the child has not been waited for, the
		// group's number cannot be anybody else's.
		let mut group = Group::of(&child);
		let output = match tokio::time::timeout(self.timeout, output(&mut child)).await {
			Ok(output) => output?,
			Err(_) => return Err(HookError::TimedOut(self.timeout)),
		};
		// What a successful hook left running is meant to run.
		group.release();
		Ok(output)
	}
}

/// Why the hook is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
	/// Give the tenant access.
	Provision,
	/// Take it back.
	Release,
}

impl Event {
	pub(crate) fn name(self) -> &'static str {
		match self {
			Self::Provision => "provision",
			Self::Release => "release",
		}
	}
}

/// How a hook failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HookError {
	#[error("it could not be started: {0}")]
	Start(std::io::Error),
	#[error("it could not be followed: {0}")]
	Follow(std::io::Error),
	#[error("{status}{report}")]
	Status { status: ExitStatus, report: String },
	#[error("it was killed after {0:?}")]
	TimedOut(Duration),
	#[error("it printed more than {MAX_OUTPUT} bytes")]
	TooLong,
	#[error("the tenant's key cannot be encrypted to")]
	Seal,
	#[error("it panicked: {0}")]
	Panic(String),
}

/// What the hook learns of the lease.
///
/// Everything is a number or hex but `EXABITS_WORKLOAD`, which is the tenant's own text: a hook has to quote
/// it. It is empty unless it is plain text; `EXABITS_WORKLOAD_HEX` always has the bytes.
fn environment(event: Event, lease: &PendingLease) -> Vec<(&'static str, String)> {
	let workload = std::str::from_utf8(&lease.workload)
		.ok()
		.filter(|text| !text.chars().any(char::is_control))
		.unwrap_or_default();
	let devices: Vec<_> = lease.devices.iter().map(|(index, milli)| format!("{index}:{milli}")).collect();
	vec![
		("EXABITS_EVENT", event.name().into()),
		("EXABITS_LEASE", lease.lease.to_string()),
		("EXABITS_MACHINE", lease.machine.to_string()),
		("EXABITS_CLASS", lease.key.class.to_string()),
		("EXABITS_TEMPLATE", lease.key.template.to_string()),
		("EXABITS_WINDOW", lease.key.window.to_string()),
		("EXABITS_AMOUNT_MILLI", lease.amount.to_string()),
		("EXABITS_DEVICES", devices.join("|")),
		("EXABITS_START_SLOT", lease.start.to_string()),
		("EXABITS_END_SLOT", lease.end.to_string()),
		("EXABITS_WORKLOAD", workload.into()),
		("EXABITS_WORKLOAD_HEX", hex::encode(&lease.workload)),
		("EXABITS_ACCESS_KEY", hex::encode(lease.access_key)),
	]
}

/// Waits for the child while reading what it prints.
async fn output(child: &mut Child) -> Result<Vec<u8>, HookError> {
	let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
	let (mut printed, mut report) = (Vec::new(), Vec::new());
	let status = loop {
		tokio::select! {
			more = read(&mut stdout, &mut printed) => {
				more.map_err(HookError::Follow)?;
				if printed.len() > MAX_OUTPUT {
					return Err(HookError::TooLong);
				}
			},
			more = read(&mut stderr, &mut report) => {
				more.map_err(HookError::Follow)?;
				report.drain(..report.len().saturating_sub(MAX_REPORT));
			},
			status = child.wait() => break status.map_err(HookError::Follow)?,
		}
	};
	let rest = async {
		while stdout.is_some() && printed.len() <= MAX_OUTPUT {
			read(&mut stdout, &mut printed).await?;
		}
		while stderr.is_some() {
			read(&mut stderr, &mut report).await?;
			report.drain(..report.len().saturating_sub(MAX_REPORT));
		}
		Ok(())
	};
	if let Ok(rest) = tokio::time::timeout(GRACE, rest).await {
		rest.map_err(HookError::Follow)?;
	}
	if !status.success() {
		return Err(HookError::Status { status, report: one_line(&report) });
	}
	match printed.len() > MAX_OUTPUT {
		true => Err(HookError::TooLong),
		false => Ok(printed),
	}
}

/// Reads once, and forgets the pipe at its end; a forgotten pipe is never ready.
async fn read(pipe: &mut Option<impl AsyncRead + Unpin>, into: &mut Vec<u8>) -> std::io::Result<()> {
	let Some(open) = pipe else { return std::future::pending().await };
	let mut buffer = [0; 1024];
	match open.read(&mut buffer).await? {
		0 => *pipe = None,
		n => into.extend(buffer.iter().take(n)),
	}
	Ok(())
}

/// The end of what a hook complained of, fit for one line of the log.
fn one_line(report: &[u8]) -> String {
	let text = String::from_utf8_lossy(report);
	let text: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
	let mut line = String::new();
	if !text.is_empty() {
		let _ = write!(line, ": {text}");
	}
	line
}

/// The process group of a hook, killed when dropped.
struct Group(Option<Pid>);

impl Group {
	fn of(child: &Child) -> Self {
		Self(child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?)))
	}

	fn release(&mut self) {
		self.0 = None;
	}
}

impl Drop for Group {
	fn drop(&mut self) {
		if let Some(pid) = self.0 {
			// It may have ended by itself.
			let _ = kill_process_group(pid, Signal::KILL);
		}
	}
}
