//! Law: what goes in comes out, column by column, on both engines.

use super::on_both_engines;
use super::world::{NOW, World, id, job_id, ticket_id};
use fastops_domain::contact::Contact;
use fastops_domain::ids::{CommandId, SessionId, SizeId, TerminalId, UserId, VariantId};
use fastops_domain::job::{Cause, JobProgress, JobState, Priority};
use fastops_domain::menu::{Modifier, ModifierGroup};
use fastops_domain::order::{OrderType, TicketProgress};
use fastops_domain::station::{ChainTarget, Target};
use fastops_domain::ticket::TicketState;
use fastops_domain::user::{PinFailures, Role};
use fastops_store::audit::{self, AuditRow};
use fastops_store::company::{self, Terminal};
use fastops_store::job::{self, Attempt};
use fastops_store::order::{self, LineVoid, NewOrder, OrderRow};
use fastops_store::session::{self, LiveSession, Session};
use fastops_store::user::{self, User};
use fastops_store::variant::{self, Variant};
use fastops_store::{Store, StoreError, Tx, command, floor, menu, probe, role, station, ticket};
use std::sync::Arc;

on_both_engines!(
    the_house_round_trips,
    people_round_trip,
    sessions_are_found_while_they_live,
    the_menu_round_trips,
    stations_and_printers_round_trip,
    orders_and_lines_round_trip,
    the_latest_line_is_the_last,
    tickets_round_trip,
    jobs_and_attempts_round_trip,
    audit_and_answers_round_trip,
    an_unknown_code_is_an_error_and_not_a_default,
);

/// Runs a unit of work that needs the world.
async fn unit<T: Send + 'static>(
    store: &Store,
    world: &World,
    work: for<'t> fn(&'t mut Tx, World) -> fastops_store::Work<'t, T, StoreError>,
) -> Result<T, StoreError> {
    let world = world.clone();
    store.write(move |tx| work(tx, world.clone())).await
}

