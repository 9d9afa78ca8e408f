//! The compute challenge of a class: when it comes, how large it is, and how long it may take.
//!
//! What is computed is described in the crate `exabits-challenge`, whose `Size` takes every [`Size`] from here.

use exabits_primitives::{ClassId, RoundIndex, Slot};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What a class's device is kept busy for, in milliseconds, where rounds are long enough.
const WORK_MILLIS: u64 = 10_000;
/// The part of a round that it is kept busy for at most.
const WORK_PART: u64 = 30;
/// The smallest and largest rows and columns of a matrix.
const MIN_N: u32 = 256;
const MAX_N: u32 = 32_768;
/// The most products in a chain.
const MAX_LINKS: u128 = 16_384;
/// How many slots a block may take to be everybody's, on top of half of the reference time.
const GRACE_SLOTS: u64 = 2;

/// How large a challenge is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
	/// Rows and columns of a matrix.
	pub n: u32,
	/// Products in the chain.
	pub links: u32,
	/// Bytes of results that have to be at hand.
	pub memory: u64,
}

/// What a challenge asks of a class's devices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
	/// How large it is.
	pub size: Size,
	/// What a device takes that is as quick as the class says, in milliseconds.
	pub reference_millis: u64,
	/// The most that a device may take, in milliseconds.
	pub limit_millis: u64,
}

impl Size {
	/// The size for devices with `memory_mib` of memory that do `rate` × 10⁹ multiply-adds of 8-bit integers in a
	/// second: at least 75 % of the memory is needed, and at least `millis` of work. Of the sizes that exist it is the
	/// one with the smallest matrices, which asks most of the memory's bandwidth. `None` where there is none.
	pub fn new(memory_mib: u32, rate: u32, millis: u64) -> Option<Self> {
		let needed = u128::from(memory_mib).checked_mul(3 << 18)?;
		let work = u128::from(rate).checked_mul(1_000_000)?.checked_mul(millis.into())?;
		let sizes = (MIN_N.trailing_zeros()..=MAX_N.trailing_zeros()).filter_map(|log| 1u32.checked_shl(log));
		sizes.filter_map(|n| Self::with(n, needed, work)).next()
	}

	fn with(n: u32, needed: u128, work: u128) -> Option<Self> {
		let matrix = u128::from(n).checked_pow(2)?;
		let window = needed.div_ceil(matrix).max(2);
		let links = work.div_ceil(matrix.checked_mul(n.into())?).max(window.checked_mul(2)?);
		// At most eight links to a result in memory, so that nobody gets by with a few made-up ones.
		if links > MAX_LINKS || links.div_ceil(8) > window {
			return None;
		}
		let memory = u64::try_from(window.checked_mul(matrix)?).ok()?;
		Some(Self { n, links: u32::try_from(links).ok()?, memory })
	}

	/// Multiply-adds of the whole chain.
	pub fn products(&self) -> u128 {
		u128::from(self.n).saturating_pow(3).saturating_mul(self.links.into())
	}
}

impl Terms {
	/// What devices with `memory_mib` of memory that do `rate` × 10⁹ multiply-adds of 8-bit integers in a second are
	/// asked, where rounds have `round_slots` slots of `slot_millis`.
	///
	/// A device has half as long again as the reference, and two slots for the block to be everybody's: below twice the
	/// reference where that is more than four slots. `None` where `rate` is zero, there is no such size, or
	/// two runs of that length do not fit into half of a round.
	pub fn new(memory_mib: u32, rate: u32, round_slots: u32, slot_millis: u64) -> Option<Self> {
		let round = slot_millis.checked_mul(round_slots.into())?;
		let size = Size::new(memory_mib, rate, WORK_MILLIS.min(round.checked_div(WORK_PART)?))?;
		let per_milli = u128::from(rate).checked_mul(1_000_000).filter(|rate| *rate > 0)?;
		let reference_millis = u64::try_from(size.products().div_ceil(per_milli)).ok()?;
		let grace = slot_millis.checked_mul(GRACE_SLOTS)?;
		let limit_millis = reference_millis.checked_mul(3)?.div_ceil(2).checked_add(grace)?;
		(limit_millis.checked_mul(4)? <= round).then_some(Self { size, reference_millis, limit_millis })
	}
}

