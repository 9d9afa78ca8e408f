//! A runtime with this pallet and small stand-ins for its neighbours.

use crate::{self as pallet_rfl, *};
use alloc::collections::{BTreeMap, BTreeSet};
use codec::Decode;
use exabits_primitives::{
	gaps::{Gap, Gaps},
	keys::machine,
	Agreements, Balance, Bonds, ClassId, Clock, EvidenceTier, LeaseEvents, LeaseId, LeaseInfo, LeaseRequest,
	MachineId, MarketPrices, MilliDevices, Obligations, OnMachine, ResourceKind, Role, SessionIndex, Slot,
	TemplateId, Traded, UtcKey, WindowIndex,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, Hooks},
	weights::{Weight, WeightMeter},
};
use frame_system::EnsureRoot;
use sp_application_crypto::RuntimeAppPublic;
use sp_core::{
	crypto::Pair,
	offchain::{testing, OffchainDbExt, OffchainWorkerExt, TransactionPoolExt},
	sr25519,
};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::BlakeTwo256, BuildStorage, DispatchError, DispatchResult, Perbill};
use std::sync::Arc;

pub type AccountId = u64;
type TxExtension = frame_system::AuthorizeCall<Test>;
pub type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, TxExtension>;
type Block = sp_runtime::generic::Block<sp_runtime::generic::Header<u64, BlakeTwo256>, Extrinsic>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Rfl = pallet_rfl;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

pub const WINDOW: Slot = 60;
pub const ACKNOWLEDGE: Slot = 10;
pub const ROUND: Slot = 15;
/// Slots after a window by which the verdict on its last round is due.
pub const VERDICT: Slot = 35;
/// The slot, counted from a window's start, in which the window is closed.
pub const CLOSE: Slot = WINDOW + VERDICT;
/// The first slot of window 10.
pub const START: Slot = 600;
pub const BOND: Balance = 1_000;
pub const TEMPLATE: TemplateId = TemplateId(7);
pub const CLASS: ClassId = ClassId(0);

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CAROL: AccountId = 3;
pub const TENANT: AccountId = 50;

/// What `utc` would be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
	Placed(LeaseId, MachineId),
	Replaced(LeaseId, AccountId, MachineId),
	Improved(LeaseId, AccountId, MachineId, AccountId),
	Running(LeaseId, MachineId),
	Failed(LeaseId, MachineId, Perbill),
	Completed(LeaseId, MachineId),
}

parameter_types! {
	pub static Now: Slot = START - 30;
	pub static Session: SessionIndex = 4;
	pub static LastGaps: Gaps = Gaps::default();
	/// What is not reserved of each service bond.
	pub static Unreserved: BTreeMap<AccountId, Balance> =
		BTreeMap::from([(ALICE, 10 * BOND), (BOB, 10 * BOND), (CAROL, 10 * BOND)]);
	/// What is reserved of each service bond.
	pub static Reserved: BTreeMap<AccountId, Balance> = BTreeMap::new();
	pub static NoAgreementOf: BTreeSet<MachineId> = BTreeSet::new();
	pub static Minted: BTreeMap<(AccountId, UtcKey), u32> = BTreeMap::new();
	/// The cover behind each class's UTC.
	pub static OpenCover: BTreeMap<ClassId, Balance> = BTreeMap::new();
	/// Providers that may be given nothing more.
	pub static Exhausted: BTreeSet<AccountId> = BTreeSet::new();
	pub static Tellings: Vec<Told> = Vec::new();
	pub static Watched: BTreeSet<MachineId> = BTreeSet::new();
	pub static SweepWeight: Weight = Weight::from_parts(u64::MAX / 2, u64::MAX / 2);
	pub static MaxDuePerSlot: u32 = 32;
	pub static MaxLeasesPerStep: u32 = 4;
	/// Reliability of machines in thousandths, where it is not the best.
	pub static Unreliable: BTreeMap<MachineId, u16> = BTreeMap::new();
	pub static MaxWindowsPerStep: u32 = 2;
	/// What was traded, as the market would know it.
	pub static Trades: BTreeMap<(ClassId, WindowIndex), Traded> = BTreeMap::new();
}

