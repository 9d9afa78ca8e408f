//! The network and its parties, up to the first round in which machines are measured.

use crate::{
	cheat::Cheat,
	network::{self, Node, Places},
	villain::Villain,
};
use anyhow::{ensure, Context, Result};
use exabits_client::Client;
use exabits_primitives::{
	keys::{self, anchor, machine},
	ClassId, EvidenceTier, LeaseId, MachineId, MilliDevices, ModuleId, ResourceKind, Role, RoundIndex,
	SessionIndex, TemplateId, UtcKey, WindowIndex, Workload,
};
use exabits_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent, EXA};
use frame_support::BoundedVec;
use pallet_anchoring::{Event as Anchored, RoundOf, Standing};
use pallet_sla::{Template, Term};
use sp_core::{sr25519, Pair};
use sp_runtime::Perbill;
use std::{os::unix::fs::PermissionsExt, path::Path, time::Duration};
use tokio::sync::Mutex;

/// Longer than anything that is waited for.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// What each anchor bonds.
pub const ANCHOR_BOND: u128 = 200 * EXA;

/// The machine of an honest provider, with a lease.
pub const HONEST: MachineId = MachineId(0);
/// The machine whose hook never ends, with a lease.
pub const HANGING: MachineId = MachineId(1);
/// The machine that makes up its challenges.
pub const CHEAT: MachineId = MachineId(2);
/// The machine that says what another has said.
pub const THIEF: MachineId = MachineId(3);

/// The clock: rounds as in development, larger committees, and sessions just long enough that each round's commitments are
/// due in its session or the next, so that every round has a challenge.
const SESSION_SLOTS: u64 = 22;
const ROUND_SLOTS: u64 = 15;
const COMMIT_SLOTS: u64 = 5;
const REVEAL_SLOTS: u64 = 4;
const SAMPLE_SLOTS: u64 = 4;
const COMMITTEE: usize = 5;
/// Slots in a window of the class.
pub const WINDOW_SLOTS: u32 = 30;
/// Slots before a window by which minting for it has to begin.
const LEAD_SLOTS: u64 = 6;
/// The class and the template that the scene publishes; the library's templates come before.
const CLASS: ClassId = ClassId(0);

/// An account, and the secret URI that it is of.
pub struct Party {
	uri: &'static str,
	pair: sr25519::Pair,
	/// Its account.
	pub account: AccountId,
}

impl Party {
	fn new(uri: &'static str) -> Result<Self> {
		let pair = sr25519::Pair::from_string(uri, None)?;
		Ok(Self { uri, account: pair.public().into(), pair })
	}

	/// Secret URI of the key with which the party's node signs in a role.
	fn node_uri(&self, role: &str) -> String {
		format!("{}//{role}", self.uri)
	}

	fn anchor_key(&self) -> Result<anchor::Pair> {
		Ok(anchor::Pair::from_string(&self.node_uri("anchor"), None)?)
	}

	fn machine_key(&self) -> Result<machine::Pair> {
		Ok(machine::Pair::from_string(&self.node_uri("machine"), None)?)
	}
}

/// Everything that the test has at hand.
pub struct Scene {
	/// A client of the validator.
	pub client: Client,
	/// The honest anchors' nodes.
	pub anchors: Vec<Mutex<Node>>,
	/// The node of all machines but the thief.
	pub service: Node,
	/// What stands in front of the cheat's machine.
	pub cheat: Cheat,
	/// Produces blocks.
	pub validator: Node,
	/// The honest anchors.
	pub honest: [Party; 3],
	/// Those that are not.
	pub villains: [Villain; 2],
	villain_parties: [Party; 2],
	/// Owners of the machines, in their order.
	providers: [Party; 4],
	tenant: Party,
	sudo: Party,
	/// Port of the service node's probe endpoint.
	probe: u16,
	places: Places,
}

