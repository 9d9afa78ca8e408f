//! What windows teach: each window of a class that is over is counted once, and moves its reference price and its
//! forecast.

use crate::*;
use exabits_math::{
	forecast::Gap,
	pricing::{Reference, Trades},
};
use exabits_primitives::{
	apis::{DemandForecast, ExpectedDemand},
	Balance, ClassId, Clock, MarketPrices, MilliDevices, Obligations, Slot, UtcKey, WindowIndex, MILLI,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Gives a new class its parameters, its history, and its place in the queue. The window that runs is not
	/// counted.
	pub(crate) fn start_history(id: ClassId, class: &Class) -> DispatchResult {
		// A class has one entry in the queue, so that there is always room to enter it again.
		ensure!(id.0 < T::MaxDuePerSlot::get(), Error::<T>::TooManyClasses);
		let parameters = Parameters::around(class.price).ok_or(Error::<T>::InvalidClass)?;
		let now = T::Clock::now();
		let window = WindowIndex::at(now, class.window_slots);
		let reference =
			Reference::new(class.price, window, &parameters.bounds).ok_or(Error::<T>::InvalidClass)?;
		let due = Self::counts_at(&reference, class.window_slots)?;
		CountQueue::<T>::schedule(now, due, id).map_err(|_| Error::<T>::TooManyDeadlines)?;
		ClassParameters::<T>::insert(id, parameters);
		Histories::<T>::insert(id, History { reference, forecast: Default::default() });
		Ok(())
	}

	pub(crate) fn parameters_of(class: ClassId) -> Result<Parameters, DispatchError> {
		ClassParameters::<T>::get(class).ok_or_else(|| Error::<T>::UnknownClass.into())
	}

	pub(crate) fn history_of(class: ClassId) -> Result<History, DispatchError> {
		Histories::<T>::get(class).ok_or_else(|| Error::<T>::UnknownClass.into())
	}

	/// Adds a lease that is placed for the first time to what was asked for.
	pub(crate) fn add_demand(key: &UtcKey, amount: MilliDevices) -> DispatchResult {
		Redeemed::<T>::try_mutate(key.class, key.window, |demand| {
			*demand = demand.checked_add(amount.0.into()).ok_or(Error::<T>::Overflow)?;
			Ok(())
		})
	}

	/// The first slot in which the next window may be counted: its end, when nothing more is redeemed for it.
	pub(crate) fn counts_at(reference: &Reference, window_slots: u32) -> Result<Slot, DispatchError> {
		let next = reference.window().next().ok_or(Error::<T>::Overflow)?;
		Ok(next.end(window_slots))
	}

	/// Counts the oldest windows of a class that are over, a bounded number.
	pub(crate) fn count_step(class: ClassId) -> DispatchResult {
		let mut record = Self::class_of(class)?;
		let parameters = Self::parameters_of(class)?;
		let mut history = Self::history_of(class)?;
		let now = T::Clock::now();
		ensure!(now >= Self::counts_at(&history.reference, record.window_slots)?, Error::<T>::NotDue);
		let cover = T::Obligations::open_cover(class);
		for _ in 0..T::MaxWindowsPerStep::get() {
			if now < Self::counts_at(&history.reference, record.window_slots)? {
				break;
			}
			history = Self::turn(class, record.window_slots, &parameters, cover, history)?;
		}
		let price = history.reference.price();
		Histories::<T>::insert(class, history);
		if record.price != price {
			record.price = price;
			Classes::<T>::insert(class, record);
		}
		Ok(())
	}

	/// Counts the next window: its trades move the price, its demand the forecast. From a window with a gap in
	/// blocks no demand is learnt, because for a part of it nobody could ask.
	fn turn(
		class: ClassId,
		window_slots: u32,
		parameters: &Parameters,
		cover: Balance,
		history: History,
	) -> Result<History, DispatchError> {
		let window = history.reference.window().next().ok_or(Error::<T>::Overflow)?;
		let trades = match T::Prices::traded(class, window) {
			Some(traded) => Trades::default().with(traded.price, MilliDevices(1), traded.fees),
			None => Some(Trades::default()),
		};
		let trades = trades.ok_or(Error::<T>::Overflow)?;
		let reference = history
			.reference
			.close(window, &trades, cover, &parameters.bounds)
			.ok_or(Error::<T>::InvalidParameters)?;

		let demand = Redeemed::<T>::take(class, window);
		let forecast = if T::Clock::in_gap(window.start(window_slots), window.end(window_slots)) {
			history.forecast
		} else {
			// Each window since the last one learnt from had a gap.
			let learnt = history.forecast.observe(window, demand, Gap::Unknown, &parameters.forecast);
			learnt.ok_or(Error::<T>::InvalidParameters)?
		};
		Self::deposit_event(Event::WindowCounted { class, window, demand, price: reference.price() });
		Ok(History { reference, forecast })
	}

	/// Acts on a class's entry in the queue and enters it again, whatever came of it: for its next window, or for
	/// the end of the one that runs when the step failed or somebody has called it before.
	pub(crate) fn count_due(now: Slot, class: ClassId) {
		let mut counted = false;
		Self::attempt("count", || {
			Self::count_step(class)?;
			counted = true;
			Ok(())
		});
		let Some(record) = Classes::<T>::get(class) else { return };
		let slots = record.window_slots;
		let next =
			Self::history_of(class).and_then(|history| Self::counts_at(&history.reference, slots)).ok();
		let due = next.filter(|_| counted).unwrap_or_else(|| WindowIndex::at(now, slots).end(slots));
		if CountQueue::<T>::schedule(now, due, class).is_err() {
			log::error!(target: LOG, "no room to count class {class} again: it waits for calls");
		}
	}

	/// What the online machines of a class have, in milli-devices. `performance` is that of a device.
	pub(crate) fn capacity_of(class: ClassId, performance: u64) -> u64 {
		let devices = ClassSums::<T>::get(class).performance.checked_div(performance.into()).unwrap_or(0);
		// At most 16 devices of 2³² machines: far below the end of the range.
		u64::try_from(devices.saturating_mul(MILLI.into())).unwrap_or(u64::MAX)
	}

	/// The last window that may be committed while `current` runs.
	pub(crate) fn last_window(current: WindowIndex) -> WindowIndex {
		WindowIndex(current.0.saturating_add(T::MaxWindowsAhead::get()))
	}

	pub(crate) fn demand_ahead(class: ClassId, windows: u32) -> Option<DemandForecast> {
		let record = Classes::<T>::get(class)?;
		let parameters = ClassParameters::<T>::get(class)?.forecast;
		let forecast = Histories::<T>::get(class)?.forecast;
		let capacity = Self::capacity_of(class, record.performance);
		let current = WindowIndex::at(T::Clock::now(), record.window_slots);
		let end = current.0.saturating_add(windows).min(Self::last_window(current).0.saturating_add(1));
		let ahead = (current.0..end)
			.map(WindowIndex)
			.filter_map(|window| {
				Some(ExpectedDemand {
					window,
					redeemed: Redeemed::<T>::get(class, window),
					expected: forecast.expected(window, &parameters)?,
					reserve: forecast.reserve(window, capacity, &parameters)?,
				})
			})
			.collect();
		Some(DemandForecast {
			observed: forecast.observed(),
			error: forecast.error(),
			bias: forecast.bias(),
			level: forecast.level(),
			trend: forecast.trend(),
			capacity,
			ahead,
		})
	}
}
