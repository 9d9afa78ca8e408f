//! How an agreement ends: by notice, or because its time is over.

use crate::{
	negotiating::Queue, Agreement, AgreementState, Agreements, Config, Due, Ending, Error, Event, Pallet,
	Renewals, Standings, LOG,
};
use exabits_primitives::{Clock, MachineId, Machines, Slot};
use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_terminate(who: T::AccountId, machine: MachineId) -> DispatchResult {
		Self::owned(&who, machine)?;
		let mut agreement = Agreements::<T>::get(machine).ok_or(Error::<T>::NoAgreement)?;
		match agreement.state {
			AgreementState::Active => {
				let known = agreement.ending;
				ensure!(known.is_none_or(|ending| !ending.notice), Error::<T>::NoticeGiven);
				let now = T::Clock::now();
				let after_notice = now.saturating_add(T::NoticeSlots::get());
				let ends = known.map_or(after_notice, |ending| Self::ends(&ending).min(after_notice));
				Self::unqueue_ending(machine, &agreement);
				agreement.ending = Some(Self::queue_ending(machine, ends, true));
				Agreements::<T>::insert(machine, agreement);
				Self::deposit_event(Event::NoticeGiven { machine, ends });
			}
			AgreementState::Proposed
			| AgreementState::Countered
			| AgreementState::Agreed
			| AgreementState::Testing => {
				if agreement.state == AgreementState::Testing {
					T::Machines::unbind(machine)?;
				}
				Self::conclude(machine, agreement, AgreementState::Terminated);
			}
			AgreementState::Rejected | AgreementState::Terminated | AgreementState::Expired => {
				return Err(Error::<T>::NotLive.into())
			}
		}
		Ok(())
	}

	pub(crate) fn do_end(machine: MachineId) -> DispatchResult {
		let mut agreement = Agreements::<T>::get(machine).ok_or(Error::<T>::NoAgreement)?;
		ensure!(agreement.state == AgreementState::Active, Error::<T>::NotLive);
		let ending = agreement.ending.ok_or(Error::<T>::NotDue)?;
		ensure!(T::Clock::now() >= Self::ends(&ending), Error::<T>::NotDue);
		let info = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		// Leases exist only on commitments, and a commitment names the template that its buyers were promised.
		ensure!(info.open == 0, Error::<T>::HasCommitments);
		ensure!(!Self::breach_waits(machine), Error::<T>::BreachPending);
		T::Machines::unbind(machine)?;
		Self::unqueue_ending(machine, &agreement);
		// What was to follow goes too; its entry in the queue finds nothing to do.
		agreement.queued |= Renewals::<T>::take(machine).is_some_and(|renewal| renewal.queued);
		let state = if ending.notice { AgreementState::Terminated } else { AgreementState::Expired };
		Self::conclude(machine, agreement, state);
		Ok(())
	}

	/// Whether a breach waits for a second committee, so that the terms it broke must not go: that must not be a way out of
	/// a slash. The wait is bounded, so that a committee that never comes holds nobody.
	pub(crate) fn breach_waits(machine: MachineId) -> bool {
		Standings::<T>::get(machine)
			.record
			.and_then(|record| record.pending)
			.is_some_and(|breach| T::Clock::session() <= breach.session.saturating_add(1))
	}

	/// The first slot in which an agreement may end: slots in gaps do not count.
	pub(crate) fn ends(ending: &Ending) -> Slot {
		T::Clock::extended(ending.since, ending.at)
	}

	/// Whether the machine may take commitments under its active agreement.
	pub(crate) fn takes_commitments(agreement: &Agreement<T::AccountId>) -> bool {
		agreement.state == AgreementState::Active
			&& agreement.ending.is_none_or(|ending| !ending.notice && T::Clock::now() < Self::ends(&ending))
	}

	/// Has the queue end an agreement. Where there is no room for it, [`Pallet::end`] still can.
	pub(crate) fn queue_ending(machine: MachineId, at: Slot, notice: bool) -> Ending {
		let since = T::Clock::now();
		let queued = Queue::<T>::schedule(since, at, Due::Ending(machine))
			.inspect_err(|_| log::warn!(target: LOG, "no room to end the agreement of machine {machine}"))
			.ok();
		Ending { since, at, notice, queued }
	}

	pub(crate) fn unqueue_ending(machine: MachineId, agreement: &Agreement<T::AccountId>) {
		if let Some(slot) = agreement.ending.and_then(|ending| ending.queued) {
			Queue::<T>::withdraw(slot, &Due::Ending(machine));
		}
	}

	/// Writes that an agreement, or its negotiation, is over.
	fn conclude(machine: MachineId, mut agreement: Agreement<T::AccountId>, state: AgreementState) {
		let hash = agreement.hash;
		agreement.state = state;
		agreement.approvals = Default::default();
		agreement.ending = None;
		Agreements::<T>::insert(machine, agreement);
		Standings::<T>::mutate(machine, |standing| standing.record = None);
		Self::deposit_event(if state == AgreementState::Terminated {
			Event::AgreementTerminated { machine }
		} else {
			Event::AgreementExpired { machine, hash }
		});
	}
}
