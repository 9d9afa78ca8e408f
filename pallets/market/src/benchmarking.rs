//! Benchmarks of the calls and of the sweep's steps.

use super::*;
use crate::auction::{Batch, BookRecord, Clearing, OrderId, OrderState, REMEMBERED};
use alloc::{vec, vec::Vec};
use exabits_math::auction::{Generation, Order, Page, Side, Tick, PAGES};
use exabits_primitives::{deadlines::SPILL, Balance, Clock, MilliDevices, Offers, Slot, UtcKey, UtcMarket};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect as _, Mutate as _},
		Get,
	},
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use frame_system::RawOrigin;

/// What the benchmarks need of the rest of the runtime.
pub trait BenchmarkHelper<AccountId> {
	/// Opens a UTC that trades now, and gives `who` `amount` of it. `who` has an account.
	fn open(who: &AccountId, amount: MilliDevices) -> UtcId;
	/// Lets `utc` stop trading, without removing it.
	fn end(utc: UtcId);
	/// Gives `who` a bond and committed devices that `amount` can be minted of.
	fn committed(who: &AccountId, amount: MilliDevices) -> UtcKey;
}

/// An id that no benchmark gives out.
const OTHER: ListingId = ListingId(u64::MAX);

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	let _ = T::Currency::mint_into(&who, T::Currency::minimum_balance().saturating_mul(1_000));
	who
}

/// A UTC that trades, its owner, and the highest price that may be asked.
fn opened<T: Config>() -> Result<(T::AccountId, UtcId, Balance), BenchmarkError> {
	let seller = funded::<T>("seller");
	let utc = T::BenchmarkHelper::open(&seller, T::MinAmount::get());
	let (price, _) = T::Utcs::terms(utc).ok_or("no terms")?;
	Ok((seller, utc, price))
}

/// An open listing in a list of the queue that is full.
fn listed<T: Config>() -> Result<(T::AccountId, UtcId, ListingId, Balance), BenchmarkError> {
	let (seller, utc, price) = opened::<T>()?;
	let id = NextListing::<T>::get();
	Pallet::<T>::do_list(seller.clone(), utc, T::MinAmount::get(), price)?;
	let due = Listings::<T>::get(id).and_then(|listing| listing.due).ok_or("not queued")?;
	crowd::<T>(due, Some(id));
	Ok((seller, utc, id, price))
}

/// A provider that can mint `amount`, and what of.
fn provider<T: Config>(amount: MilliDevices) -> (T::AccountId, UtcKey) {
	let provider = funded::<T>("seller");
	let key = T::BenchmarkHelper::committed(&provider, amount);
	fund_book::<T>();
	let _ = T::Currency::mint_into(&provider, T::OrderFee::get().saturating_mul(10));
	(provider, key)
}

/// The highest price of what is offered.
fn cap<T: Config>(key: UtcKey) -> Result<(UtcId, Balance), BenchmarkError> {
	let utc = T::Offers::open(key)?;
	let (cap, _) = T::Utcs::terms(utc).ok_or("no terms")?;
	Ok((utc, cap))
}

/// A listing of UTC that is minted at the sale, in a list of the queue that is full.
fn offered<T: Config>() -> Result<(T::AccountId, UtcId, ListingId, Balance), BenchmarkError> {
	let amount = T::MinAmount::get();
	let (seller, key) = provider::<T>(amount);
	let (utc, cap) = cap::<T>(key)?;
	let price = cap.saturating_sub(cap.checked_div(10).unwrap_or_default());
	let id = NextListing::<T>::get();
	Pallet::<T>::do_offer(seller.clone(), key, amount, price)?;
	let due = Listings::<T>::get(id).and_then(|listing| listing.due).ok_or("not queued")?;
	crowd::<T>(due, Some(id));
	Ok((seller, utc, id, price))
}

/// An ask whose UTC is minted at the sale, in a market with as many of them as there may be.
fn offered_order<T: Config>(amount: MilliDevices) -> Result<(T::AccountId, UtcId, Tick), BenchmarkError> {
	let (seller, key) = provider::<T>(amount);
	let (utc, cap) = cap::<T>(key)?;
	let tick = tick_below(cap)?;
	let other: T::AccountId = account("other", 0, 0);
	let others = vec![(other, OrderId(0)); T::MaxOffers::get().saturating_sub(1) as usize];
	OfferedOrders::<T>::insert(utc, BoundedVec::truncate_from(others));
	Pallet::<T>::do_offer_order(seller.clone(), key, tick.number(), amount)?;
	let all = OfferedOrders::<T>::get(utc);
	let own: Vec<_> = all.into_iter().filter(|(who, _)| *who == seller).collect();
	OfferedOrders::<T>::insert(utc, BoundedVec::truncate_from(own));
	Ok((seller, utc, tick))
}

