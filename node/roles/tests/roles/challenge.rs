//! The compute challenge between anchors and a service node on loopback, with good and bad devices.

use crate::common::*;
use codec::Encode;
use exabits_challenge::{
	derive::LinkKey, Challenge, CpuEngine, Engine, EngineError, Hash, Rejection, RowOpening, Size,
};
use exabits_primitives::{
	apis::ChallengeDuty,
	keys::{anchor, machine},
	MachineId, RoundIndex,
};
use exabits_roles::{
	challenge::{Assignment, Due, EngineMaker, Examined, Examiner, Failure, Finding},
	run_service, ChallengeConfig, Metrics, OpenChallenge, Service, ServiceConfig,
};
use sp_keystore::{Keystore, KeystorePtr};
use std::{
	net::SocketAddr,
	num::NonZeroUsize,
	sync::{
		atomic::{AtomicU32, Ordering::SeqCst},
		Arc,
	},
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	sync::{mpsc, watch},
	task::JoinHandle,
	time::sleep,
};

/// Anchors of a committee, and one keystore that holds the keys of all.
fn committee(anchors: usize) -> (KeystorePtr, Vec<anchor::Id>) {
	let keystore = keystore();
	let key = |_| keystore.sr25519_generate_new(anchor::KEY_TYPE, None).unwrap().into();
	let keys = (0..anchors).map(key).collect();
	(keystore, keys)
}

fn due(anchors: &[anchor::Id], limit: Duration) -> Due {
	let size = Size::new(64, 12, 4 * 64 * 64).unwrap();
	let challenge =
		Challenge { session: [1; 32], beacon: [2; 32], machine: MACHINE.0, device: 0, round: 10, size };
	Due { challenge, anchors: anchors.into(), limit, reference: Duration::from_secs(1) }
}

/// What the chain says of it.
fn open(due: &Due) -> OpenChallenge {
	let Challenge { session, beacon, machine, device, round, size } = due.challenge;
	let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap();
	let duty = ChallengeDuty {
		machine: MachineId(machine),
		round: RoundIndex(round),
		slot: 100,
		seed: session,
		devices: vec![device.try_into().unwrap()],
		anchors: due.anchors.clone(),
		n: size.n(),
		links: size.links(),
		memory: size.memory(),
		reference_millis: millis(due.reference),
		limit_millis: millis(due.limit),
	};
	OpenChallenge { beacon, since: 100, duty }
}

struct Node {
	chain: Arc<FakeChain>,
	keystore: KeystorePtr,
	address: SocketAddr,
	key: machine::Id,
	metrics: Metrics,
	role: JoinHandle<()>,
}

impl Node {
	async fn start(due: &Due, engine: EngineMaker) -> Self {
		let chain = FakeChain::new(100);
		let keystore = keystore();
		let key = chain.register(&keystore, MACHINE);
		let mut config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
		config.poll = Duration::from_millis(10);
		let gather = PATIENCE;
		config.challenges = Some(ChallengeConfig { engine, devices: NonZeroUsize::MIN, gather });
		let metrics = Metrics::register(None).unwrap();
		let service = Service::prepare(chain.clone(), keystore.clone(), config, metrics.clone()).unwrap();
		let address = service.local_addr().unwrap();
		let role = tokio::spawn(run_service(service));
		chain.challenge(vec![open(due)]).await;
		Self { chain, keystore, address, key, metrics, role }
	}

	fn endpoint(&self) -> String {
		format!("http://{}", self.address)
	}

	async fn post(&self, target: &str) -> (u16, Vec<u8>) {
		post(self.address, target).await
	}
}

async fn post(address: SocketAddr, target: &str) -> (u16, Vec<u8>) {
	exchange(address, &format!("POST {target} HTTP/1.1\r\nhost: t\r\ncontent-length: 0\r\n\r\n")).await
}

