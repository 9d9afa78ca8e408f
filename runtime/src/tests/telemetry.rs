//! Telemetry across pallets: audits by a machine's committee, what a failed one costs, tests of suspect machines, and
//! what telemetry costs the chain.

use super::{challenges, lease::*, sla::committee};
use crate::{
	configs::{BlockWeights, SLOT_MILLIS},
	*,
};
use codec::Encode;
use exabits_math::merkle;
use exabits_primitives::{
	keys::{anchor, machine},
	telemetry::{DeviceIds, DeviceSample, Sample},
	Clock as _, Evidence, Reported, Slot, TelemetryCounters, TelemetryReport, TelemetrySummary, WindowIndex,
};
use frame_support::{
	assert_ok,
	dispatch::{GetDispatchInfo, RawOrigin},
	traits::{Authorize, Hooks},
	weights::WeightMeter,
	BoundedVec,
};
use pallet_telemetry::{Opening, Suspicion};
use sp_core::{Pair, H256};
use sp_keyring::Sr25519Keyring;
use sp_runtime::transaction_validity::TransactionSource;

/// The first slot after the window that the tests report first.
const REPORTED: Slot = END;

/// A sample of a machine with so many devices that tell all there is to tell.
fn sample(at_millis: u64, devices: u32) -> Sample {
	let device = |index| DeviceSample {
		index,
		utilisation: Some(734_000),
		memory_used: Some(60 << 30),
		memory_total: Some(80 << 30),
		energy_mj: Some(123_456_789_012),
		temperature: Some(61_000),
		ecc_uncorrected: Some(0),
		throttle: Some(4),
		sm_clock: Some(1_980),
		mem_clock: Some(2_619),
	};
	let devices: Vec<_> = (0..devices).map(device).collect();
	Sample { at_millis, uptime: Some(86_400), load: None, devices: BoundedVec::truncate_from(devices) }
}

/// The samples of a window: three.
fn samples(window: WindowIndex) -> Vec<Sample> {
	let start = window.start(60) * SLOT_MILLIS;
	(0..3).map(|n| sample(start + n * 1_000, 1)).collect()
}

fn leaves(window: WindowIndex) -> Vec<H256> {
	samples(window).iter().map(|sample| merkle::leaf(&sample.encode())).collect()
}

fn summary(samples: u32) -> TelemetrySummary {
	TelemetrySummary {
		samples,
		gaps: 1,
		utilisation: 734_000,
		memory: 750_000,
		energy: 2_000_000_000,
		temperature: 61_000,
		uncorrected_errors: 0,
		throttled: 0,
	}
}

fn report_of(window: WindowIndex) -> TelemetryReport {
	let counters = TelemetryCounters {
		restarts: 0,
		uptime: window.0.into(),
		energy: 2_000_000_000 * u64::from(window.0),
		uncorrected_errors: 0,
	};
	TelemetryReport { window, summary: summary(3), counters, root: merkle::root(&leaves(window)) }
}

fn devices(count: u8) -> DeviceIds {
	BoundedVec::truncate_from((0..count).map(H256::repeat_byte).collect())
}

/// Has a call authorised and dispatched.
fn submit(call: pallet_telemetry::Call<Runtime>) {
	use frame_support::traits::UnfilteredDispatchable;
	let call = RuntimeCall::from(call);
	assert!(call.authorize(TransactionSource::External).expect("it needs no account").is_ok(), "{call:?}");
	assert_ok!(call.dispatch_bypass_filter(RawOrigin::Authorized.into()));
}

fn report_call(window: WindowIndex) -> pallet_telemetry::Call<Runtime> {
	let (report, devices) = (report_of(window), devices(1));
	let payload = Telemetry::payload(MACHINE, &report, &devices);
	let signature: machine::Signature = Sr25519Keyring::Eve.pair().sign(&payload).into();
	pallet_telemetry::Call::report { machine: MACHINE, report, devices, signature }
}

fn demand_call(who: Sr25519Keyring, window: WindowIndex) -> pallet_telemetry::Call<Runtime> {
	let anchor = who.to_account_id();
	let key: anchor::Id = who.public().into();
	pallet_anchoring::KeyOf::<Runtime>::insert(&anchor, key);
	let payload = Telemetry::demand_payload(&anchor, MACHINE, Clock::session(), window);
	let signature: anchor::Signature = who.pair().sign(&payload).into();
	pallet_telemetry::Call::demand { anchor, machine: MACHINE, window, signature }
}

