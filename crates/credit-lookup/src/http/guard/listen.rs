//! Connections: how many, how long, and how they end.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;
use tower::Service as _;

/// How long a client may take to send the head of a request, and how long a
/// connection may wait for its next one.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a client may take nothing of an answer.
const WRITE_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a connection may live; whoever reads an answer byte by byte is not
/// caught otherwise.
const LIFE: Duration = Duration::from_secs(300);

/// How long requests under way may take to end, when the connection or the
/// server ends: longer than a request may take.
const GRACE: Duration = Duration::from_secs(15);

/// Largest head of a request, in bytes: the line with 250 codes is 5 KB, and
/// browsers send 2 KB of headers.
const HEAD_MAX_BYTES: usize = 16 * 1024;

/// Most headers of a request.
const HEADERS_MAX: usize = 64;

/// How long the next connection waits when the system has no more of something.
const PAUSE: Duration = Duration::from_millis(50);

/// File descriptors for everything but connections.
const OTHER_FILES: u64 = 256;

/// How many connections there may be.
#[derive(Clone, Copy, Debug)]
pub struct Connections {
    /// At the same time; others wait until one ends.
    pub most: usize,
}

/// Answers on `listener` until `end`, then finishes what it took.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    connections: Connections,
    end: impl Future<Output = ()>,
) {
    let most = u32::try_from(connections.most).unwrap_or(u32::MAX);
    let wanted = u64::from(most) + OTHER_FILES;
    if let Ok(files) = rlimit::increase_nofile_limit(wanted)
        && files < wanted
    {
        tracing::warn!(
            files,
            wanted,
            "fewer open files than connections are allowed"
        );
    }
    let free = Arc::new(Semaphore::new(most as usize));
    let (stop, stopped) = watch::channel(());
    let mut end = pin!(end);
    loop {
        let accepted = async {
            let place = Arc::clone(&free).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream, peer) = tokio::select! {
            () = &mut end => break,
            accepted = accepted => match accepted {
                (Ok(place), Ok((stream, peer))) => (place, stream, peer),
                (_, Err(error)) => {
                    tracing::warn!(%error, "no connection could be taken");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
                (Err(_), _) => break,
            },
        };
        let (router, stopped) = (router.clone(), stopped.clone());
        tokio::spawn(async move {
            connection(stream, peer, router, stopped).await;
            drop(place);
        });
    }
    drop(listener);
    drop(stop);
    if tokio::time::timeout(GRACE, free.acquire_many(most))
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end in time");
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut stopped: watch::Receiver<()>,
) {
    // An answer is one write; it should not wait for more.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIMEOUT));
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let mut router = router.clone();
        async move {
            Ok::<_, Infallible>(
                router
                    .call(request)
                    .await
                    .unwrap_or_else(|never| match never {}),
            )
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_MAX_BYTES)
        .max_headers(HEADERS_MAX)
        // Head and body of a short answer as one piece: copying 2 KB is cheaper
        // than a write of two.
        .writev(false)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let mut connection = pin!(connection);
    tokio::select! {
        // However it ended, there is nobody left to tell.
        _ = connection.as_mut() => return,
        _ = stopped.changed() => {}
        () = tokio::time::sleep(LIFE) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(GRACE, connection).await;
}
