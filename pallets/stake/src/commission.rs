//! What operators earn, and how they share it with those who delegate to them.

use crate::*;
use exabits_math::issuance;
use exabits_primitives::Operators;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	storage::with_storage_layer,
	traits::{fungible::Mutate as _, Get},
};
use sp_runtime::ArithmeticError::{Overflow, Underflow};

impl<T: Config> Pallet<T> {
	/// What `who` keeps of what it earns in `session`.
	pub(crate) fn commission_in(who: &T::AccountId, role: Role, session: SessionIndex) -> Perbill {
		Commissions::<T>::get(who, role).rate_in(session).min(T::MaxCommission::get())
	}

	pub(crate) fn do_set_commission(who: &T::AccountId, role: Role, commission: Perbill) -> DispatchResult {
		ensure!(role != Role::Service, Error::<T>::NotDelegable);
		ensure!(Ledger::<T>::contains_key(who, role), Error::<T>::NotBonded);
		ensure!(commission <= T::MaxCommission::get(), Error::<T>::CommissionTooHigh);
		// Nothing is left of sessions whose commission is forgotten by this.
		T::Issuance::settle(who, role);
		let session = T::Clock::session();
		let from = session.checked_add(1).ok_or(Overflow)?;
		let rate = Commissions::<T>::get(who, role).rate_in(session);
		Commissions::<T>::insert(who, role, Commission { rate, next: Some((from, commission)) });
		Self::deposit_event(Event::CommissionSet { who: who.clone(), role, commission, from });
		Ok(())
	}
}

impl<T: Config> Operators<T::AccountId> for Pallet<T> {
	fn commission(who: &T::AccountId, role: Role, session: SessionIndex) -> Perbill {
		Self::commission_in(who, role, session)
	}

	fn delegators_part(who: &T::AccountId, role: Role, shared: Balance) -> Balance {
		let own = Ledger::<T>::get(who, role).map_or(0, |bond| bond.active);
		issuance::delegators_part(shared, own, Pools::<T>::get(who, role).staying.value)
	}

	fn pay(who: &T::AccountId, role: Role, own: Balance, shared: Balance) -> Result<Balance, DispatchError> {
		with_storage_layer(|| {
			let part = Self::delegators_part(who, role, shared);
			if part > 0 {
				let mut pool = Pools::<T>::get(who, role);
				pool.staying.reward(part).ok_or(Error::<T>::NobodyDelegates)?;
				T::Currency::mint_into(&T::Pot::get(), part)?;
				Self::deposit_event(Event::DelegatorsRewarded { operator: who.clone(), role, amount: part });
				Self::settle_pool(who, role, pool, false);
			}
			let rest = shared.checked_sub(part).ok_or(Underflow)?;
			T::Currency::mint_into(who, own.checked_add(rest).ok_or(Overflow)?)?;
			Ok(part)
		})
	}
}
