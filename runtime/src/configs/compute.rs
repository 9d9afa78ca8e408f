//! The mission's own pallets, and how they meet.

use crate::{
	AccountId, Anchoring, Assets, Balances, Clock, Issuance, Market, Rfl, Runtime, RuntimeHoldReason, Sla,
	Stake, Telemetry, Utc, EXA,
};
use exabits_primitives::{Clock as _, MilliDevices, Slot};
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, ConstU64, Contains, Get},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::{traits::AccountIdConversion, Perbill};

use super::{InsuranceAccount, RoundsWeight, SweepWeight, ToAuthor, TreasuryAccount, SLOT_MILLIS};

parameter_types! {
	pub const UtcPalletId: PalletId = PalletId(*b"exa/utc_");
	pub const StakePalletId: PalletId = PalletId(*b"exa/stak");
	pub DelegationPot: AccountId = StakePalletId::get().into_account_truncating();
	pub const MarketPalletId: PalletId = PalletId(*b"exa/mrkt");
	pub const AnchoringPalletId: PalletId = PalletId(*b"exa/anch");
	pub const RedeemFee: Perbill = Perbill::from_percent(2);
	pub const RewardShare: Perbill = Perbill::from_percent(80);
	pub const BountyShare: Perbill = Perbill::from_percent(10);
	pub const ListingFee: Perbill = Perbill::from_parts(2_500_000);
	pub const AuctionFee: Perbill = Perbill::from_parts(2_500_000);
	pub const InsuranceShare: Perbill = Perbill::from_percent(50);
	pub const EvacuateAt: Perbill = Perbill::from_percent(50);
	pub const CounterMargin: Perbill = Perbill::from_percent(10);
	pub const ApproverShare: Perbill = Perbill::from_percent(20);
	pub const Tolerance: Perbill = Perbill::from_percent(50);
	pub const MissSlash: Perbill = Perbill::from_percent(1);
	pub const SmallestListing: MilliDevices = MilliDevices(125);
}

/// Deadlines that share one slot.
type MaxDuePerSlot = ConstU32<1_024>;
/// How many windows ahead capacity may be committed and UTC minted.
type MaxWindowsAhead = ConstU32<48>;
/// Priority of calls that application keys authorise: above ordinary transactions, below operational ones.
type AuthorisedPriority = ConstU64<{ 1 << 32 }>;

/// Whether a validator has registered session keys.
pub struct SessionKeysSet;
impl Contains<AccountId> for SessionKeysSet {
	fn contains(who: &AccountId) -> bool {
		pallet_session::NextKeys::<Runtime>::contains_key(who)
	}
}

/// Takes an offender out of the current session.
pub struct DisableInSession;
impl pallet_stake::DisableValidator<AccountId> for DisableInSession {
	fn disable(who: &AccountId, fraction: Perbill) {
		let severity = sp_staking::offence::OffenceSeverity(fraction);
		pallet_session::Pallet::<Runtime>::report_offence(who.clone(), severity);
	}
}

/// How many anchors decide an appeal: more than twice as many as measure a machine.
pub struct JurySize;
impl Get<u32> for JurySize {
	fn get() -> u32 {
		pallet_clock::CommitteeSize::<Runtime>::get().saturating_mul(2).saturating_add(1)
	}
}

impl pallet_stake::Config for Runtime {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Clock = Clock;
	type AdminOrigin = EnsureRoot<AccountId>;
	type UnbondingSlots = pallet_clock::UnbondingSlots<Runtime>;
	type SlashDeferral = pallet_clock::SlashDeferral<Runtime>;
	type AppealSlots = pallet_clock::AppealSlots<Runtime>;
	type Jury = Anchoring;
	type JurySize = JurySize;
	type MaxJury = ConstU32<33>;
	type Claims = Utc;
	type Pot = DelegationPot;
	type DelegationMultiple = ConstU32<4>;
	type MinDelegation = ConstU128<EXA>;
	type Issuance = Issuance;
	type MaxCommission = pallet_issuance::MaxCommission<Runtime>;
	type MaxUnbonding = ConstU32<16>;
	type MaxAnchors = ConstU32<256>;
	type MaxCandidates = ConstU32<256>;
	type MinValidators = ConstU32<1>;
	type MaxValidators = ConstU32<100>;
	type Insurance = InsuranceAccount;
	type SessionKeysSet = SessionKeysSet;
	type DisableValidator = DisableInSession;
	type SweepWeight = SweepWeight;
	type MaxDuePerSlot = MaxDuePerSlot;
	type WeightInfo = pallet_stake::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}

