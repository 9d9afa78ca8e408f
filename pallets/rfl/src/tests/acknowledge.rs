//! `acknowledge` and its authorisation.

use crate::{mock::*, worker::*, *};
use exabits_primitives::{keys::machine, LeaseId, LeaseState};
use frame_support::{
	assert_noop, assert_ok,
	pallet_prelude::{InvalidTransaction, TransactionSource, TransactionValidityError},
	traits::Authorize,
};
use sp_runtime::{transaction_validity::ValidTransaction, DispatchError::BadOrigin};

fn authorize(
	id: LeaseId,
	signature: machine::Signature,
) -> Result<ValidTransaction, TransactionValidityError> {
	let call = RuntimeCall::from(Call::acknowledge { lease: id, access: access(), signature });
	call.authorize(TransactionSource::External).unwrap().map(|(valid, _)| valid)
}

fn signature(seed: u8, id: LeaseId) -> machine::Signature {
	sign(seed, &Rfl::acknowledgement_payload(id, &lease(id), &access()))
}

#[test]
fn runs_the_lease_once() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START);
		told();

		assert_ok!(acknowledge(id));

		assert_eq!(last_event(), Event::LeaseRunning { lease: id, machine });
		assert_eq!(told(), [Told::Running(id, machine)]);
		assert_eq!(lease(id).state, LeaseState::Running);
		assert_eq!(Rfl::access(id), Some(access().into_inner()));
		assert_noop!(acknowledge(id), Error::<Test>::NotPlaced);
	});
}

#[test]
fn from_the_start_to_the_deadline() {
	run(|| {
		committed(ALICE, 2);
		let ids = [(); 2].map(|_| place(1_000, None).unwrap());
		Now::set(START - 1);
		assert_noop!(acknowledge(ids[0]), Error::<Test>::NotStarted);
		Now::set(START);
		assert_ok!(acknowledge(ids[0]));
		Now::set(START + ACKNOWLEDGE + 1);
		assert_noop!(acknowledge(ids[1]), Error::<Test>::DeadlinePassed);
		Now::set(START + ACKNOWLEDGE);
		assert_ok!(acknowledge(ids[1]));
	});
}

#[test]
fn not_for_unknown_or_failing_leases() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		assert_noop!(acknowledge(LeaseId(9)), Error::<Test>::UnknownLease);
		Now::set(START);
		assert_ok!(evacuate(machine));
		assert_noop!(acknowledge(id), Error::<Test>::Failing);
	});
}

#[test]
fn only_authorised() {
	run(|| {
		committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START);
		for origin in [RuntimeOrigin::signed(ALICE), RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Rfl::acknowledge(origin, id, access(), signature(0, id)), BadOrigin);
		}
	});
}

#[test]
fn the_machine_key_authorises() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START + 3);

		let valid = authorize(id, signature(0, id)).unwrap();

		assert_eq!(valid.priority, 100);
		assert_eq!(valid.longevity, 8);
		assert!(valid.propagate);
		use codec::Encode;
		assert_eq!(valid.provides, [("RflAcknowledge", (id, machine)).encode()]);
	});
}

#[test]
fn forged_and_replayed_signatures_do_not() {
	run(|| {
		committed(ALICE, 1);
		committed(BOB, 1);
		let id = place(500, None).unwrap();
		let other = place(500, None).unwrap();
		Now::set(START);
		let bad = || Err(InvalidTransaction::BadProof.into());
		assert_eq!(authorize(id, signature(1, id)), bad(), "another machine's key");
		assert_eq!(authorize(id, signature(0, other)), bad(), "another lease's signature");
		let otherwise: Access = b"mine".to_vec().try_into().unwrap();
		let swapped = sign(0, &Rfl::acknowledgement_payload(id, &lease(id), &otherwise));
		assert_eq!(authorize(id, swapped), bad(), "another content's signature");
		let genesis = System::block_hash(0);
		frame_system::BlockHash::<Test>::insert(0, sp_core::H256::repeat_byte(5));
		let elsewhere = signature(0, id);
		frame_system::BlockHash::<Test>::insert(0, genesis);
		assert_eq!(authorize(id, elsewhere), bad(), "another chain's signature");
	});
}

