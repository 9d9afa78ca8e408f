//! What the pallets' benchmarks need of the whole runtime: providers with bonds, machines with agreements, UTC
//! that trade. Everything is set up through the pallets' own calls where one block suffices for it.

use crate::*;
use alloc::{vec, vec::Vec};
use exabits_primitives::{
	keys, Agreements as _, ClassId, Clock as _, EvidenceTier, Judge, LeaseId, LeaseState, MachineId,
	Measurement, MilliDevices, ResourceKind, Role, RoundOutcome, SessionIndex, Slot, TemplateId, UtcId,
	UtcKey, WindowIndex, Workload, MAX_DEVICES,
};
use frame_benchmarking::account;
use frame_support::{
	dispatch::RawOrigin,
	traits::{fungible::Mutate, Get},
	BoundedVec,
};
use pallet_rfl::Class;
use pallet_sla::{Comparator, Height, Metric, SlaModule, Statistic, Template, Term, Unit};
use pallet_utc::Redemption;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::Perbill;

frame_benchmarking::define_benchmarks!(
	[pallet_stake, Stake]
	[pallet_issuance, Issuance]
	[pallet_rfl, Rfl]
	[pallet_sla, Sla]
	[pallet_utc, Utc]
	[pallet_market, Market]
	[pallet_anchoring, Anchoring]
	[pallet_telemetry, Telemetry]
);

/// Length of a window of the class in slots.
const WINDOW_SLOTS: u32 = 3_600;
/// What a provider bonds: enough for the cover of all that one machine can sell.
const SERVICE_BOND: Balance = 100_000 * EXA;

/// Sets the scene for the benchmarks of all pallets.
pub struct Scene;

