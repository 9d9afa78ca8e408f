//! How a machine comes to an agreement: proposals, counters, approvals, acceptance.

use crate::{
	Agreement, AgreementState, Agreements, Config, DeprecatedTemplates, Due, Error, Event, Expiries,
	ExpiryCursor, Modules, Pallet, Record, Renewals, Sample, Standings, Template, Templates, Term, Terms,
};
use exabits_math::penalty;
use exabits_primitives::{
	deadlines::Deadlines, Classes, Clock, Committees, MachineId, MachineInfo, MachineState, Machines, Slot,
	TemplateId,
};
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash, Zero},
	DispatchError, DispatchResult,
};

/// The queue of negotiations and endings.
pub(crate) type Queue<T> = Deadlines<Due, <T as Config>::MaxDuePerSlot, Expiries<T>, ExpiryCursor<T>>;

impl<T: Config> Pallet<T> {
	/// Hash of an agreement's full terms: BLAKE2-256 over the SCALE encoding of (genesis hash, machine,
	/// template, terms).
	pub fn terms_hash(machine: MachineId, template: TemplateId, terms: &Terms) -> H256 {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		BlakeTwo256::hash_of(&(genesis, machine, template, terms))
	}

	pub(crate) fn do_propose(
		who: T::AccountId,
		machine: MachineId,
		template: TemplateId,
		terms: Option<Terms>,
	) -> DispatchResult {
		let info = Self::owned(&who, machine)?;
		let last = Agreements::<T>::get(machine);
		let renews = Self::may_propose(&info, last.as_ref())?;
		let level = Templates::<T>::get(template).ok_or(Error::<T>::UnknownTemplate)?;
		ensure!(!DeprecatedTemplates::<T>::contains_key(template), Error::<T>::Deprecated);
		let class = T::Classes::class(info.class).ok_or(Error::<T>::UnknownClass)?;
		ensure!(level.kinds.contains(&class.kind), Error::<T>::KindNotAllowed);

		let terms = match terms {
			Some(terms) => Self::completed(terms, &[class.kind], &level.workloads)?,
			None => level.terms.clone(),
		};
		Self::current(&terms)?;
		let own = terms == level.terms;
		ensure!(own || Self::refines(&terms, &level.terms)?, Error::<T>::DoesNotRefine);

		let replaced = if renews { Renewals::<T>::get(machine) } else { last.clone() };
		ensure!(
			replaced.as_ref().is_none_or(|one| one.state != AgreementState::Testing),
			Error::<T>::AgreementInForce
		);
		let known = |of: fn(&Agreement<T::AccountId>) -> u32| {
			[last.as_ref(), replaced.as_ref()].into_iter().flatten().map(of).max().unwrap_or(0)
		};
		let now = T::Clock::now();
		let hash = Self::terms_hash(machine, template, &terms);
		let mut agreement = Agreement {
			template,
			terms,
			hash,
			state: if own { AgreementState::Agreed } else { AgreementState::Proposed },
			proposed_at: now,
			deadline: now.saturating_add(T::ApprovalSlots::get()),
			approvals: Default::default(),
			countered: Default::default(),
			version: known(|one| one.version).saturating_add(1),
			queued: known(|one| one.queued.into()) > 0,
			tested_from: 0,
			answered_until: 0,
			ending: None,
		};
		if !own {
			Self::queue_negotiation(machine, &mut agreement)?;
		}
		if let (true, Some(mut active)) = (renews, last) {
			// The one entry in the queue goes with what is negotiated.
			if active.queued {
				active.queued = false;
				Agreements::<T>::insert(machine, active);
			}
		}
		Self::keep(machine, agreement, renews);
		Self::deposit_event(Event::AgreementProposed { machine, template, hash });
		if own {
			Self::deposit_event(Event::AgreementAgreed { machine, hash });
		}
		Ok(())
	}

