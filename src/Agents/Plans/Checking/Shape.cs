using System.Text.Json;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>What is known of a value before the plan runs.</summary>
internal abstract record Shape
{
    public static Shape Unknown { get; } = new UnknownShape();

    public static Shape Null { get; } = new LiteralShape(AgentJson.Parse("null"));

    public static Shape Text { get; } = new SchemaShape(Schema.Of(AgentJson.Parse("""{"type":"string"}""")));

    public static Shape Index { get; } = new SchemaShape(Schema.Of(AgentJson.Parse("""{"type":"integer","minimum":0}""")));

    public static Shape Either(params IReadOnlyList<Shape> options) => options.Count == 1 ? options[0] : new UnionShape(options);

    /// <summary>The types it may have.</summary>
    public JsonTypes Types => this switch
    {
        LiteralShape literal => JsonTypeWords.Of(literal.Value),
        ObjectShape => JsonTypes.Object,
        TupleShape or ListShape => JsonTypes.Array,
        ReferredShape referred => referred.Value.Types,
        UnionShape union => union.Options.Aggregate(JsonTypes.None, static (types, each) => types | each.Types),
        SchemaShape schema => schema.Schema.Types() is var types and not JsonTypes.None ? types : JsonTypes.All,
        _ => JsonTypes.All,
    };
}

/// <summary>Anything.</summary>
internal sealed record UnknownShape : Shape;

/// <summary>Any value that is valid against a schema.</summary>
internal sealed record SchemaShape(Schema Schema) : Shape;

/// <summary>This value.</summary>
internal sealed record LiteralShape(JsonElement Value) : Shape;

/// <summary>An object of exactly these members.</summary>
internal sealed record ObjectShape(IReadOnlyDictionary<string, Shape> Members) : Shape;

/// <summary>A list of exactly these items.</summary>
internal sealed record TupleShape(IReadOnlyList<Shape> Items) : Shape;

/// <summary>A list of such items.</summary>
internal sealed record ListShape(Shape Item) : Shape;

/// <summary>One of these.</summary>
internal sealed record UnionShape(IReadOnlyList<Shape> Options) : Shape;

/// <summary>The value of a reference: it is not written where it is used.</summary>
internal sealed record ReferredShape(Shape Value) : Shape;
