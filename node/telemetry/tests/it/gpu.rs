//! The collector on NVML itself. A machine without it passes these over.

use crate::COLLECTOR;
use exabits_telemetry::{source::Kind, Choice, Config, Event, Inventory, Message, Supervisor, WindowBuilder};
use std::{
	process::{Command, Stdio},
	time::Duration,
};
use tokio::time::timeout;

/// How long a GPU may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What NVML shows, or nothing where there is none.
fn inventory() -> Option<Inventory> {
	let output = Command::new(COLLECTOR)
		.args(["--source", "nvml", "--inventory"])
		.stdin(Stdio::null())
		.output()
		.expect("the collector starts");
	if !output.status.success() {
		println!("no NVML: not tested");
		return None;
	}
	match serde_json::from_slice(&output.stdout).expect("a message") {
		Message::Inventory(inventory) => Some(inventory),
		Message::Sample(_) => panic!("no inventory"),
	}
}

#[tokio::test]
async fn nvml_makes_a_window_and_survives_its_childs_end() {
	let Some(inventory) = inventory() else { return };
	assert_eq!(inventory.source, Kind::Nvml);
	assert!(inventory.driver.is_some());
	for device in &inventory.devices {
		assert!(device.uuid.as_deref().is_some_and(|uuid| uuid.contains('-')), "{device:?}");
		assert!(device.memory > 1 << 30, "{device:?}");
	}

	let interval = Duration::from_millis(100);
	let config = Config { source: Choice::Nvml, interval, ..Config::new(COLLECTOR.into()) };
	let (handle, mut events) = Supervisor::new(config).spawn();
	let mut window = WindowBuilder::new(1.into());
	let (mut samples, mut restarts) = (Vec::new(), 0);
	while samples.len() < 30 {
		match timeout(PATIENCE, events.recv()).await.expect("in time").expect("still running") {
			Event::Inventory(again) => assert_eq!(again, inventory),
			Event::Restarted { .. } => restarts += 1,
			Event::Sample(sample) => {
				samples.push(sample.clone());
				window.push(sample).expect("in order");
				if samples.len() == 15 {
					let child = handle.counters().child().expect("it runs");
					let killed = Command::new("kill").args(["-9", &child.to_string()]).status();
					assert!(killed.expect("kill runs").success());
				}
			}
		}
	}
	handle.stop().await;
	assert_eq!(restarts, 1);

	for sample in &samples {
		assert_eq!(sample.devices.len(), inventory.devices.len());
		for (device, known) in sample.devices.iter().zip(&inventory.devices) {
			assert_eq!(device.memory_total, Some(known.memory));
			assert!(device.memory_used <= device.memory_total);
			assert!(device.utilisation.is_some() && device.sm_clock.is_some_and(|clock| clock > 0));
			assert!(device.temperature.is_some_and(|degrees| (5_000..120_000).contains(&degrees)));
		}
	}
	let closed = window.finish(30).expect("samples");
	assert_eq!((closed.summary.samples, closed.leaves.len()), (30, 30));
	for device in 0..inventory.devices.len() {
		let energy: Option<Vec<u64>> =
			samples.iter().map(|sample| sample.devices[device].energy_mj).collect();
		// Not all products count it. Those that do take between 1 W and 2 kW.
		let Some(energy) = energy else { continue };
		assert!(energy.is_sorted());
		let millis = samples[29].at_millis - samples[0].at_millis;
		let watts = (energy[29] - energy[0]) / millis;
		assert!((1..2_000).contains(&watts), "{watts} W");
	}
	println!("{} samples, root {:?}, {:?}", closed.summary.samples, closed.root, closed.summary);
}
