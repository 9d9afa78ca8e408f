use crate::{
	auction::{OrderId, OrderState},
	mock::*,
	Error, Event, Orders, Pages,
};
use exabits_math::auction::{cost, Side};
use exabits_primitives::MilliDevices;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn cancel_as(who: u64, order: OrderId) -> DispatchResult {
	done(Market::cancel_order(RuntimeOrigin::signed(who), BOOK, order))
}

#[test]
fn gives_all_back_before_the_batch_ends() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 10, 333);
		let ask = place(SELLER, Side::Ask, 20, 333);

		assert_ok!(cancel_as(BUYER, bid));
		assert_ok!(cancel_as(SELLER, ask));

		assert_eq!((money(BUYER), shares(SELLER)), (MONEY - ORDER_FEE, SUPPLY.into()));
		assert_eq!((money(Market::book_account()), shares(Market::book_account())), (ED, 0));
		assert!(!Pages::<Test>::contains_key(BOOK, (Side::Bid, 0)));
		assert!(!Orders::<Test>::contains_key(BOOK, BUYER));
		assert_eq!(
			last_event(),
			Event::OrderCancelled {
				utc: BOOK,
				trader: SELLER,
				order: ask,
				units: MilliDevices(333),
				money: 0
			}
		);
	});
}

#[test]
fn gives_all_back_after_batches_without_a_fill() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 10, 333);
		next_block();
		next_block();
		assert_ok!(cancel_as(BUYER, bid));
		assert_eq!(money(BUYER), MONEY - ORDER_FEE);
	});
}

#[test]
fn gives_back_what_rests_and_leaves_fills_to_be_claimed() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 20, 1_000);
		let ask = place(SELLER, Side::Ask, 20, 400);
		next_block();

		assert_ok!(cancel_as(BUYER, bid));

		let spent = cost(price(20), MilliDevices(400)).unwrap();
		assert!(money(BUYER).abs_diff(MONEY - ORDER_FEE - spent) <= 2);
		assert_eq!(shares(BUYER), 0);
		let state = OrderState::Cancelled { units: MilliDevices(400), money: 0 };
		assert_eq!(Orders::<Test>::get(BOOK, BUYER)[0].state, state);
		assert_noop!(cancel_as(BUYER, bid), Error::<Test>::NotResting);
		assert_ok!(Market::claim(RuntimeOrigin::signed(OTHER), BOOK, BUYER, bid));
		assert_eq!(shares(BUYER), 400);
		assert_noop!(cancel_as(SELLER, ask), Error::<Test>::NotResting);
	});
}

#[test]
fn fails_for_another_ones_order() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 10, 100);
		assert_noop!(cancel_as(OTHER, bid), Error::<Test>::UnknownOrder);
		place(OTHER, Side::Bid, 10, 100);
		assert_ok!(cancel_as(OTHER, bid));
		assert_eq!(Orders::<Test>::get(BOOK, BUYER).len(), 1);
	});
}

#[test]
fn fails_for_unknown_orders_and_twice() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 10, 100);
		assert_noop!(cancel_as(BUYER, OrderId(bid.0 + 1)), Error::<Test>::UnknownOrder);
		assert_ok!(cancel_as(BUYER, bid));
		assert_noop!(cancel_as(BUYER, bid), Error::<Test>::UnknownOrder);
	});
}

#[test]
fn fails_after_clearing() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 20, 400);
		let ask = place(SELLER, Side::Ask, 20, 400);
		next_block();
		assert_noop!(cancel_as(BUYER, bid), Error::<Test>::NotResting);
		assert_noop!(cancel_as(SELLER, ask), Error::<Test>::NotResting);
	});
}

#[test]
fn is_possible_after_trading_even_when_the_utc_is_gone() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 10, 100);
		let ask = place(SELLER, Side::Ask, 20, 100);
		Now::set(ENDS);
		close(BOOK);
		assert_ok!(cancel_as(BUYER, bid));
		assert_ok!(cancel_as(SELLER, ask));
		assert_eq!(money(BUYER), MONEY - ORDER_FEE);
		let Event::OrderCancelled { units, .. } = last_event() else { panic!() };
		assert_eq!(units, MilliDevices(0));
	});
}
