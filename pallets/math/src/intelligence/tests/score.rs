use super::*;

fn after(rounds: impl IntoIterator<Item = i32>) -> Intelligence {
	let mut machine = Intelligence::default();
	for (number, parts) in rounds.into_iter().enumerate() {
		machine.observe(WindowIndex(u32::try_from(number / 12).expect("few rounds")), DAY, &round(parts));
	}
	machine
}

#[test]
fn a_machine_without_verdicts_has_no_standing() {
	let mut machine = Intelligence::default();
	assert_eq!(machine.score(), None);
	for window in 0..1_000 {
		machine.observe(WindowIndex(window), DAY, &[]);
	}
	assert_eq!(machine, Intelligence::default());
}

#[test]
fn a_missing_round_changes_nothing() {
	let mut machine = after([5, 5, -5, 5]);
	let before = machine.clone();
	machine.observe(WindowIndex(9), DAY, &[]);
	assert_eq!(machine, before);
}

#[test]
fn unbroken_delivery_reaches_the_top_and_unbroken_failure_the_bottom() {
	assert_eq!(after([0; 1_000]).score(), Some(Perbill::one()));
	assert_eq!(after([-1_000_000; 1_000]).score(), Some(Perbill::zero()));
	assert_eq!(after([10].into_iter().chain([-1_000_000; 1_000])).score(), Some(Perbill::zero()));
}

#[test]
fn one_verdict_weighs_a_sixteenth() {
	assert_eq!(after([0]).score(), Some(Perbill::from_parts(62_500_000)));
	let good = after([0; 1_000]);
	let mut bad = good.clone();
	bad.observe(WindowIndex(99), DAY, &round(-1_000_000));
	assert_eq!(bad.score(), Some(Perbill::from_parts(937_500_000)));
}

#[test]
fn a_complaint_weighs_on_the_score_and_on_nothing_else() {
	let good = after([0; 1_000]);
	let mut bad = good.clone();
	bad.complain();
	assert_eq!(bad.score(), Some(Perbill::from_parts(937_500_000)));
	assert_eq!(bad.forecast(WindowIndex(99), DAY), good.forecast(WindowIndex(99), DAY));
	assert_eq!(bad.units(), good.units());
	let mut unjudged = Intelligence::default();
	unjudged.complain();
	assert_eq!(unjudged.score(), None);
}

#[test]
fn the_term_kept_worst_counts() {
	let mut machine = after([0; 1_000]);
	machine.observe(WindowIndex(99), DAY, &[(ModuleId(0), margin(9)), (ModuleId(1), margin(-1_000_000))]);
	assert_eq!(machine.score(), Some(Perbill::from_parts(937_500_000)));
}

#[test]
fn a_new_term_leaves_the_score() {
	let mut machine = after([0; 1_000]);
	machine.observe(WindowIndex(99), DAY, &[(ModuleId(7), margin(9))]);
	assert_eq!(machine.score(), Some(Perbill::one()));
}

proptest! {
	#[test]
	fn better_rounds_never_score_less(rounds in vec((-1_000_000..=1_000_000i32, 0..500_000i32), 1..60)) {
		let worse = after(rounds.iter().map(|(parts, _)| *parts));
		let better = after(rounds.iter().map(|(parts, more)| (parts + more).min(1_000_000)));
		prop_assert!(better.score() >= worse.score());
	}
}
