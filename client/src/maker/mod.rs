//! A market maker: quotes both sides of batch auctions around what the chain quotes for the compute.
//!
//! After each block it reads its markets at that block, and sends what there is to do as one transaction, in which
//! each market's claims, cancellations and new orders all happen or none. What it may do next is always read back from
//! the chain, so that it can be ended and started again at any time.

mod chain;
pub mod config;
pub mod quoting;

use crate::{
	client::{describe, Client, State},
	simulate::Wallet,
};
use anyhow::{bail, ensure, Context, Result};
use chain::Observed;
use config::{decimal, Config};
use exabits_math::auction::Side;
use exabits_primitives::{UtcId, WindowIndex};
use exabits_runtime::{Balance, Runtime, RuntimeCall, RuntimeEvent, VERSION};
use jsonrpsee::rpc_params;
use quoting::{Phase, Plan};
use sp_runtime::DispatchError;
use std::{
	collections::{BTreeSet, HashMap},
	future::Future,
	time::Duration,
};
use tokio::{
	signal::unix::{signal, SignalKind},
	sync::watch,
	time::timeout,
};

/// Markets of one transaction.
const MARKETS: usize = 8;
/// The first and the longest pause before the node is called again.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));
/// The most blocks for which a market is left alone after the chain refused what was wanted there.
const LONGEST_WAIT: u32 = 64;
/// Refusals in a row after which the maker only takes back what it has in a market.
const PERSISTENT: u32 = 3;
/// Windows before the current one, and after it, in which orders may be left from an earlier run.
const AROUND: (u32, u32) = (2, 48);
/// How long there may be no block until the maker connects again.
const STALL: Duration = Duration::from_secs(60);
/// How long taking all back may take at the end.
const FAREWELL: Duration = Duration::from_secs(90);

/// How a maker runs.
#[derive(Clone, Copy, Default, Debug)]
pub struct Options {
	/// Looks at the markets once, and ends.
	pub once: bool,
	/// Prints what it would do, and sends nothing.
	pub dry_run: bool,
}

/// Runs a maker until it is told to end; connects again when the node is away.
pub async fn run(config: &Config, options: Options) -> Result<()> {
	let wallet = Wallet::of(&config.secret.read()?).context("account")?;
	let mut stop = signals()?;
	let mut pause = PAUSES.0;
	loop {
		let failed = match Client::connect(&config.url).await {
			Ok(client) => {
				let mut maker = Maker::new(config, options, &wallet, &client);
				match maker.work(&mut stop).await {
					Ok(()) => return Ok(()),
					Err(error) => {
						if maker.seen {
							pause = PAUSES.0;
						}
						error
					}
				}
			}
			Err(error) => error,
		};
		if options.once {
			return Err(failed);
		}
		if *stop.borrow() {
			return Err(failed.context("told to end, and orders may be left"));
		}
		eprintln!("{failed:#}; trying again in {} s", pause.as_secs());
		tokio::select! {
			_ = tokio::time::sleep(pause) => (),
			_ = stop.wait_for(|stop| *stop) => {
				return Err(failed.context("told to end while the node is away, and orders may be left"));
			}
		}
		pause = (pause * 2).min(PAUSES.1);
	}
}

/// Becomes true with the first signal to end; the second one ends the process.
fn signals() -> Result<watch::Receiver<bool>> {
	let (sender, receiver) = watch::channel(false);
	let first = told_to_end()?;
	tokio::spawn(async move {
		first.await;
		sender.send_replace(true);
		// Some tools send one signal to the process and the same to its group.
		tokio::time::sleep(PAUSES.0).await;
		if let Ok(second) = told_to_end() {
			second.await;
			std::process::exit(130);
		}
	});
	Ok(receiver)
}

/// Waits for SIGINT or SIGTERM from now on.
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
	let mut interrupt = signal(SignalKind::interrupt())?;
	let mut terminate = signal(SignalKind::terminate())?;
	Ok(async move {
		tokio::select! {
			_ = interrupt.recv() => (),
			_ = terminate.recv() => (),
		}
	})
}

/// A market that refused what was wanted.
#[derive(Clone, Copy, Default)]
struct Refused {
	/// How often in a row.
	times: u32,
	/// Blocks for which it is left alone.
	wait: u32,
}

/// What there is to do in a market.
struct Work {
	market: Observed,
	/// `None` to have everything refunded.
	plan: Option<Plan>,
	call: RuntimeCall,
}

