//! `Leases::place`.

use crate::{mock::*, *};
use exabits_primitives::{
	LeaseRequest, LeaseState, Leases as _, MachineId, Machines as _, MilliDevices, TemplateId, UtcKey,
	WindowIndex,
};
use frame_support::{assert_noop, assert_ok, traits::Get};

fn with(request: LeaseRequest<AccountId>) -> Result<exabits_primitives::LeaseId, sp_runtime::DispatchError> {
	<Rfl as exabits_primitives::Leases<AccountId>>::place(request)
}

#[test]
fn places_before_the_window() {
	run(|| {
		let machine = committed(ALICE, 2);

		let id = place(2_000, None).unwrap();

		assert_eq!(
			last_event(),
			Event::LeasePlaced {
				lease: id,
				machine,
				tenant: TENANT,
				provider: ALICE,
				key: utc(),
				amount: MilliDevices(2_000),
				start: START,
				acknowledge_by: START + ACKNOWLEDGE,
			}
		);
		assert_eq!(told(), [Told::Placed(id, machine)]);
		let info = Rfl::lease(id).unwrap();
		assert_eq!((info.start, info.end, info.state), (START, START + WINDOW, LeaseState::Placed));
		assert_eq!(lease(id).devices.into_inner(), [(0, 1_000), (1, 1_000)]);
		assert!(Rfl::serving(machine).is_empty());
		Now::set(START);
		assert_eq!(Rfl::serving(machine), [id]);
	});
}

#[test]
fn places_the_rest_of_a_running_window() {
	run(|| {
		committed(ALICE, 1);
		Now::set(START + 7);

		let id = place(500, None).unwrap();

		let lease = lease(id);
		assert_eq!((lease.start, lease.acknowledge_by), (START + 7, START + 7 + ACKNOWLEDGE));
		assert_eq!(lease.end, START + WINDOW);
	});
}

#[test]
fn refuses_when_too_little_of_the_window_is_left() {
	run(|| {
		committed(ALICE, 2);
		let last = START + WINDOW - ACKNOWLEDGE - ROUND;
		for slot in [last - 1, last] {
			Now::set(slot);
			assert_ok!(place(125, None));
		}
		for slot in [last + 1, START + WINDOW - 1] {
			Now::set(slot);
			assert_noop!(place(125, None), Error::<Test>::TooLate);
		}
		for slot in [START + WINDOW, START + 2 * WINDOW] {
			Now::set(slot);
			assert_noop!(place(125, None), Error::<Test>::WindowClosed);
		}
	});
}

#[test]
fn takes_whole_devices_and_eighths() {
	run(|| {
		committed(ALICE, 2);
		for amount in [0, 1, 126, 375, 1_500, 17_000] {
			assert_noop!(place(amount, None), Error::<Test>::NotLeasable);
		}
		assert_noop!(place(3_000, None), Error::<Test>::NoCapacity);
		for amount in [1_000, 500, 250, 125, 125] {
			assert_ok!(place(amount, None));
		}
		assert_noop!(place(125, None), Error::<Test>::NoCapacity);
	});
}

#[test]
fn a_full_machine_holds_128_leases() {
	run(|| {
		let machine = committed(ALICE, 16);
		for _ in 0..128 {
			assert_ok!(place(125, Some(machine)));
		}
		assert_noop!(place(125, Some(machine)), Error::<Test>::NoCapacity);
	});
}

#[test]
fn fills_devices_up_before_it_opens_others() {
	run(|| {
		let roomy = committed(ALICE, 2);
		let used = committed(BOB, 2);
		place(500, Some(used)).unwrap();

		let id = place(500, None).unwrap();

		assert_eq!(lease(id).machine, used);
		assert_eq!(lease(id).devices.into_inner(), [(0, 500)]);
		let whole = place(2_000, None).unwrap();
		assert_eq!(lease(whole).machine, roomy);
	});
}

#[test]
fn a_hint_comes_first() {
	run(|| {
		let used = committed(ALICE, 2);
		let hinted = committed(BOB, 2);
		place(500, Some(used)).unwrap();

		let id = place(500, Some(hinted)).unwrap();

		assert_eq!(lease(id).machine, hinted);
	});
}

#[test]
fn a_hint_that_cannot_serve_is_passed_over() {
	run(|| {
		let machine = committed(ALICE, 1);
		let full = committed(BOB, 1);
		place(1_000, Some(full)).unwrap();
		for hint in [full, online(CAROL, 1), registered(CAROL, 1), MachineId(99)] {
			let id = place(125, Some(hint)).unwrap();
			assert_eq!(lease(id).machine, machine);
		}
	});
}

#[test]
fn only_online_machines_whose_owner_may_deliver() {
	run(|| {
		let machine = committed(ALICE, 1);
		assert_ok!(Rfl::suspend(machine));
		assert_noop!(place(125, Some(machine)), Error::<Test>::NoCapacity);
		assert_ok!(Rfl::online(machine));
		Exhausted::mutate(|set| set.insert(ALICE));
		assert_noop!(place(125, Some(machine)), Error::<Test>::NoCapacity);
		Exhausted::take();
		assert_ok!(place(125, Some(machine)));
	});
}

#[test]
fn only_machines_committed_to_this_utc() {
	run(|| {
		let machine = committed(ALICE, 1);
		for key in [UtcKey { window: WindowIndex(11), ..utc() }, UtcKey { template: TemplateId(8), ..utc() }]
		{
			assert_noop!(
				with(LeaseRequest { key, ..request(125, Some(machine)) }),
				Error::<Test>::NoCapacity
			);
		}
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class()));
		let key = UtcKey { class: exabits_primitives::ClassId(1), ..utc() };
		assert_noop!(with(LeaseRequest { key, ..request(125, Some(machine)) }), Error::<Test>::NoCapacity);
		let key = UtcKey { class: exabits_primitives::ClassId(2), ..utc() };
		assert_noop!(with(LeaseRequest { key, ..request(125, None) }), Error::<Test>::UnknownClass);
	});
}

#[test]
fn examines_a_bounded_number_of_pages() {
	run(|| {
		// Three pages of two; the one with room is never the first nor the second of lease 0.
		for _ in 0..4 {
			committed(ALICE, 1);
		}
		let roomy = committed(BOB, 2);
		assert_noop!(place(2_000, None), Error::<Test>::NoCapacity);
		assert_eq!(lease(place(2_000, Some(roomy)).unwrap()).machine, roomy);
		// Another lease begins with another page.
		let other = committed(CAROL, 2);
		assert_eq!(lease(place(2_000, None).unwrap()).machine, other);
	});
}

#[test]
fn a_full_queue_of_acknowledgements_is_an_error() {
	run(|| {
		committed(ALICE, 16);
		MaxDuePerSlot::set(1);
		for _ in 0..17 {
			assert_ok!(place(125, None));
		}
		assert_noop!(place(125, None), Error::<Test>::TooManyDeadlines);
	});
}

#[test]
fn its_weight_counts_every_machine_examined() {
	assert_eq!(Rfl::place_weight(), <() as WeightInfo>::place(2 * <PageSize as Get<u32>>::get()));
}
