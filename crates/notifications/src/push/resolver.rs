//! Names of push services, as addresses on the public internet.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::domain::network::is_public;

/// The system's resolver without the answers that lead into somebody's own network. The host is one of a short list; this
/// is for the day on which one of these names is not its owner's any more.
#[derive(Debug)]
pub(super) struct PublicResolver;

/// All addresses of a name are private.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
struct NotPublic;

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(NotPublic.into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_for_this_machine_is_not_public() {
        let name = "localhost".parse().unwrap();
        assert_eq!(
            PublicResolver.resolve(name).await.err().unwrap().to_string(),
            "the name leads to no public address"
        );
    }
}
