//! Slashes: how they are recorded, fall due and are applied.

use crate::*;
use exabits_math::slashing;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Weight},
	storage::with_storage_layer,
	traits::{
		fungible::hold::Mutate as _,
		tokens::{Fortitude, Precision, Restriction},
		Get,
	},
	weights::WeightMeter,
};
use sp_runtime::ArithmeticError::{Overflow, Underflow};

impl<T: Config> Pallet<T> {
	/// The weight with which a sweep of one slot with one slash gets through.
	pub(crate) fn smallest_sweep() -> Weight {
		// A sweep looks at the cursor first and at the slot's list then.
		T::WeightInfo::sweep_slot().saturating_mul(2).saturating_add(T::WeightInfo::sweep_slash())
	}

	/// Applies slashes that are due, while `meter` and `SweepWeight` allow.
	pub(crate) fn sweep(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		SlashQueue::<T>::sweep(
			T::Clock::now(),
			&mut own,
			T::WeightInfo::sweep_slot(),
			T::WeightInfo::sweep_slash(),
			Self::sweep_slash,
		);
		meter.consume(own.consumed());
	}

	/// Applies one slash taken from the queue; one whose deferral a gap has extended, or that cannot be paid out,
	/// is queued again.
	pub(crate) fn sweep_slash(slash: SlashId) {
		// Otherwise it was applied by a call, or cancelled.
		let Some(record) = DeferredSlashes::<T>::get(slash) else { return };
		let now = T::Clock::now();
		let mut until = Self::due(&record);
		if until <= now {
			let Err(error) = with_storage_layer(|| Self::apply(slash)) else { return };
			log::warn!(target: LOG_TARGET, "slash {slash} was not applied: {error:?}");
			until = now.saturating_add(T::SlashDeferral::get());
		}
		let postponed = with_storage_layer(|| {
			let due = Self::enqueue(slash, until)?;
			DeferredSlashes::<T>::mutate_extant(slash, |record| {
				record.since = now;
				record.due = due;
			});
			Self::deposit_event(Event::SlashPostponed { slash, due });
			Ok::<_, DispatchError>(())
		});
		if let Err(error) = postponed {
			// The slash stays due, and `apply_slash` can still apply it.
			log::error!(target: LOG_TARGET, "slash {slash} was not queued again: {error:?}");
		}
	}

	/// The first slot in which a slash can be applied: slots in gaps do not count.
	pub(crate) fn due(record: &DeferredSlash<T::AccountId>) -> Slot {
		T::Clock::extended(record.since, record.due)
	}

	/// Queues `slash` for slot `due`, or a little later.
	fn enqueue(slash: SlashId, due: Slot) -> Result<Slot, DispatchError> {
		SlashQueue::<T>::schedule(T::Clock::now(), due, slash).map_err(|_| Error::<T>::QueueFull.into())
	}

	/// Records a slash. The caller provides the storage layer.
	pub(crate) fn record(
		who: &T::AccountId,
		role: Role,
		amount: Balance,
		reporter: Option<T::AccountId>,
	) -> Result<SlashId, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut bond = Ledger::<T>::get(who, role).ok_or(Error::<T>::NotBonded)?;
		bond.pending = bond.pending.checked_add(amount).ok_or(Overflow)?;

		let slash = NextSlash::<T>::get();
		NextSlash::<T>::put(slash.next().ok_or(Error::<T>::IdsExhausted)?);
		let due = T::Clock::now().checked_add(T::SlashDeferral::get()).ok_or(Overflow)?;
		let due = Self::enqueue(slash, due)?;
		// Nobody earns from reporting itself.
		let reporter = reporter.filter(|reporter| reporter != who);
		let record = DeferredSlash { who: who.clone(), role, amount, reporter, since: T::Clock::now(), due };
		DeferredSlashes::<T>::insert(slash, record);
		Self::store(who, role, bond);
		Self::deposit_event(Event::SlashDeferred { slash, who: who.clone(), role, amount, due });
		Ok(slash)
	}

	/// Applies a slash, due or not. The caller provides the storage layer.
	pub(crate) fn apply(slash: SlashId) -> DispatchResult {
		let DeferredSlash { who, role, amount, reporter, .. } =
			DeferredSlashes::<T>::take(slash).ok_or(Error::<T>::UnknownSlash)?;
		let mut bond = Ledger::<T>::get(&who, role).ok_or(Error::<T>::NotBonded)?;
		let taken = slashing::take(bond.active, bond.unbonding.iter().map(|part| part.amount), amount);
		Self::shrink(&mut bond, &taken)?;
		bond.pending = bond.pending.checked_sub(amount).ok_or(Underflow)?;
		let active = bond.active;

		let rewarded = Self::pay(&who, role, taken.total, reporter)?;
		Self::store(&who, role, bond);
		Self::deposit_event(Event::SlashApplied {
			slash,
			who: who.clone(),
			role,
			amount: taken.total,
			rewarded,
		});
		Self::update_list(&who, role, active, false);
		Ok(())
	}

	/// Pays `amount` of a bond to the reporter and to insurance; returns the reporter's part.
	///
	/// A reporter whose account cannot receive its part leaves it to insurance.
	fn pay(
		who: &T::AccountId,
		role: Role,
		amount: Balance,
		reporter: Option<T::AccountId>,
	) -> Result<Balance, DispatchError> {
		let split = slashing::split(amount, reporter.is_some());
		let rewarded = match reporter {
			Some(reporter) if split.reporter > 0 => {
				match with_storage_layer(|| Self::transfer(who, role, &reporter, split.reporter)) {
					Ok(()) => split.reporter,
					Err(_) => 0,
				}
			}
			_ => 0,
		};
		let rest = amount.checked_sub(rewarded).ok_or(Underflow)?;
		if rest > 0 {
			Self::transfer(who, role, &T::Insurance::get(), rest)?;
		}
		Ok(rewarded)
	}

	/// Moves `amount` that is on hold for `role` to the free balance of `to`.
	fn transfer(who: &T::AccountId, role: Role, to: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::transfer_on_hold(
			&Self::reason(role),
			who,
			to,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		)
		.map(|_| ())
	}
}
