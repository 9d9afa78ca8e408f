//! Minting at the sale: what is offered is set aside, what is sold is minted, and what it brings covers it first.

use crate::*;
use exabits_math::settlement;
use exabits_primitives::{
	Balance, Bonds, Capacity, Classes, Clock, MilliDevices, Offers, Role, Sale, Slot, UtcId, UtcKey,
};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{hold::Mutate as _, Mutate as _},
		fungibles::Mutate as _,
		tokens::{Fortitude, Precision, Preservation},
	},
};
use sp_runtime::{
	ArithmeticError::{Overflow, Underflow},
	DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	fn do_open(key: UtcKey) -> Result<UtcId, DispatchError> {
		let class = T::Classes::class(key.class).ok_or(Error::<T>::UnknownClass)?;
		Self::ensure_mintable(key, &class)?;
		if let Some(id) = UtcByKey::<T>::get(key) {
			return Ok(id);
		}
		let (id, utc) = Self::open_utc(key, &class)?;
		Utcs::<T>::insert(id, utc);
		Ok(id)
	}

	fn do_offer(
		provider: &T::AccountId,
		id: UtcId,
		amount: MilliDevices,
		proceeds: Balance,
	) -> Result<Balance, DispatchError> {
		ensure!(amount.0 > 0, Error::<T>::ZeroAmount);
		let mut utc = Self::mintable(id)?;
		let mut position = Self::position_to_mint(id, &mut utc, provider)?;
		position.offered = position.offered.checked_add(amount).ok_or(Overflow)?;
		ensure!(Self::is_backed(provider, &utc.key, &position), Error::<T>::BeyondCommitment);

		let set_aside = settlement::set_aside(amount, utc.price, utc.kappa, proceeds).ok_or(Overflow)?;
		T::Bonds::debit(provider, Role::Service, set_aside)?;
		T::Currency::hold(&HoldReason::Cover.into(), provider, set_aside)?;
		position.set_aside = position.set_aside.checked_add(set_aside).ok_or(Overflow)?;
		Positions::<T>::insert(id, provider, position);
		Utcs::<T>::insert(id, utc);
		Self::deposit_event(Event::Offered { utc: id, provider: provider.clone(), amount, set_aside });
		Ok(set_aside)
	}

	/// A UTC whose window has not started.
	fn mintable(id: UtcId) -> Result<UtcRecord, DispatchError> {
		let utc = Self::tradeable(id)?;
		ensure!(T::Clock::now() < utc.start, Error::<T>::WindowStarted);
		Ok(utc)
	}

	/// Whether a provider's machines can serve all that it has minted and offers.
	pub(crate) fn is_backed(provider: &T::AccountId, key: &UtcKey, position: &Position) -> bool {
		position.promised().is_some_and(|promised| promised <= T::Capacity::committed(provider, key))
	}

	fn do_mint_sold(sale: Sale<T::AccountId>) -> Result<Balance, DispatchError> {
		let Sale { provider, utc: id, amount, proceeds, set_aside, payer, to } = sale;
		let mut utc = Self::mintable(id)?;
		let mut position = Positions::<T>::get(id, &provider).ok_or(Error::<T>::NoPosition)?;
		position.offered = position.offered.checked_sub(amount).ok_or(Error::<T>::BeyondOffer)?;
		position.minted = position.minted.checked_add(amount).ok_or(Overflow)?;
		let committed = T::Capacity::committed(&provider, &utc.key);
		ensure!(position.minted <= committed, Error::<T>::BeyondCommitment);

		let cover = settlement::cover(amount, utc.price, utc.kappa).ok_or(Overflow)?;
		let brought = proceeds.min(cover);
		let taken = cover.checked_sub(brought).ok_or(Underflow)?;
		let left = set_aside.checked_sub(taken).ok_or(Error::<T>::BeyondOffer)?;
		if brought > 0 {
			T::Currency::transfer_and_hold(
				&HoldReason::Cover.into(),
				&payer,
				&provider,
				brought,
				Precision::Exact,
				Preservation::Preserve,
				Fortitude::Polite,
			)?;
		}
		let free = proceeds.checked_sub(brought).ok_or(Underflow)?;
		if free > 0 {
			T::Currency::transfer(&payer, &provider, free, Preservation::Preserve)?;
		}
		position.set_aside = position.set_aside.checked_sub(taken).ok_or(Error::<T>::BeyondOffer)?;
		position.cover = position.cover.checked_add(cover).ok_or(Overflow)?;
		utc.minted = utc.minted.checked_add(amount).ok_or(Overflow)?;
		if amount.0 > 0 {
			T::Assets::mint_into(id.0, &to, Balance::from(amount.0))?;
			Self::add_open_cover(utc.key.class, cover)?;
			Self::deposit_event(Event::Minted { utc: id, provider: provider.clone(), amount, cover });
		}
		Positions::<T>::insert(id, provider, position);
		Utcs::<T>::insert(id, utc);
		Ok(left)
	}

	fn do_withdraw(
		provider: &T::AccountId,
		id: UtcId,
		amount: MilliDevices,
		set_aside: Balance,
	) -> DispatchResult {
		// A position that was settled has given up its offers.
		let Some(mut position) = Positions::<T>::get(id, provider).filter(|position| position.due.is_none())
		else {
			return Ok(());
		};
		position.offered = position.offered.checked_sub(amount).ok_or(Error::<T>::BeyondOffer)?;
		position.set_aside = position.set_aside.checked_sub(set_aside).ok_or(Error::<T>::BeyondOffer)?;
		Self::release_cover(provider, set_aside)?;
		let mut utc = Utcs::<T>::get(id).ok_or(Error::<T>::UnknownUtc)?;
		Self::keep_position(id, &mut utc, provider, position)?;
		Utcs::<T>::insert(id, utc);
		Self::deposit_event(Event::OfferWithdrawn { utc: id, provider: provider.clone(), amount, set_aside });
		Ok(())
	}
}

impl<T: Config> Offers<T::AccountId> for Pallet<T> {
	fn open(key: UtcKey) -> Result<UtcId, DispatchError> {
		with_storage_layer(|| Self::do_open(key))
	}

	fn minting_ends(utc: UtcId) -> Option<Slot> {
		Utcs::<T>::get(utc).filter(|utc| utc.state == UtcState::Open).map(|utc| utc.start)
	}

	fn offer(
		provider: &T::AccountId,
		utc: UtcId,
		amount: MilliDevices,
		proceeds: Balance,
	) -> Result<Balance, DispatchError> {
		with_storage_layer(|| Self::do_offer(provider, utc, amount, proceeds))
	}

	fn backed(provider: &T::AccountId, utc: UtcId) -> bool {
		let Ok(record) = Self::mintable(utc) else { return false };
		Positions::<T>::get(utc, provider)
			.is_some_and(|position| Self::is_backed(provider, &record.key, &position))
	}

	fn mint(sale: Sale<T::AccountId>) -> Result<Balance, DispatchError> {
		with_storage_layer(|| Self::do_mint_sold(sale))
	}

	fn withdraw(
		provider: &T::AccountId,
		utc: UtcId,
		amount: MilliDevices,
		set_aside: Balance,
	) -> DispatchResult {
		with_storage_layer(|| Self::do_withdraw(provider, utc, amount, set_aside))
	}
}
