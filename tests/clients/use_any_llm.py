"""any-llm: batches of its own API."""

import tempfile
import time
from importlib.metadata import version

from any_llm import AnyLLM
from common import BASE_URL, jsonl, report

llm = AnyLLM.create("openai", api_key="any", api_base=BASE_URL)
with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
    file.write(jsonl())
    file.flush()
    batch = llm.create_batch(input_file_path=file.name, endpoint="/v1/chat/completions")
while batch.status not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
    batch = llm.retrieve_batch(batch.id)
counts = batch.request_counts
report(version("any-llm-sdk"), counts.completed + counts.failed)
