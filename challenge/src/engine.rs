//! What computes the chain.

use crate::{derive::LinkKey, Hash, RowOpening, Size};

/// A device that computes the chain, one link after the other. All large data stays with it, so that an
/// implementation for a GPU keeps operands, results and stored rows in the device's memory.
///
/// For each link: [`multiply`](Self::multiply), then [`root`](Self::root), then [`advance`](Self::advance) with the key
/// of the next link.
pub trait Engine {
	/// Takes memory for a chain of `size` and makes the first operand: the matrix with `first.operand()`.
	fn begin(&mut self, size: Size, first: &LinkKey) -> Result<(), EngineError>;

	/// Multiplies the operand with the matrix with `key.matrix()`: entries of 8 bits with sign, sums of 32 bits.
	fn multiply(&mut self, key: &LinkKey) -> Result<(), EngineError>;

	/// The root of the Merkle tree over the rows of the result.
	fn root(&mut self) -> Result<Hash, EngineError>;

	/// Opens rows of the result against the root that was given last.
	fn open(&mut self, rows: &[u32]) -> Result<Vec<RowOpening>, EngineError>;

	/// Reduces the result by `next.reduce`, stores it in place of the one that left the window, and makes the next
	/// operand: each row is the row reduced now plus the row at its place in `next.places(0)`, wrapping in 8 bits.
	fn advance(&mut self, next: &LinkKey) -> Result<(), EngineError>;

	/// Gives the memory back.
	fn end(&mut self);
}

/// Why a device did not compute the chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
	/// Not enough memory.
	#[error("the challenge needs {needed} bytes")]
	Memory {
		/// Bytes that it needs, with what the device works in.
		needed: u64,
	},
	/// It was told to stop.
	#[error("stopped")]
	Stopped,
	/// The device computed something else the second time.
	#[error("link {0} came out differently the second time")]
	Diverged(u32),
	/// The device failed.
	#[error("the device failed: {0}")]
	Device(String),
}
