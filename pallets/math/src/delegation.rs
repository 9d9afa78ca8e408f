//! Delegated stake: pools of money in which delegators hold shares.
//!
//! A slash lowers a pool's value and a reward raises it, whatever the number of delegators. Shares are given and
//! redeemed so that rounding favours the pool; the last share takes all that is left, so that nothing stays behind.
//! Money is in smallest units of EXA. Nothing here reads or writes storage.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::Balance;
use scale_info::TypeInfo;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding as mul_div, Rounding};

/// Shares per unit of money in a new pool: while one share is worth less than a unit, rounding costs nobody more
/// than one unit.
pub const SHARES_PER_UNIT: u128 = 1 << 32;

/// Money that belongs to the holders of shares in it.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Pool {
	/// The money.
	pub value: Balance,
	/// All shares together.
	pub shares: u128,
	/// How often a slash has taken all: shares of an earlier generation are worth nothing.
	pub generation: u32,
}

/// Somebody's shares in a pool.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Holding {
	/// How many.
	pub shares: u128,
	/// The pool's generation that they are of.
	pub generation: u32,
}

impl Pool {
	/// What `holding` is worth, rounded down.
	pub fn worth(&self, holding: Holding) -> Balance {
		let shares = self.valid(holding).min(self.shares);
		mul_div(self.value, shares, self.shares, Rounding::Down).unwrap_or(0)
	}

	/// How many shares of `holding` are of this generation.
	pub fn valid(&self, holding: Holding) -> u128 {
		if holding.generation == self.generation {
			holding.shares
		} else {
			0
		}
	}

	/// Pays `amount` in, for shares that are added to `holding`.
	///
	/// `None`, and nothing changed, for an amount that buys no share, and where the numbers end: a pool that slashes
	/// have made very small beside its shares takes in nothing more.
	pub fn join(&mut self, holding: &mut Holding, amount: Balance) -> Option<()> {
		let bought = if self.shares == 0 {
			amount.checked_mul(SHARES_PER_UNIT)?
		} else {
			mul_div(amount, self.shares, self.value, Rounding::Down)?
		};
		if bought == 0 {
			return None;
		}
		let value = self.value.checked_add(amount)?;
		let all = self.shares.checked_add(bought)?;
		let shares = self.valid(*holding).checked_add(bought)?;
		*self = Self { value, shares: all, generation: self.generation };
		*holding = Holding { shares, generation: self.generation };
		Some(())
	}

	/// Takes `amount` out for shares of `holding`; all of them when it is all that they are worth, which may be nothing.
	///
	/// `None`, and nothing changed, when they are worth less.
	pub fn leave(&mut self, holding: &mut Holding, amount: Balance) -> Option<()> {
		let worth = self.worth(*holding);
		if amount > worth {
			return None;
		}
		let held = self.valid(*holding);
		let burnt = if amount == worth {
			held
		} else {
			mul_div(amount, self.shares, self.value, Rounding::Up)?.min(held)
		};
		let value = self.value.checked_sub(amount)?;
		let all = self.shares.checked_sub(burnt)?;
		let shares = held.checked_sub(burnt)?;
		*self = Self { value, shares: all, generation: self.generation };
		*holding = Holding { shares, generation: self.generation };
		Some(())
	}

	/// Lets `amount`, or all that there is, be taken from everybody; returns how much.
	pub fn slash(&mut self, amount: Balance) -> Balance {
		let taken = amount.min(self.value);
		// `taken` is at most the value.
		self.value = self.value.saturating_sub(taken);
		if self.value == 0 && self.shares > 0 {
			self.shares = 0;
			// After 2³² total losses an old share would count again.
			self.generation = self.generation.saturating_add(1);
		}
		taken
	}

	/// Gives `amount` to everybody. `None`, and nothing changed, when nobody is there to get it, or on overflow.
	pub fn reward(&mut self, amount: Balance) -> Option<()> {
		if self.shares == 0 {
			return None;
		}
		self.value = self.value.checked_add(amount)?;
		Some(())
	}
}

/// What a slash takes from an operator and from those who delegate to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spread {
	/// From the operator's own bond.
	pub own: Balance,
	/// From what is delegated and stays.
	pub staying: Balance,
	/// From what is delegated and on its way out.
	pub leaving: Balance,
}

