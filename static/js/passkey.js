// Passkeys: before a form is sent, the browser makes or uses a credential and puts it into the form as JSON.
// data-passkey says what: "create" and "get" with the page's options, "login" with options fetched when it is needed.
(() => {
  const decode = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const encode = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (entries) => (entries || []).map((entry) => ({ ...entry, id: decode(entry.id) }));

  const create = async (options, isPasswordless) => {
    const publicKey = { ...options.publicKey };
    publicKey.challenge = decode(publicKey.challenge);
    publicKey.user = { ...publicKey.user, id: decode(publicKey.user.id) };
    publicKey.excludeCredentials = listed(publicKey.excludeCredentials);
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: isPasswordless ? "required" : "discouraged",
      requireResidentKey: isPasswordless,
      ...(isPasswordless && { userVerification: "required" }),
    };
    const made = await navigator.credentials.create({ publicKey });
    return {
      ...common(made),
      response: {
        clientDataJSON: encode(made.response.clientDataJSON),
        attestationObject: encode(made.response.attestationObject),
      },
    };
  };
  const use = async (options) => {
    const publicKey = { ...options.publicKey };
    publicKey.challenge = decode(publicKey.challenge);
    publicKey.allowCredentials = listed(publicKey.allowCredentials);
    const used = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
    return {
      ...common(used),
      response: {
        clientDataJSON: encode(clientDataJSON),
        authenticatorData: encode(authenticatorData),
        signature: encode(signature),
        userHandle: userHandle ? encode(userHandle) : null,
      },
    };
  };
  const common = (credential) => ({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
  const given = () => JSON.parse(document.getElementById("passkey-data").textContent);
  const fetched = async (form) => (await fetch(form.action, { headers: { Accept: "application/json" } })).json();
  const acts = {
    create: (form) => create(given().creation_options, Boolean(form.elements.passwordless?.checked)),
    get: () => use(given().request_options),
    login: async (form) => use((await fetched(form)).request_options),
  };

  document.querySelectorAll("[data-passkey]").forEach((form) =>
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fault = form.querySelector("[data-passkey-fault]");
      try {
        form.elements.credential.value = JSON.stringify(await acts[form.dataset.passkey](form));
        form.submit();
      } catch {
        fault.hidden = false;
      }
    }),
  );
})();
