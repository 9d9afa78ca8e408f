#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

use codec::{Decode, Encode, MaxEncodedLen};
use exabits_primitives::{gaps::Gaps, Clock, SessionIndex, Slot};
use frame_support::{traits::Get, weights::Weight};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

pub use pallet::*;

#[cfg(test)]
mod tests;

/// The fewest anchors of a committee, except with [`Timing::DEVELOPMENT`].
pub const MIN_COMMITTEE: u32 = 5;

/// The lengths that the chain counts in; see the crate's documentation.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Timing {
	/// Slots in a session.
	pub session_slots: u32,
	/// Slots in a round.
	pub round_slots: u32,
	/// Slots after a round in which anchors commit.
	pub commit_slots: u32,
	/// Slots after that in which they reveal.
	pub reveal_slots: u32,
	/// Slots after that in which each opens one sample.
	pub sample_slots: u32,
	/// Slots between a slash's record and its application.
	pub slash_deferral_slots: u32,
	/// Slots in which an appeal against a slash is decided.
	pub appeal_slots: u32,
	/// Slots between unbonding and withdrawal.
	pub unbonding_slots: u32,
	/// Anchors in a committee.
	pub committee_size: u32,
	/// Anchors that decide.
	pub quorum: u32,
}

impl Timing {
	/// For one machine on a desk: the whole story in minutes.
	pub const DEVELOPMENT: Self = Self {
		session_slots: 30,
		round_slots: 15,
		commit_slots: 4,
		reveal_slots: 4,
		sample_slots: 6,
		slash_deferral_slots: 15,
		appeal_slots: 120,
		unbonding_slots: 240,
		committee_size: 3,
		quorum: 2,
	};

	/// For everything else.
	pub const STANDARD: Self = Self {
		session_slots: 1_800,
		round_slots: 150,
		commit_slots: 30,
		reveal_slots: 30,
		sample_slots: 60,
		slash_deferral_slots: 302_400,
		appeal_slots: 302_400,
		unbonding_slots: 1_209_600,
		committee_size: 5,
		quorum: 3,
	};

	/// Whether the numbered invariants hold.
	pub fn is_valid(&self) -> bool {
		let slashing = u64::from(self.slash_deferral_slots).saturating_add(self.appeal_slots.into());
		self.session_slots > 0
			&& self.round_slots > 0
			&& self.commit_slots > 0
			&& self.reveal_slots > 0
			&& self.sample_slots > 0
			&& self.session_slots >= self.round_slots.saturating_add(self.commit_slots)
			&& self.slash_deferral_slots > 0
			&& (self.committee_size >= MIN_COMMITTEE || *self == Self::DEVELOPMENT)
			&& self.quorum > self.committee_size / 2
			&& self.quorum <= self.committee_size
			&& u64::from(self.appeal_slots) > u64::from(self.session_slots).saturating_mul(3)
			&& slashing < u64::from(self.unbonding_slots)
	}
}

