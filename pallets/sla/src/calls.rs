//! What the calls do.

use crate::{
	Agreement, AgreementState, Agreements, Config, Error, Event, Expiries, ExpiryCursor, Height, Metric,
	Modules, NextModule, NextTemplate, Pallet, Record, Records, SlaModule, Template, Templates, Terms,
	MAX_WINDOW_ROUNDS,
};
use alloc::vec::Vec;
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
	DispatchError, DispatchResult, Perbill,
};

/// The queue of proposals that wait for approvals.
pub(crate) type Queue<T> = Deadlines<MachineId, <T as Config>::MaxDuePerSlot, Expiries<T>, ExpiryCursor<T>>;

fn pairs(heights: &[Height]) -> Vec<(Perbill, Perbill)> {
	heights.iter().map(|height| (height.credit, height.slash)).collect()
}

fn heights_fit(knots: &[u32], heights: &[Height]) -> bool {
	knots.len() == heights.len() && penalty::heights_rise(&pairs(heights))
}

impl<T: Config> Pallet<T> {
	/// Hash of an agreement's full terms: BLAKE2-256 over the SCALE encoding of (genesis hash, machine,
	/// template, terms).
	pub fn terms_hash(machine: MachineId, template: TemplateId, terms: &Terms) -> H256 {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		BlakeTwo256::hash_of(&(genesis, machine, template, terms))
	}

	pub(crate) fn do_create_module(module: SlaModule) -> DispatchResult {
		Self::check_module(&module)?;
		let id = NextModule::<T>::get();
		NextModule::<T>::put(id.next().ok_or(Error::<T>::OutOfIds)?);
		Modules::<T>::insert(id, module);
		Self::deposit_event(Event::ModuleCreated { module: id });
		Ok(())
	}

	pub(crate) fn do_create_template(template: Template) -> DispatchResult {
		ensure!(!template.kinds.is_empty(), Error::<T>::NoKinds);
		ensure!(!template.price_factor.is_zero(), Error::<T>::InvalidPriceFactor);
		let terms = Self::completed(template.terms)?;
		let id = NextTemplate::<T>::get();
		NextTemplate::<T>::put(id.next().ok_or(Error::<T>::OutOfIds)?);
		Templates::<T>::insert(id, Template { terms, ..template });
		Self::deposit_event(Event::TemplateCreated { template: id });
		Ok(())
	}

