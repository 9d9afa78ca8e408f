//! What a machine says of itself, held against itself: which sample an audit asks for, and what cannot be true.
//!
//! Nothing here tells that something is true.

pub mod plausibility;

use sp_runtime::traits::{BlakeTwo256, Hash};

/// The sample of `samples` many that an audit asks for, by a seed that nobody knew when the samples were reported.
/// `None` where there are none.
pub fn sample_index(seed: &[u8], samples: u32) -> Option<u32> {
	let hash = BlakeTwo256::hash(seed);
	let number = u64::from_le_bytes(hash.as_bytes().get(..8)?.try_into().ok()?);
	u32::try_from(number.checked_rem(samples.into())?).ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_sample_is_asked_for_by_some_seed() {
		let mut asked = [0u32; 7];
		for seed in 0u32..700 {
			let index = sample_index(&seed.to_le_bytes(), 7).expect("there are samples");
			asked[usize::try_from(index).unwrap()] += 1;
		}
		assert!(asked.iter().all(|times| (50..150).contains(times)), "{asked:?}");
		assert_eq!(sample_index(b"seed", 1), Some(0));
		assert_eq!(sample_index(b"seed", 0), None);
	}
}
