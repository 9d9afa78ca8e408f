//! The service role's telemetry reporter.
//!
//! Feeds the collector's samples to the current window of each own machine, and hands a report of each finished
//! window to the off-chain worker.

use crate::{chain::Chain, metrics::Metrics, own::Own, shelf::Shelf};
use codec::{Decode, Encode};
use exabits_primitives::{
	apis::OwnMachine,
	keys::machine,
	local::{report_key, samples_key, WindowReport},
	telemetry::{device_id, DeviceIds},
	MachineState, TelemetryCounters,
};
use exabits_telemetry::{Config, Event, Inventory, Supervisor, WindowBuilder};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::Duration,
};
use tokio::sync::{mpsc, watch};

/// Windows whose reports stay in the local storage beside the newest.
const KEEP_REPORTS: u32 = 4;
/// Windows whose samples stay there beside the newest. A sample may be demanded until the window after its own ends, and
/// has to be shown within a window from then: until then it is of the last two.
const KEEP_SAMPLES: u32 = 1;
/// Events of the collector that may wait.
const EVENTS: usize = 256;

/// Key of the counters in a machine's last report, in the local storage, so that those of the next go on from there.
fn counters_key(machine: &machine::Id) -> Vec<u8> {
	(b"exabits/counters", machine).encode()
}

/// Reports until the node's machines are no longer followed. Dropping it ends the collector.
pub(crate) async fn run(chain: Arc<dyn Chain>, own: watch::Receiver<Own>, config: Config, metrics: Metrics) {
	let reporter = Reporter {
		chain,
		interval: config.interval,
		metrics,
		open: BTreeMap::new(),
		follows: false,
		devices: DeviceIds::default(),
	};
	let (events, received) = mpsc::channel(EVENTS);
	// In one task with the supervisor, so that a panic of either ends both and both start again.
	tokio::select! {
		() = Supervisor::new(config).run(events) => {},
		() = reporter.run(own, received) => {},
	}
}

/// Gathers samples into windows.
struct Reporter {
	chain: Arc<dyn Chain>,
	interval: Duration,
	metrics: Metrics,
	open: BTreeMap<machine::Id, Window>,
	/// Whether the chain is followed, so that the open windows are the current ones.
	follows: bool,
	/// The devices that the collector found.
	devices: DeviceIds,
}

/// A window that is under way.
struct Window {
	builder: WindowBuilder,
	/// Samples that a whole window should have.
	expected: u32,
}

impl Reporter {
	async fn run(mut self, mut own: watch::Receiver<Own>, mut events: mpsc::Receiver<Event>) {
		loop {
			tokio::select! {
				changed = own.changed() => {
					if changed.is_err() {
						return;
					}
					let own = own.borrow_and_update().clone();
					self.follows = own.time.is_some();
					if let Some(time) = own.time {
						self.follow(time.slot_millis, &own.machines.into_values().collect());
					}
				},
				event = events.recv() => match event {
					Some(event) => self.take(event),
					None => return,
				},
			}
		}
	}

	/// Ends windows that are over and begins the current ones.
	fn follow(&mut self, slot_millis: u64, machines: &BTreeMap<machine::Id, OwnMachine>) {
		self.open.retain(|key, _| machines.contains_key(key));
		for (key, machine) in machines {
			let current = machine.window;
			if self.open.get(key).map(|open| open.builder.window()) == Some(current) {
				continue;
			}
			if let Some(ended) = self.open.remove(key) {
				self.finish(key, ended);
			}
			if machine.state != MachineState::Retired {
				let expected = expected(slot_millis, machine.window_slots, self.interval);
				self.open.insert(key.clone(), Window { builder: WindowBuilder::new(current), expected });
			}
		}
	}

	fn take(&mut self, event: Event) {
		match event {
			Event::Sample(sample) => {
				self.metrics.samples.inc();
				// Nobody knows which window it is of: one more gap.
				if !self.follows {
					return;
				}
				for window in self.open.values_mut() {
					// One that finds no room counts as a gap of the window.
					let _ = window.builder.push(sample.clone());
				}
			}
			Event::Inventory(inventory) => {
				let devices: Vec<_> = inventory.devices.iter().map(|device| device.name.as_str()).collect();
				log::info!(target: crate::LOG, "Telemetry of {} device(s): {}", devices.len(), devices.join(", "));
				self.devices = identifiers(&inventory);
			}
			// The supervisor has logged why.
			Event::Restarted { .. } => self.metrics.collector_restarts.inc(),
		}
	}

	/// Hands the report to the off-chain worker and keeps the samples for audits.
	fn finish(&self, key: &machine::Id, window: Window) {
		let index = window.builder.window();
		let Some(closed) = window.builder.finish(window.expected) else {
			self.metrics.sample_gaps.inc_by(window.expected.into());
			log::warn!(target: crate::LOG, "Window {index} has no telemetry samples and gets no report.");
			return;
		};
		self.metrics.sample_gaps.inc_by(closed.summary.gaps.into());
		let samples = Shelf::new(self.chain.clone(), ("samples", key), KEEP_SAMPLES);
		samples.put(index.0, samples_key(key, index), &closed.leaves);
		let last = counters_key(key);
		let before = self.chain.get(&last).and_then(|raw| TelemetryCounters::decode(&mut &raw[..]).ok());
		let report = closed.report(before.as_ref());
		self.chain.set(&last, &report.counters.encode());
		// Last: who reads a report finds its samples.
		let reports = Shelf::new(self.chain.clone(), ("reports", key), KEEP_REPORTS);
		let devices = self.devices.clone();
		reports.put(index.0, report_key(key, index), &WindowReport { report, devices });
		self.metrics.reports.inc();
	}
}

/// The identifiers that vendors gave to the devices, as they are on chain.
fn identifiers(inventory: &Inventory) -> DeviceIds {
	let named = inventory.devices.iter().filter_map(|device| device.uuid.as_deref());
	let ordered: BTreeSet<_> = named.map(device_id).collect();
	// An inventory has no more devices than there is room for.
	DeviceIds::truncate_from(ordered.into_iter().collect())
}

/// Samples of a whole window.
fn expected(slot_millis: u64, window_slots: u32, interval: Duration) -> u32 {
	let length = u128::from(slot_millis).saturating_mul(u128::from(window_slots));
	u32::try_from(length / interval.as_millis().max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_window_has_its_length_over_the_interval() {
		assert_eq!(expected(2_000, 60, Duration::from_secs(1)), 120);
		assert_eq!(expected(2_000, 60, Duration::from_millis(700)), 171);
		assert_eq!(expected(u64::MAX, u32::MAX, Duration::ZERO), u32::MAX);
	}
}
