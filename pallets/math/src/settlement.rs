//! Settlement: what UTC costs to cover, to redeem, and to fail.
//!
//! Amounts are milli-devices for one window, prices are money per whole device and window, money is the
//! smallest unit. `kappa` is the cover ratio κ in parts per million. Every product is formed in 256 bits and
//! divided once, so that each result is rounded once, in the direction that its documentation names. `None`
//! means that the result does not fit 128 bits.
//!
//! Rounding keeps one promise: what one provider's leases can be paid from cover, taken together, is never
//! more than the cover that was locked for them, because [`cover`] rounds up and [`part`] rounds down.

use exabits_primitives::{Balance, MilliDevices, MILLI};
use sp_arithmetic::{
	helpers_128bit::multiply_by_rational_with_rounding as mul_div, traits::Saturating, PerThing, Perbill,
	Rounding,
};

/// The share of what a rejected lease leaves unserved that its tenant gets; the insurance pool gets the rest.
pub const REJECTED_SHARE: Perbill = Perbill::from_percent(90);

/// A cover ratio of one: parts per million.
pub const KAPPA_ONE: u32 = 1_000_000;

/// The largest share of a lease's fee that its providers may get.
pub const MAX_REWARD_SHARE: Perbill = Perbill::from_percent(80);

/// The largest share of a lease's fee that a better place for it may cost.
pub const MAX_BOUNTY_SHARE: Perbill = Perbill::from_percent(50);

/// The share of the insurance pool that one window may take.
pub const INSURANCE_SHARE: Perbill = Perbill::from_percent(10);

/// `share` of `value`, rounded down. Never more than `value`.
pub fn share_of(value: Balance, share: Perbill) -> Balance {
	let parts = u128::from(share.deconstruct());
	mul_div(value, parts, u128::from(Perbill::ACCURACY), Rounding::Down).unwrap_or(value).min(value)
}

/// The settlement price `S` of a UTC that opens now: the class's reference price times the template's factor,
/// rounded down.
pub fn price(reference: Balance, factor: Perbill) -> Balance {
	share_of(reference, factor)
}

/// κ·S·amount in the given direction.
fn covered(amount: MilliDevices, price: Balance, kappa: u32, rounding: Rounding) -> Option<Balance> {
	let weight = u128::from(amount.0).checked_mul(u128::from(kappa))?;
	mul_div(price, weight, u128::from(MILLI).checked_mul(u128::from(KAPPA_ONE))?, rounding)
}

/// The cover that minting `amount` locks: κ·S·amount, rounded up.
pub fn cover(amount: MilliDevices, price: Balance, kappa: u32) -> Option<Balance> {
	covered(amount, price, kappa, Rounding::Up)
}

/// The most that a lease of `amount` can be paid: κ·S·amount, rounded down.
pub fn part(amount: MilliDevices, price: Balance, kappa: u32) -> Option<Balance> {
	covered(amount, price, kappa, Rounding::Down)
}

/// What an offer of `amount` sets aside of its provider's bond, so that whatever part of it is sold, for no less than its
/// part of `proceeds`, has its whole cover: the cover beyond the proceeds.
///
/// Covers round up and proceeds down, and one milli-device may be sold before it is paid for: a smallest unit of money
/// for each of three roundings of every milli-device, and the cover of one, are set aside besides.
pub fn set_aside(amount: MilliDevices, price: Balance, kappa: u32, proceeds: Balance) -> Option<Balance> {
	let roundings = Balance::from(amount.0).checked_mul(3)?;
	let besides = cover(MilliDevices(1), price, kappa)?.checked_add(roundings)?;
	Some(cover(amount, price, kappa)?.saturating_sub(proceeds).saturating_add(besides))
}

/// What a provider forfeits to the insurance pool beside `paid` for time that it sold and did not serve: κ − 1 of it,
/// rounded up. So not serving costs κ·S, which is the most that a market lets it be sold for.
pub fn forfeit(paid: Balance, kappa: u32) -> Option<Balance> {
	let beyond = u128::from(kappa.saturating_sub(KAPPA_ONE));
	mul_div(paid, beyond, u128::from(KAPPA_ONE), Rounding::Up)
}

/// The highest price that a market may ask for one whole UTC: κ·S, rounded down. Whoever sells for no more
/// than this and does not deliver gains nothing.
pub fn price_cap(price: Balance, kappa: u32) -> Option<Balance> {
	part(MilliDevices(MILLI), price, kappa)
}

