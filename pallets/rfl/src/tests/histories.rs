//! Random histories: whatever is done in whatever order, the invariants hold, and every lease comes to exactly
//! one end.

use crate::{mock::*, *};
use alloc::collections::{BTreeMap, BTreeSet};
use exabits_math::placement::{Move, Taken, Weights};
use exabits_primitives::{
	Balance, ClassId, LeaseId, LeaseState, MachineId, Machines as _, Traded, UtcKey, WindowIndex,
};
use frame_support::{
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
enum Step {
	Register(u8, u8),
	Test(u8),
	Online(u8),
	Reject(u8),
	Suspend(u8),
	Unbind(u8),
	Drain(u8),
	Retire(u8),
	Commit(u8, u8, u8),
	Uncommit(u8, u8),
	Place(u8, u8, u8, u16, u8),
	Improve(u8, u8, u8),
	SweepDeparture(u8),
	Acknowledge(u8),
	RejectLease(u8),
	Evacuate(u8),
	SweepAcknowledgement(u8),
	SweepFailure(u8),
	Close(u8, u8),
	Prune(u8),
	Count(u8),
	Trade(u8, u16, u8),
	SetPrice(u32),
	SetBounds(u32, u32),
	Season(u8),
	Exhaust(u8, bool),
	Reliability(u8, u16),
	Weights(i32),
	Advance(u8),
	Poll(u8),
}

fn step() -> impl Strategy<Value = Step> {
	let id = || 0u8..5;
	let lease = || 0u8..24;
	prop_oneof![
		2 => (0u8..3, 1u8..4).prop_map(|(owner, devices)| Step::Register(owner, devices)),
		2 => id().prop_map(Step::Test),
		3 => id().prop_map(Step::Online),
		1 => id().prop_map(Step::Reject),
		1 => id().prop_map(Step::Suspend),
		1 => id().prop_map(Step::Unbind),
		1 => id().prop_map(Step::Drain),
		1 => id().prop_map(Step::Retire),
		6 => (id(), 1u8..4, 1u8..4).prop_map(|(machine, ahead, devices)| Step::Commit(machine, ahead, devices)),
		1 => (id(), 0u8..4).prop_map(|(machine, ahead)| Step::Uncommit(machine, ahead)),
		8 => (0u8..3, 0u8..6, id(), 0u16..3, 0u8..6)
			.prop_map(|(ahead, size, hint, floor, more)| Step::Place(ahead, size, hint, floor * 500, more)),
		4 => (lease(), id(), 0u8..3).prop_map(|(lease, to, device)| Step::Improve(lease, to, device)),
		1 => lease().prop_map(Step::SweepDeparture),
		6 => lease().prop_map(Step::Acknowledge),
		2 => lease().prop_map(Step::RejectLease),
		2 => id().prop_map(Step::Evacuate),
		2 => lease().prop_map(Step::SweepAcknowledgement),
		2 => lease().prop_map(Step::SweepFailure),
		2 => (id(), 0u8..4).prop_map(|(machine, back)| Step::Close(machine, back)),
		1 => lease().prop_map(Step::Prune),
		2 => (0u8..3).prop_map(Step::Count),
		2 => (0u8..3, any::<u16>(), any::<u8>()).prop_map(|(ahead, price, fees)| Step::Trade(ahead, price, fees)),
		1 => any::<u32>().prop_map(Step::SetPrice),
		1 => (0u32..4_000_000, 0u32..4_000_000).prop_map(|(min, more)| Step::SetBounds(min, more)),
		1 => (0u8..30).prop_map(Step::Season),
		1 => (0u8..3, any::<bool>()).prop_map(|(owner, may)| Step::Exhaust(owner, may)),
		1 => (id(), 0u16..=1_000).prop_map(|(machine, thousandths)| Step::Reliability(machine, thousandths)),
		1 => (-2i32..3).prop_map(Step::Weights),
		6 => (1u8..40).prop_map(Step::Advance),
		5 => (0u8..6).prop_map(Step::Poll),
	]
}

fn machine(n: u8) -> MachineId {
	MachineId(n.into())
}

fn owner_of(n: u8) -> AccountId {
	Rfl::machine(machine(n)).map_or(ALICE, |machine| machine.owner)
}

fn window(ahead: u8) -> WindowIndex {
	WindowIndex(WindowIndex::at(Now::get(), WINDOW as u32).0 + u32::from(ahead))
}

/// A call is refused or done: either way the history goes on.
fn apply(step: Step) {
	let done = match step {
		Step::Register(owner, devices) => {
			let next = NextMachine::<Test>::get().0 as u8;
			if next >= 5 {
				return;
			}
			register(1 + u64::from(owner), next, devices.into())
		}
		Step::Test(n) => <Rfl as exabits_primitives::Machines<AccountId>>::test(machine(n)),
		Step::Online(n) => <Rfl as exabits_primitives::Machines<AccountId>>::online(machine(n)),
		Step::Reject(n) => <Rfl as exabits_primitives::Machines<AccountId>>::reject(machine(n)),
		Step::Suspend(n) => <Rfl as exabits_primitives::Machines<AccountId>>::suspend(machine(n)),
		Step::Unbind(n) => <Rfl as exabits_primitives::Machines<AccountId>>::unbind(machine(n)),
		Step::Drain(n) => Rfl::drain(RuntimeOrigin::signed(owner_of(n)), machine(n)),
		Step::Retire(n) => Rfl::retire(RuntimeOrigin::signed(owner_of(n)), machine(n)),
		Step::Commit(n, ahead, devices) => {
			Rfl::commit(RuntimeOrigin::signed(owner_of(n)), machine(n), window(ahead), devices.into())
		}
		Step::Uncommit(n, ahead) => {
			Rfl::uncommit(RuntimeOrigin::signed(owner_of(n)), machine(n), window(ahead))
		}
		Step::Improve(n, to, device) => {
			let Some(record) = Leases::<Test>::get(LeaseId(n.into())) else { return };
			let Some(taken) = Taken::from_pairs(&[(device, record.amount.0 as u16)]) else { return };
			let moves = vec![Move { lease: LeaseId(n.into()), machine: machine(to), taken }];
			Rfl::improve(RuntimeOrigin::signed(TENANT), record.key, BoundedVec::truncate_from(moves))
		}
		Step::SweepDeparture(n) => Rfl::sweep_departure(RuntimeOrigin::signed(TENANT), LeaseId(n.into())),
		Step::Place(ahead, size, hint, floor, more) => {
			let amount = [125, 250, 500, 1_000, 2_000, 600][usize::from(size)];
			let mut wish = request(amount, (hint > 0).then(|| machine(hint)));
			wish.key = UtcKey { window: window(ahead), ..wish.key };
			wish.floor = floor;
			// Mostly one window, else two or three, on one machine or on several.
			wish.windows = 1 + u32::from(more / 2 % 3);
			wish.may_move = more % 2 == 1;
			<Rfl as exabits_primitives::Leases<AccountId>>::place(wish).map(drop)
		}
		Step::Acknowledge(n) => acknowledge(LeaseId(n.into())),
		Step::RejectLease(n) => {
			<Rfl as exabits_primitives::Leases<AccountId>>::reject_lease(LeaseId(n.into()), &TENANT).map(drop)
		}
		Step::Evacuate(n) => evacuate(machine(n)),
		Step::SweepAcknowledgement(n) => {
			Rfl::sweep_acknowledgement(RuntimeOrigin::signed(TENANT), LeaseId(n.into()))
		}
		Step::SweepFailure(n) => Rfl::sweep_failure(RuntimeOrigin::signed(TENANT), LeaseId(n.into())),
		Step::Close(n, back) => {
			let window = WindowIndex(window(0).0.saturating_sub(back.into()));
			Rfl::close_commitment(RuntimeOrigin::signed(TENANT), machine(n), window)
		}
		Step::Prune(n) => Rfl::prune_lease(RuntimeOrigin::signed(TENANT), LeaseId(n.into())),
		Step::Count(n) => Rfl::count_windows(RuntimeOrigin::signed(TENANT), ClassId(n.into())),
		Step::Trade(ahead, price, fees) => {
			let traded = Traded { price: 100 * Balance::from(price), fees: fees.into() };
			Trades::mutate(|trades| trades.insert((CLASS, window(ahead)), traded));
			Ok(())
		}
		Step::SetPrice(price) => Rfl::set_price(RuntimeOrigin::root(), CLASS, price.into()),
		Step::SetBounds(min, more) => {
			let mut parameters = ClassParameters::<Test>::get(CLASS).unwrap();
			parameters.bounds.min = min.into();
			parameters.bounds.max = Balance::from(min) + Balance::from(more);
			Rfl::set_parameters(RuntimeOrigin::root(), CLASS, parameters)
		}
		Step::Season(length) => {
			let mut parameters = ClassParameters::<Test>::get(CLASS).unwrap();
			parameters.forecast.length = length.into();
			Rfl::set_parameters(RuntimeOrigin::root(), CLASS, parameters)
		}
		Step::Exhaust(owner, may) => {
			Exhausted::mutate(|set| {
				if may {
					set.remove(&(1 + u64::from(owner)));
				} else {
					set.insert(1 + u64::from(owner));
				}
			});
			Ok(())
		}
		Step::Reliability(n, thousandths) => {
			Unreliable::mutate(|map| map.insert(machine(n), thousandths));
			Ok(())
		}
		Step::Weights(load) => {
			Rfl::set_weights(RuntimeOrigin::root(), CLASS, Weights { load, ..Default::default() })
		}
		Step::Advance(slots) => {
			Now::mutate(|now| *now += u64::from(slots));
			Ok(())
		}
		Step::Poll(strength) => {
			let steps = [
				Rfl::close_weight(),
				Rfl::acknowledgement_weight(),
				Rfl::departure_weight(),
				Rfl::count_weight(),
			];
			let limit = steps.into_iter().fold(Weight::zero(), |most, step| most.max(step));
			let limit = (limit + <() as WeightInfo>::sweep_slot() * 50) * u64::from(strength);
			Rfl::sweep(&mut WeightMeter::with_limit(limit));
			Ok(())
		}
	};
	let _ = done;
}

fn reset() {
	Now::set(START - 30);
	Session::set(4);
	Unreserved::set(BTreeMap::from([(ALICE, 10 * BOND), (BOB, 10 * BOND), (CAROL, 10 * BOND)]));
	Reserved::take();
	NoAgreementOf::take();
	Minted::take();
	Exhausted::take();
	Unreliable::take();
	Tellings::take();
	Watched::take();
	SweepWeight::set(Weight::from_parts(u64::MAX / 2, u64::MAX / 2));
}

/// How often each lease was placed, moved, and brought to its end.
fn counts() -> BTreeMap<LeaseId, (u32, u32, u32)> {
	let mut counts = BTreeMap::<_, (u32, u32, u32)>::new();
	for told in Tellings::get() {
		match told {
			Told::Placed(lease, _) => counts.entry(lease).or_default().0 += 1,
			Told::Replaced(lease, ..) | Told::Improved(lease, ..) => counts.entry(lease).or_default().1 += 1,
			Told::Failed(lease, ..) | Told::Completed(lease, _) => counts.entry(lease).or_default().2 += 1,
			Told::Running(..) => (),
		}
	}
	counts
}

/// How much was placed, and how much was counted as demand.
fn asked() -> (u64, u64) {
	System::events().into_iter().fold((0, 0), |(placed, counted), record| match record.event {
		RuntimeEvent::Rfl(Event::LeasePlaced { amount, .. }) => (placed + u64::from(amount.0), counted),
		RuntimeEvent::Rfl(Event::WindowCounted { demand, .. }) => (placed, counted + demand),
		_ => (placed, counted),
	})
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	#[test]
	fn every_history_keeps_the_invariants(steps in prop::collection::vec(step(), 1..160)) {
		reset();
		run(|| {
			// Two machines in service, so that most histories get somewhere.
			committed(ALICE, 2);
			committed(BOB, 2);
			for step in steps {
				apply(step);
				check();
			}
			// Let everything come to its end.
			for _ in 0..400 {
				Now::mutate(|now| *now += 1);
				poll();
			}
			assert_eq!(Commitments::<Test>::iter().count(), 0);
			assert_eq!(Redeemed::<Test>::iter().count(), 0);
			let (placed, counted) = asked();
			assert_eq!(placed, counted);
			let unfinished: BTreeSet<_> = Leases::<Test>::iter()
				.filter(|(_, lease)| matches!(lease.state, LeaseState::Placed | LeaseState::Running))
				.map(|(id, _)| id)
				.collect();
			assert!(unfinished.is_empty(), "{unfinished:?}");
			for (lease, (placed, _, ended)) in counts() {
				assert_eq!((placed, ended), (1, 1), "{lease}");
			}
		});
	}
}
