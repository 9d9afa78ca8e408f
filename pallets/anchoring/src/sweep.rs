//! The bounded sweep over what is due.

use crate::*;
use exabits_primitives::{Clock, Judge};
use frame_support::{
	traits::Get,
	weights::{Weight, WeightMeter},
};

impl<T: Config> Pallet<T> {
	/// Opens and settles rounds that are due, within `meter` and the pallet's own limit per block.
	pub(crate) fn sweep(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		let per_entry = Self::open_weight().max(Self::settle_weight(Self::committee_size()));
		Queue::<T>::sweep(T::Clock::now(), &mut own, T::WeightInfo::sweep_slot(), per_entry, Self::act);
		meter.consume(own.consumed());
	}

	fn act(due: Due) {
		let done = match due {
			// Another entry, or a call, has opened this round already.
			Due::Opening(machine, round)
				if Watched::<T>::get(machine).map(|watch| watch.next) != Some(round) =>
			{
				Ok(())
			}
			Due::Opening(machine, _) => Self::do_open(machine),
			// A call has settled it already.
			Due::Settling(machine, round) if !Rounds::<T>::contains_key(machine, round) => Ok(()),
			Due::Settling(machine, round) => Self::do_settle(machine, round),
		};
		if let Err(error) = done {
			log::warn!(target: crate::worker::LOG, "{due:?} failed: {error:?}");
		}
	}

	/// Weight of opening one round at most.
	pub(crate) fn open_weight() -> Weight {
		T::WeightInfo::open(T::MaxSeats::get())
	}

	/// Weight of settling one round of so many members at most.
	pub(crate) fn settle_weight(members: u32) -> Weight {
		T::WeightInfo::settle_measured(members)
			.max(T::WeightInfo::settle_withheld(members))
			.saturating_add(T::Judge::judge_weight())
	}
}
