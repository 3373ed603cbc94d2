"""Acronyms that need no introduction."""

_KNOWN = (
    "AI IT ICT IC IoT VR AR MR XR 3D 4G 5G 6G TV PC PE R&D HR CPC PRC UN EU UK US USA UAE WHO WTO UNESCO "
    "UNICEF OECD APEC ASEAN BRICS NATO IMF CEO CFO CTO COO MBA EMBA GDP CPI VIP NGO SME SMEs DNA GPS USB "
    "LED PDF URL API APP CAD GPU CPU NBA FIFA HSK IELTS TOEFL HK SAR RMB USD HKD EUR IP ID FAQ DIY BBC "
    "CCTV IBM ISO"
)
HOUSEHOLD = frozenset(_KNOWN.split())
"""Acronyms that readers of news from China know without their names."""
