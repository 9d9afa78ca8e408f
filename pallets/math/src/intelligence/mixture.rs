//! How forecasts become one.
//!
//! A logistic unit starts from the overall share and learns how far to follow each forecaster's departure from
//! it. Then the forecasters, the unit among them, are averaged by trust: trust falls by the exponential of the
//! squared error, and a little of it is handed back each window, so that nobody is out for good (fixed share:
//! M. Herbster and M. K. Warmuth, "Tracking the best expert", Machine Learning 32 (1998)).

use super::fixed::Fixed;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Forecasters that the logistic unit listens to.
pub const HEARD: usize = 6;
/// Other inputs of the logistic unit.
pub const SIGNS: usize = 3;
/// Forecasters that are averaged: the overall share, those heard, and the logistic unit.
pub const EXPERTS: usize = HEARD + 2;

/// No weight of the logistic unit leaves this, either way.
pub const WEIGHT_LIMIT: Fixed = Fixed::whole(8);
/// No departure from the overall share counts more, either way.
const DEPARTURE_LIMIT: Fixed = Fixed::whole(3);

/// How fast weights are learnt in the n-th window: 1 ÷ √n of this, and at least the least.
const RATE: Fixed = Fixed::one_of(2);
/// The slowest that weights are learnt.
const LEAST_RATE: Fixed = Fixed::one_of(50);
/// How sharply trust falls with the squared error.
const SHARPNESS: Fixed = Fixed::whole(2);
/// The share of trust that is handed back each window.
const HANDED_BACK: Fixed = Fixed::one_of(2_048);
/// What the logistic unit follows each forecaster with at first.
const FOLLOWED: Fixed = Fixed::one_of(5);
/// The trust that each forecaster starts with: most in the overall share, the fast moving average and the
/// logistic unit.
const TRUST: [Fixed; EXPERTS] = {
	let mut trust = [Fixed::one_of(16); EXPERTS];
	trust[0] = Fixed::ratio(3, 16);
	trust[3] = Fixed::ratio(3, 16);
	trust[EXPERTS - 1] = Fixed::ratio(5, 16);
	trust
};

/// What a mixture has learnt.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Mixture {
	/// Weights of the logistic unit.
	weights: [Fixed; HEARD + SIGNS],
	/// Trust in each forecaster; together one.
	trust: [Fixed; EXPERTS],
	/// Windows learnt from; stops at the type's end.
	windows: u16,
}

/// What a mixture goes by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inputs {
	/// The overall share.
	pub base: Fixed,
	/// What the forecasters expect.
	pub heard: [Fixed; HEARD],
	/// Other signs.
	pub signs: [Fixed; SIGNS],
}

impl Default for Mixture {
	fn default() -> Self {
		let mut weights = [Fixed::ZERO; HEARD + SIGNS];
		for weight in weights.iter_mut().take(HEARD) {
			*weight = FOLLOWED;
		}
		Self { weights, trust: TRUST, windows: 0 }
	}
}

impl Mixture {
	/// The probability of a breach.
	pub fn forecast(&self, inputs: &Inputs) -> Fixed {
		let sum = self
			.trust
			.iter()
			.zip(self.experts(inputs))
			.fold(Fixed::ZERO, |sum, (trust, expert)| sum.plus(trust.times(expert)));
		sum.clamp(Fixed::ZERO, Fixed::ONE)
	}

	/// Learns what came of `inputs`.
	pub fn learn(&mut self, inputs: &Inputs, breached: bool) {
		let outcome = if breached { Fixed::ONE } else { Fixed::ZERO };
		let experts = self.experts(inputs);
		self.judge(experts, outcome);
		let step = outcome.minus(self.unit(inputs)).times(self.rate());
		for (weight, input) in self.weights.iter_mut().zip(departures(inputs)) {
			*weight = weight.plus(step.times(input)).within(WEIGHT_LIMIT);
		}
		self.windows = self.windows.saturating_add(1);
	}

	/// Weights of the logistic unit.
	#[cfg(test)]
	pub fn weights(&self) -> [Fixed; HEARD + SIGNS] {
		self.weights
	}

	/// Trust in each forecaster.
	#[cfg(test)]
	pub fn trust(&self) -> [Fixed; EXPERTS] {
		self.trust
	}

	/// Moves trust to those whose error was small.
	fn judge(&mut self, experts: [Fixed; EXPERTS], outcome: Fixed) {
		for (trust, expert) in self.trust.iter_mut().zip(experts) {
			let miss = outcome.minus(expert);
			*trust = trust.times(miss.times(miss).times(SHARPNESS).exp_neg());
		}
		let all = self.trust.iter().fold(Fixed::ZERO, |sum, trust| sum.plus(*trust));
		for (trust, start) in self.trust.iter_mut().zip(TRUST) {
			*trust = trust.over(all).toward(start, HANDED_BACK);
		}
	}

	/// What each forecaster expects.
	fn experts(&self, inputs: &Inputs) -> [Fixed; EXPERTS] {
		let mut experts = [inputs.base; EXPERTS];
		for (expert, heard) in experts.iter_mut().skip(1).zip(inputs.heard) {
			*expert = heard;
		}
		if let Some(last) = experts.last_mut() {
			*last = self.unit(inputs);
		}
		experts
	}

	/// The logistic unit's activation.
	fn unit(&self, inputs: &Inputs) -> Fixed {
		self.weights
			.iter()
			.zip(departures(inputs))
			.fold(inputs.base.logit(), |sum, (weight, input)| sum.plus(weight.times(input)))
			.within(Fixed::LOGIT_LIMIT)
			.logistic()
	}

	/// How fast weights are learnt.
	fn rate(&self) -> Fixed {
		let root = self.windows.isqrt().saturating_add(1);
		RATE.times(Fixed::one_of(root)).max(LEAST_RATE)
	}
}

/// Inputs of the logistic unit: how far forecasters depart from the overall share, and the signs.
fn departures(inputs: &Inputs) -> impl Iterator<Item = Fixed> + '_ {
	let base = inputs.base.logit();
	inputs
		.heard
		.iter()
		.map(move |heard| heard.logit().minus(base).within(DEPARTURE_LIMIT))
		.chain(inputs.signs)
}
