//! A runtime with balances and assets, and small stand-ins for bonds, classes, capacity and leases.

use crate::{self as pallet_utc, Redemption};
use exabits_primitives::{
	Agreements, Balance, Bonds, Capacity, ClassId, ClassInfo, Classes, Clock, Credits, LeaseEvents, LeaseId,
	LeaseInfo, LeaseRequest, LeaseState, Leases, MachineId, MilliDevices, ResourceKind, Role, SessionIndex,
	Slot, TemplateId, UtcId, UtcKey, WindowIndex,
};
use frame_support::{
	derive_impl, parameter_types,
	storage::with_storage_layer,
	storage_alias,
	traits::{
		fungible::{hold::Inspect as _, Mutate as _},
		tokens::Preservation,
		AsEnsureOriginWithArg, ConstU128, ConstU32, Hooks,
	},
	weights::{Weight, WeightMeter},
	Blake2_128Concat, PalletId, Twox64Concat,
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchError, DispatchResult, Perbill};

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;

/// Service nodes; each owns the machine of its own number.
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
/// Tenants.
pub const TINA: AccountId = 11;
pub const TOM: AccountId = 12;
/// The insurance pool, and where the stand-in keeps bonds.
pub const POOL: AccountId = 21;
pub const BONDS: AccountId = 22;

pub const UNIT: Balance = 1_000_000;
pub const ED: Balance = 10;
/// The class's reference price.
pub const PRICE: Balance = UNIT;
/// Slots in a window, and the first slot of a test.
pub const WINDOW: u32 = 60;
pub const GENESIS_SLOT: Slot = 600;
/// The class and the template whose factor is 80 %.
pub const CLASS: ClassId = ClassId(7);
pub const TEMPLATE: TemplateId = TemplateId(3);
/// Settlement price: 80 % of the reference price.
pub const S: Balance = 800_000;
/// κ·S for one device.
pub const COVER: Balance = 1_000_000;
/// φ·S for one device.
pub const FEE: Balance = 8_000;
/// What of the fee nobody who leases from itself gets back: a tenth.
pub const IMBALANCE: Balance = 800;

/// The window after the one that a test starts in: slots 660 to 719.
pub const KEY: UtcKey = UtcKey { class: CLASS, template: TEMPLATE, window: WindowIndex(11) };
pub const START: Slot = 660;
pub const END: Slot = 720;
pub const UTC: UtcId = UtcId(0);
pub const ONE: MilliDevices = MilliDevices(1_000);

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
	pub type Utc = pallet_utc;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
	type MaxConsumers = ConstU32<65_536>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<ED>;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<0>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ConstU128<0>;
}

// What the stand-ins store, so that it rolls back with everything else.
#[storage_alias]
pub type Now = StorageValue<Mock, Slot, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type Bonded =
	StorageMap<Mock, Twox64Concat, AccountId, Balance, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type Committed = StorageMap<
	Mock,
	Blake2_128Concat,
	(AccountId, UtcKey),
	MilliDevices,
	frame_support::pallet_prelude::ValueQuery,
>;
#[storage_alias]
pub type NextLease = StorageValue<Mock, LeaseId, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type Placed = StorageMap<Mock, Twox64Concat, LeaseId, LeaseInfo<AccountId>>;

/// What is free on the machine of each provider's number, while that is lost.
#[storage_alias]
pub type LostRoom = StorageMap<Mock, Twox64Concat, AccountId, MilliDevices>;

pub struct TestClock;
impl Clock for TestClock {
	fn now() -> Slot {
		Now::get()
	}
	fn session() -> SessionIndex {
		0
	}
	fn round_slots() -> u32 {
		15
	}
}

