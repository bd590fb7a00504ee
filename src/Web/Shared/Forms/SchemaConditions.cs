using System.Text;
using System.Text.Json;
using Orkestron.Schemas;

namespace Orkestron.Web.Shared.Forms;

/// <summary>Whether a conditional part of a schema applies.</summary>
internal enum Applies
{
    /// <summary>Unknown, because the schema cannot be evaluated.</summary>
    Unknown,

    /// <summary>The value is not known yet.</summary>
    NotYet,

    Yes,

    No,
}

/// <summary>
/// Evaluates which conditional parts of the schemas apply to one value, and records the answers. Not thread-safe.
/// </summary>
/// <param name="schema">The whole schema, compiled when it is needed; null when it cannot be.</param>
/// <param name="value">The value; null when it is not known yet.</param>
internal sealed class SchemaConditions(Lazy<JsonSchema?> schema, JsonElement? value)
{
    private readonly StringBuilder _answers = new();

    /// <summary>The recorded answers, one character each; empty when there were no questions.</summary>
    public string Answers => _answers.ToString();

    /// <summary>Whether the value fits the schema of an <c>if</c>, given by its pointer.</summary>
    public Applies Fits(string place) => Record(value is not { } known ? Applies.NotYet
        : schema.Value is not { } compiled ? Applies.Unknown
        : compiled.Fits(place, known) ? Applies.Yes : Applies.No);

    /// <summary>Whether the value has a member.</summary>
    public Applies Has(string member) => Record(value is not { } known ? Applies.NotYet
        : known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member, out _) ? Applies.Yes : Applies.No);

    private Applies Record(Applies answer)
    {
        _answers.Append(answer switch { Applies.Yes => '1', Applies.No => '0', _ => '-' });
        return answer;
    }
}
