//! Proposals that nobody approved in time.

use crate::{calls::Queue, AgreementState, Agreements, Config, Pallet, WeightInfo, LOG};
use exabits_primitives::{Clock, MachineId, Slot};
use frame_support::{traits::Get, weights::WeightMeter};

impl<T: Config> Pallet<T> {
	/// Takes due entries out of the queue, within this pallet's share of the block.
	pub(crate) fn sweep_expiries(meter: &mut WeightMeter) {
		let mut share = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		let now = T::Clock::now();
		Queue::<T>::sweep(
			now,
			&mut share,
			T::WeightInfo::sweep_slot(),
			T::WeightInfo::sweep_expiry(),
			|machine| Self::sweep_expiry(now, machine),
		);
		meter.consume(share.consumed());
	}

	/// Acts on one entry that has been taken out of the queue.
	pub(crate) fn sweep_expiry(now: Slot, machine: MachineId) {
		let Some(mut agreement) = Agreements::<T>::get(machine) else { return };
		agreement.queued = false;
		if agreement.state != AgreementState::Proposed {
			Agreements::<T>::insert(machine, agreement);
			return;
		}
		let deadline = Self::deadline(&agreement);
		if now > deadline {
			Self::apply_expiry(machine, agreement);
		} else {
			// The entry belonged to terms that newer ones have replaced, or a gap has moved the deadline.
			match Queue::<T>::schedule(now, deadline.saturating_add(1), machine) {
				Ok(_) => agreement.queued = true,
				Err(_) => {
					log::warn!(target: LOG, "no room to expire the proposal of machine {machine}; `expire` still can")
				}
			}
			Agreements::<T>::insert(machine, agreement);
		}
	}
}
