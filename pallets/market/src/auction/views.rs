//! What can be asked of a market.

use super::{book::Stored, Clearing, Depth, OrderView};
use crate::{Books, Config, Orders, Pallet};
use alloc::vec::Vec;
use exabits_math::auction::{Book, Side, Tick, PAGES};
use exabits_primitives::UtcId;

impl<T: Config> Pallet<T> {
	/// What rests at each tick of a side, the best first.
	pub(crate) fn depth_of(utc: UtcId, side: Side) -> Vec<Depth> {
		let book = Stored::<T>::of(utc);
		let mut depth: Vec<Depth> = (0..PAGES)
			.flat_map(|index| {
				let levels = book.page(side, index);
				let levels: Vec<_> = levels.levels().to_vec();
				levels.into_iter().filter_map(move |level| {
					let tick = Tick::at(index, level.place)?;
					let (amount, orders) = (level.total, level.orders);
					Some(Depth { tick: tick.number(), price: tick.price(), amount, orders })
				})
			})
			.collect();
		if side == Side::Bid {
			depth.reverse();
		}
		depth
	}

	/// The last batches that traded, oldest first.
	pub(crate) fn clearings_of(utc: UtcId) -> Vec<Clearing> {
		Books::<T>::get(utc).map_or(Vec::new(), |book| book.clearings.into_inner())
	}

	/// A trader's orders in a market, and what they are owed.
	pub(crate) fn orders_of(utc: UtcId, trader: &T::AccountId) -> Vec<OrderView> {
		let view = |record: super::OrderRecord| {
			let due = Self::claimable(utc, &record.state).unwrap_or_default();
			OrderView {
				id: record.id,
				state: record.state,
				rest: Self::rests(utc, &record.state).unwrap_or_default(),
				units: due.units,
				money: due.money,
			}
		};
		Orders::<T>::get(utc, trader).into_iter().map(view).collect()
	}
}
