//! Signed numbers in 1/2²⁴, and the exponential, logarithm and logistic function of them.
//!
//! The range is ±128. Each operation rounds once, to the nearest, and stops at the ends of the range. The
//! functions are within 2⁻²² of the real ones (tested), `logit` within 2⁻²² for an argument that is exact.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Bits behind the point.
const BITS: u32 = 24;

/// Bits behind the point within the functions: products of two numbers up to two fit 64 bits.
const FINE: u32 = 30;

/// One within the functions.
const FINE_ONE: i64 = 1 << FINE;

/// ln 2 within the functions.
const LN_2: i64 = 744_261_118;

/// √½ within the functions.
const SQRT_HALF: i64 = 759_250_125;

/// Terms of the exponential's series: ln(2)¹² ÷ 12! is below 2⁻³⁰.
const EXP_TERMS: i64 = 12;

/// The last power in the logarithm's series: 2 · 0.172¹³ ÷ 13 is below 2⁻³⁰.
const LN_POWER: i64 = 13;

/// A signed number in 1/2²⁴.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Default,
	Debug,
)]
pub struct Fixed(pub(super) i32);

impl Fixed {
	/// Zero.
	pub const ZERO: Self = Self(0);
	/// One.
	pub const ONE: Self = Self(1 << BITS);
	/// The largest argument and result of [`Self::logit`].
	pub const LOGIT_LIMIT: Self = Self::whole(10);

	/// A whole number, at most 127 either way.
	pub const fn whole(number: i8) -> Self {
		Self((number as i32) << BITS)
	}

	/// One part of `parts`, rounded down.
	pub const fn one_of(parts: u16) -> Self {
		Self::ratio(1, parts)
	}

	/// `over ÷ under`, rounded down. Zero when `under` is.
	pub const fn ratio(over: u16, under: u16) -> Self {
		if under == 0 {
			return Self::ZERO;
		}
		let parts = ((over as i64) << BITS) / (under as i64);
		Self(if parts > i32::MAX as i64 { i32::MAX } else { parts as i32 })
	}

	/// `parts` millionths, rounded to the nearest.
	pub fn millionths(parts: i32) -> Self {
		narrow(nearest(i64::from(parts) << BITS, 1_000_000))
	}

	/// This number in millionths, rounded to the nearest.
	pub fn in_millionths(self) -> i32 {
		// Below 2³¹ · 10⁶.
		narrow(shifted(i64::from(self.0).saturating_mul(1_000_000), BITS)).0
	}

	/// The sum.
	pub fn plus(self, other: Self) -> Self {
		Self(self.0.saturating_add(other.0))
	}

	/// The difference.
	pub fn minus(self, other: Self) -> Self {
		Self(self.0.saturating_sub(other.0))
	}

	/// The product.
	pub fn times(self, other: Self) -> Self {
		narrow(shifted(i64::from(self.0).saturating_mul(other.0.into()), BITS))
	}

	/// The quotient; of a division by zero, zero.
	pub fn over(self, other: Self) -> Self {
		narrow(nearest(i64::from(self.0) << BITS, other.0.into()))
	}

	/// Without its sign.
	pub fn size(self) -> Self {
		Self(self.0.saturating_abs())
	}

	/// With the other sign.
	pub const fn negated(self) -> Self {
		Self(self.0.saturating_neg())
	}

	/// Within `limit` of zero.
	pub fn within(self, limit: Self) -> Self {
		Self(self.0.clamp(limit.0.saturating_neg(), limit.0))
	}

	/// One less this.
	pub fn left(self) -> Self {
		Self::ONE.minus(self)
	}

	/// `self` moved towards `other` by `share` of the way.
	pub fn toward(self, other: Self, share: Self) -> Self {
		self.plus(other.minus(self).times(share))
	}

	/// e to the minus `self`; one for what is below zero.
	pub fn exp_neg(self) -> Self {
		let whole = i64::from(self.0.max(0)) << (FINE - BITS);
		let halvings = whole / LN_2;
		let rest = whole % LN_2;
		let power = (1..EXP_TERMS).rev().fold(FINE_ONE, |sum, term| {
			FINE_ONE.saturating_sub(shifted(rest.saturating_mul(sum), FINE) / term)
		});
		let bits = u32::try_from(halvings).unwrap_or(u32::MAX).min(FINE);
		narrow(shifted(power, bits.saturating_add(FINE - BITS)))
	}

	/// 1 ÷ (1 + e⁻ˣ).
	pub fn logistic(self) -> Self {
		let power = self.size().exp_neg();
		let high = Self::ONE.over(Self::ONE.plus(power));
		if self.0 < 0 {
			high.left()
		} else {
			high
		}
	}

	/// ln(x ÷ (1 − x)), within [`Self::LOGIT_LIMIT`].
	pub fn logit(self) -> Self {
		let share = i64::from(self.0.clamp(1, Self::ONE.0.saturating_sub(1)));
		let rest = i64::from(Self::ONE.0).saturating_sub(share);
		narrow(shifted(ln(share).saturating_sub(ln(rest)), FINE - BITS)).within(Self::LOGIT_LIMIT)
	}
}

/// The natural logarithm, to [`FINE`], of a number above zero in 1/2²⁴; of any other, of the smallest.
fn ln(number: i64) -> i64 {
	let number = number.max(1);
	let top = i64::from(number.ilog2());
	// From ½ to 1, then from √½ to √2.
	let scale = u32::try_from(i64::from(FINE).saturating_sub(top).saturating_sub(1)).unwrap_or(0);
	let (mut part, mut power) = (number << scale, top.saturating_add(1).saturating_sub(BITS.into()));
	if part < SQRT_HALF {
		part = part.saturating_mul(2);
		power = power.saturating_sub(1);
	}
	// ln m = 2·(s + s³/3 + s⁵/5 + …) with s = (m − 1) ÷ (m + 1).
	let s = nearest(part.saturating_sub(FINE_ONE) << FINE, part.saturating_add(FINE_ONE));
	let square = shifted(s.saturating_mul(s), FINE);
	let series = (1..=LN_POWER)
		.rev()
		.step_by(2)
		.fold(0i64, |sum, odd| (FINE_ONE / odd).saturating_add(shifted(sum.saturating_mul(square), FINE)));
	power.saturating_mul(LN_2).saturating_add(shifted(s.saturating_mul(series), FINE).saturating_mul(2))
}

/// `number ÷ 2^bits`, rounded to the nearest, halves up.
fn shifted(number: i64, bits: u32) -> i64 {
	match bits {
		0 => number,
		_ => number.saturating_add(1 << (bits.min(62).saturating_sub(1))) >> bits.min(62),
	}
}

/// `over ÷ under`, rounded to the nearest, halves away from zero; zero when `under` is.
fn nearest(over: i64, under: i64) -> i64 {
	let half = under.saturating_abs() / 2;
	let over = if over < 0 { over.saturating_sub(half) } else { over.saturating_add(half) };
	over.checked_div(under).unwrap_or(0)
}

/// What fits.
fn narrow(number: i64) -> Fixed {
	let end = if number < 0 { i32::MIN } else { i32::MAX };
	Fixed(i32::try_from(number).unwrap_or(end))
}
