//! The binary by hand: its lines, its errors, and when it ends.

use crate::{devices, fake_nvml, fault, Scenario, COLLECTOR, SCENARIO};
use exabits_telemetry::{source::Kind, Inventory, Message, Sample};
use serde_json::json;
use std::{
	io::{BufRead, BufReader, Read},
	path::Path,
	process::{Child, Command, Output, Stdio},
	thread,
	time::{Duration, Instant},
};

/// Runs the collector to its end.
fn run(arguments: &[&str], library: Option<&Path>, scenario: Option<&Scenario>) -> Output {
	command(arguments, library, scenario).output().expect("the collector starts")
}

fn command(arguments: &[&str], library: Option<&Path>, scenario: Option<&Scenario>) -> Command {
	let mut command = Command::new(COLLECTOR);
	command.args(arguments).stdin(Stdio::null()).env_remove(SCENARIO);
	if let Some(library) = library {
		command.arg("--nvml-library").arg(library);
	}
	if let Some(scenario) = scenario {
		command.env(SCENARIO, scenario.path());
	}
	command
}

/// The inventory and the samples that a run printed.
fn read(output: &Output) -> (Inventory, Vec<Sample>) {
	let lines = std::str::from_utf8(&output.stdout).expect("text").lines();
	let mut messages = lines.map(|line| serde_json::from_str(line).expect("a message"));
	let Some(Message::Inventory(inventory)) = messages.next() else { panic!("no inventory: {output:?}") };
	let samples = messages.map(|message| match message {
		Message::Sample(sample) => sample,
		Message::Inventory(_) => panic!("a second inventory"),
	});
	(inventory, samples.collect())
}

/// The only line on standard error.
fn complaint(output: &Output) -> &str {
	let text = std::str::from_utf8(&output.stderr).expect("text");
	assert_eq!(text.lines().count(), 1, "{text}");
	text.trim_end()
}

#[test]
fn samples_come_through_a_library_opened_at_run_time() {
	let scenario = Scenario::new(devices(), json!([]));
	let output = run(
		&["--source", "nvml", "--samples", "4", "--interval-ms", "10"],
		Some(&fake_nvml()),
		Some(&scenario),
	);
	assert!(output.status.success(), "{output:?}");
	let (inventory, samples) = read(&output);
	assert_eq!((inventory.source, inventory.driver.as_deref()), (Kind::Nvml, Some("999.01")));
	let [first, second] = &inventory.devices[..] else { panic!("two devices") };
	assert_eq!(first.uuid.as_deref(), Some("GPU-00000000-0000-0000-0000-000000000001"));
	assert_eq!(first.serial.as_deref(), Some("1320000000001"));
	assert_eq!((first.index, first.name.as_str(), first.memory), (0, "Test GPU 80GB", 1000));
	assert_eq!(
		(second.index, second.name.as_str(), &second.uuid, &second.serial),
		(1, "Old GPU", &None, &None)
	);

	assert_eq!(samples.len(), 4);
	let numbers = samples.iter().map(|sample| {
		let device = &sample.devices[0];
		(device.utilisation, device.energy_mj, device.temperature, device.throttle, device.sm_clock)
	});
	let expected = [
		(Some(100_000), Some(5000), Some(41_000), Some(0), Some(1980)),
		(Some(200_000), Some(5700), Some(42_000), Some(4), Some(1970)),
		(Some(1_000_000), Some(6400), Some(43_000), Some(64), Some(1960)),
		(Some(1_000_000), Some(6400), Some(43_000), Some(64), Some(1960)),
	];
	assert!(numbers.eq(expected), "{samples:?}");
	let last = &samples[2];
	// The inventory asked for the memory first.
	assert_eq!((last.devices[0].memory_used, last.devices[0].memory_total), (Some(300), Some(1000)));
	assert_eq!((last.devices[0].ecc_uncorrected, last.devices[0].mem_clock), (Some(1), Some(2619)));
	let little = &last.devices[1];
	assert_eq!((little.index, little.utilisation), (1, Some(50_000)));
	assert_eq!((little.memory_used, little.energy_mj, little.temperature), (None, None, None));
	assert!(samples.windows(2).all(|pair| pair[0].at_millis < pair[1].at_millis), "{samples:?}");
}

