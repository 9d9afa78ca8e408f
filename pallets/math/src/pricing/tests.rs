use super::*;
use proptest::{collection::vec, prelude::*};
use std::vec::Vec;

const PRICE: Balance = 1_000_000_000_000;
const BOUNDS: Bounds = Bounds { min: PRICE / 10, max: PRICE * 10 };
/// Cover that is open in most tests, and the fees that allow a whole step with it.
const COVER: Balance = 5_000 * PRICE;
const ENOUGH: Balance = COVER / FEE_SHARE;

/// One device traded at `price`, with `fees` paid.
fn traded(price: Balance, fees: Balance) -> Trades {
	Trades::default().with(price, MilliDevices::devices(1), fees).unwrap()
}

fn start() -> Reference {
	Reference::new(PRICE, WindowIndex(0), &BOUNDS).unwrap()
}

/// The record after one window after the other with these prices and fees.
fn closed(windows: &[(Option<Balance>, Balance)]) -> Reference {
	(1..).map(WindowIndex).zip(windows).fold(start(), |record, (window, (price, fees))| {
		let trades = price.map_or(Trades::default(), |price| traded(price, *fees));
		record.close(window, &trades, COVER, &BOUNDS).unwrap()
	})
}

mod trades {
	use super::*;

	#[test]
	fn without_volume_have_no_price() {
		assert_eq!(Trades::default().price(), None);
		let nothing = Trades::default().with(PRICE, MilliDevices(0), 7).unwrap();
		assert_eq!((nothing.price(), nothing.fees()), (None, 7));
	}

	#[test]
	fn are_weighed_by_volume_and_rounded_down() {
		let both = traded(100, 1).with(103, MilliDevices(500), 2).unwrap();
		assert_eq!((both.price(), both.volume(), both.fees()), (Some(101), 1_500, 3));
		let least = traded(100, 0).with(101, MilliDevices(1), 0).unwrap();
		assert_eq!(least.price(), Some(100));
	}

	#[test]
	fn that_do_not_fit_are_refused() {
		assert_eq!(Trades::default().with(Balance::MAX, MilliDevices(2), 0), None);
		assert_eq!(traded(1, Balance::MAX).with(1, MilliDevices(1), 1), None);
	}
}

mod bounds {
	use super::*;

	#[test]
	fn hold_a_price_that_can_move() {
		assert!(Bounds { min: 50, max: 50 }.is_valid());
		assert!(!Bounds { min: 49, max: 50 }.is_valid());
		assert!(!Bounds { min: 51, max: 50 }.is_valid());
	}

	#[test]
	fn that_are_not_valid_set_and_close_nothing() {
		let bad = Bounds { min: 0, max: 9 };
		assert_eq!(Reference::new(5, WindowIndex(0), &bad), None);
		assert_eq!(start().set(5, &bad), None);
		assert_eq!(start().close(WindowIndex(1), &traded(5, 5), 1, &bad), None);
	}

	#[test]
	fn limit_what_governance_sets() {
		assert_eq!(start().set(0, &BOUNDS).unwrap().price(), BOUNDS.min);
		assert_eq!(start().set(Balance::MAX, &BOUNDS).unwrap().price(), BOUNDS.max);
		let history = closed(&[(Some(2 * PRICE), ENOUGH)]);
		assert_eq!(history.set(PRICE, &BOUNDS).unwrap().target(), Some(2 * PRICE));
	}

	#[test]
	fn new_ones_apply_at_the_next_close() {
		let higher = Bounds { min: 2 * PRICE, max: 3 * PRICE };
		let moved = start().close(WindowIndex(1), &Trades::default(), COVER, &higher).unwrap();
		assert_eq!(moved.price(), 2 * PRICE);
	}
}

mod step {
	use super::*;

	#[test]
	fn is_two_percent_at_enough_fees() {
		assert_eq!(step(PRICE, ENOUGH, COVER), PRICE / 50);
		assert_eq!(step(PRICE, Balance::MAX, COVER), PRICE / 50);
		assert_eq!(step(Balance::MAX, Balance::MAX, Balance::MAX), Balance::MAX / 50);
	}

