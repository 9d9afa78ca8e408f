//! The telemetry reporter with a collector in the form of a shell script.

use crate::common::*;
use codec::{Decode, Encode};
use exabits_primitives::{
	keys::machine,
	local::{report_key, samples_key, WindowReport},
	telemetry::device_id,
	MachineState, TelemetryCounters, TelemetryReport, WindowIndex,
};
use exabits_roles::{run_service, Metrics, Service, ServiceConfig};
use exabits_telemetry::{Config, Sample, WindowBuilder};
use std::{fs, os::unix::fs::PermissionsExt, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::{
	task::JoinHandle,
	time::{sleep, timeout},
};

/// Prints an inventory and then a sample every 100 ms; its process id goes into a file.
const COLLECTOR: &str = r#"#!/bin/sh
echo $$ >> "$(dirname "$0")/pids"
echo '{"inventory":{"source":"host","driver":null,"devices":[{"index":0,"uuid":"GPU-1","serial":null,"name":"CPU","memory":1000}]}}'
while sleep 0.1; do
	echo '{"sample":{"at_millis":'$(date +%s%3N)',"load":null,"devices":[{"index":0,"utilisation":250000,"memory_used":100,"memory_total":1000,"energy_mj":null,"temperature":null,"ecc_uncorrected":null,"throttle":null,"sm_clock":null,"mem_clock":null}]}}'
done
"#;

struct Node {
	chain: Arc<FakeChain>,
	key: machine::Id,
	folder: TempDir,
	metrics: Metrics,
	role: JoinHandle<()>,
}

fn start() -> Node {
	let folder = TempDir::new().unwrap();
	let binary = folder.path().join("collector");
	fs::write(&binary, COLLECTOR).unwrap();
	fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).unwrap();
	let chain = FakeChain::new(60);
	let keystore = keystore();
	let key = chain.register(&keystore, MACHINE);
	let mut config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
	config.poll = Duration::from_millis(20);
	let mut collector = Config::new(binary);
	collector.interval = Duration::from_millis(100);
	collector.hang_after = PATIENCE;
	config.collector = Some(collector);
	let metrics = Metrics::register(None).unwrap();
	let service = Service::prepare(chain.clone(), keystore, config, metrics.clone()).unwrap();
	Node { chain, key, folder, metrics, role: tokio::spawn(run_service(service)) }
}

impl Node {
	fn set_window(&self, window: u32) {
		self.chain.with(|state| {
			for machine in state.machines.values_mut() {
				machine.window = WindowIndex(window);
			}
		})
	}

	async fn wait_for_samples(&self, more: u64) {
		let before = self.metrics.samples.get();
		eventually("samples", || self.metrics.samples.get() >= before + more).await;
	}

	fn written(&self, window: u32) -> Option<WindowReport> {
		self.chain.read(&report_key(&self.key, WindowIndex(window)))
	}

	fn report(&self, window: u32) -> Option<TelemetryReport> {
		self.written(window).map(|written| written.report)
	}

	fn leaves(&self, window: u32) -> Option<Vec<Vec<u8>>> {
		self.chain.read(&samples_key(&self.key, WindowIndex(window)))
	}

	fn pids(&self) -> Vec<i32> {
		let file = fs::read_to_string(self.folder.path().join("pids")).unwrap_or_default();
		file.lines().map(|line| line.parse().unwrap()).collect()
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_each_finished_window() {
	let node = start();
	node.wait_for_samples(3).await;
	assert_eq!(node.report(1), None, "the window still runs");
	node.set_window(2);
	eventually("the report", || node.report(1).is_some()).await;

	let report = node.report(1).unwrap();
	assert_eq!(report.window, WindowIndex(1));
	// Sixty slots of 100 ms, a sample every 100 ms.
	assert_eq!(report.summary.samples + report.summary.gaps, 60);
	assert_eq!((report.summary.utilisation, report.summary.memory), (250_000, 100_000));

	// The samples that are kept give the report again.
	let mut again = WindowBuilder::new(WindowIndex(1));
	for leaf in node.leaves(1).unwrap() {
		let sample = Sample::decode(&mut &leaf[..]).unwrap();
		assert_eq!(sample.encode(), leaf);
		again.push(sample).unwrap();
	}
	assert_eq!(again.finish(60).unwrap().report(None), report);
	assert_eq!(node.written(1).unwrap().devices.into_inner(), [device_id("GPU-1")]);
	assert_eq!(node.metrics.sample_gaps.get(), u64::from(report.summary.gaps));
	node.role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn samples_of_a_time_without_a_chain_are_of_no_window() {
	let node = start();
	node.wait_for_samples(2).await;
	node.chain.with(|state| state.down = true);
	sleep(Duration::from_millis(300)).await;
	node.wait_for_samples(1).await;
	let before = node.metrics.samples.get();
	node.wait_for_samples(5).await;
	node.chain.with(|state| state.down = false);
	node.set_window(2);
	eventually("the report", || node.report(1).is_some()).await;
	assert!(u64::from(node.report(1).unwrap().summary.samples) <= before);
	node.role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_that_begin_anew_are_reported_as_a_restart() {
	let node = start();
	node.wait_for_samples(2).await;
	// What a report before said: the collector of this test counts no energy.
	let key = (b"exabits/counters", &node.key).encode();
	let before = TelemetryCounters { restarts: 4, energy: 1, ..Default::default() };
	node.chain.write(&key, &before);
	node.set_window(2);
	eventually("the report", || node.report(1).is_some()).await;
	assert_eq!(node.report(1).unwrap().counters.restarts, 5);
	node.wait_for_samples(2).await;
	node.set_window(3);
	eventually("the next report", || node.report(2).is_some()).await;
	assert_eq!(node.report(2).unwrap().counters.restarts, 5);
	node.role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn old_windows_are_pruned() {
	let node = start();
	for window in 2..=8 {
		node.wait_for_samples(1).await;
		sleep(Duration::from_millis(50)).await;
		node.set_window(window);
		eventually("the report", || node.report(window - 1).is_some()).await;
	}
	for window in 1..=7 {
		assert_eq!(node.report(window).is_some(), window >= 3, "report {window}");
		assert_eq!(node.leaves(window).is_some(), window >= 6, "samples {window}");
	}
	node.role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_collector_costs_samples_only() {
	let node = start();
	node.wait_for_samples(2).await;
	let pid = rustix::process::Pid::from_raw(node.pids()[0]).unwrap();
	rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
	eventually("the restart", || node.pids().len() == 2).await;
	node.wait_for_samples(2).await;
	assert_eq!(node.metrics.collector_restarts.get(), 1);
	node.set_window(2);
	eventually("the report", || node.report(1).is_some()).await;
	assert!(node.report(1).unwrap().summary.samples >= 4);
	node.role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_machine_reports_no_more() {
	let node = start();
	node.wait_for_samples(2).await;
	node.chain.with(|state| state.machines.values_mut().for_each(|m| m.state = MachineState::Retired));
	node.set_window(2);
	eventually("the last report", || node.report(1).is_some()).await;
	node.wait_for_samples(2).await;
	node.set_window(3);
	sleep(Duration::from_millis(200)).await;
	assert_eq!(node.report(2), None);
	node.role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_role_ends_the_collector() {
	let node = start();
	node.wait_for_samples(1).await;
	let pid = rustix::process::Pid::from_raw(node.pids()[0]).unwrap();
	node.role.abort();
	let _ = timeout(PATIENCE, node.role).await;
	eventually("its end", || rustix::process::test_kill_process(pid).is_err()).await;
}