async fn the_house_round_trips(store: Store) {
    let empty = store.read::<_, StoreError, _>(|tx| Box::pin(company::first_branch(tx))).await.unwrap();
    assert_eq!(empty, None);
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let first = company::first_branch(tx).await?;
            assert_eq!(first, Some((world.company.clone(), world.branch.clone())));
            let second = Terminal { id: TerminalId(id(8, 2)), branch: world.branch.id, name: "Barra".into() };
            company::insert_terminal(tx, &second).await?;
            assert_eq!(company::terminals(tx, world.branch.id).await?, [second, world.terminal]);
            assert_eq!(floor::rooms(tx, world.branch.id).await?, std::slice::from_ref(&world.room));
            assert_eq!(floor::tables(tx, world.branch.id).await?, std::slice::from_ref(&world.table));
            let at = floor::table(tx, world.table.id).await?;
            assert_eq!(at, Some((world.table, world.room)));
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn people_round_trip(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let boss = User {
                id: UserId(id(9, 2)),
                name: "Zoila".into(),
                role: Role::Admin,
                ..world.waiter.clone()
            };
            let gone = User { id: UserId(id(9, 3)), name: "Beto".into(), active: false, ..boss.clone() };
            user::insert_user(tx, &boss).await?;
            user::insert_user(tx, &gone).await?;
            assert_eq!(user::users(tx, world.company.id).await?, [world.waiter.clone(), boss]);
            assert_eq!(user::user(tx, gone.id).await?, Some(gone));
            let (who, place) = (world.waiter.id, world.terminal.id);
            assert_eq!(user::pin_failures(tx, who, place).await?, PinFailures::default());
            for count in [1, 6] {
                let failures = PinFailures { count, last_at: Some(NOW) };
                user::set_pin_failures(tx, who, place, failures).await?;
                assert_eq!(user::pin_failures(tx, who, place).await?, failures);
            }
            user::set_pin_failures(tx, who, place, PinFailures::default()).await?;
            assert_eq!(user::pin_failures(tx, who, place).await?, PinFailures::default());
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn sessions_are_found_while_they_live(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let session = Session {
                id: SessionId(id(14, 1)),
                user: world.waiter.id,
                terminal: world.terminal.id,
                token_hash: vec![0, 255, 7],
                opened_at: NOW,
            };
            session::insert_session(tx, &session).await?;
            let permissions = role::permissions(tx, world.company.id, world.waiter.role).await?;
            let live = LiveSession {
                permissions,
                session: session.id,
                user: world.waiter,
                terminal: world.terminal,
                branch: world.branch,
                company: world.company,
            };
            assert_eq!(session::live_session(tx, &[0, 255, 7]).await?, Some(live));
            assert_eq!(session::live_session(tx, &[0, 255]).await?, None);
            assert!(session::close_session(tx, session.id, NOW).await?);
            assert!(!session::close_session(tx, session.id, NOW).await?);
            assert_eq!(session::live_session(tx, &[0, 255, 7]).await?, None);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn the_menu_round_trips(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let off = menu::Product {
                id: fastops_domain::ids::ProductId(id(11, 2)),
                active: false,
                ..world.product.clone()
            };
            menu::insert_product(tx, &off).await?;
            let found = menu::menu(tx, world.branch.id).await?;
            assert_eq!(found.categories, std::slice::from_ref(&world.category));
            assert_eq!(found.products, [Arc::new(world.product.clone())]);
            let by_position = [&world.modifiers[1], &world.modifiers[0]];
            let modifiers = by_position
                .map(|row| Modifier { id: row.id, name: row.name.clone(), price: row.price })
                .to_vec();
            let group = ModifierGroup {
                id: world.group.id,
                name: world.group.name,
                min: world.group.min,
                max: world.group.max,
                portioning: world.group.portioning,
                modifiers,
            };
            assert_eq!(found.groups, [group]);
            assert_eq!(*found.product_groups[&world.product.id], [world.group.id]);
            assert_eq!(found.taxes[&world.tax.id], world.tax.tax);
            assert!(found.variants.is_empty() && found.barcodes.is_empty());
            assert!(menu::set_sold_out(tx, world.product.id, true).await?);
            assert!(menu::menu(tx, world.branch.id).await?.products[0].sold_out);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn stations_and_printers_round_trip(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let [kitchen, bar] = world.stations;
            let [first, second] = world.printers.map(|row| row.printer);
            assert_eq!(station::stations(tx, world.branch.id).await?, [bar.clone(), kitchen.clone()]);
            assert_eq!(station::printers(tx, world.branch.id).await?, [first.clone(), second.clone()]);
            let target = station::PrinterTarget {
                id: fastops_domain::ids::TargetId(id(19, 9)),
                station: kitchen.id,
                position: 0,
                printer: second.id,
                shares: false,
            };
            station::link_printer(tx, &target).await?;
            let chains = station::chains(tx, world.branch.id).await?;
            let place = |printer, tier| ChainTarget { target: Target::Device(printer), tier };
            assert_eq!(
                chains[&kitchen.id],
                [place(second.id, 0), place(first.id, 1)],
                "by position, not by age"
            );
            assert_eq!(chains[&bar.id], [place(second.id, 0)]);
            let beside = station::PrinterTarget {
                id: fastops_domain::ids::TargetId(id(19, 10)),
                station: bar.id,
                position: 9,
                printer: first.id,
                shares: true,
            };
            station::link_printer(tx, &beside).await?;
            let chains = station::chains(tx, world.branch.id).await?;
            assert_eq!(chains[&bar.id], [place(second.id, 0), place(first.id, 0)], "they share the load");
            let address = "tcp://[::1]:7001".parse().unwrap();
            assert!(station::set_printer_address(tx, first.id, &address).await?);
            assert_eq!(station::printers(tx, world.branch.id).await?[0].address, address);
            let routes = station::routes(tx, world.branch.id).await?;
            assert_eq!(routes[&world.category.id], kitchen.id);
            station::route(tx, world.branch.id, world.category.id, bar.id).await?;
            let routes = station::routes(tx, world.branch.id).await?;
            assert_eq!(routes[&world.category.id], bar.id, "the later route replaces the earlier");
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn orders_and_lines_round_trip(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let new = NewOrder {
                order_type: OrderType::Delivery,
                table: None,
                customer: Some("Íñigo".into()),
                covers: None,
                note: Some("timbre".into()),
                contact: contact(),
                ..world.new_order(1, 1)
            };
            order::insert_order(tx, &new).await?;
            let expected = order_row(&world, &new);
            assert_eq!(order::order(tx, new.id).await?, Some(expected.clone()));
            assert_eq!(order::open_orders(tx, world.branch.id).await?, [expected]);
            let large = Variant {
                id: VariantId(id(50, 1)),
                product: world.product.id,
                size: Some(SizeId(id(16, 1))),
                color: None,
                price: None,
                short_code: None,
                active: true,
            };
            variant::insert_variants(tx, std::slice::from_ref(&large)).await?;
            let plain = fastops_domain::order::OrderLine {
                variant: Some(large.id),
                modifiers: Vec::new(),
                note: None,
                allergy: None,
                station: None,
                ..world.line(2, 1)
            };
            let typed = [world.line(9, 1), plain, world.line(1, 1)];
            order::insert_lines(tx, new.id, world.waiter.id, NOW, &typed).await?;
            assert_eq!(order::next_revision(tx, new.id).await?, 2);
            let added = world.line(3, 2);
            order::insert_lines(tx, new.id, world.waiter.id, NOW, std::slice::from_ref(&added)).await?;
            let mut all = [typed.to_vec(), vec![added]].concat();
            assert_eq!(order::lines(tx, new.id).await?, all, "in the order in which they were typed");
            let void = LineVoid {
                line: all[1].id,
                order: new.id,
                reason: "se cayó".into(),
                user: world.waiter.id,
                at: NOW,
                command: CommandId(id(30, 1)),
            };
            order::insert_void(tx, &void).await?;
            all[1].voided = true;
            assert_eq!(order::lines(tx, new.id).await?, all);
            assert_eq!(order::lines_of_open_orders(tx, world.branch.id).await?[&new.id], all);
            order::insert_order(tx, &world.new_order(2, 1)).await?;
            let at_table = order::open_orders_at(tx, world.branch.id, world.table.id).await?;
            assert_eq!(at_table.iter().map(|order| order.id).collect::<Vec<_>>(), [world.new_order(2, 1).id]);
            order::set_urgent(tx, new.id).await?;
            assert!(order::order(tx, new.id).await?.unwrap().urgent);
            Ok(())
        })
    })
    .await
    .unwrap();
}

fn contact() -> Contact {
    Contact {
        customer: None,
        phone: Some("+57 300".into()),
        address: Some("Calle «1»".into()),
        courier_note: Some("ladra 🐕".into()),
        promised_at: Some(NOW.plus_ms(60_000)),
    }
}

fn order_row(world: &World, new: &NewOrder) -> OrderRow {
    OrderRow {
        id: new.id,
        branch: new.branch,
        order_type: new.order_type,
        taken_as: new.order_type,
        number: new.number,
        table: new.table,
        customer: new.customer.clone(),
        covers: new.covers,
        waiter: new.waiter,
        waiter_name: world.waiter.name.clone(),
        terminal: new.terminal,
        note: new.note.clone(),
        urgent: new.urgent,
        revision: new.revision,
        opened_at: new.opened_at,
        closed_at: None,
        last_line_at: new.opened_at,
        last_event_at: None,
        contact: new.contact.clone(),
        handed: None,
        division: None,
    }
}

async fn the_latest_line_is_the_last(store: Store) {
    let world = World::open(&store).await;
    let last = unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            for (n, later_ms) in [(1, 5_000), (2, 1_000)] {
                let line = world.line(n, 1);
                order::insert_lines(tx, order, world.waiter.id, NOW.plus_ms(later_ms), &[line]).await?;
            }
            Ok(order::order(tx, order).await?.unwrap().last_line_at)
        })
    })
    .await
    .unwrap();
    assert_eq!(last, NOW.plus_ms(5_000));
}

