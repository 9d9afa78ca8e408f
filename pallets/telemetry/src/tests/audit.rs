//! An anchor demands a sample; the machine shows it or fails.

use crate::{
	mock::*, Audit, Audits, Call, Demanded, DueAt, Error, Event, Opening, Parameters, Refusal, Settings,
	Suspicion,
};
use exabits_math::merkle;
use exabits_primitives::{
	keys::{anchor, machine},
	telemetry::Sample,
	MachineId, MachineState, Slot, TelemetryReport, TelemetrySummary, WindowIndex,
};
use frame_support::{
	assert_noop, assert_ok, assert_storage_noop,
	traits::Hooks,
	weights::{Weight, WeightMeter},
};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError, RuntimeAppPublic};

/// The slot in which demands of tests are made: the one after the report's.
const SINCE: Slot = 601;
/// The first slot that is too late for them: a round later.
const UNTIL: Slot = SINCE + 15;

/// A machine that has reported, and an anchor of its committee.
fn reported() -> (machine::Id, anchor::Id) {
	let key = key("//machine");
	register(MACHINE, key.clone());
	assert_eq!(apply(signed(MACHINE, &key, report(LAST), &[])), Ok(Ok(())));
	let anchor = anchor_key("//anchor");
	seat(ANCHOR, anchor.clone());
	Now::set(SINCE);
	(key, anchor)
}

fn demand_of(anchor: u64, key: &anchor::Id, window: WindowIndex) -> Call<Test> {
	let payload = Telemetry::demand_payload(&anchor, MACHINE, Session::get(), window);
	Call::demand { anchor, machine: MACHINE, window, signature: key.sign(&payload).unwrap() }
}

fn demand(key: &anchor::Id, window: WindowIndex) -> Call<Test> {
	demand_of(ANCHOR, key, window)
}

fn show(key: &machine::Id, opening: Opening) -> Call<Test> {
	let signature = key.sign(&Telemetry::opening_payload(MACHINE, &opening)).unwrap();
	Call::open { machine: MACHINE, opening, signature }
}

/// What meets the demand.
fn opening() -> Opening {
	let (_, demand) = Telemetry::open_demand(MACHINE).unwrap();
	of(demand.report.window, demand.index)
}

fn of(window: WindowIndex, index: u32) -> Opening {
	let samples = samples(window);
	let proof = merkle::proof(&leaves(&samples), index as usize).try_into().unwrap();
	Opening { window, index, sample: samples[index as usize].clone(), proof }
}

/// A machine of which a sample is demanded.
fn demanded() -> (machine::Id, anchor::Id) {
	let keys = reported();
	assert_eq!(apply(demand(&keys.1, LAST)), Ok(Ok(())));
	keys
}

fn audit() -> Audit {
	Telemetry::audit(MACHINE).unwrap()
}

fn sweep() {
	Telemetry::on_poll(1, &mut WeightMeter::new());
}

/// Whether the machine failed the audit of [`LAST`].
fn has_failed() -> bool {
	audit().failed == Some(LAST)
}

mod demanding {
	use super::*;

	#[test]
	fn opens_an_audit_with_a_deadline() {
		run(|| {
			demanded();
			let (audit, demand) = Telemetry::open_demand(MACHINE).unwrap();
			assert_eq!((audit.window, audit.failed), (LAST, None));
			assert_eq!((demand.report, demand.since, demand.until), (report(LAST), SINCE, UNTIL));
			assert!(demand.index < 20);
			assert_eq!(DueAt::<Test>::get(UNTIL).into_inner(), [MACHINE]);
			System::assert_last_event(
				Event::SampleDemanded {
					machine: MACHINE,
					window: LAST,
					index: demand.index,
					anchor: ANCHOR,
					until: UNTIL,
				}
				.into(),
			);
		});
	}

	#[test]
	fn asks_for_another_sample_after_another_block() {
		let mut asked = std::collections::BTreeSet::new();
		for block in 0..20u8 {
			run(|| {
				let (_, anchor) = reported();
				System::initialize(&2, &H256::repeat_byte(block), &Default::default());
				assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
				asked.insert(Telemetry::open_demand(MACHINE).unwrap().1.index);
			});
		}
		assert!(asked.len() > 5, "{asked:?}");
	}

	#[test]
	fn is_refused_in_the_reports_own_slot() {
		run(|| {
			let (_, anchor) = reported();
			Now::set(SINCE - 1);
			refused(demand(&anchor, LAST), Refusal::TooEarly);
			Now::set(SINCE);
			assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
		});
	}

