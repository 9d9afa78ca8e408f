//! Tests of the wiring.

mod challenges;
mod issuance;
mod offences;
mod self_dealing;
mod sla;

use crate::{configs::*, *};
use exabits_primitives::{Clock as _, Role};
use frame_support::traits::{fungible::Inspect, fungible::InspectHold, Contains, Get};
use pallet_utc::Redemption;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;

fn genesis(preset: &str) -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::new_empty();
	ext.execute_with(|| {
		let patch = presets::get(&preset.into()).expect("the preset exists");
		let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("serialises");
		merge(&mut config, serde_json::from_slice(&patch).expect("a preset is JSON"));
		let config = serde_json::to_vec(&config).expect("serialises");
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config)
			.expect("the preset builds");
	});
	ext
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		}
		(into, patch) => *into = patch,
	}
}

#[test]
fn development_has_one_validator_and_local_testnet_four() {
	for (preset, validators) in [(DEV_RUNTIME_PRESET, 1), (LOCAL_TESTNET_RUNTIME_PRESET, 4)] {
		genesis(preset).execute_with(|| {
			assert_eq!(Session::validators().len(), validators);
			assert_eq!(pallet_babe::Authorities::<Runtime>::get().len(), validators);
			assert_eq!(Grandpa::grandpa_authorities().len(), validators);
			assert_eq!(Clock::round_slots(), 15);
		});
	}
}

#[test]
fn the_first_validators_are_bonded_and_their_bonds_held() {
	genesis(LOCAL_TESTNET_RUNTIME_PRESET).execute_with(|| {
		for who in [Sr25519Keyring::Alice, Sr25519Keyring::Dave] {
			let reason = RuntimeHoldReason::Stake(pallet_stake::HoldReason::Validator);
			assert_eq!(Balances::balance_on_hold(&reason, &who.to_account_id()), 10_000 * EXA);
			assert_eq!(
				<Stake as exabits_primitives::Bonds<AccountId>>::bonded(
					&who.to_account_id(),
					Role::Validator
				),
				10_000 * EXA
			);
		}
	});
}

#[test]
fn accounts_that_the_chain_keeps_exist_from_genesis_on() {
	genesis(DEV_RUNTIME_PRESET).execute_with(|| {
		let books = [Market::escrow(), Market::book_account(), Anchoring::pot()];
		for account in books.into_iter().chain([InsuranceAccount::get(), TreasuryAccount::get()]) {
			assert!(Balances::total_balance(&account) >= EXISTENTIAL_DEPOSIT, "{account} does not exist");
		}
	});
}

#[test]
fn an_unknown_preset_is_none() {
	assert!(presets::get(&"mainnet".into()).is_none());
	assert_eq!(presets::names().len(), 2);
}

#[test]
fn session_keys_cannot_be_purged() {
	let purge = RuntimeCall::Session(pallet_session::Call::purge_keys {});
	let other = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
	assert!(!CallFilter::contains(&purge));
	assert!(CallFilter::contains(&other));
}

#[test]
fn bonds_outlast_reports_and_the_deferral_of_their_slashes() {
	genesis(DEV_RUNTIME_PRESET).execute_with(|| {
		let unbonding = pallet_clock::UnbondingSlots::<Runtime>::get();
		let slashing =
			pallet_clock::SlashDeferral::<Runtime>::get() + pallet_clock::AppealSlots::<Runtime>::get();
		assert!(ReportLongevity::get() > 0);
		assert!(unbonding > ReportLongevity::get() + slashing);
	});
}

#[test]
fn historical_roots_stay_as_long_as_reports_may_come() {
	use pallet_session::{historical::StoredRange, SessionManager};

	genesis(DEV_RUNTIME_PRESET).execute_with(|| {
		let kept = u32::try_from(ReportSessions::get()).expect("sessions are few");
		assert!(u64::from(kept) * pallet_clock::SessionSlots::<Runtime>::get() >= ReportLongevity::get());
		// Genesis has planned sessions 0 and 1; planning a session makes the one before it current.
		for planned in 2..30u32 {
			assert!(Elections::new_session(planned).is_some());
			let oldest = (planned - 1).saturating_sub(kept);
			assert_eq!(StoredRange::<Runtime>::get(), Some((oldest, planned + 1)), "{planned}");
			assert!(Historical::historical_root(oldest).is_some());
			assert!(oldest == 0 || Historical::historical_root(oldest - 1).is_none());
		}
	});
}

