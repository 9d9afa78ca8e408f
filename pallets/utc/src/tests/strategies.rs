//! Strategies of a provider that sells and does not deliver, or that leases from itself: none ends with a profit.
//!
//! Alice is such a provider, and Mallory is hers too. She sells to Tina at κ·S, which is the most that a market allows, and
//! serves nobody but Mallory: she does not acknowledge what others lease from her, or acknowledges it and does not serve
//! it, which anchors find in each round. Bob sells some of what he mints to Tom and keeps the rest, and serves whatever he
//! is given. Nobody has to redeem what it holds, and a tenant may reject what Alice does not serve. But honest holders take
//! cash as soon as Alice has a deficit.
//!
//! **None pays**: Alice and Mallory have no more at the end than at the beginning, but for what Alice was paid for time
//! that nobody called although she could have been called: κ·S for each device and slot in which more of her UTC was out
//! than they held themselves. What is not called is not what was not delivered. A history in which all that she has sold
//! is called therefore leaves her nothing. Each lease and each payment in cash rounds by a smallest unit of money.

use crate::{mock::*, *};
use exabits_primitives::{
	Capacity as _, LeaseEvents as _, LeaseId, LeaseInfo, LeaseState, MachineId, MilliDevices,
};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		tokens::Preservation,
	},
};
use proptest::prelude::*;
use sp_runtime::Perbill;
use std::collections::BTreeMap;

const MALLORY: AccountId = 13;
/// Those who deal with Alice, and deliver what they owe.
const HONEST: [AccountId; 3] = [TINA, TOM, BOB];
/// The smallest lease.
const EIGHTH: u32 = 125;
/// Slots in a round, in which to acknowledge, and in which to reject.
const ROUND: u64 = 15;
const ACKNOWLEDGE: u64 = 10;
const TENTH: u64 = 6;
/// What Alice has committed.
const COMMITTED: u32 = 8_000;

#[derive(Clone, Debug)]
enum Step {
	Mint(u32),
	Burn(u32),
	Sell(u32),
	Keep(u32),
	BobMints(u32),
	BobSells(u32),
	Redeem(u32, AccountId),
	HonestRedeems(AccountId, u32, AccountId),
	Acknowledge(u64),
	Reject(u64),
	Move(u64),
	Fail(u64),
	Lose(u32),
	Return,
	Cash(u32),
	Tick(u64),
}

fn step() -> impl Strategy<Value = Step> {
	let amount = || (1u32..12).prop_map(|eighths| eighths * EIGHTH);
	let leasable = || prop::sample::select(vec![125u32, 250, 500, 1_000, 2_000]);
	let provider = || prop::sample::select(vec![ALICE, BOB]);
	let honest = || prop::sample::select(HONEST.to_vec());
	let lease = || 0u64..1_000;
	prop_oneof![
		3 => amount().prop_map(Step::Mint),
		1 => amount().prop_map(Step::Burn),
		4 => amount().prop_map(Step::Sell),
		2 => amount().prop_map(Step::Keep),
		2 => amount().prop_map(Step::BobMints),
		1 => amount().prop_map(Step::BobSells),
		3 => (leasable(), provider()).prop_map(|(amount, by)| Step::Redeem(amount, by)),
		4 => (honest(), leasable(), provider()).prop_map(|(who, amount, by)| Step::HonestRedeems(who, amount, by)),
		3 => lease().prop_map(Step::Acknowledge),
		3 => lease().prop_map(Step::Reject),
		2 => lease().prop_map(Step::Move),
		2 => lease().prop_map(Step::Fail),
		1 => (0u32..9).prop_map(Step::Lose),
		1 => Just(Step::Return),
		1 => amount().prop_map(Step::Cash),
		2 => (1u64..30).prop_map(Step::Tick),
	]
}

/// All that Alice and Mallory have.
fn wealth() -> u128 {
	let of = |who| Balances::balance(&who) + held(who) + Bonded::get(who) + Utc::claim(who);
	of(ALICE) + of(MALLORY)
}

/// All leases that have not ended.
fn leases() -> Vec<(LeaseId, LeaseInfo<AccountId>)> {
	(0..NextLease::get().0).filter_map(|id| Some((LeaseId(id), Placed::get(LeaseId(id))?))).collect()
}

fn some_lease(index: u64) -> Option<(LeaseId, LeaseInfo<AccountId>)> {
	let lease = LeaseId(index.checked_rem(NextLease::get().0)?);
	Placed::get(lease).map(|info| (lease, info))
}

/// Whether Alice answers for a lease that she does not serve.
fn is_unserved(info: &LeaseInfo<AccountId>) -> bool {
	info.provider == ALICE && info.tenant != MALLORY
}

