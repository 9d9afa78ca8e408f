//! Modules, templates, agreements and what is kept of verdicts.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::{aggregate, intelligence::Intelligence, penalty};
use exabits_primitives::{
	Balance, MachineId, Measurement, ModuleId, Reported, ResourceKind, RoundIndex, SessionIndex, Slot,
	TemplateId, Workload,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::Perbill;

/// The most knots of a module's penalty curve.
pub const MAX_KNOTS: u32 = 4;
/// The most terms of a template or an agreement.
pub const MAX_TERMS: u32 = 8;
/// The most kinds of hardware that a module or a template names.
pub const MAX_KINDS: u32 = 8;
/// The most workloads that a module or a template names.
pub const MAX_WORKLOADS: u32 = 8;
/// The most anchors who approve one agreement.
pub const MAX_APPROVALS: u32 = 16;
/// The longest measuring window, in rounds.
pub const MAX_WINDOW_ROUNDS: u32 = 8;

/// What a module looks at.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum Metric {
	/// Answered probes in parts per million of all probes. Averaged over a measuring window.
	Availability,
	/// Median latency in microseconds. The worst round of a measuring window counts.
	LatencyP50,
	/// 99th percentile of latency in microseconds. The worst round of a measuring window counts.
	LatencyP99,
	/// Bandwidth in kilobits per second. The worst round of a measuring window counts.
	Bandwidth,
	/// Result of a compute challenge in parts per million of the class's reference. The worst counts.
	Performance,
	/// Wrong answers in parts per million of all answers. The worst round of a measuring window counts.
	ErrorRate,
	/// Samples in which a device throttled, in parts per million, as the machine reports. The worst counts.
	Throttling,
	/// Uncorrected memory errors in a telemetry window, as the machine reports. The worst counts.
	UncorrectedErrors,
}

impl Metric {
	/// Which side of a threshold is good for this metric.
	pub fn comparator(self) -> Comparator {
		match self {
			Self::Availability | Self::Bandwidth | Self::Performance => Comparator::AtLeast,
			_ => Comparator::AtMost,
		}
	}

	/// How the rounds of a measuring window become one value of this metric.
	pub fn statistic(self) -> Statistic {
		match self {
			Self::Availability => Statistic::Mean,
			_ => Statistic::Worst,
		}
	}

	/// What this metric is counted in.
	pub fn unit(self) -> Unit {
		match self {
			Self::Availability | Self::Performance | Self::ErrorRate | Self::Throttling => {
				Unit::PartsPerMillion
			}
			Self::LatencyP50 | Self::LatencyP99 => Unit::Microseconds,
			Self::Bandwidth => Unit::KilobitsPerSecond,
			Self::UncorrectedErrors => Unit::Count,
		}
	}

	/// The largest value on this metric's scale.
	pub fn largest(self) -> u32 {
		match self {
			Self::Availability | Self::ErrorRate | Self::Throttling => penalty::PPM,
			Self::Performance => aggregate::MAX_PERFORMANCE,
			_ => u32::MAX,
		}
	}

	/// Whether machines report it themselves, and no anchor measures it.
	pub fn is_reported(self) -> bool {
		matches!(self, Self::Throttling | Self::UncorrectedErrors)
	}

	/// This metric's value in a round; `None` when there is none.
	pub fn read(self, sample: &Sample) -> Option<u32> {
		let measured = &sample.measured;
		match self {
			Self::Availability => Some(measured.availability),
			Self::LatencyP50 => Some(measured.latency_p50),
			Self::LatencyP99 => Some(measured.latency_p99),
			Self::Bandwidth => Some(measured.bandwidth),
			Self::Performance => measured.performance,
			Self::ErrorRate => measured.error_rate,
			Self::Throttling => sample.throttled,
			Self::UncorrectedErrors => sample.uncorrected_errors,
		}
	}

	/// What the rounds of a measuring window come to; `None` when none of them has a value.
	pub fn over<'a>(self, rounds: impl IntoIterator<Item = &'a Sample>) -> Option<u32> {
		let values = rounds.into_iter().filter_map(|round| self.read(round));
		match self.statistic() {
			Statistic::Mean => penalty::mean(values),
			Statistic::Worst => penalty::worst(values, self.comparator().into()),
		}
	}
}

