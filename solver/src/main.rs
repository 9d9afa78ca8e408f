//! The solver's command.

use clap::{Args, Parser, Subcommand};
use exabits_solver::{check::check, replay, Line, Mode, Report, Trace};
use std::{path::PathBuf, process::ExitCode};

/// Searches placements and moves off-chain with the runtime's own code.
#[derive(Parser)]
#[command(version)]
struct Cli {
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Feeds a trace to the placement code and writes where every arrival went.
	Replay(Replay),
	/// Checks what a replay wrote against the trace, with books of its own.
	Check(Check),
}

#[derive(Args)]
struct Files {
	/// Machines: sn,cpu_milli,memory_mib,gpu,model.
	#[arg(long)]
	nodes: PathBuf,
	/// Requests in order: name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec.
	#[arg(long)]
	arrivals: PathBuf,
}

#[derive(Args)]
struct Replay {
	#[command(flatten)]
	files: Files,
	/// Where to write name,node,devices per arrival.
	#[arg(long)]
	out: PathBuf,
	/// Place by hints: a search over all machines instead of the bounded choice.
	#[arg(long)]
	solver: bool,
	/// Place by hints and make room with verified moves, at most one per ten placements.
	#[arg(long)]
	moves: bool,
}

#[derive(Args)]
struct Check {
	#[command(flatten)]
	files: Files,
	/// What the replay wrote.
	#[arg(long)]
	out: PathBuf,
}

fn main() -> ExitCode {
	let done = match Cli::parse().command {
		Command::Replay(args) => run(&args),
		Command::Check(args) => recheck(&args),
	};
	match done {
		Ok(()) => ExitCode::SUCCESS,
		Err(what) => {
			eprintln!("error: {what}");
			ExitCode::FAILURE
		}
	}
}

fn run(args: &Replay) -> Result<(), String> {
	let trace = Trace::read(&args.files.nodes, &args.files.arrivals).map_err(|error| error.to_string())?;
	let mode = match (args.moves, args.solver) {
		(true, _) => Mode::Moves,
		(false, true) => Mode::Hint,
		(false, false) => Mode::Bounded,
	};
	let (lines, report) = replay(&trace, mode).ok_or("the machines cannot be indexed")?;
	write(args, &trace, &lines)?;
	print(mode, &report);
	Ok(())
}

fn write(args: &Replay, trace: &Trace, lines: &[Line]) -> Result<(), String> {
	let text: String = lines.iter().map(|line| line.text(trace) + "\n").collect();
	std::fs::write(&args.out, text).map_err(|error| format!("{}: {error}", args.out.display()))
}

fn print(mode: Mode, report: &Report) {
	let arrivals = (report.placed + report.rejected).max(1) as f64;
	let mode = match mode {
		Mode::Bounded => "bounded",
		Mode::Hint => "hint",
		Mode::Moves => "moves",
	};
	println!("{:<28} {mode}", "choice");
	println!("{:<28} {:.2} %", "devices allocated", report.share());
	println!("{:<28} {}", "placed", report.placed);
	println!("{:<28} {}", "rejected", report.rejected);
	println!("{:<28} {}", "hint required", report.hints_required);
	println!(
		"{:<28} {} ({:.2} % of those that fit)",
		"though it fits",
		report.hints_that_fit,
		report.missed()
	);
	println!("{:<28} {}", "moves", report.moves);
	println!(
		"{:<28} {} at most, {:.1} in the mean",
		"items read",
		report.most.0,
		report.sums.0 as f64 / arrivals
	);
	println!(
		"{:<28} {} at most, {:.1} in the mean",
		"items written",
		report.most.1,
		report.sums.1 as f64 / arrivals
	);
	println!("{:<28} {:.2} ms", "longest search", report.longest_search.as_secs_f64() * 1e3);
	println!("{:<28} {:.0} times verifying", "solving for moves", report.solving_over_verifying());
	println!("{:<28} {:.2} s", "time", report.time.as_secs_f64());
}

fn recheck(args: &Check) -> Result<(), String> {
	let trace = Trace::read(&args.files.nodes, &args.files.arrivals).map_err(|error| error.to_string())?;
	let output =
		std::fs::read_to_string(&args.out).map_err(|error| format!("{}: {error}", args.out.display()))?;
	let (allocated, moves) =
		check(&trace, &output).map_err(|what| format!("{}: {what}", args.out.display()))?;
	let capacity: u64 = trace.nodes.iter().map(|node| u64::from(node.room.total())).sum();
	println!("devices allocated {:.2} %, moves {moves}", allocated as f64 * 100.0 / capacity.max(1) as f64);
	Ok(())
}
