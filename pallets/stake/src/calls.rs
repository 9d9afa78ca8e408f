//! What calls do.

use crate::*;
use exabits_math::slashing;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	storage::with_storage_layer,
	traits::{fungible::hold::Mutate as _, tokens::Precision, Contains, Get},
};
use sp_runtime::ArithmeticError::{Overflow, Underflow};

impl<T: Config> Pallet<T> {
	/// The hold of a role.
	pub(crate) fn reason(role: Role) -> T::RuntimeHoldReason {
		match role {
			Role::Validator => HoldReason::Validator,
			Role::Anchor => HoldReason::Anchor,
			Role::Service => HoldReason::Service,
		}
		.into()
	}

	/// Writes a bond, or removes the record of one of which nothing is left.
	pub(crate) fn store(who: &T::AccountId, role: Role, bond: BondOf<T>) {
		if bond.is_empty() {
			Ledger::<T>::remove(who, role);
			Commissions::<T>::remove(who, role);
			if role == Role::Validator {
				Offences::<T>::remove(who);
			}
		} else {
			Ledger::<T>::insert(who, role, bond);
		}
	}

	/// Moves `amount` from the free balance into `bond` and writes it.
	pub(crate) fn fill(
		who: &T::AccountId,
		role: Role,
		mut bond: BondOf<T>,
		amount: Balance,
		enter: bool,
	) -> DispatchResult {
		T::Currency::hold(&Self::reason(role), who, amount)?;
		let active = bond.active.checked_add(amount).ok_or(Overflow)?;
		bond.active = active;
		Self::store(who, role, bond);
		Self::deposit_event(Event::Bonded { who: who.clone(), role, amount, active });
		Self::update_list(who, role, active, enter);
		Ok(())
	}

