//! Where samples come from: one trait, two sources, and the types that both produce.

pub mod host;
pub mod nvml;

use clap::ValueEnum;
use codec::{Decode, Encode};
use serde::{Deserialize, Serialize};
use sp_core::{bounded::BoundedVec, ConstU32};
use std::{
	path::{Path, PathBuf},
	time::{SystemTime, UNIX_EPOCH},
};

/// Devices that one machine has at most.
pub const MAX_DEVICES: u32 = 16;

/// Parts per million in a whole.
pub(crate) const MILLION: u32 = 1_000_000;

/// The longest text in an inventory, in bytes.
const MAX_TEXT: usize = 128;
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

/// What the user wants measured.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Choice {
	/// NVML where it loads and shows a device, else the host.
	#[default]
	Auto,
	/// NVML or nothing.
	Nvml,
	/// The host's processor and memory.
	Host,
}

impl Choice {
	/// The name on the command line.
	pub const fn as_str(self) -> &'static str {
		match self {
			Self::Auto => "auto",
			Self::Nvml => "nvml",
			Self::Host => "host",
		}
	}
}

/// What was found to measure.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
	/// GPUs, through NVML.
	Nvml,
	/// The host itself, as one device.
	Host,
}

/// One device, as found at the start.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct DeviceInfo {
	/// The source's own number for the device; samples name devices by it.
	pub index: u32,
	/// Unique identifier given by the vendor.
	pub uuid: Option<String>,
	/// Serial number of the board.
	pub serial: Option<String>,
	/// Product name.
	pub name: String,
	/// Memory in bytes; zero where unknown.
	pub memory: u64,
}

/// What a source measures, asked once at the start since it is slow to ask.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Inventory {
	/// Which source it is.
	pub source: Kind,
	/// Version of the GPU driver, or of the kernel for the host.
	pub driver: Option<String>,
	/// The devices, in the order of their indices.
	pub devices: BoundedVec<DeviceInfo, ConstU32<MAX_DEVICES>>,
}

/// What one device shows at one moment; `None` is what the hardware does not tell.
#[derive(Serialize, Deserialize, Encode, Decode, Clone, PartialEq, Eq, Default, Debug)]
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

/// All devices at one moment. Its SCALE encoding is a leaf of the window's Merkle tree.
#[derive(Serialize, Deserialize, Encode, Decode, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Sample {
	/// When it was taken, in milliseconds of Unix time.
	pub at_millis: u64,
	/// Load average of the host over one minute, in thousandths; only from the host source.
	pub load: Option<u32>,
	/// The devices, in the order of the inventory.
	pub devices: BoundedVec<DeviceSample, ConstU32<MAX_DEVICES>>,
}

/// One line that the collector prints.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Message {
	/// The first line.
	Inventory(Inventory),
	/// Every other line.
	Sample(Sample),
}

/// Why a message is not plausible.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum Implausible {
	/// There is nothing in it.
	#[error("no devices")]
	NoDevices,
	/// Devices are doubled, out of order or numbered too high.
	#[error("device {0} is doubled or out of order")]
	Order(u32),
	/// A value is out of any range that hardware has.
	#[error("device {device}: {field} is {value}")]
	Range {
		/// The device.
		device: u32,
		/// What is wrong.
		field: &'static str,
		/// Its value.
		value: u64,
	},
	/// The host's load is out of range.
	#[error("load is {0}")]
	Load(u32),
	/// A text is too long or has control characters.
	#[error("{0} is too long or has control characters")]
	Text(&'static str),
}

