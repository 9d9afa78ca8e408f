use crate::{mock::*, Call, Event, Record, Refusal, Reports};
use codec::{Decode, Encode};
use exabits_primitives::{
	keys::{self, machine},
	telemetry::{DeviceId, MAX_SAMPLES, MILLION},
	ClassId, MachineId, MachineState, TelemetryReport, TelemetrySummary, WindowIndex,
};
use frame_support::{assert_noop, assert_ok, assert_storage_noop, traits::Authorize};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{
	traits::Zero,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	DispatchError, DispatchResult, RuntimeAppPublic,
};

/// The machine's key, with the machine registered under it.
fn registered() -> machine::Id {
	let key = key("//machine");
	register(MACHINE, key.clone());
	key
}

fn sign(key: &machine::Id, report: &TelemetryReport) -> machine::Signature {
	key.sign(&Telemetry::payload(MACHINE, report, &[])).unwrap()
}

fn call(report: TelemetryReport, signature: machine::Signature) -> RuntimeCall {
	Call::report { machine: MACHINE, report, devices: Default::default(), signature }.into()
}

/// What the pool says of a report of [`MACHINE`].
fn validate(
	report: TelemetryReport,
	signature: machine::Signature,
) -> Result<ValidTransaction, TransactionValidityError> {
	call(report, signature).authorize(TransactionSource::External).unwrap().map(|(valid, unspent)| {
		assert!(unspent.is_zero());
		valid
	})
}

fn apply(
	report: TelemetryReport,
	signature: machine::Signature,
) -> Result<DispatchResult, InvalidTransaction> {
	crate::mock::apply(call(report, signature))
}

fn refused(key: &machine::Id, report: TelemetryReport, expected: Refusal) {
	crate::mock::refused(signed(MACHINE, key, report, &[]), expected);
}

#[test]
fn is_recorded() {
	run(|| {
		let key = registered();
		let report = report(LAST);

		assert_eq!(apply(report, sign(&key, &report)), Ok(Ok(())));

		let record = Record { report, received: Now::get(), count: 1 };
		assert_eq!(Telemetry::latest(MACHINE), Some(record));
		System::assert_last_event(
			Event::TelemetryReported { machine: MACHINE, window: LAST, root: report.root, samples: 20 }
				.into(),
		);
	});
}

#[test]
fn replaces_the_one_before() {
	run(|| {
		let key = registered();
		let first = report(LAST);
		assert_eq!(apply(first, sign(&key, &first)), Ok(Ok(())));

		Now::set(CURRENT.end(WINDOW_SLOTS));
		let second = report(CURRENT);
		assert_eq!(apply(second, sign(&key, &second)), Ok(Ok(())));

		let record = Telemetry::latest(MACHINE).unwrap();
		assert_eq!((record.report.window, record.count), (CURRENT, 2));
		assert_eq!(Reports::<Test>::iter().count(), 1);
	});
}

#[test]
fn is_authorised_once_for_as_long_as_it_is_good() {
	run(|| {
		let key = registered();
		let report = report(LAST);
		let valid = validate(report, sign(&key, &report)).unwrap();
		assert_eq!(valid.priority, PRIORITY);
		assert_eq!(valid.longevity, u64::from(WINDOW_SLOTS));
		assert!(valid.propagate);
		assert!(valid.requires.is_empty());
		assert_eq!(valid.provides.len(), 1);

		// Another report of the same window competes with it, and cannot come beside it.
		let other = TelemetryReport { root: H256::zero(), ..report };
		assert_eq!(validate(other, sign(&key, &other)).unwrap().provides, valid.provides);

		Now::mutate(|now| *now += 59);
		assert_eq!(validate(report, sign(&key, &report)).unwrap().longevity, 1);
	});
}

#[test]
fn is_refused_when_its_signature_is_forged() {
	run(|| {
		let key = registered();
		let report = report(LAST);
		let bad = Err(InvalidTransaction::BadProof);

		let mut bytes = sign(&key, &report).encode();
		bytes[0] ^= 1;
		let tampered = machine::Signature::decode(&mut &bytes[..]).unwrap();
		assert_storage_noop!(assert_eq!(apply(report, tampered), bad));

		// A signature for one content does not serve another.
		let signature = sign(&key, &report);
		for other in [
			TelemetryReport { root: H256::zero(), ..report },
			TelemetryReport { summary: TelemetrySummary { samples: 19, ..report.summary }, ..report },
		] {
			assert_storage_noop!(assert_eq!(apply(other, signature.clone()), bad));
		}
	});
}

#[test]
fn is_refused_when_signed_for_something_else() {
	run(|| {
		let key = registered();
		let report = report(LAST);
		let genesis = System::block_hash(u64::zero());
		let payload = |genesis, call: &[u8], machine| {
			keys::payload(genesis, call, (machine, report, Vec::<DeviceId>::new()))
		};
		assert_eq!(payload(genesis, b"telemetry/report", MACHINE), Telemetry::payload(MACHINE, &report, &[]));

		for payload in [
			payload(H256::repeat_byte(1), b"telemetry/report", MACHINE),
			payload(genesis, b"anchoring/commit", MACHINE),
			payload(genesis, b"telemetry/report", MachineId(4)),
		] {
			let signature = key.sign(&payload).unwrap();
			assert_storage_noop!(assert_eq!(apply(report, signature), Err(InvalidTransaction::BadProof)));
		}
	});
}

