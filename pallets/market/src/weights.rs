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
	fn offer() -> Weight;
	fn buy_offer() -> Weight;
	fn offer_order() -> Weight;
	fn cancel_offer() -> Weight;
	fn mint_offer() -> Weight;
}

/// Weights of `pallet_market` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::NextListing` (r:1 w:1)
	/// Proof: `Market::NextListing` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::SweptTo` (r:1 w:1)
	/// Proof: `Market::SweptTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:17 w:17)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Market::Listings` (r:0 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	fn list() -> Weight {
		// Least time seen: 224_197 ns.
		Weight::from_parts(231_998_000, 182635)
			.saturating_add(T::DbWeight::get().reads(26_u64))
			.saturating_add(T::DbWeight::get().writes(25_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
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
		// Least time seen: 211_277 ns.
		Weight::from_parts(216_785_000, 11675)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn cancel() -> Weight {
		// Least time seen: 102_644 ns.
		Weight::from_parts(106_690_000, 11675)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn expire() -> Weight {
		// Least time seen: 148_002 ns.
		Weight::from_parts(154_162_000, 11675)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Market::SweptTo` (r:1 w:1)
	/// Proof: `Market::SweptTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:1 w:1)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 18_477 ns.
		Weight::from_parts(19_790_000, 11675)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
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
	fn sweep_expire() -> Weight {
		// Least time seen: 100_641 ns.
		Weight::from_parts(106_099_000, 6208)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::Listings` (r:1 w:1)
	/// Proof: `Market::Listings` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::SweptTo` (r:1 w:0)
	/// Proof: `Market::SweptTo` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Due` (r:17 w:17)
	/// Proof: `Market::Due` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	fn sweep_requeue() -> Weight {
		// Least time seen: 136_806 ns.
		Weight::from_parts(143_055_000, 182635)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:1 w:1)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `Market::BatchQueue` (r:1 w:1)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	fn place_order() -> Weight {
		// Least time seen: 146_139 ns.
		Weight::from_parts(154_141_000, 9829)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Market::Pages` (r:1 w:1)
	/// Proof: `Market::Pages` (`max_values`: None, `max_size`: Some(6364), added: 8839, mode: `MaxEncodedLen`)
	/// Storage: `Market::Books` (r:1 w:1)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn cancel_order() -> Weight {
		// Least time seen: 106_410 ns.
		Weight::from_parts(116_125_000, 9829)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
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
		// Least time seen: 151_447 ns.
		Weight::from_parts(159_008_000, 9077)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Market::BatchQueue` (r:1 w:1)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
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
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
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
		// Least time seen: 541_082 ns.
		Weight::from_parts(351_041_186, 113003)
			.saturating_add(Weight::from_parts(20_635_331, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(1_991_645, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(29_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(27_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 8839).saturating_mul(p.into()))
	}
	/// Storage: `Market::Orders` (r:1 w:1)
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
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
		// Least time seen: 368_543 ns.
		Weight::from_parts(423_585_000, 133575)
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
	/// Proof: `Market::Orders` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
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
		// Least time seen: 2_298_529 ns.
		Weight::from_parts(2_520_723_000, 133575)
			.saturating_add(T::DbWeight::get().reads(77_u64))
			.saturating_add(T::DbWeight::get().writes(28_u64))
	}
	fn offer() -> Weight {
		Weight::from_parts(520_000_000, 190000)
			.saturating_add(T::DbWeight::get().reads(44_u64))
			.saturating_add(T::DbWeight::get().writes(36_u64))
	}
	fn buy_offer() -> Weight {
		Weight::from_parts(420_000_000, 11000)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	fn offer_order() -> Weight {
		Weight::from_parts(480_000_000, 12000)
			.saturating_add(T::DbWeight::get().reads(34_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	fn cancel_offer() -> Weight {
		Weight::from_parts(300_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	fn mint_offer() -> Weight {
		Weight::from_parts(380_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// Storage: `Market::BatchQueue` (r:1 w:0)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	fn sweep_shard() -> Weight {
		// Least time seen: 4_436 ns.
		Weight::from_parts(4_967_000, 6548)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Market::BatchQueue` (r:1 w:1)
	/// Proof: `Market::BatchQueue` (`max_values`: None, `max_size`: Some(3083), added: 5558, mode: `MaxEncodedLen`)
	/// Storage: `Market::Books` (r:1 w:0)
	/// Proof: `Market::Books` (`max_values`: None, `max_size`: Some(1335), added: 3810, mode: `MaxEncodedLen`)
	/// Storage: `Market::NextShard` (r:0 w:1)
	/// Proof: `Market::NextShard` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	fn sweep_look() -> Weight {
		// Least time seen: 15_563 ns.
		Weight::from_parts(17_066_000, 6548)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn list() -> Weight {
		Weight::from_parts(231_998_000, 182635)
			.saturating_add(ParityDbWeight::get().reads(26_u64))
			.saturating_add(ParityDbWeight::get().writes(25_u64))
	}
	fn buy() -> Weight {
		Weight::from_parts(216_785_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn cancel() -> Weight {
		Weight::from_parts(106_690_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(154_162_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(19_790_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_expire() -> Weight {
		Weight::from_parts(106_099_000, 6208)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn sweep_requeue() -> Weight {
		Weight::from_parts(143_055_000, 182635)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(18_u64))
	}
	fn place_order() -> Weight {
		Weight::from_parts(154_141_000, 9829)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn cancel_order() -> Weight {
		Weight::from_parts(116_125_000, 9829)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(159_008_000, 9077)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn clear(p: u32, l: u32, ) -> Weight {
		Weight::from_parts(351_041_186, 113003)
			.saturating_add(Weight::from_parts(20_635_331, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(1_991_645, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(29_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(27_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 8839).saturating_mul(p.into()))
	}
	fn refund() -> Weight {
		Weight::from_parts(423_585_000, 133575)
			.saturating_add(ParityDbWeight::get().reads(54_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn wind_down() -> Weight {
		Weight::from_parts(2_520_723_000, 133575)
			.saturating_add(ParityDbWeight::get().reads(77_u64))
			.saturating_add(ParityDbWeight::get().writes(28_u64))
	}
	fn offer() -> Weight {
		Weight::from_parts(520_000_000, 190000)
			.saturating_add(ParityDbWeight::get().reads(44_u64))
			.saturating_add(ParityDbWeight::get().writes(36_u64))
	}
	fn buy_offer() -> Weight {
		Weight::from_parts(420_000_000, 11000)
			.saturating_add(ParityDbWeight::get().reads(22_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	fn offer_order() -> Weight {
		Weight::from_parts(480_000_000, 12000)
			.saturating_add(ParityDbWeight::get().reads(34_u64))
			.saturating_add(ParityDbWeight::get().writes(24_u64))
	}
	fn cancel_offer() -> Weight {
		Weight::from_parts(300_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(13_u64))
	}
	fn mint_offer() -> Weight {
		Weight::from_parts(380_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(22_u64))
			.saturating_add(ParityDbWeight::get().writes(14_u64))
	}
	fn sweep_shard() -> Weight {
		Weight::from_parts(4_967_000, 6548)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
	}
	fn sweep_look() -> Weight {
		Weight::from_parts(17_066_000, 6548)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
