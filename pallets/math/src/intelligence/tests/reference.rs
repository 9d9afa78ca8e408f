//! The same model in floating point, written from its description, and how far the chain's stays from it.

use super::*;

/// Constants of the model, as real numbers.
const PRIOR: f64 = 0.02;
/// The share of trust handed back.
const BACK: f64 = 1.0 / 2_048.0;
/// Largest distance of a forecast from the reference.
const BOUND: f64 = 0.000_5;

#[derive(Clone, Copy, Default)]
struct Share {
	share: f64,
	seen: f64,
}

impl Share {
	fn learn(&mut self, outcome: f64, limit: f64) {
		self.seen = (self.seen + 1.0).min(limit);
		self.share += (outcome - self.share) / self.seen;
	}

	fn estimate(self, prior: f64, weight: f64) -> f64 {
		(prior * weight + self.share * self.seen) / (weight + self.seen)
	}
}

#[derive(Clone)]
struct Neuron {
	module: u32,
	lowest: Option<f64>,
	current: bool,
	windows: f64,
	level: f64,
	slow: f64,
	stray: f64,
	weights: [f64; 3],
}

fn sigmoid(x: f64) -> f64 {
	1.0 / (1.0 + (-x.clamp(-10.0, 10.0)).exp())
}

fn logit(p: f64) -> f64 {
	(p / (1.0 - p)).ln().clamp(-10.0, 10.0)
}

impl Neuron {
	fn inputs(&self) -> [f64; 3] {
		let stray = self.stray.max(1.0 / 4_096.0);
		[1.0, (self.level / stray).clamp(-6.0, 6.0), ((self.level - self.slow) / stray).clamp(-6.0, 6.0)]
	}

	fn activation(&self) -> Option<f64> {
		let sum: f64 = self.weights.iter().zip(self.inputs()).map(|(weight, input)| weight * input).sum();
		(self.windows > 0.0).then(|| sigmoid(sum))
	}

	fn close(&mut self) {
		self.current = self.lowest.is_some();
		let Some(margin) = self.lowest.take() else { return };
		if let Some(expected) = self.activation() {
			let broken = f64::from(u8::from(margin < 0.0));
			let rate = (1.0 / (self.windows + 1.0).sqrt().floor()).max(1.0 / 64.0);
			let inputs = self.inputs();
			for (weight, input) in self.weights.iter_mut().zip(inputs) {
				*weight = (*weight + rate * (broken - expected) * input).clamp(-8.0, 8.0);
			}
		}
		self.windows += 1.0;
		if self.windows == 1.0 {
			(self.level, self.slow, self.stray) = (margin, margin, margin.abs() / 16.0);
			return;
		}
		let least = 1.0 / self.windows;
		self.stray += ((margin - self.level).abs() - self.stray) * least.max(1.0 / 16.0);
		self.level += (margin - self.level) * least.max(1.0 / 8.0);
		self.slow += (margin - self.slow) * least.max(1.0 / 64.0);
	}
}

#[derive(Clone)]
struct Reference {
	neurons: Vec<Neuron>,
	base: Share,
	fast: f64,
	slow: f64,
	after: [Share; 2],
	patterns: [Share; 8],
	runs: [[Share; 8]; 2],
	phases: [Share; 24],
	/// Outcomes of all windows, the newest last.
	outcomes: Vec<bool>,
	weights: [f64; 9],
	trust: [f64; 8],
	/// Window, rounds, breaches, and whether the last round was one.
	open: Option<(u32, f64, f64, bool)>,
	severity: f64,
	ended_badly: bool,
}

const START: [f64; 8] = [0.1875, 0.0625, 0.0625, 0.1875, 0.0625, 0.0625, 0.0625, 0.3125];

