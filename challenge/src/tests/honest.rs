//! An honest prover always passes, and what it computes is fixed.

use super::*;
use crate::query::Sample;
use proptest::prelude::*;
use std::sync::Arc;

fn on(threads: usize) -> CpuEngine {
	let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
	CpuEngine::bounded(Arc::new(pool), u64::MAX)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn passes_at_any_size(
		seeds in any::<([u8; 32], [u8; 32])>(),
		numbers in any::<(u32, u32, u32)>(),
		wide in any::<bool>(),
		window in 2..6_u32,
		more in 0..12_u32,
		nonces in prop::collection::vec(any::<[u8; 32]>(), 1..4),
		threads in 1..3_usize,
	) {
		let n = if wide { 128 } else { 64 };
		let size = Size::new(n, 2 * window + more, u64::from(window * n * n)).unwrap();
		let (machine, device, round) = numbers;
		let challenge = Challenge { session: seeds.0, beacon: seeds.1, machine, device, round, size };
		let mut engine = on(threads);
		let proof = prove(&mut engine, &challenge, &GO).unwrap();
		let queries: Vec<Query> = nonces.into_iter().map(|nonce| Query { nonce }).collect();
		let responses = respond(&mut engine, &proof, &queries, &GO).unwrap();
		for (query, response) in queries.iter().zip(responses) {
			let response = Response::from_bytes(&response.to_bytes(), &size).unwrap();
			prop_assert_eq!(verify(&challenge, &proof.commitment(), in_time(), query, &response), Ok(()));
		}
	}
}

#[test]
fn the_number_of_threads_changes_nothing() {
	let prove = |threads| prove(&mut on(threads), &challenge(), &GO).unwrap();
	assert_eq!(prove(1), prove(3));
}

#[test]
fn the_chain_is_the_one_of_version_1() {
	// Changes only with the protocol's version: implementations for other devices are held against it.
	let commitment = prove(&mut CpuEngine::new(), &challenge(), &GO).unwrap().commitment();
	assert_eq!(
		blake3::Hash::from(commitment.0).to_hex().as_str(),
		"6ee1547c2ed9ab067c54699d04a605f0e7fb2d9611559c469fa19af922e17e5b"
	);
}

#[test]
fn the_chain_follows_its_definition() {
	let (seed, size, n) = (challenge().seed(), size(), N as usize);
	let mut engine = CpuEngine::new();
	let matrix = |key: &[u32; 4]| {
		let mut entries = vec![0; n * n];
		entries.chunks_exact_mut(n).zip(0..).for_each(|(row, index)| derive::matrix_row(key, index, row));
		entries
	};
	let mut key = LinkKey::new(&seed, size, 0, &[0; 32]);
	engine.begin(size, &key).unwrap();
	let mut operand = matrix(key.operand());
	let mut reduced: Vec<Vec<i8>> = Vec::new();
	for link in 0..size.links() {
		engine.multiply(&key).unwrap();
		let b = matrix(key.matrix());
		let product = |at: usize| -> i32 {
			(0..n).map(|k| i32::from(operand[at / n * n + k]) * i32::from(b[k * n + at % n])).sum()
		};
		let result: Vec<i32> = (0..n * n).map(product).collect();
		assert_eq!(engine.parts().1, result);
		let root = engine.root().unwrap();
		key = LinkKey::new(&seed, size, link + 1, &root);
		engine.advance(&key).unwrap();
		reduced.push(result.iter().map(|entry| key.reduce(*entry)).collect());
		for (row, (from, stored)) in key.places(0).enumerate() {
			assert!(from <= link && from + size.window() > link && stored < N);
			for column in 0..n {
				let own = reduced[link as usize][row * n + column];
				operand[row * n + column] =
					own.wrapping_add(reduced[from as usize][stored as usize * n + column]);
			}
		}
		assert_eq!(engine.parts().0, operand);
	}
}

#[test]
fn results_look_random() {
	// An operand whose entries were often the same could be multiplied at less cost.
	let mut least = usize::MAX;
	let mut watch = Cheat::new(|when, _, (operand, ..): Parts<'_>| {
		if when == When::Before {
			let mut values = operand.to_vec();
			values.sort_unstable();
			values.dedup();
			least = least.min(values.len());
		}
	});
	prove(&mut watch, &challenge(), &GO).unwrap();
	assert!(least > 250, "{least} different entries");
}

#[test]
fn places_can_be_read_from_any_row_on() {
	let key = LinkKey::new(&[1; 32], size(), 7, &[2; 32]);
	let all: Vec<_> = key.places(0).collect();
	assert_eq!(all.len(), N as usize);
	for row in 0..N {
		assert_eq!(key.places(row).next(), Some(all[row as usize]));
	}
	assert_eq!(LinkKey::new(&[1; 32], size(), 0, &[0; 32]).places(0).count(), 0);
}

