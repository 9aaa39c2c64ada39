"""
Write the fairness set: people and firms that must not be flagged, and pairs that differ in what must not matter.

The set is data (``people_and_firms.jsonl`` beside this script); run the script again only to change it. It uses no
randomness: names and facts are combined by counting, so the file is the same on every machine. All names are made up from
common surnames and given names; none is a person known to the authors.

Each line: ``id``; ``group`` for the table of flag rates; ``at_most``, the highest band of dprk_nexus a fair result may have
(``null`` where only the pair matters); ``pair`` and ``differs`` where another line with the same pair differs in just that
(name, script, birthplace or language) and must get the same scores and outcome; ``record``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

Line = dict[str, Any]
TARGET = Path(__file__).with_name("people_and_firms.jsonl")

ROK_WORDS = (
    "KR",
    "KOR",
    "410",
    "ROK",
    "Republic of Korea",
    "Korea, Republic of",
    "South Korea",
    "S. Korea",
    "South Korean",
    "대한민국",
    "한국",
    "남한",
    "韩国",
    "韓國",
    "南韩",
    "Республика Корея",
    "Южная Корея",
    "Corea del Sur",
    "Südkorea",
    "Korea (Rep.)",
)
ROK_PEOPLE = (
    "Kim Minjun",
    "Lee Seo-yeon",
    "Park Jihoon",
    "Choi Yuna",
    "Jung Haneul",
    "Kang Taeyang",
    "Cho Eunbi",
    "Yoon Dohyun",
    "김민준",
    "이서연",
    "박지훈",
    "최유나",
    "정하늘",
    "강태양",
    "조은비",
    "윤도현",
    "Ким Мин Чжун",
    "Пак Чи Хун",
    "李瑞妍",
    "朴智勋",
)
KORYO_PEOPLE = (
    "Ким Виталий Сергеевич",
    "Цой Марина Викторовна",
    "Пак Алексей Николаевич",
    "Тен Ольга Дмитриевна",
    "Ли Роман Андреевич",
    "Хан Светлана Игоревна",
    "Югай Денис Павлович",
    "Нам Татьяна Олеговна",
    "Шегай Руслан Маратович",
    "Огай Елена Юрьевна",
    "Kim Vitaliy",
    "Tsoy Marina",
    "Pak Aleksey",
    "Tyan Olga",
    "Lee Roman",
    "Khan Svetlana",
    "Yugay Denis",
    "Nam Tatyana",
)
SLAVIC_PEOPLE = (
    "Иванов Виталий Сергеевич",
    "Смирнова Марина Викторовна",
    "Кузнецов Алексей Николаевич",
    "Попова Ольга Дмитриевна",
    "Соколов Роман Андреевич",
    "Лебедева Светлана Игоревна",
    "Козлов Денис Павлович",
    "Новикова Татьяна Олеговна",
    "Морозов Руслан Маратович",
    "Петрова Елена Юрьевна",
    "Ivanov Vitaliy",
    "Smirnova Marina",
    "Kuznetsov Aleksey",
    "Popova Olga",
    "Sokolov Roman",
    "Lebedeva Svetlana",
    "Kozlov Denis",
    "Novikova Tatyana",
)
CHINESE_KOREAN_PEOPLE = (
    "朴哲",
    "金光日",
    "崔英花",
    "李成浩",
    "全红",
    "许美玉",
    "Jin Guangri",
    "Piao Zhe",
    "Cui Yinghua",
    "Xu Meiyu",
    "박철",
    "김광일",
)
HAN_PEOPLE = (
    "王伟",
    "李娜",
    "张强",
    "刘洋",
    "陈静",
    "杨帆",
    "Wang Wei",
    "Li Na",
    "Zhang Qiang",
    "Liu Yang",
    "왕웨이",
    "리나",
)
AMERICANS = (
    "Daniel Kim",
    "Grace Park",
    "Eunice Choi",
    "Joshua Lee",
    "Hannah Cho",
    "David Yoon",
    "Sarah Kang",
    "Peter Chung",
    "Esther Shin",
    "Andrew Oh",
    "Michelle Ryu",
    "Brian Hwang",
)
WESTERN_PEOPLE = (
    "Daniel Miller",
    "Grace Brown",
    "Eunice Baker",
    "Joshua Clark",
    "Hannah Reed",
    "David Young",
    "Sarah King",
    "Peter Hill",
    "Esther Stone",
    "Andrew Cole",
    "Michelle Ross",
    "Brian Hughes",
)
FAR_EAST = (
    ("Владивосток", "RU-PRI"),
    ("Уссурийск", "RU-PRI"),
    ("Хабаровск", "RU-KHA"),
    ("Южно-Сахалинск", "RU-SAK"),
    ("Корсаков", "RU-SAK"),
    ("Благовещенск", "RU-AMU"),
    ("Находка", "RU-PRI"),
    ("Магадан", "RU-MAG"),
    ("Якутск", "RU-SA"),
    ("Комсомольск-на-Амуре", "RU-KHA"),
)
BORDER = ("丹东", "延吉", "珲春", "图们", "龙井", "和龙", "Dandong", "Yanji", "Hunchun", "Shenyang")
ORDINARY = {
    "visa": "work",
    "work_permit": "permit",
    "hours_per_day": 8,
    "hours_per_week": 40,
    "rest_days_per_year": 104,
    "pay_recipient": "worker",
    "pay_method": "bank",
    "documents_held_by": "worker",
    "lodging": "own",
    "movement": "free",
    "outside_contact": True,
}
LOCAL = {**ORDINARY, "visa": "not_required", "work_permit": "not_required"}


def crew(nationality: str, headcount: int, occupation: str = "", **more: Any) -> dict[str, Any]:
    """Return a group of workers in ordinary conditions."""
    group: dict[str, Any] = {"nationality": nationality, "headcount": headcount, **ORDINARY}
    if occupation:
        group["occupation"] = occupation
    return {**group, **more}


def people_of_the_republic_of_korea() -> Iterator[Line]:
    """Nationals of the Republic of Korea, alone and as staff, in every way the country is written."""
    for place, (word, name) in enumerate(zip(ROK_WORDS, ROK_PEOPLE, strict=False)):
        yield line(
            "rok_nationals",
            {
                "kind": "person",
                "name": name,
                "role": "contractor",
                "nationality": word,
                "nationality_source": "document",
                "country": "KR",
                "activities": "plant engineering advice",
            },
        )
        yield line(
            "rok_nationals",
            {
                "name": f"Hanbit Engineering {place}",
                "country": word,
                "industries": [{"scheme": "ISIC4", "code": "7110"}],
                "workforce": [crew(word, 12 + place, "engineers", manual=False)],
            },
        )


def firms_of_the_republic_of_korea() -> Iterator[Line]:
    """Firms of the Republic of Korea, at home and on sites in Russia, China and the Gulf."""
    names = (
        "한빛건설 주식회사",
        "(주)동해시공",
        "Hanbit E&C Co., Ltd.",
        "Donghae Shipbuilding",
        "삼정조선소",
        "새벽의류",
        "Saebyeok Apparel",
        "누리소프트",
        "Nuri Soft Inc.",
        "바다수산",
        "Bada Seafood",
        "한밭식품",
    )
    works = (
        "건설, 플랜트 시공",
        "타일 시공과 미장",
        "construction of plants",
        "shipbuilding and ship repair",
        "조선소 블록 조립",
        "봉제, 의류 제조",
        "garment manufacture",
        "소프트웨어 개발",
        "software development",
        "수산물 가공",
        "squid and pollock processing",
        "식품 도매",
    )
    sites = (
        ("서울", "KR", None),
        ("부산", "KR", None),
        ("Владивосток", "RU", "RU-PRI"),
        ("Abu Dhabi", "AE", None),
        ("거제", "KR", None),
        ("大连", "CN", "CN-LN"),
        ("Yanji", "CN", "CN-JL"),
        ("판교", "KR", None),
        ("Busan", "KR", None),
        ("포항", "KR", None),
        ("Находка", "RU", "RU-PRI"),
        ("대전", "KR", None),
    )
    for place, (name, work, (city, country, region)) in enumerate(zip(names, works, sites, strict=True)):
        for word in ("대한민국", "KR", "Republic of Korea"):
            address = {"use": "site", "city": city, "country": country} | (
                {"region": region} if region else {}
            )
            yield line(
                "rok_firms",
                {
                    "name": name,
                    "country": "KR",
                    "activities": work,
                    "addresses": [address],
                    "workforce": [
                        crew(word, 20 + place, pay_recipient="worker"),
                        crew(country if country != "KR" else "VN", 15),
                    ],
                },
            )


def koryo_saram() -> Iterator[Line]:
    """Koryo-saram: citizens of Russia, Kazakhstan and Uzbekistan of Korean descent."""
    for place, name in enumerate(KORYO_PEOPLE):
        citizenship = ("РФ", "Казахстан", "Узбекистан")[place % 3]
        code = ("RU", "KZ", "UZ")[place % 3]
        yield line(
            f"koryo_saram_{code.lower()}",
            {
                "kind": "person",
                "name": name,
                "role": "contractor",
                "country": code,
                "nationality": citizenship,
                "nationality_source": "document",
                "activities": ("отделочные работы", "бухгалтерия", "перевод")[place % 3],
            },
        )
        city, region = FAR_EAST[place % len(FAR_EAST)]
        yield line(
            f"koryo_saram_{code.lower()}",
            {
                "name": f"ИП {name}",
                "country": "RU",
                "activities": "строительные и отделочные работы",
                "addresses": [{"use": "site", "city": city, "region": region, "country": "RU"}],
                "people": [
                    {
                        "name": name,
                        "position": "индивидуальный предприниматель",
                        "nationality": citizenship,
                        "nationality_source": "document",
                    }
                ],
                "workforce": [
                    crew(
                        citizenship,
                        6 + place,
                        "каменщики",
                        visa="not_required",
                        work_permit="not_required" if code != "UZ" else "patent",
                    )
                ],
            },
        )


def sakhalin_koreans() -> Iterator[Line]:
    """Firms on Sakhalin whose staff are Russian citizens of Korean descent."""
    notes = (
        "Коллектив - сахалинские корейцы, все граждане РФ.",
        "Основатель из семьи сахалинских корейцев, гражданин России.",
        "사할린 한인 가족이 운영하는 러시아 회사이다.",
        "Family firm of Sakhalin Koreans, Russian citizens since birth.",
        "Работники корейской национальности, паспорта РФ.",
    )
    for place in range(20):
        name = KORYO_PEOPLE[place % len(KORYO_PEOPLE)]
        city, region = (("Южно-Сахалинск", "RU-SAK"), ("Корсаков", "RU-SAK"), ("Холмск", "RU-SAK"))[place % 3]
        yield line(
            "sakhalin_koreans",
            {
                "name": f"ООО Остров-{place + 1}",
                "country": "RU",
                "activities": ("строительство", "рыбопереработка", "ресторан", "лесопиление")[place % 4],
                "addresses": [{"use": "site", "city": city, "region": region, "country": "RU"}],
                "people": [
                    {
                        "name": name,
                        "position": "директор",
                        "nationality": "RU",
                        "nationality_source": "official",
                    }
                ],
                "workforce": [{"nationality": "Россия", "headcount": 10 + place, **LOCAL}],
                "observations": [{"source_type": "internal_note", "text": notes[place % len(notes)]}],
            },
        )


def chinese_koreans() -> Iterator[Line]:
    """Chinese citizens of Korean nationality (朝鲜族) in Yanbian and along the border."""
    notes = (
        "车间有三十名朝鲜族工人，均为中国籍。",
        "员工多为朝鲜族，持中国居民身份证。",
        "직원 대부분이 조선족이며 중국 국적이다.",
        "Most sewers are Chinese Koreans (朝鲜族) with Chinese identity cards.",
        "朝鲜族女工十二名，工资按月发放。",
    )
    for place in range(24):
        city = BORDER[place % len(BORDER)]
        yield line(
            "chinese_koreans",
            {
                "name": (
                    "延边长白服装有限公司",
                    "丹东海洋水产有限公司",
                    "图们江软件有限公司",
                    "Yanbian Haoyun Garment Co",
                )[place % 4],
                "country": "CN",
                "activities": ("服装加工", "水产品加工", "软件外包", "garment sewing")[place % 4],
                "addresses": [{"use": "site", "city": city, "country": "CN"}],
                "people": [
                    {
                        "name": CHINESE_KOREAN_PEOPLE[place % 12],
                        "position": "法定代表人",
                        "nationality": "CN",
                        "nationality_source": "official",
                    }
                ],
                "workforce": [
                    {"nationality": ("CN", "中国", "China")[place % 3], "headcount": 30 + place, **LOCAL}
                ],
                "observations": [{"source_type": "audit", "text": notes[place % len(notes)]}],
            },
        )
        if place < 8:
            yield line(
                "chinese_koreans",
                {
                    "name": f"延吉家和装饰{place}",
                    "country": "CN",
                    "addresses": [{"city": "延吉", "country": "CN"}],
                    "activities": "装修",
                    "workforce": [{"nationality": ("朝鲜族", "조선족")[place % 2], "headcount": 9, **LOCAL}],
                },
            )


def escapees() -> Iterator[Line]:
    """People who fled: citizens of the Republic of Korea born in the North, and protected persons elsewhere."""
    for place, name in enumerate(ROK_PEOPLE[:12]):
        yield line(
            "escapees",
            {
                "kind": "person",
                "name": name,
                "role": "contractor",
                "country": "KR",
                "nationality": "KR",
                "nationality_source": "document",
                "activities": "북한이탈주민이 운영하는 식당",
                "observations": [{"source_type": "internal_note", "text": "북한이탈주민 정착지원 기업."}],
            },
        )
        yield line(
            "escapees",
            {
                "name": f"Saenal Social Enterprise {place}",
                "country": "KR",
                "activities": "packaging by North Korean defectors resettled in Seoul",
                "workforce": [crew("KR", 8, "packers", birth_country="KP", document_issuer="KR")],
            },
        )
    for place in range(6):
        yield line(
            "escapees",
            {
                "name": f"Riverside Bakery {place}",
                "country": ("GB", "CA", "DE")[place % 3],
                "activities": "bakery",
                "workforce": [
                    crew("KP", 1, "baker", exemption="protected", visa="not_required"),
                    crew(("GB", "CA", "DE")[place % 3], 9),
                ],
            },
        )


def chosen_seki() -> Iterator[Line]:
    """Residents of Japan registered as 朝鮮籍, who hold no DPRK passport."""
    for place in range(10):
        yield line(
            "chosen_seki",
            {
                "name": ("大阪精肉店", "平和堂製靴", "神戸ゴム工業", "Heiwa Shoes KK", "在日商工")[place % 5],
                "country": "JP",
                "addresses": [{"city": "Osaka", "country": "JP"}],
                "activities": ("焼肉店", "靴の製造")[place % 2],
                "workforce": [
                    {"nationality": "朝鮮籍", "headcount": 2, **LOCAL},
                    {"nationality": "日本", "headcount": 6, **LOCAL},
                ],
            },
        )


def korean_names_elsewhere() -> Iterator[Line]:
    """Korean-named citizens of the United States and other countries."""
    for place, name in enumerate(AMERICANS):
        country = ("US", "CA", "AU", "GB")[place % 4]
        yield line(
            "korean_americans",
            {
                "kind": "person",
                "name": name,
                "role": "freelancer",
                "country": country,
                "nationality": country,
                "nationality_source": "document",
                "activities": "full stack developer",
                "remote_work": honest(country),
            },
        )
        yield line(
            "korean_americans",
            {
                "name": f"{name.split()[1]} & Sons Construction",
                "country": country,
                "activities": "home renovation crew",
                "people": [
                    {
                        "name": name,
                        "position": "owner",
                        "nationality": country,
                        "nationality_source": "supplier_statement",
                    }
                ],
                "workforce": [{"nationality": country, "headcount": 7, **LOCAL}],
            },
        )


def honest(country: str, **more: Any) -> dict[str, Any]:
    """Return what onboarding says of an honest remote contractor."""
    return {
        "claimed_country": country,
        "login_countries": [country],
        "login_countries_24h": 1,
        "accounts_per_ip": 1,
        "video": "shown",
        "identity_check": "passed",
        "interview_proxy": False,
        "profile_mismatches": 0,
        "payee_name_matches": True,
        **more,
    }


def remote_freelancers() -> Iterator[Line]:
    """Remote developers with a Korean keyboard, a VPN, odd hours or one harmless sign."""
    quirks: tuple[dict[str, Any], ...] = (
        {"keyboard_locale": "ko-KR"},
        {"vpn": "persistent"},
        {"longest_session_hours": 26},
        {"off_platform": True},
        {"activity_utc_offset": 9, "claimed_utc_offset": 1},
        {"profile_mismatches": 2},
        {"keyboard_locale": "ko-KR", "vpn": "occasional"},
        {"remote_tools": ["TeamViewer"]},
    )
    names = (
        "박지훈",
        "Cho Eunbi",
        "Kim Vitaliy",
        "金光日",
        "Daniel Kim",
        "Nguyễn Minh",
        "Olga Tyan",
        "Wang Wei",
    )
    for place, quirk in enumerate(quirks * 3):
        country = ("KR", "PL", "KZ", "CN", "US", "VN", "DE", "JP")[place % 8]
        yield line(
            "remote_freelancers",
            {
                "kind": "person",
                "name": names[place % 8],
                "role": "freelancer",
                "country": country,
                "activities": ("소프트웨어 개발", "web development", "разработка сайтов", "软件开发")[
                    place % 4
                ],
                "remote_work": honest(country, **quirk),
            },
        )


def ordinary_crews() -> Iterator[Line]:
    """Crews of many nationalities in ordinary conditions, in exposed places and trades."""
    nations = (
        (
            "central_asian",
            ("Узбекистан", "Таджикистан", "Кыргызстан", "UZ", "TJ", "KG", "Kyrgyz Republic", "Киргизия"),
        ),
        ("vietnamese", ("Вьетнам", "VN", "Việt Nam", "越南")),
        ("chinese", ("Китай", "CN", "中国", "China")),
        ("japanese", ("JP", "日本", "Япония")),
        ("russian", ("РФ", "Россия", "RU", "Russian Federation")),
        ("mongolian", ("MN", "Монголия")),
        ("south_asian", ("India", "NP", "Бангладеш", "LK")),
        ("african", ("KE", "Уганда", "CM")),
    )
    trades = (
        "строительство",
        "швейное производство",
        "рыбопереработка",
        "лесозаготовка",
        "отделочные работы",
        "аутстаффинг",
        "construction",
        "sawmill",
    )
    number = count()
    for label, words in nations:
        for word in words:
            for _ in range(2):
                place = next(number)
                city, region = FAR_EAST[place % len(FAR_EAST)]
                extra = (
                    {"visa": "not_required", "work_permit": "patent"}
                    if label == "central_asian"
                    else LOCAL
                    if label == "russian"
                    else {}
                )
                yield line(
                    f"{label}_crews",
                    {
                        "name": (
                            "ООО Амурстрой",
                            "ООО Восход",
                            "ООО Тайга",
                            "АО Приморский берег",
                            "ООО Сфера",
                        )[place % 5]
                        + f"-{place}",
                        "country": "RU",
                        "activities": trades[place % len(trades)],
                        "addresses": [{"use": "site", "city": city, "region": region, "country": "RU"}],
                        "workforce": [crew(word, 12 + place, **extra)],
                    },
                )


def students_within_the_law() -> Iterator[Line]:
    """Students who work in their free time, with the school's certificate."""
    for place in range(18):
        nation = ("Узбекистан", "Вьетнам", "Индия", "Китай", "Республика Корея", "Монголия")[place % 6]
        city, region = FAR_EAST[place % len(FAR_EAST)]
        yield line(
            "students",
            {
                "name": f"Кафе Прибой {place}",
                "country": "RU",
                "activities": ("ресторан", "складские услуги", "строительство")[place % 3],
                "addresses": [{"use": "site", "city": city, "region": region, "country": "RU"}],
                "workforce": [
                    crew(
                        nation,
                        2 + place % 4,
                        ("официанты", "грузчики", "подсобные рабочие")[place % 3],
                        visa="учебная",
                        study_certificate=True,
                        hours_per_day=4,
                        hours_per_week=18,
                        work_permit="not_required",
                        lodging="dormitory",
                    )
                ],
            },
        )


