//! What orders cost, come to, and are owed.

use super::{cost, Book, LevelClose, Outcome, Page, PageClose, Rate, Side, Tick, Ticket, Wear};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{Balance, MilliDevices};
use scale_info::TypeInfo;

/// An order that rests, or has rested, in a book.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Order {
	/// Whether it buys or sells.
	pub side: Side,
	/// The worst price that it takes.
	pub tick: Tick,
	/// How much it buys or sells, filled or not.
	pub amount: MilliDevices,
	/// What it noted when it joined its level.
	pub ticket: Ticket,
}

/// Where an order's level is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
	/// Orders rest there.
	Resting(Option<Wear>),
	/// All that was left of it traded.
	Filled(Option<Wear>, Rate),
	/// It was worn out: what is left of it goes back.
	WornOut(Option<Wear>),
}

/// What an order is owed, all that it was given before included.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Due {
	/// UTC: bought, or not sold and given back.
	pub units: MilliDevices,
	/// EXA: earned, or prepaid and not spent.
	pub money: Balance,
	/// Whether nothing will be added.
	pub over: bool,
}

/// What taking an order back comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cancelled {
	/// The whole units that leave the level.
	pub rest: MilliDevices,
	/// What is given back of what the order put in: UTC of an ask.
	pub units_back: MilliDevices,
	/// The same of a bid: EXA, whatever it saved on its fills included.
	pub money_back: Balance,
	/// What its fills earned: UTC of a bid, all that it was given before included.
	pub units_due: MilliDevices,
	/// The same of an ask: EXA.
	pub money_due: Balance,
}

impl Order {
	/// What a bid prepays.
	pub fn prepaid(&self) -> Option<Balance> {
		cost(self.tick.price(), self.amount)
	}

	/// What has become of it, while its level is at `fate`.
	pub fn outcome(&self, fate: Fate) -> Option<Outcome> {
		let (wear, last) = match fate {
			Fate::Resting(wear) | Fate::WornOut(wear) => (wear, None),
			Fate::Filled(wear, rate) => (wear, Some(rate)),
		};
		let joined = self.ticket.wear.unwrap_or(Wear::FRESH);
		let limit = self.tick.price();
		wear.unwrap_or(Wear::FRESH).since(&joined, self.side, self.amount, limit, last)
	}

	/// What it is owed. The price improvement of a bid is paid once it is over.
	pub fn due(&self, fate: Fate) -> Option<Due> {
		let outcome = self.outcome(fate)?;
		let over = !matches!(fate, Fate::Resting(_));
		Some(match self.side {
			Side::Bid => Due {
				units: outcome.filled,
				// A fill by fill exact at the limit may be rounded up by one unit.
				money: if over { self.prepaid()?.saturating_sub(outcome.money) } else { 0 },
				over,
			},
			Side::Ask => {
				Due { units: if over { outcome.rest } else { MilliDevices(0) }, money: outcome.money, over }
			}
		})
	}

	/// What taking it back comes to, while orders rest at its level, which has this wear.
	pub fn cancelled(&self, wear: Option<Wear>) -> Option<Cancelled> {
		let outcome = self.outcome(Fate::Resting(wear))?;
		let none = MilliDevices(0);
		Some(match self.side {
			Side::Bid => Cancelled {
				rest: outcome.rest,
				units_back: none,
				money_back: self.prepaid()?.saturating_sub(outcome.money).saturating_sub(outcome.broken),
				units_due: outcome.filled,
				money_due: 0,
			},
			Side::Ask => Cancelled {
				rest: outcome.rest,
				units_back: outcome.rest,
				money_back: 0,
				units_due: none,
				money_due: outcome.money,
			},
		})
	}

	/// Where its level is, from its own close record, else that of its page, else the page. Each is read only
	/// when those before say nothing. `None` for an order that no book knows.
	pub fn fate(&self, book: &impl Book) -> Option<Fate> {
		let Ticket { page, level, .. } = self.ticket;
		if let Some(close) = book.level_close(self.side, self.tick, level) {
			return Some(close.fate());
		}
		let close = book.page_close(self.side, self.tick.page(), page);
		if let Some(fate) = close.and_then(|close| close.fate(self)) {
			return Some(fate);
		}
		self.resting(&book.page(self.side, self.tick.page()))
	}

	/// Its level in a page, if it still rests there.
	pub fn resting(&self, page: &Page) -> Option<Fate> {
		let level = page.level(self.tick.place())?;
		(level.generation == self.ticket.level).then_some(Fate::Resting(level.wear))
	}
}

impl LevelClose {
	/// How the level ended.
	pub fn fate(&self) -> Fate {
		match self.rate {
			Some(rate) => Fate::Filled(self.wear, rate),
			None => Fate::WornOut(self.wear),
		}
	}
}

impl PageClose {
	/// How the level of `order` ended, if it ended with the page.
	pub fn fate(&self, order: &Order) -> Option<Fate> {
		let place = order.tick.place();
		let at = self.levels.binary_search_by_key(&place, |(place, _, _)| *place).ok()?;
		let (_, generation, wear) = self.levels.get(at)?;
		(*generation == order.ticket.level).then_some(Fate::Filled(*wear, self.rate))
	}
}
