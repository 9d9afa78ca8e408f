//! The config file of a market maker. Whatever is wrong with it is one line that names the key.

use super::quoting::{Stop, Strategy, MILLION};
use anyhow::{anyhow, bail, ensure, Context, Result};
use exabits_primitives::{Balance, ClassId, MilliDevices, TemplateId};
use exabits_runtime::{Runtime, EXA};
use frame_support::traits::Get;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// How many windows ahead UTC may be minted.
const MOST_AHEAD: u32 = 48;

/// All that a config file says.
#[derive(Debug)]
pub struct Config {
	/// The node's RPC.
	pub url: String,
	/// Where the account's secret is.
	pub secret: Secret,
	/// Whether all orders are taken back when the maker ends.
	pub cancel_on_exit: bool,
	/// The most that bids and inventory may come to, of all markets together.
	pub max_exposure: Balance,
	/// EXA that stay in the account, for fees.
	pub reserve: Balance,
	/// What is quoted.
	pub markets: Vec<Market>,
}

/// Markets of one class and template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Market {
	/// The class.
	pub class: ClassId,
	/// The template.
	pub template: TemplateId,
	/// Windows that are quoted, counted from the current one.
	pub windows: Vec<u32>,
	/// When quoting a window stops.
	pub stop: Stop,
	/// How they are quoted.
	pub strategy: Strategy,
}

/// Where a secret is. It is read when it is needed, and never shown.
#[derive(PartialEq, Eq)]
pub enum Secret {
	/// In a variable of the environment.
	Variable(String),
	/// In a file of which it is the first line.
	File(PathBuf),
	/// In the config file: for development accounts.
	Inline(String),
}

impl std::fmt::Debug for Secret {
	fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		match self {
			Self::Variable(name) => write!(out, "the variable {name}"),
			Self::File(path) => write!(out, "the file {}", path.display()),
			Self::Inline(_) => write!(out, "the config file"),
		}
	}
}

impl Secret {
	/// The secret.
	pub fn read(&self) -> Result<String> {
		match self {
			Self::Variable(name) => std::env::var(name)
				.map_err(|_| anyhow!("account.secret_env: there is no variable {name} in the environment")),
			Self::File(path) => {
				let text = std::fs::read_to_string(path)
					.with_context(|| format!("account.secret_file: cannot read {}", path.display()))?;
				let line = text.lines().next().unwrap_or_default().trim();
				ensure!(!line.is_empty(), "account.secret_file: {} is empty", path.display());
				Ok(line.to_owned())
			}
			Self::Inline(suri) => Ok(suri.clone()),
		}
	}
}

impl Config {
	/// Reads a config file. Relative paths in it start from its folder.
	pub fn read(path: &Path) -> Result<Self> {
		let text =
			std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
		Self::parse(&text, path.parent().unwrap_or(Path::new(".")))
			.with_context(|| path.display().to_string())
	}

	/// The config in a text.
	pub fn parse(text: &str, folder: &Path) -> Result<Self> {
		// What the parser says of a line shows it, and with it what may be a secret.
		let table: Table = text.parse().map_err(|error: toml::de::Error| {
			let line =
				error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
			let message = error.message().lines().next().unwrap_or("no TOML").to_owned();
			anyhow!("line {line}: {message}")
		})?;
		let mut root = Section::new("", table);
		let url = root.text("url")?.unwrap_or_else(|| "ws://127.0.0.1:9944".into());
		ensure!(
			url.starts_with("ws://") || url.starts_with("wss://"),
			"url: must begin with ws:// or wss://"
		);
		let cancel_on_exit = root.truth("cancel_on_exit")?.unwrap_or(true);

		let mut account = root.section("account")?;
		let given = [account.text("secret_env")?, account.text("secret_file")?, account.text("suri")?];
		let secret = match given {
			[Some(name), None, None] => Secret::Variable(name),
			[None, Some(file), None] => Secret::File(folder.join(file)),
			[None, None, Some(suri)] => Secret::Inline(suri),
			_ => bail!("account: must have exactly one of secret_env, secret_file and suri"),
		};
		account.finish()?;

		let mut limits = root.section("limits")?;
		let max_exposure = limits.money("max_exposure")?.context("limits.max_exposure: is missing")?;
		let reserve = limits.money("reserve")?.unwrap_or(EXA);
		let least: Balance = <Runtime as pallet_balances::Config>::ExistentialDeposit::get();
		ensure!(reserve >= least, "limits.reserve: must be at least {} EXA", decimal(least));
		limits.finish()?;

		let tables = match root.take("market") {
			Some(Value::Array(values)) if !values.is_empty() => values,
			None => bail!("market: is missing; begin one with [[market]]"),
			Some(_) => bail!("market: must be one or more tables that begin with [[market]]"),
		};
		let mut markets: Vec<Market> = Vec::new();
		for (index, value) in tables.into_iter().enumerate() {
			let path = format!("market[{index}]");
			let Value::Table(table) = value else { bail!("{path}: must be a table") };
			let market = Market::parse(Section::new(&path, table))?;
			ensure!(
				!markets.iter().any(|other| (other.class, other.template) == (market.class, market.template)),
				"{path}.class: class {} with template {} is in another market as well",
				market.class,
				market.template
			);
			markets.push(market);
		}
		root.finish()?;
		Ok(Self { url, secret, cancel_on_exit, max_exposure, reserve, markets })
	}
}

