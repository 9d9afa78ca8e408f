//! How listings end: by their seller, by their time, or sold out.

use crate::{Config, Event, Listing, ListingOf, Listings, Pallet, Queue, WeightInfo};
use exabits_primitives::{Clock, ListingId, MilliDevices, Offers, Slot, UtcId, UtcMarket};
use frame_support::{
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// The end of a UTC that trades now.
	pub(crate) fn still_trading(utc: UtcId) -> Option<Slot> {
		T::Utcs::terms(utc).map(|(_, ends)| ends).filter(|ends| T::Clock::now() < *ends)
	}

	/// The end of a listing that can be bought from now: that of its UTC, or that of minting it.
	pub(crate) fn still_offered(listing: &ListingOf<T>) -> Option<Slot> {
		let ends = Self::still_trading(listing.utc)?;
		match listing.offer {
			None => Some(ends),
			Some(_) => T::Offers::minting_ends(listing.utc).filter(|ends| T::Clock::now() < *ends),
		}
	}

	/// Takes a listing and all that belongs to it out of storage.
	fn remove(id: ListingId, listing: &ListingOf<T>) {
		Listings::<T>::remove(id);
		if let Some(due) = listing.due {
			Queue::<T>::withdraw(due, &id);
		}
		frame_system::Pallet::<T>::dec_consumers(&listing.seller);
	}

	/// Removes a listing and gives what is left to its seller; returns the UTC that was given. What was to be minted is
	/// offered no more.
	///
	/// Of a UTC that was closed nothing may be left to give, which is no failure. Fails without effect when
	/// the seller cannot take a UTC that still exists.
	pub(crate) fn close(id: ListingId, listing: &ListingOf<T>) -> Result<MilliDevices, DispatchError> {
		with_storage_layer(|| {
			Self::remove(id, listing);
			let ListingOf::<T> { ref seller, utc, remaining, .. } = *listing;
			if let Some(set_aside) = listing.offer {
				T::Offers::withdraw(seller, utc, remaining, set_aside)?;
				return Ok(MilliDevices(0));
			}
			if remaining.0 == 0 {
				return Ok(remaining);
			}
			match with_storage_layer(|| Self::release(utc, seller, remaining)) {
				Ok(()) => Ok(remaining),
				Err(_) if T::Utcs::terms(utc).is_none() => Ok(MilliDevices(0)),
				Err(error) => Err(error),
			}
		})
	}

	/// Expires listings that are due, within `meter` and the pallet's own limit.
	pub(crate) fn sweep(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		Queue::<T>::sweep(
			T::Clock::now(),
			&mut own,
			T::WeightInfo::sweep_slot(),
			Self::sweep_step_weight(),
			Self::sweep_step,
		);
		meter.consume(own.consumed());
	}

	/// The most that one [`sweep_step`](Self::sweep_step) weighs.
	pub(crate) fn sweep_step_weight() -> Weight {
		T::WeightInfo::sweep_expire().max(T::WeightInfo::sweep_requeue())
	}

	/// Acts on one listing that the queue gave out. Never fails: what cannot be done is left to `expire`.
	pub(crate) fn sweep_step(id: ListingId) {
		let Some(queued) = Listings::<T>::get(id) else { return };
		let listing = Listing { due: None, ..queued };
		if let Some(ends) = Self::still_offered(&listing) {
			// The end was moved after a gap in blocks.
			let due = Queue::<T>::schedule(T::Clock::now(), ends, id).ok();
			Listings::<T>::insert(id, Listing { due, ..listing });
			return;
		}
		match Self::close(id, &listing) {
			Ok(returned) => Self::deposit_event(Event::Expired {
				listing: id,
				seller: listing.seller,
				utc: listing.utc,
				returned,
			}),
			Err(_) => Listings::<T>::insert(id, listing),
		}
	}
}
