//! Single random books.

use super::*;

/// Random books that are compared with the reference.
const BOOKS: u64 = 100_000;
const FEE: Perbill = Perbill::from_parts(2_500_000);

type Wish = (Side, Tick, u32);

/// Orders around one price, so that they cross; some far away, so that many pages are occupied.
fn wishes(random: &mut Random) -> Vec<Wish> {
	let spread = [2, 10, 70, 300, 2_000][random.below(5) as usize];
	let middle = random.between(0, u64::from(TICKS) - 1);
	let amounts = [3, 40, 1_000, 100_000, u64::from(u32::MAX)][random.below(5) as usize];
	let orders = random.between(0, 24);
	let side = |random: &mut Random| if random.chance(50) { Side::Bid } else { Side::Ask };
	(0..orders)
		.map(|_| {
			let number = (middle + random.below(spread)).min(u64::from(TICKS) - 1);
			(side(random), tick(number as u16), random.between(1, amounts) as u32)
		})
		.collect()
}

/// The price and volume that the rules give, by looking at every tick.
fn exact_price(wishes: &[Wish], last: Option<Tick>) -> Option<(Tick, u64)> {
	let mut bids = [0u64; TICKS as usize + 1];
	let mut asks = [0u64; TICKS as usize];
	for (side, tick, amount) in wishes {
		let levels = if *side == Side::Bid { &mut bids[..] } else { &mut asks[..] };
		levels[usize::from(tick.number())] += u64::from(*amount);
	}
	for at in (0..usize::from(TICKS)).rev() {
		bids[at] += bids[at + 1];
	}
	for at in 1..usize::from(TICKS) {
		asks[at] += asks[at - 1];
	}
	let volume = (0..usize::from(TICKS)).map(|at| bids[at].min(asks[at])).max()?;
	if volume == 0 {
		return None;
	}
	let all = (0..usize::from(TICKS)).filter(|at| bids[*at].min(asks[*at]) == volume);
	let least = all.clone().map(|at| bids[at].abs_diff(asks[at])).min()?;
	let best: Vec<usize> = all.filter(|at| bids[*at].abs_diff(asks[*at]) == least).collect();
	let (low, high) = (*best.first()?, *best.last()?);
	assert_eq!(high - low + 1, best.len(), "equal prices lie side by side");
	let at = if best.iter().all(|at| bids[*at] > asks[*at]) {
		high
	} else if best.iter().all(|at| bids[*at] < asks[*at]) {
		low
	} else {
		match last {
			Some(last) => *best.iter().min_by_key(|at| at.abs_diff(usize::from(last.number())))?,
			None => (low + high) / 2,
		}
	};
	Some((tick(at as u16), volume))
}

/// For each order the numerator of what is filled of it; the denominator is the second number.
fn exact_fills(wishes: &[Wish], volume: u64) -> Vec<(u128, u128)> {
	let mut fills = std::vec![(0, 1); wishes.len()];
	for side in [Side::Bid, Side::Ask] {
		let mut levels = BTreeMap::<u16, u64>::new();
		for (_, tick, amount) in wishes.iter().filter(|wish| wish.0 == side) {
			*levels.entry(tick.number()).or_default() += u64::from(*amount);
		}
		let mut levels: Vec<_> = levels.into_iter().collect();
		if side == Side::Bid {
			levels.reverse();
		}
		let mut left = volume;
		for (number, total) in levels {
			let filled = total.min(left);
			left -= filled;
			for ((of, tick, amount), fill) in wishes.iter().zip(&mut fills) {
				if *of == side && tick.number() == number {
					*fill = (u128::from(*amount) * u128::from(filled), total.into());
				}
			}
		}
		assert_eq!(left, 0);
	}
	fills
}

struct Result {
	cleared: Option<Cleared>,
	outcomes: Vec<(Outcome, Due)>,
	market: Market,
}

/// Places the orders in the given order of arrival and clears the book; results are in the orders' own order.
fn run(wishes: &[Wish], arrival: &[usize], last: Option<Tick>) -> Result {
	let mut market = Market { last, ..Default::default() };
	let mut orders = std::vec![None; wishes.len()];
	for at in arrival {
		let (side, tick, amount) = wishes[*at];
		orders[*at] = Some(market.place(side, tick, MilliDevices(amount)).unwrap());
	}
	let cleared = market.clear(FEE);
	let outcomes = orders
		.into_iter()
		.map(|order| {
			let order = order.unwrap();
			let fate = market.fate(&order);
			(order.outcome(fate).unwrap(), order.due(fate).unwrap())
		})
		.collect();
	Result { cleared, outcomes, market }
}

