//! How long a node takes to execute blocks that it has.

use super::deliver::block;
use crate::client::Client;
use anyhow::{Context, Result};
use codec::{Compact, Encode};
use jsonrpsee::rpc_params;
use sp_runtime::{generic::DigestItem, traits::Header as _};
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// How long the node takes to execute block `number` once more on the state before it: the runtime API
/// `Core_execute_block`, from the request to the answer. That is all of a block's execution (hooks, inherents,
/// signatures, transactions, the state's root) in the node's own Wasm executor, and the time to send the block to the
/// node, but neither consensus nor writing to disk. The node must still have the state before the block.
async fn execution(client: &Client, number: u32) -> Result<Duration> {
	let block = block(client, client.hash(Some(number)).await?).await?;
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
	let begin = Instant::now();
	let _: String = client
		.request("state_call", rpc_params!["Core_execute_block", text, header.parent_hash()])
		.await
		.with_context(|| format!("executing block {number} once more"))?;
	Ok(begin.elapsed())
}

/// How long each of these blocks takes to execute: the least of `repeats` times, for which all blocks are gone through
/// in turn, so that what else the machine does counts as little as it can, and the same for all.
pub async fn executions(
	client: &Client,
	blocks: impl IntoIterator<Item = u32> + Clone,
	repeats: u32,
) -> Result<BTreeMap<u32, Duration>> {
	let mut least = BTreeMap::new();
	for _ in 0..repeats {
		for number in blocks.clone() {
			let time = execution(client, number).await?;
			least.entry(number).and_modify(|least: &mut Duration| *least = time.min(*least)).or_insert(time);
		}
	}
	Ok(least)
}
