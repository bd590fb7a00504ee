// The job as a DBOS workflow: three durable steps, one after the other, behind node's HTTP server. dbos.mjs PORT DATABASE_URL
import { createServer } from "node:http";
import { DBOS } from "@dbos-inc/dbos-sdk";

const job = DBOS.registerWorkflow(
  async () => {
    for (let i = 0; i < 3; i++) {
      await DBOS.runStep(async () => ({}), { name: `step-${i}` });
    }
    return {};
  },
  { name: "job" },
);

DBOS.setConfig({
  name: "bench",
  systemDatabaseUrl: process.argv[3],
  systemDatabasePoolSize: 32,
  logLevel: "error",
  runAdminServer: false,
});
await DBOS.launch();

createServer((request, response) => {
  request.resume().on("end", async () => {
    try {
      const answer = JSON.stringify(await job());
      response.writeHead(200, { "content-type": "application/json" }).end(answer);
    } catch (fault) {
      response.writeHead(500, { "content-type": "text/plain" }).end(String(fault));
    }
  });
}).listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"));
process.stdin.on("end", () => process.exit(0)).resume();
