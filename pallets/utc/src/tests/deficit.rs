//! Redeeming for cash what a provider cannot place.

use crate::{mock::*, *};
use exabits_primitives::{MachineId, MilliDevices};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect as _};
use sp_runtime::Perbill;

/// Alice has minted and sold four of the eight devices that she committed; so much of them is on a lost machine.
fn sold_and_lost(lost: u32) {
	mint(ALICE, 4);
	send(ALICE, TINA, MilliDevices::devices(4));
	LostRoom::insert(ALICE, MilliDevices::devices(lost));
}

#[test]
fn pays_the_whole_window_before_it_starts() {
	run(|| {
		sold_and_lost(8);
		let (tina, cover) = (Balances::balance(&TINA), held(ALICE));
		assert_ok!(cash(TINA, ONE, ALICE));
		let forfeited = S / 4;
		let cashed = Event::RedeemedForCash {
			utc: UTC,
			holder: TINA,
			provider: ALICE,
			amount: ONE,
			paid: S,
			forfeited,
		};
		assert_eq!(last_event(), cashed);
		assert_eq!(Balances::balance(&TINA), tina + S);
		assert_eq!(held(ALICE), cover - COVER);
		assert_eq!((holds(TINA), record().minted), (3_000, MilliDevices(3_000)));
		assert_eq!(position(ALICE).minted, MilliDevices(3_000));
	});
}

#[test]
fn pays_the_remaining_time_until_the_window_ends() {
	run(|| {
		sold_and_lost(8);
		let tina = Balances::balance(&TINA);
		set_slot(START);
		assert_ok!(cash(TINA, MilliDevices(125), ALICE));
		assert_eq!(Balances::balance(&TINA), tina + S / 8);
		set_slot(END - 15);
		assert_ok!(cash(TINA, ONE, ALICE));
		assert_eq!(Balances::balance(&TINA), tina + S / 8 + S / 4);
		set_slot(END);
		assert_noop!(cash(TINA, ONE, ALICE), Error::<Test>::WindowOver);
	});
}

#[test]
fn no_more_than_can_be_placed_nowhere() {
	for (lost, short) in [(3, 0), (4, 0), (5, 1_000), (8, 4_000)] {
		run(|| {
			sold_and_lost(lost);
			assert_noop!(cash(TINA, MilliDevices(short + 1), ALICE), Error::<Test>::BeyondDeficit);
			if short > 0 {
				assert_ok!(cash(TINA, MilliDevices(short), ALICE));
			}
			assert_noop!(cash(TINA, MilliDevices(1), ALICE), Error::<Test>::BeyondDeficit);
		});
	}
}

#[test]
fn leases_that_ended_and_leases_that_run_are_no_deficit() {
	run(|| {
		sold_and_lost(0);
		fail(redeem(TINA, ONE, ALICE), Perbill::one());
		redeem(TINA, ONE, ALICE);
		// All rooms but that of the lease are free, and the machine that is lost has all of them.
		LostRoom::insert(ALICE, MilliDevices::devices(7));
		assert_noop!(cash(TINA, MilliDevices(2_001), ALICE), Error::<Test>::BeyondDeficit);
		// One device is free on a machine in service.
		LostRoom::insert(ALICE, MilliDevices::devices(6));
		assert_noop!(cash(TINA, MilliDevices(1_001), ALICE), Error::<Test>::BeyondDeficit);
		assert_ok!(cash(TINA, ONE, ALICE));
	});
}

#[test]
fn ends_when_the_machine_is_back() {
	run(|| {
		sold_and_lost(8);
		assert_ok!(cash(TINA, ONE, ALICE));
		LostRoom::remove(ALICE);
		assert_noop!(cash(TINA, ONE, ALICE), Error::<Test>::NotLost);
	});
}

