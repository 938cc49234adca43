"""litellm: files and batches of its own API."""

import time
from importlib.metadata import version

import litellm
from common import BASE_URL, jsonl, report

to = {"custom_llm_provider": "openai", "api_base": BASE_URL, "api_key": "any"}
file = litellm.create_file(file=("input.jsonl", jsonl()), purpose="batch", **to)
batch = litellm.create_batch(
    input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h", metadata={"job": "nightly"}, **to
)
while batch.status not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
    batch = litellm.retrieve_batch(batch_id=batch.id, **to)
ids = [batch.output_file_id, batch.error_file_id]
report(version("litellm"), sum(len(litellm.file_content(file_id=each, **to).text.splitlines()) for each in ids if each))
