//! The invariants of the README, checked.

use crate::{
	Agreement, AgreementState, Agreements, Config, DeprecatedModules, DeprecatedTemplates, Due, Expiries,
	ExpiryCursor, HoldReason, Modules, NextModule, NextSubmission, NextTemplate, Pallet, Renewals, Standings,
	Submissions, Templates,
};
use alloc::collections::btree_map::BTreeMap;
use exabits_primitives::{Clock, MachineId, MachineState, Machines};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{Perbill, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks the numbered invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_published()?;
		Self::check_agreements()?;
		Self::check_records()?;
		Self::check_submissions()?;
		Self::check_queue()
	}

	fn check_published() -> Result<(), TryRuntimeError> {
		for (id, module) in Modules::<T>::iter() {
			ensure!(id < NextModule::<T>::get(), "1: a module has an id that was not given out");
			ensure!(Self::check_module(&module).is_ok(), "1: a module is malformed");
		}
		for (id, template) in Templates::<T>::iter() {
			ensure!(id < NextTemplate::<T>::get(), "1: a template has an id that was not given out");
			ensure!(!template.kinds.is_empty(), "1: a template is for no hardware");
			ensure!(!template.price_factor.is_zero(), "1: a template is free");
			ensure!(
				Self::completed(template.terms.clone(), &template.kinds, &template.workloads)
					.is_ok_and(|terms| terms == template.terms),
				"1: a template's terms are malformed"
			);
			if let Some(base) = template.refines {
				let base = Templates::<T>::get(base).ok_or("1: a template refines one that is not there")?;
				ensure!(Self::refines(&template.terms, &base.terms)?, "1: a template refines another not");
			}
		}
		ensure!(
			DeprecatedModules::<T>::iter_keys().all(Modules::<T>::contains_key)
				&& DeprecatedTemplates::<T>::iter_keys().all(Templates::<T>::contains_key),
			"1: something is deprecated that is not there"
		);
		Ok(())
	}

	fn check_submissions() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::new();
		for (id, submission) in Submissions::<T>::iter() {
			ensure!(id < NextSubmission::<T>::get(), "10: a submission has an id that was not given out");
			let sum = deposits.entry(submission.author).or_insert(0u128);
			*sum = sum.saturating_add(submission.deposit);
		}
		for (author, deposits) in deposits {
			let held = T::Currency::balance_on_hold(&HoldReason::Publication.into(), &author);
			ensure!(held >= deposits, "10: a deposit is not on hold");
		}
		Ok(())
	}

	fn check_agreements() -> Result<(), TryRuntimeError> {
		for (machine, renewal) in Renewals::<T>::iter() {
			Self::check_terms(machine, &renewal)?;
			ensure!(
				renewal.state.is_open()
					|| matches!(renewal.state, AgreementState::Agreed | AgreementState::Testing),
				"11: what shall follow an agreement is over"
			);
			ensure!(
				Agreements::<T>::get(machine).is_some_and(|one| one.state == AgreementState::Active),
				"11: something shall follow an agreement that is not active"
			);
		}
		for (machine, agreement) in Agreements::<T>::iter() {
			Self::check_terms(machine, &agreement)?;
			ensure!(
				agreement.ending.is_some() == (agreement.state == AgreementState::Active),
				"12: an active agreement has no end, or another has"
			);
			let state = T::Machines::machine(machine)
				.map(|info| info.state)
				.ok_or("5: an agreement binds a machine that is not there")?;
			ensure!(
				match agreement.state {
					AgreementState::Testing =>
						matches!(state, MachineState::UnderTest | MachineState::Retired),
					AgreementState::Active => matches!(
						state,
						MachineState::Online
							| MachineState::Suspended
							| MachineState::Draining
							| MachineState::Retired
					),
					_ => true,
				},
				"5: a machine's state does not suit its agreement"
			);
		}
		Ok(())
	}

	fn check_terms(machine: MachineId, agreement: &Agreement<T::AccountId>) -> Result<(), TryRuntimeError> {
		let hash = Self::terms_hash(machine, agreement.template, &agreement.terms);
		ensure!(hash == agreement.hash, "2: an agreement's hash is not that of its terms");
		let template =
			Templates::<T>::get(agreement.template).ok_or("3: an agreement's template is not there")?;
		ensure!(
			Self::completed(agreement.terms.clone(), &[], &template.workloads)
				.is_ok_and(|terms| terms == agreement.terms),
			"3: an agreement's terms are malformed"
		);
		ensure!(Self::refines(&agreement.terms, &template.terms)?, "3: an agreement does not refine");
		for anchors in [&agreement.approvals, &agreement.countered] {
			let mut distinct = anchors.to_vec();
			distinct.sort();
			distinct.dedup();
			ensure!(distinct.len() == anchors.len(), "4: an anchor is named twice");
		}
		ensure!(
			agreement.approvals.is_empty()
				|| !matches!(
					agreement.state,
					AgreementState::Rejected | AgreementState::Terminated | AgreementState::Expired
				),
			"4: approvals outlive the agreement"
		);
		Ok(())
	}

	fn check_records() -> Result<(), TryRuntimeError> {
		for (machine, standing) in Standings::<T>::iter() {
			ensure!(
				standing.record.is_none()
					|| Agreements::<T>::get(machine).is_some_and(|agreement| agreement.state.is_judged()),
				"6: a record outlives its agreement"
			);
			ensure!(
				standing.last.is_none_or(|verdict| verdict.outcome == crate::Outcome::Breached
					|| (verdict.credit, verdict.slash) == (Perbill::zero(), Perbill::zero())),
				"8: a verdict without a breach costs something"
			);
			if let Some(breach) = standing.record.and_then(|record| record.pending) {
				ensure!(breach.session <= T::Clock::session(), "7: a breach is pending from the future");
				ensure!(!breach.slash.is_zero(), "7: a breach that costs nothing is pending");
				ensure!(!breach.broken.is_empty(), "7: a breach of no term is pending");
				ensure!(
					standing.last.is_some_and(|last| breach.round <= last.round),
					"7: a breach is pending from a round that was not judged"
				);
			}
		}
		for (machine, agreement) in Agreements::<T>::iter() {
			ensure!(
				Standings::<T>::get(machine).record.is_some() == agreement.state.is_judged(),
				"6: a judged agreement has no record"
			);
		}
		Ok(())
	}

	fn check_queue() -> Result<(), TryRuntimeError> {
		let mut entries = BTreeMap::new();
		for (slot, dues) in Expiries::<T>::iter() {
			ensure!(!dues.is_empty(), "9: an empty list is stored");
			ensure!(
				ExpiryCursor::<T>::get().is_some_and(|cursor| cursor <= slot),
				"9: an entry lies behind the cursor"
			);
			for due in dues {
				ensure!(entries.insert(due, slot).is_none(), "9: something is queued twice");
			}
		}
		let mut known = BTreeMap::new();
		for (machine, agreement) in Agreements::<T>::iter() {
			let renewal = Renewals::<T>::get(machine).is_some_and(|renewal| renewal.queued);
			ensure!(!(renewal && agreement.queued), "9: a negotiation is queued twice");
			if renewal || agreement.queued {
				known.insert(Due::Negotiation(machine), None);
			}
			if let Some(slot) = agreement.ending.and_then(|ending| ending.queued) {
				known.insert(Due::Ending(machine), Some(slot));
			}
		}
		ensure!(known.keys().eq(entries.keys()), "9: the queue and the agreements disagree");
		ensure!(
			known.iter().all(|(due, slot)| slot.is_none_or(|slot| entries.get(due) == Some(&slot))),
			"9: an end is queued elsewhere"
		);
		Ok(())
	}
}
