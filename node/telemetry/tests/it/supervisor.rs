//! The supervisor over children that crash, hang, lie and vanish.

use crate::{devices, fake_nvml, fault, script, Scenario, COLLECTOR};
use exabits_telemetry::{Choice, Config, Event, Failure, Supervisor, WindowBuilder};
use serde_json::{json, Value};
use std::{fs, path::PathBuf, process::Command, time::Duration};
use tempfile::TempDir;
use tokio::{
	sync::mpsc::Receiver,
	time::{sleep, timeout, Instant},
};

/// How long the tests wait for what has to happen: for ever, as far as a busy machine goes.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a child may be silent where that is tested.
const HANG: Duration = Duration::from_secs(3);
/// Time from sample to sample.
const INTERVAL: Duration = Duration::from_millis(20);

/// Patient with the child, impatient in starting it again, so that tests are short and yet pass on a busy machine.
fn config(binary: PathBuf) -> Config {
	Config {
		interval: INTERVAL,
		start_within: PATIENCE,
		hang_after: PATIENCE,
		max_restart_backoff: Duration::from_millis(100),
		..Config::new(binary)
	}
}

/// The collector on the fake library with a scenario.
fn faked(scenario: &Scenario) -> Config {
	Config {
		source: Choice::Nvml,
		nvml_library: Some(fake_nvml()),
		environment: vec![scenario.environment()],
		..config(COLLECTOR.into())
	}
}

/// A child that is a shell script.
fn scripted(folder: &TempDir, body: &str) -> Config {
	config(script(folder.path(), body))
}

async fn next(events: &mut Receiver<Event>) -> Event {
	timeout(PATIENCE, events.recv()).await.expect("in time").expect("still running")
}

/// Events until the first failure, which is returned with the number of samples before it.
async fn until_failure(events: &mut Receiver<Event>) -> (usize, Failure) {
	let mut samples = 0;
	loop {
		match next(events).await {
			Event::Inventory(_) => (),
			Event::Sample(_) => samples += 1,
			Event::Restarted { reason } => return (samples, reason),
		}
	}
}

/// Samples and inventories flow again.
async fn flows(events: &mut Receiver<Event>) {
	let mut inventory = false;
	loop {
		match next(events).await {
			Event::Inventory(_) => inventory = true,
			Event::Sample(_) => {
				assert!(inventory);
				return;
			}
			Event::Restarted { reason } => panic!("{reason}"),
		}
	}
}

/// Waits until the process is gone, or is only an entry that its parent has yet to clear.
async fn is_gone(pid: u32) -> bool {
	let began = Instant::now();
	while began.elapsed() < PATIENCE {
		let state = fs::read_to_string(format!("/proc/{pid}/stat"));
		if state.map_or(true, |state| state.contains(") Z ")) {
			return true;
		}
		sleep(Duration::from_millis(20)).await;
	}
	false
}

async fn fails_as_garbage(body: &str, said: &str) {
	let folder = TempDir::new().expect("temporary folder");
	let (handle, mut events) = Supervisor::new(scripted(&folder, body)).spawn();
	let (samples, reason) = until_failure(&mut events).await;
	let Failure::Garbage(why) = &reason else { panic!("{reason}") };
	assert!(why.contains(said), "{why}");
	assert_eq!((samples, handle.counters().samples(), handle.counters().restarts()), (0, 0, 1));
	// It does not give up.
	assert!(matches!(until_failure(&mut events).await.1, Failure::Garbage(_)));
	handle.stop().await;
}

/// The lines of an honest child with one device.
fn inventory() -> Value {
	json!({ "inventory": { "source": "nvml", "driver": null, "devices": [
		{ "index": 0, "uuid": null, "serial": null, "name": "GPU", "memory": 1 }
	] } })
}

#[tokio::test]
async fn samples_make_a_window() {
	let scenario = Scenario::new(devices(), json!([]));
	let (handle, mut events) = Supervisor::new(faked(&scenario)).spawn();
	let Event::Inventory(inventory) = next(&mut events).await else { panic!("inventory first") };
	assert_eq!(inventory.devices.len(), 2);
	let mut window = WindowBuilder::new(3.into());
	while window.len() < 3 {
		let Event::Sample(sample) = next(&mut events).await else { panic!("samples follow") };
		window.push(sample).expect("in order");
	}
	let closed = window.finish(4).expect("three samples");
	let summary = closed.summary;
	// Six readings: 10, 20, 100 and three times 5 percent.
	assert_eq!((summary.samples, summary.gaps, summary.utilisation), (3, 1, 241_666));
	assert_eq!((summary.memory, summary.energy, summary.temperature), (300_000, 1_400, 43_000));
	assert_eq!((summary.uncorrected_errors, summary.throttled), (1, 333_333));
	handle.stop().await;
}

