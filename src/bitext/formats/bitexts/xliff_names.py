"""Which attributes and elements the standards let stand where, as far as they are carried from file to file.

Sources: XLIFF Version 1.2, OASIS Standard, 1 February 2008; XLIFF Version 2.1, OASIS Standard, 13 February 2018.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bitext.formats.bitexts.fragments import XLIFF_1, XLIFF_2

Allowed: TypeAlias = Mapping[str, re.Pattern[str]]
"""Names of attributes, and what their values look like."""

YES_NO = re.compile("yes|no")
ANY = re.compile(".*", re.DOTALL)
TOKEN = re.compile(r"[A-Za-z0-9._:-]+")
USER_DEFINED_1 = re.compile(r"x-\S+")
USER_DEFINED_2 = re.compile(r"[^\s:]+:[^\s:]+")
_WORD = re.compile(r"x-\S+|[a-z0-9][a-z0-9-]*")
_NUMBER = re.compile("[0-9]+")
_SPACE = re.compile("default")
_DIRECTION = re.compile("ltr|rtl|auto")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_DATATYPES = re.compile(
    r"x-\S+|asp|c|cdf|cfm|cpp|csharp|cstring|csv|documentdata|documentfooter|documentheader|filedialog|form|html|"
    r"htmlbody|ini|interleaf|javaclass|javapropertyresourcebundle|javalistresourcebundle|javascript|jscript|layout|"
    r"lisp|margin|menufile|messagefile|mif|mimetype|mo|msglib|pagefooter|pageheader|parameters|pascal|php|plaintext|"
    r"po|report|resources|resx|rtf|script|sgml|sgmldtd|svg|vbscript|warning|winres|xhtml|xml|xsl"
)

_RESTYPES = re.compile(
    r"x-\S+|auto3state|autocheckbox|autoradiobutton|bedit|bitmap|button|caption|cell|checkbox|checkboxmenuitem|"
    r"checkedlistbox|colorchooser|combobox|comboboxexitem|comboboxitem|component|contextmenu|ctext|cursor|"
    r"datetimepicker|defpushbutton|dialog|dlginit|edit|file|filechooser|fn|font|footer|frame|grid|"
    r"groupbox|header|heading|hedit|hscrollbar|icon|iedit|keywords|label|linklabel|list|listbox|"
    r"listitem|ltext|menu|menubar|menuitem|menuseparator|message|monthcalendar|numericupdown|panel|"
    r"popupmenu|pushbox|pushbutton|radio|radiobuttonmenuitem|rcdata|row|rtext|scrollpane|separator|"
    r"shortcut|spinner|splitter|state3|statusbar|string|tabcontrol|table|textbox|togglebutton|toolbar|"
    r"tooltip|trackbar|tree|uri|userbutton|usercontrol|var|versioninfo|vscrollbar|window"
)


def _all(names: str, kind: re.Pattern[str]) -> dict[str, re.Pattern[str]]:
    return dict.fromkeys(names.split(), kind)


@dataclass(frozen=True, slots=True)
class Names:
    """What one of the two lines of versions lets stand where.

    `own` are the elements of its own namespace that a unit, or the head of a file, may have beside those that are read;
    `groups` those that hold units. `extended` is whether texts may have attributes of other namespaces, and the
    outermost element such elements in it. `outermost` is whether what the outermost element says belongs here.
    """

    space: str
    file: Allowed
    unit: Allowed
    note: Allowed
    source: Allowed
    target: Allowed
    own: frozenset[str]
    groups: frozenset[str] = frozenset()
    outermost: bool = False
    extended: bool = True


NAMES_1 = Names(
    space=XLIFF_1,
    file={
        **_all("category product-name product-version build-num tool-id", ANY),
        "datatype": _DATATYPES,
        "date": _DATE,
        "xml:space": _SPACE,
    },
    unit={
        **_all("approved translate", YES_NO),
        **_all("resname extradata extype help-id menu menu-option menu-name coord font css-style style exstyle", ANY),
        **_all("maxwidth minwidth maxheight minheight maxbytes minbytes", _NUMBER),
        "restype": _RESTYPES,
        "size-unit": _WORD,
        **_all("phase-name charclass", ANY),
        "datatype": _DATATYPES,
        "xml:space": _SPACE,
    },
    note={"xml:lang": _TAG, "from": ANY, "priority": re.compile("[1-9]|10"), "annotates": _WORD},
    source={"xml:lang": _TAG},
    target={
        "xml:lang": _TAG,
        "state-qualifier": _WORD,
        **_all("phase-name resname coord font css-style style exstyle", ANY),
        "restype": _RESTYPES,
    },
    own=frozenset({"context-group", "count-group", "prop-group", "alt-trans", "seg-source", "source", "target"}),
    groups=frozenset({"group", "bin-unit"}),
)
NAMES_2 = Names(
    space=XLIFF_2,
    file={
        "id": TOKEN,
        **_all("canResegment translate", YES_NO),
        **_all("srcDir trgDir", _DIRECTION),
        "xml:space": _SPACE,
    },
    unit={
        "name": ANY,
        **_all("translate canResegment", YES_NO),
        **_all("srcDir trgDir", _DIRECTION),
        "type": USER_DEFINED_2,
        "xml:space": _SPACE,
    },
    note={"id": TOKEN, "appliesTo": re.compile("source|target"), "category": ANY, "priority": re.compile("[1-9]|10")},
    source={"xml:space": _SPACE},
    target={"xml:space": _SPACE, "order": _NUMBER},
    own=frozenset({"unit", "originalData"}),
    groups=frozenset({"group"}),
    extended=False,
)

_HEAD = "skl phase-group glossary reference count-group prop-group tool"
HEAD_1 = replace(NAMES_1, own=frozenset(_HEAD.split()), groups=frozenset(), outermost=True)
HEAD_2 = replace(NAMES_2, own=frozenset({"skeleton"}), groups=frozenset(), outermost=True)
"""The same for what a file says of itself."""
