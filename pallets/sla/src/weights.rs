//! Weights for `pallet_sla`.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame_support::{traits::Get, weights::{Weight, constants::ParityDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_sla`.
pub trait WeightInfo {
	fn create_module() -> Weight;
	fn create_template() -> Weight;
	fn propose() -> Weight;
	fn approve() -> Weight;
	fn start_test() -> Weight;
	fn terminate() -> Weight;
	fn expire() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_expiry() -> Weight;
	fn judge(l: u32, ) -> Weight;
}

/// Weights for `pallet_sla` on a node with ParityDb.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Sla::NextModule` (r:1 w:1), `Sla::Modules` (r:0 w:1)
	fn create_module() -> Weight {
		Weight::from_parts(12_000_000, 1800)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::NextTemplate` (r:1 w:1), `Sla::Modules` (r:8 w:0), `Sla::Templates` (r:0 w:1)
	fn create_template() -> Weight {
		Weight::from_parts(40_000_000, 22000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: machine (r:1 w:0), class (r:1 w:0), `Sla::Agreements` (r:1 w:1), `Sla::Templates` (r:1 w:0), `Sla::Modules` (r:8 w:0), `System::BlockHash` (r:1 w:0), clock (r:1 w:0), `Sla::ExpiryCursor` (r:1 w:1), `Sla::Expiries` (r:2 w:2)
	fn propose() -> Weight {
		Weight::from_parts(90_000_000, 60000)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1), clock (r:1 w:0), committee (r:2 w:0)
	fn approve() -> Weight {
		Weight::from_parts(35_000_000, 12000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: machine (r:2 w:2), `Sla::Agreements` (r:1 w:1), clock (r:1 w:0), `Sla::Records` (r:1 w:1), watch list (r:0 w:1)
	fn start_test() -> Weight {
		Weight::from_parts(35_000_000, 12000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: machine (r:2 w:2), `Sla::Agreements` (r:1 w:1), serving (r:2 w:0), `Sla::Records` (r:1 w:1), session (r:1 w:0), watch list (r:0 w:1)
	fn terminate() -> Weight {
		Weight::from_parts(40_000_000, 18000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1), clock (r:1 w:0)
	fn expire() -> Weight {
		Weight::from_parts(20_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: clock (r:1 w:0), `Sla::ExpiryCursor` (r:1 w:1), `Sla::Expiries` (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(8_000_000, 4500)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1), `Sla::Expiries` (r:1 w:1)
	fn sweep_expiry() -> Weight {
		Weight::from_parts(18_000_000, 7500)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements`, `Sla::Records`, `Sla::LastVerdict`, `Sla::Scores` (r:4 w:3), `Sla::Modules` (r:8 w:0), machine, class, serving, clock (r:6 w:2), slash (r:4 w:4), evacuation (r:3 w:3)
	/// Storage per lease: lease (r:1 w:0), UTC, cover, accounts (r:6 w:5)
	/// The range of component `l` is `[0, 128]`.
	fn judge(l: u32, ) -> Weight {
		Weight::from_parts(150_000_000, 60_000)
			.saturating_add(Weight::from_parts(70_000_000, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(25_u64))
			.saturating_add(T::DbWeight::get().reads((7_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(12_u64))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 18_000).saturating_mul(l.into()))
	}
}

// For tests.
impl WeightInfo for () {
	/// Storage: `Sla::NextModule` (r:1 w:1), `Sla::Modules` (r:0 w:1)
	fn create_module() -> Weight {
		Weight::from_parts(12_000_000, 1800)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::NextTemplate` (r:1 w:1), `Sla::Modules` (r:8 w:0), `Sla::Templates` (r:0 w:1)
	fn create_template() -> Weight {
		Weight::from_parts(40_000_000, 22000)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// Storage: machine (r:1 w:0), class (r:1 w:0), `Sla::Agreements` (r:1 w:1), `Sla::Templates` (r:1 w:0), `Sla::Modules` (r:8 w:0), `System::BlockHash` (r:1 w:0), clock (r:1 w:0), `Sla::ExpiryCursor` (r:1 w:1), `Sla::Expiries` (r:2 w:2)
	fn propose() -> Weight {
		Weight::from_parts(90_000_000, 60000)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1), clock (r:1 w:0), committee (r:2 w:0)
	fn approve() -> Weight {
		Weight::from_parts(35_000_000, 12000)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	/// Storage: machine (r:2 w:2), `Sla::Agreements` (r:1 w:1), clock (r:1 w:0), `Sla::Records` (r:1 w:1), watch list (r:0 w:1)
	fn start_test() -> Weight {
		Weight::from_parts(35_000_000, 12000)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	/// Storage: machine (r:2 w:2), `Sla::Agreements` (r:1 w:1), serving (r:2 w:0), `Sla::Records` (r:1 w:1), session (r:1 w:0), watch list (r:0 w:1)
	fn terminate() -> Weight {
		Weight::from_parts(40_000_000, 18000)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1), clock (r:1 w:0)
	fn expire() -> Weight {
		Weight::from_parts(20_000_000, 6000)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	/// Storage: clock (r:1 w:0), `Sla::ExpiryCursor` (r:1 w:1), `Sla::Expiries` (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(8_000_000, 4500)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1), `Sla::Expiries` (r:1 w:1)
	fn sweep_expiry() -> Weight {
		Weight::from_parts(18_000_000, 7500)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements`, `Sla::Records`, `Sla::LastVerdict`, `Sla::Scores` (r:4 w:3), `Sla::Modules` (r:8 w:0), machine, class, serving, clock (r:6 w:2), slash (r:4 w:4), evacuation (r:3 w:3)
	/// Storage per lease: lease (r:1 w:0), UTC, cover, accounts (r:6 w:5)
	/// The range of component `l` is `[0, 128]`.
	fn judge(l: u32, ) -> Weight {
		Weight::from_parts(150_000_000, 60_000)
			.saturating_add(Weight::from_parts(70_000_000, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(25_u64))
			.saturating_add(ParityDbWeight::get().reads((7_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
			.saturating_add(ParityDbWeight::get().writes((5_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 18_000).saturating_mul(l.into()))
	}
}
