//! The least that axum can do for a card: one route, constant bytes. `cargo
//! xtask bench api` measures the server beside it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends with what went wrong, or prints"
)]

use axum::Router;
use axum::http::header;
use axum::routing::get;
use tokio::net::TcpListener;

fn main() {
    let file = std::env::args().skip(1).find(|word| word != "--bench");
    let Some(file) = file else {
        println!("usage: bare FILE");
        return;
    };
    let bytes: &'static [u8] = std::fs::read(file).unwrap().leak();
    let card = get(move || async move { ([(header::CONTENT_TYPE, "application/vc+jwt")], bytes) });
    let app = Router::new().route("/v1/cards/{code}", card);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("listening on http://{}", listener.local_addr().unwrap());
        axum::serve(listener, app).await.unwrap();
    });
}
