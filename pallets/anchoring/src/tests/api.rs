use crate::{mock::*, *};
use exabits_primitives::{apis::Duty, RoundIndex};

#[test]
fn duties_are_the_current_rounds_of_a_member() {
	run(|| {
		to(STARTS - 1);
		assert!(Anchoring::duties(&key(1)).is_empty());
		jump(STARTS);
		assert!(Anchoring::duties(&key(1)).is_empty());
	});
	run(|| {
		opened();
		let member = members(FIRST)[0];
		let duty = |round| Duty {
			machine: MACHINE,
			key: machine_of(OWNER, 0).key,
			endpoint: b"http://192.0.2.1".to_vec(),
			round,
		};
		assert_eq!(Anchoring::duties(&key(member)), [duty(FIRST)]);
		assert!(Anchoring::duties(&key(outsider(FIRST))).is_empty());
		assert!(Anchoring::duties(&key(77)).is_empty());
		to(COMMITS - 1);
		assert_eq!(Anchoring::duties(&key(member)), [duty(FIRST)]);
		// The first round is still open, and no longer measured.
		to(COMMITS);
		let next = RoundIndex(3);
		for who in 1..=5 {
			let expected = if members(next).contains(&who) { vec![duty(next)] } else { vec![] };
			assert_eq!(Anchoring::duties(&key(who)), expected);
		}
	});
}

#[test]
fn rounds_and_standings_can_be_viewed() {
	run(|| {
		opened();
		assert_eq!(Anchoring::round(MACHINE, FIRST), Rounds::<Test>::get(MACHINE, FIRST));
		assert_eq!(Anchoring::round(MACHINE, RoundIndex(9)), None);
		assert_eq!(Anchoring::standing(1), Standing::default());
		let known = Anchoring::standing_of(&key(1)).unwrap();
		assert_eq!((known.accuracy.is_one(), known.agreed, known.missed, known.withheld), (true, 0, 0, 0));
		Standings::<Test>::mutate(1, |standing| (standing.agreed, standing.withheld) = (3, 2));
		let known = Anchoring::standing_of(&key(1)).unwrap();
		assert_eq!((known.agreed, known.missed, known.withheld), (3, 0, 2));
		assert_eq!(Anchoring::standing_of(&key(77)), None);
	});
}

fn key(who: u64) -> exabits_primitives::keys::anchor::Id {
	use sp_core::Pair;
	pair(who).public()
}
