//! Random sequences of calls keep the invariants and conserve money.

use super::*;
use proptest::prelude::*;
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

#[derive(Clone, Debug)]
enum Step {
	Bond(u64, Role, Balance),
	BondMore(u64, Role, Balance),
	Unbond(u64, Role, Balance),
	Withdraw(u64, Role),
	Chill(u64),
	Validate(u64),
	Reserve(u64, Role, Balance),
	Unreserve(u64, Role, Balance),
	Debit(u64, Role, Balance),
	Credit(u64, Role, Balance),
	Defer(u64, Role, Balance, Option<u64>),
	Apply(u32),
	Cancel(u32),
	Reduce(u32, Balance),
	Minimum(Role, Balance),
	Appeal(u64, u32),
	Vote(u64, u32, bool),
	Owe(Balance),
	Delegate(u64, u64, Role, Balance),
	Undelegate(u64, u64, Role, Balance),
	WithdrawDelegation(u64, u64, Role),
	RewardDelegators(u64, Role, Balance),
	Offence(u64, u32, SessionIndex),
	Rotate,
	Wait(Slot),
}

fn step() -> impl Strategy<Value = Step> {
	let who = 1u64..9;
	let role = prop_oneof![Just(Role::Validator), Just(Role::Anchor), Just(Role::Service)];
	let amount = prop_oneof![Just(0u128), 1u128..20, 20u128..400, Just(FUNDS)];
	let of = (who.clone(), role.clone(), amount.clone());
	let of_operator = of.clone();
	prop_oneof![
		3 => of.clone().prop_map(|(who, role, amount)| Step::Bond(who, role, amount)),
		2 => of.clone().prop_map(|(who, role, amount)| Step::BondMore(who, role, amount)),
		3 => of.clone().prop_map(|(who, role, amount)| Step::Unbond(who, role, amount)),
		2 => (who.clone(), role.clone()).prop_map(|(who, role)| Step::Withdraw(who, role)),
		1 => who.clone().prop_map(Step::Chill),
		1 => who.clone().prop_map(Step::Validate),
		1 => of.clone().prop_map(|(who, role, amount)| Step::Reserve(who, role, amount)),
		1 => of.clone().prop_map(|(who, role, amount)| Step::Unreserve(who, role, amount)),
		1 => of.clone().prop_map(|(who, role, amount)| Step::Debit(who, role, amount)),
		1 => of.clone().prop_map(|(who, role, amount)| Step::Credit(who, role, amount)),
		3 => (of, prop::option::of(who.clone()))
			.prop_map(|((who, role, amount), reporter)| Step::Defer(who, role, amount, reporter)),
		1 => (0u32..12).prop_map(Step::Apply),
		1 => (0u32..12).prop_map(Step::Cancel),
		1 => (0u32..12, amount.clone()).prop_map(|(slash, amount)| Step::Reduce(slash, amount)),
		1 => (role, 1u128..150).prop_map(|(role, amount)| Step::Minimum(role, amount)),
		3 => (who.clone(), 0u32..12).prop_map(|(who, slash)| Step::Appeal(who, slash)),
		3 => (12u64..17, 0u32..12, any::<bool>())
			.prop_map(|(who, slash, cancel)| Step::Vote(who, slash, cancel)),
		5 => (12u64..15, of_operator.clone())
			.prop_map(|(who, (operator, role, amount))| Step::Delegate(who, operator, role, amount)),
		3 => (12u64..15, of_operator.clone())
			.prop_map(|(who, (operator, role, amount))| Step::Undelegate(who, operator, role, amount)),
		2 => (12u64..15, of_operator.clone())
			.prop_map(|(who, (operator, role, _))| Step::WithdrawDelegation(who, operator, role)),
		1 => of_operator
			.prop_map(|(operator, role, amount)| Step::RewardDelegators(operator, role, amount)),
		1 => amount.prop_map(Step::Owe),
		2 => (who, 0u32..101, 0u32..4)
			.prop_map(|(who, percent, session)| Step::Offence(who, percent, session)),
		1 => Just(Step::Rotate),
		4 => (1u64..30).prop_map(Step::Wait),
	]
}

