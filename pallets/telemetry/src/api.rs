//! What other pallets ask this one.

use crate::{Audits, Config, Pallet, Reports};
use exabits_primitives::{Classes, Evidence, MachineId, Machines, Reported, Slot, WindowIndex};

impl<T: Config> Evidence for Pallet<T> {
	fn reported(machine: MachineId, at: Slot) -> Option<Reported> {
		let report = Reports::<T>::get(machine)?.report;
		let class = T::Machines::machine(machine).and_then(|info| T::Classes::class(info.class))?;
		let window = WindowIndex::at(at, class.window_slots);
		let counts = |of: WindowIndex| window.0.checked_sub(of.0).is_some_and(|age| age <= 1);
		// A later report does not heal it: the rounds that the failed one was evidence for are the same.
		if Audits::<T>::get(machine).and_then(|audit| audit.failed).is_some_and(counts) {
			return Some(Reported::Void);
		}
		counts(report.window).then_some(Reported::Summary(report.summary))
	}
}
