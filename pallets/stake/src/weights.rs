//! Weights of `pallet_stake`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

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
	fn appeal() -> Weight;
	fn draw_jury() -> Weight;
	fn vote() -> Weight;
	fn delegate() -> Weight;
	fn undelegate() -> Weight;
	fn withdraw_delegation() -> Weight;
	fn reward_delegators() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_slash() -> Weight;
	fn on_offence() -> Weight;
}

/// Weights of `pallet_stake` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Session::NextKeys` (r:1 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	fn bond() -> Weight {
		// Least time seen: 153_228 ns.
		Weight::from_parts(160_419_000, 16405)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	fn bond_more() -> Weight {
		// Least time seen: 128_472 ns.
		Weight::from_parts(132_998_000, 13775)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	fn unbond() -> Weight {
		// Least time seen: 72_018 ns.
		Weight::from_parts(75_923_000, 14514)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Offences` (r:0 w:1)
	/// Proof: `Stake::Offences` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		// Least time seen: 102_572 ns.
		Weight::from_parts(106_027_000, 4019)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	fn chill() -> Weight {
		// Least time seen: 35_613 ns.
		Weight::from_parts(38_147_000, 13775)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Stake::Ledger` (r:1 w:0)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:1 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn validate() -> Weight {
		// Least time seen: 65_338 ns.
		Weight::from_parts(68_892_000, 16705)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Offences` (r:0 w:1)
	/// Proof: `Stake::Offences` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	fn apply_slash() -> Weight {
		// Least time seen: 230_173 ns.
		Weight::from_parts(236_682_000, 13775)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:0 w:1)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	fn set_minimum() -> Weight {
		// Least time seen: 829_134 ns.
		Weight::from_parts(849_224_000, 13775)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	fn cancel_slash() -> Weight {
		// Least time seen: 36_464 ns.
		Weight::from_parts(38_667_000, 4019)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	fn reduce_slash() -> Weight {
		// Least time seen: 39_089 ns.
		Weight::from_parts(41_421_000, 4019)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn appeal() -> Weight {
		Weight::from_parts(160_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	fn draw_jury() -> Weight {
		Weight::from_parts(400_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn vote() -> Weight {
		Weight::from_parts(110_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	fn delegate() -> Weight {
		Weight::from_parts(170_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn undelegate() -> Weight {
		Weight::from_parts(120_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn withdraw_delegation() -> Weight {
		Weight::from_parts(150_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn reward_delegators() -> Weight {
		Weight::from_parts(130_000_000, 14000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Stake::SlashCursor` (r:1 w:1)
	/// Proof: `Stake::SlashCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	/// Proof: `Stake::DueSlashes` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 21_161 ns.
		Weight::from_parts(22_674_000, 7579)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Stake::DeferredSlashes` (r:1 w:1)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Offences` (r:0 w:1)
	/// Proof: `Stake::Offences` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	fn sweep_slash() -> Weight {
		// Least time seen: 228_760 ns.
		Weight::from_parts(234_108_000, 13775)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Stake::Offences` (r:1 w:1)
	/// Proof: `Stake::Offences` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Session::DisabledValidators` (r:1 w:0)
	/// Proof: `Session::DisabledValidators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Session::Validators` (r:1 w:0)
	/// Proof: `Session::Validators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Stake::Candidates` (r:1 w:1)
	/// Proof: `Stake::Candidates` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::NextSlash` (r:1 w:1)
	/// Proof: `Stake::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Stake::SlashCursor` (r:1 w:1)
	/// Proof: `Stake::SlashCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	/// Proof: `Stake::DueSlashes` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	/// Storage: `Stake::DeferredSlashes` (r:0 w:1)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	fn on_offence() -> Weight {
		// Least time seen: 109_503 ns.
		Weight::from_parts(114_550_000, 15132)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(160_419_000, 16405)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn bond_more() -> Weight {
		Weight::from_parts(132_998_000, 13775)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn unbond() -> Weight {
		Weight::from_parts(75_923_000, 14514)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(106_027_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn chill() -> Weight {
		Weight::from_parts(38_147_000, 13775)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn validate() -> Weight {
		Weight::from_parts(68_892_000, 16705)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn apply_slash() -> Weight {
		Weight::from_parts(236_682_000, 13775)
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn set_minimum() -> Weight {
		Weight::from_parts(849_224_000, 13775)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(38_667_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn reduce_slash() -> Weight {
		Weight::from_parts(41_421_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn appeal() -> Weight {
		Weight::from_parts(160_000_000, 16000)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn draw_jury() -> Weight {
		Weight::from_parts(400_000_000, 20000)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn vote() -> Weight {
		Weight::from_parts(110_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn delegate() -> Weight {
		Weight::from_parts(170_000_000, 16000)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn undelegate() -> Weight {
		Weight::from_parts(120_000_000, 16000)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn withdraw_delegation() -> Weight {
		Weight::from_parts(150_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn reward_delegators() -> Weight {
		Weight::from_parts(130_000_000, 14000)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(22_674_000, 7579)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_slash() -> Weight {
		Weight::from_parts(234_108_000, 13775)
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn on_offence() -> Weight {
		Weight::from_parts(114_550_000, 15132)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
}
