//! New terms for a machine whose agreement is active.

use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, LeaseId, LeaseState, MachineState, Measurement};
use frame_support::{assert_noop, assert_ok};

fn propose(terms: Option<Terms>) -> sp_runtime::DispatchResult {
	Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, terms)
}

fn renewal() -> Agreement<AccountId> {
	Renewals::<Test>::get(MACHINE).unwrap()
}

fn start() -> sp_runtime::DispatchResult {
	Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, renewal().hash)
}

#[test]
fn stricter_terms_follow_without_a_gap() {
	run(|| {
		activate(MACHINE);
		serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
		let old = agreement(MACHINE);
		negotiate(MACHINE, stricter());
		assert_eq!(renewal().state, AgreementState::Agreed);
		assert_eq!(agreement(MACHINE), old);
		assert_ok!(start());
		assert_eq!((machine_state(MACHINE), agreement(MACHINE)), (MachineState::Online, old));
		events();

		// The round that they pass is still judged, and paid, by the old ones.
		let round = measured(MACHINE, good());
		assert_eq!(Payments::get().len(), 1);
		let new = agreement(MACHINE);
		let ends = Now::get() + 4_000;
		assert_eq!((new.state, new.terms[0].threshold, new.version), (AgreementState::Active, 950_000, 2));
		assert_eq!(
			events(),
			[
				Event::VerdictPassed { machine: MACHINE, round, measurement: good() },
				Event::AgreementActive { machine: MACHINE, template: TEMPLATE, round, ends },
			]
		);
		assert!(!Renewals::<Test>::contains_key(MACHINE));
		measured(MACHINE, available(940_000));
		assert_eq!(Standings::<Test>::get(MACHINE).last.unwrap().outcome, Outcome::Breached);
	});
}

#[test]
fn terms_that_fail_their_test_leave_the_old_ones() {
	run(|| {
		activate(MACHINE);
		negotiate(MACHINE, stricter());
		assert_ok!(start());
		events();
		let measurement = available(940_000);
		let round = measured(MACHINE, measurement);
		assert!(events().contains(&Event::AgreementRejected { machine: MACHINE, round, measurement }));
		assert!(!Renewals::<Test>::contains_key(MACHINE));
		assert_eq!(Standings::<Test>::get(MACHINE).last.unwrap().outcome, Outcome::Passed);
		assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
	});
}

#[test]
fn missing_rounds_and_rounds_before_the_test_decide_nothing() {
	run(|| {
		activate(MACHINE);
		negotiate(MACHINE, stricter());
		let round = exabits_primitives::RoundIndex((Now::get() / 10) as u32);
		Now::mutate(|now| *now += 10);
		assert_ok!(start());
		use exabits_primitives::{Judge, RoundOutcome};
		Sla::judge(MACHINE, round, 5, RoundOutcome::Measured(available(900_000)));
		assert_eq!(renewal().state, AgreementState::Testing);
		judge(MACHINE, RoundOutcome::Missing);
		assert_eq!(renewal().state, AgreementState::Testing);
		measured(MACHINE, good());
		assert_eq!(agreement(MACHINE).version, 2);
	});
}

#[test]
fn the_same_terms_renew_it() {
	run(|| {
		activate(MACHINE);
		let ends = agreement(MACHINE).ending.unwrap().at;
		Now::set(ends - 30);
		assert_ok!(propose(None));
		assert_ok!(start());
		measured(MACHINE, good());
		let new = agreement(MACHINE).ending.unwrap();
		assert_eq!(new.at, Now::get() + 4_000);
		Now::set(ends);
		sweep();
		assert_eq!(agreement(MACHINE).state, AgreementState::Active);
		Now::set(new.at);
		sweep();
		assert_eq!(agreement(MACHINE).state, AgreementState::Expired);
	});
}

#[test]
fn it_lifts_a_notice() {
	run(|| {
		activate(MACHINE);
		assert_ok!(Sla::terminate(RuntimeOrigin::signed(OWNER), MACHINE));
		assert_eq!(Sla::active_template(MACHINE), None);
		assert_ok!(propose(None));
		assert_ok!(start());
		measured(MACHINE, good());
		assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
	});
}

#[test]
fn another_template_waits_until_no_commitment_names_the_old_one() {
	run(|| {
		assert_ok!(Sla::create_template(RuntimeOrigin::root(), template()));
		let other = exabits_primitives::TemplateId(1);
		let commit = |open| Hosts::mutate(|hosts| hosts.get_mut(&MACHINE).unwrap().open = open);
		activate(MACHINE);
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, other, None));
		commit(1);
		assert_noop!(start(), Error::<Test>::HasCommitments);
		commit(0);
		assert_ok!(start());
		commit(1);
		measured(MACHINE, good());
		assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
		commit(0);
		measured(MACHINE, good());
		assert_eq!(Sla::active_template(MACHINE), Some(other));
	});
}

#[test]
fn it_is_countered_like_any_proposal() {
	run(|| {
		activate(MACHINE);
		assert_ok!(propose(Some(stricter())));
		// 1,000,000 supports 900,000.
		let counter = |terms| Sla::counter(RuntimeOrigin::signed(ANCHORS[0]), MACHINE, renewal().hash, terms);
		assert_noop!(
			counter(bounded(vec![term(AVAILABILITY, 900_001), term(LATENCY, 1_000)])),
			Error::<Test>::NotSupported
		);
		assert_ok!(counter(bounded(vec![term(AVAILABILITY, 900_000), term(LATENCY, 500)])));
		assert_eq!(renewal().state, AgreementState::Countered);
		assert_eq!(agreement(MACHINE).state, AgreementState::Active);
	});
}

