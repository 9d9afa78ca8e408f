//! The queue of markets with new orders.
//!
//! It is cut into shards, so that joining it reads and writes a small item; a market is always in the same one. The
//! sweep takes the shards in turn, goes through each from the front, and goes on where it stopped.

use super::{Batch, MOST_LEVELS, MOST_PAGES};
use crate::{BatchQueue, Books, Config, Error, NextShard, Pallet, WeightInfo};
use alloc::vec::Vec;
use exabits_math::auction::{Generation, Side};
use exabits_primitives::UtcId;
use frame_support::{
	traits::Get,
	weights::{Weight, WeightMeter},
	BoundedVec,
};

/// Shards of the queue.
pub const SHARDS: u8 = 16;

impl<T: Config> Pallet<T> {
	/// The shard that a market waits in.
	pub(crate) fn shard(utc: UtcId) -> u8 {
		// Below `SHARDS`.
		u8::try_from(utc.0 % u32::from(SHARDS)).unwrap_or(0)
	}

	/// Notes a new order in `page` and enters its market, if it does not wait already.
	pub(super) fn join_queue(utc: UtcId, side: Side, page: u8, now: Generation) -> Result<(), Error<T>> {
		BatchQueue::<T>::mutate(Self::shard(utc), |batches| {
			if let Some(batch) = batches.iter_mut().find(|batch| batch.utc == utc) {
				batch.note(side, page, now);
				return Ok(());
			}
			let mut batch = Batch::new(utc, now);
			batch.note(side, page, now);
			batches.try_push(batch).map_err(|_| Error::<T>::QueueFull)
		})
	}

	/// A market's entry in the queue.
	pub(crate) fn queued(utc: UtcId) -> Option<Batch> {
		BatchQueue::<T>::get(Self::shard(utc)).into_iter().find(|batch| batch.utc == utc)
	}

	/// Takes a market out of the queue.
	pub(super) fn leave_queue(utc: UtcId) {
		let shard = Self::shard(utc);
		let mut batches = BatchQueue::<T>::get(shard);
		batches.retain(|batch| batch.utc != utc);
		Self::keep_shard(shard, batches.into_inner());
	}

	fn keep_shard(shard: u8, batches: Vec<Batch>) {
		if batches.is_empty() {
			BatchQueue::<T>::remove(shard);
		} else {
			// Never more than were there.
			BatchQueue::<T>::insert(shard, BoundedVec::truncate_from(batches));
		}
	}

	/// Ends the batches of markets that wait, within `meter` and the pallet's own limit.
	pub(crate) fn sweep_batches(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::ClearWeight::get()));
		let mut shard = NextShard::<T>::get().min(SHARDS.saturating_sub(1));
		let now = Self::generation();
		for _ in 0..SHARDS {
			if own.try_consume(T::WeightInfo::sweep_shard()).is_err()
				|| !Self::sweep_shard(shard, now, &mut own)
			{
				NextShard::<T>::put(shard);
				break;
			}
			shard = shard.saturating_add(1).checked_rem(SHARDS).unwrap_or(0);
		}
		meter.consume(own.consumed());
	}

	/// Ends the batches of a shard; whether the meter allowed all of them.
	pub(crate) fn sweep_shard(shard: u8, now: Generation, meter: &mut WeightMeter) -> bool {
		let batches = BatchQueue::<T>::get(shard).into_inner();
		if batches.is_empty() {
			return true;
		}
		let (mut left, mut stopped) = (Vec::new(), false);
		for batch in batches {
			stopped = stopped || meter.try_consume(T::WeightInfo::sweep_look()).is_err();
			stopped = stopped || !meter.can_consume(Self::most_weight(&batch));
			if stopped || batch.last >= now {
				left.push(batch);
				continue;
			}
			let (used, done) = Self::end_batch(&batch);
			meter.consume(used);
			if !done {
				left.push(batch);
			}
		}
		Self::keep_shard(shard, left);
		!stopped
	}

	/// The most that ending any batch may weigh.
	pub(crate) fn most_weight_of_clearing() -> Weight {
		T::WeightInfo::clear(MOST_PAGES, MOST_LEVELS)
			.saturating_add(Self::weight_of_offers(T::MaxOffers::get()))
	}

	/// The most that ending a batch may weigh.
	pub(crate) fn most_weight(batch: &Batch) -> Weight {
		let resting = Books::<T>::get(batch.utc).map_or(0, |book| book.summary.occupied());
		let pages = resting.saturating_add(batch.pages()).min(MOST_PAGES);
		T::WeightInfo::clear(pages, MOST_LEVELS).saturating_add(Self::weight_of_offers_in(batch.utc))
	}
}
