use crate::{mock::*, *};
use exabits_primitives::{MachineId, Measurement, OnMachine, Role, RoundIndex, RoundOutcome, SlashId};
use frame_support::{assert_noop, assert_ok, traits::Get, weights::Weight};
use sp_runtime::{DispatchError, Perbill};
use std::collections::BTreeMap;

const BAD: Measurement = Measurement { availability: 100_000, ..GOOD };

#[test]
fn agreement_is_judged_once() {
	run(|| {
		play(&[
			Measurement { availability: 990_000, latency_p50: 10, latency_p99: 90, bandwidth: 500, ..GOOD },
			Measurement { availability: 980_000, latency_p50: 70, latency_p99: 70, bandwidth: 100, ..GOOD },
			Measurement { availability: 1_000_000, latency_p50: 40, latency_p99: 80, bandwidth: 300, ..GOOD },
		]);
		let outcome = RoundOutcome::Measured(Measurement {
			availability: 990_000,
			latency_p50: 40,
			latency_p99: 80,
			bandwidth: 300,
			..GOOD
		});
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, outcome)]);
		assert!(happened(Event::RoundSettled {
			machine: MACHINE,
			round: FIRST,
			session: 1,
			reveals: 3,
			outcome
		}));
		assert_eq!(Rounds::<Test>::get(MACHINE, FIRST), None);
		assert_noop!(
			Anchoring::settle(RuntimeOrigin::signed(50), MACHINE, FIRST),
			Error::<Test>::UnknownRound
		);
	});
}

#[test]
fn a_quorum_is_enough() {
	run(|| {
		let members = play(&[GOOD, GOOD]);
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, RoundOutcome::Measured(GOOD))]);
		assert!(happened(Event::AnchorMissed {
			anchor: members[2],
			machine: MACHINE,
			round: FIRST,
			committed: false,
			slash: None
		}));
		assert_eq!(Anchoring::standing(members[2]).missed, 1);
		assert_eq!(Anchoring::standing(members[2]).accuracy, Perbill::one());
		assert!(Slashed::get().is_empty());
	});
}

#[test]
fn less_than_a_quorum_is_missing() {
	run(|| {
		let members = play(&[BAD]);
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, RoundOutcome::Missing)]);
		assert_eq!(worth(OWNER), 10_000);
		// Neither near nor far: there is nothing to compare with.
		assert_eq!(Anchoring::standing(members[0]), Standing::default());
	});
}

#[test]
fn a_withheld_reveal_costs_stake() {
	run(|| {
		opened();
		let members = members(FIRST);
		to(COMMITS);
		for who in &members {
			commit(*who, FIRST, GOOD);
		}
		to(REVEALS);
		for who in &members[..2] {
			reveal(*who, FIRST, GOOD);
		}
		settle();
		assert_eq!(Slashed::get(), [(members[2], Role::Anchor, MIN_BOND / 10)]);
		assert!(happened(Event::AnchorMissed {
			anchor: members[2],
			machine: MACHINE,
			round: FIRST,
			committed: true,
			slash: Some(SlashId(0))
		}));
		assert_eq!(Anchoring::standing(members[2]).withheld, 1);
		assert_eq!(worth(members[2]), 10_000);
	});
}

#[test]
fn distance_costs_accuracy_only() {
	run(|| {
		let far = Measurement { latency_p50: 900_000, latency_p99: 900_000, bandwidth: 1, ..GOOD };
		let members = play(&[GOOD, far, BAD]);
		assert_eq!(Anchoring::standing(members[0]).accuracy, Perbill::one());
		// Far away, and right about availability.
		assert_eq!(Anchoring::standing(members[1]).accuracy, Perbill::one());
		let accuracy = Perbill::from_rational(7u32, 8);
		assert_eq!(Anchoring::standing(members[2]).accuracy, accuracy);
		assert_eq!(Anchoring::standing(members[2]).agreed, 1);
		assert!(happened(Event::AnchorInaccurate {
			anchor: members[2],
			machine: MACHINE,
			round: FIRST,
			accuracy
		}));
		assert!(Slashed::get().is_empty());
	});
}

