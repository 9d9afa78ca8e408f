//! Tests by call and by what is earned.

mod anchors;
mod claim;
mod random;
mod set_terms;
mod validators;

use crate::{mock::*, *};
use exabits_primitives::{Balance, Issuance as _, Measured, Role};
use frame_support::{assert_noop, assert_ok, traits::Get};
use sp_runtime::DispatchError;

type Error = crate::Error<Test>;

fn claim(who: u64, role: Role) -> sp_runtime::DispatchResult {
	Issuance::claim(RuntimeOrigin::signed(7), who, role)
}

/// `who` produces so many blocks.
fn blocks(who: u64, count: u32) {
	for _ in 0..count {
		<Issuance as pallet_authorship::EventHandler<_, _>>::note_author(who);
	}
}
