//! Code for the vector units that this processor has. The crate's only unsafe code.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod x86 {
	use std::arch::x86_64::*;

	#[target_feature(enable = "avx2")]
	pub fn run<R>(f: impl FnOnce() -> R) -> R {
		f()
	}

	#[target_feature(enable = "avx2")]
	pub fn tile(x: &[[i32; 4]], b: &[[i16; 32]]) -> [[i32; 16]; 4] {
		let mut sums = [[_mm256_setzero_si256(); 2]; 4];
		for (x, b) in x.iter().zip(b) {
			let b = b.as_ptr().cast::<__m256i>();
			// SAFETY: 32 entries of 16 bits are two vectors of 256 bits, and these loads need no alignment.
			let b = unsafe { [_mm256_loadu_si256(b), _mm256_loadu_si256(b.add(1))] };
			for (sums, pair) in sums.iter_mut().zip(x) {
				let pair = _mm256_set1_epi32(*pair);
				for (sum, b) in sums.iter_mut().zip(b) {
					*sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pair, b));
				}
			}
		}
		// SAFETY: both are 64 numbers of 32 bits, which any bits are.
		unsafe { std::mem::transmute(sums) }
	}
}

/// Runs `f`, compiled for wider vectors where the processor has them and `f` is inlined.
#[inline]
pub fn vectorised<R>(f: impl FnOnce() -> R) -> R {
	#[cfg(target_arch = "x86_64")]
	if std::arch::is_x86_feature_detected!("avx2") {
		// SAFETY: the processor has AVX2.
		return unsafe { x86::run(f) };
	}
	f()
}

/// The product of four rows and sixteen columns: `x` has two entries of each row in an `i32`, low half first, and `b`
/// has two entries of each column side by side.
#[inline]
pub fn tile(x: &[[i32; 4]], b: &[[i16; 32]]) -> [[i32; 16]; 4] {
	#[cfg(target_arch = "x86_64")]
	if std::arch::is_x86_feature_detected!("avx2") {
		// SAFETY: the processor has AVX2.
		return unsafe { x86::tile(x, b) };
	}
	portable_tile(x, b)
}

/// The same on any processor.
pub fn portable_tile(x: &[[i32; 4]], b: &[[i16; 32]]) -> [[i32; 16]; 4] {
	let mut sums = [[0_i32; 16]; 4];
	for (x, b) in x.iter().zip(b) {
		for (sums, pair) in sums.iter_mut().zip(x) {
			let (low, high) = (*pair as i16, (*pair >> 16) as i16);
			for (sum, b) in sums.iter_mut().zip(b.chunks_exact(2)) {
				let product = i32::from(low) * i32::from(b[0]) + i32::from(high) * i32::from(b[1]);
				*sum = sum.wrapping_add(product);
			}
		}
	}
	sums
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn both_tiles_are_the_same() {
		let entry = |i: usize| (i.wrapping_mul(2_654_435_761) >> 7) as u8 as i8;
		for length in [0, 1, 7, 512] {
			let pair =
				|i: usize| i32::from(entry(i)) << 16 | i32::from(i16::from(entry(i + 9)).cast_unsigned());
			let x: Vec<[i32; 4]> = (0..length).map(|k| std::array::from_fn(|r| pair(4 * k + r))).collect();
			let b: Vec<[i16; 32]> =
				(0..length).map(|k| std::array::from_fn(|c| entry(32 * k + c + 5).into())).collect();
			assert_eq!(tile(&x, &b), portable_tile(&x, &b));
		}
	}

	#[test]
	fn the_extremes_fit() {
		let low = i32::from(-128_i16) << 16 | i32::from((-128_i16).cast_unsigned());
		let (x, b) = (vec![[low; 4]; 16_384], vec![[-128; 32]; 16_384]);
		assert_eq!(tile(&x, &b), [[32_768 * 16_384; 16]; 4]);
		assert_eq!(portable_tile(&x, &b), [[32_768 * 16_384; 16]; 4]);
	}
}
