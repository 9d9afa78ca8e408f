//! What the passing of time brings: seeds and snapshots with each session.

use crate::*;
use alloc::vec::Vec;
use codec::Encode;
use exabits_math::aggregate;
use exabits_primitives::{Anchors, Clock, MachineId, Machines, SessionIndex};
use frame_support::{traits::Get, weights::Weight, BoundedVec};
use sp_io::hashing::blake2_256;

impl<T: Config> Pallet<T> {
	/// Runs at the start of each block. Returns the weight used.
	pub(crate) fn note_time() -> Weight {
		let session = T::Clock::session();
		if LastSession::<T>::get() == Some(session) {
			return T::WeightInfo::note_time();
		}
		let seats = Self::start_session(session);
		T::WeightInfo::note_time().saturating_add(T::WeightInfo::start_session(seats))
	}

	/// Keeps the session's seed and the seats as they are now; forgets the oldest session kept.
	///
	/// Returns the number of seats' holders.
	pub(crate) fn start_session(session: SessionIndex) -> u32 {
		LastSession::<T>::put(session);
		Kept::<T>::mutate(|kept| {
			// A session never comes twice; were it to, it would only be renewed.
			kept.retain(|other| *other != session);
			if kept.is_full() && !kept.is_empty() {
				let oldest = kept.remove(0);
				Seeds::<T>::remove(oldest);
				Snapshots::<T>::remove(oldest);
			}
			let _ = kept.try_push(session);
		});
		let with_key: Vec<_> = T::Anchors::seats()
			.into_iter()
			.filter(|(anchor, seats)| *seats > 0 && KeyOf::<T>::contains_key(anchor))
			.collect();
		let snapshot = BoundedVec::truncate_from(with_key);
		let holders = u32::try_from(snapshot.len()).unwrap_or(u32::MAX);
		Snapshots::<T>::insert(session, snapshot);
		if let Some(seed) = T::Seed::get() {
			Seeds::<T>::insert(session, (seed, session).using_encoded(blake2_256));
			Self::deposit_event(Event::SessionSeeded { session });
		}
		holders
	}

	/// The committee that watches `machine` in `session`.
	///
	/// `None` unless the session has a seed, the session before it a snapshot, the machine was registered
	/// before the session, and a quorum of anchors other than its owner is eligible.
	pub fn committee_in(
		session: SessionIndex,
		machine: MachineId,
	) -> Option<BoundedVec<T::AccountId, T::MaxCommittee>> {
		let info = T::Machines::machine(machine)?;
		if info.registered_in >= session {
			return None;
		}
		let seed = Seeds::<T>::get(session)?;
		let seats = Snapshots::<T>::get(session.checked_sub(1)?)?;
		let size = T::CommitteeSize::get().min(T::MaxCommittee::get());
		let committee = aggregate::draw(&seats, &info.owner, &seed, machine, size);
		let enough = u32::try_from(committee.len()).is_ok_and(|members| members >= T::Quorum::get());
		enough.then(|| BoundedVec::truncate_from(committee))
	}
}