/// Bonds that lie in one account.
pub struct TestBonds;
impl Bonds<AccountId> for TestBonds {
	fn bonded(who: &AccountId, _: Role) -> Balance {
		Bonded::get(who)
	}
	fn minimum(_: Role) -> Balance {
		UNIT
	}
	fn reserve(_: &AccountId, _: Role, _: Balance) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn unreserve(_: &AccountId, _: Role, _: Balance) {}
	fn debit(who: &AccountId, role: Role, amount: Balance) -> DispatchResult {
		assert_eq!(role, Role::Service);
		let left = Bonded::get(who).checked_sub(amount).ok_or(DispatchError::Other("bond too low"))?;
		with_storage_layer(|| {
			Balances::transfer(&BONDS, who, amount, Preservation::Preserve)?;
			Bonded::insert(who, left);
			Ok(())
		})
	}
	fn credit(who: &AccountId, role: Role, amount: Balance) -> DispatchResult {
		assert_eq!(role, Role::Service);
		if !Bonded::contains_key(who) {
			return Err(DispatchError::Other("no bond"));
		}
		with_storage_layer(|| {
			Balances::transfer(who, &BONDS, amount, Preservation::Preserve)?;
			Bonded::mutate(who, |bond| *bond += amount);
			Ok(())
		})
	}
}

pub struct TestClasses;
impl Classes for TestClasses {
	fn class(class: ClassId) -> Option<ClassInfo> {
		let price = match class {
			CLASS => PRICE,
			FREE_CLASS => 0,
			_ => return None,
		};
		Some(ClassInfo {
			kind: ResourceKind::Gpu,
			window_slots: WINDOW,
			price: CurrentPrice::get().unwrap_or(price),
			name: ClassName::get(),
		})
	}
}
/// A class without a price.
pub const FREE_CLASS: ClassId = ClassId(8);

parameter_types! {
	pub static CurrentPrice: Option<Balance> = None;
	pub static ClassName: Vec<u8> = b"H100-SXM5-80G".to_vec();
	pub static Kappa: u32 = 1_250_000;
	pub static RewardShare: Perbill = Perbill::from_percent(80);
	pub static BountyShare: Perbill = Perbill::from_percent(10);
	pub static CloseGrace: Slot = 5;
	pub static SweepWeight: Weight = Weight::from_parts(1_000_000_000_000, 10_000_000);
	/// Whether a lease is placed without regard to what its provider may deliver.
	pub static Careless: bool = false;
	pub const RedeemFee: Perbill = Perbill::from_percent(1);
	pub const Insurance: AccountId = POOL;
	pub const UtcPalletId: PalletId = PalletId(*b"exa/utc_");
}

pub struct TestAgreements;
impl Agreements for TestAgreements {
	fn template_allows(template: TemplateId, kind: ResourceKind) -> bool {
		template == TEMPLATE && kind == ResourceKind::Gpu
	}
	fn price_factor(template: TemplateId) -> Option<Perbill> {
		(template == TEMPLATE).then_some(Perbill::from_percent(80))
	}
	fn active_template(_: MachineId) -> Option<TemplateId> {
		Some(TEMPLATE)
	}
	fn reliability(_: MachineId) -> u16 {
		1_000
	}
	fn rejected(_: MachineId) {}
}

pub struct TestCapacity;
impl Capacity<AccountId> for TestCapacity {
	fn committed(provider: &AccountId, key: &UtcKey) -> MilliDevices {
		Committed::get((provider, key))
	}
	fn committed_without(provider: &AccountId, key: &UtcKey, machines: &[MachineId]) -> Option<MilliDevices> {
		let all = Committed::get((provider, key));
		// Benchmarks name more machines than there are.
		if machines.iter().any(|machine| machine.0 != *provider as u32) {
			return None;
		}
		match machines {
			[] => Some(all),
			_ => all.checked_sub(LostRoom::get(provider)?),
		}
	}
}

