//! What other pallets ask and tell this one.

use crate::{AgreementState, Agreements, Config, Pallet, Scores, Templates, WeightInfo};
use exabits_primitives::{
	Judge, MachineId, ResourceKind, RoundIndex, RoundOutcome, SessionIndex, TemplateId, MAX_LEASES_PER_WINDOW,
};
use frame_support::weights::Weight;
use sp_runtime::Perbill;

impl<T: Config> exabits_primitives::Agreements for Pallet<T> {
	fn template_allows(template: TemplateId, kind: ResourceKind) -> bool {
		Templates::<T>::get(template).is_some_and(|template| template.kinds.contains(&kind))
	}

	fn price_factor(template: TemplateId) -> Option<Perbill> {
		Templates::<T>::get(template).map(|template| template.price_factor)
	}

	fn active_template(machine: MachineId) -> Option<TemplateId> {
		Agreements::<T>::get(machine)
			.filter(|agreement| agreement.state == AgreementState::Active)
			.map(|agreement| agreement.template)
	}

	fn reliability(machine: MachineId) -> u16 {
		// Not above 1,000.
		u16::try_from(Scores::<T>::get(machine).mul_floor(1_000u32)).unwrap_or(u16::MAX)
	}

	fn rejected(machine: MachineId) {
		Scores::<T>::mutate(machine, |score| *score = exabits_math::penalty::score(*score, false));
	}
}

impl<T: Config> Judge for Pallet<T> {
	fn judge(machine: MachineId, round: RoundIndex, session: SessionIndex, outcome: RoundOutcome) {
		Self::do_judge(machine, round, session, outcome);
	}

	fn judge_weight() -> Weight {
		T::WeightInfo::judge(MAX_LEASES_PER_WINDOW)
	}
}