/// Fills a slot's list, with `id` at its end.
fn crowd<T: Config>(slot: Slot, id: Option<ListingId>) {
	let mut ids = vec![OTHER; T::MaxDuePerSlot::get() as usize];
	if let (Some(id), Some(last)) = (id, ids.last_mut()) {
		*last = id;
	}
	Due::<T>::insert(slot, BoundedVec::truncate_from(ids));
}

/// Fills the lists in which a listing that is due at `slot` would be entered, but for the last of them.
fn crowd_from<T: Config>(slot: Slot) {
	for spill in 0..SPILL {
		crowd::<T>(slot.saturating_add(spill), None);
	}
}

/// Lets the next block come, so that the batches of this one may end.
fn next_block<T: Config>() {
	let next = frame_system::Pallet::<T>::block_number() + 1u32.into();
	frame_system::Pallet::<T>::set_block_number(next);
}

/// A page with an order of `amount` at each of its ticks.
fn full_page(amount: u32) -> Page {
	let mut page = Page::default();
	for place in 0..64 {
		let _ = page.place(Generation(0), place, MilliDevices(amount));
	}
	page
}

/// Fills a shard of the queue with other markets, but for `room` of them.
fn crowd_shard<T: Config>(utc: UtcId, room: u32) {
	let mut other = Batch::new(UtcId(u32::MAX), Generation(u32::MAX));
	other.note(Side::Bid, 0, Generation(u32::MAX));
	let others = vec![other; T::MaxQueued::get().saturating_sub(room) as usize];
	BatchQueue::<T>::insert(Pallet::<T>::shard(utc), BoundedVec::truncate_from(others));
}

/// Leaves room for one more ask at `tick` in a market's shard, page and orders of the seller's.
fn crowd_market<T: Config>(utc: UtcId, seller: &T::AccountId, tick: Tick) {
	crowd_shard::<T>(utc, 1);
	Pages::<T>::insert(utc, (Side::Ask, tick.page()), full_page(1));
	let owed = OrderState::Cancelled { units: MilliDevices(0), money: 1 };
	let others: Vec<_> =
		(1..T::MaxOrders::get()).map(|id| OrderRecord { id: OrderId(id.into()), state: owed }).collect();
	Orders::<T>::insert(utc, seller, BoundedVec::truncate_from(others));
}

/// The second highest tick at which a UTC with this cap trades.
fn tick_below(cap: Balance) -> Result<Tick, BenchmarkError> {
	Ok(Tick::at_most(cap).and_then(Tick::previous).ok_or("no price to trade at")?)
}

/// Somebody who can pay `price`, to a fee account that exists.
fn buyer_of_listings<T: Config>(price: Balance) -> Result<T::AccountId, BenchmarkError> {
	let buyer = funded::<T>("buyer");
	T::Currency::mint_into(&buyer, price)?;
	T::Currency::mint_into(&T::FeeAccount::get(), T::Currency::minimum_balance())?;
	Ok(buyer)
}

/// A book that has remembered all the batches that it can.
fn old_book() -> BookRecord {
	let mut book = BookRecord::default();
	for _ in 0..REMEMBERED {
		let _ = book.clearings.try_push(Clearing { slot: 0, tick: Tick::MIN, volume: 1 });
	}
	book
}

/// Fills the lists in which a market that ends at `slot` would be entered, but for the last of them.
fn crowd_endings<T: Config>(slot: Slot) {
	for spill in 0..SPILL {
		let others = vec![UtcId(u32::MAX); T::MaxDuePerSlot::get() as usize];
		Ending::<T>::insert(slot.saturating_add(spill), BoundedVec::truncate_from(others));
	}
}

/// Gives the book's account enough to pay whatever a benchmark owes.
fn fund_book<T: Config>() {
	let much = T::Currency::minimum_balance().saturating_mul(1_000_000_000);
	let _ = T::Currency::mint_into(&Pallet::<T>::book_account(), much);
	for account in [T::FeeAccount::get(), T::InsuranceAccount::get()] {
		let _ = T::Currency::mint_into(&account, T::Currency::minimum_balance());
	}
}

/// A market with UTC in escrow, its seller, and the highest tick at which it trades.
fn market<T: Config>(amount: u32) -> Result<(T::AccountId, UtcId, Tick), BenchmarkError> {
	let seller = funded::<T>("seller");
	let utc = T::BenchmarkHelper::open(&seller, MilliDevices(amount));
	let (cap, _) = T::Utcs::terms(utc).ok_or("no terms")?;
	let tick = tick_below(cap)?;
	T::Currency::mint_into(&seller, T::OrderFee::get().saturating_mul(10))?;
	fund_book::<T>();
	Ok((seller, utc, tick))
}

