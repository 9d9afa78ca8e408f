//! What anchors send: their key, and per round a commitment and the pages that it commits to.

use crate::{samples::entry_leaf, *};
use alloc::vec::Vec;
use codec::Encode;
use exabits_math::merkle;
use exabits_primitives::{
	keys::{anchor, payload},
	Bonds, Clock, MachineId, Role, RoundIndex, SessionIndex, Slot,
};
use frame_support::{pallet_prelude::*, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{traits::Zero, transaction_validity::TransactionValidityWithRefund, RuntimeAppPublic};

/// Codes of [`InvalidTransaction::Custom`] for what can never become valid.
mod code {
	pub const NOT_COMMITTED: u8 = 1;
	pub const WRONG_REVEAL: u8 = 2;
	pub const INVALID_MEASUREMENT: u8 = 3;
	pub const INVALID_PAGE: u8 = 4;
	pub const NOT_ASKED: u8 = 5;
	pub const WRONG_SAMPLE: u8 = 6;
	pub const FORGED_SAMPLE: u8 = 7;
	pub const NOTHING_CHOSEN: u8 = 8;
}

impl<T: Config> Pallet<T> {
	pub(crate) fn genesis() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// What a new key signs to prove that `anchor` may register it.
	pub fn key_payload(anchor: &T::AccountId) -> Vec<u8> {
		payload(Self::genesis(), b"anchoring/set_key", anchor)
	}

	/// What an anchor's key signs to commit.
	pub fn commit_payload(
		anchor: &T::AccountId,
		session: SessionIndex,
		round: RoundIndex,
		root: &H256,
		pages: u16,
	) -> Vec<u8> {
		payload(Self::genesis(), b"anchoring/commit", (anchor, session, round, root, pages))
	}

	/// What an anchor's key signs to reveal a page.
	pub fn reveal_payload(
		anchor: &T::AccountId,
		session: SessionIndex,
		round: RoundIndex,
		opening: &Opening,
	) -> Vec<u8> {
		let leaf = Self::leaf(anchor, session, round, opening.page, &opening.entries, &opening.salt);
		Self::page_payload(anchor, session, round, opening.page, leaf)
	}

	fn page_payload(
		anchor: &T::AccountId,
		session: SessionIndex,
		round: RoundIndex,
		page: u16,
		leaf: H256,
	) -> Vec<u8> {
		payload(Self::genesis(), b"anchoring/reveal", (anchor, session, round, page, leaf))
	}

	/// The leaf of a page in an anchor's commitment. It names the anchor, so that nobody can commit to, and later
	/// reveal, what another anchor measured.
	pub fn leaf(
		anchor: &T::AccountId,
		session: SessionIndex,
		round: RoundIndex,
		page: u16,
		entries: &Page,
		salt: &[u8; 32],
	) -> H256 {
		let leaves: Vec<_> = entries.iter().map(entry_leaf).collect();
		let count = u16::try_from(leaves.len()).unwrap_or(u16::MAX);
		Self::page_leaf(anchor, session, round, page, (count, merkle::root(&leaves)), salt)
	}

	/// The same, of a page of which only the number of entries and the root over them are known.
	pub(crate) fn page_leaf(
		anchor: &T::AccountId,
		session: SessionIndex,
		round: RoundIndex,
		page: u16,
		entries: (u16, H256),
		salt: &[u8; 32],
	) -> H256 {
		merkle::leaf(&(Self::genesis(), anchor, session, round, page, salt, entries).encode())
	}

	pub(crate) fn do_set_key(who: T::AccountId, key: anchor::Id, proof: anchor::Signature) -> DispatchResult {
		let bonded = T::Bonds::bonded(&who, Role::Anchor);
		ensure!(bonded >= T::Bonds::minimum(Role::Anchor), Error::<T>::BondTooLow);
		ensure!(!OwnerOf::<T>::contains_key(&key), Error::<T>::KeyTaken);
		ensure!(key.verify(&Self::key_payload(&who), &proof), Error::<T>::BadProof);
		if let Some(before) = KeyOf::<T>::get(&who) {
			OwnerOf::<T>::remove(before);
		}
		KeyOf::<T>::insert(&who, &key);
		OwnerOf::<T>::insert(&key, &who);
		Self::deposit_event(Event::KeySet { anchor: who, key });
		Ok(())
	}

	pub(crate) fn do_commit(
		anchor: T::AccountId,
		round: RoundIndex,
		root: H256,
		pages: u16,
	) -> DispatchResult {
		Self::may_commit(&anchor, round, pages)?;
		Commitments::<T>::insert(&anchor, Self::place(round), Commitment::new(round, root, pages));
		Self::deposit_event(Event::Committed { anchor, round, pages });
		Ok(())
	}

	pub(crate) fn do_reveal(anchor: T::AccountId, round: RoundIndex, opening: Opening) -> DispatchResult {
		let (_, mut commitment, _) = Self::may_reveal(&anchor, round, &opening)?;
		commitment.reveal(opening.page);
		Commitments::<T>::insert(&anchor, Self::place(round), commitment);
		let mut machines = 0u32;
		for (machine, finding) in opening.entries {
			if Self::note_report(&anchor, machine, round, finding.into()) {
				machines = machines.saturating_add(1);
			}
		}
		Self::deposit_event(Event::Revealed { anchor, round, page: opening.page, machines });
		Ok(())
	}

	/// Whether the machine's open round asks `anchor`.
	pub(crate) fn asks(machine: MachineId, round: RoundIndex, anchor: &T::AccountId) -> bool {
		Rounds::<T>::get(machine, round)
			.is_some_and(|record| record.members.iter().any(|member| member.anchor == *anchor))
	}

	/// Enters a report into the machine's round; false where nobody asked for it.
	fn note_report(anchor: &T::AccountId, machine: MachineId, round: RoundIndex, report: Report) -> bool {
		let Some(mut record) = Rounds::<T>::get(machine, round) else { return false };
		let Some(member) = record.members.iter_mut().find(|member| member.anchor == *anchor) else {
			return false;
		};
		member.report = report;
		Rounds::<T>::insert(machine, round, record);
		true
	}

	/// Where the commitments of a round are kept.
	pub(crate) fn place(round: RoundIndex) -> u32 {
		round.0 % KEPT_ROUNDS
	}

	/// What `anchor` committed to for `round`, while it is kept.
	pub fn commitment(anchor: &T::AccountId, round: RoundIndex) -> Option<Commitment> {
		Commitments::<T>::get(anchor, Self::place(round)).filter(|commitment| commitment.round == round)
	}

	/// The session of a round that `anchor` may commit for now.
	fn may_commit(anchor: &T::AccountId, round: RoundIndex, pages: u16) -> Result<SessionIndex, Error<T>> {
		let session = Self::session_of(round).ok_or(Error::<T>::UnknownRound)?;
		let (now, phases) = (T::Clock::now(), Self::phases(round));
		ensure!(now >= phases.commits_from, Error::<T>::TooEarly);
		ensure!(now < phases.reveals_from, Error::<T>::TooLate);
		ensure!((1..=MAX_PAGES).contains(&pages), Error::<T>::InvalidPage);
		ensure!(Self::commitment(anchor, round).is_none(), Error::<T>::AlreadyCommitted);
		let seats = session.checked_sub(1).and_then(Snapshots::<T>::get).unwrap_or_default();
		ensure!(seats.iter().any(|(holder, _)| holder == anchor), Error::<T>::NoSeat);
		Ok(session)
	}

	/// The session of a round, the commitment that `anchor` may reveal this page of now, and the page's leaf.
	fn may_reveal(
		anchor: &T::AccountId,
		round: RoundIndex,
		opening: &Opening,
	) -> Result<(SessionIndex, Commitment, H256), Error<T>> {
		let Opening { page, entries, salt, proof } = opening;
		let session = Self::session_of(round).ok_or(Error::<T>::UnknownRound)?;
		let (now, phases) = (T::Clock::now(), Self::phases(round));
		ensure!(now >= phases.reveals_from, Error::<T>::TooEarly);
		ensure!(now < phases.samples_from, Error::<T>::TooLate);
		let commitment = Self::commitment(anchor, round).ok_or(Error::<T>::NotCommitted)?;
		ensure!(*page < commitment.pages && !entries.is_empty(), Error::<T>::InvalidPage);
		ensure!(!commitment.is_revealed(*page), Error::<T>::AlreadyRevealed);
		// Each machine has one place in one page: nobody can commit to two values and choose one later.
		let ascending = entries.iter().zip(entries.iter().skip(1)).all(|((one, _), (next, _))| one < next);
		let belong = entries.iter().all(|(machine, _)| page_of(*machine, commitment.pages) == *page);
		ensure!(ascending && belong, Error::<T>::InvalidPage);
		let valid = entries.iter().all(|(_, finding)| finding.is_none_or(|finding| finding.is_valid()));
		ensure!(valid, Error::<T>::InvalidMeasurement);
		// Reveals are free: there are no more pages than machines that ask.
		let asked = entries.first().is_some_and(|(machine, _)| Self::asks(*machine, round, anchor));
		ensure!(asked, Error::<T>::NotAsked);
		let leaf = Self::leaf(anchor, session, round, *page, entries, salt);
		let committed =
			merkle::is_leaf_of(&commitment.root, commitment.pages.into(), (*page).into(), &leaf, proof);
		ensure!(committed, Error::<T>::WrongReveal);
		Ok((session, commitment, leaf))
	}

	/// Whether a commitment may enter the pool or a block.
	pub(crate) fn authorize_commit(
		_source: TransactionSource,
		anchor: &T::AccountId,
		round: &RoundIndex,
		root: &H256,
		pages: &u16,
		signature: &anchor::Signature,
	) -> TransactionValidityWithRefund {
		let session = Self::may_commit(anchor, *round, *pages).map_err(invalid)?;
		let payload = Self::commit_payload(anchor, session, *round, root, *pages);
		Self::verify(anchor, &payload, signature)?;
		Self::valid("anchoring/commit", (anchor, round), Self::phases(*round).reveals_from)
	}

	/// Whether a page may enter the pool or a block.
	pub(crate) fn authorize_reveal(
		_source: TransactionSource,
		anchor: &T::AccountId,
		round: &RoundIndex,
		opening: &Opening,
		signature: &anchor::Signature,
	) -> TransactionValidityWithRefund {
		let (session, _, leaf) = Self::may_reveal(anchor, *round, opening).map_err(invalid)?;
		let payload = Self::page_payload(anchor, session, *round, opening.page, leaf);
		Self::verify(anchor, &payload, signature)?;
		Self::valid("anchoring/reveal", (anchor, round, opening.page), Self::phases(*round).samples_from)
	}

	pub(crate) fn verify(
		anchor: &T::AccountId,
		payload: &Vec<u8>,
		signature: &anchor::Signature,
	) -> Result<(), TransactionValidityError> {
		let key = KeyOf::<T>::get(anchor).ok_or(InvalidTransaction::BadSigner)?;
		ensure!(key.verify(payload, signature), InvalidTransaction::BadProof);
		Ok(())
	}

	/// Valid until `ends`: there are at most as many blocks as slots.
	pub(crate) fn valid(
		tag: &'static str,
		provides: impl Encode,
		ends: Slot,
	) -> TransactionValidityWithRefund {
		ValidTransaction::with_tag_prefix(tag)
			.priority(T::UnsignedPriority::get())
			.longevity(ends.saturating_sub(T::Clock::now()).max(1))
			.and_provides(provides)
			.propagate(true)
			.build()
			.map(|valid| (valid, Weight::zero()))
	}
}

/// The one page that a machine is in when there are so many.
pub(crate) fn page_of(machine: MachineId, pages: u16) -> u16 {
	machine.0.checked_rem(pages.into()).and_then(|page| u16::try_from(page).ok()).unwrap_or_default()
}

/// How the pool understands why something may not be committed, revealed or opened.
pub(crate) fn invalid<T: Config>(error: Error<T>) -> TransactionValidityError {
	match error {
		Error::TooEarly => InvalidTransaction::Future,
		Error::NoSeat => InvalidTransaction::BadSigner,
		Error::NotCommitted => InvalidTransaction::Custom(code::NOT_COMMITTED),
		Error::WrongReveal => InvalidTransaction::Custom(code::WRONG_REVEAL),
		Error::InvalidMeasurement => InvalidTransaction::Custom(code::INVALID_MEASUREMENT),
		Error::NotAsked => InvalidTransaction::Custom(code::NOT_ASKED),
		Error::InvalidPage => InvalidTransaction::Custom(code::INVALID_PAGE),
		Error::WrongSample => InvalidTransaction::Custom(code::WRONG_SAMPLE),
		Error::ForgedSample => InvalidTransaction::Custom(code::FORGED_SAMPLE),
		Error::NothingChosen => InvalidTransaction::Custom(code::NOTHING_CHOSEN),
		_ => InvalidTransaction::Stale,
	}
	.into()
}
