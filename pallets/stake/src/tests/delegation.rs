use super::*;
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

/// How long what matured waits for slashes that are pending: as long as one can in queues that are full.
const HELD_BACK: Slot = DEFERRAL + APPEAL + 2 * 16;

/// Anchor 11 with a bond of 100, to which accounts 12 and 13 have delegated 60 and 20.
fn chain(test: impl FnOnce()) {
	Chain::default().anchors(vec![(11, 100), (15, 60)]).run(|| {
		assert_ok!(Stake::delegate(signed(12), 11, Role::Anchor, 60));
		assert_ok!(Stake::delegate(signed(13), 11, Role::Anchor, 20));
		events();
		test();
	});
}

fn delegation(who: u64) -> (Balance, Balance) {
	Stake::delegation_of(who, 11, Role::Anchor)
}

fn pot() -> Balance {
	Balances::balance(&POT) - EXISTENTIAL
}

/// Takes `amount` from anchor 11 and its delegators.
fn slash(amount: Balance) {
	let slash = defer(11, Role::Anchor, amount, None);
	Now::set(Now::get() + DEFERRAL);
	assert_ok!(Stake::apply_slash(signed(20), slash));
}

mod delegate {
	use super::*;

	#[test]
	fn counts_for_seats() {
		chain(|| {
			assert_eq!(<Stake as Anchors<u64>>::seats(), vec![(11, 3), (15, 1)]);
			assert_ok!(Stake::delegate(signed(14), 11, Role::Anchor, 20));
			assert_eq!(<Stake as Anchors<u64>>::seats(), vec![(11, 4), (15, 1)]);
			assert_eq!(
				events(),
				vec![Event::Delegated { who: 14, operator: 11, role: Role::Anchor, amount: 20 }]
			);
			assert_eq!(Balances::balance(&14), FUNDS - 20);
			assert_eq!(pot(), 100);
		});
	}

	#[test]
	fn counts_for_the_election() {
		Chain::default().validators(vec![(1, 400), (2, 300), (3, 200), (4, 150), (5, 100)]).run(|| {
			assert_ok!(Stake::delegate(signed(12), 5, Role::Validator, 51));
			let elected = <Stake as pallet_session::SessionManager<u64>>::new_session(5);
			assert_eq!(elected, Some(vec![1, 2, 3, 5]));
		});
	}

	#[test]
	fn is_bounded_by_the_operators_own_bond() {
		chain(|| {
			assert_noop!(Stake::delegate(signed(14), 11, Role::Anchor, 121), Error::TooMuchDelegated);
			assert_ok!(Stake::delegate(signed(14), 11, Role::Anchor, 120));
			// What is more than twice the own bond after a part of it left counts no more.
			assert_ok!(Stake::unbond(signed(11), Role::Anchor, 50));
			assert_eq!(<Stake as Anchors<u64>>::seats(), vec![(11, 3), (15, 1)]);
		});
	}

	#[test]
	fn fails_where_it_cannot_be() {
		Chain::default().anchors(vec![(11, 100)]).services(vec![(11, 100)]).run(|| {
			let delegate = |operator, role, amount| Stake::delegate(signed(12), operator, role, amount);
			assert_noop!(delegate(11, Role::Service, 50), Error::NotDelegable);
			assert_noop!(delegate(12, Role::Anchor, 50), Error::OwnOperator);
			assert_noop!(delegate(11, Role::Validator, 50), Error::NotBonded);
			assert_noop!(delegate(11, Role::Anchor, 9), Error::DelegationTooLow);
			assert_ok!(delegate(11, Role::Anchor, 10));
			defer(11, Role::Anchor, 1, None);
			assert_noop!(delegate(11, Role::Anchor, 50), Error::SlashPending);
		});
	}

	#[test]
	fn fails_below_the_operators_minimum() {
		chain(|| {
			slash(100);
			assert_eq!(bond(11, Role::Anchor).active, 44);
			assert_noop!(Stake::delegate(signed(14), 11, Role::Anchor, 10), Error::BondTooLow);
		});
	}
}

mod slashes {
	use super::*;

	#[test]
	fn take_from_everybody_in_proportion() {
		chain(|| {
			slash(90);
			assert_eq!(bond(11, Role::Anchor).active, 50);
			assert_eq!((delegation(12), delegation(13)), ((30, 0), (10, 0)));
			assert_eq!(pot(), 40);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 90);
		});
	}

	#[test]
	fn reach_what_is_leaving() {
		chain(|| {
			assert_ok!(Stake::undelegate(signed(12), 11, Role::Anchor, 60));
			slash(90);
			assert_eq!((delegation(12), delegation(13)), ((0, 30), (10, 0)));
		});
	}

	#[test]
	fn that_take_all_leave_nothing_and_others_may_come() {
		chain(|| {
			slash(1_000);
			assert_eq!((delegation(12), pot()), ((0, 0), 0));
			assert_ok!(Stake::bond(signed(11), Role::Anchor, 100));
			assert_ok!(Stake::delegate(signed(14), 11, Role::Anchor, 50));
			assert_eq!((delegation(12), delegation(14)), ((0, 0), (50, 0)));
			// The record of what was lost goes.
			assert_noop!(Stake::undelegate(signed(12), 11, Role::Anchor, 1), Error::NotDelegated);
			assert_ok!(Stake::withdraw_delegation(signed(12), 11, Role::Anchor));
			assert!(!Delegations::<Test>::contains_key((12, 11, Role::Anchor)));
			assert_noop!(Stake::withdraw_delegation(signed(12), 11, Role::Anchor), Error::NothingToWithdraw);
		});
	}

	#[test]
	fn pay_a_reporter_out_of_all_sources() {
		chain(|| {
			let slash = defer(11, Role::Anchor, 180, Some(14));
			assert_ok!(Stake::appeal(signed(11), slash));
			poll_at(1 + APPEAL);
			assert_eq!(Balances::balance(&14), FUNDS + 19);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 198 - 19);
			assert_eq!((pot(), Balances::total_balance(&11)), (0, FUNDS - 118));
		});
	}

	#[test]
	fn for_offences_of_validators_cost_each_the_same_fraction() {
		Chain::default().run(|| {
			assert_ok!(Stake::delegate(signed(12), 1, Role::Validator, 200));
			assert_ok!(Stake::delegate(signed(13), 1, Role::Validator, 100));
			assert_ok!(Stake::undelegate(signed(13), 1, Role::Validator, 100));
			let offender = OffenceDetails { offender: (1, ()), reporters: vec![20] };
			let half = [Perbill::from_percent(50)];
			<Stake as OnOffenceHandler<u64, (u64, ()), _>>::on_offence(&[offender], &half, 0);
			poll_at(1 + DEFERRAL);
			assert_eq!(bond(1, Role::Validator).active, 200);
			assert_eq!(Stake::delegation_of(12, 1, Role::Validator), (100, 0));
			assert_eq!(Stake::delegation_of(13, 1, Role::Validator), (0, 50));
			assert_eq!(Balances::balance(&20), FUNDS + 35);
		});
	}
}

