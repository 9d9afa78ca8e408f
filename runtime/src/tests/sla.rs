//! What follows from service levels across pallets, without anyone's further action.

use super::{genesis, lease::*};
use crate::*;
use exabits_primitives::{
	Agreements as _, Approvers as _, Clock as _, Judge, LeaseId, LeaseState, MachineId, MachineState,
	Measurement, MilliDevices, Reported, ResourceKind, Role, RoundIndex, RoundOutcome, SessionIndex, Slot,
	TelemetryReport, TelemetrySummary, TemplateId, UtcKey, WindowIndex, Workload,
};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect, Mutate},
		Get,
	},
	BoundedVec,
};
use pallet_sla::{AgreementState, Outcome, Term, Terms};
use sp_core::Pair;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;
use sp_runtime::Perbill;

/// Modules of the standard library.
const BANDWIDTH: exabits_primitives::ModuleId = exabits_primitives::ModuleId(3);
const ERROR_RATE: exabits_primitives::ModuleId = exabits_primitives::ModuleId(4);

fn good() -> Measurement {
	Measurement { availability: 1_000_000, bandwidth: 1_000_000, error_rate: Some(0), ..Default::default() }
}

/// Judges the round of the lease's machine that ended with slot `slot`.
fn judge(slot: Slot, session: SessionIndex, measurement: Measurement) {
	at(slot);
	let round = RoundIndex::at(slot - 1, 15);
	Sla::judge(MACHINE, round, session, RoundOutcome::Measured(measurement));
}

fn state() -> MachineState {
	pallet_rfl::Machines::<Runtime>::get(MACHINE).expect("it is registered").state
}

fn verdict() -> pallet_sla::Verdict {
	Sla::last_verdict(MACHINE).expect("a round was judged")
}

/// Starts a session in which anchors watch the machine, and returns its committee.
pub fn committee(session: SessionIndex) -> Vec<AccountId> {
	let seats = [Sr25519Keyring::Dave, Sr25519Keyring::Eve, Sr25519Keyring::Ferdie]
		.map(|who| (who.to_account_id(), 1))
		.to_vec();
	pallet_anchoring::Snapshots::<Runtime>::insert(session - 1, BoundedVec::truncate_from(seats));
	pallet_anchoring::Seeds::<Runtime>::insert(session, [5; 32]);
	pallet_session::CurrentIndex::<Runtime>::put(session);
	Anchoring::committee_in(session, MACHINE).expect("there are seats").into_inner()
}

/// Has the machine's committee agree to one more term, which is then in force.
fn agree_also(term: Term, slot: Slot) -> Vec<AccountId> {
	let members = committee(1);
	let owner = || RuntimeOrigin::signed(provider());
	let mut terms: Terms = Sla::agreement(MACHINE).expect("it is active").terms;
	terms.try_push(term).expect("there is room");
	assert_ok!(Sla::propose(owner(), MACHINE, TEMPLATE, Some(terms)));
	let hash = Sla::renewal(MACHINE).expect("it was proposed").hash;
	let mut approved = Vec::new();
	for member in members {
		if Sla::renewal(MACHINE).is_some_and(|renewal| renewal.state == AgreementState::Agreed) {
			break;
		}
		assert_ok!(Sla::approve(RuntimeOrigin::signed(member.clone()), MACHINE, hash));
		approved.push(member);
	}
	assert_ok!(Sla::start_test(owner(), MACHINE, hash));
	judge(slot, 1, good());
	assert_eq!(Sla::agreement(MACHINE).map(|agreement| agreement.terms.len()), Some(2));
	approved
}

fn term(module: exabits_primitives::ModuleId, threshold: u32) -> Term {
	Term { module, threshold, heights: Default::default() }
}

