//! How points come about, what they are worth, and how that is paid.

use crate::*;
use exabits_math::issuance;
use exabits_primitives::{Balance, Clock, Issuance, Measured, Operators, Role, SessionIndex};
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{fungible::Inspect, Get},
	weights::Weight,
};

impl<T: Config> Pallet<T> {
	/// Where a session is kept: those of the last [`Config::KeepSessions`] have different places.
	pub(crate) fn place(session: SessionIndex) -> u32 {
		session.checked_rem(T::KeepSessions::get()).unwrap_or_default()
	}

	/// A session that is kept.
	pub(crate) fn session(index: SessionIndex) -> Option<Session> {
		Sessions::<T>::get(Self::place(index)).filter(|session| session.index == index)
	}

	/// The current session; its budgets are set when it is first asked for.
	fn current() -> Session {
		let index = T::Clock::session();
		Self::session(index).unwrap_or_else(|| {
			let terms = TermsInForce::<T>::get();
			let slots = T::SessionSlots::get();
			let millis = slots.saturating_mul(T::SlotMillis::get());
			let all = issuance::budget(T::Currency::total_issuance(), terms.yearly, millis);
			let anchors = terms.anchors.mul_floor(all);
			// A share of `all` is never more than `all`.
			let validators = all.saturating_sub(anchors);
			Self::deposit_event(Event::SessionOpened { session: index, validators, anchors });
			Session {
				index,
				validators: Budget { amount: validators, points: slots.into() },
				anchors: Budget { amount: anchors, points: 0 },
				matching: terms.matching,
			}
		})
	}

	/// Notes that somebody produced a block. A session has at most as many of them as slots.
	pub(crate) fn note_block(author: &T::AccountId) {
		let session = Self::current();
		Sessions::<T>::insert(Self::place(session.index), session);
		Self::add(author, Role::Validator, session.index, 1);
	}

	fn add(who: &T::AccountId, role: Role, session: SessionIndex, points: Balance) {
		let mut earning = Self::brought_up(who, role, session);
		earning.points = earning.points.saturating_add(points);
		Earnings::<T>::insert(who, role, earning);
	}

	/// What `who` has earned, its points of sessions before `session` turned into money.
	///
	/// Those of a session that is no longer kept are worth nothing.
	fn brought_up(who: &T::AccountId, role: Role, session: SessionIndex) -> Earning {
		let mut earning = Earnings::<T>::get(who, role);
		if earning.session >= session {
			return earning;
		}
		if earning.points > 0 {
			let worth = Self::session(earning.session).map_or(0, |past| past.worth(role, earning.points));
			let own = T::Operators::commission(who, role, earning.session).mul_floor(worth);
			earning.own = earning.own.saturating_add(own);
			earning.shared = earning.shared.saturating_add(worth.saturating_sub(own));
		}
		earning.session = session;
		earning.points = 0;
		earning
	}

	/// What a claim would pay now to `who`, and to those who delegate to it.
	pub(crate) fn payable(who: &T::AccountId, role: Role) -> (Balance, Balance) {
		let Earning { own, shared, .. } = Self::brought_up(who, role, T::Clock::session());
		let delegators = T::Operators::delegators_part(who, role, shared);
		(own.saturating_add(shared).saturating_sub(delegators), delegators)
	}

	pub(crate) fn do_claim(who: &T::AccountId, role: Role) -> DispatchResult {
		let mut earning = Self::brought_up(who, role, T::Clock::session());
		let Earning { own, shared, .. } = earning;
		let all = own.saturating_add(shared);
		ensure!(all > 0, Error::<T>::NothingEarned);
		// Before anything is created: what follows may ask for what is earned.
		earning.own = 0;
		earning.shared = 0;
		if earning.points > 0 {
			Earnings::<T>::insert(who, role, earning);
		} else {
			Earnings::<T>::remove(who, role);
		}
		let delegators = T::Operators::pay(who, role, own, shared)?;
		let amount = all.saturating_sub(delegators);
		Self::deposit_event(Event::Paid { who: who.clone(), role, amount, delegators });
		Ok(())
	}

	pub(crate) fn do_set_terms(terms: Terms) -> DispatchResult {
		ensure!(terms.is_valid(), Error::<T>::OutOfBounds);
		TermsInForce::<T>::put(terms);
		Self::deposit_event(Event::TermsSet { terms });
		Ok(())
	}
}

impl<T: Config> pallet_authorship::EventHandler<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	fn note_author(author: T::AccountId) {
		Self::note_block(&author);
	}
}

impl<T: Config> Measured<T::AccountId> for Pallet<T> {
	fn measured(fee: Balance, members: u32, accurate: &[T::AccountId]) {
		let each = fee.checked_div(members.into()).unwrap_or_default();
		if each == 0 {
			return;
		}
		let mut session = Self::current();
		session.anchors.points = session.anchors.points.saturating_add(fee);
		Sessions::<T>::insert(Self::place(session.index), session);
		for anchor in accurate {
			Self::add(anchor, Role::Anchor, session.index, each);
		}
	}

	fn measured_weight(accurate: u32, again: u32) -> Weight {
		// What is kept of the session, and of each anchor that was told of before, has been read and will be written once.
		let again = u64::from(again.min(accurate));
		let known = match again {
			0 => Weight::zero(),
			_ => T::DbWeight::get()
				.reads_writes(again.saturating_mul(2).saturating_add(5), again.saturating_add(1)),
		};
		T::WeightInfo::measured(accurate).saturating_sub(known)
	}
}

impl<T: Config> Issuance<T::AccountId> for Pallet<T> {
	fn settle(who: &T::AccountId, role: Role) {
		// What was earned before stays as it was shared then, even when it cannot be paid now.
		let earning = Self::brought_up(who, role, T::Clock::session());
		if earning.own == 0 && earning.shared == 0 {
			return;
		}
		Earnings::<T>::insert(who, role, earning);
		if let Err(error) = with_storage_layer(|| Self::do_claim(who, role)) {
			log::warn!(target: LOG_TARGET, "what {who:?} has earned was not paid: {error:?}");
		}
	}

	fn settle_weight() -> Weight {
		T::WeightInfo::claim()
	}
}

/// The most that an operator may keep of what it earns, for the ledger.
pub struct MaxCommission<T>(core::marker::PhantomData<T>);
impl<T: Config> Get<Perbill> for MaxCommission<T> {
	fn get() -> Perbill {
		TermsInForce::<T>::get().max_commission
	}
}
