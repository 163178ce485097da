// The text of a query: its form, our prefixes, values for its variables, and where it is wrong.
//
//   Ask.question(text, { prefixes, bindings })   { form, text } ready for the engine
//   Ask.fault(message)                            { line, column, message } of an engine's message
//
// A binding becomes a VALUES clause at the beginning of the WHERE clause, on the same line, so
// that the lines of the engine's messages stay those of the editor. The values are terms that
// are written here, never text that is pasted.
(() => {
  "use strict";

  // Comments, IRIs and strings, in which no word counts; then what does.
  const TOKEN =
    /(?<skip>#[^\n\r]*|<[^<>"{}|^`\\\s]*>|"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$][\w\u00b7-\uffff]*|[\w-]*:[\w.:%-]*)|(?<word>[A-Za-z]+)|(?<brace>\{)/gsu;
  const FORMS = new Set(["select", "ask", "construct", "describe"]);

  function* tokens(text) {
    for (const match of text.matchAll(TOKEN)) {
      const { word, brace } = match.groups;
      if (word || brace) yield { word: word?.toLowerCase() ?? brace, at: match.index, end: match.index + match[0].length };
    }
  }

  function formOf(text) {
    for (const { word } of tokens(text)) if (FORMS.has(word)) return word;
    return "select";
  }

  // Just behind the brace that opens the WHERE clause; -1 where there is none.
  function insideWhere(text) {
    const found = [...tokens(text)];
    const index = found.findIndex(({ word }, i) => word === "where" && found[i + 1]?.word === "{");
    const brace = index >= 0 ? found[index + 1] : found.find(({ word }) => word === "{");
    return brace?.end ?? -1;
  }

  // Our prefixes on one line in front, save those that the text declares itself.
  function prologue(prefixes) {
    const lines = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`);
    return `${lines.join(" ")}\n`;
  }

  function bound(text, bindings) {
    const place = insideWhere(text);
    const clauses = Object.entries(bindings).map(([name, term]) => ` VALUES ?${name} { ${written(term)} }`);
    return place < 0 ? text : text.slice(0, place) + clauses.join("") + text.slice(place);
  }

  function written({ type, value, datatype }) {
    if (type === "uri") {
      if (/[\u0000-\u0020<>"{}|^`\\]/.test(value)) throw new Error("This address cannot stand in a query.");
      return `<${value}>`;
    }
    const escapes = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
    const text = `"${value.replace(/["\\\n\r\t]/g, (each) => escapes[each])}"`;
    return datatype ? `${text}^^<${datatype}>` : text;
  }

  Ask.question = (text, { prefixes, bindings = {} }) => ({
    form: formOf(text),
    text: prologue(prefixes) + bound(text, bindings),
  });

  // "error at 3:5: expected one of …": the first line is our prologue.
  Ask.fault = (said) => {
    const [, line, column, rest] = /^error at (\d+):(\d+): (.*)$/s.exec(said) ?? [];
    if (line === undefined) return { message: said };
    return { line: Number(line) - 1, column: Number(column), message: readable(rest) };
  };

  // Without the character classes of the engine's grammar, where something else is left.
  function readable(message) {
    const [, list] = /^expected one of (.*)$/s.exec(message) ?? [];
    if (!list) return message;
    const choices = list.replace(/\['(?:[^\]]|\](?=['|]))*\]/gs, "").split(",").map((each) => each.trim());
    const left = choices.filter((each) => each && !/^[|\s]*$/.test(each));
    if (!left.length) return message;
    if (left.includes("Prefix not found")) return "This prefix is not declared.";
    return left.length === 1 ? `expected ${left[0]}` : `expected one of ${left.join(", ")}`;
  }
})();
