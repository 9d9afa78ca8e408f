//! The provisioner with real hooks: shell scripts that do well, fail, hang and talk too much.

use crate::common::*;
use crypto_box::SecretKey;
use exabits_primitives::{
	apis::PendingLease,
	local::{provisioned_key, Provisioned},
	LeaseId, MachineId,
};
use exabits_roles::{run_service, HookConfig, Metrics, RoleError, Service, ServiceConfig};
use std::{
	fs,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	sync::Arc,
	time::Duration,
};
use tempfile::TempDir;
use tokio::{task::JoinHandle, time::sleep};

struct Node {
	chain: Arc<FakeChain>,
	keystore: sp_keystore::KeystorePtr,
	folder: TempDir,
	metrics: Metrics,
	hook: HookConfig,
}

impl Node {
	/// A node whose hook is this script, with `$DIR` for a folder of its own.
	fn new(script: &str) -> Self {
		let folder = TempDir::new().unwrap();
		let command = script_file(folder.path(), script);
		let chain = FakeChain::new(100);
		let keystore = keystore();
		chain.register(&keystore, MACHINE);
		let mut hook = HookConfig::new(command);
		hook.timeout = PATIENCE;
		Self { chain, keystore, folder, metrics: Metrics::register(None).unwrap(), hook }
	}

	fn start(&self) -> JoinHandle<()> {
		let mut config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
		config.poll = Duration::from_millis(20);
		config.hook = Some(self.hook.clone());
		let service =
			Service::prepare(self.chain.clone(), self.keystore.clone(), config, self.metrics.clone())
				.unwrap();
		tokio::spawn(run_service(service))
	}

	fn lease(&self, id: u64) -> SecretKey {
		self.place(lease(id))
	}

	fn place(&self, mut lease: PendingLease) -> SecretKey {
		let secret = SecretKey::generate(&mut crypto_box::aead::OsRng);
		lease.access_key = *secret.public_key().as_bytes();
		self.chain.with(|state| state.pending.push(lease));
		secret
	}

	fn provisioned(&self, id: u64) -> Option<Provisioned> {
		self.provisioned_on(MACHINE, id)
	}

	fn provisioned_on(&self, machine: MachineId, id: u64) -> Option<Provisioned> {
		self.chain.read(&provisioned_key(LeaseId(id), machine))
	}

	/// What the hook wrote into a file of its folder.
	fn file(&self, name: &str) -> String {
		fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
	}

	fn lines(&self, name: &str) -> usize {
		self.file(name).lines().count()
	}
}

fn script_file(folder: &Path, script: &str) -> PathBuf {
	let command = folder.join("hook");
	fs::write(&command, format!("#!/bin/sh\nDIR='{}'\n{script}\n", folder.display())).unwrap();
	fs::set_permissions(&command, fs::Permissions::from_mode(0o755)).unwrap();
	command
}

/// Whether a process is there and not merely waiting to be collected.
fn is_alive(pid: &str) -> bool {
	fs::read_to_string(format!("/proc/{}/stat", pid.trim()))
		.ok()
		.and_then(|stat| stat.rsplit(')').next().map(|rest| !rest.trim().starts_with('Z')))
		.unwrap_or(false)
}

