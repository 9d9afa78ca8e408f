//! Traders that do what a seed says, for load and for tests.
//!
//! What they want is determined by the seed ([`plan`]); which batch an order joins, and with that what it comes to,
//! depends on the chain. Every unit that they had at the start is accounted for at the end.

mod accounts;
mod deliver;
mod execution;
mod plan;
mod scene;

pub use accounts::Accounts;
pub(crate) use deliver::finalised;
pub use deliver::{deliver, Fate, Receipt};
pub use execution::executions;
pub use plan::{plan, Action, Prices, Random};
pub use scene::{fund, open_markets, send_in_order, Wallet, PRICE};

use crate::client::{describe, Client};
use anyhow::{bail, ensure, Context, Result};
use codec::Encode;
use exabits_math::auction::Tick;
use exabits_primitives::{ListingId, MilliDevices, UtcId};
use exabits_runtime::{Balance, Runtime, RuntimeCall, RuntimeEvent, EXA};
use pallet_market::auction::OrderId;
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// Ticks around the price in the middle in which traders want to trade.
const WIDTH: u16 = 40;
/// Rounds in a row in which nothing succeeds, after which the simulation gives up.
const FRUITLESS: u32 = 5;

/// What is simulated.
#[derive(Clone, Copy, Debug)]
pub struct Options {
	/// Traders.
	pub traders: u32,
	/// Orders that they place together.
	pub orders: u32,
	/// Determines what they do.
	pub seed: u64,
	/// EXA that each gets at the start.
	pub money: Balance,
	/// The market. `None` opens one, on a development chain whose sudo key the funder is.
	pub utc: Option<UtcId>,
	/// The longest that it may take.
	pub limit: Duration,
}

/// What came of it.
#[derive(Clone, Default, Debug)]
pub struct Totals {
	/// Transactions sent.
	pub sent: u64,
	/// Those that a block holds and that did what they should.
	pub succeeded: u64,
	/// Those that a block holds and that failed, by the error.
	pub failed: BTreeMap<String, u64>,
	/// Those that no block holds, by what the pool said.
	pub refused: BTreeMap<String, u64>,
	/// Orders placed.
	pub orders: u64,
	/// Milli-devices that traded in the auction.
	pub traded: u64,
	/// Milli-devices that were bought from listings.
	pub bought: u64,
	/// From the first transaction to the last block that holds one.
	pub wall: Duration,
	/// What executing the blocks of that time takes; `None` where the node no longer has their states.
	pub execution: Option<Duration>,
	/// Blocks of that time.
	pub blocks: u32,
	/// Whether nothing was created or lost; `false` when others traded meanwhile, so that it cannot be told.
	pub conserved: bool,
}

struct Simulation<'a> {
	client: &'a Client,
	utc: UtcId,
	wallets: Vec<Wallet>,
	nonces: Vec<u32>,
	/// Orders of each trader, in the order in which they were placed.
	orders: Vec<Vec<OrderId>>,
	/// Open listings with their sellers.
	listings: Vec<(ListingId, usize)>,
	totals: Totals,
	accounts: Accounts,
}

/// Runs a simulation and checks that nothing was created or lost.
pub async fn run(client: &Client, funder: &Wallet, options: Options) -> Result<Totals> {
	ensure!(options.traders > 0, "there have to be traders");
	let begin = Instant::now();
	let traders = u128::from(options.traders);
	let (utc, units) = match options.utc {
		Some(utc) => {
			let has = client.best().units(utc, &funder.account).await?;
			(utc, u32::try_from(has / traders).unwrap_or(u32::MAX))
		}
		None => {
			let each = 4_000u32;
			let all = each.checked_mul(options.traders).context("too many traders")?;
			let opened = open_markets(client, funder, 1, MilliDevices(all)).await?;
			(*opened.first().context("no market was opened")?, each)
		}
	};
	let prices = prices(client, utc).await?;
	let wallets = funder.children(options.seed, options.traders);
	fund(client, funder, &wallets, options.money, &[utc], MilliDevices(units), |_| true).await?;

	let mut simulation = Simulation::new(client, utc, wallets).await?;
	let outcome = simulation.trade(options, prices, begin).await;
	// What is left goes back even where something failed.
	let returned = simulation.finish(funder).await;
	outcome?;
	returned?;
	Ok(simulation.totals)
}

