//! Slashes: how they are recorded, fall due and are applied.

use crate::*;
use exabits_math::{delegation, slashing};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Weight},
	storage::with_storage_layer,
	traits::{
		fungible::{hold::Mutate as _, Mutate as _},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
	weights::WeightMeter,
};
use sp_runtime::ArithmeticError::{Overflow, Underflow};

impl<T: Config> Pallet<T> {
	/// The weight with which a sweep of one slot with one slash gets through.
	pub(crate) fn smallest_sweep() -> Weight {
		// A sweep looks at the cursor first and at the slot's list then, in each of the two queues.
		T::WeightInfo::sweep_slot()
			.saturating_mul(4)
			.saturating_add(T::WeightInfo::sweep_slash())
			.saturating_add(T::WeightInfo::draw_jury())
	}

	/// Applies slashes that are due and draws juries, while `meter` and `SweepWeight` allow.
	pub(crate) fn sweep(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		SlashQueue::<T>::sweep(
			T::Clock::now(),
			&mut own,
			T::WeightInfo::sweep_slot(),
			T::WeightInfo::sweep_slash(),
			Self::sweep_slash,
		);
		Self::sweep_juries(&mut own);
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
			let due = Self::defer_until(slash, until)?;
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

	/// Queues a slash that waits for slot `until`, or a little later, and begins its deferral anew.
	pub(crate) fn defer_until(slash: SlashId, until: Slot) -> Result<Slot, DispatchError> {
		let due = Self::enqueue(slash, until)?;
		DeferredSlashes::<T>::mutate_extant(slash, |record| {
			record.since = T::Clock::now();
			record.due = due;
		});
		Ok(due)
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
		let mut pool = Pools::<T>::get(&who, role);
		let own = bond.total().ok_or(Overflow)?;
		let spread =
			delegation::spread(amount, own, pool.staying.value, pool.leaving.value).ok_or(Overflow)?;
		let parts = bond.unbonding.iter().map(|part| part.amount);
		let taken = slashing::take(bond.active, parts, spread.own);
		Self::shrink(&mut bond, &taken)?;
		bond.pending = bond.pending.checked_sub(amount).ok_or(Underflow)?;
		let active = bond.active;
		let delegated = pool
			.staying
			.slash(spread.staying)
			.checked_add(pool.leaving.slash(spread.leaving))
			.ok_or(Overflow)?;
		let amount = taken.total.checked_add(delegated).ok_or(Overflow)?;

		let deposit = Appeals::<T>::take(slash).map_or(0, |appeal| appeal.deposit);
		Recused::<T>::remove(slash);
		let proceeds = [
			(Source::Held(Self::reason(role)), taken.total),
			(Source::Pot, delegated),
			(Source::Held(HoldReason::Appeal.into()), deposit),
		];
		let rewarded = Self::pay(&who, &proceeds, reporter)?;
		Self::store(&who, role, bond);
		Self::store_pool(&who, role, pool);
		Self::deposit_event(Event::SlashApplied { slash, who: who.clone(), role, amount, rewarded });
		Self::update_list(&who, role, active, false);
		Ok(())
	}

	/// Pays the proceeds of a slash of `who` to open claims, the reporter and insurance; returns the reporter's
	/// part.
	///
	/// Insurance pays claims before anything else, so their part goes there too. A reporter whose account cannot
	/// receive its part leaves it to insurance.
	fn pay(
		who: &T::AccountId,
		proceeds: &[(Source<T>, Balance)],
		reporter: Option<T::AccountId>,
	) -> Result<Balance, DispatchError> {
		let amount =
			proceeds.iter().try_fold(0, |sum: Balance, (_, part)| sum.checked_add(*part)).ok_or(Overflow)?;
		let split = slashing::split(amount, reporter.is_some(), T::Claims::open());
		let rewarded = match reporter {
			Some(reporter) => {
				with_storage_layer(|| Self::transfer(who, proceeds, &reporter, 0, split.reporter))
					.map_or(0, |()| split.reporter)
			}
			None => 0,
		};
		Self::transfer(who, proceeds, &T::Insurance::get(), rewarded, amount)?;
		Ok(rewarded)
	}

	/// Moves what lies from `from` to before `to` in the proceeds, source after source, to the free balance of
	/// `receiver`.
	fn transfer(
		who: &T::AccountId,
		proceeds: &[(Source<T>, Balance)],
		receiver: &T::AccountId,
		from: Balance,
		to: Balance,
	) -> DispatchResult {
		let mut start = 0;
		for (source, amount) in proceeds {
			let end = amount.checked_add(start).ok_or(Overflow)?;
			// Nothing where the two do not overlap.
			let part = end.min(to).saturating_sub(from.max(start));
			start = end;
			if part == 0 {
				continue;
			}
			match source {
				Source::Held(reason) => {
					let exact = Precision::Exact;
					let (free, force) = (Restriction::Free, Fortitude::Force);
					T::Currency::transfer_on_hold(reason, who, receiver, part, exact, free, force)?;
				}
				Source::Pot => {
					T::Currency::transfer(&T::Pot::get(), receiver, part, Preservation::Preserve)?;
				}
			}
		}
		Ok(())
	}
}

/// Where a part of what is slashed lies.
enum Source<T: Config> {
	/// On hold in the account of the slashed.
	Held(T::RuntimeHoldReason),
	/// With what is delegated.
	Pot,
}
