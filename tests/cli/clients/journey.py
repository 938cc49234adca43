"""The official Python client's way through a batch, at the base URL it is given. Prints what it saw, as JSON."""

import json
import sys
import time

import openai

base_url, text, long, faults = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4])
client = openai.OpenAI(base_url=base_url, api_key="any", max_retries=0, timeout=20)


def lines(file_id):
    return [json.loads(line) for line in client.files.content(file_id).text.splitlines()]


def create(**others):
    return client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h", **others)


def raised(work):
    try:
        work()
    except openai.OpenAIError as error:
        return type(error).__name__
    return None


file = client.files.create(file=("input.jsonl", text.encode()), purpose="batch")
batch = create(metadata={"job": "nightly"})
statuses = [batch.status]
while batch.status not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
    batch = client.batches.retrieve(batch.id)
    if batch.status != statuses[-1]:
        statuses.append(batch.status)
output, error = lines(batch.output_file_id), lines(batch.error_file_id)

running = create(extra_headers=long)
cancelling = client.batches.cancel(running.id).status
others = [create(extra_headers=long).id for _ in range(3)]
listed = [each.id for each in client.batches.list(limit=2)]

print(
    json.dumps(
        {
            "version": openai.__version__,
            "statuses": statuses,
            "counts": batch.request_counts.model_dump(),
            "metadata": batch.metadata,
            "output": [each["custom_id"] for each in output],
            "error": [each["custom_id"] for each in error],
            "same": client.files.content(file.id).text == text,
            "cancelling": cancelling,
            "listed": listed,
            "expected": [*reversed(others), running.id, batch.id],
            "deleted": client.files.delete(file.id).deleted,
            "gone": raised(lambda: client.files.retrieve(file.id)),
            "wrong": raised(lambda: client.files.create(file=("input.txt", b"a plain text"), purpose="batch")),
            "keyless": raised(lambda: client.batches.list(extra_headers={"Authorization": openai.Omit()})),
            "faults": {name: raised(lambda: client.batches.list(extra_headers={"x-batchlight-fault": name})) for name in faults},
            "slow": raised(lambda: client.batches.list(extra_headers={"x-batchlight-fault": "slow"}, timeout=0.3)),
        }
    )
)
