using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Compiling;
using Orkestron.Schemas.Documents;

namespace Orkestron.Schemas;

/// <summary>
/// A JSON Schema (2020-12; the words of drafts 4 to 2019-09 and of OpenAPI 3.0 are understood), compiled to check
/// values. Numbers are compared exactly. Safe from any thread.
/// </summary>
public sealed class JsonSchema
{
    /// <summary>How deep a schema and a value may go, in levels.</summary>
    public const int MaxSchemaDepth = 32;

    /// <inheritdoc cref="MaxSchemaDepth"/>
    public const int MaxValueDepth = 64;

    // Comparisons of a schema with a part of a value: these, and more for each byte of the value.
    private const long BaseSteps = 1_000_000;
    private const long StepsPerByte = 4;

    private static readonly JsonDocumentOptions SchemaOptions = new() { MaxDepth = MaxSchemaDepth };
    private static readonly JsonDocumentOptions ValueOptions = new() { MaxDepth = MaxValueDepth, AllowDuplicateProperties = false };

    private readonly SchemaNode _root;
    private readonly bool _isOpen;

    private readonly IReadOnlyDictionary<string, SchemaNode> _nodes;

    private JsonSchema(SchemaNode root, bool isOpen, IReadOnlyDictionary<string, SchemaNode> nodes) =>
        (_root, _isOpen, _nodes) = (root, isOpen, nodes);

    /// <summary>Compiles a schema.</summary>
    /// <exception cref="SchemaException">It is invalid, refers to another document, or would take unbounded work.</exception>
    public static JsonSchema Of(ReadOnlyMemory<byte> utf8)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(utf8, SchemaOptions);
            root = document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new SchemaException($"it is not JSON of at most {MaxSchemaDepth} levels (line {fault.LineNumber + 1}).", fault);
        }

        try
        {
            var compiler = new SchemaCompiler(new SchemaDocument(root));
            var node = compiler.Compile(root, "");
            WorkGuard.Check(compiler.Nodes.Values);
            return new JsonSchema(node, compiler.IsOpen, compiler.Nodes);
        }
        catch (InvalidOperationException fault)
        {
            throw new SchemaException("a text in it is no Unicode: it has half of a surrogate pair.", fault);
        }
    }

    /// <summary>Checks a value.</summary>
    /// <param name="utf8">The value, as JSON.</param>
    /// <param name="declaredOnly">Whether members and items that the schema does not declare are left out.</param>
    public Verdict Check(ReadOnlyMemory<byte> utf8, bool declaredOnly = false)
    {
        try
        {
            return Guarded(() =>
            {
                using var document = JsonDocument.Parse(utf8, ValueOptions);
                return Check(document.RootElement, utf8.Length, declaredOnly && _isOpen);
            });
        }
        catch (JsonException fault)
        {
            return Verdict.Of(fault.LineNumber is null || fault.BytePositionInLine is null
                ? $"This is not valid JSON: {fault.Message}"
                : $"This is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).");
        }
    }

    /// <summary>Whether a value fits the subschema at a location; false when there is none that is used.</summary>
    /// <param name="location">A JSON Pointer into the schema; empty for the whole.</param>
    /// <param name="value">The value.</param>
    public bool Fits(string location, JsonElement value) => _nodes.TryGetValue(location, out var node)
        && Guarded(() => new Evaluation(BaseSteps, false).Fits(node, value, null) ? Verdict.Fine : Verdict.Of("")).Faults.Count == 0;

    private Verdict Check(JsonElement value, long bytes, bool projecting)
    {
        var steps = BaseSteps + (StepsPerByte * bytes);
        var evaluated = projecting ? new EvaluatedParts() : null;
        if (new Evaluation(steps, projecting).Fits(_root, value, evaluated))
        {
            return evaluated is not null && Projection.Undeclared(value, evaluated) is { Count: > 0 } undeclared
                ? new Verdict([], undeclared, Projection.Without(value, evaluated))
                : Verdict.Fine;
        }

        var faults = new Evaluation(steps, false).Faults(_root, value);
        return faults.Count > 0 ? new Verdict(faults, [], null) : Verdict.Of("This does not fit the schema.");
    }

    private static Verdict Guarded(Func<Verdict> check)
    {
        try
        {
            return check();
        }
        catch (WorkLimitException)
        {
            return Verdict.Of("This cannot be checked: it takes too long to hold it against the schema. Make it shorter.");
        }
        catch (InvalidOperationException)
        {
            return Verdict.Of("A text in this is no Unicode: it has half of a surrogate pair (\\ud800 to \\udfff). Take it out.");
        }
    }
}
