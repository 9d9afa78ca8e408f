//! Watch fees: paid by machines' owners per session, earned by anchors per round, claimed by whoever is owed.
//!
//! Until it is claimed all of it lies in one account: what owners have paid ahead, what is set aside for open rounds,
//! and what anchors and owners are owed.

use crate::*;
use alloc::vec::Vec;
use exabits_math::aggregate;
use exabits_primitives::{Approvers, Balance, MachineId, Machines, RoundIndex, SessionIndex};
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{fungible::Mutate, tokens::Preservation, Get},
};
use sp_runtime::{traits::AccountIdConversion, DispatchError};

/// After how many unpaid sessions in a row a machine is suspended.
const MAX_UNPAID: u32 = 3;

/// What each of the anchors of one round earns.
pub(crate) struct Shares<AccountId> {
	/// Each that measured accurately.
	pub measuring: Balance,
	/// Each that answers for the machine's terms.
	pub approving: Balance,
	/// Who those are.
	pub approvers: Vec<AccountId>,
}

impl<T: Config> Pallet<T> {
	/// The account that keeps watch fees until they are claimed.
	pub fn pot() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Asks the machine's owner for the fee of a session, once, less what is left of the fees before. True if it was
	/// asked now.
	pub(crate) fn charge(machine: MachineId, session: SessionIndex) -> bool {
		let Some(mut watch) = Watched::<T>::get(machine).filter(|watch| watch.asked != Some(session)) else {
			return false;
		};
		watch.asked = Some(session);
		let due = T::WatchFee::get().saturating_sub(watch.prepaid);
		let paid = with_storage_layer::<_, DispatchError, _>(|| {
			let owner = T::Machines::machine(machine).ok_or(Error::<T>::NotWatched)?.owner;
			T::Currency::transfer(&owner, &Self::pot(), due, Preservation::Preserve)
		});
		match paid {
			Ok(amount) => {
				watch.prepaid = watch.prepaid.saturating_add(amount);
				watch.unpaid = 0;
				Self::deposit_event(Event::WatchFeePaid { machine, session, amount });
			}
			Err(_) => {
				watch.unpaid = watch.unpaid.saturating_add(1);
				let in_a_row = watch.unpaid;
				Self::deposit_event(Event::WatchFeeUnpaid { machine, session, in_a_row });
			}
		}
		Watched::<T>::insert(machine, watch);
		if watch.unpaid >= MAX_UNPAID {
			// Refused for a machine that is not online, and so has nothing to be suspended from.
			let _ = with_storage_layer(|| T::Machines::suspend(machine));
		}
		true
	}

	/// Takes one round's part of what was paid ahead; less when there is less.
	pub(crate) fn set_aside(machine: MachineId) -> Balance {
		let part = T::WatchFee::get().checked_div(T::RoundsPerSession::get().into()).unwrap_or_default();
		Watched::<T>::mutate(machine, |watch| {
			let Some(watch) = watch else { return 0 };
			let part = part.min(watch.prepaid);
			watch.prepaid = watch.prepaid.saturating_sub(part);
			part
		})
	}

	/// How a round's fee is shared by so many accurate anchors and those who answer for the machine's terms.
	pub(crate) fn shares(machine: MachineId, fee: Balance, accurate: u32) -> Shares<T::AccountId> {
		if accurate == 0 || fee == 0 {
			return Shares { measuring: 0, approving: 0, approvers: Vec::new() };
		}
		let approvers = T::Approvers::approvers(machine);
		let set_aside = if approvers.is_empty() { 0 } else { T::ApproverShare::get().mul_floor(fee) };
		let count = u32::try_from(approvers.len()).unwrap_or(u32::MAX);
		Shares {
			measuring: aggregate::share(fee.saturating_sub(set_aside), accurate, T::Quorum::get()),
			approving: aggregate::share(set_aside, count, T::Quorum::get()),
			approvers,
		}
	}

	/// Gives what a round has left back to the watch, or to the owner when the watch has ended.
	pub(crate) fn give_back(machine: MachineId, rest: Balance) {
		let watched = Watched::<T>::mutate(machine, |watch| {
			watch.as_mut().map(|watch| watch.prepaid = watch.prepaid.saturating_add(rest)).is_some()
		});
		if !watched {
			Self::owe_owner(machine, rest);
		}
	}

	/// Lets the machine's owner claim what is left of its fees.
	pub(crate) fn owe_owner(machine: MachineId, amount: Balance) {
		if let Some(info) = T::Machines::machine(machine).filter(|_| amount > 0) {
			Self::owe(&info.owner, amount);
		}
	}

	pub(crate) fn owe(who: &T::AccountId, amount: Balance) {
		Standings::<T>::mutate(who, |standing| standing.owed = standing.owed.saturating_add(amount));
	}

	pub(crate) fn note_rewards(machine: MachineId, round: RoundIndex, amount: Balance, anchors: usize) {
		if amount > 0 {
			let anchors = u32::try_from(anchors).unwrap_or(u32::MAX);
			Self::deposit_event(Event::AnchorsRewarded { machine, round, amount, anchors });
		}
	}

	pub(crate) fn do_claim(who: T::AccountId) -> DispatchResult {
		let amount = Standings::<T>::get(&who).owed;
		ensure!(amount > 0, Error::<T>::NothingOwed);
		T::Currency::transfer(&Self::pot(), &who, amount, Preservation::Preserve)?;
		Standings::<T>::mutate(&who, |standing| standing.owed = 0);
		Self::deposit_event(Event::Claimed { who, amount });
		Ok(())
	}
}
