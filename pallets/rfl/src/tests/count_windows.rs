//! `count_windows`, the sweep of the queue of classes, and what windows teach.

use crate::{mock::*, *};
use exabits_primitives::{
	Balance, ClassId, Classes as _, MachineId, Machines as _, Slot, Traded, UtcKey, WindowIndex,
};
use frame_support::{
	assert_noop, assert_ok,
	weights::{Weight, WeightMeter},
};
use proptest::prelude::*;
use sp_runtime::DispatchError::BadOrigin;

/// The end of window 10, the first that is counted.
const END: Slot = START + WINDOW;

fn count(class: ClassId) -> sp_runtime::DispatchResult {
	Rfl::count_windows(RuntimeOrigin::signed(TENANT), class)
}

fn price() -> Balance {
	Rfl::class(CLASS).unwrap().price
}

/// The last window counted.
fn counted(class: ClassId) -> WindowIndex {
	Histories::<Test>::get(class).unwrap().reference.window()
}

fn another_class() -> ClassId {
	let id = NextClass::<Test>::get();
	assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class()));
	id
}

fn trade(window: u32, price: Balance, fees: Balance) {
	Trades::mutate(|trades| trades.insert((CLASS, WindowIndex(window)), Traded { price, fees }));
}

/// What was counted so far: window, demand and price.
fn events() -> Vec<(u32, u64, Balance)> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Rfl(Event::WindowCounted { window, demand, price, .. }) => {
				Some((window.0, demand, price))
			}
			_ => None,
		})
		.collect()
}

#[test]
fn counts_a_window_when_it_is_over() {
	run(|| {
		for now in [END - WINDOW, END - 1] {
			Now::set(now);
			assert_noop!(count(CLASS), Error::<Test>::NotDue);
			poll();
			assert_eq!(counted(CLASS), WindowIndex(9));
		}
		Now::set(END);
		assert_ok!(count(CLASS));
		let counts =
			Event::WindowCounted { class: CLASS, window: WindowIndex(10), demand: 0, price: 1_000_000 };
		assert_eq!(last_event(), counts);
		assert_noop!(count(CLASS), Error::<Test>::NotDue);
	});
	for late in [0, 1] {
		run(|| {
			at(END - 1);
			assert_eq!(events(), []);
			at(END + late);
			assert_eq!(events(), [(10, 0, 1_000_000)]);
			at(END + WINDOW - 1);
			assert_eq!(events().len(), 1);
			at(END + WINDOW + late);
			assert_eq!(events()[1..], [(11, 0, 1_000_000)]);
		});
	}
}

#[test]
fn is_for_signed_callers_and_known_classes() {
	run(|| {
		Now::set(END);
		assert_noop!(Rfl::count_windows(RuntimeOrigin::none(), CLASS), BadOrigin);
		assert_noop!(count(ClassId(1)), Error::<Test>::UnknownClass);
	});
}

#[test]
fn demand_is_what_was_placed_for_the_window() {
	run(|| {
		let machine = committed(ALICE, 3);
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(11), 3));
		place(1_000, None).unwrap();
		place(125, None).unwrap();
		let next = UtcKey { window: WindowIndex(11), ..utc() };
		let lease = exabits_primitives::LeaseRequest { key: next, ..request(2_000, None) };
		assert_ok!(<Rfl as exabits_primitives::Leases<AccountId>>::place(lease));
		// One that is refused was not redeemed.
		assert!(place(3_000, None).is_err());
		assert_eq!(Redeemed::<Test>::get(CLASS, WindowIndex(10)), 1_125);
		assert_eq!(Redeemed::<Test>::get(CLASS, WindowIndex(11)), 2_000);
		// One that is redeemed while the window runs counts as well.
		Now::set(START + 20);
		place(500, None).unwrap();
		at(END);
		at(END + WINDOW);
		assert_eq!(events(), [(10, 1_625, 1_000_000), (11, 2_000, 1_000_000)]);
		assert_eq!(Redeemed::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_lease_that_fails_or_moves_was_asked_for_once() {
	run(|| {
		let machine = committed(ALICE, 1);
		committed(BOB, 1);
		let moved = place(1_000, Some(machine)).unwrap();
		place(1_000, None).unwrap();
		Now::set(START);
		assert_ok!(evacuate(machine));
		poll();
		assert_eq!(lease(moved).state, exabits_primitives::LeaseState::Compensated);
		at(END);
		assert_eq!(events(), [(10, 2_000, 1_000_000)]);
	});
	run(|| {
		let machine = committed(ALICE, 1);
		place(1_000, Some(machine)).unwrap();
		committed(BOB, 1);
		Now::set(START);
		assert_ok!(evacuate(machine));
		poll();
		at(END);
		assert_eq!(events(), [(10, 1_000, 1_000_000)]);
	});
}

#[test]
fn windows_left_out_are_counted_in_order() {
	run(|| {
		let machine = committed(ALICE, 1);
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(12), 1));
		place(1_000, None).unwrap();
		let third = UtcKey { window: WindowIndex(12), ..utc() };
		let lease = exabits_primitives::LeaseRequest { key: third, ..request(500, None) };
		assert_ok!(<Rfl as exabits_primitives::Leases<AccountId>>::place(lease));
		trade(11, 2_000_000, 1);
		// Windows 10 and 11 are left out.
		Now::set(END + 2 * WINDOW);
		// A step counts two.
		assert_ok!(count(CLASS));
		assert_eq!(counted(CLASS), WindowIndex(11));
		assert_ok!(count(CLASS));
		assert_eq!(events(), [(10, 1_000, 1_000_000), (11, 0, 1_020_000), (12, 500, 1_020_000)]);
		assert_noop!(count(CLASS), Error::<Test>::NotDue);
		assert_eq!(Histories::<Test>::get(CLASS).unwrap().forecast.observed(), 3);
	});
	run(|| {
		at(END + 2 * WINDOW);
		assert_eq!(events().iter().map(|(window, ..)| *window).collect::<Vec<_>>(), [10, 11, 12]);
		at(END + 3 * WINDOW);
		assert_eq!(counted(CLASS), WindowIndex(13));
	});
}

