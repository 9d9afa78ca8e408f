//! A device is one machine's.

use crate::{mock::*, Audits, BoundTo, Devices, Error, Event, Flags, Reports, Suspicion};
use exabits_primitives::{keys::machine, telemetry::DeviceId, MachineId, MachineState, TelemetryReport};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use sp_runtime::DispatchError;

fn registered() -> [machine::Id; 2] {
	let keys = [key("//machine"), key("//other")];
	register(MACHINE, keys[0].clone());
	register(OTHER, keys[1].clone());
	keys
}

fn names(machine: MachineId, key: &machine::Id, devices: &[DeviceId]) {
	assert_eq!(apply(signed(machine, key, report(LAST), devices)), Ok(Ok(())));
}

fn bound(machine: MachineId) -> Vec<DeviceId> {
	Devices::<Test>::get(machine).into_inner()
}

#[test]
fn is_bound_by_the_first_report_after_the_test() {
	for (state, binds) in [
		(MachineState::Registered, false),
		(MachineState::UnderTest, false),
		(MachineState::Online, true),
		(MachineState::Suspended, true),
		(MachineState::Draining, true),
	] {
		run(|| {
			let [key, _] = registered();
			set_state(MACHINE, state);
			names(MACHINE, &key, &[device(1), device(2)]);
			assert_eq!(bound(MACHINE), if binds { vec![device(1), device(2)] } else { vec![] }, "{state:?}");
			assert_eq!(BoundTo::<Test>::get(device(1)).is_some(), binds);
			assert!(suspicions(MACHINE).is_empty());
		});
	}
}

#[test]
fn of_another_machine_is_a_flag_and_stays_where_it_is() {
	run(|| {
		let [key, other] = registered();
		names(MACHINE, &key, &[device(1)]);
		names(OTHER, &other, &[device(1), device(2)]);
		assert_eq!(suspicions(OTHER), [Suspicion::Device]);
		assert!(suspicions(MACHINE).is_empty());
		assert_eq!((bound(MACHINE), bound(OTHER)), (vec![device(1)], vec![device(2)]));
		System::assert_last_event(
			Event::FlagRaised {
				machine: OTHER,
				suspicion: Suspicion::Device,
				window: LAST,
				test: Some(41.into()),
			}
			.into(),
		);
	});
}

#[test]
fn of_another_machine_is_a_flag_before_the_test_too() {
	run(|| {
		let [key, other] = registered();
		names(MACHINE, &key, &[device(1)]);
		set_state(OTHER, MachineState::UnderTest);
		names(OTHER, &other, &[device(1)]);
		assert_eq!(suspicions(OTHER), [Suspicion::Device]);
	});
}

#[test]
fn is_free_again_when_its_machine_retires() {
	run(|| {
		let [key, other] = registered();
		names(MACHINE, &key, &[device(1)]);
		set_state(MACHINE, MachineState::Retired);
		names(OTHER, &other, &[device(1)]);
		assert!(suspicions(OTHER).is_empty());
		assert_eq!((bound(MACHINE), bound(OTHER)), (vec![], vec![device(1)]));
	});
}

#[test]
fn stays_bound_when_it_is_not_named_any_more() {
	run(|| {
		let [key, other] = registered();
		names(MACHINE, &key, &[device(1)]);
		Now::set(CURRENT.end(WINDOW_SLOTS));
		assert_eq!(apply(signed(MACHINE, &key, report(CURRENT), &[device(2)])), Ok(Ok(())));
		assert_eq!(bound(MACHINE), [device(1), device(2)]);
		assert_eq!(apply(signed(OTHER, &other, report(CURRENT), &[device(1)])), Ok(Ok(())));
		assert_eq!(suspicions(OTHER), [Suspicion::Device]);
	});
}

#[test]
fn is_one_of_sixteen() {
	run(|| {
		let [key, _] = registered();
		let first: Vec<_> = (1..=16).map(device).collect();
		names(MACHINE, &key, &first);
		Now::set(CURRENT.end(WINDOW_SLOTS));
		assert_eq!(apply(signed(MACHINE, &key, report(CURRENT), &[device(17)])), Ok(Ok(())));
		assert_eq!(bound(MACHINE), first);
		assert_eq!(BoundTo::<Test>::get(device(17)), None);
		assert!(suspicions(MACHINE).is_empty());
	});
}

#[test]
fn telemetry_copied_from_another_machine_names_that_machines_devices() {
	run(|| {
		let [key, other] = registered();
		let original = report(LAST);
		names(MACHINE, &key, &[device(1)]);
		assert_eq!(apply(signed(OTHER, &other, TelemetryReport { ..original }, &[device(1)])), Ok(Ok(())));
		assert_eq!(suspicions(OTHER), [Suspicion::Device]);
	});
}

#[test]
fn what_is_kept_of_a_retired_machine_is_forgotten_on_request() {
	run(|| {
		let [key, other] = registered();
		let forget = |machine| Telemetry::forget(RawOrigin::Signed(5).into(), machine);
		names(MACHINE, &key, &[device(1)]);
		names(OTHER, &other, &[device(1), device(2)]);
		assert_noop!(forget(MachineId(9)), Error::<Test>::UnknownMachine);
		assert_noop!(forget(OTHER), Error::<Test>::NotRetired);
		assert_noop!(Telemetry::forget(RawOrigin::None.into(), OTHER), DispatchError::BadOrigin);
		// With a demand that is still open.
		let anchor = anchor_key("//anchor");
		seat(ANCHOR, anchor);
		Now::mutate(|now| *now += 1);
		let signature = {
			use sp_runtime::RuntimeAppPublic;
			anchor_key("//anchor").sign(b"checked when the call is authorised").unwrap()
		};
		assert_ok!(Telemetry::demand(RawOrigin::Authorized.into(), ANCHOR, OTHER, LAST, signature));
		set_state(OTHER, MachineState::Retired);
		assert_ok!(forget(OTHER));
		System::assert_last_event(Event::MachineForgotten { machine: OTHER }.into());
		assert_eq!(Reports::<Test>::iter_keys().collect::<Vec<_>>(), [MACHINE]);
		assert_eq!(Devices::<Test>::iter_keys().collect::<Vec<_>>(), [MACHINE]);
		assert_eq!(BoundTo::<Test>::iter_keys().collect::<Vec<_>>(), [device(1)]);
		assert_eq!((Audits::<Test>::iter().count(), Flags::<Test>::iter().count()), (0, 0));
		assert_eq!(crate::DueAt::<Test>::iter().count(), 0);
		assert_noop!(forget(OTHER), Error::<Test>::NothingKept);
	});
}
