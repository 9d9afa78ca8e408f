//! The runtime API: what tenants, providers, anchors and indexers ask of service levels.

use crate::{Agreement, Template, Verdict};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use exabits_primitives::{MachineId, ResourceKind, TemplateId, Workload};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// What a machine is held to, and how it has kept to it.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Compliance<AccountId> {
	/// Its latest agreement: terms and state.
	pub agreement: Option<Agreement<AccountId>>,
	/// What is to follow that.
	pub renewal: Option<Agreement<AccountId>>,
	/// The last round judged.
	pub last: Option<Verdict>,
	/// The compliance score; zero before the first verdict.
	pub score: Perbill,
	/// The probability of a breach in the next window; `None` before the first verdict.
	pub breach: Option<Perbill>,
}

sp_api::decl_runtime_apis! {
	/// What is asked of service levels.
	pub trait SlaApi<AccountId> where AccountId: Codec {
		/// The agreement of a machine, its compliance and its forecast; `None` for a machine that never agreed to anything.
		fn compliance(machine: MachineId) -> Option<Compliance<AccountId>>;
		/// The templates offered for a kind of hardware and a workload, without deprecated ones.
		fn templates(kind: ResourceKind, workload: Workload) -> Vec<(TemplateId, Template)>;
	}
}
