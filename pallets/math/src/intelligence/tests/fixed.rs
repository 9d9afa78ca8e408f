use super::*;
use crate::intelligence::fixed::Fixed;

/// One in fixed point.
const ONE: f64 = 16_777_216.0;

fn real(number: Fixed) -> f64 {
	f64::from(number.0) / ONE
}

/// Within 2⁻²².
fn close(number: Fixed, real_one: f64) -> bool {
	(real(number) - real_one).abs() <= 4.0 / ONE
}

#[test]
fn known_values() {
	assert_eq!(Fixed::ZERO.exp_neg(), Fixed::ONE);
	assert_eq!(Fixed::whole(-3).exp_neg(), Fixed::ONE);
	assert_eq!(Fixed::whole(100).exp_neg(), Fixed::ZERO);
	assert_eq!(Fixed::ZERO.logistic(), Fixed::one_of(2));
	assert_eq!(Fixed::one_of(2).logit(), Fixed::ZERO);
	assert_eq!(Fixed::ZERO.logit(), Fixed::LOGIT_LIMIT.negated());
	assert_eq!(Fixed::ONE.logit(), Fixed::LOGIT_LIMIT);
	assert_eq!(Fixed::one_of(0), Fixed::ZERO);
	assert_eq!(Fixed::ONE.over(Fixed::ZERO), Fixed::ZERO);
	assert_eq!(Fixed::millionths(-250_000), Fixed::one_of(4).negated());
	assert_eq!(Fixed::one_of(4).in_millionths(), 250_000);
	assert_eq!(Fixed::whole(127).times(Fixed::whole(-127)), Fixed(i32::MIN));
	assert_eq!(Fixed::whole(127).plus(Fixed::whole(127)), Fixed(i32::MAX));
}

proptest! {
	#[test]
	fn functions_stay_near_the_real_ones(bits: i32, share in 0..=16_777_216i32) {
		let number = Fixed(bits);
		prop_assert!(close(number.exp_neg(), (-real(number).max(0.0)).exp()));
		prop_assert!(close(number.logistic(), 1.0 / (1.0 + (-real(number)).exp())));
		let share = Fixed(share);
		let logit = (real(share) / (1.0 - real(share))).ln().clamp(-10.0, 10.0);
		prop_assert!(close(share.logit(), logit));
	}

	#[test]
	fn functions_never_turn_back(a: i32, b: i32) {
		let (low, high) = (Fixed(a.min(b)), Fixed(a.max(b)));
		prop_assert!(low.exp_neg() >= high.exp_neg());
		prop_assert!(low.logistic() <= high.logistic());
		prop_assert!(low.logit() <= high.logit());
	}

	#[test]
	fn neighbours_never_turn_back(a in -200_000_000..200_000_000i32, share in 0..16_777_216i32) {
		prop_assert!(Fixed(a).exp_neg() >= Fixed(a + 1).exp_neg());
		prop_assert!(Fixed(a).logistic() <= Fixed(a + 1).logistic());
		prop_assert!(Fixed(share).logit() <= Fixed(share + 1).logit());
	}

	#[test]
	fn arithmetic_rounds_to_the_nearest_and_stops_at_the_ends(a: i32, b: i32) {
		let (x, y) = (Fixed(a), Fixed(b));
		let ends = |number: f64| number.clamp(f64::from(i32::MIN) / ONE, f64::from(i32::MAX) / ONE);
		prop_assert!((real(x.times(y)) - ends(real(x) * real(y))).abs() <= 0.51 / ONE);
		if b != 0 {
			prop_assert!((real(x.over(y)) - ends(real(x) / real(y))).abs() <= 0.51 / ONE);
		}
		prop_assert_eq!(real(x.plus(y)), ends(real(x) + real(y)));
		prop_assert_eq!(real(x.minus(y)), ends(real(x) - real(y)));
	}
}
