//! Offering UTC that is minted when it is sold.

use crate::{mock::*, *};
use exabits_math::settlement;
use exabits_primitives::{Capacity as _, MilliDevices, Obligations, Offers, Sale};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect as _};
use sp_runtime::DispatchError;

/// What one device brings in these tests, less than its cover.
const PRICE_ASKED: u128 = S;

/// Alice offers so much, for the price asked.
fn offer(amount: MilliDevices) -> Result<u128, DispatchError> {
	let utc = <Utc as Offers<AccountId>>::open(KEY)?;
	<Utc as Offers<AccountId>>::offer(&ALICE, utc, amount, PRICE_ASKED * u128::from(amount.0) / 1_000)
}

/// Tom buys so much of what Alice offers for so much money.
fn buy(amount: MilliDevices, proceeds: u128, set_aside: u128) -> Result<u128, DispatchError> {
	let sale = Sale { provider: ALICE, utc: UTC, amount, proceeds, set_aside, payer: TOM, to: TOM };
	<Utc as Offers<AccountId>>::mint(sale)
}

fn withdraw(amount: MilliDevices, set_aside: u128) -> sp_runtime::DispatchResult {
	<Utc as Offers<AccountId>>::withdraw(&ALICE, UTC, amount, set_aside)
}

fn backed() -> bool {
	<Utc as Offers<AccountId>>::backed(&ALICE, UTC)
}

#[test]
fn an_offer_needs_bond_only_for_what_its_sale_will_not_bring() {
	run(|| {
		let bond = Bonded::get(ALICE);
		let set_aside = offer(ONE).unwrap();
		assert_eq!(Some(set_aside), settlement::set_aside(ONE, S, Kappa::get(), S));
		assert_eq!((held(ALICE), Bonded::get(ALICE)), (set_aside, bond - set_aside));
		assert_eq!(last_event(), Event::Offered { utc: UTC, provider: ALICE, amount: ONE, set_aside });
		// Nothing is minted: nothing is outstanding, covered, or to be delivered.
		assert_eq!((holds(ALICE), record().minted, position(ALICE).cover), (0, MilliDevices(0), 0));
		assert_eq!(<Utc as Obligations<AccountId>>::open_cover(CLASS), 0);
		assert_eq!(Utc::promised(&ALICE, &KEY), ONE);
	});
}

#[test]
fn what_a_sale_brings_fills_the_cover_first() {
	run(|| {
		let set_aside = offer(ONE).unwrap();
		let (alice, tom) = (Balances::balance(&ALICE), Balances::balance(&TOM));
		let left = buy(ONE, S, set_aside).unwrap();
		assert_eq!((holds(TOM), record().minted), (1_000, ONE));
		assert_eq!((position(ALICE).cover, position(ALICE).offered), (COVER, MilliDevices(0)));
		assert_eq!((held(ALICE), left), (COVER + left, set_aside - (COVER - S)));
		// All of it is cover, nothing is free.
		assert_eq!((Balances::balance(&ALICE), Balances::balance(&TOM)), (alice, tom - S));
		assert_eq!(last_event(), Event::Minted { utc: UTC, provider: ALICE, amount: ONE, cover: COVER });
		assert_ok!(withdraw(MilliDevices(0), left));
		assert_eq!((held(ALICE), position(ALICE).set_aside), (COVER, 0));
	});
}

#[test]
fn what_a_sale_brings_beyond_the_cover_is_free() {
	run(|| {
		let set_aside = offer(ONE).unwrap();
		let alice = Balances::balance(&ALICE);
		assert_eq!(buy(ONE, COVER + 5, set_aside), Ok(set_aside));
		assert_eq!(Balances::balance(&ALICE), alice + 5);
		assert_ok!(withdraw(MilliDevices(0), set_aside));
	});
}

#[test]
fn an_offer_is_sold_in_parts_and_the_rest_withdrawn() {
	run(|| {
		let bond = Bonded::get(ALICE);
		let mut left = offer(MilliDevices::devices(2)).unwrap();
		for _ in 0..3 {
			left = buy(MilliDevices(333), S * 333 / 1_000, left).unwrap();
		}
		assert_eq!(
			(position(ALICE).minted, position(ALICE).offered),
			(MilliDevices(999), MilliDevices(1_001))
		);
		assert_ok!(withdraw(MilliDevices(1_001), left));
		let cover = settlement::cover(MilliDevices(333), S, Kappa::get()).unwrap() * 3;
		assert_eq!((held(ALICE), position(ALICE).cover), (cover, cover));
		assert_eq!(Bonded::get(ALICE), bond - (cover - S * 333 / 1_000 * 3));
	});
}

