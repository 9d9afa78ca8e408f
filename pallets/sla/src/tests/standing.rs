//! What verdicts teach: the compliance score, the units, the forecast.

use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, LeaseId, LeaseState, MachineId, Measurement, RoundOutcome};
use sp_runtime::Perbill;

fn forecast() -> Perbill {
	Sla::forecast(MACHINE).unwrap()
}

#[test]
fn a_machine_never_judged_stands_lowest() {
	run(|| {
		assert_eq!((Sla::score(MACHINE), Sla::forecast(MACHINE)), (Perbill::zero(), None));
		assert_eq!(Sla::reliability(MACHINE), 0);
		assert!(Sla::compliance(MACHINE).is_none());
		activate(MACHINE);
		assert!(Sla::reliability(MACHINE) > 0);
	});
}

#[test]
fn only_delivery_raises_it() {
	run(|| {
		activate(MACHINE);
		let score = Sla::score(MACHINE);
		serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
		judge(MACHINE, RoundOutcome::Missing);
		assert_eq!(Sla::score(MACHINE), score);
		measured(MACHINE, good());
		assert!(Sla::score(MACHINE) > score);
	});
}

#[test]
fn a_breach_lowers_it_and_raises_the_forecast() {
	run(|| {
		activate(MACHINE);
		for _ in 0..80 {
			measured(MACHINE, good());
		}
		let (score, expected) = (Sla::score(MACHINE), forecast());
		assert!(score > Perbill::from_percent(95), "{score:?}");
		assert!(expected < Perbill::from_percent(20), "{expected:?}");
		for _ in 0..40 {
			measured(MACHINE, available(100_000));
		}
		assert!(Sla::score(MACHINE) < score);
		assert!(forecast() > Perbill::from_percent(50), "{:?}", forecast());
		assert!(Sla::reliability(MACHINE) <= 1_000);
	});
}

#[test]
fn there_is_one_unit_for_each_term_with_values() {
	run(|| {
		activate_with(term(PERFORMANCE, 900_000));
		let units = || {
			let standing = Sla::standing(MACHINE);
			standing.units().iter().map(|unit| unit.module()).collect::<Vec<_>>()
		};
		assert_eq!(units(), [AVAILABILITY, LATENCY]);
		measured(MACHINE, Measurement { performance: Some(1_000_000), ..good() });
		assert_eq!(units(), [AVAILABILITY, LATENCY, PERFORMANCE]);
	});
}

#[test]
fn all_that_is_known_comes_in_one_answer() {
	run(|| {
		activate(MACHINE);
		Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(stricter())).unwrap();
		let known = Sla::compliance(MACHINE).unwrap();
		assert_eq!(known.agreement, Some(agreement(MACHINE)));
		assert_eq!(known.renewal.unwrap().state, AgreementState::Proposed);
		assert_eq!(known.last, Standings::<Test>::get(MACHINE).last);
		assert_eq!((known.score, known.breach), (Sla::score(MACHINE), Sla::forecast(MACHINE)));
		assert!(Sla::compliance(MachineId(20)).is_none());
	});
}
