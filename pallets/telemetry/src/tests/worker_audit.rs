//! The off-chain worker demands samples for anchors and shows them for machines.

use crate::{
	mock::*,
	worker::{lottery, Skipped, ATTEMPT_SLOTS, RETRY_AUDIT},
	Call, Parameters, Refusal, Settings,
};
use codec::Encode;
use exabits_primitives::{keys::machine, local, MachineId, MachineState, WindowIndex};
use frame_support::traits::OffchainWorker;
use sp_runtime::{offchain::storage::StorageValueRef, Perbill};

fn work(block: u64) {
	<Telemetry as OffchainWorker<u64>>::offchain_worker(block);
}

/// What the node's reporter keeps of a window.
fn keep_samples(key: &machine::Id, window: WindowIndex) {
	let leaves: Vec<Vec<u8>> = samples(window).iter().map(Encode::encode).collect();
	StorageValueRef::persistent(&local::samples_key(key, window)).set(&leaves);
}

/// A machine of this node that has reported.
fn reported(machine: MachineId, seed: &str) -> machine::Id {
	let key = key(seed);
	register(machine, key.clone());
	assert_eq!(apply(signed(machine, &key, report(LAST), &[])), Ok(Ok(())));
	key
}

fn always() {
	Settings::<Test>::put(Parameters { share: Perbill::one(), ..Default::default() });
}

/// Works until something was submitted, block by block and slot by slot.
fn work_until(pool: &dyn Fn() -> Vec<Extrinsic>) -> Vec<Extrinsic> {
	for block in 1..100 {
		Now::mutate(|now| *now += 1);
		work(block);
		let submitted = pool();
		if !submitted.is_empty() {
			return submitted;
		}
	}
	Vec::new()
}

#[test]
fn demands_and_shows_a_sample() {
	run_with_pool(|pool| {
		let key = reported(MACHINE, "//machine");
		seat(ANCHOR, anchor_key("//anchor"));
		always();
		let mut submitted = work_until(pool);
		assert_eq!(submitted.len(), 1);
		let demand = submitted.remove(0).function;
		assert!(matches!(
			demand,
			RuntimeCall::Telemetry(Call::demand { anchor: ANCHOR, machine: MACHINE, window: LAST, .. })
		));
		assert_eq!(apply(demand), Ok(Ok(())));

		keep_samples(&key, LAST);
		work(200);
		let mut submitted = pool();
		assert_eq!(submitted.len(), 1);
		assert_eq!(apply(submitted.remove(0).function), Ok(Ok(())));
		assert_eq!(Telemetry::open_demand(MACHINE), None);
		assert_eq!(Telemetry::audit(MACHINE).unwrap().failed, None);
		work(300);
		assert!(pool().is_empty(), "all is done");
	});
}

#[test]
fn audits_windows_of_its_own_machines_by_a_lottery_that_stays_the_same() {
	run_with_pool(|pool| {
		reported(MACHINE, "//machine");
		let anchor = anchor_key("//anchor");
		seat(ANCHOR, anchor.clone());
		Settings::<Test>::put(Parameters { share: Perbill::zero(), ..Default::default() });
		assert!(work_until(pool).is_empty(), "no share of windows");
		Now::set(600);
		always();
		Seats::set(vec![78]);
		assert!(work_until(pool).is_empty(), "no seat");

		let drawn = |secret: u8, window, percent| {
			let share = Perbill::from_percent(percent);
			lottery(&[secret; 32], &anchor, MACHINE, WindowIndex(window), share, ROUND_SLOTS)
		};
		let all =
			|secret, percent| (0..1_000).map(|window| drawn(secret, window, percent)).collect::<Vec<_>>();
		assert_eq!(all(1, 10), all(1, 10));
		assert_ne!(all(1, 10), all(2, 10));
		let count = all(1, 10).iter().flatten().count();
		assert!((50..200).contains(&count), "{count}");
		assert!(all(1, 100).iter().all(|wait| wait.is_some_and(|wait| wait < ROUND_SLOTS.into())));
		assert!(all(1, 0).iter().all(Option::is_none));
		assert!(ATTEMPT_SLOTS > RETRY_AUDIT.into(), "a demand that was lost is made again");
	});
}

#[test]
fn shows_it_again_after_two_blocks() {
	run_with_pool(|pool| {
		let key = reported(MACHINE, "//machine");
		seat(ANCHOR, anchor_key("//anchor"));
		always();
		work_until(pool).into_iter().for_each(|demand| assert_eq!(apply(demand.function), Ok(Ok(()))));
		keep_samples(&key, LAST);
		for (block, submitted) in [(200, 1), (201, 0), (202, 1), (203, 0)] {
			work(block);
			assert_eq!(pool().len(), submitted, "{block}");
		}
	});
}

#[test]
fn demands_it_again_after_two_blocks() {
	run_with_pool(|pool| {
		reported(MACHINE, "//machine");
		let anchor = anchor_key("//anchor");
		seat(ANCHOR, anchor.clone());
		Now::mutate(|now| *now += 1);
		let demand = |block| Telemetry::submit_demand(&ANCHOR, &anchor, MACHINE, LAST, block);
		assert_eq!(demand(1), Ok(()));
		assert_eq!(demand(2), Err(Skipped::Waiting));
		assert_eq!(demand(3), Ok(()));
		assert_eq!(apply(pool().remove(0).function), Ok(Ok(())));
		assert_eq!(demand(9), Err(Skipped::Refused(Refusal::AlreadyDemanded)));
	});
}

#[test]
fn shows_nothing_that_is_not_there() {
	run_with_pool(|pool| {
		let key = reported(MACHINE, "//machine");
		let show = || Telemetry::submit_opening(&key, 300);
		assert_eq!(show(), Err(Skipped::NotDemanded));
		seat(ANCHOR, anchor_key("//anchor"));
		always();
		work_until(pool).into_iter().for_each(|demand| assert_eq!(apply(demand.function), Ok(Ok(()))));
		assert_eq!(show(), Err(Skipped::NoSamples));
		StorageValueRef::persistent(&local::samples_key(&key, LAST)).set(&1u8);
		assert_eq!(show(), Err(Skipped::Unreadable));
		let other: Vec<Vec<u8>> = samples(CURRENT).iter().map(Encode::encode).collect();
		StorageValueRef::persistent(&local::samples_key(&key, LAST)).set(&other);
		assert_eq!(show(), Err(Skipped::NoSamples));
		keep_samples(&key, LAST);
		set_state(MACHINE, MachineState::Retired);
		assert_eq!(show(), Err(Skipped::Refused(Refusal::Retired)));
		assert!(pool().is_empty());
	});
}