#[test]
fn an_offer_that_is_withdrawn_whole_leaves_nothing() {
	run(|| {
		let bond = Bonded::get(ALICE);
		let set_aside = offer(ONE).unwrap();
		assert_ok!(withdraw(ONE, set_aside));
		assert_eq!((held(ALICE), Bonded::get(ALICE), Utc::position(UTC, ALICE)), (0, bond, None));
		assert_eq!(record().positions, 0);
	});
}

#[test]
fn no_more_is_offered_or_minted_than_is_committed() {
	run(|| {
		<Utc as Offers<AccountId>>::open(KEY).unwrap();
		assert_noop!(offer(MilliDevices(8_001)), Error::<Test>::BeyondCommitment);
		offer(MilliDevices::devices(7)).unwrap();
		assert_noop!(try_mint(ALICE, MilliDevices(1_001)), Error::<Test>::BeyondCommitment);
		mint(ALICE, 1);
		assert_noop!(offer(MilliDevices(1)), Error::<Test>::BeyondCommitment);
		assert!(backed());
	});
}

#[test]
fn what_a_lost_machine_cannot_serve_is_not_minted() {
	run(|| {
		let left = offer(MilliDevices::devices(2)).unwrap();
		Committed::insert((ALICE, KEY), ONE);
		assert_eq!(TestCapacity::committed(&ALICE, &KEY), ONE);
		assert!(!backed());
		assert_noop!(buy(MilliDevices(1_001), S, left), Error::<Test>::BeyondCommitment);
		assert_ok!(buy(ONE, S, left));
	});
}

#[test]
fn an_offer_is_minted_until_the_window_starts() {
	run(|| {
		let left = offer(MilliDevices::devices(2)).unwrap();
		assert_eq!(<Utc as Offers<AccountId>>::minting_ends(UTC), Some(START));
		set_slot(START - 1);
		assert!(backed());
		let left = buy(ONE, S, left).unwrap();
		set_slot(START);
		assert!(!backed());
		assert_noop!(buy(ONE, S, left), Error::<Test>::WindowStarted);
		assert_noop!(offer(ONE), Error::<Test>::WindowStarted);
		assert_ok!(withdraw(ONE, left));
	});
}

#[test]
fn what_is_still_offered_when_the_position_is_settled_is_released() {
	run(|| {
		let bond = Bonded::get(ALICE);
		let left = offer(ONE).unwrap();
		set_slot(END + 5);
		assert_ok!(close());
		assert_ok!(settle(ALICE));
		assert_eq!((held(ALICE), Bonded::get(ALICE)), (0, bond));
		// The market may be later.
		assert_ok!(withdraw(ONE, left));
	});
}

#[test]
fn bad_input_is_refused_with_nothing_changed() {
	run(|| {
		let open = <Utc as Offers<AccountId>>::open;
		assert_noop!(open(window(5)), Error::<Test>::TooFarAhead);
		assert_noop!(
			open(exabits_primitives::UtcKey { class: exabits_primitives::ClassId(99), ..KEY }),
			Error::<Test>::UnknownClass
		);
		assert_noop!(<Utc as Offers<AccountId>>::offer(&ALICE, UTC, ONE, S), Error::<Test>::UnknownUtc);
		let set_aside = offer(ONE).unwrap();
		assert_noop!(offer(MilliDevices(0)), Error::<Test>::ZeroAmount);
		assert_noop!(buy(MilliDevices(1_001), S, set_aside), Error::<Test>::BeyondOffer);
		assert_noop!(buy(ONE, 0, set_aside), Error::<Test>::BeyondOffer);
		assert_noop!(buy(ONE, 1_000 * UNIT, set_aside).map_err(drop), ());
		assert_noop!(withdraw(MilliDevices(1_001), set_aside), Error::<Test>::BeyondOffer);
		assert_noop!(withdraw(ONE, set_aside + 1), Error::<Test>::BeyondOffer);
		// A bond that is too low for what the sale will not bring.
		Bonded::insert(ALICE, 1);
		assert!(offer(ONE).is_err());
		Bonded::insert(ALICE, 20 * UNIT - set_aside);
	});
}
