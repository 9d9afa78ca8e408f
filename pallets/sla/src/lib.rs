#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod judge;
#[cfg(test)]
mod mock;
mod sweep;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Log target of this pallet.
const LOG: &str = "runtime::sla";

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use exabits_primitives::{
		Balance, Bonds, Classes, Clock, Committees, Credits, Leases, MachineId, Machines, Measurement,
		ModuleId, RoundIndex, SlashId, Slashes, Slot, TemplateId,
	};
	use frame_support::{pallet_prelude::*, weights::WeightMeter};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::Perbill;

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The chain's time.
		type Clock: Clock;
		/// Who publishes modules and templates.
		type CurateOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The machines that agreements bind.
		type Machines: Machines<Self::AccountId>;
		/// The classes of those machines.
		type Classes: Classes;
		/// What those machines serve.
		type Leases: Leases<Self::AccountId>;
		/// The ledger with the minimum bond that a slash is a share of.
		type Bonds: Bonds<Self::AccountId>;
		/// Where confirmed breaches are punished.
		type Slashes: Slashes<Self::AccountId>;
		/// Where verdicts are paid.
		type Credits: Credits;
		/// Who approves terms that are not a template's own.
		type Committees: Committees<Self::AccountId>;

		/// How long a proposal waits for approvals, in slots. May be governed.
		type ApprovalSlots: Get<Slot>;
		/// The most proposals that fall due in one slot.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;
		/// Missing rounds in a row that suspend a machine; at least 1.
		#[pallet::constant]
		type MaxMissing: Get<u32>;
		/// Breaches in a row that suspend and evacuate a machine, however small; at least 1.
		#[pallet::constant]
		type MaxBreaches: Get<u32>;
		/// The credit from which one breach is severe: it suspends and evacuates at once. May be governed.
		type EvacuateAt: Get<Perbill>;
		/// The most weight that sweeping deadlines takes of a block.
		#[pallet::constant]
		type SweepWeight: Get<Weight>;
		/// Weights of calls, sweep steps and verdicts.
		type WeightInfo: WeightInfo;
		/// Sets up machines, committees and leases for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The id of the next module.
	#[pallet::storage]
	pub type NextModule<T> = StorageValue<_, ModuleId, ValueQuery>;

	/// Published modules.
	#[pallet::storage]
	pub type Modules<T> = StorageMap<_, Twox64Concat, ModuleId, SlaModule>;

	/// The id of the next template.
	#[pallet::storage]
	pub type NextTemplate<T> = StorageValue<_, TemplateId, ValueQuery>;

	/// Published templates.
	#[pallet::storage]
	pub type Templates<T> = StorageMap<_, Twox64Concat, TemplateId, Template>;

	/// The latest agreement of each machine.
	#[pallet::storage]
	pub type Agreements<T: Config> = StorageMap<_, Twox64Concat, MachineId, Agreement<T::AccountId>>;

	/// Running state of machines whose agreement is tested or active.
	#[pallet::storage]
	pub type Records<T> = StorageMap<_, Twox64Concat, MachineId, Record, ValueQuery>;

	/// The last round judged of each machine.
	#[pallet::storage]
	pub type LastVerdict<T> = StorageMap<_, Twox64Concat, MachineId, Verdict>;

	/// Compliance of each machine: the moving average of its verdicts. It outlives agreements.
	#[pallet::storage]
	pub type Scores<T> = StorageMap<_, Twox64Concat, MachineId, Perbill, ValueQuery>;

	/// Machines whose proposals expire, by the first slot in which approvals no longer count.
	#[pallet::storage]
	pub type Expiries<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<MachineId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot of [`Expiries`] that has not been swept.
	#[pallet::storage]
	pub type ExpiryCursor<T> = StorageValue<_, Slot>;

	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A module was published.
		ModuleCreated {
			/// The module.
			module: ModuleId,
		},
		/// A template was published.
		TemplateCreated {
			/// The template.
			template: TemplateId,
		},
		/// Terms were proposed for a machine; approvals of earlier terms are void.
		AgreementProposed {
			/// The machine.
			machine: MachineId,
			/// The template that the terms refine.
			template: TemplateId,
			/// Hash of the full terms.
			hash: H256,
		},
		/// A member of the machine's committee approved the terms.
		AgreementApproved {
			/// The machine.
			machine: MachineId,
			/// Hash of the full terms.
			hash: H256,
			/// Who approved.
			anchor: T::AccountId,
		},
		/// The terms need no more approvals.
		AgreementAgreed {
			/// The machine.
			machine: MachineId,
			/// Hash of the full terms.
			hash: H256,
		},
		/// The owner accepted the terms, and the machine is being tested against them.
		AgreementTesting {
			/// The machine.
			machine: MachineId,
			/// Hash of the full terms.
			hash: H256,
		},
		/// The machine passed its test: the agreement is in force.
		AgreementActive {
			/// The machine.
			machine: MachineId,
			/// The template that the agreement refines.
			template: TemplateId,
			/// The round that was passed.
			round: RoundIndex,
		},
		/// The machine failed its test.
		AgreementRejected {
			/// The machine.
			machine: MachineId,
			/// The round that was failed.
			round: RoundIndex,
			/// What was measured.
			measurement: Measurement,
		},
		/// The owner ended the agreement.
		AgreementTerminated {
			/// The machine.
			machine: MachineId,
		},
		/// The terms were not approved in time.
		AgreementExpired {
			/// The machine.
			machine: MachineId,
			/// Hash of the full terms.
			hash: H256,
		},
		/// A machine kept all terms in a round, and its leases' rewards were paid.
		VerdictPassed {
			/// The machine.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// What was measured.
			measurement: Measurement,
		},
		/// A machine broke its terms in a round, and its leases' credits were paid.
		VerdictBreached {
			/// The machine.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// Share of the round's principal that tenants got.
			credit: Perbill,
			/// Share of the minimum bond at stake when a second committee confirms.
			slash: Perbill,
			/// What was measured.
			measurement: Measurement,
		},
		/// Too few anchors revealed: neither a pass nor a breach.
		RoundMissing {
			/// The machine.
			machine: MachineId,
			/// The round.
			round: RoundIndex,
			/// Missing rounds in a row.
			missing: u32,
		},
		/// A committee of a later session confirmed a breach, and the slash was deferred.
		BreachConfirmed {
			/// The machine.
			machine: MachineId,
			/// The round in which the breach was first found.
			first: RoundIndex,
			/// The round that confirmed it.
			second: RoundIndex,
			/// The amount deferred.
			slash: Balance,
			/// The deferred slash.
			id: SlashId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// No more identifiers.
		OutOfIds,
		/// The module's comparator is not the one of its metric.
		WrongComparator,
		/// The range of thresholds is empty, starts at zero or leaves the metric's scale.
		InvalidRange,
		/// The measuring window is zero or too long.
		InvalidWindow,
		/// The knots are none or do not increase.
		InvalidKnots,
		/// The heights are not as many as the knots, or fall.
		InvalidHeights,
		/// The price factor is zero.
		InvalidPriceFactor,
		/// The template names no kind of hardware.
		NoKinds,
		/// There are no terms.
		NoTerms,
		/// Two terms are of the same module.
		DuplicateTerm,
		/// There is no such module.
		UnknownModule,
		/// There is no such template.
		UnknownTemplate,
		/// There is no such machine.
		UnknownMachine,
		/// The machine's class is unknown.
		UnknownClass,
		/// The machine has no agreement.
		NoAgreement,
		/// The threshold lies outside the module's range.
		ThresholdOutOfRange,
		/// The template is not offered on this kind of hardware.
		KindNotAllowed,
		/// The terms promise less than the template.
		DoesNotRefine,
		/// The caller does not own the machine.
		NotOwner,
		/// The machine is neither registered nor suspended.
		NotRegistered,
		/// The machine's agreement is tested or active.
		AgreementInForce,
		/// Too many proposals expire around that slot.
		QueueFull,
		/// The agreement does not wait for approvals.
		NotProposed,
		/// The agreement does not wait for its test.
		NotAgreed,
		/// The agreement is over.
		NotLive,
		/// That is not the hash of the terms.
		WrongHash,
		/// The caller does not sit in the machine's committee.
		NotInCommittee,
		/// The caller has approved these terms.
		AlreadyApproved,
		/// The terms have as many approvals as they can have.
		TooManyApprovals,
		/// The time for approvals is over.
		DeadlinePassed,
		/// The time for approvals is not over.
		NotDue,
		/// The machine has commitments that are not closed.
		HasCommitments,
		/// A breach found in this or the last session waits for a second committee.
		BreachPending,
	}

	/// Modules and templates that exist from the first block on, with ids from zero in this order.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Modules.
		pub modules: Vec<SlaModule>,
		/// Templates of those modules.
		pub templates: Vec<Template>,
		#[serde(skip)]
		/// Binds the runtime.
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for module in &self.modules {
				let created = Pallet::<T>::do_create_module(module.clone());
				assert!(created.is_ok(), "genesis: {module:?}: {created:?}");
			}
			for template in &self.templates {
				let created = Pallet::<T>::do_create_template(template.clone());
				assert!(created.is_ok(), "genesis: {template:?}: {created:?}");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_n: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep_expiries(meter);
		}

		fn integrity_test() {
			assert!(T::MaxDuePerSlot::get() > 0, "the queue of deadlines needs room");
			assert!(T::MaxMissing::get() > 0, "no round is missing at zero");
			assert!(T::MaxBreaches::get() > 0, "no round breached at zero");
			let step =
				T::WeightInfo::sweep_slot().saturating_mul(2).saturating_add(T::WeightInfo::sweep_expiry());
			assert!(step.all_lte(T::SweepWeight::get()), "a sweep has to get one entry done");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Publishes a module under the next id.
		///
		/// Emits [`Event::ModuleCreated`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_module())]
		pub fn create_module(origin: OriginFor<T>, module: SlaModule) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_create_module(module)
		}

		/// Publishes a template under the next id. Terms without heights get their module's.
		///
		/// Emits [`Event::TemplateCreated`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::create_template())]
		pub fn create_template(origin: OriginFor<T>, template: Template) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_create_template(template)
		}

		/// Proposes terms for the caller's machine, which is registered, or suspended since its agreement ended; they
		/// replace what was proposed before.
		///
		/// `None`, or the template's own terms, are agreed at once. Other terms have to refine the template,
		/// and wait for approvals. Emits [`Event::AgreementProposed`], and [`Event::AgreementAgreed`] when
		/// agreed at once.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::propose())]
		pub fn propose(
			origin: OriginFor<T>,
			machine: MachineId,
			template: TemplateId,
			terms: Option<Terms>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_propose(who, machine, template, terms)
		}

		/// Approves exactly the terms with this hash, as a member of the machine's committee.
		///
		/// Approvals of anchors who have left the committee lapse. Emits [`Event::AgreementApproved`], and
		/// [`Event::AgreementAgreed`] when the quorum is reached.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::approve())]
		pub fn approve(origin: OriginFor<T>, machine: MachineId, hash: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_approve(who, machine, hash)
		}

		/// Accepts exactly the agreed terms with this hash, and has the caller's machine tested against them.
		///
		/// Emits [`Event::AgreementTesting`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::start_test())]
		pub fn start_test(origin: OriginFor<T>, machine: MachineId, hash: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_start_test(who, machine, hash)
		}

		/// Ends the agreement of the caller's machine while it has no commitment, and so no lease.
		///
		/// An online machine is suspended, one under test is registered again. For new terms it is tested again.
		/// Emits [`Event::AgreementTerminated`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::terminate())]
		pub fn terminate(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_terminate(who, machine)
		}

		/// Ends a proposal that was not approved in time: the sweep's step, for anyone to take.
		///
		/// Emits [`Event::AgreementExpired`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire(machine)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A published module.
		pub fn module(module: ModuleId) -> Option<SlaModule> {
			Modules::<T>::get(module)
		}

		/// A published template.
		pub fn template(template: TemplateId) -> Option<Template> {
			Templates::<T>::get(template)
		}

		/// The machine's latest agreement.
		pub fn agreement(machine: MachineId) -> Option<Agreement<T::AccountId>> {
			Agreements::<T>::get(machine)
		}

		/// The last round judged of the machine.
		pub fn last_verdict(machine: MachineId) -> Option<Verdict> {
			LastVerdict::<T>::get(machine)
		}

		/// The machine's running state, while its agreement is tested or active.
		pub fn record(machine: MachineId) -> Option<Record> {
			Records::<T>::try_get(machine).ok()
		}

		/// The machine's compliance score; zero before its first verdict.
		pub fn score(machine: MachineId) -> Perbill {
			Scores::<T>::get(machine)
		}
	}
}
