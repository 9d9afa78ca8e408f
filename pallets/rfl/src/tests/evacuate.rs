//! `Leases::evacuate` and `sweep_failure`.

use crate::{mock::*, *};
use exabits_primitives::{LeaseId, LeaseState, Leases as _, MachineId, MilliDevices, WindowIndex};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

fn sweep(id: LeaseId) -> sp_runtime::DispatchResult {
	Rfl::sweep_failure(RuntimeOrigin::signed(TENANT), id)
}

#[test]
fn moves_running_and_waiting_leases() {
	run(|| {
		let machine = committed(ALICE, 2);
		let running = place(1_000, None).unwrap();
		let waiting = place(500, None).unwrap();
		let other = committed(BOB, 2);
		Now::set(START);
		assert_ok!(acknowledge(running));
		Now::set(START + 5);
		told();

		assert_ok!(evacuate(machine));

		assert_eq!(last_event(), Event::MachineEvacuated { machine, window: WindowIndex(10), leases: 2 });
		poll();
		assert_eq!(told(), [Told::Replaced(running, ALICE, other), Told::Replaced(waiting, ALICE, other)]);
		let record = lease(running);
		assert_eq!((record.state, record.access, record.start), (LeaseState::Placed, None, START + 5));
		let left = Commitments::<Test>::get(machine, WindowIndex(10)).unwrap();
		// Nothing is known of the round in which that happens.
		assert_eq!(left.served, 0);
		assert_eq!(left.closed_at, Some(START + 5));
		assert!(Rfl::serving(machine).is_empty());
	});
}

#[test]
fn gives_the_machine_nothing_more_in_this_window() {
	run(|| {
		let machine = committed(ALICE, 1);
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(11), 1));
		Now::set(START);
		assert_ok!(evacuate(machine));
		assert_noop!(place(125, Some(machine)), Error::<Test>::NoCapacity);
		let mut next = request(125, None);
		next.key.window = WindowIndex(11);
		assert_ok!(<Rfl as exabits_primitives::Leases<AccountId>>::place(next));
	});
}

#[test]
fn owes_from_the_round_of_the_evacuation_however_late_the_sweep() {
	run(|| {
		let machine = committed(ALICE, 1);
		let running = place(500, None).unwrap();
		let waiting = place(250, None).unwrap();
		Now::set(START);
		assert_ok!(acknowledge(running));
		Now::set(START + ROUND + 6);
		assert_ok!(evacuate(machine));
		told();

		at(START + 36);

		let left = Perbill::from_percent(75);
		assert_eq!(
			told(),
			[Told::Failed(running, machine, left), Told::Failed(waiting, machine, Perbill::one())]
		);
		assert_eq!(Commitments::<Test>::get(machine, WindowIndex(10)).unwrap().served, ROUND * 500);
	});
}

#[test]
fn the_end_of_the_window_does_not_make_an_evacuated_lease_complete() {
	run(|| {
		let machine = committed(ALICE, 1);
		let running = place(500, None).unwrap();
		Now::set(START);
		assert_ok!(acknowledge(running));
		Now::set(START + 30);
		assert_ok!(evacuate(machine));
		told();
		Now::set(START + CLOSE);
		assert_ok!(Rfl::close_commitment(RuntimeOrigin::signed(TENANT), machine, WindowIndex(10)));
		assert_eq!(told(), [Told::Failed(running, machine, Perbill::from_percent(50))]);
		poll();
		assert!(told().is_empty(), "the entry in the queue is stale");
	});
}

#[test]
fn twice_is_once() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START);
		assert_ok!(evacuate(machine));
		let events = System::events().len();
		assert_ok!(evacuate(machine));
		assert_eq!(System::events().len(), events);
		told();
		poll();
		poll();
		assert_eq!(told(), [Told::Failed(id, machine, Perbill::one())]);
	});
}

#[test]
fn a_lease_that_has_moved_meanwhile_stays_where_it_is() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		let other = committed(BOB, 1);
		Now::set(START);
		assert_ok!(evacuate(machine));
		assert_ok!(sweep(id));
		assert_eq!(lease(id).machine, other);
		poll();
		assert_eq!(lease(id).machine, other);
		assert_noop!(sweep(id), Error::<Test>::NotFailing);
	});
}

#[test]
fn a_lease_moved_to_a_machine_that_is_evacuated_too_is_compensated() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		let other = committed(BOB, 1);
		committed(CAROL, 1);
		Now::set(START);
		assert_ok!(evacuate(machine));
		poll();
		let second = lease(id).machine;
		assert_ne!(second, machine);
		told();
		Now::set(START + 1);
		assert_ok!(evacuate(second));
		poll();
		assert!(second == other || second == MachineId(2));
		assert_eq!(told(), [Told::Failed(id, second, Perbill::one())]);
	});
}

#[test]
fn without_a_commitment_there_is_nothing_to_do() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		assert_ok!(evacuate(machine));
		assert_eq!(lease(id).state, LeaseState::Placed);
		assert_noop!(sweep(id), Error::<Test>::NotFailing);
		assert_noop!(evacuate(MachineId(9)), Error::<Test>::UnknownMachine);
		assert_noop!(sweep(LeaseId(9)), Error::<Test>::UnknownLease);
	});
}

#[test]
fn a_full_machine_can_be_evacuated() {
	run(|| {
		MaxDuePerSlot::set(16);
		let machine = committed(ALICE, 16);
		for _ in 0..128 {
			place(125, None).unwrap();
		}
		Now::set(START);
		told();
		assert_ok!(evacuate(machine));
		for slot in START..START + 17 {
			at(slot);
		}
		assert_eq!(told().len(), 128);
		let commitment = Commitments::<Test>::get(machine, WindowIndex(10)).unwrap();
		assert_eq!(commitment.room.whole(), 16);
	});
}

#[test]
fn a_queue_without_room_refuses_the_whole_evacuation() {
	run(|| {
		let machine = committed(ALICE, 16);
		for _ in 0..128 {
			place(125, None).unwrap();
		}
		Now::set(START);
		MaxDuePerSlot::set(1);
		assert_noop!(evacuate(machine), Error::<Test>::TooManyDeadlines);
		MaxDuePerSlot::set(32);
	});
}

#[test]
fn what_is_left_of_a_commitment_is_whole_again() {
	run(|| {
		let machine = committed(ALICE, 1);
		place(500, None).unwrap();
		committed(BOB, 1);
		Now::set(START);
		assert_ok!(evacuate(machine));
		poll();
		let commitment = Commitments::<Test>::get(machine, WindowIndex(10)).unwrap();
		assert_eq!((commitment.room.whole(), commitment.room.total()), (1, 1_000));
		use exabits_primitives::Capacity as _;
		assert_eq!(Rfl::committed(&ALICE, &utc()), MilliDevices(1_000));
	});
}
