//! The anchor's prober against real servers on loopback, good and bad.

use crate::common::*;
use exabits_primitives::{
	apis::AnchorStanding,
	keys::{anchor, machine},
	local::{measurement_key, salt_key, Measured},
	MachineId, Measurement, RoundIndex, MAX_SAMPLES,
};
use exabits_roles::{run_anchor, run_service, Anchor, AnchorConfig, Metrics, Service, ServiceConfig};
use sp_keystore::{Keystore, KeystorePtr};
use sp_runtime::Perbill;
use std::{
	net::SocketAddr,
	sync::{atomic::Ordering::SeqCst, Arc},
	time::Duration,
};
use tokio::{io::AsyncWriteExt, task::JoinHandle, time::sleep};

/// The round that the tests measure, and its first slot.
const ROUND: RoundIndex = RoundIndex(10);
const START: u64 = 100;

fn config() -> AnchorConfig {
	AnchorConfig {
		interval: Duration::from_millis(25),
		timeout: Duration::from_millis(150),
		bandwidth_timeout: Duration::from_millis(500),
		poll: Duration::from_millis(10),
		allow_local: true,
		..Default::default()
	}
}

/// For machines that are meant to answer, whatever else the test machine is doing.
fn patient() -> AnchorConfig {
	AnchorConfig { timeout: PATIENCE, bandwidth_timeout: PATIENCE, ..config() }
}

/// A chain with rounds of four seconds. A round counts when the prober saw between half and twice of that, so one
/// that the tests let go on for [`LONG_ENOUGH`] may end some seconds late.
fn chain(slot: u64) -> Arc<FakeChain> {
	let chain = FakeChain::new(slot);
	chain.with(|state| state.time.slot_millis = 400);
	chain
}

/// Somewhat more than half a round.
const LONG_ENOUGH: Duration = Duration::from_millis(2_100);
/// Time for both bandwidth samples: the second one is due at four fifths of the round.
const WITH_BANDWIDTH: Duration = Duration::from_millis(4_000);

fn start_anchor(chain: &Arc<FakeChain>, config: AnchorConfig) -> (JoinHandle<()>, Metrics) {
	start_anchor_with(chain, anchor_keystore(), config)
}

fn start_anchor_with(
	chain: &Arc<FakeChain>,
	keystore: KeystorePtr,
	config: AnchorConfig,
) -> (JoinHandle<()>, Metrics) {
	let metrics = Metrics::register(None).unwrap();
	let anchor = Anchor::prepare(chain.clone(), keystore, config, metrics.clone()).unwrap();
	(tokio::spawn(run_anchor(anchor)), metrics)
}

/// A service node for the machine, listening.
async fn start_service(chain: &Arc<FakeChain>) -> (machine::Id, SocketAddr) {
	let keystore = keystore();
	let key = chain.register(&keystore, MACHINE);
	let mut config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
	config.poll = Duration::from_millis(10);
	let metrics = Metrics::register(None).unwrap();
	let service = Service::prepare(chain.clone(), keystore, config, metrics).unwrap();
	let address = service.local_addr().unwrap();
	tokio::spawn(run_service(service));
	chain.followed().await;
	(key, address)
}

fn some_key() -> machine::Id {
	FakeChain::new(0).register(&keystore(), MACHINE)
}

/// What is measured of a machine that gives nothing but wrong answers.
const WRONG: Measurement = Measurement { error_rate: Some(1_000_000), ..Measurement::UNREACHABLE };

/// Measures the machine at an endpoint for one round and returns what the prober wrote.
async fn measure(key: &machine::Id, endpoint: &str, config: AnchorConfig) -> Measurement {
	let chain = chain(START);
	chain.assign(key, MACHINE, endpoint);
	measure_on(&chain, config, LONG_ENOUGH).await
}

async fn measure_on(chain: &Arc<FakeChain>, config: AnchorConfig, time: Duration) -> Measurement {
	measured_on(chain, config, time).await.1.measurement
}

