//! Slashes for a breach: one that is appealed against and cancelled by a jury, and one that is applied.

use super::*;
use exabits_primitives::SlashId;
use pallet_stake::{Call, Event};

/// What a jury has decided.
struct Decision {
	committee: usize,
	jurors: usize,
	votes: usize,
}

impl Story<'_> {
	/// The first slash is appealed against; the machine stays down, and the next one is left to stand.
	pub(super) async fn slash(&mut self, machine: MachineId) -> Result<()> {
		self.report
			.step("a second committee confirms the breach: the slash is deferred, and provider 1 appeals");
		let appealed = self.confirmed(machine, None).await?;
		let events = self.submit(&self.providers[0], Call::appeal { slash: appealed }).await?;
		let deposit = find(
			&events,
			event!(Stake::Event::Appealed { slash, deposit, .. } => (*slash == appealed).then_some(*deposit)),
			"appealed",
		)?;
		ensure!(
			self.hold(&self.providers[0].account, APPEAL).await? == deposit,
			"the deposit is not on hold"
		);
		self.report.money("deposit of the appeal", deposit);

		self.report.step(
			"anchors that had no part in it are drawn as the jury and cancel the slash; \
			 machine 1 stays down, and the next one is applied",
		);
		let (decision, applied) =
			tokio::try_join!(self.decide(appealed), self.next_slash(machine, appealed))?;
		let Decision { committee, jurors, votes } = decision;
		self.report.shown(
			"jury: members",
			&jurors.to_string(),
			&format!("more than a committee's {committee}, none of them a finder"),
		);
		self.report.shown("jury: votes to cancel", &votes.to_string(), "more than half");
		ensure!(self.hold(&self.providers[0].account, APPEAL).await? == 0, "the deposit is still on hold");
		let (once, amount) = applied;
		let times = |slash: SlashId| {
			let events = self.client.since(0);
			let of = event!(Stake::Event::SlashApplied { slash: one, .. } => (*one == slash).then_some(()));
			events.iter().filter_map(of).count()
		};
		let counts = (times(appealed), times(once));
		ensure!(counts == (0, 1), "the slashes were applied {counts:?} times");
		self.report.shown("slash that was cancelled: applied", "0 times", "never");
		self.report.shown("slash that stands: applied", "1 time", "once");
		self.report.money("slash", amount);
		Ok(())
	}

	/// The first slash for a breach of the machine but `other`.
	async fn confirmed(&self, machine: MachineId, other: Option<SlashId>) -> Result<SlashId> {
		self.client
			.wait_for(0, PATIENCE, "the confirmation of a breach", |event| match event {
				RuntimeEvent::Sla(pallet_sla::Event::BreachConfirmed { machine: of, id, .. })
					if *of == machine && Some(*id) != other =>
				{
					Some(*id)
				}
				_ => None,
			})
			.await
	}

	/// Waits for the jury, and lets as many of it vote as are needed to cancel the slash.
	async fn decide(&self, slash: SlashId) -> Result<Decision> {
		let (_, timing) = self.client.best().view(TimeViewFunction::<Runtime>::new()).await?;
		let committee = usize::try_from(timing.committee_size)?;
		let drawn =
			event!(Stake::Event::JuryDrawn { slash: of, jury } => (*of == slash).then(|| jury.clone()));
		let jury = self.client.wait_for(0, PATIENCE, "the jury", drawn).await?;
		let finders: Option<Vec<AccountId>> =
			self.client.value(pallet_stake::Recused::<Runtime>::hashed_key_for(slash)).await?;
		let finders = finders.unwrap_or_default();
		ensure!(finders.len() >= committee, "the finders of the breach are not known: {finders:?}");
		ensure!(jury.len() > committee, "a jury of {}", jury.len());
		ensure!(!jury.iter().any(|juror| finders.contains(juror)), "a finder is in the jury");

		let votes = jury.len() / 2 + 1;
		let known = self.watchers.iter().chain(&self.jurors).chain([&self.liar]);
		let voters: Vec<&Actor> = known.filter(|actor| jury.contains(&actor.account)).take(votes).collect();
		ensure!(voters.len() == votes, "somebody unknown is in the jury");
		let vote = |juror| self.submit(juror, Call::vote { slash, cancel: true });
		let events = futures::future::try_join_all(voters.into_iter().map(vote)).await?.concat();
		find(
			&events,
			event!(Stake::Event::SlashCancelled { slash: of } => (*of == slash).then_some(())),
			"slash cancelled",
		)?;
		Ok(Decision { committee, jurors: jury.len(), votes })
	}

	/// The slash after `first`, once it is applied, and what it took.
	async fn next_slash(&self, machine: MachineId, first: SlashId) -> Result<(SlashId, u128)> {
		let next = self.confirmed(machine, Some(first)).await?;
		let bond_key =
			pallet_stake::Ledger::<Runtime>::hashed_key_for(&self.providers[0].account, Role::Service);
		let before: Option<pallet_stake::BondOf<Runtime>> = self.client.value(bond_key.clone()).await?;
		let applied =
			event!(Stake::Event::SlashApplied { slash, amount, .. } => (*slash == next).then_some(*amount));
		let amount = self.client.wait_for(0, PATIENCE, "the slash is applied", applied).await?;
		ensure!(amount > 0, "the slash took nothing");
		let after: Option<pallet_stake::BondOf<Runtime>> = self.client.value(bond_key).await?;
		let (before, after) = (before.context("no bond")?.active, after.context("no bond")?.active);
		ensure!(
			before >= after + amount,
			"the bond was {before} before the slash of {amount} and {after} after it"
		);
		Ok((next, amount))
	}
}
