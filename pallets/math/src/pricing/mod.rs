//! Prices of a class: the reference price that settlement follows, and what is quoted.
//!
//! Prices are money per whole device and window, money is the smallest unit, amounts are milli-devices. The
//! reference price moves only on trades, slowly, and in proportion to what was paid in fees; settlement prices
//! are frozen from it. Quotes adjust it by utilisation and efficiency, and nothing is settled at a quote.
//!
//! Products are formed in 256 bits where they could overflow. `None` means that a result does not fit 128 bits,
//! unless its function says more.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{Balance, MilliDevices, WindowIndex, MILLI};
use scale_info::TypeInfo;
use sp_arithmetic::{
	helpers_128bit::multiply_by_rational_with_rounding as mul_div, PerThing, Perbill, Rounding,
};

/// How many windows the reference price looks back.
pub const WINDOWS: u32 = 24;

/// A reference price moves by at most one over this per window: 2 %.
pub const STEP: Balance = 50;

/// Fees of one over this of the open cover, 0.1 %, allow a whole step.
pub const FEE_SHARE: Balance = 1_000;

/// The lowest bound that a reference price may have. Below it a step of 2 % rounds to nothing.
pub const LEAST_PRICE: Balance = STEP;

/// The most by which utilisation, and efficiency, may each raise a quote: four times the reference price, in
/// parts per million.
pub const MAX_RISE: u32 = 4_000_000;

/// The most by which low utilisation may lower a quote.
pub const MAX_DISCOUNT: Perbill = Perbill::from_percent(90);

/// The compute that [`per_compute`] prices: performance (in the class's unit `P`) times slots.
pub const COMPUTE_UNIT: u128 = 1_000_000_000;

/// Places of the ring of prices.
const RING: usize = WINDOWS as usize;

/// Perbill's parts in one of the million's.
const PPB_PER_PPM: u128 = 1_000;

/// The auction trades of a class in one window.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Trades {
	/// Σ price × milli-devices.
	value: Balance,
	/// Σ milli-devices.
	volume: u64,
	/// Fees paid on them.
	fees: Balance,
}

impl Trades {
	/// These trades and one more: `amount` at `price`, for which `fee` was paid. `None` on overflow.
	pub fn with(self, price: Balance, amount: MilliDevices, fee: Balance) -> Option<Self> {
		Some(Self {
			value: self.value.checked_add(price.checked_mul(amount.0.into())?)?,
			volume: self.volume.checked_add(amount.0.into())?,
			fees: self.fees.checked_add(fee)?,
		})
	}

	/// The volume-weighted price, rounded down; `None` without volume.
	pub fn price(&self) -> Option<Balance> {
		self.value.checked_div(self.volume.into())
	}

	/// What was traded.
	pub fn volume(&self) -> u64 {
		self.volume
	}

	/// The fees paid.
	pub fn fees(&self) -> Balance {
		self.fees
	}
}

/// The range of a class's reference price. Governed.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Bounds {
	/// The lowest price.
	pub min: Balance,
	/// The highest price.
	pub max: Balance,
}

impl Bounds {
	/// Whether they hold a price and the lowest is at least [`LEAST_PRICE`].
	pub fn is_valid(&self) -> bool {
		LEAST_PRICE <= self.min && self.min <= self.max
	}

	/// The nearest price within; of bounds that cross, the lower one's.
	fn nearest(&self, price: Balance) -> Balance {
		price.min(self.max).max(self.min)
	}
}

/// A class's reference price and the prices it follows.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Reference {
	/// The price.
	price: Balance,
	/// Volume-weighted prices of the last windows, each at its index modulo [`WINDOWS`]; none where nothing
	/// was traded.
	prices: [Option<Balance>; RING],
	/// The last window counted.
	window: WindowIndex,
}

impl Reference {
	/// A governed price, brought within `bounds`, before any trade. Windows after `window` will count.
	///
	/// `None` if the bounds are not valid.
	pub fn new(price: Balance, window: WindowIndex, bounds: &Bounds) -> Option<Self> {
		bounds.is_valid().then(|| Self { price: bounds.nearest(price), prices: [None; RING], window })
	}

