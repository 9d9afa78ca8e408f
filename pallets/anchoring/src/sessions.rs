//! What the passing of time brings: rounds, and seeds and snapshots with each session.

use crate::*;
use alloc::vec::Vec;
use codec::Encode;
use exabits_math::aggregate;
use exabits_primitives::{Anchors, Clock, MachineId, Machines, RoundIndex, SessionIndex, Slot};
use frame_support::{traits::Get, weights::Weight, BoundedVec};
use sp_io::hashing::blake2_256;

impl<T: Config> Pallet<T> {
	/// Runs at the start of each block. Returns the weight used.
	pub(crate) fn note_time() -> Weight {
		let session = T::Clock::session();
		Self::note_round(T::Clock::round(), session);
		if LastSession::<T>::get() == Some(session) {
			return T::WeightInfo::note_time();
		}
		let seats = Self::start_session(session);
		T::WeightInfo::note_time().saturating_add(T::WeightInfo::start_session(seats))
	}

	/// Keeps the session of a round that begins and the beacon of one whose sample phase begins; forgets the oldest
	/// round kept.
	fn note_round(round: RoundIndex, session: SessionIndex) {
		let mut rounds = LastRounds::<T>::get();
		let mut changed = Self::note_beacons(&mut rounds);
		if rounds.last().is_none_or(|last| last.round != round) {
			if rounds.is_full() {
				rounds.remove(0);
			}
			let _ = rounds.try_push(PastRound { round, session, beacon: None });
			changed = true;
		}
		if changed {
			LastRounds::<T>::put(rounds);
		}
	}

	/// The session that a round belongs to: the one of its first block. `None` for rounds without a block and for old
	/// ones.
	pub fn session_of(round: RoundIndex) -> Option<SessionIndex> {
		Self::past_round(round).map(|past| past.session)
	}

	/// What is kept of a round that had a block lately.
	pub(crate) fn past_round(round: RoundIndex) -> Option<PastRound> {
		LastRounds::<T>::get().into_iter().find(|past| past.round == round)
	}

	/// When the phases of a round begin.
	pub fn phases(round: RoundIndex) -> Phases {
		let round_slots = T::Clock::round_slots();
		let commits_from = round.end(round_slots);
		let reveals_from = commits_from.saturating_add(Slot::from(T::CommitSlots::get()));
		let samples_from = reveals_from.saturating_add(Slot::from(T::RevealSlots::get()));
		let settles_at = samples_from.saturating_add(Slot::from(T::SampleSlots::get()));
		Phases { starts: round.start(round_slots), commits_from, reveals_from, samples_from, settles_at }
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
			.filter(|(anchor, seats)| {
				*seats > 0 && KeyOf::<T>::contains_key(anchor) && !Chilled::<T>::contains_key(anchor)
			})
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

	/// How many members a committee has when there are enough.
	pub(crate) fn committee_size() -> u32 {
		T::CommitteeSize::get().min(T::MaxCommittee::get())
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
		let committee = aggregate::draw(&seats, &info.owner, &seed, machine, Self::committee_size());
		let enough = u32::try_from(committee.len()).is_ok_and(|members| members >= T::Quorum::get());
		enough.then(|| BoundedVec::truncate_from(committee))
	}
}
