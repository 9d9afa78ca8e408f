//! Which devices are bound to which machine.

use crate::{Audits, BoundTo, Config, Devices, Error, Event, Flags, Pallet, Queue, Reports};
use exabits_primitives::{telemetry::DeviceId, MachineId, MachineState, Machines};
use frame_support::{ensure, pallet_prelude::DispatchResult};

/// Whether a machine has been online, and so has passed the test that binds its devices.
const fn is_tested(state: MachineState) -> bool {
	matches!(state, MachineState::Online | MachineState::Suspended | MachineState::Draining)
}

impl<T: Config> Pallet<T> {
	/// Binds devices that a machine names, if it was tested, for as long as it has room. Returns whether none of them is
	/// bound to another machine that is not retired.
	pub(crate) fn bind_devices(machine: MachineId, state: MachineState, named: &[DeviceId]) -> bool {
		let mut bound = Devices::<T>::get(machine);
		let before = bound.len();
		let mut own = true;
		for device in named {
			if bound.contains(device) {
				continue;
			}
			let other = BoundTo::<T>::get(device);
			if other.is_some_and(Self::holds_devices) {
				own = false;
			} else if is_tested(state) && bound.try_push(*device).is_ok() {
				if let Some(other) = other {
					Devices::<T>::mutate(other, |devices| devices.retain(|kept| kept != device));
				}
				BoundTo::<T>::insert(device, machine);
			}
		}
		if bound.len() > before {
			Devices::<T>::insert(machine, bound);
		}
		own
	}

	/// Whether what is bound to a machine is out of others' reach: until it retires.
	fn holds_devices(machine: MachineId) -> bool {
		T::Machines::machine(machine).is_some_and(|info| info.state != MachineState::Retired)
	}

	/// Removes all that is kept of a retired machine.
	pub(crate) fn do_forget(machine: MachineId) -> DispatchResult {
		let info = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(info.state == MachineState::Retired, Error::<T>::NotRetired);
		ensure!(Reports::<T>::contains_key(machine), Error::<T>::NothingKept);
		Reports::<T>::remove(machine);
		for device in Devices::<T>::take(machine) {
			BoundTo::<T>::remove(device);
		}
		if let Some(demand) = Audits::<T>::take(machine).and_then(|audit| audit.open) {
			Queue::<T>::withdraw(demand.queued, &machine);
		}
		Flags::<T>::remove(machine);
		Self::deposit_event(Event::MachineForgotten { machine });
		Ok(())
	}
}
