//! Weights for `pallet_market`: estimates from the storage that each step touches, in the form that the
//! benchmark command generates.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame_support::{traits::Get, weights::{Weight, constants::RocksDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_market`.
pub trait WeightInfo {
	fn list() -> Weight;
	fn buy() -> Weight;
	fn cancel() -> Weight;
	fn expire() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_expire() -> Weight;
	fn sweep_requeue() -> Weight;
}

/// Weights for `pallet_market` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn list() -> Weight {
		Weight::from_parts(110_000_000, 70000)
			.saturating_add(T::DbWeight::get().reads(28_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	fn buy() -> Weight {
		Weight::from_parts(130_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	fn cancel() -> Weight {
		Weight::from_parts(75_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(75_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(12_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn sweep_expire() -> Weight {
		Weight::from_parts(75_000_000, 12000)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	fn sweep_requeue() -> Weight {
		Weight::from_parts(60_000_000, 70000)
			.saturating_add(T::DbWeight::get().reads(23_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	fn list() -> Weight {
		Weight::from_parts(110_000_000, 70000)
			.saturating_add(RocksDbWeight::get().reads(28_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn buy() -> Weight {
		Weight::from_parts(130_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(16_u64))
			.saturating_add(RocksDbWeight::get().writes(11_u64))
	}
	fn cancel() -> Weight {
		Weight::from_parts(75_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(12_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(75_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(12_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(12_000_000, 6000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn sweep_expire() -> Weight {
		Weight::from_parts(75_000_000, 12000)
			.saturating_add(RocksDbWeight::get().reads(11_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn sweep_requeue() -> Weight {
		Weight::from_parts(60_000_000, 70000)
			.saturating_add(RocksDbWeight::get().reads(23_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
}
