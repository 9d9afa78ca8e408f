use crate::{mock::*, *};
use exabits_primitives::{
	Agreements as _, Judge, LeaseId, LeaseState, MachineId, MachineState, Measurement, Role, RoundIndex,
	RoundOutcome, SlashId, MAX_LEASES_PER_WINDOW,
};
use frame_support::assert_ok;
use sp_runtime::Perbill;

fn record() -> Record {
	Standings::<Test>::get(MACHINE).record.unwrap()
}

fn verdict() -> Verdict {
	Standings::<Test>::get(MACHINE).last.unwrap()
}

fn missing() -> RoundIndex {
	judge(MACHINE, RoundOutcome::Missing)
}

fn sample(measured: Measurement) -> Sample {
	Sample { measured, ..Default::default() }
}

fn percent(percent: u32) -> Perbill {
	Perbill::from_percent(percent)
}

mod test_round {
	use super::*;

	#[test]
	fn a_pass_activates() {
		run(|| {
			test(MACHINE);
			System::reset_events();
			let round = measured(MACHINE, good());
			let ends = Now::get() + 4_000;
			assert_eq!(
				events(),
				[Event::AgreementActive { machine: MACHINE, template: TEMPLATE, round, ends }]
			);
			assert_eq!(machine_state(MACHINE), MachineState::Online);
			assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
			assert_eq!(
				verdict(),
				Verdict {
					round,
					session: 5,
					outcome: Outcome::Passed,
					credit: percent(0),
					slash: percent(0),
					measurement: Some(good()),
				}
			);
			assert!(Payments::get().is_empty());
		});
	}

	#[test]
	fn a_miss_rejects() {
		run(|| {
			test(MACHINE);
			System::reset_events();
			let measurement = available(899_999);
			let round = measured(MACHINE, measurement);
			assert_eq!(events(), [Event::AgreementRejected { machine: MACHINE, round, measurement }]);
			assert_eq!(machine_state(MACHINE), MachineState::Registered);
			assert_eq!(agreement(MACHINE).state, AgreementState::Rejected);
			assert_eq!(verdict().outcome, Outcome::Breached);
			assert!(Standings::<Test>::get(MACHINE).record.is_none());
			assert!(Payments::get().is_empty() && Deferred::get().is_empty());
		});
	}

	#[test]
	fn the_threshold_itself_passes() {
		run(|| {
			test(MACHINE);
			measured(MACHINE, Measurement { availability: 900_000, latency_p99: 1_000, ..good() });
			assert_eq!(agreement(MACHINE).state, AgreementState::Active);
		});
	}

	#[test]
	fn missing_rounds_decide_nothing() {
		run(|| {
			test(MACHINE);
			for _ in 0..5 {
				missing();
			}
			assert_eq!(agreement(MACHINE).state, AgreementState::Testing);
			assert_eq!(machine_state(MACHINE), MachineState::UnderTest);
			measured(MACHINE, good());
			assert_eq!(agreement(MACHINE).state, AgreementState::Active);
		});
	}

	#[test]
	fn rounds_that_ended_before_the_test_do_not_count() {
		run(|| {
			test(MACHINE);
			assert_eq!(agreement(MACHINE).tested_from, 100);
			Sla::judge(MACHINE, RoundIndex(9), 5, RoundOutcome::Measured(available(0)));
			assert_eq!(Standings::<Test>::get(MACHINE).last, None);
			Sla::judge(MACHINE, RoundIndex(10), 5, RoundOutcome::Measured(good()));
			assert_eq!(agreement(MACHINE).state, AgreementState::Active);
		});
	}

	#[test]
	fn a_refused_transition_leaves_the_test_open() {
		for availability in [1_000_000, 0] {
			new_test_ext().execute_with(|| {
				test(MACHINE);
				System::reset_events();
				// A state that no machine under test comes to, so that it can go neither online nor back.
				set_machine_state(MACHINE, MachineState::Draining);
				measured(MACHINE, available(availability));
				assert_eq!(agreement(MACHINE).state, AgreementState::Testing);
				assert_eq!(events(), []);
			});
		}
	}

