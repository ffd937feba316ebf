//! Where pictures are shown.

use contracts::ids::ImageId;

/// The addresses of a picture's two sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUrls {
    /// For lists, at most 480 pixels wide.
    pub list: String,
    /// For a page of its own, at most 1,600 pixels wide.
    pub detail: String,
}

/// Where an accepted picture is; `base` is the address of the bucket.
#[must_use]
pub fn urls(base: &str, id: ImageId) -> ImageUrls {
    let url = |size: &str| format!("{}/images/{id}/{size}.jpg", base.trim_end_matches('/'));
    ImageUrls { list: url("list"), detail: url("detail") }
}