#[test]
fn a_backlog_of_historical_roots_goes_two_at_a_time() {
	use pallet_session::{historical::StoredRange, SessionManager};

	genesis(DEV_RUNTIME_PRESET).execute_with(|| {
		for planned in 100..150u32 {
			StoredRange::<Runtime>::mutate(|range| *range = range.or(Some((0, 100))));
			let (before, _) = StoredRange::<Runtime>::get().expect("there are roots");
			Elections::new_session(planned);
			let (first, _) = StoredRange::<Runtime>::get().expect("there are roots");
			assert_eq!(first, before + 2);
		}
	});
}

#[test]
fn nobody_creates_assets_but_the_runtime() {
	genesis(DEV_RUNTIME_PRESET).execute_with(|| {
		let alice = Sr25519Keyring::Alice.to_account_id();
		let create =
			Assets::create(RuntimeOrigin::signed(alice.clone()), 7u32.into(), alice.clone().into(), 1);
		assert_eq!(create, Err(sp_runtime::DispatchError::BadOrigin));
		let force = Assets::force_create(RuntimeOrigin::root(), 7u32.into(), alice.into(), false, 1);
		assert_eq!(force, Err(sp_runtime::DispatchError::BadOrigin));
	});
}

#[test]
fn a_block_has_room_for_every_sweep_at_once() {
	// Those of stake, rfl, sla and utc, and two of market.
	let sweeps = SweepWeight::get().saturating_mul(6).saturating_add(RoundsWeight::get());
	let block = BlockWeights::get();
	assert!(sweeps.ref_time() < block.max_block.ref_time(), "sweeps leave no room for transactions");
}

/// A machine in service, and one device of it that Charlie has redeemed for window 10 and that runs.
mod lease {
	use super::*;
	use exabits_primitives::{
		ClassId, EvidenceTier, Judge, LeaseId, MachineId, Measurement, MilliDevices, ResourceKind,
		RoundIndex, RoundOutcome, Slot, TemplateId, UtcId, UtcKey, WindowIndex, Workload,
	};
	use frame_support::{assert_ok, dispatch::RawOrigin, traits::Hooks, weights::WeightMeter, BoundedVec};
	use pallet_sla::{Height, Metric, SlaModule, Template, Term};
	use sp_core::Pair;
	use sp_runtime::Perbill;

	pub const WINDOW: Slot = 60;
	pub const ROUND: Slot = 15;
	pub const START: Slot = 600;
	pub const END: Slot = START + WINDOW;
	pub const MACHINE: MachineId = MachineId(0);
	pub const LEASE: LeaseId = LeaseId(0);
	pub const UTC: UtcId = UtcId(0);
	pub const KEY: UtcKey = UtcKey { class: ClassId(0), template: TEMPLATE, window: WindowIndex(10) };
	/// The first after those of genesis.
	pub const TEMPLATE: TemplateId = TemplateId(4);

	pub fn provider() -> AccountId {
		Sr25519Keyring::Bob.to_account_id()
	}

	pub fn tenant() -> AccountId {
		Sr25519Keyring::Charlie.to_account_id()
	}

	pub fn measurement(availability: u32) -> Measurement {
		Measurement { availability, ..Default::default() }
	}

