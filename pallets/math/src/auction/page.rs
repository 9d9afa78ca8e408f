//! Pages of ticks, and the summary of a book.

use super::{AuctionError, Side, Tick, Wear, MAX_LEVEL, PAGES};
use alloc::boxed::Box;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::MilliDevices;
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// When a page or a level was opened: the number of a block. A book is never cleared after an order was placed in
/// it in the same block, so that one number stands for one life.
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
	Default,
	Debug,
)]
pub struct Generation(pub u32);

/// The orders of one side at one tick.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Level {
	/// Where in its page it is.
	pub place: u8,
	/// When its first order came.
	pub generation: Generation,
	/// Orders that have not been cancelled.
	pub orders: u32,
	/// What rests here, in milli-devices.
	pub total: u64,
	/// How far its orders are filled; none where nothing was.
	pub wear: Option<Wear>,
}

/// What an order notes when it joins a level.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Ticket {
	/// The generation of its page.
	pub page: Generation,
	/// The generation of its level.
	pub level: Generation,
	/// How far the level's orders were filled already.
	pub wear: Option<Wear>,
}

/// The occupied levels of one side at 64 ticks, lowest first.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Page {
	/// When it was opened.
	generation: Generation,
	/// The levels.
	levels: BoundedVec<Level, ConstU32<64>>,
}

impl Page {
	/// When it was opened.
	pub fn generation(&self) -> Generation {
		self.generation
	}

	/// Its occupied levels, lowest first.
	pub fn levels(&self) -> &[Level] {
		&self.levels
	}

	/// Whether no order rests here.
	pub fn is_empty(&self) -> bool {
		self.levels.is_empty()
	}

	/// What rests here, in milli-devices.
	pub fn total(&self) -> u64 {
		// 64 levels of at most `MAX_LEVEL` fit.
		self.levels.iter().fold(0, |sum, level| sum.saturating_add(level.total))
	}

	/// The level at `place`, when it is occupied.
	pub fn level(&self, place: u8) -> Option<&Level> {
		self.find(place).ok().and_then(|at| self.levels.get(at))
	}

	fn find(&self, place: u8) -> Result<usize, usize> {
		self.levels.binary_search_by_key(&place, |level| level.place)
	}

	/// Adds an order of `amount` at `place`, in block `now`.
	///
	/// Fails with `Full` when the level would hold more than [`MAX_LEVEL`].
	pub fn place(
		&mut self,
		now: Generation,
		place: u8,
		amount: MilliDevices,
	) -> Result<Ticket, AuctionError> {
		if self.is_empty() {
			self.generation = now;
		}
		let page = self.generation;
		let amount = u64::from(amount.0);
		match self.find(place) {
			Ok(at) => {
				let level = self.levels.get_mut(at).ok_or(AuctionError::Inconsistent)?;
				let total = level.total.checked_add(amount).filter(|total| *total <= MAX_LEVEL);
				level.total = total.ok_or(AuctionError::Full)?;
				level.orders = level.orders.checked_add(1).ok_or(AuctionError::Full)?;
				Ok(Ticket { page, level: level.generation, wear: level.wear })
			}
			Err(at) => {
				let level = Level { place, generation: now, orders: 1, total: amount, wear: None };
				self.levels.try_insert(at, level).map_err(|_| AuctionError::Inconsistent)?;
				Ok(Ticket { page, level: now, wear: None })
			}
		}
	}

	/// Takes out an order of which `rest` whole units are not filled. A unit that is filled in part stays, and
	/// belongs to the pool; with the last order of a level goes what is left of it.
	///
	/// Fails with `Gone` when the level is of another generation.
	pub fn cancel(
		&mut self,
		place: u8,
		generation: Generation,
		rest: MilliDevices,
	) -> Result<(), AuctionError> {
		let at = self.find(place).map_err(|_| AuctionError::Gone)?;
		let level = self.levels.get_mut(at).ok_or(AuctionError::Gone)?;
		if level.generation != generation {
			return Err(AuctionError::Gone);
		}
		level.orders = level.orders.checked_sub(1).ok_or(AuctionError::Inconsistent)?;
		if level.orders == 0 {
			self.levels.remove(at);
		} else {
			// What others have here may be less than any unit: then nothing of it can be traded.
			level.total = level.total.saturating_sub(rest.0.into());
		}
		Ok(())
	}

	/// Takes out the level at `place`.
	pub(super) fn take(&mut self, place: u8) -> Option<Level> {
		self.find(place).ok().map(|at| self.levels.remove(at))
	}

	/// Puts back a level that was taken out.
	pub(super) fn put(&mut self, level: Level) -> Result<(), AuctionError> {
		let at = self.find(level.place).err().ok_or(AuctionError::Inconsistent)?;
		self.levels.try_insert(at, level).map_err(|_| AuctionError::Inconsistent)
	}
}

/// What rests in each page of a book, in milli-devices.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Summary {
	/// Of the bids.
	bids: Box<[u64; PAGES as usize]>,
	/// Of the asks.
	asks: Box<[u64; PAGES as usize]>,
}

impl Default for Summary {
	fn default() -> Self {
		Self { bids: Box::new([0; PAGES as usize]), asks: Box::new([0; PAGES as usize]) }
	}
}

impl Summary {
	/// What rests in each page of a side.
	pub fn side(&self, side: Side) -> &[u64; PAGES as usize] {
		match side {
			Side::Bid => &self.bids,
			Side::Ask => &self.asks,
		}
	}

	/// What rests in a page.
	pub fn get(&self, side: Side, page: u8) -> u64 {
		self.side(side).get(usize::from(page)).copied().unwrap_or(0)
	}

	/// Notes what rests in a page.
	pub fn set(&mut self, side: Side, page: u8, total: u64) {
		let pages = match side {
			Side::Bid => &mut self.bids,
			Side::Ask => &mut self.asks,
		};
		if let Some(entry) = pages.get_mut(usize::from(page)) {
			*entry = total;
		}
	}

	/// Whether no order rests anywhere.
	pub fn is_empty(&self) -> bool {
		self.occupied() == 0
	}

	/// Occupied pages of both sides.
	pub fn occupied(&self) -> u32 {
		let pages = self.bids.iter().chain(self.asks.iter());
		// At most 128.
		u32::try_from(pages.filter(|total| **total > 0).count()).unwrap_or(u32::MAX)
	}

	/// The occupied pages of a side, from the lowest prices up.
	pub fn pages(&self, side: Side) -> impl DoubleEndedIterator<Item = (u8, u64)> + '_ {
		(0..PAGES).zip(self.side(side).iter().copied()).filter(|(_, total)| *total > 0)
	}

	/// What rests in pages above that of `tick`.
	pub(super) fn above(&self, side: Side, tick: Tick) -> u64 {
		sum(self.pages(side).filter(|(page, _)| *page > tick.page()))
	}

	/// What rests in pages below that of `tick`.
	pub(super) fn below(&self, side: Side, tick: Tick) -> u64 {
		sum(self.pages(side).filter(|(page, _)| *page < tick.page()))
	}
}

/// 64 pages of 64 levels of at most `MAX_LEVEL` fit.
fn sum(pages: impl Iterator<Item = (u8, u64)>) -> u64 {
	pages.fold(0, |sum, (_, total)| sum.saturating_add(total))
}
