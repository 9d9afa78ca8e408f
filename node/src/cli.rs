//! The command line.

use clap::{Args, Parser, ValueEnum};
use sc_cli::RunCmd;
use std::{net::SocketAddr, path::PathBuf, time::Duration};

/// A blockchain on which compute is an asset.
#[derive(Debug, Parser)]
#[command(propagate_version = true, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Cli {
	/// What to do instead of running the node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,
	#[allow(missing_docs)]
	#[clap(flatten)]
	pub run: RunCmd,
	#[allow(missing_docs)]
	#[clap(flatten)]
	pub roles: Roles,
}

/// What the node does besides following the chain, and besides `--validator`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum RoleArg {
	/// Measure the machines that committees assign to this node's anchor key.
	Anchor,
	/// Offer this host as a machine: answer probes, provision leases, report telemetry.
	Service,
}

/// Options of the anchor and service roles.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Roles")]
pub struct Roles {
	/// A role of this node; may be given more than once.
	#[arg(long = "role", value_enum, value_name = "ROLE")]
	pub roles: Vec<RoleArg>,

	/// Anchor: measure machines at private and loopback addresses too. Development chains only.
	#[arg(long)]
	pub allow_local_machines: bool,

	/// Service: address on which probes are answered.
	#[arg(long, value_name = "IP:PORT", default_value = "0.0.0.0:40333")]
	pub probe_address: SocketAddr,

	/// Service: program that provisions a lease, and releases it at its end. The lease is in its environment;
	/// what it prints is the tenant's access. Success acknowledges the lease on chain.
	#[arg(long, value_name = "PATH")]
	pub provision_hook: Option<PathBuf>,

	/// Service: how long the hook may take, in seconds.
	#[arg(long, value_name = "SECONDS", default_value = "60", value_parser = parse_seconds)]
	pub hook_timeout: Duration,

	/// Service: memory that the compute challenge of one device may take on this host, in MiB, where the processor
	/// computes it.
	#[arg(long, value_name = "MIB", default_value_t = 1_024, value_parser = clap::value_parser!(u64).range(1..=1_048_576))]
	pub challenge_memory: u64,

	/// Service: what computes the compute challenges of this host's devices.
	#[arg(long, value_enum, value_name = "ENGINE", default_value = "auto")]
	pub challenge_engine: ChallengeEngine,

	/// Service: the telemetry collector. By default the program next to the node.
	#[arg(long, value_name = "PATH")]
	pub telemetry_collector: Option<PathBuf>,

	/// Service: where samples come from.
	#[arg(long, value_enum, value_name = "SOURCE", default_value = "auto")]
	pub telemetry_source: TelemetrySource,

	/// Service: the NVML library. By default the system's.
	#[arg(long, value_name = "PATH")]
	pub nvml_library: Option<PathBuf>,

	/// Service: time between two samples, in milliseconds.
	#[arg(long, value_name = "MILLISECONDS", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(100..=60_000))]
	pub telemetry_interval: u64,
}

/// What computes compute challenges.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ChallengeEngine {
	/// NVIDIA GPUs where the driver shows any that work, else the processor.
	Auto,
	/// NVIDIA GPUs; without any the node does not start.
	Cuda,
	/// The processor.
	Cpu,
}

/// Where telemetry samples come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum TelemetrySource {
	/// NVML where its library loads, else the host.
	Auto,
	/// NVML; a missing library is an error.
	Nvml,
	/// The host's processor and memory.
	Host,
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
	match text.parse::<u64>() {
		Ok(seconds @ 1..=3_600) => Ok(Duration::from_secs(seconds)),
		_ => Err("must be a whole number of seconds from 1 to 3600".into()),
	}
}

/// What to do instead of running the node.
#[derive(Debug, clap::Subcommand)]
#[allow(missing_docs, clippy::large_enum_variant)]
pub enum Subcommand {
	/// Manage keys: generate, insert, inspect.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Write a chain specification to a file.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Validate blocks.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Export blocks.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Export the state of a block as a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Import blocks.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove the whole chain.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Revert the chain to an earlier state.
	Revert(sc_cli::RevertCmd),

	/// Show the database's meta columns.
	ChainInfo(sc_cli::ChainInfoCmd),

	/// Measure the weights of a pallet's calls.
	#[cfg(feature = "runtime-benchmarks")]
	Benchmark(frame_benchmarking_cli::PalletCmd),
}
