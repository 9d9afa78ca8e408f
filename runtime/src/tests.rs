//! Tests of the wiring.

use crate::{configs::*, *};
use exabits_primitives::{Clock as _, Role};
use frame_support::traits::{fungible::Inspect, fungible::InspectHold, Contains, Get};
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
		for account in [InsuranceAccount::get(), TreasuryAccount::get(), Market::escrow()] {
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
		assert!(unbonding > ReportLongevity::get() + pallet_clock::SlashDeferral::<Runtime>::get());
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
	let sweeps = SweepWeight::get().saturating_mul(5).saturating_add(RoundsWeight::get());
	let block = BlockWeights::get();
	assert!(sweeps.ref_time() < block.max_block.ref_time(), "sweeps leave no room for transactions");
}

/// Checks the invariants of all pallets on a real chain's state: `EXABITS_STATE` names a chain specification that
/// `exabits-node export-state` wrote.
#[cfg(feature = "try-runtime")]
#[test]
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
