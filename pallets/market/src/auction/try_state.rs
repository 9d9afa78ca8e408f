//! The invariants of auctions, by the numbers of the crate's documentation.

use super::{OrderState, KEPT_WINDOWS, SHARDS};
use crate::{BatchQueue, Books, Config, EndedTo, Ending, OfferedOrders, Orders, Pages, Pallet, Trading};
use alloc::{collections::BTreeMap, vec::Vec};
use exabits_math::auction::{Generation, Page, Side, Tick, PAGES};
use exabits_primitives::{Balance, UtcId, UtcMarket};
use frame_support::{
	ensure,
	traits::{fungible::Inspect as _, fungibles::Inspect as _},
};
use sp_runtime::TryRuntimeError;

/// Number and whole units of the orders that rest in each life of a level.
type Levels = BTreeMap<(UtcId, Side, Tick, Generation), (u32, u64)>;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of auctions.
	pub(crate) fn try_auctions() -> Result<(), TryRuntimeError> {
		let mut money = Balance::default();
		let mut units = BTreeMap::<UtcId, Balance>::new();
		let mut levels = Levels::new();
		let mut offers = 0usize;
		for (utc, _, orders) in Orders::<T>::iter() {
			ensure!(!orders.is_empty(), "7: a trader without orders");
			ensure!(orders.is_sorted_by(|a, b| a.id < b.id), "7: numbers that do not rise");
			let sum = units.entry(utc).or_default();
			for record in &orders {
				let due = Self::comes_to(utc, &record.state).ok_or("4: an order that comes to nothing")?;
				money = money.checked_add(due.money).ok_or("4: amounts overflow")?;
				*sum = sum.checked_add(due.units.0.into()).ok_or("4: amounts overflow")?;
				let order = match record.state {
					OrderState::Placed { order, .. } => order,
					OrderState::Offered { order, .. } => {
						offers = offers.saturating_add(1);
						order
					}
					OrderState::Cancelled { .. } => continue,
				};
				if let Some(rest) = Self::rests(utc, &record.state) {
					let key = (utc, order.side, order.tick, order.ticket.level);
					let (resting, total) = levels.entry(key).or_insert((0u32, 0u64));
					*resting += 1;
					*total += u64::from(rest.0);
				}
			}
		}
		let listed: usize = OfferedOrders::<T>::iter_values().map(|all| all.len()).sum();
		ensure!(listed == offers, "7: offers that the market does not know");
		let account = Self::book_account();
		let needed = money.saturating_add(T::Currency::minimum_balance());
		ensure!(money == 0 || T::Currency::balance(&account) >= needed, "4: the book falls short of EXA");
		for (utc, sum) in units {
			if T::Utcs::terms(utc).is_some() {
				ensure!(T::Assets::balance(utc.0, &account) >= sum, "4: the book falls short of UTC");
			}
		}
		Self::try_pages(levels)?;
		Self::try_queues()
	}

	/// Pages and summaries of markets that trade.
	fn try_pages(mut levels: Levels) -> Result<(), TryRuntimeError> {
		let trades = |utc| {
			Self::still_trading(utc).is_some() && !Books::<T>::get(utc).is_some_and(|book| book.winding)
		};
		for (utc, (side, index), page) in Pages::<T>::iter() {
			ensure!(!page.is_empty(), "5: an empty page");
			if !trades(utc) {
				continue;
			}
			for level in page.levels() {
				let tick = Tick::at(index, level.place).ok_or("5: a level off the grid")?;
				let (orders, rest) =
					levels.remove(&(utc, side, tick, level.generation)).ok_or("5: a level without orders")?;
				ensure!(level.orders == orders, "5: a level with another number of orders");
				ensure!(level.total >= rest, "5: a level with less than its orders");
			}
			let known = Books::<T>::contains_key(utc)
				|| Self::queued(utc).is_some_and(|batch| batch.touches(side, index));
			ensure!(known, "5: a page that no book and no batch knows");
		}
		ensure!(!levels.keys().any(|(utc, ..)| trades(*utc)), "5: an order without a level");
		for (utc, book) in Books::<T>::iter() {
			if !trades(utc) {
				continue;
			}
			let batch = Self::queued(utc);
			for side in [Side::Bid, Side::Ask] {
				for index in 0..PAGES {
					let touched = batch.as_ref().is_some_and(|batch| batch.touches(side, index));
					let page: Page = Pages::<T>::get(utc, (side, index));
					let is = book.summary.get(side, index);
					ensure!(touched || is == page.total(), "5: a summary that is not that of the page");
				}
			}
		}
		Ok(())
	}

	/// The queue of batches, that of markets to be wound down, and the trades that are kept.
	fn try_queues() -> Result<(), TryRuntimeError> {
		for (shard, batches) in BatchQueue::<T>::iter() {
			ensure!(shard < SHARDS && !batches.is_empty(), "6: a shard that should not be");
			let mut markets: Vec<_> = batches.iter().map(|batch| batch.utc).collect();
			ensure!(markets.iter().all(|utc| Self::shard(*utc) == shard), "6: a market in another shard");
			markets.sort();
			ensure!(markets.is_sorted_by(|a, b| a < b), "6: a market that is queued twice");
			ensure!(batches.iter().all(|batch| batch.pages() > 0), "6: a batch without orders");
		}
		for (utc, book) in Books::<T>::iter() {
			if let Some(due) = book.due {
				let queued = Ending::<T>::get(due).into_iter().filter(|queued| *queued == utc).count();
				ensure!(queued == 1, "6: a market is not due to be wound down exactly once");
			}
		}
		for (slot, markets) in Ending::<T>::iter() {
			ensure!(EndedTo::<T>::get().is_some_and(|cursor| slot >= cursor), "6: due before the cursor");
			ensure!(!markets.is_empty(), "6: an empty list of markets to be wound down");
			for utc in markets {
				let due = Books::<T>::get(utc).and_then(|book| book.due);
				ensure!(due == Some(slot), "6: a market due under another slot");
			}
		}
		for (_, place, (window, _)) in Trading::<T>::iter() {
			ensure!(window.0 % KEPT_WINDOWS == place, "8: trades of a window in another one's place");
		}
		Ok(())
	}
}
