import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, State } from "vscode-languageclient/node";
import type { Binary } from "./binary";
import { FIGURES_FILES, LANGUAGES } from "./texts";
import type { ServerState } from "./statusText";

/** The language server and the connection to it. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private current: ServerState = "stopped";
  /** Starts and stops follow each other: a client that is starting cannot be stopped. */
  private queue: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeState = this.changed.event;

  constructor(
    private readonly binary: Binary,
    private readonly log: vscode.OutputChannel,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** The server's name and version, once it runs. */
  get version(): string | undefined {
    const info = this.client?.initializeResult?.serverInfo;
    return info && [info.name, info.version].filter(Boolean).join(" ");
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.end());
  }

  dispose(): void {
    this.changed.dispose();
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work);
    return this.queue;
  }

  private async begin(): Promise<void> {
    const program = this.binary.require();
    if (program === undefined) {
      this.become("failed");
      return;
    }
    this.log.appendLine(`Starting ${program}`);
    const client = this.createClient(program);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      // A server that is stopped on purpose is no longer the client's by then.
      if (client === this.client) {
        this.become(STATES[newState]);
      }
    });
    try {
      await client.start();
    } catch (error) {
      this.log.appendLine(`The server did not start: ${String(error)}`);
      this.become("failed");
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.become("stopped");
    try {
      await client?.stop();
    } catch (error) {
      // Nothing is left to stop after a failed start; a hung server is killed by the client.
      this.log.appendLine(`The server did not stop in an orderly way: ${String(error)}`);
    }
  }

  private become(state: ServerState): void {
    this.current = state;
    this.changed.fire();
  }

  private createClient(program: string): LanguageClient {
    const settings = vscode.workspace.getConfiguration("rubricator");
    const options: LanguageClientOptions = {
      documentSelector: [
        ...LANGUAGES.flatMap((language) => [
          { scheme: "file", language },
          { scheme: "untitled", language },
        ]),
        { scheme: "file", pattern: FIGURES_FILES },
      ],
      outputChannel: this.log,
      initializationOptions: settings,
      // Not the settings that a change of starts the server again: it cannot be told any more.
      synchronize: { configurationSection: ["rubricator.inlayHints", "rubricator.formatOnType"] },
    };
    const env = { ...process.env, RUBRICATOR_LOG: settings.get("server.logLevel", "warn") };
    const command = { command: program, args: ["server"], options: { env } };
    return new LanguageClient("rubricator", "Rubricator", command, options);
  }
}

/** A server that ends without being asked has failed, unless the client starts it again. */
const STATES: Record<State, ServerState> = {
  [State.Starting]: "starting",
  [State.Running]: "running",
  [State.Stopped]: "failed",
};
