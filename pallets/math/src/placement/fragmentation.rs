//! What of a machine's free devices the typical requests cannot use, and the cost of a placement.
//!
//! For one machine and one kind of request: `slots` is how many such requests its free devices could serve,
//! `copies` how many its free vCPU and memory allow as well. Usable is the kind's size × (`first` × slots +
//! (1 − `first`) × copies), nothing when not even one fits. With `first` = 1 this asks like Fragmentation
//! Gradient Descent (Weng et al., "Beware of Fragmentation", USENIX ATC 2023) whether the kind fits at all; with
//! `first` = 0 it asks how much of the devices it could fill before the host runs out. A machine's unusable
//! devices are the mean over the typical requests of what is free but not usable, and a placement is chosen by
//! how much it adds to that.

use super::{
	shape::{Demand, DeviceDemand, Room, Taken, DEVICES, WHOLE},
	typical::Typical,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Micro-devices in one milli-device: the unit in which fragmentation is told.
pub const MICRO: u32 = 1_000;
/// The best reliability, in thousandths.
pub const RELIABLE: u16 = 1_000;

/// How placements are compared. Governed, per class.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Weights {
	/// What the first copy of a kind of request counts against further copies, in thousandths; at most 1,000.
	pub first: u16,
	/// Cost of a micro-device that the placement makes unusable for typical requests.
	pub fragmentation: u32,
	/// Cost of a thousandth that the machine's reliability is short of perfect.
	pub reliability: u32,
	/// Cost of a milli-device left free on the machine. Positive: machines are filled up one by one. Negative:
	/// the load is spread.
	pub load: i32,
	/// Cost of a milli-device that others use or may use beside a share on the same device, where the share
	/// does not fill up what was left of it. With zero, shares are packed at once. When it outweighs
	/// fragmentation they get devices of their own while there are some, and are brought together by verified
	/// moves when the room is needed.
	pub sharing: u32,
}

impl Default for Weights {
	fn default() -> Self {
		Self { first: 300, fragmentation: 1_000, reliability: 1_000, load: 1, sharing: 0 }
	}
}

/// Micro-devices free on a machine that the typical requests cannot use: at most 16,000,000, and everything
/// free when nothing is typical yet.
pub fn unusable(room: &Room, typical: &Typical, weights: &Weights) -> u32 {
	let (whole, parts) = parts(room);
	let first = u32::from(weights.first.min(1_000));
	// A device serves 1,000 milli at most: slots × size is at most 16,000, thousandfold below 2²⁴, and times a
	// kind's weight below 2⁵¹; 48 such make less than 2⁵⁷. Nothing below saturates.
	let (mut sum, mut weight) = (0u64, 0u64);
	let mut last = (DeviceDemand::None, 0u32, 0u32);
	for kind in typical.kinds() {
		weight = weight.saturating_add(u64::from(kind.weight));
		// Kinds that ask for the same devices follow each other.
		if kind.demand.devices != last.0 {
			let slots = match kind.demand.devices {
				DeviceDemand::None => 0,
				DeviceDemand::Whole(devices) => whole.checked_div(u32::from(devices)).unwrap_or(0),
				DeviceDemand::Share(share) => slots(whole, &parts, share),
			};
			last = (kind.demand.devices, slots, kind.demand.devices.milli());
		}
		let (_, slots, size) = last;
		if slots == 0 || kind.demand.vcpu_milli > room.vcpu_milli || kind.demand.memory_mib > room.memory_mib
		{
			continue;
		}
		let copies = copies(room.vcpu_milli, kind.demand.vcpu_milli, slots).min(copies(
			room.memory_mib,
			kind.demand.memory_mib,
			slots,
		));
		let further = 1_000u32.saturating_sub(first).saturating_mul(copies);
		let usable = first.saturating_mul(slots).saturating_add(further).saturating_mul(size);
		sum = sum.saturating_add(u64::from(usable).saturating_mul(u64::from(kind.weight)));
	}
	let total = u64::from(room.total()).saturating_mul(u64::from(MICRO));
	let usable = sum.checked_div(weight).unwrap_or(0);
	u32::try_from(total.saturating_sub(usable)).unwrap_or(u32::MAX)
}