#[test]
fn a_long_absence_is_caught_up_over_many_blocks() {
	run(|| {
		let step = Rfl::count_weight() + <() as WeightInfo>::sweep_slot() * 200;
		Now::set(END + 100 * WINDOW);
		let mut blocks = 0;
		while counted(CLASS) < WindowIndex(110) {
			Rfl::sweep(&mut WeightMeter::with_limit(step));
			blocks += 1;
			assert!(blocks < 400, "no progress");
		}
		assert_eq!(events().len(), 101);
		assert!(blocks > 20, "{blocks} blocks");
	});
}

#[test]
fn a_call_and_the_sweep_count_a_window_once() {
	run(|| {
		Now::set(END);
		assert_ok!(count(CLASS));
		poll();
		assert_eq!(events().len(), 1);
		at(END + WINDOW - 1);
		assert_eq!(events().len(), 1);
		at(END + WINDOW);
		assert_eq!(events().len(), 2);
	});
}

#[test]
fn one_bad_entry_does_not_hold_up_the_rest() {
	run(|| {
		let (lost, stuck, good) = (another_class(), another_class(), another_class());
		let history = Histories::<Test>::take(lost).unwrap();
		let parameters = ClassParameters::<Test>::take(stuck).unwrap();
		Now::set(END);
		let enough = Rfl::count_weight() * 20 + <() as WeightInfo>::sweep_slot() * 200;
		Rfl::sweep(&mut WeightMeter::with_limit(enough));
		assert_eq!([CLASS, stuck, good].map(counted), [10, 9, 10].map(WindowIndex));
		// Each is tried again with the next window, and not before.
		assert_eq!(CountsDue::<Test>::iter_keys().collect::<Vec<_>>(), [END + WINDOW]);
		assert_eq!(CountsDue::<Test>::get(END + WINDOW).len(), 4);

		Histories::<Test>::insert(lost, history);
		ClassParameters::<Test>::insert(stuck, parameters);
		at(END + WINDOW - 1);
		assert_eq!([lost, stuck].map(counted), [WindowIndex(9); 2]);
		at(END + WINDOW);
		assert_eq!([CLASS, lost, stuck, good].map(counted), [WindowIndex(11); 4]);
	});
}

#[test]
fn a_full_block_leaves_the_rest_for_the_next() {
	run(|| {
		let classes = [CLASS, another_class(), another_class()];
		at(END - 1);
		Now::set(END);
		let done = || classes.iter().filter(|class| counted(**class) == WindowIndex(10)).count();
		Rfl::sweep(&mut WeightMeter::with_limit(Weight::zero()));
		assert_eq!(done(), 0);
		for expected in 1..4 {
			let one = Rfl::count_weight() + <() as WeightInfo>::sweep_slot() * 6;
			Rfl::sweep(&mut WeightMeter::with_limit(one));
			assert_eq!(done(), expected);
		}
	});
}

#[test]
fn classes_of_other_windows_are_counted_in_their_own_time() {
	run(|| {
		let slow = NextClass::<Test>::get();
		let window_slots = 3 * WINDOW as u32;
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), Class { window_slots, ..class() }));
		// Slot 570 is in its window 3, which is not counted; window 4 ends with slot 899.
		at(899);
		assert_eq!((counted(slow), counted(CLASS)), (WindowIndex(3), WindowIndex(13)));
		at(900);
		assert_eq!((counted(slow), counted(CLASS)), (WindowIndex(4), WindowIndex(14)));
	});
}

#[test]
fn trades_move_the_price_by_what_was_paid_for_them() {
	for (fees, cover, moved) in
		[(0, 0, 1_000_000), (1, 0, 1_020_000), (5, 10_000, 1_010_000), (10, 10_000, 1_020_000)]
	{
		run(|| {
			trade(10, 3_000_000, fees);
			OpenCover::mutate(|open| open.insert(CLASS, cover));
			at(END);
			assert_eq!(events(), [(10, 0, moved)]);
			assert_eq!(price(), moved);
			// No trades, no move.
			at(END + WINDOW);
			assert_eq!(price(), moved);
		});
	}
}

