//! The life of a round: opened with its committee, settled by what that revealed.

use crate::*;
use alloc::vec::Vec;
use exabits_math::aggregate;
use exabits_primitives::{
	Approvers, Bonds, Clock, Judge, MachineId, Machines, Measurement, Role, RoundIndex, RoundOutcome,
	SlashId, Slashes, Slot,
};
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
		Get,
	},
	BoundedVec,
};
use sp_runtime::DispatchError;

/// After how many unpaid rounds in a row a machine is suspended.
const MAX_UNPAID: u32 = 3;

impl<T: Config> Pallet<T> {
	/// Opens the machine's round that is due and queues the next one; ends a watch that is no longer wanted.
	pub(crate) fn do_open(machine: MachineId) -> DispatchResult {
		let watch = Watched::<T>::get(machine).ok_or(Error::<T>::NotWatched)?;
		ensure!(T::Clock::now() >= watch.next.start(T::Clock::round_slots()), Error::<T>::NotDue);
		let current = T::Clock::round();
		let next = if watch.active { current.next() } else { None };
		let Some(next) = next else {
			Watched::<T>::remove(machine);
			return Ok(());
		};
		if watch.next == current {
			Self::open_round(machine, current);
		}
		Watched::<T>::insert(machine, Watch { next, ..watch });
		Self::queue_opening(machine, next);
		Ok(())
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
	fn open_round(machine: MachineId, round: RoundIndex) {
		let Phases { starts, commits_from, settles_at, .. } = Self::phases(round);
		let late = T::Clock::now().saturating_sub(starts);
		if late.saturating_mul(2) >= Slot::from(T::Clock::round_slots())
			|| T::Clock::in_gap(starts, commits_from)
		{
			return;
		}
		let Some(session) = Self::session_of(round) else { return };
		let Some(committee) = Self::committee_in(session, machine) else { return };
		let settling = Due::Settling(machine, round);
		if Queue::<T>::schedule(T::Clock::now(), settles_at, settling).is_err() {
			return;
		}
		let member =
			|anchor: &T::AccountId| CommitteeMember { anchor: anchor.clone(), report: Report::Pending };
		let members = BoundedVec::truncate_from(committee.iter().map(member).collect());
		Rounds::<T>::insert(machine, round, Round { session, members });
		Self::deposit_event(Event::RoundOpened { machine, round, session, committee });
	}

	/// Takes a round out of the state and lets everything follow from what was revealed.
	///
	/// Only unknown rounds and ones that are not due are refused: what follows guards itself.
	pub(crate) fn do_settle(machine: MachineId, round: RoundIndex) -> DispatchResult {
		let record = Rounds::<T>::get(machine, round).ok_or(Error::<T>::UnknownRound)?;
		let Phases { starts, settles_at, .. } = Self::phases(round);
		ensure!(T::Clock::now() >= settles_at, Error::<T>::NotDue);
		Rounds::<T>::remove(machine, round);
		if T::Clock::in_gap(starts, settles_at) {
			Self::deposit_event(Event::RoundVoided { machine, round });
			return Ok(());
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

		let mut accurate = Vec::new();
		for member in record.members {
			match (member.report, agreed) {
				(Report::Measured(one), Some(agreed)) => {
					if Self::weigh(&member.anchor, machine, round, &one, &agreed) {
						accurate.push(member.anchor);
					}
				}
				(Report::Measured(_), None) => (),
				(Report::NotMeasured, _) => Self::miss(member.anchor, machine, round, None),
				(Report::Pending, _) => {
					let committed = Self::commitment(&member.anchor, round);
					Self::miss(member.anchor, machine, round, committed);
				}
			}
		}
		if agreed.is_some() {
			Self::collect_fee(machine, round, accurate);
		}
		T::Judge::judge(machine, round, session, outcome);
		Ok(())
	}

	/// Notes how near an anchor was to its committee; true if near enough to be paid.
	fn weigh(
		anchor: &T::AccountId,
		machine: MachineId,
		round: RoundIndex,
		one: &Measurement,
		agreed: &Measurement,
	) -> bool {
		let accurate = aggregate::is_accurate(one, agreed, T::Tolerance::get());
		let accuracy = Standings::<T>::mutate(anchor, |standing| {
			standing.agreed = standing.agreed.saturating_add(1);
			standing.accuracy = aggregate::accuracy(standing.accuracy, accurate);
			standing.accuracy
		});
		if !accurate {
			let anchor = anchor.clone();
			Self::deposit_event(Event::AnchorInaccurate { anchor, machine, round, accuracy });
		}
		accurate
	}

	/// Notes that an anchor did not do its part. Not to commit, and to say that it could not measure, is counted; to
	/// commit and not to reveal is slashed, once for all machines of a round, since an anchor could otherwise choose
	/// what to reveal once it has seen the others.
	fn miss(anchor: T::AccountId, machine: MachineId, round: RoundIndex, commitment: Option<Commitment>) {
		Standings::<T>::mutate(&anchor, |standing| {
			let count = if commitment.is_some() { &mut standing.withheld } else { &mut standing.missed };
			*count = count.saturating_add(1);
		});
		let slash = commitment.filter(|commitment| !commitment.slashed).and_then(|commitment| {
			Commitments::<T>::insert(&anchor, Self::place(round), Commitment { slashed: true, ..commitment });
			Self::slash(&anchor)
		});
		let committed = commitment.is_some();
		Self::deposit_event(Event::AnchorMissed { anchor, machine, round, committed, slash });
	}

	fn slash(anchor: &T::AccountId) -> Option<SlashId> {
		let amount = T::MissSlash::get().mul_floor(T::Bonds::minimum(Role::Anchor));
		with_storage_layer(|| T::Slashes::defer(anchor, Role::Anchor, amount, None))
			.inspect_err(|error| log::warn!(target: crate::worker::LOG, "no slash for {anchor:?}: {error:?}"))
			.ok()
	}

	/// Lets the machine's owner pay the anchors that measured well, and those who answer for its terms. What division
	/// leaves over stays with the owner, as does the whole fee where nobody measured well.
	fn collect_fee(machine: MachineId, round: RoundIndex, accurate: Vec<T::AccountId>) {
		let fee = T::WatchFee::get();
		let count = |anchors: &[T::AccountId]| u32::try_from(anchors.len()).unwrap_or(u32::MAX);
		let approvers = T::Approvers::approvers(machine);
		let set_aside = if approvers.is_empty() { 0 } else { T::ApproverShare::get().mul_floor(fee) };
		let for_approving = aggregate::share(set_aside, count(&approvers), T::Quorum::get());
		let heads = count(&accurate);
		let each = aggregate::share(fee.saturating_sub(set_aside), heads, T::Quorum::get());
		let Some(info) = T::Machines::machine(machine) else { return };
		if heads == 0 || each == 0 {
			return;
		}
		let free = T::Currency::reducible_balance(&info.owner, Preservation::Preserve, Fortitude::Polite);
		if free < fee {
			Self::note_unpaid(machine, round);
			return;
		}
		Watched::<T>::mutate(machine, |watch| {
			if let Some(watch) = watch {
				watch.unpaid = 0;
			}
		});
		let mut amount = 0u128;
		let mut anchors = 0u32;
		let measured = accurate.into_iter().map(|anchor| (anchor, each));
		let approved = approvers.into_iter().map(|anchor| (anchor, for_approving));
		for (anchor, part) in measured.chain(approved).filter(|(_, part)| *part > 0) {
			let paid = with_storage_layer::<_, DispatchError, _>(|| {
				T::Currency::transfer(&info.owner, &anchor, part, Preservation::Preserve)
			});
			match paid {
				Ok(paid) => {
					amount = amount.saturating_add(paid);
					anchors = anchors.saturating_add(1);
				}
				Err(error) => {
					log::warn!(target: crate::worker::LOG, "{anchor:?} was not paid: {error:?}")
				}
			}
		}
		Self::deposit_event(Event::WatchFeePaid { machine, round, amount, anchors });
	}

	fn note_unpaid(machine: MachineId, round: RoundIndex) {
		let in_a_row = Watched::<T>::mutate(machine, |watch| {
			watch.as_mut().map_or(1, |watch| {
				watch.unpaid = watch.unpaid.saturating_add(1);
				watch.unpaid
			})
		});
		Self::deposit_event(Event::WatchFeeUnpaid { machine, round, in_a_row });
		if in_a_row >= MAX_UNPAID {
			// Refused for a machine that is not online, and so has nothing to be suspended from.
			let _ = with_storage_layer(|| T::Machines::suspend(machine));
		}
	}
}
