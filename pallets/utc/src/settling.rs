//! Settlement between the providers of a UTC, once its window and all its leases are over.
//!
//! While leases end, [`Pallet::book`] keeps what each provider served and what it paid for instead. The first
//! settlement freezes the sums; from then on each position is settled on its own and in any order.

use crate::*;
use exabits_math::settlement::{self, Delivery, Imbalance};
use exabits_primitives::{Balance, MilliDevices, Slot, UtcId};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungible::Mutate as _, tokens::Preservation, Get},
};
use sp_runtime::{
	ArithmeticError::{Overflow, Underflow},
	DispatchError, DispatchResult, PerThing, Perbill,
};

/// What became of the time that a provider was given, in milli-device-slots.
#[derive(Clone, Copy, Default)]
pub(crate) struct Spent {
	/// Served.
	pub served: u64,
	/// Not served, and paid for out of the provider's cover.
	pub covered: u64,
	/// Neither.
	pub lost: u64,
}

impl Spent {
	/// So many slots served and so many not, of so many milli-devices: of what is `owed` for these, `covered` came out of
	/// the provider's cover.
	pub(crate) fn of(
		amount: MilliDevices,
		(served, unserved): (Slot, Slot),
		(covered, owed): (Balance, Balance),
	) -> Option<Self> {
		let unserved = time(amount, unserved)?;
		let covered = u64::try_from(settlement::pro_rata(unserved.into(), covered, owed)).ok()?;
		Some(Self { served: time(amount, served)?, covered, lost: unserved.checked_sub(covered)? })
	}
}

impl<T: Config> Pallet<T> {
	/// Enters what became of a lease's time in its provider's books. What the provider's own cover paid for relieves it
	/// of its promise; what nobody's cover paid for is lost, and all providers bear it. The share that another provider
	/// has paid it to take over is no part of the settlement any more, whatever comes of it.
	///
	/// What was credited for rounds in breach was paid for and not served. Returns how much that was since the last time.
	pub(crate) fn book(
		utc: &UtcRecord,
		account: &mut LeaseAccount<T::AccountId>,
		spent: Spent,
	) -> Result<Balance, DispatchError> {
		let credited = core::mem::take(&mut account.credited);
		let broken =
			settlement::time_of(credited, utc.price, utc.window()).ok_or(Overflow)?.min(spent.served);
		let own = account.taken_over.left_from_one();
		let served = own.mul_floor(spent.served.saturating_sub(broken));
		let covered = own.mul_floor(spent.covered.checked_add(broken).ok_or(Overflow)?);
		Utcs::<T>::try_mutate(account.utc, |utc| {
			let utc = utc.as_mut().ok_or(Error::<T>::UnknownUtc)?;
			utc.lost = utc.lost.checked_add(spent.lost).ok_or(Overflow)?;
			Positions::<T>::try_mutate(account.utc, &account.provider, |position| {
				let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
				position.delivered = position.delivered.checked_add(served).ok_or(Overflow)?;
				utc.delivered = utc.delivered.checked_add(served).ok_or(Overflow)?;
				Self::relieve(utc, position, covered)
			})
		})?;
		Ok(credited)
	}

	/// Relieves a provider of so much of its promise, at most of all that is left.
	fn relieve(utc: &mut UtcRecord, position: &mut Position, time_covered: u64) -> DispatchResult {
		let promised = time(position.minted, utc.window()).ok_or(Overflow)?;
		let relief = time_covered.min(promised.checked_sub(position.relieved).ok_or(Underflow)?);
		position.relieved = position.relieved.checked_add(relief).ok_or(Overflow)?;
		utc.relieved = utc.relieved.checked_add(relief).ok_or(Overflow)?;
		Ok(())
	}

	/// Relieves a provider that stands in of what it has burnt for that, as far as it is paid to: of its own promise it has
	/// nothing left to deliver there.
	pub(crate) fn relieve_stand_in(
		id: UtcId,
		provider: &T::AccountId,
		amount: MilliDevices,
		paid: Perbill,
	) -> DispatchResult {
		Utcs::<T>::try_mutate(id, |utc| {
			let utc = utc.as_mut().ok_or(Error::<T>::UnknownUtc)?;
			let whole = time(amount, utc.window()).ok_or(Overflow)?;
			Positions::<T>::try_mutate(id, provider, |position| {
				let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
				Self::relieve(utc, position, paid.mul_floor(whole))
			})
		})
	}

	/// Keeps what a position is relieved of to what it has minted, after a burn.
	pub(crate) fn cap_relief(utc: &mut UtcRecord, position: &mut Position) -> DispatchResult {
		let promised = time(position.minted, utc.window()).ok_or(Overflow)?;
		let beyond = position.relieved.saturating_sub(promised);
		position.relieved = position.relieved.checked_sub(beyond).ok_or(Underflow)?;
		utc.relieved = utc.relieved.checked_sub(beyond).ok_or(Underflow)?;
		Ok(())
	}

