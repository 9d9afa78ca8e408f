//! The end of a window: closing a UTC, destroying its asset in steps, forgetting it.

use crate::*;
use exabits_primitives::{deadlines::Deadlines, Balance, Bonds, Clock, Role, Slot, UtcId};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::hold::Mutate as _,
		fungibles::{Destroy, Inspect as _},
		tokens::Precision,
		Get,
	},
	weights::{Weight, WeightMeter},
};
use sp_runtime::{DispatchError, DispatchResult};

type Due<T> = Deadlines<UtcId, <T as Config>::MaxDuePerSlot, DueClosings<T>, ClosingCursor<T>>;

impl<T: Config> Pallet<T> {
	/// The first slot in which a UTC may be closed.
	fn closes_at(utc: &UtcRecord) -> Slot {
		utc.end.saturating_add(T::CloseGrace::get())
	}

	/// Enters a UTC into the queue, to be closed when its time has come.
	pub(crate) fn schedule_close(id: UtcId, utc: &UtcRecord) -> DispatchResult {
		Due::<T>::schedule(T::Clock::now(), Self::closes_at(utc), id).map_err(|_| Error::<T>::TooManyDue)?;
		Ok(())
	}

	pub(crate) fn do_close(id: UtcId) -> DispatchResult {
		let mut utc = Utcs::<T>::get(id).ok_or(Error::<T>::UnknownUtc)?;
		ensure!(utc.state == UtcState::Open, Error::<T>::NotOpen);
		ensure!(T::Clock::now() >= Self::closes_at(&utc), Error::<T>::TooEarly);
		T::Assets::start_destroy(id.0, None)?;
		utc.state = UtcState::Closing;
		Utcs::<T>::insert(id, utc);
		Self::deposit_event(Event::ClosingStarted { utc: id });
		Ok(())
	}

	pub(crate) fn do_destroy_step(id: UtcId) -> DispatchResult {
		let mut utc = Utcs::<T>::get(id).ok_or(Error::<T>::UnknownUtc)?;
		ensure!(utc.state == UtcState::Closing, Error::<T>::NotClosing);
		// Once it is being destroyed, anybody may have finished it through the asset pallet's own calls.
		if T::Assets::asset_exists(id.0) {
			let step = T::DestroyStep::get();
			let accounts = T::Assets::destroy_accounts(id.0, step)?;
			let rest = step.saturating_sub(accounts);
			if rest == 0 || T::Assets::destroy_approvals(id.0, rest)? >= rest {
				return Ok(());
			}
			T::Assets::finish_destroy(id.0)?;
		}
		utc.state = UtcState::Closed;
		Utcs::<T>::insert(id, utc);
		Self::deposit_event(Event::Closed { utc: id });
		Ok(())
	}

	pub(crate) fn do_forget(id: UtcId) -> DispatchResult {
		let utc = Utcs::<T>::get(id).ok_or(Error::<T>::UnknownUtc)?;
		ensure!(utc.state == UtcState::Closed && utc.positions == 0, Error::<T>::StillInUse);
		Utcs::<T>::remove(id);
		UtcByKey::<T>::remove(utc.key);
		Self::deposit_event(Event::Forgotten { utc: id });
		Ok(())
	}

	/// Ends the hold of `amount` and puts it back into the service bond, or leaves it free where that bond is
	/// no longer there. Returns whether it was bonded.
	pub(crate) fn release_cover(provider: &T::AccountId, amount: Balance) -> Result<bool, DispatchError> {
		if amount == 0 {
			return Ok(false);
		}
		T::Currency::release(&HoldReason::Cover.into(), provider, amount, Precision::Exact)?;
		Ok(with_storage_layer(|| T::Bonds::credit(provider, Role::Service, amount)).is_ok())
	}

	/// The weight of acting on one entry of the queue, at most.
	fn entry_weight() -> Weight {
		T::WeightInfo::close().max(T::WeightInfo::destroy_step())
	}

	/// The weight without which a sweep could not act on anything.
	pub(crate) fn least_sweep_weight() -> Weight {
		let slots = T::WeightInfo::sweep_slot().saturating_mul(2);
		slots.saturating_add(Self::entry_weight())
	}

	/// Acts on what is due, within the sweep's share of the block.
	pub(crate) fn sweep_due(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(T::SweepWeight::get().min(meter.remaining()));
		let now = T::Clock::now();
		Due::<T>::sweep(now, &mut own, T::WeightInfo::sweep_slot(), Self::entry_weight(), |id| {
			Self::sweep(now, id)
		});
		meter.consume(own.consumed());
	}

	/// Takes one UTC one step further, and enters it again while there is more to do.
	fn sweep(now: Slot, id: UtcId) {
		let Some(utc) = Utcs::<T>::get(id) else { return };
		// The grace may have been lengthened since the entry was made.
		let due = Self::closes_at(&utc);
		let step = with_storage_layer(|| match utc.state {
			UtcState::Open if now >= due => Self::do_close(id),
			UtcState::Closing => Self::do_destroy_step(id),
			_ => Ok(()),
		});
		if let Err(error) = step {
			log::error!(target: LOG_TARGET, "UTC {id} cannot be closed by the sweep: {error:?}");
			return;
		}
		if Utcs::<T>::get(id).is_none_or(|utc| utc.state == UtcState::Closed) {
			return;
		}
		let next = due.max(now.saturating_add(1));
		if Due::<T>::schedule(now, next, id).is_err() {
			log::warn!(target: LOG_TARGET, "no room to sweep UTC {id} again: it waits for a call");
		}
	}
}
