use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, Judge as _, MachineState};
use frame_support::{assert_noop, assert_ok};

fn terminate() -> sp_runtime::DispatchResult {
	Sla::terminate(RuntimeOrigin::signed(OWNER), MACHINE)
}

/// Gives notice, and ends the agreement when it is over.
fn end() {
	assert_ok!(terminate());
	Now::mutate(|now| *now += 50);
	assert_ok!(Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE));
}

#[test]
fn an_active_agreement_ends_after_notice_and_the_machine_is_suspended() {
	run(|| {
		activate(MACHINE);
		assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
		let ends = Now::get() + 50;
		assert_ok!(terminate());
		assert_eq!(events(), [Event::NoticeGiven { machine: MACHINE, ends }]);
		assert_noop!(terminate(), Error::<Test>::NoticeGiven);
		// It is kept and judged until then, and takes no new commitments.
		assert_eq!(Sla::active_template(MACHINE), None);
		measured(MACHINE, good());
		assert_eq!(agreement(MACHINE).state, AgreementState::Active);
		events();
		for (slot, over) in [(ends - 1, false), (ends, true)] {
			Now::set(slot);
			let ended = Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE);
			assert_eq!(ended.is_ok(), over);
		}
		assert_eq!(events(), [Event::AgreementTerminated { machine: MACHINE }]);
		assert_eq!(machine_state(MACHINE), MachineState::Suspended);
		assert_eq!(agreement(MACHINE).state, AgreementState::Terminated);
		assert!(Standings::<Test>::get(MACHINE).record.is_none());
		assert_noop!(terminate(), Error::<Test>::NotLive);
	});
}

#[test]
fn a_test_ends_and_the_machine_is_registered_again() {
	run(|| {
		test(MACHINE);
		assert_ok!(terminate());
		assert_eq!(machine_state(MACHINE), MachineState::Registered);
	});
}

#[test]
fn proposals_are_withdrawn() {
	run(|| {
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(stricter())));
		assert_ok!(Sla::approve(RuntimeOrigin::signed(ANCHORS[0]), MACHINE, hash(MACHINE)));
		assert_ok!(terminate());
		assert!(agreement(MACHINE).approvals.is_empty());
		// The queue's entry finds nothing to do.
		Now::set(121);
		sweep();
		assert_eq!(agreement(MACHINE).state, AgreementState::Terminated);
		assert!(!agreement(MACHINE).queued);
	});
}

#[test]
fn only_the_owner_and_only_what_lives() {
	run(|| {
		assert_noop!(terminate(), Error::<Test>::NoAgreement);
		test(MACHINE);
		assert_noop!(Sla::terminate(RuntimeOrigin::signed(STRANGER), MACHINE), Error::<Test>::NotOwner);
		measured(MACHINE, available(0));
		assert_noop!(terminate(), Error::<Test>::NotLive);
	});
}

#[test]
fn not_while_a_commitment_is_open() {
	run(|| {
		activate(MACHINE);
		let commit = |open| Hosts::mutate(|hosts| hosts.get_mut(&MACHINE).unwrap().open = open);
		let end = || Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE);
		commit(1);
		assert_ok!(terminate());
		Now::mutate(|now| *now += 50);
		assert_noop!(end(), Error::<Test>::HasCommitments);
		// The sweep tries again a window later.
		sweep();
		assert_eq!(agreement(MACHINE).ending.unwrap().queued, Some(Now::get() + 40));
		commit(0);
		Now::mutate(|now| *now += 40);
		sweep();
		assert_eq!(agreement(MACHINE).state, AgreementState::Terminated);
	});
}

mod coming_back {
	use super::*;

