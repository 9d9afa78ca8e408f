//! Weights of `pallet_issuance`, measured.
//!
//! Written by `scripts/weights.sh`, not by hand: 20 steps, 10 repeats, on AMD EPYC.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs, unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_issuance`.
pub trait WeightInfo {
	fn set_terms() -> Weight;
	fn claim() -> Weight;
	fn note_author() -> Weight;
	fn measured(m: u32, ) -> Weight;
}

/// Weights of `pallet_issuance` with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Issuance::TermsInForce` (r:0 w:1)
	/// Proof: `Issuance::TermsInForce` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn set_terms() -> Weight {
		// Least time seen: 5_678 ns.
		Weight::from_parts(6_169_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Issuance::Earnings` (r:1 w:1)
	/// Proof: `Issuance::Earnings` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	/// Storage: `Issuance::Sessions` (r:1 w:0)
	/// Proof: `Issuance::Sessions` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Commissions` (r:1 w:0)
	/// Proof: `Stake::Commissions` (`max_values`: None, `max_size`: Some(70), added: 2545, mode: `MaxEncodedLen`)
	/// Storage: `Issuance::TermsInForce` (r:1 w:0)
	/// Proof: `Issuance::TermsInForce` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Ledger` (r:1 w:0)
	/// Proof: `Stake::Ledger` (`max_values`: None, `max_size`: Some(554), added: 3029, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Pools` (r:1 w:1)
	/// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Minimums` (r:1 w:0)
	/// Proof: `Stake::Minimums` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Stake::AnchorList` (r:1 w:1)
	/// Proof: `Stake::AnchorList` (`max_values`: Some(1), `max_size`: Some(16386), added: 16881, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		// Least time seen: 123_366 ns.
		Weight::from_parts(129_895_000, 17871)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Issuance::Sessions` (r:2 w:1)
	/// Proof: `Issuance::Sessions` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Issuance::TermsInForce` (r:1 w:0)
	/// Proof: `Issuance::TermsInForce` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Issuance::Earnings` (r:1 w:1)
	/// Proof: `Issuance::Earnings` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Commissions` (r:1 w:0)
	/// Proof: `Stake::Commissions` (`max_values`: None, `max_size`: Some(70), added: 2545, mode: `MaxEncodedLen`)
	fn note_author() -> Weight {
		// Least time seen: 38_067 ns.
		Weight::from_parts(40_961_000, 6108)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Issuance::Sessions` (r:2 w:1)
	/// Proof: `Issuance::Sessions` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Issuance::TermsInForce` (r:1 w:0)
	/// Proof: `Issuance::TermsInForce` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lengths` (r:1 w:0)
	/// Proof: `Clock::Lengths` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Issuance::Earnings` (r:16 w:16)
	/// Proof: `Issuance::Earnings` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	/// Storage: `Stake::Commissions` (r:16 w:0)
	/// Proof: `Stake::Commissions` (`max_values`: None, `max_size`: Some(70), added: 2545, mode: `MaxEncodedLen`)
	/// The range of component `m` is `[1, 16]`.
	fn measured(m: u32, ) -> Weight {
		// Least time seen: 38_868 ns.
		Weight::from_parts(27_184_697, 6108)
			.saturating_add(Weight::from_parts(15_818_365, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2584).saturating_mul(m.into()))
	}
}

// For tests.
impl WeightInfo for () {
	fn set_terms() -> Weight {
		Weight::from_parts(6_169_000, 0)
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(129_895_000, 17871)
			.saturating_add(ParityDbWeight::get().reads(11_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn note_author() -> Weight {
		Weight::from_parts(40_961_000, 6108)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn measured(m: u32, ) -> Weight {
		Weight::from_parts(27_184_697, 6108)
			.saturating_add(Weight::from_parts(15_818_365, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2584).saturating_mul(m.into()))
	}
}
