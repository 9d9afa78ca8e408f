use crate::{
	auction::{OrderId, OrderState},
	mock::*,
	BatchQueue, Error, Event, Orders, Pages,
};
use exabits_math::auction::{cost, Page, Side, Tick, TICKS};
use exabits_primitives::{MilliDevices, UtcId};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::{DispatchResult, TokenError};

fn place_as(who: u64, utc: UtcId, side: Side, tick: u16, amount: u32) -> DispatchResult {
	Market::place_order(RuntimeOrigin::signed(who), utc, side, tick, MilliDevices(amount))
}

#[test]
fn bids_prepay_amount_times_price() {
	run(|| {
		let order = place(BUYER, Side::Bid, 10, 1_234);

		let prepaid = cost(price(10), MilliDevices(1_234)).unwrap();
		assert_eq!(money(BUYER), MONEY - prepaid - ORDER_FEE);
		assert_eq!(money(Market::book_account()), ED + prepaid);
		assert_eq!(money(AUTHOR), MONEY + ORDER_FEE);
		assert_eq!(
			last_event(),
			Event::OrderPlaced {
				utc: BOOK,
				trader: BUYER,
				order,
				side: Side::Bid,
				tick: Tick::new(10).unwrap(),
				amount: MilliDevices(1_234),
				minted: true,
			}
		);
	});
}

#[test]
fn asks_put_in_the_amount() {
	run(|| {
		place(SELLER, Side::Ask, 10, 1_000);

		assert_eq!((shares(SELLER), shares(Market::book_account())), ((SUPPLY - 1_000).into(), 1_000));
		assert_eq!(money(SELLER), MONEY - ORDER_FEE);
	});
}

#[test]
fn a_seller_may_offer_all_that_it_has() {
	run(|| {
		place(SELLER, Side::Ask, 10, SUPPLY);
		assert_eq!(shares(SELLER), 0);
		assert_eq!(System::consumers(&SELLER), 2, "one for its orders, one for the UTC of listings");
	});
}

#[test]
fn traders_accounts_are_kept_alive_while_they_have_orders() {
	run(|| {
		let first = place(BUYER, Side::Bid, 10, 100);
		let second = place(BUYER, Side::Bid, 11, 100);
		assert_eq!(System::consumers(&BUYER), 1);
		for order in [first, second] {
			assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BUYER), BOOK, order));
		}
		assert_eq!(System::consumers(&BUYER), 0);
	});
}

#[test]
fn numbers_rise_and_are_not_used_again_in_later_blocks() {
	run(|| {
		let first = place(BUYER, Side::Bid, 10, 100);
		assert_eq!(place(BUYER, Side::Bid, 10, 100), OrderId(first.0 + 1));
		for id in [first, OrderId(first.0 + 1)] {
			assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BUYER), BOOK, id));
		}
		next_block();
		assert!(place(BUYER, Side::Bid, 10, 100) > OrderId(first.0 + 1));
	});
}

#[test]
fn fails_below_minimum() {
	run(|| {
		for amount in [0, 1, 99] {
			assert_noop!(place_as(BUYER, BOOK, Side::Bid, 10, amount), Error::<Test>::BelowMinimum);
			assert_noop!(place_as(SELLER, BOOK, Side::Ask, 10, amount), Error::<Test>::BelowMinimum);
		}
		assert_ok!(place_as(BUYER, BOOK, Side::Bid, 10, 100));
	});
}

#[test]
fn fails_off_the_grid() {
	run(|| {
		for tick in [TICKS, u16::MAX] {
			assert_noop!(place_as(BUYER, BOOK, Side::Bid, tick, 100), Error::<Test>::OffGrid);
		}
	});
}

#[test]
fn fails_above_what_the_utc_is_covered_with() {
	run(|| {
		let top = Tick::at_most(BOOK_CAP).unwrap().number();
		assert_ok!(place_as(SELLER, BOOK, Side::Ask, top, 100));
		for side in [Side::Bid, Side::Ask] {
			assert_noop!(place_as(SELLER, BOOK, side, top + 1, 100), Error::<Test>::PriceAboveCover);
		}
	});
}

