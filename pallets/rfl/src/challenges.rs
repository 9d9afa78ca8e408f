//! Which devices can be challenged.

use crate::*;
use alloc::vec::Vec;
use exabits_primitives::MachineId;

impl<T: Config> Pallet<T> {
	/// The machine's devices that no lease of the current window has, by index. None while its leases are being taken off
	/// it, and none of an unknown machine.
	pub fn idle_devices(machine: MachineId) -> Vec<u8> {
		let Some(record) = Machines::<T>::get(machine) else { return Vec::new() };
		let commitment =
			Self::current_window(machine).and_then(|window| Commitments::<T>::get(machine, window));
		let leased: Vec<u8> = match commitment {
			Some(commitment) if commitment.closed_at.is_some() => return Vec::new(),
			Some(commitment) => commitment
				.leases
				.iter()
				.filter_map(Leases::<T>::get)
				.flat_map(|lease| lease.devices)
				.map(|(device, _)| device)
				.collect(),
			None => Vec::new(),
		};
		let devices = u8::try_from(record.devices).unwrap_or(u8::MAX);
		(0..devices).filter(|device| !leased.contains(device)).collect()
	}
}
