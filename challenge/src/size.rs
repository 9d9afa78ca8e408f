//! How large a challenge is.

use std::time::Duration;

/// The most links of a chain.
const MAX_LINKS: u32 = 16_384;
/// The smallest and largest rows and columns of a matrix.
const MIN_N: u32 = 64;
const MAX_N: u32 = 32_768;

/// How large a challenge is, set by the class of the device. Only sizes that can be proved and verified exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
	n: u32,
	links: u32,
	window: u32,
}

/// Why there is no such size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
	/// `n` is no power of two between 64 and 32,768.
	#[error("matrices of {0} rows: must be a power of two from {MIN_N} to {MAX_N}")]
	Rows(u32),
	/// The memory is no whole number of at least two matrices of n² bytes.
	#[error("{0} bytes of memory: must be whole matrices of n² bytes, and at least two")]
	Memory(u64),
	/// There are less than twice or more than eight times as many links as matrices in memory, or more than 16,384.
	#[error("{0} links: must be twice to eight times the matrices in memory, and at most {MAX_LINKS}")]
	Links(u32),
}

impl Size {
	/// For a development network's CPU class: matrices of 512 rows, 128 links, 16 MiB.
	pub const DEVELOPMENT: Self = Self { n: 512, links: 128, window: 64 };

	/// Matrices of `n` × `n`, a chain of `links` products, and `memory` bytes of results that have to be at hand.
	///
	/// There are at least twice as many links as results in memory, so that all of it is needed for half of the
	/// chain or more, and at most eight times as many: who wants to compute two parts of the chain at once has to make
	/// up as many results as are in memory, and those should not be few among all.
	pub fn new(n: u32, links: u32, memory: u64) -> Result<Self, SizeError> {
		if !n.is_power_of_two() || !(MIN_N..=MAX_N).contains(&n) {
			return Err(SizeError::Rows(n));
		}
		let matrix = u64::from(n) * u64::from(n);
		let window = u32::try_from(memory / matrix).map_err(|_| SizeError::Memory(memory))?;
		if !memory.is_multiple_of(matrix) || window < 2 {
			return Err(SizeError::Memory(memory));
		}
		if links > MAX_LINKS || links / 2 < window || links.div_ceil(8) > window {
			return Err(SizeError::Links(links));
		}
		Ok(Self { n, links, window })
	}

	/// The size for a class: at least 75 % of `device_memory` bytes hold results, and a device that does
	/// `products` multiply-adds of int8 in a second works for at least `time`. Where that makes too many links, `n` is
	/// too small for the class.
	pub fn for_class(n: u32, device_memory: u64, products: u64, time: Duration) -> Result<Self, SizeError> {
		let matrix = u128::from(n) * u128::from(n);
		let window = (u128::from(device_memory) * 3).div_ceil(4 * matrix.max(1)).max(2);
		let work = u128::from(products).saturating_mul(time.as_micros());
		let links = work.div_ceil(1_000_000 * (matrix * u128::from(n)).max(1)).max(window * 2);
		let memory = u64::try_from(window * matrix).map_err(|_| SizeError::Memory(device_memory))?;
		Self::new(n, u32::try_from(links).map_err(|_| SizeError::Links(u32::MAX))?, memory)
	}

	/// Rows and columns of a matrix.
	pub fn n(&self) -> u32 {
		self.n
	}

	/// Products in the chain.
	pub fn links(&self) -> u32 {
		self.links
	}

	/// Results that have to be at hand.
	pub fn window(&self) -> u32 {
		self.window
	}

	/// Bytes of results that have to be at hand; a device needs some n² more to work in.
	pub fn memory(&self) -> u64 {
		u64::from(self.window) * self.entries()
	}

	/// Multiply-adds of the whole chain.
	pub fn products(&self) -> u128 {
		u128::from(self.links) * u128::from(self.entries()) * u128::from(self.n)
	}

	/// Entries of a matrix.
	pub(crate) fn entries(&self) -> u64 {
		u64::from(self.n) * u64::from(self.n)
	}

	/// The number of hashes from a row to the root.
	pub(crate) fn depth(&self) -> usize {
		self.n.trailing_zeros() as usize
	}
}
