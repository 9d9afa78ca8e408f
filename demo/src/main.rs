//! Plays the main job of the chain on a development network of this machine.

mod network;
mod report;
mod story;

use anyhow::{Context, Result};
use clap::Parser;
use std::{path::PathBuf, process::ExitCode};

/// Plays the main job of the chain, with real transactions, on a development network that it starts itself.
#[derive(Parser)]
struct Args {
	/// Folder of the project's binaries.
	#[arg(long)]
	bin: PathBuf,
	/// Folder for logs and databases; it must not exist.
	#[arg(long)]
	run: PathBuf,
	/// Write the results as JSON to this file.
	#[arg(long)]
	json: Option<PathBuf>,
	/// Export the chain's last state to this file.
	#[arg(long)]
	state: Option<PathBuf>,
}

async fn play(args: &Args, report: &mut report::Report) -> Result<()> {
	std::fs::create_dir(&args.run).with_context(|| format!("cannot make {}", args.run.display()))?;
	let places = network::Places { bin: args.bin.canonicalize()?, run: args.run.canonicalize()? };
	let story = story::Story::start(&places, report).await?;
	story.tell(args.state.as_deref()).await
}

#[tokio::main]
async fn main() -> ExitCode {
	let args = Args::parse();
	let mut report = report::Report::default();
	// Dropping the story ends the processes that it started.
	let outcome = tokio::select! {
		outcome = play(&args, &mut report) => outcome,
		_ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
	};
	if let Err(error) = outcome {
		eprintln!("\nfailed in step \"{}\": {error:#}", report.current());
		eprintln!("logs: {}", args.run.display());
		return ExitCode::FAILURE;
	}
	report.table();
	if let Some(file) = &args.json {
		if let Err(error) = std::fs::write(file, format!("{:#}\n", report.json())) {
			eprintln!("cannot write {}: {error}", file.display());
			return ExitCode::FAILURE;
		}
	}
	ExitCode::SUCCESS
}
