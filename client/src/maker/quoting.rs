//! What a market maker wants in a market, and how it gets there from the orders that it has: pure.

use exabits_math::auction::{cost, Side, Tick};
use exabits_primitives::{Balance, MilliDevices, Slot};
use pallet_market::auction::OrderId;

/// A whole, in parts per million.
pub const MILLION: u32 = 1_000_000;
/// Units of one UTC.
const MILLI: u128 = 1_000;

/// How a market is quoted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Strategy {
	/// Between the best bid and the best ask, in parts per million of the price in the middle.
	pub spread: u32,
	/// Prices on each side.
	pub levels: u16,
	/// Ticks from one to the next.
	pub step: u16,
	/// What is bid and asked at each.
	pub size: MilliDevices,
	/// The inventory at which the middle is the fair price.
	pub target_inventory: MilliDevices,
	/// The inventory beyond which nothing is bid.
	pub max_inventory: MilliDevices,
	/// How far the middle moves away from the fair price, in parts per million of it, when the inventory is
	/// `max_inventory` away from the target: down when there is too much.
	pub skew: u32,
	/// Ticks that an order may be away from where it belongs before it is replaced.
	pub refresh: u16,
	/// Nothing is sold below this price.
	pub min_price: Option<Balance>,
	/// Nothing is bought above this price.
	pub max_price: Option<Balance>,
}

/// What the chain allows in a market.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
	/// The smallest order.
	pub min_amount: MilliDevices,
	/// What each order pays besides its transaction.
	pub order_fee: Balance,
	/// The highest tick; `None` where even the lowest is above the cap.
	pub highest: Option<Tick>,
}

/// An order of the maker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Own {
	/// Its number.
	pub id: OrderId,
	/// Whether it buys or sells.
	pub side: Side,
	/// Its limit.
	pub tick: Tick,
	/// What of it rests.
	pub rest: MilliDevices,
	/// UTC that a claim gives now.
	pub units: MilliDevices,
	/// EXA that a claim gives now.
	pub money: Balance,
	/// Whether it rests in the book; else nothing more comes of it than what a claim gives.
	pub resting: bool,
}

impl Own {
	/// What the chain keeps of a bid's money for what rests.
	fn locked(&self) -> Balance {
		match self.side {
			Side::Bid if self.resting => cost(self.tick.price(), self.rest).unwrap_or(0),
			_ => 0,
		}
	}

	fn claimable(&self) -> bool {
		!self.resting || self.units.0 > 0 || self.money > 0
	}
}

/// What the maker knows of a market.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Situation {
	/// What one whole UTC is worth.
	pub fair: Balance,
	/// UTC in its account.
	pub units: MilliDevices,
	/// EXA that it may spend here, without what its orders hold.
	pub money: Balance,
	/// The most that its bids may come to.
	pub exposure: Balance,
	/// Its orders.
	pub orders: Vec<Own>,
}

impl Situation {
	/// All UTC that is the maker's: in its account, asked, and claimable.
	pub fn inventory(&self) -> MilliDevices {
		let asked = |own: &Own| if own.side == Side::Ask && own.resting { own.rest.0 } else { 0 };
		let of = self.orders.iter().map(|own| asked(own).saturating_add(own.units.0));
		MilliDevices(of.fold(self.units.0, u32::saturating_add))
	}

	/// EXA that resting bids hold.
	pub fn locked(&self) -> Balance {
		self.orders.iter().map(Own::locked).fold(0, Balance::saturating_add)
	}

	/// EXA that is there once all is claimed and cancelled.
	fn purse(&self) -> Balance {
		let due = self.orders.iter().map(|own| own.money).fold(0, Balance::saturating_add);
		self.money.saturating_add(self.locked()).saturating_add(due)
	}
}

/// An order that is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
	/// Whether it buys or sells.
	pub side: Side,
	/// Its limit.
	pub tick: Tick,
	/// How much.
	pub amount: MilliDevices,
}

impl Quote {
	/// What a bid prepays.
	pub fn prepaid(&self) -> Balance {
		match self.side {
			Side::Bid => cost(self.tick.price(), self.amount).unwrap_or(Balance::MAX),
			Side::Ask => 0,
		}
	}
}

