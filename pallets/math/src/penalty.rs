//! Penalties: from what was measured to credit and slash, and when one set of terms refines another.
//!
//! A term has a threshold, and heights (of credit and of slash) at its module's knots. A knot is a shortfall:
//! how far a value misses the threshold, in parts per million of that threshold. Because knots are relative,
//! terms that [`refines`] accepts never pay less than what they refine, whatever is measured.

use alloc::vec::Vec;
use exabits_primitives::{Balance, ModuleId};
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use sp_runtime::{PerThing, Perbill};

/// Parts per million in one.
pub const PPM: u32 = 1_000_000;

/// One verdict weighs one over this in the compliance score.
pub const SCORE_WEIGHT: u32 = 16;

/// Which side of the threshold is good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparator {
	/// The value has to reach the threshold.
	AtLeast,
	/// The value must not exceed the threshold.
	AtMost,
}

impl Comparator {
	/// Whether threshold `a` demands at least what threshold `b` demands.
	pub fn no_looser(self, a: u32, b: u32) -> bool {
		match self {
			Self::AtLeast => a >= b,
			Self::AtMost => a <= b,
		}
	}
}

/// One term, as [`refines`] compares it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
	/// Fixes metric, statistic, comparator, measuring window and knots.
	pub module: ModuleId,
	/// The module's comparator.
	pub comparator: Comparator,
	/// The threshold, in the metric's unit.
	pub threshold: u32,
	/// Credit and slash at each knot.
	pub heights: Vec<(Perbill, Perbill)>,
}

impl Term {
	/// Whether this term promises at least what `other` promises: same module, threshold no looser, no height
	/// lower.
	pub fn refines(&self, other: &Self) -> bool {
		self.module == other.module
			&& self.comparator == other.comparator
			&& self.comparator.no_looser(self.threshold, other.threshold)
			&& self.heights.len() == other.heights.len()
			&& self.heights.iter().zip(&other.heights).all(|(a, b)| a.0 >= b.0 && a.1 >= b.1)
	}
}

/// Whether `terms` refine `template`: each of the template's terms is refined by one of `terms`. Extra terms
/// are allowed. Reflexive and transitive; terms that hold each module once and refine each other are the same.
pub fn refines(terms: &[Term], template: &[Term]) -> bool {
	template.iter().all(|promised| terms.iter().any(|term| term.refines(promised)))
}

/// Whether `knots` are usable: at least one, strictly increasing.
pub fn knots_increase(knots: &[u32]) -> bool {
	!knots.is_empty() && knots.iter().zip(knots.iter().skip(1)).all(|(a, b)| a < b)
}

/// Whether a larger shortfall never costs less: neither credit nor slash falls from one knot to the next.
pub fn heights_rise(heights: &[(Perbill, Perbill)]) -> bool {
	heights.iter().zip(heights.iter().skip(1)).all(|(a, b)| a.0 <= b.0 && a.1 <= b.1)
}

/// How far `measured` misses `threshold`, in parts per million of the threshold.
///
/// Rounded up and capped at `u32::MAX`, so it is zero exactly when the threshold is met. A threshold of zero
/// is missed in parts per million of one.
pub fn shortfall(measured: u32, threshold: u32, comparator: Comparator) -> u32 {
	let miss = match comparator {
		Comparator::AtLeast => threshold.saturating_sub(measured),
		Comparator::AtMost => measured.saturating_sub(threshold),
	};
	// A product of two `u32` fits in a `u64`.
	let scaled = u64::from(miss).saturating_mul(u64::from(PPM));
	u32::try_from(scaled.div_ceil(u64::from(threshold.max(1)))).unwrap_or(u32::MAX)
}

/// The height of a penalty curve at `shortfall`, in parts per million.
///
/// `points` are knots with their heights; knots increase strictly, heights never fall. Zero without shortfall
/// and below the first knot, linear between knots, flat after the last. Only the linear part rounds:
/// [`Rounding::Up`] suits what a tenant is owed, [`Rounding::Down`] what somebody is punished with.
pub fn curve(
	points: impl IntoIterator<Item = (u32, Perbill)>,
	shortfall: u32,
	rounding: Rounding,
) -> Perbill {
	if shortfall == 0 {
		return Perbill::zero();
	}
	let mut reached: Option<(u32, Perbill)> = None;
	for (knot, height) in points {
		if shortfall < knot {
			return reached
				.map_or(Perbill::zero(), |from| between(from, (knot, height), shortfall, rounding));
		}
		reached = Some((knot, height));
	}
	reached.map_or(Perbill::zero(), |(_, height)| height)
}

