//! Entries of the local storage that age.

use crate::chain::Chain;
use codec::{Decode, Encode};
use std::sync::Arc;

/// Writes entries that belong to a round or a window and removes those that are too old.
///
/// An index beside the entries names them, so that nothing is left behind when a node was down for longer
/// than the entries live.
pub(crate) struct Shelf {
	chain: Arc<dyn Chain>,
	index: Vec<u8>,
	keep: u32,
}

impl Shelf {
	/// Keeps the newest age and the `keep` ages before it. `name` is the index's own key.
	pub(crate) fn new(chain: Arc<dyn Chain>, name: impl Encode, keep: u32) -> Self {
		Self { chain, index: (b"exabits/shelf", name).encode(), keep }
	}

	/// Writes a value and drops what is too old.
	pub(crate) fn put(&self, age: u32, key: Vec<u8>, value: &impl Encode) {
		self.chain.set(&key, &value.encode());
		self.note(age, [key]);
	}

	/// Takes keys that others write into the index, to be removed when they are too old.
	pub(crate) fn note(&self, age: u32, keys: impl IntoIterator<Item = Vec<u8>>) {
		let mut entries = self
			.chain
			.get(&self.index)
			.and_then(|raw| <Vec<(u32, Vec<u8>)>>::decode(&mut &raw[..]).ok())
			.unwrap_or_default();
		for key in keys {
			entries.retain(|(_, known)| *known != key);
			entries.push((age, key));
		}
		entries.retain(|(entry, key)| {
			// What lies far ahead is of another chain that used this folder before.
			let kept = entry.abs_diff(age) <= self.keep;
			if !kept {
				self.chain.remove(key);
			}
			kept
		});
		self.chain.set(&self.index, &entries.encode());
	}
}