def restaurants_and_churches() -> Iterator[Line]:
    """Korean restaurants, churches, schools and shops."""
    firms = (
        ("Seoul Garden BBQ", "Korean restaurant", "US"),
        ("Ресторан Кореана", "корейский ресторан", "RU"),
        ("평양냉면 전문점", "한식당, 평양냉면", "KR"),
        ("首尔烤肉", "韩国餐厅", "CN"),
        ("Grace Korean Presbyterian Church", "church", "US"),
        ("사랑의 교회", "교회", "KR"),
        ("Taekwondo Club Dojang", "sports school", "DE"),
        ("Корейский культурный центр", "языковые курсы", "KZ"),
        ("Hansik Market", "Korean grocery wholesale", "FR"),
        ("K-Beauty Import", "cosmetics import", "PL"),
        ("The Chosun Weekly Agency", "newspaper distribution", "KR"),
        ("Корё Мебель", "мебель", "UZ"),
    )
    for place, (name, activity, country) in enumerate(firms * 2):
        yield line(
            "restaurants_and_churches",
            {
                "name": name,
                "country": country,
                "activities": activity,
                "addresses": [{"city": "", "country": country}] if place % 2 else [],
                "workforce": [{"nationality": country, "headcount": 5 + place, **LOCAL}, crew("KR", 2)],
            },
        )