	/// The price.
	pub fn price(&self) -> Balance {
		self.price
	}

	/// The last window counted.
	pub fn window(&self) -> WindowIndex {
		self.window
	}

	/// The same history with another price, set by governance and brought within `bounds`.
	///
	/// `None` if the bounds are not valid.
	pub fn set(&self, price: Balance, bounds: &Bounds) -> Option<Self> {
		bounds.is_valid().then(|| Self { price: bounds.nearest(price), ..self.clone() })
	}

	/// What the price moves toward: the median of the last [`WINDOWS`] windows' prices, of an even number the
	/// mean of the middle two, rounded down. `None` if nothing was traded in any of them.
	pub fn target(&self) -> Option<Balance> {
		let mut prices = self.prices;
		// Empty places come first.
		prices.sort_unstable();
		let empty = prices.partition_point(Option::is_none);
		median(prices.get(empty..)?)
	}

	/// The reference price after `window`, in which `trades` were made while `cover` was open in the class.
	///
	/// It moves toward [`Self::target`], this window's price included, by at most [`step`], and stops there. It
	/// stays when nothing was traded, and leaves `bounds` never: where new bounds exclude it, it goes to the
	/// nearest at once. Windows left out count as windows without trades; at most [`WINDOWS`] of them are
	/// looked at.
	///
	/// `None` if `window` is not after the last one or the bounds are not valid.
	pub fn close(
		&self,
		window: WindowIndex,
		trades: &Trades,
		cover: Balance,
		bounds: &Bounds,
	) -> Option<Self> {
		if window <= self.window || !bounds.is_valid() {
			return None;
		}
		let mut next = Self { window, ..self.clone() };
		let left_out = window.0.saturating_sub(self.window.0).saturating_sub(1).min(WINDOWS);
		for gone in window.0.saturating_sub(left_out)..window.0 {
			next.put(WindowIndex(gone), None);
		}
		next.put(window, trades.price());
		if let (Some(_), Some(target)) = (trades.price(), next.target()) {
			next.price = toward(self.price, target, step(self.price, trades.fees, cover));
		}
		next.price = bounds.nearest(next.price);
		Some(next)
	}

	/// Writes a window's price.
	fn put(&mut self, window: WindowIndex, price: Option<Balance>) {
		let place = window.0.checked_rem(WINDOWS).and_then(|place| usize::try_from(place).ok());
		if let Some(place) = place.and_then(|place| self.prices.get_mut(place)) {
			*place = price;
		}
	}
}

/// The median of sorted prices; of an even number the mean of the middle two, rounded down.
fn median(sorted: &[Option<Balance>]) -> Option<Balance> {
	let upper = (*sorted.get(sorted.len().checked_div(2)?)?)?;
	let lower = (*sorted.get(sorted.len().checked_sub(1)?.checked_div(2)?)?)?;
	Some(lower.midpoint(upper))
}

/// The most that `price` may move in a window in which `fees` were paid: 2 % × min(1, fees ÷ 0.1 % of the open
/// cover). Each of its two divisions rounds down. Nothing without fees; the whole 2 % when there are fees and
/// no cover is open.
///
/// To move a price by a part `x` thus costs at least `x ÷ 20` of the open cover in fees, whoever trades.
pub fn step(price: Balance, fees: Balance, cover: Balance) -> Balance {
	let whole = price.checked_div(STEP).unwrap_or(0);
	let weight = fees.saturating_mul(FEE_SHARE);
	if fees > 0 && weight >= cover {
		return whole;
	}
	mul_div(whole, weight, cover.max(1), Rounding::Down).unwrap_or(0)
}

/// `price` moved toward `target` by at most `step`.
fn toward(price: Balance, target: Balance, step: Balance) -> Balance {
	if price < target {
		price.saturating_add(step).min(target)
	} else {
		price.saturating_sub(step).max(target)
	}
}

/// How quotes differ from the reference price. Governed.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Adjustment {
	/// The utilisation at which it adjusts nothing.
	pub target: Perbill,
	/// What full utilisation adds, in parts per million of the reference price.
	pub surge: u32,
	/// What no utilisation takes off.
	pub discount: Perbill,
	/// What an efficiency of zero adds, in parts per million of the price adjusted so far.
	pub premium: u32,
}

