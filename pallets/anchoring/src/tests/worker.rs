use crate::{mock::*, *};
use exabits_primitives::{
	keys::anchor,
	local::{measurement_key, salt_key},
	MachineId, Measurement, RoundIndex,
};
use frame_support::traits::Hooks;
use sp_core::{
	offchain::{
		testing::{TestOffchainExt, TestTransactionPoolExt},
		OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
	},
	Pair, H256,
};
use sp_runtime::{offchain::storage::StorageValueRef, RuntimeAppPublic};

/// Runs a test on an anchoring node that has the keys of these anchors. What the test gets takes what was
/// submitted to the pool.
fn run_node(anchors: &[u64], test: impl FnOnce(&dyn Fn() -> Vec<RuntimeCall>)) {
	let mut ext = new_test_ext();
	let (offchain, _) = TestOffchainExt::new();
	let (pool, state) = TestTransactionPoolExt::new();
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(TransactionPoolExt::new(pool));
	run_with(ext, || {
		for who in anchors {
			let seed: String = [*who as u8; 32].iter().map(|byte| format!("{byte:02x}")).collect();
			let key = anchor::Id::generate_pair(Some(format!("0x{seed}").into_bytes()));
			assert_eq!(key, pair(*who).public());
		}
		test(&|| state.write().transactions.drain(..).map(decode).collect());
	});
}

fn work() {
	Anchoring::offchain_worker(System::block_number());
}

/// What the prober does at the end of a round.
fn measure(round: RoundIndex, measurement: Measurement) {
	ALL.into_iter().for_each(|who| write(who, MACHINE, round, measurement));
}

fn write(who: u64, machine: MachineId, round: RoundIndex, measurement: Measurement) {
	let key = measurement_key(&pair(who).public(), machine, round);
	StorageValueRef::persistent(&key).set(&measured(who, machine, round, measurement));
}

fn said(who: u64) -> Entry {
	entry(who, MACHINE, FIRST, GOOD)
}

fn sealed(who: u64, round: RoundIndex) -> Option<worker::Sealed> {
	StorageValueRef::persistent(&salt_key(&pair(who).public(), round)).get().unwrap()
}

fn nothing_sealed(round: RoundIndex) -> bool {
	ALL.into_iter().all(|who| sealed(who, round).is_none())
}

const ALL: [u64; 5] = [1, 2, 3, 4, 5];

#[test]
fn commits_and_reveals_what_was_measured() {
	run_node(&ALL, |submitted| {
		opened();
		work();
		to(COMMITS - 1);
		measure(FIRST, GOOD);
		work();
		assert!(submitted().is_empty());

		to(COMMITS);
		work();
		let commits = submitted();
		assert_eq!(commits.len(), 3);
		for who in members(FIRST) {
			assert_eq!(sealed(who, FIRST).unwrap().entries, [said(who)]);
		}
		commits.into_iter().for_each(apply);
		to(COMMITS + 1);
		work();
		assert!(submitted().is_empty());

		to(REVEALS);
		work();
		let reveals = submitted();
		assert_eq!(reveals.len(), 3);
		reveals.into_iter().for_each(apply);
		to(REVEALS + 1);
		work();
		assert!(submitted().is_empty());

		to(SAMPLES);
		work();
		let samples = submitted();
		assert_eq!(samples.len(), 3);
		samples.into_iter().for_each(apply);
		to(SAMPLES + 1);
		work();
		assert!(submitted().is_empty());

		to(SETTLES);
		let outcome = exabits_primitives::RoundOutcome::Measured(GOOD);
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, outcome)]);
	});
}

#[test]
fn submits_only_for_keys_it_has() {
	run_node(&[1, 2, 3, 4], |submitted| {
		opened();
		measure(FIRST, GOOD);
		to(COMMITS);
		work();
		let own = members(FIRST).iter().filter(|who| **who != 5).count();
		assert_eq!(submitted().len(), own);
	});
	run_node(&[], |submitted| {
		opened();
		measure(FIRST, GOOD);
		to(COMMITS);
		work();
		assert!(submitted().is_empty());
	});
}

#[test]
fn waits_for_the_prober() {
	run_node(&ALL, |submitted| {
		opened();
		to(COMMITS);
		work();
		assert!(submitted().is_empty());
		assert!(nothing_sealed(FIRST));
		measure(FIRST, GOOD);
		to(COMMITS + 1);
		work();
		assert_eq!(submitted().len(), 3);
	});
}

#[test]
fn never_commits_to_what_it_could_not_reveal() {
	run_node(&ALL, |submitted| {
		opened();
		to(COMMITS);
		measure(FIRST, Measurement { availability: 1_000_001, ..GOOD });
		work();
		for who in ALL {
			StorageValueRef::persistent(&measurement_key(&pair(who).public(), MACHINE, FIRST)).set(&1u8);
		}
		to(COMMITS + 1);
		work();
		assert!(submitted().is_empty());
		assert!(nothing_sealed(FIRST));
	});
}

#[test]
fn submits_again_what_did_not_arrive_and_never_another_value() {
	run_node(&ALL, |submitted| {
		opened();
		measure(FIRST, GOOD);
		to(COMMITS);
		work();
		let first = commitments(submitted());
		assert_eq!(first.len(), 3);

		// The prober changes its mind; the commitment does not.
		measure(FIRST, Measurement::UNREACHABLE);
		to(COMMITS + 1);
		work();
		assert!(submitted().is_empty());
		to(COMMITS + 2);
		work();
		assert_eq!(commitments(submitted()), first);
	});
}

