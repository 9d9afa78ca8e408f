//! Weights of `pallet_rfl`.
//!
//! Estimates from counted reads and writes, in the shape of the benchmark CLI's output, which replaces this
//! file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::RocksDbWeight, Weight}};

/// Weight functions needed for `pallet_rfl`.
pub trait WeightInfo {
	fn create_class() -> Weight;
	fn set_price() -> Weight;
	fn register_machine() -> Weight;
	fn set_endpoint() -> Weight;
	fn drain() -> Weight;
	fn retire() -> Weight;
	fn commit() -> Weight;
	fn uncommit() -> Weight;
	fn acknowledge() -> Weight;
	fn authorize_acknowledge() -> Weight;
	fn place(n: u32, ) -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_acknowledgement() -> Weight;
	fn close_commitment(n: u32, ) -> Weight;
	fn sweep_failure() -> Weight;
	fn prune_lease() -> Weight;
	fn set_parameters() -> Weight;
	fn count_windows(n: u32, ) -> Weight;
}

/// Weights of `pallet_rfl` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Rfl::NextClass` (r:1 w:1), `Rfl::Classes` (r:0 w:1), `Rfl::ClassParameters` (w:1), `Rfl::Histories` (w:1), the count queue (r:2 w:2)
	fn create_class() -> Weight {
		Weight::from_parts(25_000_000, 9200)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1), `Rfl::ClassParameters` (r:1), `Rfl::Histories` (r:1 w:1)
	fn set_price() -> Weight {
		Weight::from_parts(20_000_000, 9400)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Classes` (r:1), `Rfl::MachineByKey` (r:1 w:1), `Rfl::NextMachine` (r:1 w:1), `Rfl::Machines` (w:1), genesis hash (r:1), the bond ledger (r:2 w:2)
	fn register_machine() -> Weight {
		Weight::from_parts(95_000_000, 6200)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	fn set_endpoint() -> Weight {
		Weight::from_parts(14_000_000, 3800)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), `Rfl::Classes` (r:1), both sums (r:2 w:2), `Rfl::MachineByKey` (w:1), the bond ledger (r:2 w:2), the watch list (r:1 w:2)
	fn drain() -> Weight {
		Weight::from_parts(35_000_000, 9000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), `Rfl::MachineByKey` (w:1), the bond ledger (r:2 w:2), the watch list (r:1 w:2)
	fn retire() -> Weight {
		Weight::from_parts(30_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), the agreement (r:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:1 w:1), `Rfl::PageCount` (r:1 w:1), `Rfl::Pages` (r:1 w:1), the close queue (r:2 w:2), `Rfl::CommittedBy` (r:1 w:1)
	fn commit() -> Weight {
		Weight::from_parts(40_000_000, 14000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:2 w:2), `Rfl::CommittedBy` (r:1 w:1), obligations (r:2), the close queue (r:1 w:1), `Rfl::PageCount` (r:1 w:1), `Rfl::Pages` (r:2 w:2)
	fn uncommit() -> Weight {
		Weight::from_parts(45_000_000, 18000)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Commitments` (r:1), the keeper of obligations (r:3 w:2)
	fn acknowledge() -> Weight {
		Weight::from_parts(30_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Rfl::Leases` (r:1), `Rfl::Commitments` (r:1), `Rfl::Machines` (r:1), genesis hash (r:1)
	fn authorize_acknowledge() -> Weight {
		Weight::from_parts(90_000_000, 9000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Rfl::Classes` (r:1), `Rfl::NextLease` (r:1 w:1), `Rfl::Redeemed` (r:1 w:1), `Rfl::PageCount` (r:1), `Rfl::Pages` (r:2), `Rfl::Commitments` (r:n w:1), `Rfl::Machines` (r:n), `Rfl::Leases` (w:1), the acknowledgement queue (r:2 w:2), the keeper of obligations (r:2n w:3)
	/// The range of component `n` is that of the leases or machines examined.
	fn place(n: u32, ) -> Weight {
		Weight::from_parts(60_000_000, 12000)
			.saturating_add(Weight::from_parts(9_000_000, 6000).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	/// Storage: one cursor (r:1 w:1), one slot's queue (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(4_000_000, 2600)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), then as `place` with the largest `n`
	fn sweep_acknowledgement() -> Weight {
		Weight::from_parts(700_000_000, 400000)
			.saturating_add(T::DbWeight::get().reads(280_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// Storage: `Rfl::Commitments` (r:2 w:2), `Rfl::Machines` (r:1 w:1), `Rfl::Classes` (r:1), both sums (r:2 w:2), `Rfl::PageCount` (r:1 w:1), `Rfl::Pages` (r:2 w:2), `Rfl::CommittedBy` (r:1 w:1), `Rfl::Leases` (r:n w:n), the keeper of obligations (r:5n w:5n)
	/// The range of component `n` is that of the leases or machines examined.
	fn close_commitment(n: u32, ) -> Weight {
		Weight::from_parts(70_000_000, 20000)
			.saturating_add(Weight::from_parts(35_000_000, 4000).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(12_u64))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(n.into())))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Commitments` (r:1 w:1), then as `place` with the largest `n`
	fn sweep_failure() -> Weight {
		Weight::from_parts(700_000_000, 400000)
			.saturating_add(T::DbWeight::get().reads(280_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Classes` (r:1)
	fn prune_lease() -> Weight {
		Weight::from_parts(15_000_000, 5000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1), `Rfl::ClassParameters` (w:1), `Rfl::Histories` (r:1 w:1)
	fn set_parameters() -> Weight {
		Weight::from_parts(20_000_000, 6800)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1), `Rfl::ClassParameters` (r:1), `Rfl::Histories` (r:1 w:1), the class's open cover (r:1), gaps in blocks (r:1), the count queue (r:2 w:2), `Rfl::Redeemed` (r:n w:n), the market's prices (r:n)
	/// The range of component `n` is that of the windows counted.
	fn count_windows(n: u32, ) -> Weight {
		Weight::from_parts(30_000_000, 18000)
			.saturating_add(Weight::from_parts(15_000_000, 5200).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}

// For tests.
impl WeightInfo for () {
	/// Storage: `Rfl::NextClass` (r:1 w:1), `Rfl::Classes` (r:0 w:1), `Rfl::ClassParameters` (w:1), `Rfl::Histories` (w:1), the count queue (r:2 w:2)
	fn create_class() -> Weight {
		Weight::from_parts(25_000_000, 9200)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1), `Rfl::ClassParameters` (r:1), `Rfl::Histories` (r:1 w:1)
	fn set_price() -> Weight {
		Weight::from_parts(20_000_000, 9400)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Classes` (r:1), `Rfl::MachineByKey` (r:1 w:1), `Rfl::NextMachine` (r:1 w:1), `Rfl::Machines` (w:1), genesis hash (r:1), the bond ledger (r:2 w:2)
	fn register_machine() -> Weight {
		Weight::from_parts(95_000_000, 6200)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	fn set_endpoint() -> Weight {
		Weight::from_parts(14_000_000, 3800)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), `Rfl::Classes` (r:1), both sums (r:2 w:2), `Rfl::MachineByKey` (w:1), the bond ledger (r:2 w:2), the watch list (r:1 w:2)
	fn drain() -> Weight {
		Weight::from_parts(35_000_000, 9000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), `Rfl::MachineByKey` (w:1), the bond ledger (r:2 w:2), the watch list (r:1 w:2)
	fn retire() -> Weight {
		Weight::from_parts(30_000_000, 8000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), the agreement (r:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:1 w:1), `Rfl::PageCount` (r:1 w:1), `Rfl::Pages` (r:1 w:1), the close queue (r:2 w:2), `Rfl::CommittedBy` (r:1 w:1)
	fn commit() -> Weight {
		Weight::from_parts(40_000_000, 14000)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:2 w:2), `Rfl::CommittedBy` (r:1 w:1), obligations (r:2), the close queue (r:1 w:1), `Rfl::PageCount` (r:1 w:1), `Rfl::Pages` (r:2 w:2)
	fn uncommit() -> Weight {
		Weight::from_parts(45_000_000, 18000)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Commitments` (r:1), the keeper of obligations (r:3 w:2)
	fn acknowledge() -> Weight {
		Weight::from_parts(30_000_000, 8000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	/// Storage: `Rfl::Leases` (r:1), `Rfl::Commitments` (r:1), `Rfl::Machines` (r:1), genesis hash (r:1)
	fn authorize_acknowledge() -> Weight {
		Weight::from_parts(90_000_000, 9000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
	}
	/// Storage: `Rfl::Classes` (r:1), `Rfl::NextLease` (r:1 w:1), `Rfl::Redeemed` (r:1 w:1), `Rfl::PageCount` (r:1), `Rfl::Pages` (r:2), `Rfl::Commitments` (r:n w:1), `Rfl::Machines` (r:n), `Rfl::Leases` (w:1), the acknowledgement queue (r:2 w:2), the keeper of obligations (r:2n w:3)
	/// The range of component `n` is that of the leases or machines examined.
	fn place(n: u32, ) -> Weight {
		Weight::from_parts(60_000_000, 12000)
			.saturating_add(Weight::from_parts(9_000_000, 6000).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().reads((4_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(11_u64))
	}
	/// Storage: one cursor (r:1 w:1), one slot's queue (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(4_000_000, 2600)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), then as `place` with the largest `n`
	fn sweep_acknowledgement() -> Weight {
		Weight::from_parts(700_000_000, 400000)
			.saturating_add(RocksDbWeight::get().reads(280_u64))
			.saturating_add(RocksDbWeight::get().writes(14_u64))
	}
	/// Storage: `Rfl::Commitments` (r:2 w:2), `Rfl::Machines` (r:1 w:1), `Rfl::Classes` (r:1), both sums (r:2 w:2), `Rfl::PageCount` (r:1 w:1), `Rfl::Pages` (r:2 w:2), `Rfl::CommittedBy` (r:1 w:1), `Rfl::Leases` (r:n w:n), the keeper of obligations (r:5n w:5n)
	/// The range of component `n` is that of the leases or machines examined.
	fn close_commitment(n: u32, ) -> Weight {
		Weight::from_parts(70_000_000, 20000)
			.saturating_add(Weight::from_parts(35_000_000, 4000).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(14_u64))
			.saturating_add(RocksDbWeight::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(12_u64))
			.saturating_add(RocksDbWeight::get().writes((6_u64).saturating_mul(n.into())))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Commitments` (r:1 w:1), then as `place` with the largest `n`
	fn sweep_failure() -> Weight {
		Weight::from_parts(700_000_000, 400000)
			.saturating_add(RocksDbWeight::get().reads(280_u64))
			.saturating_add(RocksDbWeight::get().writes(14_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Classes` (r:1)
	fn prune_lease() -> Weight {
		Weight::from_parts(15_000_000, 5000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1), `Rfl::ClassParameters` (w:1), `Rfl::Histories` (r:1 w:1)
	fn set_parameters() -> Weight {
		Weight::from_parts(20_000_000, 6800)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1), `Rfl::ClassParameters` (r:1), `Rfl::Histories` (r:1 w:1), the class's open cover (r:1), gaps in blocks (r:1), the count queue (r:2 w:2), `Rfl::Redeemed` (r:n w:n), the market's prices (r:n)
	/// The range of component `n` is that of the windows counted.
	fn count_windows(n: u32, ) -> Weight {
		Weight::from_parts(30_000_000, 18000)
			.saturating_add(Weight::from_parts(15_000_000, 5200).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}
