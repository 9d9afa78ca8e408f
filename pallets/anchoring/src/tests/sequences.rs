//! Random sequences of what anybody can do keep the invariants and the money.

use crate::{mock::*, *};
use exabits_primitives::{Measurement, OnMachine, RoundIndex};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Action {
	Pass(u64),
	Watch(bool),
	Commit(u64, u32),
	Reveal(u64, u32),
	OpenSample(u64, u32),
	Settle(u32),
	Open,
	Seats(u64, u32),
	Owner(u128),
	Claim(u64),
	Unchill(u64),
}

fn any_action() -> impl Strategy<Value = Action> {
	prop_oneof![
		4 => (1u64..6).prop_map(Action::Pass),
		1 => (30u64..40).prop_map(Action::Pass),
		1 => any::<bool>().prop_map(Action::Watch),
		6 => (1u64..=5, 0u32..3).prop_map(|(who, back)| Action::Commit(who, back)),
		6 => (1u64..=5, 0u32..3).prop_map(|(who, back)| Action::Reveal(who, back)),
		6 => (1u64..=5, 0u32..3).prop_map(|(who, back)| Action::OpenSample(who, back)),
		1 => (1u64..=5).prop_map(Action::Unchill),
		1 => (0u32..3).prop_map(Action::Settle),
		1 => Just(Action::Open),
		1 => (1u64..=5, 0u32..4).prop_map(|(who, seats)| Action::Seats(who, seats)),
		1 => (1u128..500).prop_map(Action::Owner),
		1 => prop_oneof![1u64..=5, Just(OWNER)].prop_map(Action::Claim),
	]
}

fn said(who: u64) -> Measurement {
	Measurement { availability: 1_000_000 - (who as u32) * 20_000, ..GOOD }
}

fn act(action: Action) {
	let back = |rounds: u32| RoundIndex((Now::get() as u32 / ROUND).saturating_sub(rounds));
	match action {
		// Longer steps are gaps or pauses in blocks.
		Action::Pass(slots) if slots >= 30 => jump(Now::get() + slots),
		Action::Pass(slots) => to(Now::get() + slots),
		Action::Watch(true) => Anchoring::watched(MACHINE),
		Action::Watch(false) => Anchoring::unwatched(MACHINE),
		Action::Commit(who, rounds) => {
			let round = back(rounds);
			let _ = execute(commit_call(who, round, hash(who, round, &said(who)), who));
		}
		Action::Reveal(who, rounds) => {
			let round = back(rounds);
			let _ = execute(reveal_call(who, round, opening(who, round, said(who)), who));
		}
		Action::OpenSample(who, rounds) => {
			let round = back(rounds);
			if let Some(opening) = sample_opening(who, round, &[entry(who, MACHINE, round, said(who))]) {
				let _ = execute(sample_call(who, round, opening, who));
			}
		}
		Action::Unchill(who) => {
			let _ = Anchoring::unchill(RuntimeOrigin::signed(who));
		}
		Action::Settle(rounds) => {
			let _ = Anchoring::settle(RuntimeOrigin::signed(50), MACHINE, back(rounds));
		}
		Action::Open => {
			let _ = Anchoring::open(RuntimeOrigin::signed(50), MACHINE);
		}
		Action::Seats(who, seats) => Seats::mutate(|all| {
			for holder in all.iter_mut().filter(|holder| holder.0 == who) {
				holder.1 = seats;
			}
		}),
		Action::Owner(free) => {
			use frame_support::traits::fungible::Mutate;
			Balances::set_balance(&OWNER, free);
		}
		Action::Claim(who) => {
			let _ = Anchoring::claim(RuntimeOrigin::signed(50), who);
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]
	#[test]
	fn invariants_hold(actions in prop::collection::vec(any_action(), 1..120)) {
		run(|| {
			to(1);
			Anchoring::watched(MACHINE);
			for action in actions {
				let sets_balance = matches!(action, Action::Owner(_));
				let issuance = Balances::total_issuance();
				act(action);
				assert!(sets_balance || issuance == Balances::total_issuance());
				Anchoring::do_try_state().unwrap();
			}
			// A round is judged at most once.
			let mut judged: Vec<_> = Judged::get().into_iter().map(|(_, round, ..)| round).collect();
			let all = judged.len();
			judged.sort_unstable();
			judged.dedup();
			assert_eq!(judged.len(), all);
			// What is open is settled in the end.
			Anchoring::unwatched(MACHINE);
			to(Now::get() + 40);
			assert_eq!(Rounds::<Test>::iter().count(), 0);
			assert_eq!(Watched::<Test>::iter().count(), 0);
			// All that was paid is claimed in the end.
			(1..=5).chain([OWNER]).for_each(|who| act(Action::Claim(who)));
			assert_eq!(Balances::free_balance(Anchoring::pot()), 1);
		});
	}
}
