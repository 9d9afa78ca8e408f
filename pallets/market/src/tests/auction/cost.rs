//! What calls and clearing read and write.

use crate::{
	auction::{OrderId, OrderRecord, OrderState},
	mock::*,
	BatchQueue, Books, Orders, Pages,
};
use exabits_math::auction::{Generation, Order, Page, Side, Tick};
use exabits_primitives::MilliDevices;
use frame_support::{
	assert_ok,
	traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys},
	weights::Weight,
	BoundedVec,
};
use sp_core::Blake2Hasher;
use sp_externalities::set_and_run_with_externalities;
use sp_io::TestExternalities;
use sp_state_machine::{Ext, OverlayedChanges, TrieBackendBuilder};
use sp_trie::recorder::Recorder;
use std::{collections::BTreeMap, time::Instant};

/// The most items that placing, cancelling and claiming read and write beyond the base extrinsic.
const READS: usize = 8;
const WRITES: usize = 6;
/// By how much clearing may cost more with a hundredfold of orders, in percent.
const LIMIT: u64 = 105;
/// Bytes that prove the way to one value among a million, as the benchmark command counts: five layers of fifteen
/// hashes.
const WAY: u64 = 5 * 15 * 33;

/// Keys read and keys written by `act`, from what is committed.
fn accesses(ext: &TestExternalities, act: impl FnOnce()) -> [Vec<Vec<u8>>; 2] {
	let recorder = Recorder::<Blake2Hasher>::default();
	let backend = TrieBackendBuilder::wrap(&ext.backend).with_recorder(recorder.clone()).build();
	let mut overlay = OverlayedChanges::default();
	set_and_run_with_externalities(&mut Ext::new(&mut overlay, &backend, None), act);
	let read = recorder.recorded_keys().into_values().flat_map(|keys| keys.into_keys());
	let read: Vec<Vec<u8>> = read.map(|key| key.to_vec()).collect();
	[read, overlay.changes().map(|(key, _)| key.clone()).collect()]
}

/// How many of the keys the base extrinsic does not touch: all but the accounts of who signs and of who gets
/// transaction fees, what keeps storage layers apart, and what benchmarks do not count either.
fn beyond(keys: &[Vec<u8>], signer: u64) -> usize {
	let accounts = [signer, AUTHOR].map(frame_system::Account::<Test>::hashed_key_for);
	let mut base: Vec<_> =
		AllPalletsWithSystem::whitelisted_storage_keys().into_iter().map(|tracked| tracked.key).collect();
	base.extend(accounts);
	keys.iter().filter(|key| !base.contains(key) && !key.starts_with(b":")).count()
}

/// Asserts what a call reads and writes, besides `elsewhere` reads of what the mock does not store.
fn bounded(
	name: &str,
	ext: &mut TestExternalities,
	signer: u64,
	elsewhere: usize,
	call: impl FnOnce() -> sp_runtime::DispatchResult,
) {
	ext.commit_all().unwrap();
	let [reads, writes] = accesses(ext, || {
		assert_ok!(call());
	});
	let [reads, writes] = [beyond(&reads, signer) + elsewhere, beyond(&writes, signer)];
	println!("{name:<44} {reads} reads {writes} writes");
	assert!(reads <= READS && writes <= WRITES, "{name}: {reads} reads, {writes} writes");
}

/// The slot and the terms of a UTC, which the runtime stores.
const SLOT_AND_TERMS: usize = 2;

fn place_call(who: u64, side: Side, tick: u16, amount: u32) -> sp_runtime::DispatchResult {
	Market::place_order(RuntimeOrigin::signed(who), BOOK, side, tick, MilliDevices(amount))
}

fn claim_call(trader: u64, order: OrderId) -> sp_runtime::DispatchResult {
	Market::claim(RuntimeOrigin::signed(ADMIN), BOOK, trader, order)
}

