use crate::{mock::*, *};
use exabits_primitives::{Committees, MachineId, OnMachine, RoundIndex};
use frame_support::traits::Hooks;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn kept() -> Vec<u32> {
	let mut sessions: Vec<u32> = Snapshots::<Test>::iter_keys().collect();
	sessions.sort_unstable();
	sessions
}

#[test]
fn integrity_holds() {
	run(<Anchoring as Hooks<u64>>::integrity_test);
}

#[test]
fn each_session_gets_a_seed_and_a_snapshot_of_its_own() {
	run(|| {
		to(SESSION - 1);
		assert_eq!(kept(), [0]);
		to(SESSION);
		assert_eq!(kept(), [0, 1]);
		assert_ne!(Seeds::<Test>::get(0), Seeds::<Test>::get(1));
		assert!(happened(Event::SessionSeeded { session: 1 }));
		to(SESSION + 1);
		assert_eq!(events().len(), 5 + 2);
	});
}

#[test]
fn the_oldest_session_is_forgotten() {
	run(|| {
		to(10 * SESSION);
		assert_eq!(kept(), [8, 9, 10]);
		assert_eq!(Seeds::<Test>::iter().count(), 3);
	});
}

#[test]
fn seats_freeze_a_session_before_their_seed() {
	run(|| {
		to(1);
		let before = Snapshots::<Test>::get(0).unwrap();
		Seats::set(vec![(1, 1), (2, 1), (3, 9)]);
		to(SESSION);
		assert_eq!(Snapshots::<Test>::get(0).unwrap(), before);
		assert_eq!(Snapshots::<Test>::get(1).unwrap().into_inner(), vec![(1, 1), (2, 1), (3, 9)]);
		// Anchors that have left since still sit in session 1, no longer in session 2.
		Seats::set(Vec::new());
		to(2 * SESSION);
		assert_eq!(Anchoring::committee_in(2, MACHINE).unwrap().len(), 3);
		to(3 * SESSION);
		assert_eq!(Anchoring::committee_in(3, MACHINE), None);
	});
}

#[test]
fn anchors_without_a_key_have_no_seat() {
	run(|| {
		Seats::mutate(|seats| {
			seats.push((6, 4));
			seats.push((7, 0));
		});
		to(1);
		let holders: Vec<u64> = Snapshots::<Test>::get(0).unwrap().iter().map(|(who, _)| *who).collect();
		assert_eq!(holders, [1, 2, 3, 4, 5]);
	});
}

#[test]
fn snapshots_are_bounded() {
	run(|| {
		for who in 6..=20 {
			add_anchor(who, 1);
		}
		to(1);
		assert_eq!(Snapshots::<Test>::get(0).unwrap().len(), 12);
	});
}

#[test]
fn without_randomness_there_is_no_committee() {
	run(|| {
		Randomness::set(None);
		to(SESSION);
		assert_eq!(Seeds::<Test>::iter().count(), 0);
		assert_eq!(Anchoring::committee_in(1, MACHINE), None);
		Randomness::set(Some([1; 32]));
		to(2 * SESSION);
		assert!(Anchoring::committee_in(2, MACHINE).is_some());
	});
}

#[test]
fn a_skipped_session_has_no_committee_and_nor_has_the_next() {
	run(|| {
		to(SESSION - 1);
		// From session 0 into session 2.
		jump(2 * SESSION);
		assert_eq!(kept(), [0, 2]);
		assert_eq!(Anchoring::committee_in(1, MACHINE), None);
		assert_eq!(Anchoring::committee_in(2, MACHINE), None);
		to(3 * SESSION);
		assert!(Anchoring::committee_in(3, MACHINE).is_some());
		assert_eq!(kept(), [0, 2, 3]);
	});
}

#[test]
fn the_first_session_has_no_committee() {
	run(|| {
		to(1);
		assert_eq!(Anchoring::committee_in(0, MACHINE), None);
	});
}

#[test]
fn machines_wait_for_the_session_after_their_registration() {
	run(|| {
		Registered::mutate(|all| {
			for session in 0..=3 {
				all.insert(MachineId(10 + session), machine_of(OWNER, session));
			}
		});
		to(2 * SESSION);
		assert!(Anchoring::committee_in(2, MachineId(11)).is_some());
		assert_eq!(Anchoring::committee_in(2, MachineId(12)), None);
		assert_eq!(Anchoring::committee_in(2, MachineId(13)), None);
		assert_eq!(Anchoring::committee_in(2, MachineId(99)), None);
	});
}

