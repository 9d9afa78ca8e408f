//! What has to be right before the node starts.
//!
//! Options, ports, the hook and the collector are looked at before anything is opened, so that a mistake is told in one
//! line and leaves nothing behind.

use crate::cli::{ChallengeEngine, RoleArg, Roles, TelemetrySource};
use exabits_roles::{ChallengeConfig, HookConfig};
use sc_network::{multiaddr::Protocol, Multiaddr};
use sc_service::{ChainType, Configuration};
use std::{
	io,
	net::{IpAddr, SocketAddr, TcpListener},
	os::unix::fs::PermissionsExt,
	sync::mpsc,
	thread,
	time::Duration,
};

/// How long the collector may take to say whether NVML is there, and the GPUs' driver whether they can compute. A driver
/// that needs longer to wake up is left to the collector's supervision.
const SOURCE_WITHIN: Duration = Duration::from_secs(15);

/// Looks at everything that can be known now. A busy RPC port is an error, and not a reason to take another one.
pub fn check(config: &mut Configuration, roles: &Roles) -> sc_cli::Result<()> {
	options(roles, config.chain_spec.chain_type()).map_err(problem)?;
	for endpoint in config.rpc.addr.iter_mut().flatten() {
		endpoint.retry_random_port = false;
		if !endpoint.is_optional {
			is_free("RPC", endpoint.listen_addr).map_err(problem)?;
		}
	}
	for address in config.network.listen_addresses.iter().filter_map(tcp) {
		// Other errors are a family of addresses that this machine does not have.
		if bind_error(address) == Some(io::ErrorKind::AddrInUse) {
			return Err(problem(format!(
				"the peer-to-peer network cannot listen on {address}: it is in use"
			)));
		}
	}
	if let Some(prometheus) = &config.prometheus_config {
		is_free("Prometheus", prometheus.port).map_err(problem)?;
	}
	if roles.roles.contains(&RoleArg::Service) {
		is_free("probe", roles.probe_address).map_err(problem)?;
		if let Some(hook) = &roles.provision_hook {
			HookConfig::new(hook.clone()).check().map_err(|error| problem(error.to_string()))?;
		}
		if roles.challenge_engine == ChallengeEngine::Cuda {
			challenges(roles).map_err(problem)?;
		}
		let collector = collector(roles).map_err(problem)?;
		if roles.telemetry_source == TelemetrySource::Nvml {
			collector
				.try_source(SOURCE_WITHIN)
				.map_err(|failure| problem(format!("the telemetry collector finds no NVML: {failure}")))?;
		}
	}
	Ok(())
}

/// Whether options and roles belong together.
fn options(roles: &Roles, chain_type: ChainType) -> Result<(), String> {
	let (anchor, service) = (roles.roles.contains(&RoleArg::Anchor), roles.roles.contains(&RoleArg::Service));
	for (given, name) in [
		(roles.provision_hook.is_some(), "--provision-hook"),
		(roles.telemetry_collector.is_some(), "--telemetry-collector"),
		(roles.nvml_library.is_some(), "--nvml-library"),
	] {
		if given && !service {
			return Err(format!("{name} is for --role service"));
		}
	}
	if service && roles.provision_hook.is_none() {
		return Err("--role service needs --provision-hook: without one no lease is acknowledged".into());
	}
	if roles.allow_local_machines {
		if !anchor {
			return Err("--allow-local-machines is for --role anchor".into());
		}
		if !matches!(chain_type, ChainType::Development | ChainType::Local) {
			return Err("--allow-local-machines is for development chains only".into());
		}
	}
	Ok(())
}

/// The collector's settings: by default the program that lies beside the node.
pub fn collector(roles: &Roles) -> Result<exabits_telemetry::Config, String> {
	let binary = match &roles.telemetry_collector {
		Some(path) => path.clone(),
		None => exabits_telemetry::Config::binary_beside_this()
			.map_err(|error| format!("this program's own folder is not known: {error}"))?,
	};
	let found = binary.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0);
	if !found {
		let binary = binary.display();
		return Err(format!(
			"the telemetry collector {binary} is not an executable file; name it with --telemetry-collector"
		));
	}
	let mut config = exabits_telemetry::Config::new(binary);
	config.source = match roles.telemetry_source {
		TelemetrySource::Auto => exabits_telemetry::Choice::Auto,
		TelemetrySource::Nvml => exabits_telemetry::Choice::Nvml,
		TelemetrySource::Host => exabits_telemetry::Choice::Host,
	};
	config.nvml_library = roles.nvml_library.clone();
	config.interval = Duration::from_millis(roles.telemetry_interval);
	Ok(config)
}

/// How compute challenges are answered.
pub fn challenges(roles: &Roles) -> Result<ChallengeConfig, String> {
	let cpu = || ChallengeConfig::cpu(roles.challenge_memory.saturating_mul(1 << 20));
	match roles.challenge_engine {
		ChallengeEngine::Cpu => Ok(cpu()),
		ChallengeEngine::Cuda => gpus().map_err(|reason| format!("--challenge-engine cuda: {reason}")),
		ChallengeEngine::Auto => Ok(gpus().unwrap_or_else(|reason| {
			log::info!("The processor computes compute challenges: {reason}");
			cpu()
		})),
	}
}

/// The GPUs, where their driver says so in time: one that hangs does not hold up the node.
fn gpus() -> Result<ChallengeConfig, String> {
	let (tell, told) = mpsc::channel();
	thread::spawn(move || tell.send(ChallengeConfig::cuda()));
	match told.recv_timeout(SOURCE_WITHIN) {
		Ok(found) => found.map_err(|error| error.to_string()),
		Err(_) => Err(format!("the GPUs' driver says nothing within {SOURCE_WITHIN:?}")),
	}
}

fn problem(line: String) -> sc_cli::Error {
	sc_cli::Error::Application(line.into())
}

fn is_free(what: &str, address: SocketAddr) -> Result<(), String> {
	match bind_error(address) {
		None => Ok(()),
		Some(io::ErrorKind::AddrInUse) => {
			Err(format!("the {what} server cannot listen on {address}: it is in use"))
		}
		Some(error) => Err(format!("the {what} server cannot listen on {address}: {error}")),
	}
}

fn bind_error(address: SocketAddr) -> Option<io::ErrorKind> {
	TcpListener::bind(address).err().map(|error| error.kind())
}

/// The socket address of a listen address over TCP.
fn tcp(address: &Multiaddr) -> Option<SocketAddr> {
	let mut parts = address.iter();
	let ip: IpAddr = match parts.next()? {
		Protocol::Ip4(ip) => ip.into(),
		Protocol::Ip6(ip) => ip.into(),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some(SocketAddr::new(ip, port)),
		_ => None,
	}
}
