// A field that takes the name of a thing and suggests as one types.
//
//   const field = Ask.chooser({ id, things, value })
//   field.element     field.thing()     what was chosen, or undefined where the text is no name
//
// things: [{ curie, label, kind, names }]. A name is taken as `kg query --set` takes it: label,
// synonym, identifier or address, without regard to case.
(() => {
  "use strict";

  const MOST = 12;

  Ask.chooser = ({ id, things, value }) => {
    const { element } = Explorer;
    const list = element("ul", { id: `${id}-list`, role: "listbox", class: "found", "aria-label": "Suggestions", hidden: "" });
    const input = element("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
      input: suggest, keydown: key, blur: () => open(false),
    });
    input.value = value;
    let suggested = [];
    let marked = -1;

    const thing = () => named(things, input.value);

    function suggest() {
      suggested = Ask.ranked(input.value, things).slice(0, MOST);
      list.replaceChildren(...suggested.map(option));
      mark(-1);
      open(suggested.length > 0);
    }

    // Taken on mousedown: a click would come after the blur that closes the list.
    const option = (each, index) =>
      element(
        "li",
        { id: `${id}-${index}`, role: "option", "aria-selected": "false", mousedown: (event) => { event.preventDefault(); take(each); } },
        each.label, " ", element("span", { class: "quiet" }, each.kind),
      );

    function take({ label, curie }) {
      input.value = named(things, label)?.curie === curie ? label : curie;
      open(false);
    }

    function open(shown) {
      list.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      if (!shown) mark(-1);
    }

    function mark(index) {
      marked = index;
      [...list.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === index)));
      if (index < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }

    function key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        if (list.hidden) suggest();
        const count = suggested.length;
        if (count) mark(marked < 0 && step < 0 ? count - 1 : (marked + step + count) % count);
      } else if (event.key === "Enter" && marked >= 0) take(suggested[marked]);
      else if (event.key === "Escape" && !list.hidden) open(false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    return { element: element("div", { class: "chooser" }, input, list), input, thing };
  };

  function named(things, text) {
    const asked = Ask.folded(text);
    const address = text.trim().replace(/^<|>$/g, "");
    return (
      things.find(({ curie }) => curie === address || Explorer.long(curie) === address) ??
      things.find(({ label }) => Ask.folded(label) === asked) ??
      things.find(({ names }) => names.includes(asked))
    );
  }
})();