	pub(crate) fn do_counter(
		who: T::AccountId,
		machine: MachineId,
		hash: H256,
		terms: Terms,
	) -> DispatchResult {
		let (mut agreement, renews) = Self::open_negotiation(machine, hash)?;
		ensure!(T::Committees::committee(machine).contains(&who), Error::<T>::NotInCommittee);
		ensure!(!agreement.countered.contains(&who), Error::<T>::AlreadyCountered);
		let level = Templates::<T>::get(agreement.template).ok_or(Error::<T>::UnknownTemplate)?;
		let info = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		let class = T::Classes::class(info.class).ok_or(Error::<T>::UnknownClass)?;
		let terms = Self::completed(terms, &[class.kind], &level.workloads)?;
		Self::current(&terms)?;
		ensure!(Self::refines(&terms, &level.terms)?, Error::<T>::DoesNotRefine);
		ensure!(terms != agreement.terms, Error::<T>::NothingChanged);
		if let Some(measured) = Self::measured(machine) {
			for term in &terms {
				ensure!(Self::supported(term, &level, &measured)?, Error::<T>::NotSupported);
			}
		}
		agreement.countered.try_push(who.clone()).map_err(|_| Error::<T>::TooManyApprovals)?;
		agreement.state = AgreementState::Countered;
		agreement.hash = Self::terms_hash(machine, agreement.template, &terms);
		agreement.terms = terms;
		agreement.approvals = Default::default();
		let hash = agreement.hash;
		Self::keep(machine, agreement, renews);
		Self::deposit_event(Event::AgreementCountered { machine, hash, anchor: who });
		Ok(())
	}

	pub(crate) fn do_approve(who: T::AccountId, machine: MachineId, hash: H256) -> DispatchResult {
		let (mut agreement, renews) = Self::open_negotiation(machine, hash)?;
		let committee = T::Committees::committee(machine);
		ensure!(committee.contains(&who), Error::<T>::NotInCommittee);
		agreement.approvals.retain(|anchor| committee.contains(anchor));
		ensure!(!agreement.approvals.contains(&who), Error::<T>::AlreadyApproved);
		agreement.approvals.try_push(who.clone()).map_err(|_| Error::<T>::TooManyApprovals)?;
		let count = u32::try_from(agreement.approvals.len()).unwrap_or(u32::MAX);
		let agreed = count >= T::Committees::quorum();
		if agreed {
			agreement.state = AgreementState::Agreed;
			agreement.proposed_at = T::Clock::now();
			agreement.deadline = agreement.proposed_at.saturating_add(T::ApprovalSlots::get());
		}
		Self::keep(machine, agreement, renews);
		Self::deposit_event(Event::AgreementApproved { machine, hash, anchor: who });
		if agreed {
			Self::deposit_event(Event::AgreementAgreed { machine, hash });
		}
		Ok(())
	}

	pub(crate) fn do_start_test(who: T::AccountId, machine: MachineId, hash: H256) -> DispatchResult {
		let info = Self::owned(&who, machine)?;
		let (mut agreement, renews) = Self::negotiation(machine).ok_or(Error::<T>::NoAgreement)?;
		ensure!(agreement.state == AgreementState::Agreed, Error::<T>::NotAgreed);
		ensure!(agreement.hash == hash, Error::<T>::WrongHash);
		ensure!(!Self::is_overdue(&agreement), Error::<T>::DeadlinePassed);
		if renews {
			ensure!(Self::may_follow(machine, &info, &agreement), Error::<T>::HasCommitments);
		} else {
			T::Machines::test(machine)?;
			Standings::<T>::mutate(machine, |standing| standing.record = Some(Record::default()));
		}
		agreement.state = AgreementState::Testing;
		agreement.tested_from = T::Clock::now();
		Self::keep(machine, agreement, renews);
		Self::deposit_event(Event::AgreementTesting { machine, hash });
		Ok(())
	}

