using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Orkestron.Contracts.Artifacts;
using Orkestron.GrainInterfaces;

namespace Orkestron.Grains.Agents;

/// <summary>Checks JSON against JSON Schema 2020-12. Compiled schemas are kept; safe from any thread.</summary>
internal static class SchemaCheck
{
    private const int MaxErrors = 20;
    private const int MaxSchemas = 2_000;
    private const string TooLarge = "It has a number that is too large to be checked: numbers have at most 28 digits.";

    private static readonly ConcurrentDictionary<string, JsonSchema> Compiled = new(StringComparer.Ordinal);

    // The same manifest comes again and again: its bytes are known without reading them.
    private static readonly ConditionalWeakTable<byte[], JsonSchema> Known = [];

    // Registered once, before a schema is applied.
    private static readonly bool Formats = Register();

    private static readonly EvaluationOptions Verdict = Telling(OutputFormat.Flag);
    private static readonly EvaluationOptions Options = Telling(OutputFormat.List);

    /// <summary>What is wrong, with JSON Pointers; empty when the value is valid. At most 20 errors.</summary>
    public static ImmutableArray<FieldError> Validate(Payload schema, Payload value)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(value.Utf8, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException fault)
        {
            return [new FieldError("", $"This is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).")];
        }

        try
        {
            return Evaluate(schema, node);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return [new FieldError("", TooLarge)];
        }
        catch (Exception fault) when (fault is RegexMatchTimeoutException or JsonSchemaException or InvalidOperationException)
        {
            return [new FieldError("", $"The schema could not be applied to this value: {fault.GetType().Name}.")];
        }
    }

    private static ImmutableArray<FieldError> Evaluate(Payload schema, JsonNode? node)
    {
        var compiled = Known.GetValue(schema.Utf8, static bytes => Schema(new Payload(bytes)));
        if (compiled.Evaluate(node, Verdict).IsValid)
        {
            return [];
        }

        var results = compiled.Evaluate(node, Options);
        var errors = (results.Details ?? [])
            .Where(static detail => detail.Errors is { Count: > 0 })
            .SelectMany(static detail => detail.Errors!.Select(error =>
                new FieldError(
                    detail.InstanceLocation.ToString(),
                    SchemaWording.Of(error.Key, detail.EvaluationPath.ToString(), error.Value))))
            .Distinct()
            .Take(MaxErrors)
            .ToImmutableArray();
        return errors.Length > 0 ? errors : [new FieldError("", "The value does not fit the schema.")];
    }

    /// <summary>Whether a schema may be applied: null, or a sentence that says what is wrong. Ask before anything is held against it.</summary>
    public static string? Fault(Payload schema)
    {
        // First: to compile or apply a harmful one may end the process.
        if (SchemaGuard.Fault(schema) is { } danger)
        {
            return $"A schema cannot be taken: {danger}";
        }

        try
        {
            Schema(schema).Evaluate(null, Options);
            return null;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return $"A schema cannot be taken: {TooLarge}";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or JsonSchemaException)
        {
            return $"A schema is not valid JSON Schema 2020-12: {fault.Message}";
        }
    }

    private static bool Register()
    {
        Json.Schema.Formats.Register(new PredicateFormat(
            ArtifactReference.Format,
            static (JsonNode? node, out string? fault) =>
            {
                var text = node is JsonValue value && value.TryGetValue<string>(out var read) ? read : null;
                fault = text is null || ArtifactReference.TryRead(text, out _) ? null : "A file is named by artifact: and its id.";
                return fault is null;
            }));
        return true;
    }

    private static EvaluationOptions Telling(OutputFormat format) => new()
    {
        OutputFormat = format,
        EvaluateAs = SpecVersion.Draft202012,
        RequireFormatValidation = true,
    };

    private static JsonSchema Schema(Payload schema)
    {
        var text = schema.ToString();
        if (Compiled.TryGetValue(text, out var known))
        {
            return known;
        }

        if (Compiled.Count >= MaxSchemas)
        {
            Compiled.Clear();
        }

        return Compiled.GetOrAdd(text, static source => JsonSchema.FromText(source));
    }
}