#[test]
fn the_owner_pays_accurate_anchors_alike() {
	run(|| {
		let issuance = Balances::total_issuance();
		let members = play(&[GOOD, GOOD, GOOD]);
		for who in &members {
			assert_eq!(worth(*who), 10_033);
		}
		// What division leaves over stays with the owner.
		assert_eq!(worth(OWNER), 10_000 - 99);
		assert_eq!(Balances::total_issuance(), issuance);
		assert!(happened(Event::AnchorsRewarded { machine: MACHINE, round: FIRST, amount: 99, anchors: 3 }));
	});
}

#[test]
fn those_who_approved_the_terms_get_their_part_of_the_fee() {
	run(|| {
		Approving::set(vec![500, 501]);
		let members = play(&[GOOD, GOOD, GOOD]);
		// 40 for two approvers, and 60 for three who measured.
		assert_eq!([worth(500), worth(501)], [20, 20]);
		assert_eq!(worth(members[1]), 10_000 + 20);
		assert_eq!(worth(OWNER), 10_000 - 100);
		assert!(happened(Event::AnchorsRewarded { machine: MACHINE, round: FIRST, amount: 100, anchors: 5 }));
	});
}

#[test]
fn one_approver_gets_no_more_than_a_quorums_share() {
	run(|| {
		Approving::set(vec![500]);
		play(&[GOOD, GOOD, GOOD]);
		assert_eq!(worth(500), 20);
		assert_eq!(worth(OWNER), 10_000 - 80);
	});
}

#[test]
fn a_breach_costs_an_approver_accuracy() {
	use exabits_primitives::OnBreach as _;
	run(|| {
		Anchoring::breached(&500, MACHINE);
		let accuracy = Standings::<Test>::get(500).accuracy;
		assert_eq!(accuracy, Perbill::from_parts(875_000_000));
		assert!(happened(Event::ApproverBlamed { anchor: 500, machine: MACHINE, accuracy }));
		assert_eq!(Standings::<Test>::get(500).agreed, 0);
	});
}

#[test]
fn inaccurate_anchors_are_not_paid() {
	run(|| {
		let members = play(&[GOOD, BAD, GOOD]);
		assert_eq!(worth(members[1]), 10_000);
		assert_eq!(worth(members[0]), 10_050);
		assert_eq!(worth(OWNER), 10_000 - 100);
	});
}

#[test]
fn nobody_accurate_costs_nothing() {
	run(|| {
		// The mean of two that differ is far from both.
		play(&[GOOD, BAD]);
		assert_eq!(worth(OWNER), 10_000);
		assert!(!events().iter().any(|event| matches!(event, Event::AnchorsRewarded { .. })));
	});
}

#[test]
fn anyone_may_settle_what_is_due() {
	run(|| {
		opened();
		SweepWeight::set(Weight::zero());
		to(SETTLES - 1);
		let settle = || Anchoring::settle(RuntimeOrigin::signed(50), MACHINE, FIRST);
		assert_noop!(settle(), Error::<Test>::NotDue);
		to(SETTLES);
		assert_noop!(Anchoring::settle(RuntimeOrigin::root(), MACHINE, FIRST), DispatchError::BadOrigin);
		assert_ok!(settle());
		assert_noop!(settle(), Error::<Test>::UnknownRound);
		assert_eq!(Judged::get().len(), 1);

		// The sweep then finds nothing left to do.
		SweepWeight::set(Weight::MAX);
		to(SETTLES + 1);
		assert_eq!(Judged::get().iter().filter(|(_, round, ..)| *round == FIRST).count(), 1);
	});
}