impl Work {
	/// The same for people.
	fn describe(&self) -> String {
		let Observed { key, utc, situation, .. } = &self.market;
		let mut text = format!(
			"window {} (UTC {utc}): fair {} EXA, inventory {} milli:",
			key.window,
			decimal(situation.fair),
			situation.inventory()
		);
		let Some(plan) = &self.plan else { return text + " refund" };
		for (what, orders) in [("claim", plan.claims.len()), ("cancel", plan.cancels.len())] {
			if orders > 0 {
				text += &format!(" {what} {orders},");
			}
		}
		for quote in &plan.places {
			let what = if quote.side == Side::Bid { "bid" } else { "ask" };
			text += &format!(" {what} {} at {},", quote.amount, decimal(quote.tick.price()));
		}
		if !plan.kept.is_empty() {
			text += &format!(" keep {}", plan.kept.len());
		}
		text.trim_end_matches(',').to_owned()
	}
}

struct Maker<'a> {
	config: &'a Config,
	options: Options,
	wallet: &'a Wallet,
	client: &'a Client,
	/// Windows other than those that are quoted in which there are, or may be, orders: by the config's market.
	elsewhere: BTreeSet<(usize, WindowIndex)>,
	/// Whether the first look has filled `elsewhere`.
	seen: bool,
	refused: HashMap<UtcId, Refused>,
}

impl<'a> Maker<'a> {
	fn new(config: &'a Config, options: Options, wallet: &'a Wallet, client: &'a Client) -> Self {
		Self {
			config,
			options,
			wallet,
			client,
			elsewhere: BTreeSet::new(),
			seen: false,
			refused: HashMap::new(),
		}
	}

	/// Works until it is told to end, or until the node is away.
	async fn work(&mut self, stop: &mut watch::Receiver<bool>) -> Result<()> {
		let version: serde_json::Value =
			self.client.request("state_getRuntimeVersion", rpc_params![]).await?;
		let spec = version.get("specVersion").and_then(serde_json::Value::as_u64);
		ensure!(
			spec == Some(VERSION.spec_version.into()),
			"the chain's runtime is another version than the one this program was built for"
		);
		if self.options.once {
			return self.look(false).await.map(|_| ());
		}
		while !*stop.borrow() {
			self.look(false).await?;
			tokio::select! {
				block = timeout(STALL, self.client.next_block()) => {
					block.with_context(|| format!("no block for {} s", STALL.as_secs()))??;
				}
				_ = stop.wait_for(|stop| *stop) => (),
			}
		}
		if self.config.cancel_on_exit && !self.options.dry_run {
			println!("taking all orders back");
			timeout(FAREWELL, self.leave()).await.context("taking all orders back took too long")??;
		}
		Ok(())
	}

	/// Takes all orders back, again where one was filled meanwhile.
	async fn leave(&mut self) -> Result<()> {
		while self.look(true).await? > 0 {
			self.client.next_block().await?;
		}
		Ok(())
	}

	/// Reads all markets at the best block and does what there is to do; in how many there was something.
	async fn look(&mut self, leave: bool) -> Result<usize> {
		let state = self.client.at(self.client.hash(None).await?);
		let markets = self.observe(&state).await?;
		let (free, _) = state.balance(&self.wallet.account).await?;
		let plans = self.plan(markets, free, leave)?;
		if plans.is_empty() && (self.options.once || self.options.dry_run) {
			println!("nothing to do");
		}
		for part in plans.chunks(MARKETS) {
			for work in part {
				println!("{}", work.describe());
			}
			if !self.options.dry_run {
				self.send(part).await?;
			}
		}
		Ok(plans.len())
	}

	/// All markets that are quoted or in which there are orders.
	async fn observe(&mut self, state: &State<'_>) -> Result<Vec<Observed>> {
		let slot = state.slot().await?;
		let mut observed = Vec::new();
		let mut elsewhere = BTreeSet::new();
		for (index, market) in self.config.markets.iter().enumerate() {
			let slots = chain::window_slots(state, market).await?;
			let current = WindowIndex::at(slot, slots).0;
			let quoted: BTreeSet<u32> =
				market.windows.iter().map(|ahead| current.saturating_add(*ahead)).collect();
			let others: BTreeSet<u32> = if self.seen {
				self.elsewhere.iter().filter(|(of, _)| *of == index).map(|(_, window)| window.0).collect()
			} else {
				(current.saturating_sub(AROUND.0)..=current.saturating_add(AROUND.1)).collect()
			};
			for window in quoted.union(&others).copied() {
				let key = WindowIndex(window);
				let Some(mut found) = chain::observe(state, &self.wallet.account, market, key).await? else {
					continue;
				};
				if !quoted.contains(&window) {
					found.phase = found.phase.max(Phase::Withdraw);
				}
				if found.phase != Phase::Quote && found.situation.orders.is_empty() {
					continue;
				}
				elsewhere.insert((index, key));
				observed.push(found);
			}
		}
		(self.elsewhere, self.seen) = (elsewhere, true);
		Ok(observed)
	}

