"""Units and currencies as they are written in Chinese and English, with what converts one into another.

Factors are the legal definitions: the mainland 亩 is 1/15 hectare, the 斤 half a kilogram, the 里 half a kilometre.
"""

from __future__ import annotations

from decimal import Decimal

_ROWS = """
km        length  1000         公里 千米          kilometers kilometres kilometer kilometre km kms
li        length  500          华里 里            li
m         length  1            米                 meters metres meter metre
cm        length  0.01         厘米 公分          centimeters centimetres centimeter centimetre cm
mm        length  0.001        毫米               millimeters millimetres millimeter millimetre mm
mile      length  1609.344     英里               miles mile
nmi       length  1852         海里               nautical-miles nautical-mile
yard      length  0.9144       码                 yards yard
foot      length  0.3048       英尺               feet foot ft
inch      length  0.0254       英寸 寸            inches inch
m2        area    1            平方米 平米 ㎡ 平方公尺  square-meters square-metres square-meter square-metre sqm m2 m²
km2       area    1000000      平方公里 平方千米  square-kilometers square-kilometres square-kilometre km2 km²
mu        area    666.6667     亩                 mu
hectare   area    10000        公顷               hectares hectare
acre      area    4046.856     英亩               acres acre
sqft      area    0.092903     平方英尺           square-feet square-foot
sqmile    area    2589988      平方英里           square-miles square-mile
ton       mass    1000         吨                 tons ton tonnes tonne metric-tons metric-ton
kg        mass    1            公斤 千克          kilograms kilogram kg kilos kilo kgs
jin       mass    0.5          斤 市斤            jin catties catty
liang     mass    0.05         两                 liang taels tael
g         mass    0.001        克                 grams gram
mg        mass    0.000001     毫克               milligrams milligram mg
pound     mass    0.453592     磅                 pounds pound lbs lb
ounce     mass    0.02835      盎司               ounces ounce oz
litre     volume  1            升 公升            liters litres liter litre
ml        volume  0.001        毫升               milliliters millilitres ml
m3        volume  1000         立方米             cubic-meters cubic-metres cubic-meter
gallon    volume  3.785        加仑               gallons gallon
barrel    volume  158.987      桶                 barrels barrel
ms        time    0.001        毫秒               milliseconds millisecond ms
second    time    1            秒 秒钟            seconds second
minute    time    60           分钟 分            minutes minute min mins
hour      time    3600         小时 个小时 钟头 个钟头   hours hour hrs
day       time    86400        天 日              days day
week      time    604800       周 个星期 星期 个礼拜 礼拜 周年   weeks week
month     time    2629800      个月 个多月 月     months month
quarter   time    7889400      个季度             quarters quarter
year      time    31557600     年 周年 年度 载 周岁 岁 个年头   years year year-old years-old yr yrs
decade    time    315576000    个十年               decades decade
century   time    3155760000   个世纪             centuries century
millennium time   31557600000   个千年             millennia millennium
celsius   heat    1            摄氏度 ℃ °C    degrees-Celsius °C
degree    heat    1            度    degrees degree
fahrenheit heat   1            华氏度 ℉ °F        degrees-Fahrenheit °F
base      bases   1            碱基               bases base
kilobase  bases   1000         千碱基             kilobases kilobase kb
kwh       energy  1            千瓦时             kilowatt-hours kwh
kw        power   1            千瓦               kilowatts kilowatt kw
mw        power   1000         兆瓦               megawatts megawatt mw
"""

ZH: dict[str, str] = {}
EN: dict[str, str] = {}
DIMENSIONS: dict[str, tuple[str, Decimal]] = {}
for _row in _ROWS.strip().splitlines():
    _unit, _dimension, _factor, *_words = _row.split()
    DIMENSIONS[_unit] = (_dimension, Decimal(_factor))
    for _word in _words:
        (EN if _word[0].isascii() or _word in ("m²", "km²", "°C", "°F") else ZH)[_word.replace("-", " ")] = _unit
ZH |= {
    word: EN[word] for word in ("ms", "kb", "km", "cm", "mm", "kg", "mg", "ml", "km2", "m2", "°C", "°F", "m²", "km²")
}
ZH["周年"] = "year"
ZH["s"] = "second"
EN["year old"] = EN["years old"] = "year"

CURRENCIES_ZH = {
    "元": "CNY", "人民币": "CNY", "元人民币": "CNY", "块": "CNY", "块钱": "CNY",
    "美元": "USD", "美金": "USD", "港元": "HKD", "港币": "HKD", "港幣": "HKD", "欧元": "EUR", "歐元": "EUR",
    "英镑": "GBP", "英鎊": "GBP", "日元": "JPY", "日圆": "JPY", "韩元": "KRW", "卢布": "RUB", "卢比": "INR",
    "澳元": "AUD", "加元": "CAD", "新台币": "TWD", "台币": "TWD", "澳门元": "MOP", "新加坡元": "SGD", "新元": "SGD",
    "新西兰元": "NZD", "纽元": "NZD",
    "瑞士法郎": "CHF", "美分": "USD", "便士": "GBP", "林吉特": "MYR", "泰铢": "THB", "雷亚尔": "BRL",
}  # fmt: skip
"""Names after a number."""

CURRENCIES_EN = {
    "yuan": "CNY", "renminbi": "CNY", "RMB": "CNY", "CNY": "CNY", "yuan renminbi": "CNY", "RMB yuan": "CNY",
    "dollars": "USD", "dollar": "USD", "US dollars": "USD", "U.S. dollars": "USD", "US dollar": "USD", "USD": "USD",
    "Hong Kong dollars": "HKD", "HK dollars": "HKD", "HKD": "HKD", "euros": "EUR", "euro": "EUR", "EUR": "EUR",
    "pounds sterling": "GBP", "GBP": "GBP", "yen": "JPY", "won": "KRW", "rubles": "RUB", "roubles": "RUB",
    "rupees": "INR", "Australian dollars": "AUD", "Canadian dollars": "CAD", "ringgit": "MYR", "baht": "THB",
    "pence": "GBP", "cents": "USD",
}  # fmt: skip

CURRENCY_SIGNS = {
    "US$": "USD", "HK$": "HKD", "NT$": "TWD", "CA$": "CAD", "AU$": "AUD", "NZ$": "NZD",
    "A$": "AUD", "C$": "CAD", "S$": "SGD", "$": "USD", "€": "EUR",
    "£": "GBP", "¥": "CNY", "￥": "CNY", "RMB": "CNY", "CNY": "CNY", "USD": "USD", "HKD": "HKD", "EUR": "EUR",
    "GBP": "GBP", "RM": "MYR", "Won": "KRW", "SFr": "CHF", "CHF": "CHF", "Rs": "INR", "JPY": "JPY", "Rmb": "CNY",
    "INR": "INR", "KRW": "KRW", "人民币": "CNY",
}  # fmt: skip
"""Signs and codes before a number."""

MEASURE = (
    "[个名位人家项次件条只座所支辆架艘台套张份本部篇场届期级类种批户村县市省国区镇乡校班组队步层栋间门对双颗棵株头匹尾枚块片段道起例宗笔股票席分轮局盘回遍趟声"
    "章节页行字款幅首集季站处点线路倍成代世号楼室床瓶杯碗袋箱包盒吨公千平立亩里米斤克岁年天日周月小秒元美港欧英韩余多大地方团连营师军厘毫海度枪列根顶把剂针车%]"
)
"""A class of the characters that Chinese measure words and units begin with."""


def alternatives(words: dict[str, str]) -> str:
    """The keys of `words` as alternatives of a regular expression, longest first."""
    import re

    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