/// The fee for redeeming `amount`: φ·S·amount, rounded up, so that no redemption is free while S and φ are
/// above zero.
pub fn fee(amount: MilliDevices, price: Balance, rate: Perbill) -> Option<Balance> {
	let weight = u128::from(amount.0).checked_mul(u128::from(rate.deconstruct()))?;
	mul_div(price, weight, u128::from(MILLI).checked_mul(u128::from(Perbill::ACCURACY))?, Rounding::Up)
}

/// What is owed when `remaining` of a window is not served: S·amount·remaining, rounded down.
pub fn principal(amount: MilliDevices, price: Balance, remaining: Perbill) -> Option<Balance> {
	credit(amount, price, remaining, 1)
}

/// What a breach in one of `rounds` rounds of a window gives back: S·amount·credit ÷ rounds, rounded down.
/// Zero rounds are read as one.
pub fn credit(amount: MilliDevices, price: Balance, credit: Perbill, rounds: u32) -> Option<Balance> {
	let weight = u128::from(amount.0).checked_mul(u128::from(credit.deconstruct()))?;
	let whole = u128::from(MILLI).checked_mul(u128::from(Perbill::ACCURACY))?;
	mul_div(price, weight, whole.checked_mul(u128::from(rounds.max(1)))?, Rounding::Down)
}

/// The most that the providers of a lease can get of its fee: `share`, but never more than
/// [`MAX_REWARD_SHARE`], rounded down.
pub fn reward_pool(fee: Balance, share: Perbill) -> Balance {
	share_of(fee, share.min(MAX_REWARD_SHARE))
}

/// What finding a better place for a lease is worth: `share` of its fee, but never more than [`MAX_BOUNTY_SHARE`],
/// nor more than is left beside the `pool` that its providers can earn; rounded down.
pub fn bounty(fee: Balance, pool: Balance, share: Perbill) -> Balance {
	share_of(fee, share.min(MAX_BOUNTY_SHARE)).min(fee.saturating_sub(pool))
}

/// The reward for one of `rounds` rounds out of `pool`, of which `paid` is gone already: `pool ÷ rounds`,
/// rounded down, and never more than is left. Zero rounds are read as one.
pub fn reward(pool: Balance, paid: Balance, rounds: u32) -> Balance {
	let each = pool.checked_div(Balance::from(rounds.max(1))).unwrap_or(0);
	each.min(pool.saturating_sub(paid))
}

/// The cover that burning `burnt` unsold UTC frees.
///
/// All that no lease stands on when nothing is left minted (`unplaced` zero and `liable` the rest); otherwise
/// κ·S·burnt, rounded down, but never so much that less than `liable` (what running leases can still be paid)
/// plus the cover of what is left `unplaced` stays behind.
pub fn released(
	burnt: MilliDevices,
	unplaced: MilliDevices,
	cover_held: Balance,
	liable: Balance,
	price: Balance,
	kappa: u32,
) -> Option<Balance> {
	let spare = cover_held.saturating_sub(liable);
	if unplaced.0 == 0 {
		return Some(spare);
	}
	let needed = cover(unplaced, price, kappa)?;
	Some(part(burnt, price, kappa)?.min(spare.saturating_sub(needed)))
}

/// What so much time is worth at the settlement price: `price · time ÷ window`, where `time` counts
/// milli-device-slots and `window` slots. A window of no slots is read as one of one slot.
pub fn worth(time: u64, price: Balance, window: u64, rounding: Rounding) -> Option<Balance> {
	let whole = u128::from(window.max(1)).checked_mul(u128::from(MILLI))?;
	mul_div(price, u128::from(time), whole, rounding)
}

/// The time that `amount` is worth, the inverse of [`worth`]: in milli-device-slots, rounded down. A price of zero is read
/// as one.
pub fn time_of(amount: Balance, price: Balance, window: u64) -> Option<u64> {
	let whole = u128::from(window).checked_mul(u128::from(MILLI))?;
	u64::try_from(mul_div(amount, whole, price.max(1), Rounding::Down)?).ok()
}

