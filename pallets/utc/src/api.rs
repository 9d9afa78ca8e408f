//! What other pallets tell this one, and ask of it.

use crate::{settling::Spent, *};
use exabits_math::settlement;
use exabits_primitives::{
	Balance, Capacity, ClassId, Credits, LeaseEvents, LeaseId, LeaseInfo, MilliDevices, Obligations, Redeem,
	Slot, UtcId, UtcKey, UtcKeys, UtcMarket,
};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungible::Mutate as _, fungibles::Inspect as _, tokens::Preservation, Get},
	weights::Weight,
};
use sp_runtime::{
	ArithmeticError::{Overflow, Underflow},
	DispatchError, DispatchResult, PerThing, Perbill, Rounding,
};

impl<T: Config> Pallet<T> {
	/// Runs something that the caller cannot see fail: all of it happens, or none and a line in the log.
	fn quietly(what: &str, lease: LeaseId, act: impl FnOnce() -> DispatchResult) {
		if let Err(error) = with_storage_layer(act) {
			log::error!(target: LOG_TARGET, "{what} of lease {lease} failed: {error:?}");
		}
	}

	/// Gives `amount` of a UTC to `provider` to deliver, and sets aside up to `most` of its free cover for it.
	fn give(
		id: UtcId,
		provider: &T::AccountId,
		amount: MilliDevices,
		most: Balance,
	) -> Result<Balance, DispatchError> {
		Positions::<T>::try_mutate(id, provider, |position| {
			let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
			ensure!(position.unplaced() >= amount, Error::<T>::BeyondUnplaced);
			let reserved = most.min(position.cover.saturating_sub(position.liable));
			position.placed = position.placed.checked_add(amount).ok_or(Overflow)?;
			position.liable = position.liable.checked_add(reserved).ok_or(Overflow)?;
			position.leases = position.leases.checked_add(1).ok_or(Overflow)?;
			Ok(reserved)
		})
	}

	fn on_placed(lease: LeaseId, info: &LeaseInfo<T::AccountId>) -> DispatchResult {
		let (id, mut utc) = Self::utc(info.key).ok_or(Error::<T>::UnknownUtc)?;
		let most = utc.part(info.amount).ok_or(Overflow)?;
		let reserved = Self::give(id, &info.provider, info.amount, most)?;
		utc.redeemed = utc.redeemed.checked_add(info.amount).ok_or(Overflow)?;
		utc.leases = utc.leases.checked_add(1).ok_or(Overflow)?;
		Utcs::<T>::insert(id, utc);
		LeaseAccounts::<T>::insert(
			lease,
			LeaseAccount {
				utc: id,
				tenant: info.tenant.clone(),
				provider: info.provider.clone(),
				since: info.start,
				taken_over: Perbill::zero(),
				amount: info.amount,
				reserved,
				served: 0,
				awarded: 0,
				fee: 0,
				reward_pool: 0,
				rewarded: 0,
				bounty: 0,
				credited: 0,
				rejected: false,
			},
		);
		Ok(())
	}

