//! Demand of a class, window by window: what is expected, how far off expectations have been, and how much
//! capacity to hold ready.
//!
//! Exponential smoothing of a level, a damped trend and an additive season. With `y` what was asked for in a
//! window, `ŷ` what had been expected and `e = y − ŷ`:
//!
//! ```text
//! ŷ(t+h) = l + (φ + φ² + … + φʰ)·b + s(t+h)       s(t) repeats every `length` windows
//! l ← l + φ·b + α·e        b ← φ·b + β·e        s(t) ← s(t) + γ·e
//! ```
//!
//! After each step the mean of the season moves into the level, which changes no forecast and keeps the two
//! from drifting apart. Sources: P. R. Winters, "Forecasting sales by exponentially weighted moving averages",
//! Management Science 6 (1960); E. S. Gardner and E. McKenzie, "Forecasting trends in time series", Management
//! Science 31 (1985), for the damping; R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder, "Forecasting
//! with Exponential Smoothing" (2008), for the error-correction form, there called ETS(A,Ad,A), and for the
//! normalised season.
//!
//! Demand is in milli-devices. State is in 1/4096 of that, in 64 bits; products are formed in 128 bits and
//! rounded once, to the nearest. On the same history the state stays within 1/16 milli-device of the same
//! formulas in real numbers (tested for demand up to 2³⁶). Whatever would leave the range of [`MAX_DEMAND`]
//! stops at its end: demand cannot be more than every device that there can be.
//!
//! Work and storage do not depend on the history: one record of 240 bytes per class, one pass over
//! at most [`MAX_LENGTH`] numbers per window, and at most [`MAX_REPLAY`] windows caught up per call.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::WindowIndex;
use scale_info::TypeInfo;
use sp_arithmetic::{traits::Saturating, PerThing, Perbill, Perquintill};

/// The longest season, in windows.
pub const MAX_LENGTH: u32 = 24;

/// The most windows without demand that one call counts one by one.
pub const MAX_REPLAY: u32 = 96;

/// The highest demand in one window, in milli-devices; more is read as this. It is that of 2³² machines with
/// 16 devices.
pub const MAX_DEMAND: u64 = 1 << 46;

/// The highest damping factor: a trend loses at least 2 % with each window that it is carried on.
pub const MAX_DAMPING: Perbill = Perbill::from_percent(98);

/// The largest weight of an error in the trend.
pub const MAX_TREND: Perbill = Perbill::from_percent(2);

/// The weight of an error in the level is at least this many times that in the trend.
pub const LEVEL_OVER_TREND: u32 = 10;

/// Parts per million in one.
pub const PPM: u32 = 1_000_000;

/// Slots of the season table.
const TABLE: usize = MAX_LENGTH as usize;

/// State units in one milli-device: a power of two, as a shift.
const SHIFT: u32 = 12;

/// The highest demand, in state units.
const HIGHEST: i64 = 1 << (46 + SHIFT);

/// Level, trend and season stay within this, in state units: eight times [`HIGHEST`], so that only sequences
/// at the end of the range ever touch it.
const LIMIT: i64 = HIGHEST << 3;

/// How a class's demand is forecast. Governed.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Parameters {
	/// α: the weight of an error in the level.
	pub level: Perbill,
	/// β: the weight of an error in the trend.
	pub trend: Perbill,
	/// γ: the weight of an error in the season.
	pub season: Perbill,
	/// φ: what a window leaves of the trend.
	pub damping: Perbill,
	/// The weight of the newest error in the running error and the bias.
	pub error: Perbill,
	/// How many times the running error is held ready on top of the forecast, in parts per million.
	pub margin: u32,
	/// The season's length in windows; 1 means none.
	pub length: u32,
}

impl Default for Parameters {
	/// A day of one-hour windows; a memory of some four windows for the level and of ten days for the season;
	/// twice the running error in reserve, which covers about nineteen windows of twenty if errors are normal
	/// and without bias (1.6 of their standard deviations).
	fn default() -> Self {
		Self {
			level: Perbill::from_percent(25),
			trend: Perbill::from_percent(1),
			season: Perbill::from_percent(10),
			damping: Perbill::from_percent(90),
			error: Perbill::from_percent(10),
			margin: 2 * PPM,
			length: MAX_LENGTH,
		}
	}
}

