using System.Globalization;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>Suggests the next version number. Pure.</summary>
internal static class NextVersion
{
    /// <summary>Increments the last number: <c>1.2.4</c> after <c>1.2.3</c> and after <c>1.2.3-beta</c>. Appends <c>.1</c> where
    /// there is no number.</summary>
    public static string After(string version)
    {
        var core = version.Split(['-', '+'], 2)[0];
        var dot = core.LastIndexOf('.');
        return int.TryParse(core[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{core[..(dot + 1)]}{last + 1}")
            : $"{version}.1";
    }
}
