//! Benchmarks of the calls and of the sweep's steps.

use super::*;
use alloc::vec;
use exabits_primitives::{deadlines::SPILL, Balance, Clock, MilliDevices, Slot, UtcId, UtcMarket};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect as _, Mutate as _},
		Get,
	},
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use frame_system::RawOrigin;

/// What the benchmarks need of the rest of the runtime.
pub trait BenchmarkHelper<AccountId> {
	/// Opens a UTC that trades now, and gives `who` `amount` of it. `who` has an account.
	fn open(who: &AccountId, amount: MilliDevices) -> UtcId;
	/// Lets `utc` stop trading, without removing it.
	fn end(utc: UtcId);
}

/// An id that no benchmark gives out.
const OTHER: ListingId = ListingId(u64::MAX);

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	let _ = T::Currency::mint_into(&who, T::Currency::minimum_balance().saturating_mul(1_000));
	who
}

/// A UTC that trades, its owner, and the highest price that may be asked.
fn opened<T: Config>() -> Result<(T::AccountId, UtcId, Balance), BenchmarkError> {
	let seller = funded::<T>("seller");
	let utc = T::BenchmarkHelper::open(&seller, T::MinAmount::get());
	let (price, _) = T::Utcs::terms(utc).ok_or("no terms")?;
	Ok((seller, utc, price))
}

/// An open listing in a list of the queue that is full.
fn listed<T: Config>() -> Result<(T::AccountId, UtcId, ListingId, Balance), BenchmarkError> {
	let (seller, utc, price) = opened::<T>()?;
	let id = NextListing::<T>::get();
	Pallet::<T>::do_list(seller.clone(), utc, T::MinAmount::get(), price)?;
	let due = Listings::<T>::get(id).and_then(|listing| listing.due).ok_or("not queued")?;
	crowd::<T>(due, Some(id));
	Ok((seller, utc, id, price))
}

/// Fills a slot's list, with `id` at its end.
fn crowd<T: Config>(slot: Slot, id: Option<ListingId>) {
	let mut ids = vec![OTHER; T::MaxDuePerSlot::get() as usize];
	if let (Some(id), Some(last)) = (id, ids.last_mut()) {
		*last = id;
	}
	Due::<T>::insert(slot, BoundedVec::truncate_from(ids));
}

/// Fills the lists in which a listing that is due at `slot` would be entered, but for the last of them.
fn crowd_from<T: Config>(slot: Slot) {
	for spill in 0..SPILL {
		crowd::<T>(slot.saturating_add(spill), None);
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn list() -> Result<(), BenchmarkError> {
		let (seller, utc, price) = opened::<T>()?;
		let (_, ends) = T::Utcs::terms(utc).ok_or("no terms")?;
		crowd_from::<T>(ends);
		let id = NextListing::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(seller), utc, T::MinAmount::get(), price);

		assert!(Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn buy() -> Result<(), BenchmarkError> {
		let (_, _, id, price) = listed::<T>()?;
		let buyer = funded::<T>("buyer");
		T::Currency::mint_into(&buyer, price)?;
		T::Currency::mint_into(&T::FeeAccount::get(), T::Currency::minimum_balance())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), id, T::MinAmount::get(), price);

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let (seller, _, id, _) = listed::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(seller), id);

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let (_, utc, id, _) = listed::<T>()?;
		T::BenchmarkHelper::end(utc);

		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("anyone")), id);

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn sweep_slot() {
		let now = T::Clock::now();
		crowd::<T>(now, None);
		SweptTo::<T>::put(now);
		let one = Weight::from_parts(1, 0);
		// Enough to look at the list, too little to act on its first entry: the list is written back.
		let mut meter = WeightMeter::with_limit(Weight::from_parts(2, 0));

		#[block]
		{
			Queue::<T>::sweep(now, &mut meter, one, one, |_| ());
		}

		assert!(!Due::<T>::get(now).is_empty());
	}

	#[benchmark]
	fn sweep_expire() -> Result<(), BenchmarkError> {
		let (_, utc, id, _) = listed::<T>()?;
		T::BenchmarkHelper::end(utc);

		#[block]
		{
			Pallet::<T>::sweep_step(id);
		}

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn sweep_requeue() -> Result<(), BenchmarkError> {
		let (_, utc, id, _) = listed::<T>()?;
		let (_, ends) = T::Utcs::terms(utc).ok_or("no terms")?;
		crowd_from::<T>(ends);

		#[block]
		{
			Pallet::<T>::sweep_step(id);
		}

		assert_eq!(Listings::<T>::get(id).and_then(|listing| listing.due), Some(ends.saturating_add(SPILL)));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
