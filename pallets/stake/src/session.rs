//! The validator set, and what offences of validators lead to.

use crate::*;
use core::marker::PhantomData;
use exabits_math::slashing;
use frame_support::{
	pallet_prelude::{DispatchResult, Weight},
	storage::with_storage_layer,
	traits::{Contains, Get},
};
use sp_runtime::{traits::Convert, ArithmeticError::Overflow, Perbill};
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

/// Takes a validator out of block production until the set changes.
pub trait DisableValidator<AccountId> {
	/// Disables `who`, if the disabling strategy agrees; `fraction` says how bad its offence was.
	fn disable(who: &AccountId, fraction: Perbill);
}

impl<AccountId> DisableValidator<AccountId> for () {
	fn disable(_: &AccountId, _: Perbill) {}
}

/// The full identification of a validator, which is empty: the ledger knows what stood behind it in any
/// session that can still be reported.
pub struct FullIdentificationOf<T>(PhantomData<T>);

impl<T: Config> Convert<T::AccountId, Option<()>> for FullIdentificationOf<T> {
	fn convert(_: T::AccountId) -> Option<()> {
		Some(())
	}
}

impl<T: Config> Pallet<T> {
	/// Elects the validators of `session`: the highest stakes with session keys, or `None` to go on with the
	/// present set when too few qualify.
	///
	/// A set that is the same as before is returned all the same, so that the history always knows the
	/// session keys of its time.
	fn elect(session: SessionIndex) -> Option<Vec<T::AccountId>> {
		let candidates = Candidates::<T>::get()
			.into_iter()
			.filter(|entry| T::SessionKeysSet::contains(&entry.who))
			.map(|entry| {
				let stake = entry.stake();
				(entry.who, stake)
			});
		let set = slashing::highest(candidates, T::MaxValidators::get());
		let validators = u32::try_from(set.len()).unwrap_or(u32::MAX);
		if validators < T::MinValidators::get().max(1) {
			Self::deposit_event(Event::ValidatorSetKept { session, qualified: validators });
			return None;
		}
		Self::deposit_event(Event::ValidatorSetElected { session, validators });
		Some(set)
	}

	/// The highest fraction that `who` has been charged for an offence in `session`.
	fn charged(who: &T::AccountId, session: SessionIndex) -> Perbill {
		let charges = Offences::<T>::get(who);
		charges.iter().find(|(of, _)| *of == session).map_or(Perbill::zero(), |(_, fraction)| *fraction)
	}

	/// Defers the slash for an offence, of which less or nothing has been charged for that session before.
	/// The caller provides the storage layer.
	fn charge(
		details: &OffenceDetails<T::AccountId, (T::AccountId, ())>,
		fraction: Perbill,
		session: SessionIndex,
	) -> DispatchResult {
		let who = &details.offender.0;
		let Some(bond) = Ledger::<T>::get(who, Role::Validator) else {
			// It has been slashed away and withdrawn; nothing stands behind it any more.
			return Ok(());
		};
		let previous = Self::charged(who, session);
		let unbonding = bond.unbonding.iter().map(|part| (part.amount, part.session));
		// Each unit that is delegated bears the fraction too, until it is out.
		let delegated = Pools::<T>::get(who, Role::Validator).total().ok_or(Overflow)?;
		let exposure = slashing::exposure(bond.active, unbonding, session)
			.and_then(|own| own.checked_add(delegated))
			.ok_or(Overflow)?;
		let amount = slashing::offence(previous, fraction, exposure);

		Offences::<T>::mutate(who, |charges| {
			charges.retain(|(of, _)| *of != session);
			if charges.is_full() {
				charges.remove(0);
			}
			// There is room now.
			let _ = charges.try_push((session, fraction));
		});
		if amount > 0 {
			Self::record(who, Role::Validator, amount, details.reporters.first().cloned())?;
		}
		Ok(())
	}
}

impl<T: Config> pallet_session::SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(new_index: SessionIndex) -> Option<Vec<T::AccountId>> {
		Self::elect(new_index)
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(_: SessionIndex) {}
}

impl<T: Config> pallet_session::historical::SessionManager<T::AccountId, ()> for Pallet<T> {
	fn new_session(new_index: SessionIndex) -> Option<Vec<(T::AccountId, ())>> {
		Self::elect(new_index).map(|set| set.into_iter().map(|who| (who, ())).collect())
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(_: SessionIndex) {}
}

impl<T: Config> OnOffenceHandler<T::AccountId, (T::AccountId, ()), Weight> for Pallet<T> {
	fn on_offence(
		offenders: &[OffenceDetails<T::AccountId, (T::AccountId, ())>],
		slash_fraction: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let most = usize::try_from(T::MaxValidators::get()).unwrap_or(usize::MAX);
		let mut weight = Weight::zero();
		for (details, fraction) in offenders.iter().zip(slash_fraction).take(most) {
			weight = weight.saturating_add(T::WeightInfo::on_offence());
			let who = &details.offender.0;
			if *fraction <= Self::charged(who, session) {
				// The handler is told of earlier offenders again with each report of the same slot.
				continue;
			}
			T::DisableValidator::disable(who, *fraction);
			if Self::is_listed(who, Role::Validator) && Self::can_spare_candidate() {
				Self::end_candidacy(who);
			}
			if let Err(error) = with_storage_layer(|| Self::charge(details, *fraction, session)) {
				log::error!(target: LOG_TARGET, "offence of {who:?} was not charged: {error:?}");
			}
		}
		weight
	}
}
