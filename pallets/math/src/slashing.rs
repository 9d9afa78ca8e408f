//! What bonds come to: how a slash is taken and divided, what an offence costs, what may be withdrawn, how
//! many seats a bond buys and whom the highest bonds elect.
//!
//! Amounts are smallest units of EXA. Nothing here reads or writes storage.

use alloc::vec::Vec;
use exabits_primitives::{Balance, SessionIndex};
use sp_runtime::Perbill;

/// The most of a slash that its reporter gets.
pub const REPORTER_SHARE: Perbill = Perbill::from_percent(10);

/// The part of a slash that an appeal against it costs.
pub const APPEAL_SHARE: Perbill = Perbill::from_percent(10);

/// What an appeal against a slash of `amount` costs: [`APPEAL_SHARE`] of it, rounded up.
pub fn appeal_deposit(amount: Balance) -> Balance {
	APPEAL_SHARE.mul_ceil(amount)
}

/// What a jury has decided, as far as its votes tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
	/// More than half of it want the slash cancelled.
	Cancelled,
	/// At least half of it want the slash upheld, so that no majority can cancel it any more.
	Upheld,
}

/// What `votes` decide, `true` to cancel; `None` stands for a member that has not voted.
pub fn verdict(votes: impl IntoIterator<Item = Option<bool>>) -> Option<Verdict> {
	let [mut members, mut cancel, mut uphold] = [0u32; 3];
	for vote in votes {
		members = members.saturating_add(1);
		match vote {
			Some(true) => cancel = cancel.saturating_add(1),
			Some(false) => uphold = uphold.saturating_add(1),
			None => {}
		}
	}
	if cancel.saturating_mul(2) > members {
		Some(Verdict::Cancelled)
	} else if members > 0 && uphold.saturating_mul(2) >= members {
		Some(Verdict::Upheld)
	} else {
		None
	}
}

/// The proceeds of a slash, divided. The parts sum up to the whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Split {
	/// For the reporter.
	pub reporter: Balance,
	/// For insurance, which pays claims first.
	pub insurance: Balance,
}

/// Divides `amount` between open claims, the reporter, if there is one, and insurance, in this order.
///
/// The reporter's share is [`REPORTER_SHARE`] of the whole, rounded down, as far as `claims` leave it; insurance gets
/// all the rest.
pub fn split(amount: Balance, reported: bool, claims: Balance) -> Split {
	let share = if reported { REPORTER_SHARE.mul_floor(amount) } else { 0 };
	// What is left where claims take all.
	let reporter = share.min(amount.saturating_sub(claims));
	// A share of `amount` is never more than `amount`.
	Split { reporter, insurance: amount.saturating_sub(reporter) }
}

/// What a slash takes from the parts of a bond.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
	/// From what is active.
	pub active: Balance,
	/// From each part that is unbonding, in the order given.
	pub unbonding: Vec<Balance>,
	/// All together.
	pub total: Balance,
}

/// Takes `amount` from a bond: from the active part first, then from what is unbonding in the order given.
///
/// No part gives more than it has; a bond smaller than `amount` gives all that it has.
pub fn take(active: Balance, unbonding: impl IntoIterator<Item = Balance>, amount: Balance) -> Taken {
	let mut left = amount;
	let mut from = |part: Balance| {
		let taken = part.min(left);
		// `taken` is at most `left`.
		left = left.saturating_sub(taken);
		taken
	};
	let active = from(active);
	let unbonding = unbonding.into_iter().map(&mut from).collect();
	Taken { active, unbonding, total: amount.saturating_sub(left) }
}

/// What stood behind a validator in `session`: what is active now, and what was unbonded since the election
/// for that session.
///
/// The set of a session is elected when the session before it starts, so what was unbonded in either of the
/// two counts. `None` on overflow.
pub fn exposure(
	active: Balance,
	unbonding: impl IntoIterator<Item = (Balance, SessionIndex)>,
	session: SessionIndex,
) -> Option<Balance> {
	let elected_in = session.saturating_sub(1);
	unbonding
		.into_iter()
		.filter(|(_, unbonded_in)| *unbonded_in >= elected_in)
		.try_fold(active, |sum, (amount, _)| sum.checked_add(amount))
}

/// What an offence of `fraction` costs when `previous` has been charged for the same session already.
///
/// Both are rounded down, so that what is charged in steps never exceeds what the highest fraction alone
/// would cost. Zero when `fraction` is no higher than `previous`.
pub fn offence(previous: Perbill, fraction: Perbill, exposure: Balance) -> Balance {
	fraction.mul_floor(exposure).saturating_sub(previous.mul_floor(exposure))
}

