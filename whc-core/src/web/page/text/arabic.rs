//! The texts of the interface in Arabic: a draft, to be read by somebody who speaks it.

use super::{Heading, Text};
use crate::site::{Category, Language};
use crate::web::page::number::Number;

pub(super) static TEXT: Text = Text {
    language: Language::Arabic,
    service: "مواقع التراث العالمي",
    description: "قائمة التراث العالمي بيانات مفتوحة",
    comma: "، ",
    colon: ":",
    skip: "إلى المحتوى",
    main_menu: "القائمة الرئيسية",
    more: "المزيد",
    sections: ["المواقع", "البلدان", "المعايير", "في خطر", "إحصاءات"],
    find_a_site: "ابحث عن موقع",
    search: "بحث",
    search_hint: "بأي من ست لغات؛ والأخطاء الصغيرة لا تضر",
    changes: "التغييرات",
    api: "واجهة البرمجة",
    about_the_data: "عن البيانات",
    account: "حسابك",
    contacts: "جهات الاتصال",
    feed: "تغذية",
    feed_of_changes: "تغييرات قائمة التراث العالمي",
    licence: "حقائق من قائمة التراث العالمي ومن ويكي بيانات برخصة \
              <a href=\"https://creativecommons.org/licenses/by-sa/4.0/\"><bdi lang=\"en\">CC BY-SA 4.0</bdi></a>. هذه ليست \
              خدمة من اليونسكو؛ القائمة نفسها على <a href=\"https://whc.unesco.org/ar/list/\"><bdi \
              lang=\"en\">whc.unesco.org</bdi></a>.",
    categories: ["ثقافي", "طبيعي", "مختلط"],
    regions: [
        "أفريقيا",
        "الدول العربية",
        "آسيا والمحيط الهادئ",
        "أوروبا وأمريكا الشمالية",
        "أمريكا اللاتينية والكاريبي",
    ],
    short_regions: ["أفريقيا", "الدول العربية", "آسيا والهادئ", "أوروبا وأمريكا الشمالية", "أمريكا اللاتينية"],
    in_danger: "في خطر",
    across_borders: "عابر للحدود",
    hectares: "هكتار",
    sites: "المواقع",
    how_many_sites: sites,
    and_more_states: |more| format!("و{more} دول أخرى"),
    region: "المنطقة",
    country: "البلد",
    category: "الفئة",
    criterion: "المعيار",
    criteria: "المعايير",
    decade: "العقد",
    decade_name: |first| format!("{first}–{}", first + 9),
    total: "المجموع",
    share: "الحصة",
    take_the_data: "نزّل البيانات",
    inscribed: "سنة الإدراج",
    left_the_list: |year| format!("خرج من القائمة سنة {year}"),
    the_list: "قائمة التراث العالمي",
    lede: |sites, countries| {
        format!(
            "{} موقعًا في {countries} بلدًا، بيانات مفتوحة. ابحث عن موقع، ارسم خريطة، خذ القائمة معك.",
            Number(sites)
        )
    },
    map_of_the_world: |sites| format!("خريطة العالم وفيها {} من المواقع.", Number(sites)),
    same_as_list: "المواقع نفسها في قائمة",
    closer: "عن قرب:",
    as_it_was: "القائمة كما كانت",
    as_of_a_year: "القائمة كما في سنة",
    today: "اليوم",
    known_of_year: |year| format!("ما يمكن معرفته عن سنة {year}:"),
    what_is_known: "المواقع التي كانت في القائمة في نهاية تلك السنة، وما كان منها في خطر. أما الأسماء والمساحات والحدود والدول \
                    فهي كما اليوم.",
    newest: "أحدث المواقع المدرجة",
    all_of_year: |count, year| format!("كل مواقع سنة {year}: {}", Number(count)),
    by_region: "حسب المنطقة",
    both_regions: "الموقع الواقع في منطقتين محسوب في كلتيهما.",
    no_changes: "لم يتغير شيء منذ تحميل هذه القائمة.",
    all_changes: "كل التغييرات",
    kinds_of_change: ["أضيف", "تغيّر", "حذف"],
    heading,
    danger_among: |sites, danger| format!("{}، منها {} في خطر", self::sites(sites), Number(danger)),
    change_filters: "تغيير المرشّحات",
    remove: "أزل",
    error: "خطأ: ",
    wrong_filters: "بعض هذه المرشحات غير صالح",
    outside_map: |count| format!("خارج هذه الخريطة: {count}"),
    map_of_these: "خريطة هذه المواقع. المواقع نفسها في القائمة أدناه.",
    in_this_result: "في هذه النتيجة",
    all_countries: "كل البلدان",
    order: "الترتيب:",
    orders: ["الأنسب", "الأقرب", "الأحدث", "الأقدم", "الاسم", "المساحة", "الرقم"],
    pages: "الصفحات",
    previous: "السابقة",
    next: "التالية",
    range_of: |first, last, total| format!("{}–{} من {}", Number(first), Number(last), Number(total)),
    take_this_result: "نزّل هذه النتيجة",
    filters: "المرشّحات",
    words: "كلمات",
    any: "الكل",
    yes: "نعم",
    no: "لا",
    all_of_these: "كل هذه معًا",
    inscribed_hint: "سنة أو مدى: \u{2066}1978..1990\u{2069}، \u{2066}2000..\u{2069}",
    further_filters: "مرشّحات أخرى",
    area_in_hectares: "المساحة بالهكتار",
    area_hint: "مدى: \u{2066}..100\u{2069}، \u{2066}5000..20000\u{2069}",
    status: "في القائمة",
    statuses: ["الآن", "لم يعد", "الآن أو سابقًا"],
    as_of_end: "كما في نهاية سنة",
    show_sites: "أظهر المواقع",
    reset: "ابدأ من جديد",
    not_in_danger: "ليس في خطر",
    not_across_borders: "في دولة واحدة",
    chosen: |name, value| format!("{name}: {value}"),
    none_passes: "لا موقع تنطبق عليه كل هذه المرشّحات",
    drop_one: "أزل واحدًا منها فتظهر مواقع:",
    drop_several: "ولا موقع أيضًا إذا أزيل أي واحد منها.",
    without: |filter| format!("دون «{filter}»"),
    start_again: "ابدأ من جديد بكل المواقع",
    kind: |category, states, year| {
        let kind = format!("موقع {}", TEXT.category_of(category));
        match states {
            0 | 1 => format!("{kind}، أدرج سنة {year}"),
            states => format!("{kind} عبر حدود {states} دول، أدرج سنة {year}"),
        }
    },
    danger_since: |since| match since {
        Some(year) => format!("في خطر منذ {year}"),
        None => "في خطر".to_owned(),
    },
    where_this_is: "أين هذا",
    components_at_scale: |parts, latitude| {
        format!("{} من الأجزاء؛ المقياس صحيح عند \u{2066}{latitude}\u{2069}", Number(parts as u64))
    },
    components_of: |parts| format!("{} من الأجزاء", Number(parts as u64)),
    one_point: |latitude| format!("المقياس صحيح عند \u{2066}{latitude}\u{2069}"),
    history: "التاريخ",
    extended: "وسّع أو عدّل",
    inscribed_event: "أدرج",
    left_event: "خرج من القائمة",
    superseded_event: "صار جزءًا من موقع آخر",
    list_in_danger: "في قائمة التراث العالمي المعرض للخطر",
    superseded: |year| format!("جزء من موقع آخر منذ {year}:"),
    why: "سبب الإدراج",
    why_it_was: "سبب الإدراج",
    in_our_words: "بكلماتنا. المعتمد هو نص المبادئ التوجيهية.",
    criteria_incomplete: "قد يكون مدرجًا بالمعيار (vi) أيضًا: مصدر هذا الموقع لا يذكره.",
    no_criteria: "المعايير غير معروفة.",
    names: "الأسماء",
    languages: ["الإنجليزية", "الفرنسية", "الإسبانية", "الروسية", "العربية", "الصينية"],
    by_state: "الأجزاء حسب الدولة",
    state: "الدولة",
    states: "الدول",
    components: "الأجزاء",
    nearby: "بالقرب",
    site: "الموقع",
    kilometres: "كم",
    description_of_site: "ما هو",
    changes_of_site: "تغييرات هذه الحقائق",
    cite: "استشهد بهذا الموقع",
    facts: "حقائق",
    number: "الرقم",
    area: "المساحة",
    not_known: "غير معروف",
    point: "النقطة",
    elsewhere: "في مواضع أخرى",
    data: "البيانات",
    neighbours: "المجاوران بالرقم",
    before: "قبله:",
    after: "بعده:",
    countries: "البلدان",
    countries_lede: |count| {
        format!("{count} من البلدان لها مواقع في القائمة. الموقع المشترك محسوب في كل بلد.")
    },
    first: "الأول",
    criteria_lede: "يدرج الموقع بواحد أو أكثر من عشرة معايير: ستة ثقافية وأربعة طبيعية. الموقع المختلط له من كليهما.",
    group_of_criterion: ["معيار ثقافي", "معيار طبيعي"],
    criterion_name: |numeral| format!("المعيار \u{2066}({numeral})\u{2069}"),
    all_with_criterion: |count| format!("الكل: {}", self::sites(count)),
    danger_title: "التراث العالمي في خطر",
    danger_lede: |count| {
        format!(
            "{} في قائمة التراث العالمي المعرض للخطر: بسبب الحرب أو الإهمال أو البناء أو الطبيعة.",
            self::sites(count)
        )
    },
    danger_before: "كانت في خطر ثم نجت",
    years: "السنوات",
    changes_lede: "ما تغيّر في هذه القائمة، الأحدث أولًا. الموقع الذي يخرج من القائمة تتغير حالته.",
    when: "متى",
    what: "ماذا",
    fields: "الحقول",
    source: "من",
    statistics: "إحصاءات",
    statistics_lede: |first| format!("القائمة منذ سنتها الأولى {first}. تحت كل رسم جدول بأرقامه."),
    as_table: " في جدول",
    year: "السنة",
    per_year: "الإدراج في كل سنة",
    regions_over_time: "المناطق عبر السنين",
    end_of: "نهاية",
    one_scale: |most| format!("كلها بمقياس واحد: حتى {most} من المواقع في القائمة."),
    danger_over_time: "في خطر في نهاية كل سنة",
    danger_in: |count, year| format!("{count} سنة {year}"),
    on_the_list: "في القائمة",
    several_criteria: "للموقع معيار واحد أو أكثر. المعيار (vi) محسوب أقل حيث لا يذكره المصدر.",
    most_sites: "البلدان الأكثر مواقع",
    all_n_countries: |count| format!("كل البلدان: {count}"),
};

