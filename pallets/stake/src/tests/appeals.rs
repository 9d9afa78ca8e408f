use super::*;
use frame_support::dispatch::Pays;

/// Service node 11 with a slash of 35 against its bond, found by account 12 and reported by account 13.
fn chain(test: impl FnOnce(SlashId)) {
	Chain::default().services(vec![(11, 100)]).run(|| {
		let slash = defer(11, Role::Service, 35, Some(13));
		<Stake as Slashes<u64>>::recuse(slash, vec![12]);
		events();
		test(slash);
	});
}

/// The same with an appeal whose jury, accounts 14 to 18, is drawn.
fn judged(test: impl FnOnce(SlashId)) {
	chain(|slash| {
		assert_ok!(Stake::appeal(signed(11), slash));
		rotate(2);
		poll_at(2);
		events();
		test(slash);
	});
}

fn rotate(sessions: u32) {
	for _ in 0..sessions {
		Session::rotate_session();
	}
}

fn jury(slash: SlashId) -> Vec<u64> {
	Stake::appeal_of(slash).map_or(vec![], |appeal| appeal.jury.iter().map(|juror| juror.who).collect())
}

mod appeal {
	use super::*;

	#[test]
	fn holds_a_tenth_rounded_up_and_postpones_the_slash() {
		chain(|slash| {
			assert_ok!(Stake::appeal(signed(11), slash));
			assert_eq!(held(11, HoldReason::Appeal), 4);
			let due = 1 + APPEAL;
			assert_eq!(events(), vec![Event::Appealed { slash, who: 11, deposit: 4, session: 2, due }]);
			poll_at(due - 1);
			assert_eq!(held(11, HoldReason::Service), 100);
			poll_at(due);
			assert_eq!(held(11, HoldReason::Service), 65);
		});
	}

	#[test]
	fn is_possible_until_the_slash_is_due() {
		for (slot, possible) in [(DEFERRAL, true), (DEFERRAL + 1, false), (DEFERRAL + 2, false)] {
			chain(|slash| {
				Now::set(slot);
				if possible {
					assert_ok!(Stake::appeal(signed(11), slash));
				} else {
					assert_noop!(Stake::appeal(signed(11), slash), Error::TooLate);
				}
			});
		}
	}

	#[test]
	fn never_brings_a_slash_forward() {
		chain(|slash| {
			DeferredSlashes::<Test>::mutate(slash, |record| record.as_mut().unwrap().due = 100);
			DueSlashes::<Test>::remove(1 + DEFERRAL);
			DueSlashes::<Test>::insert(100, BoundedVec::truncate_from(vec![slash]));
			assert_ok!(Stake::appeal(signed(11), slash));
			assert_eq!(Stake::deferred_slash(slash).unwrap().due, 100);
		});
	}

	#[test]
	fn is_for_the_owner_once_with_the_money() {
		chain(|slash| {
			assert_noop!(Stake::appeal(signed(12), slash), Error::NotSlashed);
			assert_noop!(Stake::appeal(signed(11), SlashId(9)), Error::UnknownSlash);
			let all = Balances::balance(&11) - EXISTENTIAL;
			assert_ok!(Balances::transfer_allow_death(signed(11), 20, all));
			assert_noop!(Stake::appeal(signed(11), slash), TokenError::FundsUnavailable);
			assert_ok!(Balances::transfer_allow_death(signed(20), 11, all));
			assert_ok!(Stake::appeal(signed(11), slash));
			assert_noop!(Stake::appeal(signed(11), slash), Error::AlreadyAppealed);
		});
	}
}

mod draw_jury {
	use super::*;

	#[test]
	fn waits_for_the_second_session() {
		for (sessions, drawn) in [(1, false), (2, true), (3, true)] {
			chain(|slash| {
				assert_ok!(Stake::appeal(signed(11), slash));
				rotate(sessions);
				if drawn {
					let post = Stake::draw_jury(signed(20), slash).expect("its session has come");
					assert_eq!(post.pays_fee, Pays::No);
				} else {
					assert_noop!(Stake::draw_jury(signed(20), slash), Error::TooEarly);
				}
			});
		}
	}

	#[test]
	fn leaves_out_the_slashed_the_finders_and_the_reporter() {
		judged(|slash| assert_eq!(jury(slash), vec![14, 15, 16, 17, 18]));
	}

	#[test]
	fn happens_once_and_for_appeals_only() {
		judged(|slash| {
			assert_noop!(Stake::draw_jury(signed(20), slash), Error::JuryKnown);
			let other = defer(11, Role::Service, 1, None);
			assert_noop!(Stake::draw_jury(signed(20), other), Error::NotAppealed);
			assert_noop!(Stake::draw_jury(signed(20), SlashId(9)), Error::UnknownSlash);
		});
	}

	#[test]
	fn is_tried_again_in_each_session_while_there_are_too_few() {
		chain(|slash| {
			JurorsTo::set(16);
			assert_ok!(Stake::appeal(signed(11), slash));
			rotate(2);
			assert_noop!(Stake::draw_jury(signed(20), slash), Error::TooFewJurors);
			poll_at(2);
			assert!(jury(slash).is_empty());
			JurorsTo::set(17);
			poll_at(3);
			assert!(jury(slash).is_empty());
			rotate(1);
			poll_at(4);
			assert_eq!(jury(slash), vec![14, 15, 16, 17]);
		});
	}

