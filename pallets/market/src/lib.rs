#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod auction;
pub mod listings;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use listings::{Listing, Purchase, MAX_PURCHASES};
pub use pallet::*;
pub use weights::WeightInfo;

use auction::OrderRecord;
use exabits_primitives::{deadlines::Deadlines, ListingId, UtcId};
use frame_support::{traits::fungible, BoundedVec};
use listings::pricing;

/// A listing of this runtime.
pub type ListingOf<T> = Listing<<T as frame_system::Config>::AccountId>;

/// Listings by the slot in which they are due to expire.
pub(crate) type Queue<T> = Deadlines<ListingId, <T as Config>::MaxDuePerSlot, Due<T>, SweptTo<T>>;

/// A trader's orders in one market.
pub(crate) type OrdersOf<T> = BoundedVec<OrderRecord, <T as Config>::MaxOrders>;

/// Markets by the slot in which they are due to be wound down.
pub(crate) type Endings<T> = Deadlines<UtcId, <T as Config>::MaxDuePerSlot, Ending<T>, EndedTo<T>>;

/// EXA that was taken and not yet given to anybody.
pub type CreditOf<T> = fungible::Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use auction::{Batch, BookRecord, Clearing, Depth, OrderId, OrderView};
	use exabits_math::{
		auction::{AuctionError, Generation, LevelClose, Page, PageClose, Side, Tick},
		pricing::Trades,
	};
	use exabits_primitives::{
		Balance, ClassId, Classes, Clock, MilliDevices, Offers, Redeem, Redemption, Slot, UtcKey, UtcKeys,
		UtcMarket, WindowIndex,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, AccountTouch, OnUnbalanced},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{traits::AccountIdConversion, Perbill};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The chain's time.
		type Clock: Clock;

		/// UTC, by its identifier.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = u32, Balance = Balance>
			+ AccountTouch<u32, Self::AccountId>;

		/// EXA.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::Balanced<Self::AccountId, Balance = Balance>;

		/// What may be asked for a UTC, and until when it trades.
		type Utcs: UtcMarket;

		/// What a UTC stands for.
		type Keys: UtcKeys;

		/// Where UTC is minted when it is sold.
		type Offers: Offers<Self::AccountId>;

		/// Where UTC that was bought becomes a lease.
		type Redeem: Redeem<Self::AccountId>;

		/// The windows of classes.
		type Classes: Classes;

		/// The share of the price paid that is the listing fee.
		#[pallet::constant]
		type Fee: Get<Perbill>;

		/// Where listing fees go, and what insurance does not get of auction fees. The account must exist: a fee
		/// below the existential deposit cannot create it.
		type FeeAccount: Get<Self::AccountId>;

		/// The share of the price that sellers pay in the auction.
		type AuctionFee: Get<Perbill>;

		/// The share of auction fees that insurance gets.
		type InsuranceShare: Get<Perbill>;

		/// The account of insurance. It must exist.
		type InsuranceAccount: Get<Self::AccountId>;

		/// What each order prepays of clearing, besides its transaction fee.
		type OrderFee: Get<Balance>;

		/// Who gets what orders prepay: whoever executes blocks, as with transaction fees.
		type OnOrderFee: OnUnbalanced<CreditOf<Self>>;

		/// Names the escrow account.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// The smallest amount that is listed, bought, or left; never zero.
		#[pallet::constant]
		type MinAmount: Get<MilliDevices>;

		/// The most listings that wait for one slot.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;

		/// The most orders that a trader may have in one market.
		#[pallet::constant]
		type MaxOrders: Get<u32>;

		/// The most asks of one market at a time whose UTC is minted when it is sold.
		#[pallet::constant]
		type MaxOffers: Get<u32>;

		/// The most markets that wait in one shard of the queue.
		#[pallet::constant]
		type MaxQueued: Get<u32>;

		/// Traders that are refunded, or items that are removed, in one step of winding a market down.
		#[pallet::constant]
		type WindDownStep: Get<u32>;

		/// The most weight that expiring listings and winding down markets take in one block.
		#[pallet::constant]
		type SweepWeight: Get<Weight>;

		/// The most weight that ending batches takes in one block.
		#[pallet::constant]
		type ClearWeight: Get<Weight>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up UTC for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// The identifier of the next listing.
	#[pallet::storage]
	pub type NextListing<T: Config> = StorageValue<_, ListingId, ValueQuery>;

	/// Open listings.
	#[pallet::storage]
	pub type Listings<T: Config> = StorageMap<_, Twox64Concat, ListingId, ListingOf<T>, OptionQuery>;

	/// Listings by the slot in which they are due to expire.
	#[pallet::storage]
	pub type Due<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<ListingId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot whose listings have not all been expired.
	#[pallet::storage]
	pub type SweptTo<T: Config> = StorageValue<_, Slot, OptionQuery>;

	/// The books of markets that have ended a batch.
	#[pallet::storage]
	pub type Books<T: Config> = StorageMap<_, Twox64Concat, UtcId, BookRecord, OptionQuery>;

	/// Occupied pages of books.
	#[pallet::storage]
	pub type Pages<T: Config> =
		StorageDoubleMap<_, Twox64Concat, UtcId, Twox64Concat, (Side, u8), Page, ValueQuery>;

	/// What pages leave that traded whole.
	#[pallet::storage]
	pub type PageCloses<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		UtcId,
		Twox64Concat,
		(Side, u8, Generation),
		PageClose,
		OptionQuery,
	>;

	/// What levels leave that were closed by themselves.
	#[pallet::storage]
	pub type LevelCloses<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		UtcId,
		Twox64Concat,
		(Side, Tick, Generation),
		LevelClose,
		OptionQuery,
	>;

	/// Orders by market and trader, with rising numbers.
	#[pallet::storage]
	pub type Orders<T: Config> =
		StorageDoubleMap<_, Twox64Concat, UtcId, Blake2_128Concat, T::AccountId, OrdersOf<T>, ValueQuery>;

	/// The asks of each market whose UTC is minted when it is sold.
	#[pallet::storage]
	pub type OfferedOrders<T: Config> =
		StorageMap<_, Twox64Concat, UtcId, BoundedVec<(T::AccountId, OrderId), T::MaxOffers>, ValueQuery>;

	/// Markets with new orders, by shard.
	#[pallet::storage]
	pub type BatchQueue<T: Config> =
		StorageMap<_, Twox64Concat, u8, BoundedVec<Batch, T::MaxQueued>, ValueQuery>;

	/// The shard with which the next sweep begins.
	#[pallet::storage]
	pub type NextShard<T: Config> = StorageValue<_, u8, ValueQuery>;

	/// Trades of each class in its last windows, each at its index modulo the number of windows kept.
	#[pallet::storage]
	pub type Trading<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ClassId, Twox64Concat, u32, (WindowIndex, Trades), ValueQuery>;

	/// Markets by the slot in which they are due to be wound down.
	#[pallet::storage]
	pub type Ending<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<UtcId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot whose markets have not all been wound down.
	#[pallet::storage]
	pub type EndedTo<T: Config> = StorageValue<_, Slot, OptionQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// UTC was put up for sale.
		Listed {
			/// The new listing.
			listing: ListingId,
			/// Who sells.
			seller: T::AccountId,
			/// What is sold.
			utc: UtcId,
			/// How much.
			amount: MilliDevices,
			/// Price of one whole UTC.
			price: Balance,
			/// Whether it is minted; otherwise it is minted when it is sold.
			minted: bool,
		},
		/// UTC was bought from a listing.
		Bought {
			/// The listing.
			listing: ListingId,
			/// Who bought.
			buyer: T::AccountId,
			/// Who sold.
			seller: T::AccountId,
			/// What was bought.
			utc: UtcId,
			/// How much.
			amount: MilliDevices,
			/// What the buyer paid, fee included.
			paid: Balance,
			/// The part of it that went to the fee account.
			fee: Balance,
		},
		/// A listing was taken back by its seller.
		Cancelled {
			/// The listing.
			listing: ListingId,
			/// Who had been selling.
			seller: T::AccountId,
			/// What had been for sale.
			utc: UtcId,
			/// What went back to the seller; zero when the UTC was gone.
			returned: MilliDevices,
		},
		/// A listing ended because its UTC stopped trading.
		Expired {
			/// The listing.
			listing: ListingId,
			/// Who had been selling.
			seller: T::AccountId,
			/// What had been for sale.
			utc: UtcId,
			/// What went back to the seller; zero when the UTC was gone.
			returned: MilliDevices,
		},
		/// An order joined a market's batch.
		OrderPlaced {
			/// The market.
			utc: UtcId,
			/// Whose order it is.
			trader: T::AccountId,
			/// Its number.
			order: OrderId,
			/// Whether it buys or sells.
			side: Side,
			/// The worst price that it takes.
			tick: Tick,
			/// How much it buys or sells.
			amount: MilliDevices,
			/// Whether what it sells is minted; otherwise it is minted when it is sold.
			minted: bool,
		},
		/// UTC of an offer was sold in a batch, minted, and paid to its provider.
		OfferSold {
			/// The market.
			utc: UtcId,
			/// Who offers it.
			trader: T::AccountId,
			/// The order's number.
			order: OrderId,
			/// How much was sold.
			amount: MilliDevices,
			/// What it brought; the cover comes out of it first.
			money: Balance,
		},
		/// An order was cancelled by its trader. What of it was filled remains to be claimed.
		OrderCancelled {
			/// The market.
			utc: UtcId,
			/// Whose order it was.
			trader: T::AccountId,
			/// Its number.
			order: OrderId,
			/// UTC that went back; zero when the UTC was gone.
			units: MilliDevices,
			/// EXA that went back.
			money: Balance,
		},
		/// A trader was given what an order is owed.
		Claimed {
			/// The market.
			utc: UtcId,
			/// Whose order it is.
			trader: T::AccountId,
			/// Its number.
			order: OrderId,
			/// UTC given; zero when the UTC was gone.
			units: MilliDevices,
			/// EXA given.
			money: Balance,
			/// Whether nothing more will come of it.
			over: bool,
		},
		/// A market's batch ended and traded at one price.
		BatchCleared {
			/// The market.
			utc: UtcId,
			/// The tick of the price.
			tick: Tick,
			/// Price of one whole UTC.
			price: Balance,
			/// What was traded, in milli-devices.
			volume: u64,
			/// The fee that sellers bear.
			fee: Balance,
		},
		/// A market's batch could not be ended, and stays in the queue.
		BatchFailed {
			/// The market.
			utc: UtcId,
			/// Why.
			error: DispatchError,
		},
		/// A market trades no more, and a trader was given back all that it had there.
		OrdersRefunded {
			/// The market.
			utc: UtcId,
			/// Who was given it.
			trader: T::AccountId,
			/// UTC given; zero when the UTC was gone.
			units: MilliDevices,
			/// EXA given.
			money: Balance,
		},
		/// A market was wound down.
		BookClosed {
			/// The market.
			utc: UtcId,
		},
	}

	#[pallet::error]
	#[derive(PartialEq)]
	pub enum Error<T> {
		/// There is no such UTC, or it was closed.
		UnknownUtc,
		/// There is no such open listing.
		UnknownListing,
		/// The UTC no longer trades.
		WindowClosed,
		/// The UTC still trades, so its listings cannot expire yet.
		StillTrading,
		/// The price is zero.
		ZeroPrice,
		/// The price is above what the UTC is covered with.
		PriceAboveCover,
		/// The listing's price is above the buyer's limit.
		PriceAboveLimit,
		/// The amount is below the smallest one.
		BelowMinimum,
		/// The listing has less than that.
		NotEnough,
		/// The purchase would leave less than the smallest amount.
		LeavesDust,
		/// A seller cannot buy from its own listing.
		OwnListing,
		/// Only the seller may do this.
		NotSeller,
		/// Too many listings end at that time.
		QueueFull,
		/// The cost does not fit into a balance.
		Overflow,
		/// There is no such tick.
		OffGrid,
		/// The trader has as many orders in this market as it may.
		TooManyOrders,
		/// The book holds as much at this price as it can.
		BookFull,
		/// The trader has no such order in this market.
		UnknownOrder,
		/// The order was filled or cancelled before.
		NotResting,
		/// The order is owed nothing yet.
		NothingToClaim,
		/// The market has no new orders.
		NoBatch,
		/// The batch got an order in this block, so it ends in the next one at the earliest.
		BatchOpen,
		/// There is no such market.
		UnknownMarket,
		/// The market has as many offers as it may.
		TooManyOffers,
		/// A book contradicts itself.
		Inconsistent,
	}

	impl<T> From<AuctionError> for Error<T> {
		fn from(error: AuctionError) -> Self {
			match error {
				AuctionError::Full => Error::BookFull,
				AuctionError::Gone => Error::NotResting,
				AuctionError::Overflow => Error::Overflow,
				AuctionError::Inconsistent => Error::Inconsistent,
			}
		}
	}

	impl<T> From<pricing::FillError> for Error<T> {
		fn from(error: pricing::FillError) -> Self {
			match error {
				pricing::FillError::BelowMinimum => Error::BelowMinimum,
				pricing::FillError::NotEnough => Error::NotEnough,
				pricing::FillError::LeavesDust => Error::LeavesDust,
				pricing::FillError::Overflow => Error::Overflow,
			}
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Puts `amount` of `utc` up for sale at `price` per whole UTC (1,000 milli).
		///
		/// The amount moves to escrow. Emits `Listed`; fails with `BelowMinimum`, `ZeroPrice`, `UnknownUtc`,
		/// `WindowClosed`, `PriceAboveCover` or `QueueFull`, or when the caller does not have the UTC.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::list())]
		pub fn list(
			origin: OriginFor<T>,
			utc: UtcId,
			amount: MilliDevices,
			#[pallet::compact] price: Balance,
		) -> DispatchResult {
			let seller = ensure_signed(origin)?;
			Self::do_list(seller, utc, amount, price)
		}

		/// Buys `amount` from a listing whose price per whole UTC is at most `max_price`.
		///
		/// Costs price × amount ÷ 1,000, rounded up. Emits `Bought`; fails with `UnknownListing`,
		/// `OwnListing`, `PriceAboveLimit`, `UnknownUtc`, `WindowClosed`, `PriceAboveCover`, `BelowMinimum`,
		/// `NotEnough`, `LeavesDust` or `Overflow`, or when the caller cannot pay.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::buy().max(T::WeightInfo::buy_offer()))]
		pub fn buy(
			origin: OriginFor<T>,
			listing: ListingId,
			amount: MilliDevices,
			#[pallet::compact] max_price: Balance,
		) -> DispatchResultWithPostInfo {
			let buyer = ensure_signed(origin)?;
			let minted = Self::do_buy(buyer, listing, amount, max_price)?;
			Ok(minted.then(T::WeightInfo::buy).into())
		}

		/// Takes a listing back, at any time.
		///
		/// Emits `Cancelled`; fails with `UnknownListing` or `NotSeller`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::cancel())]
		pub fn cancel(origin: OriginFor<T>, listing: ListingId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel(who, listing)
		}

		/// Ends a listing whose UTC stopped trading; what is left goes back to the seller.
		///
		/// Anyone may call it. Emits `Expired`; fails with `UnknownListing` or `StillTrading`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, listing: ListingId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire(listing)
		}

		/// Places an order for `amount` of `utc` that trades at `tick` or better.
		///
		/// A bid prepays amount × price, rounded up; an ask puts in the amount; both pay the order fee. The order
		/// takes part in the market's batch from then on. Emits `OrderPlaced`; fails with `BelowMinimum`, `OffGrid`,
		/// `UnknownUtc`, `WindowClosed`, `PriceAboveCover`, `TooManyOrders`, `BookFull` or `QueueFull`, or when the
		/// caller does not have what it takes.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::place_order())]
		pub fn place_order(
			origin: OriginFor<T>,
			utc: UtcId,
			side: Side,
			tick: u16,
			amount: MilliDevices,
		) -> DispatchResult {
			let trader = ensure_signed(origin)?;
			Self::do_place_order(trader, utc, side, tick, amount)
		}

		/// Cancels the caller's order: what of it rests goes back. What was filled remains to be claimed.
		///
		/// Emits `OrderCancelled`; fails with `UnknownOrder`, or `NotResting` when it was filled or cancelled before.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::cancel_order().max(T::WeightInfo::cancel_offer()))]
		pub fn cancel_order(origin: OriginFor<T>, utc: UtcId, order: OrderId) -> DispatchResultWithPostInfo {
			let trader = ensure_signed(origin)?;
			let minted = Self::do_cancel_order(trader, utc, order)?;
			Ok(minted.then(T::WeightInfo::cancel_order).into())
		}

		/// Gives a trader what its order is owed: UTC bought, EXA earned, and once a bid is over what it saved.
		///
		/// Anyone may call it. Emits `Claimed`; fails with `UnknownOrder` or `NothingToClaim`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(
			origin: OriginFor<T>,
			utc: UtcId,
			trader: T::AccountId,
			order: OrderId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(trader, utc, order)
		}

		/// Ends a market's batch.
		///
		/// Anyone may call it; the queue does it as well. Emits `BatchCleared` when orders cross; fails with `NoBatch`
		/// or `BatchOpen`.
		#[pallet::call_index(7)]
		#[pallet::weight(Pallet::<T>::most_weight_of_clearing())]
		pub fn clear(origin: OriginFor<T>, utc: UtcId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_clear(utc)
		}

		/// Gives a trader back all that it has in a market that trades no more.
		///
		/// Anyone may call it. EXA is always given back; UTC while it exists. Emits `OrdersRefunded`; fails with
		/// `UnknownOrder` or `StillTrading`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::refund().saturating_add(Pallet::<T>::weight_of_offers(T::MaxOffers::get())))]
		pub fn refund(origin: OriginFor<T>, utc: UtcId, trader: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_refund(trader, utc)
		}

		/// Takes a step at winding down a market that trades no more.
		///
		/// Anyone may call it; the queue does it as well. Emits `OrdersRefunded` per trader and at last `BookClosed`;
		/// fails with `UnknownMarket` or `StillTrading`.
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::weight_of_winding())]
		pub fn wind_down(origin: OriginFor<T>, utc: UtcId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_wind_down(utc)
		}

		/// Buys from listings, in the order given and as [`buy`](Self::buy) does, and redeems UTC for a lease that is
		/// placed in the same call. What is redeemed may be bought here or held before.
		///
		/// All of it happens or nothing. Emits `Bought` per purchase and what redeeming emits; fails as buying and
		/// redeeming do.
		#[pallet::call_index(10)]
		#[pallet::weight(Pallet::<T>::weight_of_purchases(purchases.len(), redemption))]
		pub fn buy_and_redeem(
			origin: OriginFor<T>,
			purchases: BoundedVec<Purchase, ConstU32<MAX_PURCHASES>>,
			utc: UtcId,
			redemption: Redemption,
		) -> DispatchResult {
			let buyer = ensure_signed(origin)?;
			Self::do_buy_and_redeem(buyer, &purchases, utc, redemption)
		}

		/// Puts `amount` of a UTC of the caller's committed devices up for sale at `price` per whole UTC, to be minted when
		/// it is sold, until its window starts. The UTC opens if it has not.
		///
		/// Of the caller's service bond what the cover comes to beyond the price is set aside; the proceeds fill the cover
		/// first. Emits `Listed`; fails as [`list`](Self::list) and as minting do.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::offer())]
		pub fn offer(
			origin: OriginFor<T>,
			key: UtcKey,
			amount: MilliDevices,
			#[pallet::compact] price: Balance,
		) -> DispatchResult {
			let provider = ensure_signed(origin)?;
			Self::do_offer(provider, key, amount, price)
		}

		/// Places an ask for `amount` of a UTC of the caller's committed devices at `tick` or better, to be minted when it is
		/// sold. The UTC opens if it has not.
		///
		/// Of the caller's service bond what the cover comes to beyond the lowest price is set aside. What a batch sells is
		/// minted and paid when it ends, the cover first. The ask leaves the market when the window starts, and when the
		/// caller's machines can serve it no more. Emits `OrderPlaced`; fails as [`place_order`](Self::place_order) and as
		/// minting do, or with `TooManyOffers`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::offer_order())]
		pub fn offer_order(
			origin: OriginFor<T>,
			key: UtcKey,
			tick: u16,
			amount: MilliDevices,
		) -> DispatchResult {
			let provider = ensure_signed(origin)?;
			Self::do_offer_order(provider, key, tick, amount)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An open listing.
		pub fn listing(listing: ListingId) -> Option<ListingOf<T>> {
			Listings::<T>::get(listing)
		}

		/// What rests in a market: bids and asks, the best of each first.
		pub fn depth(utc: UtcId) -> (alloc::vec::Vec<Depth>, alloc::vec::Vec<Depth>) {
			(Self::depth_of(utc, Side::Bid), Self::depth_of(utc, Side::Ask))
		}

		/// The last batches of a market that traded, oldest first.
		pub fn clearings(utc: UtcId) -> alloc::vec::Vec<Clearing> {
			Self::clearings_of(utc)
		}

		/// A trader's orders in a market, and what a claim of each gives now.
		pub fn orders(utc: UtcId, trader: T::AccountId) -> alloc::vec::Vec<OrderView> {
			Self::orders_of(utc, &trader)
		}

		/// The price of a tick.
		pub fn price(tick: u16) -> Option<Balance> {
			Tick::new(tick).map(Tick::price)
		}

		/// The highest tick whose price is at most `price`.
		pub fn tick(price: Balance) -> Option<u16> {
			Tick::at_most(price).map(Tick::number)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_n: BlockNumberFor<T>, meter: &mut WeightMeter) {
			let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
			Self::sweep(&mut own);
			Self::sweep_endings(&mut own);
			meter.consume(own.consumed());
			Self::sweep_batches(meter);
		}

		fn integrity_test() {
			assert!(T::MinAmount::get() > MilliDevices(0), "listings of nothing would be allowed");
			assert!(T::MaxDuePerSlot::get() > 0, "no listing could be queued");
			let step =
				T::WeightInfo::sweep_slot().saturating_mul(2).saturating_add(Self::sweep_step_weight());
			assert!(T::SweepWeight::get().all_gte(step), "no listing could ever be swept");
			let step = T::WeightInfo::sweep_slot().saturating_mul(2).saturating_add(Self::ending_weight());
			assert!(T::SweepWeight::get().all_gte(step), "no market could ever be wound down");
			let step = T::WeightInfo::sweep_shard()
				.saturating_add(T::WeightInfo::sweep_look())
				.saturating_add(Self::most_weight_of_clearing());
			assert!(T::ClearWeight::get().all_gte(step), "a full book could never be cleared");
			assert!(T::MaxOrders::get() > 0, "nobody could place an order");
			assert!(T::MaxOffers::get() > 0, "nothing could be minted at its sale in the auction");
			assert!(T::MaxQueued::get() > 0, "no market could be queued");
			assert!(T::WindDownStep::get() > 0, "no market could be wound down");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	impl<T: Config> Pallet<T> {
		/// The account that holds what is for sale.
		pub fn escrow() -> T::AccountId {
			T::PalletId::get().into_account_truncating()
		}
	}
}
