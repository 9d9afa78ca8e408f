//! `improve`: verified moves of leases that have not started.

use crate::{mock::*, *};
use exabits_math::placement::{Demand, DeviceDemand, Move, Taken};
use exabits_primitives::{LeaseId, LeaseRequest, MachineId, Machines as _, UtcKey, WindowIndex};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::{DispatchError, DispatchResult};

/// Who finds places.
const FINDER: AccountId = 77;

fn to(lease: LeaseId, machine: MachineId, device: u8, milli: u16) -> Move {
	Move { lease, machine, taken: Taken::from_pairs(&[(device, milli)]).unwrap() }
}

fn improve(moves: &[Move]) -> DispatchResult {
	improve_of(utc(), moves)
}

fn improve_of(key: UtcKey, moves: &[Move]) -> DispatchResult {
	let moves = BoundedVec::truncate_from(moves.to_vec());
	Rfl::improve(RuntimeOrigin::signed(FINDER), key, moves)
}

/// Two machines of one device, each with half of it leased; whole devices are what is mostly asked for.
fn halves() -> [(MachineId, LeaseId); 2] {
	halves_with(|wish| wish)
}

fn halves_with(
	wish: impl Fn(LeaseRequest<AccountId>) -> LeaseRequest<AccountId>,
) -> [(MachineId, LeaseId); 2] {
	let place = || <Rfl as exabits_primitives::Leases<AccountId>>::place(wish(request(500, None))).unwrap();
	let first = (committed(ALICE, 1), place());
	// Its owner cannot deliver for a while.
	Exhausted::mutate(|set| set.insert(ALICE));
	let second = (committed(BOB, 1), place());
	Exhausted::take();
	let whole = Demand { vcpu_milli: 0, memory_mib: 0, devices: DeviceDemand::Whole(1) };
	Typicals::<Test>::mutate(CLASS, |typical| (0..8).for_each(|_| typical.note(&whole, 1_000)));
	told();
	[first, second]
}

#[test]
fn brings_two_halves_together() {
	run(|| {
		let [(empty, moved), (full, other)] = halves();
		assert_noop!(place(1_000, None), Error::<Test>::NoCapacity);

		assert_ok!(improve(&[to(moved, full, 0, 500)]));

		let Event::LeasesImproved { key, by, moves, before, after } = last_event() else {
			panic!("another event")
		};
		assert_eq!((key, by, moves), (utc(), FINDER, 1));
		assert!(after < before);
		assert_eq!(told(), [Told::Improved(moved, ALICE, full, FINDER)]);
		let record = lease(moved);
		assert_eq!((record.machine, record.provider, record.improved), (full, BOB, true));
		assert_eq!(lease(other).machine, full);
		check();
		let whole = place(1_000, None).unwrap();
		assert_eq!(lease(whole).machine, empty);
		// Its deadline is where it was.
		Now::set(START);
		assert_ok!(acknowledge(moved));
	});
}

#[test]
fn once_per_lease() {
	run(|| {
		let [(empty, moved), (full, other)] = halves();
		assert_ok!(improve(&[to(moved, full, 0, 500)]));
		assert_noop!(improve(&[to(moved, empty, 0, 500)]), Error::<Test>::NotMovable);
		assert_noop!(improve(&[to(other, empty, 0, 500)]), Error::<Test>::NotBetter);
	});
}

#[test]
fn only_before_the_start() {
	run(|| {
		let [(_, moved), (full, _)] = halves();
		for slot in [START, START + 1] {
			Now::set(slot);
			assert_noop!(improve(&[to(moved, full, 0, 500)]), Error::<Test>::NotMovable);
		}
		assert_ok!(acknowledge(moved));
		assert_noop!(improve(&[to(moved, full, 0, 500)]), Error::<Test>::NotMovable);
		Now::set(START - 1);
		assert_noop!(improve(&[to(moved, full, 0, 500)]), Error::<Test>::NotMovable);
	});
}

#[test]
fn not_away_from_the_other_segments() {
	run(|| {
		let keep = |wish| {
			for machine in [0, 1] {
				let owner = [ALICE, BOB][machine as usize];
				let _ = Rfl::commit(RuntimeOrigin::signed(owner), MachineId(machine), WindowIndex(11), 1);
			}
			LeaseRequest { windows: 2, ..wish }
		};
		let [(_, moved), (full, _)] = halves_with(keep);
		assert!(lease(moved).stays);
		assert_noop!(improve(&[to(moved, full, 0, 500)]), Error::<Test>::NotMovable);
	});
}

