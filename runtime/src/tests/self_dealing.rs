//! A provider, its tenant and its anchor are one: whatever they do among themselves, they end with no more than they had.
//!
//! Bob's machine serves nobody but Charlie, and Dave, who has one place of three in its committee, is theirs too. The
//! machine answers each anchor as they like, so that the honest ones reveal whatever they are made to see. All rounds,
//! fees, verdicts and rewards are the chain's own, what is created for measuring included.

use super::{genesis, lease::*};
use crate::*;
use exabits_primitives::{
	keys::anchor, Clock as _, LeaseId, LeaseState, MilliDevices, Role, RoundIndex, Slot, UtcId, UtcKey,
	WindowIndex,
};
use frame_support::{
	assert_ok,
	dispatch::RawOrigin,
	storage::with_storage_layer,
	traits::{fungible::Inspect, Hooks},
	weights::WeightMeter,
	BoundedVec,
};
use pallet_anchoring::{Commitment, Report};
use pallet_utc::Redemption;
use proptest::prelude::*;
use sp_core::Pair;
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{DispatchResult, Perbill};

const COALITION: [Sr25519Keyring; 3] = [Bob, Charlie, Dave];
const SESSION: Slot = 30;
const EIGHTH: u32 = 125;

/// What the members of a committee say of a round, Dave first; he may also withhold it or say that he could not measure.
#[derive(Clone, Debug)]
struct Said {
	dave: Option<Option<u32>>,
	honest: [u32; 2],
}

const GOOD: Said = Said { dave: Some(Some(1_000_000)), honest: [1_000_000; 2] };

#[derive(Clone, Debug)]
enum Step {
	Mint(u32),
	Burn(u32),
	Redeem(u32),
	Acknowledge,
	Reject(u64),
	Release,
	Delegate(Balance),
	Commission(u32),
	Claim,
	Round(Said),
}

fn step() -> impl Strategy<Value = Step> {
	let seen = || prop::sample::select(vec![0u32, 400_000, 490_000, 510_000, 950_000, 1_000_000]);
	let said = (prop::option::of(prop::option::of(seen())), [seen(), seen()]);
	let leased = prop::sample::select(vec![EIGHTH, 250, 500, 1_000]);
	prop_oneof![
		3 => (1u32..=8).prop_map(|eighths| Step::Mint(eighths * EIGHTH)),
		1 => (1u32..=8).prop_map(|eighths| Step::Burn(eighths * EIGHTH)),
		4 => leased.prop_map(Step::Redeem),
		3 => Just(Step::Acknowledge),
		1 => (0u64..8).prop_map(Step::Reject),
		1 => Just(Step::Release),
		1 => (1u128..100).prop_map(|amount| Step::Delegate(amount * EXA)),
		1 => (0u32..=50).prop_map(Step::Commission),
		2 => Just(Step::Claim),
		3 => said.prop_map(|(dave, honest)| Step::Round(Said { dave, honest })),
		3 => Just(Step::Round(GOOD)),
	]
}

fn by(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.to_account_id())
}

/// As a transaction: what fails changes nothing.
fn attempt(call: impl FnOnce() -> DispatchResult) {
	let _ = with_storage_layer(call);
}

fn window() -> WindowIndex {
	WindowIndex::at(Clock::now(), 60)
}

/// The UTC of the current window and of the next.
fn utcs() -> impl Iterator<Item = UtcId> {
	[window().0 + 1, window().0]
		.into_iter()
		.filter_map(|window| Utc::utc(UtcKey { window: WindowIndex(window), ..KEY }))
		.map(|(id, _)| id)
}

fn leases() -> Vec<LeaseId> {
	pallet_rfl::Leases::<Runtime>::iter_keys().collect()
}

/// Lets the members of a committee reveal.
fn reveal(round: RoundIndex, said: &Said) {
	let mut honest = said.honest.into_iter();
	pallet_anchoring::Rounds::<Runtime>::mutate(MACHINE, round, |record| {
		for member in record.iter_mut().flat_map(|record| record.members.iter_mut()) {
			let measured =
				if member.anchor == Dave.to_account_id() { said.dave } else { honest.next().map(Some) };
			let commitment = Commitment::new(round, Default::default(), 1);
			let place = round.0 % pallet_anchoring::KEPT_ROUNDS;
			pallet_anchoring::Commitments::<Runtime>::insert(&member.anchor, place, commitment);
			member.report = match measured {
				Some(Some(availability)) => Report::Measured(measurement(availability)),
				Some(None) => Report::NotMeasured,
				None => Report::Pending,
			};
		}
	});
}

/// Lets the slots of one round pass, in which the committee of the round before says this.
fn pass(said: &Said) {
	for _ in 0..ROUND {
		let slot = Clock::now() + 1;
		// The last in which reveals count.
		if slot % ROUND == 7 {
			reveal(RoundIndex::at(slot - ROUND, 15), said);
		}
		pallet_session::CurrentIndex::<Runtime>::put((slot / SESSION) as u32);
		pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(slot));
		Clock::on_initialize(1);
		Anchoring::on_initialize(1);
		at(slot);
		Stake::on_poll(1, &mut WeightMeter::new());
	}
}

fn claim() {
	for who in COALITION {
		attempt(|| Anchoring::claim(by(Ferdie), who.to_account_id()));
	}
	attempt(|| Issuance::claim(by(Ferdie), Dave.to_account_id(), Role::Anchor));
}

