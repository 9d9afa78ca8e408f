//! Fresh committees that decide appeals against slashes.

use crate::*;
use alloc::vec::Vec;
use codec::Encode;
use exabits_math::aggregate;
use exabits_primitives::{Clock, Jury, MachineId, SlashId};
use frame_support::traits::Get;
use sp_io::hashing::blake2_256;

impl<T: Config> Jury<T::AccountId> for Pallet<T> {
	fn draw(
		slash: SlashId,
		size: u32,
		slashed: &T::AccountId,
		recused: &[T::AccountId],
	) -> Vec<T::AccountId> {
		let session = T::Clock::session();
		let known = session.checked_sub(1).and_then(Snapshots::<T>::get).zip(Seeds::<T>::get(session));
		let Some((seats, seed)) = known else { return Vec::new() };
		let seats: Vec<_> = seats.into_iter().filter(|(anchor, _)| !recused.contains(anchor)).collect();
		// A seed of its own: no jury is the committee of the machine with the same number.
		let seed = (b"jury", seed).using_encoded(blake2_256);
		let jury = aggregate::draw(&seats, slashed, &seed, MachineId(slash.0), size);
		let larger = u32::try_from(jury.len()).is_ok_and(|members| members > T::CommitteeSize::get());
		if larger {
			jury
		} else {
			Vec::new()
		}
	}
}
