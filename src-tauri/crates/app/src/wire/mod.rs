//! What hosts and screens see of the core: requests, answers, events, failures.
//!
//! These types are the contract. TypeScript types and the OpenAPI document are generated from them,
//! so a field renamed here is a build error in the screens, not a surprise in a restaurant. Amounts
//! are whole minor units and times milliseconds since 1970 UTC; both stay below 2^53, which a
//! browser's number holds exactly.

mod alerts;
mod availability;
mod carts;
mod customers;
mod devices;
mod division;
mod events;
mod failure;
mod first_steps;
mod floor_setup;
mod kitchen;
mod logo;
mod menu;
mod menu_setup;
mod orders;
mod owners;
mod papers;
mod people;
mod photos;
mod price_lists;
mod printers;
mod product_files;
mod queue;
mod roles;
mod search;
mod service;
mod session;
mod settings;
mod setup;
mod stations;
mod stuck;
mod taxes;
mod till;
mod variants;
mod words;

pub use alerts::{AlertView, AlertsView, GetAlerts};
pub use availability::{
    GetAvailability, ListStationProducts, ProductAvailability, SaidLeft, SetAvailability, StationProducts,
};
pub use carts::{CartView, Carts, GetCarts, KeepCart, KeptCart};
pub use customers::{
    ChangeCustomer, CreateCustomer, CustomerDetails, CustomerPage, CustomerPageEnd, CustomerView,
    FindCustomers, SetCustomerActive,
};
pub use devices::{
    ChainPlace, DeviceAbilities, DeviceProfile, DeviceView, DrawerSocket, GetPrintSetup, MailServer,
    PrintSetup, RemoveDevice, SaveDevice, Secret, SetMailServer, SetStationChain, SetTerminalPrinter,
    ShowStation, StationChain, StationShown, TerminalPrinter,
};
pub use division::{
    BillPartView, DivideBill, DivisionView, LineShares, PartPaper, PrintParts, PrintedParts, QuoteDivision,
    SharedLine,
};
pub use events::{Event, EventEnvelope, PaperNow, StoreState};
pub use failure::{Failure, FailureCode};
pub use first_steps::{FirstStepsView, GetFirstSteps};
pub use floor_setup::{
    FloorSetup, GetFloorSetup, OrderRooms, PlaceTables, RoomSetup, SaveRoom, SaveTable, SaveTables,
    TablePlace, TableSetup, TableWish,
};
pub use kitchen::{
    BumpTicket, GetKitchenTickets, HeldCourse, KitchenLine, KitchenMove, KitchenTicket, KitchenTickets,
    KitchenView, ListKitchenTickets, PrioritiseTicket, RecallTicket, SeeTickets, SeenTickets,
};
pub use logo::{
    GetReceiptLogo, LogoLook, LogoPicture, LogoView, ReceiptLogoView, SetReceiptLogo, TryReceiptLogo,
};
pub(crate) use logo::{hex, unhex};
pub use menu::{
    CategoryView, ComboChoiceView, ComboSlotView, GetMenu, MenuView, ModifierGroupView, ModifierView,
    PriceReason, ProductStock, ProductView, VariantView,
};
pub use menu_setup::{
    CategorySetup, GetMenuSetup, MenuSetup, OrderCategories, OrderProducts, ProductSetup, SaveCategory,
    SaveModifierGroup, SaveProduct, StationName, VariantName,
};
pub use orders::{
    AddLines, ChangeOrderType, ComboPart, CourseView, CreateOrder, DescribeOrder, FireCourse, FloorView,
    GetFloor, GetOrder, GiveOrder, HandOver, HandOverOrder, LineModifier, LinePiece, LineView, MarkUrgent,
    MergeOrders, MoveLines, MoveOrder, MovedOrders, NewLine, OrderContact, OrderSummary, OrderView, Quote,
    QuoteLines, QuotedLine, ReprintTicket, RoomView, TableRef, TableView, TicketView, VoidLine, VoidView,
};
pub use owners::{ComputerView, GetPrinterOwners, OwnedPrinter, PrinterOwners, SetPrinterOwners};
pub use papers::{
    AnswerPaper, GetPaper, GetPaperPreview, GetTillPrinters, GetUncertainPapers, JobKind, KickDrawer,
    PaperAnswer, PaperPart, PaperPreview, PaperView, PreviewRow, PrintBill, PrinterRef, TillPrinters,
    UncertainPapers,
};
pub use people::{GetPeople, PeopleView, PersonView, SavePerson};
pub use photos::{GetPhotos, PhotoView, Photos, ProductPhoto, SetProductPhoto};
pub use price_lists::{
    DiscountPrices, DiscountedPrices, GetPriceLists, ListPrice, OrderFavourites, PreviewPrices, PriceHours,
    PriceListView, PriceListsView, PriceThen, PricedVariant, PricesThen, RemovePriceList, SavePriceList,
    SchedulePrice, SetFavourite,
};
pub use printers::{
    CheckPrinters, ChoosePageRow, GetPrinterCheck, PageRow, PrintTestPage, PrinterCheck, TestPageView,
};
pub use product_files::{
    ExportProducts, FileFormat, ImportChange, ImportColumn, ImportError, ImportKind, ImportPreview,
    ImportProducts, ImportRow, ImportedProducts, PreviewImport, ProductsFile,
};
pub use queue::{
    BreakerState, GetQueueStatus, LaneView, PulseState, QueueStatus, SetBreaker, SetTurbo, SetWorkers,
    StationPulse,
};
pub use roles::{ChangeRole, ListRoles, RoleView, RolesView};
pub use search::{FoundProduct, FoundProducts, SearchProducts, TextRange};
pub use service::{GetStartReport, ServiceTrouble, StartReportView};
pub use session::{
    Approval, Approvers, CurrencyView, GetApprovers, GetSession, GetTerminal, LogIn, LogOut, LoggedIn,
    LoggedOut, SessionView, StationRef, TerminalRef, TerminalView, UserRef,
};
pub use settings::{GetSettings, SaidView, SetSetting, SettingValue, SettingView, SettingsView};
pub use setup::{
    CheckSetup, FindPrinters, FoundAt, FoundPrinter, FoundPrinters, GetPrinterModels, PrinterModel,
    PrinterModels, ProbePrinter, ProbedPrinter, ProductTrace, SetupFault, SetupFinding, SetupFindings,
    TraceProduct, TraceStep,
};
pub use stations::{CloseStation, OrderStations, SaveStation};
pub use stuck::{ClearJobs, ListStuckJobs, RetryJobs, StuckJob, StuckJobs};
pub use taxes::{RemoveTax, SaveTax, TaxView, TaxesView};
pub use till::{
    CashCountView, CashMoveView, CashSessionView, CloseCashSession, GetCashSession, MethodTotalView,
    MoveCash, OpenCashSession, PrintCashReport, TaxTotalView, TillView,
};
pub use variants::{ColorView, GetVariants, SaveVariants, SizeView, VariantSetup, VariantsSetup};
pub use words::{
    AlertKind, CashDirection, Cause, CourseState, DeviceKind, FoundBy, JobState, Language, MailSecurity,
    Matched, OrderStage, OrderStatus, OrderType, Permission, Portioning, Priority, Role, Service,
    SettingLevel, SettingUnit, Severity, TableShape, TaxMode, Text, TicketKind, TicketState, WorkerProfile,
    WorkerReason,
};

/// Derives what every wire type needs.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema, ts_rs::TS)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($body)* }
    )+};
}
pub(crate) use wire;
