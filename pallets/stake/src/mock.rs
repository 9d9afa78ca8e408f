//! A runtime with balances, sessions and the ledger.

use crate as pallet_stake;
use crate::{DisableValidator, Event, FullIdentificationOf};
use exabits_primitives::{
	gaps::{Gap, Gaps},
	Balance, Claims, Clock as ClockT, Issuance, Jury, Operators, Role, SessionIndex, SlashId, Slot,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU32, ConstU64, Contains, Hooks},
	weights::{Weight, WeightMeter},
};
use frame_system::EnsureRoot;
use pallet_session::{historical::NoteHistoricalRoot, PeriodicSessions, TestSessionHandler};
use sp_runtime::{impl_opaque_keys, testing::UintAuthorityId, traits::ConvertInto, BuildStorage, Perbill};
use sp_staking::offence::OffenceSeverity;
use std::collections::BTreeMap;

/// What every test account starts with.
pub const FUNDS: Balance = 1_000_000;
/// Holds only the existential deposit at first.
pub const INSURANCE: u64 = 1_000;
/// Holds what is delegated, and only the existential deposit at first.
pub const POT: u64 = 1_001;
/// The least balance of an account.
pub const EXISTENTIAL: Balance = 10;
/// Slots from a slash's record to its application.
pub const DEFERRAL: Slot = 10;
/// Slots from unbonding to withdrawal.
pub const UNBONDING: Slot = 50;
/// Slots from an appeal to its end.
pub const APPEAL: Slot = 30;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Stake = pallet_stake;
	#[runtime::pallet_index(3)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(4)]
	pub type Historical = pallet_session::historical;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<EXISTENTIAL>;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

impl_opaque_keys! {
	pub struct Keys {
		pub dummy: UintAuthorityId,
	}
}

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = u64;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = PeriodicSessions<ConstU64<10>, ConstU64<0>>;
	type NextSessionRotation = PeriodicSessions<ConstU64<10>, ConstU64<0>>;
	type SessionManager = NoteHistoricalRoot<Test, Stake>;
	type SessionHandler = TestSessionHandler;
	type Keys = Keys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitDisablingStrategy;
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ConstU128<0>;
}

impl pallet_session::historical::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = FullIdentificationOf<Test>;
}

parameter_types! {
	pub static Now: Slot = 1;
	pub static LastGaps: Gaps = Gaps::default();
	pub static MinValidators: u32 = 2;
	pub static JurorsTo: u64 = 20;
	pub static Owed: Balance = 0;
	pub static SweepWeight: Weight = Weight::MAX;
	pub static MaxCommission: Perbill = Perbill::from_percent(50);
	pub static Earnings: BTreeMap<(u64, bool), (Balance, Balance)> = BTreeMap::new();
	pub static Created: Balance = 0;
	pub const Insurance: u64 = INSURANCE;
	pub const Pot: u64 = POT;
}

pub struct TestClock;
impl ClockT for TestClock {
	fn now() -> Slot {
		Now::get()
	}
	fn session() -> SessionIndex {
		Session::current_index()
	}
	fn round_slots() -> u32 {
		5
	}
	fn extended(since: Slot, until: Slot) -> Slot {
		LastGaps::get().extend(since, until)
	}
}

pub struct HasKeys;
impl Contains<u64> for HasKeys {
	fn contains(who: &u64) -> bool {
		pallet_session::NextKeys::<Test>::contains_key(who)
	}
}

pub struct Disable;
impl DisableValidator<u64> for Disable {
	fn disable(who: &u64, fraction: Perbill) {
		Session::report_offence(*who, OffenceSeverity(fraction));
	}
}

/// Draws the first of accounts 12 to 20 that may judge.
pub struct Jurors;
impl Jury<u64> for Jurors {
	fn draw(_: SlashId, size: u32, slashed: &u64, recused: &[u64]) -> Vec<u64> {
		let eligible = (12..=JurorsTo::get()).filter(|who| who != slashed && !recused.contains(who));
		let jury: Vec<_> = eligible.take(size as usize).collect();
		if jury.len() > 3 {
			jury
		} else {
			vec![]
		}
	}
}

pub struct OpenClaims;
impl Claims for OpenClaims {
	fn open() -> Balance {
		Owed::get()
	}
}

/// What operators have earned in sessions that are over: what is their own, and what they share.
pub struct Earned;
impl Issuance<u64> for Earned {
	fn settle(who: &u64, role: Role) {
		let earned = Earnings::mutate(|earnings| earnings.remove(&(*who, role == Role::Anchor)));
		if let Some((own, shared)) = earned {
			<Stake as Operators<u64>>::pay(who, role, own, shared).expect("it is bonded");
			Created::mutate(|created| *created += own + shared);
		}
	}
	fn settle_weight() -> Weight {
		Weight::zero()
	}
}

