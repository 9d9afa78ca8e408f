//! The samples that anchors open: chosen when all is revealed, by a block that nobody knew when they committed.

use crate::{calls::invalid, *};
use alloc::vec::Vec;
use codec::Encode;
use exabits_math::merkle;
use exabits_primitives::{
	keys::{anchor, payload},
	Clock, Machines, RoundIndex, Sample, SessionIndex, Slot,
};
use frame_support::{pallet_prelude::*, traits::Get};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::transaction_validity::TransactionValidityWithRefund;

/// What the beacon of a round chooses of one anchor's commitment.
pub(crate) struct Choice([u8; 32]);

impl Choice {
	pub(crate) fn new(beacon: &H256, anchor: &impl Encode, round: RoundIndex) -> Self {
		Self((b"sample", beacon, anchor, round).using_encoded(blake2_256))
	}

	/// A number below `limit`. The bias is below 2⁻⁴⁸: no limit is above 2¹⁶.
	fn below(&self, place: usize, limit: u16) -> Option<u16> {
		let bytes = self.0.get(place.checked_mul(8)?..)?.first_chunk()?;
		u16::try_from(u64::from_le_bytes(*bytes).checked_rem(limit.into())?).ok()
	}

	/// One of the pages that were revealed; `None` when none was.
	pub(crate) fn page(&self, commitment: &Commitment) -> Option<u16> {
		let revealed: Vec<u16> = (0..commitment.pages).filter(|page| commitment.is_revealed(*page)).collect();
		let chosen = self.below(0, u16::try_from(revealed.len()).ok()?)?;
		revealed.get(usize::from(chosen)).copied()
	}

	/// One of so many entries of that page.
	pub(crate) fn entry(&self, entries: u16) -> Option<u16> {
		self.below(1, entries)
	}

	/// One of so many samples of that entry.
	pub(crate) fn sample(&self, samples: u16) -> Option<u16> {
		self.below(2, samples)
	}
}

/// The leaf of a sample under the root that its entry names.
pub fn sample_leaf(sample: &Sample) -> H256 {
	sample.using_encoded(merkle::leaf)
}

/// The leaf of an entry under the root of its page.
pub(crate) fn entry_leaf(entry: &Entry) -> H256 {
	entry.using_encoded(merkle::leaf)
}

impl<T: Config> Pallet<T> {
	/// Keeps the beacons of rounds whose sample phase has its first block now; true if there is one.
	///
	/// That block's parent is the last one that could have revealed anything. A phase whose first block comes when half
	/// of it is over leaves too little time: nothing is chosen then.
	pub(crate) fn note_beacons(rounds: &mut BoundedVec<PastRound, ConstU32<KEPT_ROUNDS>>) -> bool {
		let now = T::Clock::now();
		let mut any = false;
		for past in rounds.iter_mut().filter(|past| past.beacon.is_none()) {
			let from = Self::phases(past.round).samples_from;
			let until = from.saturating_add(Slot::from(T::SampleSlots::get().div_ceil(2)));
			if (from..until).contains(&now) {
				let parent = frame_system::Pallet::<T>::parent_hash();
				past.beacon = Some(H256(parent.using_encoded(blake2_256)));
				any = true;
			}
		}
		any
	}

	/// What is chosen of the anchor's commitment for a round, once it is.
	pub(crate) fn choice(anchor: &T::AccountId, round: RoundIndex) -> Option<Choice> {
		let beacon = Self::past_round(round)?.beacon?;
		Some(Choice::new(&beacon, anchor, round))
	}

	/// Whether something was chosen of this commitment that was not opened.
	pub(crate) fn is_unopened(past: Option<PastRound>, commitment: &Commitment) -> bool {
		past.is_some_and(|past| past.beacon.is_some())
			&& !commitment.opened
			&& commitment.revealed.iter().any(|bits| *bits != 0)
	}

	/// What an anchor's key signs to open a sample.
	pub fn sample_payload(
		anchor: &T::AccountId,
		session: SessionIndex,
		round: RoundIndex,
		opening: &SampleOpening,
	) -> Vec<u8> {
		payload(Self::genesis(), b"anchoring/open_sample", (anchor, session, round, opening))
	}

	pub(crate) fn do_open_sample(
		anchor: T::AccountId,
		round: RoundIndex,
		opening: SampleOpening,
	) -> DispatchResult {
		let (_, commitment, _) = Self::may_open_sample(&anchor, round, &opening)?;
		Commitments::<T>::insert(&anchor, Self::place(round), Commitment { opened: true, ..commitment });
		Self::deposit_event(Event::SampleOpened { anchor, round, machine: opening.entry.0 });
		Ok(())
	}