fn open_call() -> pallet_telemetry::Call<Runtime> {
	let demand = Telemetry::audit(MACHINE).and_then(|audit| audit.open).expect("a sample is demanded");
	let window = demand.report.window;
	let place = usize::try_from(demand.index).expect("one of three");
	let opening = Opening {
		window,
		index: demand.index,
		sample: samples(window)[place].clone(),
		proof: BoundedVec::truncate_from(merkle::proof(&leaves(window), place)),
	};
	let payload = Telemetry::opening_payload(MACHINE, &opening);
	let signature: machine::Signature = Sr25519Keyring::Eve.pair().sign(&payload).into();
	pallet_telemetry::Call::open { machine: MACHINE, opening, signature }
}

/// Reports the lease's window, and goes to the next slot.
fn reported() {
	committee(1);
	at(REPORTED);
	submit(report_call(KEY.window));
	at(REPORTED + 1);
}

fn void_in(slot: Slot) -> bool {
	<Telemetry as Evidence>::reported(MACHINE, slot) == Some(Reported::Void)
}

#[test]
fn an_anchor_of_the_committee_audits_a_machine() {
	run(|| {
		reported();
		// Dave has a seat; Alice has none.
		let refused = RuntimeCall::from(demand_call(Sr25519Keyring::Alice, KEY.window));
		assert!(refused.authorize(TransactionSource::External).expect("it needs no account").is_err());
		submit(demand_call(Sr25519Keyring::Dave, KEY.window));
		submit(open_call());
		Telemetry::on_poll(1, &mut WeightMeter::new());
		assert_eq!(Telemetry::audit(MACHINE).expect("it was audited").failed, None);
		assert!(pallet_telemetry::Flags::<Runtime>::get(MACHINE).last.is_empty());
	});
}

#[test]
fn a_machine_that_shows_no_sample_is_void_as_evidence_and_tested() {
	run(|| {
		let regular = challenges::slots(MACHINE, 1);
		reported();
		submit(demand_call(Sr25519Keyring::Dave, KEY.window));
		let fails = |slot| {
			pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(slot));
			Telemetry::on_poll(1, &mut WeightMeter::new());
			void_in(REPORTED)
		};
		assert!(!fails(REPORTED + ROUND));
		assert!(fails(REPORTED + 1 + ROUND));
		assert!(void_in(END - 1) && !void_in(END + WINDOW));
		let flags = Telemetry::flags(MACHINE);
		assert_eq!(flags.last.iter().map(|flag| flag.suspicion).collect::<Vec<_>>(), [Suspicion::Audit]);
		// One round more than usual has a challenge, in the class's slot of it, whichever it is.
		let test = flags.test.expect("it is tested");
		assert_eq!(test.0, 46);
		let with_test = challenges::slots(MACHINE, 1);
		let extra: Vec<_> = with_test.iter().filter(|slot| !regular.contains(slot)).collect();
		assert!(extra.iter().all(|slot| **slot / ROUND == u64::from(test.0)));
		assert!(with_test.iter().any(|slot| *slot / ROUND == u64::from(test.0)));
		assert!(regular.iter().all(|slot| with_test.contains(slot)));
	});
}

/// Bytes of keys and values that the pallet keeps.
fn state() -> usize {
	let prefix = sp_io::hashing::twox_128(b"Telemetry").to_vec();
	let (mut key, mut bytes) = (prefix.clone(), 0);
	while let Some(next) = sp_io::storage::next_key(&key).filter(|key| key.starts_with(&prefix)) {
		bytes += next.len() + sp_io::storage::get(&next).map_or(0, |value| value.len());
		key = next;
	}
	bytes
}

/// Bytes of state after so many windows, each of which was reported and audited.
fn state_after(windows: u32) -> usize {
	let mut bytes = 0;
	run(|| {
		committee(1);
		for window in (KEY.window.0..).take(windows as usize).map(WindowIndex) {
			let end = window.end(60);
			let go = |slot: Slot| {
				pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(slot));
				Telemetry::on_poll(1, &mut WeightMeter::new());
			};
			go(end);
			submit(report_call(window));
			go(end + 1);
			submit(demand_call(Sr25519Keyring::Dave, window));
			submit(open_call());
		}
		assert!(Telemetry::flags(MACHINE).last.is_empty());
		bytes = state();
	});
	bytes
}

mod cost {
	use super::*;

	/// A sample each second, the collector's default, over a window of one hour.
	const SAMPLES: u32 = 3_600;
	/// At most this part of what it costs to send each sample by itself.
	const BYTES: f64 = 1.0 / 20.0;
	const WEIGHT: f64 = 1.0 / 50.0;

	/// As an extrinsic that nobody signs.
	fn authorised(call: pallet_telemetry::Call<Runtime>) -> UncheckedExtrinsic {
		use frame_system::offchain::CreateAuthorizedTransaction;
		<Runtime as CreateAuthorizedTransaction<pallet_telemetry::Call<Runtime>>>::create_authorized_transaction(
			call.into(),
		)
	}

