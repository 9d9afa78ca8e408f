use crate::{mock::*, *};
use exabits_primitives::{LeaseId, MilliDevices, UtcId};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		tokens::Preservation,
	},
};
use sp_runtime::{DispatchError, TokenError};

#[test]
fn burns_and_places_in_one_call() {
	run(|| {
		mint(ALICE, 2);
		send(ALICE, TINA, ONE);
		let free = Balances::balance(&TINA);
		assert_ok!(try_redeem(TINA, ONE, ALICE));

		let lease = LeaseId(0);
		let redeemed = Event::Redeemed { utc: UTC, tenant: TINA, amount: ONE, fee: FEE, lease };
		assert_eq!(last_event(), redeemed);
		assert_eq!(holds(TINA), 0);
		assert_eq!(Balances::balance(&TINA), free - FEE);
		assert_eq!(Balances::balance(&Utc::account_id()), ED + FEE);
		assert_eq!(record().redeemed, ONE);
		assert_eq!(record().leases, 1);
		let account = Utc::lease_account(lease).unwrap();
		assert_eq!((account.tenant, account.provider, account.amount), (TINA, ALICE, ONE));
		assert_eq!((account.fee, account.reward_pool), (FEE, FEE * 8 / 10));
		assert_eq!(account.reserved, COVER);
		assert_eq!((position(ALICE).placed, position(ALICE).leases), (ONE, 1));
	});
}

#[test]
fn works_for_shares_of_a_device() {
	run(|| {
		mint(ALICE, 1);
		send(ALICE, TINA, ONE);
		for amount in [500, 250, 125, 125] {
			redeem(TINA, MilliDevices(amount), ALICE);
		}
		assert_eq!(position(ALICE).placed, ONE);
		assert_eq!(position(ALICE).liable, COVER);
		assert_noop!(
			try_redeem(TINA, MilliDevices(125), ALICE),
			DispatchError::Token(TokenError::FundsUnavailable)
		);
	});
}

#[test]
fn follows_the_hint_or_finds_another() {
	run(|| {
		mint(ALICE, 1);
		mint(BOB, 1);
		send(ALICE, TINA, ONE);
		send(BOB, TINA, ONE);
		redeem(TINA, ONE, BOB);
		// Bob is full: the hint does not bind.
		assert_ok!(try_redeem(TINA, ONE, BOB));
		assert_eq!(position(ALICE).placed, ONE);
	});
}

#[test]
fn caps_the_share_of_providers() {
	run(|| {
		RewardShare::set(sp_runtime::Perbill::one());
		let lease = leased();
		assert_eq!(Utc::lease_account(lease).unwrap().reward_pool, FEE * 8 / 10);
	});
}

#[test]
fn fails_for_amounts_that_are_no_lease() {
	run(|| {
		mint(ALICE, 8);
		for amount in [0, 1, 300, 1_500, 17_000] {
			assert_noop!(try_redeem(ALICE, MilliDevices(amount), ALICE), Error::<Test>::NotLeasable);
		}
	});
}

#[test]
fn fails_for_an_unknown_utc() {
	run(|| {
		mint(ALICE, 1);
		let call = Call::redeem { utc: UtcId(1), redemption: Redemption::new(ONE, [0; 32]) };
		assert_noop!(dispatch(ALICE, call), Error::<Test>::UnknownUtc);
	});
}

#[test]
fn fails_without_the_utc() {
	run(|| {
		mint(ALICE, 1);
		assert_noop!(try_redeem(TINA, ONE, ALICE), DispatchError::Token(TokenError::FundsUnavailable));
	});
}

#[test]
fn fails_without_the_fee() {
	run(|| {
		mint(ALICE, 1);
		send(ALICE, TINA, ONE);
		let spare = Balances::balance(&TINA) - ED - FEE + 1;
		assert_ok!(Balances::transfer(&TINA, &TOM, spare, Preservation::Preserve));
		assert_noop!(try_redeem(TINA, ONE, ALICE), DispatchError::Token(TokenError::NotExpendable));
		assert_ok!(Balances::transfer(&TOM, &TINA, 1, Preservation::Preserve));
		assert_ok!(try_redeem(TINA, ONE, ALICE));
	});
}