	/// Opens a bond of at least the minimum, and lists its owner where the role has a list.
	pub(crate) fn open(who: &T::AccountId, role: Role, amount: Balance) -> DispatchResult {
		let bond = Ledger::<T>::get(who, role).unwrap_or_default();
		ensure!(bond.active == 0, Error::<T>::AlreadyBonded);
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount >= Minimums::<T>::get(role), Error::<T>::BondTooLow);
		with_storage_layer(|| {
			Self::fill(who, role, bond, amount, true)?;
			ensure!(role == Role::Service || Self::is_listed(who, role), Error::<T>::ListFull);
			Ok(())
		})
	}

	pub(crate) fn do_bond(who: &T::AccountId, role: Role, amount: Balance) -> DispatchResult {
		if role == Role::Validator {
			ensure!(T::SessionKeysSet::contains(who), Error::<T>::NoSessionKeys);
		}
		T::Issuance::settle(who, role);
		Self::open(who, role, amount)
	}

	pub(crate) fn do_bond_more(who: &T::AccountId, role: Role, amount: Balance) -> DispatchResult {
		T::Issuance::settle(who, role);
		let bond = Ledger::<T>::get(who, role).ok_or(Error::<T>::NotBonded)?;
		ensure!(bond.active > 0, Error::<T>::NotBonded);
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		// A validator may have been chilled on purpose, or for an offence: only `validate` undoes that.
		Self::fill(who, role, bond, amount, role == Role::Anchor)
	}

	pub(crate) fn do_unbond(who: &T::AccountId, role: Role, amount: Balance) -> DispatchResult {
		T::Issuance::settle(who, role);
		let mut bond = Ledger::<T>::get(who, role).ok_or(Error::<T>::NotBonded)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount <= bond.unreserved(), Error::<T>::InsufficientBond);
		let active = bond.active.checked_sub(amount).ok_or(Underflow)?;
		ensure!(active == 0 || active >= Minimums::<T>::get(role), Error::<T>::BondTooLow);
		if role == Role::Validator && active == 0 && Self::is_listed(who, role) {
			ensure!(Self::can_spare_candidate(), Error::<T>::TooFewValidators);
		}

		let due = T::Clock::now().checked_add(T::UnbondingSlots::get()).ok_or(Overflow)?;
		// Nothing comes free before what was unbonded earlier, even if the delay has been shortened since.
		let withdrawable_from = bond.unbonding.last().map_or(due, |last| due.max(last.withdrawable_from));
		let session = T::Clock::session();
		match bond.unbonding.last_mut() {
			Some(last) if last.withdrawable_from == withdrawable_from && last.session == session => {
				last.amount = last.amount.checked_add(amount).ok_or(Overflow)?;
			}
			_ => bond
				.unbonding
				.try_push(Unbonding { amount, session, withdrawable_from })
				.map_err(|_| Error::<T>::TooManyUnbonding)?,
		}
		bond.active = active;
		Self::store(who, role, bond);
		Self::deposit_event(Event::Unbonded { who: who.clone(), role, amount, withdrawable_from });
		Self::update_list(who, role, active, false);
		Ok(())
	}

	pub(crate) fn do_withdraw(who: &T::AccountId, role: Role) -> DispatchResult {
		let mut bond = Ledger::<T>::get(who, role).ok_or(Error::<T>::NotBonded)?;
		let now = T::Clock::now();
		let matured = bond
			.unbonding
			.iter()
			.filter(|part| part.withdrawable_from <= now)
			.try_fold(0, |sum: Balance, part| sum.checked_add(part.amount))
			.ok_or(Overflow)?;
		ensure!(matured > 0, Error::<T>::NothingToWithdraw);
		let amount = slashing::withdrawable(matured, bond.total().ok_or(Overflow)?, bond.pending);
		ensure!(amount > 0, Error::<T>::SlashPending);

		// The oldest parts come first, and `amount` is no more than those that have come free.
		let taken = slashing::take(0, bond.unbonding.iter().map(|part| part.amount), amount);
		Self::shrink(&mut bond, &taken)?;
		T::Currency::release(&Self::reason(role), who, amount, Precision::Exact)?;
		Self::store(who, role, bond);
		Self::deposit_event(Event::Withdrawn { who: who.clone(), role, amount });
		Ok(())
	}

	/// Takes from each part of `bond` what was computed for it.
	pub(crate) fn shrink(bond: &mut BondOf<T>, taken: &slashing::Taken) -> Result<(), DispatchError> {
		bond.active = bond.active.checked_sub(taken.active).ok_or(Underflow)?;
		for (part, taken) in bond.unbonding.iter_mut().zip(&taken.unbonding) {
			part.amount = part.amount.checked_sub(*taken).ok_or(Underflow)?;
		}
		bond.unbonding.retain(|part| part.amount > 0);
		Ok(())
	}

	pub(crate) fn do_chill(who: &T::AccountId) -> DispatchResult {
		ensure!(Self::is_listed(who, Role::Validator), Error::<T>::NotListed);
		ensure!(Self::can_spare_candidate(), Error::<T>::TooFewValidators);
		Self::end_candidacy(who);
		Ok(())
	}

	/// Takes `who` off the list of candidates, whatever the bond.
	pub(crate) fn end_candidacy(who: &T::AccountId) {
		Self::update_list(who, Role::Validator, 0, false);
	}

	pub(crate) fn do_validate(who: &T::AccountId) -> DispatchResult {
		let bond = Ledger::<T>::get(who, Role::Validator).ok_or(Error::<T>::NotBonded)?;
		ensure!(bond.active > 0, Error::<T>::NotBonded);
		ensure!(!Self::is_listed(who, Role::Validator), Error::<T>::AlreadyListed);
		ensure!(bond.active >= Minimums::<T>::get(Role::Validator), Error::<T>::BondTooLow);
		ensure!(T::SessionKeysSet::contains(who), Error::<T>::NoSessionKeys);
		Self::update_list(who, Role::Validator, bond.active, true);
		ensure!(Self::is_listed(who, Role::Validator), Error::<T>::ListFull);
		Ok(())
	}

	pub(crate) fn do_apply_slash(slash: SlashId) -> DispatchResult {
		let record = DeferredSlashes::<T>::get(slash).ok_or(Error::<T>::UnknownSlash)?;
		ensure!(T::Clock::now() >= Self::due(&record), Error::<T>::NotDue);
		Self::apply(slash)
	}

	pub(crate) fn do_set_minimum(role: Role, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		if role == Role::Validator {
			let candidates = Candidates::<T>::get();
			let least = usize::try_from(T::MinValidators::get()).unwrap_or(usize::MAX);
			let left = candidates.iter().filter(|entry| entry.bond >= amount).count();
			ensure!(left >= least.min(candidates.len()), Error::<T>::TooFewValidators);
		}
		Minimums::<T>::insert(role, amount);
		Self::deposit_event(Event::MinimumSet { role, amount });
		Self::drop_below(role, amount);
		Ok(())
	}

	pub(crate) fn do_cancel_slash(slash: SlashId) -> DispatchResult {
		let record = DeferredSlashes::<T>::take(slash).ok_or(Error::<T>::UnknownSlash)?;
		Self::relieve(&record, record.amount)?;
		Self::refund_appeal(slash, &record.who)?;
		Recused::<T>::remove(slash);
		Self::deposit_event(Event::SlashCancelled { slash });
		Ok(())
	}

	pub(crate) fn do_reduce_slash(slash: SlashId, amount: Balance) -> DispatchResult {
		let mut record = DeferredSlashes::<T>::get(slash).ok_or(Error::<T>::UnknownSlash)?;
		ensure!(amount > 0 && amount < record.amount, Error::<T>::NotReduced);
		let less = record.amount.checked_sub(amount).ok_or(Underflow)?;
		Self::relieve(&record, less)?;
		record.amount = amount;
		DeferredSlashes::<T>::insert(slash, record);
		Self::deposit_event(Event::SlashReduced { slash, amount });
		Ok(())
	}

	/// Takes `amount` off what is pending against the bond of `slash`.
	fn relieve(slash: &DeferredSlash<T::AccountId>, amount: Balance) -> DispatchResult {
		let mut bond = Ledger::<T>::get(&slash.who, slash.role).ok_or(Error::<T>::NotBonded)?;
		bond.pending = bond.pending.checked_sub(amount).ok_or(Underflow)?;
		Self::store(&slash.who, slash.role, bond);
		Ok(())
	}
}
