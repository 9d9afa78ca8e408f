//! The chains that the node knows by name.

use sc_service::ChainType;

/// A chain specification without extensions.
pub type ChainSpec = sc_service::GenericChainSpec;

fn preset(name: &str, id: &str, chain_type: ChainType, preset: &str) -> Result<ChainSpec, String> {
	let wasm = exabits_runtime::WASM_BINARY
		.ok_or("this node was built without the Wasm runtime (SKIP_WASM_BUILD); build it again without")?;
	let mut properties = sc_service::Properties::new();
	properties.insert("tokenSymbol".into(), "EXA".into());
	properties.insert("tokenDecimals".into(), 12.into());
	properties.insert("ss58Format".into(), 42.into());
	Ok(ChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(id)
		.with_protocol_id("exabits")
		.with_chain_type(chain_type)
		.with_properties(properties)
		.with_genesis_config_preset_name(preset)
		.build())
}

/// One validator, Alice; fast enough that the whole story runs in minutes.
pub fn development() -> Result<ChainSpec, String> {
	preset(
		"Exabits Development",
		"exabits_dev",
		ChainType::Development,
		sp_genesis_builder::DEV_RUNTIME_PRESET,
	)
}

/// Four validators: Alice, Bob, Charlie and Dave.
pub fn local() -> Result<ChainSpec, String> {
	preset(
		"Exabits Local Testnet",
		"exabits_local",
		ChainType::Local,
		sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET,
	)
}
