//! What a machine says of one window: integer numbers, and a Merkle tree over the samples they come from.
//!
//! The numbers are a pure function of the samples ([`summarise`]), and the root binds the samples, so that
//! whoever gets them later can compute both again.

use crate::source::{Sample, MAX_DEVICES};
use codec::Encode;
use exabits_math::{
	merkle,
	telemetry::plausibility::{counters_rise, share_of, THROTTLED},
};
use exabits_primitives::{
	telemetry::MAX_SAMPLES, TelemetryCounters, TelemetryReport, TelemetrySummary, WindowIndex,
};
use sp_core::H256;

/// Why a sample was not kept.
#[derive(thiserror::Error, Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotKept {
	/// The window has all the samples it can hold.
	#[error("the window is full")]
	Full,
	/// It is no later than the sample before it.
	#[error("the sample is no later than the one before it")]
	NotLater,
}

/// Collects the samples of one window.
#[derive(Clone, Debug)]
pub struct WindowBuilder {
	window: WindowIndex,
	samples: Vec<Sample>,
}

impl WindowBuilder {
	/// Starts a window.
	pub const fn new(window: WindowIndex) -> Self {
		Self { window, samples: Vec::new() }
	}

	/// The window collected for.
	pub const fn window(&self) -> WindowIndex {
		self.window
	}

	/// Samples kept so far.
	pub fn len(&self) -> usize {
		self.samples.len()
	}

	/// Whether there is no sample yet.
	pub fn is_empty(&self) -> bool {
		self.samples.is_empty()
	}

	/// Keeps a sample that is later than all before it, while there is room.
	pub fn push(&mut self, sample: Sample) -> Result<(), NotKept> {
		if self.samples.last().is_some_and(|last| sample.at_millis <= last.at_millis) {
			return Err(NotKept::NotLater);
		}
		if u32::try_from(self.samples.len()).is_ok_and(|taken| taken >= MAX_SAMPLES) {
			return Err(NotKept::Full);
		}
		self.samples.push(sample);
		Ok(())
	}

	/// Ends the window. `expected` samples should have been taken: its length over the sampling interval.
	///
	/// `None` when there is nothing to report.
	pub fn finish(self, expected: u32) -> Option<ClosedWindow> {
		if self.samples.is_empty() {
			return None;
		}
		let leaves: Vec<_> = self.samples.iter().map(Encode::encode).collect();
		let hashes: Vec<_> = leaves.iter().map(|leaf| merkle::leaf(leaf)).collect();
		Some(ClosedWindow {
			window: self.window,
			summary: summarise(&self.samples, expected),
			counters: counters(&self.samples),
			root: merkle::root(&hashes),
			leaves,
		})
	}
}

/// The numbers of a window from its samples, in order of time.
///
/// Shares round down. A device's energy is the sum of its counter's steps between samples of this window; a
/// counter that went back was reset, and that one step counts nothing. Errors count the same way, but after a
/// reset all that the counter shows is new.
pub fn summarise(samples: &[Sample], expected: u32) -> TelemetrySummary {
	let taken = u32::try_from(samples.len()).unwrap_or(u32::MAX);
	let (mut busy, mut readings) = (0u64, 0u64);
	let (mut memory, mut temperature) = (0u32, 0u32);
	let (mut energy, mut errors, mut throttled) = (0u64, 0u64, 0u64);
	let mut energy_before = [None; MAX_DEVICES as usize];
	let mut errors_before = [None; MAX_DEVICES as usize];
	for sample in samples {
		let mut slowed = false;
		for device in &sample.devices {
			if let Some(share) = device.utilisation {
				busy = busy.saturating_add(u64::from(share));
				readings = readings.saturating_add(1);
			}
			if let (Some(used), Some(total)) = (device.memory_used, device.memory_total) {
				memory = memory.max(share_of(used, total));
			}
			temperature = temperature.max(device.temperature.unwrap_or_default());
			slowed |= device.throttle.is_some_and(|reasons| reasons & THROTTLED != 0);
			let slot = usize::try_from(device.index).ok();
			if let Some(before) = slot.and_then(|slot| energy_before.get_mut(slot)) {
				energy = energy.saturating_add(step(before, device.energy_mj, |_| 0));
			}
			if let Some(before) = slot.and_then(|slot| errors_before.get_mut(slot)) {
				errors = errors.saturating_add(step(before, device.ecc_uncorrected, |now| now));
			}
		}
		throttled = throttled.saturating_add(u64::from(slowed));
	}
	TelemetrySummary {
		samples: taken,
		gaps: expected.saturating_sub(taken),
		utilisation: busy.checked_div(readings).and_then(|mean| u32::try_from(mean).ok()).unwrap_or_default(),
		memory,
		energy,
		temperature,
		uncorrected_errors: u32::try_from(errors).unwrap_or(u32::MAX),
		throttled: share_of(throttled, u64::from(taken)),
	}
}

