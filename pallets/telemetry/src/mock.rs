//! A runtime with machines that tests set, a keystore, a pool and off-chain local storage.

use crate as pallet_telemetry;
use crate::{Refusal, Suspicion};
use codec::{Decode, Encode};
use exabits_math::merkle;
use exabits_primitives::{
	keys::{anchor, machine},
	telemetry::{DeviceId, DeviceSample, Sample},
	AnchorKeys, ClassId, ClassInfo, Classes, Clock, Committees, MachineId, MachineInfo, MachineState,
	Machines, ResourceKind, SessionIndex, Slot, TelemetryCounters, TelemetryReport, TelemetrySummary,
	WindowIndex,
};
use frame_support::{
	assert_storage_noop, derive_impl,
	dispatch::GetDispatchInfo,
	parameter_types,
	traits::{ConstU32, ConstU64, UnfilteredDispatchable},
	weights::Weight,
};
use frame_system::RawOrigin;
use sp_core::{
	offchain::{
		testing::{TestOffchainExt, TestTransactionPoolExt},
		OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
	},
	H256,
};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{BlakeTwo256, DispatchTransaction},
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	BuildStorage, DispatchError, DispatchResult, RuntimeAppPublic,
};
use std::{collections::BTreeMap, sync::Arc};

pub type TxExtension = frame_system::AuthorizeCall<Test>;
pub type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, TxExtension>;
type Block = sp_runtime::generic::Block<sp_runtime::generic::Header<u64, BlakeTwo256>, Extrinsic>;

pub const MACHINE: MachineId = MachineId(3);
/// Another machine of the same class.
pub const OTHER: MachineId = MachineId(4);
pub const ANCHOR: u64 = 77;
pub const CLASS: ClassId = ClassId(1);
/// Length of a round.
pub const ROUND_SLOTS: u32 = 15;
pub const SLOT_MILLIS: u64 = 2_000;
/// Length of a window of [`CLASS`].
pub const WINDOW_SLOTS: u32 = 60;
/// The window that tests start in: its first slot.
pub const CURRENT: WindowIndex = WindowIndex(10);
/// The last window that has ended when tests start.
pub const LAST: WindowIndex = WindowIndex(9);
pub const PRIORITY: u64 = 1 << 20;

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
	pub type Telemetry = pallet_telemetry;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

impl<C> frame_system::offchain::CreateTransactionBase<C> for Test
where
	RuntimeCall: From<C>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = Extrinsic;
}

