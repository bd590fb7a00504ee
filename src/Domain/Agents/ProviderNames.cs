using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Orkestron.Domain.Agents;

/// <summary>Which names a provider may have. Pure.</summary>
internal static partial class ProviderNames
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.Ordinal,
        "admin", "administrator", "api", "bench", "benchmark", "billing", "builtin", "built-in", "official", "openai",
        "orkestron", "platform", "root", "security", "staff", "support", "system", "test", "workflow", "workflows", "you");

    /// <summary>Whether it has the form of a name; the platform's own have it, too.</summary>
    public static bool IsName(string name) => Form().IsMatch(name);

    /// <summary>Whether the name is the platform's own.</summary>
    public static bool IsReserved(string name) =>
        Reserved.Contains(name) || name.StartsWith("orkestron-", StringComparison.Ordinal);

    public static Refusal? Refuse(string name)
    {
        if (!IsName(name))
        {
            return Orkestron.Domain.Refuse.With(
                RefusalCode.Invalid, "A provider's name has 2 to 40 lower-case letters, digits and hyphens.");
        }

        return IsReserved(name)
            ? Orkestron.Domain.Refuse.With(
                RefusalCode.ProviderReserved, $"The provider name '{name}' is the platform's own. Take another one.")
            : null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
