use crate::{mock::*, *};
use exabits_primitives::{Clock, RoundIndex};
use frame_support::{assert_noop, dispatch::RawOrigin};
use sp_core::{Pair, H256};
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

#[test]
fn is_recorded() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		let commitment = hash(who, FIRST, &GOOD);
		apply(commit_call(who, FIRST, commitment, who));
		let record = Rounds::<Test>::get(MACHINE, FIRST).unwrap();
		assert_eq!(record.members[0].commitment, Some(commitment));
		assert!(record.members.iter().skip(1).all(|member| member.commitment.is_none()));
		assert!(happened(Event::Committed { anchor: who, machine: MACHINE, round: FIRST }));
	});
}

#[test]
fn is_offered_to_the_pool_until_its_phase_ends() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		let other = members(FIRST)[1];
		let valid = validity(&commit_call(who, FIRST, hash(who, FIRST, &GOOD), who)).unwrap();
		assert_eq!(valid.priority, 1_000);
		assert_eq!(valid.longevity, u64::from(COMMIT));
		assert!(valid.propagate);
		assert_eq!(valid.provides.len(), 1);
		// A second value of the same anchor for the same round excludes the first; other anchors' do not.
		let again = validity(&commit_call(who, FIRST, H256::repeat_byte(1), who)).unwrap();
		assert_eq!(valid.provides, again.provides);
		let others = validity(&commit_call(other, FIRST, H256::repeat_byte(1), other)).unwrap();
		assert_ne!(valid.provides, others.provides);
	});
}

#[test]
fn counts_from_the_round_s_end_until_reveals_begin() {
	run(|| {
		opened();
		let who = members(FIRST)[0];
		let call = commit_call(who, FIRST, hash(who, FIRST, &GOOD), who);

		to(COMMITS - 1);
		assert_eq!(validity(&call), Err(InvalidTransaction::Future.into()));
		assert_noop!(execute(call.clone()), Error::<Test>::TooEarly);
		to(COMMITS);
		assert!(validity(&call).is_ok());
		to(COMMITS + 1);
		assert!(validity(&call).is_ok());

		to(REVEALS - 1);
		assert!(validity(&call).is_ok());
		to(REVEALS);
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call.clone()), Error::<Test>::TooLate);
		to(REVEALS + 1);
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
	});
}

#[test]
fn counts_in_the_last_slot_of_its_phase() {
	run(|| {
		opened();
		to(REVEALS - 1);
		let who = members(FIRST)[0];
		commit(who, FIRST, GOOD);
		assert!(Rounds::<Test>::get(MACHINE, FIRST).unwrap().members[0].commitment.is_some());
	});
}

#[test]
fn is_accepted_once() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		let call = commit_call(who, FIRST, hash(who, FIRST, &GOOD), who);
		apply(call.clone());
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call), Error::<Test>::AlreadyCommitted);
	});
}

#[test]
fn refuses_forged_signatures() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		let other = members(FIRST)[1];
		let commitment = hash(who, FIRST, &GOOD);
		// By another anchor.
		assert_eq!(
			validity(&commit_call(who, FIRST, commitment, other)),
			Err(InvalidTransaction::BadProof.into())
		);
		// Of another content, session or purpose.
		let session = session_of(FIRST);
		for payload in [
			Anchoring::commit_payload(&who, MACHINE, session, FIRST, &H256::zero()),
			Anchoring::commit_payload(&who, MACHINE, session + 1, FIRST, &commitment),
			Anchoring::commit_payload(&who, MACHINE, session, RoundIndex(3), &commitment),
			Anchoring::commit_payload(&other, MACHINE, session, FIRST, &commitment),
			Anchoring::key_payload(&who),
		] {
			let signature = pair(who).sign(&payload);
			let call = Call::commit { anchor: who, machine: MACHINE, round: FIRST, commitment, signature };
			assert_eq!(validity(&call.into()), Err(InvalidTransaction::BadProof.into()));
		}
	});
}

#[test]
fn is_signed_with_the_key_of_now() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		let proof = pair(21).sign(&Anchoring::key_payload(&who));
		Anchoring::set_key(RuntimeOrigin::signed(who), pair(21).public(), proof).unwrap();
		let commitment = hash(who, FIRST, &GOOD);
		assert_eq!(
			validity(&commit_call(who, FIRST, commitment, who)),
			Err(InvalidTransaction::BadProof.into())
		);
		apply(commit_call(who, FIRST, commitment, 21));
	});
}

#[test]
fn is_for_the_committee_only() {
	run(|| {
		opened();
		to(COMMITS);
		let who = outsider(FIRST);
		let call = commit_call(who, FIRST, hash(who, FIRST, &GOOD), who);
		assert_eq!(validity(&call), Err(InvalidTransaction::BadSigner.into()));
		assert_noop!(execute(call), Error::<Test>::NotInCommittee);
	});
}

#[test]
fn is_for_open_rounds_only() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		for round in [RoundIndex(1), RoundIndex(9)] {
			let call = commit_call(who, round, H256::zero(), who);
			assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
			assert_noop!(execute(call), Error::<Test>::UnknownRound);
		}
	});
}

#[test]
fn needs_an_authorised_origin() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		for origin in [RawOrigin::Signed(who), RawOrigin::Root, RawOrigin::None] {
			let signature = pair(who).sign(b"");
			assert_noop!(
				Anchoring::commit(origin.into(), who, MACHINE, FIRST, H256::zero(), signature),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn names_the_session_in_which_the_round_was_opened() {
	run(|| {
		opened();
		// Round 4 takes slots 40 to 50; session 3 begins in slot 45.
		let round = RoundIndex(4);
		to(40);
		let committee = members(round);
		assert_eq!(session_of(round), 2);
		to(50);
		assert_eq!(CurrentSession::get(), None);
		assert_eq!(<Test as Config>::Clock::session(), 3);
		assert_eq!(session_of(round), 2);
		assert_eq!(members(round), committee);
		commit(committee[0], round, GOOD);

		let who = committee[1];
		let commitment = hash(who, round, &GOOD);
		let payload = Anchoring::commit_payload(&who, MACHINE, 3, round, &commitment);
		let signature = pair(who).sign(&payload);
		let call = Call::commit { anchor: who, machine: MACHINE, round, commitment, signature };
		assert_eq!(validity(&call.into()), Err(InvalidTransaction::BadProof.into()));
	});
}
