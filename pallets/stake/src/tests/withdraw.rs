use super::*;

#[test]
fn waits_for_the_delay() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_ok!(Stake::unbond(signed(11), Role::Service, 50));
		Now::set(UNBONDING);
		assert_noop!(Stake::withdraw(signed(11), Role::Service), Error::NothingToWithdraw);
		Now::set(UNBONDING + 1);
		assert_ok!(Stake::withdraw(signed(11), Role::Service));
		assert_eq!(Balances::balance(&11), FUNDS);
		assert!(!Ledger::<Test>::contains_key(11, Role::Service));
	});
}

#[test]
fn is_possible_later_too() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_ok!(Stake::unbond(signed(11), Role::Service, 10));
		Now::set(UNBONDING + 2);
		events();
		assert_ok!(Stake::withdraw(signed(11), Role::Service));
		assert_eq!(held(11, HoldReason::Service), 40);
		assert_eq!(events(), vec![Event::Withdrawn { who: 11, role: Role::Service, amount: 10 }]);
	});
}

#[test]
fn takes_only_what_has_come_free() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_ok!(Stake::unbond(signed(11), Role::Service, 10));
		Now::set(2);
		assert_ok!(Stake::unbond(signed(11), Role::Service, 5));
		Now::set(UNBONDING + 1);
		assert_ok!(Stake::withdraw(signed(11), Role::Service));
		assert_eq!(held(11, HoldReason::Service), 40);
		assert_eq!(bond(11, Role::Service).unbonding.len(), 1);
	});
}

#[test]
fn leaves_what_slashes_need() {
	Chain::default().services(vec![(11, 50)]).run(|| {
		assert_ok!(Stake::unbond(signed(11), Role::Service, 30));
		Now::set(UNBONDING + 1);
		defer(11, Role::Service, 45, None);
		assert_ok!(Stake::withdraw(signed(11), Role::Service));
		assert_eq!(held(11, HoldReason::Service), 45);
		assert_noop!(Stake::withdraw(signed(11), Role::Service), Error::SlashPending);
	});
}

#[test]
fn fails_without_a_bond() {
	Chain::default().run(|| {
		assert_noop!(Stake::withdraw(signed(11), Role::Service), Error::NotBonded);
	});
}
