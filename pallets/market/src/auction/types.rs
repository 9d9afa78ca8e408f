//! What is stored of auctions.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::auction::{Generation, Order, Side, Summary, Tick, PAGES};
use exabits_primitives::{Balance, MilliDevices, Slot, UtcId};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Batches that a book remembers.
pub const REMEMBERED: u32 = 16;

/// An order of a trader in one market. A trader's orders in a market have rising numbers.
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
pub struct OrderId(pub u64);

/// Where an order is in its life.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum OrderState {
	/// It is in the book, or was until its level closed.
	Placed {
		/// The order.
		order: Order,
		/// UTC that it was given so far.
		units: MilliDevices,
		/// EXA that it was given so far.
		money: Balance,
	},
	/// It is in the book, and what of it is sold is minted. When a batch has traded it is paid at once.
	Offered {
		/// The order.
		order: Order,
		/// UTC that it has sold.
		sold: MilliDevices,
		/// EXA that it was given so far.
		money: Balance,
		/// What is left of what was set aside for the cover.
		set_aside: Balance,
	},
	/// It was cancelled, and this of its fills has not been claimed.
	Cancelled {
		/// UTC bought.
		units: MilliDevices,
		/// EXA earned.
		money: Balance,
	},
}

/// An order as it is stored.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct OrderRecord {
	/// Its number.
	pub id: OrderId,
	/// Where it is in its life.
	pub state: OrderState,
}

/// A batch that traded.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Clearing {
	/// When.
	pub slot: Slot,
	/// The tick of its price.
	pub tick: Tick,
	/// What was traded, in milli-devices.
	pub volume: u64,
}

/// A market's book, but for its pages.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct BookRecord {
	/// What rests in each page; of pages that the queue names, before the present batch.
	pub summary: Summary,
	/// The last batches that traded, oldest first.
	pub clearings: BoundedVec<Clearing, ConstU32<REMEMBERED>>,
	/// The slot under which the market waits to be wound down. `None` before its first batch ends, and when it
	/// found no room in the queue: then calls wind it down.
	pub due: Option<Slot>,
	/// Whether it is being wound down: nothing trades any more.
	pub winding: bool,
}

impl BookRecord {
	/// The tick of the last price.
	pub fn last(&self) -> Option<Tick> {
		self.clearings.last().map(|clearing| clearing.tick)
	}

	/// Remembers a batch, in place of the oldest one.
	pub(super) fn remember(&mut self, clearing: Clearing) {
		if self.clearings.is_full() {
			self.clearings.remove(0);
		}
		// There is room: a full list has just lost its oldest entry.
		let _ = self.clearings.try_push(clearing);
	}
}

/// A market with new orders, as it waits in the queue.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Batch {
	/// The market.
	pub utc: UtcId,
	/// The pages that got new bids, a bit for each.
	bids: u64,
	/// The pages that got new asks.
	asks: u64,
	/// The block of the last new order.
	pub last: Generation,
}

impl Batch {
	/// A batch without orders.
	pub(crate) fn new(utc: UtcId, now: Generation) -> Self {
		Self { utc, bids: 0, asks: 0, last: now }
	}

	/// Notes a new order.
	pub(crate) fn note(&mut self, side: Side, page: u8, now: Generation) {
		let bit = 1u64.checked_shl(page.into()).unwrap_or(0);
		match side {
			Side::Bid => self.bids |= bit,
			Side::Ask => self.asks |= bit,
		}
		self.last = now;
	}

	/// Whether a page got new orders.
	pub fn touches(&self, side: Side, page: u8) -> bool {
		let bits = if side == Side::Bid { self.bids } else { self.asks };
		bits.checked_shr(page.into()).unwrap_or(0) & 1 == 1
	}

	/// The pages that got new orders.
	pub fn touched(&self) -> impl Iterator<Item = (Side, u8)> + '_ {
		[Side::Bid, Side::Ask]
			.into_iter()
			.flat_map(|side| (0..PAGES).map(move |page| (side, page)))
			.filter(|(side, page)| self.touches(*side, *page))
	}

	/// How many pages got new orders.
	pub fn pages(&self) -> u32 {
		self.bids.count_ones().saturating_add(self.asks.count_ones())
	}
}

/// An order, as a view shows it.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct OrderView {
	/// Its number.
	pub id: OrderId,
	/// Where it is in its life.
	pub state: OrderState,
	/// What of it rests and could be filled or taken back.
	pub rest: MilliDevices,
	/// UTC that a claim gives now.
	pub units: MilliDevices,
	/// EXA that a claim gives now.
	pub money: Balance,
}

/// What rests at one tick, as a view shows it.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Depth {
	/// The tick.
	pub tick: u16,
	/// Its price.
	pub price: Balance,
	/// What rests there, in milli-devices.
	pub amount: u64,
	/// The number of orders.
	pub orders: u32,
}
