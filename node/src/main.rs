//! The Exabits node: a validator, an anchoring node, a service node, or any combination.

mod chain_spec;
mod cli;
mod command;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
	command::run()
}
