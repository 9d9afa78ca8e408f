//! `Leases::ran` and `Leases::serving`: which leases a round concerned.

use crate::mock::*;
use exabits_primitives::{LeaseId, Leases as _, MachineId, Slot, WindowIndex};
use frame_support::assert_ok;

/// The first slot of the window's last round.
const LAST: Slot = START + WINDOW - ROUND;

fn ran(machine: MachineId, from: Slot) -> Vec<LeaseId> {
	<Rfl as exabits_primitives::Leases<AccountId>>::ran(machine, from, from + ROUND).0
}

/// A machine whose lease runs from the first slot of window 10 on.
fn running() -> (MachineId, LeaseId) {
	let machine = committed(ALICE, 1);
	let id = place(500, None).unwrap();
	Now::set(START);
	assert_ok!(acknowledge(id));
	(machine, id)
}

#[test]
fn the_last_round_finds_its_leases_until_its_verdict_is_due() {
	run(|| {
		let (machine, id) = running();
		for slot in [START + WINDOW - 1, START + WINDOW, START + WINDOW + 1, START + CLOSE - 1] {
			at(slot);
			assert_eq!(ran(machine, LAST), [id], "slot {slot}");
			assert_eq!(Rfl::serving(machine), [id], "slot {slot}");
		}
		at(START + CLOSE);
		assert!(ran(machine, LAST).is_empty());
		assert!(Rfl::serving(machine).is_empty());
	});
}

#[test]
fn rounds_before_and_after_the_window_do_not_concern_it() {
	run(|| {
		let (machine, id) = running();
		Now::set(START + WINDOW + 1);
		assert!(ran(machine, START - ROUND).is_empty());
		assert_eq!(ran(machine, START), [id]);
		assert!(ran(machine, START + WINDOW).is_empty());
		assert!(ran(MachineId(9), START).is_empty());
	});
}

#[test]
fn a_lease_runs_from_its_acknowledgement_on() {
	for (since, first) in [(START + ROUND - 1, true), (START + ROUND, false), (START + ROUND + 1, false)] {
		run(|| {
			let machine = committed(ALICE, 1);
			Now::set(START + ROUND - 5);
			let id = place(500, None).unwrap();
			assert!(ran(machine, START).is_empty());
			Now::set(since);
			assert_ok!(acknowledge(id));
			assert_eq!(ran(machine, START).is_empty(), !first, "acknowledged in {since}");
			assert_eq!(ran(machine, START + ROUND), [id]);
		});
	}
}

#[test]
fn those_that_were_looked_at_are_counted() {
	run(|| {
		let machine = committed(ALICE, 1);
		let count = || <Rfl as exabits_primitives::Leases<AccountId>>::ran(machine, START, START + ROUND).1;
		assert_eq!(count(), 0);
		place(500, None).unwrap();
		assert!(ran(machine, START).is_empty());
		assert_eq!(count(), 1);
	});
}

#[test]
fn the_next_window_is_served_beside_the_one_that_waits() {
	run(|| {
		let (machine, id) = running();
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(11), 1));
		Now::set(START + WINDOW);
		let mut wish = request(250, None);
		wish.key.window = WindowIndex(11);
		let next = <Rfl as exabits_primitives::Leases<AccountId>>::place(wish).unwrap();
		assert_ok!(acknowledge(next));
		assert_eq!(Rfl::serving(machine), [id, next]);
		assert_eq!(ran(machine, LAST), [id]);
		assert_eq!(ran(machine, START + WINDOW), [next]);
		// An evacuation takes the running window off the machine, and leaves what was served.
		told();
		assert_ok!(evacuate(machine));
		poll();
		at(START + CLOSE);
		let told = told();
		assert!(told.contains(&Told::Completed(id, machine)), "{told:?}");
		assert!(matches!(told[0], Told::Failed(lease, ..) if lease == next), "{told:?}");
	});
}
