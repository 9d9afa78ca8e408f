//! How the pallets meet.
//!
//! | trait | implemented by | used by |
//! |---|---|---|
//! | [`Clock`] | the runtime | all |
//! | [`Bonds`], [`Slashes`], [`Anchors`] | `stake` | `rfl`, `utc`, `sla`, `anchoring` |
//! | [`Classes`], [`Machines`], [`Capacity`], [`Leases`] | `rfl` | `sla`, `utc`, `anchoring`, `telemetry` |
//! | [`Agreements`], [`Judge`] | `sla` | `rfl`, `utc`, `anchoring` |
//! | [`LeaseEvents`], [`Obligations`] | `utc` | `rfl` |
//! | [`Credits`] | `utc` | `sla` |
//! | [`UtcMarket`], [`UtcKeys`], [`Redeem`], [`Offers`] | `utc` | `market` |
//! | [`MarketPrices`] | `market` | `rfl` |
//! | [`Committees`] | `anchoring` | `sla`, `telemetry` |
//! | [`OnBreach`] | `anchoring` | `sla` |
//! | [`AnchorKeys`] | `anchoring` | `telemetry` |
//! | [`Approvers`] | `sla` | `anchoring` |
//! | [`Evidence`] | `telemetry` | `sla` |
//! | [`Jury`] | `anchoring` | `stake` |
//! | [`Claims`] | `utc` | `stake` |
//! | [`Measured`] | `issuance` | `anchoring` |
//! | [`Issuance`] | `issuance` | `stake` |
//! | [`Operators`] | `stake` | `issuance` |

use crate::*;
use alloc::vec::Vec;
use frame_support::weights::Weight;
use sp_runtime::{DispatchError, DispatchResult, Perbill};

/// The chain's time.
pub trait Clock {
	/// The current slot.
	fn now() -> Slot;
	/// The current session.
	fn session() -> SessionIndex;
	/// Length of a round in slots; never zero.
	fn round_slots() -> u32;
	/// The current round.
	fn round() -> RoundIndex {
		RoundIndex::at(Self::now(), Self::round_slots())
	}
	/// Whether some slot from `from` to before `to` is in a gap in blocks. A clock that keeps no gaps knows none.
	fn in_gap(_from: Slot, _to: Slot) -> bool {
		false
	}
	/// The end of a time that somebody was given to act in, from `since` to before `until`: slots in gaps do not
	/// count. A clock that keeps no gaps extends nothing.
	fn extended(_since: Slot, until: Slot) -> Slot {
		until
	}
}

/// The bond ledger.
pub trait Bonds<AccountId> {
	/// What is bonded and not unbonding.
	fn bonded(who: &AccountId, role: Role) -> Balance;
	/// The smallest bond of the role. For anchors also the price of a seat, for service nodes the bond that
	/// each machine keeps reserved.
	fn minimum(role: Role) -> Balance;
	/// Sets aside `amount` of the bond: it can neither be unbonded nor [`debit`](Self::debit)ed until
	/// released. It can still be slashed.
	fn reserve(who: &AccountId, role: Role, amount: Balance) -> DispatchResult;
	/// Undoes [`reserve`](Self::reserve), at most down to nothing reserved.
	fn unreserve(who: &AccountId, role: Role, amount: Balance);
	/// Moves `amount` that is bonded and not reserved to the free balance, at once. Fails without effect.
	fn debit(who: &AccountId, role: Role, amount: Balance) -> DispatchResult;
	/// Moves `amount` from the free balance into an existing bond. Fails without effect.
	fn credit(who: &AccountId, role: Role, amount: Balance) -> DispatchResult;
}

/// Deferred slashes.
pub trait Slashes<AccountId> {
	/// Records a slash of `amount`, applied once after the deferral. `reporter` gets at most 10 % of it.
	fn defer(
		who: &AccountId,
		role: Role,
		amount: Balance,
		reporter: Option<AccountId>,
	) -> Result<SlashId, DispatchError>;
	/// Keeps those who found what a slash is for out of the jury that decides an appeal against it.
	fn recuse(_slash: SlashId, _finders: Vec<AccountId>) {}
}

/// Fresh committees that decide appeals against slashes.
pub trait Jury<AccountId> {
	/// Draws up to `size` anchors, neither `slashed` nor `recused`, by the seed of the current session from the seats
	/// of the one before. Empty unless they are more than a measuring committee has.
	fn draw(slash: SlashId, size: u32, slashed: &AccountId, recused: &[AccountId]) -> Vec<AccountId>;
}

