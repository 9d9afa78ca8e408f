//! The standard library of service levels: the modules and templates that the genesis presets publish.
//!
//! Only what is measured: a metric without a source has no module here.

use alloc::{vec, vec::Vec};
use exabits_primitives::{ModuleId, ResourceKind, TemplateId, Workload};
use frame_support::BoundedVec;
use pallet_sla::{Height, Metric, SlaModule, Template, Term};
use sp_runtime::Perbill;

const KINDS: [ResourceKind; 5] =
	[ResourceKind::Gpu, ResourceKind::Tpu, ResourceKind::Npu, ResourceKind::Qpu, ResourceKind::Cpu];
/// Kinds whose devices report throttling and memory errors.
const ACCELERATORS: [ResourceKind; 3] = [ResourceKind::Gpu, ResourceKind::Tpu, ResourceKind::Npu];
/// Kinds that multiply integers.
const CHALLENGED: [ResourceKind; 4] =
	[ResourceKind::Gpu, ResourceKind::Tpu, ResourceKind::Npu, ResourceKind::Cpu];
const WORKLOADS: [Workload; 7] = [
	Workload::Training,
	Workload::FineTuning,
	Workload::Inference,
	Workload::Simulation,
	Workload::Rendering,
	Workload::Batch,
	Workload::Interactive,
];

/// Modules by their ids, which count from zero in this order.
const AVAILABILITY: u32 = 0;
const LATENCY_P50: u32 = 1;
const LATENCY_P99: u32 = 2;
const BANDWIDTH: u32 = 3;
const ERROR_RATE: u32 = 4;
const THROTTLING: u32 = 5;
const UNCORRECTED_ERRORS: u32 = 6;

/// A module for all workloads. A point of its curve is a shortfall in parts per million of the threshold, and the
/// credit and the slash from there on, in percent.
fn module(
	metric: Metric,
	kinds: &[ResourceKind],
	range: (u32, u32),
	window_rounds: u32,
	curve: &[(u32, u32, u32)],
	reward: u32,
) -> SlaModule {
	let height = |(_, credit, slash): &(u32, u32, u32)| Height {
		credit: Perbill::from_percent(*credit),
		slash: Perbill::from_percent(*slash),
	};
	SlaModule {
		version: 1,
		supersedes: None,
		metric,
		statistic: metric.statistic(),
		comparator: metric.comparator(),
		unit: metric.unit(),
		kinds: BoundedVec::truncate_from(kinds.to_vec()),
		workloads: BoundedVec::truncate_from(WORKLOADS.to_vec()),
		min_threshold: range.0,
		max_threshold: range.1,
		window_rounds,
		knots: BoundedVec::truncate_from(curve.iter().map(|point| point.0).collect()),
		heights: BoundedVec::truncate_from(curve.iter().map(height).collect()),
		reward: Perbill::from_percent(reward),
	}
}

/// The modules.
pub fn modules() -> Vec<SlaModule> {
	let latency = (100, 10_000_000);
	vec![
		module(
			Metric::Availability,
			&KINDS,
			(500_000, 1_000_000),
			1,
			&[(1_000, 5, 0), (10_000, 10, 1), (100_000, 50, 5), (500_000, 100, 20)],
			40,
		),
		module(
			Metric::LatencyP50,
			&KINDS,
			latency,
			2,
			&[(100_000, 5, 0), (1_000_000, 25, 1), (4_000_000, 50, 2)],
			10,
		),
		module(
			Metric::LatencyP99,
			&KINDS,
			latency,
			2,
			&[(100_000, 5, 0), (1_000_000, 25, 1), (4_000_000, 50, 5)],
			15,
		),
		module(Metric::Bandwidth, &KINDS, (1_000, 400_000_000), 2, &[(100_000, 10, 0), (500_000, 50, 5)], 10),
		module(
			Metric::ErrorRate,
			&KINDS,
			(0, 500_000),
			2,
			&[(100_000, 5, 0), (1_000_000, 25, 1), (9_000_000, 100, 10)],
			15,
		),
		module(
			Metric::Throttling,
			&ACCELERATORS,
			(0, 1_000_000),
			1,
			&[(100_000, 10, 0), (1_000_000, 50, 0)],
			5,
		),
		module(
			Metric::UncorrectedErrors,
			&ACCELERATORS,
			(0, 1_000),
			1,
			&[(1_000_000, 25, 0), (10_000_000, 100, 0)],
			5,
		),
		module(
			Metric::Performance,
			&CHALLENGED,
			(100_000, 10_000_000),
			1,
			&[(50_000, 5, 0), (200_000, 25, 1), (500_000, 100, 10)],
			10,
		),
	]
}

fn template(
	kinds: &[ResourceKind],
	workloads: &[Workload],
	price_percent: u32,
	refines: Option<u32>,
	terms: &[(u32, u32)],
) -> Template {
	let term = |(module, threshold): &(u32, u32)| Term {
		module: ModuleId(*module),
		threshold: *threshold,
		heights: BoundedVec::default(),
	};
	Template {
		kinds: BoundedVec::truncate_from(kinds.to_vec()),
		workloads: BoundedVec::truncate_from(workloads.to_vec()),
		price_factor: Perbill::from_percent(price_percent),
		refines: refines.map(TemplateId),
		terms: BoundedVec::truncate_from(terms.iter().map(term).collect()),
	}
}

/// The templates: best effort, standard, interactive and training, with ids from zero in this order.
pub fn templates() -> Vec<Template> {
	use Workload::{Batch, FineTuning, Inference, Interactive, Rendering, Simulation, Training};
	vec![
		template(
			&KINDS,
			&[Batch, Simulation, Rendering],
			80,
			None,
			&[(AVAILABILITY, 950_000), (ERROR_RATE, 50_000)],
		),
		template(
			&KINDS,
			&WORKLOADS,
			90,
			Some(0),
			&[(AVAILABILITY, 990_000), (LATENCY_P99, 1_000_000), (ERROR_RATE, 10_000)],
		),
		template(
			&KINDS,
			&[Inference, Interactive],
			100,
			Some(1),
			&[
				(AVAILABILITY, 995_000),
				(LATENCY_P50, 150_000),
				(LATENCY_P99, 500_000),
				(BANDWIDTH, 10_000),
				(ERROR_RATE, 5_000),
			],
		),
		template(
			&ACCELERATORS,
			&[Training, FineTuning, Simulation, Rendering],
			100,
			Some(1),
			&[
				(AVAILABILITY, 990_000),
				(LATENCY_P99, 1_000_000),
				(BANDWIDTH, 10_000),
				(ERROR_RATE, 10_000),
				(THROTTLING, 50_000),
				(UNCORRECTED_ERRORS, 0),
			],
		),
	]
}
