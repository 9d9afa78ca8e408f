//! Malicious and unlucky parties on a network of real nodes: honest ones lose nothing, and the faulty ones pay.
//!
//! One validator, three honest anchors and one service node are real nodes. Two more anchors and what stands in front of
//! one machine are malicious, and played here. Five anchors make a committee, so that the two are a minority of each.
//!
//! | round | the first villain | the second | what breaks |
//! |---|---|---|---|
//! | 1 | lies | commits and does not reveal | |
//! | 2 | lies with the second | lies with the first | the pool is flooded |
//! | 3 | copies an honest commitment | commits to garbage | an anchor restarts between commitment and reveal |
//! | 4 | lies | is silent | the service node restarts; telemetry is replayed |
//! | 5 | lies with the second | lies with the first | the validator restarts |
//!
//! Beside that one machine passes its test and then makes up its challenges, and the hook of another hangs.

mod cheat;
mod http;
mod network;
mod scene;
mod villain;

use anyhow::{bail, ensure, Context, Result};
use exabits_primitives::{LeaseId, MachineId, Measurement, Role, RoundIndex};
use exabits_runtime::{AccountId, RuntimeCall, RuntimeEvent};
use futures::{stream, StreamExt};
use network::heights;
use pallet_anchoring::{Event as Anchored, Finding, Samples, Standing};
use pallet_telemetry::Call as Report;
use scene::{Scene, CHEAT, HONEST, PATIENCE};
use std::{
	collections::BTreeSet,
	time::{Duration, Instant},
};
use villain::{calls_in, commitment_of, transaction, Sealed, Villain};

/// Forged commitments that the pool is flooded with.
const FORGED: u32 = 3_000;
/// Copies of a valid commitment that come after it, and as many of others in its place.
const REPEATED: u32 = 500;
/// The pool may know a block so much later than clients do; what comes too early for it is banned.
const POOL_SLOTS: u64 = 1;
/// Faults are played in so many rounds.
const ROUNDS: u32 = 5;
/// The machines measured: that of the honest provider, that with the hanging hook, the cheat.
const MACHINES: [MachineId; 3] = [HONEST, scene::HANGING, CHEAT];
/// What the honest provider's and the hanging machine's lease came to be.
type Leases = [LeaseId; 2];

/// Says that a machine cannot be reached.
fn lie(_: MachineId) -> Finding {
	Finding { measurement: Measurement::UNREACHABLE, samples: Samples { sent: 60, ..Default::default() } }
}

/// Praises the cheat, and says of all others that they cannot be reached.
fn collude(machine: MachineId) -> Finding {
	let praise = Measurement {
		availability: 1_000_000,
		latency_p50: 1,
		latency_p99: 1,
		bandwidth: u32::MAX,
		error_rate: Some(0),
		performance: Some(100_000_000),
	};
	if machine == CHEAT {
		Finding { measurement: praise, samples: Samples { root: [1; 32].into(), answered: 60, sent: 60 } }
	} else {
		lie(machine)
	}
}

/// Says what no measurement can say.
fn garbage(machine: MachineId) -> Finding {
	Finding { measurement: Measurement { availability: u32::MAX, ..Default::default() }, ..lie(machine) }
}

impl Scene {
	/// Lets a villain commit to what it says of all machines.
	async fn commit(
		&self,
		villain: &Villain,
		round: RoundIndex,
		says: impl Fn(MachineId) -> Finding,
	) -> Result<Sealed> {
		self.client.wait_slot(self.commits_from(round) + POOL_SLOTS, PATIENCE).await?;
		let genesis = self.client.genesis();
		let sealed = villain.seal(genesis, self.session_of(round).await?, round, &MACHINES, says);
		self.client.send(&villain.commitment(genesis, round, &sealed)).await?;
		self.committed(&villain.account, round).await?;
		Ok(sealed)
	}

