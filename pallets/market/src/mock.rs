//! A runtime with the real `pallet-assets` and `pallet-balances`, and UTC terms that tests set.

use crate as pallet_market;
use crate::auction::OrderId;
use exabits_math::auction::{Side, Tick};
use exabits_primitives::{
	Balance, ClassId, ClassInfo, Classes, Clock, ListingId, MilliDevices, Offers, Redeem, Redemption,
	ResourceKind, Sale, SessionIndex, Slot, TemplateId, UtcId, UtcKey, UtcKeys, UtcMarket, WindowIndex,
};
use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResultWithPostInfo,
	parameter_types,
	storage::with_storage_layer,
	storage_alias,
	traits::{
		fungible::Mutate as _,
		fungibles::Mutate,
		tokens::{imbalance::ResolveTo, Fortitude, Precision, Preservation},
		AsEnsureOriginWithArg, ConstU128, ConstU32, OnPoll,
	},
	weights::{Weight, WeightMeter},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult, Perbill};
use std::collections::BTreeMap;

type Block = frame_system::mocking::MockBlock<Test>;

pub const ADMIN: u64 = 1;
pub const SELLER: u64 = 2;
pub const BUYER: u64 = 3;
pub const OTHER: u64 = 4;
/// Has as much of [`BOOK`] as the seller.
pub const SELLER_TOO: u64 = 8;
pub const FEES: u64 = 5;
pub const AUTHOR: u64 = 6;
pub const INSURANCE: u64 = 7;

pub const UTC: UtcId = UtcId(7);
/// The cap on the price of [`UTC`].
pub const CAP: Balance = 2_000_000;
/// The first slot in which [`UTC`] no longer trades.
pub const ENDS: Slot = 200;
/// A UTC that is traded in the auction, until [`ENDS`] as well.
pub const BOOK: UtcId = UtcId(24);
/// The cap on the price of [`BOOK`], near tick 425.
pub const BOOK_CAP: Balance = 100_000_000;
/// The class of all UTC.
pub const CLASS: ClassId = ClassId(3);
/// Slots of a window of [`CLASS`].
pub const WINDOW: u32 = 50;
/// What an order prepays of clearing.
pub const ORDER_FEE: Balance = 7;
/// Milli of [`UTC`], and of [`BOOK`], that the seller starts with.
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
	type AssetAccountDeposit = ConstU128<0>;
}

