//! Random histories: money and units are conserved, the invariants hold after every step, and at the end
//! every tenant has been served, paid, or holds a claim.

use crate::{mock::*, *};
use exabits_math::settlement;
use exabits_primitives::{LeaseEvents as _, LeaseId, MilliDevices, Offers, Sale};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		tokens::Preservation,
	},
};
use proptest::prelude::*;
use sp_runtime::Perbill;

#[derive(Clone, Debug)]
enum Step {
	Mint(u64, u32),
	Burn(u64, u32),
	Offer(u64, u32, Perbill),
	Buy(u64, u32, Perbill),
	Withdraw(u64),
	Release(u64),
	Send(u64, u64, u32),
	Redeem(u64, u32, u64),
	Relocate(u64, u64, u64),
	Reject(u64),
	Lose(u64, Option<u32>),
	Cash(u64, u32, u64),
	Improve(u64, u64),
	Fail(u64, Perbill),
	Complete(u64),
	Reward(u64, u32),
	Credit(u64, Perbill, u32),
	Fund(u128),
	PayClaim(u64),
	Settle(u64),
	Forget,
	Tick(u64),
}

fn step() -> impl Strategy<Value = Step> {
	let provider = || prop::sample::select(vec![ALICE, BOB]);
	let tenant = || prop::sample::select(vec![TINA, TOM]);
	let anybody = || prop::sample::select(vec![ALICE, BOB, TINA, TOM]);
	let leasable = prop::sample::select(vec![125u32, 250, 500, 500, 1_000]);
	let lease = || 0u64..1_000;
	let share = || prop_oneof![Just(Perbill::one()), (0u32..=1_000_000_000).prop_map(Perbill::from_parts)];
	prop_oneof![
		2 => (provider(), 1u32..1_500).prop_map(|(who, amount)| Step::Mint(who, amount)),
		1 => (provider(), 1u32..2_000).prop_map(|(who, amount)| Step::Burn(who, amount)),
		2 => (provider(), 1u32..2_000, share()).prop_map(|(who, amount, price)| Step::Offer(who, amount, price)),
		4 => (provider(), 1u32..1_000, share()).prop_map(|(who, amount, price)| Step::Buy(who, amount, price)),
		1 => provider().prop_map(Step::Withdraw),
		2 => lease().prop_map(Step::Release),
		4 => (provider(), anybody(), 1u32..3_000).prop_map(|(a, b, amount)| Step::Send(a, b, amount)),
		6 => (anybody(), leasable, provider()).prop_map(|(t, amount, p)| Step::Redeem(t, amount, p)),
		6 => (lease(), provider(), 0u64..20).prop_map(|(lease, to, late)| Step::Relocate(lease, to, late)),
		2 => lease().prop_map(Step::Reject),
		1 => (provider(), prop::option::of(0u32..9)).prop_map(|(who, devices)| Step::Lose(who, devices)),
		2 => (anybody(), 1u32..2_000, provider()).prop_map(|(who, amount, by)| Step::Cash(who, amount, by)),
		2 => (lease(), provider()).prop_map(|(lease, to)| Step::Improve(lease, to)),
		2 => (lease(), share()).prop_map(|(lease, share)| Step::Fail(lease, share)),
		1 => lease().prop_map(Step::Complete),
		3 => (lease(), 1u32..5).prop_map(|(lease, rounds)| Step::Reward(lease, rounds)),
		5 => (lease(), share(), 1u32..3).prop_map(|(lease, share, rounds)| Step::Credit(lease, share, rounds)),
		1 => (1u128..300_000).prop_map(Step::Fund),
		1 => tenant().prop_map(Step::PayClaim),
		1 => provider().prop_map(Step::Settle),
		1 => Just(Step::Forget),
		2 => (1u64..40).prop_map(Step::Tick),
	]
}

/// What a tenant has, in free money and in claims.
fn wealth(who: AccountId) -> u128 {
	Balances::balance(&who) + Utc::claim(who)
}

/// The account of a lease that has neither ended nor been rejected.
fn live(lease: LeaseId) -> Option<LeaseAccount<AccountId>> {
	LeaseAccounts::<Test>::get(lease).filter(|account| !account.rejected)
}

