//! The Merkle tree over the rows of a result.

/// A BLAKE3 hash.
pub type Hash = [u8; 32];

/// Leaves and inner nodes are hashed differently, so that neither passes for the other.
const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The leaf of one row: its entries little-endian. `buffer` is room to work in.
pub fn leaf(row: &[i32], buffer: &mut Vec<u8>) -> Hash {
	buffer.clear();
	buffer.extend(row.iter().flat_map(|entry| entry.to_le_bytes()));
	let mut hasher = blake3::Hasher::new();
	hasher.update(buffer);
	hasher.update(&[LEAF]);
	hasher.finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
	let mut bytes = [NODE; 65];
	bytes[..32].copy_from_slice(left);
	bytes[32..64].copy_from_slice(right);
	blake3::hash(&bytes).into()
}

/// A binary tree over a power of two of leaves.
#[derive(Debug, Clone, Default)]
pub struct Tree {
	/// The leaves first, the root last.
	levels: Vec<Vec<Hash>>,
}

impl Tree {
	/// The tree over these leaves, which are a power of two in number.
	pub fn new(leaves: Vec<Hash>) -> Self {
		let mut levels = vec![leaves];
		while let Some(last) = levels.last().filter(|last| last.len() > 1) {
			let above = last.chunks_exact(2).map(|pair| node(&pair[0], &pair[1])).collect();
			levels.push(above);
		}
		Self { levels }
	}

	/// The root; zeros for a tree of nothing.
	pub fn root(&self) -> Hash {
		self.levels.last().and_then(|level| level.first()).copied().unwrap_or_default()
	}

	/// The hashes beside the way from leaf `index` to the root, lowest first.
	pub fn path(&self, index: usize) -> Vec<Hash> {
		let below_root = self.levels.len().saturating_sub(1);
		let beside = |(depth, level): (usize, &Vec<Hash>)| level.get((index >> depth) ^ 1).copied();
		self.levels[..below_root].iter().enumerate().filter_map(beside).collect()
	}
}

/// The root that a leaf at `index` and the hashes beside its way lead to.
pub fn climb(leaf: Hash, index: u32, path: &[Hash]) -> Hash {
	path.iter().enumerate().fold(leaf, |below, (depth, beside)| {
		if (index >> depth) & 1 == 0 {
			node(&below, beside)
		} else {
			node(beside, &below)
		}
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn each_leaf_leads_to_the_root_from_its_place_alone() {
		let leaves: Vec<Hash> = (0..8).map(|i| leaf(&[i, -i], &mut Vec::new())).collect();
		let tree = Tree::new(leaves.clone());
		for (index, leaf) in leaves.iter().enumerate() {
			let path = tree.path(index);
			assert_eq!(path.len(), 3);
			for at in 0..8 {
				let reached = climb(*leaf, at, &path) == tree.root();
				assert_eq!(reached, at as usize == index);
			}
		}
	}

	#[test]
	fn a_node_is_no_leaf() {
		let entries: Vec<i32> = (0..16).collect();
		let bytes: Vec<u8> = entries.iter().flat_map(|entry| entry.to_le_bytes()).collect();
		let (left, right) = bytes.split_at(32);
		let node = node(&left.try_into().unwrap(), &right.try_into().unwrap());
		assert_ne!(leaf(&entries, &mut Vec::new()), node);
	}
}
