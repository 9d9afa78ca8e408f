//! Strategies of a provider that sells and does not deliver, or that leases from itself: none ends with a profit.
//!
//! Alice is such a provider, and Mallory is hers too. She sells to Tina at κ·S, which is the most that a market allows, and
//! serves nobody but Mallory. Bob sells all that he mints to Tom and serves whatever he is given. Whoever has bought
//! redeems it before the window starts.

use crate::{mock::*, *};
use exabits_primitives::{LeaseEvents as _, LeaseId, LeaseState, MilliDevices};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		tokens::Preservation,
	},
};
use proptest::prelude::*;
use sp_runtime::Perbill;

const MALLORY: AccountId = 13;
/// The smallest lease.
const EIGHTH: u32 = 125;

#[derive(Clone, Debug)]
enum Step {
	Mint(u32),
	Burn(u32),
	Sell(u32),
	Keep(u32),
	BobSells(u32),
	Redeem(u32, AccountId),
	HonestRedeems(AccountId, u32, AccountId),
	Acknowledge(u64),
	Reject(u64),
	Move(u64),
	Fail(u64),
	Reward(u64),
	Lose(u32),
	Cash(u32),
	HonestCashes(u32),
	Tick(u64),
}

fn step() -> impl Strategy<Value = Step> {
	let amount = || (1u32..12).prop_map(|eighths| eighths * EIGHTH);
	let leasable = || prop::sample::select(vec![125u32, 250, 500, 1_000, 2_000]);
	let provider = || prop::sample::select(vec![ALICE, BOB]);
	let honest = || prop::sample::select(vec![TINA, TOM]);
	let lease = || 0u64..1_000;
	prop_oneof![
		3 => amount().prop_map(Step::Mint),
		1 => amount().prop_map(Step::Burn),
		4 => amount().prop_map(Step::Sell),
		2 => amount().prop_map(Step::Keep),
		2 => amount().prop_map(Step::BobSells),
		3 => (leasable(), provider()).prop_map(|(amount, by)| Step::Redeem(amount, by)),
		3 => (honest(), leasable(), provider()).prop_map(|(who, amount, by)| Step::HonestRedeems(who, amount, by)),
		2 => lease().prop_map(Step::Acknowledge),
		2 => lease().prop_map(Step::Reject),
		3 => lease().prop_map(Step::Move),
		3 => lease().prop_map(Step::Fail),
		1 => lease().prop_map(Step::Reward),
		1 => (0u32..9).prop_map(Step::Lose),
		1 => amount().prop_map(Step::Cash),
		1 => amount().prop_map(Step::HonestCashes),
		1 => (1u64..20).prop_map(Step::Tick),
	]
}

/// All that Alice and Mallory have.
fn wealth() -> u128 {
	let of = |who| Balances::balance(&who) + held(who) + Bonded::get(who) + Utc::claim(who);
	of(ALICE) + of(MALLORY)
}

fn some_lease(index: u64) -> Option<(LeaseId, exabits_primitives::LeaseInfo<AccountId>)> {
	let lease = LeaseId(index.checked_rem(NextLease::get().0)?);
	Placed::get(lease).map(|info| (lease, info))
}

/// `from` sells to `to` at the highest price.
fn sell(from: AccountId, to: AccountId, amount: u32) {
	if try_send(from, to, MilliDevices(amount)).is_ok() {
		let price = record().part(MilliDevices(amount)).unwrap();
		assert_ok!(Balances::transfer(&to, &from, price, Preservation::Preserve));
	}
}

/// Alice does not serve this lease: Bob takes it over where he can, or it fails.
fn default(lease: LeaseId) {
	let since = Placed::get(lease).map_or(0, |info| info.start);
	if !relocate_after(lease, BOB, since) {
		fail(lease, Perbill::from_rational(END - since.clamp(START, END), u64::from(WINDOW)));
	}
}

/// Where Bob stands in, with UTC that he has not sold, Alice is given leases before him.
fn provider(by: AccountId) -> AccountId {
	if holds(BOB) > 0 {
		ALICE
	} else {
		by
	}
}

