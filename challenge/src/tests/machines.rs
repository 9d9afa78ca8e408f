//! Results of other challenges, and one device for two machines.

use super::*;
use std::{cell::RefCell, sync::Arc, time::Instant};

/// All challenges that differ from `challenge()` in one thing.
fn others() -> Vec<Challenge> {
	let base = challenge();
	vec![
		Challenge { session: [9; 32], ..base },
		Challenge { beacon: [9; 32], ..base },
		Challenge { machine: 9, ..base },
		Challenge { device: 9, ..base },
		Challenge { round: 9, ..base },
		Challenge { size: Size::new(N, 25, base.size.memory()).unwrap(), ..base },
	]
}

/// A device that computes the chain of another challenge than it is asked.
struct Replay {
	inner: CpuEngine,
	seed: Hash,
	root: Hash,
}

impl Replay {
	fn key(&self, key: &LinkKey) -> LinkKey {
		LinkKey::new(&self.seed, size(), key.link(), &self.root)
	}
}

impl Engine for Replay {
	fn begin(&mut self, size: Size, first: &LinkKey) -> Result<(), EngineError> {
		self.inner.begin(size, &self.key(first))
	}

	fn multiply(&mut self, key: &LinkKey) -> Result<(), EngineError> {
		self.inner.multiply(&self.key(key))?;
		self.root = self.inner.root()?;
		Ok(())
	}

	fn root(&mut self) -> Result<Hash, EngineError> {
		self.inner.root()
	}

	fn open(&mut self, rows: &[u32]) -> Result<Vec<RowOpening>, EngineError> {
		self.inner.open(rows)
	}

	fn advance(&mut self, next: &LinkKey) -> Result<(), EngineError> {
		self.inner.advance(&self.key(next))
	}

	fn end(&mut self) {
		self.inner.end()
	}
}

#[test]
fn results_of_another_challenge_do_not_pass() {
	let proof = prove(&mut CpuEngine::new(), &challenge(), &GO).unwrap();
	let response = respond(&mut CpuEngine::new(), &proof, &[query(1)], &GO).unwrap().remove(0);
	for other in others() {
		// As they are.
		let found = verify(&other, &proof.commitment(), in_time(), &query(1), &response);
		let expected = if other.size == size() { Rejection::Roots } else { Rejection::Shape };
		assert_eq!(found, Err(expected));
		// Committed anew: the same roots under the other challenge's seed.
		if other.size == size() {
			let mut replay = Replay { inner: CpuEngine::new(), seed: challenge().seed(), root: [0; 32] };
			let replayed = prove(&mut replay, &other, &GO).unwrap();
			assert_eq!(Commitment::new(&challenge(), &response.roots), proof.commitment());
			assert_eq!(Commitment::new(&other, &response.roots), replayed.commitment());
			let found = exchange(&mut replay, &other, &query(1));
			assert!(matches!(found, Err(Rejection::Product { link: 0, .. })));
		}
	}
}

#[test]
fn no_two_challenges_have_a_result_in_common() {
	let proofs: Vec<_> = std::iter::once(challenge())
		.chain(others())
		.map(|challenge| prove(&mut CpuEngine::new(), &challenge, &GO).unwrap().commitment())
		.collect();
	for (index, proof) in proofs.iter().enumerate() {
		assert!(proofs[index + 1..].iter().all(|other| other != proof));
	}
}

/// A device whose clock is its work: one unit of time for each product.
struct Metered<'a> {
	inner: CpuEngine,
	clock: &'a RefCell<Duration>,
}

const PRODUCT: Duration = Duration::from_millis(1);

impl Engine for Metered<'_> {
	fn begin(&mut self, size: Size, first: &LinkKey) -> Result<(), EngineError> {
		self.inner.begin(size, first)
	}

	fn multiply(&mut self, key: &LinkKey) -> Result<(), EngineError> {
		*self.clock.borrow_mut() += PRODUCT;
		self.inner.multiply(key)
	}

	fn root(&mut self) -> Result<Hash, EngineError> {
		self.inner.root()
	}

	fn open(&mut self, rows: &[u32]) -> Result<Vec<RowOpening>, EngineError> {
		self.inner.open(rows)
	}

	fn advance(&mut self, next: &LinkKey) -> Result<(), EngineError> {
		self.inner.advance(next)
	}

	fn end(&mut self) {
		self.inner.end()
	}
}

#[test]
fn one_device_for_two_machines_is_late() {
	// The class allows half as much again as its devices need; time is counted in products, so that the test
	// does not depend on what else this computer does.
	let limit = PRODUCT * size().links() * 3 / 2;
	let clock = RefCell::new(Duration::ZERO);
	let mut device = Metered { inner: CpuEngine::new(), clock: &clock };
	let machines = [challenge(), Challenge { machine: 9, ..challenge() }];
	let mut timed = Vec::new();
	for machine in machines {
		let proof = prove(&mut device, &machine, &GO).unwrap();
		timed.push((proof, Timing { elapsed: *clock.borrow(), limit }));
	}
	let mut found = Vec::new();
	for (proof, timing) in timed {
		let response = respond(&mut device, &proof, &[query(1)], &GO).unwrap().remove(0);
		found.push(verify(proof.challenge(), &proof.commitment(), timing, &query(1), &response));
	}
	let late = Timing { elapsed: PRODUCT * size().links() * 2, limit };
	assert_eq!(found, [Ok(()), Err(Rejection::Late(late))]);
}

#[test]
fn one_processor_takes_twice_as_long_for_two_machines() {
	// By the clock: whatever else runs, both together take at least twice what the quicker one took.
	let size = Size::new(128, 64, 32 * 128 * 128).unwrap();
	let mut engine = CpuEngine::new();
	let began = Instant::now();
	let mut prove = |machine| {
		let from = began.elapsed();
		prove(&mut engine, &Challenge { machine, size, ..challenge() }, &GO).unwrap();
		(began.elapsed() - from, began.elapsed())
	};
	let (first, second) = (prove(1), prove(2));
	let limit = first.0.min(second.0) * 3 / 2;
	assert!(second.1 > limit);
}

#[test]
fn two_challenges_do_not_fit_into_one_device() {
	// Results alone fill three quarters of the memory, so a second chain finds no room beside the first.
	let device_memory = size().memory() / 3 * 4;
	assert!(CpuEngine::footprint(&size()) + size().memory() > device_memory);
	let pool = Arc::new(rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap());
	let needed = CpuEngine::footprint(&size());
	let bounded = |limit| prove(&mut CpuEngine::bounded(pool.clone(), limit), &challenge(), &GO);
	assert_eq!(bounded(needed - 1), Err(EngineError::Memory { needed }));
	assert!(bounded(needed).is_ok());
}
