//! The numbered invariants of the crate's documentation.

use crate::{Config, Due, Listings, NextListing, Orders, Pallet, SweptTo};
use alloc::collections::BTreeMap;
use exabits_primitives::{Balance, UtcMarket};
use frame_support::{ensure, traits::fungibles::Inspect as _};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut escrowed = BTreeMap::<_, Balance>::new();
		let mut references = BTreeMap::<T::AccountId, u32>::new();
		let next = NextListing::<T>::get();
		for (id, listing) in Listings::<T>::iter() {
			if listing.offer.is_none() {
				let sum = escrowed.entry(listing.utc).or_default();
				*sum = sum.checked_add(listing.remaining.0.into()).ok_or("2: amounts overflow")?;
			}
			*references.entry(listing.seller).or_default() += 1;
			ensure!(listing.price > 0, "2: a listing without a price");
			ensure!(listing.remaining.0 > 0, "2: an empty listing");
			ensure!(id < next, "2: an identifier not given out");
			if let Some(due) = listing.due {
				let queued = Due::<T>::get(due).into_iter().filter(|queued| *queued == id).count();
				ensure!(queued == 1, "3: a listing is not queued exactly once");
			}
		}
		for (utc, sum) in escrowed {
			if T::Utcs::terms(utc).is_some() {
				ensure!(T::Assets::balance(utc.0, &Self::escrow()) >= sum, "1: escrow falls short");
			}
		}
		for (_, trader, _) in Orders::<T>::iter() {
			*references.entry(trader).or_default() += 1;
		}
		for (seller, open) in references {
			ensure!(frame_system::Pallet::<T>::consumers(&seller) >= open, "2: an account is not kept alive");
		}
		for (slot, ids) in Due::<T>::iter() {
			ensure!(SweptTo::<T>::get().is_some_and(|cursor| slot >= cursor), "3: queued before the cursor");
			ensure!(!ids.is_empty(), "3: an empty list in the queue");
			for id in ids {
				let listing = Listings::<T>::get(id).ok_or("3: a closed listing in the queue")?;
				ensure!(listing.due == Some(slot), "3: a listing queued under another slot");
			}
		}
		Self::try_auctions()
	}
}
