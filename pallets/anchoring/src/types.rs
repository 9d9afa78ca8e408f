//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{MachineId, Measurement, RoundIndex, SessionIndex, Slot};
use frame_support::{traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Perbill;

/// A seat in the committee of one round, and what its holder has done so far.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct CommitteeMember<AccountId> {
	/// Who measures.
	pub anchor: AccountId,
	/// Hash of what it will reveal.
	pub commitment: Option<H256>,
	/// What it revealed.
	pub revealed: Option<Measurement>,
}

/// One machine's round from its first slot to its settlement.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound,
)]
#[scale_info(skip_type_params(MaxCommittee))]
pub struct Round<AccountId, MaxCommittee>
where
	AccountId: Clone + PartialEq + Eq + core::fmt::Debug,
	MaxCommittee: Get<u32>,
{
	/// The session in which the round was opened, and from which its committee is.
	pub session: SessionIndex,
	/// The round's first slot.
	pub starts: Slot,
	/// The first slot in which commitments count: the round's end.
	pub commits_from: Slot,
	/// The first slot in which reveals count, and commitments no longer.
	pub reveals_from: Slot,
	/// The first slot in which the round can be settled, and reveals no longer count.
	pub settles_at: Slot,
	/// Its committee.
	pub members: BoundedVec<CommitteeMember<AccountId>, MaxCommittee>,
}

/// A machine that rounds measure.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Watch {
	/// The round that is opened next. It also tells the one queue entry that counts from those that do not.
	pub next: RoundIndex,
	/// Whether that round shall be opened, or the watch end when it is due.
	pub active: bool,
	/// Rounds in a row whose watch fee the owner could not pay.
	pub unpaid: u32,
}

/// What the queue holds.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum Due {
	/// A machine's round begins.
	Opening(MachineId, RoundIndex),
	/// A machine's round is through.
	Settling(MachineId, RoundIndex),
}

/// What an anchor's past rounds say of it.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Standing {
	/// How near it was to what its committees agreed on; recent rounds weigh most.
	pub accuracy: Perbill,
	/// Rounds in which it revealed and its committee agreed.
	pub agreed: u32,
	/// Rounds for which it did not commit.
	pub missed: u32,
	/// Rounds for which it committed and did not reveal.
	pub withheld: u32,
}

impl Default for Standing {
	fn default() -> Self {
		Self { accuracy: Perbill::one(), agreed: 0, missed: 0, withheld: 0 }
	}
}