impl Reference {
	fn new() -> Self {
		Self {
			neurons: Vec::new(),
			base: Share::default(),
			fast: PRIOR,
			slow: PRIOR,
			after: Default::default(),
			patterns: Default::default(),
			runs: Default::default(),
			phases: Default::default(),
			outcomes: Vec::new(),
			weights: [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.0, 0.0, 0.0],
			trust: START,
			open: None,
			severity: 0.0,
			ended_badly: false,
		}
	}

	fn was(&self, ago: usize) -> bool {
		self.outcomes.len().checked_sub(ago).is_some_and(|at| self.outcomes[at])
	}

	fn pattern(&self) -> usize {
		usize::from(self.was(3)) * 4 + usize::from(self.was(2)) * 2 + usize::from(self.was(1))
	}

	/// Which run the last outcome belongs to. A fresh machine is in a run of passes that began before it.
	fn run(&self) -> (usize, usize) {
		let last = self.was(1);
		let same = self.outcomes.iter().rev().take_while(|outcome| **outcome == last).count();
		let since = if same == self.outcomes.len() && !last { same } else { same - 1 };
		let slot = [1, 2, 3, 4, 6, 10, 20].iter().filter(|from| since >= **from).count();
		(usize::from(last), slot)
	}

	fn inputs(&self, phase: usize) -> (f64, [f64; 6], [f64; 3]) {
		let base = self.base.estimate(PRIOR, 2.0);
		let persistent = if self.was(1) { base + (1.0 - base) / 3.0 } else { base };
		let after = self.after[usize::from(self.was(1))].estimate(persistent, 1.0);
		let (of, run) = self.run();
		let active: Vec<f64> =
			self.neurons.iter().filter(|neuron| neuron.current).filter_map(Neuron::activation).collect();
		let units = if active.is_empty() {
			base
		} else {
			1.0 - active.iter().map(|activation| 1.0 - activation).product::<f64>()
		};
		let heard = [
			self.patterns[self.pattern()].estimate(after, 3.0),
			self.runs[of][run].estimate(after, 3.0),
			self.fast,
			self.slow,
			self.phases[phase].estimate(base, 2.0),
			units,
		];
		let flag = |on: bool| f64::from(u8::from(on));
		(base, heard, [self.severity, flag(self.ended_badly), flag(self.was(1))])
	}

	fn departures(&self, phase: usize) -> [f64; 9] {
		let (base, heard, signs) = self.inputs(phase);
		let mut all = [0.0; 9];
		for (slot, heard) in all.iter_mut().zip(heard) {
			*slot = (logit(heard) - logit(base)).clamp(-3.0, 3.0);
		}
		all[6..].copy_from_slice(&signs);
		all
	}

	fn experts(&self, phase: usize) -> [f64; 8] {
		let (base, heard, _) = self.inputs(phase);
		let sum: f64 =
			self.weights.iter().zip(self.departures(phase)).map(|(weight, input)| weight * input).sum();
		let mut all = [base; 8];
		all[1..7].copy_from_slice(&heard);
		all[7] = sigmoid(logit(base) + sum);
		all
	}

	fn close(&mut self) {
		let Some((window, rounds, breaches, ended_badly)) = self.open.take() else { return };
		let (phase, outcome) = (window as usize % 24, f64::from(u8::from(breaches > 0.0)));
		let (experts, departures) = (self.experts(phase), self.departures(phase));
		for (trust, expert) in self.trust.iter_mut().zip(experts) {
			*trust *= (-2.0 * (outcome - expert) * (outcome - expert)).exp();
		}
		let all: f64 = self.trust.iter().sum();
		for (trust, start) in self.trust.iter_mut().zip(START) {
			*trust = *trust / all * (1.0 - BACK) + start * BACK;
		}
		let root = (self.outcomes.len() as f64).sqrt().floor() + 1.0;
		let rate = (0.5 / root).max(0.02);
		for (weight, input) in self.weights.iter_mut().zip(departures) {
			*weight = (*weight + rate * (outcome - experts[7]) * input).clamp(-8.0, 8.0);
		}
		let (of, run) = self.run();
		let pattern = self.pattern();
		self.base.learn(outcome, 4_096.0);
		self.after[usize::from(self.was(1))].learn(outcome, 256.0);
		self.patterns[pattern].learn(outcome, 256.0);
		self.runs[of][run].learn(outcome, 256.0);
		self.phases[phase].learn(outcome, 256.0);
		self.fast += (outcome - self.fast) / 2.0;
		self.slow += (outcome - self.slow) / 16.0;
		self.outcomes.push(breaches > 0.0);
		for neuron in &mut self.neurons {
			neuron.close();
		}
		self.severity = breaches / rounds;
		self.ended_badly = ended_badly;
	}

