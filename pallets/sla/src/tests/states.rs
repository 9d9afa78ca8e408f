//! The state machine of agreements: each call in each state.

use crate::{mock::*, *};
use exabits_primitives::MachineState;
use AgreementState::*;

/// Brings [`MACHINE`]'s agreement to a state.
fn bring_to(state: AgreementState) {
	let owner = || RuntimeOrigin::signed(OWNER);
	let propose = |terms| Sla::propose(owner(), MACHINE, TEMPLATE, terms).unwrap();
	match state {
		Proposed => propose(Some(stricter())),
		Countered => {
			propose(Some(stricter()));
			let terms = bounded(vec![term(AVAILABILITY, 960_000), term(LATENCY, 800)]);
			Sla::counter(RuntimeOrigin::signed(ANCHORS[2]), MACHINE, hash(MACHINE), terms).unwrap();
		}
		Agreed => negotiate(MACHINE, stricter()),
		Testing => test(MACHINE),
		Active => activate(MACHINE),
		Rejected => {
			test(MACHINE);
			measured(MACHINE, available(0));
		}
		Terminated => {
			propose(None);
			Sla::terminate(owner(), MACHINE).unwrap();
		}
		Expired => {
			propose(Some(stricter()));
			Now::mutate(|now| *now += 21);
			Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE).unwrap();
		}
	}
	assert_eq!(agreement(MACHINE).state, state);
}

const ALL: [AgreementState; 8] =
	[Proposed, Countered, Agreed, Testing, Active, Rejected, Terminated, Expired];

/// Asserts in which states a call is accepted and what state it leads to, and that it changes nothing elsewhere.
fn only_in(call: impl Fn() -> sp_runtime::DispatchResult, accepted: &[(AgreementState, AgreementState)]) {
	for state in ALL {
		run(|| {
			bring_to(state);
			let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
			let result = call();
			match accepted.iter().find(|(from, _)| *from == state) {
				Some((_, to)) => {
					assert_eq!(result, Ok(()), "in {state:?}");
					assert_eq!(agreement(MACHINE).state, *to, "from {state:?}");
				}
				None => {
					assert!(result.is_err(), "in {state:?}");
					let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
					assert_eq!(before, after, "in {state:?}");
				}
			}
		});
	}
}

#[test]
fn proposing() {
	let propose = || Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, Some(stricter()));
	only_in(
		propose,
		&[
			(Proposed, Proposed),
			(Countered, Proposed),
			(Agreed, Proposed),
			// What follows an active agreement leaves it active.
			(Active, Active),
			(Rejected, Proposed),
			(Terminated, Proposed),
			(Expired, Proposed),
		],
	);
}

#[test]
fn countering() {
	let terms = || bounded(vec![term(AVAILABILITY, 970_000), term(LATENCY, 700)]);
	let counter = || Sla::counter(RuntimeOrigin::signed(ANCHORS[0]), MACHINE, hash(MACHINE), terms());
	only_in(counter, &[(Proposed, Countered), (Countered, Countered)]);
}

#[test]
fn approving() {
	let approve = || {
		let approve = |who| Sla::approve(RuntimeOrigin::signed(who), MACHINE, hash(MACHINE));
		approve(ANCHORS[0])?;
		approve(ANCHORS[1])
	};
	only_in(approve, &[(Proposed, Agreed), (Countered, Agreed)]);
}

#[test]
fn accepting() {
	let start = || Sla::start_test(RuntimeOrigin::signed(OWNER), MACHINE, hash(MACHINE));
	only_in(start, &[(Agreed, Testing)]);
}

#[test]
fn expiring() {
	let expire = || {
		Now::mutate(|now| *now += 21);
		Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE)
	};
	only_in(expire, &[(Proposed, Expired), (Countered, Expired), (Agreed, Expired)]);
}

#[test]
fn terminating() {
	let terminate = || Sla::terminate(RuntimeOrigin::signed(OWNER), MACHINE);
	only_in(
		terminate,
		&[
			(Proposed, Terminated),
			(Countered, Terminated),
			(Agreed, Terminated),
			(Testing, Terminated),
			// Notice comes first.
			(Active, Active),
		],
	);
}

#[test]
fn ending() {
	let end = || {
		Now::mutate(|now| *now += 4_000);
		Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE)
	};
	only_in(end, &[(Active, Expired)]);
}

#[test]
fn withdrawing_a_renewal() {
	only_in(|| Sla::withdraw_renewal(RuntimeOrigin::signed(OWNER), MACHINE), &[]);
}

#[test]
fn judging() {
	for state in ALL {
		for (availability, machine, to) in
			[(1_000_000, MachineState::Online, Active), (0, MachineState::Registered, Rejected)]
		{
			run(|| {
				bring_to(state);
				measured(MACHINE, available(availability));
				match state {
					Testing => {
						assert_eq!((agreement(MACHINE).state, machine_state(MACHINE)), (to, machine))
					}
					other => assert_eq!(agreement(MACHINE).state, other),
				}
			});
		}
	}
}
