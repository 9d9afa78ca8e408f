#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod challengers;
mod chilling;
mod fees;
mod jury;
#[cfg(test)]
mod mock;
mod rounds;
mod samples;
mod sessions;
mod sweep;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;
mod worker;

pub use pallet::*;
pub use samples::sample_leaf;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use crate::{types::*, weights::WeightInfo};
	use exabits_primitives::{
		deadlines::Deadlines, keys::anchor, Anchors, Approvers, Balance, Bonds, Clock, Judge, MachineId,
		Machines, Measured, RoundIndex, RoundOutcome, SessionIndex, SlashId, Slashes, Slot,
	};
	use frame_support::{pallet_prelude::*, traits::fungible, weights::WeightMeter, PalletId};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	use sp_core::H256;
	use sp_runtime::Perbill;

	/// The round record of a runtime.
	pub type RoundOf<T> = Round<<T as frame_system::Config>::AccountId, <T as Config>::MaxCommittee>;

	pub(crate) type Queue<T> = Deadlines<Due, <T as Config>::MaxDuePerSlot, DueAt<T>, Cursor<T>>;

	fn entries(opening: &Opening) -> u32 {
		u32::try_from(opening.entries.len()).unwrap_or(u32::MAX)
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// `frame_system::AuthorizeCall` has to be among the runtime's transaction extensions.
	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>> + frame_system::Config<RuntimeEvent: From<Event<Self>>>
	{
		/// The chain's time.
		type Clock: Clock;

		/// Randomness that became known with the current session; `None` while there is none.
		type Seed: Get<Option<[u8; 32]>>;

		/// Who may sit in committees.
		type Anchors: Anchors<Self::AccountId>;

		/// The bond ledger.
		type Bonds: Bonds<Self::AccountId>;

		/// Where slashes go.
		type Slashes: Slashes<Self::AccountId>;

		/// The machines measured.
		type Machines: Machines<Self::AccountId>;

		/// Told what a committee agreed on.
		type Judge: Judge;

		/// Anchors who answer for machines' terms.
		type Approvers: Approvers<Self::AccountId>;

		/// The part of each watch fee that those get, while there are any.
		type ApproverShare: Get<Perbill>;

		/// Told what anchors have measured, for what they earn beside watch fees.
		type Measured: Measured<Self::AccountId>;

		/// The money that watch fees are paid in.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// How many anchors a committee has, when there are enough.
		type CommitteeSize: Get<u32>;

		/// How many members make a committee, and how many reveals make an agreement, at least.
		type Quorum: Get<u32>;

		/// How many slots after a round its commitments count.
		type CommitSlots: Get<u32>;

		/// How many slots after that its reveals count.
		type RevealSlots: Get<u32>;

		/// How many slots after that openings of its samples count.
		type SampleSlots: Get<u32>;

		/// What a machine's owner pays per session.
		type WatchFee: Get<Balance>;

		/// In how many equal parts that is shared: the rounds of a session.
		type RoundsPerSession: Get<u32>;

		/// Names the account that keeps watch fees until they are claimed. It holds the existential deposit.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// How far an anchor's availability may be from what its committee agreed on.
		type Tolerance: Get<Perbill>;

		/// The part of the minimum anchor bond that is slashed for a commitment that is not revealed.
		type MissSlash: Get<Perbill>;

		/// The part of the minimum anchor bond that is slashed for a chosen sample that is not opened.
		type ForgerySlash: Get<Perbill>;

		/// How many rounds an anchor may be slashed for within [`ChillWithin`](Config::ChillWithin) sessions, before it is
		/// chilled by the last one of them; at most [`MAX_OFFENCES`].
		type ChillAfter: Get<u32>;

		/// In how many sessions, the one of the last offence among them.
		type ChillWithin: Get<SessionIndex>;

		/// For how many sessions a chilled anchor cannot ask for its seats, at least.
		type ChillSessions: Get<SessionIndex>;

		/// The most members of a committee.
		#[pallet::constant]
		type MaxCommittee: Get<u32>;

		/// The most accounts in a snapshot of seats; the first ones with a key count.
		#[pallet::constant]
		type MaxSeats: Get<u32>;

		/// The most openings and settlements queued for one slot.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;

		/// How many sessions' seeds and snapshots are kept; at least 3.
		#[pallet::constant]
		type KeepSessions: Get<u32>;

		/// The most weight that opening and settling rounds may take in one block.
		type SweepWeight: Get<Weight>;

		/// Priority of commitments and reveals in the transaction pool.
		#[pallet::constant]
		type UnsignedPriority: Get<TransactionPriority>;

		/// Weights of this pallet.
		type WeightInfo: WeightInfo;

		/// Sets the stage for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// The key that each anchor signs measurements with.
	#[pallet::storage]
	pub type KeyOf<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, anchor::Id>;

	/// The anchor behind each key.
	#[pallet::storage]
	pub type OwnerOf<T: Config> = StorageMap<_, Blake2_128Concat, anchor::Id, T::AccountId>;

	/// The session that was current in the last block.
	#[pallet::storage]
	pub type LastSession<T: Config> = StorageValue<_, SessionIndex>;

	/// The sessions of which a snapshot is kept, oldest first.
	#[pallet::storage]
	pub type Kept<T: Config> = StorageValue<_, BoundedVec<SessionIndex, T::KeepSessions>, ValueQuery>;

	/// The seed of each kept session, from which its committees are drawn.
	#[pallet::storage]
	pub type Seeds<T: Config> = StorageMap<_, Twox64Concat, SessionIndex, [u8; 32]>;

	/// The seats at the start of each kept session, from which the committees of the next one are drawn.
	#[pallet::storage]
	pub type Snapshots<T: Config> =
		StorageMap<_, Twox64Concat, SessionIndex, BoundedVec<(T::AccountId, u32), T::MaxSeats>>;

	/// The machines that rounds measure.
	#[pallet::storage]
	pub type Watched<T: Config> = StorageMap<_, Twox64Concat, MachineId, Watch>;

	/// Rounds that are open: from their first slot until they are settled.
	#[pallet::storage]
	pub type Rounds<T: Config> =
		StorageDoubleMap<_, Twox64Concat, MachineId, Twox64Concat, RoundIndex, RoundOf<T>>;

	/// The last rounds that had a block, oldest first.
	#[pallet::storage]
	pub type LastRounds<T: Config> =
		StorageValue<_, BoundedVec<PastRound, ConstU32<KEPT_ROUNDS>>, ValueQuery>;

	/// What each anchor committed to, by round modulo [`KEPT_ROUNDS`].
	#[pallet::storage]
	pub type Commitments<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, u32, Commitment>;

	/// What falls due in each slot.
	#[pallet::storage]
	pub type DueAt<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<Due, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot that has not been swept.
	#[pallet::storage]
	pub type Cursor<T: Config> = StorageValue<_, Slot>;

	/// The sessions in which each anchor was slashed for a round lately, oldest first.
	#[pallet::storage]
	pub type Offences<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		BoundedVec<SessionIndex, ConstU32<MAX_OFFENCES>>,
		ValueQuery,
	>;

	/// Anchors without seats in the snapshots to come, with the first session in which they can ask for them again.
	#[pallet::storage]
	pub type Chilled<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, SessionIndex>;

	/// What is known of each anchor that was in a committee, and what it is owed.
	#[pallet::storage]
	pub type Standings<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Standing, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An anchor registered its key.
		KeySet {
			/// The anchor.
			anchor: T::AccountId,
			/// Its key from now on.
			key: anchor::Id,
		},
		/// A session got a seed: committees can be drawn for it.
		SessionSeeded {
			/// The session.
			session: SessionIndex,
		},
		/// A round began to be measured.
		RoundOpened {
			/// The machine measured.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// The session that its committee is from.
			session: SessionIndex,
			/// Its committee.
			committee: BoundedVec<T::AccountId, T::MaxCommittee>,
		},
		/// No slot near the round's start could hold its opening: it waits for a call of `open`.
		OpeningNotQueued {
			/// The machine.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
		},
		/// An anchor committed to what it measured in a round.
		Committed {
			/// The anchor.
			anchor: T::AccountId,
			/// The round.
			round: RoundIndex,
			/// How many pages it will reveal at most.
			pages: u16,
		},
		/// An anchor revealed a page of what it measured.
		Revealed {
			/// The anchor.
			anchor: T::AccountId,
			/// The round.
			round: RoundIndex,
			/// The page.
			page: u16,
			/// How many machines of it this anchor was asked to measure.
			machines: u32,
		},
		/// A committee is through with a round.
		RoundSettled {
			/// The machine measured.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// The session that the committee is from.
			session: SessionIndex,
			/// How many members revealed.
			reveals: u32,
			/// What they agreed on.
			outcome: RoundOutcome,
		},
		/// A round overlapped a gap in blocks and came to nothing.
		RoundVoided {
			/// The machine.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
		},
		/// An anchor did not do its part of a round.
		AnchorMissed {
			/// The anchor.
			anchor: T::AccountId,
			/// The machine it should have measured.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// Whether it had committed and then did not reveal.
			committed: bool,
			/// The slash for that.
			slash: Option<SlashId>,
		},
		/// An anchor opened the sample that was chosen of its commitment.
		SampleOpened {
			/// The anchor.
			anchor: T::AccountId,
			/// The round.
			round: RoundIndex,
			/// The machine that the sample is of.
			machine: MachineId,
		},
		/// An anchor did not open the sample that was chosen of its commitment: all that it revealed counts for nothing.
		AnchorForged {
			/// The anchor.
			anchor: T::AccountId,
			/// The round.
			round: RoundIndex,
			/// The slash for that.
			slash: Option<SlashId>,
			/// Its accuracy from now on.
			accuracy: Perbill,
		},
		/// An anchor was slashed too often and has no seats in the snapshots to come.
		Chilled {
			/// The anchor.
			anchor: T::AccountId,
			/// The first session in which it can ask for them again.
			until: SessionIndex,
		},
		/// A chilled anchor asked for its seats again.
		Unchilled {
			/// The anchor.
			anchor: T::AccountId,
		},
		/// An anchor's measurement was far from what its committee agreed on.
		AnchorInaccurate {
			/// The anchor.
			anchor: T::AccountId,
			/// The machine measured.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// Its accuracy from now on.
			accuracy: Perbill,
		},
		/// A machine broke terms that an anchor answers for.
		ApproverBlamed {
			/// The anchor.
			anchor: T::AccountId,
			/// The machine.
			machine: MachineId,
			/// The anchor's accuracy from now on.
			accuracy: Perbill,
		},
		/// A machine's owner paid the watch fee of a session.
		WatchFeePaid {
			/// The machine measured.
			machine: MachineId,
			/// The session.
			session: SessionIndex,
			/// The fee, less what the session before has left.
			amount: Balance,
		},
		/// A machine's owner could not pay the watch fee of a session.
		WatchFeeUnpaid {
			/// The machine measured.
			machine: MachineId,
			/// The session.
			session: SessionIndex,
			/// How many sessions in a row were not paid.
			in_a_row: u32,
		},
		/// The anchors of a round have earned a part of the watch fee.
		AnchorsRewarded {
			/// The machine measured.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// What all of them have earned.
			amount: Balance,
			/// How many anchors share it.
			anchors: u32,
		},
		/// An account was paid what it was owed.
		Claimed {
			/// The account.
			who: T::AccountId,
			/// What it was owed.
			amount: Balance,
		},
	}

	#[pallet::error]
	#[derive(PartialEq)]
	pub enum Error<T> {
		/// The caller's anchor bond is below the minimum.
		BondTooLow,
		/// Some anchor has registered this key.
		KeyTaken,
		/// The signature was not made with the key for this purpose.
		BadProof,
		/// No such round has been open lately, or none of this machine.
		UnknownRound,
		/// Its time has not come.
		TooEarly,
		/// Its time is over.
		TooLate,
		/// The anchor has no seat in the session of this round.
		NoSeat,
		/// The anchor has committed for this round.
		AlreadyCommitted,
		/// The anchor has not committed for this round.
		NotCommitted,
		/// The anchor has revealed this page.
		AlreadyRevealed,
		/// There can be no such page, or nothing can be in it.
		InvalidPage,
		/// The first machine of the page does not ask the anchor.
		NotAsked,
		/// What was revealed is not what was committed to.
		WrongReveal,
		/// No measurement can have these numbers.
		InvalidMeasurement,
		/// The round cannot be opened or settled yet.
		NotDue,
		/// The machine is not watched.
		NotWatched,
		/// The account is owed nothing.
		NothingOwed,
		/// Nothing was chosen to be opened: the anchor has revealed nothing, or no block came in time to choose.
		NothingChosen,
		/// The anchor has opened its sample.
		AlreadyOpened,
		/// What was opened is not what was chosen of what was committed to.
		WrongSample,
		/// The machine did not give this answer to this anchor in this round.
		ForgedSample,
		/// The anchor is not chilled.
		NotChilled,
		/// The anchor cannot ask for its seats yet.
		StillChilled,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::note_time()
		}

		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep(meter);
		}

		fn offchain_worker(block: BlockNumberFor<T>) {
			Self::submit_measurements(block);
		}

		fn integrity_test() {
			assert!(T::Quorum::get() > 0, "a committee decides with one member at least");
			assert!(T::Quorum::get() <= T::CommitteeSize::get(), "a whole committee must be able to decide");
			assert!(T::CommitteeSize::get() <= T::MaxCommittee::get(), "a committee must fit its record");
			let phases = [T::CommitSlots::get(), T::RevealSlots::get(), T::SampleSlots::get()];
			assert!(phases.iter().all(|slots| *slots > 0), "each phase needs time");
			assert!(
				(1..=MAX_OFFENCES).contains(&T::ChillAfter::get()) && T::ChillWithin::get() > 0,
				"offences are counted up to those that chill"
			);
			assert!(
				T::KeepSessions::get() >= 3,
				"a round that a session ends in needs the snapshot of the session before its own"
			);
			assert!(T::MaxDuePerSlot::get() > 0, "a slot must be able to hold an entry");
			let least = T::WeightInfo::sweep_slot()
				.saturating_mul(2)
				.saturating_add(Self::open_weight().max(Self::settle_weight(T::MaxCommittee::get())));
			assert!(
				least.all_lte(T::SweepWeight::get()),
				"one block's sweep must get through one entry at least"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers the key that the caller signs measurements with, in place of any before.
		///
		/// The caller needs the minimum anchor bond; `proof` is the key's signature of
		/// [`key_payload`](Pallet::key_payload). Seats count from the second session start after the first key. Whoever
		/// changes its key in the middle of a round cannot open what the round's samples were signed for before.
		/// Emits [`Event::KeySet`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_key())]
		pub fn set_key(origin: OriginFor<T>, key: anchor::Id, proof: anchor::Signature) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_key(who, key, proof)
		}

		/// Commits `anchor` to what it measured in a round, of all machines: `root` is over its pages' leaves
		/// ([`leaf`](Pallet::leaf)), signed as [`commit_payload`](Pallet::commit_payload).
		///
		/// Emits [`Event::Committed`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::commit())]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_commit())]
		#[pallet::authorize(Self::authorize_commit)]
		pub fn commit(
			origin: OriginFor<T>,
			anchor: T::AccountId,
			round: RoundIndex,
			root: H256,
			pages: u16,
			_signature: anchor::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_commit(anchor, round, root, pages)
		}

		/// Reveals one page of what `anchor` measured, signed as [`reveal_payload`](Pallet::reveal_payload).
		///
		/// Entries of machines whose open round does not ask this anchor count for nothing; the first one has to.
		/// Emits [`Event::Revealed`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::reveal(entries(opening)))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_reveal(entries(opening)))]
		#[pallet::authorize(Self::authorize_reveal)]
		pub fn reveal(
			origin: OriginFor<T>,
			anchor: T::AccountId,
			round: RoundIndex,
			opening: Opening,
			_signature: anchor::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_reveal(anchor, round, opening)
		}

		/// Settles a round whose time for reveals and openings is over. Anyone may call it; the sweep does the same. What its
		/// verdict has not taken of the weight is not charged.
		///
		/// Emits [`Event::RoundSettled`] and what follows from it.
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::settle_weight(T::MaxCommittee::get()))]
		pub fn settle(
			origin: OriginFor<T>,
			machine: MachineId,
			round: RoundIndex,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (settled, judged) = Self::do_settle(machine, round)?;
			Ok(Some(Self::settled_weight(settled.changed.len(), settled.offended, 0).saturating_add(judged))
				.into())
		}

		/// Opens a watched machine's next round once it is due. Anyone may call it; the sweep does the same.
		///
		/// Emits [`Event::RoundOpened`] where there is a committee.
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::open_weight())]
		pub fn open(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_open(machine)?;
			Ok(())
		}

		/// Pays an account what it has earned by measuring, or what is left of its watch fees. Anyone may call it.
		///
		/// Emits [`Event::Claimed`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(who)
		}

		/// Opens the one sample that was chosen of what `anchor` revealed for a round, signed as
		/// [`sample_payload`](Pallet::sample_payload).
		///
		/// Emits [`Event::SampleOpened`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::open_sample())]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_open_sample())]
		#[pallet::authorize(Self::authorize_open_sample)]
		pub fn open_sample(
			origin: OriginFor<T>,
			anchor: T::AccountId,
			round: RoundIndex,
			opening: SampleOpening,
			_signature: anchor::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_open_sample(anchor, round, opening)
		}

		/// Gives a chilled anchor its seats back, from the next snapshot on, once its time is over.
		///
		/// Emits [`Event::Unchilled`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::unchill())]
		pub fn unchill(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unchill(who)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What is known of an anchor from its past rounds.
		pub fn standing(anchor: T::AccountId) -> Standing {
			Standings::<T>::get(anchor)
		}

		/// An open round of a machine.
		pub fn round(machine: MachineId, round: RoundIndex) -> Option<RoundOf<T>> {
			Rounds::<T>::get(machine, round)
		}
	}
}