impl Parameters {
	/// Whether these parameters may be used: 0 < α, β ≤ α/10, β ≤ 0.02, γ ≤ 1 − α, φ ≤ 0.98, an error weight
	/// above zero, and a length from 1 to [`MAX_LENGTH`].
	///
	/// The customary limit β ≤ α is not enough with a season: errors can then swing up without end (Hyndman et
	/// al., chapter 10, on the forecastable region). Within these limits a disturbance dies out.
	pub fn is_valid(&self) -> bool {
		let trend = u64::from(self.trend.deconstruct());
		!self.level.is_zero()
			&& !self.error.is_zero()
			&& trend.saturating_mul(LEVEL_OVER_TREND.into()) <= u64::from(self.level.deconstruct())
			&& self.trend <= MAX_TREND
			&& self.season <= self.level.left_from_one()
			&& self.damping <= MAX_DAMPING
			&& (1..=MAX_LENGTH).contains(&self.length)
	}
}

/// What is known of windows that passed between two observations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gap {
	/// Nothing was asked for in them.
	Idle,
	/// Nobody looked: time passes and nothing is learnt.
	Unknown,
}

/// What is known of a class's demand.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Forecast {
	/// Demand without season.
	level: i64,
	/// Growth of the level per window.
	trend: i64,
	/// Each slot's distance from the level, of which `length` count. Until every slot has been seen: the
	/// demand seen.
	season: [i64; TABLE],
	/// The slots seen, as bits.
	seen: u32,
	/// The season's length in windows.
	length: u32,
	/// Windows learnt from, up to the type's end.
	observed: u32,
	/// The running absolute error of the forecast for the next window.
	error: u64,
	/// The running error with its sign: demand less forecast.
	bias: i64,
	/// The last window learnt from.
	window: WindowIndex,
}

impl Forecast {
	/// The record with `demand` milli-devices asked for in `window`.
	///
	/// Windows left out since the last call are read as `gap` says. Of idle ones the last [`MAX_REPLAY`] count
	/// as demand of zero; those before them, and unknown ones, only let time pass. A season of another length
	/// starts the record anew.
	///
	/// Until each slot of the season has been seen once, the forecast is a mean that gives the newest window
	/// at least the weight α; the season is what the first round through its slots leaves beside the mean. From
	/// then on a slot's n-th visit weighs (1 − α)/n, but at least γ.
	///
	/// `None` if `window` is not after the last one, or the parameters are not valid.
	pub fn observe(
		&self,
		window: WindowIndex,
		demand: u64,
		gap: Gap,
		parameters: &Parameters,
	) -> Option<Self> {
		let started = self.observed > 0;
		if !parameters.is_valid() || started && window <= self.window {
			return None;
		}
		if !started || self.length != parameters.length {
			let fresh = Self { length: parameters.length, ..Self::default() };
			return Some(fresh.learn(window, demand, parameters));
		}
		let left_out = window.0.saturating_sub(self.window.0).saturating_sub(1);
		let replayed = match gap {
			Gap::Idle => left_out.min(MAX_REPLAY),
			Gap::Unknown => 0,
		};
		let mut next = self.clone().pass(left_out.saturating_sub(replayed), parameters);
		for idle in window.0.saturating_sub(replayed)..window.0 {
			next = next.learn(WindowIndex(idle), 0, parameters);
		}
		Some(next.learn(window, demand, parameters))
	}

	/// The demand expected in `window`, in milli-devices, rounded to the nearest; at most [`MAX_DEMAND`].
	///
	/// `None` while nothing has been observed, and for a window not after the last one observed.
	pub fn expected(&self, window: WindowIndex, parameters: &Parameters) -> Option<u64> {
		Some(units(self.ahead(window, parameters)?, 1 << (SHIFT - 1)))
	}

	/// The capacity to hold ready for `window`, in milli-devices: the forecast plus `margin` times the running
	/// error, rounded up, and never more than `offered`.
	///
	/// `None` when there is no forecast.
	pub fn reserve(&self, window: WindowIndex, offered: u64, parameters: &Parameters) -> Option<u64> {
		let expected = u128::from(self.ahead(window, parameters)?.unsigned_abs());
		// An error is at most `HIGHEST`: the product stays below 2^91.
		let margin = u128::from(self.error).saturating_mul(parameters.margin.into()).div_ceil(PPM.into());
		let ready = expected.saturating_add(margin).div_ceil(1 << SHIFT);
		Some(u64::try_from(ready).unwrap_or(u64::MAX).min(offered))
	}

	/// By how much the forecast for the next window has been missed, in milli-devices, rounded up: an
	/// exponential moving average of absolute errors.
	pub fn error(&self) -> u64 {
		self.error.div_ceil(1 << SHIFT)
	}

