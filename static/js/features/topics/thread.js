// The page of a topic. The composer itself is fetched when someone begins to write.
import "./composer-opener.js";
import "./copy-link.js";
import "./follow-level.js";
import "../../elements/lazy-fragment.js";
import "./like-button.js";
import "./post-acts.js";
import "./quote-selection.js";
import "./topic-stream.js";
import "./topic-timeline.js";
