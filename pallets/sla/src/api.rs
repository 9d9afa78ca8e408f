//! What other pallets ask and tell this one.

use crate::{
	runtime_api, AgreementState, Agreements, Config, Pallet, Renewals, Standings, Template, Templates,
	WeightInfo,
};
use alloc::vec::Vec;
use exabits_primitives::{
	Approvers, Classes, Clock, Judge, MachineId, Machines, ResourceKind, RoundIndex, RoundOutcome,
	SessionIndex, TemplateId, WindowIndex, Workload, MAX_LEASES_PER_WINDOW,
};
use frame_support::weights::Weight;
use sp_runtime::Perbill;

impl<T: Config> exabits_primitives::Agreements for Pallet<T> {
	/// Deprecation does not change it: what was promised under a template is sold and served as before.
	fn template_allows(template: TemplateId, kind: ResourceKind) -> bool {
		Templates::<T>::get(template).is_some_and(|template| template.kinds.contains(&kind))
	}

	fn price_factor(template: TemplateId) -> Option<Perbill> {
		Templates::<T>::get(template).map(|template| template.price_factor)
	}

	/// `None` also once notice was given or the agreement's time is over, although its rounds are still judged.
	fn active_template(machine: MachineId) -> Option<TemplateId> {
		Agreements::<T>::get(machine).filter(Self::takes_commitments).map(|agreement| agreement.template)
	}

	fn reliability(machine: MachineId) -> u16 {
		// Not above 1,000.
		u16::try_from(Self::score(machine).mul_floor(1_000u32)).unwrap_or(u16::MAX)
	}

	fn rejected(machine: MachineId) {
		Standings::<T>::mutate(machine, |standing| standing.learned.complain());
	}
}

impl<T: Config> Judge for Pallet<T> {
	fn judge(machine: MachineId, round: RoundIndex, session: SessionIndex, outcome: RoundOutcome) -> Weight {
		Self::do_judge(machine, round, session, outcome)
	}

	/// The leases of the round's window are paid, and those of the window after it, which may be the current one, are
	/// moved.
	fn judge_weight() -> Weight {
		T::WeightInfo::judge_confirmed_breach(MAX_LEASES_PER_WINDOW.saturating_mul(2))
	}
}

impl<T: Config> Approvers<T::AccountId> for Pallet<T> {
	fn approvers(machine: MachineId) -> Vec<T::AccountId> {
		Agreements::<T>::get(machine)
			.filter(|agreement| {
				agreement.state == AgreementState::Active && T::Clock::now() <= agreement.answered_until
			})
			.map_or_else(Vec::new, |agreement| agreement.approvals.into_inner())
	}
}

impl<T: Config> Pallet<T> {
	/// The probability of a breach in the window after the current one; `None` before the first verdict.
	pub(crate) fn breach_forecast(machine: MachineId) -> Option<Perbill> {
		let standing = Standings::<T>::get(machine).learned;
		standing.score()?;
		let class = T::Classes::class(T::Machines::machine(machine)?.class)?;
		let next = WindowIndex(WindowIndex::at(T::Clock::now(), class.window_slots).0.saturating_add(1));
		let ppm = standing.forecast(next, Self::windows_in_a_day(class.window_slots));
		Some(Perbill::from_parts(ppm.saturating_mul(1_000)))
	}

	/// All that is agreed, known and expected of a machine; `None` when nothing is.
	pub fn compliance(machine: MachineId) -> Option<runtime_api::Compliance<T::AccountId>> {
		let agreement = Agreements::<T>::get(machine);
		let last = Standings::<T>::get(machine).last;
		if agreement.is_none() && last.is_none() {
			return None;
		}
		Some(runtime_api::Compliance {
			agreement,
			renewal: Renewals::<T>::get(machine),
			last,
			score: Self::score(machine),
			breach: Self::breach_forecast(machine),
		})
	}

	/// The templates that are offered for a kind of hardware and a workload, oldest first.
	///
	/// Goes through all templates: for runtime APIs only.
	pub fn templates_for(kind: ResourceKind, workload: Workload) -> Vec<(TemplateId, Template)> {
		let mut found: Vec<_> = Templates::<T>::iter()
			.filter(|(id, template)| {
				template.kinds.contains(&kind)
					&& template.workloads.contains(&workload)
					&& !crate::DeprecatedTemplates::<T>::contains_key(id)
			})
			.collect();
		found.sort_unstable_by_key(|(id, _)| *id);
		found
	}
}