	/// By how much demand has exceeded the forecast for the next window, in milli-devices, rounded to the
	/// nearest: an exponential moving average; below zero when less was asked for than expected.
	pub fn bias(&self) -> i64 {
		narrow(divide(self.bias.into(), 1 << SHIFT))
	}

	/// The demand without season after the last window observed, in milli-devices, rounded to the nearest.
	pub fn level(&self) -> i64 {
		narrow(divide(self.level.into(), 1 << SHIFT))
	}

	/// The growth of the level per window, in milli-devices, rounded to the nearest.
	pub fn trend(&self) -> i64 {
		narrow(divide(self.trend.into(), 1 << SHIFT))
	}

	/// Windows learnt from; stops at the type's end.
	pub fn observed(&self) -> u32 {
		self.observed
	}

	/// The last window learnt from; `None` while there is none.
	pub fn last(&self) -> Option<WindowIndex> {
		(self.observed > 0).then_some(self.window)
	}

	/// Whether some slot of the season has not been seen yet.
	fn is_starting(&self) -> bool {
		self.seen.count_ones() < self.length
	}

	/// The slot of the season that `window` falls on.
	fn slot(&self, window: WindowIndex) -> usize {
		window.0.checked_rem(self.length).and_then(|slot| usize::try_from(slot).ok()).unwrap_or(0)
	}

	/// The slots of the season in use.
	fn slots(&mut self) -> &mut [i64] {
		let length = usize::try_from(self.length).unwrap_or(TABLE).min(TABLE);
		self.season.get_mut(..length).unwrap_or_default()
	}

	/// What the season adds in `window`; nothing until it is known.
	fn swing(&self, window: WindowIndex) -> i64 {
		if self.is_starting() {
			return 0;
		}
		self.season.get(self.slot(window)).copied().unwrap_or(0)
	}

	/// The forecast for `window`, from zero to [`HIGHEST`].
	fn ahead(&self, window: WindowIndex, parameters: &Parameters) -> Option<i64> {
		let steps = window.0.checked_sub(self.window.0)?;
		if self.observed == 0 || steps == 0 {
			return None;
		}
		let growth = carried(self.trend, steps, parameters.damping);
		Some(possible(self.level.saturating_add(growth).saturating_add(self.swing(window))))
	}

	/// Lets `windows` pass of which nothing is known.
	fn pass(mut self, windows: u32, parameters: &Parameters) -> Self {
		self.level = bounded(self.level.saturating_add(carried(self.trend, windows, parameters.damping)));
		self.trend =
			scaled(self.trend, power(parameters.damping, windows).deconstruct(), Perquintill::ACCURACY);
		self
	}

	/// Learns the demand of `window`, the one after the last.
	fn learn(mut self, window: WindowIndex, demand: u64, parameters: &Parameters) -> Self {
		let demand = fixed(demand);
		let drift = weighed(self.trend, parameters.damping);
		let expected = self.level.saturating_add(drift).saturating_add(self.swing(window));
		if self.observed > 0 {
			self.judge(demand.saturating_sub(possible(expected)), parameters);
		}
		let surprise = demand.saturating_sub(expected);
		if self.is_starting() {
			self.start(window, demand, surprise, parameters);
		} else {
			let level = weighed(surprise, parameters.level);
			self.level = bounded(self.level.saturating_add(drift).saturating_add(level));
			self.trend = bounded(drift.saturating_add(weighed(surprise, parameters.trend)));
			self.turn(window, surprise, parameters);
		}
		self.observed = self.observed.saturating_add(1);
		self.window = window;
		self
	}

	/// Adds the newest error to the running ones. The n-th error weighs at least 1/n, so that the first few
	/// are averaged and zero is not among them.
	fn judge(&mut self, miss: i64, parameters: &Parameters) {
		let learn = |by: i64| shared(by, Perbill::one(), self.observed, parameters.error);
		let error = i64::try_from(self.error).unwrap_or(i64::MAX);
		let size = i64::try_from(miss.unsigned_abs()).unwrap_or(i64::MAX);
		let error = error.saturating_add(learn(size.saturating_sub(error)));
		self.error = u64::try_from(error).unwrap_or(0);
		self.bias = self.bias.saturating_add(learn(miss.saturating_sub(self.bias)));
	}

	/// One step of the first round through the season.
	fn start(&mut self, window: WindowIndex, demand: i64, surprise: i64, parameters: &Parameters) {
		let level = shared(surprise, Perbill::one(), self.observed.saturating_add(1), parameters.level);
		self.level = bounded(self.level.saturating_add(level));
		let slot = self.slot(window);
		if let Some(seen) = self.season.get_mut(slot) {
			*seen = demand;
		}
		self.seen |= u32::try_from(slot).ok().and_then(|slot| 1u32.checked_shl(slot)).unwrap_or(0);
		if !self.is_starting() {
			self.level = 0;
			self.settle();
		}
	}

