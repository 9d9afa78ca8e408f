//! The probe endpoint against well-formed, malformed and greedy requests.

use crate::common::*;
use exabits_primitives::{
	keys::{anchor, machine, probe_payload},
	RoundIndex,
};
use exabits_roles::{run_service, Limits, Metrics, RoleError, Service, ServiceConfig};
use sp_core::{sr25519, Pair};
use std::{
	net::SocketAddr,
	num::NonZeroU32,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpSocket, TcpStream},
	time::{sleep, timeout},
};

struct Node {
	chain: Arc<FakeChain>,
	key: machine::Id,
	address: SocketAddr,
	metrics: Metrics,
}

async fn start(limits: Limits) -> Node {
	let chain = FakeChain::new(100);
	let keystore = keystore();
	let key = chain.register(&keystore, MACHINE);
	let mut config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
	config.poll = Duration::from_millis(10);
	config.limits = limits;
	let metrics = Metrics::register(None).unwrap();
	let service = Service::prepare(chain.clone(), keystore, config, metrics.clone()).unwrap();
	let address = service.local_addr().unwrap();
	tokio::spawn(run_service(service));
	chain.followed().await;
	Node { chain, key, address, metrics }
}

fn number(n: u32) -> NonZeroU32 {
	NonZeroU32::new(n).unwrap()
}

