use crate::{mock::*, *};
use exabits_primitives::{MachineId, Measurement, OnMachine, RoundIndex};
use frame_support::{assert_noop, dispatch::RawOrigin, BoundedVec};
use sp_core::{Pair, H256};
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};
use std::collections::BTreeMap;

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

fn call_of(who: u64) -> RuntimeCall {
	reveal_call(who, FIRST, opening(who, FIRST, GOOD), who)
}

/// Asserts that the pool refuses a call for good, and that it changes nothing.
fn refused(call: RuntimeCall, code: u8, error: Error<Test>) {
	assert_eq!(validity(&call), Err(InvalidTransaction::Custom(code).into()));
	assert_noop!(execute(call), error);
}

#[test]
fn is_recorded() {
	run(|| {
		let who = committed(3)[1];
		reveal(who, FIRST, GOOD);
		assert_eq!(report(who, FIRST), Report::Measured(GOOD));
		assert!(Anchoring::commitment(&who, FIRST).unwrap().is_revealed(1));
		assert!(happened(Event::Revealed { anchor: who, round: FIRST, page: 1, machines: 1 }));
	});
}

#[test]
fn counts_between_commitments_and_openings() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		commit(who, FIRST, GOOD);
		let call = call_of(who);

		to(REVEALS - 1);
		assert_eq!(validity(&call), Err(InvalidTransaction::Future.into()));
		assert_noop!(execute(call.clone()), Error::<Test>::TooEarly);
		to(REVEALS);
		assert_eq!(validity(&call).unwrap().longevity, u64::from(REVEAL));
		to(REVEALS + 1);
		assert!(validity(&call).is_ok());

		to(SAMPLES - 1);
		assert!(validity(&call).is_ok());
		to(SAMPLES);
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call.clone()), Error::<Test>::TooLate);
		to(SAMPLES + 1);
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call), Error::<Test>::TooLate);
	});
}

#[test]
fn counts_in_the_last_slot_of_its_phase() {
	run(|| {
		let who = committed(1)[0];
		to(SAMPLES - 1);
		reveal(who, FIRST, GOOD);
		assert_eq!(report(who, FIRST), Report::Measured(GOOD));
	});
}

#[test]
fn needs_a_commitment() {
	run(|| {
		let who = committed(1)[1];
		refused(call_of(who), 1, Error::NotCommitted);
	});
}

#[test]
fn must_match_the_commitment() {
	run(|| {
		let who = committed(3)[0];
		let good = opening(who, FIRST, GOOD);
		let better = Measurement { bandwidth: GOOD.bandwidth + 1, ..GOOD };
		let other = opening(who, FIRST, better);
		let proof = BoundedVec::truncate_from(vec![H256::zero()]);
		let longer = BoundedVec::truncate_from(vec![good.proof[0], H256::zero()]);
		for wrong in [
			Opening { salt: [8; 32], ..good.clone() },
			Opening { entries: other.entries.clone(), ..good.clone() },
			other,
			Opening { proof, ..good.clone() },
			Opening { proof: longer, ..good.clone() },
			Opening { proof: BoundedVec::default(), ..good },
		] {
			refused(reveal_call(who, FIRST, wrong, who), 2, Error::WrongReveal);
		}
	});
}

#[test]
fn a_copied_commitment_cannot_be_revealed() {
	run(|| {
		opened();
		to(COMMITS);
		let [honest, copier] = members(FIRST)[..2] else { panic!("a committee of three") };
		let root = hash(honest, FIRST, &GOOD);
		apply(commit_call(honest, FIRST, root, honest));
		apply(commit_call(copier, FIRST, root, copier));
		to(REVEALS);
		let page = opening(honest, FIRST, GOOD);
		reveal(honest, FIRST, GOOD);
		refused(reveal_call(copier, FIRST, page, copier), 2, Error::WrongReveal);
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
			let call = reveal_call(*who, FIRST, opening(*who, FIRST, measurement), *who);
			refused(call, 3, Error::InvalidMeasurement);
		}
	});
}

#[test]
fn refuses_what_its_samples_do_not_say() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		let good = finding(who, MACHINE, FIRST, GOOD);
		let with = |samples| (MACHINE, Some(Finding { samples, ..good }));
		let Samples { root, answered, sent } = good.samples;
		let down = Finding { measurement: Measurement::UNREACHABLE, ..good };
		for wrong in [
			with(Samples { root, answered, sent: sent + 1 }),
			with(Samples { root, answered: answered - 1, sent }),
			with(Samples { root, answered: answered + 1, sent }),
			with(Samples { root, answered: 0, sent: 0 }),
			with(Samples { root: H256::zero(), answered, sent }),
			with(Samples { root, answered: 513, sent: 513 }),
			(MACHINE, Some(Finding { samples: Samples { root, answered: 0, sent }, ..down })),
		] {
			let call = reveal_call(who, FIRST, opening_of(who, FIRST, &[wrong], 1), who);
			frame_support::storage::with_transaction(|| {
				let root = exabits_math::merkle::root(&leaves(who, FIRST, &[wrong]));
				apply(commit_call(who, FIRST, root, who));
				Now::set(REVEALS);
				refused(call, 3, Error::InvalidMeasurement);
				Now::set(COMMITS);
				sp_runtime::TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
			})
			.unwrap();
		}
		assert!(Finding { samples: Samples { root, answered: 512, sent: 512 }, ..good }.is_valid());
	});
}

