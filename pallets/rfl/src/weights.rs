//! Weights of `pallet_rfl`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

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
	fn place_windows(n: u32, ) -> Weight;
	fn sweep_departure() -> Weight;
	fn improve(n: u32, ) -> Weight;
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
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::NextClass` (r:1 w:1)
	/// Proof: `Rfl::NextClass` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CountsCursor` (r:1 w:0)
	/// Proof: `Rfl::CountsCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CountsDue` (r:1 w:1)
	/// Proof: `Rfl::CountsDue` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:0 w:1)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Histories` (r:0 w:1)
	/// Proof: `Rfl::Histories` (`max_values`: None, `max_size`: Some(680), added: 3155, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassParameters` (r:0 w:1)
	/// Proof: `Rfl::ClassParameters` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	fn create_class() -> Weight {
		// Least time seen: 44_116 ns.
		Weight::from_parts(47_100_000, 7579)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassParameters` (r:1 w:0)
	/// Proof: `Rfl::ClassParameters` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Histories` (r:1 w:1)
	/// Proof: `Rfl::Histories` (`max_values`: None, `max_size`: Some(680), added: 3155, mode: `MaxEncodedLen`)
	fn set_price() -> Weight {
		// Least time seen: 37_245 ns.
		Weight::from_parts(39_969_000, 4145)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::MachineByKey` (r:1 w:1)
	/// Proof: `Rfl::MachineByKey` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::NextMachine` (r:1 w:1)
	/// Proof: `Rfl::NextMachine` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Rfl::Machines` (r:0 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	fn register_machine() -> Weight {
		// Least time seen: 118_907 ns.
		Weight::from_parts(124_766_000, 4019)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	fn set_endpoint() -> Weight {
		// Least time seen: 27_140 ns.
		Weight::from_parts(29_815_000, 3732)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::TotalSums` (r:1 w:1)
	/// Proof: `Rfl::TotalSums` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassSums` (r:1 w:1)
	/// Proof: `Rfl::ClassSums` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(21), added: 2496, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::MachineByKey` (r:0 w:1)
	/// Proof: `Rfl::MachineByKey` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn drain() -> Weight {
		// Least time seen: 79_508 ns.
		Weight::from_parts(82_393_000, 4019)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(21), added: 2496, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::MachineByKey` (r:0 w:1)
	/// Proof: `Rfl::MachineByKey` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn retire() -> Weight {
		// Least time seen: 54_351 ns.
		Weight::from_parts(56_854_000, 4019)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Agreements` (r:1 w:0)
	/// Proof: `Sla::Agreements` (`max_values`: None, `max_size`: Some(912), added: 3387, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Scores` (r:1 w:0)
	/// Proof: `Sla::Scores` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Places` (r:1 w:1)
	/// Proof: `Rfl::Places` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:1 w:1)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClosesCursor` (r:1 w:0)
	/// Proof: `Rfl::ClosesCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClosesDue` (r:1 w:1)
	/// Proof: `Rfl::ClosesDue` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:1)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	fn commit() -> Weight {
		// Least time seen: 170_754 ns.
		Weight::from_parts(178_215_000, 11675)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:1)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:0)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClosesDue` (r:1 w:1)
	/// Proof: `Rfl::ClosesDue` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Places` (r:1 w:1)
	/// Proof: `Rfl::Places` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:1 w:1)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	fn uncommit() -> Weight {
		// Least time seen: 150_153 ns.
		Weight::from_parts(157_665_000, 11675)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(991), added: 3466, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:0)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	fn acknowledge() -> Weight {
		// Least time seen: 53_159 ns.
		Weight::from_parts(56_955_000, 4588)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:0)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(991), added: 3466, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:1 w:0)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_acknowledge() -> Weight {
		// Least time seen: 97_626 ns.
		Weight::from_parts(101_221_000, 4588)
			.saturating_add(T::DbWeight::get().reads(6_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
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
	/// Storage: `Rfl::Commitments` (r:1 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Scores` (r:1 w:0)
	/// Proof: `Sla::Scores` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:9 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:0)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:9 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:10 w:2)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Redeemed` (r:1 w:1)
	/// Proof: `Rfl::Redeemed` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
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
	fn place_crowded() -> Weight {
		// Least time seen: 1_798_066 ns.
		Weight::from_parts(1_845_206_000, 33570)
			.saturating_add(T::DbWeight::get().reads(44_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
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
	/// Storage: `Rfl::Commitments` (r:1 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Scores` (r:1 w:0)
	/// Proof: `Sla::Scores` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:0)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:17 w:3)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Redeemed` (r:1 w:1)
	/// Proof: `Rfl::Redeemed` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
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
	fn place_scarce() -> Weight {
		// Least time seen: 495_137 ns.
		Weight::from_parts(508_587_000, 56376)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::PlacementWeights` (r:0 w:1)
	/// Proof: `Rfl::PlacementWeights` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	fn set_weights() -> Weight {
		// Least time seen: 22_554 ns.
		Weight::from_parts(24_546_000, 3556)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::AcknowledgementsCursor` (r:1 w:1)
	/// Proof: `Rfl::AcknowledgementsCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::AcknowledgementsDue` (r:1 w:1)
	/// Proof: `Rfl::AcknowledgementsDue` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	fn sweep_slot() -> Weight {
		// Least time seen: 14_151 ns.
		Weight::from_parts(15_313_000, 11675)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(991), added: 3466, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:2 w:2)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Places` (r:2 w:2)
	/// Proof: `Rfl::Places` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:2 w:2)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Typicals` (r:1 w:0)
	/// Proof: `Rfl::Typicals` (`max_values`: None, `max_size`: Some(737), added: 3212, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::PlacementWeights` (r:1 w:0)
	/// Proof: `Rfl::PlacementWeights` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:0)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Utc::UtcByKey` (r:1 w:0)
	/// Proof: `Utc::UtcByKey` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:2 w:2)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Scores` (r:2 w:0)
	/// Proof: `Sla::Scores` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::AcknowledgementsCursor` (r:1 w:0)
	/// Proof: `Rfl::AcknowledgementsCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::AcknowledgementsDue` (r:1 w:1)
	/// Proof: `Rfl::AcknowledgementsDue` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:1 w:1)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	fn sweep_acknowledgement() -> Weight {
		// Least time seen: 334_368 ns.
		Weight::from_parts(342_980_000, 11675)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Rfl::Commitments` (r:1 w:1)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Machines` (r:1 w:1)
	/// Proof: `Rfl::Machines` (`max_values`: None, `max_size`: Some(267), added: 2742, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Places` (r:1 w:1)
	/// Proof: `Rfl::Places` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Pages` (r:1 w:1)
	/// Proof: `Rfl::Pages` (`max_values`: None, `max_size`: Some(783), added: 3258, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Summaries` (r:1 w:1)
	/// Proof: `Rfl::Summaries` (`max_values`: None, `max_size`: Some(292), added: 2767, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Leases` (r:16 w:16)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(991), added: 3466, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:16 w:16)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Utcs` (r:1 w:1)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:1 w:1)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:1)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Claimed` (r:1 w:0)
	/// Proof: `Utc::Claimed` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Drawn` (r:1 w:0)
	/// Proof: `Utc::Drawn` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CommittedBy` (r:1 w:1)
	/// Proof: `Rfl::CommittedBy` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:1)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Anchoring::Watched` (r:1 w:1)
	/// Proof: `Anchoring::Watched` (`max_values`: None, `max_size`: Some(21), added: 2496, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::MachineByKey` (r:0 w:1)
	/// Proof: `Rfl::MachineByKey` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 16]`.
	fn close_commitment(n: u32, ) -> Weight {
		// Least time seen: 185_456 ns.
		Weight::from_parts(244_857_103, 8799)
			.saturating_add(Weight::from_parts(126_662_655, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(13_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 3466).saturating_mul(n.into()))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(991), added: 3466, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Commitments` (r:2 w:2)
	/// Proof: `Rfl::Commitments` (`max_values`: None, `max_size`: Some(1123), added: 3598, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Places` (r:2 w:1)
	/// Proof: `Rfl::Places` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Typicals` (r:1 w:0)
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
	/// Storage: `Utc::Utcs` (r:1 w:0)
	/// Proof: `Utc::Utcs` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Utc::Positions` (r:2 w:2)
	/// Proof: `Utc::Positions` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Sla::Scores` (r:1 w:0)
	/// Proof: `Sla::Scores` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::AcknowledgementsCursor` (r:1 w:0)
	/// Proof: `Rfl::AcknowledgementsCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::AcknowledgementsDue` (r:1 w:1)
	/// Proof: `Rfl::AcknowledgementsDue` (`max_values`: None, `max_size`: Some(8210), added: 10685, mode: `MaxEncodedLen`)
	/// Storage: `Utc::LeaseAccounts` (r:1 w:1)
	/// Proof: `Utc::LeaseAccounts` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
	fn sweep_failure() -> Weight {
		// Least time seen: 278_494 ns.
		Weight::from_parts(285_475_000, 11675)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	/// Storage: `Rfl::Leases` (r:1 w:1)
	/// Proof: `Rfl::Leases` (`max_values`: None, `max_size`: Some(991), added: 3466, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Classes` (r:1 w:0)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn prune_lease() -> Weight {
		// Least time seen: 46_219 ns.
		Weight::from_parts(48_552_000, 4456)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Histories` (r:1 w:1)
	/// Proof: `Rfl::Histories` (`max_values`: None, `max_size`: Some(680), added: 3155, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassParameters` (r:0 w:1)
	/// Proof: `Rfl::ClassParameters` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	fn set_parameters() -> Weight {
		// Least time seen: 39_659 ns.
		Weight::from_parts(42_053_000, 4145)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Rfl::Classes` (r:1 w:1)
	/// Proof: `Rfl::Classes` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::ClassParameters` (r:1 w:0)
	/// Proof: `Rfl::ClassParameters` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Histories` (r:1 w:1)
	/// Proof: `Rfl::Histories` (`max_values`: None, `max_size`: Some(680), added: 3155, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Utc::OpenCover` (r:1 w:0)
	/// Proof: `Utc::OpenCover` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::Redeemed` (r:8 w:8)
	/// Proof: `Rfl::Redeemed` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Clock::LastGaps` (r:1 w:0)
	/// Proof: `Clock::LastGaps` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CountsCursor` (r:1 w:0)
	/// Proof: `Rfl::CountsCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Rfl::CountsDue` (r:1 w:1)
	/// Proof: `Rfl::CountsDue` (`max_values`: None, `max_size`: Some(4114), added: 6589, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 8]`.
	fn count_windows(n: u32, ) -> Weight {
		// Least time seen: 76_764 ns.
		Weight::from_parts(70_853_228, 7579)
			.saturating_add(Weight::from_parts(12_236_235, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2507).saturating_mul(n.into()))
	}
	fn place_windows(n: u32, ) -> Weight {
		Weight::from_parts(900_000_000, 30000)
			.saturating_add(Weight::from_parts(400_000_000, 20000).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(60_u64))
			.saturating_add(T::DbWeight::get().reads(50_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(15_u64.saturating_mul(n.into())))
	}
	fn sweep_departure() -> Weight {
		Weight::from_parts(700_000_000, 200000)
			.saturating_add(T::DbWeight::get().reads(80_u64))
			.saturating_add(T::DbWeight::get().writes(25_u64))
	}
	fn improve(n: u32, ) -> Weight {
		Weight::from_parts(100_000_000, 30000)
			.saturating_add(Weight::from_parts(400_000_000, 20000).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().reads(20_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(16_u64.saturating_mul(n.into())))
	}
}

// For tests.
impl WeightInfo for () {
	fn create_class() -> Weight {
		Weight::from_parts(47_100_000, 7579)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_price() -> Weight {
		Weight::from_parts(39_969_000, 4145)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn register_machine() -> Weight {
		Weight::from_parts(124_766_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn set_endpoint() -> Weight {
		Weight::from_parts(29_815_000, 3732)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn drain() -> Weight {
		Weight::from_parts(82_393_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(6_u64))
	}
	fn retire() -> Weight {
		Weight::from_parts(56_854_000, 4019)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn commit() -> Weight {
		Weight::from_parts(178_215_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn uncommit() -> Weight {
		Weight::from_parts(157_665_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(56_955_000, 4588)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn authorize_acknowledge() -> Weight {
		Weight::from_parts(101_221_000, 4588)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
	}
	fn place_crowded() -> Weight {
		Weight::from_parts(1_845_206_000, 33570)
			.saturating_add(ParityDbWeight::get().reads(44_u64))
			.saturating_add(ParityDbWeight::get().writes(14_u64))
	}
	fn place_scarce() -> Weight {
		Weight::from_parts(508_587_000, 56376)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	fn set_weights() -> Weight {
		Weight::from_parts(24_546_000, 3556)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn sweep_slot() -> Weight {
		Weight::from_parts(15_313_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn sweep_acknowledgement() -> Weight {
		Weight::from_parts(342_980_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(24_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn close_commitment(n: u32, ) -> Weight {
		Weight::from_parts(244_857_103, 8799)
			.saturating_add(Weight::from_parts(126_662_655, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(18_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(13_u64))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 3466).saturating_mul(n.into()))
	}
	fn sweep_failure() -> Weight {
		Weight::from_parts(285_475_000, 11675)
			.saturating_add(ParityDbWeight::get().reads(22_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	fn prune_lease() -> Weight {
		Weight::from_parts(48_552_000, 4456)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn set_parameters() -> Weight {
		Weight::from_parts(42_053_000, 4145)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn count_windows(n: u32, ) -> Weight {
		Weight::from_parts(70_853_228, 7579)
			.saturating_add(Weight::from_parts(12_236_235, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2507).saturating_mul(n.into()))
	}
	fn place_windows(n: u32, ) -> Weight {
		Weight::from_parts(900_000_000, 30000)
			.saturating_add(Weight::from_parts(400_000_000, 20000).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(60_u64))
			.saturating_add(ParityDbWeight::get().reads(50_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(15_u64.saturating_mul(n.into())))
	}
	fn sweep_departure() -> Weight {
		Weight::from_parts(700_000_000, 200000)
			.saturating_add(ParityDbWeight::get().reads(80_u64))
			.saturating_add(ParityDbWeight::get().writes(25_u64))
	}
	fn improve(n: u32, ) -> Weight {
		Weight::from_parts(100_000_000, 30000)
			.saturating_add(Weight::from_parts(400_000_000, 20000).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().reads(20_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(16_u64.saturating_mul(n.into())))
	}
}
