//! Plug-in licences of a 4D application: catalogue, entitlements, sessions and seats.
