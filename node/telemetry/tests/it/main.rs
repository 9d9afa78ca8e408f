//! The collector's binary and its supervisor, over the real path: a process, a pipe and a library opened while
//! it runs.

mod binary;
mod gpu;
mod supervisor;

use serde_json::{json, Value};
use std::{
	env,
	ffi::OsString,
	fs,
	path::{Path, PathBuf},
	process::Command,
};
use tempfile::TempDir;

/// The collector's binary.
const COLLECTOR: &str = env!("CARGO_BIN_EXE_exabits-telemetry");

/// The variable that names the fake library's scenario.
const SCENARIO: &str = "EXABITS_FAKE_NVML";

/// The fake NVML, which cargo built next to this test; the newest where several builds lie there.
fn fake_nvml() -> PathBuf {
	let tests = env::current_exe().expect("a test has a path");
	let folder = tests.parent().expect("and a folder");
	let is_fake = |path: &PathBuf| {
		let name = path.file_name().unwrap_or_default().to_string_lossy();
		name.starts_with("libexabits_fake_nvml") && name.ends_with(env::consts::DLL_SUFFIX)
	};
	fs::read_dir(folder)
		.expect("readable")
		.filter_map(|entry| Some(entry.ok()?.path()))
		.filter(is_fake)
		.max_by_key(|path| fs::metadata(path).and_then(|data| data.modified()).ok())
		.expect("cargo builds the fake library as a dependency of these tests")
}

/// Two devices; the second one knows little.
fn devices() -> Value {
	json!([
		{
			"uuid": "GPU-00000000-0000-0000-0000-000000000001",
			"serial": "1320000000001",
			"name": "Test GPU 80GB",
			"memory_total": 1000,
			"memory_used": [100, 200, 300],
			"utilisation": [10, 20, 100],
			"energy": [5000, 5700, 6400],
			"temperature": [41, 42, 43],
			"ecc": [0, 0, 1],
			"throttle": [0, 4, 64],
			"sm_clock": [1980, 1970, 1960],
			"memory_clock": [2619],
		},
		{ "uuid": null, "serial": null, "name": "Old GPU", "memory_total": 50, "utilisation": [5] },
	])
}

/// A scenario file; it goes away with the folder.
struct Scenario {
	folder: TempDir,
}

impl Scenario {
	fn new(devices: Value, faults: Value) -> Self {
		Self::text(&json!({ "driver": "999.01", "devices": devices, "faults": faults }).to_string())
	}

	fn text(text: &str) -> Self {
		let folder = TempDir::new().expect("temporary folder");
		fs::write(folder.path().join("scenario.json"), text).expect("writable");
		Self { folder }
	}

	fn path(&self) -> PathBuf {
		self.folder.path().join("scenario.json")
	}

	fn environment(&self) -> (OsString, OsString) {
		(SCENARIO.into(), self.path().into())
	}
}

/// A fault of one function.
fn fault(function: &str, after: u32, effect: Value) -> Value {
	json!([{ "function": function, "after": after, "effect": effect }])
}

/// An executable shell script in `folder`, to stand in for a collector that misbehaves.
fn script(folder: &Path, body: &str) -> PathBuf {
	let path = folder.join("collector");
	// Another process writes it: what this one has open for writing, the children of other tests may keep open for a
	// moment, and such a file cannot be run.
	let write = r#"printf '#!/bin/sh\n%s\n' "$1" >"$0" && chmod 755 "$0""#;
	let written = Command::new("sh").args(["-c", write]).arg(&path).arg(body).status();
	assert!(written.expect("a shell").success());
	path
}
