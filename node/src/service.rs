//! Puts the node together.

use crate::{
	cli::{RoleArg, Roles},
	preflight, rpc,
};
use exabits_roles::{Anchor, AnchorConfig, Chain, ClientChain, HookConfig, Metrics, Service, ServiceConfig};
use exabits_runtime::{apis::RuntimeApi, opaque::Block, Hash, SLOT_MILLIS};
use futures::FutureExt;
use sc_client_api::{Backend as _, BlockBackend};
use sc_consensus_babe::{BabeLink, BabeWorkerHandle, SlotProportion};
use sc_consensus_grandpa::{GrandpaBlockImport, LinkHalf, SharedVoterState};
use sc_executor::WasmExecutor;
use sc_network::{config::NetworkBackendType, service::traits::NetworkBackend};
use sc_service::{error::Error, Configuration, KeystoreContainer, TaskManager, WarpSyncConfig};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use sp_runtime::traits::Block as BlockT;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// The client.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, WasmExecutor<sp_io::SubstrateHostFunctions>>;
/// The database.
pub type Backend = sc_service::TFullBackend<Block>;
/// Chooses the best chain.
pub type SelectChain = sc_consensus::LongestChain<Backend, Block>;
/// The transaction pool.
pub type Pool = TransactionPoolHandle<Block, Client>;
type GrandpaImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;
type InherentProviders =
	(sp_consensus_babe::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider);
type CreateInherents =
	Arc<dyn sp_inherents::CreateInherentDataProviders<Block, (), InherentDataProviders = InherentProviders>>;
type BabeImport =
	sc_consensus_babe::BabeBlockImport<Block, Client, GrandpaImport, CreateInherents, SelectChain>;

/// How often GRANDPA writes a justification, in blocks.
const JUSTIFICATION_PERIOD: u32 = 512;

/// What every command that touches the chain needs.
pub struct Parts {
	/// The client.
	pub client: Arc<Client>,
	/// The database.
	pub backend: Arc<Backend>,
	/// Runs tasks.
	pub task_manager: TaskManager,
	/// Imports blocks.
	pub import_queue: sc_consensus::DefaultImportQueue<Block>,
	keystore: KeystoreContainer,
	select_chain: SelectChain,
	transaction_pool: Arc<Pool>,
	babe_import: BabeImport,
	babe_link: BabeLink<Block>,
	babe_worker: BabeWorkerHandle<Block>,
	grandpa_link: LinkHalf<Block, Client, SelectChain>,
	telemetry: Option<Telemetry>,
}

fn create_inherents(slot_duration: sp_consensus_babe::SlotDuration) -> CreateInherents {
	Arc::new(move |_parent: Hash, ()| async move {
		let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
		let slot = sp_consensus_babe::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
			*timestamp,
			slot_duration,
		);
		Ok((slot, timestamp))
	})
}

/// Opens the chain.
pub fn parts(config: &Configuration) -> Result<Parts, Error> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let executor = sc_service::new_wasm_executor(&config.executor);
	let (client, backend, keystore, task_manager) = sc_service::new_full_parts::<Block, RuntimeApi, _>(
		config,
		telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
		executor,
		Vec::new(),
	)?;
	let client = Arc::new(client);
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(|telemetry| telemetry.handle()),
	)?;
	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let (babe_import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_import.clone(),
		client.clone(),
		create_inherents(slot_duration),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(transaction_pool.clone()),
	)?;
	let (import_queue, babe_worker) =
		sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
			link: babe_link.clone(),
			block_import: babe_import.clone(),
			justification_import: Some(Box::new(grandpa_import)),
			client: client.clone(),
			slot_duration,
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
		})?;

	Ok(Parts {
		client,
		backend,
		task_manager,
		import_queue,
		keystore,
		select_chain,
		transaction_pool,
		babe_import,
		babe_link,
		babe_worker,
		grandpa_link,
		telemetry,
	})
}

/// Starts the node.
pub fn start(config: Configuration, roles: Roles) -> Result<TaskManager, Error> {
	match config.network.network_backend {
		NetworkBackendType::Libp2p => {
			start_with::<sc_network::NetworkWorker<Block, <Block as BlockT>::Hash>>(config, roles)
		}
		NetworkBackendType::Litep2p => start_with::<sc_network::Litep2pNetworkBackend>(config, roles),
	}
}

