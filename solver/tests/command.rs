//! The command with bad input: one line with file and row, exit code 1, nothing written.

use std::{fs, process::Command};

const NODES: &str = "sn,cpu_milli,memory_mib,gpu,model\nn0,64000,262144,2,P100\nn1,96000,393216,8,G2\n";
const ARRIVALS: &str = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n\
	a0,6000,16384,1,460,\na1,11400,48128,8,1000,G2|P100\na2,8000,30517,0,0,\na3,1,1,16,1000,\n";

/// Runs a replay and returns exit code, what it printed, its errors, and what it wrote.
fn run(nodes: &str, arrivals: &str, options: &[&str]) -> (i32, String, String, Option<String>) {
	let place = tempfile::tempdir().unwrap();
	let path = |name: &str| place.path().join(name);
	fs::write(path("nodes.csv"), nodes).unwrap();
	fs::write(path("arrivals.csv"), arrivals).unwrap();
	let done = Command::new(env!("CARGO_BIN_EXE_exabits-solver"))
		.current_dir(place.path())
		.args(["replay", "--nodes", "nodes.csv", "--arrivals", "arrivals.csv", "--out", "out.csv"])
		.args(options)
		.output()
		.unwrap();
	let text = |bytes| String::from_utf8(bytes).unwrap();
	(
		done.status.code().unwrap(),
		text(done.stdout),
		text(done.stderr),
		fs::read_to_string(path("out.csv")).ok(),
	)
}

fn refused(nodes: &str, arrivals: &str) -> String {
	let (code, printed, errors, written) = run(nodes, arrivals, &[]);
	assert_eq!((code, printed.as_str(), written), (1, "", None));
	assert_eq!(errors.lines().count(), 1, "{errors}");
	errors.trim_end().to_owned()
}

#[test]
fn a_replay_writes_a_line_per_arrival() {
	for options in [&[][..], &["--solver"], &["--moves"], &["--solver", "--moves"]] {
		let (code, printed, errors, written) = run(NODES, ARRIVALS, options);
		assert_eq!((code, errors.as_str()), (0, ""));
		assert!(printed.contains("devices allocated"));
		let written = written.unwrap();
		let lines: Vec<_> = written.lines().collect();
		assert_eq!(lines.len(), 4);
		assert_eq!(lines[0], "a0,n0,0:460");
		assert_eq!(lines[1], "a1,n1,0:1000|1:1000|2:1000|3:1000|4:1000|5:1000|6:1000|7:1000");
		assert!(lines[2].starts_with("a2,n") && lines[2].ends_with(','));
		assert_eq!(lines[3], "a3,,");
	}
}

#[test]
fn machines_are_checked() {
	for (from, to, what) in [
		(",gpu,", ",gpus,", "error: nodes.csv: row 1: there is no column gpu"),
		("n1,96000", "n0,96000", "error: nodes.csv: row 3: sn n0 was there before"),
		("n1,96000", ",96000", "error: nodes.csv: row 3: sn is empty"),
		(
			"96000",
			"96.5",
			"error: nodes.csv: row 3: cpu_milli \"96.5\" is not a whole number from 0 to 4294967295",
		),
		(
			"96000",
			"-1",
			"error: nodes.csv: row 3: cpu_milli \"-1\" is not a whole number from 0 to 4294967295",
		),
		(",8,G2", ",17,G2", "error: nodes.csv: row 3: gpu 17 is above 16"),
		(",8,G2", ",8,", "error: nodes.csv: row 3: model is empty"),
		(",8,G2", ",8", "error: nodes.csv: row 3: there are 4 fields instead of 5"),
	] {
		assert_eq!(refused(&NODES.replace(from, to), ARRIVALS), what);
	}
	assert_eq!(
		refused("sn,cpu_milli,memory_mib,gpu,model\n", ARRIVALS),
		"error: nodes.csv: there are no rows"
	);
	assert!(refused("", ARRIVALS).starts_with("error: nodes.csv: row 1: there is no column sn"));
}

#[test]
fn requests_are_checked() {
	for (from, to, what) in [
		("gpu_spec", "spec", "row 1: there is no column gpu_spec"),
		("a1,", "a0,", "row 3: name a0 was there before"),
		("a1,", "move,", "row 3: name \"move\" cannot be written to a list"),
		("1,460", "1,0", "row 2: gpu_milli is 0"),
		("1,460", "1,1001", "row 2: gpu_milli 1001 is above 1000"),
		("1,460", "2,460", "row 2: gpu_milli must be 1000 when num_gpu is above 1"),
		("0,0,", "0,5,", "row 4: gpu_milli must be 0 when num_gpu is 0"),
		("16,1000", "17,1000", "row 5: num_gpu 17 is above 16"),
		("8000,30517,0,0", "0,0,0,0", "row 4: the request asks for nothing"),
		("G2|P100", "G2|H100", "row 3: unknown model \"H100\""),
		("48128", "x", "row 3: memory_mib \"x\" is not a whole number from 0 to 4294967295"),
		(
			"48128",
			"4294967296",
			"row 3: memory_mib \"4294967296\" is not a whole number from 0 to 4294967295",
		),
	] {
		assert_eq!(refused(NODES, &ARRIVALS.replacen(from, to, 1)), format!("error: arrivals.csv: {what}"));
	}
}

#[test]
fn files_that_are_not_there_are_named() {
	let done = Command::new(env!("CARGO_BIN_EXE_exabits-solver"))
		.args(["replay", "--nodes", "/nowhere/n.csv", "--arrivals", "a.csv", "--out", "o.csv"])
		.output()
		.unwrap();
	assert_eq!(done.status.code(), Some(1));
	let errors = String::from_utf8(done.stderr).unwrap();
	assert!(errors.starts_with("error: /nowhere/n.csv: ") && errors.lines().count() == 1, "{errors}");
}
