//! What a purchase comes to. Pure: no storage, no time.

use exabits_primitives::{Balance, MilliDevices, MILLI};
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Perbill, Rounding};

/// A purchase, worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fill {
	/// What the buyer pays.
	pub paid: Balance,
	/// The part of it that is the listing fee.
	pub fee: Balance,
	/// The part of it that the seller gets.
	pub proceeds: Balance,
	/// What stays on the listing.
	pub left: MilliDevices,
}

/// Why an amount cannot be bought.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FillError {
	/// Less than the smallest amount.
	BelowMinimum,
	/// More than the listing has.
	NotEnough,
	/// It would leave less than the smallest amount.
	LeavesDust,
	/// The cost does not fit into a balance.
	Overflow,
}

/// The cost of `amount` milli at `price` per 1,000 milli, in units of the price, rounded up.
///
/// `None` when the cost exceeds `u128::MAX`. Exact for every price: the product is formed in 256 bits.
pub fn cost(price: Balance, amount: MilliDevices) -> Option<Balance> {
	multiply_by_rational_with_rounding(price, Balance::from(amount.0), Balance::from(MILLI), Rounding::Up)
}

/// Works out the purchase of `amount` of the `remaining` milli of a listing at `price` per 1,000 milli, when
/// amounts below `minimum` are dust and `rate` of the cost is the fee.
///
/// Cost and fee are rounded up, and `paid = fee + proceeds`.
pub fn fill(
	price: Balance,
	amount: MilliDevices,
	remaining: MilliDevices,
	minimum: MilliDevices,
	rate: Perbill,
) -> Result<Fill, FillError> {
	if amount < minimum {
		return Err(FillError::BelowMinimum);
	}
	let left = remaining.checked_sub(amount).ok_or(FillError::NotEnough)?;
	if left.0 != 0 && left < minimum {
		return Err(FillError::LeavesDust);
	}
	let paid = cost(price, amount).ok_or(FillError::Overflow)?;
	let fee = rate.mul_ceil(paid);
	let proceeds = paid.checked_sub(fee).ok_or(FillError::Overflow)?;
	Ok(Fill { paid, fee, proceeds, left })
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use sp_core::U256;

	const MIN: MilliDevices = MilliDevices(100);

	#[test]
	fn rounds_up() {
		assert_eq!(cost(1_000, MilliDevices(1)), Some(1));
		assert_eq!(cost(1_001, MilliDevices(1)), Some(2));
		assert_eq!(cost(1, MilliDevices(1)), Some(1));
		assert_eq!(cost(1_000_001, MilliDevices(250)), Some(250_001));
	}

	#[test]
	fn knows_its_bounds() {
		assert_eq!(cost(u128::MAX, MilliDevices(1_000)), Some(u128::MAX));
		assert_eq!(cost(u128::MAX, MilliDevices(1_001)), None);
		assert_eq!(
			fill(u128::MAX, MilliDevices(1_001), MilliDevices(1_001), MIN, Perbill::zero()),
			Err(FillError::Overflow)
		);
	}

	#[test]
	fn refuses_dust_on_either_side() {
		let fill = |amount, remaining| {
			fill(1_000, MilliDevices(amount), MilliDevices(remaining), MIN, Perbill::zero()).map(|f| f.left.0)
		};
		assert_eq!(fill(99, 500), Err(FillError::BelowMinimum));
		assert_eq!(fill(100, 500), Ok(400));
		assert_eq!(fill(400, 500), Ok(100));
		assert_eq!(fill(401, 500), Err(FillError::LeavesDust));
		assert_eq!(fill(499, 500), Err(FillError::LeavesDust));
		assert_eq!(fill(500, 500), Ok(0));
		assert_eq!(fill(501, 500), Err(FillError::NotEnough));
	}

	#[test]
	fn takes_the_fee_from_the_proceeds() {
		let fill =
			fill(1_000_001, MilliDevices(250), MilliDevices(250), MIN, Perbill::from_percent(1)).unwrap();
		assert_eq!(fill, Fill { paid: 250_001, fee: 2_501, proceeds: 247_500, left: MilliDevices(0) });
	}

	proptest! {
		#[test]
		fn cost_is_the_exact_quotient_rounded_up(price: u128, amount: u32) {
			let exact = (U256::from(price) * U256::from(amount) + U256::from(999)) / U256::from(1_000);
			let expected = u128::try_from(exact).ok();
			prop_assert_eq!(cost(price, MilliDevices(amount)), expected);
		}

		#[test]
		fn pieces_never_cost_less(price in 0..=u128::MAX / 10_000_000_000, a: u32, b: u32) {
			let (a, b) = (MilliDevices(a / 2), MilliDevices(b / 2));
			let whole = cost(price, a.checked_add(b).unwrap()).unwrap();
			let pieces = cost(price, a).unwrap() + cost(price, b).unwrap();
			prop_assert!(pieces == whole || pieces == whole + 1);
		}

		#[test]
		fn nothing_is_created_or_lost(
			price in 1..=u128::MAX / 10_000_000,
			amount: u32,
			remaining: u32,
			rate in 0..=1_000_000_000u32,
		) {
			let rate = Perbill::from_parts(rate);
			if let Ok(fill) = fill(price, MilliDevices(amount), MilliDevices(remaining), MIN, rate) {
				prop_assert_eq!(fill.paid, fill.fee + fill.proceeds);
				prop_assert_eq!(fill.left.0 + amount, remaining);
				prop_assert!(fill.left.0 == 0 || fill.left >= MIN);
				prop_assert!(fill.paid > 0);
				prop_assert!(rate.mul_floor(fill.paid) <= fill.fee);
			}
		}
	}
}