	#[test]
	fn is_refused_once_the_report_is_no_evidence_any_more() {
		run(|| {
			let (_, anchor) = reported();
			let end = CURRENT.end(WINDOW_SLOTS);
			for slot in [end, end + 1] {
				Now::set(slot);
				refused(demand(&anchor, LAST), Refusal::TooOld);
			}
			Now::set(end - 1);
			assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
		});
	}

	#[test]
	fn is_for_the_latest_report_only() {
		run(|| {
			let (_, anchor) = reported();
			for window in [WindowIndex(8), CURRENT, WindowIndex(u32::MAX)] {
				refused(demand(&anchor, window), Refusal::NotLatest);
			}
			let unknown = Call::demand {
				anchor: ANCHOR,
				machine: OTHER,
				window: LAST,
				signature: anchor.sign(b"checked last").unwrap(),
			};
			refused(unknown, Refusal::NotLatest);
		});
	}

	#[test]
	fn happens_once_per_machine_and_window() {
		run(|| {
			let (key, anchor) = demanded();
			let second = anchor_key("//second");
			seat(78, second.clone());
			refused(demand(&anchor, LAST), Refusal::AlreadyDemanded);
			refused(demand_of(78, &second, LAST), Refusal::AlreadyDemanded);
			assert_eq!(apply(show(&key, opening())), Ok(Ok(())));
			refused(demand_of(78, &second, LAST), Refusal::AlreadyDemanded);
		});
	}

	#[test]
	fn waits_for_the_audit_before() {
		run(|| {
			let (key, anchor) = reported();
			Now::set(CURRENT.end(WINDOW_SLOTS) - 1);
			assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
			Now::set(CURRENT.end(WINDOW_SLOTS));
			assert_eq!(apply(signed(MACHINE, &key, report(CURRENT), &[])), Ok(Ok(())));
			Now::mutate(|now| *now += 1);
			refused(demand(&anchor, CURRENT), Refusal::DemandOpen);
			assert_eq!(apply(show(&key, opening())), Ok(Ok(())));
			assert_eq!(apply(demand(&anchor, CURRENT)), Ok(Ok(())));
		});
	}

	#[test]
	fn is_for_anchors_of_the_committee() {
		run(|| {
			let (_, anchor) = reported();
			Seats::set(vec![78]);
			refused(demand(&anchor, LAST), Refusal::NotInCommittee);
			Seats::set(vec![ANCHOR]);
			Keys::set(Vec::new());
			assert_storage_noop!(assert_eq!(
				apply(demand(&anchor, LAST)),
				Err(InvalidTransaction::from(Refusal::NoKey))
			));
		});
	}

	#[test]
	fn is_bounded_for_each_anchor_and_session() {
		run(|| {
			let (_, anchor) = reported();
			Settings::<Test>::put(Parameters { demands: 2, ..Default::default() });
			Demanded::<Test>::insert(ANCHOR, (Session::get(), 2));
			refused(demand(&anchor, LAST), Refusal::TooMany);
			Session::set(2);
			assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
			assert_eq!(Demanded::<Test>::get(ANCHOR), (2, 1));
		});
	}

	#[test]
	fn is_refused_when_signed_for_something_else() {
		run(|| {
			let (_, anchor) = reported();
			let bad = Err(InvalidTransaction::BadProof);
			let other = anchor_key("//other");
			assert_storage_noop!(assert_eq!(apply(demand(&other, LAST)), bad));
			let session = Session::get();
			for payload in [
				Telemetry::demand_payload(&78, MACHINE, session, LAST),
				Telemetry::demand_payload(&ANCHOR, OTHER, session, LAST),
				Telemetry::demand_payload(&ANCHOR, MACHINE, session + 1, LAST),
				Telemetry::demand_payload(&ANCHOR, MACHINE, session, CURRENT),
				Telemetry::bind(b"telemetry/open", (ANCHOR, MACHINE, session, LAST)),
			] {
				let signature = anchor.sign(&payload).unwrap();
				let call = Call::demand { anchor: ANCHOR, machine: MACHINE, window: LAST, signature };
				assert_storage_noop!(assert_eq!(apply(call), bad));
			}
		});
	}

	#[test]
	fn is_refused_of_a_retired_machine() {
		run(|| {
			let (_, anchor) = reported();
			set_state(MACHINE, MachineState::Retired);
			refused(demand(&anchor, LAST), Refusal::Retired);
		});
	}

