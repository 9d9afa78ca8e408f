use crate::{mock::*, *};
use exabits_primitives::{
	keys::{anchor, machine, probe_nonce, probe_payload},
	MachineId, Measurement, OnMachine, Role, RoundIndex, RoundOutcome, Sample, SlashId,
};
use frame_support::{assert_noop, dispatch::RawOrigin, BoundedVec};
use sp_core::{Pair, H256};
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError, Perbill};
use std::collections::BTreeMap;

/// The first round with all pages revealed, up to the slot before samples are chosen.
fn revealed(measured: &[Measurement]) -> Vec<u64> {
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
	to(SAMPLES - 1);
	members
}

/// The same in the first slot in which samples are opened.
fn chosen() -> Vec<u64> {
	let members = revealed(&[GOOD; 3]);
	to(SAMPLES);
	members
}

fn opening_by(who: u64) -> SampleOpening {
	sample_opening(who, FIRST, &[entry(who, MACHINE, FIRST, GOOD)]).unwrap()
}

fn call_of(who: u64) -> RuntimeCall {
	sample_call(who, FIRST, opening_by(who), who)
}

/// Asserts that the pool refuses a call for good, and that it changes nothing.
fn refused(call: RuntimeCall, code: u8, error: Error<Test>) {
	assert_eq!(validity(&call), Err(InvalidTransaction::Custom(code).into()));
	assert_noop!(execute(call), error);
}

fn is_open(who: u64) -> bool {
	Anchoring::commitment(&who, FIRST).unwrap().opened
}

#[test]
fn is_recorded_and_costs_nothing() {
	run(|| {
		let members = chosen();
		for who in &members {
			open_sample(*who, FIRST, &[entry(*who, MACHINE, FIRST, GOOD)]);
			assert!(is_open(*who));
			assert!(happened(Event::SampleOpened { anchor: *who, round: FIRST, machine: MACHINE }));
		}
		to(SETTLES);
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, RoundOutcome::Measured(GOOD))]);
		assert!(Slashed::get().is_empty());
		assert!(members.iter().all(|who| Anchoring::standing(*who).accuracy == Perbill::one()));
	});
}

#[test]
fn counts_between_reveals_and_settlement() {
	run(|| {
		let who = chosen()[0];
		let call = call_of(who);
		Now::set(SAMPLES - 1);
		assert_eq!(validity(&call), Err(InvalidTransaction::Future.into()));
		assert_noop!(execute(call.clone()), Error::<Test>::TooEarly);
		Now::set(SAMPLES);
		assert_eq!(validity(&call).unwrap().longevity, u64::from(SAMPLE));
		to(SAMPLES + 1);
		assert!(validity(&call).is_ok());

		to(SETTLES - 1);
		assert!(validity(&call).is_ok());
		// Not settled yet, as when the sweep is behind.
		SweepWeight::set(frame_support::weights::Weight::zero());
		for slot in [SETTLES, SETTLES + 1] {
			to(slot);
			assert_eq!(validity(&call), Err(InvalidTransaction::Stale.into()));
			assert_noop!(execute(call.clone()), Error::<Test>::TooLate);
		}
	});
}

#[test]
fn counts_in_the_last_slot_of_its_phase() {
	run(|| {
		let who = chosen()[0];
		to(SETTLES - 1);
		apply(call_of(who));
		to(SETTLES);
		assert!(Slashed::get().iter().all(|(slashed, ..)| *slashed != who));
	});
}

#[test]
fn is_offered_to_the_pool_once() {
	run(|| {
		let members = chosen();
		let valid = validity(&call_of(members[0])).unwrap();
		assert_eq!((valid.priority, valid.propagate, valid.provides.len()), (1_000, true, 1));
		assert_ne!(valid.provides, validity(&call_of(members[1])).unwrap().provides);
		apply(call_of(members[0]));
		assert_eq!(validity(&call_of(members[0])), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(call_of(members[0])), Error::<Test>::AlreadyOpened);
	});
}

#[test]
fn what_is_opened_is_not_known_before_all_is_revealed() {
	run(|| {
		let who = revealed(&[GOOD; 3])[0];
		assert!(Anchoring::choice(&who, FIRST).is_none());
		to(SAMPLES);
		let beacon = |round| Anchoring::past_round(round).unwrap().beacon;
		let first = beacon(FIRST).unwrap();
		assert_eq!(beacon(RoundIndex(3)), None);
		// It stays the same.
		to(SAMPLES + 1);
		assert_eq!(beacon(FIRST), Some(first));
	});
}

