//! A listener that no peer can hold up.
//!
//! The probe endpoint faces the open network. Connections are limited in number, for everybody and for each
//! peer, each lives for one request, and a peer that sends or reads slowly is cut off.

use crate::{metrics::Metrics, probe::Limits};
use axum::{
	extract::connect_info::Connected,
	serve::{IncomingStream, Listener},
};
use std::{
	collections::HashMap,
	future::Future,
	io,
	net::{IpAddr, Ipv6Addr, SocketAddr},
	pin::Pin,
	sync::{Arc, Mutex, PoisonError},
	task::{ready, Context, Poll},
	time::Duration,
};
use tokio::{
	io::{AsyncRead, AsyncWrite, ReadBuf},
	net::{TcpListener, TcpStream},
	time::{sleep, Sleep},
};

/// The most that a peer may send on one connection: a request with its headers.
const MAX_REQUEST: usize = 8 * 1024;

/// Who asks, as far as limits go: an IPv4 address or an IPv6 network of 64 bits, which one party holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Peer(IpAddr);

impl From<IpAddr> for Peer {
	fn from(ip: IpAddr) -> Self {
		Self(match ip.to_canonical() {
			IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from(u128::from(ip) & (u128::MAX << 64))),
			ip => ip,
		})
	}
}

impl Connected<IncomingStream<'_, Guarded>> for Peer {
	fn connect_info(stream: IncomingStream<'_, Guarded>) -> Self {
		stream.remote_addr().ip().into()
	}
}

/// The listener.
pub(crate) struct Guarded {
	listener: TcpListener,
	open: Arc<Open>,
	limits: Limits,
	metrics: Metrics,
}

impl Guarded {
	pub(crate) fn new(listener: TcpListener, limits: Limits, metrics: Metrics) -> Self {
		Self { listener, open: Default::default(), limits, metrics }
	}
}

impl Listener for Guarded {
	type Io = Connection;
	type Addr = SocketAddr;

	async fn accept(&mut self) -> (Connection, SocketAddr) {
		loop {
			let (stream, address) = match self.listener.accept().await {
				Ok(accepted) => accepted,
				Err(e) => {
					// Mostly the process's limit of open files, which only time can lift.
					log::debug!(target: crate::LOG, "Cannot accept a probe connection: {e}");
					sleep(Duration::from_millis(200)).await;
					continue;
				}
			};
			let Some(place) = Open::enter(&self.open, address.ip().into(), &self.limits) else {
				self.metrics.requests_limited.inc();
				continue;
			};
			let _ = stream.set_nodelay(true);
			let connection = Connection {
				stream,
				request: Box::pin(sleep(self.limits.request_timeout)),
				end: Box::pin(sleep(self.limits.connection_timeout)),
				received: 0,
				answering: false,
				_place: place,
			};
			return (connection, address);
		}
	}

	fn local_addr(&self) -> io::Result<SocketAddr> {
		self.listener.local_addr()
	}
}

/// Connections that are open, for each peer.
#[derive(Default)]
struct Open(Mutex<HashMap<Peer, usize>>);

impl Open {
	fn enter(self: &Arc<Self>, peer: Peer, limits: &Limits) -> Option<Place> {
		let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		let all: usize = open.values().sum();
		let own = open.get(&peer).copied().unwrap_or(0);
		if all >= limits.connections || own >= limits.connections_per_peer {
			return None;
		}
		open.insert(peer, own.saturating_add(1));
		Some(Place { peer, open: self.clone() })
	}
}

/// One connection's place among those open.
struct Place {
	peer: Peer,
	open: Arc<Open>,
}

impl Drop for Place {
	fn drop(&mut self) {
		let mut open = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
		match open.get_mut(&self.peer) {
			Some(own) if *own > 1 => *own = own.saturating_sub(1),
			_ => {
				open.remove(&self.peer);
			}
		}
	}
}

/// A connection with an end: the request must be there in time, and the answer taken in time.
pub(crate) struct Connection {
	stream: TcpStream,
	request: Pin<Box<Sleep>>,
	end: Pin<Box<Sleep>>,
	received: usize,
	answering: bool,
	_place: Place,
}

impl Connection {
	fn check(&mut self, context: &mut Context) -> io::Result<()> {
		let late = self.end.as_mut().poll(context).is_ready()
			|| (!self.answering && self.request.as_mut().poll(context).is_ready());
		match late {
			true => Err(io::ErrorKind::TimedOut.into()),
			false => Ok(()),
		}
	}
}

impl AsyncRead for Connection {
	fn poll_read(
		mut self: Pin<&mut Self>,
		context: &mut Context,
		buffer: &mut ReadBuf,
	) -> Poll<io::Result<()>> {
		self.check(context)?;
		let before = buffer.filled().len();
		ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
		self.received = self.received.saturating_add(buffer.filled().len().saturating_sub(before));
		match self.received > MAX_REQUEST {
			true => Poll::Ready(Err(io::ErrorKind::InvalidData.into())),
			false => Poll::Ready(Ok(())),
		}
	}
}

impl AsyncWrite for Connection {
	fn poll_write(mut self: Pin<&mut Self>, context: &mut Context, data: &[u8]) -> Poll<io::Result<usize>> {
		self.answering = true;
		self.check(context)?;
		Pin::new(&mut self.stream).poll_write(context, data)
	}

	fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
		self.check(context)?;
		Pin::new(&mut self.stream).poll_flush(context)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
		self.check(context)?;
		Pin::new(&mut self.stream).poll_shutdown(context)
	}

	fn poll_write_vectored(
		mut self: Pin<&mut Self>,
		context: &mut Context,
		data: &[io::IoSlice],
	) -> Poll<io::Result<usize>> {
		self.answering = true;
		self.check(context)?;
		Pin::new(&mut self.stream).poll_write_vectored(context, data)
	}

	fn is_write_vectored(&self) -> bool {
		self.stream.is_write_vectored()
	}
}
