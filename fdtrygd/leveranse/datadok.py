"""The description of a flat file as Datadok has it, so that SSB's own reader (ssb-fagfunksjoner) knows the fields.

Everything in it comes from the database; the same description is the same bytes. It is ASCII: the reader opens it in
whatever encoding its user has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

META = "http://www.ssb.no/ns/meta"
COMMON = f"{META}/common"
CODELIST = f"{META}/codelist"
for prefix, namespace in (("meta", META), ("common", COMMON), ("codelist", CODELIST)):
    ElementTree.register_namespace(prefix, namespace)

#: What the reader asks to be told: who has the file.
DIVISION = "FD-Trygd"
#: Types of leveranse.flatfilfelt, in Datadok's words; the reader takes no others. A Dato1 of 8 is YYYYMMDD.
DATATYPES = {"tekst": "Tekst", "heltall": "Heltall", "maaned": "Heltall", "dato": "Dato1"}


@dataclass(frozen=True)
class Field:
    """A field of the file."""

    name: str
    #: the first character's place in the line, from 1
    start: int
    width: int
    type: str
    label: str
    #: (code, text), each code once; none where the field has no list
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Description:
    """A flat file, but for its lines."""

    year: int
    rows: int
    #: the statement that gives the lines
    query: str
    fields: tuple[Field, ...]


def describe(raw: Mapping[str, Any]) -> Description:
    """The database's description (leveranse.forbered_flatfil), in the program's own words."""
    lists = raw["kodelister"] or {}
    fields = tuple(
        Field(
            each["felt"],
            each["start"],
            each["bredde"],
            each["type"],
            each["ledetekst"],
            tuple((code, text) for code, text in lists.get(each["kodeliste"], ())),
        )
        for each in raw["felt"]
    )
    return Description(raw["aargang"], raw["rader"], raw["sporring"], fields)


def text(description: Description) -> bytes:
    """The description as XML."""
    name = f"g{description.year}"
    root = ElementTree.Element(f"{{{META}}}FileDescription", {"id": name})
    add(root, META, "Title", f"Miniregister for arbeidssøkere {description.year}")
    add(add(root, META, "ContactInformation"), COMMON, "Division", DIVISION)
    for field in description.fields:  # the reader goes by their order, and not by StartPosition
        variable = add(root, META, "ContextVariable")
        variable.attrib.update({"id": f"{name}.{field.name}", "datasetId": name})
        add(variable, META, "Title", field.name)
        add(variable, META, "Description", field.label)
        properties = add(variable, META, "Properties")
        add(properties, META, "Datatype", DATATYPES[field.type])
        add(properties, META, "Length", str(field.width))
        add(properties, META, "StartPosition", str(field.start))
        if field.codes:
            add_codes(variable, field)
    ElementTree.indent(root)
    whole: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return whole + b"\n"


def add_codes(variable: ElementTree.Element, field: Field) -> None:
    """The field's code list, under its name: the reader knows a list by its title, and two of the same would be one."""
    listed = add(variable, CODELIST, "Codelist")
    about = add(listed, CODELIST, "CodelistMeta")
    add(about, CODELIST, "Title", field.name)
    add(about, CODELIST, "Description", field.label)
    codes = add(listed, CODELIST, "Codes")
    for code, meaning in field.codes:
        each = add(codes, CODELIST, "Code")
        add(each, CODELIST, "CodeValue", code)
        add(each, CODELIST, "CodeText", meaning)


def add(parent: ElementTree.Element, namespace: str, name: str, content: str | None = None) -> ElementTree.Element:
    """A child of the element."""
    child = ElementTree.SubElement(parent, f"{{{namespace}}}{name}")
    child.text = content
    return child