#[test]
fn choices_differ_by_beacon_anchor_and_round_and_reach_everything() {
	let choice =
		|beacon, who: u64, round| samples::Choice::new(&H256::repeat_byte(beacon), &who, RoundIndex(round));
	let chosen = |choice: samples::Choice| (choice.entry(u16::MAX), choice.sample(u16::MAX));
	let first = chosen(choice(1, 1, 1));
	assert_eq!(first, chosen(choice(1, 1, 1)));
	for other in [choice(2, 1, 1), choice(1, 2, 1), choice(1, 1, 2)] {
		assert_ne!(first, chosen(other));
	}
	let mut commitment = Commitment::new(FIRST, H256::zero(), 100);
	assert_eq!(choice(1, 1, 1).page(&commitment), None);
	[3, 70, 99].into_iter().for_each(|page| commitment.reveal(page));
	let pages: std::collections::BTreeSet<_> =
		(0..100).filter_map(|beacon| choice(beacon, 1, 1).page(&commitment)).collect();
	assert!(pages.into_iter().eq([3, 70, 99]));
	let entries: std::collections::BTreeSet<_> =
		(0..200).filter_map(|beacon| choice(beacon, 1, 1).entry(5)).collect();
	assert!(entries.into_iter().eq(0..5));
	assert_eq!((choice(1, 1, 1).entry(0), choice(1, 1, 1).sample(0)), (None, None));
}

#[test]
fn nothing_is_chosen_when_the_phase_has_no_block_in_its_first_half() {
	let half = u64::from(SAMPLE / 2);
	for (first, in_time) in [(half - 1, true), (half, false), (half + 1, false)] {
		run(|| {
			let members = revealed(&[GOOD; 3]);
			jump(SAMPLES + first);
			let chosen = sample_opening(members[0], FIRST, &[entry(members[0], MACHINE, FIRST, GOOD)]);
			assert_eq!(chosen.is_some(), in_time, "{first}");
			to(SETTLES);
			assert_eq!(Slashed::get().len(), if in_time { 3 } else { 0 });
			let outcome = Judged::get()[0].3;
			assert_eq!(outcome == RoundOutcome::Measured(GOOD), !in_time);
		});
	}
	run(|| {
		let who = revealed(&[GOOD; 3])[0];
		to(SAMPLES);
		let call = call_of(who);
		LastRounds::<Test>::mutate(|rounds| rounds.iter_mut().for_each(|past| past.beacon = None));
		refused(call, 8, Error::NothingChosen);
	});
}

#[test]
fn must_be_the_chosen_one_of_what_was_committed_to() {
	run(|| {
		let who = chosen()[0];
		let good = opening_by(who);
		let (machine, finding) = good.entry;
		let finding = finding.unwrap();
		let proven = good.sample.clone().unwrap();
		let others: Vec<_> =
			samples(who, MACHINE, FIRST, 10).into_iter().filter(|one| *one != proven.sample).collect();
		let longer = |proof: &[H256]| proof.iter().copied().chain([H256::zero()]).collect::<Vec<_>>();
		let flattered = Measurement { latency_p50: 1, ..GOOD };
		for wrong in [
			SampleOpening { entries: 0, ..good.clone() },
			SampleOpening { entries: 2, ..good.clone() },
			SampleOpening { entries: u16::MAX, ..good.clone() },
			SampleOpening { entry: (machine, None), ..good.clone() },
			SampleOpening {
				entry: (machine, Some(Finding { measurement: flattered, ..finding })),
				..good.clone()
			},
			SampleOpening { entry_proof: BoundedVec::truncate_from(vec![H256::zero()]), ..good.clone() },
			SampleOpening { salt: [8; 32], ..good.clone() },
			SampleOpening { page_proof: BoundedVec::default(), ..good.clone() },
			SampleOpening { page_proof: BoundedVec::truncate_from(longer(&good.page_proof)), ..good.clone() },
			SampleOpening { sample: None, ..good.clone() },
			SampleOpening {
				sample: Some(ProvenSample { sample: others[0].clone(), ..proven.clone() }),
				..good.clone()
			},
			SampleOpening {
				sample: Some(ProvenSample { proof: BoundedVec::default(), ..proven.clone() }),
				..good.clone()
			},
			SampleOpening {
				sample: Some(ProvenSample {
					proof: BoundedVec::truncate_from(longer(&proven.proof)),
					..proven.clone()
				}),
				..good.clone()
			},
		] {
			refused(sample_call(who, FIRST, wrong, who), 6, Error::WrongSample);
		}
		// What was refused does not keep the right one out.
		apply(call_of(who));
	});
}

