//! Forecasts of breach on generated histories, beside simple ones.
//!
//! The measure is the Brier score: the mean squared distance of the probability from what came, one or zero. A
//! forecast is made before each window that any round of was measured in. Ours sees what the chain sees: margins,
//! round by round. The others see each window's outcome, and get what no forecaster has:
//!
//! - base rate: a constant for each machine, the share of its windows that was breached in the end;
//! - last value: the outcome of the last window, with certainty;
//! - exponentially weighted average: the factor out of [`FACTORS`] that turns out best on that kind.
//!
//! ```text
//! sla-forecast [SEED ...]
//! ```
//!
//! Fails unless ours beats the best of the three on average over the kinds, and loses to it by at most
//! [`MOST_LOST`] on any kind.

mod histories;

use exabits_math::intelligence::Intelligence;
use exabits_primitives::WindowIndex;
use histories::{breached, history, Kind, Random, Window, DAY};
use std::process::ExitCode;

/// The seeds of the evaluation. The constants of the model were chosen on histories of other seeds.
const SEEDS: [u64; 5] = [20_260_901, 20_260_902, 20_260_903, 20_260_904, 20_260_905];
/// Machines of each kind, for each seed.
const MACHINES: u64 = 24;
/// Windows of each machine: ten weeks of hours.
const WINDOWS: u32 = 1_680;
/// The most that ours may lose to the best of the others on any kind.
const MOST_LOST: f64 = 0.02;
/// What an average expects before the first window.
const START: f64 = 0.02;
/// Weights of the newest window in the exponentially weighted average.
const FACTORS: [f64; 16] =
	[0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01, 0.005];

/// Sums of squared errors on one kind.
#[derive(Default)]
struct Errors {
	windows: f64,
	breaches: f64,
	ours: f64,
	base_rate: f64,
	last_value: f64,
	averages: [f64; FACTORS.len()],
}

/// Brier scores on one kind.
struct Scores {
	kind: Kind,
	breached: f64,
	ours: f64,
	base_rate: f64,
	last_value: f64,
	average: f64,
	/// The factor of that average.
	factor: f64,
}

impl Errors {
	/// Adds the history of one machine.
	fn add(&mut self, windows: &[Window]) {
		let seen: Vec<(WindowIndex, &Window, f64)> = (0..)
			.map(WindowIndex)
			.zip(windows)
			.filter_map(|(at, window)| Some((at, window, f64::from(u8::from(breached(window)?)))))
			.collect();
		let breaches: f64 = seen.iter().map(|(_, _, came)| came).sum();
		let share = breaches / seen.len() as f64;
		self.windows += seen.len() as f64;
		self.breaches += breaches;
		let mut machine = Intelligence::default();
		let mut last = 0.0;
		let mut averages = [START; FACTORS.len()];
		for (at, window, came) in seen {
			let error = |forecast: f64| (forecast - came) * (forecast - came);
			self.ours += error(f64::from(machine.forecast(at, DAY)) / 1e6);
			self.base_rate += error(share);
			self.last_value += error(last);
			for ((sum, average), factor) in self.averages.iter_mut().zip(&mut averages).zip(FACTORS) {
				*sum += error(*average);
				*average += factor * (came - *average);
			}
			last = came;
			for round in window {
				machine.observe(at, DAY, round);
			}
		}
	}

	fn scores(&self, kind: Kind) -> Scores {
		let (average, factor) = self
			.averages
			.into_iter()
			.zip(FACTORS)
			.min_by(|(a, _), (b, _)| a.total_cmp(b))
			.expect("there are factors");
		Scores {
			kind,
			breached: self.breaches / self.windows,
			ours: self.ours / self.windows,
			base_rate: self.base_rate / self.windows,
			last_value: self.last_value / self.windows,
			average: average / self.windows,
			factor,
		}
	}
}

impl Scores {
	/// The best score of the others.
	fn best(&self) -> f64 {
		self.base_rate.min(self.last_value).min(self.average)
	}

	/// By how much ours is worse than that, relative to it; below zero when it is better.
	fn lost(&self) -> f64 {
		self.ours / self.best() - 1.0
	}
}

fn scores(kind: Kind, seeds: &[u64]) -> Scores {
	let mut errors = Errors::default();
	for seed in seeds {
		for machine in 0..MACHINES {
			errors.add(&history(kind, WINDOWS, &mut Random::new(&[*seed, kind as u64, machine])));
		}
	}
	errors.scores(kind)
}

fn main() -> ExitCode {
	let Ok(mut seeds) = std::env::args().skip(1).map(|seed| seed.parse()).collect::<Result<Vec<u64>, _>>()
	else {
		eprintln!("error: seeds are whole numbers");
		return ExitCode::FAILURE;
	};
	if seeds.is_empty() {
		seeds = SEEDS.to_vec();
	}
	let rows: Vec<Scores> = Kind::ALL.into_iter().map(|kind| scores(kind, &seeds)).collect();

	println!("{} machines of {WINDOWS} windows for each kind", MACHINES.saturating_mul(seeds.len() as u64));
	println!(
		"{:<18} {:>10} {:>9} {:>9} {:>10} {:>9} {:>7} {:>9}",
		"Brier score", "breached %", "ours", "base rate", "last value", "average", "factor", "ours +- %"
	);
	for row in &rows {
		println!(
			"{:<18} {:>10.2} {:>9.5} {:>9.5} {:>10.5} {:>9.5} {:>7} {:>+9.2}",
			row.kind.name(),
			100.0 * row.breached,
			row.ours,
			row.base_rate,
			row.last_value,
			row.average,
			row.factor,
			100.0 * row.lost()
		);
	}
	let mean = |of: fn(&Scores) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
	let (ours, best) = (mean(|row| row.ours), mean(Scores::best));
	let worst = rows.iter().map(Scores::lost).fold(f64::MIN, f64::max);
	let mut kept = true;
	for (missed, what) in [
		(ours >= best, format!("{ours:.5} on average, the best of the others {best:.5}")),
		(worst > MOST_LOST, format!("{:.2} % worse than the best of the others on a kind", 100.0 * worst)),
	] {
		if missed {
			eprintln!("missed: {what}");
			kept = false;
		}
	}
	println!(
		"sla-forecast: mean Brier score {ours:.5}, the best of the others on each kind {best:.5} ({:+.1} %); at worst {:+.2} % on a kind",
		100.0 * (ours / best - 1.0),
		100.0 * worst
	);
	if kept {
		ExitCode::SUCCESS
	} else {
		ExitCode::FAILURE
	}
}
