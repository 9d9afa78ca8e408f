//! What cannot be true of a machine's telemetry.
//!
//! Each check is necessary and none is sufficient: an honest machine passes all of them, and one that fails has said
//! things that do not go together.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{
	telemetry::{Sample, MILLION, TOLERANCE_SLOTS},
	TelemetryCounters, TelemetrySummary, WindowIndex,
};
use scale_info::TypeInfo;

/// NVML's reasons that mean the hardware could not keep its clocks: hardware slowdown, thermal slowdown by
/// software or hardware, and power brake. Idle clocks, clocks set by the user and the power cap that a busy GPU
/// normally runs into are not throttling.
pub const THROTTLED: u64 = 0x08 | 0x20 | 0x40 | 0x80;

/// Devices that work for at least this share of the time are busy, in parts per million.
pub const BUSY: u32 = 900_000;
/// Devices that work for at most this share of the time rest, in parts per million.
pub const RESTING: u32 = 100_000;
/// Share of the range between idle and full power that busy devices use at least, and that resting ones leave at least.
pub const MARGIN: u32 = 50_000;

/// What one device draws, in milliwatts.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Power {
	/// At rest, at least.
	pub idle: u32,
	/// At work, at most.
	pub full: u32,
}

impl Power {
	/// Whether it is a range.
	pub const fn is_valid(&self) -> bool {
		self.idle < self.full
	}
}

/// `part` of `whole` in parts per million, rounded down and at most all of it; zero of nothing.
pub fn share_of(part: u64, whole: u64) -> u32 {
	let share = u128::from(part.min(whole)).saturating_mul(u128::from(MILLION));
	share.checked_div(u128::from(whole)).and_then(|share| u32::try_from(share).ok()).unwrap_or_default()
}

/// Whether a sample of this time, in milliseconds of Unix time, can be of a window: within [`TOLERANCE_SLOTS`].
pub fn is_in_window(at_millis: u64, window: WindowIndex, window_slots: u32, slot_millis: u64) -> bool {
	let from = window.start(window_slots).saturating_sub(TOLERANCE_SLOTS);
	let to = window.end(window_slots).saturating_add(TOLERANCE_SLOTS);
	at_millis >= from.saturating_mul(slot_millis) && at_millis < to.saturating_mul(slot_millis)
}

/// Whether a sample can be one of those that a summary is of: no device is hotter, or has more of its memory in use,
/// than in any; it is throttled only where some are; and what it says of utilisation leaves room for the mean.
pub fn sample_fits(sample: &Sample, summary: &TelemetrySummary) -> bool {
	let (mut busy, mut idle, mut slowed) = (0u64, 0u64, false);
	for device in &sample.devices {
		if device.temperature.is_some_and(|degrees| degrees > summary.temperature) {
			return false;
		}
		if let (Some(used), Some(total)) = (device.memory_used, device.memory_total) {
			if share_of(used, total) > summary.memory {
				return false;
			}
		}
		if let Some(share) = device.utilisation {
			busy = busy.saturating_add(share.into());
			idle = idle.saturating_add(MILLION.saturating_sub(share).into());
		}
		slowed |= device.throttle.is_some_and(|reasons| reasons & THROTTLED != 0);
	}
	// There are at most so many readings, and the mean of them was rounded down.
	let devices = u64::try_from(sample.devices.len()).unwrap_or(u64::MAX);
	let readings = u64::from(summary.samples).saturating_mul(devices);
	let most = |share: u32| readings.saturating_mul(share.into());
	let whole = MILLION.saturating_sub(summary.utilisation);
	let throttled = if slowed { summary.throttled > 0 } else { summary.throttled < MILLION };
	throttled && busy <= most(summary.utilisation.saturating_add(1)) && idle <= most(whole)
}

/// Whether counters go on from those of an earlier report: none falls, and each has risen by what happened in the
/// window that `summary` is of. More restarts explain everything, fewer explain nothing.
pub fn counters_rise(
	before: &TelemetryCounters,
	now: &TelemetryCounters,
	summary: &TelemetrySummary,
) -> bool {
	let rose = |before: u64, now: u64, by: u64| now.checked_sub(before).is_some_and(|rise| rise >= by);
	now.restarts > before.restarts
		|| (now.restarts == before.restarts
			&& now.uptime >= before.uptime
			&& rose(before.energy, now.energy, summary.energy)
			&& rose(before.uncorrected_errors, now.uncorrected_errors, summary.uncorrected_errors.into()))
}