	/// The session of a round, the commitment of `anchor` that this opens the chosen sample of, and the place of that
	/// sample if there is one. Signatures are not looked at.
	fn may_open_sample(
		anchor: &T::AccountId,
		round: RoundIndex,
		opening: &SampleOpening,
	) -> Result<(SessionIndex, Commitment, Option<u16>), Error<T>> {
		let past = Self::past_round(round).ok_or(Error::<T>::UnknownRound)?;
		let (now, phases) = (T::Clock::now(), Self::phases(round));
		ensure!(now >= phases.samples_from, Error::<T>::TooEarly);
		ensure!(now < phases.settles_at, Error::<T>::TooLate);
		let beacon = past.beacon.ok_or(Error::<T>::NothingChosen)?;
		let commitment = Self::commitment(anchor, round).ok_or(Error::<T>::NotCommitted)?;
		ensure!(!commitment.opened, Error::<T>::AlreadyOpened);
		let choice = Choice::new(&beacon, anchor, round);
		let page = choice.page(&commitment).ok_or(Error::<T>::NothingChosen)?;
		// Otherwise entries that count for nothing would hide those that do.
		let (machine, finding) = opening.entry;
		ensure!(Self::asks(machine, round, anchor), Error::<T>::NotAsked);
		let committed = Self::is_committed(anchor, &past, &commitment, &choice, page, opening);
		ensure!(committed == Some(true), Error::<T>::WrongSample);
		let samples = finding.map(|finding| finding.samples).unwrap_or_default();
		match (choice.sample(samples.answered), &opening.sample) {
			(None, None) => Ok((past.session, commitment, None)),
			(Some(place), Some(ProvenSample { sample, proof })) => {
				let leaf = sample_leaf(sample);
				let (width, index) = (samples.answered.into(), place.into());
				let committed = merkle::is_leaf_of(&samples.root, width, index, &leaf, proof);
				ensure!(committed, Error::<T>::WrongSample);
				Ok((past.session, commitment, Some(place)))
			}
			_ => Err(Error::<T>::WrongSample),
		}
	}

	/// Whether the entry is the chosen one of the chosen page under the root that was committed to.
	fn is_committed(
		anchor: &T::AccountId,
		past: &PastRound,
		commitment: &Commitment,
		choice: &Choice,
		page: u16,
		opening: &SampleOpening,
	) -> Option<bool> {
		let SampleOpening { entries, entry, entry_proof, salt, page_proof, .. } = opening;
		let index = choice.entry(*entries)?;
		let root = merkle::root_over((*entries).into(), index.into(), &entry_leaf(entry), entry_proof)?;
		let PastRound { session, round, .. } = *past;
		let leaf = Self::page_leaf(anchor, session, round, page, (*entries, root), salt);
		Some(merkle::is_leaf_of(&commitment.root, commitment.pages.into(), page.into(), &leaf, page_proof))
	}

	/// Whether the machine gave the anchor this answer.
	fn is_genuine(anchor: &T::AccountId, round: RoundIndex, place: u16, opening: &SampleOpening) -> bool {
		let machine = opening.entry.0;
		let keys = KeyOf::<T>::get(anchor).zip(T::Machines::machine(machine));
		opening.sample.as_ref().zip(keys).is_some_and(|(proven, (anchor, info))| {
			proven.sample.is_genuine(place, round, machine, &anchor, &info.key)
		})
	}

	/// Whether an opening of a sample may enter the pool or a block.
	pub(crate) fn authorize_open_sample(
		_source: TransactionSource,
		anchor: &T::AccountId,
		round: &RoundIndex,
		opening: &SampleOpening,
		signature: &anchor::Signature,
	) -> TransactionValidityWithRefund {
		let (session, _, place) = Self::may_open_sample(anchor, *round, opening).map_err(invalid)?;
		let payload = Self::sample_payload(anchor, session, *round, opening);
		Self::verify(anchor, &payload, signature)?;
		let genuine = place.is_none_or(|place| Self::is_genuine(anchor, *round, place, opening));
		ensure!(genuine, invalid(Error::<T>::ForgedSample));
		Self::valid("anchoring/open_sample", (anchor, round), Self::phases(*round).settles_at)
	}
}
