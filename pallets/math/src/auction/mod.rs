//! Frequent batch auctions: one price per batch, whoever came first.
//!
//! Orders rest at the ticks of a geometric [`grid`] of prices. The orders of one side at one tick are a level; 64
//! ticks are a [`Page`], and a [`Summary`] says what rests in each page. An order is added to its level's total
//! and notes the level's [`Wear`]; nothing else keeps it. So placing and cancelling change one page and one entry
//! of the summary, and clearing ([`clear`]) reads and writes the occupied pages that trade, and reads at most five of
//! each side around the price, however many orders rest.
//!
//! Three ticks come out of a batch: that of its one price, and those of the worst bid and of the worst ask that
//! are filled. Of the side that has too much, levels between the last two and the price are not filled; at its
//! worst level all orders are filled in proportion.
//!
//! What a page leaves when it trades whole is one record ([`PageClose`]); a level that trades whole in a page that
//! does not leaves one of its own ([`LevelClose`]). From these, or from the page while it rests, an order's
//! [`Outcome`] follows in a constant number of steps ([`Order::fate`]).
//!
//! # Rounding
//!
//! Amounts are milli-devices, prices and money smallest units of EXA. A buyer prepays `amount × limit`, rounded up.
//! What buyers spend is rounded up, what sellers earn and the fee are rounded down, and of units that are filled in
//! part the whole ones below are given out: each claim is off by less than one unit and what [`wear`] loses, and
//! always in favour of the pool. A bid that is cancelled leaves the unit that is filled in part, with what was
//! prepaid for the rest of it, because that rest stays in the book.

pub mod clearing;
pub mod grid;
pub mod order;
pub mod page;
pub mod wear;

pub use clearing::{clear, price, Book, Cleared, LevelClose, PageClose};
pub use grid::{Tick, LOWEST, PAGE, PAGES, TICKS};
pub use order::{Cancelled, Due, Fate, Order};
pub use page::{Generation, Level, Page, Summary, Ticket};
pub use wear::{cost, fee, Outcome, Rate, Wear, MAX_LEVEL, MAX_SCALE};

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Rounding;

/// A side of a book.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
)]
pub enum Side {
	/// Buys UTC.
	Bid,
	/// Sells UTC.
	Ask,
}

impl Side {
	/// The other side.
	pub fn other(self) -> Self {
		match self {
			Self::Bid => Self::Ask,
			Self::Ask => Self::Bid,
		}
	}

	/// How what its orders have left and have spent or earned is rounded, so that the pool is favoured.
	fn rounding(self) -> Rounding {
		match self {
			Self::Bid => Rounding::Up,
			Self::Ask => Rounding::Down,
		}
	}
}

/// Why a book does not take a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuctionError {
	/// The level holds as much as it can.
	Full,
	/// The order does not rest there any more.
	Gone,
	/// A result does not fit.
	Overflow,
	/// The book contradicts itself.
	Inconsistent,
}

#[cfg(test)]
mod tests;
