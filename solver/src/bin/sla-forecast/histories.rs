//! Generated histories: what two modules of a machine measure, round by round.

use exabits_math::{
	intelligence::Margin,
	penalty::{Comparator, PPM},
};
use exabits_primitives::ModuleId;

/// Rounds of a window.
const ROUNDS: u32 = 12;
/// Windows of a day.
pub const DAY: u32 = 24;

/// The modules: availability in parts per million, and latency in microseconds.
const AVAILABILITY: (ModuleId, u32, Comparator, u32) = (ModuleId(0), 990_000, Comparator::AtLeast, PPM / 10);
const LATENCY: (ModuleId, u32, Comparator, u32) = (ModuleId(1), 100_000, Comparator::AtMost, PPM / 2);

/// The share of rounds in which too few anchors answer.
const MISSING: f64 = 0.01;

/// A round: a margin per module, or nothing when it is missing.
pub type Round = Vec<(ModuleId, Margin)>;
/// A window's rounds.
pub type Window = Vec<Round>;

/// How a machine fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// Faults now and then, each independent of the others.
	Rare,
	/// Quiet, and storms of faults.
	Bursts,
	/// Latency that creeps up until somebody repairs it.
	Degradation,
	/// Up and down again and again, for days, then not.
	Flapping,
	/// Faults at the busy hours of the day.
	Diurnal,
}

impl Kind {
	/// All kinds.
	pub const ALL: [Self; 5] = [Self::Rare, Self::Bursts, Self::Degradation, Self::Flapping, Self::Diurnal];

	/// Its name in the table.
	pub fn name(self) -> &'static str {
		match self {
			Self::Rare => "rare independent",
			Self::Bursts => "bursts",
			Self::Degradation => "slow degradation",
			Self::Flapping => "flapping",
			Self::Diurnal => "diurnal",
		}
	}
}

/// Numbers that look random: SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014). Only sums and products of
/// them are formed, so that a seed gives the same history everywhere.
pub struct Random(u64);

impl Random {
	/// The numbers of a seed of several parts.
	pub fn new(seed: &[u64]) -> Self {
		let mut numbers = Self(0);
		for part in seed {
			numbers.0 = numbers.next() ^ part;
		}
		numbers
	}

	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
		mixed ^ (mixed >> 31)
	}

	/// From zero up to one.
	fn share(&mut self) -> f64 {
		(self.next() >> 11) as f64 / (1u64 << 53) as f64
	}

	fn between(&mut self, low: f64, high: f64) -> f64 {
		low + (high - low) * self.share()
	}

	fn happens(&mut self, probability: f64) -> bool {
		self.share() < probability
	}

	/// Nearly normal, of mean zero and deviation one.
	fn noise(&mut self) -> f64 {
		(0..12).map(|_| self.share()).sum::<f64>() - 6.0
	}
}

/// The history of one machine.
pub fn history(kind: Kind, windows: u32, random: &mut Random) -> Vec<Window> {
	let mut machine = Machine::new(kind, random);
	(0..windows).map(|window| machine.window(window, random)).collect()
}

/// What decides how a machine fails.
struct Machine {
	kind: Kind,
	/// Share of latency's threshold that is left when all is well.
	slack: f64,
	/// How much of it one round differs from another.
	jitter: f64,
	/// Probability of a fault in a window when all is well.
	hazard: f64,
	/// Probability of a fault in a round when it is not.
	trouble: f64,
	/// Mean windows from one storm, episode or repair to the next, and of a storm or an episode.
	calm: f64,
	storm: f64,
	/// Mean windows up and down while flapping.
	up: f64,
	down: f64,
	/// First busy hour, busy hours, and the share of trouble left at the weekend.
	busy_from: u32,
	busy: u32,
	weekend: f64,
	/// Slack lost so far.
	lost: f64,
	/// Whether a storm or an episode is on, and windows until that changes.
	stormy: bool,
	left: f64,
	/// While flapping: whether down, and windows until that changes.
	is_down: bool,
	flap: f64,
	/// Rounds that the fault under way still lasts.
	fault: u32,
}

