//! Random sequences of calls: money and UTC are conserved, the invariants hold after every step.

use crate::{mock::*, Listings};
use exabits_primitives::{ListingId, MilliDevices, Slot};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	List { who: u64, amount: u32, price: u128 },
	Buy { who: u64, listing: u64, amount: u32 },
	Cancel { who: u64, listing: u64 },
	Expire { listing: u64 },
	Wait { slots: Slot },
	Close,
}

const PEOPLE: [u64; 5] = [ADMIN, SELLER, BUYER, OTHER, FEES];

fn step() -> impl Strategy<Value = Step> {
	let who = || prop::sample::select(vec![SELLER, BUYER, OTHER]);
	prop_oneof![
		5 => (who(), 0..3_000u32, 0..CAP * 2)
			.prop_map(|(who, amount, price)| Step::List { who, amount, price }),
		5 => (who(), 0..10u64, 0..1_500u32)
			.prop_map(|(who, listing, amount)| Step::Buy { who, listing, amount }),
		2 => (who(), 0..10u64).prop_map(|(who, listing)| Step::Cancel { who, listing }),
		2 => (0..10u64).prop_map(|listing| Step::Expire { listing }),
		3 => (0..20u64).prop_map(|slots| Step::Wait { slots }),
		1 => Just(Step::Close),
	]
}

fn money() -> u128 {
	PEOPLE.iter().map(Balances::free_balance).sum()
}

fn all_units() -> u128 {
	PEOPLE.iter().map(|who| units(*who)).sum::<u128>() + escrowed()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]
	#[test]
	fn conserves_everything(steps in prop::collection::vec(step(), 1..60)) {
		run(|| {
			let before = money();
			let signed = RuntimeOrigin::signed;
			for step in steps {
				let _ = match step.clone() {
					Step::List { who, amount, price } => {
						Market::list(signed(who), UTC, MilliDevices(amount), price)
					},
					Step::Buy { who, listing, amount } => {
						done(Market::buy(signed(who), ListingId(listing), MilliDevices(amount), CAP))
					},
					Step::Cancel { who, listing } => Market::cancel(signed(who), ListingId(listing)),
					Step::Expire { listing } => Market::expire(signed(OTHER), ListingId(listing)),
					Step::Wait { slots } => {
						at(Now::get() + slots);
						Ok(())
					},
					Step::Close if Now::get() >= ENDS && Terms::get().contains_key(&UTC) => {
						close(UTC);
						Ok(())
					},
					Step::Close => Ok(()),
				};
				assert_eq!(money(), before, "after {step:?}");
				assert_eq!(all_units(), u128::from(SUPPLY), "after {step:?}");
				Market::do_try_state().unwrap();
			}
			at(ENDS + 20);
			assert_eq!(Listings::<Test>::iter().count(), 0);
		});
	}
}
