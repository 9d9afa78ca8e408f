use crate::{mock::*, *};
use exabits_primitives::{ModuleId, TemplateId};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use sp_runtime::{DispatchError, TokenError};

fn new_module() -> Publication {
	Publication::Module(module(Metric::LatencyP50, (1, 10), 1))
}

fn submit() -> sp_runtime::DispatchResult {
	Sla::submit(RuntimeOrigin::signed(STRANGER), new_module())
}

fn publish() -> sp_runtime::DispatchResult {
	Sla::publish(RuntimeOrigin::signed(OWNER), 0)
}

fn held() -> u128 {
	Balances::balance_on_hold(&HoldReason::Publication.into(), &STRANGER)
}

#[test]
fn anybody_submits_with_a_deposit() {
	run(|| {
		assert_ok!(submit());
		assert_eq!((held(), Balances::free_balance(STRANGER)), (100, 900));
		assert_eq!(
			events(),
			[Event::Submitted { submission: 0, author: STRANGER, deposit: 100, until: 130 }]
		);
		assert!(!Modules::<Test>::contains_key(ModuleId(7)));
		assert_noop!(
			Sla::submit(RuntimeOrigin::signed(ANCHORS[0]), new_module()),
			DispatchError::Token(TokenError::FundsUnavailable)
		);
	});
}

#[test]
fn what_could_not_be_published_is_not_submitted() {
	run(|| {
		let mut wrong = module(Metric::LatencyP50, (1, 10), 1);
		wrong.knots = bounded(vec![2, 1]);
		let submit = |publication| Sla::submit(RuntimeOrigin::signed(STRANGER), publication);
		assert_noop!(submit(Publication::Module(wrong)), Error::<Test>::InvalidKnots);
		let mut wrong = template();
		wrong.terms = Default::default();
		assert_noop!(submit(Publication::Template(wrong)), Error::<Test>::NoTerms);
	});
}

#[test]
fn it_is_published_when_the_time_for_a_veto_is_over() {
	for (slot, over) in [(129, false), (130, false), (131, true)] {
		run(|| {
			assert_ok!(submit());
			events();
			Now::set(slot);
			if !over {
				assert_noop!(publish(), Error::<Test>::VetoOpen);
				return;
			}
			assert_ok!(publish());
			assert!(Modules::<Test>::contains_key(ModuleId(7)));
			assert_eq!((held(), Balances::free_balance(STRANGER)), (0, 1_000));
			let published = Published::Module(ModuleId(7));
			assert_eq!(
				events(),
				[
					Event::ModuleCreated { module: ModuleId(7) },
					Event::SubmissionPublished { submission: 0, published },
				]
			);
			assert_noop!(publish(), Error::<Test>::UnknownSubmission);
		});
	}
}

#[test]
fn curators_veto_in_time_and_the_deposit_is_lost() {
	for (slot, vetoed) in [(129, true), (130, true), (131, false)] {
		run(|| {
			assert_ok!(submit());
			assert_noop!(Sla::veto(RuntimeOrigin::signed(STRANGER), 0), DispatchError::BadOrigin);
			Now::set(slot);
			if !vetoed {
				assert_noop!(Sla::veto(RuntimeOrigin::root(), 0), Error::<Test>::VetoOver);
				return;
			}
			assert_ok!(Sla::veto(RuntimeOrigin::root(), 0));
			assert_eq!(events().last(), Some(&Event::Vetoed { submission: 0 }));
			assert_eq!((held(), Balances::free_balance(STRANGER)), (0, 900));
			assert_eq!(Balances::free_balance(INSURANCE), 110);
			Now::set(200);
			assert_noop!(publish(), Error::<Test>::UnknownSubmission);
		});
	}
}

#[test]
fn a_gap_in_blocks_gives_as_much_more_time_for_a_veto() {
	for (slot, over) in [(170, false), (171, true)] {
		run(|| {
			assert_ok!(submit());
			gap(110, 150);
			Now::set(slot);
			assert_eq!(publish().is_ok(), over);
		});
	}
}

#[test]
fn its_author_takes_it_back() {
	run(|| {
		assert_ok!(submit());
		assert_noop!(Sla::withdraw_submission(RuntimeOrigin::signed(OWNER), 0), Error::<Test>::NotAuthor);
		assert_ok!(Sla::withdraw_submission(RuntimeOrigin::signed(STRANGER), 0));
		assert_eq!(events().last(), Some(&Event::SubmissionWithdrawn { submission: 0 }));
		assert_eq!(Balances::free_balance(STRANGER), 1_000);
		assert_noop!(
			Sla::withdraw_submission(RuntimeOrigin::signed(STRANGER), 0),
			Error::<Test>::UnknownSubmission
		);
		assert_noop!(Sla::veto(RuntimeOrigin::root(), 0), Error::<Test>::UnknownSubmission);
	});
}

#[test]
fn what_no_longer_fits_is_not_published() {
	run(|| {
		let template = Publication::Template(template());
		assert_ok!(Sla::submit(RuntimeOrigin::signed(STRANGER), template));
		assert_ok!(Sla::deprecate(RuntimeOrigin::root(), Published::Module(LATENCY)));
		Now::set(131);
		assert_noop!(publish(), Error::<Test>::Deprecated);
		assert_eq!(held(), 100);
		assert_ok!(Sla::withdraw_submission(RuntimeOrigin::signed(STRANGER), 0));
		assert!(!Templates::<Test>::contains_key(TemplateId(1)));
	});
}

#[test]
fn numbers_run_out() {
	run(|| {
		NextSubmission::<Test>::put(u32::MAX);
		assert_noop!(submit(), Error::<Test>::OutOfIds);
	});
}
