//! Who qualifies: the lists of anchors and of candidates for validation.

use crate::*;
use alloc::vec;
use exabits_math::delegation;
use frame_support::{traits::Get, BoundedVec};

/// What became of an account in a list.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Change<A> {
	/// In the list before and after, or neither.
	None,
	/// It has a place now; where the list was full, the lowest bond lost its own.
	Entered { displaced: Option<A> },
	/// It has lost its place.
	Left,
}

/// Brings `list` up to date with the active bond of `who` and what counts of what is `delegated` to it.
///
/// A place is kept while the bond is at least `minimum`, and never with nothing bonded. An account without a
/// place gets one only when it asks to `enter`; a full list gives it the place of the lowest stake that is
/// lower than its own, of equal ones that with the largest account.
pub(crate) fn update<A: Ord + Clone, Max: Get<u32>>(
	list: &mut BoundedVec<Qualified<A>, Max>,
	who: &A,
	bond: Balance,
	delegated: Balance,
	minimum: Balance,
	enter: bool,
) -> Change<A> {
	let qualifies = bond > 0 && bond >= minimum;
	match list.binary_search_by(|entry| entry.who.cmp(who)) {
		Ok(at) if !qualifies => {
			list.remove(at);
			Change::Left
		}
		Ok(at) => {
			if let Some(entry) = list.get_mut(at) {
				entry.bond = bond;
				entry.delegated = delegated;
			}
			Change::None
		}
		Err(_) if !qualifies || !enter => Change::None,
		Err(_) => {
			let new = Qualified { who: who.clone(), bond, delegated };
			let mut displaced = None;
			if list.is_full() {
				let lowest = list
					.iter()
					.enumerate()
					.min_by(|(_, a), (_, b)| a.stake().cmp(&b.stake()).then_with(|| b.who.cmp(&a.who)));
				match lowest {
					Some((at, entry)) if entry.stake() < new.stake() => displaced = Some(list.remove(at).who),
					_ => return Change::None,
				}
			}
			let at = list.partition_point(|entry| entry.who < *who);
			match list.try_insert(at, new) {
				Ok(()) => Change::Entered { displaced },
				// Only a list without any room at all comes here, and it has displaced nobody.
				Err(_) => Change::None,
			}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Brings the list of `role` up to date with the active bond of `who`.
	pub(crate) fn update_list(who: &T::AccountId, role: Role, active: Balance, enter: bool) {
		let minimum = Minimums::<T>::get(role);
		let staying = Pools::<T>::get(who, role).staying.value;
		let delegated = delegation::counted(active, staying, T::DelegationMultiple::get());
		let change = match role {
			Role::Validator => {
				Candidates::<T>::mutate(|list| update(list, who, active, delegated, minimum, enter))
			}
			Role::Anchor => {
				AnchorList::<T>::mutate(|list| update(list, who, active, delegated, minimum, enter))
			}
			Role::Service => return,
		};
		match change {
			Change::None => {}
			Change::Entered { displaced } => {
				if let Some(who) = displaced {
					Self::deposit_event(Event::Unlisted { who, role });
				}
				Self::deposit_event(Event::Listed { who: who.clone(), role });
			}
			Change::Left => Self::deposit_event(Event::Unlisted { who: who.clone(), role }),
		}
	}

	/// Whether `who` is an anchor or a candidate. Nobody is listed as a service node.
	pub(crate) fn is_listed(who: &T::AccountId, role: Role) -> bool {
		match role {
			Role::Validator => Candidates::<T>::get().binary_search_by(|entry| entry.who.cmp(who)).is_ok(),
			Role::Anchor => AnchorList::<T>::get().binary_search_by(|entry| entry.who.cmp(who)).is_ok(),
			Role::Service => false,
		}
	}

	/// Takes everybody below `minimum` off the list of `role`.
	pub(crate) fn drop_below(role: Role, minimum: Balance) {
		let mut dropped = vec![];
		let mut keep = |entry: &Qualified<T::AccountId>| {
			let stays = entry.bond >= minimum;
			if !stays {
				dropped.push(entry.who.clone());
			}
			stays
		};
		match role {
			Role::Validator => Candidates::<T>::mutate(|list| list.retain(&mut keep)),
			Role::Anchor => AnchorList::<T>::mutate(|list| list.retain(&mut keep)),
			Role::Service => {}
		}
		for who in dropped {
			Self::deposit_event(Event::Unlisted { who, role });
		}
	}

	/// Whether a candidate may go and leave enough others.
	pub(crate) fn can_spare_candidate() -> bool {
		let candidates = Candidates::<T>::decode_len().unwrap_or(0);
		u32::try_from(candidates).unwrap_or(u32::MAX) > T::MinValidators::get()
	}
}
