//! A runtime of this pallet and balances; everything else is played.

use crate as pallet_anchoring;
use crate::*;
use codec::Decode;
use exabits_primitives::{
	gaps::Gaps, keys, local::Measured, Anchors, Approvers, Balance, Bonds, ClassId, Clock, Judge, MachineId,
	MachineInfo, MachineState, Machines, Measurement, OnMachine, Role, RoundIndex, RoundOutcome, Sample,
	SessionIndex, SlashId, Slashes, Slot,
};
use frame_support::{
	derive_impl,
	dispatch::{DispatchResult, RawOrigin},
	parameter_types,
	traits::{fungible::Mutate, Authorize, ConstU128, ConstU32, ConstU64, Hooks},
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight, WeightMeter},
	BoundedVec, PalletId,
};
use sp_core::{Pair, H256};
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable},
	transaction_validity::{TransactionSource, TransactionValidityError, ValidTransaction},
	BuildStorage, DispatchError, Perbill,
};
use std::collections::BTreeMap;

pub type TxExtension = frame_system::AuthorizeCall<Test>;
pub type Extrinsic = sp_runtime::testing::TestXt<RuntimeCall, TxExtension>;
type Block = sp_runtime::generic::Block<sp_runtime::generic::Header<u64, BlakeTwo256>, Extrinsic>;

/// Slots of a round and of a session: boundaries of sessions fall into the middle of every other round.
pub const ROUND: u32 = 10;
pub const SESSION: Slot = 15;
pub const COMMIT: u32 = 3;
pub const REVEAL: u32 = 4;
pub const SAMPLE: u32 = 2;
pub const MIN_BOND: Balance = 1_000;
/// Of a session; a round has half of it.
pub const WATCH_FEE: Balance = 200;
pub const OWNER: u64 = 100;
pub const MACHINE: MachineId = MachineId(1);
/// The first round with a committee: it begins in session 1.
pub const FIRST: RoundIndex = RoundIndex(2);
/// Its first slot, and those of its phases.
pub const STARTS: Slot = 20;
pub const COMMITS: Slot = 30;
pub const REVEALS: Slot = 33;
pub const SAMPLES: Slot = 37;
pub const SETTLES: Slot = 39;
pub const GOOD: Measurement = Measurement {
	availability: 1_000_000,
	latency_p50: 500,
	latency_p99: 900,
	bandwidth: 10_000,
	error_rate: Some(0),
	performance: None,
};
pub const SALT: [u8; 32] = [9; 32];
/// What a verdict takes at most.
pub const VERDICT_MOST: Weight = Weight::from_parts(30_000_000_000, 0);

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
	pub type Anchoring = pallet_anchoring;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type Block = Block;
	type DbWeight = Database;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

parameter_types! {
	pub static Database: RuntimeDbWeight = ParityDbWeight::get();
	pub static Now: Slot = 0;
	pub static CurrentSession: Option<SessionIndex> = None;
	pub static Randomness: Option<[u8; 32]> = Some([7; 32]);
	pub static Seats: Vec<(u64, u32)> = Vec::new();
	pub static Registered: BTreeMap<MachineId, MachineInfo<u64>> = BTreeMap::new();
	pub static Suspended: Vec<MachineId> = Vec::new();
	pub static Judged: Vec<(MachineId, RoundIndex, SessionIndex, RoundOutcome)> = Vec::new();
	pub static Slashed: Vec<(u64, Role, Balance)> = Vec::new();
	pub static UnwatchWhenJudged: bool = false;
	pub static VerdictTakes: Weight = VERDICT_MOST;
	pub static SweepWeight: Weight = Weight::MAX;
	pub static MaxDuePerSlot: u32 = 8;
	pub static SampleSlots: u32 = SAMPLE;
	pub static MaxGap: u32 = 30;
	pub static LastGaps: Gaps = Gaps::default();
	pub const Tolerance: Perbill = Perbill::from_percent(5);
	pub const MissSlash: Perbill = Perbill::from_percent(10);
	pub const ForgerySlash: Perbill = Perbill::from_percent(30);
	pub static Probes: BTreeMap<(u64, MachineId, RoundIndex, u16), Vec<Sample>> = BTreeMap::new();
	pub const ApproverShare: Perbill = Perbill::from_percent(40);
	pub const AnchoringPalletId: PalletId = PalletId(*b"exa/anch");
	pub static Approving: Vec<u64> = Vec::new();
	/// Fees of rounds, members and those of them who were accurate.
	pub static Measurings: Vec<(Balance, u32, Vec<u64>)> = Vec::new();
}

