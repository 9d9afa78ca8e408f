//! Random sequences of calls and verdicts: the invariants hold after every step.

use crate::{mock::*, *};
use exabits_primitives::{Judge, LeaseId, LeaseState, MachineState, RoundOutcome};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	ProposeOwn,
	ProposeStricter(u32),
	Approve(usize),
	Start,
	Terminate,
	Counter(usize, u32),
	Withdraw,
	End,
	Measure(u32),
	Missing,
	Replay,
	Serve(bool),
	Finish,
	Drain,
	Wait(u64),
	NextSession,
	Expire,
	Sweep,
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		2 => Just(Step::ProposeOwn),
		2 => (900_000..1_000_000u32).prop_map(Step::ProposeStricter),
		3 => (0..3usize).prop_map(Step::Approve),
		3 => Just(Step::Start),
		1 => Just(Step::Terminate),
		2 => (0..3usize, 900_000..1_000_000u32).prop_map(|(anchor, threshold)| Step::Counter(anchor, threshold)),
		1 => Just(Step::Withdraw),
		1 => Just(Step::End),
		4 => prop_oneof![Just(1_000_000), 0..1_000_000u32].prop_map(Step::Measure),
		2 => Just(1_000_000).prop_map(Step::Measure),
		2 => Just(Step::Missing),
		1 => Just(Step::Replay),
		1 => any::<bool>().prop_map(Step::Serve),
		1 => Just(Step::Finish),
		1 => Just(Step::Drain),
		2 => (1..30u64).prop_map(Step::Wait),
		1 => Just(Step::Wait(4_000)),
		2 => Just(Step::NextSession),
		1 => Just(Step::Expire),
		2 => Just(Step::Sweep),
	]
}

fn take(step: Step) {
	let owner = RuntimeOrigin::signed(OWNER);
	let hash = Sla::negotiation(MACHINE).map_or_else(Default::default, |(agreement, _)| agreement.hash);
	// Refusals are part of the story.
	let _ = match step {
		Step::ProposeOwn => Sla::propose(owner, MACHINE, TEMPLATE, None),
		Step::ProposeStricter(threshold) => {
			let mut terms = template().terms;
			terms[0].threshold = threshold;
			Sla::propose(owner, MACHINE, TEMPLATE, Some(terms))
		}
		Step::Approve(anchor) => Sla::approve(RuntimeOrigin::signed(ANCHORS[anchor]), MACHINE, hash),
		Step::Start => Sla::start_test(owner, MACHINE, hash),
		Step::Terminate => Sla::terminate(owner, MACHINE),
		Step::Counter(anchor, threshold) => {
			let mut terms = template().terms;
			terms[0].threshold = threshold;
			Sla::counter(RuntimeOrigin::signed(ANCHORS[anchor]), MACHINE, hash, terms)
		}
		Step::Withdraw => Sla::withdraw_renewal(owner, MACHINE),
		Step::End => Sla::end(RuntimeOrigin::signed(STRANGER), MACHINE),
		Step::Expire => Sla::expire(RuntimeOrigin::signed(STRANGER), MACHINE),
		Step::Measure(ppm) => {
			measured(MACHINE, available(ppm));
			Ok(())
		}
		Step::Missing => {
			judge(MACHINE, RoundOutcome::Missing);
			Ok(())
		}
		Step::Replay => {
			if let Some(last) = Standings::<Test>::get(MACHINE).last {
				let before = (Payments::get().len(), Deferred::get().len());
				Sla::judge(MACHINE, last.round, Session::get() + 1, RoundOutcome::Measured(available(0)));
				assert_eq!((Payments::get().len(), Deferred::get().len()), before);
			}
			Ok(())
		}
		Step::Serve(running) => {
			if machine_state(MACHINE) == MachineState::Online {
				let state = if running { LeaseState::Running } else { LeaseState::Placed };
				serve(LeaseId(1), MACHINE, Now::get(), state);
			}
			Ok(())
		}
		Step::Finish => {
			Served::set(Default::default());
			Ok(())
		}
		Step::Drain => {
			if machine_state(MACHINE) == MachineState::Online {
				set_machine_state(MACHINE, MachineState::Draining);
			}
			Ok(())
		}
		Step::Wait(slots) => {
			Now::mutate(|now| *now += slots);
			Ok(())
		}
		Step::NextSession => {
			next_session();
			Ok(())
		}
		Step::Sweep => {
			sweep();
			Ok(())
		}
	};
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn invariants_hold_after_every_step(steps in proptest::collection::vec(step(), 1..60)) {
		new_test_ext().execute_with(|| {
			let mut sessions = 0usize;
			for step in steps {
				if matches!(step, Step::NextSession) {
					sessions += 1;
				}
				take(step);
				if let Err(error) = Sla::do_try_state() {
					panic!("{error:?}");
				}
				// A slash needs two sessions, and each session confirms once at most.
				assert!(Deferred::get().len() <= sessions);
				assert!(Deferred::get().iter().all(|(_, _, amount)| (1..=400).contains(amount)));
			}
		});
	}
}