/// The round so many after another.
pub fn after(round: RoundIndex, count: u32) -> RoundIndex {
	RoundIndex(round.0 + count)
}

/// The round before another.
pub fn before(round: RoundIndex) -> RoundIndex {
	RoundIndex(round.0 - 1)
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::batch_all { calls }.into()
}

fn strings(args: &[&str]) -> Vec<String> {
	args.iter().map(|arg| arg.to_string()).collect()
}

/// A hook that serves every machine but one, for which it never ends.
fn write_hook(path: &Path) -> Result<()> {
	let text = format!(
		"#!/bin/sh\n[ \"$EXABITS_MACHINE\" = {HANGING} ] && exec sleep 600\necho \"access to lease $EXABITS_LEASE\"\n"
	);
	std::fs::write(path, text)?;
	std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
	Ok(())
}

impl Scene {
	/// Starts the network.
	pub async fn set() -> Result<Self> {
		let places = Places::new(|timing| {
			timing["sessionSlots"] = SESSION_SLOTS.into();
			timing["roundSlots"] = ROUND_SLOTS.into();
			timing["commitSlots"] = COMMIT_SLOTS.into();
			timing["revealSlots"] = REVEAL_SLOTS.into();
			timing["sampleSlots"] = SAMPLE_SLOTS.into();
			timing["committeeSize"] = COMMITTEE.into();
			timing["quorum"] = 3.into();
		})?;
		let archive = ["--state-pruning", "archive", "--blocks-pruning", "archive"];
		let author = ["--alice", "--validator", "--force-authoring"];
		let validator = Node::start(&places, "validator", &strings(&[&archive[..], &author].concat()), &[])?;
		let client = validator.client().await?;
		let address = network::address(&client).await?;

		let honest = [Party::new("//Bob")?, Party::new("//Charlie")?, Party::new("//Dave")?];
		let villain_parties = [Party::new("//Bob//stash")?, Party::new("//Charlie//stash")?];
		let providers = [
			Party::new("//Eve")?,
			Party::new("//Ferdie")?,
			Party::new("//Eve//stash")?,
			Party::new("//Ferdie//stash")?,
		];
		let known = ["--bootnodes", &address, "--reserved-nodes", &address];
		let mut anchors = Vec::new();
		for (index, party) in honest.iter().enumerate() {
			let args = strings(&[&known[..], &["--role", "anchor", "--allow-local-machines"]].concat());
			let keys = [("anch", party.node_uri("anchor"))];
			anchors.push(Mutex::new(Node::start(&places, &format!("anchor-{index}"), &args, &keys)?));
		}
		let (hook, probe) = (places.folder().join("hook.sh"), network::free_port()?);
		write_hook(&hook)?;
		let (hook, listen) = (hook.display().to_string(), format!("127.0.0.1:{probe}"));
		let role = ["--role", "service", "--provision-hook", &hook, "--probe-address", &listen];
		let host = ["--telemetry-source", "host", "--challenge-engine", "cpu"];
		let keys: Vec<_> =
			providers[..3].iter().map(|provider| ("mach", provider.node_uri("machine"))).collect();
		let service = Node::start(&places, "service", &strings(&[&known[..], &role, &host].concat()), &keys)?;
		let cheat = Cheat::listen(providers[2].machine_key()?, probe).await?;
		let villains = [
			Villain::new(villain_parties[0].account.clone(), villain_parties[0].anchor_key()?),
			Villain::new(villain_parties[1].account.clone(), villain_parties[1].anchor_key()?),
		];
		let (tenant, sudo) = (Party::new("//Dave//stash")?, Party::new("//Alice")?);
		Ok(Self {
			client,
			anchors,
			service,
			cheat,
			validator,
			honest,
			villains,
			villain_parties,
			providers,
			tenant,
			sudo,
			probe,
			places,
		})
	}

	/// Leaves the logs where they are.
	pub fn keep(&mut self) -> &Path {
		self.places.keep()
	}

