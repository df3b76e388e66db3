"""Places of an article: states and coded territories by ISO 3166, regions by lexicon, all else as the model reads it.

Names of states come from pycountry and from `rules/lexicons/places.yml`, which also knows adjectives and capitals: they
are no places of their own, but say which state is a party ("Indian officials", "Washington signed").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycountry
from pydantic import BaseModel, ConfigDict

from pipeline.errors import ConfigError
from pipeline.names import compare_name, display_name
from pipeline.records import PlaceKind
from pipeline.rule_files import read_rules

PATH = Path(__file__).parent.parent / "rules" / "lexicons" / "places.yml"
_TERRITORIES = frozenset({"HKG", "MAC", "GRL", "FLK", "ESH", "PRI", "PSE"})
_SHORT = {
    "USA": "United States", "GBR": "United Kingdom", "RUS": "Russia", "IRN": "Iran", "SYR": "Syria", "KOR": "South Korea",  # noqa: E501
    "PRK": "North Korea", "VNM": "Vietnam", "LAO": "Laos", "COD": "Democratic Republic of the Congo", "CPV": "Cape Verde",  # noqa: E501
    "COG": "Republic of the Congo", "BRN": "Brunei", "CIV": "Ivory Coast", "CZE": "Czech Republic", "TUR": "Turkey",
    "TLS": "East Timor", "VAT": "Holy See", "PSE": "Palestine", "FLK": "Falkland Islands", "MAC": "Macau",
    "SUN": "Soviet Union", "YUG": "Yugoslavia", "CSK": "Czechoslovakia", "DDR": "East Germany", "ZAR": "Zaire",
    "YMD": "South Yemen", "ANT": "Netherlands Antilles", "SCG": "Serbia and Montenegro", "SWZ": "Eswatini",
}  # fmt: skip


class PlaceFile(BaseModel):
    """The content of `lexicons/places.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    states: dict[str, str]
    former: dict[str, str]
    regions: tuple[str, ...]
    ambiguous: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names under `compare_name`; codes are ISO 3166 alpha-3, of ISO 3166-3 for states that are no more."""

    codes: Mapping[str, str]  # name of a state → code
    names: Mapping[str, str]  # code → usual name
    adjectives: Mapping[str, str]  # adjective → code
    capitals: Mapping[str, str]  # capital → code
    regions: frozenset[str]
    ambiguous: frozenset[str]
    surfaces: tuple[str, ...]  # forms to look for in the text

    def code_of(self, text: str) -> str | None:
        """Return the code of the state that `text` names, None for any other place."""
        return self.codes.get(compare_name(text))

    def party_code(self, text: str) -> str | None:
        """The same, read as an actor: adjectives and capitals stand for their state."""
        name = compare_name(text)
        return self.codes.get(name) or self.adjectives.get(name) or self.capitals.get(name)

    def is_people(self, text: str) -> bool:
        """Tell whether `text` is an adjective of a state, or its plural ("Kenyans"), and not a state itself."""
        name = compare_name(text)
        return name not in self.codes and (name in self.adjectives or name.removesuffix("s") in self.adjectives)

    def kind_of(self, text: str, label: str) -> PlaceKind:
        """Return the kind of a place with the label the model gave it, GPE or LOC."""
        code = self.code_of(text)
        if code is not None:
            return "territory" if code in _TERRITORIES else "state"
        if compare_name(text) in self.regions:
            return "region"
        return "city" if label == "GPE" else "region"


@cache
def load_gazetteer(path: Path = PATH) -> Gazetteer:
    """Read ISO 3166 and the lexicon.

    Raises:
        ConfigError: the file does not have the expected form.
    """
    file = read_rules(path, PlaceFile)
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    surfaces: list[str] = []
    ambiguous = frozenset(map(compare_name, file.ambiguous))
    adjectives: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for country in pycountry.countries:
        common = getattr(country, "common_name", country.name)
        names[country.alpha_3] = _SHORT.get(country.alpha_3, common)
        for form in (country.name, common, getattr(country, "official_name", common), names[country.alpha_3]):
            if "," not in form:
                codes[compare_name(form)] = country.alpha_3
                surfaces.append(form)
    for code, line in {**file.states, **file.former}.items():
        parts = [[word.strip() for word in part.split(",") if word.strip()] for part in line.split("|")]
        if len(parts) != 3:
            raise ConfigError(f"{path.name}: {code}: three parts with | between them are needed: {line!r}")
        names.setdefault(code, _SHORT.get(code, code))
        for form in (*parts[0], names[code]):
            codes.setdefault(compare_name(form), code)
            surfaces.append(display_name(form))
        adjectives |= {compare_name(word): code for word in parts[1]}
        surfaces += [word for word in parts[2] if compare_name(word) not in ambiguous]
        capitals |= {compare_name(word): code for word in parts[2] if compare_name(word) not in codes}
    regions = frozenset(map(compare_name, file.regions))
    forms = tuple(dict.fromkeys((*surfaces, *file.regions)))
    return Gazetteer(codes, names, adjectives, capitals, regions, ambiguous, forms)