impl Scene {
	fn set_slot(slot: Slot) {
		pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(slot));
	}

	fn set_session(session: SessionIndex) {
		pallet_session::CurrentIndex::<Runtime>::put(session);
	}

	fn fund(who: &AccountId) {
		Balances::set_balance(who, 10 * SERVICE_BOND);
	}

	fn bond(who: &AccountId, role: Role, amount: Balance) {
		Self::fund(who);
		Stake::bond(RawOrigin::Signed(who.clone()).into(), role, amount).expect("it has the money");
	}

	/// A class of kind CPU.
	fn class() -> ClassId {
		let class = pallet_rfl::NextClass::<Runtime>::get();
		Rfl::create_class(
			RawOrigin::Root.into(),
			Class {
				name: BoundedVec::truncate_from(b"benchmark".to_vec()),
				kind: ResourceKind::Cpu,
				window_slots: WINDOW_SLOTS,
				acknowledge_slots: 150,
				price: EXA,
				performance: 1_000,
				vcpus: 1,
				memory_mib: 1_024,
				device_memory_mib: 1_024,
				int8_rate: 5,
				tier: EvidenceTier::SelfReported,
			},
		)
		.expect("the class is sound");
		class
	}

	/// A machine that was registered, with as many devices as there can be.
	fn machine(owner: &AccountId, class: ClassId, key: keys::machine::Id) -> MachineId {
		let machine = pallet_rfl::NextMachine::<Runtime>::get();
		let proof = key.sign(&Rfl::registration_payload(owner)).expect("the key is in the keystore");
		Rfl::register_machine(
			RawOrigin::Signed(owner.clone()).into(),
			class,
			MAX_DEVICES,
			MAX_DEVICES,
			1_024 * MAX_DEVICES,
			key,
			proof,
			BoundedVec::truncate_from(b"192.0.2.1:40333".to_vec()),
		)
		.expect("the owner has bonded");
		machine
	}

	/// A template of one term that everything measured meets.
	fn template() -> TemplateId {
		let module = pallet_sla::NextModule::<Runtime>::get();
		let heights = [Height { credit: Perbill::from_percent(10), slash: Perbill::from_percent(1) }];
		let heights = BoundedVec::truncate_from(heights.to_vec());
		Sla::create_module(
			RawOrigin::Root.into(),
			SlaModule {
				version: 1,
				supersedes: None,
				metric: Metric::Availability,
				statistic: Statistic::Mean,
				comparator: Comparator::AtLeast,
				unit: Unit::PartsPerMillion,
				kinds: BoundedVec::truncate_from(vec![ResourceKind::Cpu, ResourceKind::Gpu]),
				workloads: BoundedVec::truncate_from(vec![Workload::Batch]),
				min_threshold: 1,
				max_threshold: 1_000_000,
				window_rounds: 1,
				knots: BoundedVec::truncate_from(vec![0]),
				heights: heights.clone(),
				reward: Perbill::one(),
			},
		)
		.expect("the module is sound");
		let template = pallet_sla::NextTemplate::<Runtime>::get();
		Sla::create_template(
			RawOrigin::Root.into(),
			Template {
				kinds: BoundedVec::truncate_from(vec![ResourceKind::Cpu, ResourceKind::Gpu]),
				workloads: BoundedVec::truncate_from(vec![Workload::Batch]),
				price_factor: Perbill::one(),
				refines: None,
				terms: BoundedVec::truncate_from(vec![Term { module, threshold: 1, heights }]),
			},
		)
		.expect("the template is sound");
		template
	}

	/// Takes a registered machine online, under a template that it may share with others.
	fn agree(machine: MachineId) -> TemplateId {
		let owner = pallet_rfl::Machines::<Runtime>::get(machine).expect("it is registered").owner;
		let first = TemplateId(0);
		let template = if Sla::price_factor(first).is_some() { first } else { Self::template() };
		let origin = RuntimeOrigin::from(RawOrigin::Signed(owner));
		Sla::propose(origin.clone(), machine, template, None).expect("the template suits the class");
		let hash = Sla::agreement(machine).expect("it was proposed").hash;
		Sla::start_test(origin, machine, hash).expect("default terms are agreed at once");
		let good = Measurement { availability: 1_000_000, ..Default::default() };
		<Sla as Judge>::judge(machine, Clock::round(), Clock::session(), RoundOutcome::Measured(good));
		template
	}

	/// A machine of `provider`'s that is online, and has committed all its devices to so many windows after this one.
	fn committed(provider: &AccountId, windows: u32) -> (MachineId, UtcKey) {
		let slot = Slot::from(WINDOW_SLOTS).saturating_mul(100).saturating_add(1);
		Self::set_slot(slot);
		Self::bond(provider, Role::Service, SERVICE_BOND);
		let class = Self::class();
		let machine = Self::machine(provider, class, keys::machine::Id::generate_pair(None));
		let template = Self::agree(machine);
		let window = WindowIndex(101);
		for ahead in 0..windows {
			let origin = RawOrigin::Signed(provider.clone());
			Rfl::commit(origin.into(), machine, WindowIndex(window.0.saturating_add(ahead)), MAX_DEVICES)
				.expect("it is online");
		}
		(machine, UtcKey { class, template, window })
	}

	/// `amount` of a UTC that `who` has committed to and minted.
	fn minted(who: &AccountId, key: UtcKey, amount: MilliDevices) -> UtcId {
		Utc::mint(RawOrigin::Signed(who.clone()).into(), key, amount).expect("it is committed");
		Utc::utc(key).expect("the first mint opens it").0
	}
}

impl pallet_stake::BenchmarkHelper<AccountId> for Scene {
	fn set_slot(slot: Slot) {
		Self::set_slot(slot);
	}

	fn set_session_keys(who: &AccountId) {
		let seed: &[u8; 32] = who.as_ref();
		let keys = SessionKeys {
			babe: sp_core::sr25519::Public::from_raw(*seed).into(),
			grandpa: sp_core::ed25519::Public::from_raw(*seed).into(),
		};
		pallet_session::NextKeys::<Runtime>::insert(who, keys);
	}

	fn seat_jury() {
		let session = pallet_session::CurrentIndex::<Runtime>::get() + 2;
		Self::set_session(session);
		let seats = (0..256).map(|index| (account("seat", index, 0), 1)).collect::<Vec<_>>();
		pallet_anchoring::Snapshots::<Runtime>::insert(session - 1, BoundedVec::truncate_from(seats));
		pallet_anchoring::Seeds::<Runtime>::insert(session, [7; 32]);
	}
}

impl pallet_issuance::BenchmarkHelper<AccountId> for Scene {
	fn set_session(session: SessionIndex) {
		Self::set_session(session);
	}

