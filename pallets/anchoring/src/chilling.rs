//! Anchors that are slashed again and again lose their seats for a while.

use crate::*;
use exabits_primitives::Clock;
use frame_support::{pallet_prelude::*, traits::Get};

impl<T: Config> Pallet<T> {
	/// Notes that an anchor was slashed for a round. One that has reached `ChillAfter` offences within `ChillWithin`
	/// sessions is chilled, or for longer.
	pub(crate) fn note_offence(anchor: &T::AccountId) {
		let session = T::Clock::session();
		let offences = Offences::<T>::mutate(anchor, |offences| {
			offences.retain(|at| session.saturating_sub(*at) < T::ChillWithin::get());
			if offences.is_full() {
				offences.remove(0);
			}
			// There is room: a full list has just lost its oldest entry.
			let _ = offences.try_push(session);
			u32::try_from(offences.len()).unwrap_or(u32::MAX)
		});
		if offences >= T::ChillAfter::get() {
			Offences::<T>::remove(anchor);
			let until = session.saturating_add(T::ChillSessions::get());
			Chilled::<T>::insert(anchor, until);
			Self::deposit_event(Event::Chilled { anchor: anchor.clone(), until });
		}
	}

	pub(crate) fn do_unchill(who: T::AccountId) -> DispatchResult {
		let until = Chilled::<T>::get(&who).ok_or(Error::<T>::NotChilled)?;
		ensure!(T::Clock::session() >= until, Error::<T>::StillChilled);
		Chilled::<T>::remove(&who);
		Self::deposit_event(Event::Unchilled { anchor: who });
		Ok(())
	}
}
