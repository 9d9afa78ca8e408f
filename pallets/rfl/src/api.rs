//! What other pallets and runtime APIs ask and tell.

use crate::*;
use alloc::vec::Vec;
use exabits_primitives as primitives;
use exabits_primitives::{
	apis::{OwnMachine, PendingLease},
	keys::machine,
	ClassId, ClassInfo, Clock, LeaseId, LeaseInfo, LeaseRequest, LeaseState, MachineId, MachineInfo,
	MachineState, MilliDevices, OnMachine, Slot, UtcKey, WindowIndex,
};
use frame_support::{ensure, storage::with_storage_layer, weights::Weight};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The machine registered under this key, as its own node sees it.
	pub fn own_machine(key: machine::Id) -> Option<OwnMachine> {
		let machine = MachineByKey::<T>::get(&key)?;
		let record = Machines::<T>::get(machine)?;
		let class = Classes::<T>::get(record.class)?;
		Some(OwnMachine {
			machine,
			class: record.class,
			state: record.state,
			window_slots: class.window_slots,
			window: WindowIndex::at(T::Clock::now(), class.window_slots),
		})
	}

	/// Leases on this machine, of its current window and the next one, that wait for its acknowledgement or go on
	/// without one.
	pub fn pending_leases(machine: MachineId) -> Vec<PendingLease> {
		let Some(current) = Self::current_window(machine) else { return Vec::new() };
		[Some(current), current.next()]
			.into_iter()
			.flatten()
			.filter_map(|window| Commitments::<T>::get(machine, window))
			.filter(|commitment| commitment.closed_at.is_none())
			.flat_map(|commitment| commitment.leases)
			.filter_map(|lease| Self::pending(lease, current))
			.collect()
	}

	fn pending(lease: LeaseId, current: WindowIndex) -> Option<PendingLease> {
		let record = Leases::<T>::get(lease)?;
		let continues = Self::continues(lease, &record, current);
		(continues || record.state == LeaseState::Placed).then(|| PendingLease {
			lease,
			series: record.series,
			continues,
			machine: record.machine,
			key: record.key,
			amount: record.amount,
			acknowledge_by: Self::acknowledge_by(&record),
			devices: record.devices.into_inner(),
			start: record.start,
			end: record.end,
			workload: record.workload.into_inner(),
			access_key: record.access_key,
		})
	}

	/// Whether a segment goes on with the access of the one before, or will do so if that one is still waiting for its
	/// acknowledgement.
	fn continues(lease: LeaseId, record: &Lease<T::AccountId>, current: WindowIndex) -> bool {
		if Self::continued(lease, record).is_some() {
			return record.state != LeaseState::Running || record.running_since == Some(record.start);
		}
		record.state == LeaseState::Placed
			&& record.key.window > current
			&& Self::segment_before(lease, record)
				.is_some_and(|before| before.machine == record.machine && before.state == LeaseState::Placed)
	}

	pub(crate) fn current_window(machine: MachineId) -> Option<WindowIndex> {
		let class = Classes::<T>::get(Machines::<T>::get(machine)?.class)?;
		Some(WindowIndex::at(T::Clock::now(), class.window_slots))
	}

	fn start_evacuation(machine: MachineId) -> DispatchResult {
		let window = Self::current_window(machine).ok_or(Error::<T>::UnknownMachine)?;
		let class = Machines::<T>::get(machine).ok_or(Error::<T>::UnknownMachine)?.class;
		let Some(mut commitment) = Commitments::<T>::get(machine, window) else { return Ok(()) };
		if commitment.closed_at.is_some() {
			return Ok(());
		}
		let now = T::Clock::now();
		commitment.closed_at = Some(now);
		let leases = u32::try_from(commitment.leases.len()).unwrap_or(u32::MAX);
		// Those that run come first, and the largest of them.
		let mut urgent: Vec<_> = commitment
			.leases
			.iter()
			.filter_map(|lease| Some((*lease, Leases::<T>::get(lease)?)))
			.map(|(lease, record)| {
				(record.state != LeaseState::Running, u32::MAX.saturating_sub(record.amount.0), lease)
			})
			.collect();
		urgent.sort_unstable();
		for (.., lease) in &urgent {
			FailureQueue::<T>::schedule(now, now, *lease).map_err(|_| Error::<T>::TooManyDeadlines)?;
		}
		Self::withdraw(UtcKey { class, template: commitment.template, window }, machine)?;
		Commitments::<T>::insert(machine, window, commitment);
		Self::deposit_event(Event::MachineEvacuated { machine, window, leases });
		Ok(())
	}
}

impl<T: Config> primitives::Classes for Pallet<T> {
	fn class(class: ClassId) -> Option<ClassInfo> {
		Classes::<T>::get(class).map(|class| ClassInfo {
			kind: class.kind,
			window_slots: class.window_slots,
			price: class.price,
			name: class.name.into_inner(),
		})
	}
}

impl<T: Config> primitives::Machines<T::AccountId> for Pallet<T> {
	fn machine(machine: MachineId) -> Option<MachineInfo<T::AccountId>> {
		Machines::<T>::get(machine).map(|record| MachineInfo {
			owner: record.owner,
			class: record.class,
			devices: record.devices,
			state: record.state,
			key: record.key,
			registered_in: record.registered_in,
			open: record.open,
			utilisation: (record.utilisation.offered > 0).then(|| record.utilisation.share()),
		})
	}

