//! New money for blocks and measurements.

use super::{genesis, lease};
use crate::*;
use exabits_primitives::{Clock as _, Role};
use frame_support::{
	assert_ok,
	traits::{fungible::Inspect, fungible::Mutate, Get},
};
use pallet_issuance::runtime_api::{runtime_decl_for_rewards_api::RewardsApi, Claimable};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;
use sp_runtime::Perbill;

fn produce(who: &AccountId, blocks: u32) {
	for _ in 0..blocks {
		<Issuance as pallet_authorship::EventHandler<_, _>>::note_author(who.clone());
	}
}

fn next_session() {
	pallet_session::CurrentIndex::<Runtime>::mutate(|session| *session += 1);
}

fn claim(who: &AccountId, role: Role) -> sp_runtime::DispatchResult {
	Issuance::claim(RuntimeOrigin::signed(Sr25519Keyring::Ferdie.to_account_id()), who.clone(), role)
}

#[test]
fn a_session_brings_its_part_of_the_yearly_share() {
	for preset in [DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET] {
		genesis(preset).execute_with(|| {
			let alice = Sr25519Keyring::Alice.to_account_id();
			let issued = Balances::total_issuance();
			let slots = pallet_clock::SessionSlots::<Runtime>::get();
			produce(&alice, slots as u32);
			let session = Issuance::budgets(Clock::session()).expect("a block was produced in it");
			// A minute of a year, of 5 % of the money.
			let all = Perbill::from_percent(5).mul_floor(issued) / (365 * 24 * 60);
			assert_eq!(session.validators.amount + session.anchors.amount, all);
			assert_eq!(session.anchors.amount, Perbill::from_percent(30).mul_floor(all));
			next_session();
			assert_ok!(claim(&alice, Role::Validator));
			assert_eq!(Balances::total_issuance(), issued + session.validators.amount);
		});
	}
}

#[test]
fn who_delegates_to_a_validator_shares_what_it_earns() {
	genesis(DEV_RUNTIME_PRESET).execute_with(|| {
		System::set_block_number(1);
		let (alice, eve) = (Sr25519Keyring::Alice.to_account_id(), Sr25519Keyring::Eve.to_account_id());
		let origin = RuntimeOrigin::signed(eve.clone());
		// A tenth of the validator's own bond.
		assert_ok!(Stake::delegate(origin.clone(), alice.clone(), Role::Validator, 1_000 * EXA));
		assert_ok!(Stake::set_commission(
			RuntimeOrigin::signed(alice.clone()),
			Role::Validator,
			Perbill::from_percent(45)
		));
		next_session();
		produce(&alice, 30);
		next_session();
		let session = Issuance::budgets(Clock::session() - 1).expect("a block was produced in it");
		let all = session.validators.amount;
		let shared = all - Perbill::from_percent(45).mul_floor(all);
		let Claimable { own, delegators } = Runtime::rewards(alice.clone()).validator;
		assert_eq!((own + delegators, delegators), (all, shared / 11));
		let before = (Balances::total_issuance(), Balances::balance(&alice));
		// Whoever comes later gets nothing of it: it is paid first.
		let ferdie = Sr25519Keyring::Ferdie.to_account_id();
		assert_ok!(Stake::delegate(
			RuntimeOrigin::signed(ferdie.clone()),
			alice.clone(),
			Role::Validator,
			1_000 * EXA
		));
		assert_eq!(Balances::total_issuance(), before.0 + all);
		assert_eq!(Balances::balance(&alice), before.1 + own);
		let worth = |who| Stake::delegation_of(who, alice.clone(), Role::Validator).0;
		assert!(worth(eve).abs_diff(1_000 * EXA + delegators) <= 1);
		assert!(worth(ferdie) <= 1_000 * EXA);
		assert!(claim(&alice, Role::Validator).is_err());
	});
}

#[test]
fn accurate_measurements_of_paid_rounds_bring_a_part_of_their_fee() {
	lease::run(|| {
		let fee = EXA / 100;
		let round = lease::reveal(1_000_000);
		pallet_anchoring::Rounds::<Runtime>::mutate(lease::MACHINE, round, |record| {
			record.as_mut().expect("it is open").fee = fee;
		});
		assert_ok!(Balances::mint_into(&Anchoring::pot(), fee));
		lease::at(lease::END + 14);
		let (dave, anybody) = (Sr25519Keyring::Dave.to_account_id(), Sr25519Keyring::Alice.to_account_id());
		assert_ok!(Anchoring::settle(RuntimeOrigin::signed(anybody), lease::MACHINE, round));
		assert_eq!(Issuance::points(dave.clone(), Role::Anchor), fee / 2);
		assert_eq!(Runtime::rewards(dave.clone()).anchor, Claimable::default());
		next_session();
		let rewards = Runtime::rewards(dave.clone());
		assert_eq!(rewards.watch_fees, fee / 2);
		assert_eq!(rewards.anchor, Claimable { own: fee / 8, delegators: 0 });
		let issued = Balances::total_issuance();
		assert_ok!(claim(&dave, Role::Anchor));
		assert_eq!(Balances::total_issuance(), issued + fee / 8);
		#[cfg(feature = "try-runtime")]
		assert_ok!(Issuance::do_try_state());
	});
}

/// The bound of what issuance adds to watch fees holds for the committees there are: see `exabits_math::issuance`.
#[test]
fn committees_and_the_part_of_approvers_are_within_what_the_bound_allows_for() {
	let timings = [pallet_clock::Timing::DEVELOPMENT, pallet_clock::Timing::STANDARD];
	assert!(timings.iter().all(|timing| timing.committee_size <= 11));
	assert!(crate::configs::ApproverShare::get() <= Perbill::from_percent(20));
}