	fn operator(index: u32) -> AccountId {
		let who = account("operator", index, 0);
		Self::bond(&who, Role::Anchor, Stake::minimum_of(Role::Anchor));
		let delegator = account("delegator", index, 0);
		Self::fund(&delegator);
		Stake::delegate(RawOrigin::Signed(delegator).into(), who.clone(), Role::Anchor, EXA)
			.expect("the operator has bonded");
		let commission = pallet_issuance::MaxCommission::<Runtime>::get();
		Stake::set_commission(RawOrigin::Signed(who.clone()).into(), Role::Anchor, commission)
			.expect("it is the most there is");
		who
	}
}

impl pallet_rfl::BenchmarkHelper<AccountId> for Scene {
	fn set_slot(slot: Slot) {
		Self::set_slot(slot);
	}

	fn bond(owner: &AccountId) {
		Self::bond(owner, Role::Service, SERVICE_BOND);
	}

	fn agree(machine: MachineId) -> TemplateId {
		Self::agree(machine)
	}

	fn mint(provider: &AccountId, key: &UtcKey, amount: MilliDevices) {
		Self::minted(provider, *key, amount);
	}

	fn pay(lease: LeaseId) {
		pallet_utc::LeaseAccounts::<Runtime>::mutate(lease, |account| {
			if let Some(account) = account {
				account.fee = EXA;
			}
		});
		Balances::mint_into(&Utc::account_id(), EXA).expect("the fee is in range");
	}
}

impl pallet_sla::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn machine() -> (AccountId, MachineId) {
		let owner: AccountId = account("owner", 0, 0);
		Self::set_slot(Slot::from(WINDOW_SLOTS).saturating_mul(100).saturating_add(1));
		Self::bond(&owner, Role::Service, SERVICE_BOND);
		let machine = Self::machine(&owner, Self::class(), keys::machine::Id::generate_pair(None));
		(owner, machine)
	}

	fn committee_member(machine: MachineId) -> AccountId {
		let session = Clock::session().saturating_add(1);
		let seats: Vec<_> = (0..<Runtime as pallet_anchoring::Config>::MaxSeats::get())
			.map(|index| (account("seat", index, 0), 1))
			.collect();
		pallet_anchoring::Snapshots::<Runtime>::insert(session - 1, BoundedVec::truncate_from(seats));
		pallet_anchoring::Seeds::<Runtime>::insert(session, [5; 32]);
		Self::set_session(session);
		let committee = Anchoring::committee_in(session, machine).expect("there are seats");
		committee.last().cloned().expect("a committee has members")
	}

	fn leases(machine: MachineId, count: u32) {
		let record = pallet_rfl::Machines::<Runtime>::get(machine).expect("it is registered");
		let template = Sla::active_template(machine).expect("it is online");
		let window = WindowIndex(WindowIndex::at(Clock::now(), WINDOW_SLOTS).0.saturating_add(1));
		let key = UtcKey { class: record.class, template, window };
		let owner = record.owner;
		Rfl::commit(RawOrigin::Signed(owner.clone()).into(), machine, window, MAX_DEVICES)
			.expect("it is online");
		let utc = Self::minted(&owner, key, MilliDevices::devices(MAX_DEVICES));
		for _ in 0..count {
			let lease = pallet_rfl::NextLease::<Runtime>::get();
			let origin = RawOrigin::Signed(owner.clone());
			let workload = BoundedVec::truncate_from(vec![7; 64]);
			let redemption =
				Redemption { hint: Some(machine), workload, ..Redemption::new(MilliDevices(125), [7; 32]) };
			Utc::redeem(origin.into(), utc, redemption).expect("it is committed and minted");
			pallet_rfl::Leases::<Runtime>::mutate(lease, |lease| {
				if let Some(lease) = lease {
					lease.state = LeaseState::Running;
					lease.running_since = Some(lease.start);
				}
			});
		}
		let into = Slot::from(Clock::round_slots()).saturating_mul(3);
		Self::set_slot(window.start(WINDOW_SLOTS).saturating_add(into));
	}

	fn set_slot(slot: Slot) {
		Self::set_slot(slot);
	}
}

