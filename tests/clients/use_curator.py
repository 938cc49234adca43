"""Bespoke Curator in batch mode."""

import os
import tempfile
from importlib.metadata import version

os.environ["TELEMETRY_ENABLED"] = "false"
os.environ["CURATOR_CACHE_DIR"] = tempfile.mkdtemp()
os.environ["CURATOR_DISABLE_RICH_DISPLAY"] = "1"

from bespokelabs import curator  # noqa: E402
from common import BASE_URL, COUNT, report  # noqa: E402

llm = curator.LLM(
    model_name="gpt-4o-mini",
    batch=True,
    backend="openai",
    backend_params={"base_url": BASE_URL, "batch_check_interval": 1, "require_all_responses": False},
)
responses = llm([f"text of request-{at}" for at in range(COUNT)])
report(version("bespokelabs-curator"), len(getattr(responses, "dataset", responses)))
