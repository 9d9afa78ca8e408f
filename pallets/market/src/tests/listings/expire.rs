use crate::{mock::*, weights::WeightInfo, Due, Error, Event, Listings, Pallet, SweptTo};
use exabits_primitives::{deadlines::SPILL, ListingId, MilliDevices, UtcId};
use frame_support::{assert_noop, assert_ok, traits::fungibles::Mutate, weights::Weight};

fn expire(listing: ListingId) -> sp_runtime::DispatchResult {
	Market::expire(RuntimeOrigin::signed(OTHER), listing)
}

#[test]
fn gives_back_what_is_left() {
	run(|| {
		let references = System::consumers(&SELLER);
		let listing = list(1_000, 1_000);
		Now::set(ENDS);

		assert_ok!(expire(listing));

		assert_eq!(units(SELLER), u128::from(SUPPLY));
		assert_eq!(escrowed(), 0);
		assert_eq!(Due::<Test>::iter().count(), 0);
		assert_eq!(System::consumers(&SELLER), references);
		assert_eq!(
			last_event(),
			Event::Expired { listing, seller: SELLER, utc: UTC, returned: MilliDevices(1_000) }
		);
	});
}

#[test]
fn refuses_before_the_end() {
	run(|| {
		let listing = list(1_000, 1_000);
		Now::set(ENDS - 1);
		assert_noop!(expire(listing), Error::<Test>::StillTrading);
		Now::set(ENDS);
		assert_ok!(expire(listing));
	});
}

#[test]
fn refuses_an_unknown_listing() {
	run(|| {
		assert_noop!(expire(ListingId(0)), Error::<Test>::UnknownListing);
	});
}

#[test]
fn removes_listings_of_a_utc_that_was_closed() {
	run(|| {
		let listing = list(1_000, 1_000);
		close(UTC);
		assert_ok!(expire(listing));
		assert_eq!(
			last_event(),
			Event::Expired { listing, seller: SELLER, utc: UTC, returned: MilliDevices(0) }
		);
	});
}

#[test]
fn removes_listings_of_a_utc_that_is_gone_with_its_accounts() {
	run(|| {
		let references = System::consumers(&SELLER);
		list(SUPPLY, 1_000);
		close(UTC);
		assert_ok!(Assets::destroy_accounts(RuntimeOrigin::signed(ADMIN), UTC.0));
		assert_ok!(Assets::finish_destroy(RuntimeOrigin::signed(ADMIN), UTC.0));

		at(ENDS);

		assert_eq!(Listings::<Test>::iter().count(), 0);
		assert_eq!(Due::<Test>::iter().count(), 0);
		// The asset's own reference went with the seller's last unit.
		assert_eq!(System::consumers(&SELLER), references - 1);
	});
}

#[test]
fn keeps_a_listing_that_cannot_be_given_back() {
	run(|| {
		let listing = list(1_000, 1_000);
		assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(ADMIN), UTC.0));
		Now::set(ENDS);
		assert_noop!(expire(listing), sp_runtime::TokenError::Frozen);

		// The sweep cannot either: it goes on without it, and nothing is lost.
		at(ENDS);
		assert_eq!(Listings::<Test>::get(listing).unwrap().due, None);
		assert_eq!(Due::<Test>::iter().count(), 0);
		assert_eq!(escrowed(), 1_000);

		assert_ok!(Assets::thaw_asset(RuntimeOrigin::signed(ADMIN), UTC.0));
		assert_ok!(expire(listing));
		assert_eq!(units(SELLER), u128::from(SUPPLY));
	});
}

#[test]
fn is_swept_at_the_end_and_not_before() {
	run(|| {
		let listing = list(1_000, 1_000);
		at(ENDS - 1);
		assert!(Listings::<Test>::contains_key(listing));
		at(ENDS);
		assert!(!Listings::<Test>::contains_key(listing));
		assert_eq!(units(SELLER), u128::from(SUPPLY));
		at(ENDS + 1);
		assert_eq!(SweptTo::<Test>::get(), Some(ENDS + 2));
		assert_eq!(
			last_event(),
			Event::Expired { listing, seller: SELLER, utc: UTC, returned: MilliDevices(1_000) }
		);
	});
}