parameter_types! {
	pub static Now: Slot = 100;
	pub static Terms: BTreeMap<UtcId, (Balance, Slot)> = BTreeMap::new();
	/// A provider whose machines are lost.
	pub static Lost: Option<u64> = None;
	/// Whether nothing can be minted, though it is backed.
	pub static Broken: bool = false;
	pub static Fee: Perbill = Perbill::from_percent(1);
	pub static SweepWeight: Weight = Weight::MAX;
	pub static ClearWeight: Weight = Weight::MAX;
	pub static AuctionFee: Perbill = Perbill::from_percent(1);
	pub const InsuranceShare: Perbill = Perbill::from_percent(60);
	pub const InsuranceAccount: u64 = INSURANCE;
	pub const Author: u64 = AUTHOR;
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

/// What the seller can mint [`UTC`] by.
pub const UTC_KEY: UtcKey = UtcKey { class: CLASS, template: TemplateId(UTC.0), window: WindowIndex(9) };
/// What the seller can mint [`BOOK`] by.
pub const BOOK_KEY: UtcKey = UtcKey { template: TemplateId(BOOK.0), ..UTC_KEY };

pub struct MockUtcs;
impl UtcMarket for MockUtcs {
	fn terms(utc: UtcId) -> Option<(Balance, Slot)> {
		Terms::get().get(&utc).copied()
	}
}

impl UtcKeys for MockUtcs {
	fn key(utc: UtcId) -> Option<UtcKey> {
		let key = UtcKey { class: CLASS, template: TemplateId(utc.0), window: WindowIndex(9) };
		Terms::get().contains_key(&utc).then_some(key)
	}
}

/// The first slot in which nothing can be minted any more.
pub const MINTING_ENDS: Slot = 150;
/// What is set aside for whatever is offered.
pub const SET_ASIDE: Balance = 1_000;

#[storage_alias]
pub type Offered = StorageMap<
	Market,
	frame_support::Twox64Concat,
	(u64, UtcId),
	(u32, Balance),
	frame_support::pallet_prelude::ValueQuery,
>;

/// Mints what is offered, as long as the provider's machines are not lost; takes no bond.
pub struct MockOffers;
impl Offers<u64> for MockOffers {
	fn open(key: UtcKey) -> Result<UtcId, DispatchError> {
		let utc = UtcId(key.template.0);
		Self::minting_ends(utc).map(|_| utc).ok_or(DispatchError::Other("no such UTC"))
	}
	fn minting_ends(utc: UtcId) -> Option<Slot> {
		Terms::get().contains_key(&utc).then_some(MINTING_ENDS)
	}
	fn offer(
		who: &u64,
		utc: UtcId,
		amount: MilliDevices,
		proceeds: Balance,
	) -> Result<Balance, DispatchError> {
		if !Self::backed(who, utc) {
			return Err(DispatchError::Other("nothing to mint"));
		}
		assert!(proceeds > 0);
		Offered::mutate((who, utc), |(units, money)| {
			*units += amount.0;
			*money += SET_ASIDE;
		});
		Ok(SET_ASIDE)
	}
	fn backed(who: &u64, _: UtcId) -> bool {
		Now::get() < MINTING_ENDS && Lost::get() != Some(*who)
	}
	fn mint(sale: Sale<u64>) -> Result<Balance, DispatchError> {
		let Sale { provider, utc, amount, proceeds, set_aside, payer, to } = sale;
		if !Self::backed(&provider, utc) || Broken::get() {
			return Err(DispatchError::Other("cannot be minted"));
		}
		with_storage_layer(|| {
			Balances::transfer(&payer, &provider, proceeds, Preservation::Preserve)?;
			Assets::mint_into(utc.0, &to, amount.0.into())?;
			Offered::mutate((provider, utc), |(units, money)| {
				*units -= amount.0;
				*money -= 1;
			});
			Ok(set_aside - 1)
		})
	}
	fn withdraw(who: &u64, utc: UtcId, amount: MilliDevices, set_aside: Balance) -> DispatchResult {
		Offered::mutate_exists((who, utc), |all| {
			let (units, money) = all.unwrap();
			*all = Some((units - amount.0, money - set_aside)).filter(|left| *left != (0, 0));
		});
		Ok(())
	}
}

/// Burns what is redeemed, and refuses a floor of more than perfect reliability.
pub struct MockRedeem;
impl Redeem<u64> for MockRedeem {
	fn redeem(tenant: u64, utc: UtcId, redemption: Redemption) -> DispatchResult {
		if redemption.floor > 1_000 {
			return Err(DispatchError::Other("no capacity"));
		}
		let amount = redemption.amount.0.into();
		let (expendable, exact) = (Preservation::Expendable, Precision::Exact);
		Assets::burn_from(utc.0, &tenant, amount, expendable, exact, Fortitude::Polite).map(drop)
	}
	fn redeem_weight(windows: u32, _: bool) -> Weight {
		Weight::from_parts(1_000, 10).saturating_mul(windows.into())
	}
}

pub struct MockClasses;
impl Classes for MockClasses {
	fn class(class: ClassId) -> Option<ClassInfo> {
		(class == CLASS).then(|| ClassInfo {
			kind: ResourceKind::Gpu,
			window_slots: WINDOW,
			price: BOOK_CAP,
			name: b"test".to_vec(),
		})
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<u64> for Helper {
	fn open(who: &u64, amount: MilliDevices) -> UtcId {
		let _ = Assets::mint_into(BOOK.0, who, amount.0.into());
		BOOK
	}
	fn end(_: UtcId) {
		Now::set(ENDS);
	}
	fn committed(_: &u64, _: MilliDevices) -> UtcKey {
		MockUtcs::key(BOOK).unwrap()
	}
}

impl crate::Config for Test {
	type Clock = MockClock;
	type Assets = Assets;
	type Currency = Balances;
	type Utcs = MockUtcs;
	type Keys = MockUtcs;
	type Offers = MockOffers;
	type Redeem = MockRedeem;
	type Classes = MockClasses;
	type Fee = Fee;
	type FeeAccount = FeeAccount;
	type AuctionFee = AuctionFee;
	type InsuranceShare = InsuranceShare;
	type InsuranceAccount = InsuranceAccount;
	type OrderFee = ConstU128<ORDER_FEE>;
	type OnOrderFee = ResolveTo<Author, Balances>;
	type PalletId = MarketId;
	type MinAmount = MinAmount;
	type MaxDuePerSlot = ConstU32<4>;
	type MaxOrders = ConstU32<4>;
	type MaxOffers = ConstU32<3>;
	type MaxQueued = ConstU32<3>;
	type WindDownStep = ConstU32<2>;
	type SweepWeight = SweepWeight;
	type ClearWeight = ClearWeight;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Everyone has money, the seller has UTC, and it is slot 100.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [ADMIN, SELLER, BUYER, OTHER, FEES, AUTHOR, INSURANCE, SELLER_TOO]
			.map(|who| (who, MONEY))
			.into_iter()
			.chain([(Market::book_account(), ED)])
			.collect(),
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
		ClearWeight::set(Weight::MAX);
		AuctionFee::set(Perbill::from_percent(1));
		Terms::set(BTreeMap::new());
		Lost::set(None);
		Broken::set(false);
		open(UTC, ENDS);
		assert_ok!(Assets::mint_into(UTC.0, &SELLER, SUPPLY.into()));
		open(BOOK, ENDS);
		Terms::mutate(|terms| {
			terms.insert(BOOK, (BOOK_CAP, ENDS));
		});
		assert_ok!(Assets::mint_into(BOOK.0, &SELLER, SUPPLY.into()));
		assert_ok!(Assets::mint_into(BOOK.0, &SELLER_TOO, SUPPLY.into()));
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

/// Lets the pallet expire listings, and nothing else, with `weight`; returns what it used.
pub fn sweep(weight: Weight) -> Weight {
	let mut meter = WeightMeter::with_limit(weight);
	Market::sweep(&mut meter);
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

/// Places an order for `amount` milli of [`BOOK`], which must succeed; returns its number.
pub fn place(who: u64, side: Side, tick: u16, amount: u32) -> OrderId {
	assert_ok!(Market::place_order(RuntimeOrigin::signed(who), BOOK, side, tick, MilliDevices(amount)));
	crate::Orders::<Test>::get(BOOK, who).last().unwrap().id
}

/// Lets the next block come, and the pallet sweep with all the weight it may take.
pub fn next_block() {
	System::set_block_number(System::block_number() + 1);
	poll(Weight::MAX);
}

/// The price of a tick.
pub fn price(tick: u16) -> Balance {
	Tick::new(tick).unwrap().price()
}

/// Units of [`BOOK`] that `who` has.
pub fn shares(who: u64) -> u128 {
	Assets::balance(BOOK.0, who)
}

/// EXA that `who` has.
pub fn money(who: u64) -> Balance {
	Balances::free_balance(who)
}

/// A call's result without what it weighed.
pub fn done(result: DispatchResultWithPostInfo) -> DispatchResult {
	result.map(drop).map_err(|failed| failed.error)
}

/// What the seller offers of a UTC: units, and what is set aside for them.
pub fn offered(utc: UtcId) -> (u32, Balance) {
	Offered::get((SELLER, utc))
}
