use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;

fn proposed() -> H256 {
	assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(stricter())));
	System::reset_events();
	hash(MACHINE)
}

fn approve(who: AccountId, hash: H256) -> sp_runtime::DispatchResult {
	Sla::approve(RuntimeOrigin::signed(who), MACHINE, hash)
}

#[test]
fn the_quorum_agrees() {
	run(|| {
		let hash = proposed();
		assert_ok!(approve(ANCHORS[0], hash));
		assert_eq!(agreement(MACHINE).state, AgreementState::Proposed);
		assert_eq!(events(), [Event::AgreementApproved { machine: MACHINE, hash, anchor: ANCHORS[0] }]);
		assert_ok!(approve(ANCHORS[2], hash));
		assert_eq!(agreement(MACHINE).state, AgreementState::Agreed);
		assert_eq!(agreement(MACHINE).approvals, vec![ANCHORS[0], ANCHORS[2]]);
		assert_eq!(
			events(),
			[
				Event::AgreementApproved { machine: MACHINE, hash, anchor: ANCHORS[2] },
				Event::AgreementAgreed { machine: MACHINE, hash },
			]
		);
		assert_noop!(approve(ANCHORS[1], hash), Error::<Test>::NotProposed);
	});
}

#[test]
fn only_the_exact_hash() {
	run(|| {
		proposed();
		let own = Sla::terms_hash(MACHINE, TEMPLATE, &template().terms);
		assert_noop!(approve(ANCHORS[0], own), Error::<Test>::WrongHash);
	});
}

#[test]
fn only_the_committee() {
	run(|| {
		let hash = proposed();
		assert_noop!(approve(OWNER, hash), Error::<Test>::NotInCommittee);
		Committee::set(Vec::new());
		assert_noop!(approve(ANCHORS[0], hash), Error::<Test>::NotInCommittee);
	});
}

#[test]
fn each_once() {
	run(|| {
		let hash = proposed();
		assert_ok!(approve(ANCHORS[0], hash));
		assert_noop!(approve(ANCHORS[0], hash), Error::<Test>::AlreadyApproved);
	});
}

#[test]
fn approvals_lapse_with_the_seat() {
	run(|| {
		let hash = proposed();
		assert_ok!(approve(ANCHORS[0], hash));
		Committee::set(vec![ANCHORS[1], ANCHORS[2], 14]);
		assert_ok!(approve(14, hash));
		assert_eq!(agreement(MACHINE).approvals, vec![14]);
		assert_eq!(agreement(MACHINE).state, AgreementState::Proposed);
		assert_ok!(approve(ANCHORS[1], hash));
		assert_eq!(agreement(MACHINE).state, AgreementState::Agreed);
	});
}

#[test]
fn there_is_room_for_the_bound_and_no_more() {
	new_test_ext().execute_with(|| {
		let hash = proposed();
		let anchors: Vec<AccountId> = (0..=u64::from(MAX_APPROVALS)).map(|n| 200 + n).collect();
		Committee::set(anchors.clone());
		// More than a quorum without agreement: a committee as large as this one has a larger quorum.
		Agreements::<Test>::mutate(MACHINE, |agreement| {
			agreement.as_mut().unwrap().approvals = bounded(anchors[1..].to_vec());
		});
		assert_noop!(approve(anchors[0], hash), Error::<Test>::TooManyApprovals);
	});
}

#[test]
fn until_the_deadline() {
	for (slot, counts) in [(119, true), (120, true), (121, false)] {
		run(|| {
			let hash = proposed();
			Now::set(slot);
			if counts {
				assert_ok!(approve(ANCHORS[0], hash));
			} else {
				assert_noop!(approve(ANCHORS[0], hash), Error::<Test>::DeadlinePassed);
			}
		});
	}
}

#[test]
fn only_what_is_proposed() {
	run(|| {
		assert_noop!(approve(ANCHORS[0], H256::zero()), Error::<Test>::NoAgreement);
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, None));
		assert_noop!(approve(ANCHORS[0], hash(MACHINE)), Error::<Test>::NotProposed);
	});
}