fn perform(step: Step) {
	let started = Now::get() >= START;
	match step {
		Step::Mint(amount) => drop(try_mint(ALICE, MilliDevices(amount))),
		Step::Burn(amount) => drop(try_burn(ALICE, MilliDevices(amount))),
		// Whoever buys in the window cannot have it served from its start.
		Step::Sell(amount) if !started => sell(ALICE, TINA, amount),
		Step::Keep(amount) => drop(try_send(ALICE, MALLORY, MilliDevices(amount))),
		Step::BobSells(amount) => {
			let minted = try_mint(BOB, MilliDevices(amount));
			if minted.is_ok() {
				sell(BOB, TOM, amount);
			}
		}
		// See `a_lease_from_oneself_is_shared_by_who_stands_in`.
		Step::Redeem(amount, by) if holds(BOB) == 0 => drop(lease_from(by, MALLORY, amount)),
		Step::HonestRedeems(who, amount, by) if !started => {
			lease_from(provider(by), who, amount);
		}
		Step::Acknowledge(lease) if started => {
			if let Some((lease, _)) = some_lease(lease) {
				acknowledge(lease);
			}
		}
		Step::Reject(lease) => {
			if let Some((lease, info)) = some_lease(lease) {
				if info.tenant == MALLORY && Now::get() <= info.start + 6 {
					let _ = reject(MALLORY, lease);
				}
			}
		}
		Step::Move(lease) => {
			if let Some((lease, info)) = some_lease(lease) {
				if info.provider == ALICE && info.state == LeaseState::Placed {
					relocate_after(lease, BOB, info.start);
				}
			}
		}
		Step::Fail(lease) => {
			if let Some((lease, info)) = some_lease(lease) {
				if info.provider == ALICE && started {
					default(lease);
				}
			}
		}
		Step::Reward(lease) => {
			if let Some((lease, info)) = some_lease(lease) {
				if info.provider == BOB || info.tenant == MALLORY {
					reward(lease, 4);
				}
			}
		}
		Step::Lose(devices) => LostRoom::insert(ALICE, MilliDevices::devices(devices)),
		Step::Cash(amount) => drop(cash(MALLORY, MilliDevices(amount), ALICE)),
		Step::HonestCashes(amount) if !started => drop(cash(TINA, MilliDevices(amount), ALICE)),
		Step::Tick(slots) => {
			if !started {
				start_if(Now::get() + slots >= START);
			}
			set_slot((Now::get() + slots).min(END - 1));
		}
		_ => {}
	}
}

/// A lease of this very provider's, if it has room for it.
fn lease_from(by: AccountId, tenant: AccountId, amount: u32) -> bool {
	Utc::deliverable(&by, &KEY) >= MilliDevices(amount)
		&& try_redeem(tenant, MilliDevices(amount), by).is_ok()
}

/// When the window starts, whoever bought has redeemed all of it.
fn start_if(due: bool) {
	if !due || Utc::utc(KEY).is_none() {
		return;
	}
	for who in [TINA, TOM] {
		for by in [ALICE, BOB] {
			for amount in [1_000, 500, 250, EIGHTH] {
				while lease_from(by, who, amount) {}
			}
		}
		assert_eq!(holds(who), 0, "there is room for all that was sold");
	}
}

/// Plays a history to its end, and returns what Alice and Mallory had before and have after it.
fn play(steps: Vec<Step>) -> (u128, u128) {
	assert_ok!(Balances::transfer(&ALICE, &MALLORY, UNIT / 2, Preservation::Preserve));
	let before = wealth();
	for step in steps {
		perform(step);
		assert_ok!(Utc::do_try_state());
	}
	if Now::get() < START {
		start_if(true);
		set_slot(START);
	}
	for lease in (0..NextLease::get().0).map(LeaseId) {
		match Placed::get(lease) {
			Some(info) if info.provider == ALICE && info.tenant != MALLORY => default(lease),
			_ => {}
		}
	}
	for lease in (0..NextLease::get().0).map(LeaseId) {
		complete(lease);
	}
	set_slot(END + 5);
	if Utc::utc(KEY).is_some() {
		assert_ok!(close());
		for provider in [ALICE, BOB, ALICE, BOB] {
			if Utc::position(UTC, provider).is_some() {
				assert_ok!(settle(provider));
				assert_ok!(Utc::do_try_state());
			}
		}
		assert_eq!((record().positions, Settlements::<Test>::iter().count()), (0, 0));
		assert_eq!(LeaseAccounts::<Test>::iter().count(), 0);
	}
	(before, wealth())
}

/// Plays a history that must not pay.
fn must_not_pay(steps: Vec<Step>) {
	run(|| {
		let (before, after) = play(steps.clone());
		// The settlement rounds what is received down and what is paid up: nothing of it is for her.
		assert!(after <= before, "{} was gained", after - before);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_024))]

	#[test]
	fn none_pays(steps in prop::collection::vec(step(), 1..60)) {
		must_not_pay(steps);
	}

	#[test]
	fn none_pays_at_the_cost_of_who_stands_in(steps in prop::collection::vec(step(), 1..60), spare in 1u32..5) {
		run(|| {
			mint(BOB, spare);
			let (before, after) = play(steps);
			assert!(after <= before, "{} was gained", after - before);
		});
	}
}

