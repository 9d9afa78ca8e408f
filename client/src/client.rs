//! A wallet and an observer: signs and submits transactions, reads state and events, all through RPC.

use anyhow::{anyhow, bail, Context, Result};
use codec::{Decode, Encode};
use exabits_primitives::UtcId;
use exabits_runtime::{
	AccountId, Hash, Header, Runtime, RuntimeCall, RuntimeEvent, SignedPayload, TxExtension,
	UncheckedExtrinsic, VERSION,
};
use frame_support::view_functions::{ViewFunction, ViewFunctionDispatchError};
use frame_system::{EventRecord, Phase};
use jsonrpsee::{
	core::client::{ClientT, SubscriptionClientT},
	rpc_params,
	ws_client::{WsClient, WsClientBuilder},
};
use sp_core::{sr25519, Pair};
use sp_runtime::{generic::Era, DispatchError, MultiSignature};
use std::{
	collections::HashMap,
	sync::{Arc, Mutex},
	time::Duration,
};
use tokio::{sync::watch, time::timeout};

/// How long a transaction may take until a block holds it.
const INCLUSION: Duration = Duration::from_secs(60);

/// The longest answer that is taken, in bytes.
const MAX_RESPONSE: u32 = 64 * 1024 * 1024;

/// A connection to a node.
pub struct Client {
	rpc: Arc<WsClient>,
	genesis: Hash,
	nonces: Mutex<HashMap<AccountId, u32>>,
	log: Arc<Mutex<Vec<RuntimeEvent>>>,
	head: watch::Receiver<u32>,
}

/// The chain's state after one block, so that all that is read belongs together.
pub struct State<'a> {
	client: &'a Client,
	/// The block; the best one where there is none.
	block: Option<Hash>,
}

impl State<'_> {
	/// The answer of a runtime API.
	pub async fn call<V: Decode>(&self, function: &str, arguments: &impl Encode) -> Result<V> {
		let arguments = format!("0x{}", hex::encode(arguments.encode()));
		let answer: String =
			self.client.request("state_call", rpc_params![function, arguments, self.block]).await?;
		V::decode(&mut &from_hex(&answer)?[..])
			.with_context(|| format!("the answer of {function} does not decode; built from other sources?"))
	}

	/// The answer of a view function, such as `pallet_market::DepthViewFunction`.
	pub async fn view<Q: ViewFunction + Encode>(&self, query: Q) -> Result<Q::ReturnType>
	where
		Q::ReturnType: Decode,
	{
		let answer: Result<Vec<u8>, ViewFunctionDispatchError> =
			self.call("RuntimeViewFunction_execute_view_function", &(Q::id(), query.encode())).await?;
		let answer = answer.map_err(|error| anyhow!("the node's view functions: {error:?}"))?;
		Q::ReturnType::decode(&mut &answer[..])
			.context("the answer of a view function does not decode; built from other sources?")
	}

	/// A value from the state.
	pub async fn value<V: Decode>(&self, key: Vec<u8>) -> Result<Option<V>> {
		let key = format!("0x{}", hex::encode(key));
		let raw: Option<String> =
			self.client.request("state_getStorage", rpc_params![key, self.block]).await?;
		raw.map(|text| {
			V::decode(&mut &from_hex(&text)?[..])
				.context("the node's state does not decode; built from other sources?")
		})
		.transpose()
	}

	/// The free balance of an account and what it holds.
	pub async fn balance(&self, who: &AccountId) -> Result<(u128, u128)> {
		let account: Option<frame_system::AccountInfo<u32, pallet_balances::AccountData<u128>>> =
			self.value(frame_system::Account::<Runtime>::hashed_key_for(who)).await?;
		Ok(account.map_or((0, 0), |account| (account.data.free, account.data.reserved)))
	}

	/// What an account has of a UTC, in milli-devices.
	pub async fn units(&self, utc: UtcId, who: &AccountId) -> Result<u128> {
		let account: Option<pallet_assets::AssetAccount<u128, u128, (), AccountId>> =
			self.value(pallet_assets::Account::<Runtime>::hashed_key_for(utc.0, who)).await?;
		Ok(account.map_or(0, |account| account.balance))
	}

	/// The slot of the block.
	pub async fn slot(&self) -> Result<u64> {
		let slot: Option<u64> =
			self.value(pallet_babe::CurrentSlot::<Runtime>::hashed_key().to_vec()).await?;
		Ok(slot.unwrap_or_default())
	}
}