/// The cost of taking `taken` from `before`, which leaves `after`; the smaller the better. `growth` is by how many
/// micro-devices more of the machine are unusable, `reliability` the machine's in thousandths.
pub fn cost(
	growth: i64,
	before: &Room,
	taken: Taken,
	after: &Room,
	reliability: u16,
	weights: &Weights,
) -> i64 {
	let short = RELIABLE.saturating_sub(reliability);
	let shares = taken.milli > 0
		&& taken.milli < WHOLE
		&& before.free().iter().zip(after.free()).any(|(was, is)| was != is && *was < WHOLE && *is > 0);
	let beside = if shares { WHOLE.saturating_sub(taken.milli) } else { 0 };
	// Growth is within ±1.6·10⁷ and each weight within 32 bits: no term reaches 2⁵⁷.
	growth
		.saturating_mul(i64::from(weights.fragmentation))
		.saturating_add(i64::from(short).saturating_mul(i64::from(weights.reliability)))
		.saturating_add(i64::from(after.total()).saturating_mul(i64::from(weights.load)))
		.saturating_add(i64::from(beside).saturating_mul(i64::from(weights.sharing)))
}

/// The way to serve `demand` on this machine that costs the least, with the room that it leaves and its cost;
/// the first of equals. `None` when it does not fit. At most 17 evaluations of [`unusable`].
pub fn best_way(
	room: &Room,
	demand: &Demand,
	reliability: u16,
	typical: &Typical,
	weights: &Weights,
) -> Option<(Taken, Room, i64)> {
	best_way_within(room, demand, reliability, typical, weights, i64::MAX)
}

/// The same, or `None` also when it must cost more than `bound`: a placement makes usable at most what was
/// unusable, and at most what it takes.
pub fn best_way_within(
	room: &Room,
	demand: &Demand,
	reliability: u16,
	typical: &Typical,
	weights: &Weights,
	bound: i64,
) -> Option<(Taken, Room, i64)> {
	let mut ways = room.ways(demand).peekable();
	let (_, after) = ways.peek()?;
	let before = unusable(room, typical, weights);
	let at_best = before.min(demand.devices.milli().saturating_mul(MICRO));
	let least =
		cost(i64::from(at_best).saturating_neg(), room, Taken::default(), after, reliability, weights);
	if least > bound {
		return None;
	}
	ways.map(|(taken, after)| {
		let growth = i64::from(unusable(&after, typical, weights)).saturating_sub(i64::from(before));
		(taken, after, cost(growth, room, taken, &after, reliability, weights))
	})
	.min_by_key(|(_, _, cost)| *cost)
}

/// Whole devices, and the free milli-devices of the others.
fn parts(room: &Room) -> (u32, Parts) {
	let mut parts = Parts { free: [0; DEVICES], count: 0 };
	let mut whole = 0u32;
	for free in room.free() {
		if *free == WHOLE {
			whole = whole.saturating_add(1);
		} else if *free > 0 {
			if let Some(part) = parts.free.get_mut(parts.count) {
				*part = *free;
				parts.count = parts.count.saturating_add(1);
			}
		}
	}
	(whole, parts)
}

struct Parts {
	free: [u16; DEVICES],
	count: usize,
}

/// How many shares of this size the devices can serve.
fn slots(whole: u32, parts: &Parts, share: u16) -> u32 {
	let mut slots = whole.saturating_mul(u32::from(WHOLE.checked_div(share).unwrap_or(0)));
	for free in parts.free.iter().take(parts.count) {
		if *free >= share {
			let of_part =
				if free.saturating_sub(share) < share { 1 } else { free.checked_div(share).unwrap_or(0) };
			slots = slots.saturating_add(u32::from(of_part));
		}
	}
	slots
}