fn perform(step: Step) {
	match step {
		Step::Mint(amount) => {
			let key = UtcKey { window: WindowIndex(window().0 + 1), ..KEY };
			attempt(|| Rfl::commit(by(Bob), MACHINE, key.window, 1));
			attempt(|| {
				Utc::mint(by(Bob), key, MilliDevices(amount))?;
				let (id, _) = Utc::utc(key).expect("it was minted");
				Assets::transfer(by(Bob), id.0.into(), Charlie.to_account_id().into(), amount.into())
			});
		}
		Step::Burn(amount) => {
			for utc in utcs() {
				attempt(|| {
					Assets::transfer(by(Charlie), utc.0.into(), Bob.to_account_id().into(), amount.into())?;
					Utc::burn(by(Bob), utc, MilliDevices(amount))
				});
			}
		}
		Step::Redeem(amount) => {
			for utc in utcs() {
				attempt(|| Utc::redeem(by(Charlie), utc, Redemption::new(MilliDevices(amount), [7; 32])));
			}
		}
		Step::Acknowledge => {
			for lease in leases() {
				let signature = Eve.pair().sign(b"checked when it is authorised").into();
				let access = BoundedVec::truncate_from(b"sealed".to_vec());
				attempt(|| {
					Rfl::acknowledge(RawOrigin::Authorized.into(), lease, access, signature).map(drop)
				});
			}
		}
		Step::Reject(lease) => attempt(|| Utc::reject(by(Charlie), LeaseId(lease))),
		Step::Release => {
			for lease in leases() {
				attempt(|| Utc::release_served(by(Bob), lease));
			}
		}
		Step::Delegate(amount) => {
			attempt(|| Stake::delegate(by(Charlie), Dave.to_account_id(), Role::Anchor, amount));
		}
		Step::Commission(percent) => {
			let commission = Perbill::from_percent(percent);
			attempt(|| Stake::set_commission(by(Dave), Role::Anchor, commission));
		}
		Step::Claim => claim(),
		Step::Round(said) => pass(&said),
	}
}

/// All that the coalition has, wherever it lies.
fn wealth() -> Balance {
	let of = |who: Sr25519Keyring| {
		let who = who.to_account_id();
		let (staying, leaving) = Stake::delegation_of(who.clone(), Dave.to_account_id(), Role::Anchor);
		Balances::total_balance(&who)
			+ staying + leaving
			+ Utc::claim(who.clone())
			+ Anchoring::standing(who).owed
	};
	let prepaid = pallet_anchoring::Watched::<Runtime>::get(MACHINE).map_or(0, |watch| watch.prepaid);
	COALITION.into_iter().map(of).sum::<Balance>() + prepaid
}

/// Seats the three anchors, and lets two sessions pass, so that there are committees.
fn seat() {
	pallet_babe::NextRandomness::<Runtime>::put([5; 32]);
	for who in [Dave, Eve, Ferdie] {
		assert_ok!(Stake::bond(by(who), Role::Anchor, 100 * EXA));
		let key: anchor::Id = who.public().into();
		pallet_anchoring::KeyOf::<Runtime>::insert(who.to_account_id(), &key);
		pallet_anchoring::OwnerOf::<Runtime>::insert(key, who.to_account_id());
	}
	(0..4).for_each(|_| pass(&GOOD));
}

/// Plays a history to its end, and returns what was left of what the coalition began with, and what was created for it.
fn play(steps: Vec<Step>) -> (Balance, Balance) {
	let before = genesis(DEV_RUNTIME_PRESET).execute_with(wealth);
	let mut end = (0, 0);
	run(|| {
		let issued = Balances::total_issuance();
		seat();
		steps.into_iter().for_each(perform);
		// Every window ends, everything is judged, closed, settled and claimed.
		for _ in 0..14 {
			pass(&GOOD);
		}
		for utc in (0..pallet_utc::NextUtc::<Runtime>::get().0).map(UtcId) {
			attempt(|| Utc::close(by(Alice), utc));
			for _ in 0..2 {
				attempt(|| Utc::settle(by(Alice), utc, provider()));
			}
			assert!(Utc::position(utc, provider()).is_none(), "it is settled");
		}
		assert!(pallet_rfl::Leases::<Runtime>::iter_values()
			.all(|lease| !matches!(lease.state, LeaseState::Placed | LeaseState::Running)));
		claim();
		#[cfg(feature = "try-runtime")]
		for check in [
			Anchoring::do_try_state as fn() -> _,
			Issuance::do_try_state,
			Stake::do_try_state,
			Utc::do_try_state,
		] {
			assert_ok!(check());
		}
		let after = wealth();
		assert!(after <= before, "{} was gained", after - before);
		end = (before - after, Balances::total_issuance() - issued);
	});
	end
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn never_pays(steps in prop::collection::vec(step(), 1..40)) {
		play(steps);
	}
}

/// Bob pays for rounds in which two honest anchors earn: more than what issuance brings Dave.
#[test]
fn costs_what_honest_anchors_earn_though_measuring_brings_new_money() {
	let (lost, created) = play(vec![Step::Round(GOOD); 8]);
	assert!(created > 0 && lost > created, "lost {lost}, created {created}");
}

/// The machine shows one honest anchor something else than the other, so that Dave decides who is accurate.
#[test]
fn setting_honest_anchors_against_each_other_does_not_pay() {
	let split = Said { dave: Some(Some(490_000)), honest: [0, 1_000_000] };
	let (lost, created) = play(vec![Step::Round(split); 8]);
	assert!(created > 0 && lost > created, "lost {lost}, created {created}");
}
