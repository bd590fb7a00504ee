using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Embeddings;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Classification;

/// <summary>Gives each text the label whose description or examples are nearest in meaning.</summary>
internal sealed class ClassifierAgent(IEmbedder embedder, WorkGate gate) : IAgent
{
    public AgentCard Card => ClassifierCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<ClassifierInput>(input);
        var texts = Texts(request.Texts, "texts", 1, ClassifierCard.MaxTexts, ClassifierCard.MaxCharacters);
        var labels = Labels(request.Labels ?? []);
        if (request.MinimumScore is not (>= -1 and <= 1))
        {
            throw new AgentRefusedException("`minimumScore` must be between -1 and 1.") { Code = "invalid_input" };
        }

        return gate.RunAsync(
            () => Classify(texts, labels, request.MinimumScore, context, cancellationToken), cancellationToken);
    }

    private JsonElement Classify(
        List<string> texts, List<Label> labels, double minimum, IAgentContext context, CancellationToken cancellationToken)
    {
        var prototypes = labels.SelectMany(static label => label.Prototypes).ToList();
        var total = prototypes.Count + texts.Count;
        var vectors = embedder.Embed(
            [.. prototypes, .. texts],
            done => context.Progress(95.0 * done / total, $"Read {Math.Max(0, done - prototypes.Count)} of {texts.Count} texts"),
            cancellationToken);
        var classified = texts.Select((_, i) => Choose(i, vectors[prototypes.Count + i], labels, vectors, minimum)).ToList();
        foreach (var text in classified)
        {
            context.Write($"{text.Index + 1}. {text.Label ?? "(none)"}\n");
        }

        context.Progress(100, $"Labelled {classified.Count(static c => c.Label is not null)} of {texts.Count} texts");
        var counts = labels.ToDictionary(static l => l.Name, l => classified.Count(c => c.Label == l.Name), StringComparer.Ordinal);
        return AgentJson.Answer(new ClassifierAnswer(classified, counts));
    }

    // The nearest meaning of a label counts, not their middle: examples of one class may lie far apart.
    private static ClassifiedText Choose(int index, float[] text, List<Label> labels, float[][] vectors, double minimum)
    {
        var scores = new List<LabelScore>(labels.Count);
        var from = 0;
        foreach (var label in labels)
        {
            var nearest = vectors.AsSpan(from, label.Prototypes.Count).ToArray().Max(v => Vectors.Similarity(v, text));
            scores.Add(new LabelScore(label.Name, Math.Clamp(Math.Round(nearest, 4), -1, 1)));
            from += label.Prototypes.Count;
        }

        var ranked = scores.OrderByDescending(static s => s.Score).ToList();
        return new ClassifiedText(
            index,
            ranked[0].Score >= minimum ? ranked[0].Label : null,
            Math.Round(ranked[0].Score - ranked[1].Score, 4),
            ranked);
    }

    private static List<Label> Labels(IReadOnlyList<ClassifierLabel?> given)
    {
        Check.Between(given.Count, "labels", 2, ClassifierCard.MaxLabels);
        var labels = given.Select((label, i) =>
        {
            var name = Check.Text(label?.Name, $"labels[{i}].name", ClassifierCard.MaxName).Trim();
            var description = string.IsNullOrWhiteSpace(label!.Description)
                ? name
                : $"{name}: {Check.Text(label.Description, $"labels[{i}].description", ClassifierCard.MaxDescription)}";
            return new Label(
                name,
                [
                    description,
                    .. Texts(label.Examples ?? [], $"labels[{i}].examples", 0, ClassifierCard.MaxExamples, ClassifierCard.MaxExample),
                ]);
        }).ToList();
        return labels.DistinctBy(static l => l.Name, StringComparer.OrdinalIgnoreCase).Count() == labels.Count
            ? labels
            : throw new AgentRefusedException("Two labels have the same name; give each its own.") { Code = "invalid_input" };
    }

    private static List<string> Texts(IReadOnlyList<string?>? given, string field, int min, int max, int maxLength)
    {
        Check.Between(given?.Count ?? 0, $"The number of {field}", min, max);
        return [.. given!.Select((text, i) => Check.Text(text, $"{field}[{i}]", maxLength))];
    }

    private sealed record Label(string Name, IReadOnlyList<string> Prototypes);
}