#[test]
fn is_accepted_once() {
	run(|| {
		let who = committed(1)[0];
		let call = call_of(who);
		apply(call.clone());
		assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call), Error::<Test>::AlreadyRevealed);
	});
}

#[test]
fn each_machine_has_one_place() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		// It commits to two values of the machine, to choose one when it has seen the others.
		let better = Measurement { latency_p50: 1, ..GOOD };
		let said = |measurement| entry(who, MACHINE, FIRST, measurement);
		let entry = |measurement| Page::truncate_from(vec![said(measurement)]);
		let twice = Page::truncate_from(vec![said(GOOD), said(better)]);
		let unsorted = Page::truncate_from(vec![(MachineId(3), None), said(GOOD)]);
		for (place, pages) in
			[(0, [entry(better), entry(GOOD)]), (1, [entry(better), twice]), (1, [entry(better), unsorted])]
		{
			let leaf = |(page, entries): (u16, &Page)| {
				Anchoring::leaf(&who, session_of(FIRST), FIRST, page, entries, &SALT)
			};
			let leaves: Vec<_> = (0..).zip(&pages).map(leaf).collect();
			let commitment = Commitment::new(FIRST, exabits_math::merkle::root(&leaves), PAGES);
			Commitments::<Test>::insert(who, FIRST.0 % KEPT_ROUNDS, commitment);
			jump(REVEALS.max(Now::get()));
			let proof = BoundedVec::truncate_from(exabits_math::merkle::proof(&leaves, place));
			let opening = Opening { page: place as u16, entries: pages[place].clone(), salt: SALT, proof };
			refused(reveal_call(who, FIRST, opening, who), 4, Error::InvalidPage);
		}
	});
}

#[test]
fn refuses_pages_that_cannot_be() {
	run(|| {
		let who = committed(1)[0];
		let good = opening(who, FIRST, GOOD);
		// The empty page is part of the commitment, and says nothing.
		let empty = opening_of(who, FIRST, &[entry(who, MACHINE, FIRST, GOOD)], 0);
		for wrong in [empty, Opening { page: PAGES, ..good.clone() }, Opening { page: u16::MAX, ..good }] {
			refused(reveal_call(who, FIRST, wrong, who), 4, Error::InvalidPage);
		}
	});
}

/// Watches four machines more.
fn opened_with_five() -> Vec<MachineId> {
	let machines: Vec<_> = (1..=5).map(MachineId).collect();
	Registered::set(BTreeMap::from_iter(machines.iter().map(|id| (*id, machine_of(OWNER, 0)))));
	to(1);
	for machine in &machines {
		Anchoring::watched(*machine);
	}
	to(COMMITS);
	machines
}

/// Whether the machine's first round asks an anchor.
fn asks(machine: MachineId, who: u64) -> bool {
	let members = Rounds::<Test>::get(machine, FIRST).unwrap().members;
	members.iter().any(|member| member.anchor == who)
}

/// What an anchor that is asked to measure some of these machines says of them.
fn asked_of(who: u64, machines: &[MachineId]) -> Vec<Entry> {
	let asked = machines.iter().copied().filter(|id| asks(*id, who));
	asked.map(|id| entry(who, id, FIRST, GOOD)).collect()
}

/// The same, with two machines that there are not.
fn entries_of(who: u64, machines: &[MachineId]) -> Vec<Entry> {
	let more = [9, 10].map(|id| entry(who, MachineId(id), FIRST, GOOD));
	asked_of(who, machines).into_iter().chain(more).collect()
}

fn commit_all(machines: &[MachineId]) {
	for who in 1..=5 {
		let root = exabits_math::merkle::root(&leaves(who, FIRST, &entries_of(who, machines)));
		apply(commit_call(who, FIRST, root, who));
	}
	to(REVEALS);
}

/// Reveals a page, or is refused where nobody asks for it. Returns for how many machines it counts.
fn reveal_page(who: u64, page: u16, machines: &[MachineId]) -> u32 {
	let entries = entries_of(who, machines);
	let call = reveal_call(who, FIRST, opening_of(who, FIRST, &entries, page), who);
	let counts = page_with(&entries, page).len() as u32 - 1;
	if counts == 0 {
		refused(call, 5, Error::NotAsked);
	} else {
		apply(call);
		assert!(happened(Event::Revealed { anchor: who, round: FIRST, page, machines: counts }));
	}
	counts
}

