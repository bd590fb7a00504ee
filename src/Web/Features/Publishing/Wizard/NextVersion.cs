using System.Globalization;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>Suggests the version after a version. Pure.</summary>
internal static class NextVersion
{
    /// <summary>One more in the last number of <c>1.2.3</c>, and in <c>1.2.3-beta</c> in that of <c>1.2.3</c>; otherwise <c>.1</c> is added.</summary>
    public static string After(string version)
    {
        var core = version.Split(['-', '+'], 2)[0];
        var dot = core.LastIndexOf('.');
        return int.TryParse(core[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{core[..(dot + 1)]}{last + 1}")
            : $"{version}.1";
    }
}
