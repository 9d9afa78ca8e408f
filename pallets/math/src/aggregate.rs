//! Committees of anchors: how they are drawn, what they agree on, and what that says of each of them.
//!
//! Shares of probes are parts per million ([`PPM`] is the whole); latencies are microseconds, bandwidth is
//! kilobits per second, as in [`Measurement`].

use alloc::vec::Vec;
use exabits_primitives::{Balance, MachineId, Measurement};
use sp_arithmetic::{traits::Saturating, PerThing, Perbill};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The whole of a share in parts per million.
pub const PPM: u32 = 1_000_000;

/// One verdict moves an anchor's accuracy by this part of the way to its target.
const MEMORY: u32 = 8;

/// Draws up to `size` distinct accounts from `seats`, never `excluded`.
///
/// Each place goes to an account with a probability of its seats over the seats of all who are left, decided
/// by a hash of `seed`, `machine` and the number of the place. The same arguments give the same committee in
/// the same order, on chain and off. Fewer than `size` accounts come back when no more are eligible.
///
/// Work: `size` × the length of `seats`. The bias from reducing a 128-bit hash is below 2⁻⁶⁴.
pub fn draw<A: Clone + PartialEq>(
	seats: &[(A, u32)],
	excluded: &A,
	seed: &[u8; 32],
	machine: MachineId,
	size: u32,
) -> Vec<A> {
	let mut urn: Vec<&(A, u32)> =
		seats.iter().filter(|(account, seats)| account != excluded && *seats > 0).collect();
	let mut committee = Vec::new();
	for place in 0..size {
		// A slice has fewer than 2³² entries of fewer than 2³² seats each: the sum cannot saturate.
		let total = urn.iter().fold(0u64, |sum, (_, seats)| sum.saturating_add(u64::from(*seats)));
		let Some(ticket) = ticket(seed, machine, place, total) else { break };
		let mut passed = 0u64;
		let drawn = urn.iter().copied().find(|(_, seats)| {
			passed = passed.saturating_add(u64::from(*seats));
			ticket < passed
		});
		let Some((account, _)) = drawn else { break };
		urn.retain(|(other, _)| other != account);
		committee.push(account.clone());
	}
	committee
}

/// A number below `total`; `None` when that is zero.
fn ticket(seed: &[u8; 32], machine: MachineId, place: u32, total: u64) -> Option<u64> {
	let mut input = Vec::with_capacity(40);
	input.extend_from_slice(seed);
	input.extend_from_slice(&machine.0.to_le_bytes());
	input.extend_from_slice(&place.to_le_bytes());
	let hash = BlakeTwo256::hash(&input);
	let wide: [u8; 16] = hash.as_bytes().first_chunk().copied()?;
	u128::from_le_bytes(wide).checked_rem(u128::from(total)).and_then(|rest| u64::try_from(rest).ok())
}

/// The most that performance can be measured to be: a hundred times the class's reference.
pub const MAX_PERFORMANCE: u32 = 100 * PPM;

/// Whether a measurement can be one: a share is at most the whole, a median at most the 99th percentile, and
/// performance at most [`MAX_PERFORMANCE`].
pub fn is_valid(measurement: &Measurement) -> bool {
	measurement.availability <= PPM
		&& measurement.latency_p50 <= measurement.latency_p99
		&& measurement.error_rate.is_none_or(|rate| rate <= PPM)
		&& measurement.performance.is_none_or(|performance| performance <= MAX_PERFORMANCE)
}

/// What a committee agrees on, or `None` when nobody revealed.
///
/// Availability is the median; of an even number, the mean of the middle two, rounded down. Each latency is
/// the second-lowest and bandwidth the second-highest that was revealed, so that the distance of most anchors
/// is not held against a machine and one anchor alone cannot flatter it; a single revealed value is taken as
/// it is. The error rate and performance are the median of those who found one, when more than half did. Valid
/// measurements aggregate to a valid measurement.
pub fn aggregate(revealed: &[Measurement]) -> Option<Measurement> {
	let availability = sorted(revealed, |one| one.availability);
	let latency_p50 = sorted(revealed, |one| one.latency_p50);
	let latency_p99 = sorted(revealed, |one| one.latency_p99);
	let mut bandwidth = sorted(revealed, |one| one.bandwidth);
	bandwidth.reverse();
	Some(Measurement {
		availability: median(&availability)?,
		latency_p50: second(&latency_p50)?,
		latency_p99: second(&latency_p99)?,
		bandwidth: second(&bandwidth)?,
		error_rate: found(revealed, |one| one.error_rate),
		performance: found(revealed, |one| one.performance),
	})
}

