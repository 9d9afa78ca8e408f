use super::*;

mod chill {
	use super::*;

	#[test]
	fn ends_the_candidacy_and_keeps_the_bond() {
		Chain::default().run(|| {
			assert_ok!(Stake::chill(signed(2)));
			assert_eq!(candidates(), vec![1, 3, 4]);
			assert_eq!(held(2, HoldReason::Validator), 300);
			assert_eq!(events(), vec![Event::Unlisted { who: 2, role: Role::Validator }]);
		});
	}

	#[test]
	fn fails_for_others() {
		Chain::default().run(|| {
			assert_noop!(Stake::chill(signed(5)), Error::NotListed);
		});
	}

	#[test]
	fn keeps_the_last_candidates() {
		Chain::default().run(|| {
			assert_ok!(Stake::chill(signed(1)));
			assert_ok!(Stake::chill(signed(2)));
			assert_noop!(Stake::chill(signed(3)), Error::TooFewValidators);
		});
	}
}

mod validate {
	use super::*;

	#[test]
	fn brings_a_validator_back() {
		Chain::default().run(|| {
			assert_ok!(Stake::chill(signed(2)));
			events();
			assert_ok!(Stake::validate(signed(2)));
			assert_eq!(candidates(), vec![1, 2, 3, 4]);
			assert_eq!(events(), vec![Event::Listed { who: 2, role: Role::Validator }]);
		});
	}

	#[test]
	fn fails_for_a_candidate() {
		Chain::default().run(|| {
			assert_noop!(Stake::validate(signed(2)), Error::AlreadyListed);
		});
	}

	#[test]
	fn fails_without_an_active_bond() {
		Chain::default().run(|| {
			assert_noop!(Stake::validate(signed(5)), Error::NotBonded);
			assert_ok!(Stake::unbond(signed(4), Role::Validator, 100));
			assert_noop!(Stake::validate(signed(4)), Error::NotBonded);
		});
	}

	#[test]
	fn fails_below_the_minimum() {
		Chain::default().run(|| {
			assert_ok!(Stake::set_minimum(RuntimeOrigin::root(), Role::Validator, 101));
			assert_noop!(Stake::validate(signed(4)), Error::BondTooLow);
			assert_ok!(Stake::bond_more(signed(4), Role::Validator, 1));
			assert_ok!(Stake::validate(signed(4)));
		});
	}

	#[test]
	fn fails_without_session_keys() {
		Chain::default().run(|| {
			assert_ok!(Stake::chill(signed(4)));
			assert_ok!(Session::purge_keys(signed(4)));
			assert_noop!(Stake::validate(signed(4)), Error::NoSessionKeys);
		});
	}

	#[test]
	fn fails_when_the_list_is_full_of_higher_bonds() {
		Chain::default().run(|| {
			assert_ok!(Stake::chill(signed(4)));
			assert_ok!(Stake::bond(signed(5), Role::Validator, 100));
			assert_ok!(Stake::bond(signed(6), Role::Validator, 100));
			assert_noop!(Stake::validate(signed(4)), Error::ListFull);
		});
	}
}