#[test]
fn a_late_settlement_judges_what_was_revealed_in_time() {
	run(|| {
		opened();
		to(COMMITS);
		let members = members(FIRST);
		for who in &members {
			commit(*who, FIRST, GOOD);
		}
		to(REVEALS);
		for who in &members {
			reveal(*who, FIRST, GOOD);
		}
		SweepWeight::set(Weight::zero());
		settle();
		to(SETTLES + 20);
		assert_ok!(Anchoring::settle(RuntimeOrigin::signed(50), MACHINE, FIRST));
		assert_eq!(Judged::get(), [(MACHINE, FIRST, 1, RoundOutcome::Measured(GOOD))]);
	});
}

#[test]
fn unknown_rounds_are_not_settled() {
	run(|| {
		opened();
		assert_noop!(
			Anchoring::settle(RuntimeOrigin::signed(50), MACHINE, RoundIndex(3)),
			Error::<Test>::UnknownRound
		);
	});
}

/// Eight machines whose rounds are due for settlement in the next slot.
fn eight_are_due() {
	Registered::set(BTreeMap::from_iter((1..=8).map(|id| (MachineId(id), machine_of(OWNER, 0)))));
	to(1);
	for id in 1..=8 {
		Anchoring::watched(MachineId(id));
	}
	to(SETTLES - 1);
	assert_eq!(Rounds::<Test>::iter_keys().filter(|(_, round)| *round == FIRST).count(), 8);
}

/// What a sweep over one slot needs before its first settlement begins.
fn least() -> Weight {
	<() as WeightInfo>::sweep_slot() * 2 + Anchoring::settle_weight(3)
}

#[test]
fn a_sweep_settles_as_many_as_their_verdicts_leave_room_for() {
	// What a sweep with room for two of the dearest verdicts settles.
	for (takes, settled) in [(VERDICT_MOST, 2), (VERDICT_MOST * 2 / 5, 3), (VERDICT_MOST / 30, 8)] {
		run(|| {
			eight_are_due();
			VerdictTakes::set(takes);
			let limit = least() + Anchoring::settle_weight(3);
			let limit = Weight::from_parts(limit.ref_time(), u64::MAX);
			SweepWeight::set(limit);
			jump_with(SETTLES, |meter| {
				assert_eq!(Judged::get().len(), settled);
				assert!(meter.consumed().all_lte(limit));
				assert!(meter.consumed().all_gte(takes * settled as u64));
				// It ends when there is no room for the most that one may take.
				let left = limit - meter.consumed();
				assert!(settled == 8 || !left.all_gte(Anchoring::settle_weight(3)));
			});
			// The others follow.
			to(SETTLES + 3);
			assert_eq!(Judged::get().len(), 8);
		});
	}
}

#[test]
fn a_settlement_begins_only_while_the_most_is_free() {
	for (limit, settled) in
		[(least() - Weight::from_parts(1, 0), 0), (least(), 1), (least() + Weight::from_parts(1, 0), 1)]
	{
		run(|| {
			eight_are_due();
			SweepWeight::set(limit);
			to(SETTLES);
			assert_eq!(Judged::get().len(), settled);
		});
	}
}

#[test]
fn the_call_is_charged_what_the_verdict_took() {
	run(|| {
		opened();
		SweepWeight::set(Weight::zero());
		to(SETTLES);
		VerdictTakes::set(VERDICT_MOST / 30);
		let post = Anchoring::settle(RuntimeOrigin::signed(50), MACHINE, FIRST).unwrap();
		let took = <() as WeightInfo>::settle_measured(3) + VERDICT_MOST / 30;
		assert_eq!(post.actual_weight, Some(took));
		assert!(took.all_lte(Anchoring::settle_weight(<Test as Config>::MaxCommittee::get())));
	});
}

#[test]
fn a_verdict_may_end_the_watch() {
	run(|| {
		UnwatchWhenJudged::set(true);
		play(&[GOOD, GOOD, GOOD]);
		assert!(!Watched::<Test>::get(MACHINE).unwrap().active);
		to(100);
		assert!(!Watched::<Test>::contains_key(MACHINE));
		assert_eq!(Rounds::<Test>::iter().count(), 0);
	});
}