impl pallet_issuance::Config for Runtime {
	type Currency = Balances;
	type Clock = Clock;
	type SessionSlots = pallet_clock::SessionSlots<Runtime>;
	type SlotMillis = ConstU64<SLOT_MILLIS>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type Operators = Stake;
	// A week of hours.
	type KeepSessions = ConstU32<168>;
	type WeightInfo = pallet_issuance::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}

impl pallet_rfl::Config for Runtime {
	type Clock = Clock;
	type CurateOrigin = EnsureRoot<AccountId>;
	type Bonds = Stake;
	type Agreements = Sla;
	type Obligations = Utc;
	type Prices = Market;
	type LeaseEvents = Utc;
	type OnMachine = Anchoring;
	type VerdictSlots = pallet_clock::VerdictSlots<Runtime>;
	type MaxWindowsAhead = MaxWindowsAhead;
	type MaxLeasesPerStep = ConstU32<16>;
	type MaxWindowsPerStep = ConstU32<8>;
	type MaxDuePerSlot = MaxDuePerSlot;
	type KeepWindows = ConstU32<24>;
	// A hundredth of a device.
	type MoveGain = ConstU32<10_000>;
	type SweepWeight = SweepWeight;
	type UnsignedPriority = AuthorisedPriority;
	type WeightInfo = pallet_rfl::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}

/// How long the terms of an agreement may be approved: one session, in which the committee stays the same.
pub struct ApprovalSlots;
impl Get<Slot> for ApprovalSlots {
	fn get() -> Slot {
		pallet_clock::SessionSlots::<Runtime>::get()
	}
}

/// So many sessions, in slots.
pub struct Sessions<const COUNT: u32>;
impl<const COUNT: u32> Get<Slot> for Sessions<COUNT> {
	fn get() -> Slot {
		pallet_clock::SessionSlots::<Runtime>::get().saturating_mul(COUNT.into())
	}
}

impl pallet_sla::Config for Runtime {
	type Clock = Clock;
	type CurateOrigin = EnsureRoot<AccountId>;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type PublicationDeposit = ConstU128<{ 100 * EXA }>;
	type VetoAccount = InsuranceAccount;
	type VetoSlots = Sessions<24>;
	type Machines = Rfl;
	type Classes = Rfl;
	type Leases = Rfl;
	type Bonds = Stake;
	type Slashes = Stake;
	type Credits = Utc;
	type Committees = Anchoring;
	type OnBreach = Anchoring;
	type Evidence = Telemetry;
	type ApprovalSlots = ApprovalSlots;
	type CounterMargin = CounterMargin;
	type AgreementSlots = Sessions<{ 24 * 30 }>;
	type NoticeSlots = Sessions<1>;
	type DaySlots = ConstU64<{ 24 * 60 * 60 * 1_000 / SLOT_MILLIS }>;
	type ApproverWindows = ConstU32<24>;
	type MaxDuePerSlot = MaxDuePerSlot;
	type MaxMissing = ConstU32<3>;
	type MaxBreaches = ConstU32<3>;
	type EvacuateAt = EvacuateAt;
	type SweepWeight = SweepWeight;
	type WeightInfo = pallet_sla::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}

