//! Files to upload: real ones, and some that only look so.

use std::io::{Cursor, Write as _};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use crate::domain::image::ImageType;

pub const RED: [u8; 3] = [220, 20, 20];
pub const GREEN: [u8; 3] = [20, 200, 20];
pub const BLUE: [u8; 3] = [20, 20, 220];
pub const BLACK: [u8; 3] = [5, 5, 5];

pub const FORMATS: [(ImageType, ImageFormat); 3] =
    [(ImageType::Jpeg, ImageFormat::Jpeg), (ImageType::Png, ImageFormat::Png), (ImageType::Webp, ImageFormat::WebP)];

/// The smallest lossy WebP, one pixel; the encoder at hand only makes lossless ones.
pub const LOSSY_WEBP: &[u8] = &[
    0x52, 0x49, 0x46, 0x46, 0x22, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x20, 0x16, 0x00, 0x00,
    0x00, 0x30, 0x01, 0x00, 0x9d, 0x01, 0x2a, 0x01, 0x00, 0x01, 0x00, 0x0e, 0xc0, 0xfe, 0x25, 0xa4, 0x00, 0x03, 0x70,
    0x00, 0x00, 0x00, 0x00,
];

pub fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

pub fn plain(width: u32, height: u32, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb(colour))
}

/// Red and green above, blue and black below.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => BLACK,
        })
    })
}

/// Something that does not compress to nothing.
pub fn busy(width: u32, height: u32) -> RgbImage {
    let mut random = fastrand::Rng::with_seed(7);
    RgbImage::from_fn(width, height, |x, y| {
        let noise = random.u8(0..40);
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, noise])
    })
}

/// Transparent on the left, half transparent red on the right.
pub fn glass(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, _| Rgba(if x < width / 2 { [0, 0, 0, 0] } else { [255, 0, 0, 128] }))
}

/// A JPEG with a segment of metadata that says how it is to be turned, and where it was taken.
pub fn with_exif(jpeg: &[u8], orientation: u8, place: &[u8]) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    let length = u32::try_from(place.len()).unwrap();
    tiff.extend([0x01, 0x0e, 0, 2]);
    tiff.extend(length.to_be_bytes());
    tiff.extend(38_u32.to_be_bytes());
    tiff.extend([0; 4]);
    tiff.extend(place);
    let mut segment = b"\xff\xe1".to_vec();
    segment.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(tiff);
    [&jpeg[..2], &segment, &jpeg[2..]].concat()
}

/// A sound PNG of black pixels, a bit each: few bytes for any size.
pub fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let mut crc = Crc::new();
        crc.update(name);
        crc.update(data);
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], name, data, &crc.sum().to_be_bytes()].concat()
    };
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::best());
    let row = vec![0; 1 + usize::try_from(width.div_ceil(8)).unwrap()];
    // A decoder that looked at the pixels would have enough of them to go on for a while.
    for _ in 0..height.min(200) {
        pixels.write_all(&row).unwrap();
    }
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    let (header, pixels) = (chunk(b"IHDR", &header), chunk(b"IDAT", &pixels.finish().unwrap()));
    [b"\x89PNG\r\n\x1a\n".as_slice(), &header, &pixels, &chunk(b"IEND", b"")].concat()
}

/// A JPEG whose header claims to be of this size.
pub fn jpeg_bomb(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = file(plain(8, 8, RED), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

/// A WebP whose header claims to be nearly as large as its format goes, 16,383 by 16,383.
pub fn webp_bomb() -> Vec<u8> {
    let mut webp = file(plain(8, 8, RED), ImageFormat::WebP);
    let chunk = webp.windows(4).position(|name| name == b"VP8L").unwrap();
    // After the chunk's length and a signature: 14 bits each of width and height, less one.
    let size = &mut webp[chunk + 9..chunk + 13];
    let claimed = (0x3ffe_u32 | 0x3ffe << 14).to_le_bytes();
    size.copy_from_slice(&[claimed[0], claimed[1], claimed[2], claimed[3] | (size[3] & 0xf0)]);
    webp
}

pub fn size(jpeg: &[u8]) -> (u32, u32) {
    assert_eq!(image::guess_format(jpeg).unwrap(), ImageFormat::Jpeg);
    image::load_from_memory(jpeg).unwrap().to_rgb8().dimensions()
}

/// The colours in the corners: above, then below, each from left to right.
pub fn corners(jpeg: &[u8]) -> [[u8; 3]; 4] {
    let picture = image::load_from_memory(jpeg).unwrap().to_rgb8();
    let (right, below) = (picture.width() - 1, picture.height() - 1);
    [(0, 0), (right, 0), (0, below), (right, below)].map(|(x, y)| picture.get_pixel(x, y).0)
}

/// Whether two colours look the same after being a JPEG.
pub fn alike(a: [u8; 3], b: [u8; 3]) -> bool {
    a.into_iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 12)
}
