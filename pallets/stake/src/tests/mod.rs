//! Tests by call.

mod admin;
mod anchors;
mod appeals;
mod bond;
mod bond_more;
mod bonds;
mod candidates;
mod commission;
mod delegation;
mod genesis;
mod offences;
mod random;
mod session;
mod slashes;
mod unbond;
mod withdraw;

use crate::{mock::*, *};
use exabits_primitives::{Anchors, Bonds, Role, Slashes};
use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{Inspect, InspectHold},
	BoundedVec,
};
use sp_runtime::{DispatchResult, TokenError};

type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn bond(who: u64, role: Role) -> BondOf<Test> {
	Ledger::<Test>::get(who, role).unwrap_or_default()
}

fn held(who: u64, reason: HoldReason) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

fn defer(who: u64, role: Role, amount: Balance, reporter: Option<u64>) -> SlashId {
	<Stake as Slashes<u64>>::defer(&who, role, amount, reporter).expect("the slash is deferred")
}

fn candidates() -> Vec<u64> {
	Candidates::<Test>::get().into_iter().map(|entry| entry.who).collect()
}

fn anchors() -> Vec<u64> {
	AnchorList::<Test>::get().into_iter().map(|entry| entry.who).collect()
}
