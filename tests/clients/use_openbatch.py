"""openbatch writes input files; the official client sends them."""

import os
import tempfile
import time
from importlib.metadata import version

import openai
from common import COUNT, report
from openbatch import BatchCollector

path = os.path.join(tempfile.mkdtemp(), "input.jsonl")
collector = BatchCollector(batch_file_path=path)
for at in range(COUNT):
    collector.responses.create(custom_id=f"request-{at}", model="gpt-4o-mini", input=f"text of request-{at}")
client = openai.OpenAI()
file = client.files.create(file=open(path, "rb"), purpose="batch")
batch = client.batches.create(input_file_id=file.id, endpoint="/v1/responses", completion_window="24h")
while batch.status not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
    batch = client.batches.retrieve(batch.id)
ids = [batch.output_file_id, batch.error_file_id]
report(version("openbatch"), sum(len(client.files.content(each).text.splitlines()) for each in ids if each))
