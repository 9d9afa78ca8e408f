//! The invariants that the crate's documentation numbers.

use crate::*;
use alloc::collections::BTreeMap;
use exabits_primitives::{Balance, ClassId, LeaseId, MilliDevices, UtcId};
use frame_support::{
	ensure,
	traits::{
		fungible::{hold::Inspect as _, Inspect as _},
		fungibles::Inspect as _,
	},
};
use sp_runtime::TryRuntimeError;

/// Sums of what the positions of a UTC, or the leases of a position, say.
#[derive(Default)]
struct Sums {
	minted: u64,
	placed: u64,
	delivered: u64,
	relieved: u64,
	money: Balance,
	/// Positions whose cover has not been released.
	open: u32,
	/// What the others of a UTC owe.
	due: Balance,
	count: u32,
}

impl Sums {
	fn add(&mut self, minted: MilliDevices, placed: MilliDevices, money: Balance, count: u32) {
		self.minted = self.minted.saturating_add(u64::from(minted.0));
		self.placed = self.placed.saturating_add(u64::from(placed.0));
		self.money = self.money.saturating_add(money);
		self.count = self.count.saturating_add(count);
	}
}

impl<T: Config> Pallet<T> {
	/// Checks the numbered invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let (mut of_utc, mut of_provider) = (BTreeMap::new(), BTreeMap::new());
		let (mut leases_of_utc, mut of_position) = (BTreeMap::new(), BTreeMap::new());
		let mut fees: Balance = 0;
		for (lease, account) in LeaseAccounts::<T>::iter() {
			Self::check_lease(lease, &account)?;
			fees = fees.saturating_add(account.fee_left());
			let leases: &mut u32 = leases_of_utc.entry(account.utc).or_default();
			*leases = leases.saturating_add(1);
			let sums: &mut Sums = of_position.entry((account.utc, account.provider)).or_default();
			// What a rejected lease was for has ended with the rejection.
			let placed = if account.rejected { MilliDevices(0) } else { account.amount };
			sums.add(MilliDevices(0), placed, account.reserved, 1);
		}
		let mut of_class = BTreeMap::<ClassId, Balance>::new();
		for (id, provider, position) in Positions::<T>::iter() {
			let class = Utcs::<T>::get(id).ok_or("1: position of an unknown UTC")?.key.class;
			if position.cover > 0 {
				let cover = of_class.entry(class).or_default();
				*cover = cover.saturating_add(position.cover);
			}
			let sums: &mut Sums = of_utc.entry(id).or_default();
			sums.add(position.minted, position.placed, 0, 1);
			sums.delivered = sums.delivered.saturating_add(position.delivered);
			sums.relieved = sums.relieved.saturating_add(position.relieved);
			match position.due {
				None => sums.open = sums.open.saturating_add(1),
				Some(due) => {
					ensure!(due > 0 && position.cover == 0, "10: a settled position is owed something");
					sums.due = sums.due.saturating_add(due);
				}
			}
			let window = Utcs::<T>::get(id).map_or(0, |utc| utc.window());
			ensure!(position.delivery(window).is_some(), "2: relieved of more than was minted");
			let cover: &mut Balance = of_provider.entry(provider.clone()).or_default();
			*cover = cover.saturating_add(position.cover).saturating_add(position.set_aside);
			ensure!(
				position.offered.0 == 0 || position.set_aside > 0,
				"2: offered without anything set aside"
			);
			ensure!(position.placed <= position.minted, "2: more placed than minted");
			ensure!(position.liable <= position.cover, "2: liable beyond the cover");
			let leases = of_position.remove(&(id, provider)).unwrap_or_default();
			ensure!(leases.count == position.leases, "2: wrong number of leases");
			ensure!(leases.money == position.liable, "2: liable is not what leases reserve");
			let given = leases.placed.saturating_add(position.ended.0.into());
			ensure!(given == u64::from(position.placed.0), "2: leases are not what is placed");
		}
		ensure!(of_position.is_empty(), "2: lease without a position");
		for (provider, cover) in of_provider {
			let held = T::Currency::balance_on_hold(&HoldReason::Cover.into(), &provider);
			ensure!(held == cover, "3: the hold is not the sum of the covers");
		}
		ensure!(
			OpenCover::<T>::iter().collect::<BTreeMap<_, _>>() == of_class,
			"9: a class's cover is not the sum over its positions"
		);
		let next = NextUtc::<T>::get();
		for (id, utc) in Utcs::<T>::iter() {
			let sums = of_utc.remove(&id).unwrap_or_default();
			let leases = leases_of_utc.remove(&id).unwrap_or_default();
			Self::check_utc(id, next, &utc, sums, leases)?;
		}
		for (key, id) in UtcByKey::<T>::iter() {
			ensure!(Utcs::<T>::get(id).is_some_and(|utc| utc.key == key), "6: key without its UTC");
		}
		for (id, settlement) in Settlements::<T>::iter() {
			ensure!(Utcs::<T>::contains_key(id), "10: settlement of an unknown UTC");
			fees = fees.saturating_add(settlement.left);
		}
		ensure!(
			T::Currency::total_balance(&Self::account_id()) >= fees,
			"4: fees and settlements are not in the pallet's account"
		);
		let claims = Claims::<T>::iter_values().fold(0, Balance::saturating_add);
		ensure!(Claims::<T>::iter_values().all(|claim| claim > 0), "8: empty claim");
		match Claimed::<T>::get() {
			Some(book) => ensure!(book.total == claims && claims > 0, "8: claims do not add up"),
			None => ensure!(claims == 0, "8: claims without a book"),
		}
		Ok(())
	}

	fn check_utc(
		id: UtcId,
		next: UtcId,
		utc: &UtcRecord,
		sums: Sums,
		leases: u32,
	) -> Result<(), TryRuntimeError> {
		ensure!(sums.minted == u64::from(utc.minted.0), "1: minted is not the sum of positions");
		ensure!(sums.placed == u64::from(utc.redeemed.0), "1: redeemed is not the sum of positions");
		ensure!(sums.count == utc.positions, "1: wrong number of positions");
		ensure!(sums.delivered == utc.delivered, "1: delivered is not the sum of positions");
		ensure!(sums.relieved == utc.relieved, "1: relieved is not the sum of positions");
		if let Some(settlement) = Settlements::<T>::get(id) {
			ensure!(utc.leases == 0 && utc.positions > 0, "10: settled too early, or not ended");
			ensure!(settlement.open == sums.open, "10: wrong number of open positions");
			ensure!(settlement.left <= settlement.paid, "10: more left than was paid");
			ensure!(settlement.due >= sums.due, "10: more is owed than was found");
			if settlement.open > 0 {
				let whole = settlement.due == sums.due && settlement.left == settlement.paid;
				ensure!(whole, "10: paid before all were settled");
			}
		} else {
			ensure!(sums.due == 0, "10: owed without a settlement");
		}
		ensure!(leases == utc.leases, "1: wrong number of leases");
		let exists = T::Assets::asset_exists(id.0);
		match utc.state {
			UtcState::Open => {
				ensure!(exists, "5: open without an asset");
				let outstanding = utc.minted.checked_sub(utc.redeemed).ok_or("5: redeemed beyond mint")?;
				let issued = T::Assets::total_issuance(id.0);
				ensure!(issued == Balance::from(outstanding.0), "5: issuance is not what is outstanding");
			}
			UtcState::Closing => {}
			UtcState::Closed => ensure!(!exists, "5: closed with an asset"),
		}
		ensure!(id < next, "6: id beyond the next one");
		ensure!(UtcByKey::<T>::get(utc.key) == Some(id), "6: UTC without its key");
		Ok(())
	}

	fn check_lease(lease: LeaseId, account: &LeaseAccount<T::AccountId>) -> Result<(), TryRuntimeError> {
		let most = Utcs::<T>::get(account.utc).and_then(|utc| utc.part(account.amount));
		let most = most.ok_or("7: lease of an unknown UTC")?;
		if account.awarded > most {
			log::error!(target: LOG_TARGET, "lease {lease} was awarded too much");
			return Err("7: awarded more than κ·S·amount".into());
		}
		ensure!(account.reserved <= most, "7: reserved more than κ·S·amount");
		ensure!(account.rewarded <= account.reward_pool, "7: rewarded beyond the pool");
		let earned = account.reward_pool.saturating_add(account.bounty);
		ensure!(earned <= account.fee, "7: more to be earned than the fee");
		Ok(())
	}
}
