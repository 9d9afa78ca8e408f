//! The product of two matrices of 8-bit integers, in tiles of four rows and sixteen columns.

use crate::{
	derive::words,
	simd::{tile, vectorised},
};
use rayon::prelude::*;

/// Columns of a tile.
const COLUMNS: usize = 16;
/// Rows of a tile.
const ROWS: usize = 4;
/// Rows that one task works on.
const TASK_ROWS: usize = 32;
/// Pairs of entries that are summed at once: what a tile reads of them stays in the nearest cache.
const DEPTH: usize = 512;

/// Two rows of sixteen columns, the two entries of a column side by side.
pub type Pairs = [i16; 2 * COLUMNS];

/// Makes the matrix with this key: sixteen columns after the other, two rows of them at a time.
pub fn pack(key: &[u32; 4], n: usize, panels: &mut [Pairs]) {
	let row_words = n / 4;
	panels.par_chunks_mut(n / 2).enumerate().for_each(|(panel, pairs)| {
		vectorised(|| {
			for (depth, pairs) in pairs.iter_mut().enumerate() {
				let upper = 2 * depth * row_words + panel * COLUMNS / 4;
				let rows = [upper, upper + row_words].map(|first| words::<4>(key, first as u32));
				let entry = |row: usize, column: usize| {
					i16::from((rows[row][column / 4] >> (8 * (column % 4))) as u8 as i8)
				};
				for (column, pair) in pairs.as_chunks_mut::<2>().0.iter_mut().enumerate() {
					*pair = [entry(0, column), entry(1, column)];
				}
			}
		})
	});
}

/// `c = x · b`, for a `b` that [`pack`] made.
pub fn multiply(x: &[i8], b: &[Pairs], n: usize, c: &mut [i32]) {
	let tasks = c.par_chunks_mut(TASK_ROWS * n).zip(x.par_chunks(TASK_ROWS * n));
	tasks.for_each_init(Vec::new, |packed, (c, x)| {
		pack_rows(x, n, packed);
		c.fill(0);
		for from in (0..n / 2).step_by(DEPTH) {
			let depths = from..(from + DEPTH).min(n / 2);
			for (panel, b) in b.chunks_exact(n / 2).enumerate() {
				let groups = packed.chunks_exact(n / 2).zip(c.chunks_exact_mut(ROWS * n));
				for (x, c) in groups {
					let sums = tile(&x[depths.clone()], &b[depths.clone()]);
					for (sums, row) in sums.iter().zip(c.chunks_exact_mut(n)) {
						let row = &mut row[panel * COLUMNS..(panel + 1) * COLUMNS];
						row.iter_mut().zip(sums).for_each(|(to, sum)| *to = to.wrapping_add(*sum));
					}
				}
			}
		}
	});
}

/// Four rows after the other: two entries of each of the four at a time, the first in the low half.
fn pack_rows(x: &[i8], n: usize, packed: &mut Vec<[i32; ROWS]>) {
	packed.clear();
	let pair = |low: i8, high: i8| i32::from(high) << 16 | i32::from(i16::from(low).cast_unsigned());
	for rows in x.chunks_exact(ROWS * n) {
		packed.extend((0..n / 2).map(|depth| {
			std::array::from_fn(|row| pair(rows[row * n + 2 * depth], rows[row * n + 2 * depth + 1]))
		}));
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::derive::matrix_row;

	#[test]
	fn the_product_is_that_of_the_definition() {
		for n in [64, 128] {
			let matrix = |key: [u32; 4]| {
				let mut entries = vec![0; n * n];
				entries.chunks_exact_mut(n).zip(0..).for_each(|(row, index)| matrix_row(&key, index, row));
				entries
			};
			let (x, b) = (matrix([1, 2, 3, 4]), matrix([5, 6, 7, 8]));
			let mut panels = vec![[0; 32]; n * n / 32];
			pack(&[5, 6, 7, 8], n, &mut panels);
			let mut c = vec![7; n * n];
			multiply(&x, &panels, n, &mut c);
			for row in 0..n {
				for column in 0..n {
					let products = (0..n).map(|k| i32::from(x[row * n + k]) * i32::from(b[k * n + column]));
					assert_eq!(c[row * n + column], products.sum::<i32>());
				}
			}
		}
	}
}
