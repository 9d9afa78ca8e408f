//! The invariants of the README, checked.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use exabits_primitives::{Machines, SessionIndex};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the numbered invariants of the README.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_keys()?;
		Self::check_sessions()?;
		Self::check_rounds()?;
		Self::check_queue()?;
		Self::check_offences()?;
		Self::check_money()
	}

	fn check_money() -> Result<(), TryRuntimeError> {
		let owed = Standings::<T>::iter_values().map(|standing| standing.owed);
		let prepaid = Watched::<T>::iter_values().map(|watch| watch.prepaid);
		let set_aside = Rounds::<T>::iter_values().map(|record| record.fee);
		let all = owed.chain(prepaid).chain(set_aside).fold(0u128, |sum, part| sum.saturating_add(part));
		ensure!(all == 0 || T::Currency::balance(&Self::pot()) >= all, "9: more is owed than there is");
		Ok(())
	}

	fn check_offences() -> Result<(), TryRuntimeError> {
		let ascending = |offences: &[SessionIndex]| offences.is_sorted() && !offences.is_empty();
		ensure!(
			Offences::<T>::iter_values().all(|offences| {
				ascending(&offences)
					&& u32::try_from(offences.len()).is_ok_and(|number| number < T::ChillAfter::get())
			}),
			"10: offences that should have chilled, or out of order"
		);
		Ok(())
	}

	fn check_keys() -> Result<(), TryRuntimeError> {
		for (anchor, key) in KeyOf::<T>::iter() {
			ensure!(OwnerOf::<T>::get(key) == Some(anchor), "1: a registered key has its anchor as owner");
		}
		ensure!(
			KeyOf::<T>::iter_keys().count() == OwnerOf::<T>::iter_keys().count(),
			"1: a key without an anchor"
		);
		Ok(())
	}

	fn check_sessions() -> Result<(), TryRuntimeError> {
		let kept: BTreeSet<_> = Kept::<T>::get().into_iter().collect();
		let snapshots: BTreeSet<_> = Snapshots::<T>::iter_keys().collect();
		ensure!(kept == snapshots, "2: snapshots are those of the sessions kept");
		ensure!(
			Seeds::<T>::iter_keys().all(|session| kept.contains(&session)),
			"2: a seed of no session kept"
		);
		for (_, seats) in Snapshots::<T>::iter() {
			ensure!(seats.iter().all(|(_, seats)| *seats > 0), "3: a holder without a seat");
			ensure!(distinct(seats.iter().map(|(anchor, _)| anchor)), "3: a holder twice in a snapshot");
		}
		Ok(())
	}

	fn check_rounds() -> Result<(), TryRuntimeError> {
		for (machine, round, record) in Rounds::<T>::iter() {
			let members = u32::try_from(record.members.len()).unwrap_or(u32::MAX);
			ensure!(members > 0, "4: a round without a committee");
			ensure!(
				distinct(record.members.iter().map(|member| &member.anchor)),
				"4: an anchor twice in a committee"
			);
			if let Some(info) = T::Machines::machine(machine) {
				ensure!(
					record.members.iter().all(|member| member.anchor != info.owner),
					"4: an owner in the committee of its machine"
				);
			}
			let Some(session) = Self::session_of(round) else { continue };
			ensure!(
				record.members.iter().all(|member| {
					member.report == Report::Pending || Self::commitment(&member.anchor, round).is_some()
				}),
				"5: a report without a commitment"
			);
			ensure!(record.session == session, "6: a round of another session than its own");
		}
		ensure!(
			Commitments::<T>::iter().all(|(_, place, commitment)| {
				place == Self::place(commitment.round)
					&& (1..=MAX_PAGES).contains(&commitment.pages)
					&& (!commitment.opened || commitment.revealed != [0; 8])
			}),
			"5: a commitment in the wrong place, of too many pages, or opened before it was revealed"
		);
		Ok(())
	}

	fn check_queue() -> Result<(), TryRuntimeError> {
		let mut openings = Vec::new();
		let mut settlings = BTreeSet::new();
		for (slot, bucket) in DueAt::<T>::iter() {
			ensure!(Cursor::<T>::get().is_some_and(|cursor| cursor <= slot), "7: an entry behind the cursor");
			ensure!(!bucket.is_empty(), "7: an empty bucket is not stored");
			for due in bucket {
				match due {
					Due::Opening(machine, round) => openings.push((machine, round)),
					Due::Settling(machine, round) => {
						settlings.insert((machine, round));
					}
				}
			}
		}
		ensure!(
			Rounds::<T>::iter_keys().all(|key| settlings.contains(&key)),
			"7: an open round whose settlement is not queued"
		);
		for (machine, watch) in Watched::<T>::iter() {
			let entries = openings.iter().filter(|entry| **entry == (machine, watch.next)).count();
			ensure!(entries <= 1, "8: a machine's round would be opened twice");
		}
		Ok(())
	}
}

fn distinct<I: Ord>(items: impl Iterator<Item = I>) -> bool {
	let items: Vec<_> = items.collect();
	items.len() == items.iter().collect::<BTreeSet<_>>().len()
}
