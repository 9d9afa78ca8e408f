//! As much of HTTP as the tests need: one request for each connection, as the probe endpoint has it.

use anyhow::{Context, Result};
use std::time::Duration;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
	time::timeout,
};

/// How long one exchange may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest head of a request.
const MAX_HEAD: usize = 4_096;

/// Status and body of what a loopback port answers.
pub async fn get(port: u16, target: &str) -> Result<(u16, Vec<u8>)> {
	let request = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
	let answer = forward(port, request.as_bytes()).await?;
	let head = answer.windows(4).position(|four| four == b"\r\n\r\n").context("no answer")?;
	let status = String::from_utf8_lossy(answer.get(9..12).context("no status")?).parse()?;
	Ok((status, answer[head + 4..].to_vec()))
}

/// All that a loopback port answers to a request.
pub async fn forward(port: u16, request: &[u8]) -> Result<Vec<u8>> {
	let exchange = async {
		let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
		stream.write_all(request).await?;
		let mut answer = Vec::new();
		stream.read_to_end(&mut answer).await?;
		Ok(answer)
	};
	timeout(PATIENCE, exchange).await.context("no answer in time")?
}

/// The head of a request.
pub async fn head(stream: &mut TcpStream) -> Result<Vec<u8>> {
	let read = async {
		let mut head = Vec::new();
		while !head.ends_with(b"\r\n\r\n") && head.len() < MAX_HEAD {
			head.push(stream.read_u8().await?);
		}
		Ok(head)
	};
	timeout(PATIENCE, read).await.context("no request in time")?
}

/// Answers with a status and a body.
pub async fn answer(stream: &mut TcpStream, status: &str, body: &[u8]) -> Result<()> {
	let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
	stream.write_all(&[head.as_bytes(), body].concat()).await?;
	Ok(())
}
