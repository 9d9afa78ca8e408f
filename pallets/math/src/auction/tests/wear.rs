use super::*;

const EXA: Balance = 1_000_000_000_000;

fn rate() -> Rate {
	Rate::new(EXA, Perbill::zero()).unwrap()
}

fn outcome(wear: &Wear, joined: &Wear, side: Side, amount: u32) -> (u32, u32, Balance) {
	let outcome = wear.since(joined, side, MilliDevices(amount), EXA, None).unwrap();
	(outcome.rest.0, outcome.filled.0, outcome.money)
}

#[test]
fn whole_units_are_exact() {
	for side in [Side::Bid, Side::Ask] {
		let wear = Wear::FRESH.fill(side, 10, 3, rate()).unwrap();
		let (rest, filled, money) = outcome(&wear, &Wear::FRESH, side, 10);
		assert_eq!((rest, filled), (7, 3));
		assert!(money.abs_diff(EXA * 3 / 1_000) <= 1);
		let again = wear.fill(side, 7, 6, rate()).unwrap();
		let (rest, filled, _) = outcome(&again, &Wear::FRESH, side, 10);
		assert_eq!((rest, filled), (1, 9));
		assert_eq!(outcome(&again, &wear, side, 7).0, 1);
	}
}

#[test]
fn broken_units_stay_with_the_pool() {
	// Half of the three units of each of two orders.
	let bid = Wear::FRESH.fill(Side::Bid, 6, 3, rate()).unwrap();
	assert_eq!(outcome(&bid, &Wear::FRESH, Side::Bid, 3), (1, 1, EXA * 3 / 2_000));
	let broken = bid.since(&Wear::FRESH, Side::Bid, MilliDevices(3), EXA, None).unwrap().broken;
	assert_eq!(broken, EXA / 2_000);
	let ask = Wear::FRESH.fill(Side::Ask, 6, 3, rate()).unwrap();
	assert_eq!(outcome(&ask, &Wear::FRESH, Side::Ask, 3), (1, 2, EXA * 3 / 2_000));
}

#[test]
fn only_a_part_can_be_filled() {
	for (total, filled) in [(10, 0), (10, 10), (10, 11), (0, 0), (MAX_LEVEL + 1, 1)] {
		assert_eq!(Wear::FRESH.fill(Side::Bid, total, filled, rate()), None);
	}
	assert!(Wear::FRESH.fill(Side::Ask, MAX_LEVEL, MAX_LEVEL - 1, rate()).is_some());
}

#[test]
fn later_wear_is_not_read_as_earlier() {
	let wear = Wear::FRESH.fill(Side::Ask, 1_000, 999, rate()).unwrap();
	assert!(Wear::FRESH.since(&wear, Side::Ask, MilliDevices(1), EXA, None).is_none());
}

#[test]
fn a_level_keeps_its_precision_until_it_is_worn_out() {
	for side in [Side::Bid, Side::Ask] {
		let mut wear = Wear::FRESH;
		let mut fills = 0;
		while !wear.is_out() {
			let joined = wear;
			// Somebody joins with half of the level, and a half is filled.
			wear = wear.fill(side, 4_000_000, 2_000_000, rate()).unwrap();
			fills += 1;
			let (rest, filled, money) = outcome(&wear, &joined, side, 2_000_000);
			assert_eq!((rest, filled, money), (1_000_000, 1_000_000, EXA * 1_000));
			let first = outcome(&wear, &Wear::FRESH, side, 2_000_000);
			assert_eq!(first.0, 2_000_000u32.checked_shr(fills).unwrap_or(0));
		}
		// The first fill only uses the bit that a product of one has alone.
		assert_eq!(fills, u32::from(MAX_SCALE) + 1);
		// All but a part in 2¹²⁸ of the first order has traded.
		let (rest, filled, money) = outcome(&wear, &Wear::FRESH, side, 2_000_000);
		assert_eq!((rest, filled), (0, 2_000_000));
		assert!(money.abs_diff(EXA * 2_000) <= 1);
	}
}

#[test]
fn the_longest_doubling_fits() {
	let top = Rate::new(Tick::MAX.price(), Perbill::zero()).unwrap();
	for side in [Side::Bid, Side::Ask] {
		let mut wear = Wear::FRESH;
		while wear.scale() < MAX_SCALE - 1 {
			wear = wear.fill(side, 2, 1, top).unwrap();
		}
		wear = wear.fill(side, MAX_LEVEL, MAX_LEVEL - 1, top).unwrap();
		assert!(wear.is_out());
		let all = wear.since(&Wear::FRESH, side, MilliDevices(u32::MAX), EXA, Some(top)).unwrap();
		let exact = cost(Tick::MAX.price(), MilliDevices(u32::MAX)).unwrap();
		assert!(all.money.abs_diff(exact) <= 1, "{} instead of {exact}", all.money);
	}
}

#[test]
fn fees_are_kept_exactly() {
	let net = Rate::new(EXA + 1, Perbill::from_parts(2_500_000)).unwrap();
	let all = Wear::FRESH.since(&Wear::FRESH, Side::Ask, MilliDevices(1_000), EXA, Some(net)).unwrap();
	assert_eq!(all.money, 997_500_000_000);
	assert_eq!(fee(EXA + 1, 1_000, Perbill::from_parts(2_500_000)), Some(2_500_000_000));
	assert_eq!(cost(EXA + 1, MilliDevices(1)), Some(1_000_000_001));
}