#[test]
fn cheap_refusals_come_before_the_signature() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(500, None).unwrap();
		let late = place(250, None).unwrap();
		let refused = |id| authorize(id, sign(9, b"nothing")).unwrap_err();
		assert_eq!(refused(LeaseId(9)), InvalidTransaction::Custom(UNKNOWN_LEASE).into());
		Now::set(START - 1);
		assert_eq!(refused(id), InvalidTransaction::Future.into());
		Now::set(START + ACKNOWLEDGE);
		assert_ok!(acknowledge(id));
		assert_eq!(refused(id), InvalidTransaction::Stale.into());
		Now::set(START + ACKNOWLEDGE + 1);
		assert_eq!(refused(late), InvalidTransaction::Stale.into());
		Now::set(START + ACKNOWLEDGE);
		assert_ok!(evacuate(machine));
		assert_eq!(refused(late), InvalidTransaction::Custom(FAILING).into());
	});
}

#[test]
fn the_old_machine_cannot_acknowledge_a_moved_lease() {
	run(|| {
		committed(ALICE, 1);
		committed(BOB, 1);
		let id = place(1_000, Some(exabits_primitives::MachineId(0))).unwrap();
		at(START + ACKNOWLEDGE + 1);
		assert_eq!(lease(id).machine.0, 1);
		assert_eq!(authorize(id, signature(0, id)), Err(InvalidTransaction::BadProof.into()));
		assert_ok!(authorize(id, signature(1, id)));
	});
}

/// What a gap in blocks does to the time for an acknowledgement.
mod gaps {
	use super::*;

	#[test]
	fn the_deadline_moves_by_the_gap() {
		// 37 slots without a block, from the fourth on.
		let last = START + ACKNOWLEDGE + 37;
		for (slot, acknowledged) in [(last - 1, true), (last, true), (last + 1, false)] {
			run(|| {
				let machine = committed(ALICE, 1);
				let id = place(1_000, None).unwrap();
				at(START + 2);
				gap(START + 3, START + 40);
				poll();
				assert_eq!(Rfl::pending_leases(machine)[0].acknowledge_by, last);
				Now::set(slot);
				if acknowledged {
					assert_ok!(acknowledge(id));
				} else {
					assert_noop!(acknowledge(id), Error::<Test>::DeadlinePassed);
				}
			});
		}
	}

	#[test]
	fn the_sweep_waits_as_long_and_then_acts_once() {
		run(|| {
			let machine = committed(ALICE, 1);
			let id = place(1_000, None).unwrap();
			told();
			let last = START + ACKNOWLEDGE + 37;
			gap(START + 3, START + 40);
			for slot in START + 40..=last {
				at(slot);
				assert_noop!(
					Rfl::sweep_acknowledgement(RuntimeOrigin::signed(TENANT), id),
					Error::<Test>::NotDue
				);
			}
			assert!(told().is_empty());
			at(last + 1);
			assert_eq!(told(), [Told::Failed(id, machine, sp_runtime::Perbill::one())]);
			assert_eq!(AcknowledgementsDue::<Test>::iter().count(), 0);
		});
	}

	#[test]
	fn a_gap_after_the_deadline_moves_nothing() {
		for (from, moved) in [(START + ACKNOWLEDGE, true), (START + ACKNOWLEDGE + 1, false)] {
			run(|| {
				committed(ALICE, 1);
				let id = place(1_000, None).unwrap();
				gap(from, START + 45);
				assert_eq!(acknowledge(id).is_ok(), moved, "from {from}");
			});
		}
	}

	#[test]
	fn a_gap_before_the_lease_starts_counts_from_its_start_on() {
		for (to, more) in [(START, 0), (START + 1, 1), (START + 5, 5)] {
			run(|| {
				let machine = committed(ALICE, 1);
				place(1_000, None).unwrap();
				gap(START - 20, to);
				assert_eq!(Rfl::pending_leases(machine)[0].acknowledge_by, START + ACKNOWLEDGE + more);
			});
		}
	}

	#[test]
	fn the_windows_end_does_not_move() {
		for (slot, acknowledged) in [(START + WINDOW - 1, true), (START + WINDOW, false)] {
			run(|| {
				committed(ALICE, 1);
				let id = place(1_000, None).unwrap();
				gap(START + 3, START + WINDOW - 3);
				poll();
				at(slot);
				assert_eq!(acknowledge(id).is_ok(), acknowledged, "slot {slot}");
			});
		}
	}
}
