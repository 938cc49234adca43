// The clients: what each is installed from, and the program that uses it.

/**
 * @typedef {object} Client
 * @property {string} name
 * @property {readonly string[]} [pip] what pip installs into an environment of its own
 * @property {string} [npm] the package; those of the project are used from there
 * @property {string} program
 */

/** @type {readonly Client[]} */
export const clients = [
  { name: "openai 3 (Python)", pip: ["openai>=3.57", "pytest"], program: "sdk.py" },
  { name: "openai 3 (Python), strict types", pip: ["openai>=3.57", "pytest"], program: "strict.py" },
  { name: "openai 1 (Python)", pip: ["openai<2"], program: "sdk.py" },
  { name: "litellm", pip: ["litellm"], program: "use_litellm.py" },
  { name: "any-llm", pip: ["any-llm-sdk[openai]"], program: "use_any_llm.py" },
  { name: "instructor", pip: ["instructor"], program: "use_instructor.py" },
  { name: "curator", pip: ["bespokelabs-curator"], program: "use_curator.py" },
  { name: "autobatcher", pip: ["autobatcher"], program: "use_autobatcher.py" },
  { name: "batch-openai", pip: ["batch-openai"], program: "use_batch_openai.py" },
  { name: "openai-batch", pip: ["openai-batch", "httpx"], program: "use_openai_batch.py" },
  { name: "openbatch", pip: ["openbatch", "openai"], program: "use_openbatch.py" },
  { name: "langbatch", pip: ["langbatch"], program: "use_langbatch.py" },
  { name: "batchwizard", pip: ["batchwizard"], program: "use_batchwizard.py" },
  { name: "groq (Python)", pip: ["groq"], program: "use_groq.py" },
  { name: "groq-sdk (npm)", npm: "groq-sdk", program: "sdk.mjs" },
  { name: "AI SDK (npm)", npm: "ai", program: "ai.mjs" },
  { name: "openai 4 (npm)", npm: "openai4", program: "sdk.mjs" },
  { name: "openai 5 (npm)", npm: "openai5", program: "sdk.mjs" },
  { name: "openai 6 (npm)", npm: "openai6", program: "sdk.mjs" },
  { name: "openai 7 (npm)", npm: "openai7", program: "sdk.mjs" },
];
