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
		let root = hash(who, FIRST, &GOOD);
		apply(commit_call(who, FIRST, root, who));
		assert_eq!(Anchoring::commitment(&who, FIRST), Some(Commitment::new(FIRST, root, PAGES)));
		assert!(members(FIRST)[1..].iter().all(|other| Anchoring::commitment(other, FIRST).is_none()));
		assert!(happened(Event::Committed { anchor: who, round: FIRST, pages: PAGES }));
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
		assert!(Anchoring::commitment(&who, FIRST).is_some());
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
			Anchoring::commit_payload(&who, session, FIRST, &H256::zero(), PAGES),
			Anchoring::commit_payload(&who, session, FIRST, &commitment, PAGES + 1),
			Anchoring::commit_payload(&who, session + 1, FIRST, &commitment, PAGES),
			Anchoring::commit_payload(&who, session, RoundIndex(3), &commitment, PAGES),
			Anchoring::commit_payload(&other, session, FIRST, &commitment, PAGES),
			Anchoring::key_payload(&who),
		] {
			let signature = pair(who).sign(&payload);
			let call = Call::commit { anchor: who, round: FIRST, root: commitment, pages: PAGES, signature };
			assert_eq!(validity(&call.into()), Err(InvalidTransaction::BadProof.into()));
		}
	});
}

#[test]
fn has_at_least_one_page_and_at_most_as_many_as_there_can_be() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		for pages in [0, MAX_PAGES + 1] {
			let call = commit_pages_call(who, FIRST, H256::zero(), pages, who);
			assert_eq!(validity(&call), Err(InvalidTransaction::Custom(4).into()));
			assert_noop!(execute(call), Error::<Test>::InvalidPage);
		}
		for (who, pages) in members(FIRST).into_iter().zip([1, MAX_PAGES]) {
			apply(commit_pages_call(who, FIRST, H256::zero(), pages, who));
		}
	});
}

#[test]
fn is_kept_for_some_rounds() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		commit(who, FIRST, GOOD);
		for round in 3..=6 {
			assert!(Anchoring::commitment(&who, FIRST).is_some());
			to(u64::from(round) * 10 + 10);
			apply(commit_call(who, RoundIndex(round), H256::zero(), who));
		}
		// The fourth round after it takes its place.
		assert_eq!(Anchoring::commitment(&who, FIRST), None);
		assert_eq!(Commitments::<Test>::iter_prefix(who).count(), 4);
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
fn is_for_who_has_a_seat_in_the_session_of_the_round() {
	run(|| {
		opened();
		add_anchor(6, 1);
		to(COMMITS);
		let call = commit_call(6, FIRST, H256::zero(), 6);
		assert_eq!(validity(&call), Err(InvalidTransaction::BadSigner.into()));
		assert_noop!(execute(call), Error::<Test>::NoSeat);
		// A seat is enough: whether a machine asks for it shows when it reveals.
		commit(outsider(FIRST), FIRST, GOOD);
		// Who has left since has to finish the round.
		Seats::set(Vec::new());
		commit(members(FIRST)[0], FIRST, GOOD);
	});
}

#[test]
fn is_for_rounds_that_were() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		for round in [RoundIndex(4), RoundIndex(9)] {
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
				Anchoring::commit(origin.into(), who, FIRST, H256::zero(), PAGES, signature),
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
		let payload = Anchoring::commit_payload(&who, 3, round, &commitment, PAGES);
		let signature = pair(who).sign(&payload);
		let call = Call::commit { anchor: who, round, root: commitment, pages: PAGES, signature };
		assert_eq!(validity(&call.into()), Err(InvalidTransaction::BadProof.into()));
	});
}