/// The median of what more than half have found; `None` when fewer did.
fn found(revealed: &[Measurement], metric: impl Fn(&Measurement) -> Option<u32>) -> Option<u32> {
	let mut values: Vec<u32> = revealed.iter().filter_map(metric).collect();
	values.sort_unstable();
	(values.len().saturating_mul(2) > revealed.len()).then(|| median(&values)).flatten()
}

fn sorted(revealed: &[Measurement], metric: impl Fn(&Measurement) -> u32) -> Vec<u32> {
	let mut values: Vec<u32> = revealed.iter().map(metric).collect();
	values.sort_unstable();
	values
}

fn median(sorted: &[u32]) -> Option<u32> {
	let upper = *sorted.get(sorted.len().checked_div(2)?)?;
	let lower = *sorted.get(sorted.len().checked_sub(1)?.checked_div(2)?)?;
	Some(lower.midpoint(upper))
}

fn second(ordered: &[u32]) -> Option<u32> {
	ordered.get(1).or_else(|| ordered.first()).copied()
}

/// Whether one anchor's measurement is near enough to what its committee agreed on.
///
/// Availability and, where both have one, the error rate are compared, and may differ by `tolerance` of the whole.
/// Latency, bandwidth and performance are not: they depend on where an anchor stands, and distance is not a fault.
pub fn is_accurate(one: &Measurement, agreed: &Measurement, tolerance: Perbill) -> bool {
	let near = |one: u32, other: u32| one.abs_diff(other) <= tolerance.mul_floor(PPM);
	near(one.availability, agreed.availability)
		&& one.error_rate.zip(agreed.error_rate).is_none_or(|(one, agreed)| near(one, agreed))
}

/// An anchor's accuracy after one more agreed round: an eighth of the way from `before` towards all or nothing.
///
/// Steps are rounded away from `before`, so both ends are reached.
pub fn accuracy(before: Perbill, accurate: bool) -> Perbill {
	if accurate {
		let missing = before.left_from_one().deconstruct();
		before.saturating_add(Perbill::from_parts(missing.div_ceil(MEMORY)))
	} else {
		before.saturating_sub(Perbill::from_parts(before.deconstruct().div_ceil(MEMORY)))
	}
}