/// Around the settlement price, up to what the UTC is covered with.
async fn prices(client: &Client, utc: UtcId) -> Result<Prices> {
	let record: Option<pallet_utc::UtcRecord> =
		client.value(pallet_utc::Utcs::<Runtime>::hashed_key_for(utc)).await?;
	let record = record.with_context(|| format!("there is no UTC {utc}"))?;
	let cap = exabits_math::settlement::price_cap(record.price, record.kappa);
	Ok(Prices {
		middle: Tick::at_most(record.price).context("the UTC's price is below the grid")?,
		width: WIDTH,
		highest: cap.and_then(Tick::at_most).context("the UTC's cap is below the grid")?,
	})
}

impl<'a> Simulation<'a> {
	async fn new(client: &'a Client, utc: UtcId, wallets: Vec<Wallet>) -> Result<Self> {
		let mut nonces = Vec::with_capacity(wallets.len());
		for wallet in &wallets {
			nonces.push(client.next_nonce(&wallet.account).await?);
		}
		let accounts = Accounts::at(client, finalised(client).await?, utc, &wallets).await?;
		Ok(Self {
			client,
			utc,
			orders: vec![Vec::new(); wallets.len()],
			listings: Vec::new(),
			nonces,
			wallets,
			totals: Totals::default(),
			accounts,
		})
	}

	async fn trade(&mut self, options: Options, prices: Prices, begin: Instant) -> Result<()> {
		let least: MilliDevices = <Runtime as pallet_market::Config>::MinAmount::get();
		let rounds = plan(options.seed, options.traders, options.orders, prices, least);
		let (first, mut fruitless) = (finalised(self.client).await?, 0);
		let started = Instant::now();
		for round in rounds {
			ensure!(begin.elapsed() < options.limit, "it took longer than {} s", options.limit.as_secs());
			let calls: Vec<_> = round
				.into_iter()
				.enumerate()
				.filter_map(|(trader, action)| Some((trader, self.call(trader, action)?)))
				.collect();
			let before = self.totals.succeeded;
			self.send(calls).await?;
			fruitless = if self.totals.succeeded > before { 0 } else { fruitless + 1 };
			ensure!(fruitless < FRUITLESS, "nothing succeeded in {FRUITLESS} rounds: {:?}", self.totals);
		}
		self.totals.wall = started.elapsed();
		let last = finalised(self.client).await?;
		self.totals.blocks = last - first;
		let times = executions(self.client, first + 1..=last, 1).await.ok();
		self.totals.execution = times.map(|times| times.values().sum());
		Ok(())
	}

	/// The call of an action; `None` where there is no such order or listing.
	fn call(&self, trader: usize, action: Action) -> Option<RuntimeCall> {
		use pallet_market::Call;
		let utc = self.utc;
		let order = |back: u32| self.orders.get(trader)?.iter().rev().nth(back as usize).copied();
		let call: Call<Runtime> = match action {
			Action::Place { side, tick, amount } => {
				Call::place_order { utc, side, tick: tick.number(), amount }
			}
			Action::Cancel { back } => Call::cancel_order { utc, order: order(back)? },
			Action::Claim { back } => {
				let trader = self.wallets.get(trader)?.account.clone();
				Call::claim { utc, trader, order: order(back)? }
			}
			Action::List { tick, amount } => Call::list { utc, amount, price: tick.price() },
			Action::Buy { back, amount } => {
				let (listing, _) = self.listings.iter().rev().nth(back as usize)?;
				Call::buy { listing: *listing, amount, max_price: Balance::MAX }
			}
		};
		Some(call.into())
	}

	/// Sends calls and counts what became of them.
	async fn send(&mut self, calls: Vec<(usize, RuntimeCall)>) -> Result<()> {
		let mut transactions = Vec::with_capacity(calls.len());
		for (trader, call) in &calls {
			let nonce = self.nonces[*trader];
			transactions.push(self.client.sign(&self.wallets[*trader].pair, call.clone(), nonce).encode());
			self.nonces[*trader] += 1;
		}
		self.totals.sent += transactions.len() as u64;
		let fates = deliver(self.client, &transactions).await?;
		for ((trader, _), fate) in calls.iter().zip(&fates) {
			match fate {
				Fate::Included(Receipt { failure: None, .. }) => self.totals.succeeded += 1,
				Fate::Included(Receipt { failure: Some(error), .. }) => {
					*self.totals.failed.entry(describe(error)).or_default() += 1;
				}
				Fate::Refused(reason) => {
					*self.totals.refused.entry(reason.clone()).or_default() += 1;
					self.nonces[*trader] = self.client.next_nonce(&self.wallets[*trader].account).await?;
				}
				Fate::Lost => {
					*self.totals.refused.entry("no block held it".into()).or_default() += 1;
					self.nonces[*trader] = self.client.next_nonce(&self.wallets[*trader].account).await?;
				}
			}
			for event in fate.events() {
				self.note(*trader, event);
			}
		}
		Ok(())
	}

