//! Law: what tickets come out of is kept as it was said, and whoever shows a station is known while they do.

use super::on_both_engines;
use super::world::{NOW, World, id, job_id, ticket_id};
use fastops_domain::ids::{PrinterId, TargetId};
use fastops_domain::job::Priority;
use fastops_domain::outlet::{MailSecurity, MailServer};
use fastops_domain::station::{ChainTarget, Printer, PrinterProfile, Target};
use fastops_domain::ticket::TicketState;
use fastops_store::{Store, StoreError, Tx, Work, device, job, probe, screen, station, ticket};
use std::collections::{HashMap, HashSet};

on_both_engines!(
    a_chain_is_replaced_whole,
    a_device_that_is_removed_gives_its_name_back,
    a_mail_server_is_one_for_each_branch,
    a_sender_is_known_by_the_terminal_on_the_ticket,
    a_screen_is_there_while_it_says_so,
);

async fn unit<T: Send + 'static>(
    store: &Store,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> T {
    let world = World::open(store).await;
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

fn folder(n: u64, name: &str) -> Printer {
    Printer {
        id: PrinterId(id(13, n)),
        name: name.into(),
        address: format!("pdf:/srv/{n}").parse().unwrap(),
        profile: PrinterProfile::default(),
    }
}

async fn a_chain_is_replaced_whole(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (branch, kitchen) = (world.branch.id, world.stations[0].id);
            let [first, second] = world.printers.map(|row| Target::Device(row.printer.id));
            let bars = station::chains(tx, branch).await?[&world.stations[1].id].clone();
            let ids =
                |from: u64, count: u64| (from..from + count).map(|n| TargetId(id(19, n))).collect::<Vec<_>>();
            let at = |target, tier| ChainTarget { target, tier };
            for (from, chain) in [
                (100, vec![at(first, 0), at(second, 0), at(Target::Sender, 1)]),
                (200, vec![at(Target::Sender, 0), at(second, 1), at(first, 1)]),
                (300, vec![at(second, 0)]),
                (400, vec![]),
            ] {
                device::set_chain(tx, kitchen, &chain, &ids(from, chain.len() as u64)).await?;
                let kept = station::chains(tx, branch).await?;
                assert_eq!(kept.get(&kitchen).cloned().unwrap_or_default(), chain);
                assert_eq!(kept[&world.stations[1].id], bars, "another station's is not touched");
            }
            Ok(())
        })
    })
    .await;
}

async fn a_device_that_is_removed_gives_its_name_back(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let branch = world.branch.id;
            let (old, new) = (folder(7, "Carpeta"), folder(8, "Carpeta"));
            device::save(tx, branch, &old).await?;
            let moved = Printer { address: "pdf:/srv/otra".parse().unwrap(), ..old.clone() };
            device::save(tx, branch, &moved).await?;
            let named = |devices: Vec<Printer>| -> Vec<Printer> {
                devices.into_iter().filter(|device| device.name == "Carpeta").collect()
            };
            assert_eq!(named(station::printers(tx, branch).await?), [moved]);
            let terminal = world.terminal.id;
            device::set_terminal_printer(tx, branch, terminal, Some(old.id)).await?;
            assert_eq!(device::terminal_printers(tx, branch).await?, HashMap::from([(terminal, old.id)]));
            device::retire(tx, branch, old.id, " · 1").await?;
            assert_eq!(device::terminal_printers(tx, branch).await?, HashMap::new());
            device::save(tx, branch, &new).await?;
            assert_eq!(named(station::printers(tx, branch).await?), [new]);
            for again in
                [device::retire(tx, branch, old.id, " · 2").await, device::save(tx, branch, &old).await]
            {
                assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
            }
            Ok(())
        })
    })
    .await;
}

async fn a_mail_server_is_one_for_each_branch(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let branch = world.branch.id;
            assert_eq!(device::mail_server(tx, branch).await?, None);
            let first = MailServer {
                host: "smtp.fonda.co".into(),
                port: 465,
                security: MailSecurity::Tls,
                user: Some("fonda".into()),
                from: "pedidos@fonda.co".into(),
            };
            let second = MailServer { security: MailSecurity::None, user: None, port: 25, ..first.clone() };
            for server in [Some(first), Some(second), None] {
                device::set_mail_server(tx, branch, server.as_ref()).await?;
                assert_eq!(device::mail_server(tx, branch).await?, server);
            }
            Ok(())
        })
    })
    .await;
}

async fn a_sender_is_known_by_the_terminal_on_the_ticket(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let [at, beside] = world.printers.clone().map(|row| row.printer.id);
            let kitchen = world.stations[0].id;
            let order = world.add_order(tx, 1).await?;
            let mine = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let other = world.add_order(tx, 2).await?;
            world.add_job(tx, 2, other, 1, Priority::Normal).await?;
            let mut content = world.content(2);
            content.terminal = "Una que ya no está".into();
            ticket::rewrite_contents(tx, &[(ticket_id(2), content)]).await?;
            assert_eq!(job::sender_printer(tx, mine.id).await?, None, "it has none beside it");
            device::set_terminal_printer(tx, world.branch.id, world.terminal.id, Some(beside)).await?;
            assert_eq!(job::sender_printer(tx, mine.id).await?, Some(beside));
            assert_eq!(job::sender_printer(tx, job_id(2)).await?, None);
            let mut waiting = async |sender| job::waiting_sent_from(tx, at, kitchen, sender).await.unwrap();
            assert_eq!(waiting(Some(beside)).await, [job_id(1)]);
            assert_eq!(waiting(None).await, [job_id(2)]);
            job::reroute(tx, &[job_id(1)], at, beside, NOW, None).await?;
            assert_eq!(job::tickets_at(tx, kitchen, beside).await?, HashSet::from([ticket_id(1)]));
            Ok(())
        })
    })
    .await;
}

async fn a_screen_is_there_while_it_says_so(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (branch, [kitchen, bar]) = (world.branch.id, world.stations.clone());
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let mut age = async |code: &str| screen::sign(tx, branch, code, None).await.unwrap().age_ms;
            assert_eq!(age(&kitchen.code).await, None);
            screen::show(tx, id(30, 1), bar.id).await?;
            screen::show(tx, id(30, 2), kitchen.id).await?;
            let sign = screen::sign(tx, branch, &kitchen.code, Some(ticket_id(1))).await?;
            assert!(sign.age_ms.is_some_and(|age| (0..60_000).contains(&age)), "{sign:?}");
            assert_eq!(sign.ticket, Some(TicketState::New));
            screen::show(tx, id(30, 2), bar.id).await?;
            assert_eq!(screen::sign(tx, branch, &kitchen.code, None).await?.age_ms, None, "it shows another");
            screen::hide(tx, id(30, 1)).await?;
            assert!(
                screen::sign(tx, branch, &bar.code, None).await?.age_ms.is_some(),
                "the other one still does"
            );
            probe::execute(tx, "UPDATE kitchen_screen SET alive_at = alive_at + 600000").await?;
            let sign = screen::sign(tx, branch, &bar.code, None).await?;
            assert_eq!(sign.age_ms, None, "a clock that was turned back keeps no screen alive");
            Ok(())
        })
    })
    .await;
}
