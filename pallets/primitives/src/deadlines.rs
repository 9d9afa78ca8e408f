//! Bounded queues of deadlines.
//!
//! A pallet keeps, per kind of deadline, a map from slot to a bounded list of entries and a cursor: the first
//! slot that has not been swept. [`Deadlines`] does the bookkeeping over those two storage items. A sweep
//! takes entries out before it acts on them, stops when its weight meter is used up, and goes on in the next
//! block; whatever acting on one entry comes to, the rest are still reached.

use crate::Slot;
use codec::{FullCodec, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	storage::{StorageMap, StorageValue},
	traits::Get,
	weights::{Weight, WeightMeter},
	BoundedVec,
};

/// How many slots after the wanted one are tried when a slot's list is full.
pub const SPILL: Slot = 16;

/// No list near the wanted slot has room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QueueFull;

/// The queue made of `Buckets` (slot → entries) and `Cursor` (first slot not swept).
pub struct Deadlines<Id, Max, Buckets, Cursor>(PhantomData<(Id, Max, Buckets, Cursor)>);

impl<Id, Max, Buckets, Cursor> Deadlines<Id, Max, Buckets, Cursor>
where
	Id: FullCodec + MaxEncodedLen,
	Max: Get<u32>,
	Buckets: StorageMap<Slot, BoundedVec<Id, Max>, Query = BoundedVec<Id, Max>>,
	Cursor: StorageValue<Slot, Query = Option<Slot>>,
{
	/// Enters `id` to fall due when slot `due` has come.
	///
	/// A due slot that has been swept already becomes the first that has not. When that slot's list is full,
	/// the next [`SPILL`] slots are tried: an entry may fall due a little later, never earlier. Returns the
	/// slot chosen.
	pub fn schedule(now: Slot, due: Slot, id: Id) -> Result<Slot, QueueFull> {
		let cursor = match Cursor::get() {
			Some(cursor) => cursor,
			None => {
				Cursor::put(now);
				now
			}
		};
		let mut due = due.max(cursor);
		let last = due.saturating_add(SPILL);
		let mut id = Some(id);
		while due <= last {
			let room = Buckets::mutate(due, |bucket| {
				if bucket.is_full() {
					return false;
				}
				id.take().is_some_and(|id| bucket.try_push(id).is_ok())
			});
			if room {
				return Ok(due);
			}
			due = due.saturating_add(1);
		}
		Err(QueueFull)
	}

	/// Takes `id` out of the list of slot `due`, where [`schedule`](Self::schedule) put it.
	pub fn withdraw(due: Slot, id: &Id)
	where
		Id: PartialEq,
	{
		Buckets::mutate_exists(due, |bucket| {
			if let Some(entries) = bucket {
				entries.retain(|entry| entry != id);
				if entries.is_empty() {
					*bucket = None;
				}
			}
		});
	}

	/// Acts on entries that are due at `now`, in order, while `meter` allows.
	///
	/// `per_slot` is the weight of looking at one slot's list, `per_entry` that of acting on one entry.
	/// Returns the number of entries acted on.
	pub fn sweep(
		now: Slot,
		meter: &mut WeightMeter,
		per_slot: Weight,
		per_entry: Weight,
		mut act: impl FnMut(Id),
	) -> u32 {
		Self::sweep_metered(
			now,
			meter,
			per_slot,
			|_| per_entry,
			|id| {
				act(id);
				per_entry
			},
		)
	}

	/// The same for entries that differ in what they take: one begins only while `most` of it is free, and what `act`
	/// returns is consumed.
	pub fn sweep_metered(
		now: Slot,
		meter: &mut WeightMeter,
		per_slot: Weight,
		most: impl Fn(&Id) -> Weight,
		mut act: impl FnMut(Id) -> Weight,
	) -> u32 {
		let mut done = 0u32;
		if meter.try_consume(per_slot).is_err() {
			return done;
		}
		let Some(start) = Cursor::get() else { return done };
		let mut cursor = start;
		while cursor <= now {
			if meter.try_consume(per_slot).is_err() {
				break;
			}
			let mut bucket = Buckets::take(cursor).into_inner().into_iter();
			// `take` leaves a list that does not decode where it is; it must not stop the queue.
			Buckets::remove(cursor);
			// What `act` schedules for a slot already swept has to land in this one.
			Cursor::put(cursor);
			let mut left = BoundedVec::new();
			for id in bucket.by_ref() {
				if !meter.can_consume(most(&id)) {
					let _ = left.try_push(id);
					break;
				}
				done = done.saturating_add(1);
				meter.consume(act(id));
			}
			for id in bucket {
				let _ = left.try_push(id);
			}
			if !left.is_empty() {
				// Entries that `act` scheduled into this very slot stay behind those that were here.
				for id in Buckets::take(cursor) {
					if let Err(id) = left.try_push(id) {
						let _ = Self::schedule(now, cursor.saturating_add(1), id);
					}
				}
				Buckets::insert(cursor, left);
				break;
			}
			if Buckets::contains_key(cursor) {
				// `act` scheduled something for this slot: look again, while the meter allows.
				continue;
			}
			cursor = cursor.saturating_add(1);
		}
		if cursor != start {
			Cursor::put(cursor);
		}
		done
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::{pallet_prelude::OptionQuery, traits::ConstU32, Twox64Concat};

	#[frame_support::storage_alias]
	type Buckets = StorageMap<
		Test,
		Twox64Concat,
		Slot,
		BoundedVec<u32, ConstU32<2>>,
		frame_support::pallet_prelude::ValueQuery,
	>;
	#[frame_support::storage_alias]
	type Cursor = StorageValue<Test, Slot, OptionQuery>;
	type Queue = Deadlines<u32, ConstU32<2>, Buckets, Cursor>;

	const SLOT: Weight = Weight::from_parts(1, 0);
	const ENTRY: Weight = Weight::from_parts(10, 0);

	fn sweep(now: Slot, limit: u64) -> alloc::vec::Vec<u32> {
		let mut seen = alloc::vec::Vec::new();
		let mut meter = WeightMeter::with_limit(Weight::from_parts(limit, 0));
		Queue::sweep(now, &mut meter, SLOT, ENTRY, |id| seen.push(id));
		seen
	}

	fn with_state(test: impl FnOnce()) {
		sp_io::TestExternalities::default().execute_with(test)
	}

	#[test]
	fn entries_fall_due_at_their_slot_and_once() {
		with_state(|| {
			assert_eq!(Queue::schedule(5, 10, 1), Ok(10));
			assert_eq!(sweep(9, 1_000), Vec::<u32>::new());
			assert_eq!(sweep(10, 1_000), vec![1]);
			assert_eq!(sweep(11, 1_000), Vec::<u32>::new());
		});
	}

	#[test]
	fn a_full_slot_spills_later_and_never_earlier() {
		with_state(|| {
			for id in 0..4 {
				assert_eq!(Queue::schedule(5, 10, id), Ok(10 + u64::from(id) / 2));
			}
			assert_eq!(sweep(10, 1_000), vec![0, 1]);
			assert_eq!(sweep(11, 1_000), vec![2, 3]);
		});
	}

	#[test]
	fn a_queue_without_room_says_so_and_keeps_what_it_has() {
		with_state(|| {
			let room = 2 * (SPILL as u32 + 1);
			for id in 0..room {
				assert!(Queue::schedule(5, 10, id).is_ok());
			}
			assert_eq!(Queue::schedule(5, 10, room), Err(QueueFull));
			assert_eq!(sweep(100, 10_000), (0..room).collect::<Vec<_>>());
		});
	}

	#[test]
	fn a_sweep_stops_with_its_meter_and_goes_on_in_order() {
		with_state(|| {
			for id in 0..4 {
				let _ = Queue::schedule(5, 10, id);
			}
			// One look at the cursor, six at slots 5 to 10, and one entry.
			assert_eq!(sweep(20, 7 + 10), vec![0]);
			assert_eq!(sweep(20, 2 + 10), vec![1]);
			assert_eq!(sweep(20, 1_000), vec![2, 3]);
		});
	}

	#[test]
	fn what_an_entry_does_not_take_is_left_to_others() {
		with_state(|| {
			for id in 0..4 {
				let _ = Queue::schedule(5, 10, id);
			}
			let swept = |now, limit| {
				let mut meter = WeightMeter::with_limit(Weight::from_parts(limit, 0));
				let took = Weight::from_parts(3, 0);
				let done = Queue::sweep_metered(now, &mut meter, SLOT, |_| ENTRY, |_| took);
				(done, meter.consumed().ref_time())
			};
			// Seven looks, and what is left after the first of two entries is less than the second may take.
			assert_eq!(swept(10, 7 + 3 + 9), (1, 7 + 3));
			assert_eq!(swept(10, 2 + 10), (1, 2 + 3));
			assert_eq!(swept(11, 2 + 3 + 10), (2, 2 + 2 * 3));
		});
	}

	#[test]
	fn what_is_scheduled_for_the_past_falls_due_in_the_next_sweep() {
		with_state(|| {
			let _ = Queue::schedule(5, 10, 1);
			assert_eq!(sweep(20, 1_000), vec![1]);
			assert_eq!(Queue::schedule(20, 3, 2), Ok(21));
			assert_eq!(sweep(21, 1_000), vec![2]);
		});
	}

	#[test]
	fn an_entry_may_schedule_others_for_a_slot_already_swept() {
		with_state(|| {
			let _ = Queue::schedule(5, 10, 1);
			let mut seen = Vec::new();
			let mut meter = WeightMeter::with_limit(Weight::from_parts(1_000, 0));
			Queue::sweep(20, &mut meter, SLOT, ENTRY, |id| {
				seen.push(id);
				if id == 1 {
					assert_eq!(Queue::schedule(20, 7, 2), Ok(10));
				}
			});
			assert_eq!(seen, vec![1, 2]);
		});
	}

	#[test]
	fn what_is_withdrawn_is_not_swept() {
		with_state(|| {
			let _ = Queue::schedule(5, 10, 1);
			let _ = Queue::schedule(5, 10, 2);
			Queue::withdraw(10, &1);
			Queue::withdraw(10, &3);
			assert_eq!(Buckets::get(10).into_inner(), [2]);
			Queue::withdraw(10, &2);
			assert!(!Buckets::contains_key(10), "nothing empty is kept");
			Queue::withdraw(10, &2);
			assert!(sweep(20, 1_000).is_empty());
		});
	}

	#[test]
	fn a_list_that_does_not_decode_does_not_stop_the_queue() {
		with_state(|| {
			let _ = Queue::schedule(5, 10, 1);
			let _ = Queue::schedule(5, 12, 2);
			frame_support::storage::unhashed::put_raw(&Buckets::hashed_key_for(10), &[255]);
			assert_eq!(sweep(20, 1_000), vec![2]);
		});
	}
}
