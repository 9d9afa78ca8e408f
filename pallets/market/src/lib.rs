#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

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
pub use listings::Listing;
pub use pallet::*;
pub use weights::WeightInfo;

use exabits_primitives::{deadlines::Deadlines, ListingId};
use listings::pricing;

/// A listing of this runtime.
pub type ListingOf<T> = Listing<<T as frame_system::Config>::AccountId>;

/// Listings by the slot in which they are due to expire.
pub(crate) type Queue<T> = Deadlines<ListingId, <T as Config>::MaxDuePerSlot, Due<T>, SweptTo<T>>;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use exabits_primitives::{Balance, Clock, MilliDevices, Slot, UtcId, UtcMarket};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles},
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
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = u32, Balance = Balance>;

		/// EXA.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// What may be asked for a UTC, and until when it trades.
		type Utcs: UtcMarket;

		/// The share of the price paid that is the listing fee.
		#[pallet::constant]
		type Fee: Get<Perbill>;

		/// Where listing fees go. The account must exist: a fee below the existential deposit cannot create
		/// it.
		type FeeAccount: Get<Self::AccountId>;

		/// Names the escrow account.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// The smallest amount that is listed, bought, or left; never zero.
		#[pallet::constant]
		type MinAmount: Get<MilliDevices>;

		/// The most listings that wait for one slot.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;

		/// The most weight that expiring listings takes in one block.
		#[pallet::constant]
		type SweepWeight: Get<Weight>;

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
		#[pallet::weight(T::WeightInfo::buy())]
		pub fn buy(
			origin: OriginFor<T>,
			listing: ListingId,
			amount: MilliDevices,
			#[pallet::compact] max_price: Balance,
		) -> DispatchResult {
			let buyer = ensure_signed(origin)?;
			Self::do_buy(buyer, listing, amount, max_price)
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
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An open listing.
		pub fn listing(listing: ListingId) -> Option<ListingOf<T>> {
			Listings::<T>::get(listing)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_n: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep(meter);
		}

		fn integrity_test() {
			assert!(T::MinAmount::get() > MilliDevices(0), "listings of nothing would be allowed");
			assert!(T::MaxDuePerSlot::get() > 0, "no listing could be queued");
			let step =
				T::WeightInfo::sweep_slot().saturating_mul(2).saturating_add(Self::sweep_step_weight());
			assert!(T::SweepWeight::get().all_gte(step), "no listing could ever be swept");
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