/// What is done in a market, in this order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Plan {
	/// Orders whose fills are claimed.
	pub claims: Vec<OrderId>,
	/// Orders that are taken back.
	pub cancels: Vec<OrderId>,
	/// Orders that are placed.
	pub places: Vec<Quote>,
	/// Orders that stay as they are.
	pub kept: Vec<Quote>,
	/// EXA that may be spent elsewhere afterwards.
	pub money: Balance,
}

impl Plan {
	/// Whether there is nothing to do.
	pub fn is_idle(&self) -> bool {
		self.claims.is_empty() && self.cancels.is_empty() && self.places.is_empty()
	}

	/// What all bids come to afterwards.
	pub fn exposure(&self) -> Balance {
		self.kept.iter().chain(&self.places).map(Quote::prepaid).fold(0, Balance::saturating_add)
	}

	/// Whether a bid would meet an ask.
	fn crosses(&self) -> bool {
		let of = |side| self.kept.iter().chain(&self.places).filter(move |quote| quote.side == side);
		let bid = of(Side::Bid).map(|quote| quote.tick).max();
		let ask = of(Side::Ask).map(|quote| quote.tick).min();
		matches!((bid, ask), (Some(bid), Some(ask)) if bid >= ask)
	}
}

/// Whether a market is quoted at a time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
	/// It is.
	Quote,
	/// It is not any more: orders are taken back.
	Withdraw,
	/// It trades no more: orders are refunded.
	Ended,
}

/// When quoting a window stops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stop {
	/// Whether counted from the window's end; else from its start.
	pub before_end: bool,
	/// So many slots before that.
	pub slots: u32,
}

impl Stop {
	/// The phase of a window from `start` to `end` at `now`.
	pub fn phase(&self, now: Slot, start: Slot, end: Slot) -> Phase {
		let from = if self.before_end { end } else { start };
		if now >= end {
			Phase::Ended
		} else if now >= from.saturating_sub(self.slots.into()) {
			Phase::Withdraw
		} else {
			Phase::Quote
		}
	}
}

/// What a UTC is worth: the price of a device for a window, times the template's factor, for what is left of the
/// window.
pub fn fair(price: Balance, factor: sp_runtime::Perbill, now: Slot, start: Slot, end: Slot) -> Balance {
	let left = Balance::from(end.saturating_sub(now.max(start)));
	let length = Balance::from(end.saturating_sub(start));
	(factor * price).saturating_mul(left).checked_div(length).unwrap_or(0)
}

/// `value` × `parts` ÷ 1,000,000, rounded down.
fn parts(value: Balance, parts: u32) -> Balance {
	let million = Balance::from(MILLION);
	(value / million)
		.saturating_mul(parts.into())
		.saturating_add((value % million).saturating_mul(parts.into()) / million)
}

/// The price around which is quoted: the fair one, moved against the inventory.
pub fn middle(strategy: &Strategy, fair: Balance, inventory: MilliDevices) -> Balance {
	let (now, target) = (inventory.0, strategy.target_inventory.0);
	let away = now.abs_diff(target).min(strategy.max_inventory.0);
	let skew = u64::from(strategy.skew) * u64::from(away) / u64::from(strategy.max_inventory.0.max(1));
	// Not above `strategy.skew`.
	let skew = u32::try_from(skew).unwrap_or(strategy.skew);
	let moved = parts(fair, skew);
	if now > target {
		fair.saturating_sub(moved)
	} else {
		fair.saturating_add(moved)
	}
}

/// The lowest tick whose price is at least `price`; `None` above the grid.
fn at_least(price: Balance) -> Option<Tick> {
	match price.checked_sub(1).and_then(Tick::at_most) {
		Some(below) => below.next(),
		None => Some(Tick::MIN),
	}
}

/// The best bid and the best ask around `middle`; they never meet, and neither is beyond what is allowed.
fn best(strategy: &Strategy, rules: &Rules, middle: Balance) -> (Option<Tick>, Option<Tick>) {
	let Some(highest) = rules.highest.filter(|_| middle > 0) else { return (None, None) };
	let half = parts(middle, strategy.spread / 2);
	let buy = middle.saturating_sub(half).min(strategy.max_price.unwrap_or(Balance::MAX));
	let sell = middle.saturating_add(half).max(strategy.min_price.unwrap_or(0));
	let bid = Tick::at_most(buy).map(|tick| tick.min(highest));
	let ask = at_least(sell).and_then(|ask| match bid {
		Some(bid) if bid >= ask => bid.next(),
		_ => Some(ask),
	});
	(bid, ask.filter(|ask| *ask <= highest))
}