	/// Sets the slot, and sweeps in the order of a block.
	pub fn at(slot: Slot) {
		pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(slot));
		let meter = &mut WeightMeter::new();
		Rfl::on_poll(1, meter);
		Sla::on_poll(1, meter);
		Utc::on_poll(1, meter);
		Anchoring::on_poll(1, meter);
	}

	pub fn cover() -> Balance {
		Balances::balance_on_hold(&RuntimeHoldReason::Utc(pallet_utc::HoldReason::Cover), &provider())
	}

	/// A template of one term: at least 90 % availability, or a tenth of the round's principal; nothing at all costs the
	/// whole of it, and a fifth of the minimum bond.
	fn publish() {
		let height = |credit, slash| Height {
			credit: Perbill::from_percent(credit),
			slash: Perbill::from_percent(slash),
		};
		let heights = BoundedVec::truncate_from(vec![height(10, 0), height(10, 0), height(100, 20)]);
		let metric = Metric::Availability;
		let kinds = BoundedVec::truncate_from(vec![ResourceKind::Cpu]);
		let workloads = BoundedVec::truncate_from(vec![Workload::Batch]);
		let module = SlaModule {
			version: 1,
			supersedes: None,
			metric,
			statistic: metric.statistic(),
			comparator: metric.comparator(),
			unit: metric.unit(),
			kinds: kinds.clone(),
			workloads: workloads.clone(),
			min_threshold: 1,
			max_threshold: 1_000_000,
			window_rounds: 1,
			knots: BoundedVec::truncate_from(vec![0, 500_000, 900_000]),
			heights: heights.clone(),
			reward: Perbill::one(),
		};
		let id = pallet_sla::NextModule::<Runtime>::get();
		assert_ok!(Sla::create_module(RuntimeOrigin::root(), module));
		let term = Term { module: id, threshold: 900_000, heights };
		let template = Template {
			kinds,
			workloads,
			price_factor: Perbill::one(),
			refines: None,
			terms: BoundedVec::truncate_from(vec![term]),
		};
		assert_ok!(Sla::create_template(RuntimeOrigin::root(), template));
		let class = pallet_rfl::Class {
			name: BoundedVec::truncate_from(b"CPU-8".to_vec()),
			kind: ResourceKind::Cpu,
			window_slots: 60,
			acknowledge_slots: 10,
			price: EXA,
			performance: 1_000,
			vcpus: 1,
			memory_mib: 1,
			device_memory_mib: 0,
			int8_rate: 5,
			tier: EvidenceTier::SelfReported,
		};
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class));
	}

	pub fn agree() {
		let origin = RuntimeOrigin::signed(provider());
		assert_ok!(Sla::propose(origin.clone(), MACHINE, TEMPLATE, None));
		let hash = Sla::agreement(MACHINE).expect("it was proposed").hash;
		assert_ok!(Sla::start_test(origin, MACHINE, hash));
	}

	pub fn run(test: impl FnOnce()) {
		genesis(DEV_RUNTIME_PRESET).execute_with(|| {
			System::set_block_number(1);
			at(START - WINDOW + 1);
			publish();
			let origin = RuntimeOrigin::signed(provider());
			assert_ok!(Stake::bond(origin.clone(), Role::Service, 1_000 * EXA));
			let pair = Sr25519Keyring::Eve.pair();
			let proof = pair.sign(&Rfl::registration_payload(&provider()));
			let endpoint = BoundedVec::truncate_from(b"127.0.0.1:9000".to_vec());
			let key = pair.public().into();
			assert_ok!(Rfl::register_machine(
				origin.clone(),
				ClassId(0),
				1,
				1,
				1,
				key,
				proof.into(),
				endpoint
			));
			agree();
			Sla::judge(MACHINE, Clock::round(), 0, RoundOutcome::Measured(measurement(1_000_000)));
			assert_ok!(Rfl::commit(origin.clone(), MACHINE, KEY.window, 1));
			assert_ok!(Utc::mint(origin.clone(), KEY, MilliDevices(1_000)));
			assert_ok!(Assets::transfer(origin, UTC.0.into(), tenant().into(), 1_000));
			let redemption = Redemption::new(MilliDevices(1_000), [7; 32]);
			assert_ok!(Utc::redeem(RuntimeOrigin::signed(tenant()), UTC, redemption));
			at(START);
			let access = BoundedVec::truncate_from(b"sealed".to_vec());
			let signature = pair.sign(b"checked when the call is authorised").into();
			assert_ok!(Rfl::acknowledge(RawOrigin::Authorized.into(), LEASE, access, signature));
			test();
		});
	}

	/// The window's last round as its committee left it: settled 8 slots after the window.
	pub fn reveal(availability: u32) -> RoundIndex {
		let round = RoundIndex::at(END - 1, 15);
		let member = |who: Sr25519Keyring| pallet_anchoring::CommitteeMember {
			anchor: who.to_account_id(),
			report: pallet_anchoring::Report::Measured(measurement(availability)),
		};
		let record = pallet_anchoring::Round {
			session: 1,
			fee: 0,
			members: BoundedVec::truncate_from(vec![
				member(Sr25519Keyring::Dave),
				member(Sr25519Keyring::Ferdie),
			]),
		};
		pallet_anchoring::Rounds::<Runtime>::insert(MACHINE, round, record);
		round
	}
}

