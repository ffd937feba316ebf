use contracts::catalog::{ImageState, ImageStatus};
use contracts::ids::{ImageId, UserId};
use image::ImageFormat;
use jiff::Timestamp;
use testkit::{Faults, Pause};

use super::bucket::{TestBucket, forms};
use super::fixture::{Fixture, after_hours, now};
use super::pictures::{BLUE, RED, alike, busy, corners, file, plain, png_bomb, size};
use crate::Error;
use crate::domain::image::{MAX_BYTES, NewImage, Rejection, image_keys, upload_key};
use crate::domain::programme::Manager;
use crate::images::process::Outcome;

struct World {
    catalogue: Fixture,
    bucket: TestBucket,
}

impl World {
    async fn start() -> Self {
        Self { catalogue: Fixture::start().await, bucket: TestBucket::start().await }
    }

    /// A picture of the organizer that waits for its upload.
    async fn allowed(&self, content_type: &str) -> ImageState {
        let new = NewImage { content_type: content_type.into(), size: None };
        let (catalogue, organizer) = (&self.catalogue.catalog, self.catalogue.organizer);
        catalogue.allow_upload(organizer, ImageId::generate(), new, &forms(), now()).await.unwrap().0
    }

    async fn uploaded(&self, content_type: &str, file: Vec<u8>) -> ImageState {
        let image = self.allowed(content_type).await;
        self.bucket.put(&upload_key(image.id), file);
        image
    }

    async fn process(&self, image: &ImageState) -> Outcome {
        let key = upload_key(image.id);
        self.catalogue.catalog.process_upload(&self.bucket.bucket(), &key, after_hours(1)).await.unwrap()
    }

    async fn found(&self, image: &ImageState) -> ImageState {
        self.catalogue.catalog.image(self.catalogue.organizer, image.id).await.unwrap()
    }

    fn sizes(&self, image: &ImageState) -> [(u32, u32); 2] {
        let keys = image_keys(image.id);
        [keys.list, keys.detail].map(|key| size(&self.bucket.object(&key).unwrap().bytes))
    }
}

#[tokio::test]
async fn an_upload_is_allowed_for_a_while() {
    let world = World::start().await;
    let image = world.allowed("image/webp").await;
    assert_eq!((image.version, image.status), (1, ImageStatus::Pending));
    assert_eq!(image.owner_id, world.catalogue.organizer.user_id());
    assert_eq!(world.found(&image).await, image);
    let items = world.catalogue.table.items().await;
    let ttl: i64 = kit::dynamo::read(&items[0], "ttl").unwrap().unwrap();
    assert_eq!(Timestamp::from_second(ttl).unwrap(), after_hours(48));
    let announced = world.catalogue.announced().await;
    assert_eq!(announced, [("catalog.image-requested.v1".to_owned(), image.id.to_string(), 1)]);
}

#[tokio::test]
async fn nothing_is_allowed_that_would_be_rejected() {
    let world = World::start().await;
    for (content_type, size) in [("image/gif", None), ("image/png", Some(0)), ("image/png", Some(10_485_761))] {
        let new = NewImage { content_type: content_type.into(), size };
        let (catalogue, organizer) = (&world.catalogue.catalog, world.catalogue.organizer);
        let refused = catalogue.allow_upload(organizer, ImageId::generate(), new, &forms(), now()).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{content_type}");
    }
    assert!(world.catalogue.table.items().await.is_empty());
}

#[tokio::test]
async fn a_picture_becomes_ready_in_two_sizes() {
    let world = World::start().await;
    for (content_type, format) in
        [("image/jpeg", ImageFormat::Jpeg), ("image/png", ImageFormat::Png), ("image/webp", ImageFormat::WebP)]
    {
        let image = world.uploaded(content_type, file(busy(1_700, 340), format)).await;
        assert_eq!(world.process(&image).await, Outcome::Accepted);
        let ready = world.found(&image).await;
        assert_eq!((ready.version, ready.status, &ready.reason), (2, ImageStatus::Ready, &None));
        assert_eq!(world.sizes(&image), [(480, 96), (1_600, 320)]);
        let keys = image_keys(image.id);
        for key in [&keys.list, &keys.detail] {
            let object = world.bucket.object(key).unwrap();
            assert_eq!(object.content_type, "image/jpeg");
            assert_eq!(object.cache_control, "public, max-age=31536000, immutable");
        }
        assert!(world.bucket.object(&upload_key(image.id)).is_none());
        assert!(world.catalogue.announced().await.contains(&(
            "catalog.image-accepted.v1".to_owned(),
            image.id.to_string(),
            2
        )));
        let items = world.catalogue.table.items().await;
        assert!(items.iter().all(|item| !item.contains_key("ttl")), "what is ready stays");
    }
}

