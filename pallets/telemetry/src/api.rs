//! What other pallets ask this one.

use crate::{Config, Pallet, Reports};
use exabits_primitives::{Classes, Evidence, MachineId, Machines, Slot, TelemetrySummary, WindowIndex};

impl<T: Config> Evidence for Pallet<T> {
	fn reported(machine: MachineId, at: Slot) -> Option<TelemetrySummary> {
		let report = Reports::<T>::get(machine)?.report;
		let class = T::Machines::machine(machine).and_then(|info| T::Classes::class(info.class))?;
		let window = WindowIndex::at(at, class.window_slots);
		let age = window.0.checked_sub(report.window.0)?;
		(age <= 1).then_some(report.summary)
	}
}