	/// As an extrinsic of an account.
	fn signed(call: RuntimeCall) -> UncheckedExtrinsic {
		use frame_system::offchain::CreateAuthorizedTransaction;
		let signature = sp_core::sr25519::Signature::from_raw([7; 64]).into();
		let who = Sr25519Keyring::Eve.to_account_id();
		let extension =
			<Runtime as CreateAuthorizedTransaction<pallet_telemetry::Call<Runtime>>>::create_extension();
		UncheckedExtrinsic::new_signed(call, who.into(), signature, extension)
	}

	/// Bytes and picoseconds of an extrinsic, the frame around each included.
	fn of(extrinsic: UncheckedExtrinsic) -> [f64; 2] {
		let base = BlockWeights::get().get(frame_support::dispatch::DispatchClass::Normal).base_extrinsic;
		let weight = extrinsic.get_dispatch_info().total_weight().saturating_add(base);
		[extrinsic.encoded_size() as f64, weight.ref_time() as f64]
	}

	/// What a window of a machine with so many devices costs: its report, and, where it is audited, demand and opening.
	fn window(devices: u8, audited: bool) -> [f64; 2] {
		let machine_signature: machine::Signature = sp_core::sr25519::Signature::from_raw([7; 64]).into();
		let anchor_signature: anchor::Signature = sp_core::sr25519::Signature::from_raw([7; 64]).into();
		let report = TelemetryReport { summary: summary(SAMPLES), ..report_of(KEY.window) };
		let opening = Opening {
			window: KEY.window,
			index: 0,
			sample: sample(1_700_000_000_000, devices.into()),
			proof: BoundedVec::truncate_from(vec![H256::repeat_byte(7); SAMPLES.ilog2() as usize + 1]),
		};
		let signature = machine_signature.clone();
		let mut calls = vec![pallet_telemetry::Call::report {
			machine: MACHINE,
			report,
			devices: super::devices(devices),
			signature,
		}];
		if audited {
			calls.push(pallet_telemetry::Call::demand {
				anchor: Sr25519Keyring::Dave.to_account_id(),
				machine: MACHINE,
				window: KEY.window,
				signature: anchor_signature,
			});
			let signature = machine_signature;
			calls.push(pallet_telemetry::Call::open { machine: MACHINE, opening, signature });
		}
		calls
			.into_iter()
			.map(|call| of(authorised(call)))
			.fold([0.0; 2], |sum, one| [sum[0] + one[0], sum[1] + one[1]])
	}

	/// What one extrinsic with one sample costs at least: signed by an account, and written to one place in the state.
	fn sample_alone(devices: u8) -> [f64; 2] {
		let content = (MACHINE, sample(1_700_000_000_000, devices.into())).encode();
		let [bytes, weight] = of(signed(frame_system::Call::remark { remark: content }.into()));
		let database: frame_support::weights::RuntimeDbWeight =
			<Runtime as frame_system::Config>::DbWeight::get();
		[bytes, weight + database.reads_writes(1, 1).ref_time() as f64]
	}

	#[test]
	fn of_telemetry_is_a_small_part_of_what_samples_by_themselves_cost() {
		println!(
			"{:<9} {:>8} {:>14} {:>14} {:>8} {:>16} {:>16} {:>8}",
			"devices", "audited", "bytes, alone", "bytes, here", "1 in", "µs, alone", "µs, here", "1 in"
		);
		let (mut worst, mut missed) = ([f64::MAX; 2], Vec::new());
		for devices in [1u8, 8, 16] {
			for audited in [false, true] {
				let alone = sample_alone(devices);
				let here = window(devices, audited).map(|cost| cost / f64::from(SAMPLES));
				let parts = [alone[0] / here[0], alone[1] / here[1]];
				println!(
					"{devices:<9} {:>8} {:>14.0} {:>14.3} {:>8.0} {:>16.1} {:>16.3} {:>8.0}",
					if audited { "yes" } else { "no" },
					alone[0],
					here[0],
					parts[0],
					alone[1] / 1e6,
					here[1] / 1e6,
					parts[1]
				);
				worst = [worst[0].min(parts[0]), worst[1].min(parts[1])];
				if here[0] > alone[0] * BYTES || here[1] > alone[1] * WEIGHT {
					missed.push((devices, audited));
				}
			}
		}
		let [one, hundred] = [1, 100].map(state_after);
		println!(
			"{:<40} {one:>8} bytes\n{:<40} {hundred:>8} bytes",
			"state after 1 window", "state after 100 windows"
		);
		println!(
			"telemetry: a sample costs 1/{:.0} of the bytes and 1/{:.0} of the weight of an extrinsic with it, or less; {hundred} bytes of state per machine",
			worst[0], worst[1]
		);
		assert!(missed.is_empty(), "{missed:?}");
		assert_eq!(one, hundred, "state per machine is constant");
	}
}