/// The tick of a level, counted from the best one.
fn level(best: Tick, side: Side, away: u16) -> Option<Tick> {
	let number = match side {
		Side::Bid => best.number().checked_sub(away),
		Side::Ask => best.number().checked_add(away),
	};
	number.and_then(Tick::new)
}

/// The most that `money` buys at a price.
fn affordable(price: Balance, money: Balance) -> u32 {
	let units = money.saturating_mul(MILLI).checked_div(price).unwrap_or(0);
	u32::try_from(units).unwrap_or(u32::MAX)
}

/// Whether an order may stay where `wanted` belongs.
fn may_stay(own: &Own, strategy: &Strategy, rules: &Rules, wanted: Tick, refresh: u16, allowed: u32) -> bool {
	let price = own.tick.price();
	let bound = match own.side {
		Side::Bid => strategy.max_price.is_none_or(|most| price <= most),
		Side::Ask => strategy.min_price.is_none_or(|least| price >= least),
	};
	bound
		&& rules.highest.is_some_and(|highest| own.tick <= highest)
		&& own.tick.number().abs_diff(wanted.number()) <= refresh
		&& own.rest >= rules.min_amount
		&& own.rest.0 <= allowed
		&& own.rest.0.saturating_mul(2) >= allowed
}

/// Claims what there is, keeps the orders that are where they belong, and replaces the others.
pub fn plan(strategy: &Strategy, rules: &Rules, situation: &Situation) -> Plan {
	let plan = plan_with(strategy, rules, situation, strategy.refresh);
	if plan.crosses() {
		// An order that was kept somewhat away from its place would meet a new one.
		return plan_with(strategy, rules, situation, 0);
	}
	plan
}

fn plan_with(strategy: &Strategy, rules: &Rules, situation: &Situation, refresh: u16) -> Plan {
	let inventory = situation.inventory();
	let (bid, ask) = best(strategy, rules, middle(strategy, situation.fair, inventory));
	let mut money = situation.purse();
	let mut exposure = situation.exposure;
	let mut left: Vec<&Own> = situation.orders.iter().filter(|own| own.resting).collect();
	let mut plan = Plan {
		claims: situation.orders.iter().filter(|own| own.claimable()).map(|own| own.id).collect(),
		..Default::default()
	};
	// Asks come first, so that there is money for their fees.
	for (side, best) in [(Side::Ask, ask), (Side::Bid, bid)] {
		let mut room = match side {
			Side::Ask => inventory.0,
			Side::Bid => strategy.max_inventory.0.saturating_sub(inventory.0),
		};
		for away in 0..strategy.levels {
			let tick = best.and_then(|best| level(best, side, away.saturating_mul(strategy.step)));
			let Some(tick) = tick.filter(|tick| rules.highest.is_some_and(|highest| *tick <= highest)) else {
				break;
			};
			let most = |tick: Tick, money: Balance| match side {
				Side::Ask => strategy.size.0.min(room),
				Side::Bid => strategy.size.0.min(room).min(affordable(tick.price(), money.min(exposure))),
			};
			let stays = left.iter().position(|own| {
				own.side == side && may_stay(own, strategy, rules, tick, refresh, most(own.tick, money))
			});
			let quote = if let Some(at) = stays {
				let own = left.remove(at);
				let quote = Quote { side, tick: own.tick, amount: own.rest };
				plan.kept.push(quote);
				quote
			} else {
				let Some(after_fee) = money.checked_sub(rules.order_fee) else { break };
				let quote = Quote { side, tick, amount: MilliDevices(most(tick, after_fee)) };
				if quote.amount < rules.min_amount {
					break;
				}
				money = after_fee;
				plan.places.push(quote);
				quote
			};
			room = room.saturating_sub(quote.amount.0);
			money = money.saturating_sub(quote.prepaid());
			exposure = exposure.saturating_sub(quote.prepaid());
		}
	}
	plan.cancels = left.iter().map(|own| own.id).collect();
	plan.money = money;
	plan
}

/// Claims all and takes all back.
pub fn withdraw(situation: &Situation) -> Plan {
	let of = |wanted: fn(&Own) -> bool| {
		situation.orders.iter().filter(move |own| wanted(own)).map(|own| own.id).collect()
	};
	Plan {
		claims: of(Own::claimable),
		cancels: of(|own| own.resting),
		money: situation.purse(),
		..Default::default()
	}
}