#[test]
fn placing_is_bounded() {
	let mut ext = new_test_ext();
	for (name, side, who) in [("bid", Side::Bid, BUYER), ("ask", Side::Ask, SELLER)] {
		let call = move || place_call(who, side, 10, 100);
		bounded(&format!("place the first {name} of a market"), &mut ext, who, SLOT_AND_TERMS, call);
	}
	ext.execute_with(|| {
		place(BUYER, Side::Bid, 10, 100);
		place(SELLER, Side::Ask, 20, 100);
		next_block();
	});
	for (name, side, who) in [("bid", Side::Bid, BUYER), ("ask", Side::Ask, SELLER)] {
		let call = move || place_call(who, side, 10, 100);
		bounded(&format!("place the first {name} of a batch"), &mut ext, who, SLOT_AND_TERMS, call);
	}
	let all = || place_call(SELLER, Side::Ask, 20, SUPPLY - 100);
	bounded("place an ask of all UTC", &mut ext, SELLER, SLOT_AND_TERMS, all);
}

#[test]
fn cancelling_is_bounded() {
	let mut ext = new_test_ext();
	let [bid, ask] = ext.execute_with(|| {
		let orders = [place(BUYER, Side::Bid, 20, 1_000), place(SELLER, Side::Ask, 20, SUPPLY - 100)];
		next_block();
		orders
	});
	let cancel = |who, order| move || done(Market::cancel_order(RuntimeOrigin::signed(who), BOOK, order));
	bounded("cancel an ask filled in part", &mut ext, SELLER, 0, cancel(SELLER, ask));
	let part = ext.execute_with(|| {
		assert_ok!(cancel(SELLER, ask)());
		assert_ok!(claim_call(BUYER, bid));
		assert_ok!(claim_call(SELLER, ask));
		let bid = place(BUYER, Side::Bid, 60, 1_000);
		place(SELLER, Side::Ask, 60, 100);
		next_block();
		bid
	});
	bounded("cancel a bid filled in part", &mut ext, BUYER, 0, cancel(BUYER, part));
}

#[test]
fn claiming_is_bounded() {
	let mut ext = new_test_ext();
	let [part, page, level, ask] = ext.execute_with(|| {
		let part = place(BUYER, Side::Bid, 20, 1_000);
		let page = place(OTHER, Side::Bid, 100, 100);
		let level = place(FEES, Side::Bid, 30, 100);
		let ask = place(SELLER, Side::Ask, 20, 700);
		next_block();
		[part, page, level, ask]
	});
	bounded("claim of a bid filled in part", &mut ext, ADMIN, 0, || claim_call(BUYER, part));
	bounded("claim of a bid whose page was swept", &mut ext, ADMIN, 0, || claim_call(OTHER, page));
	bounded("claim of a bid whose level was closed", &mut ext, ADMIN, 0, || claim_call(FEES, level));
	bounded("claim of an ask", &mut ext, ADMIN, 0, || claim_call(SELLER, ask));
	// An earlier life of a level in a page that was swept since.
	ext.execute_with(|| {
		place(SELLER, Side::Ask, 20, 500);
		next_block();
	});
	let all = || claim_call(FEES, level);
	bounded("claim of a bid whose level and page closed", &mut ext, ADMIN, 0, all);
	bounded("claim of a bid filled in two parts", &mut ext, ADMIN, 0, || claim_call(BUYER, part));
}