impl Machine {
	fn new(kind: Kind, random: &mut Random) -> Self {
		let (hazard, trouble) = match kind {
			Kind::Rare => (random.between(0.004, 0.02), 0.0),
			Kind::Bursts => (random.between(0.001, 0.005), random.between(0.08, 0.3)),
			Kind::Degradation => (random.between(0.001, 0.004), 0.0),
			Kind::Flapping => (random.between(0.001, 0.005), random.between(0.2, 0.6)),
			Kind::Diurnal => (random.between(0.001, 0.005), random.between(0.02, 0.08)),
		};
		let (calm, storm) = match kind {
			Kind::Degradation => (random.between(150.0, 400.0), 0.0),
			Kind::Flapping => (random.between(100.0, 300.0), random.between(60.0, 200.0)),
			_ => (random.between(60.0, 200.0), random.between(6.0, 24.0)),
		};
		Self {
			kind,
			slack: random.between(0.3, 0.6),
			jitter: random.between(0.02, 0.05),
			hazard,
			trouble,
			calm,
			storm,
			up: random.between(3.0, 9.0),
			down: random.between(1.5, 5.0),
			busy_from: (random.share() * f64::from(DAY)) as u32,
			busy: 6 + (random.share() * 5.0) as u32,
			weekend: random.between(0.3, 1.0),
			lost: 0.0,
			stormy: false,
			left: random.between(0.2, 1.0) * calm,
			is_down: false,
			flap: 0.0,
			fault: 0,
		}
	}

	fn window(&mut self, window: u32, random: &mut Random) -> Window {
		let trouble = self.trouble_in(window, random);
		(0..ROUNDS).map(|_| self.round(trouble, random)).collect()
	}

	/// The probability of a fault in each round of a window, beside the hazard.
	fn trouble_in(&mut self, window: u32, random: &mut Random) -> f64 {
		match self.kind {
			Kind::Rare => 0.0,
			Kind::Bursts => {
				let ends = if self.stormy { self.storm } else { self.calm };
				self.stormy ^= random.happens(1.0 / ends);
				if self.stormy {
					self.trouble
				} else {
					0.0
				}
			}
			Kind::Degradation => {
				self.lost += self.slack / self.calm * random.between(0.0, 2.0);
				if self.lost > self.slack && random.happens(0.05) {
					self.lost = random.between(0.0, 0.2) * self.slack;
				}
				0.0
			}
			Kind::Flapping => {
				self.left -= 1.0;
				if self.left <= 0.0 {
					self.stormy = !self.stormy;
					self.left = random.between(0.5, 1.5) * if self.stormy { self.storm } else { self.calm };
				}
				self.flap -= 1.0;
				if self.flap <= 0.0 {
					self.is_down = !self.is_down;
					self.flap = random.between(0.7, 1.3) * if self.is_down { self.down } else { self.up };
				}
				if self.stormy && self.is_down {
					self.trouble
				} else {
					0.0
				}
			}
			Kind::Diurnal => {
				let busy = (window + DAY - self.busy_from) % DAY < self.busy;
				let weekend = window / DAY % 7 >= 5;
				self.lost = if busy { 0.5 * self.slack } else { 0.0 };
				match (busy, weekend) {
					(false, _) => 0.0,
					(true, false) => self.trouble,
					(true, true) => self.trouble * self.weekend,
				}
			}
		}
	}

	fn round(&mut self, trouble: f64, random: &mut Random) -> Round {
		self.fault = self.fault.saturating_sub(1);
		if self.fault == 0 && random.happens(trouble + self.hazard / f64::from(ROUNDS)) {
			self.fault = 1 + (random.share() * 3.0) as u32;
		}
		let spare = self.slack - self.lost + self.jitter * random.noise();
		let answered = if self.fault > 0 { random.between(0.6, 0.985) } else { random.between(0.996, 1.0) };
		if random.happens(MISSING) {
			return Vec::new();
		}
		let latency = f64::from(LATENCY.1) * (1.0 - spare).max(0.01);
		vec![margin(AVAILABILITY, (answered * f64::from(PPM)) as u32), margin(LATENCY, latency as u32)]
	}
}

fn margin(
	(module, threshold, comparator, span): (ModuleId, u32, Comparator, u32),
	measured: u32,
) -> (ModuleId, Margin) {
	(module, Margin::new(measured, threshold, comparator, span))
}

/// Whether a window was breached; `None` when all its rounds are missing.
pub fn breached(window: &Window) -> Option<bool> {
	window.iter().flatten().map(|(_, margin)| margin.is_breach()).reduce(|breached, round| breached || round)
}