	#[test]
	fn is_in_proportion_to_fees_below_that() {
		assert_eq!(step(PRICE, ENOUGH / 2, COVER), PRICE / 100);
		assert_eq!(step(PRICE, ENOUGH / 1_000, COVER), PRICE / 50_000);
		assert!(step(PRICE, ENOUGH - 1, COVER) < PRICE / 50);
	}

	#[test]
	fn is_nothing_without_fees() {
		assert_eq!(step(PRICE, 0, COVER), 0);
		assert_eq!(step(PRICE, 0, 0), 0);
	}

	#[test]
	fn is_whole_when_fees_meet_no_cover() {
		assert_eq!(step(PRICE, 1, 0), PRICE / 50);
	}
}

mod close {
	use super::*;

	#[test]
	fn windows_count_once_and_in_order() {
		let record = start().close(WindowIndex(5), &traded(PRICE, 1), COVER, &BOUNDS).unwrap();
		assert_eq!(record.window(), WindowIndex(5));
		for window in [0, 4, 5] {
			assert_eq!(record.close(WindowIndex(window), &traded(PRICE, 1), COVER, &BOUNDS), None);
		}
	}

	#[test]
	fn moves_two_percent_toward_the_median() {
		assert_eq!(closed(&[(Some(2 * PRICE), ENOUGH)]).price(), PRICE + PRICE / 50);
		assert_eq!(closed(&[(Some(PRICE / 2), ENOUGH)]).price(), PRICE - PRICE / 50);
	}

	#[test]
	fn stops_at_the_median() {
		let near = PRICE + PRICE / 100;
		assert_eq!(closed(&[(Some(near), ENOUGH)]).price(), near);
		assert_eq!(closed(&[(Some(near), ENOUGH), (Some(near), ENOUGH)]).price(), near);
	}

	#[test]
	fn stays_without_trades_even_with_a_target() {
		let record = closed(&[(Some(2 * PRICE), 0), (None, 0), (None, 0)]);
		assert_eq!((record.price(), record.target()), (PRICE, Some(2 * PRICE)));
		// Fees on orders that did not trade move nothing.
		let fees = Trades::default().with(PRICE, MilliDevices(0), Balance::MAX).unwrap();
		assert_eq!(record.close(WindowIndex(9), &fees, COVER, &BOUNDS).unwrap().price(), PRICE);
	}

	#[test]
	fn stays_without_fees() {
		assert_eq!(closed(&[(Some(2 * PRICE), 0); 30]).price(), PRICE);
	}

	#[test]
	fn stays_within_the_bounds() {
		assert_eq!(closed(&[(Some(Balance::MAX / 1_000), ENOUGH); 300]).price(), BOUNDS.max);
		assert_eq!(closed(&[(Some(0), ENOUGH); 300]).price(), BOUNDS.min);
	}

	#[test]
	fn price_of_a_day_ago_is_forgotten() {
		let mut windows = vec![(Some(2 * PRICE), 0)];
		windows.extend([(None, 0); 23]);
		assert_eq!(closed(&windows).target(), Some(2 * PRICE));
		windows.push((None, 0));
		assert_eq!(closed(&windows).target(), None);
	}

	#[test]
	fn windows_left_out_had_no_trades() {
		let record = closed(&[(Some(2 * PRICE), 0), (Some(3 * PRICE), 0), (Some(4 * PRICE), 0)]);
		let target =
			|window| record.close(WindowIndex(window), &Trades::default(), COVER, &BOUNDS).unwrap().target();
		assert_eq!(target(24), Some(3 * PRICE));
		assert_eq!(target(25), Some(3 * PRICE + PRICE / 2));
		assert_eq!(target(26), Some(4 * PRICE));
		for far in [27, 28, 51, 1_000, u32::MAX] {
			assert_eq!(target(far), None);
		}
	}
}

mod quotes {
	use super::*;

