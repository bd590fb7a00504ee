using System.Globalization;
using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>Looks up the shape of a member or an item. Pure.</summary>
internal static class ShapeLookup
{
    // Longer lists that are written out are not checked item by item, so that a check stays short.
    private const int MaxListed = 50;

    /// <summary>The shape of a member; <see cref="Shape.Unknown"/> when nothing is known; null when it surely does not exist.</summary>
    public static Shape? Member(Shape shape, string name)
    {
        switch (shape)
        {
            case LiteralShape literal:
                return Pointer.Find(literal.Value, [JsonPointer.Escape(name)]) is { } value ? new LiteralShape(value) : null;
            case ObjectShape whole:
                return whole.Members.GetValueOrDefault(name);
            case TupleShape tuple:
                return Index(name) is { } index && index < tuple.Items.Count ? tuple.Items[index] : null;
            case ListShape list:
                return Index(name) is null ? null : list.Item;
            case ReferredShape referred:
                return Member(referred.Value, name);
            case UnionShape union:
                var found = union.Options.Select(option => Member(option, name)).OfType<Shape>().ToArray();
                return found.Length == 0 ? null : Shape.Either(found);
            case SchemaShape schema:
                return Member(schema.Schema, name, 0);
            default:
                return Shape.Unknown;
        }
    }

    /// <summary>The items of a list; null when it surely is not a list.</summary>
    public static Shape? Items(Shape shape) => shape switch
    {
        TupleShape { Items.Count: > MaxListed } or LiteralShape { Value.ValueKind: JsonValueKind.Array } when Long(shape) => Shape.Unknown,
        TupleShape tuple => tuple.Items.Count == 0 ? Shape.Unknown : Shape.Either(tuple.Items),
        ListShape list => list.Item,
        LiteralShape { Value.ValueKind: JsonValueKind.Array } literal => literal.Value.GetArrayLength() == 0
            ? Shape.Unknown
            : Shape.Either([.. literal.Value.EnumerateArray().Select(static each => (Shape)new LiteralShape(each))]),
        ReferredShape referred => Items(referred.Value),
        UnionShape union => union.Options.Select(Items).OfType<Shape>().ToArray() is { Length: > 0 } some ? Shape.Either(some) : null,
        _ when !shape.Types.HasFlag(JsonTypes.Array) => null,
        SchemaShape schema => Items(schema.Schema, null),
        _ => Shape.Unknown,
    };

    /// <summary>Whether a value of this schema always has the member.</summary>
    public static bool Requires(Schema schema, string name) => schema.Together().Any(each =>
        each.Word("required") is { ValueKind: JsonValueKind.Array } required
        && required.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(name)));

    /// <summary>The members that are known by name.</summary>
    public static IReadOnlyList<string> Names(Shape shape) => shape switch
    {
        LiteralShape { Value.ValueKind: JsonValueKind.Object } literal =>
            [.. literal.Value.EnumerateObject().Select(static each => each.Name)],
        ObjectShape whole => [.. whole.Members.Keys],
        ReferredShape referred => Names(referred.Value),
        UnionShape union => [.. union.Options.SelectMany(Names).Distinct()],
        SchemaShape schema => [.. schema.Schema.Together()
            .SelectMany(static each => each.Word("properties") is { ValueKind: JsonValueKind.Object } properties
                ? properties.EnumerateObject().Select(static property => property.Name)
                : [])
            .Distinct()],
        _ => [],
    };

    private static Shape? Member(Schema schema, string name, int depth)
    {
        var types = schema.Types();
        if (depth > 8 || types == JsonTypes.None)
        {
            return Shape.Unknown;
        }

        if (!types.HasFlag(JsonTypes.Object))
        {
            return types.HasFlag(JsonTypes.Array) && Index(name) is { } index ? Items(schema, index) : null;
        }

        Shape? said = null;
        var closed = false;
        foreach (var each in schema.Together())
        {
            if (Property(each, name) is { } property)
            {
                // Of schemas that hold together, the first that declares the member decides.
                said = said is null or UnknownShape ? new SchemaShape(property) : said;
                continue;
            }

            foreach (var choice in each.Choices())
            {
                var found = choice.Select(one => Member(one, name, depth + 1)).OfType<Shape>().ToArray();
                closed |= found.Length == 0;
                said ??= found.Length == 0 ? null : Shape.Either(found);
            }

            closed |= each.Word("additionalProperties") is { ValueKind: JsonValueKind.False } && !ByPattern(each);
        }

        return said is not null and not UnknownShape ? said : closed && said is null ? null : Shape.Unknown;
    }

    private static Schema? Property(Schema schema, string name) =>
        schema.Word("properties") is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty(name, out var property)
            ? schema.At(property)
            : null;

    private static bool ByPattern(Schema schema) => schema.Word("patternProperties") is { ValueKind: JsonValueKind.Object };

    private static Shape? Items(Schema schema, int? index)
    {
        foreach (var each in schema.Together())
        {
            var first = each.Listed("prefixItems").ToArray();
            if (index is { } i && i < first.Length)
            {
                return new SchemaShape(first[i]);
            }

            if (each.Word("items") is { } items)
            {
                return items.ValueKind == JsonValueKind.False
                    ? first.Length > 0 && index is null ? Shape.Either([.. first.Select(static one => (Shape)new SchemaShape(one))]) : null
                    : first.Length > 0 && index is null ? Shape.Unknown : new SchemaShape(each.At(items));
            }
        }

        return Shape.Unknown;
    }

    private static bool Long(Shape shape) =>
        (shape is LiteralShape literal ? literal.Value.GetArrayLength() : ((TupleShape)shape).Items.Count) > MaxListed;

    private static int? Index(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
