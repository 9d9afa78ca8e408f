//! Time and consensus: BABE, GRANDPA, sessions, and the ledger of bonds that elects validators.

use crate::{
	AccountId, Babe, Balances, Historical, Issuance, Offences, Runtime, RuntimeEvent, Session, SessionKeys,
	Stake,
};
use alloc::vec::Vec;
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
		// Bonds must outlast a report made at the last moment, the deferral of its slash and an appeal.
		pallet_clock::UnbondingSlots::<Runtime>::get()
			.saturating_sub(pallet_clock::SlashDeferral::<Runtime>::get())
			.saturating_sub(pallet_clock::AppealSlots::<Runtime>::get())
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

/// For how many sessions before the current one an equivocation may be reported. So long GRANDPA remembers which
/// validators a set had, and the historical roots stay that prove it.
pub struct ReportSessions;
impl Get<u64> for ReportSessions {
	fn get() -> u64 {
		ReportLongevity::get() / pallet_clock::SessionSlots::<Runtime>::get().max(1) + 1
	}
}

/// The most historical roots that one session removes. It adds one, so that two work off any backlog.
const MAX_PRUNED: SessionIndex = 2;

/// The session manager: the ledger elects, the historical pallet notes what it elected, and roots go with which
/// nothing can be reported any more.
pub struct Elections;
type Noted = pallet_session::historical::NoteHistoricalRoot<Runtime, Stake>;

impl Elections {
	/// Removes the roots of sessions too long before the one that becomes current when `planned` is planned.
	fn prune(planned: SessionIndex) {
		let Some((first, _)) = pallet_session::historical::StoredRange::<Runtime>::get() else { return };
		let kept = SessionIndex::try_from(ReportSessions::get()).unwrap_or(SessionIndex::MAX);
		let needed = planned.saturating_sub(1).saturating_sub(kept);
		if needed > first {
			Historical::prune_up_to(needed.min(first.saturating_add(MAX_PRUNED)));
		}
	}
}

impl pallet_session::SessionManager<AccountId> for Elections {
	fn new_session(planned: SessionIndex) -> Option<Vec<AccountId>> {
		let elected = <Noted as pallet_session::SessionManager<AccountId>>::new_session(planned);
		Self::prune(planned);
		elected
	}

	fn new_session_genesis(planned: SessionIndex) -> Option<Vec<AccountId>> {
		<Noted as pallet_session::SessionManager<AccountId>>::new_session_genesis(planned)
	}

	fn start_session(session: SessionIndex) {
		<Noted as pallet_session::SessionManager<AccountId>>::start_session(session)
	}

	fn end_session(session: SessionIndex) {
		<Noted as pallet_session::SessionManager<AccountId>>::end_session(session)
	}
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = ReportSessions;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = Issuance;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = Elections;
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
