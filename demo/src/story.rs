//! The story: from hardware telemetry to a paid, watched lease, and what happens when it breaks.

mod appeal;
mod challenge;
mod lie;

use crate::{
	network::{self, Node, Places, Settings},
	report::Report,
};
use anyhow::{bail, ensure, Context, Result};
use exabits_client::Client;
use exabits_math::auction::{Side, Tick};
use exabits_primitives::{
	keys::{self, anchor, machine},
	EvidenceTier, LeaseId, LeaseState, ListingId, MachineId, MachineState, MilliDevices, ModuleId,
	ResourceKind, Role, TemplateId, UtcId, UtcKey, WindowIndex, Workload,
};
use exabits_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason, EXA};
use frame_support::BoundedVec;
use pallet_clock::TimeViewFunction;
use pallet_sla::{runtime_api::Compliance, Outcome, Template, Term, Terms};
use sp_core::{sr25519, Pair, H256};
use sp_runtime::Perbill;
use std::{process::Command, sync::Arc, time::Duration};

/// Slots that a window of the demo's class may have: two and a half minutes, and one or two rounds more.
const WINDOW_SLOTS: [u32; 3] = [75, 90, 105];
/// Slots that a machine has to acknowledge a lease.
const ACKNOWLEDGE_SLOTS: u32 = 6;
/// Slots before a window's start by which the demo wants to begin minting for it.
const LEAD_SLOTS: u64 = 18;
/// Slots from the publication of the class until machines of it are online.
const JOIN_SLOTS: u64 = 100;
/// What an anchor that measures bonds. Beside so many seats committees have none of the jurors, who have one each.
const ANCHOR_BOND: u128 = 200_000 * EXA;
/// What a juror bonds: one seat.
const JUROR_BOND: u128 = 100 * EXA;
/// What holds cover, and what holds deposits of appeals.
const COVER: RuntimeHoldReason = RuntimeHoldReason::Utc(pallet_utc::HoldReason::Cover);
const APPEAL: RuntimeHoldReason = RuntimeHoldReason::Stake(pallet_stake::HoldReason::Appeal);
/// The roles in which actors' nodes sign, as in their keys' secret URIs.
const ANCHOR: &str = "anchor";
const MACHINE: &str = "machine";
/// Longer than anything that the story waits for.
const PATIENCE: Duration = Duration::from_secs(240);

/// Modules of the standard library, which genesis publishes.
const AVAILABILITY: ModuleId = ModuleId(0);
const LATENCY_P50: ModuleId = ModuleId(1);
const LATENCY_P99: ModuleId = ModuleId(2);
const ERROR_RATE: ModuleId = ModuleId(4);
const PERFORMANCE: ModuleId = ModuleId(7);

/// A term with the heights of its module.
fn term(module: ModuleId, threshold: u32) -> Term {
	Term { module, threshold, heights: BoundedVec::default() }
}

/// One person of the story.
#[derive(Clone)]
struct Actor {
	name: &'static str,
	/// Secret URI of the account.
	uri: &'static str,
	pair: sr25519::Pair,
	account: AccountId,
}

impl Actor {
	fn new(name: &'static str, uri: &'static str) -> Result<Self> {
		let pair = sr25519::Pair::from_string(uri, None)?;
		Ok(Self { name, uri, account: pair.public().into(), pair })
	}

	/// Secret URI of the key with which the actor's node signs in a role.
	fn node_uri(&self, role: &str) -> String {
		format!("{}//{role}", self.uri)
	}
}

/// What the machine's collector says of the hardware.
struct Hardware {
	kind: ResourceKind,
	name: String,
	source: String,
}

fn hardware(places: &Places) -> Result<Hardware> {
	let collector = places.bin.join("exabits-telemetry");
	let out = Command::new(&collector)
		.arg("--inventory")
		.output()
		.with_context(|| format!("cannot run {}", collector.display()))?;
	ensure!(out.status.success(), "the collector failed: {}", String::from_utf8_lossy(&out.stderr).trim());
	let line: serde_json::Value = serde_json::from_slice(&out.stdout).context("the collector's inventory")?;
	let inventory = &line["inventory"];
	let source = inventory["source"].as_str().unwrap_or("host").to_owned();
	let device = inventory["devices"][0]["name"].as_str().unwrap_or("CPU").to_owned();
	let kind = if source == "nvml" { ResourceKind::Gpu } else { ResourceKind::Cpu };
	// A class's name is short, and the same on every host of its kind.
	let name = if kind == ResourceKind::Gpu {
		device.replace(' ', "-").chars().take(24).collect()
	} else {
		"CPU-HOST".into()
	};
	Ok(Hardware { kind, name, source })
}

