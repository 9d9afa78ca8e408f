//! What each command does.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	preflight,
	service::{self, Parts},
};
use sc_cli::SubstrateCli;
use std::path::Path;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Exabits Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		"A blockchain on which compute is an asset: validator, anchoring node and service node.".into()
	}

	fn author() -> String {
		"The Exabits developers".into()
	}

	fn support_url() -> String {
		"the project's issue tracker".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(match id {
			"dev" => Box::new(chain_spec::development()?),
			"" | "local" => Box::new(chain_spec::local()?),
			path if !Path::new(path).is_file() => {
				return Err(format!("the chain {path} is neither \"dev\" nor \"local\" nor a file"))
			}
			path => {
				// The genesis is otherwise read only when the chain is opened.
				let spec = chain_spec::ChainSpec::from_json_file(path.into())
					.and_then(|spec| sc_service::ChainSpec::as_json(&spec, false).map(|_| spec))
					.map_err(|error| format!("chain specification {path}: {error}"))?;
				Box::new(spec)
			}
		})
	}
}

/// Runs the command line.
pub fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();
	match &cli.subcommand {
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::ExportChainSpec(cmd)) => {
			let chain_spec = cli.load_spec(&cmd.chain)?;
			cmd.run(chain_spec)
		}
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Parts { client, task_manager, import_queue, .. } = service::parts(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Parts { client, task_manager, .. } = service::parts(&config)?;
			Ok((cmd.run(client, config.database), task_manager))
		}),
		Some(Subcommand::ExportState(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Parts { client, task_manager, .. } = service::parts(&config)?;
			Ok((cmd.run(client, config.chain_spec), task_manager))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Parts { client, task_manager, import_queue, .. } = service::parts(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => {
			let runner = cli.create_runner(cmd)?;
			runner.sync_run(|config| cmd.run(config.database))
		}
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Parts { client, task_manager, backend, .. } = service::parts(&config)?;
			let aux_revert = Box::new(|client: std::sync::Arc<service::Client>, backend, blocks| {
				sc_consensus_babe::revert(client.clone(), backend, blocks)?;
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			});
			Ok((cmd.run(client, backend, Some(aux_revert)), task_manager))
		}),
		Some(Subcommand::ChainInfo(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run::<exabits_runtime::opaque::Block>(&config))
		}
		#[cfg(feature = "runtime-benchmarks")]
		Some(Subcommand::Benchmark(cmd)) => {
			cmd.run_with_spec::<sp_runtime::traits::HashingFor<exabits_runtime::opaque::Block>, ()>(None)
		}
		None => {
			let mut runner = cli.create_runner(&cli.run)?;
			preflight::check(runner.config_mut(), &cli.roles)?;
			runner.run_node_until_exit(|mut config| async move {
				if !cli.roles.roles.is_empty() {
					// The roles hand their results to off-chain workers, which otherwise only authorities run.
					config.offchain_worker.enabled = true;
				}
				service::start(config, cli.roles).map_err(sc_cli::Error::Service)
			})
		}
	}
}
