using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk;

await OrkestronProvider.Create(args).AddAgent<CountAgent>().RunAsync();

/// <summary>Tells watchers how far it is, and lets them read along while it writes.</summary>
public sealed class CountAgent : Agent<CountInput, CountOutput>
{
    protected override AgentDescription Describe() => new()
    {
        Agent = $"{Environment.GetEnvironmentVariable("ORKESTRON_PROVIDER") ?? "acme"}/count",
        Title = "Count aloud",
        Summary = "Counts to a number, aloud, with a pause after each.",
        Country = "DE",
        Skills = ["counting", "streaming"],
        PricePerCall = 0.002m,
        Examples = { ["To ten"] = new CountInput(10, 200) },
    };

    public override async Task<CountOutput> RunAsync(CountInput input, IAgentContext context, CancellationToken cancellationToken)
    {
        for (var i = 1; i <= input.To; i++)
        {
            context.Progress(100.0 * i / input.To, $"{i} of {input.To}");
            context.Write($"{i} ");
            // Cancelled when the user cancels the task: the agent simply stops here.
            await Task.Delay(TimeSpan.FromMilliseconds(input.PauseMilliseconds), context.Clock, cancellationToken);
        }

        return new CountOutput(input.To, input.To * (input.To + 1) / 2);
    }
}

public sealed record CountInput(
    [property: Description("Where to stop."), Range(1, 1000)] int To,
    [property: Description("The pause after each number, in milliseconds."), Range(0, 5000)] int PauseMilliseconds);

public sealed record CountOutput(int Counted, int Sum);