/// What tenants are still owed.
pub trait Claims {
	/// The claims against the insurance pool that what has flowed into it does not pay.
	fn open() -> Balance;
}

/// Told what anchors have measured, for what they earn beside watch fees.
pub trait Measured<AccountId> {
	/// A committee of so many `members` is through with a round that a machine's owner has paid `fee` for, and these of
	/// them were `accurate`.
	fn measured(fee: Balance, members: u32, accurate: &[AccountId]);
	/// Weight of one [`measured`](Self::measured) with so many accurate anchors at most, of whom `again` have been told
	/// of in the same block before.
	fn measured_weight(accurate: u32, again: u32) -> Weight;
}

/// New money for those who do the chain's work.
pub trait Issuance<AccountId> {
	/// Pays what `who` has earned in sessions that are over, as far as it can be paid.
	fn settle(who: &AccountId, role: Role);
	/// Weight of one [`settle`](Self::settle) at most.
	fn settle_weight() -> Weight;
}

/// Those who work with a bond, and with what others have delegated to them.
pub trait Operators<AccountId> {
	/// The part of what `who` earns in `session` that it keeps before those who delegate to it share the rest.
	fn commission(who: &AccountId, role: Role, session: SessionIndex) -> Perbill;
	/// How much of `shared` would go to those who delegate to `who`, by stake.
	fn delegators_part(who: &AccountId, role: Role, shared: Balance) -> Balance;
	/// Creates `own` for `who` alone, and `shared` for `who` and those who delegate to it by stake. Returns what they
	/// got. Fails without effect.
	fn pay(who: &AccountId, role: Role, own: Balance, shared: Balance) -> Result<Balance, DispatchError>;
}

/// Who may sit in a committee.
pub trait Anchors<AccountId> {
	/// Bonded anchors with their seats (bond ÷ minimum, at least 1), in a stable order. The list is bounded by
	/// the ledger.
	fn seats() -> Vec<(AccountId, u32)>;
}

/// Classes of hardware.
pub trait Classes {
	/// What is known of a class.
	fn class(class: ClassId) -> Option<ClassInfo>;
}

/// Machines.
pub trait Machines<AccountId> {
	/// What is known of a machine.
	fn machine(machine: MachineId) -> Option<MachineInfo<AccountId>>;
	/// Where it answers probes.
	fn endpoint(machine: MachineId) -> Option<Vec<u8>>;
	/// The machine whose key this is.
	fn by_key(key: &keys::machine::Id) -> Option<MachineId>;
	/// `Registered → UnderTest`, or `Suspended → UnderTest` without commitments: it has an agreement to be tested
	/// against.
	fn test(machine: MachineId) -> DispatchResult;
	/// `UnderTest → Online`, or `Suspended → Online`.
	fn online(machine: MachineId) -> DispatchResult;
	/// `UnderTest → Registered`: the test was failed.
	fn reject(machine: MachineId) -> DispatchResult;
	/// `Online → Suspended`: no new commitments and no new leases; leases that run go on.
	fn suspend(machine: MachineId) -> DispatchResult;
	/// Its agreement has ended: `Online → Suspended`, `UnderTest → Registered`, otherwise as it was. Until it is
	/// under test again nobody watches it.
	fn unbind(machine: MachineId) -> DispatchResult;
}

/// Told when a machine starts or stops being watched.
pub trait OnMachine {
	/// The machine is under test or online from now on: rounds shall measure it.
	fn watched(machine: MachineId);
	/// The machine went back to `Registered`, its agreement ended, or it was retired.
	fn unwatched(machine: MachineId);
}

/// Capacity that stands behind UTC.
pub trait Capacity<AccountId> {
	/// What this provider may mint of this UTC in all: what its machines have committed to it, less all devices of its
	/// machines of the class that have commitments and are out of service.
	fn committed(provider: &AccountId, key: &UtcKey) -> MilliDevices;
	/// What this provider's machines have committed to this UTC, less what is free on these of them. `None` unless each
	/// has a commitment to it, is out of service or was evacuated in that window, and is named once.
	fn committed_without(provider: &AccountId, key: &UtcKey, machines: &[MachineId]) -> Option<MilliDevices>;
}

