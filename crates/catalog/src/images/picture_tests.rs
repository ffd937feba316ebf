use image::{ImageBuffer, Luma};

use super::*;
use crate::tests::pictures::{
    BLACK, BLUE, FORMATS, GREEN, LOSSY_WEBP, RED, alike, busy, corners, file, glass, jpeg_bomb, png_bomb, quarters,
    size, webp_bomb, with_exif,
};

fn both(image_type: ImageType, file: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let detail = detail(image_type, file).unwrap();
    let list = list(&detail).unwrap();
    (detail, list)
}

#[test]
fn both_sizes_of_every_kind() {
    for (image_type, format) in FORMATS {
        for (from, detail_size, list_size) in [
            ((2_000, 250), (1_600, 200), (480, 60)),
            ((500, 300), (500, 300), (480, 288)),
            ((90, 160), (90, 160), (90, 160)),
            ((1, 1), (1, 1), (1, 1)),
        ] {
            let (detail, list) = both(image_type, &file(quarters(from.0, from.1), format));
            assert_eq!((size(&detail), size(&list)), (detail_size, list_size), "{format:?}");
            if from.0 > 1 {
                for jpeg in [detail, list] {
                    let found = corners(&jpeg).into_iter().zip([RED, GREEN, BLUE, BLACK]);
                    assert!(found.into_iter().all(|(found, expected)| alike(found, expected)), "{format:?} {from:?}");
                }
            }
        }
    }
}

#[test]
fn pictures_lie_as_they_were_taken() {
    let jpeg = file(quarters(2_000, 100), ImageFormat::Jpeg);
    let upright = (1_600, 80);
    let turned = (100, 2_000);
    // The Exif standard names where row 0 and column 0 of the file belong: top left, top right, bottom right, …
    let table = [
        (1, upright, [RED, GREEN, BLUE, BLACK]),
        (2, upright, [GREEN, RED, BLACK, BLUE]),
        (3, upright, [BLACK, BLUE, GREEN, RED]),
        (4, upright, [BLUE, BLACK, RED, GREEN]),
        (5, turned, [RED, BLUE, GREEN, BLACK]),
        (6, turned, [BLUE, RED, BLACK, GREEN]),
        (7, turned, [BLACK, GREEN, BLUE, RED]),
        (8, turned, [GREEN, BLACK, RED, BLUE]),
        (0, upright, [RED, GREEN, BLUE, BLACK]),
        (99, upright, [RED, GREEN, BLUE, BLACK]),
    ];
    for (orientation, expected_size, expected) in table {
        let (detail, list) = both(ImageType::Jpeg, &with_exif(&jpeg, orientation, b"here"));
        assert_eq!(size(&detail), expected_size, "{orientation}");
        for jpeg in [detail, list] {
            let found = corners(&jpeg);
            assert!(found.into_iter().zip(expected).all(|(found, expected)| alike(found, expected)), "{orientation}");
        }
    }
}

#[test]
fn what_is_transparent_is_white() {
    for (image_type, format) in [(ImageType::Png, ImageFormat::Png), (ImageType::Webp, ImageFormat::WebP)] {
        let (detail, list) = both(image_type, &file(glass(1_700, 100), format));
        for jpeg in [detail, list] {
            let [white, pink, ..] = corners(&jpeg);
            assert!(alike(white, [255, 255, 255]) && alike(pink, [255, 127, 127]), "{format:?}: {white:?} {pink:?}");
        }
    }
}

#[test]
fn other_depths_and_colours() {
    let deep = ImageBuffer::from_pixel(70, 50, image::Rgba([0_u16, 65_535, 0, 65_535]));
    let detail_of = |picture| detail(ImageType::Png, &file(picture, ImageFormat::Png)).unwrap();
    assert!(alike(corners(&detail_of(DynamicImage::ImageRgba16(deep)))[0], [0, 255, 0]));
    let grey = ImageBuffer::from_pixel(70, 50, Luma([90_u8]));
    assert!(alike(corners(&detail_of(DynamicImage::ImageLuma8(grey.clone())))[0], [90; 3]));
    let grey_jpeg = file(DynamicImage::ImageLuma8(grey), ImageFormat::Jpeg);
    assert!(alike(corners(&detail(ImageType::Jpeg, &grey_jpeg).unwrap())[3], [90; 3]));
    let deep_grey = ImageBuffer::from_pixel(70, 50, image::LumaA([0_u16, 0]));
    assert!(alike(corners(&detail_of(DynamicImage::ImageLumaA16(deep_grey)))[0], [255; 3]));
    assert_eq!(size(&detail(ImageType::Webp, LOSSY_WEBP).unwrap()), (1, 1));
}

#[test]
fn a_file_that_was_cut_short_is_broken() {
    for (image_type, format) in FORMATS {
        let whole = file(busy(300, 200), format);
        assert!(detail(image_type, &whole).is_ok(), "{format:?}");
        // What a PNG has behind its pixels is no loss: twelve bytes that say that it ends.
        let needed = if image_type == ImageType::Png { whole.len() - 12 } else { whole.len() };
        for cut in (0..100).map(|percent| needed * percent / 100).chain([needed - 2, needed - 1]) {
            let found = detail(image_type, &whole[..cut]).map(drop);
            assert_eq!(found, Err(Rejection::Broken), "{format:?} cut at {cut}");
        }
    }
}

