//! Pictures of what is sold.

use super::wire;
use uuid::Uuid;

wire! {
    /// Asks for pictures by their names. Those that are no longer there are left out.
    pub struct GetPhotos {
        /// At most 60.
        pub photo_ids: Vec<Uuid>,
    }

    pub struct Photos {
        pub photos: Vec<PhotoView>,
    }

    pub struct PhotoView {
        pub id: Uuid,
        /// Such as `image/jpeg`.
        pub media_type: String,
        /// Its bytes in Base64.
        pub picture: String,
    }

    /// Gives a product a picture in place of the one before.
    pub struct SetProductPhoto {
        pub command_id: Uuid,
        pub product_id: Uuid,
        /// A JPEG, PNG or WebP of at most 96 KiB, in Base64; none takes it away.
        pub picture: Option<String>,
    }

    pub struct ProductPhoto {
        pub product_id: Uuid,
        /// None when it has no picture.
        pub photo_id: Option<Uuid>,
    }
}
