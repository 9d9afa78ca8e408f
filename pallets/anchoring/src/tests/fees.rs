//! Watch fees from the owner to the anchors, to the last unit.

use crate::{mock::*, *};
use exabits_primitives::{Balance, Measurement, OnMachine, RoundIndex};
use frame_support::{assert_noop, assert_ok, traits::fungible::Mutate};
use proptest::prelude::*;
use sp_runtime::DispatchError;

const BAD: Measurement = Measurement { availability: 100_000, ..GOOD };

fn claim(who: u64) -> sp_runtime::DispatchResult {
	Anchoring::claim(RuntimeOrigin::signed(50), who)
}

/// Sessions whose fee was paid, and how much.
fn paid() -> Vec<(u32, Balance)> {
	let paid = |event| match event {
		Event::WatchFeePaid { session, amount, .. } => Some((session, amount)),
		_ => None,
	};
	events().into_iter().filter_map(paid).collect()
}

/// Plays `round`: what its members measure, in their order.
fn play_round(round: u32, measured: &[Measurement]) {
	let index = RoundIndex(round);
	let starts = u64::from(round) * 10;
	to(starts);
	let members = members(index);
	to(starts + 10);
	for (who, measurement) in members.iter().zip(measured) {
		commit(*who, index, *measurement);
	}
	to(starts + 13);
	for (who, measurement) in members.iter().zip(measured) {
		reveal(*who, index, *measurement);
	}
	to(starts + 17);
}

#[test]
fn are_paid_once_per_session_less_what_is_left() {
	run(|| {
		opened();
		assert_eq!(paid(), [(1, WATCH_FEE)]);
		assert_eq!(Balances::free_balance(OWNER), 10_000 - WATCH_FEE);
		// Rounds 3 and 4 are of session 2; of the fee of session 1 one half is left.
		to(49);
		assert_eq!(paid(), [(1, WATCH_FEE), (2, WATCH_FEE / 2)]);
	});
}

#[test]
fn of_rounds_that_earn_nothing_are_left() {
	run(|| {
		opened();
		// Nobody reveals: the fee of round 2 comes back in slot 37.
		to(49);
		assert_eq!(worth(OWNER), 10_000);
		to(50);
		assert_eq!(paid(), [(1, 200), (2, 100), (3, 0)]);
	});
}

#[test]
fn are_claimed_by_anyone_for_who_is_owed() {
	run(|| {
		let members = play(&[GOOD, GOOD, BAD]);
		assert_noop!(claim(members[2]), Error::<Test>::NothingOwed);
		assert_noop!(claim(77), Error::<Test>::NothingOwed);
		assert_noop!(Anchoring::claim(RuntimeOrigin::root(), members[0]), DispatchError::BadOrigin);
		assert_ok!(claim(members[0]));
		assert_eq!(Balances::free_balance(members[0]), 10_050);
		assert!(happened(Event::Claimed { who: members[0], amount: 50 }));
		assert_noop!(claim(members[0]), Error::<Test>::NothingOwed);
		assert_eq!(Anchoring::standing(members[1]).owed, 50);
	});
}

#[test]
fn leave_the_owner_s_existential_deposit() {
	for (free, pays) in [(WATCH_FEE, false), (WATCH_FEE + 1, true), (WATCH_FEE + 2, true)] {
		run(|| {
			Balances::set_balance(&OWNER, free);
			opened();
			assert_eq!(Watched::<Test>::get(MACHINE).unwrap().unpaid, u32::from(!pays));
			assert_eq!(Balances::free_balance(OWNER), if pays { free - WATCH_FEE } else { free });
			let unpaid = Event::WatchFeeUnpaid { machine: MACHINE, session: 1, in_a_row: 1 };
			assert_eq!(happened(unpaid), !pays);
		});
	}
}

#[test]
fn that_are_not_paid_change_no_verdict() {
	run(|| {
		Balances::set_balance(&OWNER, 1);
		let members = play(&[GOOD, GOOD, GOOD]);
		assert_eq!(Judged::get().len(), 1);
		assert_eq!(Anchoring::standing(members[0]).agreed, 1);
		assert_eq!(Anchoring::standing(members[0]).owed, 0);
	});
}