/// Who commits to what. Signatures differ from one time to the next.
fn commitments(calls: Vec<RuntimeCall>) -> Vec<(u64, H256)> {
	calls
		.into_iter()
		.map(|call| match call {
			RuntimeCall::Anchoring(Call::commit { anchor, root, .. }) => (anchor, root),
			other => panic!("{other:?}"),
		})
		.collect()
}

#[test]
fn does_not_reveal_without_its_salt() {
	run_node(&ALL, |submitted| {
		opened();
		measure(FIRST, GOOD);
		to(COMMITS);
		work();
		submitted().into_iter().for_each(apply);
		for who in ALL {
			StorageValueRef::persistent(&salt_key(&pair(who).public(), FIRST)).clear();
		}
		to(REVEALS);
		work();
		assert!(submitted().is_empty());
	});
}

#[test]
fn a_failed_submission_is_tried_in_the_next_block() {
	run_node(&ALL, |submitted| {
		opened();
		measure(FIRST, GOOD);
		to(COMMITS);
		let who = members(FIRST)[0];
		write(77, MACHINE, FIRST, GOOD);
		// A key that is not in the keystore signs nothing.
		let try_with = |key: u64| {
			let own = worker::Own { anchor: who, key: pair(key).public() };
			Anchoring::submit_commitment(System::block_number(), &own, FIRST, session_of(FIRST))
		};
		assert_eq!(try_with(77), Err(worker::Skipped::NotSigned));
		assert_eq!(try_with(who), Ok(()));
		assert_eq!(try_with(who), Err(worker::Skipped::Waiting));
		assert_eq!(submitted().len(), 1);
	});
}

#[test]
fn forgets_old_salts() {
	run_node(&ALL, |_| {
		to(1);
		<Anchoring as exabits_primitives::OnMachine>::watched(MACHINE);
		to(200);
		let who = members(RoundIndex(20))[0];
		let old = salt_key(&pair(who).public(), RoundIndex(4));
		StorageValueRef::persistent(&old).set(&worker::Sealed { salt: SALT, pages: 1, entries: vec![] });
		measure(RoundIndex(20), GOOD);
		to(210);
		assert!(sealed(who, RoundIndex(4)).is_some());
		work();
		assert_eq!(sealed(who, RoundIndex(20)).unwrap().entries, [entry(who, MACHINE, RoundIndex(20), GOOD)]);
		assert_eq!(sealed(who, RoundIndex(4)), None);
	});
}

/// Registers and watches so many machines, and waits for the end of their first round.
fn opened_with(machines: u32) {
	MaxDuePerSlot::set(machines.max(8) * 2);
	let ids = (1..=machines).map(MachineId);
	Registered::set(std::collections::BTreeMap::from_iter(ids.clone().map(|id| (id, machine_of(OWNER, 0)))));
	to(1);
	ids.for_each(<Anchoring as exabits_primitives::OnMachine>::watched);
	to(COMMITS);
}

#[test]
fn one_commitment_and_some_pages_are_for_all_machines() {
	run_node(&ALL, |submitted| {
		opened_with(300);
		for id in 1..=300 {
			ALL.into_iter().for_each(|who| write(who, MachineId(id), FIRST, GOOD));
		}
		work();
		let commits = submitted();
		assert_eq!(commits.len(), 5);
		commits.into_iter().for_each(apply);
		to(REVEALS);
		work();
		let pages = submitted();
		// Each anchor is asked to measure about 180 machines.
		assert!((15..=30).contains(&pages.len()), "{}", pages.len());
		pages.into_iter().for_each(apply);
		to(REVEALS + 1);
		work();
		assert!(submitted().is_empty());
		to(SAMPLES);
		work();
		let samples = submitted();
		assert_eq!(samples.len(), 5);
		samples.into_iter().for_each(apply);
		to(SETTLES);
		assert_eq!(Judged::get().len(), 300);
		assert!(Slashed::get().is_empty());
		assert!(Standings::<Test>::iter_values().all(|standing| standing.missed + standing.withheld == 0));
	});
}

#[test]
fn waits_half_of_the_phase_for_what_is_not_measured_yet() {
	run_node(&ALL, |submitted| {
		opened_with(2);
		ALL.into_iter().for_each(|who| write(who, MachineId(1), FIRST, GOOD));
		work();
		let asked_for = |id: u32, who: u64| {
			let record = Rounds::<Test>::get(MachineId(id), FIRST).unwrap();
			record.members.iter().any(|member| member.anchor == who)
		};
		// Who measures only the first machine has it all.
		let only_first = ALL.into_iter().filter(|who| asked_for(1, *who) && !asked_for(2, *who)).count();
		assert_eq!(submitted().len(), only_first);
		let both: Vec<_> = ALL.into_iter().filter(|who| asked_for(1, *who) && asked_for(2, *who)).collect();
		to(COMMITS + u64::from(COMMIT / 2));
		work();
		for who in both {
			assert_eq!(
				sealed(who, FIRST).unwrap().entries,
				[entry(who, MachineId(1), FIRST, GOOD), (MachineId(2), None)]
			);
		}
	});
}

#[test]
fn the_fewest_pages_hold_all_machines() {
	let entries = |ids: Vec<u32>| ids.into_iter().map(|id| (MachineId(id), None)).collect::<Vec<_>>();
	assert_eq!(worker::pages_of(&[]), 1);
	assert_eq!(worker::pages_of(&entries((0..PAGE).collect())), 1);
	assert_eq!(worker::pages_of(&entries((0..=PAGE).collect())), 2);
	// All of them are even, so that two pages leave one empty.
	assert_eq!(worker::pages_of(&entries((0..=PAGE).map(|id| id * 2).collect())), 3);
	assert_eq!(worker::pages_of(&entries((0..u32::from(MAX_PAGES) * PAGE + 1).collect())), MAX_PAGES);
}
