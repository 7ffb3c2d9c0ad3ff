// The page: a terminal, the connection behind it, files that are dropped on it, files and texts that come from it.
import { Terminal } from "./xterm.mjs";
import { FitAddon } from "./addon-fit.mjs";
import { Unicode11Addon } from "./addon-unicode11.mjs";

const words = JSON.parse(document.getElementById("words").textContent);
const part = (name) => document.getElementById(name);
const KEPT = "greenstar-session"; // by tab: a reload keeps it, another tab has its own
const FIRST_REST = 200, LONGEST_REST = 3000; // milliseconds between two attempts to connect

const terminal = new Terminal({
  allowProposedApi: true, // for the widths of Unicode 11
  // The first font that is there measures the cell. One for Chinese would leave gaps in frames, and draw marks two wide.
  fontFamily: "'DejaVu Sans Mono', Menlo, 'Cascadia Mono', Consolas, 'narrow signs', 'Sarasa Mono SC', 'Noto Sans Mono CJK SC', monospace",
  fontSize: 15,
  scrollback: 0,
  macOptionIsMeta: true,
  theme: { background: "#101613" },
});
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.loadAddon(new Unicode11Addon());
terminal.unicode.activeVersion = "11";
terminal.open(part("terminal"));
fit.fit();
terminal.focus();

// -- the connection

let socket = null, session = sessionStorage.getItem(KEPT) ?? "", rest = FIRST_REST;

function connect() {
  part("over").hidden = true;
  const asked = new URLSearchParams({ session, columns: terminal.cols, rows: terminal.rows });
  const opened = new WebSocket(`ws://${location.host}/terminal?${asked}`);
  opened.binaryType = "arraybuffer";
  let final = false;
  opened.onmessage = (event) => {
    if (event.data instanceof ArrayBuffer) terminal.write(new Uint8Array(event.data));
    else final = hear(JSON.parse(event.data)) || final;
  };
  opened.onclose = () => {
    if (final || opened !== socket) return;
    say(words.lost, true);
    setTimeout(connect, rest);
    rest = Math.min(2 * rest, LONGEST_REST);
  };
  socket = opened;
}

function hear(message) { // whether nothing comes after it
  if (message.session !== undefined) {
    session = message.session;
    sessionStorage.setItem(KEPT, session);
    rest = FIRST_REST;
    say("");
    socket.send(`${terminal.cols}x${terminal.rows}`);
  }
  if (message.open !== undefined) show(message.open, message.name);
  if (message.ended !== undefined) stop(words.ended, words.again);
  if (message.elsewhere) stop(words.elsewhere, words.here);
  if (message.enough) stop(words.enough, words.again);
  if (message.failed !== undefined) stop(`${words.failed} ${message.failed}`, words.again);
  return ["ended", "elsewhere", "enough", "failed"].some((name) => message[name] !== undefined);
}

function stop(why, button) {
  say("");
  part("why").textContent = why;
  part("again").textContent = button;
  part("over").hidden = false;
  part("again").focus();
}

part("again").onclick = () => { terminal.reset(); connect(); terminal.focus(); };

// -- what is typed

const PIECE = 1 << 16; // bytes at once: the server takes no message that is much larger
const bytes = new TextEncoder();
const send = (data) => { if (socket?.readyState === WebSocket.OPEN) socket.send(data); };
const type = (keys) => { for (let at = 0; at < keys.length; at += PIECE) send(keys.subarray(at, at + PIECE)); };
terminal.onData((text) => type(bytes.encode(text)));
terminal.onBinary((text) => type(Uint8Array.from(text, (character) => character.charCodeAt(0))));
terminal.onResize(({ cols, rows }) => send(`${cols}x${rows}`));
new ResizeObserver(() => fit.fit()).observe(part("terminal"));

// -- what comes from the program: a text to copy, a file to look at

terminal.parser.registerOscHandler(52, (data) => {
  const encoded = data.slice(data.indexOf(";") + 1);
  if (encoded === "?") return true; // what is on the clipboard is nobody's business
  const text = new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)));
  navigator.clipboard.writeText(text).catch(() => {});
  return true;
});

function show(address, name) {
  const tab = window.open(address, "_blank");
  if (tab) return;
  const link = document.createElement("a"); // the browser opens no tab unasked: then by a click
  Object.assign(link, { href: address, target: "_blank", textContent: `${words.open} ${name}` });
  say("");
  part("status").append(link);
}

// -- files for the program

async function upload(files) {
  for (const file of files) {
    say(`${words.coming} ${file.name}`);
    try {
      const headers = { "X-File-Name": encodeURIComponent(file.name), "Content-Type": "application/octet-stream" };
      const answer = await fetch(`/files/${session}`, { method: "POST", headers, body: file });
      const result = await answer.json();
      say(answer.ok ? `${words.came} ${result.name}` : result.why, !answer.ok);
    } catch (error) {
      say(`${words.failed} ${file.name}`, true);
    }
  }
  terminal.focus();
}

function say(text, wrong = false) {
  part("status").textContent = text;
  part("status").classList.toggle("wrong", wrong);
}

part("attach").onclick = () => part("files").click();
part("files").onchange = async () => {
  await upload([...part("files").files]);
  part("files").value = "";
};
part("drop").textContent = words.drop;
let within = 0;
addEventListener("dragenter", (event) => { event.preventDefault(); within += 1; part("drop").hidden = false; });
addEventListener("dragleave", () => { within -= 1; part("drop").hidden = within <= 0; });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  within = 0;
  part("drop").hidden = true;
  upload([...event.dataTransfer.files]);
});

connect();
