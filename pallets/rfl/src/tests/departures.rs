//! Leases that have not started leave a machine that is not in service: `sweep_departure`.

use crate::{mock::*, *};
use exabits_primitives::{
	LeaseId, LeaseRequest, LeaseState, MachineId, MachineState, Machines as _, WindowIndex,
};
use frame_support::{assert_noop, assert_ok};

/// A machine with its device committed in windows 10 and 11.
fn both(owner: AccountId) -> MachineId {
	let machine = committed(owner, 1);
	assert_ok!(Rfl::commit(RuntimeOrigin::signed(owner), machine, WindowIndex(11), 1));
	machine
}

fn sweep(id: LeaseId) -> sp_runtime::DispatchResult {
	Rfl::sweep_departure(RuntimeOrigin::signed(TENANT), id)
}

#[test]
fn a_suspended_machine_is_left() {
	run(|| {
		let machine = committed(ALICE, 2);
		let leases = [1_000, 500, 500].map(|amount| place(amount, None).unwrap());
		let other = committed(BOB, 2);
		told();

		assert_ok!(Rfl::suspend(machine));
		poll();

		assert_eq!(told(), leases.map(|id| Told::Replaced(id, ALICE, other)));
		for id in leases {
			let record = lease(id);
			assert_eq!((record.machine, record.provider), (other, BOB));
			assert!(!record.moved, "it may fail and be moved yet");
			assert_eq!((record.start, record.acknowledge_by), (START, START + ACKNOWLEDGE));
		}
		at(START);
		assert_ok!(acknowledge(leases[0]));
		// One entry each: the deadline is reached once.
		at(START + ACKNOWLEDGE + 1);
		assert_eq!(lease(leases[1]).state, LeaseState::Compensated);
	});
}

#[test]
fn a_draining_machine_serves_what_fits_nowhere_else() {
	run(|| {
		let machine = committed(ALICE, 2);
		let leases = [1_000, 1_000].map(|amount| place(amount, None).unwrap());
		let other = committed(BOB, 1);

		assert_ok!(Rfl::drain(RuntimeOrigin::signed(ALICE), machine));
		poll();

		assert_eq!(leases.map(|id| lease(id).machine), [other, machine]);
		at(START);
		assert_ok!(acknowledge(leases[1]));
		at(START + CLOSE);
		assert_eq!(lease(leases[1]).state, LeaseState::Completed);
		assert_eq!(Machines::<Test>::get(machine).unwrap().state, MachineState::Retired);
	});
}

#[test]
fn segments_that_stay_together_leave_a_suspended_machine_but_not_one_that_drains() {
	run(|| {
		let machine = both(ALICE);
		let wish = LeaseRequest { windows: 2, ..request(1_000, None) };
		let id = <Rfl as exabits_primitives::Leases<AccountId>>::place(wish).unwrap();
		both(BOB);
		assert_ok!(Rfl::drain(RuntimeOrigin::signed(ALICE), machine));
		poll();
		assert_eq!(lease(id).machine, machine);
		assert_noop!(sweep(id), Error::<Test>::NotMovable);
		at(START);
		assert_ok!(acknowledge(id));
		at(START + WINDOW);
		assert_eq!(lease(LeaseId(1)).state, LeaseState::Running);
		assert_eq!(lease(LeaseId(1)).machine, machine);
	});
	run(|| {
		let machine = both(ALICE);
		let wish = LeaseRequest { windows: 2, ..request(1_000, None) };
		let id = <Rfl as exabits_primitives::Leases<AccountId>>::place(wish).unwrap();
		let other = both(BOB);
		assert_ok!(Rfl::suspend(machine));
		poll();
		assert_eq!([id, LeaseId(1)].map(|id| lease(id).machine), [other; 2]);
	});
}

#[test]
fn what_fitted_nowhere_is_tried_again_at_its_start() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		assert_ok!(Rfl::suspend(machine));
		poll();
		assert_eq!(lease(id).machine, machine);
		let other = committed(BOB, 1);
		at(START - 1);
		assert_eq!(lease(id).machine, machine);
		at(START);
		assert_eq!(lease(id).machine, other);
		assert_ok!(acknowledge(id));
	});
}

#[test]
fn a_machine_that_is_back_keeps_its_leases() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		committed(BOB, 1);
		assert_ok!(Rfl::suspend(machine));
		assert_ok!(Rfl::online(machine));
		poll();
		assert_eq!(lease(id).machine, machine);
	});
}

#[test]
fn one_that_fits_nowhere_strands_none() {
	run(|| {
		let machine = committed(ALICE, 3);
		let large = place(3_000, None).unwrap();
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(11), 3));
		let mut next = request(500, None);
		next.key.window = WindowIndex(11);
		let later = <Rfl as exabits_primitives::Leases<AccountId>>::place(next).unwrap();
		let other = online(BOB, 1);
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(BOB), other, WindowIndex(11), 1));
		assert_ok!(Rfl::suspend(machine));
		poll();
		assert_eq!([large, later].map(|id| lease(id).machine), [machine, other]);
	});
}

#[test]
fn anybody_may_move_one() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		assert_noop!(sweep(LeaseId(9)), Error::<Test>::UnknownLease);
		assert_noop!(sweep(id), Error::<Test>::InService);
		assert_ok!(Rfl::suspend(machine));
		assert_noop!(sweep(id), Error::<Test>::HintRequired);
		let other = committed(BOB, 1);
		Now::set(START);
		assert_noop!(sweep(id), Error::<Test>::Started);
		Now::set(START - 1);
		assert_ok!(sweep(id));
		assert_eq!(lease(id).machine, other);
		assert_noop!(sweep(id), Error::<Test>::InService);
	});
}
