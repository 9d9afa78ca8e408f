//! A network of the project's own node on loopback, whose nodes can be restarted.

use anyhow::{bail, ensure, Context, Result};
use exabits_client::Client;
use jsonrpsee::rpc_params;
use std::{
	fs::File,
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};

/// How long a node may take to end.
const ENDS_WITHIN: Duration = Duration::from_secs(20);

/// Where the binary, the chain specification, the databases and the logs are.
pub struct Places {
	folder: tempfile::TempDir,
	node: PathBuf,
	spec: PathBuf,
}

impl Places {
	/// A new folder with the development chain's specification, its clock changed by `change`.
	pub fn new(change: impl FnOnce(&mut serde_json::Value)) -> Result<Self> {
		let folder = tempfile::Builder::new().prefix("exabits-faults-").tempdir()?;
		let node = Path::new(env!("CARGO_BIN_EXE_exabits")).with_file_name("exabits-node");
		let spec = folder.path().join("chain.json");
		let out = Command::new(&node).args(["export-chain-spec", "--chain", "dev"]).output();
		let out = out.with_context(|| format!("cannot run {}", node.display()))?;
		ensure!(out.status.success(), "no specification: {}", String::from_utf8_lossy(&out.stderr));
		let mut chain: serde_json::Value = serde_json::from_slice(&out.stdout)?;
		change(&mut chain["genesis"]["runtimeGenesis"]["patch"]["clock"]["timing"]);
		std::fs::write(&spec, serde_json::to_vec(&chain)?)?;
		Ok(Self { folder, node, spec })
	}

	/// The folder of this run.
	pub fn folder(&self) -> &Path {
		self.folder.path()
	}

	/// Leaves the folder where it is, to be looked at.
	pub fn keep(&mut self) -> &Path {
		self.folder.disable_cleanup(true);
		self.folder.path()
	}

	fn insert_key(&self, base: &Path, key_type: &str, suri: &str) -> Result<()> {
		let status = Command::new(&self.node)
			.args(["key", "insert", "--scheme", "sr25519", "--key-type", key_type, "--suri", suri])
			.arg("--chain")
			.arg(&self.spec)
			.arg("--base-path")
			.arg(base)
			.stdout(Stdio::null())
			.stderr(Stdio::null())
			.status()?;
		ensure!(status.success(), "cannot insert a key of type {key_type}: {status}");
		Ok(())
	}
}

/// A node, with the same arguments, ports and database each time that it is started. It ends when this is dropped.
pub struct Node {
	name: String,
	command: Command,
	child: Child,
	/// Port of its RPC.
	pub rpc: u16,
	/// Port of its metrics.
	pub metrics: u16,
}

impl Node {
	/// Starts a node with more arguments, and keys given by type and secret URI.
	pub fn start(places: &Places, name: &str, args: &[String], keys: &[(&str, String)]) -> Result<Self> {
		let base = places.folder().join(name);
		for (key_type, suri) in keys {
			places.insert_key(&base, key_type, suri)?;
		}
		let (rpc, p2p, metrics) = (free_port()?, free_port()?, free_port()?);
		let log = File::options().create(true).append(true).open(base.with_extension("log"))?;
		let mut command = Command::new(&places.node);
		command
			.args(["--name", name, "--no-telemetry", "--no-mdns", "--unsafe-force-node-key-generation"])
			.args(["--rpc-methods", "safe", "--rpc-port", &rpc.to_string()])
			.args(["--prometheus-port", &metrics.to_string()])
			.args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{p2p}")])
			.arg("--chain")
			.arg(&places.spec)
			.arg("--base-path")
			.arg(base)
			.args(args)
			.stdin(Stdio::null())
			.stdout(log.try_clone()?)
			.stderr(log);
		let child = command.spawn()?;
		Ok(Self { name: name.into(), command, child, rpc, metrics })
	}

	/// A client that has read all events since genesis.
	pub async fn client(&self) -> Result<Client> {
		Client::wait(&format!("ws://127.0.0.1:{}", self.rpc)).await.with_context(|| self.name.clone())
	}

	/// What the node tells Prometheus.
	pub async fn scrape(&self) -> Result<String> {
		let (status, body) = crate::http::get(self.metrics, "/metrics").await?;
		ensure!(status == 200, "{} has no metrics: status {status}", self.name);
		Ok(String::from_utf8(body)?)
	}

	/// Fails if the node has ended by itself.
	pub fn check(&mut self) -> Result<()> {
		match self.child.try_wait()? {
			Some(status) => bail!("node {} ended by itself: {status}", self.name),
			None => Ok(()),
		}
	}

	/// Ends the node, and starts it again.
	pub async fn restart(&mut self) -> Result<()> {
		self.check()?;
		self.tell_to_end();
		let begun = Instant::now();
		while self.child.try_wait()?.is_none() {
			ensure!(begun.elapsed() < ENDS_WITHIN, "node {} does not end", self.name);
			tokio::time::sleep(Duration::from_millis(20)).await;
		}
		self.child = self.command.spawn()?;
		Ok(())
	}

	fn tell_to_end(&self) {
		let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.tell_to_end();
		let begun = Instant::now();
		while begun.elapsed() < ENDS_WITHIN {
			if !matches!(self.child.try_wait(), Ok(None)) {
				return;
			}
			std::thread::sleep(Duration::from_millis(50));
		}
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}

/// A port of the loopback interface that was free a moment ago.
pub fn free_port() -> Result<u16> {
	Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Where other nodes reach the client's node.
pub async fn address(client: &Client) -> Result<String> {
	let addresses: Vec<String> = client.request("system_localListenAddresses", rpc_params![]).await?;
	let local = addresses.into_iter().find(|address| address.starts_with("/ip4/127.0.0.1/tcp/"));
	local.context("the node listens on no loopback address")
}

/// Numbers of the best and of the last finalised block.
pub async fn heights(client: &Client) -> Result<(u32, u32)> {
	let best: exabits_runtime::Header = client.request("chain_getHeader", rpc_params![]).await?;
	let hash: exabits_runtime::Hash = client.request("chain_getFinalizedHead", rpc_params![]).await?;
	let finalised: exabits_runtime::Header = client.request("chain_getHeader", rpc_params![hash]).await?;
	Ok((best.number, finalised.number))
}
