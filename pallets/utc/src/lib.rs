#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use exabits_primitives::Redemption;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod api;
mod calls;
mod closing;
mod offering;
mod payment;
mod settling;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod views;

pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

const LOG_TARGET: &str = "runtime::utc";

/// What benchmarks need of the rest of the runtime.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Makes `provider` a service node with a bond that covers `amount`, committed by machines that are online
	/// to a UTC whose window has not started, and to those of the windows after it: `windows` in all. Returns the
	/// first one's key. A lease of one device of them can be placed.
	fn commit(
		provider: &AccountId,
		amount: exabits_primitives::MilliDevices,
		windows: u32,
	) -> exabits_primitives::UtcKey;
	/// Moves the clock to `slot`.
	fn set_slot(slot: exabits_primitives::Slot);
	/// Moves the clock to a lease's start, and has it run from then on.
	fn run(lease: exabits_primitives::LeaseId);
	/// Commits more machines of `provider`'s to a UTC that it has committed one to, until there are so many, and takes
	/// all of them out of service.
	fn lose(
		provider: &AccountId,
		key: exabits_primitives::UtcKey,
		machines: u32,
	) -> alloc::vec::Vec<exabits_primitives::MachineId>;
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use exabits_math::settlement;
	use exabits_primitives::{
		Agreements, Balance, Bonds, Capacity, ClassId, Classes, Clock, LeaseId, Leases, MilliDevices, Slot,
		UtcId, UtcKey,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{PerThing, Perbill};

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The chain's time.
		type Clock: Clock;

		/// Where UTC live as ordinary assets. Nobody else may create assets here.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = u32, Balance = Balance>
			+ fungibles::Mutate<Self::AccountId>
			+ fungibles::Create<Self::AccountId>
			+ fungibles::Destroy<Self::AccountId>
			+ fungibles::metadata::Mutate<Self::AccountId>;

		/// The native token.
		type Currency: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::Mutate<Self::AccountId>
			+ fungible::hold::Mutate<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;

		/// The bond that cover is taken from and returned to.
		type Bonds: Bonds<Self::AccountId>;

		/// Window lengths, reference prices and names.
		type Classes: Classes;

		/// What may be minted against.
		type Capacity: Capacity<Self::AccountId>;

		/// The templates' factors on the settlement price.
		type Agreements: Agreements;

		/// Where redeemed UTC becomes a lease.
		type Leases: Leases<Self::AccountId>;

		/// The account that keeps fees until they are earned, and that owns the assets. It needs the
		/// existential deposit from genesis.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// The insurance pool.
		#[pallet::constant]
		type Insurance: Get<Self::AccountId>;

		/// Cover ratio κ in parts per million, for UTC that open from now on. Less than 1,000,000 is read as
		/// 1,000,000.
		#[pallet::constant]
		type Kappa: Get<u32>;

		/// Fee φ for redeeming, as a share of S·amount.
		#[pallet::constant]
		type RedeemFee: Get<Perbill>;

		/// The share of a lease's fee that its providers can earn. More than 80 % is read as 80 %.
		#[pallet::constant]
		type RewardShare: Get<Perbill>;

		/// The share of a lease's fee that whoever finds a better place for it is paid. With the share that its
		/// providers can earn it is less than all, and it is at most half.
		#[pallet::constant]
		type BountyShare: Get<Perbill>;

		/// How many windows ahead of the current one UTC may be minted.
		#[pallet::constant]
		type MaxWindowsAhead: Get<u32>;

		/// Slots between the end of a window and the close of its UTC.
		#[pallet::constant]
		type CloseGrace: Get<Slot>;

		/// Accounts and approvals of an asset that one step destroys; at least 1.
		#[pallet::constant]
		type DestroyStep: Get<u32>;

		/// UTC that fall due in one slot.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;

		/// What the sweep of closing UTC may take of one block.
		#[pallet::constant]
		type SweepWeight: Get<Weight>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Reaches over to other pallets for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Cover of minted UTC. Only compensation and settlement touch it.
		#[codec(index = 0)]
		Cover,
	}

	/// The id of the next UTC; ids are never used twice.
	#[pallet::storage]
	pub type NextUtc<T> = StorageValue<_, UtcId, ValueQuery>;

	/// All UTC that have not been forgotten.
	#[pallet::storage]
	pub type Utcs<T> = StorageMap<_, Twox64Concat, UtcId, UtcRecord, OptionQuery>;

	/// The UTC of a class, template and window.
	#[pallet::storage]
	pub type UtcByKey<T> = StorageMap<_, Blake2_128Concat, UtcKey, UtcId, OptionQuery>;

	/// What a provider has promised of a UTC, until it is settled.
	#[pallet::storage]
	pub type Positions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, UtcId, Blake2_128Concat, T::AccountId, Position, OptionQuery>;

	/// The cover of all positions in a class's UTC; absent while there is none.
	#[pallet::storage]
	pub type OpenCover<T> = StorageMap<_, Twox64Concat, ClassId, Balance, ValueQuery>;

	/// The money side of leases that have not ended.
	#[pallet::storage]
	pub type LeaseAccounts<T: Config> =
		StorageMap<_, Twox64Concat, LeaseId, LeaseAccount<T::AccountId>, OptionQuery>;

	/// What tenants are owed that neither cover nor the insurance pool could pay.
	#[pallet::storage]
	pub type Claims<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// All claims together; absent while there are none.
	#[pallet::storage]
	pub type Claimed<T> = StorageValue<_, ClaimBook, OptionQuery>;

	/// The running period of the insurance budget.
	#[pallet::storage]
	pub type Drawn<T> = StorageValue<_, InsurancePeriod, OptionQuery>;

	/// The settlements between providers that have begun and not ended.
	#[pallet::storage]
	pub type Settlements<T> = StorageMap<_, Twox64Concat, UtcId, Settlement, OptionQuery>;

	/// UTC to be closed, or to be destroyed further, by slot.
	#[pallet::storage]
	pub type DueClosings<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<UtcId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot of [`DueClosings`] that has not been swept.
	#[pallet::storage]
	pub type ClosingCursor<T> = StorageValue<_, Slot, OptionQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A UTC opened with its first mint; its asset id is the UTC's id.
		UtcOpened {
			/// The UTC.
			utc: UtcId,
			/// What it stands for.
			key: UtcKey,
			/// Its settlement price, per device and window.
			price: Balance,
		},
		/// UTC was minted against committed devices and the provider's own bond.
		Minted {
			/// The UTC.
			utc: UtcId,
			/// Who minted it and answers for it.
			provider: T::AccountId,
			/// How much.
			amount: MilliDevices,
			/// What was locked for it.
			cover: Balance,
		},
		/// A provider offers UTC that is minted when it is sold.
		Offered {
			/// The UTC.
			utc: UtcId,
			/// Who offers it.
			provider: T::AccountId,
			/// How much.
			amount: MilliDevices,
			/// What was set aside of its bond for the part of the cover that the sale will not bring.
			set_aside: Balance,
		},
		/// What was not sold of an offer is offered no more.
		OfferWithdrawn {
			/// The UTC.
			utc: UtcId,
			/// Who offered it.
			provider: T::AccountId,
			/// How much.
			amount: MilliDevices,
			/// What was set aside and is free again.
			set_aside: Balance,
		},
		/// A provider burnt unsold UTC.
		Burned {
			/// The UTC.
			utc: UtcId,
			/// Whose obligation ended.
			provider: T::AccountId,
			/// How much.
			amount: MilliDevices,
			/// The cover that was freed.
			cover: Balance,
		},
		/// UTC was burnt for a lease.
		Redeemed {
			/// The UTC.
			utc: UtcId,
			/// Whose lease it is.
			tenant: T::AccountId,
			/// How much.
			amount: MilliDevices,
			/// The fee paid.
			fee: Balance,
			/// The lease.
			lease: LeaseId,
		},
		/// UTC that its provider could not place was burnt for cash.
		RedeemedForCash {
			/// The UTC.
			utc: UtcId,
			/// Who held it.
			holder: T::AccountId,
			/// Whose obligation ended.
			provider: T::AccountId,
			/// How much.
			amount: MilliDevices,
			/// What was paid out of the provider's cover.
			paid: Balance,
			/// What the insurance pool got of it besides.
			forfeited: Balance,
		},
		/// A better place was found for a lease, and paid for out of its fee.
		BountyPaid {
			/// The lease.
			lease: LeaseId,
			/// Who found the place.
			by: T::AccountId,
			/// What was paid.
			amount: Balance,
		},
		/// A round was served well, and its share of the lease's fee was paid out.
		Rewarded {
			/// The lease.
			lease: LeaseId,
			/// Who served it.
			provider: T::AccountId,
			/// What was paid.
			amount: Balance,
		},
		/// A round breached its terms, or a lease went to another machine too late, and the tenant was paid for it.
		Credited {
			/// The lease.
			lease: LeaseId,
			/// Whose lease it is.
			tenant: T::AccountId,
			/// What was paid.
			amount: Balance,
		},
		/// A lease ended unserved, and its tenant was compensated for the remaining time.
		Compensated {
			/// The lease.
			lease: LeaseId,
			/// Whose lease it was.
			tenant: T::AccountId,
			/// Paid from the provider's cover.
			from_cover: Balance,
			/// Paid from the insurance pool.
			from_insurance: Balance,
			/// Recorded as a claim.
			claim: Balance,
		},
		/// A tenant rejected a lease, and was paid for most of the remaining time.
		Rejected {
			/// The lease.
			lease: LeaseId,
			/// Whose lease it was.
			tenant: T::AccountId,
			/// Paid to the tenant.
			amount: Balance,
			/// Paid to the insurance pool out of the provider's cover.
			insurance: Balance,
		},
		/// What neither cover nor the insurance pool could pay became a claim.
		ClaimRecorded {
			/// Who is owed.
			tenant: T::AccountId,
			/// How much was added to the claim.
			amount: Balance,
		},
		/// A claim was paid from what had flowed into the insurance pool.
		ClaimPaid {
			/// Who was owed.
			tenant: T::AccountId,
			/// What was paid.
			amount: Balance,
			/// What is still owed.
			left: Balance,
		},
		/// What a lease's providers did not earn of its fee went to the insurance pool.
		InsuranceFunded {
			/// The lease.
			lease: LeaseId,
			/// What was paid in.
			amount: Balance,
		},
		/// A lease went to another provider, and the one that did not serve it paid that one to take it over.
		TakenOver {
			/// The lease.
			lease: LeaseId,
			/// Who did not serve it.
			from: T::AccountId,
			/// Who serves it now.
			to: T::AccountId,
			/// What was paid: what remains of the lease is worth.
			amount: Balance,
		},
		/// A provider did not serve a lease or broke its terms, and forfeited cover to the insurance pool besides what that
		/// paid; or what was on trial after a rejection.
		Forfeited {
			/// The lease.
			lease: LeaseId,
			/// Who did not serve it.
			provider: T::AccountId,
			/// What the pool got.
			amount: Balance,
		},
		/// A provider had delivered less than its duty, and paid for the difference out of its cover.
		DutyPaid {
			/// The UTC.
			utc: UtcId,
			/// Who paid.
			provider: T::AccountId,
			/// What was paid.
			amount: Balance,
		},
		/// A provider had delivered more than its duty, and was paid for the difference.
		DuePaid {
			/// The UTC.
			utc: UtcId,
			/// Who was paid.
			provider: T::AccountId,
			/// What was paid.
			amount: Balance,
		},
		/// The last position was settled, and what nobody is owed of what was paid went to the insurance pool.
		SettlementClosed {
			/// The UTC.
			utc: UtcId,
			/// What was left.
			remainder: Balance,
		},
		/// Cover went back to its provider: that of rounds that were served well, or what was left of it when the position
		/// was settled.
		CoverReleased {
			/// The UTC.
			utc: UtcId,
			/// Whose cover it was.
			provider: T::AccountId,
			/// What was released.
			amount: Balance,
			/// Whether it went into the service bond; it stays free where there is no such bond any more.
			bonded: bool,
		},
		/// A UTC's window is over, and its asset stopped moving.
		ClosingStarted {
			/// The UTC.
			utc: UtcId,
		},
		/// A UTC's asset is gone.
		Closed {
			/// The UTC.
			utc: UtcId,
		},
		/// The record of a closed and settled UTC was removed.
		Forgotten {
			/// The UTC.
			utc: UtcId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such class.
		UnknownClass,
		/// There is no such template, or not for this kind of hardware.
		TemplateNotAllowed,
		/// The class has no price to settle at.
		NoPrice,
		/// The window has started: minting is over.
		WindowStarted,
		/// The window is further ahead than UTC may be minted.
		TooFarAhead,
		/// The amount is zero.
		ZeroAmount,
		/// More than the provider's machines have committed.
		BeyondCommitment,
		/// More than the provider offers, or has set aside for what it offers.
		BeyondOffer,
		/// Too many UTC close at this time.
		TooManyDue,
		/// There is no such UTC.
		UnknownUtc,
		/// The UTC is closing or closed.
		NotOpen,
		/// The window is over: trading and redeeming have ended.
		WindowOver,
		/// Neither whole devices nor 500, 250 or 125 milli of one.
		NotLeasable,
		/// A lease is for at least one window and at most [`exabits_primitives::MAX_WINDOWS`].
		InvalidWindows,
		/// More than the provider has minted and not been given to deliver.
		BeyondUnplaced,
		/// The lease was placed with a provider that may not deliver it.
		NotPlaced,
		/// A better place for the lease has been paid for.
		BountyPaid,
		/// The window, or the time after it, is not over.
		TooEarly,
		/// The asset is not being destroyed.
		NotClosing,
		/// The UTC has not begun to close.
		StillOpen,
		/// This provider has nothing to settle.
		NoPosition,
		/// Some leases of this UTC have not ended.
		LeasesUnfinished,
		/// What this provider is owed is known when all the others have been settled.
		OthersUnsettled,
		/// Nothing is owed to this account.
		NoClaim,
		/// Nothing has flowed into the insurance pool that could pay a claim.
		NothingToPay,
		/// The UTC is not closed, or not settled.
		StillInUse,
		/// A machine is in service, not this provider's, not committed to this UTC, or named twice.
		NotLost,
		/// More than this provider cannot place.
		BeyondDeficit,
		/// Less of the provider's cover is free than would have to be paid.
		CoverTooLow,
		/// No round of this lease was served well since its cover was released last.
		NothingServed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_n: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep_due(meter);
		}

		fn integrity_test() {
			assert!(T::Kappa::get() >= settlement::KAPPA_ONE, "κ covers the principal");
			assert!(
				T::RewardShare::get() <= settlement::MAX_REWARD_SHARE,
				"nobody earns what they paid themselves"
			);
			assert!(
				T::BountyShare::get() <= settlement::MAX_BOUNTY_SHARE
					&& T::BountyShare::get() < T::RewardShare::get().left_from_one(),
				"nobody earns what they paid themselves"
			);
			assert!(T::MaxWindowsAhead::get() > 0, "at least the next window can be minted");
			assert!(T::DestroyStep::get() > 0, "a step destroys something");
			assert!(T::MaxDuePerSlot::get() > 0, "a UTC can fall due");
			assert!(
				T::SweepWeight::get().all_gte(Self::least_sweep_weight()),
				"a sweep gets through one entry"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Mints UTC against the caller's committed devices, and locks cover out of its service bond.
		///
		/// The first mint opens the UTC and freezes its settlement price. Emits [`Event::Minted`], and
		/// [`Event::UtcOpened`] before it where the UTC is new.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::mint())]
		pub fn mint(origin: OriginFor<T>, key: UtcKey, amount: MilliDevices) -> DispatchResult {
			let provider = ensure_signed(origin)?;
			Self::do_mint(provider, key, amount)
		}

		/// Burns UTC that the caller holds and minted itself, and frees its cover into the service bond.
		///
		/// Emits [`Event::Burned`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::burn())]
		pub fn burn(origin: OriginFor<T>, utc: UtcId, amount: MilliDevices) -> DispatchResult {
			let provider = ensure_signed(origin)?;
			Self::do_burn(provider, utc, amount)
		}

		/// Burns UTC of one or several consecutive windows, the first of which is that of `utc`, for a lease that is
		/// placed in the same call; the fee is paid in the native token.
		///
		/// Fails with nothing changed when no examined machine fits. Emits [`Event::Redeemed`] for each window, with the
		/// lease's segment in it.
		#[pallet::call_index(2)]
		#[pallet::weight(Pallet::<T>::weight_of_redemption(redemption.windows, redemption.may_move))]
		pub fn redeem(origin: OriginFor<T>, utc: UtcId, redemption: Redemption) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_redeem(tenant, utc, redemption)
		}

		/// Begins to close a UTC whose window, and the time of grace after it, are over.
		///
		/// Anyone may call it; the sweep does the same by itself. Emits [`Event::ClosingStarted`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::close())]
		pub fn close(origin: OriginFor<T>, utc: UtcId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_close(utc)
		}

		/// Destroys some accounts and approvals of a closing UTC, and the asset after the last of them.
		///
		/// Anyone may call it; the sweep does the same by itself. Emits [`Event::Closed`] at the end.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::destroy_step())]
		pub fn destroy_step(origin: OriginFor<T>, utc: UtcId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_destroy_step(utc)
		}

		/// Settles a provider's position with the others of the UTC, once it closes and all its leases have ended: what
		/// the provider delivered less than its duty is paid for out of its cover, and the rest of that goes back to its
		/// service bond.
		///
		/// What it delivered more is paid by a second call, when all positions have been settled; nothing is left for
		/// that where the first one was the last. Anyone may call it. Emits [`Event::CoverReleased`],
		/// [`Event::DutyPaid`], [`Event::DuePaid`] and, with the last position, [`Event::SettlementClosed`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::settle())]
		pub fn settle(origin: OriginFor<T>, utc: UtcId, provider: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle(utc, provider)
		}

		/// Pays a tenant's claim, as far as what flowed into the insurance pool since allows.
		///
		/// Anyone may call it. Emits [`Event::ClaimPaid`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::pay_claim())]
		pub fn pay_claim(origin: OriginFor<T>, tenant: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_pay_claim(tenant)
		}

		/// Removes the record of a UTC that is closed and whose positions are all settled.
		///
		/// Anyone may call it. Emits [`Event::Forgotten`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::forget())]
		pub fn forget(origin: OriginFor<T>, utc: UtcId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_forget(utc)
		}

		/// Rejects a lease of the caller's that runs, while at most a tenth of it has run.
		///
		/// Of what the remaining time is worth 90 % goes to the caller and 10 % to the insurance pool, out of the cover
		/// of the provider, whose machine becomes less reliable. What still stands for the lease is on trial: the provider
		/// forfeits it if a round in which the lease ran is judged a breach. Emits [`Event::Rejected`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::reject())]
		pub fn reject(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_reject(tenant, lease)
		}

		/// Burns UTC of the caller's for cash, since its provider cannot place it: these machines of the provider's are
		/// out of service, or were evacuated in the window, and what it has minted is more than the others can serve.
		///
		/// Pays S × remaining time out of the provider's cover. Emits [`Event::RedeemedForCash`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::redeem_for_cash(MAX_MACHINES.min(machines.len().try_into().unwrap_or(u32::MAX))))]
		pub fn redeem_for_cash(
			origin: OriginFor<T>,
			utc: UtcId,
			amount: MilliDevices,
			provider: T::AccountId,
			machines: LostMachines,
		) -> DispatchResult {
			let holder = ensure_signed(origin)?;
			Self::do_redeem_for_cash(holder, utc, amount, provider, machines)
		}

		/// Releases the cover of rounds of a lease that were served well, into its provider's service bond.
		///
		/// Anyone may call it. Emits [`Event::CoverReleased`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::release_served())]
		pub fn release_served(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_release_served(lease)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The UTC of a class, template and window, with its id.
		pub fn utc(key: UtcKey) -> Option<(UtcId, UtcRecord)> {
			let id = UtcByKey::<T>::get(key)?;
			Utcs::<T>::get(id).map(|utc| (id, utc))
		}

		/// The cover that minting `amount` would lock now.
		pub fn quote_cover(key: UtcKey, amount: MilliDevices) -> Option<Balance> {
			let (price, kappa) = Self::price_of(key)?;
			settlement::cover(amount, price, kappa)
		}

		/// The fee for redeeming `amount` now.
		pub fn quote_fee(key: UtcKey, amount: MilliDevices) -> Option<Balance> {
			let (price, _) = Self::price_of(key)?;
			settlement::fee(amount, price, T::RedeemFee::get())
		}

		/// What redeeming and covering `amount` of so many consecutive windows would come to now, the first of which is
		/// that of `key`. `None` for no window or for more than a lease may have, and where one has no price.
		pub fn quote_basket(key: UtcKey, windows: u32, amount: MilliDevices) -> Option<BasketQuote> {
			Self::basket(key, windows, amount)
		}

		/// What a provider owes of a UTC now, and the cover behind it.
		pub fn liabilities(utc: UtcId, provider: T::AccountId) -> Option<Liabilities> {
			Self::liabilities_of(utc, provider)
		}

		/// The settlement between the providers of a UTC: that which runs, or one that would begin with what has been
		/// delivered by now. `None` for an unknown UTC and when all are settled.
		pub fn settlement(utc: UtcId) -> Option<Settlement> {
			Self::settlement_of(utc)
		}

		/// What a provider has promised of a UTC, and what stands behind it.
		pub fn position(utc: UtcId, provider: T::AccountId) -> Option<Position> {
			Positions::<T>::get(utc, provider)
		}

		/// The money side of a lease that has not ended.
		pub fn lease_account(lease: LeaseId) -> Option<LeaseAccount<T::AccountId>> {
			LeaseAccounts::<T>::get(lease)
		}

		/// What a tenant is owed beyond what cover and the insurance pool paid.
		pub fn claim(tenant: T::AccountId) -> Balance {
			Claims::<T>::get(tenant)
		}
	}
}