/// Orders of the same total on 48 levels in 24 pages of each side, of which a part trades.
fn resting(orders: u32) -> TestExternalities {
	const TOTAL: u32 = 100_000_000;
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		let mut pages = BTreeMap::<(Side, u8), Page>::new();
		let mut traders = BTreeMap::<u64, Vec<OrderRecord>>::new();
		for n in 0..orders {
			let side = if n % 2 == 0 { Side::Bid } else { Side::Ask };
			let level = n / 2 % 48;
			let tick = Tick::new(500 + u16::try_from(level).unwrap() * 32).unwrap();
			let amount = MilliDevices(TOTAL / orders);
			let page = pages.entry((side, tick.page())).or_default();
			let ticket = page.place(Generation(0), tick.place(), amount).unwrap();
			let order = Order { side, tick, amount, ticket };
			let state = OrderState::Placed { order, units: MilliDevices(0), money: 0 };
			traders
				.entry(1_000 + u64::from(n / 4))
				.or_default()
				.push(OrderRecord { id: OrderId(n.into()), state });
		}
		for (trader, orders) in traders {
			Orders::<Test>::insert(BOOK, trader, BoundedVec::truncate_from(orders));
		}
		let mut record = crate::auction::BookRecord::default();
		for ((side, index), page) in pages {
			record.summary.set(side, index, page.total());
			Pages::<Test>::insert(BOOK, (side, index), page);
		}
		Books::<Test>::insert(BOOK, record);
		Terms::mutate(|terms| terms.insert(BOOK, (u128::MAX, ENDS)));
		// The book's account has what it owes.
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), Market::book_account(), u128::MAX / 2));
		assert_ok!(Assets::touch_other(RuntimeOrigin::signed(ADMIN), BOOK.0, Market::book_account()));
		assert_ok!(<Assets as frame_support::traits::fungibles::Mutate<u64>>::mint_into(
			BOOK.0,
			&Market::book_account(),
			TOTAL.into()
		));
		place(SELLER, Side::Ask, 500, 100);
		System::set_block_number(2);
		assert_eq!(BatchQueue::<Test>::iter().count(), 1);
	});
	ext.commit_all().unwrap();
	ext
}

fn clear() {
	poll(Weight::MAX);
	assert!(BatchQueue::<Test>::iter().next().is_none(), "the batch has ended");
}

/// Reads, writes, bytes of proof and the weight of the sweep that clears the market.
fn clearing(ext: &TestExternalities) -> [u64; 4] {
	let storages: Vec<StorageInfo> = <AllPalletsWithSystem as StorageInfoTrait>::storage_info();
	let find = |key: &[u8]| storages.iter().find(|info| key.starts_with(&info.prefix));
	let mut weight = Weight::zero();
	let [reads, writes] = accesses(ext, || weight = poll(Weight::MAX));
	let proof = reads.iter().filter_map(|key| find(key)).map(|info| {
		let way = if info.max_values == Some(1) { 0 } else { WAY };
		info.max_size.map_or(0, u64::from) + way
	});
	[reads.len() as u64, writes.len() as u64, proof.sum(), weight.ref_time()]
}

/// The nanoseconds of the quickest of some rounds.
fn time(ext: &TestExternalities) -> u64 {
	let round = |_| {
		let mut overlay = OverlayedChanges::default();
		let mut ext = Ext::new(&mut overlay, &ext.backend, None);
		let begin = Instant::now();
		set_and_run_with_externalities(&mut ext, || {
			poll(Weight::MAX);
		});
		u64::try_from(begin.elapsed().as_nanos()).unwrap()
	};
	(0..20).map(round).min().unwrap()
}

#[test]
fn clearing_costs_no_more_with_many_orders() {
	let states = [resting(1_000), resting(100_000)];
	let times = [time(&states[0]), time(&states[1])];
	let [few, many] = [clearing(&states[0]), clearing(&states[1])];
	println!(
		"{:<16} {:>8} {:>8} {:>14} {:>12} {:>10}",
		"orders", "reads", "writes", "proof, bytes", "weight, µs", "time, µs"
	);
	for (orders, [reads, writes, proof, weight], time) in
		[("1,000", few, times[0]), ("100,000", many, times[1])]
	{
		let (weight, time) = (weight / 1_000_000, time / 1_000);
		println!("{orders:<16} {reads:>8} {writes:>8} {proof:>14} {weight:>12} {time:>10}");
	}
	let [reads, writes, proof, weight] = [0, 1, 2, 3].map(|n| many[n] as f64 / few[n] as f64);
	println!(
		"market-cost: clearing 100,000 orders costs {reads:.2} x the reads, {writes:.2} x the writes, {proof:.2} x the \
		 proof, {weight:.2} x the weight and {:.2} x the time of 1,000 (at most {:.2} x)",
		times[1] as f64 / times[0] as f64,
		LIMIT as f64 / 100.0
	);
	assert!(few[1] > 50, "too little was traded");
	for (few, many) in few.into_iter().zip(many) {
		assert!(many * 100 <= few * LIMIT, "more than {LIMIT} % of the cost");
	}
	let mut states = states;
	states[1].execute_with(clear);
}
