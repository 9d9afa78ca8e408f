//! What a machine says of one window: integer numbers, and a Merkle tree over the samples they come from.
//!
//! The numbers are a pure function of the samples ([`summarise`]), and the root binds the samples, so that
//! whoever gets them later can compute both again.

use crate::source::{Sample, MAX_DEVICES, MILLION};
use binary_merkle_tree::{merkle_proof, merkle_root, verify_proof};
use codec::{Decode, Encode};
use exabits_primitives::{TelemetryReport, TelemetrySummary, WindowIndex};
use sp_core::{Blake2Hasher, H256};

/// Samples kept for one window; more than these are dropped, so memory is bounded.
pub const MAX_SAMPLES: usize = 8192;

/// NVML's reasons that mean the hardware could not keep its clocks: hardware slowdown, thermal slowdown by
/// software or hardware, and power brake. Idle clocks, clocks set by the user and the power cap that a busy GPU
/// normally runs into are not throttling.
pub const THROTTLED: u64 = 0x08 | 0x20 | 0x40 | 0x80;

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
		if self.samples.len() >= MAX_SAMPLES {
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
		let summary = summarise(&self.samples, expected);
		let leaves: Vec<_> = self.samples.iter().map(Encode::encode).collect();
		let root = merkle_root::<Blake2Hasher, _>(&leaves);
		Some(ClosedWindow { window: self.window, summary, root, leaves })
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

/// `part` of `whole` in parts per million, rounded down and at most all of it; zero of nothing.
fn share_of(part: u64, whole: u64) -> u32 {
	let share = u128::from(part.min(whole)).saturating_mul(u128::from(MILLION));
	share.checked_div(u128::from(whole)).and_then(|share| u32::try_from(share).ok()).unwrap_or_default()
}

/// A window that is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClosedWindow {
	/// Which window it was.
	pub window: WindowIndex,
	/// Its numbers.
	pub summary: TelemetrySummary,
	/// Root of the Merkle tree over `leaves` (BLAKE2b-256).
	pub root: H256,
	/// The SCALE-encoded samples, in order of time.
	pub leaves: Vec<Vec<u8>>,
}

impl ClosedWindow {
	/// What the machine reports to the chain.
	pub const fn report(&self) -> TelemetryReport {
		TelemetryReport { window: self.window, summary: self.summary, root: self.root }
	}

	/// Shows that the sample with this number is in the tree; `None` where there is no such sample.
	pub fn proof(&self, index: u32) -> Option<Inclusion> {
		usize::try_from(index).ok().and_then(|index| self.leaves.get(index))?;
		let proof = merkle_proof::<Blake2Hasher, _, _>(&self.leaves, index);
		Some(Inclusion { index, leaves: proof.number_of_leaves, path: proof.proof })
	}
}

/// Shows that a leaf is in a tree.
#[derive(Encode, Decode, Clone, PartialEq, Eq, Debug)]
pub struct Inclusion {
	/// Number of the leaf, from zero.
	pub index: u32,
	/// Leaves of the tree; the same as `samples` in the window's summary.
	pub leaves: u32,
	/// Hashes from the leaf's neighbour up to below the root.
	pub path: Vec<H256>,
}

impl Inclusion {
	/// Whether `leaf` is at this place in the tree with this root.
	///
	/// The caller compares `leaves` with the report. With it the length of the path is fixed, which keeps inner
	/// nodes from being passed off as leaves.
	pub fn verify(&self, root: &H256, leaf: &[u8]) -> bool {
		usize::try_from(path_length(self.index, self.leaves)).is_ok_and(|length| length == self.path.len())
			&& verify_proof::<Blake2Hasher, _, _>(
				root,
				self.path.iter().copied(),
				self.leaves,
				self.index,
				&leaf,
			)
	}
}

/// Hashes on the path of a leaf: one for each level on which it has a neighbour.
fn path_length(index: u32, leaves: u32) -> u32 {
	let (mut place, mut width, mut length) = (index, leaves, 0u32);
	while width > 1 {
		let alone = place % 2 == 0 && place.saturating_add(1) == width;
		length = length.saturating_add(u32::from(!alone));
		place /= 2;
		width = width.div_ceil(2);
	}
	length
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::source::DeviceSample;
	use proptest::prelude::*;
	use sp_core::Hasher;

	fn sample(at_millis: u64, devices: Vec<DeviceSample>) -> Sample {
		Sample { at_millis, load: None, devices: devices.try_into().expect("few enough") }
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
		let report = closed.report();
		assert_eq!((report.window, report.summary, report.root), (closed.window, expected, closed.root));
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
		let most = u64::try_from(MAX_SAMPLES).expect("fits");
		let mut window = window((0..most).map(|at| sample(at, vec![DeviceSample::default()])));
		assert_eq!(window.push(sample(most, vec![DeviceSample::default()])), Err(NotKept::Full));
		let summary = window.finish(9_000).expect("full").summary;
		assert_eq!((summary.samples, summary.gaps), (8_192, 808));
	}

	#[test]
	fn an_inner_node_is_no_leaf() {
		let closed = window((0..4).map(|at| sample(at, vec![DeviceSample::default()]))).finish(4).expect("4");
		let node = |left: usize, right: usize| {
			let children = [left, right].map(|leaf| Blake2Hasher::hash(&closed.leaves[leaf]).0);
			children.concat()
		};
		let (left, right) = (node(0, 1), node(2, 3));
		let forged = Inclusion { index: 1, leaves: 4, path: vec![Blake2Hasher::hash(&left)] };
		// The hashes do lead to the root; only the length of the path gives it away.
		assert!(verify_proof::<Blake2Hasher, _, _>(&closed.root, forged.path.clone(), 4, 1, &right));
		assert!(!forged.verify(&closed.root, &right));
	}

	proptest! {
		#[test]
		fn every_leaf_proves_itself_and_nothing_else(count in 1u32..70, other in any::<u8>()) {
			let closed = window(
				(0..count).map(|at| sample(u64::from(at), vec![gpu(at % 16, at, 1, 1, 1)])),
			).finish(count).expect("at least one");
			for index in 0..count {
				let leaf = &closed.leaves[index as usize];
				let proof = closed.proof(index).expect("in range");
				prop_assert!(proof.verify(&closed.root, leaf));
				let mut wrong = leaf.clone();
				wrong[0] ^= other | 1;
				prop_assert!(!proof.verify(&closed.root, &wrong));
				let moved = Inclusion { index: (index + 1) % count, ..proof.clone() };
				prop_assert!(count == 1 || !moved.verify(&closed.root, leaf));
				let outside = Inclusion { index: count, ..proof };
				prop_assert!(!outside.verify(&closed.root, leaf));
			}
			prop_assert_eq!(closed.proof(count), None);
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