#[cfg(test)]
mod tests {
	use super::{Strategy, *};
	use proptest::prelude::*;
	use sp_runtime::Perbill;

	const EXA: Balance = 1_000_000_000_000;

	fn strategy() -> Strategy {
		Strategy {
			spread: 20_000,
			levels: 3,
			step: 2,
			size: MilliDevices(500),
			target_inventory: MilliDevices(0),
			max_inventory: MilliDevices(4_000),
			skew: 50_000,
			refresh: 1,
			min_price: None,
			max_price: None,
		}
	}

	fn rules() -> Rules {
		Rules {
			min_amount: MilliDevices(125),
			order_fee: EXA / 10_000,
			highest: Tick::at_most(12 * EXA + EXA / 2),
		}
	}

	fn situation() -> Situation {
		Situation {
			fair: 10 * EXA,
			units: MilliDevices(2_000),
			money: 1_000 * EXA,
			exposure: 1_000 * EXA,
			orders: Vec::new(),
		}
	}

	fn of(plan: &Plan, side: Side) -> Vec<Quote> {
		plan.kept.iter().chain(&plan.places).filter(|quote| quote.side == side).copied().collect()
	}

	/// The situation once a plan has been carried out, and nobody has traded.
	fn after(before: &Situation, rules: &Rules, plan: &Plan) -> Situation {
		let gone = |own: &&Own| !own.resting || plan.cancels.contains(&own.id);
		let mut next = before.clone();
		next.orders.retain(|own| !gone(&own));
		for own in &mut next.orders {
			(own.units, own.money) = (MilliDevices(0), 0);
		}
		for own in &before.orders {
			next.units.0 += own.units.0;
			next.money += own.money;
			if gone(&own) && own.resting {
				next.money += own.locked();
				next.units.0 += if own.side == Side::Ask { own.rest.0 } else { 0 };
			}
		}
		for (quote, id) in plan.places.iter().zip(10_000u64..) {
			next.money = next.money.checked_sub(rules.order_fee + quote.prepaid()).unwrap();
			if quote.side == Side::Ask {
				next.units.0 = next.units.0.checked_sub(quote.amount.0).unwrap();
			}
			next.orders.push(Own {
				id: OrderId(id),
				side: quote.side,
				tick: quote.tick,
				rest: quote.amount,
				units: MilliDevices(0),
				money: 0,
				resting: true,
			});
		}
		next
	}

	#[test]
	fn quotes_both_sides_around_the_fair_price() {
		let plan = plan(&Strategy { skew: 0, ..strategy() }, &rules(), &situation());
		let (bids, asks) = (of(&plan, Side::Bid), of(&plan, Side::Ask));
		assert_eq!((bids.len(), asks.len()), (3, 3));
		assert!(
			bids[0].tick.price() <= 99 * EXA / 10 && bids[0].tick.next().unwrap().price() > 99 * EXA / 10
		);
		assert!(asks[0].tick.price() >= 101 * EXA / 10);
		assert!(asks[0].tick.previous().unwrap().price() < 101 * EXA / 10);
		assert_eq!(bids[1].tick.number() + 2, bids[0].tick.number());
		assert_eq!(asks[1].tick.number(), asks[0].tick.number() + 2);
		assert!(plan.claims.is_empty() && plan.cancels.is_empty());
	}

	#[test]
	fn quotes_nothing_above_the_cap_or_without_a_fair_price() {
		assert!(plan(&strategy(), &Rules { highest: None, ..rules() }, &situation()).is_idle());
		assert!(plan(&strategy(), &rules(), &Situation { fair: 0, ..situation() }).is_idle());
	}

	#[test]
	fn a_full_inventory_bids_nothing_and_asks_less() {
		let full = Situation { units: MilliDevices(4_000), ..situation() };
		let plan = plan(&strategy(), &rules(), &full);
		assert!(of(&plan, Side::Bid).is_empty());
		let asked = of(&plan, Side::Ask)[0].tick.price();
		assert!(asked < 98 * EXA / 10, "the middle is 5 % lower");
		assert_eq!(middle(&strategy(), 10 * EXA, MilliDevices(9_000)), 95 * EXA / 10);
		assert_eq!(middle(&strategy(), 10 * EXA, MilliDevices(2_000)), 975 * EXA / 100);
		assert_eq!(middle(&strategy(), 10 * EXA, MilliDevices(0)), 10 * EXA);
		let wants = Strategy { target_inventory: MilliDevices(4_000), ..strategy() };
		assert_eq!(middle(&wants, 10 * EXA, MilliDevices(0)), 105 * EXA / 10);
	}

