//! The embedded DynamoDB over TLS: a proxy in front of it, with a certificate by an authority of our own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::Failure;

/// Where machines keep the authorities that they trust, in one file.
const BUNDLES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// The authorities that Jari's functions have built in.
const BUILT_IN: &str = include_str!("../../../crates/kit/src/amazon-roots.pem");

/// A proxy that ends TLS.
#[derive(Debug)]
pub struct TlsProxy {
    /// Where it is.
    pub endpoint: String,
    /// A file with our authority alone.
    pub authority: PathBuf,
    /// A file with the machine's authorities and ours: as many to read as on Lambda.
    pub bundle: PathBuf,
    /// A file with the authorities that Jari's functions have built in, and ours.
    pub few: PathBuf,
}

impl TlsProxy {
    /// Starts in front of a server of this machine, and writes whom to trust into `folder`.
    ///
    /// # Errors
    /// When the certificates cannot be made or written.
    pub async fn start(behind: &str, folder: &Path) -> Result<Self, Failure> {
        let behind = behind.trim_start_matches("http://").to_owned();
        let (authority, config) = certificates()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("https://localhost:{}", listener.local_addr()?.port());
        let acceptor = TlsAcceptor::from(Arc::new(config));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                // A connection that breaks is its client's business.
                tokio::spawn(async move { pass_on(stream, &acceptor, &behind).await.ok() });
            }
        });
        std::fs::create_dir_all(folder)?;
        let machine = BUNDLES.iter().find_map(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let [own, bundle, few] = ["authority.pem", "bundle.pem", "few.pem"].map(|name| folder.join(name));
        let proxy = Self { endpoint, authority: own, bundle, few };
        std::fs::write(&proxy.authority, &authority)?;
        std::fs::write(&proxy.bundle, format!("{}\n{authority}", machine.trim_end()))?;
        std::fs::write(&proxy.few, format!("{}\n{authority}", BUILT_IN.trim_end()))?;
        Ok(proxy)
    }
}

async fn pass_on(stream: TcpStream, acceptor: &TlsAcceptor, behind: &str) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut client = acceptor.accept(stream).await?;
    let mut server = TcpStream::connect(behind).await?;
    server.set_nodelay(true)?;
    tokio::io::copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

/// The certificate of an authority, and what a server by its grace needs.
fn certificates() -> Result<(String, ServerConfig), Failure> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Measurements of this machine");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate()?;
    let authority = params.self_signed(&key)?.pem();
    let issuer = Issuer::new(params, key);

    let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
    params.distinguished_name.push(DnType::CommonName, "localhost");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &issuer)?.der().clone();
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    Ok((authority, config))
}
