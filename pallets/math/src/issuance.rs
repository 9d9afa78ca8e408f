//! New money: how much a session brings, and who gets how much of it.
//!
//! Amounts are smallest units of EXA, points are whatever work is counted in. All is rounded down, and what rounding
//! leaves is never created. Nothing here reads or writes storage.

use exabits_primitives::Balance;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding as mul_div, Perbill, Rounding};

/// A year of 365 days in milliseconds.
pub const YEAR_MILLIS: u64 = 365 * 24 * 60 * 60 * 1_000;

/// The most that may be created in a year, as a share of all the money there is.
pub const MAX_YEARLY: Perbill = Perbill::from_percent(10);

/// The most that anchors get beside watch fees, as a share of the fees that their rounds were paid.
///
/// It is what keeps machines from being registered for the sake of issuance. An owner in league with less than half of a
/// committee of `k` loses at least the share of one honest anchor, which is the fee less what approvers get, over
/// `(k + 1) ÷ 2`, while its anchors get less than half of this of it.
pub const MAX_MATCHING: Perbill = Perbill::from_percent(25);

/// What a session of `millis` brings when `yearly` of `total`, but at most [`MAX_YEARLY`] of it, is created in a year.
pub fn budget(total: Balance, yearly: Perbill, millis: u64) -> Balance {
	let of_year = yearly.min(MAX_YEARLY).mul_floor(total);
	let millis = millis.min(YEAR_MILLIS);
	// At most the whole of `of_year`.
	mul_div(of_year, millis.into(), YEAR_MILLIS.into(), Rounding::Down).unwrap_or(0)
}

/// What `points` of `all` are worth of a budget; never more than the budget, and nothing where there are no points.
pub fn worth(budget: Balance, points: Balance, all: Balance) -> Balance {
	if all == 0 {
		return 0;
	}
	mul_div(budget, points.min(all), all, Rounding::Down).unwrap_or(0)
}

/// The part of `amount` that those get who have `delegated` to somebody with a bond of `own`: by stake.
///
/// All of it where nothing is bonded, and nothing where nothing is delegated.
pub fn delegators_part(amount: Balance, own: Balance, delegated: Balance) -> Balance {
	// All the money there is does not overflow.
	worth(amount, delegated, own.saturating_add(delegated))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const HOUR: u64 = 60 * 60 * 1_000;

	#[test]
	fn a_year_of_sessions_brings_the_yearly_share() {
		let sessions = u128::from(YEAR_MILLIS / HOUR);
		let total = 1_000_000 * sessions;
		assert_eq!(budget(total, Perbill::from_percent(10), HOUR) * sessions, total / 10);
		assert_eq!(budget(total, Perbill::from_percent(10), YEAR_MILLIS), total / 10);
	}

	#[test]
	fn never_more_than_the_bound_is_created() {
		let most = budget(1 << 60, MAX_YEARLY, HOUR);
		assert_eq!(budget(1 << 60, Perbill::one(), HOUR), most);
		assert_eq!(budget(1_000, Perbill::one(), u64::MAX), 100);
		assert_eq!(budget(0, Perbill::one(), HOUR), 0);
		assert_eq!(budget(1 << 60, Perbill::zero(), HOUR), 0);
	}

	#[test]
	fn without_points_there_is_nothing() {
		assert_eq!((worth(100, 0, 0), worth(100, 1, 0), worth(100, 0, 1)), (0, 0, 0));
		assert_eq!((worth(100, 1, 3), worth(100, 3, 3), worth(100, 4, 3)), (33, 100, 100));
	}

	#[test]
	fn delegators_share_by_stake() {
		assert_eq!(delegators_part(100, 30, 10), 25);
		assert_eq!((delegators_part(100, 30, 0), delegators_part(100, 0, 30)), (0, 100));
		assert_eq!(delegators_part(100, 0, 0), 0);
	}

	proptest! {
		#[test]
		fn parts_never_exceed_the_budget(
			budget in any::<u128>(), points in prop::collection::vec(0u128..1 << 100, 1..20), missed in 0u128..1 << 100,
		) {
			let all = points.iter().sum::<u128>() + missed;
			let paid: u128 = points.iter().map(|points| worth(budget, *points, all)).sum();
			prop_assert!(paid <= budget);
			if missed == 0 && all > 0 {
				prop_assert!(budget - paid < points.len() as u128);
			}
		}

		/// Points that others do not get are nobody's gain, and splitting points over accounts gains nothing.
		#[test]
		fn a_part_depends_on_its_own_points_alone(
			budget in any::<u128>(), one in 0u128..1 << 100, two in 0u128..1 << 100, missed in 0u128..1 << 100,
		) {
			let all = one + two + missed;
			prop_assert!(worth(budget, one, all) + worth(budget, two, all) <= worth(budget, one + two, all));
		}

		/// In committees of up to 11 whoever pays a round's fee, and has less than half of its places, does not get back
		/// from issuance what an accurate honest anchor takes, when approvers get a fifth.
		#[test]
		fn issuance_brings_a_minority_less_than_the_fee_costs(places in 1u128..=5, fee in 1_000u128..1 << 80) {
			let committee = 2 * places + 1;
			let quorum = places + 1;
			let lost = Perbill::from_percent(80).mul_floor(fee) / quorum;
			let gained = places * MAX_MATCHING.mul_floor(fee / committee);
			prop_assert!(gained < lost, "{gained} of {lost}");
		}
	}
}