	fn endpoint(machine: MachineId) -> Option<Vec<u8>> {
		Machines::<T>::get(machine).map(|record| record.endpoint.into_inner())
	}

	fn by_key(key: &machine::Id) -> Option<MachineId> {
		MachineByKey::<T>::get(key)
	}

	fn test(machine: MachineId) -> DispatchResult {
		with_storage_layer(|| {
			let from = [MachineState::Registered, MachineState::Suspended];
			Self::transition(machine, &from, MachineState::UnderTest)?;
			let open = Machines::<T>::get(machine).map_or(0, |record| record.open);
			ensure!(open == 0, Error::<T>::HasCommitments);
			T::OnMachine::watched(machine);
			Ok(())
		})
	}

	fn online(machine: MachineId) -> DispatchResult {
		with_storage_layer(|| {
			let from = [MachineState::UnderTest, MachineState::Suspended];
			Self::transition(machine, &from, MachineState::Online)
		})
	}

	fn reject(machine: MachineId) -> DispatchResult {
		with_storage_layer(|| {
			Self::transition(machine, &[MachineState::UnderTest], MachineState::Registered)?;
			T::OnMachine::unwatched(machine);
			Ok(())
		})
	}

	fn suspend(machine: MachineId) -> DispatchResult {
		with_storage_layer(|| Self::transition(machine, &[MachineState::Online], MachineState::Suspended))
	}

	fn unbind(machine: MachineId) -> DispatchResult {
		with_storage_layer(|| {
			let mut record = Machines::<T>::get(machine).ok_or(Error::<T>::UnknownMachine)?;
			match record.state {
				MachineState::Online => Self::set_state(machine, &mut record, MachineState::Suspended)?,
				MachineState::UnderTest => Self::set_state(machine, &mut record, MachineState::Registered)?,
				_ => (),
			}
			Machines::<T>::insert(machine, record);
			T::OnMachine::unwatched(machine);
			Ok(())
		})
	}
}

impl<T: Config> primitives::Capacity<T::AccountId> for Pallet<T> {
	fn committed(provider: &T::AccountId, key: &UtcKey) -> MilliDevices {
		CommittedBy::<T>::get(provider, key).left_after(Absent::<T>::get(provider, key.class))
	}

	fn committed_without(
		provider: &T::AccountId,
		key: &UtcKey,
		machines: &[MachineId],
	) -> Option<MilliDevices> {
		let mut left = CommittedBy::<T>::get(provider, key);
		for (index, machine) in machines.iter().enumerate() {
			let record = Machines::<T>::get(machine).filter(|record| record.owner == *provider)?;
			let commitment = Commitments::<T>::get(machine, key.window)?;
			let named = record.class == key.class && commitment.template == key.template;
			let lost = !Self::serves(&record, key) || commitment.closed_at.is_some();
			if !named || !lost || machines.iter().take(index).any(|other| other == machine) {
				return None;
			}
			left = left.checked_sub(MilliDevices(commitment.room.total()))?;
		}
		Some(left)
	}
}

impl<T: Config> primitives::Leases<T::AccountId> for Pallet<T> {
	fn place(request: LeaseRequest<T::AccountId>) -> Result<LeaseId, DispatchError> {
		with_storage_layer(|| Self::do_place(request))
	}

	fn lease(lease: LeaseId) -> Option<LeaseInfo<T::AccountId>> {
		Leases::<T>::get(lease).map(|record| record.info())
	}

	fn serving(machine: MachineId) -> Vec<LeaseId> {
		let Some(current) = Self::current_window(machine) else { return Vec::new() };
		[current.0.checked_sub(1).map(WindowIndex), Some(current)]
			.into_iter()
			.flatten()
			.filter_map(|window| Commitments::<T>::get(machine, window))
			.flat_map(|commitment| commitment.leases)
			.collect()
	}

	fn ran(machine: MachineId, from: Slot, to: Slot) -> (Vec<LeaseId>, u32) {
		let class = Machines::<T>::get(machine).and_then(|record| Classes::<T>::get(record.class));
		let window = class.map(|class| WindowIndex::at(from, class.window_slots));
		let Some(commitment) = window.and_then(|window| Commitments::<T>::get(machine, window)) else {
			return (Vec::new(), 0);
		};
		let looked_at = commitment.leases.len().saturating_add(commitment.rejected.len());
		let began = |record: &Lease<T::AccountId>| record.running_since.is_some_and(|since| since < to);
		let runs = |lease: &LeaseId| {
			Leases::<T>::get(lease).is_some_and(|record| {
				record.state == LeaseState::Running && began(&record) && from < record.end
			})
		};
		let rejected = commitment.rejected.into_iter().filter(|(_, until)| from <= *until);
		let ran = rejected
			.map(|(lease, _)| lease)
			.filter(|lease| Leases::<T>::get(lease).is_some_and(|record| began(&record)));
		let leases = commitment.leases.into_iter().filter(runs).chain(ran).collect();
		(leases, u32::try_from(looked_at).unwrap_or(u32::MAX))
	}

	fn evacuate(machine: MachineId) -> DispatchResult {
		with_storage_layer(|| Self::start_evacuation(machine))
	}

	fn reject_lease(lease: LeaseId, tenant: &T::AccountId) -> Result<LeaseInfo<T::AccountId>, DispatchError> {
		with_storage_layer(|| Self::do_reject(lease, tenant))
	}

	fn place_weight(windows: u32, may_move: bool) -> Weight {
		Self::weight_of_placements(windows, may_move)
	}
}