fn examiner(keystore: &KeystorePtr) -> (Examiner, Metrics) {
	let metrics = Metrics::register(None).unwrap();
	(Examiner::new(keystore.clone(), Duration::from_secs(10), true, metrics.clone()).unwrap(), metrics)
}

fn assignment(due: &Due, anchor: usize, machine: &machine::Id, endpoint: &str) -> Assignment {
	let (anchor, machine) = (due.anchors[anchor].clone(), machine.clone());
	Assignment { due: due.clone(), anchor, machine, endpoint: endpoint.into(), public: Instant::now() }
}

/// What one anchor of a committee of one finds at an endpoint.
async fn examine(
	due: &Due,
	keystore: &KeystorePtr,
	key: &machine::Id,
	endpoint: &str,
) -> Result<Examined, Failure> {
	let (examiner, _) = examiner(keystore);
	examiner.examine(&assignment(due, 0, key, endpoint)).await
}

/// A device that counts its links, and may be slow or idle.
struct Odd {
	inner: CpuEngine,
	links: Arc<AtomicU32>,
	pause: Duration,
	idle: bool,
}

impl Engine for Odd {
	fn begin(&mut self, size: Size, first: &LinkKey) -> Result<(), EngineError> {
		self.inner.begin(size, first)
	}
	fn multiply(&mut self, key: &LinkKey) -> Result<(), EngineError> {
		self.links.fetch_add(1, SeqCst);
		std::thread::sleep(self.pause);
		match self.idle {
			true => Ok(()),
			false => self.inner.multiply(key),
		}
	}
	fn root(&mut self) -> Result<Hash, EngineError> {
		self.inner.root()
	}
	fn open(&mut self, rows: &[u32]) -> Result<Vec<RowOpening>, EngineError> {
		self.inner.open(rows)
	}
	fn advance(&mut self, next: &LinkKey) -> Result<(), EngineError> {
		self.inner.advance(next)
	}
	fn end(&mut self) {
		self.inner.end()
	}
}

