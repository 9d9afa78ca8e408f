//! Listing UTC that is minted when it is sold.

use crate::{listings::pricing::cost, mock::*, *};
use exabits_primitives::{ListingId, MilliDevices, UtcKey};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

const PRICE: u128 = 1_000_000;

fn try_offer(amount: u32, price: u128) -> DispatchResult {
	Market::offer(RuntimeOrigin::signed(SELLER), UTC_KEY, MilliDevices(amount), price)
}

fn offer(amount: u32) -> ListingId {
	let id = NextListing::<Test>::get();
	assert_ok!(try_offer(amount, PRICE));
	id
}

fn buy(listing: ListingId, amount: u32) -> DispatchResult {
	done(Market::buy(RuntimeOrigin::signed(BUYER), listing, MilliDevices(amount), PRICE))
}

#[test]
fn puts_nothing_in_escrow() {
	run(|| {
		let listing = offer(2_500);
		assert_eq!((units(SELLER), escrowed(), offered(UTC)), (SUPPLY.into(), 0, (2_500, SET_ASIDE)));
		let record = Market::listing(listing).unwrap();
		assert_eq!((record.offer, record.due), (Some(SET_ASIDE), Some(MINTING_ENDS)));
		let (amount, price) = (MilliDevices(2_500), PRICE);
		let listed = Event::Listed { listing, seller: SELLER, utc: UTC, amount, price, minted: false };
		assert_eq!(last_event(), listed);
	});
}

#[test]
fn mints_what_is_bought_to_the_buyer() {
	run(|| {
		let listing = offer(2_500);
		let issued = Assets::total_supply(UTC.0);
		assert_ok!(buy(listing, 1_000));
		assert_eq!((units(BUYER), Assets::total_supply(UTC.0)), (1_000, issued + 1_000));
		let paid = cost(PRICE, MilliDevices(1_000)).unwrap();
		let fee = Fee::get().mul_ceil(paid);
		assert_eq!((money(BUYER), money(FEES)), (MONEY - paid, MONEY + fee));
		assert_eq!(money(SELLER), MONEY + paid - fee);
		assert_eq!(offered(UTC), (1_500, SET_ASIDE - 1));
		assert_ok!(buy(listing, 1_500));
		assert_eq!((Market::listing(listing), offered(UTC)), (None, (0, 0)));
	});
}

#[test]
fn costs_less_than_what_it_may_cost_only_with_minted_units() {
	run(|| {
		let (minted, listing) = (list(1_000, PRICE), offer(1_000));
		let weight = |listing| {
			let call = Market::buy(RuntimeOrigin::signed(BUYER), listing, MilliDevices(500), PRICE);
			call.unwrap().actual_weight
		};
		assert_eq!(weight(minted), Some(<() as WeightInfo>::buy()));
		assert_eq!(weight(listing), None);
	});
}

#[test]
fn ends_when_nothing_can_be_minted_any_more() {
	run(|| {
		let listing = offer(2_500);
		at(MINTING_ENDS - 1);
		assert_noop!(Market::expire(RuntimeOrigin::signed(OTHER), listing), Error::<Test>::StillTrading);
		assert_ok!(buy(listing, 500));
		at(MINTING_ENDS);
		assert_eq!((Market::listing(listing), offered(UTC)), (None, (0, 0)));
		let returned = MilliDevices(0);
		assert_eq!(last_event(), Event::Expired { listing, seller: SELLER, utc: UTC, returned });
	});
}

#[test]
fn is_refused_from_then_on_before_the_sweep_comes() {
	run(|| {
		let listing = offer(2_500);
		Now::set(MINTING_ENDS);
		assert!(buy(listing, 500).is_err());
		assert!(try_offer(500, PRICE).is_err());
		assert_ok!(Market::expire(RuntimeOrigin::signed(OTHER), listing));
	});
}

#[test]
fn is_taken_back_by_its_seller() {
	run(|| {
		let listing = offer(2_500);
		assert_noop!(Market::cancel(RuntimeOrigin::signed(OTHER), listing), Error::<Test>::NotSeller);
		assert_ok!(Market::cancel(RuntimeOrigin::signed(SELLER), listing));
		assert_eq!((offered(UTC), units(SELLER)), ((0, 0), SUPPLY.into()));
	});
}

#[test]
fn is_not_sold_when_the_machines_are_lost() {
	run(|| {
		let listing = offer(2_500);
		Lost::set(Some(SELLER));
		assert_noop!(buy(listing, 500), sp_runtime::DispatchError::Other("cannot be minted"));
	});
}

#[test]
fn bad_input_is_refused_with_nothing_changed() {
	run(|| {
		assert_noop!(try_offer(99, PRICE), Error::<Test>::BelowMinimum);
		assert_noop!(try_offer(100, 0), Error::<Test>::ZeroPrice);
		assert_noop!(try_offer(100, CAP + 1), Error::<Test>::PriceAboveCover);
		let key = UtcKey { template: exabits_primitives::TemplateId(999), ..UTC_KEY };
		let unknown = Market::offer(RuntimeOrigin::signed(SELLER), key, MilliDevices(100), PRICE);
		assert_noop!(unknown, sp_runtime::DispatchError::Other("no such UTC"));
		Lost::set(Some(SELLER));
		assert_noop!(try_offer(100, PRICE), sp_runtime::DispatchError::Other("nothing to mint"));
		Lost::set(None);
		for _ in 0..SLOTS {
			offer(100);
		}
		assert_noop!(try_offer(100, PRICE), Error::<Test>::QueueFull);
	});
}

/// What the queue takes that is due in one slot, with the slots that it spills over into.
const SLOTS: u32 = 4 * 17;
