// What every page needs. Features' own elements are imported by their pages, in block `scripts`.
import "./elements/app-dialog.js";
import "./elements/app-drawer.js";
import "./elements/app-menu.js";
import "./elements/app-shortcuts.js";
import "./elements/app-toasts.js";
import "./elements/password-field.js";
import "./elements/theme-toggle.js";
import "./elements/view-filters.js";
import "./features/notifications/notification-bell.js";
import "./features/search/search-box.js";
import "./features/topics/unread-counts.js";
import { keepTimesFresh } from "./lib/time.js";

keepTimesFresh();
