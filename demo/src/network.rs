//! A development network of the project's own binaries, on loopback.

use anyhow::{bail, Context, Result};
use exabits_client::Client;
use jsonrpsee::rpc_params;
use std::{
	fs::File,
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};

/// Where the binaries, logs and databases are.
pub struct Places {
	/// Folder of the project's binaries.
	pub bin: PathBuf,
	/// Folder of this run.
	pub run: PathBuf,
}

impl Places {
	/// The node's binary.
	pub fn node(&self) -> PathBuf {
		self.bin.join("exabits-node")
	}

	fn base_path(&self, name: &str) -> PathBuf {
		self.run.join(name)
	}

	/// The log of a node.
	pub fn log(&self, name: &str) -> PathBuf {
		self.run.join(format!("{name}.log"))
	}
}

/// A running node. It ends when this value is dropped.
pub struct Node {
	/// Its name, which is also that of its log.
	pub name: String,
	/// Port of its RPC.
	pub rpc: u16,
	/// Port of its probe endpoint, with the service role.
	pub probe: u16,
	child: Child,
}

impl Node {
	/// Its process id.
	pub fn pid(&self) -> u32 {
		self.child.id()
	}

	/// Fails if the node has ended by itself.
	pub fn check(&mut self) -> Result<()> {
		match self.child.try_wait()? {
			Some(status) => bail!("node {} ended by itself: {status}", self.name),
			None => Ok(()),
		}
	}

	/// Asks the node to end, and makes it after 20 seconds.
	pub fn stop(&mut self) {
		if matches!(self.child.try_wait(), Ok(None)) {
			let _ = signal("TERM", self.child.id());
			let patience = Instant::now();
			while patience.elapsed() < Duration::from_secs(20) {
				if !matches!(self.child.try_wait(), Ok(None)) {
					return;
				}
				std::thread::sleep(Duration::from_millis(100));
			}
			let _ = self.child.kill();
			let _ = self.child.wait();
		}
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.stop();
	}
}

/// Sends a signal to one process.
pub fn signal(name: &str, pid: u32) -> Result<()> {
	let status = Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).status()?;
	if !status.success() {
		bail!("cannot send {name} to process {pid}");
	}
	Ok(())
}

/// Process ids of the direct children of `pid` whose command line contains `part`.
pub fn children(pid: u32, part: &str) -> Vec<u32> {
	let mut found = Vec::new();
	for task in std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten() {
		let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
		found.extend(children.split_whitespace().filter_map(|child| child.parse::<u32>().ok()));
	}
	found.retain(|child| {
		std::fs::read(format!("/proc/{child}/cmdline"))
			.is_ok_and(|line| String::from_utf8_lossy(&line).contains(part))
	});
	found
}

/// A port of the loopback interface that was free a moment ago.
pub fn free_port() -> Result<u16> {
	Ok(TcpListener::bind("127.0.0.1:0").context("no free port on 127.0.0.1")?.local_addr()?.port())
}

/// How a node differs from the others.
#[derive(Default)]
pub struct Settings<'a> {
	/// More arguments.
	pub args: Vec<String>,
	/// Keys to insert before the start: key type and secret URI.
	pub keys: Vec<(&'a str, String)>,
	/// The node to connect to.
	pub bootnode: Option<&'a str>,
}

/// Starts a node on the development chain.
pub fn start(places: &Places, name: &str, settings: Settings) -> Result<Node> {
	let base = places.base_path(name);
	for (key_type, suri) in &settings.keys {
		let status = Command::new(places.node())
			.args([
				"key",
				"insert",
				"--chain",
				"dev",
				"--scheme",
				"sr25519",
				"--key-type",
				key_type,
				"--suri",
				suri,
			])
			.arg("--base-path")
			.arg(&base)
			.stdout(Stdio::null())
			.stderr(Stdio::null())
			.status()
			.with_context(|| format!("cannot run {}", places.node().display()))?;
		if !status.success() {
			bail!("cannot insert the {key_type} key of node {name}: {status}");
		}
	}
	let (rpc, p2p, probe) = (free_port()?, free_port()?, free_port()?);
	let log = File::create(places.log(name))?;
	let mut command = Command::new(places.node());
	command
		.args(["--chain", "dev", "--no-prometheus", "--no-telemetry", "--no-mdns", "--name", name])
		.args(["--rpc-port", &rpc.to_string(), "--rpc-methods", "safe"])
		.args(["--unsafe-force-node-key-generation"])
		.arg("--base-path")
		.arg(&base)
		.args(&settings.args)
		.stdin(Stdio::null())
		.stdout(log.try_clone()?)
		.stderr(log);
	if settings.args.iter().any(|arg| arg == "--validator" || arg == "--alice") {
		command.args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{p2p}")]);
	} else {
		command.args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{p2p}/ws")]);
	}
	if settings.args.iter().any(|arg| arg == "service") {
		command.args(["--probe-address", &format!("127.0.0.1:{probe}")]);
	}
	if let Some(bootnode) = settings.bootnode {
		command.args(["--bootnodes", bootnode]);
	}
	let child = command.spawn().with_context(|| format!("cannot run {}", places.node().display()))?;
	Ok(Node { name: name.into(), rpc, probe, child })
}

/// The address at which other nodes reach the validator.
pub async fn bootnode_address(client: &Client) -> Result<String> {
	let addresses: Vec<String> = client.request("system_localListenAddresses", rpc_params![]).await?;
	addresses
		.into_iter()
		.find(|address| address.starts_with("/ip4/127.0.0.1/tcp/"))
		.context("the validator listens on no loopback address")
}

/// Writes the state of a stopped node's best block, as a chain specification.
pub fn export_state(places: &Places, name: &str, file: &Path) -> Result<()> {
	let out = File::create(file)?;
	let status = Command::new(places.node())
		.args(["export-state", "--chain", "dev", "--base-path"])
		.arg(places.base_path(name))
		.stdout(out)
		.stderr(File::create(places.log("export-state"))?)
		.status()?;
	if !status.success() {
		bail!("cannot export the state: {status}; see {}", places.log("export-state").display());
	}
	Ok(())
}
