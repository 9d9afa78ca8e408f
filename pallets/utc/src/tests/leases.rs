//! Leases that move, fail and complete.

use crate::{mock::*, *};
use exabits_primitives::{LeaseEvents, LeaseId, MilliDevices};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		tokens::Preservation,
	},
};
use sp_runtime::Perbill;

#[test]
fn nobody_delivers_beyond_the_net_mint() {
	run(|| {
		leased();
		assert_eq!(Utc::deliverable(&ALICE, &KEY), ONE);
		assert_eq!(Utc::deliverable(&BOB, &KEY), MilliDevices(0));
		assert_eq!(Utc::deliverable(&ALICE, &window(1)), MilliDevices(0));
	});
}

#[test]
fn nobody_delivers_what_is_closing() {
	run(|| {
		mint(ALICE, 1);
		set_slot(END + 5);
		assert_ok!(close());
		assert_eq!(Utc::deliverable(&ALICE, &KEY), MilliDevices(0));
	});
}

#[test]
fn a_completed_lease_frees_its_provider_and_pays_the_pool() {
	run(|| {
		let lease = leased();
		let pool = Balances::balance(&POOL);
		reward(lease, 4);
		complete(lease);
		let earned = FEE * 8 / 10 / 4;
		assert_eq!(Balances::balance(&POOL), pool + FEE - earned);
		assert_eq!(last_event(), Event::InsuranceFunded { lease, amount: FEE - earned });
		assert_eq!(Balances::balance(&Utc::account_id()), ED);
		assert_eq!(Utc::lease_account(lease), None);
		let position = position(ALICE);
		assert_eq!((position.liable, position.leases, position.placed), (0, 0, ONE));
		assert_eq!(held(ALICE), 2 * COVER);
		assert_eq!(record().leases, 0);
	});
}

#[test]
fn a_failed_lease_is_paid_from_cover() {
	run(|| {
		let lease = leased();
		let free = Balances::balance(&TINA);
		fail(lease, Perbill::from_percent(25));
		assert_eq!(Balances::balance(&TINA), free + S / 4);
		// Tina is paid at the settlement price, and the pool gets the rest of what stood for that time.
		assert_eq!(held(ALICE), 2 * COVER - COVER / 4);
		let position = position(ALICE);
		assert_eq!((position.paid, position.liable, position.leases), (COVER / 4, 0, 0));
		let forfeited = Event::Forfeited { lease, provider: ALICE, amount: (COVER - S) / 4 };
		assert!(events().contains(&forfeited));
		let (from_cover, from_insurance, claim) = (S / 4, 0, 0);
		let compensated = Event::Compensated { lease, tenant: TINA, from_cover, from_insurance, claim };
		assert!(events().contains(&compensated));
		// The fee is no part of the principal.
		assert_eq!(last_event(), Event::InsuranceFunded { lease, amount: FEE });
	});
}

#[test]
fn a_lease_that_failed_at_the_end_is_owed_nothing() {
	run(|| {
		let lease = leased();
		let free = Balances::balance(&TINA);
		fail(lease, Perbill::zero());
		assert_eq!(Balances::balance(&TINA), free);
		assert_eq!(held(ALICE), 2 * COVER);
		assert_eq!(Utc::lease_account(lease), None);
	});
}

#[test]
fn what_is_unknown_changes_nothing() {
	run(|| {
		let lease = leased();
		let info = Placed::get(lease).unwrap();
		let (before, noted) = (record(), events().len());
		let unknown = LeaseId(77);
		Utc::failed(unknown, &info, Perbill::one());
		Utc::completed(unknown, &info);
		Utc::replaced(unknown, &ALICE, &info, info.start);
		Utc::running(unknown, &info);
		reward(unknown, 4);
		credit(unknown, Perbill::one(), 4);
		assert_eq!((record(), events().len()), (before, noted));
	});
}

#[test]
fn ending_twice_pays_once() {
	run(|| {
		let lease = leased();
		let info = Placed::get(lease).unwrap();
		fail(lease, Perbill::one());
		let (tina, pool) = (Balances::balance(&TINA), Balances::balance(&POOL));
		Utc::failed(lease, &info, Perbill::one());
		Utc::completed(lease, &info);
		assert_eq!((Balances::balance(&TINA), Balances::balance(&POOL)), (tina, pool));
	});
}

