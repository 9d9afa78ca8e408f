//! A runtime with the real `pallet-assets` and `pallet-balances`, and UTC terms that tests set.

use crate as pallet_market;
use exabits_primitives::{Balance, Clock, ListingId, MilliDevices, SessionIndex, Slot, UtcId, UtcMarket};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{fungibles::Mutate, AsEnsureOriginWithArg, ConstU128, ConstU32, OnPoll},
	weights::{Weight, WeightMeter},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_runtime::{BuildStorage, Perbill};
use std::collections::BTreeMap;

type Block = frame_system::mocking::MockBlock<Test>;

pub const ADMIN: u64 = 1;
pub const SELLER: u64 = 2;
pub const BUYER: u64 = 3;
pub const OTHER: u64 = 4;
pub const FEES: u64 = 5;

pub const UTC: UtcId = UtcId(7);
/// The cap on the price of [`UTC`].
pub const CAP: Balance = 2_000_000;
/// The first slot in which [`UTC`] no longer trades.
pub const ENDS: Slot = 200;
/// Milli of [`UTC`] that the seller starts with.
pub const SUPPLY: u32 = 10_000;
/// EXA that everyone starts with.
pub const MONEY: Balance = 1_000_000_000;
pub const ED: Balance = 10;

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
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Market = pallet_market;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
	type MaxConsumers = ConstU32<256>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<ED>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<u64>>;
	type ForceOrigin = EnsureRoot<u64>;
}

parameter_types! {
	pub static Now: Slot = 100;
	pub static Terms: BTreeMap<UtcId, (Balance, Slot)> = BTreeMap::new();
	pub static Fee: Perbill = Perbill::from_percent(1);
	pub static SweepWeight: Weight = Weight::MAX;
	pub const FeeAccount: u64 = FEES;
	pub const MarketId: PalletId = PalletId(*b"ex/mrket");
	pub const MinAmount: MilliDevices = MilliDevices(100);
}

pub struct MockClock;
impl Clock for MockClock {
	fn now() -> Slot {
		Now::get()
	}
	fn session() -> SessionIndex {
		0
	}
	fn round_slots() -> u32 {
		1
	}
}

pub struct MockUtcs;
impl UtcMarket for MockUtcs {
	fn terms(utc: UtcId) -> Option<(Balance, Slot)> {
		Terms::get().get(&utc).copied()
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<u64> for Helper {
	fn open(who: &u64, amount: MilliDevices) -> UtcId {
		let _ = Assets::mint_into(UTC.0, who, amount.0.into());
		UTC
	}
	fn end(_: UtcId) {
		Now::set(ENDS);
	}
}

impl crate::Config for Test {
	type Clock = MockClock;
	type Assets = Assets;
	type Currency = Balances;
	type Utcs = MockUtcs;
	type Fee = Fee;
	type FeeAccount = FeeAccount;
	type PalletId = MarketId;
	type MinAmount = MinAmount;
	type MaxDuePerSlot = ConstU32<4>;
	type SweepWeight = SweepWeight;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Everyone has money, the seller has UTC, and it is slot 100.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [ADMIN, SELLER, BUYER, OTHER, FEES].map(|who| (who, MONEY)).to_vec(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext: sp_io::TestExternalities = storage.into();
	ext.execute_with(|| {
		System::set_block_number(1);
		Now::set(100);
		Fee::set(Perbill::from_percent(1));
		SweepWeight::set(Weight::MAX);
		Terms::set(BTreeMap::new());
		open(UTC, ENDS);
		assert_ok!(Assets::mint_into(UTC.0, &SELLER, SUPPLY.into()));
	});
	ext
}

/// Runs a test in a fresh state and checks the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Market::do_try_state().unwrap();
	});
}

/// Makes `utc` an asset that trades until `ends`.
pub fn open(utc: UtcId, ends: Slot) {
	assert_ok!(Assets::force_create(RuntimeOrigin::root(), utc.0, ADMIN, false, 1));
	Terms::mutate(|terms| {
		terms.insert(utc, (CAP, ends));
	});
}

/// Closes `utc`: it stops moving, and is forgotten.
pub fn close(utc: UtcId) {
	assert_ok!(Assets::start_destroy(RuntimeOrigin::signed(ADMIN), utc.0));
	Terms::mutate(|terms| {
		terms.remove(&utc);
	});
}

/// Lists `amount` milli of [`UTC`] for the seller.
pub fn list(amount: u32, price: Balance) -> ListingId {
	let id = crate::NextListing::<Test>::get();
	assert_ok!(Market::list(RuntimeOrigin::signed(SELLER), UTC, MilliDevices(amount), price));
	id
}

/// Lets `slot` come, and the pallet sweep with all the weight it may take.
pub fn at(slot: Slot) {
	Now::set(slot);
	poll(Weight::MAX);
}

/// Lets the pallet sweep with `weight`; returns what it used.
pub fn poll(weight: Weight) -> Weight {
	let mut meter = WeightMeter::with_limit(weight);
	<Market as OnPoll<_>>::on_poll(System::block_number(), &mut meter);
	meter.consumed()
}

/// Units of [`UTC`] that `who` has.
pub fn units(who: u64) -> u128 {
	Assets::balance(UTC.0, who)
}

/// Units of [`UTC`] in escrow.
pub fn escrowed() -> u128 {
	units(Market::escrow())
}

/// The last event of the pallet.
pub fn last_event() -> crate::Event<Test> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Market(event) => Some(event),
			_ => None,
		})
		.unwrap()
}
