//! An anchor that lies, and what that does to its accuracy.

use super::*;
use codec::Encode;
use exabits_math::merkle;
use exabits_primitives::{Measurement, RoundIndex, SessionIndex};
use exabits_runtime::Anchoring;
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_anchoring::{Call, Event, Finding, Opening, Page, SampleOpening, Samples};
use pallet_clock::Timing;
use std::collections::BTreeSet;
use tokio::task::JoinHandle;

/// What the liar says of each machine: that it did not answer. So there is no answer that it could be asked for.
const LIE: Option<Finding> = Some(Finding {
	measurement: Measurement::UNREACHABLE,
	samples: Samples { root: H256::zero(), answered: 0, sent: 15 },
});

/// An anchor's accuracy before and after the lie.
pub(super) struct Accuracy {
	name: &'static str,
	lied: bool,
	before: Perbill,
	after: Perbill,
}

/// An anchor without a node: this program signs and sends what a node would, and says what it likes.
struct Liar {
	client: Arc<Client>,
	actor: Actor,
	key: anchor::Pair,
	honest: [Actor; 3],
	timing: Timing,
}

/// What a round asks of the liar.
struct Asked {
	session: SessionIndex,
	machines: BTreeSet<MachineId>,
	/// The other members of the machines' committees.
	others: BTreeSet<AccountId>,
}

impl Story<'_> {
	/// Lets the liar lie in the rounds that begin from now on, while the story goes on.
	pub(super) async fn begin_lie(&mut self) -> Result<JoinHandle<Result<Vec<Accuracy>>>> {
		self.report
			.step("a fourth anchor, whose key this program holds, begins to say that machines are down");
		let (_, timing) = self.client.best().view(TimeViewFunction::<Runtime>::new()).await?;
		let (client, actor, honest) = (self.client.clone(), self.liar.clone(), self.watchers.clone());
		let key = anchor::Pair::from_string(&actor.node_uri(ANCHOR), None)?;
		Ok(tokio::spawn(Liar { client, actor, key, honest, timing }.play()))
	}

	/// Waits for what comes of the lie: the liar has lost accuracy, and nobody else has.
	pub(super) async fn end_lie(&mut self, mut lie: JoinHandle<Result<Vec<Accuracy>>>) -> Result<()> {
		self.report
			.step("the lie has cost the fourth anchor accuracy, and it leaves; the others have lost none");
		let told = tokio::time::timeout(PATIENCE, &mut lie).await;
		if told.is_err() {
			lie.abort();
		}
		for Accuracy { name, lied, before, after } in told.context("no committee found the liar out")??? {
			ensure!(
				if lied { after < before } else { after >= before },
				"the accuracy of {name} was {before:?} and is {after:?}"
			);
			let bound = if lied { "less than before" } else { "no less than before" };
			self.report.shown(&format!("{name}: accuracy"), &format!("{before:?}, then {after:?}"), bound);
		}
		Ok(())
	}
}

impl Liar {
	/// Lies until it is found out, and leaves.
	async fn play(self) -> Result<Vec<Accuracy>> {
		let before = self.accuracies().await?;
		let mut mark = self.client.mark();
		while !self.lie(&mut mark).await? {}
		let after = self.accuracies().await?;
		// A round of which it was too late to open anything has cost it some of its bond.
		let bond = pallet_stake::Ledger::<Runtime>::hashed_key_for(&self.actor.account, Role::Anchor);
		let bond: Option<pallet_stake::BondOf<Runtime>> = self.client.value(bond).await?;
		let amount = bond.context("the liar has no bond")?.unreserved();
		let leave = pallet_stake::Call::unbond { role: Role::Anchor, amount };
		self.client.submit(&self.actor.pair, leave).await.context("the liar's unbonding")?;
		let anchors = self.honest.iter().map(|honest| (honest.name, false)).chain([(self.actor.name, true)]);
		let accuracies = anchors.zip(before.into_iter().zip(after));
		Ok(accuracies.map(|((name, lied), (before, after))| Accuracy { name, lied, before, after }).collect())
	}

	/// The accuracy of each honest anchor and of the liar.
	async fn accuracies(&self) -> Result<Vec<Perbill>> {
		let mut accuracies = Vec::new();
		for anchor in self.honest.iter().chain([&self.actor]) {
			accuracies.push(accuracy(&self.client, anchor).await?);
		}
		Ok(accuracies)
	}

