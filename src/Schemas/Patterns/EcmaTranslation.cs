using System.Globalization;
using System.Text;

namespace Orkestron.Schemas.Patterns;

/// <summary>Writes an ECMA-262 pattern as .NET reads it: the same signs mean other things there. Pure.</summary>
internal static class EcmaTranslation
{
    private const string Space = @"\s\uFEFF";
    private const string Digit = "0-9";
    private const string Word = "A-Za-z0-9_";

    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Lowercase_Letter"] = "Ll",
        ["Uppercase_Letter"] = "Lu",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Alphabetic"] = "L",
        ["Alpha"] = "L",
        ["Lowercase"] = "Ll",
        ["Uppercase"] = "Lu",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Symbol"] = "S",
        ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
        ["Other"] = "C",
        ["Control"] = "Cc",
        ["Format"] = "Cf",
    };

    /// <exception cref="ArgumentException">It is not one that can be written so.</exception>
    public static string Of(string pattern)
    {
        var to = new StringBuilder(pattern.Length + 16);
        for (var at = 0; at < pattern.Length;)
        {
            switch (pattern[at])
            {
                case '\\':
                    at = Escape(pattern, at, to, false);
                    break;
                case '[':
                    at = Class(pattern, at, to);
                    break;
                case '$':
                    to.Append(@"\z");
                    at++;
                    break;
                case '.':
                    to.Append(@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\n\r\u2028\u2029])");
                    at++;
                    break;
                case '(' when at + 2 < pattern.Length && pattern[at + 1] == '?' && !IsEcmaGroup(pattern, at):
                    throw new ArgumentException("a group begins with (?:, (?=, (?!, (?<=, (?<! or (?<name>.");
                default:
                    if (char.IsHighSurrogate(pattern[at]) && at + 1 < pattern.Length && char.IsLowSurrogate(pattern[at + 1]))
                    {
                        to.Append("(?:").Append(pattern, at, 2).Append(')');
                        at += 2;
                        break;
                    }

                    // White space and # stand for themselves in both.
                    to.Append(pattern[at++]);
                    break;
            }
        }

        return to.ToString();
    }

    private static bool IsEcmaGroup(string pattern, int at) => pattern[at + 2] is ':' or '=' or '!'
        || (pattern[at + 2] == '<' && at + 3 < pattern.Length && (pattern[at + 3] is '=' or '!' or '_' || char.IsAsciiLetter(
            pattern[at + 3])));

    private static int Escape(string pattern, int at, StringBuilder to, bool inClass)
    {
        if (at + 1 >= pattern.Length)
        {
            throw new ArgumentException("it ends in a backslash.");
        }

        var sign = pattern[at + 1];
        switch (sign)
        {
            case 'd':
                to.Append(inClass ? Digit : $"[{Digit}]");
                return at + 2;
            case 'w':
                to.Append(inClass ? Word : $"[{Word}]");
                return at + 2;
            case 's':
                to.Append(inClass ? Space : $"[{Space}]");
                return at + 2;
            case 'D':
                to.Append(inClass ? @"\x00-\x2F\x3A-\uFFFF" : $"[^{Digit}]");
                return at + 2;
            case 'W':
                to.Append(inClass ? @"\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\uFFFF" : $"[^{Word}]");
                return at + 2;
            case 'S':
                to.Append(inClass ? @"\S" : $"[^{Space}]");
                return at + 2;
            case '0' when at + 2 >= pattern.Length || !char.IsAsciiDigit(pattern[at + 2]):
                to.Append(@"\x00");
                return at + 2;
            case 'u' when at + 2 < pattern.Length && pattern[at + 2] == '{':
                return CodePoint(pattern, at, to, inClass);
            case 'p' or 'P':
                return Property(pattern, at, sign, to);
            case 'k':
            case 'b' or 'B' when !inClass:
            case 'n' or 'r' or 't' or 'v' or 'f' or 'c' or 'x' or 'u':
            case >= '1' and <= '9':
                to.Append('\\').Append(sign);
                return at + 2;
            case 'b':
                to.Append(@"\x08");
                return at + 2;
            default:
                if (char.IsAsciiLetter(sign))
                {
                    throw new ArgumentException($"there is no \\{sign}.");
                }

                to.Append(inClass && sign == '-' ? @"\-" : System.Text.RegularExpressions.Regex.Escape(sign.ToString()));
                if (inClass && sign is ']' or '}')
                {
                    to.Length--;
                    to.Append('\\').Append(sign);
                }

                return at + 2;
        }
    }

    private static int CodePoint(string pattern, int at, StringBuilder to, bool inClass)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0
            || !int.TryParse(
                pattern.AsSpan(at + 3, end - at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code > 0x10FFFF)
        {
            throw new ArgumentException("a code point is written \\u{1F600}.");
        }

        if (code <= 0xFFFF)
        {
            to.Append(CultureInfo.InvariantCulture, $"\\u{code:X4}");
        }
        else
        {
            var pair = char.ConvertFromUtf32(code);
            to.Append(inClass ? "" : "(?:")
                .Append(CultureInfo.InvariantCulture, $"\\u{(int)pair[0]:X4}\\u{(int)pair[1]:X4}")
                .Append(inClass ? "" : ")");
        }

        return end + 1;
    }

    private static int Property(string pattern, int at, char sign, StringBuilder to)
    {
        var end = at + 2 < pattern.Length && pattern[at + 2] == '{' ? pattern.IndexOf('}', at) : -1;
        if (end < 0)
        {
            throw new ArgumentException("a category is written \\p{L}.");
        }

        var name = pattern[(at + 3)..end];
        name = name[(name.LastIndexOf('=') + 1)..];
        to.Append('\\').Append(sign).Append('{').Append(Categories.GetValueOrDefault(name, name)).Append('}');
        return end + 1;
    }

    private static int Class(string pattern, int at, StringBuilder to)
    {
        var negated = at + 1 < pattern.Length && pattern[at + 1] == '^';
        at += negated ? 2 : 1;
        var inside = new StringBuilder();
        var pairs = new List<string>();
        while (at < pattern.Length && pattern[at] != ']')
        {
            if (pattern[at] == '\\')
            {
                at = Escape(pattern, at, inside, true);
            }
            else if (char.IsHighSurrogate(pattern[at]) && at + 1 < pattern.Length && char.IsLowSurrogate(pattern[at + 1]))
            {
                pairs.Add(pattern.Substring(at, 2));
                at += 2;
            }
            else
            {
                // A bracket within is one of the signs, where .NET would begin a subtraction.
                inside.Append(pattern[at] == '[' ? @"\[" : pattern[at]);
                at++;
            }
        }

        if (at >= pattern.Length)
        {
            throw new ArgumentException("a [ has no ].");
        }

        var body = inside.ToString();
        to.Append((negated, body.Length, pairs.Count) switch
        {
            (true, 0, 0) => @"[\s\S]",
            (false, 0, 0) => "(?!)",
            (true, _, _) => $"(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^{body}\\uD800-\\uDFFF])",
            (false, _, 0) => $"[{body}]",
            (false, 0, _) => $"(?:{string.Join('|', pairs)})",
            _ => $"(?:{string.Join('|', pairs)}|[{body}])",
        });
        return at + 1;
    }
}