fn probe(round: u32) -> String {
	let (anchor, nonce) = (hex::encode([3; 32]), hex::encode([4; 32]));
	format!("/probe?round={round}&machine=7&anchor={anchor}&nonce=0x{nonce}")
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_for_current_rounds_only() {
	let node = start(Limits::default()).await;
	let anchor = anchor::Id::from(sr25519::Public::from_raw([3; 32]));
	for round in [9, 10, 11] {
		let (status, body) = get(node.address, &probe(round)).await;
		assert_eq!((status, body.len()), (200, 128));
		let signature = sr25519::Signature::from_raw(hex::decode(body).unwrap().try_into().unwrap());
		let payload = probe_payload(RoundIndex(round), MACHINE, &anchor, &[4; 32]);
		assert!(machine::Pair::verify(&signature.into(), payload, &node.key));
	}
	for round in [8, 12, u32::MAX] {
		let (status, body) = get(node.address, &probe(round)).await;
		assert_eq!(status, 400);
		assert_eq!(String::from_utf8(body).unwrap(), format!("round {round} is not current\n"));
	}
	assert_eq!(node.metrics.requests_served.get(), 3);
	assert_eq!(node.metrics.requests_refused.get(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_requests_get_one_line() {
	let node = start(Limits::default()).await;
	let good = probe(10);
	let malformed = [
		"/probe".to_string(),
		"/probe?".to_string(),
		good.replace("round=10", "round=ten"),
		good.replace("round=10", "round=-1"),
		good.replace("round=10", "round=4294967296"),
		good.replace("round=10&", ""),
		good.replace("machine=7", "machine="),
		good.replace("0303", "03"),
		good.replace("0303", "zz03"),
		format!("{good}00"),
		format!("{good}&more=1"),
		format!("{good}&round=10"),
		format!("{good}%0d%0a"),
		format!("/bandwidth?bytes={}", "1".repeat(600)),
		"/bandwidth".to_string(),
		"/bandwidth?bytes=0".to_string(),
		"/bandwidth?bytes=1048577".to_string(),
		"/bandwidth?bytes=1e3".to_string(),
		"/bandwidth?bytes=10&bytes=10".to_string(),
	];
	for target in &malformed {
		let (status, body) = get(node.address, target).await;
		assert_eq!(status, 400, "{target}");
		let line = String::from_utf8(body).unwrap();
		assert!(
			line.len() > 5 && line.ends_with('\n') && line.matches('\n').count() == 1,
			"{target}: {line:?}"
		);
	}
	for target in
		["/", "/probe/", "/metrics", "/../probe", "//probe", &good.replace("machine=7", "machine=8")]
	{
		assert_eq!(get(node.address, target).await.0, 404, "{target}");
	}
	for method in ["POST", "HEAD", "PUT", "OPTIONS", "DELETE"] {
		let request = format!("{method} {good} HTTP/1.1\r\nhost: t\r\ncontent-length: 0\r\n\r\n");
		assert_eq!(exchange(node.address, &request).await.0, 404, "{method}");
	}
	for garbage in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "hello there\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
		let (status, _) = exchange(node.address, garbage).await;
		assert!(status == 0 || status == 400, "{garbage:?}: {status}");
	}
	assert_eq!(node.metrics.requests_served.get(), 0);
	assert_eq!(get(node.address, &good).await.0, 200, "and it still serves");
}

#[tokio::test(flavor = "multi_thread")]
async fn gives_what_does_not_compress_up_to_a_bound() {
	let node = start(Limits::default()).await;
	for bytes in [1, 1024, 1_048_576] {
		let (status, body) = get(node.address, &format!("/bandwidth?bytes={bytes}")).await;
		assert_eq!((status, body.len()), (200, bytes));
	}
	let (_, body) = get(node.address, "/bandwidth?bytes=65536").await;
	let mut seen = [0u32; 256];
	body.iter().for_each(|byte| seen[usize::from(*byte)] += 1);
	assert!(seen.iter().all(|n| (128..512).contains(n)), "bytes are as good as random");
	assert_ne!(get(node.address, "/bandwidth?bytes=65536").await.1, body);
}

/// Statuses of requests one after the other, up to the first that a limit turned away.
async fn until_limited(address: SocketAddr, target: &str) -> Vec<u16> {
	let mut statuses = Vec::new();
	// A slow machine is given some of its rate back in between.
	while statuses.len() < 200 && statuses.last() != Some(&429) {
		statuses.push(get(address, target).await.0);
	}
	statuses
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_has_its_rate() {
	let node = start(Limits { requests_per_peer: number(2), ..Default::default() }).await;
	let statuses = until_limited(node.address, &probe(10)).await;
	assert_eq!(statuses[..4], [200; 4]);
	assert_eq!(statuses.last(), Some(&429));
	assert_eq!(node.metrics.requests_limited.get(), 1);
	sleep(Duration::from_millis(600)).await;
	assert_eq!(get(node.address, &probe(10)).await.0, 200, "the rate comes back");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_peers_together_have_a_rate() {
	let node = start(Limits { requests: number(1), ..Default::default() }).await;
	let statuses = until_limited(node.address, "/nothing").await;
	assert_eq!(statuses[..2], [404; 2]);
	assert_eq!(statuses.last(), Some(&429));
}

#[tokio::test(flavor = "multi_thread")]
async fn bandwidth_has_its_rate() {
	let node = start(Limits { bandwidth_per_peer: number(64), ..Default::default() }).await;
	assert_eq!(get(node.address, "/bandwidth?bytes=262144").await.0, 200);
	assert_eq!(get(node.address, "/bandwidth?bytes=262144").await.0, 429);
	assert_eq!(get(node.address, "/bandwidth?bytes=1048576").await.0, 429, "more than it ever gives at once");
	assert_eq!(get(node.address, &probe(10)).await.0, 200, "probes are not held up");
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_connections_are_cut() {
	let request_timeout = Duration::from_secs(4);
	let node = start(Limits { connections_per_peer: 3, request_timeout, ..Default::default() }).await;
	// Three that send nothing, or a byte at a time, take all of the peer's places.
	let began = Instant::now();
	let slow = (0..3).map(|_| async {
		let mut stream = TcpStream::connect(node.address).await.unwrap();
		for byte in b"GET / HTTP/1.1\r\nx-slow: 1".iter().cycle() {
			if stream.write_all(&[*byte]).await.is_err() {
				return;
			}
			let mut answer = [0; 64];
			match timeout(Duration::from_millis(50), stream.read(&mut answer)).await {
				Ok(Ok(0)) | Ok(Err(_)) => return,
				_ => {}
			}
		}
	});
	let slow = futures::future::join_all(slow);
	let refused = async {
		sleep(Duration::from_millis(200)).await;
		get_status(node.address, &probe(10)).await
	};
	let (_, refused) = timeout(PATIENCE, futures::future::join(slow, refused)).await.unwrap();
	assert_eq!(refused, 0, "no place for a fourth");
	assert!(began.elapsed() >= request_timeout);
	assert_eq!(node.metrics.requests_limited.get(), 1);
	assert_eq!(get(node.address, &probe(10)).await.0, 200, "and the places are free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_ends_is_cut_by_its_length() {
	let limits =
		Limits { request_timeout: 2 * PATIENCE, connection_timeout: 2 * PATIENCE, ..Default::default() };
	let node = start(limits).await;
	let flood = format!("GET / HTTP/1.1\r\nx-long: {}", "a".repeat(64 * 1024));
	let mut stream = TcpStream::connect(node.address).await.unwrap();
	let _ = stream.write_all(flood.as_bytes()).await;
	let mut answer = Vec::new();
	let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("it hangs up");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_reads_holds_its_place_for_a_time_only() {
	let connection_timeout = Duration::from_secs(3);
	let node = start(Limits { connections_per_peer: 1, connection_timeout, ..Default::default() }).await;
	// A small window, so that the answer cannot lie ready in the reader's system.
	let socket = TcpSocket::new_v4().unwrap();
	socket.set_recv_buffer_size(4 * 1024).unwrap();
	let mut stream = socket.connect(node.address).await.unwrap();
	stream.write_all(b"GET /bandwidth?bytes=1048576 HTTP/1.1\r\nhost: t\r\n\r\n").await.unwrap();
	let began = Instant::now();
	while get_status(node.address, &probe(10)).await != 200 {
		assert!(began.elapsed() < PATIENCE, "the only place is never free again");
		sleep(Duration::from_millis(100)).await;
	}
}

async fn get_status(address: SocketAddr, target: &str) -> u16 {
	let Ok(mut stream) = TcpStream::connect(address).await else { return 0 };
	let _ = stream.write_all(format!("GET {target} HTTP/1.1\r\nhost: t\r\n\r\n").as_bytes()).await;
	let mut answer = Vec::new();
	let _ = stream.read_to_end(&mut answer).await;
	answer.get(9..12).and_then(|status| std::str::from_utf8(status).ok()?.parse().ok()).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn waits_while_the_chain_is_not_followed() {
	let node = start(Limits::default()).await;
	node.chain.with(|state| state.down = true);
	node.chain.followed().await;
	assert_eq!(get(node.address, &probe(10)).await.0, 503);
	node.chain.with(|state| state.down = false);
	node.chain.followed().await;
	assert_eq!(get(node.address, &probe(10)).await.0, 200);
}

#[tokio::test]
async fn a_busy_port_is_named() {
	let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
	let listen = taken.local_addr().unwrap();
	let metrics = Metrics::register(None).unwrap();
	let result = Service::prepare(FakeChain::new(0), keystore(), ServiceConfig::new(listen), metrics);
	let error = result.err().expect("the port is taken");
	assert!(matches!(error, RoleError::Listen { .. }));
	let line = error.to_string();
	assert!(line.starts_with(&format!("the probe endpoint cannot listen on {listen}: ")), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_role_frees_the_port() {
	let chain = FakeChain::new(0);
	let config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
	let metrics = Metrics::register(None).unwrap();
	let service = Service::prepare(chain, keystore(), config, metrics).unwrap();
	let address = service.local_addr().unwrap();
	let role = tokio::spawn(run_service(service));
	sleep(Duration::from_millis(100)).await;
	assert!(TcpStream::connect(address).await.is_ok());
	role.abort();
	let _ = role.await;
	eventually("the port's end", || std::net::TcpStream::connect(address).is_err()).await;
}
