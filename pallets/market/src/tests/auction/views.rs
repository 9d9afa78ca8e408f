use crate::{auction::Depth, mock::*};
use exabits_math::auction::Side;
use exabits_primitives::MilliDevices;

#[test]
fn depth_shows_each_side_from_its_best_price() {
	run(|| {
		for (who, side, tick, amount) in [
			(BUYER, Side::Bid, 10, 100),
			(OTHER, Side::Bid, 10, 200),
			(BUYER, Side::Bid, 100, 300),
			(SELLER, Side::Ask, 200, 400),
			(SELLER, Side::Ask, 120, 500),
		] {
			place(who, side, tick, amount);
		}
		let level = |tick, amount, orders| Depth { tick, price: price(tick), amount, orders };
		let (bids, asks) = Market::depth(BOOK);
		assert_eq!(bids, [level(100, 300, 1), level(10, 300, 2)]);
		assert_eq!(asks, [level(120, 500, 1), level(200, 400, 1)]);
	});
}

#[test]
fn orders_show_what_rests_and_what_a_claim_gives() {
	run(|| {
		let bid = place(BUYER, Side::Bid, 20, 1_000);
		place(SELLER, Side::Ask, 10, 400);
		next_block();

		let orders = Market::orders(BOOK, BUYER);
		assert_eq!((orders[0].id, orders[0].rest), (bid, MilliDevices(600)));
		assert_eq!((orders[0].units, orders[0].money), (MilliDevices(400), 0));
		let asks = Market::orders(BOOK, SELLER);
		assert_eq!((asks[0].rest, asks[0].units), (MilliDevices(0), MilliDevices(0)));
		assert_eq!(asks[0].money, price(20) * 400 * 99 / 100_000);
		let clearing = Market::clearings(BOOK)[0];
		assert_eq!((clearing.tick.number(), clearing.volume, clearing.slot), (20, 400, 100));
	});
}

#[test]
fn the_grid_can_be_asked_for() {
	run(|| {
		assert_eq!((Market::price(20), Market::price(4_096)), (Some(price(20)), None));
		assert_eq!((Market::tick(price(20) + 1), Market::tick(1)), (Some(20), None));
	});
}
