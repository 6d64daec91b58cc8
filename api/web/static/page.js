// What every page needs of the browser itself: theme, clipboard, keys. Everything shown comes from the service as HTML;
// htmx puts it in place.
(() => {
  const root = document.documentElement;
  const prefix = document.querySelector("meta[name=root]").content;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const kept = (store, name) => { try { return JSON.parse(store.getItem(name)); } catch { return null; } };
  const keep = (store, name, value) => { try { store.setItem(name, JSON.stringify(value)); } catch { /* full, or a private window */ } };

  // Theme, before the page is painted
  const paint = (theme) => theme ? root.setAttribute("data-theme", theme) : root.removeAttribute("data-theme");
  paint(kept(localStorage, "cables.theme"));
  root.classList.add("js");
  localStorage.removeItem("cables.conversation");  // where earlier versions kept it
  document.cookie = `cables_live=1; path=${prefix || "/"}; samesite=lax; max-age=31536000`;

  const announce = (text) => {
    const place = $("dialog[open] .announcements") ?? $(".announcements");  // a dialog covers the page's own
    place.textContent = text;
    setTimeout(() => { if (place.textContent === text) place.textContent = ""; }, 4000);
  };

  const copied = async (text) => {
    try {  // a promise, as the click that allows copying is soon forgotten
      const blob = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      return true;
    } catch { /* not a secure context */ }
    const area = Object.assign(document.createElement("textarea"), { value: await text });
    ($("dialog[open]") ?? document.body).append(area);  // outside an open dialog nothing can be selected
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  // Buttons: what each `data-do` does. A page's own script adds its own.
  const actions = {
    theme() {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      keep(localStorage, "cables.theme", dark ? "light" : "dark");
      paint(dark ? "light" : "dark");
    },
    help() { $("#help").open ? $("#help").close() : $("#help").showModal(); },
    async copy(button) {
      announce(await copied(button.dataset.text) ? "Copied." : "The browser did not allow copying.");
    },
    async endnotes(button) {
      const body = new URLSearchParams({ turn: button.closest(".turn").dataset.state });
      const text = fetch(`${prefix}/endnotes`, { method: "POST", body }).then((response) => response.ok ? response.text() : Promise.reject(new Error()));
      const done = await copied(text).catch(() => false);
      announce(done ? "Copied." : "The answer could not be copied.");
    },
    found(button) {  // the next place, or the one before, of the words looked for in a cable
      const marks = $$("mark", button.closest(".cable"));
      const now = marks.findIndex((mark) => mark.hasAttribute("data-current")), by = Number(button.dataset.by);
      const at = now < 0 ? (by > 0 ? 0 : marks.length - 1) : (now + by + marks.length) % marks.length;
      marks.forEach((mark, number) => mark.toggleAttribute("data-current", number === at));
      marks[at].scrollIntoView({ block: "center" });
    },
    async link(button) {
      if (await copied(new URL(button.dataset.path, location.href).href)) button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1500);
    },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do]");
    if (button) actions[button.dataset.do]?.(button);
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-leave]")) sessionStorage.clear(); });
  document.addEventListener("change", (event) => { if (event.target.matches("#browse select, #browse [type=radio]")) event.target.form.requestSubmit(); });

  // Keys, unless somebody is writing
  const keys = { "/": () => $("#question, input[type=search]")?.focus(), "?": () => actions.help() };
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "question" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();  // here, as it must work before the other scripts have come
      return event.target.form.requestSubmit();
    }
    const writing = event.target.matches("input:not([type=checkbox]), textarea, select") || $("dialog[open]");
    if (writing || event.metaKey || event.ctrlKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // htmx
  document.addEventListener("htmx:error", () => announce("Connection lost: the service does not answer. Nothing you typed is lost."));
  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.status === 401) return location.reload();  // to the form for a key
    if (ctx.response.headers.get("content-type")?.startsWith("text/html")) return;
    let detail = ctx.text;
    try { detail = JSON.parse(ctx.text).detail; } catch { /* not from the service */ }
    ctx.target = ctx.swap = "none";
    ctx.text = "";
    announce(detail.slice(0, 300));
  });
  document.addEventListener("htmx:before:request", (event) => {  // "More like": a second click takes it away
    const { ctx } = event.detail, place = ctx.target;
    if (ctx.sourceElement.matches(".aside a") && place?.children.length) { place.replaceChildren(); event.preventDefault(); }
  });

  document.addEventListener("htmx:finally:request", (event) => {
    const { sourceElement, status } = event.detail.ctx;
    if (!sourceElement.matches(".cite") || status !== "swapped") return;
    $("#cite-title span").textContent = sourceElement.dataset.cites;
    $("#cite").showModal();
  });

  const firstPlace = () => { const next = $(".find [data-by='1']"); if (next) actions.found(next); };
  document.addEventListener("DOMContentLoaded", () => { if (!location.hash) firstPlace(); });

  // From other pages the way back leads to this tab's conversation.
  document.addEventListener("DOMContentLoaded", () => {
    const last = kept(sessionStorage, "cables.last");
    if (last && !$("#ask")) $(".top nav a").href = last.href;
  });

  window.cables = { root, prefix, $, $$, kept, keep, announce, actions, keys, firstPlace };
})();
