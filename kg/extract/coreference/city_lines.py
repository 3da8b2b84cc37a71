"""The numbered lines of a city's rail transit by one name in all documents: 成都轨道交通10号线三期, and 10号线三期 in a text about 成都."""

from __future__ import annotations

from kg.expressions import compiled, either
from kg.extract.knowledge.word_lists import listed_words
from kg.extract.names.gazetteer import Gazetteer
from kg.ontology import Ontology

_CITY = "市"


class CityLines:
    """Makes the keys of lines, by `networks` of `retold:` of `lexicon/identity.yaml`; the first of these stands in all of them."""

    def __init__(self, ontology: Ontology, gazetteer: Gazetteer) -> None:
        networks = listed_words(ontology, "retold", "networks")
        network, numbered = either(networks), either(listed_words(ontology, "retold", "numbered"))
        tails = either(listed_words(ontology, "retold", "tails"))
        self._gazetteer = gazetteer
        self._usual = networks[0] if networks else ""
        self._network = compiled(f"(?:{network})")
        self._placed = compiled(rf"(.{{2,6}}?)(?:{network})(\d{{1,2}}(?:{numbered}).{{0,8}}?)(?:{tails})?")
        self._bare = compiled(rf"(?:{network})?(\d{{1,2}}(?:{numbered})(?:.{{1,3}}期)?)(?:{tails})?")

    def key(self, key: str, city: str, folded: str) -> str | None:
        """The key of a line that `key` names, in a text that is about the place with the code `city` ("" for none); None for any other thing.

        A number alone is a line of the city only where the text speaks of its network.
        """
        if placed := self._placed.fullmatch(key):
            place = self._gazetteer.resolve(placed[1])
            return f"{placed[1].removesuffix(_CITY)}{self._usual}{placed[2]}" if place is not None and place.name.endswith(_CITY) else None
        if city and (bare := self._bare.fullmatch(key)) and self._network.search(folded):
            place = self._gazetteer.get(city)
            if place is not None and place.name.endswith(_CITY) and len(place.name) > len(_CITY) + 1:
                return f"{place.name.removesuffix(_CITY)}{self._usual}{bare[1]}"
        return None
