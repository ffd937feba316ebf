use super::*;

fn image(content_type: &str) -> ImageState {
    let new = NewImage { content_type: content_type.into(), size: None };
    new.image(ImageId::generate(), UserId::generate())
}

#[test]
fn what_may_be_announced() {
    let most = MAX_BYTES.cast_signed();
    let table: [(&str, Option<i64>, &[&str]); 11] = [
        ("image/jpeg", None, &[]),
        ("image/png", Some(1), &[]),
        ("image/webp", Some(most), &[]),
        ("image/webp", Some(most + 1), &["/size"]),
        ("image/png", Some(0), &["/size"]),
        ("image/png", Some(i64::MIN), &["/size"]),
        ("image/gif", None, &["/contentType"]),
        ("image/svg+xml", None, &["/contentType"]),
        ("IMAGE/PNG", None, &["/contentType"]),
        ("image/png; charset=utf-8", None, &["/contentType"]),
        ("", Some(0), &["/contentType", "/size"]),
    ];
    for (content_type, size, wrong) in table {
        let mut checks = Checks::new();
        NewImage { content_type: content_type.into(), size }.check(&mut checks);
        let problem = checks.done().err().map(|problem| problem.document("/", ""));
        let errors = problem.as_ref().and_then(|document| document["errors"].as_array());
        let pointers: Vec<_> = errors.into_iter().flatten().filter_map(|each| each["pointer"].as_str()).collect();
        assert_eq!(pointers, wrong, "{content_type} {size:?}");
    }
}

#[test]
fn the_first_bytes_decide_what_a_file_is() {
    let table: [(&[u8], Option<ImageType>); 12] = [
        (&[0xff, 0xd8, 0xff, 0xe0, 0], Some(ImageType::Jpeg)),
        (&[0xff, 0xd8, 0xff], Some(ImageType::Jpeg)),
        (&[0xff, 0xd8, 0x00], None),
        (b"\x89PNG\r\n\x1a\n....", Some(ImageType::Png)),
        (b"\x89PNG\n\x1a\n....", None),
        (b"RIFF\0\0\0\0WEBPVP8 ", Some(ImageType::Webp)),
        (b"RIFF\0\0\0\0WAVEfmt ", None),
        (b"RIFF\0\0\0\0WEB", None),
        (b"GIF89a\x89PNG\r\n\x1a\n", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"\0\xff\xd8\xff", None),
        (b"", None),
    ];
    for (bytes, expected) in table {
        assert_eq!(ImageType::of(bytes), expected, "{bytes:?}");
    }
}

#[test]
fn a_file_must_be_what_was_announced() {
    let (jpeg, png) = (&[0xff, 0xd8, 0xff][..], &b"\x89PNG\r\n\x1a\n"[..]);
    assert_eq!(announced_type(&image("image/jpeg"), jpeg), Ok(ImageType::Jpeg));
    assert_eq!(announced_type(&image("image/png"), png), Ok(ImageType::Png));
    assert_eq!(announced_type(&image("image/png"), jpeg), Err(Rejection::WrongType));
    assert_eq!(announced_type(&image("image/jpeg"), b"MZ"), Err(Rejection::NotAnImage));
}

#[test]
fn sizes_that_are_decoded() {
    let table = [
        ((1, 1), Ok(())),
        ((8_000, 5_000), Ok(())),
        ((8_000, 5_001), Err(Rejection::TooManyPixels)),
        ((16_384, 2_441), Ok(())),
        ((16_385, 1), Err(Rejection::TooManyPixels)),
        ((1, 16_385), Err(Rejection::TooManyPixels)),
        ((u32::MAX, u32::MAX), Err(Rejection::TooManyPixels)),
        ((0, 5), Err(Rejection::Broken)),
        ((5, 0), Err(Rejection::Broken)),
    ];
    for ((width, height), expected) in table {
        assert_eq!(check_dimensions(width, height), expected, "{width}×{height}");
    }
}

#[test]
fn pictures_are_made_smaller_and_never_larger() {
    let table = [
        ((3_200, 2_400), 1_600, (1_600, 1_200)),
        ((3_000, 2_000), 480, (480, 320)),
        ((1_600, 900), 1_600, (1_600, 900)),
        ((300, 16_000), 480, (300, 16_000)),
        ((16_384, 1), 480, (480, 1)),
        ((1_000, 1_001), 480, (480, 480)),
        ((16_384, 2_441), 1_600, (1_600, 238)),
    ];
    for (from, most, expected) in table {
        assert_eq!(scaled(from, most), expected, "{from:?} at {most}");
    }
}

#[test]
fn a_record_is_settled_once() {
    let waiting = image("image/png");
    let ready = settled(&waiting, Ok(())).unwrap();
    assert_eq!((ready.version, ready.status, &ready.reason), (2, ImageStatus::Ready, &None));
    let rejected = settled(&waiting, Err(Rejection::Broken)).unwrap();
    assert_eq!((rejected.version, rejected.status), (2, ImageStatus::Rejected));
    assert_eq!(rejected.reason.as_deref(), Some("broken"));
    for end in [ready, rejected] {
        assert_eq!(settled(&end, Ok(())), None);
        assert_eq!(settled(&end, Err(Rejection::TooLarge)), None);
    }
}

#[test]
fn who_may_use_a_picture() {
    let waiting = image("image/png");
    let ready = settled(&waiting, Ok(())).unwrap();
    let rejected = settled(&waiting, Err(Rejection::WrongType)).unwrap();
    let owner = Manager::Organizer(waiting.owner_id);
    let (other, admin) = (Manager::Organizer(UserId::generate()), Manager::Admin(UserId::generate()));
    for (image, manager, belongs, usable) in [
        (&ready, owner, true, true),
        (&ready, admin, true, true),
        (&ready, other, false, false),
        (&waiting, owner, true, false),
        (&waiting, admin, true, false),
        (&rejected, owner, true, false),
        (&rejected, other, false, false),
    ] {
        assert_eq!((belongs_to(image, manager), usable_by(image, manager)), (belongs, usable), "{image:?}");
    }
}

#[test]
fn keys_and_addresses() {
    let id = ImageId::generate();
    assert_eq!(urls("https://x.example", id).list, format!("https://x.example/images/{id}/list.jpg"));
    assert_eq!(urls("http://local/bucket", id).detail, format!("http://local/bucket/images/{id}/detail.jpg"));
    assert_eq!(uploaded_image(&upload_key(id)), Some(id));
    let other = UserId::generate();
    for key in [format!("uploads/{id}.png"), format!("images/{id}"), format!("uploads/{other}"), "uploads/".into()] {
        assert_eq!(uploaded_image(&key), None, "{key}");
    }
    assert!(is_upload("uploads/readme.txt") && !is_upload(&image_keys(id).list));
}