#[test]
fn pages_of_many_machines_come_in_any_order() {
	run(|| {
		let machines = opened_with_five();
		commit_all(&machines);
		let counted: u32 = (1..=5)
			.flat_map(|who| [1, 0].map(|page| (who, page)))
			.map(|(who, page)| reveal_page(who, page, &machines))
			.sum();
		assert_eq!(counted, 5 * 3);
		to(SETTLES);
		assert_eq!(Judged::get().len(), 5);
		assert!(Standings::<Test>::iter_values().all(|standing| standing.missed + standing.withheld == 0));
	});
}

#[test]
fn a_missing_page_is_missing_for_its_machines_only() {
	run(|| {
		let machines = opened_with_five();
		for who in 1..=5 {
			let root = exabits_math::merkle::root(&leaves(who, FIRST, &asked_of(who, &machines)));
			apply(commit_call(who, FIRST, root, who));
		}
		to(REVEALS);
		let odd: Vec<_> =
			(1..=5).filter(|who| [1, 3, 5].iter().any(|id| asks(MachineId(*id), *who))).collect();
		for who in &odd {
			apply(reveal_call(*who, FIRST, opening_of(*who, FIRST, &asked_of(*who, &machines), 1), *who));
		}
		to(SAMPLES);
		odd.iter().for_each(|who| open_sample(*who, FIRST, &asked_of(*who, &machines)));
		to(SETTLES);
		let outcome = |id| Judged::get().into_iter().find(|(machine, ..)| machine.0 == id).unwrap().3;
		for id in 1..=5 {
			let measured = outcome(id) == exabits_primitives::RoundOutcome::Measured(GOOD);
			assert_eq!(measured, id % 2 == 1);
		}
		// It costs stake once, however many machines the page was for.
		let mut slashed: Vec<_> = Slashed::get().into_iter().map(|(who, ..)| who).collect();
		let all = slashed.len();
		slashed.sort_unstable();
		slashed.dedup();
		assert_eq!(slashed.len(), all);
		assert!(!slashed.is_empty());
	});
}

#[test]
fn what_was_not_measured_is_missed_and_costs_no_stake() {
	run(|| {
		opened();
		to(COMMITS);
		let who = members(FIRST)[0];
		let entries = [(MACHINE, None)];
		apply(commit_call(who, FIRST, exabits_math::merkle::root(&leaves(who, FIRST, &entries)), who));
		to(REVEALS);
		apply(reveal_call(who, FIRST, opening_of(who, FIRST, &entries, 1), who));
		assert_eq!(report(who, FIRST), Report::NotMeasured);
		to(SAMPLES);
		open_sample(who, FIRST, &entries);
		to(SETTLES);
		assert_eq!((Anchoring::standing(who).missed, Anchoring::standing(who).withheld), (1, 0));
		assert!(Slashed::get().is_empty());
	});
}

#[test]
fn refuses_forged_signatures() {
	run(|| {
		let members = committed(3);
		let (who, other) = (members[0], members[1]);
		let page = opening(who, FIRST, GOOD);
		assert_eq!(
			validity(&reveal_call(who, FIRST, page.clone(), other)),
			Err(InvalidTransaction::BadProof.into())
		);
		let session = session_of(FIRST);
		for payload in [
			Anchoring::reveal_payload(&who, session + 1, FIRST, &page),
			Anchoring::reveal_payload(&who, session, RoundIndex(3), &page),
			Anchoring::reveal_payload(&who, session, FIRST, &Opening { salt: [0; 32], ..page.clone() }),
			Anchoring::commit_payload(&who, session, FIRST, &hash(who, FIRST, &GOOD), PAGES),
		] {
			let signature = pair(who).sign(&payload);
			let call = Call::reveal { anchor: who, round: FIRST, opening: page.clone(), signature };
			assert_eq!(validity(&call.into()), Err(InvalidTransaction::BadProof.into()));
		}
	});
}

#[test]
fn is_refused_of_an_anchor_that_was_not_asked() {
	run(|| {
		opened();
		let who = outsider(FIRST);
		to(COMMITS);
		commit(who, FIRST, GOOD);
		to(REVEALS);
		refused(call_of(who), 5, Error::NotAsked);

		let call = reveal_call(who, RoundIndex(9), opening(who, RoundIndex(9), GOOD), who);
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
				Anchoring::reveal(origin.into(), who, FIRST, opening(who, FIRST, GOOD), signature),
				DispatchError::BadOrigin
			);
		}
	});
}