	/// A lease goes from its provider, which served it before `until`, to the one in `info`. The tenant is paid for the
	/// time in between. Where the move is the provider's `fault` it pays the other one to take over what remains.
	fn on_replaced(
		lease: LeaseId,
		info: &LeaseInfo<T::AccountId>,
		until: Slot,
		fault: bool,
	) -> DispatchResult {
		let mut account = LeaseAccounts::<T>::get(lease).ok_or(Error::<T>::NotPlaced)?;
		let utc = Utcs::<T>::get(account.utc).ok_or(Error::<T>::UnknownUtc)?;
		let served = until.min(info.start).saturating_sub(account.since);
		let unserved = info.start.saturating_sub(account.since.saturating_add(served));
		if served > 0 || unserved > 0 {
			let owed = Self::worth(&utc, account.amount, unserved)?;
			let (awarded, reserved) = (account.awarded, account.reserved);
			Self::award(&utc, &mut account, owed)?;
			let paid = Self::covered(&account, (awarded, reserved));
			let spent = Spent::of(account.amount, (served, unserved), paid).ok_or(Overflow)?;
			let credited = Self::book(&utc, &mut account, spent)?;
			Self::forfeit(lease, &utc, &mut account, paid.0.saturating_add(credited))?;
			if owed > 0 {
				let (tenant, amount) = (account.tenant.clone(), account.awarded.saturating_sub(awarded));
				Self::deposit_event(Event::Credited { lease, tenant, amount });
			}
			account.since = info.start;
		}
		let (id, amount) = (account.utc, account.amount);
		let same = account.provider == info.provider;
		// The promise of who fails a lease is used up by it, and what the other one has not sold stands in.
		let has_room = || {
			Positions::<T>::get(id, &info.provider)
				.is_some_and(|position| Self::has_room(&position, &info.provider, &utc.key))
		};
		let stands_in = fault && !(same && has_room());
		if stands_in {
			Self::spend_unsold(id, &info.provider, amount)?;
		}
		if !same {
			// Whoever was paid to take a lease over passes that on, whatever the reason.
			let share = if fault { Perbill::one() } else { account.taken_over };
			account.taken_over = Self::take_over(lease, &utc, &mut account, info, share)?;
		}
		Positions::<T>::try_mutate(id, &account.provider, |position| {
			let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
			if stands_in {
				position.placed = position.placed.checked_add(amount).ok_or(Overflow)?;
				position.ended = position.ended.checked_add(amount).ok_or(Overflow)?;
			}
			if !same {
				position.placed = position.placed.checked_sub(amount).ok_or(Underflow)?;
				position.liable = position.liable.checked_sub(account.reserved).ok_or(Underflow)?;
				position.leases = position.leases.checked_sub(1).ok_or(Underflow)?;
			}
			ensure!(position.placed <= position.minted, Error::<T>::BeyondUnplaced);
			Ok::<_, DispatchError>(())
		})?;
		if stands_in {
			let paid = if same { Perbill::one() } else { account.taken_over };
			Self::relieve_stand_in(id, &info.provider, amount, paid)?;
		}
		if same {
			LeaseAccounts::<T>::insert(lease, account);
			return Ok(());
		}
		let most = utc.part(account.amount).ok_or(Overflow)?.saturating_sub(account.awarded);
		account.reserved = Self::give(id, &info.provider, amount, most)?;
		account.provider = info.provider.clone();
		account.served = 0;
		LeaseAccounts::<T>::insert(lease, account);
		Ok(())
	}

	/// Whether a provider's machines in service can serve all that it has minted and not served.
	fn has_room(position: &Position, provider: &T::AccountId, key: &UtcKey) -> bool {
		position.deficit(T::Capacity::committed(provider, key)).0 == 0
	}

	/// Burns UTC that a provider has not sold, since it takes over a lease that somebody fails to serve: so holders of the
	/// UTC lose no place by it.
	fn spend_unsold(id: UtcId, provider: &T::AccountId, amount: MilliDevices) -> DispatchResult {
		Self::burn_asset(id, provider, amount)?;
		Utcs::<T>::try_mutate(id, |utc| {
			let utc = utc.as_mut().ok_or(Error::<T>::UnknownUtc)?;
			utc.redeemed = utc.redeemed.checked_add(amount).ok_or(Overflow)?;
			Ok(())
		})
	}

	/// What so many slots of so many milli-devices are worth, rounded down.
	pub(crate) fn worth(
		utc: &UtcRecord,
		amount: MilliDevices,
		slots: Slot,
	) -> Result<Balance, DispatchError> {
		let time = time(amount, slots).ok_or(Overflow)?;
		Ok(settlement::worth(time, utc.price, utc.window(), Rounding::Down).ok_or(Overflow)?)
	}