fn start_with<N: NetworkBackend<Block, Hash>>(
	config: Configuration,
	roles: Roles,
) -> Result<TaskManager, Error> {
	let Parts {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore,
		select_chain,
		transaction_pool,
		babe_import,
		babe_link,
		babe_worker,
		grandpa_link,
		mut telemetry,
	} = parts(&config)?;

	let mut net_config = sc_network::config::FullNetworkConfiguration::<Block, Hash, N>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let metrics = N::register_notification_metrics(config.prometheus_registry());
	let genesis =
		client.block_hash(0)?.ok_or_else(|| Error::Other("the chain has no genesis block".into()))?;
	let grandpa_protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
	let (grandpa_set, grandpa_notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
		grandpa_protocol.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(grandpa_set);
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			is_validator: config.role.is_authority(),
			keystore: Some(keystore.keystore()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
			network_provider: Arc::new(network.clone()),
			// The workers only read, sign and submit; the network is the native code's business.
			enable_http_requests: false,
			custom_extensions: |_| Vec::new(),
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
	}

	let role = config.role;
	let force_authoring = config.force_authoring;
	let name = config.network.node_name.clone();
	let enable_grandpa = !config.disable_grandpa;
	let prometheus = config.prometheus_registry().cloned();
	let shared_voter_state = SharedVoterState::empty();

	let rpc_builder = {
		let client = client.clone();
		let pool = transaction_pool.clone();
		let select_chain = select_chain.clone();
		let keystore = keystore.keystore();
		let shared_authority_set = grandpa_link.shared_authority_set().clone();
		let justification_stream = grandpa_link.justification_stream();
		let finality_provider = sc_consensus_grandpa::FinalityProofProvider::new_for_service(
			backend.clone(),
			Some(shared_authority_set.clone()),
		);
		let shared_voter_state = shared_voter_state.clone();
		Box::new(move |subscription_executor| {
			rpc::create_full(rpc::FullDeps {
				client: client.clone(),
				pool: pool.clone(),
				select_chain: select_chain.clone(),
				keystore: keystore.clone(),
				babe_worker: babe_worker.clone(),
				grandpa: rpc::GrandpaDeps {
					shared_voter_state: shared_voter_state.clone(),
					shared_authority_set: shared_authority_set.clone(),
					justification_stream: justification_stream.clone(),
					subscription_executor,
					finality_provider: finality_provider.clone(),
				},
			})
			.map_err(Into::into)
		})
	};

	sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		config,
		client: client.clone(),
		backend: backend.clone(),
		task_manager: &mut task_manager,
		keystore: keystore.keystore(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	if role.is_authority() {
		let proposer = sc_basic_authorship::ProposerFactory::new(
			task_manager.spawn_handle(),
			client.clone(),
			transaction_pool.clone(),
			prometheus.as_ref(),
			telemetry.as_ref().map(|telemetry| telemetry.handle()),
		);
		let babe = sc_consensus_babe::start_babe(sc_consensus_babe::BabeParams {
			keystore: keystore.keystore(),
			client: client.clone(),
			select_chain,
			env: proposer,
			block_import: babe_import,
			sync_oracle: sync_service.clone(),
			justification_sync_link: sync_service.clone(),
			create_inherent_data_providers: create_inherents(sp_consensus_babe::SlotDuration::from_millis(
				SLOT_MILLIS,
			)),
			force_authoring,
			backoff_authoring_blocks: None::<()>,
			babe_link,
			block_proposal_slot_portion: SlotProportion::new(0.5),
			max_block_proposal_slot_portion: None,
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
		})?;
		task_manager.spawn_essential_handle().spawn_blocking("babe-proposer", Some("block-authoring"), babe);
	}

	if enable_grandpa {
		let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: Duration::from_millis(333),
				justification_generation_period: JUSTIFICATION_PERIOD,
				name: Some(name),
				observer_enabled: false,
				keystore: role.is_authority().then(|| keystore.keystore()),
				local_role: role,
				telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
				protocol_name: grandpa_protocol,
			},
			link: grandpa_link,
			network,
			sync: Arc::new(sync_service),
			notification_service: grandpa_notifications,
			voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
			prometheus_registry: prometheus.clone(),
			shared_voter_state,
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		})?;
		task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	}

	start_roles(&roles, client, &backend, keystore.keystore(), prometheus.as_ref(), &task_manager)?;
	Ok(task_manager)
}

/// Starts the native side of the anchor and service roles.
fn start_roles(
	roles: &Roles,
	client: Arc<Client>,
	backend: &Backend,
	keystore: KeystorePtr,
	registry: Option<&Registry>,
	task_manager: &TaskManager,
) -> Result<(), Error> {
	if roles.roles.is_empty() {
		return Ok(());
	}
	let storage = backend.offchain_storage().ok_or_else(|| {
		Error::Other("this node's database keeps no off-chain storage, which roles need".into())
	})?;
	let chain: Arc<dyn Chain> = Arc::new(ClientChain::<_, Block, _>::new(client, storage));
	let metrics = Metrics::register(registry)?;
	let fail = |error: exabits_roles::RoleError| Error::Other(error.to_string());

	if roles.roles.contains(&RoleArg::Anchor) {
		let config = AnchorConfig { allow_local: roles.allow_local_machines, ..Default::default() };
		let anchor =
			Anchor::prepare(chain.clone(), keystore.clone(), config, metrics.clone()).map_err(fail)?;
		task_manager.spawn_handle().spawn("anchor", "roles", exabits_roles::run_anchor(anchor));
	}
	if roles.roles.contains(&RoleArg::Service) {
		let mut config = ServiceConfig::new(roles.probe_address);
		config.hook = roles
			.provision_hook
			.clone()
			.map(|command| HookConfig { timeout: roles.hook_timeout, ..HookConfig::new(command) });
		config.challenges = Some(preflight::challenges(roles).map_err(Error::Other)?);
		config.collector = Some(preflight::collector(roles).map_err(Error::Other)?);
		let service = Service::prepare(chain, keystore, config, metrics).map_err(fail)?;
		task_manager.spawn_handle().spawn("service", "roles", exabits_roles::run_service(service));
	}
	Ok(())
}
