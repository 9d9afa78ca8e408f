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
		assert_eq!(Balances::balance(&POOL), pool + insurance + FEE);
		assert_eq!(held(ALICE), cover - owed);
		assert_eq!((Utc::lease_account(lease), record().leases), (None, 0));
		assert_eq!((position(ALICE).delivered, position(ALICE).relieved), (6_000, 54_000));
		assert_eq!(record().lost, 0);
		assert_noop!(reject(TINA, lease), DispatchError::Other("unknown lease"));
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
