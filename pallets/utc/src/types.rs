//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::settlement::{self, Delivery};
use exabits_primitives::{Balance, MachineId, MilliDevices, Slot, UtcId, UtcKey};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// How many lost machines a redemption for cash may name.
pub const MAX_MACHINES: u32 = 16;

/// Lost machines of one provider.
pub type LostMachines = BoundedVec<MachineId, ConstU32<MAX_MACHINES>>;

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
	/// What the imbalance between its providers is settled at, for one device and one window.
	pub imbalance_price: Balance,
	/// First slot of the window: minting ends.
	pub start: Slot,
	/// First slot after the window: trading and redeeming end.
	pub end: Slot,
	/// Sum of what its positions have minted, net of burns.
	pub minted: MilliDevices,
	/// Sum of what its positions have been given to deliver.
	pub redeemed: MilliDevices,
	/// Sum of what its positions have served, in milli-device-slots.
	pub delivered: u64,
	/// Sum of what its positions are relieved of, in milli-device-slots.
	pub relieved: u64,
	/// Redeemed time that nobody served and no cover paid for, in milli-device-slots.
	pub lost: u64,
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

	/// The slots of the window that are still to come at `now`.
	pub fn remaining(&self, now: Slot) -> Slot {
		self.end.saturating_sub(now.max(self.start))
	}

	/// The length of the window in slots.
	pub fn window(&self) -> Slot {
		self.end.saturating_sub(self.start)
	}

	/// What all its positions together have promised, and what of it was delivered or lost.
	pub fn delivery(&self) -> Option<Delivery> {
		Some(Delivery {
			obliged: time(self.minted, self.window())?.checked_sub(self.relieved)?,
			delivered: self.delivered.checked_add(self.lost)?,
		})
	}
}

/// So many milli-devices for so many slots, in milli-device-slots.
pub fn time(amount: MilliDevices, slots: Slot) -> Option<u64> {
	u64::from(amount.0).checked_mul(slots)
}

/// What one provider has promised of one UTC, and what stands behind it.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Default, PartialEq, Eq, Debug,
)]
pub struct Position {
	/// Minted, net of burns.
	pub minted: MilliDevices,
	/// Offered for sale, to be minted when it is sold.
	pub offered: MilliDevices,
	/// Given to this provider to deliver; at most what it minted.
	pub placed: MilliDevices,
	/// What of that was for leases that have ended or were rejected.
	pub ended: MilliDevices,
	/// Number of its leases that have not ended. One that was rejected ends when the last verdict on its window is due.
	pub leases: u32,
	/// Money on hold for this position.
	pub cover: Balance,
	/// The part of `cover` that its unfinished leases stand on.
	pub liable: Balance,
	/// Money on hold for what is offered: the part of its cover that its sale will not bring.
	pub set_aside: Balance,
	/// What has been taken from its cover so far.
	pub paid: Balance,
	/// What it served of what it was given, in milli-device-slots; without what another provider paid it for.
	pub delivered: u64,
	/// What it was given, did not serve and has paid for, in milli-device-slots: at most all that it minted.
	pub relieved: u64,
	/// What the other providers of the UTC owe it, once its cover has been released.
	pub due: Option<Balance>,
}

impl Position {
	/// Minted and not yet given to this provider to deliver.
	pub fn unplaced(&self) -> MilliDevices {
		self.minted.left_after(self.placed)
	}

	/// Minted and offered.
	pub fn promised(&self) -> Option<MilliDevices> {
		self.minted.checked_add(self.offered)
	}

	/// Whether nothing is promised, and nothing to be settled.
	pub fn is_idle(&self) -> bool {
		let promised = self.minted.0 > 0 || self.offered.0 > 0 || self.leases > 0;
		!promised && self.delivered == 0 && self.cover == 0 && self.set_aside == 0
	}

	/// What of it is in holders' hands and can be placed nowhere, when its provider's commitments come to `committed`
	/// without what is free on machines that are lost.
	pub fn deficit(&self, committed: MilliDevices) -> MilliDevices {
		self.minted.left_after(self.ended).left_after(committed).min(self.unplaced())
	}

	/// What it promised of a UTC with windows of so many slots, and what of it it delivered.
	pub fn delivery(&self, window: Slot) -> Option<Delivery> {
		let obliged = time(self.minted, window)?.checked_sub(self.relieved)?;
		Some(Delivery { obliged, delivered: self.delivered })
	}
}

/// The settlement between the providers of a UTC, from the first position settled until the last one is gone.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Default, PartialEq, Eq, Debug,
)]
pub struct Settlement {
	/// What all providers promised, in milli-device-slots.
	pub obliged: u64,
	/// What was delivered of it, or lost, in milli-device-slots.
	pub delivered: u64,
	/// Number of positions whose cover has not been released.
	pub open: u32,
	/// What those that delivered more than their duty are owed.
	pub due: Balance,
	/// What those that delivered less have paid.
	pub paid: Balance,
	/// What of that has not been paid out.
	pub left: Balance,
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
	/// The slot from which that provider is to serve it.
	pub since: Slot,
	/// The share of what it is to serve that another provider, which did not serve it, has paid it to take over.
	pub taken_over: Perbill,
	/// How much was redeemed.
	pub amount: MilliDevices,
	/// The part of the provider's cover that stands for this lease alone.
	pub reserved: Balance,
	/// What of that stood for rounds that this provider served well, and can be released.
	pub served: Balance,
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
	/// What its provider's cover has paid for rounds in breach and what is not booked yet. The provider forfeits what goes
	/// with that when it is, so that the tenant comes first.
	pub credited: Balance,
	/// Whether its tenant has rejected it. What is reserved is on trial then: a breach in a round in which it ran takes it.
	pub rejected: bool,
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

/// What a provider has promised of one UTC, and what stands behind it.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Liabilities {
	/// Minted and neither burnt, given to it to deliver, nor paid for.
	pub unplaced: MilliDevices,
	/// What that is worth for the time that remains, at the settlement price.
	pub promised: Balance,
	/// Number of its leases that have not ended.
	pub leases: u32,
	/// Money on hold.
	pub cover: Balance,
	/// The part of it that those leases stand on.
	pub liable: Balance,
}

/// What UTC of consecutive windows costs its provider and its holder.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct BasketQuote {
	/// The cover that minting it locks.
	pub cover: Balance,
	/// The fees for redeeming it.
	pub fees: Balance,
	/// What it is insured at: S·amount, summed over the windows.
	pub principal: Balance,
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
