//! What a machine has free, and what a request takes of it.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{MAX_DEVICES, MILLI};
use scale_info::TypeInfo;

/// Free milli-devices of a device that nobody uses.
pub const WHOLE: u16 = 1_000;
const _: () = assert!(MILLI == 1_000 && MAX_DEVICES <= u8::MAX as u32);
/// The most devices of a machine, as an array's length.
pub const DEVICES: usize = MAX_DEVICES as usize;

/// The devices that a request asks for.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
)]
pub enum DeviceDemand {
	/// None: vCPU and memory only.
	None,
	/// These milli-devices of one device: 1 to 999.
	Share(u16),
	/// This many whole devices of one machine: 1 to 16.
	Whole(u8),
}

impl DeviceDemand {
	/// Milli-devices in all.
	pub fn milli(self) -> u32 {
		match self {
			Self::None => 0,
			Self::Share(milli) => u32::from(milli),
			Self::Whole(devices) => u32::from(devices) * u32::from(WHOLE),
		}
	}

	/// Whether a request may ask for this: a share of 1 to 999 milli-devices, or 1 to 16 devices.
	pub fn is_valid(self) -> bool {
		match self {
			Self::None => true,
			Self::Share(milli) => milli > 0 && milli < WHOLE,
			Self::Whole(devices) => devices > 0 && usize::from(devices) <= DEVICES,
		}
	}
}

/// What a request asks of one machine, for each of its windows.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
)]
pub struct Demand {
	/// Thousandths of a virtual CPU.
	pub vcpu_milli: u32,
	/// Memory in MiB.
	pub memory_mib: u32,
	/// Devices.
	pub devices: DeviceDemand,
}

impl Demand {
	/// Whether a request may ask for this: valid devices, and not nothing at all.
	pub fn is_valid(&self) -> bool {
		self.devices.is_valid()
			&& (self.devices != DeviceDemand::None || self.vcpu_milli > 0 || self.memory_mib > 0)
	}
}

/// Devices of one machine, each with the same number of milli-devices taken.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Default,
	Debug,
)]
pub struct Taken {
	/// One bit per device, the lowest for the first.
	pub devices: u16,
	/// Milli-devices taken of each.
	pub milli: u16,
}

impl Taken {
	/// Whether these are devices that serve `demand`: as many as asked for, with the share asked for.
	pub fn serves(self, demand: &Demand) -> bool {
		match demand.devices {
			DeviceDemand::None => self == Self::default(),
			DeviceDemand::Share(milli) => self.devices.is_power_of_two() && self.milli == milli,
			DeviceDemand::Whole(devices) => {
				self.devices.count_ones() == u32::from(devices) && self.milli == WHOLE
			}
		}
	}

	/// Index of each device with the milli-devices taken of it, in rising order.
	pub fn pairs(self) -> Vec<(u8, u16)> {
		self.indices().filter_map(|index| Some((u8::try_from(index).ok()?, self.milli))).collect()
	}

	/// The same from a list. `None` when a device is out of range or listed twice, or the amounts differ.
	pub fn from_pairs(pairs: &[(u8, u16)]) -> Option<Self> {
		let milli = pairs.first().map_or(0, |(_, milli)| *milli);
		pairs.iter().try_fold(Self { devices: 0, milli }, |taken, (index, amount)| {
			let bit = 1u16.checked_shl(u32::from(*index))?;
			(*amount == milli && taken.devices & bit == 0)
				.then_some(Self { devices: taken.devices | bit, milli })
		})
	}

	fn indices(self) -> impl Iterator<Item = usize> {
		(0..DEVICES).filter(move |index| self.devices >> index & 1 == 1)
	}
}

/// What a machine has free in a window.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Default,
	Debug,
)]
pub struct Room {
	/// Free thousandths of a virtual CPU.
	pub vcpu_milli: u32,
	/// Free memory in MiB.
	pub memory_mib: u32,
	/// Free milli-devices of each device; zero where the machine has no such device.
	free: [u16; DEVICES],
}

