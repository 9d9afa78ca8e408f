//! What the roles count for Prometheus: `exabits_anchor_*` for anchors, `exabits_service_*` for service nodes.

use exabits_primitives::apis::AnchorStanding;
use substrate_prometheus_endpoint::{
	prometheus::core::Collector, register, Counter, Gauge, Histogram, HistogramOpts, PrometheusError,
	Registry, F64, U64,
};

/// Metrics of both roles. Without a registry they are nobody's.
#[derive(Clone)]
pub struct Metrics {
	/// Probes that an anchor sent.
	pub probes_sent: Counter<U64>,
	/// Those that were answered with a valid signature in time.
	pub probes_answered: Counter<U64>,
	/// Latency of answered probes, in seconds.
	pub probe_latency: Histogram,
	/// Measurements handed to the off-chain worker.
	pub measurements: Counter<U64>,
	/// Compute challenges that an anchor put to machines.
	pub challenges_issued: Counter<U64>,
	/// Those that the machine passed.
	pub challenges_passed: Counter<U64>,
	/// Machines' rounds in which the node's anchors revealed and their committee agreed, as on chain.
	pub rounds: Counter<U64>,
	/// Machines' rounds for which they did not commit, or said that they could not measure, as on chain.
	pub misses: Counter<U64>,
	/// Machines' rounds for which they committed and did not reveal, as on chain.
	pub withheld: Counter<U64>,
	/// Rounds whose chosen sample they did not open, as on chain.
	pub forged: Counter<U64>,
	/// Accuracy of the node's anchors as on chain, from 0 to 1: the lowest, of several.
	pub accuracy: Gauge<F64>,
	/// Compute challenges that this node's devices committed to.
	pub challenges_committed: Counter<U64>,
	/// Compute challenges that this node's devices did not finish.
	pub challenges_failed: Counter<U64>,
	/// Probe requests that this machine answered.
	pub requests_served: Counter<U64>,
	/// Requests and connections turned away by a limit.
	pub requests_limited: Counter<U64>,
	/// Requests refused as malformed or for something that is not here.
	pub requests_refused: Counter<U64>,
	/// Hook commands started.
	pub hooks_run: Counter<U64>,
	/// Hook commands that failed.
	pub hooks_failed: Counter<U64>,
	/// Leases provisioned and not yet released.
	pub leases_held: Gauge<U64>,
	/// Telemetry samples taken.
	pub samples: Counter<U64>,
	/// Telemetry samples missing from finished windows.
	pub sample_gaps: Counter<U64>,
	/// Times that the collector was started again.
	pub collector_restarts: Counter<U64>,
	/// Telemetry reports handed to the off-chain worker.
	pub reports: Counter<U64>,
}