pub struct MockClock;
impl Clock for MockClock {
	fn now() -> Slot {
		Now::get()
	}
	fn session() -> SessionIndex {
		Session::get()
	}
	fn round_slots() -> u32 {
		ROUND as u32
	}
	fn in_gap(from: Slot, to: Slot) -> bool {
		LastGaps::get().overlap(from, to)
	}
	fn extended(since: Slot, until: Slot) -> Slot {
		LastGaps::get().extend(since, until)
	}
}

pub struct MockBonds;
impl Bonds<AccountId> for MockBonds {
	fn bonded(who: &AccountId, _: Role) -> Balance {
		Unreserved::get().get(who).copied().unwrap_or_default()
	}
	fn minimum(_: Role) -> Balance {
		BOND
	}
	fn reserve(who: &AccountId, role: Role, amount: Balance) -> DispatchResult {
		assert_eq!(role, Role::Service);
		let free = Self::bonded(who, role).checked_sub(amount).ok_or(DispatchError::Other("BondTooLow"))?;
		Unreserved::mutate(|map| map.insert(*who, free));
		Reserved::mutate(|map| *map.entry(*who).or_default() += amount);
		Ok(())
	}
	fn unreserve(who: &AccountId, _: Role, amount: Balance) {
		Unreserved::mutate(|map| *map.entry(*who).or_default() += amount);
		Reserved::mutate(|map| *map.entry(*who).or_default() -= amount);
	}
	fn debit(_: &AccountId, _: Role, _: Balance) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn credit(_: &AccountId, _: Role, _: Balance) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

pub struct MockAgreements;
impl Agreements for MockAgreements {
	fn template_allows(_: TemplateId, _: ResourceKind) -> bool {
		true
	}
	fn price_factor(_: TemplateId) -> Option<Perbill> {
		None
	}
	fn active_template(machine: MachineId) -> Option<TemplateId> {
		(!NoAgreementOf::get().contains(&machine)).then_some(TEMPLATE)
	}
	fn reliability(machine: MachineId) -> u16 {
		Unreliable::get().get(&machine).copied().unwrap_or(1_000)
	}
	fn rejected(machine: MachineId) {
		Unreliable::mutate(|all| all.insert(machine, 900));
	}
}

pub struct MockUtc;
impl Obligations<AccountId> for MockUtc {
	fn promised(provider: &AccountId, key: &UtcKey) -> MilliDevices {
		MilliDevices(Minted::get().get(&(*provider, *key)).copied().unwrap_or_default())
	}
	fn open_cover(class: ClassId) -> Balance {
		OpenCover::get().get(&class).copied().unwrap_or_default()
	}
}
impl LeaseEvents<AccountId> for MockUtc {
	fn stands_in(provider: &AccountId, from: &AccountId, key: &UtcKey, amount: MilliDevices) -> bool {
		provider == from || Self::deliverable(provider, key) >= amount
	}
	fn deliverable(provider: &AccountId, _: &UtcKey) -> MilliDevices {
		MilliDevices(if Exhausted::get().contains(provider) { 0 } else { u32::MAX })
	}
	fn placed(lease: LeaseId, info: &LeaseInfo<AccountId>) {
		Tellings::mutate(|told| told.push(Told::Placed(lease, info.machine)));
	}
	fn replaced(lease: LeaseId, from: &AccountId, info: &LeaseInfo<AccountId>, until: Slot) {
		assert!(until <= info.start, "served by two");
		Tellings::mutate(|told| told.push(Told::Replaced(lease, *from, info.machine)));
	}
	fn improved(
		lease: LeaseId,
		from: &AccountId,
		info: &LeaseInfo<AccountId>,
		by: &AccountId,
	) -> DispatchResult {
		if info.provider != *from && Self::deliverable(&info.provider, &info.key) < info.amount {
			return Err(DispatchError::Other("may not deliver"));
		}
		Tellings::mutate(|told| told.push(Told::Improved(lease, *from, info.machine, *by)));
		Ok(())
	}
	fn running(lease: LeaseId, info: &LeaseInfo<AccountId>) {
		Tellings::mutate(|told| told.push(Told::Running(lease, info.machine)));
	}
	fn failed(lease: LeaseId, info: &LeaseInfo<AccountId>, remaining: Perbill) {
		Tellings::mutate(|told| told.push(Told::Failed(lease, info.machine, remaining)));
	}
	fn completed(lease: LeaseId, info: &LeaseInfo<AccountId>) {
		Tellings::mutate(|told| told.push(Told::Completed(lease, info.machine)));
	}
}

pub struct MockMarket;
impl MarketPrices for MockMarket {
	fn traded(class: ClassId, window: WindowIndex) -> Option<Traded> {
		Trades::get().get(&(class, window)).copied()
	}
}

pub struct MockWatch;
impl OnMachine for MockWatch {
	fn watched(machine: MachineId) {
		Watched::mutate(|set| set.insert(machine));
	}
	fn unwatched(machine: MachineId) {
		Watched::mutate(|set| set.remove(&machine));
	}
}

impl Config for Test {
	type Clock = MockClock;
	type CurateOrigin = EnsureRoot<AccountId>;
	type Bonds = MockBonds;
	type Agreements = MockAgreements;
	type Obligations = MockUtc;
	type Prices = MockMarket;
	type LeaseEvents = MockUtc;
	type OnMachine = MockWatch;
	type VerdictSlots = ConstU64<VERDICT>;
	type MaxWindowsAhead = ConstU32<5>;
	type MaxLeasesPerStep = MaxLeasesPerStep;
	type MaxWindowsPerStep = MaxWindowsPerStep;
	type MaxDuePerSlot = MaxDuePerSlot;
	type KeepWindows = ConstU32<2>;
	type MoveGain = ConstU32<10_000>;
	type SweepWeight = SweepWeight;
	type UnsignedPriority = ConstU64<100>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = MockHelper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct MockHelper;
#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for MockHelper {
	fn set_slot(slot: Slot) {
		Now::set(slot);
	}
	fn bond(owner: &AccountId) {
		Unreserved::mutate(|map| map.insert(*owner, 10 * BOND));
	}
	fn agree(_: MachineId) -> TemplateId {
		TEMPLATE
	}
	fn mint(_: &AccountId, _: &UtcKey, _: MilliDevices) {}
	fn pay(_: LeaseId) {}
}

impl<LocalCall> frame_system::offchain::CreateTransactionBase<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = Extrinsic;
}