impl Room {
	/// A machine with this free. `None` with more than 16 devices or more than a whole device free.
	pub fn new(vcpu_milli: u32, memory_mib: u32, devices: &[u16]) -> Option<Self> {
		let mut free = [0; DEVICES];
		free.get_mut(..devices.len())?.copy_from_slice(devices);
		free.iter().all(|room| *room <= WHOLE).then_some(Self { vcpu_milli, memory_mib, free })
	}

	/// Free milli-devices of each device.
	pub fn free(&self) -> &[u16; DEVICES] {
		&self.free
	}

	/// Free milli-devices in all: at most 16,000.
	pub fn total(&self) -> u32 {
		self.free.iter().map(|room| u32::from(*room)).sum()
	}

	/// Devices that nobody uses.
	pub fn whole(&self) -> u32 {
		self.free.iter().map(|room| u32::from(*room == WHOLE)).sum()
	}

	/// The most milli-devices free on a device in partial use.
	pub fn largest_part(&self) -> u16 {
		self.free.iter().copied().filter(|room| *room < WHOLE).max().unwrap_or(0)
	}

	/// Whether vCPU and memory suffice.
	fn hosts(&self, demand: &Demand) -> bool {
		self.vcpu_milli >= demand.vcpu_milli && self.memory_mib >= demand.memory_mib
	}

	/// Whether the request can be served here.
	pub fn fits(&self, demand: &Demand) -> bool {
		self.hosts(demand)
			&& match demand.devices {
				DeviceDemand::None => true,
				DeviceDemand::Share(milli) => self.free.iter().any(|room| *room >= milli),
				DeviceDemand::Whole(devices) => self.whole() >= u32::from(devices),
			}
	}

	/// Every way to serve the request that leaves a different room: for a share one device of each amount
	/// free, otherwise the first whole devices. At most 16.
	pub fn ways(&self, demand: &Demand) -> Ways<'_> {
		let next = if demand.is_valid() && self.hosts(demand) { 0 } else { DEVICES };
		Ways { room: self, demand: *demand, next }
	}

	/// The room after `demand` has been served with `taken`. `None` when it does not fit there.
	pub fn take(&self, demand: &Demand, taken: Taken) -> Option<Self> {
		if !taken.serves(demand) {
			return None;
		}
		let mut after = *self;
		after.vcpu_milli = after.vcpu_milli.checked_sub(demand.vcpu_milli)?;
		after.memory_mib = after.memory_mib.checked_sub(demand.memory_mib)?;
		for index in taken.indices() {
			let room = after.free.get_mut(index)?;
			*room = room.checked_sub(taken.milli)?;
		}
		Some(after)
	}

	/// The room after what `take` took has been given back. `None` when a device would have more than a whole
	/// device free or the host's sums overflow.
	pub fn give_back(&self, demand: &Demand, taken: Taken) -> Option<Self> {
		if !taken.serves(demand) {
			return None;
		}
		let mut after = *self;
		after.vcpu_milli = after.vcpu_milli.checked_add(demand.vcpu_milli)?;
		after.memory_mib = after.memory_mib.checked_add(demand.memory_mib)?;
		for index in taken.indices() {
			let room = after.free.get_mut(index)?;
			*room = room.checked_add(taken.milli).filter(|sum| *sum <= WHOLE)?;
		}
		Some(after)
	}
}

/// The ways to serve a request on a machine; see [`Room::ways`].
pub struct Ways<'a> {
	room: &'a Room,
	demand: Demand,
	next: usize,
}

impl Iterator for Ways<'_> {
	type Item = (Taken, Room);

	fn next(&mut self) -> Option<Self::Item> {
		let begin = self.next;
		if begin >= DEVICES {
			return None;
		}
		let free = &self.room.free;
		let taken = match self.demand.devices {
			DeviceDemand::None => {
				self.next = DEVICES;
				Taken::default()
			}
			DeviceDemand::Whole(devices) => {
				self.next = DEVICES;
				let mut chosen = 0u16;
				for (index, room) in free.iter().enumerate() {
					if *room == WHOLE && chosen.count_ones() < u32::from(devices) {
						chosen |= 1 << index;
					}
				}
				if chosen.count_ones() < u32::from(devices) {
					return None;
				}
				Taken { devices: chosen, milli: WHOLE }
			}
			DeviceDemand::Share(milli) => {
				let index = (begin..DEVICES)
					.find(|index| free[*index] >= milli && !free[..*index].contains(&free[*index]));
				self.next = index.map_or(DEVICES, |index| index + 1);
				Taken { devices: 1 << index?, milli }
			}
		};
		Some((taken, self.room.take(&self.demand, taken)?))
	}
}

