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
		let limit = meter.remaining().min(T::SweepWeight::get());
		let per_entry = Self::open_weight().max(Self::settle_weight(Self::committee_size()));
		let mut shared = Shared { opened: false, changed: BTreeSet::new() };
		let mut used = Weight::zero();
		loop {
			let mut own = WeightMeter::with_limit(limit.saturating_sub(used));
			let mut taken = Weight::zero();
			let act = |due| taken.saturating_accrue(Self::act(due, &mut shared));
			let done =
				Queue::<T>::sweep(T::Clock::now(), &mut own, T::WeightInfo::sweep_slot(), per_entry, act);
			let reserved = per_entry.saturating_mul(done.into());
			used = used.saturating_add(own.consumed().saturating_sub(reserved)).saturating_add(taken);
			if done == 0 {
				break;
			}
		}
		meter.consume(used);
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
			Due::Settling(machine, round) => {
				Self::do_settle(machine, round).map(|settled| shared.settling::<T>(settled))
			}
		};
		done.unwrap_or_else(|error| {
			log::warn!(target: crate::worker::LOG, "{due:?} failed: {error:?}");
			Self::open_weight().max(Self::settle_weight(Self::committee_size()))
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

	/// Weight of settling one round of so many members at most: each of them may answer for the terms as well.
	pub(crate) fn settle_weight(members: u32) -> Weight {
		T::WeightInfo::settle_measured(members.saturating_mul(2))
			.max(T::WeightInfo::settle_withheld(members))
			.saturating_add(T::Judge::judge_weight())
			.saturating_add(T::Measured::measured_weight(members))
	}
}

impl<AccountId: Ord> Shared<AccountId> {
	fn opening<T: Config>(&mut self, charged: bool) -> Weight {
		let first = !core::mem::replace(&mut self.opened, true);
		let opening = if first { T::WeightInfo::open(1) } else { Pallet::<T>::open_next_weight() };
		opening.saturating_add(if charged { T::WeightInfo::charge() } else { Weight::zero() })
	}

	fn settling<T: Config>(&mut self, settled: Settled<AccountId>) -> Weight {
		let members = u32::try_from(settled.changed.len()).unwrap_or(u32::MAX);
		let full = if settled.withheld {
			T::WeightInfo::settle_measured(members).max(T::WeightInfo::settle_withheld(members))
		} else {
			T::WeightInfo::settle_measured(members)
		};
		let again = settled.changed.into_iter().filter_map(|who| (!self.changed.insert(who)).then_some(()));
		let again = u32::try_from(again.count()).unwrap_or(u32::MAX);
		full.saturating_sub(T::DbWeight::get().reads_writes(again.into(), again.into()))
			.saturating_add(T::Judge::judge_weight())
			.saturating_add(T::Measured::measured_weight(members.saturating_sub(again)))
	}
}
