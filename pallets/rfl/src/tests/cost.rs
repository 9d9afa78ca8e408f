//! What one placement costs among 1,000 and among 100,000 machines.

use crate::{mock::*, *};
use exabits_math::placement::{DeviceDemand, Room};
use exabits_primitives::{keys::machine, LeaseRequest, MachineId, MachineState, MilliDevices};
use frame_support::traits::{StorageInfo, StorageInfoTrait};
use sp_core::Blake2Hasher;
use sp_externalities::set_and_run_with_externalities;
use sp_io::TestExternalities;
use sp_state_machine::{Ext, OverlayedChanges, TrieBackendBuilder};
use sp_trie::{
	cache::{CacheSize, SharedTrieCache},
	recorder::Recorder,
};
use std::time::Instant;

/// By how much the cost may grow with a hundredfold of machines, in percent.
const LIMIT: u64 = 120;
/// Placements that are measured, each on the same state.
const PLACEMENTS: u32 = 240;
/// Times that each placement is timed.
const ROUNDS: usize = 40;
const DEVICES: u32 = 8;
/// Bytes that prove the way to one value among a million, as the benchmark command counts: five layers of fifteen
/// hashes.
const WAY: u64 = 5 * 15 * 33;

/// Machines with eight devices each, online and committed to one UTC, as leases of whole devices, halves and quarters
/// leave them: none to all devices free, and none to three quarters of another.
fn state(machines: u32) -> TestExternalities {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		Rfl::create_class(RuntimeOrigin::root(), class()).unwrap();
		for id in 0..machines {
			let machine = MachineId(id);
			let record = Machine {
				owner: u64::from(id) / 10,
				class: CLASS,
				devices: DEVICES,
				vcpus: 8 * DEVICES,
				memory_mib: 1_024 * DEVICES,
				key: machine::Id::from(sp_core::sr25519::Public::from_raw([1; 32])),
				endpoint: endpoint(),
				state: MachineState::Online,
				registered_in: 0,
				reserved: BOND,
				open: 1,
				utilisation: Utilisation::default(),
			};
			// A multiplicative hash, so that neighbours have different shapes.
			let shape = id.wrapping_mul(2_654_435_761) >> 16;
			let (whole, part) = (shape % 9, if shape % 9 < DEVICES { shape / 9 % 4 * 250 } else { 0 });
			let mut free = vec![1_000u16; whole as usize];
			free.push(part as u16);
			free.truncate(DEVICES as usize);
			let total = whole * 1_000 + part;
			let room = Room::new(8 * total, 1_024 * total / 1_000, &free).unwrap();
			Machines::<Test>::insert(machine, record);
			Commitments::<Test>::insert(
				machine,
				utc().window,
				Commitment {
					template: TEMPLATE,
					devices: DEVICES,
					room,
					leases: Default::default(),
					rejected: Default::default(),
					closed_at: None,
					served: 0,
					closes_at: START + CLOSE,
				},
			);
			Rfl::enter(utc(), machine, room).unwrap();
		}
		Typicals::<Test>::mutate(CLASS, |typical| {
			for milli in [125, 250, 500, 1_000, 2_000, 4_000, 8_000] {
				let demand = class().demand(MilliDevices(milli)).unwrap();
				assert!(demand.devices != DeviceDemand::None);
				typical.note(&demand, 1_000);
			}
		});
	});
	ext.commit_all().unwrap();
	ext
}

fn wish(n: u32) -> LeaseRequest<AccountId> {
	request([125, 250, 500, 1_000, 2_000, 4_000][n as usize % 6], Some(MachineId(n)))
}

fn place_one(n: u32) {
	<Rfl as exabits_primitives::Leases<AccountId>>::place(wish(n)).expect("there is room");
}

/// Sums over all placements: reads, writes, and bytes of proof.
fn count(ext: &TestExternalities) -> [u64; 3] {
	let storages: Vec<StorageInfo> =
		Rfl::storage_info().into_iter().filter(|info| info.pallet_name == b"Rfl").collect();
	let find = |key: &[u8]| storages.iter().find(|info| key.starts_with(&info.prefix));
	let [mut reads, mut writes, mut proof] = [0u64; 3];
	for n in 0..PLACEMENTS {
		let recorder = Recorder::<Blake2Hasher>::default();
		let backend = TrieBackendBuilder::wrap(&ext.backend).with_recorder(recorder.clone()).build();
		let mut overlay = OverlayedChanges::default();
		set_and_run_with_externalities(&mut Ext::new(&mut overlay, &backend, None), || place_one(n));
		for key in recorder.recorded_keys().into_values().flat_map(|keys| keys.into_keys()) {
			let Some(info) = find(&key) else { continue };
			let way = if info.max_values == Some(1) { 0 } else { WAY };
			reads += 1;
			proof += u64::from(info.max_size.expect("all storage is bounded")) + way;
		}
		writes += overlay.changes().filter(|(key, _)| find(key).is_some()).count() as u64;
	}
	[reads, writes, proof]
}

/// The nanoseconds of all placements on each state, with a node's cache, since reads are counted by themselves. The
/// states take turns and each placement's quickest round counts, since others use the processor as well.
fn time(states: [&TestExternalities; 2]) -> [u64; 2] {
	let caches = states
		.map(|_| SharedTrieCache::<Blake2Hasher>::new(CacheSize::new(64 << 20), None).local_cache_trusted());
	let mut quickest = [[u64::MAX; PLACEMENTS as usize]; 2];
	for round in 0..ROUNDS * 2 {
		let state = round % 2;
		let backend = TrieBackendBuilder::wrap(&states[state].backend).with_cache(&caches[state]).build();
		for (n, best) in quickest[state].iter_mut().enumerate() {
			let mut overlay = OverlayedChanges::default();
			let mut ext = Ext::new(&mut overlay, &backend, None);
			let begin = Instant::now();
			set_and_run_with_externalities(&mut ext, || place_one(n as u32));
			*best = begin.elapsed().as_nanos().min((*best).into()) as u64;
		}
	}
	quickest.map(|times| times.into_iter().sum())
}

#[test]
#[ignore = "a benchmark: scripts/bench.sh placement-cost"]
fn a_placement_costs_no_more_among_many_machines() {
	let states = [state(1_000), state(100_000)];
	let times = time([&states[0], &states[1]]);
	let [few, many] = [0, 1].map(|n| {
		let [reads, writes, proof] = count(&states[n]);
		[reads, writes, proof, times[n]]
	});
	println!("{:<12} {:>10} {:>10} {:>14} {:>12}", "machines", "reads", "writes", "proof, bytes", "time, µs");
	for (machines, [reads, writes, proof, time]) in [("1,000", few), ("100,000", many)] {
		let mean = |sum: u64| sum as f64 / f64::from(PLACEMENTS);
		println!(
			"{machines:<12} {:>10.1} {:>10.1} {:>14.0} {:>12.1}",
			mean(reads),
			mean(writes),
			mean(proof),
			mean(time) / 1_000.0
		);
	}
	let ratios = [0, 1, 2, 3].map(|n| many[n] as f64 / few[n] as f64);
	let [reads, writes, proof, time] = ratios;
	println!(
		"placement-cost: 100,000 machines cost {reads:.2} x the reads, {writes:.2} x the writes, {proof:.2} x the \
		 proof and {time:.2} x the time of 1,000 (at most {:.2} x)",
		LIMIT as f64 / 100.0
	);
	for (few, many) in few.into_iter().zip(many) {
		assert!(many * 100 <= few * LIMIT, "more than {LIMIT} % of the cost");
	}
}
