//! The tenant's rejection. When it is possible is `rfl`'s to say.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect as _};
use sp_runtime::{DispatchError, Perbill};

#[test]
fn pays_the_tenant_and_the_pool_for_what_remains() {
	run(|| {
		let lease = leased();
		acknowledge(lease);
		set_slot(START + 6);
		let (tina, pool, cover) = (Balances::balance(&TINA), Balances::balance(&POOL), held(ALICE));

		assert_ok!(reject(TINA, lease));

		let owed = S * 54 / 60;
		let (amount, insurance) = (owed * 9 / 10, owed / 10);
		assert!(events().contains(&Event::Rejected { lease, tenant: TINA, amount, insurance }));
		assert_eq!(Balances::balance(&TINA), tina + amount);
		assert_eq!(Balances::balance(&POOL), pool + insurance);
		assert_eq!(held(ALICE), cover - owed);
		// What it ran is delivered by nobody.
		assert_eq!((position(ALICE).delivered, position(ALICE).relieved), (0, 54_000));
		assert_eq!(record().lost, 0);
		assert_noop!(reject(TINA, lease), DispatchError::Other("not the tenant's running lease"));
	});
}

/// A lease of Alice's that was rejected when a tenth of it had run, with what she has left.
fn rejected() -> (exabits_primitives::LeaseId, u128) {
	let lease = leased();
	acknowledge(lease);
	set_slot(START + 6);
	assert_ok!(reject(TINA, lease));
	(lease, held(ALICE))
}

/// What stands for that lease beside what was paid.
const ON_TRIAL: u128 = COVER - S * 54 / 60;

#[test]
fn what_stands_for_it_is_on_trial_and_what_it_was_given_has_ended() {
	run(|| {
		let (lease, _) = rejected();
		let account = Utc::lease_account(lease).unwrap();
		assert_eq!((account.rejected, account.reserved), (true, ON_TRIAL));
		let position = position(ALICE);
		assert_eq!((position.liable, position.leases, position.ended), (ON_TRIAL, 1, ONE));
		// Nobody is settled while it is.
		set_slot(END + 5);
		assert_ok!(close());
		assert_noop!(settle(ALICE), Error::<Test>::LeasesUnfinished);
		complete(lease);
		assert_ok!(settle(ALICE));
	});
}

#[test]
fn a_breach_in_its_rounds_forfeits_what_is_on_trial_once() {
	run(|| {
		let (lease, cover) = rejected();
		let (tina, pool) = (Balances::balance(&TINA), Balances::balance(&POOL));
		credit(lease, Perbill::zero(), 4);
		assert_eq!(held(ALICE), cover);
		credit(lease, Perbill::from_percent(10), 4);
		assert_eq!(last_event(), Event::Forfeited { lease, provider: ALICE, amount: ON_TRIAL });
		credit(lease, Perbill::one(), 4);
		assert_eq!((held(ALICE), Balances::balance(&TINA)), (cover - ON_TRIAL, tina));
		assert_eq!(Balances::balance(&POOL), pool + ON_TRIAL);
		// All that it was sold for, at the highest price.
		assert_eq!(held(ALICE), COVER);
		complete(lease);
		assert_eq!((held(ALICE), position(ALICE).leases), (COVER, 0));
		assert_eq!((position(ALICE).ended, record().leases), (ONE, 0));
	});
}

#[test]
fn a_machine_that_fails_in_its_rounds_forfeits_it_too() {
	run(|| {
		let (lease, cover) = rejected();
		let tina = Balances::balance(&TINA);
		fail(lease, Perbill::zero());
		assert_eq!((held(ALICE), Balances::balance(&TINA)), (cover - ON_TRIAL, tina));
		assert_eq!(Utc::lease_account(lease), None);
	});
}

#[test]
fn without_a_breach_all_of_it_is_free_at_the_end() {
	run(|| {
		let (lease, cover) = rejected();
		let (alice, pool) = (Balances::balance(&ALICE), Balances::balance(&POOL));
		// Nobody earns by a lease that was rejected.
		reward(lease, 4);
		assert_eq!((Balances::balance(&ALICE), held(ALICE)), (alice, cover));
		assert_noop!(dispatch(TOM, Call::release_served { lease }), Error::<Test>::NothingServed);
		complete(lease);
		assert_eq!((held(ALICE), position(ALICE).liable, Balances::balance(&POOL)), (cover, 0, pool + FEE));
	});
}

#[test]
fn what_rounds_before_have_earned_is_not_on_trial() {
	run(|| {
		let lease = leased();
		acknowledge(lease);
		reward(lease, 12);
		set_slot(START + 6);
		assert_ok!(reject(TINA, lease));
		let served = COVER / 12;
		assert_eq!(Utc::lease_account(lease).unwrap().served, served);
		credit(lease, Perbill::one(), 12);
		let forfeited = Event::Forfeited { lease, provider: ALICE, amount: ON_TRIAL - served };
		assert_eq!(last_event(), forfeited);
		assert_ok!(dispatch(TOM, Call::release_served { lease }));
		assert_eq!(held(ALICE), COVER);
	});
}

#[test]
fn is_refused_with_nothing_changed_where_rfl_refuses_it() {
	run(|| {
		let lease = leased();
		assert_noop!(reject(TINA, lease), DispatchError::Other("not the tenant's running lease"));
		acknowledge(lease);
		assert_noop!(reject(TOM, lease), DispatchError::Other("not the tenant's running lease"));
	});
}

#[test]
fn never_pays_beyond_what_stands_for_the_lease() {
	run(|| {
		let lease = leased();
		acknowledge(lease);
		set_slot(START);
		// Rounds in breach have taken half of what one lease can be paid.
		credit(lease, Perbill::from_percent(50), 1);
		credit(lease, Perbill::from_rational(1u32, 8), 1);
		let (tina, cover) = (Balances::balance(&TINA), held(ALICE));
		assert_ok!(reject(TINA, lease));
		assert_eq!(Balances::balance(&TINA), tina + COVER / 2);
		assert_eq!(held(ALICE), cover - COVER / 2);
		assert_eq!(Utc::claim(TINA), 0);
	});
}

#[test]
fn a_lease_that_was_taken_over_is_paid_for_by_who_took_it() {
	run(|| {
		let lease = leased();
		mint(BOB, 1);
		assert!(relocate(lease, BOB));
		acknowledge(lease);
		set_slot(START);
		let (alice, bob) = (held(ALICE), held(BOB));
		assert_ok!(reject(TINA, lease));
		assert_eq!((held(ALICE), held(BOB)), (alice, bob - S));
		// All that he is relieved of is what he burnt when he took it over.
		assert_eq!((position(BOB).delivered, position(BOB).relieved), (0, 1_000 * u64::from(WINDOW)));
	});
}