	/// Waits until an anchor has committed.
	async fn committed(&self, anchor: &AccountId, round: RoundIndex) -> Result<()> {
		let what = format!("the commitment of {anchor} for round {round}");
		let wanted = |event: &RuntimeEvent| match event {
			RuntimeEvent::Anchoring(Anchored::Committed { anchor: by, round: of, .. })
				if by == anchor && *of == round =>
			{
				Some(())
			}
			_ => None,
		};
		self.client.wait_for(0, PATIENCE, &what, wanted).await
	}

	/// Waits until an anchor has opened its sample.
	async fn opened(&self, anchor: &AccountId, round: RoundIndex) -> Result<()> {
		let what = format!("the sample of {anchor} for round {round}");
		let wanted = |event: &RuntimeEvent| match event {
			RuntimeEvent::Anchoring(Anchored::SampleOpened { anchor: by, round: of, .. })
				if by == anchor && *of == round =>
			{
				Some(())
			}
			_ => None,
		};
		self.client.wait_for(0, PATIENCE, &what, wanted).await
	}

	/// Lets a villain reveal what it has committed to, and open what of it can be opened.
	async fn reveal(&self, villain: &Villain, round: RoundIndex, sealed: &Sealed) -> Result<()> {
		self.client.wait_slot(self.reveals_from(round) + POOL_SLOTS, PATIENCE).await?;
		let genesis = self.client.genesis();
		self.client.send(&villain.reveal(genesis, round, sealed)).await?;
		self.client.wait_slot(self.samples_from(round) + POOL_SLOTS, PATIENCE).await?;
		for opening in villain.openings(genesis, round, sealed) {
			// All but what was chosen are refused.
			let _ = self.client.send(&opening).await;
		}
		Ok(())
	}

	/// Fails unless the node refuses the transaction for `reason`.
	async fn refused(&self, transaction: &[u8], reason: &str) -> Result<()> {
		self.refused_for(transaction, &[reason]).await
	}

	/// Fails unless the node refuses the transaction for one of these reasons.
	async fn refused_for(&self, transaction: &[u8], reasons: &[&str]) -> Result<()> {
		match self.client.send(transaction).await {
			Ok(()) => bail!("the pool has taken what it should refuse for {reasons:?}"),
			Err(error) => {
				let text = format!("{error:?}");
				let expected = reasons.iter().any(|reason| text.contains(reason));
				ensure!(expected, "refused, but not for {reasons:?}: {text}");
				Ok(())
			}
		}
	}

	/// Both villains say the same of a round.
	async fn lie_together(&self, round: RoundIndex) -> Result<()> {
		let [first, second] = &self.villains;
		let sealed =
			futures::try_join!(self.commit(first, round, collude), self.commit(second, round, collude))?;
		futures::try_join!(self.reveal(first, round, &sealed.0), self.reveal(second, round, &sealed.1))?;
		Ok(())
	}

	/// Floods the pool while anchors commit for a round: none of it gets in, and blocks go on.
	async fn flood(&self, round: RoundIndex) -> Result<()> {
		let villain = &self.villains[0];
		self.client.wait_slot(self.commits_from(round) + POOL_SLOTS, PATIENCE).await?;
		let (genesis, session) = (self.client.genesis(), self.session_of(round).await?);
		let (before, _) = heights(&self.client).await?;
		let begun = Instant::now();
		let forged = (0..FORGED).map(|number| {
			let victim = &self.honest[number as usize % self.honest.len()];
			villain.forged(round, victim.account.clone(), number)
		});
		let taken = self.send_all(forged).await;
		ensure!(taken == 0, "the pool took {taken} forged commitments");
		self.committed(&villain.account, round).await?;
		let own = villain.seal(genesis, session, round, &MACHINES, collude);
		let copy = villain.commitment(genesis, round, &own);
		let others = (0..REPEATED).map(|number| {
			let root = sp_core::H256::from_low_u64_be(number.into());
			villain.commitment_to(genesis, session, round, root, 1)
		});
		let taken = self.send_all((0..REPEATED).map(|_| copy.clone()).chain(others)).await;
		ensure!(taken == 0, "the pool took {taken} commitments after the first");
		let (after, _) = heights(&self.client).await?;
		let slots = u32::try_from(begun.elapsed().as_secs() / 2)?;
		println!(
			"{} transactions in {:?}: {} blocks",
			FORGED + 2 * REPEATED,
			begun.elapsed(),
			after - before
		);
		ensure!((after - before) * 2 >= slots, "{} blocks in {slots} slots of a flood", after - before);
		Ok(())
	}

