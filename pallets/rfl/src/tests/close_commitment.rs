//! The close of a window.

use crate::{mock::*, *};
use exabits_primitives::{Capacity as _, LeaseState, MachineId, MilliDevices, WindowIndex};
use frame_support::{assert_noop, assert_ok, weights::WeightMeter};
use sp_runtime::Perbill;

fn close(machine: MachineId) -> sp_runtime::DispatchResult {
	Rfl::close_commitment(RuntimeOrigin::signed(TENANT), machine, WindowIndex(10))
}

#[test]
fn completes_what_ran() {
	run(|| {
		let machine = committed(ALICE, 2);
		let id = place(1_000, None).unwrap();
		Now::set(START + 4);
		assert_ok!(acknowledge(id));
		told();
		at(START + CLOSE - 1);
		assert!(told().is_empty());

		at(START + CLOSE);

		assert_eq!(told(), [Told::Completed(id, machine)]);
		assert_eq!(lease(id).state, LeaseState::Completed);
		assert_eq!(
			last_event(),
			Event::CommitmentClosed {
				machine,
				key: utc(),
				delivered: 1_000 * (WINDOW - 4),
				offered: 2_000 * WINDOW,
			}
		);
		assert_eq!(Rfl::committed(&ALICE, &utc()), MilliDevices(0));
		assert_eq!(Commitments::<Test>::iter().count(), 0);
		assert_eq!(Pages::<Test>::iter().count() + Summaries::<Test>::iter().count(), 0);
		assert_eq!(Places::<Test>::iter().count(), 0);
		assert_eq!(ClosesDue::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_lease_never_acknowledged_is_owed_whole_at_the_close_too() {
	run(|| {
		let machine = committed(ALICE, 1);
		Now::set(START + 30);
		let id = place(1_000, None).unwrap();
		told();
		Now::set(START + CLOSE);
		assert_ok!(close(machine));
		assert_eq!(told(), [Told::Failed(id, machine, Perbill::from_percent(50))]);
	});
}

#[test]
fn anybody_may_close_once_the_window_is_over() {
	run(|| {
		let machine = committed(ALICE, 1);
		for slot in [START - 1, START + WINDOW, START + CLOSE - 1] {
			Now::set(slot);
			assert_noop!(close(machine), Error::<Test>::NotDue);
		}
		assert_noop!(close(MachineId(9)), Error::<Test>::NotCommitted);
		Now::set(START + CLOSE);
		assert_ok!(close(machine));
		assert_noop!(close(machine), Error::<Test>::NotCommitted);
		assert_ok!(Rfl::count_windows(RuntimeOrigin::signed(TENANT), CLASS));
		let events = System::events().len();
		poll();
		assert_eq!(System::events().len(), events, "the entry in the queue is stale");
	});
}

#[test]
fn many_leases_take_several_steps() {
	run(|| {
		let machine = committed(ALICE, 2);
		let ids: Vec<_> = (0..10).map(|_| place(125, None).unwrap()).collect();
		Now::set(START);
		for id in &ids {
			assert_ok!(acknowledge(*id));
		}
		Now::set(START + CLOSE);
		for left in [6, 2] {
			assert_ok!(close(machine));
			let commitment = Commitments::<Test>::get(machine, WindowIndex(10)).unwrap();
			assert_eq!(commitment.leases.len(), left);
			check();
		}
		assert_ok!(close(machine));
		assert!(!Commitments::<Test>::contains_key(machine, WindowIndex(10)));
		assert!(ids.iter().all(|id| lease(*id).state == LeaseState::Completed));
	});
}

#[test]
fn the_sweep_goes_on_with_the_next_step() {
	run(|| {
		let machine = committed(ALICE, 2);
		for _ in 0..10 {
			place(125, None).unwrap();
		}
		Now::set(START + CLOSE);
		// One step of each kind fits.
		let step = Rfl::close_weight().max(Rfl::acknowledgement_weight());
		SweepWeight::set(step + <() as WeightInfo>::sweep_slot() * 200);
		let mut blocks = 0;
		while Commitments::<Test>::contains_key(machine, WindowIndex(10)) {
			Rfl::sweep(&mut WeightMeter::new());
			check();
			blocks += 1;
			assert!(blocks < 30);
		}
		assert!(blocks > 1);
	});
}

#[test]
fn one_bad_entry_does_not_strand_the_rest() {
	run(|| {
		let broken = committed(ALICE, 1);
		let machine = committed(BOB, 1);
		let class = Machines::<Test>::get(broken).unwrap().class;
		// A machine whose class is gone cannot be closed.
		Machines::<Test>::mutate(broken, |record| {
			record.as_mut().unwrap().class = exabits_primitives::ClassId(77)
		});
		at(START + CLOSE);
		assert!(Commitments::<Test>::contains_key(broken, WindowIndex(10)));
		assert!(!Commitments::<Test>::contains_key(machine, WindowIndex(10)));
		Machines::<Test>::mutate(broken, |record| record.as_mut().unwrap().class = class);
		assert_ok!(close(broken));
	});
}

#[test]
fn a_gap_after_the_window_puts_the_close_off() {
	for (from, to, due) in [
		// From the first slot after the window on, and from the slot in which the close is due.
		(START + WINDOW, START + WINDOW + 50, START + CLOSE + 50),
		(START + WINDOW + 8, START + WINDOW + 58, START + CLOSE + 50),
		(START + CLOSE, START + CLOSE + 50, START + CLOSE + 50),
		// A gap that ended with the window.
		(START + 20, START + WINDOW, START + CLOSE),
	] {
		run(|| {
			let machine = committed(ALICE, 1);
			at(START);
			gap(from, to);
			at(due - 1);
			if from < START + CLOSE {
				assert_noop!(close(machine), Error::<Test>::NotDue);
			}
			poll();
			assert_eq!(Commitments::<Test>::contains_key(machine, WindowIndex(10)), from < START + CLOSE);
			at(due);
			assert!(!Commitments::<Test>::contains_key(machine, WindowIndex(10)));
			assert_eq!(ClosesDue::<Test>::iter().count(), 0);
		});
	}
}