#[test]
fn samples_are_distinct_and_of_the_first_link_always() {
	let commitment = Commitment([9; 32]);
	for number in 0..50 {
		let samples = query(number).samples(&challenge(), &commitment);
		assert_eq!(samples.len(), LINKS);
		assert_eq!(samples[0].link, 0);
		assert!(samples.windows(2).all(|pair| pair[0].link < pair[1].link));
		for Sample { link, rows } in &samples {
			assert!(*link < 24 && rows.len() == ROWS && rows.iter().all(|row| *row < N));
			assert!(rows.windows(2).all(|pair| pair[0] < pair[1]));
		}
		assert_ne!(samples, query(number).samples(&challenge(), &Commitment([8; 32])));
		assert_ne!(samples, query(number + 1).samples(&challenge(), &commitment));
	}
	let short = Size::new(N, 4, 2 * u64::from(N * N)).unwrap();
	let samples = query(0).samples(&Challenge { size: short, ..challenge() }, &commitment);
	assert_eq!(samples.iter().map(|sample| sample.link).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[test]
fn sizes_are_bounded() {
	let square = |n: u32| u64::from(n) * u64::from(n);
	assert_eq!(Size::new(96, 4, 2 * square(96)), Err(SizeError::Rows(96)));
	assert_eq!(Size::new(32, 4, 2 * square(32)), Err(SizeError::Rows(32)));
	assert_eq!(Size::new(65_536, 4, 2 * square(65_536)), Err(SizeError::Rows(65_536)));
	assert_eq!(Size::new(64, 4, square(64)), Err(SizeError::Memory(square(64))));
	assert_eq!(Size::new(64, 4, 2 * square(64) + 1), Err(SizeError::Memory(2 * square(64) + 1)));
	assert_eq!(Size::new(64, 3, 2 * square(64)), Err(SizeError::Links(3)));
	assert_eq!(Size::new(64, 16_385, 8192 * square(64)), Err(SizeError::Links(16_385)));
	assert_eq!(Size::new(64, 17, 2 * square(64)), Err(SizeError::Links(17)));
	assert!(Size::new(64, 4, 2 * square(64)).is_ok());
	assert!(Size::new(64, 16, 2 * square(64)).is_ok());
	assert!(Size::new(32_768, 16_384, 8192 * square(32_768)).is_ok());
	let dev = Size::DEVELOPMENT;
	assert_eq!(Size::new(dev.n(), dev.links(), dev.memory()), Ok(dev));
}

#[test]
fn a_class_sets_the_size() {
	// 80 GiB and 6 · 10¹⁴ multiply-adds in a second.
	let (memory, products, time) = (80 << 30, 600_000_000_000_000, Duration::from_secs(10));
	let size = Size::for_class(16_384, memory, products, time).unwrap();
	assert!(size.memory() * 4 >= memory * 3 && size.memory() * 4 < memory * 3 + 4 * size.entries());
	assert!(size.products() >= 10 * u128::from(products));
	assert!(size.links() >= 2 * size.window());
	// Smaller matrices would make a chain so long that it could be cut into parts.
	let smaller = Size::for_class(8_192, memory, products, time);
	assert!(matches!(smaller, Err(SizeError::Links(_))));
	// Little work for much memory: the chain goes over the memory twice all the same.
	let size = Size::for_class(64, 1 << 20, 1, time).unwrap();
	assert_eq!(size.links(), 2 * size.window());
	assert!(Size::for_class(64, u64::MAX, 1, time).is_err());
	assert!(Size::for_class(64, 1 << 20, u64::MAX, Duration::MAX).is_err());
	assert_eq!(Size::for_class(0, 1, 1, time), Err(SizeError::Rows(0)));
}

#[test]
fn performance_is_relative_to_the_class() {
	let seconds = Duration::from_secs;
	assert_eq!(performance(seconds(10), seconds(10)), 1_000_000);
	assert_eq!(performance(seconds(10), seconds(20)), 500_000);
	assert_eq!(performance(seconds(10), seconds(8)), 1_250_000);
	assert_eq!(performance(seconds(10), Duration::ZERO), u32::MAX);
	assert_eq!(performance(Duration::MAX, seconds(1)), u32::MAX);
}

#[test]
fn a_prover_can_be_stopped() {
	let stop = AtomicBool::new(true);
	let mut engine = CpuEngine::new();
	assert_eq!(prove(&mut engine, &challenge(), &stop), Err(EngineError::Stopped));
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	assert_eq!(respond(&mut engine, &proof, &[query(1)], &stop), Err(EngineError::Stopped));
	// Nothing is kept when it is over.
	assert!(engine.root().is_err());
}

#[test]
fn a_device_that_is_not_deterministic_is_told() {
	let mut runs = 0;
	let mut engine = results(move |link, result| {
		runs += u32::from(link == 0);
		result[0] += i32::from(runs == 2);
	});
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	assert_eq!(respond(&mut engine, &proof, &[query(1)], &GO), Err(EngineError::Diverged(0)));
}