#[test]
fn the_last_round_of_a_window_is_paid_and_then_the_cover_goes_back() {
	use exabits_primitives::LeaseState;
	use frame_support::assert_ok;
	use lease::*;

	let anybody = || RuntimeOrigin::signed(Sr25519Keyring::Alice.to_account_id());
	for (availability, credit) in [(1_000_000, 0), (500_000, EXA / 40)] {
		run(|| {
			let issued = Balances::total_issuance();
			let round = reveal(availability);
			at(END + 7);
			let (before, covered) = (Balances::balance(&tenant()), cover());
			assert!(covered > EXA);
			assert!(Anchoring::settle(anybody(), MACHINE, round).is_err());
			at(END + 8);
			assert_ok!(Anchoring::settle(anybody(), MACHINE, round));
			let rewarded = System::events().iter().any(|record| {
				matches!(
					record.event,
					RuntimeEvent::Utc(pallet_utc::Event::Rewarded { lease: LEASE, amount, .. }) if amount > 0
				)
			});
			assert_eq!(rewarded, credit == 0);
			assert_eq!(Balances::balance(&tenant()), before + credit);
			assert_eq!(cover(), covered - credit);

			// What stands behind the lease stays until the last verdict is due.
			for slot in [END + 22, END + 23, END + 24] {
				at(slot);
				let state = pallet_rfl::Leases::<Runtime>::get(LEASE).map(|lease| lease.state);
				let over = slot >= END + 23;
				assert_eq!(state == Some(LeaseState::Completed), over, "slot {slot}");
				assert_eq!(Utc::settle(anybody(), UTC, provider()).is_ok(), slot == END + 23, "slot {slot}");
				assert_eq!(cover(), if over { 0 } else { covered - credit }, "slot {slot}");
			}
			assert_eq!(Balances::total_issuance(), issued);
		});
	}
}

#[test]
fn two_windows_are_one_lease_with_one_acknowledgement() {
	use exabits_primitives::{
		Judge, LeaseId, LeaseState, MilliDevices, RoundIndex, RoundOutcome, UtcKey, WindowIndex,
	};
	use frame_support::{assert_ok, dispatch::RawOrigin, BoundedVec};
	use lease::*;
	use sp_core::Pair;

	run(|| {
		let issued = Balances::total_issuance();
		let origin = || RuntimeOrigin::signed(provider());
		let key = |window| UtcKey { window: WindowIndex(window), ..KEY };
		for window in [12, 13] {
			assert_ok!(Rfl::commit(origin(), MACHINE, WindowIndex(window), 1));
			assert_ok!(Utc::mint(origin(), key(window), MilliDevices(1_000)));
			let (id, _) = Utc::utc(key(window)).expect("it was minted");
			assert_ok!(Assets::transfer(origin(), id.0.into(), tenant().into(), 1_000));
		}
		let (first, _) = Utc::utc(key(12)).expect("it was minted");
		let redemption = Redemption { windows: 2, ..Redemption::new(MilliDevices(1_000), [7; 32]) };
		assert_ok!(Utc::redeem(RuntimeOrigin::signed(tenant()), first, redemption));
		let state = |lease| pallet_rfl::Leases::<Runtime>::get(LeaseId(lease)).map(|lease| lease.state);
		assert_eq!([state(1), state(2)], [Some(LeaseState::Placed); 2]);

		at(12 * WINDOW);
		let access = || BoundedVec::truncate_from(b"sealed".to_vec());
		let signature = Sr25519Keyring::Eve.pair().sign(b"checked when the call is authorised").into();
		assert_ok!(Rfl::acknowledge(RawOrigin::Authorized.into(), LeaseId(1), access(), signature));
		// A good round in each window earns its share of that window's fee.
		let judged = |slot, lease| {
			at(slot + 40);
			let round = RoundIndex::at(slot + ROUND, 15);
			Sla::judge(MACHINE, round, 1, RoundOutcome::Measured(measurement(1_000_000)));
			let account = Utc::lease_account(LeaseId(lease)).expect("it has not ended");
			assert!(account.rewarded > 0, "lease {lease}");
		};
		judged(12 * WINDOW, 1);
		at(13 * WINDOW);
		assert_eq!([state(1), state(2)], [Some(LeaseState::Running); 2]);
		assert_eq!(Rfl::access(LeaseId(2)), Some(access().into_inner()));
		judged(13 * WINDOW, 2);
		at(14 * WINDOW + 23);
		assert_eq!([state(1), state(2)], [Some(LeaseState::Completed); 2]);
		assert_eq!(Balances::total_issuance(), issued);
	});
}

