//! The host itself as one device: processor, memory and load.

use super::{
	now_millis, uptime, DeviceInfo, DeviceSample, Inventory, Kind, Sample, Source, SourceError, MILLION,
};
use std::thread;
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System, MINIMUM_CPU_UPDATE_INTERVAL};

/// The host's processor and memory.
pub struct Host {
	system: System,
	inventory: Inventory,
}

impl Host {
	/// Finds the processor; takes a fifth of a second, so that the first sample already has a span to
	/// measure utilisation over.
	pub fn open() -> Result<Self, SourceError> {
		let what = RefreshKind::nothing()
			.with_cpu(CpuRefreshKind::nothing().with_usage())
			.with_memory(MemoryRefreshKind::nothing().with_ram());
		let system =
			System::new_with_specifics(what).map_err(|error| SourceError::Host(format!("{error:?}")))?;
		let cores = system.cpus().len();
		let brand = system.cpus().first().map(|cpu| cpu.brand().trim().to_owned()).unwrap_or_default();
		let brand = if brand.is_empty() { "CPU".to_owned() } else { brand };
		let device = DeviceInfo {
			index: 0,
			uuid: None,
			serial: None,
			name: format!("{brand}, {cores} logical cores"),
			memory: system.total_memory(),
		};
		let inventory = Inventory {
			source: Kind::Host,
			driver: System::kernel_version().ok(),
			devices: vec![device].try_into().map_err(|_| SourceError::NoDevice)?,
		};
		inventory.check()?;
		thread::sleep(MINIMUM_CPU_UPDATE_INTERVAL);
		Ok(Self { system, inventory })
	}
}

impl Source for Host {
	fn inventory(&self) -> &Inventory {
		&self.inventory
	}

	fn sample(&mut self) -> Result<Sample, SourceError> {
		let at_millis = now_millis();
		self.system.refresh_cpu_usage();
		self.system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
		let total = self.system.total_memory();
		let device = DeviceSample {
			index: 0,
			utilisation: scaled(f64::from(self.system.global_cpu_usage()) / 100.0, MILLION)
				.map(|share| share.min(MILLION)),
			memory_used: Some(self.system.used_memory().min(total)),
			memory_total: Some(total),
			..DeviceSample::default()
		};
		let load = System::load_average().ok().and_then(|load| scaled(load.one, 1_000));
		let devices = vec![device].try_into().map_err(|_| SourceError::NoDevice)?;
		let sample = Sample { at_millis, uptime: uptime(), load, devices };
		sample.check()?;
		Ok(sample)
	}
}

/// `value` times `scale` as an integer, rounded down; `None` for what is no number or negative.
fn scaled(value: f64, scale: u32) -> Option<u32> {
	let scaled = value * f64::from(scale);
	// A cast of a float saturates, so a value beyond the type becomes the largest one.
	(scaled.is_finite() && scaled >= 0.0).then_some(scaled as u32)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn floats_become_integers_without_surprises() {
		assert_eq!(scaled(0.5, MILLION), Some(500_000));
		assert_eq!(scaled(1.2345, 1_000), Some(1_234));
		assert_eq!(scaled(1e30, 1_000), Some(u32::MAX));
		assert_eq!(scaled(-0.1, 1_000), None);
		assert_eq!(scaled(f64::NAN, 1_000), None);
	}

	#[test]
	fn the_host_gives_plausible_numbers() {
		let mut host = Host::open().expect("this machine is a host");
		assert_eq!(host.inventory().devices.len(), 1);
		assert!(host.inventory().devices[0].memory > 1 << 20);
		let sample = host.sample().expect("measurable");
		let device = &sample.devices[0];
		assert!(sample.at_millis > 1_600_000_000_000);
		assert!(device.utilisation.is_some_and(|share| share <= MILLION));
		assert!(device.memory_used.is_some_and(|used| used > 0));
		assert!(device.memory_used < device.memory_total);
		assert_eq!((device.energy_mj, device.temperature), (None, None));
	}
}