#[test]
fn has_to_win_what_is_governed() {
	run(|| {
		let [(empty, moved), (full, other)] = halves();
		assert_noop!(improve(&[]), Error::<Test>::NotBetter);
		// The same place.
		assert_noop!(improve(&[to(moved, empty, 0, 500)]), Error::<Test>::NotBetter);
		// They change places: nothing won.
		assert_noop!(improve(&[to(moved, full, 0, 500), to(other, empty, 0, 500)]), Error::<Test>::NotBetter);
		// Won, but too little for so many moves.
		let snapshot = Rfl::snapshot(utc()).unwrap();
		let outcome = |rooms: &[[u16; 1]]| -> u64 {
			let of = |free: &[u16; 1]| {
				let room = exabits_math::placement::Room::new(8_000, 1_024, free).unwrap();
				u64::from(exabits_math::placement::unusable(&room, &snapshot.typical, &snapshot.weights))
			};
			rooms.iter().map(of).sum()
		};
		assert!(outcome(&[[500], [500]]) >= outcome(&[[1_000], [0]]) + 10_000);
	});
}

#[test]
fn refuses_what_does_not_fit() {
	run(|| {
		let [(empty, moved), (full, other)] = halves();
		let offline = committed(CAROL, 1);
		assert_ok!(Rfl::suspend(offline));
		let wrong = Error::<Test>::WrongMachine;
		assert_noop!(improve(&[to(moved, MachineId(9), 0, 500)]), wrong);
		assert_noop!(improve(&[to(moved, offline, 0, 500)]), Error::<Test>::WrongMachine);
		assert_noop!(improve(&[to(LeaseId(9), full, 0, 500)]), Error::<Test>::NotMovable);
		assert_noop!(improve(&[to(moved, full, 1, 500)]), Error::<Test>::NoCapacity);
		assert_noop!(improve(&[to(moved, full, 0, 250)]), Error::<Test>::NoCapacity);
		assert_noop!(
			improve(&[to(moved, full, 0, 500), to(moved, empty, 0, 500)]),
			Error::<Test>::MovedTwice
		);
		let later = UtcKey { window: WindowIndex(11), ..utc() };
		assert_noop!(improve_of(later, &[to(moved, full, 0, 500)]), Error::<Test>::NotMovable);
		let third = place(500, None).unwrap();
		let at = lease(third).machine;
		let loser = if at == full { moved } else { other };
		assert_noop!(improve(&[to(loser, at, 0, 500)]), Error::<Test>::NoCapacity);
	});
}

#[test]
fn keeps_to_the_floor_of_the_lease() {
	run(|| {
		let [(_, moved), (full, _)] = halves_with(|wish| LeaseRequest { floor: 900, ..wish });
		Unreliable::mutate(|map| map.insert(full, 899));
		assert_noop!(improve(&[to(moved, full, 0, 500)]), Error::<Test>::WrongMachine);
		Unreliable::mutate(|map| map.insert(full, 900));
		assert_ok!(improve(&[to(moved, full, 0, 500)]));
		Unreliable::take();
	});
}

#[test]
fn needs_an_owner_who_may_deliver() {
	run(|| {
		let [(_, moved), (full, _)] = halves();
		Exhausted::mutate(|set| set.insert(BOB));
		assert_noop!(improve(&[to(moved, full, 0, 500)]), DispatchError::Other("may not deliver"));
		Exhausted::take();
	});
}

#[test]
fn a_snapshot_has_all_that_a_search_needs() {
	run(|| {
		let [(empty, moved), (full, other)] = halves();
		assert_ok!(improve(&[to(moved, full, 0, 500)]));
		let offline = committed(CAROL, 1);
		assert_ok!(Rfl::suspend(offline));
		let snapshot = Rfl::snapshot(utc()).unwrap();
		let mut machines: Vec<_> =
			snapshot.machines.iter().map(|of| (of.machine, of.room.total(), of.owner)).collect();
		machines.sort();
		assert_eq!(machines, [(empty, 1_000, ALICE), (full, 0, BOB)]);
		let mut leases: Vec<_> =
			snapshot.leases.iter().map(|of| (of.lease, of.held.machine, of.held.movable)).collect();
		leases.sort();
		assert_eq!(leases, [(moved, full, false), (other, full, true)]);
		assert_eq!(snapshot.gain, 10_000);
		assert_eq!(Rfl::snapshot(UtcKey { class: exabits_primitives::ClassId(9), ..utc() }), None);
	});
}
