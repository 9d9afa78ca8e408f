use super::*;

#[test]
fn puts_money_on_hold_for_the_role() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond(signed(11), Role::Service, 20));
		assert_ok!(Stake::bond(signed(11), Role::Anchor, 50));
		assert_eq!(held(11, HoldReason::Service), 20);
		assert_eq!(held(11, HoldReason::Anchor), 50);
		assert_eq!(Balances::balance(&11), FUNDS - 70);
		assert_eq!(
			events(),
			vec![
				Event::Bonded { who: 11, role: Role::Service, amount: 20, active: 20 },
				Event::Bonded { who: 11, role: Role::Anchor, amount: 50, active: 50 },
				Event::Listed { who: 11, role: Role::Anchor },
			]
		);
	});
}

#[test]
fn makes_a_validator_a_candidate() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond(signed(5), Role::Validator, 100));
		assert_eq!(candidates(), vec![1, 2, 3, 4, 5]);
	});
}

#[test]
fn fails_for_zero() {
	Chain::default().run(|| {
		assert_noop!(Stake::bond(signed(11), Role::Service, 0), Error::ZeroAmount);
	});
}

#[test]
fn fails_below_the_minimum() {
	Chain::default().run(|| {
		assert_noop!(Stake::bond(signed(11), Role::Service, 19), Error::BondTooLow);
		assert_ok!(Stake::bond(signed(11), Role::Service, 20));
	});
}

#[test]
fn fails_twice() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond(signed(11), Role::Service, 20));
		assert_noop!(Stake::bond(signed(11), Role::Service, 20), Error::AlreadyBonded);
	});
}

#[test]
fn fails_without_session_keys() {
	Chain::default().run(|| {
		assert_noop!(Stake::bond(signed(9), Role::Validator, 100), Error::NoSessionKeys);
	});
}

#[test]
fn fails_without_the_money() {
	Chain::default().run(|| {
		assert_noop!(Stake::bond(signed(21), Role::Service, 20), TokenError::FundsUnavailable);
		// The account has to stay alive.
		assert_noop!(
			Stake::bond(signed(11), Role::Service, FUNDS - EXISTENTIAL + 1),
			TokenError::FundsUnavailable
		);
		assert_ok!(Stake::bond(signed(11), Role::Service, FUNDS - EXISTENTIAL));
	});
}

#[test]
fn fails_when_the_list_is_full_of_higher_bonds() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond(signed(5), Role::Validator, 100));
		assert_noop!(Stake::bond(signed(6), Role::Validator, 100), Error::ListFull);
	});
}

#[test]
fn displaces_the_lowest_when_the_list_is_full() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond(signed(5), Role::Validator, 100));
		events();
		assert_ok!(Stake::bond(signed(6), Role::Validator, 101));
		// Of 4 and 5 with equal bonds the later account goes.
		assert_eq!(candidates(), vec![1, 2, 3, 4, 6]);
		assert_eq!(
			events(),
			vec![
				Event::Bonded { who: 6, role: Role::Validator, amount: 101, active: 101 },
				Event::Unlisted { who: 5, role: Role::Validator },
				Event::Listed { who: 6, role: Role::Validator },
			]
		);
		assert_eq!(held(5, HoldReason::Validator), 100);
	});
}

#[test]
fn opens_anew_beside_what_is_unbonding() {
	Chain::default().services(vec![(11, 30)]).run(|| {
		assert_ok!(Stake::unbond(signed(11), Role::Service, 30));
		assert_ok!(Stake::bond(signed(11), Role::Service, 25));
		assert_eq!(bond(11, Role::Service).active, 25);
		assert_eq!(bond(11, Role::Service).total(), Some(55));
		assert_eq!(held(11, HoldReason::Service), 55);
	});
}
