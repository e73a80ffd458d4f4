"""Marks that make WeasyPrint's PDF/A-3a also a PDF/UA-1, and easier to hear.

WeasyPrint writes one standard per file. The other one asks for a line in the metadata,
and for tables it helps to say which way a heading points (ISO 14289-1, 7.5).

One thing is repaired. A PDF closes each stream with a line feed. If the last byte of
the stream is by chance a carriage return, the two look like one line end, and checkers
say that the length is wrong (ISO 19005-3, 6.1.7): without care one paper in fifty.
"""

import zlib
from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]  # has no types

# PDF/A allows a name that it does not know itself only with its description.
_ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def add_marks(document: Any, pdf: pydyf.PDF, *, spare: int = 0) -> None:
    """WeasyPrint's `finisher`: changes the PDF just before it is written.

    The tables of the file itself are packed after this. When one of those does not end
    clearly, `spare` empty objects give it other bytes.
    """
    _say_accessible(pdf)
    _point_headings(pdf)
    _pack(pdf)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())


def ends_clearly(pdf: bytes) -> bool:
    """Whether no stream seems to end in a line end of its own."""
    return b"\r\nendstream" not in pdf


def _say_accessible(pdf: pydyf.PDF) -> None:
    """Name PDF/UA-1 in the metadata, which stays readable without unpacking."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    [written] = metadata.stream
    assert written.count(b"</rdf:RDF>") == 1, "WeasyPrint writes one RDF"
    metadata.stream = [written.replace(b"</rdf:RDF>", _ACCESSIBLE.strip())]
    metadata.compress = False


def _point_headings(pdf: pydyf.PDF) -> None:
    """Give each heading of a table its direction, and list them all by their name."""
    named = []
    for cell in _cells(pdf):
        section = _object(pdf, _object(pdf, cell["P"])["P"])
        cell["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"
        named.append((cell["ID"].data, cell["ID"], cell.reference))
    if named:
        names = [part for _, name, place in sorted(named) for part in (name, place)]
        tree = _object(pdf, pdf.catalog["StructTreeRoot"])
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def _pack(pdf: pydyf.PDF) -> None:
    """Pack each stream; one that would not end clearly is written in hexadecimals."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            item.compress = False
            written = item.data.partition(b"\nstream\n")[2]
            packed = zlib.compress(written.removesuffix(b"\nendstream"))
            item.extra["Filter"] = "/FlateDecode"
            if packed.endswith(b"\r"):
                item.extra["Filter"] = "[/ASCIIHexDecode /FlateDecode]"
                packed = packed.hex().encode() + b">"
            item.stream = [packed]


def _cells(pdf: pydyf.PDF) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/TH":
            yield item


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