/// An answer to a probe, by the machine with this key.
fn answer(
	place: u16,
	round: RoundIndex,
	machine: MachineId,
	asker: &anchor::Pair,
	key: &machine::Pair,
) -> Sample {
	let nonce = probe_nonce(place, [1; 30]);
	Sample { nonce, signature: key.sign(&probe_payload(round, machine, &asker.public(), &nonce)) }
}

#[test]
fn forged_samples_cannot_be_opened() {
	type Forge = fn(u64, u16) -> Sample;
	let genuine = |who, place| answer(place, FIRST, MACHINE, &pair(who), &machine_pair());
	let forgeries: [(Forge, bool); 8] = [
		(genuine, false),
		// The nonce of a probe that was not answered.
		(
			|who, place| Sample {
				nonce: probe_nonce(place, [2; 30]),
				..answer(place, FIRST, MACHINE, &pair(who), &machine_pair())
			},
			true,
		),
		// One answer in every place.
		(|who, place| answer(place + 1, FIRST, MACHINE, &pair(who), &machine_pair()), true),
		// The answer to another anchor, in another round, of another machine, by another key, by the anchor itself.
		(|who, place| answer(place, FIRST, MACHINE, &pair(who % 5 + 1), &machine_pair()), true),
		(|who, place| answer(place, RoundIndex(1), MACHINE, &pair(who), &machine_pair()), true),
		(|who, place| answer(place, FIRST, MachineId(2), &pair(who), &machine_pair()), true),
		(|who, place| answer(place, FIRST, MACHINE, &pair(who), &machine::Pair::from_seed(&[5; 32])), true),
		(
			|who, place| {
				answer(place, FIRST, MACHINE, &pair(who), &machine::Pair::from_seed(&[who as u8; 32]))
			},
			true,
		),
	];
	for (index, (forge, forged)) in forgeries.into_iter().enumerate() {
		run(|| {
			opened();
			let members = members(FIRST);
			let who = members[0];
			Probes::mutate(|all| {
				all.insert((who, MACHINE, FIRST, 10), (0..10).map(|place| forge(who, place)).collect())
			});
			to(COMMITS);
			members.iter().for_each(|who| commit(*who, FIRST, GOOD));
			to(REVEALS);
			members.iter().for_each(|who| reveal(*who, FIRST, GOOD));
			to(SAMPLES);
			if forged {
				assert_eq!(validity(&call_of(who)), Err(InvalidTransaction::Custom(7).into()));
			} else {
				apply(call_of(who));
			}
			members[1..].iter().for_each(|who| apply(call_of(*who)));
			to(SETTLES);
			let slashes = if forged { vec![(who, Role::Anchor, MIN_BOND * 3 / 10)] } else { vec![] };
			assert_eq!(Slashed::get(), slashes, "{index}");
			Probes::mutate(|all| all.remove(&(who, MACHINE, FIRST, 10)));
		});
	}
}

#[test]
fn what_is_not_opened_counts_for_nothing_and_costs_stake() {
	run(|| {
		let far = Measurement { availability: 100_000, ..GOOD };
		let members = revealed(&[GOOD, GOOD, far]);
		to(SAMPLES);
		for who in &members[..2] {
			apply(call_of(*who));
		}
		to(SETTLES);
		assert_eq!(Slashed::get(), [(members[2], Role::Anchor, MIN_BOND * 3 / 10)]);
		let accuracy = Perbill::from_rational(7u32, 8);
		assert!(happened(Event::AnchorForged {
			anchor: members[2],
			round: FIRST,
			slash: Some(SlashId(0)),
			accuracy
		}));
		let standing = Anchoring::standing(members[2]);
		assert_eq!((standing.accuracy, standing.forged, standing.agreed), (accuracy, 1, 0));
		assert_eq!((standing.missed, standing.withheld, standing.owed), (0, 0, 0));
		assert!(happened(Event::RoundSettled {
			machine: MACHINE,
			round: FIRST,
			session: 1,
			reveals: 2,
			outcome: RoundOutcome::Measured(GOOD)
		}));
	});
}

#[test]
fn without_a_quorum_that_opens_the_round_is_missing() {
	run(|| {
		let members = chosen();
		apply(call_of(members[0]));
		to(SETTLES);
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, RoundOutcome::Missing)]);
		assert_eq!(Slashed::get().len(), 2);
	});
}

