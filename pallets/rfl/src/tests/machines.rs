//! A machine's life: the trait's transitions, `drain` and `retire`.

use crate::{mock::*, *};
use exabits_primitives::{MachineId, MachineState, MachineState::*, Machines as _, WindowIndex};
use frame_support::{assert_noop, assert_ok};

fn state(machine: MachineId) -> MachineState {
	Rfl::machine(machine).unwrap().state
}

fn drain(machine: MachineId) -> sp_runtime::DispatchResult {
	Rfl::drain(RuntimeOrigin::signed(ALICE), machine)
}

fn retire(machine: MachineId) -> sp_runtime::DispatchResult {
	Rfl::retire(RuntimeOrigin::signed(ALICE), machine)
}

#[test]
fn passes_its_test_and_goes_online() {
	run(|| {
		let machine = registered(ALICE, 1);

		assert_ok!(Rfl::test(machine));
		assert!(Watched::get().contains(&machine));
		assert_ok!(Rfl::online(machine));

		assert_eq!(last_event(), Event::MachineStateChanged { machine, from: UnderTest, to: Online });
		assert_ok!(Rfl::suspend(machine));
		assert!(Watched::get().contains(&machine), "a suspended machine is still watched");
		assert_ok!(Rfl::online(machine));
	});
}

#[test]
fn fails_its_test_and_may_try_again() {
	run(|| {
		let machine = registered(ALICE, 1);
		assert_ok!(Rfl::test(machine));

		assert_ok!(Rfl::reject(machine));

		assert_eq!(state(machine), Registered);
		assert!(!Watched::get().contains(&machine));
		assert_ok!(Rfl::test(machine));
	});
}

#[test]
fn has_no_other_transitions() {
	run(|| {
		let machines = [
			registered(ALICE, 1),
			registered(ALICE, 1),
			online(ALICE, 1),
			online(ALICE, 1),
			committed(ALICE, 1),
			online(ALICE, 1),
		];
		assert_ok!(Rfl::test(machines[1]));
		assert_ok!(Rfl::suspend(machines[3]));
		assert_ok!(drain(machines[4]));
		assert_ok!(drain(machines[5]));
		let states = [Registered, UnderTest, Online, Suspended, Draining, Retired];
		assert_eq!(machines.map(state), states);

		type Step = fn(MachineId) -> sp_runtime::DispatchResult;
		let steps: [(Step, &[MachineState]); 4] = [
			(<Rfl as exabits_primitives::Machines<AccountId>>::test, &[Registered, Suspended]),
			(<Rfl as exabits_primitives::Machines<AccountId>>::online, &[UnderTest, Suspended]),
			(<Rfl as exabits_primitives::Machines<AccountId>>::reject, &[UnderTest]),
			(<Rfl as exabits_primitives::Machines<AccountId>>::suspend, &[Online]),
		];
		for (step, from) in steps {
			for machine in machines {
				if !from.contains(&state(machine)) {
					assert_noop!(step(machine), Error::<Test>::WrongState);
				}
			}
			assert_noop!(step(MachineId(99)), Error::<Test>::UnknownMachine);
		}
		for machine in [machines[0], machines[1], machines[3], machines[4], machines[5]] {
			assert_noop!(drain(machine), Error::<Test>::NotOnline);
		}
		assert_noop!(retire(machines[2]), Error::<Test>::WrongState);
		assert_noop!(retire(machines[5]), Error::<Test>::WrongState);
	});
}

#[test]
fn drains_at_once_when_nothing_is_left() {
	run(|| {
		let machine = online(ALICE, 1);

		assert_ok!(drain(machine));

		assert_eq!(state(machine), Retired);
		assert_eq!(Reserved::get()[&ALICE], 0);
		assert!(!Watched::get().contains(&machine));
		assert_eq!(Rfl::by_key(&key(0)), None);
		assert_ok!(register(BOB, 0, 1));
	});
}

