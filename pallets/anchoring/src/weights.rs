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
	fn open_sample() -> Weight;
	fn authorize_open_sample() -> Weight;
	fn settle_measured(m: u32, ) -> Weight;
	fn settle_withheld(m: u32, ) -> Weight;
	fn open(n: u32, ) -> Weight;
	fn charge() -> Weight;
	fn claim() -> Weight;
	fn unchill() -> Weight;
	fn start_session(s: u32, ) -> Weight;
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
		// Least time seen: 75_533 ns.
		Weight::from_parts(82_414_000, 4019)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:1 w:1)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	/// Proof: `Anchoring::Snapshots` (`max_values`: None, `max_size`: Some(9230), added: 11705, mode: `MaxEncodedLen`)
	fn commit() -> Weight {
		// Least time seen: 35_864 ns.
		Weight::from_parts(39_920_000, 12695)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:1 w:0)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	/// Proof: `Anchoring::Snapshots` (`max_values`: None, `max_size`: Some(9230), added: 11705, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::KeyOf` (r:1 w:0)
	/// Proof: `Anchoring::KeyOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn authorize_commit() -> Weight {
		// Least time seen: 72_980 ns.
		Weight::from_parts(78_007_000, 12695)
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:1 w:1)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Rounds` (r:64 w:64)
	/// Proof: `Anchoring::Rounds` (`max_values`: None, `max_size`: Some(989), added: 3464, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 64]`.
	fn reveal(n: u32, ) -> Weight {
		// Least time seen: 62_644 ns.
		Weight::from_parts(63_023_337, 3629)
			.saturating_add(Weight::from_parts(9_010_865, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 3464).saturating_mul(n.into()))
	}
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:1 w:0)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Rounds` (r:1 w:0)
	/// Proof: `Anchoring::Rounds` (`max_values`: None, `max_size`: Some(989), added: 3464, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::KeyOf` (r:1 w:0)
	/// Proof: `Anchoring::KeyOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 64]`.
	fn authorize_reveal(n: u32, ) -> Weight {
		// Least time seen: 89_144 ns.
		Weight::from_parts(94_436_618, 4454)
			.saturating_add(Weight::from_parts(1_747_188, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:1 w:1)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Rounds` (r:1 w:0)
	/// Proof: `Anchoring::Rounds` (`max_values`: None, `max_size`: Some(989), added: 3464, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn open_sample() -> Weight {
		// Least time seen: 69_624 ns.
		Weight::from_parts(81_613_000, 4454)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:1 w:0)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Rounds` (r:1 w:0)
	/// Proof: `Anchoring::Rounds` (`max_values`: None, `max_size`: Some(989), added: 3464, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::KeyOf` (r:1 w:0)
	/// Proof: `Anchoring::KeyOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	fn authorize_open_sample() -> Weight {
		// Least time seen: 157_496 ns.
		Weight::from_parts(170_556_000, 4454)
			.saturating_add(T::DbWeight::get().reads(8_u64))
	}
	/// Storage: `Anchoring::Rounds` (r:1 w:1)
	/// Proof: `Anchoring::Rounds` (`max_values`: None, `max_size`: Some(989), added: 3464, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:16 w:0)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Standings` (r:16 w:16)
	/// Proof: `Anchoring::Standings` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(42), added: 2517, mode: `MaxEncodedLen`)
	/// The range of component `m` is `[1, 16]`.
	fn settle_measured(m: u32, ) -> Weight {
		// Least time seen: 42_954 ns.
		Weight::from_parts(41_171_606, 4454)
			.saturating_add(Weight::from_parts(8_908_511, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2639).saturating_mul(m.into()))
	}
	/// Storage: `Anchoring::Rounds` (r:1 w:1)
	/// Proof: `Anchoring::Rounds` (`max_values`: None, `max_size`: Some(989), added: 3464, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Commitments` (r:16 w:16)
	/// Proof: `Anchoring::Commitments` (`max_values`: None, `max_size`: Some(164), added: 2639, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:16 w:16)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::NextSlash` (r:1 w:1)
	/// Proof: `Stake::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Stake::SlashCursor` (r:1 w:1)
	/// Proof: `Stake::SlashCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	/// Proof: `Stake::DueSlashes` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Standings` (r:16 w:16)
	/// Proof: `Anchoring::Standings` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Anchoring::Offences` (r:16 w:16)
	/// Proof: `Anchoring::Offences` (`max_values`: None, `max_size`: Some(113), added: 2588, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(42), added: 2517, mode: `MaxEncodedLen`)
	/// Storage: `Stake::DeferredSlashes` (r:0 w:16)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Chilled` (r:0 w:16)
	/// Proof: `Anchoring::Chilled` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// The range of component `m` is `[1, 16]`.
	fn settle_withheld(m: u32, ) -> Weight {
		// Least time seen: 112_088 ns.
		Weight::from_parts(56_533_030, 7579)
			.saturating_add(Weight::from_parts(60_950_101, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 3029).saturating_mul(m.into()))
	}
	/// Storage: `Anchoring::Watched` (r:64 w:64)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(42), added: 2517, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Cursor` (r:1 w:1)
	/// Proof: `Anchoring::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::DueAt` (r:2 w:2)
	/// Proof: `Anchoring::DueAt` (`max_values`: None, `max_size`: Some(9234), added: 11709, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::LastRounds` (r:1 w:0)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:64 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Seeds` (r:1 w:0)
	/// Proof: `Anchoring::Seeds` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	/// Proof: `Anchoring::Snapshots` (`max_values`: None, `max_size`: Some(9230), added: 11705, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Rounds` (r:0 w:64)
	/// Proof: `Anchoring::Rounds` (`max_values`: None, `max_size`: Some(989), added: 3464, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 64]`.
	fn open(n: u32, ) -> Weight {
		// Least time seen: 76_044 ns.
		Weight::from_parts(6_855_177, 24408)
			.saturating_add(Weight::from_parts(53_586_937, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2742).saturating_mul(n.into()))
	}
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(42), added: 2517, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn charge() -> Weight {
		// Least time seen: 77_466 ns.
		Weight::from_parts(81_853_000, 6196)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Anchoring::Standings` (r:1 w:1)
	/// Proof: `Anchoring::Standings` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		// Least time seen: 73_230 ns.
		Weight::from_parts(77_526_000, 6196)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Anchoring::Chilled` (r:1 w:1)
	/// Proof: `Anchoring::Chilled` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn unchill() -> Weight {
		// Least time seen: 17_447 ns.
		Weight::from_parts(18_738_000, 3517)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Anchoring::Kept` (r:1 w:1)
	/// Proof: `Anchoring::Kept` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::AnchorList` (r:1 w:0)
	/// Proof: `Stake::AnchorList` (`max_values`: Some(1), `max_size`: Some(16386), added: 16881, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::KeyOf` (r:256 w:0)
	/// Proof: `Anchoring::KeyOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Chilled` (r:256 w:0)
	/// Proof: `Anchoring::Chilled` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
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
		// Least time seen: 30_055 ns.
		Weight::from_parts(26_976_727, 17871)
			.saturating_add(Weight::from_parts(7_130_058, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(Weight::from_parts(0, 2555).saturating_mul(s.into()))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::LastRounds` (r:1 w:1)
	/// Proof: `Anchoring::LastRounds` (`max_values`: Some(1), `max_size`: Some(165), added: 660, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::LastSession` (r:1 w:0)
	/// Proof: `Anchoring::LastSession` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn note_time() -> Weight {
		// Least time seen: 27_902 ns.
		Weight::from_parts(29_915_000, 1989)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Anchoring::Cursor` (r:1 w:1)
	/// Proof: `Anchoring::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::DueAt` (r:1 w:1)
	/// Proof: `Anchoring::DueAt` (`max_values`: None, `max_size`: Some(9234), added: 11709, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 8_864 ns.
		Weight::from_parts(9_565_000, 12699)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn set_key() -> Weight {
		Weight::from_parts(82_414_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn commit() -> Weight {
		Weight::from_parts(39_920_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn authorize_commit() -> Weight {
		Weight::from_parts(78_007_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
	}
	fn reveal(n: u32, ) -> Weight {
		Weight::from_parts(63_023_337, 3629)
			.saturating_add(Weight::from_parts(9_010_865, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 3464).saturating_mul(n.into()))
	}
	fn authorize_reveal(n: u32, ) -> Weight {
		Weight::from_parts(94_436_618, 4454)
			.saturating_add(Weight::from_parts(1_747_188, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(7_u64))
	}
	fn open_sample() -> Weight {
		Weight::from_parts(81_613_000, 4454)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn authorize_open_sample() -> Weight {
		Weight::from_parts(170_556_000, 4454)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
	}
	fn settle_measured(m: u32, ) -> Weight {
		Weight::from_parts(41_171_606, 4454)
			.saturating_add(Weight::from_parts(8_908_511, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2639).saturating_mul(m.into()))
	}
	fn settle_withheld(m: u32, ) -> Weight {
		Weight::from_parts(56_533_030, 7579)
			.saturating_add(Weight::from_parts(60_950_101, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((6_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 3029).saturating_mul(m.into()))
	}
	fn open(n: u32, ) -> Weight {
		Weight::from_parts(6_855_177, 24408)
			.saturating_add(Weight::from_parts(53_586_937, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2742).saturating_mul(n.into()))
	}
	fn charge() -> Weight {
		Weight::from_parts(81_853_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(77_526_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn unchill() -> Weight {
		Weight::from_parts(18_738_000, 3517)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn start_session(s: u32, ) -> Weight {
		Weight::from_parts(26_976_727, 17871)
			.saturating_add(Weight::from_parts(7_130_058, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(Weight::from_parts(0, 2555).saturating_mul(s.into()))
	}
	fn note_time() -> Weight {
		Weight::from_parts(29_915_000, 1989)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(9_565_000, 12699)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
