use super::*;
use crate::penalty::{shortfall, Comparator, PPM};
use Comparator::*;

fn parts(measured: u32, threshold: u32, comparator: Comparator, span: u32) -> i32 {
	Margin::new(measured, threshold, comparator, span).parts()
}

#[test]
fn a_margin_is_relative_to_the_span_and_signed() {
	assert_eq!(parts(100, 100, AtLeast, PPM), 0);
	assert_eq!(parts(150, 100, AtLeast, PPM), 500_000);
	assert_eq!(parts(150, 100, AtMost, PPM), -500_000);
	assert_eq!(parts(80, 100, AtMost, PPM / 2), 400_000);
	assert_eq!(parts(0, 100, AtMost, PPM / 2), 1_000_000);
	assert_eq!(parts(0, 100, AtLeast, PPM / 2), -1_000_000);
}

#[test]
fn the_smallest_miss_is_a_breach_and_the_smallest_surplus_is_none() {
	assert_eq!(parts(u32::MAX - 1, u32::MAX, AtLeast, u32::MAX), -1);
	assert_eq!(parts(u32::MAX, u32::MAX - 1, AtLeast, u32::MAX), 0);
}

#[test]
fn thresholds_and_spans_of_zero_are_read_as_one() {
	assert_eq!(parts(0, 0, AtMost, 0), 0);
	assert_eq!(parts(1, 0, AtMost, 0), -1_000_000);
	assert_eq!(parts(5, 0, AtLeast, 0), 1_000_000);
}

#[test]
fn a_breach_keeps_at_most_half() {
	assert_eq!(margin(0).kept(), Perbill::one());
	assert_eq!(margin(1_000_000).kept(), Perbill::one());
	assert_eq!(margin(-1).kept(), Perbill::from_parts(499_999_500));
	assert_eq!(margin(-500_000).kept(), Perbill::from_percent(25));
	assert_eq!(margin(-1_000_000).kept(), Perbill::zero());
}

proptest! {
	#[test]
	fn a_margin_is_below_zero_exactly_when_there_is_a_shortfall(
		measured: u32,
		threshold in 1..=u32::MAX,
		span: u32,
		at_least: bool,
	) {
		let comparator = if at_least { AtLeast } else { AtMost };
		let margin = Margin::new(measured, threshold, comparator, span);
		prop_assert_eq!(margin.is_breach(), shortfall(measured, threshold, comparator) > 0);
		prop_assert!(margin.parts().unsigned_abs() <= PPM);
	}

	#[test]
	fn better_values_never_have_a_lower_margin(a: u32, b: u32, threshold: u32, span: u32) {
		let (low, high) = (a.min(b), a.max(b));
		prop_assert!(parts(low, threshold, AtLeast, span) <= parts(high, threshold, AtLeast, span));
		prop_assert!(parts(low, threshold, AtMost, span) >= parts(high, threshold, AtMost, span));
	}
}
