//! Missed acknowledgements.

use crate::{mock::*, *};
use exabits_primitives::{LeaseId, LeaseState, Machines as _};
use frame_support::{
	assert_noop, assert_ok,
	weights::{Weight, WeightMeter},
};
use sp_runtime::Perbill;

/// From the start of the window to its end.
fn whole() -> Perbill {
	Perbill::one()
}

fn sweep(id: LeaseId) -> sp_runtime::DispatchResult {
	Rfl::sweep_acknowledgement(RuntimeOrigin::signed(TENANT), id)
}

#[test]
fn moves_the_lease_for_the_time_left() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		let other = committed(BOB, 1);
		told();
		at(START + ACKNOWLEDGE);
		assert_eq!(lease(id).machine, machine, "the deadline itself is in time");

		at(START + ACKNOWLEDGE + 1);

		let acknowledge_by = START + 2 * ACKNOWLEDGE + 1;
		assert_eq!(last_event(), Event::LeaseMoved { lease: id, from: machine, to: other, acknowledge_by });
		assert_eq!(told(), [Told::Replaced(id, ALICE, other)]);
		let record = lease(id);
		assert_eq!((record.machine, record.provider, record.moved), (other, BOB, true));
		assert_eq!((record.start, record.acknowledge_by), (START + ACKNOWLEDGE + 1, acknowledge_by));
		check();
		assert_ok!(acknowledge(id));
		assert_ok!(place(1_000, Some(machine)));
	});
}

#[test]
fn compensates_when_nothing_else_fits() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		told();

		at(START + ACKNOWLEDGE + 1);

		assert_eq!(last_event(), Event::LeaseCompensated { lease: id, machine, remaining: whole() });
		assert_eq!(told(), [Told::Failed(id, machine, whole())]);
		assert_eq!(lease(id).state, LeaseState::Compensated);
	});
}

#[test]
fn moves_once() {
	run(|| {
		let machines = [committed(ALICE, 1), committed(BOB, 1), committed(CAROL, 1)];
		let id = place(1_000, Some(machines[0])).unwrap();
		at(START + ACKNOWLEDGE + 1);
		let second = lease(id);
		assert_ne!(second.machine, machines[0]);
		told();

		at(second.acknowledge_by + 1);

		let left = Perbill::from_rational(WINDOW - ACKNOWLEDGE - 1, WINDOW);
		assert_eq!(told(), [Told::Failed(id, second.machine, left)]);
		assert_eq!(lease(id).state, LeaseState::Compensated);
	});
}

#[test]
fn an_acknowledged_lease_is_left_alone() {
	run(|| {
		let machine = committed(ALICE, 1);
		committed(BOB, 1);
		let id = place(1_000, Some(machine)).unwrap();
		Now::set(START + ACKNOWLEDGE);
		assert_ok!(acknowledge(id));
		at(START + ACKNOWLEDGE + 1);
		assert_eq!((lease(id).machine, lease(id).state), (machine, LeaseState::Running));
	});
}

#[test]
fn does_not_move_when_too_little_is_left_and_owes_all() {
	run(|| {
		let machine = committed(ALICE, 1);
		committed(BOB, 1);
		let id = place(1_000, Some(machine)).unwrap();
		told();
		// Nothing swept until too late to move: the whole lease is owed all the same.
		at(START + WINDOW - ACKNOWLEDGE - ROUND + 1);
		assert_eq!(told(), [Told::Failed(id, machine, whole())]);
	});
}

#[test]
fn a_move_needs_an_online_machine_that_may_deliver() {
	run(|| {
		let machine = committed(ALICE, 1);
		let suspended = committed(BOB, 1);
		committed(CAROL, 1);
		let id = place(1_000, Some(machine)).unwrap();
		assert_ok!(Rfl::suspend(suspended));
		Exhausted::mutate(|set| set.insert(CAROL));
		at(START + ACKNOWLEDGE + 1);
		assert_eq!(lease(id).state, LeaseState::Compensated);
	});
}

#[test]
fn the_same_provider_serves_on_without_new_room_in_its_obligations() {
	run(|| {
		let machine = committed(ALICE, 1);
		let own = committed(ALICE, 1);
		let id = place(1_000, Some(machine)).unwrap();
		Exhausted::mutate(|set| set.insert(ALICE));
		at(START + ACKNOWLEDGE + 1);
		assert_eq!(lease(id).machine, own);
	});
}

#[test]
fn anybody_may_sweep_what_is_due() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(500, None).unwrap();
		let running = place(250, None).unwrap();
		assert_noop!(sweep(LeaseId(9)), Error::<Test>::UnknownLease);
		for slot in [START - 1, START + ACKNOWLEDGE - 1, START + ACKNOWLEDGE] {
			Now::set(slot);
			assert_noop!(sweep(id), Error::<Test>::NotDue);
		}
		assert_ok!(acknowledge(running));
		assert_noop!(sweep(running), Error::<Test>::NotPlaced);
		Now::set(START + ACKNOWLEDGE + 1);
		assert_ok!(sweep(id));
		assert_eq!(last_event(), Event::LeaseCompensated { lease: id, machine, remaining: whole() });
		// The entry still queued is stale now.
		told();
		poll();
		assert!(told().is_empty());
		assert_noop!(sweep(id), Error::<Test>::NotPlaced);
	});
}

#[test]
fn without_weight_nothing_happens_and_nothing_is_lost() {
	run(|| {
		committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START + ACKNOWLEDGE + 1);
		let mut none = WeightMeter::with_limit(Weight::zero());
		Rfl::sweep(&mut none);
		assert_eq!(lease(id).state, LeaseState::Placed);
		poll();
		assert_eq!(lease(id).state, LeaseState::Compensated);
	});
}

#[test]
fn a_tight_limit_is_kept_and_the_rest_follows() {
	run(|| {
		committed(ALICE, 1);
		let ids = [(); 3].map(|_| place(125, None).unwrap());
		at(START + ACKNOWLEDGE);
		let step = Rfl::acknowledgement_weight();
		let limit = step + <() as WeightInfo>::sweep_slot() * 8;
		SweepWeight::set(limit);
		Now::set(START + ACKNOWLEDGE + 1);
		for done in 1..=3 {
			let mut meter = WeightMeter::new();
			Rfl::sweep(&mut meter);
			assert!(meter.consumed().all_lte(limit));
			let finished = ids.iter().filter(|id| lease(**id).state == LeaseState::Compensated).count();
			assert_eq!(finished, done);
			check();
		}
	});
}