#[test]
fn a_moved_lease_stands_on_the_new_provider() {
	run(|| {
		mint(BOB, 1);
		let lease = leased();
		reward(lease, 4);
		assert!(relocate(lease, BOB));
		// Alice's promise is used up, and what Bob had not sold is burnt.
		assert_eq!((position(ALICE).placed, position(ALICE).ended, position(ALICE).liable), (ONE, ONE, 0));
		assert_eq!((position(BOB).placed, position(BOB).liable), (ONE, COVER));
		assert_eq!((record().redeemed, holds(BOB)), (MilliDevices::devices(2), 0));

		let (alice, bob) = (Balances::balance(&ALICE), Balances::balance(&BOB));
		assert_eq!(bob, UNIT + ED + S);
		reward(lease, 4);
		assert_eq!(Balances::balance(&BOB), bob + FEE * 8 / 10 / 4);
		assert_eq!(Balances::balance(&ALICE), alice);

		fail(lease, Perbill::from_percent(50));
		// It has paid Bob for all of it.
		assert_eq!(held(ALICE), COVER);
		assert_eq!(held(BOB), COVER / 2);
	});
}

#[test]
fn nobody_stands_in_with_what_holders_have() {
	run(|| {
		mint(BOB, 2);
		let lease = leased();
		let stands_in = |amount| Utc::stands_in(&BOB, &ALICE, &KEY, MilliDevices(amount));
		assert!(stands_in(2_000) && !stands_in(2_001));
		send(BOB, TOM, MilliDevices(1_001));
		assert!(stands_in(999) && !stands_in(1_000));
		assert!(!relocate(lease, BOB));
		// What Tom holds of Bob's is still served, and by him.
		assert_eq!(Utc::deliverable(&BOB, &KEY), MilliDevices(2_000));
		set_slot(END + 5);
		assert_ok!(close());
		assert!(!stands_in(1));
		complete(lease);
	});
}

#[test]
fn a_provider_moves_its_own_lease_to_what_it_has_not_minted_or_not_sold() {
	run(|| {
		// Alice has committed eight devices, minted four, and sold two of them.
		mint(ALICE, 4);
		send(ALICE, TINA, MilliDevices::devices(2));
		let lease = redeem(TINA, ONE, ALICE);
		let stands_in = || Utc::stands_in(&ALICE, &ALICE, &KEY, ONE);
		Committed::insert((ALICE, KEY), MilliDevices::devices(4));
		assert!(stands_in() && relocate(lease, ALICE));
		assert_eq!((holds(ALICE), position(ALICE).ended), (2_000, MilliDevices(0)));
		// Her machines in service can serve three: she spends one that she has not sold.
		Committed::insert((ALICE, KEY), MilliDevices::devices(3));
		assert!(stands_in() && relocate(lease, ALICE));
		assert_eq!(
			(holds(ALICE), position(ALICE).ended, position(ALICE).placed),
			(1_000, ONE, MilliDevices(2_000))
		);
		assert_eq!(position(ALICE).leases, 1);
		// Now they can serve all that is left again.
		assert!(stands_in() && relocate(lease, ALICE));
		assert_eq!(holds(ALICE), 1_000);
		// With nothing unsold, her holders come first.
		send(ALICE, TOM, ONE);
		Committed::insert((ALICE, KEY), MilliDevices::devices(2));
		assert!(!stands_in() && !relocate(lease, ALICE));
		complete(lease);
	});
}

#[test]
fn a_lease_that_moves_to_another_machine_of_its_provider_stays_as_it_is() {
	run(|| {
		let lease = leased();
		let before = (position(ALICE), Utc::lease_account(lease));
		let info = Placed::get(lease).unwrap();
		Utc::replaced(lease, &ALICE, &info, info.start);
		assert_eq!((position(ALICE), Utc::lease_account(lease)), before);
	});
}

#[test]
fn a_lease_does_not_move_to_who_may_not_deliver() {
	run(|| {
		let lease = leased();
		let mut info = Placed::get(lease).unwrap();
		info.provider = BOB;
		Utc::replaced(lease, &ALICE, &info, info.start);
		assert_eq!(Utc::lease_account(lease).unwrap().provider, ALICE);
		// Whoever it is booked on answers for it.
		Utc::failed(lease, &info, Perbill::one());
		assert_eq!(held(ALICE), COVER);
	});
}

