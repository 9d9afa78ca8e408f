//! What the ledger stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{Balance, Role, SessionIndex, Slot};
use frame_support::{
	traits::{ConstU32, Get},
	BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// A part of a bond that is on its way out.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Unbonding {
	/// How much.
	pub amount: Balance,
	/// The session in which it was unbonded.
	pub session: SessionIndex,
	/// The first slot in which it can be withdrawn.
	pub withdrawable_from: Slot,
}

/// One account's bond for one role.
#[derive(
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	DefaultNoBound,
)]
#[scale_info(skip_type_params(MaxUnbonding))]
#[codec(mel_bound())]
pub struct Bond<MaxUnbonding: Get<u32>> {
	/// What counts.
	pub active: Balance,
	/// What is set aside of the active part.
	pub reserved: Balance,
	/// The sum of the slashes deferred against this bond.
	pub pending: Balance,
	/// What is on its way out, in the order in which it comes free.
	pub unbonding: BoundedVec<Unbonding, MaxUnbonding>,
}

impl<MaxUnbonding: Get<u32>> Bond<MaxUnbonding> {
	/// Active and unbonding together: what is on hold. `None` on overflow.
	pub fn total(&self) -> Option<Balance> {
		self.unbonding.iter().try_fold(self.active, |sum, part| sum.checked_add(part.amount))
	}

	/// What is active and not reserved.
	pub fn unreserved(&self) -> Balance {
		// A slash may have left less active than is reserved.
		self.active.saturating_sub(self.reserved)
	}

	/// Whether there is nothing left to keep a record of.
	pub fn is_empty(&self) -> bool {
		self.active == 0 && self.reserved == 0 && self.pending == 0 && self.unbonding.is_empty()
	}
}

/// An account whose bond has reached the minimum of its role.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Qualified<AccountId> {
	/// Whose bond it is.
	pub who: AccountId,
	/// Its active part.
	pub bond: Balance,
}

/// A slash that waits to be applied.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct DeferredSlash<AccountId> {
	/// Whose bond is slashed.
	pub who: AccountId,
	/// Which of its bonds.
	pub role: Role,
	/// How much, as far as the bond reaches.
	pub amount: Balance,
	/// Who gets a share of it.
	pub reporter: Option<AccountId>,
	/// The slot in which its deferral began.
	pub since: Slot,
	/// The first slot in which it can be applied, when there is no gap in blocks until then.
	pub due: Slot,
}

/// How many sessions with offences are remembered per validator.
pub const MAX_CHARGES: u32 = 16;

/// The highest fraction charged per session, in the order in which they were charged last.
pub type Charges = BoundedVec<(SessionIndex, Perbill), ConstU32<MAX_CHARGES>>;
