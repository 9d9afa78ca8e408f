//! What the pallet stores, and the rules for a report. Pure: no storage, no time.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{
	telemetry::{DeviceId, Sample, MAX_PROOF, MAX_SAMPLES, MILLION},
	RoundIndex, Slot, TelemetryReport, TelemetrySummary, WindowIndex,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{transaction_validity::InvalidTransaction, Perbill};

/// Flags that are kept of a machine: the latest.
pub const MAX_FLAGS: u32 = 8;

/// The latest that a machine said of itself.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Record {
	/// The report.
	pub report: TelemetryReport,
	/// The slot in which it was received.
	pub received: Slot,
	/// Reports received so far, this one included. Stays at the largest number once it is reached.
	pub count: u32,
}

/// A sample that an anchor wants to see. It keeps what the sample has to fit, whatever is reported meanwhile.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Demand {
	/// The report that the sample is of.
	pub report: TelemetryReport,
	/// Number of the sample, from zero.
	pub index: u32,
	/// The slot in which it was demanded.
	pub since: Slot,
	/// The first slot in which it is too late, but for gaps in blocks.
	pub until: Slot,
	/// The slot in whose list its deadline is.
	pub queued: Slot,
}

/// How a machine stood its audits.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Audit {
	/// The last window of which a sample was demanded.
	pub window: WindowIndex,
	/// The demand for it, until it is met or its time is over.
	pub open: Option<Demand>,
	/// The last window of which no sample was shown in time.
	pub failed: Option<WindowIndex>,
}

/// A sample, and that it is in the tree whose root was reported.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Opening {
	/// The window that the sample is of.
	pub window: WindowIndex,
	/// Number of the sample, from zero.
	pub index: u32,
	/// The sample.
	pub sample: Sample,
	/// Siblings on the way from the leaf to the root, lowest first.
	pub proof: BoundedVec<H256, ConstU32<MAX_PROOF>>,
}

/// What makes a machine's telemetry suspect.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum Suspicion {
	/// It did not show a sample that was demanded.
	Audit,
	/// It names a device that is bound to another machine.
	Device,
	/// A counter fell without a restart, or rose by less than what happened in the window.
	Counters,
	/// Energy and utilisation do not go together, or not with the class's power.
	Energy,
}

/// Something suspect about one window.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Flag {
	/// What.
	pub suspicion: Suspicion,
	/// The window.
	pub window: WindowIndex,
	/// The slot in which it was found.
	pub at: Slot,
}

/// What is suspect about a machine.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug)]
pub struct MachineFlags {
	/// The latest flags, oldest first.
	pub last: BoundedVec<Flag, ConstU32<MAX_FLAGS>>,
	/// Flags raised so far. Stays at the largest number once it is reached.
	pub count: u32,
	/// The round in which the machine is tested for a flag, or was the last time.
	pub test: Option<RoundIndex>,
}

/// How audits and tests are done. Governed.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Parameters {
	/// Rounds that a machine has to show a sample, but at most one of its windows.
	pub open_rounds: u32,
	/// Demands of one anchor in one session, at most.
	pub demands: u32,
	/// With what probability an anchor's node audits a window of a machine that it watches.
	pub share: Perbill,
	/// Rounds from one test of a machine for a flag to the next, at least.
	pub test_rounds: u32,
}

impl Default for Parameters {
	fn default() -> Self {
		Self { open_rounds: 1, demands: 256, share: Perbill::from_percent(10), test_rounds: 12 }
	}
}

impl Parameters {
	/// Whether audits and tests have time.
	pub const fn is_valid(&self) -> bool {
		self.open_rounds > 0 && self.test_rounds > 0
	}
}

/// Why a report, a demand or an opening is not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// There are no samples or too many, a share is above one million, or devices are doubled or out of order.
	Malformed,
	/// There is no such machine.
	UnknownMachine,
	/// The machine is retired.
	Retired,
	/// The window has not ended.
	NotEnded,
	/// The window ended too long ago.
	TooOld,
	/// The latest report is of this window or a later one.
	NotNewer,
	/// The machine's latest report is of another window.
	NotLatest,
	/// The report came in this very slot: its samples are demanded from the next one on.
	TooEarly,
	/// A sample of this window, or a later one, was demanded before.
	AlreadyDemanded,
	/// A sample of an earlier window is still demanded.
	DemandOpen,
	/// The anchor has demanded as many samples in this session as it may.
	TooMany,
	/// The anchor has no key.
	NoKey,
	/// The anchor is not in the machine's committee.
	NotInCommittee,
	/// No sample of this window is demanded.
	NotDemanded,
	/// The time for it is over.
	TooLate,
	/// Another sample is demanded.
	WrongSample,
	/// It is not in the tree whose root was reported.
	WrongProof,
	/// It cannot be a sample of this window and this summary.
	Implausible,
}

