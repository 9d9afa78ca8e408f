//! The frame around everything: blocks, transactions, and the SDK's general pallets.

use crate::{
	AccountId, Balance, Balances, Block, Nonce, OriginCaller, PalletInfo, Preimage, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeHoldReason, RuntimeOrigin, RuntimeTask, System, TxExtension, UncheckedExtrinsic,
	EXA, VERSION,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::auction::Side;
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{
		fungible::HoldConsideration, ConstU32, Contains, EqualPrivilegeOnly, InstanceFilter,
		LinearStoragePrice,
	},
	weights::{
		constants::{BlockExecutionWeight, ExtrinsicBaseWeight, ParityDbWeight, WEIGHT_REF_TIME_PER_MILLIS},
		Weight,
	},
};
use frame_system::{limits, offchain::*, EnsureRoot};
use sp_runtime::{generic::Era, traits::AccountIdLookup, Perbill};
use sp_version::RuntimeVersion;

/// Computing time that all transactions of a block may use: 0.6 of the slot's 2 seconds.
const BLOCK_REF_TIME: u64 = WEIGHT_REF_TIME_PER_MILLIS * 600;
/// Proof that a block may need. A sovereign chain's blocks carry none, so it is no limit here.
const BLOCK_PROOF_SIZE: u64 = u64::MAX;
/// The share of a block that is open to ordinary transactions; the rest is for operational ones.
const NORMAL_SHARE: Perbill = Perbill::from_percent(75);

parameter_types! {
	pub const BlockHashCount: u32 = 2_400;
	pub const Version: RuntimeVersion = VERSION;
	pub BlockWeights: limits::BlockWeights = limits::BlockWeights::builder()
		.base_block(BlockExecutionWeight::get())
		.for_class(DispatchClass::all(), |weights| {
			weights.base_extrinsic = ExtrinsicBaseWeight::get();
		})
		.for_class(DispatchClass::Normal, |weights| {
			weights.max_total = Some(NORMAL_SHARE * block_weight());
		})
		.for_class(DispatchClass::Operational, |weights| {
			weights.max_total = Some(block_weight());
			weights.reserved = Some(block_weight() - NORMAL_SHARE * block_weight());
		})
		.build_or_panic();
	pub BlockLength: limits::BlockLength = limits::BlockLength::builder()
		.max_length(5 * 1024 * 1024)
		.modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_SHARE * *length)
		.build();
	/// What each pallet's sweep of deadlines may use of a block.
	pub SweepWeight: Weight = Perbill::from_percent(10) * block_weight();
	/// The same for rounds: one settlement may judge a machine that serves 128 leases.
	pub RoundsWeight: Weight = Perbill::from_percent(30) * block_weight();
	/// The same for failed audits, which are few and small.
	pub AuditsWeight: Weight = Perbill::from_percent(2) * block_weight();
}

fn block_weight() -> Weight {
	Weight::from_parts(BLOCK_REF_TIME, BLOCK_PROOF_SIZE)
}

/// Every call but one: session keys are replaced, never purged. A validator without keys would be dropped from
/// a set that is kept, and the set must never be empty.
pub struct CallFilter;
impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Session(pallet_session::Call::purge_keys { .. }))
	}
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type BaseCallFilter = CallFilter;
	type Block = Block;
	type AccountId = AccountId;
	type Nonce = Nonce;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BlockWeights = BlockWeights;
	type BlockLength = BlockLength;
	type BlockHashCount = BlockHashCount;
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	// Room for every UTC that an account may hold at a time.
	type MaxConsumers = ConstU32<65_536>;
}

impl<Call> CreateTransactionBase<Call> for Runtime
where
	RuntimeCall: From<Call>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<Call> CreateTransaction<Call> for Runtime
where
	RuntimeCall: From<Call>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_transaction(call, extension)
	}
}

impl<Call> CreateAuthorizedTransaction<Call> for Runtime
where
	RuntimeCall: From<Call>,
{
	fn create_extension() -> TxExtension {
		(
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckEra::from(Era::Immortal),
			frame_system::CheckNonce::from(0),
			frame_system::CheckWeight::new(),
			pallet_transaction_payment::ChargeTransactionPayment::from(0),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		)
	}
}

// The SDK's equivocation reports travel as inherent-like transactions without a signer.
impl<Call> CreateBare<Call> for Runtime
where
	RuntimeCall: From<Call>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	pub const ProxyDepositFactor: Balance = deposit(0, 33);
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	pub const AnnouncementDepositFactor: Balance = deposit(0, 66);
	pub const PreimageDepositBase: Balance = deposit(2, 64);
	pub const PreimageDepositPerByte: Balance = deposit(0, 1);
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
	pub MaximumSchedulerWeight: Weight = Perbill::from_percent(40) * block_weight();
}

/// What storing `items` entries of `bytes` in all costs while they are stored.
pub const fn deposit(items: Balance, bytes: Balance) -> Balance {
	items * EXA / 10 + bytes * EXA / 10_000
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<64>;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}

/// What a proxy may do for its principal.
#[derive(
	Copy,
	Clone,
	Eq,
	PartialEq,
	Ord,
	PartialOrd,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	Debug,
	scale_info::TypeInfo,
	Default,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Register machines, commit capacity, mint, sell and settle; never spend money elsewhere.
	Service,
	/// Trade, redeem and reject; never bond.
	Trade,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			Self::Service => matches!(
				call,
				RuntimeCall::Rfl(..)
					| RuntimeCall::Sla(..)
					| RuntimeCall::Utc(..)
					| RuntimeCall::Market(
						pallet_market::Call::list { .. }
							| pallet_market::Call::cancel { .. }
							| pallet_market::Call::place_order { side: Side::Ask, .. }
							| pallet_market::Call::cancel_order { .. }
							| pallet_market::Call::claim { .. }
					)
			),
			Self::Trade => matches!(
				call,
				RuntimeCall::Market(..)
					| RuntimeCall::Utc(
						pallet_utc::Call::redeem { .. }
							| pallet_utc::Call::redeem_for_cash { .. }
							| pallet_utc::Call::reject { .. }
					)
			),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		matches!(self, Self::Any) || self == other
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = sp_runtime::traits::BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageDepositBase, PreimageDepositPerByte, Balance>,
	>;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumSchedulerWeight;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type MaxScheduledPerBlock = ConstU32<64>;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

// Only development presets set a key.
impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
