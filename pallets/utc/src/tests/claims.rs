//! The insurance pool, and claims that wait.

use crate::{mock::*, *};
use exabits_primitives::LeaseId;
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		tokens::Preservation,
	},
};
use sp_runtime::Perbill;

/// What Alice's cover is short of for one whole device after [`short_of_cover`].
const SHORT: u128 = S - (COVER - S);

/// A lease of Tom's on Alice, whose cover was paid out to Tina before Tina's lease moved to Bob: only
/// `COVER - S` is left behind it.
fn short_of_cover() -> LeaseId {
	mint(ALICE, 1);
	mint(BOB, 1);
	send(ALICE, TINA, ONE);
	send(BOB, TOM, ONE);
	let first = redeem(TINA, ONE, ALICE);
	credit(first, Perbill::one(), 1);
	place_better(first, BOB);
	let second = redeem(TOM, ONE, ALICE);
	assert_eq!(Utc::lease_account(second).unwrap().reserved, COVER - S);
	second
}

#[test]
fn the_pool_pays_a_tenth_and_the_rest_is_claimed() {
	run(|| {
		let lease = short_of_cover();
		let (tom, pool) = (Balances::balance(&TOM), Utc::pool());
		fail(lease, Perbill::one());
		let (from_cover, from_insurance) = (COVER - S, pool / 10);
		let claim = SHORT - from_insurance;
		let compensated = Event::Compensated { lease, tenant: TOM, from_cover, from_insurance, claim };
		assert!(events().contains(&compensated));
		assert!(events().contains(&Event::ClaimRecorded { tenant: TOM, amount: claim }));
		assert_eq!(Balances::balance(&TOM), tom + from_cover + from_insurance);
		assert_eq!(Utc::claim(TOM), claim);
		assert_eq!(held(ALICE), 0);
	});
}

#[test]
fn a_rich_pool_pays_everything() {
	run(|| {
		let lease = short_of_cover();
		assert_ok!(Balances::transfer(&TOM, &POOL, 9 * UNIT, Preservation::Preserve));
		let tom = Balances::balance(&TOM);
		fail(lease, Perbill::one());
		assert_eq!(Balances::balance(&TOM), tom + S);
		assert_eq!(Claimed::<Test>::get(), None);
		assert_eq!(Drawn::<Test>::get().unwrap().left, UNIT - SHORT);
	});
}

#[test]
fn the_budget_is_renewed_after_a_window() {
	let later = |slots| {
		let lease = short_of_cover();
		let pool = Utc::pool();
		// Half of the budget is gone, in a period that began now.
		let ends = GENESIS_SLOT + u64::from(WINDOW);
		Drawn::<Test>::put(InsurancePeriod { ends, left: pool / 20 });
		set_slot(GENESIS_SLOT + slots);
		fail(lease, Perbill::one());
		SHORT - Utc::claim(TOM)
	};
	run(|| assert_eq!(later(59), UNIT / 20));
	run(|| assert_eq!(later(60), UNIT / 10));
	run(|| assert_eq!(later(61), UNIT / 10));
}

#[test]
fn claims_are_paid_from_what_flows_in_and_nothing_else() {
	run(|| {
		let lease = short_of_cover();
		fail(lease, Perbill::one());
		let claim = Utc::claim(TOM);
		// The lease's own fee flowed in when it ended.
		assert_ok!(pay_claim(TOM));
		assert_eq!(last_event(), Event::ClaimPaid { tenant: TOM, amount: FEE, left: claim - FEE });
		assert_noop!(pay_claim(TOM), Error::<Test>::NothingToPay);

		// What has flowed in leaves less open, paid out or not.
		let open = <Utc as exabits_primitives::Claims>::open;
		assert_eq!(open(), claim - FEE);
		assert_ok!(Balances::transfer(&TINA, &POOL, 1_000, Preservation::Preserve));
		assert_eq!(open(), claim - FEE - 1_000);
		let tom = Balances::balance(&TOM);
		assert_ok!(pay_claim(TOM));
		assert_eq!(open(), claim - FEE - 1_000);
		assert_eq!(Balances::balance(&TOM), tom + 1_000);

		assert_ok!(Balances::transfer(&TINA, &POOL, 2 * UNIT, Preservation::Preserve));
		assert_ok!(pay_claim(TOM));
		assert_eq!(Balances::balance(&TOM), tom + claim - FEE);
		assert_eq!(Utc::claim(TOM), 0);
		assert_eq!(Claimed::<Test>::get(), None);
		assert_eq!(open(), 0);
	});
}

#[test]
fn what_flows_in_for_claims_pays_no_other_lease() {
	run(|| {
		let lease = short_of_cover();
		let pool = Utc::pool();
		fail(lease, Perbill::one());
		let mark = Claimed::<Test>::get().unwrap().mark;
		assert_eq!(mark, pool - pool / 10);
		assert_ok!(Balances::transfer(&TINA, &POOL, 5 * UNIT, Preservation::Preserve));

		// A new period, and a second lease that is short: its budget ignores what flowed in.
		set_slot(GENESIS_SLOT + u64::from(WINDOW));
		let first = LeaseId(0);
		LeaseAccounts::<Test>::mutate(first, |account| {
			let account = account.as_mut().unwrap();
			account.awarded = 0;
			Positions::<Test>::mutate(UTC, BOB, |position| {
				position.as_mut().unwrap().liable -= account.reserved;
			});
			account.reserved = 0;
		});
		fail(first, Perbill::one());
		assert_eq!(Utc::claim(TINA), S - mark / 10);
		assert_eq!(Claimed::<Test>::get().unwrap().mark, mark - mark / 10);
	});
}

#[test]
fn fails_without_a_claim() {
	run(|| {
		assert_noop!(pay_claim(TOM), Error::<Test>::NoClaim);
	});
}