#[test]
fn an_entry_without_answers_opens_alone() {
	for finding in [Some(Measurement::UNREACHABLE), None] {
		run(|| {
			opened();
			let members = members(FIRST);
			let said = |who| match finding {
				Some(measurement) => entry(who, MACHINE, FIRST, measurement),
				None => (MACHINE, None),
			};
			to(COMMITS);
			for who in &members {
				let root = exabits_math::merkle::root(&leaves(*who, FIRST, &[said(*who)]));
				apply(commit_call(*who, FIRST, root, *who));
			}
			to(REVEALS);
			for who in &members {
				apply(reveal_call(*who, FIRST, opening_of(*who, FIRST, &[said(*who)], 1), *who));
			}
			to(SAMPLES);
			for who in &members[1..] {
				let good = sample_opening(*who, FIRST, &[said(*who)]).unwrap();
				assert_eq!(good.sample, None);
				let sample = samples(*who, MACHINE, FIRST, 10).remove(0);
				let sample = Some(ProvenSample { sample, proof: BoundedVec::default() });
				let more = SampleOpening { sample, ..good.clone() };
				refused(sample_call(*who, FIRST, more, *who), 6, Error::WrongSample);
				apply(sample_call(*who, FIRST, good, *who));
			}
			to(SETTLES);
			assert_eq!(Slashed::get(), [(members[0], Role::Anchor, MIN_BOND * 3 / 10)]);
		});
	}
}

/// Machines 1 and 3 with a first round, and anchors that both of them ask.
fn two_machines() -> Vec<u64> {
	let machines = [MACHINE, MachineId(3)];
	Registered::set(BTreeMap::from_iter(machines.map(|id| (id, machine_of(OWNER, 0)))));
	to(1);
	machines.into_iter().for_each(Anchoring::watched);
	to(COMMITS);
	let asks = |id, who| {
		let members = Rounds::<Test>::get(id, FIRST).unwrap().members;
		members.iter().any(|member| member.anchor == who)
	};
	(1..=5).filter(|who| machines.iter().all(|id| asks(*id, *who))).collect()
}

fn commit_to(who: u64, entries: &[Entry]) {
	let root = exabits_math::merkle::root(&leaves(who, FIRST, entries));
	apply(commit_call(who, FIRST, root, who));
}

#[test]
fn another_entry_of_the_page_is_not_the_chosen_one() {
	run(|| {
		let who = two_machines()[0];
		let entries = [entry(who, MACHINE, FIRST, GOOD), entry(who, MachineId(3), FIRST, GOOD)];
		commit_to(who, &entries);
		to(REVEALS);
		apply(reveal_call(who, FIRST, opening_of(who, FIRST, &entries, 1), who));
		to(SAMPLES);
		let good = sample_opening(who, FIRST, &entries).unwrap();
		let other = *entries.iter().find(|one| **one != good.entry).unwrap();
		let proof = vec![crate::samples::entry_leaf(&good.entry)];
		let wrong =
			SampleOpening { entry: other, entry_proof: BoundedVec::truncate_from(proof), ..good.clone() };
		refused(sample_call(who, FIRST, wrong, who), 6, Error::WrongSample);
		apply(sample_call(who, FIRST, good, who));
	});
}

#[test]
fn entries_that_nobody_asked_for_do_not_hide_the_others() {
	run(|| {
		opened();
		let who = members(FIRST)[0];
		// Of so many, one that nobody asked for is chosen.
		let padding = (1..40).map(|number| (MachineId(1 + 2 * number), None));
		let entries: Vec<_> = [entry(who, MACHINE, FIRST, GOOD)].into_iter().chain(padding).collect();
		to(COMMITS);
		commit_to(who, &entries);
		to(REVEALS);
		apply(reveal_call(who, FIRST, opening_of(who, FIRST, &entries, 1), who));
		to(SAMPLES);
		let opening = sample_opening(who, FIRST, &entries).unwrap();
		assert_ne!(opening.entry.0, MACHINE);
		refused(sample_call(who, FIRST, opening, who), 5, Error::NotAsked);
		to(SETTLES);
		assert!(Slashed::get().contains(&(who, Role::Anchor, MIN_BOND * 3 / 10)));
	});
}