	/// What there is to do in each market. What is `free` in the account and the exposure are shared out in the config's
	/// order, after what the inventory of all markets is worth.
	fn plan(&mut self, markets: Vec<Observed>, free: Balance, leave: bool) -> Result<Vec<Work>> {
		let mut money = free.saturating_sub(self.config.reserve);
		let worth = |market: &Observed| {
			let units = Balance::from(market.situation.inventory().0);
			market.situation.fair.saturating_mul(units) / 1_000
		};
		let stock = markets.iter().map(worth).fold(0, Balance::saturating_add);
		let mut exposure = self.config.max_exposure.saturating_sub(stock);
		let mut plans = Vec::new();
		for mut market in markets {
			let who = &self.wallet.account;
			let refused = self.refused.entry(market.utc).or_default();
			if refused.wait > 0 && !leave {
				refused.wait -= 1;
				exposure = exposure.saturating_sub(market.situation.locked());
				continue;
			}
			(market.situation.money, market.situation.exposure) = (money, exposure);
			let strategy = self
				.config
				.markets
				.iter()
				.find(|of| (of.class, of.template) == (market.key.class, market.key.template))
				.map(|of| &of.strategy)
				.context("a market that the config does not name")?;
			let persistent = refused.times >= PERSISTENT && !market.situation.orders.is_empty();
			let plan = match market.phase {
				Phase::Ended => {
					let call = chain::refund(who, market.utc);
					plans.push(Work { market, plan: None, call });
					continue;
				}
				Phase::Quote if !leave && !persistent => {
					quoting::plan(strategy, &market.rules, &market.situation)
				}
				_ => quoting::withdraw(&market.situation),
			};
			money = plan.money;
			exposure = exposure.saturating_sub(plan.exposure());
			if !plan.is_idle() {
				let call = chain::calls(who, market.utc, &plan);
				plans.push(Work { market, plan: Some(plan), call });
			}
		}
		Ok(plans)
	}

	/// Sends what there is to do in some markets, and notes which of them refused it.
	async fn send(&mut self, part: &[Work]) -> Result<()> {
		let calls = part.iter().map(|work| work.call.clone()).collect();
		let call = pallet_utility::Call::<Runtime>::force_batch { calls };
		let events = match self.client.submit(&self.wallet.pair, call).await {
			Ok(events) => events,
			Err(error) => {
				// The next block shows what has become of it.
				eprintln!("not sent: {error:#}");
				return Ok(());
			}
		};
		let results = outcomes(&events, part.iter().map(|work| work.plan.is_some()));
		if results.len() != part.len() {
			bail!("{} of {} markets answered", results.len(), part.len());
		}
		for (work, result) in part.iter().zip(results) {
			let refused = self.refused.entry(work.market.utc).or_default();
			match result {
				Ok(()) => *refused = Refused::default(),
				Err(error) => {
					refused.times = refused.times.saturating_add(1);
					refused.wait =
						1u32.checked_shl(refused.times - 1).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
					eprintln!(
						"window {}: the chain refused it: {}; trying again in {} blocks",
						work.market.key.window,
						describe(&error),
						refused.wait
					);
				}
			}
		}
		Ok(())
	}
}

/// What became of each item of a batch, of which some (`nested`) are batches of their own.
fn outcomes(events: &[RuntimeEvent], nested: impl Iterator<Item = bool>) -> Vec<Result<(), DispatchError>> {
	use pallet_utility::Event;
	let mut events = events.iter().filter_map(|event| match event {
		RuntimeEvent::Utility(event) => Some(event),
		_ => None,
	});
	let mut results = Vec::new();
	for nested in nested {
		let mut inside = nested;
		let result = loop {
			match events.next() {
				// The end of the batch in the item; its own items come before, and none when it failed.
				Some(Event::BatchCompleted) if inside => inside = false,
				Some(Event::ItemCompleted) if !inside => break Ok(()),
				Some(Event::ItemFailed { error }) => break Err(*error),
				Some(_) => (),
				None => return results,
			}
		};
		results.push(result);
	}
	results
}

#[cfg(test)]
mod tests {
	use super::*;
	use pallet_utility::Event;

	fn events(of: Vec<Event>) -> Vec<RuntimeEvent> {
		of.into_iter().map(RuntimeEvent::Utility).collect()
	}

	#[test]
	fn tells_which_item_of_a_batch_failed() {
		let error = DispatchError::Unavailable;
		let log = events(vec![
			// Two orders in the first market, none in the second, a refund, one in the last.
			Event::ItemCompleted,
			Event::ItemCompleted,
			Event::BatchCompleted,
			Event::ItemCompleted,
			Event::ItemFailed { error },
			Event::ItemCompleted,
			Event::ItemCompleted,
			Event::BatchCompleted,
			Event::ItemCompleted,
			Event::BatchCompletedWithErrors,
		]);
		let results = outcomes(&log, [true, true, false, true].into_iter());
		assert_eq!(results, [Ok(()), Err(error), Ok(()), Ok(())]);
		assert_eq!(outcomes(&log[..4], [true, true].into_iter()), [Ok(())]);
	}
}
