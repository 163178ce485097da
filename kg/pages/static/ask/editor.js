// The query editor: CodeMirror with SPARQL, and completion from what the graph calls things.
//
//   const editor = Ask.editor({ parent, label, text, words, run })
//   editor.text()   editor.write(text)   editor.focus()
//   editor.point({ line, column, message })   underlines that place; point(null) takes it away
//
// CodeMirror adds style elements when it starts, which the page's policy refuses. Inside a
// shadow tree it uses constructed style sheets instead, so the policy needs no exception.
// Colours are the properties of the page's style sheet, which reach into the tree.
//
// words: { prefixes: [name], terms: [{ curie, label, kind, about, names }] }; names are folded.
//
//   Ask.ranked(text, things)    the things whose names begin so, or have a word that does
(() => {
  "use strict";

  const {
    acceptCompletion, autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap,
    completionKeymap, defaultKeymap, drawSelection, EditorState, EditorView, highlightActiveLine,
    HighlightStyle, highlightSpecialChars, history, historyKeymap, indentOnInput, keymap,
    LanguageSupport, lineNumbers, lintGutter, setDiagnostics, sparql, styleTags, syntaxHighlighting, tags,
  } = codemirror;

  const MOST = 60;
  // The list of suggestions is a window that the arrows move, so nothing in it has to scroll.
  const AT_ONCE = 12;
  const KEYWORDS = (
    "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS GRAPH VALUES BIND AS GROUP BY HAVING ORDER ASC DESC " +
    "LIMIT OFFSET ASK CONSTRUCT DESCRIBE PREFIX EXISTS NOT IN COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT " +
    "STR LANG DATATYPE BOUND IF COALESCE REGEX CONTAINS STRSTARTS STRENDS LCASE UCASE STRLEN SUBSTR REPLACE " +
    "CONCAT ABS ROUND CEIL FLOOR YEAR MONTH DAY NOW IRI ISIRI ISLITERAL ISNUMERIC STRAFTER STRBEFORE"
  ).split(" ");

  const LOOK = EditorView.theme({
    "&": { color: "var(--ink)", backgroundColor: "var(--page)", fontSize: "14px" },
    "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "-1px" },
    ".cm-scroller": { fontFamily: "ui-monospace, Consolas, Menlo, monospace", lineHeight: "1.5", maxHeight: "min(20em, 40vh)" },
    ".cm-content": { caretColor: "var(--ink)", minHeight: "7em" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--accent) 30%, transparent)" },
    ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--raised)", borderInlineEnd: "1px solid var(--rule)" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 8%, transparent)" },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--accent) 25%, transparent)" },
    "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "color-mix(in srgb, var(--verdict-contested) 30%, transparent)" },
    ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--raised)", border: "1px solid var(--border)", borderRadius: "6px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "none", overflow: "hidden" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--on-accent)", backgroundColor: "var(--accent)" },
    ".cm-completionDetail": { fontStyle: "normal", opacity: ".85" },
    ".cm-completionInfo": { maxWidth: "22rem", padding: "6px 10px", fontSize: "13px" },
    "@media (max-width: 560px)": { ".cm-completionInfo": { display: "none" } },
    ".cm-diagnostic": { padding: "6px 10px" },
  });

  const COLOURS = HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.controlKeyword], color: "var(--accent)", fontWeight: "600" },
    { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--minus)" },
    { tag: [tags.string, tags.special(tags.string)], color: "var(--code-text)" },
    { tag: [tags.number, tags.bool, tags.literal, tags.atom], color: "var(--code-number)" },
    { tag: [tags.comment, tags.lineComment], color: "var(--quiet)", fontStyle: "italic" },
    { tag: [tags.namespace, tags.propertyName, tags.typeName, tags.url, tags.function(tags.variableName)], color: "var(--plus)" },
  ]);

  // The grammar leaves prefixed names without a colour.
  const LANGUAGE = new LanguageSupport(
    sparql().language.configure({ props: [styleTags({ "Pname_ln Pname_ns": tags.propertyName })] }),
  );

  // Typed over a selection, the browser would keep its looks as style attributes, which the
  // policy refuses; so the text is put there by the editor, as for any other character.
  const TYPED_OVER = EditorView.domEventHandlers({
    beforeinput(event, view) {
      const { from, to, empty } = view.state.selection.main;
      if (empty || view.composing || event.inputType !== "insertText" || !event.data) return false;
      event.preventDefault();
      const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
      const handlers = view.state.facet(EditorView.inputHandler);
      if (!handlers.some((handler) => handler(view, from, to, event.data, insert))) view.dispatch(insert());
      return true;
    },
  });

  Ask.editor = ({ parent, label, text, words, run }) => {
    const root = parent.attachShadow({ mode: "open" });
    const keys = [
      { key: "Mod-Enter", run: () => { run(); return true; } },
      { key: "Tab", run: acceptCompletion },
      ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap,
    ];
    const view = new EditorView({
      root,
      parent: root,
      doc: text,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), highlightSpecialChars(),
        indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        LANGUAGE, syntaxHighlighting(COLOURS), LOOK, TYPED_OVER,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorState.tabSize.of(2),
        autocompletion({ override: [completion(words)], icons: false, maxRenderedOptions: AT_ONCE }),
        keymap.of(keys),
      ],
    });

    const write = (doc) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: doc } });

    function point(fault) {
      view.dispatch(setDiagnostics(view.state, fault?.line ? [diagnostic(view.state.doc, fault)] : []));
      if (fault?.line) view.dispatch({ effects: EditorView.scrollIntoView(placeOf(view.state.doc, fault)) });
    }

    return { text: () => view.state.doc.toString(), write, point, focus: () => view.focus() };
  };

  function placeOf(doc, { line, column }) {
    const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)));
    return Math.min(from + column - 1, to);
  }

  // The word around the fault; at the end of a line, what stands before it.
  function diagnostic(doc, fault) {
    const at = placeOf(doc, fault);
    const { from, text } = doc.lineAt(at);
    const before = /\S*\s*$/.exec(text.slice(0, at - from))[0];
    const after = /^\S*/.exec(text.slice(at - from))[0];
    const start = after && /\s$/.test(before) ? at : at - before.length;
    return { from: start, to: at + after.length, severity: "error", message: fault.message };
  }

  // Completion.

  function completion({ prefixes, terms }) {
    return (context) => {
      const before = context.matchBefore(/[?$]\w*|[\w-]*:[\w-]*|[\w-]+/u);
      if (!before && !context.explicit) return null;
      const from = before?.from ?? context.pos;
      const options = optionsFor(before?.text ?? "", context.state.doc.toString(), prefixes, terms);
      return options.length ? { from, options, filter: false } : null;
    };
  }

  function optionsFor(typed, text, prefixes, things) {
    if (/^[?$]/.test(typed)) return variables(typed, text);
    const [, prefix, rest] = /^([\w-]*):(.*)$/.exec(typed) ?? [];
    if (prefix !== undefined) return ranked(rest, things.filter(({ curie }) => curie.startsWith(`${prefix}:`))).map(option);
    const asked = typed.toLowerCase();
    const named = prefixes.filter((name) => name.startsWith(asked)).map((name) => ({ label: `${name}:`, detail: "prefix" }));
    const keywords = KEYWORDS.filter((word) => word.toLowerCase().startsWith(asked)).map((word) => ({ label: word, detail: "keyword" }));
    const found = typed.length > 1 ? ranked(typed, things).map(option) : [];
    return [...keywords, ...named, ...found].slice(0, MOST);
  }

  function variables(typed, text) {
    const found = new Set(text.match(/[?$]\w+/g) ?? []);
    found.delete(typed);
    return [...found].filter((name) => name.startsWith(typed)).sort().map((label) => ({ label, detail: "variable" }));
  }

  // What begins so comes before what has a word that begins so.
  function ranked(typed, things) {
    const asked = Explorer.folded(typed);
    const rank = ({ names }) => {
      if (names.some((name) => name.startsWith(asked))) return 0;
      return names.some((name) => name.includes(` ${asked}`)) ? 1 : 2;
    };
    return things
      .map((term) => ({ term, rank: rank(term) }))
      .filter(({ rank: of }) => of < 2)
      .sort((one, other) => one.rank - other.rank || one.term.curie.length - other.term.curie.length)
      .slice(0, MOST)
      .map(({ term }) => term);
  }

  const option = ({ curie, label, kind, about }) => ({
    label: curie,
    detail: label === curie ? kind : `${label} (${kind})`,
    info: about || undefined,
  });

  Ask.ranked = ranked;
})();
