//! `prune_lease`.

use crate::{mock::*, *};
use exabits_primitives::LeaseId;
use frame_support::{assert_noop, assert_ok};

fn prune(id: LeaseId) -> sp_runtime::DispatchResult {
	Rfl::prune_lease(RuntimeOrigin::signed(TENANT), id)
}

#[test]
fn removes_a_finished_lease_after_the_kept_windows() {
	run(|| {
		committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		at(START + CLOSE);
		let last = START + 3 * WINDOW;
		for slot in [START + CLOSE, last - 1] {
			Now::set(slot);
			assert_noop!(prune(id), Error::<Test>::NotDue);
		}
		Now::set(last);

		assert_ok!(prune(id));

		assert_eq!(last_event(), Event::LeasePruned { lease: id });
		assert_noop!(prune(id), Error::<Test>::UnknownLease);
	});
}

#[test]
fn not_before_it_is_finished() {
	run(|| {
		committed(ALICE, 1);
		let id = place(1_000, None).unwrap();
		Now::set(START + 9 * WINDOW);
		assert_noop!(prune(id), Error::<Test>::NotFinished);
	});
}
