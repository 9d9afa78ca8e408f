//! The chain behind a client: runtime calls at the best block, and the storage that off-chain workers see.

use exabits_primitives::{
	apis::{AnchorStanding, ChallengeDuty, Duty, OwnMachine, PendingLease, RolesApi, Time},
	keys::{anchor, machine},
	ClassId, MachineId, MachineState, RoundIndex, WindowIndex,
};
use exabits_roles::{
	chain::{ask, MAX_BEHIND},
	Chain, ClientChain,
};
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::{BlockStatus, HeaderBackend, Info};
use sp_core::{
	offchain::{storage::OffchainDb, DbExternalities, OffchainStorage, StorageKind},
	sr25519, H256,
};
use sp_runtime::{generic, traits::BlakeTwo256, OpaqueExtrinsic};
use std::{
	collections::BTreeMap,
	sync::{
		atomic::{AtomicU8, Ordering::SeqCst},
		Arc, Mutex,
	},
	time::{SystemTime, UNIX_EPOCH},
};

type Header = generic::Header<u32, BlakeTwo256>;
type Block = generic::Block<Header, OpaqueExtrinsic>;

const BEST: H256 = H256::repeat_byte(5);
const SLOT_MILLIS: u64 = 2_000;
/// A machine at which the runtime call fails.
const UNKNOWN: MachineId = MachineId(99);

#[derive(Clone)]
struct Api {
	slot: u64,
}

sp_api::mock_impl_runtime_apis! {
	impl RolesApi<Block> for Api {
		#[advanced]
		fn time(&self, at: H256) -> Result<Time, ApiError> {
			assert_eq!(at, BEST);
			Ok(Time { slot: self.slot, slot_millis: SLOT_MILLIS, round_slots: 15, session: 3 })
		}

		fn duties(anchor: anchor::Id) -> Vec<Duty> {
			let key = sr25519::Public::from(anchor).into();
			vec![Duty { machine: MachineId(1), key, endpoint: b"http://x:1".to_vec(), round: RoundIndex(2) }]
		}

		fn standing(_anchor: anchor::Id) -> Option<AnchorStanding> {
			None
		}

		fn challenges(_machines: Vec<MachineId>) -> Vec<ChallengeDuty> {
			Vec::new()
		}

		fn machine(_key: machine::Id) -> Option<OwnMachine> {
			let (class, state, window) = (ClassId(1), MachineState::Online, WindowIndex(4));
			Some(OwnMachine { machine: MachineId(1), class, state, window_slots: 60, window })
		}

		#[advanced]
		fn pending_leases(&self, at: H256, machine: MachineId) -> Result<Vec<PendingLease>, ApiError> {
			if machine == UNKNOWN {
				return Err(ApiError::UnknownBlock("gone".into()));
			}
			// The lease is on the machine with the block's own number, so it moves with each block.
			let here = at == H256::repeat_byte(u8::try_from(machine.0).unwrap());
			Ok(here.then(|| PendingLease { machine, ..crate::common::lease(1) }).into_iter().collect())
		}
	}
}

/// A client whose best block is another one each time that it is asked for, if `moves`.
struct Client {
	api: Api,
	moves: bool,
	asked: AtomicU8,
}

impl ProvideRuntimeApi<Block> for Client {
	type Api = Api;
	fn runtime_api(&self) -> ApiRef<'_, Api> {
		self.api.clone().into()
	}
}

impl HeaderBackend<Block> for Client {
	fn header(&self, _: H256) -> sp_blockchain::Result<Option<Header>> {
		Ok(None)
	}
	fn info(&self) -> Info<Block> {
		let asked = self.asked.fetch_add(1, SeqCst);
		Info {
			best_hash: if self.moves { H256::repeat_byte(asked) } else { BEST },
			best_number: 9,
			genesis_hash: H256::zero(),
			finalized_hash: H256::zero(),
			finalized_number: 0,
			finalized_state: None,
			number_leaves: 1,
			block_gap: None,
		}
	}
	fn status(&self, _: H256) -> sp_blockchain::Result<BlockStatus> {
		Ok(BlockStatus::Unknown)
	}
	fn number(&self, _: H256) -> sp_blockchain::Result<Option<u32>> {
		Ok(None)
	}
	fn hash(&self, _: u32) -> sp_blockchain::Result<Option<H256>> {
		Ok(None)
	}
}

