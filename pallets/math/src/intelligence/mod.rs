//! SLA intelligence: how well a machine has delivered, and how likely it is to breach its agreement in the next
//! window, learnt from its verdicts.
//!
//! Verdicts come round by round; a window is breached when one of its rounds is. What is missing is neither a
//! pass nor a breach: nothing is learnt from it. Nothing but verdicts moves a record, so a machine that is only
//! given work has no standing.
//!
//! - **Score**: of each round the term kept worst counts, [`Margin::kept`]; the score is the exponential moving
//!   average of that, from zero up.
//! - **Unit**, one per module, like a neuron: the module's normalised margin comes in, is smoothed, and leaves
//!   through weights and a logistic function as the probability that the module is broken in the next window.
//!   Together the units of the modules measured last say that one of them is: 1 − Π(1 − aᵢ).
//! - **Simple forecasters**: the overall share of breached windows; the share after the last three outcomes,
//!   after a run of this length, and at this time of the day, each counted as if some windows at the wider share
//!   had been seen; a fast and a slow moving average.
//! - **Logistic unit**: starts from the overall share and learns how far to follow each of the others.
//! - **Mixture**: the forecast is the average of all of them by trust, which falls with the squared error. So it
//!   is never far behind the best of them, whatever it is that a machine does.
//!
//! All state is in 1/2²⁴ in 32 bits, within a fixed range: weights within ±8, trust from 2⁻¹⁵ to one. On the same
//! verdicts a forecast stays within 500 parts per million of the same model in floating point (tested). A verdict
//! costs one pass over a record of fixed size, whatever came before. `scripts/bench.sh sla-forecast` compares the
//! forecasts with simpler ones.

mod fixed;
mod history;
mod mixture;
mod rate;
mod unit;

pub use fixed::Fixed;
pub use history::{PHASES, PRIOR};
pub use unit::{Margin, Unit, WEIGHT_LIMIT};

use crate::penalty::SCORE_WEIGHT;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{ModuleId, WindowIndex};
use history::History;
use mixture::{Inputs, Mixture};
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};
use sp_runtime::Perbill;

/// The most modules of one machine.
pub const MAX_UNITS: u32 = 8;

/// The window that verdicts fall into.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
struct Open {
	/// The window.
	window: WindowIndex,
	/// Rounds with a verdict of pass or breach.
	rounds: u16,
	/// Those that were breached.
	breaches: u16,
	/// Whether the last of them was.
	ended_badly: bool,
}

/// What is kept of a machine.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Intelligence {
	/// The compliance score.
	score: Perbill,
	/// The window under way, while it has a verdict.
	open: Option<Open>,
	/// One unit per module.
	units: BoundedVec<Unit, ConstU32<MAX_UNITS>>,
	/// The machine's windows.
	history: History,
	/// What forecasts are made of.
	mixture: Mixture,
	/// The share of rounds breached in the last window.
	severity: Fixed,
	/// Whether the last window's last round was breached.
	ended_badly: bool,
	/// Whether there has been a verdict.
	judged: bool,
}

impl Intelligence {
	/// Takes a round that fell into `window`: the margin of each term measured. Without any the round is missing,
	/// and nothing changes.
	///
	/// A day has `day` windows. The first round of a later window ends the one under way, which is learnt from
	/// then. A round of an earlier window counts in the one under way.
	pub fn observe(&mut self, window: WindowIndex, day: u32, margins: &[(ModuleId, Margin)]) {
		let Some(worst) = margins.iter().map(|(_, margin)| *margin).min() else { return };
		if self.open.is_some_and(|open| open.window < window) {
			self.close(day);
		}
		self.score = scored(self.score, worst.kept());
		self.make_units(margins);
		for (module, margin) in margins {
			if let Some(unit) = self.units.iter_mut().find(|unit| unit.module() == *module) {
				unit.take(*margin);
			}
		}
		let mut open = self.open.unwrap_or(Open { window, rounds: 0, breaches: 0, ended_badly: false });
		open.rounds = open.rounds.saturating_add(1);
		open.breaches = open.breaches.saturating_add(worst.is_breach().into());
		open.ended_badly = worst.is_breach();
		self.open = Some(open);
		self.judged = true;
	}

