using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestron.Contracts.Messages;

/// <summary>
/// Whom a message is for: the step that called this one, a step that this one called, or one that the same step called.
/// </summary>
public readonly partial record struct MessageTo
{
    private const string StepPrefix = "step:";
    private const string RolePrefix = "role:";
    private const string ParentWord = "parent";

    private MessageTo(string text) => Text = text;

    /// <summary>As it travels: <c>parent</c>, <c>step:3</c> or <c>role:critic</c>.</summary>
    public string Text { get; }

    /// <summary>The step that called this one.</summary>
    public static MessageTo Parent { get; } = new(ParentWord);

    /// <summary>A step by its number.</summary>
    public static MessageTo Step(int stepId) => new(StepPrefix + stepId.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The first step that asks for messages in this role: the one that its call names, or the agent's provider and name. The
    /// step may begin later than the message is sent.
    /// </summary>
    public static MessageTo Role(string role) => new(RolePrefix + role);

    /// <summary>The number of the step, when it is named by that.</summary>
    public int? StepId => Text.StartsWith(StepPrefix, StringComparison.Ordinal)
        ? int.Parse(Text.AsSpan(StepPrefix.Length), CultureInfo.InvariantCulture)
        : null;

    /// <summary>The role, when the step is named by that.</summary>
    public string? RoleName => Text.StartsWith(RolePrefix, StringComparison.Ordinal) ? Text[RolePrefix.Length..] : null;

    /// <summary>Reads what travelled; false for what is no address.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "Parse is the common word.")]
    public static bool TryParse(string? text, out MessageTo to)
    {
        var valid = text is not null && Form().IsMatch(text);
        to = valid ? new MessageTo(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex("^(parent|step:[1-9][0-9]{0,6}|role:[a-z0-9][a-z0-9/_.-]{0,100})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
