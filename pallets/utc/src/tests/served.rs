//! Cover of rounds that were served well.

use crate::{mock::*, *};
use exabits_primitives::{Credits, LeaseEvents as _, LeaseId, MilliDevices, Obligations};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

fn release(lease: LeaseId) -> sp_runtime::DispatchResult {
	dispatch(TOM, Call::release_served { lease })
}

#[test]
fn each_round_served_well_frees_its_part_of_the_cover() {
	run(|| {
		let lease = leased();
		let bond = Bonded::get(ALICE);
		assert_noop!(release(lease), Error::<Test>::NothingServed);
		reward(lease, 4);
		assert_ok!(release(lease));
		let (amount, bonded) = (COVER / 4, true);
		assert_eq!(last_event(), Event::CoverReleased { utc: UTC, provider: ALICE, amount, bonded });
		assert_eq!((held(ALICE), Bonded::get(ALICE)), (2 * COVER - amount, bond + amount));
		assert_eq!(position(ALICE).liable, COVER - amount);
		assert_eq!(<Utc as Obligations<AccountId>>::open_cover(CLASS), 2 * COVER - amount);
		assert_noop!(release(lease), Error::<Test>::NothingServed);
		reward(lease, 4);
		reward(lease, 4);
		assert_ok!(release(lease));
		assert_eq!(held(ALICE), 2 * COVER - 3 * amount);
	});
}

#[test]
fn what_is_left_covers_what_is_left_to_serve() {
	run(|| {
		let lease = leased();
		for _ in 0..3 {
			reward(lease, 4);
		}
		assert_ok!(release(lease));
		fail(lease, Perbill::from_percent(25));
		assert_eq!((held(ALICE), Utc::claim(TINA)), (COVER, 0));
	});
}

#[test]
fn no_more_is_freed_than_there_is() {
	run(|| {
		let lease = leased();
		for _ in 0..9 {
			reward(lease, 4);
		}
		assert_ok!(release(lease));
		assert_eq!((held(ALICE), position(ALICE).liable), (COVER, 0));
		complete(lease);
	});
}

#[test]
fn a_round_that_broke_some_terms_frees_nothing() {
	run(|| {
		let lease = leased();
		<Utc as Credits>::reward(lease, Perbill::from_percent(99), Perbill::one(), 4);
		assert_noop!(release(lease), Error::<Test>::NothingServed);
	});
}

#[test]
fn what_was_paid_out_is_freed_no_more() {
	run(|| {
		let lease = leased();
		reward(lease, 1);
		credit(lease, Perbill::from_percent(50), 1);
		assert_ok!(release(lease));
		assert_eq!((held(ALICE), position(ALICE).liable), (COVER, 0));
	});
}

#[test]
fn a_provider_that_lost_the_lease_frees_nothing_of_its_successor() {
	run(|| {
		mint(BOB, 1);
		let lease = leased();
		reward(lease, 4);
		assert!(relocate(lease, BOB));
		assert_noop!(release(lease), Error::<Test>::NothingServed);
		assert_eq!(held(BOB), COVER);
	});
}

#[test]
fn a_lease_that_has_ended_has_nothing_to_free() {
	run(|| {
		let lease = leased();
		reward(lease, 4);
		let info = Placed::get(lease).unwrap();
		Utc::completed(lease, &info);
		assert_noop!(release(lease), Error::<Test>::NotPlaced);
		assert_eq!(position(ALICE).ended, MilliDevices(1_000));
	});
}
