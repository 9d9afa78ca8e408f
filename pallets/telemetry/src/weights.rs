//! Weights for `pallet_telemetry`: estimates from the storage that each step touches and one sr25519
//! verification, in the form that the benchmark command generates.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame_support::{traits::Get, weights::{Weight, constants::RocksDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_telemetry`.
pub trait WeightInfo {
	fn report() -> Weight;
	fn authorize_report() -> Weight;
}

/// Weights for `pallet_telemetry` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn report() -> Weight {
		Weight::from_parts(25_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn authorize_report() -> Weight {
		Weight::from_parts(70_000_000, 10_500)
			.saturating_add(T::DbWeight::get().reads(5_u64))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	fn report() -> Weight {
		Weight::from_parts(25_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn authorize_report() -> Weight {
		Weight::from_parts(70_000_000, 10_500)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
	}
}
