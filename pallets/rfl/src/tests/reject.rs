//! A tenant's rejection of a running lease.

use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, LeaseId, LeaseInfo, LeaseState, Leases as _, MachineId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

/// A tenth of a lease that starts with its window.
const TENTH: u64 = WINDOW / 10;

fn reject(who: AccountId, id: LeaseId) -> Result<LeaseInfo<AccountId>, DispatchError> {
	<Rfl as exabits_primitives::Leases<AccountId>>::reject_lease(id, &who)
}

#[test]
fn frees_the_room_and_costs_reliability() {
	run(|| {
		let machine = committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START);
		assert_ok!(acknowledge(id));
		assert_eq!(place(1_000, None), Err(Error::<Test>::NoCapacity.into()));
		told();

		let info = reject(TENANT, id).unwrap();

		assert_eq!((info.machine, info.amount.0), (machine, 1_000));
		assert_eq!(last_event(), Event::LeaseRejected { lease: id, machine });
		assert_eq!(lease(id).state, LeaseState::Rejected);
		assert_eq!(told(), []);
		assert!(MockAgreements::reliability(machine) < 1_000);
		assert!(Rfl::serving(machine).is_empty());
		assert_ok!(place(1_000, None));
		assert_noop!(reject(TENANT, id), Error::<Test>::NotRunning);
	});
}

#[test]
fn until_a_tenth_has_run_since_the_acknowledgement() {
	for (late, allowed) in [(TENTH - 1, true), (TENTH, true), (TENTH + 1, false)] {
		run(|| {
			committed(ALICE, 1);
			let id = place(1_000, None).unwrap();
			Now::set(START + 3);
			assert_ok!(acknowledge(id));
			Now::set(START + 3 + late);
			let expected = if allowed { Ok(()) } else { Err(Error::<Test>::DeadlinePassed.into()) };
			assert_eq!(reject(TENANT, id).map(drop), expected, "{late} slots");
		});
	}
}

#[test]
fn slots_in_a_gap_do_not_count() {
	run(|| {
		committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START);
		assert_ok!(acknowledge(id));
		gap(START + TENTH, START + 45);
		assert_ok!(reject(TENANT, id));
	});
}

#[test]
fn only_its_tenant_and_only_what_runs() {
	run(|| {
		let machine = committed(ALICE, 2);
		let [id, other] = [(); 2].map(|_| place(1_000, None).unwrap());
		Now::set(START);
		assert_noop!(reject(TENANT, LeaseId(77)), Error::<Test>::UnknownLease);
		assert_noop!(reject(TENANT, id), Error::<Test>::NotRunning);
		assert_ok!(acknowledge(id));
		assert_noop!(reject(ALICE, id), Error::<Test>::NotTenant);
		assert_ok!(acknowledge(other));
		assert_ok!(evacuate(machine));
		assert_noop!(reject(TENANT, id), Error::<Test>::Failing);
	});
}

#[test]
fn is_finished_and_can_be_pruned() {
	run(|| {
		committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START);
		assert_ok!(acknowledge(id));
		assert_ok!(reject(TENANT, id));
		let prune = || Rfl::prune_lease(RuntimeOrigin::signed(BOB), id);
		assert_noop!(prune(), Error::<Test>::NotFinished);
		at(START + CLOSE);
		assert_eq!(lease(id).state, LeaseState::Rejected);
		assert_noop!(prune(), Error::<Test>::NotDue);
		at(START + 3 * WINDOW);
		assert_ok!(Rfl::prune_lease(RuntimeOrigin::signed(BOB), id));
	});
}

/// A lease that ran from `since` to its rejection in slot `until`, both counted from the window's start.
fn rejected(since: u64, until: u64) -> (MachineId, LeaseId) {
	let machine = committed(ALICE, 1);
	let id = place(1_000, None).unwrap();
	Now::set(START + since);
	assert_ok!(acknowledge(id));
	Now::set(START + until);
	assert_ok!(reject(TENANT, id));
	told();
	(machine, id)
}

/// The rounds of the window in which a lease is known to have run.
fn rounds(machine: MachineId) -> Vec<u64> {
	let ran = |round: &u64| {
		let from = START + round * ROUND;
		!<Rfl as exabits_primitives::Leases<AccountId>>::ran(machine, from, from + ROUND).0.is_empty()
	};
	(0..WINDOW / ROUND).filter(ran).collect()
}

#[test]
fn the_rounds_in_which_it_ran_find_it_and_no_others() {
	for (since, until, expected) in [
		(0, 0, vec![0]),
		(9, 9, vec![0]),
		(9, ROUND - 1, vec![0]),
		(9, ROUND, vec![0, 1]),
		(10, ROUND + 1, vec![0, 1]),
	] {
		run(|| {
			let (machine, _) = rejected(since, until);
			assert_eq!(rounds(machine), expected, "from {since} to {until}");
			// Until the last verdict on its window is due.
			at(START + CLOSE - 1);
			assert_eq!(rounds(machine), expected);
			at(START + CLOSE);
			assert!(rounds(machine).is_empty());
		});
	}
}

#[test]
fn a_lease_that_was_placed_late_is_not_found_in_the_round_before() {
	run(|| {
		let machine = committed(ALICE, 1);
		Now::set(START + ROUND - 1);
		let id = place(1_000, None).unwrap();
		Now::set(START + ROUND);
		assert_ok!(acknowledge(id));
		assert_ok!(reject(TENANT, id));
		assert_eq!(rounds(machine), [1]);
	});
}

#[test]
fn it_ends_with_its_window_and_as_failed_where_its_machine_was_evacuated_in_its_last_round() {
	for (evacuated, failed) in [
		(None, false),
		(Some(3), true),
		(Some(ROUND - 1), true),
		(Some(ROUND), false),
		(Some(ROUND + 1), false),
	] {
		run(|| {
			let (machine, id) = rejected(0, 3);
			if let Some(slot) = evacuated {
				Now::set(START + slot);
				assert_ok!(evacuate(machine));
			}
			at(START + CLOSE - 1);
			assert_eq!(told(), []);
			at(START + CLOSE);
			let end = if failed {
				Told::Failed(id, machine, sp_runtime::Perbill::zero())
			} else {
				Told::Completed(id, machine)
			};
			assert_eq!(told(), [end], "{evacuated:?}");
			assert_eq!(lease(id).state, LeaseState::Rejected);
		});
	}
}

#[test]
fn with_those_that_were_rejected_a_window_has_no_more_leases_than_it_may() {
	run(|| {
		MaxDuePerSlot::set(1_000);
		let machine = committed(ALICE, 16);
		Now::set(START);
		let ids: Vec<_> = (0..128).map(|_| place(125, None).unwrap()).collect();
		for id in &ids {
			assert_ok!(acknowledge(*id));
		}
		for id in &ids {
			assert_ok!(reject(TENANT, *id));
		}
		assert!(place(125, Some(machine)).is_err());
		let from = START;
		assert_eq!(
			<Rfl as exabits_primitives::Leases<AccountId>>::ran(machine, from, from + ROUND).0.len(),
			128
		);
		assert!(Rfl::serving(machine).is_empty());
	});
}