	/// Takes a complaint that was found just outside of rounds: it weighs on the score like a round that kept nothing.
	pub fn complain(&mut self) {
		self.score = scored(self.score, Perbill::zero());
	}

	/// How well the machine has delivered; `None` before its first verdict.
	pub fn score(&self) -> Option<Perbill> {
		self.judged.then_some(self.score)
	}

	/// The probability that the machine is in breach in `window`, the one to come, as if the window under way
	/// ended now; in parts per million. A day has `day` windows.
	///
	/// A machine without verdicts has the forecast [`PRIOR`].
	pub fn forecast(&self, window: WindowIndex, day: u32) -> u32 {
		let mut then = self.clone();
		then.close(day);
		let inputs = then.inputs(phase(window, day));
		then.mixture.forecast(&inputs).in_millionths().unsigned_abs()
	}

	/// The units, one per module.
	pub fn units(&self) -> &[Unit] {
		&self.units
	}

	/// Gives each module a unit. When there is no room, units of modules that are not measured any more leave.
	fn make_units(&mut self, margins: &[(ModuleId, Margin)]) {
		for (module, _) in margins {
			if self.units.iter().any(|unit| unit.module() == *module) {
				continue;
			}
			if self.units.is_full() {
				self.units.retain(|unit| margins.iter().any(|(kept, _)| unit.module() == *kept));
			}
			// More modules than units is more than an agreement holds: the rest are not learnt from.
			let _ = self.units.try_push(Unit::new(*module));
		}
	}

	/// Ends the window under way and learns from it.
	fn close(&mut self, day: u32) {
		let Some(open) = self.open.take() else { return };
		let at = phase(open.window, day);
		let breached = open.breaches > 0;
		let inputs = self.inputs(at);
		self.mixture.learn(&inputs, breached);
		self.history.learn(breached, at);
		for unit in self.units.iter_mut() {
			unit.close();
		}
		self.severity = Fixed::ratio(open.breaches, open.rounds);
		self.ended_badly = open.ended_badly;
	}

	/// What the mixture goes by in a window at this part of the day.
	fn inputs(&self, phase: usize) -> Inputs {
		let base = self.history.base();
		let [pattern, run, fast, slow, of_day] = self.history.forecasts(phase);
		let units = self
			.units
			.iter()
			.filter_map(Unit::expected)
			.map(Fixed::left)
			.reduce(Fixed::times)
			.map_or(base, Fixed::left);
		let flag = |on: bool| if on { Fixed::ONE } else { Fixed::ZERO };
		Inputs {
			base,
			heard: [pattern, run, fast, slow, of_day, units],
			signs: [self.severity, flag(self.ended_badly), flag(self.history.was_breached())],
		}
	}
}

/// The score after one more verdict: the exponential moving average in which one verdict weighs
/// 1 ÷ [`SCORE_WEIGHT`], rounded away from what it was, so that it reaches both ends.
fn scored(previous: Perbill, kept: Perbill) -> Perbill {
	let (from, to) = (previous.deconstruct(), kept.deconstruct());
	let step = from.abs_diff(to).div_ceil(SCORE_WEIGHT);
	Perbill::from_parts(if to > from { from.saturating_add(step) } else { from.saturating_sub(step) })
}

/// The part of the day that a window lies in, of [`PHASES`], where a day has `day` windows.
fn phase(window: WindowIndex, day: u32) -> usize {
	let parts = u64::try_from(PHASES).unwrap_or(u64::MAX);
	let day = u64::from(day.max(1));
	let slot = u64::from(window.0).checked_rem(day).unwrap_or(0);
	usize::try_from(slot.saturating_mul(parts).checked_div(day).unwrap_or(0)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
