//! Accepting a report.

use crate::{is_well_formed, timely, Config, Error, Event, Pallet, Record, Refusal, Reports};
use alloc::vec::Vec;
use exabits_primitives::{
	keys::{self, machine},
	Classes, Clock, MachineId, MachineState, Machines, Slot, TelemetryReport, WindowIndex,
};
use frame_support::{pallet_prelude::*, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Zero, transaction_validity::TransactionValidityWithRefund, RuntimeAppPublic};

/// A report that only lacks a valid signature.
pub(crate) struct Acceptable {
	/// The key that must have signed it.
	pub key: machine::Id,
	/// The first slot in which it is too old.
	pub expires: Slot,
}

impl<T: Config> Pallet<T> {
	/// What a machine's key signs to authorise a report.
	pub fn payload(machine: MachineId, report: &TelemetryReport) -> Vec<u8> {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		keys::payload(genesis, b"telemetry/report", (machine, report))
	}

	/// Everything that is asked of a report except its signature, cheapest first.
	pub(crate) fn examine(machine: MachineId, report: &TelemetryReport) -> Result<Acceptable, Refusal> {
		ensure!(is_well_formed(&report.summary), Refusal::Malformed);
		let latest = Reports::<T>::get(machine).map(|record| record.report.window);
		let info = T::Machines::machine(machine).ok_or(Refusal::UnknownMachine)?;
		ensure!(info.state != MachineState::Retired, Refusal::Retired);
		let class = T::Classes::class(info.class).ok_or(Refusal::UnknownMachine)?;
		let current = WindowIndex::at(T::Clock::now(), class.window_slots);
		let back = T::ReportWindows::get();
		timely(report.window, current, back, latest)?;
		let last = WindowIndex(report.window.0.saturating_add(back));
		Ok(Acceptable { key: info.key, expires: last.end(class.window_slots) })
	}

	/// Lets a report into the pool and into blocks.
	pub(crate) fn authorize_report(
		_source: TransactionSource,
		machine: &MachineId,
		report: &TelemetryReport,
		signature: &machine::Signature,
	) -> TransactionValidityWithRefund {
		let Acceptable { key, expires } =
			Self::examine(*machine, report).map_err(InvalidTransaction::from)?;
		if !key.verify(&Self::payload(*machine, report), signature) {
			return Err(InvalidTransaction::BadProof.into());
		}
		ValidTransaction::with_tag_prefix("ExabitsTelemetry")
			.priority(T::UnsignedPriority::get())
			.and_provides((machine, report.window))
			// A block takes at least one slot, so that it may not stay longer than it is good for.
			.longevity(expires.saturating_sub(T::Clock::now()).max(1))
			.propagate(true)
			.build()
			.map(|valid| (valid, Weight::zero()))
	}

	/// Stores a report.
	pub(crate) fn do_report(machine: MachineId, report: TelemetryReport) -> DispatchResult {
		Self::examine(machine, &report).map_err(Error::<T>::from)?;
		// Only a statistic: it may stop at its largest number.
		let count = Reports::<T>::get(machine).map_or(0, |record| record.count).saturating_add(1);
		Reports::<T>::insert(machine, Record { report, received: T::Clock::now(), count });
		Self::deposit_event(Event::TelemetryReported {
			machine,
			window: report.window,
			root: report.root,
			samples: report.summary.samples,
		});
		Ok(())
	}
}