#[test]
fn damaged_files_do_no_damage() {
    let mut random = fastrand::Rng::with_seed(11);
    for (image_type, format) in FORMATS {
        let (sound, mut decoded) = (file(busy(60, 40), format), 0);
        for _ in 0..400 {
            let mut damaged = sound.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..damaged.len());
                damaged[at] = random.u8(..);
            }
            // Whatever comes of it, it is a picture or a refusal, and not a panic.
            match detail(image_type, &damaged) {
                Ok(jpeg) => {
                    decoded += 1;
                    assert!(list(&jpeg).is_ok());
                }
                Err(rejection) => assert!(matches!(rejection, Rejection::Broken | Rejection::TooManyPixels)),
            }
        }
        assert!(decoded < 400, "{format:?}: no damage was noticed");
    }
}

#[test]
fn bombs_are_not_decoded() {
    let started = std::time::Instant::now();
    let table = [
        (ImageType::Png, png_bomb(60_000, 60_000)),
        (ImageType::Png, png_bomb(16_385, 1)),
        (ImageType::Png, png_bomb(8_000, 5_001)),
        (ImageType::Jpeg, jpeg_bomb(65_535, 65_535)),
        (ImageType::Jpeg, jpeg_bomb(6_400, 6_400)),
        (ImageType::Webp, webp_bomb()),
    ];
    for (image_type, bomb) in table {
        assert!(bomb.len() < 200_000, "few bytes");
        assert_eq!(detail(image_type, &bomb).map(drop), Err(Rejection::TooManyPixels), "{image_type:?}");
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    // A smaller one is a picture like any other.
    assert_eq!(size(&detail(ImageType::Png, &png_bomb(2_000, 200)).unwrap()), (1_600, 160));
}

#[test]
fn nothing_but_pixels_gets_through() {
    const SECRET: &[u8] = b"<script>steal()</script> 37.5665N 126.9780E";
    for (image_type, format) in FORMATS {
        // A second file behind the first is how something is two things at once.
        let polyglot = [&file(busy(500, 300), format)[..], b"PK\x03\x04", SECRET].concat();
        let polyglot = if image_type == ImageType::Jpeg { with_exif(&polyglot, 1, SECRET) } else { polyglot };
        let (detail, list) = both(image_type, &polyglot);
        for jpeg in [detail, list] {
            for secret in [SECRET, b"PK\x03\x04", b"Exif"] {
                assert!(!jpeg.windows(secret.len()).any(|window| window == secret), "{format:?}");
            }
        }
    }
}

/// What the worst pictures cost: `cargo nextest run -p catalog --run-ignored only worst --no-capture`.
#[test]
#[ignore = "takes a while; prints a table"]
fn the_worst_pictures_cost() {
    let peak = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
    };
    // Time on the processor, in ms: others may use it as well.
    let busy_for = || {
        let waited = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        waited.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1_000_000
    };
    let forget = || std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let deep = |width, height| {
        DynamicImage::ImageRgba16(ImageBuffer::from_fn(width, height, |x, y| {
            image::Rgba([(x * 8) as u16, (y * 8) as u16, (x + y) as u16, 65_000])
        }))
    };
    let table: [(&str, ImageType, Vec<u8>); 6] = [
        ("JPEG 8000×5000", ImageType::Jpeg, file(busy(8_000, 5_000), ImageFormat::Jpeg)),
        ("JPEG 8000×5000, turned", ImageType::Jpeg, with_exif(&file(busy(8_000, 5_000), ImageFormat::Jpeg), 6, b"x")),
        ("JPEG 2441×16384", ImageType::Jpeg, file(busy(2_441, 16_384), ImageFormat::Jpeg)),
        ("PNG 8000×5000, 16 bits, alpha", ImageType::Png, file(deep(8_000, 5_000), ImageFormat::Png)),
        ("PNG 2441×16384, 16 bits, alpha", ImageType::Png, file(deep(2_441, 16_384), ImageFormat::Png)),
        ("WebP 8000×5000, lossless", ImageType::Webp, file(quarters(8_000, 5_000), ImageFormat::WebP)),
    ];
    println!("{:32} {:>8} {:>8} {:>8} {:>8} {:>8}", "picture", "MB", "ms", "peak MB", "detail", "list");
    for (name, image_type, file) in table {
        forget();
        let (before, started) = (peak(), busy_for());
        let (detail, list) = both(image_type, &file);
        let (ms, most) = (busy_for() - started, peak() - before);
        let kib = |bytes: &[u8]| bytes.len() / 1_024;
        println!("{name:32} {:>8} {ms:>8} {most:>8} {:>8} {:>8}", file.len() / 1_000_000, kib(&detail), kib(&list));
    }
}