#[test]
fn fails_for_an_unknown_or_closed_utc() {
	run(|| {
		assert_noop!(place_as(BUYER, UtcId(99), Side::Bid, 10, 100), Error::<Test>::UnknownUtc);
		close(BOOK);
		assert_noop!(place_as(SELLER, BOOK, Side::Ask, 10, 100), Error::<Test>::UnknownUtc);
	});
}

#[test]
fn fails_from_the_end_of_the_window_on() {
	run(|| {
		Now::set(ENDS - 1);
		assert_ok!(place_as(BUYER, BOOK, Side::Bid, 10, 100));
		for now in [ENDS, ENDS + 1] {
			Now::set(now);
			assert_noop!(place_as(BUYER, BOOK, Side::Bid, 10, 100), Error::<Test>::WindowClosed);
		}
	});
}

#[test]
fn fails_without_the_funds() {
	run(|| {
		let dear = u32::try_from(MONEY / price(10) * 1_000 + 1_000).unwrap();
		assert_noop!(place_as(BUYER, BOOK, Side::Bid, 10, dear), TokenError::FundsUnavailable);
		assert_noop!(place_as(BUYER, BOOK, Side::Ask, 10, 100), TokenError::FundsUnavailable);
		assert_noop!(place_as(SELLER, BOOK, Side::Ask, 10, SUPPLY + 1), TokenError::FundsUnavailable);
		// The fee is due even where the order itself could be paid.
		let prepaid = cost(price(0), MilliDevices(1_000)).unwrap();
		let enough = prepaid + ED + ORDER_FEE;
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), BUYER, enough - 1));
		assert_noop!(place_as(BUYER, BOOK, Side::Bid, 0, 1_000), TokenError::Frozen);
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), BUYER, enough));
		assert_ok!(place_as(BUYER, BOOK, Side::Bid, 0, 1_000));
	});
}

#[test]
fn fails_with_too_many_orders() {
	run(|| {
		for tick in 0..4 {
			place(BUYER, Side::Bid, tick, 100);
		}
		assert_noop!(place_as(BUYER, BOOK, Side::Bid, 4, 100), Error::<Test>::TooManyOrders);
		place(OTHER, Side::Bid, 4, 100);
	});
}

#[test]
fn fails_when_the_level_is_full() {
	new_test_ext().execute_with(|| {
		let mut page = Page::default();
		for _ in 0..65_536 {
			page.place(Market::generation(), 10, MilliDevices(u32::MAX)).unwrap();
		}
		Pages::<Test>::insert(BOOK, (Side::Ask, 0), page);
		let all = MilliDevices(65_537);
		assert_noop!(place_as(SELLER, BOOK, Side::Ask, 10, all.0), Error::<Test>::BookFull);
		assert!(Orders::<Test>::get(BOOK, SELLER).is_empty());
	});
}

#[test]
fn fails_when_the_queue_is_full() {
	new_test_ext().execute_with(|| {
		let batch = Market::queued(BOOK);
		assert_eq!(batch, None);
		for utc in [UtcId(BOOK.0 + 16), UtcId(BOOK.0 + 32), UtcId(BOOK.0 + 48)] {
			open(utc, ENDS);
			Terms::mutate(|terms| terms.insert(utc, (BOOK_CAP, ENDS)));
			assert_ok!(place_as(BUYER, utc, Side::Bid, 10, 100));
		}
		assert_noop!(place_as(BUYER, BOOK, Side::Bid, 10, 100), Error::<Test>::QueueFull);
		assert_ok!(place_as(BUYER, UtcId(BOOK.0 + 16), Side::Bid, 10, 100));
		next_block();
		assert_ok!(place_as(BUYER, BOOK, Side::Bid, 10, 100));
		BatchQueue::<Test>::insert(3, BoundedVec::default());
	});
}

#[test]
fn orders_note_where_they_joined() {
	run(|| {
		let id = place(BUYER, Side::Bid, 70, 100);
		let record = Orders::<Test>::get(BOOK, BUYER)[0];
		assert_eq!(record.id, id);
		let OrderState::Placed { order, units, money } = record.state else { panic!() };
		assert_eq!((order.tick.number(), order.amount.0, units.0, money), (70, 100, 0, 0));
		assert_eq!(Pages::<Test>::get(BOOK, (Side::Bid, 1)).total(), 100);
	});
}