#[test]
fn presets_publish_a_library_of_what_is_measured() {
	for preset in [DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET] {
		genesis(preset).execute_with(|| {
			assert_eq!(pallet_sla::NextModule::<Runtime>::get().0, 8);
			assert_eq!(pallet_sla::NextTemplate::<Runtime>::get(), TEMPLATE);
			let measured = |module: &pallet_sla::SlaModule| {
				let report = TelemetrySummary { samples: 1, ..Default::default() };
				let report = Some(Reported::Summary(report));
				let measured = Measurement { performance: Some(1_000_000), ..good() };
				module.metric.read(&pallet_sla::Sample::new(RoundIndex(1), measured, report)).is_some()
			};
			assert!(pallet_sla::Modules::<Runtime>::iter_values().all(|module| measured(&module)));
			let offered = |kind, workload| {
				Sla::templates_for(kind, workload).into_iter().map(|(id, _)| id.0).collect::<Vec<_>>()
			};
			assert_eq!(offered(ResourceKind::Gpu, Workload::Training), [1, 3]);
			assert_eq!(offered(ResourceKind::Cpu, Workload::Training), [1]);
			assert_eq!(offered(ResourceKind::Qpu, Workload::Batch), [0, 1]);
			assert_eq!(offered(ResourceKind::Npu, Workload::Interactive), [1, 2]);
		});
	}
}

#[test]
fn a_breach_credits_the_tenant_at_once() {
	run(|| {
		let before = Balances::balance(&tenant());
		judge(START + ROUND, 1, super::lease::measurement(500_000));
		// A tenth of a round's principal: there are four rounds in the window.
		assert_eq!(Balances::balance(&tenant()), before + EXA / 40);
	});
}

#[test]
fn a_breach_in_a_round_in_which_a_rejected_lease_ran_forfeits_what_is_on_trial() {
	for (slot, measured, kept) in [
		(START - 1, Measurement::UNREACHABLE, true),
		(START, Measurement::UNREACHABLE, false),
		(START, good(), true),
		(START + ROUND, Measurement::UNREACHABLE, true),
	] {
		run(|| {
			at(START + WINDOW / 10);
			assert_ok!(Utc::reject(RuntimeOrigin::signed(tenant()), LEASE));
			// κ is 1.25, and nine tenths of the window were left.
			let on_trial = EXA * 35 / 100;
			assert_eq!(cover(), on_trial);
			Sla::judge(MACHINE, RoundIndex::at(slot, 15), 1, RoundOutcome::Measured(measured));
			assert_eq!(cover(), if kept { on_trial } else { 0 }, "round of slot {slot}");
			assert!(Utc::lease_account(LEASE).is_some());
			at(END + pallet_clock::VerdictSlots::<Runtime>::get());
			assert_eq!(Utc::lease_account(LEASE), None);
			assert_ok!(Utc::settle(RuntimeOrigin::signed(tenant()), UTC, provider()));
			assert_eq!(cover(), 0);
		});
	}
}

#[test]
fn a_breach_that_a_second_committee_confirms_is_slashed_once_the_deferral_is_over() {
	run(|| {
		let bonded = || <Stake as exabits_primitives::Bonds<AccountId>>::bonded(&provider(), Role::Service);
		let slashes = || pallet_stake::NextSlash::<Runtime>::get().0;
		let bond = bonded();
		judge(START + ROUND, 1, Measurement::UNREACHABLE);
		judge(START + 2 * ROUND, 1, Measurement::UNREACHABLE);
		assert_eq!((slashes(), bonded()), (0, bond));
		judge(START + 3 * ROUND, 2, Measurement::UNREACHABLE);
		assert_eq!(slashes(), 1);
		judge(START + 4 * ROUND, 2, Measurement::UNREACHABLE);
		assert_eq!(slashes(), 1);
		let due = Clock::now() + pallet_clock::SlashDeferral::<Runtime>::get();
		let sweep = |slot: Slot| {
			use frame_support::traits::Hooks;
			at(slot);
			Stake::on_poll(1, &mut frame_support::weights::WeightMeter::new());
		};
		sweep(due - ROUND - 1);
		assert_eq!(bonded(), bond);
		sweep(due);
		// A fifth of the minimum bond of 100 EXA.
		assert_eq!(bonded(), bond - 20 * EXA);
	});
}