/// The same, with the anchor's key and all that the measurement rests on.
async fn measured_on(chain: &Arc<FakeChain>, config: AnchorConfig, time: Duration) -> (anchor::Id, Measured) {
	let keystore = anchor_keystore();
	let key = anchor_of(&keystore);
	let (anchor, metrics) = start_anchor_with(chain, keystore, config);
	sleep(time).await;
	eventually("some probes", || metrics.probes_sent.get() >= 3).await;
	assert_eq!(written(chain, &key, ROUND), None, "the round still runs");
	chain.set_slot(START + u64::from(ROUND_SLOTS));
	eventually("the measurement", || metrics.measurements.get() == 1).await;
	anchor.abort();
	let measured = written(chain, &key, ROUND).unwrap();
	(key, measured)
}

/// What the prober wrote of the machine in a round.
fn written(chain: &FakeChain, key: &anchor::Id, round: RoundIndex) -> Option<Measured> {
	chain.read(&measurement_key(key, MACHINE, round))
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_every_answer_that_a_measurement_rests_on() {
	let chain = chain(START);
	let (key, address) = start_service(&chain).await;
	chain.assign(&key, MACHINE, &format!("http://{address}"));
	let (anchor, measured) = measured_on(&chain, patient(), LONG_ENOUGH).await;
	assert!(measured.samples.len() >= 3);
	assert_eq!(measured.samples.len(), usize::from(measured.sent));
	for (place, sample) in (0..).zip(&measured.samples) {
		assert!(sample.is_genuine(place, ROUND, MACHINE, &anchor, &key), "{place}");
		assert!(!sample.is_genuine(place + 1, ROUND, MACHINE, &anchor, &key));
		assert!(!sample.is_genuine(place, RoundIndex(11), MACHINE, &anchor, &key));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn sends_a_bounded_number_of_probes_in_a_round() {
	let chain = chain(START);
	// Rounds that do not end before so many are sent.
	chain.with(|state| state.time.slot_millis = 600_000);
	chain.assign(&some_key(), MACHINE, "http://127.0.0.1:1");
	let hasty = AnchorConfig { interval: Duration::from_micros(100), ..config() };
	let (anchor, metrics) = start_anchor(&chain, hasty);
	eventually("all probes", || metrics.probes_sent.get() >= u64::from(MAX_SAMPLES)).await;
	sleep(Duration::from_millis(100)).await;
	assert_eq!(metrics.probes_sent.get(), u64::from(MAX_SAMPLES));
	anchor.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_anchor_key_measures_for_itself() {
	let chain = chain(START);
	let (key, address) = start_service(&chain).await;
	chain.assign(&key, MACHINE, &format!("http://{address}"));
	let keystore = anchor_keystore();
	keystore.sr25519_generate_new(anchor::KEY_TYPE, None).unwrap();
	let keys: Vec<anchor::Id> =
		keystore.sr25519_public_keys(anchor::KEY_TYPE).into_iter().map(Into::into).collect();
	let (anchor, metrics) = start_anchor_with(&chain, keystore, patient());
	sleep(LONG_ENOUGH).await;
	eventually("some probes", || metrics.probes_sent.get() >= 6).await;
	chain.set_slot(START + u64::from(ROUND_SLOTS));
	eventually("two measurements", || metrics.measurements.get() == 2).await;
	anchor.abort();
	let all: Vec<_> = keys.iter().map(|key| written(&chain, key, ROUND).unwrap()).collect();
	assert_ne!(all[0].samples, all[1].samples);
}

#[tokio::test(flavor = "multi_thread")]
async fn measures_a_good_machine() {
	let chain = chain(START);
	let (key, address) = start_service(&chain).await;
	chain.assign(&key, MACHINE, &format!("http://{address}"));

	let found = measure_on(&chain, patient(), WITH_BANDWIDTH).await;
	assert_eq!(found.availability, 1_000_000);
	assert!(found.latency_p50 > 0 && found.latency_p50 <= found.latency_p99, "{found:?}");
	assert!(found.latency_p99 < u32::MAX, "{found:?}");
	assert!(found.bandwidth > 100, "{found:?}");
	assert_eq!((found.error_rate, found.performance), (Some(0), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_leads_to_its_address() {
	let chain = chain(START);
	let (key, address) = start_service(&chain).await;
	chain.assign(&key, MACHINE, &format!("http://localhost:{}", address.port()));
	assert_eq!(measure_on(&chain, patient(), LONG_ENOUGH).await.availability, 1_000_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_is_no_answer() {
	let chain = chain(START);
	let (_, address) = start_service(&chain).await;
	chain.assign(&some_key(), MACHINE, &format!("http://{address}"));
	let found = measure_on(&chain, patient(), LONG_ENOUGH).await;
	assert_eq!((found.availability, found.latency_p50), (0, u32::MAX));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replayed_signature_is_no_answer() {
	// A good signature over this round, machine and anchor, but over the first nonce only.
	let chain = chain(START);
	let (key, good) = start_service(&chain).await;
	let first = Arc::new(tokio::sync::OnceCell::<Vec<u8>>::new());
	let (address, _) = server(move |request, mut stream| {
		let first = first.clone();
		async move {
			let target = request.split(' ').nth(1).unwrap_or("/").to_string();
			let signature = first.get_or_init(|| async { get(good, &target).await.1 }).await;
			let head = "HTTP/1.1 200 OK\r\ncontent-length: 128\r\nconnection: close\r\n\r\n";
			let _ = stream.write_all(&[head.as_bytes(), signature].concat()).await;
		}
	})
	.await;
	chain.assign(&key, MACHINE, &format!("http://{address}"));
	let (anchor, metrics) = start_anchor(&chain, patient());
	eventually("some probes", || metrics.probes_sent.get() >= 10).await;
	anchor.abort();
	assert_eq!(metrics.probes_answered.get(), 1, "only the first nonce was signed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_endpoint_is_unreachable() {
	let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
	let address = listener.local_addr().unwrap();
	drop(listener);
	let found = measure(&some_key(), &format!("http://{address}"), config()).await;
	assert_eq!(found, Measurement::UNREACHABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_endpoint_is_unreachable() {
	let chain = chain(START);
	let (key, good) = start_service(&chain).await;
	let (address, hits) = server(move |request, mut stream| async move {
		sleep(Duration::from_millis(400)).await;
		let target = request.split(' ').nth(1).unwrap_or("/").to_string();
		let (_, signature) = get(good, &target).await;
		let head = "HTTP/1.1 200 OK\r\ncontent-length: 128\r\nconnection: close\r\n\r\n";
		let _ = stream.write_all(&[head.as_bytes(), &signature].concat()).await;
	})
	.await;
	chain.assign(&key, MACHINE, &format!("http://{address}"));
	assert_eq!(measure_on(&chain, config(), LONG_ENOUGH).await, Measurement::UNREACHABLE);
	assert!(hits.load(SeqCst) >= 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_not_followed() {
	let chain = chain(START);
	let (key, good) = start_service(&chain).await;
	let (elsewhere, followed) = server(move |request, mut stream| async move {
		let target = request.split(' ').nth(1).unwrap_or("/").to_string();
		let (_, body) = get(good, &target).await;
		let _ = stream.write_all(&body).await;
	})
	.await;
	let (address, hits) = server(move |request, mut stream| async move {
		let target = request.split(' ').nth(1).unwrap_or("/").to_string();
		let answer = format!(
			"HTTP/1.1 307 Moved\r\nlocation: http://{elsewhere}{target}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
		);
		let _ = stream.write_all(answer.as_bytes()).await;
	})
	.await;
	chain.assign(&key, MACHINE, &format!("http://{address}"));
	assert_eq!(measure_on(&chain, config(), LONG_ENOUGH).await, WRONG);
	assert!(hits.load(SeqCst) >= 3);
	assert_eq!(followed.load(SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_body_is_not_read() {
	let sent = Arc::new(std::sync::atomic::AtomicU32::new(0));
	let counter = sent.clone();
	let (address, hits) = server(move |_, mut stream| {
		let counter = counter.clone();
		async move {
			let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
			while stream.write_all(&[b'0'; 64 * 1024]).await.is_ok() {
				counter.fetch_add(1, SeqCst);
			}
		}
	})
	.await;
	let found = measure(&some_key(), &format!("http://{address}"), config()).await;
	assert_eq!(found, WRONG);
	// Some chunks fit into the buffers between the two; nobody reads on.
	assert!(sent.load(SeqCst) < hits.load(SeqCst) * 256);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_address_is_refused() {
	let (address, hits) = server(|_, _| async {}).await;
	for endpoint in [format!("http://{address}"), format!("http://localhost:{}", address.port())] {
		let strict = AnchorConfig { allow_local: false, ..config() };
		assert_eq!(measure(&some_key(), &endpoint, strict).await, Measurement::UNREACHABLE);
	}
	assert_eq!(hits.load(SeqCst), 0, "nobody was connected to");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_endpoint_is_unreachable() {
	let found = measure(&some_key(), "https://127.0.0.1:1/x", config()).await;
	assert_eq!(found, Measurement::UNREACHABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn less_than_half_a_round_is_no_measurement() {
	let chain = chain(START + 7);
	chain.assign(&some_key(), MACHINE, "http://127.0.0.1:1");
	let keystore = anchor_keystore();
	let key = anchor_of(&keystore);
	let (anchor, metrics) = start_anchor_with(&chain, keystore, config());
	eventually("some probes", || metrics.probes_sent.get() >= 3).await;
	chain.set_slot(START + 10);
	chain.with(|state| state.duties[0].round = RoundIndex(11));
	sleep(LONG_ENOUGH).await;
	chain.set_slot(START + 20);
	eventually("the next round's measurement", || metrics.measurements.get() == 1).await;
	anchor.abort();
	assert_eq!(written(&chain, &key, ROUND), None);
	assert!(written(&chain, &key, RoundIndex(11)).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn old_rounds_are_pruned() {
	// Shorter rounds: two slots of a second, of which one is enough.
	let chain = FakeChain::new(20);
	chain.with(|state| (state.time.slot_millis, state.time.round_slots) = (1_000, 2));
	chain.assign(&some_key(), MACHINE, "http://127.0.0.1:1");
	let keystore = anchor_keystore();
	let key = anchor_of(&keystore);
	let (anchor, metrics) = start_anchor_with(&chain, keystore, config());
	for round in 10..17 {
		sleep(Duration::from_millis(1_100)).await;
		chain.write(&salt_key(&key, RoundIndex(round)), &[1u8; 32]);
		chain.with(|state| {
			state.time.slot += 2;
			state.duties[0].round = RoundIndex(round + 1);
		});
		eventually("a measurement", || metrics.measurements.get() == u64::from(round - 9)).await;
	}
	anchor.abort();
	for round in 10..17 {
		let round = RoundIndex(round);
		let kept = round.0 >= 12;
		assert_eq!(written(&chain, &key, round).is_some(), kept, "{round}");
		let salt = chain.read::<[u8; 32]>(&salt_key(&key, round));
		assert_eq!(salt.is_some(), kept, "{round}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_machine_is_followed_and_machines_are_apart() {
	let chain = chain(START);
	let (key, address) = start_service(&chain).await;
	chain.assign(&key, MACHINE, "http://127.0.0.1:1");
	chain.assign(&key, MachineId(8), &format!("http://{address}"));
	let (anchor, metrics) = start_anchor(&chain, patient());
	eventually("some probes", || metrics.probes_sent.get() >= 6).await;
	assert_eq!(metrics.probes_answered.get(), 0, "one is dead, the other does not serve machine 8");
	chain.with(|state| state.duties[0].endpoint = format!("http://{address}").into());
	eventually("an answer at the new endpoint", || metrics.probes_answered.get() >= 3).await;
	anchor.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn goes_on_when_the_chain_fails_for_a_while() {
	let chain = chain(START);
	let (key, address) = start_service(&chain).await;
	chain.assign(&key, MACHINE, &format!("http://{address}"));
	chain.with(|state| state.panics = 2);
	let (anchor, metrics) = start_anchor(&chain, patient());
	eventually("an answer", || metrics.probes_answered.get() >= 1).await;
	chain.with(|state| state.down = true);
	sleep(Duration::from_millis(200)).await;
	chain.with(|state| state.down = false);
	sleep(LONG_ENOUGH).await;
	chain.set_slot(START + 10);
	eventually("the measurement", || metrics.measurements.get() == 1).await;
	assert!(!anchor.is_finished());
	anchor.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_follow_what_the_chain_says_of_the_anchor() {
	let chain = chain(START);
	let (anchor, metrics) = start_anchor(&chain, config());
	let standing =
		AnchorStanding { accuracy: Perbill::from_percent(50), agreed: 5, missed: 2, withheld: 1, forged: 3 };
	chain.with(|state| state.standing = Some(standing));
	eventually("the rounds", || metrics.rounds.get() == 5).await;
	eventually("the accuracy", || metrics.accuracy.get() == 0.5).await;
	assert_eq!((metrics.misses.get(), metrics.withheld.get(), metrics.forged.get()), (2, 1, 3));
	anchor.abort();
}
