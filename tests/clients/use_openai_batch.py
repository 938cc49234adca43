"""openai-batch: submits, waits and downloads."""

import io
import os
import tempfile
from importlib.metadata import version

from common import BASE_URL, lines, report
from openai_batch import Batch
from openai_batch.providers import Provider



class Lines(io.BytesIO):
    """A file in memory: the client closes its own file before it reads it."""

    def write(self, text):
        return super().write(text.encode())


provider = Provider(name="mock", base_url=BASE_URL, api_key="any")
with tempfile.TemporaryDirectory() as folder:
    files = {name: os.path.join(folder, f"{name}.jsonl") for name in ("output_file", "error_file")}
    with Batch(Lines(), **files, provider=provider) as batch:
        for line in lines():
            batch.add_to_batch(**line["body"])
        _, *paths = batch.submit_wait_download(interval=0.2)
    count = sum(len(open(path).read().splitlines()) for path in paths if path and os.path.exists(path))
report(version("openai-batch"), count)
