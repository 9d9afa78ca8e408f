//! What is kept of a machine's windows, and what simple forecasters make of it.

use super::{fixed::Fixed, rate::Rate};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Parts that a day is divided into.
pub const PHASES: usize = 24;
/// Patterns of the last three outcomes.
const PATTERNS: usize = 8;
/// Lengths of a run told apart, of passes and of breaches together.
const RUNS: usize = 16;

/// The share of breached windows that a machine starts from.
pub const PRIOR: Fixed = Fixed::one_of(50);
/// Windows that [`PRIOR`] weighs as much as in the overall share.
const PRIOR_WEIGHT: u16 = 2;
/// After a breach, before anything is learnt of that, the share is this part of the way up from the overall one:
/// breaches seldom come alone.
const PERSISTENCE: Fixed = Fixed::one_of(3);
/// Windows that this weighs as much as in the share after a pass or a breach.
const AFTER_WEIGHT: u16 = 1;
/// Windows that the share after a pass or a breach weighs as much as in that of a pattern or a run.
const SHARE_WEIGHT: u16 = 3;
/// Windows that the overall share weighs as much as in that of a part of the day.
const PHASE_WEIGHT: u16 = 2;
/// The most windows that the overall share is counted over; older ones fade.
const BASE_LIMIT: u16 = 4_096;
/// The most windows that any other share is counted over; older ones fade.
const SHARE_LIMIT: u16 = 256;

/// Weight of the newest window in the fast moving average.
const FAST: Fixed = Fixed::one_of(2);
/// Weight of the newest window in the slow moving average.
const SLOW: Fixed = Fixed::one_of(16);

#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct History {
	/// All windows.
	base: Rate,
	/// The fast moving average.
	fast: Fixed,
	/// The slow moving average.
	slow: Fixed,
	/// Windows after a pass, and after a breach.
	after: [Rate; 2],
	/// Windows after each pattern of the last three.
	patterns: [Rate; PATTERNS],
	/// Windows after runs of each length.
	runs: [Rate; RUNS],
	/// Windows in each part of the day.
	phases: [Rate; PHASES],
	/// The last three outcomes, as bits.
	last: u8,
	/// Windows since the outcome last changed, without the one that changed it; stops at the type's end.
	run: u16,
}

impl Default for History {
	fn default() -> Self {
		Self {
			base: Rate::default(),
			fast: PRIOR,
			slow: PRIOR,
			after: Default::default(),
			patterns: Default::default(),
			runs: Default::default(),
			phases: Default::default(),
			last: 0,
			run: 0,
		}
	}
}

impl History {
	/// Learns a window's outcome.
	pub fn learn(&mut self, breached: bool, phase: usize) {
		let outcome = if breached { Fixed::ONE } else { Fixed::ZERO };
		let (pattern, run) = (self.pattern(), self.run_slot());
		self.base.learn(outcome, BASE_LIMIT);
		let after = usize::from(self.last & 1);
		let rates = [
			self.after.get_mut(after),
			self.patterns.get_mut(pattern),
			self.runs.get_mut(run),
			self.phases.get_mut(phase),
		];
		for rate in rates.into_iter().flatten() {
			rate.learn(outcome, SHARE_LIMIT);
		}
		self.fast = self.fast.toward(outcome, FAST);
		self.slow = self.slow.toward(outcome, SLOW);
		self.run = if breached == self.was_breached() { self.run.saturating_add(1) } else { 0 };
		self.last = (self.last << 1 | u8::from(breached)) & 7;
	}

	/// The share of breached windows.
	pub fn base(&self) -> Fixed {
		self.base.estimate(PRIOR, PRIOR_WEIGHT)
	}

	/// What each simple forecaster expects of the next window: after the last three outcomes, after a run of
	/// this length, the two moving averages, and at this part of the day.
	pub fn forecasts(&self, phase: usize) -> [Fixed; 5] {
		let base = self.base();
		let share =
			|rate: Option<&Rate>, prior, weight| rate.map_or(prior, |rate| rate.estimate(prior, weight));
		let persistent = if self.was_breached() { base.toward(Fixed::ONE, PERSISTENCE) } else { base };
		let after = share(self.after.get(usize::from(self.last & 1)), persistent, AFTER_WEIGHT);
		[
			share(self.patterns.get(self.pattern()), after, SHARE_WEIGHT),
			share(self.runs.get(self.run_slot()), after, SHARE_WEIGHT),
			self.fast,
			self.slow,
			share(self.phases.get(phase), base, PHASE_WEIGHT),
		]
	}

	/// Whether the last window was breached.
	pub fn was_breached(&self) -> bool {
		self.last & 1 == 1
	}

	fn pattern(&self) -> usize {
		usize::from(self.last & 7)
	}

	/// Runs of 1, 2, 3, 4, 5 and 6, 7 to 10, 11 to 20, and more, of passes and then of breaches.
	fn run_slot(&self) -> usize {
		let length = match self.run {
			0..=3 => usize::from(self.run),
			4..=5 => 4,
			6..=9 => 5,
			10..=19 => 6,
			_ => 7,
		};
		if self.was_breached() {
			length.saturating_add(RUNS / 2)
		} else {
			length
		}
	}
}
