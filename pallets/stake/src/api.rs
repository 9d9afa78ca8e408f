//! What other pallets ask of the ledger.

use crate::*;
use exabits_math::slashing;
use exabits_primitives::{Anchors, Bonds, Slashes};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	storage::with_storage_layer,
	traits::{fungible::hold::Mutate as _, tokens::Precision},
	BoundedVec,
};
use sp_runtime::ArithmeticError::{Overflow, Underflow};

impl<T: Config> Bonds<T::AccountId> for Pallet<T> {
	fn bonded(who: &T::AccountId, role: Role) -> Balance {
		Ledger::<T>::get(who, role).map_or(0, |bond| bond.active)
	}

	fn minimum(role: Role) -> Balance {
		Minimums::<T>::get(role)
	}

	fn reserve(who: &T::AccountId, role: Role, amount: Balance) -> DispatchResult {
		let mut bond = Ledger::<T>::get(who, role).ok_or(Error::<T>::NotBonded)?;
		ensure!(amount <= bond.unreserved(), Error::<T>::InsufficientBond);
		bond.reserved = bond.reserved.checked_add(amount).ok_or(Overflow)?;
		Self::store(who, role, bond);
		Ok(())
	}

	fn unreserve(who: &T::AccountId, role: Role, amount: Balance) {
		if let Some(mut bond) = Ledger::<T>::get(who, role) {
			// At most down to nothing reserved.
			bond.reserved = bond.reserved.saturating_sub(amount);
			Self::store(who, role, bond);
		}
	}

	fn debit(who: &T::AccountId, role: Role, amount: Balance) -> DispatchResult {
		with_storage_layer(|| {
			let mut bond = Ledger::<T>::get(who, role).ok_or(Error::<T>::NotBonded)?;
			ensure!(amount <= bond.unreserved(), Error::<T>::InsufficientBond);
			let total = bond.total().ok_or(Overflow)?;
			let spare = slashing::withdrawable(amount, total, bond.pending);
			ensure!(spare == amount, Error::<T>::SlashPending);
			bond.active = bond.active.checked_sub(amount).ok_or(Underflow)?;
			let active = bond.active;
			T::Currency::release(&Self::reason(role), who, amount, Precision::Exact)?;
			Self::store(who, role, bond);
			Self::deposit_event(Event::Debited { who: who.clone(), role, amount });
			Self::update_list(who, role, active, false);
			Ok(())
		})
	}

	fn credit(who: &T::AccountId, role: Role, amount: Balance) -> DispatchResult {
		with_storage_layer(|| {
			let bond = Ledger::<T>::get(who, role).ok_or(Error::<T>::NotBonded)?;
			Self::fill(who, role, bond, amount, role == Role::Anchor)
		})
	}
}

impl<T: Config> Slashes<T::AccountId> for Pallet<T> {
	fn defer(
		who: &T::AccountId,
		role: Role,
		amount: Balance,
		reporter: Option<T::AccountId>,
	) -> Result<SlashId, DispatchError> {
		with_storage_layer(|| Self::record(who, role, amount, reporter))
	}

	fn recuse(slash: SlashId, finders: Vec<T::AccountId>) {
		if DeferredSlashes::<T>::contains_key(slash) {
			Recused::<T>::insert(slash, BoundedVec::truncate_from(finders));
		}
	}
}

impl<T: Config> Anchors<T::AccountId> for Pallet<T> {
	fn seats() -> Vec<(T::AccountId, u32)> {
		let minimum = Minimums::<T>::get(Role::Anchor);
		AnchorList::<T>::get()
			.into_iter()
			.map(|entry| {
				let seats = slashing::seats(entry.stake(), minimum);
				(entry.who, seats)
			})
			.collect()
	}
}
