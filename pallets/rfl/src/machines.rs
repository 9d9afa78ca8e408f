//! A machine's life, and the efficiency sums that follow it.

use crate::*;
use exabits_math::efficiency;
use exabits_primitives::{Bonds, ClassId, MachineId, MachineState, MilliDevices, OnMachine, Role};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// A machine for a call of its owner.
	pub(crate) fn own(
		who: &T::AccountId,
		machine: MachineId,
	) -> Result<Machine<T::AccountId>, DispatchError> {
		let record = Machines::<T>::get(machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(record.owner == *who, Error::<T>::NotOwner);
		Ok(record)
	}

	/// Moves a machine along if it is in one of the states `from`.
	pub(crate) fn transition(machine: MachineId, from: &[MachineState], to: MachineState) -> DispatchResult {
		let mut record = Machines::<T>::get(machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(from.contains(&record.state), Error::<T>::WrongState);
		Self::set_state(machine, &mut record, to)?;
		Machines::<T>::insert(machine, record);
		Ok(())
	}

	/// Sets the state, keeps the efficiency sums to machines that are online, and says so. The caller stores
	/// the record.
	pub(crate) fn set_state(
		machine: MachineId,
		record: &mut Machine<T::AccountId>,
		to: MachineState,
	) -> DispatchResult {
		let from = record.state;
		let was_absent = record.is_absent();
		if from == MachineState::Online {
			Self::count(record, Sums::minus)?;
		}
		record.state = to;
		match to {
			MachineState::Online => Self::count(record, Sums::plus)?,
			MachineState::Suspended | MachineState::Draining => Self::depart(machine, record),
			_ => {}
		}
		Self::count_absent(record, was_absent)?;
		Self::deposit_event(Event::MachineStateChanged { machine, from, to });
		Ok(())
	}

	/// Keeps the devices that are out of service with commitments, after a change of a machine that was one of them or
	/// not.
	pub(crate) fn count_absent(record: &Machine<T::AccountId>, was_absent: bool) -> DispatchResult {
		if record.is_absent() == was_absent {
			return Ok(());
		}
		let devices = MilliDevices::devices(record.devices);
		Absent::<T>::try_mutate_exists(&record.owner, record.class, |sum| {
			let before = sum.unwrap_or_default();
			let after = if was_absent { before.checked_sub(devices) } else { before.checked_add(devices) };
			*sum = Some(after.ok_or(Error::<T>::Overflow)?).filter(|left| left.0 > 0);
			Ok(())
		})
	}

	/// Retires a machine: its bond and its key are free again, and nobody watches it. The caller stores the
	/// record.
	pub(crate) fn take_out(machine: MachineId, record: &mut Machine<T::AccountId>) -> DispatchResult {
		Self::set_state(machine, record, MachineState::Retired)?;
		MachineByKey::<T>::remove(&record.key);
		T::Bonds::unreserve(&record.owner, Role::Service, core::mem::take(&mut record.reserved));
		T::OnMachine::unwatched(machine);
		Ok(())
	}

	/// Adds a closed window to a machine's utilisation. The caller stores the record.
	pub(crate) fn set_utilisation(
		record: &mut Machine<T::AccountId>,
		utilisation: Utilisation,
	) -> DispatchResult {
		let online = record.state == MachineState::Online;
		if online {
			Self::count(record, Sums::minus)?;
		}
		record.utilisation = utilisation;
		if online {
			Self::count(record, Sums::plus)?;
		}
		Ok(())
	}

	/// What a machine adds to the efficiency sums while it is online.
	pub(crate) fn contribution(record: &Machine<T::AccountId>) -> Result<(u128, u128), DispatchError> {
		let class = Self::class_of(record.class)?;
		efficiency::contribution(class.performance, record.devices, record.utilisation.share())
			.ok_or_else(|| Error::<T>::Overflow.into())
	}

	pub(crate) fn class_of(class: ClassId) -> Result<Class, DispatchError> {
		Classes::<T>::get(class).ok_or_else(|| Error::<T>::UnknownClass.into())
	}

	fn count(
		record: &Machine<T::AccountId>,
		change: fn(Sums, (u128, u128)) -> Option<Sums>,
	) -> DispatchResult {
		let part = Self::contribution(record)?;
		let total = change(TotalSums::<T>::get(), part).ok_or(Error::<T>::Overflow)?;
		let class = change(ClassSums::<T>::get(record.class), part).ok_or(Error::<T>::Overflow)?;
		TotalSums::<T>::put(total);
		ClassSums::<T>::insert(record.class, class);
		Ok(())
	}
}
