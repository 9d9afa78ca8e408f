//! What simulated traders do: drawn from a seed alone.

use exabits_math::auction::{Side, Tick};
use exabits_primitives::MilliDevices;

/// Random numbers that a seed determines: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
pub struct Random(u64);

impl Random {
	/// The numbers of a seed.
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number below `bound`, which is not zero.
	pub fn below(&mut self, bound: u64) -> u64 {
		// The high half of the product is as good as uniform for bounds that are small beside 2⁶⁴.
		((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
	}
}

/// What a trader does in a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
	/// Places an order.
	Place {
		/// Whether it buys or sells.
		side: Side,
		/// Its limit.
		tick: Tick,
		/// How much.
		amount: MilliDevices,
	},
	/// Cancels the order that it placed so many before the last one.
	Cancel {
		/// Zero for the last one.
		back: u32,
	},
	/// Claims what that order is owed.
	Claim {
		/// Zero for the last one.
		back: u32,
	},
	/// Lists UTC at the price of a tick.
	List {
		/// The price.
		tick: Tick,
		/// How much.
		amount: MilliDevices,
	},
	/// Buys from the listing that was made so many before the last one, whoever's it is.
	Buy {
		/// Zero for the last one.
		back: u32,
		/// How much.
		amount: MilliDevices,
	},
}

/// Around what, and how far away from it, traders want to trade.
#[derive(Clone, Copy, Debug)]
pub struct Prices {
	/// The tick in the middle.
	pub middle: Tick,
	/// The most ticks away from it.
	pub width: u16,
	/// The highest tick that is allowed.
	pub highest: Tick,
}

impl Prices {
	fn draw(&self, random: &mut Random) -> Tick {
		let away = random.below(u64::from(self.width) * 2 + 1);
		let number = i64::from(self.middle.number()) - i64::from(self.width) + away as i64;
		let number = number.clamp(0, i64::from(self.highest.number()));
		u16::try_from(number).ok().and_then(Tick::new).unwrap_or(self.middle)
	}
}

/// What each of `traders` does in each round, until `orders` orders have been placed.
///
/// Of sixteen actions ten place orders, two cancel, two claim, one lists and one buys. Amounts are whole multiples of
/// `least`, up to eight of them.
pub fn plan(seed: u64, traders: u32, orders: u32, prices: Prices, least: MilliDevices) -> Vec<Vec<Action>> {
	let mut random = Random::new(seed);
	let mut rounds = Vec::new();
	let mut placed = 0u32;
	while traders > 0 && placed < orders {
		let mut round = Vec::with_capacity(traders as usize);
		for _ in 0..traders {
			let kind = random.below(16);
			let amount = MilliDevices(least.0.saturating_mul(1 + random.below(8) as u32));
			let tick = prices.draw(&mut random);
			let back = random.below(4) as u32;
			let side = if random.below(2) == 0 { Side::Bid } else { Side::Ask };
			round.push(match kind {
				0..=1 => Action::Cancel { back },
				2..=3 => Action::Claim { back },
				4 => Action::List { tick, amount },
				5 => Action::Buy { back, amount },
				_ if placed < orders => {
					placed += 1;
					Action::Place { side, tick, amount }
				}
				_ => Action::Claim { back },
			});
		}
		rounds.push(round);
	}
	rounds
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn prices(middle: u16, width: u16, highest: u16) -> Prices {
		let tick = |number| Tick::new(number).unwrap();
		Prices { middle: tick(middle), width, highest: tick(highest) }
	}

	fn placed(rounds: &[Vec<Action>]) -> usize {
		rounds.iter().flatten().filter(|action| matches!(action, Action::Place { .. })).count()
	}

	#[test]
	fn the_seed_determines_everything() {
		let prices = prices(2_000, 40, 2_041);
		let first = plan(7, 5, 50, prices, MilliDevices(125));
		assert_eq!(first, plan(7, 5, 50, prices, MilliDevices(125)));
		assert_ne!(first, plan(8, 5, 50, prices, MilliDevices(125)));
	}

	#[test]
	fn random_numbers_are_those_of_the_paper() {
		let mut random = Random::new(1_234_567);
		assert_eq!(random.next(), 6_457_827_717_110_365_317);
		assert_eq!(random.next(), 3_203_168_211_198_807_973);
	}

	proptest! {
		#[test]
		fn is_bounded(
			seed: u64, traders in 0u32..20, orders in 0u32..200, middle in 0u16..4_096, width in 0u16..100,
			highest in 0u16..4_096,
		) {
			let prices = prices(middle, width, highest);
			let rounds = plan(seed, traders, orders, prices, MilliDevices(125));
			prop_assert_eq!(placed(&rounds), if traders == 0 { 0 } else { orders as usize });
			for action in rounds.iter().flatten() {
				if let Action::Place { tick, amount, .. } | Action::List { tick, amount } = action {
					prop_assert!(tick.number() <= highest);
					prop_assert!((125..=1_000).contains(&amount.0));
				}
			}
			prop_assert!(rounds.iter().all(|round| round.len() == traders as usize));
		}
	}
}
