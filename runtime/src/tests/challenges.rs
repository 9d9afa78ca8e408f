//! When machines are challenged, and what they are asked.

use super::lease::*;
use crate::*;
use exabits_primitives::{
	apis::{runtime_decl_for_roles_api::RolesApiV1, ChallengeDuty},
	keys::anchor,
	Clock as _, MachineId, MachineState, RoundIndex, Slot,
};
use frame_support::{assert_ok, BoundedVec};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring;

/// Another machine of the same class.
const OTHER: MachineId = MachineId(1);
/// The first round after the lease's window.
const FIRST: RoundIndex = RoundIndex(44);

fn register_other() {
	let pair = Sr25519Keyring::Ferdie.pair();
	let proof = pair.sign(&Rfl::registration_payload(&provider()));
	let endpoint = BoundedVec::truncate_from(b"http://127.0.0.1:9001".to_vec());
	let origin = RuntimeOrigin::signed(provider());
	let key = pair.public().into();
	assert_ok!(Rfl::register_machine(
		origin,
		exabits_primitives::ClassId(0),
		2,
		2,
		2,
		key,
		proof.into(),
		endpoint
	));
}

/// Goes to a slot in which the round is open for a machine, with Dave as its committee.
fn open(machine: MachineId, seed: [u8; 32], slot: Slot) {
	pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(slot));
	let round = RoundIndex::at(slot, 15);
	let anchor = Sr25519Keyring::Dave.to_account_id();
	let member = pallet_anchoring::CommitteeMember {
		anchor: anchor.clone(),
		report: pallet_anchoring::Report::Pending,
	};
	let record =
		pallet_anchoring::Round { session: 1, fee: 0, members: BoundedVec::truncate_from(vec![member]) };
	pallet_anchoring::Rounds::<Runtime>::insert(machine, round, record);
	pallet_anchoring::Seeds::<Runtime>::insert(1, seed);
	pallet_anchoring::KeyOf::<Runtime>::insert(anchor, dave());
}

fn dave() -> anchor::Id {
	Sr25519Keyring::Dave.public().into()
}

/// The machine's challenge in a round, as of that round's first slot.
fn challenge(machine: MachineId, seed: u8, round: u32) -> Option<ChallengeDuty> {
	open(machine, [seed; 32], RoundIndex(round).start(15));
	<Runtime as RolesApiV1<Block>>::challenges(vec![machine]).pop()
}

pub fn slots(machine: MachineId, seed: u8) -> Vec<Slot> {
	(FIRST.0..FIRST.0 + 20).filter_map(|round| Some(challenge(machine, seed, round)?.slot)).collect()
}

#[test]
fn a_class_has_one_slot_in_a_session_that_follows_from_its_seed() {
	run(|| {
		register_other();
		let of_machine = slots(MACHINE, 1);
		// A session has two rounds.
		assert_eq!(of_machine.len(), 10);
		assert_eq!(slots(OTHER, 1), of_machine);
		assert!((2..6).all(|seed| slots(MACHINE, seed) != of_machine));
	});
}

#[test]
fn machines_under_test_have_the_same_slot_of_each_round() {
	run(|| {
		let online = slots(MACHINE, 1);
		pallet_rfl::Machines::<Runtime>::mutate(MACHINE, |machine| {
			machine.as_mut().expect("it is registered").state = MachineState::UnderTest;
		});
		let under_test = slots(MACHINE, 1);
		assert_eq!(under_test.len(), 20);
		assert!(online.iter().all(|slot| under_test.contains(slot)));
		assert!(under_test.windows(2).all(|pair| pair[1] - pair[0] == 15));
	});
}

#[test]
fn the_challenge_is_the_committees_and_of_the_classs_size() {
	run(|| {
		register_other();
		let due = (0..2).find_map(|offset| challenge(OTHER, 1, FIRST.0 + offset)).expect("one in two rounds");
		assert_eq!((due.machine, due.seed, due.round), (OTHER, [1; 32], Clock::round()));
		assert_eq!((due.anchors, due.devices), (vec![dave()], vec![0, 1]));
		assert_eq!((due.n, due.links, due.memory), (1_024, 5, 2 << 20));
		assert_eq!((due.reference_millis, due.limit_millis), (1_074, 5_611));
	});
}

#[test]
fn leased_devices_are_left_alone() {
	run(|| {
		let devices = |rounds: [u32; 2]| {
			let due = rounds.into_iter().find_map(|round| challenge(MACHINE, 1, round));
			due.expect("there is one in two rounds").devices
		};
		// The window has rounds 40 to 43.
		assert_eq!(devices([38, 39]), [0]);
		assert!(devices([40, 41]).is_empty());
		assert!(devices([42, 43]).is_empty());
		assert_eq!(devices([44, 45]), [0]);
	});
}

#[test]
fn nobody_is_challenged_without_a_round_a_seed_or_a_rate() {
	run(|| {
		let of = || <Runtime as RolesApiV1<Block>>::challenges(vec![MACHINE, MachineId(9)]);
		let due = (FIRST.0..).find(|round| challenge(MACHINE, 1, *round).is_some()).expect("there is one");
		assert_eq!(of().len(), 1);
		pallet_anchoring::Rounds::<Runtime>::remove(MACHINE, RoundIndex(due));
		assert!(of().is_empty());
		assert!(challenge(MACHINE, 1, due).is_some());
		pallet_anchoring::Seeds::<Runtime>::remove(1);
		assert!(of().is_empty());
		assert!(challenge(MACHINE, 1, due).is_some());
		pallet_rfl::Classes::<Runtime>::mutate(exabits_primitives::ClassId(0), |class| {
			class.as_mut().expect("it exists").int8_rate = 0;
		});
		assert!(of().is_empty());
	});
}
