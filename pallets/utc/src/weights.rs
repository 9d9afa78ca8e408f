//! Weights of `pallet_utc`, in the form that the benchmark command generates.

#![cfg_attr(rustfmt, rustfmt_skip)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::RocksDbWeight, Weight}};

/// Weight functions needed for `pallet_utc`.
pub trait WeightInfo {
	/// A mint that opens its UTC.
	fn mint() -> Weight;
	/// A burn that frees cover.
	fn burn() -> Weight;
	/// A redemption, without the search for a machine.
	fn redeem() -> Weight;
	/// The beginning of a close.
	fn close() -> Weight;
	/// One full step of destruction.
	fn destroy_step() -> Weight;
	/// The settlement of one position.
	fn settle() -> Weight;
	/// The payment of one claim.
	fn pay_claim() -> Weight;
	/// The removal of one record.
	fn forget() -> Weight;
	/// A look at one slot's list of what is due.
	fn sweep_slot() -> Weight;
}

/// Weights by the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn mint() -> Weight {
		Weight::from_parts(190_000_000, 16_000)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	fn burn() -> Weight {
		Weight::from_parts(140_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	fn redeem() -> Weight {
		Weight::from_parts(160_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	fn close() -> Weight {
		Weight::from_parts(30_000_000, 4_000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn destroy_step() -> Weight {
		Weight::from_parts(300_000_000, 90_000)
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(68_u64))
	}
	fn settle() -> Weight {
		Weight::from_parts(90_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	fn pay_claim() -> Weight {
		Weight::from_parts(60_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn forget() -> Weight {
		Weight::from_parts(15_000_000, 3_600)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(10_000_000, 3_600)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn mint() -> Weight {
		Weight::from_parts(190_000_000, 16_000)
			.saturating_add(RocksDbWeight::get().reads(18_u64))
			.saturating_add(RocksDbWeight::get().writes(14_u64))
	}
	fn burn() -> Weight {
		Weight::from_parts(140_000_000, 9_000)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn redeem() -> Weight {
		Weight::from_parts(160_000_000, 12_000)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn close() -> Weight {
		Weight::from_parts(30_000_000, 4_000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn destroy_step() -> Weight {
		Weight::from_parts(300_000_000, 90_000)
			.saturating_add(RocksDbWeight::get().reads(68_u64))
			.saturating_add(RocksDbWeight::get().writes(68_u64))
	}
	fn settle() -> Weight {
		Weight::from_parts(90_000_000, 7_000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn pay_claim() -> Weight {
		Weight::from_parts(60_000_000, 7_000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn forget() -> Weight {
		Weight::from_parts(15_000_000, 3_600)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(10_000_000, 3_600)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
}
