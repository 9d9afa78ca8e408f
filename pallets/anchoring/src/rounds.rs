//! The life of a round: opened with its committee, settled by what that revealed.

use crate::*;
use alloc::vec::Vec;
use exabits_math::aggregate;
use exabits_primitives::{
	Balance, Bonds, Clock, Judge, MachineId, Measured, Measurement, Role, RoundIndex, RoundOutcome, SlashId,
	Slashes, Slot,
};
use frame_support::{pallet_prelude::*, storage::with_storage_layer, traits::Get, BoundedVec};
use sp_runtime::DispatchError;

/// What settling a round came to.
pub(crate) struct Settled<AccountId> {
	/// Whose standing has changed.
	pub changed: Vec<AccountId>,
	/// Whether somebody committed and did not reveal.
	pub withheld: bool,
}

impl<T: Config> Pallet<T> {
	/// Opens the machine's round that is due and queues the next one; ends a watch that is no longer wanted.
	///
	/// True if the watch fee of a session was asked for.
	pub(crate) fn do_open(machine: MachineId) -> Result<bool, DispatchError> {
		let watch = Watched::<T>::get(machine).ok_or(Error::<T>::NotWatched)?;
		ensure!(T::Clock::now() >= watch.next.start(T::Clock::round_slots()), Error::<T>::NotDue);
		let current = T::Clock::round();
		let next = if watch.active { current.next() } else { None };
		let Some(next) = next else {
			Watched::<T>::remove(machine);
			Self::owe_owner(machine, watch.prepaid);
			return Ok(false);
		};
		Watched::<T>::insert(machine, Watch { next, ..watch });
		Self::queue_opening(machine, next);
		Ok(watch.next == current && Self::open_round(machine, current))
	}

	/// Queues the opening of a watched machine's next round.
	pub(crate) fn queue_opening(machine: MachineId, round: RoundIndex) {
		let starts = round.start(T::Clock::round_slots());
		if Queue::<T>::schedule(T::Clock::now(), starts, Due::Opening(machine, round)).is_err() {
			Self::deposit_event(Event::OpeningNotQueued { machine, round });
		}
	}

	/// Opens `round` with the committee of its session. Without a committee, in a round with a gap, when half of it
	/// has passed, or where its settlement cannot be queued, there is no such round.
	///
	/// True if the watch fee of a session was asked for.
	fn open_round(machine: MachineId, round: RoundIndex) -> bool {
		let Phases { starts, commits_from, settles_at, .. } = Self::phases(round);
		let late = T::Clock::now().saturating_sub(starts);
		if late.saturating_mul(2) >= Slot::from(T::Clock::round_slots())
			|| T::Clock::in_gap(starts, commits_from)
		{
			return false;
		}
		let Some(session) = Self::session_of(round) else { return false };
		let Some(committee) = Self::committee_in(session, machine) else { return false };
		let settling = Due::Settling(machine, round);
		if Queue::<T>::schedule(T::Clock::now(), settles_at, settling).is_err() {
			return false;
		}
		let charged = Self::charge(machine, session);
		let fee = Self::set_aside(machine);
		let member =
			|anchor: &T::AccountId| CommitteeMember { anchor: anchor.clone(), report: Report::Pending };
		let members = BoundedVec::truncate_from(committee.iter().map(member).collect());
		Rounds::<T>::insert(machine, round, Round { session, fee, members });
		Self::deposit_event(Event::RoundOpened { machine, round, session, committee });
		charged
	}