#[test]
fn a_severe_breach_moves_the_lease_to_another_machine() {
	run(|| {
		let other = Sr25519Keyring::Dave.to_account_id();
		let origin = || RuntimeOrigin::signed(other.clone());
		assert_ok!(Stake::bond(origin(), Role::Service, 1_000 * EXA));
		let pair = Sr25519Keyring::One.pair();
		let proof = pair.sign(&Rfl::registration_payload(&other));
		let endpoint = BoundedVec::truncate_from(b"127.0.0.1:9001".to_vec());
		let key = pair.public().into();
		let class = exabits_primitives::ClassId(0);
		assert_ok!(Rfl::register_machine(origin(), class, 1, 1, 1, key, proof.into(), endpoint));
		let second = MachineId(1);
		assert_ok!(Sla::propose(origin(), second, TEMPLATE, None));
		let hash = Sla::agreement(second).expect("it was proposed").hash;
		assert_ok!(Sla::start_test(origin(), second, hash));
		Sla::judge(second, Clock::round(), 1, RoundOutcome::Measured(good()));
		// Both serve the next window; the tenant's lease of it runs on the first.
		let window = WindowIndex(12);
		let key = UtcKey { window, ..KEY };
		for who in [provider(), other.clone()] {
			let machine = if who == other { second } else { MACHINE };
			assert_ok!(Rfl::commit(RuntimeOrigin::signed(who.clone()), machine, window, 1));
			assert_ok!(Utc::mint(RuntimeOrigin::signed(who), key, MilliDevices(1_000)));
		}
		let (utc, _) = Utc::utc(key).expect("it was minted");
		let hand_over =
			Assets::transfer(RuntimeOrigin::signed(provider()), utc.0.into(), tenant().into(), 1_000);
		assert_ok!(hand_over);
		let wish = pallet_utc::Redemption {
			hint: Some(MACHINE),
			..pallet_utc::Redemption::new(MilliDevices(1_000), [7; 32])
		};
		assert_ok!(Utc::redeem(RuntimeOrigin::signed(tenant()), utc, wish));
		let moved = LeaseId(1);
		let machine_of =
			|| pallet_rfl::Leases::<Runtime>::get(moved).map(|lease| (lease.machine, lease.state));
		at(12 * WINDOW);
		let signature = Sr25519Keyring::Eve.pair().sign(b"checked when the call is authorised").into();
		let access = BoundedVec::truncate_from(b"sealed".to_vec());
		let origin = frame_support::dispatch::RawOrigin::Authorized;
		assert_ok!(Rfl::acknowledge(origin.into(), moved, access, signature));
		assert_eq!(machine_of(), Some((MACHINE, LeaseState::Running)));

		judge(12 * WINDOW + ROUND, 1, Measurement::UNREACHABLE);
		at(12 * WINDOW + ROUND + 1);
		assert_eq!(state(), MachineState::Suspended);
		assert_eq!(machine_of(), Some((second, LeaseState::Placed)));
		// It is not given new work until it keeps its terms again.
		assert!(Rfl::commit(RuntimeOrigin::signed(provider()), MACHINE, WindowIndex(14), 1).is_err());
		judge(12 * WINDOW + 2 * ROUND, 1, good());
		assert_eq!(state(), MachineState::Online);
	});
}