/// Leases.
pub trait Leases<AccountId> {
	/// Places a lease on a committed machine, now. Fails without effect when nothing that is examined fits.
	///
	/// Each window is a segment with an identifier of its own. Returns that of the first; those of the others
	/// follow it, window by window.
	fn place(request: LeaseRequest<AccountId>) -> Result<LeaseId, DispatchError>;
	/// What is known of a lease.
	fn lease(lease: LeaseId) -> Option<LeaseInfo<AccountId>>;
	/// The leases on `machine` that are not over: those of its current window, and those of the window before
	/// while they wait for the verdict on its last round. At most twice [`MAX_LEASES_PER_WINDOW`].
	fn serving(machine: MachineId) -> Vec<LeaseId>;
	/// The leases that ran on `machine` in some slot from `from` to before `to`, also when their window is over
	/// by now, or they were rejected in one of these slots or later: at most [`MAX_LEASES_PER_WINDOW`]; and how many
	/// were looked at to find them. Both slots lie in one window, as those of a round do. A lease is known here until
	/// the last verdict on its window is due.
	fn ran(machine: MachineId, from: Slot, to: Slot) -> (Vec<LeaseId>, u32);
	/// Takes every unfinished lease off the machine's current window: each is placed elsewhere once, or handed
	/// to [`LeaseEvents::failed`]. Enters a bounded queue; the machine gets no new leases in this window.
	fn evacuate(machine: MachineId) -> DispatchResult;
	/// Ends a running lease that `tenant` does not want, while at most a tenth of it has run: its room is free again and
	/// its machine less reliable. What it was is returned. Fails without effect.
	fn reject_lease(lease: LeaseId, tenant: &AccountId) -> Result<LeaseInfo<AccountId>, DispatchError>;
	/// Weight of one [`place`](Self::place) of a lease of so many windows at most.
	fn place_weight(windows: u32, may_move: bool) -> Weight;
}

/// What the keeper of obligations is told of leases and asked about them.
pub trait LeaseEvents<AccountId> {
	/// How much more of this UTC `provider` may be given: never beyond its net mint.
	fn deliverable(provider: &AccountId, key: &UtcKey) -> MilliDevices;
	/// Whether `provider` may take over so much of this UTC that `from` fails to serve, so that nobody else who holds the
	/// UTC loses a place by it: out of UTC that `provider` has not sold, or, where that is `from` itself, of capacity
	/// beyond what it has minted.
	fn stands_in(provider: &AccountId, from: &AccountId, key: &UtcKey, amount: MilliDevices) -> bool;
	/// A lease was placed with this provider for the first time.
	fn placed(lease: LeaseId, info: &LeaseInfo<AccountId>);
	/// A lease that `from` does not serve any more went to the provider in `info`, who serves it from its start there.
	/// Before `until` it was served by `from`: `until` is its old start when it never was.
	fn replaced(lease: LeaseId, from: &AccountId, info: &LeaseInfo<AccountId>, until: Slot);
	/// A lease that has not started went from `from` to the provider in `info`, because `by` found a better place
	/// for it, and is paid for that out of its fee. Fails without effect when that provider may not deliver it.
	fn improved(
		lease: LeaseId,
		from: &AccountId,
		info: &LeaseInfo<AccountId>,
		by: &AccountId,
	) -> DispatchResult;
	/// A lease was acknowledged.
	fn running(lease: LeaseId, info: &LeaseInfo<AccountId>);
	/// A lease ends unserved; `remaining` of a whole window's value is owed by `info.provider`'s cover. Also told of a
	/// rejected lease whose machine failed in the round of the rejection, when the last verdict on its window is due.
	fn failed(lease: LeaseId, info: &LeaseInfo<AccountId>, remaining: Perbill);
	/// A lease was served to its end, or to its rejection, and the last verdict on its window is due: nothing more is
	/// paid for it.
	fn completed(lease: LeaseId, info: &LeaseInfo<AccountId>);
}

/// Where UTC become leases.
pub trait Redeem<AccountId> {
	/// Burns UTC that `tenant` holds for a lease that is placed in the same call. Fails without effect.
	fn redeem(tenant: AccountId, utc: UtcId, redemption: Redemption) -> DispatchResult;
	/// Weight of one [`redeem`](Self::redeem) of so many windows at most.
	fn redeem_weight(windows: u32, may_move: bool) -> Weight;
}

