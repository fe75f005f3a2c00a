// Passkeys and security keys: asks the browser, puts the answer into the form, sends the form.
// Options come as JSON inside the form (or, when signing in, from the form's address).

const toBytes = (text) => {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0)).buffer;
};

const toText = (bytes) => {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const withBytes = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));

async function add(options, passwordless) {
  const wanted = structuredClone(options.publicKey);
  wanted.challenge = toBytes(wanted.challenge);
  wanted.user.id = toBytes(wanted.user.id);
  wanted.excludeCredentials = withBytes(wanted.excludeCredentials);
  wanted.authenticatorSelection = {
    ...wanted.authenticatorSelection,
    residentKey: passwordless ? "required" : "discouraged",
    requireResidentKey: passwordless,
    ...(passwordless ? { userVerification: "required" } : {}),
  };
  return navigator.credentials.create({ publicKey: wanted });
}

async function use(options) {
  const wanted = structuredClone(options.publicKey);
  wanted.challenge = toBytes(wanted.challenge);
  wanted.allowCredentials = withBytes(wanted.allowCredentials);
  return navigator.credentials.get({ publicKey: wanted });
}

function asJson(credential) {
  const { response } = credential;
  const part = (name) => (response[name] ? { [name]: toText(response[name]) } : {});
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: {
      ...part("clientDataJSON"),
      ...part("attestationObject"),
      ...part("authenticatorData"),
      ...part("signature"),
      ...part("userHandle"),
      ...(response.getTransports ? { transports: response.getTransports() } : {}),
    },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  const inside = form.querySelector('script[type="application/json"]');
  if (inside) return JSON.parse(inside.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function ask(form) {
  const data = await optionsOf(form);
  if (form.dataset.passkey !== "add") return use(data.request_options);
  return add(data.creation_options, form.elements.passwordless?.checked ?? false);
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector('[role="alert"]');
      problem.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(asJson(await ask(form)));
        form.submit();
      } catch {
        problem.hidden = false;
      }
    });
  }
}