#[test]
fn a_round_that_keeps_some_terms_earns_their_part() {
	run(|| {
		let rewarded = || Utc::lease_account(LEASE).expect("it runs").rewarded;
		agree_also(term(ERROR_RATE, 10_000), START + ROUND);
		let before = rewarded();
		assert!(before > 0);
		judge(START + 2 * ROUND, 1, Measurement { error_rate: Some(20_000), ..good() });
		assert_eq!(verdict().outcome, Outcome::Breached);
		// Availability is worth 100, and wrong answers 15.
		let kept = Perbill::from_rational(100u32, 115);
		let rounds = u128::from(WINDOW / ROUND);
		let each = Utc::lease_account(LEASE).expect("it runs").reward_pool / rounds;
		assert_eq!(rewarded() - before, Sla::score(MACHINE).mul_floor(kept.mul_floor(each)));
	});
}

#[test]
fn approvers_earn_a_part_of_the_watch_fee_and_answer_for_a_breach() {
	run(|| {
		let approved = agree_also(term(BANDWIDTH, 10_000), START + ROUND);
		assert_eq!(Sla::approvers(MACHINE), approved);
		let before: Vec<_> = approved.iter().map(Balances::balance).collect();
		let accuracy = |who: &AccountId| pallet_anchoring::Standings::<Runtime>::get(who).accuracy;
		assert!(approved.iter().all(|who| accuracy(who) == Perbill::one()));
		let round = reveal(0);
		pallet_anchoring::Rounds::<Runtime>::mutate(MACHINE, round, |record| {
			record.as_mut().expect("it is open").fee = EXA;
		});
		assert_ok!(Balances::mint_into(&Anchoring::pot(), EXA));
		at(END + 14);
		assert_ok!(Anchoring::settle(RuntimeOrigin::signed(tenant()), MACHINE, round));
		assert_eq!(verdict().outcome, Outcome::Breached);
		for (who, before) in approved.iter().zip(before) {
			assert_ok!(Anchoring::claim(RuntimeOrigin::signed(tenant()), who.clone()));
			assert!(Balances::balance(who) > before);
			assert!(accuracy(who) < Perbill::one());
		}
	});
}

#[test]
fn a_report_counts_for_the_rounds_of_its_window_and_the_next() {
	run(|| {
		let report = |window, throttled| {
			let summary = TelemetrySummary { samples: 1, throttled, ..Default::default() };
			let report = TelemetryReport { window: WindowIndex(window), summary, ..Default::default() };
			let record = pallet_telemetry::Record { report, received: Clock::now(), count: 1 };
			pallet_telemetry::Reports::<Runtime>::insert(MACHINE, record);
		};
		use exabits_primitives::Evidence;
		let reported = |slot| match <Telemetry as Evidence>::reported(MACHINE, slot) {
			Some(Reported::Summary(summary)) => Some(summary.throttled),
			_ => None,
		};
		assert_eq!(reported(START), None);
		report(9, 7);
		for (slot, there) in
			[(START - WINDOW - 1, false), (START - WINDOW, true), (END - 1, true), (END, false)]
		{
			assert_eq!(reported(slot), there.then_some(7), "slot {slot}");
		}
	});
}

#[test]
fn the_runtime_api_tells_all_of_a_machine() {
	use pallet_sla::runtime_api::runtime_decl_for_sla_api::SlaApi;

	run(|| {
		let known = Runtime::compliance(MACHINE).expect("it has an agreement");
		let agreement = known.agreement.expect("it has one");
		assert_eq!((agreement.template, agreement.state), (TEMPLATE, AgreementState::Active));
		assert_eq!(known.score, Sla::score(MACHINE));
		assert!(known.breach.is_some() && known.last.is_some() && known.renewal.is_none());
		assert_eq!(Runtime::compliance(MachineId(9)), None);
		let offered = Runtime::templates(ResourceKind::Cpu, Workload::Batch);
		let ids: Vec<_> = offered.iter().map(|(id, _)| *id).collect();
		assert_eq!(ids, [TemplateId(0), TemplateId(1), TEMPLATE]);
		let reliability = Sla::reliability(MACHINE);
		judge(START + ROUND, 1, good());
		assert!(Sla::reliability(MACHINE) > reliability);
	});
}
