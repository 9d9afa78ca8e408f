//! `RFL_efficiency` as incremental sums.
//!
//! `RFL_efficiency = Σ P(r)·U_opt(r) / Σ P(r)` over online machines `r`, where `P` is the performance of all of
//! a machine's devices and `U_opt` is what it delivered over what it offered. Both of these are counted in
//! milli-device-slots and fade by 1/24 per window, so that about the last 24 windows count.

use sp_runtime::{PerThing, Perbill, Rounding, Saturating};

/// How many windows count: with each window that passes, the past keeps `(FADE − 1) / FADE` of its weight.
pub const FADE: u32 = 24;

/// The highest performance of one device. With it the sums over every machine that there can be
/// (2³² machines of 16 devices, times 10⁹ parts) stay far below the range of `u128`.
pub const MAX_PERFORMANCE: u64 = 1 << 48;

/// What is left of `value` after `windows` windows: `value · ((FADE − 1) / FADE)^windows`.
///
/// Each window rounds down, which costs less than [`FADE`] units in all. Takes at most about 1,000 steps: by
/// then nothing is left of any `u64`.
pub fn decay(value: u64, windows: u32) -> u64 {
	let mut left = value;
	for _ in 0..windows {
		if left == 0 {
			break;
		}
		left = left.saturating_sub(left.div_ceil(u64::from(FADE)));
	}
	left
}

/// What was delivered over what was offered, rounded down; zero when nothing was offered, at most one.
pub fn utilisation(delivered: u64, offered: u64) -> Perbill {
	if delivered >= offered && offered > 0 {
		return Perbill::one();
	}
	Perbill::from_rational_with_rounding(delivered, offered, Rounding::Down).unwrap_or_default()
}

/// What a machine's rewards are weighed by: one half, and one half of its utilisation, so that a machine that stood idle
/// earns from its first lease on. One while nothing is known of it.
pub fn weight(utilisation: Option<Perbill>) -> Perbill {
	let half = Perbill::from_percent(50);
	half.saturating_add(half.saturating_mul(utilisation.unwrap_or(Perbill::one())))
}

/// What one machine adds to the two sums: `P·U` in parts per billion, and `P`.
///
/// `performance` is that of one device. `None` on overflow, which no performance up to [`MAX_PERFORMANCE`]
/// reaches.
pub fn contribution(performance: u64, devices: u32, utilisation: Perbill) -> Option<(u128, u128)> {
	let performance = u128::from(performance).checked_mul(u128::from(devices))?;
	let weighted = performance.checked_mul(u128::from(utilisation.deconstruct()))?;
	Some((weighted, performance))
}

/// The efficiency that the two sums stand for, rounded down; zero while there is no machine, at most one.
pub fn efficiency(weighted: u128, performance: u128) -> Perbill {
	let parts = weighted.checked_div(performance).unwrap_or(0);
	Perbill::from_parts(u32::try_from(parts).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn one_window_takes_a_twenty_fourth() {
		assert_eq!(decay(24_000, 0), 24_000);
		assert_eq!(decay(24_000, 1), 23_000);
		assert_eq!(decay(24_000, 2), 22_041);
		assert_eq!(decay(u64::MAX, 0), u64::MAX);
	}

	#[test]
	fn the_past_is_gone_in_the_end() {
		assert_eq!(decay(1, 1), 0);
		assert!(decay(u64::MAX, 900) > 0);
		assert_eq!(decay(u64::MAX, 1_050), 0);
		assert_eq!(decay(u64::MAX, u32::MAX), 0);
	}

	#[test]
	fn utilisation_is_a_share() {
		assert_eq!(utilisation(0, 0), Perbill::zero());
		assert_eq!(utilisation(5, 0), Perbill::zero());
		assert_eq!(utilisation(1, 3), Perbill::from_parts(333_333_333));
		assert_eq!(utilisation(3, 3), Perbill::one());
		assert_eq!(utilisation(4, 3), Perbill::one());
	}

	#[test]
	fn weights_lie_between_a_half_and_one() {
		let percent = Perbill::from_percent;
		assert_eq!(weight(None), percent(100));
		assert_eq!(weight(Some(percent(0))), percent(50));
		assert_eq!(weight(Some(percent(50))), percent(75));
		assert_eq!(weight(Some(percent(100))), percent(100));
	}

	#[test]
	fn efficiency_weighs_by_performance() {
		let (fast, fast_p) = contribution(900, 1, Perbill::from_percent(100)).unwrap();
		let (slow, slow_p) = contribution(50, 2, Perbill::zero()).unwrap();
		assert_eq!(efficiency(fast + slow, fast_p + slow_p), Perbill::from_percent(90));
		assert_eq!(efficiency(0, 0), Perbill::zero());
	}

	proptest! {
		#[test]
		fn decay_is_close_to_the_formula(value in any::<u64>(), windows in 0u32..1_200) {
			let exact = value as f64 * (23f64 / 24f64).powi(windows as i32);
			let found = decay(value, windows) as f64;
			prop_assert!((found - exact).abs() <= 24.0 + exact * 1e-12, "{found} for {exact}");
		}

		#[test]
		fn decay_never_grows(value in any::<u64>(), windows in 0u32..2_000) {
			prop_assert!(decay(value, windows + 1) <= decay(value, windows));
			prop_assert!(decay(value, windows) <= value);
		}

		#[test]
		fn decay_keeps_order(a in any::<u64>(), b in any::<u64>(), windows in 0u32..2_000) {
			prop_assert!(decay(a.min(b), windows) <= decay(a.max(b), windows));
		}

		#[test]
		fn efficiency_lies_between_the_machines(
			machines in prop::collection::vec((1..=MAX_PERFORMANCE, 1u32..=16, 0u32..=1_000_000_000), 1..20),
		) {
			let mut sums = (0u128, 0u128);
			for (performance, devices, parts) in &machines {
				let (w, p) = contribution(*performance, *devices, Perbill::from_parts(*parts)).unwrap();
				sums = (sums.0 + w, sums.1 + p);
			}
			let found = efficiency(sums.0, sums.1).deconstruct();
			prop_assert!(found >= machines.iter().map(|m| m.2).min().unwrap());
			prop_assert!(found <= machines.iter().map(|m| m.2).max().unwrap());
		}
	}
}
