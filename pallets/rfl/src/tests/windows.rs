//! Leases of several windows.

use crate::{mock::*, *};
use exabits_primitives::{
	LeaseId, LeaseRequest, LeaseState, Leases as _, MachineId, MilliDevices, UtcKey, WindowIndex, MAX_WINDOWS,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, Perbill};

/// A machine with all its devices committed in windows 10, 11 and 12.
fn committed_thrice(owner: AccountId, devices: u32) -> MachineId {
	let machine = committed(owner, devices);
	for window in [11, 12] {
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(owner), machine, WindowIndex(window), devices));
	}
	machine
}

fn wish(amount: u32, windows: u32) -> LeaseRequest<AccountId> {
	LeaseRequest { windows, ..request(amount, None) }
}

fn with(wish: LeaseRequest<AccountId>) -> Result<LeaseId, DispatchError> {
	<Rfl as exabits_primitives::Leases<AccountId>>::place(wish)
}

fn machines_of(first: LeaseId, windows: u64) -> Vec<MachineId> {
	(first.0..first.0 + windows).map(|id| lease(LeaseId(id)).machine).collect()
}

#[test]
fn one_machine_serves_all_windows() {
	run(|| {
		// Costs less in the first window, but has no others.
		let first = committed(BOB, 1);
		let machine = committed_thrice(ALICE, 2);

		let id = with(wish(1_000, 3)).unwrap();

		assert_eq!(machines_of(id, 3), [machine; 3]);
		for (ahead, id) in (0..3).map(|ahead| (ahead, LeaseId(ahead))) {
			let record = lease(id);
			assert_eq!((record.series, record.stays), (LeaseId(0), true));
			assert_eq!(record.key.window, WindowIndex(10 + ahead as u32));
			assert_eq!(record.start, START + ahead * WINDOW);
			assert_eq!(record.acknowledge_by, record.start + ACKNOWLEDGE);
			assert_eq!(Redeemed::<Test>::get(CLASS, record.key.window), 1_000);
		}
		assert_eq!(told(), [0, 1, 2].map(|id| Told::Placed(LeaseId(id), machine)));
		assert!(Rfl::serving(first).is_empty());
	});
}

#[test]
fn a_hint_has_to_serve_all_windows() {
	run(|| {
		let short = committed(BOB, 1);
		let long = committed_thrice(ALICE, 2);
		let hint = |windows| Rfl::placement_hint(utc(), windows, MilliDevices(1_000), 0);
		assert_eq!((hint(1), hint(3), hint(4)), (Some(short), Some(long), None));
		assert_eq!((hint(0), hint(MAX_WINDOWS + 1)), (None, None));
		let id = with(LeaseRequest { hint: Some(short), ..wish(1_000, 2) }).unwrap();
		assert_eq!(machines_of(id, 2), [long; 2]);
	});
}

#[test]
fn where_it_may_move_each_window_has_a_machine() {
	run(|| {
		let first = committed(BOB, 1);
		let rest = online(ALICE, 1);
		for window in [11, 12] {
			assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), rest, WindowIndex(window), 1));
		}
		assert_noop!(with(wish(1_000, 3)), Error::<Test>::HintRequired);
		let id = with(LeaseRequest { may_move: true, ..wish(1_000, 3) }).unwrap();
		assert_eq!(machines_of(id, 3), [first, rest, rest]);
		assert!(!lease(id).stays);
		assert_noop!(with(LeaseRequest { may_move: true, ..wish(1_000, 4) }), Error::<Test>::NoCapacity);
	});
}

#[test]
fn the_number_of_windows_is_bounded() {
	run(|| {
		committed_thrice(ALICE, 1);
		for windows in [0, MAX_WINDOWS + 1, u32::MAX] {
			assert_noop!(with(wish(1_000, windows)), Error::<Test>::InvalidWindows);
		}
		let last = LeaseRequest { key: UtcKey { window: WindowIndex(u32::MAX), ..utc() }, ..wish(1_000, 2) };
		assert_noop!(with(last), Error::<Test>::Overflow);
	});
}

#[test]
fn a_segment_goes_on_with_the_access_of_the_one_before() {
	run(|| {
		let machine = committed_thrice(ALICE, 1);
		let id = with(wish(1_000, 3)).unwrap();
		let pending = |machine| {
			let leases = Rfl::pending_leases(machine).into_iter();
			leases.map(|lease| (lease.lease.0, lease.continues)).collect::<Vec<_>>()
		};
		at(START);
		assert_eq!(pending(machine), [(0, false), (1, true)]);
		assert_ok!(acknowledge(id));
		assert_eq!(pending(machine), [(1, true)]);
		at(START + WINDOW - 1);
		assert_eq!(lease(LeaseId(1)).state, LeaseState::Placed);
		told();

		at(START + WINDOW);

		let second = lease(LeaseId(1));
		assert_eq!((second.state, second.running_since), (LeaseState::Running, Some(START + WINDOW)));
		assert_eq!(second.access, Some(access()));
		assert_eq!(told(), [Told::Running(LeaseId(1), machine)]);
		System::assert_has_event(Event::LeaseRunning { lease: LeaseId(1), machine }.into());
		assert_eq!(pending(machine), [(1, true), (2, true)]);
		assert_eq!(Rfl::ran(machine, START + WINDOW, START + WINDOW + ROUND).0, [LeaseId(1)]);

		// However late the sweep, it was served from its start on.
		at(START + 2 * WINDOW + ACKNOWLEDGE + 3);
		assert_eq!(lease(LeaseId(2)).running_since, Some(START + 2 * WINDOW));
		at(START + 2 * WINDOW + CLOSE);
		assert!((0..3).all(|id| lease(LeaseId(id)).state == LeaseState::Completed));
	});
}

#[test]
fn a_segment_after_one_that_was_not_served_waits_for_an_acknowledgement() {
	run(|| {
		let machine = committed_thrice(ALICE, 1);
		let id = with(wish(1_000, 2)).unwrap();
		at(START + ACKNOWLEDGE + 1);
		assert_eq!(lease(id).state, LeaseState::Compensated);
		told();
		at(START + WINDOW);
		assert_eq!(lease(LeaseId(1)).state, LeaseState::Placed);
		let pending = Rfl::pending_leases(machine);
		assert_eq!(pending.iter().map(|lease| lease.continues).collect::<Vec<_>>(), [false]);
		at(START + WINDOW + ACKNOWLEDGE + 1);
		assert_eq!(told(), [Told::Failed(LeaseId(1), machine, Perbill::one())]);
	});
}

#[test]
fn a_segment_on_another_machine_waits_for_an_acknowledgement() {
	run(|| {
		let machine = committed_thrice(ALICE, 1);
		let id = with(wish(1_000, 2)).unwrap();
		committed(BOB, 1);
		Now::set(START);
		assert_ok!(acknowledge(id));
		assert_ok!(evacuate(machine));
		poll();
		assert_ok!(acknowledge(id));
		at(START + WINDOW);
		assert_eq!(lease(LeaseId(1)).state, LeaseState::Placed);
		assert_ok!(acknowledge(LeaseId(1)));
	});
}