pub struct World;

impl exabits_primitives::Measured<u64> for World {
	fn measured(fee: Balance, members: u32, accurate: &[u64]) {
		Measurings::mutate(|all| all.push((fee, members, accurate.to_vec())));
	}
	fn measured_weight(_: u32, _: u32) -> Weight {
		Weight::zero()
	}
}

impl Approvers<u64> for World {
	fn approvers(_: MachineId) -> Vec<u64> {
		Approving::get()
	}
}

impl Clock for World {
	fn now() -> Slot {
		Now::get()
	}
	fn session() -> SessionIndex {
		CurrentSession::get().unwrap_or((Now::get() / SESSION) as SessionIndex)
	}
	fn round_slots() -> u32 {
		ROUND
	}
	fn in_gap(from: Slot, to: Slot) -> bool {
		LastGaps::get().overlap(from, to)
	}
}

impl Anchors<u64> for World {
	fn seats() -> Vec<(u64, u32)> {
		Seats::get()
	}
}

impl Bonds<u64> for World {
	fn bonded(who: &u64, role: Role) -> Balance {
		let seats = Seats::get().iter().find(|(anchor, _)| anchor == who).map_or(0, |(_, seats)| *seats);
		if role == Role::Anchor {
			MIN_BOND * Balance::from(seats)
		} else {
			0
		}
	}
	fn minimum(_: Role) -> Balance {
		MIN_BOND
	}
	fn reserve(_: &u64, _: Role, _: Balance) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn unreserve(_: &u64, _: Role, _: Balance) {}
	fn debit(_: &u64, _: Role, _: Balance) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn credit(_: &u64, _: Role, _: Balance) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

impl Slashes<u64> for World {
	fn defer(who: &u64, role: Role, amount: Balance, _: Option<u64>) -> Result<SlashId, DispatchError> {
		Slashed::mutate(|all| {
			all.push((*who, role, amount));
			Ok(SlashId(all.len() as u32 - 1))
		})
	}
}

impl Machines<u64> for World {
	fn machine(machine: MachineId) -> Option<MachineInfo<u64>> {
		Registered::get().get(&machine).cloned()
	}
	fn endpoint(machine: MachineId) -> Option<Vec<u8>> {
		Registered::get().contains_key(&machine).then(|| b"http://192.0.2.1".to_vec())
	}
	fn by_key(_: &keys::machine::Id) -> Option<MachineId> {
		None
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
	fn suspend(machine: MachineId) -> DispatchResult {
		Suspended::mutate(|all| all.push(machine));
		Ok(())
	}
	fn unbind(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

impl Judge for World {
	fn judge(machine: MachineId, round: RoundIndex, session: SessionIndex, outcome: RoundOutcome) -> Weight {
		Judged::mutate(|all| all.push((machine, round, session, outcome)));
		if UnwatchWhenJudged::get() {
			Anchoring::unwatched(machine);
		}
		VerdictTakes::get()
	}
	fn judge_weight() -> Weight {
		VERDICT_MOST
	}
}

impl Config for Test {
	type Clock = World;
	type Seed = Randomness;
	type Anchors = World;
	type Bonds = World;
	type Slashes = World;
	type Machines = World;
	type Approvers = World;
	type Measured = World;
	type ApproverShare = ApproverShare;
	type Judge = World;
	type Currency = Balances;
	type CommitteeSize = ConstU32<3>;
	type Quorum = ConstU32<2>;
	type CommitSlots = ConstU32<COMMIT>;
	type RevealSlots = ConstU32<REVEAL>;
	type SampleSlots = SampleSlots;
	type WatchFee = ConstU128<WATCH_FEE>;
	type RoundsPerSession = ConstU32<2>;
	type PalletId = AnchoringPalletId;
	type Tolerance = Tolerance;
	type MissSlash = MissSlash;
	type ForgerySlash = ForgerySlash;
	type ChillAfter = ConstU32<3>;
	type ChillWithin = ConstU32<4>;
	type ChillSessions = ConstU32<5>;
	type MaxCommittee = ConstU32<5>;
	type MaxSeats = ConstU32<12>;
	type MaxDuePerSlot = MaxDuePerSlot;
	type KeepSessions = ConstU32<3>;
	type SweepWeight = SweepWeight;
	type UnsignedPriority = ConstU64<1_000>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<u64> for World {
	fn anchor(index: u32) -> u64 {
		let who = u64::from(index) + 1;
		Seats::mutate(|seats| {
			if seats.iter().all(|(other, _)| *other != who) {
				seats.push((who, 1));
			}
		});
		fund(who);
		who
	}
	fn machine() -> MachineId {
		use sp_runtime::RuntimeAppPublic;
		let key = keys::machine::Id::generate_pair(Some(format!("0x{}", "63".repeat(32)).into_bytes()));
		assert_eq!(key, machine_pair().public());
		MACHINE
	}
	fn approvers(_: MachineId, anchors: Vec<u64>) {
		Approving::set(anchors);
	}
	fn another_machine() -> MachineId {
		Registered::mutate(|all| {
			let next = MachineId(all.len() as u32 + 1);
			all.insert(next, machine_of(OWNER, 0));
			next
		})
	}
	fn set_time(slot: Slot, session: SessionIndex) {
		Now::set(slot);
		CurrentSession::set(Some(session));
	}
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
	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl<LocalCall> frame_system::offchain::CreateAuthorizedTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() -> TxExtension {
		TxExtension::new()
	}
}

/// Gives an account money to begin with.
pub fn fund(who: u64) {
	Balances::set_balance(&who, 10_000);
}

pub fn machine_of(owner: u64, registered_in: SessionIndex) -> MachineInfo<u64> {
	MachineInfo {
		owner,
		class: ClassId(0),
		devices: 1,
		state: MachineState::Online,
		key: machine_pair().public(),
		registered_in,
		open: 0,
		utilisation: None,
	}
}

/// An empty chain with one machine, before its first slot.
pub fn new_test_ext() -> sp_io::TestExternalities {
	Now::set(0);
	CurrentSession::set(None);
	Randomness::set(Some([7; 32]));
	Seats::set(Vec::new());
	Registered::set(BTreeMap::from([(MACHINE, machine_of(OWNER, 0))]));
	Suspended::set(Vec::new());
	Judged::set(Vec::new());
	Measurings::set(Vec::new());
	Slashed::set(Vec::new());
	UnwatchWhenJudged::set(false);
	VerdictTakes::set(VERDICT_MOST);
	Approving::set(Vec::new());
	SweepWeight::set(Weight::MAX);
	MaxDuePerSlot::set(8);
	SampleSlots::set(SAMPLE);
	MaxGap::set(30);
	LastGaps::set(Gaps::default());
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	let keystore = sp_keystore::testing::MemoryKeystore::new();
	ext.register_extension(sp_keystore::KeystoreExt::new(keystore));
	ext.execute_with(|| {
		System::set_block_number(1);
		fund(OWNER);
		// The existential deposit.
		frame_support::assert_ok!(Balances::mint_into(&Anchoring::pot(), 1));
	});
	ext
}

/// Runs a test with five anchors of one seat each, then checks the invariants.
pub fn run(test: impl FnOnce()) {
	run_with(new_test_ext(), test)
}

pub fn run_with(mut ext: sp_io::TestExternalities, test: impl FnOnce()) {
	ext.execute_with(|| {
		for who in 1..=5 {
			add_anchor(who, 1);
		}
		test();
		Anchoring::do_try_state().unwrap();
	});
}

pub fn add_anchor(who: u64, seats: u32) {
	fund(who);
	Seats::mutate(|all| all.push((who, seats)));
	Anchoring::set_key(RuntimeOrigin::signed(who), pair(who).public(), key_proof(who)).unwrap();
}

/// What an account has and is owed; of the machine's owner also what it has paid ahead.
pub fn worth(who: u64) -> Balance {
	let ahead = if who == OWNER {
		let set_aside: Balance = Rounds::<Test>::iter_values().map(|record| record.fee).sum();
		Watched::<Test>::iter_values().map(|watch| watch.prepaid).sum::<Balance>() + set_aside
	} else {
		0
	};
	Balances::free_balance(who) + Anchoring::standing(who).owed + ahead
}

/// A block in `slot`, whatever lies between.
pub fn jump(slot: Slot) {
	jump_with(slot, |_| ());
}

/// The same; what the test gets has metered the sweep.
pub fn jump_with(slot: Slot, test: impl FnOnce(&WeightMeter)) {
	let block = System::block_number() + 1;
	System::set_block_number(block);
	System::set_parent_hash(H256::from_low_u64_be(slot));
	if let Some(gap) = Gaps::between(Now::get(), slot, MaxGap::get().into()) {
		LastGaps::mutate(|gaps| gaps.push(gap));
	}
	Now::set(slot);
	Anchoring::on_initialize(block);
	let mut meter = WeightMeter::new();
	Anchoring::on_poll(block, &mut meter);
	test(&meter);
}

/// A block in every slot up to `slot`.
pub fn to(slot: Slot) {
	while Now::get() < slot {
		jump(Now::get() + 1);
	}
}

/// Watches the machine and waits for its first round.
pub fn opened() {
	to(1);
	Anchoring::watched(MACHINE);
	to(STARTS);
	assert!(Rounds::<Test>::contains_key(MACHINE, FIRST));
}

pub fn members(round: RoundIndex) -> Vec<u64> {
	Rounds::<Test>::get(MACHINE, round).unwrap().members.iter().map(|member| member.anchor).collect()
}

/// What an anchor has said of the machine.
pub fn report(who: u64, round: RoundIndex) -> Report {
	let members = Rounds::<Test>::get(MACHINE, round).unwrap().members;
	members.iter().find(|member| member.anchor == who).unwrap().report
}

pub fn outsider(round: RoundIndex) -> u64 {
	let members = members(round);
	(1..=5).find(|who| !members.contains(who)).unwrap()
}

pub fn pair(who: u64) -> keys::anchor::Pair {
	keys::anchor::Pair::from_seed(&[who as u8; 32])
}

pub fn key_proof(who: u64) -> keys::anchor::Signature {
	pair(who).sign(&Anchoring::key_payload(&who))
}

pub fn session_of(round: RoundIndex) -> SessionIndex {
	Anchoring::session_of(round).unwrap_or_default()
}

/// Two pages, of which the second one is the machine's.
pub const PAGES: u16 = 2;

pub fn machine_pair() -> keys::machine::Pair {
	keys::machine::Pair::from_seed(b"ccccccccccccccccccccccccccccccccc".first_chunk().unwrap())
}

/// So many answers of a machine to an anchor. Signatures differ from one time to the next: they are kept.
pub fn samples(who: u64, machine: MachineId, round: RoundIndex, count: u16) -> Vec<Sample> {
	let sample = |place| {
		let nonce = keys::probe_nonce(place, [who as u8; 30]);
		let payload = keys::probe_payload(round, machine, &pair(who).public(), &nonce);
		Sample { nonce, signature: machine_pair().sign(&payload) }
	};
	Probes::mutate(|all| {
		let kept = all.entry((who, machine, round, count));
		kept.or_insert_with(|| (0..count).map(sample).collect()).clone()
	})
}

/// What the prober writes down with so much availability: of at most 100 probes, each answer.
pub fn measured(who: u64, machine: MachineId, round: RoundIndex, measurement: Measurement) -> Measured {
	let sent =
		(1..=100).find(|sent| (measurement.availability * sent).is_multiple_of(1_000_000)).unwrap_or(100);
	let sent = sent.max(100 / sent / 10 * sent);
	let answered = (measurement.availability / (1_000_000 / sent)) as u16;
	let samples = BoundedVec::truncate_from(samples(who, machine, round, answered));
	Measured { measurement, sent: sent as u16, samples }
}

/// The same, as it is committed to.
pub fn finding(who: u64, machine: MachineId, round: RoundIndex, measurement: Measurement) -> Finding {
	crate::worker::finding(&measured(who, machine, round, measurement))
}

/// An entry of a machine that was measured.
pub fn entry(who: u64, machine: MachineId, round: RoundIndex, measurement: Measurement) -> Entry {
	(machine, Some(finding(who, machine, round, measurement)))
}

/// What opens the sample that was chosen of an anchor that committed to these entries.
pub fn sample_opening(who: u64, round: RoundIndex, entries: &[Entry]) -> Option<SampleOpening> {
	let choice = Anchoring::choice(&who, round)?;
	let page = choice.page(&Anchoring::commitment(&who, round)?)?;
	let Opening { entries, salt, proof: page_proof, .. } = opening_of(who, round, entries, page);
	let count = entries.len() as u16;
	let index = usize::from(choice.entry(count)?);
	let entry = entries[index];
	let leaves: Vec<_> = entries.iter().map(crate::samples::entry_leaf).collect();
	let answered = entry.1.map_or(0, |finding| finding.samples.answered);
	let sample = choice.sample(answered).map(|place| {
		let kept = samples(who, entry.0, round, answered);
		let leaves: Vec<_> = kept.iter().map(sample_leaf).collect();
		let proof = BoundedVec::truncate_from(exabits_math::merkle::proof(&leaves, place.into()));
		ProvenSample { sample: kept[usize::from(place)].clone(), proof }
	});
	let entry_proof = BoundedVec::truncate_from(exabits_math::merkle::proof(&leaves, index));
	Some(SampleOpening { entries: count, entry, entry_proof, salt, page_proof, sample })
}

pub fn sample_call(who: u64, round: RoundIndex, opening: SampleOpening, signer: u64) -> RuntimeCall {
	let payload = Anchoring::sample_payload(&who, session_of(round), round, &opening);
	let signature = pair(signer).sign(&payload);
	crate::Call::open_sample { anchor: who, round, opening, signature }.into()
}

/// Opens what was chosen of an anchor that committed to these entries.
pub fn open_sample(who: u64, round: RoundIndex, entries: &[Entry]) {
	let opening = sample_opening(who, round, entries).unwrap();
	apply(sample_call(who, round, opening, who));
}

/// Waits for the first round's settlement; all who measured the machine open what was chosen.
pub fn settle() {
	open_samples();
	to(SETTLES);
}

/// All who measured the machine, and no other, open what was chosen.
pub fn open_samples() {
	to(SAMPLES);
	for member in Rounds::<Test>::get(MACHINE, FIRST).unwrap().members {
		if let Report::Measured(measurement) = member.report {
			open_sample(member.anchor, FIRST, &[entry(member.anchor, MACHINE, FIRST, measurement)]);
		}
	}
}

/// The leaves of an anchor that measured these machines.
pub fn leaves(who: u64, round: RoundIndex, entries: &[Entry]) -> Vec<H256> {
	let leaf = |page| Anchoring::leaf(&who, session_of(round), round, page, &page_with(entries, page), &SALT);
	(0..PAGES).map(leaf).collect()
}

pub fn page_with(entries: &[Entry], page: u16) -> Page {
	let here = |entry: &&Entry| crate::calls::page_of(entry.0, PAGES) == page;
	Page::truncate_from(entries.iter().filter(here).copied().collect())
}

/// What an anchor that measured the machine only commits to.
pub fn hash(who: u64, round: RoundIndex, measurement: &Measurement) -> H256 {
	exabits_math::merkle::root(&leaves(who, round, &[entry(who, MACHINE, round, *measurement)]))
}

/// A page of what an anchor measured, with its proof.
pub fn opening_of(who: u64, round: RoundIndex, entries: &[Entry], page: u16) -> Opening {
	let proof = exabits_math::merkle::proof(&leaves(who, round, entries), page.into());
	Opening { page, entries: page_with(entries, page), salt: SALT, proof: BoundedVec::truncate_from(proof) }
}

pub fn opening(who: u64, round: RoundIndex, measurement: Measurement) -> Opening {
	opening_of(who, round, &[entry(who, MACHINE, round, measurement)], 1)
}

pub fn commit_call(who: u64, round: RoundIndex, root: H256, signer: u64) -> RuntimeCall {
	commit_pages_call(who, round, root, PAGES, signer)
}

pub fn commit_pages_call(who: u64, round: RoundIndex, root: H256, pages: u16, signer: u64) -> RuntimeCall {
	let payload = Anchoring::commit_payload(&who, session_of(round), round, &root, pages);
	let signature = pair(signer).sign(&payload);
	crate::Call::commit { anchor: who, round, root, pages, signature }.into()
}

pub fn reveal_call(who: u64, round: RoundIndex, opening: Opening, signer: u64) -> RuntimeCall {
	let payload = Anchoring::reveal_payload(&who, session_of(round), round, &opening);
	let signature = pair(signer).sign(&payload);
	crate::Call::reveal { anchor: who, round, opening, signature }.into()
}

/// What the pool says of a call.
pub fn validity(call: &RuntimeCall) -> Result<ValidTransaction, TransactionValidityError> {
	call.authorize(TransactionSource::External).unwrap().map(|(valid, _)| valid)
}

/// What a call comes to once it was authorised.
pub fn execute(call: RuntimeCall) -> DispatchResult {
	call.dispatch(RawOrigin::Authorized.into()).map(|_| ()).map_err(|error| error.error)
}

/// Lets a call through the pool and executes it.
pub fn apply(call: RuntimeCall) {
	validity(&call).unwrap();
	execute(call).unwrap();
}

pub fn commit(who: u64, round: RoundIndex, measurement: Measurement) {
	apply(commit_call(who, round, hash(who, round, &measurement), who));
}

pub fn reveal(who: u64, round: RoundIndex, measurement: Measurement) {
	apply(reveal_call(who, round, opening(who, round, measurement), who));
}

/// Plays the first round to its end: what each member reveals.
pub fn play(measured: &[Measurement]) -> Vec<u64> {
	opened();
	let members = members(FIRST);
	to(COMMITS);
	for (who, measurement) in members.iter().zip(measured) {
		commit(*who, FIRST, *measurement);
	}
	to(REVEALS);
	for (who, measurement) in members.iter().zip(measured) {
		reveal(*who, FIRST, *measurement);
	}
	settle();
	members
}

pub fn events() -> Vec<crate::Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Anchoring(event) => Some(event),
			_ => None,
		})
		.collect()
}

pub fn happened(event: crate::Event<Test>) -> bool {
	events().contains(&event)
}

pub fn decode(transaction: Vec<u8>) -> RuntimeCall {
	Extrinsic::decode(&mut &*transaction).unwrap().function
}
