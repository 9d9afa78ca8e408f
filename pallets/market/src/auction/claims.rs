//! Paying what fills have come to.

use super::{book::Stored, OrderId, OrderState};
use crate::{Config, Error, Event, Pallet};
use exabits_math::auction::{Due, Fate, Order};
use exabits_primitives::{MilliDevices, UtcId};
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Gives a trader what an order is owed.
	pub(crate) fn do_claim(trader: T::AccountId, utc: UtcId, id: OrderId) -> DispatchResult {
		let (mut orders, at, record) = Self::find_order(utc, &trader, id)?;
		let Due { units, money, over } = Self::claimable(utc, &record.state)?;
		ensure!(over || units.0 > 0 || money > 0, Error::<T>::NothingToClaim);
		if over {
			orders.remove(at);
		} else if let Some(OrderState::Placed { units: given, money: paid, .. }) =
			orders.get_mut(at).map(|record| &mut record.state)
		{
			*given = given.checked_add(units).ok_or(Error::<T>::Overflow)?;
			*paid = paid.checked_add(money).ok_or(Error::<T>::Overflow)?;
		}
		Self::keep_orders(utc, &trader, orders);
		let units = Self::pay_out(utc, &trader, units, money)?;
		Self::deposit_event(Event::Claimed { utc, trader, order: id, units, money, over });
		Ok(())
	}

	/// What an order is owed, all that it was given before included.
	fn due(utc: UtcId, order: &Order) -> Result<Due, Error<T>> {
		let fate = order.fate(&Stored::<T>::of(utc)).ok_or(Error::<T>::Inconsistent)?;
		order.due(fate).ok_or(Error::<T>::Overflow)
	}

	/// What an order comes to when it is taken out of a market that trades no more: what it is owed, and what it has
	/// put in and not spent.
	pub(crate) fn comes_to(utc: UtcId, state: &OrderState) -> Option<Due> {
		let (order, given) = match state {
			OrderState::Placed { order, units, money } => (order, (units, money)),
			// It has put in nothing, and what it sold was paid when its batch ended.
			OrderState::Offered { .. } => return Some(Due { over: true, ..Default::default() }),
			OrderState::Cancelled { units, money } => {
				return Some(Due { units: *units, money: *money, over: true })
			}
		};
		let fate = match order.fate(&Stored::<T>::of(utc))? {
			// What rests goes back, as it does from a level that is worn out.
			Fate::Resting(wear) => Fate::WornOut(wear),
			fate => fate,
		};
		let due = order.due(fate)?;
		Some(Due {
			units: due.units.left_after(*given.0),
			money: due.money.saturating_sub(*given.1),
			over: true,
		})
	}

	/// What rests of an order.
	pub(crate) fn rests(utc: UtcId, state: &OrderState) -> Option<MilliDevices> {
		let (OrderState::Placed { order, .. } | OrderState::Offered { order, .. }) = state else {
			return None;
		};
		match order.fate(&Stored::<T>::of(utc))? {
			fate @ Fate::Resting(_) => order.outcome(fate).map(|outcome| outcome.rest),
			_ => None,
		}
	}

	/// What a claim gives now.
	pub(crate) fn claimable(utc: UtcId, state: &OrderState) -> Result<Due, Error<T>> {
		match state {
			OrderState::Cancelled { units, money } => Ok(Due { units: *units, money: *money, over: true }),
			OrderState::Offered { .. } => Ok(Due::default()),
			OrderState::Placed { order, units, money } => {
				let due = Self::due(utc, order)?;
				Ok(Due {
					units: due.units.left_after(*units),
					money: due.money.saturating_sub(*money),
					over: due.over,
				})
			}
		}
	}
}
