// The Batches page and its styles, loaded on the first visit.
import "../../shared/styles/causes.css";
import "./styles/batches.css";
import "./styles/detail.css";
import "./styles/media.css";
import "./page.js";
