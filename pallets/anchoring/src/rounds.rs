//! The life of a round: opened with its committee, settled by what that revealed.

use crate::*;
use alloc::vec::Vec;
use exabits_math::aggregate;
use exabits_primitives::{
	Balance, Bonds, Clock, Judge, MachineId, Measured, Measurement, Role, RoundIndex, RoundOutcome,
	SessionIndex, SlashId, Slashes, Slot,
};
use frame_support::{pallet_prelude::*, storage::with_storage_layer, traits::Get, BoundedVec};
use sp_runtime::{DispatchError, Perbill};

/// What settling a round came to.
pub(crate) struct Settled<AccountId> {
	/// Whose standing has changed.
	pub changed: Vec<AccountId>,
	/// Whether somebody committed and did not reveal, or did not open.
	pub offended: bool,
	/// What is to be judged, and by the committee of which session; `None` where the round is void.
	pub verdict: Option<(SessionIndex, RoundOutcome)>,
}

/// What a member has done for a round.
enum Deed {
	/// It revealed this, and opened what was chosen.
	Measured(Measurement),
	/// It did not commit, or said that it could not measure.
	Missed,
	/// It committed to this and did not reveal.
	Withheld(Commitment),
	/// It revealed of this and did not open what was chosen.
	Forged(Commitment),
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

	/// Settles a round and has it judged. Returns what settling it came to, and the weight of judging it.
	///
	/// Only unknown rounds and ones that are not due are refused: what follows guards itself.
	pub(crate) fn do_settle(
		machine: MachineId,
		round: RoundIndex,
	) -> Result<(Settled<T::AccountId>, Weight), DispatchError> {
		let settled = Self::tally(machine, round)?;
		let judged = settled.verdict.map_or_else(Weight::zero, |(session, outcome)| {
			T::Judge::judge(machine, round, session, outcome)
		});
		Ok((settled, judged))
	}

	/// Takes a round out of the state, and pays and blames its committee for what was revealed.
	pub(crate) fn tally(
		machine: MachineId,
		round: RoundIndex,
	) -> Result<Settled<T::AccountId>, DispatchError> {
		let record = Rounds::<T>::get(machine, round).ok_or(Error::<T>::UnknownRound)?;
		let Phases { starts, settles_at, .. } = Self::phases(round);
		ensure!(T::Clock::now() >= settles_at, Error::<T>::NotDue);
		Rounds::<T>::remove(machine, round);
		let mut settled = Settled { changed: Vec::new(), offended: false, verdict: None };
		if T::Clock::in_gap(starts, settles_at) {
			Self::give_back(machine, record.fee);
			Self::deposit_event(Event::RoundVoided { machine, round });
			return Ok(settled);
		}

		let past = Self::past_round(round);
		let deeds: Vec<_> = record
			.members
			.into_iter()
			.map(|member| (Self::deed(&member, round, past), member.anchor))
			.collect();
		let measured = |(deed, _): &(Deed, T::AccountId)| match deed {
			Deed::Measured(measurement) => Some(*measurement),
			Deed::Missed | Deed::Withheld(_) | Deed::Forged(_) => None,
		};
		let revealed: Vec<Measurement> = deeds.iter().filter_map(measured).collect();
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
		let members = u32::try_from(deeds.len()).unwrap_or(u32::MAX);
		let mut accurate_members = Vec::new();
		for (deed, anchor) in deeds {
			match deed {
				Deed::Measured(one) if agreed.is_some() => {
					let share = if is_accurate(&one) { Some(shares.measuring) } else { None };
					earned = earned.saturating_add(share.unwrap_or_default());
					Self::weigh(&anchor, machine, round, share);
					accurate_members.extend(share.map(|_| anchor.clone()));
				}
				Deed::Measured(_) => continue,
				Deed::Missed => Self::miss(&anchor, machine, round, None),
				Deed::Withheld(commitment) => {
					settled.offended = true;
					let slash = Self::punish(&anchor, past, commitment);
					Self::miss(&anchor, machine, round, Some(slash));
				}
				Deed::Forged(commitment) => {
					settled.offended = true;
					Self::punish(&anchor, past, commitment);
				}
			}
			settled.changed.push(anchor);
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
		settled.verdict = Some((session, outcome));
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

	/// What a member has done. Who could be asked to open something, and did not, is not taken at its word.
	fn deed(member: &CommitteeMember<T::AccountId>, round: RoundIndex, past: Option<PastRound>) -> Deed {
		let Some(commitment) = Self::commitment(&member.anchor, round) else {
			// A round that is settled so late that its commitments are gone costs nobody stake.
			return match member.report {
				Report::Measured(measurement) => Deed::Measured(measurement),
				Report::NotMeasured | Report::Pending => Deed::Missed,
			};
		};
		match member.report {
			Report::Pending => Deed::Withheld(commitment),
			_ if Self::is_unopened(past, &commitment) => Deed::Forged(commitment),
			Report::NotMeasured => Deed::Missed,
			Report::Measured(measurement) => Deed::Measured(measurement),
		}
	}

	/// Notes that an anchor did not do its part of one machine's round: that it did not commit or could not measure, or
	/// that it committed and did not reveal, and was slashed for that or not.
	fn miss(anchor: &T::AccountId, machine: MachineId, round: RoundIndex, withheld: Option<Option<SlashId>>) {
		Standings::<T>::mutate(anchor, |standing| {
			let count = if withheld.is_some() { &mut standing.withheld } else { &mut standing.missed };
			*count = count.saturating_add(1);
		});
		let (anchor, committed, slash) = (anchor.clone(), withheld.is_some(), withheld.flatten());
		Self::deposit_event(Event::AnchorMissed { anchor, machine, round, committed, slash });
	}

	/// Slashes an anchor for a commitment that was not revealed or not opened, once for all machines of a round. What is
	/// not revealed costs stake since an anchor could otherwise choose what to reveal once it has seen the others; what is
	/// not opened, since it may be made up.
	fn punish(anchor: &T::AccountId, past: Option<PastRound>, commitment: Commitment) -> Option<SlashId> {
		if commitment.slashed {
			return None;
		}
		let round = commitment.round;
		Commitments::<T>::insert(anchor, Self::place(round), Commitment { slashed: true, ..commitment });
		let unopened = Self::is_unopened(past, &commitment);
		let part = if unopened { T::ForgerySlash::get() } else { T::MissSlash::get() };
		let slash = Self::slash(anchor, part);
		if unopened {
			let accuracy = Standings::<T>::mutate(anchor, |standing| {
				standing.forged = standing.forged.saturating_add(1);
				standing.accuracy = aggregate::accuracy(standing.accuracy, false);
				standing.accuracy
			});
			Self::deposit_event(Event::AnchorForged { anchor: anchor.clone(), round, slash, accuracy });
		}
		Self::note_offence(anchor);
		slash
	}

	fn slash(anchor: &T::AccountId, part: Perbill) -> Option<SlashId> {
		let amount = part.mul_floor(T::Bonds::minimum(Role::Anchor));
		with_storage_layer(|| T::Slashes::defer(anchor, Role::Anchor, amount, None))
			.inspect_err(|error| log::warn!(target: crate::worker::LOG, "no slash for {anchor:?}: {error:?}"))
			.ok()
	}
}
