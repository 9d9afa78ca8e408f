//! Weights of `pallet_anchoring`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_anchoring`.
pub trait WeightInfo {
	fn set_key() -> Weight;
	fn commit() -> Weight;
	fn authorize_commit() -> Weight;
	fn reveal(n: u32, ) -> Weight;
	fn authorize_reveal(n: u32, ) -> Weight;
	fn settle_measured(m: u32, ) -> Weight;
	fn settle_withheld(m: u32, ) -> Weight;
	fn open(n: u32, ) -> Weight;
	fn start_session(s: u32, ) -> Weight;
	fn charge() -> Weight;
	fn claim() -> Weight;
	fn note_time() -> Weight;
	fn sweep_slot() -> Weight;
}

/// Weights of `pallet_anchoring` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Stake::Ledger` (r:1 w:0)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::OwnerOf` (r:1 w:2)
	/// Proof: `Anchoring::OwnerOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::KeyOf` (r:1 w:1)
	/// Proof: `Anchoring::KeyOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn set_key() -> Weight {
		// Least time seen: 109_473 ns.
		Weight::from_parts(114_871_000, 4019)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Anchoring::Commitments` (r:1 w:1)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	fn commit() -> Weight {
		Weight::from_parts(42_000_000, 12695)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Anchoring::Commitments` (r:1 w:0)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `Anchoring::KeyOf` (r:1 w:0)
	fn authorize_commit() -> Weight {
		Weight::from_parts(98_000_000, 12695)
			.saturating_add(T::DbWeight::get().reads(8_u64))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Anchoring::Commitments` (r:1 w:1)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `Anchoring::Rounds` (r:64 w:64)
	/// The range of component `n` is `[1, 64]`.
	fn reveal(n: u32, ) -> Weight {
		Weight::from_parts(62_000_000, 3990)
			.saturating_add(Weight::from_parts(9_500_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 3360).saturating_mul(n.into()))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Anchoring::Commitments` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `Anchoring::KeyOf` (r:1 w:0)
	/// The range of component `n` is `[1, 64]`.
	fn authorize_reveal(n: u32, ) -> Weight {
		Weight::from_parts(123_000_000, 4830)
			.saturating_add(Weight::from_parts(160_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::Rounds` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Sla::Agreements` (r:1 w:0)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Storage: `Anchoring::Standings` (r:16 w:16)
	/// The range of component `m` is `[1, 16]`.
	fn settle_measured(m: u32, ) -> Weight {
		Weight::from_parts(118_000_000, 5021)
			.saturating_add(Weight::from_parts(14_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2555).saturating_mul(m.into()))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::Rounds` (r:1 w:1)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Storage: `Stake::NextSlash` (r:1 w:1)
	/// Storage: `Stake::SlashCursor` (r:1 w:1)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Storage: `Anchoring::Commitments` (r:16 w:16)
	/// Storage: `Anchoring::Standings` (r:16 w:16)
	/// Storage: `Stake::Ledger` (r:16 w:16)
	/// Storage: `Stake::DeferredSlashes` (r:0 w:16)
	/// The range of component `m` is `[1, 16]`.
	fn settle_withheld(m: u32, ) -> Weight {
		Weight::from_parts(112_000_000, 9064)
			.saturating_add(Weight::from_parts(43_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 8266).saturating_mul(m.into()))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::Watched` (r:64 w:64)
	/// Storage: `Rfl::Machines` (r:64 w:0)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Storage: `Anchoring::Seeds` (r:1 w:0)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	/// Storage: `Anchoring::Cursor` (r:1 w:1)
	/// Storage: `Anchoring::DueAt` (r:2 w:2)
	/// Storage: `Anchoring::Rounds` (r:0 w:64)
	/// The range of component `n` is `[1, 64]`.
	fn open(n: u32, ) -> Weight {
		Weight::from_parts(30_000_000, 38000)
			.saturating_add(Weight::from_parts(112_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 5250).saturating_mul(n.into()))
	}
	/// Storage: `Anchoring::Kept` (r:1 w:1)
	/// Proof: `Anchoring::Kept` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::AnchorList` (r:1 w:0)
	/// Proof: `Stake::AnchorList` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::KeyOf` (r:256 w:0)
	/// Proof: `Anchoring::KeyOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Babe::NextRandomness` (r:1 w:0)
	/// Proof: `Babe::NextRandomness` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Snapshots` (r:0 w:2)
	/// Proof: `Anchoring::Snapshots` (`max_values`: None, `max_size`: Some(9230), added: 11705, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Seeds` (r:0 w:1)
	/// Proof: `Anchoring::Seeds` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::LastSession` (r:0 w:1)
	/// Proof: `Anchoring::LastSession` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 256]`.
	fn start_session(s: u32, ) -> Weight {
		// Least time seen: 39_959 ns.
		Weight::from_parts(25_568_680, 13775)
			.saturating_add(Weight::from_parts(5_863_503, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(Weight::from_parts(0, 2555).saturating_mul(s.into()))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Storage: `System::Account` (r:2 w:2)
	fn charge() -> Weight {
		Weight::from_parts(82_000_000, 6196)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Estimated; not measured yet.
	/// Storage: `Anchoring::Standings` (r:1 w:1)
	/// Storage: `System::Account` (r:2 w:2)
	fn claim() -> Weight {
		Weight::from_parts(78_000_000, 6196)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Anchoring::LastSession` (r:1 w:0)
	/// Proof: `Anchoring::LastSession` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn note_time() -> Weight {
		// Least time seen: 8_292 ns.
		Weight::from_parts(12_000_000, 1663)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Anchoring::Cursor` (r:1 w:1)
	/// Proof: `Anchoring::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::DueAt` (r:1 w:1)
	/// Proof: `Anchoring::DueAt` (`max_values`: None, `max_size`: Some(9234), added: 11709, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 13_149 ns.
		Weight::from_parts(14_141_000, 12699)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn set_key() -> Weight {
		Weight::from_parts(114_871_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn commit() -> Weight {
		Weight::from_parts(42_000_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn authorize_commit() -> Weight {
		Weight::from_parts(98_000_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
	}
	fn reveal(n: u32, ) -> Weight {
		Weight::from_parts(62_000_000, 3990)
			.saturating_add(Weight::from_parts(9_500_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 3360).saturating_mul(n.into()))
	}
	fn authorize_reveal(n: u32, ) -> Weight {
		Weight::from_parts(123_000_000, 4830)
			.saturating_add(Weight::from_parts(160_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
	}
	fn settle_measured(m: u32, ) -> Weight {
		Weight::from_parts(118_000_000, 5021)
			.saturating_add(Weight::from_parts(14_000_000, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2555).saturating_mul(m.into()))
	}
	fn settle_withheld(m: u32, ) -> Weight {
		Weight::from_parts(112_000_000, 9064)
			.saturating_add(Weight::from_parts(43_000_000, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((4_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 8266).saturating_mul(m.into()))
	}
	fn open(n: u32, ) -> Weight {
		Weight::from_parts(30_000_000, 38000)
			.saturating_add(Weight::from_parts(112_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 5250).saturating_mul(n.into()))
	}
	fn start_session(s: u32, ) -> Weight {
		Weight::from_parts(25_568_680, 13775)
			.saturating_add(Weight::from_parts(5_863_503, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(Weight::from_parts(0, 2555).saturating_mul(s.into()))
	}
	fn charge() -> Weight {
		Weight::from_parts(82_000_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(78_000_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn note_time() -> Weight {
		Weight::from_parts(12_000_000, 1663)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(14_141_000, 12699)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
