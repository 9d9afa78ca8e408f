//! The off-chain worker of an anchoring node: signs and submits what the node's prober measured.
//!
//! It reads the prober's results of a round, chooses a salt, and writes both down before it commits, so that it
//! never commits to one thing and reveals another, however often it is interrupted. The samples that it may have to open
//! are where the prober wrote them. For results that are not there yet
//! it waits until half of the time for commitments has passed; the rest it reveals as not measured.

use crate::{
	calls::page_of,
	samples::{entry_leaf, sample_leaf, Choice},
	*,
};
use alloc::{vec, vec::Vec};
use codec::{Decode, Encode};
use exabits_math::merkle;
use exabits_primitives::{
	keys::anchor,
	local::{measurement_key, salt_key, Measured},
	Clock, MachineId, RoundIndex, SessionIndex, Slot,
};
use frame_support::{traits::Get, BoundedVec};
use frame_system::{offchain::SubmitTransaction, pallet_prelude::BlockNumberFor};
use sp_core::H256;
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
#[derive(Encode, Decode, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sealed {
	/// What keeps the pages secret.
	pub salt: [u8; 32],
	/// How many pages there are.
	pub pages: u16,
	/// What was measured, by machine.
	pub entries: Vec<Entry>,
}

/// Why nothing was submitted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Skipped {
	/// The prober has not written all measurements, and there is time left to wait for them; or it has written none.
	NotMeasured,
	/// What was committed to is not known here.
	NoSalt,
	/// Nothing was chosen to be opened, or it is not known here.
	NoSample,
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
	/// A page.
	Reveal(u16),
	/// The chosen sample.
	Sample,
}

/// An anchor whose key this node has.
pub(crate) struct Own<AccountId> {
	pub anchor: AccountId,
	pub key: anchor::Id,
}

impl<T: Config> Pallet<T> {
	/// Submits what is due of the anchors whose keys are in this node's keystore.
	pub(crate) fn submit_measurements(block: BlockNumberFor<T>) {
		let now = T::Clock::now();
		for key in anchor::Id::all() {
			let Some(anchor) = OwnerOf::<T>::get(&key) else { continue };
			let own = Own { anchor, key };
			for PastRound { round, session, .. } in LastRounds::<T>::get() {
				let phases = Self::phases(round);
				let commitment = Self::commitment(&own.anchor, round);
				let done = match commitment {
					None if (phases.commits_from..phases.reveals_from).contains(&now) => {
						Self::submit_commitment(block, &own, round, session)
					}
					Some(commitment) if (phases.reveals_from..phases.samples_from).contains(&now) => {
						Self::submit_pages(block, &own, round, session, &commitment)
					}
					Some(commitment)
						if !commitment.opened && (phases.samples_from..phases.settles_at).contains(&now) =>
					{
						Self::submit_sample(block, &own, round, session, &commitment)
					}
					_ => continue,
				};
				if let Err(skipped) = done {
					log::debug!(target: LOG, "round {round}: {skipped:?}");
				}
			}
		}
	}

	/// Commits to what was measured in a round.
	pub(crate) fn submit_commitment(
		block: BlockNumberFor<T>,
		own: &Own<T::AccountId>,
		round: RoundIndex,
		session: SessionIndex,
	) -> Result<(), Skipped> {
		let sealed = Self::seal(own, round)?;
		Self::once(block, own, round, Step::Commit, || {
			let root = merkle::root(&Self::leaves(&own.anchor, session, round, &sealed));
			let payload = Self::commit_payload(&own.anchor, session, round, &root, sealed.pages);
			let signature = own.key.sign(&payload).ok_or(Skipped::NotSigned)?;
			let (anchor, pages) = (own.anchor.clone(), sealed.pages);
			Self::send(Call::commit { anchor, round, root, pages, signature })
		})
	}