	/// Has a lease's provider pay the one in `info` this share of what remains of the lease is worth, but no more than
	/// stands for the lease. Returns the share of the whole that was paid; what was not is the new provider's to deliver
	/// like its own, so that the settlement between providers sees to it.
	fn take_over(
		lease: LeaseId,
		utc: &UtcRecord,
		account: &mut LeaseAccount<T::AccountId>,
		info: &LeaseInfo<T::AccountId>,
		share: Perbill,
	) -> Result<Perbill, DispatchError> {
		let remaining = info.end.saturating_sub(info.start);
		let time = time(account.amount, remaining).ok_or(Overflow)?;
		let whole = settlement::worth(time, utc.price, utc.window(), Rounding::Up).ok_or(Overflow)?;
		let amount = settlement::share_of(whole, share).min(account.reserved);
		let (from, to) = (account.provider.clone(), info.provider.clone());
		if amount == 0 || Self::take_cover(account, utc.key.class, &to, amount).is_err() {
			return Ok(Perbill::zero());
		}
		let spent = Spent::of(account.amount, (0, remaining), (amount, whole)).ok_or(Overflow)?;
		// The rest is not lost: it is served.
		Self::book(utc, account, Spent { lost: 0, ..spent })?;
		Self::deposit_event(Event::TakenOver { lease, from, to, amount });
		Self::forfeit(lease, utc, account, amount)?;
		Ok(Perbill::from_rational_with_rounding(amount, whole, Rounding::Down).unwrap_or_default())
	}

	/// Of what was awarded since an account was `(awarded, reserved)`: what came out of its provider's cover, and all.
	pub(crate) fn covered(
		account: &LeaseAccount<T::AccountId>,
		(awarded, reserved): (Balance, Balance),
	) -> (Balance, Balance) {
		(reserved.saturating_sub(account.reserved), account.awarded.saturating_sub(awarded))
	}

	fn on_improved(lease: LeaseId, info: &LeaseInfo<T::AccountId>, by: &T::AccountId) -> DispatchResult {
		Self::on_replaced(lease, info, info.start, false)?;
		let mut account = LeaseAccounts::<T>::get(lease).ok_or(Error::<T>::NotPlaced)?;
		// Once per lease: a second one would come out of what is left for others.
		ensure!(account.bounty == 0, Error::<T>::BountyPaid);
		let amount = settlement::bounty(account.fee, account.reward_pool, T::BountyShare::get());
		if amount == 0 {
			return Ok(());
		}
		account.bounty = amount;
		T::Currency::transfer(&Self::account_id(), by, amount, Preservation::Preserve)?;
		LeaseAccounts::<T>::insert(lease, account);
		Self::deposit_event(Event::BountyPaid { lease, by: by.clone(), amount });
		Ok(())
	}

	fn on_failed(lease: LeaseId, remaining: Perbill) -> DispatchResult {
		let mut account = LeaseAccounts::<T>::get(lease).ok_or(Error::<T>::NotPlaced)?;
		let utc = Utcs::<T>::get(account.utc).ok_or(Error::<T>::UnknownUtc)?;
		if account.rejected {
			Self::forfeit_trial(lease, &utc, &mut account)?;
			return Self::end_lease(lease, account);
		}
		let owed = settlement::principal(account.amount, utc.price, remaining).ok_or(Overflow)?;
		let (awarded, reserved) = (account.awarded, account.reserved);
		let Paid { from_cover, from_insurance, claim } = Self::award(&utc, &mut account, owed)?;
		// The whole slots that `remaining` was made of: it has more digits than a window has slots.
		let unserved = remaining.mul_ceil(utc.window());
		let served = utc.end.saturating_sub(account.since).saturating_sub(unserved);
		let paid = Self::covered(&account, (awarded, reserved));
		let spent = Spent::of(account.amount, (served, unserved), paid).ok_or(Overflow)?;
		let credited = Self::book(&utc, &mut account, spent)?;
		Self::forfeit(lease, &utc, &mut account, paid.0.saturating_add(credited))?;
		let tenant = account.tenant.clone();
		Self::deposit_event(Event::Compensated { lease, tenant, from_cover, from_insurance, claim });
		Self::end_lease(lease, account)
	}