impl<LocalCall> frame_system::offchain::CreateTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extension = TxExtension;
	fn create_transaction(call: RuntimeCall, extension: Self::Extension) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl<LocalCall> frame_system::offchain::CreateAuthorizedTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() -> Self::Extension {
		TxExtension::new()
	}
}

/// State with a keystore, before anything happened.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.register_extension(KeystoreExt(Arc::new(MemoryKeystore::new())));
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test over [`new_test_ext`] and a class, and checks all invariants after it. A test may run several
/// times.
pub fn run(test: impl FnOnce()) {
	Now::set(START - 30);
	Unreserved::set(BTreeMap::from([ALICE, BOB, CAROL].map(|who| (who, 10 * BOND))));
	Reserved::take();
	Tellings::take();
	LastGaps::take();
	Trades::take();
	OpenCover::take();
	new_test_ext().execute_with(|| {
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class()));
		test();
		check();
	});
}

/// As [`run`], with the extensions of an off-chain worker. The test is given a function that takes what was
/// submitted to the transaction pool.
pub fn run_offchain(test: impl FnOnce(&dyn Fn() -> Vec<Extrinsic>)) {
	let mut ext = new_test_ext();
	let (offchain, _) = testing::TestOffchainExt::new();
	let (pool, state) = testing::TestTransactionPoolExt::new();
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(TransactionPoolExt::new(pool));
	let take = move || {
		let submitted = core::mem::take(&mut state.write().transactions);
		submitted.iter().map(|bytes| Extrinsic::decode(&mut &bytes[..]).unwrap()).collect()
	};
	ext.execute_with(|| {
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class()));
		test(&take);
		check();
	});
}

/// All invariants, and that reserved bonds are those of machines.
pub fn check() {
	Rfl::do_try_state().unwrap();
	let mut reserved = BTreeMap::<AccountId, Balance>::new();
	for machine in Machines::<Test>::iter_values() {
		*reserved.entry(machine.owner).or_default() += machine.reserved;
	}
	reserved.retain(|_, amount| *amount > 0);
	let mut ledger = Reserved::get();
	ledger.retain(|_, amount| *amount > 0);
	assert_eq!(reserved, ledger, "reserved bonds");
}

