//! A machine that answers probes as well as any, and makes up what its devices should have computed.

use crate::http;
use anyhow::{Context, Result};
use codec::Encode;
use exabits_challenge::{Challenge, Response};
use exabits_primitives::keys::machine;
use sp_core::Pair;
use std::sync::{
	atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
	Arc,
};
use tokio::{
	net::{TcpListener, TcpStream},
	task::JoinHandle,
};

/// The machine's endpoint: it hands everything on to an honest one until it is told to cheat, and from then on
/// everything but challenges.
pub struct Cheat {
	/// Where it listens.
	pub port: u16,
	cheats: Arc<AtomicBool>,
	cheated: Arc<AtomicU32>,
	task: JoinHandle<()>,
}

impl Cheat {
	/// Listens in front of the honest endpoint at `behind`; signs with the machine's key.
	pub async fn listen(key: machine::Pair, behind: u16) -> Result<Self> {
		let listener = TcpListener::bind("127.0.0.1:0").await?;
		let port = listener.local_addr()?.port();
		let (cheats, cheated) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
		let (told, counter, key) = (cheats.clone(), cheated.clone(), Arc::new(key));
		let task = tokio::spawn(async move {
			while let Ok((stream, _)) = listener.accept().await {
				let (key, counter, cheats) = (key.clone(), counter.clone(), told.load(Relaxed));
				tokio::spawn(async move { serve(stream, &key, behind, cheats, &counter).await });
			}
		});
		Ok(Self { port, cheats, cheated, task })
	}

	/// Makes up answers to challenges from now on.
	pub fn cheat(&self) {
		self.cheats.store(true, Relaxed);
	}

	/// How many requests it has answered with something made up.
	pub fn cheated(&self) -> u32 {
		self.cheated.load(Relaxed)
	}
}

impl Drop for Cheat {
	fn drop(&mut self) {
		self.task.abort();
	}
}

async fn serve(
	mut stream: TcpStream,
	key: &machine::Pair,
	behind: u16,
	cheats: bool,
	cheated: &AtomicU32,
) -> Result<()> {
	use tokio::io::AsyncWriteExt;
	let request = http::head(&mut stream).await?;
	let target = String::from_utf8_lossy(&request).split(' ').nth(1).context("no target")?.to_owned();
	match target.strip_prefix("/challenge?") {
		Some(query) if cheats => {
			let made_up = make_up(key, query)?;
			cheated.fetch_add(1, Relaxed);
			http::answer(&mut stream, "200 OK", &made_up).await
		}
		_ => {
			let answer = http::forward(behind, &request).await?;
			stream.write_all(&answer).await?;
			Ok(())
		}
	}
}

/// A commitment to nothing, at once and well signed; to a query a response of the right length.
fn make_up(key: &machine::Pair, query: &str) -> Result<Vec<u8>> {
	let asked = query.split('&').find_map(|pair| pair.strip_prefix("challenge="));
	let challenge = Challenge::from_bytes(&hex::decode(asked.context("no challenge")?)?)?;
	if query.contains("&nonce=") {
		return Ok(vec![0; Response::bytes(&challenge.size)]);
	}
	let commitment = [7; 32];
	let payload = (b"exabits/challenge/commitment", challenge.seed(), commitment).encode();
	let signature = key.sign(&payload).encode();
	Ok(hex::encode([&commitment[..], &signature].concat()).into())
}
