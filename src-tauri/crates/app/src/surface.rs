//! The list of commands: one row is one command, for every host, in every language.
//!
//! From this table come the dispatch by name, the permission that the core checks, the TypeScript
//! types and the OpenAPI document. To add a command: a request and an answer in `wire`, a function
//! in its feature's file, and a row here.

use crate::refusal::Refusal;
use crate::wire::{self, Failure};
use crate::{App, Caller, Who, feature};
use fastops_domain::user::Permission;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use ts_rs::{TS, TypeVisitor};

/// Who may call a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone who reaches the host: what a sign-in screen needs.
    Anyone,
    /// Anyone who is signed in.
    SignedIn,
    /// Who holds this permission, or is approved by somebody who does where it can be lent.
    Holder(Permission),
}

/// One thing that a person or a program can ask of the core.
pub trait Command: Serialize + DeserializeOwned + JsonSchema + TS + Send + Sized + 'static {
    type Answer: Serialize + JsonSchema + TS + Send + 'static;

    /// The name under which every host offers it.
    const NAME: &'static str;
    /// What it does, in a line, for the API's document.
    const SUMMARY: &'static str;
    const ACCESS: Access;
    /// Most SQL statements of one call, whatever the size of the house. What fills the cache is not
    /// counted, nor is a call that another terminal forces to try again; an approval adds its own.
    const STATEMENTS: u32;

    /// Carries it out for someone who was let in.
    fn run(self, app: &App, who: &Who) -> impl Future<Output = Result<Self::Answer, Refusal>> + Send;
}

/// A row of the list, for hosts, generators and tests.
#[derive(Clone, Copy, Debug)]
pub struct CommandSpec {
    pub name: &'static str,
    pub summary: &'static str,
    pub access: Access,
    /// Most SQL statements of one call.
    pub statements: u32,
    /// JSON schemas of the request and the answer.
    pub schemas: fn(&mut SchemaGenerator) -> (Schema, Schema),
    /// TypeScript names of the request and the answer.
    pub type_names: fn(&ts_rs::Config) -> (String, String),
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, Failure>> + Send + 'a>>;

macro_rules! surface {
    ($($name:ident: $request:ident => $answer:ident, $access:expr, $statements:literal, $run:path, $summary:literal;)+) => {
        $(impl Command for wire::$request {
            type Answer = wire::$answer;
            const NAME: &'static str = stringify!($name);
            const SUMMARY: &'static str = $summary;
            const ACCESS: Access = $access;
            const STATEMENTS: u32 = $statements;

            async fn run(self, app: &App, who: &Who) -> Result<Self::Answer, Refusal> {
                $run(app, who, self).await
            }
        })+

        /// Every command, in the order of the documentation.
        pub const COMMANDS: &[CommandSpec] = &[$(CommandSpec {
            name: stringify!($name),
            summary: $summary,
            access: $access,
            statements: $statements,
            schemas: |generator| (
                generator.subschema_for::<wire::$request>(),
                generator.subschema_for::<wire::$answer>(),
            ),
            type_names: |config| (<wire::$request as TS>::name(config), <wire::$answer as TS>::name(config)),
        }),+];

        /// Carries out the command called `name`; `None` when there is no such command.
        pub(crate) fn by_name<'a>(
            app: &'a App,
            caller: &'a Caller,
            name: &str,
            request: serde_json::Value,
        ) -> Option<Answering<'a>> {
            match name {
                $(stringify!($name) => Some(Box::pin(app.perform_json::<wire::$request>(caller, request))),)+
                _ => None,
            }
        }

        pub(crate) fn visit_types(visitor: &mut impl TypeVisitor) {
            $(visitor.visit::<wire::$request>(); visitor.visit::<wire::$answer>();)+
        }
    };
}