	fn on_completed(lease: LeaseId) -> DispatchResult {
		let mut account = LeaseAccounts::<T>::get(lease).ok_or(Error::<T>::NotPlaced)?;
		let utc = Utcs::<T>::get(account.utc).ok_or(Error::<T>::UnknownUtc)?;
		if !account.rejected {
			let served = utc.end.saturating_sub(account.since);
			let spent = Spent::of(account.amount, (served, 0), (0, 0)).ok_or(Overflow)?;
			let credited = Self::book(&utc, &mut account, spent)?;
			Self::forfeit(lease, &utc, &mut account, credited)?;
		}
		Self::end_lease(lease, account)
	}

	fn on_reward(lease: LeaseId, kept: Perbill, weight: Perbill, rounds: u32) -> DispatchResult {
		let Some(mut account) = LeaseAccounts::<T>::get(lease).filter(|account| !account.rejected) else {
			return Ok(());
		};
		// Of a round that broke some of its terms, credits may be due.
		if kept.is_one() {
			let utc = Utcs::<T>::get(account.utc).ok_or(Error::<T>::UnknownUtc)?;
			let whole = utc.part(account.amount).ok_or(Overflow)?;
			let served = whole.checked_div(Balance::from(rounds.max(1))).unwrap_or(0);
			account.served = account.served.saturating_add(served).min(account.reserved);
		}
		let most = settlement::reward(account.reward_pool, account.rewarded, rounds);
		let amount = weight.mul_floor(kept.mul_floor(most));
		account.rewarded = account.rewarded.checked_add(amount).ok_or(Overflow)?;
		let provider = account.provider.clone();
		LeaseAccounts::<T>::insert(lease, account);
		if amount > 0 {
			T::Currency::transfer(&Self::account_id(), &provider, amount, Preservation::Preserve)?;
			Self::deposit_event(Event::Rewarded { lease, provider, amount });
		}
		Ok(())
	}

	fn on_credit(lease: LeaseId, credit: Perbill, rounds: u32) -> DispatchResult {
		let Some(mut account) = LeaseAccounts::<T>::get(lease).filter(|_| !credit.is_zero()) else {
			return Ok(());
		};
		let utc = Utcs::<T>::get(account.utc).ok_or(Error::<T>::UnknownUtc)?;
		if account.rejected {
			Self::forfeit_trial(lease, &utc, &mut account)?;
			LeaseAccounts::<T>::insert(lease, account);
			return Ok(());
		}
		let owed = settlement::credit(account.amount, utc.price, credit, rounds).ok_or(Overflow)?;
		let paid = Self::award(&utc, &mut account, owed)?;
		account.credited = account.credited.checked_add(paid.from_cover).ok_or(Overflow)?;
		let tenant = account.tenant.clone();
		LeaseAccounts::<T>::insert(lease, account);
		let amount = paid.from_cover.checked_add(paid.from_insurance).ok_or(Overflow)?;
		if amount > 0 {
			Self::deposit_event(Event::Credited { lease, tenant, amount });
		}
		Ok(())
	}
}

impl<T: Config> LeaseEvents<T::AccountId> for Pallet<T> {
	fn deliverable(provider: &T::AccountId, key: &UtcKey) -> MilliDevices {
		Self::utc(*key)
			.filter(|(_, utc)| utc.state == UtcState::Open)
			.and_then(|(id, _)| Positions::<T>::get(id, provider))
			.map_or(MilliDevices(0), |position| position.unplaced())
	}

