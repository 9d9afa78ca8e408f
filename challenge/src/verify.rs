//! The verifier.

use crate::{
	derive::{matrix_row, LinkKey},
	freivalds::{agrees, matrix_times},
	merkle::{climb, leaf},
	query::{opened, Place},
	Challenge, Commitment, Query, Response, RowOpening,
};
use std::time::Duration;

/// How long a prover took and may take, by the verifier's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
	/// From when the beacon was public to when the commitment had arrived.
	pub elapsed: Duration,
	/// The most that counts as in time.
	pub limit: Duration,
}

/// Why a prover has not passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
	/// The commitment came after the limit.
	#[error("committed after {:?}, {:?} are allowed", .0.elapsed, .0.limit)]
	Late(Timing),
	/// The response has not as many roots, rows, entries or hashes as it must.
	#[error("the response has not the shape that the challenge asks")]
	Shape,
	/// The roots are not those that were committed.
	#[error("the roots are not those that were committed")]
	Roots,
	/// A row is not under its link's root.
	#[error("row {row} of link {link} is not the one that was committed")]
	Opening {
		/// The link.
		link: u32,
		/// The row.
		row: u32,
	},
	/// A row of a result is not the product.
	#[error("row {row} of link {link} is not the product")]
	Product {
		/// The link.
		link: u32,
		/// The row.
		row: u32,
	},
}

/// Verifies a response to this verifier's own query: the time, the commitment, every opened row, and every sampled row
/// against its product. The nonce must have been chosen at random after the commitment arrived.
pub fn verify(
	challenge: &Challenge,
	commitment: &Commitment,
	timing: Timing,
	query: &Query,
	response: &Response,
) -> Result<(), Rejection> {
	if timing.elapsed > timing.limit {
		return Err(Rejection::Late(timing));
	}
	let size = challenge.size;
	let n = size.n() as usize;
	let fits = |row: &RowOpening| row.entries.len() == n && row.path.len() == size.depth();
	if response.roots.len() != size.links() as usize
		|| response.rows.len() != Response::rows(&size)
		|| !response.rows.iter().all(fits)
	{
		return Err(Rejection::Shape);
	}
	if Commitment::new(challenge, &response.roots) != *commitment {
		return Err(Rejection::Roots);
	}
	let samples = query.samples(challenge, commitment);
	let places = opened(challenge, &response.roots, &samples);
	let mut buffer = Vec::new();
	for (Place { link, row }, opening) in places.iter().zip(&response.rows) {
		let root = climb(leaf(&opening.entries, &mut buffer), *row, &opening.path);
		if root != response.roots[*link as usize] {
			return Err(Rejection::Opening { link: *link, row: *row });
		}
	}

	let vectors = query.vectors(challenge, commitment);
	let seed = challenge.seed();
	let key = |link: u32| {
		let before = link.checked_sub(1).map_or([0; 32], |before| response.roots[before as usize]);
		LinkKey::new(&seed, size, link, &before)
	};
	let mut openings = places.iter().zip(&response.rows);
	let mut operand = vec![0; n];
	for sample in &samples {
		let own = key(sample.link);
		let products = matrix_times(own.matrix(), &vectors);
		for &row in &sample.rows {
			let (_, result) = openings.next().ok_or(Rejection::Shape)?;
			if sample.link == 0 {
				matrix_row(own.operand(), row, &mut operand);
			} else {
				let (_, before) = openings.next().ok_or(Rejection::Shape)?;
				let (stored_at, stored) = openings.next().ok_or(Rejection::Shape)?;
				let after_stored = key(stored_at.link + 1);
				let rows = before.entries.iter().zip(&stored.entries);
				for (to, (before, stored)) in operand.iter_mut().zip(rows) {
					*to = own.reduce(*before).wrapping_add(after_stored.reduce(*stored));
				}
			}
			if !agrees(&operand, &result.entries, &products, &vectors) {
				return Err(Rejection::Product { link: sample.link, row });
			}
		}
	}
	Ok(())
}

/// The performance of a device in parts per million of its class's reference, which takes `reference` for the size.
pub fn performance(reference: Duration, elapsed: Duration) -> u32 {
	let scaled = reference.as_micros().saturating_mul(1_000_000) / elapsed.as_micros().max(1);
	u32::try_from(scaled).unwrap_or(u32::MAX)
}
