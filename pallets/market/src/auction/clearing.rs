//! The end of a batch.

use super::{book::Stored, Batch, Clearing};
use crate::{Books, Config, Endings, Error, Event, Pallet, Trading, WeightInfo};
use exabits_math::{
	auction::{self, Book, Cleared},
	pricing::Trades,
};
use exabits_primitives::{
	Balance, ClassId, Classes, Clock, MarketPrices, MilliDevices, Slot, Traded, UtcId, UtcKeys, WindowIndex,
};
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo},
	ensure,
	storage::with_storage_layer,
	traits::{fungible::Mutate as _, tokens::Preservation::Expendable, Get},
	weights::Weight,
};
use sp_runtime::DispatchError;

/// Pages of both sides of a book.
pub(crate) const MOST_PAGES: u32 = 128;

/// Levels that are closed by themselves in one batch at most: those of one page of each side.
pub(crate) const MOST_LEVELS: u32 = 128;

/// Windows whose trades are kept for each class. Asked for is the one that has just ended.
pub(crate) const KEPT_WINDOWS: u32 = 64;

impl<T: Config> Pallet<T> {
	/// Ends a market's batch, which must have no order of this block.
	pub(crate) fn do_clear(utc: UtcId) -> DispatchResultWithPostInfo {
		let batch = Self::queued(utc).ok_or(Error::<T>::NoBatch)?;
		ensure!(batch.last < Self::generation(), Error::<T>::BatchOpen);
		let used = Self::try_end_batch(&batch)?;
		Self::leave_queue(utc);
		Ok(PostDispatchInfo { actual_weight: Some(used), ..Default::default() })
	}

	/// Ends a batch that the queue gave out; returns what it weighed, and whether it is done. One that fails stays in
	/// the queue, changes nothing but that the market's offers are dropped, and weighs what it might have.
	pub(super) fn end_batch(batch: &Batch) -> (Weight, bool) {
		match with_storage_layer(|| Self::try_end_batch(batch)) {
			Ok(used) => (used, true),
			Err(error) => {
				let most = Self::most_weight(batch);
				// Should an offer be the reason, then the batch ends next time.
				Self::drop_offers(batch.utc, true);
				Self::deposit_event(Event::BatchFailed { utc: batch.utc, error });
				(most, false)
			}
		}
	}

	/// Brings the summary up to date with the batch's orders and fills what crosses.
	fn try_end_batch(batch: &Batch) -> Result<Weight, DispatchError> {
		let utc = batch.utc;
		let offers = Self::weight_of_offers_in(utc);
		Self::drop_offers(utc, false);
		let mut record = Books::<T>::get(utc).unwrap_or_default();
		let mut book = Stored::<T>::of(utc);
		for (side, page) in batch.touched() {
			let total = book.page(side, page).total();
			record.summary.set(side, page, total);
		}
		let ends = Self::still_trading(utc).filter(|_| !record.winding);
		if ends.is_some() {
			let last = record.last();
			let cleared = auction::clear(&mut book, &mut record.summary, last, T::AuctionFee::get())
				.map_err(Error::<T>::from)?;
			if let Some(cleared) = cleared {
				Self::traded(utc, &cleared);
				Self::mint_offers(utc)?;
				record.remember(Clearing {
					slot: T::Clock::now(),
					tick: cleared.tick,
					volume: cleared.volume,
				});
			}
		}
		if record.due.is_none() {
			let now = T::Clock::now();
			record.due = Endings::<T>::schedule(now, ends.unwrap_or(now), utc).ok();
		}
		Books::<T>::insert(utc, record);
		let pages = batch.pages().saturating_add(book.pages).min(MOST_PAGES);
		Ok(T::WeightInfo::clear(pages, book.levels).saturating_add(offers))
	}

	/// Pays the fee of a batch and counts its trades toward the class's price.
	fn traded(utc: UtcId, cleared: &Cleared) {
		let price = cleared.tick.price();
		let insurance = T::InsuranceShare::get().mul_floor(cleared.fee);
		Self::pay_fee(&T::InsuranceAccount::get(), insurance);
		Self::pay_fee(&T::FeeAccount::get(), cleared.fee.saturating_sub(insurance));
		if let Some((class, window)) = Self::window(utc, T::Clock::now()) {
			Self::count(class, window, price, cleared.volume, cleared.fee);
		}
		Self::deposit_event(Event::BatchCleared {
			utc,
			tick: cleared.tick,
			price,
			volume: cleared.volume,
			fee: cleared.fee,
		});
	}

	/// Moves a part of a fee. What an account cannot take stays with the book: it must not stop the market.
	fn pay_fee(to: &T::AccountId, amount: Balance) {
		if amount > 0 {
			let account = Self::book_account();
			let _ = with_storage_layer(|| T::Currency::transfer(&account, to, amount, Expendable));
		}
	}

	/// The class of a UTC and the window of that class that runs at `now`.
	fn window(utc: UtcId, now: Slot) -> Option<(ClassId, WindowIndex)> {
		let class = T::Keys::key(utc)?.class;
		let slots = T::Classes::class(class)?.window_slots;
		Some((class, WindowIndex::at(now, slots)))
	}

	/// Adds trades to a window of a class, in place of those of [`KEPT_WINDOWS`] windows before.
	fn count(class: ClassId, window: WindowIndex, price: Balance, volume: u64, fee: Balance) {
		let place = window.0.checked_rem(KEPT_WINDOWS).unwrap_or(0);
		Trading::<T>::mutate(class, place, |(of, trades)| {
			if *of != window {
				(*of, *trades) = (window, Trades::default());
			}
			// What does not fit is not counted: a window of which nothing more can be counted has a price.
			if let Some(more) = with(*trades, price, volume, fee) {
				*trades = more;
			}
		});
	}
}

/// `trades` and `volume` more at `price`, in as many parts as a [`MilliDevices`] holds.
fn with(mut trades: Trades, price: Balance, mut volume: u64, fee: Balance) -> Option<Trades> {
	let mut fee = Some(fee);
	while volume > 0 {
		let part = u32::try_from(volume).unwrap_or(u32::MAX);
		trades = trades.with(price, MilliDevices(part), fee.take().unwrap_or(0))?;
		volume = volume.saturating_sub(part.into());
	}
	Some(trades)
}

impl<T: Config> MarketPrices for Pallet<T> {
	fn traded(class: ClassId, window: WindowIndex) -> Option<Traded> {
		let place = window.0.checked_rem(KEPT_WINDOWS)?;
		let (of, trades) = Trading::<T>::get(class, place);
		let price = trades.price().filter(|_| of == window)?;
		Some(Traded { price, fees: trades.fees() })
	}
}
