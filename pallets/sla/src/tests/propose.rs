use crate::{mock::*, *};
use exabits_primitives::{Clock, MachineId, MachineState, TemplateId};
use frame_support::{assert_noop, assert_ok};

fn propose(terms: Option<Terms>) -> sp_runtime::DispatchResult {
	Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, terms)
}

#[test]
fn own_terms_are_agreed_at_once() {
	run(|| {
		assert_ok!(propose(None));
		let agreement = agreement(MACHINE);
		assert_eq!(agreement.state, AgreementState::Agreed);
		assert_eq!(agreement.terms, Templates::<Test>::get(TEMPLATE).unwrap().terms);
		assert_eq!(agreement.hash, Sla::terms_hash(MACHINE, TEMPLATE, &agreement.terms));
		assert_eq!((agreement.proposed_at, agreement.deadline, agreement.version), (100, 120, 1));
		assert!(!agreement.queued);
		assert_eq!(
			events(),
			[
				Event::AgreementProposed { machine: MACHINE, template: TEMPLATE, hash: agreement.hash },
				Event::AgreementAgreed { machine: MACHINE, hash: agreement.hash },
			]
		);
	});
}

#[test]
fn own_terms_may_be_spelt_out() {
	run(|| {
		assert_ok!(propose(Some(template().terms)));
		assert_eq!(agreement(MACHINE).state, AgreementState::Agreed);
	});
}

#[test]
fn other_terms_wait_for_approvals() {
	run(|| {
		assert_ok!(propose(Some(stricter())));
		let agreement = agreement(MACHINE);
		assert_eq!(agreement.state, AgreementState::Proposed);
		assert!(agreement.queued);
		assert_eq!(Expiries::<Test>::get(121), vec![Due::Negotiation(MACHINE)]);
		assert_eq!(
			events(),
			[Event::AgreementProposed { machine: MACHINE, template: TEMPLATE, hash: agreement.hash }]
		);
	});
}

#[test]
fn extra_terms_are_allowed() {
	run(|| {
		let mut terms = template().terms;
		terms.try_push(term(BANDWIDTH, 5_000)).unwrap();
		assert_ok!(propose(Some(terms)));
		assert_eq!(agreement(MACHINE).state, AgreementState::Proposed);
	});
}

#[test]
fn weaker_terms_are_refused() {
	run(|| {
		let mut lower = template().terms;
		lower[0].threshold = 899_999;
		assert_noop!(propose(Some(lower)), Error::<Test>::DoesNotRefine);

		let mut slower = template().terms;
		slower[1].threshold = 1_001;
		assert_noop!(propose(Some(slower)), Error::<Test>::DoesNotRefine);

		let mut cheaper = template().terms;
		cheaper[0].heights = bounded(vec![height(49, 10), height(100, 40)]);
		assert_noop!(propose(Some(cheaper)), Error::<Test>::DoesNotRefine);

		let fewer = bounded(vec![term(AVAILABILITY, 950_000)]);
		assert_noop!(propose(Some(fewer)), Error::<Test>::DoesNotRefine);
	});
}

#[test]
fn malformed_terms_are_refused() {
	run(|| {
		assert_noop!(propose(Some(Default::default())), Error::<Test>::NoTerms);
		let mut out_of_range = stricter();
		out_of_range[1].threshold = 99;
		assert_noop!(propose(Some(out_of_range)), Error::<Test>::ThresholdOutOfRange);
		let mut twice = stricter();
		twice[1].module = AVAILABILITY;
		twice[1].threshold = 950_000;
		assert_noop!(propose(Some(twice)), Error::<Test>::DuplicateTerm);
	});
}

#[test]
fn hash_binds_machine_and_template() {
	run(|| {
		let terms = stricter();
		let hash = Sla::terms_hash(MACHINE, TEMPLATE, &terms);
		assert_ne!(hash, Sla::terms_hash(GPU_MACHINE, TEMPLATE, &terms));
		assert_ne!(hash, Sla::terms_hash(MACHINE, TemplateId(1), &terms));
		assert_ne!(hash, Sla::terms_hash(MACHINE, TEMPLATE, &template().terms));
	});
}