	#[test]
	fn a_machine_retired_under_test_is_left_alone() {
		run(|| {
			test(MACHINE);
			set_machine_state(MACHINE, MachineState::Retired);
			measured(MACHINE, good());
			assert_eq!(agreement(MACHINE).state, AgreementState::Testing);
			assert_eq!(Standings::<Test>::get(MACHINE).last, None);
		});
	}
}

mod order {
	use super::*;

	#[test]
	fn each_round_once_and_never_backwards() {
		run(|| {
			activate(MACHINE);
			let round = measured(MACHINE, available(890_000));
			let (before, score) = (verdict(), Sla::score(MACHINE));
			events();
			for stale in [round.0, round.0 - 1, 0] {
				Sla::judge(MACHINE, RoundIndex(stale), 9, RoundOutcome::Measured(available(0)));
				Sla::judge(MACHINE, RoundIndex(stale), 9, RoundOutcome::Missing);
			}
			assert_eq!((verdict(), Sla::score(MACHINE)), (before, score));
			assert_eq!(events(), []);
			assert!(Deferred::get().is_empty());
		});
	}

	#[test]
	fn only_agreements_in_force_are_judged() {
		run(|| {
			measured(MACHINE, available(0));
			assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, None));
			measured(MACHINE, available(0));
			measured(MachineId(1), available(0));
			assert_eq!(Standings::<Test>::iter_values().filter(|known| known.last.is_some()).count(), 0);
			assert_eq!(Sla::score(MACHINE), percent(0));
		});
	}

	#[test]
	fn retired_machines_are_left_alone() {
		run(|| {
			activate(MACHINE);
			let before = verdict();
			set_machine_state(MACHINE, MachineState::Retired);
			measured(MACHINE, available(0));
			assert_eq!(verdict(), before);
		});
	}
}

mod pass {
	use super::*;

	#[test]
	fn the_last_round_of_a_window_pays_when_it_is_judged_after_the_window() {
		for (outcome, payment) in [
			(good(), Payment::Reward(LeaseId(1), percent(100), ROUNDS_PER_WINDOW)),
			(
				Measurement { latency_p99: 1_100, ..available(810_000) },
				Payment::Credit(LeaseId(1), percent(50), ROUNDS_PER_WINDOW),
			),
		] {
			run(|| {
				activate(MACHINE);
				serve(LeaseId(1), MACHINE, 120, LeaseState::Running);
				// Round 15, slots 150 to 159, is the last of window 3; the verdict comes in window 4.
				Now::set(175);
				serve(LeaseId(2), MACHINE, 160, LeaseState::Running);
				Sla::judge(MACHINE, RoundIndex(15), 5, RoundOutcome::Measured(outcome));
				assert_eq!(Payments::get(), [payment]);
			});
		}
	}

	#[test]
	fn a_reward_is_weighed_by_the_score_and_the_efficiency() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(899_999));
			Hosts::mutate(|hosts| hosts.get_mut(&MACHINE).unwrap().utilisation = Some(percent(50)));
			Payments::take();
			Now::set(125);
			serve(LeaseId(1), MACHINE, 120, LeaseState::Running);
			measured(MACHINE, good());
			let score = Sla::score(MACHINE);
			assert!(score < percent(100) && !score.is_zero());
			assert_eq!(Payments::get(), [Payment::Reward(LeaseId(1), percent(100), ROUNDS_PER_WINDOW)]);
			assert_eq!(RewardWeight::get(), score * percent(75));
		});
	}

	#[test]
	fn running_leases_are_rewarded() {
		run(|| {
			activate(MACHINE);
			// Round 12: slots 120 to 129; window 3: 120 to 159.
			Now::set(125);
			serve(LeaseId(1), MACHINE, 120, LeaseState::Running);
			serve(LeaseId(2), MACHINE, 129, LeaseState::Running);
			serve(LeaseId(3), MACHINE, 130, LeaseState::Running);
			serve(LeaseId(4), MACHINE, 120, LeaseState::Placed);
			serve(LeaseId(5), MACHINE, 119, LeaseState::Running);
			serve(LeaseId(6), GPU_MACHINE, 120, LeaseState::Running);
			let round = measured(MACHINE, good());
			assert_eq!(round, RoundIndex(12));
			assert_eq!(
				Payments::get(),
				[
					Payment::Reward(LeaseId(1), percent(100), ROUNDS_PER_WINDOW),
					Payment::Reward(LeaseId(2), percent(100), ROUNDS_PER_WINDOW),
				]
			);
			assert_eq!(events(), [Event::VerdictPassed { machine: MACHINE, round, measurement: good() }]);
		});
	}

	#[test]
	fn no_more_leases_than_a_window_holds() {
		run(|| {
			activate(MACHINE);
			for id in 0..=u64::from(MAX_LEASES_PER_WINDOW) {
				serve(LeaseId(id), MACHINE, Now::get(), LeaseState::Running);
			}
			measured(MACHINE, good());
			assert_eq!(Payments::get().len(), usize::try_from(MAX_LEASES_PER_WINDOW).unwrap());
		});
	}

	#[test]
	fn it_clears_what_was_counted() {
		run(|| {
			activate(MACHINE);
			missing();
			measured(MACHINE, available(700_000));
			assert_eq!((record().missing, record().breaches), (0, 1));
			assert!(record().pending.is_some());
			measured(MACHINE, good());
			assert_eq!((record().missing, record().breaches, record().pending), (0, 0, None));
		});
	}
}

