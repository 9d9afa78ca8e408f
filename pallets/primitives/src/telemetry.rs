//! What machines say of themselves: samples, and the report of a window.

use crate::{WindowIndex, MAX_DEVICES};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Parts per million in a whole.
pub const MILLION: u32 = 1_000_000;
/// The most samples of one window.
pub const MAX_SAMPLES: u32 = 8_192;
/// Hashes in the proof of one of so many samples at most.
pub const MAX_PROOF: u32 = MAX_SAMPLES.ilog2();
/// By how many slots a sample's time may lie outside of its window: a node notices the end of a window by the chain's
/// blocks, and goes on for so long when there are none.
pub const TOLERANCE_SLOTS: u64 = 32;

/// No device has more memory than this: 1 PiB.
const MAX_MEMORY: u64 = 1 << 50;
/// No counter of energy gets here: 2^56 mJ are over two centuries at 10 kW.
const MAX_ENERGY: u64 = 1 << 56;
/// No silicon works at 200 °C, in millidegrees.
const MAX_TEMPERATURE: u32 = 200_000;
/// No clock runs at 100 GHz, in MHz.
const MAX_CLOCK: u32 = 100_000;
/// No host has a load of a million, in thousandths.
const MAX_LOAD: u32 = 1_000_000_000;
/// No host runs for more than a century, in seconds.
const MAX_UPTIME: u64 = 100 * 366 * 24 * 60 * 60;

/// A device, by the hash of the identifier that its vendor gave it.
pub type DeviceId = H256;

/// Devices of one machine, in strictly ascending order in reports.
pub type DeviceIds = BoundedVec<DeviceId, ConstU32<MAX_DEVICES>>;

/// What the vendor's identifier of a device becomes on chain.
pub fn device_id(vendor: &str) -> DeviceId {
	BlakeTwo256::hash_of(&(b"exabits/device", vendor))
}

/// What one device shows at one moment; `None` is what the hardware does not tell.
#[derive(
	Serialize,
	Deserialize,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	PartialEq,
	Eq,
	Default,
	Debug,
)]
#[serde(deny_unknown_fields)]
pub struct DeviceSample {
	/// The device's number in the inventory.
	pub index: u32,
	/// Share of time in which the device worked since it was last asked, in parts per million.
	pub utilisation: Option<u32>,
	/// Memory in use, in bytes.
	pub memory_used: Option<u64>,
	/// Memory in all, in bytes.
	pub memory_total: Option<u64>,
	/// Energy used since the driver was loaded, in millijoules: power is the difference over time.
	pub energy_mj: Option<u64>,
	/// Temperature, in millidegrees Celsius.
	pub temperature: Option<u32>,
	/// Uncorrected memory errors since the driver was loaded.
	pub ecc_uncorrected: Option<u64>,
	/// NVML's reasons for lower clocks, as bits.
	pub throttle: Option<u64>,
	/// Clock of the streaming multiprocessors, in MHz.
	pub sm_clock: Option<u32>,
	/// Clock of the memory, in MHz.
	pub mem_clock: Option<u32>,
}

/// All devices at one moment. Its SCALE encoding is the content of a leaf of the window's Merkle tree.
#[derive(
	Serialize,
	Deserialize,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	PartialEq,
	Eq,
	Debug,
)]
#[serde(deny_unknown_fields)]
pub struct Sample {
	/// When it was taken, in milliseconds of Unix time.
	pub at_millis: u64,
	/// How long the host has been running, in seconds.
	pub uptime: Option<u64>,
	/// Load average of the host over one minute, in thousandths; only from the host source.
	pub load: Option<u32>,
	/// The devices, in the order of the inventory.
	pub devices: BoundedVec<DeviceSample, ConstU32<MAX_DEVICES>>,
}

/// Why a message is not plausible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Implausible {
	/// There is nothing in it.
	NoDevices,
	/// Devices are doubled, out of order or numbered too high.
	Order(u32),
	/// A value is out of any range that hardware has.
	Range {
		/// The device.
		device: u32,
		/// What is wrong.
		field: &'static str,
		/// Its value.
		value: u64,
	},
	/// The host's load is out of range.
	Load(u32),
	/// The host's time since its start is out of range.
	Uptime(u64),
	/// A text is too long or has control characters.
	Text(&'static str),
}