/// `from` sells to `to` at the highest price.
fn sell(from: AccountId, to: AccountId, amount: u32) {
	let Some((_, utc)) = Utc::utc(KEY) else { return };
	let price = utc.part(MilliDevices(amount)).unwrap();
	if Balances::balance(&to) > price + ED && try_send(from, to, MilliDevices(amount)).is_ok() {
		assert_ok!(Balances::transfer(&to, &from, price, Preservation::Preserve));
	}
}

/// Alice fails a lease: Bob takes it over where he can, or it is compensated. Of one that runs nothing counts as served
/// from the round on in which that happens.
fn default(lease: LeaseId) {
	let info = Placed::get(lease).unwrap();
	let round = Now::get() - Now::get() % ROUND;
	let since = if info.state == LeaseState::Running { round.max(info.start) } else { info.start };
	if !relocate_after(lease, BOB, since) {
		fail(lease, Perbill::from_rational(END - since, u64::from(WINDOW)));
	}
}

/// What is free on Alice's machines that are in service.
fn room() -> u32 {
	let given = Utc::position(UTC, ALICE).map_or(0, |one| one.placed.0 - one.ended.0);
	(COMMITTED - given).saturating_sub(LostRoom::get(ALICE).unwrap_or_default().0)
}

/// A lease of this very provider's, if it has room for it and there is time to acknowledge it and for a round.
fn lease_from(by: AccountId, tenant: AccountId, amount: u32) -> bool {
	Now::get() + ACKNOWLEDGE + ROUND <= END
		&& Utc::deliverable(&by, &KEY) >= MilliDevices(amount)
		&& (by != ALICE || room() >= amount)
		&& try_redeem(tenant, MilliDevices(amount), by).is_ok()
}

/// Honest holders take cash for what Alice cannot place.
fn take_cash() {
	for who in HONEST {
		let machines: &[_] = if LostRoom::contains_key(ALICE) { &[MachineId(ALICE as u32)] } else { &[] };
		let Some(position) = Utc::position(UTC, ALICE) else { return };
		let committed = TestCapacity::committed_without(&ALICE, &KEY, machines).unwrap();
		let amount = position.deficit(committed).min(MilliDevices(holds(who) as u32));
		if amount.0 > 0 {
			assert_ok!(cash(who, amount, ALICE));
		}
	}
}

/// What a history has come to.
#[derive(Default)]
struct History {
	/// When leases were rejected.
	rejected: BTreeMap<LeaseId, u64>,
	/// Time of Alice's UTC in the hands of others, in milli-device-slots.
	uncalled: u64,
}

impl History {
	fn perform(&mut self, step: Step) {
		let now = Now::get();
		match step {
			Step::Mint(amount) => drop(try_mint(ALICE, MilliDevices(amount))),
			Step::Burn(amount) => drop(try_burn(ALICE, MilliDevices(amount))),
			// Nobody pays the price of a whole window for what is left of one.
			Step::Sell(amount) if now < START => sell(ALICE, TINA, amount),
			Step::Keep(amount) => drop(try_send(ALICE, MALLORY, MilliDevices(amount))),
			Step::BobMints(amount) => drop(try_mint(BOB, MilliDevices(amount))),
			Step::BobSells(amount) => sell(BOB, TOM, amount),
			Step::Redeem(amount, by) => drop(lease_from(by, MALLORY, amount)),
			Step::HonestRedeems(who, amount, by) => drop(lease_from(by, who, amount)),
			Step::Acknowledge(lease) => {
				if let Some((lease, info)) = some_lease(lease) {
					if info.state == LeaseState::Placed && now >= info.start {
						acknowledge(lease);
					}
				}
			}
			Step::Reject(lease) => {
				if let Some((lease, info)) = some_lease(lease) {
					let wants = info.tenant == MALLORY || is_unserved(&info);
					if wants && now <= info.start + TENTH && reject(info.tenant, lease).is_ok() {
						self.rejected.insert(lease, now);
					}
				}
			}
			Step::Move(lease) => {
				if let Some((lease, info)) = some_lease(lease) {
					if info.provider == ALICE && info.state == LeaseState::Placed && now < info.start {
						relocate_after(lease, BOB, info.start);
					}
				}
			}
			Step::Fail(lease) => {
				if let Some((lease, info)) = some_lease(lease) {
					let fails = info.state != LeaseState::Rejected && now >= info.start;
					if info.provider == ALICE && fails {
						default(lease);
					}
				}
			}
			Step::Lose(devices) => {
				LostRoom::remove(ALICE);
				LostRoom::insert(ALICE, MilliDevices::devices(devices).min(MilliDevices(room())));
			}
			Step::Return => LostRoom::remove(ALICE),
			Step::Cash(amount) => drop(cash(MALLORY, MilliDevices(amount), ALICE)),
			Step::Tick(slots) => (0..slots).for_each(|_| self.tick()),
			_ => {}
		}
		take_cash();
	}

