//! Reference prices by governance, and what is quoted.

use crate::*;
use exabits_math::{efficiency, pricing};
use exabits_primitives::{apis::Quote, Balance, ClassId, Clock, WindowIndex};
use frame_support::ensure;
use sp_runtime::{DispatchResult, Perbill};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_price(class: ClassId, price: Balance) -> DispatchResult {
		let record = Self::class_of(class)?;
		let bounds = Self::parameters_of(class)?.bounds;
		ensure!((bounds.min..=bounds.max).contains(&price), Error::<T>::InvalidPrice);
		Self::move_price(class, record, price, &bounds)
	}

	pub(crate) fn do_set_parameters(class: ClassId, parameters: Parameters) -> DispatchResult {
		let record = Self::class_of(class)?;
		ensure!(parameters.is_valid(), Error::<T>::InvalidParameters);
		ClassParameters::<T>::insert(class, parameters);
		Self::deposit_event(Event::ParametersSet { class, parameters });
		let (bounds, price) = (parameters.bounds, record.price);
		if (bounds.min..=bounds.max).contains(&price) {
			return Ok(());
		}
		Self::move_price(class, record, price, &bounds)
	}

	/// Sets a class's reference price to the one nearest to `price` within `bounds`. The market's prices stay as
	/// they were.
	fn move_price(
		class: ClassId,
		mut record: Class,
		price: Balance,
		bounds: &pricing::Bounds,
	) -> DispatchResult {
		let mut history = Self::history_of(class)?;
		history.reference = history.reference.set(price, bounds).ok_or(Error::<T>::InvalidParameters)?;
		record.price = history.reference.price();
		Self::deposit_event(Event::PriceSet { class, price: record.price });
		Histories::<T>::insert(class, history);
		Classes::<T>::insert(class, record);
		Ok(())
	}

	pub(crate) fn quoted(class: ClassId, window: WindowIndex) -> Option<Quote> {
		let record = Classes::<T>::get(class)?;
		let current = WindowIndex::at(T::Clock::now(), record.window_slots);
		if window < current || window > Self::last_window(current) {
			return None;
		}
		let parameters = ClassParameters::<T>::get(class)?;
		let forecast = Histories::<T>::get(class)?.forecast;
		// What has been redeemed already, where that is more than was expected.
		let expected = forecast.expected(window, &parameters.forecast).unwrap_or(0);
		let demand = Redeemed::<T>::get(class, window).max(expected);
		let utilisation = match Self::capacity_of(class, record.performance) {
			// Where nothing is online, nothing is free.
			0 => Perbill::one(),
			capacity => efficiency::utilisation(demand, capacity),
		};
		let efficiency = ClassSums::<T>::get(class).efficiency();
		let price = pricing::quote(record.price, utilisation, efficiency, &parameters.quotes)?;
		Some(Quote {
			reference: record.price,
			price,
			per_performance: pricing::per_compute(price, record.performance, record.window_slots)?,
			utilisation,
			efficiency,
		})
	}
}
