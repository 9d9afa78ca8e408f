use super::*;

#[test]
fn starts_the_delay() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		Now::set(7);
		assert_ok!(Stake::unbond(signed(11), Role::Service, 30));
		assert_eq!(bond(11, Role::Service).active, 20);
		assert_eq!(held(11, HoldReason::Service), 50);
		assert_eq!(
			events(),
			vec![Event::Unbonded {
				who: 11,
				role: Role::Service,
				amount: 30,
				withdrawable_from: 7 + UNBONDING
			}]
		);
	});
}

#[test]
fn leaves_nothing_or_the_minimum() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_noop!(Stake::unbond(signed(11), Role::Service, 31), Error::BondTooLow);
		assert_noop!(Stake::unbond(signed(11), Role::Service, 49), Error::BondTooLow);
		assert_ok!(Stake::unbond(signed(11), Role::Service, 30));
		assert_ok!(Stake::unbond(signed(11), Role::Service, 20));
	});
}

#[test]
fn leaves_what_is_reserved() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_ok!(<Stake as Bonds<u64>>::reserve(&11, Role::Service, 40));
		assert_noop!(Stake::unbond(signed(11), Role::Service, 11), Error::InsufficientBond);
		assert_ok!(Stake::unbond(signed(11), Role::Service, 10));
	});
}

#[test]
fn fails_for_more_than_there_is() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_noop!(Stake::unbond(signed(11), Role::Service, 51), Error::InsufficientBond);
	});
}

#[test]
fn fails_for_zero() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_noop!(Stake::unbond(signed(11), Role::Service, 0), Error::ZeroAmount);
	});
}

#[test]
fn fails_without_a_bond() {
	Chain::default().run(|| {
		assert_noop!(Stake::unbond(signed(11), Role::Service, 1), Error::NotBonded);
	});
}

#[test]
fn fails_with_too_many_parts() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		for slot in 1..=3 {
			Now::set(slot);
			assert_ok!(Stake::unbond(signed(11), Role::Service, 1));
		}
		// One more in the same slot joins the last part.
		assert_ok!(Stake::unbond(signed(11), Role::Service, 1));
		Now::set(4);
		assert_noop!(Stake::unbond(signed(11), Role::Service, 1), Error::TooManyUnbonding);
	});
}

#[test]
fn ends_a_candidacy_with_the_bond() {
	Chain::default().run(|| {
		assert_ok!(Stake::unbond(signed(1), Role::Validator, 300));
		assert_eq!(candidates(), vec![1, 2, 3, 4]);
		assert_ok!(Stake::unbond(signed(1), Role::Validator, 100));
		assert_eq!(candidates(), vec![2, 3, 4]);
	});
}

#[test]
fn keeps_the_last_candidates() {
	Chain::default().validators(vec![(1, 400), (2, 300)]).run(|| {
		assert_noop!(Stake::unbond(signed(1), Role::Validator, 400), Error::TooFewValidators);
		assert_ok!(Stake::unbond(signed(1), Role::Validator, 300));
	});
}