#[tokio::test]
async fn a_hang_costs_samples_only() {
	let scenario = Scenario::new(devices(), fault("nvmlDeviceGetUtilizationRates", 6, json!("hang")));
	let (handle, mut events) = Supervisor::new(Config { hang_after: HANG, ..faked(&scenario) }).spawn();
	let (samples, reason) = until_failure(&mut events).await;
	assert_eq!((samples, reason), (3, Failure::Silent(HANG)));
	flows(&mut events).await;
	assert_eq!(handle.counters().restarts(), 1);
	assert!(
		u128::from(handle.counters().gaps()) >= HANG.as_millis() / INTERVAL.as_millis(),
		"{:?}",
		handle.counters()
	);
	handle.stop().await;
}

#[tokio::test]
async fn a_hang_at_the_start_is_found_too() {
	let scenario = Scenario::new(devices(), fault("nvmlInit_v2", 0, json!("hang")));
	let start_within = Duration::from_secs(2);
	let (handle, mut events) = Supervisor::new(Config { start_within, ..faked(&scenario) }).spawn();
	assert_eq!(until_failure(&mut events).await, (0, Failure::Silent(start_within)));
	fs::write(scenario.path(), json!({ "driver": "1", "devices": devices() }).to_string()).expect("writable");
	// The second child may have read the old scenario.
	while !matches!(next(&mut events).await, Event::Sample(_)) {}
	handle.stop().await;
}

#[tokio::test]
async fn a_crash_costs_samples_only() {
	let scenario = Scenario::new(devices(), fault("nvmlDeviceGetUtilizationRates", 4, json!("abort")));
	let (handle, mut events) = Supervisor::new(faked(&scenario)).spawn();
	let (samples, reason) = until_failure(&mut events).await;
	assert_eq!(samples, 2);
	let Failure::Ended { status, .. } = reason else { panic!("{reason}") };
	assert!(status.contains("signal: 6"), "{status}");
	flows(&mut events).await;
	assert!(handle.counters().gaps() > 0, "{:?}", handle.counters());
	handle.stop().await;
}

#[tokio::test]
async fn a_kill_from_outside_costs_samples_only() {
	let scenario = Scenario::new(devices(), json!([]));
	let (handle, mut events) = Supervisor::new(faked(&scenario)).spawn();
	flows(&mut events).await;
	let child = handle.counters().child().expect("it runs");
	assert!(Command::new("kill").args(["-9", &child.to_string()]).status().expect("kill").success());
	let (_, reason) = until_failure(&mut events).await;
	let Failure::Ended { status, .. } = reason else { panic!("{reason}") };
	assert!(status.contains("signal: 9"), "{status}");
	flows(&mut events).await;
	assert!(handle.counters().child().is_some_and(|second| second != child));
	handle.stop().await;
}

#[tokio::test]
async fn garbage_from_the_library_never_arrives() {
	let mut devices = devices();
	devices[0]["utilisation"] = json!([4_000_000_000u32]);
	let scenario = Scenario::new(devices, json!([]));
	let (handle, mut events) = Supervisor::new(faked(&scenario)).spawn();
	let (samples, reason) = until_failure(&mut events).await;
	assert_eq!(samples, 0);
	let Failure::Ended { status, said } = reason else { panic!("{reason}") };
	assert_eq!(status, "exit status: 1");
	assert!(said.contains("utilisation is 4294967295"), "{said}");
	handle.stop().await;
}

#[tokio::test]
async fn a_missing_library_is_named() {
	let config = Config {
		source: Choice::Nvml,
		nvml_library: Some("/nonexistent/nvml.so".into()),
		..config(COLLECTOR.into())
	};
	let (handle, mut events) = Supervisor::new(config).spawn();
	let (_, reason) = until_failure(&mut events).await;
	assert!(reason.to_string().contains("cannot use NVML (/nonexistent/nvml.so)"), "{reason}");
	handle.stop().await;
}

#[tokio::test]
async fn the_host_is_measured_without_a_library() {
	let nvml_library = Some("/nonexistent/nvml.so".into());
	let (handle, mut events) = Supervisor::new(Config { nvml_library, ..config(COLLECTOR.into()) }).spawn();
	flows(&mut events).await;
	handle.stop().await;
}

#[tokio::test]
async fn a_missing_binary_is_named() {
	let (handle, mut events) = Supervisor::new(config("/nonexistent/collector".into())).spawn();
	let (_, reason) = until_failure(&mut events).await;
	assert!(reason.to_string().starts_with("cannot start /nonexistent/collector: No such file"), "{reason}");
	assert_eq!(handle.counters().child(), None);
	handle.stop().await;
}

#[tokio::test]
async fn a_value_out_of_range_is_garbage() {
	let device = json!({
		"index": 0, "utilisation": 4_000_000_000u32, "memory_used": null, "memory_total": null,
		"energy_mj": null, "temperature": null, "ecc_uncorrected": null, "throttle": null,
		"sm_clock": null, "mem_clock": null,
	});
	let sample = json!({ "sample": { "at_millis": 1, "load": null, "devices": [device] } });
	let body = format!("echo '{}'\necho '{sample}'\nexec sleep 60", inventory());
	fails_as_garbage(&body, "utilisation is 4000000000").await;
}

#[tokio::test]
async fn a_line_that_is_no_message_is_garbage() {
	fails_as_garbage("echo 'NVML: warning'\nexec sleep 60", "expected value").await;
}