	/// How many of the transactions the pool takes.
	async fn send_all(&self, transactions: impl Iterator<Item = Vec<u8>>) -> usize {
		stream::iter(transactions)
			.map(|bytes| async move { self.client.send(&bytes).await })
			.buffer_unordered(32)
			.filter(|sent| std::future::ready(sent.is_ok()))
			.count()
			.await
	}

	/// The first villain commits to what an honest anchor has committed to, and later reveals what that reveals.
	async fn copy(&self, round: RoundIndex) -> Result<()> {
		let [villain, _] = &self.villains;
		let victim = &self.honest[1].account;
		self.committed(victim, round).await?;
		let theirs = commitment_of(&self.client, victim, round).await?.context("no commitment")?;
		let (genesis, session) = (self.client.genesis(), self.session_of(round).await?);
		let copy = villain.commitment_to(genesis, session, round, theirs.root, theirs.pages);
		self.client.send(&copy).await?;
		self.committed(&villain.account, round).await?;

		self.client.wait_slot(self.reveals_from(round) + POOL_SLOTS, PATIENCE).await?;
		let opening = self
			.call_from(self.reveals_from(round), |call| match call {
				RuntimeCall::Anchoring(pallet_anchoring::Call::reveal {
					anchor, round: of, opening, ..
				}) if anchor == victim && *of == round => Some(opening.clone()),
				_ => None,
			})
			.await?;
		let reveal = villain.reveal_of(genesis, session, round, opening);
		self.refused(&reveal, "Custom error: 2").await?;
		// What is public now nobody can commit to any more.
		let late = self.villains[1].commitment_to(genesis, session, round, theirs.root, theirs.pages);
		self.refused(&late, "outdated").await
	}

	/// The second villain commits to what no measurement can say.
	async fn reveal_garbage(&self, round: RoundIndex) -> Result<()> {
		let [_, villain] = &self.villains;
		let sealed = self.commit(villain, round, garbage).await?;
		self.client.wait_slot(self.reveals_from(round) + POOL_SLOTS, PATIENCE).await?;
		let genesis = self.client.genesis();
		self.refused(&villain.reveal(genesis, round, &sealed), "Custom error: 3").await?;
		// Nor something that it has not committed to.
		let honest = villain.seal(genesis, self.session_of(round).await?, round, &MACHINES, lie);
		self.refused(&villain.reveal(genesis, round, &honest), "Custom error: 2").await
	}

	/// The honest machine's latest report is sent again, and as that of another machine.
	async fn replay_telemetry(&self) -> Result<()> {
		let wanted = |call: &RuntimeCall| match call {
			RuntimeCall::Telemetry(report @ Report::report { machine, .. }) if *machine == HONEST => {
				Some(report.clone())
			}
			_ => None,
		};
		// It came after the current window had begun.
		let window =
			self.client.slot().await? / u64::from(scene::WINDOW_SLOTS) * u64::from(scene::WINDOW_SLOTS);
		let mut report = self.call_from(window, wanted).await?;
		// The pool remembers for a while what it has seen in a block.
		self.refused_for(&transaction(report.clone()), &["temporarily banned", "outdated"]).await?;
		if let Report::report { machine, .. } = &mut report {
			*machine = scene::THIEF;
		}
		self.refused(&transaction(report), "bad signature").await
	}

