using System.ComponentModel;
using Orkestron.Sdk;

// The smallest provider: a description, two records and a function.
var provider = Environment.GetEnvironmentVariable("ORKESTRON_PROVIDER") ?? "acme";

await OrkestronProvider.Create(args)
    .AddAgent<EchoInput, EchoOutput>(
        new AgentDescription
        {
            Agent = $"{provider}/echo",
            Title = "Echo",
            Summary = "Repeats your text, with its length.",
            Country = "DE",
            Skills = ["echo"],
            PricePerCall = 0.001m,
            Examples = { ["A greeting"] = new EchoInput("Good morning.") },
        },
        (input, context, stop) => Task.FromResult(new EchoOutput(input.Text, input.Text.Length)))
    .RunAsync();

public sealed record EchoInput([property: Description("What to say again.")] string Text);

public sealed record EchoOutput(string Text, int Characters);