#[test]
fn of_three_sessions_in_a_row_suspend() {
	run(|| {
		Balances::set_balance(&OWNER, 1);
		opened();
		// Round 5 is the first of session 3.
		to(49);
		assert!(Suspended::get().is_empty());
		to(50);
		assert_eq!(Suspended::get(), [MACHINE]);
		assert!(happened(Event::WatchFeeUnpaid { machine: MACHINE, session: 3, in_a_row: 3 }));
	});
}

#[test]
fn that_are_paid_begin_the_count_anew() {
	run(|| {
		Balances::set_balance(&OWNER, 1);
		opened();
		to(49);
		assert_eq!(Watched::<Test>::get(MACHINE).unwrap().unpaid, 2);
		fund(OWNER);
		to(50);
		assert_eq!(Watched::<Test>::get(MACHINE).unwrap().unpaid, 0);
		assert!(Suspended::get().is_empty());
	});
}

#[test]
fn are_owed_to_the_owner_when_the_watch_ends() {
	run(|| {
		opened();
		Anchoring::unwatched(MACHINE);
		// The watch ends with the next round's beginning; the open round is settled after it.
		to(COMMITS);
		assert_eq!(Anchoring::standing(OWNER).owed, 100);
		to(SETTLES);
		assert_eq!(Anchoring::standing(OWNER).owed, 200);
		assert_ok!(claim(OWNER));
		assert_eq!(Balances::free_balance(OWNER), 10_000);
		assert_eq!(Balances::free_balance(Anchoring::pot()), 1);
	});
}

#[test]
fn come_back_from_void_rounds() {
	run(|| {
		opened();
		to(COMMITS);
		jump(COMMITS + 32);
		assert!(happened(Event::RoundVoided { machine: MACHINE, round: FIRST }));
		assert_eq!(worth(OWNER), 10_000);
	});
}

#[test]
fn set_aside_are_earned_when_the_machine_is_gone() {
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
		Registered::set(Default::default());
		to(SETTLES);
		assert_eq!(Anchoring::standing(members[0]).owed, 33);
		assert_eq!(Judged::get().len(), 1);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	/// Whatever anchors measure, the fees are paid out to the last unit, and an owner that is in league with some of
	/// them, or all, gains nothing.
	#[test]
	fn are_conserved_and_self_watching_gains_nothing(
		rounds in prop::collection::vec((0usize..=3, any::<[bool; 3]>(), any::<bool>()), 1..8),
		league in prop::collection::btree_set(1u64..=5, 0..=5),
	) {
		run(|| {
			let issued = Balances::total_issuance();
			let before: Balance = league.iter().chain([&OWNER]).map(|who| worth(*who)).sum();
			to(1);
			Anchoring::watched(MACHINE);
			for (index, (revealing, good, claims)) in (0u32..).zip(rounds) {
				let measured: Vec<_> =
					good.iter().take(revealing).map(|good| if *good { GOOD } else { BAD }).collect();
				play_round(2 + 2 * index, &measured);
				let after: Balance = league.iter().chain([&OWNER]).map(|who| worth(*who)).sum();
				assert!(after <= before, "self-watching gains");
				if claims {
					(1..=5).for_each(|who| { let _ = claim(who); });
				}
				Anchoring::do_try_state().unwrap();
			}
			Anchoring::unwatched(MACHINE);
			to(Now::get() + 40);
			(1..=5).chain([OWNER]).for_each(|who| { let _ = claim(who); });
			assert_eq!(Balances::free_balance(Anchoring::pot()), 1);
			assert_eq!((1..=5).chain([OWNER]).map(Balances::free_balance).sum::<Balance>(), 60_000);
			assert_eq!(Balances::total_issuance(), issued);
		});
	}
}

#[test]
fn who_measured_accurately_for_what_fee_is_told_once() {
	run(|| {
		let accurate = play(&[GOOD, GOOD, BAD])[..2].to_vec();
		assert_eq!(Measurings::get(), [(WATCH_FEE / 2, 3, accurate)]);
	});
}

#[test]
fn a_round_without_agreement_is_told_with_nobody() {
	run(|| {
		play(&[GOOD]);
		assert_eq!(Measurings::get(), [(WATCH_FEE / 2, 3, vec![])]);
	});
}
