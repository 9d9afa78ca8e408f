use crate::{auction::KEPT_WINDOWS, mock::*, Trading};
use exabits_math::auction::Side;
use exabits_primitives::{ClassId, MarketPrices, Traded, WindowIndex};

/// Trades `amount` at a tick in this slot.
fn trade(tick: u16, amount: u32) {
	let bid = place(BUYER, Side::Bid, tick, amount);
	let ask = place(SELLER, Side::Ask, tick, amount);
	next_block();
	for (who, order) in [(BUYER, bid), (SELLER, ask)] {
		frame_support::assert_ok!(Market::claim(RuntimeOrigin::signed(who), BOOK, who, order));
	}
}

fn traded(window: u32) -> Option<Traded> {
	Market::traded(CLASS, WindowIndex(window))
}

#[test]
fn are_weighed_by_volume_in_the_window_that_runs() {
	run(|| {
		Now::set(100);
		trade(10, 1_000);
		trade(20, 3_000);
		Now::set(149);
		trade(20, 100);
		Now::set(150);
		trade(30, 100);

		let both = (price(10) * 1_000 + price(20) * 3_100) / 4_100;
		let fees = price(10) / 100 + price(20) * 3 / 100 + price(20) / 1_000;
		assert_eq!(traded(2), Some(Traded { price: both, fees }));
		assert_eq!(traded(3).unwrap().price, price(30));
		assert_eq!((traded(1), traded(4)), (None, None));
		assert_eq!(Market::traded(ClassId(9), WindowIndex(2)), None);
	});
}

#[test]
fn are_kept_for_a_bounded_number_of_windows() {
	run(|| {
		Terms::mutate(|terms| terms.insert(BOOK, (BOOK_CAP, u64::MAX)));
		for window in 2..KEPT_WINDOWS + 10 {
			Now::set(u64::from(window * WINDOW));
			trade(10, 100);
		}
		assert_eq!(Trading::<Test>::iter().count(), KEPT_WINDOWS as usize);
		assert_eq!((traded(9), traded(10).is_some()), (None, true));
		assert!(traded(KEPT_WINDOWS + 9).is_some());
	});
}
