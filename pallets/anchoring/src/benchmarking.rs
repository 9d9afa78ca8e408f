//! Benchmarks.

use crate::{
	samples::{entry_leaf, Choice},
	*,
};
use alloc::{vec, vec::Vec};
use exabits_math::merkle;
use exabits_primitives::{
	keys::{anchor, probe_nonce, probe_payload},
	Clock, MachineId, Machines, Measurement, RoundIndex, Sample, SessionIndex, Slot,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Authorize, Get},
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	transaction_validity::TransactionSource,
	RuntimeAppPublic,
};

/// What benchmarks need of the rest of the runtime.
pub trait BenchmarkHelper<AccountId> {
	/// The account with this index, with the minimum anchor bond and some free money.
	fn anchor(index: u32) -> AccountId;
	/// A machine registered in session 0 with a key of the keystore, whose owner is no anchor and can pay a watch fee.
	fn machine() -> MachineId;
	/// Has these anchors answer for the machine's terms.
	fn approvers(machine: MachineId, anchors: Vec<AccountId>);
	/// Another one of the same owner.
	fn another_machine() -> MachineId;
	/// Makes `slot` of `session` the current one.
	fn set_time(slot: Slot, session: SessionIndex);
}

const ROUND: RoundIndex = RoundIndex(10);
const SESSION: SessionIndex = 2;
const SALT: [u8; 32] = [3; 32];
/// As many as can be kept in a tree with the longest proofs.
const SAMPLES: u16 = 500;
const MEASURED: Measurement = Measurement {
	availability: 1_000_000,
	latency_p50: 900,
	latency_p99: 2_000,
	bandwidth: 800_000,
	error_rate: Some(0),
	performance: Some(1_000_000),
};

/// A key that nobody can sign with.
fn key(index: u32) -> anchor::Id {
	let mut raw = [0u8; 32];
	raw[..4].copy_from_slice(&index.to_le_bytes());
	sp_core::sr25519::Public::from_raw(raw).into()
}

fn register<T: Config>(anchor: &T::AccountId, key: &anchor::Id) {
	KeyOf::<T>::insert(anchor, key);
	OwnerOf::<T>::insert(key, anchor);
}

fn past() -> PastRound {
	PastRound { round: ROUND, session: SESSION, beacon: Some(H256::repeat_byte(4)) }
}

fn found(root: H256) -> Option<Finding> {
	let samples = Samples { root, answered: SAMPLES, sent: SAMPLES };
	Some(Finding { measurement: MEASURED, samples })
}

/// Gives the anchors seats in the session before, and the round its session.
fn seat<T: Config>(anchors: Vec<T::AccountId>) {
	LastRounds::<T>::mutate(|rounds| {
		let _ = rounds.try_push(past());
	});
	let seats = anchors.into_iter().map(|anchor| (anchor, 1)).collect();
	Snapshots::<T>::insert(SESSION - 1, BoundedVec::truncate_from(seats));
}

/// Undoes [`seat`]: what follows a benchmark checks the state, and no session was started.
fn unseat<T: Config>() {
	Snapshots::<T>::remove(SESSION - 1);
	LastRounds::<T>::kill();
}

/// Rounds of so many machines with a committee of `members`, all of whom have said this.
fn rounds<T: Config>(machines: u32, members: u32, report: Report) -> (MachineId, Vec<T::AccountId>) {
	let first = T::BenchmarkHelper::machine();
	let anchors: Vec<_> = (0..members).map(T::BenchmarkHelper::anchor).collect();
	let record = Round {
		session: SESSION,
		fee: 0,
		members: BoundedVec::truncate_from(
			anchors.iter().map(|anchor| CommitteeMember { anchor: anchor.clone(), report }).collect(),
		),
	};
	for offset in 0..machines {
		let machine = MachineId(first.0 + offset);
		Rounds::<T>::insert(machine, ROUND, &record);
		Watched::<T>::insert(machine, Watch::new(RoundIndex(12)));
		let settling = Due::Settling(machine, ROUND);
		let _ = Queue::<T>::schedule(0, Pallet::<T>::phases(ROUND).settles_at, settling);
	}
	(first, anchors)
}

/// Commitments of these anchors, of which a page was revealed, with something chosen of each.
fn commit_all<T: Config>(anchors: &[T::AccountId], change: impl Fn(&mut Commitment)) {
	LastRounds::<T>::put(BoundedVec::truncate_from(vec![past()]));
	for anchor in anchors {
		let mut commitment = Commitment::new(ROUND, H256::zero(), 1);
		commitment.reveal(0);
		change(&mut commitment);
		Commitments::<T>::insert(anchor, Pallet::<T>::place(ROUND), commitment);
	}
}

