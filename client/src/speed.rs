//! Orders per second of block execution beside balance transfers per second, on one node in one run.

use crate::{
	client::Client,
	simulate::{deliver, executions, finalised, fund, open_markets, Fate, Random, Wallet, PRICE},
};
use anyhow::{bail, ensure, Context, Result};
use codec::Encode;
use exabits_math::auction::{Side, Tick};
use exabits_primitives::{MilliDevices, UtcId};
use exabits_runtime::{Runtime, RuntimeCall, RuntimeEvent, EXA};
use std::{collections::BTreeMap, time::Duration};

/// How many there are of everything.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
	/// Accounts that send.
	pub accounts: u32,
	/// Markets. Each account sends one order to each per round, and as many transfers.
	pub markets: u32,
	/// Rounds of transfers and of orders, in turn.
	pub rounds: u32,
}

/// How often each block is executed.
const REPEATS: u32 = 9;

/// What executing transactions of one kind takes.
#[derive(Clone, Copy, Default, Debug)]
pub struct Measured {
	/// Transactions.
	pub count: usize,
	/// Blocks that held them, with those in which their batches ended.
	pub blocks: usize,
	/// What executing these blocks takes.
	pub time: Duration,
}

impl Measured {
	/// Transactions per second of block execution.
	pub fn per_second(&self) -> f64 {
		self.count as f64 / self.time.as_secs_f64()
	}

	fn add(&mut self, other: Self) {
		self.count += other.count;
		self.blocks += other.blocks;
		self.time += other.time;
	}
}

/// Both kinds.
#[derive(Clone, Default, Debug)]
pub struct Speed {
	/// Transfers of EXA between accounts that exist, by round.
	pub transfers: Vec<Measured>,
	/// Orders placed in the auction, by round.
	pub orders: Vec<Measured>,
	/// Batches that traded.
	pub batches: u32,
	/// What they traded, in milli-devices.
	pub volume: u64,
}

impl Speed {
	/// All rounds of transfers together.
	pub fn all_transfers(&self) -> Measured {
		sum(&self.transfers)
	}

	/// All rounds of orders together.
	pub fn all_orders(&self) -> Measured {
		sum(&self.orders)
	}

	/// Orders per second over transfers per second.
	pub fn ratio(&self) -> f64 {
		self.all_orders().per_second() / self.all_transfers().per_second()
	}
}

fn sum(rounds: &[Measured]) -> Measured {
	let mut sum = Measured::default();
	rounds.iter().for_each(|round| sum.add(*round));
	sum
}

/// Transactions that were sent, and the first and the last block to be executed for them.
struct Sent {
	count: usize,
	first: u32,
	last: u32,
}

impl Sent {
	fn measured(&self, times: &BTreeMap<u32, Duration>) -> Measured {
		let of: Vec<_> = times.range(self.first..=self.last).map(|(_, time)| *time).collect();
		Measured { count: self.count, blocks: of.len(), time: of.iter().sum() }
	}
}

/// Prepares markets and accounts on a development chain whose sudo key `funder` is, sends transfers and orders in turn,
/// and has the node execute the blocks that held them once more.
///
/// Counted are all blocks from the first to the last that holds a transaction of a round, and after orders those up to
/// the block in which the last batch of the round ended.
pub async fn measure(client: &Client, funder: &Wallet, scale: Scale) -> Result<Speed> {
	let Scale { accounts, markets, rounds } = scale;
	// An order is at most a whole UTC.
	let units = MilliDevices(1_000 * rounds);
	let supply = MilliDevices(units.0.checked_mul(accounts).context("too many accounts")?);
	let utcs = open_markets(client, funder, markets, supply).await?;
	let wallets = funder.children(1, accounts);
	let money = 15 * EXA * u128::from(rounds * markets) + 10 * EXA;
	fund(client, funder, &wallets, money, &utcs, units, |index| index % 2 == 1).await?;

	let mut random = Random::new(1);
	let mut nonces = Vec::with_capacity(wallets.len());
	for wallet in &wallets {
		nonces.push(client.next_nonce(&wallet.account).await?);
	}
	let (mut transfers, mut orders) = (Vec::new(), Vec::new());
	for _ in 0..rounds {
		transfers.push(send(client, &wallets, &mut nonces, transfer_calls(&wallets, markets)).await?);
		let calls = order_calls(&wallets, &utcs, &mut random)?;
		let mut sent = send(client, &wallets, &mut nonces, calls).await?;
		sent.last = cleared(client, sent.last).await?;
		orders.push(sent);
	}
	let mut speed = Speed::default();
	for number in orders.iter().flat_map(|sent| sent.first..=sent.last) {
		for record in client.events(client.hash(Some(number)).await?).await? {
			if let RuntimeEvent::Market(pallet_market::Event::BatchCleared { volume, .. }) = record.event {
				speed.batches += 1;
				speed.volume += volume;
			}
		}
	}
	ensure!(speed.batches > 0, "no batch traded: what was measured is no market");
	let blocks: Vec<_> = transfers.iter().chain(&orders).flat_map(|sent| sent.first..=sent.last).collect();
	let times = executions(client, blocks, REPEATS).await?;
	speed.transfers = transfers.iter().map(|sent| sent.measured(&times)).collect();
	speed.orders = orders.iter().map(|sent| sent.measured(&times)).collect();
	Ok(speed)
}

