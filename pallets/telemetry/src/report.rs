//! Accepting a report.

use crate::{
	is_ascending, is_well_formed, timely, Config, Error, Event, Pallet, Powers, Record, Refusal, Reports,
	Suspicion,
};
use alloc::vec::Vec;
use exabits_math::telemetry::plausibility::{counters_rise, energy_fits};
use exabits_primitives::{
	keys::{self, machine},
	telemetry::{DeviceId, DeviceIds},
	ClassInfo, Classes, Clock, MachineId, MachineInfo, MachineState, Machines, Slot, TelemetryReport,
	WindowIndex,
};
use frame_support::{pallet_prelude::*, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Zero, transaction_validity::TransactionValidityWithRefund, RuntimeAppPublic};

/// A report that only lacks a valid signature.
pub(crate) struct Acceptable<AccountId> {
	/// The machine, whose key must have signed it.
	pub machine: MachineInfo<AccountId>,
	/// Its class.
	pub class: ClassInfo,
	/// The report before it.
	pub latest: Option<Record>,
	/// The first slot in which it is too old.
	pub expires: Slot,
}

impl<T: Config> Pallet<T> {
	/// Binds what a key signs to this chain and to one of the pallet's calls.
	pub(crate) fn bind(call: &[u8], bound: impl Encode) -> Vec<u8> {
		keys::payload(frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()), call, bound)
	}

	/// What a machine's key signs to authorise a report.
	pub fn payload(machine: MachineId, report: &TelemetryReport, devices: &[DeviceId]) -> Vec<u8> {
		Self::bind(b"telemetry/report", (machine, report, devices))
	}

	/// A machine that is not retired, and its class.
	pub(crate) fn known(machine: MachineId) -> Result<(MachineInfo<T::AccountId>, ClassInfo), Refusal> {
		let info = T::Machines::machine(machine).ok_or(Refusal::UnknownMachine)?;
		ensure!(info.state != MachineState::Retired, Refusal::Retired);
		let class = T::Classes::class(info.class).ok_or(Refusal::UnknownMachine)?;
		Ok((info, class))
	}

	/// The end of the time in which a report of `window` is accepted, and samples of it are demanded.
	pub(crate) fn expires(window: WindowIndex, class: &ClassInfo) -> Slot {
		WindowIndex(window.0.saturating_add(T::ReportWindows::get())).end(class.window_slots)
	}

	/// Everything that is asked of a report except its signature, cheapest first.
	pub(crate) fn examine(
		machine: MachineId,
		report: &TelemetryReport,
		devices: &[DeviceId],
	) -> Result<Acceptable<T::AccountId>, Refusal> {
		ensure!(is_well_formed(&report.summary) && is_ascending(devices), Refusal::Malformed);
		let latest = Reports::<T>::get(machine);
		let (machine, class) = Self::known(machine)?;
		let current = WindowIndex::at(T::Clock::now(), class.window_slots);
		let before = latest.map(|record| record.report.window);
		timely(report.window, current, T::ReportWindows::get(), before)?;
		let expires = Self::expires(report.window, &class);
		Ok(Acceptable { machine, class, latest, expires })
	}

	/// Lets a report into the pool and into blocks.
	pub(crate) fn authorize_report(
		_source: TransactionSource,
		machine: &MachineId,
		report: &TelemetryReport,
		devices: &DeviceIds,
		signature: &machine::Signature,
	) -> TransactionValidityWithRefund {
		let acceptable = Self::examine(*machine, report, devices).map_err(InvalidTransaction::from)?;
		if !acceptable.machine.key.verify(&Self::payload(*machine, report, devices), signature) {
			return Err(InvalidTransaction::BadProof.into());
		}
		Self::valid((b"report", machine, report.window), acceptable.expires)
	}

	/// What the pool is told of a transaction that is good until a slot.
	pub(crate) fn valid(provides: impl Encode, until: Slot) -> TransactionValidityWithRefund {
		ValidTransaction::with_tag_prefix("ExabitsTelemetry")
			.priority(T::UnsignedPriority::get())
			.and_provides(provides)
			// A block takes at least one slot, so that it may not stay longer than it is good for.
			.longevity(until.saturating_sub(T::Clock::now()).max(1))
			.propagate(true)
			.build()
			.map(|valid| (valid, Weight::zero()))
	}

	/// Stores a report, and flags what cannot be true of it.
	pub(crate) fn do_report(
		machine: MachineId,
		report: TelemetryReport,
		devices: DeviceIds,
	) -> DispatchResult {
		let Acceptable { machine: info, class, latest, .. } =
			Self::examine(machine, &report, &devices).map_err(Error::<T>::from)?;
		// Only a statistic: it may stop at its largest number.
		let count = latest.map_or(0, |record| record.count).saturating_add(1);
		Reports::<T>::insert(machine, Record { report, received: T::Clock::now(), count });
		let TelemetryReport { window, summary, counters, root } = report;
		Self::deposit_event(Event::TelemetryReported { machine, window, root, samples: summary.samples });

		let falls = latest.is_some_and(|record| !counters_rise(&record.report.counters, &counters, &summary));
		let window_millis = T::SlotMillis::get().saturating_mul(class.window_slots.into());
		let cannot_be = Powers::<T>::get(info.class)
			.is_some_and(|power| !energy_fits(&summary, power, info.devices, window_millis));
		let foreign = !Self::bind_devices(machine, info.state, &devices);
		for (found, suspicion) in
			[(foreign, Suspicion::Device), (falls, Suspicion::Counters), (cannot_be, Suspicion::Energy)]
		{
			if found {
				Self::flag(machine, suspicion, window);
			}
		}
		Ok(())
	}
}
