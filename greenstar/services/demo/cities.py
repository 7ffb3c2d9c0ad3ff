"""Where the sample stores lie: Chinese cities by region. Rainfall is a rounded, illustrative figure in mm a year."""

from typing import NamedTuple


class City(NamedTuple):
    """A city with a rainfall typical of it."""

    name: str
    chinese: str
    region: str
    rain_mm: int


CITIES = (
    City("Beijing", "北京", "North", 550),
    City("Tianjin", "天津", "North", 540),
    City("Shijiazhuang", "石家庄", "North", 520),
    City("Taiyuan", "太原", "North", 430),
    City("Jinan", "济南", "North", 690),
    City("Qingdao", "青岛", "North", 660),
    City("Shenyang", "沈阳", "North", 690),
    City("Dalian", "大连", "North", 630),
    City("Shanghai", "上海", "East", 1200),
    City("Nanjing", "南京", "East", 1100),
    City("Suzhou", "苏州", "East", 1150),
    City("Wuxi", "无锡", "East", 1080),
    City("Hangzhou", "杭州", "East", 1450),
    City("Ningbo", "宁波", "East", 1450),
    City("Hefei", "合肥", "East", 1000),
    City("Xiamen", "厦门", "East", 1350),
    City("Guangzhou", "广州", "South", 1800),
    City("Shenzhen", "深圳", "South", 1900),
    City("Foshan", "佛山", "South", 1700),
    City("Dongguan", "东莞", "South", 1800),
    City("Nanning", "南宁", "South", 1300),
    City("Haikou", "海口", "South", 1700),
    City("Chengdu", "成都", "West", 900),
    City("Chongqing", "重庆", "West", 1150),
    City("Xi'an", "西安", "West", 570),
    City("Kunming", "昆明", "West", 1000),
    City("Guiyang", "贵阳", "West", 1100),
    City("Lanzhou", "兰州", "West", 310),
    City("Urumqi", "乌鲁木齐", "West", 290),
    City("Wuhan", "武汉", "Central", 1250),
    City("Changsha", "长沙", "Central", 1400),
    City("Zhengzhou", "郑州", "Central", 640),
    City("Nanchang", "南昌", "Central", 1600),
)
