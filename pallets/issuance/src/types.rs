//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::issuance::{self, MAX_MATCHING, MAX_YEARLY};
use exabits_primitives::{Balance, Role, SessionIndex};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::Perbill;

/// What governance decides.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Terms {
	/// How much of all the money may be created in a year: at most [`MAX_YEARLY`].
	pub yearly: Perbill,
	/// The part of it that is for anchors; the rest is for validators.
	pub anchors: Perbill,
	/// The most that anchors get, as a share of the watch fees that their rounds were paid: at most [`MAX_MATCHING`].
	pub matching: Perbill,
	/// The most of what it earns that an operator may keep from those who delegate to it.
	pub max_commission: Perbill,
}

impl Terms {
	/// Whether they are within the bounds.
	pub fn is_valid(&self) -> bool {
		self.yearly <= MAX_YEARLY && self.matching <= MAX_MATCHING
	}
}

/// What one role can earn in a session, and what was asked of it.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Budget {
	/// The most that is created for it.
	pub amount: Balance,
	/// The points that there were to get, whether somebody got them or not.
	pub points: Balance,
}

/// A session and its budgets.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Session {
	/// Which one.
	pub index: SessionIndex,
	/// For validators. They get one point for each block, of as many as the session has slots.
	pub validators: Budget,
	/// For anchors. Their points are the watch fees that were paid for what they measured.
	pub anchors: Budget,
	/// The most that one anchor's point brings.
	pub matching: Perbill,
}

impl Session {
	/// What `points` of `role` in this session are worth.
	pub fn worth(&self, role: Role, points: Balance) -> Balance {
		let of = |budget: &Budget| issuance::worth(budget.amount, points, budget.points);
		match role {
			Role::Validator => of(&self.validators),
			Role::Anchor => of(&self.anchors).min(self.matching.mul_floor(points)),
			Role::Service => 0,
		}
	}
}

/// What somebody has earned in one role.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Earning {
	/// The last session that it has points of.
	pub session: SessionIndex,
	/// Those points.
	pub points: Balance,
	/// What it has earned before and does not share.
	pub own: Balance,
	/// What it has earned before and shares with those who delegate to it.
	pub shared: Balance,
}
