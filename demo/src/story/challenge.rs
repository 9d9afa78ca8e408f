//! The compute challenge that machines under test have to pass.

use super::*;
use exabits_primitives::{apis::ChallengeDuty, Measurement, RoundOutcome};

/// The least that a machine's device does of what its class says, in parts per million. Two machines share the cores
/// of this one with the rest of the network, and a challenge that is answered in time comes to more.
pub(super) const LEAST_PERFORMANCE: u32 = 200_000;

impl Story<'_> {
	/// What the machine is challenged with while it is under test, as the chain derives it. `mark` is from before.
	async fn duty(&self, machine: MachineId, mark: usize) -> Result<ChallengeDuty> {
		self.client
			.wait_for(mark, PATIENCE, "a round of the machine under test", |event| match event {
				RuntimeEvent::Anchoring(pallet_anchoring::Event::RoundOpened { machine: of, .. })
					if *of == machine =>
				{
					Some(())
				}
				_ => None,
			})
			.await?;
		let duties: Vec<ChallengeDuty> = self.client.call("RolesApi_challenges", &vec![machine]).await?;
		duties.into_iter().next().with_context(|| format!("machine {machine} is not challenged in its test"))
	}

	/// Tests the machines, and tells their challenge and what their committees have found of it.
	pub(super) async fn challenge(&mut self, machines: [MachineId; 2], hashes: [H256; 2]) -> Result<()> {
		self.report.step("anchors test the machines for one round, with a compute challenge");
		let mark = self.client.mark();
		self.start_tests(machines, hashes).await?;
		let ChallengeDuty { n, links, memory, reference_millis, limit_millis, .. } =
			self.duty(machines[0], mark).await?;
		self.report.fact(
			"challenge of each device",
			&format!(
				"{links} dependent products of {n} x {n} over {} MiB; reference {reference_millis} ms, limit {limit_millis} ms",
				memory >> 20,
			),
		);
		self.pass_tests(machines).await?;
		for (index, machine) in machines.into_iter().enumerate() {
			let performance = self
				.client
				.wait_for(mark, PATIENCE, "the result of a challenge", |event| match event {
					RuntimeEvent::Anchoring(pallet_anchoring::Event::RoundSettled {
						machine: of,
						outcome: RoundOutcome::Measured(Measurement { performance: Some(performance), .. }),
						..
					}) if *of == machine => Some(*performance),
					_ => None,
				})
				.await?;
			ensure!(
				performance >= LEAST_PERFORMANCE,
				"machine {machine} does {performance} ppm of its class"
			);
			self.report.shown(
				&format!("machine {}: performance in a challenge", index + 1),
				&format!("{} % of its class", performance / 10_000),
				&format!("at least {} %", LEAST_PERFORMANCE / 10_000),
			);
		}
		Ok(())
	}
}