#[tokio::test]
async fn what_is_no_picture_is_rejected_and_shown_to_nobody() {
    let world = World::start().await;
    let png = file(busy(60, 40), ImageFormat::Png);
    let too_large = usize::try_from(MAX_BYTES).unwrap() + 1;
    let table: [(Vec<u8>, Rejection); 9] = [
        (vec![0x89; too_large], Rejection::TooLarge),
        (b"GIF89a".to_vec(), Rejection::NotAnImage),
        (b"<html><img src=x onerror=steal()>".to_vec(), Rejection::NotAnImage),
        ([b"GIF89a".as_slice(), &png].concat(), Rejection::NotAnImage),
        (Vec::new(), Rejection::NotAnImage),
        (file(busy(60, 40), ImageFormat::Jpeg), Rejection::WrongType),
        ([file(busy(60, 40), ImageFormat::WebP), png.clone()].concat(), Rejection::WrongType),
        (png_bomb(60_000, 60_000), Rejection::TooManyPixels),
        (png[..png.len() / 2].to_vec(), Rejection::Broken),
    ];
    for (file, expected) in table {
        let image = world.uploaded("image/png", file).await;
        assert_eq!(world.process(&image).await, Outcome::Rejected(expected));
        let rejected = world.found(&image).await;
        assert_eq!((rejected.version, rejected.status), (2, ImageStatus::Rejected));
        assert_eq!(rejected.reason.as_deref(), Some(expected.code()));
        assert!(world.bucket.keys().is_empty(), "{expected:?}");
        let (manager, usable) = (world.catalogue.organizer, &world.catalogue.catalog);
        assert!(!usable.usable_image(manager, image.id).await.unwrap());
    }
}

