//! Random histories of many batches, with orders that are filled in parts, cancelled and claimed late, beside a
//! reference in exact rational numbers.

use super::*;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

const FEE: Perbill = Perbill::from_parts(2_500_000);

fn exact(value: impl Into<BigInt>) -> BigRational {
	BigRational::from_integer(value.into())
}

/// An order and what exact numbers say of it.
struct Entry {
	order: Order,
	rest: BigRational,
	/// Spent or earned.
	money: BigRational,
	/// Given to it by claims so far.
	units: u128,
	paid: u128,
	cancelled: bool,
}

#[derive(Default)]
struct History {
	market: Market,
	orders: Vec<Entry>,
	/// Parts of units that cancelled orders left, by side and tick.
	pool: BTreeMap<(Side, Tick), BigRational>,
	/// What the pool holds.
	units: i128,
	money: i128,
	/// What is the pool's own: prepaid for broken units that cancelled bids have left, and what broken units of
	/// both sides have traded for.
	own: BigRational,
}

impl History {
	fn place(&mut self, side: Side, tick: Tick, amount: u32) {
		let order = self.market.place(side, tick, MilliDevices(amount)).unwrap();
		match side {
			Side::Bid => self.money += order.prepaid().unwrap() as i128,
			Side::Ask => self.units += i128::from(amount),
		}
		let (rest, money) = (exact(amount), BigRational::zero());
		self.orders.push(Entry { order, rest, money, units: 0, paid: 0, cancelled: false });
	}

	/// Gives an order what it is owed and was not given.
	fn give(&mut self, at: usize, units: u128, money: u128) {
		let entry = &mut self.orders[at];
		assert!(units >= entry.units && money >= entry.paid, "what is owed never shrinks");
		self.units -= (units - entry.units) as i128;
		self.money -= (money - entry.paid) as i128;
		(entry.units, entry.paid) = (units, money);
		assert!(self.units >= 0, "the pool lacks UTC");
		assert!(self.money >= 0, "the pool lacks EXA");
	}

	fn check(&self, at: usize, outcome: &Outcome) {
		let Entry { order, rest, money, .. } = &self.orders[at];
		let filled = exact(order.amount.0) - rest;
		assert_eq!(exact(outcome.rest.0), rest.floor(), "what is left");
		let (low, high) = match order.side {
			Side::Bid => {
				// Less than one part in 2⁶⁴ of a unit counts as nothing.
				let snap = BigRational::new(1.into(), BigInt::from(1) << 64);
				assert_eq!(exact(outcome.filled.0), (filled + snap).floor(), "what is bought");
				(money.clone(), money.ceil() + exact(1))
			}
			Side::Ask => (money.floor() - exact(1), money.clone()),
		};
		let is = exact(outcome.money);
		assert!(low <= is && is <= high, "{is} instead of {money}");
	}

	fn claim(&mut self, at: usize) {
		if self.orders[at].cancelled {
			return;
		}
		let order = self.orders[at].order;
		let fate = self.market.fate(&order);
		self.check(at, &order.outcome(fate).unwrap());
		let due = order.due(fate).unwrap();
		self.give(at, due.units.0.into(), due.money);
	}

	fn cancel(&mut self, at: usize) {
		if self.orders[at].cancelled {
			return;
		}
		let order = self.orders[at].order;
		let fate = self.market.fate(&order);
		if !matches!(fate, Fate::Resting(_)) {
			assert_eq!(self.market.cancel(&order).err(), Some(AuctionError::Gone));
			return;
		}
		let outcome = order.outcome(fate).unwrap();
		self.check(at, &outcome);
		let cancelled = self.market.cancel(&order).unwrap();
		if order.side == Side::Bid {
			self.own += exact(outcome.broken);
		}
		let units = cancelled.units_back.0.max(cancelled.units_due.0);
		self.give(at, units.into(), cancelled.money_back.max(cancelled.money_due));
		let entry = &mut self.orders[at];
		entry.cancelled = true;
		let key = (order.side, order.tick);
		*self.pool.entry(key).or_insert_with(BigRational::zero) += &entry.rest - entry.rest.floor();
		entry.rest = BigRational::zero();
		self.drop_empty(key);
	}

