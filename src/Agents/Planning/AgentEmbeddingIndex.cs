using System.Collections.Concurrent;
using System.Text.Json;
using Orkestron.Agents.Embeddings;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

/// <summary>What agents mean, to find those that are near to a wish. A version is read once; safe from any thread.</summary>
internal sealed class AgentEmbeddingIndex(IEmbedder embedder)
{
    private const int MaxAgents = 5_000;
    private const int MaxNames = 20;

    private readonly ConcurrentDictionary<string, (float[] Does, float[] Gives)> _known = new(StringComparer.Ordinal);

    /// <summary>The agents and how near each is to a wish, -1 to 1, nearest first.</summary>
    public IReadOnlyList<(DirectoryAgent Agent, double Score)> Nearest(
        IReadOnlyList<DirectoryAgent> agents, string wish, CancellationToken stop)
    {
        Learn(agents, stop);
        var vector = embedder.Embed([wish], null, stop)[0];
        return [.. agents
            .Select(agent => (Agent: agent, Score: _known.TryGetValue(Key(agent), out var means)
                ? Math.Max(Vectors.Similarity(means.Does, vector), Vectors.Similarity(means.Gives, vector))
                : -1))
            .OrderByDescending(static each => each.Score)
            .ThenBy(static each => each.Agent.Agent, StringComparer.Ordinal)];
    }

    private void Learn(IReadOnlyList<DirectoryAgent> agents, CancellationToken stop)
    {
        var fresh = agents.Where(agent => !_known.ContainsKey(Key(agent))).ToArray();
        if (fresh.Length == 0)
        {
            return;
        }

        if (_known.Count + fresh.Length > MaxAgents)
        {
            _known.Clear();
            fresh = [.. agents];
        }

        var does = embedder.Embed([.. fresh.Select(static agent => $"{agent.Title}. {agent.Summary}")], null, stop);
        var gives = embedder.Embed(
            [
                .. fresh.Select(
                    static agent => $"{agent.Title}: {string.Join(", ", agent.Skills)}. {string.Join(", ", Names(agent.OutputSchema))}"),
            ],
            null,
            stop);
        for (var i = 0; i < fresh.Length; i++)
        {
            _known[Key(fresh[i])] = (does[i], gives[i]);
        }
    }

    private static string Key(DirectoryAgent agent) => $"{agent.Agent}@{agent.Version}";

    /// <summary>The members that a schema of an object names.</summary>
    private static IEnumerable<string> Names(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Select(static property => property.Name).Take(MaxNames)
            : [];
}
