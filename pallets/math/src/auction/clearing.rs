//! The uniform price of a batch, and its fills.

use super::{wear, AuctionError, Generation, Level, Page, Rate, Side, Summary, Tick, Wear, PAGES};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::Balance;
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Where a book's pages and close records are kept.
pub trait Book {
	/// A page; an empty one where none is kept.
	fn page(&self, side: Side, page: u8) -> Page;
	/// Keeps a page, or none where it is empty.
	fn set_page(&mut self, side: Side, page: u8, content: Page);
	/// The record of a page that was swept.
	fn page_close(&self, side: Side, page: u8, generation: Generation) -> Option<PageClose>;
	/// Keeps it.
	fn set_page_close(&mut self, side: Side, page: u8, generation: Generation, close: PageClose);
	/// The record of a level that was closed by itself.
	fn level_close(&self, side: Side, tick: Tick, generation: Generation) -> Option<LevelClose>;
	/// Keeps it.
	fn set_level_close(&mut self, side: Side, tick: Tick, generation: Generation, close: LevelClose);
}

/// A page that traded whole.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct PageClose {
	/// What all that was left of it traded at.
	pub rate: Rate,
	/// Place, generation and wear of its levels before that.
	pub levels: BoundedVec<(u8, Generation, Option<Wear>), ConstU32<64>>,
}

/// A level that was closed by itself.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct LevelClose {
	/// Its wear before that.
	pub wear: Option<Wear>,
	/// What all that was left of it traded at; none when it was worn out and is given back.
	pub rate: Option<Rate>,
}

/// A batch that traded.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Cleared {
	/// The tick of its one price.
	pub tick: Tick,
	/// What was traded, in milli-devices.
	pub volume: u64,
	/// The tick of the worst bid that was filled.
	pub bid: Tick,
	/// The tick of the worst ask that was filled.
	pub ask: Tick,
	/// The fee that sellers bear, rounded down.
	pub fee: Balance,
}

/// A book and its summary, to look for the price in.
struct Looking<'a, B> {
	book: &'a B,
	summary: &'a Summary,
}

impl<B: Book> Looking<'_, B> {
	/// A page, without a read where the summary knows that nothing trades there.
	fn page(&self, side: Side, page: u8) -> Page {
		if self.summary.get(side, page) == 0 {
			Page::default()
		} else {
			self.book.page(side, page)
		}
	}

	/// Bids at `tick` and above.
	fn demand(&self, tick: Tick) -> u64 {
		let page = self.page(Side::Bid, tick.page());
		let here = page.levels().iter().filter(|level| level.place >= tick.place());
		here.fold(self.summary.above(Side::Bid, tick), |sum, level| sum.saturating_add(level.total))
	}

	/// Asks at `tick` and below.
	fn supply(&self, tick: Tick) -> u64 {
		let page = self.page(Side::Ask, tick.page());
		let here = page.levels().iter().filter(|level| level.place <= tick.place());
		here.fold(self.summary.below(Side::Ask, tick), |sum, level| sum.saturating_add(level.total))
	}

	/// The highest tick at which demand is not below supply; `None` when it is at each.
	///
	/// Demand falls and supply rises with the price. The page in which they cross is found from the summary; only
	/// its own two pages are read.
	fn crossing(&self) -> Option<Tick> {
		let (bids, asks) = (self.summary.side(Side::Bid), self.summary.side(Side::Ask));
		let (mut demand, mut supply) = (sum(bids), 0u64);
		let mut found = (0u8, demand, supply);
		for ((page, bid), ask) in (0..PAGES).zip(bids).zip(asks) {
			if demand < supply {
				break;
			}
			found = (page, demand, supply);
			demand = demand.saturating_sub(*bid);
			supply = supply.saturating_add(*ask);
		}
		let (page, mut demand, mut supply) = found;
		let (bids, asks) = (self.page(Side::Bid, page), self.page(Side::Ask, page));
		let total = |page: &Page, place| page.level(place).map_or(0, |level: &Level| level.total);
		let first = Tick::at(page, 0)?;
		let mut best = first.previous();
		for place in 0..64 {
			supply = supply.saturating_add(total(&asks, place));
			if demand < supply {
				break;
			}
			best = Tick::at(page, place);
			demand = demand.saturating_sub(total(&bids, place));
		}
		best
	}

	/// The highest tick at or below `tick` with orders of a side.
	fn at_or_below(&self, side: Side, tick: Tick) -> Option<Tick> {
		let pages = self.summary.pages(side).rev().map(|(page, _)| page);
		pages.filter(|page| *page <= tick.page()).find_map(|page| {
			let content = self.page(side, page);
			let ticks = content.levels().iter().rev().filter(|level| level.total > 0);
			ticks.filter_map(|level| Tick::at(page, level.place)).find(|found| *found <= tick)
		})
	}

	/// The lowest tick at or above `tick` with orders of a side.
	fn at_or_above(&self, side: Side, tick: Tick) -> Option<Tick> {
		let pages = self.summary.pages(side).map(|(page, _)| page);
		pages.filter(|page| *page >= tick.page()).find_map(|page| {
			let content = self.page(side, page);
			let ticks = content.levels().iter().filter(|level| level.total > 0);
			ticks.filter_map(|level| Tick::at(page, level.place)).find(|found| *found >= tick)
		})
	}

	/// The lowest tick with the same demand and supply as `tick`.
	fn lowest_like(&self, tick: Tick) -> Tick {
		let ask = self.at_or_below(Side::Ask, tick).unwrap_or(Tick::MIN);
		let bid = tick.previous().and_then(|below| self.at_or_below(Side::Bid, below));
		ask.max(bid.and_then(Tick::next).unwrap_or(Tick::MIN))
	}

	/// The highest tick with the same demand and supply as `tick`.
	fn highest_like(&self, tick: Tick) -> Tick {
		let bid = self.at_or_above(Side::Bid, tick).unwrap_or(Tick::MAX);
		let ask = tick.next().and_then(|above| self.at_or_above(Side::Ask, above));
		bid.min(ask.and_then(Tick::previous).unwrap_or(Tick::MAX))
	}
}