impl Market {
	fn parse(mut section: Section) -> Result<Self> {
		let class = ClassId(section.required("class", 0, u32::MAX)?);
		let template = TemplateId(section.required("template", 0, u32::MAX)?);
		let windows = section.windows()?;
		let before_end = match section.text("stop_before")?.as_deref() {
			None | Some("start") => false,
			Some("end") => true,
			Some(_) => bail!("{}: must be \"start\" or \"end\"", section.key("stop_before")),
		};
		ensure!(
			before_end || !windows.contains(&0),
			"{}: window 0 has started, so it is only quoted with stop_before = \"end\"",
			section.key("windows")
		);
		let stop = Stop { before_end, slots: section.required("stop_slots", 0, 1_000_000)? };

		let least: MilliDevices = <Runtime as pallet_market::Config>::MinAmount::get();
		let orders: u32 = <Runtime as pallet_market::Config>::MaxOrders::get();
		let levels = section.required("levels", 1, orders / 2)?;
		let max_inventory = section.required("max_inventory", 1, u32::MAX)?;
		let strategy = Strategy {
			spread: section.required("spread", 0, MILLION)?,
			levels: u16::try_from(levels)?,
			step: section.small("step", 1, 4_095)?.unwrap_or(1),
			size: MilliDevices(section.required("size", least.0, u32::MAX)?),
			target_inventory: MilliDevices(
				section.number("target_inventory", 0, max_inventory)?.unwrap_or(0),
			),
			max_inventory: MilliDevices(max_inventory),
			skew: section.number("skew", 0, MILLION / 2)?.unwrap_or(0),
			refresh: section.small("refresh", 0, 4_095)?.unwrap_or(1),
			min_price: section.money("min_price")?,
			max_price: section.money("max_price")?,
		};
		section.finish()?;
		Ok(Self { class, template, windows, stop, strategy })
	}
}

/// A table of the file, out of which keys are taken.
struct Section {
	path: String,
	table: Table,
}

impl Section {
	fn new(path: &str, table: Table) -> Self {
		Self { path: path.into(), table }
	}

	/// The full name of a key.
	fn key(&self, name: &str) -> String {
		if self.path.is_empty() {
			return name.into();
		}
		format!("{}.{name}", self.path)
	}

	fn take(&mut self, name: &str) -> Option<Value> {
		self.table.remove(name)
	}

	fn section(&mut self, name: &str) -> Result<Self> {
		match self.take(name) {
			Some(Value::Table(table)) => Ok(Self::new(&self.key(name), table)),
			Some(_) => bail!("{}: must be a table", self.key(name)),
			None => bail!("{}: is missing", self.key(name)),
		}
	}

	fn text(&mut self, name: &str) -> Result<Option<String>> {
		match self.take(name) {
			None => Ok(None),
			Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
			Some(_) => bail!("{}: must be a text that is not empty", self.key(name)),
		}
	}

	fn truth(&mut self, name: &str) -> Result<Option<bool>> {
		match self.take(name) {
			None => Ok(None),
			Some(Value::Boolean(truth)) => Ok(Some(truth)),
			Some(_) => bail!("{}: must be true or false", self.key(name)),
		}
	}