impl fmt::Display for Implausible {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::NoDevices => write!(f, "no devices"),
			Self::Order(device) => write!(f, "device {device} is doubled or out of order"),
			Self::Range { device, field, value } => write!(f, "device {device}: {field} is {value}"),
			Self::Load(load) => write!(f, "load is {load}"),
			Self::Uptime(seconds) => write!(f, "uptime is {seconds}"),
			Self::Text(what) => write!(f, "{what} is too long or has control characters"),
		}
	}
}

impl core::error::Error for Implausible {}

/// Indices must rise, so that a device is there once.
pub fn check_order(indices: impl Iterator<Item = u32>) -> Result<(), Implausible> {
	let mut next = 0;
	for index in indices {
		if index < next || index >= MAX_DEVICES {
			return Err(Implausible::Order(index));
		}
		next = index.saturating_add(1);
	}
	if next == 0 {
		return Err(Implausible::NoDevices);
	}
	Ok(())
}

/// Whether a device's memory can be of this size, in bytes.
pub fn check_memory(device: u32, memory: u64) -> Result<(), Implausible> {
	check_ranges(device, [("memory", Some(memory), MAX_MEMORY)])
}

fn check_ranges(
	device: u32,
	ranges: impl IntoIterator<Item = (&'static str, Option<u64>, u64)>,
) -> Result<(), Implausible> {
	for (field, value, most) in ranges {
		if let Some(value) = value.filter(|value| *value > most) {
			return Err(Implausible::Range { device, field, value });
		}
	}
	Ok(())
}

impl DeviceSample {
	/// Whether the device told nothing at all.
	pub fn is_silent(&self) -> bool {
		*self == Self { index: self.index, ..Self::default() }
	}

	fn check(&self) -> Result<(), Implausible> {
		check_ranges(
			self.index,
			[
				("utilisation", self.utilisation.map(u64::from), u64::from(MILLION)),
				("memory_total", self.memory_total, MAX_MEMORY),
				("memory_used", self.memory_used, self.memory_total.unwrap_or(MAX_MEMORY)),
				("energy_mj", self.energy_mj, MAX_ENERGY),
				("temperature", self.temperature.map(u64::from), u64::from(MAX_TEMPERATURE)),
				("ecc_uncorrected", self.ecc_uncorrected, u64::from(u32::MAX)),
				("sm_clock", self.sm_clock.map(u64::from), u64::from(MAX_CLOCK)),
				("mem_clock", self.mem_clock.map(u64::from), u64::from(MAX_CLOCK)),
			],
		)
	}
}

impl Sample {
	/// Checks what may come from a hostile library or machine: order and ranges.
	pub fn check(&self) -> Result<(), Implausible> {
		check_order(self.devices.iter().map(|device| device.index))?;
		if let Some(load) = self.load.filter(|load| *load > MAX_LOAD) {
			return Err(Implausible::Load(load));
		}
		if let Some(uptime) = self.uptime.filter(|uptime| *uptime > MAX_UPTIME) {
			return Err(Implausible::Uptime(uptime));
		}
		self.devices.iter().try_for_each(DeviceSample::check)
	}
}

/// A summary of one machine's telemetry over one window.
///
/// Utilisation and similar shares are parts per million; temperatures are millidegrees Celsius.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
)]
pub struct TelemetrySummary {
	/// Samples taken, and leaves of the Merkle tree over them; at most [`MAX_SAMPLES`].
	pub samples: u32,
	/// Samples that should have been taken and were not.
	pub gaps: u32,
	/// Mean utilisation of the devices, in parts per million.
	pub utilisation: u32,
	/// Highest share of device memory in use, in parts per million.
	pub memory: u32,
	/// Energy used in the window, in millijoules; zero where the hardware does not count it.
	pub energy: u64,
	/// Highest temperature, in millidegrees Celsius; zero where unknown.
	pub temperature: u32,
	/// Uncorrected memory errors in the window.
	pub uncorrected_errors: u32,
	/// Share of samples in which a device throttled, in parts per million.
	pub throttled: u32,
}

/// What a machine's counters show at the end of a window, summed over its devices.
///
/// None of them falls from one report to the next, unless more `restarts` are reported.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
)]
pub struct TelemetryCounters {
	/// How often some counter began anew.
	pub restarts: u32,
	/// Seconds since the host was started; zero where unknown.
	pub uptime: u64,
	/// Energy used since the driver was loaded, in millijoules; zero where it is not counted.
	pub energy: u64,
	/// Uncorrected memory errors since the driver was loaded.
	pub uncorrected_errors: u64,
}