/// Places leases with the hinted provider, else with the first that may deliver.
pub struct TestLeases;
impl Leases<AccountId> for TestLeases {
	fn place(request: LeaseRequest<AccountId>) -> Result<LeaseId, DispatchError> {
		let hinted = request.hint.map(|machine| AccountId::from(machine.0));
		let keys = (0..request.windows)
			.map(|ahead| UtcKey { window: WindowIndex(request.key.window.0 + ahead), ..request.key });
		let provider = hinted
			.into_iter()
			.chain([ALICE, BOB])
			.chain(Committed::iter_keys().map(|(who, _)| who))
			.find(|who| {
				let may = |key| Utc::deliverable(who, &key) >= request.amount;
				Careless::get() || keys.clone().all(may)
			})
			.ok_or(DispatchError::Other("no capacity"))?;
		let first = NextLease::get();
		for key in keys {
			let lease = NextLease::get();
			NextLease::put(lease.next().unwrap());
			let info = LeaseInfo {
				tenant: request.tenant,
				machine: MachineId(provider as u32),
				provider,
				key,
				amount: request.amount,
				start: Now::get().max(key.window.start(WINDOW)),
				end: key.window.end(WINDOW),
				state: LeaseState::Placed,
			};
			Placed::insert(lease, &info);
			Utc::placed(lease, &info);
		}
		Ok(first)
	}
	fn lease(lease: LeaseId) -> Option<LeaseInfo<AccountId>> {
		Placed::get(lease)
	}
	fn serving(_: MachineId) -> Vec<LeaseId> {
		Vec::new()
	}
	fn ran(_: MachineId, _: Slot, _: Slot) -> (Vec<LeaseId>, u32) {
		(Vec::new(), 0)
	}
	fn evacuate(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn reject_lease(lease: LeaseId, tenant: &AccountId) -> Result<LeaseInfo<AccountId>, DispatchError> {
		let mut info = Placed::get(lease).ok_or(DispatchError::Other("unknown lease"))?;
		if info.tenant != *tenant || info.state != LeaseState::Running {
			return Err(DispatchError::Other("not the tenant's running lease"));
		}
		info.state = LeaseState::Rejected;
		Placed::insert(lease, &info);
		Ok(info)
	}
	fn place_weight(windows: u32, _: bool) -> Weight {
		Weight::from_parts(1_000, 10).saturating_mul(windows.into())
	}
}

impl pallet_utc::Config for Test {
	type Clock = TestClock;
	type Assets = Assets;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Bonds = TestBonds;
	type Classes = TestClasses;
	type Capacity = TestCapacity;
	type Agreements = TestAgreements;
	type Leases = TestLeases;
	type PalletId = UtcPalletId;
	type Insurance = Insurance;
	type Kappa = Kappa;
	type RedeemFee = RedeemFee;
	type RewardShare = RewardShare;
	type BountyShare = BountyShare;
	type MaxWindowsAhead = ConstU32<4>;
	type CloseGrace = CloseGrace;
	type DestroyStep = ConstU32<3>;
	type MaxDuePerSlot = ConstU32<2>;
	type SweepWeight = SweepWeight;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = TestHelper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct TestHelper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_utc::BenchmarkHelper<AccountId> for TestHelper {
	fn commit(provider: &AccountId, amount: MilliDevices, windows: u32) -> UtcKey {
		Now::put(GENESIS_SLOT);
		bond(*provider, 1_000 * UNIT);
		for ahead in 0..windows {
			Committed::insert((provider, window(ahead)), amount);
		}
		KEY
	}
	fn set_slot(slot: Slot) {
		Now::put(slot);
	}
	fn run(lease: LeaseId) {
		Placed::mutate(lease, |info| {
			if let Some(info) = info {
				Now::put(info.start);
				info.state = LeaseState::Running;
			}
		});
	}
	fn lose(provider: &AccountId, key: UtcKey, machines: u32) -> Vec<MachineId> {
		LostRoom::insert(provider, Committed::get((provider, key)));
		vec![MachineId(*provider as u32); machines as usize]
	}
}

/// The UTC so many windows after [`KEY`].
pub fn window(ahead: u32) -> UtcKey {
	UtcKey { window: WindowIndex(KEY.window.0 + ahead), ..KEY }
}

/// Gives `who` a service bond.
pub fn bond(who: AccountId, amount: Balance) {
	Balances::mint_into(&who, ED).unwrap();
	Balances::mint_into(&BONDS, amount).unwrap();
	Bonded::mutate(who, |bond| *bond += amount);
}

/// Everything at genesis: two service nodes with bonds and commitments, two tenants, a funded pool.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![
			(ALICE, UNIT),
			(BOB, UNIT),
			(TINA, 10 * UNIT),
			(TOM, 10 * UNIT),
			(POOL, UNIT + ED),
			(BONDS, ED),
			(Utc::account_id(), ED),
		],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Now::put(GENESIS_SLOT);
		for provider in [ALICE, BOB] {
			bond(provider, 20 * UNIT);
			Committed::insert((provider, KEY), MilliDevices::devices(8));
		}
	});
	ext
}

