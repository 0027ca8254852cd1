export type ServerState = "starting" | "running" | "stopped" | "failed";

/** The active document, if it is one that the server reads. */
export interface Active {
  name: string;
  findings: number;
}

/** What the status item shows, and what it says to those who hear it or point at it. */
export interface StatusText {
  text: string;
  label: string;
}

export function statusText(state: ServerState, active: Active | undefined): StatusText {
  switch (state) {
    case "starting":
      return { text: "$(loading~spin) Rubricator", label: "The server is starting" };
    case "stopped":
      return { text: "$(circle-slash) Rubricator: stopped", label: "The server is stopped" };
    case "failed":
      return { text: "$(error) Rubricator: failed", label: "The server has failed; the log says why" };
    case "running":
      return running(active);
  }
}

function running(active: Active | undefined): StatusText {
  if (active === undefined) {
    return { text: "$(check) Rubricator", label: "The server is running" };
  }
  const { name, findings } = active;
  switch (findings) {
    case 0:
      return { text: "$(check) Rubricator: 0", label: `No findings in ${name}` };
    case 1:
      return { text: "$(warning) Rubricator: 1", label: `1 finding in ${name}` };
    default:
      return { text: `$(warning) Rubricator: ${findings}`, label: `${findings} findings in ${name}` };
  }
}