	fn drop_empty(&mut self, key: (Side, Tick)) {
		let rests = self.orders.iter().any(|entry| {
			(entry.order.side, entry.order.tick) == key && !entry.cancelled && !entry.rest.is_zero()
		});
		if !rests {
			self.pool.remove(&key);
		}
	}

	/// What exact numbers say rests at each level; whole units, because only whole units leave.
	fn levels(&self) -> BTreeMap<(Side, Tick), BigRational> {
		let mut levels = self.pool.clone();
		for entry in self.orders.iter().filter(|entry| !entry.rest.is_zero()) {
			*levels.entry((entry.order.side, entry.order.tick)).or_insert_with(BigRational::zero) +=
				&entry.rest;
		}
		levels
	}

	fn clear(&mut self) -> bool {
		let levels = self.levels();
		for ((side, tick), total) in &levels {
			let level = *self.market.book.pages[&(*side, tick.page())].level(tick.place()).unwrap();
			assert_eq!(exact(level.total), *total, "{side:?} at {tick:?}");
		}
		let Some(cleared) = self.market.clear(FEE) else { return false };
		self.money -= cleared.fee as i128;
		assert!(self.money >= 0, "the pool lacks EXA");
		let price = exact(cleared.tick.price()) / exact(1_000);
		let net = &price * exact(1_000_000_000 - FEE.deconstruct()) / exact(1_000_000_000);
		for side in [Side::Bid, Side::Ask] {
			let mut left = exact(cleared.volume);
			let mut of_side: Vec<_> = levels.iter().filter(|((of, _), _)| *of == side).collect();
			if side == Side::Bid {
				of_side.reverse();
			}
			for (key, total) in of_side {
				if left.is_zero() {
					break;
				}
				let filled = total.min(&left).clone();
				left -= &filled;
				let share = &filled / total;
				for entry in self.orders.iter_mut() {
					if (entry.order.side, entry.order.tick) == *key {
						let trade = &entry.rest * &share;
						entry.money += &trade * if side == Side::Bid { &price } else { &net };
						entry.rest -= trade;
					}
				}
				if let Some(dust) = self.pool.get_mut(key) {
					let trade = &*dust * &share;
					self.own += &trade * if side == Side::Bid { -&price } else { net.clone() };
					*dust -= trade;
				}
				if share == exact(1) {
					self.pool.remove(key);
				}
			}
			assert!(left.is_zero());
		}
		true
	}

	/// Takes every order out; what the pool is left with is what rounding gave it.
	fn end(mut self) {
		for at in 0..self.orders.len() {
			if at % 2 == 0 {
				self.cancel(at);
			}
			self.claim(at);
			self.cancel(at);
		}
		assert!(self.market.summary.is_empty() && self.market.book.pages.is_empty());
		let orders = self.orders.len() as i128;
		assert!(self.units <= orders, "{} units stay after {orders} orders", self.units);
		// Beside its own, less than two units per order and one per batch.
		let most = self.own.ceil().to_integer() + 2 * orders + i128::from(self.market.now);
		assert!(self.own >= BigRational::zero(), "broken units were not prepaid");
		assert!(BigInt::from(self.money) <= most, "{} stays after {orders} orders", self.money);
	}
}

/// Runs `batches` batches and returns how many traded.
fn run(random: &mut Random, batches: u64, most_orders: u64) -> u32 {
	let mut history = History::default();
	let spread = [1, 4, 40, 150][random.below(4) as usize];
	let amounts = [4, 50, 3_000, 5_000_000][random.below(4) as usize];
	let mut traded = 0;
	for _ in 0..batches {
		for _ in 0..random.below(most_orders + 1) {
			let side = if random.chance(50) { Side::Bid } else { Side::Ask };
			let number = AROUND + random.below(spread) as u16;
			history.place(side, tick(number), random.between(1, amounts) as u32);
		}
		for _ in 0..random.below(3) {
			if !history.orders.is_empty() {
				let at = random.below(history.orders.len() as u64) as usize;
				if random.chance(50) {
					history.cancel(at);
				} else {
					history.claim(at);
				}
			}
		}
		traded += u32::from(history.clear());
	}
	history.end();
	traded
}