/// The part of `whole` that `part` of `of` stands for, rounded down; all of it when `part` is no less than `of`.
pub fn pro_rata(whole: Balance, part: Balance, of: Balance) -> Balance {
	if part >= of {
		return whole;
	}
	// Not above `whole`.
	mul_div(whole, part, of, Rounding::Down).unwrap_or(0)
}

/// What was promised of a UTC, by one provider or by all, and what of it was delivered, in milli-device-slots.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Delivery {
	/// Promised.
	pub obliged: u64,
	/// Delivered; of all providers also what was redeemed and delivered by nobody.
	pub delivered: u64,
}

/// What the settlement between the providers of a UTC leaves for one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Imbalance {
	/// Delivered less than its duty, and pays the difference.
	Pays(Balance),
	/// Delivered its duty or more, and is owed the difference.
	Receives(Balance),
}

/// What a provider owes to the others, or is owed by them, when its duty is its part of what was promised times what
/// was delivered in all: `price · |own.delivered − own.obliged · all.delivered ÷ all.obliged| ÷ window`, at the
/// [`imbalance_price`].
///
/// What is paid rounds up and what is received down, so that all that is received is never more than all that is paid,
/// and less by at most one unit for each provider, as long as what the providers delivered adds up to
/// `all.delivered`. Nothing is owed where nothing was promised. `None` when it does not fit 128 bits.
pub fn imbalance(own: Delivery, all: Delivery, price: Balance, window: u64) -> Option<Imbalance> {
	if all.obliged == 0 {
		return Some(Imbalance::Receives(0));
	}
	let delivered = u128::from(own.delivered).checked_mul(all.obliged.into())?;
	let duty = u128::from(own.obliged).checked_mul(all.delivered.into())?;
	let whole = u128::from(all.obliged).checked_mul(window.max(1).into())?.checked_mul(u128::from(MILLI))?;
	Some(match delivered.checked_sub(duty) {
		Some(more) => Imbalance::Receives(mul_div(price, more, whole, Rounding::Down)?),
		None => Imbalance::Pays(mul_div(price, duty.checked_sub(delivered)?, whole, Rounding::Up)?),
	})
}

/// What the imbalance between the providers of a UTC is settled at, per device and window: what of the fee for redeeming
/// it comes back to nobody who leases from itself, neither as a reward nor as a bounty. S·φ·(1 − `reward` − `bounty`),
/// rounded down.
///
/// So whatever a provider delivers to itself gains it no more in the settlement than the fee has cost it.
pub fn imbalance_price(price: Balance, fee: Perbill, reward: Perbill, bounty: Perbill) -> Balance {
	let reward = reward.min(MAX_REWARD_SHARE);
	let kept = reward.left_from_one().saturating_sub(bounty.min(MAX_BOUNTY_SHARE));
	let parts = u128::from(fee.deconstruct()).saturating_mul(kept.deconstruct().into());
	let whole = u128::from(Perbill::ACCURACY).saturating_mul(Perbill::ACCURACY.into());
	// Never more than `price`.
	mul_div(price, parts, whole, Rounding::Down).unwrap_or(0)
}

