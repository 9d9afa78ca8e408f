//! Random sequences of calls: EXA and UTC are conserved, the invariants hold after every step.

use crate::{auction::OrderId, mock::*, Books, Event, Orders};
use exabits_math::auction::Side;
use exabits_primitives::MilliDevices;
use frame_support::{assert_ok, traits::fungibles::Mutate, weights::Weight};
use proptest::prelude::*;
use sp_runtime::Perbill;

#[derive(Clone, Debug)]
enum Step {
	Place { who: u64, bid: bool, tick: u16, amount: u32 },
	Offer { who: u64, tick: u16, amount: u32 },
	Lose { who: Option<u64> },
	Cancel { who: u64, nth: usize },
	Claim { who: u64, nth: usize },
	Clear,
	Refund { who: u64 },
	WindDown,
	Block { sweep: bool },
	Fee { parts: u32 },
	Wait { slots: u64 },
	Close,
}

const TRADERS: [u64; 4] = [ADMIN, SELLER, BUYER, OTHER];
const PEOPLE: [u64; 7] = [ADMIN, SELLER, BUYER, OTHER, FEES, AUTHOR, INSURANCE];

fn step() -> impl Strategy<Value = Step> {
	let who = || prop::sample::select(TRADERS.to_vec());
	prop_oneof![
		10 => (who(), any::<bool>(), 0..70u16, 90..1_500u32)
			.prop_map(|(who, bid, tick, amount)| Step::Place { who, bid, tick, amount }),
		6 => (who(), any::<bool>(), 60..63u16, 100..140u32)
			.prop_map(|(who, bid, tick, amount)| Step::Place { who, bid, tick, amount }),
		4 => (who(), 50..65u16, 90..1_500u32).prop_map(|(who, tick, amount)| Step::Offer { who, tick, amount }),
		1 => prop::option::of(who()).prop_map(|who| Step::Lose { who }),
		4 => (who(), 0..4usize).prop_map(|(who, nth)| Step::Cancel { who, nth }),
		6 => (who(), 0..4usize).prop_map(|(who, nth)| Step::Claim { who, nth }),
		2 => Just(Step::Clear),
		1 => who().prop_map(|who| Step::Refund { who }),
		1 => Just(Step::WindDown),
		8 => any::<bool>().prop_map(|sweep| Step::Block { sweep }),
		1 => (0..50_000_000u32).prop_map(|parts| Step::Fee { parts }),
		2 => (0..12u64).prop_map(|slots| Step::Wait { slots }),
		1 => Just(Step::Close),
	]
}

fn all_money() -> u128 {
	PEOPLE.iter().map(|who| money(*who)).sum::<u128>() + money(Market::book_account())
}

fn all_shares() -> u128 {
	PEOPLE.iter().map(|who| shares(*who)).sum::<u128>() + shares(Market::book_account())
}

/// What offers have sold so far, which was minted.
fn minted() -> u128 {
	let sold = |record: frame_system::EventRecord<RuntimeEvent, _>| match record.event {
		RuntimeEvent::Market(Event::OfferSold { amount, .. }) => u128::from(amount.0),
		_ => 0,
	};
	System::events().into_iter().map(sold).sum()
}

fn nth(who: u64, nth: usize) -> OrderId {
	Orders::<Test>::get(BOOK, who).get(nth).map_or(OrderId(0), |record| record.id)
}

fn take(step: &Step) {
	let signed = RuntimeOrigin::signed;
	let _ = match step.clone() {
		Step::Place { who, bid, tick, amount } => {
			let side = if bid { Side::Bid } else { Side::Ask };
			Market::place_order(signed(who), BOOK, side, tick, MilliDevices(amount))
		}
		Step::Offer { who, tick, amount } => {
			Market::offer_order(signed(who), BOOK_KEY, tick, MilliDevices(amount))
		}
		Step::Lose { who } => {
			Lost::set(who);
			Ok(())
		}
		Step::Cancel { who, nth: at } => done(Market::cancel_order(signed(who), BOOK, nth(who, at))),
		Step::Claim { who, nth: at } => Market::claim(signed(OTHER), BOOK, who, nth(who, at)),
		Step::Clear => Market::clear(signed(OTHER), BOOK).map(|_| ()).map_err(|error| error.error),
		Step::Refund { who } => Market::refund(signed(OTHER), BOOK, who),
		Step::WindDown => Market::wind_down(signed(OTHER), BOOK),
		Step::Block { sweep } => {
			System::set_block_number(System::block_number() + 1);
			if sweep {
				poll(Weight::MAX);
			}
			Ok(())
		}
		Step::Fee { parts } => {
			AuctionFee::set(Perbill::from_parts(parts));
			Ok(())
		}
		Step::Wait { slots } => {
			Now::set(Now::get() + slots);
			Ok(())
		}
		Step::Close if Now::get() >= ENDS && Terms::get().contains_key(&BOOK) => {
			close(BOOK);
			Ok(())
		}
		Step::Close => Ok(()),
	};
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]
	#[test]
	fn conserves_everything(steps in prop::collection::vec(step(), 1..120)) {
		run(|| {
			for who in TRADERS {
				assert_ok!(Assets::mint_into(BOOK.0, &who, 20_000));
			}
			let before = (all_money(), all_shares());
			for step in steps {
				take(&step);
				assert_eq!((all_money(), all_shares()), (before.0, before.1 + minted()), "after {step:?}");
				Market::do_try_state().unwrap();
			}
			for slot in ENDS..ENDS + 40 {
				at(slot.max(Now::get()));
				next_block();
				Market::do_try_state().unwrap();
			}
			assert_eq!(Orders::<Test>::iter().count() + Books::<Test>::iter().count(), 0);
			assert_eq!((all_money(), all_shares()), (before.0, before.1 + minted()));
			assert_eq!(Offered::iter().count(), 0);
		});
	}
}
