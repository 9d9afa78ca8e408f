//! Benchmarks of every call and of the sweep.

use super::*;
use alloc::vec::Vec;
use exabits_primitives::{
	Balance, Clock, Credits, MilliDevices, Slot, UtcId, UtcKey, WindowIndex, MAX_WINDOWS, MAX_WORKLOAD,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect as _, Mutate as _},
		fungibles::Mutate as _,
		tokens::Preservation,
		Get,
	},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::Perbill;

const ONE: MilliDevices = MilliDevices::devices(1);

/// Gives an account enough of the native token for anything that a benchmark does.
fn fund<T: Config>(who: &T::AccountId) {
	let amount = T::Currency::minimum_balance().saturating_mul(1_000_000_000);
	T::Currency::mint_into(who, amount).expect("the native token can be minted");
}

/// A funded provider with a commitment, and the accounts that genesis funds.
fn provider<T: Config>(amount: MilliDevices) -> (T::AccountId, UtcKey) {
	let provider: T::AccountId = account("provider", 0, 0);
	for who in [provider.clone(), Pallet::<T>::account_id(), T::Insurance::get()] {
		fund::<T>(&who);
	}
	let key = T::BenchmarkHelper::commit(&provider, amount, 1);
	(provider, key)
}

/// A provider that has minted `amount`.
fn minted<T: Config>(amount: MilliDevices) -> (T::AccountId, UtcId) {
	let (provider, key) = provider::<T>(amount);
	Pallet::<T>::do_mint(provider.clone(), key, amount).expect("the helper committed and bonded");
	let (id, _) = Pallet::<T>::utc(key).expect("it was opened");
	(provider, id)
}

/// Sends `amount` of a UTC to a new account.
fn holder<T: Config>(id: UtcId, from: &T::AccountId, index: u32, amount: MilliDevices) -> T::AccountId {
	let who: T::AccountId = account("holder", index, 0);
	fund::<T>(&who);
	T::Assets::transfer(id.0, from, &who, Balance::from(amount.0), Preservation::Expendable)
		.expect("UTC are transferable");
	who
}