	fn percent(percent: u32) -> Perbill {
		Perbill::from_percent(percent)
	}

	fn at(utilisation: u32, efficiency: u32) -> Balance {
		quote(1_000, percent(utilisation), percent(efficiency), &Adjustment::default()).unwrap()
	}

	#[test]
	fn meet_the_reference_at_target_and_full_efficiency() {
		assert_eq!(at(75, 100), 1_000);
	}

	#[test]
	fn follow_utilisation() {
		assert_eq!([0, 30, 60, 90, 100].map(|u| at(u, 100)), [500, 700, 900, 1_600, 2_000]);
	}

	#[test]
	fn follow_efficiency() {
		assert_eq!([0, 20, 60, 100].map(|e| at(75, e)), [1_250, 1_200, 1_100, 1_000]);
		assert_eq!((at(100, 0), at(0, 0)), (2_500, 625));
	}

	#[test]
	fn round_up() {
		assert_eq!(quote(1, percent(0), percent(100), &Adjustment::default()), Some(1));
		assert_eq!(quote(0, percent(100), percent(0), &Adjustment::default()), Some(0));
	}

	#[test]
	fn know_targets_at_both_ends() {
		let none = Adjustment { target: percent(0), ..Adjustment::default() };
		assert_eq!(quote(1_000, percent(0), percent(100), &none), Some(1_000));
		assert_eq!(quote(1_000, percent(50), percent(100), &none), Some(1_500));
		let all = Adjustment { target: percent(100), ..Adjustment::default() };
		assert_eq!(quote(1_000, percent(50), percent(100), &all), Some(750));
		assert_eq!(quote(1_000, percent(100), percent(100), &all), Some(1_000));
	}

	#[test]
	fn out_of_range_are_refused() {
		let ok = Adjustment::default();
		for bad in [
			Adjustment { surge: MAX_RISE + 1, ..ok },
			Adjustment { premium: MAX_RISE + 1, ..ok },
			Adjustment { discount: Perbill::from_parts(900_000_001), ..ok },
		] {
			assert_eq!(quote(1, percent(50), percent(50), &bad), None);
		}
		assert_eq!(quote(Balance::MAX, percent(100), percent(100), &ok), None);
	}

	#[test]
	fn cost_is_in_proportion_and_rounds_up() {
		assert_eq!(cost(1_000, MilliDevices(125)), Some(125));
		assert_eq!(cost(1_001, MilliDevices(125)), Some(126));
		assert_eq!(cost(Balance::MAX, MilliDevices(1_001)), None);
		assert_eq!(cost(0, MilliDevices(1_001)), Some(0));
	}

	#[test]
	fn compute_compares_classes() {
		// 989 units of P for 1,800 slots at one price, half of that at half of it, with windows half as long.
		let fast = per_compute(PRICE, 989, 1_800);
		assert_eq!(fast, Some(561_734_636_557_691));
		assert_eq!(per_compute(PRICE / 4, 989, 450), fast);
		assert!(per_compute(PRICE, 500, 1_800) > fast);
		assert_eq!(per_compute(PRICE, 0, 1), None);
		assert_eq!(per_compute(PRICE, 1, 0), None);
		assert_eq!(per_compute(Balance::MAX, 1, 1), None);
		assert_eq!(per_compute(1, u64::MAX, u32::MAX), Some(1));
	}
}

#[test]
fn stored_sizes_are_bounded() {
	assert_eq!(Trades::max_encoded_len(), 40);
	assert_eq!(Reference::max_encoded_len(), 16 + 24 * 17 + 4);
	let record = closed(&[(Some(PRICE), 1), (None, 0)]);
	assert_eq!(Reference::decode(&mut &record.encode()[..]), Ok(record));
}

/// What a window brings: how many windows later, price and fees if anything was traded, and the open cover.
type Window = (u32, Option<(Balance, Balance)>, Balance);

