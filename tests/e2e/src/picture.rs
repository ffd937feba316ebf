//! Pictures: made here, uploaded as a browser uploads them, and looked at as anybody looks at them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::person::{Person, id_of};
use crate::stack::client;
use crate::wait::{LATER, eventually, when};

const BOUNDARY: &str = "jari-e2e-part";

/// Leave to upload one picture.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The picture's id.
    pub id: String,
    /// What was answered.
    pub answer: Value,
    url: String,
    fields: Vec<(String, String)>,
}

impl Upload {
    /// Asks for leave to upload a picture of this type.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn sign(owner: &Person, content_type: &str) -> Self {
        let answer = owner.api.post("/admin/images", &json!({"contentType": content_type})).await.expect(201);
        let upload = &answer["upload"];
        let fields = upload["fields"].as_object().expect("the form's fields").iter();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Self {
            id: id_of(&answer),
            url: text(&upload["url"]),
            fields: fields.map(|(name, value)| (name.clone(), text(value))).collect(),
            answer: answer.clone(),
        }
    }

    /// The value of a field of the form.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The same form with another value in a field, or one more field.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut fields: Vec<_> =
            self.fields.iter().filter(|(known, _)| !known.eq_ignore_ascii_case(name)).cloned().collect();
        fields.push((name.to_owned(), value.to_owned()));
        Self { fields, ..self.clone() }
    }

    /// The same form without a field.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let fields = self.fields.iter().filter(|(known, _)| !known.eq_ignore_ascii_case(name)).cloned().collect();
        Self { fields, ..self.clone() }
    }

    /// The address that the upload will have, read without leave.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/uploads/{}", self.url.trim_end_matches('/'), self.id)
    }

    /// Sends the form with this file, and answers with the status.
    ///
    /// # Panics
    /// When nobody answers.
    pub async fn send(&self, file: &[u8]) -> u16 {
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        let file_part = "Content-Disposition: form-data; name=\"file\"; filename=\"poster\"\r\n\r\n";
        body.extend(format!("--{BOUNDARY}\r\n{file_part}").as_bytes());
        body.extend(file);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = http()
            .post(&self.url)
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(body);
        request.send().await.expect("the bucket answers").status().as_u16()
    }

    /// Sends the form with this file, which must be taken.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn store(&self, file: &[u8]) {
        let status = self.send(file).await;
        assert!((200..300).contains(&status), "the upload was answered {status}");
    }
}

/// The picture as its owner sees it, once it was looked at.
///
/// # Panics
/// When that takes too long.
pub async fn looked_at(owner: &Person, id: &str) -> Value {
    eventually("the picture was looked at", LATER, async || {
        let picture = owner.api.get(format!("/admin/images/{id}")).await.expect(200);
        when(picture["status"] != "PENDING", picture)
    })
    .await
}

/// A picture that is ready to be shown, of this owner.
///
/// # Panics
/// When it does not become ready.
pub async fn ready(owner: &Person) -> Value {
    let upload = Upload::sign(owner, "image/png").await;
    upload.store(&encoded(&gradient(800, 1_000).into(), ImageFormat::Png)).await;
    let picture = looked_at(owner, &upload.id).await;
    assert_eq!(picture["status"], "READY", "{picture}");
    picture
}

/// What anybody gets from an address.
#[derive(Debug)]
pub struct Fetched {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Fetched {
    /// Fetches it without any credentials.
    ///
    /// # Panics
    /// When nobody answers.
    pub async fn from(url: &str) -> Self {
        let answer = http().get(url).send().await.expect("the bucket answers");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Self { status, headers, bytes: answer.bytes().await.expect("a body").to_vec() }
    }

    /// The JPEG that it is.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn jpeg(&self) -> RgbImage {
        assert_eq!(self.status, 200);
        let picture = image::load_from_memory_with_format(&self.bytes, ImageFormat::Jpeg).expect("a JPEG");
        picture.into_rgb8()
    }
}

/// A picture that gets redder to the right and greener downwards.
#[must_use]
pub fn gradient(width: u32, height: u32) -> RgbImage {
    let part = |at: u32, of: u32| u8::try_from(at * 255 / of.max(1)).unwrap_or(u8::MAX);
    RgbImage::from_fn(width, height, |x, y| Rgb([part(x, width), part(y, height), 64]))
}

/// The file of a picture.
///
/// # Panics
/// When it cannot be one of this format.
#[must_use]
pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("it can be encoded");
    file.into_inner()
}

/// A JPEG that says how it is to be turned, as cameras do (EXIF orientation, 1 to 8).
///
/// # Panics
/// When the file is no JPEG.
#[must_use]
pub fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    assert_eq!(jpeg[..2], [0xff, 0xd8], "a JPEG begins so");
    // A TIFF header, one directory with one entry: tag 0x0112, one 16-bit number.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2).expect("a short segment").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

/// A PNG that claims to be of this size and holds next to nothing.
///
/// # Panics
/// When the made picture is none.
#[must_use]
pub fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(&gradient(4, 4).into(), ImageFormat::Png);
    // After the signature and the chunk's length: "IHDR", 13 bytes that begin with the size, their checksum.
    assert_eq!(png[12..16], *b"IHDR");
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    png
}

fn http() -> reqwest::Client {
    client().build().expect("a client can be built")
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;
    use image::{ImageDecoder as _, ImageReader};

    use super::*;

    #[test]
    fn a_turned_picture_says_so() {
        let jpeg = encoded(&gradient(20, 10).into(), ImageFormat::Jpeg);
        let orientation = |file: &[u8]| {
            let reader = ImageReader::with_format(Cursor::new(file.to_vec()), ImageFormat::Jpeg);
            reader.into_decoder().unwrap().orientation().unwrap()
        };
        assert_eq!(orientation(&jpeg), Orientation::NoTransforms);
        assert_eq!(orientation(&turned(&jpeg, 6)), Orientation::Rotate90);
    }

    #[test]
    fn a_picture_claims_to_be_larger_than_it_is() {
        let reader = ImageReader::with_format(Cursor::new(claiming(60_000, 50_000)), ImageFormat::Png);
        assert_eq!(reader.into_dimensions().unwrap(), (60_000, 50_000));
    }
}