/// Whether so many devices can have used a window's energy, and in working for as long as they say.
///
/// The most is full power all the time. The least is idle power for as long as there are samples: all but one interval
/// of them. Devices that are [`BUSY`] use more than the least, and those that are [`RESTING`] less than the most, by
/// [`MARGIN`] of the range between.
pub fn energy_fits(summary: &TelemetrySummary, power: Power, devices: u32, window_millis: u64) -> bool {
	let all = u64::from(summary.samples).saturating_add(summary.gaps.into()).max(1);
	// At most 2³² each.
	let seen = u128::from(summary.samples.saturating_sub(1));
	let draw = |milliwatts: u128, millis: u128| {
		milliwatts.saturating_mul(devices.into()).saturating_mul(millis) / 1_000
	};
	let whole = u128::from(window_millis);
	let millis = whole.saturating_mul(seen).checked_div(all.into()).unwrap_or_default();
	let (idle, full) = (u128::from(power.idle), u128::from(power.full));
	let margin = full.saturating_sub(idle).saturating_mul(MARGIN.into()) / u128::from(MILLION);
	let least = if summary.utilisation >= BUSY { idle.saturating_add(margin) } else { idle };
	let most = if summary.utilisation <= RESTING { full.saturating_sub(margin) } else { full };
	(draw(least, millis)..=draw(most, whole)).contains(&summary.energy.into())
}

#[cfg(test)]
mod tests {
	use super::*;
	use exabits_primitives::telemetry::DeviceSample;
	use proptest::prelude::*;

	const POWER: Power = Power { idle: 50_000, full: 700_000 };
	const HOUR: u64 = 3_600_000;

	fn summary(utilisation: u32, energy: u64) -> TelemetrySummary {
		TelemetrySummary { samples: 3_600, utilisation, energy, ..Default::default() }
	}

	fn counters(restarts: u32, uptime: u64, energy: u64, uncorrected_errors: u64) -> TelemetryCounters {
		TelemetryCounters { restarts, uptime, energy, uncorrected_errors }
	}

	fn sample(utilisation: u32) -> Sample {
		let device = DeviceSample {
			utilisation: Some(utilisation),
			memory_used: Some(5),
			memory_total: Some(10),
			temperature: Some(60_000),
			throttle: Some(0x04),
			..Default::default()
		};
		let devices = vec![device].try_into().expect("one");
		Sample { at_millis: 0, uptime: None, load: None, devices }
	}

	#[test]
	fn a_window_has_its_slots_and_some_more() {
		let inside = |at| is_in_window(at, WindowIndex(2), 100, 2_000);
		let (from, to) = ((200 - 32) * 2_000, (300 + 32) * 2_000);
		for (at, expected) in [(from - 1, false), (from, true), (to - 1, true), (to, false)] {
			assert_eq!(inside(at), expected, "{at}");
		}
		assert!(is_in_window(0, WindowIndex(0), 100, 2_000));
		assert!(!is_in_window(u64::MAX, WindowIndex(u32::MAX), u32::MAX, u64::MAX));
	}

	#[test]
	fn a_sample_is_within_its_summary() {
		let whole = TelemetrySummary {
			samples: 10,
			utilisation: 500_000,
			memory: 500_000,
			temperature: 60_000,
			..Default::default()
		};
		assert!(sample_fits(&sample(400_000), &whole));
		for wrong in [
			TelemetrySummary { memory: 499_999, ..whole },
			TelemetrySummary { temperature: 59_999, ..whole },
			TelemetrySummary { throttled: MILLION, ..whole },
			// Ten readings of a mean of 0.039999 cannot hold one of 0.4, nor those of 0.94 one of 0.4.
			TelemetrySummary { utilisation: 39_998, ..whole },
			TelemetrySummary { utilisation: 940_001, ..whole },
		] {
			assert!(!sample_fits(&sample(400_000), &wrong), "{wrong:?}");
		}
		assert!(sample_fits(&sample(400_000), &TelemetrySummary { utilisation: 40_000, ..whole }));
		assert!(sample_fits(&sample(400_000), &TelemetrySummary { utilisation: 940_000, ..whole }));
		let mut slowed = sample(400_000);
		slowed.devices[0].throttle = Some(0x40);
		assert!(!sample_fits(&slowed, &whole));
		assert!(sample_fits(&slowed, &TelemetrySummary { throttled: 1, ..whole }));
		assert!(sample_fits(&slowed, &TelemetrySummary { throttled: MILLION, ..whole }));
	}