	#[test]
	fn is_refused_when_no_deadline_has_room() {
		run(|| {
			let (_, anchor) = reported();
			for slot in UNTIL..=UNTIL + 16 {
				DueAt::<Test>::insert(slot, frame_support::BoundedVec::truncate_from(vec![OTHER; 2]));
			}
			assert_storage_noop!(assert_eq!(
				apply(demand(&anchor, LAST)),
				Ok(Err(Error::<Test>::QueueFull.into()))
			));
			(UNTIL..=UNTIL + 16).for_each(DueAt::<Test>::remove);
		});
	}

	#[test]
	fn needs_authorisation() {
		run(|| {
			let (_, anchor) = reported();
			let signature = anchor.sign(b"unused").unwrap();
			for origin in [RawOrigin::None, RawOrigin::Root, RawOrigin::Signed(ANCHOR)] {
				assert_noop!(
					Telemetry::demand(origin.into(), ANCHOR, MACHINE, LAST, signature.clone()),
					DispatchError::BadOrigin
				);
			}
		});
	}

	#[test]
	fn gives_no_more_time_than_a_window() {
		run(|| {
			let (_, anchor) = reported();
			Settings::<Test>::put(Parameters { open_rounds: 100, ..Default::default() });
			assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
			assert_eq!(audit().open.unwrap().until, SINCE + u64::from(WINDOW_SLOTS));
		});
	}
}

mod showing {
	use super::*;

	#[test]
	fn meets_the_demand() {
		run(|| {
			let (key, _) = demanded();
			let opening = opening();
			let index = opening.index;
			assert_eq!(apply(show(&key, opening)), Ok(Ok(())));
			assert_eq!(audit(), Audit { window: LAST, open: None, failed: None });
			assert_eq!(DueAt::<Test>::iter().count(), 0);
			System::assert_last_event(Event::SampleShown { machine: MACHINE, window: LAST, index }.into());
			Now::set(UNTIL + 100);
			sweep();
			assert!(!has_failed());
			assert!(suspicions(MACHINE).is_empty());
		});
	}

	#[test]
	fn is_possible_until_the_deadline() {
		for (slot, in_time) in [(UNTIL - 1, true), (UNTIL, false), (UNTIL + 1, false)] {
			run(|| {
				let (key, _) = demanded();
				Now::set(slot);
				if in_time {
					assert_eq!(apply(show(&key, opening())), Ok(Ok(())));
				} else {
					refused(show(&key, opening()), Refusal::TooLate);
				}
			});
		}
	}

	#[test]
	fn has_more_time_after_a_gap_in_blocks() {
		for (slot, in_time) in [(UNTIL + 39, true), (UNTIL + 40, false), (UNTIL + 41, false)] {
			run(|| {
				let (key, _) = demanded();
				Gap::set(40);
				Now::set(UNTIL);
				sweep();
				assert!(!has_failed(), "it has more time");
				assert_eq!(DueAt::<Test>::get(UNTIL + 40).into_inner(), [MACHINE]);
				Now::set(slot);
				if in_time {
					sweep();
					assert_eq!(apply(show(&key, opening())), Ok(Ok(())));
				} else {
					refused(show(&key, opening()), Refusal::TooLate);
					sweep();
					assert!(has_failed());
				}
			});
		}
	}

	#[test]
	fn needs_a_demand_of_that_window() {
		run(|| {
			let (key, anchor) = reported();
			refused(show(&key, of(LAST, 0)), Refusal::NotDemanded);
			assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
			let index = audit().open.unwrap().index;
			refused(show(&key, of(CURRENT, index)), Refusal::NotDemanded);
			let met = show(&key, opening());
			assert_eq!(apply(met.clone()), Ok(Ok(())));
			refused(met, Refusal::NotDemanded);
		});
	}

	#[test]
	fn needs_the_sample_that_was_demanded() {
		run(|| {
			let (key, _) = demanded();
			let right = opening();
			let other = (right.index + 1) % 20;
			refused(show(&key, of(LAST, other)), Refusal::WrongSample);
			// The right number does not help a wrong sample, nor a wrong proof.
			refused(show(&key, Opening { index: right.index, ..of(LAST, other) }), Refusal::WrongProof);
			let mut proof = right.proof.clone();
			proof[0] = H256::zero();
			refused(show(&key, Opening { proof, ..right.clone() }), Refusal::WrongProof);
			let mut proof = right.proof.clone();
			proof.pop();
			refused(show(&key, Opening { proof, ..right.clone() }), Refusal::WrongProof);
			let mut proof = right.proof.clone();
			proof.try_push(H256::zero()).unwrap();
			refused(show(&key, Opening { proof, ..right }), Refusal::WrongProof);
		});
	}