fn from_hex(text: &str) -> Result<Vec<u8>> {
	hex::decode(text.trim_start_matches("0x"))
		.context("the node answered with a malformed hexadecimal string")
}

impl Client {
	/// Connects to the RPC of a node, such as `ws://127.0.0.1:9944`.
	pub async fn connect(url: &str) -> Result<Self> {
		let rpc = WsClientBuilder::default().max_response_size(MAX_RESPONSE).build(url).await;
		let rpc = rpc.with_context(|| format!("no answer from the node's RPC at {url}"))?;
		Self::start(Arc::new(rpc), false).await
	}

	/// Connects to the RPC of a node that has just been started, for which it waits at most a minute, and keeps a log
	/// of all events from the first block on.
	pub async fn wait(url: &str) -> Result<Self> {
		let mut last = None;
		for _ in 0..120 {
			match WsClientBuilder::default().max_response_size(MAX_RESPONSE).build(url).await {
				Ok(rpc) => return Self::start(Arc::new(rpc), true).await,
				Err(error) => last = Some(error),
			}
			tokio::time::sleep(Duration::from_millis(500)).await;
		}
		bail!("no answer from the node's RPC at {url} within a minute: {last:?}")
	}

	async fn start(rpc: Arc<WsClient>, keep_log: bool) -> Result<Self> {
		let genesis: Hash = rpc.request("chain_getBlockHash", rpc_params![0]).await?;
		let log = Arc::new(Mutex::new(Vec::new()));
		let (sender, head) = watch::channel(0);
		let mut heads = rpc
			.subscribe::<Header, _>("chain_subscribeNewHeads", rpc_params![], "chain_unsubscribeNewHeads")
			.await?;
		let (reader, seen) = (rpc.clone(), log.clone());
		tokio::spawn(async move {
			let mut next = 1u32;
			while let Some(Ok(header)) = heads.next().await {
				if !keep_log && sender.send(header.number).is_err() {
					return;
				}
				while keep_log && next <= header.number {
					match events_at(&reader, next).await {
						Ok(events) => {
							let mut log = seen.lock().expect("no holder of the log panics");
							log.extend(events.into_iter().map(|record| record.event));
						}
						Err(error) => {
							eprintln!("cannot read the events of block {next}: {error:#}");
							break;
						}
					}
					if sender.send(next).is_err() {
						return;
					}
					next += 1;
				}
			}
		});
		Ok(Self { rpc, genesis, nonces: Default::default(), log, head })
	}

	/// Hash of the first block.
	pub fn genesis(&self) -> Hash {
		self.genesis
	}

	/// A plain RPC request.
	pub async fn request<T: serde::de::DeserializeOwned>(
		&self,
		method: &str,
		params: jsonrpsee::core::params::ArrayParams,
	) -> Result<T> {
		self.rpc.request(method, params).await.with_context(|| format!("RPC {method}"))
	}