#[tokio::test]
async fn a_line_without_end_is_garbage() {
	fails_as_garbage("exec cat /dev/zero", "a line of more than 16384 bytes").await;
}

#[tokio::test]
async fn a_dribble_is_a_hang() {
	let folder = TempDir::new().expect("temporary folder");
	let body = format!("echo '{}'\nwhile printf x; do sleep 0.05; done", inventory());
	let (handle, mut events) =
		Supervisor::new(Config { hang_after: HANG, ..scripted(&folder, &body) }).spawn();
	assert_eq!(until_failure(&mut events).await.1, Failure::Silent(HANG));
	handle.stop().await;
}

#[tokio::test]
async fn half_a_line_at_the_end_is_an_end() {
	let folder = TempDir::new().expect("temporary folder");
	let (handle, mut events) =
		Supervisor::new(scripted(&folder, "printf '{\"inv'\necho broken >&2\nexit 3")).spawn();
	let (_, reason) = until_failure(&mut events).await;
	assert_eq!(reason, Failure::Ended { status: "exit status: 3".into(), said: "broken".into() });
	handle.stop().await;
}

#[tokio::test]
async fn a_child_that_closes_its_output_is_replaced() {
	let folder = TempDir::new().expect("temporary folder");
	let (handle, mut events) = Supervisor::new(scripted(&folder, "exec sleep 60 >&- 2>&-")).spawn();
	let (_, reason) = until_failure(&mut events).await;
	assert_eq!(reason, Failure::Ended { status: "closed its output".into(), said: String::new() });
	handle.stop().await;
}

#[tokio::test]
async fn a_flood_of_complaints_does_no_harm() {
	let folder = TempDir::new().expect("temporary folder");
	let body = format!("yes complaint >&2 &\nexec {COLLECTOR} \"$@\"");
	let (handle, mut events) =
		Supervisor::new(Config { source: Choice::Host, ..scripted(&folder, &body) }).spawn();
	flows(&mut events).await;
	flows_on(&mut events).await;
	handle.stop().await;
}

/// Some more samples, without a restart.
async fn flows_on(events: &mut Receiver<Event>) {
	for _ in 0..5 {
		assert!(matches!(next(events).await, Event::Sample(_)));
	}
}

#[tokio::test]
async fn restarts_slow_down_to_the_limit() {
	let folder = TempDir::new().expect("temporary folder");
	let times = folder.path().join("times");
	let body = format!("date +%s%N >> {}\nexit 1", times.display());
	let limit = Duration::from_millis(600);
	let (handle, mut events) =
		Supervisor::new(Config { max_restart_backoff: limit, ..scripted(&folder, &body) }).spawn();
	for _ in 0..7 {
		until_failure(&mut events).await;
	}
	handle.stop().await;
	let starts = fs::read_to_string(times).expect("written");
	let starts: Vec<u64> = starts.lines().map(|time| time.parse().expect("a number")).collect();
	let waits: Vec<_> = starts.windows(2).map(|pair| (pair[1] - pair[0]) / 1_000_000).collect();
	// 250, 500, then 600 each time, and what a shell needs on top. Without the limit the last wait would be 8,000.
	assert!(
		waits.iter().zip([250, 500, 600, 600, 600, 600]).all(|(wait, least)| *wait >= least),
		"{waits:?}"
	);
	assert!(waits[5] < 8_000, "{waits:?}");
}

#[tokio::test]
async fn the_child_goes_with_its_supervisor() {
	let folder = TempDir::new().expect("temporary folder");
	// It neither listens to its standard input nor speaks.
	let (handle, events) = Supervisor::new(scripted(&folder, "exec sleep 600")).spawn();
	let child = loop {
		match handle.counters().child() {
			Some(child) => break child,
			None => sleep(Duration::from_millis(10)).await,
		}
	};
	assert!(fs::metadata(format!("/proc/{child}")).is_ok());
	drop(handle);
	assert!(is_gone(child).await);
	drop(events);
}

#[tokio::test]
async fn the_child_goes_when_nobody_listens() {
	let scenario = Scenario::new(devices(), json!([]));
	let (handle, mut events) = Supervisor::new(faked(&scenario)).spawn();
	flows(&mut events).await;
	let child = handle.counters().child().expect("it runs");
	drop(events);
	assert!(is_gone(child).await);
	assert_eq!(handle.counters().restarts(), 0);
}

#[tokio::test]
async fn a_slow_consumer_loses_samples_but_not_the_child() {
	let scenario = Scenario::new(devices(), json!([]));
	let interval = Duration::from_millis(10);
	let (handle, mut events) = Supervisor::new(Config { interval, ..faked(&scenario) }).spawn();
	flows(&mut events).await;
	while handle.counters().dropped() == 0 {
		sleep(Duration::from_millis(50)).await;
	}
	let Event::Sample(first) = next(&mut events).await else { panic!("a sample waits") };
	let Event::Sample(second) = next(&mut events).await else { panic!("and another") };
	assert!(first.at_millis < second.at_millis);
	assert_eq!(handle.counters().restarts(), 0);
	handle.stop().await;
}