impl Refusal {
	/// Code of a transaction refused as [`Malformed`](Self::Malformed).
	pub const MALFORMED: u8 = 1;
	/// Code of a transaction refused for an [`UnknownMachine`](Self::UnknownMachine).
	pub const UNKNOWN_MACHINE: u8 = 2;
	/// Code of a transaction refused for a [`Retired`](Self::Retired) machine.
	pub const RETIRED: u8 = 3;
	/// Code of a transaction refused for a [`WrongSample`](Self::WrongSample).
	pub const WRONG_SAMPLE: u8 = 4;
	/// Code of a transaction refused for a [`WrongProof`](Self::WrongProof).
	pub const WRONG_PROOF: u8 = 5;
	/// Code of a transaction refused as [`Implausible`](Self::Implausible).
	pub const IMPLAUSIBLE: u8 = 6;
}

impl From<Refusal> for InvalidTransaction {
	fn from(refusal: Refusal) -> Self {
		match refusal {
			Refusal::Malformed => Self::Custom(Refusal::MALFORMED),
			Refusal::UnknownMachine => Self::Custom(Refusal::UNKNOWN_MACHINE),
			Refusal::Retired => Self::Custom(Refusal::RETIRED),
			Refusal::WrongSample => Self::Custom(Refusal::WRONG_SAMPLE),
			Refusal::WrongProof => Self::Custom(Refusal::WRONG_PROOF),
			Refusal::Implausible => Self::Custom(Refusal::IMPLAUSIBLE),
			Refusal::NotEnded | Refusal::TooEarly | Refusal::DemandOpen => Self::Future,
			Refusal::TooMany => Self::ExhaustsResources,
			Refusal::NoKey | Refusal::NotInCommittee => Self::BadSigner,
			Refusal::TooOld
			| Refusal::NotNewer
			| Refusal::NotLatest
			| Refusal::AlreadyDemanded
			| Refusal::NotDemanded
			| Refusal::TooLate => Self::Stale,
		}
	}
}

/// Whether a summary can be of a real window: samples, but not too many, and no share above one million.
pub fn is_well_formed(summary: &TelemetrySummary) -> bool {
	(1..=MAX_SAMPLES).contains(&summary.samples)
		&& [summary.utilisation, summary.memory, summary.throttled].iter().all(|share| *share <= MILLION)
}

/// Whether devices are in strictly ascending order.
pub fn is_ascending(devices: &[DeviceId]) -> bool {
	devices.iter().zip(devices.iter().skip(1)).all(|(one, next)| one < next)
}

/// Whether a report of `window` is accepted in window `current`: once it has ended, until `back` more have,
/// and only after the window of the `latest` report.
pub fn timely(
	window: WindowIndex,
	current: WindowIndex,
	back: u32,
	latest: Option<WindowIndex>,
) -> Result<(), Refusal> {
	if window >= current {
		return Err(Refusal::NotEnded);
	}
	if current.0.saturating_sub(window.0) > back {
		return Err(Refusal::TooOld);
	}
	if latest.is_some_and(|latest| window <= latest) {
		return Err(Refusal::NotNewer);
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn a_window_without_samples_or_with_too_many_is_malformed() {
		let with = |samples| is_well_formed(&TelemetrySummary { samples, ..Default::default() });
		assert!(with(1) && with(MAX_SAMPLES));
		assert!(!with(0) && !with(MAX_SAMPLES + 1));
	}

	#[test]
	fn a_share_above_the_whole_is_malformed() {
		let full = TelemetrySummary {
			samples: 1,
			utilisation: MILLION,
			memory: MILLION,
			throttled: MILLION,
			..Default::default()
		};
		assert!(is_well_formed(&full));
		assert!(!is_well_formed(&TelemetrySummary { utilisation: MILLION + 1, ..full }));
		assert!(!is_well_formed(&TelemetrySummary { memory: MILLION + 1, ..full }));
		assert!(!is_well_formed(&TelemetrySummary { throttled: MILLION + 1, ..full }));
	}

	#[test]
	fn devices_rise() {
		let [one, two] = [1, 2].map(H256::repeat_byte);
		assert!(is_ascending(&[]) && is_ascending(&[one]) && is_ascending(&[one, two]));
		assert!(!is_ascending(&[one, one]) && !is_ascending(&[two, one]));
	}

	#[test]
	fn audits_and_tests_have_time() {
		let good = Parameters::default();
		assert!(good.is_valid());
		assert!(!Parameters { open_rounds: 0, ..good }.is_valid());
		assert!(!Parameters { test_rounds: 0, ..good }.is_valid());
	}

	proptest! {
		#[test]
		fn every_window_is_accepted_at_most_once_and_only_in_its_time(
			window: u32, current: u32, back: u32, latest: Option<u32>,
		) {
			let result =
				timely(WindowIndex(window), WindowIndex(current), back, latest.map(WindowIndex));
			let ended = window < current;
			let young = u64::from(window) + u64::from(back) >= u64::from(current);
			let newer = latest.is_none_or(|latest| latest < window);
			prop_assert_eq!(result.is_ok(), ended && young && newer);
		}
	}
}