	/// The state after a block.
	pub fn at(&self, block: Hash) -> State<'_> {
		State { client: self, block: Some(block) }
	}

	/// The state after the best block.
	pub fn best(&self) -> State<'_> {
		State { client: self, block: None }
	}

	/// The answer of a runtime API, at the best block.
	pub async fn call<V: Decode>(&self, function: &str, arguments: &impl Encode) -> Result<V> {
		self.best().call(function, arguments).await
	}

	/// A value from the chain's state, at the best block.
	pub async fn value<V: Decode>(&self, key: Vec<u8>) -> Result<Option<V>> {
		self.best().value(key).await
	}

	/// The free balance of an account and what it holds.
	pub async fn balance(&self, who: &AccountId) -> Result<(u128, u128)> {
		self.best().balance(who).await
	}

	/// The hash of the best block, or of the block with this number on the best chain.
	pub async fn hash(&self, number: Option<u32>) -> Result<Hash> {
		let hash: Option<Hash> = match number {
			Some(number) => self.request("chain_getBlockHash", rpc_params![number]).await?,
			None => self.request("chain_getBlockHash", rpc_params![]).await?,
		};
		hash.with_context(|| format!("the node knows no block {}", number.unwrap_or_default()))
	}

	/// The events of a block.
	pub async fn events(&self, block: Hash) -> Result<Vec<EventRecord<RuntimeEvent, Hash>>> {
		events_in(&self.rpc, &format!("{block:?}")).await
	}

	/// Waits until there is a new best block.
	pub async fn next_block(&self) -> Result<()> {
		let mut head = self.head.clone();
		head.changed().await.context("the node's stream of blocks ended")
	}

	/// The number of an account's next transaction, those in the node's pool counted.
	pub async fn next_nonce(&self, who: &AccountId) -> Result<u32> {
		self.request("system_accountNextIndex", rpc_params![who]).await
	}

	async fn nonce(&self, who: &AccountId) -> Result<u32> {
		let known = self.nonces.lock().expect("no holder panics").get(who).copied();
		match known {
			Some(nonce) => Ok(nonce),
			None => self.next_nonce(who).await,
		}
	}

	/// Signs a call as the account's transaction number `nonce`.
	pub fn sign(&self, signer: &sr25519::Pair, call: RuntimeCall, nonce: u32) -> UncheckedExtrinsic {
		let account = AccountId::from(signer.public());
		let extension: TxExtension = (
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckEra::from(Era::Immortal),
			frame_system::CheckNonce::from(nonce),
			frame_system::CheckWeight::new(),
			pallet_transaction_payment::ChargeTransactionPayment::from(0),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		);
		let payload = SignedPayload::from_raw(
			call.clone(),
			extension.clone(),
			(
				(),
				(),
				VERSION.spec_version,
				VERSION.transaction_version,
				self.genesis,
				self.genesis,
				(),
				(),
				(),
				None,
				(),
			),
		);
		let signature = payload.using_encoded(|bytes| signer.sign(bytes));
		UncheckedExtrinsic::new_signed(call, account.into(), MultiSignature::from(signature), extension)
	}

	/// Puts a transaction into the node's pool, and does not wait.
	pub async fn send(&self, extrinsic: &[u8]) -> Result<()> {
		let text = format!("0x{}", hex::encode(extrinsic));
		let sent: Result<Hash, _> = self.rpc.request("author_submitExtrinsic", rpc_params![text]).await;
		sent.map(|_| ()).context("the node refused the transaction")
	}

	/// Signs and submits a call, waits until a block holds it, and returns the events that it caused. A call
	/// that fails is an error with the name of the reason.
	pub async fn submit(
		&self,
		signer: &sr25519::Pair,
		call: impl Into<RuntimeCall>,
	) -> Result<Vec<RuntimeEvent>> {
		let account = AccountId::from(signer.public());
		let nonce = self.nonce(&account).await?;
		let bytes = self.sign(signer, call.into(), nonce).encode();
		self.nonces.lock().expect("no holder panics").insert(account.clone(), nonce + 1);
		let result = timeout(INCLUSION, self.include(&bytes))
			.await
			.map_err(|_| anyhow!("no block held the transaction within {} s", INCLUSION.as_secs()))
			.and_then(|included| included);
		if result.is_err() {
			// The nonce was not used, or nobody knows: ask the node next time.
			self.nonces.lock().expect("no holder panics").remove(&account);
		}
		let (block, events) = result?;
		// What follows reads the log of events, which must not lag behind.
		let mut head = self.head.clone();
		timeout(INCLUSION, head.wait_for(|head| *head >= block)).await??;
		match failure(&events) {
			Some(error) => bail!("{}", describe(error)),
			None => Ok(events),
		}
	}

	async fn include(&self, bytes: &[u8]) -> Result<(u32, Vec<RuntimeEvent>)> {
		let text = format!("0x{}", hex::encode(bytes));
		let mut states = self
			.rpc
			.subscribe::<serde_json::Value, _>(
				"author_submitAndWatchExtrinsic",
				rpc_params![text.clone()],
				"author_unwatchExtrinsic",
			)
			.await
			.context("the node refused the transaction")?;
		while let Some(state) = states.next().await {
			let state = state?;
			if let Some(hash) = state.get("inBlock").or(state.get("finalized")).and_then(|hash| hash.as_str())
			{
				let block: serde_json::Value = self.rpc.request("chain_getBlock", rpc_params![hash]).await?;
				let index = block["block"]["extrinsics"]
					.as_array()
					.and_then(|all| all.iter().position(|one| one.as_str() == Some(text.as_str())))
					.context("the block that should hold the transaction does not")?;
				let number = block["block"]["header"]["number"]
					.as_str()
					.and_then(|number| u32::from_str_radix(number.trim_start_matches("0x"), 16).ok())
					.context("a block without a number")?;
				let index = u32::try_from(index)?;
				let events = events_in(&self.rpc, hash)
					.await?
					.into_iter()
					.filter(|record| record.phase == Phase::ApplyExtrinsic(index))
					.map(|record| record.event)
					.collect();
				return Ok((number, events));
			}
			if ["usurped", "dropped", "invalid"]
				.iter()
				.any(|bad| state.get(bad).is_some() || state.as_str() == Some(bad))
			{
				bail!("the pool gave the transaction up: {state}")
			}
		}
		bail!("the node stopped reporting on the transaction")
	}

	/// Position in the log of events: what was seen up to now.
	pub fn mark(&self) -> usize {
		self.log.lock().expect("no holder of the log panics").len()
	}

	/// All events from `mark` on.
	pub fn since(&self, mark: usize) -> Vec<RuntimeEvent> {
		self.log.lock().expect("no holder of the log panics").get(mark..).unwrap_or_default().to_vec()
	}

	/// Waits for the first event from `mark` on that `wanted` finds something in.
	pub async fn wait_for<R>(
		&self,
		mark: usize,
		limit: Duration,
		what: &str,
		mut wanted: impl FnMut(&RuntimeEvent) -> Option<R>,
	) -> Result<R> {
		let mut head = self.head.clone();
		let mut next = mark;
		let search = async {
			loop {
				head.borrow_and_update();
				for event in self.since(next) {
					next += 1;
					if let Some(found) = wanted(&event) {
						return Ok(found);
					}
				}
				if head.changed().await.is_err() {
					bail!("the node's stream of blocks ended while waiting for: {what}")
				}
			}
		};
		timeout(limit, search).await.map_err(|_| anyhow!("not seen within {} s: {what}", limit.as_secs()))?
	}

	/// Waits until the chain's slot is at least `slot`.
	pub async fn wait_slot(&self, slot: u64, limit: Duration) -> Result<()> {
		let mut head = self.head.clone();
		let wait = async {
			loop {
				head.borrow_and_update();
				if self.slot().await? >= slot {
					return Ok(());
				}
				head.changed().await.context("the node's stream of blocks ended")?;
			}
		};
		timeout(limit, wait)
			.await
			.map_err(|_| anyhow!("slot {slot} did not come within {} s", limit.as_secs()))?
	}

	/// The current slot.
	pub async fn slot(&self) -> Result<u64> {
		self.best().slot().await
	}

	/// The current session.
	pub async fn session(&self) -> Result<u32> {
		Ok(self
			.value(pallet_session::CurrentIndex::<Runtime>::hashed_key().to_vec())
			.await?
			.unwrap_or_default())
	}
}

