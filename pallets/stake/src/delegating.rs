//! Delegation: stake that others put behind an anchor or a validator.
//!
//! The money lies in one account of the pallet. Who delegates holds shares in what stays with an operator or in what
//! is leaving it, so that a slash costs the same however many they are.

use crate::*;
use exabits_primitives::deadlines::SPILL;
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{fungible::Mutate as _, tokens::Preservation, Get},
};
use sp_runtime::ArithmeticError::Overflow;

impl<T: Config> Pallet<T> {
	/// Writes what is delegated to `operator`, or removes a record that says nothing.
	pub(crate) fn store_pool(operator: &T::AccountId, role: Role, pool: Delegated) {
		if pool.is_new() {
			Pools::<T>::remove(operator, role);
		} else {
			Pools::<T>::insert(operator, role, pool);
		}
	}

	/// Writes a delegation, or removes the record of one of which nothing is left.
	fn store_delegation(
		who: &T::AccountId,
		operator: &T::AccountId,
		role: Role,
		pool: &Delegated,
		mut delegation: DelegationOf<T>,
	) {
		if pool.staying.valid(delegation.staying) == 0 {
			delegation.staying = Default::default();
		}
		let key = (who, operator, role);
		if delegation == Default::default() {
			Delegations::<T>::remove(key);
		} else {
			Delegations::<T>::insert(key, delegation);
		}
	}

	/// Writes what is delegated to `operator` and brings its place in the list up to date.
	pub(crate) fn settle_pool(operator: &T::AccountId, role: Role, pool: Delegated, enter: bool) {
		Self::store_pool(operator, role, pool);
		let active = Ledger::<T>::get(operator, role).map_or(0, |bond| bond.active);
		// A validator may have been chilled: only `validate` undoes that.
		Self::update_list(operator, role, active, enter && role == Role::Anchor);
	}

	pub(crate) fn do_delegate(
		who: &T::AccountId,
		operator: &T::AccountId,
		role: Role,
		amount: Balance,
	) -> DispatchResult {
		ensure!(role != Role::Service, Error::<T>::NotDelegable);
		ensure!(who != operator, Error::<T>::OwnOperator);
		ensure!(amount >= T::MinDelegation::get(), Error::<T>::DelegationTooLow);
		T::Issuance::settle(operator, role);
		let bond = Ledger::<T>::get(operator, role).ok_or(Error::<T>::NotBonded)?;
		ensure!(bond.active > 0, Error::<T>::NotBonded);
		ensure!(bond.active >= Minimums::<T>::get(role), Error::<T>::BondTooLow);
		// Nobody pays for what was done before it came.
		ensure!(bond.pending == 0, Error::<T>::SlashPending);
		let mut pool = Pools::<T>::get(operator, role);
		let most = bond.active.saturating_mul(T::DelegationMultiple::get().into());
		let all = pool.staying.value.checked_add(amount).ok_or(Overflow)?;
		ensure!(all <= most, Error::<T>::TooMuchDelegated);

		let mut delegation = Delegations::<T>::get((who, operator, role));
		pool.staying.join(&mut delegation.staying, amount).ok_or(Error::<T>::PoolExhausted)?;
		T::Currency::transfer(who, &T::Pot::get(), amount, Preservation::Preserve)?;
		Self::store_delegation(who, operator, role, &pool, delegation);
		Self::deposit_event(Event::Delegated { who: who.clone(), operator: operator.clone(), role, amount });
		Self::settle_pool(operator, role, pool, true);
		Ok(())
	}

	pub(crate) fn do_undelegate(
		who: &T::AccountId,
		operator: &T::AccountId,
		role: Role,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		T::Issuance::settle(operator, role);
		let mut pool = Pools::<T>::get(operator, role);
		let mut delegation = Delegations::<T>::get((who, operator, role));
		let worth = pool.staying.worth(delegation.staying);
		ensure!(worth > 0, Error::<T>::NotDelegated);
		let rest = worth.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)?;
		ensure!(rest == 0 || rest >= T::MinDelegation::get(), Error::<T>::DelegationTooLow);
		pool.staying.leave(&mut delegation.staying, amount).ok_or(Error::<T>::PoolExhausted)?;