/// An anchor with a key in the keystore and a seat that is found last.
fn last_seat<T: Config>() -> (T::AccountId, anchor::Id) {
	let who = T::BenchmarkHelper::anchor(0);
	let key = anchor::Id::generate_pair(None);
	register::<T>(&who, &key);
	let others = (1..T::MaxSeats::get()).map(|index| account("seat", index, 0));
	seat::<T>(others.chain([who.clone()]).collect());
	(who, key)
}

/// An anchor that has committed to as many pages as it can, and one of them with `entries`.
fn committed<T: Config>(
	entries: u32,
	root: impl FnOnce(&T::AccountId, &anchor::Id, MachineId) -> H256,
) -> (T::AccountId, anchor::Id, Opening) {
	let (who, key) = last_seat::<T>();
	let first = T::BenchmarkHelper::machine();
	let page = (first.0 % u32::from(MAX_PAGES)) as u16;
	let machines = (0..entries).map(|number| MachineId(first.0 + number * u32::from(MAX_PAGES)));
	let members = (1..T::MaxCommittee::get()).map(T::BenchmarkHelper::anchor).chain([who.clone()]);
	let members: Vec<_> = members.map(|anchor| CommitteeMember { anchor, report: Report::Pending }).collect();
	let record = Round { session: SESSION, fee: 0, members: BoundedVec::truncate_from(members) };
	for machine in machines.clone() {
		Rounds::<T>::insert(machine, ROUND, &record);
		let settling = Due::Settling(machine, ROUND);
		let _ = Queue::<T>::schedule(0, Pallet::<T>::phases(ROUND).settles_at, settling);
	}
	let root = root(&who, &key, first);
	let entries = BoundedVec::truncate_from(machines.map(|machine| (machine, found(root))).collect());
	let leaf = |index| {
		let page = if index == page { entries.clone() } else { Page::default() };
		Pallet::<T>::leaf(&who, SESSION, ROUND, index, &page, &SALT)
	};
	let leaves: Vec<_> = (0..MAX_PAGES).map(leaf).collect();
	let commitment = Commitment::new(ROUND, merkle::root(&leaves), MAX_PAGES);
	Commitments::<T>::insert(&who, Pallet::<T>::place(ROUND), commitment);
	let proof = BoundedVec::truncate_from(merkle::proof(&leaves, page.into()));
	T::BenchmarkHelper::set_time(Pallet::<T>::phases(ROUND).reveals_from, SESSION);
	(who, key, Opening { page, entries, salt: SALT, proof })
}

/// The same, once a full page of it was revealed: what opens the chosen sample of it.
fn revealed<T: Config>() -> (T::AccountId, anchor::Id, SampleOpening) {
	let mut chosen = None;
	let (who, key, revealed) = committed::<T>(PAGE, |who, key, machine| {
		let beacons = (0u32..).map(|n| BlakeTwo256::hash_of(&n));
		let choices = beacons.map(|beacon| (beacon, Choice::new(&beacon, who, ROUND)));
		let mut first = choices.filter(|(_, choice)| choice.entry(PAGE as u16) == Some(0));
		let (beacon, choice) = first.next().expect("some beacon chooses the first entry");
		let place = choice.sample(SAMPLES).expect("there are samples");
		let nonce = probe_nonce(place, [5; 30]);
		let machine_key = T::Machines::machine(machine).expect("it is registered").key;
		let signature =
			machine_key.sign(&probe_payload(ROUND, machine, key, &nonce)).expect("the key is here");
		let sample = Sample { nonce, signature };
		let leaves = vec![sample_leaf(&sample); SAMPLES.into()];
		let proof = BoundedVec::truncate_from(merkle::proof(&leaves, place.into()));
		chosen = Some((beacon, ProvenSample { sample, proof }));
		merkle::root(&leaves)
	});
	let (beacon, sample) = chosen.expect("it was committed to");
	LastRounds::<T>::put(BoundedVec::truncate_from(vec![PastRound { beacon: Some(beacon), ..past() }]));
	Commitments::<T>::mutate(&who, Pallet::<T>::place(ROUND), |commitment| {
		commitment.as_mut().expect("it was made").reveal(revealed.page);
	});
	T::BenchmarkHelper::set_time(Pallet::<T>::phases(ROUND).samples_from, SESSION);
	let leaves: Vec<_> = revealed.entries.iter().map(entry_leaf).collect();
	let opening = SampleOpening {
		entries: PAGE as u16,
		entry: revealed.entries[0],
		entry_proof: BoundedVec::truncate_from(merkle::proof(&leaves, 0)),
		salt: SALT,
		page_proof: revealed.proof,
		sample: Some(sample),
	};
	(who, key, opening)
}