/// Finds something in the first event that has it.
fn find<R>(
	events: &[RuntimeEvent],
	mut wanted: impl FnMut(&RuntimeEvent) -> Option<R>,
	what: &str,
) -> Result<R> {
	events.iter().find_map(&mut wanted).with_context(|| format!("the transaction caused no event: {what}"))
}

macro_rules! event {
	($pallet:ident :: $event:pat => $out:expr) => {
		|event: &RuntimeEvent| match event {
			RuntimeEvent::$pallet($event) => $out,
			_ => None,
		}
	};
}
use event;

/// What is known of an anchor's accuracy.
async fn accuracy(client: &Client, anchor: &Actor) -> Result<Perbill> {
	let query = pallet_anchoring::StandingViewFunction::<Runtime>::new(anchor.account.clone());
	Ok(client.best().view(query).await?.accuracy)
}

/// Everything that the story has at hand while it goes on.
pub struct Story<'a> {
	places: &'a Places,
	report: &'a mut Report,
	client: Arc<Client>,
	validator: Node,
	anchors: Vec<Node>,
	services: Vec<Node>,
	sudo: Actor,
	watchers: [Actor; 3],
	liar: Actor,
	jurors: [Actor; 5],
	providers: [Actor; 2],
	tenant: Actor,
	access_secret: [u8; 32],
}

impl<'a> Story<'a> {
	/// Starts the network.
	pub async fn start(places: &'a Places, report: &'a mut Report) -> Result<Self> {
		report.step("start a development network on loopback: a validator, three anchors, two service nodes");
		let mut validator = network::start(
			places,
			"validator",
			Settings {
				args: ["--alice", "--validator", "--force-authoring"].map(String::from).into(),
				..Default::default()
			},
		)?;
		let client = match Client::wait(&format!("ws://127.0.0.1:{}", validator.rpc)).await {
			Ok(client) => Arc::new(client),
			Err(error) => {
				validator.check().context(format!("see {}", places.log("validator").display()))?;
				return Err(error);
			}
		};
		let bootnode = network::bootnode_address(&client).await?;
		let hook = places.run.join("hook.sh");
		write_hook(&hook)?;

		let watchers = [
			Actor::new("anchor 1", "//Bob")?,
			Actor::new("anchor 2", "//Charlie")?,
			Actor::new("anchor 3", "//Dave")?,
		];
		let jurors = [
			Actor::new("juror 1", "//Alice//stash")?,
			Actor::new("juror 2", "//Charlie//stash")?,
			Actor::new("juror 3", "//Dave//stash")?,
			Actor::new("juror 4", "//Eve//stash")?,
			Actor::new("juror 5", "//Alice")?,
		];
		let providers = [Actor::new("provider 1", "//Eve")?, Actor::new("provider 2", "//Ferdie")?];
		let mut anchors = Vec::new();
		for (index, watcher) in watchers.iter().enumerate() {
			// Should a juror be drawn into a committee after all, there is a node that measures for it.
			let jurors = jurors.iter().skip(index).step_by(watchers.len());
			let settings = Settings {
				args: ["--role", "anchor", "--allow-local-machines"].map(String::from).into(),
				keys: [watcher].into_iter().chain(jurors).map(|who| ("anch", who.node_uri(ANCHOR))).collect(),
				bootnode: Some(&bootnode),
			};
			anchors.push(network::start(places, &format!("anchor-{}", index + 1), settings)?);
		}
		let mut services = Vec::new();
		for (index, provider) in providers.iter().enumerate() {
			let mut args: Vec<String> = ["--role", "service", "--provision-hook"].map(String::from).into();
			args.push(hook.display().to_string());
			let settings = Settings {
				args,
				keys: vec![("mach", provider.node_uri(MACHINE))],
				bootnode: Some(&bootnode),
			};
			services.push(network::start(places, &format!("service-{}", index + 1), settings)?);
		}
		let mut story = Self {
			places,
			report,
			client,
			validator,
			anchors,
			services,
			sudo: Actor::new("governance", "//Alice")?,
			watchers,
			liar: Actor::new("lying anchor", "//Ferdie//stash")?,
			jurors,
			providers,
			tenant: Actor::new("tenant", "//Bob//stash")?,
			access_secret: *b"the demo's tenant's own secret!!",
		};
		story.record("before").await?;
		Ok(story)
	}