	fn number(&mut self, name: &str, least: u32, most: u32) -> Result<Option<u32>> {
		match self.take(name) {
			None => Ok(None),
			Some(Value::Integer(number)) if (i64::from(least)..=i64::from(most)).contains(&number) => {
				Ok(Some(u32::try_from(number)?))
			}
			Some(_) => bail!("{}: must be a whole number from {least} to {most}", self.key(name)),
		}
	}

	fn required(&mut self, name: &str, least: u32, most: u32) -> Result<u32> {
		self.number(name, least, most)?.with_context(|| format!("{}: is missing", self.key(name)))
	}

	fn small(&mut self, name: &str, least: u16, most: u16) -> Result<Option<u16>> {
		let number = self.number(name, least.into(), most.into())?;
		Ok(number.map(u16::try_from).transpose()?)
	}

	/// EXA: a whole number, or a text with decimals.
	fn money(&mut self, name: &str) -> Result<Option<Balance>> {
		let money = match self.take(name) {
			None => return Ok(None),
			Some(Value::Integer(number)) => amount(&number.to_string()),
			Some(Value::String(text)) => amount(&text),
			Some(_) => None,
		};
		let key = self.key(name);
		money.map(Some).with_context(|| {
			format!(
				"{key}: must be EXA as a whole number, or as a text such as \"0.5\" with at most 12 decimals"
			)
		})
	}

	fn windows(&mut self) -> Result<Vec<u32>> {
		let key = self.key("windows");
		let complaint = || anyhow!("{key}: must be a list of different whole numbers from 0 to {MOST_AHEAD}");
		let Some(Value::Array(values)) = self.take("windows") else { return Err(complaint()) };
		let mut windows = Vec::new();
		for value in values {
			let window = value.as_integer().and_then(|number| u32::try_from(number).ok());
			let window = window.filter(|window| *window <= MOST_AHEAD && !windows.contains(window));
			windows.push(window.ok_or_else(complaint)?);
		}
		ensure!(!windows.is_empty(), complaint());
		windows.sort_unstable();
		Ok(windows)
	}

	/// Fails when there is a key that nobody took.
	fn finish(self) -> Result<()> {
		match self.table.keys().next() {
			Some(unknown) => bail!("{}: there is no such key", self.key(unknown)),
			None => Ok(()),
		}
	}
}

/// EXA from a decimal number.
fn amount(text: &str) -> Option<Balance> {
	let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
	let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
	if !digits(whole) || !digits(part) || part.len() > 12 {
		return None;
	}
	let part: Balance = format!("{part:0<12}").parse().ok()?;
	whole.parse::<Balance>().ok()?.checked_mul(EXA)?.checked_add(part)
}

