//! What a verdict costs.

use crate::{mock::*, *};
use exabits_primitives::{
	Clock, Judge, LeaseId, LeaseState, MachineId, Measurement, ModuleId, Reported, RoundOutcome,
	TelemetrySummary,
};
use frame_support::{
	traits::{StorageInfo, StorageInfoTrait},
	weights::constants::ParityDbWeight,
};
use sp_core::{Blake2Hasher, Get};
use sp_externalities::set_and_run_with_externalities;
use sp_io::TestExternalities;
use sp_state_machine::{Ext, OverlayedChanges, TrieBackendBuilder};
use sp_trie::recorder::Recorder;
use std::time::Instant;

/// By how much a verdict may cost more with a hundredfold of agreements, in percent.
const LIMIT: u64 = 120;
/// Bytes that prove the way to one value among a million, as the benchmark command counts: five layers of fifteen
/// hashes.
const WAY: u64 = 5 * 15 * 33;
/// What the runtime stores, and this mock does not, of what a verdict reads: the machine, its class, its report, its
/// commitment with the leases of the window, and the length of rounds.
const ELSEWHERE: u64 = 5;
/// 5 % of a block's normal weight, in nanoseconds: 75 % of 0.6 s.
const SHARE: u64 = 22_500_000;
/// So many verdicts have to fit in it.
const VERDICTS: u64 = 64;

/// Has so many machines active agreements of as many terms as there can be.
fn agreements(count: u32) -> TestExternalities {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		// The eighth module.
		Sla::create_module(RuntimeOrigin::root(), module(Metric::LatencyP50, (1, 1_000_000), 8)).unwrap();
		let thresholds = [900_000, 1_000, 1_000, 100_000, 900_000, 100_000, 0, 1_000_000];
		let terms = (0u32..).zip(thresholds).map(|(id, threshold)| term(ModuleId(id), threshold));
		let full = Template { terms: bounded(terms.collect()), ..template() };
		Sla::create_template(RuntimeOrigin::root(), full).unwrap();
		let template = exabits_primitives::TemplateId(1);
		Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, template, None).unwrap();
		Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE)).unwrap();
		for _ in 0..2 * MAX_WINDOW_ROUNDS {
			measured(MACHINE, good());
		}
		let (agreement, standing) = (agreement(MACHINE), Standings::<Test>::get(MACHINE));
		for id in (1_000..).take(count as usize) {
			let id = MachineId(id);
			Agreements::<Test>::insert(id, agreement.clone());
			Standings::<Test>::insert(id, standing.clone());
		}
	});
	ext.commit_all().unwrap();
	ext
}

/// What every term is kept with.
fn kept() -> Measurement {
	Measurement { performance: Some(1_000_000), ..good() }
}

/// The verdict on the next round of the machine, with a report and all values there.
fn verdict() {
	Report::set(Some(Reported::Summary(TelemetrySummary { samples: 1, ..Default::default() })));
	Sla::judge(MACHINE, World::round(), Session::get(), RoundOutcome::Measured(kept()));
}

/// What judging rounds that come to this is charged, in nanoseconds each, with so many leases on the machine.
fn charged(leases: u64, outcome: RoundOutcome, rounds: u64) -> u64 {
	agreements(0).execute_with(|| {
		Report::set(Some(Reported::Summary(TelemetrySummary { samples: 1, ..Default::default() })));
		for id in 0..leases {
			serve(LeaseId(id), MACHINE, Now::get(), LeaseState::Running);
		}
		// All of them in one block.
		let sum = (0..rounds).map(|_| weigh(MACHINE, outcome).ref_time()).sum::<u64>();
		sum / rounds / 1_000
	})
}

/// Reads, writes and bytes of proof of a verdict.
fn accesses(ext: &TestExternalities) -> [u64; 3] {
	let storages: Vec<StorageInfo> = <AllPalletsWithSystem as StorageInfoTrait>::storage_info();
	let recorder = Recorder::<Blake2Hasher>::default();
	let backend = TrieBackendBuilder::wrap(&ext.backend).with_recorder(recorder.clone()).build();
	let mut overlay = OverlayedChanges::default();
	set_and_run_with_externalities(&mut Ext::new(&mut overlay, &backend, None), verdict);
	let ours = |key: &[u8]| {
		storages.iter().find(|info| key.starts_with(&info.prefix)).filter(|info| info.pallet_name == b"Sla")
	};
	let read: Vec<Vec<u8>> = recorder
		.recorded_keys()
		.into_values()
		.flat_map(|keys| keys.into_keys())
		.map(|key| key.to_vec())
		.collect();
	let read: Vec<_> = read.iter().filter_map(|key| ours(key)).collect();
	let written = overlay.changes().filter(|(key, _)| ours(key).is_some()).count() as u64;
	let proof = read.iter().map(|info| {
		let way = if info.max_values == Some(1) { 0 } else { WAY };
		info.max_size.map_or(0, u64::from) + way
	});
	[read.len() as u64, written, proof.sum()]
}

