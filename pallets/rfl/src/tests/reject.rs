//! A tenant's rejection of a running lease.

use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, LeaseId, LeaseInfo, LeaseState, Leases as _};
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
		at(START + CLOSE);
		assert_eq!(lease(id).state, LeaseState::Rejected);
		at(START + 3 * WINDOW);
		assert_ok!(Rfl::prune_lease(RuntimeOrigin::signed(BOB), id));
	});
}
