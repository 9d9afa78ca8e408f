//! The numbered invariants of the crate's documentation.

use crate::*;
use frame_support::{ensure, traits::fungible::hold::Inspect as _};
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

		for who in Offences::<T>::iter_keys() {
			ensure!(
				Ledger::<T>::contains_key(&who, Role::Validator),
				"6: an offence is on record for an account without a bond"
			);
		}
		Ok(())
	}

	fn check_list(role: Role, list: &[Qualified<T::AccountId>]) -> Result<(), TryRuntimeError> {
		let minimum = Minimums::<T>::get(role);
		ensure!(list.is_sorted_by(|a, b| a.who < b.who), "4: a list is out of order");
		for Qualified { who, bond } in list {
			let active = Ledger::<T>::get(who, role).map_or(0, |bond| bond.active);
			ensure!(active == *bond, "4: a list shows another bond than the ledger");
			ensure!(*bond > 0 && *bond >= minimum, "4: a listed bond is below the minimum");
		}
		Ok(())
	}
}
