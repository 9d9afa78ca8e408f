use crate::{mock::*, *};
use exabits_primitives::{ClassId, MilliDevices, Obligations};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{hold::Mutate as _, Inspect as _},
		tokens::{Fortitude, Precision, Restriction},
	},
};
use sp_runtime::Perbill;

#[test]
fn returns_what_is_left_of_the_cover() {
	run(|| {
		let lease = leased();
		fail(lease, Perbill::from_percent(50));
		set_slot(END + 5);
		assert_ok!(close());
		let amount = 2 * COVER - COVER / 2;
		assert_ok!(settle(ALICE));
		assert_eq!(last_event(), Event::CoverReleased { utc: UTC, provider: ALICE, amount, bonded: true });
		assert_eq!(held(ALICE), 0);
		assert_eq!(Bonded::get(ALICE), 20 * UNIT - COVER / 2);
		assert_eq!(Utc::promised(&ALICE, &KEY), MilliDevices(0));
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
		assert_eq!(open(), held(BOB));
		assert_ok!(settle(BOB));
		assert!(!OpenCover::<Test>::contains_key(CLASS));
	});
}

#[test]
fn leaves_other_positions_alone() {
	run(|| {
		mint(ALICE, 2);
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
		mint(BOB, 1);
		set_slot(END + 5);
		assert_ok!(close());
		// Nor is anybody else settled before: what all delivered is not known.
		assert_noop!(settle(ALICE), Error::<Test>::LeasesUnfinished);
		assert_noop!(settle(BOB), Error::<Test>::LeasesUnfinished);
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

/// What a provider has in all: free, as a bond and as cover.
fn wealth(who: AccountId) -> u128 {
	Balances::balance(&who) + held(who) + Bonded::get(who)
}

/// Ends the window and settles these providers, in this order.
fn end(order: &[AccountId]) {
	set_slot(Now::get().max(END + 5));
	assert_ok!(close());
	for provider in order {
		assert_ok!(settle(*provider));
	}
}

/// Alice and Bob have each minted and sold two devices. One of all four is redeemed, and Bob serves it.
fn served_by_bob() {
	mint(ALICE, 2);
	mint(BOB, 2);
	send(ALICE, TOM, MilliDevices::devices(2));
	send(BOB, TINA, MilliDevices::devices(2));
	let lease = redeem(TINA, ONE, BOB);
	complete(lease);
}

#[test]
fn who_delivered_less_pays_who_delivered_more() {
	for order in [&[ALICE, BOB][..], &[BOB, ALICE, BOB]] {
		run(|| {
			served_by_bob();
			let (alice, bob) = (wealth(ALICE), wealth(BOB));
			end(order);
			// Half of the device was Alice's duty.
			assert_eq!((wealth(ALICE), wealth(BOB)), (alice - IMBALANCE / 2, bob + IMBALANCE / 2));
			assert_eq!((held(ALICE), held(BOB)), (0, 0));
			assert!(events().contains(&Event::DutyPaid { utc: UTC, provider: ALICE, amount: IMBALANCE / 2 }));
			assert_eq!(last_event(), Event::DuePaid { utc: UTC, provider: BOB, amount: IMBALANCE / 2 });
			assert_eq!((record().positions, Settlements::<Test>::get(UTC)), (0, None));
			assert_eq!(Balances::balance(&Utc::account_id()), ED);
		});
	}
}

#[test]
fn who_is_owed_waits_for_the_others() {
	run(|| {
		served_by_bob();
		end(&[BOB]);
		assert_eq!(held(BOB), 0);
		assert_eq!(position(BOB).due, Some(IMBALANCE / 2));
		assert_noop!(settle(BOB), Error::<Test>::OthersUnsettled);
		assert_ok!(settle(ALICE));
		assert_ok!(settle(BOB));
		assert_noop!(settle(BOB), Error::<Test>::NoPosition);
	});
}

#[test]
fn a_lease_that_a_provider_fails_is_paid_to_who_takes_it_over() {
	run(|| {
		// Alice sells a device and fails; Bob has not sold his.
		let lease = leased();
		assert_ok!(try_burn(ALICE, ONE));
		mint(BOB, 1);
		let (alice, bob) = (wealth(ALICE), wealth(BOB));
		let (tina, reserved) = (Balances::balance(&TINA), held(ALICE));
		// Nobody acknowledges it until a quarter of the window has passed.
		set_slot(START + 15);
		assert!(relocate_after(lease, BOB, START));
		let (from, to, amount) = (ALICE, BOB, S * 3 / 4);
		assert!(events().contains(&Event::TakenOver { lease, from, to, amount }));
		assert_eq!(Balances::balance(&TINA), tina + S / 4);
		assert_eq!(held(ALICE), reserved - COVER);
		complete(lease);
		end(&[ALICE, BOB]);
		assert_eq!((wealth(ALICE), wealth(BOB)), (alice - COVER, bob + S * 3 / 4));
		assert_eq!(Settlements::<Test>::get(UTC), None);
	});
}

#[test]
fn a_moved_lease_is_delivered_by_both() {
	run(|| {
		served_by_bob();
		mint(BOB, 1);
		let lease = redeem(TOM, ONE, ALICE);
		set_slot(START + 45);
		assert!(relocate(lease, BOB));
		complete(lease);
		let time = |devices: u64, slots: u64| devices * 1_000 * slots;
		assert_eq!((position(ALICE).delivered, position(ALICE).relieved), (time(1, 45), time(1, 15)));
		// What Alice paid Bob for is no delivery of his, and what he burnt for it he promises no more.
		assert_eq!((position(BOB).delivered, position(BOB).relieved), (time(1, 60), time(1, 60)));
		let delivery = record().delivery().unwrap();
		assert_eq!((delivery.obliged, delivery.delivered), (time(5, 60) - time(1, 75), time(1, 105)));
		let (alice, bob) = (wealth(ALICE), wealth(BOB));
		end(&[ALICE, BOB]);
		// Of 225 promised device-slots 105 were asked for: 49 of Alice's 105, who delivered 45; 56 of Bob's 120.
		let paid = IMBALANCE * 4 / 60;
		assert_eq!(wealth(ALICE), alice - paid - 1);
		assert_eq!(wealth(BOB), bob + paid);
	});
}

#[test]
fn what_was_paid_in_cash_is_no_duty_any_more() {
	run(|| {
		mint(ALICE, 2);
		mint(BOB, 2);
		send(ALICE, TINA, MilliDevices::devices(2));
		fail(redeem(TINA, ONE, ALICE), Perbill::one());
		fail(redeem(TINA, ONE, ALICE), Perbill::one());
		let (alice, bob) = (wealth(ALICE), wealth(BOB));
		end(&[BOB, ALICE]);
		assert_eq!((wealth(ALICE), wealth(BOB)), (alice, bob));
	});
}

#[test]
fn redemptions_in_a_running_window_count_for_their_time() {
	run(|| {
		mint(ALICE, 1);
		mint(BOB, 1);
		send(BOB, TINA, ONE);
		set_slot(START + 30);
		complete(redeem(TINA, ONE, BOB));
		let (alice, bob) = (wealth(ALICE), wealth(BOB));
		end(&[ALICE, BOB]);
		assert_eq!((wealth(ALICE), wealth(BOB)), (alice - IMBALANCE / 4, bob + IMBALANCE / 4));
	});
}

#[test]
fn who_burnt_what_it_had_not_sold_owes_nothing() {
	run(|| {
		mint(ALICE, 2);
		mint(BOB, 2);
		send(BOB, TINA, ONE);
		complete(redeem(TINA, ONE, BOB));
		assert_ok!(try_burn(ALICE, MilliDevices::devices(2)));
		let bob = wealth(BOB);
		end(&[BOB]);
		assert_eq!(wealth(BOB), bob);
	});
}

#[test]
fn what_nobody_could_pay_is_borne_pro_rata() {
	new_test_ext().execute_with(|| {
		Committed::insert((TOM, KEY), MilliDevices::devices(8));
		bond(TOM, 20 * UNIT);
		for provider in [ALICE, BOB, TOM] {
			mint(provider, 2);
			send(provider, TINA, MilliDevices::devices(2));
		}
		complete(redeem(TINA, MilliDevices::devices(2), BOB));
		complete(redeem(TINA, ONE, TOM));
		// Nothing takes the cover that no lease stands on; this stands for whatever might.
		let lost = held(ALICE) - IMBALANCE / 3;
		Positions::<Test>::mutate(UTC, ALICE, |position| position.as_mut().unwrap().cover = IMBALANCE / 3);
		OpenCover::<Test>::mutate(CLASS, |cover| *cover -= lost);
		assert_ok!(Balances::transfer_on_hold(
			&HoldReason::Cover.into(),
			&ALICE,
			&POOL,
			lost,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		));
		let (alice, bob, tom) = (wealth(ALICE), wealth(BOB), wealth(TOM));
		let pool = Balances::balance(&POOL);
		// One of the three devices was the duty of each: Alice owes one, Bob is owed it, Tom is even.
		end(&[BOB, ALICE]);
		assert_noop!(settle(BOB), Error::<Test>::OthersUnsettled);
		assert_ok!(settle(TOM));
		assert_ok!(settle(BOB));
		assert_eq!(
			(wealth(ALICE), wealth(BOB), wealth(TOM)),
			(alice - IMBALANCE / 3, bob + IMBALANCE / 3, tom)
		);
		assert_eq!(Balances::balance(&POOL), pool);
		assert_ok!(Utc::do_try_state());
	});
}

#[test]
fn all_bear_their_part_of_what_nobody_delivered() {
	run(|| {
		mint(ALICE, 1);
		mint(BOB, 1);
		send(ALICE, TINA, ONE);
		let lease = redeem(TINA, ONE, ALICE);
		// Nothing stands behind the lease, so that the pool and a claim pay for it.
		LeaseAccounts::<Test>::mutate(lease, |account| account.as_mut().unwrap().reserved = 0);
		Positions::<Test>::mutate(UTC, ALICE, |position| position.as_mut().unwrap().liable = 0);
		fail(lease, Perbill::one());
		let claim = Utc::claim(TINA);
		assert!(claim > 0);
		let (alice, bob, pool) = (wealth(ALICE), wealth(BOB), Balances::balance(&POOL));
		end(&[ALICE, BOB]);
		assert_eq!((wealth(ALICE), wealth(BOB)), (alice - IMBALANCE / 2, bob - IMBALANCE / 2));
		assert_eq!(Balances::balance(&POOL), pool + IMBALANCE);
		assert_eq!(last_event(), Event::SettlementClosed { utc: UTC, remainder: IMBALANCE });
		assert_ok!(pay_claim(TINA));
		// With the fee that nobody earned it is all that has flowed into the pool since.
		assert_eq!(Utc::claim(TINA), claim - FEE - IMBALANCE);
	});
}

#[test]
fn what_a_cover_is_short_of_for_a_takeover_is_served_at_first_hand() {
	run(|| {
		let lease = leased();
		assert_ok!(try_burn(ALICE, ONE));
		mint(BOB, 1);
		// A credit has taken all but a quarter of a device's worth.
		credit(lease, Perbill::one(), 1);
		assert_eq!(held(ALICE), S / 4);
		assert!(relocate(lease, BOB));
		assert_eq!(held(ALICE), 0);
		assert_eq!(Utc::lease_account(lease).unwrap().taken_over, Perbill::from_percent(25));
		complete(lease);
		assert_eq!((position(ALICE).relieved, position(BOB).delivered), (15_000, 45_000));
	});
}
