//! What the pallet stores, and the rules for a report. Pure: no storage, no time.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{Slot, TelemetryReport, TelemetrySummary, WindowIndex};
use scale_info::TypeInfo;
use sp_runtime::transaction_validity::InvalidTransaction;

/// Shares are parts of this.
pub const MILLION: u32 = 1_000_000;

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

/// Why a report is not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// There are no samples, or a share is above one million.
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
}

impl Refusal {
	/// Code of a transaction refused as [`Malformed`](Self::Malformed).
	pub const MALFORMED: u8 = 1;
	/// Code of a transaction refused for an [`UnknownMachine`](Self::UnknownMachine).
	pub const UNKNOWN_MACHINE: u8 = 2;
	/// Code of a transaction refused for a [`Retired`](Self::Retired) machine.
	pub const RETIRED: u8 = 3;
}

impl From<Refusal> for InvalidTransaction {
	fn from(refusal: Refusal) -> Self {
		match refusal {
			Refusal::Malformed => Self::Custom(Refusal::MALFORMED),
			Refusal::UnknownMachine => Self::Custom(Refusal::UNKNOWN_MACHINE),
			Refusal::Retired => Self::Custom(Refusal::RETIRED),
			Refusal::NotEnded => Self::Future,
			Refusal::TooOld | Refusal::NotNewer => Self::Stale,
		}
	}
}

/// Whether a summary can be of a real window: at least one sample, no share above one million.
pub fn is_well_formed(summary: &TelemetrySummary) -> bool {
	summary.samples > 0
		&& [summary.utilisation, summary.memory, summary.throttled].iter().all(|share| *share <= MILLION)
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
	fn a_window_without_samples_is_malformed() {
		let summary = TelemetrySummary { samples: 1, ..Default::default() };
		assert!(is_well_formed(&summary));
		assert!(!is_well_formed(&TelemetrySummary { samples: 0, ..summary }));
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
