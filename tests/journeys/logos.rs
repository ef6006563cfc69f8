//! The picture at the head of what a guest gets: seen before it is kept, on every bill and receipt from then on, on
//! no other paper, and never in the way of one.

use super::papers::{bill, close_with_receipt, printer, served, until};
use crate::house::{Engine, House, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    Event, FailureCode, GetPaperPreview, GetPrintSetup, GetReceiptLogo, JobState, LogoPicture, LogoView,
    ReceiptLogoView, SaveDevice, SetReceiptLogo, TryReceiptLogo,
};
use fastops_app::{Caller, Language};
use fastops_printer_sim::{Condition, Slip};
use std::fmt::Write as _;

super::on_both_engines!(
    a_picture_is_seen_kept_and_heard_of,
    bills_and_receipts_begin_with_it_and_nothing_else_does,
    a_picture_that_is_gone_stops_no_receipt,
    a_picture_that_cannot_be_is_refused_with_a_sentence,
);

/// Black but for a white bar to the right, wider than paper of 58 mm has room for.
fn picture() -> LogoPicture {
    let row = "00".repeat(300) + &"ff".repeat(200);
    LogoPicture { width: 500, grey: row.repeat(100) }
}

async fn keep(house: &House, admin: &Caller, picture: Option<LogoPicture>) -> ReceiptLogoView {
    let request = SetReceiptLogo { command_id: new_id(), picture };
    house.app.perform(admin, request).await.unwrap()
}