async fn events_at(rpc: &WsClient, number: u32) -> Result<Vec<EventRecord<RuntimeEvent, Hash>>> {
	let hash: String = rpc.request("chain_getBlockHash", rpc_params![number]).await?;
	events_in(rpc, &hash).await
}

async fn events_in(rpc: &WsClient, hash: &str) -> Result<Vec<EventRecord<RuntimeEvent, Hash>>> {
	let key = format!("0x{}", hex::encode(frame_support::storage::storage_prefix(b"System", b"Events")));
	let raw: Option<String> = rpc.request("state_getStorage", rpc_params![key, hash]).await?;
	match raw {
		Some(text) => Ok(Decode::decode(&mut &from_hex(&text)?[..])?),
		None => Ok(Vec::new()),
	}
}

/// Why a transaction with these events failed, or the call that it made as root.
pub(crate) fn failure(events: &[RuntimeEvent]) -> Option<&DispatchError> {
	events.iter().find_map(|event| match event {
		RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { dispatch_error, .. }) => {
			Some(dispatch_error)
		}
		RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result: Err(error) }) => Some(error),
		_ => None,
	})
}

/// The name of a dispatch error.
pub(crate) fn describe(error: &DispatchError) -> String {
	match exabits_runtime::RuntimeError::from_dispatch_error(*error) {
		Some(error) => format!("{error:?}"),
		None => format!("{error:?}"),
	}
}
