//! Weights of `pallet_telemetry`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_telemetry`.
pub trait WeightInfo {
	fn report(d: u32, ) -> Weight;
	fn authorize_report(d: u32, ) -> Weight;
	fn demand() -> Weight;
	fn authorize_demand() -> Weight;
	fn open() -> Weight;
	fn authorize_open() -> Weight;
	fn expire() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_demand() -> Weight;
	fn forget() -> Weight;
	fn set_parameters() -> Weight;
	fn set_power() -> Weight;
}

/// Weights of `pallet_telemetry` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn report(d: u32, ) -> Weight {
		Weight::from_parts(75_000_000, 3732)
			.saturating_add(Weight::from_parts(6_000_000, 2571).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(d.into())))
	}
	fn authorize_report(d: u32, ) -> Weight {
		Weight::from_parts(86_689_000, 3732)
			.saturating_add(Weight::from_parts(300_000, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
	}
	fn demand() -> Weight {
		Weight::from_parts(90_000_000, 12695)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn authorize_demand() -> Weight {
		Weight::from_parts(150_000_000, 12695)
			.saturating_add(T::DbWeight::get().reads(16_u64))
	}
	fn open() -> Weight {
		Weight::from_parts(90_000_000, 12695)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn authorize_open() -> Weight {
		Weight::from_parts(150_000_000, 3732)
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(50_000_000, 12695)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(8_000_000, 5590)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn sweep_demand() -> Weight {
		Weight::from_parts(40_000_000, 3732)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn forget() -> Weight {
		Weight::from_parts(70_000_000, 12695)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	fn set_parameters() -> Weight {
		Weight::from_parts(10_000_000, 1489)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn set_power() -> Weight {
		Weight::from_parts(15_000_000, 3556)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn report(d: u32, ) -> Weight {
		Weight::from_parts(75_000_000, 3732)
			.saturating_add(Weight::from_parts(6_000_000, 2571).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(d.into())))
	}
	fn authorize_report(d: u32, ) -> Weight {
		Weight::from_parts(86_689_000, 3732)
			.saturating_add(Weight::from_parts(300_000, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
	}
	fn demand() -> Weight {
		Weight::from_parts(90_000_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn authorize_demand() -> Weight {
		Weight::from_parts(150_000_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
	}
	fn open() -> Weight {
		Weight::from_parts(90_000_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn authorize_open() -> Weight {
		Weight::from_parts(150_000_000, 3732)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(50_000_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(8_000_000, 5590)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_demand() -> Weight {
		Weight::from_parts(40_000_000, 3732)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn forget() -> Weight {
		Weight::from_parts(70_000_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
	fn set_parameters() -> Weight {
		Weight::from_parts(10_000_000, 1489)
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_power() -> Weight {
		Weight::from_parts(15_000_000, 3556)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
