//! From where somebody calls.

use identity::Origin;
use identity::domain::Network;
use jiff::Timestamp;
use kit::http::Call;

/// By which the distribution proves that it has passed the request on.
const PROOF: &str = "x-origin-verify";

/// The address that the distribution has seen, of either version and without a port (`NameViewer` in `infra/web.yaml`).
/// Anybody can send this header; with the proof it is the distribution's.
const VIEWER: &str = "x-viewer-address";

/// Where the caller is: behind the distribution, or, without its proof, where API Gateway has seen them.
pub async fn network(call: &Call, origin: &Origin, now: Timestamp) -> Option<Network> {
    let told = match call.header(PROOF) {
        Some(proof) if origin.vouches(proof, now).await => call.header(VIEWER).and_then(|address| address.parse().ok()),
        _ => None,
    };
    told.or_else(|| call.source_ip()).map(Network::of)
}
