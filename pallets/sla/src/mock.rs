//! A runtime with a clock, machines, leases, money and committees that tests set by hand.

use crate::*;
use codec::Decode;
use exabits_primitives::{
	gaps::{Gap, Gaps},
	keys, Balance, Bonds, ClassId, ClassInfo, Classes, Clock, Committees, Credits, Evidence, Judge, LeaseId,
	LeaseInfo, LeaseRequest, LeaseState, Leases, MachineId, MachineInfo, MachineState, Machines, Measurement,
	MilliDevices, ModuleId, OnBreach, Reported, ResourceKind, Role, RoundIndex, RoundOutcome, SessionIndex,
	SlashId, Slashes, Slot, TemplateId, Workload,
};
use frame_support::{derive_impl, parameter_types, weights::Weight, BoundedVec};
use frame_system::EnsureRoot;
use sp_core::H256;
use sp_io::TestExternalities;
use sp_runtime::{traits::TrailingZeroInput, BuildStorage, DispatchError, DispatchResult, Perbill};
use std::collections::BTreeMap;

pub type AccountId = u64;

/// Owns the machines.
pub const OWNER: AccountId = 1;
/// Sit in the committee.
pub const ANCHORS: [AccountId; 3] = [11, 12, 13];
/// Anybody else.
pub const STRANGER: AccountId = 99;
/// Gets the deposits of what is vetoed.
pub const INSURANCE: AccountId = 98;

/// A machine of kind CPU.
pub const MACHINE: MachineId = MachineId(7);
/// A machine of kind GPU.
pub const GPU_MACHINE: MachineId = MachineId(8);

/// Availability: half the penalty at 10 % shortfall, all of it at 50 %.
pub const AVAILABILITY: ModuleId = ModuleId(0);
/// 99th percentile of latency over two rounds.
pub const LATENCY: ModuleId = ModuleId(1);
/// Bandwidth, which the template does not name, and neither does it the following.
pub const BANDWIDTH: ModuleId = ModuleId(2);
pub const ERROR_RATE: ModuleId = ModuleId(3);
/// Result of a compute challenge over two rounds.
pub const PERFORMANCE: ModuleId = ModuleId(4);
pub const THROTTLING: ModuleId = ModuleId(5);
pub const UNCORRECTED: ModuleId = ModuleId(6);
/// Availability of at least 90 % and latency of at most 1 ms, on CPUs.
pub const TEMPLATE: TemplateId = TemplateId(0);

pub const ROUND_SLOTS: u32 = 10;
pub const WINDOW_SLOTS: u32 = 40;
pub const ROUNDS_PER_WINDOW: u32 = 4;
pub const MINIMUM_BOND: Balance = 1_000;

#[frame_support::runtime]
mod test_runtime {
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
	pub type Sla = crate;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = sp_runtime::traits::IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
}

/// What a verdict paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Payment {
	Reward(LeaseId, Perbill, u32),
	Credit(LeaseId, Perbill, u32),
}

parameter_types! {
	pub static Now: Slot = 100;
	pub static Session: SessionIndex = 5;
	pub static LastGaps: Gaps = Gaps::default();
	pub static Committee: Vec<AccountId> = ANCHORS.to_vec();
	pub static Hosts: BTreeMap<MachineId, MachineInfo<AccountId>> = BTreeMap::new();
	pub static Served: BTreeMap<LeaseId, LeaseInfo<AccountId>> = BTreeMap::new();
	pub static Payments: Vec<Payment> = Vec::new();
	/// What the last reward was weighed by.
	pub static RewardWeight: Perbill = Perbill::zero();
	pub static Deferred: Vec<(AccountId, Role, Balance)> = Vec::new();
	pub static SlashesRefused: bool = false;
	pub static Evacuated: Vec<MachineId> = Vec::new();
	pub static Blamed: Vec<AccountId> = Vec::new();
	pub static Report: Option<Reported> = None;

	pub const ApprovalSlots: Slot = 20;
	pub const AgreementSlots: Slot = 4_000;
	pub const NoticeSlots: Slot = 50;
	pub const DaySlots: Slot = 960;
	pub const ApproverWindows: u32 = 24;
	pub const CounterMargin: Perbill = Perbill::from_percent(10);
	pub const PublicationDeposit: Balance = 100;
	pub const VetoSlots: Slot = 30;
	pub const VetoAccount: AccountId = INSURANCE;
	pub const MaxDuePerSlot: u32 = 2;
	pub const MaxMissing: u32 = 3;
	pub const MaxBreaches: u32 = 3;
	pub const EvacuateAt: Perbill = Perbill::from_percent(80);
	pub const SweepWeight: Weight = Weight::from_parts(u64::MAX / 2, u64::MAX / 2);
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
	fn extended(since: Slot, until: Slot) -> Slot {
		LastGaps::get().extend(since, until)
	}
}

