//! The object that `License info` returns: what is owned.

use guichet_core::PluginNumber;
use jiff::civil::Date;
use serde::Deserialize;

use super::error::{ImportError, read};
use crate::catalogue::PluginCatalogue;
use crate::entitlement::{Entitlement, Entitlements, Right};
use crate::seat_count::Limit;

/// What `License info` says is owned; fields that say something else are ignored.
///
/// Source: 4D's page on `License info` (v21). Every field but `products` and their `id` may be absent.
///
/// ```
/// use guichet_licensing::PluginCatalogue;
/// use guichet_licensing::import::LicenceInfo;
///
/// let info = LicenceInfo::from_json(
///     r#"{"name": "4D Server", "products": [
///         {"id": 808464697, "name": "4D Write - 4D Write Pro", "usedCount": 1, "allowedCount": 15,
///          "rights": [{"count": 5}, {"count": 10, "expirationDate": {"day": 31, "month": 1, "year": 2027}}]}
///     ]}"#,
/// )?;
/// let (entitlements, unknown) = info.entitlements(&PluginCatalogue::default())?;
/// let owned: Vec<String> = entitlements.iter().map(|(key, owned)| format!("{key}: {owned}")).collect();
/// assert_eq!(owned, ["write: 5 + 10 until 2027-01-31"]);
/// assert!(unknown.is_empty());
/// # Ok::<(), guichet_licensing::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceInfo {
    products: Vec<ProductInfo>,
}

/// One of the `products` of `License info`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProductInfo {
    /// `id`: for a plug-in, the number of its constant.
    pub number: PluginNumber,
    /// `name`.
    pub name: String,
    /// `rights`, with their dates of expiry.
    pub entitlement: Entitlement,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct RawInfo {
    products: Vec<RawProduct>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
struct RawProduct {
    id: u32,
    #[serde(default)]
    name: String,
    allowed_count: Option<u32>,
    rights: Option<Vec<RawRight>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
struct RawRight {
    count: u32,
    expiration_date: Option<RawDate>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct RawDate {
    day: i8,
    month: i8,
    year: i16,
}

impl RawDate {
    fn date(&self, path: &str) -> Result<Date, ImportError> {
        Date::new(self.year, self.month, self.day).map_err(|_| {
            let text = format!("{}-{}-{} is not a day", self.year, self.month, self.day);
            ImportError::field(path, text)
        })
    }
}

impl LicenceInfo {
    /// Reads the object as JSON.
    ///
    /// # Errors
    ///
    /// - [`ImportError::NotJson`]: the text is not JSON;
    /// - [`ImportError::Null`]: the command ran on a remote 4D;
    /// - [`ImportError::OtherResult`]: it is the result of another command;
    /// - [`ImportError::Field`]: a field does not hold what 4D documents; it is named.
    pub fn from_json(json: &str) -> Result<Self, ImportError> {
        let raw: RawInfo = read(json, "an object")?;
        let products = raw.products.into_iter().enumerate();
        let products =
            products.map(|(index, product)| product.product(&format!("products[{index}]")));
        Ok(Self {
            products: products.collect::<Result<_, _>>()?,
        })
    }

    /// Returns what is owned of the plug-ins of a catalogue, and the products that are not plug-ins.
    ///
    /// Products are found by number. Two products of one number add up.
    ///
    /// # Errors
    ///
    /// [`ImportError::Field`] when the rights of one plug-in are more than can be counted.
    pub fn entitlements(
        &self,
        catalogue: &PluginCatalogue,
    ) -> Result<(Entitlements, Vec<&ProductInfo>), ImportError> {
        let mut entitlements = Entitlements::new();
        let mut unknown = Vec::new();
        for (index, product) in self.products.iter().enumerate() {
            let Some(plugin) = catalogue.by_number(product.number) else {
                unknown.push(product);
                continue;
            };
            let before = entitlements.get(&plugin.key).map(Entitlement::rights);
            let rights = before.into_iter().flatten();
            let rights = rights.chain(product.entitlement.rights()).copied();
            let sum = Entitlement::new(rights.collect()).map_err(|error| {
                ImportError::field(format!("products[{index}].rights"), error.to_string())
            })?;
            entitlements.set(plugin.key.clone(), sum);
        }
        Ok((entitlements, unknown))
    }
}

impl RawProduct {
    /// Rights are optional in older results: without them `allowedCount` is one right. A product that
    /// has none owns no seat; what is owned of one that says nothing is unknown.
    fn product(self, path: &str) -> Result<ProductInfo, ImportError> {
        let allowed = self.allowed_count.map(Limit::from_count);
        let rights = match self.rights {
            None => allowed.map(Right::new).into_iter().collect(),
            Some(rights) if rights.is_empty() => {
                vec![Right::new(allowed.unwrap_or(Limit::NONE))]
            }
            Some(rights) => {
                let right = |(index, right): (usize, RawRight)| {
                    let path = format!("{path}.rights[{index}].expirationDate");
                    let expires = right.expiration_date.map(|date| date.date(&path));
                    Ok(Right {
                        owned: Limit::from_count(right.count),
                        expires: expires.transpose()?,
                    })
                };
                let rights = rights.into_iter().enumerate().map(right);
                rights.collect::<Result<Vec<Right>, ImportError>>()?
            }
        };
        let entitlement = Entitlement::new(rights)
            .map_err(|error| ImportError::field(format!("{path}.rights"), error.to_string()))?;
        Ok(ProductInfo {
            number: PluginNumber::new(self.id),
            name: self.name,
            entitlement,
        })
    }
}