impl<C> frame_system::offchain::CreateTransaction<C> for Test
where
	RuntimeCall: From<C>,
{
	type Extension = TxExtension;
	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl<C> frame_system::offchain::CreateAuthorizedTransaction<C> for Test
where
	RuntimeCall: From<C>,
{
	fn create_extension() -> TxExtension {
		TxExtension::new()
	}
}

parameter_types! {
	pub static Now: Slot = 0;
	pub static Session: SessionIndex = 1;
	/// Slots that a gap in blocks adds to every time that somebody has to act in.
	pub static Gap: Slot = 0;
	pub static Registry: BTreeMap<MachineId, MachineInfo<u64>> = BTreeMap::new();
	/// The committee of every machine.
	pub static Seats: Vec<u64> = Vec::new();
	pub static Keys: Vec<(u64, anchor::Id)> = Vec::new();
	pub static ReportWindows: u32 = 1;
	pub static SweepWeight: Weight = Weight::MAX;
	pub const UnsignedPriority: u64 = PRIORITY;
}

pub struct World;
impl Clock for World {
	fn now() -> Slot {
		Now::get()
	}
	fn session() -> SessionIndex {
		Session::get()
	}
	fn round_slots() -> u32 {
		ROUND_SLOTS
	}
	fn extended(_: Slot, until: Slot) -> Slot {
		until + Gap::get()
	}
}
impl Committees<u64> for World {
	fn committee(_: MachineId) -> Vec<u64> {
		Seats::get()
	}
	fn quorum() -> u32 {
		1
	}
}
impl AnchorKeys<u64> for World {
	fn key(anchor: &u64) -> Option<anchor::Id> {
		Keys::get().into_iter().find(|(who, _)| who == anchor).map(|(_, key)| key)
	}
	fn by_key(key: &anchor::Id) -> Option<u64> {
		Keys::get().into_iter().find(|(_, known)| known == key).map(|(who, _)| who)
	}
}

pub struct MockRfl;
impl Classes for MockRfl {
	fn class(class: ClassId) -> Option<ClassInfo> {
		(class == CLASS).then(|| ClassInfo {
			kind: ResourceKind::Gpu,
			window_slots: WINDOW_SLOTS,
			price: 1,
			name: b"TEST".to_vec(),
		})
	}
}
impl Machines<u64> for MockRfl {
	fn machine(machine: MachineId) -> Option<MachineInfo<u64>> {
		Registry::get().get(&machine).cloned()
	}
	fn endpoint(_: MachineId) -> Option<Vec<u8>> {
		None
	}
	fn by_key(key: &machine::Id) -> Option<MachineId> {
		Registry::get().into_iter().find(|(_, info)| info.key == *key).map(|(machine, _)| machine)
	}
	fn test(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn online(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn reject(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn suspend(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn unbind(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<u64> for World {
	fn machine(key: machine::Id) -> (MachineId, WindowIndex) {
		register(MACHINE, key);
		(MACHINE, LAST)
	}
	fn anchor(key: anchor::Id) -> u64 {
		seat(ANCHOR, key);
		ANCHOR
	}
	fn retire(machine: MachineId) {
		Registry::mutate(|registry| {
			registry.get_mut(&machine).unwrap().state = exabits_primitives::MachineState::Retired
		});
	}
	fn set_slot(slot: Slot) {
		Now::set(slot);
	}
}

impl crate::Config for Test {
	type Clock = World;
	type SlotMillis = ConstU64<SLOT_MILLIS>;
	type CurateOrigin = frame_system::EnsureRoot<u64>;
	type Machines = MockRfl;
	type Classes = MockRfl;
	type Committees = World;
	type AnchorKeys = World;
	type ReportWindows = ReportWindows;
	type MaxDuePerSlot = ConstU32<2>;
	type SweepWeight = SweepWeight;
	type UnsignedPriority = UnsignedPriority;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

/// The first slot of [`CURRENT`], no machine, no anchor, an empty keystore, empty off-chain local storage.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext: sp_io::TestExternalities =
		frame_system::GenesisConfig::<Test>::default().build_storage().unwrap().into();
	let (offchain, _) = TestOffchainExt::with_offchain_db(ext.offchain_db());
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(KeystoreExt(Arc::new(MemoryKeystore::new())));
	ext.execute_with(|| {
		System::set_block_number(1);
		Now::set(CURRENT.start(WINDOW_SLOTS));
		Session::set(1);
		Gap::set(0);
		Registry::set(BTreeMap::new());
		Seats::set(Vec::new());
		Keys::set(Vec::new());
		ReportWindows::set(1);
		SweepWeight::set(Weight::MAX);
	});
	ext
}

/// Runs a test in a fresh state and checks the invariants after it.
pub fn run(test: impl FnOnce()) {
	run_with_pool(|_| test());
}

/// The same, for tests that look at what was submitted: what they are given takes it out of the pool.
pub fn run_with_pool(test: impl FnOnce(&dyn Fn() -> Vec<Extrinsic>)) {
	let mut ext = new_test_ext();
	let (pool, state) = TestTransactionPoolExt::new();
	ext.register_extension(TransactionPoolExt::new(pool));
	ext.execute_with(|| {
		test(&|| {
			state.write().transactions.drain(..).map(|t| Extrinsic::decode(&mut &t[..]).unwrap()).collect()
		});
		Telemetry::do_try_state().unwrap();
	});
}

/// A key in the node's keystore.
pub fn key(seed: &str) -> machine::Id {
	machine::Id::generate_pair(Some(seed.as_bytes().to_vec()))
}

/// An anchor's key in the node's keystore.
pub fn anchor_key(seed: &str) -> anchor::Id {
	anchor::Id::generate_pair(Some(seed.as_bytes().to_vec()))
}

/// Gives an anchor a seat in every committee, and a key.
pub fn seat(anchor: u64, key: anchor::Id) {
	Seats::mutate(|seats| seats.push(anchor));
	Keys::mutate(|keys| keys.push((anchor, key)));
}

/// Registers an online machine.
pub fn register(machine: MachineId, key: machine::Id) {
	let info = MachineInfo {
		owner: 1,
		class: CLASS,
		devices: 1,
		state: MachineState::Online,
		key,
		registered_in: 0,
		open: 0,
		utilisation: None,
	};
	Registry::mutate(|registry| registry.insert(machine, info));
}

/// Changes the state of a machine.
pub fn set_state(machine: MachineId, state: MachineState) {
	Registry::mutate(|registry| registry.get_mut(&machine).unwrap().state = state);
}

/// Brings a call through the whole transaction, as a block does.
pub fn apply(call: impl Into<RuntimeCall>) -> Result<DispatchResult, InvalidTransaction> {
	let call = call.into();
	let info = call.get_dispatch_info();
	match TxExtension::new().dispatch_transaction(RawOrigin::None.into(), call, &info, 0, 0) {
		Ok(result) => Ok(result.map(|_| ()).map_err(|error| error.error)),
		Err(TransactionValidityError::Invalid(invalid)) => Err(invalid),
		Err(other) => panic!("{other:?}"),
	}
}

/// Checks that a call is refused, by the transaction and by the call itself, and that nothing changes.
pub fn refused(call: crate::Call<Test>, expected: Refusal) {
	assert_storage_noop!(assert_eq!(apply(call.clone()), Err(InvalidTransaction::from(expected))));
	frame_support::assert_noop!(
		call.dispatch_bypass_filter(RawOrigin::Authorized.into()).map_err(|error| error.error),
		crate::Error::<Test>::from(expected)
	);
}

/// Samples of a window, one every six seconds: twenty of them.
pub fn samples(window: WindowIndex) -> Vec<Sample> {
	let start = window.start(WINDOW_SLOTS) * SLOT_MILLIS;
	let sample = |n: u32| {
		let device = DeviceSample {
			utilisation: Some(500_000 + n),
			memory_used: Some(u64::from(n)),
			memory_total: Some(40),
			temperature: Some(60_000 + n),
			..Default::default()
		};
		let at_millis = start + u64::from(n) * 6_000;
		Sample { at_millis, uptime: None, load: None, devices: vec![device].try_into().unwrap() }
	};
	(0..20).map(sample).collect()
}

/// The leaves over samples.
pub fn leaves(samples: &[Sample]) -> Vec<H256> {
	samples.iter().map(|sample| merkle::leaf(&sample.encode())).collect()
}

/// A good report, of [`samples`].
pub fn report(window: WindowIndex) -> TelemetryReport {
	TelemetryReport {
		window,
		summary: TelemetrySummary {
			samples: 20,
			gaps: 1,
			utilisation: 500_009,
			memory: 475_000,
			energy: 9_000,
			temperature: 60_019,
			uncorrected_errors: 0,
			throttled: 0,
		},
		counters: TelemetryCounters {
			restarts: 0,
			uptime: 100 * u64::from(window.0),
			energy: 9_000 * u64::from(window.0),
			uncorrected_errors: 0,
		},
		root: merkle::root(&leaves(&samples(window))),
	}
}

/// A device.
pub fn device(n: u8) -> DeviceId {
	H256::repeat_byte(n)
}

/// What a machine that names these devices says, signed.
pub fn signed(
	machine: MachineId,
	key: &machine::Id,
	report: TelemetryReport,
	devices: &[DeviceId],
) -> crate::Call<Test> {
	let signature = key.sign(&Telemetry::payload(machine, &report, devices)).unwrap();
	crate::Call::report { machine, report, devices: devices.to_vec().try_into().unwrap(), signature }
}

/// The suspicions about a machine, in the order in which they came up.
pub fn suspicions(machine: MachineId) -> Vec<Suspicion> {
	Telemetry::flags(machine).last.into_iter().map(|flag| flag.suspicion).collect()
}
