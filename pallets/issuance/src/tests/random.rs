use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	Block(u64),
	Measured(Balance, u32, Vec<u64>),
	Claim(u64, Role),
	Settle(u64, Role),
	Delegate(u64, Balance, u32),
	Sessions(u32),
}

fn step() -> impl Strategy<Value = Step> {
	let who = || 1u64..5;
	let role = || prop::sample::select(vec![Role::Validator, Role::Anchor]);
	prop_oneof![
		6 => who().prop_map(Step::Block),
		4 => (0u128..100_000, 4u32..8, prop::sample::subsequence(vec![1, 2, 3, 4], 0..=4))
			.prop_map(|(fee, members, accurate)| Step::Measured(fee, members, accurate)),
		3 => (who(), role()).prop_map(|(who, role)| Step::Claim(who, role)),
		1 => (who(), role()).prop_map(|(who, role)| Step::Settle(who, role)),
		1 => (who(), 0u128..1_000, 0u32..=100).prop_map(|(who, amount, part)| Step::Delegate(who, amount, part)),
		2 => (1u32..7).prop_map(Step::Sessions),
	]
}

proptest! {
	/// What exists more than before is what was claimed, and never more than the budgets of the sessions were.
	#[test]
	fn every_history_creates_what_it_pays_and_stays_in_its_budgets(steps in prop::collection::vec(step(), 1..80)) {
		run(|| {
			let mut budgets = 0;
			let mut slots = 0;
			for step in steps {
				match step {
					// A session has no more blocks than slots.
					Step::Block(_) if slots == SLOTS => {}
					Step::Block(who) => {
						slots += 1;
						blocks(who, 1);
					}
					Step::Measured(fee, members, accurate) => Issuance::measured(fee, members, &accurate),
					Step::Claim(who, role) => {
						let (own, delegators) = Issuance::claimable(who, role);
						let before = (has(who), has(DELEGATORS + who));
						let paid = claim(who, role);
						assert_eq!(paid.is_ok(), own + delegators > 0);
						assert_eq!((has(who), has(DELEGATORS + who)), (before.0 + own, before.1 + delegators));
					}
					Step::Settle(who, role) => Issuance::settle(&who, role),
					Step::Delegate(who, amount, part) => {
						let commission = Perbill::from_percent(part);
						Known::mutate(|known| known.insert(who, (500, amount, commission)));
					}
					Step::Sessions(count) => {
						let over = Issuance::budgets(Current::get());
						budgets += over.map_or(0, |over| over.validators.amount + over.anchors.amount);
						Current::mutate(|session| *session += count);
						slots = 0;
					}
				}
				Issuance::do_try_state().expect("the invariants hold");
				assert!(created() <= budgets);
			}
			Current::mutate(|session| *session += 1);
			for who in 1..5 {
				for role in [Role::Validator, Role::Anchor] {
					let _ = claim(who, role);
				}
			}
			let paid: Balance = (1..5).map(|who| has(who) + has(DELEGATORS + who)).sum();
			assert_eq!(paid, created());
		});
	}
}
