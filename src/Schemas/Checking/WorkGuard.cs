using Orkestron.Schemas.Documents;

namespace Orkestron.Schemas.Checking;

/// <summary>Keeps out schemas that hold ever more schemas against the same value: they would harm the node that applies them.</summary>
internal static class WorkGuard
{
    private const long MaxWork = 2_000;

    /// <exception cref="SchemaException">It goes round, or its combinations multiply.</exception>
    public static void Check(IEnumerable<SchemaNode> nodes)
    {
        var known = new Dictionary<SchemaNode, long?>();
        foreach (var node in nodes)
        {
            if (Work(node, known) > MaxWork)
            {
                throw new SchemaException("its combinations (allOf, anyOf, oneOf, $ref) multiply: name what repeats once, and with fewer alternatives.");
            }
        }
    }

    private static long Work(SchemaNode node, Dictionary<SchemaNode, long?> known)
    {
        if (known.TryGetValue(node, out var before))
        {
            return before ?? throw new SchemaException("its references ($ref) go round without going deeper into the value.");
        }

        known[node] = null;
        var work = 1L;
        foreach (var next in node.Rules.SelectMany(static rule => rule.InPlace))
        {
            work = Math.Min(work + Work(next, known), MaxWork + 1);
        }

        known[node] = work;
        return work;
    }
}
