//! A market's pages and close records, as `exabits_math` asks for them.

use crate::{Config, LevelCloses, PageCloses, Pages};
use core::marker::PhantomData;
use exabits_math::auction::{Book, Generation, LevelClose, Page, PageClose, Side, Tick};
use exabits_primitives::UtcId;

/// The stored book of one UTC, and what has been done to it.
pub(crate) struct Stored<T> {
	utc: UtcId,
	/// Pages written.
	pub pages: u32,
	/// Levels closed by themselves.
	pub levels: u32,
	config: PhantomData<T>,
}

impl<T> Stored<T> {
	/// The book of `utc`.
	pub fn of(utc: UtcId) -> Self {
		Self { utc, pages: 0, levels: 0, config: PhantomData }
	}
}

impl<T: Config> Book for Stored<T> {
	fn page(&self, side: Side, page: u8) -> Page {
		Pages::<T>::get(self.utc, (side, page))
	}
	fn set_page(&mut self, side: Side, page: u8, content: Page) {
		self.pages = self.pages.saturating_add(1);
		if content.is_empty() {
			Pages::<T>::remove(self.utc, (side, page));
		} else {
			Pages::<T>::insert(self.utc, (side, page), content);
		}
	}
	fn page_close(&self, side: Side, page: u8, generation: Generation) -> Option<PageClose> {
		PageCloses::<T>::get(self.utc, (side, page, generation))
	}
	fn set_page_close(&mut self, side: Side, page: u8, generation: Generation, close: PageClose) {
		PageCloses::<T>::insert(self.utc, (side, page, generation), close);
	}
	fn level_close(&self, side: Side, tick: Tick, generation: Generation) -> Option<LevelClose> {
		LevelCloses::<T>::get(self.utc, (side, tick, generation))
	}
	fn set_level_close(&mut self, side: Side, tick: Tick, generation: Generation, close: LevelClose) {
		self.levels = self.levels.saturating_add(1);
		LevelCloses::<T>::insert(self.utc, (side, tick, generation), close);
	}
}