#[cfg(test)]
pub(crate) mod tests {
	use super::*;
	use proptest::prelude::*;

	pub fn room() -> impl Strategy<Value = Room> {
		(
			0u32..130_000,
			0u32..600_000,
			prop::collection::vec(prop_oneof![Just(0u16), Just(1_000), 0u16..=1_000], 0..=16),
		)
			.prop_map(|(vcpu, memory, free)| Room::new(vcpu, memory, &free).unwrap())
	}

	pub fn demand() -> impl Strategy<Value = Demand> {
		let devices = prop_oneof![
			1 => Just(DeviceDemand::None),
			4 => (1u16..1_000).prop_map(DeviceDemand::Share),
			4 => (1u8..=8).prop_map(DeviceDemand::Whole),
		];
		(1u32..20_000, 0u32..64_000, devices).prop_map(|(vcpu_milli, memory_mib, devices)| Demand {
			vcpu_milli,
			memory_mib,
			devices,
		})
	}

	#[test]
	fn a_room_is_checked() {
		assert_eq!(Room::new(0, 0, &[1_001]), None);
		assert_eq!(Room::new(0, 0, &[0; 17]), None);
		let room = Room::new(1, 2, &[1_000, 300, 1_000]).unwrap();
		assert_eq!((room.total(), room.whole(), room.largest_part()), (2_300, 2, 300));
	}

	#[test]
	fn requests_are_checked() {
		let demand = |devices| Demand { vcpu_milli: 0, memory_mib: 0, devices };
		for bad in [
			DeviceDemand::None,
			DeviceDemand::Share(0),
			DeviceDemand::Share(1_000),
			DeviceDemand::Whole(0),
			DeviceDemand::Whole(17),
		] {
			assert!(!demand(bad).is_valid(), "{bad:?}");
			let room = Room::new(1, 1, &[1_000; 16]).unwrap();
			assert_eq!(room.ways(&demand(bad)).count(), 0, "{bad:?}");
		}
		assert!(demand(DeviceDemand::Whole(16)).is_valid());
	}

	#[test]
	fn pairs_and_bits_say_the_same() {
		let taken = Taken { devices: 0b101, milli: 1_000 };
		assert_eq!(taken.pairs(), vec![(0, 1_000), (2, 1_000)]);
		assert_eq!(Taken::from_pairs(&taken.pairs()), Some(taken));
		assert_eq!(Taken::from_pairs(&[(1, 5), (1, 5)]), None);
		assert_eq!(Taken::from_pairs(&[(1, 5), (2, 6)]), None);
		assert_eq!(Taken::from_pairs(&[(16, 5)]), None);
		assert_eq!(Taken::from_pairs(&[]), Some(Taken::default()));
	}

	proptest! {
		#[test]
		fn every_way_serves_the_request_and_can_be_undone(room in room(), demand in demand()) {
			let mut ways = 0;
			for (taken, after) in room.ways(&demand) {
				ways += 1;
				prop_assert!(taken.serves(&demand));
				prop_assert_eq!(after.total() + demand.devices.milli(), room.total());
				prop_assert_eq!(after.vcpu_milli + demand.vcpu_milli, room.vcpu_milli);
				prop_assert_eq!(after.give_back(&demand, taken), Some(room));
			}
			prop_assert_eq!(ways > 0, room.fits(&demand));
			prop_assert!(ways <= DEVICES);
		}

		#[test]
		fn nothing_is_over_committed(room in room(), demand in demand(), devices in any::<u16>(), milli in 0u16..1_100) {
			if let Some(after) = room.take(&demand, Taken { devices, milli }) {
				prop_assert!(room.fits(&demand));
				prop_assert!(after.free().iter().zip(room.free()).all(|(after, before)| after <= before));
				prop_assert_eq!(after.total() + demand.devices.milli(), room.total());
			}
		}
	}
}