	pub(crate) fn do_propose(
		who: T::AccountId,
		machine: MachineId,
		template: TemplateId,
		terms: Option<Terms>,
	) -> DispatchResult {
		let info = Self::owned(&who, machine)?;
		ensure!(
			matches!(info.state, MachineState::Registered | MachineState::Suspended),
			Error::<T>::NotRegistered
		);
		let previous = Agreements::<T>::get(machine);
		ensure!(previous.as_ref().is_none_or(|last| !last.state.is_judged()), Error::<T>::AgreementInForce);
		let level = Templates::<T>::get(template).ok_or(Error::<T>::UnknownTemplate)?;
		let class = T::Classes::class(info.class).ok_or(Error::<T>::UnknownClass)?;
		ensure!(level.kinds.contains(&class.kind), Error::<T>::KindNotAllowed);

		let terms = match terms {
			Some(terms) => Self::completed(terms)?,
			None => level.terms.clone(),
		};
		let own = terms == level.terms;
		ensure!(own || Self::refines(&terms, &level.terms)?, Error::<T>::DoesNotRefine);

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
			version: previous.as_ref().map_or(0, |last| last.version).saturating_add(1),
			queued: previous.is_some_and(|last| last.queued),
		};
		// One entry per machine is enough: an entry of earlier terms moves on when it is swept.
		if !own && !agreement.queued {
			Queue::<T>::schedule(now, agreement.deadline.saturating_add(1), machine)
				.map_err(|_| Error::<T>::QueueFull)?;
			agreement.queued = true;
		}
		Agreements::<T>::insert(machine, agreement);
		Self::deposit_event(Event::AgreementProposed { machine, template, hash });
		if own {
			Self::deposit_event(Event::AgreementAgreed { machine, hash });
		}
		Ok(())
	}

	pub(crate) fn do_approve(who: T::AccountId, machine: MachineId, hash: H256) -> DispatchResult {
		let mut agreement = Agreements::<T>::get(machine).ok_or(Error::<T>::NoAgreement)?;
		ensure!(agreement.state == AgreementState::Proposed, Error::<T>::NotProposed);
		ensure!(T::Clock::now() <= Self::deadline(&agreement), Error::<T>::DeadlinePassed);
		ensure!(agreement.hash == hash, Error::<T>::WrongHash);
		let committee = T::Committees::committee(machine);
		ensure!(committee.contains(&who), Error::<T>::NotInCommittee);
		agreement.approvals.retain(|anchor| committee.contains(anchor));
		ensure!(!agreement.approvals.contains(&who), Error::<T>::AlreadyApproved);
		agreement.approvals.try_push(who.clone()).map_err(|_| Error::<T>::TooManyApprovals)?;
		let count = u32::try_from(agreement.approvals.len()).unwrap_or(u32::MAX);
		let agreed = count >= T::Committees::quorum();
		if agreed {
			agreement.state = AgreementState::Agreed;
		}
		Agreements::<T>::insert(machine, agreement);
		Self::deposit_event(Event::AgreementApproved { machine, hash, anchor: who });
		if agreed {
			Self::deposit_event(Event::AgreementAgreed { machine, hash });
		}
		Ok(())
	}

	pub(crate) fn do_start_test(who: T::AccountId, machine: MachineId, hash: H256) -> DispatchResult {
		Self::owned(&who, machine)?;
		let mut agreement = Agreements::<T>::get(machine).ok_or(Error::<T>::NoAgreement)?;
		ensure!(agreement.state == AgreementState::Agreed, Error::<T>::NotAgreed);
		ensure!(agreement.hash == hash, Error::<T>::WrongHash);
		T::Machines::test(machine)?;
		agreement.state = AgreementState::Testing;
		agreement.approvals = Default::default();
		Agreements::<T>::insert(machine, agreement);
		Records::<T>::insert(machine, Record { since: T::Clock::now(), ..Default::default() });
		Self::deposit_event(Event::AgreementTesting { machine, hash });
		Ok(())
	}

	pub(crate) fn do_terminate(who: T::AccountId, machine: MachineId) -> DispatchResult {
		let info = Self::owned(&who, machine)?;
		let mut agreement = Agreements::<T>::get(machine).ok_or(Error::<T>::NoAgreement)?;
		ensure!(agreement.state.is_live(), Error::<T>::NotLive);
		// Leases exist only on commitments, and a commitment names the template that its buyers were promised.
		ensure!(info.open == 0, Error::<T>::HasCommitments);
		// Ending the agreement must not be a way out of a slash; the wait is bounded, so that a committee that
		// never comes holds nobody.
		let waits = Records::<T>::get(machine)
			.pending
			.is_some_and(|breach| T::Clock::session() <= breach.session.saturating_add(1));
		ensure!(!waits, Error::<T>::BreachPending);
		if agreement.state.is_judged() {
			T::Machines::unbind(machine)?;
		}
		agreement.state = AgreementState::Terminated;
		agreement.approvals = Default::default();
		Agreements::<T>::insert(machine, agreement);
		Records::<T>::remove(machine);
		Self::deposit_event(Event::AgreementTerminated { machine });
		Ok(())
	}

	pub(crate) fn do_expire(machine: MachineId) -> DispatchResult {
		let agreement = Agreements::<T>::get(machine).ok_or(Error::<T>::NoAgreement)?;
		ensure!(agreement.state == AgreementState::Proposed, Error::<T>::NotProposed);
		ensure!(T::Clock::now() > Self::deadline(&agreement), Error::<T>::NotDue);
		Self::apply_expiry(machine, agreement);
		Ok(())
	}

	/// The last slot in which a proposal may be approved: slots in gaps do not count.
	pub(crate) fn deadline(agreement: &Agreement<T::AccountId>) -> Slot {
		T::Clock::extended(agreement.proposed_at, agreement.deadline.saturating_add(1)).saturating_sub(1)
	}

	/// Writes that a proposal was not approved in time.
	pub(crate) fn apply_expiry(machine: MachineId, mut agreement: Agreement<T::AccountId>) {
		let hash = agreement.hash;
		agreement.state = AgreementState::Expired;
		agreement.approvals = Default::default();
		Agreements::<T>::insert(machine, agreement);
		Self::deposit_event(Event::AgreementExpired { machine, hash });
	}

	/// The machine, when it is the caller's.
	fn owned(who: &T::AccountId, machine: MachineId) -> Result<MachineInfo<T::AccountId>, DispatchError> {
		let info = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(info.owner == *who, Error::<T>::NotOwner);
		Ok(info)
	}

	/// Whether a module can be published.
	pub(crate) fn check_module(module: &SlaModule) -> DispatchResult {
		ensure!(module.comparator == module.metric.comparator(), Error::<T>::WrongComparator);
		ensure!(
			0 < module.min_threshold && module.min_threshold <= module.max_threshold,
			Error::<T>::InvalidRange
		);
		ensure!(
			module.metric != Metric::Availability || module.max_threshold <= penalty::PPM,
			Error::<T>::InvalidRange
		);
		ensure!((1..=MAX_WINDOW_ROUNDS).contains(&module.window_rounds), Error::<T>::InvalidWindow);
		ensure!(penalty::knots_increase(&module.knots), Error::<T>::InvalidKnots);
		ensure!(heights_fit(&module.knots, &module.heights), Error::<T>::InvalidHeights);
		Ok(())
	}

	/// The terms with heights filled in from their modules where they name none, when each is one that its
	/// module allows and no two are of the same module.
	pub(crate) fn completed(mut terms: Terms) -> Result<Terms, DispatchError> {
		ensure!(!terms.is_empty(), Error::<T>::NoTerms);
		let mut seen = Vec::new();
		for term in terms.iter_mut() {
			ensure!(!seen.contains(&term.module), Error::<T>::DuplicateTerm);
			seen.push(term.module);
			let module = Modules::<T>::get(term.module).ok_or(Error::<T>::UnknownModule)?;
			ensure!(
				(module.min_threshold..=module.max_threshold).contains(&term.threshold),
				Error::<T>::ThresholdOutOfRange
			);
			if term.heights.is_empty() {
				term.heights = module.heights;
			}
			ensure!(heights_fit(&module.knots, &term.heights), Error::<T>::InvalidHeights);
		}
		Ok(terms)
	}

	/// Whether `terms` promise at least what `template` promises.
	pub(crate) fn refines(terms: &Terms, template: &Terms) -> Result<bool, DispatchError> {
		Ok(penalty::refines(&Self::comparable(terms)?, &Self::comparable(template)?))
	}

	fn comparable(terms: &Terms) -> Result<Vec<penalty::Term>, DispatchError> {
		terms
			.iter()
			.map(|term| {
				let module = Modules::<T>::get(term.module).ok_or(Error::<T>::UnknownModule)?;
				Ok(penalty::Term {
					module: term.module,
					comparator: module.comparator.into(),
					threshold: term.threshold,
					heights: pairs(&term.heights),
				})
			})
			.collect()
	}
}
