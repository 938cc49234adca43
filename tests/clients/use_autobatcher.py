"""autobatcher: single calls that it collects to a batch."""

import asyncio
from importlib.metadata import version

from autobatcher import BatchOpenAI
from common import BASE_URL, lines, report


async def main():
    client = BatchOpenAI(
        base_url=BASE_URL,
        api_key="any",
        completion_window="24h",
        batch_window_seconds=0.2,
        poll_interval_seconds=0.2,
    )
    calls = [client.chat.completions.create(**line["body"]) for line in lines()]
    # A request that failed raises an error of its own.
    results = await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), 40)
    if all(isinstance(each, Exception) for each in results):
        raise results[0]
    await client.close()
    report(version("autobatcher"), len(results))


asyncio.run(main())