	/// Tells it to the end.
	pub async fn tell(mut self, state: Option<&std::path::Path>) -> Result<()> {
		self.anchors_join().await?;
		let (template, window_slots) = self.publish().await?;
		let machines = self.machines_join().await?;
		self.committees().await?;
		let hashes = self.agree(machines, template).await?;
		self.challenge(machines, hashes).await?;
		let lie = self.begin_lie().await?;
		let (utc, key) = self.mint_and_list(machines, template, window_slots).await?;
		self.trade(utc, key).await?;
		let (lease, window_start) = self.buy_and_redeem(utc, machines[0]).await?;
		self.kill_collector().await?;
		self.serve(lease, machines[0], window_start).await?;
		self.end_lie(lie).await?;
		let before = self.take_down(machines[0], window_start).await?;
		self.good_verdict(lease, machines[0]).await?;
		self.move_lease(lease, machines, before).await?;
		self.slash(machines[0]).await?;
		self.close(utc, key, lease).await?;
		self.record("after").await?;
		self.finish(state).await
	}

	async fn submit(&self, who: &Actor, call: impl Into<RuntimeCall>) -> Result<Vec<RuntimeEvent>> {
		self.client.submit(&who.pair, call).await.with_context(|| format!("{}'s transaction", who.name))
	}

	async fn sudo(&self, call: impl Into<RuntimeCall>) -> Result<Vec<RuntimeEvent>> {
		self.submit(&self.sudo, pallet_sudo::Call::sudo { call: Box::new(call.into()) }).await
	}

	/// Fails when one of the nodes that should run does not.
	fn check_nodes(&mut self) -> Result<()> {
		for node in std::iter::once(&mut self.validator).chain(&mut self.anchors).chain(&mut self.services) {
			let log = self.places.log(&node.name);
			node.check().with_context(|| format!("see {}", log.display()))?;
		}
		Ok(())
	}

	async fn anchors_join(&mut self) -> Result<()> {
		self.report.step("anchors bond and register their keys");
		let joins = self.watchers.iter().map(|watcher| self.anchor_joins(watcher, ANCHOR_BOND));
		futures::future::try_join_all(joins).await?;
		Ok(())
	}

	async fn anchor_joins(&self, who: &Actor, amount: u128) -> Result<()> {
		self.submit(who, pallet_stake::Call::bond { role: Role::Anchor, amount }).await?;
		let pair = anchor::Pair::from_string(&who.node_uri(ANCHOR), None)?;
		let payload = keys::payload(self.client.genesis(), b"anchoring/set_key", &who.account);
		let (key, proof) = (pair.public(), pair.sign(&payload));
		self.submit(who, pallet_anchoring::Call::set_key { key, proof }).await?;
		Ok(())
	}

	/// Returns the template and the slots of a window.
	async fn publish(&mut self) -> Result<(TemplateId, u32)> {
		self.report.step("governance publishes a class, and a template of the standard library's modules");
		let hardware = hardware(self.places)?;
		self.report.fact("telemetry source of this machine", &hardware.source);
		self.report.fact("class", &hardware.name);
		// The length with which a window that begins when machines are online ends first.
		let online = self.client.slot().await? + JOIN_SLOTS + LEAD_SLOTS;
		let end = |slots: &u32| (online.div_ceil(u64::from(*slots)) + 1) * u64::from(*slots);
		let window_slots = WINDOW_SLOTS.into_iter().min_by_key(end).context("no window")?;
		self.sudo(pallet_rfl::Call::create_class {
			class: pallet_rfl::Class {
				name: BoundedVec::truncate_from(hardware.name.into_bytes()),
				kind: hardware.kind,
				window_slots,
				acknowledge_slots: ACKNOWLEDGE_SLOTS,
				price: 10 * EXA,
				performance: 1_000,
				vcpus: 1,
				memory_mib: 512,
				// Small, so that a challenge is a matter of a second also for two machines that share two busy cores.
				device_memory_mib: 32,
				int8_rate: 6,
				tier: EvidenceTier::SelfReported,
			},
		})
		.await?;
		let events = self
			.sudo(pallet_sla::Call::create_template {
				template: Template {
					kinds: BoundedVec::truncate_from(vec![hardware.kind]),
					workloads: BoundedVec::truncate_from(vec![Workload::Training, Workload::Batch]),
					price_factor: Perbill::one(),
					refines: None,
					terms: BoundedVec::truncate_from(vec![
						term(AVAILABILITY, 800_000),
						term(LATENCY_P99, 1_000_000),
						term(ERROR_RATE, 200_000),
						term(PERFORMANCE, challenge::LEAST_PERFORMANCE),
					]),
				},
			})
			.await?;
		let created = event!(Sla::pallet_sla::Event::TemplateCreated { template } => Some(*template));
		Ok((find(&events, created, "template")?, window_slots))
	}

