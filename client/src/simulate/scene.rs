//! Accounts with money and markets to trade in.

use super::deliver::{deliver, Fate};
use crate::client::Client;
use anyhow::{bail, ensure, Context, Result};
use codec::Encode;
use exabits_math::pricing::Adjustment;
use exabits_primitives::{
	ClassId, EvidenceTier, MilliDevices, ResourceKind, Role, TemplateId, UtcId, UtcKey, WindowIndex, Workload,
};
use exabits_runtime::{AccountId, Balance, Runtime, RuntimeCall, RuntimeEvent, EXA};
use frame_support::BoundedVec;
use pallet_sla::Template;
use sp_core::{sr25519, Pair};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	Perbill,
};

/// Slots in a window of the class that is made up: an hour.
const WINDOW_SLOTS: u32 = 1_800;
/// Reference price of that class.
pub const PRICE: Balance = 10 * EXA;
/// Calls of one batch.
const BATCH: usize = 100;

/// Whoever signs.
#[derive(Clone)]
pub struct Wallet {
	/// Signs.
	pub pair: sr25519::Pair,
	/// Its account.
	pub account: AccountId,
}

impl Wallet {
	/// The account of a secret URI.
	pub fn of(suri: &str) -> Result<Self> {
		// The error would say what was wrong with the secret, and with that something about it.
		let pair = sr25519::Pair::from_string(suri, None).ok().context("this is no secret URI")?;
		Ok(Self { account: pair.public().into(), pair })
	}

	/// `count` accounts of their own that only this secret leads to.
	pub fn children(&self, seed: u64, count: u32) -> Vec<Self> {
		(0..count)
			.map(|index| {
				let secret =
					BlakeTwo256::hash(&(b"exabits simulate", self.pair.to_raw_vec(), seed, index).encode());
				let pair = sr25519::Pair::from_seed(&secret.0);
				Self { account: pair.public().into(), pair }
			})
			.collect()
	}
}

/// A batch of which all calls succeed or none.
fn all(calls: Vec<RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::<Runtime>::batch_all { calls }.into()
}

/// Opens markets for `windows` windows on a development chain and gives all of their UTC, `amount` each, to `owner`,
/// whose account has to be the chain's sudo key.
///
/// A class and the UTC are made as everybody makes them. Only the machines behind them are not there:
/// what the provider has committed is written by sudo, instead of tested by anchors for minutes.
pub async fn open_markets(
	client: &Client,
	owner: &Wallet,
	windows: u32,
	amount: MilliDevices,
) -> Result<Vec<UtcId>> {
	let sudo: Option<AccountId> = client.value(pallet_sudo::Key::<Runtime>::hashed_key().to_vec()).await?;
	ensure!(
		sudo.as_ref() == Some(&owner.account),
		"only the sudo key of a development chain can open markets: name one with --utc that the account has UTC of"
	);
	let submit = |call: RuntimeCall| client.submit(&owner.pair, call);
	let root = |calls| pallet_sudo::Call::<Runtime>::sudo { call: Box::new(all(calls)) }.into();

	// A service level of the standard library, of which UTC are worth the class's whole price.
	let kind = ResourceKind::Cpu;
	let templates: Vec<(TemplateId, Template)> =
		client.call("SlaApi_templates", &(kind, Workload::Interactive)).await?;
	let whole = |(_, template): &(TemplateId, Template)| template.price_factor.is_one();
	let (template, _) =
		templates.into_iter().find(whole).context("the chain has no such service level for processors")?;
	let class = pallet_rfl::Class {
		name: BoundedVec::truncate_from(b"SIMULATED".to_vec()),
		kind,
		window_slots: WINDOW_SLOTS,
		acknowledge_slots: 6,
		price: PRICE,
		performance: 1_000,
		vcpus: 1,
		memory_mib: 512,
		device_memory_mib: 512,
		int8_rate: 0,
		tier: EvidenceTier::SelfReported,
	};
	let events = submit(root(vec![pallet_rfl::Call::<Runtime>::create_class { class }.into()]))
		.await
		.context("publishing a class")?;
	let class: ClassId = found(&events, |event| match event {
		RuntimeEvent::Rfl(pallet_rfl::Event::ClassCreated { class, .. }) => Some(*class),
		_ => None,
	})?;

	let current = WindowIndex::at(client.slot().await?, WINDOW_SLOTS);
	let keys: Vec<_> = (2..=windows + 1)
		.map(|ahead| UtcKey { class, template, window: WindowIndex(current.0 + ahead) })
		.collect();
	let committed = keys
		.iter()
		.map(|key| {
			let place = pallet_rfl::CommittedBy::<Runtime>::hashed_key_for(&owner.account, key);
			(place, amount.encode())
		})
		.collect();
	// Where no machine is online, quotes would be those of a class that is used to the full.
	let quotes = Adjustment { surge: 0, discount: Perbill::zero(), premium: 0, ..Default::default() };
	let around = pallet_rfl::Parameters::around(PRICE).context("a price without bounds")?;
	let parameters = pallet_rfl::Parameters { quotes, ..around };
	submit(root(vec![
		frame_system::Call::<Runtime>::set_storage { items: committed }.into(),
		pallet_rfl::Call::<Runtime>::set_parameters { class, parameters }.into(),
	]))
	.await
	.context("committing machines that are not there")?;

	// Twice the reference price, so that κ and what rounds up are in it.
	let cover = PRICE * 2 * Balance::from(amount.0) / 1_000 * Balance::from(windows) + 1_000 * EXA;
	let bonded: Option<pallet_stake::BondOf<Runtime>> =
		client.value(pallet_stake::Ledger::<Runtime>::hashed_key_for(&owner.account, Role::Service)).await?;
	let bond: pallet_stake::Call<Runtime> = match bonded {
		Some(_) => pallet_stake::Call::bond_more { role: Role::Service, amount: cover },
		None => pallet_stake::Call::bond { role: Role::Service, amount: cover },
	};
	let mut calls = vec![bond.into()];
	calls.extend(keys.iter().map(|key| pallet_utc::Call::<Runtime>::mint { key: *key, amount }.into()));
	let events = submit(all(calls)).await.context("minting UTC")?;
	let utcs: Vec<_> = events
		.iter()
		.filter_map(|event| match event {
			RuntimeEvent::Utc(pallet_utc::Event::Minted { utc, .. }) => Some(*utc),
			_ => None,
		})
		.collect();
	ensure!(utcs.len() == keys.len(), "{} of {} markets were opened", utcs.len(), keys.len());
	Ok(utcs)
}

