//! What a prover opens.

use crate::{
	query::{LINKS, ROWS},
	DecodeError, Hash, Size,
};

/// A row of a link's result, opened against the link's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOpening {
	/// The entries.
	pub entries: Vec<i32>,
	/// The hashes beside the way to the root, lowest first.
	pub path: Vec<Hash>,
}

/// The answer to a query.
///
/// For each sampled row three rows are opened: its own, the same row of the link before, and the stored row that went
/// into the operand; for the first link its own only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
	/// The Merkle roots of all links.
	pub roots: Vec<Hash>,
	/// The rows, in the order of the query's samples.
	pub rows: Vec<RowOpening>,
}

impl Response {
	/// The number of rows that a response for this size opens.
	pub fn rows(size: &Size) -> usize {
		let others = (LINKS - 1).min(size.links() as usize - 1);
		ROWS * (1 + 3 * others)
	}

	/// The bytes of a response for this size: exactly so many.
	pub fn bytes(size: &Size) -> usize {
		32 * size.links() as usize + Self::rows(size) * row_bytes(size)
	}

	/// The encoding: all roots, then of each row its entries, little-endian, and its path.
	pub fn to_bytes(&self) -> Vec<u8> {
		let row = self.rows.first().map_or(0, |row| 4 * row.entries.len() + 32 * row.path.len());
		let mut bytes = Vec::with_capacity(32 * self.roots.len() + self.rows.len() * row);
		bytes.extend(self.roots.as_flattened());
		for row in &self.rows {
			bytes.extend(row.entries.iter().flat_map(|entry| entry.to_le_bytes()));
			bytes.extend(row.path.as_flattened());
		}
		bytes
	}

	/// The response that `bytes` encodes, for a challenge of this size. Nothing is taken before the length is right.
	pub fn from_bytes(bytes: &[u8], size: &Size) -> Result<Self, DecodeError> {
		if bytes.len() != Self::bytes(size) {
			return Err(DecodeError::Length { expected: Self::bytes(size), found: bytes.len() });
		}
		let (roots, rows) = bytes.split_at(32 * size.links() as usize);
		let row = |row: &[u8]| {
			let (entries, path) = row.split_at(4 * size.n() as usize);
			let entries = entries.as_chunks().0.iter().map(|bytes| i32::from_le_bytes(*bytes)).collect();
			RowOpening { entries, path: path.as_chunks().0.to_vec() }
		};
		let rows = rows.chunks_exact(row_bytes(size)).map(row).collect();
		Ok(Self { roots: roots.as_chunks().0.to_vec(), rows })
	}
}

fn row_bytes(size: &Size) -> usize {
	4 * size.n() as usize + 32 * size.depth()
}