impl pallet_utc::Config for Runtime {
	type Clock = Clock;
	type Assets = Assets;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Bonds = Stake;
	type Classes = Rfl;
	type Capacity = Rfl;
	type Agreements = Sla;
	type Leases = Rfl;
	type PalletId = UtcPalletId;
	type Insurance = InsuranceAccount;
	type Kappa = ConstU32<1_250_000>;
	type RedeemFee = RedeemFee;
	type RewardShare = RewardShare;
	type BountyShare = BountyShare;
	type MaxWindowsAhead = MaxWindowsAhead;
	type CloseGrace = pallet_clock::VerdictSlots<Runtime>;
	type DestroyStep = ConstU32<64>;
	type MaxDuePerSlot = MaxDuePerSlot;
	type SweepWeight = SweepWeight;
	type WeightInfo = pallet_utc::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}

impl pallet_market::Config for Runtime {
	type Clock = Clock;
	type Assets = Assets;
	type Currency = Balances;
	type Utcs = Utc;
	type Keys = Utc;
	type Offers = Utc;
	type Redeem = Utc;
	type Classes = Rfl;
	type Fee = ListingFee;
	type FeeAccount = TreasuryAccount;
	type AuctionFee = AuctionFee;
	type InsuranceShare = InsuranceShare;
	type InsuranceAccount = InsuranceAccount;
	type OrderFee = ConstU128<{ EXA / 10_000 }>;
	type OnOrderFee = ToAuthor;
	type PalletId = MarketPalletId;
	type MinAmount = SmallestListing;
	type MaxDuePerSlot = MaxDuePerSlot;
	type MaxOrders = ConstU32<16>;
	type MaxOffers = ConstU32<16>;
	type MaxQueued = ConstU32<128>;
	type WindDownStep = ConstU32<8>;
	type SweepWeight = SweepWeight;
	type ClearWeight = SweepWeight;
	type WeightInfo = pallet_market::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}

/// Randomness that nobody knew when the session before began: what BABE's validators revealed up to the end of
/// that session. `None` while it is still the zero of genesis.
pub struct SessionSeed;
impl Get<Option<[u8; 32]>> for SessionSeed {
	fn get() -> Option<[u8; 32]> {
		Some(pallet_babe::NextRandomness::<Runtime>::get()).filter(|seed| *seed != [0; 32])
	}
}

/// The rounds that a session has, one at least.
pub struct RoundsPerSession;
impl Get<u32> for RoundsPerSession {
	fn get() -> u32 {
		let slots = pallet_clock::SessionSlots::<Runtime>::get();
		let rounds = slots.checked_div(Clock::round_slots().into()).unwrap_or_default();
		u32::try_from(rounds).unwrap_or(u32::MAX).max(1)
	}
}

impl pallet_anchoring::Config for Runtime {
	type Clock = Clock;
	type Seed = SessionSeed;
	type Anchors = Stake;
	type Bonds = Stake;
	type Slashes = Stake;
	type Machines = Rfl;
	type Judge = Sla;
	type Approvers = Sla;
	type ApproverShare = ApproverShare;
	type Measured = Issuance;
	type Currency = Balances;
	type CommitteeSize = pallet_clock::CommitteeSize<Runtime>;
	type Quorum = pallet_clock::Quorum<Runtime>;
	type CommitSlots = pallet_clock::CommitSlots<Runtime>;
	type RevealSlots = pallet_clock::RevealSlots<Runtime>;
	type WatchFee = ConstU128<{ EXA / 10 }>;
	type RoundsPerSession = RoundsPerSession;
	type PalletId = AnchoringPalletId;
	type Tolerance = Tolerance;
	type MissSlash = MissSlash;
	type MaxCommittee = ConstU32<16>;
	type MaxSeats = ConstU32<256>;
	type MaxDuePerSlot = MaxDuePerSlot;
	type KeepSessions = ConstU32<3>;
	type SweepWeight = RoundsWeight;
	type UnsignedPriority = AuthorisedPriority;
	type WeightInfo = pallet_anchoring::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}

impl pallet_telemetry::Config for Runtime {
	type Clock = Clock;
	type Machines = Rfl;
	type Classes = Rfl;
	type ReportWindows = ConstU32<1>;
	type UnsignedPriority = AuthorisedPriority;
	type WeightInfo = pallet_telemetry::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Scene;
}
