// Starts `kamaelia lsp` for graphs, and ends it with the window.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const command = workspace.getConfiguration("kgraph").get("program", "kamaelia");
  client = new LanguageClient(
    "kgraph",
    "Kamaelia graphs",
    { command, args: ["lsp"] },
    { documentSelector: [{ language: "kgraph" }] },
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