	/// Takes a round out of the state and lets everything follow from what was revealed.
	///
	/// Only unknown rounds and ones that are not due are refused: what follows guards itself.
	pub(crate) fn do_settle(
		machine: MachineId,
		round: RoundIndex,
	) -> Result<Settled<T::AccountId>, DispatchError> {
		let record = Rounds::<T>::get(machine, round).ok_or(Error::<T>::UnknownRound)?;
		let Phases { starts, settles_at, .. } = Self::phases(round);
		ensure!(T::Clock::now() >= settles_at, Error::<T>::NotDue);
		Rounds::<T>::remove(machine, round);
		let mut settled = Settled { changed: Vec::new(), withheld: false };
		if T::Clock::in_gap(starts, settles_at) {
			Self::give_back(machine, record.fee);
			Self::deposit_event(Event::RoundVoided { machine, round });
			return Ok(settled);
		}

		let measured = |member: &CommitteeMember<T::AccountId>| match member.report {
			Report::Measured(measurement) => Some(measurement),
			Report::Pending | Report::NotMeasured => None,
		};
		let revealed: Vec<Measurement> = record.members.iter().filter_map(measured).collect();
		let reveals = u32::try_from(revealed.len()).unwrap_or(u32::MAX);
		let agreed = aggregate::aggregate(&revealed).filter(|_| reveals >= T::Quorum::get());
		let outcome = agreed.map_or(RoundOutcome::Missing, RoundOutcome::Measured);
		let session = record.session;
		Self::deposit_event(Event::RoundSettled { machine, round, session, reveals, outcome });

		let is_accurate = |one: &Measurement| {
			agreed.is_some_and(|agreed| aggregate::is_accurate(one, &agreed, T::Tolerance::get()))
		};
		let accurate = revealed.iter().filter(|one| is_accurate(one)).count();
		let shares = Self::shares(machine, record.fee, u32::try_from(accurate).unwrap_or(u32::MAX));
		let mut earned: Balance = 0;
		let members = u32::try_from(record.members.len()).unwrap_or(u32::MAX);
		let mut accurate_members = Vec::new();
		for member in record.members {
			match member.report {
				Report::Measured(one) if agreed.is_some() => {
					let share = if is_accurate(&one) { Some(shares.measuring) } else { None };
					earned = earned.saturating_add(share.unwrap_or_default());
					Self::weigh(&member.anchor, machine, round, share);
					accurate_members.extend(share.map(|_| member.anchor.clone()));
				}
				Report::Measured(_) => continue,
				Report::NotMeasured => Self::miss(&member.anchor, machine, round, None),
				Report::Pending => {
					let committed = Self::commitment(&member.anchor, round);
					settled.withheld |= committed.is_some();
					Self::miss(&member.anchor, machine, round, committed);
				}
			}
			settled.changed.push(member.anchor);
		}
		for approver in &shares.approvers {
			Self::owe(approver, shares.approving);
			earned = earned.saturating_add(shares.approving);
		}
		let sharers = accurate.saturating_add(shares.approvers.len());
		Self::note_rewards(machine, round, earned, sharers);
		Self::give_back(machine, record.fee.saturating_sub(earned));
		settled.changed.extend(shares.approvers);
		T::Measured::measured(record.fee, members, &accurate_members);
		T::Judge::judge(machine, round, session, outcome);
		Ok(settled)
	}

	/// Notes how near an anchor was to its committee, and what it has earned by that: `None` when it was too far.
	fn weigh(anchor: &T::AccountId, machine: MachineId, round: RoundIndex, share: Option<Balance>) {
		let accuracy = Standings::<T>::mutate(anchor, |standing| {
			standing.agreed = standing.agreed.saturating_add(1);
			standing.accuracy = aggregate::accuracy(standing.accuracy, share.is_some());
			standing.owed = standing.owed.saturating_add(share.unwrap_or_default());
			standing.accuracy
		});
		if share.is_none() {
			let anchor = anchor.clone();
			Self::deposit_event(Event::AnchorInaccurate { anchor, machine, round, accuracy });
		}
	}

	/// Notes that an anchor did not do its part. Not to commit, and to say that it could not measure, is counted; to
	/// commit and not to reveal is slashed, once for all machines of a round, since an anchor could otherwise choose
	/// what to reveal once it has seen the others.
	fn miss(anchor: &T::AccountId, machine: MachineId, round: RoundIndex, commitment: Option<Commitment>) {
		Standings::<T>::mutate(anchor, |standing| {
			let count = if commitment.is_some() { &mut standing.withheld } else { &mut standing.missed };
			*count = count.saturating_add(1);
		});
		let slash = commitment.filter(|commitment| !commitment.slashed).and_then(|commitment| {
			Commitments::<T>::insert(anchor, Self::place(round), Commitment { slashed: true, ..commitment });
			Self::slash(anchor)
		});
		let (anchor, committed) = (anchor.clone(), commitment.is_some());
		Self::deposit_event(Event::AnchorMissed { anchor, machine, round, committed, slash });
	}

	fn slash(anchor: &T::AccountId) -> Option<SlashId> {
		let amount = T::MissSlash::get().mul_floor(T::Bonds::minimum(Role::Anchor));
		with_storage_layer(|| T::Slashes::defer(anchor, Role::Anchor, amount, None))
			.inspect_err(|error| log::warn!(target: crate::worker::LOG, "no slash for {anchor:?}: {error:?}"))
			.ok()
	}
}
