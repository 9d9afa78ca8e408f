//! Weights of `pallet_utc`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_utc`.
pub trait WeightInfo {
	fn mint() -> Weight;
	fn burn() -> Weight;
	fn redeem(n: u32, ) -> Weight;
	fn close() -> Weight;
	fn destroy_step() -> Weight;
	fn settle() -> Weight;
	fn pay_claim() -> Weight;
	fn forget() -> Weight;
	fn reject() -> Weight;
	fn redeem_for_cash(n: u32, ) -> Weight;
	fn sweep_slot() -> Weight;
}

/// Weights of `pallet_utc` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:1)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:1 w:0)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(354), added: 2829, mode: `MaxEncodedLen`)
	/// Storage: `Utc::NextUtc` (r:1 w:1)
	/// Proof: `Utc::NextUtc` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:1 w:1)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(170), added: 2645, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Utc::ClosingCursor` (r:1 w:1)
	/// Proof: `Utc::ClosingCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::DueClosings` (r:1 w:1)
	/// Proof: `Utc::DueClosings` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:0)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:0 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	fn mint() -> Weight {
		// Least time seen: 346_826 ns.
		Weight::from_parts(354_427_000, 7579)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn burn() -> Weight {
		// Least time seen: 287_217 ns.
		Weight::from_parts(294_719_000, 4019)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::NextLease` (r:1 w:1)
	/// Proof: `Rfl::NextLease` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Templates` (r:1 w:0)
	/// Proof: `Sla::Templates` (`max_values`: None, `max_size`: Some(354), added: 2829, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Typicals` (r:1 w:1)
	/// Proof: `Rfl::Typicals` (`max_values`: None, `max_size`: Some(737), added: 3212, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::PlacementWeights` (r:1 w:0)
	/// Proof: `Rfl::PlacementWeights` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:2 w:2)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:0)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Redeemed` (r:1 w:1)
	/// Proof: `Rfl::Redeemed` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Scores` (r:1 w:0)
	/// Proof: `Sla::Scores` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Places` (r:1 w:1)
	/// Proof: `Rfl::Places` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::AcknowledgementsCursor` (r:1 w:1)
	/// Proof: `Rfl::AcknowledgementsCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::AcknowledgementsDue` (r:1 w:1)
	/// Proof: `Rfl::AcknowledgementsDue` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:0 w:1)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Leases` (r:0 w:1)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(991), added: 3466, mode: `MaxEncodedLen`)
	fn redeem(n: u32, ) -> Weight {
		Weight::from_parts(403_611_000, 11675)
			.saturating_add(Weight::from_parts(350_000_000, 12000).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().reads(20_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(18_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64.saturating_mul(n.into())))
	}
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	fn close() -> Weight {
		// Least time seen: 52_367 ns.
		Weight::from_parts(54_872_000, 3675)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:65 w:64)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:64 w:64)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn destroy_step() -> Weight {
		// Least time seen: 1_415_407 ns.
		Weight::from_parts(1_469_898_000, 170575)
			.saturating_add(T::DbWeight::get().reads(131_u64))
			.saturating_add(T::DbWeight::get().writes(129_u64))
	}
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Settlements` (r:1 w:1)
	/// Proof: `Utc::Settlements` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn settle() -> Weight {
		Weight::from_parts(500_000_000, 6196)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Utc::Claims` (r:1 w:1)
	/// Proof: `Utc::Claims` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Claimed` (r:1 w:1)
	/// Proof: `Utc::Claimed` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn pay_claim() -> Weight {
		// Least time seen: 100_559 ns.
		Weight::from_parts(103_744_000, 6196)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:0 w:1)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn forget() -> Weight {
		// Least time seen: 29_834 ns.
		Weight::from_parts(31_637_000, 3542)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn reject() -> Weight {
		Weight::from_parts(900_000_000, 6196)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	fn redeem_for_cash(n: u32, ) -> Weight {
		Weight::from_parts(450_000_000, 6196)
			.saturating_add(Weight::from_parts(40_000_000, 3598).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::ClosingCursor` (r:1 w:1)
	/// Proof: `Utc::ClosingCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::DueClosings` (r:1 w:1)
	/// Proof: `Utc::DueClosings` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 17_997 ns.
		Weight::from_parts(19_269_000, 7579)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn mint() -> Weight {
		Weight::from_parts(354_427_000, 7579)
			.saturating_add(ParityDbWeight::get().reads(18_u64))
			.saturating_add(ParityDbWeight::get().writes(13_u64))
	}
	fn burn() -> Weight {
		Weight::from_parts(294_719_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn redeem(n: u32, ) -> Weight {
		Weight::from_parts(403_611_000, 11675)
			.saturating_add(Weight::from_parts(350_000_000, 12000).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(24_u64))
			.saturating_add(ParityDbWeight::get().reads(20_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(18_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64.saturating_mul(n.into())))
	}
	fn close() -> Weight {
		Weight::from_parts(54_872_000, 3675)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn destroy_step() -> Weight {
		Weight::from_parts(1_469_898_000, 170575)
			.saturating_add(ParityDbWeight::get().reads(131_u64))
			.saturating_add(ParityDbWeight::get().writes(129_u64))
	}
	fn settle() -> Weight {
		Weight::from_parts(500_000_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(9_u64))
	}
	fn pay_claim() -> Weight {
		Weight::from_parts(103_744_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn forget() -> Weight {
		Weight::from_parts(31_637_000, 3542)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn reject() -> Weight {
		Weight::from_parts(900_000_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(21_u64))
			.saturating_add(ParityDbWeight::get().writes(18_u64))
	}
	fn redeem_for_cash(n: u32, ) -> Weight {
		Weight::from_parts(450_000_000, 6196)
			.saturating_add(Weight::from_parts(40_000_000, 3598).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(19_269_000, 7579)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
