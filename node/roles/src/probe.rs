//! The service role's probe endpoint.
//!
//! | request | answer |
//! |---|---|
//! | `GET /probe?round=R&machine=M&anchor=HEX&nonce=HEX` | the machine's signature over the probe, 64 bytes in hex |
//! | `GET /bandwidth?bytes=N` | `N` ≤ 1 MiB bytes that do not compress |
//! | `POST /challenge?...` | see [`challenge`](crate::challenge) |
//! | malformed, or a round that is not current | 400 and one line |
//! | a machine that is not served here, or anything else | 404 and one line |
//! | too many | 429 and one line |

use crate::{
	challenge::{Answerer, Asked, ChallengeConfig, Due, Outcome},
	contain,
	guard::{Guarded, Peer},
	metrics::Metrics,
	own::Own,
	RoleError,
};
use axum::{
	body::{Body, Bytes},
	extract::{ConnectInfo, Query, Request, State},
	http::{header, Method, StatusCode, Uri},
	response::{IntoResponse, Response},
	Router,
};
use crypto_box::aead::{rand_core::RngCore, OsRng};
use exabits_primitives::{
	keys::{anchor, machine, probe_payload},
	MachineId, RoundIndex,
};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::{de::DeserializeOwned, Deserialize};
use sp_core::sr25519;
use sp_keystore::KeystorePtr;
use std::{future::IntoFuture, net::SocketAddr, num::NonZeroU32, sync::Arc, time::Duration};
use tokio::sync::watch;

/// The most bytes that one bandwidth request gives.
pub const MAX_BANDWIDTH: u32 = 1024 * 1024;
/// The longest path and query of a request.
const MAX_TARGET: usize = 512;
/// The most peers whose recent use is remembered; more are turned away until some have been forgotten.
const MAX_PEERS: usize = 65_536;
/// How often peers that used nothing lately are forgotten.
const FORGET: Duration = Duration::from_secs(10);

/// What the endpoint gives at most.
///
/// A peer is an IPv4 address or an IPv6 network of 64 bits. The defaults leave room for dozens of anchors
/// behind one address.
#[derive(Debug, Clone)]
pub struct Limits {
	/// Open connections.
	pub connections: usize,
	/// Open connections of one peer.
	pub connections_per_peer: usize,
	/// Time for a request to arrive.
	pub request_timeout: Duration,
	/// Life of a connection.
	pub connection_timeout: Duration,
	/// Requests in a second.
	pub requests: NonZeroU32,
	/// Requests of one peer in a second, and twice as many at once.
	pub requests_per_peer: NonZeroU32,
	/// Bandwidth samples given, in KiB in a second, and four times as much at once.
	pub bandwidth: NonZeroU32,
	/// The same for one peer.
	pub bandwidth_per_peer: NonZeroU32,
}

impl Default for Limits {
	fn default() -> Self {
		let number = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
		Self {
			connections: 512,
			connections_per_peer: 64,
			request_timeout: Duration::from_secs(3),
			connection_timeout: Duration::from_secs(15),
			requests: number(400),
			requests_per_peer: number(40),
			bandwidth: number(16 * 1024),
			bandwidth_per_peer: number(2 * 1024),
		}
	}
}

/// The endpoint, bound and not yet served.
pub struct ProbeServer {
	listener: std::net::TcpListener,
	limits: Limits,
}

impl ProbeServer {
	/// Binds the address, so that a busy port is known when the node starts.
	pub fn bind(listen: SocketAddr, limits: Limits) -> Result<Self, RoleError> {
		let listener = std::net::TcpListener::bind(listen)
			.and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
			.map_err(|cause| RoleError::Listen { listen, cause })?;
		Ok(Self { listener, limits })
	}

	/// Where it listens: the port that the system chose, if none was given.
	pub fn local_addr(&self) -> std::io::Result<SocketAddr> {
		self.listener.local_addr()
	}

	/// Serves for as long as it is polled.
	pub async fn serve(
		&self,
		own: watch::Receiver<Own>,
		keystore: KeystorePtr,
		challenges: Option<(ChallengeConfig, watch::Receiver<Vec<Due>>)>,
		metrics: Metrics,
	) {
		let listener = self.listener.try_clone().and_then(tokio::net::TcpListener::from_std);
		let listener = match listener {
			Ok(listener) => Guarded::new(listener, self.limits.clone(), metrics.clone()),
			Err(e) => {
				log::error!(target: crate::LOG, "The probe endpoint cannot listen: {e}");
				return;
			}
		};
		let state = Arc::new(Server::new(own, keystore, challenges, metrics, &self.limits));
		let router = Router::new().fallback(answer).with_state(state.clone());
		let server = axum::serve(listener, router.into_make_service_with_connect_info::<Peer>());
		let forget = async {
			loop {
				tokio::time::sleep(FORGET).await;
				state.limiters.forget();
			}
		};
		let tidy = async {
			match &state.challenges {
				Some(challenges) => challenges.tidy().await,
				None => std::future::pending().await,
			}
		};
		tokio::select! {
			ended = server.into_future() => {
				log::error!(target: crate::LOG, "The probe endpoint ended: {ended:?}");
			},
			() = forget => {},
			() = tidy => {},
		}
	}
}

