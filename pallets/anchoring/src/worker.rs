//! The off-chain worker of an anchoring node: signs and submits what the node's prober measured.
//!
//! It reads the prober's result of a round, chooses a salt, and writes both down before it commits, so that it
//! never commits to one thing and reveals another, however often it is interrupted.

use crate::*;
use codec::{Decode, Encode};
use exabits_math::aggregate;
use exabits_primitives::{
	keys::anchor,
	local::{measurement_key, salt_key},
	Clock, MachineId, Measurement, RoundIndex,
};
use frame_system::{offchain::SubmitTransaction, pallet_prelude::BlockNumberFor};
use sp_runtime::{
	offchain::storage::{MutateStorageError, StorageRetrievalError, StorageValueRef},
	traits::Saturating,
	RuntimeAppPublic,
};

/// Target of log lines.
pub(crate) const LOG: &str = "runtime::anchoring";

/// After how many blocks something submitted that is not on chain is submitted again.
const RESUBMIT_AFTER: u32 = 2;

/// For how many rounds a salt outlives its round.
const KEEP_SALTS: u32 = 16;

/// What an anchor has committed to.
type Sealed = (Measurement, [u8; 32]);

/// Why nothing was submitted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Skipped {
	/// The prober has not written a measurement.
	NotMeasured,
	/// What the prober has written cannot be a measurement.
	InvalidMeasurement,
	/// What was committed to is not known here.
	NoSalt,
	/// What was submitted is not on chain yet.
	Waiting,
	/// Another worker was at it.
	Locked,
	/// The keystore did not sign.
	NotSigned,
	/// The pool refused it.
	Refused,
}

/// What is due of an anchor in a round.
#[derive(Encode, Decode, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
	/// A commitment.
	Commit,
	/// A reveal.
	Reveal,
}

impl<T: Config> Pallet<T> {
	/// Submits what is due of the anchors whose keys are in this node's keystore.
	pub(crate) fn submit_measurements(block: BlockNumberFor<T>) {
		let anchors: alloc::vec::Vec<_> = anchor::Id::all()
			.into_iter()
			.filter_map(|key| OwnerOf::<T>::get(&key).map(|anchor| (anchor, key)))
			.collect();
		if anchors.is_empty() {
			return;
		}
		for (machine, round, record) in Rounds::<T>::iter() {
			for (anchor, key) in &anchors {
				let Some(step) = Self::step(&record, anchor) else { continue };
				if let Err(skipped) = Self::submit(block, anchor, key, machine, round, &record, step) {
					log::debug!(target: LOG, "{step:?} of machine {machine} round {round}: {skipped:?}");
				}
			}
		}
	}

	/// What is due of `anchor` now.
	fn step(record: &RoundOf<T>, anchor: &T::AccountId) -> Option<Step> {
		let now = T::Clock::now();
		let member = record.members.iter().find(|member| member.anchor == *anchor)?;
		let commits = (record.commits_from..record.reveals_from).contains(&now);
		let reveals = (record.reveals_from..record.settles_at).contains(&now);
		match (member.commitment, member.revealed) {
			(None, _) if commits => Some(Step::Commit),
			(Some(_), None) if reveals => Some(Step::Reveal),
			_ => None,
		}
	}

	pub(crate) fn submit(
		block: BlockNumberFor<T>,
		anchor: &T::AccountId,
		key: &anchor::Id,
		machine: MachineId,
		round: RoundIndex,
		record: &RoundOf<T>,
		step: Step,
	) -> Result<(), Skipped> {
		let (measurement, salt) = match step {
			Step::Commit => Self::seal(machine, round)?,
			Step::Reveal => Self::sealed(machine, round)?,
		};
		Self::once(block, anchor, machine, round, step, || {
			let session = record.session;
			let call = match step {
				Step::Commit => {
					let commitment = Self::commitment(anchor, machine, session, round, &measurement, &salt);
					let payload = Self::commit_payload(anchor, machine, session, round, &commitment);
					let signature = key.sign(&payload).ok_or(Skipped::NotSigned)?;
					Call::commit { anchor: anchor.clone(), machine, round, commitment, signature }
				}
				Step::Reveal => {
					let payload = Self::reveal_payload(anchor, machine, session, round, &measurement, &salt);
					let signature = key.sign(&payload).ok_or(Skipped::NotSigned)?;
					Call::reveal { anchor: anchor.clone(), machine, round, measurement, salt, signature }
				}
			};
			let transaction = T::create_authorized_transaction(call.into());
			SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).map_err(|()| Skipped::Refused)
		})
	}

	/// What this node commits to for a round: written down at the first call, and the same ever after.
	fn seal(machine: MachineId, round: RoundIndex) -> Result<Sealed, Skipped> {
		let salt_key = salt_key(machine, round);
		StorageValueRef::persistent(&salt_key)
			.mutate(|before: Result<Option<Sealed>, StorageRetrievalError>| {
				if let Some(sealed) = before.map_err(|_| Skipped::NoSalt)? {
					return Ok(sealed);
				}
				let measurement = StorageValueRef::persistent(&measurement_key(machine, round))
					.get::<Measurement>()
					.map_err(|_| Skipped::InvalidMeasurement)?
					.ok_or(Skipped::NotMeasured)?;
				if !aggregate::is_valid(&measurement) {
					return Err(Skipped::InvalidMeasurement);
				}
				if let Some(old) = round.0.checked_sub(KEEP_SALTS) {
					let old = crate::worker::salt_key(machine, RoundIndex(old));
					StorageValueRef::persistent(&old).clear();
				}
				Ok((measurement, sp_io::offchain::random_seed()))
			})
			.map_err(|error| match error {
				MutateStorageError::ConcurrentModification(_) => Skipped::Locked,
				MutateStorageError::ValueFunctionFailed(skipped) => skipped,
			})
	}

	/// What this node has committed to for a round.
	fn sealed(machine: MachineId, round: RoundIndex) -> Result<Sealed, Skipped> {
		StorageValueRef::persistent(&salt_key(machine, round)).get().ok().flatten().ok_or(Skipped::NoSalt)
	}

	/// Runs `submit` unless the same was submitted in the last blocks.
	fn once(
		block: BlockNumberFor<T>,
		anchor: &T::AccountId,
		machine: MachineId,
		round: RoundIndex,
		step: Step,
		submit: impl FnOnce() -> Result<(), Skipped>,
	) -> Result<(), Skipped> {
		// One key per anchor, machine and step, whatever the number of rounds.
		let key = (b"exabits/anchoring/sent", anchor, machine, step).encode();
		let sent = StorageValueRef::persistent(&key);
		type Sent<T> = (RoundIndex, BlockNumberFor<T>);
		sent.mutate(|before: Result<Option<Sent<T>>, StorageRetrievalError>| match before {
			Ok(Some((sent_round, sent_at)))
				if sent_round == round && sent_at.saturating_add(RESUBMIT_AFTER.into()) > block =>
			{
				Err(Skipped::Waiting)
			}
			_ => Ok((round, block)),
		})
		.map_err(|error| match error {
			MutateStorageError::ConcurrentModification(_) => Skipped::Locked,
			MutateStorageError::ValueFunctionFailed(skipped) => skipped,
		})?;
		let mut sent = sent;
		submit().inspect_err(|_| sent.clear())
	}
}