#[test]
fn a_hundred_thousand_books_agree_with_exact_numbers() {
	let mut random = Random(1);
	let mut traded = 0;
	for book in 0..BOOKS {
		let wishes = wishes(&mut random);
		let last = random.chance(70).then(|| tick(random.below(u64::from(TICKS)) as u16));
		let mut arrival: Vec<usize> = (0..wishes.len()).collect();
		let result = run(&wishes, &arrival, last);

		// One price, by the rules.
		let expected = exact_price(&wishes, last);
		assert_eq!(result.cleared.map(|cleared| (cleared.tick, cleared.volume)), expected, "book {book}");
		let (volume, price) = expected.map_or((0, 0), |(tick, volume)| (volume, tick.price()));
		traded += u32::from(volume > 0);

		let fee = result.cleared.map_or(0, |cleared| cleared.fee);
		let net = price * (1_000_000_000 - Balance::from(FEE.deconstruct()));
		let mut bought = 0u64;
		let (mut sold, mut spent, mut earned) = (0u64, 0u128, 0u128);
		for ((wish, fill), (outcome, due)) in
			wishes.iter().zip(exact_fills(&wishes, volume)).zip(&result.outcomes)
		{
			let (side, limit, amount) = *wish;
			let (filled, of) = fill;
			let whole = filled / of;
			if filled > 0 {
				// Nobody trades beyond the limit.
				assert!(if side == Side::Bid { price <= limit.price() } else { price >= limit.price() });
			}
			// What is filled is in proportion, to less than a unit.
			let rest = (u128::from(amount) * of - filled) / of;
			assert_eq!(u128::from(outcome.rest.0), rest, "book {book}");
			match side {
				Side::Bid => {
					assert_eq!(u128::from(outcome.filled.0), whole, "book {book}");
					// filled × price ÷ 1,000, rounded up.
					let exact = Balance::from(outcome.filled.0) * price / 1_000;
					assert!(
						outcome.money >= exact
							&& outcome.money <= (filled * 1_000 / of + 1_000) * price / 1_000_000 + 1
					);
					let prepaid = cost(limit.price(), MilliDevices(amount)).unwrap();
					assert!(outcome.money <= prepaid + 1);
					if due.over {
						assert_eq!(due.money, prepaid.saturating_sub(outcome.money));
					}
					assert_eq!(due.units, outcome.filled);
					bought += u64::from(outcome.filled.0);
					spent += outcome.money.min(prepaid);
				}
				Side::Ask => {
					if filled == u128::from(amount) * of {
						let exact = Balance::from(amount) * net / 1_000_000_000_000;
						assert!(outcome.money <= exact && exact - outcome.money <= 1, "book {book}");
					}
					assert_eq!(due.money, outcome.money);
					sold += u64::from(amount) - u64::from(outcome.rest.0);
					earned += outcome.money;
				}
			}
		}
		// Nothing is created, and less than a unit per order is lost.
		let orders = wishes.len() as u64;
		assert!(bought <= volume && volume - bought <= orders, "book {book}");
		assert!(sold >= volume && sold - volume <= orders, "book {book}");
		assert!(spent >= earned + fee, "book {book}: {spent} spent, {earned} earned, {fee} fee");
		assert!(spent - earned - fee <= 2 * Balance::from(orders) + 2, "book {book}");

		// Who came first does not matter.
		random.shuffle(&mut arrival);
		let again = run(&wishes, &arrival, last);
		assert_eq!(again.cleared, result.cleared, "book {book}");
		assert_eq!(again.outcomes, result.outcomes, "book {book}");
		assert_eq!(again.market.book.pages, result.market.book.pages, "book {book}");
	}
	assert!(traded > BOOKS as u32 / 2, "only {traded} books traded");
}

fn cleared(orders: &[(Side, u16, u32)], last: Option<u16>) -> (u16, u64, u16, u16) {
	let wishes: Vec<Wish> =
		orders.iter().map(|(side, number, amount)| (*side, tick(*number), *amount)).collect();
	let arrival: Vec<usize> = (0..wishes.len()).collect();
	let cleared = run(&wishes, &arrival, last.map(tick)).cleared.unwrap();
	(cleared.tick.number(), cleared.volume, cleared.bid.number(), cleared.ask.number())
}

use Side::{Ask, Bid};

#[test]
fn most_volume_comes_first() {
	// At 30 ten trade, at 20 only five would.
	assert_eq!(cleared(&[(Bid, 30, 10), (Bid, 20, 1), (Ask, 20, 5), (Ask, 30, 5)], None), (30, 10, 30, 30));
}

#[test]
fn then_least_imbalance() {
	// Up to 20 eight are asked for and five are there; above it five and five.
	assert_eq!(cleared(&[(Bid, 40, 5), (Bid, 20, 3), (Ask, 10, 5)], Some(0)), (21, 5, 40, 10));
}