/// Somebody who can pay for `amount` at `tick`.
fn buyer<T: Config>(tick: Tick, amount: u32) -> Result<T::AccountId, BenchmarkError> {
	let buyer = funded::<T>("buyer");
	let money = exabits_math::auction::cost(tick.price(), MilliDevices(amount)).ok_or("too dear")?;
	T::Currency::mint_into(&buyer, money.saturating_add(T::OrderFee::get().saturating_mul(10)))?;
	Ok(buyer)
}

/// A trader with as many orders as it may have: one that was cancelled and is owed UTC and EXA, and bids that rest
/// in a page each.
fn trader<T: Config>(utc: UtcId, index: u32) -> Result<T::AccountId, BenchmarkError> {
	let trader: T::AccountId = account("trader", index, 0);
	T::Currency::mint_into(&trader, T::Currency::minimum_balance().saturating_mul(10))?;
	frame_system::Pallet::<T>::inc_consumers(&trader)?;
	let owed = OrderState::Cancelled { units: MilliDevices(1), money: T::Currency::minimum_balance() };
	let mut orders = vec![OrderRecord { id: OrderId(0), state: owed }];
	for number in 1..T::MaxOrders::get() {
		let index = u8::try_from(number % u32::from(PAGES)).unwrap_or(0);
		let tick = Tick::at(index, 0).ok_or("off the grid")?;
		let mut page = Pages::<T>::get(utc, (Side::Bid, index));
		if page.is_empty() {
			page = full_page(1);
		}
		let amount = MilliDevices(1);
		let ticket = page.place(Generation(1), tick.place(), amount).map_err(|_| "full")?;
		Pages::<T>::insert(utc, (Side::Bid, index), page);
		let order = Order { side: Side::Bid, tick, amount, ticket };
		let state = OrderState::Placed { order, units: MilliDevices(0), money: 0 };
		orders.push(OrderRecord { id: OrderId(number.into()), state });
	}
	Orders::<T>::insert(utc, &trader, BoundedVec::truncate_from(orders));
	// What the bids have prepaid, were they placed by the call.
	let prepaid: Balance = Orders::<T>::get(utc, &trader)
		.iter()
		.filter_map(|record| match record.state {
			OrderState::Placed { order, .. } => order.prepaid(),
			_ => None,
		})
		.sum();
	T::Currency::mint_into(&Pallet::<T>::book_account(), prepaid)?;
	Ok(trader)
}

