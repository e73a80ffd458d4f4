/* A part of the page that is still moving: ask for it again, every so many seconds,
   until it says that it stands still. Without this script one reloads the page. */
"use strict";

(() => {
  const part = () => document.querySelector("[data-live]");

  async function look() {
    const old = part();
    if (!old) return;
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = old.id && page.getElementById(old.id);
    if (!fresh) return;
    const focus = document.activeElement && old.contains(document.activeElement);
    if (!focus) old.replaceWith(fresh);
    later();
  }

  function later() {
    const moving = part();
    if (moving) setTimeout(look, 1000 * Number(moving.dataset.live));
  }

  later();
})();