/// What each of `accurate` anchors gets of one round's `fee`, rounded down.
///
/// The fee is shared by at least a quorum, and by at least two: nobody is paid a whole fee, and what all get
/// together is at most the fee.
pub fn share(fee: Balance, accurate: u32, quorum: u32) -> Balance {
	fee.checked_div(Balance::from(accurate.max(quorum).max(2))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::{vec, vec::Vec};
	use proptest::prelude::*;

	fn measured(availability: u32, latency: u32, bandwidth: u32) -> Measurement {
		Measurement {
			availability,
			latency_p50: latency,
			latency_p99: latency,
			bandwidth,
			..Default::default()
		}
	}

	fn any_measurement() -> impl Strategy<Value = Measurement> {
		let found = |most: u32| prop::option::of(0..=most);
		(0..=PPM, any::<[u32; 3]>(), found(PPM), found(MAX_PERFORMANCE)).prop_map(
			|(availability, [one, other, bandwidth], error_rate, performance)| Measurement {
				availability,
				latency_p50: one.min(other),
				latency_p99: one.max(other),
				bandwidth,
				error_rate,
				performance,
			},
		)
	}

	fn any_seats() -> impl Strategy<Value = Vec<(u32, u32)>> {
		prop::collection::vec(0u32..20, 0..40).prop_map(|seats| (0u32..).zip(seats).collect())
	}

	#[test]
	fn no_reveal_agrees_on_nothing() {
		assert_eq!(aggregate(&[]), None);
	}

	#[test]
	fn single_reveal_is_taken_as_it_is() {
		let one = Measurement {
			availability: 7,
			latency_p50: 1,
			latency_p99: 2,
			bandwidth: 3,
			error_rate: Some(4),
			performance: Some(5),
		};
		assert_eq!(aggregate(&[one]), Some(one));
	}

	#[test]
	fn two_reveals_meet_in_the_middle_and_take_the_worse_rest() {
		let agreed = aggregate(&[measured(0, 10, 100), measured(5, 20, 200)]);
		assert_eq!(agreed, Some(measured(2, 20, 100)));
	}

	#[test]
	fn three_reveals_take_median_second_lowest_and_second_highest() {
		let agreed = aggregate(&[measured(PPM, 90, 100), measured(900_000, 10, 500), measured(0, 20, 300)]);
		assert_eq!(agreed, Some(measured(900_000, 20, 300)));
	}

	#[test]
	fn most_anchors_that_see_nothing_decide() {
		let agreed = aggregate(&[Measurement::UNREACHABLE, measured(PPM, 10, 500), Measurement::UNREACHABLE]);
		assert_eq!(agreed, Some(Measurement::UNREACHABLE));
	}

	#[test]
	fn validity_is_bounded() {
		assert!(is_valid(&measured(PPM, 1, 1)));
		assert!(is_valid(&Measurement::UNREACHABLE));
		assert!(!is_valid(&measured(PPM + 1, 1, 1)));
		assert!(!is_valid(&Measurement { latency_p50: 2, ..measured(1, 1, 0) }));
	}

	#[test]
	fn what_half_or_fewer_found_is_not_agreed() {
		let with = |error_rate, performance| Measurement { error_rate, performance, ..measured(PPM, 1, 1) };
		let agreed = |revealed: &[Measurement]| {
			let agreed = aggregate(revealed).unwrap();
			(agreed.error_rate, agreed.performance)
		};
		let (some, none) = (with(Some(10), Some(900_000)), with(None, None));
		assert_eq!(agreed(&[some, none]), (None, None));
		assert_eq!(agreed(&[some, none, none]), (None, None));
		let other = with(Some(30), Some(1_100_000));
		assert_eq!(agreed(&[some, other, none]), (Some(20), Some(1_000_000)));
		assert_eq!(agreed(&[some, other, with(Some(PPM), Some(0))]), (Some(30), Some(900_000)));
		assert!(!is_valid(&with(Some(PPM + 1), None)));
		assert!(!is_valid(&with(None, Some(MAX_PERFORMANCE + 1))));
	}

	#[test]
	fn an_error_rate_is_compared_where_both_have_one() {
		let tolerance = Perbill::from_percent(5);
		let with = |error_rate| Measurement { error_rate, ..measured(PPM, 1, 1) };
		for (one, accurate) in [(None, true), (Some(150_000), true), (Some(150_001), false)] {
			assert_eq!(is_accurate(&with(one), &with(Some(100_000)), tolerance), accurate);
			assert!(is_accurate(&with(one), &with(None), tolerance));
		}
	}

	#[test]
	fn accuracy_is_bounded_by_the_tolerance() {
		let tolerance = Perbill::from_percent(5);
		let agreed = measured(900_000, 10, 10);
		assert!(is_accurate(&measured(850_000, 99, 0), &agreed, tolerance));
		assert!(is_accurate(&measured(950_000, 99, 0), &agreed, tolerance));
		assert!(!is_accurate(&measured(849_999, 10, 10), &agreed, tolerance));
		assert!(!is_accurate(&measured(950_001, 10, 10), &agreed, tolerance));
	}

	#[test]
	fn accuracy_reaches_both_ends() {
		let mut now = Perbill::one();
		for _ in 0..200 {
			now = accuracy(now, false);
		}
		assert_eq!(now, Perbill::zero());
		for _ in 0..200 {
			now = accuracy(now, true);
		}
		assert_eq!(now, Perbill::one());
		assert_eq!(accuracy(Perbill::one(), false), Perbill::from_parts(875_000_000));
	}

	#[test]
	fn share_is_never_a_whole_fee() {
		assert_eq!(share(100, 1, 1), 50);
		assert_eq!(share(100, 1, 3), 33);
		assert_eq!(share(100, 4, 3), 25);
		assert_eq!(share(0, 3, 2), 0);
		assert_eq!(share(1, 3, 2), 0);
	}

	#[test]
	fn draw_weighs_seats() {
		let seats = [(1u8, 1), (2, 3)];
		let mut heavy = 0u32;
		for machine in 0..4_000 {
			if draw(&seats, &0, &[7; 32], MachineId(machine), 1) == vec![2] {
				heavy += 1;
			}
		}
		// Three of four on average; five standard deviations are 137.
		assert!((2_863..=3_137).contains(&heavy), "{heavy}");
	}

	#[test]
	fn draw_changes_with_seed_and_machine() {
		let seats: Vec<(u32, u32)> = (0..50).map(|account| (account, 1)).collect();
		let one = draw(&seats, &99, &[1; 32], MachineId(1), 5);
		assert_ne!(one, draw(&seats, &99, &[2; 32], MachineId(1), 5));
		assert_ne!(one, draw(&seats, &99, &[1; 32], MachineId(2), 5));
	}

	#[test]
	fn draw_holds_at_the_ends_of_the_range() {
		assert!(draw::<u8>(&[], &0, &[0; 32], MachineId(0), 5).is_empty());
		assert!(draw(&[(1u8, 0)], &0, &[0; 32], MachineId(0), 5).is_empty());
		assert!(draw(&[(1u8, 5)], &1, &[0; 32], MachineId(0), 5).is_empty());
		assert!(draw(&[(1u8, 5)], &0, &[0; 32], MachineId(0), 0).is_empty());
		let most = draw(&[(1u8, u32::MAX), (2, u32::MAX)], &0, &[0; 32], MachineId(u32::MAX), u32::MAX);
		assert_eq!(most.len(), 2);
	}

	proptest! {
		#[test]
		fn committee_is_distinct_eligible_and_repeatable(
			seats in any_seats(), owner in 0u32..40, seed in any::<[u8; 32]>(), machine in any::<u32>(), size in 0u32..17,
		) {
			let machine = MachineId(machine);
			let committee = draw(&seats, &owner, &seed, machine, size);
			let eligible: Vec<u32> =
				seats.iter().filter(|(who, seats)| *who != owner && *seats > 0).map(|(who, _)| *who).collect();
			let mut distinct = committee.clone();
			distinct.sort_unstable();
			distinct.dedup();
			prop_assert_eq!(distinct.len(), committee.len());
			prop_assert!(committee.iter().all(|who| eligible.contains(who)));
			prop_assert_eq!(committee.len(), eligible.len().min(usize::try_from(size).unwrap()));
			prop_assert_eq!(committee, draw(&seats, &owner, &seed, machine, size));
		}

		#[test]
		fn a_smaller_committee_begins_the_larger(seats in any_seats(), seed in any::<[u8; 32]>(), size in 0u32..16) {
			let small = draw(&seats, &99, &seed, MachineId(3), size);
			let large = draw(&seats, &99, &seed, MachineId(3), size + 1);
			prop_assert_eq!(&large[..small.len()], &small[..]);
		}

		#[test]
		fn repeated_accounts_are_drawn_once(seed in any::<[u8; 32]>()) {
			prop_assert_eq!(draw(&[(1u8, 3), (1, 4), (2, 1)], &0, &seed, MachineId(1), 3).len(), 2);
		}

		#[test]
		fn aggregate_lies_among_what_was_revealed(revealed in prop::collection::vec(any_measurement(), 1..17)) {
			let agreed = aggregate(&revealed).unwrap();
			prop_assert!(is_valid(&agreed));
			let within = |metric: fn(&Measurement) -> u32| {
				let low = revealed.iter().map(metric).min().unwrap();
				let high = revealed.iter().map(metric).max().unwrap();
				(low..=high).contains(&metric(&agreed))
			};
			prop_assert!(within(|m| m.availability));
			prop_assert!(within(|m| m.latency_p50));
			prop_assert!(within(|m| m.latency_p99));
			prop_assert!(within(|m| m.bandwidth));
		}

		#[test]
		fn aggregate_ignores_order(mut revealed in prop::collection::vec(any_measurement(), 1..17)) {
			let agreed = aggregate(&revealed);
			revealed.reverse();
			prop_assert_eq!(agreed, aggregate(&revealed));
		}

		#[test]
		fn one_liar_cannot_leave_the_range_of_the_honest(
			honest in prop::collection::vec(any_measurement(), 2..16), liar in any_measurement(),
		) {
			let mut all = honest.clone();
			all.push(liar);
			let agreed = aggregate(&all).unwrap();
			let lowest = |metric: fn(&Measurement) -> u32| honest.iter().map(metric).min().unwrap();
			let highest = |metric: fn(&Measurement) -> u32| honest.iter().map(metric).max().unwrap();
			prop_assert!(agreed.latency_p50 >= lowest(|m| m.latency_p50));
			prop_assert!(agreed.latency_p99 >= lowest(|m| m.latency_p99));
			prop_assert!(agreed.bandwidth <= highest(|m| m.bandwidth));
			prop_assert!(agreed.availability >= lowest(|m| m.availability));
			prop_assert!(agreed.availability <= highest(|m| m.availability));
		}

		#[test]
		fn accuracy_moves_towards_the_verdict(parts in 0..=1_000_000_000u32) {
			let before = Perbill::from_parts(parts);
			prop_assert!(accuracy(before, true) >= before);
			prop_assert!(accuracy(before, false) <= before);
			prop_assert!(before.is_one() || accuracy(before, true) > before);
			prop_assert!(before.is_zero() || accuracy(before, false) < before);
		}

		#[test]
		fn shares_never_exceed_the_fee(fee in any::<Balance>(), accurate in 0u32..17, quorum in 0u32..17) {
			let each = share(fee, accurate, quorum);
			prop_assert!(each.checked_mul(Balance::from(accurate)).is_some_and(|all| all <= fee));
			prop_assert!(each < fee || fee == 0);
		}
	}
}
