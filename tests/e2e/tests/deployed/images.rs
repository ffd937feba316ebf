//! Pictures, from the leave to upload one to what anybody may see.

use e2e::history::assert_history;
use e2e::person::Person;
use e2e::picture::{Fetched, Upload, claiming, encoded, gradient, looked_at, ready, turned};
use e2e::stack::{Stack, client};
use e2e::wait::{LATER, eventually, when};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use serde_json::{Value, json};

const MIB: usize = 1024 * 1024;

/// Looks as an operator whether there is still an upload under this id.
async fn is_upload_there(upload: &Upload) -> bool {
    let stack = Stack::get();
    let client = aws_sdk_s3::Client::from_conf(
        aws_sdk_s3::config::Builder::from(&stack.operator().await).force_path_style(true).build(),
    );
    let bucket = upload.address().rsplit('/').nth(2).unwrap().to_owned();
    let listed = client.list_objects_v2().bucket(bucket).prefix(format!("uploads/{}", upload.id)).send().await;
    listed.expect("the bucket is listed").key_count().unwrap_or_default() > 0
}

/// That an upload was taken back after it was looked at.
async fn assert_cleared(upload: &Upload) {
    eventually("the upload is gone", LATER, async || when(!is_upload_there(upload).await, "it is there")).await;
}

