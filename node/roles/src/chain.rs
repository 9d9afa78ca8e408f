//! What the roles ask of the chain.

use crate::contain;
use exabits_primitives::{
	apis::{AnchorStanding, ChallengeDuty, Duty, OwnMachine, PendingLease, RolesApi, Time},
	keys, MachineId, RoundIndex, Slot,
};
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use sp_runtime::traits::{Block, Header, Zero};
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::{Duration, SystemTime, UNIX_EPOCH},
};

/// How far the best block may lie behind the clock, in slots.
///
/// The same gap after which the chain itself voids rounds and moves deadlines: a node further behind is
/// syncing or cut off, and must neither measure nor run hooks on what it sees.
pub const MAX_BEHIND: u64 = 30;

/// A question that the chain could not answer now.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct ChainError(pub String);

/// A challenge whose slot has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenChallenge {
	/// The hash of the first block in or after the challenge's slot.
	pub beacon: [u8; 32],
	/// That block's slot.
	pub since: Slot,
	/// The challenge as of that block.
	pub duty: ChallengeDuty,
}

/// The chain and the node's off-chain local storage, as the roles see them.
///
/// All of it blocks for as long as a runtime call takes; [`ask`] moves a call off the asynchronous threads.
pub trait Chain: Send + Sync + 'static {
	/// The chain's time.
	fn time(&self) -> Result<Time, ChainError>;
	/// Machines that the anchor with this key has to measure now.
	fn duties(&self, anchor: &keys::anchor::Id) -> Result<Vec<Duty>, ChainError>;
	/// What the chain knows of the anchor with this key.
	fn standing(&self, anchor: &keys::anchor::Id) -> Result<Option<AnchorStanding>, ChainError>;
	/// The challenges of these machines in the current round whose slot has come, on the best chain.
	fn challenges(&self, machines: &[MachineId]) -> Result<Vec<OpenChallenge>, ChainError>;
	/// The machine registered under this key.
	fn machine(&self, key: &keys::machine::Id) -> Result<Option<OwnMachine>, ChainError>;
	/// Leases on these machines that wait for an acknowledgement, all as of one block: a lease that moves from one of
	/// them to another is on either, never on both and never on none.
	fn pending_leases(&self, machines: &[MachineId]) -> Result<Vec<PendingLease>, ChainError>;
	/// Reads the persistent local storage that off-chain workers share.
	fn get(&self, key: &[u8]) -> Option<Vec<u8>>;
	/// Writes to it.
	fn set(&self, key: &[u8], value: &[u8]);
	/// Removes from it.
	fn remove(&self, key: &[u8]);
}

/// Puts a question to the chain from asynchronous code. A runtime call that panics is an error like another.
pub async fn ask<T, F>(chain: &Arc<dyn Chain>, question: F) -> Result<T, ChainError>
where
	T: Send + 'static,
	F: FnOnce(&dyn Chain) -> Result<T, ChainError> + Send + 'static,
{
	let chain = chain.clone();
	tokio::task::spawn_blocking(move || contain::call(|| question(chain.as_ref())))
		.await
		.map_err(|e| ChainError(format!("the question was dropped: {e}")))?
		.map_err(|panic| ChainError(format!("the question panicked: {panic}")))?
}

/// [`Chain`] over a full client: runtime calls at the best block, and the storage of its off-chain workers.
pub struct ClientChain<Client, B: Block, Storage> {
	client: Arc<Client>,
	storage: Mutex<Storage>,
	/// The best chain's blocks of the current round with their slots, oldest first, as of the last time they were needed.
	round: Mutex<Vec<(B::Hash, Slot)>>,
}

impl<Client, B: Block, Storage> ClientChain<Client, B, Storage> {
	/// `storage` is what the backend's `offchain_storage` gives.
	pub fn new(client: Arc<Client>, storage: Storage) -> Self {
		Self { client, storage: Mutex::new(storage), round: Mutex::default() }
	}
}

