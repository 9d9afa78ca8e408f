use super::*;
use exabits_primitives::Operators;
use proptest::prelude::*;
use sp_runtime::Perbill;

const ONE: Perbill = Perbill::from_percent(10);
const TWO: Perbill = Perbill::from_percent(20);

/// A ledger with anchor 10, which has a bond of 300.
fn chain() -> Chain {
	Chain::default().anchors(vec![(10, 300)])
}

fn set(who: u64, role: Role, commission: Perbill) -> DispatchResult {
	Stake::set_commission(signed(who), role, commission)
}

fn earned(who: u64, own: Balance, shared: Balance) {
	Earnings::mutate(|earnings| earnings.insert((who, true), (own, shared)));
}

/// What accounts have delegated to anchor 10.
fn worth(who: u64) -> Balance {
	Stake::delegation_of(who, 10, Role::Anchor).0
}

#[test]
fn holds_from_the_next_session_on() {
	chain().run(|| {
		let commissions = || Stake::commission_of(10, Role::Anchor);
		assert_eq!(commissions(), (Perbill::zero(), Perbill::zero()));
		assert_ok!(set(10, Role::Anchor, ONE));
		let from = Session::current_index() + 1;
		assert_eq!(
			events().pop(),
			Some(Event::CommissionSet { who: 10, role: Role::Anchor, commission: ONE, from })
		);
		assert_eq!(commissions(), (Perbill::zero(), ONE));
		// Another one in the same session takes its place.
		assert_ok!(set(10, Role::Anchor, TWO));
		assert_eq!(commissions(), (Perbill::zero(), TWO));
		Session::rotate_session();
		assert_eq!(commissions(), (TWO, TWO));
		assert_ok!(set(10, Role::Anchor, ONE));
		assert_eq!(commissions(), (TWO, ONE));
		Session::rotate_session();
		assert_eq!(commissions(), (ONE, ONE));
	});
}

#[test]
fn is_bounded_and_for_those_with_a_bond() {
	chain().run(|| {
		let above = Perbill::from_parts(MaxCommission::get().deconstruct() + 1);
		assert_noop!(set(10, Role::Anchor, above), Error::CommissionTooHigh);
		assert_noop!(set(10, Role::Service, ONE), Error::NotDelegable);
		assert_noop!(set(10, Role::Validator, ONE), Error::NotBonded);
		assert_noop!(set(11, Role::Anchor, ONE), Error::NotBonded);
		assert_ok!(set(10, Role::Anchor, MaxCommission::get()));
		Session::rotate_session();
		// A lower bound holds for those who have set more.
		MaxCommission::set(ONE);
		assert_eq!(Stake::commission_of(10, Role::Anchor), (ONE, ONE));
	});
}

#[test]
fn goes_with_the_bond() {
	chain().run(|| {
		assert_ok!(set(10, Role::Anchor, ONE));
		assert_ok!(Stake::unbond(signed(10), Role::Anchor, 300));
		poll_at(1 + UNBONDING);
		assert_ok!(Stake::withdraw(signed(10), Role::Anchor));
		assert!(!Commissions::<Test>::contains_key(10, Role::Anchor));
	});
}

#[test]
fn what_is_shared_goes_by_stake() {
	chain().run(|| {
		assert_ok!(Stake::delegate(signed(11), 10, Role::Anchor, 60));
		assert_ok!(Stake::delegate(signed(12), 10, Role::Anchor, 40));
		let before = Balances::balance(&10);
		assert_eq!(<Stake as Operators<u64>>::pay(&10, Role::Anchor, 100, 400), Ok(100));
		Created::set(500);
		assert_eq!(Balances::balance(&10), before + 400);
		assert_eq!((worth(11), worth(12)), (120, 80));
		assert!(events().contains(&Event::DelegatorsRewarded {
			operator: 10,
			role: Role::Anchor,
			amount: 100
		}));
		// It counts for seats, as what was delegated does.
		assert_eq!(AnchorList::<Test>::get()[0].stake(), 500);
	});
}

#[test]
fn without_delegators_all_is_the_operators() {
	chain().run(|| {
		assert_eq!(<Stake as Operators<u64>>::pay(&10, Role::Anchor, 1, 400), Ok(0));
		Created::set(401);
		assert_eq!(Balances::balance(&10), FUNDS - 300 + 401);
	});
}

#[test]
fn who_comes_later_gets_nothing_of_what_was_earned_before() {
	chain().run(|| {
		assert_ok!(Stake::delegate(signed(11), 10, Role::Anchor, 100));
		earned(10, 0, 400);
		assert_ok!(Stake::delegate(signed(12), 10, Role::Anchor, 200));
		assert_eq!((worth(11), worth(12)), (200, 200));
		earned(10, 0, 700);
		assert_ok!(Stake::undelegate(signed(12), 10, Role::Anchor, 100));
		// It was there with all of it.
		assert_eq!((worth(11), worth(12)), (400, 300));
	});
}

#[test]
fn a_change_of_the_bond_comes_after_what_was_earned() {
	for change in [Stake::bond_more as fn(_, _, _) -> _, Stake::unbond] {
		chain().run(|| {
			assert_ok!(Stake::delegate(signed(11), 10, Role::Anchor, 100));
			earned(10, 0, 400);
			assert_ok!(change(signed(10), Role::Anchor, 200));
			assert_eq!(worth(11), 200);
		});
	}
}

#[test]
fn a_new_commission_comes_after_what_was_earned() {
	chain().run(|| {
		earned(10, 3, 4);
		assert_ok!(set(10, Role::Anchor, TWO));
		assert_eq!(Created::get(), 7);
	});
}

proptest! {
	#[test]
	fn all_that_is_paid_arrives(
		own in 1u128..1_000, shared in 0u128..100_000, stakes in prop::collection::vec(10u128..100, 0..4),
	) {
		chain().run(|| {
			let mut delegated = 0;
			for (who, amount) in (11..).zip(&stakes) {
				assert_ok!(Stake::delegate(signed(who), 10, Role::Anchor, *amount));
				delegated += amount;
			}
			let before = Balances::balance(&10);
			let part = <Stake as Operators<u64>>::pay(&10, Role::Anchor, own, shared).expect("it is bonded");
			Created::set(own + shared);
			assert_eq!(part, shared * delegated / (300 + delegated));
			assert_eq!(Balances::balance(&10) + part, before + own + shared);
			let pool = Stake::delegated_to(10, Role::Anchor).staying.value;
			assert_eq!(pool, delegated + part);
			let count = stakes.len() as u128;
			let all: Balance = (11..).zip(&stakes).map(|(who, _)| worth(who)).sum();
			assert!(all <= pool && pool - all <= count);
		});
	}
}