#[test]
fn no_lease_eats_the_cover_of_another() {
	run(|| {
		mint(ALICE, 2);
		send(ALICE, TINA, ONE);
		send(ALICE, TOM, ONE);
		let first = redeem(TINA, ONE, ALICE);
		let second = redeem(TOM, ONE, ALICE);
		for _ in 0..3 {
			credit(first, Perbill::one(), 1);
		}
		assert_eq!(Utc::lease_account(first).unwrap().awarded, COVER);
		fail(first, Perbill::one());
		assert_eq!(held(ALICE), COVER);
		fail(second, Perbill::one());
		assert_eq!(held(ALICE), 0);
		assert_eq!(Utc::claim(TINA), 0);
	});
}

#[test]
fn locked_money_is_no_shelter() {
	use frame_support::traits::{LockableCurrency, WithdrawReasons};
	run(|| {
		let lease = leased();
		Balances::set_lock(*b"testlock", &ALICE, Balances::total_balance(&ALICE), WithdrawReasons::all());
		fail(lease, Perbill::one());
		assert_eq!(held(ALICE), COVER);
		Balances::remove_lock(*b"testlock", &ALICE);
	});
}

#[test]
fn what_a_dead_account_cannot_take_becomes_a_claim_that_the_provider_funded() {
	run(|| {
		CurrentPrice::set(Some(1_000));
		let lease = leased();
		// Tina leaves with all her money; 8 is less than the existential deposit.
		let all = Balances::balance(&TINA);
		assert_ok!(Balances::transfer(&TINA, &TOM, all, Preservation::Expendable));
		let (pool, cover) = (Balances::balance(&POOL), held(ALICE));
		let fee = Utc::lease_account(lease).unwrap().fee;
		fail(lease, Perbill::from_percent(1));
		assert_eq!(Utc::claim(TINA), 8);
		assert_eq!(held(ALICE), cover - 8 - 2);
		assert_eq!(Balances::balance(&POOL), pool + 8 + 2 + fee);
		// Once the account exists the claim is paid.
		assert_ok!(Balances::transfer(&TOM, &TINA, ED, Preservation::Preserve));
		assert_ok!(pay_claim(TINA));
		assert_eq!(Balances::balance(&TINA), ED + 8);
	});
}

#[test]
fn a_fee_that_cannot_be_moved_strands_nothing() {
	run(|| {
		let lease = leased();
		// Without the existential deposit the last fee cannot leave the pallet's account.
		assert_ok!(Balances::burn_from(
			&Utc::account_id(),
			ED,
			Preservation::Expendable,
			frame_support::traits::tokens::Precision::Exact,
			frame_support::traits::tokens::Fortitude::Polite,
		));
		assert_ok!(Balances::mint_into(&TOM, ED));
		complete(lease);
		assert_eq!(Utc::lease_account(lease), None);
		assert_eq!(Balances::balance(&Utc::account_id()), FEE);
	});
}

/// Moves a lease to a better place that `by` found.
fn improve(lease: LeaseId, to: AccountId, by: AccountId) -> sp_runtime::DispatchResult {
	let mut info = Placed::get(lease).unwrap();
	let from = core::mem::replace(&mut info.provider, to);
	Utc::improved(lease, &from, &info, &by)?;
	Placed::insert(lease, info);
	Ok(())
}

#[test]
fn a_better_place_is_paid_once_out_of_the_fee() {
	run(|| {
		let lease = leased();
		mint(BOB, 1);
		let (pool, before) = (Balances::balance(&POOL), Balances::balance(&TOM));

		assert_ok!(improve(lease, BOB, TOM));

		let bounty = FEE / 10;
		assert_eq!(last_event(), Event::BountyPaid { lease, by: TOM, amount: bounty });
		assert_eq!(Balances::balance(&TOM), before + bounty);
		assert_eq!(Utc::lease_account(lease).unwrap().provider, BOB);
		assert_eq!((position(ALICE).leases, position(BOB).leases), (0, 1));
		assert_eq!(improve(lease, ALICE, TOM), Err(Error::<Test>::BountyPaid.into()));
		for _ in 0..4 {
			reward(lease, 4);
		}
		complete(lease);
		assert_eq!(Balances::balance(&POOL), pool + FEE - FEE * 8 / 10 - bounty);
		assert_eq!(Balances::balance(&Utc::account_id()), ED);
	});
}

#[test]
fn a_better_place_is_none_with_who_may_not_deliver() {
	run(|| {
		let lease = leased();
		let state = sp_io::storage::root(sp_runtime::StateVersion::V1);
		assert_eq!(improve(lease, BOB, TOM), Err(Error::<Test>::NoPosition.into()));
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), state);
	});
}
