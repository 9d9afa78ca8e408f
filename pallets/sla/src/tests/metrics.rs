//! What terms are of, and what counts as a value.

use crate::{mock::*, *};
use exabits_primitives::{
	LeaseId, LeaseState, Measurement, ModuleId, Reported, ResourceKind, RoundIndex, TelemetrySummary,
	Workload,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

fn refused(change: impl FnOnce(&mut SlaModule), error: Error<Test>) {
	let mut wrong = module(Metric::ErrorRate, (0, 10), 1);
	change(&mut wrong);
	assert_noop!(Sla::create_module(RuntimeOrigin::root(), wrong), error);
}

fn verdict() -> Verdict {
	Standings::<Test>::get(MACHINE).last.unwrap()
}

fn report(throttled: u32, uncorrected_errors: u32) -> Reported {
	Reported::Summary(TelemetrySummary { samples: 1, throttled, uncorrected_errors, ..Default::default() })
}

#[test]
fn each_metric_has_its_unit_statistic_and_scale() {
	run(|| {
		refused(|m| m.unit = Unit::Microseconds, Error::WrongUnit);
		refused(|m| m.statistic = Statistic::Mean, Error::WrongStatistic);
		refused(|m| m.comparator = Comparator::AtLeast, Error::WrongComparator);
		refused(|m| m.max_threshold = 1_000_001, Error::InvalidRange);
		refused(|m| m.kinds = Default::default(), Error::NoKinds);
		refused(|m| m.workloads = Default::default(), Error::NoWorkloads);
		refused(|m| m.reward = Perbill::zero(), Error::InvalidReward);
		refused(
			|m| (m.metric, m.comparator, m.min_threshold) = (Metric::Performance, Comparator::AtLeast, 0),
			Error::InvalidRange,
		);
	});
}

#[test]
fn a_version_follows_the_one_superseded() {
	run(|| {
		refused(|m| m.version = 2, Error::WrongVersion);
		refused(|m| m.supersedes = Some(ERROR_RATE), Error::WrongVersion);
		refused(|m| (m.version, m.supersedes) = (2, Some(BANDWIDTH)), Error::WrongVersion);
		refused(|m| (m.version, m.supersedes) = (2, Some(ModuleId(7))), Error::UnknownModule);
		let newer =
			SlaModule { version: 2, supersedes: Some(ERROR_RATE), ..module(Metric::ErrorRate, (0, 10), 1) };
		assert_ok!(Sla::create_module(RuntimeOrigin::root(), newer));
		refused(|m| (m.version, m.supersedes) = (2, Some(ModuleId(7))), Error::WrongVersion);
	});
}

#[test]
fn modules_suit_kinds_and_workloads() {
	run(|| {
		let mut for_qpus = template();
		for_qpus.kinds = bounded(vec![ResourceKind::Cpu, ResourceKind::Qpu]);
		let create = |template| Sla::create_template(RuntimeOrigin::root(), template);
		assert_noop!(create(for_qpus), Error::<Test>::NotApplicable);
		let mut for_rendering = template();
		for_rendering.workloads = bounded(vec![Workload::Rendering]);
		assert_noop!(create(for_rendering), Error::<Test>::NotApplicable);
		assert_noop!(
			create(Template { workloads: Default::default(), ..template() }),
			Error::<Test>::NoWorkloads
		);
		// An extra term of an agreement has to suit the machine's kind.
		let only_gpus =
			SlaModule { kinds: bounded(vec![ResourceKind::Gpu]), ..module(Metric::Bandwidth, (1, 2), 1) };
		assert_ok!(Sla::create_module(RuntimeOrigin::root(), only_gpus));
		let mut terms = template().terms;
		terms.try_push(term(ModuleId(7), 1)).unwrap();
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(terms)),
			Error::<Test>::NotApplicable
		);
	});
}

#[test]
fn a_template_refines_what_it_claims_to() {
	run(|| {
		let refines = Some(TEMPLATE);
		let create = |template| Sla::create_template(RuntimeOrigin::root(), template);
		assert_ok!(create(Template { refines, terms: stricter(), ..template() }));
		assert_ok!(create(Template { refines, ..template() }));
		let weaker = bounded(vec![term(AVAILABILITY, 899_999), term(LATENCY, 1_000)]);
		assert_noop!(
			create(Template { refines, terms: weaker.clone(), ..template() }),
			Error::<Test>::DoesNotRefine
		);
		assert_ok!(create(Template { terms: weaker, ..template() }));
		let refines = Some(exabits_primitives::TemplateId(9));
		assert_noop!(create(Template { refines, ..template() }), Error::<Test>::UnknownTemplate);
	});
}

#[test]
fn what_machines_report_costs_no_slash() {
	run(|| {
		for metric in [Metric::Throttling, Metric::UncorrectedErrors] {
			let mut harsh = module(metric, (0, 10), 1);
			harsh.heights[1].slash = Perbill::from_parts(1);
			assert_noop!(Sla::create_module(RuntimeOrigin::root(), harsh), Error::<Test>::SlashOnReport);
		}
		let mut terms = template().terms;
		let heights = bounded(vec![height(50, 0), height(100, 1)]);
		terms.try_push(Term { heights, ..term(THROTTLING, 10) }).unwrap();
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(terms)),
			Error::<Test>::SlashOnReport
		);
	});
}