/// How the rounds of a measuring window become one value.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum Statistic {
	/// Their mean, rounded down.
	Mean,
	/// The one furthest on the bad side.
	Worst,
}

/// What a metric is counted in.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum Unit {
	/// Millionths of the whole.
	PartsPerMillion,
	/// Millionths of a second.
	Microseconds,
	/// Thousands of bits in a second.
	KilobitsPerSecond,
	/// Occurrences.
	Count,
}

/// What is known of one round.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Sample {
	/// The round.
	pub round: RoundIndex,
	/// What the committee agreed on.
	pub measured: Measurement,
	/// Throttling, as reported and not contradicted.
	pub throttled: Option<u32>,
	/// Uncorrected memory errors, as reported and not contradicted.
	pub uncorrected_errors: Option<u32>,
}

impl Sample {
	/// A measurement, and of what the machine reported that which the measurement does not contradict.
	///
	/// A machine that nobody reached contradicts all of its report. A challenge that found the class's whole reference
	/// contradicts throttling, and one that found less than half of it contradicts that there was none. A void report is
	/// the worst that there is, whatever was measured: an anchor found that it has nothing behind it.
	pub fn new(round: RoundIndex, measured: Measurement, reported: Option<Reported>) -> Self {
		let reported = match reported {
			Some(Reported::Void) => {
				return Self {
					round,
					measured,
					throttled: Some(penalty::PPM),
					uncorrected_errors: Some(u32::MAX),
				}
			}
			Some(Reported::Summary(summary)) => Some(summary),
			None => None,
		};
		let reported = reported.filter(|_| measured.availability > 0);
		let agrees = |throttled: u32| {
			measured.performance.is_none_or(|performance| {
				if throttled > 0 {
					performance < penalty::PPM
				} else {
					performance >= penalty::PPM / 2
				}
			})
		};
		Self {
			round,
			measured,
			throttled: reported.map(|summary| summary.throttled).filter(|throttled| agrees(*throttled)),
			uncorrected_errors: reported.map(|summary| summary.uncorrected_errors),
		}
	}
}

/// Which side of a threshold is good.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum Comparator {
	/// The value has to reach the threshold.
	AtLeast,
	/// The value must not exceed the threshold.
	AtMost,
}

impl From<Comparator> for penalty::Comparator {
	fn from(comparator: Comparator) -> Self {
		match comparator {
			Comparator::AtLeast => Self::AtLeast,
			Comparator::AtMost => Self::AtMost,
		}
	}
}

/// What a shortfall costs at one knot.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
)]
pub struct Height {
	/// Share of the round's principal that the tenant gets.
	pub credit: Perbill,
	/// Share of the machine's minimum bond that is slashed once a second committee confirms.
	pub slash: Perbill,
}

/// Kinds of hardware.
pub type Kinds = BoundedVec<ResourceKind, ConstU32<MAX_KINDS>>;

/// Kinds of work.
pub type Workloads = BoundedVec<Workload, ConstU32<MAX_WORKLOADS>>;

/// Heights at a module's knots, in their order.
pub type Heights = BoundedVec<Height, ConstU32<MAX_KNOTS>>;

/// One kind of term. Immutable: a changed module is a new module.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	PartialEq,
	Eq,
	Debug,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SlaModule {
	/// 1, or one more than that of the module that this one supersedes.
	pub version: u16,
	/// The module of the same metric that this one is a newer version of.
	pub supersedes: Option<ModuleId>,
	/// What is looked at.
	pub metric: Metric,
	/// How the rounds of a measuring window become one value; fixed by the metric.
	pub statistic: Statistic,
	/// Which side of the threshold is good; fixed by the metric.
	pub comparator: Comparator,
	/// What thresholds are counted in; fixed by the metric.
	pub unit: Unit,
	/// The kinds of hardware that it suits.
	pub kinds: Kinds,
	/// The workloads that it suits.
	pub workloads: Workloads,
	/// The lowest threshold that a term may name; at least 1 where the threshold has to be reached.
	pub min_threshold: u32,
	/// The highest threshold that a term may name, in the metric's unit.
	pub max_threshold: u32,
	/// Length of the measuring window in rounds, 1 to [`MAX_WINDOW_ROUNDS`].
	pub window_rounds: u32,
	/// Shortfalls from the threshold, in parts per million of it, strictly increasing.
	pub knots: BoundedVec<u32, ConstU32<MAX_KNOTS>>,
	/// Heights of a term that names none. There is no slash for what machines report themselves.
	pub heights: Heights,
	/// What keeping a term is worth of a round's reward, beside the other terms of an agreement; above zero.
	pub reward: Perbill,
}

