//! Weights of `pallet_sla`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_sla`.
pub trait WeightInfo {
	fn create_module() -> Weight;
	fn create_template() -> Weight;
	fn propose() -> Weight;
	fn approve() -> Weight;
	fn start_test() -> Weight;
	fn terminate() -> Weight;
	fn end() -> Weight;
	fn counter() -> Weight;
	fn withdraw_renewal() -> Weight;
	fn submit() -> Weight;
	fn veto() -> Weight;
	fn withdraw_submission() -> Weight;
	fn publish() -> Weight;
	fn deprecate() -> Weight;
	fn expire() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_expiry() -> Weight;
	fn sweep_ending() -> Weight;
	fn judge_missing() -> Weight;
	fn judge_pass(t: u32, ) -> Weight;
	fn judge_breach(a: u32, ) -> Weight;
	fn judge_confirmed_breach(l: u32, ) -> Weight;
	fn reward_leases(l: u32, ) -> Weight;
	fn credit_leases(l: u32, ) -> Weight;
}

/// Weights of `pallet_sla` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Sla::NextModule` (r:1 w:1)
	/// Proof: `Sla::NextModule` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:0 w:1)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	fn create_module() -> Weight {
		// Least time seen: 12_739 ns.
		Weight::from_parts(13_661_000, 1489)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Sla::DeprecatedModules` (r:8 w:0)
	/// Proof: `Sla::DeprecatedModules` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Sla::NextTemplate` (r:1 w:1)
	/// Proof: `Sla::NextTemplate` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:0 w:1)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(368), added: 2843, mode: `MaxEncodedLen`)
	fn create_template() -> Weight {
		// Least time seen: 68_583 ns.
		Weight::from_parts(72_259_000, 21646)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:1 w:0)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(368), added: 2843, mode: `MaxEncodedLen`)
	/// Storage: `Sla::DeprecatedTemplates` (r:1 w:0)
	/// Proof: `Sla::DeprecatedTemplates` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Sla::DeprecatedModules` (r:8 w:0)
	/// Proof: `Sla::DeprecatedModules` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Sla::ExpiryCursor` (r:1 w:1)
	/// Proof: `Sla::ExpiryCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:1 w:1)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(5138), added: 7613, mode: `MaxEncodedLen`)
	fn propose() -> Weight {
		// Least time seen: 165_117 ns.
		Weight::from_parts(173_911_000, 21646)
			.saturating_add(T::DbWeight::get().reads(27_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Seeds` (r:1 w:0)
	/// Proof: `Anchoring::Seeds` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	/// Proof: `Anchoring::Snapshots` (`max_values`: None, `max_size`: Some(9230), added: 11705, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	fn approve() -> Weight {
		// Least time seen: 61_542 ns.
		Weight::from_parts(65_368_000, 12695)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(42), added: 2517, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Cursor` (r:1 w:1)
	/// Proof: `Anchoring::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::DueAt` (r:1 w:1)
	/// Proof: `Anchoring::DueAt` (`max_values`: None, `max_size`: Some(9234), added: 11709, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:1)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	fn start_test() -> Weight {
		// Least time seen: 65_228 ns.
		Weight::from_parts(70_035_000, 12699)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:2 w:2)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(5138), added: 7613, mode: `MaxEncodedLen`)
	/// Storage: `Sla::ExpiryCursor` (r:1 w:0)
	/// Proof: `Sla::ExpiryCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn terminate() -> Weight {
		// Least time seen: 51_257 ns.
		Weight::from_parts(54_682_000, 16216)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:1)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::TotalSums` (r:1 w:1)
	/// Proof: `Rfl::TotalSums` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassSums` (r:1 w:1)
	/// Proof: `Rfl::ClassSums` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(42), added: 2517, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:1 w:1)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(5138), added: 7613, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Renewals` (r:1 w:0)
	/// Proof: `Sla::Renewals` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	fn end() -> Weight {
		// Least time seen: 90_486 ns.
		Weight::from_parts(96_075_000, 8603)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Seeds` (r:1 w:0)
	/// Proof: `Anchoring::Seeds` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Snapshots` (r:1 w:0)
	/// Proof: `Anchoring::Snapshots` (`max_values`: None, `max_size`: Some(9230), added: 11705, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:1 w:0)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(368), added: 2843, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Sla::DeprecatedModules` (r:8 w:0)
	/// Proof: `Sla::DeprecatedModules` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:0)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn counter() -> Weight {
		// Least time seen: 216_385 ns.
		Weight::from_parts(227_311_000, 21646)
			.saturating_add(T::DbWeight::get().reads(28_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Renewals` (r:1 w:1)
	/// Proof: `Sla::Renewals` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	fn withdraw_renewal() -> Weight {
		// Least time seen: 32_339 ns.
		Weight::from_parts(37_466_000, 4933)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Sla::DeprecatedModules` (r:8 w:0)
	/// Proof: `Sla::DeprecatedModules` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Sla::NextSubmission` (r:1 w:1)
	/// Proof: `Sla::NextSubmission` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Submissions` (r:0 w:1)
	/// Proof: `Sla::Submissions` (`max_values`: None, `max_size`: Some(433), added: 2908, mode: `MaxEncodedLen`)
	fn submit() -> Weight {
		// Least time seen: 128_413 ns.
		Weight::from_parts(137_156_000, 21646)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Sla::Submissions` (r:1 w:1)
	/// Proof: `Sla::Submissions` (`max_values`: None, `max_size`: Some(433), added: 2908, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn veto() -> Weight {
		// Least time seen: 78_568 ns.
		Weight::from_parts(83_666_000, 3898)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Sla::Submissions` (r:1 w:1)
	/// Proof: `Sla::Submissions` (`max_values`: None, `max_size`: Some(433), added: 2908, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	fn withdraw_submission() -> Weight {
		// Least time seen: 63_545 ns.
		Weight::from_parts(67_562_000, 3898)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Submissions` (r:1 w:1)
	/// Proof: `Sla::Submissions` (`max_values`: None, `max_size`: Some(433), added: 2908, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Sla::DeprecatedModules` (r:8 w:0)
	/// Proof: `Sla::DeprecatedModules` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Sla::NextTemplate` (r:1 w:1)
	/// Proof: `Sla::NextTemplate` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:0 w:1)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(368), added: 2843, mode: `MaxEncodedLen`)
	fn publish() -> Weight {
		// Least time seen: 133_080 ns.
		Weight::from_parts(144_176_000, 21646)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Sla::Templates` (r:1 w:0)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(368), added: 2843, mode: `MaxEncodedLen`)
	/// Storage: `Sla::DeprecatedTemplates` (r:1 w:1)
	/// Proof: `Sla::DeprecatedTemplates` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn deprecate() -> Weight {
		// Least time seen: 14_842 ns.
		Weight::from_parts(16_235_000, 3833)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	fn expire() -> Weight {
		// Least time seen: 27_541 ns.
		Weight::from_parts(30_816_000, 4933)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::ExpiryCursor` (r:1 w:1)
	/// Proof: `Sla::ExpiryCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:1 w:1)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(5138), added: 7613, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 14_913 ns.
		Weight::from_parts(16_185_000, 8603)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::ExpiryCursor` (r:1 w:0)
	/// Proof: `Sla::ExpiryCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:1 w:1)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(5138), added: 7613, mode: `MaxEncodedLen`)
	fn sweep_expiry() -> Weight {
		// Least time seen: 28_713 ns.
		Weight::from_parts(31_137_000, 8603)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:1)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::TotalSums` (r:1 w:1)
	/// Proof: `Rfl::TotalSums` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassSums` (r:1 w:1)
	/// Proof: `Rfl::ClassSums` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(42), added: 2517, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Renewals` (r:1 w:0)
	/// Proof: `Sla::Renewals` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	fn sweep_ending() -> Weight {
		// Least time seen: 86_379 ns.
		Weight::from_parts(92_178_000, 4933)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Sla::Agreements` (r:1 w:0)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:1)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	fn judge_missing() -> Weight {
		// Least time seen: 46_229 ns.
		Weight::from_parts(49_904_000, 4933)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Sla::Agreements` (r:1 w:0)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:1)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Reports` (r:1 w:0)
	/// Proof: `Telemetry::Reports` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:0)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(3173), added: 5648, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Renewals` (r:1 w:0)
	/// Proof: `Sla::Renewals` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// The range of component `t` is `[2, 8]`.
	fn judge_pass(t: u32, ) -> Weight {
		// Least time seen: 79_670 ns.
		Weight::from_parts(74_894_191, 6638)
			.saturating_add(Weight::from_parts(4_564_074, 0).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(t.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(Weight::from_parts(0, 2582).saturating_mul(t.into()))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Sla::Agreements` (r:1 w:0)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:1)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Reports` (r:1 w:0)
	/// Proof: `Telemetry::Reports` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:0)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(3173), added: 5648, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Standings` (r:16 w:16)
	/// Proof: `Anchoring::Standings` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Renewals` (r:1 w:0)
	/// Proof: `Sla::Renewals` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// The range of component `a` is `[0, 16]`.
	fn judge_breach(a: u32, ) -> Weight {
		// Least time seen: 107_171 ns.
		Weight::from_parts(116_545_080, 21646)
			.saturating_add(Weight::from_parts(5_780_726, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
			.saturating_add(Weight::from_parts(0, 2559).saturating_mul(a.into()))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:0)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Standings` (r:1 w:1)
	/// Proof: `Sla::Standings` (`max_values`: None, `max_size`: Some(1134), added: 3609, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:16 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Reports` (r:1 w:0)
	/// Proof: `Telemetry::Reports` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:2 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(3173), added: 5648, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Leases` (r:128 w:0)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(1009), added: 3484, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:128 w:128)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Claimed` (r:1 w:0)
	/// Proof: `Utc::Claimed` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Drawn` (r:1 w:0)
	/// Proof: `Utc::Drawn` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Standings` (r:16 w:16)
	/// Proof: `Anchoring::Standings` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::NextSlash` (r:1 w:1)
	/// Proof: `Stake::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Stake::SlashCursor` (r:1 w:1)
	/// Proof: `Stake::SlashCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Stake::DueSlashes` (r:1 w:1)
	/// Proof: `Stake::DueSlashes` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Seeds` (r:2 w:0)
	/// Proof: `Anchoring::Seeds` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Snapshots` (r:2 w:0)
	/// Proof: `Anchoring::Snapshots` (`max_values`: None, `max_size`: Some(9230), added: 11705, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::TotalSums` (r:1 w:1)
	/// Proof: `Rfl::TotalSums` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassSums` (r:1 w:1)
	/// Proof: `Rfl::ClassSums` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::DeparturesCursor` (r:1 w:1)
	/// Proof: `Rfl::DeparturesCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::DeparturesDue` (r:1 w:1)
	/// Proof: `Rfl::DeparturesDue` (`max_values`: None, `max_size`: Some(16402), added: 18877, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Absent` (r:1 w:1)
	/// Proof: `Rfl::Absent` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::FailuresCursor` (r:1 w:1)
	/// Proof: `Rfl::FailuresCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::FailuresDue` (r:1 w:1)
	/// Proof: `Rfl::FailuresDue` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Places` (r:1 w:1)
	/// Proof: `Rfl::Places` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:1 w:1)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Renewals` (r:1 w:1)
	/// Proof: `Sla::Renewals` (`max_values`: None, `max_size`: Some(1468), added: 3943, mode: `MaxEncodedLen`)
	/// Storage: `Stake::DeferredSlashes` (r:0 w:1)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Recused` (r:0 w:1)
	/// Proof: `Stake::Recused` (`max_values`: None, `max_size`: Some(1069), added: 3544, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[0, 128]`.
	fn judge_confirmed_breach(l: u32, ) -> Weight {
		// Least time seen: 395_053 ns.
		Weight::from_parts(448_934_317, 42302)
			.saturating_add(Weight::from_parts(145_310_006, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(67_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(39_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:0)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(3173), added: 5648, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Leases` (r:127 w:0)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(1009), added: 3484, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:127 w:127)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 128]`.
	fn reward_leases(l: u32, ) -> Weight {
		// Least time seen: 120_201 ns.
		Weight::from_parts(417_621, 6638)
			.saturating_add(Weight::from_parts(68_301_732, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:0)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(3173), added: 5648, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Leases` (r:127 w:0)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(1009), added: 3484, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:127 w:127)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(177), added: 2652, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Claimed` (r:1 w:0)
	/// Proof: `Utc::Claimed` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Drawn` (r:1 w:0)
	/// Proof: `Utc::Drawn` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 128]`.
	fn credit_leases(l: u32, ) -> Weight {
		// Least time seen: 210_956 ns.
		Weight::from_parts(212_669_000, 8799)
			.saturating_add(Weight::from_parts(138_259_371, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
}

// For tests.
impl WeightInfo for () {
	fn create_module() -> Weight {
		Weight::from_parts(13_661_000, 1489)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn create_template() -> Weight {
		Weight::from_parts(72_259_000, 21646)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn propose() -> Weight {
		Weight::from_parts(173_911_000, 21646)
			.saturating_add(ParityDbWeight::get().reads(27_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn approve() -> Weight {
		Weight::from_parts(65_368_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn start_test() -> Weight {
		Weight::from_parts(70_035_000, 12699)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn terminate() -> Weight {
		Weight::from_parts(54_682_000, 16216)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn end() -> Weight {
		Weight::from_parts(96_075_000, 8603)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn counter() -> Weight {
		Weight::from_parts(227_311_000, 21646)
			.saturating_add(ParityDbWeight::get().reads(28_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn withdraw_renewal() -> Weight {
		Weight::from_parts(37_466_000, 4933)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn submit() -> Weight {
		Weight::from_parts(137_156_000, 21646)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn veto() -> Weight {
		Weight::from_parts(83_666_000, 3898)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn withdraw_submission() -> Weight {
		Weight::from_parts(67_562_000, 3898)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn publish() -> Weight {
		Weight::from_parts(144_176_000, 21646)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn deprecate() -> Weight {
		Weight::from_parts(16_235_000, 3833)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(30_816_000, 4933)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(16_185_000, 8603)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_expiry() -> Weight {
		Weight::from_parts(31_137_000, 8603)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_ending() -> Weight {
		Weight::from_parts(92_178_000, 4933)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn judge_missing() -> Weight {
		Weight::from_parts(49_904_000, 4933)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn judge_pass(t: u32, ) -> Weight {
		Weight::from_parts(74_894_191, 6638)
			.saturating_add(Weight::from_parts(4_564_074, 0).saturating_mul(t.into()))
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(t.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(Weight::from_parts(0, 2582).saturating_mul(t.into()))
	}
	fn judge_breach(a: u32, ) -> Weight {
		Weight::from_parts(116_545_080, 21646)
			.saturating_add(Weight::from_parts(5_780_726, 0).saturating_mul(a.into()))
			.saturating_add(ParityDbWeight::get().reads(18_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(a.into())))
			.saturating_add(Weight::from_parts(0, 2559).saturating_mul(a.into()))
	}
	fn judge_confirmed_breach(l: u32, ) -> Weight {
		Weight::from_parts(448_934_317, 42302)
			.saturating_add(Weight::from_parts(145_310_006, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(67_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(39_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
	fn reward_leases(l: u32, ) -> Weight {
		Weight::from_parts(417_621, 6638)
			.saturating_add(Weight::from_parts(68_301_732, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
	fn credit_leases(l: u32, ) -> Weight {
		Weight::from_parts(212_669_000, 8799)
			.saturating_add(Weight::from_parts(138_259_371, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
}
