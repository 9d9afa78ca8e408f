//! Modules, templates, agreements and what is kept of verdicts.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::penalty;
use exabits_primitives::{Measurement, ModuleId, ResourceKind, RoundIndex, SessionIndex, Slot, TemplateId};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::Perbill;

/// The most knots of a module's penalty curve.
pub const MAX_KNOTS: u32 = 4;
/// The most terms of a template or an agreement.
pub const MAX_TERMS: u32 = 8;
/// The most kinds of hardware a template names.
pub const MAX_KINDS: u32 = 8;
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
}

impl Metric {
	/// Which side of a threshold is good for this metric.
	pub fn comparator(self) -> Comparator {
		match self {
			Self::Availability | Self::Bandwidth => Comparator::AtLeast,
			Self::LatencyP50 | Self::LatencyP99 => Comparator::AtMost,
		}
	}

	/// This metric's value in a measurement.
	pub fn read(self, measurement: &Measurement) -> u32 {
		match self {
			Self::Availability => measurement.availability,
			Self::LatencyP50 => measurement.latency_p50,
			Self::LatencyP99 => measurement.latency_p99,
			Self::Bandwidth => measurement.bandwidth,
		}
	}

	/// What the rounds of a measuring window come to; `None` of no rounds.
	pub fn over<'a>(self, rounds: impl IntoIterator<Item = &'a Measurement>) -> Option<u32> {
		let values = rounds.into_iter().map(|round| self.read(round));
		match self {
			Self::Availability => penalty::mean(values),
			_ => penalty::worst(values, self.comparator().into()),
		}
	}
}

/// How a committee's measurements of one round become one value.
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
	/// The middle one, as the committee's rules aggregate it.
	Median,
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
	/// What is looked at.
	pub metric: Metric,
	/// How a committee's measurements become one value.
	pub statistic: Statistic,
	/// Which side of the threshold is good; fixed by the metric.
	pub comparator: Comparator,
	/// The lowest threshold that a term may name, in the metric's unit; at least 1.
	pub min_threshold: u32,
	/// The highest threshold that a term may name, in the metric's unit.
	pub max_threshold: u32,
	/// Length of the measuring window in rounds, 1 to [`MAX_WINDOW_ROUNDS`].
	pub window_rounds: u32,
	/// Shortfalls from the threshold, in parts per million of it, strictly increasing.
	pub knots: BoundedVec<u32, ConstU32<MAX_KNOTS>>,
	/// Heights of a term that names none.
	pub heights: Heights,
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
	pub kinds: BoundedVec<ResourceKind, ConstU32<MAX_KINDS>>,
	/// Governed factor on the settlement price; above zero.
	pub price_factor: Perbill,
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
	/// Waits for its anchors' approvals.
	Proposed,
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
	/// Not approved in time.
	Expired,
}

impl AgreementState {
	/// Whether rounds are judged.
	pub fn is_judged(self) -> bool {
		matches!(self, Self::Testing | Self::Active)
	}

	/// Whether the owner can still end it.
	pub fn is_live(self) -> bool {
		matches!(self, Self::Proposed | Self::Agreed | Self::Testing | Self::Active)
	}
}

/// What a machine is held to.
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
	/// When these terms were proposed.
	pub proposed_at: Slot,
	/// The last slot in which approvals count.
	pub deadline: Slot,
	/// Members of the committee who approved these terms.
	pub approvals: BoundedVec<AccountId, ConstU32<MAX_APPROVALS>>,
	/// Number of proposals made for the machine so far.
	pub version: u32,
	/// Whether the queue of deadlines holds an entry for the machine.
	pub queued: bool,
}

/// A breach that a second committee has not confirmed yet.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct PendingBreach {
	/// Whose committee found it.
	pub session: SessionIndex,
	/// The round with the committee's hardest finding.
	pub round: RoundIndex,
	/// That finding, as a share of the minimum bond.
	pub slash: Perbill,
}

/// The running state of a judged machine.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Record {
	/// When the test started; rounds that ended before are nobody's evidence.
	pub since: Slot,
	/// The session of `rounds`.
	pub session: SessionIndex,
	/// The last measurements of one committee, oldest first.
	pub rounds: BoundedVec<Measurement, ConstU32<MAX_WINDOW_ROUNDS>>,
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
	/// Too few anchors revealed.
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

/// What a measuring window comes to under some terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
	/// Whether all terms were kept.
	pub passed: bool,
	/// The worst credit over all terms.
	pub credit: Perbill,
	/// The hardest slash over all terms.
	pub slash: Perbill,
}