#[test]
fn is_refused_when_another_machine_signed_it() {
	run(|| {
		registered();
		let other = key("//other");
		register(MachineId(4), other.clone());
		let report = report(LAST);
		assert_storage_noop!(assert_eq!(
			apply(report, sign(&other, &report)),
			Err(InvalidTransaction::BadProof)
		));
	});
}

#[test]
fn is_refused_a_second_time() {
	run(|| {
		let key = registered();
		let report = report(LAST);
		assert_eq!(apply(report, sign(&key, &report)), Ok(Ok(())));
		refused(&key, report, Refusal::NotNewer);
		refused(&key, TelemetryReport { root: H256::zero(), ..report }, Refusal::NotNewer);
	});
}

#[test]
fn is_refused_when_a_newer_one_is_there() {
	run(|| {
		let key = registered();
		ReportWindows::set(2);
		let newer = report(LAST);
		assert_eq!(apply(newer, sign(&key, &newer)), Ok(Ok(())));
		refused(&key, report(WindowIndex(8)), Refusal::NotNewer);
	});
}

#[test]
fn is_accepted_from_the_end_of_its_window_on() {
	run(|| {
		let key = registered();
		let report = report(CURRENT);
		let end = CURRENT.end(WINDOW_SLOTS);
		Now::set(end - 1);
		refused(&key, report, Refusal::NotEnded);
		for slot in [end, end + 1] {
			Now::set(slot);
			assert_ok!(validate(report, sign(&key, &report)));
		}
		assert_eq!(apply(report, sign(&key, &report)), Ok(Ok(())));
	});
}

#[test]
fn is_accepted_until_its_time_is_over() {
	run(|| {
		let key = registered();
		let report = report(LAST);
		let end = CURRENT.end(WINDOW_SLOTS);
		Now::set(end - 1);
		assert_ok!(validate(report, sign(&key, &report)));
		for slot in [end, end + 1] {
			Now::set(slot);
			refused(&key, report, Refusal::TooOld);
		}
		Now::set(end - 1);
		assert_eq!(apply(report, sign(&key, &report)), Ok(Ok(())));
	});
}

#[test]
fn is_refused_when_its_window_is_far_away() {
	run(|| {
		let key = registered();
		refused(&key, report(WindowIndex(0)), Refusal::TooOld);
		refused(&key, report(WindowIndex(11)), Refusal::NotEnded);
		refused(&key, report(WindowIndex(u32::MAX)), Refusal::NotEnded);
	});
}

#[test]
fn is_refused_when_malformed() {
	run(|| {
		let key = registered();
		let good = report(LAST);
		for summary in [
			TelemetrySummary { samples: 0, ..good.summary },
			TelemetrySummary { samples: MAX_SAMPLES + 1, ..good.summary },
			TelemetrySummary { utilisation: MILLION + 1, ..good.summary },
			TelemetrySummary { memory: MILLION + 1, ..good.summary },
			TelemetrySummary { throttled: MILLION + 1, ..good.summary },
		] {
			refused(&key, TelemetryReport { summary, ..good }, Refusal::Malformed);
		}
		for devices in [[device(1), device(1)], [device(2), device(1)]] {
			crate::mock::refused(signed(MACHINE, &key, good, &devices), Refusal::Malformed);
		}
	});
}

#[test]
fn is_refused_from_an_unknown_machine() {
	run(|| refused(&key("//machine"), report(LAST), Refusal::UnknownMachine));
}

#[test]
fn is_refused_from_a_machine_of_an_unknown_class() {
	run(|| {
		let key = registered();
		Registry::mutate(|registry| registry.get_mut(&MACHINE).unwrap().class = ClassId(2));
		refused(&key, report(LAST), Refusal::UnknownMachine);
	});
}

#[test]
fn is_refused_from_a_retired_machine_only() {
	run(|| {
		let key = registered();
		let report = report(LAST);
		set_state(MACHINE, MachineState::Retired);
		refused(&key, report, Refusal::Retired);
		for state in [
			MachineState::Registered,
			MachineState::UnderTest,
			MachineState::Online,
			MachineState::Suspended,
			MachineState::Draining,
		] {
			set_state(MACHINE, state);
			assert_ok!(validate(report, sign(&key, &report)));
		}
	});
}

#[test]
fn is_refused_without_authorisation() {
	run(|| {
		let key = registered();
		let report = report(LAST);
		let signature = sign(&key, &report);
		for origin in [RawOrigin::None, RawOrigin::Root, RawOrigin::Signed(1)] {
			assert_noop!(
				Telemetry::report(origin.into(), MACHINE, report, Default::default(), signature.clone()),
				DispatchError::BadOrigin
			);
		}
	});
}
