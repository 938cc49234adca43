"""The client of Groq, whose paths begin with /openai."""

import time
from importlib.metadata import version

from common import BASE_URL, jsonl, report
from groq import Groq

client = Groq(base_url=BASE_URL.removesuffix("/v1"), api_key="any")
file = client.files.create(file=("input.jsonl", jsonl()), purpose="batch")
batch = client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h")
while batch.status not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
    batch = client.batches.retrieve(batch.id)
ids = [batch.output_file_id, batch.error_file_id]
report(version("groq"), sum(len(client.files.content(each).text().splitlines()) for each in ids if each))
