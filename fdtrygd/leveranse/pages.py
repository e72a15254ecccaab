"""HTML pages of deliveries, from templates; they need nothing beside them, so their style is in them."""

from typing import Any


def render(template: str, **values: Any) -> str:
    """The page of that template; what it names and is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("fdtrygd.leveranse", ".")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style, _, _ = loader.get_source(environment, "lesmeg.css")
    return environment.get_template(template).render(values, style=style)
