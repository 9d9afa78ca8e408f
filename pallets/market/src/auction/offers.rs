//! Asks whose UTC is minted when it is sold. A market has a bounded number of them; those that can be minted no more
//! leave before a batch ends, and the others are minted and paid right after it.

use super::{book::Stored, OrderId, OrderState};
use crate::{Config, Error, Event, OfferedOrders, Pallet, WeightInfo};
use exabits_math::auction::{Fate, Side};
use exabits_primitives::{Balance, MilliDevices, Offers, Sale, UtcId, UtcKey};
use frame_support::{storage::with_storage_layer, traits::Get, weights::Weight};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Places an ask for UTC that its provider mints when it is sold.
	pub(crate) fn do_offer_order(
		who: T::AccountId,
		key: UtcKey,
		tick: u16,
		amount: MilliDevices,
	) -> DispatchResult {
		let utc = T::Offers::open(key)?;
		let id = Self::enter_order(&who, utc, (Side::Ask, tick, amount), |order| {
			let prepaid = order.prepaid().ok_or(Error::<T>::Overflow)?;
			let proceeds = prepaid.saturating_sub(T::AuctionFee::get().mul_ceil(prepaid));
			let set_aside = T::Offers::offer(&who, utc, amount, proceeds)?;
			Ok(OrderState::Offered { order, sold: MilliDevices(0), money: 0, set_aside })
		})?;
		OfferedOrders::<T>::try_append(utc, (who, id)).map_err(|_| Error::<T>::TooManyOffers)?;
		Ok(())
	}

	/// Gives up what has not been sold of an offer that is in the book no more.
	pub(super) fn give_up(
		utc: UtcId,
		who: &T::AccountId,
		id: OrderId,
		unsold: MilliDevices,
		set_aside: Balance,
	) -> DispatchResult {
		T::Offers::withdraw(who, utc, unsold, set_aside)?;
		OfferedOrders::<T>::mutate_exists(utc, |offers| {
			let Some(all) = offers.as_mut() else { return };
			all.retain(|(trader, order)| (trader, *order) != (who, id));
			if all.is_empty() {
				*offers = None;
			}
		});
		Ok(())
	}

	/// Takes the offers out of a market that can be minted no more, or all of them.
	pub(crate) fn drop_offers(utc: UtcId, all: bool) {
		for (who, id) in OfferedOrders::<T>::get(utc) {
			if all || !T::Offers::backed(&who, utc) {
				// One that cannot be taken out must not keep the others.
				let _ = with_storage_layer(|| Self::do_cancel_order(who, utc, id));
			}
		}
	}

	/// Mints what a market's offers have sold in the batch that has just ended, and pays for it.
	pub(crate) fn mint_offers(utc: UtcId) -> DispatchResult {
		for (who, id) in OfferedOrders::<T>::get(utc) {
			Self::mint_offer(utc, who, id)?;
		}
		Ok(())
	}

	fn mint_offer(utc: UtcId, who: T::AccountId, id: OrderId) -> DispatchResult {
		let (mut orders, at, record) = Self::find_order(utc, &who, id)?;
		let OrderState::Offered { order, sold, money, set_aside } = record.state else {
			return Err(Error::<T>::Inconsistent.into());
		};
		let fate = order.fate(&Stored::<T>::of(utc)).ok_or(Error::<T>::Inconsistent)?;
		let outcome = order.outcome(fate).ok_or(Error::<T>::Overflow)?;
		let (more, brought) = (outcome.filled.left_after(sold), outcome.money.saturating_sub(money));
		let mut left = set_aside;
		if more.0 > 0 || brought > 0 {
			Self::open_account(utc);
			left = T::Offers::mint(Sale {
				provider: who.clone(),
				utc,
				amount: more,
				proceeds: brought,
				set_aside,
				payer: Self::book_account(),
				to: Self::book_account(),
			})?;
			let (trader, money) = (who.clone(), brought);
			Self::deposit_event(Event::OfferSold { utc, trader, order: id, amount: more, money });
		}
		if matches!(fate, Fate::Resting(_)) {
			if let Some(record) = orders.get_mut(at) {
				let money = money.saturating_add(brought);
				record.state = OrderState::Offered { order, sold: outcome.filled, money, set_aside: left };
			}
		} else {
			orders.remove(at);
			Self::give_up(utc, &who, id, outcome.rest, left)?;
		}
		Self::keep_orders(utc, &who, orders);
		Ok(())
	}

	/// The most that so many offers of a market weigh, whatever becomes of them.
	pub(crate) fn weight_of_offers(count: u32) -> Weight {
		T::WeightInfo::mint_offer().max(T::WeightInfo::cancel_offer()).saturating_mul(count.into())
	}

	/// The most that the offers of a market weigh.
	pub(super) fn weight_of_offers_in(utc: UtcId) -> Weight {
		let count = OfferedOrders::<T>::decode_len(utc).and_then(|len| len.try_into().ok());
		Self::weight_of_offers(count.unwrap_or(0))
	}
}