#[test]
fn a_new_proposal_voids_approvals_and_keeps_one_queue_entry() {
	run(|| {
		assert_ok!(propose(Some(stricter())));
		let first = hash(MACHINE);
		assert_ok!(Sla::approve(RuntimeOrigin::signed(ANCHORS[0]), MACHINE, first));
		Now::set(105);
		let mut terms = stricter();
		terms[0].threshold = 960_000;
		assert_ok!(propose(Some(terms)));
		let agreement = agreement(MACHINE);
		assert!(agreement.approvals.is_empty());
		assert_eq!((agreement.version, agreement.deadline), (2, 125));
		assert_ne!(agreement.hash, first);
		assert_eq!(Expiries::<Test>::get(121), vec![Due::Negotiation(MACHINE)]);
		assert!(Expiries::<Test>::get(126).is_empty());
		assert_noop!(
			Sla::approve(RuntimeOrigin::signed(ANCHORS[1]), MACHINE, first),
			Error::<Test>::WrongHash
		);
	});
}

#[test]
fn only_the_owner_proposes() {
	run(|| {
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(STRANGER), MACHINE, TEMPLATE, None),
			Error::<Test>::NotOwner
		);
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(OWNER), MachineId(1), TEMPLATE, None),
			Error::<Test>::UnknownMachine
		);
	});
}

#[test]
fn the_template_exists_and_allows_the_kind() {
	run(|| {
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TemplateId(1), None),
			Error::<Test>::UnknownTemplate
		);
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(OWNER), GPU_MACHINE, TEMPLATE, None),
			Error::<Test>::KindNotAllowed
		);
		Hosts::mutate(|hosts| hosts.get_mut(&MACHINE).unwrap().class.0 = 9);
		assert_noop!(propose(None), Error::<Test>::UnknownClass);
	});
}

#[test]
fn the_machine_is_registered_or_suspended() {
	run(|| {
		for state in
			[MachineState::UnderTest, MachineState::Online, MachineState::Draining, MachineState::Retired]
		{
			set_machine_state(MACHINE, state);
			assert_noop!(propose(None), Error::<Test>::NotRegistered);
		}
		set_machine_state(MACHINE, MachineState::Suspended);
		assert_ok!(propose(None));
	});
}

#[test]
fn terms_in_force_stay() {
	new_test_ext().execute_with(|| {
		test(MACHINE);
		// No pallet does this; the agreement would be replaced under the committee's hands.
		set_machine_state(MACHINE, MachineState::Registered);
		assert_noop!(propose(None), Error::<Test>::AgreementInForce);
	});
}

#[test]
fn rejected_terminated_and_expired_machines_propose_again() {
	run(|| {
		test(MACHINE);
		measured(MACHINE, available(0));
		assert_eq!(agreement(MACHINE).state, AgreementState::Rejected);
		assert_ok!(propose(Some(stricter())));
		Now::mutate(|now| *now += 21);
		assert_ok!(Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE));
		assert_ok!(propose(None));
		assert_ok!(Sla::terminate(RuntimeOrigin::signed(OWNER), MACHINE));
		assert_ok!(propose(None));
		assert_eq!(agreement(MACHINE).version, 4);
	});
}

#[test]
fn a_full_queue_refuses() {
	run(|| {
		let room = 2 * (exabits_primitives::deadlines::SPILL + 1);
		let spare = |n: u64| MachineId(20 + u32::try_from(n).unwrap());
		for n in 0..room {
			assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), spare(n), TEMPLATE, Some(stricter())));
		}
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(OWNER), spare(room), TEMPLATE, Some(stricter())),
			Error::<Test>::QueueFull
		);
		assert_eq!(World::now(), 100);
	});
}