#[test]
fn a_machine_whose_agreement_ended_comes_back_through_a_test() {
	use exabits_primitives::{Judge, MachineState::*, RoundIndex, RoundOutcome, WindowIndex};
	use frame_support::assert_ok;
	use lease::*;

	run(|| {
		let origin = || RuntimeOrigin::signed(provider());
		let state = || pallet_rfl::Machines::<Runtime>::get(MACHINE).map(|machine| machine.state);
		let watched = || pallet_anchoring::Watched::<Runtime>::get(MACHINE).is_some_and(|watch| watch.active);
		at(START + 1);
		assert_ok!(Sla::terminate(origin(), MACHINE));
		assert!(Rfl::commit(origin(), MACHINE, WindowIndex(12), 1).is_err());
		for slot in [END, END + 22] {
			at(slot);
			let refused = pallet_sla::Error::<Runtime>::HasCommitments.into();
			assert_eq!(Sla::end(origin(), MACHINE), Err(refused), "slot {slot}");
		}
		at(END + 23);
		assert_ok!(Sla::end(origin(), MACHINE));
		assert_eq!((state(), watched()), (Some(Suspended), false));
		assert!(Rfl::commit(origin(), MACHINE, WindowIndex(13), 1).is_err());

		agree();
		assert_eq!((state(), watched()), (Some(UnderTest), true));
		at(END + WINDOW);
		let round = RoundIndex::at(END + 40, 15);
		Sla::judge(MACHINE, round, 0, RoundOutcome::Measured(measurement(1_000_000)));
		assert_eq!((state(), watched()), (Some(Online), true));
		assert_ok!(Rfl::commit(origin(), MACHINE, WindowIndex(13), 1));
	});
}

#[test]
fn what_is_redeemed_teaches_the_class_and_an_open_utc_keeps_its_price() {
	use exabits_primitives::{apis::runtime_decl_for_rfl_api::RflApi, ClassId, Obligations, WindowIndex};
	use frame_support::assert_ok;
	use lease::*;
	use sp_runtime::Perbill;

	let class = ClassId(0);
	let open = || <Utc as Obligations<AccountId>>::open_cover(class);
	run(|| {
		assert_eq!(open(), cover());
		// The one device there is has been redeemed, and nothing is delivered until the window is closed.
		let quote = Runtime::quote(class, KEY.window).expect("the window runs");
		assert_eq!((quote.utilisation, quote.efficiency), (Perbill::one(), Perbill::zero()));
		assert_eq!((quote.reference, quote.price), (EXA, EXA * 5 / 2));
		assert_eq!(Runtime::efficiency(Some(class)), Runtime::efficiency(None));
		assert_eq!(Runtime::forecast(class, 4).expect("the class exists").ahead, []);

		assert_ok!(Rfl::set_price(RuntimeOrigin::root(), class, 2 * EXA));
		assert_eq!(pallet_utc::Utcs::<Runtime>::get(UTC).map(|utc| utc.price), Some(EXA));
		assert_eq!(Runtime::quote(class, KEY.window).map(|quote| quote.reference), Some(2 * EXA));

		// Without trades nothing else moves the price.
		at(END);
		let forecast = Runtime::forecast(class, 4).expect("the class exists");
		assert_eq!(forecast.ahead.iter().map(|one| one.expected).collect::<Vec<_>>(), [1_000; 4]);
		assert_eq!((forecast.ahead[0].window, forecast.observed), (WindowIndex(11), 1));
		assert_eq!(Runtime::quote(class, WindowIndex(11)).map(|quote| quote.reference), Some(2 * EXA));

		at(END + 23);
		assert_eq!(Runtime::efficiency(Some(class)), Perbill::one());
		assert_ok!(Utc::settle(RuntimeOrigin::signed(tenant()), UTC, provider()));
		assert_eq!(open(), 0);
	});
}

