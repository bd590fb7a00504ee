using Orkestron.Schemas.Documents;

namespace Orkestron.Schemas.Checking;

/// <summary>Refuses schemas whose check would take unbounded work: references in a circle, or combinations that multiply.</summary>
internal static class WorkGuard
{
    private const long MaxWork = 2_000;

    /// <exception cref="SchemaException">Its references form a circle, or its combinations multiply.</exception>
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
