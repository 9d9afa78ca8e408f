//! Which devices can be challenged.

use crate::mock::*;
use exabits_primitives::{LeaseId, Leases as _, MachineId};
use frame_support::assert_ok;

#[test]
fn are_all_that_no_lease_of_the_window_has() {
	run(|| {
		assert!(Rfl::idle_devices(MachineId(0)).is_empty(), "unknown");
		let machine = committed(ALICE, 4);
		assert_ok!(place(2_000, None));
		assert_ok!(place(125, None));
		// Before the window, in its first and last slot, and after it.
		for (slot, idle) in [
			(START - 1, vec![0, 1, 2, 3]),
			(START, vec![3]),
			(START + WINDOW - 1, vec![3]),
			(START + WINDOW, vec![0, 1, 2, 3]),
		] {
			Now::set(slot);
			assert_eq!(Rfl::idle_devices(machine), idle, "{slot}");
		}
	});
}

#[test]
fn are_free_again_when_a_lease_is_rejected_and_none_while_a_machine_is_evacuated() {
	run(|| {
		let machine = committed(ALICE, 2);
		let lease: LeaseId = place(1_000, None).unwrap();
		Now::set(START);
		assert_ok!(acknowledge(lease));
		assert_eq!(Rfl::idle_devices(machine), [1]);
		assert_ok!(Rfl::reject_lease(lease, &TENANT));
		assert_eq!(Rfl::idle_devices(machine), [0, 1]);
		assert_ok!(evacuate(machine));
		assert!(Rfl::idle_devices(machine).is_empty());
	});
}
