//! The node's own program, started with what is wrong: it says why in one line, ends with status 1, and opens nothing.

use std::{
	fs,
	net::{SocketAddr, TcpListener},
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	process::{Child, Command, Output, Stdio},
	thread,
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long a node may take to see that it cannot start, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A chain specification that parses. The node must end before it looks at the runtime, so an empty one will do.
const SPECIFICATION: &str = r#"{
	"name": "Test", "id": "test", "chainType": "Development", "bootNodes": [], "telemetryEndpoints": null,
	"protocolId": "test", "properties": null, "codeSubstitutes": {},
	"genesis": { "runtimeGenesis": { "code": "0x00", "patch": {} } }
}"#;

/// A folder with what a node needs.
struct Place(TempDir);

impl Place {
	fn new() -> Self {
		let place = Self(TempDir::new().unwrap());
		place.file("chain.json", SPECIFICATION, 0o644);
		place.file("hook", "#!/bin/sh\n", 0o755);
		place
	}

	fn path(&self, name: &str) -> PathBuf {
		self.0.path().join(name)
	}

	fn file(&self, name: &str, text: &str, mode: u32) {
		fs::write(self.path(name), text).unwrap();
		fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
	}

	/// Runs a node with free ports and these arguments to its end.
	fn run(&self, arguments: &[&str]) -> Output {
		let mut command = Command::new(env!("CARGO_BIN_EXE_exabits-node"));
		command.current_dir(self.0.path()).args(["--base-path", "base", "--no-mdns", "--no-telemetry"]);
		for (option, default) in [
			("--chain", "chain.json"),
			("--rpc-port", "0"),
			("--prometheus-port", "0"),
			("--listen-addr", "/ip4/127.0.0.1/tcp/0"),
		] {
			if !arguments.contains(&option) {
				command.args([option, default]);
			}
		}
		command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
		end(command.spawn().unwrap())
	}

	/// The one line that a node with these arguments leaves.
	fn complaint(&self, arguments: &[&str]) -> String {
		let output = self.run(arguments);
		let text = String::from_utf8(output.stderr).unwrap();
		assert_eq!(output.status.code(), Some(1), "{text}");
		assert_eq!(text.lines().count(), 1, "{text}");
		assert!(output.stdout.is_empty());
		let databases = self.path("base/chains/test/paritydb");
		assert!(!databases.exists(), "a database was opened");
		text.trim_end().strip_prefix("error: ").expect("the line begins with \"error: \"").to_owned()
	}

	/// The same for a service node, whose other settings are right.
	fn service_complaint(&self, arguments: &[&str]) -> String {
		let mut all = vec!["--role", "service"];
		for (option, default) in [("--provision-hook", "hook"), ("--probe-address", "127.0.0.1:0")] {
			if !arguments.contains(&option) {
				all.extend([option, default]);
			}
		}
		all.extend(arguments);
		self.complaint(&all)
	}
}

/// Waits for the end of a process, and makes one that goes on end.
fn end(mut child: Child) -> Output {
	let began = Instant::now();
	while child.try_wait().unwrap().is_none() {
		if began.elapsed() > PATIENCE {
			child.kill().unwrap();
			let output = child.wait_with_output().unwrap();
			panic!("the node goes on: {}", String::from_utf8_lossy(&output.stderr));
		}
		thread::sleep(Duration::from_millis(20));
	}
	child.wait_with_output().unwrap()
}

/// A port that is taken for as long as the listener lives.
fn taken() -> (TcpListener, SocketAddr) {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let address = listener.local_addr().unwrap();
	(listener, address)
}

mod port {
	use super::*;

	#[test]
	fn a_busy_rpc_port_is_named() {
		let (_listener, address) = taken();
		let line = Place::new().complaint(&["--rpc-port", &address.port().to_string()]);
		assert_eq!(line, format!("the RPC server cannot listen on {address}: it is in use"));
	}

	#[test]
	fn a_busy_peer_to_peer_port_is_named() {
		let (_listener, address) = taken();
		let listen = format!("/ip4/127.0.0.1/tcp/{}", address.port());
		let line = Place::new().complaint(&["--listen-addr", &listen]);
		assert_eq!(line, format!("the peer-to-peer network cannot listen on {address}: it is in use"));
	}

	#[test]
	fn a_busy_prometheus_port_is_named() {
		let (_listener, address) = taken();
		let line = Place::new().complaint(&["--prometheus-port", &address.port().to_string()]);
		assert_eq!(line, format!("the Prometheus server cannot listen on {address}: it is in use"));
	}

	#[test]
	fn a_busy_probe_port_is_named() {
		let (_listener, address) = taken();
		let line = Place::new().service_complaint(&["--probe-address", &address.to_string()]);
		assert_eq!(line, format!("the probe server cannot listen on {address}: it is in use"));
	}
}

mod chain {
	use super::*;

