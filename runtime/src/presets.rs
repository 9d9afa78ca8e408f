//! Genesis presets: `development` with one validator and `local_testnet` with four.
//!
//! Both are for one machine on a desk: short sessions and windows, a sudo key (Alice's), and well-known accounts
//! with money. They publish the standard library of service levels; classes come from governance.

use crate::{
	configs::{
		DelegationPot, InsuranceAccount, MarketPalletId, TreasuryAccount, UtcPalletId, EXISTENTIAL_DEPOSIT,
	},
	library, AccountId, BabeConfig, Balance, BalancesConfig, ClockConfig, IssuanceConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, SlaConfig, StakeConfig, SudoConfig, EXA,
};
use alloc::{vec, vec::Vec};
use exabits_primitives::Role;
use frame_support::build_struct_json_patch;
use pallet_clock::Timing;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{traits::AccountIdConversion, Perbill};

/// One primary block in four slots, the rest by turns.
pub const BABE_EPOCH: BabeEpochConfiguration =
	BabeEpochConfiguration { c: (1, 4), allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots };

/// What each well-known account starts with.
const ENDOWMENT: Balance = 1_000_000 * EXA;
/// What each validator of a preset bonds.
const VALIDATOR_BOND: Balance = 10_000 * EXA;
/// What the insurance pool starts with.
const INSURANCE: Balance = 10_000 * EXA;
/// How much is created for validators and anchors.
const ISSUANCE: pallet_issuance::Terms = pallet_issuance::Terms {
	yearly: Perbill::from_percent(5),
	anchors: Perbill::from_percent(30),
	matching: Perbill::from_percent(25),
	max_commission: Perbill::from_percent(50),
};

fn genesis(validators: &[(Sr25519Keyring, Ed25519Keyring)]) -> serde_json::Value {
	let kept: [AccountId; 7] = [
		TreasuryAccount::get(),
		InsuranceAccount::get(),
		UtcPalletId::get().into_account_truncating(),
		MarketPalletId::get().into_account_truncating(),
		DelegationPot::get(),
		pallet_market::Pallet::<crate::Runtime>::book_account(),
		pallet_anchoring::Pallet::<crate::Runtime>::pot(),
	];
	let balances = Sr25519Keyring::well_known()
		.map(|who| (who.to_account_id(), ENDOWMENT))
		.chain(kept.into_iter().map(|account| {
			let amount = if account == InsuranceAccount::get() { INSURANCE } else { EXISTENTIAL_DEPOSIT };
			(account, amount)
		}))
		.collect::<Vec<_>>();
	build_struct_json_patch!(RuntimeGenesisConfig {
		clock: ClockConfig { timing: Timing::DEVELOPMENT },
		balances: BalancesConfig { balances },
		babe: BabeConfig { epoch_config: BABE_EPOCH },
		stake: StakeConfig {
			minimums: vec![
				(Role::Validator, 1_000 * EXA),
				(Role::Anchor, 100 * EXA),
				(Role::Service, 100 * EXA),
			],
			validators: validators.iter().map(|(who, _)| (who.to_account_id(), VALIDATOR_BOND)).collect(),
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|(who, finality)| {
					let keys = SessionKeys { babe: who.public().into(), grandpa: finality.public().into() };
					(who.to_account_id(), who.to_account_id(), keys)
				})
				.collect(),
		},
		issuance: IssuanceConfig { terms: ISSUANCE },
		sla: SlaConfig { modules: library::modules(), templates: library::templates() },
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
	})
}

/// The genesis configuration of a preset, as JSON.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
	let validators: &[_] = match id.as_ref() {
		DEV_RUNTIME_PRESET => &[(Sr25519Keyring::Alice, Ed25519Keyring::Alice)],
		LOCAL_TESTNET_RUNTIME_PRESET => &[
			(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
			(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
			(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
			(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
		],
		_ => return None,
	};
	serde_json::to_vec(&genesis(validators)).ok()
}

/// The presets there are.
pub fn names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
