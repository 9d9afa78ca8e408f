//! Equivocations of validators, from what proves them to the slash of bond and delegation.

use super::genesis;
use crate::*;
use exabits_primitives::{Clock as _, Role, SlashId, Slot};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Inspect, fungible::InspectHold, Get, Hooks, KeyOwnerProofSystem},
	weights::WeightMeter,
};
use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
use sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionSource},
	Digest, DigestItem, DispatchResult, Perbill,
};

const BOND: Balance = 10_000 * EXA;
const DELEGATED: Balance = 1_000 * EXA;

fn offender() -> AccountId {
	Sr25519Keyring::Alice.to_account_id()
}

fn reporter() -> AccountId {
	Sr25519Keyring::Ferdie.to_account_id()
}

/// Three times one offender over four validators, squared.
fn fraction() -> Perbill {
	Perbill::from_rational(9u32, 16)
}

fn at(slot: Slot) {
	pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(slot));
	Stake::on_poll(1, &mut WeightMeter::new());
}

/// Two blocks that the offender has made in one slot, and that it was a validator then.
fn babe(slot: Slot) -> pallet_babe::Call<Runtime> {
	let pair = Sr25519Keyring::Alice.pair();
	let offender = sp_consensus_babe::AuthorityId::from(Sr25519Keyring::Alice.public());
	let authorities = pallet_babe::Authorities::<Runtime>::get();
	let index = authorities.iter().position(|(id, _)| *id == offender).expect("it is a validator");
	let slot = sp_consensus_babe::Slot::from(slot);
	let digest = SecondaryPlainPreDigest { authority_index: index as u32, slot };
	let header = |state: u8| {
		let digest =
			Digest { logs: vec![DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(digest.clone()))] };
		let mut header = Header::new(1, Hash::zero(), Hash::repeat_byte(state), Hash::zero(), digest);
		let seal = sp_core::Pair::sign(&pair, header.hash().as_ref());
		header.digest_mut().push(DigestItem::babe_seal(seal.into()));
		header
	};
	let key_owner_proof =
		Historical::prove((sp_consensus_babe::KEY_TYPE, offender.clone())).expect("it is a validator");
	let proof = sp_consensus_babe::EquivocationProof {
		offender,
		slot,
		first_header: header(1),
		second_header: header(2),
	};
	pallet_babe::Call::report_equivocation_unsigned { equivocation_proof: Box::new(proof), key_owner_proof }
}

/// The same, reported by an account.
fn report_babe(slot: Slot) -> DispatchResult {
	let pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof } = babe(slot)
	else {
		unreachable!("it is such a call")
	};
	let origin = RuntimeOrigin::signed(reporter());
	Babe::report_equivocation(origin, equivocation_proof, key_owner_proof)
		.map(drop)
		.map_err(|failed| failed.error)
}

/// Two votes of the offender's in one round of GRANDPA, reported by an account.
fn report_grandpa(round: u64) -> DispatchResult {
	let offender = sp_consensus_grandpa::AuthorityId::from(Ed25519Keyring::Alice.public());
	let vote = |block: u8| {
		let vote = finality_grandpa::Prevote { target_hash: Hash::repeat_byte(block), target_number: 1u32 };
		let message = finality_grandpa::Message::Prevote(vote.clone());
		let payload = sp_consensus_grandpa::localized_payload(round, 0, &message);
		(vote, Ed25519Keyring::Alice.sign(&payload).into())
	};
	let votes = finality_grandpa::Equivocation {
		round_number: round,
		identity: offender.clone(),
		first: vote(1),
		second: vote(2),
	};
	let equivocation = sp_consensus_grandpa::Equivocation::Prevote(votes);
	let proof = sp_consensus_grandpa::EquivocationProof::new(0, equivocation);
	let owner = Historical::prove((sp_consensus_grandpa::KEY_TYPE, offender)).expect("it is a validator");
	Grandpa::report_equivocation(RuntimeOrigin::signed(reporter()), Box::new(proof), owner)
		.map(drop)
		.map_err(|failed| failed.error)
}

fn held() -> Balance {
	Balances::balance_on_hold(&RuntimeHoldReason::Stake(pallet_stake::HoldReason::Validator), &offender())
}

fn delegated() -> Balance {
	Stake::delegated_to(offender(), Role::Validator).staying.value
}

fn pending() -> Balance {
	Stake::bond_of(offender(), Role::Validator).expect("it is bonded").pending
}

fn is_candidate() -> bool {
	Stake::candidates().iter().any(|candidate| candidate.who == offender())
}