/// Fails a lease and checks that its tenant gets exactly what is owed, in money or as a claim.
fn fail_and_check(lease: LeaseId, remaining: Perbill) {
	let Some(account) = live(lease) else { return fail(lease, remaining) };
	let most = record().part(account.amount).unwrap();
	let owed = settlement::principal(account.amount, record().price, remaining).unwrap();
	let owed = owed.min(most - account.awarded);
	// Cover is no part of this, so that it also holds for a provider that leased from itself.
	let before = wealth(account.tenant);
	let info = Placed::get(lease).unwrap();
	fail(lease, remaining);
	assert_eq!(wealth(info.tenant), before + owed);
}

/// What of `owed` a lease's tenant may still be awarded.
fn awardable(account: &LeaseAccount<AccountId>, owed: u128) -> u128 {
	owed.min(record().part(account.amount).unwrap() - account.awarded)
}

fn worth(amount: MilliDevices, slots: u64) -> u128 {
	let time = time(amount, slots).unwrap();
	settlement::worth(time, record().price, record().window(), sp_runtime::Rounding::Down).unwrap()
}

/// Moves a lease that was served until some slots ago, and checks that its tenant gets what the time since is worth.
fn relocate_and_check(lease: LeaseId, to: AccountId, late: u64) {
	let Some(account) = live(lease) else { return };
	let info = Placed::get(lease).unwrap();
	let now = Now::get().max(info.start);
	if now >= info.end {
		return;
	}
	let until = now.saturating_sub(late).max(account.since);
	let owed = awardable(&account, worth(account.amount, now - until));
	let before = wealth(account.tenant);
	// Who takes a lease over is paid, whoever leases it.
	if relocate_after(lease, to, until) && account.tenant != to {
		assert_eq!(wealth(account.tenant), before + owed);
	}
}

/// Rejects a lease as its tenant, and checks that it gets 90 % of what is left.
fn reject_and_check(lease: LeaseId) {
	let Some(account) = live(lease) else { return };
	acknowledge(lease);
	let left = worth(account.amount, record().end - Now::get().clamp(account.since, record().end));
	let owed = awardable(&account, left * 9 / 10);
	let before = wealth(account.tenant);
	if reject(account.tenant, lease).is_ok() {
		assert_eq!(wealth(account.tenant), before + owed);
	} else {
		Placed::mutate(lease, |info| info.as_mut().unwrap().state = exabits_primitives::LeaseState::Placed);
	}
}

/// Checks that nobody was paid more for a lease than `κ·S·amount`, and for taking one over no more than that.
fn check_payments(amounts: &std::collections::BTreeMap<LeaseId, u128>) {
	let mut paid = std::collections::BTreeMap::<LeaseId, u128>::new();
	for event in events() {
		let (lease, amount) = match event {
			Event::Credited { lease, amount, .. } | Event::Rejected { lease, amount, .. } => (lease, amount),
			Event::Compensated { lease, from_cover, from_insurance, claim, .. } => {
				(lease, from_cover + from_insurance + claim)
			}
			Event::TakenOver { lease, amount, .. } => {
				assert!(amount <= amounts[&lease]);
				continue;
			}
			_ => continue,
		};
		*paid.entry(lease).or_default() += amount;
	}
	for (lease, paid) in paid {
		assert!(paid <= amounts[&lease], "lease {lease} was paid {paid}");
	}
}

/// One of the leases that there have been.
fn some_lease(index: u64) -> LeaseId {
	LeaseId(index.checked_rem(NextLease::get().0).unwrap_or(0))
}

/// The most that so much may be sold for.
fn most(amount: MilliDevices) -> u128 {
	Utcs::<Test>::get(UTC).and_then(|utc| utc.part(amount)).unwrap_or(0)
}

/// What is set aside for all that a provider offers.
fn set_aside(provider: AccountId) -> u128 {
	Utc::position(UTC, provider).map_or(0, |position| position.set_aside)
}