/// UTC that its provider offers for sale and that is minted when it is sold.
pub trait Offers<AccountId> {
	/// The UTC of a key, which opens now unless it has. Fails when it can be minted no more, or not yet.
	fn open(key: UtcKey) -> Result<UtcId, DispatchError>;
	/// The first slot in which what is offered of a UTC can be minted no more; `None` for an unknown or closed UTC.
	fn minting_ends(utc: UtcId) -> Option<Slot>;
	/// Sets aside committed capacity of `provider`'s, and out of its bond what the cover of `amount` comes to beyond the
	/// `proceeds` of selling it. Returns what was taken out of the bond. Fails without effect.
	fn offer(
		provider: &AccountId,
		utc: UtcId,
		amount: MilliDevices,
		proceeds: Balance,
	) -> Result<Balance, DispatchError>;
	/// Whether all that `provider` offers of a UTC can be minted now.
	fn backed(provider: &AccountId, utc: UtcId) -> bool;
	/// Mints what was sold of an offer, and pays the provider: what cover the `proceeds` and what was set aside for the
	/// offer come to first. Returns what is left of what was set aside. Fails without effect.
	fn mint(sale: Sale<AccountId>) -> Result<Balance, DispatchError>;
	/// Gives up what has not been sold of an offer, and what is left of what was set aside for it.
	fn withdraw(provider: &AccountId, utc: UtcId, amount: MilliDevices, set_aside: Balance)
		-> DispatchResult;
}

/// What has been promised against capacity.
pub trait Obligations<AccountId> {
	/// UTC minted by this provider and neither burnt nor closed, and what more it offers for sale.
	fn promised(provider: &AccountId, key: &UtcKey) -> MilliDevices;
	/// The cover on hold behind all UTC of a class, from the mint until settlement.
	fn open_cover(class: ClassId) -> Balance;
}

/// What auctions say of a class's price.
pub trait MarketPrices {
	/// What was traded of the class's UTC, for whichever window they are, while `window` ran. Asked after its
	/// end, as a rule in the slot that follows. `None` when nothing was traded.
	fn traded(class: ClassId, window: WindowIndex) -> Option<Traded>;
}

/// What a verdict pays.
pub trait Credits {
	/// One round of this lease was served, and `kept` is what the terms kept are worth of all: `kept` times `weight` of the
	/// round's part of the lease's fee goes to the provider.
	fn reward(lease: LeaseId, kept: Perbill, weight: Perbill, rounds_per_window: u32);
	/// One round of this lease breached its terms: the tenant gets `credit` of the round's principal from
	/// the provider's cover. Where the tenant has rejected the lease, the provider loses what is on trial instead.
	fn credit(lease: LeaseId, credit: Perbill, rounds_per_window: u32);
}

/// Service levels.
pub trait Agreements {
	/// Whether this template may be offered on this kind of hardware.
	fn template_allows(template: TemplateId, kind: ResourceKind) -> bool;
	/// The template's governed factor on the settlement price, or `None` for an unknown template.
	fn price_factor(template: TemplateId) -> Option<Perbill>;
	/// The template of the machine's agreement, while that agreement is active.
	fn active_template(machine: MachineId) -> Option<TemplateId>;
	/// How reliable the machine has been, in thousandths: zero before anything is known.
	fn reliability(machine: MachineId) -> u16;
	/// A tenant rejected a lease on the machine: it counts as a breach for its reliability, and for nothing else.
	fn rejected(machine: MachineId);
}

/// Judges rounds.
pub trait Judge {
	/// Called once per machine and round, when the committee of `session` is through with it. Returns the weight that
	/// it took.
	fn judge(machine: MachineId, round: RoundIndex, session: SessionIndex, outcome: RoundOutcome) -> Weight;
	/// Weight of one [`judge`](Self::judge) at most: what has to be free before it begins.
	fn judge_weight() -> Weight;
}

/// Committees.
pub trait Committees<AccountId> {
	/// The accounts that watch this machine in the current session; empty while there is no committee.
	fn committee(machine: MachineId) -> Vec<AccountId>;
	/// The accounts that watched this machine in `session`; empty where that is not known any more.
	fn committee_of(_machine: MachineId, _session: SessionIndex) -> Vec<AccountId> {
		Vec::new()
	}
	/// The smallest number of members that decides.
	fn quorum() -> u32;
}

