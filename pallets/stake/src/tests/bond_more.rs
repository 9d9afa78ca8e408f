use super::*;

#[test]
fn adds_to_the_bond_and_the_list() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond_more(signed(4), Role::Validator, 350));
		assert_eq!(held(4, HoldReason::Validator), 450);
		assert_eq!(Candidates::<Test>::get()[3].bond, 450);
		assert_eq!(events(), vec![Event::Bonded { who: 4, role: Role::Validator, amount: 350, active: 450 }]);
	});
}

#[test]
fn leaves_a_chilled_validator_chilled() {
	Chain::default().run(|| {
		assert_ok!(Stake::chill(signed(4)));
		assert_ok!(Stake::bond_more(signed(4), Role::Validator, 1_000));
		assert_eq!(candidates(), vec![1, 2, 3]);
	});
}

#[test]
fn fails_for_zero() {
	Chain::default().run(|| {
		assert_noop!(Stake::bond_more(signed(1), Role::Validator, 0), Error::ZeroAmount);
	});
}

#[test]
fn fails_without_an_active_bond() {
	Chain::default().services(vec![(11, 30)]).run(|| {
		assert_noop!(Stake::bond_more(signed(12), Role::Service, 5), Error::NotBonded);
		assert_ok!(Stake::unbond(signed(11), Role::Service, 30));
		assert_noop!(Stake::bond_more(signed(11), Role::Service, 5), Error::NotBonded);
	});
}

#[test]
fn fails_without_the_money() {
	Chain::default().run(|| {
		assert_noop!(Stake::bond_more(signed(1), Role::Validator, FUNDS), TokenError::FundsUnavailable);
	});
}