	async fn machines_join(&mut self) -> Result<[MachineId; 2]> {
		self.report.step("two providers bond and register a machine each");
		let mut machines = Vec::new();
		for (index, provider) in self.providers.iter().enumerate() {
			self.submit(provider, pallet_stake::Call::bond { role: Role::Service, amount: 500 * EXA })
				.await?;
			let pair = machine::Pair::from_string(&provider.node_uri(MACHINE), None)?;
			let payload = keys::payload(self.client.genesis(), b"rfl/register_machine", &provider.account);
			let endpoint = format!("http://127.0.0.1:{}", self.services[index].probe);
			let events = self
				.submit(
					provider,
					pallet_rfl::Call::register_machine {
						class: exabits_primitives::ClassId(0),
						devices: 1,
						vcpus: 1,
						memory_mib: 512,
						key: pair.public(),
						proof: pair.sign(&payload),
						endpoint: BoundedVec::truncate_from(endpoint.into_bytes()),
					},
				)
				.await?;
			machines.push(find(
				&events,
				event!(Rfl::pallet_rfl::Event::MachineRegistered { machine, .. } => Some(*machine)),
				"machine registered",
			)?);
		}
		Ok([machines[0], machines[1]])
	}

	async fn committees(&mut self) -> Result<()> {
		self.report
			.step("the first committees are drawn; for later ones a fourth anchor and five jurors bond");
		let client = &self.client;
		// The first committees have the seats that there are when the session before begins, and no more.
		let before = client.session().await?.max(1);
		client
			.wait_for(
				0,
				PATIENCE,
				"the session before the first committees",
				event!(Session::pallet_session::Event::NewSession { session_index }
					=> (*session_index >= before).then_some(())),
			)
			.await?;
		let jurors = self.jurors.iter().map(|juror| (juror, JUROR_BOND));
		let joins = jurors.chain([(&self.liar, ANCHOR_BOND)]).map(|(who, bond)| self.anchor_joins(who, bond));
		futures::future::try_join_all(joins).await?;
		client
			.wait_for(
				0,
				PATIENCE,
				"a seeded session after the machines' registration",
				event!(Anchoring::pallet_anchoring::Event::SessionSeeded { session }
					=> (*session > before).then_some(())),
			)
			.await
	}

	/// Brings about an agreement for each machine, and returns the hashes of their terms.
	async fn agree(&mut self, machines: [MachineId; 2], template: TemplateId) -> Result<[H256; 2]> {
		self.report.step(
			"machine 2 negotiates five terms of its own with its committee; machine 1 takes the template's",
		);
		// The provider offers a bound on the median latency too; an anchor asks for more availability.
		let terms = |availability| -> Terms {
			BoundedVec::truncate_from(vec![
				term(AVAILABILITY, availability),
				term(LATENCY_P50, 500_000),
				term(LATENCY_P99, 1_000_000),
				term(ERROR_RATE, 200_000),
				term(PERFORMANCE, challenge::LEAST_PERFORMANCE),
			])
		};
		let [served, machine] = machines;
		let offer = pallet_sla::Call::propose { machine, template, terms: Some(terms(820_000)) };
		let events = self.submit(&self.providers[1], offer).await?;
		let proposed = event!(Sla::pallet_sla::Event::AgreementProposed { hash, .. } => Some(*hash));
		let hash = find(&events, proposed, "agreement proposed")?;
		let counter = pallet_sla::Call::counter { machine, hash, terms: terms(850_000) };
		let events = self.submit(&self.watchers[0], counter).await?;
		let hash = find(
			&events,
			event!(Sla::pallet_sla::Event::AgreementCountered { hash, .. } => Some(*hash)),
			"agreement countered",
		)?;
		let approve = |watcher| self.submit(watcher, pallet_sla::Call::approve { machine, hash });
		let defaults = pallet_sla::Call::propose { machine: served, template, terms: None };
		let (one, other, default) = tokio::try_join!(
			approve(&self.watchers[0]),
			approve(&self.watchers[1]),
			self.submit(&self.providers[0], defaults),
		)?;
		find(
			&[one, other].concat(),
			event!(Sla::pallet_sla::Event::AgreementAgreed { hash: of, .. } => (*of == hash).then_some(())),
			"terms agreed on",
		)?;
		Ok([find(&default, proposed, "agreement proposed")?, hash])
	}

	/// Starts the machines' tests.
	async fn start_tests(&self, machines: [MachineId; 2], hashes: [H256; 2]) -> Result<()> {
		let starts = (0..2).map(|index| {
			let start = pallet_sla::Call::start_test { machine: machines[index], hash: hashes[index] };
			self.submit(&self.providers[index], start)
		});
		futures::future::try_join_all(starts).await?;
		Ok(())
	}