impl pallet_utc::BenchmarkHelper<AccountId> for Scene {
	fn commit(provider: &AccountId, _: MilliDevices, windows: u32) -> UtcKey {
		Self::committed(provider, windows).1
	}

	fn set_slot(slot: Slot) {
		Self::set_slot(slot);
	}

	fn run(lease: LeaseId) {
		pallet_rfl::Leases::<Runtime>::mutate(lease, |record| {
			if let Some(record) = record {
				Self::set_slot(record.start);
				record.state = LeaseState::Running;
				record.running_since = Some(record.start);
			}
		});
	}

	fn lose(provider: &AccountId, key: UtcKey, machines: u32) -> Vec<MachineId> {
		let first = pallet_rfl::NextMachine::<Runtime>::get().0.saturating_sub(1);
		let others = (1..machines).map(|_| {
			let machine = Self::machine(provider, key.class, keys::machine::Id::generate_pair(None));
			Self::agree(machine);
			Rfl::commit(RawOrigin::Signed(provider.clone()).into(), machine, key.window, MAX_DEVICES)
				.expect("it is online");
			machine
		});
		let lost: Vec<_> = core::iter::once(MachineId(first)).chain(others).collect();
		for machine in &lost {
			<Rfl as exabits_primitives::Machines<AccountId>>::suspend(*machine).expect("it is online");
		}
		lost
	}
}

impl pallet_market::BenchmarkHelper<AccountId> for Scene {
	fn open(who: &AccountId, amount: MilliDevices) -> UtcId {
		let key = Self::committed(who, 1).1;
		Self::minted(who, key, amount)
	}

	fn end(utc: UtcId) {
		let record = pallet_utc::Utcs::<Runtime>::get(utc).expect("it was opened");
		Self::set_slot(record.end);
	}

	fn committed(who: &AccountId, _: MilliDevices) -> UtcKey {
		Self::committed(who, 1).1
	}
}

impl pallet_anchoring::benchmarking::BenchmarkHelper<AccountId> for Scene {
	fn anchor(index: u32) -> AccountId {
		let who = account("anchor", index, 0);
		if pallet_stake::Ledger::<Runtime>::get(&who, Role::Anchor).is_none() {
			Self::bond(&who, Role::Anchor, Stake::minimum_of(Role::Anchor));
		}
		who
	}

	fn machine() -> MachineId {
		let owner: AccountId = account("owner", 0, 0);
		Self::bond(&owner, Role::Service, SERVICE_BOND);
		Self::set_session(0);
		Self::machine(&owner, Self::class(), keys::machine::Id::generate_pair(None))
	}

	fn approvers(machine: MachineId, anchors: Vec<AccountId>) {
		anchors.iter().for_each(Self::fund);
		let agreement = pallet_sla::Agreement {
			template: TemplateId(0),
			terms: Default::default(),
			hash: Default::default(),
			state: pallet_sla::AgreementState::Active,
			proposed_at: 0,
			deadline: 0,
			approvals: BoundedVec::truncate_from(anchors),
			countered: Default::default(),
			version: 1,
			queued: false,
			// The verdict is weighed apart.
			tested_from: Slot::MAX,
			answered_until: Slot::MAX,
			ending: None,
		};
		pallet_sla::Agreements::<Runtime>::insert(machine, agreement);
	}

	fn another_machine() -> MachineId {
		let owner: AccountId = account("owner", 0, 0);
		let class = pallet_rfl::Classes::<Runtime>::iter_keys().next().expect("the first machine has one");
		Self::machine(&owner, class, keys::machine::Id::generate_pair(None))
	}

	fn set_time(slot: Slot, session: SessionIndex) {
		Self::set_slot(slot);
		Self::set_session(session);
	}
}

impl pallet_telemetry::BenchmarkHelper for Scene {
	fn machine(key: keys::machine::Id) -> (MachineId, WindowIndex) {
		let owner: AccountId = account("owner", 0, 0);
		Self::set_slot(Slot::from(WINDOW_SLOTS).saturating_mul(100));
		Self::bond(&owner, Role::Service, SERVICE_BOND);
		let machine = Self::machine(&owner, Self::class(), key);
		(machine, WindowIndex(99))
	}
}
