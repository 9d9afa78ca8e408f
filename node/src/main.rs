//! The Exabits node: a validator, an anchoring node, a service node, or any combination.

// The SDK's error types are as large as they are.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod command;
mod preflight;
mod rpc;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		}
	}
}