/// One signed report: what a machine says of one window.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
)]
pub struct TelemetryReport {
	/// The window reported, in the machine's class.
	pub window: WindowIndex,
	/// The numbers.
	pub summary: TelemetrySummary,
	/// The counters at its end.
	pub counters: TelemetryCounters,
	/// Root of the Merkle tree over the SCALE-encoded samples, as `exabits_math::merkle` makes it.
	pub root: H256,
}

/// What is known of a window from a machine's report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reported {
	/// What the machine said.
	Summary(TelemetrySummary),
	/// The machine could not show a sample that an anchor demanded: nothing that it says of the window counts.
	Void,
}

#[cfg(test)]
mod tests {
	use super::*;

	fn sample(devices: &[DeviceSample]) -> Sample {
		let devices = devices.to_vec().try_into().expect("few enough");
		Sample { at_millis: 1, uptime: None, load: None, devices }
	}

	fn device(index: u32) -> DeviceSample {
		DeviceSample {
			index,
			utilisation: Some(MILLION),
			memory_used: Some(10),
			memory_total: Some(10),
			energy_mj: Some(MAX_ENERGY),
			temperature: Some(MAX_TEMPERATURE),
			ecc_uncorrected: Some(u64::from(u32::MAX)),
			throttle: Some(u64::MAX),
			sm_clock: Some(MAX_CLOCK),
			mem_clock: Some(MAX_CLOCK),
		}
	}

	#[test]
	fn limits_are_inclusive() {
		assert_eq!(sample(&[device(0), device(2), device(15)]).check(), Ok(()));
		assert_eq!(sample(&[DeviceSample::default()]).check(), Ok(()));
	}

	#[test]
	fn each_value_has_a_limit() {
		let beyond = |change: fn(&mut DeviceSample)| {
			let mut device = device(3);
			change(&mut device);
			match sample(&[device]).check() {
				Err(Implausible::Range { device: 3, field, .. }) => field,
				other => panic!("{other:?}"),
			}
		};
		assert_eq!(beyond(|d| d.utilisation = Some(MILLION + 1)), "utilisation");
		assert_eq!(beyond(|d| d.memory_used = Some(11)), "memory_used");
		assert_eq!(beyond(|d| d.memory_total = Some(MAX_MEMORY + 1)), "memory_total");
		assert_eq!(beyond(|d| d.energy_mj = Some(MAX_ENERGY + 1)), "energy_mj");
		assert_eq!(beyond(|d| d.temperature = Some(MAX_TEMPERATURE + 1)), "temperature");
		assert_eq!(beyond(|d| d.ecc_uncorrected = Some(1 << 32)), "ecc_uncorrected");
		assert_eq!(beyond(|d| d.sm_clock = Some(MAX_CLOCK + 1)), "sm_clock");
		assert_eq!(beyond(|d| d.mem_clock = Some(MAX_CLOCK + 1)), "mem_clock");
		let mut loaded = sample(&[device(0)]);
		loaded.load = Some(MAX_LOAD + 1);
		assert_eq!(loaded.check(), Err(Implausible::Load(MAX_LOAD + 1)));
		let mut old = sample(&[device(0)]);
		old.uptime = Some(MAX_UPTIME + 1);
		assert_eq!(old.check(), Err(Implausible::Uptime(MAX_UPTIME + 1)));
	}

	#[test]
	fn devices_come_once_and_in_order() {
		assert_eq!(sample(&[]).check(), Err(Implausible::NoDevices));
		assert_eq!(sample(&[device(1), device(1)]).check(), Err(Implausible::Order(1)));
		assert_eq!(sample(&[device(1), device(0)]).check(), Err(Implausible::Order(0)));
		assert_eq!(sample(&[device(16)]).check(), Err(Implausible::Order(16)));
	}

	#[test]
	fn devices_have_identifiers_of_their_own() {
		let names = ["", "GPU-1", "GPU-2"].map(device_id);
		assert!((1..3).all(|n| names[n] != names[n - 1]));
		assert_eq!(device_id("GPU-1"), names[1]);
	}
}
