#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
mod report;
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
pub use pallet::*;
pub use types::{is_well_formed, timely, Record, Refusal};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use exabits_primitives::{
		keys::machine, Classes, Clock, MachineId, Machines, TelemetryReport, WindowIndex,
	};
	use frame_support::pallet_prelude::*;
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	use sp_core::H256;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>> + frame_system::Config<RuntimeEvent: From<Event<Self>>>
	{
		/// The chain's time.
		type Clock: Clock;

		/// Machines and their keys.
		type Machines: Machines<Self::AccountId>;

		/// Classes and the length of their windows.
		type Classes: Classes;

		/// For how many windows after its own a report is accepted.
		#[pallet::constant]
		type ReportWindows: Get<u32>;

		/// Priority of reports in the transaction pool.
		#[pallet::constant]
		type UnsignedPriority: Get<TransactionPriority>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up a machine for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// The latest report of each machine that ever reported.
	#[pallet::storage]
	pub type Reports<T: Config> = StorageMap<_, Twox64Concat, MachineId, Record, OptionQuery>;

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
	}

	#[pallet::error]
	#[derive(PartialEq)]
	pub enum Error<T> {
		/// There are no samples, or a share is above one million.
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
			}
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Records what a machine says of a window that has ended.
		///
		/// Authorised by the machine's key; see the crate's documentation for what it signs and why a report
		/// is refused. Emits `TelemetryReported`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::report())]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_report())]
		#[pallet::authorize(Self::authorize_report)]
		pub fn report(
			origin: OriginFor<T>,
			machine: MachineId,
			report: TelemetryReport,
			_signature: machine::Signature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_report(machine, report)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The latest report of a machine.
		pub fn latest(machine: MachineId) -> Option<Record> {
			Reports::<T>::get(machine)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn offchain_worker(block: BlockNumberFor<T>) {
			Self::submit_reports(block);
		}

		fn integrity_test() {
			assert!(T::ReportWindows::get() > 0, "no report could ever be accepted");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[cfg(any(feature = "try-runtime", test))]
	impl<T: Config> Pallet<T> {
		/// Checks the numbered invariants of the crate's documentation.
		pub(crate) fn do_try_state() -> Result<(), sp_runtime::TryRuntimeError> {
			for (machine, record) in Reports::<T>::iter() {
				ensure!(is_well_formed(&record.report.summary), "1: a malformed report");
				ensure!(record.count > 0, "2: a record without a report");
				let class = T::Machines::machine(machine).and_then(|info| T::Classes::class(info.class));
				if let Some(class) = class {
					ensure!(
						record.report.window.end(class.window_slots) <= record.received,
						"3: a report from before the end of its window"
					);
				}
			}
			Ok(())
		}
	}
}
