"""A client of openapi-python-client: what it gets has the types of the description."""

import sys

from world_heritage import Client
from world_heritage.api.sites import get_site, list_sites
from world_heritage.models import Problem, SiteAnswer, SitePage

client = Client(base_url=sys.argv[1])

page = list_sites.sync(client=client, country=["it", "ch"], limit=2)
assert isinstance(page, SitePage), page
assert page.meta.returned == len(page.data) == 2
first = page.data[0]

site = get_site.sync(first.id, client=client)
assert isinstance(site, SiteAnswer), site
assert site.data.name == first.name

missing = get_site.sync_detailed(99998, client=client)
assert missing.status_code == 404

print(f"Python: {first.id} {first.name}")