impl Default for Timing {
	fn default() -> Self {
		Self::STANDARD
	}
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::BlockNumberFor;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The current BABE slot.
		type CurrentSlot: Get<Slot>;
		/// The current session.
		type CurrentSession: Get<SessionIndex>;
		/// How many slots without a block are no gap yet.
		#[pallet::constant]
		type MaxGap: Get<u32>;
	}

	/// The lengths set at genesis.
	#[pallet::storage]
	pub type Lengths<T> = StorageValue<_, Timing, ValueQuery>;

	/// The slot of the last block.
	#[pallet::storage]
	pub type LastSlot<T> = StorageValue<_, Slot>;

	/// The last gaps in blocks.
	#[pallet::storage]
	pub type LastGaps<T> = StorageValue<_, Gaps, ValueQuery>;

	/// What the chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The lengths; never changed afterwards.
		pub timing: Timing,
		/// Marks the runtime that the configuration is for.
		#[serde(skip)]
		pub runtime: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(
				self.timing.is_valid(),
				"clock: lengths must be above zero, a session no shorter than a round and its commit slots, a \
				 committee of five at least outside development, the quorum a majority of it, and unbonding longer \
				 than slash deferral and appeal, which takes more than three sessions: {:?}",
				self.timing
			);
			Lengths::<T>::put(self.timing);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::note_slot(T::CurrentSlot::get())
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), frame_support::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The current slot and the lengths that the chain counts in.
		pub fn time() -> (Slot, Timing) {
			(T::CurrentSlot::get(), Lengths::<T>::get())
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Notes the slot of a block, and the gap before it if there was one. Returns the weight of doing so.
	fn note_slot(now: Slot) -> Weight {
		let last = LastSlot::<T>::get();
		LastSlot::<T>::put(now);
		match last.and_then(|last| Gaps::between(last, now, T::MaxGap::get().into())) {
			Some(gap) => {
				LastGaps::<T>::mutate(|gaps| gaps.push(gap));
				T::DbWeight::get().reads_writes(3, 2)
			}
			None => T::DbWeight::get().reads_writes(2, 1),
		}
	}

	/// Checks the numbered invariants.
	#[cfg(any(feature = "try-runtime", test))]
	pub fn do_try_state() -> Result<(), frame_support::sp_runtime::TryRuntimeError> {
		frame_support::ensure!(Lengths::<T>::get().is_valid(), "clock: invariants 1 to 3");
		let mut end = 0;
		for gap in LastGaps::<T>::get().kept() {
			frame_support::ensure!(
				end <= gap.from && gap.to.saturating_sub(gap.from) > Slot::from(T::MaxGap::get()),
				"clock 4: gaps are out of order or too short"
			);
			end = gap.to;
		}
		frame_support::ensure!(LastSlot::<T>::get().unwrap_or_default() >= end, "clock 4: a gap lies ahead");
		Ok(())
	}
}

impl<T: Config> Clock for Pallet<T> {
	fn now() -> Slot {
		T::CurrentSlot::get()
	}

	fn session() -> SessionIndex {
		T::CurrentSession::get()
	}

	fn round_slots() -> u32 {
		Lengths::<T>::get().round_slots
	}

	fn in_gap(from: Slot, to: Slot) -> bool {
		LastGaps::<T>::get().overlap(from, to)
	}

	fn extended(since: Slot, until: Slot) -> Slot {
		LastGaps::<T>::get().extend(since, until)
	}
}

/// Slots after a window by which the verdict on its last round is due: commit, reveal and sample phase, and a round
/// to spare, since a full block may put a settlement off.
pub struct VerdictSlots<T>(core::marker::PhantomData<T>);
impl<T: Config> Get<Slot> for VerdictSlots<T> {
	fn get() -> Slot {
		let Timing { round_slots, commit_slots, reveal_slots, sample_slots, .. } = Lengths::<T>::get();
		let lengths = [round_slots, commit_slots, reveal_slots, sample_slots].map(Slot::from);
		lengths.into_iter().fold(0, Slot::saturating_add)
	}
}

macro_rules! lengths {
	($($(#[$doc:meta])* $name:ident($field:ident) -> $out:ty;)*) => {$(
		$(#[$doc])*
		pub struct $name<T>(core::marker::PhantomData<T>);
		impl<T: Config> Get<$out> for $name<T> {
			fn get() -> $out {
				Lengths::<T>::get().$field.into()
			}
		}
	)*};
}

lengths! {
	/// Slots in a session.
	SessionSlots(session_slots) -> u64;
	/// Slots of the commit phase.
	CommitSlots(commit_slots) -> u32;
	/// Slots of the reveal phase.
	RevealSlots(reveal_slots) -> u32;
	/// Slots of the sample phase.
	SampleSlots(sample_slots) -> u32;
	/// Slots that a slash is deferred.
	SlashDeferral(slash_deferral_slots) -> Slot;
	/// Slots in which an appeal against a slash is decided.
	AppealSlots(appeal_slots) -> Slot;
	/// Slots between unbonding and withdrawal.
	UnbondingSlots(unbonding_slots) -> Slot;
	/// Anchors in a committee.
	CommitteeSize(committee_size) -> u32;
	/// Anchors that decide.
	Quorum(quorum) -> u32;
}