/// The dots of a paper's pictures, one below the other, in hexadecimal.
fn pictures(slip: &Slip) -> String {
    let bytes = slip.pictures().flat_map(fastops_printer_sim::paper::Raster::data);
    bytes.fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn look(view: &LogoView, paper_mm: u32) -> String {
    view.looks.iter().find(|look| look.paper_mm == paper_mm).unwrap().dots.clone()
}

async fn a_picture_is_seen_kept_and_heard_of(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let store = house.app.store_for_faults();
    assert_eq!(house.app.perform(&admin, GetReceiptLogo {}).await.unwrap().logo, None);
    let seen = house.app.perform(&admin, TryReceiptLogo { picture: picture() }).await.unwrap();
    let sizes: Vec<_> = seen.looks.iter().map(|look| (look.paper_mm, look.dots_wide)).collect();
    assert_eq!(sizes, [(80, 504), (58, 384)], "whole bytes of 500, and what narrow paper has room for");
    assert_eq!(
        house.app.perform(&admin, GetReceiptLogo {}).await.unwrap().logo,
        None,
        "looking keeps nothing"
    );

    let mut events = house.app.subscribe();
    let request = SetReceiptLogo { command_id: new_id(), picture: Some(picture()) };
    for _ in 0..2 {
        let kept = house.app.perform(&admin, request.clone()).await.unwrap();
        assert_eq!(kept.logo.as_ref(), Some(&seen), "what was seen is what is kept");
    }
    let heard = std::iter::from_fn(|| events.try_recv().ok());
    let changes = heard.filter(|heard| matches!(heard.event, Event::SettingsChanged)).count();
    assert_eq!(changes, 1, "every screen hears of it once");
    assert_eq!(count(&store, questions::LOGOS_SET).await, 1, "P13: the same command again keeps nothing new");
    assert_eq!(keep(&house, &admin, None).await.logo, None);
    assert_eq!(count(&store, questions::LOGOS_SET).await, 2, "taking it away is an act too");
    house.close().await;
}

async fn bills_and_receipts_begin_with_it_and_nothing_else_does(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let seen = keep(&house, &admin, Some(picture())).await.logo.unwrap();
    let order = served(&house, &ana).await;
    for name in ["cocina", "bar"] {
        let slips = house.printer(name).slips();
        assert!(
            !slips.is_empty() && slips.iter().all(|slip| slip.pictures().count() == 0),
            "a ticket has none"
        );
    }
    let bar = printer(&house, &ana, "Bar").await;
    house.printer("bar").reset_log();
    let before = bill(&house, &ana, order.id, bar).await;
    until(&house, &ana, before.job_id, &[JobState::Printed]).await;
    close_with_receipt(&house, order.id).await;
    let after = bill(&house, &ana, order.id, bar).await;
    until(&house, &ana, after.job_id, &[JobState::Printed]).await;
    let slips = house.printer("bar").slips();
    for slip in &slips[..2] {
        assert_eq!(pictures(slip), look(&seen, 80), "what was seen is what comes out");
        let text = slip.text();
        assert!(text.find("[picture") < text.find("La Candelaria"), "{text}");
    }
    let preview = GetPaperPreview { job_id: Some(after.job_id), ticket_id: None };
    let rows = house.app.perform(&ana, preview).await.unwrap().rows;
    let drawn: Vec<_> = rows.iter().filter_map(|row| row.dots_wide).collect();
    assert_eq!(drawn, [576], "in the middle of the paper");

    // A reprint has the picture of now, and narrow paper a narrow one.
    let other = LogoPicture { width: 8, grey: "00".repeat(8 * 8) };
    keep(&house, &admin, Some(other)).await;
    let again = bill(&house, &ana, order.id, bar).await;
    until(&house, &ana, again.job_id, &[JobState::Printed]).await;
    assert_eq!(pictures(&house.printer("bar").slips()[2]), "ff".repeat(8));
    for (columns, draws) in [(32, true), (48, false)] {
        let seen = keep(&house, &admin, Some(picture())).await.logo.unwrap();
        write_for(&house, &admin, bar, columns, draws).await;
        house.printer("bar").reset_log();
        let paper = bill(&house, &ana, order.id, bar).await;
        until(&house, &ana, paper.job_id, &[JobState::Printed]).await;
        let expected = if draws { look(&seen, 58) } else { String::new() };
        assert_eq!(pictures(&house.printer("bar").slips()[0]), expected, "{columns} columns, {draws}");
    }
    house.close().await;
}

/// Has a printer be written for as one of so many columns, with pictures or without.
async fn write_for(house: &House, admin: &Caller, id: uuid::Uuid, columns: u8, pictures: bool) {
    let setup = house.app.perform(admin, GetPrintSetup {}).await.unwrap();
    let known = setup.devices.into_iter().find(|device| device.id == id).unwrap();
    let mut profile = known.profile;
    profile.columns = columns;
    profile.abilities.as_mut().unwrap().pictures = pictures;
    let (device_id, name, address) = (known.id, known.name, known.address);
    let save = SaveDevice { command_id: new_id(), device_id, name, address, profile: Some(profile) };
    house.app.perform(admin, save).await.unwrap();
}

/// What was asked for with a picture comes out without it when it was taken away meanwhile.
async fn a_picture_that_is_gone_stops_no_receipt(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    keep(&house, &admin, Some(picture())).await;
    let order = served(&house, &admin).await;
    let bar = printer(&house, &admin, "Bar").await;
    house.printer("bar").reset_log();
    house.printer("bar").set(Condition::PaperOut);
    let waits = bill(&house, &admin, order.id, bar).await;
    until(&house, &admin, waits.job_id, &[JobState::Blocked]).await;
    keep(&house, &admin, None).await;
    house.printer("bar").set(Condition::Ready);
    until(&house, &admin, waits.job_id, &[JobState::Printed]).await;
    let slips = house.printer("bar").slips();
    assert_eq!((slips.len(), slips[0].pictures().count()), (1, 0));
    assert!(slips[0].text().contains("TOTAL"), "{}", slips[0].text());
    house.close().await;
}

async fn a_picture_that_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let of = |width: u32, rows: usize, value: &str| LogoPicture {
        width,
        grey: value.repeat(width as usize * rows),
    };
    for (picture, code, says) in [
        (of(577, 10, "00"), FailureCode::BadSetting, "576"),
        (of(100, 241, "00"), FailureCode::BadSetting, "240"),
        (of(7, 10, "00"), FailureCode::BadSetting, "7 ×"),
        (of(0, 0, "00"), FailureCode::BadSetting, "0 ×"),
        (of(100, 10, "ff"), FailureCode::BadSetting, "blanca"),
        (LogoPicture { grey: "00".repeat(801), ..of(8, 0, "") }, FailureCode::BadSetting, "incompleta"),
        (LogoPicture { grey: "0".repeat(641), ..of(8, 0, "") }, FailureCode::BadRequest, "entendió"),
        (LogoPicture { grey: "zz".repeat(64), ..of(8, 0, "") }, FailureCode::BadRequest, "entendió"),
    ] {
        let request = SetReceiptLogo { command_id: new_id(), picture: Some(picture.clone()) };
        let spanish = house.refused(&admin, request.clone(), code).await;
        assert!(spanish.message.contains(says), "{}", spanish.message);
        let english = Caller { language: Language::En, ..admin.clone() };
        assert_ne!(spanish.message, house.refused(&english, request, code).await.message);
        house.refused(&admin, TryReceiptLogo { picture }, code).await;
    }
    assert_eq!(house.app.perform(&admin, GetReceiptLogo {}).await.unwrap().logo, None);
    assert_eq!(
        count(&house.app.store_for_faults(), questions::LOGOS_SET).await,
        0,
        "what is refused is no act"
    );
    house.close().await;
}