impl Classes for World {
	fn class(class: ClassId) -> Option<ClassInfo> {
		let kind = match class.0 {
			1 => ResourceKind::Cpu,
			2 => ResourceKind::Gpu,
			_ => return None,
		};
		Some(ClassInfo { kind, window_slots: WINDOW_SLOTS, price: 1, name: Vec::new() })
	}
}

/// Moves a machine from one of `from` to `to`.
fn transition(machine: MachineId, from: &[MachineState], to: MachineState) -> DispatchResult {
	let mut hosts = Hosts::get();
	let host = hosts.get_mut(&machine).ok_or(DispatchError::CannotLookup)?;
	if !from.contains(&host.state) {
		return Err(DispatchError::Other("state"));
	}
	host.state = to;
	Hosts::set(hosts);
	Ok(())
}

impl Machines<AccountId> for World {
	fn machine(machine: MachineId) -> Option<MachineInfo<AccountId>> {
		Hosts::get().get(&machine).cloned()
	}
	fn endpoint(_: MachineId) -> Option<Vec<u8>> {
		None
	}
	fn by_key(_: &keys::machine::Id) -> Option<MachineId> {
		None
	}
	fn test(machine: MachineId) -> DispatchResult {
		transition(machine, &[MachineState::Registered, MachineState::Suspended], MachineState::UnderTest)
	}
	fn online(machine: MachineId) -> DispatchResult {
		transition(machine, &[MachineState::UnderTest, MachineState::Suspended], MachineState::Online)
	}
	fn reject(machine: MachineId) -> DispatchResult {
		transition(machine, &[MachineState::UnderTest], MachineState::Registered)
	}
	fn suspend(machine: MachineId) -> DispatchResult {
		transition(machine, &[MachineState::Online], MachineState::Suspended)
	}
	fn unbind(machine: MachineId) -> DispatchResult {
		match machine_state(machine) {
			MachineState::Online => Self::suspend(machine),
			MachineState::UnderTest => Self::reject(machine),
			_ => Ok(()),
		}
	}
}

impl Leases<AccountId> for World {
	fn place(_: LeaseRequest<AccountId>) -> Result<LeaseId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn lease(lease: LeaseId) -> Option<LeaseInfo<AccountId>> {
		Served::get().get(&lease).cloned()
	}
	fn serving(machine: MachineId) -> Vec<LeaseId> {
		Served::get().iter().filter(|(_, info)| info.machine == machine).map(|(id, _)| *id).collect()
	}
	fn ran(machine: MachineId, from: Slot, to: Slot) -> (Vec<LeaseId>, u32) {
		let ran = |info: &LeaseInfo<AccountId>| {
			info.machine == machine && info.state == LeaseState::Running && info.start < to && from < info.end
		};
		let leases: Vec<_> = Served::get().iter().filter(|(_, info)| ran(info)).map(|(id, _)| *id).collect();
		let looked_at = Served::get().values().filter(|info| info.machine == machine).count();
		(leases, u32::try_from(looked_at).unwrap())
	}
	fn evacuate(machine: MachineId) -> DispatchResult {
		Evacuated::mutate(|evacuated| evacuated.push(machine));
		Ok(())
	}
	fn reject_lease(_: LeaseId, _: &AccountId) -> Result<LeaseInfo<AccountId>, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn place_weight(_: u32, _: bool) -> Weight {
		Weight::zero()
	}
}