#[tokio::test]
async fn the_largest_upload_is_looked_at() {
    let world = World::start().await;
    let mut png = file(busy(60, 40), ImageFormat::Png);
    png.resize(usize::try_from(MAX_BYTES).unwrap(), 0);
    let image = world.uploaded("image/png", png).await;
    assert_eq!(world.process(&image).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_second_delivery_changes_nothing() {
    let world = World::start().await;
    let image = world.uploaded("image/png", file(plain(60, 40, RED), ImageFormat::Png)).await;
    assert_eq!(world.process(&image).await, Outcome::Accepted);
    let ready = (world.found(&image).await, world.bucket.object(&image_keys(image.id).detail));
    assert_eq!(world.process(&image).await, Outcome::Discarded);
    // Nor does another upload with the same form, sound or not.
    for file in [file(plain(60, 40, BLUE), ImageFormat::Png), b"nothing".to_vec()] {
        world.bucket.put(&upload_key(image.id), file);
        assert_eq!(world.process(&image).await, Outcome::Discarded);
        assert!(world.bucket.object(&upload_key(image.id)).is_none());
    }
    assert_eq!((world.found(&image).await, world.bucket.object(&image_keys(image.id).detail)), ready);
}

#[tokio::test]
async fn uploads_that_nobody_waits_for_are_deleted() {
    let world = World::start().await;
    let (catalogue, bucket) = (&world.catalogue.catalog, world.bucket.bucket());
    let png = file(plain(60, 40, RED), ImageFormat::Png);
    for key in [upload_key(ImageId::generate()), format!("uploads/{}", UserId::generate()), "uploads/a b".into()] {
        world.bucket.put(&key, png.clone());
        assert_eq!(catalogue.process_upload(&bucket, &key, now()).await.unwrap(), Outcome::Discarded, "{key}");
    }
    assert!(world.bucket.keys().is_empty());
    // Whatever else lies there is none of our business.
    world.bucket.put("images/other.jpg", png);
    assert_eq!(catalogue.process_upload(&bucket, "images/other.jpg", now()).await.unwrap(), Outcome::Nothing);
    assert_eq!(world.bucket.keys(), ["images/other.jpg"]);
}

#[tokio::test]
async fn an_upload_that_is_gone_leaves_its_picture_waiting() {
    let world = World::start().await;
    let image = world.allowed("image/png").await;
    assert_eq!(world.process(&image).await, Outcome::Nothing);
    assert_eq!(world.found(&image).await, image);
}

#[tokio::test]
async fn processing_survives_an_interruption_at_every_call() {
    for (content, outcome) in [
        (file(busy(500, 100), ImageFormat::Png), ImageStatus::Ready),
        (file(busy(500, 100), ImageFormat::Jpeg), ImageStatus::Rejected),
    ] {
        let mut struck = 0;
        for fault in Faults::every(12) {
            let world = World::start().await;
            let image = world.uploaded("image/png", content.clone()).await;
            let faults = Faults::one(fault);
            let (catalogue, bucket) = (world.catalogue.failing(&faults), world.bucket.failing(&faults));
            let first = catalogue.process_upload(&bucket, &upload_key(image.id), after_hours(1)).await;
            if !faults.struck() {
                first.unwrap();
                break;
            }
            struck += 1;
            assert!(first.is_err(), "{fault:?}");
            let halfway = world.found(&image).await;
            if halfway.status == ImageStatus::Ready {
                world.sizes(&image);
            }
            world.process(&image).await;
            let settled = world.found(&image).await;
            assert_eq!((settled.version, settled.status), (2, outcome), "{fault:?}");
            assert!(world.bucket.object(&upload_key(image.id)).is_none(), "{fault:?}");
            match outcome {
                ImageStatus::Ready => assert_eq!(world.sizes(&image), [(480, 96), (500, 100)], "{fault:?}"),
                _ => assert!(world.bucket.keys().is_empty(), "{fault:?}"),
            }
        }
        // Record, upload, two pictures, record, upload; or without the pictures.
        assert_eq!(struck, if outcome == ImageStatus::Ready { 12 } else { 8 });
    }
}

/// Two uploads with one form, the second one and its delivery at every point of the first one's.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_never_shows_another_picture() {
    for call in 1..=4 {
        let world = World::start().await;
        let image = world.uploaded("image/png", file(plain(600, 60, RED), ImageFormat::Png)).await;
        let (key, keys, pause) = (upload_key(image.id), image_keys(image.id), Pause::before(call));
        let slow = tokio::spawn({
            let (catalogue, bucket, key) = (world.catalogue.catalog.clone(), world.bucket.pausing(&pause), key.clone());
            async move { catalogue.process_upload(&bucket, &key, after_hours(1)).await.unwrap() }
        });
        assert!(pause.reached_or(&slow).await, "call {call}");
        world.bucket.put(&key, file(plain(600, 60, BLUE), ImageFormat::Png));
        let quick = world.process(&image).await;
        let shown = [&keys.list, &keys.detail].map(|key| world.bucket.object(key));
        pause.end();
        let slow = slow.await.unwrap();

        // Before the fourth call, which deletes the upload, the first one has decided.
        let expected = if call == 4 { (Outcome::Discarded, Outcome::Accepted) } else { (Outcome::Accepted, slow) };
        assert_eq!((quick, slow), expected, "call {call}");
        assert_eq!([&keys.list, &keys.detail].map(|key| world.bucket.object(key)), shown, "call {call}");
        let colours = shown.map(|object| corners(&object.unwrap().bytes)[0]);
        let expected = if call <= 2 { BLUE } else { RED };
        assert!(colours.into_iter().all(|colour| alike(colour, expected)), "call {call}: {colours:?}");
        assert_eq!(world.found(&image).await.version, 2);
    }
}

#[tokio::test]
async fn pictures_are_their_owners() {
    let world = World::start().await;
    let image = world.uploaded("image/png", file(plain(60, 40, RED), ImageFormat::Png)).await;
    let (catalogue, owner) = (&world.catalogue.catalog, world.catalogue.organizer);
    let (other, admin) = (Manager::Organizer(UserId::generate()), Manager::Admin(UserId::generate()));
    for manager in [owner, admin] {
        assert_eq!(catalogue.image(manager, image.id).await.unwrap(), image);
        assert!(!catalogue.usable_image(manager, image.id).await.unwrap(), "not ready yet");
    }
    world.process(&image).await;
    assert!(catalogue.usable_image(owner, image.id).await.unwrap());
    assert!(catalogue.usable_image(admin, image.id).await.unwrap());
    assert!(!catalogue.usable_image(other, image.id).await.unwrap());
    assert!(!catalogue.usable_image(admin, ImageId::generate()).await.unwrap());
    for (manager, id) in [(other, image.id), (owner, ImageId::generate()), (admin, ImageId::generate())] {
        assert!(matches!(catalogue.image(manager, id).await, Err(Error::NotFound)));
    }
}
