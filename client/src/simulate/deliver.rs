//! Sends many transactions at once and says what became of each.

use crate::client::{failure, Client};
use anyhow::{Context, Result};
use exabits_runtime::{Hash, Header, RuntimeEvent};
use frame_system::Phase;
use futures::StreamExt;
use jsonrpsee::rpc_params;
use sp_runtime::DispatchError;
use std::{
	collections::HashMap,
	time::{Duration, Instant},
};

/// Transactions that are on their way to the pool at a time.
const ON_THE_WAY: usize = 64;
/// How long nothing may happen until what is missing counts as lost.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the chain is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// What became of a transaction.
#[derive(Debug)]
pub enum Fate {
	/// A finalised block holds it.
	Included(Receipt),
	/// The pool refused it.
	Refused(String),
	/// No block held it in time.
	Lost,
}

/// A transaction in a block.
#[derive(Debug)]
pub struct Receipt {
	/// The block.
	pub block: u32,
	/// Why it failed, if it did.
	pub failure: Option<DispatchError>,
	/// The events that it caused.
	pub events: Vec<RuntimeEvent>,
}

impl Fate {
	/// The events of a transaction that a block holds.
	pub fn events(&self) -> &[RuntimeEvent] {
		match self {
			Self::Included(receipt) => &receipt.events,
			_ => &[],
		}
	}

	/// Whether a block holds it and it did what it should.
	pub fn succeeded(&self) -> bool {
		matches!(self, Self::Included(Receipt { failure: None, .. }))
	}
}

/// A block of the chain, as the node tells it.
pub(crate) struct RawBlock {
	pub header: Header,
	/// Each transaction in hexadecimal digits.
	pub extrinsics: Vec<String>,
}

/// Reads a block.
pub(crate) async fn block(client: &Client, hash: Hash) -> Result<RawBlock> {
	let answer: serde_json::Value = client.request("chain_getBlock", rpc_params![hash]).await?;
	let block = answer.get("block").context("a block that the node does not have")?;
	Ok(RawBlock {
		header: serde_json::from_value(block["header"].clone()).context("a block's header")?,
		extrinsics: serde_json::from_value(block["extrinsics"].clone()).context("a block's transactions")?,
	})
}

/// The number of the last finalised block.
pub(crate) async fn finalised(client: &Client) -> Result<u32> {
	let hash: Hash = client.request("chain_getFinalizedHead", rpc_params![]).await?;
	let header: Header = client.request("chain_getHeader", rpc_params![hash]).await?;
	Ok(header.number)
}

/// Sends transactions and waits until finalised blocks hold them, or until nothing has happened for a minute.
pub async fn deliver(client: &Client, transactions: &[Vec<u8>]) -> Result<Vec<Fate>> {
	let mut next = finalised(client).await? + 1;
	let mut fates: Vec<Fate> = transactions.iter().map(|_| Fate::Lost).collect();
	let mut waiting: HashMap<String, usize> = HashMap::new();
	let mut answers = futures::stream::iter(transactions.iter().enumerate())
		.map(|(index, bytes)| async move { (index, client.send(bytes).await) })
		.buffered(ON_THE_WAY);
	while let Some((index, sent)) = answers.next().await {
		match sent {
			Ok(()) => {
				waiting.insert(format!("0x{}", hex::encode(&transactions[index])), index);
			}
			Err(error) => fates[index] = Fate::Refused(format!("{:#}", error.root_cause())),
		}
	}

	let mut last = Instant::now();
	while !waiting.is_empty() && last.elapsed() < PATIENCE {
		while next <= finalised(client).await? && !waiting.is_empty() {
			let hash = client.hash(Some(next)).await?;
			let block = block(client, hash).await?;
			let found: Vec<_> = block
				.extrinsics
				.iter()
				.enumerate()
				.filter_map(|(place, text)| Some((place, waiting.remove(text)?)))
				.collect();
			if !found.is_empty() {
				last = Instant::now();
				let mut events: HashMap<usize, Vec<RuntimeEvent>> = HashMap::new();
				for record in client.events(hash).await? {
					if let Phase::ApplyExtrinsic(place) = record.phase {
						events.entry(place as usize).or_default().push(record.event);
					}
				}
				for (place, index) in found {
					let events = events.remove(&place).unwrap_or_default();
					let failure = failure(&events).copied();
					fates[index] = Fate::Included(Receipt { block: next, failure, events });
				}
			}
			next += 1;
		}
		tokio::time::sleep(LOOK).await;
	}
	Ok(fates)
}