	/// Waits until both machines have passed their tests.
	async fn pass_tests(&mut self, machines: [MachineId; 2]) -> Result<()> {
		for machine in machines {
			self.client
				.wait_for(0, PATIENCE, "a machine's agreement becomes active", |event| match event {
					RuntimeEvent::Sla(pallet_sla::Event::AgreementActive { machine: active, .. })
						if *active == machine =>
					{
						Some(Ok(()))
					}
					RuntimeEvent::Sla(pallet_sla::Event::AgreementRejected {
						machine: rejected,
						measurement,
						..
					}) if *rejected == machine => {
						Some(Err(anyhow::anyhow!("machine {machine} failed its test: {measurement:?}")))
					}
					_ => None,
				})
				.await??;
		}
		self.check_nodes()
	}

	async fn mint_and_list(
		&mut self,
		machines: [MachineId; 2],
		template: TemplateId,
		window_slots: u32,
	) -> Result<(UtcId, UtcKey)> {
		let slot = self.client.slot().await?;
		let mut window = WindowIndex(WindowIndex::at(slot, window_slots).0 + 1);
		if window.start(window_slots) < slot + LEAD_SLOTS {
			window = WindowIndex(window.0 + 1);
		}
		let key = UtcKey { class: exabits_primitives::ClassId(0), template, window };
		self.report.step(&format!("providers commit their devices to window {window}"));
		for (provider, machine) in self.providers.iter().zip(machines) {
			self.submit(provider, pallet_rfl::Call::commit { machine, window, devices: 1 }).await?;
		}
		let amount = MilliDevices(1_000);
		self.report.step(
			"provider 2 mints one UTC to stand in with; provider 1 lists half of one, minted when it is sold",
		);
		let events = self.submit(&self.providers[1], pallet_utc::Call::mint { key, amount }).await?;
		let utc = find(&events, event!(Utc::pallet_utc::Event::Minted { utc, .. } => Some(*utc)), "minted")?;
		let (amount, price) = (MilliDevices(500), 11 * EXA);
		self.submit(&self.providers[0], pallet_market::Call::offer { key, amount, price }).await?;
		Ok((utc, key))
	}

	/// One batch between the first provider, whose UTC is minted when it ends, and the tenant.
	async fn trade(&mut self, utc: UtcId, key: UtcKey) -> Result<()> {
		self.report.step(
			"provider 1 offers the other half in the batch auction, where it is minted when it is sold",
		);
		let mark = self.client.mark();
		let tick = |price| Tick::at_most(price).map(Tick::number).context("a price off the grid");
		let (ask, bid) = (tick(10 * EXA)?, tick(11 * EXA)?);
		let amount = MilliDevices(500);
		let offer = pallet_market::Call::offer_order { key, tick: ask, amount };
		self.submit(&self.providers[0], offer).await?;
		let order = pallet_market::Call::place_order { utc, side: Side::Bid, tick: bid, amount };
		let events = self.submit(&self.tenant, order).await?;
		let order = find(
			&events,
			event!(Market::pallet_market::Event::OrderPlaced { order, .. } => Some(*order)),
			"order placed",
		)?;
		let (price, volume) = self
			.client
			.wait_for(
				mark,
				PATIENCE,
				"the end of the batch",
				event!(Market::pallet_market::Event::BatchCleared { utc: of, price, volume, .. }
					=> (*of == utc).then_some((*price, *volume))),
			)
			.await?;
		ensure!(volume == 500, "{volume} milli were traded instead of 500");
		ensure!((9 * EXA..=11 * EXA).contains(&price), "a price of {price}, outside both limits");
		let trader = self.tenant.account.clone();
		self.submit(&self.tenant, pallet_market::Call::claim { utc, trader, order }).await?;
		Ok(())
	}

	async fn buy_and_redeem(&mut self, utc: UtcId, machine: MachineId) -> Result<(LeaseId, u64)> {
		self.report
			.step("a tenant buys the listing in two fills and with the second redeems one UTC for a lease");
		let fill = |amount| pallet_market::Purchase {
			listing: ListingId(0),
			amount: MilliDevices(amount),
			max_price: 11 * EXA,
		};
		let pallet_market::Purchase { listing, amount, max_price } = fill(125);
		self.submit(&self.tenant, pallet_market::Call::buy { listing, amount, max_price }).await?;
		let access_key = crypto_box::SecretKey::from_bytes(self.access_secret).public_key();
		let events = self
			.submit(
				&self.tenant,
				pallet_market::Call::buy_and_redeem {
					purchases: BoundedVec::truncate_from(vec![fill(375)]),
					utc,
					redemption: pallet_utc::Redemption {
						hint: Some(machine),
						workload: BoundedVec::truncate_from(b"demo://train/one-window".to_vec()),
						..pallet_utc::Redemption::new(MilliDevices(1_000), *access_key.as_bytes())
					},
				},
			)
			.await?;
		find(
			&events,
			event!(Rfl::pallet_rfl::Event::LeasePlaced { lease, start, .. } => Some((*lease, *start))),
			"lease placed",
		)
	}

