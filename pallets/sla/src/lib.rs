#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod ending;
mod judge;
#[cfg(test)]
mod mock;
mod negotiating;
mod publishing;
pub mod runtime_api;
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
	use exabits_math::intelligence::Intelligence;
	use exabits_primitives::{
		Balance, Bonds, Classes, Clock, Committees, Credits, Evidence, Leases, MachineId, Machines,
		Measurement, ModuleId, OnBreach, RoundIndex, SlashId, Slashes, Slot, TemplateId,
	};
	use frame_support::{pallet_prelude::*, traits::fungible, weights::WeightMeter};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::Perbill;

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The chain's time.
		type Clock: Clock;
		/// Who publishes modules and templates, vetoes what others submit, and deprecates.
		type CurateOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The money of deposits.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>;
		/// Why deposits are on hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// What whoever submits a module or a template has on hold until it is published, withdrawn or vetoed. May be
		/// governed.
		type PublicationDeposit: Get<Balance>;
		/// Where the deposits of vetoed submissions go. The account must exist.
		type VetoAccount: Get<Self::AccountId>;
		/// How long a submission may be vetoed, in slots. May be governed.
		type VetoSlots: Get<Slot>;
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
		/// Told of breaches of terms that anchors have approved.
		type OnBreach: OnBreach<Self::AccountId>;
		/// What machines report of themselves.
		type Evidence: Evidence;

		/// How long a proposal waits for approvals, and approved terms for their acceptance, in slots. May be governed.
		type ApprovalSlots: Get<Slot>;
		/// How much worse than measured the strictest threshold of a counter is, as a share. May be governed.
		type CounterMargin: Get<Perbill>;
		/// How long an agreement lasts, in slots. May be governed; what is active already keeps its end.
		type AgreementSlots: Get<Slot>;
		/// From an owner's notice to the end of an agreement, in slots. May be governed.
		type NoticeSlots: Get<Slot>;
		/// Slots in a day.
		#[pallet::constant]
		type DaySlots: Get<Slot>;
		/// For how many windows of its class the approvers of a machine's terms answer for them.
		#[pallet::constant]
		type ApproverWindows: Get<u32>;
		/// The most negotiations and endings that fall due in one slot.
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

	/// Why money is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit of a submission.
		Publication,
	}

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

	/// Modules that no new terms may name.
	#[pallet::storage]
	pub type DeprecatedModules<T> = StorageMap<_, Twox64Concat, ModuleId, ()>;

	/// Templates that no new agreement may be under.
	#[pallet::storage]
	pub type DeprecatedTemplates<T> = StorageMap<_, Twox64Concat, TemplateId, ()>;

	/// The id of the next submission.
	#[pallet::storage]
	pub type NextSubmission<T> = StorageValue<_, SubmissionId, ValueQuery>;

	/// Modules and templates that curators may veto.
	#[pallet::storage]
	pub type Submissions<T: Config> = StorageMap<_, Twox64Concat, SubmissionId, Submission<T::AccountId>>;

	/// The latest agreement of each machine.
	#[pallet::storage]
	pub type Agreements<T: Config> = StorageMap<_, Twox64Concat, MachineId, Agreement<T::AccountId>>;

	/// What shall follow the active agreement of a machine: proposed, countered, agreed or tested.
	#[pallet::storage]
	pub type Renewals<T: Config> = StorageMap<_, Twox64Concat, MachineId, Agreement<T::AccountId>>;

	/// What verdicts say of each machine. It outlives agreements.
	#[pallet::storage]
	pub type Standings<T> = StorageMap<_, Twox64Concat, MachineId, Standing, ValueQuery>;

	/// Negotiations, by the first slot in which they are over, and agreements, by the first slot in which they may end.
	#[pallet::storage]
	pub type Expiries<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<Due, T::MaxDuePerSlot>, ValueQuery>;

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
		/// A module or a template was submitted: curators may veto it.
		Submitted {
			/// The submission.
			submission: SubmissionId,
			/// Who submitted it.
			author: T::AccountId,
			/// What is on hold for it.
			deposit: Balance,
			/// The last slot in which it may be vetoed.
			until: Slot,
		},
		/// Curators vetoed a submission, and its deposit is lost.
		Vetoed {
			/// The submission.
			submission: SubmissionId,
		},
		/// Its author took a submission back, and the deposit.
		SubmissionWithdrawn {
			/// The submission.
			submission: SubmissionId,
		},
		/// A submission was published, and its author has the deposit back.
		SubmissionPublished {
			/// The submission.
			submission: SubmissionId,
			/// What it is from now on.
			published: Published,
		},
		/// No new terms or agreements may use it.
		Deprecated {
			/// What was deprecated.
			published: Published,
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
		/// A member of the machine's committee proposed other terms; approvals of earlier terms are void.
		AgreementCountered {
			/// The machine.
			machine: MachineId,
			/// Hash of the full terms.
			hash: H256,
			/// Whose counter it is.
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
			/// The first slot in which it may end.
			ends: Slot,
		},
		/// The machine failed its test. What was active before stays so.
		AgreementRejected {
			/// The machine.
			machine: MachineId,
			/// The round that was failed.
			round: RoundIndex,
			/// What was measured.
			measurement: Measurement,
		},
		/// The owner gave notice: the machine takes no new commitments.
		NoticeGiven {
			/// The machine.
			machine: MachineId,
			/// The first slot in which the agreement may end.
			ends: Slot,
		},
		/// The agreement that the owner had given notice of is over, or what was not active yet was ended.
		AgreementTerminated {
			/// The machine.
			machine: MachineId,
		},
		/// The agreement's time is over, or the terms were not approved or accepted in time.
		AgreementExpired {
			/// The machine.
			machine: MachineId,
			/// Hash of the full terms.
			hash: H256,
		},
		/// A machine kept all terms that have a value in a round, and its leases' rewards were paid.
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
			/// Share of the round's reward that the terms which were kept are worth.
			reward: Perbill,
			/// What was measured.
			measurement: Measurement,
		},
		/// Too few anchors revealed, or no term has a value: neither a pass nor a breach.
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
		/// The unit is not the one of the metric.
		WrongUnit,
		/// The statistic is not the one of the metric.
		WrongStatistic,
		/// The version does not follow that of the module superseded, or that module has another metric.
		WrongVersion,
		/// What keeping a term is worth is zero.
		InvalidReward,
		/// A term of what machines report themselves must not cost a slash.
		SlashOnReport,
		/// The range of thresholds is empty, leaves the metric's scale, or asks to reach zero.
		InvalidRange,
		/// The measuring window is zero or too long.
		InvalidWindow,
		/// The knots are none or do not increase.
		InvalidKnots,
		/// The heights are not as many as the knots, or fall.
		InvalidHeights,
		/// The price factor is zero.
		InvalidPriceFactor,
		/// No kind of hardware is named.
		NoKinds,
		/// No workload is named.
		NoWorkloads,
		/// A term's module does not suit all kinds and workloads.
		NotApplicable,
		/// The module or the template is deprecated.
		Deprecated,
		/// There is no such submission.
		UnknownSubmission,
		/// The caller did not submit it.
		NotAuthor,
		/// The time for a veto is over.
		VetoOver,
		/// The time for a veto is not over.
		VetoOpen,
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
		/// A counter asks for more than was measured supports.
		NotSupported,
		/// The counter is what it counters.
		NothingChanged,
		/// The caller has made a counter to this proposal.
		AlreadyCountered,
		/// There is no renewal.
		NoRenewal,
		/// Notice has been given.
		NoticeGiven,
		/// The caller does not own the machine.
		NotOwner,
		/// The machine is neither registered nor suspended.
		NotRegistered,
		/// The terms proposed for the machine are tested.
		AgreementInForce,
		/// Too much falls due around that slot.
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
		/// The machine has commitments that are not closed, and that name the template.
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
				let created = Pallet::<T>::publish_module(module.clone());
				assert!(created.is_ok(), "genesis: {module:?}: {created:?}");
			}
			for template in &self.templates {
				let created = Pallet::<T>::publish_template(template.clone());
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
				T::WeightInfo::sweep_slot().saturating_mul(2).saturating_add(Self::sweep_entry_weight());
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
			Self::publish_module(module)?;
			Ok(())
		}

		/// Publishes a template under the next id. Terms without heights get their module's.
		///
		/// Emits [`Event::TemplateCreated`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::create_template())]
		pub fn create_template(origin: OriginFor<T>, template: Template) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::publish_template(template)?;
			Ok(())
		}

		/// Proposes terms for the caller's machine; they replace what was proposed before.
		///
		/// While an agreement is active they are to follow it, and it stays in force until they have passed their test.
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

		/// Approves exactly the terms with this hash, whoever proposed them, as a member of the machine's committee.
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
		/// An agreement that is active stays so until the test is passed. Emits [`Event::AgreementTesting`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::start_test())]
		pub fn start_test(origin: OriginFor<T>, machine: MachineId, hash: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_start_test(who, machine, hash)
		}

		/// Ends the agreement of the caller's machine: at once, when it is not active yet, and otherwise with notice.
		///
		/// From the notice on the machine takes no new commitments. Emits [`Event::AgreementTerminated`], or
		/// [`Event::NoticeGiven`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::terminate())]
		pub fn terminate(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_terminate(who, machine)
		}

		/// Ends a negotiation whose terms were not approved or accepted in time: the sweep's step, for anyone to take.
		///
		/// Emits [`Event::AgreementExpired`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire(machine)
		}

		/// Ends an active agreement whose time is over, once the machine has no commitment and no breach waits for a
		/// second committee: the sweep's step, for anyone to take.
		///
		/// The machine is suspended and no longer watched. Emits [`Event::AgreementExpired`], or
		/// [`Event::AgreementTerminated`] after a notice.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::end())]
		pub fn end(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_end(machine)
		}

		/// Proposes other terms than those with this hash, as a member of the machine's committee, once per proposal of
		/// the owner's.
		///
		/// They refine the template, and where a round was measured they ask for no more than that less the governed
		/// margin. Emits [`Event::AgreementCountered`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::counter())]
		pub fn counter(origin: OriginFor<T>, machine: MachineId, hash: H256, terms: Terms) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_counter(who, machine, hash, terms)
		}

		/// Takes back what the owner wanted to follow the active agreement of its machine.
		///
		/// Emits [`Event::AgreementTerminated`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::withdraw_renewal())]
		pub fn withdraw_renewal(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_renewal(who, machine)
		}

		/// Submits a module or a template, with a deposit on hold, for publication once the time for a veto is over.
		///
		/// Emits [`Event::Submitted`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::submit())]
		pub fn submit(origin: OriginFor<T>, publication: Publication) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_submit(who, publication)
		}

		/// Vetoes a submission; its deposit is lost.
		///
		/// Emits [`Event::Vetoed`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::veto())]
		pub fn veto(origin: OriginFor<T>, submission: SubmissionId) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_veto(submission)
		}

		/// Takes back a submission of the caller's that has not been published, and the deposit.
		///
		/// Emits [`Event::SubmissionWithdrawn`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::withdraw_submission())]
		pub fn withdraw_submission(origin: OriginFor<T>, submission: SubmissionId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_submission(who, submission)
		}

		/// Publishes a submission whose time for a veto is over: for anyone to do.
		///
		/// Emits [`Event::SubmissionPublished`], and [`Event::ModuleCreated`] or [`Event::TemplateCreated`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::publish())]
		pub fn publish(origin: OriginFor<T>, submission: SubmissionId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_publish(submission)
		}

		/// Has no new terms name a module, or no new agreement a template. Agreements that there are stay as they are.
		///
		/// Emits [`Event::Deprecated`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::deprecate())]
		pub fn deprecate(origin: OriginFor<T>, published: Published) -> DispatchResult {
			T::CurateOrigin::ensure_origin(origin)?;
			Self::do_deprecate(published)
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

		/// Whether no new terms or agreements may use it.
		pub fn is_deprecated(published: Published) -> bool {
			match published {
				Published::Module(module) => DeprecatedModules::<T>::contains_key(module),
				Published::Template(template) => DeprecatedTemplates::<T>::contains_key(template),
			}
		}

		/// A submission that has been neither published nor vetoed.
		pub fn submission(submission: SubmissionId) -> Option<Submission<T::AccountId>> {
			Submissions::<T>::get(submission)
		}

		/// What shall follow the machine's active agreement.
		pub fn renewal(machine: MachineId) -> Option<Agreement<T::AccountId>> {
			Renewals::<T>::get(machine)
		}

		/// The strictest terms that what was last measured of the machine supports, for a counter to what is negotiated.
		/// `None` when nothing is negotiated, or nothing was measured.
		pub fn supported_terms(machine: MachineId) -> Option<Terms> {
			Self::strictest(machine)
		}

		/// The machine's latest agreement.
		pub fn agreement(machine: MachineId) -> Option<Agreement<T::AccountId>> {
			Agreements::<T>::get(machine)
		}

		/// The last round judged of the machine.
		pub fn last_verdict(machine: MachineId) -> Option<Verdict> {
			Standings::<T>::get(machine).last
		}

		/// The machine's running state, while its agreement is tested or active.
		pub fn record(machine: MachineId) -> Option<Record> {
			Standings::<T>::get(machine).record
		}

		/// What verdicts say of the machine: a unit per module, and what forecasts are made of.
		pub fn standing(machine: MachineId) -> Intelligence {
			Standings::<T>::get(machine).learned
		}

		/// The probability that the machine is in breach in its next window; `None` before its first verdict.
		pub fn forecast(machine: MachineId) -> Option<Perbill> {
			Self::breach_forecast(machine)
		}

		/// The machine's compliance score; zero before its first verdict.
		pub fn score(machine: MachineId) -> Perbill {
			Standings::<T>::get(machine).learned.score().unwrap_or_default()
		}
	}
}
