//! What a verdict says that it took.

use crate::{mock::*, *};
use exabits_primitives::{
	Judge, LeaseId, LeaseState, MachineState, Measurement, RoundOutcome, MAX_LEASES_PER_WINDOW,
};
use frame_support::{assert_ok, weights::Weight};

/// Half of the principal is due, which is not severe.
const BROKEN: u32 = 800_000;

fn of(measurement: Measurement) -> Weight {
	weigh(MACHINE, RoundOutcome::Measured(measurement))
}

fn missing() -> Weight {
	weigh(MACHINE, RoundOutcome::Missing)
}

/// What any verdict is charged that changes more than it does as a rule.
fn change(leases: u32) -> Weight {
	<()>::judge_confirmed_breach(leases)
}

/// Leases that run in the current window, and one of them that was not acknowledged.
fn serve_many(count: u64) {
	for id in 1..=count {
		let state = if id == 1 { LeaseState::Placed } else { LeaseState::Running };
		serve(LeaseId(id), MACHINE, Now::get(), state);
	}
}

#[test]
fn what_has_to_be_free_covers_leases_of_two_windows() {
	assert_eq!(Sla::judge_weight(), change(2 * MAX_LEASES_PER_WINDOW));
	let most = MAX_LEASES_PER_WINDOW;
	let usual = [
		<()>::judge_missing(),
		<()>::judge_pass(MAX_TERMS) + <()>::reward_leases(most),
		<()>::judge_breach(MAX_APPROVALS) + <()>::credit_leases(most),
	];
	assert!(usual.iter().all(|weight| weight.all_lt(Sla::judge_weight())));
}

#[test]
fn a_round_that_is_not_judged_takes_no_more_than_a_missing_one() {
	run(|| {
		assert_eq!(of(good()), <()>::judge_missing());
		activate(MACHINE);
		let again = Standings::<Test>::get(MACHINE).last.unwrap();
		let outcome = RoundOutcome::Measured(good());
		assert_eq!(Sla::judge(MACHINE, again.round, again.session, outcome), <()>::judge_missing());
		set_machine_state(MACHINE, MachineState::Retired);
		assert_eq!(of(good()), <()>::judge_missing());
	});
}

#[test]
fn a_missing_round_takes_little_until_it_suspends() {
	run(|| {
		activate(MACHINE);
		serve_many(3);
		assert_eq!([missing(), missing()], [<()>::judge_missing(); 2]);
		assert_eq!(missing(), change(0));
		assert_eq!(missing(), <()>::judge_missing());
	});
}

#[test]
fn a_round_without_a_value_takes_what_reading_its_terms_takes() {
	run(|| {
		activate(MACHINE);
		let record = Record { session: Session::get(), ..Default::default() };
		Standings::<Test>::mutate(MACHINE, |standing| standing.record = Some(record));
		Agreements::<Test>::mutate(MACHINE, |agreement| {
			agreement.as_mut().unwrap().terms = bounded(vec![term(PERFORMANCE, 500_000)]);
		});
		assert_eq!(of(good()), <()>::judge_pass(1));
		assert_eq!(Standings::<Test>::get(MACHINE).last.unwrap().outcome, Outcome::Missing);
		// As the invariants have it.
		let terms = Templates::<Test>::get(TEMPLATE).unwrap().terms;
		Agreements::<Test>::mutate(MACHINE, |agreement| agreement.as_mut().unwrap().terms = terms);
	});
}

#[test]
fn a_pass_takes_its_terms_and_the_leases_that_it_looks_at() {
	run(|| {
		activate(MACHINE);
		assert_eq!(of(good()), <()>::judge_pass(2));
		serve_many(3);
		assert_eq!(of(good()), <()>::judge_pass(2) + <()>::reward_leases(3));
		assert_eq!(Payments::get().len(), 2);
	});
}

#[test]
fn a_breach_takes_its_approvers_and_leases() {
	run(|| {
		activate(MACHINE);
		assert_eq!(of(available(BROKEN)), <()>::judge_breach(0));
		serve_many(2);
		assert_eq!(of(available(BROKEN)), <()>::judge_breach(0) + <()>::credit_leases(2));
		// Below the first knot nothing is credited.
		assert_eq!(of(good()), <()>::judge_pass(2) + <()>::reward_leases(2));
		assert_eq!(of(available(899_999)), <()>::judge_breach(0) + <()>::reward_leases(2));
	});
	run(|| {
		activate_with(term(BANDWIDTH, 1_000));
		assert_eq!(of(available(BROKEN)), <()>::judge_breach(2));
		assert_eq!(Blamed::get().len(), 2);
	});
}

#[test]
fn a_breach_that_evacuates_takes_what_the_most_does() {
	run(|| {
		activate(MACHINE);
		serve_many(3);
		assert_eq!(
			[of(available(BROKEN)), of(available(BROKEN))].map(|took| took.all_lt(change(3))),
			[true; 2]
		);
		// The third one in a row.
		assert_eq!(of(available(BROKEN)), change(3));
		assert_eq!(machine_state(MACHINE), MachineState::Suspended);
	});
	run(|| {
		activate(MACHINE);
		// Those that run are of the window before, and those of this one are moved.
		Now::set(120 - u64::from(ROUND_SLOTS));
		serve_many(2);
		serve(LeaseId(9), MACHINE, 120, LeaseState::Placed);
		assert_eq!(of(available(0)), change(3));
	});
}

#[test]
fn a_breach_that_is_confirmed_takes_what_the_most_does() {
	for refused in [false, true] {
		run(|| {
			activate(MACHINE);
			of(available(BROKEN));
			next_session();
			SlashesRefused::set(refused);
			assert_eq!(of(available(BROKEN)), change(0));
			assert_eq!(Deferred::get().is_empty(), refused);
		});
	}
}

#[test]
fn a_verdict_that_changes_a_state_takes_what_the_most_does() {
	run(|| {
		test(MACHINE);
		assert_eq!(of(good()), change(0));
		// A severe breach, and the way back from it.
		assert_eq!(of(available(0)), change(0));
		serve_many(2);
		assert_eq!(of(good()), change(2));
		assert_eq!(of(good()), <()>::judge_pass(2) + <()>::reward_leases(2));
	});
	run(|| {
		test(MACHINE);
		assert_eq!(of(available(0)), change(0));
		assert_eq!(agreement(MACHINE).state, AgreementState::Rejected);
	});
	for measurement in [good(), Measurement { latency_p99: 950, ..good() }] {
		run(|| {
			activate(MACHINE);
			negotiate(MACHINE, stricter());
			assert_eq!(of(good()), <()>::judge_pass(2));
			let hash = Renewals::<Test>::get(MACHINE).unwrap().hash;
			assert_ok!(Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash));
			assert_eq!(of(measurement), change(0));
			assert!(!Renewals::<Test>::contains_key(MACHINE));
		});
	}
}