	/// Waits for the first call that `wanted` finds something in, in the blocks from a slot on.
	async fn call_from<R>(&self, slot: u64, wanted: impl Fn(&RuntimeCall) -> Option<R>) -> Result<R> {
		let (best, _) = heights(&self.client).await?;
		// There are at most as many blocks as slots.
		let back = self.client.slot().await?.saturating_sub(slot);
		let mut next = best.saturating_sub(u32::try_from(back).unwrap_or(u32::MAX)).max(1);
		let begun = Instant::now();
		while begun.elapsed() < PATIENCE {
			while next <= heights(&self.client).await?.0 {
				if let Some(found) = calls_in(&self.client, next).await?.iter().find_map(&wanted) {
					return Ok(found);
				}
				next += 1;
			}
			tokio::time::sleep(Duration::from_millis(200)).await;
		}
		bail!("no such call within {} s", PATIENCE.as_secs())
	}

	/// Rounds 1 and 2.
	async fn lies(&self, first: RoundIndex) -> Result<()> {
		let [one, other] = &self.villains;
		let sealed = futures::try_join!(self.commit(one, first, lie), self.commit(other, first, lie))?;
		self.reveal(one, first, &sealed.0).await?;
		let second = scene::after(first, 1);
		futures::try_join!(self.lie_together(second), self.flood(second))?;
		Ok(())
	}

	/// Round 3, in which an anchor that has committed restarts before it reveals.
	async fn copies_and_garbage(&mut self, round: RoundIndex) -> Result<()> {
		let restarted = self.honest[0].account.clone();
		let restart = async {
			self.committed(&restarted, round).await?;
			self.anchors[0].lock().await.restart().await
		};
		futures::try_join!(self.copy(round), self.reveal_garbage(round), restart)?;
		Ok(())
	}

	/// Round 4, in the second half of which the service node restarts: no device is challenged then.
	async fn restart_service(&mut self, round: RoundIndex) -> Result<()> {
		self.client.wait_slot(self.commits_from(round) - 4, PATIENCE).await?;
		self.check_service().await?;
		self.service.restart().await?;
		self.replay_telemetry().await?;
		let [villain, _] = &self.villains;
		let sealed = self.commit(villain, round, lie).await?;
		self.reveal(villain, round, &sealed).await
	}

	/// Round 5, in which the validator restarts before the round before is settled.
	async fn restart_validator(&mut self, round: RoundIndex) -> Result<()> {
		for party in &self.honest {
			self.opened(&party.account, scene::before(round)).await?;
		}
		let metrics = self.service.scrape().await?;
		ensure!(value(&metrics, "exabits_service_leases")? > 0.0, "the honest machine's lease is not held");
		let (before, _) = heights(&self.client).await?;
		let slot = self.client.slot().await?;
		self.validator.restart().await?;
		self.client = self.validator.client().await?;
		self.client.wait_slot(slot + 1, PATIENCE).await?;
		let (after, _) = heights(&self.client).await?;
		ensure!(after > before, "the chain fell back from block {before} to {after}");
		self.lie_together(round).await
	}

	/// What the service node counts while it serves.
	async fn check_service(&self) -> Result<()> {
		let metrics = self.service.scrape().await?;
		for name in ["reports_total", "challenges_committed_total", "requests_served_total"] {
			ensure!(value(&metrics, &format!("exabits_service_{name}"))? > 0.0, "no {name}");
		}
		Ok(())
	}

