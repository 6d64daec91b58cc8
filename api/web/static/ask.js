// Asking: the conversation of this tab, the address, and the reader beside the answers.
(() => {
  const { root, prefix, $, $$, kept, keep, announce, actions, keys, firstPlace } = window.cables;
  const narrow = matchMedia("(max-width: 60rem)");

  // The conversation: one for each entry of the tab's history. `done` says whether the last question is answered;
  // `asked` is that question, in case it is too long for an address.
  const READER = ["open", "mark", "find"];
  const chatOf = (state) => state?.chat ?? String(Math.random()).slice(2);
  const states = (chat, count) => (kept(sessionStorage, `cables.${chat}`) ?? []).slice(0, count);
  const question = (url) => {
    const params = new URLSearchParams(new URL(url, location.href).search);
    READER.forEach((name) => params.delete(name));
    return params.toString();
  };
  let shownQuestion = question(location.href);

  const remember = (all = true) => {
    if (!history.state?.chat) return;
    const turns = $$(".turn[data-state]").map((turn) => turn.dataset.state);
    const state = { ...history.state, count: turns.length, done: Boolean($$(".turn").pop()?.dataset.state) };
    if (all) keep(sessionStorage, `cables.${state.chat}`, turns);
    history.replaceState(state, "");
    keep(sessionStorage, "cables.last", { href: location.href, state });
  };

  const start = async () => {
    const last = kept(sessionStorage, "cables.last");
    if (!history.state?.chat && last?.href === location.href && location.search) history.replaceState(last.state, "");
    const state = history.state ?? {};
    if (!state.chat) history.replaceState({ ...state, chat: chatOf() }, "");
    const earlier = state.chat ? states(state.chat, state.count) : [];
    const awaited = $(".turn[data-awaited]");
    if (earlier.length) await restore(earlier, awaited && !state.done);
    if (!(earlier.length && state.done) && (awaited || state.asked)) {
      awaited?.remove();
      submit(new URLSearchParams(awaited ? location.search : state.asked));
    }
    begun();
    remember(!earlier.length);  // else turns further on in the tab's history would be lost
    const draft = kept(sessionStorage, "cables.draft");
    if (draft && !$("#question").value) $("#question").value = draft;
    if (!$("#reader").hidden) showReader($("#reader").dataset.open, false);
  };

  const restore = async (turns, awaiting) => {
    const response = await fetch(`${prefix}/turns`, { method: "POST", body: JSON.stringify(turns) }).catch(() => null);
    if (!response?.ok) return;
    const place = $("#turns"), held = awaiting ? [] : $$(".turn[data-state]", place);
    $(".before", place)?.remove();
    if (!awaiting) place.replaceChildren();
    place.insertAdjacentHTML("afterbegin", await response.text());
    if (held.length > $$(".turn", place).length) place.append(...held);
    htmx.process(place);
    latest();
  };

  const begun = () => {
    const yes = Boolean($(".turn"));
    root.toggleAttribute("data-begun", yes);
    $(".talk")?.toggleAttribute("data-begun", yes);
  };
  const latest = () => $$(".turn").pop()?.scrollIntoView({ block: "start", behavior: "auto" });

  // Asking
  let asking = null;  // the request in progress
  const busy = (request) => {
    asking = request;
    $("#send").hidden = Boolean(request);
    $("#stop").hidden = !request;
  };

  const submit = (params) => {
    const form = $("#ask");
    if (asking) return announce("Wait for the answer, or stop it first.");
    for (const input of form.elements) {
      if (input.type === "checkbox") input.checked = params.getAll(input.name).includes(input.value);
      else if (input.type === "date") input.value = params.get(input.name) ?? "";
    }
    $("#question").value = params.get("q") ?? "";
    form.dataset.without = JSON.stringify(params.getAll("without"));
    chosen();
    form.requestSubmit();
  };

  const chosen = () => htmx.trigger($("#chosen"), "chosen");

  const fields = (form) => {
    const params = new URLSearchParams();
    const before = $$(".turn").map((turn) => new URLSearchParams(turn.dataset.address).get("q"));
    for (const text of before.filter((_, at) => before.slice(at).join("").length < 1200)) params.append("before", text);
    for (const [name, value] of new FormData(form)) if (value.trim() && name !== "plain") params.append(name, value.trim());
    for (const field of JSON.parse(form.dataset.without ?? "[]")) params.append("without", field);
    return params;
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "ask") return;
    if (!asking && $("#question").value.trim()) return;
    event.preventDefault();  // nothing to ask, or one thing at a time: the words stay in the box
    event.stopImmediatePropagation();
    if (asking) announce("Wait for the answer, or stop it first.");
  }, true);

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement.id !== "ask") return;
    const params = fields(ctx.sourceElement), body = new FormData();
    for (const [name, value] of params) body.append(name, value);
    for (const turn of $$(".turn[data-state]").slice(-10)) body.append("turn", turn.dataset.state);
    ctx.request.body = body;
    delete ctx.sourceElement.dataset.without;
    const state = { chat: chatOf(history.state), count: $$(".turn[data-state]").length, done: false, asked: params.toString() };
    for (const [name, value] of new URLSearchParams(location.search)) if (READER.includes(name)) params.append(name, value);
    const address = `${prefix}/?${params}`;  // a reader that is open stays open
    if (question(address) !== shownQuestion) history.pushState(state, "", address.length < 8000 ? address : `${prefix}/`);
    shownQuestion = question(location.href);
    document.title = params.get("q");
    $(".narrow").open = false;
    busy(ctx);
  });

  const unanswered = (reason) => {
    const turn = $(".turn[data-awaited]"), notice = turn && $(".notice", turn);
    if (!notice) return;
    turn.removeAttribute("data-awaited");
    $(".answer", turn).setAttribute("aria-busy", "false");
    $(".status", turn)?.remove();
    $("p", notice).textContent = reason;
    notice.hidden = false;
  };

  document.addEventListener("htmx:sse:after:message", () => {
    const box = $("#question");
    if (asking && !asking.seen) {  // the question is in the conversation now
      asking.seen = true;
      if (box.value.trim() === new URLSearchParams($$(".turn").pop().dataset.address).get("q")) box.value = "";
      keep(sessionStorage, "cables.draft", box.value);
      begun();
      latest();
    }
    remember();
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.target?.id === "reader" && new URL(ctx.request.action, location.href).searchParams.has("find")) return found(ctx.request.action);
    if (ctx.sourceElement.id !== "ask") return;
    unanswered(ctx.stopped ? "Stopped." : "The answer broke off: the connection was lost, or the service stopped.");
    busy(null);
    remember();
  });

  // The reader
  const reader = () => $("#reader");
  const keysOf = (turn) => turn ? [...new Set($$(".answer .pill[data-key]", turn).map((pill) => pill.dataset.key))] : [];
  let opener = null, reading = null;  // the link that opened the reader, the turn whose citations it steps through
  const cover = () => $$("[data-behind]").forEach((each) => { each.inert = narrow.matches && root.hasAttribute("data-reading"); });
  narrow.addEventListener("change", cover);

  const openReader = async (pill, push = true) => {
    reading = pill.closest(".turn") ?? reading;
    opener = reader().hidden ? pill : opener;
    const [path] = pill.getAttribute("href").split("#");
    await htmx.ajax("GET", path, { source: "#reader", target: "#reader", swap: "innerHTML" });
    const address = new URL(location.href);
    READER.forEach((name) => address.searchParams.delete(name));
    address.searchParams.set("open", pill.dataset.key);
    for (const mark of new URL(path, location.href).searchParams.getAll("mark")) address.searchParams.append("mark", mark);
    const state = { ...history.state, reader: true };
    if (push && reader().hidden) history.pushState(state, "", address);
    else history.replaceState(state, "", address);
    showReader(pill.dataset.key, true);
  };

  const showReader = (key, focus) => {
    const first = reader().hidden;
    reader().hidden = false;
    reader().dataset.open = key;
    root.setAttribute("data-reading", "");
    cover();
    const keys = keysOf(reading ??= $$(".turn").filter((turn) => keysOf(turn).includes(key)).pop());
    const at = keys.indexOf(key), several = keys.length > 1 && at >= 0;
    $$(".step", reader()).forEach((step) => { step.hidden = !several; });
    $(".place", reader()).textContent = several ? `Citation ${at + 1} of ${keys.length}` : "";
    $$("[data-chosen]").forEach((each) => each.removeAttribute("data-chosen"));
    const found = $$("[data-paragraph]", reader()).find((each) => each.dataset.paragraph === key);
    found?.setAttribute("data-chosen", "true");
    if (found) scrollTo(found);
    if (focus && first) $("#reader-title")?.focus({ preventScroll: true });
  };

  const found = (action) => {  // words were looked for in the open cable
    const address = new URL(location.href), words = new URL(action, location.href).searchParams.get("find");
    ["mark", "find"].forEach((name) => address.searchParams.delete(name));
    if (words) address.searchParams.set("find", words);
    history.replaceState(history.state, "", address);
    showReader(reader().dataset.open, false);
    $(".find input", reader())?.focus({ preventScroll: true });
    firstPlace();
  };

  const scrollTo = (found) => {
    const tall = found.offsetHeight > innerHeight * 0.6;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    (tall ? $("mark", found) ?? found : found).scrollIntoView({ block: tall ? "center" : "start", behavior });
  };

  const hideReader = () => {
    reader().hidden = true;
    reader().replaceChildren();
    root.removeAttribute("data-reading");
    cover();
    (opener?.isConnected ? opener : $("#question")).focus({ preventScroll: narrow.matches });
    opener = reading = null;
  };
  const closeReader = () => {
    if (reader().hidden) return;
    if (history.state?.reader) return history.back();
    const address = new URL(location.href);
    READER.forEach((name) => address.searchParams.delete(name));
    history.replaceState(history.state, "", address);
    hideReader();
  };

  const step = (by) => {
    const turn = reading ?? $$(".turn").pop(), keys = keysOf(turn);
    if (!keys.length) return;
    const at = reader().hidden ? -1 : keys.indexOf(reader().dataset.open);
    const key = keys[at < 0 ? (by > 0 ? 0 : keys.length - 1) : (at + by + keys.length) % keys.length];
    openReader($$(".answer .pill[data-key]", turn).find((pill) => pill.dataset.key === key));
  };

  addEventListener("popstate", () => {
    if (question(location.href) !== shownQuestion) return location.reload();
    const key = new URLSearchParams(location.search).get("open");
    const pill = key && $$(".answer .pill[data-key]").find((each) => each.dataset.key === key);
    if (!key) { if (!reader().hidden) hideReader(); }
    else if (pill) openReader(pill, false);
    else location.reload();
  });

  // Buttons, links, fields and keys
  Object.assign(actions, {
    export() {
      const text = `${$$("[data-markdown]").map((button) => button.dataset.text).join("\n\n")}\n`;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
      link.download = `cables-${new Date().toISOString().slice(0, 10)}.md`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
    new() { sessionStorage.removeItem("cables.last"); },
    stop() { if (asking) { asking.stopped = true; htmx.trigger($("#ask"), "htmx:abort"); } },
    close: closeReader,
    next: () => step(1),
    previous: () => step(-1),
  });
  Object.assign(keys, { j: actions.next, k: actions.previous });

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    const [again, clear, pill] = [at("a[data-ask]"), at("a[data-clear]"), at("a[data-key]")];
    if (again) submit(new URL(again.href).searchParams);
    else if (clear) {
      const cleared = clear.dataset.clear.split(" ");
      for (const input of $$(".choices input")) if (cleared.includes(input.name)) input.type === "date" ? input.value = "" : input.checked = false;
      changed();
    } else if (pill) openReader(pill);
    else return;
    event.preventDefault();
  });

  const changed = () => {  // the filters are part of the address
    const address = new URL(location.href);
    for (const name of ["post", "tag", "classification", "date_from", "date_to"]) address.searchParams.delete(name);
    for (const [name, value] of new FormData($("#ask"))) if (value && !["q", "before", "plain"].includes(name)) address.searchParams.append(name, value);
    history.replaceState(history.state, "", address);
    shownQuestion = question(address);
    chosen();
  };
  document.addEventListener("change", (event) => {
    if (event.target.closest(".choices")) changed();
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "question") keep(sessionStorage, "cables.draft", event.target.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("dialog[open]")) closeReader();
  });

  document.addEventListener("DOMContentLoaded", () => setTimeout(start));
})();