/// Makes one step.
fn make(step: Step) -> DispatchResult {
	let root = RuntimeOrigin::root;
	match step {
		Step::Bond(who, role, amount) => Stake::bond(signed(who), role, amount),
		Step::BondMore(who, role, amount) => Stake::bond_more(signed(who), role, amount),
		Step::Unbond(who, role, amount) => Stake::unbond(signed(who), role, amount),
		Step::Withdraw(who, role) => Stake::withdraw(signed(who), role),
		Step::Chill(who) => Stake::chill(signed(who)),
		Step::Validate(who) => Stake::validate(signed(who)),
		Step::Reserve(who, role, amount) => <Stake as Bonds<u64>>::reserve(&who, role, amount),
		Step::Unreserve(who, role, amount) => {
			<Stake as Bonds<u64>>::unreserve(&who, role, amount);
			Ok(())
		}
		Step::Debit(who, role, amount) => <Stake as Bonds<u64>>::debit(&who, role, amount),
		Step::Credit(who, role, amount) => <Stake as Bonds<u64>>::credit(&who, role, amount),
		Step::Defer(who, role, amount, reporter) => {
			<Stake as Slashes<u64>>::defer(&who, role, amount, reporter).map(|_| ())
		}
		Step::Apply(slash) => {
			Stake::apply_slash(signed(20), SlashId(slash)).map(|_| ()).map_err(|error| error.error)
		}
		Step::Cancel(slash) => Stake::cancel_slash(root(), SlashId(slash)),
		Step::Reduce(slash, amount) => Stake::reduce_slash(root(), SlashId(slash), amount),
		Step::Minimum(role, amount) => Stake::set_minimum(root(), role, amount),
		Step::Offence(who, percent, session) => {
			let offender = OffenceDetails { offender: (who, ()), reporters: vec![20] };
			<Stake as OnOffenceHandler<u64, (u64, ()), _>>::on_offence(
				&[offender],
				&[Perbill::from_percent(percent)],
				session,
			);
			Ok(())
		}
		Step::Appeal(who, slash) => Stake::appeal(signed(who), SlashId(slash)),
		Step::Vote(who, slash, cancel) => {
			Stake::vote(signed(who), SlashId(slash), cancel).map(|_| ()).map_err(|error| error.error)
		}
		Step::Owe(amount) => {
			Owed::set(amount);
			Ok(())
		}
		Step::Delegate(who, operator, role, amount) => Stake::delegate(signed(who), operator, role, amount),
		Step::Undelegate(who, operator, role, amount) => {
			Stake::undelegate(signed(who), operator, role, amount)
		}
		Step::WithdrawDelegation(who, operator, role) => {
			Stake::withdraw_delegation(signed(who), operator, role)
		}
		Step::RewardDelegators(operator, role, amount) => {
			Stake::reward_delegators(signed(20), operator, role, amount)
		}
		Step::Rotate => {
			Session::rotate_session();
			Ok(())
		}
		Step::Wait(slots) => {
			poll_at(Now::get() + slots);
			Ok(())
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn invariants_hold_and_money_is_conserved(steps in prop::collection::vec(step(), 1..60)) {
		Chain::default().anchors(vec![(5, 60), (6, 120)]).services(vec![(7, 100)]).run(|| {
			for step in steps {
				let shown = format!("{step:?}");
				// Whether the ledger agrees does not matter; a call that fails leaves no trace, as in a block.
				let _ = frame_support::storage::with_storage_layer(|| make(step));
				Stake::do_try_state().unwrap_or_else(|error| panic!("after {shown}: {error:?}"));
				assert!(!Session::validators().is_empty());
			}
		});
	}
}
