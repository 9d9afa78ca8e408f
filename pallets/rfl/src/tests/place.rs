//! `Leases::place`.

use crate::{mock::*, *};
use exabits_math::placement::{choice::CANDIDATES, typical::USUAL, DeviceDemand, Weights};
use exabits_primitives::{
	LeaseRequest, LeaseState, Leases as _, MachineId, Machines as _, MilliDevices, TemplateId, UtcKey,
	WindowIndex,
};
use frame_support::{assert_noop, assert_ok};

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
				series: id,
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
fn a_hint_as_good_as_the_choice_is_taken() {
	run(|| {
		let first = committed(ALICE, 2);
		let hinted = committed(BOB, 2);
		assert_eq!(lease(place(500, Some(hinted)).unwrap()).machine, hinted);
		assert_eq!(lease(place(2_000, None).unwrap()).machine, first);
	});
}

#[test]
fn a_hint_that_costs_more_is_passed_over() {
	run(|| {
		let used = committed(ALICE, 2);
		let hinted = committed(BOB, 2);
		place(500, Some(used)).unwrap();

		let id = place(500, Some(hinted)).unwrap();

		assert_eq!(lease(id).machine, used);
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
		assert_noop!(place(125, Some(machine)), Error::<Test>::HintRequired);
		assert_ok!(Rfl::online(machine));
		Exhausted::mutate(|set| set.insert(ALICE));
		assert_noop!(place(125, Some(machine)), Error::<Test>::HintRequired);
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

/// Machines of a provider who may deliver nothing, and after them one with more room whose owner may.
fn crowded(refusing: usize) -> MachineId {
	for _ in 0..refusing {
		committed(ALICE, 1);
	}
	Exhausted::mutate(|set| set.insert(ALICE));
	committed(BOB, 2)
}

#[test]
fn as_many_machines_are_asked_as_a_choice_returns() {
	run(|| {
		let willing = crowded(CANDIDATES - 1);
		assert_eq!(lease(place(1_000, None).unwrap()).machine, willing);
	});
}

#[test]
fn a_hint_helps_where_too_many_refuse() {
	run(|| {
		let willing = crowded(CANDIDATES);
		assert_noop!(place(1_000, None), Error::<Test>::HintRequired);
		assert_eq!(Rfl::placement_hint(utc(), 1, MilliDevices(1_000), 0), Some(willing));
		assert_eq!(lease(place(1_000, Some(willing)).unwrap()).machine, willing);
	});
}

#[test]
fn a_hint_is_the_best_machine_of_all_that_may_deliver() {
	run(|| {
		assert_eq!(Rfl::placement_hint(utc(), 1, MilliDevices(1_000), 0), None);
		let fuller = committed(ALICE, 1);
		let roomy = committed(BOB, 3);
		let hint = |amount| Rfl::placement_hint(utc(), 1, MilliDevices(amount), 0);
		assert_eq!(hint(1_000), Some(fuller));
		assert_eq!(hint(2_000), Some(roomy));
		assert_eq!(hint(4_000), None);
		assert_eq!(hint(999), None, "not leasable");
		assert_ok!(Rfl::suspend(fuller));
		assert_eq!(hint(1_000), Some(roomy));
		Exhausted::mutate(|set| set.insert(BOB));
		assert_eq!(hint(1_000), None);
		let unknown = UtcKey { class: exabits_primitives::ClassId(9), ..utc() };
		assert_eq!(Rfl::placement_hint(unknown, 1, MilliDevices(1_000), 0), None);
	});
}

#[test]
fn the_more_reliable_machine_is_better() {
	run(|| {
		Unreliable::mutate(|map| map.insert(MachineId(0), 900));
		let less = committed(ALICE, 1);
		let more = committed(BOB, 1);
		assert_eq!(lease(place(500, None).unwrap()).machine, more);
		assert_ok!(place(500, Some(less)));
	});
}

#[test]
fn a_floor_on_reliability_is_kept() {
	run(|| {
		Unreliable::mutate(|map| map.insert(MachineId(0), 900));
		let machine = committed(ALICE, 1);
		let with_floor = |floor, hint| with(LeaseRequest { floor, ..request(125, hint) });
		for hint in [None, Some(machine)] {
			assert_noop!(with_floor(901, hint), Error::<Test>::NoCapacity);
			assert_ok!(with_floor(900, hint));
		}
		assert_eq!(Rfl::placement_hint(utc(), 1, MilliDevices(125), 901), None);
		assert_eq!(Rfl::placement_hint(utc(), 1, MilliDevices(125), 900), Some(machine));
	});
}

#[test]
fn a_lease_that_moves_keeps_its_floor() {
	run(|| {
		let machine = committed(ALICE, 1);
		Unreliable::mutate(|map| map.insert(MachineId(1), 900));
		committed(BOB, 1);
		let id = with(LeaseRequest { floor: 950, ..request(1_000, Some(machine)) }).unwrap();
		at(START + ACKNOWLEDGE + 1);
		assert_eq!(lease(id).state, LeaseState::Compensated);
	});
}

#[test]
fn reliability_is_read_when_the_entry_is_written() {
	run(|| {
		let machine = committed(ALICE, 1);
		let entry = || {
			let place = Places::<Test>::get(utc(), machine).unwrap();
			Pages::<Test>::get((utc(), place.bucket, place.page)).entries[0].reliability
		};
		Unreliable::mutate(|map| map.insert(machine, 700));
		assert_eq!(entry(), 1_000);
		assert_ok!(place(125, None));
		assert_eq!(entry(), 700);
	});
}

/// The machines that four leases of one device get, of two machines with four devices each.
fn spread(weights: Weights) -> Vec<MachineId> {
	let mut machines = Vec::new();
	run(|| {
		committed(ALICE, 4);
		committed(BOB, 4);
		assert_ok!(Rfl::set_weights(RuntimeOrigin::root(), CLASS, weights));
		machines = (0..4).map(|_| lease(place(1_000, None).unwrap()).machine).collect();
	});
	machines.sort();
	machines
}

#[test]
fn packs_for_capacity_or_spreads_for_reliability() {
	let (first, second) = (MachineId(0), MachineId(1));
	assert_eq!(spread(Weights { load: 1, ..Default::default() }), [first; 4]);
	assert_eq!(spread(Weights { load: -1, ..Default::default() }), [first, first, second, second]);
}

#[test]
fn a_class_learns_what_it_is_usually_asked_for() {
	run(|| {
		committed(ALICE, 2);
		for amount in [500, 500, 1_000] {
			assert_ok!(place(amount, None));
		}
		assert_noop!(place(1_000, None), Error::<Test>::NoCapacity);
		let typical = Typicals::<Test>::get(CLASS);
		let mut kinds: Vec<_> =
			typical.kinds().iter().map(|kind| (kind.demand.devices, kind.weight / USUAL)).collect();
		kinds.sort();
		assert_eq!(kinds, [(DeviceDemand::Share(500), 2), (DeviceDemand::Whole(1), 1)]);
	});
}

#[test]
fn a_lease_takes_its_share_of_the_host() {
	run(|| {
		let machine = online(ALICE, 4);
		assert_ok!(Rfl::commit(RuntimeOrigin::signed(ALICE), machine, WindowIndex(10), 2));
		let room = || {
			let room = Commitments::<Test>::get(machine, WindowIndex(10)).unwrap().room;
			(room.vcpu_milli, room.memory_mib, room.total())
		};
		assert_eq!(room(), (16_000, 2_048, 2_000), "half of 32 vCPU and 4 GiB");
		assert_ok!(place(250, None));
		assert_eq!(room(), (14_000, 1_792, 1_750));
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
fn its_weight_is_that_of_the_dearer_of_two_extremes() {
	let (crowded, scarce) = (<() as WeightInfo>::place_crowded(), <() as WeightInfo>::place_scarce());
	let one = crowded.max(scarce);
	assert_eq!(Rfl::place_weight(1, false), one);
	assert_eq!(Rfl::place_weight(1, true), one);
	let three = Rfl::place_weight(3, false);
	assert!(three.all_gte(one) && three.all_gte(<() as WeightInfo>::place_windows(3)));
	assert_eq!(Rfl::place_weight(3, true), three + one * 3);
}

#[test]
fn what_cannot_be_leased_asks_for_nothing() {
	for amount in [0, 1, 124, 126, 600, 999, 1_001, 1_500, 17_000, u32::MAX] {
		assert_eq!(class().demand(MilliDevices(amount)), None, "{amount}");
	}
	let devices = |amount| class().demand(MilliDevices(amount)).map(|demand| demand.devices);
	assert_eq!(devices(125), Some(DeviceDemand::Share(125)));
	assert_eq!(devices(1_000), Some(DeviceDemand::Whole(1)));
	assert_eq!(devices(16_000), Some(DeviceDemand::Whole(16)));
}