#[benchmarks(where <T as frame_system::Config>::RuntimeCall: From<Call<T>>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_key() -> Result<(), BenchmarkError> {
		let who = T::BenchmarkHelper::anchor(0);
		register::<T>(&who, &key(0));
		let new = anchor::Id::generate_pair(None);
		let proof = new.sign(&Pallet::<T>::key_payload(&who)).ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), new.clone(), proof);

		assert_eq!(KeyOf::<T>::get(&who), Some(new));
		Ok(())
	}

	#[benchmark]
	fn commit() -> Result<(), BenchmarkError> {
		let (who, key) = last_seat::<T>();
		T::BenchmarkHelper::set_time(Pallet::<T>::phases(ROUND).commits_from, SESSION);
		let signature = key.sign(&b"not checked in the call").ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, who.clone(), ROUND, H256::repeat_byte(1), MAX_PAGES, signature);

		assert!(Pallet::<T>::commitment(&who, ROUND).is_some());
		unseat::<T>();
		Ok(())
	}

	#[benchmark]
	fn authorize_commit() -> Result<(), BenchmarkError> {
		let (who, key) = last_seat::<T>();
		T::BenchmarkHelper::set_time(Pallet::<T>::phases(ROUND).commits_from, SESSION);
		let root = H256::repeat_byte(1);
		let payload = Pallet::<T>::commit_payload(&who, SESSION, ROUND, &root, MAX_PAGES);
		let signature = key.sign(&payload).ok_or("no signature")?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::commit { anchor: who, round: ROUND, root, pages: MAX_PAGES, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("not authorised by itself")?
				.map_err(|_| "refused")?;
		}

		unseat::<T>();
		Ok(())
	}

	#[benchmark]
	fn reveal(n: Linear<1, PAGE>) -> Result<(), BenchmarkError> {
		let (who, key, opening) = committed::<T>(n, |_, _, _| H256::repeat_byte(1));
		let page = opening.page;
		let signature = key.sign(&b"not checked in the call").ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, who.clone(), ROUND, opening, signature);

		assert!(Pallet::<T>::commitment(&who, ROUND).is_some_and(|commitment| commitment.is_revealed(page)));
		unseat::<T>();
		Ok(())
	}

	#[benchmark]
	fn authorize_reveal(n: Linear<1, PAGE>) -> Result<(), BenchmarkError> {
		let (who, key, opening) = committed::<T>(n, |_, _, _| H256::repeat_byte(1));
		let payload = Pallet::<T>::reveal_payload(&who, SESSION, ROUND, &opening);
		let signature = key.sign(&payload).ok_or("no signature")?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::reveal { anchor: who, round: ROUND, opening, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("not authorised by itself")?
				.map_err(|_| "refused")?;
		}

		unseat::<T>();
		Ok(())
	}

	#[benchmark]
	fn open_sample() -> Result<(), BenchmarkError> {
		let (who, key, opening) = revealed::<T>();
		let signature = key.sign(&b"not checked in the call").ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, who.clone(), ROUND, opening, signature);

		assert!(Pallet::<T>::commitment(&who, ROUND).is_some_and(|commitment| commitment.opened));
		unseat::<T>();
		Ok(())
	}

	#[benchmark]
	fn authorize_open_sample() -> Result<(), BenchmarkError> {
		let (who, key, opening) = revealed::<T>();
		let payload = Pallet::<T>::sample_payload(&who, SESSION, ROUND, &opening);
		let signature = key.sign(&payload).ok_or("no signature")?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::open_sample { anchor: who, round: ROUND, opening, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("not authorised by itself")?
				.map_err(|_| "refused")?;
		}

		unseat::<T>();
		Ok(())
	}

	#[benchmark]
	fn settle_measured(m: Linear<1, { T::MaxCommittee::get() }>) -> Result<(), BenchmarkError> {
		let (machine, anchors) = rounds::<T>(1, m, Report::Measured(MEASURED));
		commit_all::<T>(&anchors, |commitment| commitment.opened = true);
		// As many as there can be, and none of them measures.
		let approvers = (0..T::MaxCommittee::get()).map(|index| account("approver", index, 0)).collect();
		T::BenchmarkHelper::approvers(machine, approvers);
		T::BenchmarkHelper::set_time(Pallet::<T>::phases(ROUND).settles_at, SESSION);

		#[block]
		{
			Pallet::<T>::tally(machine, ROUND)?;
		}

		assert!(!Rounds::<T>::contains_key(machine, ROUND));
		if m >= T::Quorum::get() {
			assert!(anchors.iter().all(|anchor| Standings::<T>::get(anchor).agreed == 1));
		}
		LastRounds::<T>::kill();
		Ok(())
	}

	#[benchmark]
	fn settle_withheld(m: Linear<1, { T::MaxCommittee::get() }>) -> Result<(), BenchmarkError> {
		let (machine, anchors) = rounds::<T>(1, m, Report::Pending);
		// They have revealed something else, did not open it, and are chilled for it.
		commit_all::<T>(&anchors, |_| ());
		for anchor in &anchors {
			let before = vec![SESSION; (T::ChillAfter::get() - 1) as usize];
			Offences::<T>::insert(anchor, BoundedVec::truncate_from(before));
		}
		T::BenchmarkHelper::set_time(Pallet::<T>::phases(ROUND).settles_at, SESSION);

		#[block]
		{
			Pallet::<T>::tally(machine, ROUND)?;
		}

		assert!(!Rounds::<T>::contains_key(machine, ROUND));
		assert!(anchors.iter().all(|anchor| Standings::<T>::get(anchor).withheld == 1));
		assert!(anchors.iter().all(Chilled::<T>::contains_key));
		LastRounds::<T>::kill();
		Ok(())
	}

	#[benchmark]
	fn open(n: Linear<1, 64>) -> Result<(), BenchmarkError> {
		let first = T::BenchmarkHelper::machine();
		let seats: Vec<(T::AccountId, u32)> =
			(0..T::MaxSeats::get()).map(|index| (account("seat", index, 0), index % 7 + 1)).collect();
		Snapshots::<T>::insert(SESSION - 1, BoundedVec::truncate_from(seats));
		Seeds::<T>::insert(SESSION, [5; 32]);
		LastRounds::<T>::mutate(|rounds| rounds.try_push(past()).map_err(|_| "too many rounds"))?;
		let mut machines = Vec::from([first]);
		for _ in 1..n {
			machines.push(T::BenchmarkHelper::another_machine());
		}
		for machine in &machines {
			Watched::<T>::insert(machine, Watch { asked: Some(SESSION), ..Watch::new(ROUND) });
		}
		T::BenchmarkHelper::set_time(ROUND.start(T::Clock::round_slots()), SESSION);

		#[block]
		{
			for machine in &machines {
				Pallet::<T>::do_open(*machine)?;
			}
		}

		assert!(machines.iter().all(|machine| Rounds::<T>::contains_key(machine, ROUND)));
		// What follows a benchmark checks the state: seed and snapshot were put there by hand.
		Seeds::<T>::remove(SESSION);
		unseat::<T>();
		Ok(())
	}

	#[benchmark]
	fn charge() {
		let machine = T::BenchmarkHelper::machine();
		Watched::<T>::insert(machine, Watch::new(ROUND));

		#[block]
		{
			Pallet::<T>::charge(machine, SESSION);
		}

		assert!(Watched::<T>::get(machine).is_some_and(|watch| watch.prepaid == T::WatchFee::get()));
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let who = T::BenchmarkHelper::anchor(0);
		let machine = T::BenchmarkHelper::machine();
		Watched::<T>::insert(machine, Watch::new(ROUND));
		Pallet::<T>::charge(machine, SESSION);
		Pallet::<T>::owe(&who, Pallet::<T>::set_aside(machine));

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), who.clone());

		assert_eq!(Standings::<T>::get(&who).owed, 0);
		Ok(())
	}

	#[benchmark]
	fn unchill() {
		let who = T::BenchmarkHelper::anchor(0);
		Chilled::<T>::insert(&who, SESSION);
		T::BenchmarkHelper::set_time(100, SESSION);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!Chilled::<T>::contains_key(&who));
	}

	#[benchmark]
	fn start_session(s: Linear<1, { T::MaxSeats::get() }>) -> Result<(), BenchmarkError> {
		for session in 0..T::KeepSessions::get() {
			Pallet::<T>::start_session(session);
		}
		for index in 0..s {
			register::<T>(&T::BenchmarkHelper::anchor(index), &key(index));
		}
		let session = T::KeepSessions::get();

		#[block]
		{
			Pallet::<T>::start_session(session);
		}

		let snapshot = Snapshots::<T>::get(session).ok_or("no snapshot")?;
		assert!(u32::try_from(snapshot.len()).is_ok_and(|holders| holders >= s));
		Ok(())
	}

	#[benchmark]
	fn note_time() {
		T::BenchmarkHelper::set_time(100, SESSION);
		LastSession::<T>::put(SESSION);
		// A round begins, and the oldest is forgotten.
		LastRounds::<T>::put(BoundedVec::truncate_from(
			(0..KEPT_ROUNDS).map(|n| PastRound { round: RoundIndex(n), session: 0, beacon: None }).collect(),
		));

		#[block]
		{
			Pallet::<T>::note_time();
		}

		assert_eq!(LastSession::<T>::get(), Some(SESSION));
	}

	#[benchmark]
	fn sweep_slot() {
		Cursor::<T>::put(100);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Queue::<T>::sweep(100, &mut meter, Weight::zero(), Weight::zero(), |_| ());
		}

		assert_eq!(Cursor::<T>::get(), Some(101));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
