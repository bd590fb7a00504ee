using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BitFaster.Caching.Lru;
using Orkestron.Schemas;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Documents;

namespace Orkestron.Domain.Schemas;

/// <summary>Checks JSON against JSON Schema. Compiled schemas are kept; safe from any thread.</summary>
internal static class SchemaCheck
{
    private const int MaxSchemas = 2_000;
    private const int MaxNames = 10;

    private static readonly ConcurrentLru<string, JsonSchema> Compiled = new(MaxSchemas);

    // The same manifest comes again and again: its bytes are known without reading them.
    private static readonly ConditionalWeakTable<byte[], JsonSchema> Known = [];

    /// <summary>What is wrong, with JSON Pointers; empty when the value is valid. At most 20 errors.</summary>
    public static ImmutableArray<FieldError> Validate(Payload schema, Payload value) => Judge(schema, value).Errors;

    /// <summary>What is wrong, in one sentence more than by place.</summary>
    public static CheckedValue Judge(Payload schema, Payload value) => Judge(schema, value, false);

    /// <summary>What is wrong, and what is left of the value when only what the schema declares may be seen.</summary>
    public static CheckedValue Declared(Payload schema, Payload value)
    {
        var found = Judge(schema, value, true);
        if (found.Dropped.IsEmpty || Judge(schema, found.Value, false).Errors.IsEmpty)
        {
            return found;
        }

        // It fits only with what may not be seen, for instance by the number of its members: then it is not taken.
        return new CheckedValue(value, [],
            [.. found.Dropped.Take(MaxNames).Select(static path => new FieldError(path, "There is no such field. Leave it out."))])
        { Sentence = $"Leave out what the schema does not name: {string.Join(", ", found.Dropped.Take(MaxNames))}." };
    }

    /// <summary>Whether a schema may be applied: null, or a sentence that says what is wrong. Ask before anything is held against
    /// it.</summary>
    public static string? Fault(Payload schema)
    {
        try
        {
            Schema(schema);
            return null;
        }
        catch (SchemaException fault)
        {
            return $"A schema cannot be taken: {fault.Message}";
        }
    }

    private static CheckedValue Judge(Payload schema, Payload value, bool declaredOnly)
    {
        JsonSchema compiled;
        try
        {
            compiled = Known.GetValue(schema.Utf8, static bytes => Schema(new Payload(bytes)));
        }
        catch (SchemaException fault)
        {
            return new CheckedValue(value, [], [new FieldError("", $"The schema cannot be applied: {fault.Message}")]);
        }

        try
        {
            return Judge(compiled, value, declaredOnly);
        }
        catch (Exception)
        {
            // Whatever breaks here breaks again with the same value: it is refused, and nobody waits for ever.
            return new CheckedValue(value, [], [new FieldError("", "This value could not be checked against the schema.")]);
        }
    }

    private static CheckedValue Judge(JsonSchema compiled, Payload value, bool declaredOnly)
    {
        var verdict = compiled.Check(value.Utf8, declaredOnly);
        return verdict.Faults.Count == 0
            ? new CheckedValue(verdict.Declared is { } declared ? new Payload(declared) : value, [.. verdict.Undeclared], [])
            : new CheckedValue(value, [], [.. verdict.Faults.Select(static fault => new FieldError(fault.Path, fault.Message))])
            { Sentence = Sentence(verdict.Faults[0]) };
    }

    private static string Sentence(Fault fault) => fault.Title.Length > 0 ? $"{fault.Title}: {fault.Message}" : fault.Message;

    private static JsonSchema Schema(Payload schema) =>
        Compiled.GetOrAdd(schema.ToString(), static (_, utf8) => JsonSchema.Of(utf8), schema.Utf8);
}
