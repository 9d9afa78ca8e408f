//! What anchors send: their key, and per round a commitment and a reveal.

use crate::*;
use alloc::vec::Vec;
use codec::Encode;
use exabits_math::aggregate;
use exabits_primitives::{
	keys::{anchor, payload},
	Bonds, Clock, MachineId, Measurement, Role, RoundIndex, SessionIndex, Slot,
};
use frame_support::{pallet_prelude::*, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Zero, transaction_validity::TransactionValidityWithRefund, RuntimeAppPublic};

/// Codes of [`InvalidTransaction::Custom`] for reveals that can never become valid.
mod invalid {
	pub const NOT_COMMITTED: u8 = 1;
	pub const WRONG_REVEAL: u8 = 2;
	pub const INVALID_MEASUREMENT: u8 = 3;
}

impl<T: Config> Pallet<T> {
	fn genesis() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// What a new key signs to prove that `anchor` may register it.
	pub fn key_payload(anchor: &T::AccountId) -> Vec<u8> {
		payload(Self::genesis(), b"anchoring/set_key", anchor)
	}

	/// What an anchor's key signs to commit.
	pub fn commit_payload(
		anchor: &T::AccountId,
		machine: MachineId,
		session: SessionIndex,
		round: RoundIndex,
		commitment: &H256,
	) -> Vec<u8> {
		payload(Self::genesis(), b"anchoring/commit", (anchor, machine, session, round, commitment))
	}

	/// What an anchor's key signs to reveal.
	pub fn reveal_payload(
		anchor: &T::AccountId,
		machine: MachineId,
		session: SessionIndex,
		round: RoundIndex,
		measurement: &Measurement,
		salt: &[u8; 32],
	) -> Vec<u8> {
		payload(Self::genesis(), b"anchoring/reveal", (anchor, machine, session, round, measurement, salt))
	}

	/// The hash that commits `anchor` to `measurement`. It names the anchor, so that nobody can commit to, and
	/// later reveal, what another anchor measured.
	pub fn commitment(
		anchor: &T::AccountId,
		machine: MachineId,
		session: SessionIndex,
		round: RoundIndex,
		measurement: &Measurement,
		salt: &[u8; 32],
	) -> H256 {
		H256((anchor, machine, session, round, measurement, salt).using_encoded(blake2_256))
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
		machine: MachineId,
		round: RoundIndex,
		commitment: H256,
	) -> DispatchResult {
		Rounds::<T>::try_mutate(machine, round, |record| {
			let record = record.as_mut().ok_or(Error::<T>::UnknownRound)?;
			Self::may_commit(record, &anchor)?.commitment = Some(commitment);
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::Committed { anchor, machine, round });
		Ok(())
	}

	pub(crate) fn do_reveal(
		anchor: T::AccountId,
		machine: MachineId,
		round: RoundIndex,
		measurement: Measurement,
		salt: [u8; 32],
	) -> DispatchResult {
		Rounds::<T>::try_mutate(machine, round, |record| {
			let record = record.as_mut().ok_or(Error::<T>::UnknownRound)?;
			Self::may_reveal(record, &anchor, machine, round, &measurement, &salt)?.revealed =
				Some(measurement);
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::Revealed { anchor, machine, round, measurement });
		Ok(())
	}

	/// The seat that `anchor` may commit with now.
	fn may_commit<'a>(
		record: &'a mut RoundOf<T>,
		anchor: &T::AccountId,
	) -> Result<&'a mut CommitteeMember<T::AccountId>, Error<T>> {
		let now = T::Clock::now();
		ensure!(now >= record.commits_from, Error::<T>::TooEarly);
		ensure!(now < record.reveals_from, Error::<T>::TooLate);
		let member = Self::seat(record, anchor)?;
		ensure!(member.commitment.is_none(), Error::<T>::AlreadyCommitted);
		Ok(member)
	}