	/// Reveals the pages that are not on chain yet. One that fails does not keep the others.
	fn submit_pages(
		block: BlockNumberFor<T>,
		own: &Own<T::AccountId>,
		round: RoundIndex,
		session: SessionIndex,
		commitment: &Commitment,
	) -> Result<(), Skipped> {
		let sealed = Self::sealed(own, round)?;
		let leaves = Self::leaves(&own.anchor, session, round, &sealed);
		if (merkle::root(&leaves), sealed.pages) != (commitment.root, commitment.pages) {
			return Err(Skipped::NoSalt);
		}
		let mut done = Ok(());
		for (page, entries) in (0..).zip(paged(&sealed)) {
			if entries.is_empty() || commitment.is_revealed(page) {
				continue;
			}
			let submitted = Self::once(block, own, round, Step::Reveal(page), || {
				let proof = BoundedVec::truncate_from(merkle::proof(&leaves, page.into()));
				let opening = Opening { page, entries, salt: sealed.salt, proof };
				let payload = Self::reveal_payload(&own.anchor, session, round, &opening);
				let signature = own.key.sign(&payload).ok_or(Skipped::NotSigned)?;
				Self::send(Call::reveal { anchor: own.anchor.clone(), round, opening, signature })
			});
			done = done.and(submitted);
		}
		done
	}

	/// Opens the sample that was chosen.
	fn submit_sample(
		block: BlockNumberFor<T>,
		own: &Own<T::AccountId>,
		round: RoundIndex,
		session: SessionIndex,
		commitment: &Commitment,
	) -> Result<(), Skipped> {
		let choice = Self::choice(&own.anchor, round).ok_or(Skipped::NoSample)?;
		let page = choice.page(commitment).ok_or(Skipped::NoSample)?;
		Self::once(block, own, round, Step::Sample, || {
			let sealed = Self::sealed(own, round)?;
			let opening =
				Self::opening(own, round, session, &sealed, &choice, page).ok_or(Skipped::NoSample)?;
			let payload = Self::sample_payload(&own.anchor, session, round, &opening);
			let signature = own.key.sign(&payload).ok_or(Skipped::NotSigned)?;
			Self::send(Call::open_sample { anchor: own.anchor.clone(), round, opening, signature })
		})
	}

	/// The chosen entry of a page and the chosen sample of it, with what shows that both were committed to.
	fn opening(
		own: &Own<T::AccountId>,
		round: RoundIndex,
		session: SessionIndex,
		sealed: &Sealed,
		choice: &Choice,
		page: u16,
	) -> Option<SampleOpening> {
		let pages = Self::leaves(&own.anchor, session, round, sealed);
		let entries = paged(sealed).into_iter().nth(page.into())?;
		let count = u16::try_from(entries.len()).ok()?;
		let index = usize::from(choice.entry(count)?);
		let entry = *entries.get(index)?;
		let leaves: Vec<_> = entries.iter().map(entry_leaf).collect();
		let samples = entry.1.map(|finding| finding.samples).unwrap_or_default();
		let sample = match choice.sample(samples.answered) {
			None => None,
			Some(place) => {
				let kept = Self::kept(own, entry.0, round)?.samples;
				let leaves: Vec<_> = kept.iter().map(sample_leaf).collect();
				let proof = BoundedVec::truncate_from(merkle::proof(&leaves, place.into()));
				Some(ProvenSample { sample: kept.get(usize::from(place))?.clone(), proof })
			}
		};
		Some(SampleOpening {
			entries: count,
			entry,
			entry_proof: BoundedVec::truncate_from(merkle::proof(&leaves, index)),
			salt: sealed.salt,
			page_proof: BoundedVec::truncate_from(merkle::proof(&pages, page.into())),
			sample,
		})
	}