#[test]
fn wrong_answers_and_slow_challenges_are_breaches() {
	run(|| {
		activate_with(term(ERROR_RATE, 100_000));
		for (rate, outcome) in
			[(Some(100_000), Outcome::Passed), (Some(100_001), Outcome::Breached), (None, Outcome::Passed)]
		{
			measured(MACHINE, Measurement { error_rate: rate, ..good() });
			assert_eq!(verdict().outcome, outcome, "{rate:?}");
		}
	});
	run(|| {
		activate_with(term(PERFORMANCE, 900_000));
		// A challenge counts in a window of two rounds.
		for (performance, outcome) in [
			(Some(900_000), Outcome::Passed),
			(None, Outcome::Passed),
			(Some(899_999), Outcome::Breached),
			(None, Outcome::Breached),
			(None, Outcome::Passed),
		] {
			measured(MACHINE, Measurement { performance, ..good() });
			assert_eq!(verdict().outcome, outcome, "{performance:?}");
		}
	});
}

#[test]
fn a_term_without_a_value_neither_earns_nor_costs() {
	run(|| {
		activate_with(term(PERFORMANCE, 900_000));
		Now::set(120);
		serve(LeaseId(1), MACHINE, Now::get(), LeaseState::Running);
		measured(MACHINE, good());
		assert_eq!(Payments::get(), [Payment::Reward(LeaseId(1), Perbill::one(), ROUNDS_PER_WINDOW)]);
		Payments::set(Vec::new());
		let slow = Measurement { performance: Some(0), ..good() };
		measured(MACHINE, slow);
		assert_eq!(
			Payments::get(),
			[
				Payment::Reward(LeaseId(1), Perbill::from_rational(2u32, 3), ROUNDS_PER_WINDOW),
				Payment::Credit(LeaseId(1), Perbill::one(), ROUNDS_PER_WINDOW),
			]
		);
	});
}

#[test]
fn a_round_without_any_value_is_missing() {
	run(|| {
		let only = Template { terms: bounded(vec![term(PERFORMANCE, 900_000)]), ..template() };
		assert_ok!(Sla::create_template(RuntimeOrigin::root(), only));
		let id = exabits_primitives::TemplateId(1);
		assert_ok!(Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, id, None));
		assert_ok!(Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE)));
		measured(MACHINE, good());
		assert_eq!((verdict().outcome, verdict().measurement), (Outcome::Missing, Some(good())));
		assert_eq!(agreement(MACHINE).state, AgreementState::Testing);
		assert_eq!(Sla::score(MACHINE), Perbill::zero());
		measured(MACHINE, Measurement { performance: Some(900_000), ..good() });
		assert_eq!(agreement(MACHINE).state, AgreementState::Active);
	});
}

mod reports {
	use super::*;

	fn outcome(measurement: Measurement, reported: Option<Reported>) -> Outcome {
		Report::set(reported);
		measured(MACHINE, measurement);
		verdict().outcome
	}

	#[test]
	fn count_where_the_committee_measured_and_found_nothing_else() {
		run(|| {
			activate_with(term(THROTTLING, 100_000));
			assert_eq!(outcome(good(), None), Outcome::Passed);
			assert_eq!(outcome(good(), Some(report(100_000, 0))), Outcome::Passed);
			assert_eq!(outcome(good(), Some(report(100_001, 0))), Outcome::Breached);
			assert_eq!(verdict().slash, Perbill::zero());
			let before = verdict();
			judge(MACHINE, exabits_primitives::RoundOutcome::Missing);
			assert_eq!((verdict().outcome, verdict().credit), (Outcome::Missing, Perbill::zero()));
			assert!(before.credit.is_zero() || verdict().credit.is_zero());
		});
	}

	#[test]
	fn uncorrected_errors_breach() {
		run(|| {
			activate_with(term(UNCORRECTED, 0));
			assert_eq!(outcome(good(), Some(report(0, 0))), Outcome::Passed);
			assert_eq!(outcome(good(), Some(report(0, 1))), Outcome::Breached);
			assert_eq!(verdict().credit, Perbill::one());
		});
	}

	#[test]
	fn without_anything_behind_them_are_the_worst_and_cost_no_slash() {
		for (module, threshold) in [(THROTTLING, 100_000), (UNCORRECTED, 0)] {
			run(|| {
				activate_with(term(module, threshold));
				let whole = Measurement { performance: Some(1_000_000), ..good() };
				for measurement in [good(), whole] {
					assert_eq!(outcome(measurement, Some(report(0, 0))), Outcome::Passed);
					assert_eq!(outcome(measurement, Some(Reported::Void)), Outcome::Breached);
					let Verdict { credit, slash, .. } = verdict();
					assert_eq!((credit, slash), (Perbill::one(), Perbill::zero()));
				}
				assert!(Standings::<Test>::get(MACHINE).record.unwrap().pending.is_none());
			});
		}
		run(|| {
			// Terms that an anchor measures have nothing to do with it.
			activate(MACHINE);
			assert_eq!(outcome(good(), Some(Reported::Void)), Outcome::Passed);
		});
	}

	#[test]
	fn that_the_measurement_contradicts_do_not_count() {
		let whole = Measurement { performance: Some(1_000_000), ..good() };
		let most = Measurement { performance: Some(999_999), ..good() };
		let half = Measurement { performance: Some(500_000), ..good() };
		let less = Measurement { performance: Some(499_999), ..good() };
		for (measured, throttled, counts) in [
			(good(), 500_000, true),
			(whole, 500_000, false),
			(most, 500_000, true),
			(good(), 0, true),
			(half, 0, true),
			(less, 0, false),
			(available(0), 500_000, false),
			(available(1), 500_000, true),
		] {
			let sample = Sample::new(RoundIndex(1), measured, Some(report(throttled, 3)));
			assert_eq!(sample.throttled, counts.then_some(throttled), "{measured:?} {throttled}");
			let reached = measured.availability > 0;
			assert_eq!(sample.uncorrected_errors, reached.then_some(3));
		}
		assert_eq!(Sample::new(RoundIndex(1), good(), None).throttled, None);
	}
}
