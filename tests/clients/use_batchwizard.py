"""batchwizard: its command, which submits, watches and downloads."""

import os
import subprocess
import sys
import tempfile
from importlib.metadata import version

from common import jsonl, report

folder = tempfile.mkdtemp()
path = os.path.join(folder, "input.jsonl")
with open(path, "wb") as file:
    file.write(jsonl())
output = os.path.join(folder, "results")
command = os.path.join(os.path.dirname(sys.executable), "batchwizard")
result = subprocess.run(
    [command, "process", path, "--output-directory", output, "--check-interval", "1"],
    env={**os.environ, "HOME": folder},
    capture_output=True,
    text=True,
    timeout=50,
)
if result.returncode:
    sys.exit((result.stderr or result.stdout).strip())
paths = [os.path.join(place, name) for place, _, names in os.walk(output) for name in names if name.endswith(".jsonl")]
report(version("batchwizard"), sum(len(open(each).read().splitlines()) for each in paths))
