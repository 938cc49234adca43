"""instructor: a batch whose answers are valid by a Pydantic model."""

import time
from importlib.metadata import version

from common import COUNT, report
from instructor.batch import BatchProcessor, extract_results
from pydantic import BaseModel, Field


class User(BaseModel):
    name: str
    age: int = Field(ge=0, le=120)


processor = BatchProcessor("openai/gpt-4o-mini", User)
messages = [[{"role": "user", "content": f"text of request-{at}"}] for at in range(COUNT)]
batch = processor.submit_batch(processor.create_batch_from_messages(messages))
while processor.get_batch_status(batch)["status"] not in ("completed", "failed", "expired", "cancelled"):
    time.sleep(0.05)
results = processor.retrieve_results(batch)
users = extract_results(results)
assert users and all(isinstance(user, User) for user in users), results[:1]
report(version("instructor"), len(results))
