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
	fn expire() -> Weight;
	fn end() -> Weight;
	fn counter() -> Weight;
	fn withdraw_renewal() -> Weight;
	fn submit() -> Weight;
	fn veto() -> Weight;
	fn withdraw_submission() -> Weight;
	fn publish() -> Weight;
	fn deprecate() -> Weight;
	fn sweep_slot() -> Weight;
	fn sweep_expiry() -> Weight;
	fn sweep_ending() -> Weight;
	fn judge(l: u32, ) -> Weight;
}

/// Weights of `pallet_sla` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Estimated; not measured yet.
	fn end() -> Weight {
		Weight::from_parts(70_000_000, 18877)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Estimated; not measured yet.
	fn counter() -> Weight {
		Weight::from_parts(140_000_000, 23000)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Estimated; not measured yet.
	fn withdraw_renewal() -> Weight {
		Weight::from_parts(30_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Estimated; not measured yet.
	fn submit() -> Weight {
		Weight::from_parts(60_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Estimated; not measured yet.
	fn veto() -> Weight {
		Weight::from_parts(60_000_000, 6500)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Estimated; not measured yet.
	fn withdraw_submission() -> Weight {
		Weight::from_parts(50_000_000, 6500)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Estimated; not measured yet.
	fn publish() -> Weight {
		Weight::from_parts(90_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(26_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Estimated; not measured yet.
	fn deprecate() -> Weight {
		Weight::from_parts(12_000_000, 3600)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Estimated; not measured yet.
	fn sweep_ending() -> Weight {
		Weight::from_parts(80_000_000, 18877)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	/// Storage: `Sla::NextModule` (r:1 w:1)
	/// Proof: `Sla::NextModule` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:0 w:1)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	fn create_module() -> Weight {
		// Least time seen: 10_005 ns.
		Weight::from_parts(11_086_000, 1489)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Sla::NextTemplate` (r:1 w:1)
	/// Proof: `Sla::NextTemplate` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:0 w:1)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(354), added: 2829, mode: `MaxEncodedLen`)
	fn create_template() -> Weight {
		// Least time seen: 44_427 ns.
		Weight::from_parts(65_231_000, 21406)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:1 w:0)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(354), added: 2829, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Sla::ExpiryCursor` (r:1 w:1)
	/// Proof: `Sla::ExpiryCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:1 w:1)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	fn propose() -> Weight {
		// Least time seen: 126_940 ns.
		Weight::from_parts(159_940_000, 21406)
			.saturating_add(T::DbWeight::get().reads(27_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
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
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	fn approve() -> Weight {
		// Least time seen: 58_128 ns.
		Weight::from_parts(68_840_000, 12695)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(21), added: 2496, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Cursor` (r:1 w:1)
	/// Proof: `Anchoring::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::DueAt` (r:1 w:1)
	/// Proof: `Anchoring::DueAt` (`max_values`: None, `max_size`: Some(9234), added: 11709, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Records` (r:0 w:1)
	/// Proof: `Sla::Records` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn start_test() -> Weight {
		// Least time seen: 59_589 ns.
		Weight::from_parts(70_149_000, 12699)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Records` (r:1 w:1)
	/// Proof: `Sla::Records` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::TotalSums` (r:1 w:1)
	/// Proof: `Rfl::TotalSums` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassSums` (r:1 w:1)
	/// Proof: `Rfl::ClassSums` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(21), added: 2496, mode: `MaxEncodedLen`)
	fn terminate() -> Weight {
		// Least time seen: 67_151 ns.
		Weight::from_parts(74_766_000, 4377)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	fn expire() -> Weight {
		// Least time seen: 27_100 ns.
		Weight::from_parts(31_584_000, 4377)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::ExpiryCursor` (r:1 w:1)
	/// Proof: `Sla::ExpiryCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:1 w:1)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 12_038 ns.
		Weight::from_parts(12_900_000, 7579)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:1)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Sla::ExpiryCursor` (r:1 w:0)
	/// Proof: `Sla::ExpiryCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Expiries` (r:1 w:1)
	/// Proof: `Sla::Expiries` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	fn sweep_expiry() -> Weight {
		// Least time seen: 22_323 ns.
		Weight::from_parts(26_036_000, 7579)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Sla::Agreements` (r:1 w:0)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Records` (r:1 w:1)
	/// Proof: `Sla::Records` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Sla::LastVerdict` (r:1 w:1)
	/// Proof: `Sla::LastVerdict` (`max_values`: None, `max_size`: Some(46), added: 2521, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Modules` (r:8 w:0)
	/// Proof: `Sla::Modules` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Scores` (r:1 w:1)
	/// Proof: `Sla::Scores` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:2 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Leases` (r:128 w:0)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(1009), added: 3484, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:128 w:128)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(196), added: 2671, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Claimed` (r:1 w:0)
	/// Proof: `Utc::Claimed` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Drawn` (r:1 w:0)
	/// Proof: `Utc::Drawn` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
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
	/// Storage: `Stake::DeferredSlashes` (r:0 w:1)
	/// Proof: `Stake::DeferredSlashes` (`max_values`: None, `max_size`: Some(110), added: 2585, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[0, 128]`.
	fn judge(l: u32, ) -> Weight {
		// Least time seen: 181_843 ns.
		Weight::from_parts(330_000_000, 21406)
			.saturating_add(Weight::from_parts(160_000_000, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(66_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(44_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
}

// For tests.
impl WeightInfo for () {
	/// Estimated; not measured yet.
	fn end() -> Weight {
		Weight::from_parts(70_000_000, 18877)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	/// Estimated; not measured yet.
	fn counter() -> Weight {
		Weight::from_parts(140_000_000, 23000)
			.saturating_add(ParityDbWeight::get().reads(24_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	/// Estimated; not measured yet.
	fn withdraw_renewal() -> Weight {
		Weight::from_parts(30_000_000, 6000)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// Estimated; not measured yet.
	fn submit() -> Weight {
		Weight::from_parts(60_000_000, 6000)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	/// Estimated; not measured yet.
	fn veto() -> Weight {
		Weight::from_parts(60_000_000, 6500)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	/// Estimated; not measured yet.
	fn withdraw_submission() -> Weight {
		Weight::from_parts(50_000_000, 6500)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	/// Estimated; not measured yet.
	fn publish() -> Weight {
		Weight::from_parts(90_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(26_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	/// Estimated; not measured yet.
	fn deprecate() -> Weight {
		Weight::from_parts(12_000_000, 3600)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	/// Estimated; not measured yet.
	fn sweep_ending() -> Weight {
		Weight::from_parts(80_000_000, 18877)
			.saturating_add(ParityDbWeight::get().reads(13_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn create_module() -> Weight {
		Weight::from_parts(11_086_000, 1489)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn create_template() -> Weight {
		Weight::from_parts(65_231_000, 21406)
			.saturating_add(ParityDbWeight::get().reads(18_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn propose() -> Weight {
		Weight::from_parts(159_940_000, 21406)
			.saturating_add(ParityDbWeight::get().reads(27_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn approve() -> Weight {
		Weight::from_parts(68_840_000, 12695)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn start_test() -> Weight {
		Weight::from_parts(70_149_000, 12699)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn terminate() -> Weight {
		Weight::from_parts(74_766_000, 4377)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn expire() -> Weight {
		Weight::from_parts(31_584_000, 4377)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(12_900_000, 7579)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_expiry() -> Weight {
		Weight::from_parts(26_036_000, 7579)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn judge(l: u32, ) -> Weight {
		Weight::from_parts(330_000_000, 21406)
			.saturating_add(Weight::from_parts(160_000_000, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(66_u64))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(44_u64))
			.saturating_add(ParityDbWeight::get().writes((3_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3484).saturating_mul(l.into()))
	}
}
