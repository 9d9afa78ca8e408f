//! The numbered invariants of the crate's documentation.

use crate::*;
use alloc::collections::BTreeMap;
use exabits_primitives::{Balance, Role};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(TermsInForce::<T>::get().is_valid(), "1: terms out of bounds");
		for (place, session) in Sessions::<T>::iter() {
			ensure!(place == Self::place(session.index), "2: a session in another's place");
		}
		let mut got = BTreeMap::<_, Balance>::new();
		for (_, role, earning) in Earnings::<T>::iter() {
			ensure!(earning.points > 0 || earning.own > 0 || earning.shared > 0, "3: an earning is empty");
			ensure!(role != Role::Service, "3: a service node has earned");
			let sum = got.entry((earning.session, role == Role::Anchor)).or_default();
			*sum = sum.checked_add(earning.points).ok_or("4: points overflow")?;
		}
		for ((index, anchors), sum) in got {
			let Some(session) = Self::session(index) else { continue };
			let budget = if anchors { session.anchors } else { session.validators };
			ensure!(sum <= budget.points, "4: more points than there were to get");
		}
		Ok(())
	}
}
