//! The numbered invariants of the crate's documentation.

use crate::*;
use exabits_primitives::{Classes, Machines};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the numbered invariants of the crate's documentation.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		for (machine, record) in Reports::<T>::iter() {
			ensure!(is_well_formed(&record.report.summary), "1: a malformed report");
			ensure!(record.count > 0, "2: a record without a report");
			let class = T::Machines::machine(machine).and_then(|info| T::Classes::class(info.class));
			if let Some(class) = class {
				ensure!(
					record.report.window.end(class.window_slots) <= record.received,
					"3: a report from before the end of its window"
				);
			}
		}
		for (machine, audit) in Audits::<T>::iter() {
			let latest = Reports::<T>::get(machine).map(|record| record.report.window);
			ensure!(latest.is_some_and(|latest| audit.window <= latest), "4: an audit without a report");
			ensure!(
				audit.failed.is_none_or(|failed| failed <= audit.window),
				"4: failed before it was demanded"
			);
			if let Some(demand) = audit.open {
				ensure!(demand.report.window == audit.window, "5: a demand of another window");
				ensure!(demand.index < demand.report.summary.samples, "5: a demand for no sample");
				ensure!(demand.since < demand.until, "5: a demand without time");
			}
		}
		for (_, machines) in DueAt::<T>::iter() {
			ensure!(!machines.is_empty(), "6: an empty list of deadlines");
			let open = |machine: &exabits_primitives::MachineId| Self::open_demand(*machine).is_some();
			ensure!(machines.iter().all(open), "6: a deadline of no demand");
		}
		for (machine, devices) in Devices::<T>::iter() {
			for device in devices {
				ensure!(BoundTo::<T>::get(device) == Some(machine), "7: a device that is not bound");
			}
		}
		for (device, machine) in BoundTo::<T>::iter() {
			ensure!(
				Devices::<T>::get(machine).contains(&device),
				"7: a device that its machine does not know"
			);
		}
		for (_, flags) in Flags::<T>::iter() {
			let kept = u32::try_from(flags.last.len()).unwrap_or(u32::MAX);
			ensure!(kept > 0 && flags.count >= kept, "8: flags that were not counted");
		}
		ensure!(Settings::<T>::get().is_valid(), "9: audits without time");
		ensure!(Powers::<T>::iter_values().all(|power| power.is_valid()), "9: a power that is no range");
		Ok(())
	}
}