impl SlaModule {
	/// Whether it suits all of these kinds and workloads.
	pub fn suits(&self, kinds: &[ResourceKind], workloads: &[Workload]) -> bool {
		kinds.iter().all(|kind| self.kinds.contains(kind))
			&& workloads.iter().all(|workload| self.workloads.contains(workload))
	}
}

/// A module with its parameters chosen.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	PartialEq,
	Eq,
	Debug,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Term {
	/// The kind of term.
	pub module: ModuleId,
	/// What has to be kept, in the metric's unit.
	pub threshold: u32,
	/// Penalties at the module's knots. Where a call names none, the module's own are filled in.
	pub heights: Heights,
}

/// The terms of a template or an agreement.
pub type Terms = BoundedVec<Term, ConstU32<MAX_TERMS>>;

/// A service level that classes and UTC refer to. Immutable.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	PartialEq,
	Eq,
	Debug,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Template {
	/// The kinds of hardware it may be offered on.
	pub kinds: Kinds,
	/// The workloads it is meant for.
	pub workloads: Workloads,
	/// Governed factor on the settlement price; above zero.
	pub price_factor: Perbill,
	/// The template of which this one promises all, and maybe more.
	pub refines: Option<TemplateId>,
	/// What a holder of the service level is promised at least.
	pub terms: Terms,
}

/// Where an agreement is in its life.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum AgreementState {
	/// The owner's terms wait for approvals.
	Proposed,
	/// A committee member's terms wait for approvals.
	Countered,
	/// Waits for the owner to accept it and start the test.
	Agreed,
	/// The machine is measured against it for the first time.
	Testing,
	/// In force.
	Active,
	/// The test was failed.
	Rejected,
	/// Ended by the owner.
	Terminated,
	/// Its time is over, or it was not approved or accepted in time.
	Expired,
}

impl AgreementState {
	/// Whether rounds are judged.
	pub fn is_judged(self) -> bool {
		matches!(self, Self::Testing | Self::Active)
	}

	/// Whether terms wait for approvals.
	pub fn is_open(self) -> bool {
		matches!(self, Self::Proposed | Self::Countered)
	}
}

/// When an active agreement ends.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Ending {
	/// When that was settled: slots in gaps from here on do not count.
	pub since: Slot,
	/// The first slot in which it may be ended.
	pub at: Slot,
	/// Whether the owner gave notice. The machine takes no new commitments from then on.
	pub notice: bool,
	/// The slot under which the queue of deadlines holds it.
	pub queued: Option<Slot>,
}

/// What the queue of deadlines holds.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
)]
pub enum Due {
	/// The time to approve or accept a machine's terms.
	Negotiation(MachineId),
	/// The end of a machine's active agreement.
	Ending(MachineId),
}

/// Something to be published.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub enum Publication {
	/// A module.
	Module(SlaModule),
	/// A template.
	Template(Template),
}

/// Something published.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum Published {
	/// A module.
	Module(ModuleId),
	/// A template.
	Template(TemplateId),
}

/// The number of a submission.
pub type SubmissionId = u32;

/// A publication that curators may veto.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Submission<AccountId> {
	/// Who submitted it.
	pub author: AccountId,
	/// What the author has on hold for it.
	pub deposit: Balance,
	/// What is to be published.
	pub publication: Publication,
	/// When it was submitted.
	pub since: Slot,
	/// The last slot in which it may be vetoed.
	pub until: Slot,
}

/// Anchors, at most one for each seat that approves.
pub type Anchors<AccountId> = BoundedVec<AccountId, ConstU32<MAX_APPROVALS>>;

