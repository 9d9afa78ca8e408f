//! What can be asked of the pallet without a transaction.

use crate::*;
use exabits_math::settlement::{self, Delivery};
use exabits_primitives::{Clock, MilliDevices, UtcId, UtcKey, MAX_WINDOWS};
use frame_support::traits::Get;
use sp_runtime::Perbill;

impl<T: Config> Pallet<T> {
	pub(crate) fn basket(key: UtcKey, windows: u32, amount: MilliDevices) -> Option<BasketQuote> {
		if !(1..=MAX_WINDOWS).contains(&windows) {
			return None;
		}
		let mut sum = BasketQuote::default();
		for ahead in 0..windows {
			let (price, kappa) = Self::price_of(key.later(ahead)?)?;
			sum.cover = sum.cover.checked_add(settlement::cover(amount, price, kappa)?)?;
			sum.fees = sum.fees.checked_add(settlement::fee(amount, price, T::RedeemFee::get())?)?;
			sum.principal =
				sum.principal.checked_add(settlement::principal(amount, price, Perbill::one())?)?;
		}
		Some(sum)
	}

	pub(crate) fn liabilities_of(id: UtcId, provider: T::AccountId) -> Option<Liabilities> {
		let utc = Utcs::<T>::get(id)?;
		let position = Positions::<T>::get(id, provider)?;
		let unplaced = position.unplaced();
		let promised = Self::worth(&utc, unplaced, utc.remaining(T::Clock::now())).ok()?;
		let Position { leases, cover, liable, .. } = position;
		Some(Liabilities { unplaced, promised, leases, cover, liable })
	}

	pub(crate) fn settlement_of(id: UtcId) -> Option<Settlement> {
		Settlements::<T>::get(id).or_else(|| {
			let utc = Utcs::<T>::get(id).filter(|utc| utc.positions > 0)?;
			let Delivery { obliged, delivered } = utc.delivery()?;
			Some(Settlement { obliged, delivered, open: utc.positions, ..Default::default() })
		})
	}
}
