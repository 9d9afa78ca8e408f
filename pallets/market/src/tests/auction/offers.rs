//! Asks whose UTC is minted when it is sold.

use crate::{auction::OrderState, mock::*, *};
use exabits_math::auction::Side;
use exabits_primitives::{MilliDevices, UtcMarket};
use frame_support::{assert_noop, assert_ok, weights::Weight};
use sp_runtime::DispatchResult;

fn try_offer(who: u64, tick: u16, amount: u32) -> DispatchResult {
	Market::offer_order(RuntimeOrigin::signed(who), BOOK_KEY, tick, MilliDevices(amount))
}

fn offer(tick: u16, amount: u32) -> auction::OrderId {
	assert_ok!(try_offer(SELLER, tick, amount));
	Orders::<Test>::get(BOOK, SELLER).last().unwrap().id
}

fn listed() -> usize {
	OfferedOrders::<Test>::get(BOOK).len()
}

/// What the seller gets for so much at this tick, the fee taken off.
fn proceeds(tick: u16, amount: u128) -> u128 {
	let cost = price(tick) * amount / 1_000;
	cost - AuctionFee::get().mul_floor(cost)
}

#[test]
fn puts_nothing_in_and_pays_the_order_fee() {
	run(|| {
		let order = offer(100, 1_000);
		assert_eq!((shares(SELLER), shares(Market::book_account())), (SUPPLY.into(), 0));
		assert_eq!((offered(BOOK), listed()), ((1_000, SET_ASIDE), 1));
		assert_eq!(money(SELLER), MONEY - ORDER_FEE);
		let state = Market::orders(BOOK, SELLER).pop().unwrap();
		assert_eq!(
			(state.id, state.rest, state.units, state.money),
			(order, MilliDevices(1_000), MilliDevices(0), 0)
		);
		assert!(matches!(last_event(), Event::OrderPlaced { minted: false, side: Side::Ask, .. }));
		// It rests beside the others.
		place(SELLER, Side::Ask, 100, 500);
		let (_, asks) = Market::depth(BOOK);
		assert_eq!((asks[0].amount, asks[0].orders), (1_500, 2));
	});
}

#[test]
fn what_a_batch_sells_is_minted_and_paid_when_it_ends() {
	run(|| {
		let order = offer(100, 1_000);
		let bid = place(BUYER, Side::Bid, 100, 400);
		let issued = Assets::total_supply(BOOK.0);
		next_block();
		assert_eq!(Assets::total_supply(BOOK.0), issued + 400);
		assert_eq!(offered(BOOK), (600, SET_ASIDE - 1));
		let sold = proceeds(100, 400);
		assert!(money(SELLER).abs_diff(MONEY - ORDER_FEE + sold) <= 1);
		assert_ok!(Market::claim(RuntimeOrigin::signed(OTHER), BOOK, BUYER, bid));
		assert_eq!(shares(BUYER), 400);
		// Nothing is left to be claimed of the offer.
		let none = Error::<Test>::NothingToClaim;
		assert_noop!(Market::claim(RuntimeOrigin::signed(OTHER), BOOK, SELLER, order), none);
		let state = Orders::<Test>::get(BOOK, SELLER).pop().unwrap().state;
		assert!(
			matches!(state, OrderState::Offered { sold: MilliDevices(400), set_aside, .. } if set_aside == SET_ASIDE - 1)
		);
	});
}

#[test]
fn one_that_is_sold_out_is_gone() {
	run(|| {
		let consumers = System::consumers(&SELLER);
		offer(100, 1_000);
		place(BUYER, Side::Bid, 110, 1_000);
		next_block();
		assert!(!Orders::<Test>::contains_key(BOOK, SELLER));
		assert_eq!((offered(BOOK), listed()), ((0, 0), 0));
		assert_eq!(System::consumers(&SELLER), consumers, "only its UTC keeps the account");
	});
}

#[test]
fn minted_and_offered_asks_share_a_level_pro_rata() {
	run(|| {
		offer(100, 1_000);
		let ask = place(SELLER_TOO, Side::Ask, 100, 3_000);
		place(BUYER, Side::Bid, 100, 2_000);
		next_block();
		assert_eq!(offered(BOOK).0, 500);
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(SELLER_TOO), BOOK, ask));
		assert_eq!(shares(SELLER_TOO), u128::from(SUPPLY) - 1_500);
	});
}

