//! What the roles ask of the chain.

use crate::contain;
use exabits_primitives::{
	apis::{Duty, OwnMachine, PendingLease, RolesApi, Time},
	keys, MachineId,
};
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use sp_runtime::traits::Block;
use std::{
	marker::PhantomData,
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

/// The chain and the node's off-chain local storage, as the roles see them.
///
/// All of it blocks for as long as a runtime call takes; [`ask`] moves a call off the asynchronous threads.
pub trait Chain: Send + Sync + 'static {
	/// The chain's time.
	fn time(&self) -> Result<Time, ChainError>;
	/// Machines that the anchor with this key has to measure now.
	fn duties(&self, anchor: &keys::anchor::Id) -> Result<Vec<Duty>, ChainError>;
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
pub struct ClientChain<Client, B, Storage> {
	client: Arc<Client>,
	storage: Mutex<Storage>,
	block: PhantomData<fn() -> B>,
}

impl<Client, B, Storage> ClientChain<Client, B, Storage> {
	/// `storage` is what the backend's `offchain_storage` gives.
	pub fn new(client: Arc<Client>, storage: Storage) -> Self {
		Self { client, storage: Mutex::new(storage), block: PhantomData }
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
		let best = self.client.info().best_hash;
		call(&self.client.runtime_api(), best).map_err(|e| ChainError(format!("runtime call failed: {e}")))
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
