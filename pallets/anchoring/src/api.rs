//! What other pallets and nodes see.

use crate::*;
use alloc::vec::Vec;
use exabits_math::aggregate;
use exabits_primitives::{
	apis::{AnchorStanding, Duty},
	keys::anchor,
	AnchorKeys, Clock, Committees, MachineId, Machines, OnBreach, OnMachine, SessionIndex,
};
use frame_support::traits::Get;

impl<T: Config> OnMachine for Pallet<T> {
	/// The first round measured is the next to begin. A watch that has not ended yet just goes on.
	fn watched(machine: MachineId) {
		if let Some(watch) = Watched::<T>::get(machine) {
			Watched::<T>::insert(machine, Watch { active: true, ..watch });
			return;
		}
		let Some(next) = T::Clock::round().next() else { return };
		Watched::<T>::insert(machine, Watch::new(next));
		Self::queue_opening(machine, next);
	}

	/// No more rounds are opened; those that are open are settled.
	fn unwatched(machine: MachineId) {
		Watched::<T>::mutate(machine, |watch| {
			if let Some(watch) = watch {
				watch.active = false;
			}
		});
	}
}

impl<T: Config> Committees<T::AccountId> for Pallet<T> {
	fn committee(machine: MachineId) -> Vec<T::AccountId> {
		Self::committee_in(T::Clock::session(), machine).unwrap_or_default().into_inner()
	}

	fn committee_of(machine: MachineId, session: SessionIndex) -> Vec<T::AccountId> {
		Self::committee_in(session, machine).unwrap_or_default().into_inner()
	}

	fn quorum() -> u32 {
		T::Quorum::get()
	}
}

impl<T: Config> AnchorKeys<T::AccountId> for Pallet<T> {
	fn key(anchor: &T::AccountId) -> Option<anchor::Id> {
		KeyOf::<T>::get(anchor)
	}

	fn by_key(key: &anchor::Id) -> Option<T::AccountId> {
		OwnerOf::<T>::get(key)
	}
}

impl<T: Config> OnBreach<T::AccountId> for Pallet<T> {
	/// It costs as much accuracy as measuring wrongly once.
	fn breached(approver: &T::AccountId, machine: MachineId) {
		let accuracy = Standings::<T>::mutate(approver, |standing| {
			standing.accuracy = aggregate::accuracy(standing.accuracy, false);
			standing.accuracy
		});
		Self::deposit_event(Event::ApproverBlamed { anchor: approver.clone(), machine, accuracy });
	}
}

impl<T: Config> Pallet<T> {
	/// What is known of the anchor with this key from its past rounds.
	pub fn standing_of(key: &anchor::Id) -> Option<AnchorStanding> {
		let anchor = OwnerOf::<T>::get(key)?;
		let Standing { accuracy, agreed, missed, withheld, forged, .. } = Standings::<T>::get(anchor);
		Some(AnchorStanding { accuracy, agreed, missed, withheld, forged })
	}

	/// The machines that the anchor with this key has to measure in the current round.
	///
	/// Goes through all open rounds: for runtime APIs only.
	pub fn duties(key: &anchor::Id) -> Vec<Duty> {
		let Some(anchor) = OwnerOf::<T>::get(key) else { return Vec::new() };
		let current = T::Clock::round();
		Rounds::<T>::iter()
			.filter(|(_, round, record)| {
				*round == current && record.members.iter().any(|member| member.anchor == anchor)
			})
			.filter_map(|(machine, round, _)| {
				let key = T::Machines::machine(machine)?.key;
				let endpoint = T::Machines::endpoint(machine)?;
				Some(Duty { machine, key, endpoint, round })
			})
			.collect()
	}
}