/// What answers need.
struct Server {
	own: watch::Receiver<Own>,
	keystore: KeystorePtr,
	metrics: Metrics,
	limiters: Limiters,
	noise: Bytes,
	challenges: Option<Answerer>,
	/// How long an answer that is not ready may be waited for, well before a connection without answer is cut.
	hold: Duration,
}

impl Server {
	fn new(
		own: watch::Receiver<Own>,
		keystore: KeystorePtr,
		challenges: Option<(ChallengeConfig, watch::Receiver<Vec<Due>>)>,
		metrics: Metrics,
		limits: &Limits,
	) -> Self {
		// Twice the longest sample, so that samples can start anywhere and differ.
		let mut noise = vec![0; 2 * MAX_BANDWIDTH as usize];
		OsRng.fill_bytes(&mut noise);
		let challenges = challenges
			.map(|(config, due)| Answerer::new(config, due, own.clone(), keystore.clone(), metrics.clone()));
		let (limiters, hold) = (Limiters::new(limits), limits.request_timeout / 2);
		Self { own, keystore, metrics, limiters, noise: noise.into(), challenges, hold }
	}

	fn respond(&self, peer: Peer, method: &Method, uri: &Uri) -> Result<Body, Refusal> {
		self.limiters.request(peer)?;
		if *method != Method::GET {
			return Err(Refusal::Unknown("only GET is answered here".into()));
		}
		if uri.path_and_query().is_some_and(|target| target.as_str().len() > MAX_TARGET) {
			return Err(Refusal::Malformed("the request is too long".into()));
		}
		match uri.path() {
			"/probe" => self.probe(&query(uri)?),
			"/bandwidth" => self.bandwidth(peer, &query(uri)?),
			_ => Err(Refusal::Unknown("nothing is here".into())),
		}
	}

	/// A challenge is answered when it is computed, or not yet.
	async fn challenge(&self, challenges: &Answerer, peer: Peer, uri: &Uri) -> Result<Body, Refusal> {
		self.limiters.request(peer)?;
		let asked: Asked = query(uri)?;
		match challenges.answer(&asked, self.hold).await {
			Outcome::Answer(bytes) => Ok(bytes.into()),
			Outcome::NotYet => Err(Refusal::NotYet),
			Outcome::Limited => Err(Refusal::Limited),
			Outcome::Malformed(line) => Err(Refusal::Malformed(line.into())),
			Outcome::Unknown(line) => Err(Refusal::Unknown(line.into())),
			Outcome::Failed(line) => Err(Refusal::NotReady(line)),
		}
	}

	/// Signs for a machine of this node and a current round only: a signature handed out ahead of its round
	/// would let an anchor vouch for a machine that it no longer reaches.
	fn probe(&self, asked: &Probe) -> Result<Body, Refusal> {
		let anchor = anchor::Id::from(sr25519::Public::from_raw(hex32("anchor", &asked.anchor)?));
		let nonce = hex32("nonce", &asked.nonce)?;
		let key = {
			let own = self.own.borrow();
			let time = own.time.ok_or(Refusal::NotReady("this node does not follow the chain now"))?;
			let current = RoundIndex::at(time.slot, time.round_slots);
			if asked.round.abs_diff(current.0) > 1 {
				return Err(Refusal::Malformed(format!("round {} is not current", asked.round)));
			}
			let (key, _) = own
				.machines
				.get(&MachineId(asked.machine))
				.ok_or_else(|| Refusal::Unknown(format!("machine {} is not served here", asked.machine)))?;
			key.clone()
		};
		let payload = probe_payload(RoundIndex(asked.round), MachineId(asked.machine), &anchor, &nonce);
		match self.keystore.sr25519_sign(machine::KEY_TYPE, &key.into(), &payload) {
			Ok(Some(signature)) => Ok(hex::encode(signature).into()),
			_ => Err(Refusal::NotReady("the machine's key is not at hand")),
		}
	}

	fn bandwidth(&self, peer: Peer, asked: &Bandwidth) -> Result<Body, Refusal> {
		if asked.bytes == 0 || asked.bytes > MAX_BANDWIDTH {
			return Err(Refusal::Malformed(format!("bytes must be between 1 and {MAX_BANDWIDTH}")));
		}
		self.limiters.bandwidth(peer, asked.bytes)?;
		let start = (OsRng.next_u32() % MAX_BANDWIDTH) as usize;
		Ok(self.noise.slice(start..start + asked.bytes as usize).into())
	}
}

