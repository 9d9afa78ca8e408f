//! Which devices of which machine a lease gets.
//!
//! A machine's capacity in one window is a list of free milli-devices, one entry per device, each at most
//! [`MILLI`]. A lease takes either whole free devices or a share of one device
//! ([`MilliDevices::is_leasable`]). [`fit`] finds the best devices of one machine and says with a [`Score`]
//! how good that is, so that machines can be compared; [`take`] and [`give_back`] apply and undo it.

use alloc::vec::Vec;
use exabits_primitives::{MilliDevices, MAX_DEVICES, MILLI};

/// Free milli-devices of a device that nobody uses.
pub const WHOLE: u16 = 1_000;
const _: () = assert!(MILLI == 1_000 && MAX_DEVICES <= u8::MAX as u32);

/// How good a placement is: the smaller, the better, field by field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Score {
	/// By how many milli-devices the placement changes what only requests for shares can still use: the free
	/// part of devices in partial use. Negative where it fills up such a device.
	pub fragmentation: i32,
	/// Free milli-devices left on the devices taken; zero for an exact fit.
	pub leftover: u32,
	/// Free milli-devices left on the whole machine: full machines are filled before empty ones are opened.
	pub free: u32,
}

/// Devices that can serve a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
	/// Index of each device and the milli-devices taken of it, in rising order of index.
	pub devices: Vec<(u8, u16)>,
	/// How good that is.
	pub score: Score,
}

/// The best devices for `amount` on a machine with these `free` milli-devices per device, or `None` when
/// nothing fits or `amount` cannot be leased.
///
/// A share goes to the device with the least room that suffices, the first of several such; whole devices are
/// the first free ones.
pub fn fit(free: &[u16], amount: MilliDevices) -> Option<Fit> {
	if !amount.is_leasable() {
		return None;
	}
	let devices = match u16::try_from(amount.0) {
		Ok(share) if share < WHOLE => {
			let (index, _) =
				free.iter().enumerate().filter(|(_, room)| **room >= share).min_by_key(|(_, room)| **room)?;
			Vec::from([(u8::try_from(index).ok()?, share)])
		}
		_ => {
			let wanted = usize::try_from(amount.0 / MILLI).ok()?;
			let mut devices = Vec::with_capacity(wanted);
			for (index, room) in free.iter().enumerate() {
				if *room == WHOLE && devices.len() < wanted {
					devices.push((u8::try_from(index).ok()?, WHOLE));
				}
			}
			if devices.len() < wanted {
				return None;
			}
			devices
		}
	};
	let mut after = free.to_vec();
	take(&mut after, &devices)?;
	let leftover = devices.iter().try_fold(0u32, |sum, (index, _)| {
		after.get(usize::from(*index)).and_then(|room| sum.checked_add(u32::from(*room)))
	})?;
	let score = Score {
		fragmentation: fragments(&after)?.checked_sub(fragments(free)?)?,
		leftover,
		free: after.iter().try_fold(0u32, |sum, room| sum.checked_add(u32::from(*room)))?,
	};
	Some(Fit { devices, score })
}

/// Takes `devices` out of `free`. `None`, with `free` unchanged, when one of them has no such device or not
/// enough room.
pub fn take(free: &mut [u16], devices: &[(u8, u16)]) -> Option<()> {
	apply(free, devices, |room, milli| room.checked_sub(milli))
}

/// Gives `devices` back to `free`. `None`, with `free` unchanged, when one of them has no such device or would
/// have more than a whole device free.
pub fn give_back(free: &mut [u16], devices: &[(u8, u16)]) -> Option<()> {
	apply(free, devices, |room, milli| room.checked_add(milli).filter(|sum| *sum <= WHOLE))
}

fn apply(free: &mut [u16], devices: &[(u8, u16)], change: impl Fn(u16, u16) -> Option<u16>) -> Option<()> {
	let mut changed = free.to_vec();
	for (index, milli) in devices {
		let room = changed.get_mut(usize::from(*index))?;
		*room = change(*room, *milli)?;
	}
	free.copy_from_slice(&changed);
	Some(())
}