/// The first slot in which a UTC may be closed.
fn due<T: Config>(id: UtcId) -> Slot {
	Utcs::<T>::get(id).expect("it was opened").end.saturating_add(T::CloseGrace::get())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn mint() {
		let (provider, key) = provider::<T>(ONE);

		#[extrinsic_call]
		mint(RawOrigin::Signed(provider.clone()), key, ONE);

		let (id, _) = Pallet::<T>::utc(key).expect("the first mint opens");
		assert!(Positions::<T>::contains_key(id, provider));
	}

	#[benchmark]
	fn burn() {
		let (provider, id) = minted::<T>(ONE);

		#[extrinsic_call]
		burn(RawOrigin::Signed(provider.clone()), id, MilliDevices(500));

		let position = Positions::<T>::get(id, provider).expect("half is left");
		assert_eq!(position.minted, MilliDevices(500));
	}

	#[benchmark]
	fn redeem(n: Linear<1, { MAX_WINDOWS.min(T::MaxWindowsAhead::get()) }>) {
		let provider: T::AccountId = account("provider", 0, 0);
		for who in [provider.clone(), Pallet::<T>::account_id(), T::Insurance::get()] {
			fund::<T>(&who);
		}
		let tenant: T::AccountId = account("holder", 0, 0);
		fund::<T>(&tenant);
		let first = T::BenchmarkHelper::commit(&provider, ONE, n);
		for ahead in 0..n {
			let key = UtcKey { window: WindowIndex(first.window.0 + ahead), ..first };
			Pallet::<T>::do_mint(provider.clone(), key, ONE).expect("the helper committed and bonded");
			let (id, _) = Pallet::<T>::utc(key).expect("it was opened");
			T::Assets::transfer(id.0, &provider, &tenant, Balance::from(ONE.0), Preservation::Expendable)
				.expect("UTC are transferable");
		}
		let (id, _) = Pallet::<T>::utc(first).expect("it was opened");
		let workload = BoundedVec::truncate_from(alloc::vec![7u8; MAX_WORKLOAD as usize]);
		let redemption = Redemption { windows: n, workload, ..Redemption::new(ONE, [7; 32]) };

		#[extrinsic_call]
		redeem(RawOrigin::Signed(tenant), id, redemption);

		assert_eq!(Utcs::<T>::get(id).expect("it was opened").leases, 1);
	}

	#[benchmark]
	fn close() {
		let (_, id) = minted::<T>(ONE);
		T::BenchmarkHelper::set_slot(due::<T>(id));

		#[extrinsic_call]
		close(RawOrigin::Signed(whitelisted_caller()), id);

		assert_eq!(Utcs::<T>::get(id).expect("it was opened").state, UtcState::Closing);
	}

	#[benchmark]
	fn destroy_step() {
		let (provider, id) = minted::<T>(ONE);
		let holders: Vec<T::AccountId> = (0..T::DestroyStep::get())
			.map(|index| holder::<T>(id, &provider, index, MilliDevices(1)))
			.collect();
		T::BenchmarkHelper::set_slot(due::<T>(id));
		Pallet::<T>::do_close(id).expect("its time has come");

		#[extrinsic_call]
		destroy_step(RawOrigin::Signed(whitelisted_caller()), id);

		// The provider and the holders are one more than a step takes.
		assert_eq!(holders.len(), T::DestroyStep::get() as usize);
		assert_eq!(Utcs::<T>::get(id).expect("it was opened").state, UtcState::Closing);
	}

	#[benchmark]
	fn settle() {
		let (provider, id) = minted::<T>(ONE);
		T::BenchmarkHelper::set_slot(due::<T>(id));
		Pallet::<T>::do_close(id).expect("its time has come");
		// The last of several positions: it is owed something by one that has paid more, and is paid in the same call.
		let time = 1_000_000;
		Positions::<T>::mutate(id, &provider, |position| {
			if let Some(position) = position {
				position.delivered = time;
			}
		});
		Utcs::<T>::mutate(id, |utc| {
			if let Some(utc) = utc {
				utc.delivered = time;
			}
		});
		let paid = T::Currency::minimum_balance().saturating_mul(1_000_000);
		Settlements::<T>::insert(
			id,
			Settlement { obliged: 2 * time, delivered: time, open: 1, due: paid, paid, left: paid },
		);

		#[extrinsic_call]
		settle(RawOrigin::Signed(whitelisted_caller()), id, provider.clone());

		assert!(!Settlements::<T>::contains_key(id));

		assert!(!Positions::<T>::contains_key(id, provider));
	}

	#[benchmark]
	fn pay_claim() {
		let tenant: T::AccountId = account("tenant", 0, 0);
		fund::<T>(&tenant);
		fund::<T>(&T::Insurance::get());
		let amount = T::Currency::minimum_balance();
		Claims::<T>::insert(&tenant, amount);
		Claimed::<T>::put(ClaimBook { total: amount, mark: 0 });

		#[extrinsic_call]
		pay_claim(RawOrigin::Signed(whitelisted_caller()), tenant.clone());

		assert!(!Claims::<T>::contains_key(tenant));
	}

	#[benchmark]
	fn forget() {
		let (provider, id) = minted::<T>(ONE);
		T::BenchmarkHelper::set_slot(due::<T>(id));
		Pallet::<T>::do_close(id).expect("its time has come");
		Pallet::<T>::do_destroy_step(id).expect("it closes");
		Pallet::<T>::do_settle(id, provider).expect("it has no leases");

		#[extrinsic_call]
		forget(RawOrigin::Signed(whitelisted_caller()), id);

		assert!(!Utcs::<T>::contains_key(id));
	}

	#[benchmark]
	fn reject() {
		let (provider, id) = minted::<T>(ONE);
		let tenant = holder::<T>(id, &provider, 0, ONE);
		Pallet::<T>::do_redeem(tenant.clone(), id, Redemption::new(ONE, [7; 32])).expect("it was committed");
		let (lease, _) = LeaseAccounts::<T>::iter().next().expect("it was placed");
		T::BenchmarkHelper::run(lease);

		#[extrinsic_call]
		reject(RawOrigin::Signed(tenant), lease);

		assert!(LeaseAccounts::<T>::get(lease).expect("it is on trial").rejected);
	}

	#[benchmark]
	fn redeem_for_cash(n: Linear<1, MAX_MACHINES>) {
		let (provider, id) = minted::<T>(ONE);
		let holder = holder::<T>(id, &provider, 0, ONE);
		let key = Utcs::<T>::get(id).expect("it was opened").key;
		let machines = BoundedVec::truncate_from(T::BenchmarkHelper::lose(&provider, key, n));
		assert_eq!(machines.len(), n as usize);

		#[extrinsic_call]
		redeem_for_cash(RawOrigin::Signed(holder), id, ONE, provider.clone(), machines);

		let position = Positions::<T>::get(id, provider).expect("its cover is not released");
		assert_eq!(position.minted, MilliDevices(0));
	}

	#[benchmark]
	fn release_served() {
		let (provider, id) = minted::<T>(ONE);
		let tenant = holder::<T>(id, &provider, 0, ONE);
		Pallet::<T>::do_redeem(tenant.clone(), id, Redemption::new(ONE, [7; 32])).expect("it was committed");
		let (lease, _) = LeaseAccounts::<T>::iter().next().expect("it was placed");
		T::BenchmarkHelper::run(lease);
		<Pallet<T> as Credits>::reward(lease, Perbill::one(), Perbill::one(), 2);

		#[extrinsic_call]
		release_served(RawOrigin::Signed(tenant), lease);

		assert_eq!(LeaseAccounts::<T>::get(lease).expect("it runs").served, 0);
	}

	#[benchmark]
	fn sweep_slot() {
		let now = T::Clock::now();
		ClosingCursor::<T>::put(now);
		let looks = T::WeightInfo::sweep_slot().saturating_mul(2);

		#[block]
		{
			Pallet::<T>::sweep_due(&mut WeightMeter::with_limit(looks));
		}

		assert_eq!(ClosingCursor::<T>::get(), Some(now.saturating_add(1)));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
