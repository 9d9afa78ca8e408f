//! Rewards and credits per round.

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		tokens::{Fortitude, Precision, Preservation},
	},
};
use sp_runtime::Perbill;

#[test]
fn a_good_round_earns_its_share_of_the_fee() {
	run(|| {
		let lease = leased();
		let free = Balances::balance(&ALICE);
		reward(lease, 4);
		let amount = FEE * 8 / 10 / 4;
		assert_eq!(last_event(), Event::Rewarded { lease, provider: ALICE, amount });
		assert_eq!(Balances::balance(&ALICE), free + amount);
	});
}

#[test]
fn the_last_round_is_credited_after_the_window_from_cover_that_is_still_there() {
	run(|| {
		let lease = leased();
		set_slot(END + 5);
		assert_ok!(close());
		assert_noop!(settle(ALICE), Error::<Test>::LeasesUnfinished);
		let free = Balances::balance(&TINA);
		credit(lease, Perbill::from_percent(50), 4);
		reward(lease, 4);
		let amount = S / 2 / 4;
		assert_eq!(Balances::balance(&TINA), free + amount);
		assert_eq!(held(ALICE), 2 * COVER - amount);

		complete(lease);
		assert_eq!(held(ALICE), 2 * COVER - amount * 5 / 4);
		assert_ok!(settle(ALICE));
		assert_eq!(held(ALICE), 0);
		// What comes later still finds nothing to pay from, and says nothing.
		let before = events().len();
		credit(lease, Perbill::one(), 4);
		reward(lease, 4);
		assert_eq!(events().len(), before);
		assert_eq!(Balances::balance(&TINA), free + amount);
	});
}

#[test]
fn all_rounds_earn_four_fifths_at_most() {
	run(|| {
		let lease = leased();
		let free = Balances::balance(&ALICE);
		for _ in 0..10 {
			reward(lease, 4);
		}
		assert_eq!(Balances::balance(&ALICE), free + FEE * 8 / 10);
		assert_eq!(Utc::lease_account(lease).unwrap().fee_left(), FEE * 2 / 10);
	});
}

#[test]
fn a_reward_that_cannot_be_paid_changes_nothing() {
	run(|| {
		let lease = leased();
		assert_ok!(Balances::burn_from(
			&Utc::account_id(),
			FEE,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite
		));
		reward(lease, 1);
		assert_eq!(Utc::lease_account(lease).unwrap().rewarded, 0);
		assert_ok!(Balances::mint_into(&Utc::account_id(), FEE));
	});
}

#[test]
fn a_breach_pays_the_credit_from_cover() {
	run(|| {
		let lease = leased();
		let free = Balances::balance(&TINA);
		credit(lease, Perbill::from_percent(50), 4);
		let amount = S / 2 / 4;
		assert_eq!(last_event(), Event::Credited { lease, tenant: TINA, amount });
		assert_eq!(Balances::balance(&TINA), free + amount);
		assert_eq!(held(ALICE), 2 * COVER - amount);
		assert_eq!(position(ALICE).liable, COVER - amount);
	});
}

#[test]
fn what_goes_with_credits_is_forfeited_when_the_lease_has_ended() {
	run(|| {
		let lease = leased();
		for _ in 0..4 {
			credit(lease, Perbill::one(), 4);
		}
		assert_eq!(held(ALICE), 2 * COVER - S);
		let pool = Balances::balance(&POOL);
		complete(lease);
		let forfeited = Event::Forfeited { lease, provider: ALICE, amount: COVER - S };
		assert!(events().contains(&forfeited));
		assert_eq!((held(ALICE), Balances::balance(&POOL)), (COVER, pool + COVER - S + FEE));
		// It was paid for, and not delivered.
		assert_eq!((position(ALICE).delivered, position(ALICE).relieved), (0, 60_000));
	});
}

#[test]
fn what_goes_with_credits_is_forfeited_with_a_move() {
	run(|| {
		mint(BOB, 1);
		let lease = leased();
		credit(lease, Perbill::from_percent(50), 4);
		set_slot(START + 15);
		assert!(relocate(lease, BOB));
		// An eighth for the round in breach, and three quarters for what Bob takes over.
		assert_eq!(held(ALICE), 2 * COVER - COVER * 7 / 8);
		assert_eq!((position(ALICE).delivered, position(ALICE).relieved), (7_500, 52_500));
		complete(lease);
		assert_eq!(held(BOB), COVER);
	});
}

#[test]
fn a_credit_of_nothing_is_silent() {
	run(|| {
		let lease = leased();
		let before = events().len();
		credit(lease, Perbill::zero(), 4);
		assert_eq!(events().len(), before);
	});
}

#[test]
fn credits_and_principal_end_at_the_cover_of_the_lease() {
	run(|| {
		let lease = leased();
		let free = Balances::balance(&TINA);
		credit(lease, Perbill::from_percent(60), 1);
		fail(lease, Perbill::one());
		// 60 % and then all of S would be 1.6 S; κ is 1.25.
		assert_eq!(Balances::balance(&TINA), free + COVER);
		assert_eq!(held(ALICE), COVER);
		assert_eq!(Utc::claim(TINA), 0);
	});
}
