//! Simulated traders and a market maker on a node that runs.

use anyhow::{ensure, Context, Result};
use exabits_client::{
	maker::config::Config,
	simulate::{self, Options, Wallet},
	Client,
};
use exabits_math::{
	auction::{Side, Tick},
	settlement::price_cap,
};
use exabits_primitives::{MilliDevices, UtcId};
use exabits_runtime::{Runtime, EXA};
use pallet_market::auction::{OrderState, OrderView};
use std::{
	fs::File,
	net::TcpListener,
	path::Path,
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// The market that the simulation opens.
const UTC: UtcId = UtcId(0);

/// A process that ends with the test.
struct Process(Child);

impl Process {
	fn start(command: &mut Command) -> Result<Self> {
		Ok(Self(command.stdin(Stdio::null()).spawn().with_context(|| format!("{command:?}"))?))
	}

	/// Tells it to end; its exit status.
	fn end(&mut self) -> Result<Option<i32>> {
		Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status()?;
		let begin = Instant::now();
		while begin.elapsed() < PATIENCE {
			if let Some(status) = self.0.try_wait()? {
				return Ok(status.code());
			}
			std::thread::sleep(Duration::from_millis(100));
		}
		Ok(None)
	}
}

impl Drop for Process {
	fn drop(&mut self) {
		let _ = self.0.kill();
		let _ = self.0.wait();
	}
}

fn node(place: &Path, port: u16, log: &str) -> Result<Process> {
	let binary = Path::new(env!("CARGO_BIN_EXE_exabits")).with_file_name("exabits-node");
	let log = File::create(place.join(log))?;
	Process::start(
		Command::new(binary)
			.args(["--chain", "dev", "--alice", "--validator", "--force-authoring", "--no-mdns"])
			.args(["--no-telemetry", "--no-prometheus", "--unsafe-force-node-key-generation"])
			.args(["--listen-addr", "/ip4/127.0.0.1/tcp/0", "--rpc-port", &port.to_string()])
			.arg("--base-path")
			.arg(place.join("db"))
			.stdout(log.try_clone()?)
			.stderr(log),
	)
}

/// The orders of an account, once `wanted` is true of them.
async fn orders(
	client: &Client,
	who: &Wallet,
	what: &str,
	wanted: impl Fn(&[OrderView]) -> bool,
) -> Result<Vec<OrderView>> {
	let begin = Instant::now();
	loop {
		let query = pallet_market::OrdersViewFunction::<Runtime>::new(UTC, who.account.clone());
		let orders = client.best().view(query).await?;
		if wanted(&orders) {
			return Ok(orders);
		}
		ensure!(begin.elapsed() < PATIENCE, "not seen within {} s: {what}: {orders:?}", PATIENCE.as_secs());
		tokio::time::sleep(Duration::from_millis(500)).await;
	}
}

fn ticks(orders: &[OrderView], wanted: Side) -> Vec<Tick> {
	let of = |view: &OrderView| match view.state {
		OrderState::Placed { order, .. } if order.side == wanted && view.rest.0 > 0 => Some(order.tick),
		_ => None,
	};
	orders.iter().filter_map(of).collect()
}

/// Three on each side, none filled.
fn quoted(orders: &[OrderView]) -> bool {
	let filled = |view: &OrderView| view.units.0 > 0 || view.money > 0;
	[Side::Bid, Side::Ask].iter().all(|side| ticks(orders, *side).len() == 3) && !orders.iter().any(filled)
}

#[tokio::test]
#[ignore = "needs the node: scripts/test.sh builds it and runs this"]
async fn traders_and_a_maker_trade_on_a_running_node() -> Result<()> {
	let place = tempfile::tempdir()?;
	let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
	let url = format!("ws://127.0.0.1:{port}");
	let mut running = node(place.path(), port, "first.log")?;
	let client = Client::wait(&url).await?;
	let alice = Wallet::of("//Alice")?;

	// Traders trade, and nothing is created or lost.
	let options = Options {
		traders: 20,
		orders: 60,
		seed: 1,
		money: simulate::money_for(3),
		utc: None,
		limit: Duration::from_secs(300),
	};
	let totals = simulate::run(&client, &alice, options).await?;
	assert!(totals.conserved && totals.refused.is_empty(), "{totals:?}");
	assert!(totals.orders > 30 && totals.traded > 0, "{totals:?}");

	// A maker quotes both sides of what is left of the UTC.
	let record: Option<pallet_utc::UtcRecord> =
		client.value(pallet_utc::Utcs::<Runtime>::hashed_key_for(UTC)).await?;
	let record = record.context("the UTC")?;
	let config = place.path().join("maker.toml");
	let text = include_str!("../maker.example.toml")
		.replace("ws://127.0.0.1:9944", &url)
		.replace("secret_env = \"EXABITS_MAKER_SECRET\"", "suri = \"//Alice\"")
		.replace("template = 0", &format!("template = {}", record.key.template))
		.replace("windows = [1, 2]", "windows = [1, 2, 3]")
		.replace("max_exposure = 1_000", "max_exposure = 10_000")
		.replace("max_inventory = 4_000", "max_inventory = 500_000");
	std::fs::write(&config, text)?;
	Config::read(&config)?;
	let log = File::create(place.path().join("maker.log"))?;
	let mut maker = Process::start(
		Command::new(env!("CARGO_BIN_EXE_exabits"))
			.args(["maker", "--config"])
			.arg(&config)
			.stdout(log.try_clone()?)
			.stderr(log),
	)?;
	let first = orders(&client, &alice, "quotes on both sides", quoted).await?;
	let (bids, asks) = (ticks(&first, Side::Bid), ticks(&first, Side::Ask));
	assert!(bids.iter().max() < asks.iter().min(), "{bids:?} and {asks:?}");
	let cap = price_cap(record.price, record.kappa).context("a cap")?;
	assert!(asks.iter().all(|tick| tick.price() <= cap));

	// The node goes away and comes back; the maker goes on, and replaces what somebody buys.
	running.end()?;
	drop(client);
	let _second = node(place.path(), port, "second.log")?;
	let client = Client::wait(&url).await?;
	let bob = Wallet::of("//Bob")?;
	let best = asks.iter().min().context("an ask")?;
	let bid = pallet_market::Call::<Runtime>::place_order {
		utc: UTC,
		side: Side::Bid,
		tick: best.number(),
		amount: MilliDevices(500),
	};
	client.submit(&bob.pair, bid).await?;
	let sold = first
		.iter()
		.filter(|view| matches!(view.state, OrderState::Placed { order, .. } if order.tick == *best));
	let sold: Vec<_> = sold.map(|view| view.id).collect();
	orders(&client, &alice, "what was sold is claimed and quoted again", |orders| {
		quoted(orders) && !orders.iter().any(|view| sold.contains(&view.id))
	})
	.await?;

	// It takes everything back when it is told to end.
	let (before, _) = client.balance(&alice.account).await?;
	assert_eq!(maker.end()?, Some(0), "{}", std::fs::read_to_string(place.path().join("maker.log"))?);
	orders(&client, &alice, "no orders", <[_]>::is_empty).await?;
	let (after, _) = client.balance(&alice.account).await?;
	assert!(after > before - EXA, "bids come back: {before} before and {after} after");
	Ok(())
}
