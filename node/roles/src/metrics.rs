//! What the roles count for Prometheus.

use substrate_prometheus_endpoint::{
	prometheus::core::Collector, register, Counter, Gauge, Histogram, HistogramOpts, PrometheusError,
	Registry, U64,
};

/// Counters of both roles. Without a registry they count for nobody.
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
		let counter = |name: &str, help: &str| place(Counter::new(name, help)?, registry);
		let latency = HistogramOpts::new("exabits_probe_latency_seconds", "Latency of answered probes")
			.buckets(vec![0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0]);
		Ok(Self {
			probes_sent: counter("exabits_probes_sent_total", "Probes sent to machines")?,
			probes_answered: counter("exabits_probes_answered_total", "Probes answered validly in time")?,
			probe_latency: place(Histogram::with_opts(latency)?, registry)?,
			measurements: counter("exabits_measurements_total", "Measurements of finished rounds")?,
			challenges_issued: counter("exabits_challenges_issued_total", "Challenges put to machines")?,
			challenges_passed: counter("exabits_challenges_passed_total", "Challenges that machines passed")?,
			challenges_committed: counter("exabits_challenges_committed_total", "Challenges committed to")?,
			challenges_failed: counter("exabits_challenges_failed_total", "Challenges not finished")?,
			requests_served: counter("exabits_requests_served_total", "Probe requests answered")?,
			requests_limited: counter("exabits_requests_limited_total", "Requests turned away by a limit")?,
			requests_refused: counter("exabits_requests_refused_total", "Malformed or unknown requests")?,
			hooks_run: counter("exabits_hooks_run_total", "Hook commands started")?,
			hooks_failed: counter("exabits_hooks_failed_total", "Hook commands that failed")?,
			leases_held: place(
				Gauge::new("exabits_leases_held", "Leases provisioned and not yet released")?,
				registry,
			)?,
			samples: counter("exabits_telemetry_samples_total", "Telemetry samples taken")?,
			sample_gaps: counter("exabits_telemetry_gaps_total", "Telemetry samples missing")?,
			collector_restarts: counter("exabits_telemetry_restarts_total", "Collector started again")?,
			reports: counter("exabits_telemetry_reports_total", "Telemetry reports of finished windows")?,
		})
	}
}