	/// Passes a slot, unless it is the window's last.
	fn tick(&mut self) {
		let now = Now::get() + 1;
		if now >= END {
			return;
		}
		self.count();
		set_slot(now);
		if now > START && now.is_multiple_of(ROUND) {
			self.judge();
		}
		for (lease, info) in leases().into_iter().filter(|(_, info)| info.state == LeaseState::Placed) {
			if now >= info.start && info.provider == BOB {
				acknowledge(lease);
			} else if now > info.start + ACKNOWLEDGE && info.provider == ALICE {
				default(lease);
			}
		}
	}

	/// Counts what was not called in the slot that passes.
	fn count(&mut self) {
		if Now::get() >= START && Utc::utc(KEY).is_some() {
			let out = Utc::position(UTC, ALICE).map_or(0, |position| position.unplaced().0);
			self.uncalled += u64::from(out).saturating_sub((holds(ALICE) + holds(MALLORY)) as u64);
		}
	}

	/// The verdicts on the round that has ended with this slot.
	fn judge(&self) {
		let first = Now::get() - ROUND;
		for (lease, info) in leases() {
			let ran = info.start < Now::get()
				&& match info.state {
					LeaseState::Running => true,
					_ => self.rejected.get(&lease).is_some_and(|at| *at >= first),
				};
			if ran && is_unserved(&info) {
				credit(lease, Perbill::one(), 4);
			} else if ran {
				reward(lease, 4);
			}
		}
	}

	/// Ends the window, the leases and the settlement.
	fn end(&mut self) {
		while Now::get() < END - 1 {
			self.perform(Step::Tick(1));
		}
		self.count();
		set_slot(END);
		self.judge();
		for (lease, _) in leases() {
			complete(lease);
		}
		set_slot(END + 5);
		if Utc::utc(KEY).is_none() {
			return;
		}
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

	/// What Alice was paid for what nobody called.
	fn kept(&self) -> u128 {
		(COVER * u128::from(self.uncalled)).div_ceil(u128::from(WINDOW) * 1_000)
	}
}

/// Plays a history to its end. Returns what it came to, and what Alice and Mallory had before and have after it.
fn play(steps: Vec<Step>) -> (History, u128, u128) {
	assert_ok!(Balances::transfer(&ALICE, &MALLORY, UNIT / 2, Preservation::Preserve));
	let (before, mut history) = (wealth(), History::default());
	for step in steps {
		history.perform(step);
		assert_ok!(Utc::do_try_state());
	}
	history.end();
	(history, before, wealth())
}

/// What Alice and Mallory gain by a history beside what they are paid for what nobody called. Below zero it costs them.
fn gain(steps: Vec<Step>) -> i128 {
	let mut gained = 0;
	run(|| {
		let (history, before, after) = play(steps.clone());
		gained = after as i128 - before as i128 - history.kept() as i128;
	});
	gained
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_048))]

	#[test]
	fn none_pays(steps in prop::collection::vec(step(), 1..80)) {
		run(|| {
			let (history, before, after) = play(steps);
			let rounds = |event: &Event<Test>| {
				matches!(event, Event::Redeemed { .. } | Event::RedeemedForCash { .. })
			};
			let roundings = events().into_iter().filter(rounds).count();
			let most = before + history.kept() + roundings as u128;
			assert!(after <= most, "{} was gained", after - most);
		});
	}
}

/// Until all leases have been acknowledged too late, or in which slot of the window.
fn until(slot: u64) -> Step {
	Step::Tick(START + slot - GENESIS_SLOT)
}

/// Alice sells a device, which Tina redeems of her.
fn sold() -> Vec<Step> {
	vec![Step::Mint(1_000), Step::Sell(1_000), Step::HonestRedeems(TINA, 1_000, ALICE)]
}

fn after_sale(steps: &[Step]) -> Vec<Step> {
	sold().into_iter().chain(steps.iter().cloned()).collect()
}

#[test]
fn selling_and_failing() {
	// Sold at the highest price it comes out even.
	assert_eq!(gain(sold()), 0);
}

#[test]
fn what_nobody_calls_is_not_what_was_not_delivered() {
	run(|| {
		let (history, before, after) = play(vec![Step::Mint(1_000), Step::Sell(1_000)]);
		assert_eq!((history.kept(), after), (COVER, before + COVER));
	});
}

#[test]
fn acknowledging_and_not_serving() {
	assert_eq!(gain(after_sale(&[until(0), Step::Acknowledge(0)])), 0);
}