	/// Fails if a node has ended by itself.
	pub fn check_nodes(&mut self) -> Result<()> {
		self.validator.check()?;
		self.service.check()?;
		self.anchors.iter_mut().try_for_each(|anchor| anchor.get_mut().check())
	}

	/// The first slot in which commitments for a round count.
	pub fn commits_from(&self, round: RoundIndex) -> u64 {
		(u64::from(round.0) + 1) * ROUND_SLOTS
	}

	/// The first slot in which its reveals count.
	pub fn reveals_from(&self, round: RoundIndex) -> u64 {
		self.commits_from(round) + COMMIT_SLOTS
	}

	/// The first slot in which its samples are opened.
	pub fn samples_from(&self, round: RoundIndex) -> u64 {
		self.reveals_from(round) + REVEAL_SLOTS
	}

	/// The owner of a machine.
	pub fn provider_of(&self, machine: MachineId) -> &AccountId {
		&self.providers[machine.0 as usize].account
	}

	/// The session that a round's committees are of.
	pub async fn session_of(&self, round: RoundIndex) -> Result<SessionIndex> {
		let key = pallet_anchoring::Rounds::<Runtime>::hashed_key_for(HONEST, round);
		let record: Option<RoundOf<Runtime>> = self.client.value(key).await?;
		Ok(record.with_context(|| format!("round {round} is not open"))?.session)
	}

	/// What is known of an anchor.
	pub async fn standing(&self, anchor: &AccountId) -> Result<Standing> {
		let key = pallet_anchoring::Standings::<Runtime>::hashed_key_for(anchor);
		Ok(self.client.value(key).await?.unwrap_or_default())
	}

	/// What of a bond counts.
	pub async fn bond(&self, who: &AccountId, role: Role) -> Result<u128> {
		let key = pallet_stake::Ledger::<Runtime>::hashed_key_for(who, role);
		let bond: Option<pallet_stake::BondOf<Runtime>> = self.client.value(key).await?;
		Ok(bond.map_or(0, |bond| bond.active))
	}

	async fn submit(&self, who: &Party, call: impl Into<RuntimeCall>) -> Result<Vec<RuntimeEvent>> {
		self.client.submit(&who.pair, call).await.with_context(|| format!("a transaction of {}", who.uri))
	}

	/// Everybody joins, and the first round begins in which machines are measured.
	pub async fn begin(&self) -> Result<(TemplateId, RoundIndex)> {
		let (template, _) = futures::try_join!(self.publish(), self.anchors_join())?;
		let joined = self.client.session().await?;
		for (index, provider) in self.providers.iter().enumerate() {
			let port = if index == CHEAT.0 as usize { self.cheat.port } else { self.probe };
			self.register(provider, port).await?;
		}
		// Seats count from the second session after this one.
		let seeded = |event: &RuntimeEvent| match event {
			RuntimeEvent::Anchoring(Anchored::SessionSeeded { session }) if *session >= joined + 2 => {
				Some(())
			}
			_ => None,
		};
		self.client.wait_for(0, PATIENCE, "the first committees", seeded).await?;
		let tests = [HONEST, HANGING, CHEAT].map(|machine| self.start_test(machine, template));
		futures::future::try_join_all(tests).await?;
		let opened = |event: &RuntimeEvent| match event {
			RuntimeEvent::Anchoring(Anchored::RoundOpened { machine, round, committee, .. })
				if *machine == HONEST =>
			{
				Some((*round, committee.len()))
			}
			_ => None,
		};
		let (round, members) = self.client.wait_for(0, PATIENCE, "the first round", opened).await?;
		ensure!(members == COMMITTEE, "a committee of {members}");
		Ok((template, round))
	}

