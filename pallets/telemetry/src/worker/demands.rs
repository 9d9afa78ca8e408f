//! Audits machines at random for this node's anchors.

use super::{Skipped, LOG, RETRY_AUDIT};
use crate::{Call, Config, Pallet, Record, Reports, Settings};
use exabits_primitives::{keys::anchor, AnchorKeys, Clock, MachineId, Slot, WindowIndex};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	offchain::storage::{StorageRetrievalError, StorageValueRef},
	traits::{BlakeTwo256, Hash},
	Perbill, RuntimeAppPublic,
};

/// Slots in which a demand is tried, from the one that was drawn for it on.
pub(crate) const ATTEMPT_SLOTS: Slot = 8;

/// Whether an anchor audits a window of a machine, and how many of `slots` slots it waits.
///
/// Follows from a secret, so that the machine cannot tell, and is the same whenever it is asked.
pub(crate) fn lottery(
	secret: &[u8; 32],
	key: &anchor::Id,
	machine: MachineId,
	window: WindowIndex,
	share: Perbill,
	slots: u32,
) -> Option<Slot> {
	let hash = BlakeTwo256::hash_of(&(secret, key, machine, window));
	let number = |from: usize| {
		let bytes = hash.as_bytes().get(from..from.saturating_add(8))?;
		Some(u64::from_le_bytes(bytes.try_into().ok()?))
	};
	let parts = number(0)?.checked_rem(Perbill::one().deconstruct().into())?;
	let wait = number(8)?.checked_rem(slots.into())?;
	(parts < share.deconstruct().into()).then_some(wait)
}

impl<T: Config> Pallet<T> {
	/// Demands the samples that the lottery says, for each anchor key of this node.
	pub(crate) fn submit_demands(block: BlockNumberFor<T>) {
		let share = Settings::<T>::get().share;
		for key in anchor::Id::all() {
			let Some(anchor) = T::AnchorKeys::by_key(&key) else { continue };
			let Some(secret) = secret() else { continue };
			for (machine, record) in Reports::<T>::iter() {
				if !Self::is_drawn(&secret, &key, machine, &record, share) {
					continue;
				}
				let window = record.report.window;
				match Self::submit_demand(&anchor, &key, machine, window, block) {
					Ok(()) => {
						log::info!(target: LOG, "Demanded a sample of window {window} of machine {machine}.")
					}
					Err(skipped) => {
						log::debug!(target: LOG, "No demand of machine {machine}: {skipped:?}.")
					}
				}
			}
		}
	}

	/// Whether the anchor audits a machine's latest report now.
	fn is_drawn(
		secret: &[u8; 32],
		key: &anchor::Id,
		machine: MachineId,
		record: &Record,
		share: Perbill,
	) -> bool {
		let slots = T::Clock::round_slots();
		// Of a report from this very slot nothing may be demanded.
		let Some(age) = T::Clock::now().checked_sub(record.received.saturating_add(1)) else { return false };
		age < Slot::from(slots).saturating_add(ATTEMPT_SLOTS)
			&& lottery(secret, key, machine, record.report.window, share, slots)
				.and_then(|wait| age.checked_sub(wait))
				.is_some_and(|late| late < ATTEMPT_SLOTS)
	}

	/// Demands a sample, unless that is on its way.
	pub(crate) fn submit_demand(
		anchor: &T::AccountId,
		key: &anchor::Id,
		machine: MachineId,
		window: WindowIndex,
		block: BlockNumberFor<T>,
	) -> Result<(), Skipped> {
		Self::may_demand(anchor, machine, window).map_err(Skipped::Refused)?;
		Self::has_seat(anchor, machine).map_err(Skipped::Refused)?;
		Self::locked((b"exabits/demand-submitted", anchor, machine), window, block, RETRY_AUDIT, || {
			let payload = Self::demand_payload(anchor, machine, T::Clock::session(), window);
			let signature = key.sign(&payload).ok_or(Skipped::NotSigned)?;
			Self::send(Call::demand { anchor: anchor.clone(), machine, window, signature })
		})
	}
}

/// What this node's lottery follows from: chosen once and kept, so that a restart draws nothing anew.
fn secret() -> Option<[u8; 32]> {
	StorageValueRef::persistent(b"exabits/audit-secret")
		.mutate(|kept: Result<Option<[u8; 32]>, StorageRetrievalError>| {
			kept.map(|kept| kept.unwrap_or_else(sp_io::offchain::random_seed))
		})
		.ok()
}
