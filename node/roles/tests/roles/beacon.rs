//! Which block is a challenge's beacon, on a chain that forks and skips slots.

use exabits_primitives::{
	apis::{AnchorStanding, ChallengeDuty, Duty, OwnMachine, PendingLease, RolesApi, Time},
	keys::{anchor, machine},
	MachineId, RoundIndex,
};
use exabits_roles::{Chain, ClientChain};
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::{BlockStatus, HeaderBackend, Info};
use sp_core::{offchain::OffchainStorage, H256};
use sp_runtime::{generic, traits::BlakeTwo256, OpaqueExtrinsic};
use std::sync::{
	atomic::{AtomicU64, AtomicU8, Ordering::SeqCst},
	Arc,
};

type Header = generic::Header<u32, BlakeTwo256>;
type Block = generic::Block<Header, OpaqueExtrinsic>;

const ROUND_SLOTS: u32 = 10;
/// Blocks by the byte that their hash consists of: parent, number and slot. Block 5 is a fork beside 3 and 4; block 6
/// belongs to the next round.
const BLOCKS: [(u8, u32, u64); 7] =
	[(0, 0, 0), (0, 1, 8), (1, 2, 11), (2, 3, 13), (3, 4, 16), (2, 3, 14), (4, 5, 21)];

fn block(hash: H256) -> (u8, u32, u64) {
	BLOCKS[usize::from(hash.as_bytes()[0])]
}

#[derive(Clone)]
struct Api {
	/// The slot of the machine's challenge in each round, counted from the round's first.
	slot: u64,
	/// How often a block's time was read.
	read: Arc<AtomicU64>,
}

sp_api::mock_impl_runtime_apis! {
	impl RolesApi<Block> for Api {
		#[advanced]
		fn time(&self, at: H256) -> Result<Time, ApiError> {
			self.read.fetch_add(1, SeqCst);
			Ok(Time { slot: block(at).2, slot_millis: 2_000, round_slots: ROUND_SLOTS, session: 3 })
		}

		fn duties(_anchor: anchor::Id) -> Vec<Duty> {
			Vec::new()
		}

		fn standing(_anchor: anchor::Id) -> Option<AnchorStanding> {
			None
		}

		#[advanced]
		fn challenges(&self, at: H256, machines: Vec<MachineId>) -> Result<Vec<ChallengeDuty>, ApiError> {
			let round = RoundIndex::at(block(at).2, ROUND_SLOTS);
			let duty = |machine| ChallengeDuty {
				machine,
				round,
				slot: round.start(ROUND_SLOTS) + self.slot,
				seed: [1; 32],
				// What it says depends on the block.
				devices: vec![at.as_bytes()[0]],
				anchors: Vec::new(),
				n: 64,
				links: 12,
				memory: 4 * 64 * 64,
				reference_millis: 1,
				limit_millis: 1,
			};
			Ok(machines.into_iter().map(duty).collect())
		}

		fn machine(_key: machine::Id) -> Option<OwnMachine> {
			None
		}

		fn pending_leases(_machine: MachineId) -> Vec<PendingLease> {
			Vec::new()
		}
	}
}

struct Client {
	api: Api,
	best: Arc<AtomicU8>,
}

impl ProvideRuntimeApi<Block> for Client {
	type Api = Api;
	fn runtime_api(&self) -> ApiRef<'_, Api> {
		self.api.clone().into()
	}
}

impl HeaderBackend<Block> for Client {
	fn header(&self, hash: H256) -> sp_blockchain::Result<Option<Header>> {
		let (parent, number, _) = block(hash);
		let none = H256::zero;
		let parent = H256::repeat_byte(parent);
		Ok(Some(Header {
			parent_hash: parent,
			number,
			state_root: none(),
			extrinsics_root: none(),
			digest: Default::default(),
		}))
	}
	fn info(&self) -> Info<Block> {
		Info {
			best_hash: H256::repeat_byte(self.best.load(SeqCst)),
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

/// Nothing is stored here.
#[derive(Clone)]
struct Nowhere;

impl OffchainStorage for Nowhere {
	fn set(&mut self, _: &[u8], _: &[u8], _: &[u8]) {}
	fn remove(&mut self, _: &[u8], _: &[u8]) {}
	fn get(&self, _: &[u8], _: &[u8]) -> Option<Vec<u8>> {
		None
	}
	fn compare_and_set(&mut self, _: &[u8], _: &[u8], _: Option<&[u8]>, _: &[u8]) -> bool {
		false
	}
}

struct World {
	chain: ClientChain<Client, Block, Nowhere>,
	best: Arc<AtomicU8>,
	read: Arc<AtomicU64>,
}

impl World {
	/// With a challenge so many slots into each round.
	fn new(slot: u64) -> Self {
		let (best, read) = (Arc::new(AtomicU8::new(0)), Arc::new(AtomicU64::new(0)));
		let client = Client { api: Api { slot, read: read.clone() }, best: best.clone() };
		Self { chain: ClientChain::new(Arc::new(client), Nowhere), best, read }
	}

	/// Beacon, its slot, and the block that the challenge is as of, when this block is the best.
	fn beacon(&self, best: u8) -> Option<(u8, u64, u8)> {
		self.best.store(best, SeqCst);
		let open = self.chain.challenges(&[MachineId(1)]).unwrap().pop()?;
		assert!(open.beacon.iter().all(|byte| *byte == open.beacon[0]));
		Some((open.beacon[0], open.since, open.duty.devices[0]))
	}
}

#[test]
fn is_the_first_block_in_or_after_the_slot() {
	// The slot of block 3, and those before and after it, which have no block.
	for (slot, at_3, at_4) in
		[(2, Some((3, 13, 3)), (3, 13, 3)), (3, Some((3, 13, 3)), (3, 13, 3)), (4, None, (4, 16, 4))]
	{
		let world = World::new(slot);
		assert_eq!(world.beacon(2), None, "{slot}");
		assert_eq!(world.beacon(3), at_3, "{slot}");
		assert_eq!(world.beacon(4), Some(at_4), "{slot}");
	}
	// Asked for the first time when more blocks have followed.
	assert_eq!(World::new(3).beacon(4), Some((3, 13, 3)));
}

#[test]
fn is_of_the_best_chain() {
	let world = World::new(3);
	for (best, beacon) in [(4, (3, 13)), (5, (5, 14)), (3, (3, 13)), (4, (3, 13))] {
		assert_eq!(world.beacon(best), Some((beacon.0, beacon.1, beacon.0)), "{best}");
	}
}

#[test]
fn is_of_the_current_round() {
	let world = World::new(1);
	assert_eq!(world.beacon(4), Some((2, 11, 2)));
	assert_eq!(world.beacon(6), Some((6, 21, 6)));
	// The round's only block is before the slot.
	assert_eq!(World::new(2).beacon(6), None);
	// From the first block of the round back to the one that is not its.
	assert_eq!(World::new(1).beacon(1), Some((1, 8, 1)));
}

#[test]
fn is_not_looked_for_twice() {
	let world = World::new(1);
	world.beacon(4);
	let read = world.read.load(SeqCst);
	world.beacon(4);
	// The time of the best block alone.
	assert_eq!(world.read.load(SeqCst), read + 1);
	assert!(world.chain.challenges(&[]).unwrap().is_empty());
	assert_eq!(world.read.load(SeqCst), read + 1);
}
