//! `buy_and_redeem`.

use crate::{mock::*, *};
use exabits_primitives::{ListingId, MilliDevices, Redemption};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, BoundedVec};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult, TokenError};

fn purchase(listing: ListingId, amount: u32) -> Purchase {
	Purchase { listing, amount: MilliDevices(amount), max_price: CAP }
}

fn call(purchases: &[Purchase], redemption: Redemption) -> RuntimeCall {
	let purchases = BoundedVec::truncate_from(purchases.to_vec());
	crate::Call::buy_and_redeem { purchases, utc: UTC, redemption }.into()
}

/// As a transaction would, so that an error leaves no trace.
fn buy_and_redeem(purchases: &[Purchase], redemption: Redemption) -> DispatchResult {
	let result = call(purchases, redemption).dispatch(RuntimeOrigin::signed(BUYER));
	result.map(drop).map_err(|failed| failed.error)
}

fn redemption(amount: u32) -> Redemption {
	Redemption::new(MilliDevices(amount), [7; 32])
}

#[test]
fn buys_from_several_listings_and_redeems_at_once() {
	run(|| {
		let (first, second) = (list(500, 2_000), list(1_000, 1_000));
		let before = money(BUYER);

		assert_ok!(buy_and_redeem(&[purchase(first, 500), purchase(second, 500)], redemption(1_000)));

		assert_eq!(money(BUYER), before - 1_000 - 500);
		assert_eq!(units(BUYER), 0, "all of it became a lease");
		assert_eq!(Listings::<Test>::get(first), None);
		assert_eq!(Listings::<Test>::get(second).map(|listing| listing.remaining), Some(MilliDevices(500)));
	});
}

#[test]
fn what_was_held_before_counts_and_the_rest_is_kept() {
	run(|| {
		let listing = list(1_000, 1_000);
		assert_ok!(buy_and_redeem(&[purchase(listing, 600)], redemption(500)));
		assert_eq!(units(BUYER), 100);
		assert_ok!(buy_and_redeem(&[purchase(listing, 400)], redemption(500)));
		assert_eq!(units(BUYER), 0);
	});
}

#[test]
fn nothing_is_bought_when_it_cannot_be_redeemed() {
	run(|| {
		let listing = list(1_000, 1_000);
		let all = [purchase(listing, 1_000)];
		assert_noop!(
			buy_and_redeem(&all, Redemption { floor: 1_001, ..redemption(1_000) }),
			DispatchError::Other("no capacity")
		);
		assert_noop!(
			buy_and_redeem(&all, redemption(2_000)),
			DispatchError::Token(TokenError::FundsUnavailable)
		);
	});
}

#[test]
fn nothing_is_redeemed_when_a_purchase_fails() {
	run(|| {
		let listing = list(1_000, 1_000);
		let unknown = purchase(ListingId(9), 500);
		assert_noop!(
			buy_and_redeem(&[purchase(listing, 500), unknown], redemption(500)),
			Error::<Test>::UnknownListing
		);
		let dear = Purchase { max_price: 999, ..purchase(listing, 500) };
		assert_noop!(buy_and_redeem(&[dear], redemption(500)), Error::<Test>::PriceAboveLimit);
		assert_noop!(
			buy_and_redeem(&[purchase(listing, 600), purchase(listing, 600)], redemption(500)),
			Error::<Test>::NotEnough
		);
	});
}

#[test]
fn it_weighs_what_its_parts_weigh() {
	let one = call(&[purchase(ListingId(0), 500)], redemption(500)).get_dispatch_info().call_weight;
	let three = call(&[purchase(ListingId(0), 500); 3], Redemption { windows: 2, ..redemption(500) });
	let buy = <() as WeightInfo>::buy().max(<() as WeightInfo>::buy_offer());
	let redeem = frame_support::weights::Weight::from_parts(1_000, 10);
	assert_eq!(one, buy + redeem);
	assert_eq!(three.get_dispatch_info().call_weight, buy * 3 + redeem * 2);
}
