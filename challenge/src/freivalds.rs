//! Freivalds' check, in integers: no sum here wraps, so a wrong row passes by chance alone.
//!
//! For `n` ≤ 2¹⁵ the sums below stay under 2⁶³: a matrix times a vector under 2¹⁵ · 2⁷ · 2¹⁵ = 2³⁷, an operand's row
//! times that under 2¹⁵ · 2⁷ · 2³⁷ = 2⁵⁹, and any row of 32-bit entries times a vector under 2¹⁵ · 2³¹ · 2¹⁵ = 2⁶¹.

use crate::{derive::matrix_row, simd::vectorised};

/// Products that are summed in 32 bits: 2⁶ of them, each at most 2²² in size.
const BLOCK: usize = 64;

/// The matrix with this key times each of the two vectors.
pub fn matrix_times(key: &[u32; 4], vectors: &[Vec<i16>; 2]) -> [Vec<i64>; 2] {
	let n = vectors[0].len();
	let mut products = [vec![0; n], vec![0; n]];
	let mut entries = vec![0; n];
	let [first, second] = &mut products;
	for (row, (first, second)) in first.iter_mut().zip(second).enumerate() {
		vectorised(|| {
			matrix_row(key, row as u32, &mut entries);
			*first = times(&entries, &vectors[0]);
			*second = times(&entries, &vectors[1]);
		});
	}
	products
}

/// Whether `operand` times the matrix is `result`, by the matrix times both vectors.
pub fn agrees(operand: &[i8], result: &[i32], products: &[Vec<i64>; 2], vectors: &[Vec<i16>; 2]) -> bool {
	products.iter().zip(vectors).all(|(product, vector)| {
		let expected: i64 = operand.iter().zip(product).map(|(x, p)| i64::from(*x) * p).sum();
		let found: i64 = result.iter().zip(vector).map(|(c, r)| i64::from(*c) * i64::from(*r)).sum();
		expected == found
	})
}

#[inline(always)]
fn times(entries: &[i8], vector: &[i16]) -> i64 {
	let mut sum = 0;
	for (entries, vector) in entries.as_chunks::<BLOCK>().0.iter().zip(vector.as_chunks::<BLOCK>().0) {
		let mut block = 0_i32;
		for (entry, random) in entries.iter().zip(vector) {
			block = block.wrapping_add(i32::from(*entry).wrapping_mul(i32::from(*random)));
		}
		sum += i64::from(block);
	}
	sum
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_extremes_fit() {
		let n = 32_768;
		let (lowest, vector) = (vec![i8::MIN; n], vec![i16::MIN; n]);
		let product = times(&lowest, &vector);
		assert_eq!(product, 1 << 37);
		let (products, vectors) = ([vec![product; n], vec![product; n]], [vector.clone(), vector]);
		assert!(!agrees(&lowest, &vec![i32::MIN; n], &products, &vectors));
		assert!(!agrees(&lowest, &vec![i32::MAX; n], &products, &vectors));
	}

	#[test]
	fn one_wrong_entry_of_a_row_shows() {
		let key = [1, 2, 3, 4];
		let vectors = [1, 2].map(|salt| (0..64_i32).map(|i| (i * 7919 * salt + salt) as i16).collect());
		let products = matrix_times(&key, &vectors);
		let operand: Vec<i8> = (0..64).map(|i| (i * 5 - 128) as i8).collect();
		let mut result = vec![0; 64];
		for (row, x) in operand.iter().enumerate() {
			let mut entries = [0; 64];
			matrix_row(&key, row as u32, &mut entries);
			result.iter_mut().zip(entries).for_each(|(to, b)| *to += i32::from(*x) * i32::from(b));
		}
		assert!(agrees(&operand, &result, &products, &vectors));
		for index in 0..64 {
			for off in [1, -1, 1 << 30, i32::MIN] {
				let mut wrong = result.clone();
				wrong[index] = wrong[index].wrapping_add(off);
				assert!(!agrees(&operand, &wrong, &products, &vectors));
			}
		}
	}
}
