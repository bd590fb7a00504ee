using System.Text.Json;

namespace Orkestron.Schemas.Checking;

/// <summary>The check of one keyword.</summary>
internal abstract class Rule
{
    /// <summary>The schemas that it applies to the same value.</summary>
    public virtual IEnumerable<SchemaNode> InPlace => [];

    /// <summary>Whether a value fits. Otherwise a fault is reported, when faults are collected.</summary>
    public abstract bool Check(JsonElement value, in RuleContext context);
}