fn perform(step: Step) {
	// Wrong turns are part of a history: what fails must leave no trace, which the invariants would show.
	match step {
		Step::Mint(who, amount) => drop(try_mint(who, MilliDevices(amount))),
		Step::Burn(who, amount) => drop(try_burn(who, MilliDevices(amount))),
		Step::Offer(who, amount, price) => {
			let amount = MilliDevices(amount);
			let _ = <Utc as Offers<AccountId>>::offer(&who, UTC, amount, price * most(amount));
		}
		Step::Buy(provider, amount, price) => {
			let (amount, set_aside) = (MilliDevices(amount), set_aside(provider));
			let proceeds = price * most(amount);
			let sale = Sale { provider, utc: UTC, amount, proceeds, set_aside, payer: TOM, to: TOM };
			let _ = <Utc as Offers<AccountId>>::mint(sale);
		}
		Step::Withdraw(who) => {
			let offered = Utc::position(UTC, who).map_or(MilliDevices(0), |position| position.offered);
			let _ = <Utc as Offers<AccountId>>::withdraw(&who, UTC, offered, set_aside(who));
		}
		Step::Release(lease) => drop(dispatch(TOM, Call::release_served { lease: some_lease(lease) })),
		Step::Send(from, to, amount) => drop(try_send(from, to, MilliDevices(amount))),
		Step::Redeem(who, amount, by) => drop(try_redeem(who, MilliDevices(amount), by)),
		Step::Relocate(lease, to, late) => relocate_and_check(some_lease(lease), to, late),
		Step::Reject(lease) => reject_and_check(some_lease(lease)),
		Step::Lose(who, Some(devices)) => LostRoom::insert(who, MilliDevices::devices(devices)),
		Step::Lose(who, None) => LostRoom::remove(who),
		Step::Cash(who, amount, by) => drop(cash(who, MilliDevices(amount), by)),
		Step::Improve(lease, to) => {
			let lease = some_lease(lease);
			if let Some(mut info) = Placed::get(lease).filter(|_| live(lease).is_some()) {
				let from = core::mem::replace(&mut info.provider, to);
				if Utc::improved(lease, &from, &info, &TOM).is_ok() {
					Placed::insert(lease, info);
				}
			}
		}
		Step::Fail(lease, remaining) => fail_and_check(some_lease(lease), remaining),
		Step::Complete(lease) => complete(some_lease(lease)),
		Step::Reward(lease, rounds) => reward(some_lease(lease), rounds),
		Step::Credit(lease, share, rounds) => credit(some_lease(lease), share, rounds),
		Step::Fund(amount) => {
			let _ = Balances::transfer(&TOM, &POOL, amount, Preservation::Preserve);
		}
		Step::PayClaim(who) => drop(pay_claim(who)),
		Step::Settle(who) => drop(settle(who)),
		Step::Forget => drop(forget()),
		Step::Tick(slots) => {
			set_slot(Now::get() + slots);
			poll();
		}
	}
}

/// Ends everything that is open, and checks that nothing is left behind.
fn wind_up() {
	for lease in 0..NextLease::get().0 {
		complete(LeaseId(lease));
	}
	assert_eq!(LeaseAccounts::<Test>::iter().count(), 0);
	for _ in 0..10 {
		set_slot(Now::get().max(END + 5) + 1);
		poll();
	}
	let open = |provider: &AccountId| Utc::position(UTC, *provider);
	for provider in [ALICE, BOB].iter().filter(|one| open(one).is_some_and(|position| position.due.is_none()))
	{
		assert_ok!(settle(*provider));
		assert_eq!(held(*provider), 0);
		assert_ok!(Utc::do_try_state());
	}
	// Who is owed something has waited for the other.
	for provider in [ALICE, BOB].iter().filter(|one| open(one).is_some()) {
		assert_ok!(settle(*provider));
	}
	assert_eq!(Settlements::<Test>::iter().count(), 0);
	if Utcs::<Test>::contains_key(UTC) {
		assert_eq!(record().state, UtcState::Closed);
		assert_ok!(forget());
	}
	assert_eq!(Balances::balance(&Utc::account_id()), ED);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn conserve_everything(steps in prop::collection::vec(step(), 1..120)) {
		run(|| {
			let issued = Balances::total_issuance();
			mint(ALICE, 1);
			mint(BOB, 1);
			send(ALICE, TINA, ONE);
			send(BOB, TOM, ONE);
			let mut amounts = std::collections::BTreeMap::new();
			for step in steps {
				perform(step);
				for (lease, account) in LeaseAccounts::<Test>::iter() {
					amounts.insert(lease, record().part(account.amount).unwrap());
				}
				assert_ok!(Utc::do_try_state());
				assert_eq!(Balances::total_issuance(), issued);
			}
			wind_up();
			check_payments(&amounts);
		});
	}
}