#[test]
fn a_field_that_fails_is_left_out() {
	let scenario = Scenario::new(devices(), fault("nvmlDeviceGetTemperature", 2, json!({ "error": 15 })));
	let output = run(
		&["--source", "nvml", "--samples", "2", "--interval-ms", "10"],
		Some(&fake_nvml()),
		Some(&scenario),
	);
	let (_, samples) = read(&output);
	let temperatures: Vec<_> = samples.iter().map(|sample| sample.devices[0].temperature).collect();
	assert_eq!(temperatures, [Some(41_000), None]);
	assert_eq!(samples[1].devices[0].utilisation, Some(200_000));
}

#[test]
fn the_inventory_alone() {
	let scenario = Scenario::new(devices(), json!([]));
	let output = run(&["--inventory"], Some(&fake_nvml()), Some(&scenario));
	assert!(output.status.success(), "{output:?}");
	let (inventory, samples) = read(&output);
	assert_eq!((inventory.devices.len(), samples.len()), (2, 0));
}

#[test]
fn auto_measures_the_host_without_a_library() {
	let output =
		run(&["--samples", "2", "--interval-ms", "250"], Some(Path::new("/nonexistent/nvml.so")), None);
	assert!(output.status.success(), "{output:?}");
	let (inventory, samples) = read(&output);
	assert_eq!((inventory.source, inventory.devices.len(), samples.len()), (Kind::Host, 1, 2));
	let line = complaint(&output);
	assert!(line.contains("measuring the host") && line.contains("/nonexistent/nvml.so"), "{line}");
	for sample in samples {
		let device = &sample.devices[0];
		assert!(device.utilisation.is_some_and(|share| share <= 1_000_000));
		assert!(device.memory_total > Some(1 << 20) && device.memory_used < device.memory_total);
		assert!(sample.load.is_some());
	}
}

#[test]
fn auto_measures_the_host_where_nvml_has_no_device() {
	let scenario = Scenario::new(json!([]), json!([]));
	let output = run(&["--inventory"], Some(&fake_nvml()), Some(&scenario));
	assert_eq!(read(&output).0.source, Kind::Host);
	assert!(complaint(&output).ends_with("NVML shows no usable device"));
}

#[test]
fn nvml_alone_fails_without_a_library() {
	let output = run(&["--source", "nvml", "--samples", "1"], Some(Path::new("/nonexistent/nvml.so")), None);
	assert!(!output.status.success());
	assert!(output.stdout.is_empty());
	let line = complaint(&output);
	assert!(line.contains("cannot use NVML (/nonexistent/nvml.so)"), "{line}");
	assert!(line.contains("No such file"), "{line}");
}

#[test]
fn a_file_that_is_no_library_is_refused() {
	let scenario = Scenario::new(devices(), json!([]));
	let output = run(&["--source", "nvml", "--samples", "1"], Some(&scenario.path()), None);
	assert!(!output.status.success());
	assert!(complaint(&output).contains("cannot use NVML"));
}

#[test]
fn a_malformed_scenario_is_named_in_a_line() {
	let devices = devices();
	let broken = [
		("{".to_owned(), "line 1 column 1"),
		(json!({ "driver": "1", "devices": devices, "extra": 1 }).to_string(), "extra"),
		(
			json!({ "driver": "1", "devices": [], "faults": fault("nvmlNothing", 0, json!("hang")) })
				.to_string(),
			"no function nvmlNothing",
		),
	];
	for (text, said) in broken {
		let scenario = Scenario::text(&text);
		let output = run(&["--source", "nvml", "--samples", "1"], Some(&fake_nvml()), Some(&scenario));
		assert!(!output.status.success());
		assert!(output.stdout.is_empty());
		let text = String::from_utf8_lossy(&output.stderr);
		let lines: Vec<_> = text.lines().collect();
		let [library, collector] = &lines[..] else { panic!("{text}") };
		assert!(library.starts_with("fake NVML: scenario ") && library.contains(said), "{library}");
		assert!(collector.contains("cannot use NVML"), "{collector}");
	}
}

#[test]
fn a_missing_scenario_is_named_in_a_line() {
	let output = run(&["--source", "nvml", "--samples", "1"], Some(&fake_nvml()), None);
	assert!(!output.status.success());
	assert!(String::from_utf8_lossy(&output.stderr).contains("EXABITS_FAKE_NVML does not name a scenario"));
}

