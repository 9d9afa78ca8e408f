//! `commit`.

use crate::{mock::*, *};
use exabits_primitives::{Capacity, MachineId, Machines as _, MilliDevices, UtcKey, WindowIndex};
use frame_support::{assert_noop, assert_ok};

fn commit(machine: MachineId, window: u32, devices: u32) -> sp_runtime::DispatchResult {
	Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(window), devices)
}

#[test]
fn commits_to_the_utc_of_class_template_and_window() {
	run(|| {
		let machine = online(ALICE, 4);
		let other = online(ALICE, 2);

		assert_ok!(commit(machine, 10, 3));

		assert_eq!(last_event(), Event::Committed { machine, key: utc(), devices: 3 });
		assert_eq!(Rfl::committed(&ALICE, &utc()), MilliDevices(3_000));
		assert_ok!(commit(other, 10, 2));
		assert_eq!(Rfl::committed(&ALICE, &utc()), MilliDevices(5_000));
		assert_eq!(Rfl::committed(&BOB, &utc()), MilliDevices(0));
		assert_eq!(Rfl::committed(&ALICE, &UtcKey { window: WindowIndex(11), ..utc() }), MilliDevices(0));
	});
}

#[test]
fn takes_windows_after_the_current_one_and_not_too_far_ahead() {
	run(|| {
		let machine = online(ALICE, 1);
		for window in [0, 8, 9, 15, u32::MAX] {
			assert_noop!(commit(machine, window, 1), Error::<Test>::WindowOutOfRange);
		}
		assert_ok!(commit(machine, 10, 1));
		assert_ok!(commit(machine, 14, 1));
		Now::set(START - 1);
		assert_noop!(commit(machine, 15, 1), Error::<Test>::WindowOutOfRange);
		Now::set(START);
		assert_ok!(commit(machine, 15, 1));
		assert_noop!(commit(machine, 10, 1), Error::<Test>::WindowOutOfRange);
	});
}

#[test]
fn takes_no_more_devices_than_there_are() {
	run(|| {
		let machine = online(ALICE, 2);
		for devices in [0, 3, u32::MAX] {
			assert_noop!(commit(machine, 10, devices), Error::<Test>::InvalidDevices);
		}
	});
}

#[test]
fn one_commitment_per_window() {
	run(|| {
		let machine = online(ALICE, 2);
		assert_ok!(commit(machine, 10, 1));
		assert_noop!(commit(machine, 10, 1), Error::<Test>::AlreadyCommitted);
	});
}

#[test]
fn needs_an_online_machine_of_ones_own_with_an_agreement() {
	run(|| {
		let machine = online(ALICE, 1);
		let theirs = online(BOB, 1);
		let fresh = registered(ALICE, 1);
		assert_noop!(commit(theirs, 10, 1), Error::<Test>::NotOwner);
		assert_noop!(commit(MachineId(9), 10, 1), Error::<Test>::UnknownMachine);
		assert_noop!(commit(fresh, 10, 1), Error::<Test>::NotOnline);
		assert_ok!(Rfl::suspend(machine));
		assert_noop!(commit(machine, 10, 1), Error::<Test>::NotOnline);
		assert_ok!(Rfl::online(machine));
		NoAgreementOf::mutate(|set| set.insert(machine));
		assert_noop!(commit(machine, 10, 1), Error::<Test>::NoAgreement);
	});
}

#[test]
fn a_full_queue_of_closes_is_an_error() {
	run(|| {
		MaxDuePerSlot::set(1);
		let commit = |owner: AccountId| {
			let machine = online(owner, 1);
			(machine, move || Rfl::commit(RuntimeOrigin::signed(owner), machine, WindowIndex(10), 1))
		};
		for n in 0..17 {
			assert_ok!(commit(1 + n % 3).1());
		}
		let (machine, once_more) = commit(ALICE);
		assert_noop!(once_more(), Error::<Test>::TooManyDeadlines);
		assert!(!Commitments::<Test>::contains_key(machine, WindowIndex(10)));
	});
}

#[test]
fn devices_out_of_service_are_no_longer_to_be_minted_against() {
	run(|| {
		let machine = committed(ALICE, 4);
		let other = committed(ALICE, 3);
		let idle = online(ALICE, 2);
		let may = || Rfl::committed(&ALICE, &utc());
		assert_eq!(may(), MilliDevices(7_000));
		// Without commitments it makes no difference.
		assert_ok!(Rfl::suspend(idle));
		assert_eq!(may(), MilliDevices(7_000));
		assert_ok!(Rfl::suspend(machine));
		assert_eq!(may(), MilliDevices(3_000));
		assert_ok!(Rfl::online(machine));
		assert_eq!(may(), MilliDevices(7_000));
		assert_ok!(Rfl::drain(RuntimeOrigin::signed(ALICE), other));
		assert_eq!(may(), MilliDevices(4_000));
		at(START + CLOSE);
		assert_eq!(Absent::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_is_left_without_lost_machines() {
	run(|| {
		let machine = committed(ALICE, 4);
		let other = committed(ALICE, 3);
		let left = |machines: &[MachineId]| Rfl::committed_without(&ALICE, &utc(), machines);
		assert_eq!(left(&[]), Some(MilliDevices(7_000)));
		assert_eq!(left(&[machine]), None);
		place(2_000, Some(machine)).unwrap();
		let free = |of: MachineId| Commitments::<Test>::get(of, WindowIndex(10)).unwrap().room.total();
		assert_eq!(free(machine) + free(other), 5_000);
		assert_ok!(Rfl::suspend(machine));
		assert_eq!(left(&[machine]), Some(MilliDevices(7_000 - free(machine))));
		assert_eq!((left(&[machine, machine]), left(&[machine, other])), (None, None));
		let next = UtcKey { window: WindowIndex(11), ..utc() };
		assert_eq!(Rfl::committed_without(&ALICE, &next, &[machine]), None);
		assert_eq!(Rfl::committed_without(&BOB, &utc(), &[machine]), None);
		assert_ok!(Rfl::online(machine));
		assert_eq!(left(&[machine]), None);

		// Evacuated, it is lost for the window even when it is back in service.
		Now::set(START);
		assert_ok!(evacuate(other));
		assert_eq!(left(&[other]), Some(MilliDevices(7_000 - free(other))));
	});
}
