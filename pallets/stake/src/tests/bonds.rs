use super::*;

fn reserve(amount: Balance) -> DispatchResult {
	<Stake as Bonds<u64>>::reserve(&11, Role::Service, amount)
}

fn unreserve(amount: Balance) {
	<Stake as Bonds<u64>>::unreserve(&11, Role::Service, amount)
}

fn debit(amount: Balance) -> DispatchResult {
	<Stake as Bonds<u64>>::debit(&11, Role::Service, amount)
}

fn credit(amount: Balance) -> DispatchResult {
	<Stake as Bonds<u64>>::credit(&11, Role::Service, amount)
}

fn chain() -> Chain {
	Chain::default().services(vec![(11, 100)])
}

#[test]
fn reserves_what_is_active() {
	chain().run(|| {
		assert_ok!(reserve(60));
		assert_noop!(reserve(41), Error::InsufficientBond);
		assert_ok!(reserve(40));
		unreserve(30);
		assert_eq!(bond(11, Role::Service).reserved, 70);
		unreserve(1_000);
		assert_eq!(bond(11, Role::Service).reserved, 0);
	});
}

#[test]
fn nothing_is_reserved_without_a_bond() {
	Chain::default().run(|| {
		assert_noop!(reserve(1), Error::NotBonded);
		unreserve(1);
		assert_noop!(debit(1), Error::NotBonded);
		assert_noop!(credit(1), Error::NotBonded);
	});
}

#[test]
fn debit_frees_at_once() {
	chain().run(|| {
		assert_ok!(debit(30));
		assert_eq!(held(11, HoldReason::Service), 70);
		assert_eq!(Balances::balance(&11), FUNDS - 70);
		assert_eq!(events(), vec![Event::Debited { who: 11, role: Role::Service, amount: 30 }]);
	});
}

#[test]
fn debit_leaves_what_is_reserved() {
	chain().run(|| {
		assert_ok!(reserve(60));
		assert_noop!(debit(41), Error::InsufficientBond);
		assert_ok!(debit(40));
		assert_eq!(<Stake as Bonds<u64>>::bonded(&11, Role::Service), 60);
	});
}

#[test]
fn debit_leaves_what_slashes_need() {
	chain().run(|| {
		defer(11, Role::Service, 70, None);
		assert_noop!(debit(31), Error::SlashPending);
		assert_ok!(debit(30));
	});
}

#[test]
fn debit_of_everything_removes_the_record() {
	chain().run(|| {
		assert_ok!(debit(100));
		assert!(!Ledger::<Test>::contains_key(11, Role::Service));
		assert_noop!(credit(1), Error::NotBonded);
	});
}

#[test]
fn credit_bonds_from_the_free_balance() {
	chain().run(|| {
		assert_ok!(credit(30));
		assert_eq!(held(11, HoldReason::Service), 130);
		assert_eq!(<Stake as Bonds<u64>>::bonded(&11, Role::Service), 130);
		assert_noop!(credit(FUNDS), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_slashed_reservation_has_to_be_filled_first() {
	chain().run(|| {
		assert_ok!(reserve(80));
		let slash = defer(11, Role::Service, 50, None);
		Now::set(1 + DEFERRAL);
		assert_ok!(Stake::apply_slash(signed(20), slash));
		assert_eq!(bond(11, Role::Service).active, 50);
		assert_noop!(debit(1), Error::InsufficientBond);
		assert_noop!(Stake::unbond(signed(11), Role::Service, 1), Error::InsufficientBond);
		assert_ok!(credit(31));
		assert_noop!(debit(2), Error::InsufficientBond);
		assert_ok!(debit(1));
	});
}
