//! What the calls do.

use super::{pricing, Purchase, MAX_PURCHASES};
use crate::{Config, Error, Event, Listing, Listings, NextListing, Pallet, Queue, WeightInfo};
use exabits_primitives::{
	Balance, Clock, ListingId, MilliDevices, Redeem, Redemption, Slot, UtcId, UtcMarket,
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

	/// Opens a listing.
	pub(crate) fn do_list(
		seller: T::AccountId,
		utc: UtcId,
		amount: MilliDevices,
		price: Balance,
	) -> DispatchResult {
		ensure!(amount >= T::MinAmount::get(), Error::<T>::BelowMinimum);
		ensure!(price > 0, Error::<T>::ZeroPrice);
		let ends = Self::tradeable(utc, price)?;
		let listing = NextListing::<T>::get();
		let next = listing.next().ok_or(ArithmeticError::Overflow)?;
		let due = Queue::<T>::schedule(T::Clock::now(), ends, listing).map_err(|_| Error::<T>::QueueFull)?;

		let escrow = Self::escrow();
		if !frame_system::Pallet::<T>::account_exists(&escrow) {
			// UTC does not keep an account alive by itself.
			frame_system::Pallet::<T>::inc_providers(&escrow);
		}
		T::Assets::transfer(utc.0, &seller, &escrow, Balance::from(amount.0), Expendable)?;
		frame_system::Pallet::<T>::inc_consumers(&seller)?;

		NextListing::<T>::put(next);
		Listings::<T>::insert(
			listing,
			Listing { seller: seller.clone(), utc, price, remaining: amount, due: Some(due) },
		);
		Self::deposit_event(Event::Listed { listing, seller, utc, amount, price });
		Ok(())
	}

	/// Fills a listing, wholly or in part.
	pub(crate) fn do_buy(
		buyer: T::AccountId,
		id: ListingId,
		amount: MilliDevices,
		max_price: Balance,
	) -> DispatchResult {
		let listing = Listings::<T>::get(id).ok_or(Error::<T>::UnknownListing)?;
		ensure!(buyer != listing.seller, Error::<T>::OwnListing);
		ensure!(listing.price <= max_price, Error::<T>::PriceAboveLimit);
		Self::tradeable(listing.utc, listing.price)?;
		let fill =
			pricing::fill(listing.price, amount, listing.remaining, T::MinAmount::get(), T::Fee::get())
				.map_err(Error::<T>::from)?;

		Self::pay(&buyer, &listing.seller, fill.proceeds)?;
		Self::pay(&buyer, &T::FeeAccount::get(), fill.fee)?;
		Self::release(listing.utc, &buyer, amount)?;
		if fill.left == MilliDevices(0) {
			Self::remove(id, &listing);
		} else {
			Listings::<T>::insert(id, Listing { remaining: fill.left, ..listing.clone() });
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
		Ok(())
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
		ensure!(Self::still_trading(listing.utc).is_none(), Error::<T>::StillTrading);
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
