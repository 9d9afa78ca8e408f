//! What cannot be true raises a flag, and a flag has the machine tested.

use crate::{mock::*, Event, Parameters, Power, Powers, Settings, Suspicion};
use exabits_primitives::{
	keys::machine, RoundIndex, TelemetryCounters, TelemetryReport, TelemetrySummary, WindowIndex,
};

/// A machine that has reported [`LAST`], when its next report is due.
fn reported() -> machine::Id {
	let key = key("//machine");
	register(MACHINE, key.clone());
	assert_eq!(apply(signed(MACHINE, &key, report(LAST), &[])), Ok(Ok(())));
	Now::set(CURRENT.end(WINDOW_SLOTS));
	key
}

fn reports(key: &machine::Id, report: TelemetryReport) -> Vec<Suspicion> {
	assert_eq!(apply(signed(MACHINE, key, report, &[])), Ok(Ok(())));
	suspicions(MACHINE)
}

#[test]
fn an_honest_machine_raises_none() {
	run(|| {
		let key = reported();
		Powers::<Test>::insert(CLASS, Power { idle: 50, full: 1_000 });
		assert!(reports(&key, report(CURRENT)).is_empty());
	});
}

#[test]
fn counters_that_fall_are_suspect_unless_they_began_anew() {
	let before = report(LAST).counters;
	let good = report(CURRENT).counters;
	for (counters, suspect) in [
		(TelemetryCounters { uptime: before.uptime - 1, ..good }, true),
		(TelemetryCounters { energy: before.energy - 1, ..good }, true),
		// It used 9,000 mJ in the window.
		(TelemetryCounters { energy: before.energy + 8_999, ..good }, true),
		(TelemetryCounters { energy: before.energy + 9_000, ..good }, false),
		(TelemetryCounters { uptime: 0, energy: 0, restarts: 1, ..good }, false),
	] {
		run(|| {
			let key = reported();
			let expected = if suspect { vec![Suspicion::Counters] } else { vec![] };
			assert_eq!(reports(&key, TelemetryReport { counters, ..report(CURRENT) }), expected);
		});
	}
}

#[test]
fn energy_that_does_not_go_with_the_work_is_suspect() {
	// One device for 120 s: 6,000 mJ at rest, 120,000 mJ at full power.
	let power = Power { idle: 50, full: 1_000 };
	for (utilisation, energy, suspect) in [
		(500_000, 9_000, false),
		(500_000, 1_000, true),
		(500_000, 120_001, true),
		(1_000_000, 9_000, true),
		(0, 119_000, true),
	] {
		run(|| {
			let key = reported();
			let summary = TelemetrySummary { utilisation, energy, ..report(CURRENT).summary };
			let counters = TelemetryCounters { energy: 1_000_000, ..report(CURRENT).counters };
			let report = TelemetryReport { summary, counters, ..report(CURRENT) };
			Powers::<Test>::insert(CLASS, power);
			let expected = if suspect { vec![Suspicion::Energy] } else { vec![] };
			assert_eq!(reports(&key, report), expected, "{utilisation} {energy}");
		});
	}
	run(|| {
		let key = reported();
		let summary = TelemetrySummary { energy: 0, ..report(CURRENT).summary };
		let report = TelemetryReport { summary, ..report(CURRENT) };
		assert!(reports(&key, report).is_empty(), "nothing is known of the class");
	});
}

#[test]
fn a_flag_has_the_machine_tested_in_the_next_round_but_not_again_and_again() {
	run(|| {
		register(MACHINE, key("//machine"));
		Settings::<Test>::put(Parameters { test_rounds: 3, ..Default::default() });
		let flag = |round: u64| {
			Now::set(round * 15);
			Telemetry::flag(MACHINE, Suspicion::Device, WindowIndex(1));
			Telemetry::flags(MACHINE).test
		};
		assert_eq!(flag(40), Some(RoundIndex(41)));
		assert!(!Telemetry::is_tested_in(MACHINE, RoundIndex(40)));
		assert!(Telemetry::is_tested_in(MACHINE, RoundIndex(41)));
		assert!(!Telemetry::is_tested_in(MACHINE, RoundIndex(42)));
		assert!(!Telemetry::is_tested_in(OTHER, RoundIndex(41)));
		for round in 40..=43 {
			assert_eq!(flag(round), Some(RoundIndex(41)), "{round}");
		}
		let test = None;
		let (suspicion, window) = (Suspicion::Device, WindowIndex(1));
		System::assert_last_event(Event::FlagRaised { machine: MACHINE, suspicion, window, test }.into());
		assert_eq!(flag(44), Some(RoundIndex(45)));
	});
}

#[test]
fn the_latest_flags_are_kept() {
	run(|| {
		register(MACHINE, key("//machine"));
		for window in 0..20 {
			Telemetry::flag(MACHINE, Suspicion::Counters, WindowIndex(window));
		}
		let flags = Telemetry::flags(MACHINE);
		assert_eq!(flags.count, 20);
		let windows: Vec<_> = flags.last.iter().map(|flag| flag.window.0).collect();
		assert_eq!(windows, (12..20).collect::<Vec<_>>());
	});
}