/// Why a request is not answered.
enum Refusal {
	Malformed(String),
	Unknown(String),
	Limited,
	NotReady(&'static str),
	NotYet,
}

async fn answer(
	State(server): State<Arc<Server>>,
	ConnectInfo(peer): ConnectInfo<Peer>,
	request: Request,
) -> Response {
	let (method, uri) = (request.method(), request.uri());
	let result = match &server.challenges {
		Some(challenges) if *method == Method::POST && uri.path() == "/challenge" => {
			contain::run(server.challenge(challenges, peer, uri)).await
		}
		_ => contain::call(|| server.respond(peer, method, uri)),
	};
	let metrics = &server.metrics;
	let (status, body) = match result {
		Ok(Ok(body)) => {
			metrics.requests_served.inc();
			(StatusCode::OK, body)
		}
		Ok(Err(Refusal::NotYet)) => (StatusCode::ACCEPTED, "not yet\n".into()),
		Ok(Err(Refusal::Limited)) => {
			metrics.requests_limited.inc();
			(StatusCode::TOO_MANY_REQUESTS, "too many requests\n".into())
		}
		Ok(Err(Refusal::Malformed(line))) => {
			metrics.requests_refused.inc();
			(StatusCode::BAD_REQUEST, format!("{line}\n").into())
		}
		Ok(Err(Refusal::Unknown(line))) => {
			metrics.requests_refused.inc();
			(StatusCode::NOT_FOUND, format!("{line}\n").into())
		}
		Ok(Err(Refusal::NotReady(line))) => {
			metrics.requests_refused.inc();
			(StatusCode::SERVICE_UNAVAILABLE, format!("{line}\n").into())
		}
		Err(panic) => {
			log::error!(target: crate::LOG, "Answering a probe panicked: {panic}");
			(StatusCode::INTERNAL_SERVER_ERROR, "this request failed\n".into())
		}
	};
	// One request for each connection, so that limits on connections are limits on requests under way.
	let headers = [(header::CONNECTION, "close"), (header::CACHE_CONTROL, "no-store")];
	(status, headers, body).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Probe {
	round: u32,
	machine: u32,
	anchor: String,
	nonce: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bandwidth {
	bytes: u32,
}

fn query<T: DeserializeOwned>(uri: &Uri) -> Result<T, Refusal> {
	// The message may repeat what was asked; it stays one line whatever that was.
	let line = |text: String| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
	Query::try_from_uri(uri).map(|Query(asked)| asked).map_err(|e| Refusal::Malformed(line(e.body_text())))
}

fn hex32(name: &str, text: &str) -> Result<[u8; 32], Refusal> {
	let mut bytes = [0; 32];
	hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(text), &mut bytes)
		.map(|()| bytes)
		.map_err(|_| Refusal::Malformed(format!("{name} must be 32 bytes in hex")))
}

/// Rates: those of a peer first, so that one peer cannot use up everybody's.
struct Limiters {
	requests: DefaultDirectRateLimiter,
	requests_by_peer: DefaultKeyedRateLimiter<Peer>,
	bandwidth: DefaultDirectRateLimiter,
	bandwidth_by_peer: DefaultKeyedRateLimiter<Peer>,
}

impl Limiters {
	fn new(limits: &Limits) -> Self {
		let quota = |rate: NonZeroU32, times: NonZeroU32| {
			Quota::per_second(rate).allow_burst(rate.saturating_mul(times))
		};
		const TWO: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);
		const FOUR: NonZeroU32 = TWO.saturating_mul(TWO);
		Self {
			requests: RateLimiter::direct(quota(limits.requests, TWO)),
			requests_by_peer: RateLimiter::keyed(quota(limits.requests_per_peer, TWO)),
			bandwidth: RateLimiter::direct(quota(limits.bandwidth, FOUR)),
			bandwidth_by_peer: RateLimiter::keyed(quota(limits.bandwidth_per_peer, FOUR)),
		}
	}

	fn request(&self, peer: Peer) -> Result<(), Refusal> {
		let known = self.requests_by_peer.len() < MAX_PEERS;
		let free = known && self.requests_by_peer.check_key(&peer).is_ok() && self.requests.check().is_ok();
		free.then_some(()).ok_or(Refusal::Limited)
	}

	fn bandwidth(&self, peer: Peer, bytes: u32) -> Result<(), Refusal> {
		let kib = NonZeroU32::new(bytes.div_ceil(1024)).unwrap_or(NonZeroU32::MIN);
		let own = matches!(self.bandwidth_by_peer.check_key_n(&peer, kib), Ok(Ok(())));
		let free = own && matches!(self.bandwidth.check_n(kib), Ok(Ok(())));
		free.then_some(()).ok_or(Refusal::Limited)
	}

	fn forget(&self) {
		self.requests_by_peer.retain_recent();
		self.bandwidth_by_peer.retain_recent();
	}
}
