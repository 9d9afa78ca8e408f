//! How often windows are breached, counted.

use super::fixed::Fixed;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The share of windows that were breached, with the number that it was counted over.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Rate {
	/// The share.
	share: Fixed,
	/// Windows counted, up to the limit that is learnt with.
	seen: u16,
}

impl Rate {
	/// Counts one window: the n-th weighs 1/n, but at least 1/`limit`.
	pub fn learn(&mut self, breached: Fixed, limit: u16) {
		self.seen = self.seen.saturating_add(1).min(limit);
		self.share = self.share.toward(breached, Fixed::one_of(self.seen));
	}

	/// The share, with `prior` counted as if it had been seen in `weight` windows.
	pub fn estimate(&self, prior: Fixed, weight: u16) -> Fixed {
		let all = self.seen.saturating_add(weight);
		prior.toward(self.share, Fixed::ratio(self.seen, all))
	}
}
