//! Time and consensus: BABE, GRANDPA, sessions, and the ledger of bonds that elects validators.

use crate::{
	AccountId, Babe, Balances, Historical, Offences, Runtime, RuntimeEvent, Session, SessionKeys, Stake,
};
use exabits_primitives::{SessionIndex, Slot};
use frame_support::traits::{ConstU32, ConstU64, Get};
use sp_runtime::traits::{ConvertInto, OpaqueKeys};

/// Length of a slot in milliseconds.
pub const SLOT_MILLIS: u64 = 2_000;
/// The most validators that the consensus pallets keep.
const MAX_AUTHORITIES: u32 = 100;

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Babe;
	type MinimumPeriod = ConstU64<{ SLOT_MILLIS / 2 }>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

/// The current BABE slot.
pub struct CurrentSlot;
impl Get<Slot> for CurrentSlot {
	fn get() -> Slot {
		pallet_babe::CurrentSlot::<Runtime>::get().into()
	}
}

/// The current session.
pub struct CurrentSession;
impl Get<SessionIndex> for CurrentSession {
	fn get() -> SessionIndex {
		pallet_session::CurrentIndex::<Runtime>::get()
	}
}

impl pallet_clock::Config for Runtime {
	type CurrentSlot = CurrentSlot;
	type CurrentSession = CurrentSession;
	type MaxGap = ConstU32<30>;
}

/// How long an equivocation may be reported: as long as bonds unbond, in blocks.
pub struct ReportLongevity;
impl Get<u64> for ReportLongevity {
	fn get() -> u64 {
		// Bonds must outlast a report made at the last moment and the deferral of its slash.
		pallet_clock::UnbondingSlots::<Runtime>::get()
			.saturating_sub(pallet_clock::SlashDeferral::<Runtime>::get())
			.saturating_div(2)
	}
}

impl pallet_babe::Config for Runtime {
	type EpochDuration = pallet_clock::SessionSlots<Runtime>;
	type ExpectedBlockTime = ConstU64<SLOT_MILLIS>;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
	type MaxNominators = ConstU32<0>;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

/// For how many sessions GRANDPA remembers which validators a set had: as long as reports may come.
pub struct MaxSetIdSessionEntries;
impl Get<u64> for MaxSetIdSessionEntries {
	fn get() -> u64 {
		ReportLongevity::get() / pallet_clock::SessionSlots::<Runtime>::get().max(1) + 1
	}
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = ();
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Self, Stake>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = ();
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = pallet_stake::FullIdentificationOf<Runtime>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
	type OnOffenceHandler = Stake;
}
