//! A chain in memory, and small HTTP servers that misbehave.

use codec::{Decode, Encode};
use exabits_primitives::{
	apis::{AnchorStanding, Duty, OwnMachine, PendingLease, Time},
	keys::{anchor, machine},
	ClassId, LeaseId, MachineId, MachineState, MilliDevices, RoundIndex, TemplateId, UtcKey, WindowIndex,
};
use exabits_roles::{Chain, ChainError, OpenChallenge};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystorePtr};
use std::{
	collections::{BTreeMap, HashMap},
	future::Future,
	net::SocketAddr,
	sync::{
		atomic::{AtomicU32, Ordering::SeqCst},
		Arc, Mutex, MutexGuard, PoisonError,
	},
	time::Duration,
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
	time::{sleep, timeout},
};

/// The machine of most tests.
pub const MACHINE: MachineId = MachineId(7);
/// Rounds of ten slots of 100 ms.
pub const ROUND_SLOTS: u32 = 10;

/// What the fake chain answers.
pub struct State {
	pub time: Time,
	pub duties: Vec<Duty>,
	pub standing: Option<AnchorStanding>,
	pub machines: HashMap<machine::Id, OwnMachine>,
	pub pending: Vec<PendingLease>,
	pub challenges: Vec<OpenChallenge>,
	/// How often challenges of some machine were asked for.
	pub challenges_asked: u32,
	/// Questions that panic before the next one is answered.
	pub panics: u32,
	/// Whether the chain fails to answer.
	pub down: bool,
	/// How often the time was asked for.
	pub asked: u32,
}

/// A chain in memory.
pub struct FakeChain {
	state: Mutex<State>,
	storage: Mutex<BTreeMap<Vec<u8>, Vec<u8>>>,
}

impl FakeChain {
	pub fn new(slot: u64) -> Arc<Self> {
		let time = Time { slot, slot_millis: 100, round_slots: ROUND_SLOTS, session: 1 };
		let state = State {
			time,
			duties: Vec::new(),
			standing: None,
			machines: HashMap::new(),
			pending: Vec::new(),
			challenges: Vec::new(),
			challenges_asked: 0,
			panics: 0,
			down: false,
			asked: 0,
		};
		Arc::new(Self { state: Mutex::new(state), storage: Default::default() })
	}

	pub fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
		change(&mut self.state())
	}

	/// Waits until a role has taken in what the chain answers now: whoever asks again has handled the last answer,
	/// and the one before that may have been under way.
	pub async fn followed(&self) {
		let before = self.with(|state| state.asked);
		eventually("the role's next questions", || self.with(|state| state.asked) >= before + 3).await;
	}

	/// Lets challenges be due, and waits until a service node knows them.
	pub async fn challenge(&self, challenges: Vec<OpenChallenge>) {
		let before = self.with(|state| {
			state.challenges = challenges;
			state.challenges_asked
		});
		eventually("the challenges", || self.with(|state| state.challenges_asked) >= before + 2).await;
	}

	pub fn set_slot(&self, slot: u64) {
		self.with(|state| state.time.slot = slot);
	}

	/// Registers the machine under a new key of the keystore.
	pub fn register(&self, keystore: &KeystorePtr, id: MachineId) -> machine::Id {
		let key = machine::Id::from(keystore.sr25519_generate_new(machine::KEY_TYPE, None).unwrap());
		let machine = OwnMachine {
			machine: id,
			class: ClassId(1),
			state: MachineState::Online,
			window_slots: 60,
			window: WindowIndex(1),
		};
		self.with(|state| state.machines.insert(key.clone(), machine));
		key
	}

	/// Lets the anchor measure a machine in the current round.
	pub fn assign(&self, key: &machine::Id, machine: MachineId, endpoint: &str) {
		self.with(|state| {
			let round = RoundIndex::at(state.time.slot, state.time.round_slots);
			state.duties.push(Duty { machine, key: key.clone(), endpoint: endpoint.into(), round });
		})
	}

	pub fn read<T: Decode>(&self, key: &[u8]) -> Option<T> {
		self.get(key).map(|raw| T::decode(&mut &raw[..]).unwrap())
	}

	pub fn write(&self, key: &[u8], value: &impl Encode) {
		self.set(key, &value.encode());
	}

	/// A test's panic poisons the lock and harms nothing.
	fn state(&self) -> MutexGuard<'_, State> {
		self.state.lock().unwrap_or_else(PoisonError::into_inner)
	}

	fn answer<T>(&self, answer: impl FnOnce(&State) -> T) -> Result<T, ChainError> {
		let mut state = self.state();
		if state.panics > 0 {
			state.panics -= 1;
			panic!("a test's panic");
		}
		match state.down {
			true => Err(ChainError("a test's error".into())),
			false => Ok(answer(&state)),
		}
	}
}