/// The nanoseconds of the quickest of some rounds.
fn time(ext: &TestExternalities) -> u64 {
	let round = |_| {
		let mut overlay = OverlayedChanges::default();
		let mut ext = Ext::new(&mut overlay, &ext.backend, None);
		let begin = Instant::now();
		set_and_run_with_externalities(&mut ext, verdict);
		u64::try_from(begin.elapsed().as_nanos()).unwrap()
	};
	(0..200).map(round).min().unwrap()
}

#[test]
fn a_verdict_reads_and_writes_no_more_among_many_agreements() {
	let [few, many] = [10, 1_000].map(|count| accesses(&agreements(count)));
	assert_eq!(few, many);
	assert_eq!(few[1], 1, "a verdict writes what it found in one place");
}

#[test]
#[ignore = "a benchmark: scripts/bench.sh sla-cost"]
fn a_verdict_costs_no_more_among_many_agreements() {
	println!(
		"{:<12} {:>6} {:>7} {:>13} {:>9} {:>19}",
		"agreements", "reads", "writes", "proof, bytes", "time, µs", "reference time, µs"
	);
	let [few, many] = [1_000u32, 100_000].map(|count| {
		let ext = agreements(count);
		let ([reads, writes, proof], time) = (accesses(&ext), time(&ext));
		let weight = <ParityDbWeight as Get<frame_support::weights::RuntimeDbWeight>>::get();
		let database = weight.reads(reads + ELSEWHERE).ref_time() + weight.writes(writes).ref_time();
		let reference = time + database / 1_000;
		println!(
			"{count:<12} {reads:>6} {writes:>7} {proof:>13} {:>9} {:>19}",
			time / 1_000,
			reference / 1_000
		);
		[reads, writes, proof, reference]
	});
	println!("{:<42} {:>6} {:>12} {:>24}", "verdict", "leases", "charged, µs", "64 of normal weight, %");
	let pass = RoundOutcome::Measured(kept());
	let broken = RoundOutcome::Measured(Measurement { error_rate: Some(111_000), ..kept() });
	let severe = RoundOutcome::Measured(Measurement { availability: 0, ..kept() });
	let shares = [
		("missing", 0, RoundOutcome::Missing, 1),
		("pass", 0, pass, VERDICTS),
		("pass", 1, pass, VERDICTS),
		("pass", 8, pass, 1),
		("first breach", 0, broken, 1),
		("first breach", 1, broken, 1),
		("breach that evacuates or is confirmed", 0, severe, 1),
		("breach that evacuates or is confirmed", 1, severe, 1),
	]
	.map(|(name, leases, outcome, rounds)| {
		let charged = charged(leases, outcome, rounds);
		let share = 5.0 * (VERDICTS * charged) as f64 / SHARE as f64;
		println!("{name:<42} {leases:>6} {:>12} {share:>24.2}", charged / 1_000);
		share
	});
	println!(
		"{:<42} {:>6} {:>12}",
		"what has to be free for one",
		"-",
		Sla::judge_weight().ref_time() / 1_000_000
	);
	let [reads, writes, proof, reference] = [0, 1, 2, 3].map(|n| many[n] as f64 / few[n] as f64);
	let (alone, paid) = (shares[1], shares[2]);
	println!(
		"sla-cost: a verdict among 100,000 agreements costs {reads:.2} x the reads, {writes:.2} x the writes, \
		 {proof:.2} x the proof and {reference:.2} x the reference time of one among 1,000 (at most {:.2} x); \
		 {VERDICTS} that pass on eight terms are charged {alone:.2} % of a block's normal weight (at most 5 %), and {paid:.2} % \
		 when each rewards a lease",
		LIMIT as f64 / 100.0
	);
	for (few, many) in few.into_iter().zip(many) {
		assert!(many * 100 <= few * LIMIT, "more than {LIMIT} % of the cost");
	}
	assert!(alone <= 5.0, "{VERDICTS} verdicts do not fit");
}
