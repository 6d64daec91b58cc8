"""What an address of `/browse` asks for."""

from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from api.web.chosen_filters import ChosenFilters, Facets, Pairs, WrongValue, address, unknown
from rag.catalog.listing import BY_DATE, SORT_FIELDS, ListingFilters, ListingOrder

KINDS = (("post", "Post"), ("year", "Year"), ("tag", "TAGS"), ("classification", "Classification"))
"""Fields to choose from, with their titles."""

EVERY = "every"
"""The mode in which every hit is shown."""

_ORDERS = {
    f"{'-' if down else ''}{field}": ListingOrder(field, down) for field in SORT_FIELDS for down in (False, True)
}


@dataclass(frozen=True, slots=True)
class BrowseQuery:
    """What an address asks for; `every` hit of the words or the best paragraphs; `cursor` is the page."""

    words: str
    listing: ListingFilters
    cursor: str | None
    wrong: tuple[WrongValue, ...]
    every: bool = False
    order: ListingOrder = BY_DATE

    @classmethod
    def read(cls, sent: QueryParams, facets: Facets) -> "BrowseQuery":
        """From an address, checked against the values that the archive has for this reader."""
        chosen = ChosenFilters.read(sent)
        value = {name: sent.get(name, "").strip() for name, _ in KINDS}
        wrong = [each for name in value for each in unknown(name, [value[name]] if value[name] else [], facets)]
        right = {name: None if any(each.field == name for each in wrong) else value[name] or None for name in value}
        year = right.pop("year")
        days = {"date_from": chosen.filters.date_from, "date_to": chosen.filters.date_to}
        listing = ListingFilters(**right, **days, year=int(year) if year else None)  # type: ignore[arg-type] # as named
        words, every = sent.get("query", "").strip(), sent.get("mode") == EVERY
        return cls(
            words, listing, sent.get("cursor") or None, (*wrong, *chosen.wrong), every, _order(sent.get("sort", ""))
        )

    def address(self, **changed: object) -> str:
        """The address with these filters instead, from the first page on; `cursor` names another page, `path` too."""
        cursor, path = changed.pop("cursor", ""), str(changed.pop("path", "/browse"))
        order = changed.pop("order", self.order)
        listing = replace(self.listing, **changed)  # type: ignore[arg-type] # the names are fields of ListingFilters
        asked = replace(self, listing=listing, order=order)  # type: ignore[arg-type] # it is an order
        return address(path, [*asked.pairs(), ("cursor", str(cursor))])

    def pairs(self) -> Pairs:
        """As an address states it, from the first page on."""
        names = ("post", "year", "tag", "classification", "date_from", "date_to")
        stated = [(name, str(value)) for name in names if (value := getattr(self.listing, name)) is not None]
        sort = "" if self.order == BY_DATE else next(name for name, each in _ORDERS.items() if each == self.order)
        return [("query", self.words), ("mode", EVERY if self.every else ""), *stated, ("sort", sort)]

    @property
    def list_query(self) -> str:
        """The list of cables as the query of an address; empty for all of them by date."""
        return replace(self, words="", every=False).address(path="").removeprefix("?")


def _order(sort: str) -> ListingOrder:
    return _ORDERS.get(sort, BY_DATE)