	fn send(call: Call<T>) -> Result<(), Skipped> {
		let transaction = T::create_authorized_transaction(call.into());
		SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).map_err(|()| Skipped::Refused)
	}

	/// The leaves of what an anchor commits to.
	pub(crate) fn leaves(
		anchor: &T::AccountId,
		session: SessionIndex,
		round: RoundIndex,
		sealed: &Sealed,
	) -> Vec<H256> {
		(0..)
			.zip(paged(sealed))
			.map(|(page, entries)| Self::leaf(anchor, session, round, page, &entries, &sealed.salt))
			.collect()
	}

	/// What this node commits to for a round: written down at the first call, and the same ever after.
	fn seal(own: &Own<T::AccountId>, round: RoundIndex) -> Result<Sealed, Skipped> {
		if let Ok(sealed) = Self::sealed(own, round) {
			return Ok(sealed);
		}
		let entries = Self::measured(own, round);
		let count = entries.iter().filter(|(_, finding)| finding.is_some()).count();
		let waits = Self::phases(round).commits_from.saturating_add(Slot::from(T::CommitSlots::get() / 2));
		if count == 0 || (count < entries.len() && T::Clock::now() < waits) {
			return Err(Skipped::NotMeasured);
		}
		if let Some(old) = round.0.checked_sub(KEEP_SALTS) {
			StorageValueRef::persistent(&salt_key(&own.key, RoundIndex(old))).clear();
		}
		let fresh = Sealed { salt: sp_io::offchain::random_seed(), pages: pages_of(&entries), entries };
		StorageValueRef::persistent(&salt_key(&own.key, round))
			.mutate(|before: Result<Option<Sealed>, StorageRetrievalError>| {
				before.map(|before| before.unwrap_or(fresh)).map_err(|_| Skipped::NoSalt)
			})
			.map_err(|error| match error {
				MutateStorageError::ConcurrentModification(_) => Skipped::Locked,
				MutateStorageError::ValueFunctionFailed(skipped) => skipped,
			})
	}

	/// What this node has committed to for a round.
	fn sealed(own: &Own<T::AccountId>, round: RoundIndex) -> Result<Sealed, Skipped> {
		StorageValueRef::persistent(&salt_key(&own.key, round)).get().ok().flatten().ok_or(Skipped::NoSalt)
	}

	/// What the prober found of the machines that the anchor was asked to measure, by machine.
	fn measured(own: &Own<T::AccountId>, round: RoundIndex) -> Vec<Entry> {
		let mut entries: Vec<_> = Rounds::<T>::iter()
			.filter(|(_, other, record)| {
				*other == round && record.members.iter().any(|member| member.anchor == own.anchor)
			})
			.map(|(machine, ..)| {
				let finding = Self::kept(own, machine, round).map(|measured| finding(&measured));
				(machine, finding.filter(Finding::is_valid))
			})
			.collect();
		entries.sort_unstable_by_key(|(machine, _)| *machine);
		entries
	}

	/// What the prober wrote down of a machine.
	fn kept(own: &Own<T::AccountId>, machine: MachineId, round: RoundIndex) -> Option<Measured> {
		StorageValueRef::persistent(&measurement_key(&own.key, machine, round)).get().ok().flatten()
	}

	/// Runs `submit` unless the same was submitted in the last blocks.
	fn once(
		block: BlockNumberFor<T>,
		own: &Own<T::AccountId>,
		round: RoundIndex,
		step: Step,
		submit: impl FnOnce() -> Result<(), Skipped>,
	) -> Result<(), Skipped> {
		// One key per anchor and step, whatever the number of rounds.
		let key = (b"exabits/anchoring/sent", &own.anchor, step).encode();
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

/// What is committed to of what the prober wrote down.
pub(crate) fn finding(measured: &Measured) -> Finding {
	let leaves: Vec<_> = measured.samples.iter().map(sample_leaf).collect();
	let answered = u16::try_from(leaves.len()).unwrap_or(u16::MAX);
	let samples = Samples { root: merkle::root(&leaves), answered, sent: measured.sent };
	Finding { measurement: measured.measurement, samples }
}

/// The fewest pages in which every machine has room, and at most as many as there can be.
pub(crate) fn pages_of(entries: &[Entry]) -> u16 {
	let fewest = entries.len().div_ceil(PAGE as usize).max(1);
	let fewest = u16::try_from(fewest).unwrap_or(MAX_PAGES);
	let fits = |pages: &u16| {
		let mut sizes = vec![0u32; usize::from(*pages)];
		entries.iter().all(|(machine, _)| {
			sizes.get_mut(usize::from(page_of(*machine, *pages))).is_some_and(|size| {
				*size = size.saturating_add(1);
				*size <= PAGE
			})
		})
	};
	(fewest..MAX_PAGES).find(fits).unwrap_or(MAX_PAGES)
}

/// The pages of what was sealed. What a full page has no room for is left out.
pub(crate) fn paged(sealed: &Sealed) -> Vec<Page> {
	let mut pages = vec![Page::default(); sealed.pages.into()];
	for entry in &sealed.entries {
		if let Some(page) = pages.get_mut(usize::from(page_of(entry.0, sealed.pages))) {
			let _ = page.try_push(*entry);
		}
	}
	pages
}