#[test]
fn garbage_is_not_printed() {
	let mut devices = devices();
	devices[0]["utilisation"] = json!([10, 4_000_000_000u32, 20]);
	let scenario = Scenario::new(devices, json!([]));
	let output = run(
		&["--source", "nvml", "--samples", "2", "--interval-ms", "10"],
		Some(&fake_nvml()),
		Some(&scenario),
	);
	let (_, samples) = read(&output);
	let shares: Vec<_> = samples.iter().map(|sample| sample.devices[0].utilisation).collect();
	assert_eq!(shares, [Some(100_000), Some(200_000)]);
	let line = complaint(&output);
	assert!(line.contains("sample left out: implausible: device 0: utilisation is 4294967295"), "{line}");
}

#[test]
fn nothing_but_garbage_ends_the_collector() {
	let mut devices = devices();
	devices[0]["memory_used"] = json!([1001]);
	let scenario = Scenario::new(devices, json!([]));
	let output = run(
		&["--source", "nvml", "--interval-ms", "10", "--samples", "1"],
		Some(&fake_nvml()),
		Some(&scenario),
	);
	assert!(!output.status.success());
	assert_eq!(read(&output).1, []);
	let text = String::from_utf8_lossy(&output.stderr);
	assert!(text.lines().last().is_some_and(|line| line.contains("5 samples in a row failed")), "{text}");
}

#[test]
fn lost_devices_end_the_collector() {
	let only =
		json!([{ "uuid": null, "serial": null, "name": "GPU", "memory_total": 50, "utilisation": [5] }]);
	let lost = fault("nvmlDeviceGetUtilizationRates", 1, json!({ "error": 15 }));
	let scenario = Scenario::new(only, lost);
	let output = run(
		&["--source", "nvml", "--interval-ms", "10", "--samples", "3"],
		Some(&fake_nvml()),
		Some(&scenario),
	);
	assert!(!output.status.success());
	assert_eq!(read(&output).1.len(), 1);
	assert!(String::from_utf8_lossy(&output.stderr).contains("no device answers"));
}

#[test]
fn wrong_arguments_are_refused() {
	for arguments in
		[["--interval-ms", "9"], ["--interval-ms", "x"], ["--source", "tpu"], ["--samples", "-1"]]
	{
		let output = run(&arguments, None, None);
		assert_eq!(output.status.code(), Some(2), "{arguments:?}");
		assert!(output.stdout.is_empty());
	}
}

/// Waits for the child's end, and kills it where that does not come within a minute.
fn ends(child: &mut Child) -> bool {
	let start = Instant::now();
	while start.elapsed() < Duration::from_secs(60) {
		if child.try_wait().expect("our child").is_some() {
			return true;
		}
		thread::sleep(Duration::from_millis(20));
	}
	child.kill().expect("our child");
	child.wait().expect("our child");
	false
}

#[test]
fn it_ends_when_standard_input_closes() {
	let mut child = command(&["--source", "host", "--interval-ms", "60000"], None, None)
		.stdin(Stdio::piped())
		.stdout(Stdio::piped())
		.spawn()
		.expect("starts");
	let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
	assert!(lines.next().is_some_and(|line| line.is_ok()));
	assert!(lines.next().is_some_and(|line| line.is_ok()));
	assert!(child.try_wait().expect("our child").is_none());
	drop(child.stdin.take());
	assert!(ends(&mut child));
}

#[test]
fn it_ends_with_its_parent_also_while_the_library_hangs() {
	let scenario = Scenario::new(devices(), fault("nvmlInit_v2", 0, json!("hang")));
	let mut child = command(&["--source", "nvml"], Some(&fake_nvml()), Some(&scenario))
		.stdin(Stdio::piped())
		.stdout(Stdio::piped())
		.spawn()
		.expect("starts");
	thread::sleep(Duration::from_millis(300));
	assert!(child.try_wait().expect("our child").is_none());
	drop(child.stdin.take());
	assert!(ends(&mut child));
	let mut printed = String::new();
	child.stdout.take().expect("piped").read_to_string(&mut printed).expect("text");
	assert_eq!(printed, "");
}