/// Checks the invariants of all pallets on a real chain's state: `EXABITS_STATE` names a chain specification that
/// `exabits-node export-state` wrote.
#[cfg(feature = "try-runtime")]
#[test]
#[ignore = "needs a chain's state; scripts/test.sh runs it on the one that the demo leaves"]
fn try_state_holds_on_an_exported_state() {
	use frame_support::traits::{TryState, TryStateSelect};

	let file = std::env::var("EXABITS_STATE").expect("EXABITS_STATE names an exported state");
	let text = std::fs::read(&file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
	let spec: serde_json::Value = serde_json::from_slice(&text).expect("the state is JSON");
	let top = spec["genesis"]["raw"]["top"].as_object().expect("the state is a raw specification");
	let bytes = |text: &str| sp_core::bytes::from_hex(text).expect("keys and values are hexadecimal");
	let mut ext = sp_io::TestExternalities::new_empty();
	for (key, value) in top {
		ext.insert(bytes(key), bytes(value.as_str().expect("values are text")));
	}
	ext.execute_with(|| {
		let number = System::block_number();
		assert!(number > 100, "the state is of block {number}, not of the end of a story");
		assert!(pallet_rfl::Leases::<Runtime>::iter().count() > 0, "the story left no lease");
		AllPalletsWithSystem::try_state(number, TryStateSelect::All).expect("the invariants hold");
	});
}

#[test]
fn what_is_offered_is_minted_at_the_sale_and_covered_by_what_it_brings() {
	use exabits_math::auction::{Side, Tick};
	use exabits_primitives::{ListingId, MilliDevices, UtcId, UtcKey, UtcMarket, WindowIndex};
	use frame_support::{assert_ok, traits::OnPoll, weights::WeightMeter};
	use lease::*;

	run(|| {
		let key = UtcKey { window: WindowIndex(KEY.window.0 + 1), ..KEY };
		let origin = || RuntimeOrigin::signed(provider());
		let buyer = || RuntimeOrigin::signed(tenant());
		let bonded = || <Stake as exabits_primitives::Bonds<AccountId>>::bonded(&provider(), Role::Service);
		assert_ok!(Rfl::commit(origin(), MACHINE, key.window, 1));
		let (issued, bond, covered) = (Balances::total_issuance(), bonded(), cover());
		let half = MilliDevices(500);
		assert_ok!(Market::offer(origin(), key, half, EXA));
		let utc = UtcId(UTC.0 + 1);
		let (cap, _) = <Utc as UtcMarket>::terms(utc).expect("the offer opened it");
		let tick = Tick::at_most(EXA).expect("it is on the grid").number();
		assert_ok!(Market::offer_order(origin(), key, tick, half));
		// All that is committed is on offer.
		assert!(Utc::mint(origin(), key, MilliDevices(1)).is_err());
		assert!(Rfl::uncommit(origin(), MACHINE, key.window).is_err());
		assert_eq!(Assets::total_supply(utc.0), 0);
		// Only what the sale will not bring is taken out of the bond: far less than the cover.
		let aside = bond - bonded();
		assert!(aside < cap - EXA * 9 / 10 && aside > cap - EXA, "{aside} of {cap}");

		assert_ok!(Market::buy(buyer(), ListingId(0), half, EXA));
		assert_ok!(Market::place_order(buyer(), utc, Side::Bid, tick, half));
		System::set_block_number(System::block_number() + 1);
		Market::on_poll(System::block_number(), &mut WeightMeter::new());
		let trader = tenant();
		let order = Market::orders(utc, trader.clone())[0].id;
		assert_ok!(Market::claim(buyer(), utc, trader.clone(), order));
		assert_eq!((Assets::balance(utc.0, &trader), Assets::total_supply(utc.0)), (1_000, 1_000));
		// All of it is covered, by what it brought and the rest out of the bond, to which nothing else went.
		assert_eq!(cover(), covered + cap);
		assert!(bond - bonded() <= aside);
		assert_ok!(Utc::redeem(buyer(), utc, Redemption::new(MilliDevices(1_000), [7; 32])));
		#[cfg(feature = "try-runtime")]
		assert_ok!(Utc::do_try_state());
		// Nobody is the author of this block, who would get what orders prepay.
		let prepaid: Balance = <Runtime as pallet_market::Config>::OrderFee::get();
		assert_eq!(Balances::total_issuance(), issued - 2 * prepaid);
	});
}