	/// A collector that dies costs samples, never the node.
	async fn kill_collector(&mut self) -> Result<()> {
		self.report.step("kill the telemetry collector of service node 1; the node starts another");
		let node = self.services[0].pid();
		let before = network::children(node, "exabits-telemetry");
		let [child] = before[..] else {
			bail!("service node 1 has {} collectors instead of one", before.len())
		};
		network::signal("KILL", child)?;
		for _ in 0..60 {
			tokio::time::sleep(Duration::from_millis(500)).await;
			let now = network::children(node, "exabits-telemetry");
			if now.iter().any(|pid| *pid != child) {
				return self.check_nodes();
			}
		}
		bail!("service node 1 did not start another collector within 30 s")
	}

	async fn serve(&mut self, lease: LeaseId, machine: MachineId, start: u64) -> Result<()> {
		self.report.step("the window begins; the hook provisions the lease and the machine acknowledges it");
		self.client.wait_slot(start, PATIENCE).await?;
		self.running(lease, machine).await?;
		let access: Option<pallet_rfl::Lease<AccountId>> =
			self.client.value(pallet_rfl::Leases::<Runtime>::hashed_key_for(lease)).await?;
		let sealed = access.and_then(|lease| lease.access).context("the lease has no access record")?;
		let opened = crypto_box::SecretKey::from_bytes(self.access_secret)
			.unseal(&sealed)
			.map_err(|_| anyhow::anyhow!("the access record was not encrypted to the tenant's key"))?;
		self.report.fact("access, decrypted by the tenant", String::from_utf8_lossy(&opened).trim());

		self.report.step("telemetry of a finished window is on chain");
		let samples = self
			.client
			.wait_for(0, PATIENCE, "a telemetry report of machine 1", |event| match event {
				RuntimeEvent::Telemetry(pallet_telemetry::Event::TelemetryReported {
					machine: of,
					samples,
					..
				}) if *of == machine => Some(*samples),
				_ => None,
			})
			.await?;
		self.report.fact("samples in machine 1's first report", &samples.to_string());
		Ok(())
	}

	/// What the runtime API tells of a machine's service level.
	async fn compliance(&self, machine: MachineId) -> Result<Compliance<AccountId>> {
		self.client
			.call::<Option<Compliance<AccountId>>>("SlaApi_compliance", &machine)
			.await?
			.with_context(|| format!("nothing is known of machine {machine}"))
	}

	async fn running(&self, lease: LeaseId, machine: MachineId) -> Result<()> {
		self.client
			.wait_for(0, PATIENCE, "the acknowledgement of the lease", |event| match event {
				RuntimeEvent::Rfl(pallet_rfl::Event::LeaseRunning { lease: one, machine: on })
					if *one == lease && *on == machine =>
				{
					Some(())
				}
				_ => None,
			})
			.await
	}

	async fn good_verdict(&mut self, lease: LeaseId, machine: MachineId) -> Result<()> {
		self.report
			.step("the window's first round is measured, committed and revealed; its good verdict pays");
		let paid = self
			.client
			.wait_for(0, PATIENCE, "a reward for the lease", |event| match event {
				RuntimeEvent::Utc(pallet_utc::Event::Rewarded { lease: one, amount, .. })
					if *one == lease =>
				{
					Some(*amount)
				}
				_ => None,
			})
			.await?;
		self.report.money("reward of one good round", paid);
		let measured =
			self.client
				.wait_for(0, PATIENCE, "a passed verdict", |event| match event {
					RuntimeEvent::Sla(pallet_sla::Event::VerdictPassed {
						machine: of, measurement, ..
					}) if *of == machine => Some(*measurement),
					_ => None,
				})
				.await?;
		self.report.fact("what the committee agreed on", &format!("{measured:?}"));
		Ok(())
	}

	/// Ends the node of the first machine with the first round of the window. Returns what is known of it then.
	async fn take_down(&mut self, machine: MachineId, window_start: u64) -> Result<Compliance<AccountId>> {
		self.report.step("service node 1's endpoint goes down when the window's first round is over");
		let (_, timing) = self.client.best().view(TimeViewFunction::<Runtime>::new()).await?;
		self.client.wait_slot(window_start + u64::from(timing.round_slots), PATIENCE).await?;
		let mut broken = self.services.remove(0);
		broken.stop();
		self.compliance(machine).await
	}