impl Bonds<AccountId> for World {
	fn bonded(_: &AccountId, _: Role) -> Balance {
		MINIMUM_BOND
	}
	fn minimum(role: Role) -> Balance {
		if role == Role::Service {
			MINIMUM_BOND
		} else {
			0
		}
	}
	fn reserve(_: &AccountId, _: Role, _: Balance) -> DispatchResult {
		Ok(())
	}
	fn unreserve(_: &AccountId, _: Role, _: Balance) {}
	fn debit(_: &AccountId, _: Role, _: Balance) -> DispatchResult {
		Ok(())
	}
	fn credit(_: &AccountId, _: Role, _: Balance) -> DispatchResult {
		Ok(())
	}
}

impl Slashes<AccountId> for World {
	fn defer(
		who: &AccountId,
		role: Role,
		amount: Balance,
		_: Option<AccountId>,
	) -> Result<SlashId, DispatchError> {
		if SlashesRefused::get() {
			return Err(DispatchError::Unavailable);
		}
		Deferred::mutate(|deferred| deferred.push((*who, role, amount)));
		Ok(SlashId(u32::try_from(Deferred::get().len()).unwrap()))
	}
}

impl Credits for World {
	fn reward(lease: LeaseId, kept: Perbill, weight: Perbill, rounds: u32) {
		RewardWeight::set(weight);
		Payments::mutate(|payments| payments.push(Payment::Reward(lease, kept, rounds)));
	}
	fn credit(lease: LeaseId, credit: Perbill, rounds: u32) {
		Payments::mutate(|payments| payments.push(Payment::Credit(lease, credit, rounds)));
	}
}

impl Committees<AccountId> for World {
	fn committee(_: MachineId) -> Vec<AccountId> {
		Committee::get()
	}
	fn quorum() -> u32 {
		2
	}
}

impl OnBreach<AccountId> for World {
	fn breached(approver: &AccountId, _: MachineId) {
		Blamed::mutate(|blamed| blamed.push(*approver));
	}
}