#[test]
fn the_price_stays_within_its_bounds() {
	run(|| {
		let bounds = exabits_math::pricing::Bounds { min: 900_000, max: 1_010_000 };
		let parameters = Parameters { bounds, ..ClassParameters::<Test>::get(CLASS).unwrap() };
		assert_ok!(Rfl::set_parameters(RuntimeOrigin::root(), CLASS, parameters));
		trade(10, 3_000_000, 1);
		trade(11, 3_000_000, 1);
		at(END + WINDOW);
		assert_eq!(price(), 1_010_000);
	});
}

#[test]
fn a_corrected_price_goes_on_following_the_market() {
	run(|| {
		trade(10, 3_000_000, 1);
		trade(11, 3_000_000, 1);
		at(END);
		assert_ok!(Rfl::set_price(RuntimeOrigin::root(), CLASS, 2_000_000));
		at(END + WINDOW);
		assert_eq!(price(), 2_040_000);
	});
}

#[test]
fn nothing_is_learnt_from_a_window_with_a_gap() {
	run(|| {
		committed(ALICE, 1);
		place(1_000, None).unwrap();
		trade(10, 3_000_000, 1);
		gap(START + 10, END + WINDOW + 5);
		poll();
		// Windows 10 and 11 had a gap, and the trades of 10 count all the same.
		assert_eq!(events(), [(10, 1_000, 1_020_000), (11, 0, 1_020_000)]);
		assert_eq!(Histories::<Test>::get(CLASS).unwrap().forecast.last(), None);
		at(END + 3 * WINDOW);
		// Nor from 12, in which the gap ended.
		let learnt = Histories::<Test>::get(CLASS).unwrap().forecast;
		assert_eq!((learnt.last(), learnt.observed()), (Some(WindowIndex(13)), 1));
	});
}

#[test]
fn what_is_learnt_can_be_asked() {
	run(|| {
		assert_eq!(Rfl::forecast(ClassId(1), 1), None);
		let nothing = Rfl::forecast(CLASS, 3).unwrap();
		assert_eq!((nothing.observed, nothing.capacity, nothing.ahead.len()), (0, 0, 0));

		committed(ALICE, 3);
		place(1_000, None).unwrap();
		at(END);
		let forecast = Rfl::forecast(CLASS, 3).unwrap();
		assert_eq!((forecast.observed, forecast.capacity), (1, 3_000));
		assert_eq!((forecast.error, forecast.bias, forecast.level), (0, 0, 1_000));
		let ahead: Vec<_> = forecast
			.ahead
			.iter()
			.map(|one| (one.window.0, one.redeemed, one.expected, one.reserve))
			.collect();
		assert_eq!(ahead, [(11, 0, 1_000, 1_000), (12, 0, 1_000, 1_000), (13, 0, 1_000, 1_000)]);

		// Nothing was redeemed for window 11: twice the error is held ready on top.
		at(END + WINDOW);
		let forecast = Rfl::forecast(CLASS, u32::MAX).unwrap();
		assert_eq!((forecast.error, forecast.bias, forecast.level), (1_000, -1_000, 500));
		assert_eq!(forecast.ahead.len(), 6);
		assert!(forecast.ahead.iter().all(|one| (one.expected, one.reserve) == (500, 2_500)));
		// No more than there is.
		assert_ok!(Rfl::suspend(MachineId(0)));
		online(BOB, 1);
		let forecast = Rfl::forecast(CLASS, 1).unwrap();
		assert_eq!((forecast.capacity, forecast.ahead[0].reserve), (1_000, 1_000));
		assert_eq!(Rfl::forecast(CLASS, 0).unwrap().ahead, []);
	});
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

	/// However late and by whomever windows are counted, what they teach is the same.
	#[test]
	fn when_it_is_counted_changes_nothing(
		trades in prop::collection::vec((0u32..40, 100_000u128..5_000_000, 0u128..50), 0..20),
		demand in prop::collection::vec((0u32..40, 1u64..100_000), 0..30),
		stops in prop::collection::vec((0u64..2_400, any::<bool>()), 0..20),
	) {
		let history = |stops: &[(Slot, bool)]| {
			let mut history = None;
			run(|| {
				OpenCover::mutate(|open| open.insert(CLASS, 30_000));
				for (window, price, fees) in &trades {
					trade(10 + window, *price, *fees);
				}
				for (window, asked) in &demand {
					Redeemed::<Test>::insert(CLASS, WindowIndex(10 + window), asked);
				}
				for (slot, by_call) in stops {
					Now::set(START + slot);
					if *by_call {
						let _ = count(CLASS);
					} else {
						poll();
					}
				}
				at(END + 40 * WINDOW);
				history = Histories::<Test>::get(CLASS);
				assert_eq!(counted(CLASS), WindowIndex(50));
			});
			history
		};
		let mut stops = stops;
		stops.sort_unstable();
		let each: Vec<_> = (1..41).map(|window| (window * WINDOW, false)).collect();
		prop_assert_eq!(history(&stops), history(&each));
	}
}