#[test]
fn fails_with_everything_undone_when_nothing_fits() {
	run(|| {
		mint(ALICE, 1);
		mint(BOB, 1);
		send(ALICE, TINA, ONE);
		send(BOB, TINA, ONE);
		// Two devices by nobody alone.
		let two = MilliDevices::devices(2);
		assert_noop!(try_redeem(TINA, two, ALICE), DispatchError::Other("no capacity"));
	});
}

#[test]
fn fails_when_placed_with_someone_who_may_not_deliver() {
	run(|| {
		mint(ALICE, 1);
		send(ALICE, TINA, ONE);
		Careless::set(true);
		assert_noop!(try_redeem(TINA, ONE, BOB), Error::<Test>::NotPlaced);
	});
}

#[test]
fn ends_with_the_window() {
	run(|| {
		mint(ALICE, 2);
		send(ALICE, TINA, MilliDevices::devices(2));
		set_slot(END - 1);
		assert_ok!(try_redeem(TINA, ONE, ALICE));
		for slot in [END, END + 1] {
			set_slot(slot);
			assert_noop!(try_redeem(TINA, ONE, ALICE), Error::<Test>::WindowOver);
		}
	});
}

#[test]
fn fails_while_closing() {
	run(|| {
		mint(ALICE, 1);
		set_slot(END + 5);
		assert_ok!(close());
		assert_noop!(try_redeem(ALICE, ONE, ALICE), Error::<Test>::NotOpen);
	});
}

/// Tina has one UTC of each of so many windows, minted by Alice.
fn several(windows: u32) {
	for ahead in 0..windows {
		Committed::insert((ALICE, window(ahead)), ONE);
		assert_ok!(dispatch(ALICE, Call::mint { key: window(ahead), amount: ONE }));
		let (id, _) = Utc::utc(window(ahead)).unwrap();
		let call = pallet_assets::Call::transfer { id: id.0, target: TINA, amount: 1_000 };
		assert_ok!(dispatch(ALICE, call));
	}
}

fn redeem_windows(windows: u32) -> sp_runtime::DispatchResult {
	let redemption = Redemption { windows, ..Redemption::new(ONE, [0; 32]) };
	dispatch(TINA, Call::redeem { utc: UTC, redemption })
}

#[test]
fn takes_consecutive_windows_in_one_call() {
	run(|| {
		several(3);
		let before = Balances::balance(&TINA);

		assert_ok!(redeem_windows(3));

		assert_eq!(Balances::balance(&TINA), before - 3 * FEE);
		for ahead in 0..3 {
			let (id, utc) = Utc::utc(window(ahead)).unwrap();
			assert_eq!((utc.leases, utc.redeemed), (1, ONE));
			assert_eq!(Assets::balance(id.0, TINA), 0);
			let account = Utc::lease_account(LeaseId(ahead.into())).unwrap();
			assert_eq!((account.utc, account.fee, account.tenant), (id, FEE, TINA));
		}
		assert_eq!(
			last_event(),
			Event::Redeemed { utc: UtcId(2), tenant: TINA, amount: ONE, fee: FEE, lease: LeaseId(2) }
		);
	});
}

#[test]
fn fails_with_everything_undone_when_one_window_is_missing() {
	run(|| {
		several(2);
		assert_noop!(redeem_windows(3), Error::<Test>::UnknownUtc);
		let third = pallet_assets::Call::transfer { id: 1, target: TOM, amount: 1 };
		assert_ok!(dispatch(TINA, third));
		assert_noop!(redeem_windows(2), DispatchError::Token(TokenError::FundsUnavailable));
		for windows in [0, exabits_primitives::MAX_WINDOWS + 1, u32::MAX] {
			assert_noop!(redeem_windows(windows), Error::<Test>::InvalidWindows);
		}
		assert_ok!(redeem_windows(1));
	});
}
