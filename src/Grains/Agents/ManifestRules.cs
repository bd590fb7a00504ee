using System.Text.RegularExpressions;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Grains.Agents;

/// <summary>What a manifest must be. Pure.</summary>
internal static partial class ManifestRules
{
    public static Refusal? Refuse(AgentManifest manifest, string key)
    {
        if (manifest.Key != key || !Provider().IsMatch(manifest.Provider) || !Name().IsMatch(manifest.Name))
        {
            return No("A provider has 2 to 40, a name 2 to 60 lower-case letters, digits and hyphens.");
        }

        if (manifest.Title.Length is 0 or > 80 || manifest.Summary.Length is 0 or > 400)
        {
            return No("A title has 1 to 80 characters, a summary 1 to 400.");
        }

        if (manifest.Kind is not ("worker" or "orchestrator" or "reviewer"))
        {
            return No("A kind is worker, orchestrator or reviewer.");
        }

        if (manifest.Skills.Length > 20 || manifest.Examples.Length is 0 or > 20)
        {
            return No("An agent has at most 20 skills, and 1 to 20 examples.");
        }

        if (manifest.Recipient?.Length is 0 or > 253)
        {
            return No("Who else is sent the input is named with 1 to 253 characters.");
        }

        if (manifest.MaxConcurrency is < 1 or > 1_000 || manifest.Timeout <= TimeSpan.Zero)
        {
            return No("An agent takes 1 to 1,000 runs at once, each with a time limit.");
        }

        var price = manifest.Price;
        if (price.PerCallMicro < 0 || price.PerThousandMicro < 0 || price.CallBudgetMicro < 0)
        {
            return No("A price is not below zero.");
        }

        if ((SchemaCheck.Fault(manifest.InputSchema) ?? SchemaCheck.Fault(manifest.OutputSchema)) is { } fault)
        {
            return No($"A schema is not valid JSON Schema 2020-12: {fault}");
        }

        foreach (var example in manifest.Examples)
        {
            var errors = SchemaCheck.Validate(manifest.InputSchema, example.Input);
            if (errors.Length > 0)
            {
                return No($"The example '{example.Title}' does not fit the input schema: {errors[0].Path} {errors[0].Message}");
            }
        }

        return null;
    }

    public static bool Same(AgentManifest left, AgentManifest right) =>
        left.Version == right.Version
        && left.Title == right.Title
        && left.Summary == right.Summary
        && left.Kind == right.Kind
        && left.Price == right.Price
        && left.Country == right.Country
        && left.MaxConcurrency == right.MaxConcurrency
        && left.Timeout == right.Timeout
        && left.MaxInputBytes == right.MaxInputBytes
        && left.Transport == right.Transport
        && left.Recipient == right.Recipient
        && left.Skills.SequenceEqual(right.Skills)
        && left.InputSchema.Utf8.AsSpan().SequenceEqual(right.InputSchema.Utf8)
        && left.OutputSchema.Utf8.AsSpan().SequenceEqual(right.OutputSchema.Utf8)
        && left.Examples.Length == right.Examples.Length
        && left.Examples.Zip(right.Examples).All(static pair =>
            pair.First.Title == pair.Second.Title
            && pair.First.Input.Utf8.AsSpan().SequenceEqual(pair.Second.Input.Utf8));

    private static Refusal No(string detail) => Orkestron.GrainInterfaces.Refuse.With(RefusalCode.Invalid, detail);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Provider();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