fn found<R>(events: &[RuntimeEvent], wanted: impl Fn(&RuntimeEvent) -> Option<R>) -> Result<R> {
	events.iter().find_map(wanted).context("the transaction succeeded without its event")
}

/// Gives accounts what they trade with: `money` each, and `units` of each UTC to those that `sells` is true of.
pub async fn fund(
	client: &Client,
	from: &Wallet,
	to: &[Wallet],
	money: Balance,
	utcs: &[UtcId],
	units: MilliDevices,
	sells: impl Fn(usize) -> bool,
) -> Result<()> {
	let needed = money.saturating_mul(to.len() as u128);
	let (free, _) = client.balance(&from.account).await?;
	ensure!(
		free > needed,
		"the account has {} EXA, and giving {} traders {} EXA each takes more",
		free / EXA,
		to.len(),
		money / EXA
	);
	let mut calls = Vec::new();
	for (index, wallet) in to.iter().enumerate() {
		let dest = wallet.account.clone();
		calls.push(
			pallet_balances::Call::<Runtime>::transfer_keep_alive { dest: dest.clone().into(), value: money }
				.into(),
		);
		for utc in utcs.iter().filter(|_| sells(index) && units.0 > 0) {
			calls.push(
				pallet_assets::Call::<Runtime>::transfer {
					id: utc.0.into(),
					target: dest.clone().into(),
					amount: units.0.into(),
				}
				.into(),
			);
		}
	}
	let batches: Vec<_> = calls.chunks(BATCH).map(|chunk| all(chunk.to_vec())).collect();
	send_in_order(client, from, batches).await.context("giving the traders what they trade with")
}

/// Sends calls of one account in their order, and fails where one fails.
pub async fn send_in_order(client: &Client, from: &Wallet, calls: Vec<RuntimeCall>) -> Result<()> {
	let first = client.next_nonce(&from.account).await?;
	let transactions: Vec<_> = calls
		.into_iter()
		.zip(first..)
		.map(|(call, nonce)| client.sign(&from.pair, call, nonce).encode())
		.collect();
	for fate in deliver(client, &transactions).await? {
		match fate {
			Fate::Included(receipt) => {
				if let Some(error) = &receipt.failure {
					bail!("{}", crate::client::describe(error));
				}
			}
			Fate::Refused(reason) => bail!("{reason}"),
			Fate::Lost => bail!("no block held the transaction"),
		}
	}
	Ok(())
}
