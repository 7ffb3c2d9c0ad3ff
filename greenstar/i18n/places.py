"""Regions and cities in the reader's language: what is stored and exported stays as it was written.

Known are the usual regions, and the cities of the sample network.
"""

from collections.abc import Mapping

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import LANGUAGES
from greenstar.i18n.phrase import Text
from greenstar.text import folded

CHINESE: Mapping[str, str] = {
    "North": "华北",
    "Northeast": "东北",
    "East": "华东",
    "South": "华南",
    "Central": "华中",
    "West": "西部",
    "Northwest": "西北",
    "Southwest": "西南",
    "Beijing": "北京",
    "Tianjin": "天津",
    "Shijiazhuang": "石家庄",
    "Taiyuan": "太原",
    "Jinan": "济南",
    "Qingdao": "青岛",
    "Shenyang": "沈阳",
    "Dalian": "大连",
    "Shanghai": "上海",
    "Nanjing": "南京",
    "Suzhou": "苏州",
    "Wuxi": "无锡",
    "Hangzhou": "杭州",
    "Ningbo": "宁波",
    "Hefei": "合肥",
    "Xiamen": "厦门",
    "Guangzhou": "广州",
    "Shenzhen": "深圳",
    "Foshan": "佛山",
    "Dongguan": "东莞",
    "Nanning": "南宁",
    "Haikou": "海口",
    "Chengdu": "成都",
    "Chongqing": "重庆",
    "Xi'an": "西安",
    "Kunming": "昆明",
    "Guiyang": "贵阳",
    "Lanzhou": "兰州",
    "Urumqi": "乌鲁木齐",
    "Wuhan": "武汉",
    "Changsha": "长沙",
    "Zhengzhou": "郑州",
    "Nanchang": "南昌",
}
"""The Chinese name of each, by the English one."""

_KNOWN = {folded(name): (english, chinese) for english, chinese in CHINESE.items() for name in (english, chinese)}


def place_in(name: str, language: str) -> str:
    """A region or city as a reader of `language` calls it; as it was written, where it is not known."""
    english, chinese = _KNOWN.get(folded(name), (name, name))
    return in_language(chinese if language.partition("-")[0] == "zh" else english, language)


def place_words(name: str) -> Text:
    """A region or city in every language, to be shown in the reader's and found in each."""
    return Text({language: place_in(name, language) for language in LANGUAGES})