/// Reports with `report`, and lets the slash be applied; `again` are further reports of the same session.
fn is_slashed_once(report: impl Fn() -> DispatchResult, again: &[&dyn Fn() -> DispatchResult]) {
	genesis(LOCAL_TESTNET_RUNTIME_PRESET).execute_with(|| {
		System::set_block_number(1);
		at(5);
		let delegator = Sr25519Keyring::Eve.to_account_id();
		assert_ok!(Stake::delegate(RuntimeOrigin::signed(delegator), offender(), Role::Validator, DELEGATED));
		let index = Session::validators().iter().position(|who| *who == offender());
		let index = index.expect("it is a validator") as u32;
		let (issued, before) = (Balances::total_issuance(), Balances::balance(&reporter()));
		assert!(is_candidate());

		assert_ok!(report());
		let whole = fraction().mul_floor(BOND + DELEGATED);
		assert_eq!((pending(), held(), delegated()), (whole, BOND, DELEGATED));
		assert_eq!((Session::disabled_validators(), is_candidate()), (vec![index], false));
		let due = Clock::now() + pallet_clock::SlashDeferral::<Runtime>::get();

		// What is reported again, and more of the same session, does not add up.
		assert!(report().is_err());
		for report in again {
			assert_ok!(report());
		}
		assert_eq!((pending(), Stake::deferred_slash(SlashId(1))), (whole, None));

		at(due - 1);
		assert_eq!((held(), delegated()), (BOND, DELEGATED));
		let left = |of: Balance| of - fraction().mul_floor(of);
		for slot in [due, due + 1, due + 100] {
			at(slot);
			assert_eq!((pending(), held(), delegated()), (0, left(BOND), left(DELEGATED)), "slot {slot}");
		}
		assert_eq!(Balances::balance(&reporter()), before + Perbill::from_percent(10).mul_floor(whole));
		assert_eq!(Balances::total_issuance(), issued);
		#[cfg(feature = "try-runtime")]
		assert_ok!(Stake::do_try_state());
	});
}

#[test]
fn two_blocks_in_one_slot_are_slashed_once() {
	is_slashed_once(|| report_babe(3), &[&|| report_babe(4), &|| report_grandpa(7)]);
}

#[test]
fn two_votes_in_one_round_are_slashed_once() {
	is_slashed_once(|| report_grandpa(7), &[&|| report_grandpa(8), &|| report_babe(3)]);
}

#[test]
fn a_node_reports_without_a_signature_and_only_once() {
	genesis(LOCAL_TESTNET_RUNTIME_PRESET).execute_with(|| {
		System::set_block_number(1);
		at(5);
		let call = babe(3);
		let local = || Babe::validate_unsigned(TransactionSource::Local, &call);
		assert!(local().is_ok());
		let outside = Babe::validate_unsigned(TransactionSource::External, &call);
		assert_eq!(outside, Err(InvalidTransaction::Call.into()));
		let report: RuntimeCall = call.clone().into();
		assert_ok!(sp_runtime::traits::Dispatchable::dispatch(report, RuntimeOrigin::none()));
		assert_eq!(pending(), fraction().mul_floor(BOND));
		assert_eq!(local(), Err(InvalidTransaction::Stale.into()));
	});
}

#[test]
fn what_proves_nothing_is_refused() {
	genesis(LOCAL_TESTNET_RUNTIME_PRESET).execute_with(|| {
		System::set_block_number(1);
		at(5);
		let pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof } = babe(3)
		else {
			unreachable!("it is such a call")
		};
		let report = |proof| {
			let origin = RuntimeOrigin::signed(reporter());
			Babe::report_equivocation(origin, Box::new(proof), key_owner_proof.clone()).map_err(|e| e.error)
		};
		let proof = *equivocation_proof;
		let same = sp_consensus_babe::EquivocationProof {
			second_header: proof.first_header.clone(),
			..proof.clone()
		};
		let of_another = sp_consensus_babe::EquivocationProof {
			offender: Sr25519Keyring::Bob.public().into(),
			..proof.clone()
		};
		// The session of this slot is another than that of the proof of membership.
		let later = pallet_clock::SessionSlots::<Runtime>::get() + 3;
		let invalid = pallet_babe::Error::<Runtime>::InvalidEquivocationProof;
		assert_noop!(report(same), invalid);
		assert_noop!(report(of_another), pallet_babe::Error::<Runtime>::InvalidEquivocationProof);
		let elsewhere = report_babe(later);
		assert_eq!(elsewhere, Err(pallet_babe::Error::<Runtime>::InvalidKeyOwnershipProof.into()));
		assert_eq!((pending(), is_candidate()), (0, true));
	});
}
