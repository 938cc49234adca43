"""What the official client sees of a run that the command created: its batches, oldest first, as JSON."""

import json

import openai
from common import BASE_URL

client = openai.OpenAI(base_url=BASE_URL, api_key="any", max_retries=0)
batches = sorted(client.batches.list(limit=2), key=lambda batch: batch.metadata["batchlight_run"])
print(
    json.dumps(
        {
            "version": openai.__version__,
            "batches": [
                {
                    "status": batch.status,
                    "endpoint": batch.endpoint,
                    "requests": batch.request_counts.total,
                    "metadata": batch.metadata,
                    "input": client.files.content(batch.input_file_id).text,
                }
                for batch in batches
            ],
        }
    )
)
