#![doc = include_str!("../README.md")]

pub mod address;
pub mod chain;
pub mod challenge;
mod contain;
mod guard;
pub mod hook;
pub mod metrics;
pub mod own;
pub mod probe;
mod prober;
mod provision;
mod shelf;
pub mod telemetry;

pub use chain::{Chain, ChainError, ClientChain, OpenChallenge};
pub use challenge::ChallengeConfig;
pub use hook::HookConfig;
pub use metrics::Metrics;
pub use probe::Limits;

use contain::keep_running;
use own::Own;
use probe::ProbeServer;
use prober::Prober;
use provision::Provisioner;
use sp_keystore::KeystorePtr;
use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, sync::Arc, time::Duration};
use tokio::sync::watch;

/// How often a service node asks for challenges at least: their time runs.
const CHALLENGE_POLL: Duration = Duration::from_millis(250);

/// Target of the roles' log lines.
pub(crate) const LOG: &str = "roles";

/// Why a role cannot start.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
	/// The probe endpoint's address is not to be had.
	#[error("the probe endpoint cannot listen on {listen}: {cause}")]
	Listen {
		/// The address.
		listen: SocketAddr,
		/// What the system says.
		cause: std::io::Error,
	},
	/// The provision hook is not there or may not be run.
	#[error("the provision hook {} cannot be run: {reason}", command.display())]
	Hook {
		/// The command.
		command: PathBuf,
		/// What is wrong with it.
		reason: String,
	},
	/// The prober's HTTP client could not be made.
	#[error("the prober cannot start: {0}")]
	Client(String),
}

/// How an anchor measures.
#[derive(Debug, Clone)]
pub struct AnchorConfig {
	/// Mean time between two probes of a machine; the real one varies by half of it.
	pub interval: Duration,
	/// Probes of a round: where a round is short the time between two is, too, so that a late one weighs little.
	pub probes: NonZeroU32,
	/// A probe that takes longer counts as unanswered.
	pub timeout: Duration,
	/// Size of a bandwidth sample, at most [`probe::MAX_BANDWIDTH`].
	pub bandwidth_bytes: u32,
	/// A sample that takes longer counts as none.
	pub bandwidth_timeout: Duration,
	/// Bandwidth samples in a round; the best counts.
	pub bandwidth_samples: u32,
	/// One request of a compute challenge that takes longer is sent again; the transfer of a response is in it.
	pub challenge_timeout: Duration,
	/// Probes under way at once, over all machines.
	pub concurrency: usize,
	/// How often the chain is asked for the duties.
	pub poll: Duration,
	/// Whether private, loopback and link-local addresses are probed: development networks only.
	pub allow_local: bool,
}

impl Default for AnchorConfig {
	fn default() -> Self {
		Self {
			interval: Duration::from_secs(2),
			probes: NonZeroU32::new(60).unwrap_or(NonZeroU32::MIN),
			timeout: Duration::from_secs(1),
			bandwidth_bytes: 256 * 1024,
			bandwidth_timeout: Duration::from_secs(5),
			bandwidth_samples: 2,
			challenge_timeout: Duration::from_secs(10),
			concurrency: 64,
			poll: Duration::from_millis(500),
			allow_local: false,
		}
	}
}

/// How a service node serves.
#[derive(Debug, Clone)]
pub struct ServiceConfig {
	/// Where the probe endpoint listens.
	pub listen: SocketAddr,
	/// What the probe endpoint gives at most.
	pub limits: Limits,
	/// The provision hook. Without one no lease is acknowledged by this node.
	pub hook: Option<HookConfig>,
	/// What answers the compute challenges that the chain announces. Without it none is answered.
	pub challenges: Option<ChallengeConfig>,
	/// The telemetry collector. Without one no telemetry is reported.
	pub collector: Option<exabits_telemetry::Config>,
	/// How often the chain is asked about the node's machines.
	pub poll: Duration,
}

impl ServiceConfig {
	/// A service node with usual limits, without hook and collector.
	pub fn new(listen: SocketAddr) -> Self {
		let poll = Duration::from_secs(1);
		Self { listen, limits: Limits::default(), hook: None, challenges: None, collector: None, poll }
	}
}

/// The anchor role, ready to run.
pub struct Anchor {
	prober: Prober,
}

impl Anchor {
	/// Prepares the role.
	pub fn prepare(
		chain: Arc<dyn Chain>,
		keystore: KeystorePtr,
		config: AnchorConfig,
		metrics: Metrics,
	) -> Result<Self, RoleError> {
		Ok(Self { prober: Prober::new(chain, keystore, config, metrics)? })
	}
}

/// Measures for as long as it is polled; dropping it ends everything that it started.
pub async fn run_anchor(anchor: Anchor) {
	keep_running("prober", || anchor.prober.run()).await
}

/// The service role, ready to run.
pub struct Service {
	chain: Arc<dyn Chain>,
	keystore: KeystorePtr,
	config: ServiceConfig,
	metrics: Metrics,
	server: ProbeServer,
}

impl Service {
	/// Binds the probe endpoint and checks the hook, so that what is wrong with them stops the node's start.
	pub fn prepare(
		chain: Arc<dyn Chain>,
		keystore: KeystorePtr,
		config: ServiceConfig,
		metrics: Metrics,
	) -> Result<Self, RoleError> {
		match &config.hook {
			Some(hook) => hook.check()?,
			None => {
				log::warn!(target: LOG, "No provision hook: leases on this node's machines are not acknowledged.")
			}
		}
		let server = ProbeServer::bind(config.listen, config.limits.clone())?;
		Ok(Self { chain, keystore, config, metrics, server })
	}

	/// Where the probe endpoint listens.
	pub fn local_addr(&self) -> std::io::Result<SocketAddr> {
		self.server.local_addr()
	}
}

/// Serves for as long as it is polled; dropping it ends everything that it started, hooks included.
pub async fn run_service(service: Service) {
	let Service { chain, keystore, config, metrics, server } = service;
	let (own, machines) = watch::channel(Own::default());
	let own = Arc::new(own);
	let refresh = keep_running("view of the own machines", || {
		own::refresh(chain.clone(), keystore.clone(), config.poll, own.clone())
	});
	let due = Arc::new(watch::Sender::new(Vec::new()));
	let follow = keep_running("view of the challenges", || {
		let (chain, machines, due) = (chain.clone(), machines.clone(), due.clone());
		let (answered, poll) = (config.challenges.is_some(), config.poll.min(CHALLENGE_POLL));
		async move {
			if answered {
				challenge::follow(chain, machines, poll, due).await
			}
		}
	});
	let probe = keep_running("probe endpoint", || {
		let challenges = config.challenges.clone().map(|config| (config, due.subscribe()));
		server.serve(machines.clone(), keystore.clone(), challenges, metrics.clone())
	});
	let provision = keep_running("provisioner", || {
		let hook = config.hook.clone();
		let (chain, machines, metrics) = (chain.clone(), machines.clone(), metrics.clone());
		async move {
			if let Some(hook) = hook {
				Provisioner::new(chain, machines, hook, metrics).run().await
			}
		}
	});
	let report = keep_running("telemetry reporter", || {
		let collector = config.collector.clone();
		let (chain, machines, metrics) = (chain.clone(), machines.clone(), metrics.clone());
		async move {
			if let Some(collector) = collector {
				telemetry::run(chain, machines, collector, metrics).await
			}
		}
	});
	futures::join!(refresh, follow, probe, provision, report);
}