/// The slot of `round` in which the idle devices of a class are challenged; `None` in rounds without a challenge.
///
/// Both follow from `seed`, which nobody knows before its session: of every `every` rounds one, and a slot of its first
/// half other than the first slot, in which rounds are opened.
pub fn slot(
	seed: &[u8; 32],
	class: ClassId,
	round: RoundIndex,
	round_slots: u32,
	every: u32,
) -> Option<Slot> {
	let mut input = [0; 36];
	input.get_mut(..32)?.copy_from_slice(seed);
	input.get_mut(32..)?.copy_from_slice(&class.0.to_le_bytes());
	let hash = BlakeTwo256::hash(&input);
	let (turn, place) = (number(hash.as_bytes().get(..8)?)?, number(hash.as_bytes().get(8..16)?)?);
	let every = u64::from(every.max(1));
	if u64::from(round.0).checked_rem(every)? != turn.checked_rem(every)? {
		return None;
	}
	let half = round_slots.checked_div(2)?;
	let offset = place.checked_rem(half.into())?.checked_add(1)?;
	round.start(round_slots).checked_add(offset)
}

fn number(bytes: &[u8]) -> Option<u64> {
	Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn sizes_of_some_classes() {
		// 80 GiB at 10¹⁵ multiply-adds in a second, for ten seconds.
		let large = Size::new(80 << 10, 1_000_000, 10_000).unwrap();
		assert_eq!((large.n, large.links), (32_768, 285));
		assert_eq!(large.memory, 60 << 30);
		// 16 MiB at 5 · 10⁹, for one.
		assert_eq!(Size::new(16, 5, 1_000), Some(Size { n: 256, links: 384, memory: 12 << 20 }));
		// No memory of its own.
		assert_eq!(Size::new(0, 5, 1_000), Some(Size { n: 1_024, links: 5, memory: 2 << 20 }));
		// More than the largest matrices can ask.
		assert_eq!(Size::new(0, u32::MAX, 10_000), None);
	}

	#[test]
	fn terms_of_some_classes() {
		let standard = Terms::new(80 << 10, 1_000_000, 150, 2_000).unwrap();
		assert_eq!((standard.reference_millis, standard.limit_millis), (10_028, 19_042));
		let development = Terms::new(16, 5, 15, 2_000).unwrap();
		assert_eq!((development.reference_millis, development.limit_millis), (1_289, 5_934));
		assert_eq!(Terms::new(16, 0, 15, 2_000), None);
		assert_eq!(Terms::new(16, 5, 0, 2_000), None);
	}

	#[test]
	fn what_does_not_fit_into_a_round_is_no_challenge() {
		// The least number of slots in which the work of a second fits.
		let fits = |slots| Terms::new(64, 5, slots, 2_000).is_some();
		let least = (1..1_000).find(|slots| fits(*slots)).unwrap();
		assert!(!fits(least - 1) && fits(least) && fits(least + 1));
		let terms = Terms::new(64, 5, least, 2_000).unwrap();
		assert!(terms.limit_millis * 4 <= u64::from(least) * 2_000);
	}

	#[test]
	fn slots_are_of_the_seed_and_the_class() {
		let slots = |seed, class| {
			(0..1_000).map(move |round| slot(&[seed; 32], ClassId(class), RoundIndex(round), 150, 12))
		};
		assert!(slots(1, 0).eq(slots(1, 0)));
		assert!(!slots(1, 0).eq(slots(2, 0)));
		assert!(!slots(1, 0).eq(slots(1, 1)));
		assert_eq!(slot(&[1; 32], ClassId(0), RoundIndex(4), 0, 12), None);
		assert_eq!(slot(&[1; 32], ClassId(0), RoundIndex(4), 1, 1), None);
		assert_eq!(slot(&[1; 32], ClassId(0), RoundIndex(4), 2, 0), Some(9));
	}

	proptest! {
		#[test]
		fn one_of_every_so_many_rounds_has_a_challenge_early_in_it(
			seed: [u8; 32],
			class: u32,
			first in 0u32..1_000_000,
			round_slots in 2u32..1_000,
			every in 1u32..50,
		) {
			let found: Vec<(RoundIndex, Slot)> = (first..first + every)
				.map(RoundIndex)
				.filter_map(|round| Some((round, slot(&seed, ClassId(class), round, round_slots, every)?)))
				.collect();
			prop_assert_eq!(found.len(), 1);
			let (round, slot_found) = found[0];
			let offset = slot_found - round.start(round_slots);
			prop_assert!(offset > 0 && offset <= u64::from(round_slots / 2));
			// A machine that is asked in each round is asked in the same slot.
			prop_assert_eq!(slot(&seed, ClassId(class), round, round_slots, 1), Some(slot_found));
		}

		#[test]
		fn sizes_ask_for_the_memory_and_the_time(memory in 0u32..200_000, rate in 1u32..3_000_000, millis in 0u64..20_000) {
			if let Some(size) = Size::new(memory, rate, millis) {
				let needed = u128::from(memory) << 20;
				prop_assert!(u128::from(size.memory) * 4 >= needed * 3);
				prop_assert!(size.products() >= u128::from(rate) * 1_000_000 * u128::from(millis));
			}
		}
	}
}
