//! GPUs through the NVIDIA Management Library, which is opened while the program runs.

use super::{
	now_millis, uptime, DeviceInfo, DeviceSample, Inventory, Kind, Sample, Source, SourceError, MAX_DEVICES,
};
use nvml_wrapper::{
	enum_wrappers::device::{Clock, EccCounter, MemoryError, TemperatureSensor},
	error::NvmlError,
	Device,
};
use std::path::Path;

/// NVML's percent in parts per million.
const PERCENT: u32 = 10_000;

/// The devices of NVML, opened once.
pub struct Nvml {
	inventory: Inventory,
	devices: Vec<(u32, Device<'static>)>,
}

impl Nvml {
	/// Opens the library, the system's own where none is given, and its first 16 devices.
	///
	/// A device that cannot be opened, for lack of permission or because it fell off its bus, is left out.
	pub fn open(library: Option<&Path>) -> Result<Self, SourceError> {
		let refused = |error| SourceError::Nvml { library: library.map(Into::into), error };
		let mut builder = nvml_wrapper::Nvml::builder();
		if let Some(library) = library {
			builder.lib_path(library.as_os_str());
		}
		// For the rest of the process: handles borrow the library, and to leave without unloading it spares
		// running its clean-up code, which may hang.
		let nvml: &'static nvml_wrapper::Nvml = Box::leak(Box::new(builder.init().map_err(refused)?));
		let count = nvml.device_count().map_err(refused)?.min(MAX_DEVICES);
		let devices: Vec<_> =
			(0..count).filter_map(|index| Some((index, nvml.device_by_index(index).ok()?))).collect();
		let described: Vec<_> = devices.iter().map(|(index, device)| describe(*index, device)).collect();
		if described.is_empty() {
			return Err(SourceError::NoDevice);
		}
		let inventory = Inventory {
			source: Kind::Nvml,
			driver: nvml.sys_driver_version().ok(),
			devices: described.try_into().map_err(|_| SourceError::NoDevice)?,
		};
		inventory.check()?;
		Ok(Self { inventory, devices })
	}
}

impl Source for Nvml {
	fn inventory(&self) -> &Inventory {
		&self.inventory
	}

	fn sample(&mut self) -> Result<Sample, SourceError> {
		let at_millis = now_millis();
		let devices: Vec<_> = self.devices.iter().map(|(index, device)| read(*index, device)).collect();
		if devices.iter().all(DeviceSample::is_silent) {
			return Err(SourceError::Silent);
		}
		let devices = devices.try_into().map_err(|_| SourceError::NoDevice)?;
		let sample = Sample { at_millis, uptime: uptime(), load: None, devices };
		sample.check()?;
		Ok(sample)
	}
}

fn describe(index: u32, device: &Device<'_>) -> DeviceInfo {
	DeviceInfo {
		index,
		uuid: device.uuid().ok(),
		serial: device.serial().ok(),
		name: device.name().unwrap_or_else(|_| "unnamed GPU".into()),
		memory: device.memory_info().map(|memory| memory.total).unwrap_or_default(),
	}
}

/// One device; a value that it cannot give is left out and does not harm the others.
///
/// Values are scaled to our units, saturating: what is beyond the type is beyond plausible too and is found by
/// the check of the whole sample.
fn read(index: u32, device: &Device<'_>) -> DeviceSample {
	let memory = known(device.memory_info());
	DeviceSample {
		index,
		utilisation: known(device.utilization_rates()).map(|rates| rates.gpu.saturating_mul(PERCENT)),
		memory_used: memory.as_ref().map(|memory| memory.used),
		memory_total: memory.as_ref().map(|memory| memory.total),
		energy_mj: known(device.total_energy_consumption()),
		temperature: known(device.temperature(TemperatureSensor::Gpu))
			.map(|degrees| degrees.saturating_mul(1_000)),
		ecc_uncorrected: known(device.total_ecc_errors(MemoryError::Uncorrected, EccCounter::Volatile)),
		throttle: known(device.current_throttle_reasons()).map(|reasons| reasons.bits()),
		sm_clock: known(device.clock_info(Clock::SM)),
		mem_clock: known(device.clock_info(Clock::Memory)),
	}
}

/// Drops the reason: not supported, not permitted, not in this driver and lost all mean that it is not known.
fn known<T>(value: Result<T, NvmlError>) -> Option<T> {
	value.ok()
}