/// How much of `matured` may leave a bond of `total` while slashes of `pending` wait: what remains must cover
/// them as far as the bond does.
pub fn withdrawable(matured: Balance, total: Balance, pending: Balance) -> Balance {
	matured.min(total.saturating_sub(pending))
}

/// Seats that an anchor's bond buys: bond ÷ minimum rounded down, at least 1 and at most `u32::MAX`.
///
/// A minimum of zero is read as one unit.
pub fn seats(bond: Balance, minimum: Balance) -> u32 {
	u32::try_from(bond / minimum.max(1)).unwrap_or(u32::MAX).max(1)
}

/// The candidates with the highest bonds, at most `most` of them, highest first.
///
/// Equal bonds go to the smaller account, so that every node finds the same set.
pub fn highest<A: Ord>(candidates: impl IntoIterator<Item = (A, Balance)>, most: u32) -> Vec<A> {
	let mut candidates: Vec<_> = candidates.into_iter().collect();
	candidates.sort_unstable_by(|(a, bond_a), (b, bond_b)| bond_b.cmp(bond_a).then_with(|| a.cmp(b)));
	candidates.truncate(usize::try_from(most).unwrap_or(usize::MAX));
	candidates.into_iter().map(|(account, _)| account).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn a_reporter_gets_a_tenth_rounded_down() {
		assert_eq!(split(100, true, 0), Split { reporter: 10, insurance: 90 });
		assert_eq!(split(99, true, 0), Split { reporter: 9, insurance: 90 });
		assert_eq!(split(9, true, 0), Split { reporter: 0, insurance: 9 });
		assert_eq!(split(0, true, 0), Split { reporter: 0, insurance: 0 });
	}

	#[test]
	fn claims_come_before_a_reporter() {
		assert_eq!(split(100, true, 89).reporter, 10);
		assert_eq!(split(100, true, 90).reporter, 10);
		assert_eq!(split(100, true, 91), Split { reporter: 9, insurance: 91 });
		assert_eq!(split(100, true, 100), Split { reporter: 0, insurance: 100 });
		assert_eq!(split(100, true, Balance::MAX), Split { reporter: 0, insurance: 100 });
	}

	#[test]
	fn an_appeal_costs_a_tenth_rounded_up() {
		assert_eq!([0, 1, 10, 11].map(appeal_deposit), [0, 1, 1, 2]);
	}

	#[test]
	fn more_than_half_of_a_jury_cancels_and_half_upholds() {
		let votes = |cancel: usize, uphold: usize, of: usize| {
			let cast = [vec![Some(true); cancel], vec![Some(false); uphold]].concat();
			verdict(cast.into_iter().chain(vec![None; of - cancel - uphold]))
		};
		assert_eq!(votes(0, 0, 0), None);
		assert_eq!([2, 3].map(|cancel| votes(cancel, 0, 5)), [None, Some(Verdict::Cancelled)]);
		assert_eq!([2, 3].map(|uphold| votes(0, uphold, 5)), [None, Some(Verdict::Upheld)]);
		assert_eq!(votes(2, 2, 5), None);
		assert_eq!([2, 3].map(|cancel| votes(cancel, 0, 4)), [None, Some(Verdict::Cancelled)]);
		assert_eq!([1, 2].map(|uphold| votes(2, uphold, 4)), [None, Some(Verdict::Upheld)]);
	}

	#[test]
	fn without_a_reporter_insurance_gets_all() {
		assert_eq!(split(100, false, 0), Split { reporter: 0, insurance: 100 });
	}

	#[test]
	fn the_active_part_pays_first() {
		assert_eq!(take(10, [5, 5], 10), Taken { active: 10, unbonding: vec![0, 0], total: 10 });
		assert_eq!(take(10, [5, 5], 11), Taken { active: 10, unbonding: vec![1, 0], total: 11 });
		assert_eq!(take(10, [5, 5], 17), Taken { active: 10, unbonding: vec![5, 2], total: 17 });
	}

	#[test]
	fn a_small_bond_gives_what_it_has() {
		assert_eq!(take(10, [5], 16), Taken { active: 10, unbonding: vec![5], total: 15 });
		assert_eq!(take(0, [], 16), Taken { active: 0, unbonding: vec![], total: 0 });
	}

	#[test]
	fn exposure_counts_what_was_unbonded_since_the_election() {
		let unbonding = [(1, 3), (10, 4), (100, 5), (1_000, 6)];
		assert_eq!(exposure(10_000, unbonding, 5), Some(11_110));
		assert_eq!(exposure(10_000, unbonding, 6), Some(11_100));
		assert_eq!(exposure(10_000, unbonding, 8), Some(10_000));
		assert_eq!(exposure(10_000, unbonding, 0), Some(11_111));
		assert_eq!(exposure(Balance::MAX, [(1, 1)], 1), None);
	}

	#[test]
	fn an_offence_costs_what_was_not_charged_yet() {
		let percent = Perbill::from_percent;
		assert_eq!(offence(percent(0), percent(10), 1_000), 100);
		assert_eq!(offence(percent(10), percent(25), 1_000), 150);
		assert_eq!(offence(percent(25), percent(25), 1_000), 0);
		assert_eq!(offence(percent(25), percent(10), 1_000), 0);
	}

	#[test]
	fn pending_slashes_stay_covered() {
		assert_eq!(withdrawable(50, 100, 0), 50);
		assert_eq!(withdrawable(50, 100, 50), 50);
		assert_eq!(withdrawable(50, 100, 51), 49);
		assert_eq!(withdrawable(50, 100, 100), 0);
		assert_eq!(withdrawable(50, 100, 1_000), 0);
	}

	#[test]
	fn seats_are_whole_minimums() {
		assert_eq!(seats(99, 100), 1);
		assert_eq!(seats(199, 100), 1);
		assert_eq!(seats(200, 100), 2);
		assert_eq!(seats(7, 0), 7);
		assert_eq!(seats(Balance::MAX, 1), u32::MAX);
	}

	#[test]
	fn the_highest_bonds_are_elected() {
		let candidates = [(1, 10), (2, 30), (3, 20), (4, 30)];
		assert_eq!(highest(candidates, 3), vec![2, 4, 3]);
		assert_eq!(highest(candidates, 9), vec![2, 4, 3, 1]);
		assert_eq!(highest(candidates, 0), Vec::<i32>::new());
	}

	proptest! {
		#[test]
		fn splitting_conserves(amount: Balance, reported: bool, claims: Balance) {
			let split = split(amount, reported, claims);
			prop_assert_eq!(split.reporter.checked_add(split.insurance), Some(amount));
			prop_assert!(split.reporter <= amount / 10);
			prop_assert!(split.insurance >= claims.min(amount));
		}

		#[test]
		fn taking_conserves(
			active in 0..=u128::from(u64::MAX),
			unbonding in prop::collection::vec(0..=u128::from(u64::MAX), 0..8),
			amount: Balance,
		) {
			let taken = take(active, unbonding.iter().copied(), amount);
			let total = active + unbonding.iter().sum::<Balance>();
			prop_assert_eq!(taken.total, amount.min(total));
			prop_assert_eq!(taken.active + taken.unbonding.iter().sum::<Balance>(), taken.total);
			prop_assert!(taken.active <= active);
			prop_assert_eq!(taken.unbonding.len(), unbonding.len());
			prop_assert!(taken.unbonding.iter().zip(&unbonding).all(|(taken, part)| taken <= part));
			// Nothing that unbonds is touched while something active is left.
			prop_assert!(taken.active == active || taken.unbonding.iter().all(|part| *part == 0));
		}

		#[test]
		fn charging_in_steps_comes_to_the_highest(a: u32, b: u32, exposure: Balance) {
			let (a, b) = (Perbill::from_parts(a), Perbill::from_parts(b));
			let charged = offence(Perbill::zero(), a, exposure) + offence(a, b, exposure);
			prop_assert_eq!(charged, a.max(b).mul_floor(exposure));
		}

		#[test]
		fn withdrawing_never_uncovers(matured: Balance, rest: u64, pending: Balance) {
			let total = matured.saturating_add(rest.into());
			let amount = withdrawable(matured, total, pending);
			prop_assert!(amount <= matured);
			prop_assert!(total - amount >= pending.min(total));
		}

		#[test]
		fn election_ignores_the_order_of_candidates(
			bonds in prop::collection::vec(0u128..4, 0..12),
			most in 0u32..14,
		) {
			let candidates: Vec<_> = bonds.into_iter().enumerate().collect();
			let elected = highest(candidates.clone(), most);
			prop_assert_eq!(elected.len(), candidates.len().min(most as usize));
			prop_assert_eq!(&elected, &highest(candidates.iter().rev().copied(), most));
			let lowest = elected.iter().map(|who| candidates[*who].1).min().unwrap_or(u128::MAX);
			let left_out = candidates.iter().filter(|(who, _)| !elected.contains(who));
			prop_assert!(most == 0 || left_out.into_iter().all(|(_, bond)| *bond <= lowest));
		}
	}
}