	/// Lies in the first round from `mark` on that asks the liar, and moves `mark` on. True if it was found out.
	async fn lie(&self, mark: &mut usize) -> Result<bool> {
		let (client, me) = (&self.client, &self.actor.account);
		let round = client
			.wait_for(*mark, PATIENCE, "a round that asks the liar", |event| match event {
				RuntimeEvent::Anchoring(Event::RoundOpened { round, committee, .. }) => {
					committee.contains(me).then_some(*round)
				}
				_ => None,
			})
			.await?;
		let commits_from = round.end(self.timing.round_slots);
		let reveals_from = commits_from + u64::from(self.timing.commit_slots);
		let samples_from = reveals_from + u64::from(self.timing.reveal_slots);
		client.wait_slot(commits_from, PATIENCE).await?;
		let asked = self.asked(round, *mark)?;
		let opened = std::mem::replace(mark, client.mark());

		// Where another member's commitment is missing the lie could decide the round: then the liar keeps out of it.
		let mut missing = asked.others.clone();
		let others = self.until(reveals_from - 1, opened, |event| {
			if let Some(anchor) = committed(event, round) {
				missing.remove(anchor);
			}
			missing.is_empty()
		});
		if !others.await? {
			return Ok(false);
		}

		let entries = asked.machines.iter().map(|machine| (*machine, LIE)).collect();
		let entries = Page::truncate_from(entries);
		let opening = Opening { page: 0, entries, salt: H256::random().0, proof: Default::default() };
		let (root, commitment, reveal) = self.as_chain(|| {
			let Opening { page, entries, salt, .. } = &opening;
			let root = Anchoring::leaf(me, asked.session, round, *page, entries, salt);
			let commitment = Anchoring::commit_payload(me, asked.session, round, &root, 1);
			(root, commitment, Anchoring::reveal_payload(me, asked.session, round, &opening))
		});
		let (anchor, signature) = (me.clone(), self.key.sign(&commitment));
		self.send(Call::commit { anchor, round, root, pages: 1, signature }).await?;
		if !self.until(reveals_from, opened, |event| committed(event, round) == Some(me)).await? {
			return Ok(false);
		}
		client.wait_slot(reveals_from, PATIENCE).await?;
		let (anchor, signature) = (me.clone(), self.key.sign(&reveal));
		self.send(Call::reveal { anchor, round, opening: opening.clone(), signature }).await?;
		client.wait_slot(samples_from, PATIENCE).await?;
		self.open(round, asked.session, opening).await?;
		self.found_out(round, asked.machines, opened).await
	}

	/// What the round asks of the liar, by its openings since `mark`.
	fn asked(&self, round: RoundIndex, mark: usize) -> Result<Asked> {
		let me = &self.actor.account;
		let mut asked: Option<Asked> = None;
		for event in self.client.since(mark) {
			let RuntimeEvent::Anchoring(Event::RoundOpened { machine, round: of, session, committee }) =
				event
			else {
				continue;
			};
			if of == round && committee.contains(me) {
				let (machines, others) = Default::default();
				let asked = asked.get_or_insert(Asked { session, machines, others });
				asked.machines.insert(machine);
				asked.others.extend(committee.into_iter().filter(|member| member != me));
			}
		}
		asked.context("the round asks nothing of the liar")
	}

	/// Opens the entry that the chain has chosen: the pool takes no other, and none where no block came in time to choose.
	async fn open(&self, round: RoundIndex, session: SessionIndex, page: Opening) -> Result<()> {
		let me = &self.actor.account;
		let leaves: Vec<H256> = page.entries.iter().map(|entry| entry.using_encoded(merkle::leaf)).collect();
		let entries = u16::try_from(leaves.len())?;
		for (index, entry) in page.entries.into_iter().enumerate() {
			let opening = SampleOpening {
				entries,
				entry,
				entry_proof: BoundedVec::truncate_from(merkle::proof(&leaves, index)),
				salt: page.salt,
				page_proof: Default::default(),
				sample: None,
			};
			let payload = self.as_chain(|| Anchoring::sample_payload(me, session, round, &opening));
			let (anchor, signature) = (me.clone(), self.key.sign(&payload));
			if self.send(Call::open_sample { anchor, round, opening, signature }).await.is_ok() {
				break;
			}
		}
		Ok(())
	}

	/// Waits until the round is settled for all `machines`. True if the committee of one has found the liar inaccurate.
	async fn found_out(
		&self,
		round: RoundIndex,
		mut machines: BTreeSet<MachineId>,
		mark: usize,
	) -> Result<bool> {
		self.client
			.wait_for(mark, PATIENCE, "the end of the liar's round", |event| match event {
				RuntimeEvent::Anchoring(
					Event::RoundSettled { machine, round: of, .. }
					| Event::RoundVoided { machine, round: of },
				) if *of == round => {
					machines.remove(machine);
					machines.is_empty().then_some(())
				}
				_ => None,
			})
			.await?;
		// The log grows by whole blocks: what follows from the settlement is in it.
		Ok(self.client.since(mark).iter().any(|event| match event {
			RuntimeEvent::Anchoring(Event::AnchorInaccurate { anchor, round: of, .. }) => {
				*anchor == self.actor.account && *of == round
			}
			_ => false,
		}))
	}

	/// Whether `done` holds of an event from `mark` on before the chain's slot is `slot`.
	async fn until(
		&self,
		slot: u64,
		mark: usize,
		mut done: impl FnMut(&RuntimeEvent) -> bool,
	) -> Result<bool> {
		let wanted = |event: &RuntimeEvent| done(event).then_some(());
		tokio::select! {
			seen = self.client.wait_for(mark, PATIENCE, "a commitment", wanted) => seen.map(|()| true),
			over = self.client.wait_slot(slot, PATIENCE) => over.map(|()| false),
		}
	}

	/// Runs the pallet's own code as on this chain: what it makes for signing binds the genesis hash.
	fn as_chain<R>(&self, run: impl FnOnce() -> R) -> R {
		sp_io::TestExternalities::default().execute_with(|| {
			frame_system::BlockHash::<Runtime>::insert(0, self.client.genesis());
			run()
		})
	}

	async fn send(&self, call: Call<Runtime>) -> Result<()> {
		let call = RuntimeCall::from(call);
		let transaction =
			<Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction(call);
		self.client.send(&transaction.encode()).await.context("the liar's transaction")
	}
}

/// The anchor that has committed for the round.
fn committed(event: &RuntimeEvent, round: RoundIndex) -> Option<&AccountId> {
	match event {
		RuntimeEvent::Anchoring(Event::Committed { anchor, round: of, .. }) if *of == round => Some(anchor),
		_ => None,
	}
}