/// Free milli-devices on devices that are in partial use.
fn fragments(free: &[u16]) -> Option<i32> {
	free.iter().filter(|room| **room < WHOLE).try_fold(0i32, |sum, room| sum.checked_add(i32::from(*room)))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn devices(free: &[u16], amount: u32) -> Option<Vec<(u8, u16)>> {
		fit(free, MilliDevices(amount)).map(|fit| fit.devices)
	}

	fn score(free: &[u16], amount: u32) -> Score {
		fit(free, MilliDevices(amount)).unwrap().score
	}

	#[test]
	fn whole_devices_are_the_first_free_ones() {
		assert_eq!(devices(&[500, 1_000, 0, 1_000, 1_000], 2_000), Some(vec![(1, 1_000), (3, 1_000)]));
		assert_eq!(devices(&[1_000, 999, 1_000], 3_000), None);
	}

	#[test]
	fn a_share_goes_where_it_leaves_the_least() {
		assert_eq!(devices(&[1_000, 750, 500, 875], 500), Some(vec![(2, 500)]));
		assert_eq!(devices(&[1_000, 750, 375, 750], 500), Some(vec![(1, 500)]));
		assert_eq!(devices(&[1_000, 125], 500), Some(vec![(0, 500)]));
		assert_eq!(devices(&[375, 125], 500), None);
		assert_eq!(devices(&[], 125), None);
	}

	#[test]
	fn what_cannot_be_leased_fits_nowhere() {
		for amount in [0, 1, 124, 126, 600, 999, 1_001, 1_500, 17_000, u32::MAX] {
			assert_eq!(devices(&[1_000; 16], amount), None, "{amount}");
		}
		assert_eq!(devices(&[1_000; 16], 16_000).map(|devices| devices.len()), Some(16));
	}

	#[test]
	fn filling_a_device_up_is_better_than_opening_one() {
		assert!(score(&[500, 1_000], 500) < score(&[1_000, 1_000], 500));
		assert!(score(&[500], 500) < score(&[750], 500), "an exact fit wins");
		assert!(score(&[1_000], 1_000) < score(&[1_000, 1_000], 1_000), "the fuller machine wins");
		assert_eq!(score(&[1_000, 1_000], 250), Score { fragmentation: 750, leftover: 750, free: 1_750 });
	}

	#[test]
	fn taking_and_giving_back_are_checked() {
		let mut free = [1_000, 250];
		assert_eq!(take(&mut free, &[(0, 500), (1, 500)]), None);
		assert_eq!(take(&mut free, &[(2, 1)]), None);
		assert_eq!(give_back(&mut free, &[(1, 125), (0, 1)]), None);
		assert_eq!(free, [1_000, 250], "a refusal changes nothing");
		assert_eq!(take(&mut free, &[(0, 500), (1, 250)]), Some(()));
		assert_eq!(free, [500, 0]);
	}

	fn free() -> impl Strategy<Value = Vec<u16>> {
		prop::collection::vec((0u16..=8).prop_map(|eighths| eighths * 125), 0..=16)
	}

	fn amount() -> impl Strategy<Value = u32> {
		prop_oneof![Just(125u32), Just(250), Just(500), (1u32..=16).prop_map(|devices| devices * 1_000)]
	}

	proptest! {
		#[test]
		fn a_fit_takes_exactly_the_amount_and_can_be_undone(free in free(), amount in amount()) {
			match fit(&free, MilliDevices(amount)) {
				Some(fit) => {
					prop_assert_eq!(fit.devices.iter().map(|(_, milli)| u32::from(*milli)).sum::<u32>(), amount);
					prop_assert!(fit.devices.windows(2).all(|pair| pair[0].0 < pair[1].0));
					let mut after = free.clone();
					prop_assert_eq!(take(&mut after, &fit.devices), Some(()));
					let left = after.iter().map(|room| u32::from(*room)).sum::<u32>();
					prop_assert_eq!(left, fit.score.free);
					prop_assert_eq!(give_back(&mut after, &fit.devices), Some(()));
					prop_assert_eq!(after, free);
				},
				None if amount < 1_000 => prop_assert!(free.iter().all(|room| u32::from(*room) < amount)),
				None => {
					let whole = free.iter().filter(|room| **room == WHOLE).count();
					prop_assert!(whole < (amount / 1_000) as usize);
				},
			}
		}

		#[test]
		fn no_single_device_would_do_better_for_a_share(free in free(), amount in 0usize..3) {
			let amount = [125u32, 250, 500][amount];
			if let Some(best) = fit(&free, MilliDevices(amount)) {
				for (index, room) in free.iter().enumerate().filter(|(_, room)| u32::from(**room) >= amount) {
					let mut after = free.clone();
					after[index] = room - amount as u16;
					let growth = fragments(&after).unwrap() - fragments(&free).unwrap();
					let leftover = u32::from(after[index]);
					prop_assert!((best.score.fragmentation, best.score.leftover) <= (growth, leftover));
				}
			}
		}
	}
}
