INSERT INTO company (id, name, currency_code, minor_digits, shown_digits) VALUES (@1, 'La Fonda', 'COP', 2, 0);
INSERT INTO branch (id, company_id, name, language, utc_offset_minutes) VALUES (@2, @1, 'Centro', 'es', -300);
INSERT INTO terminal (id, branch_id, name) VALUES (@3, @2, 'Caja'), (@4, @2, 'Tableta 1');
INSERT INTO app_user (id, company_id, name, role, pin_hash, language, active) VALUES
    (@5, @1, 'Rosa', 'admin', '$argon2id$v=19$m=19456,t=2,p=1$LU70FG9+jbZLbX3Fp1fYOw$8tM65IEb9IN7S5/7dZCmsYqEE07qIWoFMCkkkA4nur4', 'es', TRUE),
    (@6, @1, 'Luis', 'waiter', '$argon2id$v=19$m=19456,t=2,p=1$LU70FG9+jbZLbX3Fp1fYOw$8tM65IEb9IN7S5/7dZCmsYqEE07qIWoFMCkkkA4nur4', 'es', TRUE),
    (@7, @1, 'Pedro', 'kitchen', '$argon2id$v=19$m=19456,t=2,p=1$LU70FG9+jbZLbX3Fp1fYOw$8tM65IEb9IN7S5/7dZCmsYqEE07qIWoFMCkkkA4nur4', 'en', FALSE);
INSERT INTO pin_failure (user_id, terminal_id, count, last_at) VALUES (@6, @4, 2, 1735732800000);
INSERT INTO session (id, user_id, terminal_id, token_hash, opened_at, closed_at)
VALUES (@8, @6, @4, @bytes, 1735732800000, 1735761600000);
INSERT INTO room (id, branch_id, name, position) VALUES (@10, @2, 'Salón', 0), (@11, @2, 'Terraza', 1);
INSERT INTO dining_table (id, room_id, name, seats, x, y, width, height, shape) VALUES
    (@12, @10, '1', 4, 0, 0, 2, 2, 'square'), (@13, @11, '2', 6, 3, 1, 3, 2, 'round');
INSERT INTO tax (id, company_id, name, rate_bp, mode) VALUES
    (@20, @1, 'Impoconsumo 8 %', 800, 'included'), (@21, @1, 'Exento', 0, 'exempt');
INSERT INTO category (id, company_id, name, color, position) VALUES
    (@22, @1, 'Sopas', 'tomato', 0), (@23, @1, 'Bebidas', 'sky', 1);
INSERT INTO product (id, category_id, name, short_code, price_minor, tax_id, position, sold_out, active,
                     preparation_minutes) VALUES
    (@24, @22, 'Ajiaco santafereño', '201', 1900000, @20, 0, FALSE, TRUE, 15),
    (@25, @22, 'Mondongo', '202', 1800000, @20, 1, TRUE, TRUE, 20),
    (@26, @23, 'Limonada de coco', '602', 1200000, @21, 0, FALSE, TRUE, 3),
    (@27, @23, 'Gaseosa vieja', '603', 400000, @21, 1, FALSE, FALSE, 0);
INSERT INTO modifier_group (id, company_id, name, min_choices, max_choices) VALUES (@28, @1, 'Presa', 0, 2);
INSERT INTO modifier (id, group_id, name, price_minor, position) VALUES
    (@29, @28, 'Pechuga', 200000, 0), (@30, @28, 'Sin alcaparras', 0, 1);
INSERT INTO product_modifier_group (product_id, group_id, position) VALUES (@24, @28, 0);
INSERT INTO station (id, branch_id, code, name, position) VALUES
    (@40, @2, 'cocina', 'Cocina', 0), (@41, @2, 'bar', 'Bar', 1);
INSERT INTO printer (id, branch_id, name, address, columns, code_page, code_table, proof) VALUES
    (@42, @2, 'Cocina', '@cocina', 48, 'cp858', 19, 'fence'),
    (@43, @2, 'Bar', '@bar', 42, 'cp858', 19, 'fence');
