//! `uncommit`.

use crate::{mock::*, *};
use exabits_math::placement::choice::PAGE;
use exabits_primitives::{Capacity, MachineId, MilliDevices, WindowIndex};
use frame_support::{assert_noop, assert_ok};

fn uncommit(machine: MachineId) -> sp_runtime::DispatchResult {
	Rfl::uncommit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(10))
}

#[test]
fn takes_back_and_forgets_the_deadline() {
	run(|| {
		let machine = committed(ALICE, 2);

		assert_ok!(uncommit(machine));

		assert_eq!(last_event(), Event::Uncommitted { machine, key: utc() });
		assert_eq!(Rfl::committed(&ALICE, &utc()), MilliDevices(0));
		assert_eq!(ClosesDue::<Test>::iter().count(), 0);
		assert_eq!(Pages::<Test>::iter().count() + Summaries::<Test>::iter().count(), 0);
		assert_eq!(Places::<Test>::iter().count(), 0);
		assert_noop!(uncommit(machine), Error::<Test>::NotCommitted);
	});
}

#[test]
fn the_last_machine_of_the_bucket_fills_the_gap() {
	run(|| {
		let machines: Vec<_> = (0..PAGE + 1).map(|n| committed(if n < 9 { ALICE } else { BOB }, 1)).collect();
		let last = machines[16];
		assert_eq!(Places::<Test>::get(utc(), last).map(|place| place.page), Some(1));

		assert_ok!(uncommit(machines[3]));

		assert_eq!(Places::<Test>::get(utc(), machines[3]), None);
		let place = Places::<Test>::get(utc(), last).unwrap();
		assert_eq!(place.page, 0);
		let page = Pages::<Test>::get((utc(), place.bucket, 0));
		assert_eq!((page.in_bucket, page.entries[3].machine), (PAGE, last));
		assert_eq!(Pages::<Test>::iter().count(), 1);
		check();
		assert_ok!(uncommit(machines[4]));
		check();
	});
}

#[test]
fn only_before_the_window_starts() {
	run(|| {
		let machine = committed(ALICE, 1);
		let other = committed(ALICE, 1);
		for slot in [START, START + 1] {
			Now::set(slot);
			assert_noop!(uncommit(machine), Error::<Test>::WindowStarted);
		}
		Now::set(START - 1);
		assert_ok!(uncommit(other));
	});
}

#[test]
fn not_while_leases_are_placed() {
	run(|| {
		let machine = committed(ALICE, 1);
		place(125, None).unwrap();
		assert_noop!(uncommit(machine), Error::<Test>::LeasesPlaced);
	});
}

#[test]
fn not_while_minted_utc_needs_it() {
	run(|| {
		let machine = committed(ALICE, 2);
		let other = committed(ALICE, 1);
		Minted::mutate(|map| map.insert((ALICE, utc()), 1_001));
		assert_noop!(uncommit(machine), Error::<Test>::StillMinted);
		Minted::mutate(|map| map.insert((ALICE, utc()), 1_000));
		assert_ok!(uncommit(machine));
		assert_noop!(uncommit(other), Error::<Test>::StillMinted);
	});
}

#[test]
fn is_the_owners() {
	run(|| {
		let machine = committed(BOB, 1);
		assert_noop!(uncommit(machine), Error::<Test>::NotOwner);
		assert_noop!(uncommit(MachineId(9)), Error::<Test>::UnknownMachine);
	});
}
