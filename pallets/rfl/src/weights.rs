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
	fn place_crowded() -> Weight;
	fn place_scarce() -> Weight;
	fn set_weights() -> Weight;
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
	/// Storage: the class and what is kept for it (r:5 w:1), `Rfl::Redeemed` (r:1 w:1), `Rfl::Summaries` (r:1 w:1), `Rfl::Pages` (r:14 w:4), `Rfl::Places` (r:1 w:2), `Rfl::Machines` and who may deliver (r:33), `Rfl::Commitments` (r:2 w:1), the lease (r:2 w:2), `Rfl::AcknowledgementsDue` (r:2 w:2), the lease's account (r:4 w:4)
	fn place_crowded() -> Weight {
		Weight::from_parts(1_500_000_000, 250000)
			.saturating_add(T::DbWeight::get().reads(65_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	/// Storage: as `place_crowded`, with `Rfl::Pages` (r:20) and fewer machines
	fn place_scarce() -> Weight {
		Weight::from_parts(800_000_000, 250000)
			.saturating_add(T::DbWeight::get().reads(45_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	/// Storage: `Rfl::Classes` (r:1), `Rfl::PlacementWeights` (w:1)
	fn set_weights() -> Weight {
		Weight::from_parts(12_000_000, 3600)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: one cursor (r:1 w:1), one slot's queue (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(4_000_000, 2600)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:2 w:2), the index (r:6 w:6), then one placement, which is counted apart
	fn sweep_acknowledgement() -> Weight {
		Weight::from_parts(150_000_000, 40000)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
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
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:2 w:2), the index (r:6 w:6), then one placement, which is counted apart
	fn sweep_failure() -> Weight {
		Weight::from_parts(150_000_000, 40000)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
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
	/// Storage: the class and what is kept for it (r:5 w:1), `Rfl::Redeemed` (r:1 w:1), `Rfl::Summaries` (r:1 w:1), `Rfl::Pages` (r:14 w:4), `Rfl::Places` (r:1 w:2), `Rfl::Machines` and who may deliver (r:33), `Rfl::Commitments` (r:2 w:1), the lease (r:2 w:2), `Rfl::AcknowledgementsDue` (r:2 w:2), the lease's account (r:4 w:4)
	fn place_crowded() -> Weight {
		Weight::from_parts(1_500_000_000, 250000)
			.saturating_add(RocksDbWeight::get().reads(65_u64))
			.saturating_add(RocksDbWeight::get().writes(18_u64))
	}
	/// Storage: as `place_crowded`, with `Rfl::Pages` (r:20) and fewer machines
	fn place_scarce() -> Weight {
		Weight::from_parts(800_000_000, 250000)
			.saturating_add(RocksDbWeight::get().reads(45_u64))
			.saturating_add(RocksDbWeight::get().writes(18_u64))
	}
	/// Storage: `Rfl::Classes` (r:1), `Rfl::PlacementWeights` (w:1)
	fn set_weights() -> Weight {
		Weight::from_parts(12_000_000, 3600)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: one cursor (r:1 w:1), one slot's queue (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(4_000_000, 2600)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:2 w:2), the index (r:6 w:6), then one placement, which is counted apart
	fn sweep_acknowledgement() -> Weight {
		Weight::from_parts(150_000_000, 40000)
			.saturating_add(RocksDbWeight::get().reads(22_u64))
			.saturating_add(RocksDbWeight::get().writes(16_u64))
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
	/// Storage: `Rfl::Leases` (r:1 w:1), `Rfl::Classes` (r:1), `Rfl::Commitments` (r:2 w:2), the index (r:6 w:6), then one placement, which is counted apart
	fn sweep_failure() -> Weight {
		Weight::from_parts(150_000_000, 40000)
			.saturating_add(RocksDbWeight::get().reads(22_u64))
			.saturating_add(RocksDbWeight::get().writes(16_u64))
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
