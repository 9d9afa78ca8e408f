//! Tests: the grid, the wear of a level, single random books and whole random histories against exact numbers.

mod books;
mod grid;
mod histories;
mod wear;

use super::*;
use exabits_primitives::{Balance, MilliDevices};
use sp_arithmetic::Perbill;
use std::collections::BTreeMap;
use std::vec::Vec;

/// A stream of numbers that is the same in every run (SplitMix64).
#[derive(Clone)]
struct Random(u64);

impl Random {
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	fn below(&mut self, bound: u64) -> u64 {
		self.next() % bound
	}

	fn between(&mut self, low: u64, high: u64) -> u64 {
		low + self.below(high - low + 1)
	}

	fn chance(&mut self, percent: u64) -> bool {
		self.below(100) < percent
	}

	fn shuffle<T>(&mut self, items: &mut [T]) {
		for at in (1..items.len()).rev() {
			items.swap(at, self.below(at as u64 + 1) as usize);
		}
	}
}

/// A book in memory, which counts the pages and records that it reads and writes.
#[derive(Clone, Default)]
struct Memory {
	pages: BTreeMap<(Side, u8), Page>,
	page_closes: BTreeMap<(Side, u8, Generation), PageClose>,
	level_closes: BTreeMap<(Side, Tick, Generation), LevelClose>,
	reads: std::cell::Cell<u32>,
	writes: u32,
}

impl Memory {
	fn read(&self) {
		self.reads.set(self.reads.get() + 1);
	}
}

impl Book for Memory {
	fn page(&self, side: Side, page: u8) -> Page {
		self.read();
		self.pages.get(&(side, page)).cloned().unwrap_or_default()
	}
	fn set_page(&mut self, side: Side, page: u8, content: Page) {
		self.writes += 1;
		if content.is_empty() {
			self.pages.remove(&(side, page));
		} else {
			self.pages.insert((side, page), content);
		}
	}
	fn page_close(&self, side: Side, page: u8, generation: Generation) -> Option<PageClose> {
		self.read();
		self.page_closes.get(&(side, page, generation)).cloned()
	}
	fn set_page_close(&mut self, side: Side, page: u8, generation: Generation, close: PageClose) {
		self.writes += 1;
		let before = self.page_closes.insert((side, page, generation), close);
		assert!(before.is_none(), "a page was closed twice in one life");
	}
	fn level_close(&self, side: Side, tick: Tick, generation: Generation) -> Option<LevelClose> {
		self.read();
		self.level_closes.get(&(side, tick, generation)).copied()
	}
	fn set_level_close(&mut self, side: Side, tick: Tick, generation: Generation, close: LevelClose) {
		self.writes += 1;
		let before = self.level_closes.insert((side, tick, generation), close);
		assert!(before.is_none(), "a level was closed twice in one life");
	}
}

/// A book and its summary.
#[derive(Clone, Default)]
struct Market {
	book: Memory,
	summary: Summary,
	now: u32,
	last: Option<Tick>,
}

impl Market {
	fn place(&mut self, side: Side, tick: Tick, amount: MilliDevices) -> Result<Order, AuctionError> {
		let mut page = self.book.page(side, tick.page());
		let ticket = page.place(Generation(self.now), tick.place(), amount)?;
		self.summary.set(side, tick.page(), page.total());
		self.book.set_page(side, tick.page(), page);
		Ok(Order { side, tick, amount, ticket })
	}

	fn cancel(&mut self, order: &Order) -> Result<Cancelled, AuctionError> {
		let mut page = self.book.page(order.side, order.tick.page());
		let Some(Fate::Resting(wear)) = order.resting(&page) else { return Err(AuctionError::Gone) };
		let cancelled = order.cancelled(wear).ok_or(AuctionError::Overflow)?;
		page.cancel(order.tick.place(), order.ticket.level, cancelled.rest)?;
		self.summary.set(order.side, order.tick.page(), page.total());
		self.book.set_page(order.side, order.tick.page(), page);
		Ok(cancelled)
	}

	fn clear(&mut self, fee: Perbill) -> Option<Cleared> {
		let cleared = clear(&mut self.book, &mut self.summary, self.last, fee).unwrap();
		self.now += 1;
		if let Some(cleared) = &cleared {
			self.last = Some(cleared.tick);
		}
		for side in [Side::Bid, Side::Ask] {
			for page in 0..PAGES {
				let total = self.book.pages.get(&(side, page)).map_or(0, Page::total);
				assert_eq!(self.summary.get(side, page), total, "summary of page {page}");
			}
		}
		cleared
	}

	fn fate(&self, order: &Order) -> Fate {
		order.fate(&self.book).expect("the book knows its orders")
	}
}

fn tick(number: u16) -> Tick {
	Tick::new(number).unwrap()
}

/// A tick whose price is about one EXA.
const AROUND: u16 = 2_126;
