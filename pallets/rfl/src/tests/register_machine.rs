//! `register_machine` and `set_endpoint`.

use crate::{mock::*, *};
use exabits_primitives::{ClassId, MachineId, MachineState, Machines as _};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn with(
	class: ClassId,
	(devices, vcpus, memory): (u32, u32, u32),
	proof: exabits_primitives::keys::machine::Signature,
	endpoint: Endpoint,
) -> DispatchResult {
	Rfl::register_machine(
		RuntimeOrigin::signed(ALICE),
		class,
		devices,
		vcpus,
		memory,
		key(1),
		proof,
		endpoint,
	)
}

fn proof() -> exabits_primitives::keys::machine::Signature {
	sign(1, &Rfl::registration_payload(&ALICE))
}

#[test]
fn registers_and_reserves_the_minimum_bond() {
	run(|| {
		assert_ok!(with(CLASS, (2, 16, 2_048), proof(), endpoint()));

		let machine = MachineId(0);
		assert_eq!(
			last_event(),
			Event::MachineRegistered { machine, owner: ALICE, class: CLASS, devices: 2 }
		);
		let info = Rfl::machine(machine).unwrap();
		assert_eq!(info.state, MachineState::Registered);
		assert_eq!(info.registered_in, 4);
		assert_eq!(Rfl::by_key(&key(1)), Some(machine));
		assert_eq!(Rfl::endpoint(machine), Some(endpoint().into_inner()));
		assert_eq!(Reserved::get()[&ALICE], BOND);
	});
}

#[test]
fn refuses_an_unknown_class() {
	run(|| {
		assert_noop!(with(ClassId(1), (1, 8, 1_024), proof(), endpoint()), Error::<Test>::UnknownClass);
	});
}

#[test]
fn takes_1_to_16_devices() {
	run(|| {
		let huge = (u32::MAX, u32::MAX);
		for devices in [0, 17, u32::MAX] {
			assert_noop!(
				with(CLASS, (devices, huge.0, huge.1), proof(), endpoint()),
				Error::<Test>::InvalidDevices
			);
		}
		assert_ok!(with(CLASS, (16, huge.0, huge.1), proof(), endpoint()));
	});
}

#[test]
fn needs_the_class_share_of_the_host() {
	run(|| {
		for host in [(15, 2_048), (16, 2_047)] {
			assert_noop!(with(CLASS, (2, host.0, host.1), proof(), endpoint()), Error::<Test>::HostTooSmall);
		}
	});
}

#[test]
fn needs_an_endpoint() {
	run(|| {
		assert_noop!(with(CLASS, (1, 8, 1_024), proof(), Default::default()), Error::<Test>::InvalidEndpoint);
	});
}

#[test]
fn needs_proof_that_binds_the_owner() {
	run(|| {
		for forged in [
			sign(2, &Rfl::registration_payload(&ALICE)),
			sign(1, &Rfl::registration_payload(&BOB)),
			sign(1, b"rfl/register_machine"),
		] {
			assert_noop!(with(CLASS, (1, 8, 1_024), forged, endpoint()), Error::<Test>::BadProof);
		}
	});
}

#[test]
fn a_key_has_one_machine() {
	run(|| {
		assert_ok!(register(ALICE, 1, 1));
		assert_noop!(register(ALICE, 1, 1), Error::<Test>::KeyTaken);
		assert_noop!(register(BOB, 1, 1), Error::<Test>::KeyTaken);
	});
}

#[test]
fn needs_a_bond_for_every_machine() {
	run(|| {
		Unreserved::mutate(|map| map.insert(BOB, 2 * BOND - 1));
		assert_ok!(register(BOB, 1, 1));
		assert_noop!(register(BOB, 2, 1), DispatchError::Other("BondTooLow"));
		assert_noop!(register(TENANT, 2, 1), DispatchError::Other("BondTooLow"));
	});
}

#[test]
fn the_owner_changes_the_endpoint() {
	run(|| {
		let machine = registered(ALICE, 1);
		let other: Endpoint = b"http://example.org:1".to_vec().try_into().unwrap();

		assert_ok!(Rfl::set_endpoint(RuntimeOrigin::signed(ALICE), machine, other.clone()));

		assert_eq!(last_event(), Event::EndpointSet { machine });
		assert_eq!(Rfl::endpoint(machine), Some(other.into_inner()));
	});
}

#[test]
fn nobody_else_changes_it_and_never_to_nothing() {
	run(|| {
		let machine = registered(ALICE, 1);
		let set = |who, machine, endpoint| Rfl::set_endpoint(RuntimeOrigin::signed(who), machine, endpoint);
		assert_noop!(set(BOB, machine, endpoint()), Error::<Test>::NotOwner);
		assert_noop!(set(ALICE, MachineId(9), endpoint()), Error::<Test>::UnknownMachine);
		assert_noop!(set(ALICE, machine, Default::default()), Error::<Test>::InvalidEndpoint);
		assert_ok!(Rfl::retire(RuntimeOrigin::signed(ALICE), machine));
		assert_noop!(set(ALICE, machine, endpoint()), Error::<Test>::WrongState);
	});
}
