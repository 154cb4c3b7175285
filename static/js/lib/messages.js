// What scripts have to say, in the language of the page: <template id="messages"> holds the words.
// A feature's page may bring its own <template data-messages> with <i data-name="…">.

const found = new Map();

function look(name) {
  for (const template of document.querySelectorAll("template#messages, template[data-messages]")) {
    const element = template.content.querySelector(`[data-name="${name}"]`);
    if (element) return element.textContent.trim();
  }
  return name;
}

/** The message of that name, with %(places)s filled from values. */
export function message(name, values = {}) {
  if (!found.has(name)) found.set(name, look(name));
  return found.get(name).replace(/%\((\w+)\)s/g, (place, key) => values[key] ?? place);
}

/** The message that fits a number: `<name>-one` where the language says one, else `<name>`. */
export function counted(name, count, values = {}) {
  const plural = new Intl.PluralRules(document.documentElement.lang).select(count) === "one" ? `${name}-one` : name;
  return message(plural, { count, ...values });
}