fn windows(longest: usize) -> impl Strategy<Value = Vec<Window>> {
	let price = prop_oneof![0..=Balance::from(u32::MAX), 0..10 * PRICE, 0..=Balance::MAX / 1_000];
	let fees = prop_oneof![Just(0), 0..1_000_000u128, any::<Balance>()];
	let cover = prop_oneof![Just(0), 0..1_000_000_000u128, any::<Balance>()];
	vec(
		(prop_oneof![4 => Just(1u32), 1 => 1u32..60], prop::option::weighted(0.8, (price, fees)), cover),
		1..longest,
	)
}

fn any_bounds() -> impl Strategy<Value = Bounds> {
	(LEAST_PRICE..1 << 100, LEAST_PRICE..1 << 100).prop_map(|(a, b)| Bounds { min: a.min(b), max: a.max(b) })
}

/// Every record on the way, with its window's trades and cover, from one within bounds.
fn walk(price: Balance, bounds: &Bounds, windows: &[Window]) -> Vec<(Reference, Trades, Balance)> {
	let mut record = Reference::new(price, WindowIndex(0), bounds).unwrap();
	let mut found = vec![(record.clone(), Trades::default(), 0)];
	for (later, trade, cover) in windows {
		let trades = trade.map_or(Trades::default(), |(price, fees)| traded(price, fees));
		let window = WindowIndex(record.window.0 + later);
		record = record.close(window, &trades, *cover, bounds).unwrap();
		found.push((record.clone(), trades, *cover));
	}
	found
}