#[test]
fn the_owner_takes_it_back() {
	run(|| {
		activate(MACHINE);
		let withdraw = |who| Sla::withdraw_renewal(RuntimeOrigin::signed(who), MACHINE);
		assert_noop!(withdraw(OWNER), Error::<Test>::NoRenewal);
		assert_ok!(propose(Some(stricter())));
		assert_noop!(withdraw(STRANGER), Error::<Test>::NotOwner);
		assert_ok!(withdraw(OWNER));
		assert!(!Renewals::<Test>::contains_key(MACHINE));
		// The queue's one entry serves the next.
		assert_ok!(propose(Some(stricter())));
		Now::mutate(|now| *now += 21);
		sweep();
		assert!(!Renewals::<Test>::contains_key(MACHINE));
		assert!(!agreement(MACHINE).queued);
		assert_eq!(agreement(MACHINE).state, AgreementState::Active);
	});
}

#[test]
fn it_lapses_when_nobody_approves() {
	for (slots, lapsed) in [(19, false), (20, false), (21, true)] {
		run(|| {
			activate(MACHINE);
			assert_ok!(propose(Some(stricter())));
			Now::mutate(|now| *now += slots);
			let expired = Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE);
			assert_eq!(expired.is_ok(), lapsed);
			assert_eq!(Renewals::<Test>::contains_key(MACHINE), !lapsed);
		});
	}
}

#[test]
fn what_is_tested_is_not_replaced() {
	run(|| {
		activate(MACHINE);
		assert_ok!(propose(None));
		assert_ok!(start());
		assert_noop!(propose(None), Error::<Test>::AgreementInForce);
	});
}

#[test]
fn it_goes_with_the_agreement_that_ends() {
	run(|| {
		activate(MACHINE);
		assert_ok!(Sla::terminate(RuntimeOrigin::signed(OWNER), MACHINE));
		Now::mutate(|now| *now += 40);
		assert_ok!(propose(Some(stricter())));
		Now::mutate(|now| *now += 10);
		assert_ok!(Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE));
		assert!(!Renewals::<Test>::contains_key(MACHINE));
		Now::mutate(|now| *now += 100);
		sweep();
		assert!(!agreement(MACHINE).queued);
	});
}

#[test]
fn a_pending_breach_outlives_the_terms() {
	run(|| {
		activate(MACHINE);
		assert_ok!(propose(Some(bounded(vec![term(AVAILABILITY, 900_000), term(LATENCY, 999)]))));
		for anchor in &ANCHORS[..2] {
			assert_ok!(Sla::approve(RuntimeOrigin::signed(*anchor), MACHINE, renewal().hash));
		}
		measured(MACHINE, available(0));
		assert_ok!(start());
		next_session();
		// A pass under both: what was pending is forgotten by the pass, not by the change.
		measured(MACHINE, Measurement { latency_p99: 999, ..good() });
		assert_eq!(agreement(MACHINE).version, 2);
		assert_eq!(Standings::<Test>::get(MACHINE).record.unwrap().pending, None);
	});
}

#[test]
fn it_is_no_way_out_of_a_slash() {
	for (sessions, waits) in [(0, true), (1, true), (2, false)] {
		run(|| {
			activate_with(term(PERFORMANCE, 900_000));
			measured(MACHINE, Measurement { performance: Some(0), ..good() });
			// The template's own terms have no such term, and need no approval.
			assert_ok!(propose(None));
			assert_ok!(start());
			for _ in 0..sessions {
				next_session();
			}
			measured(MACHINE, good());
			measured(MACHINE, good());
			measured(MACHINE, good());
			assert_eq!(agreement(MACHINE).terms.len() == 3, waits, "{sessions}");
		});
	}
}

mod approvers {
	use super::*;
	use exabits_primitives::Approvers as _;

	/// 24 windows of 40 slots.
	const ANSWERS: u64 = 960;

	#[test]
	fn answer_for_what_they_approved_for_24_windows() {
		for (slots, answers) in [(ANSWERS - 1, true), (ANSWERS, true), (ANSWERS + 1, false)] {
			run(|| {
				activate_with(term(BANDWIDTH, 5_000));
				assert_eq!(Sla::approvers(MACHINE), ANCHORS[..2]);
				let since = Now::get();
				// The verdict comes in this slot.
				Now::set(since + slots - since % 10);
				let round = exabits_primitives::RoundIndex((Now::get() / 10) as u32);
				Now::set(since + slots);
				use exabits_primitives::{Judge, RoundOutcome};
				Sla::judge(MACHINE, round, 5, RoundOutcome::Measured(available(0)));
				assert_eq!(Sla::approvers(MACHINE).len(), if answers { 2 } else { 0 });
				assert_eq!(Blamed::get(), if answers { ANCHORS[..2].to_vec() } else { Vec::new() });
			});
		}
	}

	#[test]
	fn a_templates_own_terms_have_none() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(0));
			assert!(Sla::approvers(MACHINE).is_empty() && Blamed::get().is_empty());
		});
	}

	#[test]
	fn passes_and_missing_rounds_blame_nobody() {
		run(|| {
			activate_with(term(BANDWIDTH, 5_000));
			measured(MACHINE, good());
			judge(MACHINE, exabits_primitives::RoundOutcome::Missing);
			assert!(Blamed::get().is_empty());
		});
	}
}
