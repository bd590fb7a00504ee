using System.Text.RegularExpressions;
using Orkestron.Contracts.Plans;
using Orkestron.Domain.Schemas;

namespace Orkestron.Domain.Agents;

/// <summary>What a manifest must be. Pure.</summary>
internal static partial class ManifestRules
{
    private const int MaxInput = 4_194_304;
    private const int MaxSchema = 65_536;
    private const int MaxExamples = 1_048_576;
    private const int MaxCalls = 12_800;
    private const long MaxPriceMicro = 1_000_000_000_000;

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(24);

    public static Refusal? Refuse(AgentManifest manifest, string key)
    {
        if (manifest.Key != key || !ProviderNames.IsName(manifest.Provider) || !Name().IsMatch(manifest.Name))
        {
            return No("A provider has 2 to 40, a name 2 to 60 lower-case letters, digits and hyphens.");
        }

        if (manifest.Title.Length is 0 or > 80 || manifest.Summary.Length is 0 or > 400)
        {
            return No("A title has 1 to 80 characters, a summary 1 to 400.");
        }

        if (!Version().IsMatch(manifest.Version) || !Country().IsMatch(manifest.Country))
        {
            return No("A version has 1 to 60 letters, digits and . + - like 1.0.0; a country is a code like DE.");
        }

        if (manifest.Kind is not ("worker" or "orchestrator" or "reviewer"))
        {
            return No("A kind is worker, orchestrator or reviewer.");
        }

        if (manifest.Skills.Any(static skill => skill.Length is 0 or > 40)
            || manifest.Examples.Any(static example => example.Title.Length is 0 or > 80))
        {
            return No("A skill has 1 to 40 characters, an example's title 1 to 80.");
        }

        if (manifest.Skills.Length > 20 || manifest.Examples.Length is 0 or > 20)
        {
            return No("An agent has at most 20 skills, and 1 to 20 examples.");
        }

        if ((manifest.Plan is not null) != (manifest.Transport == AgentTransports.Plan)
            || manifest.Plan?.Length > PlanSchema.MaxPlanBytes || (!manifest.Calls.IsDefault && manifest.Calls.Length > MaxCalls))
        {
            return No($"An agent that is a plan has one, of at most {PlanSchema.MaxPlanBytes:N0} bytes; no other has.");
        }

        if (manifest.Recipient?.Length is 0 or > 253)
        {
            return No("Who else is sent the input is named with 1 to 253 characters.");
        }

        if ((manifest.Transport == AgentTransports.Http) != (manifest.Endpoint is { Length: > 0 and <= 2_048 }))
        {
            return No("An agent over HTTP has an endpoint of at most 2,048 characters, and no other has one.");
        }

        if (manifest.MaxConcurrency is < 1 or > 1_000 || manifest.Timeout <= TimeSpan.Zero
            || manifest.Timeout > MaxTimeout || manifest.MaxInputBytes is < 1 or > MaxInput)
        {
            return No($"An agent takes 1 to 1,000 runs at once, each of up to {MaxTimeout.TotalHours} hours and {MaxInput:N0} bytes.");
        }

        if (manifest.InputSchema.Length > MaxSchema || manifest.OutputSchema.Length > MaxSchema
            || manifest.Examples.Sum(static example => (long)example.Input.Length) > MaxExamples)
        {
            return No($"A schema has at most {MaxSchema:N0} bytes, the examples together {MaxExamples:N0}.");
        }

        var price = manifest.Price;
        if (price.PerCallMicro is < 0 or > MaxPriceMicro || price.PerThousandMicro is < 0 or > MaxPriceMicro
            || price.CallBudgetMicro is < 0 or > MaxPriceMicro)
        {
            return No("A price is 0 to 1,000,000 tokens.");
        }

        if ((SchemaCheck.Fault(manifest.InputSchema) ?? SchemaCheck.Fault(manifest.OutputSchema)) is { } fault)
        {
            return No(fault);
        }

        foreach (var example in manifest.Examples)
        {
            var judged = SchemaCheck.Judge(manifest.InputSchema, example.Input);
            if (!judged.Errors.IsEmpty)
            {
                return No($"The example '{example.Title}' does not fit the input schema: {judged.Errors[0].Path} {judged.Sentence}");
            }
        }

        return null;
    }

    private static Refusal No(string detail) => Orkestron.Domain.Refuse.With(RefusalCode.Invalid, detail);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.+-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Country();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
