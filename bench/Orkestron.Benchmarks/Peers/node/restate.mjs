// The job as a Restate service: three durable steps, one after the other. restate.mjs PORT
import * as restate from "@restatedev/restate-sdk";

// Restate's library is made for Node 22; this is what Node 20 lacks of it.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};

const job = restate.service({
  name: "job",
  handlers: {
    run: async (ctx) => {
      for (let i = 0; i < 3; i++) {
        await ctx.run(`step-${i}`, () => ({}));
      }
      return {};
    },
  },
});

await restate.serve({ services: [job], port: Number(process.argv[2]) });
console.log("ready");
process.stdin.on("end", () => process.exit(0)).resume();