impl Evidence for World {
	fn reported(_: MachineId, _: Slot) -> Option<Reported> {
		Report::get()
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl benchmarking::BenchmarkHelper<AccountId> for World {
	fn machine() -> (AccountId, MachineId) {
		// One benchmark runs several times, and what is not storage stays.
		set_machine_state(MACHINE, MachineState::Registered);
		Served::set(BTreeMap::new());
		(OWNER, MACHINE)
	}
	fn committee_member(_: MachineId) -> AccountId {
		next_session();
		ANCHORS[0]
	}
	fn leases(machine: MachineId, count: u32) {
		for id in 0..count {
			serve(LeaseId(id.into()), machine, Now::get(), LeaseState::Running);
		}
	}
	fn set_slot(slot: Slot) {
		Now::set(slot);
	}
}

impl Config for Test {
	type Clock = World;
	type CurateOrigin = EnsureRoot<AccountId>;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type PublicationDeposit = PublicationDeposit;
	type VetoAccount = VetoAccount;
	type VetoSlots = VetoSlots;
	type Machines = World;
	type Classes = World;
	type Leases = World;
	type Bonds = World;
	type Slashes = World;
	type Credits = World;
	type Committees = World;
	type OnBreach = World;
	type Evidence = World;
	type CounterMargin = CounterMargin;
	type AgreementSlots = AgreementSlots;
	type NoticeSlots = NoticeSlots;
	type DaySlots = DaySlots;
	type ApproverWindows = ApproverWindows;
	type ApprovalSlots = ApprovalSlots;
	type MaxDuePerSlot = MaxDuePerSlot;
	type MaxMissing = MaxMissing;
	type MaxBreaches = MaxBreaches;
	type EvacuateAt = EvacuateAt;
	type SweepWeight = SweepWeight;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

pub fn bounded<V, S: frame_support::traits::Get<u32>>(items: Vec<V>) -> BoundedVec<V, S> {
	BoundedVec::truncate_from(items)
}

pub fn height(credit: u32, slash: u32) -> Height {
	Height { credit: Perbill::from_percent(credit), slash: Perbill::from_percent(slash) }
}

pub fn module(metric: Metric, range: (u32, u32), window_rounds: u32) -> SlaModule {
	SlaModule {
		version: 1,
		supersedes: None,
		metric,
		statistic: metric.statistic(),
		comparator: metric.comparator(),
		unit: metric.unit(),
		kinds: bounded(vec![ResourceKind::Cpu, ResourceKind::Gpu, ResourceKind::Npu]),
		workloads: bounded(vec![Workload::Training, Workload::Batch]),
		min_threshold: range.0,
		max_threshold: range.1,
		window_rounds,
		knots: bounded(vec![100_000, 500_000]),
		heights: bounded(if metric.is_reported() {
			vec![height(50, 0), height(100, 0)]
		} else {
			vec![height(50, 10), height(100, 40)]
		}),
		reward: Perbill::one(),
	}
}

pub fn term(module: ModuleId, threshold: u32) -> Term {
	Term { module, threshold, heights: Default::default() }
}

pub fn template() -> Template {
	Template {
		kinds: bounded(vec![ResourceKind::Cpu]),
		workloads: bounded(vec![Workload::Training]),
		price_factor: Perbill::from_percent(90),
		refines: None,
		terms: bounded(vec![term(AVAILABILITY, 900_000), term(LATENCY, 1_000)]),
	}
}

/// Terms that refine the template and are not its own.
pub fn stricter() -> Terms {
	bounded(vec![term(AVAILABILITY, 950_000), term(LATENCY, 900)])
}

/// The state of machines, leases and time before a test; genesis publishes seven modules and a template.
pub fn new_test_ext() -> TestExternalities {
	Now::set(100);
	Session::set(5);
	LastGaps::set(Gaps::default());
	Committee::set(ANCHORS.to_vec());
	Served::set(BTreeMap::new());
	Payments::set(Vec::new());
	Deferred::set(Vec::new());
	SlashesRefused::set(false);
	Evacuated::set(Vec::new());
	Blamed::set(Vec::new());
	Report::set(None);
	let host = |class| MachineInfo {
		owner: OWNER,
		class: ClassId(class),
		devices: 1,
		state: MachineState::Registered,
		key: keys::machine::Id::decode(&mut TrailingZeroInput::zeroes()).unwrap(),
		registered_in: 0,
		open: 0,
		utilisation: None,
	};
	// The ids from 20 on are spare machines.
	let spares = (20..80).map(|id| (MachineId(id), host(1)));
	Hosts::set([(MACHINE, host(1)), (GPU_MACHINE, host(2))].into_iter().chain(spares).collect());

	let genesis = RuntimeGenesisConfig {
		system: Default::default(),
		balances: pallet_balances::GenesisConfig {
			balances: vec![(STRANGER, 1_000), (INSURANCE, 10)],
			..Default::default()
		},
		sla: GenesisConfig {
			modules: vec![
				module(Metric::Availability, (500_000, 1_000_000), 1),
				module(Metric::LatencyP99, (100, 10_000), 2),
				module(Metric::Bandwidth, (1_000, 1_000_000), 1),
				module(Metric::ErrorRate, (0, 500_000), 1),
				module(Metric::Performance, (500_000, 1_000_000), 2),
				module(Metric::Throttling, (0, 500_000), 1),
				module(Metric::UncorrectedErrors, (0, 10), 1),
			],
			templates: vec![template()],
			_config: Default::default(),
		},
	};
	let mut ext: TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test, and checks the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Sla::do_try_state().unwrap();
	});
}

pub fn agreement(machine: MachineId) -> Agreement<AccountId> {
	Agreements::<Test>::get(machine).unwrap()
}

pub fn hash(machine: MachineId) -> H256 {
	agreement(machine).hash
}

pub fn machine_state(machine: MachineId) -> MachineState {
	Hosts::get()[&machine].state
}

pub fn set_machine_state(machine: MachineId, state: MachineState) {
	Hosts::mutate(|hosts| hosts.get_mut(&machine).unwrap().state = state);
}

/// Has the machine serve a lease from `start` to the end of that slot's window.
pub fn serve(lease: LeaseId, machine: MachineId, start: Slot, state: LeaseState) {
	let window = exabits_primitives::WindowIndex::at(start, WINDOW_SLOTS);
	let info = LeaseInfo {
		tenant: STRANGER,
		machine,
		provider: OWNER,
		key: exabits_primitives::UtcKey { class: ClassId(1), template: TEMPLATE, window },
		amount: MilliDevices(1_000),
		start,
		end: window.end(WINDOW_SLOTS),
		state,
	};
	Served::mutate(|served| served.insert(lease, info));
}

pub fn good() -> Measurement {
	Measurement {
		availability: 1_000_000,
		latency_p50: 50,
		latency_p99: 100,
		bandwidth: 1_000_000,
		error_rate: Some(0),
		performance: None,
	}
}

pub fn available(ppm: u32) -> Measurement {
	Measurement { availability: ppm, ..good() }
}

/// Judges the round that ends now, and moves on to the next.
pub fn judge(machine: MachineId, outcome: RoundOutcome) -> RoundIndex {
	let round = World::round();
	weigh(machine, outcome);
	round
}

/// The same; returns what it took, which is never more than what had to be free for it.
pub fn weigh(machine: MachineId, outcome: RoundOutcome) -> Weight {
	let round = World::round();
	Now::set(round.end(ROUND_SLOTS));
	let took = Sla::judge(machine, round, Session::get(), outcome);
	assert!(took.all_lte(Sla::judge_weight()));
	took
}

pub fn measured(machine: MachineId, measurement: Measurement) -> RoundIndex {
	judge(machine, RoundOutcome::Measured(measurement))
}

/// Sets the slot after a gap that began in slot `from`.
pub fn gap(from: Slot, to: Slot) {
	LastGaps::mutate(|gaps| gaps.push(Gap { from, to }));
	Now::set(to);
}

pub fn next_session() {
	Session::mutate(|session| *session += 1);
}

/// Brings a machine under test with the template's own terms.
pub fn test(machine: MachineId) {
	Sla::propose(RuntimeOrigin::signed(OWNER), machine, TEMPLATE, None).unwrap();
	Sla::start_test(RuntimeOrigin::signed(OWNER), machine, hash(machine)).unwrap();
}

/// The template's terms and one more, agreed by the committee and active.
pub fn activate_with(extra: Term) {
	let mut terms = template().terms;
	terms.try_push(extra).unwrap();
	negotiate(MACHINE, terms);
	Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE)).unwrap();
	measured(MACHINE, good());
	assert_eq!(agreement(MACHINE).state, AgreementState::Active);
	System::reset_events();
}

/// Proposes terms and has the quorum approve them.
pub fn negotiate(machine: MachineId, terms: Terms) {
	Sla::propose(RuntimeOrigin::signed(OWNER), machine, TEMPLATE, Some(terms)).unwrap();
	let (negotiated, _) = Sla::negotiation(machine).unwrap();
	for anchor in &ANCHORS[..2] {
		Sla::approve(RuntimeOrigin::signed(*anchor), machine, negotiated.hash).unwrap();
	}
}

/// Brings a machine online with the template's own terms.
pub fn activate(machine: MachineId) {
	test(machine);
	measured(machine, good());
	assert_eq!(agreement(machine).state, AgreementState::Active);
	System::reset_events();
}

/// This pallet's events so far, which are taken out.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Sla(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}

pub fn sweep() {
	use frame_support::traits::Hooks;
	let mut meter = frame_support::weights::WeightMeter::with_limit(Weight::MAX);
	Sla::on_poll(1, &mut meter);
}
