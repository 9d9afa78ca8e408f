use crate::{mock::*, Due, Error, Event, Listing, Listings, NextListing, SweptTo};
use exabits_primitives::{deadlines::SPILL, ListingId, MilliDevices, UtcId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::ArithmeticError;

fn list_as(who: u64, utc: UtcId, amount: u32, price: u128) -> sp_runtime::DispatchResult {
	Market::list(RuntimeOrigin::signed(who), utc, MilliDevices(amount), price)
}

#[test]
fn moves_the_amount_to_escrow() {
	run(|| {
		assert_ok!(list_as(SELLER, UTC, 2_500, 1_000_000));

		let listing = ListingId(0);
		assert_eq!(
			Market::listing(listing),
			Some(Listing {
				seller: SELLER,
				utc: UTC,
				price: 1_000_000,
				remaining: MilliDevices(2_500),
				offer: None,
				due: Some(ENDS)
			})
		);
		assert_eq!(units(SELLER), 7_500);
		assert_eq!(escrowed(), 2_500);
		assert_eq!(Due::<Test>::get(ENDS).into_inner(), vec![listing]);
		assert_eq!(SweptTo::<Test>::get(), Some(100));
		assert_eq!(
			last_event(),
			Event::Listed {
				listing,
				seller: SELLER,
				utc: UTC,
				amount: MilliDevices(2_500),
				price: 1_000_000,
				minted: true,
			}
		);
	});
}

#[test]
fn gives_out_identifiers_in_order() {
	run(|| {
		assert_eq!(list(100, 1), ListingId(0));
		assert_eq!(list(100, 1), ListingId(1));
		assert_eq!(NextListing::<Test>::get(), ListingId(2));
	});
}

#[test]
fn may_take_all_that_the_seller_has() {
	run(|| {
		let before = System::consumers(&SELLER);
		list(SUPPLY, 1);

		assert_eq!(units(SELLER), 0);
		// The reference of the asset's account went, the listing's came.
		assert_eq!(System::consumers(&SELLER), before);
	});
}

#[test]
fn keeps_the_sellers_account_alive() {
	run(|| {
		list(SUPPLY, 1);

		let all = Balances::free_balance(SELLER);
		assert!(Balances::transfer_allow_death(RuntimeOrigin::signed(SELLER), OTHER, all).is_err());
		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(SELLER), OTHER, all - ED));
	});
}

#[test]
fn refuses_less_than_the_minimum() {
	run(|| {
		assert_noop!(list_as(SELLER, UTC, 0, 1), Error::<Test>::BelowMinimum);
		assert_noop!(list_as(SELLER, UTC, 99, 1), Error::<Test>::BelowMinimum);
		assert_ok!(list_as(SELLER, UTC, 100, 1));
	});
}

#[test]
fn refuses_a_price_of_zero() {
	run(|| {
		assert_noop!(list_as(SELLER, UTC, 100, 0), Error::<Test>::ZeroPrice);
	});
}

#[test]
fn refuses_prices_above_cover() {
	run(|| {
		assert_noop!(list_as(SELLER, UTC, 100, CAP + 1), Error::<Test>::PriceAboveCover);
		assert_ok!(list_as(SELLER, UTC, 100, CAP));
	});
}

#[test]
fn refuses_an_unknown_utc() {
	run(|| {
		assert_noop!(list_as(SELLER, UtcId(8), 100, 1), Error::<Test>::UnknownUtc);
	});
}

#[test]
fn refuses_from_the_end_on() {
	run(|| {
		Now::set(ENDS + 1);
		assert_noop!(list_as(SELLER, UTC, 100, 1), Error::<Test>::WindowClosed);
		Now::set(ENDS);
		assert_noop!(list_as(SELLER, UTC, 100, 1), Error::<Test>::WindowClosed);
		Now::set(ENDS - 1);
		assert_ok!(list_as(SELLER, UTC, 100, 1));
	});
}

#[test]
fn refuses_what_the_seller_does_not_have() {
	run(|| {
		assert_noop!(list_as(SELLER, UTC, SUPPLY + 1, 1), ArithmeticError::Underflow);
		assert!(list_as(OTHER, UTC, 100, 1).is_err());
		assert_eq!(escrowed(), 0);
	});
}

#[test]
fn refuses_when_the_queue_is_full() {
	run(|| {
		// Four in each of 17 slots.
		for _ in 0..4 * (SPILL + 1) {
			list(100, 1);
		}
		assert_eq!(Listings::<Test>::get(ListingId(67)).unwrap().due, Some(ENDS + SPILL));
		assert_noop!(list_as(SELLER, UTC, 100, 1), Error::<Test>::QueueFull);

		// A place that becomes free is used again.
		assert_ok!(Market::cancel(RuntimeOrigin::signed(SELLER), ListingId(5)));
		assert_eq!(list(100, 1), ListingId(68));
		assert_eq!(Listings::<Test>::get(ListingId(68)).unwrap().due, Some(ENDS + 1));
	});
}

#[test]
fn refuses_when_identifiers_run_out() {
	run(|| {
		NextListing::<Test>::put(ListingId(u64::MAX));
		assert_noop!(list_as(SELLER, UTC, 100, 1), ArithmeticError::Overflow);
	});
}
