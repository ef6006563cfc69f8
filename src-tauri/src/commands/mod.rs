//! What the screens may call: the core's commands under their own names, and a few of the windows'.
//!
//! A command here is one expression. It decides nothing: [`Call`] reads the request, the core does
//! the rest. A test holds the list against the core's own.

mod alerts;
mod availability;
mod call;
mod customers;
mod demo;
mod devices;
mod files;
mod floor;
mod kitchen;
mod menu;
mod orders;
mod owners;
mod papers;
mod people;
mod prices;
mod queue;
mod roles;
mod session;
mod settings;
mod setup;
mod start;
mod till;
mod window;

use tauri::Wry;
use tauri::ipc::Invoke;

/// Lists the commands once: for the windows to offer, and by name for the test.
macro_rules! commands {
    (core { $($module:ident: $($name:ident),+;)+ } shell { $($own_module:ident: $($own_name:ident),+;)+ }) => {
        /// Offers every command to the windows.
        pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($module::$name,)+)+ $($($own_module::$own_name,)+)+]
        }

        #[cfg(test)]
        const OF_THE_CORE: &[&str] = &[$($(stringify!($name),)+)+];
    };
}

commands! {
    core {
        session: get_terminal, log_in, get_session, get_approvers, log_out;
        menu: get_menu, search_products, get_menu_setup, save_category, save_product, order_categories, order_products, save_modifier_group, save_tax, remove_tax, get_photos, set_product_photo, get_variants, save_variants, export_products, preview_import, import_products;
        prices: get_price_lists, save_price_list, remove_price_list, schedule_price, discount_prices, preview_prices, set_favourite, order_favourites;
        people: get_people, save_person;
        floor: get_floor, get_floor_setup, save_room, order_rooms, save_table, save_tables, place_tables;
        orders: quote_lines, keep_cart, get_carts, create_order, get_order, add_lines, fire_course, void_line, move_order, change_order_type, merge_orders, move_lines, give_order,
            mark_urgent, reprint_ticket, quote_division, divide_bill, describe_order, hand_over_order;
        kitchen: list_kitchen_tickets, get_kitchen_tickets, see_tickets, bump_ticket, recall_ticket, prioritise_ticket;
        availability: get_availability, list_station_products, set_availability;
        owners: get_printer_owners, set_printer_owners;
        papers: print_bill, print_parts, kick_drawer, get_paper, get_paper_preview, get_uncertain_papers, answer_paper, get_till_printers;
        till: get_cash_session, open_cash_session, move_cash, close_cash_session, print_cash_report;
        queue: get_queue_status, set_workers, set_turbo, set_breaker, list_stuck_jobs, retry_jobs, clear_jobs, get_start_report;
        devices: get_print_setup, save_device, remove_device, set_station_chain, save_station, order_stations, close_station, set_terminal_printer, set_mail_server, show_station, print_test_page, choose_page_row, check_printers, get_printer_check;
        setup: get_first_steps, find_printers, probe_printer, get_printer_models, trace_product, check_setup;
        alerts: get_alerts;
        customers: find_customers, create_customer, change_customer, set_customer_active;
        roles: list_roles, change_role;
        settings: get_settings, set_setting, get_receipt_logo, try_receipt_logo, set_receipt_logo;
    }
    shell {
        demo: list_demo_printers, get_demo_slip, set_demo_condition;
        files: save_products;
        window: open_kitchen, open_guests, offer_kitchen, get_windows, attend_window, turn_full_screen;
        start: get_start_trouble, restore_backup, start_again, get_founding_choices, found_house, quit;
    }
}

#[cfg(test)]
mod tests {
    use super::OF_THE_CORE;
    use std::collections::BTreeSet;

    #[test]
    fn the_windows_offer_exactly_the_commands_of_the_core() {
        let core: BTreeSet<&str> = fastops_app::COMMANDS.iter().map(|command| command.name).collect();
        let windows: BTreeSet<&str> = OF_THE_CORE.iter().copied().collect();
        assert_eq!(windows, core);
        assert_eq!(windows.len(), OF_THE_CORE.len(), "a command is listed twice");
    }
}
