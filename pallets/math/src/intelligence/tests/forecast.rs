use super::*;
use crate::intelligence::mixture;

/// The machine after windows of one round each.
fn after(windows: impl IntoIterator<Item = i32>) -> (Intelligence, WindowIndex) {
	let mut machine = Intelligence::default();
	let mut next = WindowIndex(0);
	for parts in windows {
		machine.observe(next, DAY, &round(parts));
		next = WindowIndex(next.0 + 1);
	}
	(machine, next)
}

/// The forecast for the window after the last.
fn forecast((machine, next): &(Intelligence, WindowIndex)) -> u32 {
	machine.forecast(*next, DAY)
}

#[test]
fn a_fresh_machine_starts_from_the_prior() {
	let prior = PRIOR.in_millionths().unsigned_abs();
	assert_eq!(prior, 20_000);
	assert!(forecast(&after([])).abs_diff(prior) <= 1);
}

#[test]
fn a_machine_that_never_fails_is_trusted_and_one_that_always_does_is_not() {
	assert!(forecast(&after([300_000; 500])) < 1_000);
	assert!(forecast(&after([-300_000; 500])) > 990_000);
}

#[test]
fn the_first_breach_raises_the_forecast() {
	let quiet = after([300_000; 100]);
	let hit = after([300_000; 99].into_iter().chain([-300_000]));
	assert!(forecast(&hit) > 4 * forecast(&quiet));
}

#[test]
fn storms_are_believed() {
	let storms = || (0..1_000).map(|window| if window % 100 < 20 { -200_000 } else { 200_000 });
	let inside = after(storms().take(910));
	let outside = after(storms().take(960));
	assert!(forecast(&inside) > 800_000);
	assert!(forecast(&outside) < 50_000);
}

#[test]
fn the_time_of_day_is_learnt() {
	// Breaches at six in the evening only.
	let days = || (0..60 * 24).map(|window| if window % 24 == 18 { -200_000 } else { 200_000 });
	let (machine, next) = after(days());
	assert!(machine.forecast(WindowIndex(next.0 + 18), DAY) > 800_000);
	assert!(machine.forecast(WindowIndex(next.0 + 12), DAY) < 50_000);
}

#[test]
fn a_falling_margin_warns_before_it_breaks() {
	// Ten times the margin creeps from 40 % to −20 %, give or take 5 %, and is then repaired.
	let creep =
		|windows| (0..windows).map(|window| 400_000 - 2_000 * window + window * 7_919 % 100_001 - 50_000);
	let at = |windows| after((0..10).flat_map(|_| creep(300)).chain(creep(windows)));
	let (early, late) = (at(80), at(190));
	assert!(forecast(&late) > 3 * forecast(&early), "{} {}", forecast(&late), forecast(&early));
	assert!(late.0.units()[0].forecast() > early.0.units()[0].forecast());
}

#[test]
fn flapping_is_learnt() {
	let flaps = || (0..600).map(|window| if window % 5 < 2 { -200_000 } else { 200_000 });
	assert!(forecast(&after(flaps().take(501))) > 800_000, "down for one window of two");
	assert!(forecast(&after(flaps().take(502))) < 200_000, "down for two windows of two");
	assert!(forecast(&after(flaps().take(505))) > 800_000, "up for three windows of three");
}

#[test]
fn the_window_under_way_counts_as_if_it_ended() {
	let (mut machine, next) = after([300_000; 50]);
	machine.observe(next, DAY, &round(-300_000));
	let during = machine.forecast(WindowIndex(next.0 + 1), DAY);
	machine.close(DAY);
	assert_eq!(machine.forecast(WindowIndex(next.0 + 1), DAY), during);
}

#[test]
fn a_window_is_learnt_once_however_many_rounds_it_has() {
	let mut many = Intelligence::default();
	let mut one = Intelligence::default();
	for window in (0..50).map(WindowIndex) {
		one.observe(window, DAY, &round(200_000));
		for _ in 0..12 {
			many.observe(window, DAY, &round(200_000));
		}
	}
	assert_eq!(many.forecast(WindowIndex(50), DAY), one.forecast(WindowIndex(50), DAY));
}