/// How many of `slots` requests for `each` are served by `free`.
fn copies(free: u32, each: u32, slots: u32) -> u32 {
	if u64::from(free) >= u64::from(each).saturating_mul(u64::from(slots)) {
		slots
	} else {
		free.checked_div(each).unwrap_or(slots)
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::{
			shape::tests::{demand, room},
			typical::USUAL,
		},
		*,
	};
	use proptest::prelude::*;

	fn typical(requests: &[Demand]) -> Typical {
		let mut typical = Typical::default();
		requests.iter().for_each(|request| typical.note(request, USUAL));
		typical
	}

	fn whole(devices: u8, vcpus: u32) -> Demand {
		Demand { vcpu_milli: vcpus * 1_024, memory_mib: 0, devices: DeviceDemand::Whole(devices) }
	}

	fn share(milli: u16, vcpus: u32) -> Demand {
		Demand { vcpu_milli: vcpus * 1_024, memory_mib: 0, devices: DeviceDemand::Share(milli) }
	}

	fn weights(first: u16) -> Weights {
		Weights { first, ..Default::default() }
	}

	#[test]
	fn everything_is_unusable_while_nothing_is_typical() {
		let room = Room::new(0, 0, &[1_000, 250]).unwrap();
		assert_eq!(unusable(&room, &Typical::default(), &Weights::default()), 1_250_000);
	}

	#[test]
	fn parts_too_small_are_unusable() {
		let typical = typical(&[share(500, 0)]);
		let room = Room::new(0, 0, &[1_000, 250, 700]).unwrap();
		assert_eq!(unusable(&room, &typical, &weights(0)), 450_000);
	}

	#[test]
	fn a_host_without_vcpus_makes_its_devices_unusable() {
		let typical = typical(&[whole(1, 8)]);
		let room = |vcpus: u32| Room::new(vcpus * 1_024, 0, &[1_000; 4]).unwrap();
		assert_eq!(unusable(&room(32), &typical, &weights(0)), 0);
		assert_eq!(unusable(&room(31), &typical, &weights(0)), 1_000_000);
		assert_eq!(unusable(&room(31), &typical, &weights(1_000)), 0, "one still fits");
		assert_eq!(unusable(&room(31), &typical, &weights(300)), 700_000);
		assert_eq!(unusable(&room(7), &typical, &weights(1_000)), 4_000_000);
	}

	#[test]
	fn a_share_goes_where_it_spoils_the_least() {
		let typical = typical(&[whole(1, 0), whole(1, 0), share(500, 0)]);
		let room = Room::new(10_000, 0, &[1_000, 500, 600]).unwrap();
		let (taken, after, _) =
			best_way(&room, &share(500, 0), RELIABLE, &typical, &Weights::default()).unwrap();
		assert_eq!(taken.pairs(), vec![(1, 500)]);
		assert_eq!(after.total(), 1_600);
	}

	#[test]
	fn weights_decide() {
		let before = Room::new(0, 0, &[1_000, 600]).unwrap();
		let weights = Weights { first: 0, fragmentation: 2, reliability: 3, load: -5, sharing: 7 };
		let cost = |index: u8, milli: u16| {
			let taken = Taken::from_pairs(&[(index, milli)]).unwrap();
			let demand = Demand { vcpu_milli: 0, memory_mib: 0, devices: DeviceDemand::Share(milli) };
			cost(20, &before, taken, &before.take(&demand, taken).unwrap(), 990, &weights)
		};
		assert_eq!(cost(0, 500), 2 * 20 + 3 * 10 - 5 * 1_100, "a device of its own");
		assert_eq!(cost(1, 500), 2 * 20 + 3 * 10 - 5 * 1_100 + 7 * 500, "beside others");
		assert_eq!(cost(1, 600), 2 * 20 + 3 * 10 - 5 * 1_000, "a device filled up");
	}

	proptest! {
		#[test]
		fn unusable_is_part_of_what_is_free(
			room in room(), requests in prop::collection::vec(demand(), 0..60), first in 0u16..1_200,
		) {
			prop_assert!(unusable(&room, &typical(&requests), &weights(first)) <= room.total() * MICRO);
		}

		#[test]
		fn only_amounts_count_and_not_the_order_of_devices(
			room in room(), requests in prop::collection::vec(demand(), 0..20),
		) {
			let mut turned = room.free().to_vec();
			turned.reverse();
			let turned = Room::new(room.vcpu_milli, room.memory_mib, &turned).unwrap();
			let typical = typical(&requests);
			prop_assert_eq!(
				unusable(&room, &typical, &Weights::default()),
				unusable(&turned, &typical, &Weights::default())
			);
		}

		#[test]
		fn no_way_costs_less_than_the_best(
			room in room(), demand in demand(), requests in prop::collection::vec(demand(), 0..20),
		) {
			let (typical, weights) = (typical(&requests), Weights::default());
			let best = best_way(&room, &demand, RELIABLE, &typical, &weights);
			prop_assert_eq!(best.is_some(), room.fits(&demand));
			if let Some((taken, after, least)) = best {
				prop_assert_eq!(room.take(&demand, taken), Some(after));
				let before = unusable(&room, &typical, &weights);
				for (taken, after) in room.ways(&demand) {
					let growth = i64::from(unusable(&after, &typical, &weights)) - i64::from(before);
					prop_assert!(least <= cost(growth, &room, taken, &after, RELIABLE, &weights));
				}
			}
		}
	}
}
