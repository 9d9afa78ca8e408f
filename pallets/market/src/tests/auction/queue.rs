use crate::{auction::SHARDS, mock::*, weights::WeightInfo, BatchQueue, Event, NextShard, Orders, Pages};
use exabits_math::auction::{Page, Side};
use exabits_primitives::{MilliDevices, UtcId};
use frame_support::{assert_ok, weights::Weight};

/// Opens markets with one order each.
fn markets(numbers: impl IntoIterator<Item = u32>) -> Vec<UtcId> {
	let markets: Vec<_> = numbers.into_iter().map(UtcId).collect();
	for utc in &markets {
		open(*utc, ENDS);
		Terms::mutate(|terms| terms.insert(*utc, (BOOK_CAP, ENDS)));
		let signed = RuntimeOrigin::signed(BUYER);
		assert_ok!(Market::place_order(signed, *utc, Side::Bid, 10, MilliDevices(100)));
	}
	markets
}

fn waiting() -> Vec<UtcId> {
	(0..SHARDS).flat_map(BatchQueue::<Test>::get).map(|batch| batch.utc).collect()
}

#[test]
fn markets_wait_once_and_until_the_next_block() {
	run(|| {
		place(BUYER, Side::Bid, 10, 100);
		place(BUYER, Side::Bid, 70, 100);
		poll(Weight::MAX);
		assert_eq!(waiting(), [BOOK]);
		assert_eq!(Market::queued(BOOK).unwrap().pages(), 2);
		next_block();
		assert!(waiting().is_empty());
	});
}

#[test]
fn cancelling_does_not_queue_a_market() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 10, 100);
		next_block();
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BUYER), BOOK, bid));
		assert!(waiting().is_empty());
	});
}

#[test]
fn a_sweep_stops_with_its_meter_and_goes_on_where_it_stopped() {
	run(|| {
		let all = markets(100..120);
		let one = <() as WeightInfo>::sweep_shard()
			.saturating_add(<() as WeightInfo>::sweep_look())
			.saturating_add(<() as WeightInfo>::clear(1, 128));
		ClearWeight::set(one);
		let mut last = all.len();
		for _ in 0..100 {
			System::set_block_number(System::block_number() + 1);
			poll(Weight::MAX);
			assert!((last.saturating_sub(1)..=last).contains(&waiting().len()));
			last = waiting().len();
			Market::do_try_state().unwrap();
		}
		assert_eq!(last, 0, "every market had its turn");
	});
}

#[test]
fn no_market_waits_for_more_than_those_before_it() {
	run(|| {
		markets([100, 101, 102, 103]);
		let four = <() as WeightInfo>::sweep_shard()
			.saturating_add(<() as WeightInfo>::sweep_look())
			.saturating_add(<() as WeightInfo>::clear(2, 128));
		ClearWeight::set(four);
		// Market 100 gets a new order in each block; the others are reached all the same.
		for _ in 0..40 {
			System::set_block_number(System::block_number() + 1);
			poll(Weight::MAX);
			let signed = RuntimeOrigin::signed(OTHER);
			for order in Orders::<Test>::get(UtcId(100), OTHER) {
				assert_ok!(Market::cancel_order(signed.clone(), UtcId(100), order.id));
			}
			assert_ok!(Market::place_order(signed, UtcId(100), Side::Bid, 10, MilliDevices(100)));
		}
		assert_eq!(waiting(), [UtcId(100)]);
		assert!(NextShard::<Test>::get() < SHARDS);
	});
}

#[test]
fn a_market_that_fails_does_not_strand_the_rest() {
	new_test_ext().execute_with(|| {
		// 100 and 116 wait in the same shard.
		markets([100, 116, 101]);
		next_block();
		for utc in [100, 116, 101].map(UtcId) {
			let signed = RuntimeOrigin::signed(BUYER);
			assert_ok!(Market::place_order(signed, utc, Side::Bid, 10, MilliDevices(100)));
		}
		// A page that its book does not know.
		let mut page = Page::default();
		page.place(Market::generation(), 0, MilliDevices(100)).unwrap();
		Pages::<Test>::insert(UtcId(100), (Side::Ask, 0), page.clone());
		crate::Books::<Test>::mutate(UtcId(100), |book| {
			book.as_mut().unwrap().summary.set(Side::Ask, 0, 7);
		});
		next_block();
		assert_eq!(waiting(), [UtcId(100)]);
		let failed = System::events().into_iter().any(|record| {
			matches!(record.event, RuntimeEvent::Market(Event::BatchFailed { utc: UtcId(100), .. }))
		});
		assert!(failed);
		// It is tried again, and ends once it is mended.
		crate::Books::<Test>::mutate(UtcId(100), |book| {
			book.as_mut().unwrap().summary.set(Side::Ask, 0, 100);
		});
		next_block();
		assert!(waiting().is_empty());
	});
}
