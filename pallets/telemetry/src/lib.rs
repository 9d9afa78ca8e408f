#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
mod audit;
mod devices;
mod flags;
mod report;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;
mod worker;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use exabits_math::telemetry::plausibility::Power;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use exabits_primitives::{
		deadlines::Deadlines,
		keys::{anchor, machine},
		telemetry::{DeviceId, DeviceIds},
		AnchorKeys, ClassId, Classes, Clock, Committees, MachineId, Machines, RoundIndex, SessionIndex, Slot,
		TelemetryReport, WindowIndex,
	};
	use frame_support::{pallet_prelude::*, weights::WeightMeter};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	use sp_core::H256;

	pub(crate) type Queue<T> = Deadlines<MachineId, <T as Config>::MaxDuePerSlot, DueAt<T>, Cursor<T>>;

	fn count<V>(list: &[V]) -> u32 {
		u32::try_from(list.len()).unwrap_or(u32::MAX)
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// `frame_system::AuthorizeCall` has to be among the runtime's transaction extensions.
	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>> + frame_system::Config<RuntimeEvent: From<Event<Self>>>
	{
		/// The chain's time.
		type Clock: Clock;

		/// Length of a slot in milliseconds. Slots are counted from the beginning of Unix time.
		#[pallet::constant]
		type SlotMillis: Get<u64>;

		/// Who sets parameters and the power of classes.
		type CurateOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Machines and their keys.
		type Machines: Machines<Self::AccountId>;

		/// Classes and the length of their windows.
		type Classes: Classes;

		/// Who may audit a machine.
		type Committees: Committees<Self::AccountId>;

		/// The keys of anchors.
		type AnchorKeys: AnchorKeys<Self::AccountId>;

		/// For how many windows after its own a report is accepted, and samples of it are demanded.
		#[pallet::constant]
		type ReportWindows: Get<u32>;

		/// The most deadlines of demands in one slot.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;

		/// The most weight that failed demands may take in one block.
		type SweepWeight: Get<Weight>;

		/// Priority of reports, demands and openings in the transaction pool.
		#[pallet::constant]
		type UnsignedPriority: Get<TransactionPriority>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets the stage for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// The latest report of each machine that ever reported.
	#[pallet::storage]
	pub type Reports<T: Config> = StorageMap<_, Twox64Concat, MachineId, Record, OptionQuery>;

	/// How each machine that was audited stood it.
	#[pallet::storage]
	pub type Audits<T: Config> = StorageMap<_, Twox64Concat, MachineId, Audit, OptionQuery>;

	/// The devices that are bound to each machine.
	#[pallet::storage]
	pub type Devices<T: Config> = StorageMap<_, Twox64Concat, MachineId, DeviceIds, ValueQuery>;

	/// The machine that each device is bound to.
	#[pallet::storage]
	pub type BoundTo<T: Config> = StorageMap<_, Blake2_128Concat, DeviceId, MachineId, OptionQuery>;

	/// What is suspect about machines.
	#[pallet::storage]
	pub type Flags<T: Config> = StorageMap<_, Twox64Concat, MachineId, MachineFlags, ValueQuery>;

	/// The last session in which each anchor demanded samples, and how many.
	#[pallet::storage]
	pub type Demanded<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, (SessionIndex, u32), ValueQuery>;

	/// Machines whose time to show a sample is over in each slot.
	#[pallet::storage]
	pub type DueAt<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<MachineId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot that has not been swept.
	#[pallet::storage]
	pub type Cursor<T: Config> = StorageValue<_, Slot>;

	/// How audits and tests are done.
	#[pallet::storage]
	pub type Settings<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// What a device of each class draws. Of classes without it energy is not checked.
	#[pallet::storage]
	pub type Powers<T: Config> = StorageMap<_, Twox64Concat, ClassId, Power, OptionQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A machine reported a window.
		TelemetryReported {
			/// The machine.
			machine: MachineId,
			/// The window.
			window: WindowIndex,
			/// Root of the Merkle tree over the samples.
			root: H256,
			/// Number of samples.
			samples: u32,
		},
		/// An anchor demanded a sample of a reported window.
		SampleDemanded {
			/// The machine.
			machine: MachineId,
			/// The window.
			window: WindowIndex,
			/// Number of the sample, from zero.
			index: u32,
			/// The anchor.
			anchor: T::AccountId,
			/// The first slot in which it is too late, but for gaps in blocks.
			until: Slot,
		},
		/// A machine showed the sample that was demanded.
		SampleShown {
			/// The machine.
			machine: MachineId,
			/// The window.
			window: WindowIndex,
			/// Number of the sample, from zero.
			index: u32,
		},
		/// A machine did not show a sample in time: its report is void as evidence.
		AuditFailed {
			/// The machine.
			machine: MachineId,
			/// The window.
			window: WindowIndex,
		},
		/// Something is suspect about a machine.
		FlagRaised {
			/// The machine.
			machine: MachineId,
			/// What.
			suspicion: Suspicion,
			/// The window that was reported.
			window: WindowIndex,
			/// The round in which the machine is tested for it; `None` when it was tested a short time ago.
			test: Option<RoundIndex>,
		},
		/// No slot could hold the deadline of a demand that a gap in blocks had moved: it waits for a call of `expire`.
		DeadlineNotQueued {
			/// The machine.
			machine: MachineId,
			/// The window.
			window: WindowIndex,
		},
		/// What was kept of a retired machine is gone.
		MachineForgotten {
			/// The machine.
			machine: MachineId,
		},
		/// Audits and tests are done in another way.
		ParametersSet {
			/// The new parameters.
			parameters: Parameters,
		},
		/// What a device of a class draws is known, or not any more.
		PowerSet {
			/// The class.
			class: ClassId,
			/// What one device draws.
			power: Option<Power>,
		},
	}

	#[pallet::error]
	#[derive(PartialEq)]
	pub enum Error<T> {
		/// There are no samples or too many, a share is above one million, or devices are doubled or out of order.
		Malformed,
		/// There is no such machine.
		UnknownMachine,
		/// The machine is retired.
		Retired,
		/// The window has not ended.
		NotEnded,
		/// The window ended too long ago.
		TooOld,
		/// The latest report is of this window or a later one.
		NotNewer,
		/// The machine's latest report is of another window.
		NotLatest,
		/// The report came in this very slot: its samples are demanded from the next one on.
		TooEarly,
		/// A sample of this window, or a later one, was demanded before.
		AlreadyDemanded,
		/// A sample of an earlier window is still demanded.
		DemandOpen,
		/// The anchor has demanded as many samples in this session as it may.
		TooMany,
		/// The anchor has no key.
		NoKey,
		/// The anchor is not in the machine's committee.
		NotInCommittee,
		/// No sample of this window is demanded.
		NotDemanded,
		/// The time for it is over.
		TooLate,
		/// Another sample is demanded.
		WrongSample,
		/// It is not in the tree whose root was reported.
		WrongProof,
		/// It cannot be a sample of this window and this summary.
		Implausible,
		/// No slot near the deadline has room for it.
		QueueFull,
		/// The machine may still show the sample.
		NotDue,
		/// The machine is not retired.
		NotRetired,
		/// Nothing is kept of the machine.
		NothingKept,
		/// The class does not exist.
		UnknownClass,
		/// Audits or tests would have no time.
		InvalidParameters,
		/// Idle power is not below full power.
		InvalidPower,
	}

	impl<T> From<Refusal> for Error<T> {
		fn from(refusal: Refusal) -> Self {
			match refusal {
				Refusal::Malformed => Error::Malformed,
				Refusal::UnknownMachine => Error::UnknownMachine,
				Refusal::Retired => Error::Retired,
				Refusal::NotEnded => Error::NotEnded,
				Refusal::TooOld => Error::TooOld,
				Refusal::NotNewer => Error::NotNewer,
				Refusal::NotLatest => Error::NotLatest,
				Refusal::TooEarly => Error::TooEarly,
				Refusal::AlreadyDemanded => Error::AlreadyDemanded,
				Refusal::DemandOpen => Error::DemandOpen,
				Refusal::TooMany => Error::TooMany,
				Refusal::NoKey => Error::NoKey,
				Refusal::NotInCommittee => Error::NotInCommittee,
				Refusal::NotDemanded => Error::NotDemanded,
				Refusal::TooLate => Error::TooLate,
				Refusal::WrongSample => Error::WrongSample,
				Refusal::WrongProof => Error::WrongProof,
				Refusal::Implausible => Error::Implausible,
			}
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Records what a machine says of a window that has ended, and which devices it is of.
		///
		/// Authorised by the machine's key; see the crate's documentation for what it signs and why a report
		/// is refused. Emits `TelemetryReported`, and `FlagRaised` for what cannot be true of it.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::report(count(devices)))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_report(count(devices)))]
		#[pallet::authorize(Self::authorize_report)]
		pub fn report(
			origin: OriginFor<T>,
			machine: MachineId,
			report: TelemetryReport,
			devices: DeviceIds,
			_signature: machine::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_report(machine, report, devices)
		}

		/// Demands a sample of a machine's latest report: the chain chooses which.
		///
		/// Authorised by the key of an anchor in the machine's committee, once per machine and window. Emits
		/// `SampleDemanded`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::demand())]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_demand())]
		#[pallet::authorize(Self::authorize_demand)]
		pub fn demand(
			origin: OriginFor<T>,
			anchor: T::AccountId,
			machine: MachineId,
			window: WindowIndex,
			_signature: anchor::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_demand(anchor, machine, window)
		}

		/// Shows the sample that was demanded.
		///
		/// Authorised by the machine's key. Emits `SampleShown`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::open())]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_open())]
		#[pallet::authorize(Self::authorize_open)]
		pub fn open(
			origin: OriginFor<T>,
			machine: MachineId,
			opening: Opening,
			_signature: machine::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_open(machine, opening)
		}

		/// Fails a machine whose time to show a sample is over, as the sweep does. Emits `AuditFailed` and `FlagRaised`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire(machine)
		}

		/// Removes what is kept of a retired machine. Emits `MachineForgotten`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::forget())]
		pub fn forget(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_forget(machine)
		}

		/// Sets how audits and tests are done. Demands that are open keep their time. Emits `ParametersSet`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_parameters())]
		pub fn set_parameters(origin: OriginFor<T>, parameters: Parameters) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			ensure!(parameters.is_valid(), Error::<T>::InvalidParameters);
			Settings::<T>::put(parameters);
			Self::deposit_event(Event::ParametersSet { parameters });
			Ok(())
		}

		/// Sets what a device of a class draws, or that it is not known. Only for hardware that counts its energy. Emits
		/// `PowerSet`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_power())]
		pub fn set_power(origin: OriginFor<T>, class: ClassId, power: Option<Power>) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			ensure!(T::Classes::class(class).is_some(), Error::<T>::UnknownClass);
			ensure!(power.is_none_or(|power| power.is_valid()), Error::<T>::InvalidPower);
			Powers::<T>::set(class, power);
			Self::deposit_event(Event::PowerSet { class, power });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The latest report of a machine.
		pub fn latest(machine: MachineId) -> Option<Record> {
			Reports::<T>::get(machine)
		}

		/// How a machine stood its audits; `None` before the first one.
		pub fn audit(machine: MachineId) -> Option<Audit> {
			Audits::<T>::get(machine)
		}

		/// What is suspect about a machine.
		pub fn flags(machine: MachineId) -> MachineFlags {
			Flags::<T>::get(machine)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep(meter);
		}

		fn offchain_worker(block: BlockNumberFor<T>) {
			Self::submit_reports(block);
			Self::submit_openings(block);
			Self::submit_demands(block);
		}

		fn integrity_test() {
			assert!(T::ReportWindows::get() > 0, "no report could ever be accepted");
			assert!(T::SlotMillis::get() > 0, "a slot takes time");
			assert!(T::MaxDuePerSlot::get() > 0, "a slot must be able to hold a deadline");
			let (per_slot, per_entry) = Self::sweep_weights();
			assert!(
				per_slot.saturating_mul(2).saturating_add(per_entry).all_lte(T::SweepWeight::get()),
				"one block's sweep must get through one entry at least"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
