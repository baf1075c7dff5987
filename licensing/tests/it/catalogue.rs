//! Plug-ins are named in four ways and never confused.

use guichet_core::{
    BuiltInPlugin, Diagnostic as _, DirectoryBuilder, Grantee, PluginDeclaration, PluginKey,
    PluginNumber,
};
use guichet_licensing::{CatalogueError, PluginCatalogue};

fn declared(key: &str, number: Option<u32>, name: Option<&str>) -> PluginDeclaration {
    PluginDeclaration {
        key: PluginKey::from_stored(key),
        number: number.map(PluginNumber::new),
        name: name.map(str::to_owned),
        seats: None,
        grantee: None,
    }
}

#[test]
fn each_of_the_six_is_found_by_key_number_digits_constant_and_name() {
    let catalogue = PluginCatalogue::default();
    for built_in in BuiltInPlugin::ALL {
        let plugin = built_in.plugin();
        let digits = built_in.number().digits();
        let texts = [
            built_in.key().to_owned(),
            built_in.key().to_uppercase(),
            built_in.number().to_string(),
            digits.unwrap_or_default(),
            built_in.constant().to_owned(),
            built_in.constant().to_lowercase(),
            plugin.name.clone(),
        ];
        for text in texts {
            assert_eq!(catalogue.resolve(&text), Ok(&plugin), "{text}");
        }
    }
}

#[test]
fn a_text_is_a_key_before_a_number_and_a_number_before_four_digits() {
    let catalogue = PluginCatalogue::new(&[
        declared("15000", Some(1), None),
        declared("barcode", Some(15_000), None),
        declared("qrcode", Some(19), None),
    ]);
    let catalogue = catalogue.unwrap();
    let key = |text: &str| catalogue.resolve(text).unwrap().key.as_str().to_owned();
    assert_eq!(key("15000"), "15000", "barcode's number is the other's key");
    assert_eq!(key("0019"), "qrcode", "also the digits of 4D Write");
    assert_eq!(key("808464697"), "write");
    assert_eq!(
        catalogue.by_number(PluginNumber::new(15_000)).unwrap().name,
        "barcode"
    );
    assert_eq!(catalogue.by_number(PluginNumber::new(2)), None);
}

#[test]
fn a_key_is_got_as_it_is_written() {
    let catalogue = PluginCatalogue::default();
    assert!(catalogue.get(&PluginKey::from_stored("write")).is_some());
    assert_eq!(catalogue.get(&PluginKey::from_stored("Write")), None);
}

#[test]
fn web_and_soap_publication_are_plug_ins_of_the_catalogue() {
    let catalogue = PluginCatalogue::default();
    for (number, key) in [("808465209", "web"), ("808465465", "soap")] {
        let found = catalogue.resolve(number).map(|p| p.key.as_str().to_owned());
        assert_eq!(found.as_deref(), Ok(key));
    }
}

#[test]
fn an_unknown_plug_in_carries_the_known_keys() {
    let catalogue = PluginCatalogue::new(&[declared("barcode", None, None)]).unwrap();
    let error = catalogue.resolve("wirte").unwrap_err();
    assert_eq!(error.to_string(), "no plug-in is named `wirte`");
    assert_eq!(error.code(), "unknown-plugin");
    let known = "Known plug-ins: web, soap, oci, write, view, odbcPro, barcode.";
    assert!(error.help().unwrap().starts_with(known));
}

#[test]
fn a_declared_plug_in_without_a_name_is_called_by_its_key() {
    let catalogue = PluginCatalogue::new(&[declared("barcode", Some(15_000), None)]).unwrap();
    assert_eq!(catalogue.resolve("15000").unwrap().name, "barcode");
    assert_eq!(catalogue.resolve("BarCode").unwrap().name, "barcode");
}

#[test]
fn plug_ins_that_could_be_confused_are_refused() {
    let twice = [declared("a", None, None), declared("A", None, None)];
    let code = |declarations: &[PluginDeclaration]| {
        let error = PluginCatalogue::new(declarations).unwrap_err();
        assert!(error.help().is_some(), "{error}");
        error.code()
    };
    assert_eq!(code(&twice), "duplicate-plugin-key");
    assert_eq!(
        code(&[declared("Write", None, None)]),
        "duplicate-plugin-key"
    );
    assert_eq!(
        code(&[declared("x", Some(808_464_697), None)]),
        "duplicate-plugin-number"
    );
    assert_eq!(
        code(&[declared("x", Some(7), None), declared("y", Some(7), None)]),
        "duplicate-plugin-number"
    );
    for name in ["4d write", "write", "4D Write license"] {
        assert_eq!(
            code(&[declared("x", None, Some(name))]),
            "duplicate-plugin-name"
        );
    }
    assert_eq!(
        code(&[
            declared("x", None, Some("Y")),
            declared("y", None, Some("Z"))
        ]),
        "duplicate-plugin-name"
    );
}

#[test]
fn a_built_in_plug_in_keeps_its_number_and_name() {
    let same = declared("write", Some(808_464_697), Some("4D Write"));
    assert_eq!(
        PluginCatalogue::new(&[same]),
        Ok(PluginCatalogue::default())
    );
    for other in [
        declared("write", Some(1), None),
        declared("write", None, Some("Text")),
    ] {
        let error = PluginCatalogue::new(&[other]).unwrap_err();
        assert_eq!(error.code(), "built-in-plugin");
        let is_write = matches!(&error, CatalogueError::BuiltInRedeclared { key, .. } if key.as_str() == "write");
        assert!(is_write, "{error}");
    }
}

#[test]
fn a_key_that_only_a_directory_grants_can_be_named() {
    let mut builder = DirectoryBuilder::new();
    builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::Nobody);
    builder.grant_plugin(&PluginKey::from_stored("qrcode"), &Grantee::Nobody);
    let catalogue = PluginCatalogue::default().with_granted(&builder.finish());
    assert_eq!(catalogue.plugins().len(), 7);
    assert_eq!(catalogue.resolve("QRcode").unwrap().number, None);
}

/// Each declaration once was compared with every earlier one: a hundred thousand took minutes.
#[test]
fn a_hundred_thousand_plug_ins_are_declared_granted_and_found() {
    let declarations: Vec<PluginDeclaration> = (0..100_000)
        .map(|number| {
            declared(
                &format!("p{number}"),
                Some(number),
                Some(&format!("N {number}")),
            )
        })
        .collect();
    let mut builder = DirectoryBuilder::new();
    for number in 0..10_000 {
        builder.grant_plugin(
            &PluginKey::from_stored(format!("g{number}")),
            &Grantee::Nobody,
        );
    }
    let catalogue = PluginCatalogue::new(&declarations).unwrap();
    let catalogue = catalogue.with_granted(&builder.finish());
    assert_eq!(catalogue.plugins().len(), 6 + 100_000 + 10_000);
    for number in (0..100_000).step_by(7) {
        let found = catalogue.resolve(&format!("n {number}")).unwrap();
        assert_eq!(found.number, Some(PluginNumber::new(number)));
    }
}
