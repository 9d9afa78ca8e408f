use crate::{mock::*, Due, Error, Event, Listings};
use exabits_primitives::{ListingId, MilliDevices};
use frame_support::{assert_noop, assert_ok};

#[test]
fn gives_back_what_is_left() {
	run(|| {
		let references = System::consumers(&SELLER);
		let listing = list(1_000, 1_000);
		assert_ok!(Market::buy(RuntimeOrigin::signed(BUYER), listing, MilliDevices(300), 1_000));

		assert_ok!(Market::cancel(RuntimeOrigin::signed(SELLER), listing));

		assert_eq!(units(SELLER), u128::from(SUPPLY) - 300);
		assert_eq!(escrowed(), 0);
		assert_eq!(Listings::<Test>::iter().count(), 0);
		assert_eq!(Due::<Test>::iter().count(), 0);
		assert_eq!(System::consumers(&SELLER), references);
		assert_eq!(
			last_event(),
			Event::Cancelled { listing, seller: SELLER, utc: UTC, returned: MilliDevices(700) }
		);
	});
}

#[test]
fn leaves_other_listings_alone() {
	run(|| {
		let (first, second) = (list(1_000, 1_000), list(500, 2_000));
		assert_ok!(Market::cancel(RuntimeOrigin::signed(SELLER), first));
		assert_eq!(Due::<Test>::get(ENDS).into_inner(), vec![second]);
		assert_eq!(escrowed(), 500);
	});
}

#[test]
fn works_before_at_and_after_the_end() {
	for slot in [ENDS - 1, ENDS, ENDS + 1] {
		run(|| {
			let listing = list(1_000, 1_000);
			Now::set(slot);
			assert_ok!(Market::cancel(RuntimeOrigin::signed(SELLER), listing));
			assert_eq!(units(SELLER), u128::from(SUPPLY));
		});
	}
}

#[test]
fn returns_nothing_of_a_closed_utc() {
	run(|| {
		let listing = list(1_000, 1_000);
		close(UTC);
		assert_ok!(Market::cancel(RuntimeOrigin::signed(SELLER), listing));
		assert_eq!(
			last_event(),
			Event::Cancelled { listing, seller: SELLER, utc: UTC, returned: MilliDevices(0) }
		);
		assert_eq!(Listings::<Test>::iter().count(), 0);
	});
}

#[test]
fn refuses_anyone_but_the_seller() {
	run(|| {
		let listing = list(1_000, 1_000);
		assert_noop!(Market::cancel(RuntimeOrigin::signed(OTHER), listing), Error::<Test>::NotSeller);
	});
}

#[test]
fn refuses_an_unknown_listing() {
	run(|| {
		let listing = list(1_000, 1_000);
		assert_noop!(
			Market::cancel(RuntimeOrigin::signed(SELLER), ListingId(1)),
			Error::<Test>::UnknownListing
		);
		assert_ok!(Market::cancel(RuntimeOrigin::signed(SELLER), listing));
		assert_noop!(Market::cancel(RuntimeOrigin::signed(SELLER), listing), Error::<Test>::UnknownListing);
	});
}