async fn tickets_round_trip(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let job = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let mut row = world.ticket(1, order, 0, 1);
            assert_eq!(ticket::ticket(tx, row.id).await?, Some(row.clone()));
            assert_eq!(ticket::tickets_of_order(tx, order).await?, std::slice::from_ref(&row));
            let progress = TicketProgress { ticket: TicketState::New, job: job.progress.state };
            assert_eq!(
                ticket::tickets_of_open_orders(tx, world.branch.id).await?,
                [(order, progress, row.created_at)]
            );
            row.content.lines[0].voided = true;
            ticket::rewrite_contents(tx, &[(row.id, row.content.clone())]).await?;
            let kitchen = ticket::kitchen_tickets(tx, world.stations[0].id, NOW, 50).await?;
            assert_eq!(kitchen, std::slice::from_ref(&row));
            assert_eq!(ticket::kitchen_tickets(tx, world.stations[1].id, NOW, 50).await?, []);
            let unknown = ticket_id(9);
            assert_eq!(ticket::tickets(tx, &[unknown, row.id]).await?, std::slice::from_ref(&row));
            ticket::see(tx, &[row.id], NOW.plus_ms(7)).await?;
            let seen = ticket::ticket(tx, row.id).await?.unwrap();
            assert_eq!((seen.state, seen.seen_at), (TicketState::Seen, Some(NOW.plus_ms(7))));
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn jobs_and_attempts_round_trip(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let first = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let reprint = job::JobRow {
                id: job_id(2),
                copy: 1,
                priority: Priority::Low,
                progress: JobProgress {
                    state: JobState::Blocked,
                    attempts: 4,
                    possible_duplicate: true,
                    not_before: NOW.plus_ms(1),
                    cause: Some(Cause::PaperOut),
                },
                first_byte_at: Some(NOW.plus_ms(2)),
                settled_at: Some(NOW.plus_ms(3)),
                bytes_accepted: Some(512),
                ..first.clone()
            };
            job::insert_jobs(tx, std::slice::from_ref(&reprint)).await?;
            assert_eq!(job::job(tx, reprint.id).await?, Some(reprint.clone()));
            assert_eq!(job::jobs_of_order(tx, order).await?, [first.clone(), reprint.clone()]);
            assert_eq!(job::jobs_of_ticket(tx, ticket_id(1)).await?, [first.clone(), reprint]);
            assert_eq!(job::open_attempt(tx, first.id, first.printer, NOW).await?, 1);
            let (cause, bytes) = (Some(Cause::PartialWrite), Some(100));
            job::close_attempt(tx, first.id, 1, NOW.plus_ms(9), "queued", cause, bytes).await?;
            assert_eq!(job::open_attempt(tx, first.id, first.printer, NOW.plus_ms(10)).await?, 2);
            let open = Attempt {
                number: 2,
                printer: first.printer,
                began_at: NOW.plus_ms(10),
                ended_at: None,
                outcome: None,
                cause: None,
                bytes_accepted: None,
            };
            let closed = Attempt {
                number: 1,
                began_at: NOW,
                ended_at: Some(NOW.plus_ms(9)),
                outcome: Some("queued".into()),
                cause,
                bytes_accepted: bytes,
                ..open.clone()
            };
            assert_eq!(job::attempts(tx, first.id).await?, [closed, open]);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn audit_and_answers_round_trip(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let row = AuditRow {
                id: id(31, 1),
                branch: world.branch.id,
                at: NOW,
                user: Some(world.waiter.id),
                terminal: None,
                action: "void_line".into(),
                subject_kind: "order".into(),
                subject: id(20, 1),
                detail: serde_json::json!({ "reason": "se cayó", "amount": 3_200_000 }),
            };
            audit::insert_audit(tx, &row).await?;
            assert_eq!(audit::audit_of(tx, "order", row.subject).await?, [row]);
            let key = CommandId(id(30, 7));
            assert_eq!(command::answered(tx, key).await?, None);
            command::insert_answer(tx, key, "create_order", world.waiter.id, "{\"número\":1}", NOW).await?;
            let answered = command::answered(tx, key).await?.unwrap();
            assert_eq!(answered.name, "create_order");
            assert_eq!((answered.user, answered.answer.as_str()), (world.waiter.id, "{\"número\":1}"));
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn an_unknown_code_is_an_error_and_not_a_default(store: Store) {
    let world = World::open(&store).await;
    let found = unit(&store, &world, |tx, world| {
        Box::pin(async move {
            probe::execute(tx, "UPDATE printer SET code_page = 'cp1'").await?;
            station::printers(tx, world.branch.id).await
        })
    })
    .await;
    assert!(matches!(found, Err(StoreError::Decode { column: "code_page", .. })), "{found:?}");
}
