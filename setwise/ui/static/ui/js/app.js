import "./clock.js";
import "./drafts.js";
import "./room.js";
