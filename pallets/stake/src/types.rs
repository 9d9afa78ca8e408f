//! What the ledger stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::{
	delegation::{Holding, Pool},
	slashing::{self, Verdict},
};
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
	/// What is delegated to its owner, as far as it counts.
	pub delegated: Balance,
}

impl<AccountId> Qualified<AccountId> {
	/// What elections and seats go by.
	pub fn stake(&self) -> Balance {
		// All the money there is does not overflow.
		self.bond.saturating_add(self.delegated)
	}
}

/// What is delegated to one operator for one role.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Delegated {
	/// What counts.
	pub staying: Pool,
	/// What is on its way out, and can still be slashed.
	pub leaving: Pool,
}

impl Delegated {
	/// All that can be slashed. `None` on overflow.
	pub fn total(&self) -> Option<Balance> {
		self.staying.value.checked_add(self.leaving.value)
	}

	/// Whether there is nothing to keep a record of. A generation is kept: by it what was lost is worth nothing.
	pub fn is_new(&self) -> bool {
		*self == Self::default()
	}
}

/// A part of a delegation that is on its way out.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Leaving {
	/// Shares in what is leaving.
	pub holding: Holding,
	/// The first slot in which it can be withdrawn.
	pub withdrawable_from: Slot,
}

/// What one account has delegated to one operator for one role.
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
pub struct Delegation<MaxUnbonding: Get<u32>> {
	/// Shares in what stays.
	pub staying: Holding,
	/// What is on its way out, in the order in which it comes free.
	pub leaving: BoundedVec<Leaving, MaxUnbonding>,
}

/// What an operator keeps of what it earns, before those who delegate to it share the rest.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Commission {
	/// Which part, until there is another.
	pub rate: Perbill,
	/// Which part from a session on.
	pub next: Option<(SessionIndex, Perbill)>,
}

impl Commission {
	/// The part that holds in `session`.
	pub fn rate_in(&self, session: SessionIndex) -> Perbill {
		self.next.filter(|(from, _)| session >= *from).map_or(self.rate, |(_, rate)| rate)
	}
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

/// A member of a jury.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Juror<AccountId> {
	/// Who.
	pub who: AccountId,
	/// Its vote: true to cancel the slash.
	pub cancel: Option<bool>,
}

/// An appeal against a slash.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound,
)]
#[scale_info(skip_type_params(MaxJury))]
pub struct Appeal<AccountId, MaxJury>
where
	AccountId: Clone + PartialEq + Eq + core::fmt::Debug,
	MaxJury: Get<u32>,
{
	/// What was deposited.
	pub deposit: Balance,
	/// The first session in which the jury can be drawn.
	pub session: SessionIndex,
	/// Who decides; empty until it is drawn.
	pub jury: BoundedVec<Juror<AccountId>, MaxJury>,
}

impl<AccountId, MaxJury> Appeal<AccountId, MaxJury>
where
	AccountId: Clone + PartialEq + Eq + core::fmt::Debug,
	MaxJury: Get<u32>,
{
	/// What the jury has decided.
	pub fn verdict(&self) -> Option<Verdict> {
		slashing::verdict(self.jury.iter().map(|juror| juror.cancel))
	}
}

/// How many sessions with offences are remembered per validator.
pub const MAX_CHARGES: u32 = 16;

/// The highest fraction charged per session, in the order in which they were charged last.
pub type Charges = BoundedVec<(SessionIndex, Perbill), ConstU32<MAX_CHARGES>>;
