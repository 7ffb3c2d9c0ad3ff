"""The format's JSON Schema: what editors complete and underline while a scheme is typed.

Made from the models of `document`, so that it cannot say anything else; what each key means comes from the catalogue.
It knows shape only. What keys say of each other (names, ids, rules, levels) `greenstar check` finds.
"""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.document import Document, Question, QuestionFields
from greenstar.scheme.fields import SHARED, SHARED_SCHEMAS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_HEADER, _CATEGORY = {"$ref": "#/$defs/Document"}, {"$ref": "#/$defs/Group"}
_ASKED = {"Criterion": QuestionFields.model_fields, "Fact": Question.model_fields}
"""The keys that a criterion or a fact has from questions: one sentence says what they mean."""
_Tree = dict[str, Any]


def json_schema(language: str = "en") -> _Tree:
    """The JSON Schema (draft 2020-12) of a scheme's header, its category files, and a scheme in one file."""
    catalogue = Catalogue(language)
    made = Document.model_json_schema(by_alias=True)
    definitions: _Tree = {**made.pop("$defs"), "Document": made}
    for name, definition in definitions.items():
        _describe(name, definition, catalogue)
    # A folder's header lists the ids of its category files, a scheme in one file the categories themselves.
    categories = definitions["Document"]["properties"]["categories"]
    identifier = {
        key: word for key, word in definitions["Group"]["properties"]["category"].items() if key != "description"
    }
    categories["items"] = {"anyOf": [identifier, _CATEGORY]}
    return {
        "$schema": DRAFT,
        "title": catalogue.say("schema.title"),
        "description": catalogue.say("schema.description"),
        # Which of the two kinds of file this is shows in one key; so an editor names what is wrong, not "no match".
        "if": {"required": ["scheme"]},
        "then": _HEADER,
        "else": {"if": {"required": ["category"]}, "then": _CATEGORY, "else": {"anyOf": [_HEADER, _CATEGORY]}},
        "$defs": {name: definitions[name] for name in sorted(definitions)} | SHARED_SCHEMAS,
    }


def _describe(name: str, definition: _Tree, catalogue: Catalogue) -> None:
    """Give a model and each of its keys a sentence, and make its keys strict."""
    definition["description"] = catalogue.say(f"schema.{name}")
    definition.pop("title", None)
    for key, schema in definition["properties"].items():
        owner = "Question" if key in _ASKED.get(name, ()) else name
        definition["properties"][key] = {"description": catalogue.say(f"schema.{owner}.{key}"), **_plain(schema)}


def _plain(schema: Any) -> Any:
    """Pydantic's schema of a field as an editor needs it: no invented titles, no nulls, no key that is not checked."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if SHARED in schema:
        return {"$ref": f"#/$defs/{schema[SHARED]}"}
    plain = {key: _plain(value) for key, value in schema.items() if key not in ("title", "description")}
    if "default" in plain and not isinstance(plain["default"], (str, bool)):
        del plain["default"]
    for word in ("anyOf", "oneOf"):
        if word in plain:
            parts = [part for part in plain.pop(word) if part != {"type": "null"}]
            plain |= {"anyOf": parts} if len(parts) > 1 else parts[0]
    if "patternProperties" in plain:
        plain["additionalProperties"] = False
    words = plain.get("propertyNames", {}).get("enum")
    if words:  # the few words there are, so that they are completed
        del plain["propertyNames"]
        plain |= {"properties": dict.fromkeys(words, plain["additionalProperties"]), "additionalProperties": False}
    return plain
