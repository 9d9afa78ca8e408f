use super::*;

#[test]
fn bonds_are_on_hold_and_listed() {
	Chain::default().anchors(vec![(11, 60)]).services(vec![(11, 25), (12, 20)]).run(|| {
		assert_eq!(candidates(), vec![1, 2, 3, 4]);
		assert_eq!(anchors(), vec![11]);
		assert_eq!(held(1, HoldReason::Validator), 400);
		assert_eq!(held(11, HoldReason::Anchor), 60);
		assert_eq!(held(11, HoldReason::Service), 25);
		assert_eq!(Balances::balance(&11), FUNDS - 85);
		assert_eq!(<Stake as Bonds<u64>>::bonded(&12, Role::Service), 20);
		assert_eq!(<Stake as Bonds<u64>>::minimum(Role::Anchor), 50);
	});
}

#[test]
fn the_first_sessions_have_the_highest_bonds() {
	Chain::default().run(|| {
		assert_eq!(Session::validators(), vec![1, 2, 3, 4]);
		assert_eq!(
			Session::queued_keys().into_iter().map(|(who, _)| who).collect::<Vec<_>>(),
			vec![1, 2, 3, 4]
		);
	});
}

#[test]
fn without_validators_nothing_is_elected() {
	Chain::default().validators(vec![]).run(|| {
		assert_eq!(candidates(), Vec::<u64>::new());
		assert_eq!(Session::validators(), Vec::<u64>::new());
	});
}

#[test]
#[should_panic(expected = "stake: cannot bond 99 of 4 as Validator at genesis")]
fn bonds_below_the_minimum_are_refused() {
	Chain::default().validators(vec![(4, 99)]).build();
}

#[test]
#[should_panic(expected = "stake: cannot bond 70 of 11 as Anchor at genesis")]
fn a_second_bond_is_refused() {
	Chain::default().anchors(vec![(11, 60), (11, 70)]).build();
}