/// What a machine is held to, or is to be.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Agreement<AccountId> {
	/// The service level that it refines.
	pub template: TemplateId,
	/// The full terms.
	pub terms: Terms,
	/// What approvals and acceptance bind: see [`crate::Pallet::terms_hash`].
	pub hash: H256,
	/// Where it is in its life.
	pub state: AgreementState,
	/// When the owner proposed; once the terms are approved, when that was.
	pub proposed_at: Slot,
	/// The last slot in which approvals count; once the terms are approved, in which the owner may accept them.
	pub deadline: Slot,
	/// Members of the committee who approved these terms.
	pub approvals: Anchors<AccountId>,
	/// Members of the committee who have made a counter to the owner's proposal.
	pub countered: Anchors<AccountId>,
	/// Number of proposals made for the machine so far.
	pub version: u32,
	/// Whether the queue of deadlines holds an entry for the machine's negotiation.
	pub queued: bool,
	/// When its test began; rounds that ended before say nothing of it.
	pub tested_from: Slot,
	/// The last slot in which its approvers answer for it.
	pub answered_until: Slot,
	/// When it ends, while it is active.
	pub ending: Option<Ending>,
}

/// The modules of some terms.
pub type ModuleIds = BoundedVec<ModuleId, ConstU32<MAX_TERMS>>;

/// A breach that a second committee has not confirmed yet.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct PendingBreach {
	/// Whose committee found it.
	pub session: SessionIndex,
	/// The round with the committee's hardest finding.
	pub round: RoundIndex,
	/// That finding, as a share of the minimum bond.
	pub slash: Perbill,
	/// The modules of the terms that were broken in it.
	pub broken: ModuleIds,
}

/// The running state of a judged machine.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Record {
	/// The session of `rounds`.
	pub session: SessionIndex,
	/// The last rounds that one committee measured, oldest first.
	pub rounds: BoundedVec<Sample, ConstU32<MAX_WINDOW_ROUNDS>>,
	/// Rounds in a row in which too few anchors revealed.
	pub missing: u32,
	/// Breaches since the last pass.
	pub breaches: u32,
	/// Whether a verdict suspended the machine.
	pub suspended: bool,
	/// A breach that waits for a second committee.
	pub pending: Option<PendingBreach>,
}

/// What a round came to.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum Outcome {
	/// All terms were kept.
	Passed,
	/// A term was broken.
	Breached,
	/// Too few anchors revealed, or no term has a value.
	Missing,
}

/// The last round judged of a machine.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Verdict {
	/// The round.
	pub round: RoundIndex,
	/// The session whose committee measured it.
	pub session: SessionIndex,
	/// What it came to.
	pub outcome: Outcome,
	/// The worst credit over all terms.
	pub credit: Perbill,
	/// The hardest slash over all terms; applied only when a second committee confirms.
	pub slash: Perbill,
	/// What was measured in this round; `None` when it is missing.
	pub measurement: Option<Measurement>,
}

/// What verdicts say of a machine. Kept in one place, as each verdict reads and writes all of it.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Standing {
	/// The last round judged.
	pub last: Option<Verdict>,
	/// The running state, while the machine's agreement is tested or active.
	pub record: Option<Record>,
	/// A unit per module, and what forecasts are made of.
	pub learned: Intelligence,
}

/// What a measuring window comes to under some terms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
	/// Whether all terms that have a value were kept; missing when none has one.
	pub outcome: Outcome,
	/// The worst credit over all terms.
	pub credit: Perbill,
	/// The hardest slash over all terms.
	pub slash: Perbill,
	/// What the terms that were kept are worth of the round's reward.
	pub reward: Perbill,
	/// The terms' values, in their order; `None` where there is none.
	pub values: Vec<Option<u32>>,
	/// The modules of the terms that were broken.
	pub broken: ModuleIds,
}

impl Finding {
	/// That of a round which is neither a pass nor a breach.
	pub fn missing() -> Self {
		Self {
			outcome: Outcome::Missing,
			credit: Perbill::zero(),
			slash: Perbill::zero(),
			reward: Perbill::zero(),
			values: Vec::new(),
			broken: Default::default(),
		}
	}
}