/// A market whose book's account has `amount` UTC.
fn escrowed<T: Config>(amount: u32) -> Result<UtcId, BenchmarkError> {
	let amount = amount.max(T::MinAmount::get().0);
	let (seller, utc, tick) = market::<T>(amount)?;
	Pallet::<T>::do_place_order(seller, utc, Side::Ask, tick.number(), MilliDevices(amount))?;
	Orders::<T>::remove(utc, funded::<T>("seller"));
	Ok(utc)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn list() -> Result<(), BenchmarkError> {
		let (seller, utc, price) = opened::<T>()?;
		let (_, ends) = T::Utcs::terms(utc).ok_or("no terms")?;
		crowd_from::<T>(ends);
		let id = NextListing::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(seller), utc, T::MinAmount::get(), price);

		assert!(Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn buy() -> Result<(), BenchmarkError> {
		let (_, _, id, price) = listed::<T>()?;
		let buyer = buyer_of_listings::<T>(price)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), id, T::MinAmount::get(), price);

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn offer() -> Result<(), BenchmarkError> {
		let amount = T::MinAmount::get();
		let (seller, key) = provider::<T>(amount);
		// As many lists as an entry looks at are full from now on, however far the window is.
		let (utc, price) = cap::<T>(key)?;
		crowd_from::<T>(T::Offers::minting_ends(utc).ok_or("no terms")?);
		let id = NextListing::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(seller), key, amount, price);

		assert!(Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn buy_offer() -> Result<(), BenchmarkError> {
		let (_, _, id, price) = offered::<T>()?;
		let buyer = buyer_of_listings::<T>(price)?;

		#[extrinsic_call]
		buy(RawOrigin::Signed(buyer), id, T::MinAmount::get(), price);

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn offer_order() -> Result<(), BenchmarkError> {
		let amount = T::MinAmount::get();
		let (seller, key) = provider::<T>(amount);
		let (utc, cap) = cap::<T>(key)?;
		let tick = tick_below(cap)?;
		crowd_market::<T>(utc, &seller, tick);

		#[extrinsic_call]
		_(RawOrigin::Signed(seller.clone()), key, tick.number(), amount);

		assert_eq!(OfferedOrders::<T>::get(utc).len(), 1);
		Ok(())
	}

	#[benchmark]
	fn cancel_offer() -> Result<(), BenchmarkError> {
		let (seller, utc, _) = offered_order::<T>(T::MinAmount::get())?;
		let order = Orders::<T>::get(utc, &seller).first().map(|record| record.id).ok_or("no order")?;
		Books::<T>::insert(utc, old_book());

		#[extrinsic_call]
		cancel_order(RawOrigin::Signed(seller.clone()), utc, order);

		assert!(!Orders::<T>::contains_key(utc, &seller));
		Ok(())
	}

	#[benchmark]
	fn mint_offer() -> Result<(), BenchmarkError> {
		let amount = T::MinAmount::get();
		let (seller, utc, tick) = offered_order::<T>(amount)?;
		let buyer = buyer::<T>(tick, amount.0)?;
		Pallet::<T>::do_place_order(buyer, utc, Side::Bid, tick.number(), amount)?;
		// Its level traded whole, as it is when a batch has just ended.
		let mut record = Books::<T>::get(utc).unwrap_or_default();
		let mut book = auction::Stored::<T>::of(utc);
		for side in [Side::Bid, Side::Ask] {
			record.summary.set(side, tick.page(), amount.0.into());
		}
		exabits_math::auction::clear(&mut book, &mut record.summary, None, T::AuctionFee::get())
			.map_err(|_| "a book that cannot be cleared")?
			.ok_or("nothing traded")?;

		#[block]
		{
			Pallet::<T>::drop_offers(utc, false);
			Pallet::<T>::mint_offers(utc)?;
		}

		assert!(!Orders::<T>::contains_key(utc, &seller));
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let (seller, _, id, _) = offered::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(seller), id);

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let (_, utc, id, _) = offered::<T>()?;
		T::BenchmarkHelper::end(utc);

		#[extrinsic_call]
		_(RawOrigin::Signed(funded::<T>("anyone")), id);

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn sweep_slot() {
		let now = T::Clock::now();
		crowd::<T>(now, None);
		SweptTo::<T>::put(now);
		let one = Weight::from_parts(1, 0);
		// Enough to look at the list, too little to act on its first entry: the list is written back.
		let mut meter = WeightMeter::with_limit(Weight::from_parts(2, 0));

		#[block]
		{
			Queue::<T>::sweep(now, &mut meter, one, one, |_| ());
		}

		assert!(!Due::<T>::get(now).is_empty());
	}

	#[benchmark]
	fn sweep_expire() -> Result<(), BenchmarkError> {
		let (_, utc, id, _) = offered::<T>()?;
		T::BenchmarkHelper::end(utc);

		#[block]
		{
			Pallet::<T>::sweep_step(id);
		}

		assert!(!Listings::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn sweep_requeue() -> Result<(), BenchmarkError> {
		let (_, utc, id, _) = offered::<T>()?;
		let ends = T::Offers::minting_ends(utc).ok_or("no terms")?;
		crowd_from::<T>(ends);

		#[block]
		{
			Pallet::<T>::sweep_step(id);
		}

		assert_eq!(Listings::<T>::get(id).and_then(|listing| listing.due), Some(ends.saturating_add(SPILL)));
		Ok(())
	}

	#[benchmark]
	fn place_order() -> Result<(), BenchmarkError> {
		let amount = T::MinAmount::get();
		let (seller, utc, tick) = market::<T>(amount.0)?;
		crowd_market::<T>(utc, &seller, tick);
		whitelist_account!(seller);

		#[extrinsic_call]
		_(RawOrigin::Signed(seller.clone()), utc, Side::Ask, tick.number(), amount);

		assert_eq!(Orders::<T>::get(utc, &seller).len(), T::MaxOrders::get() as usize);
		Ok(())
	}

	#[benchmark]
	fn cancel_order() -> Result<(), BenchmarkError> {
		let amount = T::MinAmount::get();
		let (seller, utc, tick) = market::<T>(amount.0.saturating_mul(2))?;
		Pages::<T>::insert(utc, (Side::Ask, tick.page()), full_page(1));
		let number = tick.number();
		let twice = MilliDevices(amount.0.saturating_mul(2));
		Pallet::<T>::do_place_order(seller.clone(), utc, Side::Ask, number, twice)?;
		let order = Orders::<T>::get(utc, &seller).first().map(|record| record.id).ok_or("no order")?;
		Books::<T>::insert(utc, old_book());
		whitelist_account!(seller);

		#[extrinsic_call]
		_(RawOrigin::Signed(seller.clone()), utc, order);

		assert!(!Orders::<T>::contains_key(utc, &seller));
		Ok(())
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let amount = T::MinAmount::get();
		let (seller, utc, tick) = market::<T>(amount.0.saturating_mul(2))?;
		let higher = tick.next().ok_or("no higher price")?;
		let buyer = buyer::<T>(higher, amount.0)?;
		let twice = MilliDevices(amount.0.saturating_mul(2));
		Pallet::<T>::do_place_order(seller, utc, Side::Ask, tick.number(), twice)?;
		Pallet::<T>::do_place_order(buyer.clone(), utc, Side::Bid, higher.number(), amount)?;
		next_block::<T>();
		Pallet::<T>::do_clear(utc).map_err(|error| error.error)?;
		let order = Orders::<T>::get(utc, &buyer).first().map(|record| record.id).ok_or("no order")?;
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), utc, buyer.clone(), order);

		assert!(!Orders::<T>::contains_key(utc, &buyer));
		Ok(())
	}

	#[benchmark]
	fn clear(p: Linear<0, 62>, l: Linear<0, 63>) -> Result<(), BenchmarkError> {
		let (_, utc, _) = market::<T>(T::MinAmount::get().0)?;
		let (_, ends) = T::Utcs::terms(utc).ok_or("no terms")?;
		crowd_endings::<T>(ends);
		let mut book = old_book();
		for index in 0..=p {
			let index = u8::try_from(index).map_err(|_| "off the grid")?;
			Pages::<T>::insert(utc, (Side::Ask, index), full_page(10));
			book.summary.set(Side::Ask, index, 640);
		}
		// All of the first pages, `l` levels of the page after them and a half of another one.
		let volume = p.saturating_mul(640).saturating_add(l.saturating_mul(10)).saturating_add(5);
		let mut bids = Page::default();
		bids.place(Generation(0), 63, MilliDevices(volume)).map_err(|_| "full")?;
		Pages::<T>::insert(utc, (Side::Bid, 63), bids);
		Books::<T>::insert(utc, book);
		crowd_shard::<T>(utc, 1);
		let now = Pallet::<T>::generation();
		BatchQueue::<T>::mutate(Pallet::<T>::shard(utc), |batches| {
			let mut batch = Batch::new(utc, now);
			batch.note(Side::Bid, 63, now);
			batches.try_push(batch).map_err(|_| "full")
		})?;
		T::Currency::mint_into(
			&Pallet::<T>::book_account(),
			Tick::MAX.price().saturating_mul(volume.into()),
		)?;
		next_block::<T>();
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), utc);

		assert_eq!(PageCloses::<T>::iter_prefix(utc).count(), p as usize + 1);
		assert_eq!(LevelCloses::<T>::iter_prefix(utc).count(), l as usize);
		Ok(())
	}

	#[benchmark]
	fn refund() -> Result<(), BenchmarkError> {
		let utc = escrowed::<T>(1)?;
		let trader = trader::<T>(utc, 0)?;
		T::BenchmarkHelper::end(utc);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), utc, trader.clone());

		assert!(!Orders::<T>::contains_key(utc, &trader));
		Ok(())
	}

	#[benchmark]
	fn wind_down() -> Result<(), BenchmarkError> {
		let step = T::WindDownStep::get();
		let utc = escrowed::<T>(step)?;
		for index in 0..step {
			trader::<T>(utc, index)?;
		}
		T::BenchmarkHelper::end(utc);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), utc);

		assert_eq!(Orders::<T>::iter_prefix(utc).count(), 0);
		Ok(())
	}

	#[benchmark]
	fn sweep_shard() {
		let mut meter = WeightMeter::new();
		let all;

		#[block]
		{
			all = Pallet::<T>::sweep_shard(0, Pallet::<T>::generation(), &mut meter);
		}

		assert!(all);
	}

	#[benchmark]
	fn sweep_look() {
		crowd_shard::<T>(UtcId(0), 0);
		Books::<T>::insert(UtcId(u32::MAX), old_book());
		// Enough to look at the first market, too little to end its batch: the list is written back.
		let mut meter = WeightMeter::with_limit(T::WeightInfo::sweep_look());
		let all;

		#[block]
		{
			all = Pallet::<T>::sweep_shard(0, Generation(u32::MAX), &mut meter);
			NextShard::<T>::put(0);
		}

		assert!(!all);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
