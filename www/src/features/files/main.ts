// The Files page and its styles, loaded on the first visit.
import "../../shared/styles/causes.css";
import "../../shared/styles/intake.css";
import "../../shared/styles/finder.css";
import "../../shared/styles/issues.css";
import "./styles/files.css";
import "./styles/issues.css";
import "./styles/outcome.css";
import "./styles/requests.css";
import "./styles/media.css";
import "./page.js";