	pub(crate) fn do_settle(id: UtcId, provider: T::AccountId) -> DispatchResult {
		let utc = Utcs::<T>::get(id).ok_or(Error::<T>::UnknownUtc)?;
		ensure!(utc.state != UtcState::Open, Error::<T>::StillOpen);
		let position = Positions::<T>::get(id, &provider).ok_or(Error::<T>::NoPosition)?;
		ensure!(utc.leases == 0, Error::<T>::LeasesUnfinished);
		let mut settlement = Self::settlement_of(id).ok_or(Error::<T>::NoPosition)?;
		let due = match position.due {
			Some(due) => due,
			None => Self::balance(id, &utc, &provider, &position, &mut settlement)?,
		};
		if due > 0 && settlement.open > 0 {
			ensure!(position.due.is_none(), Error::<T>::OthersUnsettled);
			let offered = MilliDevices(0);
			let settled = Position { cover: 0, set_aside: 0, offered, due: Some(due), ..position };
			Positions::<T>::insert(id, &provider, settled);
			Settlements::<T>::insert(id, settlement);
			return Ok(());
		}
		if due > 0 {
			Self::pay_due(id, &provider, due, &mut settlement)?;
		}
		Self::end_position(id, utc, &provider, position, settlement)
	}

	/// Takes from a provider's cover what it owes to the others, and releases the rest. Returns what it is owed.
	fn balance(
		id: UtcId,
		utc: &UtcRecord,
		provider: &T::AccountId,
		position: &Position,
		settlement: &mut Settlement,
	) -> Result<Balance, DispatchError> {
		let window = utc.window();
		let own = position.delivery(window).ok_or(Overflow)?;
		let all = Delivery { obliged: settlement.obliged, delivered: settlement.delivered };
		settlement.open = settlement.open.checked_sub(1).ok_or(Underflow)?;
		let (owes, due) =
			match settlement::imbalance(own, all, utc.imbalance_price, window).ok_or(Overflow)? {
				Imbalance::Pays(amount) => (amount, 0),
				Imbalance::Receives(amount) => (0, amount),
			};
		settlement.due = settlement.due.checked_add(due).ok_or(Overflow)?;
		let paid = owes.min(position.cover);
		if paid > 0 {
			Self::move_cover(provider, &Self::account_id(), paid)?;
			settlement.paid = settlement.paid.checked_add(paid).ok_or(Overflow)?;
			settlement.left = settlement.left.checked_add(paid).ok_or(Overflow)?;
			Self::deposit_event(Event::DutyPaid { utc: id, provider: provider.clone(), amount: paid });
		}
		// What it still offers can be minted no more.
		let kept = position.cover.checked_add(position.set_aside).ok_or(Overflow)?;
		let amount = kept.checked_sub(paid).ok_or(Underflow)?;
		let bonded = Self::release_cover(provider, amount)?;
		Self::sub_open_cover(utc.key.class, position.cover)?;
		Self::deposit_event(Event::CoverReleased { utc: id, provider: provider.clone(), amount, bonded });
		Ok(due)
	}

	/// Pays a provider what it is owed, pro rata where the others could not pay all that they owed.
	fn pay_due(
		id: UtcId,
		provider: &T::AccountId,
		due: Balance,
		settlement: &mut Settlement,
	) -> DispatchResult {
		let amount = settlement::pro_rata(due, settlement.paid, settlement.due);
		let paid = with_storage_layer(|| {
			T::Currency::transfer(&Self::account_id(), provider, amount, Preservation::Preserve)
		});
		if let Err(error) = paid {
			// An account that does not exist and is owed too little to create it: the insurance pool takes it.
			log::warn!(target: LOG_TARGET, "what UTC {id} owes a provider cannot be paid: {error:?}");
			return Ok(());
		}
		settlement.left = settlement.left.checked_sub(amount).ok_or(Underflow)?;
		Self::deposit_event(Event::DuePaid { utc: id, provider: provider.clone(), amount });
		Ok(())
	}

	/// Removes a settled position; with the last one, what is left of what was paid goes to the insurance pool.
	fn end_position(
		id: UtcId,
		mut utc: UtcRecord,
		provider: &T::AccountId,
		position: Position,
		settlement: Settlement,
	) -> DispatchResult {
		Positions::<T>::remove(id, provider);
		utc.minted = utc.minted.checked_sub(position.minted).ok_or(Underflow)?;
		utc.redeemed = utc.redeemed.checked_sub(position.placed).ok_or(Underflow)?;
		utc.delivered = utc.delivered.checked_sub(position.delivered).ok_or(Underflow)?;
		utc.relieved = utc.relieved.checked_sub(position.relieved).ok_or(Underflow)?;
		utc.positions = utc.positions.checked_sub(1).ok_or(Underflow)?;
		let last = utc.positions == 0;
		Utcs::<T>::insert(id, utc);
		if !last {
			Settlements::<T>::insert(id, settlement);
			return Ok(());
		}
		Settlements::<T>::remove(id);
		if settlement.left > 0 {
			let (from, to) = (Self::account_id(), T::Insurance::get());
			T::Currency::transfer(&from, &to, settlement.left, Preservation::Preserve)?;
			Self::deposit_event(Event::SettlementClosed { utc: id, remainder: settlement.left });
		}
		Ok(())
	}
}
