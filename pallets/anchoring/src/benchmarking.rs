//! Benchmarks.

use crate::*;
use alloc::vec::Vec;
use exabits_primitives::{keys::anchor, Clock, MachineId, Measurement, RoundIndex, SessionIndex, Slot};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Authorize, Get},
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{transaction_validity::TransactionSource, RuntimeAppPublic};

/// What benchmarks need of the rest of the runtime.
pub trait BenchmarkHelper<AccountId> {
	/// The account with this index, with the minimum anchor bond and some free money.
	fn anchor(index: u32) -> AccountId;
	/// A machine registered in session 0, whose owner is no anchor and can pay a watch fee.
	fn machine() -> MachineId;
	/// Has these anchors answer for the machine's terms.
	fn approvers(machine: MachineId, anchors: Vec<AccountId>);
	/// Makes `slot` of `session` the current one.
	fn set_time(slot: Slot, session: SessionIndex);
}

const ROUND: RoundIndex = RoundIndex(10);
const SESSION: SessionIndex = 2;
const SALT: [u8; 32] = [3; 32];
const MEASURED: Measurement = Measurement {
	availability: 990_000,
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

/// A round with a full committee, of which all or nobody committed and revealed.
fn full_round<T: Config>(committed: bool, revealed: bool) -> (MachineId, RoundOf<T>) {
	let machine = T::BenchmarkHelper::machine();
	let round_slots = T::Clock::round_slots();
	let commits_from = ROUND.end(round_slots);
	let reveals_from = commits_from + Slot::from(T::CommitSlots::get());
	let settles_at = reveals_from + Slot::from(T::RevealSlots::get());
	let members: Vec<_> = (0..T::MaxCommittee::get())
		.map(|index| {
			let anchor = T::BenchmarkHelper::anchor(index);
			let commitment = committed
				.then(|| Pallet::<T>::commitment(&anchor, machine, SESSION, ROUND, &MEASURED, &SALT));
			CommitteeMember { anchor, commitment, revealed: revealed.then_some(MEASURED) }
		})
		.collect();
	let record = Round {
		session: SESSION,
		starts: ROUND.start(round_slots),
		commits_from,
		reveals_from,
		settles_at,
		members: BoundedVec::truncate_from(members),
	};
	Rounds::<T>::insert(machine, ROUND, &record);
	Watched::<T>::insert(machine, Watch { next: RoundIndex(12), active: true, unpaid: 0 });
	let settling = Due::Settling(machine, ROUND);
	let _ = Queue::<T>::schedule(record.starts, record.settles_at, settling);
	(machine, record)
}

/// The member that is found last, with a key in the keystore.
fn last_member<T: Config>(record: &RoundOf<T>) -> Result<(T::AccountId, anchor::Id), BenchmarkError> {
	let member = record.members.last().ok_or("no members")?;
	let key = anchor::Id::generate_pair(None);
	register::<T>(&member.anchor, &key);
	Ok((member.anchor.clone(), key))
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
		let (machine, record) = full_round::<T>(false, false);
		let (who, key) = last_member::<T>(&record)?;
		T::BenchmarkHelper::set_time(record.commits_from, SESSION);
		let signature = key.sign(&b"not checked in the call").ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, who, machine, ROUND, H256::repeat_byte(1), signature);

		let record = Rounds::<T>::get(machine, ROUND).ok_or("no round")?;
		assert!(record.members.last().is_some_and(|member| member.commitment.is_some()));
		Ok(())
	}

	#[benchmark]
	fn authorize_commit() -> Result<(), BenchmarkError> {
		let (machine, record) = full_round::<T>(false, false);
		let (who, key) = last_member::<T>(&record)?;
		T::BenchmarkHelper::set_time(record.commits_from, SESSION);
		let commitment = H256::repeat_byte(1);
		let payload = Pallet::<T>::commit_payload(&who, machine, SESSION, ROUND, &commitment);
		let signature = key.sign(&payload).ok_or("no signature")?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::commit { anchor: who, machine, round: ROUND, commitment, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("not authorised by itself")?
				.map_err(|_| "refused")?;
		}
		Ok(())
	}

	#[benchmark]
	fn reveal() -> Result<(), BenchmarkError> {
		let (machine, record) = full_round::<T>(true, false);
		let (who, key) = last_member::<T>(&record)?;
		T::BenchmarkHelper::set_time(record.reveals_from, SESSION);
		let signature = key.sign(&b"not checked in the call").ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, who, machine, ROUND, MEASURED, SALT, signature);

		let record = Rounds::<T>::get(machine, ROUND).ok_or("no round")?;
		assert!(record.members.last().is_some_and(|member| member.revealed.is_some()));
		Ok(())
	}

	#[benchmark]
	fn authorize_reveal() -> Result<(), BenchmarkError> {
		let (machine, record) = full_round::<T>(true, false);
		let (who, key) = last_member::<T>(&record)?;
		T::BenchmarkHelper::set_time(record.reveals_from, SESSION);
		let payload = Pallet::<T>::reveal_payload(&who, machine, SESSION, ROUND, &MEASURED, &SALT);
		let signature = key.sign(&payload).ok_or("no signature")?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::reveal { anchor: who, machine, round: ROUND, measurement: MEASURED, salt: SALT, signature }
				.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("not authorised by itself")?
				.map_err(|_| "refused")?;
		}
		Ok(())
	}

	#[benchmark]
	fn settle_measured() -> Result<(), BenchmarkError> {
		let (machine, record) = full_round::<T>(true, true);
		// As many as there can be, and none of them measures.
		let approvers = (0..T::MaxCommittee::get()).map(|index| account("approver", index, 0)).collect();
		T::BenchmarkHelper::approvers(machine, approvers);
		T::BenchmarkHelper::set_time(record.settles_at, SESSION);

		#[block]
		{
			Pallet::<T>::do_settle(machine, ROUND)?;
		}

		assert!(!Rounds::<T>::contains_key(machine, ROUND));
		assert!(record.members.iter().all(|member| Standings::<T>::get(&member.anchor).agreed == 1));
		Ok(())
	}

	#[benchmark]
	fn settle_withheld() -> Result<(), BenchmarkError> {
		let (machine, record) = full_round::<T>(true, false);
		T::BenchmarkHelper::set_time(record.settles_at, SESSION);

		#[block]
		{
			Pallet::<T>::do_settle(machine, ROUND)?;
		}

		assert!(!Rounds::<T>::contains_key(machine, ROUND));
		assert!(record.members.iter().all(|member| Standings::<T>::get(&member.anchor).withheld == 1));
		Ok(())
	}

	#[benchmark]
	fn open(s: Linear<{ T::MaxCommittee::get() }, { T::MaxSeats::get() }>) -> Result<(), BenchmarkError> {
		let machine = T::BenchmarkHelper::machine();
		let seats: Vec<(T::AccountId, u32)> =
			(0..s).map(|index| (account("seat", index, 0), index % 7 + 1)).collect();
		Snapshots::<T>::insert(SESSION - 1, BoundedVec::truncate_from(seats));
		Seeds::<T>::insert(SESSION, [5; 32]);
		Watched::<T>::insert(machine, Watch { next: ROUND, active: true, unpaid: 0 });
		T::BenchmarkHelper::set_time(ROUND.start(T::Clock::round_slots()), SESSION);

		#[block]
		{
			Pallet::<T>::do_open(machine)?;
		}

		assert!(Rounds::<T>::contains_key(machine, ROUND));
		// What follows a benchmark checks the state: seed and snapshot were put there by hand.
		Seeds::<T>::remove(SESSION);
		Snapshots::<T>::remove(SESSION - 1);
		Ok(())
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
