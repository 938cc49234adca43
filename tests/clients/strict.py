"""Parses every response of the mock with the official client's own types in strict mode."""

import json
import urllib.request

import openai
from common import BASE_URL, jsonl, report
from openai.types import (
    Batch,
    Completion,
    CreateEmbeddingResponse,
    FileObject,
    ImagesResponse,
    Model,
    ModerationCreateResponse,
    Upload,
)
from openai.types.chat import ChatCompletion
from openai.types.responses import Response

messages = [{"role": "user", "content": "hi"}]
schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
function = {"name": "f", "parameters": schema}
chat = {"model": "gpt-4o-mini", "messages": messages}
respond = {"model": "gpt-4o-mini", "input": "hi"}
json_schema = {"type": "json_schema", "json_schema": {"name": "it", "schema": schema, "strict": True}}
text_format = {"format": {"type": "json_schema", "name": "it", "schema": schema, "strict": True}}
asked = [
    (ChatCompletion, "chat/completions", chat),
    (ChatCompletion, "chat/completions", {**chat, "n": 2, "logprobs": True, "top_logprobs": 2, "max_tokens": 2}),
    (ChatCompletion, "chat/completions", {**chat, "tools": [{"type": "function", "function": function}], "tool_choice": "required"}),
    (ChatCompletion, "chat/completions", {**chat, "functions": [function], "function_call": {"name": "f"}}),
    (ChatCompletion, "chat/completions", {**chat, "response_format": json_schema}),
    (Completion, "completions", {"model": "gpt-3.5-turbo-instruct", "prompt": ["a", "b"], "n": 2, "logprobs": 2}),
    (Response, "responses", respond),
    (Response, "responses", {**respond, "max_output_tokens": 2}),
    (Response, "responses", {**respond, "text": text_format, "instructions": "be brief"}),
    (Response, "responses", {**respond, "tools": [{"type": "function", **function}], "tool_choice": "required"}),
    (CreateEmbeddingResponse, "embeddings", {"model": "text-embedding-3-small", "input": ["a", "b"]}),
    (ModerationCreateResponse, "moderations", {"input": ["a", "b"]}),
    (ImagesResponse, "images/generations", {"model": "gpt-image-1", "prompt": "a cat", "n": 2, "quality": "low"}),
    (Upload, "uploads", {"bytes": 1, "filename": "a", "mime_type": "text/plain", "purpose": "user_data"}),
    (Model, "models/gpt-4o", None),
]


def send(path, body):
    data = None if body is None else json.dumps(body).encode()
    headers = {"authorization": "Bearer any", "content-type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{BASE_URL}/{path}", data, headers)) as response:
        return json.load(response)


for model, path, body in asked:
    model.model_validate(send(path, body), strict=True)
client = openai.OpenAI(base_url=BASE_URL, api_key="any")
file = client.files.create(file=jsonl(), purpose="batch")
batch = client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h")
FileObject.model_validate(send(f"files/{file.id}", None), strict=True)
for _ in range(5):
    Batch.model_validate(send(f"batches/{batch.id}", None), strict=True)
report(openai.__version__, len(asked) + 6)
