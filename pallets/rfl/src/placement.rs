//! The placement index, and how a lease gets onto a machine.

use crate::*;
use exabits_math::placement::{fit, give_back, take, Fit, Score};
use exabits_primitives::{
	Clock, LeaseEvents, LeaseId, LeaseRequest, LeaseState, MachineId, MachineState, MilliDevices, Slot,
	UtcKey,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

/// A machine that can serve a request.
pub(crate) struct Candidate<AccountId> {
	machine: MachineId,
	owner: AccountId,
	fit: Fit,
}

/// When a lease placed now would be served.
pub(crate) struct Times {
	start: Slot,
	end: Slot,
	acknowledge_by: Slot,
}

impl<T: Config> Pallet<T> {
	/// Enters a machine into the index of a UTC, on the last page or on a new one. Returns the page.
	pub(crate) fn index_insert(key: UtcKey, machine: MachineId) -> Result<u32, DispatchError> {
		let count = PageCount::<T>::get(key);
		if let Some(last) = count.checked_sub(1) {
			let entered = Pages::<T>::mutate(key, last, |page| page.try_push(machine).is_ok());
			if entered {
				return Ok(last);
			}
		}
		PageCount::<T>::insert(key, count.checked_add(1).ok_or(Error::<T>::Overflow)?);
		Pages::<T>::mutate(key, count, |page| page.try_push(machine)).map_err(|_| Error::<T>::Overflow)?;
		Ok(count)
	}

	/// Takes a machine out of the index of a UTC. The last entry of the last page fills the gap, so that pages
	/// stay full.
	pub(crate) fn index_remove(key: UtcKey, machine: MachineId, page: u32) -> DispatchResult {
		let last = PageCount::<T>::get(key).checked_sub(1).ok_or(Error::<T>::NotCommitted)?;
		let mut entries = Pages::<T>::get(key, last);
		let filler = entries.pop().ok_or(Error::<T>::NotCommitted)?;
		if entries.is_empty() {
			Pages::<T>::remove(key, last);
			if last == 0 {
				PageCount::<T>::remove(key);
			} else {
				PageCount::<T>::insert(key, last);
			}
		} else {
			Pages::<T>::insert(key, last, entries);
		}
		if filler == machine {
			return Ok(());
		}
		Pages::<T>::try_mutate(key, page, |entries| {
			let gap = entries.iter_mut().find(|entry| **entry == machine).ok_or(Error::<T>::NotCommitted)?;
			*gap = filler;
			Ok::<(), DispatchError>(())
		})?;
		Commitments::<T>::try_mutate(filler, key.window, |commitment| {
			commitment.as_mut().ok_or(Error::<T>::NotCommitted)?.page = page;
			Ok(())
		})
	}

	/// Places a lease for the first time.
	pub(crate) fn do_place(request: LeaseRequest<T::AccountId>) -> Result<LeaseId, DispatchError> {
		let LeaseRequest { tenant, key, amount, hint, workload, access_key } = request;
		ensure!(amount.is_leasable(), Error::<T>::NotLeasable);
		let times = Self::times(&key)?;
		let acknowledge_by = times.acknowledge_by;
		let lease = NextLease::<T>::get();
		let hinted = hint.and_then(|machine| Self::examine(machine, &key, amount, None, None));
		let candidate = match hinted {
			Some(candidate) => candidate,
			None => Self::find(lease, &key, amount, None)?,
		};
		NextLease::<T>::put(lease.next().ok_or(Error::<T>::Overflow)?);
		Self::add_demand(&key, amount)?;
		let record = Lease {
			tenant: tenant.clone(),
			machine: candidate.machine,
			provider: candidate.owner.clone(),
			key,
			amount,
			devices: Default::default(),
			start: times.start,
			end: times.end,
			acknowledge_by: times.acknowledge_by,
			state: LeaseState::Placed,
			running_since: None,
			moved: false,
			workload,
			access_key,
			access: None,
		};
		let info = Self::occupy(lease, record, candidate, times)?.info();
		T::LeaseEvents::placed(lease, &info);
		Self::deposit_event(Event::LeasePlaced {
			lease,
			machine: info.machine,
			tenant,
			provider: info.provider,
			key,
			amount,
			start: info.start,
			acknowledge_by,
		});
		Ok(lease)
	}

	/// Moves a lease, which is on no commitment any more, to another machine for the time that is left.
	pub(crate) fn relocate(lease: LeaseId, record: &Lease<T::AccountId>) -> DispatchResult {
		let times = Self::times(&record.key)?;
		let acknowledge_by = times.acknowledge_by;
		let old = (record.machine, &record.provider);
		let candidate = Self::find(lease, &record.key, record.amount, Some(old))?;
		let mut moved = record.clone();
		moved.moved = true;
		let info = Self::occupy(lease, moved, candidate, times)?.info();
		T::LeaseEvents::replaced(lease, &record.provider, &info);
		Self::deposit_event(Event::LeaseMoved {
			lease,
			from: record.machine,
			to: info.machine,
			acknowledge_by,
		});
		Ok(())
	}

	/// Takes a lease off its machine's commitment: its devices are free again and what it served is counted.
	/// `until` is the slot in which it stopped being served.
	pub(crate) fn vacate(
		commitment: &mut Commitment,
		record: &Lease<T::AccountId>,
		until: Slot,
	) -> DispatchResult {
		give_back(commitment.free.as_mut(), &record.devices).ok_or(Error::<T>::Overflow)?;
		commitment.served = record
			.served(until)
			.and_then(|served| commitment.served.checked_add(served))
			.ok_or(Error::<T>::Overflow)?;
		Ok(())
	}

	/// When a lease of this UTC would be served from now on. The rest of the window must leave time to
	/// acknowledge it and for one round.
	fn times(key: &UtcKey) -> Result<Times, DispatchError> {
		let class = Self::class_of(key.class)?;
		let now = T::Clock::now();
		let start = now.max(key.window.start(class.window_slots));
		let end = key.window.end(class.window_slots);
		ensure!(start < end, Error::<T>::WindowClosed);
		let acknowledge_by = start.saturating_add(Slot::from(class.acknowledge_slots));
		let served_from = acknowledge_by.saturating_add(Slot::from(T::Clock::round_slots()));
		ensure!(served_from <= end, Error::<T>::TooLate);
		Ok(Times { start, end, acknowledge_by })
	}

	/// The best machine on a bounded number of index pages; which page comes first changes from lease to
	/// lease. `old` is the machine that a moved lease was on, which is left out, and its owner.
	fn find(
		lease: LeaseId,
		key: &UtcKey,
		amount: MilliDevices,
		old: Option<(MachineId, &T::AccountId)>,
	) -> Result<Candidate<T::AccountId>, DispatchError> {
		let count = u64::from(PageCount::<T>::get(key));
		let first = lease.0.checked_rem(count).ok_or(Error::<T>::NoCapacity)?;
		let mut best: Option<Candidate<T::AccountId>> = None;
		for step in 0..count.min(u64::from(T::MaxPagesExamined::get())) {
			let page = first.saturating_add(step).checked_rem(count).unwrap_or_default();
			let page = u32::try_from(page).map_err(|_| Error::<T>::Overflow)?;
			for machine in Pages::<T>::get(key, page) {
				if old.is_some_and(|(left, _)| left == machine) {
					continue;
				}
				let beat = best.as_ref().map(|best| best.fit.score);
				let provider = old.map(|(_, provider)| provider);
				if let Some(better) = Self::examine(machine, key, amount, beat, provider) {
					best = Some(better);
				}
			}
		}
		best.ok_or_else(|| Error::<T>::NoCapacity.into())
	}

	/// Whether a machine can serve a request, better than `beat`. `provider` is whose obligation the lease
	/// already is.
	fn examine(
		machine: MachineId,
		key: &UtcKey,
		amount: MilliDevices,
		beat: Option<Score>,
		provider: Option<&T::AccountId>,
	) -> Option<Candidate<T::AccountId>> {
		let commitment = Commitments::<T>::get(machine, key.window)?;
		if commitment.template != key.template
			|| commitment.closed_at.is_some()
			|| commitment.leases.is_full()
		{
			return None;
		}
		let fit = fit(&commitment.free, amount)?;
		if beat.is_some_and(|beat| beat <= fit.score) {
			return None;
		}
		let record = Machines::<T>::get(machine)?;
		if record.class != key.class || record.state != MachineState::Online {
			return None;
		}
		if provider != Some(&record.owner) && !T::LeaseEvents::may_deliver(&record.owner, key, amount) {
			return None;
		}
		Some(Candidate { machine, owner: record.owner, fit })
	}

	/// Puts a lease onto a machine and sets its deadline. Returns the lease as stored.
	fn occupy(
		lease: LeaseId,
		mut record: Lease<T::AccountId>,
		candidate: Candidate<T::AccountId>,
		times: Times,
	) -> Result<Lease<T::AccountId>, DispatchError> {
		let Candidate { machine, owner, fit } = candidate;
		Commitments::<T>::try_mutate(machine, record.key.window, |commitment| {
			let commitment = commitment.as_mut().ok_or(Error::<T>::NotCommitted)?;
			take(commitment.free.as_mut(), &fit.devices).ok_or(Error::<T>::NoCapacity)?;
			commitment.leases.try_push(lease).map_err(|_| Error::<T>::NoCapacity)?;
			Ok::<(), DispatchError>(())
		})?;
		AcknowledgementQueue::<T>::schedule(T::Clock::now(), times.acknowledge_by.saturating_add(1), lease)
			.map_err(|_| Error::<T>::TooManyDeadlines)?;
		record.machine = machine;
		record.provider = owner;
		record.devices = fit.devices.try_into().map_err(|_| Error::<T>::NoCapacity)?;
		record.start = times.start;
		record.end = times.end;
		record.acknowledge_by = times.acknowledge_by;
		record.state = LeaseState::Placed;
		record.running_since = None;
		record.access = None;
		Leases::<T>::insert(lease, &record);
		Ok(record)
	}
}
