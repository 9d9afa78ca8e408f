//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::settlement;
use exabits_primitives::{Balance, MilliDevices, Slot, UtcId, UtcKey};
use scale_info::TypeInfo;

/// A UTC's way through its life: `Open → Closing → Closed`.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum UtcState {
	/// Its asset is live: it is minted until its window starts, and traded and redeemed until the window ends.
	Open,
	/// Its window is over: the asset no longer moves, and its accounts are being destroyed.
	Closing,
	/// The asset is gone.
	Closed,
}

/// One UTC: the terms frozen when it opened, and what is outstanding.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct UtcRecord {
	/// What it stands for.
	pub key: UtcKey,
	/// Settlement price `S` of one device for one window.
	pub price: Balance,
	/// Cover ratio κ in parts per million.
	pub kappa: u32,
	/// First slot of the window: minting ends.
	pub start: Slot,
	/// First slot after the window: trading and redeeming end.
	pub end: Slot,
	/// Sum of what its positions have minted, net of burns.
	pub minted: MilliDevices,
	/// Sum of what its positions have been given to deliver.
	pub redeemed: MilliDevices,
	/// Number of positions that have not been settled.
	pub positions: u32,
	/// Number of leases that have not ended.
	pub leases: u32,
	/// Where it is in its life.
	pub state: UtcState,
}

impl UtcRecord {
	/// The most that a lease of `amount` can be paid: κ·S·amount.
	pub fn part(&self, amount: MilliDevices) -> Option<Balance> {
		settlement::part(amount, self.price, self.kappa)
	}
}

/// What one provider has promised of one UTC, and what stands behind it.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Default, PartialEq, Eq, Debug,
)]
pub struct Position {
	/// Minted, net of burns.
	pub minted: MilliDevices,
	/// Given to this provider to deliver; at most what it minted.
	pub placed: MilliDevices,
	/// Number of its leases that have not ended.
	pub leases: u32,
	/// Money on hold for this position.
	pub cover: Balance,
	/// The part of `cover` that its unfinished leases stand on.
	pub liable: Balance,
	/// What has been taken from its cover so far.
	pub paid: Balance,
}

impl Position {
	/// Minted and not yet given to this provider to deliver.
	pub fn unplaced(&self) -> MilliDevices {
		self.minted.left_after(self.placed)
	}
}

/// The money side of a lease that has not ended.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct LeaseAccount<AccountId> {
	/// What was redeemed.
	pub utc: UtcId,
	/// Whose lease it is.
	pub tenant: AccountId,
	/// Who answers for it now.
	pub provider: AccountId,
	/// How much was redeemed.
	pub amount: MilliDevices,
	/// The part of the provider's cover that stands for this lease alone.
	pub reserved: Balance,
	/// What the tenant has been awarded so far, whoever paid it; never above κ·S·amount.
	pub awarded: Balance,
	/// The fee that the tenant paid.
	pub fee: Balance,
	/// The most of the fee that providers can earn.
	pub reward_pool: Balance,
	/// What providers have earned of it.
	pub rewarded: Balance,
	/// What was paid out of the fee for a better place.
	pub bounty: Balance,
}

impl<AccountId> LeaseAccount<AccountId> {
	/// What the pallet's account still keeps of the fee.
	pub fn fee_left(&self) -> Balance {
		self.fee.saturating_sub(self.rewarded).saturating_sub(self.bounty)
	}
}

/// How much one window may still take out of the insurance pool.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Default, PartialEq, Eq, Debug,
)]
pub struct InsurancePeriod {
	/// The first slot in which a new period may begin.
	pub ends: Slot,
	/// What is left of this period's budget.
	pub left: Balance,
}

/// All recorded claims together.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Default, PartialEq, Eq, Debug,
)]
pub struct ClaimBook {
	/// Sum of the claims.
	pub total: Balance,
	/// What of the insurance pool is not for claims: what flowed in above this mark pays them.
	pub mark: Balance,
}

/// Who paid how much of an award.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Paid {
	/// Paid from the provider's cover.
	pub from_cover: Balance,
	/// Paid from the insurance pool.
	pub from_insurance: Balance,
	/// Recorded as a claim.
	pub claim: Balance,
}