def words_that_look_alike() -> Iterator[Line]:
    """KP in part numbers, KG written КР, shipyards, newspapers, North Kivu, negations and rules in four languages."""
    goods = (
        "Bearing KP-40 PRK",
        "KP Snacks crisps",
        "Relay NK-2 DPR-K",
        "Кран КР-25",
        "KPRK valve",
        "조선 도자기 그릇",
        "朝鲜蓟罐头 artichokes",
        "PRK-408 laser consumable",
    )
    for place, text in enumerate(goods * 2):
        yield line(
            "look_alikes",
            {
                "name": f"Parts and Goods {place}",
                "country": ("JP", "GB", "DE", "RU", "US", "KR", "CN", "FR")[place % 8],
                "goods": [
                    {
                        "description": text,
                        "origin_country": ("JP", "GB", "DE", "RU", "US", "KR", "CN", "FR")[place % 8],
                    }
                ],
            },
        )
    notes = (
        "Auditors found no evidence that passports were retained.",
        "Workers may keep their passports.",
        "A competitor was accused of using North Korean workers.",
        "The supplier shall not use North Korean workers.",
        "No North Korean workers were found on the site.",
        "Does the site use DPRK labour? - No.",
        "Паспорта работников не изымаются.",
        "Граждан КНДР на объекте нет.",
        "Если будут выявлены северокорейские рабочие, договор расторгается.",
        "Рабочие из КНДР не привлекались.",
        "여권을 압수하지 않는다.",
        "북한 노동자는 없었다.",
        "경쟁사가 북한 노동자를 고용했다는 의혹이 있다.",
        "북한 노동자를 고용해서는 안 된다.",
        "没有发现朝鲜工人。",
        "不得使用朝鲜劳工。",
        "未发现护照被扣押的情况。",
        "竞争对手被指使用朝鲜工人。",
        "工厂里有朝鲜族工人。",
        "조선소에서 일하는 노동자 40명.",
    )
    for place, text in enumerate(notes):
        for country in ("RU", "CN"):
            yield line(
                "denials_and_rules",
                {
                    "name": f"Audited Supplier {place}-{country}",
                    "country": country,
                    "activities": "строительство" if country == "RU" else "服装加工",
                    "observations": [{"source_type": "audit", "source": "Example Audit", "text": text}],
                    "workforce": [crew(country, 25, **LOCAL)],
                },
            )
    for place in range(6):
        yield line(
            "look_alikes",
            {
                "name": f"Bishkek Trade {place}",
                "country": (
                    "Кыргызстан",
                    "KG",
                    "Кыргызская Республика",
                    "North Kivu, DR Congo",
                    "Киргизия",
                    "CD",
                )[place],
                "activities": "wholesale",
                "workforce": [
                    {
                        "nationality": ("Кыргызстан", "KG", "Кыргызская Республика", "CD", "Киргизия", "CD")[
                            place
                        ],
                        "headcount": 9,
                        **LOCAL,
                    }
                ],
            },
        )