#[test]
fn a_round_of_an_earlier_window_counts_in_the_one_under_way() {
	let (mut machine, next) = after([300_000; 5]);
	let mut other = machine.clone();
	machine.observe(WindowIndex(0), DAY, &round(-300_000));
	other.observe(WindowIndex(next.0 - 1), DAY, &round(-300_000));
	assert_eq!(machine, other);
}

#[test]
fn units_of_modules_that_left_make_room() {
	let mut machine = Intelligence::default();
	for window in 0..100 {
		machine.observe(WindowIndex(window), DAY, &[(ModuleId(window), margin(1))]);
		assert!(machine.units().len() <= 8);
		assert!(machine.units().iter().any(|unit| unit.module() == ModuleId(window)));
	}
	let many: Vec<_> = (200..220).map(|module| (ModuleId(module), margin(1))).collect();
	machine.observe(WindowIndex(100), DAY, &many);
	assert_eq!(machine.units().len(), 8);
}

#[test]
fn a_module_that_is_not_measured_any_more_is_not_counted() {
	let (mut machine, next) = after([-300_000; 50]);
	for window in next.0..next.0 + 200 {
		machine.observe(WindowIndex(window), DAY, &[(ModuleId(1), margin(300_000))]);
	}
	assert_eq!(machine.units()[0].forecast(), None);
	assert!(machine.units()[1].forecast().is_some_and(|forecast| forecast < 100_000));
	assert!(machine.forecast(WindowIndex(next.0 + 200), DAY) < 100_000);
}

#[test]
fn extreme_windows_and_days_are_taken() {
	let mut machine = Intelligence::default();
	for (window, day) in [(0, 0), (1, u32::MAX), (u32::MAX, 1), (u32::MAX, 0), (0, u32::MAX)] {
		machine.observe(WindowIndex(window), day, &round(-1_000_000));
		machine.observe(WindowIndex(window), day, &round(1_000_000));
		assert!(machine.forecast(WindowIndex(u32::MAX), day) <= 1_000_000);
	}
}

#[test]
fn the_record_is_small() {
	assert_eq!(Intelligence::max_encoded_len(), 696);
}

/// Whether every weight is within its bounds and trust adds up.
fn bounded(machine: &Intelligence) -> bool {
	let trust = machine.mixture.trust();
	let all: i32 = trust.iter().map(|trust| trust.0).sum();
	machine.units().iter().all(|unit| unit.weights().iter().all(|weight| weight.abs() <= 8_000_000))
		&& machine.mixture.weights().iter().all(|weight| weight.size() <= mixture::WEIGHT_LIMIT)
		&& trust.iter().all(|trust| trust.0 > 0)
		&& (all - Fixed::ONE.0).abs() <= 16
}

proptest! {
	#[test]
	fn weights_stay_bounded_and_forecasts_are_probabilities(
		rounds in vec((any_round(), 0..3u32), 0..300),
		day in 0..60u32,
	) {
		let mut machine = Intelligence::default();
		let mut window = 0;
		for (round, passed) in rounds {
			window += passed;
			machine.observe(WindowIndex(window), day, &round);
			prop_assert!(bounded(&machine));
			prop_assert!(machine.forecast(WindowIndex(window + 1), day) <= 1_000_000);
			prop_assert!(machine.encoded_size() <= Intelligence::max_encoded_len());
		}
	}

	#[test]
	fn weights_stay_bounded_whatever_pushes_them(pushes in vec((any::<bool>(), 1..400usize), 1..20)) {
		let sides = pushes.into_iter().flat_map(|(bad, times)| {
			core::iter::repeat_n(if bad { -1_000_000 } else { 1_000_000 }, times)
		});
		prop_assert!(bounded(&after(sides).0));
	}

	#[test]
	fn the_same_rounds_make_the_same_machine(rounds in vec((any_round(), 0..3u32), 0..100)) {
		let run = || {
			let mut machine = Intelligence::default();
			let mut window = 0;
			for (round, passed) in &rounds {
				window += passed;
				machine.observe(WindowIndex(window), DAY, round);
			}
			machine
		};
		let machine = run();
		prop_assert_eq!(Intelligence::decode(&mut &machine.encode()[..]), Ok(machine.clone()));
		prop_assert_eq!(machine, run());
	}
}
