//! Compensation: cover first, then the insurance pool, then a recorded claim.

use crate::*;
use exabits_math::settlement;
use exabits_primitives::{Balance, ClassId, Clock, LeaseId};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{hold::Mutate as _, Inspect as _, Mutate as _},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
};
use sp_runtime::{
	ArithmeticError::{Overflow, Underflow},
	DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// What the insurance pool could pay now.
	pub(crate) fn pool() -> Balance {
		T::Currency::reducible_balance(&T::Insurance::get(), Preservation::Preserve, Fortitude::Polite)
	}

	/// Awards `owed` to a lease's tenant, but in all never more than κ·S·amount per lease.
	///
	/// Writes the provider's position; the caller writes `account`.
	pub(crate) fn award(
		utc: &UtcRecord,
		account: &mut LeaseAccount<T::AccountId>,
		owed: Balance,
	) -> Result<Paid, DispatchError> {
		let most = utc.part(account.amount).ok_or(Overflow)?;
		let owed = owed.min(most.saturating_sub(account.awarded));
		account.awarded = account.awarded.checked_add(owed).ok_or(Overflow)?;

		let wanted = owed.min(account.reserved);
		let mut paid = Paid::default();
		let tenant = account.tenant.clone();
		let class = utc.key.class;
		if Self::take_cover(account, class, &tenant, wanted).is_ok() {
			paid.from_cover = wanted;
		}
		let short = owed.saturating_sub(paid.from_cover);
		// An account that could not take the money from cover cannot take it from the pool either.
		if paid.from_cover == wanted {
			paid.from_insurance = Self::draw_insurance(&tenant, short, utc);
		}
		paid.claim = short.saturating_sub(paid.from_insurance);
		if paid.claim > 0 {
			Self::record_claim(&tenant, paid.claim)?;
		}
		if paid.from_cover < wanted {
			// The tenant's account does not exist and this is too little to create it. The provider owes it all
			// the same: the pool takes it in, after the claim was recorded, so that it pays that claim.
			if let Err(error) = Self::take_cover(account, class, &T::Insurance::get(), wanted) {
				log::error!(target: LOG_TARGET, "cover can be paid to nobody: {error:?}");
			}
		}
		Ok(paid)
	}

	/// Adds cover that was locked to that of its class.
	pub(crate) fn add_open_cover(class: ClassId, amount: Balance) -> DispatchResult {
		OpenCover::<T>::try_mutate(class, |cover| {
			*cover = cover.checked_add(amount).ok_or(Overflow)?;
			Ok(())
		})
	}

	/// Takes cover that was freed or paid out from that of its class.
	pub(crate) fn sub_open_cover(class: ClassId, amount: Balance) -> DispatchResult {
		OpenCover::<T>::try_mutate_exists(class, |cover| {
			let left = cover.unwrap_or_default().checked_sub(amount).ok_or(Underflow)?;
			*cover = Some(left).filter(|left| *left > 0);
			Ok(())
		})
	}

	/// Moves `amount` of a provider's cover to `to`. The caller keeps the books.
	pub(crate) fn move_cover(provider: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			// Force: locks for other purposes are no shelter from compensation.
			T::Currency::transfer_on_hold(
				&HoldReason::Cover.into(),
				provider,
				to,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)?;
		}
		Ok(())
	}

	/// Moves `amount` from what of the provider's cover stands for this lease to `to`. Fails without effect.
	pub(crate) fn take_cover(
		account: &mut LeaseAccount<T::AccountId>,
		class: ClassId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		with_storage_layer(|| {
			Self::move_cover(&account.provider, to, amount)?;
			Positions::<T>::try_mutate(account.utc, &account.provider, |position| {
				let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
				position.cover = position.cover.checked_sub(amount).ok_or(Underflow)?;
				position.liable = position.liable.checked_sub(amount).ok_or(Underflow)?;
				position.paid = position.paid.checked_add(amount).ok_or(Overflow)?;
				Ok::<_, DispatchError>(())
			})?;
			account.reserved = account.reserved.checked_sub(amount).ok_or(Underflow)?;
			Self::sub_open_cover(class, amount)
		})
	}

	/// Takes what a lease's provider forfeits beside what its cover `paid` for time that it did not serve.
	pub(crate) fn forfeit(
		lease: LeaseId,
		utc: &UtcRecord,
		account: &mut LeaseAccount<T::AccountId>,
		paid: Balance,
	) -> DispatchResult {
		let amount = settlement::forfeit(paid, utc.kappa).ok_or(Overflow)?.min(account.reserved);
		Self::forfeit_exactly(lease, utc, account, amount)
	}

	/// Takes all that stands for a rejected lease, but for what rounds before have earned: a round in which it ran was
	/// judged a breach, or its machine failed in it.
	pub(crate) fn forfeit_trial(
		lease: LeaseId,
		utc: &UtcRecord,
		account: &mut LeaseAccount<T::AccountId>,
	) -> DispatchResult {
		let amount = account.reserved.saturating_sub(account.served);
		Self::forfeit_exactly(lease, utc, account, amount)
	}

	fn forfeit_exactly(
		lease: LeaseId,
		utc: &UtcRecord,
		account: &mut LeaseAccount<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Self::take_cover(account, utc.key.class, &T::Insurance::get(), amount)?;
		Self::deposit_event(Event::Forfeited { lease, provider: account.provider.clone(), amount });
		Ok(())
	}

	/// Frees the cover of rounds of a lease that were served well.
	pub(crate) fn do_release_served(lease: LeaseId) -> DispatchResult {
		let mut account = LeaseAccounts::<T>::get(lease).ok_or(Error::<T>::NotPlaced)?;
		let utc = Utcs::<T>::get(account.utc).ok_or(Error::<T>::UnknownUtc)?;
		let amount = core::mem::take(&mut account.served).min(account.reserved);
		ensure!(amount > 0, Error::<T>::NothingServed);
		let provider = account.provider.clone();
		account.reserved = account.reserved.checked_sub(amount).ok_or(Underflow)?;
		Positions::<T>::try_mutate(account.utc, &provider, |position| {
			let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
			position.cover = position.cover.checked_sub(amount).ok_or(Underflow)?;
			position.liable = position.liable.checked_sub(amount).ok_or(Underflow)?;
			Ok::<_, DispatchError>(())
		})?;
		Self::sub_open_cover(utc.key.class, amount)?;
		let bonded = Self::release_cover(&provider, amount)?;
		let id = account.utc;
		LeaseAccounts::<T>::insert(lease, account);
		Self::deposit_event(Event::CoverReleased { utc: id, provider, amount, bonded });
		Ok(())
	}

	/// Pays up to `wanted` to `to` from the insurance pool: at most a tenth of the pool per window, and nothing
	/// of what flowed in for claims that wait. Returns what was paid.
	fn draw_insurance(to: &T::AccountId, wanted: Balance, utc: &UtcRecord) -> Balance {
		let now = T::Clock::now();
		let claimed = Claimed::<T>::get();
		let pool = claimed.as_ref().map_or(Self::pool(), |book| Self::pool().min(book.mark));
		let mut period =
			Drawn::<T>::get().filter(|period| now < period.ends).unwrap_or_else(|| InsurancePeriod {
				ends: now.saturating_add(utc.end.saturating_sub(utc.start)),
				left: settlement::insurance_budget(pool),
			});
		let amount = wanted.min(period.left).min(pool);
		if amount == 0 {
			return 0;
		}
		let drawn = with_storage_layer(|| {
			T::Currency::transfer(&T::Insurance::get(), to, amount, Preservation::Preserve)?;
			period.left = period.left.checked_sub(amount).ok_or(Underflow)?;
			Drawn::<T>::put(period);
			if let Some(mut book) = claimed {
				book.mark = book.mark.checked_sub(amount).ok_or(Underflow)?;
				Claimed::<T>::put(book);
			}
			Ok::<_, DispatchError>(())
		});
		match drawn {
			Ok(()) => amount,
			Err(error) => {
				log::warn!(target: LOG_TARGET, "the insurance pool cannot pay: {error:?}");
				0
			}
		}
	}

	/// Adds `amount` to what `tenant` is owed.
	fn record_claim(tenant: &T::AccountId, amount: Balance) -> DispatchResult {
		let mut book = Claimed::<T>::get().unwrap_or_else(|| ClaimBook { total: 0, mark: Self::pool() });
		book.total = book.total.checked_add(amount).ok_or(Overflow)?;
		let claim = Claims::<T>::get(tenant).checked_add(amount).ok_or(Overflow)?;
		Claims::<T>::insert(tenant, claim);
		Claimed::<T>::put(book);
		Self::deposit_event(Event::ClaimRecorded { tenant: tenant.clone(), amount });
		Ok(())
	}

	/// Ends a lease's account: its provider's cover no longer stands for it, and what was not earned of its fee
	/// goes to the insurance pool.
	pub(crate) fn end_lease(lease: LeaseId, account: LeaseAccount<T::AccountId>) -> DispatchResult {
		Positions::<T>::try_mutate(account.utc, &account.provider, |position| {
			let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
			position.liable = position.liable.checked_sub(account.reserved).ok_or(Underflow)?;
			position.leases = position.leases.checked_sub(1).ok_or(Underflow)?;
			if !account.rejected {
				position.ended = position.ended.checked_add(account.amount).ok_or(Overflow)?;
			}
			Ok::<_, DispatchError>(())
		})?;
		Utcs::<T>::try_mutate(account.utc, |utc| {
			let utc = utc.as_mut().ok_or(Error::<T>::UnknownUtc)?;
			utc.leases = utc.leases.checked_sub(1).ok_or(Underflow)?;
			Ok::<_, DispatchError>(())
		})?;
		LeaseAccounts::<T>::remove(lease);

		let amount = account.fee_left();
		if amount == 0 {
			return Ok(());
		}
		let funded = with_storage_layer(|| {
			T::Currency::transfer(&Self::account_id(), &T::Insurance::get(), amount, Preservation::Preserve)
		});
		match funded {
			Ok(_) => Self::deposit_event(Event::InsuranceFunded { lease, amount }),
			// Not for the lease to fail on: the money stays in the pallet's account.
			Err(error) => log::warn!(target: LOG_TARGET, "fee of lease {lease} stays: {error:?}"),
		}
		Ok(())
	}
}