/// Runs a test, and checks the invariants and the money after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issued = Balances::total_issuance();
		test();
		Utc::do_try_state().unwrap();
		assert_eq!(Balances::total_issuance(), issued, "money was created or lost");
	});
}

/// Moves the clock without running any block.
pub fn set_slot(slot: Slot) {
	Now::put(slot);
}

/// Runs one block's sweep.
pub fn poll() {
	let mut meter = WeightMeter::new();
	Utc::on_poll(0, &mut meter);
}

/// Sends a call as a transaction would, so that an error leaves no trace.
pub fn dispatch(who: AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(RuntimeOrigin::signed(who)).map(|_| ()).map_err(|failed| failed.error)
}

pub fn try_mint(who: AccountId, amount: MilliDevices) -> DispatchResult {
	dispatch(who, pallet_utc::Call::mint { key: KEY, amount })
}

/// `who` mints `devices` of [`KEY`].
pub fn mint(who: AccountId, devices: u32) {
	try_mint(who, MilliDevices::devices(devices)).unwrap();
}

pub fn try_burn(who: AccountId, amount: MilliDevices) -> DispatchResult {
	dispatch(who, pallet_utc::Call::burn { utc: UTC, amount })
}

pub fn try_send(from: AccountId, to: AccountId, amount: MilliDevices) -> DispatchResult {
	let amount = amount.0.into();
	dispatch(from, pallet_assets::Call::transfer { id: UTC.0, target: to, amount })
}

/// Moves UTC from one account to another, as any wallet would.
pub fn send(from: AccountId, to: AccountId, amount: MilliDevices) {
	try_send(from, to, amount).unwrap();
}

pub fn try_redeem(tenant: AccountId, amount: MilliDevices, provider: AccountId) -> DispatchResult {
	let hint = Some(MachineId(provider as u32));
	let redemption = Redemption { hint, ..Redemption::new(amount, [0; 32]) };
	dispatch(tenant, pallet_utc::Call::redeem { utc: UTC, redemption })
}

/// `tenant` redeems `amount` of [`UTC`], served by `provider`.
pub fn redeem(tenant: AccountId, amount: MilliDevices, provider: AccountId) -> LeaseId {
	try_redeem(tenant, amount, provider).unwrap();
	let lease = LeaseId(NextLease::get().0 - 1);
	assert_eq!(Placed::get(lease).unwrap().provider, provider);
	lease
}

pub fn close() -> DispatchResult {
	dispatch(TOM, pallet_utc::Call::close { utc: UTC })
}

pub fn destroy_step() -> DispatchResult {
	dispatch(TOM, pallet_utc::Call::destroy_step { utc: UTC })
}

pub fn settle(provider: AccountId) -> DispatchResult {
	dispatch(TOM, pallet_utc::Call::settle { utc: UTC, provider })
}

pub fn pay_claim(tenant: AccountId) -> DispatchResult {
	dispatch(BOB, pallet_utc::Call::pay_claim { tenant })
}