	#[test]
	fn an_unknown_name_is_told() {
		let line = Place::new().complaint(&["--chain", "moon"]);
		assert_eq!(line, r#"Invalid input: the chain moon is neither "dev" nor "local" nor a file"#);
	}

	#[test]
	fn a_malformed_specification_is_told_with_its_place() {
		let place = Place::new();
		for (text, said) in [
			("{ \"name\": ", "EOF while parsing a value"),
			("plain", "expected value at line 1 column 1"),
			("{}", "missing field"),
			(&SPECIFICATION.replace("Development", "Practice"), "unknown variant `Practice`"),
			(&SPECIFICATION.replace("\"patch\": {}", "\"preset\": \"moon\""), "line 4"),
			(&SPECIFICATION.replace("0x00", "zz"), "invalid hex character"),
		] {
			place.file("bad.json", text, 0o644);
			let line = place.complaint(&["--chain", "bad.json"]);
			let begin = "Invalid input: chain specification bad.json: ";
			assert!(line.starts_with(begin) && line.contains(said), "{line}");
		}
	}
}

mod service {
	use super::*;

	#[test]
	fn it_needs_a_hook() {
		let line = Place::new().complaint(&["--role", "service", "--probe-address", "127.0.0.1:0"]);
		assert_eq!(line, "--role service needs --provision-hook: without one no lease is acknowledged");
	}

	#[test]
	fn a_missing_hook_is_named() {
		let line = Place::new().service_complaint(&["--provision-hook", "nothing"]);
		let begin = "the provision hook nothing cannot be run: No such file";
		assert!(line.starts_with(begin), "{line}");
	}

	#[test]
	fn a_hook_that_is_not_executable_is_named() {
		let place = Place::new();
		place.file("plain", "#!/bin/sh\n", 0o644);
		let line = place.service_complaint(&["--provision-hook", "plain"]);
		assert_eq!(line, "the provision hook plain cannot be run: not an executable file");
	}

	#[test]
	fn a_missing_collector_is_named() {
		let place = Place::new();
		place.file("plain", "", 0o644);
		for name in ["nothing", "plain"] {
			let line = place.service_complaint(&["--telemetry-collector", name]);
			let expected = format!(
				"the telemetry collector {name} is not an executable file; name it with --telemetry-collector"
			);
			assert_eq!(line, expected);
		}
	}

	#[test]
	fn nvml_that_was_demanded_and_is_missing_is_named() {
		let line = Place::new().service_complaint(&[
			"--telemetry-collector",
			&collector().display().to_string(),
			"--telemetry-source",
			"nvml",
			"--nvml-library",
			"/nonexistent/nvml.so",
		]);
		assert!(line.starts_with("the telemetry collector finds no NVML: "), "{line}");
		assert!(line.contains("cannot use NVML (/nonexistent/nvml.so)"), "{line}");
	}

	/// The collector, which a build of the workspace puts beside the node.
	fn collector() -> PathBuf {
		Path::new(env!("CARGO_BIN_EXE_exabits-node")).with_file_name("exabits-telemetry")
	}

	#[test]
	fn its_options_are_for_it_alone() {
		for option in ["--provision-hook", "--telemetry-collector", "--nvml-library"] {
			let line = Place::new().complaint(&[option, "hook"]);
			assert_eq!(line, format!("{option} is for --role service"));
		}
	}
}

mod anchor {
	use super::*;

	#[test]
	fn its_option_is_for_it_alone() {
		let line = Place::new().complaint(&["--allow-local-machines"]);
		assert_eq!(line, "--allow-local-machines is for --role anchor");
	}

	#[test]
	fn local_machines_are_for_development_chains() {
		let place = Place::new();
		place.file("live.json", &SPECIFICATION.replace("Development", "Live"), 0o644);
		let line = place.complaint(&["--chain", "live.json", "--role", "anchor", "--allow-local-machines"]);
		assert_eq!(line, "--allow-local-machines is for development chains only");
	}
}

mod usage {
	use super::*;

	/// Values that no option takes end with status 2, the option's name and the values that there are.
	#[test]
	fn a_wrong_value_is_named() {
		for (option, value, said) in [
			("--telemetry-source", "tpu", "[possible values: auto, nvml, host]"),
			("--challenge-engine", "tpu", "[possible values: auto, cuda, cpu]"),
			("--role", "tenant", "[possible values: anchor, service]"),
			("--probe-address", "here", "invalid socket address syntax"),
			("--hook-timeout", "0", "a whole number of seconds from 1 to 3600"),
			("--telemetry-interval", "1", "1 is not in 100..=60000"),
		] {
			let output = Place::new().run(&[option, value]);
			let text = String::from_utf8(output.stderr).unwrap();
			assert_eq!(output.status.code(), Some(2), "{text}");
			let begin = format!("error: invalid value '{value}' for '{option} <");
			assert!(text.starts_with(&begin) && text.contains(said), "{text}");
		}
	}
}