fn sum(pages: &[u64]) -> u64 {
	// 64 pages of 64 levels of at most `MAX_LEVEL` fit.
	pages.iter().fold(0, |sum, total| sum.saturating_add(*total))
}

/// The price at which most is traded, and how much that is; `None` when nothing can trade.
///
/// Of several prices that with the least difference between demand and supply; of several of those the highest
/// when demand exceeds supply at all of them and the lowest when supply exceeds demand at all; else the nearest
/// to `last`, and without a last price the one in the middle.
pub fn price(book: &impl Book, summary: &Summary, last: Option<Tick>) -> Option<(Tick, u64)> {
	if sum(summary.side(Side::Bid)) == 0 || sum(summary.side(Side::Ask)) == 0 {
		return None;
	}
	let looking = Looking { book, summary };
	// Below the crossing the supply limits the volume, which rises up to it; above it the demand does, which
	// falls from there.
	let below = looking.crossing();
	let above = below.map_or(Some(Tick::MIN), Tick::next);
	let below = below.map(|tick| (tick, looking.demand(tick), looking.supply(tick)));
	let above = above.map(|tick| (tick, looking.demand(tick), looking.supply(tick)));
	let volume = below.map_or(0, |(_, _, supply)| supply).max(above.map_or(0, |(_, demand, _)| demand));
	if volume == 0 {
		return None;
	}
	let below = below
		.filter(|(_, _, supply)| *supply == volume)
		.map(|(tick, demand, _)| (tick, demand.saturating_sub(volume)));
	let above = above
		.filter(|(_, demand, _)| *demand == volume)
		.map(|(tick, _, supply)| (tick, supply.saturating_sub(volume)));
	let nearest = |low: Tick, high: Tick| match last {
		Some(last) => last.max(low).min(high),
		None => low.midpoint(high),
	};
	let tick = match (below, above) {
		(Some((tick, 0)), _) => nearest(looking.lowest_like(tick), tick),
		(Some((low, excess)), Some((high, lack))) if excess == lack => {
			nearest(looking.lowest_like(low), looking.highest_like(high))
		}
		(Some((tick, excess)), Some((_, lack))) if excess < lack => tick,
		(Some((tick, _)), None) => tick,
		(_, Some((tick, _))) => tick,
		(None, None) => return None,
	};
	Some((tick, volume))
}

