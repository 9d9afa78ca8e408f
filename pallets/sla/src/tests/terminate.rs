use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, LeaseId, LeaseState, MachineState};
use frame_support::{assert_noop, assert_ok};

fn terminate() -> sp_runtime::DispatchResult {
	Sla::terminate(RuntimeOrigin::signed(OWNER), MACHINE)
}

#[test]
fn an_active_agreement_ends_and_the_machine_is_suspended() {
	run(|| {
		activate(MACHINE);
		assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
		assert_ok!(terminate());
		assert_eq!(events(), [Event::AgreementTerminated { machine: MACHINE }]);
		assert_eq!(machine_state(MACHINE), MachineState::Suspended);
		assert_eq!(agreement(MACHINE).state, AgreementState::Terminated);
		assert_eq!(Sla::active_template(MACHINE), None);
		assert!(!Records::<Test>::contains_key(MACHINE));
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
fn not_while_leases_are_served() {
	run(|| {
		activate(MACHINE);
		serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Placed);
		assert_noop!(terminate(), Error::<Test>::ServesLeases);
	});
}

#[test]
fn not_as_a_way_out_of_a_slash() {
	for (sessions, held) in [(0, true), (1, true), (2, false)] {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(0));
			assert!(Records::<Test>::get(MACHINE).pending.is_some());
			for _ in 0..sessions {
				next_session();
			}
			if held {
				assert_noop!(terminate(), Error::<Test>::BreachPending);
			} else {
				assert_ok!(terminate());
			}
		});
	}
}