mod breach {
	use super::*;

	#[test]
	fn leases_are_credited_by_the_curve() {
		run(|| {
			activate(MACHINE);
			serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
			// 630,000 misses 900,000 by 30 %: half way from the first knot to the second.
			let measurement = available(630_000);
			let round = measured(MACHINE, measurement);
			// Latency was kept: it is worth half of the reward.
			assert_eq!(
				Payments::get(),
				[
					Payment::Reward(LeaseId(1), percent(50), ROUNDS_PER_WINDOW),
					Payment::Credit(LeaseId(1), percent(75), ROUNDS_PER_WINDOW),
				]
			);
			assert_eq!(
				events(),
				[Event::VerdictBreached {
					machine: MACHINE,
					round,
					credit: percent(75),
					slash: percent(25),
					reward: percent(50),
					measurement,
				}]
			);
			assert_eq!(verdict().outcome, Outcome::Breached);
			assert_eq!(machine_state(MACHINE), MachineState::Online);
			assert!(Evacuated::get().is_empty());
		});
	}

	#[test]
	fn below_the_first_knot_nothing_is_owed_and_only_what_was_kept_is_rewarded() {
		run(|| {
			activate(MACHINE);
			serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
			measured(MACHINE, available(899_999));
			assert_eq!(Payments::get(), [Payment::Reward(LeaseId(1), percent(50), ROUNDS_PER_WINDOW)]);
			assert_eq!((verdict().outcome, record().pending), (Outcome::Breached, None));
			assert_eq!(record().breaches, 1);
		});
	}