/// Indices must rise, so that a device is there once.
fn check_order(indices: impl Iterator<Item = u32>) -> Result<(), Implausible> {
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

fn check_text(field: &'static str, text: Option<&str>) -> Result<(), Implausible> {
	match text {
		Some(text) if text.len() > MAX_TEXT || text.chars().any(char::is_control) => {
			Err(Implausible::Text(field))
		}
		_ => Ok(()),
	}
}

impl Inventory {
	/// Checks what may come from a hostile library: order, texts and sizes.
	pub fn check(&self) -> Result<(), Implausible> {
		check_order(self.devices.iter().map(|device| device.index))?;
		check_text("driver", self.driver.as_deref())?;
		for device in &self.devices {
			check_text("uuid", device.uuid.as_deref())?;
			check_text("serial", device.serial.as_deref())?;
			check_text("name", Some(&device.name))?;
			if device.memory > MAX_MEMORY {
				let (field, value) = ("memory", device.memory);
				return Err(Implausible::Range { device: device.index, field, value });
			}
		}
		Ok(())
	}
}

impl DeviceSample {
	/// Whether the device told nothing at all.
	pub fn is_silent(&self) -> bool {
		*self == Self { index: self.index, ..Self::default() }
	}

	fn check(&self) -> Result<(), Implausible> {
		let ranges = [
			("utilisation", self.utilisation.map(u64::from), u64::from(MILLION)),
			("memory_total", self.memory_total, MAX_MEMORY),
			("memory_used", self.memory_used, self.memory_total.unwrap_or(MAX_MEMORY)),
			("energy_mj", self.energy_mj, MAX_ENERGY),
			("temperature", self.temperature.map(u64::from), u64::from(MAX_TEMPERATURE)),
			("ecc_uncorrected", self.ecc_uncorrected, u64::from(u32::MAX)),
			("sm_clock", self.sm_clock.map(u64::from), u64::from(MAX_CLOCK)),
			("mem_clock", self.mem_clock.map(u64::from), u64::from(MAX_CLOCK)),
		];
		for (field, value, most) in ranges {
			if let Some(value) = value.filter(|value| *value > most) {
				return Err(Implausible::Range { device: self.index, field, value });
			}
		}
		Ok(())
	}
}

impl Sample {
	/// Checks what may come from a hostile library: order and ranges.
	pub fn check(&self) -> Result<(), Implausible> {
		check_order(self.devices.iter().map(|device| device.index))?;
		if let Some(load) = self.load.filter(|load| *load > MAX_LOAD) {
			return Err(Implausible::Load(load));
		}
		self.devices.iter().try_for_each(DeviceSample::check)
	}
}

/// Something that can be measured again and again.
pub trait Source {
	/// What is measured; known since the source was opened.
	fn inventory(&self) -> &Inventory;

	/// Measures every device once. Nothing slow: no enumeration and no names.
	fn sample(&mut self) -> Result<Sample, SourceError>;
}

/// Why there is no source or no sample.
#[derive(thiserror::Error, Debug)]
pub enum SourceError {
	/// NVML could not be used.
	#[error("cannot use NVML ({}): {error}", .library.as_deref().unwrap_or(Path::new("default library")).display())]
	Nvml {
		/// The library asked for.
		library: Option<PathBuf>,
		/// What it said.
		error: nvml_wrapper::error::NvmlError,
	},
	/// NVML works but shows no device that can be opened.
	#[error("NVML shows no usable device")]
	NoDevice,
	/// The host could not be measured.
	#[error("cannot measure the host: {0}")]
	Host(String),
	/// No device told anything.
	#[error("no device answers")]
	Silent,
	/// What was told cannot be true.
	#[error("implausible: {0}")]
	Implausible(#[from] Implausible),
}

/// A source that is ready, and, where the host is measured in NVML's place, why.
pub type Opened = (Box<dyn Source>, Option<SourceError>);

/// Opens the source that the user chose. `library` is NVML's path, for another than the system's.
pub fn open(choice: Choice, library: Option<&Path>) -> Result<Opened, SourceError> {
	match choice {
		Choice::Nvml => Ok((Box::new(nvml::Nvml::open(library)?), None)),
		Choice::Host => Ok((Box::new(host::Host::open()?), None)),
		Choice::Auto => match nvml::Nvml::open(library) {
			Ok(source) => Ok((Box::new(source), None)),
			Err(error) => Ok((Box::new(host::Host::open()?), Some(error))),
		},
	}
}

/// Now, in milliseconds of Unix time; zero for a clock set before 1970.
pub(crate) fn now_millis() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn sample(devices: &[DeviceSample]) -> Sample {
		let devices = devices.to_vec().try_into().expect("few enough");
		Sample { at_millis: 1, load: None, devices }
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
	}

	#[test]
	fn devices_come_once_and_in_order() {
		assert_eq!(sample(&[]).check(), Err(Implausible::NoDevices));
		assert_eq!(sample(&[device(1), device(1)]).check(), Err(Implausible::Order(1)));
		assert_eq!(sample(&[device(1), device(0)]).check(), Err(Implausible::Order(0)));
		assert_eq!(sample(&[device(16)]).check(), Err(Implausible::Order(16)));
	}

	#[test]
	fn texts_are_bounded_and_printable() {
		let inventory = |name: &str, memory| {
			let device = DeviceInfo { index: 0, uuid: None, serial: None, name: name.into(), memory };
			let devices = vec![device].try_into().expect("one");
			Inventory { source: Kind::Host, driver: None, devices }.check()
		};
		assert_eq!(inventory(&"x".repeat(MAX_TEXT), MAX_MEMORY), Ok(()));
		assert_eq!(inventory(&"x".repeat(MAX_TEXT + 1), 0), Err(Implausible::Text("name")));
		assert_eq!(inventory("x\u{1b}[2J", 0), Err(Implausible::Text("name")));
		assert!(matches!(inventory("x", MAX_MEMORY + 1), Err(Implausible::Range { field: "memory", .. })));
	}

	#[test]
	fn a_seventeenth_device_is_refused_in_json_and_scale() {
		let device = serde_json::to_string(&device(0)).expect("plain data");
		let json = |count| {
			let devices = vec![device.as_str(); count].join(",");
			serde_json::from_str::<Sample>(&format!(r#"{{"at_millis":1,"load":null,"devices":[{devices}]}}"#))
		};
		assert!(json(16).is_ok());
		assert!(json(17).is_err());
		let scale = |count| (1u64, None::<u32>, vec![DeviceSample::default(); count]).encode();
		assert!(Sample::decode(&mut &scale(16)[..]).is_ok());
		assert!(Sample::decode(&mut &scale(17)[..]).is_err());
	}

	#[test]
	fn names_on_the_command_line_match() {
		for choice in Choice::value_variants() {
			let shown = choice.to_possible_value().map(|value| value.get_name().to_owned());
			assert_eq!(shown.as_deref(), Some(choice.as_str()));
		}
	}
}
