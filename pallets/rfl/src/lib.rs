#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod challenges;
mod demand;
mod index;
mod machines;
#[cfg(test)]
mod mock;
pub mod moves;
mod placement;
mod pricing;
mod sweep;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;
mod worker;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Where log lines of this pallet go.
pub(crate) const LOG: &str = "runtime::rfl";

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use exabits_math::placement::{Bucket, Move, Page, Place, Summary, Typical, Weights, MAX_MOVES};
	use exabits_primitives::{
		apis::{DemandForecast, Quote},
		deadlines::Deadlines,
		keys::machine,
		Agreements, Balance, Bonds, ClassId, Clock, LeaseEvents, LeaseId, MachineId, MachineState,
		MarketPrices, MilliDevices, Obligations, OnMachine, Slot, UtcKey, WindowIndex,
	};
	use frame_support::{pallet_prelude::*, weights::WeightMeter};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	use sp_runtime::Perbill;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// # Requirements
	///
	/// The runtime's transaction extensions begin with `frame_system::AuthorizeCall`.
	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>> + frame_system::Config<RuntimeEvent: From<Event<Self>>>
	{
		/// The chain's time.
		type Clock: Clock;
		/// Who curates classes and their reference prices.
		type CurateOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The bond ledger: each machine keeps the minimum service bond of its owner reserved.
		type Bonds: Bonds<Self::AccountId>;
		/// Knows the service level under which a machine commits.
		type Agreements: Agreements;
		/// Knows what has been minted against commitments.
		type Obligations: Obligations<Self::AccountId>;
		/// The prices that reference prices follow. With `()` they change by governance only.
		type Prices: MarketPrices;
		/// Told of leases, and asked who may deliver.
		type LeaseEvents: LeaseEvents<Self::AccountId>;
		/// Told which machines are to be watched.
		type OnMachine: OnMachine;
		/// Slots after a window by which the verdict on its last round is due: until then its leases are not
		/// over, so that the verdict reaches them. May come from genesis.
		type VerdictSlots: Get<Slot>;
		/// How many windows after the current one may be committed.
		#[pallet::constant]
		type MaxWindowsAhead: Get<u32>;
		/// Leases that one step of a window's close finishes at most.
		#[pallet::constant]
		type MaxLeasesPerStep: Get<u32>;
		/// Windows of a class that one step counts at most.
		#[pallet::constant]
		type MaxWindowsPerStep: Get<u32>;
		/// Deadlines of one kind that fall due in one slot at most, and classes at most.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;
		/// Windows for which a finished lease stays readable.
		#[pallet::constant]
		type KeepWindows: Get<u32>;
		/// Micro-devices by which a batch of moves has to make less unusable for each of its moves.
		#[pallet::constant]
		type MoveGain: Get<u32>;
		/// Weight that the sweep of all deadlines may use in a block.
		#[pallet::constant]
		type SweepWeight: Get<Weight>;
		/// Priority of acknowledgements in the transaction pool.
		#[pallet::constant]
		type UnsignedPriority: Get<TransactionPriority>;
		/// Weights.
		type WeightInfo: WeightInfo;
		/// Reaches over to other pallets when benchmarks are set up.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// The next class's identifier.
	#[pallet::storage]
	pub type NextClass<T> = StorageValue<_, ClassId, ValueQuery>;

	/// Classes.
	#[pallet::storage]
	pub type Classes<T> = StorageMap<_, Twox64Concat, ClassId, Class>;

	/// How each class is priced and its demand forecast.
	#[pallet::storage]
	pub type ClassParameters<T> = StorageMap<_, Twox64Concat, ClassId, Parameters>;

	/// What each class's windows have taught, up to the last one counted.
	#[pallet::storage]
	pub type Histories<T> = StorageMap<_, Twox64Concat, ClassId, History>;

	/// Milli-devices redeemed for each class and window that has not been counted. Leases that fail stay in it.
	#[pallet::storage]
	pub type Redeemed<T> =
		StorageDoubleMap<_, Twox64Concat, ClassId, Twox64Concat, WindowIndex, u64, ValueQuery>;

	/// The next machine's identifier.
	#[pallet::storage]
	pub type NextMachine<T> = StorageValue<_, MachineId, ValueQuery>;

	/// Machines. Those retired stay, as a record.
	#[pallet::storage]
	pub type Machines<T: Config> = StorageMap<_, Twox64Concat, MachineId, Machine<T::AccountId>>;

	/// Machines that are not retired, by their keys.
	#[pallet::storage]
	pub type MachineByKey<T> = StorageMap<_, Blake2_128Concat, machine::Id, MachineId>;

	/// Capacity by machine and window.
	#[pallet::storage]
	pub type Commitments<T> =
		StorageDoubleMap<_, Twox64Concat, MachineId, Twox64Concat, WindowIndex, Commitment>;

	/// What each provider's machines have committed to each UTC.
	#[pallet::storage]
	pub type CommittedBy<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, UtcKey, MilliDevices, ValueQuery>;

	/// The devices of each provider's machines of a class that have commitments and are out of service; absent while
	/// there are none.
	#[pallet::storage]
	pub type Absent<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, ClassId, MilliDevices, ValueQuery>;

	/// The placement index of each UTC: which buckets hold machines.
	#[pallet::storage]
	pub type Summaries<T> = StorageMap<_, Twox64Concat, UtcKey, Summary, ValueQuery>;

	/// The placement index: the machines committed to each UTC with what they have free, in pages of buckets.
	#[pallet::storage]
	pub type Pages<T> = StorageNMap<
		_,
		(NMapKey<Twox64Concat, UtcKey>, NMapKey<Twox64Concat, Bucket>, NMapKey<Twox64Concat, u32>),
		Page,
		ValueQuery,
	>;

	/// The placement index: where each machine is in it.
	#[pallet::storage]
	pub type Places<T> = StorageDoubleMap<_, Twox64Concat, UtcKey, Twox64Concat, MachineId, Place>;

	/// What each class is usually asked for, learned from what was placed.
	#[pallet::storage]
	pub type Typicals<T> = StorageMap<_, Twox64Concat, ClassId, Typical, ValueQuery>;

	/// How the placements of each class are compared.
	#[pallet::storage]
	pub type PlacementWeights<T> = StorageMap<_, Twox64Concat, ClassId, Weights, ValueQuery>;

	/// The next lease's identifier.
	#[pallet::storage]
	pub type NextLease<T> = StorageValue<_, LeaseId, ValueQuery>;

	/// Leases. Finished ones stay until somebody prunes them.
	#[pallet::storage]
	pub type Leases<T: Config> = StorageMap<_, Twox64Concat, LeaseId, Lease<T::AccountId>>;

	/// Efficiency of all machines.
	#[pallet::storage]
	pub type TotalSums<T> = StorageValue<_, Sums, ValueQuery>;

	/// Efficiency of each class.
	#[pallet::storage]
	pub type ClassSums<T> = StorageMap<_, Twox64Concat, ClassId, Sums, ValueQuery>;

	/// Leases that start in a slot, or whose acknowledgement is overdue from it on.
	#[pallet::storage]
	pub type AcknowledgementsDue<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<LeaseId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot of [`AcknowledgementsDue`] not swept.
	#[pallet::storage]
	pub type AcknowledgementsCursor<T> = StorageValue<_, Slot>;

	/// Commitments that are closed in a slot: the last verdict on their window is due.
	#[pallet::storage]
	pub type ClosesDue<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<(MachineId, WindowIndex), T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot of [`ClosesDue`] not swept.
	#[pallet::storage]
	pub type ClosesCursor<T> = StorageValue<_, Slot>;

	/// Leases on evacuated machines.
	#[pallet::storage]
	pub type FailuresDue<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<LeaseId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot of [`FailuresDue`] not swept.
	#[pallet::storage]
	pub type FailuresCursor<T> = StorageValue<_, Slot>;

	/// Machines that are not in service and have leases that have not started.
	#[pallet::storage]
	pub type DeparturesDue<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<Departure, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot of [`DeparturesDue`] not swept.
	#[pallet::storage]
	pub type DeparturesCursor<T> = StorageValue<_, Slot>;

	/// Classes of which a window is over, to be counted. Each class is here once.
	#[pallet::storage]
	pub type CountsDue<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<ClassId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot of [`CountsDue`] not swept.
	#[pallet::storage]
	pub type CountsCursor<T> = StorageValue<_, Slot>;

	/// The queue of windows to count.
	pub(crate) type CountQueue<T> =
		Deadlines<ClassId, <T as Config>::MaxDuePerSlot, CountsDue<T>, CountsCursor<T>>;
	/// The queue of acknowledgements.
	pub(crate) type AcknowledgementQueue<T> =
		Deadlines<LeaseId, <T as Config>::MaxDuePerSlot, AcknowledgementsDue<T>, AcknowledgementsCursor<T>>;
	/// The queue of window closes.
	pub(crate) type CloseQueue<T> =
		Deadlines<(MachineId, WindowIndex), <T as Config>::MaxDuePerSlot, ClosesDue<T>, ClosesCursor<T>>;
	/// The queue of machines that are not in service.
	pub(crate) type DepartureQueue<T> =
		Deadlines<Departure, <T as Config>::MaxDuePerSlot, DeparturesDue<T>, DeparturesCursor<T>>;
	/// The queue of failing leases.
	pub(crate) type FailureQueue<T> =
		Deadlines<LeaseId, <T as Config>::MaxDuePerSlot, FailuresDue<T>, FailuresCursor<T>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A class was added.
		ClassCreated {
			/// The class.
			class: ClassId,
			/// Its name.
			name: Name,
		},
		/// A class's reference price was set.
		PriceSet {
			/// The class.
			class: ClassId,
			/// Price of one device for one window.
			price: Balance,
		},
		/// How a class's placements are compared was changed.
		WeightsSet {
			/// The class.
			class: ClassId,
			/// The weights.
			weights: Weights,
		},
		/// How a class is priced and its demand forecast was set.
		ParametersSet {
			/// The class.
			class: ClassId,
			/// What holds from now on.
			parameters: Parameters,
		},
		/// A window of a class is over: its trades have moved the price, and its demand the forecast.
		WindowCounted {
			/// The class.
			class: ClassId,
			/// The window.
			window: WindowIndex,
			/// Milli-devices redeemed for it.
			demand: u64,
			/// The reference price from now on.
			price: Balance,
		},
		/// A machine was registered.
		MachineRegistered {
			/// The machine.
			machine: MachineId,
			/// The service node.
			owner: T::AccountId,
			/// Its class.
			class: ClassId,
			/// Its number of devices.
			devices: u32,
		},
		/// A machine's endpoint was changed.
		EndpointSet {
			/// The machine.
			machine: MachineId,
		},
		/// A machine went from one state of its life to another.
		MachineStateChanged {
			/// The machine.
			machine: MachineId,
			/// The state before.
			from: MachineState,
			/// The state now.
			to: MachineState,
		},
		/// Devices were committed to a UTC.
		Committed {
			/// The machine.
			machine: MachineId,
			/// The UTC.
			key: UtcKey,
			/// How many devices.
			devices: u32,
		},
		/// A commitment was taken back.
		Uncommitted {
			/// The machine.
			machine: MachineId,
			/// The UTC.
			key: UtcKey,
		},
		/// A lease was placed.
		LeasePlaced {
			/// The lease, or the segment of one.
			lease: LeaseId,
			/// The lease's first segment.
			series: LeaseId,
			/// The machine.
			machine: MachineId,
			/// Whose lease it is.
			tenant: T::AccountId,
			/// The machine's owner.
			provider: T::AccountId,
			/// The UTC.
			key: UtcKey,
			/// How much.
			amount: MilliDevices,
			/// The first slot served.
			start: Slot,
			/// The last slot for the acknowledgement.
			acknowledge_by: Slot,
		},
		/// A lease was acknowledged, or goes on as its segment before did: the tenant has access.
		LeaseRunning {
			/// The lease.
			lease: LeaseId,
			/// The machine.
			machine: MachineId,
		},
		/// A lease went to another machine for the time that is left.
		LeaseMoved {
			/// The lease.
			lease: LeaseId,
			/// The machine that it was on.
			from: MachineId,
			/// The machine that serves it now.
			to: MachineId,
			/// The last slot for the acknowledgement.
			acknowledge_by: Slot,
		},
		/// Leases that have not started were moved to better places.
		LeasesImproved {
			/// Their UTC.
			key: UtcKey,
			/// Who found the places.
			by: T::AccountId,
			/// How many leases.
			moves: u32,
			/// Micro-devices of the machines concerned that typical requests could not use.
			before: u64,
			/// The same afterwards: less.
			after: u64,
		},
		/// A lease ended unserved; the tenant is to be compensated.
		LeaseCompensated {
			/// The lease.
			lease: LeaseId,
			/// The machine that failed it.
			machine: MachineId,
			/// The share of a whole window that was not served.
			remaining: Perbill,
		},
		/// A lease was ended by its tenant.
		LeaseRejected {
			/// The lease.
			lease: LeaseId,
			/// The machine that it ran on.
			machine: MachineId,
		},
		/// A lease was served to its end.
		LeaseCompleted {
			/// The lease.
			lease: LeaseId,
			/// The machine.
			machine: MachineId,
		},
		/// A finished lease was removed.
		LeasePruned {
			/// The lease.
			lease: LeaseId,
		},
		/// A machine's leases in its current window are being taken off it.
		MachineEvacuated {
			/// The machine.
			machine: MachineId,
			/// The window.
			window: WindowIndex,
			/// How many leases.
			leases: u32,
		},
		/// A commitment's window was closed.
		CommitmentClosed {
			/// The machine.
			machine: MachineId,
			/// The UTC.
			key: UtcKey,
			/// Milli-device-slots delivered in the window.
			delivered: u64,
			/// Milli-device-slots offered in the window.
			offered: u64,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such class.
		UnknownClass,
		/// A length, the name, the price or the performance of the class is out of range, or a window is not a
		/// whole number of rounds.
		InvalidClass,
		/// The price is outside the class's bounds.
		InvalidPrice,
		/// The bounds cross or begin below the least price, an adjustment of quotes is too large, or the forecast
		/// would not settle.
		InvalidParameters,
		/// There are as many classes as there may be.
		TooManyClasses,
		/// There is no such machine.
		UnknownMachine,
		/// The caller does not own the machine.
		NotOwner,
		/// A machine has 1 to 16 devices, and commits no more than it has.
		InvalidDevices,
		/// The host has less than the class's share for its devices.
		HostTooSmall,
		/// An endpoint is not empty.
		InvalidEndpoint,
		/// The key is another machine's.
		KeyTaken,
		/// The signature does not prove possession of the key.
		BadProof,
		/// The machine's state does not allow this.
		WrongState,
		/// The machine has commitments that are not closed.
		HasCommitments,
		/// The machine is not online.
		NotOnline,
		/// The machine has no active agreement.
		NoAgreement,
		/// The window is not one of those that may be committed.
		WindowOutOfRange,
		/// The machine has a commitment in this window.
		AlreadyCommitted,
		/// The machine has no commitment in this window.
		NotCommitted,
		/// The window has started.
		WindowStarted,
		/// The window is over.
		WindowClosed,
		/// Leases are placed on the commitment.
		LeasesPlaced,
		/// UTC minted against the commitment is outstanding.
		StillMinted,
		/// A lease takes whole devices, or 500, 250 or 125 milli of one.
		NotLeasable,
		/// No machine has room for it.
		NoCapacity,
		/// None of the machines that a call can look at serves, but there are more: a hint is needed.
		HintRequired,
		/// A lease is for at least one window and at most [`exabits_primitives::MAX_WINDOWS`].
		InvalidWindows,
		/// Too little of the window is left.
		TooLate,
		/// There is no such lease.
		UnknownLease,
		/// The lease does not wait for an acknowledgement.
		NotPlaced,
		/// The lease has not started.
		NotStarted,
		/// The acknowledgement's deadline has passed.
		DeadlinePassed,
		/// The lease is being taken off its machine.
		Failing,
		/// The lease is not failing.
		NotFailing,
		/// The machine is in service.
		InService,
		/// The lease has started.
		Started,
		/// More moves than a batch may have.
		TooManyMoves,
		/// A lease is not of this UTC, has started, has been moved to a better place before, or stays with its other
		/// segments.
		NotMovable,
		/// A lease is named twice.
		MovedTwice,
		/// A machine is not of this UTC, not in service, or not reliable enough.
		WrongMachine,
		/// The moves do not win what they have to.
		NotBetter,
		/// It is not due yet.
		NotDue,
		/// The lease is not finished.
		NotFinished,
		/// Too many deadlines fall into the same slots.
		TooManyDeadlines,
		/// A number ran out of its range.
		Overflow,
		/// The first copy of a request counts for at most 1,000 thousandths.
		InvalidWeights,
		/// The placement index contradicts itself.
		IndexBroken,
		/// The lease is another account's.
		NotTenant,
		/// The lease does not run.
		NotRunning,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Adds a class. Emits [`Event::ClassCreated`].
		///
		/// Its windows are whole numbers of rounds, no shorter than verdicts take, and leave time for an
		/// acknowledgement and one round. Its price, at least [`exabits_math::pricing::LEAST_PRICE`], is where its
		/// reference price starts; what else is governed starts as [`Parameters::around`] it.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_class())]
		pub fn create_class(origin: OriginFor<T>, class: Class) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_create_class(class)
		}

		/// Corrects a class's reference price of one device for one window, within its bounds. Emits
		/// [`Event::PriceSet`].
		///
		/// From there it goes on following the market. UTC that is open keeps the price it was opened with.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_price())]
		pub fn set_price(origin: OriginFor<T>, class: ClassId, price: Balance) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_set_price(class, price)
		}

		/// Registers a machine and reserves the minimum service bond for it. Emits
		/// [`Event::MachineRegistered`].
		///
		/// `proof` is the key's signature over `payload(genesis, "rfl/register_machine", caller)`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::register_machine())]
		#[allow(clippy::too_many_arguments)]
		pub fn register_machine(
			origin: OriginFor<T>,
			class: ClassId,
			devices: u32,
			vcpus: u32,
			memory_mib: u32,
			key: machine::Id,
			proof: machine::Signature,
			endpoint: Endpoint,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_register_machine(owner, class, devices, (vcpus, memory_mib), (key, proof), endpoint)
		}

		/// Changes where a machine answers. Emits [`Event::EndpointSet`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_endpoint())]
		pub fn set_endpoint(origin: OriginFor<T>, machine: MachineId, endpoint: Endpoint) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_endpoint(who, machine, endpoint)
		}

		/// Takes an online machine out of service: no new commitments and no new leases; it retires when its
		/// last commitment is closed. Emits [`Event::MachineStateChanged`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::drain())]
		pub fn drain(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_drain(who, machine)
		}

		/// Retires a machine that is not online and has no commitment, and frees its bond and its key. Emits
		/// [`Event::MachineStateChanged`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::retire())]
		pub fn retire(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(who, machine)
		}

		/// Commits devices of an online machine to the UTC of its class, its agreement's template and a window
		/// that has not started. Emits [`Event::Committed`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::commit())]
		pub fn commit(
			origin: OriginFor<T>,
			machine: MachineId,
			window: WindowIndex,
			devices: u32,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit(who, machine, window, devices)
		}

		/// Takes a commitment back before its window starts, if nothing is placed on it and no outstanding UTC
		/// needs it. Emits [`Event::Uncommitted`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::uncommit())]
		pub fn uncommit(origin: OriginFor<T>, machine: MachineId, window: WindowIndex) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_uncommit(who, machine, window)
		}

		/// Acknowledges a lease: the tenant has access. Emits [`Event::LeaseRunning`].
		///
		/// Authorised by the machine's key, which signs `payload(genesis, "rfl/acknowledge", (owner, machine,
		/// lease, window, access))`. Accepted once, from the lease's start to its acknowledgement deadline.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::acknowledge())]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_acknowledge())]
		#[pallet::authorize(Self::authorize_acknowledge)]
		pub fn acknowledge(
			origin: OriginFor<T>,
			lease: LeaseId,
			access: Access,
			// Verified when the call is authorised.
			_signature: machine::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_acknowledge(lease, access)
		}

		/// Fails a lease whose acknowledgement is overdue, as the sweep would. Emits [`Event::LeaseMoved`] or
		/// [`Event::LeaseCompensated`].
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::acknowledgement_weight())]
		pub fn sweep_acknowledgement(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::acknowledgement_step(lease)
		}

		/// Does one step of the close of a window that is over, as the sweep would. Emits
		/// [`Event::LeaseCompleted`] or [`Event::LeaseCompensated`] per lease, and with the last step
		/// [`Event::CommitmentClosed`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::close_commitment(T::MaxLeasesPerStep::get()))]
		pub fn close_commitment(
			origin: OriginFor<T>,
			machine: MachineId,
			window: WindowIndex,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::close_step(machine, window).map(drop)
		}

		/// Takes a lease off a machine that was evacuated, as the sweep would. Emits [`Event::LeaseMoved`] or
		/// [`Event::LeaseCompensated`].
		#[pallet::call_index(11)]
		#[pallet::weight(Pallet::<T>::failure_weight())]
		pub fn sweep_failure(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::failure_step(lease)
		}

		/// Removes a lease that has been finished for [`Config::KeepWindows`] windows. Emits
		/// [`Event::LeasePruned`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::prune_lease())]
		pub fn prune_lease(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_prune_lease(lease)
		}

		/// Moves leases of one UTC that have not started to better places, which anybody may find. Emits
		/// [`Event::LeaseMoved`] per lease and [`Event::LeasesImproved`].
		///
		/// In the order given, each lease has to fit where it is to go, and the machine's owner has to be able to deliver
		/// it. In all, the machines concerned have to have less that the class's typical requests cannot use: by
		/// [`Config::MoveGain`] for each move. Whoever finds the moves is paid out of the leases' fees, once per lease.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::improve(moves.len().try_into().unwrap_or(MAX_MOVES)))]
		pub fn improve(
			origin: OriginFor<T>,
			key: UtcKey,
			moves: BoundedVec<Move, ConstU32<MAX_MOVES>>,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_improve(by, key, &moves)
		}

		/// Moves a lease that has not started off a machine that is not in service, as the sweep would. Emits
		/// [`Event::LeaseMoved`].
		#[pallet::call_index(17)]
		#[pallet::weight(Pallet::<T>::departure_weight())]
		pub fn sweep_departure(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::departure_step(lease)
		}

		/// Sets how a class's placements are compared. Emits [`Event::WeightsSet`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_weights())]
		pub fn set_weights(origin: OriginFor<T>, class: ClassId, weights: Weights) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_set_weights(class, weights)
		}

		/// Sets how a class is priced and its demand forecast. Emits [`Event::ParametersSet`], and
		/// [`Event::PriceSet`] when the new bounds exclude the price, which goes to the nearest one.
		///
		/// A season of another length starts the forecast anew with the next window counted.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::set_parameters())]
		pub fn set_parameters(
			origin: OriginFor<T>,
			class: ClassId,
			parameters: Parameters,
		) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_set_parameters(class, parameters)
		}

		/// Counts windows of a class that are over, as the sweep would: the oldest first, at most
		/// [`Config::MaxWindowsPerStep`]. Emits [`Event::WindowCounted`] for each.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::count_windows(T::MaxWindowsPerStep::get()))]
		pub fn count_windows(origin: OriginFor<T>, class: ClassId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::count_step(class)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// `RFL_efficiency` over all online machines.
		pub fn efficiency() -> Perbill {
			TotalSums::<T>::get().efficiency()
		}

		/// `RFL_efficiency` over the online machines of one class.
		pub fn class_efficiency(class: ClassId) -> Perbill {
			ClassSums::<T>::get(class).efficiency()
		}

		/// What a device of a class is quoted at in the current window or one that may be committed; `None` for
		/// other windows and unknown classes.
		pub fn quote(class: ClassId, window: WindowIndex) -> Option<Quote> {
			Self::quoted(class, window)
		}

		/// The demand for a class in the next `windows` windows, beginning with the current one, but not beyond
		/// those that may be committed. `None` for an unknown class.
		pub fn forecast(class: ClassId, windows: u32) -> Option<DemandForecast> {
			Self::demand_ahead(class, windows)
		}

		/// What a machine delivered over what it offered, or `None` for an unknown machine.
		pub fn utilisation(machine: MachineId) -> Option<Perbill> {
			Machines::<T>::get(machine).map(|machine| machine.utilisation.share())
		}

		/// A lease's encrypted access, once it has been acknowledged.
		pub fn access(lease: LeaseId) -> Option<Vec<u8>> {
			Leases::<T>::get(lease)?.access.map(BoundedVec::into_inner)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep(meter);
		}

		fn offchain_worker(block: BlockNumberFor<T>) {
			Self::acknowledge_provisioned(block);
		}

		fn integrity_test() {
			assert!(T::MaxWindowsAhead::get() > 0, "rfl: no window could be committed");
			assert!(T::MaxLeasesPerStep::get() > 0, "rfl: windows would never close");
			assert!(T::MaxWindowsPerStep::get() > 0, "rfl: windows would never be counted");
			assert!(T::MaxDuePerSlot::get() >= 16, "rfl: a full machine could not be evacuated");
			for step in [
				Self::acknowledgement_weight(),
				Self::departure_weight(),
				Self::close_weight(),
				Self::count_weight(),
				Self::failure_weight(),
			] {
				let sweep = step.saturating_add(T::WeightInfo::sweep_slot().saturating_mul(8));
				assert!(
					sweep.all_lte(T::SweepWeight::get()),
					"rfl: SweepWeight does not allow one step of {step:?}"
				);
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
