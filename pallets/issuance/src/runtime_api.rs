//! The runtime API: what validators, anchors and those who delegate to them ask of their rewards.

use codec::{Codec, Decode, Encode};
use exabits_primitives::Balance;
use scale_info::TypeInfo;

/// What was earned in one role and would be paid now.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Claimable {
	/// To whoever has earned it.
	pub own: Balance,
	/// To those who delegate to it.
	pub delegators: Balance,
}

/// All that an account can claim.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Rewards {
	/// By `issuance.claim`, as a validator.
	pub validator: Claimable,
	/// By `issuance.claim`, as an anchor.
	pub anchor: Claimable,
	/// By `anchoring.claim`: watch fees.
	pub watch_fees: Balance,
}

impl From<(Balance, Balance)> for Claimable {
	fn from((own, delegators): (Balance, Balance)) -> Self {
		Self { own, delegators }
	}
}

sp_api::decl_runtime_apis! {
	/// What is asked of rewards.
	pub trait RewardsApi<AccountId> where AccountId: Codec {
		/// What `who` can claim, and what those who delegate to it would get by that.
		fn rewards(who: AccountId) -> Rewards;
	}
}
