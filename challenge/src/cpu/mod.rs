//! The chain on the processor's cores.

mod product;

use crate::{
	derive::{matrix_row, LinkKey},
	merkle::leaf,
	simd::vectorised,
	Engine, EngineError, Hash, RowOpening, Size, Tree,
};
use product::{multiply, pack, Pairs};
use rayon::prelude::*;
use std::sync::Arc;

/// Computes the chain on a pool of threads.
pub struct CpuEngine {
	pool: Option<Arc<rayon::ThreadPool>>,
	memory_limit: u64,
	chain: Option<Chain>,
}

impl CpuEngine {
	/// On all cores, with no limit but the system's.
	pub fn new() -> Self {
		Self { pool: None, memory_limit: u64::MAX, chain: None }
	}

	/// On a pool of its own, and in at most `memory_limit` bytes.
	pub fn bounded(pool: Arc<rayon::ThreadPool>, memory_limit: u64) -> Self {
		Self { pool: Some(pool), memory_limit, chain: None }
	}

	/// The bytes that a chain of `size` takes here: the results in memory, the operand, the matrix in panels of 16
	/// bits, the result of 32 bits, and its tree.
	pub fn footprint(size: &Size) -> u64 {
		size.memory() + 7 * size.entries() + 64 * u64::from(size.n())
	}

	/// What a cheat tampers with: the operand, the result, and the stored rows.
	#[cfg(test)]
	pub(crate) fn parts(&mut self) -> (&mut [i8], &mut [i32], &mut [i8]) {
		let chain = self.chain.as_mut().expect("a chain has begun");
		(&mut chain.operand, &mut chain.result, &mut chain.stored)
	}

	fn run<R: Send>(&mut self, f: impl FnOnce(&mut Chain) -> R + Send) -> Result<R, EngineError> {
		let chain = self.chain.as_mut().ok_or_else(|| EngineError::Device("no chain has begun".into()))?;
		Ok(match &self.pool {
			Some(pool) => pool.install(|| f(chain)),
			None => f(chain),
		})
	}
}

impl Default for CpuEngine {
	fn default() -> Self {
		Self::new()
	}
}

impl Engine for CpuEngine {
	fn begin(&mut self, size: Size, first: &LinkKey) -> Result<(), EngineError> {
		self.chain = None;
		let needed = Self::footprint(&size);
		if needed > self.memory_limit {
			return Err(EngineError::Memory { needed });
		}
		self.chain = Some(Chain::new(size).ok_or(EngineError::Memory { needed })?);
		self.run(|chain| chain.first_operand(first))
	}

	fn multiply(&mut self, key: &LinkKey) -> Result<(), EngineError> {
		self.run(|chain| {
			pack(key.matrix(), chain.n, &mut chain.panels);
			multiply(&chain.operand, &chain.panels, chain.n, &mut chain.result);
		})
	}

	fn root(&mut self) -> Result<Hash, EngineError> {
		self.run(Chain::root)
	}

	fn open(&mut self, rows: &[u32]) -> Result<Vec<RowOpening>, EngineError> {
		self.run(|chain| chain.open(rows))
	}

	fn advance(&mut self, next: &LinkKey) -> Result<(), EngineError> {
		self.run(|chain| chain.advance(next))
	}

	fn end(&mut self) {
		self.chain = None;
	}
}

/// The chain under way.
struct Chain {
	n: usize,
	window: u32,
	/// The left side of the next product, row-major.
	operand: Vec<i8>,
	panels: Vec<Pairs>,
	result: Vec<i32>,
	tree: Tree,
	/// Reduced results: that of link `i` at `i % window`.
	stored: Vec<i8>,
}

impl Chain {
	/// Nothing where there is not enough memory.
	fn new(size: Size) -> Option<Self> {
		let entries = usize::try_from(size.entries()).ok()?;
		let n = size.n() as usize;
		Some(Self {
			n,
			window: size.window(),
			operand: zeros(entries)?,
			panels: zeros(entries / 32)?,
			result: zeros(entries)?,
			tree: Tree::default(),
			stored: zeros(usize::try_from(size.memory()).ok()?)?,
		})
	}

	fn first_operand(&mut self, first: &LinkKey) {
		self.operand
			.par_chunks_mut(self.n)
			.zip(0..self.n as u32)
			.for_each(|(row, index)| vectorised(|| matrix_row(first.operand(), index, row)));
	}

	fn root(&mut self) -> Hash {
		let leaves = self.result.par_chunks(self.n).map_init(Vec::new, |buffer, row| leaf(row, buffer));
		self.tree = Tree::new(leaves.collect());
		self.tree.root()
	}

	fn open(&self, rows: &[u32]) -> Vec<RowOpening> {
		let open = |&row: &u32| {
			let row = row as usize;
			let entries = self.result[row * self.n..(row + 1) * self.n].to_vec();
			RowOpening { entries, path: self.tree.path(row) }
		};
		rows.iter().map(open).collect()
	}

	fn advance(&mut self, next: &LinkKey) {
		let (n, window) = (self.n, self.window);
		let matrix = n * n;
		let slot = |link: u32| (link % window) as usize * matrix;
		let now = slot(next.link() - 1);
		let reduced = self.stored[now..now + matrix].par_chunks_mut(n);
		reduced.zip(self.result.par_chunks(n)).for_each(|(to, from)| {
			vectorised(|| to.iter_mut().zip(from).for_each(|(to, from)| *to = next.reduce(*from)))
		});
		let places: Vec<_> = next.places(0).collect();
		let stored = &self.stored;
		let rows = self.operand.par_chunks_mut(n).zip(stored[now..now + matrix].par_chunks(n));
		rows.zip(places).for_each(|((to, reduced), (link, row))| {
			let from = slot(link) + row as usize * n;
			for ((to, reduced), stored) in to.iter_mut().zip(reduced).zip(&stored[from..from + n]) {
				*to = reduced.wrapping_add(*stored);
			}
		});
	}
}

/// Zeros, or nothing where there is not enough memory.
fn zeros<T: Clone + Default>(length: usize) -> Option<Vec<T>> {
	let mut zeros = Vec::new();
	zeros.try_reserve_exact(length).ok()?;
	zeros.resize(length, T::default());
	Some(zeros)
}