async fn rejected(content_type: &str, file: &[u8]) -> String {
    let owner = Person::with_role("organizer").await;
    let upload = Upload::sign(&owner, content_type).await;
    upload.store(file).await;
    let picture = looked_at(&owner, &upload.id).await;
    assert_eq!((&picture["status"], &picture["urls"]), (&json!("REJECTED"), &Value::Null), "{picture}");
    assert_cleared(&upload).await;
    assert_history(&upload.id, &["catalog.image-requested.v1", "catalog.image-rejected.v1"]).await;
    picture["reason"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_is_uploaded_and_shown_in_two_sizes() {
    let owner = Person::with_role("organizer").await;
    let upload = Upload::sign(&owner, "image/png").await;
    assert_eq!(upload.field("key"), Some(format!("uploads/{}", upload.id).as_str()));
    assert_eq!(upload.answer["maxBytes"], 10 * MIB);
    let expires: jiff::Timestamp = upload.answer["expiresAt"].as_str().unwrap().parse().unwrap();
    let minutes = (expires.as_second() - jiff::Timestamp::now().as_second()) / 60;
    assert!((8..=10).contains(&minutes), "{}", upload.answer);
    let path = format!("/admin/images/{}", upload.id);
    let pending = owner.api.get(&path).await.expect(200);
    assert_eq!((&pending["status"], &pending["urls"]), (&json!("PENDING"), &Value::Null));
    assert_eq!((&pending["version"], &pending["reason"]), (&json!(1), &Value::Null));

    upload.store(&encoded(&gradient(2_000, 3_000).into(), ImageFormat::Png)).await;
    // The upload itself is nobody's to read, not even before it was looked at.
    let picture = eventually("the picture is ready", LATER, async || {
        let refused = Fetched::from(&upload.address()).await.status;
        assert!([403, 404].contains(&refused), "{refused}");
        let picture = owner.api.get(&path).await.expect(200);
        when(picture["status"] == "READY", picture)
    })
    .await;
    assert_eq!(picture["version"], 2);
    for (size, width, height) in [("list", 480, 720), ("detail", 1_600, 2_400)] {
        let url = picture["urls"][size].as_str().unwrap();
        assert!(url.ends_with(&format!("/images/{}/{size}.jpg", upload.id)), "{url}");
        let fetched = Fetched::from(url).await;
        let header = |name: &str| fetched.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/jpeg");
        assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
        let jpeg = fetched.jpeg();
        assert_eq!((jpeg.width(), jpeg.height()), (width, height), "{size}");
        let [left, right] = [jpeg.get_pixel(2, height / 2), jpeg.get_pixel(width - 3, height / 2)];
        assert!(left[0] < 30 && right[0] > 225 && left[1].abs_diff(128) < 30, "{left:?} {right:?}");
    }
    assert_cleared(&upload).await;
    assert_history(&upload.id, &["catalog.image-requested.v1", "catalog.image-accepted.v1"]).await;

    // The form is good for ten minutes, and changes nothing any more.
    let url = picture["urls"]["list"].as_str().unwrap();
    let before = Fetched::from(url).await.bytes;
    upload.store(&encoded(&gradient(30, 30).into(), ImageFormat::Png)).await;
    assert_cleared(&upload).await;
    assert_eq!(owner.api.get(&path).await.expect(200), picture);
    assert_eq!(Fetched::from(url).await.bytes, before);
}

#[tokio::test]
async fn pictures_of_every_kind_are_taken() {
    let owner = Person::admin().await;
    let kinds = [("image/jpeg", ImageFormat::Jpeg), ("image/png", ImageFormat::Png), ("image/webp", ImageFormat::WebP)];
    for (content_type, format) in kinds {
        let upload = Upload::sign(&owner, content_type).await;
        upload.store(&encoded(&gradient(600, 300).into(), format)).await;
        let picture = looked_at(&owner, &upload.id).await;
        assert_eq!(picture["status"], "READY", "{content_type}: {picture}");
        let [list, detail] = ["list", "detail"].map(|size| picture["urls"][size].as_str().unwrap().to_owned());
        let (list, detail) = (Fetched::from(&list).await.jpeg(), Fetched::from(&detail).await.jpeg());
        assert_eq!((list.width(), list.height()), (480, 240), "{content_type}");
        assert_eq!((detail.width(), detail.height()), (600, 300), "{content_type}: never enlarged");
    }
}

#[tokio::test]
async fn what_cameras_turn_is_turned_and_what_is_transparent_is_white() {
    let owner = Person::admin().await;
    let jpeg = encoded(&gradient(600, 300).into(), ImageFormat::Jpeg);
    let upload = Upload::sign(&owner, "image/jpeg").await;
    upload.store(&turned(&jpeg, 6)).await;
    let picture = looked_at(&owner, &upload.id).await;
    let detail = Fetched::from(picture["urls"]["detail"].as_str().unwrap()).await.jpeg();
    assert_eq!((detail.width(), detail.height()), (300, 600));
    // Turned to the right, what was on the left is on top.
    let [top, bottom] = [detail.get_pixel(150, 5), detail.get_pixel(150, 594)];
    assert!(top[0] < 60 && bottom[0] > 200, "{top:?} {bottom:?}");

    let upload = Upload::sign(&owner, "image/png").await;
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(60, 60, Rgba([0, 0, 0, 0])));
    upload.store(&encoded(&clear, ImageFormat::Png)).await;
    let picture = looked_at(&owner, &upload.id).await;
    let list = Fetched::from(picture["urls"]["list"].as_str().unwrap()).await.jpeg();
    assert!(list.get_pixel(30, 30).0.iter().all(|part| *part > 245), "{:?}", list.get_pixel(30, 30));
}

#[tokio::test]
async fn what_is_no_picture_is_rejected() {
    let png = encoded(&gradient(300, 300).into(), ImageFormat::Png);
    let jpeg = encoded(&gradient(300, 300).into(), ImageFormat::Jpeg);
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec();
    let table: [(&str, Vec<u8>, &[&str]); 6] = [
        ("image/png", b"<html><script>alert(1)</script></html>".to_vec(), &["not_an_image"]),
        ("image/png", gif, &["not_an_image", "wrong_type"]),
        ("image/png", jpeg, &["wrong_type"]),
        ("image/jpeg", png.clone(), &["wrong_type"]),
        ("image/png", png[..png.len() / 2].to_vec(), &["broken"]),
        ("image/png", claiming(60_000, 60_000), &["too_many_pixels"]),
    ];
    for (content_type, file, reasons) in table {
        let reason = rejected(content_type, &file).await;
        assert!(reasons.contains(&reason.as_str()), "{reason} for {} bytes as {content_type}", file.len());
    }
}

#[tokio::test]
async fn the_form_allows_one_upload_of_one_kind_to_one_place() {
    let owner = Person::with_role("organizer").await;
    let (upload, other) = (Upload::sign(&owner, "image/png").await, Upload::sign(&owner, "image/png").await);
    let png = encoded(&gradient(30, 30).into(), ImageFormat::Png);
    for (what, form) in [
        ("another key", upload.with("key", &format!("uploads/{}", other.id))),
        ("a public key", upload.with("key", &format!("images/{}/list.jpg", upload.id))),
        ("a longer key", upload.with("key", &format!("uploads/{}/more", upload.id))),
        ("another type", upload.with("Content-Type", "text/html")),
        ("one more field", upload.with("acl", "public-read")),
        ("another policy", upload.with("policy", other.field("policy").unwrap())),
        ("no policy", upload.without("policy")),
        ("no signature", upload.without("x-amz-signature")),
        ("another signature", upload.with("x-amz-signature", &"0".repeat(64))),
        ("no type", upload.without("Content-Type")),
    ] {
        let status = form.send(&png).await;
        assert!((400..500).contains(&status), "{what}: {status}");
    }
    for size in [0, 10 * MIB + 1] {
        let status = upload.send(&vec![0; size]).await;
        assert_eq!(status, 400, "{size} bytes");
    }
    for upload in [&upload, &other] {
        assert!(!is_upload_there(upload).await);
        let path = format!("/admin/images/{}", upload.id);
        assert_eq!(owner.api.get(path).await.expect(200)["status"], "PENDING");
    }
    upload.store(&png).await;
    assert_eq!(looked_at(&owner, &upload.id).await["status"], "READY");
}

#[tokio::test]
async fn pictures_are_for_their_owner_and_administrators() {
    let (owner, other, admin) =
        (Person::with_role("organizer").await, Person::with_role("organizer").await, Person::admin().await);
    let picture = ready(&owner).await;
    let path = format!("/admin/images/{}", picture["id"].as_str().unwrap());
    assert_eq!(admin.api.get(&path).await.expect(200), picture);
    other.api.get(&path).await.refused(404, "not_found");
}

#[tokio::test]
async fn nobody_writes_to_the_bucket_without_leave() {
    let owner = Person::with_role("organizer").await;
    let upload = Upload::sign(&owner, "image/png").await;
    let bucket = upload.address().rsplit_once("/uploads/").unwrap().0.to_owned();
    let client = client().build().unwrap();
    for place in [upload.address(), format!("{bucket}/images/{}/list.jpg", upload.id)] {
        let answer = client.put(&place).body("nothing").send().await.unwrap();
        assert_eq!(answer.status(), 403, "{place}");
        let answer = client.delete(&place).send().await.unwrap();
        assert_eq!(answer.status(), 403, "{place}");
    }
    assert_eq!(client.get(&bucket).send().await.unwrap().status(), 403, "the bucket is not listed");
}
