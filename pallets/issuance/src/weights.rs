//! Weights of `pallet_issuance`, estimated until they are measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_issuance`.
pub trait WeightInfo {
	fn set_terms() -> Weight;
	fn claim() -> Weight;
	fn note_author() -> Weight;
	fn measured(m: u32) -> Weight;
}

/// Weights of `pallet_issuance` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn set_terms() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(130_000_000, 20540)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn note_author() -> Weight {
		Weight::from_parts(40_000_000, 6700)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// The range of component `m` is `[1, 16]`.
	fn measured(m: u32) -> Weight {
		Weight::from_parts(20_000_000, 5000)
			.saturating_add(Weight::from_parts(9_000_000, 2700).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
	}
}

// For tests.
impl WeightInfo for () {
	fn set_terms() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(130_000_000, 20540)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn note_author() -> Weight {
		Weight::from_parts(40_000_000, 6700)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// The range of component `m` is `[1, 16]`.
	fn measured(m: u32) -> Weight {
		Weight::from_parts(20_000_000, 5000)
			.saturating_add(Weight::from_parts(9_000_000, 2700).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(m.into())))
	}
}