#[test]
fn leasing_from_oneself_after_failing_onto_who_stands_in() {
	run(|| {
		mint(BOB, 1);
		let (before, after) = play(vec![
			Step::Mint(2_125),
			Step::Sell(1_000),
			Step::HonestRedeems(TINA, 1_000, ALICE),
			Step::Keep(1_000),
			Step::Move(0),
			Step::Redeem(125, ALICE),
		]);
		assert!(after <= before, "{} was gained", after.saturating_sub(before));
	});
}

#[test]
fn selling_and_failing() {
	// Sold at the highest price it comes out even.
	run(|| {
		let (before, after) = play(vec![Step::Mint(1_000), Step::Sell(1_000)]);
		assert_eq!(before, after);
	});
}

#[test]
fn failing_onto_a_provider_that_stands_in() {
	run(|| {
		mint(BOB, 8);
		let bob = Balances::balance(&BOB);
		let steps = vec![
			Step::Mint(1_000),
			Step::Sell(1_000),
			Step::HonestRedeems(TINA, 1_000, ALICE),
			Step::Move(0),
		];
		let (before, after) = play(steps);
		assert_eq!(before, after);
		assert_eq!(Balances::balance(&BOB), bob + S);
	});
}

/// The limit of a common duty: promises that nobody calls share in what others call, and nobody can tell who redeems.
/// Whoever does not mean to deliver for others burns what it has not sold.
#[test]
fn a_lease_from_oneself_is_shared_by_who_stands_in() {
	for (spare, burnt, gained) in [(1, 0, S / 2), (3, 0, S * 3 / 4), (3, 3, 0)] {
		run(|| {
			mint(BOB, spare);
			assert_ok!(Balances::transfer(&ALICE, &MALLORY, UNIT / 2, Preservation::Preserve));
			let before = wealth();
			mint(ALICE, 1);
			send(ALICE, MALLORY, ONE);
			assert!(lease_from(ALICE, MALLORY, 1_000));
			if burnt > 0 {
				assert_ok!(try_burn(BOB, MilliDevices::devices(burnt)));
			}
			complete(LeaseId(0));
			set_slot(END + 5);
			assert_ok!(close());
			for provider in [ALICE, BOB, ALICE] {
				if Utc::position(UTC, provider).is_some() {
					assert_ok!(settle(provider));
				}
			}
			assert_eq!(wealth() + FEE, before + gained);
		});
	}
}

#[test]
fn failing_onto_another_provider_and_then_on_the_one_that_this_displaced() {
	must_not_pay(vec![
		Step::Mint(1_000),
		Step::Sell(1_000),
		Step::BobSells(1_000),
		Step::HonestRedeems(TINA, 1_000, ALICE),
		Step::Move(0),
		Step::HonestRedeems(TOM, 1_000, ALICE),
	]);
}

#[test]
fn leasing_from_another_provider_and_rejecting_it() {
	must_not_pay(vec![
		Step::Mint(1_000),
		Step::Keep(1_000),
		Step::BobSells(1_000),
		Step::Redeem(1_000, BOB),
		Step::HonestRedeems(TOM, 1_000, ALICE),
		Step::Tick(19),
		Step::Tick(19),
		Step::Tick(19),
		Step::Tick(3),
		Step::Acknowledge(0),
		Step::Reject(0),
	]);
}

#[test]
fn leasing_from_oneself_for_the_fees() {
	run(|| {
		let steps = vec![
			Step::Mint(1_000),
			Step::Keep(1_000),
			Step::Redeem(1_000, ALICE),
			Step::Reward(0),
			Step::Reward(0),
			Step::Reward(0),
			Step::Reward(0),
			Step::Reward(0),
		];
		let (before, after) = play(steps);
		assert_eq!(before - after, FEE / 5);
	});
}

#[test]
fn leasing_from_oneself_and_failing() {
	must_not_pay(vec![
		Step::Mint(1_000),
		Step::Keep(1_000),
		Step::Redeem(1_000, ALICE),
		Step::Tick(19),
		Step::Tick(19),
		Step::Tick(19),
		Step::Tick(3),
		Step::Fail(0),
	]);
}

#[test]
fn losing_the_machines_that_were_sold() {
	must_not_pay(vec![Step::Mint(1_000), Step::Sell(1_000), Step::Lose(8), Step::HonestCashes(1_000)]);
}