impl<Client, B, Storage> ClientChain<Client, B, Storage>
where
	B: Block,
	Client: ProvideRuntimeApi<B> + HeaderBackend<B>,
	Client::Api: RolesApi<B>,
	Storage: OffchainStorage,
{
	fn storage(&self) -> MutexGuard<'_, Storage> {
		self.storage.lock().unwrap_or_else(PoisonError::into_inner)
	}

	fn call<T>(
		&self,
		call: impl FnOnce(&Client::Api, B::Hash) -> Result<T, ApiError>,
	) -> Result<T, ChainError> {
		self.call_at(self.client.info().best_hash, call)
	}

	fn call_at<T>(
		&self,
		at: B::Hash,
		call: impl FnOnce(&Client::Api, B::Hash) -> Result<T, ApiError>,
	) -> Result<T, ChainError> {
		call(&self.client.runtime_api(), at).map_err(|e| ChainError(format!("runtime call failed: {e}")))
	}

	/// The blocks from slot `from` up to `best` with their slots, oldest first. Only those that were not on the best
	/// chain the last time are read.
	fn blocks(&self, best: B::Hash, from: Slot) -> Result<Vec<(B::Hash, Slot)>, ChainError> {
		let mut known = self.round.lock().unwrap_or_else(PoisonError::into_inner);
		let mut new = Vec::new();
		let mut at = best;
		loop {
			if let Some(index) = known.iter().position(|(hash, _)| *hash == at) {
				known.truncate(index.saturating_add(1));
				break;
			}
			let slot = self.call_at(at, |api, at| api.time(at))?.slot;
			let header = self.client.header(at).map_err(|e| ChainError(format!("no header: {e}")))?;
			let header = header.ok_or_else(|| ChainError(format!("block {at} is gone")))?;
			if slot < from || header.number().is_zero() {
				known.clear();
				break;
			}
			new.push((at, slot));
			at = *header.parent_hash();
		}
		known.extend(new.into_iter().rev());
		known.retain(|(_, slot)| *slot >= from);
		Ok(known.clone())
	}
}

impl<Client, B, Storage> Chain for ClientChain<Client, B, Storage>
where
	B: Block,
	Client: ProvideRuntimeApi<B> + HeaderBackend<B> + Send + Sync + 'static,
	Client::Api: RolesApi<B>,
	Storage: OffchainStorage + 'static,
{
	/// An error, too, while the best block is more than [`MAX_BEHIND`] slots older than the clock.
	fn time(&self) -> Result<Time, ChainError> {
		let time = self.call(|api, at| api.time(at))?;
		let clock = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
		let millis = u64::try_from(clock.as_millis()).unwrap_or(u64::MAX);
		let behind = (millis / time.slot_millis.max(1)).saturating_sub(time.slot);
		if behind > MAX_BEHIND {
			return Err(ChainError(format!("the best block is {behind} slots old; waiting for newer ones")));
		}
		Ok(time)
	}

	fn duties(&self, anchor: &keys::anchor::Id) -> Result<Vec<Duty>, ChainError> {
		self.call(|api, at| api.duties(at, anchor.clone()))
	}

	fn standing(&self, anchor: &keys::anchor::Id) -> Result<Option<AnchorStanding>, ChainError> {
		self.call(|api, at| api.standing(at, anchor.clone()))
	}

	fn challenges(&self, machines: &[MachineId]) -> Result<Vec<OpenChallenge>, ChainError> {
		if machines.is_empty() {
			return Ok(Vec::new());
		}
		let best = self.client.info().best_hash;
		let time = self.call_at(best, |api, at| api.time(at))?;
		let mut slots = BTreeMap::<Slot, Vec<MachineId>>::new();
		for duty in self.call_at(best, |api, at| api.challenges(at, machines.to_vec()))? {
			if duty.slot <= time.slot {
				slots.entry(duty.slot).or_default().push(duty.machine);
			}
		}
		let mut open = Vec::new();
		if slots.is_empty() {
			return Ok(open);
		}
		let begins = RoundIndex::at(time.slot, time.round_slots).start(time.round_slots);
		let blocks = self.blocks(best, begins)?;
		for (slot, machines) in slots {
			let Some((hash, since)) = blocks.iter().copied().find(|(_, of)| *of >= slot) else { continue };
			let beacon = hash.as_ref().try_into().map_err(|_| ChainError("no hash of 32 bytes".into()))?;
			let duties = self.call_at(hash, |api, at| api.challenges(at, machines))?;
			let of_slot = duties.into_iter().filter(|duty| duty.slot == slot);
			open.extend(of_slot.map(|duty| OpenChallenge { beacon, since, duty }));
		}
		Ok(open)
	}

	fn machine(&self, key: &keys::machine::Id) -> Result<Option<OwnMachine>, ChainError> {
		self.call(|api, at| api.machine(at, key.clone()))
	}

	fn pending_leases(&self, machines: &[MachineId]) -> Result<Vec<PendingLease>, ChainError> {
		self.call(|api, at| {
			let mut pending = Vec::new();
			for machine in machines {
				pending.extend(api.pending_leases(at, *machine)?);
			}
			Ok(pending)
		})
	}

	fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
		self.storage().get(STORAGE_PREFIX, key)
	}

	fn set(&self, key: &[u8], value: &[u8]) {
		self.storage().set(STORAGE_PREFIX, key, value)
	}

	fn remove(&self, key: &[u8]) {
		self.storage().remove(STORAGE_PREFIX, key)
	}
}