/// The keys that anchors sign with.
pub trait AnchorKeys<AccountId> {
	/// The key of an anchor.
	fn key(anchor: &AccountId) -> Option<keys::anchor::Id>;
	/// The anchor whose key this is.
	fn by_key(key: &keys::anchor::Id) -> Option<AccountId>;
}

/// Anchors who answer for a machine's terms, because they approved them.
pub trait Approvers<AccountId> {
	/// Those who approved the machine's terms, for as long as they earn by that: at most 16. None for terms that
	/// needed no approval.
	fn approvers(machine: MachineId) -> Vec<AccountId>;
}

/// Told what becomes of terms that an anchor approved.
pub trait OnBreach<AccountId> {
	/// The machine broke terms that `approver` answers for.
	fn breached(approver: &AccountId, machine: MachineId);
}

/// What machines say of themselves.
pub trait Evidence {
	/// The machine's report of the window of its class in which slot `at` lies, or of the window before that; the
	/// later one where there are both. Void when it failed an audit of one of them. `None` when neither has been
	/// reported.
	fn reported(machine: MachineId, at: Slot) -> Option<Reported>;
}

/// What a market has to know of a UTC.
pub trait UtcMarket {
	/// The highest price per UTC that may be asked, and the first slot in which it no longer trades; `None`
	/// for an unknown or closed UTC.
	fn terms(utc: UtcId) -> Option<(Balance, Slot)>;
}

impl<A> Bonds<A> for () {
	fn bonded(_: &A, _: Role) -> Balance {
		0
	}
	fn minimum(_: Role) -> Balance {
		0
	}
	fn reserve(_: &A, _: Role, _: Balance) -> DispatchResult {
		Ok(())
	}
	fn unreserve(_: &A, _: Role, _: Balance) {}
	fn debit(_: &A, _: Role, _: Balance) -> DispatchResult {
		Ok(())
	}
	fn credit(_: &A, _: Role, _: Balance) -> DispatchResult {
		Ok(())
	}
}

impl<A> Slashes<A> for () {
	fn defer(_: &A, _: Role, _: Balance, _: Option<A>) -> Result<SlashId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
}

impl<A> Jury<A> for () {
	fn draw(_: SlashId, _: u32, _: &A, _: &[A]) -> Vec<A> {
		Vec::new()
	}
}

impl Claims for () {
	fn open() -> Balance {
		0
	}
}

impl<A> Measured<A> for () {
	fn measured(_: Balance, _: u32, _: &[A]) {}
	fn measured_weight(_: u32, _: u32) -> Weight {
		Weight::zero()
	}
}

impl<A> Issuance<A> for () {
	fn settle(_: &A, _: Role) {}
	fn settle_weight() -> Weight {
		Weight::zero()
	}
}

impl<A> Operators<A> for () {
	fn commission(_: &A, _: Role, _: SessionIndex) -> Perbill {
		Perbill::zero()
	}
	fn delegators_part(_: &A, _: Role, _: Balance) -> Balance {
		0
	}
	fn pay(_: &A, _: Role, _: Balance, _: Balance) -> Result<Balance, DispatchError> {
		Err(DispatchError::Unavailable)
	}
}

impl<A> Anchors<A> for () {
	fn seats() -> Vec<(A, u32)> {
		Vec::new()
	}
}

impl Classes for () {
	fn class(_: ClassId) -> Option<ClassInfo> {
		None
	}
}

