//! The off-chain worker, and what nodes read.

use crate::{mock::*, worker::RESUBMIT_AFTER, *};
use exabits_primitives::{
	keys::machine,
	local::{provisioned_key, Provisioned},
	LeaseId, MachineId, MachineState, Machines as _, WindowIndex,
};
use frame_support::{
	assert_ok,
	pallet_prelude::TransactionSource,
	traits::{Authorize, Hooks},
};
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::offchain::storage::StorageValueRef;

/// A machine of this node, committed in window 10, with one lease.
fn local_machine() -> (machine::Id, MachineId, LeaseId) {
	let key = keystore_key();
	let proof = key.sign(&Rfl::registration_payload(&ALICE)).unwrap();
	let machine = NextMachine::<Test>::get();
	let origin = RuntimeOrigin::signed(ALICE);
	assert_ok!(Rfl::register_machine(origin.clone(), CLASS, 1, 8, 1_024, key.clone(), proof, endpoint()));
	assert_ok!(Rfl::test(machine));
	assert_ok!(Rfl::online(machine));
	assert_ok!(Rfl::commit(origin, machine, WindowIndex(10), 1));
	let id = place(500, Some(machine)).unwrap();
	(key, machine, id)
}

fn provision(id: LeaseId) {
	provision_on(Leases::<Test>::get(id).unwrap().machine, id);
}

fn provision_on(machine: MachineId, id: LeaseId) {
	StorageValueRef::persistent(&provisioned_key(id, machine)).set(&Provisioned { access: access() });
}

#[test]
fn submits_what_is_provisioned_and_it_is_accepted() {
	run_offchain(|submitted| {
		let (_, _, id) = local_machine();
		Now::set(START);
		Rfl::offchain_worker(1);
		assert!(submitted().is_empty(), "the hook has not succeeded");

		provision(id);
		Rfl::offchain_worker(2);

		let transactions = submitted();
		assert_eq!(transactions.len(), 1);
		let call = transactions[0].function.clone();
		assert_ok!(call.authorize(TransactionSource::Local).unwrap());
		use sp_runtime::traits::Dispatchable;
		assert_ok!(call.dispatch(frame_system::RawOrigin::Authorized.into()));
		assert_eq!(Rfl::access(id), Some(access().into_inner()));
		Rfl::offchain_worker(20);
		assert!(submitted().is_empty(), "acknowledged already");
	});
}

#[test]
fn submits_again_when_it_was_not_included() {
	run_offchain(|submitted| {
		let (_, _, id) = local_machine();
		Now::set(START);
		provision(id);
		let again = 5 + u64::from(RESUBMIT_AFTER);
		for (block, sent) in [(5, 1), (5, 0), (6, 0), (again - 1, 0), (again, 1), (again + 1, 0)] {
			Rfl::offchain_worker(block);
			assert_eq!(submitted().len(), sent, "block {block}");
		}
		let second = place(250, None).unwrap();
		provision(second);
		Rfl::offchain_worker(again + 1);
		assert_eq!(submitted().len(), 1, "another lease does not wait for the first");
	});
}

#[test]
fn keeps_to_the_times_of_the_lease() {
	run_offchain(|submitted| {
		let (_, _, id) = local_machine();
		provision(id);
		for (slot, sent) in
			[(START - 1, 0), (START, 1), (START + ACKNOWLEDGE, 1), (START + ACKNOWLEDGE + 1, 0)]
		{
			Now::set(slot);
			Rfl::offchain_worker(slot);
			assert_eq!(submitted().len(), sent, "slot {slot}");
		}
	});
}

#[test]
fn access_to_another_machine_is_not_for_this_one() {
	run_offchain(|submitted| {
		let (_, machine, id) = local_machine();
		provision_on(MachineId(machine.0 + 1), id);
		Now::set(START);
		Rfl::offchain_worker(1);
		assert!(submitted().is_empty(), "the lease is not there");
		provision(id);
		Rfl::offchain_worker(2);
		assert_eq!(submitted().len(), 1);
	});
}

#[test]
fn leaves_other_nodes_machines_alone() {
	run_offchain(|submitted| {
		let machine = committed(BOB, 1);
		let id = place(500, Some(machine)).unwrap();
		keystore_key();
		provision(id);
		Now::set(START);
		Rfl::offchain_worker(1);
		assert!(submitted().is_empty());
	});
}

#[test]
fn tells_a_node_of_its_machine() {
	run(|| {
		let (key, machine, _) = local_machine();
		let own = Rfl::own_machine(key).unwrap();
		assert_eq!((own.machine, own.class, own.state), (machine, CLASS, MachineState::Online));
		assert_eq!((own.window_slots, own.window), (60, WindowIndex(9)));
		assert!(Rfl::own_machine(mock::key(200)).is_none());
	});
}

#[test]
fn tells_what_waits_in_this_window_and_the_next() {
	run(|| {
		let (_, machine, id) = local_machine();
		let pending = || Rfl::pending_leases(machine).iter().map(|lease| lease.lease).collect::<Vec<_>>();
		Now::set(START - WINDOW - 1);
		assert!(pending().is_empty(), "two windows ahead");
		Now::set(START - WINDOW);
		assert_eq!(pending(), [id]);
		Now::set(START);
		let told = Rfl::pending_leases(machine).remove(0);
		assert_eq!((told.lease, told.machine, told.key), (id, machine, utc()));
		assert_eq!(told.devices, [(0, 500)]);
		assert_eq!((told.start, told.end), (START, START + WINDOW));
		assert_eq!((told.workload, told.access_key), (b"image@sha256".to_vec(), [9; 32]));
		assert_ok!(acknowledge(id));
		assert!(pending().is_empty());
		let other = place(250, None).unwrap();
		assert_eq!(pending(), [other]);
		assert_ok!(evacuate(machine));
		assert!(pending().is_empty(), "failing");
		assert!(Rfl::pending_leases(MachineId(9)).is_empty());
	});
}