/// How far a counter went on since `before`, which becomes `now`; a missing reading changes nothing.
fn step(before: &mut Option<u64>, now: Option<u64>, after_reset: fn(u64) -> u64) -> u64 {
	let Some(now) = now else { return 0 };
	let before = before.replace(now);
	before.map_or(0, |before| now.checked_sub(before).unwrap_or_else(|| after_reset(now)))
}

/// What the counters of a window show last, without restarts; what no device tells is zero.
fn counters(samples: &[Sample]) -> TelemetryCounters {
	let mut energy = [0u64; MAX_DEVICES as usize];
	let mut errors = [0u64; MAX_DEVICES as usize];
	let mut uptime = 0;
	for sample in samples {
		uptime = sample.uptime.unwrap_or(uptime);
		for device in &sample.devices {
			let slot = usize::try_from(device.index).unwrap_or(usize::MAX);
			for (last, now) in [(&mut energy, device.energy_mj), (&mut errors, device.ecc_uncorrected)] {
				if let (Some(last), Some(now)) = (last.get_mut(slot), now) {
					*last = now;
				}
			}
		}
	}
	let sum = |last: [u64; MAX_DEVICES as usize]| last.into_iter().fold(0, u64::saturating_add);
	TelemetryCounters { restarts: 0, uptime, energy: sum(energy), uncorrected_errors: sum(errors) }
}

/// A window that is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClosedWindow {
	/// Which window it was.
	pub window: WindowIndex,
	/// Its numbers.
	pub summary: TelemetrySummary,
	/// The counters at its end, without restarts.
	pub counters: TelemetryCounters,
	/// Root of the Merkle tree over `leaves` ([`exabits_math::merkle`]).
	pub root: H256,
	/// The SCALE-encoded samples, in order of time.
	pub leaves: Vec<Vec<u8>>,
}

