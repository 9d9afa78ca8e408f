use crate::{mock::*, Books, Error, Event, LevelCloses, PageCloses};
use exabits_math::auction::{Side, Tick};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};

fn clear_as(who: u64) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Market::clear(RuntimeOrigin::signed(who), BOOK)
}

/// Lets the next block come without a sweep.
fn quiet_block() {
	System::set_block_number(System::block_number() + 1);
}

#[test]
fn trades_at_one_price_and_splits_the_fee() {
	run(|| {
		place(BUYER, Side::Bid, 30, 1_000);
		place(OTHER, Side::Bid, 20, 1_000);
		place(SELLER, Side::Ask, 10, 1_500);
		quiet_block();

		assert_ok!(clear_as(OTHER));

		let fee = price(20) * 15 / 1_000;
		assert_eq!(
			last_event(),
			Event::BatchCleared {
				utc: BOOK,
				tick: Tick::new(20).unwrap(),
				price: price(20),
				volume: 1_500,
				fee,
			}
		);
		assert_eq!(money(INSURANCE) - MONEY, fee * 60 / 100);
		assert_eq!(money(FEES) - MONEY, fee - fee * 60 / 100);
		assert_eq!(PageCloses::<Test>::iter().count(), 1, "all asks, which are one page");
		assert_eq!(LevelCloses::<Test>::iter().count(), 1, "the bids at 30");
	});
}

#[test]
fn is_refunded_what_it_does_not_weigh() {
	run(|| {
		place(BUYER, Side::Bid, 30, 1_000);
		place(SELLER, Side::Ask, 10, 1_500);
		quiet_block();
		let used = clear_as(OTHER).unwrap().actual_weight.unwrap();
		let most = crate::Call::<Test>::clear { utc: BOOK }.get_dispatch_info().call_weight;
		assert!(used.ref_time() * 2 < most.ref_time(), "{used} of {most}");
	});
}

#[test]
fn fails_in_the_block_of_the_last_order() {
	run(|| {
		place(BUYER, Side::Bid, 30, 1_000);
		assert_noop!(clear_as(OTHER), Error::<Test>::BatchOpen);
		quiet_block();
		place(SELLER, Side::Ask, 10, 1_000);
		assert_noop!(clear_as(OTHER), Error::<Test>::BatchOpen);
		quiet_block();
		assert_ok!(clear_as(OTHER));
	});
}

#[test]
fn fails_without_new_orders() {
	run(|| {
		assert_noop!(clear_as(OTHER), Error::<Test>::NoBatch);
		place(BUYER, Side::Bid, 30, 1_000);
		quiet_block();
		assert_ok!(clear_as(OTHER));
		assert_noop!(clear_as(OTHER), Error::<Test>::NoBatch);
	});
}

#[test]
fn takes_part_in_the_batch_after_a_clearing_in_the_same_block() {
	run(|| {
		place(BUYER, Side::Bid, 30, 1_000);
		place(SELLER, Side::Ask, 30, 1_000);
		quiet_block();
		assert_ok!(clear_as(OTHER));
		// The same ticks begin another life in this block.
		let bid = place(BUYER, Side::Bid, 30, 1_000);
		place(SELLER, Side::Ask, 30, 1_000);
		next_block();
		assert_ok!(Market::claim(RuntimeOrigin::signed(OTHER), BOOK, BUYER, bid));
		assert_eq!(shares(BUYER), 1_000);
		assert_eq!(Books::<Test>::get(BOOK).unwrap().clearings.len(), 2);
	});
}

#[test]
fn remembers_a_bounded_number_of_prices() {
	run(|| {
		for _ in 0..20 {
			let bid = place(BUYER, Side::Bid, 30, 100);
			let ask = place(SELLER, Side::Ask, 30, 100);
			next_block();
			for (who, order) in [(BUYER, bid), (SELLER, ask)] {
				assert_ok!(Market::claim(RuntimeOrigin::signed(who), BOOK, who, order));
			}
		}
		assert_eq!(Market::clearings(BOOK).len(), 16);
	});
}

#[test]
fn goes_on_when_a_fee_cannot_be_paid() {
	run(|| {
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), FEES, 0));
		place(BUYER, Side::Bid, 0, 100);
		place(SELLER, Side::Ask, 0, 100);
		// 1 % of a tenth of the lowest price, of which fees get 40 %: enough to make the account.
		AuctionFee::set(sp_runtime::Perbill::from_parts(1));
		next_block();
		assert!(matches!(last_event(), Event::BatchCleared { .. }));
	});
}
