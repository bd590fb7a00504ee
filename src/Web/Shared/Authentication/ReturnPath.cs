using System.Text;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>The page to return to after signing in; only pages of this site are allowed.</summary>
internal static class ReturnPath
{
    /// <summary>
    /// The path in ASCII, as it can be sent in a header. <paramref name="otherwise"/> when it leads to another site or contains control
    /// characters, line or paragraph separators, or unpaired surrogates.
    /// </summary>
    public static string Safe(string? path, string otherwise = "/agents")
    {
        if (path is not ['/', not ('/' or '\\'), ..])
        {
            return otherwise;
        }

        var safe = new StringBuilder(path.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < path.Length;)
        {
            if (!Rune.TryGetRuneAt(path, i, out var each) || Rune.IsControl(each) || each.Value is 0x2028 or 0x2029)
            {
                return otherwise;
            }

            i += each.Utf16SequenceLength;
            if (each.Value is > ' ' and < 0x7F)
            {
                safe.Append((char)each.Value);
                continue;
            }

            foreach (var unit in utf8[..each.EncodeToUtf8(utf8)])
            {
                safe.Append('%').Append(unit.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return safe.ToString();
    }

    /// <summary>The address of the sign-in page that returns to a page.</summary>
    public static string SignIn(string path) => $"/login?returnUrl={Uri.EscapeDataString(path)}";
}
