using System.Text;
using System.Text.Json;
using Orkestron.Schemas;

namespace Orkestron.Web.Shared.Forms;

/// <summary>Whether a part of a schema applies.</summary>
internal enum Applies
{
    /// <summary>That cannot be told: the schema cannot be held against a value.</summary>
    Unknown,

    /// <summary>The value is not known yet.</summary>
    NotYet,

    Yes,

    No,
}

/// <summary>
/// Tells of one value which conditional parts of its schemas apply, and remembers what it was asked. Not safe from several
/// threads.
/// </summary>
/// <param name="schema">The whole schema, compiled when it is needed; null when it cannot be.</param>
/// <param name="value">The value; null when it is not known yet.</param>
internal sealed class SchemaConditions(Lazy<JsonSchema?> schema, JsonElement? value)
{
    private readonly StringBuilder _answers = new();

    /// <summary>What was told, a sign for each question; empty when nothing was asked.</summary>
    public string Answers => _answers.ToString();

    /// <summary>Whether the value fits the schema at a place: of an <c>if</c>.</summary>
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
