// What the pages need of the browser itself: theme, storage, clipboard, focus and scrolling.
(() => {
  const narrow = matchMedia("(max-width: 60rem)");
  const root = document.documentElement;
  let opener = null;

  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => {
    try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* private mode */ }
  };
  const paint = (theme) => theme ? root.setAttribute("data-theme", theme) : root.removeAttribute("data-theme");
  paint(kept("cables.theme"));

  const behind = () => document.querySelectorAll("[data-behind]");
  const cover = () => behind().forEach((each) => { each.inert = narrow.matches && root.hasAttribute("data-reading"); });
  narrow.addEventListener("change", cover);
  addEventListener("popstate", () => { if (root.hasAttribute("data-reading")) emitEvent("reader_close"); });

  window.cables = {
    kept, keep,
    turnTheme() {
      const dark = getComputedStyle(root).colorScheme.trim() === "dark" ||
        (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
      const theme = dark ? "light" : "dark";
      keep("cables.theme", theme);
      paint(theme);
    },
    openReader(target, isNew) {
      if (isNew) {
        opener = document.activeElement;
        root.setAttribute("data-reading", "");
        if (narrow.matches) history.pushState({ reader: true }, "");
        cover();
      }
      this.show(target);
      document.getElementById("reader-title")?.focus({ preventScroll: true });
    },
    closeReader() {
      root.removeAttribute("data-reading");
      cover();
      if (history.state?.reader) history.back();
      (opener?.isConnected ? opener : document.getElementById("question"))?.focus({ preventScroll: narrow.matches });
      opener = null;
    },
    show(target) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
      const found = target && document.getElementById(target);
      const marked = found?.querySelector("mark") ?? found;
      if (!found) return;
      const tall = found.offsetHeight > innerHeight * 0.6;
      (tall ? marked : found).scrollIntoView({ block: tall ? "center" : "start", behavior: calm });
    },
    begun(yes) { root.toggleAttribute("data-begun", yes); },
    async copyLink(button) {
      const url = new URL(button.dataset.path, location.href);
      if (await this.copy(url.href)) button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1500);
    },
    latest() {
      const turns = document.querySelectorAll(".turn");
      turns[turns.length - 1]?.scrollIntoView({ block: "start", behavior: "auto" });
    },
    async copy(text) {
      try { await navigator.clipboard.writeText(text); return true; } catch { /* not a secure context */ }
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    },
    send(event, emit) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit(emit);
    },
    submit(emit) {
      const box = document.getElementById("question");
      const question = box.value.trim();
      if (!question || box.dataset.busy || !window.socket?.connected) return box.focus();
      box.value = "";
      document.querySelector(".narrow")?.removeAttribute("open");
      emit(question);
    },
    async enter(form) {
      const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ key: form.elements.key.value }) };
      const response = await fetch("/session", sent);
      if (response.ok) return location.reload();
      document.getElementById("refused").textContent = (await response.json()).detail;
      form.elements.key.select();
    },
    async leave() {
      await fetch("/session", { method: "DELETE" });
      keep("cables.conversation", null);
      location.reload();
    },
    follow(event, emit) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
      event.preventDefault();
      emit();
    },
  };
})();