	/// Moves the season's slot of `window`.
	fn turn(&mut self, window: WindowIndex, surprise: i64, parameters: &Parameters) {
		if self.length < 2 {
			return;
		}
		let visit = self.observed.checked_div(self.length).unwrap_or(0).saturating_add(1);
		let turn = shared(surprise, parameters.level.left_from_one(), visit, parameters.season);
		let slot = self.slot(window);
		if let Some(swing) = self.season.get_mut(slot) {
			*swing = bounded(swing.saturating_add(turn));
		}
		self.settle();
	}

	/// Moves the season's mean into the level. No forecast changes: what the level gains each slot loses.
	fn settle(&mut self) {
		let sum = self.slots().iter().fold(0i128, |sum, swing| sum.saturating_add((*swing).into()));
		let mean = narrow(divide(sum, self.length.max(1).into()));
		for swing in self.slots() {
			*swing = bounded(swing.saturating_sub(mean));
		}
		self.level = bounded(self.level.saturating_add(mean));
	}
}

/// Demand in state units.
fn fixed(demand: u64) -> i64 {
	i64::try_from(demand.min(MAX_DEMAND)).unwrap_or(i64::MAX).saturating_mul(1 << SHIFT).min(HIGHEST)
}

/// Milli-devices of a value that is not below zero, with `add` state units added before rounding down.
fn units(value: i64, add: u64) -> u64 {
	value.unsigned_abs().saturating_add(add) >> SHIFT
}

/// The nearest demand that there can be.
fn possible(value: i64) -> i64 {
	value.clamp(0, HIGHEST)
}

/// The nearest value that level, trend and season may have.
fn bounded(value: i64) -> i64 {
	value.clamp(-LIMIT, LIMIT)
}

/// The nearest number of 64 bits.
fn narrow(value: i128) -> i64 {
	i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// `value ÷ by`, rounded to the nearest, halves away from zero. `by` is above zero.
fn divide(value: i128, by: i128) -> i128 {
	let half = by >> 1;
	let shifted = if value < 0 { value.saturating_sub(half) } else { value.saturating_add(half) };
	shifted.checked_div(by).unwrap_or(0)
}

/// `value · part ÷ whole`, rounded to the nearest.
fn scaled(value: i64, part: u64, whole: u64) -> i64 {
	// A product of 64 by 64 bits fits 128.
	narrow(divide(i128::from(value).saturating_mul(part.into()), whole.into()))
}

/// `value` times a weight, rounded to the nearest.
fn weighed(value: i64, weight: Perbill) -> i64 {
	scaled(value, weight.deconstruct().into(), Perbill::ACCURACY.into())
}

/// `value` times `whole ÷ n`, but at least times `least`; rounded to the nearest. An `n` of zero is read as one.
fn shared(value: i64, whole: Perbill, n: u32, least: Perbill) -> i64 {
	let (whole, n) = (u64::from(whole.deconstruct()), u64::from(n.max(1)));
	if whole > u64::from(least.deconstruct()).saturating_mul(n) {
		scaled(value, whole, u64::from(Perbill::ACCURACY).saturating_mul(n))
	} else {
		weighed(value, least)
	}
}

/// `damping` to the power of `steps`, in at most 32 squarings.
fn power(damping: Perbill, steps: u32) -> Perquintill {
	let base = u64::from(damping.deconstruct()).saturating_mul(Perbill::ACCURACY.into());
	Perquintill::from_parts(base).saturating_pow(usize::try_from(steps).unwrap_or(usize::MAX))
}

/// How far a trend carries in `steps` windows: `trend · φ·(1 − φˢ) ÷ (1 − φ)`, rounded to the nearest.
fn carried(trend: i64, steps: u32, damping: Perbill) -> i64 {
	let damping = damping.min(MAX_DAMPING);
	let spent = power(damping, steps).left_from_one().deconstruct();
	let factor = i128::from(damping.deconstruct())
		.saturating_mul(spent.into())
		.checked_div(damping.left_from_one().deconstruct().into())
		.unwrap_or(0);
	// The factor is at most 49 · 10^18, below 2^66, and a trend at most 2^61 either way.
	bounded(narrow(divide(i128::from(trend).saturating_mul(factor), Perquintill::ACCURACY.into())))
}

#[cfg(test)]
mod tests;