#[test]
fn bad_input_is_refused_with_nothing_changed() {
	run(|| {
		assert_noop!(cash(TINA, ONE, ALICE), Error::<Test>::UnknownUtc);
		sold_and_lost(8);
		assert_noop!(cash(TINA, MilliDevices(0), ALICE), Error::<Test>::ZeroAmount);
		assert_noop!(cash(TINA, ONE, BOB), Error::<Test>::NoPosition);
		assert!(cash(TOM, ONE, ALICE).is_err(), "Tom holds nothing");
		let call = |machines: Vec<MachineId>| {
			let (machines, provider) = (machines.try_into().unwrap(), ALICE);
			dispatch(TINA, Call::redeem_for_cash { utc: UTC, amount: ONE, provider, machines })
		};
		assert_noop!(call(vec![MachineId(BOB as u32)]), Error::<Test>::NotLost);
		assert_noop!(call(vec![]), Error::<Test>::BeyondDeficit);
		// What leases stand on is not for this.
		Positions::<Test>::mutate(UTC, ALICE, |position| {
			let position = position.as_mut().unwrap();
			position.liable = position.cover - S + 1;
		});
		assert_noop!(cash(TINA, ONE, ALICE), Error::<Test>::CoverTooLow);
		Positions::<Test>::mutate(UTC, ALICE, |position| position.as_mut().unwrap().liable = 0);
	});
}

#[test]
fn what_was_paid_for_is_promised_no_more() {
	run(|| {
		sold_and_lost(8);
		mint(BOB, 1);
		assert_ok!(cash(TINA, MilliDevices::devices(4), ALICE));
		complete(redeem_of_bob());
		set_slot(END + 5);
		assert_ok!(close());
		assert_eq!(held(ALICE), 0);
		assert_ok!(settle(ALICE));
		let released = Event::CoverReleased { utc: UTC, provider: ALICE, amount: 0, bonded: false };
		assert_eq!(last_event(), released);
		assert_ok!(settle(BOB));
	});
}

#[test]
fn covers_a_provider_whose_redemptions_another_one_takes() {
	for slot in [GENESIS_SLOT, START, START + 30] {
		run(|| {
			// Tina has bought of Alice, and Bob, who has not sold, serves her. So he holds what Alice still owes.
			mint(ALICE, 1);
			send(ALICE, TINA, ONE);
			mint(BOB, 1);
			let lease = redeem(TINA, ONE, BOB);
			set_slot(slot);
			assert_noop!(cash(BOB, ONE, ALICE), Error::<Test>::NotLost);
			LostRoom::insert(ALICE, MilliDevices::devices(8));
			let left = u128::from(END - slot.max(START));
			let (bob, alice, pool) = (Balances::balance(&BOB), held(ALICE), Balances::balance(&POOL));
			assert_noop!(cash(BOB, MilliDevices(1_001), ALICE), Error::<Test>::BeyondDeficit);
			assert_ok!(cash(BOB, ONE, ALICE));
			assert_eq!(Balances::balance(&BOB), bob + S * left / 60);
			assert_eq!(held(ALICE), alice - COVER * left / 60);
			assert_eq!(Balances::balance(&POOL), pool + (COVER - S) * left / 60);
			// He has delivered what he promised, and she promises nothing any more: nothing is left to settle.
			complete(lease);
			set_slot(END + 5);
			assert_ok!(close());
			assert_ok!(settle(ALICE));
			assert_ok!(settle(BOB));
			assert!(!events().iter().any(|event| matches!(event, Event::DutyPaid { .. })));
		});
	}
}

#[test]
fn covers_a_provider_that_lost_a_part_of_its_machines() {
	run(|| {
		mint(ALICE, 8);
		send(ALICE, TINA, MilliDevices::devices(8));
		mint(BOB, 2);
		let lease = redeem(TINA, MilliDevices::devices(2), BOB);
		// Five of her eight devices are left, for the six that Tina still holds and the two of Bob's.
		LostRoom::insert(ALICE, MilliDevices::devices(3));
		assert_ok!(cash(BOB, MilliDevices::devices(2), ALICE));
		assert_noop!(cash(TINA, MilliDevices(1_001), ALICE), Error::<Test>::BeyondDeficit);
		assert_ok!(cash(TINA, ONE, ALICE));
		assert_eq!((position(ALICE).minted, holds(TINA)), (MilliDevices::devices(5), 5_000));
		complete(lease);
	});
}

fn redeem_of_bob() -> exabits_primitives::LeaseId {
	send(BOB, TOM, ONE);
	redeem(TOM, ONE, BOB)
}
