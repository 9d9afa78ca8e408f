//! Merkle trees over hashes that somebody commits to and opens one by one.
//!
//! Leaves are hashes that the caller made with [`leaf`]; inner nodes are hashed apart from them, so that one is never
//! taken for the other. A node without a sibling rises as it is. The number of leaves is part of what is committed to.

use alloc::vec::Vec;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The leaf of some content.
pub fn leaf(content: &[u8]) -> H256 {
	let mut input = Vec::with_capacity(content.len().saturating_add(1));
	input.push(0);
	input.extend_from_slice(content);
	BlakeTwo256::hash(&input)
}

fn node(left: &H256, right: &H256) -> H256 {
	let mut input = [1; 65];
	let (_, hashes) = input.split_at_mut(1);
	let (first, second) = hashes.split_at_mut(32);
	first.copy_from_slice(left.as_bytes());
	second.copy_from_slice(right.as_bytes());
	BlakeTwo256::hash(&input)
}

fn rise(level: &[H256]) -> Vec<H256> {
	level
		.chunks(2)
		.filter_map(|pair| match pair {
			[left, right] => Some(node(left, right)),
			[alone] => Some(*alone),
			_ => None,
		})
		.collect()
}

/// The root over `leaves`; zero when there are none.
pub fn root(leaves: &[H256]) -> H256 {
	let mut level = leaves.to_vec();
	while level.len() > 1 {
		level = rise(&level);
	}
	level.first().copied().unwrap_or_default()
}

/// The siblings on the way from the leaf at `index` to the root, lowest first.
pub fn proof(leaves: &[H256], index: usize) -> Vec<H256> {
	let mut siblings = Vec::new();
	let (mut level, mut index) = (leaves.to_vec(), index);
	while level.len() > 1 {
		siblings.extend(level.get(index ^ 1));
		level = rise(&level);
		index /= 2;
	}
	siblings
}

/// Whether `leaf` is the one at `index` of `leaves` many under `root`.
///
/// Work: one hash per level.
pub fn is_leaf_of(root: &H256, leaves: u32, index: u32, leaf: &H256, proof: &[H256]) -> bool {
	root_over(leaves, index, leaf, proof).is_some_and(|over| over == *root)
}

/// The root that `leaf` would be under if it was the one at `index` of `leaves` many; `None` where there can be none
/// with these siblings.
///
/// Work: one hash per level.
pub fn root_over(leaves: u32, index: u32, leaf: &H256, proof: &[H256]) -> Option<H256> {
	if index >= leaves {
		return None;
	}
	let (mut width, mut index, mut hash) = (leaves, index, *leaf);
	let mut siblings = proof.iter();
	while width > 1 {
		// The last of an odd number has no sibling.
		if (index ^ 1) < width {
			let sibling = siblings.next()?;
			hash = if index.is_multiple_of(2) { node(&hash, sibling) } else { node(sibling, &hash) };
		}
		(width, index) = (width.div_ceil(2), index / 2);
	}
	siblings.next().is_none().then_some(hash)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn leaves(count: u8) -> Vec<H256> {
		(0..count).map(|n| leaf(&[n])).collect()
	}

	#[test]
	fn nothing_and_one_leaf() {
		assert_eq!(root(&[]), H256::zero());
		let one = leaf(b"one");
		assert_eq!(root(&[one]), one);
		assert!(is_leaf_of(&one, 1, 0, &one, &[]));
		assert!(!is_leaf_of(&H256::zero(), 0, 0, &H256::zero(), &[]));
	}

	#[test]
	fn a_node_is_no_leaf() {
		let all = leaves(2);
		let content = [all[0].as_bytes(), all[1].as_bytes()].concat();
		assert_ne!(leaf(&content), root(&all));
	}

	proptest! {
		#[test]
		fn each_leaf_opens_and_nothing_else(count in 1u8..40, index in 0u8..40, other in 0u8..40, wrong in 0usize..8) {
			let all = leaves(count);
			let (root, index) = (root(&all), usize::from(index % count));
			let siblings = proof(&all, index);
			let opens = |leaves: u32, index: u32, leaf: &H256, proof: &[H256]| is_leaf_of(&root, leaves, index, leaf, proof);
			let (width, place) = (u32::from(count), u32::try_from(index).unwrap());
			prop_assert!(opens(width, place, &all[index], &siblings));
			prop_assert!(!opens(width, place, &leaf(b"other"), &siblings));
			prop_assert!(u32::from(other) == place || !opens(width, u32::from(other), &all[index], &siblings));
			let longer = [&siblings[..], &[H256::zero()]].concat();
			prop_assert!(!opens(width, place, &all[index], &longer));
			if let Some((_, shorter)) = siblings.split_last() {
				prop_assert!(!opens(width, place, &all[index], shorter));
				let mut changed = siblings.clone();
				let at = wrong % changed.len();
				changed[at] = H256::zero();
				prop_assert!(!opens(width, place, &all[index], &changed));
			}
		}
	}
}
