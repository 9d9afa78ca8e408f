//! What a verifier wants opened.

use crate::{derive::LinkKey, Challenge, Commitment, Hash, Response};

/// Links that one query samples: the first one and others at random.
pub const LINKS: usize = 16;
/// Rows of a link that one query samples.
pub const ROWS: usize = 4;

/// A verifier's query: a random number that it chose after it received the commitment.
///
/// Each anchor has its own and trusts no other's, while all of them query the same chain and commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query {
	/// The random number.
	pub nonce: Hash,
}

/// Rows of a link that are sampled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
	/// The link.
	pub link: u32,
	/// The rows, in ascending order.
	pub rows: Vec<u32>,
}

impl Query {
	/// What is sampled, links in ascending order.
	pub fn samples(&self, challenge: &Challenge, commitment: &Commitment) -> Vec<Sample> {
		let size = &challenge.size;
		let mut random = self.stream("exabits challenge 1: samples", challenge, commitment);
		let mut links = distinct(LINKS - 1, size.links() - 1, &mut random);
		// The stored rows of all others come from the first.
		links.iter_mut().for_each(|link| *link += 1);
		links.insert(0, 0);
		let rows = |link| Sample { link, rows: distinct(ROWS, size.n(), &mut random) };
		links.into_iter().map(rows).collect()
	}

	/// The verifier's random vectors: entries of 16 bits with sign.
	pub(crate) fn vectors(&self, challenge: &Challenge, commitment: &Commitment) -> [Vec<i16>; 2] {
		let mut random = self.stream("exabits challenge 1: vectors", challenge, commitment);
		[(); 2].map(|()| {
			let mut bytes = vec![0; 2 * challenge.size.n() as usize];
			random.fill(&mut bytes);
			bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
		})
	}

	fn stream(&self, context: &str, challenge: &Challenge, commitment: &Commitment) -> blake3::OutputReader {
		let mut hasher = blake3::Hasher::new_derive_key(context);
		hasher.update(&challenge.seed()).update(&commitment.0).update(&self.nonce);
		hasher.finalize_xof()
	}
}

/// A row of a link's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
	pub link: u32,
	pub row: u32,
}

/// The rows that a response opens for these samples, in its order. `roots` are those of all links.
pub(crate) fn opened(challenge: &Challenge, roots: &[Hash], samples: &[Sample]) -> Vec<Place> {
	let seed = challenge.seed();
	let mut places = Vec::with_capacity(Response::rows(&challenge.size));
	for Sample { link, rows } in samples {
		let before = link.checked_sub(1).map(|before| (before, &roots[before as usize]));
		let key = before.map(|(_, root)| LinkKey::new(&seed, challenge.size, *link, root));
		for &row in rows {
			places.push(Place { link: *link, row });
			if let (Some((before, _)), Some(key)) = (before, &key) {
				places.push(Place { link: before, row });
				places.extend(key.places(row).next().map(|(link, row)| Place { link, row }));
			}
		}
	}
	places
}

/// `count` different numbers below `range`, or all of them, in ascending order.
fn distinct(count: usize, range: u32, random: &mut blake3::OutputReader) -> Vec<u32> {
	if range as usize <= count {
		return (0..range).collect();
	}
	let mut chosen = Vec::with_capacity(count);
	while chosen.len() < count {
		let mut bytes = [0; 8];
		random.fill(&mut bytes);
		let number = ((u128::from(u64::from_le_bytes(bytes)) * u128::from(range)) >> 64) as u32;
		if let Err(at) = chosen.binary_search(&number) {
			chosen.insert(at, number);
		}
	}
	chosen
}
