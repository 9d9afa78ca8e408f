use crate::{mock::*, BatchQueue, Books, Ending, Error, Event, LevelCloses, Orders, PageCloses, Pages};
use exabits_math::auction::Side;
use exabits_primitives::UtcId;
use frame_support::{assert_noop, assert_ok, weights::Weight};

fn wind_down() -> sp_runtime::DispatchResult {
	Market::wind_down(RuntimeOrigin::signed(OTHER), BOOK)
}

fn refund(trader: u64) -> sp_runtime::DispatchResult {
	Market::refund(RuntimeOrigin::signed(OTHER), BOOK, trader)
}

/// Four traders: filled, filled in part, and resting on either side.
fn traded() {
	place(BUYER, Side::Bid, 30, 1_000);
	place(OTHER, Side::Bid, 20, 500);
	place(SELLER, Side::Ask, 20, 1_200);
	next_block();
	place(ADMIN, Side::Bid, 5, 700);
	place(SELLER, Side::Ask, 200, 300);
	next_block();
}

fn nothing_is_left() {
	assert_eq!(Orders::<Test>::iter().count(), 0);
	assert_eq!(Pages::<Test>::iter().count(), 0);
	assert_eq!(PageCloses::<Test>::iter().count() + LevelCloses::<Test>::iter().count(), 0);
	assert_eq!(Books::<Test>::iter().count() + Ending::<Test>::iter().count(), 0);
	assert_eq!(BatchQueue::<Test>::iter().count(), 0);
	// No account is kept alive for orders, and little more than the deposit stays.
	assert_eq!(System::consumers(&ADMIN), 0);
	assert!(money(Market::book_account()) <= ED + 8);
}

#[test]
fn everything_goes_back_when_the_window_is_over() {
	run(|| {
		traded();
		at(ENDS - 1);
		assert!(Books::<Test>::contains_key(BOOK));

		at(ENDS);

		nothing_is_left();
		assert_eq!(last_event(), Event::BookClosed { utc: BOOK });
		assert_eq!(money(ADMIN), MONEY - ORDER_FEE);
		assert_eq!((shares(BUYER), shares(OTHER)), (1_000, 200));
		assert_eq!(shares(SELLER), u128::from(SUPPLY) - 1_200);
		let all: u128 = [ADMIN, BUYER, OTHER, SELLER, FEES, INSURANCE, AUTHOR].map(money).iter().sum();
		assert!(7 * MONEY - all <= 8);
	});
}

#[test]
fn money_goes_back_when_the_utc_is_being_destroyed() {
	run(|| {
		traded();
		Now::set(ENDS);
		close(BOOK);
		for who in [ADMIN, BUYER, OTHER, SELLER] {
			assert_ok!(refund(who));
		}
		assert_eq!(money(ADMIN), MONEY - ORDER_FEE);
		assert!(money(SELLER) > MONEY);
		assert_eq!(shares(BUYER), 0);
		at(ENDS);
		nothing_is_left();
	});
}

#[test]
fn calls_do_it_without_the_queue() {
	run(|| {
		traded();
		SweepWeight::set(Weight::zero());
		at(ENDS);
		assert_eq!(Orders::<Test>::iter().count(), 4);
		assert_ok!(wind_down());
		assert_eq!(Orders::<Test>::iter().count(), 2, "two traders a step");
		assert_ok!(wind_down());
		assert_ok!(wind_down());
		nothing_is_left();
		assert_noop!(wind_down(), Error::<Test>::UnknownMarket);
	});
}

#[test]
fn fails_while_the_utc_trades() {
	run(|| {
		traded();
		Now::set(ENDS - 1);
		assert_noop!(wind_down(), Error::<Test>::StillTrading);
		assert_noop!(refund(BUYER), Error::<Test>::StillTrading);
		Now::set(ENDS);
		assert_ok!(refund(BUYER));
		assert_noop!(refund(BUYER), Error::<Test>::UnknownOrder);
	});
}

#[test]
fn a_market_whose_end_moved_waits_for_the_new_one() {
	run(|| {
		traded();
		Terms::mutate(|terms| terms.insert(BOOK, (BOOK_CAP, ENDS + 10)));
		at(ENDS);
		assert_eq!(Orders::<Test>::iter().count(), 4);
		assert_eq!(Books::<Test>::get(BOOK).unwrap().due, Some(ENDS + 10));
		Market::do_try_state().unwrap();
		at(ENDS + 10);
		nothing_is_left();
	});
}

#[test]
fn a_market_that_was_wound_down_in_part_trades_no_more() {
	run(|| {
		traded();
		Now::set(ENDS);
		assert_ok!(refund(BUYER));
		// Whoever lets it trade again: what was refunded must not be filled.
		Terms::mutate(|terms| terms.insert(BOOK, (BOOK_CAP, ENDS + 10)));
		place(SELLER, Side::Ask, 0, 1_000);
		next_block();
		assert!(Books::<Test>::get(BOOK).unwrap().winding);
		assert_eq!(Market::clearings(BOOK).len(), 1);
		at(ENDS + 10);
		nothing_is_left();
	});
}

#[test]
fn a_market_whose_first_batch_comes_too_late_is_wound_down() {
	run(|| {
		place(BUYER, Side::Bid, 30, 1_000);
		place(SELLER, Side::Ask, 10, 1_000);
		Now::set(ENDS);
		next_block();
		next_block();
		assert_eq!(money(BUYER), MONEY - ORDER_FEE);
		nothing_is_left();
	});
}

#[test]
fn one_that_cannot_be_paid_does_not_strand_the_rest() {
	run(|| {
		traded();
		// The buyer's UTC account is blocked.
		assert_ok!(Assets::touch_other(RuntimeOrigin::signed(ADMIN), BOOK.0, BUYER));
		assert_ok!(Assets::block(RuntimeOrigin::signed(ADMIN), BOOK.0, BUYER));
		for slot in ENDS..ENDS + 8 {
			at(slot);
		}
		assert_eq!(Orders::<Test>::iter_keys().collect::<Vec<_>>(), [(BOOK, BUYER)]);
		Market::do_try_state().unwrap();
		close(BOOK);
		at(ENDS + 8);
		at(ENDS + 9);
		nothing_is_left();
	});
}

#[test]
fn markets_without_room_in_the_queue_wait_for_calls() {
	new_test_ext().execute_with(|| {
		for slot in ENDS..=ENDS + 16 {
			let full = vec![UtcId(999); 4];
			Ending::<Test>::insert(slot, frame_support::BoundedVec::truncate_from(full));
		}
		traded();
		assert_eq!(Books::<Test>::get(BOOK).unwrap().due, None);
		Now::set(ENDS);
		for _ in 0..3 {
			assert_ok!(wind_down());
		}
		assert!(!Books::<Test>::contains_key(BOOK));
	});
}