	#[test]
	fn does_not_outlive_its_slash() {
		chain(|slash| {
			assert_ok!(Stake::appeal(signed(11), slash));
			assert_ok!(Stake::cancel_slash(RuntimeOrigin::root(), slash));
			rotate(2);
			poll_at(2);
			assert_eq!(JuryCursor::<Test>::get(), Some(3));
		});
	}
}

mod vote {
	use super::*;

	#[test]
	fn of_more_than_half_cancels_and_frees_the_deposit() {
		judged(|slash| {
			for who in [14, 15] {
				let post = Stake::vote(signed(who), slash, true).expect("it is in the jury");
				assert_eq!(post.pays_fee, Pays::No);
			}
			assert_eq!(held(11, HoldReason::Appeal), 4);
			events();
			assert_ok!(Stake::vote(signed(16), slash, true));
			assert_eq!(
				events(),
				vec![Event::Voted { slash, who: 16, cancel: true }, Event::SlashCancelled { slash }]
			);
			assert_eq!(held(11, HoldReason::Appeal), 0);
			assert_eq!(bond(11, Role::Service).pending, 0);
			poll_at(1 + APPEAL);
			assert_eq!(Balances::balance(&11), FUNDS - 100);
		});
	}

	#[test]
	fn of_half_upholds_and_the_deposit_is_lost() {
		judged(|slash| {
			for who in [14, 15, 16] {
				assert_ok!(Stake::vote(signed(who), slash, false));
			}
			assert_eq!(events().last(), Some(&Event::SlashUpheld { slash }));
			assert_noop!(Stake::vote(signed(17), slash, true), Error::Decided);
			poll_at(1 + APPEAL);
			assert_eq!(Balances::total_balance(&11), FUNDS - 35 - 4);
			// A tenth of 39 goes to the reporter.
			assert_eq!(Balances::balance(&13), FUNDS + 3);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 36);
			assert_eq!(Stake::appeal_of(slash), None);
		});
	}

	#[test]
	fn undecided_in_time_the_slash_stands() {
		judged(|slash| {
			assert_ok!(Stake::vote(signed(14), slash, true));
			assert_ok!(Stake::vote(signed(15), slash, true));
			poll_at(1 + APPEAL);
			assert_eq!(Balances::total_balance(&11), FUNDS - 35 - 4);
		});
	}

	#[test]
	fn counts_before_the_appeal_ends() {
		for (slot, counts) in [(APPEAL, true), (APPEAL + 1, false), (APPEAL + 2, false)] {
			judged(|slash| {
				Now::set(slot);
				if counts {
					assert_ok!(Stake::vote(signed(14), slash, true));
				} else {
					assert_noop!(Stake::vote(signed(14), slash, true), Error::TooLate);
				}
			});
		}
	}

	#[test]
	fn has_longer_by_a_gap_in_blocks() {
		judged(|slash| {
			gap(6, 46);
			Now::set(APPEAL + 40);
			assert_ok!(Stake::vote(signed(14), slash, true));
			Now::set(APPEAL + 41);
			assert_noop!(Stake::vote(signed(15), slash, true), Error::TooLate);
		});
	}

	#[test]
	fn is_for_members_once() {
		judged(|slash| {
			assert_noop!(Stake::vote(signed(11), slash, true), Error::NotInJury);
			assert_noop!(Stake::vote(signed(12), slash, true), Error::NotInJury);
			assert_ok!(Stake::vote(signed(14), slash, true));
			assert_noop!(Stake::vote(signed(14), slash, false), Error::AlreadyVoted);
			assert_noop!(Stake::vote(signed(14), SlashId(9), true), Error::UnknownSlash);
			let other = defer(11, Role::Service, 1, None);
			assert_noop!(Stake::vote(signed(14), other, true), Error::NotAppealed);
		});
	}
}

mod governance {
	use super::*;

	#[test]
	fn may_reduce_and_the_rest_is_decided_by_the_jury() {
		judged(|slash| {
			assert_ok!(Stake::reduce_slash(RuntimeOrigin::root(), slash, 5));
			poll_at(1 + APPEAL);
			assert_eq!(Balances::total_balance(&11), FUNDS - 5 - 4);
		});
	}

	#[test]
	fn may_cancel_and_frees_the_deposit() {
		judged(|slash| {
			assert_ok!(Stake::cancel_slash(RuntimeOrigin::root(), slash));
			assert_eq!(Balances::balance(&11), FUNDS - 100);
			assert_noop!(Stake::vote(signed(14), slash, true), Error::UnknownSlash);
		});
	}
}

mod proceeds {
	use super::*;

	#[test]
	fn pay_claims_before_the_reporter() {
		for (owed, reporter) in [(0, 3), (32, 3), (33, 2), (35, 0), (1_000, 0)] {
			chain(|slash| {
				Owed::set(owed);
				poll_at(1 + DEFERRAL);
				assert_eq!(Stake::deferred_slash(slash), None);
				assert_eq!(Balances::balance(&13), FUNDS + reporter);
				assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 35 - reporter);
			});
		}
	}
}