pub fn forget() -> DispatchResult {
	dispatch(TOM, pallet_utc::Call::forget { utc: UTC })
}

/// What `who` has on hold as cover.
pub fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&pallet_utc::HoldReason::Cover.into(), &who)
}

/// What `who` holds of [`UTC`].
pub fn holds(who: AccountId) -> Balance {
	Assets::balance(UTC.0, who)
}

pub fn position(who: AccountId) -> pallet_utc::Position {
	Utc::position(UTC, who).unwrap()
}

pub fn record() -> pallet_utc::UtcRecord {
	pallet_utc::Utcs::<Test>::get(UTC).unwrap()
}

/// Alice mints two devices and sells one to Tina, who redeems it.
pub fn leased() -> LeaseId {
	mint(ALICE, 2);
	send(ALICE, TINA, ONE);
	redeem(TINA, ONE, ALICE)
}

pub fn fail(lease: LeaseId, remaining: Perbill) {
	if let Some(info) = Placed::take(lease) {
		Utc::failed(lease, &info, remaining);
	}
}

pub fn complete(lease: LeaseId) {
	if let Some(info) = Placed::take(lease) {
		Utc::completed(lease, &info);
	}
}

/// Moves a lease that its provider served until now to another one, if that one may deliver it. Returns whether it did.
pub fn relocate(lease: LeaseId, to: AccountId) -> bool {
	relocate_after(lease, to, Now::get())
}

/// The same with a lease that its provider stopped serving in slot `until`.
pub fn relocate_after(lease: LeaseId, to: AccountId, until: Slot) -> bool {
	let Some(mut info) = Placed::get(lease) else { return false };
	if !Utc::stands_in(&to, &info.provider, &info.key, info.amount) {
		return false;
	}
	let from = core::mem::replace(&mut info.provider, to);
	info.machine = MachineId(to as u32);
	let until = until.max(info.start);
	info.start = info.start.max(Now::get());
	Placed::insert(lease, &info);
	Utc::replaced(lease, &from, &info, until);
	true
}

/// Moves a lease to another provider without its provider's fault and without a bounty.
pub fn place_better(lease: LeaseId, to: AccountId) {
	let share = BountyShare::get();
	BountyShare::set(Perbill::zero());
	let mut info = Placed::get(lease).unwrap();
	let from = core::mem::replace(&mut info.provider, to);
	Utc::improved(lease, &from, &info, &TOM).unwrap();
	Placed::insert(lease, info);
	BountyShare::set(share);
}

pub fn reward(lease: LeaseId, rounds: u32) {
	<Utc as Credits>::reward(lease, Perbill::one(), Perbill::one(), rounds);
}

pub fn credit(lease: LeaseId, share: Perbill, rounds: u32) {
	<Utc as Credits>::credit(lease, share, rounds);
}

/// Lets a lease run from its start on.
pub fn acknowledge(lease: LeaseId) {
	Placed::mutate(lease, |info| info.as_mut().unwrap().state = LeaseState::Running);
}

pub fn reject(tenant: AccountId, lease: LeaseId) -> DispatchResult {
	dispatch(tenant, pallet_utc::Call::reject { lease })
}

/// `holder` redeems `amount` of [`UTC`] for cash, since a provider's machine is lost.
pub fn cash(holder: AccountId, amount: MilliDevices, provider: AccountId) -> DispatchResult {
	let machines = vec![MachineId(provider as u32)].try_into().unwrap();
	dispatch(holder, pallet_utc::Call::redeem_for_cash { utc: UTC, amount, provider, machines })
}

/// The last event of this pallet.
pub fn last_event() -> pallet_utc::Event<Test> {
	events().pop().unwrap()
}

/// All events of this pallet.
pub fn events() -> Vec<pallet_utc::Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Utc(event) => Some(event),
			_ => None,
		})
		.collect()
}
