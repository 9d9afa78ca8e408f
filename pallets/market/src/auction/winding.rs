//! The end of a market: when its UTC no longer trades, all that is in the book goes back, in bounded steps.

use super::OrderState;
use crate::{
	Books, Config, Endings, Error, Event, LevelCloses, Orders, OrdersOf, PageCloses, Pages, Pallet,
	WeightInfo,
};
use alloc::vec::Vec;
use exabits_primitives::{Balance, Clock, MilliDevices, UtcId};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use sp_runtime::DispatchResult;

/// What a step at winding a market down came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
	/// Nothing is left to do.
	Done,
	/// Something was done.
	More,
	/// Nobody could be paid.
	Stuck,
}

impl<T: Config> Pallet<T> {
	/// Gives a trader back all that it has in a market that trades no more.
	pub(crate) fn do_refund(trader: T::AccountId, utc: UtcId) -> DispatchResult {
		ensure!(Orders::<T>::contains_key(utc, &trader), Error::<T>::UnknownOrder);
		ensure!(Self::still_trading(utc).is_none(), Error::<T>::StillTrading);
		Books::<T>::mutate(utc, |book| book.get_or_insert_default().winding = true);
		let orders = Orders::<T>::get(utc, &trader);
		Self::give_back(utc, &trader, &orders)
	}

	/// Takes a step at winding a market down.
	pub(crate) fn do_wind_down(utc: UtcId) -> DispatchResult {
		let known = Books::<T>::contains_key(utc) || Self::queued(utc).is_some();
		ensure!(known, Error::<T>::UnknownMarket);
		ensure!(Self::still_trading(utc).is_none(), Error::<T>::StillTrading);
		Self::wind_down_step(utc);
		Ok(())
	}

	/// Gives back a trader's orders. Fails without effect when the trader cannot take a UTC that still exists.
	fn give_back(utc: UtcId, trader: &T::AccountId, orders: &OrdersOf<T>) -> DispatchResult {
		with_storage_layer(|| {
			let (mut units, mut money) = (MilliDevices(0), Balance::default());
			for record in orders {
				let due = Self::comes_to(utc, &record.state).ok_or(Error::<T>::Inconsistent)?;
				units = units.checked_add(due.units).ok_or(Error::<T>::Overflow)?;
				money = money.checked_add(due.money).ok_or(Error::<T>::Overflow)?;
				if let OrderState::Offered { order, sold, set_aside, .. } = record.state {
					Self::give_up(utc, trader, record.id, order.amount.left_after(sold), set_aside)?;
				}
			}
			Self::keep_orders(utc, trader, Default::default());
			let units = Self::pay_out(utc, trader, units, money)?;
			Self::deposit_event(Event::OrdersRefunded { utc, trader: trader.clone(), units, money });
			Ok(())
		})
	}

	/// Refunds some traders; when there are none left, removes some of the book's items, and at last the book.
	pub(crate) fn wind_down_step(utc: UtcId) -> Step {
		let limit = T::WindDownStep::get();
		Books::<T>::mutate(utc, |book| book.get_or_insert_default().winding = true);
		let some: Vec<_> =
			Orders::<T>::iter_prefix(utc).take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
		if !some.is_empty() {
			// One that cannot be paid stays until the UTC is gone, and then gets its EXA.
			let paid =
				some.into_iter().filter(|(trader, orders)| Self::give_back(utc, trader, orders).is_ok());
			return if paid.count() > 0 { Step::More } else { Step::Stuck };
		}
		let mut left = limit;
		left = left.saturating_sub(Pages::<T>::clear_prefix(utc, left, None).loops);
		if left > 0 {
			left = left.saturating_sub(PageCloses::<T>::clear_prefix(utc, left, None).loops);
		}
		if left > 0 {
			left = left.saturating_sub(LevelCloses::<T>::clear_prefix(utc, left, None).loops);
		}
		if left == 0 {
			return Step::More;
		}
		Self::leave_queue(utc);
		if let Some(due) = Books::<T>::take(utc).and_then(|book| book.due) {
			Endings::<T>::withdraw(due, &utc);
		}
		Self::deposit_event(Event::BookClosed { utc });
		Step::Done
	}

	/// The most that one step at winding a market down weighs, whose traders may have all its offers.
	pub(crate) fn weight_of_winding() -> Weight {
		T::WeightInfo::wind_down().saturating_add(Self::weight_of_offers(T::MaxOffers::get()))
	}

	/// Winds down markets whose end has come, within `meter`.
	pub(crate) fn sweep_endings(meter: &mut WeightMeter) {
		let now = T::Clock::now();
		Endings::<T>::sweep(now, meter, T::WeightInfo::sweep_slot(), Self::ending_weight(), Self::ending);
	}

	/// The most that one step of [`Self::sweep_endings`] weighs.
	pub(crate) fn ending_weight() -> Weight {
		Self::weight_of_winding().saturating_add(T::WeightInfo::sweep_requeue())
	}

	/// Acts on a market that the queue gave out: a step, and again in the same slot while there is more to do.
	pub(crate) fn ending(utc: UtcId) {
		let Some(mut book) = Books::<T>::get(utc) else { return };
		book.due = None;
		Books::<T>::insert(utc, book);
		let now = T::Clock::now();
		let again = match Self::still_trading(utc) {
			// The end was moved after a gap in blocks.
			Some(ends) => ends,
			None => match Self::wind_down_step(utc) {
				Step::Done => return,
				Step::More => now,
				Step::Stuck => now.saturating_add(1),
			},
		};
		let due = Endings::<T>::schedule(now, again, utc).ok();
		Books::<T>::mutate_extant(utc, |book| book.due = due);
	}
}
