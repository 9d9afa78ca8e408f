//! What a class is usually asked for.
//!
//! A histogram of at most [`MAX_TYPICAL`] kinds of request. It learns from every request, also from those that
//! are declined: both are demand. When it is full, a new kind takes the place and the weight of the lightest
//! one, which finds the frequent kinds of an endless stream in constant space (Metwally, Agrawal, El Abbadi:
//! "Efficient Computation of Frequent and Top-k Elements in Data Streams", ICDT 2005). All weights halve every
//! [`HALF_LIFE`] requests.

use super::shape::{Demand, DeviceDemand};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// The most kinds of request that are told apart.
pub const MAX_TYPICAL: u32 = 48;
/// Requests after which a request counts half.
pub const HALF_LIFE: u32 = 4_096;
/// The weight of a request that pays the usual fee.
pub const USUAL: u32 = 1_000;
/// The greatest weight of one request.
pub const MAX_WEIGHT: u32 = 16 * USUAL;

/// One kind of request.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Kind {
	/// What it asks for, its host share rounded up.
	pub demand: Demand,
	/// How much of it was seen, at most [`HALF_LIFE`] × 2 × [`MAX_WEIGHT`] < 2²⁷.
	pub weight: u32,
}

/// What a class is usually asked for.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Typical {
	kinds: BoundedVec<Kind, ConstU32<MAX_TYPICAL>>,
	/// Requests since the weights were last halved.
	since: u32,
}

impl Typical {
	/// The kinds of request, those that ask for the same devices side by side.
	pub fn kinds(&self) -> &[Kind] {
		&self.kinds
	}

	/// The sum of all weights: at most [`HALF_LIFE`] × 2 × [`MAX_WEIGHT`].
	pub fn weight(&self) -> u64 {
		self.kinds.iter().map(|kind| u64::from(kind.weight)).sum()
	}

	/// Learns from a request. `weight` is its fee per milli-device relative to the usual one, which weighs
	/// [`USUAL`]; at most [`MAX_WEIGHT`] counts. Requests without devices fragment none and teach nothing.
	pub fn note(&mut self, demand: &Demand, weight: u32) {
		if demand.devices == DeviceDemand::None || !demand.is_valid() {
			return;
		}
		if self.since >= HALF_LIFE {
			self.since = 0;
			self.kinds.iter_mut().for_each(|kind| kind.weight /= 2);
			self.kinds.retain(|kind| kind.weight > 0);
		}
		// Below `HALF_LIFE` here.
		self.since = self.since.saturating_add(1);
		let weight = weight.min(MAX_WEIGHT);
		let demand = Demand {
			vcpu_milli: coarse(demand.vcpu_milli),
			memory_mib: coarse(demand.memory_mib),
			devices: demand.devices,
		};
		let at = match self.kinds.binary_search_by_key(&key(&demand), |kind| key(&kind.demand)) {
			Ok(known) => {
				if let Some(kind) = self.kinds.get_mut(known) {
					// The sum stays below 2²⁷; see `Kind`.
					kind.weight = kind.weight.saturating_add(weight);
				}
				return;
			}
			Err(at) => at,
		};
		let lightest =
			(0..self.kinds.len()).min_by_key(|index| self.kinds.get(*index).map(|kind| kind.weight));
		match lightest.filter(|_| self.kinds.is_full()) {
			Some(lightest) => {
				let gone = self.kinds.remove(lightest);
				let at = if lightest < at { at.saturating_sub(1) } else { at };
				let weight = gone.weight.saturating_add(weight);
				// There is room for one.
				let _ = self.kinds.try_insert(at, Kind { demand, weight });
			}
			None => {
				let _ = self.kinds.try_insert(at, Kind { demand, weight });
			}
		}
	}
}

/// Kinds that ask for the same devices lie side by side.
fn key(demand: &Demand) -> (DeviceDemand, u32, u32) {
	(demand.devices, demand.vcpu_milli, demand.memory_mib)
}

/// Rounds up to three binary digits, so that at most an eighth is added and a few host shares stand for all.
fn coarse(amount: u32) -> u32 {
	let digits = u32::BITS.saturating_sub(amount.leading_zeros()).saturating_sub(3);
	let unit = 1u32 << digits.min(29);
	amount.checked_next_multiple_of(unit).unwrap_or(amount)
}

#[cfg(test)]
mod tests {
	use super::{super::shape::tests::demand, *};
	use proptest::prelude::*;

	fn share(milli: u16) -> Demand {
		Demand { vcpu_milli: 1_000, memory_mib: 1_024, devices: DeviceDemand::Share(milli) }
	}

	#[test]
	fn host_shares_are_rounded_up() {
		for (amount, rounded) in
			[(0, 0), (1, 1), (7, 7), (8, 8), (9, 10), (11_400, 12_288), (u32::MAX, u32::MAX)]
		{
			assert_eq!(coarse(amount), rounded);
		}
	}

	#[test]
	fn the_frequent_kinds_stay() {
		let mut typical = Typical::default();
		for round in 0..999u16 {
			typical.note(&share(500), USUAL);
			typical.note(&share(round % 998 + 1), USUAL);
		}
		let most = typical.kinds().iter().max_by_key(|kind| kind.weight).unwrap();
		assert_eq!(most.demand.devices, DeviceDemand::Share(500));
		assert_eq!(typical.kinds().len(), MAX_TYPICAL as usize);
	}

	#[test]
	fn old_requests_fade() {
		let mut typical = Typical::default();
		typical.note(&share(250), USUAL);
		for _ in 0..HALF_LIFE * 11 {
			typical.note(&share(500), USUAL);
		}
		assert_eq!(typical.kinds().len(), 1);
	}

	#[test]
	fn requests_without_devices_teach_nothing() {
		let mut typical = Typical::default();
		typical.note(&Demand { vcpu_milli: 1, memory_mib: 1, devices: DeviceDemand::None }, USUAL);
		typical.note(&Demand { vcpu_milli: 1, memory_mib: 1, devices: DeviceDemand::Share(0) }, USUAL);
		assert!(typical.kinds().is_empty());
	}

	proptest! {
		#[test]
		fn rounding_adds_at_most_a_quarter(amount in 1u32..1 << 31) {
			let rounded = coarse(amount);
			prop_assert!(rounded >= amount && u64::from(rounded) * 4 <= u64::from(amount) * 5);
			prop_assert_eq!(coarse(rounded), rounded);
		}

		#[test]
		fn the_histogram_is_bounded(requests in prop::collection::vec((demand(), any::<u32>()), 0..400)) {
			let mut typical = Typical::default();
			let mut sum = 0u64;
			for (demand, weight) in requests {
				typical.note(&demand, weight);
				if demand.devices != DeviceDemand::None {
					sum += u64::from(weight.min(MAX_WEIGHT));
				}
			}
			prop_assert!(typical.kinds().len() <= MAX_TYPICAL as usize);
			prop_assert!(typical.kinds().windows(2).all(|pair| key(&pair[0].demand) < key(&pair[1].demand)));
			prop_assert_eq!(typical.weight(), sum, "nothing seen is lost before it fades");
			prop_assert!(typical.encoded_size() <= Typical::max_encoded_len());
		}
	}
}
