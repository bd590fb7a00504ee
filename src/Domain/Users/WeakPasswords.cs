using System.Collections.Immutable;
using System.Text;

namespace Orkestron.Domain.Users;

/// <summary>
/// Passwords that guessers try first: common words, runs of the alphabet or the keyboard, repeats, and what is known of the
/// person. What is left of a password without these must be worth something. Pure.
/// </summary>
internal static class WeakPasswords
{
    /// <summary>Why a password is refused.</summary>
    public const string Reason =
        "This password is easy to guess: it is made of common words, of your own name or address, or of a simple pattern. A short phrase of several words is better.";

    private const int LeastLeft = 4;
    private const int LeastDistinct = 5;
    private const int LongestRepeat = 6;
    private const int ShortestRun = 3;
    private const string Product = "orkestron";

    private static readonly ImmutableArray<string> Rows = Both(
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
        "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm");

    private static readonly ImmutableArray<string> Common = Read();

    /// <summary>Whether a password is one of those.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="known">What is known of the person: the address, the name.</param>
    public static bool IsWeak(string password, params IEnumerable<string> known)
    {
        var text = Plain(password);
        if (password.EnumerateRunes().Distinct().Count() < LeastDistinct || IsRepeat(text))
        {
            return true;
        }

        // The longest first: a word within another is not cut out of it.
        string[] parts = [.. known.SelectMany(static each => each.Split('@', '.', ' ', '-', '_')).Select(Plain)
            .Append(Product).Where(static part => part.Length >= 3).Concat(Common).OrderByDescending(static part => part.Length)];
        return LeavesNothing(text, parts) || LeavesNothing(Letters(text), parts);
    }

    // Digits beside common words are years and counters.
    private static bool LeavesNothing(string text, string[] parts)
    {
        var left = WithoutRuns(Without(text, parts));
        return left.Count(char.IsLetter) < LeastLeft && left.Count(char.IsAsciiDigit) < 2 * LeastLeft;
    }

    private static string Without(string text, string[] parts)
    {
        foreach (var part in parts)
        {
            // A gap, so that what stood around it makes no new word.
            text = text.Replace(part, " ", StringComparison.Ordinal);
        }

        return text;
    }

    private static string WithoutRuns(string text)
    {
        var left = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var run = RunAt(text, i);
            if (run < ShortestRun)
            {
                left.Append(text[i]);
                run = 1;
            }

            i += run;
        }

        return left.ToString();
    }

    /// <summary>How many characters from a place on go on as a row does, or repeat one character.</summary>
    private static int RunAt(string text, int from)
    {
        var same = 1;
        while (from + same < text.Length && text[from + same] == text[from])
        {
            same++;
        }

        var longest = same;
        foreach (var row in Rows)
        {
            for (var at = row.IndexOf(text[from], StringComparison.Ordinal); at >= 0; at = row.IndexOf(text[from], at + 1))
            {
                var length = 1;
                while (from + length < text.Length && at + length < row.Length && text[from + length] == row[at + length])
                {
                    length++;
                }

                longest = Math.Max(longest, length);
            }
        }

        return longest;
    }

    /// <summary>Whether a few characters are written again and again.</summary>
    private static bool IsRepeat(string text) => Enumerable.Range(1, LongestRepeat).Any(length =>
        text.Length >= 2 * length && !text.Where((each, i) => i >= length && each != text[i - length]).Any());

    /// <summary>Lower case, and letters for the signs that stand for them; nothing else.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var each in text.ToLowerInvariant())
        {
            var letter = each switch
            {
                '@' => 'a',
                '$' => 's',
                '!' => 'i',
                '€' => 'e',
                _ => each,
            };
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    private static ImmutableArray<string> Both(params string[] rows) =>
        [.. rows, .. rows.Select(static row => new string([.. row.Reverse()]))];

    private static ImmutableArray<string> Read()
    {
        using var reader = new StreamReader(
            typeof(WeakPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing from the build."));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>Letters for the digits that stand for them.</summary>
    private static string Letters(string text) =>
        text.Replace('0', 'o').Replace('3', 'e').Replace('4', 'a').Replace('1', 'i').Replace('5', 's').Replace('7', 't');
}
