"""What the programs of the Python clients share: the input file, and how they report."""

import json
import sys

BASE_URL = sys.argv[1]
FAILS = sys.argv[2] == "fails"
COUNT = 6


def lines(count=COUNT, endpoint="/v1/chat/completions", model="gpt-4o-mini"):
    """The requests of an input file."""
    return [
        {
            "custom_id": f"request-{at}",
            "method": "POST",
            "url": endpoint,
            "body": {"model": model, "messages": [{"role": "user", "content": f"text of request-{at}"}]},
        }
        for at in range(count)
    ]


def jsonl(count=COUNT):
    """The bytes of an input file."""
    return "".join(f"{json.dumps(line)}\n" for line in lines(count)).encode()


def report(version, results):
    """Prints the version of the client and the number of results."""
    print(json.dumps({"version": version, "results": results}))
