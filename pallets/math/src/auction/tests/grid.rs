use super::*;
use num_bigint::BigUint;

#[test]
fn prices_are_the_nearest_to_the_geometric_ones() {
	// p is the nearest unit to 10⁷ × 2^(t/128) when (2p ∓ 1)¹²⁸ are on either side of (2 × 10⁷)¹²⁸ × 2^t; the table
	// may put it off by one part in 2⁶³ more.
	let base = BigUint::from(2 * LOWEST).pow(128);
	for number in (0..TICKS).step_by(7).chain([TICKS - 1]) {
		let exact = &base << number;
		let price = tick(number).price();
		let slack = price >> 62;
		assert!(BigUint::from(2 * price - 1 - slack).pow(128) < exact, "tick {number} is too high");
		assert!(BigUint::from(2 * price + 1 + slack).pow(128) > exact, "tick {number} is too low");
	}
}

#[test]
fn prices_rise_by_half_a_percent() {
	for number in 1..TICKS {
		let (below, above) = (tick(number - 1).price(), tick(number).price());
		let rise = (above - below) * 1_000_000 / below;
		assert!((5_429..=5_430).contains(&rise), "tick {number} rises by {rise}");
	}
	assert_eq!((Tick::MIN.price(), Tick::MAX.price()), (10_000_000, 42_717_719_964_826_589));
	assert_eq!(tick(128).price(), 2 * LOWEST);
}

#[test]
fn ticks_are_found_by_price() {
	assert_eq!(Tick::at_most(LOWEST - 1), None);
	assert_eq!(Tick::at_most(Balance::MAX), Some(Tick::MAX));
	for number in 0..TICKS {
		let price = tick(number).price();
		assert_eq!(Tick::at_most(price), Some(tick(number)));
		assert_eq!(Tick::at_most(price - 1), number.checked_sub(1).map(tick));
	}
}

#[test]
fn ticks_lie_in_pages() {
	for number in 0..TICKS {
		let tick = tick(number);
		assert_eq!(Tick::at(tick.page(), tick.place()), Some(tick));
	}
	assert_eq!(Tick::new(TICKS), None);
	assert_eq!((Tick::at(64, 0), Tick::at(0, 64)), (None, None));
	assert_eq!((Tick::MAX.next(), Tick::MIN.previous()), (None, None));
}