#[test]
fn what_rests_is_offered_no_more_once_it_is_cancelled() {
	run(|| {
		let order = offer(100, 1_000);
		place(BUYER, Side::Bid, 100, 400);
		next_block();
		let cancel = |who| Market::cancel_order(RuntimeOrigin::signed(who), BOOK, order);
		assert_noop!(cancel(OTHER), Error::<Test>::UnknownOrder);
		assert_eq!(cancel(SELLER).unwrap().actual_weight, None);
		assert_eq!((offered(BOOK), listed(), shares(SELLER)), ((0, 0), 0, SUPPLY.into()));
		assert!(!Orders::<Test>::contains_key(BOOK, SELLER));
	});
}

#[test]
fn leaves_the_market_before_a_batch_that_it_cannot_be_minted_in() {
	for (slot, lost, sold) in
		[(100, None, 400), (100, Some(SELLER), 0), (MINTING_ENDS - 1, None, 400), (MINTING_ENDS, None, 0)]
	{
		run(|| {
			offer(100, 1_000);
			place(BUYER, Side::Bid, 100, 400);
			Now::set(slot);
			Lost::set(lost);
			next_block();
			assert_eq!(Market::clearings(BOOK).len(), usize::from(sold > 0));
			let left = if sold > 0 { (1_000 - sold, SET_ASIDE - 1) } else { (0, 0) };
			assert_eq!((offered(BOOK), listed()), (left, usize::from(sold > 0)));
		});
	}
}

#[test]
fn an_offer_that_fails_all_the_same_is_dropped_and_holds_up_nobody() {
	run(|| {
		offer(100, 1_000);
		let ask = place(SELLER_TOO, Side::Ask, 100, 1_000);
		place(BUYER, Side::Bid, 100, 400);
		Broken::set(true);
		next_block();
		assert!(matches!(last_event(), Event::BatchFailed { utc: BOOK, .. }));
		assert_eq!((offered(BOOK), listed(), Market::clearings(BOOK).len()), ((0, 0), 0, 0));
		next_block();
		assert_eq!(Market::clearings(BOOK).len(), 1);
		assert_ok!(Market::claim(RuntimeOrigin::signed(OTHER), BOOK, SELLER_TOO, ask));
	});
}

#[test]
fn goes_with_its_market() {
	run(|| {
		offer(100, 1_000);
		place(BUYER, Side::Bid, 50, 400);
		next_block();
		at(ENDS);
		assert_eq!((offered(BOOK), listed()), ((0, 0), 0));
		assert!(!Orders::<Test>::contains_key(BOOK, SELLER));
		at(ENDS + 1);
		assert!(!Books::<Test>::contains_key(BOOK));
	});
}

#[test]
fn is_refunded_by_anyone_once_the_market_has_ended() {
	run(|| {
		offer(100, 1_000);
		Now::set(ENDS);
		assert_ok!(Market::refund(RuntimeOrigin::signed(OTHER), BOOK, SELLER));
		assert_eq!((offered(BOOK), listed()), ((0, 0), 0));
	});
}

#[test]
fn a_batch_is_charged_for_the_offers_of_its_market() {
	run(|| {
		let most = |utc| Market::most_weight(&Market::queued(utc).unwrap());
		offer(100, 1_000);
		let one = most(BOOK);
		offer(100, 1_000);
		assert_eq!(most(BOOK), one.saturating_add(Market::weight_of_offers(1)));
		assert!(Market::weight_of_offers(1).any_gt(Weight::zero()));
	});
}

#[test]
fn bad_input_is_refused_with_nothing_changed() {
	run(|| {
		let (cap, _) = MockUtcs::terms(BOOK).unwrap();
		let above = Market::tick(cap).unwrap() + 1;
		assert_noop!(try_offer(SELLER, 4_096, 1_000), Error::<Test>::OffGrid);
		assert_noop!(try_offer(SELLER, above, 1_000), Error::<Test>::PriceAboveCover);
		assert_noop!(try_offer(SELLER, 100, 99), Error::<Test>::BelowMinimum);
		for _ in 0..3 {
			offer(100, 1_000);
		}
		let full = Market::offer_order(RuntimeOrigin::signed(OTHER), BOOK_KEY, 100, MilliDevices(1_000));
		assert_noop!(full, Error::<Test>::TooManyOffers);
		Now::set(MINTING_ENDS);
		assert!(try_offer(OTHER, 100, 1_000).is_err());
	});
}
