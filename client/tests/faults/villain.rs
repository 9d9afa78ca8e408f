//! An anchor that does not play by the rules: it holds a bond and a key, and submits what it likes over RPC.

use anyhow::{Context, Result};
use codec::{Decode, Encode};
use exabits_client::Client;
use exabits_math::merkle;
use exabits_primitives::{keys::anchor, MachineId, RoundIndex, SessionIndex};
use exabits_runtime::{AccountId, Hash, Runtime, RuntimeCall, UncheckedExtrinsic};
use frame_support::BoundedVec;
use frame_system::offchain::CreateAuthorizedTransaction;
use jsonrpsee::rpc_params;
use pallet_anchoring::{Call, Commitment, Finding, Opening, Page, SampleOpening};
use sp_core::{Pair, H256};

type Anchoring = pallet_anchoring::Pallet<Runtime>;

/// Runs code of the runtime that needs to know no more of the chain than its genesis.
pub fn on_chain<R>(genesis: Hash, code: impl FnOnce() -> R) -> R {
	sp_io::TestExternalities::default().execute_with(|| {
		frame_system::BlockHash::<Runtime>::insert(0, genesis);
		code()
	})
}

/// A call that an application key authorises, as it travels.
pub fn transaction(call: impl Into<RuntimeCall>) -> Vec<u8> {
	<Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction(call.into()).encode()
}

/// The calls in a block.
pub async fn calls_in(client: &Client, number: u32) -> Result<Vec<RuntimeCall>> {
	let hash = client.hash(Some(number)).await?;
	let block: serde_json::Value = client.request("chain_getBlock", rpc_params![hash]).await?;
	let extrinsics = block["block"]["extrinsics"].as_array().context("a block without extrinsics")?;
	let call = |text: &serde_json::Value| {
		let text = text.as_str().context("an extrinsic that is no string")?;
		let bytes = hex::decode(text.trim_start_matches("0x"))?;
		Ok(UncheckedExtrinsic::decode(&mut &bytes[..])?.function)
	};
	extrinsics.iter().map(call).collect()
}

/// What a villain has committed to.
pub struct Sealed {
	session: SessionIndex,
	root: H256,
	opening: Opening,
}

/// The anchor.
pub struct Villain {
	/// Its account.
	pub account: AccountId,
	key: anchor::Pair,
}

impl Villain {
	/// The anchor with this account and key.
	pub fn new(account: AccountId, key: anchor::Pair) -> Self {
		Self { account, key }
	}

	/// One page that says the same of all machines as `says`.
	pub fn seal(
		&self,
		genesis: Hash,
		session: SessionIndex,
		round: RoundIndex,
		machines: &[MachineId],
		says: impl Fn(MachineId) -> Finding,
	) -> Sealed {
		let entries = machines.iter().map(|machine| (*machine, Some(says(*machine)))).collect();
		let entries: Page = BoundedVec::truncate_from(entries);
		let salt = [9; 32];
		let leaf = on_chain(genesis, || Anchoring::leaf(&self.account, session, round, 0, &entries, &salt));
		let opening = Opening { page: 0, entries, salt, proof: Default::default() };
		Sealed { session, root: merkle::root(&[leaf]), opening }
	}

	/// A commitment to what was sealed.
	pub fn commitment(&self, genesis: Hash, round: RoundIndex, sealed: &Sealed) -> Vec<u8> {
		self.commitment_to(genesis, sealed.session, round, sealed.root, 1)
	}

	/// A commitment to any root.
	pub fn commitment_to(
		&self,
		genesis: Hash,
		session: SessionIndex,
		round: RoundIndex,
		root: H256,
		pages: u16,
	) -> Vec<u8> {
		let payload =
			on_chain(genesis, || Anchoring::commit_payload(&self.account, session, round, &root, pages));
		let (anchor, signature) = (self.account.clone(), self.key.sign(&payload));
		transaction(Call::commit { anchor, round, root, pages, signature })
	}

	/// A reveal of what was sealed.
	pub fn reveal(&self, genesis: Hash, round: RoundIndex, sealed: &Sealed) -> Vec<u8> {
		self.reveal_of(genesis, sealed.session, round, sealed.opening.clone())
	}

	/// A reveal of any page.
	pub fn reveal_of(
		&self,
		genesis: Hash,
		session: SessionIndex,
		round: RoundIndex,
		opening: Opening,
	) -> Vec<u8> {
		let payload =
			on_chain(genesis, || Anchoring::reveal_payload(&self.account, session, round, &opening));
		let (anchor, signature) = (self.account.clone(), self.key.sign(&payload));
		transaction(Call::reveal { anchor, round, opening, signature })
	}

	/// All openings that it can make without a machine's answer: one of them is what was chosen, unless that is of an
	/// entry that names answers.
	pub fn openings(&self, genesis: Hash, round: RoundIndex, sealed: &Sealed) -> Vec<Vec<u8>> {
		let Opening { entries, salt, .. } = &sealed.opening;
		let leaves: Vec<_> = entries.iter().map(|entry| merkle::leaf(&entry.encode())).collect();
		let silent = |(_, entry): &(usize, &pallet_anchoring::Entry)| {
			entry.1.is_none_or(|finding| finding.samples.answered == 0)
		};
		let open = |(index, entry): (usize, &pallet_anchoring::Entry)| {
			let opening = SampleOpening {
				entries: entries.len() as u16,
				entry: *entry,
				entry_proof: BoundedVec::truncate_from(merkle::proof(&leaves, index)),
				salt: *salt,
				page_proof: Default::default(),
				sample: None,
			};
			let payload = on_chain(genesis, || {
				Anchoring::sample_payload(&self.account, sealed.session, round, &opening)
			});
			let (anchor, signature) = (self.account.clone(), self.key.sign(&payload));
			transaction(Call::open_sample { anchor, round, opening, signature })
		};
		entries.iter().enumerate().filter(silent).map(open).collect()
	}

	/// A commitment in somebody's name that its key has not signed.
	pub fn forged(&self, round: RoundIndex, anchor: AccountId, number: u32) -> Vec<u8> {
		let root = H256::from_low_u64_be(number.into());
		let signature = self.key.sign(root.as_bytes());
		transaction(Call::commit { anchor, round, root, pages: 1, signature })
	}
}

/// What an anchor has committed to for a round.
pub async fn commitment_of(
	client: &Client,
	anchor: &AccountId,
	round: RoundIndex,
) -> Result<Option<Commitment>> {
	let place = round.0 % pallet_anchoring::KEPT_ROUNDS;
	let key = pallet_anchoring::Commitments::<Runtime>::hashed_key_for(anchor, place);
	let found: Option<Commitment> = client.value(key).await?;
	Ok(found.filter(|commitment| commitment.round == round))
}
