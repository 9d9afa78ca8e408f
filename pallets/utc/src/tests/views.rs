//! View functions.

use crate::{mock::*, *};
use exabits_primitives::{ClassId, MilliDevices, UtcKey, MAX_WINDOWS};
use frame_support::assert_ok;

#[test]
fn a_basket_costs_what_its_windows_cost() {
	run(|| {
		mint(ALICE, 1);
		// The first window is open at its price; the others would open with the new one.
		CurrentPrice::set(Some(2 * PRICE));
		let quote = Utc::quote_basket(KEY, 3, ONE).unwrap();
		assert_eq!(quote, BasketQuote { cover: 5 * COVER, fees: 5 * FEE, principal: 5 * S });
		for windows in [0, MAX_WINDOWS + 1, u32::MAX] {
			assert_eq!(Utc::quote_basket(KEY, windows, ONE), None);
		}
		assert_eq!(Utc::quote_basket(UtcKey { class: ClassId(99), ..KEY }, 1, ONE), None);
	});
}

#[test]
fn liabilities_are_what_is_promised_for_the_time_that_remains() {
	run(|| {
		assert_eq!(Utc::liabilities(UTC, ALICE), None);
		leased();
		let of = || Utc::liabilities(UTC, ALICE).unwrap();
		let expected = Liabilities { unplaced: ONE, promised: S, leases: 1, cover: 2 * COVER, liable: COVER };
		assert_eq!(of(), expected);
		set_slot(START + 45);
		assert_eq!(of(), Liabilities { promised: S / 4, ..expected });
		set_slot(END);
		assert_eq!(of(), Liabilities { promised: 0, ..expected });
	});
}

#[test]
fn a_settlement_is_shown_before_it_begins_while_it_runs_and_no_more() {
	run(|| {
		assert_eq!(Utc::settlement(UTC), None);
		mint(ALICE, 1);
		mint(BOB, 1);
		send(BOB, TINA, ONE);
		complete(redeem(TINA, ONE, BOB));
		let (obliged, delivered) = (120_000, 60_000);
		let before = Settlement { obliged, delivered, open: 2, ..Default::default() };
		assert_eq!(Utc::settlement(UTC), Some(before.clone()));
		set_slot(END + 5);
		assert_ok!(close());
		assert_ok!(settle(ALICE));
		let paid = IMBALANCE / 2;
		assert_eq!(Utc::settlement(UTC), Some(Settlement { open: 1, paid, left: paid, ..before }));
		assert_ok!(settle(BOB));
		assert_eq!(Utc::settlement(UTC), None);
		assert_eq!(Utc::quote_cover(KEY, MilliDevices(500)), Some(COVER / 2));
	});
}
