use super::*;
use frame_support::pallet_prelude::Weight;
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

fn report(offender: u64, reporters: Vec<u64>, percent: u32, session: SessionIndex) -> Weight {
	<Stake as OnOffenceHandler<u64, (u64, ()), Weight>>::on_offence(
		&[OffenceDetails { offender: (offender, ()), reporters }],
		&[Perbill::from_percent(percent)],
		session,
	)
}

#[test]
fn an_offender_is_slashed_disabled_and_chilled() {
	Chain::default().run(|| {
		let weight = report(1, vec![20, 19], 50, 0);
		assert_eq!(weight, <() as crate::weights::WeightInfo>::on_offence());
		assert_eq!(candidates(), vec![2, 3, 4]);
		assert_eq!(Session::disabled_validators(), vec![0]);
		assert_eq!(
			DeferredSlashes::<Test>::get(SlashId(0)),
			Some(DeferredSlash {
				who: 1,
				role: Role::Validator,
				amount: 200,
				reporter: Some(20),
				since: 1,
				due: 1 + DEFERRAL
			})
		);
		poll_at(1 + DEFERRAL);
		assert_eq!(held(1, HoldReason::Validator), 200);
		assert_eq!(Balances::balance(&20), FUNDS + 20);
	});
}

#[test]
fn reports_for_one_session_come_to_the_highest_fraction() {
	Chain::default().run(|| {
		report(1, vec![], 10, 0);
		report(1, vec![], 10, 0);
		report(1, vec![], 25, 0);
		report(1, vec![], 20, 0);
		assert_eq!(bond(1, Role::Validator).pending, 100);
		report(1, vec![], 10, 1);
		assert_eq!(bond(1, Role::Validator).pending, 140);
	});
}

#[test]
fn a_report_told_again_does_not_chill_again() {
	Chain::default().run(|| {
		report(1, vec![], 10, 0);
		assert_ok!(Stake::validate(signed(1)));
		report(1, vec![], 10, 0);
		assert_eq!(candidates(), vec![1, 2, 3, 4]);
	});
}

#[test]
fn what_was_unbonded_after_the_offence_is_slashed() {
	Chain::default().run(|| {
		Session::rotate_session();
		Session::rotate_session();
		Session::rotate_session();
		// Given a validator that leaves in session 3
		assert_ok!(Stake::unbond(signed(1), Role::Validator, 400));
		// When it is reported for sessions 4 and 5
		report(1, vec![], 10, 4);
		assert_eq!(bond(1, Role::Validator).pending, 40);
		report(1, vec![], 10, 5);
		// Then only in the session elected while it was bonded something stood behind it.
		assert_eq!(bond(1, Role::Validator).pending, 40);
	});
}

#[test]
fn the_last_candidates_stay() {
	Chain::default().validators(vec![(1, 400), (2, 300)]).run(|| {
		report(1, vec![], 50, 0);
		assert_eq!(candidates(), vec![1, 2]);
		assert_eq!(bond(1, Role::Validator).pending, 200);
	});
}

#[test]
fn nothing_follows_from_a_fraction_of_zero() {
	Chain::default().run(|| {
		report(1, vec![], 0, 0);
		assert_eq!(candidates(), vec![1, 2, 3, 4]);
		assert_eq!(NextSlash::<Test>::get(), SlashId(0));
		assert!(events().is_empty());
	});
}

#[test]
fn unknown_offenders_are_passed_over() {
	Chain::default().run(|| {
		report(17, vec![], 50, 0);
		assert!(!Offences::<Test>::contains_key(17));
		assert_eq!(NextSlash::<Test>::get(), SlashId(0));
	});
}

#[test]
fn an_offender_is_chilled_even_when_the_queue_is_full() {
	Chain::default().run(|| {
		for _ in 0..34 {
			defer(2, Role::Validator, 1, None);
		}
		report(1, vec![], 50, 0);
		assert_eq!(candidates(), vec![2, 3, 4]);
		assert_eq!(bond(1, Role::Validator).pending, 0);
		// Nothing was charged, so that a later report still can.
		assert!(!Offences::<Test>::contains_key(1));
	});
}

#[test]
fn charges_are_bounded_and_go_with_the_bond() {
	Chain::default().run(|| {
		for session in 0..MAX_CHARGES + 3 {
			report(1, vec![], 1, session);
		}
		assert_eq!(Offences::<Test>::get(1).len(), MAX_CHARGES as usize);
		assert_eq!(Offences::<Test>::get(1)[0].0, 3);
		assert_ok!(Stake::unbond(signed(1), Role::Validator, 400));
		for slot in 1..=UNBONDING + 1 {
			poll_at(slot);
		}
		assert_ok!(Stake::withdraw(signed(1), Role::Validator));
		assert!(!Offences::<Test>::contains_key(1));
	});
}
