use crate::{mock::*, *};
use exabits_primitives::{ClassId, MilliDevices, Obligations};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect as _};
use sp_runtime::Perbill;

#[test]
fn returns_what_is_left_of_the_cover() {
	run(|| {
		let lease = leased();
		fail(lease, Perbill::from_percent(50));
		set_slot(END + 5);
		assert_ok!(close());
		let amount = 2 * COVER - S / 2;
		assert_ok!(settle(ALICE));
		assert_eq!(last_event(), Event::CoverReleased { utc: UTC, provider: ALICE, amount, bonded: true });
		assert_eq!(held(ALICE), 0);
		assert_eq!(Bonded::get(ALICE), 20 * UNIT - S / 2);
		assert_eq!(Utc::net_minted(&ALICE, &KEY), MilliDevices(0));
		assert_eq!(
			(record().minted, record().redeemed, record().positions),
			(MilliDevices(0), MilliDevices(0), 0)
		);
	});
}

#[test]
fn the_cover_of_a_class_is_what_its_positions_have() {
	let open = || <Utc as Obligations<AccountId>>::open_cover(CLASS);
	run(|| {
		assert_eq!(open(), 0);
		let lease = leased();
		mint(BOB, 3);
		assert_eq!(open(), 5 * COVER);
		assert_eq!(<Utc as Obligations<AccountId>>::open_cover(ClassId(CLASS.0 + 1)), 0);
		assert_ok!(try_burn(BOB, ONE));
		assert_eq!(open(), 4 * COVER);
		credit(lease, Perbill::from_percent(50), 1);
		assert_eq!(open(), 4 * COVER - S / 2);
		fail(lease, Perbill::one());
		assert_eq!(open(), held(ALICE) + held(BOB));
		set_slot(END + 5);
		assert_ok!(close());
		assert_ok!(settle(ALICE));
		assert_eq!(open(), 2 * COVER);
		assert_ok!(settle(BOB));
		assert!(!OpenCover::<Test>::contains_key(CLASS));
	});
}

#[test]
fn leaves_other_positions_alone() {
	run(|| {
		leased();
		mint(BOB, 3);
		set_slot(END + 5);
		assert_ok!(close());
		assert_ok!(settle(BOB));
		assert_eq!(held(BOB), 0);
		assert_eq!(held(ALICE), 2 * COVER);
	});
}

#[test]
fn leaves_money_free_without_a_bond() {
	run(|| {
		mint(ALICE, 1);
		set_slot(END + 5);
		assert_ok!(close());
		Bonded::remove(ALICE);
		let free = Balances::balance(&ALICE);
		assert_ok!(settle(ALICE));
		let released = Event::CoverReleased { utc: UTC, provider: ALICE, amount: COVER, bonded: false };
		assert_eq!(last_event(), released);
		assert_eq!(Balances::balance(&ALICE), free + COVER);
	});
}

#[test]
fn happens_once() {
	run(|| {
		mint(ALICE, 1);
		set_slot(END + 5);
		assert_ok!(close());
		assert_noop!(settle(BOB), Error::<Test>::NoPosition);
		assert_ok!(settle(ALICE));
		assert_noop!(settle(ALICE), Error::<Test>::NoPosition);
	});
}

#[test]
fn fails_for_an_unknown_utc() {
	run(|| {
		assert_noop!(settle(ALICE), Error::<Test>::UnknownUtc);
	});
}

#[test]
fn fails_before_the_close() {
	run(|| {
		mint(ALICE, 1);
		set_slot(END + 5);
		assert_noop!(settle(ALICE), Error::<Test>::StillOpen);
	});
}

#[test]
fn waits_for_the_last_lease() {
	run(|| {
		let lease = leased();
		set_slot(END + 5);
		assert_ok!(close());
		assert_noop!(settle(ALICE), Error::<Test>::LeasesUnfinished);
		complete(lease);
		assert_ok!(settle(ALICE));
	});
}

#[test]
fn works_after_the_asset_is_gone() {
	run(|| {
		mint(ALICE, 1);
		set_slot(END + 5);
		assert_ok!(close());
		assert_ok!(destroy_step());
		assert_eq!(record().state, UtcState::Closed);
		assert_ok!(settle(ALICE));
	});
}
