//! The placement index in storage: the room of each commitment, copied to where one choice finds it.
//!
//! A commitment is entered when it is made and told of each change of its room. It is withdrawn when it is taken
//! back, when its machine is evacuated, and when its window is closed.

use crate::*;
use core::marker::PhantomData;
use exabits_math::placement::{self, choice, Bucket, Entry, Index, Page, Place, Room, Summary};
use exabits_primitives::{Agreements, MachineId, UtcKey};
use sp_runtime::DispatchResult;

/// The storage of the index.
pub(crate) struct Stored<T>(PhantomData<T>);

impl<T> Default for Stored<T> {
	fn default() -> Self {
		Self(PhantomData)
	}
}

impl<T: Config> Index for Stored<T> {
	type Pool = UtcKey;

	fn summary(&self, key: UtcKey) -> Summary {
		Summaries::<T>::get(key)
	}

	fn set_summary(&mut self, key: UtcKey, summary: Summary) {
		if summary.is_empty() {
			Summaries::<T>::remove(key);
		} else {
			Summaries::<T>::insert(key, summary);
		}
	}

	fn page(&self, key: UtcKey, bucket: Bucket, page: u32) -> Page {
		Pages::<T>::get((key, bucket, page))
	}

	fn set_page(&mut self, key: UtcKey, bucket: Bucket, page: u32, content: Page) {
		if content.is_empty() {
			Pages::<T>::remove((key, bucket, page));
		} else {
			Pages::<T>::insert((key, bucket, page), content);
		}
	}

	fn place(&self, key: UtcKey, machine: MachineId) -> Option<Place> {
		Places::<T>::get(key, machine)
	}

	fn set_place(&mut self, key: UtcKey, machine: MachineId, place: Option<Place>) {
		Places::<T>::set(key, machine, place);
	}
}

impl<T: Config> Pallet<T> {
	/// Enters a machine with this room into the index of a UTC.
	pub(crate) fn enter(key: UtcKey, machine: MachineId, room: Room) -> DispatchResult {
		Self::done(placement::insert(&mut Stored::<T>::default(), key, Self::entry(machine, room)))
	}

	/// Tells the index of a UTC what an entered machine has free now.
	pub(crate) fn re_enter(key: UtcKey, machine: MachineId, room: Room) -> DispatchResult {
		Self::done(placement::update(&mut Stored::<T>::default(), key, Self::entry(machine, room)))
	}

	/// Takes a machine out of the index of a UTC. Returns whether it was there.
	pub(crate) fn withdraw(key: UtcKey, machine: MachineId) -> Result<bool, Error<T>> {
		match placement::remove(&mut Stored::<T>::default(), key, machine) {
			Ok(_) => Ok(true),
			Err(choice::Error::NotIndexed) => Ok(false),
			Err(_) => Err(Error::<T>::IndexBroken),
		}
	}

	fn entry(machine: MachineId, room: Room) -> Entry {
		Entry { machine, room, reliability: T::Agreements::reliability(machine) }
	}

	fn done(change: Result<(), choice::Error>) -> DispatchResult {
		change.map_err(|_| Error::<T>::IndexBroken.into())
	}
}