impl Default for Adjustment {
	/// Nothing at 75 % utilisation, half off at none, twice the price at all; a quarter more when nothing that
	/// was offered is delivered.
	fn default() -> Self {
		Self {
			target: Perbill::from_percent(75),
			surge: 1_000_000,
			discount: Perbill::from_percent(50),
			premium: 250_000,
		}
	}
}

impl Adjustment {
	/// Whether surge and premium are at most [`MAX_RISE`] and the discount at most [`MAX_DISCOUNT`].
	pub fn is_valid(&self) -> bool {
		self.surge <= MAX_RISE && self.premium <= MAX_RISE && self.discount <= MAX_DISCOUNT
	}

	/// What utilisation makes of one, in parts per billion: linear from `1 − discount` at none to one at the
	/// target, and from there to `1 + surge` at all. Rounded up.
	fn by_utilisation(&self, utilisation: Perbill) -> u128 {
		let one = u128::from(Perbill::ACCURACY);
		let (at, target) = (u128::from(utilisation.deconstruct()), u128::from(self.target.deconstruct()));
		if at <= target {
			let discount = u128::from(self.discount.deconstruct());
			let missing = discount.saturating_mul(target.saturating_sub(at));
			one.saturating_sub(missing.checked_div(target).unwrap_or(0))
		} else {
			let surge = u128::from(self.surge).saturating_mul(PPB_PER_PPM);
			let excess = surge.saturating_mul(at.saturating_sub(target));
			one.saturating_add(excess.div_ceil(one.saturating_sub(target).max(1)))
		}
	}

	/// What efficiency makes of one, in parts per billion: linear from `1 + premium` at none to one at all.
	/// Rounded up.
	fn by_efficiency(&self, efficiency: Perbill) -> u128 {
		let one = u128::from(Perbill::ACCURACY);
		let premium = u128::from(self.premium).saturating_mul(PPB_PER_PPM);
		let missing = u128::from(efficiency.left_from_one().deconstruct());
		one.saturating_add(premium.saturating_mul(missing).div_ceil(one))
	}
}

/// The quoted price of a device for a window: the reference price × what utilisation × what efficiency makes
/// of it, rounded up.
///
/// It never falls as utilisation rises, because what is scarce costs more, and never rises with efficiency,
/// because more of what is paid for is delivered. It lies between `1 − discount` and
/// `(1 + surge)·(1 + premium)` of the reference price, and is that price at the target and full efficiency.
///
/// `None` if it does not fit or the adjustment is not valid.
pub fn quote(
	reference: Balance,
	utilisation: Perbill,
	efficiency: Perbill,
	adjustment: &Adjustment,
) -> Option<Balance> {
	if !adjustment.is_valid() {
		return None;
	}
	let one = u128::from(Perbill::ACCURACY);
	let factor = adjustment.by_utilisation(utilisation).checked_mul(adjustment.by_efficiency(efficiency))?;
	mul_div(reference, factor, one.checked_mul(one)?, Rounding::Up)
}

/// What `amount` costs at `price`, rounded up.
pub fn cost(price: Balance, amount: MilliDevices) -> Option<Balance> {
	mul_div(price, amount.0.into(), MILLI.into(), Rounding::Up)
}

/// The price of [`COMPUTE_UNIT`] performance-slots in a class whose devices have `performance` and whose
/// windows have `window_slots` slots, rounded up: `price × COMPUTE_UNIT ÷ (performance × window_slots)`.
///
/// Compares classes whose `P` is in the same unit, whatever the length of their windows. `None` if one of the
/// two is zero, or the result does not fit.
pub fn per_compute(price: Balance, performance: u64, window_slots: u32) -> Option<Balance> {
	let compute = u128::from(performance).checked_mul(window_slots.into()).filter(|compute| *compute > 0)?;
	mul_div(price, COMPUTE_UNIT, compute, Rounding::Up)
}

#[cfg(test)]
mod tests;