def diplomats() -> Iterator[Line]:
    """Landlords and shops that deal with embassies."""
    for place in range(4):
        yield line(
            "diplomats",
            {
                "name": f"Embassy Quarter Services {place}",
                "country": "RU",
                "activities": "аренда помещений",
                "addresses": [{"city": "Москва", "region": "RU-MOW", "country": "RU"}],
                "workforce": [
                    {"nationality": "KP", "headcount": 1, "occupation": "attaché", "visa": "diplomatic"},
                    {"nationality": "RU", "headcount": 6, **LOCAL},
                ],
            },
        )


def pairs() -> Iterator[Line]:
    """Pairs that differ only in a name, a script, a birthplace or the language of a text."""
    number = count(1)
    for korean, slavic in zip(KORYO_PEOPLE, SLAVIC_PEOPLE, strict=True):
        yield from pair(
            f"name-{next(number):02}",
            "name",
            [
                {
                    "kind": "person",
                    "name": name,
                    "role": "contractor",
                    "country": "RU",
                    "nationality": "RU",
                    "nationality_source": "document",
                    "activities": "отделочные работы",
                }
                for name in (korean, slavic)
            ],
        )
    for korean, western in zip(AMERICANS, WESTERN_PEOPLE, strict=True):
        yield from pair(
            f"name-{next(number):02}",
            "name",
            [
                {
                    "kind": "person",
                    "name": name,
                    "role": "freelancer",
                    "country": "US",
                    "activities": "software developer",
                    "remote_work": {
                        "claimed_country": "US",
                        "login_countries": ["US"],
                        "vpn": "persistent",
                        "video": "refused",
                    },
                }
                for name in (korean, western)
            ],
        )
    for korean, han in zip(CHINESE_KOREAN_PEOPLE, HAN_PEOPLE, strict=True):
        yield from pair(
            f"name-{next(number):02}",
            "name",
            [
                {
                    "name": "图们服装有限公司",
                    "country": "CN",
                    "activities": "服装",
                    "addresses": [{"city": "图们", "country": "CN"}],
                    "people": [{"name": name, "position": "法定代表人"}],
                    "workforce": [{"headcount": 80, "nationality": "CN", **LOCAL}],
                }
                for name in (korean, han)
            ],
        )
    for latin, hangul in (
        ("Park Jihoon", "박지훈"),
        ("Choi Yuna", "최유나"),
        ("Kang Taeyang", "강태양"),
        ("Cho Eunbi", "조은비"),
        ("Yoon Dohyun", "윤도현"),
        ("Kim Minjun", "金旻俊"),
        ("Pak Aleksey", "Пак Алексей"),
    ):
        yield from pair(
            f"script-{next(number):02}",
            "script",
            [
                {
                    "kind": "person",
                    "name": name,
                    "role": "freelancer",
                    "country": "KR",
                    "nationality": "KR",
                    "activities": "mobile apps",
                    "remote_work": honest("KR"),
                }
                for name in (latin, hangul)
            ],
        )
    for nationality in ("RU", "KZ", "UZ", "KR", "CN", "US", "JP", "RU", "KZ", "CN"):
        place = next(number)
        yield from pair(
            f"birthplace-{place:02}",
            "birthplace",
            [
                {
                    "name": f"Builder {place}",
                    "country": nationality,
                    "activities": "construction",
                    "addresses": [{"city": "Vladivostok", "region": "RU-PRI", "country": "RU"}],
                    "workforce": [crew(nationality, 14, "bricklayers", birth_country=birth)],
                }
                for birth in ("KP", nationality)
            ],
        )
    languages = (
        ("пошив спецодежды", "sewing of workwear"),
        ("건설", "construction"),
        ("水产品加工", "seafood processing"),
        ("разработка мобильных приложений", "mobile app development"),
        ("лесозаготовка", "timber felling"),
        ("봉제", "garment sewing"),
        ("劳务派遣", "labour dispatch"),
        ("аутстаффинг", "outstaffing"),
    )
    for one, other in languages:
        place = next(number)
        yield from pair(
            f"language-{place:02}",
            "language",
            [
                {
                    "name": f"Supplier {place}",
                    "country": "RU",
                    "activities": text,
                    "addresses": [{"city": "Хабаровск", "region": "RU-KHA", "country": "RU"}],
                    "workforce": [{"nationality": "RU", "headcount": 40, **LOCAL}],
                }
                for text in (one, other)
            ],
        )
    conduct = {
        "claimed_country": "US",
        "login_countries_24h": 4,
        "accounts_per_ip": 5,
        "video": "refused",
        "payee_name_matches": False,
        "profile_mismatches": 3,
    }
    for korean, western in zip(AMERICANS[:6], WESTERN_PEOPLE[:6], strict=True):
        yield from pair(
            f"conduct-{next(number):02}",
            "name",
            [
                {
                    "kind": "person",
                    "name": name,
                    "role": "freelancer",
                    "country": "US",
                    "activities": "software developer",
                    "remote_work": conduct,
                }
                for name in (korean, western)
            ],
            at_most=None,
        )


def pair(
    name: str, differs: str, records: list[dict[str, Any]], at_most: str | None = "low"
) -> Iterator[Line]:
    """Return the lines of one pair."""
    for record in records:
        yield {**line(f"pairs_{differs}", record), "at_most": at_most, "pair": name, "differs": differs}


def line(group: str, record: dict[str, Any]) -> Line:
    """Return one line of the set, still without its number."""
    return {"group": group, "at_most": "low", "record": record}


def everything() -> Iterator[Line]:
    """Yield the whole set, numbered."""
    makers = (
        people_of_the_republic_of_korea,
        firms_of_the_republic_of_korea,
        koryo_saram,
        sakhalin_koreans,
        chinese_koreans,
        escapees,
        chosen_seki,
        korean_names_elsewhere,
        remote_freelancers,
        ordinary_crews,
        students_within_the_law,
        restaurants_and_churches,
        words_that_look_alike,
        diplomats,
        pairs,
    )
    number = count(1)
    for maker in makers:
        for made in maker():
            place = f"F-{next(number):03}"
            record = {"id": place, **made.pop("record")}
            yield {"id": place, **made, "record": record}


def main() -> None:
    """Write the file."""
    lines = [json.dumps(made, ensure_ascii=False) for made in everything()]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