impl pallet_stake::Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Clock = TestClock;
	type AdminOrigin = EnsureRoot<u64>;
	type UnbondingSlots = ConstU64<UNBONDING>;
	type SlashDeferral = ConstU64<DEFERRAL>;
	type AppealSlots = ConstU64<APPEAL>;
	type Jury = Jurors;
	type JurySize = ConstU32<5>;
	type MaxJury = ConstU32<6>;
	type Claims = OpenClaims;
	type Pot = Pot;
	type DelegationMultiple = ConstU32<2>;
	type MinDelegation = ConstU128<10>;
	type Issuance = Earned;
	type MaxCommission = MaxCommission;
	type MaxUnbonding = ConstU32<3>;
	type MaxAnchors = ConstU32<4>;
	type MaxCandidates = ConstU32<5>;
	type MinValidators = MinValidators;
	type MaxValidators = ConstU32<4>;
	type Insurance = Insurance;
	type SessionKeysSet = HasKeys;
	type DisableValidator = Disable;
	type SweepWeight = SweepWeight;
	type MaxDuePerSlot = ConstU32<2>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_stake::BenchmarkHelper<u64> for Helper {
	fn set_slot(slot: Slot) {
		Now::set(slot);
	}
	fn set_session_keys(who: &u64) {
		pallet_session::NextKeys::<Test>::insert(who, Keys { dummy: UintAuthorityId(*who) });
	}
	fn seat_jury() {
		pallet_session::CurrentIndex::<Test>::mutate(|session| *session += 2);
	}
}

/// A chain to test on.
pub struct Chain {
	validators: Vec<(u64, Balance)>,
	anchors: Vec<(u64, Balance)>,
	services: Vec<(u64, Balance)>,
}

impl Default for Chain {
	/// Validators 1 to 4 with bonds of 400, 300, 200 and 100.
	fn default() -> Self {
		Self { validators: vec![(1, 400), (2, 300), (3, 200), (4, 100)], anchors: vec![], services: vec![] }
	}
}

impl Chain {
	pub fn validators(mut self, validators: Vec<(u64, Balance)>) -> Self {
		self.validators = validators;
		self
	}

	pub fn anchors(mut self, anchors: Vec<(u64, Balance)>) -> Self {
		self.anchors = anchors;
		self
	}

	pub fn services(mut self, services: Vec<(u64, Balance)>) -> Self {
		self.services = services;
		self
	}

	/// The state after genesis: accounts 1 to 20 are funded, 1 to 8 have session keys, and the minimums are
	/// 100 for validators, 50 for anchors and 20 for service nodes.
	pub fn build(self) -> sp_io::TestExternalities {
		Now::set(1);
		MinValidators::set(2);
		JurorsTo::set(20);
		Owed::set(0);
		SweepWeight::set(Weight::MAX);
		LastGaps::set(Gaps::default());
		MaxCommission::set(Perbill::from_percent(50));
		Earnings::set(BTreeMap::new());
		Created::set(0);
		let balances =
			(1..=20).map(|who| (who, FUNDS)).chain([(INSURANCE, EXISTENTIAL), (POT, EXISTENTIAL)]).collect();
		let keys = |who| (who, who, Keys { dummy: UintAuthorityId(who) });
		let authorities: Vec<_> = self.validators.iter().map(|(who, _)| *who).collect();
		let others = (1..=8).filter(|who| !authorities.contains(who)).map(keys).collect();
		let storage = RuntimeGenesisConfig {
			system: Default::default(),
			balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
			stake: pallet_stake::GenesisConfig {
				minimums: vec![(Role::Validator, 100), (Role::Anchor, 50), (Role::Service, 20)],
				validators: self.validators,
				anchors: self.anchors,
				services: self.services,
			},
			session: pallet_session::GenesisConfig {
				keys: authorities.into_iter().map(keys).collect(),
				non_authority_keys: others,
			},
		}
		.build_storage()
		.expect("the genesis of a test is sound");
		let mut ext: sp_io::TestExternalities = storage.into();
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs `test` on the chain, and checks the invariants and the money after it.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			let issued = Balances::total_issuance();
			test();
			Stake::do_try_state().expect("the invariants hold");
			assert_eq!(Balances::total_issuance(), issued + Created::get(), "money is conserved");
		});
	}
}

/// For the benchmarks' own tests.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
	Chain::default().validators(vec![]).build()
}

/// Lets `slot` come after a gap that began in slot `from`.
pub fn gap(from: Slot, slot: Slot) {
	LastGaps::mutate(|gaps| gaps.push(Gap { from, to: slot }));
	poll_at(slot);
}

/// Lets `slot` come and gives its block to the sweep.
pub fn poll_at(slot: Slot) {
	Now::set(slot);
	Stake::on_poll(System::block_number(), &mut WeightMeter::new());
}

/// The pallet's own events so far, which are forgotten by this.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events();
	System::reset_events();
	events
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Stake(event) => Some(event),
			_ => None,
		})
		.collect()
}