/// EXA as a decimal number.
pub fn decimal(amount: Balance) -> String {
	let text = format!("{}.{:012}", amount / EXA, amount % EXA);
	text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
	use super::*;

	const EXAMPLE: &str = include_str!("../../maker.example.toml");

	fn parse(text: &str) -> Result<Config> {
		Config::parse(text, Path::new("/etc/maker"))
	}

	/// The complaint about the example with one line in place of another.
	fn complaint(line: &str, instead: &str) -> String {
		assert!(EXAMPLE.contains(line), "the example has no {line}");
		format!("{:#}", parse(&EXAMPLE.replacen(line, instead, 1)).unwrap_err())
	}

	#[test]
	fn the_example_is_a_config() {
		let config = parse(EXAMPLE).unwrap();
		assert_eq!(config.url, "ws://127.0.0.1:9944");
		assert_eq!(config.secret, Secret::Variable("EXABITS_MAKER_SECRET".into()));
		assert!(config.cancel_on_exit);
		assert_eq!((config.max_exposure, config.reserve), (1_000 * EXA, 5 * EXA / 2));
		let [market] = &config.markets[..] else { panic!("one market") };
		assert_eq!((market.class, market.template), (ClassId(0), TemplateId(0)));
		assert_eq!(market.windows, [1, 2]);
		assert_eq!(market.stop, Stop { before_end: false, slots: 15 });
		assert_eq!(market.strategy.spread, 20_000);
	}

	#[test]
	fn every_error_is_one_line_that_names_the_key() {
		for (line, instead, key) in [
			("spread = 20_000", "", "market[0].spread: is missing"),
			(
				"spread = 20_000",
				"spread = 1_000_001",
				"market[0].spread: must be a whole number from 0 to 1000000",
			),
			("spread = 20_000", "spread = \"2 %\"", "market[0].spread: must be a whole number"),
			("spread = 20_000", "spraed = 20_000\nspread = 1", "market[0].spraed: there is no such key"),
			("levels = 3", "levels = 9", "market[0].levels: must be a whole number from 1 to 8"),
			("levels = 3", "levels = 0", "market[0].levels: must be"),
			("size = 500", "size = 124", "market[0].size: must be a whole number from 125"),
			("windows = [1, 2]", "windows = []", "market[0].windows: must be a list"),
			("windows = [1, 2]", "windows = [1, 1]", "market[0].windows: must be a list"),
			("windows = [1, 2]", "windows = [49]", "market[0].windows: must be a list"),
			("windows = [1, 2]", "windows = [0]", "market[0].windows: window 0 has started"),
			("stop_before = \"start\"", "stop_before = \"never\"", "market[0].stop_before: must be"),
			("max_exposure = 1_000", "max_exposure = -1", "limits.max_exposure: must be EXA"),
			("max_exposure = 1_000", "max_exposure = 0.5", "limits.max_exposure: must be EXA"),
			(
				"max_exposure = 1_000",
				"max_exposure = \"0.0000000000001\"",
				"limits.max_exposure: must be EXA",
			),
			("max_exposure = 1_000", "", "limits.max_exposure: is missing"),
			("reserve = \"2.5\"", "reserve = 0", "limits.reserve: must be at least"),
			("[limits]", "[limit]", "limits: is missing"),
			("[[market]]", "[market]", "market: must be one or more tables"),
			("url = ", "url = 5 # ", "url: must be a text"),
			("ws://", "http://", "url: must begin with ws://"),
			("cancel_on_exit = true", "cancel_on_exit = 1", "cancel_on_exit: must be true or false"),
			("secret_env", "secret", "account: must have exactly one of"),
			("secret_env", "suri = \"//Bob\"\nsecret_env", "account: must have exactly one of"),
		] {
			let said = complaint(line, instead);
			assert!(said.starts_with(key), "{said:?} instead of {key:?}");
			assert!(!said.contains('\n'), "{said:?}");
		}
		let twice = format!("{EXAMPLE}\n{}", &EXAMPLE[EXAMPLE.find("[[market]]").unwrap()..]);
		assert!(format!("{:#}", parse(&twice).unwrap_err()).starts_with("market[1].class: class 0"));
	}

	#[test]
	fn no_error_shows_a_secret() {
		let secret = "suri = \"bottom drive obey lake";
		let said = complaint("secret_env = \"EXABITS_MAKER_SECRET\"", secret);
		assert!(said.starts_with("line ") && !said.contains("bottom"), "{said}");
		let said = complaint("secret_env = \"EXABITS_MAKER_SECRET\"", "suri = [\"bottom drive\"]");
		assert!(said.starts_with("account.suri: must be") && !said.contains("bottom"), "{said}");
		let config =
			parse(&EXAMPLE.replace("secret_env = \"EXABITS_MAKER_SECRET\"", "suri = \"bottom\"")).unwrap();
		assert!(!format!("{config:?}").contains("bottom"));
	}

	#[test]
	fn a_secret_is_read_from_the_environment_or_a_file() {
		let missing = Secret::Variable("EXABITS_NO_SUCH_VARIABLE".into());
		assert!(missing.read().unwrap_err().to_string().contains("EXABITS_NO_SUCH_VARIABLE"));
		let file = parse(&EXAMPLE.replace("secret_env = \"EXABITS_MAKER_SECRET\"", "secret_file = \"key\""))
			.unwrap();
		assert_eq!(file.secret, Secret::File("/etc/maker/key".into()));
		assert!(file.secret.read().unwrap_err().to_string().starts_with("account.secret_file: cannot read"));
	}

	#[test]
	fn money_has_twelve_decimals() {
		assert_eq!(amount("1"), Some(EXA));
		assert_eq!(amount("0.000000000001"), Some(1));
		assert_eq!(amount("12.5"), Some(25 * EXA / 2));
		for text in
			["", ".", "1.", ".5", "-1", "1e3", "0.0000000000001", "1.2.3", "999999999999999999999999999999"]
		{
			assert_eq!(amount(text), None, "{text}");
		}
		assert_eq!(decimal(25 * EXA / 2), "12.5");
		assert_eq!(decimal(1), "0.000000000001");
		assert_eq!(decimal(3 * EXA), "3");
		assert_eq!(decimal(0), "0");
	}
}