	async fn publish(&self) -> Result<TemplateId> {
		let class = pallet_rfl::Class {
			name: BoundedVec::truncate_from(b"FAULTS".to_vec()),
			kind: ResourceKind::Cpu,
			window_slots: WINDOW_SLOTS,
			acknowledge_slots: 6,
			price: 10 * EXA,
			performance: 1_000,
			vcpus: 1,
			memory_mib: 512,
			// As small as a challenge can be.
			device_memory_mib: 4,
			int8_rate: 1,
			tier: EvidenceTier::SelfReported,
		};
		let term = |(module, threshold)| Term {
			module: ModuleId(module),
			threshold,
			heights: BoundedVec::default(),
		};
		// Availability, errors and performance; a node may be away for half of a round, while it restarts.
		let terms = [(0, 500_000), (4, 300_000), (7, 100_000)];
		let template = Template {
			kinds: BoundedVec::truncate_from(vec![ResourceKind::Cpu]),
			workloads: BoundedVec::truncate_from(vec![Workload::Batch]),
			price_factor: Perbill::one(),
			refines: None,
			terms: BoundedVec::truncate_from(terms.into_iter().map(term).collect()),
		};
		let calls = vec![
			pallet_rfl::Call::create_class { class }.into(),
			pallet_sla::Call::create_template { template }.into(),
		];
		let call = Box::new(batch(calls));
		let events = self.submit(&self.sudo, pallet_sudo::Call::sudo { call }).await?;
		let created = |event: &RuntimeEvent| match event {
			RuntimeEvent::Sla(pallet_sla::Event::TemplateCreated { template }) => Some(*template),
			_ => None,
		};
		events.iter().find_map(created).context("no template was created")
	}

	async fn anchors_join(&self) -> Result<()> {
		let join = |party| async move {
			let pair = Party::anchor_key(party)?;
			let payload = keys::payload(self.client.genesis(), b"anchoring/set_key", &party.account);
			let (key, proof) = (pair.public(), pair.sign(&payload));
			let bond = pallet_stake::Call::bond { role: Role::Anchor, amount: ANCHOR_BOND };
			let set_key = pallet_anchoring::Call::set_key { key, proof };
			self.submit(party, batch(vec![bond.into(), set_key.into()])).await
		};
		futures::future::try_join_all(self.honest.iter().chain(&self.villain_parties).map(join)).await?;
		Ok(())
	}

	/// Registers a provider's machine; their identifiers are given out in order.
	async fn register(&self, provider: &Party, port: u16) -> Result<()> {
		let pair = provider.machine_key()?;
		let payload = keys::payload(self.client.genesis(), b"rfl/register_machine", &provider.account);
		let (key, proof) = (pair.public(), pair.sign(&payload));
		let endpoint = BoundedVec::truncate_from(format!("http://127.0.0.1:{port}").into_bytes());
		let bond = pallet_stake::Call::bond { role: Role::Service, amount: 500 * EXA };
		let (class, devices, vcpus, memory_mib) = (CLASS, 1, 1, 512);
		let register =
			pallet_rfl::Call::register_machine { class, devices, vcpus, memory_mib, key, proof, endpoint };
		self.submit(provider, batch(vec![bond.into(), register.into()])).await?;
		Ok(())
	}

	/// The provider takes the template's own terms and asks for its machine's test.
	async fn start_test(&self, machine: MachineId, template: TemplateId) -> Result<()> {
		let provider = &self.providers[machine.0 as usize];
		let events =
			self.submit(provider, pallet_sla::Call::propose { machine, template, terms: None }).await?;
		let proposed = |event: &RuntimeEvent| match event {
			RuntimeEvent::Sla(pallet_sla::Event::AgreementProposed { hash, .. }) => Some(*hash),
			_ => None,
		};
		let hash = events.iter().find_map(proposed).context("nothing was proposed")?;
		self.submit(provider, pallet_sla::Call::start_test { machine, hash }).await?;
		Ok(())
	}

