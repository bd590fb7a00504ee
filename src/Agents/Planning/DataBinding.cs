using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orkestron.Agents.Embeddings;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

/// <summary>
/// Joins what is there with what an agent needs: by type first, which must fit, then by the nearness of names. What came last
/// wins over what came before. Not thread-safe.
/// </summary>
internal sealed partial class DataBinding(string goal, IEmbedder embedder, CancellationToken stop, DataBinding? from = null)
{
    private const double SameName = 0.6;
    private const int MaxSources = 200;

    // Inputs that take what the user said in words, when nothing given is meant for them.
    private static readonly HashSet<string> Words =
        new(["query", "question", "prompt", "goal", "instruction", "instructions", "claim", "topic"], StringComparer.OrdinalIgnoreCase);

    private readonly List<Source> _sources = from is null ? [] : [.. from._sources];
    private readonly Dictionary<string, float[]> _words = from?._words ?? new(StringComparer.Ordinal);

    /// <summary>What is there now, for what may come after.</summary>
    public DataBinding Fork() => new(goal, embedder, stop, this);

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

    /// <summary>What a call answers: its members.</summary>
    /// <param name="at">How a plan refers to the answer.</param>
    /// <param name="agent">Who answers.</param>
    /// <param name="round">Which stage of the plan it is, from 1: the latest is preferred.</param>
    public void Answer(string at, DirectoryAgent agent, int round)
    {
        var whole = new SchemaShape(Schema.Of(agent.OutputSchema));
        foreach (var name in ShapeLookup.Names(whole).Where(name => ShapeLookup.Requires(whole.Schema, name)))
        {
            if (_sources.Count < MaxSources && ShapeLookup.Member(whole, name) is { } shape and not UnknownShape)
            {
                _sources.Add(new Source($"{at}/{JsonPointer.Escape(name)}", name, shape, round));
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
                input[name] = Referring(source.Pointer);
            }
            else if (GoalValues.Of(part, name, needed) is { } said)
            {
                input[name] = said;
            }
            else if (required && needed.Types().HasFlag(JsonTypes.Array) && Listed(name, needed, part) is { } list)
            {
                input[name] = list;
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

        Switch(input, whole);
        var faults = 0;
        new Compatibility(agent.Agent, _ => faults++).Check(Shaped(input), Schema.Of(agent.InputSchema), new PlanLocation(""));
        return faults == 0 ? input : null;
    }

    /// <summary>Whether words mean what came before them: "it", "the result".</summary>
    public static bool MeansEarlier(string part) => Meant().IsMatch(part);

    /// <summary>Whether an input has the default labels, which are used when the goal names none.</summary>
    public static bool TakesUsualLabels(JsonObject input) =>
        input["labels"]?.ToJsonString() == Labels(GoalValues.UsualLabels).ToJsonString();

    /// <summary>Whether words of the goal mean what has been answered since: "it", "the result", or an answer by its name.</summary>
    public bool Refers(string part, DataBinding before) => Meant().IsMatch(part)
        || Since(before).Any(source => !before.Has(source.Name) && Mentions(part, source.Name));

    /// <summary>Whether an answer since then is called as something that the agent needs, and nothing was before.</summary>
    public bool Prefers(DirectoryAgent agent, DataBinding before)
    {
        var whole = new SchemaShape(Schema.Of(agent.InputSchema));
        return ShapeLookup.Names(whole).Any(name => ShapeLookup.Requires(whole.Schema, name) && !before.Has(name)
            && ShapeLookup.Member(whole, name) is SchemaShape needed
            && Since(before).Any(source => Named(source, name) && Fits(source, needed.Schema)));
    }

    /// <summary>What an input refers to.</summary>
    public static IReadOnlyList<string> Uses(JsonNode input) =>
        [.. Pointers(input)];

    /// <summary>What an agent needs and nothing gives, as the end of a sentence.</summary>
    public string IsMissing(DirectoryAgent agent, string part)
    {
        var whole = new SchemaShape(Schema.Of(agent.InputSchema));
        var lacking = ShapeLookup.Names(whole).Where(name => ShapeLookup.Requires(whole.Schema, name)
            && ShapeLookup.Member(whole, name) is SchemaShape needed && Best(name, needed.Schema, true, part) is null
            && GoalValues.Of(part, name, needed.Schema) is null && Listed(name, needed.Schema, part) is null
            && !(Words.Contains(name) && needed.Types.HasFlag(JsonTypes.String))).ToArray();
        return lacking.Length == 0 ? "what is there does not fit its input" : $"nothing gives its {string.Join(" and ", lacking)}";
    }

    private Source? Best(string name, Schema needed, bool required, string part)
    {
        Source? best = null;
        var score = double.MinValue;
        foreach (var source in _sources.Where(source => Fits(source, needed)))
        {
            var near = Named(source, name) ? 1 : Vectors.Similarity(Vector(source.Name), Vector(name));
            // An optional input is filled only by its own name; a needed one by what fits, the latest first.
            // Nor is any text a program.
            if (near < (required && !Coverage.IsCode(name) ? 0 : 0.99) || (required && near < SameName && Words.Contains(name)))
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

    private IEnumerable<Source> Since(DataBinding before) => _sources.Skip(before._sources.Count);

    private bool Has(string name) => _sources.Exists(source => Named(source, name));

    private static bool Named(Source source, string name) => string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase);

    private static bool Mentions(string part, string name)
    {
        var words = GoalWords.Of(Spoken(name)).Select(GoalWords.Stem).ToArray();
        var said = GoalWords.Of(part).Select(GoalWords.Stem).ToArray();
        return words.Length > 0 && Enumerable.Range(0, Math.Max(0, said.Length - words.Length + 1))
            .Any(at => said.AsSpan(at, words.Length).SequenceEqual(words));
    }

    private static bool Fits(Source source, Schema needed)
    {
        var faults = 0;
        new Compatibility("", _ => faults++).Check(new ReferredShape(source.Shape), needed, new PlanLocation(""));
        return faults == 0;
    }

    private Shape Shaped(JsonNode? value) => value switch
    {
        JsonObject reference when reference.Count == 1 && reference[PlanTemplate.Reference] is JsonValue pointer =>
            Pointed(pointer.GetValue<string>()),
        JsonObject members => new ObjectShape(members.ToDictionary(static member => member.Key, member => Shaped(member.Value))),
        JsonArray items => new TupleShape([.. items.Select(Shaped)]),
        _ => new LiteralShape(JsonSerializer.SerializeToElement(value)),
    };

    // A source, or an item of one.
    private Shape Pointed(string pointer)
    {
        var source = _sources.Find(source => source.Pointer == pointer)
            ?? _sources.Find(source => pointer.StartsWith($"{source.Pointer}/", StringComparison.Ordinal))!;
        return source.Pointer == pointer
            ? source.Shape
            : ShapeLookup.Member(source.Shape, pointer[(source.Pointer.Length + 1)..]) ?? Shape.Unknown;
    }

    private static JsonObject Referring(string pointer) => new() { [PlanTemplate.Reference] = pointer };

    private static IEnumerable<string> Pointers(JsonNode? node) => node switch
    {
        JsonObject reference when reference.Count == 1 && reference[PlanTemplate.Reference] is JsonValue pointer =>
            [pointer.GetValue<string>()],
        JsonObject members => members.SelectMany(static member => Pointers(member.Value)),
        JsonArray items => items.SelectMany(Pointers),
        _ => [],
    };

    private float[] Vector(string name)
    {
        if (!_words.TryGetValue(name, out var vector))
        {
            _words[name] = vector = embedder.Embed([Spoken(name)], null, stop)[0];
        }

        return vector;
    }

    // Names are words: someFieldName is embedded as "some field name".
    public static string Spoken(string name) =>
        string.Concat(name.Select(static c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c is '_' or '-' ? " " : c.ToString()));

    [GeneratedRegex(@"\b(?:it|them|the\s+(?:results?|answers?|outputs?|outcome))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meant();

    /// <param name="Pointer">How a plan refers to it.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Shape">What is known of it.</param>
    /// <param name="Round">0 for what was given, then by stage.</param>
    private sealed record Source(string Pointer, string Name, Shape Shape, int Round);
}
