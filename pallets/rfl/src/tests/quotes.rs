//! What is quoted.

use crate::{mock::*, *};
use exabits_math::pricing::{quote, Adjustment};
use exabits_primitives::{ClassId, Classes as _, Machines as _, WindowIndex};
use frame_support::assert_ok;
use sp_runtime::Perbill;

fn quoted(window: u32) -> exabits_primitives::apis::Quote {
	Rfl::quote(CLASS, WindowIndex(window)).unwrap()
}

#[test]
fn quotes_windows_that_may_be_committed_and_the_one_that_runs() {
	run(|| {
		// Window 9 runs.
		for (window, known) in [(8, false), (9, true), (14, true), (15, false), (u32::MAX, false)] {
			assert_eq!(Rfl::quote(CLASS, WindowIndex(window)).is_some(), known, "{window}");
		}
		assert_eq!(Rfl::quote(ClassId(1), WindowIndex(10)), None);
	});
}

#[test]
fn where_nothing_is_online_nothing_is_free() {
	run(|| {
		let empty = quoted(10);
		assert_eq!((empty.utilisation, empty.efficiency), (Perbill::one(), Perbill::zero()));
		// Twice the price, and a quarter more.
		assert_eq!((empty.reference, empty.price), (1_000_000, 2_500_000));
	});
}

#[test]
fn what_is_redeemed_raises_the_quote_of_its_window_and_not_the_reference_price() {
	run(|| {
		committed(ALICE, 4);
		// A quarter more, since nothing has been delivered yet, of half the price.
		assert_eq!(quoted(10).price, 625_000);
		place(2_000, None).unwrap();
		assert_eq!(quoted(10).utilisation, Perbill::from_percent(50));
		assert_eq!(quoted(11).utilisation, Perbill::zero());
		assert!(quoted(10).price > quoted(11).price);
		place(1_000, None).unwrap();
		assert_eq!(quoted(10).price, 1_250_000);
		place(1_000, None).unwrap();
		assert_eq!(quoted(10).price, 2_500_000);
		assert_eq!((quoted(10).reference, Rfl::class(CLASS).unwrap().price), (1_000_000, 1_000_000));
	});
}

#[test]
fn what_is_expected_counts_before_it_is_redeemed() {
	run(|| {
		committed(ALICE, 4);
		place(2_000, None).unwrap();
		at(START + WINDOW);
		// Window 11 runs from here; half of the devices were asked for in the last one.
		assert_eq!(quoted(12).utilisation, Perbill::from_percent(50));
		assert_ok!(Rfl::suspend(exabits_primitives::MachineId(0)));
		online(BOB, 1);
		assert_eq!(quoted(12).utilisation, Perbill::one());
	});
}

#[test]
fn efficiency_lowers_the_quote() {
	run(|| {
		let machine = committed(ALICE, 1);
		let lease = place(1_000, None).unwrap();
		Now::set(START);
		assert_ok!(acknowledge(lease));
		Now::set(START + WINDOW - 1);
		let before = quoted(10);
		at(START + CLOSE);
		let after = quoted(12);
		assert_eq!(Rfl::utilisation(machine), Some(Perbill::one()));
		assert_eq!((before.efficiency, after.efficiency), (Perbill::zero(), Perbill::one()));
		assert_eq!((before.utilisation, after.utilisation), (Perbill::one(), Perbill::one()));
		assert_eq!((before.price, after.price), (2_500_000, 2_000_000));
	});
}

#[test]
fn compute_is_priced_by_performance_and_time() {
	run(|| {
		committed(ALICE, 4);
		place(3_000, None).unwrap();
		let price = quoted(10).price;
		// 500 of performance for 60 slots.
		assert_eq!(quoted(10).per_performance, (price * 1_000_000_000).div_ceil(500 * 60));
	});
}

#[test]
fn governance_sets_by_how_much_quotes_differ() {
	run(|| {
		committed(ALICE, 4);
		let still = Adjustment { surge: 0, discount: Perbill::zero(), premium: 0, ..Adjustment::default() };
		let parameters = Parameters { quotes: still, ..ClassParameters::<Test>::get(CLASS).unwrap() };
		assert_ok!(Rfl::set_parameters(RuntimeOrigin::root(), CLASS, parameters));
		assert_eq!(quoted(10).price, 1_000_000);
		let steep = Adjustment { surge: 4_000_000, ..Adjustment::default() };
		let parameters = Parameters { quotes: steep, ..parameters };
		assert_ok!(Rfl::set_parameters(RuntimeOrigin::root(), CLASS, parameters));
		place(4_000, None).unwrap();
		let made = quote(1_000_000, Perbill::one(), Perbill::zero(), &steep);
		assert_eq!(Some(quoted(10).price), made);
		assert_eq!(made, Some(6_250_000));
	});
}