mod undelegate {
	use super::*;

	#[test]
	fn counts_no_more_and_waits() {
		chain(|| {
			assert_ok!(Stake::undelegate(signed(12), 11, Role::Anchor, 50));
			let withdrawable_from = 1 + UNBONDING;
			assert_eq!(
				events(),
				vec![Event::Undelegated {
					who: 12,
					operator: 11,
					role: Role::Anchor,
					amount: 50,
					withdrawable_from
				}]
			);
			assert_eq!(delegation(12), (10, 50));
			assert_eq!(<Stake as Anchors<u64>>::seats(), vec![(11, 2), (15, 1)]);
		});
	}

	#[test]
	fn fails_for_what_is_not_there() {
		chain(|| {
			let undelegate = |who, amount| Stake::undelegate(signed(who), 11, Role::Anchor, amount);
			assert_noop!(undelegate(12, 0), Error::ZeroAmount);
			assert_noop!(undelegate(12, 61), Error::InsufficientBond);
			assert_noop!(undelegate(12, 51), Error::DelegationTooLow);
			assert_noop!(undelegate(14, 1), Error::NotDelegated);
			for slot in 1..=3 {
				Now::set(slot);
				assert_ok!(undelegate(12, 1));
				assert_ok!(undelegate(12, 1));
			}
			Now::set(4);
			assert_noop!(undelegate(12, 1), Error::TooManyUnbonding);
		});
	}
}

mod withdraw_delegation {
	use super::*;

	fn withdraw() -> DispatchResult {
		Stake::withdraw_delegation(signed(12), 11, Role::Anchor)
	}

	#[test]
	fn waits_for_the_delay() {
		chain(|| {
			assert_ok!(Stake::undelegate(signed(12), 11, Role::Anchor, 60));
			Now::set(UNBONDING);
			assert_noop!(withdraw(), Error::NothingToWithdraw);
			Now::set(UNBONDING + 1);
			assert_ok!(withdraw());
			assert_eq!(Balances::balance(&12), FUNDS);
			assert_noop!(withdraw(), Error::NothingToWithdraw);
		});
		chain(|| {
			assert_ok!(Stake::undelegate(signed(12), 11, Role::Anchor, 60));
			Now::set(UNBONDING + 2);
			assert_ok!(withdraw());
		});
	}

	#[test]
	fn waits_for_pending_slashes_and_not_for_ever() {
		for (slot, free) in [(-1, false), (0, true), (1, true)] {
			chain(|| {
				assert_ok!(Stake::undelegate(signed(12), 11, Role::Anchor, 60));
				Now::set(UNBONDING);
				defer(11, Role::Anchor, 90, None);
				Now::set(UNBONDING + 1);
				assert_noop!(withdraw(), Error::SlashPending);
				Now::set((UNBONDING + 1 + HELD_BACK).saturating_add_signed(slot));
				if free {
					assert_ok!(withdraw());
				} else {
					assert_noop!(withdraw(), Error::SlashPending);
				}
			});
		}
	}
}

mod reward_delegators {
	use super::*;

	#[test]
	fn is_shared_by_those_who_stay() {
		chain(|| {
			assert_ok!(Stake::delegate(signed(14), 11, Role::Anchor, 40));
			assert_ok!(Stake::undelegate(signed(14), 11, Role::Anchor, 40));
			events();
			assert_ok!(Stake::reward_delegators(signed(11), 11, Role::Anchor, 40));
			assert_eq!((delegation(12), delegation(13), delegation(14)), ((90, 0), (30, 0), (0, 40)));
			assert_eq!(
				events(),
				vec![Event::DelegatorsRewarded { operator: 11, role: Role::Anchor, amount: 40 }]
			);
			assert_eq!(<Stake as Anchors<u64>>::seats(), vec![(11, 4), (15, 1)]);
		});
	}

	#[test]
	fn fails_for_nothing_and_for_nobody() {
		chain(|| {
			let reward =
				|operator, amount| Stake::reward_delegators(signed(20), operator, Role::Anchor, amount);
			assert_noop!(reward(11, 0), Error::ZeroAmount);
			assert_noop!(reward(15, 5), Error::NobodyDelegates);
		});
	}
}