	fn note(&mut self, trader: usize, event: &RuntimeEvent) {
		let RuntimeEvent::Market(event) = event else { return };
		match event {
			pallet_market::Event::OrderPlaced { order, .. } => {
				self.totals.orders += 1;
				self.orders[trader].push(*order);
			}
			pallet_market::Event::Listed { listing, .. } => self.listings.push((*listing, trader)),
			pallet_market::Event::Bought { amount, .. } => self.totals.bought += u64::from(amount.0),
			pallet_market::Event::Cancelled { listing, .. } => {
				self.listings.retain(|(open, _)| open != listing);
			}
			_ => (),
		}
	}

	/// Takes all back, checks that nothing was created or lost, and returns what is left to the funder.
	async fn finish(&mut self, funder: &Wallet) -> Result<()> {
		let took = self.totals.clone();
		self.withdraw().await?;
		let last = finalised(self.client).await?;
		let traded = self.accounts.follow(self.client, last).await?;
		let conserved = self.accounts.check(self.client, last, &self.wallets).await?;
		let totals = Totals { traded, conserved, ..took };

		let to = &funder.account;
		let calls = (0..self.wallets.len())
			.map(|trader| {
				let calls = vec![
					pallet_assets::Call::<Runtime>::transfer_all {
						id: self.utc.0.into(),
						dest: to.clone().into(),
						keep_alive: false,
					}
					.into(),
					pallet_balances::Call::<Runtime>::transfer_all {
						dest: to.clone().into(),
						keep_alive: false,
					}
					.into(),
				];
				// Whoever has no UTC left still returns its EXA.
				(trader, pallet_utility::Call::<Runtime>::force_batch { calls }.into())
			})
			.collect();
		self.send(calls).await?;
		self.totals = totals;
		Ok(())
	}

	/// Cancels and claims all orders and listings.
	async fn withdraw(&mut self) -> Result<()> {
		use pallet_market::Call;
		let state = self.client.at(self.client.hash(None).await?);
		let mut calls: Vec<(usize, Vec<RuntimeCall>)> = Vec::new();
		for (trader, wallet) in self.wallets.iter().enumerate() {
			let who = &wallet.account;
			let utc = self.utc;
			let mut of: Vec<Call<Runtime>> = Vec::new();
			let views =
				state.view(pallet_market::OrdersViewFunction::<Runtime>::new(utc, who.clone())).await?;
			for view in views {
				// Whichever applies: some may be filled before the block that holds this.
				of.push(Call::cancel_order { utc, order: view.id });
				of.push(Call::claim { utc, trader: who.clone(), order: view.id });
			}
			let listed = self.listings.iter().filter(|(_, seller)| *seller == trader);
			of.extend(listed.map(|(listing, _)| Call::cancel { listing: *listing }));
			if !of.is_empty() {
				calls.push((trader, of.into_iter().map(Into::into).collect()));
			}
		}
		let calls = calls
			.into_iter()
			.map(|(trader, calls)| (trader, pallet_utility::Call::<Runtime>::force_batch { calls }.into()))
			.collect();
		self.send(calls).await
	}
}

/// EXA that a trader needs for so many orders.
pub fn money_for(orders: u32) -> Balance {
	// Sixteen orders of a whole UTC at most rest at a time.
	Balance::from(orders.clamp(1, 16)) * 15 * EXA + 10 * EXA
}

/// Fails unless a URL leads to this machine.
pub fn ensure_loopback(url: &str) -> Result<()> {
	let rest =
		url.strip_prefix("ws://").or(url.strip_prefix("wss://")).context("--url must begin with ws://")?;
	let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
	let host = match authority.strip_prefix('[') {
		Some(rest) => rest.split(']').next().unwrap_or_default(),
		None => authority.split(':').next().unwrap_or_default(),
	};
	let loopback = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
	if !loopback {
		bail!("{host} is not this machine; traders are simulated on development chains (--remote insists)");
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_this_machine_is_loopback() {
		for url in ["ws://127.0.0.1:9944", "ws://localhost", "ws://[::1]:9944/x", "wss://127.3.2.1"] {
			ensure_loopback(url).unwrap();
		}
		for url in [
			"ws://10.0.0.1:9944",
			"ws://example.org",
			"http://127.0.0.1",
			"ws://127.0.0.1.example.org",
			"ws://localhost@example.org",
			"ws://",
		] {
			ensure_loopback(url).unwrap_err();
		}
	}
}