#[test]
fn is_swept_later_when_the_end_moved() {
	run(|| {
		let listing = list(1_000, 1_000);
		Terms::mutate(|terms| {
			terms.insert(UTC, (CAP, ENDS + 50));
		});

		at(ENDS + 49);
		assert_eq!(Listings::<Test>::get(listing).unwrap().due, Some(ENDS + 50));
		assert_ok!(Market::buy(RuntimeOrigin::signed(BUYER), listing, MilliDevices(500), 1_000));

		at(ENDS + 50);
		assert_eq!(units(SELLER), u128::from(SUPPLY) - 500);
		assert_eq!(Listings::<Test>::iter().count(), 0);
	});
}

#[test]
fn stays_for_anyone_to_expire_when_the_moved_end_has_no_room() {
	run(|| {
		let listing = list(1_000, 1_000);
		// Another UTC fills all slots that the moved end could take.
		let other = UtcId(8);
		open(other, ENDS + 50);
		assert_ok!(Assets::mint_into(other.0, &OTHER, SUPPLY.into()));
		for _ in 0..4 * (SPILL + 1) {
			assert_ok!(Market::list(RuntimeOrigin::signed(OTHER), other, MilliDevices(100), 1));
		}
		Terms::mutate(|terms| {
			terms.insert(UTC, (CAP, ENDS + 50));
		});

		at(ENDS);

		assert_eq!(Listings::<Test>::get(listing).unwrap().due, None);
		Now::set(ENDS + 50);
		assert_ok!(expire(listing));
	});
}

#[test]
fn is_spread_over_blocks_by_weight() {
	run(|| {
		for _ in 0..4 {
			list(100, 1);
		}
		// The cursor, one slot and two of its four listings.
		let steps = Pallet::<Test>::sweep_step_weight().saturating_mul(2);
		let limit = <() as WeightInfo>::sweep_slot().saturating_mul(2).saturating_add(steps);
		SweepWeight::set(limit);
		Now::set(ENDS);
		SweptTo::<Test>::put(ENDS);

		assert_eq!(sweep(Weight::MAX), limit);
		assert_eq!(Due::<Test>::get(ENDS).into_inner(), vec![ListingId(2), ListingId(3)]);
		assert_eq!(Listings::<Test>::iter().count(), 2);
		Market::do_try_state().unwrap();

		// What the block has left binds as well as the pallet's own limit.
		SweepWeight::set(Weight::MAX);
		assert_eq!(sweep(limit), limit);
		assert_eq!(Listings::<Test>::iter().count(), 0);
		assert_eq!(units(SELLER), u128::from(SUPPLY));
	});
}

#[test]
fn of_one_listing_does_not_hang_on_another() {
	run(|| {
		let other = UtcId(8);
		open(other, ENDS);
		assert_ok!(Assets::mint_into(other.0, &OTHER, SUPPLY.into()));
		assert_ok!(Market::list(RuntimeOrigin::signed(OTHER), other, MilliDevices(100), 1));
		let good = list(100, 1);
		assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(ADMIN), other.0));

		at(ENDS);

		assert!(Listings::<Test>::contains_key(ListingId(0)));
		assert!(!Listings::<Test>::contains_key(good));
		assert_eq!(units(SELLER), u128::from(SUPPLY));
	});
}

#[test]
fn is_not_swept_in_a_block_without_weight() {
	run(|| {
		list(1_000, 1_000);
		Now::set(ENDS);
		assert_eq!(poll(Weight::zero()), Weight::zero());
		assert_eq!(Listings::<Test>::iter().count(), 1);
		poll(Weight::MAX);
		assert_eq!(Listings::<Test>::iter().count(), 0);
	});
}

#[test]
fn weighs_nothing_that_was_not_listed() {
	run(|| {
		assert_eq!(sweep(Weight::MAX), <() as WeightInfo>::sweep_slot());
	});
}