	#[test]
	fn needs_a_sample_that_can_be_one() {
		run(|| {
			let (key, _) = demanded();
			let right = opening();
			let from = LAST.start(WINDOW_SLOTS) * SLOT_MILLIS;
			let changed = |change: &dyn Fn(&mut Sample)| {
				let mut opening = right.clone();
				change(&mut opening.sample);
				opening
			};
			for wrong in [
				changed(&|sample| sample.at_millis = from - 32 * SLOT_MILLIS - 1),
				changed(&|sample| sample.at_millis = from + (60 + 32) * SLOT_MILLIS),
				changed(&|sample| sample.devices.clear()),
				changed(&|sample| sample.devices[0].utilisation = Some(1_000_001)),
				changed(&|sample| sample.devices[0].temperature = Some(60_020)),
				changed(&|sample| sample.devices[0].throttle = Some(0x40)),
			] {
				refused(show(&key, wrong), Refusal::Implausible);
			}
		});
	}

	#[test]
	fn is_refused_from_another_machine() {
		run(|| {
			demanded();
			let other = key("//other");
			register(OTHER, other.clone());
			assert_storage_noop!(assert_eq!(
				apply(show(&other, opening())),
				Err(InvalidTransaction::BadProof)
			));
			let signature = other.sign(&Telemetry::opening_payload(OTHER, &opening())).unwrap();
			refused(Call::open { machine: OTHER, opening: opening(), signature }, Refusal::NotDemanded);
		});
	}

	#[test]
	fn is_refused_from_a_machine_that_copied_its_report() {
		run(|| {
			// It signs another machine's report as its own, root and all: then it has to show that machine's sample, and
			// has none that is not the other's.
			let (_, anchor) = reported();
			let other = key("//other");
			register(OTHER, other.clone());
			Now::set(SINCE - 1);
			assert_eq!(apply(signed(OTHER, &other, report(LAST), &[])), Ok(Ok(())));
			Now::set(SINCE);
			let payload = Telemetry::demand_payload(&ANCHOR, OTHER, Session::get(), LAST);
			let signature = anchor.sign(&payload).unwrap();
			let call = Call::demand { anchor: ANCHOR, machine: OTHER, window: LAST, signature };
			assert_eq!(apply(call), Ok(Ok(())));
			Now::set(UNTIL);
			sweep();
			assert_eq!(suspicions(OTHER), [Suspicion::Audit]);
		});
	}

	#[test]
	fn needs_authorisation() {
		run(|| {
			let (key, _) = demanded();
			let signature = key.sign(b"unused").unwrap();
			for origin in [RawOrigin::None, RawOrigin::Root, RawOrigin::Signed(1)] {
				assert_noop!(
					Telemetry::open(origin.into(), MACHINE, opening(), signature.clone()),
					DispatchError::BadOrigin
				);
			}
		});
	}

	#[test]
	fn of_an_old_report_is_not_escaped_by_a_new_one() {
		run(|| {
			let (key, anchor) = reported();
			Now::set(CURRENT.end(WINDOW_SLOTS) - 1);
			assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
			Now::set(CURRENT.end(WINDOW_SLOTS));
			assert_eq!(apply(signed(MACHINE, &key, report(CURRENT), &[])), Ok(Ok(())));
			assert_eq!(audit().open.unwrap().report, report(LAST));
			let sound = opening();
			refused(show(&key, of(CURRENT, sound.index)), Refusal::NotDemanded);
			assert_eq!(apply(show(&key, sound)), Ok(Ok(())));
		});
	}
}

mod failing {
	use super::*;

	#[test]
	fn happens_at_the_deadline_by_itself() {
		run(|| {
			demanded();
			Now::set(UNTIL - 1);
			sweep();
			assert!(!has_failed());
			Now::set(UNTIL);
			sweep();
			assert_eq!(audit(), Audit { window: LAST, open: None, failed: Some(LAST) });
			assert_eq!(suspicions(MACHINE), [Suspicion::Audit]);
			System::assert_has_event(Event::AuditFailed { machine: MACHINE, window: LAST }.into());
			let flags = Telemetry::flags(MACHINE);
			sweep();
			assert_eq!(Telemetry::flags(MACHINE), flags, "once");
		});
	}

