//! Gaps: slots in which the chain made no blocks.
//!
//! The clock keeps the last [`KEPT_GAPS`] of them. Two questions are asked of them: whether some slots are in a
//! gap, and when a time that somebody was given to act in is over, if slots in gaps do not count.

use crate::Slot;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// How many gaps are kept. A time that lives through more of them is extended by the last ones.
pub const KEPT_GAPS: u32 = 64;

/// Slots without blocks: `from` up to, and without, `to`.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Gap {
	/// The first slot without a block.
	pub from: Slot,
	/// The first slot with a block again.
	pub to: Slot,
}

/// Gaps from the oldest to the latest, which do not overlap.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Gaps(BoundedVec<Gap, ConstU32<KEPT_GAPS>>);

impl Gaps {
	/// The gap between a block in slot `last` and the next one in slot `now`, when it is of more than `most`
	/// slots.
	pub fn between(last: Slot, now: Slot, most: Slot) -> Option<Gap> {
		let from = last.saturating_add(1);
		(now.saturating_sub(from) > most).then_some(Gap { from, to: now })
	}

	/// Adds a gap that began after all others, in place of the oldest one when there are [`KEPT_GAPS`].
	pub fn push(&mut self, gap: Gap) {
		if self.0.is_full() {
			self.0.remove(0);
		}
		// There is room: a full list has just lost its oldest entry.
		let _ = self.0.try_push(gap);
	}

	/// Whether some slot from `from` to before `to` is in a gap.
	pub fn overlap(&self, from: Slot, to: Slot) -> bool {
		self.0.iter().any(|gap| from < gap.to && gap.from < to)
	}

	/// The end of a time from `since` to before `until` of which slots in gaps do not count: for each gap that
	/// began before the end, the end is later by the gap's slots from `since` on.
	pub fn extend(&self, since: Slot, until: Slot) -> Slot {
		self.0.iter().filter(|gap| since < gap.to).fold(until, |until, gap| {
			if gap.from < until {
				until.saturating_add(gap.to.saturating_sub(gap.from.max(since)))
			} else {
				until
			}
		})
	}

	/// The gaps kept, oldest first.
	pub fn kept(&self) -> &[Gap] {
		&self.0
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec::Vec;

	fn gaps(of: &[(Slot, Slot)]) -> Gaps {
		let mut gaps = Gaps::default();
		for (from, to) in of {
			gaps.push(Gap { from: *from, to: *to });
		}
		gaps
	}

	#[test]
	fn a_gap_has_more_than_the_slots_allowed() {
		// Slots 11 to 39, 40 and 41 have no block: 29, 30 and 31 slots.
		assert_eq!(
			[40, 41, 42].map(|now| Gaps::between(10, now, 30)),
			[None, None, Some(Gap { from: 11, to: 42 })]
		);
		assert_eq!(Gaps::between(10, 10, 0), None);
		assert_eq!(Gaps::between(Slot::MAX, Slot::MAX, 30), None);
	}

	#[test]
	fn gaps_overlap_by_half_open_intervals() {
		let gaps = gaps(&[(10, 20), (50, 60)]);
		let cases = [
			(0, 10, false),
			(0, 11, true),
			(19, 25, true),
			(20, 50, false),
			(20, 51, true),
			(12, 13, true),
			(60, 70, false),
		];
		for (from, to, overlap) in cases {
			assert_eq!(gaps.overlap(from, to), overlap, "{from}..{to}");
		}
	}

	#[test]
	fn a_time_is_extended_by_gaps_that_began_before_its_end() {
		let gaps = gaps(&[(100, 140)]);
		assert_eq!([99, 100, 101].map(|until| gaps.extend(50, until)), [99, 100, 141]);
		assert_eq!(gaps.extend(50, 120), 160);
	}

	#[test]
	fn only_slots_since_it_began_count() {
		let gaps = gaps(&[(100, 140)]);
		assert_eq!([99, 100, 101].map(|since| gaps.extend(since, 200)), [240, 240, 239]);
		assert_eq!([139, 140, 141].map(|since| gaps.extend(since, 200)), [201, 200, 200]);
	}

	#[test]
	fn a_later_gap_counts_when_an_earlier_one_has_brought_the_end_behind_it() {
		assert_eq!(gaps(&[(100, 140), (150, 190)]).extend(90, 110), 150);
		assert_eq!(gaps(&[(100, 140), (149, 190)]).extend(90, 110), 191);
		assert_eq!(gaps(&[]).extend(90, 110), 110);
		assert_eq!(gaps(&[(100, 140)]).extend(90, Slot::MAX), Slot::MAX);
	}

	#[test]
	fn the_oldest_gap_makes_way() {
		let all: Vec<_> = (0..u64::from(KEPT_GAPS) + 2).map(|n| (100 * n, 100 * n + 50)).collect();
		let gaps = gaps(&all);
		assert_eq!(gaps.kept().len(), KEPT_GAPS as usize);
		assert_eq!(gaps.kept()[0], Gap { from: 200, to: 250 });
		assert!(!gaps.overlap(0, 200));
	}
}