#[test]
fn drains_until_its_last_window_is_closed() {
	run(|| {
		let machine = committed(ALICE, 1);
		let lease = place(1_000, None).unwrap();

		assert_ok!(drain(machine));

		assert_eq!(state(machine), Draining);
		assert_noop!(retire(machine), Error::<Test>::HasCommitments);
		assert_noop!(
			Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(11), 1),
			Error::<Test>::NotOnline
		);
		at(START);
		assert_ok!(acknowledge(lease));
		at(START + CLOSE - 1);
		assert_eq!(state(machine), Draining);
		at(START + CLOSE);
		assert_eq!(state(machine), Retired);
		assert_eq!(Reserved::get()[&ALICE], 0);
	});
}

#[test]
fn is_given_nothing_while_it_drains() {
	run(|| {
		let machine = committed(ALICE, 1);
		assert_ok!(drain(machine));
		assert_noop!(place(1_000, None), Error::<Test>::HintRequired);
		assert_noop!(place(1_000, Some(machine)), Error::<Test>::HintRequired);
	});
}

#[test]
fn retires_from_every_other_state() {
	run(|| {
		let machines = [registered(ALICE, 1), registered(ALICE, 1), online(ALICE, 1)];
		assert_ok!(Rfl::test(machines[1]));
		assert_ok!(Rfl::suspend(machines[2]));
		for machine in machines {
			assert_ok!(retire(machine));
			assert_eq!(state(machine), Retired);
		}
		assert!(Watched::get().is_empty());
		assert_eq!(Reserved::get()[&ALICE], 0);
	});
}

#[test]
fn is_its_owners() {
	run(|| {
		let machine = online(BOB, 1);
		assert_noop!(drain(machine), Error::<Test>::NotOwner);
		assert_noop!(retire(machine), Error::<Test>::NotOwner);
		assert_noop!(drain(MachineId(9)), Error::<Test>::UnknownMachine);
		assert_noop!(retire(MachineId(9)), Error::<Test>::UnknownMachine);
	});
}

mod unbind {
	use super::*;

	#[test]
	fn suspends_and_ends_the_watch_until_the_next_test() {
		run(|| {
			let machine = online(ALICE, 1);
			assert!(Watched::get().contains(&machine));
			assert_ok!(Rfl::unbind(machine));
			assert_eq!(state(machine), Suspended);
			assert!(!Watched::get().contains(&machine));
			assert_eq!(Rfl::efficiency(), sp_runtime::Perbill::zero());
			assert_noop!(
				Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(10), 1),
				Error::<Test>::NotOnline
			);

			assert_ok!(Rfl::test(machine));
			assert_eq!(state(machine), UnderTest);
			assert!(Watched::get().contains(&machine));
			assert_ok!(Rfl::online(machine));
			assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(10), 1));
		});
	}

	#[test]
	fn ends_a_test_and_leaves_other_states() {
		run(|| {
			let machine = registered(ALICE, 1);
			assert_ok!(Rfl::unbind(machine));
			assert_eq!(state(machine), Registered);
			assert_ok!(Rfl::test(machine));
			assert_ok!(Rfl::unbind(machine));
			assert_eq!(state(machine), Registered);
			assert!(!Watched::get().contains(&machine));
			assert_noop!(Rfl::unbind(MachineId(9)), Error::<Test>::UnknownMachine);
		});
	}

	#[test]
	fn a_suspended_machine_with_commitments_is_not_tested() {
		run(|| {
			let machine = committed(ALICE, 1);
			assert_ok!(Rfl::suspend(machine));
			assert_noop!(Rfl::test(machine), Error::<Test>::HasCommitments);
			at(START + CLOSE - 1);
			assert_noop!(Rfl::test(machine), Error::<Test>::HasCommitments);
			at(START + CLOSE);
			assert_ok!(Rfl::test(machine));
		});
	}
}
