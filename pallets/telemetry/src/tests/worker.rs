use crate::{
	mock::*,
	worker::{Skipped, RETRY_REPORT},
	Call, Refusal,
};
use exabits_primitives::{
	keys::machine, local, MachineId, MachineState, TelemetryReport, TelemetrySummary, WindowIndex,
};
use frame_support::traits::OffchainWorker;
use sp_core::Pair as _;
use sp_runtime::offchain::storage::StorageValueRef;

/// What the node's telemetry supervisor does: leaves a report for a window.
fn write(key: &machine::Id, window: WindowIndex, report: &TelemetryReport) {
	let written = local::WindowReport { report: *report, devices: vec![device(1)].try_into().unwrap() };
	StorageValueRef::persistent(&local::report_key(key, window)).set(&written);
}

fn work(block: u64) {
	<Telemetry as OffchainWorker<u64>>::offchain_worker(block);
}

/// Brings a submitted transaction on chain.
fn include(transaction: Extrinsic) {
	apply(transaction.function).expect("authorised").expect("dispatched");
}

#[test]
fn submits_what_the_node_wrote() {
	run_with_pool(|pool| {
		let key = key("//machine");
		register(MACHINE, key.clone());
		write(&key, LAST, &report(LAST));

		work(1);

		let mut submitted = pool();
		assert_eq!(submitted.len(), 1);
		let transaction = submitted.remove(0);
		match &transaction.function {
			RuntimeCall::Telemetry(Call::report { machine, report: submitted, .. }) => {
				assert_eq!((*machine, *submitted), (MACHINE, report(LAST)));
			}
			other => panic!("{other:?}"),
		}
		include(transaction);
		assert_eq!(Telemetry::latest(MACHINE).unwrap().report, report(LAST));
	});
}

#[test]
fn submits_for_every_machine_of_the_node() {
	run_with_pool(|pool| {
		for (machine, seed) in [(MachineId(1), "//one"), (MachineId(2), "//two")] {
			let key = key(seed);
			register(machine, key.clone());
			write(&key, LAST, &report(LAST));
		}
		// Neither a key without a machine nor a machine without a report stops the others.
		key("//unused");
		register(MachineId(5), key("//silent"));

		work(1);

		pool().into_iter().for_each(include);
		assert_eq!(Telemetry::latest(MachineId(1)).unwrap().count, 1);
		assert_eq!(Telemetry::latest(MachineId(2)).unwrap().count, 1);
		assert_eq!(Telemetry::latest(MachineId(5)), None);
	});
}

#[test]
fn waits_before_it_submits_again() {
	run_with_pool(|pool| {
		let key = key("//machine");
		register(MACHINE, key.clone());
		write(&key, LAST, &report(LAST));
		let retry = 1 + u64::from(RETRY_REPORT);

		work(1);
		assert_eq!(pool().len(), 1);
		work(2);
		work(retry - 1);
		assert_eq!(pool().len(), 0);
		work(retry);
		assert_eq!(pool().len(), 1);
		work(retry + 1);
		assert_eq!(pool().len(), 0);
	});
}

#[test]
fn submits_nothing_that_is_on_chain() {
	run_with_pool(|pool| {
		let key = key("//machine");
		register(MACHINE, key.clone());
		write(&key, LAST, &report(LAST));
		work(1);
		pool().into_iter().for_each(include);

		work(100);

		assert_eq!(pool().len(), 0);
		assert_eq!(Telemetry::submit_report(&key, 100), Err(Skipped::Refused(Refusal::NotNewer)));
	});
}

#[test]
fn goes_on_to_the_next_window() {
	run_with_pool(|pool| {
		let key = key("//machine");
		register(MACHINE, key.clone());
		write(&key, LAST, &report(LAST));
		write(&key, CURRENT, &report(CURRENT));
		work(1);
		pool().into_iter().for_each(include);

		Now::set(CURRENT.end(WINDOW_SLOTS) - 1);
		work(2);
		assert_eq!(pool().len(), 0);

		// The lock of the window before does not hold up this one.
		Now::set(CURRENT.end(WINDOW_SLOTS));
		work(3);
		pool().into_iter().for_each(include);
		assert_eq!(Telemetry::latest(MACHINE).unwrap().report, report(CURRENT));
	});
}

#[test]
fn submits_nothing_that_the_chain_would_refuse() {
	run_with_pool(|pool| {
		let key = key("//machine");
		let submit = || Telemetry::submit_report(&key, 1);
		assert_eq!(submit(), Err(Skipped::NoMachine));

		register(MACHINE, key.clone());
		assert_eq!(submit(), Err(Skipped::NoReport));

		StorageValueRef::persistent(&local::report_key(&key, LAST)).set(&1u8);
		assert_eq!(submit(), Err(Skipped::Unreadable));

		write(&key, LAST, &report(CURRENT));
		assert_eq!(submit(), Err(Skipped::Unreadable));

		let summary = TelemetrySummary { samples: 0, ..report(LAST).summary };
		write(&key, LAST, &TelemetryReport { summary, ..report(LAST) });
		assert_eq!(submit(), Err(Skipped::Refused(Refusal::Malformed)));

		write(&key, LAST, &report(LAST));
		set_state(MACHINE, MachineState::Retired);
		assert_eq!(submit(), Err(Skipped::Refused(Refusal::Retired)));

		Now::set(u64::from(WINDOW_SLOTS) - 1);
		assert_eq!(submit(), Err(Skipped::NoWindow));
		assert_eq!(pool().len(), 0);
	});
}

#[test]
fn keeps_no_lock_when_it_could_not_submit() {
	run_with_pool(|pool| {
		// A key of another node: it is not in the keystore.
		let key = machine::Id::from(sp_core::sr25519::Pair::from_seed(&[9; 32]).public());
		register(MACHINE, key.clone());
		write(&key, LAST, &report(LAST));
		assert_eq!(Telemetry::submit_report(&key, 1), Err(Skipped::NotSigned));
		assert_eq!(Telemetry::submit_report(&key, 1), Err(Skipped::NotSigned));
		assert_eq!(pool().len(), 0);
	});
}