	#[test]
	fn the_worst_of_each_penalty_counts() {
		run(|| {
			let mut terms = template().terms;
			// Full credit and no slash for availability, slash and little credit for latency.
			terms[0].heights = bounded(vec![height(100, 10), height(100, 40)]);
			terms[1].heights = bounded(vec![height(50, 80), height(100, 80)]);
			assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(terms)));
			for anchor in &ANCHORS[..2] {
				assert_ok!(Sla::approve(RuntimeOrigin::signed(*anchor), MACHINE, hash(MACHINE)));
			}
			assert_ok!(Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE)));
			measured(MACHINE, good());
			measured(MACHINE, Measurement { latency_p99: 1_100, ..available(810_000) });
			assert_eq!((verdict().credit, verdict().slash), (percent(100), percent(80)));
		});
	}

	#[test]
	fn a_severe_one_suspends_and_evacuates_until_a_pass() {
		run(|| {
			activate(MACHINE);
			serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
			measured(MACHINE, Measurement::UNREACHABLE);
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
			assert_eq!(Evacuated::get(), vec![MACHINE]);
			assert_eq!(Payments::get(), [Payment::Credit(LeaseId(1), percent(100), ROUNDS_PER_WINDOW)]);
			assert_eq!(agreement(MACHINE).state, AgreementState::Active);
			assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));

			Served::set(Default::default());
			measured(MACHINE, Measurement::UNREACHABLE);
			assert_eq!(Evacuated::get(), [MACHINE], "nothing is left to move");

			// The latency of unanswered probes stays in a two-round window.
			measured(MACHINE, good());
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
			measured(MACHINE, good());
			assert_eq!(machine_state(MACHINE), MachineState::Online);
			assert!(!record().suspended);
		});
	}

	#[test]
	fn the_governed_credit_is_severe_and_less_is_not() {
		// Credit is 50 % + 50 % × (shortfall − 10 %) ÷ 40 %; 80 % is reached at a shortfall of 34 %.
		for (availability, severe) in [(594_000, true), (593_999, true), (594_002, false)] {
			run(|| {
				activate(MACHINE);
				measured(MACHINE, available(availability));
				assert_eq!(machine_state(MACHINE) == MachineState::Suspended, severe, "{availability}");
			});
		}
	}

	#[test]
	fn small_ones_in_a_row_add_up() {
		run(|| {
			activate(MACHINE);
			serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
			measured(MACHINE, available(890_000));
			measured(MACHINE, available(890_000));
			assert_eq!(machine_state(MACHINE), MachineState::Online);
			measured(MACHINE, available(890_000));
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
			assert_eq!(Evacuated::get(), vec![MACHINE]);
		});
	}

	#[test]
	fn a_pass_between_starts_the_count_again() {
		run(|| {
			activate(MACHINE);
			for _ in 0..3 {
				measured(MACHINE, available(890_000));
				measured(MACHINE, available(890_000));
				measured(MACHINE, good());
			}
			assert_eq!(machine_state(MACHINE), MachineState::Online);
		});
	}

	#[test]
	fn a_draining_machine_is_judged_and_stays_draining() {
		run(|| {
			activate(MACHINE);
			set_machine_state(MACHINE, MachineState::Draining);
			measured(MACHINE, available(0));
			measured(MACHINE, good());
			assert_eq!(machine_state(MACHINE), MachineState::Draining);
			assert_eq!(verdict().outcome, Outcome::Passed);
		});
	}
}

mod confirmation {
	use super::*;

	#[test]
	fn a_second_committee_confirms_the_milder_finding() {
		for (first, second) in [(0, 630_000), (630_000, 0)] {
			run(|| {
				activate(MACHINE);
				let first = measured(MACHINE, available(first));
				assert!(Deferred::get().is_empty());
				next_session();
				events();
				let second = measured(MACHINE, available(second));
				// 25 % of the minimum bond of 1,000, rather than 40 %.
				assert_eq!(Deferred::get(), [(OWNER, Role::Service, 250)]);
				assert!(events().contains(&Event::BreachConfirmed {
					machine: MACHINE,
					first,
					second,
					slash: 250,
					id: SlashId(1),
				}));
				assert_eq!(record().pending, None);
			});
		}
	}

	#[test]
	fn the_same_committee_does_not_confirm_itself() {
		run(|| {
			activate(MACHINE);
			for _ in 0..5 {
				measured(MACHINE, available(0));
			}
			assert!(Deferred::get().is_empty());
		});
	}

	#[test]
	fn each_pair_slashes_once() {
		run(|| {
			activate(MACHINE);
			let mut slashes = Vec::new();
			for _ in 0..4 {
				for _ in 0..2 {
					measured(MACHINE, available(0));
					slashes.push(Deferred::get().len());
				}
				next_session();
			}
			// Opened in the first session, confirmed in the second, which opens the next, and so on.
			assert_eq!(slashes, [0, 0, 1, 1, 2, 2, 3, 3]);
		});
	}

