//! One module of a machine, as a neuron sees it.
//!
//! A round's measured value becomes a [`Margin`]. Of a window the lowest one counts. From it the unit keeps
//! three smoothed numbers: a level, a slower level, and how far windows stray from the level. Its inputs are the
//! level in strays, and how far the level has left the slower one in strays; its activation is the logistic
//! function of their weighted sum: the probability that the module is broken in the next window. Weights are
//! learnt by gradient descent on the logarithmic loss, and stay within [`WEIGHT_LIMIT`].

use super::fixed::Fixed;
use crate::penalty::{Comparator, PPM};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::ModuleId;
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

/// No weight of a unit leaves this, either way.
pub const WEIGHT_LIMIT: Fixed = Fixed::whole(8);

/// No input of a unit leaves this, either way.
const INPUT_LIMIT: Fixed = Fixed::whole(6);

/// Weight of the newest window in the level.
const LEVEL: Fixed = Fixed::one_of(8);
/// Weight of the newest window in the slower level.
const SLOW: Fixed = Fixed::one_of(64);
/// Weight of the newest window in the stray.
const STRAY: Fixed = Fixed::one_of(16);
/// The least stray.
const LEAST_STRAY: Fixed = Fixed::one_of(4_096);

/// How fast weights are learnt in the n-th window: 1 ÷ √n of this, and at least the least.
const RATE: Fixed = Fixed::ONE;
/// The slowest that weights are learnt.
const LEAST_RATE: Fixed = Fixed::one_of(64);

/// How far a value is on the good side of its threshold, in parts per million of the module's span; below zero
/// exactly when the threshold is missed. From −10⁶ to 10⁶.
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
	Debug,
)]
pub struct Margin(i32);

impl Margin {
	/// The margin of `measured`.
	///
	/// `span` is what counts as far, in parts per million of the threshold: a module's last knot, where its
	/// penalty ends. Rounded away from zero on the bad side, towards zero on the good one.
	pub fn new(measured: u32, threshold: u32, comparator: Comparator, span: u32) -> Self {
		let met = comparator.no_looser(measured, threshold);
		let distance = u64::from(measured.abs_diff(threshold)).saturating_mul(PPM.into());
		let unit = u64::from(threshold.max(1)).saturating_mul(span.max(1).into());
		// Below 2⁶⁴ · 10⁶.
		let (over, under) = (u128::from(distance).saturating_mul(PPM.into()), u128::from(unit));
		let parts = if met { over.checked_div(under).unwrap_or(0) } else { over.div_ceil(under) };
		let parts = i32::try_from(parts.min(PPM.into())).unwrap_or(i32::MAX);
		Self(if met { parts } else { parts.saturating_neg() })
	}

	/// The margin in parts per million of the span.
	pub fn parts(self) -> i32 {
		self.0
	}

	/// Whether the threshold is missed.
	pub fn is_breach(self) -> bool {
		self.0 < 0
	}

	/// How well a round kept the term: one when the threshold is met, else from half down to nothing at the end
	/// of the span.
	pub fn kept(self) -> Perbill {
		if self.0 >= 0 {
			return Perbill::one();
		}
		let left = PPM.saturating_sub(self.0.unsigned_abs());
		Perbill::from_parts(left.saturating_mul(500))
	}

	fn fixed(self) -> Fixed {
		Fixed::millionths(self.0)
	}
}

/// What is kept of one module of a machine.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Unit {
	/// The module.
	module: ModuleId,
	/// The lowest margin in the window under way; `None` while there is none.
	lowest: Option<Margin>,
	/// Whether there was a margin in the window before.
	current: bool,
	/// Windows learnt from; stops at the type's end.
	windows: u16,
	/// The smoothed margin.
	level: Fixed,
	/// The margin, smoothed for longer.
	slow: Fixed,
	/// How far windows stray from the level: the smoothed distance.
	stray: Fixed,
	/// Weights of one, of the level and of its drift.
	weights: [Fixed; 3],
}

impl Unit {
	/// The unit of a module that nothing is known of.
	pub fn new(module: ModuleId) -> Self {
		Self {
			module,
			lowest: None,
			current: false,
			windows: 0,
			level: Fixed::ZERO,
			slow: Fixed::ZERO,
			stray: Fixed::ZERO,
			// Before it has learnt, a unit only knows that a lower margin is worse.
			weights: [Fixed::whole(-2), Fixed::ratio(1, 2).negated(), Fixed::ZERO],
		}
	}

	/// The module.
	pub fn module(&self) -> ModuleId {
		self.module
	}

	/// The smoothed margin, in parts per million of the span.
	pub fn level(&self) -> i32 {
		self.level.in_millionths()
	}

	/// The weights of one, of the level and of its drift, in millionths.
	pub fn weights(&self) -> [i32; 3] {
		self.weights.map(Fixed::in_millionths)
	}

	/// The probability that the module is broken in the next window, as of the last window that ended, in parts
	/// per million; `None` when it was not measured in that.
	pub fn forecast(&self) -> Option<u32> {
		self.expected().map(|expected| expected.in_millionths().unsigned_abs())
	}

	/// Takes a round's margin into the window under way.
	pub(super) fn take(&mut self, margin: Margin) {
		self.lowest = Some(self.lowest.map_or(margin, |lowest| lowest.min(margin)));
	}

	/// Ends the window under way and learns from it, if there was a margin in it.
	pub(super) fn close(&mut self) {
		let lowest = self.lowest.take();
		self.current = lowest.is_some();
		let Some(lowest) = lowest else { return };
		let margin = lowest.fixed();
		self.windows = self.windows.saturating_add(1);
		if self.windows == 1 {
			(self.level, self.slow, self.stray) = (margin, margin, margin.size().times(STRAY));
			return;
		}
		self.learn(lowest.is_breach());
		let least = Fixed::one_of(self.windows);
		let stray = margin.minus(self.level).size();
		self.stray = self.stray.toward(stray, STRAY.max(least));
		self.level = self.level.toward(margin, LEVEL.max(least));
		self.slow = self.slow.toward(margin, SLOW.max(least));
	}

	/// The probability that the module is broken in the next window; `None` when it was not measured in the last.
	pub(super) fn expected(&self) -> Option<Fixed> {
		self.current.then(|| self.activation())
	}

	/// One gradient step of the weights.
	fn learn(&mut self, broken: bool) {
		let outcome = if broken { Fixed::ONE } else { Fixed::ZERO };
		let rate = RATE.times(Fixed::one_of(self.windows.isqrt())).max(LEAST_RATE);
		let step = outcome.minus(self.activation()).times(rate);
		let inputs = self.inputs();
		for (weight, input) in self.weights.iter_mut().zip(inputs) {
			*weight = weight.plus(step.times(input)).within(WEIGHT_LIMIT);
		}
	}

	/// The logistic function of the weighted sum.
	fn activation(&self) -> Fixed {
		self.weights
			.iter()
			.zip(self.inputs())
			.fold(Fixed::ZERO, |sum, (weight, input)| sum.plus(weight.times(input)))
			.within(Fixed::LOGIT_LIMIT)
			.logistic()
	}

	/// One, the level in strays, and how far it has left the slower one in strays.
	fn inputs(&self) -> [Fixed; 3] {
		let stray = self.stray.max(LEAST_STRAY);
		let drift = self.level.minus(self.slow);
		[Fixed::ONE, self.level.over(stray).within(INPUT_LIMIT), drift.over(stray).within(INPUT_LIMIT)]
	}
}
