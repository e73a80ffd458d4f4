// Passkeys: a form with data-passkey asks the browser for one, and sends what it gives.
// "create" and "get" find their options in #passkey-data, "login" fetches them.
"use strict";

const fromBase64 = (text) =>
  Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")),
    (character) => character.charCodeAt(0),
  );

const toBase64 = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");

const withId = (known) => ({ ...known, id: fromBase64(known.id) });

async function create(options, withoutPassword) {
  const publicKey = {
    ...options,
    challenge: fromBase64(options.challenge),
    user: withId(options.user),
    excludeCredentials: (options.excludeCredentials || []).map(withId),
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: withoutPassword ? "required" : "discouraged",
      requireResidentKey: withoutPassword,
      ...(withoutPassword ? { userVerification: "required" } : {}),
    },
  };
  const made = await navigator.credentials.create({ publicKey });
  return answer(made, {
    attestationObject: toBase64(made.response.attestationObject),
    transports: made.response.getTransports ? made.response.getTransports() : [],
  });
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: fromBase64(options.challenge),
    allowCredentials: (options.allowCredentials || []).map(withId),
  };
  const found = await navigator.credentials.get({ publicKey });
  const { userHandle } = found.response;
  return answer(found, {
    authenticatorData: toBase64(found.response.authenticatorData),
    signature: toBase64(found.response.signature),
    userHandle: userHandle ? toBase64(userHandle) : null,
  });
}

function answer(credential, response) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: toBase64(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: {
      clientDataJSON: toBase64(credential.response.clientDataJSON),
      ...response,
    },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (form.dataset.passkey === "login") {
    const headers = { Accept: "application/json" };
    const response = await fetch(form.dataset.options, { headers });
    if (!response.ok) throw new Error("no options");
    return (await response.json()).request_options.publicKey;
  }
  const data = JSON.parse(document.getElementById("passkey-data").textContent);
  return (data.creation_options || data.request_options).publicKey;
}

async function ask(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "create") return get(options);
  const withoutPassword = form.elements.namedItem("passwordless");
  return create(options, Boolean(withoutPassword && withoutPassword.checked));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector("[data-passkey-error]");
    error.hidden = true;
    try {
      form.elements.namedItem("credential").value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      error.textContent =
        "Het is niet gelukt met de passkey. Probeer het opnieuw, of kies een andere manier.";
      error.hidden = false;
    }
  });
}