	pub(crate) fn do_withdraw_renewal(who: T::AccountId, machine: MachineId) -> DispatchResult {
		Self::owned(&who, machine)?;
		ensure!(Self::drop_renewal(machine).is_some(), Error::<T>::NoRenewal);
		Self::deposit_event(Event::AgreementTerminated { machine });
		Ok(())
	}

	pub(crate) fn do_expire(machine: MachineId) -> DispatchResult {
		let (agreement, renews) = Self::negotiation(machine).ok_or(Error::<T>::NoAgreement)?;
		ensure!(Self::may_lapse(&agreement), Error::<T>::NotProposed);
		ensure!(Self::is_overdue(&agreement), Error::<T>::NotDue);
		Self::lapse(machine, agreement, renews);
		Ok(())
	}

	/// Whether the owner's proposal is to follow an active agreement.
	fn may_propose(
		info: &MachineInfo<T::AccountId>,
		last: Option<&Agreement<T::AccountId>>,
	) -> Result<bool, Error<T>> {
		match last.map(|last| last.state) {
			Some(AgreementState::Testing) => Err(Error::AgreementInForce),
			Some(AgreementState::Active) => {
				ensure!(
					matches!(info.state, MachineState::Online | MachineState::Suspended),
					Error::NotRegistered
				);
				Ok(true)
			}
			_ => {
				ensure!(
					matches!(info.state, MachineState::Registered | MachineState::Suspended),
					Error::NotRegistered
				);
				Ok(false)
			}
		}
	}

	/// What is negotiated for a machine, and whether it is to follow an active agreement.
	pub(crate) fn negotiation(machine: MachineId) -> Option<(Agreement<T::AccountId>, bool)> {
		let last = Agreements::<T>::get(machine)?;
		if last.state == AgreementState::Active {
			return Renewals::<T>::get(machine).map(|renewal| (renewal, true));
		}
		Some((last, false))
	}

	/// A negotiation whose terms wait for approvals, have this hash, and are in time.
	fn open_negotiation(machine: MachineId, hash: H256) -> Result<(Agreement<T::AccountId>, bool), Error<T>> {
		let (agreement, renews) = Self::negotiation(machine).ok_or(Error::NoAgreement)?;
		ensure!(agreement.state.is_open(), Error::NotProposed);
		ensure!(T::Clock::now() <= Self::deadline(&agreement), Error::DeadlinePassed);
		ensure!(agreement.hash == hash, Error::WrongHash);
		Ok((agreement, renews))
	}

	pub(crate) fn keep(machine: MachineId, agreement: Agreement<T::AccountId>, renews: bool) {
		if renews {
			Renewals::<T>::insert(machine, agreement);
		} else {
			Agreements::<T>::insert(machine, agreement);
		}
	}

	/// Has the queue end a negotiation. One entry per machine is enough: an entry of earlier terms moves on when it is
	/// swept.
	pub(crate) fn queue_negotiation(
		machine: MachineId,
		agreement: &mut Agreement<T::AccountId>,
	) -> DispatchResult {
		if !agreement.queued {
			let due = Self::deadline(agreement).saturating_add(1);
			Queue::<T>::schedule(T::Clock::now(), due, Due::Negotiation(machine))
				.map_err(|_| Error::<T>::QueueFull)?;
			agreement.queued = true;
		}
		Ok(())
	}

	/// The last slot in which terms may be approved or accepted: slots in gaps do not count.
	pub(crate) fn deadline(agreement: &Agreement<T::AccountId>) -> Slot {
		T::Clock::extended(agreement.proposed_at, agreement.deadline.saturating_add(1)).saturating_sub(1)
	}

	/// Whether time ends this negotiation: not a template's own terms, which nobody approved.
	pub(crate) fn may_lapse(agreement: &Agreement<T::AccountId>) -> bool {
		agreement.state.is_open()
			|| agreement.state == AgreementState::Agreed && !agreement.approvals.is_empty()
	}

	pub(crate) fn is_overdue(agreement: &Agreement<T::AccountId>) -> bool {
		Self::may_lapse(agreement) && T::Clock::now() > Self::deadline(agreement)
	}