/// Spreads `amount` over three parts in proportion to what each has; all of each where they have no more.
///
/// Rounding goes against the operator's own bond first and against those that leave last. `None` on overflow.
pub fn spread(amount: Balance, own: Balance, staying: Balance, leaving: Balance) -> Option<Spread> {
	let delegated = staying.checked_add(leaving)?;
	let all = own.checked_add(delegated)?;
	let amount = amount.min(all);
	let of_delegated = mul_div(amount, delegated, all.max(1), Rounding::Down)?;
	let of_leaving = mul_div(of_delegated, leaving, delegated.max(1), Rounding::Down)?;
	Some(Spread {
		own: amount.checked_sub(of_delegated)?,
		staying: of_delegated.checked_sub(of_leaving)?,
		leaving: of_leaving,
	})
}

/// How much of what is `delegated` counts: at most `multiple` of the operator's own bond.
pub fn counted(own: Balance, delegated: Balance, multiple: u32) -> Balance {
	// A limit beyond the end of the range limits nothing.
	delegated.min(own.saturating_mul(multiple.into()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn a_pool_ends_where_it_began() {
		let mut pool = Pool::default();
		let (mut one, mut two) = (Holding::default(), Holding::default());
		pool.join(&mut one, 30).unwrap();
		pool.join(&mut two, 10).unwrap();
		assert_eq!(pool.slash(20), 20);
		assert_eq!((pool.worth(one), pool.worth(two)), (15, 5));
		pool.reward(40).unwrap();
		assert_eq!((pool.worth(one), pool.worth(two)), (45, 15));
		pool.leave(&mut one, 45).unwrap();
		pool.leave(&mut two, 15).unwrap();
		assert_eq!(pool, Pool::default());
	}

	#[test]
	fn a_total_loss_ends_all_shares_and_the_pool_goes_on() {
		let mut pool = Pool::default();
		let (mut old, mut new) = (Holding::default(), Holding::default());
		pool.join(&mut old, 30).unwrap();
		assert_eq!(pool.slash(31), 30);
		assert_eq!(pool.worth(old), 0);
		assert_eq!(pool.reward(1), None);
		pool.join(&mut new, 10).unwrap();
		assert_eq!((pool.worth(old), pool.worth(new)), (0, 10));
		assert_eq!(pool.leave(&mut old, 1), None);
		pool.join(&mut old, 5).unwrap();
		assert_eq!((pool.worth(old), pool.worth(new)), (5, 10));
	}

	#[test]
	fn what_cannot_be_changes_nothing() {
		let mut pool = Pool::default();
		let mut holding = Holding::default();
		assert_eq!(pool.join(&mut holding, 0), None);
		assert_eq!(pool.join(&mut holding, Balance::MAX), None);
		assert_eq!((pool, holding), Default::default());
		pool.join(&mut holding, 10).unwrap();
		let before = (pool, holding);
		assert_eq!(pool.leave(&mut holding, 11), None);
		assert_eq!(pool.reward(Balance::MAX), None);
		assert_eq!((pool, holding), before);
	}

	#[test]
	fn counts_up_to_the_multiple() {
		assert_eq!([19, 20, 21].map(|delegated| counted(10, delegated, 2)), [19, 20, 20]);
		assert_eq!(counted(Balance::MAX, 7, 2), 7);
		assert_eq!(counted(0, 7, 2), 0);
	}

	#[derive(Clone, Debug)]
	enum Step {
		Join(usize, Balance),
		Leave(usize, u32),
		LeaveAll(usize),
		Slash(u32),
		Reward(Balance),
	}

	const HOLDERS: usize = 4;
	const WHOLE: u32 = 1_000;

	fn step() -> impl Strategy<Value = Step> {
		let who = 0..HOLDERS;
		let amount = prop_oneof![1u128..1_000, 1_000_000u128..1 << 60];
		prop_oneof![
			4 => (who.clone(), amount.clone()).prop_map(|(who, amount)| Step::Join(who, amount)),
			2 => (who.clone(), 0..=WHOLE).prop_map(|(who, part)| Step::Leave(who, part)),
			1 => who.prop_map(Step::LeaveAll),
			3 => (0..=WHOLE).prop_map(Step::Slash),
			2 => amount.prop_map(Step::Reward),
		]
	}

	fn part(of: Balance, part: u32) -> Balance {
		mul_div(of, part.into(), WHOLE.into(), Rounding::Down).unwrap()
	}

	proptest! {
		#[test]
		fn every_history_conserves_and_favours_the_pool(steps in prop::collection::vec(step(), 1..80)) {
			let mut pool = Pool::default();
			let mut holders = [Holding::default(); HOLDERS];
			let (mut paid_in, mut paid_out) = (0u128, 0u128);
			for step in steps {
				let before: Vec<Balance> = holders.iter().map(|holding| pool.worth(*holding)).collect();
				let others_keep = |pool: &Pool, holders: &[Holding], who: usize| {
					(0..HOLDERS).filter(|other| *other != who).all(|other| {
						pool.worth(holders[other]) >= before[other]
					})
				};
				// A share is worth no more than a unit: nobody loses more than one by rounding.
				let fine = pool.value <= pool.shares;
				match step {
					Step::Join(who, amount) => if pool.join(&mut holders[who], amount).is_some() {
						paid_in += amount;
						prop_assert!(others_keep(&pool, &holders, who));
						let worth = pool.worth(holders[who]);
						prop_assert!(worth <= before[who] + amount + 1);
						prop_assert!(!fine || worth + 1 >= before[who] + amount);
					},
					Step::Leave(who, of) => {
						let amount = part(before[who], of);
						if pool.leave(&mut holders[who], amount).is_some() {
							paid_out += amount;
							prop_assert!(others_keep(&pool, &holders, who));
							let worth = pool.worth(holders[who]);
							prop_assert!(worth <= before[who] - amount + 1);
							prop_assert!(!fine || worth + 1 >= before[who] - amount);
						}
					},
					Step::LeaveAll(who) => if before[who] > 0 {
						pool.leave(&mut holders[who], before[who]).unwrap();
						paid_out += before[who];
						prop_assert_eq!(holders[who].shares, 0);
						prop_assert!(others_keep(&pool, &holders, who));
					},
					Step::Slash(of) => paid_out += pool.slash(part(pool.value, of)),
					Step::Reward(amount) => if pool.reward(amount).is_some() {
						paid_in += amount;
					},
				}
				prop_assert_eq!(pool.value, paid_in - paid_out);
				let sum: Balance = holders.iter().map(|holding| pool.worth(*holding)).sum();
				prop_assert!(sum <= pool.value);
				let held: u128 = holders.iter().map(|holding| pool.valid(*holding)).sum();
				prop_assert_eq!(held, pool.shares);
				prop_assert!(pool.value - sum < HOLDERS as u128 || pool.shares == 0);
			}
		}

		#[test]
		fn a_slash_takes_from_each_its_share_to_one_unit(
			stakes in prop::collection::vec(1u128..1 << 60, 1..8), of in 0..=WHOLE,
		) {
			let mut pool = Pool::default();
			let holders: Vec<Holding> = stakes.iter().map(|amount| {
				let mut holding = Holding::default();
				pool.join(&mut holding, *amount).unwrap();
				prop_assert_eq!(pool.worth(holding), *amount);
				Ok(holding)
			}).collect::<Result<_, _>>()?;
			let all = pool.value;
			let taken = pool.slash(part(all, of));
			for (holding, stake) in holders.iter().zip(&stakes) {
				let exact = stake - mul_div(taken, *stake, all, Rounding::Up).unwrap();
				prop_assert!(pool.worth(*holding).abs_diff(exact) <= 1);
			}
		}

		#[test]
		fn the_order_in_which_delegators_come_does_not_matter(
			stakes in prop::collection::vec((1u128..1 << 60, any::<u64>()), 1..8), slash in 0..WHOLE,
		) {
			let worth = |order: &[usize]| {
				let mut pool = Pool::default();
				let mut holders = vec![Holding::default(); stakes.len()];
				for who in order {
					pool.join(&mut holders[*who], stakes[*who].0).unwrap();
				}
				pool.slash(part(pool.value, slash));
				holders.into_iter().map(|holding| pool.worth(holding)).collect::<Vec<_>>()
			};
			let mut order: Vec<usize> = (0..stakes.len()).collect();
			let given = worth(&order);
			order.sort_by_key(|who| stakes[*who].1);
			prop_assert_eq!(worth(&order), given);
		}

		#[test]
		fn a_spread_conserves_and_is_proportional(
			amount in 0u128..1 << 70, own in 0u128..1 << 60, staying in 0u128..1 << 60, leaving in 0u128..1 << 60,
		) {
			let spread = spread(amount, own, staying, leaving).unwrap();
			let all = own + staying + leaving;
			let taken = amount.min(all);
			prop_assert_eq!(spread.own + spread.staying + spread.leaving, taken);
			prop_assert!(spread.own <= own && spread.staying <= staying && spread.leaving <= leaving);
			for (part, of) in [(spread.own, own), (spread.staying, staying), (spread.leaving, leaving)] {
				let exact = mul_div(taken, of, all.max(1), Rounding::Down).unwrap();
				prop_assert!(part.abs_diff(exact) <= 1);
			}
		}
	}
}
