using System.Text.Json;

namespace Orkestron.Schemas.Checking;

/// <summary>What one word of a schema demands.</summary>
internal abstract class Rule
{
    /// <summary>The schemas that it holds against the same value.</summary>
    public virtual IEnumerable<SchemaNode> InPlace => [];

    /// <summary>Whether a value does what is demanded; otherwise it is told, when faults are told.</summary>
    public abstract bool Check(JsonElement value, in RuleContext context);
}