use Access::{Anyone, Holder, SignedIn};
use Permission::{
    BumpTickets, KeepTill, ManageCustomers, ManageRoles, ManageSettings, MarkUrgent, OpenDrawer, PrintBill,
    ReprintTicket, SeeFloor, SeeKitchen, SeeQueue, SteerQueue, TakeOrders, VoidLine,
};

surface! {
    get_terminal: GetTerminal => TerminalView, Anyone, 0, feature::session::get_terminal,
        "What this branch is and who works in it";
    log_in: LogIn => LoggedIn, Anyone, 6, feature::session::log_in, "Sign in with a PIN";
    get_session: GetSession => SessionView, SignedIn, 0, feature::session::get_session, "Who is signed in";
    get_approvers: GetApprovers => Approvers, SignedIn, 2, feature::approval::get_approvers,
        "Who may approve what the caller may not do alone";
    log_out: LogOut => LoggedOut, SignedIn, 1, feature::session::log_out, "End the session";
    get_menu: GetMenu => MenuView, Holder(SeeFloor), 2, feature::menu::get_menu, "The menu";
    search_products: SearchProducts => FoundProducts, Holder(SeeFloor), 0, feature::search::search_products,
        "Find products by name, short code or barcode";
    get_floor: GetFloor => FloorView, Holder(SeeFloor), 3, feature::floor::get_floor,
        "Rooms, tables and open orders";
    quote_lines: QuoteLines => Quote, Holder(TakeOrders), 2, feature::order::quote_lines,
        "What lines would come to";
    keep_cart: KeepCart => KeptCart, Holder(TakeOrders), 2, feature::carts::keep_cart,
        "Keep what is typed for an order and not sent";
    get_carts: GetCarts => Carts, Holder(TakeOrders), 1, feature::carts::get_carts,
        "What was typed at this machine and not sent";
    create_order: CreateOrder => OrderView, Holder(TakeOrders), 11, feature::order::create_order,
        "Open an order and send it to its stations";
    get_order: GetOrder => OrderView, Holder(SeeFloor), 4, feature::order::get_order, "One order";
    add_lines: AddLines => OrderView, Holder(TakeOrders), 18, feature::order::add_lines,
        "Add lines to an open order";
    fire_course: FireCourse => OrderView, Holder(TakeOrders), 14, feature::courses::fire_course,
        "Have the stations make what is held of a course";
    void_line: VoidLine => OrderView, Holder(VoidLine), 31, feature::void::void_line, "Take a line back";
    move_order: MoveOrder => OrderView, Holder(TakeOrders), 19, feature::moves::move_order,
        "Take an order to another table";
    change_order_type: ChangeOrderType => OrderView, Holder(TakeOrders), 23, feature::moves::change_order_type,
        "Serve an open order as something else: at a table, to take away, brought, at the counter";
    merge_orders: MergeOrders => MovedOrders, Holder(TakeOrders), 30, feature::moves::merge_orders,
        "Take all of one order to another";
    move_lines: MoveLines => MovedOrders, Holder(TakeOrders), 32, feature::moves::move_lines,
        "Take lines to another order, or split a bill";
    give_order: GiveOrder => OrderView, Holder(TakeOrders), 8, feature::moves::give_order,
        "Give an order to another waiter";
    quote_division: QuoteDivision => DivisionView, Holder(TakeOrders), 2, feature::division::quote_division,
        "What the parts of a bill would come to";
    divide_bill: DivideBill => OrderView, Holder(TakeOrders), 10, feature::division::divide_bill,
        "Divide the bill of an order into parts, or join them again";
    describe_order: DescribeOrder => OrderView, Holder(TakeOrders), 14, feature::contact::describe_order,
        "Say how whoever ordered is reached, and when the order is promised";
    hand_over_order: HandOverOrder => OrderView, Holder(TakeOrders), 10, feature::contact::hand_over_order,
        "Say that an order was handed to whoever ordered it, or was not after all";
    mark_urgent: MarkUrgent => OrderView, Holder(MarkUrgent), 11, feature::ticket::mark_urgent,
        "Move an order's tickets to the front";
    reprint_ticket: ReprintTicket => OrderView, Holder(ReprintTicket), 11, feature::ticket::reprint_ticket,
        "Print a ticket again, marked";
    list_kitchen_tickets: ListKitchenTickets => KitchenView, Holder(SeeKitchen), 4,
        feature::kitchen::list_kitchen_tickets, "A station's tickets";
    get_kitchen_tickets: GetKitchenTickets => KitchenTickets, Holder(SeeKitchen), 2,
        feature::kitchen::get_kitchen_tickets, "Some of a station's tickets, by their ids";
    see_tickets: SeeTickets => SeenTickets, Holder(BumpTickets), 3, feature::kitchen::see_tickets,
        "Say that a kitchen screen has shown tickets";
    bump_ticket: BumpTicket => KitchenTicket, Holder(BumpTickets), 4, feature::kitchen::bump_ticket,
        "Say that a ticket is done";
    recall_ticket: RecallTicket => KitchenTicket, Holder(BumpTickets), 4, feature::kitchen::recall_ticket,
        "Bring a done ticket back";
    prioritise_ticket: PrioritiseTicket => KitchenTicket, Holder(BumpTickets), 4,
        feature::cook::prioritise_ticket, "Have a ticket go before the others on its screen";
    get_availability: GetAvailability => ProductAvailability, Holder(Permission::SetAvailability), 2,
        feature::availability::get_availability, "How much is left of a product, and who said so";
    list_station_products: ListStationProducts => StationProducts, Holder(Permission::SetAvailability), 2,
        feature::availability::list_station_products, "How much is left of what a station makes";
    set_availability: SetAvailability => ProductAvailability, Holder(Permission::SetAvailability), 9,
        feature::availability::set_availability, "Say how much is left of a product";
    get_queue_status: GetQueueStatus => QueueStatus, Holder(SeeQueue), 2, feature::queue::get_queue_status,
        "The print queue";
    get_alerts: GetAlerts => AlertsView, Holder(SeeQueue), 2, feature::alerts::get_alerts,
        "What is wrong now, and what was in the last day";
    get_settings: GetSettings => SettingsView, Holder(ManageSettings), 0, feature::settings::get_settings,
        "What the house has decided for itself";
    set_setting: SetSetting => SettingsView, Holder(ManageSettings), 7, feature::settings::set_setting,
        "Decide a setting for the company, the branch or a terminal";
    get_receipt_logo: GetReceiptLogo => ReceiptLogoView, Holder(ManageSettings), 2,
        feature::logo::get_receipt_logo, "The picture on bills and receipts";
    try_receipt_logo: TryReceiptLogo => LogoView, Holder(ManageSettings), 0, feature::logo::try_receipt_logo,
        "How a picture would look on paper";
    set_receipt_logo: SetReceiptLogo => ReceiptLogoView, Holder(ManageSettings), 9,
        feature::logo::set_receipt_logo, "Have bills and receipts begin with a picture, or with none";
    list_roles: ListRoles => RolesView, Holder(ManageRoles), 2, feature::roles::list_roles,
        "What each role may do";
    change_role: ChangeRole => RolesView, Holder(ManageRoles), 7, feature::roles::change_role,
        "Give a role a permission, or take it away";
    get_people: GetPeople => PeopleView, Holder(ManageRoles), 1, feature::people::get_people,
        "Who works here, and who did";
    save_person: SavePerson => PersonView, Holder(ManageRoles), 12, feature::people::save_person,
        "Add a person who works here, or change them";
    get_menu_setup: GetMenuSetup => MenuSetup, Holder(ManageSettings), 10, feature::menu_setup::get_menu_setup,
        "The whole menu, with what is off it";
    save_category: SaveCategory => CategorySetup, Holder(ManageSettings), 8, feature::menu_setup::save_category,
        "Add a category to the menu, or change it";
    save_product: SaveProduct => ProductSetup, Holder(ManageSettings), 18, feature::menu_setup::save_product,
        "Add a product to the menu, or change it";
    order_categories: OrderCategories => MenuSetup, Holder(ManageSettings), 15,
        feature::menu_setup::order_categories, "Say in which order categories stand on the menu";
    order_products: OrderProducts => MenuSetup, Holder(ManageSettings), 15, feature::menu_setup::order_products,
        "Say in which order products stand in their category";
    save_modifier_group: SaveModifierGroup => ModifierGroupView, Holder(ManageSettings), 8,
        feature::menu_setup::save_modifier_group, "Add a question that products ask, or change it";
    save_tax: SaveTax => TaxesView, Holder(ManageSettings), 8, feature::taxes::save_tax,
        "Add a tax that products may bear, or change it";
    remove_tax: RemoveTax => TaxesView, Holder(ManageSettings), 8, feature::taxes::remove_tax,
        "Take a tax away that no product bears";
    get_variants: GetVariants => VariantsSetup, Holder(ManageSettings), 5, feature::variants::get_variants,
        "The sizes and colours that a product comes in, and its barcodes";
    save_variants: SaveVariants => VariantsSetup, Holder(ManageSettings), 24, feature::variants::save_variants,
        "Say in which sizes and colours a product comes, and its barcodes";
    get_photos: GetPhotos => Photos, Holder(SeeFloor), 1, feature::photos::get_photos,
        "Pictures of products, by their names";
    set_product_photo: SetProductPhoto => ProductPhoto, Holder(ManageSettings), 7,
        feature::photos::set_product_photo, "Give a product a picture, or take it away";
    export_products: ExportProducts => ProductsFile, Holder(ManageSettings), 16,
        feature::product_files::export_products, "Every product as a file for a spreadsheet";
    preview_import: PreviewImport => ImportPreview, Holder(ManageSettings), 16,
        feature::product_files::preview_import, "What a file of products would change";
    import_products: ImportProducts => ImportedProducts, Holder(ManageSettings), 40,
        feature::product_files::import_products, "Change the menu as a file of products says";
    get_price_lists: GetPriceLists => PriceListsView, Holder(ManageSettings), 4,
        feature::price_lists::get_price_lists, "All price lists, with those that are put aside";
    save_price_list: SavePriceList => PriceListsView, Holder(ManageSettings), 15,
        feature::price_lists::save_price_list, "Add a price list, or change it with all its prices";
    remove_price_list: RemovePriceList => PriceListsView, Holder(ManageSettings), 12,
        feature::price_lists::remove_price_list, "Take a price list away";
    schedule_price: SchedulePrice => PriceListsView, Holder(ManageSettings), 16,
        feature::price_lists::schedule_price, "Have a product cost something else from the next business day";
    discount_prices: DiscountPrices => DiscountedPrices, Holder(ManageSettings), 0,
        feature::price_lists::discount_prices, "What products would cost with so much per cent off";
    preview_prices: PreviewPrices => PricesThen, Holder(ManageSettings), 0,
        feature::price_lists::preview_prices, "Which prices hold at a moment";
    set_favourite: SetFavourite => MenuSetup, Holder(ManageSettings), 15, feature::favourites::set_favourite,
        "Put a product among the favourites, or take it out";
    order_favourites: OrderFavourites => MenuSetup, Holder(ManageSettings), 15,
        feature::favourites::order_favourites, "Say in which order the favourites stand";
    get_floor_setup: GetFloorSetup => FloorSetup, Holder(ManageSettings), 3,
        feature::floor_setup::get_floor_setup, "The whole floor, with what is off it";
    save_room: SaveRoom => FloorSetup, Holder(ManageSettings), 11, feature::floor_setup::save_room,
        "Add a room to the floor, or change it";
    order_rooms: OrderRooms => FloorSetup, Holder(ManageSettings), 11, feature::floor_setup::order_rooms,
        "Say in which order the rooms stand";
    save_table: SaveTable => FloorSetup, Holder(ManageSettings), 11, feature::floor_setup::save_table,
        "Add a table to the floor, or change it";
    save_tables: SaveTables => FloorSetup, Holder(ManageSettings), 11, feature::floor_setup::save_tables,
        "Add or change several tables at once";
    place_tables: PlaceTables => FloorSetup, Holder(ManageSettings), 11, feature::floor_setup::place_tables,
        "Put tables of a room elsewhere in it";
    find_customers: FindCustomers => CustomerPage, Holder(ManageCustomers), 1, feature::customers::find_customers,
        "Find customers by name, telephone or tax number";
    create_customer: CreateCustomer => CustomerView, Holder(ManageCustomers), 4,
        feature::customers::create_customer, "Add a customer";
    change_customer: ChangeCustomer => CustomerView, Holder(ManageCustomers), 4,
        feature::customers::change_customer, "Change a customer's details";
    set_customer_active: SetCustomerActive => CustomerView, Holder(ManageCustomers), 4,
        feature::customers::set_customer_active, "Say whether a customer can be found";
    print_bill: PrintBill => PaperView, Holder(PrintBill), 11, feature::paper::print_bill,
        "Print what an order comes to";
    print_parts: PrintParts => PrintedParts, Holder(PrintBill), 12, feature::parts::print_parts,
        "Print the parts of a divided bill";
    kick_drawer: KickDrawer => PaperView, Holder(OpenDrawer), 8, feature::paper::kick_drawer, "Open a drawer";
    get_till_printers: GetTillPrinters => TillPrinters, Holder(SeeFloor), 0, feature::paper::get_till_printers,
        "Where a terminal's bills and drawer are";
    get_paper: GetPaper => PaperView, Holder(SeeQueue), 1, feature::paper::get_paper, "One paper that is no ticket";
    get_paper_preview: GetPaperPreview => PaperPreview, Holder(SeeQueue), 3, feature::preview::get_paper_preview,
        "How a paper looks";
    get_uncertain_papers: GetUncertainPapers => UncertainPapers, Holder(SeeQueue), 1,
        feature::paper::get_uncertain_papers, "Papers of which nobody knows whether they came out";
    answer_paper: AnswerPaper => PaperView, Holder(PrintBill), 9, feature::paper::answer_paper,
        "Say whether a paper came out";
    get_cash_session: GetCashSession => TillView, Holder(KeepTill), 8, feature::till::get_cash_session,
        "What went through a drawer";
    open_cash_session: OpenCashSession => CashSessionView, Holder(KeepTill), 15, feature::till::open_cash_session,
        "Open this terminal's drawer";
    move_cash: MoveCash => CashSessionView, Holder(KeepTill), 15, feature::till::move_cash,
        "Put cash into a drawer, or take it out";
    close_cash_session: CloseCashSession => CashSessionView, Holder(KeepTill), 20, feature::till::close_cash_session,
        "Close a drawer with what was counted in it";
    print_cash_report: PrintCashReport => PaperView, Holder(KeepTill), 16, feature::till::print_cash_report,
        "Print what went through a drawer";
    set_workers: SetWorkers => QueueStatus, Holder(SteerQueue), 9, feature::queue::set_workers,
        "Choose how many printers may be busy at once";
    set_turbo: SetTurbo => QueueStatus, Holder(SteerQueue), 10, feature::queue::set_turbo, "Turn turbo on or off";
    get_print_setup: GetPrintSetup => PrintSetup, Holder(ManageSettings), 0, feature::devices::get_print_setup,
        "What tickets come out of, and where those of each station go";
    save_device: SaveDevice => PrintSetup, Holder(ManageSettings), 10, feature::devices::save_device,
        "Add a printer, a screen, a folder or a mailbox, or change it";
    remove_device: RemoveDevice => PrintSetup, Holder(ManageSettings), 8, feature::devices::remove_device,
        "Take a device away";
    set_station_chain: SetStationChain => PrintSetup, Holder(ManageSettings), 8,
        feature::devices::set_station_chain, "Say where a station's tickets go";
    save_station: SaveStation => PrintSetup, Holder(ManageSettings), 10, feature::stations::save_station,
        "Add a station, or give it another name";
    order_stations: OrderStations => PrintSetup, Holder(ManageSettings), 8, feature::stations::order_stations,
        "Put the stations into an order";
    close_station: CloseStation => PrintSetup, Holder(ManageSettings), 15, feature::stations::close_station,
        "Close a station, and have another make what it made";
    set_terminal_printer: SetTerminalPrinter => PrintSetup, Holder(ManageSettings), 7,
        feature::devices::set_terminal_printer, "Say which printer stands beside a terminal";
    print_test_page: PrintTestPage => TestPageView, Holder(ManageSettings), 6, feature::printers::print_test_page,
        "Print a test page";
    choose_page_row: ChoosePageRow => PrintSetup, Holder(ManageSettings), 8, feature::printers::choose_page_row,
        "Say which row of a test page reads right";
    check_printers: CheckPrinters => PrinterCheck, Holder(SteerQueue), 6, feature::printers::check_printers,
        "Have every printer print a short page";
    get_printer_check: GetPrinterCheck => PrinterCheck, Holder(SeeQueue), 1,
        feature::printers::get_printer_check, "How far the pages of a check are";
    find_printers: FindPrinters => FoundPrinters, Holder(ManageSettings), 0, feature::finder::find_printers,
        "Look for printers on the network and on cables";
    probe_printer: ProbePrinter => ProbedPrinter, Holder(ManageSettings), 0, feature::finder::probe_printer,
        "Ask a printer what it is";
    get_printer_models: GetPrinterModels => PrinterModels, Holder(ManageSettings), 0,
        feature::finder::get_printer_models, "The printer models that are known";
    trace_product: TraceProduct => ProductTrace, Holder(SeeQueue), 2, feature::setup::trace_product,
        "Where a product's tickets would come out";
    check_setup: CheckSetup => SetupFindings, Holder(ManageSettings), 2, feature::setup::check_setup,
        "What is wrong with the setup of printing";
    set_mail_server: SetMailServer => PrintSetup, Holder(ManageSettings), 7, feature::devices::set_mail_server,
        "Say which server mails tickets";
    show_station: ShowStation => StationShown, Holder(SeeKitchen), 2, feature::screens::show_station,
        "Say that a kitchen screen shows a station";
    set_breaker: SetBreaker => QueueStatus, Holder(SteerQueue), 10, feature::queue::set_breaker,
        "Take a printer out of use, or back into it";
    get_printer_owners: GetPrinterOwners => PrinterOwners, Holder(ManageSettings), 3,
        feature::owners::get_printer_owners, "Which computers the printers belong to";
    set_printer_owners: SetPrinterOwners => PrinterOwners, Holder(ManageSettings), 13,
        feature::owners::set_printer_owners, "Say which computers a printer belongs to";
    get_first_steps: GetFirstSteps => FirstStepsView, Holder(ManageSettings), 1,
        feature::first_steps::get_first_steps, "What a new house has already, and what it still needs";
    get_start_report: GetStartReport => StartReportView, SignedIn, 0, feature::start::get_start_report,
        "What the start of the program found";
    list_stuck_jobs: ListStuckJobs => StuckJobs, Holder(SeeQueue), 1, feature::stuck::list_stuck_jobs,
        "Tickets that failed or wait for a person";
    retry_jobs: RetryJobs => StuckJobs, Holder(SteerQueue), 8, feature::stuck::retry_jobs,
        "Have tickets tried anew";
    clear_jobs: ClearJobs => StuckJobs, Holder(SteerQueue), 8, feature::stuck::clear_jobs,
        "Give tickets up";
}