impl<A> Machines<A> for () {
	fn machine(_: MachineId) -> Option<MachineInfo<A>> {
		None
	}
	fn endpoint(_: MachineId) -> Option<Vec<u8>> {
		None
	}
	fn by_key(_: &keys::machine::Id) -> Option<MachineId> {
		None
	}
	fn test(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn online(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn reject(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn suspend(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn unbind(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

impl OnMachine for () {
	fn watched(_: MachineId) {}
	fn unwatched(_: MachineId) {}
}

impl<A> Capacity<A> for () {
	fn committed(_: &A, _: &UtcKey) -> MilliDevices {
		MilliDevices(0)
	}
	fn committed_without(_: &A, _: &UtcKey, _: &[MachineId]) -> Option<MilliDevices> {
		None
	}
}

impl<A> Leases<A> for () {
	fn place(_: LeaseRequest<A>) -> Result<LeaseId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn lease(_: LeaseId) -> Option<LeaseInfo<A>> {
		None
	}
	fn serving(_: MachineId) -> Vec<LeaseId> {
		Vec::new()
	}
	fn ran(_: MachineId, _: Slot, _: Slot) -> (Vec<LeaseId>, u32) {
		(Vec::new(), 0)
	}
	fn evacuate(_: MachineId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn reject_lease(_: LeaseId, _: &A) -> Result<LeaseInfo<A>, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn place_weight(_: u32, _: bool) -> Weight {
		Weight::zero()
	}
}

impl<A> LeaseEvents<A> for () {
	fn deliverable(_: &A, _: &UtcKey) -> MilliDevices {
		MilliDevices(u32::MAX)
	}
	fn stands_in(_: &A, _: &A, _: &UtcKey, _: MilliDevices) -> bool {
		true
	}
	fn placed(_: LeaseId, _: &LeaseInfo<A>) {}
	fn replaced(_: LeaseId, _: &A, _: &LeaseInfo<A>, _: Slot) {}
	fn improved(_: LeaseId, _: &A, _: &LeaseInfo<A>, _: &A) -> DispatchResult {
		Ok(())
	}
	fn running(_: LeaseId, _: &LeaseInfo<A>) {}
	fn failed(_: LeaseId, _: &LeaseInfo<A>, _: Perbill) {}
	fn completed(_: LeaseId, _: &LeaseInfo<A>) {}
}

impl<A> Redeem<A> for () {
	fn redeem(_: A, _: UtcId, _: Redemption) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn redeem_weight(_: u32, _: bool) -> Weight {
		Weight::zero()
	}
}

impl<A> Offers<A> for () {
	fn open(_: UtcKey) -> Result<UtcId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn minting_ends(_: UtcId) -> Option<Slot> {
		None
	}
	fn offer(_: &A, _: UtcId, _: MilliDevices, _: Balance) -> Result<Balance, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn backed(_: &A, _: UtcId) -> bool {
		false
	}
	fn mint(_: Sale<A>) -> Result<Balance, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn withdraw(_: &A, _: UtcId, _: MilliDevices, _: Balance) -> DispatchResult {
		Ok(())
	}
}

impl<A> Obligations<A> for () {
	fn promised(_: &A, _: &UtcKey) -> MilliDevices {
		MilliDevices(0)
	}
	fn open_cover(_: ClassId) -> Balance {
		0
	}
}

/// No auction, no trades.
impl MarketPrices for () {
	fn traded(_: ClassId, _: WindowIndex) -> Option<Traded> {
		None
	}
}

impl Credits for () {
	fn reward(_: LeaseId, _: Perbill, _: Perbill, _: u32) {}
	fn credit(_: LeaseId, _: Perbill, _: u32) {}
}

impl Agreements for () {
	fn template_allows(_: TemplateId, _: ResourceKind) -> bool {
		false
	}
	fn price_factor(_: TemplateId) -> Option<Perbill> {
		None
	}
	fn active_template(_: MachineId) -> Option<TemplateId> {
		None
	}
	fn reliability(_: MachineId) -> u16 {
		0
	}
	fn rejected(_: MachineId) {}
}

impl Judge for () {
	fn judge(_: MachineId, _: RoundIndex, _: SessionIndex, _: RoundOutcome) -> Weight {
		Weight::zero()
	}
	fn judge_weight() -> Weight {
		Weight::zero()
	}
}

impl<A> Committees<A> for () {
	fn committee(_: MachineId) -> Vec<A> {
		Vec::new()
	}
	fn quorum() -> u32 {
		0
	}
}

impl<A> AnchorKeys<A> for () {
	fn key(_: &A) -> Option<keys::anchor::Id> {
		None
	}
	fn by_key(_: &keys::anchor::Id) -> Option<A> {
		None
	}
}

impl<A> Approvers<A> for () {
	fn approvers(_: MachineId) -> Vec<A> {
		Vec::new()
	}
}

impl<A> OnBreach<A> for () {
	fn breached(_: &A, _: MachineId) {}
}

impl Evidence for () {
	fn reported(_: MachineId, _: Slot) -> Option<Reported> {
		None
	}
}

impl UtcMarket for () {
	fn terms(_: UtcId) -> Option<(Balance, Slot)> {
		None
	}
}

/// What UTC stand for.
pub trait UtcKeys {
	/// What a UTC is keyed by; `None` for an unknown or closed UTC.
	fn key(utc: UtcId) -> Option<UtcKey>;
}

impl UtcKeys for () {
	fn key(_: UtcId) -> Option<UtcKey> {
		None
	}
}