/// How much of `pool` one window may take: [`INSURANCE_SHARE`], rounded down.
pub fn insurance_budget(pool: Balance) -> Balance {
	share_of(pool, INSURANCE_SHARE)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const S: Balance = 2_000_000_000_000;
	const KAPPA: u32 = 1_250_000;

	#[test]
	fn one_device_costs_what_the_formula_says() {
		let one = MilliDevices::devices(1);
		assert_eq!(cover(one, S, KAPPA), Some(2_500_000_000_000));
		assert_eq!(part(one, S, KAPPA), Some(2_500_000_000_000));
		assert_eq!(price_cap(S, KAPPA), Some(2_500_000_000_000));
		assert_eq!(fee(one, S, Perbill::from_percent(1)), Some(20_000_000_000));
		assert_eq!(principal(one, S, Perbill::from_percent(25)), Some(500_000_000_000));
		assert_eq!(credit(one, S, Perbill::from_percent(50), 4), Some(250_000_000_000));
	}

	#[test]
	fn rounding_goes_the_documented_way() {
		let least = MilliDevices(1);
		assert_eq!(cover(least, 1, KAPPA), Some(1));
		assert_eq!(part(least, 1, KAPPA), Some(0));
		assert_eq!(fee(least, 1, Perbill::from_percent(1)), Some(1));
		assert_eq!(principal(least, 999, Perbill::one()), Some(0));
		assert_eq!(principal(least, 1_000, Perbill::one()), Some(1));
		assert_eq!(price(999, Perbill::from_percent(50)), 499);
	}

	#[test]
	fn what_does_not_fit_is_refused() {
		assert_eq!(cover(MilliDevices(u32::MAX), Balance::MAX, KAPPA), None);
		assert_eq!(fee(MilliDevices(u32::MAX), Balance::MAX, Perbill::one()), None);
		assert!(part(MilliDevices(1), Balance::MAX, KAPPA).is_some());
	}

	#[test]
	fn time_is_worth_its_part_of_the_window() {
		assert_eq!(worth(1_000 * 60, S, 60, Rounding::Down), Some(S));
		assert_eq!(worth(500 * 15, S, 60, Rounding::Up), Some(S / 8));
		assert_eq!((worth(1, 1, 60, Rounding::Down), worth(1, 1, 60, Rounding::Up)), (Some(0), Some(1)));
		assert_eq!(
			(time_of(S / 8, S, 60), time_of(S, S, 60), time_of(1, S, 60)),
			(Some(7_500), Some(60_000), Some(0))
		);
		assert_eq!((pro_rata(10, 1, 3), pro_rata(10, 3, 3), pro_rata(0, 0, 0)), (3, 10, 0));
	}

	#[test]
	fn who_delivers_less_than_its_duty_pays_who_delivers_more() {
		let (device, window) = (60_000, 60);
		let all = Delivery { obliged: 3 * device, delivered: 2 * device };
		let of = |obliged, delivered| imbalance(Delivery { obliged, delivered }, all, 900, window);
		// A third of two devices is this one's duty.
		assert_eq!(of(device, 0), Some(Imbalance::Pays(600)));
		assert_eq!(of(2 * device, 2 * device), Some(Imbalance::Receives(600)));
		assert_eq!(of(0, device), Some(Imbalance::Receives(900)));
		assert_eq!(imbalance(all, all, 900, window), Some(Imbalance::Receives(0)));
		let none = Delivery { obliged: 0, delivered: 5 };
		assert_eq!(imbalance(none, none, 900, window), Some(Imbalance::Receives(0)));
	}

	#[test]
	fn an_imbalance_costs_what_nobody_gets_back_of_the_fee() {
		let percent = Perbill::from_percent;
		assert_eq!(imbalance_price(S, percent(2), percent(80), percent(10)), S / 500);
		assert_eq!(imbalance_price(S, percent(2), percent(90), percent(10)), S / 500);
		assert_eq!(imbalance_price(S, percent(2), percent(80), percent(30)), 0);
		assert_eq!(imbalance_price(S, percent(2), percent(0), percent(60)), S / 100);
		assert_eq!(imbalance_price(499, percent(2), percent(80), percent(10)), 0);
		assert_eq!(imbalance_price(Balance::MAX, Perbill::one(), percent(0), percent(0)), Balance::MAX);
	}

	#[test]
	fn not_serving_costs_what_is_covered() {
		assert_eq!(forfeit(S, KAPPA), Some(S / 4));
		assert_eq!(
			(forfeit(1, KAPPA), forfeit(0, KAPPA), forfeit(S, KAPPA_ONE)),
			(Some(1), Some(0), Some(0))
		);
		assert_eq!(forfeit(Balance::MAX, KAPPA_ONE * 3), None);
	}

	#[test]
	fn zero_rounds_are_one() {
		assert_eq!(reward(100, 0, 0), 100);
		assert_eq!(credit(MilliDevices(1_000), 100, Perbill::one(), 0), Some(100));
	}

	#[test]
	fn providers_never_get_more_than_four_fifths() {
		assert_eq!(reward_pool(1_000, Perbill::one()), 800);
		assert_eq!(reward_pool(1_000, Perbill::from_percent(50)), 500);
	}

	#[test]
	fn a_bounty_is_at_most_half_and_never_what_providers_can_earn() {
		assert_eq!(bounty(1_000, 800, Perbill::from_percent(10)), 100);
		assert_eq!(bounty(1_000, 800, Perbill::from_percent(30)), 200);
		assert_eq!(bounty(1_001, 0, Perbill::one()), 500);
		assert_eq!(bounty(0, 0, Perbill::one()), 0);
	}

	#[test]
	fn the_last_burn_frees_everything_but_what_leases_need() {
		let none = MilliDevices(0);
		assert_eq!(released(MilliDevices(1_000), none, 1_001, 0, 800, KAPPA), Some(1_001));
		assert_eq!(released(MilliDevices(1_000), none, 1_001, 400, 800, KAPPA), Some(601));
	}

	#[test]
	fn a_burn_leaves_the_cover_of_the_rest() {
		// Two devices at 1,000 each are covered; one is burnt.
		let one = MilliDevices::devices(1);
		assert_eq!(released(one, one, 2_000, 0, 800, KAPPA), Some(1_000));
		// 300 of the cover has been paid out: only what is not needed for the other device is freed.
		assert_eq!(released(one, one, 1_700, 0, 800, KAPPA), Some(700));
		assert_eq!(released(one, one, 900, 0, 800, KAPPA), Some(0));
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(2_000))]

		/// However a provider's minting and its leases are cut, its leases' parts fit into its cover.
		#[test]
		fn parts_fit_into_cover(
			mints in prop::collection::vec(1u32..64_000, 1..8),
			cuts in prop::collection::vec(1u32..16_000, 0..32),
			price in 0u128..1_000_000_000_000_000_000,
			kappa in KAPPA_ONE..5_000_000,
		) {
			let locked: Balance =
				mints.iter().map(|m| cover(MilliDevices(*m), price, kappa).unwrap()).sum();
			let mut left: u32 = mints.iter().sum();
			let mut owed = 0;
			for cut in cuts {
				let cut = cut.min(left);
				left -= cut;
				owed += part(MilliDevices(cut), price, kappa).unwrap();
			}
			prop_assert!(owed <= locked);
		}

		/// However an offer is sold in parts, what was set aside and the proceeds cover each part when it is sold.
		#[test]
		fn what_is_set_aside_is_enough(
			amount in 1u32..64_000,
			cuts in prop::collection::vec(1u32..16_000, 1..32),
			price in 1u128..1_000_000_000_000_000_000,
			kappa in KAPPA_ONE..5_000_000,
			asked in 1u32..=1_000_000_000,
			fee in 0u32..=100_000_000,
		) {
			let limit = share_of(price_cap(price, kappa).unwrap(), Perbill::from_parts(asked));
			let keeps = Perbill::one() - Perbill::from_parts(fee);
			// What a sale brings at least: the cost less the fee, each rounded against the provider.
			let brings = |amount: u32| {
				let cost = mul_div(limit, amount.into(), MILLI.into(), Rounding::Down).unwrap();
				share_of(cost, keeps).saturating_sub(1)
			};
			let mut left = set_aside(MilliDevices(amount), price, kappa, brings(amount)).unwrap();
			let mut unsold = amount;
			for cut in cuts {
				let cut = cut.min(unsold);
				unsold -= cut;
				let needed = cover(MilliDevices(cut), price, kappa).unwrap().saturating_sub(brings(cut));
				prop_assert!(needed <= left);
				left -= needed;
			}
		}

		/// Rewards of all rounds never come to more than the pool, and never to four fifths of the fee.
		#[test]
		fn rewards_stay_in_their_pool(fee in 0u128.., share in 0u32..=1_000_000_000, rounds in 1u32..100, extra in 0u32..20) {
			let pool = reward_pool(fee, Perbill::from_parts(share));
			prop_assert!(pool <= share_of(fee, MAX_REWARD_SHARE));
			let mut paid = 0u128;
			for _ in 0..rounds + extra {
				paid += reward(pool, paid, rounds);
			}
			prop_assert!(paid <= pool);
		}

		/// Credits of all rounds plus the principal of no time left never exceed S × amount.
		#[test]
		fn credits_stay_within_the_principal(
			amount in 1u32..16_000,
			price in 0u128..1_000_000_000_000_000_000,
			parts in 0u32..=1_000_000_000,
			rounds in 1u32..200,
		) {
			let amount = MilliDevices(amount);
			let each = credit(amount, price, Perbill::from_parts(parts), rounds).unwrap();
			prop_assert!(each * u128::from(rounds) <= principal(amount, price, Perbill::one()).unwrap());
		}

		/// Principal is monotone in the time left and never above the lease's part.
		#[test]
		fn principal_is_monotone(
			amount in 1u32..16_000,
			price in 0u128..1_000_000_000_000_000_000,
			a in 0u32..=1_000_000_000,
			b in 0u32..=1_000_000_000,
			kappa in KAPPA_ONE..5_000_000,
		) {
			let amount = MilliDevices(amount);
			let (low, high) = (a.min(b), a.max(b));
			let low = principal(amount, price, Perbill::from_parts(low)).unwrap();
			let high = principal(amount, price, Perbill::from_parts(high)).unwrap();
			prop_assert!(low <= high);
			prop_assert!(high <= part(amount, price, kappa).unwrap());
		}

		/// Burning never frees cover that leases or other UTC stand on.
		#[test]
		fn releases_leave_enough(
			burnt in 1u32..16_000,
			unplaced in 0u32..16_000,
			held in 0u128..1_000_000_000_000,
			liable in 0u128..1_000_000_000_000,
			price in 0u128..1_000_000_000,
			kappa in KAPPA_ONE..5_000_000,
		) {
			let unplaced = MilliDevices(unplaced);
			let free = released(MilliDevices(burnt), unplaced, held, liable, price, kappa).unwrap();
			prop_assert!(free <= held);
			if free > 0 {
				let rest = cover(unplaced, price, kappa).unwrap();
				prop_assert!(held - free >= liable + rest);
			}
		}

		/// What receivers get is what payers pay, but for less than a unit each, and nobody pays more than its duty.
		#[test]
		fn imbalances_balance(
			of in proptest::collection::vec((0u64..1 << 44, 0u64..1 << 44), 1..20),
			lost in 0u64..1 << 40,
			price in 0u128..1 << 80,
			window in 1u64..100_000,
		) {
			let each = of.iter().map(|(obliged, delivered)| Delivery {
				obliged: *obliged,
				delivered: *delivered,
			});
			let mut all = each.clone().fold(Delivery::default(), |sum, own| Delivery {
				obliged: sum.obliged + own.obliged,
				delivered: sum.delivered + own.delivered,
			});
			all.delivered += lost;
			prop_assume!(all.obliged > 0);
			let (mut pays, mut receives) = (0u128, 0u128);
			for own in each {
				match imbalance(own, all, price, window).unwrap() {
					Imbalance::Pays(amount) => {
						pays += amount;
						if all.delivered <= all.obliged {
							prop_assert!(amount <= worth(own.obliged, price, window, Rounding::Up).unwrap());
						}
					}
					Imbalance::Receives(amount) => receives += amount,
				}
			}
			// What nobody delivered is paid to none of them.
			let most = worth(lost, price, window, Rounding::Up).unwrap() + of.len() as u128;
			let least = worth(lost, price, window, Rounding::Down).unwrap();
			prop_assert!(pays >= receives + least);
			prop_assert!(pays - receives <= most);
		}

		/// Whoever leases from itself never wins more in the settlement than it has lost of the fee, however little of all
		/// that was promised is its own.
		#[test]
		fn leasing_from_oneself_never_pays(
			amount in 1u32..16_000,
			others in 0u64..1 << 44,
			promised in 0u32..16_000,
			price in 1u128..1 << 80,
			rate in 0u32..=1_000_000_000,
			reward in 0u32..=1_000_000_000,
			bounty_share in 0u32..=1_000_000_000,
			window in 1u64..100_000,
		) {
			let [rate, reward, share] = [rate, reward, bounty_share].map(Perbill::from_parts);
			let paid = fee(MilliDevices(amount), price, rate).unwrap();
			let pool = reward_pool(paid, reward);
			let lost = paid - pool - bounty(paid, pool, share);
			let time = |amount: u32| u64::from(amount) * window;
			let own = Delivery { obliged: time(promised.max(amount)), delivered: time(amount) };
			let all = Delivery { obliged: own.obliged + others, ..own };
			let price = imbalance_price(price, rate, reward, share);
			let Some(Imbalance::Receives(won)) = imbalance(own, all, price, window) else {
				panic!("all was delivered by one");
			};
			prop_assert!(won <= lost, "{won} for {lost}");
		}

		/// A share is never more than the whole, whatever the whole.
		#[test]
		fn shares_are_shares(value in 0u128.., parts in 0u32..=1_000_000_000) {
			prop_assert!(share_of(value, Perbill::from_parts(parts)) <= value);
		}
	}
}
