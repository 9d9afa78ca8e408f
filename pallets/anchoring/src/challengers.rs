//! Who challenges a machine.

use crate::*;
use alloc::vec::Vec;
use exabits_primitives::{keys::anchor, Clock, MachineId};

impl<T: Config> Pallet<T> {
	/// The seed of the session that the machine's current round belongs to, and the keys of its committee. `None` while
	/// no such round is open.
	pub fn challengers(machine: MachineId) -> Option<([u8; 32], Vec<anchor::Id>)> {
		let round = Rounds::<T>::get(machine, T::Clock::round())?;
		let seed = Seeds::<T>::get(round.session)?;
		let keys = round.members.iter().filter_map(|member| KeyOf::<T>::get(&member.anchor)).collect();
		Some((seed, keys))
	}
}
