using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestron.Agents.Embeddings;
using Orkestron.Agents.Orchestration.Checking;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Orchestration.Planning;

/// <summary>
/// Joins what is there with what an agent needs: by type first, which must fit, then by the nearness of names. What came last
/// wins over what came before. Not thread-safe.
/// </summary>
internal sealed class Wiring(string goal, IEmbedder embedder, CancellationToken stop)
{
    private const double SameName = 0.6;
    private const int MaxSources = 200;

    // Inputs that take what the user said in words, when nothing given is meant for them.
    private static readonly HashSet<string> Words =
        new(["query", "question", "prompt", "goal", "instruction", "instructions", "claim", "topic"], StringComparer.OrdinalIgnoreCase);

    private readonly List<Source> _sources = [];
    private readonly Dictionary<string, float[]> _words = new(StringComparer.Ordinal);

    /// <summary>What the task's owner gave.</summary>
    public void Give(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in given.EnumerateObject().Take(50))
        {
            _sources.Add(new Source($"/input/{JsonPointer.Escape(member.Name)}", member.Name, new LiteralShape(member.Value), 0));
        }
    }

    /// <summary>What a step answers: its members, those of its objects, and the texts in its lists one by one.</summary>
    public void Answer(string id, DirectoryAgent agent)
    {
        var round = _sources.Count == 0 ? 1 : _sources.Max(static source => source.Round) + 1;
        var whole = new SchemaShape(Schema.Of(agent.OutputSchema));
        foreach (var name in ShapeLookup.Names(whole).Where(name => ShapeLookup.Requires(whole.Schema, name)))
        {
            if (_sources.Count < MaxSources && ShapeLookup.Member(whole, name) is { } shape and not UnknownShape)
            {
                _sources.Add(new Source($"/steps/{id}/{JsonPointer.Escape(name)}", name, shape, round));
            }
        }
    }

    /// <summary>An input that the agent takes, or null when something it needs is not there.</summary>
    public JsonNode? InputOf(DirectoryAgent agent, string part)
    {
        var whole = new SchemaShape(Schema.Of(agent.InputSchema));
        if (!whole.Types.HasFlag(JsonTypes.Object))
        {
            return null;
        }

        var input = new JsonObject();
        foreach (var name in ShapeLookup.Names(whole))
        {
            if (ShapeLookup.Member(whole, name) is not SchemaShape { Schema: var needed })
            {
                continue;
            }

            var required = ShapeLookup.Requires(whole.Schema, name);
            if (Best(name, needed, required, part) is { } source)
            {
                input[name] = new JsonObject { [PlanTemplate.Reference] = source.Pointer };
            }
            else if (required && Words.Contains(name) && needed.Types().HasFlag(JsonTypes.String))
            {
                input[name] = part.Length > 0 ? part : goal;
            }
            else if (required)
            {
                return null;
            }
        }

        var faults = 0;
        new Fit(agent.Agent, _ => faults++).Check(Shaped(input), Schema.Of(agent.InputSchema), new Place(""));
        return faults == 0 ? input : null;
    }

    /// <summary>What an agent needs and nothing gives, as the end of a sentence.</summary>
    public string Lacks(DirectoryAgent agent, string part)
    {
        var whole = new SchemaShape(Schema.Of(agent.InputSchema));
        var lacking = ShapeLookup.Names(whole).Where(name => ShapeLookup.Requires(whole.Schema, name)
            && ShapeLookup.Member(whole, name) is SchemaShape needed && Best(name, needed.Schema, true, part) is null
            && !(Words.Contains(name) && needed.Types.HasFlag(JsonTypes.String))).ToArray();
        return lacking.Length == 0 ? "what is there does not fit its input" : $"nothing gives its {string.Join(" and ", lacking)}";
    }

    private Source? Best(string name, Schema needed, bool required, string part)
    {
        Source? best = null;
        var score = double.MinValue;
        foreach (var source in _sources.Where(source => Fits(source, needed)))
        {
            var near = string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase) ? 1 : Vectors.Similarity(Vector(source.Name), Vector(name));
            // An optional input is filled only by its own name; a needed one by what fits, the latest first.
            if (near < (required ? 0 : 0.99) || (required && near < SameName && Words.Contains(name)))
            {
                continue;
            }

            // Between answers of one step the wish's own words decide: "the keywords of the summary".
            var total = source.Round + (0.4 * near) + (0.4 * Vectors.Similarity(Vector(source.Name), Vector(part)));
            if (total > score)
            {
                (best, score) = (source, total);
            }
        }

        return best;
    }

    private static bool Fits(Source source, Schema needed)
    {
        var faults = 0;
        new Fit("", _ => faults++).Check(new ReferredShape(source.Shape), needed, new Place(""));
        return faults == 0;
    }

    private ObjectShape Shaped(JsonObject input) => new(input.ToDictionary(
        static member => member.Key,
        member => member.Value is JsonObject reference
            ? _sources.First(source => source.Pointer == reference[PlanTemplate.Reference]!.GetValue<string>()).Shape
            : new LiteralShape(JsonSerializer.SerializeToElement(member.Value))));

    // Names are words: someFieldName is told to the model as "some field name".
    private float[] Vector(string name)
    {
        if (!_words.TryGetValue(name, out var vector))
        {
            var words = string.Concat(name.Select(static c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c is '_' or '-' ? " " : c.ToString()));
            _words[name] = vector = embedder.Embed([words], null, stop)[0];
        }

        return vector;
    }

    /// <param name="Pointer">How a plan refers to it.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Shape">What is known of it.</param>
    /// <param name="Round">0 for what was given, then by step.</param>
    private sealed record Source(string Pointer, string Name, Shape Shape, int Round);
}
