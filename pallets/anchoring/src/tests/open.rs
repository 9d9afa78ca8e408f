use crate::{mock::*, *};
use exabits_primitives::{MachineId, OnMachine, RoundIndex};
use frame_support::{
	assert_noop, assert_ok,
	weights::{Weight, WeightMeter},
};
use sp_runtime::DispatchError;
use std::collections::BTreeMap;

/// Rounds of the machine that are open, in order.
fn open_rounds() -> Vec<u32> {
	let mut rounds: Vec<u32> = Rounds::<Test>::iter_key_prefix(MACHINE).map(|round| round.0).collect();
	rounds.sort_unstable();
	rounds
}

fn openings_of(machine: MachineId) -> usize {
	DueAt::<Test>::iter_values()
		.flatten()
		.filter(|due| matches!(due, Due::Opening(other, _) if *other == machine))
		.count()
}

#[test]
fn rounds_open_in_their_first_slot_with_a_committee() {
	run(|| {
		to(1);
		Anchoring::watched(MACHINE);
		to(STARTS - 1);
		assert!(open_rounds().is_empty());
		to(STARTS);
		let record = Rounds::<Test>::get(MACHINE, FIRST).unwrap();
		assert_eq!(record.session, 1);
		assert_eq!(
			Anchoring::phases(FIRST),
			Phases {
				starts: STARTS,
				commits_from: COMMITS,
				reveals_from: REVEALS,
				samples_from: SAMPLES,
				settles_at: SETTLES
			}
		);
		assert_eq!(record.members.len(), 3);
		let committee = Anchoring::committee_in(1, MACHINE).unwrap();
		assert_eq!(members(FIRST), committee.clone().into_inner());
		assert!(happened(Event::RoundOpened { machine: MACHINE, round: FIRST, session: 1, committee }));
		assert_eq!(
			Watched::<Test>::get(MACHINE),
			Some(Watch { asked: Some(1), prepaid: 100, ..Watch::new(RoundIndex(3)) })
		);
	});
}

#[test]
fn rounds_follow_one_another_and_overlap_in_phases() {
	run(|| {
		opened();
		to(COMMITS);
		assert_eq!(open_rounds(), [2, 3]);
		to(SETTLES);
		assert_eq!(open_rounds(), [3]);
		to(45);
		assert_eq!(open_rounds(), [3, 4]);
		to(200);
		assert_eq!(open_rounds(), [19, 20]);
	});
}

#[test]
fn rounds_without_a_committee_are_left_out() {
	run(|| {
		to(1);
		Anchoring::watched(MACHINE);
		Seats::set(vec![(1, 1)]);
		to(STARTS);
		// Session 1 uses the snapshot of session 0, which was full; session 2 finds one anchor only.
		assert_eq!(open_rounds(), [2]);
		to(40);
		assert!(open_rounds().is_empty());
		Seats::set((1..=5).map(|who| (who, 1)).collect());
		to(80);
		assert_eq!(open_rounds(), [7, 8]);
	});
}

#[test]
fn watching_twice_watches_once() {
	run(|| {
		to(1);
		Anchoring::watched(MACHINE);
		Anchoring::watched(MACHINE);
		assert_eq!(openings_of(MACHINE), 1);
		for _ in 0..20 {
			Anchoring::unwatched(MACHINE);
			Anchoring::watched(MACHINE);
		}
		assert_eq!(openings_of(MACHINE), 1);
		to(COMMITS);
		assert_eq!(openings_of(MACHINE), 1);
		assert_eq!(open_rounds(), [2, 3]);
	});
}

#[test]
fn unwatching_ends_after_the_open_rounds() {
	run(|| {
		opened();
		Anchoring::unwatched(MACHINE);
		to(COMMITS - 1);
		assert!(Watched::<Test>::contains_key(MACHINE));
		to(COMMITS);
		assert!(!Watched::<Test>::contains_key(MACHINE));
		assert_eq!(open_rounds(), [2]);
		to(SETTLES);
		assert!(open_rounds().is_empty());
		assert_eq!(openings_of(MACHINE), 0);

		Anchoring::watched(MACHINE);
		to(40);
		assert_eq!(open_rounds(), [4]);
	});
}

#[test]
fn unwatching_the_unknown_changes_nothing() {
	run(|| {
		Anchoring::unwatched(MACHINE);
		assert!(!Watched::<Test>::contains_key(MACHINE));
	});
}

#[test]
fn anyone_may_open_what_is_due() {
	run(|| {
		to(1);
		Anchoring::watched(MACHINE);
		SweepWeight::set(Weight::zero());
		to(STARTS - 1);
		// Nobody has swept the round before: it is due as well, and too late to be measured.
		assert_ok!(Anchoring::open(RuntimeOrigin::signed(50), MACHINE));
		assert!(open_rounds().is_empty());
		assert_noop!(Anchoring::open(RuntimeOrigin::signed(50), MACHINE), Error::<Test>::NotDue);
		to(STARTS);
		assert_ok!(Anchoring::open(RuntimeOrigin::signed(50), MACHINE));
		assert_eq!(open_rounds(), [2]);
		assert_noop!(Anchoring::open(RuntimeOrigin::signed(50), MACHINE), Error::<Test>::NotDue);

		// The sweep then finds nothing left to do.
		SweepWeight::set(Weight::MAX);
		to(STARTS + 1);
		assert_eq!(open_rounds(), [2]);
		assert_eq!(openings_of(MACHINE), 1);
	});
}

