//! The numbered invariants of the crate's documentation.

use crate::*;
use alloc::collections::BTreeMap;
use exabits_math::delegation;
use frame_support::{
	ensure,
	traits::{
		fungible::{hold::Inspect as _, Inspect as _},
		Get,
	},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (who, role, bond) in Ledger::<T>::iter() {
			let total = bond.total().ok_or("1: a bond overflows")?;
			let held = T::Currency::balance_on_hold(&Self::reason(role), &who);
			ensure!(held == total, "1: a hold differs from its bond");
			ensure!(!bond.is_empty(), "3: a bond is empty");
			ensure!(bond.unbonding.iter().all(|part| part.amount > 0), "3: an unbonding part is zero");
			ensure!(
				bond.unbonding.is_sorted_by_key(|part| part.withdrawable_from),
				"3: unbonding parts are out of order"
			);
			let pending = DeferredSlashes::<T>::iter_values()
				.filter(|slash| slash.who == who && slash.role == role)
				.try_fold(0, |sum: Balance, slash| sum.checked_add(slash.amount))
				.ok_or("2: slashes overflow")?;
			ensure!(bond.pending == pending, "2: pending differs from the deferred slashes");
		}

		Self::check_list(Role::Validator, &Candidates::<T>::get())?;
		Self::check_list(Role::Anchor, &AnchorList::<T>::get())?;

		let cursor = SlashCursor::<T>::get();
		for (id, slash) in DeferredSlashes::<T>::iter() {
			ensure!(Ledger::<T>::contains_key(&slash.who, slash.role), "2: a slash has no bond");
			let cursor = cursor.ok_or("5: a slash waits and the queue has not begun")?;
			let queued = DueSlashes::<T>::get(slash.due).contains(&id);
			ensure!(slash.due < cursor || queued, "5: a slash is not queued");
			ensure!(id < NextSlash::<T>::get(), "5: a slash has the id of the next");
		}

		Self::check_appeals()?;
		Self::check_delegations()?;

		for (who, role) in Commissions::<T>::iter_keys() {
			ensure!(Ledger::<T>::contains_key(&who, role), "10: a commission of an account without a bond");
			ensure!(role != Role::Service, "10: a commission for a role without delegation");
		}

		for who in Offences::<T>::iter_keys() {
			ensure!(
				Ledger::<T>::contains_key(&who, Role::Validator),
				"6: an offence is on record for an account without a bond"
			);
		}
		Ok(())
	}

	fn check_delegations() -> Result<(), TryRuntimeError> {
		let mut shares = BTreeMap::<_, (u128, u128)>::new();
		for ((_, operator, role), delegation) in Delegations::<T>::iter() {
			ensure!(delegation != Default::default(), "8: a delegation is empty");
			ensure!(
				delegation.leaving.is_sorted_by_key(|part| part.withdrawable_from),
				"8: parts of a delegation are out of order"
			);
			let pool = Pools::<T>::get(&operator, role);
			let sums = shares.entry((operator, role)).or_default();
			sums.0 = sums.0.saturating_add(pool.staying.valid(delegation.staying));
			for part in &delegation.leaving {
				sums.1 = sums.1.saturating_add(pool.leaving.valid(part.holding));
			}
		}
		let mut all: Balance = 0;
		for (operator, role, pool) in Pools::<T>::iter() {
			let sums = shares.remove(&(operator, role)).unwrap_or_default();
			ensure!(sums == (pool.staying.shares, pool.leaving.shares), "8: shares differ from those held");
			for part in [pool.staying, pool.leaving] {
				ensure!((part.value == 0) == (part.shares == 0), "8: a pool without shares has money");
			}
			all = pool.total().and_then(|total| all.checked_add(total)).ok_or("9: pools overflow")?;
		}
		ensure!(shares.values().all(|sums| *sums == (0, 0)), "8: shares are held in no pool");
		let pot = T::Currency::balance(&T::Pot::get());
		ensure!(pot >= all.saturating_add(T::Currency::minimum_balance()), "9: the pot is short");
		Ok(())
	}

	fn check_appeals() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<T::AccountId, Balance>::new();
		for (id, appeal) in Appeals::<T>::iter() {
			let slash = DeferredSlashes::<T>::get(id).ok_or("7: an appeal has no slash")?;
			ensure!(
				appeal.jury.iter().all(|juror| juror.who != slash.who),
				"7: a jury has the slashed as a member"
			);
			let cursor = JuryCursor::<T>::get().ok_or("7: an appeal waits and the queue has not begun")?;
			let queued = DueJuries::<T>::get(u64::from(appeal.session)).contains(&id);
			ensure!(u64::from(appeal.session) < cursor || queued, "7: a jury is not queued");
			let sum = deposits.entry(slash.who).or_default();
			*sum = sum.checked_add(appeal.deposit).ok_or("7: deposits overflow")?;
		}
		for (who, sum) in deposits {
			let held = T::Currency::balance_on_hold(&HoldReason::Appeal.into(), &who);
			ensure!(held == sum, "7: a hold differs from the deposits");
		}
		for id in Recused::<T>::iter_keys() {
			ensure!(DeferredSlashes::<T>::contains_key(id), "7: somebody is kept out of a jury on no slash");
		}
		Ok(())
	}

	fn check_list(role: Role, list: &[Qualified<T::AccountId>]) -> Result<(), TryRuntimeError> {
		let minimum = Minimums::<T>::get(role);
		ensure!(list.is_sorted_by(|a, b| a.who < b.who), "4: a list is out of order");
		for Qualified { who, bond, delegated } in list {
			let staying = Pools::<T>::get(who, role).staying.value;
			let counted = delegation::counted(*bond, staying, T::DelegationMultiple::get());
			ensure!(*delegated == counted, "4: a list shows other delegations than count");
			let active = Ledger::<T>::get(who, role).map_or(0, |bond| bond.active);
			ensure!(active == *bond, "4: a list shows another bond than the ledger");
			ensure!(*bond > 0 && *bond >= minimum, "4: a listed bond is below the minimum");
		}
		Ok(())
	}
}
