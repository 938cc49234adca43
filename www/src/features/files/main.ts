// The page for files, loaded when somebody visits it.
import "./styles/files.css";
import "./styles/issues.css";
import "./styles/outcome.css";
import "./styles/media.css";
import "./page.js";