#[test]
fn histories_agree_with_exact_numbers() {
	let mut random = Random(7);
	let traded: u32 = (0..1_500).map(|_| run(&mut random, 10, 5)).sum();
	assert!(traded > 5_000, "only {traded} batches traded");
}

#[test]
fn long_histories_agree_with_exact_numbers() {
	let mut random = Random(8);
	for _ in 0..12 {
		run(&mut random, 80, 4);
	}
}

/// A level that is filled in part again and again, with new orders joining, until it is worn out.
#[test]
fn a_level_is_worn_out_and_its_orders_go_back() {
	for side in [Side::Bid, Side::Ask] {
		let mut history = History::default();
		let level = tick(AROUND);
		let mut random = Random(9);
		history.place(side, level, 1_000_003);
		let mut batches = 0;
		while history.market.book.level_closes.is_empty() {
			let rests = history.market.summary.get(side, level.page());
			history.place(side.other(), level, (rests - random.between(1, 3)) as u32);
			assert!(history.clear());
			batches += 1;
			if !history.market.book.level_closes.is_empty() {
				break;
			}
			history.place(side, level, 900_000 + random.below(200_000) as u32);
			let joined = history.orders.len() - 1;
			if batches % 3 == 0 {
				history.claim(joined / 2);
			}
		}
		assert!((6..=8).contains(&batches), "worn out after {batches} fills");
		let close = history.market.book.level_closes.values().next().unwrap();
		assert_eq!(close.rate, None);
		// The exact numbers go on resting; here what is left of each order goes back.
		for at in 0..history.orders.len() {
			let order = history.orders[at].order;
			if order.side == side {
				let fate = history.market.fate(&order);
				assert!(matches!(fate, Fate::WornOut(_)));
				assert_eq!(history.market.cancel(&order).err(), Some(AuctionError::Gone));
			}
			history.claim(at);
		}
		assert!(history.units <= history.orders.len() as i128);
		assert!(history.market.summary.is_empty());
		// A new life begins at the same tick.
		history.place(side, level, 10);
		let fresh = history.orders.last().unwrap().order;
		assert_eq!(history.market.fate(&fresh), Fate::Resting(None));
	}
}

#[test]
fn a_level_is_told_from_its_earlier_lives() {
	let mut market = Market::default();
	let level = tick(AROUND);
	let mut lives = Vec::new();
	for amount in [1_000, 2_000, 3_000] {
		let life = market.place(Side::Ask, level, MilliDevices(amount)).unwrap();
		market.place(Side::Bid, level, MilliDevices(amount)).unwrap();
		market.clear(Perbill::zero()).unwrap();
		lives.push(life);
	}
	for (life, amount) in lives.iter().zip([1u128, 2, 3]) {
		let due = life.due(market.fate(life)).unwrap();
		assert_eq!(due, Due { units: MilliDevices(0), money: amount * level.price(), over: true });
	}
}

#[test]
fn an_order_is_found_whether_its_level_or_its_page_closed() {
	let mut market = Market::default();
	// Two levels in one page: the first trades alone, then again in a new life with the whole page.
	let (low, high) = (tick(640), tick(650));
	let first = market.place(Side::Ask, low, MilliDevices(100)).unwrap();
	let other = market.place(Side::Ask, high, MilliDevices(100)).unwrap();
	market.place(Side::Bid, low, MilliDevices(100)).unwrap();
	market.clear(Perbill::zero()).unwrap();
	let second = market.place(Side::Ask, low, MilliDevices(100)).unwrap();
	assert_eq!(second.ticket.page, first.ticket.page);
	market.place(Side::Bid, high, MilliDevices(200)).unwrap();
	market.clear(Perbill::zero()).unwrap();
	assert_eq!((market.book.page_closes.len(), market.book.level_closes.len()), (2 + 1, 1));
	let money = |order: &Order| order.due(market.fate(order)).unwrap().money;
	assert_eq!(money(&first), cost(low.price(), MilliDevices(100)).unwrap());
	assert_eq!(money(&second), money(&other));
	assert!(money(&second) >= money(&first));
}
