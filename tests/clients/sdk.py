"""The official client: an upload from memory under its default name, a batch, its results."""

import io
import time

import openai
from common import BASE_URL, jsonl, report

client = openai.OpenAI(base_url=BASE_URL, api_key="any", max_retries=0)
uploaded = client.files.create(file=io.BytesIO(jsonl()), purpose="batch")
assert uploaded.filename == "upload", uploaded.filename
batch = client.batches.create(
    input_file_id=client.files.create(file=jsonl(), purpose="batch").id,
    endpoint="/v1/chat/completions",
    completion_window="24h",
)
while batch.status not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
    batch = client.batches.retrieve(batch.id)
ids = [batch.output_file_id, batch.error_file_id]
report(openai.__version__, sum(len(client.files.content(each).text.splitlines()) for each in ids if each))
