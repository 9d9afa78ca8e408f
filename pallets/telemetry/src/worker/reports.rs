//! Finds reports that the node has written, signs and submits them.

use super::{Skipped, LOG, RETRY_REPORT};
use crate::{Call, Config, Pallet};
use exabits_primitives::{
	keys::machine,
	local::{report_key, WindowReport},
	Classes, Clock, MachineId, Machines, WindowIndex,
};
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{offchain::storage::StorageValueRef, RuntimeAppPublic};

impl<T: Config> Pallet<T> {
	/// Submits what there is to submit for each machine key of this node.
	pub(crate) fn submit_reports(block: BlockNumberFor<T>) {
		for key in machine::Id::all() {
			match Self::submit_report(&key, block) {
				Ok((machine, window)) => {
					log::info!(target: LOG, "Reported window {window} of machine {machine}.")
				}
				Err(skipped) => log::debug!(target: LOG, "No report for {key:?}: {skipped:?}."),
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
		let WindowReport { report, devices } = StorageValueRef::persistent(&report_key(key, window))
			.get()
			.map_err(|_| Skipped::Unreadable)?
			.ok_or(Skipped::NoReport)?;
		ensure!(report.window == window, Skipped::Unreadable);
		Self::examine(machine, &report, &devices).map_err(Skipped::Refused)?;
		Self::locked((b"exabits/report-submitted", machine), window, block, RETRY_REPORT, || {
			let payload = Self::payload(machine, &report, &devices);
			let signature = key.sign(&payload).ok_or(Skipped::NotSigned)?;
			Self::send(Call::report { machine, report, devices, signature })
		})?;
		Ok((machine, window))
	}
}