	/// Ends a negotiation that was not approved or accepted in time.
	pub(crate) fn lapse(machine: MachineId, mut agreement: Agreement<T::AccountId>, renews: bool) {
		let hash = agreement.hash;
		if renews {
			Renewals::<T>::remove(machine);
			Self::leave_entry(machine, agreement.queued);
		} else {
			agreement.state = AgreementState::Expired;
			agreement.approvals = Default::default();
			Agreements::<T>::insert(machine, agreement);
		}
		Self::deposit_event(Event::AgreementExpired { machine, hash });
	}

	/// Forgets what was to follow an agreement.
	pub(crate) fn drop_renewal(machine: MachineId) -> Option<Agreement<T::AccountId>> {
		let renewal = Renewals::<T>::take(machine)?;
		Self::leave_entry(machine, renewal.queued);
		Some(renewal)
	}

	/// The queue's entry of what was to follow an agreement stays, and the agreement knows of it.
	fn leave_entry(machine: MachineId, queued: bool) {
		if queued {
			Agreements::<T>::mutate(machine, |agreement| {
				if let Some(agreement) = agreement {
					agreement.queued = true;
				}
			});
		}
	}

	/// Whether these terms may replace the machine's active agreement: another template's may not while commitments name
	/// the one that their buyers were promised.
	pub(crate) fn may_follow(
		machine: MachineId,
		info: &MachineInfo<T::AccountId>,
		renewal: &Agreement<T::AccountId>,
	) -> bool {
		info.open == 0
			|| Agreements::<T>::get(machine).is_some_and(|active| active.template == renewal.template)
	}

	/// The last round measured of a machine.
	fn measured(machine: MachineId) -> Option<Sample> {
		let measured = Standings::<T>::get(machine).last?.measurement?;
		Some(Sample { measured, ..Default::default() })
	}

	/// Whether a counter may ask for this: what the template asks for in any case, or no more than was measured less the
	/// margin. What was not measured bounds nothing.
	fn supported(term: &Term, level: &Template, measured: &Sample) -> Result<bool, DispatchError> {
		let module = Modules::<T>::get(term.module).ok_or(Error::<T>::UnknownModule)?;
		let comparator = penalty::Comparator::from(module.comparator);
		let promised = level
			.terms
			.iter()
			.any(|own| own.module == term.module && comparator.no_looser(own.threshold, term.threshold));
		let bound = module
			.metric
			.read(measured)
			.map(|value| penalty::supported(value, comparator, T::CounterMargin::get()));
		Ok(promised || bound.is_none_or(|bound| comparator.no_looser(bound, term.threshold)))
	}

	/// The negotiated terms, each as strict as the last measurement supports, and no looser than the template.
	pub(crate) fn strictest(machine: MachineId) -> Option<Terms> {
		let (agreement, _) = Self::negotiation(machine).filter(|(agreement, _)| agreement.state.is_open())?;
		let level = Templates::<T>::get(agreement.template)?;
		let measured = Self::measured(machine)?;
		let mut terms = agreement.terms;
		for term in terms.iter_mut() {
			let module = Modules::<T>::get(term.module)?;
			let comparator = penalty::Comparator::from(module.comparator);
			let Some(value) = module.metric.read(&measured) else { continue };
			let bound = penalty::supported(value, comparator, T::CounterMargin::get());
			let least = level.terms.iter().find(|own| own.module == term.module).map(|own| own.threshold);
			let bound = bound.clamp(module.min_threshold, module.max_threshold);
			term.threshold = match least {
				Some(least) if comparator.no_looser(least, bound) => least,
				_ => bound,
			};
		}
		Some(terms)
	}

	/// The machine, when it is the caller's.
	pub(crate) fn owned(
		who: &T::AccountId,
		machine: MachineId,
	) -> Result<MachineInfo<T::AccountId>, DispatchError> {
		let info = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(info.owner == *who, Error::<T>::NotOwner);
		Ok(info)
	}
}
