//! A runtime with machines that tests set, a keystore, a pool and off-chain local storage.

use crate as pallet_telemetry;
use codec::Decode;
use exabits_primitives::{
	keys::machine, ClassId, ClassInfo, Classes, Clock, MachineId, MachineInfo, MachineState, Machines,
	ResourceKind, SessionIndex, Slot, TelemetryReport, TelemetrySummary, WindowIndex,
};
use frame_support::{derive_impl, parameter_types};
use sp_core::{
	offchain::{
		testing::{TestOffchainExt, TestTransactionPoolExt},
		OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
	},
	H256,
};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::BlakeTwo256, BuildStorage, DispatchError, DispatchResult, RuntimeAppPublic};
use std::{collections::BTreeMap, sync::Arc};

pub type TxExtension = frame_system::AuthorizeCall<Test>;
pub type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, TxExtension>;
type Block = sp_runtime::generic::Block<sp_runtime::generic::Header<u64, BlakeTwo256>, Extrinsic>;

pub const MACHINE: MachineId = MachineId(3);
pub const CLASS: ClassId = ClassId(1);
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
	pub static Registry: BTreeMap<MachineId, MachineInfo<u64>> = BTreeMap::new();
	pub static ReportWindows: u32 = 1;
	pub const UnsignedPriority: u64 = PRIORITY;
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
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Helper {
	fn machine(key: machine::Id) -> (MachineId, WindowIndex) {
		register(MACHINE, key);
		(MACHINE, LAST)
	}
}

impl crate::Config for Test {
	type Clock = MockClock;
	type Machines = MockRfl;
	type Classes = MockRfl;
	type ReportWindows = ReportWindows;
	type UnsignedPriority = UnsignedPriority;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// The first slot of [`CURRENT`], no machine, an empty keystore, empty off-chain local storage.
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
		Registry::set(BTreeMap::new());
		ReportWindows::set(1);
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
	};
	Registry::mutate(|registry| registry.insert(machine, info));
}

/// Changes the state of [`MACHINE`].
pub fn set_state(state: MachineState) {
	Registry::mutate(|registry| registry.get_mut(&MACHINE).unwrap().state = state);
}

/// A good report.
pub fn report(window: WindowIndex) -> TelemetryReport {
	TelemetryReport {
		window,
		summary: TelemetrySummary {
			samples: 120,
			gaps: 1,
			utilisation: 734_000,
			memory: 500_000,
			energy: 9_000,
			temperature: 61_000,
			uncorrected_errors: 0,
			throttled: 8_000,
		},
		root: H256::repeat_byte(7),
	}
}
