//! Shows samples that anchors demand of this node's machines.

use super::{Skipped, LOG, RETRY_AUDIT};
use crate::{Call, Config, Opening, Pallet};
use alloc::vec::Vec;
use codec::Decode;
use exabits_math::merkle;
use exabits_primitives::{
	keys::machine, local::samples_key, telemetry::Sample, MachineId, Machines, WindowIndex,
};
use frame_support::{ensure, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{offchain::storage::StorageValueRef, RuntimeAppPublic};

impl<T: Config> Pallet<T> {
	/// Shows what is demanded of each machine key of this node.
	pub(crate) fn submit_openings(block: BlockNumberFor<T>) {
		for key in machine::Id::all() {
			match Self::submit_opening(&key, block) {
				Ok((machine, window)) => {
					log::info!(target: LOG, "Showed a sample of window {window} of machine {machine}.")
				}
				Err(Skipped::NotDemanded | Skipped::NoMachine | Skipped::Waiting) => (),
				Err(skipped) => log::warn!(target: LOG, "A sample is demanded of {key:?}: {skipped:?}."),
			}
		}
	}

	/// Shows the sample that is demanded, unless that is on its way.
	pub(crate) fn submit_opening(
		key: &machine::Id,
		block: BlockNumberFor<T>,
	) -> Result<(MachineId, WindowIndex), Skipped> {
		let machine = T::Machines::by_key(key).ok_or(Skipped::NoMachine)?;
		let (_, demand) = Self::open_demand(machine).ok_or(Skipped::NotDemanded)?;
		let window = demand.report.window;
		Self::locked((b"exabits/opening-submitted", machine), window, block, RETRY_AUDIT, || {
			let opening = Self::opening(key, window, demand.index, demand.report.root)?;
			Self::may_open(machine, &opening).map_err(Skipped::Refused)?;
			let payload = Self::opening_payload(machine, &opening);
			let signature = key.sign(&payload).ok_or(Skipped::NotSigned)?;
			Self::send(Call::open { machine, opening, signature })
		})?;
		Ok((machine, window))
	}

	/// A sample of a window, out of those that the node keeps.
	fn opening(key: &machine::Id, window: WindowIndex, index: u32, root: H256) -> Result<Opening, Skipped> {
		let leaves: Vec<Vec<u8>> = StorageValueRef::persistent(&samples_key(key, window))
			.get()
			.map_err(|_| Skipped::Unreadable)?
			.ok_or(Skipped::NoSamples)?;
		let hashes: Vec<H256> = leaves.iter().map(|leaf| merkle::leaf(leaf)).collect();
		ensure!(merkle::root(&hashes) == root, Skipped::NoSamples);
		let place = usize::try_from(index).map_err(|_| Skipped::NoSamples)?;
		let leaf = leaves.get(place).ok_or(Skipped::NoSamples)?;
		let sample = Sample::decode(&mut &leaf[..]).map_err(|_| Skipped::Unreadable)?;
		let proof = BoundedVec::try_from(merkle::proof(&hashes, place)).map_err(|_| Skipped::Unreadable)?;
		Ok(Opening { window, index, sample, proof })
	}
}
