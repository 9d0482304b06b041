"""A COMBINE archive (OMEX): a ZIP of files with a manifest that says what each of them is.

Equal content gives equal bytes: entries are sorted, and none has a date of its own.

Source: Bergmann et al., BMC Bioinformatics 2014;15:369, doi 10.1186/s12859-014-0369-z (recalled).
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MANIFEST, METADATA = "manifest.xml", "metadata.rdf"
_SPECIFICATION = "http://identifiers.org/combine.specifications/"
FORMATS = {
    "sbml": f"{_SPECIFICATION}sbml.level-3.version-2",
    "sedml": f"{_SPECIFICATION}sed-ml.level-1.version-4",
    "sbgn": f"{_SPECIFICATION}sbgn.pd.level-1.version-2",
    "omex": f"{_SPECIFICATION}omex",
    "manifest": f"{_SPECIFICATION}omex-manifest",
    "metadata": f"{_SPECIFICATION}omex-metadata",
    "csv": "http://purl.org/NET/mediatypes/text/csv",
    "json": "http://purl.org/NET/mediatypes/application/json",
    "text": "http://purl.org/NET/mediatypes/text/plain",
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a ZIP can hold


def write_omex(files: Mapping[str, tuple[str, str]], *, master: str, title: str, description: str) -> bytes:
    """The bytes of an archive.

    Args:
        files: path inside -> (name in `FORMATS`, text).
        master: the path of the file to begin with.
        title: of the whole.
        description: a sentence or two about it.
    """
    texts = {path: text for path, (_, text) in files.items()}
    texts[MANIFEST] = manifest({path: kind for path, (kind, _) in files.items()}, master)
    texts[METADATA] = metadata(title, description)
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(texts):
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, texts[path].encode("utf-8"))
    return found.getvalue()


def manifest(kinds: Mapping[str, str], master: str) -> str:
    """What is in an archive: path -> name in `FORMATS`, and the archive, this file and the metadata."""
    rows = [(".", "omex"), (f"./{MANIFEST}", "manifest"), (f"./{METADATA}", "metadata")]
    rows += [(f"./{path}", kind) for path, kind in sorted(kinds.items())]
    first = f"./{master}"
    lines = [
        f"  <content location={quoteattr(path)} format={quoteattr(FORMATS[kind])}"
        + (' master="true"/>' if path == first else "/>")
        for path, kind in rows
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<omexManifest xmlns={quoteattr(FORMATS['manifest'])}>\n" + "\n".join(lines) + "\n</omexManifest>\n"
    )


def metadata(title: str, description: str) -> str:
    """Title and description of the archive as RDF."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        '  <rdf:Description rdf:about=".">\n'
        f"    <dc:title>{escape(title)}</dc:title>\n"
        f"    <dc:description>{escape(description)}</dc:description>\n"
        "  </rdf:Description>\n</rdf:RDF>\n"
    )
