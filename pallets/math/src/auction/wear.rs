//! What partial fills leave of a level, whoever the orders belong to.
//!
//! A level's orders are filled in proportion to their size, so that one product tells of all of them what is
//! left: the *survival product*, the share of an order of the level's first batch that is not filled. Beside it
//! runs the sum of filled share × price. Whoever joins notes both; what has become of an order is the quotient
//! of the product now and then, and the difference of the sums over the product then.
//!
//! The product is a binary fraction of 127 bits whose first or second bit is set. Where a fill makes it smaller,
//! it is doubled until that holds again and `scale` counts how often, so that no number of partial fills takes
//! its precision away: each costs at most one part in 2¹²⁶. The sum is kept in units of the product at its
//! present scale, in 512 bits and modulo 2⁵¹², of which a difference needs less than 400. An order that was placed
//! [`MAX_SCALE`] doublings ago has less than one unit in 2⁹⁶ left; a level that is worn so far is closed and what
//! is left of its orders goes back.

use super::Side;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{Balance, MilliDevices, MILLI};
use scale_info::TypeInfo;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding as mul_div, Perbill, Rounding};
use sp_core::{U256, U512};

/// A product of one.
const ONE: u128 = 1 << 127;

/// A level is closed once its product has been doubled so often.
pub const MAX_SCALE: u8 = 128;

/// The most milli-devices that a level may hold: a fill never doubles the product more than 49 times.
pub const MAX_LEVEL: u64 = 1 << 48;

/// Parts of one in a [`Rate`].
const PARTS: Balance = 1_000_000_000;

/// Money for one whole UTC, in parts of a billion of the smallest unit: a price less a fee, exactly.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Rate(Balance);

impl Rate {
	/// `price`, of which `fee` is kept. `None` if it does not fit.
	pub fn new(price: Balance, fee: Perbill) -> Option<Self> {
		let left = PARTS.checked_sub(fee.deconstruct().into())?;
		price.checked_mul(left).map(Self)
	}
}

/// What `amount` costs at `price` per whole UTC, rounded up: what a buyer at that limit prepays.
pub fn cost(price: Balance, amount: MilliDevices) -> Option<Balance> {
	mul_div(price, amount.0.into(), MILLI.into(), Rounding::Up)
}

/// The fee on `volume` traded at `price`, rounded down: what sellers get for it, each rounded down, and this
/// never come to more than buyers pay.
pub fn fee(price: Balance, volume: u64, rate: Perbill) -> Option<Balance> {
	let weight = Balance::from(volume).checked_mul(rate.deconstruct().into())?;
	mul_div(price, weight, Balance::from(MILLI).checked_mul(PARTS)?, Rounding::Down)
}

/// How far a level's orders are filled.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Wear {
	/// The survival product in Q127, doubled `scale` times.
	product: u128,
	/// How often the product has been doubled.
	scale: u8,
	/// Σ filled share × rate, in units of the product at this scale.
	sum: U512,
}

impl Wear {
	/// A level of which nothing has been filled.
	pub const FRESH: Self = Self { product: ONE, scale: 0, sum: U512([0; 8]) };

	/// How often the product has been doubled.
	pub fn scale(&self) -> u8 {
		self.scale
	}

	/// Whether the level has to be closed.
	pub fn is_out(&self) -> bool {
		self.scale >= MAX_SCALE
	}

