//! The command for those who have no node of their own.

use anyhow::{ensure, Context, Result};
use clap::{Args, Parser, Subcommand};
use codec::Encode;
use exabits_client::{
	maker, moves,
	simulate::{self, Wallet},
	speed::{self, Measured, Scale},
	Client,
};
use exabits_primitives::{ClassId, TemplateId, UtcId, UtcKey, WindowIndex};
use exabits_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent, EXA};
use frame_support::BoundedVec;
use pallet_rfl::moves::Snapshot;
use sp_core::{sr25519, Pair};
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// Talks to a node of the Exabits chain.
#[derive(Parser)]
#[command(version)]
struct Cli {
	/// The node's RPC; that of a market maker is in its config file.
	#[arg(long, global = true, default_value = "ws://127.0.0.1:9944")]
	url: String,
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Searches better places for leases that have not started.
	Moves(Moves),
	/// Quotes both sides of batch auctions around what the chain quotes for the compute, as a config file says.
	Maker(MakerArgs),
	/// Lets many traders that a seed determines trade on a development chain, for load and for tests.
	///
	/// It opens a market with the chain's sudo key, or uses one that the account has UTC of. The traders' accounts
	/// follow from the secret and the seed; what is left returns to the account.
	Simulate(SimulateArgs),
	/// Compares orders with balance transfers, by the time that a node takes to execute blocks full of them.
	///
	/// Only for a development chain of one's own: it opens markets with the sudo key.
	Speed(Speed),
}

#[derive(Args)]
struct MakerArgs {
	/// The config file; client/maker.example.toml explains one.
	#[arg(long)]
	config: PathBuf,
	/// Look at the markets once, and end.
	#[arg(long)]
	once: bool,
	/// Print what it would do, and send nothing.
	#[arg(long)]
	dry_run: bool,
}

#[derive(Args)]
struct SimulateArgs {
	/// Traders.
	#[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
	traders: u32,
	/// Orders that they place together.
	#[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
	orders: u32,
	/// Determines what they do.
	#[arg(long, default_value_t = 0)]
	seed: u64,
	/// The market. Without it a new one is opened.
	#[arg(long)]
	utc: Option<u32>,
	/// The secret of the account that gives the traders what they trade with.
	#[arg(long, default_value = "//Alice")]
	suri: String,
	/// The longest that it may take, in seconds.
	#[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=86_400))]
	limit: u64,
	/// Also where the URL does not lead to this machine.
	#[arg(long)]
	remote: bool,
}

#[derive(Args)]
struct Speed {
	/// Accounts that send.
	#[arg(long, default_value_t = 512, value_parser = clap::value_parser!(u32).range(2..=10_000))]
	accounts: u32,
	/// Markets, each of which gets an order of each account per round.
	#[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=16))]
	markets: u32,
	/// Rounds of transfers and of orders.
	#[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=16))]
	rounds: u32,
	/// The least orders per second, in parts of transfers per second, with which this succeeds.
	#[arg(long, default_value_t = 0.6)]
	least: f64,
	/// The sudo key's secret.
	#[arg(long, default_value = "//Alice")]
	suri: String,
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
		Command::Maker(args) => make_markets(args).await,
		Command::Simulate(args) => simulate_traders(&cli.url, args).await,
		Command::Speed(args) => compare(&cli.url, args).await,
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

async fn make_markets(args: &MakerArgs) -> Result<()> {
	let config = maker::config::Config::read(&args.config)?;
	maker::run(&config, maker::Options { once: args.once, dry_run: args.dry_run }).await
}

async fn simulate_traders(url: &str, args: &SimulateArgs) -> Result<()> {
	if !args.remote {
		simulate::ensure_loopback(url)?;
	}
	let funder = Wallet::of(&args.suri).context("--suri")?;
	let client = Client::connect(url).await?;
	let options = simulate::Options {
		traders: args.traders,
		orders: args.orders,
		seed: args.seed,
		money: simulate::money_for(args.orders.div_ceil(args.traders)),
		utc: args.utc.map(UtcId),
		limit: Duration::from_secs(args.limit),
	};
	let totals = simulate::run(&client, &funder, options).await?;
	println!("{:<30} {:>10}", "sent", totals.sent);
	println!("{:<30} {:>10}", "succeeded", totals.succeeded);
	for (what, reasons) in [("failed", &totals.failed), ("refused", &totals.refused)] {
		for (reason, count) in reasons {
			println!("{:<30} {count:>10}", format!("{what}: {reason}"));
		}
	}
	println!("{:<30} {:>10}", "orders placed", totals.orders);
	println!("{:<30} {:>10} milli-devices", "traded in the auction", totals.traded);
	println!("{:<30} {:>10} milli-devices", "bought from listings", totals.bought);
	println!("{:<30} {:>10.1} per second of wall", "orders", per_second(totals.orders, totals.wall));
	match totals.execution {
		Some(time) => println!(
			"{:<30} {:>10.0} per second of block execution",
			"orders",
			per_second(totals.orders, time)
		),
		None => println!("the node no longer has the states on which its blocks were executed"),
	}
	let conserved = if totals.conserved {
		"nothing was created or lost"
	} else {
		"others traded meanwhile: not checked whether anything was created or lost"
	};
	println!("{conserved}: {} blocks, seed {}", totals.blocks, args.seed);
	Ok(())
}

fn per_second(count: u64, time: Duration) -> f64 {
	count as f64 / time.as_secs_f64()
}

async fn compare(url: &str, args: &Speed) -> Result<()> {
	simulate::ensure_loopback(url)?;
	let funder = Wallet::of(&args.suri).context("--suri")?;
	let client = Client::wait(url).await?;
	let scale = Scale { accounts: args.accounts, markets: args.markets, rounds: args.rounds };
	let speed = speed::measure(&client, &funder, scale).await?;
	println!(
		"{:<6} {:<10} {:>7} {:>7} {:>13} {:>11}",
		"round", "kind", "count", "blocks", "execution", "per second"
	);
	let row = |round: &str, kind: &str, measured: &Measured| {
		println!(
			"{round:<6} {kind:<10} {:>7} {:>7} {:>10.0} ms {:>11.0}",
			measured.count,
			measured.blocks,
			measured.time.as_secs_f64() * 1_000.0,
			measured.per_second()
		);
	};
	for (round, (transfers, orders)) in speed.transfers.iter().zip(&speed.orders).enumerate() {
		row(&(round + 1).to_string(), "transfers", transfers);
		row(&(round + 1).to_string(), "orders", orders);
	}
	let (transfers, orders) = (speed.all_transfers(), speed.all_orders());
	row("all", "transfers", &transfers);
	row("all", "orders", &orders);
	println!("{} batches traded {} milli-devices", speed.batches, speed.volume);
	println!(
		"market: {:.0} orders and {:.0} transfers per second of block execution, ratio {:.2}",
		orders.per_second(),
		transfers.per_second(),
		speed.ratio()
	);
	ensure!(speed.ratio() >= args.least, "the ratio is below {}", args.least);
	Ok(())
}