	/// Waits until the machine has passed its test.
	async fn online(&self, machine: MachineId) -> Result<()> {
		let wanted = |event: &RuntimeEvent| match event {
			RuntimeEvent::Sla(pallet_sla::Event::AgreementActive { machine: of, .. }) if *of == machine => {
				Some(Ok(()))
			}
			RuntimeEvent::Sla(pallet_sla::Event::AgreementRejected { machine: of, .. }) if *of == machine => {
				Some(Err(anyhow::anyhow!("machine {machine} has failed its test: {event:?}")))
			}
			_ => None,
		};
		self.client.wait_for(0, PATIENCE, "a machine passes its test", wanted).await?
	}

	/// When all machines are online the cheat begins to cheat, and a tenant leases the others for the next window. The
	/// leases on the honest machine and on the other.
	pub async fn lease(&self, template: TemplateId) -> Result<[LeaseId; 2]> {
		for machine in [HONEST, HANGING, CHEAT] {
			self.online(machine).await?;
		}
		self.cheat.cheat();
		let slot = self.client.slot().await? + LEAD_SLOTS;
		let window = WindowIndex(WindowIndex::at(slot, WINDOW_SLOTS).0 + 1);
		let (key, amount) = (UtcKey { class: CLASS, template, window }, MilliDevices(1_000));
		let mint = |machine: MachineId| async move {
			let provider = &self.providers[machine.0 as usize];
			let commit = pallet_rfl::Call::commit { machine, window, devices: 1 };
			let mint = pallet_utc::Call::mint { key, amount };
			let events = self.submit(provider, batch(vec![commit.into(), mint.into()])).await?;
			let minted = |event: &RuntimeEvent| match event {
				RuntimeEvent::Utc(pallet_utc::Event::Minted { utc, .. }) => Some(*utc),
				_ => None,
			};
			let utc = events.iter().find_map(minted).context("nothing was minted")?;
			let (id, target) = (utc.0.into(), self.tenant.account.clone().into());
			let transfer = pallet_assets::Call::transfer { id, target, amount: amount.0.into() };
			self.submit(provider, transfer).await?;
			Ok::<_, anyhow::Error>(utc)
		};
		let (utc, _) = futures::try_join!(mint(HONEST), mint(HANGING))?;
		let redemption = pallet_utc::Redemption::new(amount, [5; 32]);
		let redeem = || pallet_utc::Call::redeem { utc, redemption: redemption.clone() }.into();
		let events = self.submit(&self.tenant, batch(vec![redeem(), redeem()])).await?;
		let on = |wanted: MachineId| {
			let placed = |event: &RuntimeEvent| match event {
				RuntimeEvent::Rfl(pallet_rfl::Event::LeasePlaced { lease, machine, .. })
					if *machine == wanted =>
				{
					Some(*lease)
				}
				_ => None,
			};
			events.iter().find_map(placed).with_context(|| format!("no lease on machine {wanted}"))
		};
		Ok([on(HONEST)?, on(HANGING)?])
	}

	/// Waits until a round of all measured machines is settled.
	pub async fn settled(&self, round: RoundIndex) -> Result<()> {
		for machine in [HONEST, HANGING, CHEAT] {
			let wanted =
				|event: &RuntimeEvent| match event {
					RuntimeEvent::Anchoring(Anchored::RoundSettled {
						machine: of, round: settled, ..
					}) if *of == machine && *settled == round => Some(()),
					_ => None,
				};
			self.client.wait_for(0, PATIENCE, "the last round is settled", wanted).await?;
		}
		Ok(())
	}

	/// Waits until the cheat's owner has been slashed.
	pub async fn cheat_slashed(&self) -> Result<()> {
		let owner = self.provider_of(CHEAT);
		let wanted = |event: &RuntimeEvent| match event {
			RuntimeEvent::Stake(pallet_stake::Event::SlashApplied { who, .. }) if who == owner => Some(()),
			_ => None,
		};
		self.client.wait_for(0, PATIENCE, "the cheat's slash", wanted).await
	}
}
