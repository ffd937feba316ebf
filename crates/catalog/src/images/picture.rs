//! Decoding what was uploaded, making it smaller, encoding it anew.
//!
//! Nothing of the file but its pixels gets through: no metadata (where it was taken), no second file appended to it, no
//! colour profile. It takes time and memory: [`tokio::task::spawn_blocking`].

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, ImageResult, Limits, RgbImage};

use super::extent;
use crate::domain::image::{DETAIL_WIDTH, ImageType, LIST_WIDTH, Rejection, check_dimensions, scaled};

/// The most bytes that a decoder may take for itself.
const MAX_DECODER_BYTES: u64 = 320 * 1024 * 1024;

/// JPEG quality, 1 to 100.
const QUALITY: u8 = 85;

const WHITE: u32 = 255;

/// The picture in the size for an event's own page, upright, as a JPEG.
///
/// # Errors
/// [`Rejection::TooManyPixels`], [`Rejection::Broken`].
pub fn detail(image_type: ImageType, file: &[u8]) -> Result<Vec<u8>, Rejection> {
    let (picture, orientation) = decoded(image_type, extent::picture(image_type, file)?)?;
    jpeg(&resized(picture, orientation, DETAIL_WIDTH)).map_err(|_| Rejection::Broken)
}

/// The picture in the size for lists, made of the one that [`detail`] made.
///
/// # Errors
/// When that is not a JPEG.
pub fn list(detail: &[u8]) -> ImageResult<Vec<u8>> {
    let picture = image::load_from_memory_with_format(detail, ImageFormat::Jpeg)?;
    jpeg(&resized(picture, Orientation::NoTransforms, LIST_WIDTH))
}

fn decoded(image_type: ImageType, file: &[u8]) -> Result<(DynamicImage, Orientation), Rejection> {
    let format = match image_type {
        ImageType::Jpeg => ImageFormat::Jpeg,
        ImageType::Png => ImageFormat::Png,
        ImageType::Webp => ImageFormat::WebP,
    };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Rejection::Broken)?;
    let (width, height) = decoder.dimensions();
    check_dimensions(width, height)?;
    // Unreadable metadata is no reason to refuse a picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Rejection::Broken)?;
    Ok((on_white(picture), orientation))
}

fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8().into();
    }
    let picture = picture.into_rgba8();
    let mut opaque = RgbImage::new(picture.width(), picture.height());
    for (to, from) in opaque.chunks_exact_mut(3).zip(picture.chunks_exact(4)) {
        let alpha = u32::from(from[3]);
        for (to, from) in to.iter_mut().zip(from) {
            *to = ((u32::from(*from) * alpha + WHITE * (255 - alpha) + 127) / 255) as u8;
        }
    }
    opaque.into()
}

/// Turned after it was made smaller: turning copies all of it.
fn resized(mut picture: DynamicImage, orientation: Orientation, most_width: u32) -> DynamicImage {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let lies_on_its_side = matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let turned = |(width, height)| if lies_on_its_side { (height, width) } else { (width, height) };
    let from = (picture.width(), picture.height());
    let to = turned(scaled(turned(from), most_width));
    if to != from {
        picture = picture.resize_exact(to.0, to.1, FilterType::CatmullRom);
    }
    picture.apply_orientation(orientation);
    picture
}

fn jpeg(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut file = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut file, QUALITY))?;
    Ok(file)
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