	fn stands_in(provider: &T::AccountId, from: &T::AccountId, key: &UtcKey, amount: MilliDevices) -> bool {
		let Some((id, _)) = Self::utc(*key).filter(|(_, utc)| utc.state == UtcState::Open) else {
			return false;
		};
		let Some(position) = Positions::<T>::get(id, provider) else { return false };
		let unsold =
			position.unplaced() >= amount && T::Assets::balance(id.0, provider) >= Balance::from(amount.0);
		unsold || (provider == from && Self::has_room(&position, provider, key))
	}

	fn placed(lease: LeaseId, info: &LeaseInfo<T::AccountId>) {
		Self::quietly("booking", lease, || Self::on_placed(lease, info));
	}

	fn replaced(lease: LeaseId, _from: &T::AccountId, info: &LeaseInfo<T::AccountId>, until: Slot) {
		Self::quietly("moving", lease, || Self::on_replaced(lease, info, until, true));
	}

	fn improved(
		lease: LeaseId,
		_from: &T::AccountId,
		info: &LeaseInfo<T::AccountId>,
		by: &T::AccountId,
	) -> DispatchResult {
		with_storage_layer(|| Self::on_improved(lease, info, by))
	}

	// Money moves with verdicts and at the end; an acknowledgement alone earns nothing.
	fn running(_lease: LeaseId, _info: &LeaseInfo<T::AccountId>) {}

	fn failed(lease: LeaseId, _info: &LeaseInfo<T::AccountId>, remaining: Perbill) {
		Self::quietly("compensation", lease, || Self::on_failed(lease, remaining));
	}

	fn completed(lease: LeaseId, _info: &LeaseInfo<T::AccountId>) {
		Self::quietly("completion", lease, || Self::on_completed(lease));
	}
}

impl<T: Config> Credits for Pallet<T> {
	fn reward(lease: LeaseId, kept: Perbill, weight: Perbill, rounds_per_window: u32) {
		Self::quietly("reward", lease, || Self::on_reward(lease, kept, weight, rounds_per_window));
	}

	fn credit(lease: LeaseId, credit: Perbill, rounds_per_window: u32) {
		Self::quietly("credit", lease, || Self::on_credit(lease, credit, rounds_per_window));
	}
}

impl<T: Config> exabits_primitives::Claims for Pallet<T> {
	fn open() -> Balance {
		// What the pool has above the mark is for claims already.
		Claimed::<T>::get()
			.map_or(0, |book| book.total.saturating_sub(Self::pool().saturating_sub(book.mark)))
	}
}

impl<T: Config> Obligations<T::AccountId> for Pallet<T> {
	fn promised(provider: &T::AccountId, key: &UtcKey) -> MilliDevices {
		UtcByKey::<T>::get(key)
			.and_then(|id| Positions::<T>::get(id, provider))
			.and_then(|position| position.promised())
			.unwrap_or(MilliDevices(0))
	}

	fn open_cover(class: ClassId) -> Balance {
		OpenCover::<T>::get(class)
	}
}

impl<T: Config> Redeem<T::AccountId> for Pallet<T> {
	fn redeem(tenant: T::AccountId, utc: UtcId, redemption: Redemption) -> DispatchResult {
		with_storage_layer(|| Self::do_redeem(tenant, utc, redemption))
	}

	fn redeem_weight(windows: u32, may_move: bool) -> Weight {
		Self::weight_of_redemption(windows, may_move)
	}
}

impl<T: Config> UtcKeys for Pallet<T> {
	fn key(utc: UtcId) -> Option<UtcKey> {
		Utcs::<T>::get(utc).map(|utc| utc.key)
	}
}

impl<T: Config> UtcMarket for Pallet<T> {
	fn terms(utc: UtcId) -> Option<(Balance, Slot)> {
		let utc = Utcs::<T>::get(utc).filter(|utc| utc.state == UtcState::Open)?;
		Some((settlement::price_cap(utc.price, utc.kappa)?, utc.end))
	}
}