INSERT INTO station_printer (station_id, printer_id, position) VALUES (@40, @42, 0), (@40, @43, 1), (@41, @43, 0);
INSERT INTO category_station (branch_id, category_id, station_id) VALUES (@2, @22, @40), (@2, @23, @41);
INSERT INTO order_number (branch_id, order_type, last) VALUES (@2, 'dine_in', 7);
INSERT INTO ticket_number (station_id, last) VALUES (@40, 12), (@41, 5);
INSERT INTO customer_order (id, branch_id, order_type, number, table_id, customer, covers, waiter_id, terminal_id, note,
                            urgent, revision, opened_at, closed_at) VALUES
    (@70, @2, 'dine_in', 7, @12, NULL, 2, @6, @4, 'cumpleaños', FALSE, 2, 1735750800000, NULL),
    (@71, @2, 'dine_in', 6, @13, 'Señora Muñoz', NULL, @6, @3, NULL, TRUE, 1, 1735740000000, 1735747200000);
INSERT INTO order_line (id, order_id, product_id, name, quantity, price_minor, modifiers, tax_name, tax_rate_bp, tax_mode,
                        note, allergy, course, station_id, revision, position, created_at, user_id) VALUES
    (@80, @70, @24, 'Ajiaco santafereño', 2, 1900000, '[]', 'Impoconsumo 8 %', 800, 'included',
     'bien caliente', NULL, 1, @40, 1, 0, 1735750800000, @6),
    (@81, @70, @26, 'Limonada de coco', 1, 1200000, '[]', 'Exento', 0, 'exempt', NULL, 'maní', 1, @41, 1, 1,
     1735750800000, @6),
    (@82, @70, @24, 'Ajiaco santafereño', 1, 1900000, '[]', 'Impoconsumo 8 %', 800, 'included', NULL, NULL, 2, @40, 2, 0,
     1735751400000, @6),
    (@83, @71, @27, 'Gaseosa vieja', 3, 400000, '[]', 'Exento', 0, 'exempt', NULL, NULL, 1, NULL, 1, 0, 1735740000000, @6);
INSERT INTO order_line_void (line_id, order_id, reason, user_id, at, command_id)
VALUES (@82, @70, 'se equivocó', @5, 1735751460000, @100);
INSERT INTO ticket (id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                    ready_by) VALUES
    (@90, @70, @40, 12, 'new', 1, 'new',
     '{"kind":"new","station":"Cocina","number":12,"order_number":7,"order_type":"dine_in","table":"1","room":"Salón","customer":null,"covers":2,"waiter":"Luis","terminal":"Tableta 1","note":"cumpleaños","urgent":false,"preparation_minutes":15,"lines":[{"line":"00000000-0000-0000-0000-000000000050","quantity":2,"name":"Ajiaco santafereño","modifiers":[],"note":"bien caliente","allergy":null,"course":1,"voided":false}]}',
     1735750800000, NULL, NULL, NULL),
    (@91, @70, @41, 5, 'new', 1, 'ready',
     '{"kind":"new","station":"Bar","number":5,"order_number":7,"order_type":"dine_in","table":"1","room":"Salón","customer":null,"covers":2,"waiter":"Luis","terminal":"Tableta 1","note":"cumpleaños","urgent":false,"preparation_minutes":3,"lines":[{"line":"00000000-0000-0000-0000-000000000051","quantity":1,"name":"Limonada de coco","modifiers":[],"note":null,"allergy":"maní","course":1,"voided":false}]}',
     1735750800000, 1735750900000, 1735751000000, @7);
INSERT INTO print_job (id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                       possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at, bytes_accepted,
                       lease_token, lease_until) VALUES
    (@95, @90, @70, @40, @42, 'normal', 1735750800000, 1, 0, 'queued', 0, FALSE, 1735750800000, NULL, 1735750800000, NULL,
     NULL, NULL, NULL, NULL),
    (@96, @91, @70, @41, @43, 'normal', 1735750800000, 1, 0, 'printed', 1, FALSE, 1735750800000, NULL, 1735750800000,
     1735750801000, 1735750802000, 512, NULL, NULL);
INSERT INTO print_attempt (job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted)
VALUES (@96, 1, @43, 1735750801000, 1735750802000, 'printed', NULL, 512);
INSERT INTO audit_log (id, branch_id, at, user_id, terminal_id, action, subject_kind, subject_id, detail) VALUES
    (@101, @2, 1735751460000, @5, @3, 'void_line', 'order_line', @82, '{"reason":"se equivocó"}'),
    (@102, @2, 1735751470000, @5, NULL, 'reprint_ticket', 'ticket', @91, '{}'),
    (@103, @2, 1735732800000, NULL, NULL, 'lock_out', 'app_user', @6, '{"count":2}');
INSERT INTO answered_command (id, name, user_id, answer, at)
VALUES (@100, 'void_line', @5, '{"order":"00000000-0000-0000-0000-000000000046","written":[]}', 1735751460000);
