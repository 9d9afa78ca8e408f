//! How long a node takes to execute blocks that it has.

use super::deliver::block;
use crate::client::Client;
use anyhow::{Context, Result};
use codec::{Compact, Encode};
use jsonrpsee::rpc_params;
use sp_runtime::{generic::DigestItem, traits::Header as _};
use std::time::{Duration, Instant};

/// Executions of each block, of which the middle one counts.
const REPEATS: usize = 3;

/// What a block was measured at.
#[derive(Clone, Copy, Debug)]
pub struct Execution {
	/// How long executing it takes.
	pub time: Duration,
	/// Its transactions, inherents included.
	pub extrinsics: usize,
}

/// How long the node takes to execute block `number` once more on the state before it: the runtime API
/// `Core_execute_block`, from the request to the answer. That is all of a block's execution (hooks, inherents,
/// signatures, transactions, the state's root) in the node's own Wasm executor, and the time to send the block to the
/// node, but neither consensus nor writing to disk. The node must still have the state before the block.
pub async fn execution(client: &Client, number: u32) -> Result<Execution> {
	let hash = client.hash(Some(number)).await?;
	let block = block(client, hash).await?;
	let mut header = block.header;
	// The author's seal is put on after execution.
	header.digest.logs.retain(|item| !matches!(item, DigestItem::Seal(..)));
	let mut bytes = header.encode();
	Compact(u32::try_from(block.extrinsics.len())?).encode_to(&mut bytes);
	for text in &block.extrinsics {
		let extrinsic = hex::decode(text.trim_start_matches("0x")).context("a transaction of a block")?;
		bytes.extend(extrinsic);
	}
	let text = format!("0x{}", hex::encode(bytes));
	let parent = *header.parent_hash();
	let mut times = Vec::new();
	for _ in 0..REPEATS {
		let begin = Instant::now();
		let _: String = client
			.request("state_call", rpc_params!["Core_execute_block", &text, parent])
			.await
			.with_context(|| format!("executing block {number} once more"))?;
		times.push(begin.elapsed());
	}
	times.sort_unstable();
	let time = times.get(REPEATS / 2).copied().unwrap_or_default();
	Ok(Execution { time, extrinsics: block.extrinsics.len() })
}

/// All blocks from `first` to `last` together.
pub async fn executions(client: &Client, first: u32, last: u32) -> Result<Duration> {
	let mut sum = Duration::ZERO;
	for number in first..=last {
		sum += execution(client, number).await?.time;
	}
	Ok(sum)
}