impl Chain for FakeChain {
	fn time(&self) -> Result<Time, ChainError> {
		self.with(|state| state.asked += 1);
		self.answer(|state| state.time)
	}
	fn duties(&self, _: &anchor::Id) -> Result<Vec<Duty>, ChainError> {
		self.answer(|state| state.duties.clone())
	}
	fn standing(&self, _: &anchor::Id) -> Result<Option<AnchorStanding>, ChainError> {
		self.answer(|state| state.standing)
	}
	fn challenges(&self, machines: &[MachineId]) -> Result<Vec<OpenChallenge>, ChainError> {
		self.with(|state| state.challenges_asked += u32::from(!machines.is_empty()));
		let wanted = |open: &&OpenChallenge| machines.contains(&open.duty.machine);
		self.answer(|state| state.challenges.iter().filter(wanted).cloned().collect())
	}
	fn machine(&self, key: &machine::Id) -> Result<Option<OwnMachine>, ChainError> {
		self.answer(|state| state.machines.get(key).cloned())
	}
	fn pending_leases(&self, machines: &[MachineId]) -> Result<Vec<PendingLease>, ChainError> {
		let wanted = |lease: &&PendingLease| machines.contains(&lease.machine);
		self.answer(|state| state.pending.iter().filter(wanted).cloned().collect())
	}
	fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
		self.storage.lock().unwrap().get(key).cloned()
	}
	fn set(&self, key: &[u8], value: &[u8]) {
		self.storage.lock().unwrap().insert(key.into(), value.into());
	}
	fn remove(&self, key: &[u8]) {
		self.storage.lock().unwrap().remove(key);
	}
}

pub fn keystore() -> KeystorePtr {
	Arc::new(MemoryKeystore::new())
}

pub fn anchor_keystore() -> KeystorePtr {
	let keystore = MemoryKeystore::new();
	keystore.sr25519_generate_new(anchor::KEY_TYPE, None).unwrap();
	Arc::new(keystore)
}

/// The key of such a keystore.
pub fn anchor_of(keystore: &KeystorePtr) -> anchor::Id {
	keystore.sr25519_public_keys(anchor::KEY_TYPE)[0].into()
}

pub fn lease(id: u64) -> PendingLease {
	PendingLease {
		series: LeaseId(id),
		continues: false,
		lease: LeaseId(id),
		machine: MACHINE,
		key: UtcKey { class: ClassId(1), template: TemplateId(2), window: WindowIndex(3) },
		amount: MilliDevices(1_500),
		devices: vec![(0, 1_000), (1, 500)],
		start: 100,
		end: 200,
		acknowledge_by: 150,
		workload: b"image: a & b".to_vec(),
		access_key: [9; 32],
	}
}

/// How long the tests wait for what has to happen: for ever, as far as a busy machine goes.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Waits for a condition.
pub async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
	let wait = async {
		while !holds() {
			sleep(Duration::from_millis(10)).await;
		}
	};
	timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("{what} did not happen"));
}

/// A server on loopback that handles each connection with a function of its request line; counts connections.
pub async fn server<F, Fut>(handle: F) -> (SocketAddr, Arc<AtomicU32>)
where
	F: Fn(String, TcpStream) -> Fut + Send + Sync + 'static,
	Fut: Future<Output = ()> + Send + 'static,
{
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let address = listener.local_addr().unwrap();
	let hits = Arc::new(AtomicU32::new(0));
	let counter = hits.clone();
	tokio::spawn(async move {
		loop {
			let (mut stream, _) = listener.accept().await.unwrap();
			counter.fetch_add(1, SeqCst);
			let mut buffer = [0; 4096];
			let n = stream.read(&mut buffer).await.unwrap_or(0);
			let request = String::from_utf8_lossy(&buffer[..n]).into_owned();
			tokio::spawn(handle(request, stream));
		}
	});
	(address, hits)
}

/// Sends one request as it is, and returns the status and the body.
pub async fn exchange(address: SocketAddr, request: &str) -> (u16, Vec<u8>) {
	let talk = async {
		let mut stream = TcpStream::connect(address).await.unwrap();
		stream.write_all(request.as_bytes()).await.unwrap();
		let mut answer = Vec::new();
		let _ = stream.read_to_end(&mut answer).await;
		answer
	};
	let answer = timeout(PATIENCE, talk).await.expect("the server answers or hangs up");
	let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return (0, answer) };
	let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
	(status, answer[head + 4..].to_vec())
}

pub async fn get(address: SocketAddr, target: &str) -> (u16, Vec<u8>) {
	exchange(address, &format!("GET {target} HTTP/1.1\r\nhost: test\r\n\r\n")).await
}
