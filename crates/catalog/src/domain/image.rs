//! Pictures: who may upload and use which, what an upload must be, and where things lie.
//!
//! ```text
//! PENDING ──a picture was uploaded──▶ READY
//!    └─────something else was───────▶ REJECTED
//! ```
//! Both ends are final: a picture's addresses are kept by caches for ever, so that another picture is another id.

use contracts::catalog::{ImageState, ImageStatus};
use contracts::ids::{ImageId, UserId};
use jiff::SignedDuration;
use kit::validate::Checks;

use super::programme::Manager;

/// The most bytes that an upload may have: 10 MiB.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The most pixels that a picture may have. Decoded, at 16 bits a channel, that is 320 MB.
pub const MAX_PIXELS: u64 = 40_000_000;

/// The most pixels that either side of it may have; a JPEG ends at 65,535.
pub const MAX_SIDE: u32 = 16_384;

/// For how long an upload may begin after it was allowed.
pub const TIME_TO_UPLOAD: SignedDuration = SignedDuration::from_mins(10);

/// How long a record waits for its upload, which the bucket keeps for a day. Only for tidying.
pub const PENDING_TIME: SignedDuration = SignedDuration::from_hours(48);

/// Width in lists, in pixels.
pub const LIST_WIDTH: u32 = 480;

/// Width on an event's own page, in pixels.
pub const DETAIL_WIDTH: u32 = 1_600;

/// Under this, people upload; nobody but the worker sees it.
const UPLOADS: &str = "uploads/";

/// Under this lies what everybody may see.
const IMAGES: &str = "images/";

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageType {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

impl ImageType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Webp];

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    /// The one of this media type, if it is taken.
    #[must_use]
    pub fn named(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.media_type() == media_type)
    }

    /// What a file is by its first bytes, whatever it is called.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }
}

/// Why an upload is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// It has more than [`MAX_BYTES`].
    TooLarge,
    /// It is of no kind that is taken.
    NotAnImage,
    /// It is of another kind than was announced.
    WrongType,
    /// It has more than [`MAX_PIXELS`], or a side longer than [`MAX_SIDE`].
    TooManyPixels,
    /// It cannot be decoded to its end.
    Broken,
}

impl Rejection {
    /// Its stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotAnImage => "not_an_image",
            Self::WrongType => "wrong_type",
            Self::TooManyPixels => "too_many_pixels",
            Self::Broken => "broken",
        }
    }
}

/// What somebody says of a picture that they want to upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImage {
    /// Its media type.
    pub content_type: String,
    /// Its size in bytes, if known.
    pub size: Option<i64>,
}

impl NewImage {
    /// Notes everything wrong with it.
    pub fn check(&self, checks: &mut Checks) {
        let taken = ImageType::named(&self.content_type).is_some();
        checks.ensure(taken, "/contentType", "must be image/jpeg, image/png or image/webp");
        if let Some(size) = self.size {
            checks.number("/size", size, 1..=MAX_BYTES.cast_signed());
        }
    }

    /// The record that waits for the upload; the input must have passed its [check](Self::check).
    #[must_use]
    pub fn image(self, id: ImageId, owner_id: UserId) -> ImageState {
        let Self { content_type, size: _ } = self;
        ImageState { id, version: 1, owner_id, content_type, status: ImageStatus::Pending, reason: None }
    }
}

/// What an upload is, when it is what was announced.
///
/// # Errors
/// [`Rejection::NotAnImage`], [`Rejection::WrongType`].
pub fn announced_type(image: &ImageState, bytes: &[u8]) -> Result<ImageType, Rejection> {
    let found = ImageType::of(bytes).ok_or(Rejection::NotAnImage)?;
    if found.media_type() == image.content_type { Ok(found) } else { Err(Rejection::WrongType) }
}

/// Whether a picture of this size is decoded at all: a few bytes may stand for billions of pixels.
///
/// # Errors
/// [`Rejection::TooManyPixels`]; [`Rejection::Broken`] when there are none.
pub fn check_dimensions(width: u32, height: u32) -> Result<(), Rejection> {
    if width == 0 || height == 0 {
        return Err(Rejection::Broken);
    }
    let fits = width.max(height) <= MAX_SIDE && u64::from(width) * u64::from(height) <= MAX_PIXELS;
    if fits { Ok(()) } else { Err(Rejection::TooManyPixels) }
}

/// Width and height in the same proportion, at most `most_width` wide; never more than there is.
#[must_use]
pub fn scaled((width, height): (u32, u32), most_width: u32) -> (u32, u32) {
    if width <= most_width {
        return (width, height);
    }
    let (wide, tall) = (u64::from(width), u64::from(height));
    let tall = (tall * u64::from(most_width) + wide / 2) / wide;
    (most_width, u32::try_from(tall).unwrap_or(u32::MAX).max(1))
}

/// A waiting record after its upload was looked at; `None` when that was decided before.
#[must_use]
pub fn settled(image: &ImageState, verdict: Result<(), Rejection>) -> Option<ImageState> {
    let (status, reason) = match verdict {
        Ok(()) => (ImageStatus::Ready, None),
        Err(rejection) => (ImageStatus::Rejected, Some(rejection.code().to_owned())),
    };
    let next = ImageState { version: image.version + 1, status, reason, ..image.clone() };
    (image.status == ImageStatus::Pending).then_some(next)
}

/// Whether the picture is this one's: theirs, or anybody's for an admin.
#[must_use]
pub fn belongs_to(image: &ImageState, manager: Manager) -> bool {
    match manager {
        Manager::Organizer(user_id) => image.owner_id == user_id,
        Manager::Admin(_) => true,
    }
}

/// Whether this one may show the picture on an event.
#[must_use]
pub fn usable_by(image: &ImageState, manager: Manager) -> bool {
    image.status == ImageStatus::Ready && belongs_to(image, manager)
}

/// A picture in its two sizes: addresses, or keys in the bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUrls {
    /// For lists.
    pub list: String,
    /// For an event's own page.
    pub detail: String,
}

/// Where everybody finds a picture that is ready, in the bucket at `base`.
#[must_use]
pub fn urls(base: &str, id: ImageId) -> ImageUrls {
    let ImageUrls { list, detail } = image_keys(id);
    ImageUrls { list: format!("{base}/{list}"), detail: format!("{base}/{detail}") }
}

/// The keys in the bucket of what everybody may see of a picture.
#[must_use]
pub fn image_keys(id: ImageId) -> ImageUrls {
    ImageUrls { list: format!("{IMAGES}{id}/list.jpg"), detail: format!("{IMAGES}{id}/detail.jpg") }
}

/// The key under which a picture is uploaded.
#[must_use]
pub fn upload_key(id: ImageId) -> String {
    format!("{UPLOADS}{id}")
}

/// Whether this is the key of an upload, of a picture or of whatever else.
#[must_use]
pub fn is_upload(key: &str) -> bool {
    key.starts_with(UPLOADS)
}

/// The picture that is uploaded under this key.
#[must_use]
pub fn uploaded_image(key: &str) -> Option<ImageId> {
    key.strip_prefix(UPLOADS)?.parse().ok()
}

#[cfg(test)]
#[path = "image_tests.rs"]
mod tests;
