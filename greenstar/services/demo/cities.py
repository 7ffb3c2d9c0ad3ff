"""Where the sample stores lie: Chinese cities by region. Rainfall is a rounded, illustrative figure in mm a year."""

from typing import NamedTuple

from greenstar.i18n.places import CHINESE


class City(NamedTuple):
    """A city with a rainfall typical of it."""

    name: str
    region: str
    rain_mm: int

    @property
    def chinese(self) -> str:
        """Its Chinese name."""
        return CHINESE[self.name]

    def store_name(self, digits: str) -> str:
        """What an invented store there is called, in both languages."""
        return f"{self.name} synthetic store {digits} · {self.chinese}合成门店 {digits}"


CITIES = (
    City("Beijing", "North", 550),
    City("Tianjin", "North", 540),
    City("Shijiazhuang", "North", 520),
    City("Taiyuan", "North", 430),
    City("Jinan", "North", 690),
    City("Qingdao", "North", 660),
    City("Shenyang", "North", 690),
    City("Dalian", "North", 630),
    City("Shanghai", "East", 1200),
    City("Nanjing", "East", 1100),
    City("Suzhou", "East", 1150),
    City("Wuxi", "East", 1080),
    City("Hangzhou", "East", 1450),
    City("Ningbo", "East", 1450),
    City("Hefei", "East", 1000),
    City("Xiamen", "East", 1350),
    City("Guangzhou", "South", 1800),
    City("Shenzhen", "South", 1900),
    City("Foshan", "South", 1700),
    City("Dongguan", "South", 1800),
    City("Nanning", "South", 1300),
    City("Haikou", "South", 1700),
    City("Chengdu", "West", 900),
    City("Chongqing", "West", 1150),
    City("Xi'an", "West", 570),
    City("Kunming", "West", 1000),
    City("Guiyang", "West", 1100),
    City("Lanzhou", "West", 310),
    City("Urumqi", "West", 290),
    City("Wuhan", "Central", 1250),
    City("Changsha", "Central", 1400),
    City("Zhengzhou", "Central", 640),
    City("Nanchang", "Central", 1600),
)