#[tokio::test(flavor = "multi_thread")]
async fn gives_the_tenant_access_and_takes_it_back() {
	let node = Node::new(
		"env | grep EXABITS_ | sort > $DIR/env-$EXABITS_EVENT\n\
		 env | cut -d= -f1 | sort > $DIR/names\n\
		 echo $EXABITS_EVENT >> $DIR/events\n\
		 printf 'ssh -p 2201 tenant@gpu'",
	);
	std::env::set_var("A_SECRET_OF_THE_NODE", "1");
	let secret = node.lease(5);
	let role = node.start();
	eventually("the access record", || node.provisioned(5).is_some()).await;

	let record = node.provisioned(5).unwrap().access;
	assert_eq!(secret.unseal(&record).unwrap(), b"ssh -p 2201 tenant@gpu");
	let other = SecretKey::generate(&mut crypto_box::aead::OsRng);
	assert!(other.unseal(&record).is_err(), "for the tenant alone");
	let key = hex::encode(secret.public_key().as_bytes());
	let expected = format!(
		"EXABITS_ACCESS_KEY={key}\n\
		 EXABITS_AMOUNT_MILLI=1500\n\
		 EXABITS_CLASS=1\n\
		 EXABITS_DEVICES=0:1000|1:500\n\
		 EXABITS_END_SLOT=200\n\
		 EXABITS_EVENT=provision\n\
		 EXABITS_LEASE=5\n\
		 EXABITS_MACHINE=7\n\
		 EXABITS_START_SLOT=100\n\
		 EXABITS_TEMPLATE=2\n\
		 EXABITS_WINDOW=3\n\
		 EXABITS_WORKLOAD=image: a & b\n\
		 EXABITS_WORKLOAD_HEX=696d6167653a206120262062\n"
	);
	assert_eq!(node.file("env-provision"), expected);
	assert!(!node.file("names").contains("A_SECRET_OF_THE_NODE"));
	assert!(node.file("names").contains("PATH"));

	// Acknowledged: the lease waits no longer, runs on, and its hook is not run again.
	node.chain.with(|state| state.pending.clear());
	node.chain.set_slot(199);
	sleep(Duration::from_millis(300)).await;
	assert_eq!(node.file("events"), "provision\n");
	assert_eq!(node.metrics.leases_held.get(), 1);

	node.chain.set_slot(200);
	eventually("the release", || node.file("events") == "provision\nrelease\n").await;
	eventually("the record's end", || node.provisioned(5).is_none()).await;
	sleep(Duration::from_millis(300)).await;
	assert_eq!(node.file("events"), "provision\nrelease\n", "once");
	assert_eq!((node.metrics.hooks_run.get(), node.metrics.hooks_failed.get()), (2, 0));
	assert_eq!(node.metrics.leases_held.get(), 0);
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn begins_with_the_leases_first_slot() {
	let node = Node::new("echo run >> $DIR/runs");
	node.chain.set_slot(99);
	node.lease(5);
	let role = node.start();
	sleep(Duration::from_millis(400)).await;
	assert_eq!(node.lines("runs"), 0);
	node.chain.set_slot(100);
	eventually("the record", || node.provisioned(5).is_some()).await;
	assert_eq!(node.lines("runs"), 1);
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_hook_is_tried_again() {
	let node = Node::new(
		"echo run >> $DIR/runs\n\
		 [ $(wc -l < $DIR/runs) -ge 2 ] || { echo 'no image' >&2; exit 3; }\n\
		 echo ok",
	);
	let secret = node.lease(5);
	let role = node.start();
	eventually("the record", || node.provisioned(5).is_some()).await;
	assert_eq!(secret.unseal(&node.provisioned(5).unwrap().access).unwrap(), b"ok\n");
	assert_eq!(node.lines("runs"), 2);
	assert_eq!((node.metrics.hooks_run.get(), node.metrics.hooks_failed.get()), (2, 1));
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_always_fails_is_given_up_and_cleaned_up() {
	let node = Node::new("echo $EXABITS_EVENT >> $DIR/events\nexit 1");
	node.lease(5);
	let role = node.start();
	eventually("a failure", || node.metrics.hooks_failed.get() >= 1).await;
	node.chain.set_slot(150);
	eventually("another try in the last slot", || node.lines("events") >= 2).await;
	node.chain.set_slot(151);
	eventually("the release", || node.file("events").ends_with("release\n")).await;
	let events = node.lines("events");
	sleep(Duration::from_millis(2_500)).await;
	assert_eq!(node.lines("events"), events, "and nothing more");
	assert_eq!(node.provisioned(5), None);
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_hook_is_killed_with_its_children() {
	let mut node = Node::new("sleep 60 & echo $! > $DIR/child\necho $$ > $DIR/hook-pid\nwait");
	// Long enough for the hook to begin, whatever else the machine does.
	node.hook.timeout = Duration::from_secs(5);
	node.lease(5);
	let role = node.start();
	eventually("the hook's child", || node.lines("hook-pid") == 1).await;
	let (child, hook) = (node.file("child"), node.file("hook-pid"));
	assert!(is_alive(&child) && is_alive(&hook));
	eventually("the failure", || node.metrics.hooks_failed.get() >= 1).await;
	eventually("their end", || !is_alive(&child) && !is_alive(&hook)).await;
	assert_eq!(node.provisioned(5), None);
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_role_kills_a_running_hook() {
	let node = Node::new("sleep 60 & echo $! > $DIR/child\necho $$ > $DIR/hook-pid\nwait");
	node.lease(5);
	let role = node.start();
	eventually("the hook's child", || node.lines("hook-pid") == 1).await;
	let (child, hook) = (node.file("child"), node.file("hook-pid"));
	assert!(is_alive(&child) && is_alive(&hook));
	role.abort();
	eventually("their end", || !is_alive(&child) && !is_alive(&hook)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_good_hook_leaves_running_runs_on() {
	// The background process keeps standard output open, which must not hold the record up.
	let node = Node::new("sleep 60 &\necho $! > $DIR/child\nprintf ready");
	let secret = node.lease(5);
	let role = node.start();
	eventually("the record", || node.provisioned(5).is_some()).await;
	assert_eq!(secret.unseal(&node.provisioned(5).unwrap().access).unwrap(), b"ready");
	let child = node.file("child");
	assert!(is_alive(&child));
	role.abort();
	let pid = child.trim().parse().ok().and_then(rustix::process::Pid::from_raw).unwrap();
	rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn output_has_a_limit() {
	let fits = Node::new("head -c 464 /dev/zero");
	let secret = fits.lease(5);
	let role = fits.start();
	eventually("the record", || fits.provisioned(5).is_some()).await;
	let record = fits.provisioned(5).unwrap().access;
	assert_eq!(record.len(), 512);
	assert_eq!(secret.unseal(&record).unwrap(), [0; 464]);
	role.abort();

	for script in ["head -c 465 /dev/zero", "yes"] {
		let node = Node::new(script);
		node.lease(5);
		let role = node.start();
		eventually("the failure", || node.metrics.hooks_failed.get() >= 1).await;
		assert_eq!(node.provisioned(5), None);
		role.abort();
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_workloads_reach_the_hook_in_hex() {
	let node = Node::new(
		"printf '%s' \"[$EXABITS_WORKLOAD]\" > $DIR/text\nprintf '%s' $EXABITS_WORKLOAD_HEX > $DIR/hex",
	);
	for (id, workload, text, hex) in [
		(1, &b"\xff\x00"[..], "[]", "ff00"),
		(2, b"a\nb", "[]", "610a62"),
		(3, b"a\0b", "[]", "610062"),
		(4, "$(touch x) `é`".as_bytes(), "[$(touch x) `é`]", "2428746f7563682078292060c3a960"),
	] {
		let role = node.start();
		node.place(PendingLease { workload: workload.into(), ..lease(id) });
		eventually("the record", || node.provisioned(id).is_some()).await;
		assert_eq!((node.file("text").as_str(), node.file("hex").as_str()), (text, hex));
		role.abort();
		let _ = role.await;
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn few_hooks_run_at_once() {
	let mut node =
		Node::new("touch $DIR/now-$$; ls $DIR | grep -c now- >> $DIR/seen; sleep 0.3; rm $DIR/now-$$");
	node.hook.concurrency = 2;
	for id in 1..=5 {
		node.lease(id);
	}
	let role = node.start();
	eventually("all records", || (1..=5).all(|id| node.provisioned(id).is_some())).await;
	let most = node.file("seen").lines().filter_map(|n| n.parse::<u32>().ok()).max();
	assert!(matches!(most, Some(1..=2)), "{most:?} at once");
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_forgets_no_lease() {
	let node = Node::new("echo $EXABITS_EVENT >> $DIR/events");
	node.lease(5);
	let role = node.start();
	eventually("the record", || node.provisioned(5).is_some()).await;
	role.abort();
	let _ = role.await;

	// Still pending: the record is there already, and the hook is not run again.
	let role = node.start();
	sleep(Duration::from_millis(300)).await;
	assert_eq!(node.file("events"), "provision\n");
	role.abort();
	let _ = role.await;

	// Ended while the node was down.
	node.chain.with(|state| state.pending.clear());
	node.chain.set_slot(300);
	let role = node.start();
	eventually("the release", || node.file("events") == "provision\nrelease\n").await;
	eventually("the record's end", || node.provisioned(5).is_none()).await;
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_moves_is_provisioned_on_its_new_machine() {
	let node = Node::new("echo $EXABITS_EVENT $EXABITS_MACHINE >> $DIR/events; printf $EXABITS_MACHINE");
	let other = MachineId(8);
	node.chain.register(&node.keystore, other);
	let secret = node.lease(5);
	let role = node.start();
	eventually("the record", || node.provisioned(5).is_some()).await;
	node.chain.with(|state| state.pending[0].machine = other);
	eventually("the new record", || node.provisioned_on(other, 5).is_some()).await;
	eventually("the release", || node.file("events").contains("release 7")).await;
	node.chain.followed().await;
	assert_eq!(node.provisioned(5), None, "the old record is gone");
	assert_eq!(secret.unseal(&node.provisioned_on(other, 5).unwrap().access).unwrap(), b"8");
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_moves_while_its_hook_runs_leaves_no_record_behind() {
	let node = Node::new(
		"echo $EXABITS_EVENT $EXABITS_MACHINE >> $DIR/events\n\
		 while [ $EXABITS_MACHINE = 7 ] && [ ! -e $DIR/go ]; do sleep 0.02; done\n\
		 printf $EXABITS_MACHINE",
	);
	let other = MachineId(8);
	node.chain.register(&node.keystore, other);
	node.lease(5);
	let role = node.start();
	eventually("the hook", || node.file("events") == "provision 7\n").await;
	node.chain.with(|state| state.pending[0].machine = other);
	eventually("the new record", || node.provisioned_on(other, 5).is_some()).await;
	// A first hook that was left running would succeed now.
	fs::write(node.folder.path().join("go"), "").unwrap();
	eventually("the release", || node.file("events").contains("release 7")).await;
	node.chain.followed().await;
	assert!(node.provisioned(5).is_none() && node.provisioned_on(other, 5).is_some());
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_of_a_release_keeps_the_new_record() {
	let node = Node::new(
		"echo $EXABITS_EVENT $EXABITS_MACHINE >> $DIR/events\n\
		 while [ $EXABITS_EVENT = release ] && [ ! -e $DIR/go ]; do sleep 0.02; done\n\
		 printf $EXABITS_MACHINE",
	);
	let other = MachineId(8);
	node.chain.register(&node.keystore, other);
	node.lease(5);
	let role = node.start();
	eventually("the record", || node.provisioned(5).is_some()).await;
	node.chain.with(|state| state.pending[0].machine = other);
	eventually("the new record", || node.provisioned_on(other, 5).is_some()).await;
	eventually("the release", || node.file("events").contains("release 7")).await;
	role.abort();
	let _ = role.await;

	let role = node.start();
	eventually("the release once more", || node.file("events").matches("release 7").count() == 2).await;
	fs::write(node.folder.path().join("go"), "").unwrap();
	node.chain.followed().await;
	assert!(node.provisioned(5).is_none() && node.provisioned_on(other, 5).is_some());
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_goes_elsewhere_stops_its_hook() {
	let node = Node::new("echo $EXABITS_EVENT >> $DIR/events\n[ $EXABITS_EVENT = release ] || sleep 60");
	node.lease(5);
	let role = node.start();
	eventually("the hook", || node.lines("events") == 1).await;
	node.chain.with(|state| state.pending.clear());
	eventually("the release", || node.file("events") == "provision\nrelease\n").await;
	assert_eq!(node.provisioned(5), None);
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_does_not_end_the_role() {
	let node = Node::new("echo ok");
	node.chain.with(|state| state.panics = 3);
	node.lease(5);
	let role = node.start();
	eventually("the record", || node.provisioned(5).is_some()).await;
	assert!(!role.is_finished());
	role.abort();
}

#[tokio::test]
async fn a_missing_hook_is_named() {
	let folder = TempDir::new().unwrap();
	let plain = folder.path().join("plain");
	fs::write(&plain, "x").unwrap();
	for (command, reason) in [
		(folder.path().join("nothing"), "No such file or directory"),
		(folder.path().to_path_buf(), "not an executable file"),
		(plain, "not an executable file"),
	] {
		let mut config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
		config.hook = Some(HookConfig::new(command.clone()));
		let metrics = Metrics::register(None).unwrap();
		let error = Service::prepare(FakeChain::new(0), keystore(), config, metrics).err().unwrap();
		assert!(matches!(error, RoleError::Hook { .. }));
		let line = error.to_string();
		let expected = format!("the provision hook {} cannot be run: {reason}", command.display());
		assert!(line.starts_with(&expected), "{line}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_vanishes_later_is_a_failed_try() {
	let node = Node::new("echo ok");
	let role = node.start();
	fs::remove_file(&node.hook.command).unwrap();
	node.lease(5);
	eventually("the failure", || node.metrics.hooks_failed.get() >= 1).await;
	script_file(node.folder.path(), "echo back");
	eventually("the record", || node.provisioned(5).is_some()).await;
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_access_serves_all_windows_on_a_machine() {
	let node = Node::new("echo $EXABITS_EVENT-$EXABITS_LEASE >> $DIR/events\nprintf access");
	node.lease(5);
	// The window after it, which goes on with what the first one gives.
	let next = PendingLease {
		series: LeaseId(5),
		continues: true,
		start: 200,
		end: 300,
		acknowledge_by: 210,
		..lease(6)
	};
	node.place(next.clone());
	let role = node.start();
	eventually("the access record", || node.provisioned(5).is_some()).await;

	node.chain.with(|state| state.pending.retain(|lease| lease.continues));
	for slot in [200, 299] {
		node.chain.set_slot(slot);
		sleep(Duration::from_millis(200)).await;
		assert_eq!(node.file("events"), "provision-5\n");
		assert!(node.provisioned(6).is_none(), "nothing to acknowledge");
	}
	node.chain.set_slot(300);
	eventually("the release", || node.file("events").contains("release-5")).await;
	assert_eq!(node.file("events"), "provision-5\nrelease-5\n");
	role.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_that_does_not_go_on_is_provisioned_anew() {
	let node = Node::new("echo $EXABITS_EVENT-$EXABITS_LEASE >> $DIR/events\nprintf access");
	node.lease(5);
	let next = PendingLease { series: LeaseId(5), continues: true, start: 200, end: 300, ..lease(6) };
	node.place(next.clone());
	let role = node.start();
	eventually("the access record", || node.provisioned(5).is_some()).await;

	// The first was taken off the machine; the second is to be acknowledged.
	let waiting = PendingLease { continues: false, acknowledge_by: 210, ..next };
	node.chain.with(|state| state.pending = vec![waiting]);
	node.chain.set_slot(200);
	eventually("the second access record", || node.provisioned(6).is_some()).await;
	eventually("the release", || node.file("events").contains("release-5")).await;
	role.abort();
}