	#[test]
	fn a_pass_acquits() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(0));
			next_session();
			measured(MACHINE, good());
			measured(MACHINE, available(0));
			assert!(Deferred::get().is_empty());
			assert_eq!(record().pending.unwrap().session, 6);
		});
	}

	#[test]
	fn a_pass_without_the_broken_term_does_not_acquit() {
		run(|| {
			activate_with(term(PERFORMANCE, 900_000));
			let challenged = |performance| Measurement { performance: Some(performance), ..good() };
			measured(MACHINE, challenged(0));
			next_session();
			// No challenge: all other terms are kept.
			measured(MACHINE, good());
			assert_eq!((verdict().outcome, record().breaches), (Outcome::Passed, 0));
			assert!(record().pending.is_some());
			measured(MACHINE, challenged(0));
			assert_eq!(Deferred::get().len(), 1);

			measured(MACHINE, challenged(0));
			next_session();
			measured(MACHINE, challenged(900_000));
			assert_eq!(record().pending, None);
		});
	}

	#[test]
	fn missing_rounds_neither_acquit_nor_confirm() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(0));
			next_session();
			missing();
			assert!(Deferred::get().is_empty());
			next_session();
			measured(MACHINE, available(0));
			assert_eq!(Deferred::get().len(), 1);
		});
	}

	#[test]
	fn the_first_committees_hardest_finding_counts() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(810_000));
			let hardest = measured(MACHINE, available(0));
			measured(MACHINE, available(630_000));
			assert_eq!(
				record().pending,
				Some(PendingBreach {
					session: 5,
					round: hardest,
					slash: percent(40),
					broken: bounded(vec![AVAILABILITY]),
				})
			);
		});
	}

	#[test]
	fn a_finding_without_slash_neither_opens_nor_confirms() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(899_999));
			assert_eq!(record().pending, None);
			measured(MACHINE, available(0));
			next_session();
			measured(MACHINE, available(899_999));
			assert!(Deferred::get().is_empty());
			assert!(record().pending.is_some());
			measured(MACHINE, available(0));
			assert_eq!(Deferred::get().len(), 1);
		});
	}

	#[test]
	fn a_refused_slash_is_tried_again() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, available(0));
			next_session();
			SlashesRefused::set(true);
			measured(MACHINE, available(0));
			assert!(record().pending.is_some());
			assert_eq!(verdict().outcome, Outcome::Breached);
			SlashesRefused::set(false);
			measured(MACHINE, available(0));
			assert_eq!(Deferred::get().len(), 1);
		});
	}
}

mod absence {
	use super::*;

	#[test]
	fn the_bound_in_a_row_suspends_and_a_pass_resumes() {
		run(|| {
			activate(MACHINE);
			serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
			missing();
			let round = missing();
			assert_eq!(machine_state(MACHINE), MachineState::Online);
			assert_eq!(verdict().outcome, Outcome::Missing);
			assert_eq!(verdict().measurement, None);
			assert_eq!(events().last(), Some(&Event::RoundMissing { machine: MACHINE, round, missing: 2 }));
			missing();
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
			assert!(Payments::get().is_empty() && Evacuated::get().is_empty());
			assert_eq!(agreement(MACHINE).state, AgreementState::Active);
			missing();
			assert_eq!(record().missing, 4);
			measured(MACHINE, good());
			assert_eq!(machine_state(MACHINE), MachineState::Online);
		});
	}

	#[test]
	fn a_measured_round_breaks_the_row() {
		run(|| {
			activate(MACHINE);
			missing();
			missing();
			measured(MACHINE, available(890_000));
			missing();
			missing();
			assert_eq!(machine_state(MACHINE), MachineState::Online);
		});
	}

	#[test]
	fn others_suspensions_are_not_lifted() {
		run(|| {
			activate(MACHINE);
			set_machine_state(MACHINE, MachineState::Suspended);
			measured(MACHINE, good());
			assert_eq!(machine_state(MACHINE), MachineState::Suspended);
		});
	}

	#[test]
	fn the_score_stays() {
		run(|| {
			activate(MACHINE);
			let score = Sla::score(MACHINE);
			missing();
			assert_eq!(Sla::score(MACHINE), score);
		});
	}
}

mod windows {
	use super::*;

	fn measurements() -> Vec<Measurement> {
		record().rounds.iter().map(|sample| sample.measured).collect()
	}