	#[test]
	fn happens_by_a_call_of_anybody() {
		run(|| {
			demanded();
			let expire = || Telemetry::expire(RawOrigin::Signed(5).into(), MACHINE);
			Now::set(UNTIL - 1);
			assert_noop!(expire(), Error::<Test>::NotDue);
			Now::set(UNTIL);
			assert_ok!(expire());
			assert!(has_failed());
			assert_eq!(DueAt::<Test>::iter().count(), 0);
			assert_noop!(expire(), Error::<Test>::NotDemanded);
			assert_noop!(Telemetry::expire(RawOrigin::None.into(), MACHINE), DispatchError::BadOrigin);
		});
	}

	#[test]
	fn waits_for_a_block_with_room() {
		run(|| {
			demanded();
			Now::set(UNTIL);
			Telemetry::on_poll(1, &mut WeightMeter::with_limit(Weight::zero()));
			SweepWeight::set(Weight::zero());
			sweep();
			assert!(!has_failed());
			SweepWeight::set(Weight::MAX);
			Now::set(UNTIL + 1_000);
			sweep();
			assert!(has_failed());
		});
	}

	#[test]
	fn of_one_machine_does_not_keep_others() {
		run(|| {
			let (_, anchor) = demanded();
			let other = key("//other");
			register(OTHER, other.clone());
			Now::set(SINCE - 1);
			assert_eq!(apply(signed(OTHER, &other, report(LAST), &[])), Ok(Ok(())));
			Now::set(SINCE);
			let payload = Telemetry::demand_payload(&ANCHOR, OTHER, Session::get(), LAST);
			let signature = anchor.sign(&payload).unwrap();
			let call = Call::demand { anchor: ANCHOR, machine: OTHER, window: LAST, signature };
			assert_eq!(apply(call), Ok(Ok(())));
			// The first one's record does not decode any more.
			let raw = Audits::<Test>::hashed_key_for(MACHINE);
			let kept = frame_support::storage::unhashed::get_raw(&raw).unwrap();
			frame_support::storage::unhashed::put_raw(&raw, &[1]);
			Now::set(UNTIL);
			sweep();
			assert_eq!(Telemetry::audit(OTHER).unwrap().failed, Some(LAST));
			frame_support::storage::unhashed::put_raw(&raw, &kept);
			assert_ok!(Telemetry::expire(RawOrigin::Signed(5).into(), MACHINE));
		});
	}

	#[test]
	fn is_kept_when_the_next_window_is_audited() {
		run(|| {
			let (key, anchor) = demanded();
			Now::set(CURRENT.end(WINDOW_SLOTS));
			sweep();
			assert!(has_failed());
			assert_eq!(apply(signed(MACHINE, &key, report(CURRENT), &[])), Ok(Ok(())));
			Now::mutate(|now| *now += 1);
			assert_eq!(apply(demand(&anchor, CURRENT)), Ok(Ok(())));
			assert_eq!(apply(show(&key, opening())), Ok(Ok(())));
			assert_eq!(audit(), Audit { window: CURRENT, open: None, failed: Some(LAST) });
		});
	}
}

#[test]
fn a_machine_without_samples_to_show_is_caught_whatever_it_reported() {
	run(|| {
		let (key, anchor) = (key("//machine"), anchor_key("//anchor"));
		register(MACHINE, key.clone());
		seat(ANCHOR, anchor.clone());
		let made_up = TelemetryReport {
			root: H256::repeat_byte(7),
			summary: TelemetrySummary { samples: 20, ..Default::default() },
			..report(LAST)
		};
		assert_eq!(apply(signed(MACHINE, &key, made_up, &[])), Ok(Ok(())));
		Now::set(SINCE);
		assert_eq!(apply(demand(&anchor, LAST)), Ok(Ok(())));
		let index = audit().open.unwrap().index;
		let mut opening = of(LAST, index);
		opening.sample.devices[0].temperature = None;
		opening.sample.devices[0].memory_used = None;
		opening.sample.devices[0].utilisation = None;
		refused(show(&key, opening), Refusal::WrongProof);
		Now::set(UNTIL);
		sweep();
		assert!(has_failed());
		assert_eq!(Telemetry::open_demand(MachineId(9)), None);
	});
}
