"""langbatch: an input file and its results."""

import os
import tempfile
import time
from importlib.metadata import version

from common import jsonl, report
from langbatch import chat_completion_batch

path = os.path.join(tempfile.mkdtemp(), "input.jsonl")
with open(path, "wb") as file:
    file.write(jsonl())
batch = chat_completion_batch(path, provider="openai")
batch.start()
while batch.get_status() not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
succeeded, failed = batch.get_results()
report(version("langbatch"), len(succeeded or []) + len(failed or []))
