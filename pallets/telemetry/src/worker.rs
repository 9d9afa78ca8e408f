//! The off-chain worker: finds reports that the node has written, signs and submits them.

use crate::{Call, Config, Pallet, Refusal};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use exabits_primitives::{
	keys::machine, local, Classes, Clock, MachineId, Machines, TelemetryReport, WindowIndex,
};
use frame_support::ensure;
use frame_system::{offchain::SubmitTransaction, pallet_prelude::BlockNumberFor};
use sp_runtime::{
	offchain::storage::{MutateStorageError, StorageRetrievalError, StorageValueRef},
	traits::Saturating,
	RuntimeAppPublic,
};

/// Blocks that the worker waits for a report to be included before it submits it again.
pub(crate) const RETRY_AFTER: u32 = 5;

/// The worker's lock on a machine, in the off-chain local storage: what it submitted last.
#[derive(Encode, Decode, Clone, PartialEq, Eq, Debug)]
struct Submitted<BlockNumber> {
	/// The window reported.
	window: WindowIndex,
	/// The block at which it was submitted.
	at: BlockNumber,
}

/// Why there was nothing to submit for a key, or why that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Skipped {
	/// No machine is registered under the key.
	NoMachine,
	/// No window has ended.
	NoWindow,
	/// The node has written no report for the window.
	NoReport,
	/// What is stored is no report for the window.
	Unreadable,
	/// The chain would not accept the report.
	Refused(Refusal),
	/// The report was submitted a few blocks ago.
	Waiting,
	/// Another worker is at it.
	Locked,
	/// The keystore did not sign.
	NotSigned,
	/// The pool did not take the transaction.
	NotSubmitted,
}

fn lock_key(machine: MachineId) -> Vec<u8> {
	(b"exabits/report-submitted", machine).encode()
}

impl<T: Config> Pallet<T> {
	/// Submits what there is to submit for each machine key of this node.
	pub(crate) fn submit_reports(block: BlockNumberFor<T>) {
		for key in machine::Id::all() {
			match Self::submit_report(&key, block) {
				Ok((machine, window)) => {
					log::info!(target: "runtime::telemetry", "Reported window {window} of machine {machine}.")
				}
				Err(skipped) => {
					log::debug!(target: "runtime::telemetry", "No report for {key:?}: {skipped:?}.")
				}
			}
		}
	}

	/// Submits the report of the last window that has ended, unless it is on chain or on its way.
	pub(crate) fn submit_report(
		key: &machine::Id,
		block: BlockNumberFor<T>,
	) -> Result<(MachineId, WindowIndex), Skipped> {
		let machine = T::Machines::by_key(key).ok_or(Skipped::NoMachine)?;
		let window_slots = T::Machines::machine(machine)
			.and_then(|info| T::Classes::class(info.class))
			.map(|class| class.window_slots)
			.ok_or(Skipped::NoMachine)?;
		let current = WindowIndex::at(T::Clock::now(), window_slots);
		let window = current.0.checked_sub(1).map(WindowIndex).ok_or(Skipped::NoWindow)?;
		let report = StorageValueRef::persistent(&local::report_key(key, window))
			.get::<TelemetryReport>()
			.map_err(|_| Skipped::Unreadable)?
			.ok_or(Skipped::NoReport)?;
		ensure!(report.window == window, Skipped::Unreadable);
		Self::examine(machine, &report).map_err(Skipped::Refused)?;
		Self::locked(machine, window, block, || {
			let signature = key.sign(&Self::payload(machine, &report)).ok_or(Skipped::NotSigned)?;
			let call = Call::report { machine, report, signature };
			let transaction = T::create_authorized_transaction(call.into());
			SubmitTransaction::<T, Call<T>>::submit_transaction(transaction)
				.map_err(|()| Skipped::NotSubmitted)
		})?;
		Ok((machine, window))
	}

	/// Runs `submit` unless it was run for this machine and window within the last [`RETRY_AFTER`] blocks.
	fn locked(
		machine: MachineId,
		window: WindowIndex,
		block: BlockNumberFor<T>,
		submit: impl FnOnce() -> Result<(), Skipped>,
	) -> Result<(), Skipped> {
		let key = lock_key(machine);
		let lock = StorageValueRef::persistent(&key);
		lock.mutate(|last: Result<Option<Submitted<BlockNumberFor<T>>>, StorageRetrievalError>| match last {
			Ok(Some(last)) if last.window == window && last.at.saturating_add(RETRY_AFTER.into()) > block => {
				Err(Skipped::Waiting)
			}
			_ => Ok(Submitted { window, at: block }),
		})
		.map_err(|error| match error {
			MutateStorageError::ValueFunctionFailed(skipped) => skipped,
			MutateStorageError::ConcurrentModification(_) => Skipped::Locked,
		})?;
		let result = submit();
		if result.is_err() {
			let mut lock = lock;
			lock.clear();
		}
		result
	}
}
