#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod earning;
#[cfg(test)]
mod mock;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use earning::MaxCommission;
pub use pallet::*;
pub use types::{Budget, Earning, Session, Terms};
pub use weights::WeightInfo;

use frame_support::storage::with_storage_layer;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::Perbill;

/// Where log lines of this pallet go.
const LOG_TARGET: &str = "runtime::issuance";

/// What benchmarks need of the runtime around the pallet.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Makes `session` the current one.
	fn set_session(session: exabits_primitives::SessionIndex);
	/// The operator with this index: bonded as an anchor, with something delegated to it.
	fn operator(index: u32) -> AccountId;
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use exabits_primitives::{Balance, Clock, Operators, Role, SessionIndex, Slot};
	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;

	/// The in-code storage version.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The money of which there will be more.
		type Currency: fungible::Inspect<Self::AccountId, Balance = Balance>;

		/// The chain's time.
		type Clock: Clock;

		/// Slots in a session.
		type SessionSlots: Get<Slot>;

		/// Length of a slot in milliseconds.
		#[pallet::constant]
		type SlotMillis: Get<u64>;

		/// Who sets the terms.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Whom it is paid to.
		type Operators: Operators<Self::AccountId>;

		/// For how many sessions points can be turned into money; at least 2.
		#[pallet::constant]
		type KeepSessions: Get<u32>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Set-up for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// The terms. They hold from the next session on, except for the bound of commissions.
	#[pallet::storage]
	pub type TermsInForce<T: Config> = StorageValue<_, Terms, ValueQuery>;

	/// The last sessions, by their index modulo [`Config::KeepSessions`].
	#[pallet::storage]
	pub type Sessions<T: Config> = StorageMap<_, Twox64Concat, u32, Session>;

	/// What was earned and not paid yet.
	#[pallet::storage]
	pub type Earnings<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Role, Earning, ValueQuery>;

	/// What the chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The terms; nothing is created where they are left out.
		pub terms: Terms,
		/// Marks the runtime that the configuration is for.
		#[serde(skip)]
		pub runtime: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.terms.is_valid(), "issuance: terms out of bounds: {:?}", self.terms);
			TermsInForce::<T>::put(self.terms);
		}
	}

	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// There are new terms.
		TermsSet {
			/// The terms.
			terms: Terms,
		},
		/// A session has its budgets: the most that will be created for what is done in it.
		SessionOpened {
			/// The session.
			session: SessionIndex,
			/// For validators.
			validators: Balance,
			/// For anchors.
			anchors: Balance,
		},
		/// What somebody has earned was created and paid.
		Paid {
			/// Who.
			who: T::AccountId,
			/// In which role.
			role: Role,
			/// What it got itself.
			amount: Balance,
			/// What those got who delegate to it.
			delegators: Balance,
		},
	}

	/// What can be wrong.
	#[pallet::error]
	pub enum Error<T> {
		/// More would be created than the bounds allow.
		OutOfBounds,
		/// Nothing was earned in sessions that are over, or it has been paid.
		NothingEarned,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// What the author of the block adds to its points is weighed here.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			T::WeightInfo::note_author()
		}

		fn integrity_test() {
			assert!(T::KeepSessions::get() >= 2, "a session must be kept when it is over");
			assert!(T::SlotMillis::get() > 0, "a slot must take time");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets how much is created from the next session on, and for whom. Emits `TermsSet`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_terms())]
		pub fn set_terms(origin: OriginFor<T>, terms: Terms) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_terms(terms)
		}

		/// Creates what `who` has earned as `role` in sessions that are over, and pays it: to `who`, and to those who
		/// delegate to it. Anybody may do so.
		///
		/// Emits `Paid`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(origin: OriginFor<T>, who: T::AccountId, role: Role) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(&who, role)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The terms.
		pub fn terms() -> Terms {
			TermsInForce::<T>::get()
		}

		/// A session that is kept, with its budgets and points.
		pub fn budgets(session: SessionIndex) -> Option<Session> {
			Self::session(session)
		}

		/// What [`claim`](Self::claim) would pay now: to `who`, and to those who delegate to it.
		pub fn claimable(who: T::AccountId, role: Role) -> (Balance, Balance) {
			Self::payable(&who, role)
		}

		/// The points of `who` in the current session.
		pub fn points(who: T::AccountId, role: Role) -> Balance {
			let earning = Earnings::<T>::get(who, role);
			if earning.session == T::Clock::session() {
				earning.points
			} else {
				0
			}
		}
	}
}
