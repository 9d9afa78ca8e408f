use crate::{mock::*, *};
use exabits_primitives::{MilliDevices, UtcId};
use frame_support::{assert_err, assert_noop, assert_ok, traits::fungible::Inspect as _};
use sp_runtime::Perbill;

#[test]
fn frees_cover_into_the_bond() {
	run(|| {
		mint(ALICE, 2);
		assert_ok!(try_burn(ALICE, MilliDevices(500)));
		let burned = Event::Burned { utc: UTC, provider: ALICE, amount: MilliDevices(500), cover: COVER / 2 };
		assert_eq!(last_event(), burned);
		assert_eq!(held(ALICE), COVER * 3 / 2);
		assert_eq!(Bonded::get(ALICE), 20 * UNIT - COVER * 3 / 2);
		assert_eq!(holds(ALICE), 1_500);
		assert_eq!(record().minted, MilliDevices(1_500));
	});
}

#[test]
fn of_everything_ends_the_position() {
	run(|| {
		CurrentPrice::set(Some(11));
		// Two mints round up to more than one burn of the same amount would free.
		assert_ok!(try_mint(ALICE, MilliDevices(101)));
		assert_ok!(try_mint(ALICE, MilliDevices(101)));
		assert_ok!(try_burn(ALICE, MilliDevices(202)));
		assert_eq!(held(ALICE), 0);
		assert_eq!(Bonded::get(ALICE), 20 * UNIT);
		assert_eq!(Utc::position(UTC, ALICE), None);
		assert_eq!(record().positions, 0);
	});
}

#[test]
fn leaves_the_cover_of_running_leases() {
	run(|| {
		leased();
		assert_ok!(try_burn(ALICE, ONE));
		assert_eq!(held(ALICE), COVER);
		assert_eq!(position(ALICE).liable, COVER);
		assert_eq!(position(ALICE).minted, ONE);
	});
}

#[test]
fn leaves_the_cover_of_what_is_still_outstanding() {
	run(|| {
		// A credit was paid, then the lease moved away: Alice's cover no longer matches what she minted.
		mint(BOB, 1);
		let lease = leased();
		credit(lease, Perbill::from_percent(50), 1);
		place_better(lease, BOB);
		assert_eq!(held(ALICE), 2 * COVER - S / 2);
		assert_ok!(try_burn(ALICE, ONE));
		assert_eq!(held(ALICE), COVER);
	});
}

#[test]
fn leaves_money_free_without_a_bond() {
	run(|| {
		mint(ALICE, 1);
		let bonded = Bonded::take(ALICE);
		let free = Balances::balance(&ALICE);
		assert_ok!(try_burn(ALICE, ONE));
		assert_eq!(Balances::balance(&ALICE), free + COVER);
		Bonded::insert(ALICE, bonded);
	});
}

#[test]
fn fails_for_nothing() {
	run(|| {
		mint(ALICE, 1);
		assert_noop!(try_burn(ALICE, MilliDevices(0)), Error::<Test>::ZeroAmount);
	});
}

#[test]
fn fails_for_an_unknown_utc() {
	run(|| {
		mint(ALICE, 1);
		let call = Call::burn { utc: UtcId(9), amount: ONE };
		assert_noop!(dispatch(ALICE, call), Error::<Test>::UnknownUtc);
	});
}

#[test]
fn fails_for_who_did_not_mint() {
	run(|| {
		mint(ALICE, 1);
		send(ALICE, TINA, ONE);
		assert_noop!(try_burn(TINA, ONE), Error::<Test>::NoPosition);
	});
}

#[test]
fn fails_beyond_what_is_unplaced() {
	run(|| {
		mint(BOB, 2);
		leased();
		send(BOB, ALICE, ONE);
		assert_noop!(try_burn(ALICE, MilliDevices(1_001)), Error::<Test>::BeyondUnplaced);
		assert_ok!(try_burn(ALICE, ONE));
	});
}

#[test]
fn fails_for_what_was_sold() {
	run(|| {
		mint(ALICE, 1);
		send(ALICE, TINA, MilliDevices(1));
		let before = (held(ALICE), record());
		assert_err!(try_burn(ALICE, ONE), sp_runtime::TokenError::FundsUnavailable);
		assert_eq!((held(ALICE), record()), before);
	});
}

#[test]
fn ends_with_the_window() {
	run(|| {
		mint(ALICE, 2);
		set_slot(END - 1);
		assert_ok!(try_burn(ALICE, ONE));
		for slot in [END, END + 1] {
			set_slot(slot);
			assert_noop!(try_burn(ALICE, ONE), Error::<Test>::WindowOver);
		}
	});
}

#[test]
fn fails_while_closing() {
	run(|| {
		mint(ALICE, 1);
		set_slot(END + 5);
		assert_ok!(close());
		assert_noop!(try_burn(ALICE, ONE), Error::<Test>::NotOpen);
	});
}
