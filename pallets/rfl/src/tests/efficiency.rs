//! `RFL_efficiency`.

use crate::{mock::*, *};
use exabits_primitives::{MachineId, Machines as _, WindowIndex};
use frame_support::assert_ok;
use sp_runtime::Perbill;

/// Commits, serves `milli` for the whole of window 10, and closes it.
fn serve(owner: AccountId, devices: u32, milli: u32) -> MachineId {
	let machine = committed(owner, devices);
	let now = Now::get();
	let id = place(milli, Some(machine)).unwrap();
	Now::set(START);
	assert_ok!(acknowledge(id));
	Now::set(now);
	machine
}

#[test]
fn is_nothing_without_machines_and_zero_before_delivery() {
	run(|| {
		assert_eq!(Rfl::efficiency(), Perbill::zero());
		let machine = online(ALICE, 1);
		assert_eq!(Rfl::efficiency(), Perbill::zero());
		assert_eq!(Rfl::utilisation(machine), Some(Perbill::zero()));
		assert_eq!(Rfl::utilisation(MachineId(9)), None);
	});
}

#[test]
fn weighs_machines_by_their_performance() {
	run(|| {
		let full = serve(ALICE, 1, 1_000);
		let half = serve(BOB, 3, 1_000);
		online(CAROL, 4);
		at(START + CLOSE);
		assert_eq!(Rfl::utilisation(full), Some(Perbill::one()));
		assert_eq!(Rfl::utilisation(half), Some(Perbill::from_parts(333_333_333)));
		// (1 + 3/3 + 0) of 8 devices.
		assert_eq!(Rfl::efficiency(), Perbill::from_parts(249_999_999));
		assert_eq!(Rfl::class_efficiency(CLASS), Rfl::efficiency());
	});
}

#[test]
fn counts_machines_while_they_are_online() {
	run(|| {
		let machine = serve(ALICE, 1, 1_000);
		online(BOB, 1);
		at(START + CLOSE);
		assert_eq!(Rfl::efficiency(), Perbill::from_percent(50));
		assert_ok!(Rfl::suspend(machine));
		assert_eq!(Rfl::efficiency(), Perbill::zero());
		assert_ok!(Rfl::online(machine));
		assert_eq!(Rfl::efficiency(), Perbill::from_percent(50));
		assert_ok!(Rfl::drain(RuntimeOrigin::signed(ALICE), machine));
		assert_eq!(Rfl::efficiency(), Perbill::zero());
	});
}

#[test]
fn the_past_fades() {
	run(|| {
		let machine = serve(ALICE, 1, 1_000);
		at(START + CLOSE);
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(12), 1));
		at(START + 2 * WINDOW + CLOSE);
		// One window of delivery, two windows old, and one of none.
		let record = Machines::<Test>::get(machine).unwrap().utilisation;
		let left = exabits_math::efficiency::decay(60_000, 2);
		assert_eq!((record.delivered, record.offered), (left, left + 60_000));
		assert_eq!(record.window, WindowIndex(12));
		assert_eq!(Rfl::efficiency(), record.share());
	});
}

#[test]
fn being_given_work_raises_nothing() {
	run(|| {
		let machine = committed(ALICE, 1);
		place(1_000, None).unwrap();
		at(START + CLOSE);
		assert_eq!(Rfl::utilisation(machine), Some(Perbill::zero()));
	});
}

#[test]
fn closes_out_of_order_count_all_the_same() {
	let first = Utilisation::default().with(WindowIndex(5), 10, 20).unwrap();
	let late = first.with(WindowIndex(4), 3, 6).unwrap();
	assert_eq!((late.delivered, late.offered, late.window), (13, 26, WindowIndex(5)));
	assert_eq!(first.with(WindowIndex(5), u64::MAX, 0), None);
}