impl Metrics {
	/// Creates all of them, in the registry if there is one.
	pub fn register(registry: Option<&Registry>) -> Result<Self, PrometheusError> {
		fn place<T: Clone + Collector + 'static>(
			metric: T,
			registry: Option<&Registry>,
		) -> Result<T, PrometheusError> {
			match registry {
				Some(registry) => register(metric, registry),
				None => Ok(metric),
			}
		}
		let anchor = |name: &str, help: &str| {
			place(Counter::new(format!("exabits_anchor_{name}_total"), help)?, registry)
		};
		let service = |name: &str, help: &str| {
			place(Counter::new(format!("exabits_service_{name}_total"), help)?, registry)
		};
		let latency =
			HistogramOpts::new("exabits_anchor_probe_latency_seconds", "Latency of answered probes")
				.buckets(vec![0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0]);
		let accuracy = Gauge::new("exabits_anchor_accuracy_ratio", "Accuracy on chain, from 0 to 1")?;
		// An anchor without a past is taken to be accurate, as it is on chain.
		accuracy.set(1.0);
		Ok(Self {
			probes_sent: anchor("probes_sent", "Probes sent to machines")?,
			probes_answered: anchor("probes_answered", "Probes answered validly in time")?,
			probe_latency: place(Histogram::with_opts(latency)?, registry)?,
			measurements: anchor("measurements", "Measurements of finished rounds")?,
			challenges_issued: anchor("challenges_issued", "Challenges put to machines")?,
			challenges_passed: anchor("challenges_passed", "Challenges that machines passed")?,
			rounds: anchor("rounds", "Rounds of machines that were revealed and agreed on")?,
			misses: anchor("misses", "Rounds of machines not committed for or not measured")?,
			withheld: anchor("withheld", "Rounds of machines committed for and not revealed")?,
			forged: anchor("forged", "Rounds whose chosen sample was not opened")?,
			accuracy: place(accuracy, registry)?,
			challenges_committed: service("challenges_committed", "Challenges committed to")?,
			challenges_failed: service("challenges_failed", "Challenges not finished")?,
			requests_served: service("requests_served", "Probe requests answered")?,
			requests_limited: service("requests_limited", "Requests turned away by a limit")?,
			requests_refused: service("requests_refused", "Malformed or unknown requests")?,
			hooks_run: service("hooks_run", "Hook commands started")?,
			hooks_failed: service("hooks_failed", "Hook commands that failed")?,
			leases_held: place(
				Gauge::new("exabits_service_leases", "Leases provisioned and not yet released")?,
				registry,
			)?,
			samples: service("telemetry_samples", "Telemetry samples taken")?,
			sample_gaps: service("telemetry_gaps", "Telemetry samples missing")?,
			collector_restarts: service("telemetry_restarts", "Collector started again")?,
			reports: service("reports", "Telemetry reports of finished windows")?,
		})
	}

	/// Takes in what the chain says of the node's anchors. A total that has fallen on another best chain stays.
	pub(crate) fn follow(&self, standings: &[AnchorStanding]) {
		let raise = |counter: &Counter<U64>, count: fn(&AnchorStanding) -> u32| {
			let total: u64 = standings.iter().map(|standing| u64::from(count(standing))).sum();
			counter.inc_by(total.saturating_sub(counter.get()));
		};
		raise(&self.rounds, |standing| standing.agreed);
		raise(&self.misses, |standing| standing.missed);
		raise(&self.withheld, |standing| standing.withheld);
		raise(&self.forged, |standing| standing.forged);
		if let Some(lowest) = standings.iter().map(|standing| standing.accuracy.deconstruct()).min() {
			self.accuracy.set(f64::from(lowest) / 1e9);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::Perbill;

	fn standing(percent: u32, agreed: u32, missed: u32, withheld: u32) -> AnchorStanding {
		AnchorStanding { accuracy: Perbill::from_percent(percent), agreed, missed, withheld, forged: 0 }
	}

	#[test]
	fn all_keys_of_a_node_are_one_anchor() {
		let metrics = Metrics::register(None).unwrap();
		let totals = || (metrics.rounds.get(), metrics.misses.get(), metrics.withheld.get());
		metrics.follow(&[]);
		assert_eq!((totals(), metrics.accuracy.get()), ((0, 0, 0), 1.0));
		metrics.follow(&[standing(75, 4, 1, 0), standing(50, 2, 0, 3)]);
		assert_eq!((totals(), metrics.accuracy.get()), ((6, 1, 3), 0.5));
		metrics.follow(&[standing(75, 4, 1, 0), standing(100, 1, 1, 3)]);
		assert_eq!((totals(), metrics.accuracy.get()), ((6, 2, 3), 0.75), "totals never fall");
	}

	#[test]
	fn every_metric_names_its_role() {
		let registry = Registry::new();
		Metrics::register(Some(&registry)).unwrap();
		let names: Vec<String> = registry.gather().iter().map(|family| family.get_name().into()).collect();
		assert_eq!(names.len(), 23);
		for name in names {
			assert!(name.starts_with("exabits_anchor_") || name.starts_with("exabits_service_"), "{name}");
		}
	}
}