/// Linear interpolation at `from.0 <= at < to.0`.
fn between(from: (u32, Perbill), to: (u32, Perbill), at: u32, rounding: Rounding) -> Perbill {
	let rise = to.1.deconstruct().saturating_sub(from.1.deconstruct());
	let run = to.0.saturating_sub(from.0);
	let part = multiply_by_rational_with_rounding(
		rise.into(),
		at.saturating_sub(from.0).into(),
		u128::from(run.max(1)),
		rounding,
	)
	.and_then(|part| u32::try_from(part).ok())
	.unwrap_or(rise);
	Perbill::from_parts(from.1.deconstruct().saturating_add(part))
}

/// The mean of the values of a measuring window, rounded down; `None` of no values.
pub fn mean(values: impl IntoIterator<Item = u32>) -> Option<u32> {
	let (sum, count) = values.into_iter().fold((0u64, 0u64), |(sum, count), value| {
		(sum.saturating_add(value.into()), count.saturating_add(1))
	});
	sum.checked_div(count).and_then(|mean| u32::try_from(mean).ok())
}

/// The value of a measuring window that is furthest on the bad side; `None` of no values.
pub fn worst(values: impl IntoIterator<Item = u32>, comparator: Comparator) -> Option<u32> {
	match comparator {
		Comparator::AtLeast => values.into_iter().min(),
		Comparator::AtMost => values.into_iter().max(),
	}
}

/// What a confirmed breach costs: the milder of two committees' fractions of the machine's minimum bond,
/// rounded down.
pub fn slash(first: Perbill, second: Perbill, minimum_bond: Balance) -> Balance {
	first.min(second).mul_floor(minimum_bond)
}