fn sites(count: u64) -> String {
    format!("{} من المواقع", Number(count))
}

/// `المواقع في الدول العربية`; the number follows in the line below.
fn heading(heading: &Heading<'_>) -> String {
    let mut text = if heading.total == 0 { "لا مواقع" } else { "المواقع" }.to_owned();
    let kinds: Vec<_> = heading.categories.iter().map(|category| adjective(*category)).collect();
    if !kinds.is_empty() {
        text = format!("{text} {}", kinds.join(" أو "));
    }
    if heading.in_danger {
        text.push_str(" المعرضة للخطر");
    }
    if !heading.places.is_empty() && heading.places.len() < 4 {
        text = format!("{text} في {}", heading.places.join(" أو "));
    }
    if let Some(words) = heading.words {
        text = format!("{text}: «{words}»");
    }
    if heading.delisted {
        text.push_str(" التي خرجت من القائمة");
    }
    match heading.as_of {
        Some(year) if !heading.filtered => format!("القائمة في نهاية سنة {year}"),
        Some(year) => format!("{text} في نهاية سنة {year}"),
        None => text,
    }
}

fn adjective(category: Category) -> &'static str {
    match category {
        Category::Cultural => "الثقافية",
        Category::Natural => "الطبيعية",
        Category::Mixed => "المختلطة",
    }
}
