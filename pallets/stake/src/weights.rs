//! Weights of `pallet_stake`.
//!
//! Estimates from storage accesses: a bond, the hold and the account behind it, and the list of its role.
//! The benchmark CLI's pallet template writes this file anew.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame_support::{traits::Get, weights::{Weight, constants::RocksDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_stake`.
pub trait WeightInfo {
	fn bond() -> Weight;
	fn bond_more() -> Weight;
	fn unbond() -> Weight;
	fn withdraw() -> Weight;
	fn chill() -> Weight;
	fn validate() -> Weight;
	fn apply_slash() -> Weight;
	fn set_minimum() -> Weight;
	fn cancel_slash() -> Weight;
	fn reduce_slash() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_slash() -> Weight;
	fn on_offence() -> Weight;
}

/// Weights for `pallet_stake` over the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Session::NextKeys` (r:1 w:0)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	fn bond() -> Weight {
		Weight::from_parts(95_000_000, 17000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	fn bond_more() -> Weight {
		Weight::from_parts(90_000_000, 17000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	fn unbond() -> Weight {
		Weight::from_parts(60_000_000, 17000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Stake::Offences` (r:1 w:1)
	fn withdraw() -> Weight {
		Weight::from_parts(75_000_000, 7000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	fn chill() -> Weight {
		Weight::from_parts(40_000_000, 14000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Session::NextKeys` (r:1 w:0)
	fn validate() -> Weight {
		Weight::from_parts(50_000_000, 14000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:3 w:3)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Offences` (r:0 w:1)
	fn apply_slash() -> Weight {
		Weight::from_parts(160_000_000, 18000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:0 w:1)
	fn set_minimum() -> Weight {
		Weight::from_parts(250_000_000, 14000)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	fn cancel_slash() -> Weight {
		Weight::from_parts(30_000_000, 5000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	fn reduce_slash() -> Weight {
		Weight::from_parts(30_000_000, 5000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::SlashCursor` (r:1 w:1)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(10_000_000, 4000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:3 w:3)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::DueSlashes` (r:1 w:0)
	/// Storage: `Stake::Offences` (r:0 w:1)
	fn sweep_slash() -> Weight {
		Weight::from_parts(160_000_000, 18000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Stake::Offences` (r:1 w:1)
	/// Storage: `Session::DisabledValidators` (r:1 w:1)
	/// Storage: `Session::Validators` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Stake::NextSlash` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Stake::SlashCursor` (r:1 w:0)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	/// Storage: `System::Events` (r:1 w:0)
	/// Storage: `Stake::DeferredSlashes` (r:0 w:1)
	fn on_offence() -> Weight {
		Weight::from_parts(130_000_000, 18000)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

// For tests and benchmarks.
impl WeightInfo for () {
	/// Storage: `Session::NextKeys` (r:1 w:0)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	fn bond() -> Weight {
		Weight::from_parts(95_000_000, 17000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	fn bond_more() -> Weight {
		Weight::from_parts(90_000_000, 17000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	fn unbond() -> Weight {
		Weight::from_parts(60_000_000, 17000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Stake::Offences` (r:1 w:1)
	fn withdraw() -> Weight {
		Weight::from_parts(75_000_000, 7000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	fn chill() -> Weight {
		Weight::from_parts(40_000_000, 14000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Session::NextKeys` (r:1 w:0)
	fn validate() -> Weight {
		Weight::from_parts(50_000_000, 14000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:3 w:3)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Offences` (r:0 w:1)
	fn apply_slash() -> Weight {
		Weight::from_parts(160_000_000, 18000)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:0 w:1)
	fn set_minimum() -> Weight {
		Weight::from_parts(250_000_000, 14000)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	fn cancel_slash() -> Weight {
		Weight::from_parts(30_000_000, 5000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	fn reduce_slash() -> Weight {
		Weight::from_parts(30_000_000, 5000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::SlashCursor` (r:1 w:1)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	fn sweep_slot() -> Weight {
		Weight::from_parts(10_000_000, 4000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:3 w:3)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::DueSlashes` (r:1 w:0)
	/// Storage: `Stake::Offences` (r:0 w:1)
	fn sweep_slash() -> Weight {
		Weight::from_parts(160_000_000, 18000)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	/// Storage: `Stake::Offences` (r:1 w:1)
	/// Storage: `Session::DisabledValidators` (r:1 w:1)
	/// Storage: `Session::Validators` (r:1 w:0)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Storage: `Stake::NextSlash` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Stake::SlashCursor` (r:1 w:0)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	/// Storage: `System::Events` (r:1 w:0)
	/// Storage: `Stake::DeferredSlashes` (r:0 w:1)
	fn on_offence() -> Weight {
		Weight::from_parts(130_000_000, 18000)
			.saturating_add(RocksDbWeight::get().reads(12_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
}