	/// The wear after `filled` of the `total` that rest here traded at `rate`, for 0 < filled < total ≤
	/// [`MAX_LEVEL`]; otherwise `None`.
	///
	/// Rounded so that the pool is favoured: of bids more is left and more is spent, of asks less is left and
	/// less is earned, each by at most one part in 2¹²⁶.
	pub fn fill(self, side: Side, total: u64, filled: u64, rate: Rate) -> Option<Self> {
		let left = total.checked_sub(filled).filter(|left| *left > 0)?;
		if filled == 0 || total > MAX_LEVEL {
			return None;
		}
		let rounding = side.rounding();
		let product = mul_div(self.product, left.into(), total.into(), rounding)?;
		let share = mul_div(self.product, filled.into(), total.into(), rounding)?;
		let sum = self.with(share, rate);
		let doubled = product.leading_zeros().saturating_sub(1);
		Some(Self {
			product: product << doubled,
			scale: self.scale.checked_add(u8::try_from(doubled).ok()?)?,
			// What leaves at the top belongs to orders that are older than `MAX_SCALE` doublings.
			sum: sum << doubled,
		})
	}

	/// The sum after `share` traded at `rate`.
	fn with(&self, share: u128, rate: Rate) -> U512 {
		let value = U512::from(U256::from(share)).overflowing_mul(U256::from(rate.0).into()).0;
		self.sum.overflowing_add(value).0
	}

	/// What became of `amount` that joined at `joined` with the limit `limit`, where nothing or, at `last`, all
	/// of what was left has traded since the last fill.
	///
	/// `None` when the two are not of one level and generation.
	pub fn since(
		&self,
		joined: &Self,
		side: Side,
		amount: MilliDevices,
		limit: Balance,
		last: Option<Rate>,
	) -> Option<Outcome> {
		let doubled = self.scale.checked_sub(joined.scale)?;
		let (product, sum) = match last {
			Some(rate) => (0, self.with(self.product, rate)),
			None => (self.product, self.sum),
		};
		let size = U512::from(amount.0);
		let then = wide(joined.product) << doubled;
		let left = size.checked_mul(wide(product))?;
		let (down, broken) = (left.checked_div(then)?, left.checked_rem(then)?);
		let snap = then >> SNAP;
		let (rest, filled) = match side {
			Side::Bid => (down, size.checked_sub(quotient(left.saturating_sub(snap), then, Rounding::Up)?)?),
			Side::Ask => {
				let rest = left.checked_add(snap)?.checked_div(then)?.min(size);
				(rest, size.checked_sub(rest)?)
			}
		};
		let whole = then.checked_mul(wide(MILLI.into()))?;
		let share = sum.overflowing_sub(joined.sum << doubled).0;
		let money = quotient(size.checked_mul(share)?, whole.checked_mul(wide(PARTS))?, side.rounding())?;
		let broken = quotient(broken.checked_mul(wide(limit))?, whole, Rounding::Up)?;
		Some(Outcome {
			rest: milli(rest)?,
			filled: milli(filled)?,
			money: u128::try_from(money).ok()?,
			broken: u128::try_from(broken).ok()?,
		})
	}
}

/// Shares of a unit below one in 2⁶⁴ are rounding of the product: they break no unit. The pool owes whole units
/// and has been given whole units, so that what fewer than 2⁶⁴ orders gain by this never comes to one.
const SNAP: usize = 64;

fn wide(value: u128) -> U512 {
	U512::from(U256::from(value))
}

fn milli(value: U512) -> Option<MilliDevices> {
	u32::try_from(u128::try_from(value).ok()?).ok().map(MilliDevices)
}

/// A quotient, rounded up or down.
fn quotient(value: U512, by: U512, rounding: Rounding) -> Option<U512> {
	let down = value.checked_div(by)?;
	match rounding {
		Rounding::Up if !value.checked_rem(by)?.is_zero() => down.checked_add(U512::one()),
		_ => Some(down),
	}
}

/// What became of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcome {
	/// What is not filled and can be taken back: whole units.
	pub rest: MilliDevices,
	/// What is filled: of a bid whole units, of an ask all that is not left.
	pub filled: MilliDevices,
	/// What a bid has spent, rounded up, or an ask has earned, rounded down.
	pub money: Balance,
	/// What the unit that is filled in part would cost to fill at the limit, rounded up. It stays with the pool
	/// when a bid is cancelled, because that part of the unit still rests.
	pub broken: Balance,
}
