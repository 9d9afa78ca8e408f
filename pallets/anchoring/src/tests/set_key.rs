use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_core::Pair;
use sp_runtime::DispatchError;

fn new_key(seed: u64) -> (exabits_primitives::keys::anchor::Id, exabits_primitives::keys::anchor::Signature) {
	(pair(seed).public(), pair(seed).sign(&Anchoring::key_payload(&1)))
}

#[test]
fn replaces_the_key_and_frees_the_old() {
	run(|| {
		let (key, proof) = new_key(21);
		assert_ok!(Anchoring::set_key(RuntimeOrigin::signed(1), key.clone(), proof));
		assert_eq!(KeyOf::<Test>::get(1), Some(key.clone()));
		assert_eq!(OwnerOf::<Test>::get(&key), Some(1));
		assert_eq!(OwnerOf::<Test>::get(pair(1).public()), None);
		assert!(happened(Event::KeySet { anchor: 1, key }));

		// The freed key can be registered by another anchor, with its own proof.
		let proof = pair(1).sign(&Anchoring::key_payload(&2));
		assert_ok!(Anchoring::set_key(RuntimeOrigin::signed(2), pair(1).public(), proof));
	});
}

#[test]
fn needs_the_minimum_bond() {
	run(|| {
		let proof = pair(8).sign(&Anchoring::key_payload(&8));
		assert_noop!(
			Anchoring::set_key(RuntimeOrigin::signed(8), pair(8).public(), proof),
			Error::<Test>::BondTooLow
		);
	});
}

#[test]
fn refuses_a_key_in_use() {
	run(|| {
		let proof = pair(2).sign(&Anchoring::key_payload(&1));
		assert_noop!(
			Anchoring::set_key(RuntimeOrigin::signed(1), pair(2).public(), proof),
			Error::<Test>::KeyTaken
		);
		// One's own key again, too.
		assert_noop!(
			Anchoring::set_key(RuntimeOrigin::signed(1), pair(1).public(), key_proof(1)),
			Error::<Test>::KeyTaken
		);
	});
}

#[test]
fn refuses_the_proof_of_another() {
	run(|| {
		// Made by the right key for another account.
		let proof = pair(21).sign(&Anchoring::key_payload(&2));
		assert_noop!(
			Anchoring::set_key(RuntimeOrigin::signed(1), pair(21).public(), proof),
			Error::<Test>::BadProof
		);
		// Made for the right account by another key.
		let proof = pair(22).sign(&Anchoring::key_payload(&1));
		assert_noop!(
			Anchoring::set_key(RuntimeOrigin::signed(1), pair(21).public(), proof),
			Error::<Test>::BadProof
		);
	});
}

#[test]
fn needs_a_signed_origin() {
	run(|| {
		let (key, proof) = new_key(21);
		assert_noop!(Anchoring::set_key(RuntimeOrigin::root(), key, proof), DispatchError::BadOrigin);
	});
}
