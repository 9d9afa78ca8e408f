//! What the calls do.

use super::{pricing, Purchase, MAX_PURCHASES};
use crate::{Config, Error, Event, Listing, Listings, NextListing, Pallet, Queue, WeightInfo};
use exabits_primitives::{
	Balance, Clock, ListingId, MilliDevices, Offers, Redeem, Redemption, Sale, Slot, UtcId, UtcKey, UtcMarket,
};
use frame_support::{
	ensure,
	traits::{
		fungible::Mutate as _,
		fungibles::Mutate as _,
		tokens::Preservation::{Expendable, Preserve},
		Get,
	},
	weights::Weight,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The slot in which `utc` stops trading, provided that it trades now and at `price`.
	pub(crate) fn tradeable(utc: UtcId, price: Balance) -> Result<Slot, Error<T>> {
		let (cap, ends) = T::Utcs::terms(utc).ok_or(Error::<T>::UnknownUtc)?;
		ensure!(T::Clock::now() < ends, Error::<T>::WindowClosed);
		ensure!(price <= cap, Error::<T>::PriceAboveCover);
		Ok(ends)
	}

	/// Opens a listing of UTC that its seller has.
	pub(crate) fn do_list(
		seller: T::AccountId,
		utc: UtcId,
		amount: MilliDevices,
		price: Balance,
	) -> DispatchResult {
		let ends = Self::listable(utc, amount, price)?;
		let escrow = Self::escrow();
		if !frame_system::Pallet::<T>::account_exists(&escrow) {
			// UTC does not keep an account alive by itself.
			frame_system::Pallet::<T>::inc_providers(&escrow);
		}
		T::Assets::transfer(utc.0, &seller, &escrow, Balance::from(amount.0), Expendable)?;
		Self::open_listing(Listing { seller, utc, price, remaining: amount, offer: None, due: None }, ends)
	}

	/// Opens a listing of UTC that its provider mints when it is sold.
	pub(crate) fn do_offer(
		seller: T::AccountId,
		key: UtcKey,
		amount: MilliDevices,
		price: Balance,
	) -> DispatchResult {
		let utc = T::Offers::open(key)?;
		Self::listable(utc, amount, price)?;
		let ends = T::Offers::minting_ends(utc).ok_or(Error::<T>::UnknownUtc)?;
		let fill = pricing::fill(price, amount, amount, T::MinAmount::get(), T::Fee::get())
			.map_err(Error::<T>::from)?;
		let offer = Some(T::Offers::offer(&seller, utc, amount, fill.proceeds)?);
		Self::open_listing(Listing { seller, utc, price, remaining: amount, offer, due: None }, ends)
	}

	/// The slot in which `utc` stops trading, provided that so much of it may be listed at `price`.
	fn listable(utc: UtcId, amount: MilliDevices, price: Balance) -> Result<Slot, Error<T>> {
		ensure!(amount >= T::MinAmount::get(), Error::<T>::BelowMinimum);
		ensure!(price > 0, Error::<T>::ZeroPrice);
		Self::tradeable(utc, price)
	}

	/// Stores a listing and enters it into the queue of those that end.
	fn open_listing(listing: Listing<T::AccountId>, ends: Slot) -> DispatchResult {
		let id = NextListing::<T>::get();
		NextListing::<T>::put(id.next().ok_or(ArithmeticError::Overflow)?);
		let due = Queue::<T>::schedule(T::Clock::now(), ends, id).map_err(|_| Error::<T>::QueueFull)?;
		frame_system::Pallet::<T>::inc_consumers(&listing.seller)?;
		let Listing { seller, utc, price, remaining: amount, offer, .. } = listing.clone();
		Listings::<T>::insert(id, Listing { due: Some(due), ..listing });
		let minted = offer.is_none();
		Self::deposit_event(Event::Listed { listing: id, seller, utc, amount, price, minted });
		Ok(())
	}

	/// Fills a listing, wholly or in part. Returns whether what it sells had been minted.
	pub(crate) fn do_buy(
		buyer: T::AccountId,
		id: ListingId,
		amount: MilliDevices,
		max_price: Balance,
	) -> Result<bool, DispatchError> {
		let listing = Listings::<T>::get(id).ok_or(Error::<T>::UnknownListing)?;
		ensure!(buyer != listing.seller, Error::<T>::OwnListing);
		ensure!(listing.price <= max_price, Error::<T>::PriceAboveLimit);
		Self::tradeable(listing.utc, listing.price)?;
		let fill =
			pricing::fill(listing.price, amount, listing.remaining, T::MinAmount::get(), T::Fee::get())
				.map_err(Error::<T>::from)?;

		Self::pay(&buyer, &T::FeeAccount::get(), fill.fee)?;
		let mut left = Listing { remaining: fill.left, ..listing.clone() };
		match listing.offer {
			None => {
				Self::pay(&buyer, &listing.seller, fill.proceeds)?;
				Self::release(listing.utc, &buyer, amount)?;
			}
			Some(set_aside) => {
				left.offer = Some(T::Offers::mint(Sale {
					provider: listing.seller.clone(),
					utc: listing.utc,
					amount,
					proceeds: fill.proceeds,
					set_aside,
					payer: buyer.clone(),
					to: buyer.clone(),
				})?);
			}
		}
		if left.remaining == MilliDevices(0) {
			Self::close(id, &left)?;
		} else {
			Listings::<T>::insert(id, left);
		}
		Self::deposit_event(Event::Bought {
			listing: id,
			buyer,
			seller: listing.seller,
			utc: listing.utc,
			amount,
			paid: fill.paid,
			fee: fill.fee,
		});
		Ok(listing.offer.is_none())
	}

	/// Makes purchases, and redeems UTC that may come from them and from elsewhere.
	pub(crate) fn do_buy_and_redeem(
		buyer: T::AccountId,
		purchases: &[Purchase],
		utc: UtcId,
		redemption: Redemption,
	) -> DispatchResult {
		for Purchase { listing, amount, max_price } in purchases {
			Self::do_buy(buyer.clone(), *listing, *amount, *max_price)?;
		}
		T::Redeem::redeem(buyer, utc, redemption)
	}

	/// The most that so many purchases and a redemption of so many windows weigh.
	pub(crate) fn weight_of_purchases(purchases: usize, redemption: &Redemption) -> Weight {
		let purchases = u64::try_from(purchases).unwrap_or(u64::from(MAX_PURCHASES));
		T::WeightInfo::buy()
			.max(T::WeightInfo::buy_offer())
			.saturating_mul(purchases)
			.saturating_add(T::Redeem::redeem_weight(redemption.windows, redemption.may_move))
	}

	/// Takes a listing back.
	pub(crate) fn do_cancel(who: T::AccountId, id: ListingId) -> DispatchResult {
		let listing = Listings::<T>::get(id).ok_or(Error::<T>::UnknownListing)?;
		ensure!(who == listing.seller, Error::<T>::NotSeller);
		let returned = Self::close(id, &listing)?;
		Self::deposit_event(Event::Cancelled { listing: id, seller: who, utc: listing.utc, returned });
		Ok(())
	}

	/// Removes a listing whose UTC has stopped trading.
	pub(crate) fn do_expire(id: ListingId) -> DispatchResult {
		let listing = Listings::<T>::get(id).ok_or(Error::<T>::UnknownListing)?;
		ensure!(Self::still_offered(&listing).is_none(), Error::<T>::StillTrading);
		let returned = Self::close(id, &listing)?;
		Self::deposit_event(Event::Expired {
			listing: id,
			seller: listing.seller,
			utc: listing.utc,
			returned,
		});
		Ok(())
	}

	/// Moves money from a buyer, whose account stays alive: it is about to own UTC, which does not keep an
	/// account alive by itself.
	fn pay(from: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			T::Currency::transfer(from, to, amount, Preserve)?;
		}
		Ok(())
	}

	/// Moves UTC out of escrow.
	pub(crate) fn release(utc: UtcId, to: &T::AccountId, amount: MilliDevices) -> Result<(), DispatchError> {
		T::Assets::transfer(utc.0, &Self::escrow(), to, Balance::from(amount.0), Expendable).map(|_| ())
	}
}