#[test]
fn only_watched_machines_are_opened() {
	run(|| {
		to(STARTS);
		assert_noop!(Anchoring::open(RuntimeOrigin::signed(50), MACHINE), Error::<Test>::NotWatched);
		assert_noop!(Anchoring::open(RuntimeOrigin::root(), MACHINE), DispatchError::BadOrigin);
	});
}

#[test]
fn a_round_is_not_opened_when_half_of_it_has_passed() {
	for (late, opens) in [(1, true), (4, true), (5, false), (6, false)] {
		run(|| {
			to(1);
			Anchoring::watched(MACHINE);
			to(STARTS - 1);
			SweepWeight::set(Weight::zero());
			to(STARTS + late);
			assert_ok!(Anchoring::open(RuntimeOrigin::signed(50), MACHINE));
			assert_eq!(Rounds::<Test>::contains_key(MACHINE, FIRST), opens, "{late} slots late");
			assert_eq!(Watched::<Test>::get(MACHINE).unwrap().next, RoundIndex(3));
		});
	}
}

#[test]
fn a_late_round_is_of_the_session_that_it_began_in() {
	run(|| {
		to(1);
		Anchoring::watched(MACHINE);
		to(39);
		SweepWeight::set(Weight::zero());
		// Round 4 takes slots 40 to 50.
		to(42);
		CurrentSession::set(Some(3));
		jump(43);
		assert_ok!(Anchoring::open(RuntimeOrigin::signed(50), MACHINE));
		let record = Rounds::<Test>::get(MACHINE, RoundIndex(4)).unwrap();
		assert_eq!(record.session, 2);
		assert_eq!(members(RoundIndex(4)), Anchoring::committee_in(2, MACHINE).unwrap().into_inner());
	});
}

#[test]
fn a_late_sweep_goes_on_with_the_current_round() {
	run(|| {
		opened();
		SweepWeight::set(Weight::zero());
		to(65);
		assert_eq!(open_rounds(), [2]);
		SweepWeight::set(Weight::MAX);
		to(66);
		assert!(open_rounds().is_empty());
		assert_eq!(Watched::<Test>::get(MACHINE).unwrap().next, RoundIndex(7));
		to(70);
		assert_eq!(open_rounds(), [7]);
	});
}

#[test]
fn the_sweep_stays_within_its_weight_and_catches_up() {
	run(|| {
		Registered::set(BTreeMap::from_iter((1..=6).map(|id| (MachineId(id), machine_of(OWNER, 0)))));
		to(1);
		for id in 1..=6 {
			Anchoring::watched(MachineId(id));
		}
		let slot = <() as WeightInfo>::sweep_slot();
		let most = Anchoring::open_weight().max(Anchoring::settle_weight(3));
		to(STARTS - 1);
		// An entry begins while there is room for the most that one may take, and leaves what it does not take.
		let limit = slot.saturating_mul(4).saturating_add(most.saturating_mul(2));
		SweepWeight::set(limit);
		to(STARTS - 1);
		let mut opened = 0;
		for slot in STARTS..STARTS + 3 {
			jump_with(slot, |meter| assert!(meter.consumed().all_lte(limit)));
			let now = Rounds::<Test>::iter().count();
			assert!(now > opened || now == 6);
			opened = now;
		}
		assert_eq!(opened, 6);
		// What the block has left limits the sweep as well.
		let mut meter = WeightMeter::with_limit(slot);
		Anchoring::sweep(&mut meter);
		assert!(meter.consumed().all_lte(slot));
	});
}

#[test]
fn a_full_queue_waits_for_a_call() {
	run(|| {
		MaxDuePerSlot::set(1);
		let machines = 1..=18;
		Registered::set(BTreeMap::from_iter(
			machines.clone().map(|id| (MachineId(id), machine_of(OWNER, 0))),
		));
		to(1);
		for id in machines {
			Anchoring::watched(MachineId(id));
		}
		// The slot of the opening and sixteen more are full.
		let last = MachineId(18);
		assert!(happened(Event::OpeningNotQueued { machine: last, round: RoundIndex(1) }));
		assert_eq!(openings_of(last), 0);
		assert_noop!(Anchoring::open(RuntimeOrigin::signed(50), last), Error::<Test>::NotDue);
		to(15);
		assert_ok!(Anchoring::open(RuntimeOrigin::signed(50), last));
		assert_eq!(Watched::<Test>::get(last).unwrap().next, RoundIndex(2));
	});
}
