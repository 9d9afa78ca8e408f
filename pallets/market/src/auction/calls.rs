//! Placing and cancelling orders.

use super::{book::Stored, OrderId, OrderRecord, OrderState};
use crate::{Books, Config, Error, Event, Orders, OrdersOf, Pallet};
use exabits_math::auction::{Book, Fate, Generation, Order, Side, Tick};
use exabits_primitives::{Balance, MilliDevices, UtcId, UtcMarket};
use frame_support::{
	ensure,
	traits::{
		fungible::{Balanced as _, Mutate as _},
		fungibles::{Inspect as _, Mutate as _},
		tokens::{
			Fortitude::Polite,
			Precision::Exact,
			Preservation::{Expendable, Preserve},
		},
		AccountTouch, Get, OnUnbalanced,
	},
	PalletId,
};
use sp_runtime::{
	traits::{AccountIdConversion, SaturatedConversion},
	ArithmeticError, DispatchError, DispatchResult,
};

/// Orders that one block may number for a trader and market.
const NUMBERS: u64 = 1 << 20;

impl<T: Config> Pallet<T> {
	/// The account that holds what orders have put in. It has to exist, with the existential deposit of its own, so
	/// that the last unit owed can be paid.
	pub fn book_account() -> T::AccountId {
		let id: PalletId = T::PalletId::get();
		id.into_sub_account_truncating(b"book")
	}

	/// This block, as lives of pages and levels are told apart by it.
	pub(crate) fn generation() -> Generation {
		Generation(frame_system::Pallet::<T>::block_number().saturated_into())
	}

	/// Places an order.
	pub(crate) fn do_place_order(
		who: T::AccountId,
		utc: UtcId,
		side: Side,
		tick: u16,
		amount: MilliDevices,
	) -> DispatchResult {
		Self::enter_order(&who, utc, (side, tick, amount), |order| {
			Self::put_in(&who, utc, &order)?;
			Ok(OrderState::Placed { order, units: MilliDevices(0), money: 0 })
		})
		.map(drop)
	}

	/// Enters an order into its market's book and batch, once it has put in what it takes.
	pub(super) fn enter_order(
		who: &T::AccountId,
		utc: UtcId,
		(side, tick, amount): (Side, u16, MilliDevices),
		put_in: impl FnOnce(Order) -> Result<OrderState, DispatchError>,
	) -> Result<OrderId, DispatchError> {
		ensure!(amount >= T::MinAmount::get(), Error::<T>::BelowMinimum);
		let tick = Tick::new(tick).ok_or(Error::<T>::OffGrid)?;
		Self::tradeable(utc, tick.price())?;

		let now = Self::generation();
		let mut orders = Orders::<T>::get(utc, who);
		ensure!(!orders.is_full(), Error::<T>::TooManyOrders);
		let id = Self::next_id(&orders, now)?;
		let mut book = Stored::<T>::of(utc);
		let mut page = book.page(side, tick.page());
		let ticket = page.place(now, tick.place(), amount).map_err(Error::<T>::from)?;
		if orders.is_empty() {
			frame_system::Pallet::<T>::inc_consumers(who)?;
		}
		Self::join_queue(utc, side, tick.page(), now)?;

		let fee = T::Currency::withdraw(who, T::OrderFee::get(), Exact, Preserve, Polite)?;
		T::OnOrderFee::on_unbalanced(fee);
		let state = put_in(Order { side, tick, amount, ticket })?;
		orders.try_push(OrderRecord { id, state }).map_err(|_| Error::<T>::TooManyOrders)?;
		book.set_page(side, tick.page(), page);
		Orders::<T>::insert(utc, who, orders);
		let (trader, minted) = (who.clone(), !matches!(state, OrderState::Offered { .. }));
		Self::deposit_event(Event::OrderPlaced { utc, trader, order: id, side, tick, amount, minted });
		Ok(id)
	}

	/// The number of a trader's next order in a market: above that of all that it has there, and of another block
	/// than those that it had.
	fn next_id(orders: &OrdersOf<T>, now: Generation) -> Result<OrderId, DispatchError> {
		let first = u64::from(now.0).checked_mul(NUMBERS).ok_or(ArithmeticError::Overflow)?;
		let next = match orders.last() {
			Some(last) => last.id.0.checked_add(1).ok_or(ArithmeticError::Overflow)?,
			None => first,
		};
		Ok(OrderId(next.max(first)))
	}

	/// Takes what an order puts in.
	fn put_in(who: &T::AccountId, utc: UtcId, order: &Order) -> DispatchResult {
		let account = Self::book_account();
		match order.side {
			Side::Bid => {
				let prepaid = order.prepaid().ok_or(Error::<T>::Overflow)?;
				T::Currency::transfer(who, &account, prepaid, Preserve)?;
			}
			Side::Ask => {
				Self::open_account(utc);
				T::Assets::transfer(utc.0, who, &account, Balance::from(order.amount.0), Expendable)?;
			}
		}
		Ok(())
	}