	fn observe(&mut self, window: u32, round: &[(ModuleId, Margin)]) {
		let Some(worst) = round.iter().map(|(_, margin)| margin.parts()).min() else { return };
		if self.open.is_some_and(|open| open.0 < window) {
			self.close();
		}
		for (module, margin) in round {
			if !self.neurons.iter().any(|neuron| neuron.module == module.0) {
				self.neurons.push(Neuron {
					module: module.0,
					lowest: None,
					current: false,
					windows: 0.0,
					level: 0.0,
					slow: 0.0,
					stray: 0.0,
					weights: [-2.0, -0.5, 0.0],
				});
			}
			let margin = f64::from(margin.parts()) / 1e6;
			let neuron =
				self.neurons.iter_mut().find(|neuron| neuron.module == module.0).expect("just added");
			neuron.lowest = Some(neuron.lowest.map_or(margin, |lowest: f64| lowest.min(margin)));
		}
		let (window, rounds, breaches, _) = self.open.unwrap_or((window, 0.0, 0.0, false));
		let breach = worst < 0;
		self.open = Some((window, rounds + 1.0, breaches + f64::from(u8::from(breach)), breach));
	}

	fn forecast(&self, window: u32) -> f64 {
		let mut then = self.clone();
		then.close();
		then.trust.iter().zip(then.experts(window as usize % 24)).map(|(trust, expert)| trust * expert).sum()
	}
}

/// The largest distance of the forecasts from the reference's over a history.
fn distance(rounds: impl IntoIterator<Item = (u32, Vec<(ModuleId, Margin)>)>) -> f64 {
	let (mut machine, mut reference) = (Intelligence::default(), Reference::new());
	let mut largest: f64 = 0.0;
	for (window, round) in rounds {
		machine.observe(WindowIndex(window), DAY, &round);
		reference.observe(window, &round);
		let forecast = f64::from(machine.forecast(WindowIndex(window + 1), DAY)) / 1e6;
		largest = largest.max((forecast - reference.forecast(window + 1)).abs());
	}
	largest
}

proptest! {
	#[test]
	fn forecasts_stay_near_the_reference(rounds in vec((any_round(), 0..2u32), 0..400)) {
		let mut window = 0;
		let rounds = rounds.into_iter().map(|(round, passed)| {
			window += passed;
			(window, round)
		});
		let largest = distance(rounds);
		prop_assert!(largest <= BOUND, "{}", largest);
	}

	#[test]
	fn long_histories_of_every_kind_stay_near_the_reference(
		rare in 1..200u32,
		period in 2..60u32,
		good in 1..400_000i32,
		bad in 1..400_000i32,
		seed: u32,
	) {
		// Faults now and then, spells that return, and values that wander.
		let mut state = seed;
		let rounds = (0..3_000u32).map(|window| {
			state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
			let draw = state >> 16;
			let noise = i32::try_from(draw % 1_000).expect("below 1,000") * 50 - 25_000;
			let fails = draw % rare == 0 || window % period < period / 4 && window / 500 % 2 == 1;
			(window, round((if fails { -bad } else { good }) + noise).to_vec())
		});
		let largest = distance(rounds);
		prop_assert!(largest <= BOUND, "{}", largest);
	}
}
