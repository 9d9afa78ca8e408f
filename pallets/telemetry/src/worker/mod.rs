//! The off-chain worker: reports windows and shows samples for the machines whose keys are in this node's keystore, and
//! demands samples for its anchors.

mod demands;
mod openings;
mod reports;

use crate::{Call, Config, Pallet, Refusal};
use codec::{Decode, Encode};
use exabits_primitives::WindowIndex;
use frame_system::{offchain::SubmitTransaction, pallet_prelude::BlockNumberFor};
use sp_runtime::{
	offchain::storage::{MutateStorageError, StorageRetrievalError, StorageValueRef},
	traits::Saturating,
};

#[cfg(test)]
pub(crate) use demands::{lottery, ATTEMPT_SLOTS};

/// Blocks that the worker waits for a report to be included before it submits it again.
pub(crate) const RETRY_REPORT: u32 = 5;
/// The same for demands and openings, whose time runs.
pub(crate) const RETRY_AUDIT: u32 = 2;

/// Target of log lines.
const LOG: &str = "runtime::telemetry";

/// The worker's lock, in the off-chain local storage: what it submitted last.
#[derive(Encode, Decode, Clone, PartialEq, Eq, Debug)]
struct Submitted<BlockNumber> {
	/// The window that it was about.
	window: WindowIndex,
	/// The block at which it was submitted.
	at: BlockNumber,
}

/// Why there was nothing to submit, or why that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Skipped {
	/// No machine is registered under the key.
	NoMachine,
	/// No window has ended.
	NoWindow,
	/// The node has written no report for the window.
	NoReport,
	/// The node does not have the samples that were reported.
	NoSamples,
	/// No sample is demanded.
	NotDemanded,
	/// What is stored is no report for the window.
	Unreadable,
	/// The chain would not accept it.
	Refused(Refusal),
	/// It was submitted a few blocks ago.
	Waiting,
	/// Another worker is at it.
	Locked,
	/// The keystore did not sign.
	NotSigned,
	/// The pool did not take the transaction.
	NotSubmitted,
}

impl<T: Config> Pallet<T> {
	fn send(call: Call<T>) -> Result<(), Skipped> {
		let transaction = T::create_authorized_transaction(call.into());
		SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).map_err(|()| Skipped::NotSubmitted)
	}

	/// Runs `submit` unless it was run under this lock and for this window within the last `retry` blocks.
	fn locked(
		lock: impl Encode,
		window: WindowIndex,
		block: BlockNumberFor<T>,
		retry: u32,
		submit: impl FnOnce() -> Result<(), Skipped>,
	) -> Result<(), Skipped> {
		let key = lock.encode();
		let lock = StorageValueRef::persistent(&key);
		lock.mutate(|last: Result<Option<Submitted<BlockNumberFor<T>>>, StorageRetrievalError>| match last {
			Ok(Some(last)) if last.window == window && last.at.saturating_add(retry.into()) > block => {
				Err(Skipped::Waiting)
			}
			_ => Ok(Submitted { window, at: block }),
		})
		.map_err(|error| match error {
			MutateStorageError::ValueFunctionFailed(skipped) => skipped,
			MutateStorageError::ConcurrentModification(_) => Skipped::Locked,
		})?;
		let mut lock = lock;
		submit().inspect_err(|_| lock.clear())
	}
}