/// `each` transfers of every account to the next one.
fn transfer_calls(wallets: &[Wallet], each: u32) -> Vec<(usize, RuntimeCall)> {
	let transfer = |to: &Wallet| {
		let dest = to.account.clone().into();
		pallet_balances::Call::<Runtime>::transfer_keep_alive { dest, value: EXA / 1_000 }.into()
	};
	(0..each)
		.flat_map(|_| wallets.iter().enumerate())
		.filter_map(|(index, _)| Some((index, transfer(wallets.get((index + 1) % wallets.len())?))))
		.collect()
}

/// An order of every account in every market, on 81 ticks around the price: about half of them cross.
fn order_calls(wallets: &[Wallet], utcs: &[UtcId], random: &mut Random) -> Result<Vec<(usize, RuntimeCall)>> {
	let middle = Tick::at_most(PRICE).context("a price off the grid")?.number();
	let mut calls = Vec::new();
	for utc in utcs {
		for index in 0..wallets.len() {
			let side = if index % 2 == 1 { Side::Ask } else { Side::Bid };
			// Prices up to what the UTC is covered with, which is a quarter or 41 ticks above the price.
			let tick = middle - 40 + u16::try_from(random.below(81))?;
			let amount = MilliDevices(125 * (1 + u32::try_from(random.below(8))?));
			let call = pallet_market::Call::<Runtime>::place_order { utc: *utc, side, tick, amount };
			calls.push((index, call.into()));
		}
	}
	Ok(calls)
}

/// Sends calls of accounts, all of which have to succeed.
async fn send(
	client: &Client,
	wallets: &[Wallet],
	nonces: &mut [u32],
	calls: Vec<(usize, RuntimeCall)>,
) -> Result<Sent> {
	let mut transactions = Vec::with_capacity(calls.len());
	for (index, call) in calls {
		let (wallet, nonce) = (&wallets[index], &mut nonces[index]);
		transactions.push(client.sign(&wallet.pair, call, *nonce).encode());
		*nonce += 1;
	}
	let (mut first, mut last) = (u32::MAX, 0);
	for fate in deliver(client, &transactions).await? {
		match fate {
			Fate::Included(receipt) => {
				if let Some(error) = &receipt.failure {
					bail!("a transaction failed: {}", crate::client::describe(error));
				}
				(first, last) = (first.min(receipt.block), last.max(receipt.block));
			}
			Fate::Refused(reason) => bail!("the pool refused a transaction: {reason}"),
			Fate::Lost => bail!("no block held a transaction"),
		}
	}
	Ok(Sent { count: transactions.len(), first, last })
}

/// The first block from `from` on after which no market waits for the end of a batch.
async fn cleared(client: &Client, from: u32) -> Result<u32> {
	let mut number = from;
	loop {
		while finalised(client).await? < number {
			client.next_block().await?;
		}
		let state = client.at(client.hash(Some(number)).await?);
		let mut waits = false;
		for shard in 0..pallet_market::auction::SHARDS {
			let key = pallet_market::BatchQueue::<Runtime>::hashed_key_for(shard);
			waits |= state.value::<Vec<pallet_market::auction::Batch>>(key).await?.is_some();
		}
		if !waits {
			return Ok(number);
		}
		number += 1;
	}
}
