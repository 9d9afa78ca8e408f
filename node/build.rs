//! Tells the node which commit it was built from.
fn main() {
	println!("cargo:rerun-if-env-changed=SUBSTRATE_CLI_GIT_COMMIT_HASH");
	let commit = std::env::var("SUBSTRATE_CLI_GIT_COMMIT_HASH").ok().or_else(|| {
		let out =
			std::process::Command::new("git").args(["rev-parse", "--short=11", "HEAD"]).output().ok()?;
		out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
	});
	let version = env!("CARGO_PKG_VERSION");
	let full = commit.map_or(version.to_owned(), |commit| format!("{version}-{commit}"));
	println!("cargo:rustc-env=SUBSTRATE_CLI_IMPL_VERSION={full}");
}