	#[test]
	fn a_window_of_which_less_than_half_was_measured_is_missing() {
		// Latency looks at two rounds; a module of eight joins it.
		for (gaps, outcome) in [(3, Outcome::Breached), (4, Outcome::Breached), (5, Outcome::Passed)] {
			run(|| {
				let eight = module(Metric::LatencyP50, (1, 1_000), 8);
				assert_ok!(Sla::create_module(RuntimeOrigin::root(), eight));
				activate_with(term(exabits_primitives::ModuleId(7), 100));
				let slow = Measurement { latency_p50: 101, ..good() };
				next_session();
				measured(MACHINE, slow);
				measured(MACHINE, slow);
				measured(MACHINE, good());
				for _ in 0..gaps {
					missing();
				}
				// With three, four or five missing rounds there are 7, 8 or 8 rounds in the window.
				measured(MACHINE, good());
				assert_eq!(verdict().outcome, outcome, "{gaps}");
			});
		}
	}

	#[test]
	fn a_round_after_many_missing_ones_stands_alone() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, slow(1_200));
			missing();
			missing();
			measured(MACHINE, good());
			assert_eq!(verdict().outcome, Outcome::Passed);
		});
	}

	fn slow(latency_p99: u32) -> Measurement {
		Measurement { latency_p99, ..good() }
	}

	#[test]
	fn latency_takes_the_worst_of_its_window() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, slow(1_200));
			assert_eq!(verdict().outcome, Outcome::Breached);
			measured(MACHINE, good());
			assert_eq!(verdict().outcome, Outcome::Breached);
			assert_eq!(verdict().measurement, Some(good()));
			measured(MACHINE, good());
			assert_eq!(verdict().outcome, Outcome::Passed);
		});
	}

	#[test]
	fn no_window_reaches_into_another_session() {
		run(|| {
			activate(MACHINE);
			measured(MACHINE, slow(1_200));
			next_session();
			measured(MACHINE, good());
			assert_eq!(verdict().outcome, Outcome::Passed);
			assert_eq!(measurements(), [good()]);
		});
	}

	#[test]
	fn availability_averages_its_window() {
		let metric = Metric::Availability;
		let over = |metric: Metric, rounds: [Measurement; 2]| metric.over(&rounds.map(sample));
		assert_eq!(over(metric, [available(900_001), available(1_000_000)]), Some(950_000));
		assert_eq!(metric.over(&[]), None);
		assert_eq!(over(Metric::Bandwidth, [good(), Measurement::UNREACHABLE]), Some(0));
		assert_eq!(over(Metric::LatencyP50, [good(), Measurement::UNREACHABLE]), Some(u32::MAX));
	}

	#[test]
	fn history_is_bounded() {
		run(|| {
			activate(MACHINE);
			for _ in 0..2 * MAX_WINDOW_ROUNDS {
				measured(MACHINE, slow(900));
			}
			assert_eq!(record().rounds.len(), usize::try_from(MAX_WINDOW_ROUNDS).unwrap());
			measured(MACHINE, good());
			assert_eq!(measurements().last(), Some(&good()));
		});
	}
}

mod score {
	use super::*;

	#[test]
	fn only_verdicts_move_it() {
		run(|| {
			test(MACHINE);
			assert_eq!(Sla::score(MACHINE), percent(0));
			measured(MACHINE, good());
			assert_eq!(Sla::score(MACHINE), Perbill::from_parts(62_500_000));
			serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
			assert_eq!(Sla::score(MACHINE), Perbill::from_parts(62_500_000));
			measured(MACHINE, available(0));
			assert_eq!(Sla::score(MACHINE), Perbill::from_parts(58_593_750));
		});
	}

	#[test]
	fn it_outlives_agreements() {
		run(|| {
			activate(MACHINE);
			assert_ok!(Sla::terminate(RuntimeOrigin::signed(OWNER), MACHINE));
			assert_eq!(Sla::score(MACHINE), Perbill::from_parts(62_500_000));
		});
	}
}

#[test]
fn a_rejected_lease_costs_reliability_and_nothing_else() {
	use exabits_primitives::Agreements as _;

	run(|| {
		activate(MACHINE);
		measured(MACHINE, good());
		let (score, record) = (Sla::score(MACHINE), Standings::<Test>::get(MACHINE).record.unwrap());
		Sla::rejected(MACHINE);
		assert!(Sla::score(MACHINE) < score);
		assert_eq!(Standings::<Test>::get(MACHINE).record.unwrap(), record);
		assert_eq!(machine_state(MACHINE), MachineState::Online);
	});
}
