use crate::{mock::*, Due, Error, Event, Listings};
use exabits_primitives::{ListingId, MilliDevices};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchResult, Perbill, TokenError};

const PRICE: u128 = 1_000_001;

fn buy_as(who: u64, listing: ListingId, amount: u32, max_price: u128) -> DispatchResult {
	done(Market::buy(RuntimeOrigin::signed(who), listing, MilliDevices(amount), max_price))
}

#[test]
fn fills_in_part() {
	run(|| {
		let listing = list(1_000, PRICE);

		assert_ok!(buy_as(BUYER, listing, 250, PRICE));

		// ⌈1,000,001 × 0.25⌉ and ⌈1 % of that⌉.
		assert_eq!(Balances::free_balance(BUYER), MONEY - 250_001);
		assert_eq!(Balances::free_balance(FEES), MONEY + 2_501);
		assert_eq!(Balances::free_balance(SELLER), MONEY + 247_500);
		assert_eq!(units(BUYER), 250);
		assert_eq!(escrowed(), 750);
		assert_eq!(Listings::<Test>::get(listing).unwrap().remaining, MilliDevices(750));
		assert_eq!(
			last_event(),
			Event::Bought {
				listing,
				buyer: BUYER,
				seller: SELLER,
				utc: UTC,
				amount: MilliDevices(250),
				paid: 250_001,
				fee: 2_501,
			}
		);
	});
}

#[test]
fn fills_wholly_and_leaves_nothing_behind() {
	run(|| {
		let references = System::consumers(&SELLER);
		let listing = list(1_000, PRICE);
		assert_ok!(buy_as(BUYER, listing, 250, PRICE));

		assert_ok!(buy_as(OTHER, listing, 750, PRICE));

		assert_eq!(Balances::free_balance(OTHER), MONEY - 750_001);
		assert_eq!(units(OTHER), 750);
		assert_eq!(escrowed(), 0);
		assert_eq!(Listings::<Test>::iter().count(), 0);
		assert_eq!(Due::<Test>::iter().count(), 0);
		assert_eq!(System::consumers(&SELLER), references);
	});
}

#[test]
fn charges_no_fee_when_there_is_none() {
	run(|| {
		Fee::set(Perbill::zero());
		let listing = list(1_000, 1_000);
		assert_ok!(buy_as(BUYER, listing, 1_000, 1_000));
		assert_eq!(Balances::free_balance(SELLER), MONEY + 1_000);
		assert_eq!(Balances::free_balance(FEES), MONEY);
	});
}

#[test]
fn gives_all_to_the_fee_account_at_a_full_fee() {
	run(|| {
		Fee::set(Perbill::one());
		let listing = list(1_000, 1_000);
		assert_ok!(buy_as(BUYER, listing, 1_000, 1_000));
		assert_eq!(Balances::free_balance(SELLER), MONEY);
		assert_eq!(Balances::free_balance(FEES), MONEY + 1_000);
	});
}

#[test]
fn refuses_an_unknown_listing() {
	run(|| {
		assert_noop!(buy_as(BUYER, ListingId(0), 100, PRICE), Error::<Test>::UnknownListing);
	});
}

#[test]
fn refuses_the_seller_itself() {
	run(|| {
		let listing = list(1_000, PRICE);
		assert_noop!(buy_as(SELLER, listing, 100, PRICE), Error::<Test>::OwnListing);
	});
}

#[test]
fn refuses_a_price_above_the_limit() {
	run(|| {
		let listing = list(1_000, PRICE);
		assert_noop!(buy_as(BUYER, listing, 100, PRICE - 1), Error::<Test>::PriceAboveLimit);
		assert_ok!(buy_as(BUYER, listing, 100, PRICE));
	});
}

#[test]
fn refuses_from_the_end_on() {
	run(|| {
		let listing = list(1_000, PRICE);
		Now::set(ENDS + 1);
		assert_noop!(buy_as(BUYER, listing, 100, PRICE), Error::<Test>::WindowClosed);
		Now::set(ENDS);
		assert_noop!(buy_as(BUYER, listing, 100, PRICE), Error::<Test>::WindowClosed);
		Now::set(ENDS - 1);
		assert_ok!(buy_as(BUYER, listing, 100, PRICE));
	});
}

#[test]
fn refuses_a_closed_utc() {
	run(|| {
		let listing = list(1_000, PRICE);
		close(UTC);
		assert_noop!(buy_as(BUYER, listing, 100, PRICE), Error::<Test>::UnknownUtc);
	});
}

#[test]
fn refuses_a_price_that_cover_no_longer_bears() {
	run(|| {
		let listing = list(1_000, PRICE);
		Terms::mutate(|terms| {
			terms.insert(UTC, (PRICE - 1, ENDS));
		});
		assert_noop!(buy_as(BUYER, listing, 100, PRICE), Error::<Test>::PriceAboveCover);
	});
}

#[test]
fn refuses_dust() {
	run(|| {
		let listing = list(1_000, PRICE);
		assert_noop!(buy_as(BUYER, listing, 0, PRICE), Error::<Test>::BelowMinimum);
		assert_noop!(buy_as(BUYER, listing, 99, PRICE), Error::<Test>::BelowMinimum);
		assert_noop!(buy_as(BUYER, listing, 901, PRICE), Error::<Test>::LeavesDust);
		assert_noop!(buy_as(BUYER, listing, 1_001, PRICE), Error::<Test>::NotEnough);
		assert_ok!(buy_as(BUYER, listing, 900, PRICE));
		assert_ok!(buy_as(BUYER, listing, 100, PRICE));
	});
}

#[test]
fn refuses_a_cost_beyond_all_money() {
	run(|| {
		Terms::mutate(|terms| {
			terms.insert(UTC, (u128::MAX, ENDS));
		});
		let listing = list(2_000, u128::MAX);
		assert_noop!(buy_as(BUYER, listing, 2_000, u128::MAX), Error::<Test>::Overflow);
	});
}

#[test]
fn refuses_a_buyer_who_cannot_pay_and_stay_alive() {
	run(|| {
		let listing = list(1_000, 1_000_000);
		let spare = MONEY - 1_000_000 - ED;
		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(BUYER), OTHER, spare + 1));
		assert_noop!(buy_as(BUYER, listing, 1_000, 1_000_000), TokenError::NotExpendable);

		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(OTHER), BUYER, 1));
		assert_ok!(buy_as(BUYER, listing, 1_000, 1_000_000));
		assert_eq!(Balances::free_balance(BUYER), ED);
	});
}