	/// The seat that `anchor` may reveal this with now.
	fn may_reveal<'a>(
		record: &'a mut RoundOf<T>,
		anchor: &T::AccountId,
		machine: MachineId,
		round: RoundIndex,
		measurement: &Measurement,
		salt: &[u8; 32],
	) -> Result<&'a mut CommitteeMember<T::AccountId>, Error<T>> {
		let now = T::Clock::now();
		ensure!(now >= record.reveals_from, Error::<T>::TooEarly);
		ensure!(now < record.settles_at, Error::<T>::TooLate);
		let session = record.session;
		let member = Self::seat(record, anchor)?;
		let committed = member.commitment.ok_or(Error::<T>::NotCommitted)?;
		ensure!(member.revealed.is_none(), Error::<T>::AlreadyRevealed);
		ensure!(aggregate::is_valid(measurement), Error::<T>::InvalidMeasurement);
		let commitment = Self::commitment(anchor, machine, session, round, measurement, salt);
		ensure!(commitment == committed, Error::<T>::WrongReveal);
		Ok(member)
	}

	fn seat<'a>(
		record: &'a mut RoundOf<T>,
		anchor: &T::AccountId,
	) -> Result<&'a mut CommitteeMember<T::AccountId>, Error<T>> {
		record.members.iter_mut().find(|member| member.anchor == *anchor).ok_or(Error::<T>::NotInCommittee)
	}

	/// Whether a commitment may enter the pool or a block.
	pub(crate) fn authorize_commit(
		_source: TransactionSource,
		anchor: &T::AccountId,
		machine: &MachineId,
		round: &RoundIndex,
		commitment: &H256,
		signature: &anchor::Signature,
	) -> TransactionValidityWithRefund {
		let mut record = Rounds::<T>::get(machine, round).ok_or_else(|| invalid(Error::<T>::UnknownRound))?;
		Self::may_commit(&mut record, anchor).map_err(invalid)?;
		let payload = Self::commit_payload(anchor, *machine, record.session, *round, commitment);
		Self::verify(anchor, &payload, signature)?;
		Self::valid("anchoring/commit", anchor, *machine, *round, record.reveals_from)
	}

	/// Whether a reveal may enter the pool or a block.
	pub(crate) fn authorize_reveal(
		_source: TransactionSource,
		anchor: &T::AccountId,
		machine: &MachineId,
		round: &RoundIndex,
		measurement: &Measurement,
		salt: &[u8; 32],
		signature: &anchor::Signature,
	) -> TransactionValidityWithRefund {
		let mut record = Rounds::<T>::get(machine, round).ok_or_else(|| invalid(Error::<T>::UnknownRound))?;
		Self::may_reveal(&mut record, anchor, *machine, *round, measurement, salt).map_err(invalid)?;
		let payload = Self::reveal_payload(anchor, *machine, record.session, *round, measurement, salt);
		Self::verify(anchor, &payload, signature)?;
		Self::valid("anchoring/reveal", anchor, *machine, *round, record.settles_at)
	}

	fn verify(
		anchor: &T::AccountId,
		payload: &Vec<u8>,
		signature: &anchor::Signature,
	) -> Result<(), TransactionValidityError> {
		let key = KeyOf::<T>::get(anchor).ok_or(InvalidTransaction::BadSigner)?;
		ensure!(key.verify(payload, signature), InvalidTransaction::BadProof);
		Ok(())
	}

	/// Valid until `ends`: there are at most as many blocks as slots.
	fn valid(
		tag: &'static str,
		anchor: &T::AccountId,
		machine: MachineId,
		round: RoundIndex,
		ends: Slot,
	) -> TransactionValidityWithRefund {
		ValidTransaction::with_tag_prefix(tag)
			.priority(T::UnsignedPriority::get())
			.longevity(ends.saturating_sub(T::Clock::now()).max(1))
			.and_provides((anchor, machine, round))
			.propagate(true)
			.build()
			.map(|valid| (valid, Weight::zero()))
	}
}

/// How the pool understands why something may not be committed or revealed.
fn invalid<T: Config>(error: Error<T>) -> TransactionValidityError {
	match error {
		Error::TooEarly => InvalidTransaction::Future,
		Error::NotInCommittee => InvalidTransaction::BadSigner,
		Error::NotCommitted => InvalidTransaction::Custom(invalid::NOT_COMMITTED),
		Error::WrongReveal => InvalidTransaction::Custom(invalid::WRONG_REVEAL),
		Error::InvalidMeasurement => InvalidTransaction::Custom(invalid::INVALID_MEASUREMENT),
		_ => InvalidTransaction::Stale,
	}
	.into()
}
