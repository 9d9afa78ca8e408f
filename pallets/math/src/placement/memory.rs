//! An index in memory.

use super::choice::{Bucket, Index, Page, Place, Summary};
use alloc::collections::BTreeMap;
use core::cell::Cell;
use exabits_primitives::MachineId;

/// The storage of an index in memory, for replays and tests. Counts items read and written.
#[derive(Clone, Default, Debug)]
pub struct Memory<P: Ord> {
	summaries: BTreeMap<P, Summary>,
	pages: BTreeMap<(P, Bucket, u32), Page>,
	places: BTreeMap<(P, MachineId), Place>,
	reads: Cell<u64>,
	writes: u64,
}

impl<P: Ord> Memory<P> {
	/// Items read and items written so far.
	pub fn counts(&self) -> (u64, u64) {
		(self.reads.get(), self.writes)
	}

	/// Items stored.
	pub fn items(&self) -> usize {
		[self.summaries.len(), self.pages.len(), self.places.len()].into_iter().sum()
	}

	fn read(&self) {
		self.reads.set(self.reads.get().saturating_add(1));
	}

	fn write(&mut self) {
		self.writes = self.writes.saturating_add(1);
	}
}

impl<P: Copy + Ord> Index for Memory<P> {
	type Pool = P;

	fn summary(&self, pool: P) -> Summary {
		self.read();
		self.summaries.get(&pool).cloned().unwrap_or_default()
	}

	fn set_summary(&mut self, pool: P, summary: Summary) {
		self.write();
		if summary.is_empty() {
			self.summaries.remove(&pool);
		} else {
			self.summaries.insert(pool, summary);
		}
	}

	fn page(&self, pool: P, bucket: Bucket, page: u32) -> Page {
		self.read();
		self.pages.get(&(pool, bucket, page)).cloned().unwrap_or_default()
	}

	fn set_page(&mut self, pool: P, bucket: Bucket, page: u32, content: Page) {
		self.write();
		if content.is_empty() {
			self.pages.remove(&(pool, bucket, page));
		} else {
			self.pages.insert((pool, bucket, page), content);
		}
	}

	fn place(&self, pool: P, machine: MachineId) -> Option<Place> {
		self.read();
		self.places.get(&(pool, machine)).copied()
	}

	fn set_place(&mut self, pool: P, machine: MachineId, place: Option<Place>) {
		self.write();
		match place {
			Some(place) => self.places.insert((pool, machine), place),
			None => self.places.remove(&(pool, machine)),
		};
	}
}
