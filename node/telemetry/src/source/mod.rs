//! Where samples come from: one trait, two sources, and the types that both produce.

pub mod host;
pub mod nvml;

pub use exabits_primitives::{
	telemetry::{DeviceSample, Implausible, Sample, MILLION},
	MAX_DEVICES,
};

use clap::ValueEnum;
use exabits_primitives::telemetry::{check_memory, check_order};
use serde::{Deserialize, Serialize};
use sp_core::{bounded::BoundedVec, ConstU32};
use std::{
	path::{Path, PathBuf},
	time::{SystemTime, UNIX_EPOCH},
};

/// The longest text in an inventory, in bytes.
const MAX_TEXT: usize = 128;

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

/// One line that the collector prints.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Message {
	/// The first line.
	Inventory(Inventory),
	/// Every other line.
	Sample(Sample),
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
			check_memory(device.index, device.memory)?;
		}
		Ok(())
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

/// How long the host has been running, in seconds, where the system tells.
pub(crate) fn uptime() -> Option<u64> {
	sysinfo::System::uptime().ok()
}

/// Now, in milliseconds of Unix time; zero for a clock set before 1970.
pub(crate) fn now_millis() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::{Decode, Encode};

	#[test]
	fn texts_are_bounded_and_printable() {
		const MAX_MEMORY: u64 = 1 << 50;
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
		let device = serde_json::to_string(&DeviceSample::default()).expect("plain data");
		let json = |count| {
			let devices = vec![device.as_str(); count].join(",");
			serde_json::from_str::<Sample>(&format!(r#"{{"at_millis":1,"load":null,"devices":[{devices}]}}"#))
		};
		assert!(json(16).is_ok());
		assert!(json(17).is_err());
		let scale = |count| (1u64, None::<u64>, None::<u32>, vec![DeviceSample::default(); count]).encode();
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