#[test]
fn acknowledging_and_failing_after_a_breach() {
	for slot in [ROUND, ROUND + 7] {
		assert_eq!(
			gain(after_sale(&[until(9), Step::Acknowledge(0), Step::Tick(slot - 9), Step::Fail(0)])),
			0
		);
	}
}

#[test]
fn acknowledging_and_being_rejected() {
	for slot in [0, 3, TENTH] {
		assert_eq!(gain(after_sale(&[until(slot), Step::Acknowledge(0), Step::Reject(0)])), 0);
	}
}

#[test]
fn failing_onto_a_provider_that_stands_in() {
	assert_eq!(gain([vec![Step::BobMints(1_000)], after_sale(&[Step::Move(0)])].concat()), 0);
}

#[test]
fn failing_onto_another_provider_and_then_on_the_one_that_this_displaced() {
	assert!(
		gain(vec![
			Step::Mint(1_000),
			Step::Sell(1_000),
			Step::BobMints(1_000),
			Step::BobSells(1_000),
			Step::HonestRedeems(TINA, 1_000, BOB),
			Step::HonestRedeems(TOM, 1_000, ALICE),
		]) <= 0
	);
}

/// Bob has served what Alice sold, and holds UTC of his own instead.
fn displaced() -> Vec<Step> {
	vec![Step::BobMints(1_000), Step::Mint(1_000), Step::Sell(1_000), Step::HonestRedeems(TINA, 1_000, BOB)]
}

#[test]
fn who_was_served_by_another_is_no_loss_to_that_one() {
	// He calls Alice, who does not serve him, ...
	let calls = [displaced(), vec![Step::HonestRedeems(BOB, 1_000, ALICE)]].concat();
	assert_eq!(gain(calls.clone()), 0);
	// ... or takes cash, since her machines are gone.
	let lost = [displaced(), vec![Step::Lose(8)]].concat();
	assert_eq!(gain(lost.clone()), 0);
	for steps in [calls, lost] {
		run(|| {
			let of_bob = || Balances::balance(&BOB) + held(BOB) + Bonded::get(BOB);
			let before = of_bob();
			play(steps);
			assert!(of_bob() >= before + S - FEE);
		});
	}
}

#[test]
fn losing_the_machines_that_were_sold() {
	assert_eq!(gain(vec![Step::Mint(1_000), Step::Sell(1_000), Step::Lose(8)]), 0);
	// In the window what was not called before is paid for.
	let lost = gain(vec![Step::Mint(1_000), Step::Sell(1_000), until(20), Step::Lose(8)]);
	assert!((-1..=1).contains(&lost), "{lost}");
}

#[test]
fn leasing_from_another_provider_and_rejecting_it() {
	assert!(
		gain(vec![
			Step::Mint(1_000),
			Step::Keep(1_000),
			Step::BobMints(1_000),
			Step::BobSells(1_000),
			Step::Redeem(1_000, BOB),
			Step::HonestRedeems(TOM, 1_000, ALICE),
			until(0),
			Step::Reject(0),
		]) <= 0
	);
}

#[test]
fn leasing_from_oneself_for_the_fees() {
	let steps = vec![
		Step::Mint(1_000),
		Step::Keep(1_000),
		Step::Redeem(1_000, ALICE),
		until(0),
		Step::Acknowledge(0),
	];
	assert_eq!(gain(steps), -((FEE / 5) as i128));
}

#[test]
fn leasing_from_oneself_at_the_cost_of_who_keeps_what_nobody_calls() {
	for spare in [1, 3, 7] {
		let steps = vec![
			Step::BobMints(spare * 1_000),
			Step::Mint(1_000),
			Step::Keep(1_000),
			Step::Redeem(1_000, ALICE),
			until(0),
			Step::Acknowledge(0),
		];
		let won = IMBALANCE * u128::from(spare) / u128::from(spare + 1);
		// With a bounty for a better place, it is the tenth of the fee that nobody gets back.
		assert_eq!(gain(steps), won as i128 - (FEE / 5) as i128);
		assert!(won < FEE / 10);
	}
}

#[test]
fn leasing_from_oneself_and_failing() {
	assert!(gain(vec![Step::Mint(1_000), Step::Keep(1_000), Step::Redeem(1_000, ALICE)]) < 0);
}

#[test]
fn leasing_from_oneself_after_failing_onto_who_stands_in() {
	assert!(
		gain(vec![
			Step::BobMints(1_000),
			Step::Mint(1_000),
			Step::Sell(1_000),
			Step::HonestRedeems(TINA, 1_000, ALICE),
			Step::Mint(1_000),
			Step::Keep(1_000),
			Step::Move(0),
			Step::Redeem(125, ALICE),
		]) <= 0
	);
}
