//! Where a picture ends inside its file, found before a decoder sees it.
//!
//! The decoders are lenient: one fills up a JPEG that was cut short with grey, the other believes a WebP what it says of
//! the sizes of its parts and makes room for them. What lies behind a picture's end is not looked at at all.

use crate::domain::image::{ImageType, Rejection, check_dimensions};

/// The picture alone, without what was appended to it.
///
/// # Errors
/// [`Rejection::Broken`] when it is cut short; [`Rejection::TooManyPixels`] when a part of it is larger than the whole.
pub fn picture(image_type: ImageType, file: &[u8]) -> Result<&[u8], Rejection> {
    match image_type {
        ImageType::Jpeg => jpeg(file).ok_or(Rejection::Broken),
        ImageType::Webp => webp(file),
        // Its chunks carry checksums, and the decoder stops at the last one.
        ImageType::Png => Ok(file),
    }
}

/// Segments are walked from one to the next, since what is inside of one, such as a preview, may have an end of its own.
fn jpeg(file: &[u8]) -> Option<&[u8]> {
    const END: u8 = 0xd9;
    const SCAN: u8 = 0xda;
    let mut rest = file.get(2..)?;
    while let [0xff, marker, after @ ..] = rest {
        rest = match *marker {
            END => return file.get(..file.len() - after.len()),
            // A filling byte.
            0xff => &rest[1..],
            // Markers without a segment.
            0x01 | 0xd0..=0xd7 => after,
            _ => {
                let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
                let next = after.get(length.max(2)..)?;
                if *marker == SCAN { after_scan(next)? } else { next }
            }
        };
    }
    None
}

/// What follows compressed data: it ends at a marker that is neither an escaped byte nor a restart.
fn after_scan(data: &[u8]) -> Option<&[u8]> {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    data.windows(2).position(ends).map(|at| &data[at..])
}

fn webp(file: &[u8]) -> Result<&[u8], Rejection> {
    let (_, size) = riff_header(file).ok_or(Rejection::Broken)?;
    let picture = size.checked_add(8).and_then(|end| file.get(..end)).ok_or(Rejection::Broken)?;
    check_chunks(picture.get(12..).ok_or(Rejection::Broken)?)?;
    Ok(picture)
}

fn check_chunks(mut rest: &[u8]) -> Result<(), Rejection> {
    while let Some((name, size)) = riff_header(rest) {
        let data = rest[8..].get(..size).ok_or(Rejection::Broken)?;
        match name {
            // A frame of an animation: a header, and chunks of its own.
            b"ANMF" => check_chunks(data.get(16..).ok_or(Rejection::Broken)?)?,
            b"VP8 " => {
                if let Some([_, _, _, _, _, _, a, b, c, d]) = data.first_chunk::<10>() {
                    let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
                    check_dimensions(side(*a, *b), side(*c, *d))?;
                }
            }
            _ => {}
        }
        // Odd sizes are followed by a byte that does not count.
        rest = rest[8 + size..].get(size % 2..).unwrap_or_default();
    }
    Ok(())
}

/// Name and size of the chunk that begins here.
fn riff_header(data: &[u8]) -> Option<(&[u8; 4], usize)> {
    let (name, rest) = data.split_first_chunk::<4>()?;
    let size = u32::from_le_bytes(*rest.first_chunk()?);
    Some((name, usize::try_from(size).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::pictures::{FORMATS, LOSSY_WEBP, RED, busy, file, plain, with_exif};
    use image::ImageFormat;

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let size = u32::try_from(data.len()).unwrap().to_le_bytes();
        [name.as_slice(), &size, data, &[0][..data.len() % 2]].concat()
    }

    fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
        chunk(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
    }

    /// The head of a lossy frame of this size.
    fn frame(width: u16, height: u16) -> Vec<u8> {
        let size = [width.to_le_bytes(), height.to_le_bytes()].concat();
        chunk(b"VP8 ", &[&[0, 0, 0, 0x9d, 0x01, 0x2a], &size[..], &[0; 6]].concat())
    }

    #[test]
    fn what_is_appended_is_cut_off() {
        for (image_type, format) in FORMATS {
            let whole = file(busy(40, 30), format);
            assert_eq!(picture(image_type, &whole), Ok(&whole[..]));
            let longer = [&whole[..], b"PK\x03\x04 and more \xff\xd9"].concat();
            let expected = if image_type == ImageType::Png { &longer[..] } else { &whole[..] };
            assert_eq!(picture(image_type, &longer), Ok(expected), "{format:?}");
        }
        assert_eq!(picture(ImageType::Webp, LOSSY_WEBP), Ok(LOSSY_WEBP));
    }

    #[test]
    fn what_is_cut_short_has_no_end() {
        for (image_type, format) in FORMATS.into_iter().filter(|(image_type, _)| *image_type != ImageType::Png) {
            let whole = file(busy(40, 30), format);
            for cut in 0..whole.len() {
                assert_eq!(picture(image_type, &whole[..cut]), Err(Rejection::Broken), "{format:?} at {cut}");
            }
        }
    }

    #[test]
    fn the_end_of_a_preview_is_not_the_end_of_a_jpeg() {
        let preview = file(plain(16, 16, RED), ImageFormat::Jpeg);
        let whole = with_exif(&file(busy(40, 30), ImageFormat::Jpeg), 1, &preview);
        assert_eq!(picture(ImageType::Jpeg, &whole), Ok(&whole[..]));
        assert_eq!(picture(ImageType::Jpeg, &whole[..whole.len() - 9]), Err(Rejection::Broken));
    }

    #[test]
    fn parts_of_a_webp_that_are_too_large_for_it() {
        let header = chunk(b"VP8X", &[0; 10]);
        let beyond = [&b"EXIF"[..], &u32::MAX.to_le_bytes()].concat();
        let animated = |frame: Vec<u8>| chunk(b"ANMF", &[vec![0; 16], frame].concat());
        let table = [
            (riff(&[header.clone(), frame(4_000, 3_000)]), Ok(())),
            (riff(&[header.clone(), frame(16_383, 16_383)]), Err(Rejection::TooManyPixels)),
            (riff(&[header.clone(), frame(0, 3_000)]), Err(Rejection::Broken)),
            (riff(&[header.clone(), animated(frame(100, 100))]), Ok(())),
            (riff(&[header.clone(), animated(frame(16_000, 16_000))]), Err(Rejection::TooManyPixels)),
            (riff(&[header.clone(), chunk(b"ANMF", &[0; 15])]), Err(Rejection::Broken)),
            (riff(&[header.clone(), chunk(b"EXIF", b"odd"), frame(100, 100)]), Ok(())),
            (riff(&[header.clone(), beyond.clone(), frame(100, 100)]), Err(Rejection::Broken)),
            (b"RIFF\xff\xff\xff\xffWEBPVP8 ".to_vec(), Err(Rejection::Broken)),
            (b"RIFF\0\0\0\0WEBP".to_vec(), Err(Rejection::Broken)),
        ];
        for (webp, expected) in table {
            assert_eq!(picture(ImageType::Webp, &webp).map(drop), expected, "{webp:x?}");
        }
        // Behind the end it does not count.
        let appended = [riff(&[header, frame(100, 100)]), beyond].concat();
        assert_eq!(picture(ImageType::Webp, &appended).map(<[u8]>::len), Ok(appended.len() - 8));
    }
}
