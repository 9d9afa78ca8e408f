use crate::{mock::*, worker::Step, *};
use exabits_primitives::{
	keys::anchor,
	local::{measurement_key, salt_key},
	Measurement, RoundIndex,
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
	StorageValueRef::persistent(&measurement_key(MACHINE, round)).set(&measurement);
}

fn sealed(round: RoundIndex) -> Option<(Measurement, [u8; 32])> {
	StorageValueRef::persistent(&salt_key(MACHINE, round)).get().unwrap()
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
		assert_eq!(sealed(FIRST).unwrap().0, GOOD);
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
		assert_eq!(sealed(FIRST), None);
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
		StorageValueRef::persistent(&measurement_key(MACHINE, FIRST)).set(&1u8);
		to(COMMITS + 1);
		work();
		assert!(submitted().is_empty());
		assert_eq!(sealed(FIRST), None);
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
			RuntimeCall::Anchoring(Call::commit { anchor, commitment, .. }) => (anchor, commitment),
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
		StorageValueRef::persistent(&salt_key(MACHINE, FIRST)).clear();
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
		let record = Rounds::<Test>::get(MACHINE, FIRST).unwrap();
		// A key that is not in the keystore signs nothing.
		let try_with = |key: u64| {
			let block = System::block_number();
			Anchoring::submit(block, &who, &pair(key).public(), MACHINE, FIRST, &record, Step::Commit)
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
		let old = salt_key(MACHINE, RoundIndex(4));
		StorageValueRef::persistent(&old).set(&(GOOD, SALT));
		to(1);
		<Anchoring as exabits_primitives::OnMachine>::watched(MACHINE);
		to(200);
		measure(RoundIndex(20), GOOD);
		to(210);
		assert!(sealed(RoundIndex(4)).is_some());
		work();
		assert_eq!(sealed(RoundIndex(20)).unwrap().0, GOOD);
		assert_eq!(sealed(RoundIndex(4)), None);
	});
}