#[test]
fn an_anchor_is_slashed_once_for_a_round() {
	run(|| {
		let who = two_machines()[0];
		let entries = [entry(who, MACHINE, FIRST, GOOD), entry(who, MachineId(3), FIRST, GOOD)];
		commit_to(who, &entries);
		to(REVEALS);
		apply(reveal_call(who, FIRST, opening_of(who, FIRST, &entries, 1), who));
		to(SETTLES);
		assert_eq!(Slashed::get(), [(who, Role::Anchor, MIN_BOND * 3 / 10)]);
		let standing = Anchoring::standing(who);
		assert_eq!((standing.forged, standing.accuracy), (1, Perbill::from_rational(7u32, 8)));
	});
	// One of two pages revealed, and nothing opened: whichever machine is settled first, it is the larger slash.
	run(|| {
		Registered::mutate(|all| all.insert(MachineId(2), machine_of(OWNER, 0)));
		to(1);
		Anchoring::watched(MACHINE);
		Anchoring::watched(MachineId(2));
		to(COMMITS);
		let second = Rounds::<Test>::get(MachineId(2), FIRST).unwrap().members;
		let who = members(FIRST).into_iter().find(|who| second.iter().any(|one| one.anchor == *who)).unwrap();
		for withheld in [0, 1] {
			let entries = [entry(who, MACHINE, FIRST, GOOD), entry(who, MachineId(2), FIRST, GOOD)];
			frame_support::storage::with_transaction(|| {
				commit_to(who, &entries);
				to(REVEALS);
				apply(reveal_call(who, FIRST, opening_of(who, FIRST, &entries, 1 - withheld), who));
				to(SETTLES);
				assert_eq!(Slashed::take(), [(who, Role::Anchor, MIN_BOND * 3 / 10)]);
				Now::set(COMMITS);
				sp_runtime::TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
			})
			.unwrap();
		}
	});
}

#[test]
fn a_gap_costs_nobody_anything() {
	run(|| {
		let members = chosen();
		jump(SAMPLES + 32);
		assert!(happened(Event::RoundVoided { machine: MACHINE, round: FIRST }));
		assert!(Slashed::get().is_empty());
		assert!(members.iter().all(|who| Anchoring::standing(*who) == Standing::default()));
	});
}

#[test]
fn a_round_settled_when_its_commitments_are_gone_costs_nobody_stake() {
	run(|| {
		chosen();
		SweepWeight::set(frame_support::weights::Weight::zero());
		to(SETTLES + u64::from(KEPT_ROUNDS * ROUND));
		assert_eq!(Anchoring::past_round(FIRST), None);
		frame_support::assert_ok!(Anchoring::settle(RuntimeOrigin::signed(50), MACHINE, FIRST));
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, RoundOutcome::Measured(GOOD))]);
		assert!(Slashed::get().is_empty());
	});
}

#[test]
fn needs_a_commitment_and_a_reveal() {
	run(|| {
		opened();
		let (who, outsider) = (members(FIRST)[0], outsider(FIRST));
		to(COMMITS);
		commit(who, FIRST, GOOD);
		commit(outsider, FIRST, GOOD);
		to(REVEALS);
		reveal(who, FIRST, GOOD);
		to(SAMPLES);
		let opening = opening_by(who);
		// The outsider had nothing to reveal, and member 1 did not commit.
		refused(sample_call(outsider, FIRST, opening.clone(), outsider), 8, Error::NothingChosen);
		let idle = members(FIRST)[1];
		refused(sample_call(idle, FIRST, opening.clone(), idle), 1, Error::NotCommitted);
		let unknown = sample_call(who, RoundIndex(9), opening, who);
		assert_eq!(validity(&unknown), Err(InvalidTransaction::Stale.into()));
		assert_noop!(execute(unknown), Error::<Test>::UnknownRound);
	});
}

#[test]
fn refuses_forged_signatures_of_the_anchor() {
	run(|| {
		let members = chosen();
		let (who, opening) = (members[0], opening_by(members[0]));
		let bad = Err(InvalidTransaction::BadProof.into());
		assert_eq!(validity(&sample_call(who, FIRST, opening.clone(), members[1])), bad);
		let session = session_of(FIRST);
		let salted = SampleOpening { salt: [0; 32], ..opening.clone() };
		for payload in [
			Anchoring::sample_payload(&members[1], session, FIRST, &opening),
			Anchoring::sample_payload(&who, session + 1, FIRST, &opening),
			Anchoring::sample_payload(&who, session, RoundIndex(3), &opening),
			Anchoring::sample_payload(&who, session, FIRST, &salted),
		] {
			let signature = pair(who).sign(&payload);
			let call = Call::open_sample { anchor: who, round: FIRST, opening: opening.clone(), signature };
			assert_eq!(validity(&call.into()), bad);
		}
		for origin in [RawOrigin::Signed(who), RawOrigin::Root, RawOrigin::None] {
			let signature = pair(who).sign(b"");
			assert_noop!(
				Anchoring::open_sample(origin.into(), who, FIRST, opening.clone(), signature),
				DispatchError::BadOrigin
			);
		}
	});
}