	#[test]
	fn stays_inside_its_own_bounds() {
		let bounded = Strategy { min_price: Some(11 * EXA), max_price: Some(9 * EXA), ..strategy() };
		let plan = plan(&bounded, &rules(), &situation());
		assert!(of(&plan, Side::Bid).iter().all(|quote| quote.tick.price() <= 9 * EXA));
		assert!(of(&plan, Side::Ask).iter().all(|quote| quote.tick.price() >= 11 * EXA));
	}

	#[test]
	fn a_move_within_the_refresh_changes_nothing_and_one_beyond_it_replaces_orders() {
		let strategy = Strategy { refresh: 2, ..strategy() };
		let rules = Rules { highest: Some(Tick::MAX), ..rules() };
		let first = plan(&strategy, &rules, &situation());
		let now = after(&situation(), &rules, &first);
		for (ticks, cancelled) in [(0, 0), (1, 0), (2, 0), (3, 2), (200, 6)] {
			// So many ticks, at the same distance from the grid as before.
			let up = Tick::new(Tick::at_most(now.fair).unwrap().number() + ticks).unwrap().price();
			let again = plan(&strategy, &rules, &Situation { fair: up, ..now.clone() });
			assert_eq!(again.cancels.len(), cancelled, "{ticks} ticks");
			assert_eq!(again.places.len(), cancelled, "{ticks} ticks");
		}
	}

	#[test]
	fn a_fill_of_more_than_half_is_replaced_and_claimed() {
		let first = plan(&strategy(), &rules(), &situation());
		let mut now = after(&situation(), &rules(), &first);
		let bid = now.orders.iter_mut().find(|own| own.side == Side::Bid).unwrap();
		let id = bid.id;
		(bid.rest, bid.units) = (MilliDevices(300), MilliDevices(200));
		let again = plan(&Strategy { skew: 0, refresh: 20, ..strategy() }, &rules(), &now);
		assert_eq!(again.claims, [id]);
		assert!(!again.cancels.contains(&id));
		let bid = now.orders.iter_mut().find(|own| own.id == id).unwrap();
		(bid.rest, bid.units) = (MilliDevices(200), MilliDevices(300));
		let again = plan(&Strategy { skew: 0, refresh: 20, ..strategy() }, &rules(), &now);
		assert_eq!((again.claims.as_slice(), again.cancels.contains(&id)), ([id].as_slice(), true));
	}

	#[test]
	fn an_order_that_is_over_is_claimed_and_not_cancelled() {
		let over = Own {
			id: OrderId(7),
			side: Side::Bid,
			tick: Tick::MIN,
			rest: MilliDevices(0),
			units: MilliDevices(0),
			money: 0,
			resting: false,
		};
		let now = Situation { orders: vec![over], ..situation() };
		for plan in [plan(&strategy(), &rules(), &now), withdraw(&now)] {
			assert_eq!((plan.claims, plan.cancels), (vec![OrderId(7)], vec![]));
		}
	}

	#[test]
	fn withdraws_all() {
		let first = plan(&strategy(), &rules(), &situation());
		let now = after(&situation(), &rules(), &first);
		let out = withdraw(&now);
		assert_eq!((out.cancels.len(), out.places.len()), (6, 0));
		let end = after(&now, &rules(), &out);
		assert!(end.orders.is_empty());
		assert_eq!(end.units, situation().units);
		assert_eq!(end.money, situation().money - 6 * rules().order_fee);
	}

	#[test]
	fn stops_in_time() {
		let start = Stop { before_end: false, slots: 10 };
		let end = Stop { before_end: true, slots: 10 };
		for (now, before_start, before_end) in [
			(89, Phase::Quote, Phase::Quote),
			(90, Phase::Withdraw, Phase::Quote),
			(189, Phase::Withdraw, Phase::Quote),
			(190, Phase::Withdraw, Phase::Withdraw),
			(199, Phase::Withdraw, Phase::Withdraw),
			(200, Phase::Ended, Phase::Ended),
		] {
			assert_eq!(start.phase(now, 100, 200), before_start, "{now}");
			assert_eq!(end.phase(now, 100, 200), before_end, "{now}");
		}
	}

