//! Appeals against slashes: made by the owner of the bond, decided by a fresh jury.

use crate::*;
use exabits_math::slashing::{self, Verdict};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	storage::with_storage_layer,
	traits::{fungible::hold::Mutate as _, tokens::Precision, Get},
	weights::WeightMeter,
	BoundedVec,
};
use sp_runtime::ArithmeticError::Overflow;

/// How many sessions after an appeal its jury is drawn: nothing of that session's seed is known before the next
/// session has begun.
const JURY_AFTER: SessionIndex = 2;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_appeal(who: &T::AccountId, slash: SlashId) -> DispatchResult {
		let record = DeferredSlashes::<T>::get(slash).ok_or(Error::<T>::UnknownSlash)?;
		ensure!(record.who == *who, Error::<T>::NotSlashed);
		ensure!(!Appeals::<T>::contains_key(slash), Error::<T>::AlreadyAppealed);
		let now = T::Clock::now();
		ensure!(now < Self::due(&record), Error::<T>::TooLate);
		let until = now.checked_add(T::AppealSlots::get()).ok_or(Overflow)?.max(record.due);
		let wanted = T::Clock::session().checked_add(JURY_AFTER).ok_or(Overflow)?;
		let session = Self::enqueue_jury(slash, wanted)?;

		let deposit = slashing::appeal_deposit(record.amount);
		T::Currency::hold(&HoldReason::Appeal.into(), who, deposit)?;
		Appeals::<T>::insert(slash, Appeal { deposit, session, jury: BoundedVec::new() });
		SlashQueue::<T>::withdraw(record.due, &slash);
		let due = Self::defer_until(slash, until)?;
		Self::deposit_event(Event::Appealed { slash, who: who.clone(), deposit, session, due });
		Ok(())
	}

	/// Queues the draw of a jury for `session`, or a little later.
	fn enqueue_jury(slash: SlashId, session: SessionIndex) -> Result<SessionIndex, DispatchError> {
		let drawn = JuryQueue::<T>::schedule(T::Clock::session().into(), session.into(), slash)
			.map_err(|_| Error::<T>::QueueFull)?;
		SessionIndex::try_from(drawn).map_err(|_| Overflow.into())
	}

	pub(crate) fn do_draw_jury(slash: SlashId) -> DispatchResult {
		let record = DeferredSlashes::<T>::get(slash).ok_or(Error::<T>::UnknownSlash)?;
		let mut appeal = Appeals::<T>::get(slash).ok_or(Error::<T>::NotAppealed)?;
		ensure!(appeal.jury.is_empty(), Error::<T>::JuryKnown);
		ensure!(T::Clock::session() >= appeal.session, Error::<T>::TooEarly);
		let recused = Recused::<T>::get(slash).into_iter().chain(record.reporter).collect::<Vec<_>>();
		let jury = T::Jury::draw(slash, T::JurySize::get(), &record.who, &recused);
		ensure!(!jury.is_empty(), Error::<T>::TooFewJurors);

		let jury = BoundedVec::truncate_from(jury);
		let members = jury.iter().map(|who| Juror { who: who.clone(), cancel: None }).collect();
		appeal.jury = BoundedVec::truncate_from(members);
		Appeals::<T>::insert(slash, appeal);
		Self::deposit_event(Event::JuryDrawn { slash, jury });
		Ok(())
	}

	/// Draws juries whose session has come, while `meter` allows.
	pub(crate) fn sweep_juries(meter: &mut WeightMeter) {
		JuryQueue::<T>::sweep(
			T::Clock::session().into(),
			meter,
			T::WeightInfo::sweep_slot(),
			T::WeightInfo::draw_jury(),
			Self::sweep_jury,
		);
	}

	/// Draws one jury taken from the queue, and tries again in the next session where there is none.
	pub(crate) fn sweep_jury(slash: SlashId) {
		let drawn = with_storage_layer(|| Self::do_draw_jury(slash));
		if drawn != Err(Error::<T>::TooFewJurors.into()) {
			// Otherwise it was drawn by a call, or the slash is gone.
			return;
		}
		let next = T::Clock::session().saturating_add(1);
		if let Err(error) = with_storage_layer(|| Self::enqueue_jury(slash, next)) {
			// `draw_jury` can still draw it.
			log::error!(target: LOG_TARGET, "the jury on slash {slash} was not queued again: {error:?}");
		}
	}

	pub(crate) fn do_vote(who: &T::AccountId, slash: SlashId, cancel: bool) -> DispatchResult {
		let record = DeferredSlashes::<T>::get(slash).ok_or(Error::<T>::UnknownSlash)?;
		let mut appeal = Appeals::<T>::get(slash).ok_or(Error::<T>::NotAppealed)?;
		ensure!(T::Clock::now() < Self::due(&record), Error::<T>::TooLate);
		ensure!(appeal.verdict().is_none(), Error::<T>::Decided);
		let juror = appeal.jury.iter_mut().find(|juror| juror.who == *who).ok_or(Error::<T>::NotInJury)?;
		ensure!(juror.cancel.is_none(), Error::<T>::AlreadyVoted);
		juror.cancel = Some(cancel);
		let verdict = appeal.verdict();
		Appeals::<T>::insert(slash, appeal);
		Self::deposit_event(Event::Voted { slash, who: who.clone(), cancel });
		match verdict {
			Some(Verdict::Cancelled) => Self::do_cancel_slash(slash)?,
			Some(Verdict::Upheld) => Self::deposit_event(Event::SlashUpheld { slash }),
			None => {}
		}
		Ok(())
	}

	/// Gives back what was deposited for an appeal against a slash that is cancelled.
	pub(crate) fn refund_appeal(slash: SlashId, who: &T::AccountId) -> DispatchResult {
		if let Some(appeal) = Appeals::<T>::take(slash) {
			T::Currency::release(&HoldReason::Appeal.into(), who, appeal.deposit, Precision::Exact)?;
		}
		Ok(())
	}
}
