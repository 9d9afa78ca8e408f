//! An honest prover passes; each way to cheat is found. Sizes are small, and nonces fixed, so that what is left to
//! chance comes out the same each time.

mod cheats;
mod cuda;
mod encoding;
mod honest;
mod machines;
mod memory;

use crate::{derive::LinkKey, *};
use std::{sync::atomic::AtomicBool, time::Duration};

const N: u32 = 64;
static GO: AtomicBool = AtomicBool::new(false);

fn size() -> Size {
	Size::new(N, 24, 4 * u64::from(N * N)).unwrap()
}

fn challenge() -> Challenge {
	Challenge { session: [1; 32], beacon: [2; 32], machine: 3, device: 4, round: 5, size: size() }
}

fn query(number: u8) -> Query {
	Query { nonce: [number; 32] }
}

fn in_time() -> Timing {
	Timing { elapsed: Duration::from_secs(1), limit: Duration::from_secs(1) }
}

/// Runs both sides.
fn exchange<E: Engine>(engine: &mut E, challenge: &Challenge, query: &Query) -> Result<(), Rejection> {
	let proof = prove(engine, challenge, &GO).unwrap();
	let response = respond(engine, &proof, &[*query], &GO).unwrap().remove(0);
	verify(challenge, &proof.commitment(), in_time(), query, &response)
}

/// A device that cheats: does `f` to link, operand, result and stored rows after each product, and before each.
struct Cheat<F> {
	inner: CpuEngine,
	f: F,
}

/// Operand, result and stored rows.
type Parts<'a> = (&'a mut [i8], &'a mut [i32], &'a mut [i8]);

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
	Before,
	After,
}

impl<F: FnMut(When, u32, Parts<'_>)> Cheat<F> {
	fn new(f: F) -> Self {
		Self { inner: CpuEngine::new(), f }
	}
}

impl<F: FnMut(When, u32, Parts<'_>)> Engine for Cheat<F> {
	fn begin(&mut self, size: Size, first: &LinkKey) -> Result<(), EngineError> {
		self.inner.begin(size, first)
	}

	fn multiply(&mut self, key: &LinkKey) -> Result<(), EngineError> {
		(self.f)(When::Before, key.link(), self.inner.parts());
		self.inner.multiply(key)?;
		(self.f)(When::After, key.link(), self.inner.parts());
		Ok(())
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

/// A device that changes results only.
fn results(mut f: impl FnMut(u32, &mut [i32])) -> Cheat<impl FnMut(When, u32, Parts<'_>)> {
	Cheat::new(move |when, link, (_, result, _): Parts<'_>| {
		if when == When::After {
			f(link, result)
		}
	})
}
