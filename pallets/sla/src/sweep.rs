//! What time ends: negotiations, and agreements.

use crate::{negotiating::Queue, Agreements, Config, Due, Pallet, WeightInfo, LOG};
use exabits_primitives::{Classes, Clock, MachineId, Machines, Slot};
use frame_support::{
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};

impl<T: Config> Pallet<T> {
	/// Takes due entries out of the queue, within this pallet's share of the block.
	pub(crate) fn sweep_expiries(meter: &mut WeightMeter) {
		let mut share = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		let now = T::Clock::now();
		Queue::<T>::sweep(now, &mut share, T::WeightInfo::sweep_slot(), Self::sweep_entry_weight(), |due| {
			match due {
				Due::Negotiation(machine) => Self::sweep_negotiation(now, machine),
				Due::Ending(machine) => Self::sweep_ending(now, machine),
			}
		});
		meter.consume(share.consumed());
	}

	/// Weight of acting on one entry.
	pub(crate) fn sweep_entry_weight() -> Weight {
		T::WeightInfo::sweep_expiry().max(T::WeightInfo::sweep_ending())
	}

	/// Acts on the entry of a negotiation, which has been taken out of the queue.
	pub(crate) fn sweep_negotiation(now: Slot, machine: MachineId) {
		let Some((mut agreement, renews)) = Self::negotiation(machine) else {
			// What was to follow the active agreement is over already.
			Agreements::<T>::mutate(machine, |agreement| {
				if let Some(agreement) = agreement {
					agreement.queued = false;
				}
			});
			return;
		};
		agreement.queued = false;
		if Self::may_lapse(&agreement) {
			let deadline = Self::deadline(&agreement);
			if now > deadline {
				Self::lapse(machine, agreement, renews);
				return;
			}
			// The entry belonged to terms that newer ones have replaced, or a gap has moved the deadline.
			if Self::queue_negotiation(machine, &mut agreement).is_err() {
				log::warn!(target: LOG, "no room to expire the proposal of machine {machine}; `expire` still can");
			}
		}
		Self::keep(machine, agreement, renews);
	}

	/// Acts on the entry of an agreement's end, which has been taken out of the queue.
	pub(crate) fn sweep_ending(now: Slot, machine: MachineId) {
		Agreements::<T>::mutate(machine, |agreement| {
			if let Some(ending) = agreement.as_mut().and_then(|agreement| agreement.ending.as_mut()) {
				ending.queued = None;
			}
		});
		if with_storage_layer(|| Self::do_end(machine)).is_ok() {
			return;
		}
		// Commitments, a pending breach or a gap put it off.
		let Some(mut agreement) = Agreements::<T>::get(machine) else { return };
		let Some(ending) = agreement.ending else { return };
		let window = T::Machines::machine(machine)
			.and_then(|info| T::Classes::class(info.class))
			.map_or(1, |class| Slot::from(class.window_slots));
		let again = Self::ends(&ending).max(now.saturating_add(window));
		let queued = Self::queue_ending(machine, again, ending.notice).queued;
		agreement.ending = Some(crate::Ending { queued, ..ending });
		Agreements::<T>::insert(machine, agreement);
	}
}