#[test]
fn then_pressure_of_the_market() {
	assert_eq!(cleared(&[(Bid, 40, 9), (Ask, 10, 5)], Some(0)), (40, 5, 40, 10));
	assert_eq!(cleared(&[(Bid, 40, 5), (Ask, 10, 9)], Some(99)), (10, 5, 40, 10));
}

#[test]
fn then_the_nearest_to_the_last_price() {
	let orders = [(Bid, 40, 5), (Ask, 10, 5)];
	let at = |last| cleared(&orders, last).0;
	assert_eq!([at(Some(5)), at(Some(17)), at(Some(99)), at(None)], [10, 17, 40, 25]);
}

#[test]
fn pressure_from_both_sides_leaves_it_to_the_last_price() {
	// Up to 20 seven are asked for and five are there, from 21 on it is the other way round.
	let orders = [(Bid, 60, 5), (Bid, 20, 2), (Ask, 10, 5), (Ask, 21, 2)];
	let at = |last| cleared(&orders, last).0;
	assert_eq!([at(Some(5)), at(Some(20)), at(Some(21)), at(Some(99))], [10, 20, 21, 60]);
}

#[test]
fn price_and_margins_are_three_ticks() {
	// All five that are asked trade at 50; of the bids only those at 90, and those at 60 wait.
	let orders = [(Bid, 90, 5), (Bid, 60, 5), (Ask, 10, 3), (Ask, 50, 2)];
	assert_eq!(cleared(&orders, Some(0)), (61, 5, 90, 50));
}

#[test]
fn books_that_do_not_cross_do_not_trade() {
	for orders in [&[(Bid, 10, 5), (Ask, 11, 5)][..], &[(Bid, 10, 5)], &[(Ask, 10, 5)], &[]] {
		let wishes: Vec<Wish> =
			orders.iter().map(|(side, number, amount)| (*side, tick(*number), *amount)).collect();
		let arrival: Vec<usize> = (0..wishes.len()).collect();
		assert_eq!(run(&wishes, &arrival, None).cleared, None);
	}
}

#[test]
fn the_grid_ends_are_prices() {
	assert_eq!(cleared(&[(Bid, 0, 5), (Ask, 0, 9)], None), (0, 5, 0, 0));
	assert_eq!(cleared(&[(Bid, 4_095, 9), (Ask, 4_095, 5)], None), (4_095, 5, 4_095, 4_095));
	assert_eq!(cleared(&[(Bid, 4_095, 5), (Ask, 0, 5)], Some(4_000)).0, 4_000);
}

#[test]
fn a_swept_page_leaves_one_record_and_the_marginal_page_one_per_level() {
	let mut market = Market::default();
	for number in (64..192).step_by(8) {
		for _ in 0..50 {
			market.place(Ask, tick(number), MilliDevices(10)).unwrap();
		}
	}
	// 16 levels in two pages; ten and a half of them trade.
	market.place(Bid, tick(640), MilliDevices(5_250)).unwrap();
	market.book.writes = 0;
	market.clear(FEE).unwrap();
	assert_eq!(market.book.page_closes.len(), 1 + 1);
	assert_eq!(market.book.level_closes.len(), 2);
	assert_eq!(market.book.writes, 2 * 2 + 2 + 1);
}

#[test]
fn clearing_costs_the_same_however_many_orders_rest() {
	let cost = |orders: u32| {
		let mut market = Market::default();
		for n in 0..orders {
			let number = 1_000 + (n % 32) as u16 * 37;
			market.place(Ask, tick(number), MilliDevices(1_000)).unwrap();
			market.place(Bid, tick(number), MilliDevices(1_000)).unwrap();
		}
		market.book.writes = 0;
		market.book.reads.set(0);
		market.clear(FEE).unwrap();
		(market.book.reads.get(), market.book.writes)
	};
	assert_eq!(cost(1_024), cost(65_536));
}

#[test]
fn full_levels_are_refused_and_stay_as_they_are() {
	let mut page = Page::default();
	for _ in 0..65_536 {
		page.place(Generation(0), 3, MilliDevices(u32::MAX)).unwrap();
	}
	let before = page.clone();
	assert_eq!(page.place(Generation(0), 3, MilliDevices(u32::MAX)), Err(AuctionError::Full));
	assert_eq!(page, before);
	assert_eq!(page.cancel(3, Generation(1), MilliDevices(1)), Err(AuctionError::Gone));
	assert_eq!(page.cancel(4, Generation(0), MilliDevices(1)), Err(AuctionError::Gone));
}

#[test]
fn a_wrong_summary_is_noticed() {
	let mut market = Market::default();
	market.place(Ask, tick(5), MilliDevices(10)).unwrap();
	market.place(Bid, tick(9), MilliDevices(10)).unwrap();
	market.summary.set(Bid, 0, 11);
	let result = clear(&mut market.book, &mut market.summary, None, FEE);
	assert_eq!(result, Err(AuctionError::Inconsistent));
}