	#[test]
	fn counters_fall_only_with_a_restart() {
		let before = counters(1, 100, 1_000, 5);
		let quiet = TelemetrySummary::default();
		assert!(counters_rise(&before, &before, &quiet));
		for fallen in [counters(1, 99, 1_000, 5), counters(1, 100, 999, 5), counters(1, 100, 1_000, 4)] {
			assert!(!counters_rise(&before, &fallen, &quiet));
			assert!(counters_rise(&before, &TelemetryCounters { restarts: 2, ..fallen }, &quiet));
		}
		assert!(
			!counters_rise(&before, &counters(0, 200, 2_000, 5), &quiet),
			"restarts are never taken back"
		);
		let used = TelemetrySummary { energy: 10, uncorrected_errors: 1, ..quiet };
		assert!(counters_rise(&before, &counters(1, 100, 1_010, 6), &used));
		assert!(!counters_rise(&before, &counters(1, 100, 1_009, 6), &used));
		assert!(!counters_rise(&before, &counters(1, 100, 1_010, 5), &used));
	}

	#[test]
	fn energy_is_between_idle_and_full_power() {
		// Two devices for an hour: 50 W at rest are 360 kJ but for the last of 3,600 intervals, 700 W are 5,040 kJ.
		let fits = |utilisation, energy| energy_fits(&summary(utilisation, energy), POWER, 2, HOUR);
		for (energy, expected) in
			[(359_899_999, false), (359_900_000, true), (5_040_000_000, true), (5_040_000_001, false)]
		{
			assert_eq!(fits(500_000, energy), expected, "{energy}");
		}
		// Busy devices use a twentieth of the range more, 82.5 W; resting ones leave as much, 667.5 W.
		for (energy, expected) in [(593_834_999, false), (593_835_000, true)] {
			assert_eq!(fits(BUSY, energy), expected, "{energy}");
			assert!(fits(BUSY - 1, energy));
		}
		for (energy, expected) in [(4_806_000_000, true), (4_806_000_001, false)] {
			assert_eq!(fits(RESTING, energy), expected, "{energy}");
			assert!(fits(RESTING + 1, energy));
		}
		assert!(!fits(0, 0), "it is known to be counted");
	}

	#[test]
	fn power_is_a_range() {
		assert!(POWER.is_valid() && Power { idle: 0, full: 1 }.is_valid());
		assert!(!Power { idle: 1, full: 1 }.is_valid());
	}

	proptest! {
		#[test]
		fn what_devices_really_use_is_plausible(
			idle in 1u32..1_000_000, range in 1u32..2_000_000, devices in 1u32..=16, seconds in 2u32..8_000,
			missing in 0u32..8_000, work in 0u32..=MILLION,
		) {
			let power = Power { idle, full: idle + range };
			// Power rises with work; the counter is seen from the first sample to the last.
			let drawn = u64::from(idle) + u64::from(range) * u64::from(work) / 1_000_000;
			let energy = drawn * u64::from(devices) * u64::from(seconds - 1);
			let summary = TelemetrySummary {
				samples: seconds, gaps: missing, utilisation: work, energy, ..Default::default()
			};
			let window = u64::from(seconds + missing) * 1_000;
			let fits = |energy| energy_fits(&TelemetrySummary { energy, ..summary }, power, devices, window);
			prop_assert!(fits(energy));
			let more = u64::from(power.full) * u64::from(devices) * u64::from(seconds + missing) + 1;
			prop_assert!(!fits(more));
			let least = u64::from(idle) * u64::from(devices) * u64::from(seconds - 1);
			prop_assert!(!fits(least - 1));
		}

		#[test]
		fn rises_add_up(
			first in (0u64..1_000, 0u64..1_000, 0u64..1_000), second in (0u64..1_000, 0u64..1_000, 0u64..1_000),
			third in (0u64..1_000, 0u64..1_000, 0u64..1_000), restarts in (0u32..3, 0u32..3, 0u32..3), energy in 0u64..500,
		) {
			let at = |restarts, (uptime, energy, errors)| counters(restarts, uptime, energy, errors);
			let (a, b, c) = (at(restarts.0, first), at(restarts.1, second), at(restarts.2, third));
			let window = TelemetrySummary { energy, ..Default::default() };
			// So a report that never got to the chain makes nobody suspect.
			if counters_rise(&a, &b, &TelemetrySummary::default()) && counters_rise(&b, &c, &window) {
				prop_assert!(counters_rise(&a, &c, &window));
			}
		}

		#[test]
		fn nothing_overflows(
			samples: u32, gaps: u32, utilisation: u32, energy: u64, idle: u32, full: u32, devices: u32, millis: u64,
		) {
			let summary = TelemetrySummary { samples, gaps, utilisation, energy, ..Default::default() };
			energy_fits(&summary, Power { idle, full }, devices, millis);
			sample_fits(&sample(utilisation), &summary);
		}
	}
}