	#[test]
	fn what_is_left_of_a_window_is_worth_as_much_less() {
		let half = Perbill::from_percent(50);
		assert_eq!(fair(10 * EXA, half, 0, 100, 200), 5 * EXA);
		assert_eq!(fair(10 * EXA, half, 100, 100, 200), 5 * EXA);
		assert_eq!(fair(10 * EXA, half, 150, 100, 200), 25 * EXA / 10);
		assert_eq!(fair(10 * EXA, half, 200, 100, 200), 0);
		assert_eq!(fair(10 * EXA, half, 0, 100, 100), 0);
	}

	prop_compose! {
		fn any_strategy()(
			spread in 0u32..400_000, levels in 1u16..=8, step in 1u16..40, size in 125u32..3_000,
			target in 0u32..5_000, max in 1u32..8_000, skew in 0u32..500_000, refresh in 0u16..30,
			min_price in proptest::option::of(0..20 * EXA), max_price in proptest::option::of(0..20 * EXA),
		) -> Strategy {
			Strategy {
				spread, levels, step, size: MilliDevices(size), target_inventory: MilliDevices(target),
				max_inventory: MilliDevices(max), skew, refresh, min_price, max_price,
			}
		}
	}

	prop_compose! {
		fn any_order(id: u64)(
			bid: bool, tick in 1_000u16..3_000, rest in 0u32..3_000, units in 0u32..3_000,
			money in 0..10 * EXA, resting: bool,
		) -> Own {
			let side = if bid { Side::Bid } else { Side::Ask };
			let rest = MilliDevices(if resting { rest } else { 0 });
			Own { id: OrderId(id), side, tick: Tick::new(tick).unwrap(), rest, units: MilliDevices(units), money, resting }
		}
	}

	prop_compose! {
		fn any_situation()(
			fair in prop_oneof![Just(0), 0..100 * EXA, Just(Balance::MAX)], units in 0u32..10_000,
			money in 0..200 * EXA, exposure in 0..200 * EXA,
			orders in (any_order(0), any_order(1), any_order(2), any_order(3), any_order(4), any_order(5)),
			count in 0usize..=6,
		) -> Situation {
			let (a, b, c, d, e, f) = orders;
			let orders = [a, b, c, d, e, f].into_iter().take(count).collect();
			Situation { fair, units: MilliDevices(units), money, exposure, orders }
		}
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(20_000))]

		#[test]
		fn keeps_every_promise(
			strategy in any_strategy(), now in any_situation(),
			highest in proptest::option::of(0u16..4_096),
		) {
			let rules = Rules { highest: highest.and_then(Tick::new), ..rules() };
			let plan = plan(&strategy, &rules, &now);
			prop_assert!(!plan.crosses());
			let (bids, asks) = (of(&plan, Side::Bid), of(&plan, Side::Ask));
			for quote in bids.iter().chain(&asks) {
				prop_assert!(quote.amount >= rules.min_amount && quote.amount <= strategy.size);
				prop_assert!(Some(quote.tick) <= rules.highest);
				let price = quote.tick.price();
				match quote.side {
					Side::Bid => prop_assert!(price <= strategy.max_price.unwrap_or(price)),
					Side::Ask => prop_assert!(price >= strategy.min_price.unwrap_or(price)),
				}
			}
			let sum = |quotes: &[Quote]| quotes.iter().map(|quote| quote.amount.0).sum::<u32>();
			prop_assert!(sum(&asks) <= now.inventory().0);
			prop_assert!(bids.is_empty() || sum(&bids) + now.inventory().0 <= strategy.max_inventory.0);
			prop_assert!(plan.exposure() <= now.exposure);
			prop_assert!(bids.len() <= strategy.levels.into() && asks.len() <= strategy.levels.into());
			// Each order that rests is kept or taken back, and each that is over is claimed.
			let resting = now.orders.iter().filter(|own| own.resting).count();
			prop_assert_eq!(plan.kept.len() + plan.cancels.len(), resting);
			for own in &now.orders {
				prop_assert!(own.resting || plan.claims.contains(&own.id));
				prop_assert!(own.resting || !plan.cancels.contains(&own.id));
			}
			// It can pay for all of it, and wants nothing else afterwards.
			let next = after(&now, &rules, &plan);
			let again = super::plan(&strategy, &rules, &next);
			prop_assert!(again.is_idle(), "{:?} after {:?}", again, plan);
			prop_assert_eq!(next.money, plan.money);
		}
	}
}
