//! Deadlines: what happens when one has come, swept in `on_poll` or one by one by anybody.
//!
//! Leases come before windows, and of the leases those that somebody is waiting for come first: failing ones, then
//! those that start or are not acknowledged, then those that have not started on a machine that is not in service.

use crate::*;
use exabits_primitives::{
	Clock, LeaseEvents, LeaseId, LeaseState, MachineId, MachineState, RoundIndex, Slot, UtcKey, WindowIndex,
	MAX_WINDOWS,
};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use sp_runtime::{DispatchError, DispatchResult, Perbill};

impl<T: Config> Pallet<T> {
	/// Sweeps all queues within [`Config::SweepWeight`].
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
		DepartureQueue::<T>::sweep(now, &mut own, per_slot, Self::departure_weight(), |entry| {
			Self::departure_due(now, entry);
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

	/// A lease of so many windows: one choice, whose machines are examined in all windows, which for none of them is
	/// more than a choice; and where it may move, a choice for each window after that.
	pub(crate) fn weight_of_placements(windows: u32, may_move: bool) -> Weight {
		let one = Self::weight_of_placement();
		let windows = windows.min(MAX_WINDOWS);
		let together = match windows {
			0 | 1 => one,
			more => one.saturating_mul(more.into()).max(T::WeightInfo::place_windows(more)),
		};
		if may_move && windows > 1 {
			together.saturating_add(one.saturating_mul(windows.into()))
		} else {
			together
		}
	}

	pub(crate) fn failure_weight() -> Weight {
		T::WeightInfo::sweep_failure().saturating_add(Self::weight_of_placement())
	}

	pub(crate) fn acknowledgement_weight() -> Weight {
		T::WeightInfo::sweep_acknowledgement().saturating_add(Self::weight_of_placement())
	}

	pub(crate) fn departure_weight() -> Weight {
		T::WeightInfo::sweep_departure().saturating_add(Self::weight_of_placement())
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

	/// Acts on a lease's entry in the queue: at its start, and when its acknowledgement is overdue. When a gap has
	/// moved that deadline, the entry moves too.
	fn acknowledgement_due(now: Slot, lease: LeaseId) -> DispatchResult {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		// An entry from before the lease was moved.
		ensure!(now >= record.due, Error::<T>::NotDue);
		let last = Self::acknowledge_by(&record);
		if record.state != LeaseState::Placed || last < now {
			return Self::acknowledgement_step(lease);
		}
		let settled = with_storage_layer(|| Self::leave(lease, &record)).is_ok()
			|| with_storage_layer(|| Self::go_on(lease, record.clone())).is_ok();
		if settled {
			return Ok(());
		}
		let due = AcknowledgementQueue::<T>::schedule(now, last.saturating_add(1), lease)
			.map_err(|_| Error::<T>::TooManyDeadlines)?;
		Leases::<T>::insert(lease, Lease { due, ..record });
		Ok(())
	}

	/// The segment of the lease before this one.
	pub(crate) fn segment_before(
		lease: LeaseId,
		record: &Lease<T::AccountId>,
	) -> Option<Lease<T::AccountId>> {
		if record.series == lease {
			return None;
		}
		Leases::<T>::get(LeaseId(lease.0.checked_sub(1)?))
	}

	/// The segment of the lease before this one, if it is or was served by the same machine with the access that the
	/// tenant still has.
	pub(crate) fn continued(lease: LeaseId, record: &Lease<T::AccountId>) -> Option<Lease<T::AccountId>> {
		let before = Self::segment_before(lease, record)?;
		let served = before.machine == record.machine
			&& before.access.is_some()
			&& matches!(before.state, LeaseState::Running | LeaseState::Completed);
		let evacuated = |window| {
			Commitments::<T>::get(record.machine, window)
				.is_some_and(|commitment| commitment.closed_at.is_some())
		};
		(served && !evacuated(before.key.window) && !evacuated(record.key.window)).then_some(before)
	}

	/// Lets a segment run from its start on, as the one before it does.
	fn go_on(lease: LeaseId, record: Lease<T::AccountId>) -> DispatchResult {
		ensure!(record.state == LeaseState::Placed, Error::<T>::NotPlaced);
		ensure!(T::Clock::now() >= record.start, Error::<T>::NotStarted);
		let before = Self::continued(lease, &record).ok_or(Error::<T>::NotDue)?;
		let access = before.access.ok_or(Error::<T>::NotDue)?;
		let start = record.start;
		Self::start_running(lease, record, start, access);
		Ok(())
	}

	/// Fails a lease that was not acknowledged in time, or lets it go on as the segment before it does.
	pub(crate) fn acknowledgement_step(lease: LeaseId) -> DispatchResult {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		ensure!(record.state == LeaseState::Placed, Error::<T>::NotPlaced);
		ensure!(T::Clock::now() > Self::acknowledge_by(&record), Error::<T>::NotDue);
		if with_storage_layer(|| Self::go_on(lease, record.clone())).is_ok() {
			return Ok(());
		}
		Self::fail(lease, record)
	}

	/// Takes a lease that has not started off a machine that is not in service, if another one serves it.
	pub(crate) fn departure_step(lease: LeaseId) -> DispatchResult {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		ensure!(T::Clock::now() < record.start, Error::<T>::Started);
		Self::leave(lease, &record)
	}

	fn leave(lease: LeaseId, record: &Lease<T::AccountId>) -> DispatchResult {
		ensure!(record.state == LeaseState::Placed, Error::<T>::NotPlaced);
		let machine = Machines::<T>::get(record.machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(!Self::serves(&machine, &record.key), Error::<T>::InService);
		// A machine that drains serves to the end: no reason to part what is to stay together.
		ensure!(machine.state != MachineState::Draining || !record.stays, Error::<T>::NotMovable);
		Self::take_off(lease, record, record.start)?;
		Self::relocate(lease, record.clone(), record.start)
	}

	/// Acts on a machine's entry in the queue of those that are not in service: tries its next lease and enters it
	/// again, until there is none or the machine is back.
	pub(crate) fn departure_due(now: Slot, entry: Departure) {
		let Some(next) = Self::next_departure(entry) else { return };
		Self::attempt("departure", || Self::departure_step(next.lease));
		let after = Departure { lease: LeaseId(next.lease.0.saturating_add(1)), ..next };
		if DepartureQueue::<T>::schedule(now, now, after).is_err() {
			log::debug!(target: LOG, "no room to go on with machine {}: its leases wait for their start", entry.machine);
		}
	}

	/// The next lease that waits on a machine which is not in service, from this entry on: those of the next window
	/// first, and in each in the order in which they were placed.
	fn next_departure(entry: Departure) -> Option<Departure> {
		let Departure { machine, window, lease } = entry;
		let record = Machines::<T>::get(machine)?;
		if record.state == MachineState::Online {
			return None;
		}
		let slots = Classes::<T>::get(record.class)?.window_slots;
		let last = Self::last_window(WindowIndex::at(T::Clock::now(), slots));
		let mut from = lease;
		for window in (window.0..=last.0).map(WindowIndex) {
			let commitment = Commitments::<T>::get(machine, window);
			let waiting = commitment.iter().flat_map(|commitment| &commitment.leases);
			if let Some(lease) = waiting.copied().filter(|lease| *lease >= from).min() {
				return Some(Departure { machine, window, lease });
			}
			from = LeaseId(0);
		}
		None
	}

	/// Lets the leases that wait on a machine look for others, since it is not in service.
	pub(crate) fn depart(machine: MachineId, record: &Machine<T::AccountId>) {
		let Ok(class) = Self::class_of(record.class) else { return };
		let now = T::Clock::now();
		let Some(window) = WindowIndex::at(now, class.window_slots).next() else { return };
		let entry = Departure { machine, window, lease: LeaseId(0) };
		if record.open > 0 && DepartureQueue::<T>::schedule(now, now, entry).is_err() {
			log::warn!(target: LOG, "no room for machine {machine}: its leases wait for their start, or for calls");
		}
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
		let again = Lease { moved: true, ..record.clone() };
		let moved =
			!record.moved && with_storage_layer(|| Self::relocate(lease, again, unserved_from)).is_ok();
		if indexed {
			Self::enter(key, from, room)?;
		}
		if moved {
			return Ok(());
		}
		Self::compensate(lease, record, unserved_from)
	}

	/// The slot from which a failing lease was not served: its start when it was never acknowledged, however
	/// late that is noticed; otherwise that of the round in which its machine was evacuated, whose verdict does not find
	/// the lease there any more.
	fn unserved_from(commitment: &Commitment, record: &Lease<T::AccountId>) -> Slot {
		let round_slots = T::Clock::round_slots();
		match (record.state, commitment.closed_at) {
			(LeaseState::Running, Some(closed)) => {
				RoundIndex::at(closed, round_slots).start(round_slots).max(record.start)
			}
			(LeaseState::Running, None) => record.end,
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
			if let Some(lease) = commitment.leases.pop() {
				Self::finish(lease, &class, &mut commitment)?;
			} else if let Some((lease, at)) = commitment.rejected.pop() {
				Self::finish_rejected(lease, at, &commitment)?;
			} else {
				break;
			}
		}
		if !commitment.leases.is_empty() || !commitment.rejected.is_empty() {
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

	/// Says how a lease ends that was rejected in slot `at`: as one that its machine failed, where that was evacuated in
	/// the same round.
	fn finish_rejected(lease: LeaseId, at: Slot, commitment: &Commitment) -> DispatchResult {
		let info = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?.info();
		let round = |slot| RoundIndex::at(slot, T::Clock::round_slots());
		if commitment.closed_at.is_some_and(|closed| round(closed) == round(at)) {
			T::LeaseEvents::failed(lease, &info, Perbill::zero());
		} else {
			T::LeaseEvents::completed(lease, &info);
		}
		Ok(())
	}
}