/// The median, by sorting a copy.
fn sorted_median(mut prices: Vec<Balance>) -> Option<Balance> {
	prices.sort_unstable();
	let (count, half) = (prices.len(), prices.len() / 2);
	match count {
		0 => None,
		_ if count % 2 == 1 => Some(prices[half]),
		_ => Some(prices[half - 1] + (prices[half] - prices[half - 1]) / 2),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(10_000))]

	#[test]
	fn reference_moves_at_most_two_percent_and_stays_in_bounds(
		price: Balance,
		bounds in any_bounds(),
		windows in windows(40),
	) {
		for pair in walk(price, &bounds, &windows).windows(2) {
			let (before, after) = (pair[0].0.price, pair[1].0.price);
			prop_assert!(before.abs_diff(after) <= before / STEP);
			prop_assert!(bounds.min <= after && after <= bounds.max);
		}
	}

	#[test]
	fn reference_needs_trades_and_fees_to_move(
		price: Balance,
		bounds in any_bounds(),
		windows in windows(40),
	) {
		for pair in walk(price, &bounds, &windows).windows(2) {
			let (after, trades, _) = &pair[1];
			if trades.fees == 0 || trades.volume == 0 {
				prop_assert_eq!(pair[0].0.price, after.price);
			}
		}
	}

	/// It goes toward the target and not past it, except that bounds may hold it back.
	#[test]
	fn reference_moves_toward_its_target(
		price: Balance,
		bounds in any_bounds(),
		windows in windows(40),
	) {
		for pair in walk(price, &bounds, &windows).windows(2) {
			let (before, after) = (pair[0].0.price, &pair[1].0);
			let target = after.target().map(|target| bounds.nearest(target));
			if let Some(target) = target {
				prop_assert!(after.price.abs_diff(target) <= before.abs_diff(target));
				prop_assert_eq!(before.max(target) >= after.price, true);
				prop_assert_eq!(before.min(target) <= after.price, true);
			} else {
				prop_assert_eq!(before, after.price);
			}
		}
	}

	/// Against a list of all windows ever, of which the last 24 are sorted anew.
	#[test]
	fn target_is_the_median_of_the_last_windows(bounds in any_bounds(), windows in windows(80)) {
		let mut all: Vec<(u32, Balance)> = Vec::new();
		for (record, trades, _) in walk(1, &bounds, &windows) {
			all.extend(trades.price().map(|price| (record.window.0, price)));
			let recent = all.iter().filter(|(window, _)| window + WINDOWS > record.window.0);
			prop_assert_eq!(record.target(), sorted_median(recent.map(|(_, price)| *price).collect()));
		}
	}

	/// Of `n` windows `k` < n/2 are an adversary's, wherever they lie and whatever they say: the target stays
	/// between honest prices, at most `k` places from the middle.
	#[test]
	fn few_windows_cannot_take_the_target_out_of_the_honest_range(
		honest in vec(0..10 * PRICE, 1..=24),
		lies in vec(prop_oneof![Just(0), Just(Balance::MAX / 1_000), 0..10 * PRICE], 24),
		places in Just((0..24usize).collect::<Vec<_>>()).prop_shuffle(),
		share in 0usize..12,
	) {
		let count = honest.len();
		let liars = share.min((count - 1) / 2);
		let mut prices = honest;
		let lying: Vec<usize> = places.into_iter().filter(|place| *place < count).take(liars).collect();
		for place in &lying {
			prices[*place] = lies[*place];
		}
		let shown: Vec<_> = prices.iter().map(|price| (Some(*price), 0)).collect();
		let target = closed(&shown).target().unwrap();
		let mut left: Vec<Balance> = (0..count).filter(|at| !lying.contains(at)).map(|at| prices[at]).collect();
		left.sort_unstable();
		prop_assert!(target >= left[(count - 1) / 2 - liars]);
		prop_assert!(target <= left[count / 2]);
	}

	/// Moving the price by a part x takes at least x ÷ 20 of the open cover in fees, summed over all windows.
	#[test]
	fn moving_the_price_costs_fees(
		fees in vec(0..2 * ENOUGH, 1..60),
		aim in 0..100 * PRICE,
	) {
		let mut record = start();
		for (window, fee) in (1..).map(WindowIndex).zip(&fees) {
			let before = record.price;
			record = record.close(window, &traded(aim, *fee), COVER, &BOUNDS).unwrap();
			// moved ÷ price ≤ 20 · fee ÷ cover
			prop_assert!(before.abs_diff(record.price) * COVER <= 20 * fee * before);
		}
	}

	#[test]
	fn step_rises_with_fees_and_falls_with_cover(
		price: Balance,
		fees in (any::<Balance>(), any::<Balance>()),
		covers in (1..=Balance::MAX, 1..=Balance::MAX),
		small: bool,
	) {
		let shift = if small { 64 } else { 0 };
		let (low, high) = (fees.0.min(fees.1) >> shift, fees.0.max(fees.1) >> shift);
		let (thin, thick) = (covers.0.min(covers.1), covers.0.max(covers.1));
		prop_assert!(step(price, low, thin) <= step(price, high, thin));
		prop_assert!(step(price, low, thick) <= step(price, low, thin));
		prop_assert!(step(price, high, thin) <= price / STEP);
	}

	/// Two prices within a bound of each other: the volume-weighted price lies between them.
	#[test]
	fn trades_average_within_their_prices(all in vec((0..1u128 << 80, 1u32..), 1..30)) {
		let trades = all.iter().fold(Trades::default(), |trades, (price, amount)| {
			trades.with(*price, MilliDevices(*amount), 1).unwrap()
		});
		let found = trades.price().unwrap();
		prop_assert!(found >= all.iter().map(|trade| trade.0).min().unwrap());
		prop_assert!(found <= all.iter().map(|trade| trade.0).max().unwrap());
	}

	#[test]
	fn quotes_are_monotone_and_bounded(
		reference in 0..1u128 << 120,
		utilisation in (0u32..=1_000_000_000, 0u32..=1_000_000_000),
		efficiency in (0u32..=1_000_000_000, 0u32..=1_000_000_000),
		target in 0u32..=1_000_000_000,
		surge in 0..=MAX_RISE,
		discount in 0u32..=900_000_000,
		premium in 0..=MAX_RISE,
	) {
		let adjustment =
			Adjustment { target: Perbill::from_parts(target), surge, discount: Perbill::from_parts(discount), premium };
		let at = |utilisation, efficiency| {
			quote(reference, Perbill::from_parts(utilisation), Perbill::from_parts(efficiency), &adjustment).unwrap()
		};
		let (idle, busy) = (utilisation.0.min(utilisation.1), utilisation.0.max(utilisation.1));
		let (poor, good) = (efficiency.0.min(efficiency.1), efficiency.0.max(efficiency.1));
		prop_assert!(at(idle, poor) <= at(busy, poor));
		prop_assert!(at(idle, good) <= at(idle, poor));
		let found = at(busy, poor);
		let least = (reference / 10).min(Perbill::from_parts(discount).left_from_one() * reference);
		prop_assert!(found >= least);
		prop_assert!(found <= reference * 25);
		prop_assert!(at(target, 1_000_000_000) == reference);
	}

	/// Against the formula in floating point.
	#[test]
	fn quotes_are_close_to_the_formula(
		reference in 0..1u128 << 60,
		utilisation in 0u32..=1_000_000_000,
		efficiency in 0u32..=1_000_000_000,
		target in 10_000_000u32..=990_000_000,
		surge in 0..=MAX_RISE,
		discount in 0u32..=900_000_000,
		premium in 0..=MAX_RISE,
	) {
		let adjustment =
			Adjustment { target: Perbill::from_parts(target), surge, discount: Perbill::from_parts(discount), premium };
		let found =
			quote(reference, Perbill::from_parts(utilisation), Perbill::from_parts(efficiency), &adjustment).unwrap();
		let (u, t) = (f64::from(utilisation) / 1e9, f64::from(target) / 1e9);
		let busy = if u <= t {
			1.0 - f64::from(discount) / 1e9 * (t - u) / t
		} else {
			1.0 + f64::from(surge) / 1e6 * (u - t) / (1.0 - t)
		};
		let wasteful = 1.0 + f64::from(premium) / 1e6 * (1.0 - f64::from(efficiency) / 1e9);
		let exact = reference as f64 * busy * wasteful;
		prop_assert!((found as f64 - exact).abs() <= 1.0 + 3e-8 * exact, "{found} for {exact}");
	}

	#[test]
	fn compute_costs_more_with_price_and_less_with_performance(
		prices in (0..1u128 << 90, 0..1u128 << 90),
		performances in (1..=u64::MAX, 1..=u64::MAX),
		slots in 1..=u32::MAX,
	) {
		let (cheap, dear) = (prices.0.min(prices.1), prices.0.max(prices.1));
		let (slow, fast) = (performances.0.min(performances.1), performances.0.max(performances.1));
		prop_assert!(per_compute(cheap, slow, slots).unwrap() <= per_compute(dear, slow, slots).unwrap());
		prop_assert!(per_compute(cheap, fast, slots).unwrap() <= per_compute(cheap, slow, slots).unwrap());
	}

	/// Any records, trades, bounds and numbers: no panic.
	#[test]
	fn anything_goes_in(
		price: Balance,
		prices in prop::collection::vec(any::<Option<Balance>>(), RING),
		window: u32,
		closes: u32,
		trade in (any::<Balance>(), any::<u64>(), any::<Balance>()),
		cover: Balance,
		min: Balance,
		max: Balance,
		surge: u32,
		parts in 0u32..=1_000_000_000,
	) {
		let record = Reference { price, prices: prices.try_into().unwrap(), window: WindowIndex(window) };
		let trades = Trades { value: trade.0, volume: trade.1, fees: trade.2 };
		let bounds = Bounds { min, max };
		let part = Perbill::from_parts(parts);
		let adjustment = Adjustment { target: part, surge, discount: part, premium: surge };
		let _ = (record.target(), record.set(cover, &bounds), trades.with(price, MilliDevices(surge), cover));
		let after = record.close(WindowIndex(closes), &trades, cover, &bounds);
		prop_assert_eq!(after.is_some(), closes > window && bounds.is_valid());
		let _ = (quote(price, part, part, &adjustment), cost(price, MilliDevices(surge)));
		let _ = per_compute(price, trade.1, surge);
	}
}
