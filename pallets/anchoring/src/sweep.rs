//! The bounded sweep over what is due.

use crate::{rounds::Settled, *};
use alloc::collections::BTreeSet;
use exabits_primitives::{Clock, Judge, Measured};
use frame_support::{
	traits::Get,
	weights::{Weight, WeightMeter},
};

/// What the entries of one block share: storage that several of them touch is paid for once.
struct Shared<AccountId> {
	opened: bool,
	changed: BTreeSet<AccountId>,
}

impl<T: Config> Pallet<T> {
	/// Opens and settles rounds that are due, within `meter` and the pallet's own limit per block.
	///
	/// An entry begins only while there is room for the most that it may take; what it has not taken is left for
	/// others.
	pub(crate) fn sweep(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		let mut shared = Shared { opened: false, changed: BTreeSet::new() };
		let act = |due| Self::act(due, &mut shared);
		Queue::<T>::sweep_metered(
			T::Clock::now(),
			&mut own,
			T::WeightInfo::sweep_slot(),
			Self::due_weight,
			act,
		);
		meter.consume(own.consumed());
	}

	/// Weight of acting on one entry at most.
	fn due_weight(due: &Due) -> Weight {
		match due {
			Due::Opening(..) => Self::open_weight(),
			Due::Settling(..) => Self::settle_weight(Self::committee_size()),
		}
	}

	/// Returns the weight that it took.
	fn act(due: Due, shared: &mut Shared<T::AccountId>) -> Weight {
		let done = match due {
			// Another entry, or a call, has opened this round already.
			Due::Opening(machine, round)
				if Watched::<T>::get(machine).map(|watch| watch.next) != Some(round) =>
			{
				Ok(T::DbWeight::get().reads(1))
			}
			Due::Opening(machine, _) => Self::do_open(machine).map(|charged| shared.opening::<T>(charged)),
			// A call has settled it already.
			Due::Settling(machine, round) if !Rounds::<T>::contains_key(machine, round) => {
				Ok(T::DbWeight::get().reads(1))
			}
			Due::Settling(machine, round) => Self::do_settle(machine, round)
				.map(|(settled, judged)| shared.settling::<T>(settled).saturating_add(judged)),
		};
		done.unwrap_or_else(|error| {
			log::warn!(target: crate::worker::LOG, "{due:?} failed: {error:?}");
			Self::due_weight(&due)
		})
	}

	/// Weight of opening one round at most.
	pub(crate) fn open_weight() -> Weight {
		T::WeightInfo::open(1).saturating_add(T::WeightInfo::charge())
	}

	/// Weight of opening one more round in the same block, when no fee is asked for.
	pub(crate) fn open_next_weight() -> Weight {
		T::WeightInfo::open(2).saturating_sub(T::WeightInfo::open(1))
	}

	/// Weight of settling one round of so many members at most, and of judging it: each of them may answer for the terms
	/// as well.
	pub(crate) fn settle_weight(members: u32) -> Weight {
		T::WeightInfo::settle_measured(members.saturating_mul(2))
			.max(T::WeightInfo::settle_withheld(members))
			.saturating_add(T::Judge::judge_weight())
			.saturating_add(T::Measured::measured_weight(members, 0))
	}

	/// Weight of a settlement without its verdict, which changed the standing of so many, of whom one was slashed if it is
	/// `offended`. The standing of `again` of them has changed in the same block before.
	pub(crate) fn settled_weight(changed: usize, offended: bool, again: usize) -> Weight {
		let (members, again) = (in_u32(changed), in_u32(again));
		let measured = T::WeightInfo::settle_measured(members);
		let settling =
			if offended { measured.max(T::WeightInfo::settle_withheld(members)) } else { measured };
		let known = T::DbWeight::get().reads_writes(u64::from(again).saturating_mul(2), again.into());
		settling.saturating_sub(known).saturating_add(T::Measured::measured_weight(members, again))
	}
}

fn in_u32(count: usize) -> u32 {
	u32::try_from(count).unwrap_or(u32::MAX)
}

impl<AccountId: Ord> Shared<AccountId> {
	fn opening<T: Config>(&mut self, charged: bool) -> Weight {
		let first = !core::mem::replace(&mut self.opened, true);
		let opening = if first { T::WeightInfo::open(1) } else { Pallet::<T>::open_next_weight() };
		opening.saturating_add(if charged { T::WeightInfo::charge() } else { Weight::zero() })
	}

	fn settling<T: Config<AccountId = AccountId>>(&mut self, settled: Settled<AccountId>) -> Weight {
		let Settled { changed, offended, .. } = settled;
		let members = changed.len();
		let again = changed.into_iter().filter_map(|who| (!self.changed.insert(who)).then_some(())).count();
		Pallet::<T>::settled_weight(members, offended, again)
	}
}
