//! The collector: prints what it measures, one line of JSON per sample.

use clap::Parser;
use exabits_telemetry::{source, Choice, Message};
use std::{
	io::{self, Read, Write},
	path::PathBuf,
	process::{self, ExitCode},
	thread,
	time::{Duration, Instant},
};

/// Samples in a row that may fail before the collector gives up.
const MAX_FAILURES: u32 = 5;
/// How long the exit handlers of a loaded library may take.
const EXIT_WITHIN: Duration = Duration::from_secs(2);

/// Measures this machine's devices and prints one line of JSON per sample.
#[derive(Parser)]
#[command(version)]
struct Cli {
	/// What to measure.
	#[arg(long, value_enum, default_value_t = Choice::Auto)]
	source: Choice,
	/// NVML's library, for another than the system's.
	#[arg(long, value_name = "PATH")]
	nvml_library: Option<PathBuf>,
	/// Time from sample to sample, in milliseconds.
	#[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(10..=3_600_000))]
	interval_ms: u64,
	/// Samples to take; 0 goes on until standard input closes.
	#[arg(long, value_name = "N", default_value_t = 0)]
	samples: u64,
	/// Print what there is to measure, and no samples.
	#[arg(long)]
	inventory: bool,
}

fn main() -> ExitCode {
	match run(&Cli::parse()) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			complain(&format!("{error:#}"));
			ExitCode::FAILURE
		}
	}
}

fn run(cli: &Cli) -> anyhow::Result<()> {
	let endless = cli.samples == 0 && !cli.inventory;
	if endless {
		// Before anything of a library runs: it may hang at once.
		leave_with_parent();
	}
	let (mut source, instead) = source::open(cli.source, cli.nvml_library.as_deref())?;
	if let Some(reason) = instead {
		complain(&format!("measuring the host: {reason}"));
	}
	if !print(&Message::Inventory(source.inventory().clone()))? || cli.inventory {
		return Ok(());
	}
	let interval = Duration::from_millis(cli.interval_ms);
	let (mut taken, mut failures) = (0u64, 0u32);
	let mut next = Instant::now();
	while endless || taken < cli.samples {
		thread::sleep(next.saturating_duration_since(Instant::now()));
		let sample = source.sample();
		// A late sample is not made up for, and the one after it never follows so closely that the two could
		// have the same time.
		next = (next + interval).max(Instant::now() + interval / 4);
		match sample {
			Ok(sample) => {
				failures = 0;
				taken = taken.saturating_add(1);
				if !print(&Message::Sample(sample))? {
					return Ok(());
				}
			}
			Err(error) => {
				failures = failures.saturating_add(1);
				if failures >= MAX_FAILURES {
					anyhow::bail!("{MAX_FAILURES} samples in a row failed: {error}");
				}
				complain(&format!("sample left out: {error}"));
			}
		}
	}
	Ok(())
}

/// Prints one line at once; false when nobody reads any more.
fn print(message: &Message) -> anyhow::Result<bool> {
	let mut line = serde_json::to_string(message)?;
	line.push('\n');
	let mut out = io::stdout().lock();
	match out.write_all(line.as_bytes()).and_then(|()| out.flush()) {
		Ok(()) => Ok(true),
		Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
		Err(error) => Err(error.into()),
	}
}

/// One line on standard error, also when nobody reads it any more.
fn complain(what: &str) {
	let line = what.replace(char::is_control, " ");
	let _ = writeln!(io::stderr(), "exabits-telemetry: {line}");
}

/// Ends the process when standard input closes, as it does when the parent dies, whatever else it does then.
fn leave_with_parent() {
	thread::spawn(|| {
		let mut ignored = [0; 256];
		// What is written there has no meaning; the end or an error means that nobody is there.
		while io::stdin().read(&mut ignored).is_ok_and(|read| read > 0) {}
		thread::spawn(|| {
			thread::sleep(EXIT_WITHIN);
			process::abort()
		});
		complain("standard input closed");
		process::exit(0)
	});
}