		let due = T::Clock::now().checked_add(T::UnbondingSlots::get()).ok_or(Overflow)?;
		let withdrawable_from = delegation.leaving.last().map_or(due, |last| due.max(last.withdrawable_from));
		let mut part = match delegation.leaving.last() {
			Some(last) if last.withdrawable_from == withdrawable_from => {
				let last = *last;
				delegation.leaving.pop();
				last
			}
			_ => Leaving { holding: Default::default(), withdrawable_from },
		};
		pool.leaving.join(&mut part.holding, amount).ok_or(Error::<T>::PoolExhausted)?;
		delegation.leaving.try_push(part).map_err(|_| Error::<T>::TooManyUnbonding)?;
		Self::store_delegation(who, operator, role, &pool, delegation);
		Self::deposit_event(Event::Undelegated {
			who: who.clone(),
			operator: operator.clone(),
			role,
			amount,
			withdrawable_from,
		});
		Self::settle_pool(operator, role, pool, false);
		Ok(())
	}

	/// Whether what can be withdrawn from slot `from` has to wait for a slash: at most as long as a slash that was
	/// recorded before can wait, in full queues too.
	fn waits_for_slash(from: Slot) -> bool {
		let waits = [T::SlashDeferral::get(), SPILL, T::AppealSlots::get(), SPILL];
		let until = waits.into_iter().fold(from, Slot::saturating_add);
		T::Clock::now() < T::Clock::extended(from, until)
	}

	pub(crate) fn do_withdraw_delegation(
		who: &T::AccountId,
		operator: &T::AccountId,
		role: Role,
	) -> DispatchResult {
		let now = T::Clock::now();
		let mut pool = Pools::<T>::get(operator, role);
		let mut delegation = Delegations::<T>::get((who, operator, role));
		let pending = Ledger::<T>::get(operator, role).is_some_and(|bond| bond.pending > 0);
		let matured = delegation.leaving.iter().filter(|part| part.withdrawable_from <= now).count();
		let lost = delegation.staying != Default::default() && pool.staying.valid(delegation.staying) == 0;
		ensure!(matured > 0 || lost, Error::<T>::NothingToWithdraw);

		let mut amount: Balance = 0;
		let mut left = DelegationOf::<T>::default().leaving;
		for part in &delegation.leaving {
			let Leaving { mut holding, withdrawable_from } = *part;
			if withdrawable_from > now || (pending && Self::waits_for_slash(withdrawable_from)) {
				// It has come out of a list of the same size.
				let _ = left.try_push(*part);
				continue;
			}
			let worth = pool.leaving.worth(holding);
			pool.leaving.leave(&mut holding, worth).ok_or(Error::<T>::PoolExhausted)?;
			amount = amount.checked_add(worth).ok_or(Overflow)?;
		}
		ensure!(lost || left.len() < delegation.leaving.len(), Error::<T>::SlashPending);
		delegation.leaving = left;
		if amount > 0 {
			T::Currency::transfer(&T::Pot::get(), who, amount, Preservation::Preserve)?;
		}
		Self::store_delegation(who, operator, role, &pool, delegation);
		Self::store_pool(operator, role, pool);
		Self::deposit_event(Event::DelegationWithdrawn {
			who: who.clone(),
			operator: operator.clone(),
			role,
			amount,
		});
		Ok(())
	}

	pub(crate) fn do_reward_delegators(
		who: &T::AccountId,
		operator: &T::AccountId,
		role: Role,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut pool = Pools::<T>::get(operator, role);
		pool.staying.reward(amount).ok_or(Error::<T>::NobodyDelegates)?;
		T::Currency::transfer(who, &T::Pot::get(), amount, Preservation::Preserve)?;
		Self::deposit_event(Event::DelegatorsRewarded { operator: operator.clone(), role, amount });
		Self::settle_pool(operator, role, pool, false);
		Ok(())
	}
}