impl ClosedWindow {
	/// What the machine reports to the chain, after a report with the counters `before`. Counters that did not go on from
	/// there began anew, which is one more restart.
	pub fn report(&self, before: Option<&TelemetryCounters>) -> TelemetryReport {
		let restarts = before.map_or(0, |before| before.restarts);
		let mut counters = TelemetryCounters { restarts, ..self.counters };
		if before.is_some_and(|before| !counters_rise(before, &counters, &self.summary)) {
			counters.restarts = restarts.saturating_add(1);
		}
		TelemetryReport { window: self.window, summary: self.summary, counters, root: self.root }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::source::{DeviceSample, MILLION};
	use exabits_math::telemetry::plausibility::sample_fits;
	use proptest::prelude::*;

	fn sample(at_millis: u64, devices: Vec<DeviceSample>) -> Sample {
		Sample { at_millis, uptime: None, load: None, devices: devices.try_into().expect("few enough") }
	}

	fn gpu(index: u32, utilisation: u32, used: u64, energy: u64, celsius: u32) -> DeviceSample {
		DeviceSample {
			index,
			utilisation: Some(utilisation),
			memory_used: Some(used),
			memory_total: Some(3_000),
			energy_mj: Some(energy),
			temperature: Some(celsius * 1_000),
			ecc_uncorrected: Some(0),
			throttle: Some(0),
			..DeviceSample::default()
		}
	}

	fn window(samples: impl IntoIterator<Item = Sample>) -> WindowBuilder {
		let mut window = WindowBuilder::new(WindowIndex::from(7));
		for sample in samples {
			window.push(sample).expect("in order");
		}
		window
	}

	#[test]
	fn numbers_match_a_hand_count() {
		let mut slowed = gpu(1, 700_001, 2_000, 9_500, 66);
		slowed.throttle = Some(0x40 | 0x04);
		slowed.ecc_uncorrected = Some(2);
		let mut capped = gpu(0, 1_000_000, 1_000, 1_700, 50);
		capped.throttle = Some(0x04);
		let closed = window([
			sample(1_000, vec![gpu(0, 100_000, 500, 1_000, 40), gpu(1, 300_000, 1_000, 9_000, 60)]),
			sample(2_000, vec![capped, slowed]),
			sample(4_000, vec![gpu(0, 0, 1, 2_000, 45), gpu(1, 400_000, 1, 9_900, 61)]),
		])
		.finish(5)
		.expect("there are samples");
		// Errors: 0, 2, then a reset to 0. Energy: 1,000 of device 0 and 900 of device 1.
		let expected = TelemetrySummary {
			samples: 3,
			gaps: 2,
			utilisation: 416_666,
			memory: 666_666,
			energy: 1_900,
			temperature: 66_000,
			uncorrected_errors: 2,
			throttled: 333_333,
		};
		assert_eq!(closed.summary, expected);
		assert_eq!(closed.leaves.len(), 3);
		let report = closed.report(None);
		assert_eq!((report.window, report.summary, report.root), (closed.window, expected, closed.root));
		assert_eq!((report.counters.energy, report.counters.uncorrected_errors), (2_000 + 9_900, 0));
	}

	#[test]
	fn counters_survive_resets_and_silence() {
		let reading = |at, energy, errors| {
			let device =
				DeviceSample { energy_mj: energy, ecc_uncorrected: errors, ..DeviceSample::default() };
			sample(at, vec![device])
		};
		let samples = [
			reading(1, None, None),
			reading(2, Some(100), Some(5)),
			reading(3, None, None),
			reading(4, Some(160), Some(6)),
			reading(5, Some(10), Some(3)),
			reading(6, Some(15), Some(3)),
		];
		let summary = summarise(&samples, 6);
		assert_eq!(summary.energy, 60 + 5);
		assert_eq!(summary.uncorrected_errors, 1 + 3);
		assert_eq!((summary.utilisation, summary.memory, summary.temperature), (0, 0, 0));
	}

	#[test]
	fn a_counter_first_seen_late_counts_from_there() {
		let reading =
			|at, energy| sample(at, vec![DeviceSample { energy_mj: energy, ..DeviceSample::default() }]);
		assert_eq!(summarise(&[reading(1, None), reading(2, Some(500)), reading(3, Some(507))], 3).energy, 7);
	}

	#[test]
	fn an_empty_window_reports_nothing() {
		assert_eq!(window([]).finish(10), None);
	}

	#[test]
	fn samples_must_come_later() {
		let mut window = window([sample(5, vec![DeviceSample::default()])]);
		assert_eq!(window.push(sample(5, vec![DeviceSample::default()])), Err(NotKept::NotLater));
		assert_eq!(window.push(sample(4, vec![DeviceSample::default()])), Err(NotKept::NotLater));
		assert_eq!(window.push(sample(6, vec![DeviceSample::default()])), Ok(()));
		assert_eq!((window.len(), window.is_empty()), (2, false));
	}

	#[test]
	fn a_full_window_counts_the_rest_as_gaps() {
		let most = u64::from(MAX_SAMPLES);
		let mut window = window((0..most).map(|at| sample(at, vec![DeviceSample::default()])));
		assert_eq!(window.push(sample(most, vec![DeviceSample::default()])), Err(NotKept::Full));
		let summary = window.finish(9_000).expect("full").summary;
		assert_eq!((summary.samples, summary.gaps), (8_192, 808));
	}

	#[test]
	fn counters_that_begin_anew_are_a_restart() {
		let closed = |energy: [u64; 2], errors, uptime| {
			let device = |energy| DeviceSample {
				energy_mj: Some(energy),
				ecc_uncorrected: Some(errors),
				..DeviceSample::default()
			};
			let mut samples = [sample(1, vec![device(energy[0])]), sample(2, vec![device(energy[1])])];
			samples.iter_mut().for_each(|sample| sample.uptime = Some(uptime));
			window(samples).finish(2).expect("there are samples")
		};
		let first = closed([100, 200], 3, 50).report(None).counters;
		let expected = TelemetryCounters { restarts: 0, uptime: 50, energy: 200, uncorrected_errors: 3 };
		assert_eq!(first, expected);
		for (energy, errors, uptime, restarts) in [
			([200, 300], 3, 50, 0),
			([200, 199], 3, 50, 1),
			([0, 210], 3, 50, 1),
			([200, 300], 2, 50, 1),
			([200, 300], 3, 49, 1),
		] {
			let next = closed(energy, errors, uptime).report(Some(&first)).counters;
			assert_eq!(next.restarts, restarts, "{energy:?} {errors} {uptime}");
		}
	}

	proptest! {
		#[test]
		fn every_sample_opens_and_fits_its_summary(
			values in proptest::collection::vec((0u32..=1_000_000, 0u64..4_000, any::<u64>(), 0u32..100, any::<u64>()), 1..70),
		) {
			let samples = (0u32..).zip(&values).map(|(at, (share, used, energy, celsius, throttle))| {
				let mut device = gpu(0, *share, *used, *energy, *celsius);
				device.throttle = Some(*throttle);
				sample(at.into(), vec![device, gpu(1, 1_000_000 - share, 1, 1, 1)])
			});
			let closed = window(samples.clone()).finish(70).expect("at least one");
			let hashes: Vec<_> = closed.leaves.iter().map(|leaf| merkle::leaf(leaf)).collect();
			let count = closed.summary.samples;
			for ((index, leaf), sample) in (0u32..).zip(&closed.leaves).zip(samples) {
				prop_assert_eq!(&sample.encode(), leaf);
				prop_assert!(sample_fits(&sample, &closed.summary));
				let proof = merkle::proof(&hashes, index as usize);
				prop_assert!(merkle::is_leaf_of(&closed.root, count, index, &merkle::leaf(leaf), &proof));
			}
		}

		#[test]
		fn numbers_stay_in_range(
			values in proptest::collection::vec(
				(0u32..=1_000_000, any::<u64>(), any::<u64>(), any::<u64>(), any::<u64>()),
				1..50,
			),
			expected in any::<u32>(),
		) {
			let samples: Vec<_> = (0u64..).zip(values).map(|(at, (share, used, total, energy, bits))| {
				sample(at, vec![DeviceSample {
					utilisation: Some(share),
					memory_used: Some(used),
					memory_total: Some(total),
					energy_mj: Some(energy),
					ecc_uncorrected: Some(energy),
					throttle: Some(bits),
					..DeviceSample::default()
				}])
			}).collect();
			let summary = summarise(&samples, expected);
			prop_assert!(summary.utilisation <= MILLION);
			prop_assert!(summary.memory <= MILLION);
			prop_assert!(summary.throttled <= MILLION);
			prop_assert_eq!(summary.gaps, expected.saturating_sub(summary.samples));
		}
	}
}