	async fn move_lease(
		&mut self,
		lease: LeaseId,
		machines: [MachineId; 2],
		mut before: Compliance<AccountId>,
	) -> Result<()> {
		self.report.step("the next round's bad verdict credits the tenant and moves the lease to machine 2");
		// Probes of a round in which the node went down late may have been answered for the most part.
		let standing = async {
			loop {
				let now = self.compliance(machines[0]).await?;
				let last = now.last.context("no round was judged")?;
				match last.outcome {
					Outcome::Breached
						if last.measurement.is_some_and(|found| found.availability < 500_000) =>
					{
						return Ok::<_, anyhow::Error>((before, now));
					}
					Outcome::Passed => before = now,
					_ => (),
				}
				tokio::time::sleep(Duration::from_millis(500)).await;
			}
		};
		let (before, after) =
			tokio::time::timeout(PATIENCE, standing).await.context("no verdict finds the breach")??;
		ensure!(
			after.score < before.score,
			"the score was {:?} before the breach and is {:?} after it",
			before.score,
			after.score
		);
		for (when, known) in [("before", before), ("after", after)] {
			let breach = known.breach.map_or("unknown".into(), |breach| format!("{breach:?}"));
			self.report.fact(
				&format!("machine 1 {when} the breach"),
				&format!("score {:?}, probability of a breach in the next window {breach}", known.score),
			);
		}

		let credited = self
			.client
			.wait_for(0, PATIENCE, "a credit for the tenant", |event| match event {
				RuntimeEvent::Utc(pallet_utc::Event::Credited { lease: one, amount, .. })
					if *one == lease =>
				{
					Some(*amount)
				}
				_ => None,
			})
			.await?;
		ensure!(credited > 0, "the tenant's credit is nothing");
		self.report.money("credit to the tenant", credited);
		self.client
			.wait_for(0, PATIENCE, "the lease moves to machine 2", |event| match event {
				RuntimeEvent::Rfl(pallet_rfl::Event::LeaseMoved { lease: one, from, to, .. })
					if *one == lease && *from == machines[0] && *to == machines[1] =>
				{
					Some(Ok(()))
				}
				RuntimeEvent::Rfl(pallet_rfl::Event::LeaseCompensated { lease: one, .. })
					if *one == lease =>
				{
					Some(Err(anyhow::anyhow!("the lease was compensated instead of moved")))
				}
				_ => None,
			})
			.await??;
		self.running(lease, machines[1]).await?;
		self.check_nodes()
	}

	async fn close(&mut self, utc: UtcId, key: UtcKey, lease: LeaseId) -> Result<()> {
		self.report.step("the window ends: the lease completes, covers go back, the UTC closes");
		let client = &self.client;
		client
			.wait_for(0, PATIENCE, "the lease completes", |event| match event {
				RuntimeEvent::Rfl(pallet_rfl::Event::LeaseCompleted { lease: one, .. }) if *one == lease => {
					Some(())
				}
				_ => None,
			})
			.await?;
		client
			.wait_for(0, PATIENCE, "the UTC begins to close", |event| match event {
				RuntimeEvent::Utc(pallet_utc::Event::ClosingStarted { utc: one }) if *one == utc => Some(()),
				_ => None,
			})
			.await?;
		client
			.wait_for(0, PATIENCE, "the UTC's asset is destroyed", |event| match event {
				RuntimeEvent::Utc(pallet_utc::Event::Closed { utc: one }) if *one == utc => Some(()),
				_ => None,
			})
			.await?;
		for provider in &self.providers {
			self.submit(provider, pallet_utc::Call::settle { utc, provider: provider.account.clone() })
				.await?;
			let cover = self.hold(&provider.account, COVER).await?;
			ensure!(
				cover == 0,
				"{} still has {cover} locked as cover for window {}",
				provider.name,
				key.window
			);
		}
		let state: Option<pallet_rfl::Lease<AccountId>> =
			self.client.value(pallet_rfl::Leases::<Runtime>::hashed_key_for(lease)).await?;
		let state = state.context("the lease is not on chain")?.state;
		ensure!(state == LeaseState::Completed, "the lease ended as {state:?}");
		Ok(())
	}

	/// What an account holds for a reason.
	async fn hold(&self, who: &AccountId, reason: RuntimeHoldReason) -> Result<u128> {
		let holds: Option<Vec<frame_support::traits::tokens::IdAmount<RuntimeHoldReason, u128>>> =
			self.client.value(pallet_balances::Holds::<Runtime>::hashed_key_for(who)).await?;
		Ok(holds.into_iter().flatten().filter(|hold| hold.id == reason).map(|hold| hold.amount).sum())
	}