/// Devices that count their links together.
fn odd(pause: Duration, idle: bool) -> (EngineMaker, Arc<AtomicU32>) {
	let links = Arc::new(AtomicU32::new(0));
	let counter = links.clone();
	let make = move |_| -> Result<Box<dyn Engine>, EngineError> {
		Ok(Box::new(Odd { inner: CpuEngine::new(), links: counter.clone(), pause, idle }))
	};
	(EngineMaker::new(make), links)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_committee_shares_one_chain() {
	let (keystore, anchors) = committee(3);
	let due = due(&anchors, PATIENCE);
	let (engine, links) = odd(Duration::ZERO, false);
	let node = Node::start(&due, engine).await;
	let (examiner, metrics) = examiner(&keystore);
	let assign = |index| assignment(&due, index, &node.key, &node.endpoint());
	let (assigned, receiver) = watch::channel((0..3).map(assign).collect());
	let (sender, mut findings) = mpsc::channel(8);
	tokio::spawn(Arc::new(examiner).run(receiver, sender));
	let mut found = Vec::new();
	while found.len() < 3 {
		let Finding { challenge, anchor, result } = findings.recv().await.unwrap();
		assert_eq!(challenge, due.challenge);
		let Examined { elapsed, performance } = result.unwrap();
		assert!(elapsed > Duration::ZERO);
		assert_eq!(performance, exabits_challenge::performance(due.reference, elapsed));
		found.push(anchor);
		// Being told of it again is no reason to ask again.
		assigned.send_modify(|_| ());
	}
	assert!(anchors.iter().all(|anchor| found.contains(anchor)));
	// Once to commit, and once more to open the rows for all.
	assert!((13..=24).contains(&links.load(SeqCst)));
	assert_eq!((metrics.challenges_issued.get(), metrics.challenges_passed.get()), (3, 3));
	assert_eq!((node.metrics.challenges_committed.get(), node.metrics.challenges_failed.get()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_processor_is_a_device() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, PATIENCE);
	let node = Node::start(&due, EngineMaker::cpu(1 << 20)).await;
	examine(&due, &keystore, &node.key, &node.endpoint()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_computed_by_the_device_that_it_is_for() {
	let (keystore, anchors) = committee(1);
	let mut due = due(&anchors, PATIENCE);
	due.challenge.device = 3;
	let (used, mut devices) = mpsc::unbounded_channel();
	let engine = EngineMaker::new(move |device| {
		used.send(device).unwrap();
		Ok(Box::new(CpuEngine::new()))
	});
	let node = Node::start(&due, engine).await;
	examine(&due, &keystore, &node.key, &node.endpoint()).await.unwrap();
	// For the commitment, and for the response.
	assert_eq!((devices.recv().await, devices.recv().await), (Some(3), Some(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn gpus_are_devices_where_there_are_any() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, PATIENCE);
	match ChallengeConfig::cuda() {
		Ok(config) => {
			let node = Node::start(&due, config.engine).await;
			examine(&due, &keystore, &node.key, &node.endpoint()).await.unwrap();
		}
		Err(error) => println!("not tested: {error}"),
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_make_no_device_work() {
	let (keystore, anchors) = committee(2);
	let due = due(&anchors[..1], PATIENCE);
	let (engine, links) = odd(Duration::ZERO, false);
	let node = Node::start(&due, engine).await;
	let target = |challenge: &Challenge, key: &anchor::Id, nonce: Option<Hash>| {
		let payload = (b"exabits/challenge", challenge.seed(), nonce).encode();
		let signature =
			keystore.sr25519_sign(anchor::KEY_TYPE, &key.clone().into(), &payload).unwrap().unwrap();
		let nonce = nonce.map_or(String::new(), |nonce| format!("&nonce={}", hex::encode(nonce)));
		let (challenge, key) = (hex::encode(challenge.to_bytes()), hex::encode(key));
		format!("/challenge?challenge={challenge}&anchor={key}&signature={}{nonce}", hex::encode(signature))
	};
	let good = target(&due.challenge, &anchors[0], None);
	let unknown = [
		target(&due.challenge, &anchors[1], None),
		target(&Challenge { round: 11, ..due.challenge }, &anchors[0], None),
		target(&Challenge { machine: 8, ..due.challenge }, &anchors[0], None),
		target(&Challenge { beacon: [9; 32], ..due.challenge }, &anchors[0], None),
	];
	for target in &unknown {
		assert_eq!(node.post(target).await.0, 404, "{target}");
	}
	let other = target(&due.challenge, &anchors[0], Some([7; 32]));
	let malformed = [
		"/challenge".to_string(),
		good.replace("challenge=01", "challenge="),
		good.replace("challenge=01", "challenge=zz"),
		good.replace("signature=", "signature=00"),
		format!("{good}&more=1"),
		format!("{good}&nonce=00"),
		// Signed for no nonce, or for another.
		format!("{good}&nonce={}", hex::encode([7; 32])),
		other.replace("nonce=07", "nonce=08"),
		// Before the commitment.
		other.clone(),
	];
	for target in &malformed[..8] {
		assert_eq!(node.post(target).await.0, 400, "{target}");
	}
	assert_eq!(get(node.address, &good).await.0, 404, "only POST");
	assert_eq!(links.load(SeqCst), 0);

	// It begins with the first good request, and ends with one response.
	while node.post(&good).await.0 != 200 {}
	while node.post(&other).await.0 != 200 {}
	let third = target(&due.challenge, &anchors[0], Some([8; 32]));
	assert_eq!(node.post(&third).await.0, 400, "one query for each anchor");
	for _ in 0..3 {
		assert_eq!(node.post(&other).await.0, 200, "some transfers fail");
	}
	assert_eq!(node.post(&other).await.0, 429);
	assert!(links.load(SeqCst) <= 24);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_before_the_commitment_is_refused() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, PATIENCE);
	let (engine, _) = odd(Duration::from_millis(500), false);
	let node = Node::start(&due, engine).await;
	let payload = (b"exabits/challenge", due.challenge.seed(), Some([7_u8; 32])).encode();
	let key = anchors[0].clone();
	let signature = keystore.sr25519_sign(anchor::KEY_TYPE, &key.clone().into(), &payload).unwrap().unwrap();
	let (challenge, key) = (hex::encode(due.challenge.to_bytes()), hex::encode(key));
	let nonce = hex::encode([7; 32]);
	let signature = hex::encode(signature);
	let target = format!("/challenge?challenge={challenge}&anchor={key}&signature={signature}&nonce={nonce}");
	let (status, body) = node.post(&target).await;
	assert_eq!((status, &body[..]), (400, &b"a query comes after the commitment\n"[..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_device_is_late_and_stopped() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, Duration::from_millis(500));
	let (engine, links) = odd(Duration::from_millis(100), false);
	let node = Node::start(&due, engine).await;
	let found = examine(&due, &keystore, &node.key, &node.endpoint()).await;
	assert!(matches!(found, Err(Failure::Late(_))), "{found:?}");
	eventually("the end of the work", || node.metrics.challenges_failed.get() == 1).await;
	assert!(links.load(SeqCst) < 12);
	assert_eq!(node.metrics.challenges_committed.get(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_device_is_found() {
	// It answers everything in time, and computed nothing.
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, PATIENCE);
	let (engine, _) = odd(Duration::ZERO, true);
	let node = Node::start(&due, engine).await;
	let found = examine(&due, &keystore, &node.key, &node.endpoint()).await;
	assert!(matches!(found, Err(Failure::Rejected(Rejection::Product { link: 0, .. }))), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_device_does_not_pass_for_two_machines() {
	let (keystore, anchors) = committee(1);
	// The device takes 1.2 seconds for a chain.
	let first = due(&anchors, Duration::from_secs(2));
	let (engine, _) = odd(Duration::from_millis(100), false);
	let node = Node::start(&first, engine).await;
	let other_machine = MachineId(8);
	let other = Due { challenge: Challenge { machine: other_machine.0, ..first.challenge }, ..first.clone() };
	let other_key = node.chain.register(&node.keystore, other_machine);
	node.chain.followed().await;
	node.chain.challenge(vec![open(&first), open(&other)]).await;
	let (examiner, _) = examiner(&keystore);
	let (one, two) = (
		assignment(&first, 0, &node.key, &node.endpoint()),
		assignment(&other, 0, &other_key, &node.endpoint()),
	);
	let (one, two) = futures::join!(examiner.examine(&one), examiner.examine(&two));
	assert!([&one, &two].iter().any(|found| matches!(found, Err(Failure::Late(_)))), "{one:?}, {two:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_machine_does_not_pass_for_it() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, PATIENCE);
	let node = Node::start(&due, odd(Duration::ZERO, false).0).await;
	let other = FakeChain::new(0).register(&crate::common::keystore(), MachineId(8));
	let found = examine(&due, &keystore, &other, &node.endpoint()).await;
	assert!(matches!(found, Err(Failure::Signature)), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_memory_is_told() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, Duration::from_secs(2));
	let node = Node::start(&due, EngineMaker::cpu(CpuEngine::footprint(&due.challenge.size) - 1)).await;
	let found = examine(&due, &keystore, &node.key, &node.endpoint()).await;
	assert!(matches!(found, Err(Failure::Late(_))), "{found:?}");
	assert_eq!(node.metrics.challenges_failed.get(), 1, "tried once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_due_is_stopped() {
	for end in ["the challenge", "the role"] {
		let (keystore, anchors) = committee(1);
		let due = due(&anchors, PATIENCE);
		let (engine, links) = odd(Duration::from_millis(200), false);
		let node = Node::start(&due, engine).await;
		let (key, endpoint) = (node.key.clone(), node.endpoint());
		let anchor = tokio::spawn(async move { examine(&due, &keystore, &key, &endpoint).await });
		eventually("the first link", || links.load(SeqCst) >= 1).await;
		match end {
			"the challenge" => node.chain.with(|state| state.challenges.clear()),
			_ => node.role.abort(),
		}
		sleep(Duration::from_millis(400)).await;
		let stopped = links.load(SeqCst);
		sleep(Duration::from_millis(600)).await;
		assert_eq!(links.load(SeqCst), stopped, "{end} is over");
		anchor.abort();
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_assigned_is_given_up() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, PATIENCE);
	let key = FakeChain::new(0).register(&crate::common::keystore(), MACHINE);
	let gone = Arc::new(AtomicU32::new(0));
	let counter = gone.clone();
	let (address, hits) = server(move |_, mut stream| {
		let counter = counter.clone();
		async move {
			let _ = stream.read(&mut [0; 1]).await;
			counter.fetch_add(1, SeqCst);
		}
	})
	.await;
	let (examiner, metrics) = examiner(&keystore);
	let (assigned, receiver) = watch::channel(vec![assignment(&due, 0, &key, &format!("http://{address}"))]);
	let (sender, mut findings) = mpsc::channel(8);
	let role = tokio::spawn(Arc::new(examiner).run(receiver, sender));
	eventually("the challenge", || hits.load(SeqCst) == 1).await;
	assert_eq!(gone.load(SeqCst), 0);
	assigned.send_replace(Vec::new());
	eventually("the end of the challenge", || gone.load(SeqCst) == 1).await;
	assert!(findings.try_recv().is_err());
	// Whoever assigns is gone: so is the role, with all that it began.
	drop(assigned);
	role.await.unwrap();
	assert!(findings.recv().await.is_none());
	assert_eq!((metrics.challenges_issued.get(), metrics.challenges_passed.get()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_servers_hold_no_anchor_up() {
	let (keystore, anchors) = committee(1);
	let due = due(&anchors, Duration::from_secs(1));
	let key = FakeChain::new(0).register(&crate::common::keystore(), MACHINE);
	for (status, body) in [
		("202 Accepted", vec![]),
		("200 OK", vec![b'0'; 1 << 20]),
		("500 Oh", vec![1]),
		("302 Found", vec![]),
	] {
		let answer =
			[format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", body.len()).into(), body].concat();
		let (address, hits) = server(move |_, mut stream| {
			let answer = answer.clone();
			async move {
				let _ = stream.write_all(&answer).await;
			}
		})
		.await;
		let found = examine(&due, &keystore, &key, &format!("http://{address}")).await;
		assert!(matches!(found, Err(Failure::Late(_))), "{status}: {found:?}");
		assert!(hits.load(SeqCst) <= 110, "{status}: it is not asked all the time");
	}
	for junk in ["", "00", &"zz".repeat(96), &"00".repeat(96)] {
		let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{junk}", junk.len());
		let (address, _) = server(move |_, mut stream| {
			let answer = answer.clone();
			async move {
				let _ = stream.write_all(answer.as_bytes()).await;
			}
		})
		.await;
		let found = examine(&due, &keystore, &key, &format!("http://{address}")).await;
		assert!(matches!(found, Err(Failure::Signature)), "{junk}: {found:?}");
	}
	for endpoint in ["", "http://", "https://127.0.0.1:1", "http://224.0.0.1:80"] {
		let found = examine(&due, &keystore, &key, endpoint).await;
		assert!(matches!(found, Err(Failure::Address(_))), "{endpoint}: {found:?}");
	}
	// The beacon was public long ago.
	let (examiner, metrics) = examiner(&keystore);
	let public = Instant::now() - 2 * due.limit;
	let long_ago = Assignment { public, ..assignment(&due, 0, &key, "http://127.0.0.1:1") };
	let found = examiner.examine(&long_ago).await;
	assert!(matches!(found, Err(Failure::Late(_))));
	assert_eq!((metrics.challenges_issued.get(), metrics.challenges_passed.get()), (1, 0));
}