pub fn class() -> Class {
	Class {
		name: b"CPU-8".to_vec().try_into().unwrap(),
		kind: ResourceKind::Cpu,
		window_slots: WINDOW as u32,
		acknowledge_slots: ACKNOWLEDGE as u32,
		price: 1_000_000,
		performance: 500,
		vcpus: 8,
		memory_mib: 1_024,
		device_memory_mib: 0,
		int8_rate: 0,
		tier: EvidenceTier::SelfReported,
	}
}

/// The key pair number `seed`.
pub fn pair(seed: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[seed; 32])
}

pub fn key(seed: u8) -> machine::Id {
	pair(seed).public().into()
}

pub fn sign(seed: u8, payload: &[u8]) -> machine::Signature {
	pair(seed).sign(payload).into()
}

pub fn endpoint() -> Endpoint {
	b"http://127.0.0.1:9000".to_vec().try_into().unwrap()
}

/// Registers a machine with key number `seed`.
pub fn register(owner: AccountId, seed: u8, devices: u32) -> DispatchResult {
	let proof = sign(seed, &Rfl::registration_payload(&owner));
	Rfl::register_machine(
		RuntimeOrigin::signed(owner),
		CLASS,
		devices,
		8 * devices,
		1_024 * devices,
		key(seed),
		proof,
		endpoint(),
	)
}

/// A registered machine, whose key has the number of its identifier.
pub fn registered(owner: AccountId, devices: u32) -> MachineId {
	let machine = NextMachine::<Test>::get();
	assert_ok!(register(owner, machine.0 as u8, devices));
	machine
}

/// A machine that passed its test.
pub fn online(owner: AccountId, devices: u32) -> MachineId {
	use exabits_primitives::Machines as _;
	let machine = registered(owner, devices);
	assert_ok!(Rfl::test(machine));
	assert_ok!(Rfl::online(machine));
	machine
}

/// A machine with all its devices committed in window 10.
pub fn committed(owner: AccountId, devices: u32) -> MachineId {
	let machine = online(owner, devices);
	assert_ok!(Rfl::commit(RuntimeOrigin::signed(owner), machine, WindowIndex(10), devices));
	machine
}

/// The UTC of window 10.
pub fn utc() -> UtcKey {
	UtcKey { class: CLASS, template: TEMPLATE, window: WindowIndex(10) }
}

pub fn request(amount: u32, hint: Option<MachineId>) -> LeaseRequest<AccountId> {
	LeaseRequest {
		tenant: TENANT,
		key: utc(),
		windows: 1,
		may_move: false,
		amount: MilliDevices(amount),
		floor: 0,
		hint,
		workload: b"image@sha256".to_vec().try_into().unwrap(),
		access_key: [9; 32],
	}
}

pub fn place(amount: u32, hint: Option<MachineId>) -> Result<LeaseId, DispatchError> {
	<Rfl as exabits_primitives::Leases<AccountId>>::place(request(amount, hint))
}

/// Acknowledges a lease as its machine's key would have had it authorised.
pub fn acknowledge(lease: LeaseId) -> DispatchResult {
	let signature = sign(0, &[]);
	Rfl::acknowledge(frame_system::RawOrigin::Authorized.into(), lease, access(), signature)
}

pub fn access() -> Access {
	b"sealed".to_vec().try_into().unwrap()
}

pub fn evacuate(machine: MachineId) -> DispatchResult {
	<Rfl as exabits_primitives::Leases<AccountId>>::evacuate(machine)
}

/// Sets the slot after a gap that began in slot `from`.
pub fn gap(from: Slot, to: Slot) {
	LastGaps::mutate(|gaps| gaps.push(Gap { from, to }));
	Now::set(to);
}

/// Sets the slot and sweeps.
pub fn at(slot: Slot) {
	Now::set(slot);
	poll();
}

/// Sweeps.
pub fn poll() {
	Rfl::on_poll(System::block_number(), &mut WeightMeter::new());
}

pub fn lease(lease: LeaseId) -> Lease<AccountId> {
	Leases::<Test>::get(lease).unwrap()
}

pub fn told() -> Vec<Told> {
	Tellings::take()
}

pub fn last_event() -> Event<Test> {
	match System::events().pop().unwrap().event {
		RuntimeEvent::Rfl(event) => event,
		other => panic!("another pallet's event: {other:?}"),
	}
}

/// A new machine key in the test's keystore.
pub fn keystore_key() -> machine::Id {
	machine::Id::generate_pair(None)
}
