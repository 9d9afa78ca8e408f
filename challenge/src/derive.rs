//! What follows from the keys of the links: matrices, reductions, and the places that are read.
//!
//! Engines and the verifier compute the same from here; an implementation for another device computes it its own way.

use crate::{Hash, Size};

/// The key of one link: from the seed for the first, from the seed and the root of the link before for all others.
#[derive(Debug, Clone)]
pub struct LinkKey {
	link: u32,
	size: Size,
	matrix: [u32; 4],
	operand: [u32; 4],
	reduction: u32,
	places: Hash,
}

impl LinkKey {
	/// The key of link `link` of the chain from `seed`. `before` is the Merkle root of the link before; it
	/// counts for nothing for the first link.
	pub fn new(seed: &Hash, size: Size, link: u32, before: &Hash) -> Self {
		let mut hasher = blake3::Hasher::new_keyed(seed);
		hasher.update(&link.to_le_bytes());
		if link > 0 {
			hasher.update(before);
		}
		let mut bytes = [0; 68];
		hasher.finalize_xof().fill(&mut bytes);
		let word = |i: usize| u32::from_le_bytes(std::array::from_fn(|b| bytes[4 * i + b]));
		Self {
			link,
			size,
			matrix: std::array::from_fn(word),
			operand: std::array::from_fn(|i| word(4 + i)),
			reduction: word(8),
			places: std::array::from_fn(|i| bytes[36 + i]),
		}
	}

	/// The link.
	pub fn link(&self) -> u32 {
		self.link
	}

	/// The key of the matrix on the right of this link's product, for [`words`].
	pub fn matrix(&self) -> &[u32; 4] {
		&self.matrix
	}

	/// The key of the operand of the first link, for [`words`].
	pub fn operand(&self) -> &[u32; 4] {
		&self.operand
	}

	/// What [`reduce`](Self::reduce) mixes into entries.
	pub fn reduction(&self) -> u32 {
		self.reduction
	}

	/// The key of the stream of hashes that [`places`](Self::places) come from: two numbers of 32 bits for each.
	pub fn places_key(&self) -> &Hash {
		&self.places
	}

	/// Reduces entries of the result of the link *before* this one: the reduction depends on its root, so no
	/// operand is known before everything before it is committed.
	#[inline(always)]
	pub fn reduce(&self, result: i32) -> i8 {
		let mixed = (result.cast_unsigned() ^ self.reduction).wrapping_mul(0x9E37_79B1);
		((mixed >> 24) as u8).cast_signed()
	}

	/// Which stored rows go into this link's operand: link and row for each row of the operand, in order from
	/// row `first` on. The first link has none.
	pub fn places(&self, first: u32) -> impl Iterator<Item = (u32, u32)> {
		let mut stream = blake3::Hasher::new_keyed(&self.places).finalize_xof();
		stream.set_position(8 * u64::from(first));
		let stored = self.link.min(self.size.window());
		let oldest = self.link - stored;
		let n = self.size.n();
		(first..if self.link == 0 { first } else { n }).map(move |_| {
			let mut bytes = [0; 8];
			stream.fill(&mut bytes);
			let [a, b, c, d, e, f, g, h] = bytes;
			let (high, low) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
			let scaled = |value: u32, range: u32| ((u64::from(value) * u64::from(range)) >> 32) as u32;
			(oldest + scaled(high, stored), scaled(low, n))
		})
	}
}

/// Words of a matrix with this key, those from `first` on: word `i` in row-major order holds entries `4 i` to `4 i + 3`,
/// the first in the lowest byte.
///
/// A keyed integer hash of the index, cheap on any device. It need not withstand cryptanalysis: the key is not known
/// before the root of the link before, and the entries only have to be without structure that makes a product cheaper.
#[inline(always)]
pub fn words<const LANES: usize>(key: &[u32; 4], first: u32) -> [u32; LANES] {
	let mut x: [u32; LANES] = std::array::from_fn(|lane| first.wrapping_add(lane as u32));
	x.iter_mut().for_each(|x| *x ^= key[0]);
	x.iter_mut().for_each(|x| *x ^= *x >> 17);
	x.iter_mut().for_each(|x| *x = x.wrapping_mul(0xED5A_D4BB).wrapping_add(key[1]));
	x.iter_mut().for_each(|x| *x ^= *x >> 11);
	x.iter_mut().for_each(|x| *x = x.wrapping_mul(0xAC4C_1B51).wrapping_add(key[2]));
	x.iter_mut().for_each(|x| *x ^= *x >> 15);
	x.iter_mut().for_each(|x| *x = x.wrapping_mul(0x3184_8BAB).wrapping_add(key[3]));
	x.iter_mut().for_each(|x| *x ^= *x >> 14);
	x
}

/// Writes row `row` of the matrix with this key.
#[inline(always)]
pub fn matrix_row(key: &[u32; 4], row: u32, out: &mut [i8]) {
	let first = (out.len() as u32 / 4).wrapping_mul(row);
	for (index, entries) in out.as_chunks_mut::<64>().0.iter_mut().enumerate() {
		let words: [u32; 16] = words(key, first.wrapping_add(16 * index as u32));
		for (entries, word) in entries.as_chunks_mut::<4>().0.iter_mut().zip(words) {
			*entries = word.to_le_bytes().map(u8::cast_signed);
		}
	}
}
