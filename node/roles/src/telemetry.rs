//! The service role's telemetry reporter.
//!
//! Feeds the collector's samples to the current window of each own machine, and hands a report of each finished
//! window to the off-chain worker.

use crate::{chain::Chain, metrics::Metrics, own::Own, shelf::Shelf};
use codec::Encode;
use exabits_primitives::{apis::OwnMachine, keys::machine, local, MachineState, WindowIndex};
use exabits_telemetry::{Config, Event, Supervisor, WindowBuilder};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::{mpsc, watch};

/// Windows whose reports stay in the local storage beside the newest.
const KEEP_REPORTS: u32 = 4;
/// Windows whose samples stay there beside the newest: an audit may ask for a leaf of the last two.
const KEEP_SAMPLES: u32 = 1;
/// Events of the collector that may wait.
const EVENTS: usize = 256;

/// Key of a window's samples in the local storage: the SCALE-encoded leaves, in order, of the Merkle tree whose
/// root is in the report.
pub fn samples_key(machine: &machine::Id, window: WindowIndex) -> Vec<u8> {
	(b"exabits/samples", machine, window).encode()
}

/// Reports until the node's machines are no longer followed. Dropping it ends the collector.
pub(crate) async fn run(chain: Arc<dyn Chain>, own: watch::Receiver<Own>, config: Config, metrics: Metrics) {
	let reporter = Reporter { chain, interval: config.interval, metrics, open: BTreeMap::new() };
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
				for window in self.open.values_mut() {
					// One that finds no room counts as a gap of the window.
					let _ = window.builder.push(sample.clone());
				}
			}
			Event::Inventory(inventory) => {
				let devices: Vec<_> = inventory.devices.iter().map(|device| device.name.as_str()).collect();
				log::info!(target: crate::LOG, "Telemetry of {} device(s): {}", devices.len(), devices.join(", "));
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
		// Last: who reads a report finds its samples.
		let reports = Shelf::new(self.chain.clone(), ("reports", key), KEEP_REPORTS);
		reports.put(index.0, local::report_key(key, index), &closed.report());
		self.metrics.reports.inc();
	}
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
