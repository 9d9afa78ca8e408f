use crate::{auction::OrderId, mock::*, Error, Event, Orders};
use exabits_math::auction::{cost, Side};
use exabits_primitives::MilliDevices;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchResult, Perbill};

fn claim_as(who: u64, trader: u64, order: OrderId) -> DispatchResult {
	Market::claim(RuntimeOrigin::signed(who), BOOK, trader, order)
}

#[test]
fn gives_buyers_what_they_bought_and_what_they_saved() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 30, 1_000);
		place(SELLER, Side::Ask, 10, 2_000);
		next_block();

		assert_ok!(claim_as(OTHER, BUYER, bid));

		// More is offered than asked for: the price is the lowest.
		assert_eq!(shares(BUYER), 1_000);
		assert_eq!(money(BUYER), MONEY - ORDER_FEE - price(10));
		assert_eq!(
			last_event(),
			Event::Claimed {
				utc: BOOK,
				trader: BUYER,
				order: bid,
				units: MilliDevices(1_000),
				money: price(30) - price(10),
				over: true,
			}
		);
		assert!(!Orders::<Test>::contains_key(BOOK, BUYER));
	});
}

#[test]
fn gives_sellers_the_price_less_the_fee() {
	run(|| {
		let ask = place(SELLER, Side::Ask, 10, 1_000);
		place(BUYER, Side::Bid, 30, 2_000);
		next_block();

		assert_ok!(claim_as(SELLER, SELLER, ask));

		let fee = Perbill::from_percent(1).mul_ceil(price(30));
		assert_eq!(money(SELLER), MONEY - ORDER_FEE + price(30) - fee);
		assert!(!Orders::<Test>::contains_key(BOOK, SELLER));
	});
}

#[test]
fn gives_parts_as_they_are_filled() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 20, 1_000);
		for (filled, over) in [(300, false), (500, false), (1_000, true)] {
			let more = filled - u32::try_from(shares(BUYER)).unwrap();
			place(SELLER, Side::Ask, 20, more);
			next_block();
			assert_ok!(claim_as(OTHER, BUYER, bid));
			assert_eq!(shares(BUYER), filled.into());
			let Event::Claimed { over: is, .. } = last_event() else { panic!() };
			assert_eq!(is, over);
		}
		let spent = cost(price(20), MilliDevices(1_000)).unwrap();
		assert!(money(BUYER).abs_diff(MONEY - ORDER_FEE - spent) <= 1);
	});
}

#[test]
fn is_in_proportion_at_the_margin() {
	run(|| {
		let orders = [(BUYER, 300), (OTHER, 600), (ADMIN, 900)]
			.map(|(who, amount)| (who, place(who, Side::Bid, 20, amount)));
		place(SELLER, Side::Ask, 20, 600);
		next_block();
		for (who, order) in orders {
			assert_ok!(claim_as(OTHER, who, order));
		}
		assert_eq!([BUYER, OTHER, ADMIN].map(shares), [100, 200, 300]);
	});
}

#[test]
fn does_not_depend_on_the_fee_of_another_day() {
	run(|| {
		let ask = place(SELLER, Side::Ask, 10, 1_000);
		place(BUYER, Side::Bid, 10, 1_000);
		next_block();
		AuctionFee::set(Perbill::zero());
		assert_ok!(claim_as(SELLER, SELLER, ask));
		assert!(money(SELLER) < MONEY - ORDER_FEE + price(10));
	});
}

#[test]
fn fails_twice() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 20, 1_000);
		let ask = place(SELLER, Side::Ask, 20, 400);
		next_block();
		assert_ok!(claim_as(OTHER, BUYER, bid));
		assert_noop!(claim_as(OTHER, BUYER, bid), Error::<Test>::NothingToClaim);
		assert_ok!(claim_as(OTHER, SELLER, ask));
		assert_noop!(claim_as(OTHER, SELLER, ask), Error::<Test>::UnknownOrder);
	});
}

#[test]
fn fails_before_anything_is_filled() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 20, 1_000);
		assert_noop!(claim_as(BUYER, BUYER, bid), Error::<Test>::NothingToClaim);
		next_block();
		assert_noop!(claim_as(BUYER, BUYER, bid), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn fails_for_unknown_orders() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 20, 1_000);
		assert_noop!(claim_as(BUYER, SELLER, bid), Error::<Test>::UnknownOrder);
		assert_noop!(claim_as(BUYER, BUYER, OrderId(0)), Error::<Test>::UnknownOrder);
	});
}

#[test]
fn gives_money_even_when_the_utc_is_gone() {
	run(|| {
		let ask = place(SELLER, Side::Ask, 10, 1_000);
		let bid = place(BUYER, Side::Bid, 30, 1_000);
		next_block();
		Now::set(ENDS);
		close(BOOK);
		assert_ok!(claim_as(OTHER, SELLER, ask));
		assert_ok!(claim_as(OTHER, BUYER, bid));
		let Event::Claimed { units, money: back, .. } = last_event() else { panic!() };
		assert_eq!(units, MilliDevices(0));
		assert!(back > 0 && money(SELLER) > MONEY);
	});
}
