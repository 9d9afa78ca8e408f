//! Whether nothing was created or lost while simulated traders traded.

use super::Wallet;
use crate::client::Client;
use anyhow::{ensure, Result};
use exabits_primitives::UtcId;
use exabits_runtime::{AccountId, Balance, Runtime, RuntimeEvent};
use frame_support::traits::Get;
use pallet_market::Event;
use std::collections::BTreeSet;

/// What there is of money and of a UTC in some places.
#[derive(Clone, Copy, Default, Debug)]
struct Holdings {
	money: Balance,
	units: u128,
}

/// An account book of simulated traders, from a block on.
pub struct Accounts {
	utc: UtcId,
	/// The next block to be read.
	next: u32,
	/// What the traders had at the start.
	traders: Holdings,
	/// What the market's own accounts had at the start.
	market: Holdings,
	who: BTreeSet<AccountId>,
	/// Fees of transactions, orders, batches and listings.
	fees: Balance,
	/// Whether somebody else traded meanwhile, so that nothing can be said.
	strangers: bool,
}

impl Accounts {
	/// Begins after block `number`.
	pub async fn at(client: &Client, number: u32, utc: UtcId, wallets: &[Wallet]) -> Result<Self> {
		Ok(Self {
			utc,
			next: number + 1,
			traders: of_traders(client, number, utc, wallets).await?,
			market: of_market(client, number, utc).await?,
			who: wallets.iter().map(|wallet| wallet.account.clone()).collect(),
			fees: 0,
			strangers: false,
		})
	}

	/// Reads the blocks up to `last`; returns what traded in the auction, in milli-devices.
	pub async fn follow(&mut self, client: &Client, last: u32) -> Result<u64> {
		let mut traded = 0;
		while self.next <= last {
			for record in client.events(client.hash(Some(self.next)).await?).await? {
				match record.event {
					RuntimeEvent::TransactionPayment(
						pallet_transaction_payment::Event::TransactionFeePaid { who, actual_fee, .. },
					) if self.who.contains(&who) => self.fees += actual_fee,
					RuntimeEvent::Market(event) => traded += self.note(event),
					_ => (),
				}
			}
			self.next += 1;
		}
		Ok(traded)
	}

	fn note(&mut self, event: Event<Runtime>) -> u64 {
		match event {
			Event::OrderPlaced { trader, .. } => {
				self.strangers |= !self.who.contains(&trader);
				let fee: Balance = <Runtime as pallet_market::Config>::OrderFee::get();
				self.fees += fee;
			}
			Event::BatchCleared { utc, volume, fee, .. } => {
				self.strangers |= utc != self.utc;
				self.fees += fee;
				return volume;
			}
			Event::Bought { buyer, seller, fee, .. } => {
				self.strangers |= !self.who.contains(&buyer) || !self.who.contains(&seller);
				self.fees += fee;
			}
			Event::Listed { seller: who, .. }
			| Event::Cancelled { seller: who, .. }
			| Event::OrderCancelled { trader: who, .. }
			| Event::Claimed { trader: who, .. } => self.strangers |= !self.who.contains(&who),
			_ => self.strangers = true,
		}
		0
	}

	/// Fails unless what the traders had is what they have, what they paid in fees and what is in the market, to the
	/// last unit. False when others traded meanwhile, so that it cannot be told.
	pub async fn check(&self, client: &Client, last: u32, wallets: &[Wallet]) -> Result<bool> {
		if self.strangers {
			return Ok(false);
		}
		let traders = of_traders(client, last, self.utc, wallets).await?;
		let market = of_market(client, last, self.utc).await?;
		let (before, after) =
			(self.traders.money + self.market.money, traders.money + market.money + self.fees);
		ensure!(before == after, "EXA: there were {before} units and there are {after}, fees included");
		let (before, after) = (self.traders.units + self.market.units, traders.units + market.units);
		ensure!(before == after, "UTC: there were {before} milli and there are {after}");
		Ok(true)
	}
}

async fn of_traders(client: &Client, number: u32, utc: UtcId, wallets: &[Wallet]) -> Result<Holdings> {
	let accounts: Vec<_> = wallets.iter().map(|wallet| wallet.account.clone()).collect();
	sum(client, number, utc, &accounts).await
}

async fn of_market(client: &Client, number: u32, utc: UtcId) -> Result<Holdings> {
	type Market = pallet_market::Pallet<Runtime>;
	sum(client, number, utc, &[Market::escrow(), Market::book_account()]).await
}

async fn sum(client: &Client, number: u32, utc: UtcId, accounts: &[AccountId]) -> Result<Holdings> {
	let state = client.at(client.hash(Some(number)).await?);
	let mut sum = Holdings::default();
	for account in accounts {
		let (free, held) = state.balance(account).await?;
		sum.money += free + held;
		sum.units += state.units(utc, account).await?;
	}
	Ok(sum)
}
