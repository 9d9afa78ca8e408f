use crate::{mock::*, *};
use exabits_primitives::{Measurement, RoundIndex};
use frame_support::{assert_noop, dispatch::RawOrigin};
use sp_core::Pair;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

/// The first round in its first slot of reveals, with these members' commitments to [`GOOD`].
fn committed(count: usize) -> Vec<u64> {
	opened();
	to(COMMITS);
	let members = members(FIRST);
	for who in members.iter().take(count) {
		commit(*who, FIRST, GOOD);
	}
	to(REVEALS);
	members
}

#[test]
fn is_recorded() {
	run(|| {
		let who = committed(3)[1];
		reveal(who, FIRST, GOOD);
		let record = Rounds::<Test>::get(MACHINE, FIRST).unwrap();
		assert_eq!(record.members[1].revealed, Some(GOOD));
		assert!(happened(Event::Revealed { anchor: who, machine: MACHINE, round: FIRST, measurement: GOOD }));
	});
}

#[test]
fn counts_between_commitments_and_settlement() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		commit(who, FIRST, GOOD);
		let call = reveal_call(who, FIRST, GOOD, SALT, who);

		to(REVEALS - 1);
		assert_eq!(validity(&call), Err(InvalidTransaction::Future.into()));
		assert_noop!(execute(call.clone()), Error::<Test>::TooEarly);
		to(REVEALS);
		assert_eq!(validity(&call).unwrap().longevity, u64::from(REVEAL));
		to(REVEALS + 1);
		assert!(validity(&call).is_ok());

		to(SETTLES - 1);
		assert!(validity(&call).is_ok());
		// Not settled yet, as when the sweep is behind.
		SweepWeight::set(frame_support::weights::Weight::zero());
		to(SETTLES);
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call.clone()), Error::<Test>::TooLate);
		SweepWeight::set(frame_support::weights::Weight::MAX);
		to(SETTLES + 1);
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call), Error::<Test>::UnknownRound);
	});
}

#[test]
fn counts_in_the_last_slot_of_its_phase() {
	run(|| {
		let who = committed(1)[0];
		to(SETTLES - 1);
		reveal(who, FIRST, GOOD);
		assert!(Rounds::<Test>::get(MACHINE, FIRST).unwrap().members[0].revealed.is_some());
	});
}

#[test]
fn needs_a_commitment() {
	run(|| {
		let who = committed(1)[1];
		let call = reveal_call(who, FIRST, GOOD, SALT, who);
		assert_eq!(validity(&call), Err(InvalidTransaction::Custom(1).into()));
		assert_noop!(execute(call), Error::<Test>::NotCommitted);
	});
}

#[test]
fn must_match_the_commitment() {
	run(|| {
		let who = committed(3)[0];
		let better = Measurement { bandwidth: GOOD.bandwidth + 1, ..GOOD };
		for call in [reveal_call(who, FIRST, GOOD, [8; 32], who), reveal_call(who, FIRST, better, SALT, who)]
		{
			assert_eq!(validity(&call), Err(InvalidTransaction::Custom(2).into()));
			assert_noop!(execute(call), Error::<Test>::WrongReveal);
		}
	});
}

#[test]
fn a_copied_commitment_cannot_be_revealed() {
	run(|| {
		opened();
		to(COMMITS);
		let [honest, copier] = members(FIRST)[..2] else { panic!("a committee of three") };
		let commitment = hash(honest, FIRST, &GOOD);
		apply(commit_call(honest, FIRST, commitment, honest));
		apply(commit_call(copier, FIRST, commitment, copier));
		to(REVEALS);
		reveal(honest, FIRST, GOOD);
		let call = reveal_call(copier, FIRST, GOOD, SALT, copier);
		assert_eq!(validity(&call), Err(InvalidTransaction::Custom(2).into()));
		assert_noop!(execute(call), Error::<Test>::WrongReveal);
	});
}

#[test]
fn refuses_what_cannot_be_measured() {
	run(|| {
		opened();
		to(COMMITS);
		let members = members(FIRST);
		let impossible = [
			Measurement { availability: 1_000_001, ..GOOD },
			Measurement { latency_p50: 901, latency_p99: 900, ..GOOD },
		];
		for (who, measurement) in members.iter().zip(impossible) {
			commit(*who, FIRST, measurement);
		}
		to(REVEALS);
		for (who, measurement) in members.iter().zip(impossible) {
			let call = reveal_call(*who, FIRST, measurement, SALT, *who);
			assert_eq!(validity(&call), Err(InvalidTransaction::Custom(3).into()));
			assert_noop!(execute(call), Error::<Test>::InvalidMeasurement);
		}
	});
}

#[test]
fn is_accepted_once() {
	run(|| {
		let who = committed(1)[0];
		let call = reveal_call(who, FIRST, GOOD, SALT, who);
		apply(call.clone());
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call), Error::<Test>::AlreadyRevealed);
	});
}

#[test]
fn refuses_forged_signatures() {
	run(|| {
		let members = committed(3);
		let (who, other) = (members[0], members[1]);
		assert_eq!(
			validity(&reveal_call(who, FIRST, GOOD, SALT, other)),
			Err(InvalidTransaction::BadProof.into())
		);
		let session = session_of(FIRST);
		for payload in [
			Anchoring::reveal_payload(&who, MACHINE, session + 1, FIRST, &GOOD, &SALT),
			Anchoring::reveal_payload(&who, MACHINE, session, RoundIndex(3), &GOOD, &SALT),
			Anchoring::reveal_payload(&who, MACHINE, session, FIRST, &GOOD, &[0; 32]),
			Anchoring::commit_payload(&who, MACHINE, session, FIRST, &hash(who, FIRST, &GOOD)),
		] {
			let signature = pair(who).sign(&payload);
			let call = Call::reveal {
				anchor: who,
				machine: MACHINE,
				round: FIRST,
				measurement: GOOD,
				salt: SALT,
				signature,
			};
			assert_eq!(validity(&call.into()), Err(InvalidTransaction::BadProof.into()));
		}
	});
}

#[test]
fn is_for_the_committee_of_an_open_round() {
	run(|| {
		committed(3);
		let who = outsider(FIRST);
		let call = reveal_call(who, FIRST, GOOD, SALT, who);
		assert_eq!(validity(&call), Err(InvalidTransaction::BadSigner.into()));
		assert_noop!(execute(call), Error::<Test>::NotInCommittee);

		let call = reveal_call(who, RoundIndex(9), GOOD, SALT, who);
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call), Error::<Test>::UnknownRound);
	});
}

#[test]
fn needs_an_authorised_origin() {
	run(|| {
		let who = committed(1)[0];
		for origin in [RawOrigin::Signed(who), RawOrigin::Root, RawOrigin::None] {
			let signature = pair(who).sign(b"");
			assert_noop!(
				Anchoring::reveal(origin.into(), who, MACHINE, FIRST, GOOD, SALT, signature),
				DispatchError::BadOrigin
			);
		}
	});
}
