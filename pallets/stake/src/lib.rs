#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
mod appeals;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod commission;
mod delegating;
mod lists;
mod session;
mod sweep;
mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;

pub use pallet::*;
pub use session::{DisableValidator, FullIdentificationOf};
pub use types::{
	Appeal, Bond, Charges, Commission, DeferredSlash, Delegated, Delegation, Juror, Leaving, Qualified,
	Unbonding, MAX_CHARGES,
};
pub use weights::WeightInfo;

use alloc::vec::Vec;
use exabits_primitives::{
	deadlines::Deadlines, Balance, Claims, Clock, Issuance, Jury, Role, SessionIndex, SlashId, Slot,
};
use sp_runtime::Perbill;

/// Where log lines of this pallet go.
const LOG_TARGET: &str = "runtime::stake";

/// What benchmarks need of the runtime around the pallet.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Makes `slot` the current slot.
	fn set_slot(slot: Slot);
	/// Gives `who` session keys.
	fn set_session_keys(who: &AccountId);
	/// Lets the session come in which the jury of an appeal made now can be drawn, from as many seats as there can be.
	fn seat_jury();
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{hold, Inspect, Mutate},
			Contains,
		},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;

	/// The in-code storage version.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The money that is bonded.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ hold::Inspect<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ hold::Mutate<Self::AccountId>;

		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;

		/// The chain's time.
		type Clock: Clock;

		/// Who sets minimums and reduces or cancels slashes.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Slots between unbonding and withdrawal.
		///
		/// Must be longer than equivocation reports live plus [`SlashDeferral`](Self::SlashDeferral) plus
		/// [`AppealSlots`](Self::AppealSlots).
		type UnbondingSlots: Get<Slot>;

		/// Slots between the record of a slash and its application.
		type SlashDeferral: Get<Slot>;

		/// Slots between an appeal and its end: undecided then, the slash stands.
		type AppealSlots: Get<Slot>;

		/// Draws the juries that decide appeals.
		type Jury: Jury<Self::AccountId>;

		/// How many members a jury has, when there are enough anchors; at most [`MaxJury`](Self::MaxJury).
		type JurySize: Get<u32>;

		/// The most members of a jury, and the most accounts that are kept out of one.
		#[pallet::constant]
		type MaxJury: Get<u32>;

		/// What tenants are owed: the first part of what is slashed.
		type Claims: Claims;

		/// Whose account what is delegated lies in. It must hold the existential deposit from genesis on.
		type Pot: Get<Self::AccountId>;

		/// How many times its own active bond may be delegated to an operator, and counts.
		#[pallet::constant]
		type DelegationMultiple: Get<u32>;

		/// The least that is delegated at once, and that may stay delegated of it.
		#[pallet::constant]
		type MinDelegation: Get<Balance>;

		/// What operators have earned: paid before what it is shared by changes.
		type Issuance: Issuance<Self::AccountId>;

		/// The most of what it earns that an operator may keep from those who delegate to it.
		type MaxCommission: Get<Perbill>;

		/// The most parts of one bond, or of one delegation, that can be unbonding.
		#[pallet::constant]
		type MaxUnbonding: Get<u32>;

		/// The most accounts that can qualify as anchors.
		#[pallet::constant]
		type MaxAnchors: Get<u32>;

		/// The most accounts that can be candidates for validation.
		#[pallet::constant]
		type MaxCandidates: Get<u32>;

		/// The smallest set of validators that is elected; below it the present set goes on.
		#[pallet::constant]
		type MinValidators: Get<u32>;

		/// The largest set of validators.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// Who is paid what is slashed. The account must be able to receive any amount, so it should hold
		/// the existential deposit from genesis on.
		type Insurance: Get<Self::AccountId>;

		/// Accounts that have registered session keys.
		type SessionKeysSet: Contains<Self::AccountId>;

		/// Takes offenders out of block production at once.
		type DisableValidator: DisableValidator<Self::AccountId>;

		/// The most weight that one block spends on slashes that are due.
		#[pallet::constant]
		type SweepWeight: Get<Weight>;

		/// The most slashes that fall due in one slot.
		#[pallet::constant]
		type MaxDuePerSlot: Get<u32>;

		/// Weights of calls and of sweep steps.
		type WeightInfo: WeightInfo;

		/// Set-up for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// Why money is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Bonded as a validator.
		#[codec(index = 0)]
		Validator,
		/// Bonded as an anchor.
		#[codec(index = 1)]
		Anchor,
		/// Bonded as a service node.
		#[codec(index = 2)]
		Service,
		/// Deposited for an appeal.
		#[codec(index = 3)]
		Appeal,
	}

	/// The bonds.
	#[pallet::storage]
	pub type Ledger<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Role, BondOf<T>, OptionQuery>;

	/// What is delegated, by operator.
	#[pallet::storage]
	pub type Pools<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Role, Delegated, ValueQuery>;

	/// What is delegated, by who delegates, operator and role.
	#[pallet::storage]
	pub type Delegations<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, Role>,
		),
		DelegationOf<T>,
		ValueQuery,
	>;

	/// What operators keep of what they earn, before those who delegate to them share the rest.
	#[pallet::storage]
	pub type Commissions<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Role, Commission, ValueQuery>;

	/// The smallest bond of each role.
	#[pallet::storage]
	pub type Minimums<T: Config> = StorageMap<_, Twox64Concat, Role, Balance, ValueQuery>;

	/// Accounts whose anchor bond has reached the minimum, by account.
	#[pallet::storage]
	pub type AnchorList<T: Config> =
		StorageValue<_, BoundedVec<Qualified<T::AccountId>, T::MaxAnchors>, ValueQuery>;

	/// Candidates for validation, by account.
	#[pallet::storage]
	pub type Candidates<T: Config> =
		StorageValue<_, BoundedVec<Qualified<T::AccountId>, T::MaxCandidates>, ValueQuery>;

	/// Slashes that wait.
	#[pallet::storage]
	pub type DeferredSlashes<T: Config> =
		StorageMap<_, Twox64Concat, SlashId, DeferredSlash<T::AccountId>, OptionQuery>;

	/// The id of the next slash.
	#[pallet::storage]
	pub type NextSlash<T: Config> = StorageValue<_, SlashId, ValueQuery>;

	/// Slashes by the slot in which they fall due. A slash applied or cancelled before stays in here until its
	/// slot is swept.
	#[pallet::storage]
	pub type DueSlashes<T: Config> =
		StorageMap<_, Twox64Concat, Slot, BoundedVec<SlashId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first slot whose slashes have not been swept.
	#[pallet::storage]
	pub type SlashCursor<T: Config> = StorageValue<_, Slot, OptionQuery>;

	/// Appeals against slashes that wait.
	#[pallet::storage]
	pub type Appeals<T: Config> =
		StorageMap<_, Twox64Concat, SlashId, Appeal<T::AccountId, T::MaxJury>, OptionQuery>;

	/// Who found what a slash is for: none of them is in the jury of an appeal against it.
	#[pallet::storage]
	pub type Recused<T: Config> =
		StorageMap<_, Twox64Concat, SlashId, BoundedVec<T::AccountId, T::MaxJury>, ValueQuery>;

	/// Appeals by the session in which their jury is drawn. One that was drawn by a call, or whose slash is gone, stays
	/// in here until its session is swept.
	#[pallet::storage]
	pub type DueJuries<T: Config> =
		StorageMap<_, Twox64Concat, u64, BoundedVec<SlashId, T::MaxDuePerSlot>, ValueQuery>;

	/// The first session whose juries have not been drawn.
	#[pallet::storage]
	pub type JuryCursor<T: Config> = StorageValue<_, u64, OptionQuery>;

	/// What validators have been charged for offences, per session.
	#[pallet::storage]
	pub type Offences<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Charges, ValueQuery>;

	/// What the ledger starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The smallest bond of each role; zero for roles that are left out.
		pub minimums: Vec<(Role, Balance)>,
		/// Validators and their bonds, taken from their free balances.
		pub validators: Vec<(T::AccountId, Balance)>,
		/// Anchors and their bonds, taken from their free balances.
		pub anchors: Vec<(T::AccountId, Balance)>,
		/// Service nodes and their bonds, taken from their free balances.
		pub services: Vec<(T::AccountId, Balance)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (role, amount) in &self.minimums {
				Minimums::<T>::insert(role, amount);
			}
			let bonds = [
				(Role::Validator, &self.validators),
				(Role::Anchor, &self.anchors),
				(Role::Service, &self.services),
			];
			for (role, bonds) in bonds {
				for (who, amount) in bonds {
					// Session keys come later at genesis than bonds, so they are not asked for here.
					if let Err(error) = Pallet::<T>::open(who, role, *amount) {
						panic!("stake: cannot bond {amount} of {who:?} as {role:?} at genesis: {error:?}");
					}
				}
			}
		}
	}

	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Money went into a bond; `active` is what now counts.
		Bonded {
			/// Whose bond.
			who: T::AccountId,
			/// For which role.
			role: Role,
			/// How much went in.
			amount: Balance,
			/// The active part of the bond.
			active: Balance,
		},
		/// A part of a bond is on its way out.
		Unbonded {
			/// Whose bond.
			who: T::AccountId,
			/// For which role.
			role: Role,
			/// How much.
			amount: Balance,
			/// The first slot in which it can be withdrawn.
			withdrawable_from: Slot,
		},
		/// What had been unbonded is free again.
		Withdrawn {
			/// Whose bond.
			who: T::AccountId,
			/// For which role.
			role: Role,
			/// How much.
			amount: Balance,
		},
		/// A part of a bond became free at once, to back an obligation.
		Debited {
			/// Whose bond.
			who: T::AccountId,
			/// For which role.
			role: Role,
			/// How much.
			amount: Balance,
		},
		/// Money was delegated.
		Delegated {
			/// Who delegates.
			who: T::AccountId,
			/// To whom.
			operator: T::AccountId,
			/// For which role.
			role: Role,
			/// How much.
			amount: Balance,
		},
		/// A part of a delegation is on its way out.
		Undelegated {
			/// Who delegates.
			who: T::AccountId,
			/// To whom.
			operator: T::AccountId,
			/// For which role.
			role: Role,
			/// How much, unless it is slashed before it is out.
			amount: Balance,
			/// The first slot in which it can be withdrawn.
			withdrawable_from: Slot,
		},
		/// What was on its way out of a delegation is free again.
		DelegationWithdrawn {
			/// Who delegated.
			who: T::AccountId,
			/// To whom.
			operator: T::AccountId,
			/// For which role.
			role: Role,
			/// How much slashes have left of it.
			amount: Balance,
		},
		/// All who delegate to an operator were given something, by their shares.
		DelegatorsRewarded {
			/// The operator.
			operator: T::AccountId,
			/// For which role.
			role: Role,
			/// How much in all.
			amount: Balance,
		},
		/// An operator will keep another part of what it earns.
		CommissionSet {
			/// The operator.
			who: T::AccountId,
			/// For which role.
			role: Role,
			/// Which part.
			commission: Perbill,
			/// The first session in which it holds.
			from: SessionIndex,
		},
		/// An account is an anchor, or a candidate for validation, from now on.
		Listed {
			/// Who.
			who: T::AccountId,
			/// As what.
			role: Role,
		},
		/// An account is no longer an anchor or a candidate.
		Unlisted {
			/// Who.
			who: T::AccountId,
			/// As what.
			role: Role,
		},
		/// A slash will be applied once `due` has come.
		SlashDeferred {
			/// Which slash.
			slash: SlashId,
			/// Whose bond.
			who: T::AccountId,
			/// For which role.
			role: Role,
			/// How much, as far as the bond reaches.
			amount: Balance,
			/// The first slot in which it can be applied.
			due: Slot,
		},
		/// A slash was applied; `amount` is what the bond gave.
		SlashApplied {
			/// Which slash.
			slash: SlashId,
			/// Whose bond.
			who: T::AccountId,
			/// For which role.
			role: Role,
			/// How much was taken.
			amount: Balance,
			/// How much of that, and of a deposit that was lost with it, went to the reporter.
			rewarded: Balance,
		},
		/// The owner of a bond appealed against a slash.
		Appealed {
			/// Which slash.
			slash: SlashId,
			/// Who appealed.
			who: T::AccountId,
			/// What it has deposited.
			deposit: Balance,
			/// The first session in which the jury can be drawn.
			session: SessionIndex,
			/// When the slash stands unless it has been cancelled.
			due: Slot,
		},
		/// The jury of an appeal was drawn.
		JuryDrawn {
			/// Which slash it decides on.
			slash: SlashId,
			/// Its members.
			jury: BoundedVec<T::AccountId, T::MaxJury>,
		},
		/// A member of a jury voted.
		Voted {
			/// Which slash.
			slash: SlashId,
			/// Who voted.
			who: T::AccountId,
			/// Whether it wants the slash cancelled.
			cancel: bool,
		},
		/// A jury upheld a slash.
		SlashUpheld {
			/// Which slash.
			slash: SlashId,
		},
		/// A slash could not be paid out when it was due, or a gap in blocks extended its deferral: it will be tried
		/// again.
		SlashPostponed {
			/// Which slash.
			slash: SlashId,
			/// When it will be tried again.
			due: Slot,
		},
		/// Governance reduced a slash.
		SlashReduced {
			/// Which slash.
			slash: SlashId,
			/// How much it is now.
			amount: Balance,
		},
		/// A jury or governance cancelled a slash; what was deposited for an appeal is free again.
		SlashCancelled {
			/// Which slash.
			slash: SlashId,
		},
		/// A role has a new minimum.
		MinimumSet {
			/// Which role.
			role: Role,
			/// The smallest bond.
			amount: Balance,
		},
		/// The validators of a coming session were elected.
		ValidatorSetElected {
			/// The session.
			session: SessionIndex,
			/// How many they are.
			validators: u32,
		},
		/// Too few candidates qualify for a coming session: the present set goes on.
		ValidatorSetKept {
			/// The session.
			session: SessionIndex,
			/// How many qualify.
			qualified: u32,
		},
	}

	/// What can be wrong.
	#[pallet::error]
	pub enum Error<T> {
		/// An amount of zero.
		ZeroAmount,
		/// The account has an active bond for this role.
		AlreadyBonded,
		/// The account has no bond for this role.
		NotBonded,
		/// The bond would be, or is, below the minimum of its role.
		BondTooLow,
		/// The active bond is smaller than this, or too much of it is reserved.
		InsufficientBond,
		/// Too many parts of the bond are unbonding; withdraw some first.
		TooManyUnbonding,
		/// No unbonding part has come free.
		NothingToWithdraw,
		/// Deferred slashes need what is left of the bond.
		SlashPending,
		/// The list is full of bonds at least as high.
		ListFull,
		/// The account is a candidate.
		AlreadyListed,
		/// The account is not a candidate.
		NotListed,
		/// The account has registered no session keys.
		NoSessionKeys,
		/// Too few candidates for validation would be left.
		TooFewValidators,
		/// No such slash is waiting.
		UnknownSlash,
		/// The slash is not due.
		NotDue,
		/// Nothing is delegated to service nodes.
		NotDelegable,
		/// An operator bonds and does not delegate to itself.
		OwnOperator,
		/// Less would be delegated than may be.
		DelegationTooLow,
		/// More would be delegated than the operator's own bond allows.
		TooMuchDelegated,
		/// The commission is higher than an operator may keep.
		CommissionTooHigh,
		/// The account has nothing delegated to this operator for this role.
		NotDelegated,
		/// Nobody has anything delegated to this operator for this role.
		NobodyDelegates,
		/// So much of the pool has been slashed that its shares cannot be counted on.
		PoolExhausted,
		/// Only the owner of the bond may appeal.
		NotSlashed,
		/// There is one appeal against a slash.
		AlreadyAppealed,
		/// The time to appeal, or to decide an appeal, is over.
		TooLate,
		/// Nobody has appealed against this slash.
		NotAppealed,
		/// The jury can be drawn in a later session.
		TooEarly,
		/// The jury has been drawn.
		JuryKnown,
		/// Too few anchors can be in the jury.
		TooFewJurors,
		/// The account is not in the jury of this appeal.
		NotInJury,
		/// The account has voted on this appeal.
		AlreadyVoted,
		/// The jury has decided.
		Decided,
		/// A slash can only be made smaller, and not zero.
		NotReduced,
		/// Too many slashes fall due at the same time.
		QueueFull,
		/// There are no more ids.
		IdsExhausted,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_n: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep(meter);
		}

		fn integrity_test() {
			assert!(T::SlashDeferral::get() > 0, "a slash must wait");
			assert!(T::AppealSlots::get() > 0, "an appeal needs time");
			assert!(
				T::UnbondingSlots::get() > T::SlashDeferral::get().saturating_add(T::AppealSlots::get()),
				"unbonding must outlast the deferral of slashes and appeals",
			);
			assert!(
				T::JurySize::get() > 0 && T::JurySize::get() <= T::MaxJury::get(),
				"a jury must have members and fit its record",
			);
			assert!(T::MinValidators::get() > 0, "the validator set must never be empty");
			assert!(
				T::MinValidators::get() <= T::MaxValidators::get()
					&& T::MaxValidators::get() <= T::MaxCandidates::get(),
				"MinValidators ≤ MaxValidators ≤ MaxCandidates must hold",
			);
			assert!(T::MinDelegation::get() > 0, "a delegation must be something");
			assert!(T::MaxUnbonding::get() > 0, "there must be room to unbond");
			assert!(T::MaxDuePerSlot::get() > 0, "there must be room for slashes");
			assert!(T::SweepWeight::get().all_gte(Self::smallest_sweep()), "a sweep must be able to advance");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Bonds `amount` for `role`: at least the minimum, on hold in the caller's account.
		///
		/// A validator needs session keys, and becomes a candidate; an anchor is listed. An account that is
		/// unbonding may bond anew beside that.
		///
		/// Emits `Bonded`, and `Listed` for validators and anchors.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::bond().saturating_add(T::Issuance::settle_weight()))]
		pub fn bond(origin: OriginFor<T>, role: Role, #[pallet::compact] amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bond(&who, role, amount)
		}

		/// Adds `amount` to the caller's active bond.
		///
		/// An anchor that reaches the minimum by this is listed; a chilled validator stays chilled.
		///
		/// Emits `Bonded`, and `Listed` where that happens.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::bond_more().saturating_add(T::Issuance::settle_weight()))]
		pub fn bond_more(
			origin: OriginFor<T>,
			role: Role,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bond_more(&who, role, amount)
		}

		/// Starts to unbond `amount` of what is active and not reserved.
		///
		/// What stays active must be nothing or at least the minimum. The last `MinValidators` candidates
		/// cannot leave.
		///
		/// Emits `Unbonded`, and `Unlisted` when nothing stays active.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::unbond().saturating_add(T::Issuance::settle_weight()))]
		pub fn unbond(
			origin: OriginFor<T>,
			role: Role,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unbond(&who, role, amount)
		}

		/// Frees what has been unbonding for long enough, except what deferred slashes need.
		///
		/// Emits `Withdrawn`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>, role: Role) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(&who, role)
		}

		/// Ends the caller's candidacy for validation at once; the bond stays.
		///
		/// The last `MinValidators` candidates cannot leave. Emits `Unlisted`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::chill())]
		pub fn chill(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_chill(&who)
		}

		/// Makes the caller, who has bonded enough and has session keys, a candidate again.
		///
		/// Emits `Listed`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::validate())]
		pub fn validate(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_validate(&who)
		}

		/// Applies a slash that is due. Anybody may do so; it costs nothing when it succeeds.
		///
		/// Emits `SlashApplied`, and `Unlisted` when the bond falls below the minimum.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::apply_slash())]
		pub fn apply_slash(origin: OriginFor<T>, slash: SlashId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_apply_slash(slash)?;
			Ok(Pays::No.into())
		}

		/// Sets the smallest bond of a role. Anchors and candidates below it lose their place; those that a
		/// lower minimum lets in come in by `bond_more` and `validate`.
		///
		/// Refused when it would leave fewer than `MinValidators` candidates. Emits `MinimumSet`, and
		/// `Unlisted` for everybody who loses a place.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_minimum())]
		pub fn set_minimum(
			origin: OriginFor<T>,
			role: Role,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_minimum(role, amount)
		}

		/// Cancels a slash that has not been applied. Emits `SlashCancelled`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::cancel_slash())]
		pub fn cancel_slash(origin: OriginFor<T>, slash: SlashId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_cancel_slash(slash)
		}

		/// Makes a slash that has not been applied smaller. Emits `SlashReduced`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::reduce_slash())]
		pub fn reduce_slash(
			origin: OriginFor<T>,
			slash: SlashId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reduce_slash(slash, amount)
		}

		/// Appeals against a slash of the caller's bond before it is due: once, for a deposit of a tenth of it.
		///
		/// A jury of fresh anchors is drawn in the second session after this one and decides within `AppealSlots`. The
		/// deposit is free again when the slash is cancelled, and goes the slash's way when it stands. Emits `Appealed`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::appeal())]
		pub fn appeal(origin: OriginFor<T>, slash: SlashId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_appeal(&who, slash)
		}

		/// Draws the jury of an appeal once its session has come. Anybody may do so, for nothing when it succeeds; the
		/// sweep does the same.
		///
		/// Emits `JuryDrawn`.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::draw_jury())]
		pub fn draw_jury(origin: OriginFor<T>, slash: SlashId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_draw_jury(slash)?;
			Ok(Pays::No.into())
		}

		/// Votes, as a member of its jury, to cancel or to uphold a slash. It costs nothing when it succeeds.
		///
		/// The slash is cancelled as soon as more than half of the jury want it. Emits `Voted`, and `SlashCancelled` or
		/// `SlashUpheld` with the vote that decides.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::vote())]
		pub fn vote(origin: OriginFor<T>, slash: SlashId, cancel: bool) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_vote(&who, slash, cancel)?;
			Ok(Pays::No.into())
		}

		/// Delegates `amount` to an anchor or a validator that has bonded at least the minimum, while no slash is
		/// pending against it.
		///
		/// All that is delegated to it is at most `DelegationMultiple` times its own active bond. It counts for seats
		/// and elections, and bears slashes with that bond in proportion. Emits `Delegated`, and `Listed` where an
		/// anchor enters a full list by it.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::delegate().saturating_add(T::Issuance::settle_weight()))]
		pub fn delegate(
			origin: OriginFor<T>,
			operator: T::AccountId,
			role: Role,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_delegate(&who, &operator, role, amount)
		}

		/// Starts to take `amount` out of the caller's delegation. It can be slashed until it is withdrawn.
		///
		/// What stays must be nothing or at least `MinDelegation`. Emits `Undelegated`.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::undelegate().saturating_add(T::Issuance::settle_weight()))]
		pub fn undelegate(
			origin: OriginFor<T>,
			operator: T::AccountId,
			role: Role,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_undelegate(&who, &operator, role, amount)
		}

		/// Frees what has been on its way out for `UnbondingSlots`; while a slash is pending, only what has been so for as
		/// much longer as a slash can wait.
		///
		/// Emits `DelegationWithdrawn`.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::withdraw_delegation())]
		pub fn withdraw_delegation(
			origin: OriginFor<T>,
			operator: T::AccountId,
			role: Role,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_delegation(&who, &operator, role)
		}

		/// Gives `amount` to all whose delegations stay with an operator, by their shares. Anybody may do so.
		///
		/// Emits `DelegatorsRewarded`.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::reward_delegators())]
		pub fn reward_delegators(
			origin: OriginFor<T>,
			operator: T::AccountId,
			role: Role,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reward_delegators(&who, &operator, role, amount)
		}

		/// Sets what the caller keeps of what it earns for `role` from the next session on, before those who delegate to
		/// it share the rest: at most `MaxCommission`.
		///
		/// Emits `CommissionSet`.
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::set_commission().saturating_add(T::Issuance::settle_weight()))]
		pub fn set_commission(origin: OriginFor<T>, role: Role, commission: Perbill) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_commission(&who, role, commission)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The bond of `who` for `role`.
		pub fn bond_of(who: T::AccountId, role: Role) -> Option<BondOf<T>> {
			Ledger::<T>::get(who, role)
		}

		/// What is delegated to `operator` for `role`.
		pub fn delegated_to(operator: T::AccountId, role: Role) -> Delegated {
			Pools::<T>::get(operator, role)
		}

		/// What `who` has delegated to `operator` for `role`, in money: what stays, and what is on its way out.
		pub fn delegation_of(who: T::AccountId, operator: T::AccountId, role: Role) -> (Balance, Balance) {
			let pool = Pools::<T>::get(&operator, role);
			let delegation = Delegations::<T>::get((who, operator, role));
			let leaving = delegation.leaving.iter().map(|part| pool.leaving.worth(part.holding));
			(pool.staying.worth(delegation.staying), leaving.fold(0, Balance::saturating_add))
		}

		/// What `operator` keeps of what it earns for `role` in the current session, and what from the next session on.
		pub fn commission_of(operator: T::AccountId, role: Role) -> (Perbill, Perbill) {
			let session = T::Clock::session();
			let next = Self::commission_in(&operator, role, session.saturating_add(1));
			(Self::commission_in(&operator, role, session), next)
		}

		/// The smallest bond of `role`.
		pub fn minimum_of(role: Role) -> Balance {
			Minimums::<T>::get(role)
		}

		/// A slash that waits.
		pub fn deferred_slash(slash: SlashId) -> Option<DeferredSlash<T::AccountId>> {
			DeferredSlashes::<T>::get(slash)
		}

		/// The appeal against a slash that waits.
		pub fn appeal_of(slash: SlashId) -> Option<Appeal<T::AccountId, T::MaxJury>> {
			Appeals::<T>::get(slash)
		}

		/// The candidates for validation, by account.
		pub fn candidates() -> Vec<Qualified<T::AccountId>> {
			Candidates::<T>::get().into_inner()
		}
	}
}

/// A delegation as this runtime stores it.
pub type DelegationOf<T> = Delegation<<T as Config>::MaxUnbonding>;

/// A bond as this runtime stores it.
pub type BondOf<T> = Bond<<T as Config>::MaxUnbonding>;

/// Slashes by the slot in which they fall due.
pub(crate) type SlashQueue<T> =
	Deadlines<SlashId, <T as Config>::MaxDuePerSlot, DueSlashes<T>, SlashCursor<T>>;

/// Appeals by the session in which their jury is drawn.
pub(crate) type JuryQueue<T> = Deadlines<SlashId, <T as Config>::MaxDuePerSlot, DueJuries<T>, JuryCursor<T>>;
