//! A runtime of this pallet and balances; operators are played.

use crate as pallet_issuance;
use crate::*;
use exabits_math::issuance;
use exabits_primitives::{Balance, Clock, Operators, Role, SessionIndex, Slot};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, Mutate},
		ConstU128, ConstU32, ConstU64,
	},
};
use frame_system::EnsureRoot;
use sp_runtime::{BuildStorage, DispatchError};
use std::collections::BTreeMap;

/// Slots in a session.
pub const SLOTS: u64 = 10;
/// For how many sessions points can be turned into money.
pub const KEEP: u32 = 4;
/// A hundred sessions in a year.
pub const SLOT_MILLIS: u64 = issuance::YEAR_MILLIS / (SLOTS * 100);
/// All the money at the start: a tenth of a year's share for each session is a thousandth of it.
pub const ISSUED: Balance = 10_000_000;
/// What a session brings under [`TERMS`], for validators and for anchors.
pub const SESSION: [Balance; 2] = [6_000, 4_000];
pub const TERMS: Terms = Terms {
	yearly: Perbill::from_percent(10),
	anchors: Perbill::from_percent(40),
	matching: Perbill::from_percent(25),
	max_commission: Perbill::from_percent(50),
};
/// Who gets what is for those who delegate to an account.
pub const DELEGATORS: u64 = 1_000;
const HOLDER: u64 = 999;

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
	pub type Issuance = pallet_issuance;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type Block = frame_system::mocking::MockBlock<Test>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

parameter_types! {
	pub static Current: SessionIndex = 1;
	/// Bonds, what is delegated, and commissions; nothing of the three for others.
	pub static Known: BTreeMap<u64, (Balance, Balance, Perbill)> = BTreeMap::new();
	pub static CannotPay: bool = false;
}

pub struct World;

impl Clock for World {
	fn now() -> Slot {
		Slot::from(Current::get()) * SLOTS
	}
	fn session() -> SessionIndex {
		Current::get()
	}
	fn round_slots() -> u32 {
		5
	}
}

impl Operators<u64> for World {
	fn commission(who: &u64, _: Role, _: SessionIndex) -> Perbill {
		Known::get().get(who).map_or(Perbill::zero(), |known| known.2)
	}
	fn delegators_part(who: &u64, _: Role, shared: Balance) -> Balance {
		let (own, delegated, _) = Known::get().get(who).copied().unwrap_or_default();
		issuance::delegators_part(shared, own, delegated)
	}
	fn pay(who: &u64, role: Role, own: Balance, shared: Balance) -> Result<Balance, DispatchError> {
		if CannotPay::get() {
			return Err(DispatchError::Unavailable);
		}
		let delegators = Self::delegators_part(who, role, shared);
		Balances::mint_into(who, own + shared - delegators)?;
		if delegators > 0 {
			Balances::mint_into(&(DELEGATORS + who), delegators)?;
		}
		Ok(delegators)
	}
}

impl pallet_issuance::Config for Test {
	type Currency = Balances;
	type Clock = World;
	type SessionSlots = ConstU64<SLOTS>;
	type SlotMillis = ConstU64<SLOT_MILLIS>;
	type AdminOrigin = EnsureRoot<u64>;
	type Operators = World;
	type KeepSessions = ConstU32<KEEP>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<u64> for World {
	fn set_session(session: SessionIndex) {
		Current::set(session);
	}
	fn operator(index: u32) -> u64 {
		let who = u64::from(index);
		Known::mutate(|known| known.insert(who, (100, 100, Perbill::from_percent(10))));
		who
	}
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Current::set(1);
	Known::set(BTreeMap::new());
	CannotPay::set(false);
	let storage = RuntimeGenesisConfig {
		system: Default::default(),
		balances: pallet_balances::GenesisConfig { balances: vec![(HOLDER, ISSUED)], ..Default::default() },
		issuance: pallet_issuance::GenesisConfig { terms: TERMS, ..Default::default() },
	}
	.build_storage()
	.expect("the genesis of a test is sound");
	let mut ext: sp_io::TestExternalities = storage.into();
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs `test`, and checks the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Issuance::do_try_state().expect("the invariants hold");
	});
}

/// What was created so far.
pub fn created() -> Balance {
	Balances::total_issuance() - ISSUED
}

/// What account `who`, or `DELEGATORS + who`, has.
pub fn has(who: u64) -> Balance {
	Balances::balance(&who)
}
