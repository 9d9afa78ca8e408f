//! Deadlines: what happens when one has come, swept in `on_poll` or one by one by anybody.

use crate::*;
use exabits_primitives::{Clock, LeaseEvents, LeaseId, LeaseState, MachineId, Slot, UtcKey, WindowIndex};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Sweeps all queues within [`Config::SweepWeight`]: failing leases first, since somebody waits for them.
	pub(crate) fn sweep(meter: &mut WeightMeter) {
		let now = T::Clock::now();
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		let per_slot = T::WeightInfo::sweep_slot();
		FailureQueue::<T>::sweep(now, &mut own, per_slot, Self::failure_weight(), |lease| {
			Self::attempt("failing lease", || Self::failure_step(lease));
		});
		AcknowledgementQueue::<T>::sweep(now, &mut own, per_slot, Self::acknowledgement_weight(), |lease| {
			Self::attempt("acknowledgement", || Self::acknowledgement_due(now, lease));
		});
		CountQueue::<T>::sweep(now, &mut own, per_slot, Self::count_weight(), |class| {
			Self::count_due(now, class);
		});
		CloseQueue::<T>::sweep(now, &mut own, per_slot, Self::close_weight(), |(machine, window)| {
			Self::attempt("close", || {
				// A gap may have put the close off since the entry was made.
				let due = Self::close_due(machine, window)?;
				if now < due || Self::close_step(machine, window)? {
					CloseQueue::<T>::schedule(now, due.max(now), (machine, window))
						.map_err(|_| Error::<T>::TooManyDeadlines)?;
				}
				Ok(())
			});
		});
		meter.consume(own.consumed());
	}

	/// One choice and its consequences: among as many machines as it may compare, or with as many pages as it may
	/// read.
	pub(crate) fn weight_of_placement() -> Weight {
		T::WeightInfo::place_crowded().max(T::WeightInfo::place_scarce())
	}

	pub(crate) fn failure_weight() -> Weight {
		T::WeightInfo::sweep_failure().saturating_add(Self::weight_of_placement())
	}

	pub(crate) fn acknowledgement_weight() -> Weight {
		T::WeightInfo::sweep_acknowledgement().saturating_add(Self::weight_of_placement())
	}

	pub(crate) fn close_weight() -> Weight {
		T::WeightInfo::close_commitment(T::MaxLeasesPerStep::get())
	}

	pub(crate) fn count_weight() -> Weight {
		T::WeightInfo::count_windows(T::MaxWindowsPerStep::get())
	}

	/// Acts on one entry, wholly or not at all. Entries may be stale: then the step refuses, and that is fine.
	pub(crate) fn attempt(what: &str, step: impl FnOnce() -> DispatchResult) {
		if let Err(error) = with_storage_layer(step) {
			log::debug!(target: LOG, "{what} not due or not possible: {error:?}");
		}
	}

	/// The last slot in which a lease may be acknowledged: slots in gaps do not count, but the window's end does
	/// not move.
	pub(crate) fn acknowledge_by(record: &Lease<T::AccountId>) -> Slot {
		let until = record.acknowledge_by.saturating_add(1);
		T::Clock::extended(record.start, until).min(record.end).saturating_sub(1)
	}

	/// Acts on an acknowledgement's entry in the queue. When a gap has moved the deadline, the entry moves too.
	fn acknowledgement_due(now: Slot, lease: LeaseId) -> DispatchResult {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		let last = Self::acknowledge_by(&record);
		if record.state == LeaseState::Placed && record.acknowledge_by < now && now <= last {
			AcknowledgementQueue::<T>::schedule(now, last.saturating_add(1), lease)
				.map_err(|_| Error::<T>::TooManyDeadlines)?;
			return Ok(());
		}
		Self::acknowledgement_step(lease)
	}

	/// Fails a lease that was not acknowledged in time.
	pub(crate) fn acknowledgement_step(lease: LeaseId) -> DispatchResult {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		ensure!(record.state == LeaseState::Placed, Error::<T>::NotPlaced);
		ensure!(T::Clock::now() > Self::acknowledge_by(&record), Error::<T>::NotDue);
		Self::fail(lease, record)
	}

	/// Fails a lease whose machine was evacuated.
	pub(crate) fn failure_step(lease: LeaseId) -> DispatchResult {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		ensure!(matches!(record.state, LeaseState::Placed | LeaseState::Running), Error::<T>::NotFailing);
		let commitment =
			Commitments::<T>::get(record.machine, record.key.window).ok_or(Error::<T>::NotCommitted)?;
		ensure!(commitment.closed_at.is_some(), Error::<T>::NotFailing);
		Self::fail(lease, record)
	}

	/// Takes a lease off its machine, and moves it to another one or ends it.
	fn fail(lease: LeaseId, record: Lease<T::AccountId>) -> DispatchResult {
		let class = Self::class_of(record.key.class)?;
		let (unserved_from, room) =
			Commitments::<T>::try_mutate(record.machine, record.key.window, |commitment| {
				let commitment = commitment.as_mut().ok_or(Error::<T>::NotCommitted)?;
				commitment.leases.retain(|entry| *entry != lease);
				let from = Self::unserved_from(commitment, &record);
				Self::vacate(commitment, &class, &record, from)?;
				Ok::<_, DispatchError>((from, commitment.room))
			})?;
		// Out of the index while another machine is looked for; an evacuated one is out of it for good.
		let (key, from) = (record.key, record.machine);
		let indexed = Self::withdraw(key, from)?;
		let moved = !record.moved && with_storage_layer(|| Self::relocate(lease, &record)).is_ok();
		if indexed {
			Self::enter(key, from, room)?;
		}
		if moved {
			return Ok(());
		}
		Self::compensate(lease, record, unserved_from)
	}

	/// The slot from which a failing lease was not served: its start when it was never acknowledged, however
	/// late that is noticed; otherwise the slot of its machine's evacuation.
	fn unserved_from(commitment: &Commitment, record: &Lease<T::AccountId>) -> Slot {
		match record.state {
			LeaseState::Running => commitment.closed_at.unwrap_or(record.end),
			_ => record.start,
		}
	}

	fn compensate(lease: LeaseId, mut record: Lease<T::AccountId>, unserved_from: Slot) -> DispatchResult {
		let class = Self::class_of(record.key.class)?;
		record.state = LeaseState::Compensated;
		let (machine, info) = (record.machine, record.info());
		let remaining = info.remaining(unserved_from, class.window_slots);
		Leases::<T>::insert(lease, record);
		T::LeaseEvents::failed(lease, &info, remaining);
		Self::deposit_event(Event::LeaseCompensated { lease, machine, remaining });
		Ok(())
	}

	/// The first slot in which a window may be closed: the last verdict on it is due. Slots in gaps after the window
	/// do not count, so that a verdict which was due in one is reached first.
	pub(crate) fn closes_at(window: WindowIndex, window_slots: u32) -> Slot {
		let end = window.end(window_slots);
		T::Clock::extended(end, end.saturating_add(T::VerdictSlots::get()))
	}

	fn close_due(machine: MachineId, window: WindowIndex) -> Result<Slot, DispatchError> {
		let record = Machines::<T>::get(machine).ok_or(Error::<T>::UnknownMachine)?;
		Ok(Self::closes_at(window, Self::class_of(record.class)?.window_slots))
	}

	/// Finishes a bounded number of leases of a commitment whose window may be closed, and removes it with the last.
	/// Returns whether leases are left.
	pub(crate) fn close_step(machine: MachineId, window: WindowIndex) -> Result<bool, DispatchError> {
		let mut commitment = Commitments::<T>::get(machine, window).ok_or(Error::<T>::NotCommitted)?;
		let mut record = Machines::<T>::get(machine).ok_or(Error::<T>::UnknownMachine)?;
		let class = Self::class_of(record.class)?;
		ensure!(T::Clock::now() >= Self::closes_at(window, class.window_slots), Error::<T>::NotDue);

		let key = UtcKey { class: record.class, template: commitment.template, window };
		Self::withdraw(key, machine)?;
		for _ in 0..T::MaxLeasesPerStep::get() {
			let Some(lease) = commitment.leases.pop() else { break };
			Self::finish(lease, &class, &mut commitment)?;
		}
		if !commitment.leases.is_empty() {
			Commitments::<T>::insert(machine, window, commitment);
			return Ok(true);
		}
		let delivered = commitment.served;
		let offered = u64::from(commitment.committed().0)
			.checked_mul(u64::from(class.window_slots))
			.ok_or(Error::<T>::Overflow)?;
		let utilisation = record.utilisation.with(window, delivered, offered).ok_or(Error::<T>::Overflow)?;
		Self::set_utilisation(&mut record, utilisation)?;
		Self::remove_commitment(machine, record, key, &commitment)?;
		Self::deposit_event(Event::CommitmentClosed { machine, key, delivered, offered });
		Ok(false)
	}

	/// Ends a lease with its window: served, or failed when it was not acknowledged or its machine was
	/// evacuated and the sweep did not come to it.
	fn finish(lease: LeaseId, class: &Class, commitment: &mut Commitment) -> DispatchResult {
		let mut record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		let unserved_from = Self::unserved_from(commitment, &record);
		Self::vacate(commitment, class, &record, unserved_from)?;
		if record.state != LeaseState::Running || commitment.closed_at.is_some() {
			return Self::compensate(lease, record, unserved_from);
		}
		record.state = LeaseState::Completed;
		let (machine, info) = (record.machine, record.info());
		Leases::<T>::insert(lease, record);
		T::LeaseEvents::completed(lease, &info);
		Self::deposit_event(Event::LeaseCompleted { lease, machine });
		Ok(())
	}
}