/// The strictest threshold that a measured value supports when `margin` of it is left to spare.
///
/// Rounded to the looser side.
pub fn supported(measured: u32, comparator: Comparator, margin: Perbill) -> u32 {
	match comparator {
		Comparator::AtLeast => margin.left_from_one().mul_floor(measured),
		Comparator::AtMost => measured.saturating_add(margin.mul_ceil(measured)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::{collection::vec, prelude::*};

	fn ppb(parts: u32) -> Perbill {
		Perbill::from_parts(parts)
	}

	#[test]
	fn shortfall_is_relative_to_the_threshold_and_rounds_up() {
		use Comparator::*;
		assert_eq!(shortfall(990_000, 990_000, AtLeast), 0);
		assert_eq!(shortfall(1_000_000, 990_000, AtLeast), 0);
		assert_eq!(shortfall(495_000, 990_000, AtLeast), 500_000);
		assert_eq!(shortfall(0, 990_000, AtLeast), PPM);
		assert_eq!(shortfall(2, 3, AtLeast), 333_334);
		assert_eq!(shortfall(100, 100, AtMost), 0);
		assert_eq!(shortfall(150, 100, AtMost), 500_000);
		assert_eq!(shortfall(u32::MAX, 1_000, AtMost), u32::MAX);
		assert_eq!(shortfall(3, 0, AtMost), 3 * PPM);
		assert_eq!(shortfall(0, 0, AtLeast), 0);
		assert_eq!(shortfall(u32::MAX - 1, u32::MAX, AtLeast), 1);
	}

	#[test]
	fn curve_is_linear_between_knots_and_flat_outside() {
		let points = [(100, ppb(10)), (200, ppb(30)), (203, ppb(31))];
		let at = |shortfall, rounding| curve(points, shortfall, rounding).deconstruct();
		assert_eq!(at(0, Rounding::Up), 0);
		assert_eq!(at(99, Rounding::Up), 0);
		assert_eq!(at(100, Rounding::Up), 10);
		assert_eq!(at(150, Rounding::Up), 20);
		assert_eq!(at(200, Rounding::Up), 30);
		assert_eq!(at(201, Rounding::Up), 31);
		assert_eq!(at(201, Rounding::Down), 30);
		assert_eq!(at(203, Rounding::Down), 31);
		assert_eq!(at(u32::MAX, Rounding::Down), 31);
	}

	#[test]
	fn meeting_the_threshold_costs_nothing_even_with_a_knot_at_zero() {
		let points = [(0, ppb(7)), (10, ppb(17))];
		assert_eq!(curve(points, 0, Rounding::Up), ppb(0));
		assert_eq!(curve(points, 1, Rounding::Up), ppb(8));
		assert_eq!(curve([], 5, Rounding::Up), ppb(0));
	}

	#[test]
	fn knots_and_heights_are_checked() {
		assert!(!knots_increase(&[]));
		assert!(knots_increase(&[0]));
		assert!(knots_increase(&[0, 1, 5]));
		assert!(!knots_increase(&[0, 0]));
		assert!(!knots_increase(&[1, 2, 1]));
		assert!(heights_rise(&[(ppb(1), ppb(1)), (ppb(1), ppb(2))]));
		assert!(!heights_rise(&[(ppb(2), ppb(1)), (ppb(1), ppb(2))]));
		assert!(!heights_rise(&[(ppb(1), ppb(2)), (ppb(1), ppb(1))]));
	}

	#[test]
	fn refinement_needs_every_promise() {
		let term = |module, comparator, threshold, height| Term {
			module: ModuleId(module),
			comparator,
			threshold,
			heights: vec![(ppb(height), ppb(height))],
		};
		let up = term(1, Comparator::AtLeast, 90, 5);
		let fast = term(2, Comparator::AtMost, 50, 5);
		let template = [up.clone(), fast.clone()];
		assert!(refines(&template, &template));
		assert!(refines(&[fast.clone(), up.clone(), term(3, Comparator::AtMost, 1, 0)], &template));
		assert!(refines(&[term(1, Comparator::AtLeast, 91, 6), fast.clone()], &template));
		assert!(!refines(&template[..1], &template));
		assert!(!refines(&[term(1, Comparator::AtLeast, 89, 5), fast.clone()], &template));
		assert!(!refines(&[up.clone(), term(2, Comparator::AtMost, 51, 5)], &template));
		assert!(!refines(&[up.clone(), term(2, Comparator::AtMost, 50, 4)], &template));
		let mut longer = fast;
		longer.heights.push((ppb(9), ppb(9)));
		assert!(!refines(&[up, longer], &template));
	}

	#[test]
	fn windows_average_or_take_the_worst() {
		assert_eq!(mean([]), None);
		assert_eq!(mean([1, 2]), Some(1));
		assert_eq!(mean([u32::MAX, u32::MAX]), Some(u32::MAX));
		assert_eq!(worst([], Comparator::AtMost), None);
		assert_eq!(worst([3, 9, 4], Comparator::AtMost), Some(9));
		assert_eq!(worst([3, 9, 4], Comparator::AtLeast), Some(3));
	}

	#[test]
	fn what_is_supported_leaves_the_margin_to_spare() {
		let margin = Perbill::from_percent(10);
		assert_eq!(supported(1_000_000, Comparator::AtLeast, margin), 900_000);
		assert_eq!(supported(9, Comparator::AtLeast, margin), 8);
		assert_eq!(supported(1_000, Comparator::AtMost, margin), 1_100);
		assert_eq!(supported(1, Comparator::AtMost, margin), 2);
		assert_eq!(supported(0, Comparator::AtMost, margin), 0);
		assert_eq!(supported(u32::MAX, Comparator::AtMost, margin), u32::MAX);
	}

	#[test]
	fn slash_takes_the_milder_finding_and_rounds_down() {
		assert_eq!(slash(Perbill::from_percent(50), Perbill::from_percent(10), 1_005), 100);
		assert_eq!(slash(Perbill::from_percent(10), Perbill::from_percent(50), 1_005), 100);
		assert_eq!(slash(Perbill::zero(), Perbill::one(), 1_005), 0);
		assert_eq!(slash(Perbill::one(), Perbill::one(), Balance::MAX), Balance::MAX);
	}

	fn comparator() -> impl Strategy<Value = Comparator> {
		prop_oneof![Just(Comparator::AtLeast), Just(Comparator::AtMost)]
	}

	fn rounding() -> impl Strategy<Value = Rounding> {
		prop_oneof![Just(Rounding::Up), Just(Rounding::Down)]
	}

	/// Heights that rise, as many as asked for.
	fn heights(count: usize) -> impl Strategy<Value = Vec<(Perbill, Perbill)>> {
		(vec(0..=1_000_000_000u32, count), vec(0..=1_000_000_000u32, count)).prop_map(
			|(mut credits, mut slashes)| {
				credits.sort_unstable();
				slashes.sort_unstable();
				credits.into_iter().map(ppb).zip(slashes.into_iter().map(ppb)).collect()
			},
		)
	}

	/// Knots that increase, with heights that rise.
	fn knots_and_heights() -> impl Strategy<Value = (Vec<u32>, Vec<(Perbill, Perbill)>)> {
		proptest::collection::btree_set(0..3 * PPM, 1..=4)
			.prop_flat_map(|knots| (Just(knots.iter().copied().collect()), heights(knots.len())))
	}

	/// A few modules, thresholds and heights, so that refinement happens often.
	fn term() -> impl Strategy<Value = Term> {
		(0..3u32, 0..4u32, 0..4u32, 0..4u32)
			.prop_map(|(module, threshold, credit, slash)| few(module, threshold, credit, slash))
	}

	/// A term with one knot; module 0 wants low values.
	fn few(module: u32, threshold: u32, credit: u32, slash: u32) -> Term {
		Term {
			module: ModuleId(module),
			comparator: if module == 0 { Comparator::AtMost } else { Comparator::AtLeast },
			threshold,
			heights: vec![(ppb(credit), ppb(slash))],
		}
	}

	proptest! {
		#[test]
		fn shortfall_is_zero_exactly_when_met(
			measured: u32,
			threshold in 1..=u32::MAX,
			comparator in comparator(),
		) {
			let met = comparator.no_looser(measured, threshold);
			prop_assert_eq!(shortfall(measured, threshold, comparator) == 0, met);
		}

		#[test]
		fn curve_never_falls(
			(knots, heights) in knots_and_heights(),
			a in 0..4 * PPM,
			b in 0..4 * PPM,
			rounding in rounding(),
		) {
			let at = |shortfall| {
				curve(knots.iter().copied().zip(heights.iter().map(|h| h.0)), shortfall, rounding)
			};
			let (low, high) = (a.min(b), a.max(b));
			prop_assert!(at(low) <= at(high));
			prop_assert!(at(high) <= heights.last().map_or(Perbill::zero(), |h| h.0));
		}

		#[test]
		fn curve_passes_through_its_points((knots, heights) in knots_and_heights(), rounding in rounding()) {
			for (knot, height) in knots.iter().zip(&heights).filter(|(knot, _)| **knot > 0) {
				let points = knots.iter().copied().zip(heights.iter().map(|h| h.1));
				prop_assert_eq!(curve(points, *knot, rounding), height.1);
			}
		}

		#[test]
		fn rounding_up_and_down_differ_by_one_part_at_most(
			(knots, heights) in knots_and_heights(),
			shortfall in 0..4 * PPM,
		) {
			let at = |rounding| {
				curve(knots.iter().copied().zip(heights.iter().map(|h| h.0)), shortfall, rounding).deconstruct()
			};
			let (up, down) = (at(Rounding::Up), at(Rounding::Down));
			prop_assert!(up == down || up == down + 1);
		}

		#[test]
		fn refinement_is_reflexive(terms in vec(term(), 0..5)) {
			prop_assert!(refines(&terms, &terms));
		}

		#[test]
		fn refinement_is_transitive(
			a in vec(term(), 0..6),
			b in vec(term(), 0..4),
			c in vec(term(), 0..3),
		) {
			if refines(&a, &b) && refines(&b, &c) {
				prop_assert!(refines(&a, &c));
			}
		}

		#[test]
		fn terms_that_refine_each_other_are_the_same(
			a in proptest::collection::btree_map(0..3u32, (0..2u32, 0..2u32, 0..2u32), 0..4),
			b in proptest::collection::btree_map(0..3u32, (0..2u32, 0..2u32, 0..2u32), 0..4),
		) {
			// Each module once, as agreements hold them.
			let terms = |of: &std::collections::BTreeMap<u32, (u32, u32, u32)>| -> Vec<Term> {
				of.iter().map(|(module, (threshold, credit, slash))| few(*module, *threshold, *credit, *slash)).collect()
			};
			let (a, b) = (terms(&a), terms(&b));
			prop_assert_eq!(refines(&a, &b) && refines(&b, &a), a == b);
		}

		#[test]
		fn refined_agreements_never_pay_less(
			knots in proptest::collection::btree_set(0..3 * PPM, 2..=2),
			a in vec((0..3u32, 1..40u32, heights(2)), 0..6),
			b in vec((0..3u32, 1..40u32, heights(2)), 0..3),
			// So that the random terms often refine: some of those of `b`, demanded more of.
			stricter in vec((0..10u32, heights(2)), 3),
			measured in vec(0..60u32, 3),
		) {
			let module = |module: u32| Term {
				module: ModuleId(module),
				comparator: if module == 0 { Comparator::AtMost } else { Comparator::AtLeast },
				threshold: 0,
				heights: vec![],
			};
			let term = |(of, threshold, heights): &(u32, u32, Vec<(Perbill, Perbill)>)| Term {
				threshold: *threshold,
				heights: heights.clone(),
				..module(*of)
			};
			let b: Vec<Term> = b.iter().map(term).collect();
			let more = b.iter().zip(&stricter).map(|(term, (by, heights))| Term {
				threshold: match term.comparator {
					Comparator::AtLeast => term.threshold + by,
					Comparator::AtMost => term.threshold.saturating_sub(*by),
				},
				heights: term
					.heights
					.iter()
					.zip(heights)
					.map(|(a, b)| (a.0.max(b.0), a.1.max(b.1)))
					.collect(),
				..term.clone()
			});
			let a: Vec<Term> = a.iter().map(term).chain(more).collect();
			prop_assert!(refines(&a, &b));
			// The worst credit and the hardest slash over all terms.
			let pays = |terms: &[Term], pick: fn(&(Perbill, Perbill)) -> Perbill, rounding| {
				terms
					.iter()
					.map(|term| {
						let value = measured[usize::try_from(term.module.0).expect("few modules")];
						let missed = shortfall(value, term.threshold, term.comparator);
						curve(knots.iter().copied().zip(term.heights.iter().map(pick)), missed, rounding)
					})
					.max()
					.unwrap_or_default()
			};
			prop_assert!(pays(&a, |h| h.0, Rounding::Up) >= pays(&b, |h| h.0, Rounding::Up));
			prop_assert!(pays(&a, |h| h.1, Rounding::Down) >= pays(&b, |h| h.1, Rounding::Down));
		}

		#[test]
		fn refined_terms_never_pay_less(
			knots in proptest::collection::btree_set(0..3 * PPM, 3..=3),
			one in heights(3),
			two in heights(3),
			thresholds in (1..2_000_000u32, 1..2_000_000u32),
			measured in 0..4_000_000u32,
			comparator in comparator(),
		) {
			// The strict side takes the better of both at each knot.
			let strict: Vec<_> = one.iter().zip(&two).map(|(a, b)| (a.0.max(b.0), a.1.max(b.1))).collect();
			let (low, high) = (thresholds.0.min(thresholds.1), thresholds.0.max(thresholds.1));
			let (demanding, easy) = match comparator {
				Comparator::AtLeast => (high, low),
				Comparator::AtMost => (low, high),
			};
			let term = |threshold, heights: &[(Perbill, Perbill)]| Term {
				module: ModuleId(0),
				comparator,
				threshold,
				heights: heights.to_vec(),
			};
			let (a, b) = (term(demanding, &strict), term(easy, &one));
			prop_assert!(a.refines(&b));
			let pays = |term: &Term, pick: fn(&(Perbill, Perbill)) -> Perbill, rounding| {
				let missed = shortfall(measured, term.threshold, comparator);
				curve(knots.iter().copied().zip(term.heights.iter().map(pick)), missed, rounding)
			};
			prop_assert!(pays(&a, |h| h.0, Rounding::Up) >= pays(&b, |h| h.0, Rounding::Up));
			prop_assert!(pays(&a, |h| h.1, Rounding::Down) >= pays(&b, |h| h.1, Rounding::Down));
		}

		#[test]
		fn a_measured_value_meets_what_it_supports(value: u32, parts in 0..=1_000_000_000u32, at_least: bool) {
			let comparator = if at_least { Comparator::AtLeast } else { Comparator::AtMost };
			let threshold = supported(value, comparator, ppb(parts));
			prop_assert_eq!(shortfall(value, threshold, comparator), 0);
		}
	}
}
