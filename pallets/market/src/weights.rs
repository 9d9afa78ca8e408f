//! Weights of `pallet_market`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_market`.
pub trait WeightInfo {
	fn list() -> Weight;
	fn buy() -> Weight;
	fn offer() -> Weight;
	fn buy_offer() -> Weight;
	fn offer_order() -> Weight;
	fn cancel_offer() -> Weight;
	fn mint_offer() -> Weight;
	fn cancel() -> Weight;
	fn expire() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_expire() -> Weight;
	fn sweep_requeue() -> Weight;
	fn place_order() -> Weight;
	fn cancel_order() -> Weight;
	fn claim() -> Weight;
	fn clear(p: u32, l: u32, ) -> Weight;
	fn refund() -> Weight;
	fn wind_down() -> Weight;
	fn sweep_shard() -> Weight;
	fn sweep_look() -> Weight;
}

/// Weights of `pallet_market` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Market::NextListing` (r:1 w:1)
	/// Proof: `Market::NextListing` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::SweptTo` (r:1 w:1)
	/// Proof: `Market::SweptTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:17 w:17)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Market::Listings` (r:0 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	fn list() -> Weight {
		// Least time seen: 225_919 ns.
		Weight::from_parts(243_716_000, 182635)
			.saturating_add(T::DbWeight::get().reads(26_u64))
			.saturating_add(T::DbWeight::get().writes(25_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:4 w:4)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	fn buy() -> Weight {
		// Least time seen: 220_401 ns.
		Weight::from_parts(237_837_000, 11675)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:0)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:0)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Absent` (r:1 w:0)
	/// Proof: `Rfl::Absent` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Market::NextListing` (r:1 w:1)
	/// Proof: `Market::NextListing` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::SweptTo` (r:1 w:1)
	/// Proof: `Market::SweptTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:17 w:17)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Market::Listings` (r:0 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	fn offer() -> Weight {
		// Least time seen: 333_711 ns.
		Weight::from_parts(361_092_000, 182635)
			.saturating_add(T::DbWeight::get().reads(31_u64))
			.saturating_add(T::DbWeight::get().writes(25_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:0)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Absent` (r:1 w:0)
	/// Proof: `Rfl::Absent` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	fn buy_offer() -> Weight {
		// Least time seen: 375_914 ns.
		Weight::from_parts(418_247_000, 11675)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:0)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:1 w:1)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `Market::BatchQueue` (r:1 w:1)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:0)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Absent` (r:1 w:0)
	/// Proof: `Rfl::Absent` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Market::OfferedOrders` (r:1 w:1)
	/// Proof: `Market::OfferedOrders` (`max_values`: None, `max_size`: Some(653), added: 3128, mode: `MaxEncodedLen`)
	fn offer_order() -> Weight {
		// Least time seen: 279_019 ns.
		Weight::from_parts(312_109_000, 9829)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:1 w:1)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `Market::Books` (r:1 w:1)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Market::OfferedOrders` (r:1 w:1)
	/// Proof: `Market::OfferedOrders` (`max_values`: None, `max_size`: Some(653), added: 3128, mode: `MaxEncodedLen`)
	fn cancel_offer() -> Weight {
		// Least time seen: 216_806 ns.
		Weight::from_parts(241_923_000, 9829)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Market::OfferedOrders` (r:1 w:1)
	/// Proof: `Market::OfferedOrders` (`max_values`: None, `max_size`: Some(653), added: 3128, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:0)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Absent` (r:1 w:0)
	/// Proof: `Rfl::Absent` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Market::LevelCloses` (r:1 w:0)
	/// Proof: `Market::LevelCloses` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Market::PageCloses` (r:1 w:0)
	/// Proof: `Market::PageCloses` (`max_values`: None, `max_size`: Some(5612), added: 8087, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	fn mint_offer() -> Weight {
		// Least time seen: 358_649 ns.
		Weight::from_parts(395_283_000, 9077)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn cancel() -> Weight {
		// Least time seen: 202_444 ns.
		Weight::from_parts(219_760_000, 11675)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	fn expire() -> Weight {
		// Least time seen: 239_960 ns.
		Weight::from_parts(261_212_000, 11675)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Market::SweptTo` (r:1 w:1)
	/// Proof: `Market::SweptTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 19_730 ns.
		Weight::from_parts(21_152_000, 11675)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:0)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	fn sweep_expire() -> Weight {
		// Least time seen: 188_623 ns.
		Weight::from_parts(197_236_000, 4019)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(98), added: 2573, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::SweptTo` (r:1 w:0)
	/// Proof: `Market::SweptTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:17 w:17)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	fn sweep_requeue() -> Weight {
		// Least time seen: 144_958 ns.
		Weight::from_parts(152_088_000, 182635)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:1 w:1)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `Market::BatchQueue` (r:1 w:1)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	fn place_order() -> Weight {
		// Least time seen: 156_524 ns.
		Weight::from_parts(164_737_000, 9829)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:1 w:1)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `Market::Books` (r:1 w:1)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn cancel_order() -> Weight {
		// Least time seen: 112_599 ns.
		Weight::from_parts(117_536_000, 9829)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Market::LevelCloses` (r:1 w:0)
	/// Proof: `Market::LevelCloses` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Market::PageCloses` (r:1 w:0)
	/// Proof: `Market::PageCloses` (`max_values`: None, `max_size`: Some(5612), added: 8087, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		// Least time seen: 164_366 ns.
		Weight::from_parts(169_955_000, 9077)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::BatchQueue` (r:1 w:1)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	/// Storage: `Market::OfferedOrders` (r:1 w:0)
	/// Proof: `Market::OfferedOrders` (`max_values`: None, `max_size`: Some(653), added: 3128, mode: `MaxEncodedLen`)
	/// Storage: `Market::Books` (r:1 w:1)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:64 w:64)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Market::Trading` (r:1 w:1)
	/// Proof: `Market::Trading` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Market::EndedTo` (r:1 w:1)
	/// Proof: `Market::EndedTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Ending` (r:17 w:17)
	/// Proof: `Market::Ending` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	/// Storage: `Market::PageCloses` (r:0 w:63)
	/// Proof: `Market::PageCloses` (`max_values`: None, `max_size`: Some(5612), added: 8087, mode: `MaxEncodedLen`)
	/// Storage: `Market::LevelCloses` (r:0 w:63)
	/// Proof: `Market::LevelCloses` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// The range of component `p` is `[0, 62]`.
	/// The range of component `l` is `[0, 63]`.
	fn clear(p: u32, l: u32, ) -> Weight {
		// Least time seen: 571_068 ns.
		Weight::from_parts(378_099_616, 113003)
			.saturating_add(Weight::from_parts(16_238_545, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(3_394_856, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(27_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 8839).saturating_mul(p.into()))
	}
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Books` (r:1 w:1)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Market::LevelCloses` (r:15 w:0)
	/// Proof: `Market::LevelCloses` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Market::PageCloses` (r:15 w:0)
	/// Proof: `Market::PageCloses` (`max_values`: None, `max_size`: Some(5612), added: 8087, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:15 w:0)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn refund() -> Weight {
		// Least time seen: 398_168 ns.
		Weight::from_parts(410_897_000, 133575)
			.saturating_add(T::DbWeight::get().reads(54_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Market::Books` (r:1 w:1)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Market::BatchQueue` (r:1 w:0)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Orders` (r:9 w:8)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2333), added: 4808, mode: `MaxEncodedLen`)
	/// Storage: `Market::LevelCloses` (r:15 w:0)
	/// Proof: `Market::LevelCloses` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Market::PageCloses` (r:15 w:0)
	/// Proof: `Market::PageCloses` (`max_values`: None, `max_size`: Some(5612), added: 8087, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:15 w:0)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:9 w:9)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:9 w:9)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn wind_down() -> Weight {
		// Least time seen: 2_455_996 ns.
		Weight::from_parts(2_556_577_000, 133575)
			.saturating_add(T::DbWeight::get().reads(77_u64))
			.saturating_add(T::DbWeight::get().writes(28_u64))
	}
	/// Storage: `Market::BatchQueue` (r:1 w:0)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	fn sweep_shard() -> Weight {
		// Least time seen: 4_817 ns.
		Weight::from_parts(5_398_000, 6548)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Market::BatchQueue` (r:1 w:1)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	/// Storage: `Market::Books` (r:1 w:0)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Market::OfferedOrders` (r:1 w:0)
	/// Proof: `Market::OfferedOrders` (`max_values`: None, `max_size`: Some(653), added: 3128, mode: `MaxEncodedLen`)
	/// Storage: `Market::NextShard` (r:0 w:1)
	/// Proof: `Market::NextShard` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	fn sweep_look() -> Weight {
		// Least time seen: 18_327 ns.
		Weight::from_parts(20_210_000, 6548)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn list() -> Weight {
		Weight::from_parts(243_716_000, 182635)
			.saturating_add(ParityDbWeight::get().reads(26_u64))
			.saturating_add(ParityDbWeight::get().writes(25_u64))
	}
	fn buy() -> Weight {
		Weight::from_parts(237_837_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn offer() -> Weight {
		Weight::from_parts(361_092_000, 182635)
			.saturating_add(ParityDbWeight::get().reads(31_u64))
			.saturating_add(ParityDbWeight::get().writes(25_u64))
	}
	fn buy_offer() -> Weight {
		Weight::from_parts(418_247_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn offer_order() -> Weight {
		Weight::from_parts(312_109_000, 9829)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn cancel_offer() -> Weight {
		Weight::from_parts(241_923_000, 9829)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn mint_offer() -> Weight {
		Weight::from_parts(395_283_000, 9077)
			.saturating_add(ParityDbWeight::get().reads(18_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn cancel() -> Weight {
		Weight::from_parts(219_760_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(261_212_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(21_152_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_expire() -> Weight {
		Weight::from_parts(197_236_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sweep_requeue() -> Weight {
		Weight::from_parts(152_088_000, 182635)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(18_u64))
	}
	fn place_order() -> Weight {
		Weight::from_parts(164_737_000, 9829)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn cancel_order() -> Weight {
		Weight::from_parts(117_536_000, 9829)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(169_955_000, 9077)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn clear(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(378_099_616, 113003)
			.saturating_add(Weight::from_parts(16_238_545, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(3_394_856, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(30_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(27_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 8839).saturating_mul(p.into()))
	}
	fn refund() -> Weight {
		Weight::from_parts(410_897_000, 133575)
			.saturating_add(ParityDbWeight::get().reads(54_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn wind_down() -> Weight {
		Weight::from_parts(2_556_577_000, 133575)
			.saturating_add(ParityDbWeight::get().reads(77_u64))
			.saturating_add(ParityDbWeight::get().writes(28_u64))
	}
	fn sweep_shard() -> Weight {
		Weight::from_parts(5_398_000, 6548)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
	}
	fn sweep_look() -> Weight {
		Weight::from_parts(20_210_000, 6548)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