	fn propose() -> sp_runtime::DispatchResult {
		Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, None)
	}

	fn start_test() -> sp_runtime::DispatchResult {
		Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE))
	}

	#[test]
	fn a_suspended_machine_comes_back_through_a_new_test() {
		run(|| {
			activate(MACHINE);
			end();
			assert_ok!(propose());
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
			assert_ok!(start_test());
			assert_eq!(machine_state(MACHINE), MachineState::UnderTest);
			assert_eq!(Sla::active_template(MACHINE), None);
			// A round that was over when the test began does not count.
			let before = Now::get();
			Sla::judge(
				MACHINE,
				exabits_primitives::RoundIndex((before / 10) as u32 - 1),
				5,
				exabits_primitives::RoundOutcome::Measured(available(0)),
			);
			assert_eq!(machine_state(MACHINE), MachineState::UnderTest);
			measured(MACHINE, good());
			assert_eq!(machine_state(MACHINE), MachineState::Online);
			assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
			assert_eq!(agreement(MACHINE).version, 2);
		});
	}

	#[test]
	fn a_machine_that_fails_the_new_test_may_try_again() {
		run(|| {
			activate(MACHINE);
			end();
			assert_ok!(propose());
			assert_ok!(start_test());
			measured(MACHINE, available(0));
			assert_eq!(agreement(MACHINE).state, AgreementState::Rejected);
			assert_eq!(machine_state(MACHINE), MachineState::Registered);
			test(MACHINE);
			measured(MACHINE, good());
			assert_eq!(machine_state(MACHINE), MachineState::Online);
		});
	}

	#[test]
	fn new_terms_that_expire_leave_the_machine_suspended() {
		run(|| {
			activate(MACHINE);
			end();
			assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(stricter())));
			Now::set(agreement(MACHINE).deadline + 1);
			sweep();
			assert_eq!(agreement(MACHINE).state, AgreementState::Expired);
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
			assert_ok!(propose());
			assert_ok!(start_test());
		});
	}

	#[test]
	fn a_machine_that_a_verdict_suspended_keeps_its_agreement() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(0));
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
			assert_ok!(propose());
			assert_eq!(agreement(MACHINE).state, AgreementState::Active);
		});
	}
}

#[test]
fn not_as_a_way_out_of_a_slash() {
	for (sessions, held) in [(0, true), (1, true), (2, false)] {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(0));
			assert!(Standings::<Test>::get(MACHINE).record.unwrap().pending.is_some());
			assert_ok!(terminate());
			Now::mutate(|now| *now += 50);
			for _ in 0..sessions {
				next_session();
			}
			let ended = Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE);
			if held {
				assert_eq!(ended, Err(Error::<Test>::BreachPending.into()));
			} else {
				assert_ok!(ended);
			}
		});
	}
}

#[test]
fn a_gap_in_blocks_puts_the_end_off() {
	run(|| {
		activate(MACHINE);
		let ends = Now::get() + 50;
		assert_ok!(terminate());
		gap(Now::get() + 10, Now::get() + 50);
		for (slot, over) in [(ends + 39, false), (ends + 40, true)] {
			Now::set(slot);
			assert_eq!(Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE).is_ok(), over);
		}
	});
}

#[test]
fn an_agreement_expires_when_its_time_is_over() {
	for (slots, over) in [(3_999, false), (4_000, true), (4_001, true)] {
		run(|| {
			activate(MACHINE);
			let hash = hash(MACHINE);
			Now::mutate(|now| *now += slots);
			assert_eq!(Sla::active_template(MACHINE).is_some(), !over);
			sweep();
			let state = if over { AgreementState::Expired } else { AgreementState::Active };
			assert_eq!(agreement(MACHINE).state, state);
			assert_eq!(events().contains(&Event::AgreementExpired { machine: MACHINE, hash }), over);
			assert_eq!(machine_state(MACHINE) == MachineState::Suspended, over);
		});
	}
}

#[test]
fn notice_does_not_make_it_longer() {
	run(|| {
		activate(MACHINE);
		let ends = agreement(MACHINE).ending.unwrap().at;
		Now::set(ends - 10);
		assert_ok!(terminate());
		assert_eq!(agreement(MACHINE).ending.unwrap().at, ends);
	});
}

#[test]
fn only_active_agreements_end() {
	run(|| {
		let end = || Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE);
		assert_noop!(end(), Error::<Test>::NoAgreement);
		test(MACHINE);
		assert_noop!(end(), Error::<Test>::NotLive);
		measured(MACHINE, good());
		assert_noop!(end(), Error::<Test>::NotDue);
	});
}
