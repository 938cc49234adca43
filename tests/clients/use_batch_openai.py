"""batch-openai: a builder, a job and its result."""

from importlib.metadata import version

from batch_openai import BatchRequestBuilder
from common import lines, report
from openai import OpenAI

builder = BatchRequestBuilder()
for line in lines():
    builder.add(messages=line["body"]["messages"], model="gpt-4o-mini", custom_id=line["custom_id"])
result = builder.submit(OpenAI(), description="nightly").wait(poll_interval=1)
report(version("batch-openai"), len(result.succeeded) + len(result.failed))
