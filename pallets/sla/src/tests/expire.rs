use crate::{mock::*, *};
use exabits_primitives::MachineId;
use frame_support::{
	assert_noop, assert_ok,
	traits::Hooks,
	weights::{Weight, WeightMeter},
};

fn proposed(machine: MachineId) {
	assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), machine, TEMPLATE, Some(stricter())));
}

fn state(machine: MachineId) -> AgreementState {
	agreement(machine).state
}

#[test]
fn anyone_expires_what_is_overdue() {
	for (slot, due) in [(119, false), (120, false), (121, true)] {
		run(|| {
			proposed(MACHINE);
			System::reset_events();
			Now::set(slot);
			let expired = Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE);
			if due {
				assert_ok!(expired);
				assert_eq!(state(MACHINE), AgreementState::Expired);
				assert_eq!(events(), [Event::AgreementExpired { machine: MACHINE, hash: hash(MACHINE) }]);
			} else {
				assert_noop!(expired, Error::<Test>::NotDue);
			}
		});
	}
}

#[test]
fn a_gap_in_blocks_gives_as_much_more_time() {
	// The deadline is slot 120; the 40 slots from 110 to 149 have no block.
	for (slot, due) in [(159, false), (160, false), (161, true)] {
		run(|| {
			proposed(MACHINE);
			gap(110, 150);
			sweep();
			assert!(agreement(MACHINE).queued);
			Now::set(slot);
			let approval = Sla::approve(RuntimeOrigin::signed(ANCHORS[0]), MACHINE, hash(MACHINE));
			if due {
				assert_noop!(approval, Error::<Test>::DeadlinePassed);
			} else {
				assert_ok!(approval);
				assert_noop!(Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE), Error::<Test>::NotDue);
			}
			sweep();
			assert_eq!(state(MACHINE) == AgreementState::Expired, due, "slot {slot}");
		});
	}
}

#[test]
fn a_gap_after_the_deadline_gives_none() {
	for (from, due) in [(120, false), (121, true)] {
		run(|| {
			proposed(MACHINE);
			gap(from, 160);
			sweep();
			assert_eq!(state(MACHINE) == AgreementState::Expired, due, "from {from}");
		});
	}
}

#[test]
fn the_sweep_expires_at_the_same_slot() {
	for (slot, swept) in [(119, false), (120, false), (121, true), (500, true)] {
		run(|| {
			proposed(MACHINE);
			Now::set(slot);
			sweep();
			assert_eq!(state(MACHINE) == AgreementState::Expired, swept);
			assert_eq!(agreement(MACHINE).queued, !swept);
		});
	}
}

#[test]
fn only_proposals_expire() {
	run(|| {
		assert_noop!(Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE), Error::<Test>::NoAgreement);
		activate(MACHINE);
		Now::set(1_000);
		assert_noop!(Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE), Error::<Test>::NoAgreement);
		sweep();
		assert_eq!(state(MACHINE), AgreementState::Active);
	});
}

#[test]
fn approved_terms_are_accepted_in_time_or_expire() {
	// Approved in slot 110, they may be accepted up to slot 130.
	for (slot, due) in [(129, false), (130, false), (131, true)] {
		run(|| {
			proposed(MACHINE);
			Now::set(110);
			for anchor in &ANCHORS[..2] {
				assert_ok!(Sla::approve(RuntimeOrigin::signed(*anchor), MACHINE, hash(MACHINE)));
			}
			Now::set(121);
			sweep();
			assert_eq!(state(MACHINE), AgreementState::Agreed);
			Now::set(slot);
			let accepted = Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE));
			assert_eq!(accepted == Err(Error::<Test>::DeadlinePassed.into()), due, "slot {slot}");
			assert_eq!(accepted.is_ok(), !due);
			sweep();
			let now = if due { AgreementState::Expired } else { AgreementState::Testing };
			assert_eq!(state(MACHINE), now);
			assert_eq!(agreement(MACHINE).queued, !due);
		});
	}
}

#[test]
fn a_templates_own_terms_wait_for_ever() {
	run(|| {
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, None));
		Now::set(10_000);
		sweep();
		assert_noop!(Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE), Error::<Test>::NotProposed);
		assert_ok!(Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE)));
	});
}

#[test]
fn an_entry_of_replaced_terms_moves_on() {
	run(|| {
		proposed(MACHINE);
		Now::set(110);
		proposed(MACHINE);
		Now::set(121);
		sweep();
		assert_eq!(state(MACHINE), AgreementState::Proposed);
		assert_eq!(Expiries::<Test>::get(131), vec![Due::Negotiation(MACHINE)]);
		Now::set(131);
		sweep();
		assert_eq!(state(MACHINE), AgreementState::Expired);
	});
}

#[test]
fn a_called_expiry_leaves_nothing_for_the_sweep() {
	run(|| {
		proposed(MACHINE);
		Now::set(121);
		assert_ok!(Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE));
		System::reset_events();
		sweep();
		assert_eq!(events(), []);
		assert!(!agreement(MACHINE).queued);
	});
}

#[test]
fn a_sweep_stops_at_its_meter_and_goes_on() {
	run(|| {
		let machines = [MACHINE, MachineId(20), MachineId(21)];
		for machine in machines {
			proposed(machine);
		}
		Now::set(130);
		let expired = || machines.iter().filter(|m| state(**m) == AgreementState::Expired).count();
		let (slot, entry) = (<() as WeightInfo>::sweep_slot(), Sla::sweep_entry_weight());

		let mut none = WeightMeter::with_limit(Weight::zero());
		Sla::on_poll(1, &mut none);
		assert_eq!(expired(), 0);

		// 21 empty slots since the proposal, then the first entry and not the second.
		let mut one = WeightMeter::with_limit(slot * 23 + entry);
		Sla::on_poll(1, &mut one);
		assert_eq!(expired(), 1);
		assert!(one.remaining().any_lt(entry));

		sweep();
		assert_eq!(expired(), 3);
	});
}
