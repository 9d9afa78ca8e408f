//! From what the chain announces to what the anchor measures: both roles on one chain.

use crate::common::*;
use exabits_challenge::{EngineError, Size};
use exabits_primitives::{
	apis::ChallengeDuty,
	keys::anchor,
	local::{measurement_key, Measured},
	Measurement, RoundIndex,
};
use exabits_roles::{
	challenge::EngineMaker, run_anchor, run_service, Anchor, AnchorConfig, ChallengeConfig, Metrics,
	OpenChallenge, Service, ServiceConfig,
};
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use tokio::time::sleep;

const ROUND: RoundIndex = RoundIndex(10);
/// The slot in which the challenge comes, and its beacon.
const SLOT: u64 = 102;

struct Network {
	chain: Arc<FakeChain>,
	anchor: KeystorePtr,
	service: Metrics,
	anchors: Metrics,
}

impl Network {
	/// A machine whose node answers challenges with this device, and the anchor that has to measure it. Rounds take four
	/// seconds.
	async fn start(engine: EngineMaker) -> Self {
		let chain = FakeChain::new(SLOT);
		chain.with(|state| state.time.slot_millis = 400);
		let (service, anchors) = (Metrics::register(None).unwrap(), Metrics::register(None).unwrap());
		let (machine, anchor) = (keystore(), anchor_keystore());
		let key = chain.register(&machine, MACHINE);
		let mut config = ServiceConfig::new("127.0.0.1:0".parse().unwrap());
		config.poll = Duration::from_millis(10);
		config.challenges = Some(ChallengeConfig { engine, ..ChallengeConfig::cpu(0) });
		let role = Service::prepare(chain.clone(), machine, config, service.clone()).unwrap();
		let address = role.local_addr().unwrap();
		tokio::spawn(run_service(role));
		chain.followed().await;
		chain.assign(&key, MACHINE, &format!("http://{address}"));
		let config = AnchorConfig {
			poll: Duration::from_millis(10),
			timeout: PATIENCE,
			allow_local: true,
			..Default::default()
		};
		let role = Anchor::prepare(chain.clone(), anchor.clone(), config, anchors.clone()).unwrap();
		tokio::spawn(run_anchor(role));
		Self { chain, anchor, service, anchors }
	}

	/// A challenge for a committee of this network's anchor, whose beacon came in slot `since`.
	fn challenge(&self, since: u64) -> OpenChallenge {
		let size = Size::new(64, 12, 4 * 64 * 64).unwrap();
		let anchors = self.anchor.sr25519_public_keys(anchor::KEY_TYPE).into_iter().map(Into::into).collect();
		let duty = ChallengeDuty {
			machine: MACHINE,
			round: ROUND,
			slot: since,
			seed: [1; 32],
			devices: vec![0, 3],
			anchors,
			n: size.n(),
			links: size.links(),
			memory: size.memory(),
			reference_millis: 1_000,
			limit_millis: 60_000,
		};
		OpenChallenge { beacon: [2; 32], since, duty }
	}

	/// What the anchor measured in the round, once it has had more than half of it.
	async fn measured(&self) -> Measurement {
		sleep(Duration::from_millis(2_200)).await;
		self.chain.set_slot(u64::from(ROUND.0 + 1) * u64::from(ROUND_SLOTS));
		eventually("the measurement", || self.anchors.measurements.get() == 1).await;
		let key = measurement_key(&anchor_of(&self.anchor), MACHINE, ROUND);
		self.chain.read::<Measured>(&key).unwrap().measurement
	}
}

fn cpu() -> EngineMaker {
	EngineMaker::cpu(1 << 20)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_machine_shows_is_in_the_rounds_measurement() {
	let network = Network::start(cpu()).await;
	network.chain.challenge(vec![network.challenge(SLOT)]).await;
	// Two devices.
	eventually("the challenges", || network.anchors.challenges_passed.get() == 2).await;
	let found = network.measured().await;
	assert!(found.performance.is_some_and(|performance| performance > 0), "{found:?}");
	assert_eq!(found.availability, 1_000_000);
	assert_eq!((network.service.challenges_committed.get(), network.anchors.challenges_issued.get()), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_answers_probes_and_fails_challenges_is_found_out() {
	let broken = EngineMaker::new(|_| Err(EngineError::Device("gone".into())));
	let network = Network::start(broken).await;
	network.chain.challenge(vec![network.challenge(SLOT)]).await;
	eventually("the challenges", || network.anchors.challenges_issued.get() == 2).await;
	let found = network.measured().await;
	assert_eq!((found.availability, found.performance), (1_000_000, Some(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_without_a_challenge_has_no_performance() {
	let network = Network::start(cpu()).await;
	assert_eq!(network.measured().await.performance, None);
	assert_eq!(network.anchors.challenges_issued.get(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_not_put_late_or_by_others() {
	let network = Network::start(cpu()).await;
	// Public for a time that this anchor did not see.
	network.chain.challenge(vec![network.challenge(SLOT - 3)]).await;
	assert_eq!(network.measured().await.performance, None);
	assert_eq!(network.anchors.challenges_issued.get(), 0);

	let network = Network::start(cpu()).await;
	let mut others = network.challenge(SLOT);
	others.duty.anchors = vec![sp_core::sr25519::Public::from_raw([9; 32]).into()];
	network.chain.challenge(vec![others]).await;
	assert_eq!(network.measured().await.performance, None);
	assert_eq!(network.service.challenges_committed.get(), 0);
}
