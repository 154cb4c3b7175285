// The height of the composer: dragged, or changed with arrows; kept on this device.

const PLACE = "composer-height";
const STEP = 24;

export class PanelGrip {
  constructor(grip, panel) {
    Object.assign(this, { grip, panel });
    this.least = Number(grip.getAttribute("aria-valuemin"));
    grip.addEventListener("pointerdown", (event) => this.drag(event));
    grip.addEventListener("keydown", (event) => this.press(event));
    const kept = Number(localStorage.getItem(PLACE));
    if (kept && matchMedia("(min-width: 901px)").matches) this.set(kept);
  }

  get most() {
    return Math.max(this.least, innerHeight - 120);
  }

  set(height) {
    const fitting = Math.round(Math.min(Math.max(height, this.least), this.most));
    this.panel.style.blockSize = `${fitting}px`;
    document.documentElement.style.setProperty("--composer-h", `${fitting}px`); // the page ends above it
    this.grip.setAttribute("aria-valuemax", String(this.most));
    this.grip.setAttribute("aria-valuenow", String(fitting));
    localStorage.setItem(PLACE, String(fitting));
  }

  drag(event) {
    if (event.button) return;
    event.preventDefault();
    this.grip.setPointerCapture(event.pointerId);
    const [from, height] = [event.clientY, this.panel.offsetHeight];
    const follow = ({ clientY }) => this.set(height + from - clientY);
    this.grip.addEventListener("pointermove", follow);
    for (const name of ["pointerup", "pointercancel"]) {
      this.grip.addEventListener(name, () => this.grip.removeEventListener("pointermove", follow), { once: true });
    }
  }

  press(event) {
    const height = this.panel.offsetHeight;
    const to = { ArrowUp: height + STEP, ArrowDown: height - STEP, Home: this.least, End: this.most }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.set(to);
  }
}
