use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, MachineState};
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::DispatchError;

fn start(who: AccountId, hash: H256) -> sp_runtime::DispatchResult {
	Sla::start_test(RuntimeOrigin::signed(who), MACHINE, hash)
}

#[test]
fn agreed_terms_are_tested() {
	run(|| {
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(stricter())));
		let hash = hash(MACHINE);
		assert_noop!(start(OWNER, hash), Error::<Test>::NotAgreed);
		for anchor in &ANCHORS[..2] {
			assert_ok!(Sla::approve(RuntimeOrigin::signed(*anchor), MACHINE, hash));
		}
		System::reset_events();
		Now::set(117);
		assert_ok!(start(OWNER, hash));
		assert_eq!(events(), [Event::AgreementTesting { machine: MACHINE, hash }]);
		assert_eq!(agreement(MACHINE).state, AgreementState::Testing);
		assert_eq!(agreement(MACHINE).approvals, ANCHORS[..2].to_vec());
		assert_eq!(machine_state(MACHINE), MachineState::UnderTest);
		assert_eq!(agreement(MACHINE).tested_from, 117);
		assert_eq!(Sla::active_template(MACHINE), None);
		assert_noop!(start(OWNER, hash), Error::<Test>::NotAgreed);
	});
}

#[test]
fn the_owner_accepts_the_exact_hash() {
	run(|| {
		assert_noop!(start(OWNER, H256::zero()), Error::<Test>::NoAgreement);
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, None));
		assert_noop!(start(OWNER, H256::zero()), Error::<Test>::WrongHash);
		assert_noop!(start(STRANGER, hash(MACHINE)), Error::<Test>::NotOwner);
	});
}

#[test]
fn a_machine_that_cannot_be_tested_is_not() {
	run(|| {
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, None));
		set_machine_state(MACHINE, MachineState::Retired);
		assert_noop!(start(OWNER, hash(MACHINE)), DispatchError::Other("state"));
	});
}