/// Storage that its clones share, as a database's do.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<BTreeMap<Vec<u8>, Vec<u8>>>>);

impl OffchainStorage for Shared {
	fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
		self.0.lock().unwrap().insert([prefix, key].concat(), value.into());
	}
	fn remove(&mut self, prefix: &[u8], key: &[u8]) {
		self.0.lock().unwrap().remove(&[prefix, key].concat());
	}
	fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
		self.0.lock().unwrap().get(&[prefix, key].concat()).cloned()
	}
	fn compare_and_set(&mut self, _: &[u8], _: &[u8], _: Option<&[u8]>, _: &[u8]) -> bool {
		false
	}
}

fn current_slot() -> u64 {
	u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap() / SLOT_MILLIS
}

fn chain(slot: u64) -> (ClientChain<Client, Block, Shared>, Shared) {
	let storage = Shared::default();
	let client = Client { api: Api { slot }, moves: false, asked: Default::default() };
	(ClientChain::new(Arc::new(client), storage.clone()), storage)
}

#[tokio::test]
async fn asks_the_best_block() {
	let slot = current_slot();
	let (chain, _) = chain(slot);
	let chain: Arc<dyn Chain> = Arc::new(chain);
	assert_eq!(ask(&chain, |chain| chain.time()).await.unwrap().slot, slot);
	let key = anchor::Id::from(sr25519::Public::from_raw([8; 32]));
	let duties = ask(&chain, move |chain| chain.duties(&key)).await.unwrap();
	assert_eq!(duties[0].key, sr25519::Public::from_raw([8; 32]).into());
	let key = machine::Id::from(sr25519::Public::from_raw([8; 32]));
	assert!(ask(&chain, move |chain| chain.machine(&key)).await.unwrap().is_some());
	let error = ask(&chain, |chain| chain.pending_leases(&[UNKNOWN])).await.unwrap_err();
	assert!(error.to_string().starts_with("runtime call failed: "), "{error}");
}

#[test]
fn machines_are_read_at_one_block() {
	let client = Client { api: Api { slot: 0 }, moves: true, asked: Default::default() };
	let chain = ClientChain::<_, Block, _>::new(Arc::new(client), Shared::default());
	let machines = [MachineId(0), MachineId(1), MachineId(2)];
	for block in 0..3 {
		let found: Vec<_> =
			chain.pending_leases(&machines).unwrap().into_iter().map(|lease| lease.machine).collect();
		assert_eq!(found, [MachineId(block)]);
	}
}

#[test]
fn a_node_that_lags_has_no_time() {
	assert!(chain(current_slot() - MAX_BEHIND + 1).0.time().is_ok());
	// One more than the bound and one for a slot that passes in between.
	let error = chain(current_slot() - MAX_BEHIND - 2).0.time().unwrap_err();
	assert!(error.to_string().ends_with("slots old; waiting for newer ones"), "{error}");
	assert!(chain(0).0.time().is_err());
	assert!(chain(u64::MAX).0.time().is_ok(), "a clock that is behind is not the chain's fault");
}

#[test]
fn workers_see_the_same_storage() {
	let (chain, storage) = chain(0);
	let mut worker = OffchainDb::new(storage);
	chain.set(b"key", b"value");
	assert_eq!(worker.local_storage_get(StorageKind::PERSISTENT, b"key"), Some(b"value".to_vec()));
	worker.local_storage_set(StorageKind::PERSISTENT, b"other", b"theirs");
	assert_eq!(chain.get(b"other"), Some(b"theirs".to_vec()));
	chain.remove(b"key");
	assert_eq!(worker.local_storage_get(StorageKind::PERSISTENT, b"key"), None);
}
