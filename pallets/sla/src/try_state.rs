//! The invariants of the README, checked.

use crate::{
	AgreementState, Agreements, Config, Expiries, ExpiryCursor, LastVerdict, Modules, NextModule,
	NextTemplate, Pallet, Records, Templates,
};
use alloc::{collections::btree_map::BTreeMap, vec::Vec};
use exabits_primitives::{Clock, MachineState, Machines};
use frame_support::ensure;
use sp_runtime::{Perbill, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks the numbered invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_published()?;
		Self::check_agreements()?;
		Self::check_records()?;
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
				Self::completed(template.terms.clone()).is_ok_and(|terms| terms == template.terms),
				"1: a template's terms are malformed"
			);
		}
		Ok(())
	}

	fn check_agreements() -> Result<(), TryRuntimeError> {
		for (machine, agreement) in Agreements::<T>::iter() {
			let hash = Self::terms_hash(machine, agreement.template, &agreement.terms);
			ensure!(hash == agreement.hash, "2: an agreement's hash is not that of its terms");
			let template =
				Templates::<T>::get(agreement.template).ok_or("3: an agreement's template is not there")?;
			ensure!(
				Self::completed(agreement.terms.clone()).is_ok_and(|terms| terms == agreement.terms),
				"3: an agreement's terms are malformed"
			);
			ensure!(Self::refines(&agreement.terms, &template.terms)?, "3: an agreement does not refine");
			let mut approvals = agreement.approvals.to_vec();
			approvals.sort();
			approvals.dedup();
			ensure!(approvals.len() == agreement.approvals.len(), "4: an anchor approved twice");
			ensure!(
				approvals.is_empty()
					|| matches!(agreement.state, AgreementState::Proposed | AgreementState::Agreed),
				"4: approvals outlive the negotiation"
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

	fn check_records() -> Result<(), TryRuntimeError> {
		for (machine, record) in Records::<T>::iter() {
			ensure!(
				Agreements::<T>::get(machine).is_some_and(|agreement| agreement.state.is_judged()),
				"6: a record outlives its agreement"
			);
			if let Some(breach) = record.pending {
				ensure!(breach.session <= T::Clock::session(), "7: a breach is pending from the future");
				ensure!(!breach.slash.is_zero(), "7: a breach that costs nothing is pending");
				ensure!(record.breaches > 0, "7: a breach is pending after a pass");
				ensure!(
					LastVerdict::<T>::get(machine).is_some_and(|last| breach.round <= last.round),
					"7: a breach is pending from a round that was not judged"
				);
			}
		}
		for (machine, agreement) in Agreements::<T>::iter() {
			ensure!(
				Records::<T>::contains_key(machine) == agreement.state.is_judged(),
				"6: a judged agreement has no record"
			);
		}
		for verdict in LastVerdict::<T>::iter_values() {
			ensure!(
				verdict.outcome == crate::Outcome::Breached
					|| (verdict.credit, verdict.slash) == (Perbill::zero(), Perbill::zero()),
				"8: a verdict without a breach costs something"
			);
		}
		Ok(())
	}

	fn check_queue() -> Result<(), TryRuntimeError> {
		let mut entries = BTreeMap::new();
		for (slot, machines) in Expiries::<T>::iter() {
			ensure!(!machines.is_empty(), "9: an empty list is stored");
			ensure!(
				ExpiryCursor::<T>::get().is_some_and(|cursor| cursor <= slot),
				"9: an entry lies behind the cursor"
			);
			for machine in machines {
				ensure!(entries.insert(machine, slot).is_none(), "9: a machine is queued twice");
			}
		}
		let queued: Vec<_> = Agreements::<T>::iter().filter(|(_, a)| a.queued).map(|(id, _)| id).collect();
		ensure!(queued.len() == entries.len(), "9: the queue and the agreements disagree");
		ensure!(queued.iter().all(|id| entries.contains_key(id)), "9: a queued agreement has no entry");
		Ok(())
	}
}