	/// What the honest anchors count. They look at the chain now and then.
	async fn check_anchors(&self) -> Result<()> {
		let expected = f64::from(ROUNDS) * MACHINES.len() as f64;
		for anchor in &self.anchors {
			let begun = Instant::now();
			let metrics = loop {
				let metrics = anchor.lock().await.scrape().await?;
				let rounds = value(&metrics, "exabits_anchor_rounds_total")?;
				if rounds >= expected {
					break metrics;
				}
				ensure!(begun.elapsed() < PATIENCE, "{rounds} of {expected} rounds");
				tokio::time::sleep(Duration::from_secs(1)).await;
			};
			let of = |name: &str| value(&metrics, &format!("exabits_anchor_{name}"));
			for name in ["misses_total", "withheld_total", "forged_total"] {
				ensure!(of(name)? == 0.0, "{}: {name}", of(name)?);
			}
			ensure!(of("accuracy_ratio")? == 1.0, "an accuracy of {}", of("accuracy_ratio")?);
			ensure!(of("probe_latency_seconds_count")? > 0.0, "no latency");
		}
		Ok(())
	}

	/// Honest parties have lost nothing, faulty ones have paid, and the chain went on.
	async fn check(&self, first: RoundIndex, leases: Leases) -> Result<()> {
		let events = self.client.since(0);
		let last = scene::after(first, ROUNDS - 1);
		let played = |round: &RoundIndex| (first..=last).contains(round);
		let honest = |who: &AccountId| self.honest.iter().any(|party| party.account == *who);
		let [liar, quitter] = [&self.villains[0].account, &self.villains[1].account];
		let (mut caught, mut withheld) = ([BTreeSet::new(), BTreeSet::new()], [0, 0]);
		let (mut passed, mut breaches, mut confirmed, mut rewarded) = (0, 0, None, 0);
		let (mut compensated, mut slashed) = (0, Vec::new());
		for event in &events {
			match event {
				RuntimeEvent::Anchoring(Anchored::AnchorInaccurate { anchor, round, .. }) => {
					ensure!(!honest(anchor) || !played(round), "{event:?}");
					for (caught, _) in
						caught.iter_mut().zip([liar, quitter]).filter(|(_, one)| *one == anchor)
					{
						caught.insert(*round);
					}
				}
				RuntimeEvent::Anchoring(Anchored::AnchorForged { anchor, round, .. }) => {
					ensure!(!honest(anchor), "{event:?}");
					for (caught, _) in
						caught.iter_mut().zip([liar, quitter]).filter(|(_, one)| *one == anchor)
					{
						caught.insert(*round);
					}
				}
				RuntimeEvent::Anchoring(Anchored::AnchorMissed { anchor, round, slash, .. }) => {
					ensure!(!honest(anchor) || !played(round), "{event:?}");
					for (count, villain) in withheld.iter_mut().zip([liar, quitter]) {
						*count += usize::from(anchor == villain && slash.is_some());
					}
				}
				RuntimeEvent::Sla(pallet_sla::Event::VerdictPassed { machine, .. }) => {
					passed += usize::from(*machine == HONEST);
				}
				RuntimeEvent::Sla(pallet_sla::Event::VerdictBreached { machine, .. }) => {
					ensure!(*machine == CHEAT, "{event:?}");
					breaches += 1;
				}
				RuntimeEvent::Sla(pallet_sla::Event::RoundMissing { machine, round, .. }) => {
					ensure!(*machine != HONEST || !played(round), "{event:?}");
				}
				RuntimeEvent::Sla(pallet_sla::Event::BreachConfirmed { machine, id, .. }) => {
					ensure!(*machine == CHEAT, "{event:?}");
					confirmed = confirmed.or(Some(*id));
				}
				RuntimeEvent::Utc(pallet_utc::Event::Rewarded { lease, amount, .. })
					if *lease == leases[0] =>
				{
					rewarded += amount;
				}
				RuntimeEvent::Rfl(pallet_rfl::Event::LeaseCompensated { lease, .. }) => {
					ensure!(*lease == leases[1], "{event:?}");
					compensated += 1;
				}
				RuntimeEvent::Stake(pallet_stake::Event::SlashApplied { who, amount, slash, .. }) => {
					slashed.push((who.clone(), *amount, *slash));
				}
				_ => (),
			}
		}
		println!(
			"caught {caught:?}, withheld {withheld:?}, passed {passed}, breaches {breaches}, slashed {slashed:?}"
		);

		// The villains: what they said counted in no round, and what they did not reveal cost them stake.
		ensure!(caught[0].len() == 4 && caught[1].len() == 2, "caught in the rounds {caught:?}");
		ensure!(withheld == [1, 2], "{withheld:?} commitments were not revealed");
		for villain in [liar, quitter] {
			let standing = self.standing(villain).await?;
			ensure!(!standing.accuracy.is_one(), "{standing:?}");
			ensure!(slashed.iter().any(|(who, amount, _)| who == villain && *amount > 0), "no slash applied");
			ensure!(self.bond(villain, Role::Anchor).await? < scene::ANCHOR_BOND, "a whole bond");
		}
		// The cheat.
		let confirmed = confirmed.context("no second committee has confirmed the cheat's breach")?;
		ensure!(breaches >= 2 && self.cheat.cheated() > 0, "{breaches} breaches");
		let cheat = self.provider_of(CHEAT);
		ensure!(slashed.iter().any(|(who, amount, id)| who == cheat && *amount > 0 && *id == confirmed));
		// The hanging hook's lease.
		ensure!(compensated == 1, "{compensated} tenants were compensated");

		// The honest.
		ensure!(passed >= 3 && rewarded > 0, "{passed} rounds passed, {rewarded} was paid");
		let provider = self.provider_of(HONEST);
		ensure!(!slashed.iter().any(|(who, ..)| honest(who) || who == provider), "{slashed:?}");
		let mut earned = Vec::new();
		for party in &self.honest {
			let standing = self.standing(&party.account).await?;
			let Standing { accuracy, agreed, missed, withheld, forged, owed } = standing;
			ensure!(accuracy.is_one() && missed + withheld + forged == 0, "{standing:?}");
			ensure!(agreed >= ROUNDS * 3, "{standing:?}");
			ensure!(self.bond(&party.account, Role::Anchor).await? == scene::ANCHOR_BOND, "less of a bond");
			earned.push(owed);
		}
		ensure!(earned[0] > 0 && earned.iter().all(|one| *one == earned[0]), "{earned:?}");
		for villain in [liar, quitter] {
			let owed = self.standing(villain).await?.owed;
			ensure!(owed < earned[0], "a villain has earned {owed}, the honest {earned:?}");
		}

		let (best, finalised) = heights(&self.client).await?;
		ensure!(best - finalised < 20, "block {best} is the best and {finalised} the last final one");
		Ok(())
	}
}