	/// Reads every balance and state that the story changes back from the chain.
	async fn record(&mut self, moment: &str) -> Result<()> {
		let mut rows: Vec<(String, String)> = Vec::new();
		let anchors = || self.watchers.iter().chain([&self.liar]);
		let actors = anchors().chain(&self.providers).chain([&self.tenant]);
		for actor in actors {
			let (free, held) = self.client.balance(&actor.account).await?;
			rows.push((format!("{}: free", actor.name), crate::report::exa(free)));
			rows.push((format!("{}: on hold", actor.name), crate::report::exa(held)));
		}
		let anchors_and = anchors().map(|anchor| (anchor, Role::Anchor));
		let bonded = anchors_and.chain(self.providers.iter().map(|provider| (provider, Role::Service)));
		for (actor, role) in bonded {
			let bond: Option<pallet_stake::BondOf<Runtime>> = self
				.client
				.value(pallet_stake::Ledger::<Runtime>::hashed_key_for(&actor.account, role))
				.await?;
			rows.push((
				format!("{}: bond", actor.name),
				crate::report::exa(bond.map_or(0, |bond| bond.active)),
			));
		}
		for anchor in anchors() {
			let accuracy = accuracy(&self.client, anchor).await?;
			rows.push((format!("{}: accuracy", anchor.name), format!("{accuracy:?}")));
		}
		for (name, account) in [
			("insurance pool", exabits_runtime::configs::InsuranceAccount::get()),
			("treasury", exabits_runtime::configs::TreasuryAccount::get()),
		] {
			rows.push((format!("{name}: free"), crate::report::exa(self.client.balance(&account).await?.0)));
		}
		for index in 0..2u32 {
			let machine: Option<pallet_rfl::Machine<AccountId>> =
				self.client.value(pallet_rfl::Machines::<Runtime>::hashed_key_for(MachineId(index))).await?;
			let state: Option<MachineState> = machine.map(|machine| machine.state);
			rows.push((
				format!("machine {}: state", index + 1),
				state.map_or("-".into(), |state| format!("{state:?}")),
			));
			let agreement: Option<pallet_sla::Agreement<AccountId>> = self
				.client
				.value(pallet_sla::Agreements::<Runtime>::hashed_key_for(MachineId(index)))
				.await?;
			rows.push((
				format!("machine {}: agreement", index + 1),
				agreement.map_or("-".into(), |agreement| format!("{:?}", agreement.state)),
			));
			let known: Option<Compliance<AccountId>> =
				self.client.call("SlaApi_compliance", &MachineId(index)).await?;
			rows.push((
				format!("machine {}: compliance score", index + 1),
				known.map_or("-".into(), |known| format!("{:?}", known.score)),
			));
			let record: Option<pallet_telemetry::Record> = self
				.client
				.value(pallet_telemetry::Reports::<Runtime>::hashed_key_for(MachineId(index)))
				.await?;
			rows.push((
				format!("machine {}: telemetry reports", index + 1),
				record.map_or("0".into(), |record| record.count.to_string()),
			));
		}
		let lease: Option<pallet_rfl::Lease<AccountId>> =
			self.client.value(pallet_rfl::Leases::<Runtime>::hashed_key_for(LeaseId(0))).await?;
		rows.push((
			"lease 0".into(),
			lease.map_or("-".into(), |lease| format!("{:?} on machine {}", lease.state, lease.machine.0 + 1)),
		));
		let utc: Option<pallet_utc::UtcRecord> =
			self.client.value(pallet_utc::Utcs::<Runtime>::hashed_key_for(UtcId(0))).await?;
		rows.push(("UTC 0".into(), utc.map_or("-".into(), |utc| format!("{:?}", utc.state))));
		self.report.balances(moment, rows);
		Ok(())
	}

	async fn finish(mut self, state: Option<&std::path::Path>) -> Result<()> {
		self.check_nodes()?;
		self.report.step("stop the network");
		drop(self.services);
		drop(self.anchors);
		self.validator.stop();
		if let Some(file) = state {
			self.report.step("export the chain's last state");
			network::export_state(self.places, "validator", file)?;
		}
		Ok(())
	}
}

/// The demo's provision hook: it makes a folder for the lease and prints what the tenant needs.
fn write_hook(path: &std::path::Path) -> Result<()> {
	use std::os::unix::fs::PermissionsExt;
	std::fs::write(
		path,
		"#!/bin/sh\n\
		 # Provisions a lease: makes it a folder and prints the tenant's access.\n\
		 set -eu\n\
		 place=\"$(dirname \"$0\")/lease-$EXABITS_LEASE-machine-$EXABITS_MACHINE\"\n\
		 if [ \"$EXABITS_EVENT\" = release ]; then rm -rf \"$place\"; exit 0; fi\n\
		 mkdir -p \"$place\"\n\
		 printf '%s\\n' \"$EXABITS_WORKLOAD\" > \"$place/workload\"\n\
		 printf 'lease %s on machine %s, devices %s' \"$EXABITS_LEASE\" \"$EXABITS_MACHINE\" \"$EXABITS_DEVICES\"\n",
	)?;
	std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
	Ok(())
}