	/// Lets the book's account have this UTC.
	pub(super) fn open_account(utc: UtcId) {
		let account = Self::book_account();
		if T::Assets::balance(utc.0, &account) == 0 {
			// It then stays while it is empty, and neither making nor removing it touches the account. It fails where it
			// is there already.
			let _ = T::Assets::touch(utc.0, &account, &account);
		}
	}

	/// Cancels an order: what of it rests goes back, what was filled remains to be claimed. Returns whether it was of UTC
	/// that is minted.
	pub(crate) fn do_cancel_order(who: T::AccountId, utc: UtcId, id: OrderId) -> Result<bool, DispatchError> {
		let (mut orders, at, record) = Self::find_order(utc, &who, id)?;
		let (order, units, money) = match record.state {
			OrderState::Placed { order, units, money } => (order, units, money),
			OrderState::Offered { order, money, .. } => (order, MilliDevices(0), money),
			OrderState::Cancelled { .. } => return Err(Error::<T>::NotResting.into()),
		};
		let mut book = Stored::<T>::of(utc);
		let mut page = book.page(order.side, order.tick.page());
		let Some(Fate::Resting(wear)) = order.resting(&page) else {
			return Err(Error::<T>::NotResting.into());
		};
		let cancelled = order.cancelled(wear).ok_or(Error::<T>::Overflow)?;
		page.cancel(order.tick.place(), order.ticket.level, cancelled.rest).map_err(Error::<T>::from)?;
		Books::<T>::mutate_extant(utc, |record| {
			record.summary.set(order.side, order.tick.page(), page.total());
		});
		book.set_page(order.side, order.tick.page(), page);

		let mut units_back = cancelled.units_back;
		if let OrderState::Offered { set_aside, .. } = record.state {
			Self::give_up(utc, &who, id, core::mem::take(&mut units_back), set_aside)?;
		}
		let units = cancelled.units_due.left_after(units);
		let money = cancelled.money_due.saturating_sub(money);
		if units.0 == 0 && money == 0 {
			orders.remove(at);
		} else if let Some(record) = orders.get_mut(at) {
			record.state = OrderState::Cancelled { units, money };
		}
		Self::keep_orders(utc, &who, orders);
		let given = Self::pay_out(utc, &who, units_back, cancelled.money_back)?;
		Self::deposit_event(Event::OrderCancelled {
			utc,
			trader: who,
			order: id,
			units: given,
			money: cancelled.money_back,
		});
		Ok(!matches!(record.state, OrderState::Offered { .. }))
	}

	/// A trader's orders in a market, and one of them with its place.
	pub(super) fn find_order(
		utc: UtcId,
		who: &T::AccountId,
		id: OrderId,
	) -> Result<(OrdersOf<T>, usize, OrderRecord), Error<T>> {
		let orders = Orders::<T>::get(utc, who);
		let at =
			orders.binary_search_by_key(&id, |record| record.id).map_err(|_| Error::<T>::UnknownOrder)?;
		let record = *orders.get(at).ok_or(Error::<T>::UnknownOrder)?;
		Ok((orders, at, record))
	}

	/// Keeps a trader's orders in a market; with the last one goes the reference that kept its account alive.
	pub(super) fn keep_orders(utc: UtcId, who: &T::AccountId, orders: OrdersOf<T>) {
		if orders.is_empty() {
			Orders::<T>::remove(utc, who);
			frame_system::Pallet::<T>::dec_consumers(who);
		} else {
			Orders::<T>::insert(utc, who, orders);
		}
	}

	/// Pays a trader out of the book's account; returns the UTC given, which is nothing when the UTC is gone.
	pub(super) fn pay_out(
		utc: UtcId,
		to: &T::AccountId,
		units: MilliDevices,
		money: Balance,
	) -> Result<MilliDevices, DispatchError> {
		let account = Self::book_account();
		if money > 0 {
			T::Currency::transfer(&account, to, money, Expendable)?;
		}
		if units.0 == 0 {
			return Ok(units);
		}
		let moved = frame_support::storage::with_storage_layer(|| {
			T::Assets::transfer(utc.0, &account, to, Balance::from(units.0), Expendable)
		});
		match moved {
			Ok(_) => Ok(units),
			// It stopped moving or is gone already, and is worth nothing.
			Err(_) if T::Utcs::terms(utc).is_none() => Ok(MilliDevices(0)),
			Err(error) => Err(error),
		}
	}
}