/// The value of a metric, in the text that Prometheus reads.
fn value(text: &str, name: &str) -> Result<f64> {
	let line =
		text.lines().find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])));
	let line = line.with_context(|| format!("no metric {name}"))?;
	Ok(line.rsplit(' ').next().context("no value")?.parse()?)
}

async fn play(scene: &mut Scene) -> Result<()> {
	let (template, first) = scene.begin().await?;
	let (_, began) = heights(&scene.client).await?;
	let (leases, ()) = futures::try_join!(scene.lease(template), scene.lies(first))?;
	scene.copies_and_garbage(scene::after(first, 2)).await?;
	scene.restart_service(scene::after(first, 3)).await?;
	scene.restart_validator(scene::after(first, 4)).await?;
	scene.settled(scene::after(first, 4)).await?;
	scene.cheat_slashed().await?;
	scene.check_nodes()?;
	scene.check(first, leases).await?;
	scene.check_anchors().await?;
	let (_, now) = heights(&scene.client).await?;
	println!("{} blocks became final while faults were played", now - began);
	Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs the node: scripts/test.sh builds it and runs this"]
async fn honest_parties_lose_nothing_to_faulty_ones() -> Result<()> {
	let mut scene = Scene::set().await?;
	let played = play(&mut scene).await;
	if played.is_err() {
		println!("logs: {}", scene.keep().display());
	}
	played
}