/// Fills what crosses in a book at one price, and closes what is filled; `None` when nothing can trade.
///
/// Each side is filled from its best price until the volume is reached. Pages that trade whole are swept; in the
/// one after them levels that trade whole are closed, and the last level is filled in part, all its orders in
/// proportion. Sellers get the price less `fee`.
///
/// Fails with `Inconsistent` when the summary is not that of the pages, and may then have changed both.
pub fn clear(
	book: &mut impl Book,
	summary: &mut Summary,
	last: Option<Tick>,
	fee: Perbill,
) -> Result<Option<Cleared>, AuctionError> {
	let Some((tick, volume)) = price(book, summary, last) else { return Ok(None) };
	let price = tick.price();
	let paid = Rate::new(price, Perbill::zero()).ok_or(AuctionError::Overflow)?;
	let earned = Rate::new(price, fee).ok_or(AuctionError::Overflow)?;
	let bid = fill(book, summary, Side::Bid, volume, paid)?;
	let ask = fill(book, summary, Side::Ask, volume, earned)?;
	let fee = wear::fee(price, volume, fee).ok_or(AuctionError::Overflow)?;
	Ok(Some(Cleared { tick, volume, bid, ask, fee }))
}

/// Fills `volume` of a side at `rate`; returns the worst tick filled.
fn fill(
	book: &mut impl Book,
	summary: &mut Summary,
	side: Side,
	volume: u64,
	rate: Rate,
) -> Result<Tick, AuctionError> {
	let mut pages: Vec<(u8, u64)> = summary.pages(side).collect();
	if side == Side::Bid {
		pages.reverse();
	}
	let mut left = volume;
	let mut worst = None;
	for (index, total) in pages {
		if left == 0 {
			break;
		}
		let page = book.page(side, index);
		if page.total() != total {
			return Err(AuctionError::Inconsistent);
		}
		let (tick, stays) = if total <= left {
			(sweep(book, side, index, page, rate)?, 0)
		} else {
			part(book, side, index, page, left, rate)?
		};
		summary.set(side, index, stays);
		worst = Some(tick);
		left = left.saturating_sub(total);
	}
	worst.filter(|_| left == 0).ok_or(AuctionError::Inconsistent)
}

/// Closes a page that trades whole; returns its worst tick.
fn sweep(book: &mut impl Book, side: Side, index: u8, page: Page, rate: Rate) -> Result<Tick, AuctionError> {
	let worst = match side {
		Side::Bid => page.levels().first(),
		Side::Ask => page.levels().last(),
	};
	let worst = worst.and_then(|level| Tick::at(index, level.place)).ok_or(AuctionError::Inconsistent)?;
	let levels: Vec<_> =
		page.levels().iter().map(|level| (level.place, level.generation, level.wear)).collect();
	let levels = BoundedVec::try_from(levels).map_err(|_| AuctionError::Inconsistent)?;
	book.set_page_close(side, index, page.generation(), PageClose { rate, levels });
	book.set_page(side, index, Page::default());
	Ok(worst)
}

/// Fills `volume`, which is less than the page holds, from its best level on; returns the worst tick filled and
/// what still rests in the page.
fn part(
	book: &mut impl Book,
	side: Side,
	index: u8,
	mut page: Page,
	volume: u64,
	rate: Rate,
) -> Result<(Tick, u64), AuctionError> {
	let mut places: Vec<u8> = page.levels().iter().map(|level| level.place).collect();
	if side == Side::Bid {
		places.reverse();
	}
	let mut left = volume;
	let mut worst = None;
	for place in places {
		if left == 0 {
			break;
		}
		let tick = Tick::at(index, place).ok_or(AuctionError::Inconsistent)?;
		let level = page.take(place).ok_or(AuctionError::Inconsistent)?;
		worst = Some(tick);
		if level.total <= left {
			left = left.saturating_sub(level.total);
			let close = LevelClose { wear: level.wear, rate: Some(rate) };
			book.set_level_close(side, tick, level.generation, close);
			continue;
		}
		let worn = level.wear.unwrap_or(Wear::FRESH);
		let wear = worn.fill(side, level.total, left, rate).ok_or(AuctionError::Overflow)?;
		let total = level.total.saturating_sub(left);
		left = 0;
		if wear.is_out() {
			book.set_level_close(side, tick, level.generation, LevelClose { wear: Some(wear), rate: None });
		} else {
			page.put(Level { total, wear: Some(wear), ..level })?;
		}
	}
	let stays = page.total();
	book.set_page(side, index, page);
	worst.filter(|_| left == 0).map(|tick| (tick, stays)).ok_or(AuctionError::Inconsistent)
}
