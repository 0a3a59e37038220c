//! The public offices of the synthetic district.

use super::CommandError;
use super::codes::Code;

/// 行政区划 of the offices.
const DIVISION: &str = "120102";

/// A public office.
pub(super) struct Office {
    /// Its name.
    pub(super) name: &'static str,
    /// What its document numbers begin with (机关代字).
    pub(super) mark: &'static str,
    pub(super) code: Code,
}

/// Word in the tables, name, 机关代字. Their order is in their codes.
const OFFICES: [(&str, &str, &str); 22] = [
    ("market", "示例区市场监督管理局", "示市监"),
    ("tax", "国家税务总局示例区税务局", "示税"),
    ("urban", "示例区城市管理委员会", "示城管"),
    ("health", "示例区卫生健康委员会", "示卫"),
    ("emergency", "示例区应急管理局", "示应急"),
    ("fire", "示例区消防救援支队", "示消"),
    ("housing", "示例区住房和建设委员会", "示建"),
    ("culture", "示例区文化和旅游局", "示文旅"),
    ("ecology", "示例区生态环境局", "示环"),
    ("labour", "示例区人力资源和社会保障局", "示人社"),
    ("education", "示例区教育局", "示教"),
    ("transport", "示例市道路运输局", "示运"),
    ("approval", "示例区行政审批局", "示审批"),
    ("court", "示例区人民法院", "示法"),
    ("justice", "示例区司法局", "示司"),
    ("civil", "示例区民政局", "示民"),
    ("credit", "示例区发展和改革委员会", "示发改"),
    ("commerce", "示例区商务局", "示商"),
    ("farm", "示例区农业农村委员会", "示农"),
    ("police", "示例市公安局示例分局", "示公"),
    ("park", "示例区产业园区管理委员会", "示园管"),
    ("customs", "示例海关", "示关"),
];

impl Office {
    /// The office that the tables call `word`.
    pub(super) fn named(word: &str) -> Result<Self, CommandError> {
        let place = OFFICES.iter().position(|(other, ..)| *other == word);
        let Some(place) = place else {
            return Err(format!("there is no office '{word}'").into());
        };
        let (_, name, mark) = OFFICES[place];
        Ok(Self {
            name,
            mark,
            code: Code::of_office(place, *b"11", DIVISION),
        })
    }
}
