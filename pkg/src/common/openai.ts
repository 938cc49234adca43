// What the official clients assume about the API.

/** The default base URL of the official clients. */
export const defaultBaseUrl = "https://api.openai.com/v1";
