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
use std::time::Duration;

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

/// What executing transactions of one kind took.
#[derive(Clone, Copy, Default, Debug)]
pub struct Measured {
	/// Transactions.
	pub count: usize,
	/// Blocks that held them, with those in which their batches ended.
	pub blocks: u32,
	/// What executing these blocks takes.
	pub time: Duration,
}

impl Measured {
	/// Transactions per second of block execution.
	pub fn per_second(&self) -> f64 {
		self.count as f64 / self.time.as_secs_f64()
	}

	fn add(&mut self, count: usize, blocks: u32, time: Duration) {
		self.count += count;
		self.blocks += blocks;
		self.time += time;
	}
}

/// Both kinds.
#[derive(Clone, Copy, Default, Debug)]
pub struct Speed {
	/// Transfers of EXA between accounts that exist.
	pub transfers: Measured,
	/// Orders placed in the auction.
	pub orders: Measured,
	/// Batches that traded, and what they traded in milli-devices.
	pub batches: u32,
	/// What they traded, in milli-devices.
	pub volume: u64,
}

impl Speed {
	/// Orders per second over transfers per second.
	pub fn ratio(&self) -> f64 {
		self.orders.per_second() / self.transfers.per_second()
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
	println!("opening {markets} markets and giving {accounts} accounts what they trade with");
	let utcs = open_markets(client, funder, markets, supply).await?;
	let wallets = funder.children(1, accounts);
	let money = 15 * EXA * u128::from(rounds * markets) + 10 * EXA;
	fund(client, funder, &wallets, money, &utcs, units, |index| index % 2 == 1).await?;

	let mut random = Random::new(1);
	let mut nonces = vec![0u32; wallets.len()];
	for (wallet, nonce) in wallets.iter().zip(&mut nonces) {
		*nonce = client.next_nonce(&wallet.account).await?;
	}
	let mut speed = Speed::default();
	println!(
		"{:<6} {:<10} {:>7} {:>7} {:>10} {:>12}",
		"round", "kind", "count", "blocks", "execution", "per second"
	);
	for round in 1..=rounds {
		let calls = transfers(&wallets, markets);
		let (first, last, count) = send(client, &wallets, &mut nonces, calls).await?;
		let time = executions(client, first, last).await?;
		row(round, "transfers", count, last - first + 1, time);
		speed.transfers.add(count, last - first + 1, time);

		let calls = orders(&wallets, &utcs, &mut random)?;
		let (first, last, count) = send(client, &wallets, &mut nonces, calls).await?;
		let last = cleared(client, last).await?;
		for number in first..=last {
			for record in client.events(client.hash(Some(number)).await?).await? {
				if let RuntimeEvent::Market(pallet_market::Event::BatchCleared { volume, .. }) = record.event
				{
					speed.batches += 1;
					speed.volume += volume;
				}
			}
		}
		let time = executions(client, first, last).await?;
		row(round, "orders", count, last - first + 1, time);
		speed.orders.add(count, last - first + 1, time);
	}
	ensure!(speed.batches > 0, "no batch traded: what was measured is no market");
	Ok(speed)
}

fn row(round: u32, kind: &str, count: usize, blocks: u32, time: Duration) {
	let per_second = count as f64 / time.as_secs_f64();
	println!(
		"{round:<6} {kind:<10} {count:>7} {blocks:>7} {:>7.0} ms {per_second:>12.0}",
		time.as_secs_f64() * 1_000.0
	);
}

/// `each` transfers of every account to the next one.
fn transfers(wallets: &[Wallet], each: u32) -> Vec<(usize, RuntimeCall)> {
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
fn orders(wallets: &[Wallet], utcs: &[UtcId], random: &mut Random) -> Result<Vec<(usize, RuntimeCall)>> {
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

/// Sends calls of accounts; the first and the last block that hold them, and their number. All have to succeed.
async fn send(
	client: &Client,
	wallets: &[Wallet],
	nonces: &mut [u32],
	calls: Vec<(usize, RuntimeCall)>,
) -> Result<(u32, u32, usize)> {
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
	Ok((first, last, transactions.len()))
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
