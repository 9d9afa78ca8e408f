//! The command for those who have no node of their own.

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use codec::Encode;
use exabits_client::{moves, Client};
use exabits_primitives::{ClassId, TemplateId, UtcKey, WindowIndex};
use exabits_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent, EXA};
use frame_support::BoundedVec;
use pallet_rfl::moves::Snapshot;
use sp_core::{sr25519, Pair};
use std::process::ExitCode;

/// Talks to a node of the Exabits chain.
#[derive(Parser)]
#[command(version)]
struct Cli {
	/// The node's RPC.
	#[arg(long, global = true, default_value = "ws://127.0.0.1:9944")]
	url: String,
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Searches better places for leases that have not started.
	Moves(Moves),
}

#[derive(Args)]
struct Moves {
	/// The class.
	#[arg(long)]
	class: u32,
	/// The SLA template.
	#[arg(long)]
	template: u32,
	/// The window.
	#[arg(long)]
	window: u32,
	/// The most moves.
	#[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100))]
	limit: u32,
	/// Sign and submit the moves with this secret.
	#[arg(long)]
	suri: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
	let cli = Cli::parse();
	let done = match &cli.command {
		Command::Moves(args) => find_moves(&cli.url, args).await,
	};
	match done {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error:#}");
			ExitCode::FAILURE
		}
	}
}

async fn find_moves(url: &str, args: &Moves) -> Result<()> {
	let signer = args
		.suri
		.as_deref()
		.map(|suri| sr25519::Pair::from_string(suri, None).context("--suri is no secret"))
		.transpose()?;
	let key = UtcKey {
		class: ClassId(args.class),
		template: TemplateId(args.template),
		window: WindowIndex(args.window),
	};
	let client = Client::connect(url).await?;
	let snapshot: Option<Snapshot<AccountId>> = client.call("MovesApi_snapshot", &key).await?;
	let snapshot = snapshot.with_context(|| format!("there is no class {}", args.class))?;
	let found = moves::search(&snapshot, args.limit.try_into()?);
	println!("{} machines, {} leases", snapshot.machines.len(), snapshot.leases.len());
	if found.is_empty() {
		println!("no moves that win {} micro-devices each", snapshot.gain);
		return Ok(());
	}
	println!("{:>10} {:>10}  devices", "lease", "to");
	for step in &found {
		let devices: Vec<_> =
			step.taken.pairs().iter().map(|(device, milli)| format!("{device}:{milli}")).collect();
		println!("{:>10} {:>10}  {}", step.lease.0, step.machine.0, devices.join("|"));
	}
	let call = RuntimeCall::from(pallet_rfl::Call::<Runtime>::improve {
		key,
		moves: BoundedVec::truncate_from(found),
	});
	let Some(signer) = signer else {
		println!("call: 0x{}", hex::encode(call.encode()));
		return Ok(());
	};
	let events = client.submit(&signer, call).await?;
	let bounty = events.iter().fold(0u128, |sum, event| match event {
		RuntimeEvent::Utc(pallet_utc::Event::BountyPaid { amount, .. }) => sum.saturating_add(*amount),
		_ => sum,
	});
	println!("submitted; bounty {}.{:06} EXA", bounty / EXA, bounty % EXA / (EXA / 1_000_000));
	Ok(())
}