#[test]
fn an_owner_never_watches_its_own_machine() {
	run(|| {
		Registered::set(BTreeMap::from_iter((0..60).map(|id| (MachineId(id), machine_of(1, 0)))));
		to(SESSION);
		for id in 0..60 {
			let committee = Anchoring::committee_in(1, MachineId(id)).unwrap();
			assert_eq!(committee.len(), 3);
			assert!(!committee.contains(&1));
		}
	});
}

#[test]
fn an_owner_s_seats_make_no_quorum() {
	run(|| {
		Registered::mutate(|all| all.insert(MachineId(2), machine_of(1, 0)));
		Seats::set(vec![(1, 1), (2, 1)]);
		to(SESSION);
		assert_eq!(Anchoring::committee_in(1, MachineId(2)), None);
		// Exactly a quorum is enough.
		assert_eq!(Anchoring::committee_in(1, MACHINE).unwrap().len(), 2);
	});
}

#[test]
fn committees_are_those_of_the_current_session() {
	run(|| {
		to(SESSION);
		let first = Anchoring::committee(MACHINE);
		assert_eq!(Some(first), Anchoring::committee_in(1, MACHINE).map(|all| all.into_inner()));
		assert_eq!(Anchoring::quorum(), 2);
		assert!(Anchoring::committee(MachineId(99)).is_empty());
	});
}

#[test]
fn rounds_that_overlap_a_gap_are_void() {
	run(|| {
		opened();
		to(COMMITS);
		for who in members(FIRST) {
			commit(who, FIRST, GOOD);
		}
		// 31 slots without a block: the reveals could not be sent.
		jump(COMMITS + 32);
		assert!(happened(Event::RoundVoided { machine: MACHINE, round: FIRST }));
		assert!(Slashed::get().is_empty());
		assert!(Judged::get().is_empty());
		assert_eq!(Standings::<Test>::iter().count(), 0);
		assert_eq!(Rounds::<Test>::iter().count(), 0);

		// Session 3 was skipped: only session 5, from slot 75 on, has committees again.
		to(79);
		assert_eq!(Rounds::<Test>::iter().count(), 0);
		to(80);
		assert!(Rounds::<Test>::contains_key(MACHINE, RoundIndex(8)));
	});
}

#[test]
fn a_round_that_began_in_a_gap_is_not_opened() {
	for (resumes, opens) in [(32, true), (33, false)] {
		run(|| {
			opened();
			MaxGap::set(2);
			to(COMMITS - 1);
			// Early enough in round 3, after two or three slots without a block.
			jump(resumes);
			assert_eq!(Rounds::<Test>::contains_key(MACHINE, RoundIndex(3)), opens);
			to(40);
			assert!(Rounds::<Test>::contains_key(MACHINE, RoundIndex(4)));
		});
	}
}

#[test]
fn a_pause_as_long_as_allowed_is_no_gap() {
	run(|| {
		opened();
		to(COMMITS);
		for who in members(FIRST) {
			commit(who, FIRST, GOOD);
		}
		jump(COMMITS + 31);
		assert!(LastGaps::get().kept().is_empty());
		assert_eq!(Slashed::get().len(), 3);
	});
}

#[test]
fn watching_goes_on_after_a_gap() {
	run(|| {
		to(1);
		Anchoring::watched(MACHINE);
		jump(500);
		to(560);
		assert!(Rounds::<Test>::iter().count() > 0);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]
	#[test]
	fn committees_hold_for_any_seed_and_seats(
		seed in any::<[u8; 32]>(),
		seats in prop::collection::vec(0u32..4, 5),
		owner in 1u64..=6,
		machine in any::<u32>(),
	) {
		run(|| {
			Randomness::set(Some(seed));
			Seats::set((1..=5).zip(seats.clone()).collect());
			Registered::mutate(|all| all.insert(MachineId(machine), machine_of(owner, 0)));
			to(SESSION);
			let eligible = (1..=5u64).zip(&seats).filter(|(who, seats)| *who != owner && **seats > 0).count();
			match Anchoring::committee_in(1, MachineId(machine)) {
				None => assert!(eligible < 2),
				Some(committee) => {
					assert_eq!(committee.len(), eligible.min(3));
					assert!(!committee.contains(&owner));
				},
			}
		});
	}
}
