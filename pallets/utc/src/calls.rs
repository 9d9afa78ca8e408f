//! Minting, burning, redeeming, and paying claims.

use crate::{settling::Spent, *};
use alloc::{format, string::String, vec::Vec};
use exabits_math::settlement;
use exabits_primitives::{
	Agreements, Balance, Bonds, Capacity, ClassInfo, Classes, Clock, LeaseId, LeaseRequest, Leases,
	MilliDevices, Role, UtcId, UtcKey, WindowIndex, MAX_WINDOWS,
};
use frame_support::{
	ensure,
	traits::{
		fungible::{hold::Mutate as _, Mutate as _},
		fungibles::{metadata::Mutate as _, Create, Mutate as _},
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
	weights::Weight,
};
use sp_runtime::{
	traits::AccountIdConversion, ArithmeticError::Overflow, DispatchError, DispatchResult, Perbill,
};

/// Decimals of every UTC: its smallest unit is one milli-device for one window.
const DECIMALS: u8 = 3;

/// The longest part of a class's name that goes into an asset's name, in bytes. With it, the longest window
/// and the longest template, a name has 50 bytes, which asset pallets commonly allow.
const CLASS_NAME: usize = 22;

impl<T: Config> Pallet<T> {
	/// The account that keeps fees and owns the assets.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Settlement price and κ: those of the UTC where it is open, else those it would open with now.
	pub(crate) fn price_of(key: UtcKey) -> Option<(Balance, u32)> {
		if let Some(utc) = UtcByKey::<T>::get(key).and_then(Utcs::<T>::get) {
			return Some((utc.price, utc.kappa));
		}
		let class = T::Classes::class(key.class)?;
		Self::opening_terms(key, &class).ok()
	}

	/// Settlement price and κ that a UTC opens with.
	fn opening_terms(key: UtcKey, class: &ClassInfo) -> Result<(Balance, u32), DispatchError> {
		ensure!(T::Agreements::template_allows(key.template, class.kind), Error::<T>::TemplateNotAllowed);
		let factor: Perbill =
			T::Agreements::price_factor(key.template).ok_or(Error::<T>::TemplateNotAllowed)?;
		let price = settlement::price(class.price, factor);
		ensure!(price > 0, Error::<T>::NoPrice);
		Ok((price, T::Kappa::get().max(settlement::KAPPA_ONE)))
	}

	pub(crate) fn do_mint(provider: T::AccountId, key: UtcKey, amount: MilliDevices) -> DispatchResult {
		ensure!(amount.0 > 0, Error::<T>::ZeroAmount);
		let class = T::Classes::class(key.class).ok_or(Error::<T>::UnknownClass)?;
		Self::ensure_mintable(key, &class)?;

		let (id, mut utc) = match UtcByKey::<T>::get(key) {
			Some(id) => (id, Utcs::<T>::get(id).ok_or(Error::<T>::UnknownUtc)?),
			None => Self::open_utc(key, &class)?,
		};
		let mut position = Self::position_to_mint(id, &mut utc, &provider)?;
		position.minted = position.minted.checked_add(amount).ok_or(Overflow)?;
		ensure!(Self::is_backed(&provider, &key, &position), Error::<T>::BeyondCommitment);

		let cover = settlement::cover(amount, utc.price, utc.kappa).ok_or(Overflow)?;
		T::Bonds::debit(&provider, Role::Service, cover)?;
		T::Currency::hold(&HoldReason::Cover.into(), &provider, cover)?;
		T::Assets::mint_into(id.0, &provider, Balance::from(amount.0))?;

		position.cover = position.cover.checked_add(cover).ok_or(Overflow)?;
		Self::add_open_cover(key.class, cover)?;
		utc.minted = utc.minted.checked_add(amount).ok_or(Overflow)?;
		Positions::<T>::insert(id, &provider, position);
		Utcs::<T>::insert(id, utc);
		Self::deposit_event(Event::Minted { utc: id, provider, amount, cover });
		Ok(())
	}

	/// Fails unless UTC of this key can be minted now.
	pub(crate) fn ensure_mintable(key: UtcKey, class: &ClassInfo) -> DispatchResult {
		let now = T::Clock::now();
		ensure!(now < key.window.start(class.window_slots), Error::<T>::WindowStarted);
		let current = WindowIndex::at(now, class.window_slots);
		ensure!(key.window.0.saturating_sub(current.0) <= T::MaxWindowsAhead::get(), Error::<T>::TooFarAhead);
		Ok(())
	}

	/// A provider's position, which begins where there is none. The caller stores both.
	pub(crate) fn position_to_mint(
		id: UtcId,
		utc: &mut UtcRecord,
		provider: &T::AccountId,
	) -> Result<Position, DispatchError> {
		if let Some(position) = Positions::<T>::get(id, provider) {
			return Ok(position);
		}
		utc.positions = utc.positions.checked_add(1).ok_or(Overflow)?;
		Ok(Position::default())
	}

	/// Stores a position; one with nothing to settle ends here. The caller stores the UTC.
	pub(crate) fn keep_position(
		id: UtcId,
		utc: &mut UtcRecord,
		provider: &T::AccountId,
		position: Position,
	) -> DispatchResult {
		if position.is_idle() {
			Positions::<T>::remove(id, provider);
			utc.positions = utc.positions.checked_sub(1).ok_or(Overflow)?;
		} else {
			Positions::<T>::insert(id, provider, position);
		}
		Ok(())
	}

	/// Creates the asset of a UTC, freezes its terms, and schedules its close. The caller stores it.
	pub(crate) fn open_utc(key: UtcKey, class: &ClassInfo) -> Result<(UtcId, UtcRecord), DispatchError> {
		let (price, kappa) = Self::opening_terms(key, class)?;
		let id = NextUtc::<T>::get();
		NextUtc::<T>::put(id.next().ok_or(Overflow)?);

		let owner = Self::account_id();
		T::Assets::create(id.0, owner.clone(), false, 1)?;
		T::Assets::set(
			id.0,
			&owner,
			Self::asset_name(key, class),
			format!("UTC{id}").into_bytes(),
			DECIMALS,
		)?;

		let utc = UtcRecord {
			key,
			price,
			kappa,
			imbalance_price: settlement::imbalance_price(
				price,
				T::RedeemFee::get(),
				T::RewardShare::get(),
				T::BountyShare::get(),
			),
			start: key.window.start(class.window_slots),
			end: key.window.end(class.window_slots),
			minted: MilliDevices(0),
			redeemed: MilliDevices(0),
			delivered: 0,
			relieved: 0,
			lost: 0,
			positions: 0,
			leases: 0,
			state: UtcState::Open,
		};
		Self::schedule_close(id, &utc)?;
		UtcByKey::<T>::insert(key, id);
		Self::deposit_event(Event::UtcOpened { utc: id, key, price });
		Ok((id, utc))
	}

	/// A name for wallets, such as `UTC H100-SXM5-80G w123 t0`.
	fn asset_name(key: UtcKey, class: &ClassInfo) -> Vec<u8> {
		let name = String::from_utf8_lossy(&class.name);
		let cut = name.char_indices().map(|(at, c)| at.saturating_add(c.len_utf8()));
		let end = cut.take_while(|end| *end <= CLASS_NAME).last().unwrap_or(0);
		let short = name.get(..end).unwrap_or_default();
		format!("UTC {short} w{} t{}", key.window, key.template).into_bytes()
	}

	pub(crate) fn do_burn(provider: T::AccountId, id: UtcId, amount: MilliDevices) -> DispatchResult {
		ensure!(amount.0 > 0, Error::<T>::ZeroAmount);
		let mut utc = Self::tradeable(id)?;
		let mut position = Positions::<T>::get(id, &provider).ok_or(Error::<T>::NoPosition)?;
		let unplaced = position.unplaced().checked_sub(amount).ok_or(Error::<T>::BeyondUnplaced)?;
		Self::burn_asset(id, &provider, amount)?;

		let cover =
			settlement::released(amount, unplaced, position.cover, position.liable, utc.price, utc.kappa)
				.ok_or(Overflow)?;
		Self::release_cover(&provider, cover)?;
		position.cover = position.cover.checked_sub(cover).ok_or(Overflow)?;
		Self::sub_open_cover(utc.key.class, cover)?;
		position.minted = position.minted.checked_sub(amount).ok_or(Overflow)?;
		utc.minted = utc.minted.checked_sub(amount).ok_or(Overflow)?;
		Self::cap_relief(&mut utc, &mut position)?;
		Self::keep_position(id, &mut utc, &provider, position)?;
		Utcs::<T>::insert(id, utc);
		Self::deposit_event(Event::Burned { utc: id, provider, amount, cover });
		Ok(())
	}

	pub(crate) fn do_redeem(tenant: T::AccountId, id: UtcId, redemption: Redemption) -> DispatchResult {
		let Redemption { amount, windows, may_move, floor, hint, workload, access_key } = redemption;
		ensure!(amount.is_leasable(), Error::<T>::NotLeasable);
		ensure!((1..=MAX_WINDOWS).contains(&windows), Error::<T>::InvalidWindows);
		let key = Self::tradeable(id)?.key;
		let mut redeemed = Vec::new();
		for ahead in 0..windows {
			let key = key.later(ahead).ok_or(Overflow)?;
			let id = UtcByKey::<T>::get(key).ok_or(Error::<T>::UnknownUtc)?;
			let utc = Self::tradeable(id)?;
			let fee = settlement::fee(amount, utc.price, T::RedeemFee::get()).ok_or(Overflow)?;
			Self::burn_asset(id, &tenant, amount)?;
			redeemed.push((id, fee));
		}
		let fees =
			redeemed.iter().try_fold(0, |sum: Balance, (_, fee)| sum.checked_add(*fee)).ok_or(Overflow)?;
		T::Currency::transfer(&tenant, &Self::account_id(), fees, Preservation::Preserve)?;

		let mut lease = T::Leases::place(LeaseRequest {
			tenant: tenant.clone(),
			key,
			windows,
			may_move,
			amount,
			floor,
			hint,
			workload,
			access_key,
		})?;
		for (id, fee) in redeemed {
			// Placing has told `LeaseEvents::placed`, which booked the lease unless its provider may not deliver.
			LeaseAccounts::<T>::try_mutate(lease, |account| {
				let account = account
					.as_mut()
					.filter(|account| account.utc == id && account.tenant == tenant)
					.ok_or(Error::<T>::NotPlaced)?;
				account.fee = fee;
				account.reward_pool = settlement::reward_pool(fee, T::RewardShare::get());
				Ok::<_, DispatchError>(())
			})?;
			Self::deposit_event(Event::Redeemed { utc: id, tenant: tenant.clone(), amount, fee, lease });
			lease = lease.next().ok_or(Overflow)?;
		}
		Ok(())
	}

	/// The most that a redemption of so many windows weighs.
	pub(crate) fn weight_of_redemption(windows: u32, may_move: bool) -> Weight {
		T::WeightInfo::redeem(windows.min(MAX_WINDOWS))
			.saturating_add(T::Leases::place_weight(windows, may_move))
	}

	pub(crate) fn do_reject(tenant: T::AccountId, lease: LeaseId) -> DispatchResult {
		T::Leases::reject_lease(lease, &tenant)?;
		let mut account = LeaseAccounts::<T>::get(lease).ok_or(Error::<T>::NotPlaced)?;
		let utc = Utcs::<T>::get(account.utc).ok_or(Error::<T>::UnknownUtc)?;
		let now = T::Clock::now();
		let served = now.min(utc.end).saturating_sub(account.since);
		let unserved = utc.end.saturating_sub(account.since.saturating_add(served));
		let owed = Self::worth(&utc, account.amount, unserved)?;
		let share = settlement::share_of(owed, settlement::REJECTED_SHARE);
		let before = account.reserved;
		let paid = Self::award(&utc, &mut account, share)?;
		let insurance = owed.saturating_sub(share).min(account.reserved);
		Self::take_cover(&mut account, utc.key.class, &T::Insurance::get(), insurance)?;
		let covered = before.saturating_sub(account.reserved);
		// Whether what it ran was served is not known.
		let spent = Spent::of(account.amount, (0, unserved), (covered, owed)).ok_or(Overflow)?;
		let credited = Self::book(&utc, &mut account, spent)?;
		Self::forfeit(lease, &utc, &mut account, credited)?;
		let on_trial = settlement::forfeit(covered, utc.kappa).ok_or(Overflow)?;
		// What rounds before have earned stays theirs, but not at the cost of what is on trial.
		account.served = account.served.min(account.reserved.saturating_sub(on_trial));
		account.rejected = true;
		Positions::<T>::try_mutate(account.utc, &account.provider, |position| {
			let position = position.as_mut().ok_or(Error::<T>::NoPosition)?;
			position.ended = position.ended.checked_add(account.amount).ok_or(Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		LeaseAccounts::<T>::insert(lease, account);
		let amount = paid.from_cover.checked_add(paid.from_insurance).ok_or(Overflow)?;
		Self::deposit_event(Event::Rejected { lease, tenant, amount, insurance });
		Ok(())
	}

	pub(crate) fn do_redeem_for_cash(
		holder: T::AccountId,
		id: UtcId,
		amount: MilliDevices,
		provider: T::AccountId,
		machines: LostMachines,
	) -> DispatchResult {
		ensure!(amount.0 > 0, Error::<T>::ZeroAmount);
		let mut utc = Self::tradeable(id)?;
		let mut position = Positions::<T>::get(id, &provider).ok_or(Error::<T>::NoPosition)?;
		let committed = T::Capacity::committed_without(&provider, &utc.key, &machines);
		let deficit = position.deficit(committed.ok_or(Error::<T>::NotLost)?);
		ensure!(amount <= deficit, Error::<T>::BeyondDeficit);
		Self::burn_asset(id, &holder, amount)?;

		let paid = Self::worth(&utc, amount, utc.remaining(T::Clock::now()))?;
		let free = position.cover.saturating_sub(position.liable);
		let left = free.checked_sub(paid).ok_or(Error::<T>::CoverTooLow)?;
		let forfeited = settlement::forfeit(paid, utc.kappa).ok_or(Overflow)?.min(left);
		Self::move_cover(&provider, &holder, paid)?;
		Self::move_cover(&provider, &T::Insurance::get(), forfeited)?;
		let taken = paid.checked_add(forfeited).ok_or(Overflow)?;
		position.cover = position.cover.checked_sub(taken).ok_or(Overflow)?;
		position.paid = position.paid.checked_add(taken).ok_or(Overflow)?;
		Self::sub_open_cover(utc.key.class, taken)?;
		position.minted = position.minted.checked_sub(amount).ok_or(Overflow)?;
		utc.minted = utc.minted.checked_sub(amount).ok_or(Overflow)?;
		Self::cap_relief(&mut utc, &mut position)?;
		Positions::<T>::insert(id, &provider, position);
		Utcs::<T>::insert(id, utc);
		Self::deposit_event(Event::RedeemedForCash { utc: id, holder, provider, amount, paid, forfeited });
		Ok(())
	}

	pub(crate) fn do_pay_claim(tenant: T::AccountId) -> DispatchResult {
		let claim = Claims::<T>::get(&tenant);
		ensure!(claim > 0, Error::<T>::NoClaim);
		let mut book = Claimed::<T>::get().ok_or(Error::<T>::NoClaim)?;
		let amount = claim.min(Self::pool().saturating_sub(book.mark));
		ensure!(amount > 0, Error::<T>::NothingToPay);
		T::Currency::transfer(&T::Insurance::get(), &tenant, amount, Preservation::Preserve)?;

		let left = claim.checked_sub(amount).ok_or(Overflow)?;
		if left == 0 {
			Claims::<T>::remove(&tenant);
		} else {
			Claims::<T>::insert(&tenant, left);
		}
		book.total = book.total.checked_sub(amount).ok_or(Overflow)?;
		Claimed::<T>::set((book.total > 0).then_some(book));
		Self::deposit_event(Event::ClaimPaid { tenant, amount, left });
		Ok(())
	}

	/// A UTC that is open and whose window is not over.
	pub(crate) fn tradeable(id: UtcId) -> Result<UtcRecord, DispatchError> {
		let utc = Utcs::<T>::get(id).ok_or(Error::<T>::UnknownUtc)?;
		ensure!(utc.state == UtcState::Open, Error::<T>::NotOpen);
		ensure!(T::Clock::now() < utc.end, Error::<T>::WindowOver);
		Ok(utc)
	}

	pub(crate) fn burn_asset(id: UtcId, who: &T::AccountId, amount: MilliDevices) -> DispatchResult {
		T::Assets::burn_from(
			id.0,
			who,
			Balance::from(amount.0),
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		)?;
		Ok(())
	}
}
